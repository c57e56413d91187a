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
use annotate::Tier;
use model::{CaptureId, DocId, Document, Known, Layers, TextId};
use rayon::prelude::*;
use read::{Declared, Hint, Reading, Refusal};
use rusqlite::{OptionalExtension, params};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::mpsc::sync_channel;

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
        let name = base_name(&self.location).to_owned();
        Hint { name, declared: self.declared.clone() }
    }
}

/// The name of a file without its folders.
pub(crate) fn base_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
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
    /// What was declared of documents known already and differs from what is known: where, and what.
    pub left: Vec<(String, String)>,
}

/// A batch is written when it holds so many documents or bytes of text.
const BATCH_DOCUMENTS: usize = 2048;
const BATCH_BYTES: usize = 8 << 20;

/// Archived bytes that documents were read from.
struct Capture {
    input: Arc<Input>,
    format: &'static str,
    id: CaptureId,
}

/// A document that is not in the case yet.
struct Fresh {
    text: TextId,
    document: Document,
    capture: Arc<Capture>,
    locations: Vec<String>,
}

/// What an addition consists of.
#[derive(Default)]
struct Heap {
    documents: Vec<Fresh>,
    /// New places of documents that stand in the case.
    known: Vec<(DocId, String)>,
}

/// A document with everything that is made of it alone.
struct Prepared {
    fresh: Fresh,
    sha256: [u8; 32],
    layers: Layers,
    stems: String,
    words: usize,
    prints: Vec<u64>,
}

fn prepare_all(documents: Vec<Fresh>) -> Vec<Prepared> {
    documents.into_par_iter().map(prepare).collect()
}

