//! Documents: a text read out of a capture, with what is known of it and how it is known.

use crate::digest::{CaptureId, DocId, TextId};
use crate::passage::Passage;
use crate::rows::Notice;
use crate::warning::Warning;
use serde::{Deserialize, Serialize};
use std::fmt;

/// How a fact about a document is known, strongest first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum KnownFrom {
    /// An analyst said so, with `set`.
    Analyst,
    /// Said beside the file: an option, a `sources.csv`, a field of a record.
    Declared,
    /// Said in the machine-readable part of the file.
    Metadata,
    /// Read out of the words of the text.
    Text,
    /// Read out of the address.
    Url,
    /// Worked out by a model (the language of a text).
    Model,
}

impl KnownFrom {
    /// All of them, strongest first.
    pub const ALL: [KnownFrom; 6] = [
        KnownFrom::Analyst,
        KnownFrom::Declared,
        KnownFrom::Metadata,
        KnownFrom::Text,
        KnownFrom::Url,
        KnownFrom::Model,
    ];

    /// The word stored in a case.
    pub fn word(self) -> &'static str {
        match self {
            KnownFrom::Analyst => "analyst",
            KnownFrom::Declared => "declared",
            KnownFrom::Metadata => "metadata",
            KnownFrom::Text => "text",
            KnownFrom::Url => "url",
            KnownFrom::Model => "model",
        }
    }

    /// The value of a stored word.
    pub fn from_word(word: &str) -> Option<KnownFrom> {
        KnownFrom::ALL.into_iter().find(|from| from.word() == word)
    }
}

impl fmt::Display for KnownFrom {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// A fact about a document and how it is known.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Known {
    /// The fact.
    pub value: String,
    /// How it is known.
    pub from: KnownFrom,
}

impl Known {
    /// A fact, or `None` where the value is blank.
    pub fn new(value: impl Into<String>, from: KnownFrom) -> Option<Known> {
        let value = value.into();
        let trimmed = value.trim();
        match trimmed.is_empty() {
            true => None,
            false if trimmed.len() == value.len() => Some(Known { value, from }),
            false => Some(Known { value: trimmed.to_owned(), from }),
        }
    }
}

/// A text read out of a capture. The text never changes once it stands here.
#[derive(Clone, Debug)]
pub struct Document {
    /// Its identity.
    pub id: DocId,
    /// The archived bytes it was read from.
    pub capture: CaptureId,
    /// Its number within the capture, from 0; more than one only for records and archives.
    pub part: u32,
    /// The record's own id, where the format has one.
    pub record: Option<String>,
    /// What people call it here: the record id, else the file name without its ending.
    pub name: String,
    /// Title.
    pub title: Option<Known>,
    /// Who signed it.
    pub byline: Option<Known>,
    /// Who published it. Never called "source": that is the person on whose word something is said.
    pub outlet: Option<Known>,
    /// Its address.
    pub url: Option<Known>,
    /// When it was published: ISO 8601, as precise as known (`2022-01-13`, `2022-01`, `2022-01-13T09:30Z`).
    pub published: Option<Known>,
    /// Its language, BCP 47.
    pub language: Option<Known>,
    /// The words.
    pub text: String,
    /// Its passages, in text order, none overlapping.
    pub passages: Vec<Passage>,
    /// What the text says of its own making.
    pub notices: Vec<Notice>,
    /// What the reader noticed.
    pub warnings: Vec<Warning>,
}

impl Document {
    /// The cache key of its words.
    pub fn text_id(&self) -> TextId {
        TextId::of(&self.text)
    }

    /// The title, else the name.
    pub fn heading(&self) -> &str {
        self.title.as_ref().map_or(&self.name, |title| &title.value)
    }
}
