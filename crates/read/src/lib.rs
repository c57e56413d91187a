//! Bytes in a file format to documents.
//!
//! One file per format; [`READERS`] lists them. The format is told by what the bytes hold, not by the name
//! of the file. A reader never fails half-way: a bad record becomes a [`Refusal`] that is listed, the rest
//! is read. Text files and texts in records are never altered, a byte-order mark apart.
//!
//! ```
//! use read::{Hint, read};
//! let reading = read("Сообщение.\n".as_bytes(), &Hint::named("note.txt")).unwrap();
//! assert_eq!(reading.documents[0].name, "note");
//! ```
//!
//! This crate knows nothing of: SQLite, HTTP, paths on a disk, clocks, other documents.

mod alias;
mod brief;
mod date;
mod encoding;
mod error;
mod html;
mod language;
mod markdown;
mod notice;
mod plain;
mod record;
mod sources;
mod table;

pub use alias::aliases;
pub use brief::{Brief, brief};
pub use date::published_date;
pub use error::{Error, Refusal};
pub use language::{language_of, language_tag};
pub use sources::{Declared, Sources};

use model::{CaptureId, DocId, Document, Known, KnownFrom, Notice, Passage, Warning};
use rayon::prelude::*;

/// The largest capture that is read, in bytes: 512 MiB, under SQLite's limit for one value.
pub const CAPTURE_LIMIT: usize = 512 << 20;
/// The largest text of one document, in bytes: 64 MiB.
pub const TEXT_LIMIT: usize = 64 << 20;

/// A file format: how it is recognised and read.
pub struct Reader {
    /// Its name, as printed ("html").
    pub name: &'static str,
    /// What it reads, for the list of readers.
    pub about: &'static str,
    /// Endings of file names that speak for it where the bytes leave a doubt.
    pub endings: &'static [&'static str],
    /// How surely these bytes are in this format.
    recognise: fn(&[u8], &Hint) -> Likelihood,
    /// Reads them.
    read: fn(&[u8], &Hint) -> Drafts,
}

/// The documents of a capture as a reader leaves them, with those it had to refuse.
type Drafts = Result<Vec<Result<Draft, Refusal>>, Error>;

/// How surely bytes are in a format.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Likelihood {
    No,
    /// Could be, and nothing better is known.
    Possible,
    /// The bytes or, where they leave a doubt, the name say so.
    Likely,
}

/// All readers. A new one is one file and one line here; the last accepts any text.
pub const READERS: &[Reader] = &[html::HTML, record::JSONL, table::CSV, markdown::MARKDOWN, plain::PLAIN];

/// What is known of bytes besides the bytes.
#[derive(Clone, Debug, Default)]
pub struct Hint {
    /// The name of the file, without folders.
    pub name: String,
    /// What was declared of it.
    pub declared: Declared,
}

impl Hint {
    /// A hint that holds a file name only.
    pub fn named(name: &str) -> Hint {
        Hint { name: name.to_owned(), declared: Declared::default() }
    }

    /// The name without its ending.
    pub fn stem(&self) -> &str {
        match self.name.rsplit_once('.') {
            Some((stem, ending)) if !stem.is_empty() && ending.len() <= 8 => stem,
            _ => &self.name,
        }
    }

    fn ends_with(&self, endings: &[&str]) -> bool {
        let ending = self.name.rsplit_once('.').map_or("", |(_, ending)| ending);
        endings.iter().any(|known| known.eq_ignore_ascii_case(ending))
    }
}

/// What a reader found: documents, and what it had to refuse.
#[derive(Debug)]
pub struct Reading {
    /// The reader that read it.
    pub format: &'static str,
    /// The identity of the bytes.
    pub capture: CaptureId,
    /// The documents, in the order of the capture.
    pub documents: Vec<Document>,
    /// Parts that could not be read, each with its reason.
    pub refusals: Vec<Refusal>,
}

/// A document as a reader leaves it, before it has an identity.
#[derive(Debug, Default)]
struct Draft {
    part: u32,
    record: Option<String>,
    title: Option<Known>,
    byline: Option<Known>,
    outlet: Option<Known>,
    url: Option<Known>,
    published: Option<Known>,
    language: Option<Known>,
    text: String,
    passages: Vec<Passage>,
    notices: Vec<Notice>,
    warnings: Vec<Warning>,
}

