//! All reuse in a corpus, without a case.
//!
//! The same comparison as in a case with denser prints, and a judgement of what an overlap is. The work falls into
//! steps that hold little at a time, so that a caller may keep what lies between them on a disk: sketches of
//! texts, ties by partition, pairs to compare. [`corpus_overlaps`] runs them in memory.

mod background;
mod judge;
mod seed;
mod sheaf;
mod split;

pub use background::{Background, WordCounts};
pub use judge::Evidence;
pub use seed::{Holders, PARTITIONS, Sketch, TEXTS_LIMIT, pairs, posting, tied_to, ties};
pub use sheaf::{Ready, Sheaf};

use crate::candidate::Tie;
use crate::family::is_near_copy;
use crate::index::Index;
use crate::overlap::{DOUBTFUL, Overlap, OverlapKind, Room, compare};
use crate::wording::Words;
use judge::evidence;
use model::Span;
use rayon::prelude::*;
use split::{Split, joined};

/// Text shared by two texts of a corpus, by their numbers.
#[derive(Clone, Debug)]
pub struct CorpusOverlap {
    /// The first text.
    pub a: usize,
    /// The second text, `a < b`.
    pub b: usize,
    /// Where.
    pub overlap: Overlap,
    /// What it is.
    pub kind: OverlapKind,
    /// Probability that it is copying and not template, common phrase or chance. 0 to 1.
    pub probability: f64,
    /// What the judgement rests on.
    pub evidence: Evidence,
}

/// Texts read in one go.
const READ_TOGETHER: usize = 32;
/// Pairs compared in one go.
const COMPARED_TOGETHER: usize = 64;
/// Parts the ties fall into by their lower text.
const LANES: usize = 256;

/// All overlaps between texts, by the numbers of the texts; `quoted` tells where a text quotes, in order. The same on
/// any number of threads.
pub fn corpus_overlaps(texts: &[&str], quoted: impl Fn(&str) -> Vec<Span> + Sync) -> Vec<CorpusOverlap> {
    let counts = WordCounts::default();
    let (sheaves, postings): (Vec<Sheaf>, Vec<Split>) = texts
        .par_chunks(READ_TOGETHER)
        .enumerate()
        .map(|(chunk, texts)| {
            let sheaf = Sheaf::new(texts);
            counts.add(&sheaf);
            let mut prints = Vec::with_capacity(sheaf.prints());
            for (at, number) in (0..texts.len()).zip(chunk * READ_TOGETHER..) {
                let of_text = sheaf.ready(at).prints();
                prints.extend(of_text.map(|(part, print, at)| (part, posting(print, at, number as u32))));
            }
            (sheaf, Split::new(PARTITIONS, &prints, |print| print.0.into(), |print| print.1))
        })
        .unzip();
    let ready = |number: usize| sheaves[number / READ_TOGETHER].ready(number % READ_TOGETHER);
    let ranks = Ranks::new((0..texts.len()).map(|at| ready(at).identity), |a, b| a.cmp(&b));
    let different = ranks.members.len();
    let numbers = ranks.numbers(texts.len());
    let (ties, holders): (Vec<Split>, Vec<Holders>) = (0..PARTITIONS)
        .into_par_iter()
        .map(|partition| {
            let mut found = Vec::new();
            let holders = ties(joined(postings.iter(), partition), &numbers, different, &mut found);
            (Split::new(LANES, &found, |tie| tied_to(tie) as usize * LANES / different, |tie| tie), holders)
        })
        .unzip();
    drop(postings);
    let background = Background::new(different, &counts, &holders);
    let first = |rank: u32| ranks.members[rank as usize][0] as usize;
    let compared = (0..LANES).into_par_iter().flat_map_iter(|lane| {
        let pairs = pairs(joined(ties.iter(), lane));
        compare_pairs(&pairs, &background, |rank| ready(first(rank)), |rank| quoted(texts[first(rank)]))
    });
    let mut rows: Vec<CorpusOverlap> = compared.collect();
    for row in &mut rows {
        (row.a, row.b) = (first(row.a as u32), first(row.b as u32));
        row.in_order();
    }
    rows.extend(ranks.twins().map(|(a, b)| whole((a, ready(a)), (b, ready(b)))));
    rows.par_sort_unstable_by_key(|row| (row.a, row.b, row.overlap.a, row.overlap.b));
    rows
}

impl CorpusOverlap {
    /// Puts the lower number first.
    pub fn in_order(&mut self) {
        if self.a > self.b {
            (self.a, self.b) = (self.b, self.a);
            (self.overlap.a, self.overlap.b) = (self.overlap.b, self.overlap.a);
            for run in &mut self.overlap.runs {
                (run.0, run.1) = (run.1, run.0);
            }
        }
    }
}

