//! Origins in a case: documents joined by what their texts share.
//!
//! Whether two texts are one origin depends on what else each of them shares: a footer is told by the others that
//! have it, a round-up by the texts it was made of. So a change is followed two steps further than the texts it
//! touches, and what is joined there is joined anew.

use crate::error::Result;
use crate::lineage::{Pair, shared, text_at};
use crate::store::Case;
use align::{Heap, Known, ORIGIN_SHARE, Part, families};
use model::{DocId, TextId};
use rusqlite::params;
use std::collections::{BTreeMap, BTreeSet};

/// Documents joined by shared text.
#[derive(Clone, Debug)]
pub struct Origin {
    /// The least document; names the origin inside the case.
    pub id: DocId,
    /// Its documents.
    pub documents: Vec<DocId>,
}

impl Case {
    /// The origins at a given share of the shorter document's own words (0 to 1); at [`ORIGIN_SHARE`] these are
    /// the ones every view counts.
    ///
    /// # Errors
    /// Where the case cannot be read.
    pub fn origins(&self, least_share: f64) -> Result<Vec<Origin>> {
        let mut found: BTreeMap<DocId, Vec<DocId>> = BTreeMap::new();
        for (document, origin) in self.origin_of_documents(least_share)? {
            found.entry(origin).or_default().push(document);
        }
        Ok(found.into_iter().map(|(id, documents)| Origin { id, documents }).collect())
    }

    pub(crate) fn origin_of_documents(&self, least_share: f64) -> Result<BTreeMap<DocId, DocId>> {
        let documents: BTreeMap<DocId, TextId> = self.texts()?.into_iter().collect();
        let pairs = self.all_pairs()?;
        let known = self.known_of(pairs.iter().flat_map(|pair| [pair.a, pair.b]).collect())?;
        Ok(named(&documents, Heap::new(&known, &pairs).joined(least_share)))
    }

    /// Everything that texts share, pair by pair.
    ///
    /// # Errors
    /// Where the case cannot be read.
    pub fn all_pairs(&self) -> Result<Vec<align::Pair<TextId>>> {
        let mut pairs: Vec<align::Pair<TextId>> = Vec::new();
        for shared in self.all_shared()? {
            match pairs.last_mut().filter(|pair| (pair.a, pair.b) == (shared.a.0, shared.b.0)) {
                Some(pair) => pair.parts.push(shared.part()),
                None => pairs.push(align::Pair { a: shared.a.0, b: shared.b.0, parts: vec![shared.part()] }),
            }
        }
        Ok(pairs)
    }

    /// What families ask of texts.
    ///
    /// # Errors
    /// Where the case cannot be read.
    pub fn known_of(&self, texts: BTreeSet<TextId>) -> Result<BTreeMap<TextId, Known>> {
        let question = "SELECT words, octet_length(body),
            (SELECT min(published) FROM document d WHERE d.text = t.text) FROM text t WHERE text = ?";
        let mut statement = self.db.prepare_cached(question).map_err(|cause| self.error(cause))?;
        let known = texts.into_iter().map(|text| {
            let known = statement.query_row([text.number()], |row| {
                let length: i64 = row.get(1)?;
                Ok(Known { words: row.get(0)?, length: length as usize, published: row.get(2)? })
            });
            Ok((text, known.map_err(|cause| self.error(cause))?))
        });
        known.collect()
    }

    /// Brings stored origins up to date after these texts changed; gives the keys of points that this touches.
    /// Where much has changed everything is joined anew.
    pub(crate) fn settle_origins(&self, changed: &BTreeSet<TextId>) -> Result<BTreeSet<(String, String)>> {
        let all: i64 = self.one("SELECT count(*) FROM text")?;
        let settled = match changed.len() as i64 * 8 > all {
            true => self.origin_of_documents(ORIGIN_SHARE)?,
            false => self.origin_of_relatives(changed)?,
        };
        let mut moved = Vec::new();
        for (document, origin) in settled {
            let update = "UPDATE document SET origin = ?1 WHERE doc = ?2 AND origin != ?1";
            if self.run(update, params![origin.number(), document.number()])? > 0 {
                moved.push(document);
            }
        }
        self.keys_of(&moved)
    }

