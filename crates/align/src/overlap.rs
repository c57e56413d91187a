//! Overlaps: the exact spans two texts share.
//!
//! Every gram of one text is looked up in the other; runs of equal words are made as long as they go and
//! chained where they follow one another in both texts with small gaps. What is left after chaining is an
//! overlap if enough words are equal and they are dense enough. Its ends are then carried on by a banded
//! alignment that gives up when the texts part (X-drop; Zhang, Schwartz, Wagner & Miller 2000), and the gaps
//! inside are aligned word by word, so that an edited copy is delimited as exactly as a plain one.

use crate::extend::{backward, forward, within};
use crate::print::{GRAM, grams};
use crate::wording::Wording;
use model::Span;
use std::collections::BTreeMap;

/// Equal words an overlap needs at least. Stock phrases of unrelated accounts stay below it.
const LEAST_WORDS: u32 = 12;
/// Equal words a further overlap of two texts needs, once they share a first: moved sentences are short.
const LEAST_FURTHER: u32 = 7;
/// Words that may be skipped in either text between two runs of one overlap.
const LARGEST_GAP: u32 = 24;
/// Equal words over words covered that an overlap needs at least, in either text.
const LEAST_DENSITY: f64 = 0.4;
/// Places of one gram in the second text that are looked at.
const PLACES: usize = 16;

/// Two spans that share text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Overlap {
    /// Where in the first text.
    pub a: Span,
    /// Where in the second text.
    pub b: Span,
    /// Equal words.
    pub matched: u32,
    /// Runs of equal words: (first word in a, first word in b, words).
    pub runs: Vec<(u32, u32, u32)>,
}

/// What two texts share, in the order of the first. `overlaps(a, b)` and `overlaps(b, a)` find the same spans
/// when the caller keeps one order; `case` always puts the lower text id first.
pub fn overlaps(a: &Wording, b: &Wording) -> Vec<Overlap> {
    let mut runs = runs(a, b);
    let mut found: Vec<Overlap> = Vec::new();
    // Each round takes the best chain and drops the runs that touch it, until none is worth keeping.
    while let Some(chain) = best_chain(&runs) {
        let chain: Vec<Run> = chain.iter().map(|at| runs[*at]).collect();
        let matched: u32 = chain.iter().map(|run| run.len).sum();
        if matched < if found.is_empty() { LEAST_WORDS } else { LEAST_FURTHER } {
            break;
        }
        let chain = filled(a, b, chain, &found);
        let (first, last) = (chain[0], chain[chain.len() - 1]);
        let (a_words, b_words) = (last.a + last.len - first.a, last.b + last.len - first.b);
        let matched: u32 = chain.iter().map(|run| run.len).sum();
        if f64::from(matched) >= LEAST_DENSITY * f64::from(a_words.max(b_words)) {
            found.push(Overlap {
                a: a.spans[first.a as usize].join(a.spans[(last.a + last.len - 1) as usize]),
                b: b.spans[first.b as usize].join(b.spans[(last.b + last.len - 1) as usize]),
                matched,
                runs: chain.iter().map(|run| (run.a, run.b, run.len)).collect(),
            });
        }
        let inside = |at: u32, len: u32, from: u32, words: u32| at < from + words && from < at + len;
        runs.retain(|run| {
            !inside(run.a, run.len, first.a, a_words) && !inside(run.b, run.len, first.b, b_words)
        });
    }
    found.sort_by_key(|overlap| (overlap.a, overlap.b));
    found
}

/// Words in a row that are equal in both texts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Run {
    pub(crate) a: u32,
    pub(crate) b: u32,
    pub(crate) len: u32,
}

/// A chain with its gaps aligned word by word and its ends carried on, as far as no overlap found before is
/// touched.
fn filled(a: &Wording, b: &Wording, chain: Vec<Run>, found: &[Overlap]) -> Vec<Run> {
    let (first, last) = (chain[0], chain[chain.len() - 1]);
    let taken = |pick: fn(&(u32, u32, u32)) -> (u32, u32)| -> Vec<(u32, u32)> {
        found.iter().filter_map(|o| Some((pick(o.runs.first()?).0, pick(o.runs.last()?).1))).collect()
    };
    let (in_a, in_b) = (taken(|run| (run.0, run.0 + run.2)), taken(|run| (run.1, run.1 + run.2)));
    let floor = |taken: &[(u32, u32)], at: u32| {
        taken.iter().map(|(_, end)| *end).filter(|end| *end <= at).max().unwrap_or(0)
    };
    let ceiling = |taken: &[(u32, u32)], at: u32, all: usize| {
        taken.iter().map(|(start, _)| *start).filter(|start| *start >= at).min().unwrap_or(all as u32)
    };
    let (a_end, b_end) = (last.a + last.len, last.b + last.len);
    let mut runs = backward(a, b, (floor(&in_a, first.a), first.a), (floor(&in_b, first.b), first.b));
    for pair in chain.windows(2) {
        runs.push(pair[0]);
        let (from_a, from_b) = (pair[0].a + pair[0].len, pair[0].b + pair[0].len);
        runs.extend(within(a, b, (from_a, pair[1].a), (from_b, pair[1].b)));
    }
    runs.push(last);
    runs.extend(forward(
        a,
        b,
        (a_end, ceiling(&in_a, a_end, a.len())),
        (b_end, ceiling(&in_b, b_end, b.len())),
    ));
    runs
}

