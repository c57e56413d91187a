//! Adding and removing accounts: idempotent, incremental, atomic.
//!
//! Bytes are read and documents prepared in parallel; one writer commits them in batches, each with all its
//! rows, so that a crash loses no document that was reported. A heap that fits into one batch is added whole
//! or not at all, lineage and points included. Rows are written in the order of their ids: the file does not
//! depend on the order in which files were found, and the search index is filled without flushes.

use crate::error::{Error, Result};
use crate::postings::Segment;
use crate::search::stems;
use crate::store::Case;
use model::{CaptureId, DocId, Document, Known, Layers, TextId};
use rayon::prelude::*;
use read::{Declared, Hint, Reading, Refusal};
use rusqlite::{OptionalExtension, params};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Bytes to be added, with what is known of them.
#[derive(Clone, Debug)]
pub struct Input {
    /// Where they were found, below the folder that was added.
    pub location: String,
    /// The bytes.
    pub bytes: Vec<u8>,
    /// What was declared of them.
    pub declared: Declared,
}

impl Input {
    fn hint(&self) -> Hint {
        let name = self.location.rsplit(['/', '\\']).next().unwrap_or(&self.location).to_owned();
        Hint { name, declared: self.declared.clone() }
    }
}

/// How far an addition has come.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Progress {
    /// So many documents stand in the case now.
    Stored(usize),
    /// Overlaps are sought for so many texts.
    Aligning(usize),
}

/// What came of an addition.
#[derive(Clone, Debug, Default)]
pub struct Added {
    /// Documents that are new.
    pub new: usize,
    /// Documents that were known already.
    pub known: usize,
    /// Bytes and parts that could not be read: where, and why.
    pub refused: Vec<(String, String)>,
}

/// A batch is written when it holds so many documents or bytes of text.
const BATCH_DOCUMENTS: usize = 2048;
const BATCH_BYTES: usize = 8 << 20;

/// A document with everything that is made of it alone.
struct Prepared {
    document: Document,
    text: TextId,
    sha256: [u8; 32],
    layers: Layers,
    stems: String,
    words: usize,
    prints: Vec<u64>,
}

fn prepare(document: Document) -> Prepared {
    let wording = align::wording(&document.text);
    let language = document.language.as_ref().map(|language| language.value.as_str());
    Prepared {
        text: document.text_id(),
        sha256: CaptureId::of(document.text.as_bytes()).0,
        layers: annotate::annotate_passages(&document.text, &document.passages, language),
        stems: stems(&document.text),
        words: wording.len(),
        prints: align::prints(&wording),
        document,
    }
}

/// The versions of the extractors, stored with each document they read.
pub(crate) fn annotated_by() -> String {
    annotate::EXTRACTORS.iter().map(|e| format!("{}.{}", e.name, e.version)).collect::<Vec<_>>().join(" ")
}

impl Case {
    /// Adds accounts. Documents that stand in the case already are left as they are; only a new location is
    /// noted. What cannot be read is listed and the rest is added.
    ///
    /// # Errors
    /// Where the case cannot be written. Everything reported through `progress` as stored stays.
    pub fn add(&mut self, inputs: Vec<Input>, mut progress: impl FnMut(Progress)) -> Result<Added> {
        let mut added = Added::default();
        let bytes: usize = inputs.iter().map(|input| input.bytes.len()).sum();
        let readings = read_all(inputs, &mut added);
        let documents: usize = readings.iter().map(|part| part.documents.len()).sum();
        if documents <= BATCH_DOCUMENTS && bytes <= BATCH_BYTES {
            self.atomically(|| {
                self.store_batch(readings, &mut added)?;
                self.align_pending(&mut |_| {})
            })?;
            progress(Progress::Stored(added.new));
            return Ok(added);
        }
        for batch in batches(readings) {
            self.atomically(|| self.store_batch(batch, &mut added))?;
            progress(Progress::Stored(added.new));
        }
        self.align(progress)?;
        Ok(added)
    }

    /// Seeks overlaps for texts that were stored and not yet compared (after a crash, say), and settles
    /// families and points. Gives the number of texts.
    ///
    /// # Errors
    /// Where the case cannot be written.
    pub fn align(&mut self, mut progress: impl FnMut(Progress)) -> Result<usize> {
        self.atomically(|| self.align_pending(&mut |texts| progress(Progress::Aligning(texts))))
    }

    /// Takes a document out, as if it had never been added.
    ///
    /// # Errors
    /// Where the case cannot be written or the id is unknown.
    pub fn remove(&mut self, id: DocId) -> Result<()> {
        let document = self.document(id)?;
        let text = document.text_id();
        self.atomically(|| {
            let mut keys = self.keys_of(&[id])?;
            for table in ["location", "passage", "notice", "warning", "quantity", "time", "document"] {
                self.run(&format!("DELETE FROM {table} WHERE doc = ?"), [id.number()])?;
            }
            self.run(
                "DELETE FROM capture WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM document WHERE capture = ?1)",
                [document.capture.0],
            )?;
            let left: i64 = self
                .db
                .query_row("SELECT count(*) FROM document WHERE text = ?", [text.number()], |row| row.get(0))
                .map_err(|cause| self.error(cause))?;
            if left == 0 {
                self.remove_text(text, &document.text)?;
            }
            keys.extend(self.settle_origins()?);
            self.settle_points(&keys)
        })
    }

