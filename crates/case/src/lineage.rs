//! Lineage in a case: overlaps between texts, families of documents, kept current as documents come and go.
//!
//! Which texts are compared is told by `align::candidates`; what they share is a function of the two texts alone.
//! A print that becomes too frequent takes ties away that rested on it, and one that ceases to be gives them
//! back: exactly these pairs are looked at again, so that a case grown one by one equals one built at once, row
//! for row.

use crate::error::Result;
use crate::store::Case;
use align::{
    Comparable, Part, TOO_FREQUENT, Tie, candidates, is_near_copy, overlaps, parts, prints, tie, wording,
};
use model::{DocId, Span, TextId};
use rayon::prelude::*;
use rusqlite::{Row, params};
use std::collections::{BTreeMap, BTreeSet};

/// Pairs compared between two looks at the progress.
const CHUNK: usize = 4096;

/// A document that shares text with a passage.
#[derive(Clone, Debug)]
pub struct Traced {
    /// The document.
    pub document: DocId,
    /// Where in the passage, and where in the document.
    pub spans: Vec<(Span, Span)>,
    /// Equal words.
    pub matched: u32,
}

/// Text that two documents share.
#[derive(Clone, Debug)]
pub struct SharedText {
    /// The first document and where.
    pub a: (TextId, Span),
    /// The second document and where.
    pub b: (TextId, Span),
    /// Equal words.
    pub matched: u32,
    /// Of these the words that stand between quotation marks in both.
    pub quoted: u32,
    /// Of these the words of prints that more than fifty texts hold.
    pub template: u32,
}

impl SharedText {
    /// As a part of what two texts share.
    pub fn part(&self) -> Part {
        Part { a: self.a.1, b: self.b.1, matched: self.matched, quoted: self.quoted, template: self.template }
    }
}

pub(crate) type Pair = (TextId, TextId);
/// A pair and how it is tied.
pub(crate) type Tied = (Pair, Tie);

impl Case {
    /// Texts that share words with this one: their spans, in the order of this text.
    ///
    /// # Errors
    /// Where the case cannot be read.
    pub fn shared_with(&self, text: TextId) -> Result<Vec<SharedText>> {
        let question = "SELECT a, b, a_start, a_end, b_start, b_end, matched, quoted, template FROM overlap WHERE a = ?1
            UNION ALL SELECT b, a, b_start, b_end, a_start, a_end, matched, quoted, template FROM overlap WHERE b = ?1
            ORDER BY 3, 4, 2, 5";
        let mut statement = self.db.prepare_cached(question).map_err(|cause| self.error(cause))?;
        let rows = statement.query_map([text.number()], shared).and_then(Iterator::collect);
        rows.map_err(|cause| self.error(cause))
    }

    /// All shared text, by the ids of the texts.
    ///
    /// # Errors
    /// Where the case cannot be read.
    pub fn all_shared(&self) -> Result<Vec<SharedText>> {
        let question = "SELECT a, b, a_start, a_end, b_start, b_end, matched, quoted, template FROM overlap ORDER BY a, b, a_start, b_start";
        let mut statement = self.db.prepare_cached(question).map_err(|cause| self.error(cause))?;
        let rows = statement.query_map([], shared).and_then(Iterator::collect);
        rows.map_err(|cause| self.error(cause))
    }

    /// Documents that share text with a passage, each with the spans in the passage and in its own text. Nothing is
    /// stored. Texts that share only words which more than fifty texts hold are looked into as well: a passage
    /// is sought wherever it stands.
    ///
    /// # Errors
    /// Where the case cannot be read.
    pub fn trace(&self, passage: &str) -> Result<Vec<Traced>> {
        let sought = wording(passage);
        let mut met: BTreeMap<TextId, usize> = BTreeMap::new();
        for holders in self.holders(&prints(&sought))?.into_values() {
            holders.into_iter().for_each(|text| *met.entry(text).or_default() += 1);
        }
        let mut found = Vec::new();
        for text in met.into_keys() {
            let overlaps = overlaps(&sought, &wording(&self.body(text)?));
            for document in self.carriers(text)?.into_iter().filter(|_| !overlaps.is_empty()) {
                let spans = overlaps.iter().map(|overlap| (overlap.a, overlap.b)).collect();
                let matched = overlaps.iter().map(|overlap| overlap.matched).sum();
                found.push(Traced { document, spans, matched });
            }
        }
        Ok(found)
    }