/// The longest runs of equal words, at least a gram long, sorted by their place in `a`, then in `b`.
fn runs(a: &Wording, b: &Wording) -> Vec<Run> {
    let mut places: Vec<(u64, u32)> = grams(b).into_iter().zip(0..).collect();
    places.sort_unstable();
    let mut runs = Vec::new();
    // The diagonal of a run and how far along it words are already taken.
    let mut taken: BTreeMap<i64, u32> = BTreeMap::new();
    for (at, gram) in grams(a).into_iter().enumerate() {
        let from = places.partition_point(|(other, _)| *other < gram);
        for (_, place) in places[from..].iter().take_while(|(other, _)| *other == gram).take(PLACES) {
            let (i, j) = (at as u32, *place);
            let diagonal = i64::from(i) - i64::from(j);
            if taken.get(&diagonal).is_some_and(|end| *end > i) {
                continue;
            }
            let len =
                a.hashes[at..].iter().zip(&b.hashes[j as usize..]).take_while(|(x, y)| x == y).count() as u32;
            if len as usize >= GRAM {
                taken.insert(diagonal, i + len);
                runs.push(Run { a: i, b: j, len });
            }
        }
    }
    runs
}

/// Runs that a chain looks back over for its predecessor.
const LOOK_BACK: usize = 48;

/// The chain of runs with most equal words, gaps subtracted at a tenth.
fn best_chain(runs: &[Run]) -> Option<Vec<usize>> {
    let mut best: Vec<(i64, Option<usize>)> = Vec::with_capacity(runs.len());
    for (at, run) in runs.iter().enumerate() {
        let alone = (10 * i64::from(run.len), None);
        let joined = (at.saturating_sub(LOOK_BACK)..at)
            .filter_map(|before| {
                let gap = gap(&runs[before], run)?;
                Some((best[before].0 + 10 * i64::from(run.len) - i64::from(gap), Some(before)))
            })
            .max_by_key(|(words, before)| (*words, std::cmp::Reverse(*before)));
        best.push(joined.filter(|joined| joined.0 > alone.0).unwrap_or(alone));
    }
    let end = (0..runs.len()).max_by_key(|at| (best[*at].0, std::cmp::Reverse(*at)))?;
    let mut chain = vec![end];
    while let Some(before) = best[chain[chain.len() - 1]].1 {
        chain.push(before);
    }
    chain.reverse();
    Some(chain)
}

/// Words skipped between two runs, the larger of both texts; `None` where they cannot follow one another.
fn gap(before: &Run, after: &Run) -> Option<u32> {
    let a = after.a.checked_sub(before.a + before.len)?;
    let b = after.b.checked_sub(before.b + before.len)?;
    Some(a.max(b)).filter(|gap| *gap <= LARGEST_GAP)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wording::wording;

    fn check(a: &str, b: &str) -> Vec<(String, String)> {
        let found = overlaps(&wording(a), &wording(b));
        found.iter().map(|o| (o.a.of(a).to_owned(), o.b.of(b).to_owned())).collect()
    }

    const BODY: &str = "the council met on the fifth day and decided to close every road that leads into the valley until \
                        the water has gone down and the bridges have been looked at by an engineer of the province";

    #[test]
    fn a_republication_is_one_overlap_with_its_exact_span() {
        let a = format!("By Ann Lee. {BODY}. First published elsewhere.");
        let b = format!("A New Title, {}! Check also: other things", BODY.replace("fifth", "FIFTH"));
        assert_eq!(check(&a, &b), [(BODY.to_owned(), BODY.replace("fifth", "FIFTH"))]);
    }

    #[test]
    fn small_edits_do_not_break_an_overlap() {
        let edited = BODY.replace("on the fifth day ", "on Monday ").replace("every road", "all roads");
        let found = overlaps(&wording(BODY), &wording(&edited));
        assert_eq!((found.len(), found[0].runs.len()), (1, 3));
    }

    #[test]
    fn stock_phrases_are_no_overlap() {
        assert_eq!(
            check(
                "He met the president of the republic of Atlantis on Monday",
                "Nobody asked the president of the republic of Atlantis why"
            ),
            []
        );
    }

    #[test]
    fn two_paragraphs_in_another_order_are_two_overlaps() {
        let (one, two) = BODY.split_at(BODY.find("until").unwrap());
        assert_eq!(check(&format!("{one} {two}"), &format!("{two} {one}")).len(), 2);
    }
}
