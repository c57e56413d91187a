//! Who says what, as it is stored.

use crate::documents::{doc_id, rule_id, words_of};
use crate::error::{Error, Result};
use crate::store::Case;
use model::{Attribution, Certainty, DocId, Document, Polarity, SourceKind, Span, Spans};
use rusqlite::params;
use serde::{Deserialize, Serialize};

/// The spans of an attribution, packed: source, cue, content.
#[derive(Serialize, Deserialize)]
struct Packed(Vec<Span>, Vec<Span>, Spans);

impl Case {
    pub(crate) fn store_attributions(&self, document: &Document, rows: &[Attribution]) -> Result<()> {
        for (n, row) in rows.iter().enumerate() {
            let hull = row.content.hull();
            let packed = Packed(row.source.clone(), row.cue.clone(), row.content.clone());
            let packed = postcard::to_allocvec(&packed)
                .map_err(|cause| Error::Refused(format!("an attribution cannot be packed: {cause}")))?;
            let refs: Vec<String> = row.refs.iter().map(u32::to_string).collect();
            self.run(
                "INSERT INTO attribution VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                params![
                    document.id.number(),
                    n as i64,
                    hull.start() as i64,
                    hull.end() as i64,
                    packed,
                    words_of(&document.text, &row.source),
                    row.kind.word(),
                    row.certainty.word(),
                    row.polarity.word(),
                    refs.join(" "),
                    row.parent,
                    row.by
                ],
            )?;
        }
        Ok(())
    }

    /// Everything said in the case: the document and its origin with each attribution, by document and place.
    ///
    /// # Errors
    /// Where the case cannot be read.
    pub fn said(&self) -> Result<Vec<(DocId, DocId, Attribution)>> {
        let question = "SELECT DISTINCT a.doc, d.origin FROM attribution a JOIN document d ON d.doc = a.doc ORDER BY a.doc";
        let mut statement = self.db.prepare_cached(question).map_err(|cause| self.error(cause))?;
        let rows = statement.query_map([], |row| Ok((doc_id(row, 0)?, doc_id(row, 1)?)));
        let documents: Vec<(DocId, DocId)> =
            rows.and_then(Iterator::collect).map_err(|cause| self.error(cause))?;
        let mut said = Vec::new();
        for (document, origin) in documents {
            said.extend(self.attributions(document)?.into_iter().map(|row| (document, origin, row)));
        }
        Ok(said)
    }

    /// Whether the columns that repeat what the packed spans say are those that these rows give.
    pub(crate) fn attribution_columns_fit(&self, document: &Document, rows: &[Attribution]) -> Result<bool> {
        type Columns = (i64, i64, i64, String, String);
        let question = "SELECT n, start, end, source, refs FROM attribution WHERE doc = ? ORDER BY n";
        let stored: Vec<Columns> = self.of_document(document.id, question, |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?))
        })?;
        let made = rows.iter().enumerate().map(|(n, row)| {
            let hull = row.content.hull();
            let refs: Vec<String> = row.refs.iter().map(u32::to_string).collect();
            let source = words_of(&document.text, &row.source);
            (n as i64, hull.start() as i64, hull.end() as i64, source, refs.join(" "))
        });
        Ok(stored == made.collect::<Vec<Columns>>())
    }

    pub(crate) fn attributions(&self, id: DocId) -> Result<Vec<Attribution>> {
        let question = "SELECT spans, kind, certainty, polarity, refs, parent, rule, octet_length(body)
            FROM attribution a JOIN document d ON d.doc = a.doc JOIN text t ON t.text = d.text WHERE a.doc = ? ORDER BY a.n";
        self.of_document(id, question, |row| {
            let length: usize = row.get::<_, i64>(7)? as usize;
            let invalid = || rusqlite::Error::InvalidQuery;
            let Packed(source, cue, content) =
                postcard::from_bytes(row.get_ref(0)?.as_blob()?).map_err(|_| invalid())?;
            let all = source.iter().chain(&cue).copied().chain(content.iter());
            if all.map(|span| span.end()).max().is_some_and(|end| end > length) {
                return Err(invalid());
            }
            let refs: String = row.get(4)?;
            Ok(Attribution {
                source,
                cue,
                content,
                kind: SourceKind::from_word(row.get_ref(1)?.as_str()?).ok_or_else(invalid)?,
                certainty: Certainty::from_word(row.get_ref(2)?.as_str()?).ok_or_else(invalid)?,
                polarity: Polarity::from_word(row.get_ref(3)?.as_str()?).ok_or_else(invalid)?,
                refs: refs.split(' ').filter_map(|number| number.parse().ok()).collect(),
                parent: row.get(5)?,
                by: rule_id(row.get_ref(6)?.as_str()?),
            })
        })
    }
}
