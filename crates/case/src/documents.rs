//! Documents as a case holds them: reading them back, finding them by name, correcting what is known.

use crate::error::{Error, Result};
use crate::store::Case;
use model::{
    CaptureId, DocId, Document, Known, KnownFrom, Layers, Notice, NoticeKind, Passage, PassageKind, Place,
    PlaceClass, PlaceUse,
};
use model::{Quantity, Span, TextId, Time, Warning};
use rusqlite::{OptionalExtension, Row, params};

/// What a list shows of a document: everything but its words.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Its id.
    pub id: DocId,
    /// The cache key of its words.
    pub text: TextId,
    /// The record id, else the file name without its ending.
    pub name: String,
    /// The record id, else the file name: what exchange formats call it.
    pub file: String,
    /// Title.
    pub title: Option<Known>,
    /// By-line.
    pub byline: Option<Known>,
    /// Outlet.
    pub outlet: Option<Known>,
    /// Address.
    pub url: Option<Known>,
    /// Publication.
    pub published: Option<Known>,
    /// Language.
    pub language: Option<Known>,
    /// The least document of its family.
    pub origin: DocId,
    /// Words in its text.
    pub words: u32,
}

impl Entry {
    /// The title, else the name.
    pub fn heading(&self) -> &str {
        self.title.as_ref().map_or(&self.name, |title| &title.value)
    }
}

/// What an analyst may correct.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SetField {
    /// Title.
    Title,
    /// By-line.
    Byline,
    /// Outlet.
    Outlet,
    /// Address.
    Url,
    /// Publication.
    Published,
    /// Language.
    Language,
}

impl SetField {
    /// All of them.
    pub const ALL: [SetField; 6] = [
        SetField::Title,
        SetField::Byline,
        SetField::Outlet,
        SetField::Url,
        SetField::Published,
        SetField::Language,
    ];

    /// Its name, which is also its column.
    pub fn word(self) -> &'static str {
        match self {
            SetField::Title => "title",
            SetField::Byline => "byline",
            SetField::Outlet => "outlet",
            SetField::Url => "url",
            SetField::Published => "published",
            SetField::Language => "language",
        }
    }

    /// The field of this name.
    pub fn from_word(word: &str) -> Option<SetField> {
        SetField::ALL.into_iter().find(|field| field.word() == word)
    }
}

const ENTRY: &str = "SELECT d.doc, d.text, d.name, d.title, d.title_from, d.byline, d.byline_from, d.outlet, d.outlet_from,
    d.url, d.url_from, d.published, d.published_from, d.language, d.language_from, d.origin, t.words,
    coalesce(d.record, (SELECT min(path) FROM location l WHERE l.doc = d.doc), d.name) FROM document d JOIN text t USING (text)";

impl Case {
    /// All documents, by name.
    ///
    /// # Errors
    /// Where the case cannot be read.
    pub fn entries(&self) -> Result<Vec<Entry>> {
        let mut statement = self
            .db
            .prepare_cached(&format!("{ENTRY} ORDER BY d.name, d.doc"))
            .map_err(|cause| self.error(cause))?;
        let rows = statement.query_map([], entry).and_then(Iterator::collect);
        rows.map_err(|cause| self.error(cause))
    }

    /// One document; `None` for an id that is not in the case.
    ///
    /// # Errors
    /// Where the case cannot be read.
    pub fn entry(&self, id: DocId) -> Result<Option<Entry>> {
        let mut statement =
            self.db.prepare_cached(&format!("{ENTRY} WHERE d.doc = ?")).map_err(|cause| self.error(cause))?;
        statement.query_row([id.number()], entry).optional().map_err(|cause| self.error(cause))
    }

    /// The ids of all documents by name, each with its origin.
    ///
    /// # Errors
    /// Where the case cannot be read.
    pub fn order(&self) -> Result<Vec<(DocId, DocId)>> {
        let mut statement = self
            .db
            .prepare_cached("SELECT doc, origin FROM document ORDER BY name, doc")
            .map_err(|cause| self.error(cause))?;
        let rows =
            statement.query_map([], |row| Ok((doc_id(row, 0)?, doc_id(row, 1)?))).and_then(Iterator::collect);
        rows.map_err(|cause| self.error(cause))
    }

