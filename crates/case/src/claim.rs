//! What is said to have happened, as it is stored.

use crate::documents::{doc_id, rule_id, span};
use crate::error::{Error, Result};
use crate::store::Case;
use model::{Certainty, Claim, ClaimKind, DocId, Document, Polarity, Span};
use rusqlite::{Row, params};
use serde::{Deserialize, Serialize};

/// The spans of a claim, packed: predicate, agents, object, time, place.
#[derive(Serialize, Deserialize)]
struct Packed(Span, Vec<Span>, Option<Span>, Option<Span>, Option<Span>);

/// The columns of a claim as they are read by [`claim`]; `length` is that of the text.
const COLUMNS: &str = "c.start, c.end, c.spans, c.kind, c.class, c.about, c.begins, c.certainty, c.polarity, c.rule, octet_length(t.body)";

impl Case {
    pub(crate) fn store_claims(&self, document: &Document, rows: &[Claim]) -> Result<()> {
        for (n, row) in rows.iter().enumerate() {
            let packed = Packed(row.predicate, row.agents.clone(), row.object, row.time, row.place);
            let packed = postcard::to_allocvec(&packed)
                .map_err(|cause| Error::Refused(format!("a claim cannot be packed: {cause}")))?;
            self.run(
                "INSERT INTO claim VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                params![
                    document.id.number(),
                    n as i64,
                    row.span.start() as i64,
                    row.span.end() as i64,
                    packed,
                    row.kind.word(),
                    row.class,
                    row.about.join(" "),
                    row.begins,
                    row.certainty.word(),
                    row.polarity.word(),
                    row.by
                ],
            )?;
        }
        Ok(())
    }

    pub(crate) fn claims(&self, id: DocId) -> Result<Vec<Claim>> {
        let question = format!(
            "SELECT {COLUMNS} FROM claim c JOIN document d ON d.doc = c.doc JOIN text t ON t.text = d.text WHERE c.doc = ? ORDER BY c.n"
        );
        self.of_document(id, &question, claim)
    }

    /// The documents that have claims, each with its origin.
    pub(crate) fn documents_with_claims(&self) -> Result<Vec<(DocId, DocId)>> {
        self.with_origins(
            "SELECT doc, origin FROM document WHERE doc IN (SELECT doc FROM claim) ORDER BY doc",
        )
    }

    /// All documents, each with its origin.
    pub(crate) fn documents_with_origins(&self) -> Result<Vec<(DocId, DocId)>> {
        self.with_origins("SELECT doc, origin FROM document ORDER BY doc")
    }

    fn with_origins(&self, question: &str) -> Result<Vec<(DocId, DocId)>> {
        let mut statement = self.db.prepare_cached(question).map_err(|cause| self.error(cause))?;
        let rows = statement.query_map([], |row| Ok((doc_id(row, 0)?, doc_id(row, 1)?)));
        rows.and_then(Iterator::collect).map_err(|cause| self.error(cause))
    }
}

fn claim(row: &Row) -> rusqlite::Result<Claim> {
    let invalid = || rusqlite::Error::InvalidQuery;
    let length = row.get::<_, i64>(10)? as usize;
    let own = span(row, 0)?.ok_or_else(invalid)?;
    let Packed(predicate, agents, object, time, place) =
        postcard::from_bytes(row.get_ref(2)?.as_blob()?).map_err(|_| invalid())?;
    let all = agents.iter().copied().chain([own, predicate]).chain(object).chain(time).chain(place);
    if all.map(|span| span.end()).max().is_some_and(|end| end > length) {
        return Err(invalid());
    }
    let about: String = row.get(5)?;
    Ok(Claim {
        span: own,
        kind: ClaimKind::from_word(row.get_ref(3)?.as_str()?).ok_or_else(invalid)?,
        class: row.get(4)?,
        predicate,
        agents,
        object,
        about: about.split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect(),
        time,
        place,
        begins: row.get(6)?,
        certainty: Certainty::from_word(row.get_ref(7)?.as_str()?).ok_or_else(invalid)?,
        polarity: Polarity::from_word(row.get_ref(8)?.as_str()?).ok_or_else(invalid)?,
        by: rule_id(row.get_ref(9)?.as_str()?),
    })
}