    /// Seeks the overlaps of texts that have none yet, then settles origins and points. Runs inside the
    /// caller's transaction.
    pub(crate) fn align_pending(&self, progress: &mut dyn FnMut(usize)) -> Result<usize> {
        let error = |cause| self.error(cause);
        let mut statement =
            self.db.prepare_cached("SELECT text FROM text WHERE aligned = 0 ORDER BY text").map_err(error)?;
        let rows =
            statement.query_map([], text_id).and_then(Iterator::collect::<rusqlite::Result<BTreeSet<_>>>);
        let new: BTreeSet<TextId> = rows.map_err(error)?;
        let all: i64 = self.one("SELECT count(*) FROM text")?;
        let mut lost = BTreeSet::new();
        if !new.is_empty() {
            lost = match new.len() > 64 || new.len() as i64 * 4 > all {
                true => self.align_by_scan(&new, progress)?,
                false => self.align_by_look_up(&new)?,
            };
            self.run("UPDATE text SET aligned = 1 WHERE aligned = 0", [])?;
        }
        let mut touched = new.clone();
        touched.extend(lost);
        // A new document may carry a text that was compared long ago.
        touched.extend(self.unsettled_texts()?);
        let mut keys = self.settle_origins(&touched)?;
        keys.extend(self.unsettled_keys()?);
        self.settle_points(&keys)?;
        Ok(new.len())
    }

    /// Many new texts: one pass over all postings. Gives older texts that lost an overlap.
    fn align_by_scan(
        &self,
        new: &BTreeSet<TextId>,
        progress: &mut dyn FnMut(usize),
    ) -> Result<BTreeSet<TextId>> {
        let (texts, postings) = self.all_postings()?;
        let frequent = Frequent::of(&postings, |at| new.contains(&texts[at as usize]));
        let crossed = frequent.pairs_parted(&texts);
        let (fresh, kept): (Vec<Tied>, Vec<Tied>) =
            tied(&texts, postings).into_iter().partition(|((a, b), _)| new.contains(a) || new.contains(b));
        let stored = self.stored_pairs()?;
        // Pairs of older texts whose tie is gone or weaker are judged afresh.
        let still: BTreeSet<Pair> =
            kept.iter().filter(|(_, tie)| *tie == Tie::Rare).map(|(pair, _)| *pair).collect();
        // So are those of which some words have become a template.
        let again: Vec<Tied> = kept
            .into_iter()
            .filter(|(pair, tie)| stored.contains(pair) && (*tie == Tie::Frequent || crossed.contains(pair)))
            .collect();
        let mut lost = BTreeSet::new();
        for pair in stored.difference(&still) {
            self.drop_pair(*pair)?;
            lost.extend([pair.0, pair.1]);
        }
        lost.extend(again.iter().flat_map(|((a, b), _)| [*a, *b]));
        self.compare(&again, &frequent.prints)?;
        for chunk in fresh.chunks(CHUNK) {
            self.compare(chunk, &frequent.prints)?;
            progress(chunk.len());
        }
        Ok(lost)
    }

    fn stored_pairs(&self) -> Result<BTreeSet<Pair>> {
        let mut statement =
            self.db.prepare_cached("SELECT DISTINCT a, b FROM overlap").map_err(|cause| self.error(cause))?;
        let rows = statement.query_map([], |row| Ok((text_id(row)?, text_at(row, 1)?)));
        rows.and_then(Iterator::collect).map_err(|cause| self.error(cause))
    }

