//! Search: the index finds the documents, the words themselves decide where in them.
//!
//! The index holds stems only and no text (FTS5, contentless). Every hit is then sought again in the words of
//! the document, so that it has a span; a document in which nothing is found that way is no hit.

use crate::documents::Entry;
use crate::documents::doc_id;
use crate::error::Result;
use crate::lineage::text_at;
use crate::query::{All, Query, Term, Word};
use crate::store::Case;
use align::Wording;
use model::script::{Script, script};
use model::token::for_each_word;
use model::{DocId, Span, TextId};
use rusqlite::params;
use rust_stemmers::{Algorithm, Stemmer};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};

thread_local! {
    static STEMMERS: (Stemmer, Stemmer) = (Stemmer::create(Algorithm::English), Stemmer::create(Algorithm::Russian));
    /// Stems of words already met: a few thousand words make up most of any text.
    static STEMS: RefCell<HashMap<String, String>> = RefCell::new(HashMap::new());
}

/// The stem of a folded word: English for Latin letters, Russian for Cyrillic, itself otherwise. By script and
/// not by language, so that question and text always meet.
pub(crate) fn stem_of(word: &str) -> String {
    STEMMERS.with(|(english, russian)| match word.chars().next().and_then(script) {
        Some(Script::Latin) => english.stem(word).into_owned(),
        Some(Script::Cyrillic) => russian.stem(word).into_owned(),
        _ => word.to_owned(),
    })
}

/// Words remembered before the memory starts again.
const REMEMBERED: usize = 50_000;

/// A text as the index sees it: its stems, parted by spaces.
pub(crate) fn stems(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    STEMS.with_borrow_mut(|known| {
        for_each_word(text, |_, word| {
            match known.get(word) {
                Some(stem) => out.push_str(stem),
                None => {
                    let stem = stem_of(word);
                    out.push_str(&stem);
                    if known.len() > REMEMBERED {
                        known.clear();
                    }
                    known.insert(word.to_owned(), stem);
                }
            }
            out.push(' ');
        });
    });
    out
}

/// Which documents are looked at.
#[derive(Clone, Debug, Default)]
pub struct Filters {
    /// Published on or after (ISO 8601). Documents whose date is unknown are left out.
    pub since: Option<String>,
    /// Published on or before.
    pub until: Option<String>,
    /// Outlet, as printed.
    pub outlet: Option<String>,
    /// Language tag.
    pub language: Option<String>,
    /// One origin.
    pub origin: Option<DocId>,
    /// One document.
    pub document: Option<DocId>,
}

impl Filters {
    /// Whether a document passes.
    pub fn pass(&self, entry: &Entry) -> bool {
        let published = entry.published.as_ref().map(|published| published.value.as_str());
        let day = |bound: &Option<String>, keep: fn(&str, &str) -> bool| {
            bound.as_ref().is_none_or(|bound| {
                // Compared as far as both are precise: "2022-01" lies on or after "2022-01-05"'s month.
                published.is_some_and(|date| {
                    let precise = bound.len().min(date.len());
                    keep(date.get(..precise).unwrap_or(date), bound.get(..precise).unwrap_or(bound))
                })
            })
        };
        let same = |wanted: &Option<String>, known: Option<&str>| {
            wanted.as_ref().is_none_or(|wanted| known.is_some_and(|known| known.eq_ignore_ascii_case(wanted)))
        };
        day(&self.since, |date, bound| date >= bound)
            && day(&self.until, |date, bound| date <= bound)
            && same(&self.outlet, entry.outlet.as_ref().map(|known| known.value.as_str()))
            && same(&self.language, entry.language.as_ref().map(|known| known.value.as_str()))
            && self.origin.is_none_or(|origin| entry.origin == origin)
            && self.document.is_none_or(|document| entry.id == document)
    }

    fn is_none(&self) -> bool {
        let Filters { since, until, outlet, language, origin, document } = self;
        since.is_none()
            && until.is_none()
            && outlet.is_none()
            && language.is_none()
            && origin.is_none()
            && document.is_none()
    }
}

/// A place that answers a question.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Hit {
    /// The document.
    pub document: DocId,
    /// The words found.
    pub span: Span,
    /// The passage they stand in.
    pub passage: Span,
    /// The same words in copies: documents whose shared text covers this place, with their spans.
    pub copies: Vec<(DocId, Span)>,
}

/// What a search gives.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// The places, best documents first. A place that is a copy of an earlier one is not repeated.
    pub hits: Vec<Hit>,
    /// Documents that hold one or may hold one.
    pub documents: usize,
    /// Whether some documents were not looked into because of the limit.
    pub more: bool,
}

/// Matching texts beyond which they are not ranked by BM25 (ranking looks at every one of them).
const RANKED: i64 = 2000;