    /// The origins of all documents whose families these texts touch.
    fn origin_of_relatives(&self, changed: &BTreeSet<TextId>) -> Result<BTreeMap<DocId, DocId>> {
        let mut rows: BTreeMap<Pair, Vec<Part>> = BTreeMap::new();
        let mut read: BTreeSet<TextId> = BTreeSet::new();
        self.read_pairs(changed, &mut read, &mut rows)?;
        // Whatever shares text with a changed one has changed rows itself.
        let mut near: BTreeSet<TextId> = changed.clone();
        near.extend(rows.keys().flat_map(|(a, b)| [*a, *b]));
        // Then along pairs that may be one origin: to the pasted text, to what it was made of, and back.
        for _ in 0..2 {
            self.read_pairs(&near, &mut read, &mut rows)?;
            self.widen(&mut near, &rows)?;
        }
        let documents = self.family_of(&near)?;
        let mut texts: BTreeSet<TextId> = documents.values().copied().collect();
        let own = texts.clone();
        self.read_pairs(&texts, &mut read, &mut rows)?;
        self.widen(&mut texts, &rows)?;
        self.read_pairs(&texts, &mut read, &mut rows)?;
        let known = self.known_of(rows.keys().flat_map(|(a, b)| [*a, *b]).collect())?;
        let pairs: Vec<align::Pair<TextId>> =
            rows.into_iter().map(|((a, b), parts)| align::Pair { a, b, parts }).collect();
        let joined = Heap::new(&known, &pairs).joined(ORIGIN_SHARE);
        Ok(named(&documents, joined.into_iter().filter(|(a, b)| own.contains(a) && own.contains(b))))
    }

    /// Adds those texts that share half of the words of the shorter with one of these.
    fn widen(&self, texts: &mut BTreeSet<TextId>, rows: &BTreeMap<Pair, Vec<Part>>) -> Result<()> {
        let known = self.known_of(rows.keys().flat_map(|(a, b)| [*a, *b]).collect())?;
        let before = texts.clone();
        for ((a, b), parts) in rows {
            let matched = parts.iter().map(|part| part.matched).sum();
            let near = align::share(matched, known[a].words, known[b].words) >= ORIGIN_SHARE;
            if near && (before.contains(a) || before.contains(b)) {
                texts.extend([*a, *b]);
            }
        }
        Ok(())
    }

    /// Reads what these texts share with any other, those left out that were read before.
    fn read_pairs(
        &self,
        texts: &BTreeSet<TextId>,
        read: &mut BTreeSet<TextId>,
        rows: &mut BTreeMap<Pair, Vec<Part>>,
    ) -> Result<()> {
        let question = "SELECT a, b, a_start, a_end, b_start, b_end, matched, quoted, template FROM overlap WHERE a = ?1
            UNION ALL SELECT a, b, a_start, a_end, b_start, b_end, matched, quoted, template FROM overlap WHERE b = ?1
            ORDER BY 1, 2, 3, 5";
        let mut statement = self.db.prepare_cached(question).map_err(|cause| self.error(cause))?;
        for text in texts {
            if !read.insert(*text) {
                continue;
            }
            let found = statement
                .query_map([text.number()], shared)
                .and_then(Iterator::collect::<rusqlite::Result<Vec<_>>>);
            let mut fresh: BTreeMap<Pair, Vec<Part>> = BTreeMap::new();
            for shared in found.map_err(|cause| self.error(cause))? {
                fresh.entry((shared.a.0, shared.b.0)).or_default().push(shared.part());
            }
            rows.extend(fresh);
        }
        Ok(())
    }

    /// The documents of all families that carry one of these texts.
    fn family_of(&self, texts: &BTreeSet<TextId>) -> Result<BTreeMap<DocId, TextId>> {
        let question = "SELECT DISTINCT r.doc, r.text FROM document d JOIN document r ON r.origin = d.origin WHERE d.text = ?";
        let mut statement = self.db.prepare_cached(question).map_err(|cause| self.error(cause))?;
        let mut documents: BTreeMap<DocId, TextId> = BTreeMap::new();
        for text in texts {
            let rows = statement
                .query_map([text.number()], |row| Ok((crate::documents::doc_id(row, 0)?, text_at(row, 1)?)));
            documents.extend(
                rows.and_then(Iterator::collect::<rusqlite::Result<Vec<_>>>)
                    .map_err(|cause| self.error(cause))?,
            );
        }
        Ok(documents)
    }
}

/// Documents joined along edges between their texts; each family is named by its least document.
fn named(
    documents: &BTreeMap<DocId, TextId>,
    edges: impl IntoIterator<Item = Pair>,
) -> BTreeMap<DocId, DocId> {
    let family = families(documents.values().copied(), edges);
    let mut least: BTreeMap<TextId, DocId> = BTreeMap::new();
    for (document, text) in documents {
        least.entry(family[text]).or_insert(*document);
    }
    documents.iter().map(|(document, text)| (*document, least[&family[text]])).collect()
}
