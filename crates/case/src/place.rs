//! The places that a case names.

use crate::documents::{PLACE_COLUMNS, doc_id, place, span};
use crate::error::Result;
use crate::lineage::text_at;
use crate::store::Case;
use collate::{CasePlace, PlaceMention};
use model::time::Bounds;
use model::{DocId, NameClass, Place, PlaceClass, Span, TextId};
use std::collections::BTreeMap;

/// Where a place is named, and when something was there, as far as its sentence tells.
#[derive(Clone, Debug)]
pub struct PlacedMention {
    /// The mention.
    pub mention: PlaceMention,
    /// First and last day that the time of its sentence may touch.
    pub when: Option<Bounds>,
}

impl Case {
    /// The places that the documents name, with all mentions: those the gazetteer has, and names of places that it
    /// has not. A town's name that is part of a person's is none.
    ///
    /// # Errors
    /// Where the case cannot be read.
    pub fn named_places(&self) -> Result<(Vec<PlacedMention>, Vec<CasePlace>)> {
        let question = format!(
            "SELECT d.text, place.doc, d.origin, {PLACE_COLUMNS}, time.meaning
            FROM place JOIN document d ON d.doc = place.doc
            LEFT JOIN time ON time.doc = place.doc AND time.start = place.time_start
            ORDER BY place.doc, place.start"
        );
        let mut statement = self.db.prepare_cached(&question).map_err(|cause| self.error(cause))?;
        let rows = statement.query_map([], |row| {
            let place: Place = place(row, 3)?;
            let (document, origin) = (doc_id(row, 1)?, doc_id(row, 2)?);
            let when: Option<Vec<u8>> = row.get(16)?;
            let mention =
                PlaceMention { document, origin, words: String::new(), span: place.span, place: Some(place) };
            let when = when.and_then(|packed| crate::time::unpack(&packed)?.bounds);
            Ok((text_at(row, 0)?, PlacedMention { mention, when }))
        });
        let rows: Vec<(TextId, PlacedMention)> =
            rows.and_then(Iterator::collect).map_err(|cause| self.error(cause))?;
        let mut placed = Vec::with_capacity(rows.len());
        for of_text in rows.chunk_by(|a, b| a.1.mention.document == b.1.mention.document) {
            let Some((text, first)) = of_text.first() else { continue };
            let body = self.body(*text)?;
            let names = self.names(first.mention.document)?;
            let people: Vec<Span> =
                names.iter().filter(|name| name.class == NameClass::Person).map(|name| name.span).collect();
            for (_, row) in of_text {
                let part = covering(&people, row.mention.span);
                let town = row
                    .mention
                    .place
                    .as_ref()
                    .is_some_and(|place| !matches!(place.class, PlaceClass::Country | PlaceClass::Area));
                if part && town {
                    continue;
                }
                let mut row = row.clone();
                row.mention.words = row.mention.span.get(&body).unwrap_or_default().to_owned();
                placed.push(row);
            }
        }
        let mut known: BTreeMap<DocId, Vec<Span>> = BTreeMap::new();
        for row in &placed {
            known.entry(row.mention.document).or_default().push(row.mention.span);
        }
        placed.extend(self.names_without_a_place(&known)?);
        placed.sort_by_key(|placed| (placed.mention.document, placed.mention.span));
        let mentions: Vec<PlaceMention> = placed.iter().map(|placed| placed.mention.clone()).collect();
        let places = collate::places(&mentions, &self.aliases()?);
        Ok((placed, places))
    }

    /// Names of places on which no row of the gazetteer's lies, and which are not taken for something else more often.
    fn names_without_a_place(&self, placed: &BTreeMap<DocId, Vec<Span>>) -> Result<Vec<PlacedMention>> {
        let question = "SELECT n.doc, d.origin, n.words, n.start, n.end FROM name n JOIN document d ON d.doc = n.doc
            JOIN (SELECT words FROM name GROUP BY words HAVING 2 * sum(class = 'place') > count(*)) USING (words)
            WHERE n.class = 'place' ORDER BY n.doc, n.start";
        let mut statement = self.db.prepare_cached(question).map_err(|cause| self.error(cause))?;
        let rows = statement.query_map([], |row| {
            let (document, origin): (DocId, DocId) = (doc_id(row, 0)?, doc_id(row, 1)?);
            let span: Span = span(row, 3)?.ok_or(rusqlite::Error::InvalidQuery)?;
            let mention = PlaceMention { document, origin, words: row.get(2)?, span, place: None };
            Ok(PlacedMention { mention, when: None })
        });
        let mut found: Vec<PlacedMention> =
            rows.and_then(Iterator::collect).map_err(|cause| self.error(cause))?;
        found.retain(|found| {
            let own = placed.get(&found.mention.document).map(Vec::as_slice).unwrap_or_default();
            let next = own.partition_point(|span| span.end() <= found.mention.span.start());
            own.get(next).is_none_or(|span| span.meet(found.mention.span).is_none())
        });
        Ok(found)
    }
}

/// Whether one of some spans that do not overlap, in order, covers this one.
fn covering(spans: &[Span], span: Span) -> bool {
    let next = spans.partition_point(|known| known.end() < span.end());
    spans.get(next).is_some_and(|known| known.covers(span))
}