/// Texts numbered by their words, so that the order they came in plays no part; texts of equal words have one
/// number.
pub struct Ranks {
    /// By number: the texts that have it, by the place they came at.
    pub members: Vec<Vec<u32>>,
}

impl Ranks {
    /// Numbers texts that have words; `order` says which of two texts of equal words stands first.
    pub fn new(
        wordings: impl Iterator<Item = Option<u128>>,
        order: impl Fn(u32, u32) -> std::cmp::Ordering,
    ) -> Ranks {
        let mut texts: Vec<(u128, u32)> =
            wordings.zip(0..).filter_map(|(wording, at)| Some((wording?, at))).collect();
        texts.sort_unstable_by(|a, b| a.0.cmp(&b.0).then_with(|| order(a.1, b.1)));
        let member = |group: &[(u128, u32)]| group.iter().map(|(_, at)| *at).collect();
        Ranks { members: texts.chunk_by(|a, b| a.0 == b.0).map(member).collect() }
    }

    /// The number of each of so many texts; `u32::MAX` where it has no words, or equal words have a number already.
    pub fn numbers(&self, texts: usize) -> Vec<u32> {
        let mut numbers = vec![u32::MAX; texts];
        for (number, members) in (0..).zip(&self.members) {
            numbers[members[0] as usize] = number;
        }
        numbers
    }

    /// Texts of equal words: the first with each of the others.
    pub fn twins(&self) -> impl Iterator<Item = (usize, usize)> + '_ {
        let twins = self.members.iter().filter(|members| members.len() > 1);
        twins.flat_map(|members| members[1..].iter().map(|twin| (members[0] as usize, *twin as usize)))
    }
}

/// Compares pairs of texts word for word and judges what they share; `ready` gives a text by its number, `quoted` where
/// it quotes, in order.
pub fn compare_pairs<'t>(
    pairs: &[(u32, u32, Tie)],
    background: &Background,
    ready: impl Fn(u32) -> Ready<'t> + Sync,
    quoted: impl Fn(u32) -> Vec<Span> + Sync,
) -> Vec<CorpusOverlap> {
    // Pairs lie in the order of their first texts: each is indexed once for all it is compared with.
    let compared = pairs.par_chunks(COMPARED_TOGETHER).flat_map_iter(|pairs| {
        let (mut index, mut room) = (Index::default(), Room::default());
        // Holders of the first text's prints, once they are asked for.
        let mut held = Vec::new();
        let mut rows = Vec::new();
        let mut indexed = None;
        for (a, b, tie) in pairs {
            let (text_a, text_b) = (ready(*a), ready(*b));
            let (words_a, words_b) = (text_a.words.len() as u32, text_b.words.len() as u32);
            // What ties these only counts in near copies, and texts of such different length or words are none.
            if *tie == Tie::Frequent
                && !(is_near_copy(words_a.min(words_b), words_a, words_b)
                    && is_near_copy(known_words(text_a.words, text_b.words), words_a, words_b))
            {
                continue;
            }
            if indexed != Some(a) {
                index.fill(text_a.words.hashes);
                held.clear();
                held.resize(text_a.places.len(), 0);
                indexed = Some(a);
            }
            let both_quote = |overlap: &Overlap| {
                stands_in(overlap.a, text_a.quoted.get_or_init(|| quoted(*a)))
                    && stands_in(overlap.b, text_b.quoted.get_or_init(|| quoted(*b)))
            };
            for (overlap, mut kind, probability, evidence) in
                judged((text_a, &mut index, &mut held), text_b, *tie, background, &mut room)
            {
                if kind == OverlapKind::Copy && evidence.share < 0.5 && both_quote(&overlap) {
                    kind = OverlapKind::Quotation;
                }
                let (a, b) = (*a as usize, *b as usize);
                rows.push(CorpusOverlap { a, b, overlap, kind, probability, evidence });
            }
        }
        rows
    });
    compared.collect()
}

/// Words of a text that another has too, or a few more: equal words are no more than these.
fn known_words(a: Words, b: Words) -> u32 {
    const BITS: usize = 1 << 13;
    let mut sieve = [0u64; BITS / 64];
    let bit = |word: u64| (word as usize % BITS / 64, 1 << (word % 64));
    for word in a.hashes {
        let (at, bit) = bit(*word);
        sieve[at] |= bit;
    }
    let known = |word: &&u64| {
        let (at, bit) = bit(**word);
        sieve[at] & bit != 0
    };
    b.hashes.iter().filter(known).count() as u32
}

