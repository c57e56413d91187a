//! Verification: every stored word and row is checked against the bytes it came from.
//!
//! Captures are unpacked and hashed, read again and compared with the stored texts; rows, shared text, origins and
//! points are made again and compared; the chain of judgements is walked. Nothing is taken on trust but the
//! program itself and what was declared from outside.

use crate::add::base_name;
use crate::error::{Error, Result};
use crate::lineage::{Frequent, Pair, Ready, kept_parts, text_at, tied};
use crate::store::Case;
use align::{ORIGIN_SHARE, Part, Tie};
use annotate::Tier;
use model::{CaptureId, DocId, KnownFrom, TextId};
use read::{Declared, Hint};
use std::collections::{BTreeMap, BTreeSet};

/// Something that does not fit.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fault {
    /// What: a document, a capture, a judgement.
    pub what: String,
    /// What does not fit.
    pub cause: String,
}

/// What was looked at, and what does not fit.
#[derive(Clone, Debug, Default)]
pub struct Checked {
    /// Captures hashed.
    pub captures: usize,
    /// Texts compared with their captures.
    pub documents: usize,
    /// Rows made again.
    pub rows: usize,
    /// Shared spans compared.
    pub overlaps: usize,
    /// Judgements walked.
    pub judgements: usize,
    /// What does not fit.
    pub faults: Vec<Fault>,
}

impl Case {
    /// Checks everything.
    ///
    /// # Errors
    /// Where the file cannot be read at all; what can be read and does not fit is listed instead.
    pub fn verify(&self) -> Result<Checked> {
        let mut checked = Checked::default();
        let structure: String = self.one("PRAGMA integrity_check(1)")?;
        if structure != "ok" {
            checked.faults.push(Fault { what: "the file".into(), cause: structure });
        }
        for capture in self.capture_ids()? {
            self.verify_capture(capture, &mut checked)?;
        }
        self.verify_texts(&mut checked)?;
        self.verify_derived(&mut checked)?;
        for number in self.broken_judgements()? {
            let cause = "does not fit the chain: it or the one before was changed or removed".into();
            checked.faults.push(Fault { what: format!("judgement {number}"), cause });
        }
        checked.judgements = self.judgements()?.len();
        Ok(checked)
    }

    fn capture_ids(&self) -> Result<Vec<CaptureId>> {
        let mut statement =
            self.db.prepare("SELECT id FROM capture ORDER BY id").map_err(|cause| self.error(cause))?;
        let rows = statement.query_map([], |row| row.get(0).map(CaptureId)).and_then(Iterator::collect);
        rows.map_err(|cause| self.error(cause))
    }

    /// The archived bytes of a capture.
    ///
    /// # Errors
    /// Where the case cannot be read or the bytes cannot be unpacked.
    pub fn capture(&self, id: CaptureId) -> Result<Vec<u8>> {
        let stored = self.db.query_row("SELECT bytes, size FROM capture WHERE id = ?", [id.0], |row| {
            Ok((row.get::<_, Vec<u8>>(0)?, row.get::<_, i64>(1)?))
        });
        let (packed, size) = stored.map_err(|cause| self.error(cause))?;
        let limit = usize::try_from(size).unwrap_or(0).min(read::CAPTURE_LIMIT);
        zstd::bulk::decompress(&packed, limit)
            .map_err(|_| self.corrupt(format!("capture {id} cannot be unpacked")))
    }