    /// Reads a document's rows again, after its language was corrected.
    pub(crate) fn annotate_again(&self, id: DocId) -> Result<()> {
        let document = self.document(id)?;
        let mut keys = self.keys_of(&[id])?;
        for table in ["quantity", "time"] {
            self.run(&format!("DELETE FROM {table} WHERE doc = ?"), [id.number()])?;
        }
        let language = document.language.as_ref().map(|language| language.value.as_str());
        self.store_layers(id, &annotate::annotate_passages(&document.text, &document.passages, language))?;
        keys.extend(self.keys_of(&[id])?);
        self.settle_points(&keys)
    }

    pub(crate) fn run(&self, statement: &str, values: impl rusqlite::Params) -> Result<usize> {
        let mut prepared = self.db.prepare_cached(statement).map_err(|cause| self.error(cause))?;
        prepared.execute(values).map_err(|cause| self.error(cause))
    }

    /// Stores what one batch of readings holds, inside the caller's transaction.
    fn store_batch(&self, batch: Batch, added: &mut Added) -> Result<()> {
        let mut fresh: BTreeMap<DocId, Document> = BTreeMap::new();
        let mut locations: Vec<(DocId, String)> = Vec::new();
        for Part { input, reading, documents } in batch {
            let mut new = 0;
            for document in documents {
                locations.push((document.id, input.location.clone()));
                if self.is_known(&document)? || fresh.contains_key(&document.id) {
                    added.known += 1;
                } else {
                    fresh.insert(document.id, document);
                    new += 1;
                }
            }
            if new > 0 {
                self.store_capture(reading.capture, reading.format, &input.bytes)?;
            }
        }
        added.new += fresh.len();
        let prepared: Vec<Prepared> = fresh.into_values().collect::<Vec<_>>().into_par_iter().map(prepare).collect();
        let texts = self.store_texts(&prepared)?;
        for prepared in &prepared {
            self.store_document(prepared)?;
        }
        for (id, path) in locations {
            self.run("INSERT OR IGNORE INTO location VALUES (?, ?)", params![id.number(), path])?;
        }
        if !texts.is_empty() {
            let prints = texts.iter().map(|(text, at)| (*text, prepared[*at].prints.as_slice()));
            self.store_segment(Segment::of(prints))?;
        }
        Ok(())
    }

    /// Whether a document of this id stands in the case; one of the same id that is another document is an
    /// error.
    fn is_known(&self, document: &Document) -> Result<bool> {
        let mut statement = self
            .db
            .prepare_cached("SELECT capture, part FROM document WHERE doc = ?")
            .map_err(|cause| self.error(cause))?;
        let known = statement.query_row([document.id.number()], |row| Ok((row.get::<_, [u8; 32]>(0)?, row.get::<_, u32>(1)?)));
        match known.optional().map_err(|cause| self.error(cause))? {
            None => Ok(false),
            Some(same) if same == (document.capture.0, document.part) => Ok(true),
            Some(_) => Err(Error::Clash { path: self.path.clone(), name: document.name.clone() }),
        }
    }

    fn store_capture(&self, capture: CaptureId, format: &str, bytes: &[u8]) -> Result<()> {
        let known: Option<i64> = self
            .db
            .query_row("SELECT 1 FROM capture WHERE id = ?", [capture.0], |row| row.get(0))
            .optional()
            .map_err(|cause| self.error(cause))?;
        if known.is_some() {
            return Ok(());
        }
        let packed = zstd::bulk::compress(bytes, 3).map_err(|cause| self.corrupt(format!("a capture could not be packed: {cause}")))?;
        self.run("INSERT INTO capture VALUES (?, ?, ?, ?)", params![capture.0, format, bytes.len() as i64, packed])?;
        Ok(())
    }

    /// Stores the texts that are new, in the order of their ids: each with the place of its document.
    fn store_texts(&self, prepared: &[Prepared]) -> Result<BTreeMap<TextId, usize>> {
        let mut texts: BTreeMap<TextId, usize> = BTreeMap::new();
        for (at, prepared) in prepared.iter().enumerate() {
            texts.entry(prepared.text).or_insert(at);
        }
        let mut new = BTreeMap::new();
        for (text, at) in texts {
            let Prepared { sha256, words, stems, document, .. } = &prepared[at];
            let known: Option<[u8; 32]> = self
                .db
                .query_row("SELECT sha256 FROM text WHERE text = ?", [text.number()], |row| row.get(0))
                .optional()
                .map_err(|cause| self.error(cause))?;
            match known {
                Some(same) if same == *sha256 => continue,
                Some(_) => return Err(Error::Clash { path: self.path.clone(), name: document.name.clone() }),
                None => {}
            }
            self.run(
                "INSERT INTO text (text, sha256, words, body) VALUES (?, ?, ?, ?)",
                params![text.number(), sha256, *words as i64, document.text],
            )?;
            self.run("INSERT INTO search (rowid, stems) VALUES (?, ?)", params![text.number(), stems])?;
            new.insert(text, at);
        }
        Ok(new)
    }

