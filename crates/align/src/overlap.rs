//! Overlaps: the exact spans two texts share.
//!
//! Every gram of one text is looked up in the other; runs of equal words are made as long as they go and
//! chained where they follow one another in both texts with small gaps. What is left after chaining is an
//! overlap if enough words are equal and they are dense enough. Its ends are then carried on by a banded
//! alignment that gives up when the texts part (X-drop; Zhang, Schwartz, Wagner & Miller 2000), and the gaps
//! inside are aligned word by word, so that an edited copy is delimited as exactly as a plain one.

use crate::extend::{backward, forward, within};
use crate::print::{STORED, grams, placed_prints};
use crate::wording::{Wording, wording};
use model::Span;

/// Words of the grams by which two texts are laid on one another: denser and shorter than prints.
const DENSE: usize = 3;
/// Places of one gram that are looked at in either text.
const PLACES: usize = 16;
/// What a word of unknown frequency is worth, in sixteenths of a nat: a chance of one in four hundred.
const PLAIN_WORTH: i64 = 96;
/// What a skipped word costs a chain, in sixteenths of a nat.
const SKIPPED: i64 = 10;

/// What an overlap needs at least.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Least {
    /// Equal words of the first overlap of two texts.
    pub(crate) words: u32,
    /// Equal words of a further one, once they share a first: moved sentences are short.
    pub(crate) further: u32,
    /// Of these the words that stand in runs of three and more, as a divisor: 1 = all, 2 = half.
    pub(crate) seeded: u32,
    /// Words that may be skipped in either text between two runs.
    pub(crate) gap: u32,
    /// Equal words over words covered, in either text.
    pub(crate) density: f64,
}

/// What a case needs. Stock phrases of unrelated accounts stay below it.
pub(crate) const CERTAIN: Least = Least { words: 12, further: 7, seeded: 1, gap: 24, density: 0.4 };
/// What is worth judging by how frequent its words are.
pub(crate) const DOUBTFUL: Least = Least { words: 8, further: 7, seeded: 2, gap: 48, density: 0.25 };

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

/// A text made ready to be compared with many: its grams, sorted, with the word each begins at.
#[derive(Clone, Debug, Default)]
pub(crate) struct Prepared {
    /// The upper half of a gram's hash, then the word it begins at.
    grams: Vec<u64>,
}

impl Prepared {
    /// Prepares a wording.
    pub(crate) fn new(wording: &Wording) -> Prepared {
        // The upper half of a hash is enough: every run is grown word by word from where two meet.
        let mut grams: Vec<u64> =
            grams(&wording.hashes, DENSE).zip(0u64..).map(|(gram, at)| gram >> 32 << 32 | at).collect();
        grams.sort_unstable();
        Prepared { grams }
    }
}

/// What an overlap is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum OverlapKind {
    /// Words that one text has from another, or both from a third.
    Copy,
    /// Words that both texts quote: neither has them from the other.
    Quotation,
    /// Words that many texts share because they are of one make: heads, footers, credits, forms.
    Template,
}

impl OverlapKind {
    /// The word of the exchange format.
    pub fn word(self) -> &'static str {
        match self {
            OverlapKind::Copy => "copy",
            OverlapKind::Quotation => "quotation",
            OverlapKind::Template => "template",
        }
    }
}

/// A text made ready to be compared with many.
#[derive(Clone, Debug, Default)]
pub struct Comparable {
    /// Its words.
    pub wording: Wording,
    prepared: Prepared,
    /// Its stored prints with the word each begins at, in text order; and alone, sorted.
    pub(crate) placed: Vec<(u64, u32)>,
    pub(crate) prints: Vec<u64>,
}

impl Comparable {
    /// Makes a text ready.
    pub fn new(text: &str) -> Comparable {
        let wording = wording(text);
        let placed = placed_prints(&wording, STORED);
        let mut prints: Vec<u64> = placed.iter().map(|(print, _)| *print).collect();
        prints.sort_unstable();
        prints.dedup();
        Comparable { prepared: Prepared::new(&wording), wording, placed, prints }
    }

    /// Its stored prints, sorted, none twice.
    pub fn prints(&self) -> &[u64] {
        &self.prints
    }

    /// What it shares with another, as [`overlaps`] tells it.
    pub fn overlaps(&self, other: &Comparable) -> Vec<Overlap> {
        compare((&self.wording, &self.prepared), (&other.wording, &other.prepared), CERTAIN, |_| PLAIN_WORTH)
    }
}

/// What two texts share, in the order of the first. `overlaps(a, b)` and `overlaps(b, a)` find the same spans
/// when the caller keeps one order; `case` always puts the lower text id first.
pub fn overlaps(a: &Wording, b: &Wording) -> Vec<Overlap> {
    let ready = (Prepared::new(a), Prepared::new(b));
    compare((a, &ready.0), (b, &ready.1), CERTAIN, |_| PLAIN_WORTH)
}