    /// Hashes a capture, reads it again and compares its documents with the stored ones.
    fn verify_capture(&self, capture: CaptureId, checked: &mut Checked) -> Result<()> {
        checked.captures += 1;
        let what = format!("capture {}…", &capture.to_string()[..12]);
        let bytes = match self.capture(capture) {
            Ok(bytes) if CaptureId::of(&bytes) == capture => bytes,
            Ok(_) | Err(_) => {
                checked.faults.push(Fault {
                    what,
                    cause: "its bytes do not have the hash they are stored under".into(),
                });
                return Ok(());
            }
        };
        let mut statement = self
            .db
            .prepare_cached("SELECT doc, part FROM document WHERE capture = ? ORDER BY doc")
            .map_err(|cause| self.error(cause))?;
        let rows = statement
            .query_map([capture.0], |row| Ok((crate::documents::doc_id(row, 0)?, row.get::<_, u32>(1)?)));
        let stored: Vec<(DocId, u32)> =
            rows.and_then(Iterator::collect).map_err(|cause| self.error(cause))?;
        // One capture may have been read under several names, which can decide its format.
        let mut readings: BTreeMap<String, Option<read::Reading>> = BTreeMap::new();
        for (id, part) in stored {
            let names: Vec<String> =
                self.locations(id)?.iter().map(|path| base_name(path).to_owned()).collect();
            for name in &names {
                let hint = Hint { name: name.clone(), declared: Declared::default() };
                readings.entry(name.clone()).or_insert_with(|| read::read(&bytes, &hint).ok());
            }
            let read = names.iter().filter_map(|name| readings.get(name).and_then(Option::as_ref));
            let candidates: Vec<&model::Document> = read
                .flat_map(|reading| reading.documents.iter().filter(|document| document.part == part))
                .collect();
            let passages = self.passages(id)?;
            let same =
                candidates.iter().find(|document| document.passages == passages).or(candidates.first());
            self.verify_document(id, same.copied(), checked)?;
        }
        Ok(())
    }

    fn verify_document(
        &self,
        id: DocId,
        again: Option<&model::Document>,
        checked: &mut Checked,
    ) -> Result<()> {
        checked.documents += 1;
        let stored = match self.document(id) {
            Ok(stored) => stored,
            Err(error) => {
                checked.faults.push(Fault { what: format!("document {id}"), cause: error.to_string() });
                return Ok(());
            }
        };
        let mut fault = |cause: &str| {
            checked
                .faults
                .push(Fault { what: format!("document {} ({id})", stored.name), cause: cause.into() });
        };
        let Some(again) = again else {
            fault("cannot be read out of its capture any more");
            return Ok(());
        };
        if again.text != stored.text {
            fault("its text is not the text of its capture");
            return Ok(());
        }
        if again.passages != stored.passages || again.notices != stored.notices {
            fault("its passages or notices are not those of its text");
        }
        let corrected: BTreeSet<String> = self
            .judgements()?
            .into_iter()
            .filter(|j| j.document == id.number())
            .filter_map(|j| j.field)
            .collect();
        let fields = [
            ("title", &stored.title, &again.title),
            ("byline", &stored.byline, &again.byline),
            ("outlet", &stored.outlet, &again.outlet),
            ("url", &stored.url, &again.url),
            ("published", &stored.published, &again.published),
            ("language", &stored.language, &again.language),
        ];
        for (field, kept, read) in fields {
            // What was declared or corrected is not in the capture.
            let from_capture = kept.as_ref().or(read.as_ref()).is_some_and(|known| {
                matches!(known.from, KnownFrom::Metadata | KnownFrom::Text | KnownFrom::Model)
            });
            if from_capture && !corrected.contains(field) && kept != read {
                fault(&format!("its {field} is not the one its capture gives"));
            }
        }
        let deep = self.is_read_deeply(id)?;
        let made = match deep {
            true => annotate::annotate_document(&stored),
            false => annotate::read_document(&stored, Tier::Fast),
        };
        let kept = match self.layers(id) {
            Ok(kept) => kept,
            Err(Error::Corrupt { .. }) => {
                fault("a row of it holds what no Stemma wrote");
                return Ok(());
            }
            Err(other) => return Err(other),
        };
        if !self.attribution_columns_fit(&stored, &kept.attributions)? {
            fault("columns of what it says do not fit their words");
        }
        if made != kept || deep && self.short_forms_of(&stored) != self.stored_short_forms(id)? {
            fault("its rows are not those that its text gives");
        }
        checked.rows += kept.len();
        Ok(())
    }