/// Reads a capture.
///
/// # Errors
/// Where the bytes as a whole cannot be read: empty, too large, in no text format. A bad record inside
/// a file of records is no error: it is listed in [`Reading::refusals`].
pub fn read(bytes: &[u8], hint: &Hint) -> Result<Reading, Error> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(Error::Empty);
    }
    if bytes.len() > CAPTURE_LIMIT {
        return Err(Error::TooLarge { bytes: bytes.len(), limit: CAPTURE_LIMIT });
    }
    let reader = recognise(bytes, hint)?;
    let drafts = (reader.read)(bytes, hint)?;
    let capture = CaptureId::of(bytes);
    let mut reading = Reading { format: reader.name, capture, documents: Vec::new(), refusals: Vec::new() };
    // Languages are told in parallel: it is the dearest part of finishing a document.
    let drafts: Vec<Result<Draft, Refusal>> = drafts
        .into_par_iter()
        .map(|draft| {
            let mut draft = draft?;
            if let Some(known) = draft.language.take() {
                draft.language =
                    crate::language_tag(&known.value).and_then(|tag| Known::new(tag, known.from));
                if draft.language.is_none() {
                    let text = format!(
                        "language `{}` is no language tag; it is told by the text instead",
                        known.value
                    );
                    draft.warnings.push(Warning::whole(text, "write en, ru, kk …"));
                }
            }
            draft.language =
                draft.language.or_else(|| Known::new(language_of(&draft.text)?, KnownFrom::Model));
            Ok(draft)
        })
        .collect();
    for draft in drafts {
        match draft {
            Ok(draft) if draft.text.trim().is_empty() => {
                reading.refusals.push(Refusal::of_part(
                    draft.part,
                    draft.record.as_deref(),
                    "holds no words",
                ));
            }
            Ok(draft) if draft.text.len() > TEXT_LIMIT => reading.refusals.push(Refusal::of_part(
                draft.part,
                draft.record.as_deref(),
                "its text is larger than 64 MiB; split it and add the parts",
            )),
            Ok(draft) => reading.documents.push(finish(reader, capture, draft, hint)),
            Err(refusal) => reading.refusals.push(refusal),
        }
    }
    Ok(reading)
}

/// The reader for these bytes: the likeliest, the first in the list among equals.
fn recognise(bytes: &[u8], hint: &Hint) -> Result<&'static Reader, Error> {
    if let Some(kind) = error::binary_kind(bytes) {
        return Err(Error::NotText { kind });
    }
    let mut best: Option<(&Reader, Likelihood)> = None;
    for reader in READERS {
        let likelihood = (reader.recognise)(bytes, hint);
        if likelihood > best.map_or(Likelihood::No, |(_, l)| l) {
            best = Some((reader, likelihood));
        }
    }
    best.map(|(reader, _)| reader).ok_or(Error::NotText { kind: "of an unknown format" })
}

/// Gives a draft what was declared of it, the language and its identity.
fn finish(reader: &Reader, capture: CaptureId, draft: Draft, hint: &Hint) -> Document {
    let declared = &hint.declared;
    let over = |found: Option<Known>, said: &Option<String>| {
        said.as_ref().and_then(|value| Known::new(value, KnownFrom::Declared)).or(found)
    };
    let declares = |field: &Option<Known>| {
        field.as_ref().filter(|known| known.from == KnownFrom::Declared).map(|known| known.value.clone())
    };
    let (url, outlet) = (over(draft.url, &declared.url), over(draft.outlet, &declared.outlet));
    let identity =
        declares(&url).or_else(|| declares(&outlet)).or_else(|| draft.record.clone()).unwrap_or_default();
    let by_url = url.as_ref().and_then(|url| date::date_in_url(&url.value));
    let published = over(draft.published, &declared.published)
        .and_then(|known| published_date(&known.value).and_then(|date| Known::new(date, known.from)))
        .or_else(|| by_url.and_then(|date| Known::new(date, KnownFrom::Url)))
        .or_else(|| Known::new(date::date_in_head(&draft.text)?, KnownFrom::Text));
    Document {
        id: DocId::of(capture, draft.part, reader.name, &identity),
        capture,
        part: draft.part,
        name: draft.record.clone().unwrap_or_else(|| hint.stem().to_owned()),
        record: draft.record,
        title: over(draft.title, &declared.title),
        byline: over(draft.byline, &declared.byline),
        outlet,
        url,
        published,
        language: draft.language,
        text: draft.text,
        passages: draft.passages,
        notices: draft.notices,
        warnings: draft.warnings,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_format_is_told_by_the_bytes() {
        let format = |bytes: &[u8], name: &str| read(bytes, &Hint::named(name)).map(|r| r.format);
        assert_eq!(
            format(b"<!doctype html><title>x</title><p>Words enough.</p>", "page.txt").unwrap(),
            "html"
        );
        assert_eq!(
            format(b"{\"id\":\"a\",\"text\":\"Words.\"}\n{\"id\":\"b\",\"text\":\"More.\"}", "x.txt")
                .unwrap(),
            "jsonl"
        );
        assert_eq!(format(b"id,text\na,Words\n", "x").unwrap(), "csv");
        assert_eq!(format(b"# Head\n\nwords", "x.md").unwrap(), "markdown");
        assert_eq!(format(b"Just words.", "x.html").unwrap(), "text");
        assert!(matches!(format(b"%PDF-1.7 ...", "x.txt"), Err(Error::NotText { .. })));
        assert!(matches!(format(b"  \n", "x.txt"), Err(Error::Empty)));
    }

    #[test]
    fn a_declared_outlet_makes_another_document_of_the_same_bytes() {
        let declared = Declared { outlet: Some("Other Daily".into()), ..Declared::default() };
        let plain = read(b"Wire copy.", &Hint::named("a.txt")).unwrap();
        let other = read(b"Wire copy.", &Hint { name: "a.txt".into(), declared }).unwrap();
        assert_ne!(plain.documents[0].id, other.documents[0].id);
        assert_eq!(plain.documents[0].text_id(), other.documents[0].text_id());
    }

    #[test]
    fn every_reader_says_what_it_reads() {
        for reader in READERS {
            assert!(!reader.about.is_empty() && !reader.endings.is_empty(), "{}", reader.name);
        }
    }
}