    /// Few new texts: look up their prints. Gives older texts that may have lost an overlap.
    fn align_by_look_up(&self, new: &BTreeSet<TextId>) -> Result<BTreeSet<TextId>> {
        let mut sought: BTreeSet<u64> = BTreeSet::new();
        for text in new {
            sought.extend(prints(&wording(&self.body(*text)?)));
        }
        let sought: Vec<u64> = sought.into_iter().collect();
        // For each pair the rare prints and all prints that tie it.
        let mut ties: BTreeMap<Pair, (usize, usize)> = BTreeMap::new();
        let mut lost: BTreeSet<Pair> = BTreeSet::new();
        let mut frequent = BTreeSet::new();
        for (print, holders) in self.holders(&sought)? {
            let before: Vec<TextId> = holders.iter().filter(|text| !new.contains(text)).copied().collect();
            if holders.len() <= TOO_FREQUENT {
                for pair in pairs_among(&holders).filter(|(a, b)| new.contains(a) || new.contains(b)) {
                    let counts = ties.entry(pair).or_default();
                    *counts = (counts.0 + 1, counts.1 + 1);
                }
                continue;
            }
            frequent.insert(print);
            for pair in neighbours(&holders).filter(|(a, b)| new.contains(a) || new.contains(b)) {
                ties.entry(pair).or_default().1 += 1;
            }
            match before.len() <= TOO_FREQUENT {
                true => lost.extend(pairs_among(&before)),
                // Only neighbours that a new text has come between can be parted.
                false => lost.extend(neighbours(&before).filter(|pair| parted(pair, new))),
            }
        }
        let tied: Vec<Tied> =
            ties.into_iter().filter_map(|(pair, (rare, all))| Some((pair, tie(rare, all)?))).collect();
        self.compare(&tied, &frequent)?;
        // Only pairs that have overlaps can lose them.
        let stored: Vec<Pair> = self.stored_among(&lost)?;
        self.look_again(&stored)?;
        Ok(stored.into_iter().flat_map(|(a, b)| [a, b]).collect())
    }

    fn stored_among(&self, pairs: &BTreeSet<Pair>) -> Result<Vec<Pair>> {
        let mut statement = self
            .db
            .prepare_cached("SELECT 1 FROM overlap WHERE a = ? AND b = ? LIMIT 1")
            .map_err(|cause| self.error(cause))?;
        let mut stored = Vec::new();
        for (a, b) in pairs {
            if statement.exists(params![a.number(), b.number()]).map_err(|cause| self.error(cause))? {
                stored.push((*a, *b));
            }
        }
        Ok(stored)
    }

    /// Judges pairs afresh by the prints they share now.
    fn look_again(&self, pairs: &[Pair]) -> Result<()> {
        for chunk in pairs.chunks(CHUNK) {
            let ready = self.bodies(chunk.iter().copied())?;
            let prints: BTreeMap<TextId, &[u64]> =
                ready.iter().map(|(text, ready)| (*text, ready.own.prints())).collect();
            let common = |(a, b): &Pair| -> Vec<u64> {
                prints[a].iter().filter(|print| prints[b].binary_search(print).is_ok()).copied().collect()
            };
            let mut sought: Vec<u64> = chunk.iter().flat_map(common).collect();
            sought.sort_unstable();
            sought.dedup();
            let holders = self.holders(&sought)?;
            let frequent = holders.iter().filter(|(_, held)| held.len() > TOO_FREQUENT);
            let frequent: BTreeSet<u64> = frequent.map(|(print, _)| *print).collect();
            let mut tied = Vec::new();
            for pair in chunk {
                let (mut rare, mut all) = (0, 0);
                for print in common(pair) {
                    let held = &holders[&print];
                    let few = held.len() <= TOO_FREQUENT;
                    rare += usize::from(few);
                    all += usize::from(few || neighbours(held).any(|other| other == *pair));
                }
                match tie(rare, all) {
                    Some(tie) => tied.push((*pair, tie)),
                    None => self.drop_pair(*pair)?,
                }
            }
            self.compare(&tied, &frequent)?;
        }
        Ok(())
    }

    fn drop_pair(&self, (a, b): Pair) -> Result<()> {
        self.run("DELETE FROM overlap WHERE a = ? AND b = ?", params![a.number(), b.number()]).map(drop)
    }