/// What two prepared texts share. `worth` of a word's hash says how surprising it is, in sixteenths of a nat.
pub(crate) fn compare(
    (a, ready_a): (&Wording, &Prepared),
    (b, ready_b): (&Wording, &Prepared),
    least: Least,
    worth: impl Fn(u64) -> i64,
) -> Vec<Overlap> {
    let mut runs = runs(a, b, ready_a, ready_b);
    let mut worths: Vec<i64> = runs.iter().map(|run| run_worth(a, run, &worth)).collect();
    let mut found: Vec<Overlap> = Vec::new();
    // Each round takes the best chain and drops the runs that touch it, until none is worth keeping.
    while let Some(chain) = best_chain(&runs, &worths, least.gap) {
        let chain: Vec<Run> = chain.iter().map(|at| runs[*at]).collect();
        let matched: u32 = chain.iter().map(|run| run.len).sum();
        if matched * least.seeded < if found.is_empty() { least.words } else { least.further } {
            break;
        }
        let chain = filled(a, b, chain, &found);
        let (first, last) = (chain[0], chain[chain.len() - 1]);
        let (a_words, b_words) = (last.a + last.len - first.a, last.b + last.len - first.b);
        let matched: u32 = chain.iter().map(|run| run.len).sum();
        let enough = matched >= if found.is_empty() { least.words } else { least.further };
        if enough && f64::from(matched) >= least.density * f64::from(a_words.max(b_words)) {
            found.push(Overlap {
                a: a.spans[first.a as usize].join(a.spans[(last.a + last.len - 1) as usize]),
                b: b.spans[first.b as usize].join(b.spans[(last.b + last.len - 1) as usize]),
                matched,
                runs: chain.iter().map(|run| (run.a, run.b, run.len)).collect(),
            });
        }
        let inside = |at: u32, len: u32, from: u32, words: u32| at < from + words && from < at + len;
        let apart: Vec<bool> = runs
            .iter()
            .map(|run| !inside(run.a, run.len, first.a, a_words) && !inside(run.b, run.len, first.b, b_words))
            .collect();
        let mut keep = apart.iter();
        runs.retain(|_| keep.next().is_some_and(|keep| *keep));
        let mut keep = apart.iter();
        worths.retain(|_| keep.next().is_some_and(|keep| *keep));
    }
    found.sort_by_key(|overlap| (overlap.a, overlap.b));
    found
}

fn run_worth(a: &Wording, run: &Run, worth: impl Fn(u64) -> i64) -> i64 {
    a.hashes[run.a as usize..(run.a + run.len) as usize].iter().map(|word| worth(*word)).sum()
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
fn runs(a: &Wording, b: &Wording, ready_a: &Prepared, ready_b: &Prepared) -> Vec<Run> {
    let (grams_a, grams_b) = (&ready_a.grams, &ready_b.grams);
    let mut runs = Vec::new();
    let (mut i, mut j) = (0, 0);
    while i < grams_a.len() && j < grams_b.len() {
        let (gram_a, gram_b) = (grams_a[i] >> 32, grams_b[j] >> 32);
        if gram_a < gram_b {
            i += 1;
        } else if gram_b < gram_a {
            j += 1;
        } else {
            let end = |grams: &[u64], from: usize| {
                from + grams[from..].iter().take_while(|gram| **gram >> 32 == gram_a).count()
            };
            let (i_end, j_end) = (end(grams_a, i), end(grams_b, j));
            let (places_a, places_b) = (&grams_a[i..i_end], &grams_b[j..j_end]);
            match places_a.len() <= PLACES && places_b.len() <= PLACES {
                true => runs.extend(
                    places_a
                        .iter()
                        .flat_map(|x| places_b.iter().filter_map(|y| run_from(a, b, *x as u32, *y as u32))),
                ),
                // A phrase said over and over: the first place with the first, the second with the second.
                false => runs.extend(
                    places_a.iter().zip(places_b).filter_map(|(x, y)| run_from(a, b, *x as u32, *y as u32)),
                ),
            }
            (i, j) = (i_end, j_end);
        }
    }
    runs.sort_unstable_by_key(|run| (run.a, run.b));
    runs
}

/// The run that begins at two places, or `None` where an equal word stands before it or the words differ.
fn run_from(a: &Wording, b: &Wording, i: u32, j: u32) -> Option<Run> {
    let (from_a, from_b) = (i as usize, j as usize);
    if i > 0 && j > 0 && a.hashes[from_a - 1] == b.hashes[from_b - 1] {
        return None;
    }
    let len = a.hashes[from_a..].iter().zip(&b.hashes[from_b..]).take_while(|(x, y)| x == y).count() as u32;
    (len as usize >= DENSE).then_some(Run { a: i, b: j, len })
}

/// Runs that a chain looks back over for its predecessor.
const LOOK_BACK: usize = 48;

/// The chain of runs worth most, skipped words subtracted.
fn best_chain(runs: &[Run], worths: &[i64], largest_gap: u32) -> Option<Vec<usize>> {
    let mut best: Vec<(i64, Option<usize>)> = Vec::with_capacity(runs.len());
    for (at, run) in runs.iter().enumerate() {
        let mut so_far = (worths[at], None);
        for before in at.saturating_sub(LOOK_BACK)..at {
            let Some(gap) = gap(&runs[before], run, largest_gap) else { continue };
            let joined = best[before].0 + worths[at] - SKIPPED * i64::from(gap);
            // Of equals the first.
            if joined > so_far.0 {
                so_far = (joined, Some(before));
            }
        }
        best.push(so_far);
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
fn gap(before: &Run, after: &Run, largest: u32) -> Option<u32> {
    let a = after.a.checked_sub(before.a + before.len)?;
    let b = after.b.checked_sub(before.b + before.len)?;
    Some(a.max(b)).filter(|gap| *gap <= largest)
}

#[cfg(test)]
mod tests {
    use super::*;

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
