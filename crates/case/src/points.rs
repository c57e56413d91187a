//! Points in a case: summaries kept per key, readings made from the rows when one is opened.
//!
//! A point depends on all rows under its key and on nothing else, so a change to a document settles exactly
//! the keys of that document again.

use crate::documents::{doc_id, span};
use crate::error::Result;
use crate::store::Case;
use collate::{Candidate, Point, PointKind, Value, point};
use model::DocId;
use rusqlite::{Row, params};
use std::collections::BTreeSet;

/// Rows of one key beyond which it is too general for a point.
const MOST_ROWS: i64 = 1000;

/// The keys under which more than one document has rows.
const SHARED_KEYS: &str =
    "SELECT 'quantity', counted FROM quantity WHERE counted != '' GROUP BY counted HAVING min(doc) < max(doc)
    UNION ALL SELECT 'date', about FROM time WHERE about != '' GROUP BY about HAVING min(doc) < max(doc)";

/// A point as a list shows it.
#[derive(Clone, Debug)]
pub struct PointSummary {
    /// What kind of value.
    pub kind: PointKind,
    /// The counted noun or the class of happening.
    pub key: String,
}

impl Case {
    /// The points, best first: conflicts, then those most origins speak to.
    ///
    /// # Errors
    /// Where the case cannot be read.
    pub fn points(&self, limit: usize) -> Result<Vec<PointSummary>> {
        let question = "SELECT kind, key FROM point
            ORDER BY verdict = 'conflict' DESC, readings > 3 * origins, origins DESC, readings, kind, key LIMIT ?";
        let mut statement = self.db.prepare_cached(question).map_err(|cause| self.error(cause))?;
        let rows = statement.query_map([limit.min(i64::MAX as usize) as i64], |row| {
            let kind =
                PointKind::from_word(row.get_ref(0)?.as_str()?).ok_or(rusqlite::Error::InvalidQuery)?;
            Ok(PointSummary { kind, key: row.get(1)? })
        });
        rows.and_then(Iterator::collect).map_err(|cause| self.error(cause))
    }

    /// How many points there are, and in how many of them readings part.
    ///
    /// # Errors
    /// Where the case cannot be read.
    pub fn point_counts(&self) -> Result<(usize, usize)> {
        let all: i64 = self.one("SELECT count(*) FROM point")?;
        let conflicts: i64 = self.one("SELECT count(*) FROM point WHERE verdict = 'conflict'")?;
        Ok((all as usize, conflicts as usize))
    }

    /// A point that is kept, of numbers or else of dates, with its readings; `None` where fewer than two origins speak under
    /// the key.
    pub(crate) fn point(&self, kind: PointKind, key: &str) -> Result<Option<Point>> {
        let question = match kind {
            PointKind::Quantity => {
                "SELECT q.doc, d.origin, q.start, q.end, q.noun_start, q.noun_end, q.low, q.high
                FROM quantity q JOIN document d USING (doc) WHERE q.counted = ? ORDER BY q.doc, q.start"
            }
            _ => {
                "SELECT t.doc, d.origin, t.start, t.end, t.beside_start, t.beside_end, t.meaning
                FROM time t JOIN document d USING (doc) WHERE t.about = ? AND t.about != '' ORDER BY t.doc, t.start"
            }
        };
        let mut statement = self.db.prepare_cached(question).map_err(|cause| self.error(cause))?;
        let rows = statement.query_map([key], |row| candidate(row, kind)).and_then(Iterator::collect);
        let candidates: Vec<Candidate> = rows.map_err(|cause| self.error(cause))?;
        Ok(point(kind, key, &candidates))
    }

    /// The keys under which documents have rows.
    pub(crate) fn keys_of(&self, documents: &[DocId]) -> Result<BTreeSet<(String, String)>> {
        let question = "SELECT DISTINCT 'quantity', counted FROM quantity WHERE doc = ?1 AND counted != ''
            UNION SELECT DISTINCT 'date', about FROM time WHERE doc = ?1 AND about != ''";
        let mut keys = BTreeSet::new();
        for document in documents {
            keys.extend(self.of_document(*document, question, |row| Ok((row.get(0)?, row.get(1)?)))?);
        }
        Ok(keys)
    }

