//! All reuse in a corpus, without a case.
//!
//! The same prints and the same comparison as in a case, and a first judgement of what an overlap is: words that
//! many texts share are a template (credits, footers, forms of market reports), words that few share were
//! copied. The evidence is the summed rarity of the prints in the shared runs, ln(texts / holders), templates
//! left out.

use crate::candidate::{TOO_FREQUENT, Tie, candidates};
use crate::family::is_near_copy;
use crate::overlap::{Overlap, overlaps};
use crate::print::placed_prints;
use crate::wording::{Wording, wording};
use rayon::prelude::*;
use std::collections::{BTreeMap, HashMap};

/// What an overlap is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum OverlapKind {
    /// Words that one text has from another, or both from a third.
    Copy,
    /// Words that many texts share because they are of one make.
    Template,
}

impl OverlapKind {
    /// The word of the exchange format.
    pub fn word(self) -> &'static str {
        match self {
            OverlapKind::Copy => "copy",
            OverlapKind::Template => "template",
        }
    }
}

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
    /// Probability that it is copying and not template, common phrase or chance: a logistic curve over the
    /// summed rarity, fitted on one generated corpus. 0 to 1.
    pub probability: f64,
}

/// Where the curve crosses one half, and how steep it is: fitted on the generated reuse corpus.
const HALF: f64 = 31.0;
const STEEPNESS: f64 = 0.25;

/// All overlaps between texts, by the numbers of the texts. The same on any number of threads.
pub fn corpus_overlaps(texts: &[&str]) -> Vec<CorpusOverlap> {
    let wordings: Vec<Wording> = texts.par_iter().map(|text| wording(text)).collect();
    let prints: Vec<Vec<(u64, u32)>> = wordings.par_iter().map(placed_prints).collect();
    // Equal texts are compared once: each later one hangs on the first.
    let mut first: BTreeMap<&[u64], usize> = BTreeMap::new();
    let mut twins: Vec<(usize, usize)> = Vec::new();
    for (at, wording) in wordings.iter().enumerate().filter(|(_, wording)| !wording.is_empty()) {
        match first.entry(&wording.hashes) {
            std::collections::btree_map::Entry::Occupied(entry) => twins.push((*entry.get(), at)),
            std::collections::btree_map::Entry::Vacant(entry) => _ = entry.insert(at),
        }
    }
    // Different texts are numbered by their words, so that the order of the corpus plays no part.
    let numbered: Vec<usize> = first.into_values().collect();
    let mut postings: Vec<(u64, u32)> = Vec::new();
    for (number, at) in numbered.iter().enumerate() {
        postings.extend(prints[*at].iter().map(|(print, _)| (*print, number as u32)));
    }
    postings.par_sort_unstable();
    postings.dedup();
    let holders = count_holders(&postings);
    let pairs = candidates(&postings);
    drop(postings);
    let all = texts.len().max(2) as f64;
    let mut found: Vec<CorpusOverlap> = pairs
        .into_par_iter()
        .flat_map_iter(|(a, b, tie)| {
            let (a, b) = (numbered[a as usize], numbered[b as usize]);
            let (a, b) = (a.min(b), a.max(b));
            let shared = overlaps(&wordings[a], &wordings[b]);
            let matched = shared.iter().map(|overlap| overlap.matched).sum();
            let near = is_near_copy(matched, wordings[a].len() as u32, wordings[b].len() as u32);
            let kept = shared.into_iter().filter(|_| near || tie == Tie::Rare);
            let judge = |overlap| match near && tie == Tie::Frequent {
                // The words of a story that is everywhere are frequent and copied all the same.
                true => CorpusOverlap { a, b, overlap, kind: OverlapKind::Copy, probability: 1.0 },
                false => judge(a, b, overlap, &prints[a], &holders, all),
            };
            kept.map(judge).collect::<Vec<_>>()
        })
        .collect();
    found.extend(twins.into_par_iter().map(|(a, b)| whole(a, b, &wordings)).collect::<Vec<_>>());
    found.par_sort_by_key(|found| (found.a, found.b, found.overlap.a, found.overlap.b));
    found
}

/// How many texts hold each print that more than one holds.
fn count_holders(postings: &[(u64, u32)]) -> HashMap<u64, u32> {
    let groups = postings.chunk_by(|x, y| x.0 == y.0).filter(|group| group.len() > 1);
    groups.map(|group| (group[0].0, group.len() as u32)).collect()
}

fn judge(
    a: usize,
    b: usize,
    overlap: Overlap,
    prints: &[(u64, u32)],
    holders: &HashMap<u64, u32>,
    all: f64,
) -> CorpusOverlap {
    let (mut rarity, mut frequent, mut count) = (0.0, 0, 0);
    for (first, _, words) in &overlap.runs {
        let from = prints.partition_point(|(_, at)| at < first);
        let inside = prints[from..].iter().take_while(|(_, at)| at + crate::GRAM as u32 <= first + words);
        for (print, _) in inside {
            let held = holders.get(print).copied().unwrap_or(1);
            count += 1;
            match held as usize > TOO_FREQUENT {
                true => frequent += 1,
                false => rarity += (all / f64::from(held.max(2))).ln(),
            }
        }
    }
    let kind = if frequent * 2 > count { OverlapKind::Template } else { OverlapKind::Copy };
    let probability = 1.0 / (1.0 + (-STEEPNESS * (rarity - HALF)).exp());
    CorpusOverlap { a, b, overlap, kind, probability }
}

fn whole(a: usize, b: usize, wordings: &[Wording]) -> CorpusOverlap {
    let span = |wording: &Wording| wording.spans[0].join(wording.spans[wording.len() - 1]);
    let words = wordings[a].len() as u32;
    let overlap =
        Overlap { a: span(&wordings[a]), b: span(&wordings[b]), matched: words, runs: vec![(0, 0, words)] };
    CorpusOverlap { a, b, overlap, kind: OverlapKind::Copy, probability: 1.0 }
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
        let found = corpus_overlaps(&texts);
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
        let found = corpus_overlaps(&texts);
        assert_eq!(found.len(), 199);
        assert!(found.iter().all(|o| o.kind == OverlapKind::Copy && o.probability > 0.5));
    }

    #[test]
    fn empty_and_equal_texts_cost_nothing() {
        assert!(corpus_overlaps(&["", "", " "]).is_empty());
        let text = "one two three four five six seven eight nine ten eleven twelve";
        assert_eq!(corpus_overlaps(&vec![text; 2000]).len(), 1999);
    }
}
