//! Verification: every stored word and row is checked against the bytes it came from.
//!
//! Captures are unpacked and hashed, read again and compared with the stored texts; rows are made again and
//! compared; shared text is compared word for word; the chain of judgements is walked. Nothing is taken on
//! trust but the program itself.

use crate::add::base_name;
use crate::error::Result;
use crate::store::Case;
use model::{CaptureId, DocId, KnownFrom};
use read::{Declared, Hint};
use std::collections::BTreeMap;

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
        self.verify_overlaps(&mut checked)?;
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
        let language = stored.language.as_ref().map(|language| language.value.as_str());
        let corrected = stored.language.as_ref().is_some_and(|language| language.from == KnownFrom::Analyst);
        if !corrected
            && again.language.as_ref().map(|l| &l.value) != stored.language.as_ref().map(|l| &l.value)
        {
            fault("its language is not the one told by its text");
        }
        let made = annotate::annotate_passages(&stored.text, &stored.passages, language);
        let kept = self.layers(id)?;
        if made != kept {
            fault("its rows are not those that its text gives");
        }
        checked.rows += kept.len();
        Ok(())
    }

    /// Hashes the stored texts.
    fn verify_texts(&self, checked: &mut Checked) -> Result<()> {
        let mut statement = self
            .db
            .prepare("SELECT text, sha256, body FROM text ORDER BY text")
            .map_err(|cause| self.error(cause))?;
        let mut rows = statement.query([]).map_err(|cause| self.error(cause))?;
        while let Some(row) = rows.next().map_err(|cause| self.error(cause))? {
            let read = || {
                Ok::<_, rusqlite::Error>((
                    row.get::<_, i64>(0)?,
                    row.get::<_, [u8; 32]>(1)?,
                    row.get_ref(2)?.as_bytes()?,
                ))
            };
            let (text, sha256, body) = read().map_err(|cause| self.error(cause))?;
            if CaptureId::of(body).0 != sha256 {
                let cause = "its words do not have the hash they are stored under".into();
                checked.faults.push(Fault { what: format!("text {text:012x}"), cause });
            }
        }
        Ok(())
    }

    /// Compares shared text word for word again.
    fn verify_overlaps(&self, checked: &mut Checked) -> Result<()> {
        let shared = self.all_shared()?;
        for pair in shared.chunk_by(|x, y| (x.a.0, x.b.0) == (y.a.0, y.b.0)) {
            let (a, b) = (pair[0].a.0, pair[0].b.0);
            let bodies = self.body(a).and_then(|x| Ok((x, self.body(b)?)));
            let fits = bodies.is_ok_and(|(x, y)| {
                let found = align::overlaps(&align::wording(&x), &align::wording(&y));
                found.iter().map(|o| (o.a, o.b, o.matched)).eq(pair.iter().map(|s| (s.a.1, s.b.1, s.matched)))
            });
            if !fits {
                let cause = "the words stored as shared are not those the texts share".into();
                checked.faults.push(Fault { what: format!("texts {a} and {b}"), cause });
            }
            checked.overlaps += pair.len();
        }
        Ok(())
    }
}