fn prepare(fresh: Fresh) -> Prepared {
    let document = &fresh.document;
    let wording = align::wording(&document.text);
    Prepared {
        sha256: CaptureId::of(document.text.as_bytes()).0,
        layers: annotate::read_document(document, Tier::Fast),
        stems: stems(&document.text),
        words: wording.len(),
        prints: align::prints(&wording),
        fresh,
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
        let readings = read_all(inputs, &mut added);
        let documents: usize = readings.iter().map(|(_, reading)| reading.documents.len()).sum();
        let bytes: usize = readings.iter().map(|(input, _)| input.bytes.len()).sum();
        if documents <= BATCH_DOCUMENTS && bytes <= BATCH_BYTES {
            // Within one transaction, so that another program adding the same is waited for and then seen.
            self.atomically(|| {
                let heap = self.sort_out(readings, &mut added)?;
                self.store_locations(&heap.known)?;
                self.store(prepare_all(heap.documents))?;
                self.align_pending(&mut |_| {})
            })?;
            progress(Progress::Stored(added.new));
            return Ok(added);
        }
        let heap = self.atomically(|| {
            let heap = self.sort_out(readings, &mut added)?;
            self.store_locations(&heap.known)?;
            Ok(heap)
        })?;
        // The next batch is prepared while one is written.
        let (send, receive) = sync_channel::<Vec<Prepared>>(1);
        let written = std::thread::scope(|scope| {
            scope.spawn(move || {
                for batch in batches(heap.documents) {
                    if send.send(prepare_all(batch)).is_err() {
                        return;
                    }
                }
            });
            let mut stored = 0;
            // Owned here, so that the preparing thread is let go when writing fails.
            for batch in receive {
                stored += batch.len();
                self.atomically(|| self.store(batch))?;
                progress(Progress::Stored(stored));
            }
            Ok(())
        });
        written?;
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
            let mut changed = self.family_texts(id)?;
            for table in ["location", "passage", "notice", "warning", "quantity", "time", "place", "name", "short_form", "attribution", "claim", "document"] {
                self.run(&format!("DELETE FROM {table} WHERE doc = ?"), [id.number()])?;
            }
            self.run(
                "DELETE FROM capture WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM document WHERE capture = ?1)",
                [document.capture.0],
            )?;
            if self.carriers(text)?.is_empty() {
                changed.extend(self.remove_text(text, &document.text)?);
                changed.remove(&text);
            }
            keys.extend(self.settle_origins(&changed)?);
            self.settle_points(&keys)
        })
    }

    /// The texts of a document's family.
    fn family_texts(&self, id: DocId) -> Result<BTreeSet<TextId>> {
        let question = "SELECT r.text FROM document d JOIN document r ON r.origin = d.origin WHERE d.doc = ?";
        Ok(self.of_document(id, question, |row| crate::lineage::text_at(row, 0))?.into_iter().collect())
    }

    /// Reads a document's rows again, after its language or date was corrected.
    pub(crate) fn annotate_again(&self, id: DocId) -> Result<()> {
        let document = self.document(id)?;
        let mut keys = self.keys_of(&[id])?;
        for table in ["quantity", "time", "place"] {
            self.run(&format!("DELETE FROM {table} WHERE doc = ?"), [id.number()])?;
        }
        self.store_layers(&[(id, &annotate::read_document(&document, Tier::Fast))])?;
        if self.is_read_deeply(id)? {
            self.read_deep_again(&document)?;
        }
        keys.extend(self.keys_of(&[id])?);
        self.settle_points(&keys)
    }

    pub(crate) fn run(&self, statement: &str, values: impl rusqlite::Params) -> Result<usize> {
        let mut prepared = self.db.prepare_cached(statement).map_err(|cause| self.error(cause))?;
        prepared.execute(values).map_err(|cause| self.error(cause))
    }

    /// Tells new documents from known ones. New ones are ordered by their ids, so that tables are filled in the
    /// order of their keys.
    fn sort_out(&self, readings: Vec<(Arc<Input>, Reading)>, added: &mut Added) -> Result<Heap> {
        let mut heap = Heap::default();
        let mut seen: BTreeMap<DocId, usize> = BTreeMap::new();
        for (input, reading) in readings {
            let capture = Arc::new(Capture { input, format: reading.format, id: reading.capture });
            for document in reading.documents {
                let location = capture.input.location.clone();
                if let Some(twin) = seen.get(&document.id) {
                    added.known += 1;
                    heap.documents[*twin].locations.push(location);
                } else if self.is_known(&document)? {
                    added.known += 1;
                    added
                        .left
                        .extend(self.left_declarations(&document)?.map(|fields| (location.clone(), fields)));
                    heap.known.push((document.id, location));
                } else {
                    seen.insert(document.id, heap.documents.len());
                    let capture = Arc::clone(&capture);
                    heap.documents.push(Fresh {
                        text: document.text_id(),
                        document,
                        capture,
                        locations: vec![location],
                    });
                }
            }
        }
        added.new = heap.documents.len();
        heap.documents.sort_by_key(|fresh| fresh.document.id);
        Ok(heap)
    }

    /// The fields declared of a known document that differ from what is known of it.
    fn left_declarations(&self, document: &Document) -> Result<Option<String>> {
        let Some(known) = self.entry(document.id)? else { return Ok(None) };
        let fields = [
            ("title", &document.title, &known.title),
            ("byline", &document.byline, &known.byline),
            ("published", &document.published, &known.published),
        ];
        let declared =
            |field: &Option<Known>| field.as_ref().is_some_and(|f| f.from == model::KnownFrom::Declared);
        let value = |field: &Option<Known>| field.as_ref().map(|known| known.value.clone());
        let left = fields.iter().filter(|(_, said, known)| declared(said) && value(said) != value(known));
        let left: Vec<&str> = left.map(|(name, ..)| *name).collect();
        Ok((!left.is_empty()).then(|| left.join(", ")))
    }

    /// Stores prepared documents with all their rows, inside the caller's transaction.
    fn store(&self, mut prepared: Vec<Prepared>) -> Result<()> {
        // Another program may have added some since they were sorted out.
        let mut known = Ok(());
        prepared.retain(|prepared| match self.is_known(&prepared.fresh.document) {
            Ok(is_known) => !is_known,
            Err(error) => {
                known = Err(error);
                false
            }
        });
        known?;
        let mut captures: Vec<&Capture> = prepared.iter().map(|prepared| &*prepared.fresh.capture).collect();
        captures.sort_by_key(|capture| capture.id);
        captures.dedup_by_key(|capture| capture.id);
        for capture in captures {
            self.store_capture(capture)?;
        }
        self.store_texts(&prepared)?;
        for prepared in &prepared {
            self.store_document(prepared)?;
            let id = prepared.fresh.document.id;
            let places: Vec<_> =
                prepared.fresh.locations.iter().map(|location| (id, location.clone())).collect();
            self.store_locations(&places)?;
        }
        self.store_layers(&prepared.iter().map(|p| (p.fresh.document.id, &p.layers)).collect::<Vec<_>>())
    }

    fn store_locations(&self, places: &[(DocId, String)]) -> Result<()> {
        for (id, path) in places {
            let new =
                self.run("INSERT OR IGNORE INTO location VALUES (?, ?)", params![id.number(), path])? > 0;
            let all = self.locations(*id)?;
            // Found in several places, a document is called by the first of them, whichever was added first.
            if let Some(first) = all.first().filter(|_| new && all.len() > 1) {
                let name = Hint::named(base_name(first)).stem().to_owned();
                self.run(
                    "UPDATE document SET name = ? WHERE doc = ? AND record IS NULL",
                    params![name, id.number()],
                )?;
            }
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
        let known = statement
            .query_row([document.id.number()], |row| Ok((row.get::<_, [u8; 32]>(0)?, row.get::<_, u32>(1)?)));
        match known.optional().map_err(|cause| self.error(cause))? {
            None => Ok(false),
            Some(same) if same == (document.capture.0, document.part) => Ok(true),
            Some(_) => Err(Error::Clash { path: self.path.clone(), name: document.name.clone() }),
        }
    }

    fn store_capture(&self, capture: &Capture) -> Result<()> {
        let known: Option<i64> = self
            .db
            .query_row("SELECT 1 FROM capture WHERE id = ?", [capture.id.0], |row| row.get(0))
            .optional()
            .map_err(|cause| self.error(cause))?;
        if known.is_some() {
            return Ok(());
        }
        let bytes = &capture.input.bytes;
        let packed =
            pack(bytes).map_err(|cause| self.corrupt(format!("a capture could not be packed: {cause}")))?;
        let values = params![capture.id.0, bytes.len() as i64, packed];
        self.run("INSERT INTO capture VALUES (?, ?, ?)", values)?;
        Ok(())
    }

    /// Stores the texts that are new: words, stems and prints.
    fn store_texts(&self, prepared: &[Prepared]) -> Result<()> {
        let mut new: Vec<&Prepared> = Vec::new();
        for one in prepared {
            let Prepared { fresh: Fresh { text, document, .. }, sha256, words, stems, .. } = one;
            let known: Option<[u8; 32]> = self
                .db
                .query_row("SELECT sha256 FROM text WHERE text = ?", [text.number()], |row| row.get(0))
                .optional()
                .map_err(|cause| self.error(cause))?;
            match known {
                Some(same) if same == *sha256 => continue,
                Some(_) => return Err(Error::Clash { path: self.path.clone(), name: document.name.clone() }),
                None => new.push(one),
            }
            self.run(
                "INSERT INTO text (text, sha256, words, body) VALUES (?, ?, ?, ?)",
                params![text.number(), sha256, *words as i64, document.text],
            )?;
            let n = self.db.last_insert_rowid();
            self.run("INSERT INTO search (rowid, stems) VALUES (?, ?)", params![n, stems])?;
        }
        if new.is_empty() {
            return Ok(());
        }
        self.store_segment(Segment::of(
            new.iter().map(|prepared| (prepared.fresh.text, prepared.prints.as_slice())),
        ))
    }

    fn store_document(&self, prepared: &Prepared) -> Result<()> {
        let document = &prepared.fresh.document;
        let value = |known: &Option<Known>| known.as_ref().map(|known| known.value.clone());
        let from = |known: &Option<Known>| known.as_ref().map(|known| known.from.word());
        let id = document.id.number();
        self.run(
            "INSERT INTO document VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0)",
            params![
                id,
                prepared.fresh.text.number(),
                document.capture.0,
                document.part,
                prepared.fresh.capture.format,
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
            self.run(
                "INSERT INTO passage VALUES (?, ?, ?, ?)",
                params![id, start, end, passage.kind.word()],
            )?;
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
        Ok(())
    }

    /// Stores rows in the order of their keys, which is not the order of the documents.
    fn store_layers(&self, layers: &[(DocId, &Layers)]) -> Result<()> {
        let mut quantities: Vec<_> = layers
            .iter()
            .flat_map(|(id, layers)| layers.quantities.iter().map(move |row| (id, row)))
            .collect();
        quantities.sort_by(|(a, x), (b, y)| (&x.counted, a, x.span).cmp(&(&y.counted, b, y.span)));
        for (id, row) in quantities {
            let noun = ends(row.noun);
            let (start, end) = (row.span.start() as i64, row.span.end() as i64);
            self.run(
                "INSERT INTO quantity VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                params![
                    id.number(),
                    start,
                    end,
                    row.low,
                    row.high,
                    row.change.sign(),
                    row.unit,
                    row.code,
                    noun.0,
                    noun.1,
                    row.counted,
                    row.by
                ],
            )?;
        }
        let mut times: Vec<_> =
            layers.iter().flat_map(|(id, layers)| layers.times.iter().map(move |row| (id, row))).collect();
        times.sort_by(|(a, x), (b, y)| (&x.about, a, x.span).cmp(&(&y.about, b, y.span)));
        for (id, row) in times {
            let beside = ends(row.beside);
            let (start, end) = (row.span.start() as i64, row.span.end() as i64);
            let anchor = ends(row.anchor);
            self.run(
                "INSERT INTO time VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                params![
                    id.number(),
                    start,
                    end,
                    row.value.timex(),
                    crate::time::pack(row)?,
                    anchor.0,
                    anchor.1,
                    beside.0,
                    beside.1,
                    row.about,
                    row.by
                ],
            )?;
        }
        for (id, row) in layers.iter().flat_map(|(id, layers)| layers.places.iter().map(move |row| (id, row)))
        {
            let when = ends(row.when);
            self.run(
                "INSERT INTO place VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                params![
                    id.number(),
                    row.span.start() as i64,
                    row.span.end() as i64,
                    row.name,
                    row.id,
                    row.latitude,
                    row.longitude,
                    row.country,
                    row.class.word(),
                    row.usage.word(),
                    row.candidates,
                    when.0,
                    when.1,
                    row.by
                ],
            )?;
        }
        Ok(())
    }
}

