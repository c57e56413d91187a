//! Judging an overlap: copying, or template, or chance?

use super::background::Background;
use crate::candidate::TOO_FREQUENT;
use crate::overlap::Overlap;
use crate::print::{PASSING, print_at};
use crate::wording::Words;

/// What is known of an overlap beyond its words.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct Evidence {
    /// Figures and names in the words skipped, in the text that has fewer: what differs between texts of one form.
    pub slots: f64,
    /// Summed rarity of the prints in it that few texts hold, in nats.
    pub rarity: f64,
    /// Prints in it.
    pub prints: u32,
    /// Those that too many texts hold.
    pub frequent: u32,
    /// Holders of the print in the middle, the prints sorted by how many hold them.
    pub holders: u32,
    /// Equal words of the pair over the words of the shorter text, words of frequent prints apart.
    pub share: f64,
    /// Summed rarity of all overlaps of the pair, in nats.
    pub pair_rarity: f64,
    /// Equal words.
    pub words: f64,
    /// Equal words over words covered, in the looser text.
    pub density: f64,
    /// Words from the overlap to the nearest end of the text, in the text where that is further.
    pub inside: u32,
    /// Whether it stands in the last two fifths of both texts or in the first quarter of both, where credits, notices and
    /// invitations stand.
    pub at_margin: bool,
}

impl Evidence {
    /// Equal words that do not stand in frequent prints, by the share of such prints.
    pub(crate) fn rare_words(&self) -> f64 {
        self.words * (1.0 - f64::from(self.frequent) / f64::from(self.prints.max(1)))
    }
}

/// The terms of the judgement and their weights, fitted by logistic regression on generated reuse of 23 classes, natural
/// re-use of one agency's forms and small heaps with footers (`cargo xtask evidence` prints the table). Terms
/// are few because the sets are few.
fn sum(e: &Evidence) -> f64 {
    let root = |nats: f64| nats.sqrt();
    let (rarity, pair_rarity) = (root(e.rarity), root(e.pair_rarity));
    let words = e.words.max(1.0).ln();
    let inside = f64::from(e.inside).ln_1p().min(4.0);
    let slots = e.slots.ln_1p();
    let frequent = f64::from(e.frequent) / f64::from(e.prints.max(1));
    let terms = [
        (0.632, 1.0),
        (-0.677_3, rarity),
        (0.491_0, e.rarity / e.words.max(1.0)),
        (0.227_5, pair_rarity),
        (-1.192_6, f64::from(e.holders.max(2)).ln()),
        (-5.807_1, frequent),
        (16.654_2, e.share),
        (-17.848_0, e.density),
        (0.220_2, if e.inside <= 4 { 1.0 } else { 0.0 }),
        (-1.608_1, words),
        (0.900_7, slots),
        (-2.825_3, inside),
        (2.665_0, e.density * inside),
        (5.889_3, e.density * words),
        (-3.381_7, e.density * slots),
        (1.333_4, pair_rarity * frequent),
        (0.602_9, pair_rarity * e.share),
        (0.730_2, words * inside),
        (-2.651_7, e.share * inside),
    ];
    terms.iter().map(|(weight, term)| weight * term).sum()
}

/// Whether a stretch is a head or footer: a good part of the corpus, four texts at least, has it, it stands in the
/// margin, and the two texts share little else.
pub(crate) fn is_marginal(evidence: &Evidence, texts: usize) -> bool {
    let held = evidence.holders as usize;
    evidence.at_margin && held >= 4 && held * 50 >= texts && evidence.share < 0.4 && evidence.words <= 120.0
}

/// Probability that an overlap is copying and not template, common phrase or chance.
pub(crate) fn probability(evidence: &Evidence) -> f64 {
    1.0 / (1.0 + (-sum(evidence)).exp())
}

/// Adds what concerns all overlaps of two texts, of which the shorter has so many words.
pub(crate) fn of_pair(evidence: &mut [Evidence], shorter: usize) {
    let rare: f64 = evidence.iter().map(Evidence::rare_words).sum();
    let frequent: f64 = evidence.iter().map(|e| e.words - e.rare_words()).sum();
    let rarity = evidence.iter().map(|e| e.rarity).sum();
    for one in evidence {
        one.share = (rare / (shorter as f64 - frequent).max(1.0)).min(1.0);
        one.pair_rarity = rarity;
    }
}

/// Evidence on an overlap of two texts, the first with the words at which its prints begin and the holders of these, 0
/// where they were not asked for before; what concerns the pair is left open.
pub(crate) fn evidence(
    (a, places, held): (Words, &[u32], &mut [u32]),
    b: Words,
    overlap: &Overlap,
    background: &Background,
) -> Evidence {
    let mut evidence = Evidence::default();
    let mut holders = Vec::new();
    let (mut at_a, mut at_b) = (overlap.runs[0].0, overlap.runs[0].1);
    for (first, in_b, words) in &overlap.runs {
        let slots = |text: Words, from: u32, to: u32| (from..to).filter(|at| text.fills_a_slot(*at)).count();
        evidence.slots += slots(a, at_a, *first).min(slots(b, at_b, *in_b)) as f64;
        (at_a, at_b) = (first + words, in_b + words);
        let from = places.partition_point(|at| at < first);
        let inside = places[from..].iter().take_while(|at| *at + PASSING.gram as u32 <= first + words);
        holders.extend(inside.zip(&mut held[from..]).map(|(at, held)| {
            if *held == 0 {
                *held = background.holders(print_at(a.keys(), *at, PASSING)) as u32;
            }
            *held as usize
        }));
    }
    for held in &holders {
        match *held > TOO_FREQUENT {
            true => evidence.frequent += 1,
            false => evidence.rarity += background.rarity(*held),
        }
    }
    evidence.prints = holders.len() as u32;
    let middle = holders.len() / 2;
    evidence.holders = if holders.is_empty() { 2 } else { *holders.select_nth_unstable(middle).1 as u32 };
    evidence.words = f64::from(overlap.matched);
    let (first, last) = (overlap.runs[0], overlap.runs[overlap.runs.len() - 1]);
    let covered = (last.0 + last.2 - first.0).max(last.1 + last.2 - first.1);
    evidence.density = f64::from(overlap.matched) / f64::from(covered.max(1));
    let to_end = |first: u32, last: u32, words: usize| first.min(words as u32 - last);
    let at = |first: u32, words: usize| f64::from(first) / words.max(1) as f64;
    let (starts, ends) = (
        at(first.0, a.len()).min(at(first.1, b.len())),
        at(last.0 + last.2, a.len()).max(at(last.1 + last.2, b.len())),
    );
    evidence.at_margin = starts >= 0.6 || ends <= 0.25;
    evidence.inside =
        to_end(first.0, last.0 + last.2, a.len()).max(to_end(first.1, last.1 + last.2, b.len()));
    evidence
}