impl Case {
    /// Finds places that answer a question, in at most `limit` texts.
    ///
    /// # Errors
    /// Where the case cannot be read.
    pub fn search(&self, query: &Query, filters: &Filters, limit: usize) -> Result<Found> {
        let index = query.for_index();
        let matching: i64 = self
            .db
            .prepare_cached("SELECT count(*) FROM (SELECT 1 FROM search WHERE search MATCH ? LIMIT 100000)")
            .and_then(|mut statement| statement.query_row([&index], |row| row.get(0)))
            .map_err(|cause| self.error(cause))?;
        let order = if matching <= RANKED { "ORDER BY rank, rowid" } else { "ORDER BY rowid" };
        let question = format!(
            "SELECT text FROM (SELECT rowid AS n FROM search WHERE search MATCH ?1 {order} LIMIT ?2) JOIN text USING (n)"
        );
        let mut statement = self.db.prepare_cached(&question).map_err(|cause| self.error(cause))?;
        // Filters are applied after the index, so more texts are asked for than are looked into.
        let asked = if filters.is_none() { limit * 4 + 8 } else { 100_000 };
        let rows = statement.query_map(params![index, asked as i64], |row| text_at(row, 0));
        let texts: Vec<TextId> = rows.and_then(Iterator::collect).map_err(|cause| self.error(cause))?;
        let mut found = Found { documents: matching as usize, ..Found::default() };
        let mut looked = 0;
        for text in texts {
            let documents = self.passing(text, filters)?;
            let Some(first) = documents.first() else { continue };
            if looked == limit {
                found.more = true;
                break;
            }
            let places = self.places(query, *first, text)?;
            looked += usize::from(!places.is_empty());
            for (span, passage) in places {
                let copies = documents[1..].iter().map(|document| (*document, span)).collect();
                found.hits.push(Hit { document: *first, span, passage, copies });
            }
        }
        found.more |= matching as usize > asked;
        self.fold_copies(&mut found.hits)?;
        Ok(found)
    }

    /// The documents that carry a text and pass the filters, by name.
    fn passing(&self, text: TextId, filters: &Filters) -> Result<Vec<DocId>> {
        let entries = self.entries_of_text(text)?;
        Ok(entries.into_iter().filter(|entry| filters.pass(entry)).map(|entry| entry.id).collect())
    }

    /// Where in a document the question is answered, with the passage around it.
    fn places(&self, query: &Query, document: DocId, text: TextId) -> Result<Vec<(Span, Span)>> {
        let body = self.body(text)?;
        let passages = self.passages(document)?;
        Ok(places(query, &body, passages.iter().map(|passage| passage.span)))
    }

    /// Folds hits that stand in shared text under the first of them: the same word of the same stretch.
    fn fold_copies(&self, hits: &mut Vec<Hit>) -> Result<()> {
        let mut texts: BTreeMap<DocId, (TextId, Wording)> = BTreeMap::new();
        for hit in hits.iter() {
            if let std::collections::btree_map::Entry::Vacant(entry) = texts.entry(hit.document) {
                let text = self.text_of(hit.document)?;
                entry.insert((text, align::wording(&self.body(text)?)));
            }
        }
        // For each document the runs it shares with documents before it: (its word, document, its word there, words).
        let mut runs: BTreeMap<DocId, Vec<(u32, DocId, u32, u32)>> = BTreeMap::new();
        let documents: Vec<DocId> = texts.keys().copied().collect();
        for document in &documents {
            let (text, words) = &texts[document];
            let relatives: BTreeSet<TextId> =
                self.shared_with(*text)?.into_iter().map(|shared| shared.b.0).collect();
            for other in documents.iter().filter(|other| relatives.contains(&texts[other].0)) {
                let (other_text, other_words) = &texts[other];
                let turned = other_text < text;
                let found = match turned {
                    true => align::overlaps(other_words, words),
                    false => align::overlaps(words, other_words),
                };
                let own = runs.entry(*document).or_default();
                own.extend(found.iter().flat_map(|overlap| &overlap.runs).map(|(a, b, len)| match turned {
                    true => (*b, *other, *a, *len),
                    false => (*a, *other, *b, *len),
                }));
            }
        }
        let word = |document: &DocId, span: Span| {
            texts[document].1.spans.partition_point(|word| word.end() <= span.start()) as u32
        };
        let mut kept: Vec<Hit> = Vec::with_capacity(hits.len());
        let mut by_word: BTreeMap<(DocId, u32), usize> = BTreeMap::new();
        for hit in hits.drain(..) {
            let at = word(&hit.document, hit.span);
            let shared = runs.get(&hit.document).map(Vec::as_slice).unwrap_or_default();
            let twin = shared
                .iter()
                .filter(|(from, _, _, len)| (*from..from + len).contains(&at))
                .find_map(|(from, other, there, _)| by_word.get(&(*other, there + at - from)));
            match twin {
                Some(first) => {
                    kept[*first].copies.push((hit.document, hit.span));
                    kept[*first].copies.extend(hit.copies);
                }
                None => {
                    by_word.entry((hit.document, at)).or_insert(kept.len());
                    kept.push(hit);
                }
            }
        }
        for hit in kept.iter_mut().filter(|hit| !hit.copies.is_empty()) {
            self.lead_with_first_name(hit)?;
        }
        *hits = kept;
        Ok(())
    }