    /// The keys of documents added since points were last settled, and the mark that they are settled now.
    pub(crate) fn unsettled_keys(&self) -> Result<BTreeSet<(String, String)>> {
        let documents: i64 = self.one("SELECT count(*) FROM document")?;
        let new: i64 = self.one("SELECT count(*) FROM document WHERE settled = 0")?;
        let question = match new * 8 > documents {
            true => SHARED_KEYS,
            false => {
                "SELECT 'quantity', counted FROM quantity WHERE counted != '' AND doc IN (SELECT doc FROM document WHERE settled = 0)
                UNION SELECT 'date', about FROM time WHERE about != '' AND doc IN (SELECT doc FROM document WHERE settled = 0)"
            }
        };
        let mut statement = self.db.prepare_cached(question).map_err(|cause| self.error(cause))?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)));
        let keys = rows.and_then(Iterator::collect).map_err(|cause| self.error(cause))?;
        self.run("UPDATE document SET settled = 1 WHERE settled = 0", [])?;
        Ok(keys)
    }

    /// Whether a key has so many rows that its noun is no question ("shares" in ten thousand articles). Such a
    /// key is not looked into at all, so that adding one document never reads the rows of thousands.
    fn is_too_general(&self, kind: PointKind, key: &str) -> Result<bool> {
        let question = match kind {
            PointKind::Quantity => "SELECT count(*) FROM (SELECT 1 FROM quantity WHERE counted = ? LIMIT ?)",
            _ => "SELECT count(*) FROM (SELECT 1 FROM time WHERE about != '' AND about = ? LIMIT ?)",
        };
        let mut statement = self.db.prepare_cached(question).map_err(|cause| self.error(cause))?;
        let rows: i64 = statement
            .query_row(params![key, MOST_ROWS + 1], |row| row.get(0))
            .map_err(|cause| self.error(cause))?;
        Ok(rows > MOST_ROWS)
    }

    /// The stored summaries, by their keys.
    pub(crate) fn stored_points(&self) -> Result<Vec<[String; 6]>> {
        let question =
            "SELECT kind, key, verdict, origins, documents, readings FROM point ORDER BY kind, key";
        let rows = self.sql(question)?.rows;
        let cells = |row: Vec<Option<String>>| {
            std::array::from_fn(|at| row.get(at).cloned().flatten().unwrap_or_default())
        };
        Ok(rows.into_iter().map(cells).collect())
    }

    /// The summaries as the rows give them, by their keys.
    pub(crate) fn made_points(&self) -> Result<Vec<[String; 6]>> {
        let mut made = Vec::new();
        for (kind, key) in self.shared_keys()? {
            let Some(point) = self.made_point(&kind, &key)? else { continue };
            let counts =
                [point.origins, point.documents, point.readings.len()].map(|count| count.to_string());
            let [origins, documents, readings] = counts;
            made.push([kind, key, point.verdict.word().to_owned(), origins, documents, readings]);
        }
        Ok(made)
    }

    /// The keys under which more than one document has rows.
    fn shared_keys(&self) -> Result<BTreeSet<(String, String)>> {
        let mut statement = self.db.prepare_cached(SHARED_KEYS).map_err(|cause| self.error(cause))?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)));
        rows.and_then(Iterator::collect).map_err(|cause| self.error(cause))
    }

    fn made_point(&self, kind: &str, key: &str) -> Result<Option<Point>> {
        let Some(kind) = PointKind::from_word(kind) else { return Ok(None) };
        if !collate::is_question(kind, key) || self.is_too_general(kind, key)? {
            return Ok(None);
        }
        self.point(kind, key)
    }

    /// Makes the summaries under these keys anew.
    pub(crate) fn settle_points(&self, keys: &BTreeSet<(String, String)>) -> Result<()> {
        for (kind, key) in keys {
            self.run("DELETE FROM point WHERE kind = ? AND key = ?", params![kind, key])?;
            let Some(point) = self.made_point(kind, key)? else { continue };
            let (origins, documents, readings) =
                (point.origins as i64, point.documents as i64, point.readings.len() as i64);
            self.run(
                "INSERT INTO point VALUES (?, ?, ?, ?, ?, ?)",
                params![kind, key, point.verdict.word(), origins, documents, readings],
            )?;
        }
        Ok(())
    }
}

fn candidate(row: &Row, kind: PointKind) -> rusqlite::Result<Candidate> {
    let value = match kind {
        PointKind::Quantity => Value::Quantity(row.get(6)?, row.get(7)?),
        PointKind::Date => {
            let stretch = crate::time::stretch(row.get_ref(6)?.as_blob()?);
            Value::Date(stretch.ok_or(rusqlite::Error::InvalidQuery)?)
        }
        _ => return Err(rusqlite::Error::InvalidQuery),
    };
    Ok(Candidate {
        document: doc_id(row, 0)?,
        origin: doc_id(row, 1)?,
        span: span(row, 2)?.ok_or(rusqlite::Error::InvalidQuery)?,
        noun: span(row, 4)?,
        value,
    })
}