    fn bodies(&self, pairs: impl Iterator<Item = Pair>) -> Result<BTreeMap<TextId, Ready>> {
        let texts: BTreeSet<TextId> = pairs.flat_map(|(a, b)| [a, b]).collect();
        let bodies =
            texts.into_iter().map(|text| Ok((text, self.body(text)?))).collect::<Result<Vec<_>>>()?;
        Ok(bodies.into_par_iter().map(|(text, body)| (text, Ready::new(&body))).collect())
    }

    /// Compares pairs word for word and stores what they share in place of what was stored; `frequent` holds at least
    /// those prints of the pairs that too many texts hold.
    fn compare(&self, pairs: &[Tied], frequent: &BTreeSet<u64>) -> Result<()> {
        let ready = self.bodies(pairs.iter().map(|(pair, _)| *pair))?;
        let found: Vec<(Pair, Vec<Part>)> = pairs
            .par_iter()
            .map(|(pair, tie)| (*pair, kept_parts(&ready[&pair.0], &ready[&pair.1], *tie, frequent)))
            .collect();
        for ((a, b), parts) in found {
            self.drop_pair((a, b))?;
            for part in parts {
                self.run(
                    "INSERT INTO overlap VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    params![
                        a.number(),
                        b.number(),
                        part.a.start() as i64,
                        part.a.end() as i64,
                        part.b.start() as i64,
                        part.b.end() as i64,
                        part.matched,
                        part.quoted,
                        part.template,
                    ],
                )?;
            }
        }
        Ok(())
    }

    /// Takes a text out that no document carries any more. Gives the texts whose overlaps may have changed.
    pub(crate) fn remove_text(&self, text: TextId, body: &str) -> Result<BTreeSet<TextId>> {
        let prints = prints(&wording(body));
        // What is left of a family, and what of a template, is told by those that shared text with it.
        let partners: Vec<TextId> = self.shared_with(text)?.iter().map(|shared| shared.b.0).collect();
        self.run("DELETE FROM overlap WHERE a = ?1 OR b = ?1", [text.number()])?;
        self.run("DELETE FROM search WHERE rowid = (SELECT n FROM text WHERE text = ?)", [text.number()])?;
        self.strike_postings(text)?;
        self.run("DELETE FROM text WHERE text = ?", [text.number()])?;
        let mut regained: BTreeSet<Pair> = BTreeSet::new();
        for holders in self.holders(&prints)?.into_values() {
            match holders.len() {
                ..TOO_FREQUENT => {}
                TOO_FREQUENT => regained.extend(pairs_among(&holders)),
                // Those on either side of the gap are neighbours now.
                _ => regained.extend(neighbours(&holders).filter(|(a, b)| *a < text && text < *b)),
            }
        }
        let changed = regained.iter().flat_map(|(a, b)| [*a, *b]).chain(partners).collect();
        self.look_again(&regained.into_iter().collect::<Vec<_>>())?;
        Ok(changed)
    }

    /// The texts of documents whose points have not been settled: those just added.
    fn unsettled_texts(&self) -> Result<BTreeSet<TextId>> {
        let mut statement = self
            .db
            .prepare_cached("SELECT text FROM document WHERE settled = 0")
            .map_err(|cause| self.error(cause))?;
        let rows = statement.query_map([], text_id).and_then(Iterator::collect);
        rows.map_err(|cause| self.error(cause))
    }
}

fn pair(x: TextId, y: TextId) -> Pair {
    (x.min(y), x.max(y))
}

/// The texts next to one another in the order of their ids.
fn neighbours(texts: &[TextId]) -> impl Iterator<Item = Pair> + '_ {
    texts.windows(2).map(|pair| (pair[0], pair[1]))
}

/// Whether a new text stands between two in the order of ids.
fn parted((a, b): &Pair, new: &BTreeSet<TextId>) -> bool {
    new.range((std::ops::Bound::Excluded(*a), std::ops::Bound::Excluded(*b))).next().is_some()
}

