//! What is read after a document stands in the case: names, short forms and who says what, and the actors names make.

use crate::documents::{doc_id, rule_id, span};
use crate::error::Result;
use crate::store::Case;
use annotate::Tier;
use annotate::name::definitions;
use collate::{Actor, ActorMention, Explained};
use model::{DocId, Document, Layers, Name, NameClass};
use rayon::prelude::*;
use rusqlite::params;

/// Documents read and written at a time.
const BATCH: usize = 256;

/// A short form as it is stored: its place and words, and those of the full name.
pub(crate) type ShortForm = (i64, i64, String, i64, i64, String);

impl Case {
    /// Reads the deep tier of documents that have not been so read, so many at most, and tells after each batch how many are
    /// read. Gives the number of documents.
    ///
    /// # Errors
    /// Where the case cannot be written. What was told as read stays.
    pub fn read_deep(&mut self, limit: usize, mut progress: impl FnMut(usize)) -> Result<usize> {
        let mut done = 0;
        while done < limit {
            let count = BATCH.min(limit - done);
            let read = self.atomically(|| {
                let documents = self.unread(count)?;
                let read: Vec<(&Document, Layers)> = documents
                    .par_iter()
                    .map(|document| (document, annotate::read_document(document, Tier::Deep)))
                    .collect();
                for (document, layers) in &read {
                    self.store_deep(document, layers)?;
                }
                Ok(documents.len())
            })?;
            if read == 0 {
                break;
            }
            done += read;
            progress(done);
        }
        Ok(done)
    }

    /// How many documents have had their names read.
    ///
    /// # Errors
    /// Where the case cannot be read.
    pub fn read_deeply(&self) -> Result<usize> {
        let read: i64 = self.one("SELECT count(*) FROM document WHERE deep = 1")?;
        Ok(read as usize)
    }

    fn unread(&self, count: usize) -> Result<Vec<Document>> {
        let question = "SELECT doc FROM document WHERE deep = 0 ORDER BY doc LIMIT ?";
        let mut statement = self.db.prepare_cached(question).map_err(|cause| self.error(cause))?;
        let rows = statement.query_map([count as i64], |row| doc_id(row, 0)).and_then(Iterator::collect);
        let ids: Vec<DocId> = rows.map_err(|cause| self.error(cause))?;
        ids.into_iter().map(|id| self.document(id)).collect()
    }

    pub(crate) fn is_read_deeply(&self, id: DocId) -> Result<bool> {
        let deep =
            self.of_document(id, "SELECT deep FROM document WHERE doc = ?", |row| row.get::<_, bool>(0))?;
        Ok(deep == [true])
    }

    /// Reads the deep tier of a document anew.
    pub(crate) fn read_deep_again(&self, document: &Document) -> Result<()> {
        for table in ["name", "short_form", "attribution", "claim"] {
            self.run(&format!("DELETE FROM {table} WHERE doc = ?"), [document.id.number()])?;
        }
        self.store_deep(document, &annotate::read_document(document, Tier::Deep))
    }

    fn store_deep(&self, document: &Document, layers: &Layers) -> Result<()> {
        let id = document.id.number();
        self.store_attributions(document, &layers.attributions)?;
        self.store_claims(document, &layers.claims)?;
        for name in &layers.names {
            let (start, end) = (name.span.start() as i64, name.span.end() as i64);
            let words = name.span.of(&document.text);
            let title = name.title.map(|title| title.start() as i64);
            let titled = name.title.map(|title| title.of(&document.text));
            self.run(
                "INSERT INTO name VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                params![id, start, end, words, title, titled, name.class.word(), name.by],
            )?;
        }
        for (start, end, words, full_start, full_end, full) in self.short_forms_of(document) {
            self.run(
                "INSERT INTO short_form VALUES (?, ?, ?, ?, ?, ?, ?)",
                params![id, start, end, words, full_start, full_end, full],
            )?;
        }
        self.run("UPDATE document SET deep = 1 WHERE doc = ?", [id])?;
        Ok(())
    }

    /// The short forms a document explains.
    pub(crate) fn short_forms_of(&self, document: &Document) -> Vec<ShortForm> {
        let text = &document.text;
        let place = |span: model::Span| (span.start() as i64, span.end() as i64, span.of(text).to_owned());
        let pair = |found: &annotate::name::Definition| {
            let (short, full) = (place(found.short), place(found.full));
            (short.0, short.1, short.2, full.0, full.1, full.2)
        };
        definitions(text).iter().map(pair).collect()
    }

    pub(crate) fn stored_short_forms(&self, id: DocId) -> Result<Vec<ShortForm>> {
        let question = "SELECT start, end, words, full_start, full_end, full_words FROM short_form WHERE doc = ? ORDER BY start";
        self.of_document(id, question, |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?))
        })
    }

    pub(crate) fn names(&self, id: DocId) -> Result<Vec<Name>> {
        let question = "SELECT start, end, class, rule, title, title + length(CAST(titled AS BLOB)) FROM name WHERE doc = ? ORDER BY start";
        self.of_document(id, question, |row| {
            Ok(Name {
                span: span(row, 0)?.ok_or(rusqlite::Error::InvalidQuery)?,
                title: span(row, 4)?,
                class: class_of(row, 2)?,
                by: rule_id(row.get_ref(3)?.as_str()?),
            })
        })
    }

    /// The persons and bodies the documents name, with all mentions. What the gazetteer takes for a place is none.
    ///
    /// # Errors
    /// Where the case cannot be read.
    pub fn actors(&self) -> Result<(Vec<ActorMention>, Vec<Actor>)> {
        let question = "SELECT name.doc, start, end, coalesce(titled || ' ', '') || words, class, origin FROM name JOIN document USING (doc)
            WHERE class IN ('person', 'organisation') AND NOT EXISTS (SELECT 1 FROM place
                WHERE place.doc = name.doc AND place.start = name.start AND place.end = name.end)
            ORDER BY name.doc, start";
        let mut statement = self.db.prepare_cached(question).map_err(|cause| self.error(cause))?;
        let rows = statement.query_map([], |row| {
            Ok(ActorMention {
                document: doc_id(row, 0)?,
                origin: doc_id(row, 5)?,
                span: span(row, 1)?.ok_or(rusqlite::Error::InvalidQuery)?,
                words: row.get(3)?,
                class: class_of(row, 4)?,
            })
        });
        let mentions: Vec<ActorMention> =
            rows.and_then(Iterator::collect).map_err(|cause| self.error(cause))?;
        let question = "SELECT doc, full_words, words, origin FROM short_form JOIN document USING (doc) ORDER BY doc, start";
        let mut statement = self.db.prepare_cached(question).map_err(|cause| self.error(cause))?;
        let rows = statement.query_map([], |row| {
            Ok(Explained {
                document: doc_id(row, 0)?,
                origin: doc_id(row, 3)?,
                full: row.get(1)?,
                short: row.get(2)?,
            })
        });
        let explained: Vec<Explained> =
            rows.and_then(Iterator::collect).map_err(|cause| self.error(cause))?;
        let actors = collate::actors(&mentions, &explained, &self.aliases()?);
        Ok((mentions, actors))
    }
}

fn class_of(row: &rusqlite::Row, at: usize) -> rusqlite::Result<NameClass> {
    NameClass::from_word(row.get_ref(at)?.as_str()?).ok_or(rusqlite::Error::InvalidQuery)
}