    /// All documents with their texts.
    ///
    /// # Errors
    /// Where the case cannot be read.
    pub fn texts(&self) -> Result<Vec<(DocId, TextId)>> {
        let mut statement = self
            .db
            .prepare_cached("SELECT doc, text FROM document ORDER BY doc")
            .map_err(|cause| self.error(cause))?;
        let rows = statement.query_map([], |row| Ok((doc_id(row, 0)?, crate::lineage::text_at(row, 1)?)));
        rows.and_then(Iterator::collect).map_err(|cause| self.error(cause))
    }

    /// The documents that carry a text, by name.
    ///
    /// # Errors
    /// Where the case cannot be read.
    pub fn carriers(&self, text: TextId) -> Result<Vec<DocId>> {
        let mut statement = self
            .db
            .prepare_cached("SELECT doc FROM document WHERE text = ? ORDER BY name, doc")
            .map_err(|cause| self.error(cause))?;
        let rows = statement.query_map([text.number()], |row| doc_id(row, 0)).and_then(Iterator::collect);
        rows.map_err(|cause| self.error(cause))
    }

    /// Documents by language.
    ///
    /// # Errors
    /// Where the case cannot be read.
    pub fn languages(&self) -> Result<Vec<(Option<String>, usize)>> {
        let question = "SELECT language, count(*) FROM document GROUP BY language ORDER BY language";
        let mut statement = self.db.prepare_cached(question).map_err(|cause| self.error(cause))?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get::<_, i64>(1)? as usize)));
        rows.and_then(Iterator::collect).map_err(|cause| self.error(cause))
    }

    /// Texts whose overlaps have not been sought, documents of unknown date, and warnings kept.
    ///
    /// # Errors
    /// Where the case cannot be read.
    pub fn gaps(&self) -> Result<[usize; 3]> {
        let unaligned: i64 = self.one("SELECT count(*) FROM text WHERE aligned = 0")?;
        let undated: i64 = self.one("SELECT count(*) FROM document WHERE published IS NULL")?;
        let warnings: i64 = self.one("SELECT count(*) FROM warning")?;
        Ok([unaligned, undated, warnings].map(|count| count as usize))
    }

    /// The documents that carry a text, by name.
    pub(crate) fn entries_of_text(&self, text: TextId) -> Result<Vec<Entry>> {
        let question = format!("{ENTRY} WHERE d.text = ? ORDER BY d.name, d.doc");
        let mut statement = self.db.prepare_cached(&question).map_err(|cause| self.error(cause))?;
        let rows = statement.query_map([text.number()], entry).and_then(Iterator::collect);
        rows.map_err(|cause| self.error(cause))
    }

    /// Notes a run of the program: when, which version, what it was asked to do.
    ///
    /// # Errors
    /// Where the case cannot be written.
    pub fn note_run(
        &self,
        at: &str,
        program: &str,
        command: &str,
        documents: usize,
        refused: usize,
    ) -> Result<()> {
        let insert = "INSERT INTO run (at, program, command, documents, refused) VALUES (?, ?, ?, ?, ?)";
        self.run(insert, params![at, program, command, documents as i64, refused as i64]).map(drop)
    }

    /// Whether every document calls itself a summary of an account.
    ///
    /// # Errors
    /// Where the case cannot be read.
    pub fn all_are_summaries(&self) -> Result<bool> {
        let others =
            "SELECT EXISTS (SELECT 1 FROM document) AND NOT EXISTS (SELECT 1 FROM document d WHERE NOT EXISTS
            (SELECT 1 FROM notice n WHERE n.doc = d.doc AND n.kind = 'summary'))";
        self.one(others)
    }

    /// How many documents and origins there are.
    ///
    /// # Errors
    /// Where the case cannot be read.
    pub fn counts(&self) -> Result<(usize, usize)> {
        let documents: i64 = self.one("SELECT count(*) FROM document")?;
        let origins: i64 = self.one("SELECT count(DISTINCT origin) FROM document")?;
        Ok((documents as usize, origins as usize))
    }

    /// The document an analyst means by an id, a name, or the unambiguous beginning of either.
    ///
    /// # Errors
    /// Where there is none, or several.
    pub fn find(&self, wanted: &str) -> Result<DocId> {
        let error = |cause| self.error(cause);
        if let Ok(id) = wanted.parse::<DocId>() {
            let known = self.db.query_row("SELECT doc FROM document WHERE doc = ?", [id.number()], |row| {
                row.get::<_, i64>(0)
            });
            if known.optional().map_err(error)?.is_some() {
                return Ok(id);
            }
        }
        let named = |question: &str, value: &str| -> Result<Vec<(i64, String)>> {
            let mut statement = self.db.prepare_cached(question).map_err(error)?;
            let rows = statement.query_map([value], |row| Ok((row.get(0)?, row.get(1)?)));
            rows.and_then(Iterator::collect).map_err(error)
        };
        let exact = named("SELECT doc, name FROM document WHERE name = ? ORDER BY doc LIMIT 9", wanted)?;
        let found = match exact.is_empty() {
            false => exact,
            true => named(
                "SELECT doc, name FROM document WHERE substr(name, 1, length(?1)) = ?1 ORDER BY name, doc LIMIT 9",
                wanted,
            )?,
        };
        // Lists print the file a document came from.
        let found = match found.is_empty() {
            false => found,
            true => named(
                "SELECT doc, path FROM location WHERE path = ?1 OR substr(path, -length(?1) - 1) = '/' || ?1 ORDER BY doc LIMIT 9",
                wanted,
            )?,
        };
        match &found[..] {
            [(doc, _)] => {
                DocId::from_number(*doc).ok_or_else(|| self.corrupt("a document has an id out of range"))
            }
            [] => Err(Error::NoDocument { wanted: wanted.to_owned(), near: Vec::new() }),
            several => {
                let near = several.iter().take(4);
                let near = near.map(|(doc, name)| {
                    format!(
                        "{name} ({})",
                        DocId::from_number(*doc).map(|d| d.to_string()).unwrap_or_default()
                    )
                });
                Err(Error::NoDocument { wanted: wanted.to_owned(), near: near.collect() })
            }
        }
    }

    /// A document with its words, passages, notices and warnings.
    ///
    /// # Errors
    /// Where the case cannot be read or the id is unknown.
    pub fn document(&self, id: DocId) -> Result<Document> {
        let error = |cause| self.error(cause);
        let question = "SELECT d.capture, d.part, d.record, d.name, d.title, d.title_from, d.byline, d.byline_from,
            d.outlet, d.outlet_from, d.url, d.url_from, d.published, d.published_from, d.language, d.language_from,
            t.body FROM document d JOIN text t USING (text) WHERE d.doc = ?";
        let mut statement = self.db.prepare_cached(question).map_err(error)?;
        let read = |row: &Row| {
            Ok(Document {
                id,
                capture: CaptureId(row.get(0)?),
                part: row.get(1)?,
                record: row.get(2)?,
                name: row.get(3)?,
                title: known(row, 4)?,
                byline: known(row, 6)?,
                outlet: known(row, 8)?,
                url: known(row, 10)?,
                published: known(row, 12)?,
                language: known(row, 14)?,
                text: row.get(16)?,
                passages: Vec::new(),
                notices: Vec::new(),
                warnings: Vec::new(),
            })
        };
        let found = statement.query_row([id.number()], read).optional().map_err(error)?;
        let mut document =
            found.ok_or_else(|| Error::NoDocument { wanted: id.to_string(), near: Vec::new() })?;
        document.passages = self.passages(id)?;
        document.notices = self.notices(id)?;
        document.warnings = self.warnings(id)?;
        Ok(document)
    }

    /// The words of a text.
    ///
    /// # Errors
    /// Where the case cannot be read or the id is unknown.
    pub fn body(&self, text: TextId) -> Result<String> {
        let mut statement = self
            .db
            .prepare_cached("SELECT body FROM text WHERE text = ?")
            .map_err(|cause| self.error(cause))?;
        statement.query_row([text.number()], |row| row.get(0)).map_err(|cause| self.error(cause))
    }

    /// The words of a document, without what is known of it.
    pub(crate) fn words(&self, id: DocId) -> Result<String> {
        let question = "SELECT t.body FROM document d JOIN text t USING (text) WHERE d.doc = ?";
        let mut statement = self.db.prepare_cached(question).map_err(|cause| self.error(cause))?;
        statement.query_row([id.number()], |row| row.get(0)).map_err(|cause| self.error(cause))
    }

    pub(crate) fn published(&self, id: DocId) -> Result<Option<String>> {
        let question = "SELECT published FROM document WHERE doc = ?";
        let mut statement = self.db.prepare_cached(question).map_err(|cause| self.error(cause))?;
        statement.query_row([id.number()], |row| row.get(0)).map_err(|cause| self.error(cause))
    }

    /// Where a document was found, below the folders that were added.
    ///
    /// # Errors
    /// Where the case cannot be read.
    pub fn locations(&self, id: DocId) -> Result<Vec<String>> {
        self.of_document(id, "SELECT path FROM location WHERE doc = ? ORDER BY path", |row| row.get(0))
    }

    pub(crate) fn passages(&self, id: DocId) -> Result<Vec<Passage>> {
        self.of_document(id, "SELECT start, end, kind FROM passage WHERE doc = ? ORDER BY start", |row| {
            let kind =
                PassageKind::from_word(row.get_ref(2)?.as_str()?).ok_or(rusqlite::Error::InvalidQuery)?;
            Ok(Passage { span: span(row, 0)?.ok_or(rusqlite::Error::InvalidQuery)?, kind })
        })
    }

    /// What a document says of its own making.
    ///
    /// # Errors
    /// Where the case cannot be read.
    pub fn notices(&self, id: DocId) -> Result<Vec<Notice>> {
        let question =
            "SELECT start, end, kind, name_start, name_end FROM notice WHERE doc = ? ORDER BY start, end";
        self.of_document(id, question, |row| {
            let kind =
                NoticeKind::from_word(row.get_ref(2)?.as_str()?).ok_or(rusqlite::Error::InvalidQuery)?;
            Ok(Notice {
                span: span(row, 0)?.ok_or(rusqlite::Error::InvalidQuery)?,
                kind,
                name: span(row, 3)?,
            })
        })
    }

    fn warnings(&self, id: DocId) -> Result<Vec<Warning>> {
        self.of_document(id, "SELECT start, end, text, hint FROM warning WHERE doc = ? ORDER BY n", |row| {
            Ok(Warning { span: span(row, 0)?, text: row.get(2)?, hint: row.get(3)? })
        })
    }

    /// The rows the extractors found in a document.
    ///
    /// # Errors
    /// Where the case cannot be read.
    pub fn layers(&self, id: DocId) -> Result<Layers> {
        let quantities = self.quantities(id)?;
        let times = self.times(id)?;
        let places = format!("SELECT {PLACE_COLUMNS} FROM place WHERE doc = ? ORDER BY start");
        let places = self.of_document(id, &places, |row| place(row, 0))?;
        let (names, attributions, claims) = (self.names(id)?, self.attributions(id)?, self.claims(id)?);
        Ok(Layers { quantities, times, places, names, attributions, claims })
    }

    /// The numbers of a document.
    pub(crate) fn quantities(&self, id: DocId) -> Result<Vec<Quantity>> {
        let quantities =
            "SELECT start, end, low, high, change, noun_start, noun_end, counted, rule, unit, code FROM quantity
            WHERE doc = ? ORDER BY start, end";
        self.of_document(id, quantities, |row| {
            Ok(Quantity {
                span: span(row, 0)?.ok_or(rusqlite::Error::InvalidQuery)?,
                low: row.get(2)?,
                high: row.get(3)?,
                change: model::Change::from_sign(row.get_ref(4)?.as_str()?)
                    .ok_or(rusqlite::Error::InvalidQuery)?,
                unit: row.get(9)?,
                code: row.get(10)?,
                noun: span(row, 5)?,
                counted: row.get(7)?,
                by: rule_id(row.get_ref(8)?.as_str()?),
            })
        })
    }

    pub(crate) fn times(&self, id: DocId) -> Result<Vec<Time>> {
        let times =
            "SELECT start, end, meaning, anchor_start, anchor_end, beside_start, beside_end, about, rule
            FROM time WHERE doc = ? ORDER BY start";
        self.of_document(id, times, |row| {
            let meaning =
                crate::time::unpack(row.get_ref(2)?.as_blob()?).ok_or(rusqlite::Error::InvalidQuery)?;
            Ok(Time {
                span: span(row, 0)?.ok_or(rusqlite::Error::InvalidQuery)?,
                tree: meaning.tree(),
                value: meaning.value,
                modifier: meaning.modifier,
                bounds: meaning.bounds,
                to: meaning.to,
                refused: meaning.refused,
                anchor: span(row, 3)?,
                beside: span(row, 5)?,
                about: row.get(7)?,
                by: rule_id(row.get_ref(8)?.as_str()?),
            })
        })
    }

    pub(crate) fn of_document<T>(
        &self,
        id: DocId,
        question: &str,
        read: impl FnMut(&Row) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>> {
        let mut statement = self.db.prepare_cached(question).map_err(|cause| self.error(cause))?;
        let rows = statement.query_map([id.number()], read).and_then(Iterator::collect);
        rows.map_err(|cause| match cause {
            // What a row holds is no value that a Stemma wrote.
            rusqlite::Error::InvalidQuery
            | rusqlite::Error::IntegralValueOutOfRange(..)
            | rusqlite::Error::InvalidColumnType(..)
            | rusqlite::Error::FromSqlConversionFailure(..) => {
                self.corrupt(format!("document {id} has a damaged row"))
            }
            cause => self.error(cause),
        })
    }

    /// Corrects what is known of a document, all of it or nothing, and keeps each correction as a judgement. An
    /// empty value says that it is unknown.
    ///
    /// # Errors
    /// Where the value is not of the field's form, or the case cannot be written.
    pub fn set(&self, id: DocId, values: &[(SetField, &str)], at: &str, why: &str) -> Result<()> {
        let values = values
            .iter()
            .map(|(field, value)| Ok((*field, self.well_formed(*field, value.trim())?)))
            .collect::<Result<Vec<_>>>()?;
        self.atomically(|| {
            for (field, value) in &values {
                self.set_one(id, *field, value.as_deref(), at, why)?;
            }
            if values.iter().any(|(field, _)| matches!(field, SetField::Language | SetField::Published)) {
                self.annotate_again(id)?;
            }
            // What was there first may be the source and not a round-up.
            if values.iter().any(|(field, _)| *field == SetField::Published) {
                let keys =
                    self.settle_origins(&std::collections::BTreeSet::from([self.document(id)?.text_id()]))?;
                self.settle_points(&keys)?;
            }
            Ok(())
        })
    }

    fn set_one(&self, id: DocId, field: SetField, value: Option<&str>, at: &str, why: &str) -> Result<()> {
        let before = self.document(id)?;
        let old = match field {
            SetField::Title => &before.title,
            SetField::Byline => &before.byline,
            SetField::Outlet => &before.outlet,
            SetField::Url => &before.url,
            SetField::Published => &before.published,
            SetField::Language => &before.language,
        };
        let column = field.word();
        self.judge_value(id, column, value, old.as_ref().map(|known| known.value.as_str()), at, why)?;
        let update = format!("UPDATE document SET {column} = ?1, {column}_from = ?2 WHERE doc = ?3");
        let from = value.map(|_| KnownFrom::Analyst.word());
        self.run(&update, params![value, from, id.number()]).map(drop)
    }

    fn well_formed(&self, field: SetField, value: &str) -> Result<Option<String>> {
        if value.is_empty() {
            return Ok(None);
        }
        match field {
            SetField::Published => read::published_date(value).map(Some).ok_or_else(|| {
                Error::Refused(format!("published: `{value}` is not a date; write it as 2022-01-13"))
            }),
            SetField::Language => read::language_tag(value).map(Some).ok_or_else(|| {
                Error::Refused(format!("language: `{value}` is no language tag; write en, ru, kk …"))
            }),
            _ => Ok(Some(value.to_owned())),
        }
    }
}