    fn store_document(&self, prepared: &Prepared) -> Result<()> {
        let document = &prepared.document;
        let value = |known: &Option<Known>| known.as_ref().map(|known| known.value.clone());
        let from = |known: &Option<Known>| known.as_ref().map(|known| known.from.word());
        let id = document.id.number();
        self.run(
            "INSERT INTO document VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)",
            params![
                id,
                prepared.text.number(),
                document.capture.0,
                document.part,
                document.record,
                document.name,
                value(&document.title),
                from(&document.title),
                value(&document.byline),
                from(&document.byline),
                value(&document.outlet),
                from(&document.outlet),
                value(&document.url),
                from(&document.url),
                value(&document.published),
                from(&document.published),
                value(&document.language),
                from(&document.language),
                annotated_by(),
                id,
            ],
        )?;
        for passage in &document.passages {
            let (start, end) = (passage.span.start() as i64, passage.span.end() as i64);
            self.run("INSERT INTO passage VALUES (?, ?, ?, ?)", params![id, start, end, passage.kind.word()])?;
        }
        for notice in &document.notices {
            let name = ends(notice.name);
            let (start, end) = (notice.span.start() as i64, notice.span.end() as i64);
            let values = params![id, start, end, notice.kind.word(), name.0, name.1];
            self.run("INSERT OR IGNORE INTO notice VALUES (?, ?, ?, ?, ?, ?)", values)?;
        }
        for (n, warning) in document.warnings.iter().enumerate() {
            let place = ends(warning.span);
            let values = params![id, n as i64, place.0, place.1, warning.text, warning.hint];
            self.run("INSERT INTO warning VALUES (?, ?, ?, ?, ?, ?)", values)?;
        }
        self.store_layers(document.id, &prepared.layers)
    }

    fn store_layers(&self, id: DocId, layers: &Layers) -> Result<()> {
        let id = id.number();
        for row in &layers.quantities {
            let noun = ends(row.noun);
            let (start, end) = (row.span.start() as i64, row.span.end() as i64);
            self.run(
                "INSERT INTO quantity VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                params![id, start, end, row.low, row.high, row.change.to_string(), noun.0, noun.1, row.counted, row.by],
            )?;
        }
        for row in &layers.times {
            let beside = ends(row.beside);
            let (start, end) = (row.span.start() as i64, row.span.end() as i64);
            self.run(
                "INSERT INTO time VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                params![id, start, end, row.from.to_string(), row.to.to_string(), beside.0, beside.1, row.about, row.by],
            )?;
        }
        Ok(())
    }
}

/// The two columns of a span that may be missing.
fn ends(span: Option<model::Span>) -> (Option<i64>, Option<i64>) {
    (span.map(|span| span.start() as i64), span.map(|span| span.end() as i64))
}

/// Some documents of one capture.
struct Part {
    input: Arc<Input>,
    reading: Arc<Reading>,
    documents: Vec<Document>,
}

type Batch = Vec<Part>;

/// Reads all inputs in parallel and lists what had to be refused.
fn read_all(inputs: Vec<Input>, added: &mut Added) -> Vec<Part> {
    let readings: Vec<_> = inputs.into_par_iter().map(|input| (read::read(&input.bytes, &input.hint()), input)).collect();
    let mut parts = Vec::new();
    for (reading, input) in readings {
        match reading {
            Ok(mut reading) => {
                let refused = reading.refusals.iter().map(|Refusal { part, cause }| {
                    (format!("{}: {part}", input.location), cause.clone())
                });
                added.refused.extend(refused);
                let documents = std::mem::take(&mut reading.documents);
                parts.push(Part { input: Arc::new(input), reading: Arc::new(reading), documents });
            }
            Err(cause) => added.refused.push((input.location.clone(), cause.to_string())),
        }
    }
    parts
}

/// Cuts a heap into batches, also within one capture.
fn batches(parts: Vec<Part>) -> Vec<Batch> {
    let mut batches: Vec<Batch> = vec![Vec::new()];
    let (mut documents, mut bytes) = (0, 0);
    for part in parts {
        let mut rest = part.documents.into_iter().peekable();
        while rest.peek().is_some() {
            let mut taken = Vec::new();
            while documents < BATCH_DOCUMENTS && bytes < BATCH_BYTES
                && let Some(document) = rest.next()
            {
                documents += 1;
                bytes += document.text.len();
                taken.push(document);
            }
            let (input, reading) = (Arc::clone(&part.input), Arc::clone(&part.reading));
            if let Some(last) = batches.last_mut() {
                last.push(Part { input, reading, documents: taken });
            }
            if documents >= BATCH_DOCUMENTS || bytes >= BATCH_BYTES {
                batches.push(Vec::new());
                (documents, bytes) = (0, 0);
            }
        }
    }
    batches
}
