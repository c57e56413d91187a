//! Overlaps: the exact spans two texts share.
//!
//! Every gram of one text is looked up in the other; runs of equal words are made as long as they go and
//! chained where they follow one another in both texts with small gaps. What is left after chaining is an
//! overlap if enough words are equal and they are dense enough. Its ends are then carried on by a banded
//! alignment that gives up when the texts part (X-drop; Zhang, Schwartz, Wagner & Miller 2000), and the gaps
//! inside are aligned word by word, so that an edited copy is delimited as exactly as a plain one.

use crate::extend::{backward, forward, within};
use crate::index::Index;
use crate::print::placed_prints;
use crate::wording::{Wording, Words, wording};
use model::Span;

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
    /// Its stored prints with the word each begins at, in text order; and alone, sorted.
    pub(crate) placed: Vec<(u64, u32)>,
    pub(crate) prints: Vec<u64>,
}

impl Comparable {
    /// Makes a text ready.
    pub fn new(text: &str) -> Comparable {
        let wording = wording(text);
        let placed = placed_prints(&wording);
        let mut prints: Vec<u64> = placed.iter().map(|(print, _)| *print).collect();
        prints.sort_unstable();
        prints.dedup();
        Comparable { wording, placed, prints }
    }

    /// Its stored prints, sorted, none twice.
    pub fn prints(&self) -> &[u64] {
        &self.prints
    }

    /// What it shares with another, as [`overlaps`] tells it.
    pub fn overlaps(&self, other: &Comparable) -> Vec<Overlap> {
        overlaps(&self.wording, &other.wording)
    }
}

/// What two texts share, in the order of the first. `overlaps(a, b)` and `overlaps(b, a)` find the same spans
/// when the caller keeps one order; `case` always puts the lower text id first.
pub fn overlaps(a: &Wording, b: &Wording) -> Vec<Overlap> {
    compare(a.words(), &mut Index::new(&a.hashes), b.words(), CERTAIN, |_| PLAIN_WORTH, &mut Room::default())
}

/// Room that comparisons need, kept from one to the next.
#[derive(Default)]
pub(crate) struct Room {
    runs: Vec<Run>,
    worths: Vec<i64>,
    best: Vec<(i64, Option<usize>)>,
    chain: Vec<Run>,
    filled: Vec<Run>,
}

/// What two texts share, the first with its index. `worth` of a word's hash says how surprising it is, in sixteenths
/// of a nat.
pub(crate) fn compare(
    a: Words,
    index: &mut Index,
    b: Words,
    least: Least,
    worth: impl Fn(u64) -> i64,
    room: &mut Room,
) -> Vec<Overlap> {
    let Room { runs, worths, best, chain, filled } = room;
    index.runs(a.hashes, b.hashes, runs);
    let mut found: Vec<Overlap> = Vec::new();
    let needed = |found: &[Overlap]| if found.is_empty() { least.words } else { least.further };
    // Words too few for an overlap are not worth a chain.
    let too_few = |runs: &[Run], found: &[Overlap]| words_of(runs) * least.seeded < needed(found);
    if too_few(runs, &found) {
        return found;
    }
    worths.clear();
    worths.extend(runs.iter().map(|run| {
        let words = &a.hashes[run.a as usize..(run.a + run.len) as usize];
        words.iter().map(|word| worth(*word)).sum::<i64>()
    }));
    // Each round takes the best chain and drops the runs that touch it, until none is worth keeping.
    while !too_few(runs, &found) {
        best_chain(runs, worths, least.gap, best, chain);
        if words_of(chain) * least.seeded < needed(&found) {
            break;
        }
        fill(a, b, chain, &found, filled);
        let (first, last) = (filled[0], filled[filled.len() - 1]);
        let (a_words, b_words) = (last.a + last.len - first.a, last.b + last.len - first.b);
        let matched = words_of(filled);
        if matched >= needed(&found) && f64::from(matched) >= least.density * f64::from(a_words.max(b_words))
        {
            found.push(Overlap {
                a: a.spans[first.a as usize].join(a.spans[(last.a + last.len - 1) as usize]),
                b: b.spans[first.b as usize].join(b.spans[(last.b + last.len - 1) as usize]),
                matched,
                runs: filled.iter().map(|run| (run.a, run.b, run.len)).collect(),
            });
        }
        let inside = |at: u32, len: u32, from: u32, words: u32| at < from + words && from < at + len;
        let apart = |run: &Run| {
            !inside(run.a, run.len, first.a, a_words) && !inside(run.b, run.len, first.b, b_words)
        };
        let mut of_worths = runs.iter();
        worths.retain(|_| of_worths.next().is_some_and(apart));
        runs.retain(apart);
    }
    found.sort_by_key(|overlap| (overlap.a, overlap.b));
    found
}

fn words_of(runs: &[Run]) -> u32 {
    runs.iter().map(|run| run.len).sum()
}

/// Words in a row that are equal in both texts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Run {
    pub(crate) a: u32,
    pub(crate) b: u32,
    pub(crate) len: u32,
}

/// A chain with its gaps aligned word by word and its ends carried on, as far as no overlap found before is
/// touched; `filled` is room for it.
fn fill(a: Words, b: Words, chain: &[Run], found: &[Overlap], filled: &mut Vec<Run>) {
    let (first, last) = (chain[0], chain[chain.len() - 1]);
    // Where overlaps found before begin and end, in either text.
    let begun = || found.iter().map(|overlap| overlap.runs[0]);
    let ended = || found.iter().map(|overlap| overlap.runs[overlap.runs.len() - 1]);
    let floor_a = ended().map(|run| run.0 + run.2).filter(|end| *end <= first.a).max().unwrap_or(0);
    let floor_b = ended().map(|run| run.1 + run.2).filter(|end| *end <= first.b).max().unwrap_or(0);
    let (a_end, b_end) = (last.a + last.len, last.b + last.len);
    let (a_all, b_all) = (a.len() as u32, b.len() as u32);
    let ceiling_a = begun().map(|run| run.0).filter(|start| *start >= a_end).min().unwrap_or(a_all);
    let ceiling_b = begun().map(|run| run.1).filter(|start| *start >= b_end).min().unwrap_or(b_all);
    filled.clear();
    filled.extend(backward(a, b, (floor_a, first.a), (floor_b, first.b)));
    for pair in chain.windows(2) {
        filled.push(pair[0]);
        let (from_a, from_b) = (pair[0].a + pair[0].len, pair[0].b + pair[0].len);
        filled.extend(within(a, b, (from_a, pair[1].a), (from_b, pair[1].b)));
    }
    filled.push(last);
    filled.extend(forward(a, b, (a_end, ceiling_a), (b_end, ceiling_b)));
}

/// Runs that a chain looks back over for its predecessor.
const LOOK_BACK: usize = 48;

/// The chain of runs worth most, skipped words subtracted; `best` is room for the sums.
fn best_chain(
    runs: &[Run],
    worths: &[i64],
    largest_gap: u32,
    best: &mut Vec<(i64, Option<usize>)>,
    chain: &mut Vec<Run>,
) {
    best.clear();
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
    let mut end = (0..runs.len()).max_by_key(|at| (best[*at].0, std::cmp::Reverse(*at)));
    chain.clear();
    while let Some(at) = end {
        chain.push(runs[at]);
        end = best[at].1;
    }
    chain.reverse();
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