/// The words of some spans, with a blank between them.
pub(crate) fn words_of(text: &str, spans: &[Span]) -> String {
    let words: Vec<&str> = spans.iter().filter_map(|span| span.get(text)).collect();
    words.join(" ")
}

/// The columns that [`place`] reads.
pub(crate) const PLACE_COLUMNS: &str = "place.start, place.end, place.name, geoname, latitude, longitude, country, place.class, usage, candidates, time_start, time_end, place.rule";

/// A row of the places, from a column on.
pub(crate) fn place(row: &Row, at: usize) -> rusqlite::Result<Place> {
    let class = row.get_ref(at + 7)?.as_str()?;
    let usage = row.get_ref(at + 8)?.as_str()?;
    let invalid = rusqlite::Error::InvalidQuery;
    Ok(Place {
        span: span(row, at)?.ok_or(rusqlite::Error::InvalidQuery)?,
        name: row.get(at + 2)?,
        id: row.get(at + 3)?,
        latitude: row.get::<_, f64>(at + 4)? as f32,
        longitude: row.get::<_, f64>(at + 5)? as f32,
        country: row.get(at + 6)?,
        class: PlaceClass::ALL
            .into_iter()
            .find(|known| known.word() == class)
            .ok_or(rusqlite::Error::InvalidQuery)?,
        usage: PlaceUse::ALL.into_iter().find(|known| known.word() == usage).ok_or(invalid)?,
        candidates: row.get(at + 9)?,
        when: span(row, at + 10)?,
        by: rule_id(row.get_ref(at + 12)?.as_str()?),
    })
}

