//! What can be wrong with a capture, said so that a person knows what to do.

use thiserror::Error;

/// Why a capture could not be read at all. The path is put in front by the caller, who knows it.
#[derive(Debug, Error)]
pub enum Error {
    /// Nothing but white space.
    #[error("is empty")]
    Empty,
    /// Larger than [`crate::CAPTURE_LIMIT`].
    #[error("has {bytes} bytes, more than the {limit} that fit into one capture; split it")]
    TooLarge {
        /// Its size.
        bytes: usize,
        /// The limit.
        limit: usize,
    },
    /// Not a text.
    #[error("is {kind}; this version reads text, Markdown, HTML, JSONL and CSV: save it as one of these")]
    NotText {
        /// What it seems to be.
        kind: &'static str,
    },
    /// A table without the column the words are in.
    #[error("has no column `text` (columns: {columns}); name the column that holds the words `text`")]
    NoTextColumn {
        /// The columns it has.
        columns: String,
    },
    /// A `sources.csv` that cannot be used.
    #[error("line {line}: {cause}")]
    Sources {
        /// Line, from 1.
        line: u64,
        /// What is wrong there.
        cause: String,
    },
}

/// A part of a capture that was refused while the rest was read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Refusal {
    /// Which: "record 17 (id d204)".
    pub part: String,
    /// Why, and what to do.
    pub cause: String,
}

impl Refusal {
    pub(crate) fn of_part(part: u32, record: Option<&str>, cause: impl Into<String>) -> Refusal {
        let part = match record {
            Some(id) => format!("record {} (id {id})", part + 1),
            None => format!("part {}", part + 1),
        };
        Refusal { part, cause: cause.into() }
    }

    pub(crate) fn of_line(line: usize, cause: impl Into<String>) -> Refusal {
        Refusal { part: format!("line {line}"), cause: cause.into() }
    }
}

/// What well-known kind of file that is no text these bytes are.
pub(crate) fn binary_kind(bytes: &[u8]) -> Option<&'static str> {
    const MAGIC: &[(&[u8], &str)] = &[
        (b"%PDF-", "a PDF"),
        (b"PK\x03\x04", "a ZIP archive or an Office document"),
        (b"\xD0\xCF\x11\xE0", "an old Office document"),
        (b"SQLite format 3\0", "an SQLite database"),
        (b"\x89PNG", "a picture"),
        (b"\xFF\xD8\xFF", "a picture"),
        (b"GIF8", "a picture"),
        (b"\x1F\x8B", "a gzip archive"),
        (b"\x28\xB5\x2F\xFD", "a zstd archive"),
        (b"7z\xBC\xAF", "a 7z archive"),
        (b"Rar!", "a RAR archive"),
        (b"\x7FELF", "a program"),
        (b"ID3", "a sound"),
        (b"OggS", "a sound"),
        (b"RIFF", "a sound or film"),
    ];
    let known = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)).map(|(_, kind)| *kind);
    let utf16 = bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]);
    let head = &bytes[..bytes.len().min(8192)];
    let zeros = head.iter().filter(|b| **b == 0).count();
    known.or_else(|| (!utf16 && zeros > 0).then_some("a binary file"))
}