    /// Puts the document whose name comes first before its copies, as every other view does.
    fn lead_with_first_name(&self, hit: &mut Hit) -> Result<()> {
        let mut all = std::mem::take(&mut hit.copies);
        all.push((hit.document, hit.span));
        let mut named = Vec::with_capacity(all.len());
        for (document, span) in all {
            let name = self.entry(document)?.map(|entry| entry.name).unwrap_or_default();
            named.push((name, document, span));
        }
        named.sort_unstable();
        let mut ordered = named.into_iter().map(|(_, document, span)| (document, span));
        if let Some((document, span)) = ordered.next() {
            let passages = self.passages(document)?;
            let passage = passages.iter().map(|passage| passage.span).find(|passage| passage.covers(span));
            (hit.document, hit.span, hit.passage) = (document, span, passage.unwrap_or(span));
        }
        hit.copies = ordered.collect();
        Ok(())
    }

    /// The documents whose texts hold one of these words in any form.
    ///
    /// # Errors
    /// Where the case cannot be read.
    pub fn holding(&self, words: &[String]) -> Result<BTreeSet<DocId>> {
        let mut wanted = Vec::new();
        for word in words {
            for_each_word(word, |_, word| wanted.push(format!("\"{}\"", stem_of(word))));
        }
        if wanted.is_empty() {
            return Ok(BTreeSet::new());
        }
        let question = "SELECT d.doc FROM search s JOIN text t ON t.n = s.rowid JOIN document d ON d.text = t.text WHERE search MATCH ?";
        let mut statement = self.db.prepare_cached(question).map_err(|cause| self.error(cause))?;
        let rows =
            statement.query_map([wanted.join(" OR ")], |row| doc_id(row, 0)).and_then(Iterator::collect);
        rows.map_err(|cause| self.error(cause))
    }

    /// Documents of which who says what and what happened is not read: of the deep tier, or in a language nobody reads here.
    ///
    /// # Errors
    /// Where the case cannot be read.
    pub fn not_read(&self) -> Result<BTreeSet<DocId>> {
        let question = "SELECT doc, deep, language FROM document";
        let mut statement = self.db.prepare_cached(question).map_err(|cause| self.error(cause))?;
        let rows = statement.query_map([], |row| {
            Ok((doc_id(row, 0)?, row.get::<_, bool>(1)?, row.get::<_, Option<String>>(2)?))
        });
        let rows: Vec<(DocId, bool, Option<String>)> =
            rows.and_then(Iterator::collect).map_err(|cause| self.error(cause))?;
        let told = |language: &Option<String>| language.as_deref().is_none_or(|language| language == "en");
        Ok(rows
            .into_iter()
            .filter(|(_, deep, language)| !deep || !told(language))
            .map(|(id, ..)| id)
            .collect())
    }

    pub(crate) fn text_of(&self, document: DocId) -> Result<TextId> {
        let mut statement = self
            .db
            .prepare_cached("SELECT text FROM document WHERE doc = ?")
            .map_err(|cause| self.error(cause))?;
        statement.query_row([document.number()], |row| text_at(row, 0)).map_err(|cause| self.error(cause))
    }
}

/// Places of one text that are shown; a word that stands everywhere is found soon enough.
const MOST_PLACES: usize = 500;

/// Where a text answers a question: the spans found and the passages around them.
fn places(query: &Query, text: &str, passages: impl Iterator<Item = Span>) -> Vec<(Span, Span)> {
    let passages: Vec<Span> = passages.collect();
    let mut found = Vec::new();
    for all in &query.any {
        let mut words: Vec<(Span, u128)> = Vec::new();
        let wanted: Vec<&Word> = all.wanted.iter().chain(&all.unwanted).flat_map(Term::words).collect();
        // For every word of the text: which words of the question it is, as bits.
        for_each_word(text, |span, folded| {
            let bits = wanted.iter().enumerate().filter(|(_, word)| is_word(folded, word));
            words.push((span, bits.fold(0, |bits, (at, _)| bits | 1u128 << at)));
        });
        if all
            .unwanted
            .iter()
            .enumerate()
            .any(|(at, term)| !occurrences(term, first_bit(all, all.wanted.len() + at), &words).is_empty())
        {
            continue;
        }
        for passage in &passages {
            let from = words.partition_point(|(span, _)| span.start() < passage.start());
            let to = words.partition_point(|(span, _)| span.start() < passage.end());
            let inside = &words[from..to];
            let each: Vec<Vec<Span>> = all
                .wanted
                .iter()
                .enumerate()
                .map(|(at, term)| occurrences(term, first_bit(all, at), inside))
                .collect();
            found.extend(together(&each).into_iter().map(|span| (span, *passage)));
            if found.len() >= MOST_PLACES {
                break;
            }
        }
    }
    found.sort_unstable();
    found.dedup();
    found.truncate(MOST_PLACES);
    found
}