fn entry(row: &Row) -> rusqlite::Result<Entry> {
    let place: String = row.get(17)?;
    Ok(Entry {
        id: doc_id(row, 0)?,
        text: TextId::from_number(row.get(1)?).ok_or(rusqlite::Error::IntegralValueOutOfRange(1, 0))?,
        name: row.get(2)?,
        file: crate::add::base_name(&place).to_owned(),
        title: known(row, 3)?,
        byline: known(row, 5)?,
        outlet: known(row, 7)?,
        url: known(row, 9)?,
        published: known(row, 11)?,
        language: known(row, 13)?,
        origin: doc_id(row, 15)?,
        words: row.get(16)?,
    })
}

pub(crate) fn doc_id(row: &Row, at: usize) -> rusqlite::Result<DocId> {
    let number = row.get(at)?;
    DocId::from_number(number).ok_or(rusqlite::Error::IntegralValueOutOfRange(at, number))
}

fn known(row: &Row, at: usize) -> rusqlite::Result<Option<Known>> {
    let value: Option<String> = row.get(at)?;
    let from: Option<String> = row.get(at + 1)?;
    Ok(value.map(|value| Known {
        value,
        from: from.and_then(|f| KnownFrom::from_word(&f)).unwrap_or(KnownFrom::Text),
    }))
}

/// The span in two columns; `None` where they are NULL.
pub(crate) fn span(row: &Row, at: usize) -> rusqlite::Result<Option<Span>> {
    let ends: (Option<i64>, Option<i64>) = (row.get(at)?, row.get(at + 1)?);
    Ok(match ends {
        (Some(start), Some(end)) => Span::checked(start.max(0) as usize, end.max(0) as usize),
        _ => None,
    })
}

pub(crate) fn rule_id(stored: &str) -> &'static str {
    annotate::rules::rule(stored).map_or("a rule of another version", |rule| rule.id.as_str())
}