/// The candidates among texts with their postings, the texts numbered in any order.
pub(crate) fn tied(texts: &[TextId], mut postings: Vec<(u64, u32)>) -> Vec<Tied> {
    let mut order: Vec<u32> = (0..texts.len() as u32).collect();
    order.sort_unstable_by_key(|at| texts[*at as usize]);
    let mut number = vec![0u32; texts.len()];
    for (at, text) in order.iter().enumerate() {
        number[*text as usize] = at as u32;
    }
    postings.par_iter_mut().for_each(|posting| posting.1 = number[posting.1 as usize]);
    postings.par_sort_unstable();
    let name = |at: u32| texts[order[at as usize] as usize];
    candidates(&postings).into_iter().map(|(a, b, tie)| ((name(a), name(b)), tie)).collect()
}

/// A text made ready to be compared.
pub(crate) struct Ready {
    pub(crate) own: Comparable,
    /// Where it quotes.
    quoted: Vec<Span>,
}

impl Ready {
    pub(crate) fn new(body: &str) -> Ready {
        Ready { own: Comparable::new(body), quoted: annotate::quoted_spans(body) }
    }
}

/// What two tied texts share and a case keeps: of texts tied by templates only what makes them one origin.
pub(crate) fn kept_parts(a: &Ready, b: &Ready, tie: Tie, frequent: &BTreeSet<u64>) -> Vec<Part> {
    let found = a.own.overlaps(&b.own);
    let matched = found.iter().map(|overlap| overlap.matched).sum();
    let near = is_near_copy(matched, a.own.wording.len() as u32, b.own.wording.len() as u32);
    let (a, b) = ((&a.own, &a.quoted[..]), (&b.own, &b.quoted[..]));
    match tie == Tie::Rare || near {
        // The words of a story that is everywhere are frequent and copied all the same.
        true if near => parts(&found, a, b, |_| false),
        true => parts(&found, a, b, |print| frequent.contains(&print)),
        false => Vec::new(),
    }
}

/// The prints that too many texts hold.
pub(crate) struct Frequent {
    pub(crate) prints: BTreeSet<u64>,
    /// The older holders of those that have just become so.
    crossed: Vec<Vec<u32>>,
}

impl Frequent {
    /// From postings that are sorted; `is_new` tells the texts that have just come.
    pub(crate) fn of(postings: &[(u64, u32)], is_new: impl Fn(u32) -> bool) -> Frequent {
        let mut frequent = Frequent { prints: BTreeSet::new(), crossed: Vec::new() };
        for group in postings.chunk_by(|x, y| x.0 == y.0).filter(|group| group.len() > TOO_FREQUENT) {
            frequent.prints.insert(group[0].0);
            let before: Vec<u32> =
                group.iter().map(|(_, text)| *text).filter(|text| !is_new(*text)).collect();
            if (2..=TOO_FREQUENT).contains(&before.len()) {
                frequent.crossed.push(before);
            }
        }
        frequent
    }

    fn pairs_parted(&self, texts: &[TextId]) -> BTreeSet<Pair> {
        let named =
            |before: &Vec<u32>| -> Vec<TextId> { before.iter().map(|at| texts[*at as usize]).collect() };
        self.crossed.iter().flat_map(|before| pairs_among(&named(before)).collect::<Vec<_>>()).collect()
    }
}

fn pairs_among(texts: &[TextId]) -> impl Iterator<Item = Pair> + '_ {
    texts.iter().enumerate().flat_map(|(at, x)| texts[at + 1..].iter().map(|y| pair(*x, *y)))
}

pub(crate) fn shared(row: &Row) -> rusqlite::Result<SharedText> {
    let span = |at| crate::documents::span(row, at)?.ok_or(rusqlite::Error::InvalidQuery);
    Ok(SharedText {
        a: (text_id(row)?, span(2)?),
        b: (text_at(row, 1)?, span(4)?),
        matched: row.get(6)?,
        quoted: row.get(7)?,
        template: row.get(8)?,
    })
}

fn text_id(row: &Row) -> rusqlite::Result<TextId> {
    text_at(row, 0)
}

pub(crate) fn text_at(row: &Row, at: usize) -> rusqlite::Result<TextId> {
    let number = row.get(at)?;
    TextId::from_number(number).ok_or(rusqlite::Error::IntegralValueOutOfRange(at, number))
}