/// The number of the first word of a term among all words of the question.
fn first_bit(all: &All, term: usize) -> usize {
    all.wanted.iter().chain(&all.unwanted).take(term).map(|term| term.words().len()).sum()
}

fn is_word(folded: &str, word: &Word) -> bool {
    match word {
        Word::Prefix(prefix) => folded.starts_with(prefix.as_str()),
        Word::Stem(stem) => {
            // Stemming changes endings only: a word that begins otherwise cannot have this stem.
            let head = stem.char_indices().nth(2).map_or(stem.len(), |(at, _)| at);
            folded == stem || folded.starts_with(&stem[..head]) && stem_of(folded) == *stem
        }
    }
}

fn occurrences(term: &Term, first: usize, words: &[(Span, u128)]) -> Vec<Span> {
    let is = |at: usize, bit: usize| words.get(at).is_some_and(|(_, bits)| bits >> (first + bit) & 1 == 1);
    match term {
        Term::Phrase(phrase) => (0..words.len())
            .filter(|at| (0..phrase.len()).all(|bit| is(at + bit, bit)))
            .map(|at| words[at].0.join(words[at + phrase.len() - 1].0))
            .collect(),
        Term::Near(near, distance) => {
            let most = distance.saturating_add(near.len());
            let starts = (0..words.len()).filter(|at| (0..near.len()).any(|bit| is(*at, bit)));
            starts
                .filter_map(|at| {
                    let window = at..at.saturating_add(most).min(words.len());
                    let ends = (0..near.len()).map(|bit| window.clone().find(|place| is(*place, bit)));
                    let last = ends.collect::<Option<Vec<_>>>()?.into_iter().max()?;
                    Some(words[at].0.join(words[last].0))
                })
                .collect()
        }
    }
}

/// Short stretches that hold one occurrence of every term, none touching another.
fn together(each: &[Vec<Span>]) -> Vec<Span> {
    let [first, rest @ ..] = each else { return Vec::new() };
    if rest.is_empty() {
        return first.clone();
    }
    if each.iter().any(Vec::is_empty) {
        return Vec::new();
    }
    let nearest = |places: &[Span], to: Span| {
        let at = places.partition_point(|place| place.start() < to.start());
        let near = &places[at.saturating_sub(1)..(at + 1).min(places.len())];
        near.iter().copied().min_by_key(|place| (to.join(*place).len(), *place))
    };
    let mut stretches: Vec<Span> = first
        .iter()
        .map(|start| rest.iter().filter_map(|places| nearest(places, *start)).fold(*start, Span::join))
        .collect();
    stretches.sort_unstable_by_key(|stretch| (stretch.len(), stretch.start()));
    let mut kept: BTreeMap<usize, Span> = BTreeMap::new();
    for stretch in stretches {
        let before = kept.range(..stretch.end()).next_back();
        if before.is_none_or(|(_, other)| other.end() <= stretch.start()) {
            kept.insert(stretch.start(), stretch);
        }
    }
    kept.into_values().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(question: &str, text: &str, expected: &[&str]) {
        let query = Query::parse(question).unwrap();
        let passages = model::passage::passages(text, model::passage::Markup::Plain);
        let found = places(&query, text, passages.iter().map(|p| p.span));
        assert_eq!(found.iter().map(|(span, _)| span.of(text)).collect::<Vec<_>>(), expected, "{question}");
    }

    #[test]
    fn hits_have_spans() {
        let text = "A state of emergency was declared.\nThe state spoke of an emergency; protesters protested. Протестов не было.";
        check("\"state of emergency\"", text, &["state of emergency"]);
        check("state emergency", text, &["state of emergency", "state spoke of an emergency"]);
        check("protest", text, &["protesters", "protested"]);
        check("protest*", text, &["protesters", "protested"]);
        check("протест", text, &["Протестов"]);
        check("NEAR(emergency state, 1)", text, &["state of emergency"]);
        check("state -declared", text, &[]);
        check("declared OR spoke", text, &["declared", "spoke"]);
    }
}