/// Whether most of a stretch stands in one of the places where a text quotes.
fn stands_in(stretch: Span, quoted: &[Span]) -> bool {
    let from = quoted.partition_point(|span| span.end() <= stretch.start());
    quoted[from..].iter().take_while(|span| span.start() < stretch.end()).any(|span| {
        let (start, end) = (stretch.start().max(span.start()), stretch.end().min(span.end()));
        end.saturating_sub(start) * 5 >= stretch.len() * 4
    })
}

/// Probability at most that a head or footer of several texts is copied all the same.
const MARGINAL: f64 = 0.1;

type Judged = (Overlap, OverlapKind, f64, Evidence);

fn judged(
    (a, index, held): (Ready, &mut Index, &mut [u32]),
    b: Ready,
    tie: Tie,
    background: &Background,
    room: &mut Room,
) -> Vec<Judged> {
    let shared = compare(a.words, index, b.words, DOUBTFUL, |word| background.worth(word), room);
    let matched: u32 = shared.iter().map(|overlap| overlap.matched).sum();
    let near = is_near_copy(matched, a.words.len() as u32, b.words.len() as u32);
    let kept = shared.into_iter().filter(|_| near || tie == Tie::Rare);
    let kept: Vec<Overlap> = kept.collect();
    let mut rests: Vec<Evidence> = kept
        .iter()
        .map(|overlap| evidence((a.words, a.places, held), b.words, overlap, background))
        .collect();
    judge::of_pair(&mut rests, a.words.len().min(b.words.len()));
    kept.into_iter()
        .zip(rests)
        .map(|(overlap, evidence)| {
            if near && tie == Tie::Frequent {
                // The words of a story that is everywhere are frequent and copied all the same.
                return (overlap, OverlapKind::Copy, 1.0, evidence);
            }
            let marginal = judge::is_marginal(&evidence, background.texts);
            let probability = if marginal {
                MARGINAL.min(judge::probability(&evidence))
            } else {
                judge::probability(&evidence)
            };
            // What three texts share and is not copied is of one make.
            let form = marginal
                || evidence.frequent * 2 > evidence.prints
                || probability < 0.5 && evidence.holders > 2;
            let kind = if form { OverlapKind::Template } else { OverlapKind::Copy };
            (overlap, kind, probability, evidence)
        })
        .collect()
}

/// The overlap of two texts of equal words.
pub fn whole((a, x): (usize, Ready), (b, y): (usize, Ready)) -> CorpusOverlap {
    let span = |words: Words| words.spans[0].join(words.spans[words.len() - 1]);
    let words = x.words.len() as u32;
    let overlap = Overlap { a: span(x.words), b: span(y.words), matched: words, runs: vec![(0, 0, words)] };
    CorpusOverlap { a, b, overlap, kind: OverlapKind::Copy, probability: 1.0, evidence: Evidence::default() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn footers_are_templates_and_copies_are_copies() {
        let footer = "the views expressed here are not those of the gazette which keeps all rights in every land and tongue";
        let own = |n: usize| (0..40).map(|word| format!("w{n}x{word}")).collect::<Vec<_>>().join(" ");
        let mut texts: Vec<String> = (0..120).map(|n| format!("{} {footer}", own(n))).collect();
        texts.push(format!("as we read elsewhere {} so far", own(3)));
        texts.push(texts[5].clone());
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let found = corpus_overlaps(&texts, |_| Vec::new());
        let likely: Vec<_> = found
            .iter()
            .filter(|o| o.kind == OverlapKind::Copy && o.probability >= 0.5)
            .map(|o| (o.a, o.b))
            .collect();
        assert_eq!(likely, [(3, 120), (5, 121)]);
    }

    #[test]
    fn a_story_in_many_copies_is_copied() {
        let body = "the council met on the fifth day and decided to close every road that leads into the valley until noon";
        let texts: Vec<String> = (0..200).map(|n| format!("{body} tail{n} of{n} its{n} own{n}")).collect();
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let found = corpus_overlaps(&texts, |_| Vec::new());
        assert_eq!(found.len(), 199);
        assert!(found.iter().all(|o| o.kind == OverlapKind::Copy && o.probability > 0.5));
    }

    #[test]
    fn empty_and_equal_texts_cost_nothing() {
        assert!(corpus_overlaps(&["", "", " "], |_| Vec::new()).is_empty());
        let text = "one two three four five six seven eight nine ten eleven twelve";
        assert_eq!(corpus_overlaps(&vec![text; 2000], |_| Vec::new()).len(), 1999);
    }
}