    /// Hashes the stored texts and makes lineage and points anew from them.
    fn verify_texts(&self, checked: &mut Checked) -> Result<()> {
        let mut statement = self
            .db
            .prepare("SELECT text, sha256, words, body FROM text ORDER BY text")
            .map_err(|cause| self.error(cause))?;
        let mut rows = statement.query([]).map_err(|cause| self.error(cause))?;
        let mut texts: Vec<TextId> = Vec::new();
        let mut postings: Vec<(u64, u32)> = Vec::new();
        while let Some(row) = rows.next().map_err(|cause| self.error(cause))? {
            let read = || {
                Ok::<_, rusqlite::Error>((
                    text_at(row, 0)?,
                    row.get::<_, [u8; 32]>(1)?,
                    row.get::<_, u32>(2)?,
                    row.get_ref(3)?.as_bytes()?,
                ))
            };
            let (text, sha256, words, body) = read().map_err(|cause| self.error(cause))?;
            let mut fault = |cause: &str| {
                checked.faults.push(Fault { what: format!("text {text}"), cause: cause.into() });
            };
            if CaptureId::of(body).0 != sha256 || TextId::of(&String::from_utf8_lossy(body)) != text {
                fault("its words do not have the hash they are stored under");
            }
            let wording = align::wording(&String::from_utf8_lossy(body));
            if wording.len() != words as usize {
                fault("it does not have the number of words that is stored");
            }
            postings.extend(align::prints(&wording).into_iter().map(|print| (print, texts.len() as u32)));
            texts.push(text);
        }
        postings.sort_unstable();
        let frequent = Frequent::of(&postings, |_| false).prints;
        let tied = tied(&texts, postings);
        self.verify_overlaps(&tied, &frequent, checked)
    }

    /// Compares the stored shared text with what the texts share.
    fn verify_overlaps(
        &self,
        tied: &[(Pair, Tie)],
        frequent: &BTreeSet<u64>,
        checked: &mut Checked,
    ) -> Result<()> {
        let mut stored: BTreeMap<Pair, Vec<Part>> = BTreeMap::new();
        for shared in self.all_shared()? {
            stored.entry((shared.a.0, shared.b.0)).or_default().push(shared.part());
            checked.overlaps += 1;
        }
        let aligned: i64 = self.one("SELECT count(*) FROM text WHERE aligned = 0")?;
        let mut wrong = |pair: &Pair| {
            let cause = "the words stored as shared are not those the texts share".into();
            checked.faults.push(Fault { what: format!("texts {} and {}", pair.0, pair.1), cause });
        };
        for (pair, tie) in tied {
            let (x, y) = (self.body(pair.0)?, self.body(pair.1)?);
            let found = kept_parts(&Ready::new(&x), &Ready::new(&y), *tie, frequent);
            let kept = stored.remove(pair).unwrap_or_default();
            // Texts that have not been compared yet have nothing stored.
            if kept != found && (aligned == 0 || !kept.is_empty()) {
                wrong(pair);
            }
        }
        stored.keys().for_each(wrong);
        Ok(())
    }

    /// Makes origins and points anew and compares them with the stored ones.
    fn verify_derived(&self, checked: &mut Checked) -> Result<()> {
        let mut fault = |what: &str, cause: &str| {
            checked.faults.push(Fault { what: what.into(), cause: cause.into() });
        };
        let waiting: i64 = self.one("SELECT count(*) FROM document WHERE settled = 0")?;
        if waiting == 0 {
            let stored: BTreeMap<DocId, DocId> = self.order()?.into_iter().collect();
            if stored != self.origin_of_documents(ORIGIN_SHARE)? {
                fault("the origins", "are not those that the shared text gives");
            }
            if self.stored_points()? != self.made_points()? {
                fault("the points", "are not those that the rows give");
            }
        }
        let loose = self.sql("SELECT * FROM pragma_foreign_key_check LIMIT 1")?.rows;
        if let Some(row) = loose.first() {
            let table = row.first().cloned().flatten().unwrap_or_default();
            fault(&format!("table {table}"), "holds rows of a document that is not there");
        }
        Ok(())
    }
}