/// Packs archived bytes. Heaps repeat themselves over long distances (copies are what they are made of), so
/// the whole capture is searched for repeats, not the last few hundred kilobytes.
fn pack(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut packer = zstd::bulk::Compressor::new(3)?;
    packer.set_parameter(zstd::zstd_safe::CParameter::EnableLongDistanceMatching(true))?;
    packer.set_parameter(zstd::zstd_safe::CParameter::WindowLog(WINDOW_LOG))?;
    packer.compress(bytes)
}

/// Two to this power bytes are searched for repeats: the most that any zstd program unpacks unasked.
const WINDOW_LOG: u32 = 27;

/// The two columns of a span that may be missing.
fn ends(span: Option<model::Span>) -> (Option<i64>, Option<i64>) {
    (span.map(|span| span.start() as i64), span.map(|span| span.end() as i64))
}

/// Reads all inputs in parallel and lists what had to be refused.
fn read_all(inputs: Vec<Input>, added: &mut Added) -> Vec<(Arc<Input>, Reading)> {
    let readings: Vec<_> =
        inputs.into_par_iter().map(|input| (read::read(&input.bytes, &input.hint()), input)).collect();
    let mut read = Vec::new();
    for (reading, input) in readings {
        match reading {
            Ok(reading) => {
                let refused = reading
                    .refusals
                    .iter()
                    .map(|Refusal { part, cause }| (format!("{}: {part}", input.location), cause.clone()));
                added.refused.extend(refused);
                read.push((Arc::new(input), reading));
            }
            Err(cause) => added.refused.push((input.location.clone(), cause.to_string())),
        }
    }
    read
}

/// Cuts new documents into batches.
fn batches(documents: Vec<Fresh>) -> Vec<Vec<Fresh>> {
    let mut batches: Vec<Vec<Fresh>> = Vec::new();
    let mut bytes = 0;
    for fresh in documents {
        if batches.last().is_none_or(|batch| batch.len() >= BATCH_DOCUMENTS || bytes >= BATCH_BYTES) {
            batches.push(Vec::new());
            bytes = 0;
        }
        bytes += fresh.document.text.len();
        if let Some(batch) = batches.last_mut() {
            batch.push(fresh);
        }
    }
    batches
}
