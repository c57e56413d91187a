//! Seeds: what the first pass over a corpus keeps of each text, and the ties it gives.
//!
//! Every record is one 64-bit number, so that partitions are sorted fast and can lie on a disk. A posting is a print,
//! a rough place and a text; its partition is the first byte of the print. A tie is two texts, how far one runs
//! ahead of the other there, and a weight: shared text lies on one diagonal, chance does not.

use crate::candidate::{LEAST_TIES, TOO_FREQUENT, Tie};
use crate::print::PRINT_BITS;
use rayon::prelude::*;

/// Partitions of postings.
pub const PARTITIONS: usize = 256;
/// Texts a corpus may hold: their numbers have 26 bits.
pub const TEXTS_LIMIT: usize = 1 << TEXT_BITS;
const TEXT_BITS: u32 = 26;
const DIAGONAL_BITS: u32 = 4;
const WEIGHT_BITS: u32 = 8;
/// Where the lower text of a tie begins.
const FIRST: u32 = TEXT_BITS + DIAGONAL_BITS + WEIGHT_BITS;
/// Set in the weight of a tie by a print that too many texts hold.
const FREQUENT: u64 = 1 << (WEIGHT_BITS - 1);
/// Parts of a nat in a weight.
const PARTS: f64 = 8.0;
/// Words of a rough place.
const PLACE: u32 = 32;
const PLACE_BITS: u32 = 6;

/// What the first pass keeps of a text.
#[derive(Clone, Debug)]
pub struct Sketch {
    /// What texts of equal words have in common; `None` where a text has no words.
    pub identity: Option<u128>,
    /// Its prints in text order: partition, print, and the word it stands at.
    pub prints: Vec<(u8, u32, u32)>,
}

/// The partition of a print and the rest of it.
pub(crate) fn parted(print: u64) -> (u8, u32) {
    ((print >> (PRINT_BITS - 8)) as u8, print as u32)
}

/// A posting: this text holds this print at this word.
pub fn posting(print: u32, place: u32, text: u32) -> u64 {
    u64::from(print) << 32 | u64::from(text) << PLACE_BITS | u64::from(place / PLACE % (1 << PLACE_BITS))
}

/// The text of a posting.
fn text_of(posting: u64) -> u32 {
    (posting as u32) >> PLACE_BITS
}

/// The posting of another text.
fn with_text(posting: u64, text: u32) -> u64 {
    posting >> 32 << 32 | u64::from(text) << PLACE_BITS | place_of(posting)
}

fn place_of(posting: u64) -> u64 {
    posting & ((1 << PLACE_BITS) - 1)
}

/// How many texts hold the prints of a partition that at least three hold, sorted: print and holders.
pub type Holders = Vec<(u32, u32)>;

/// The ties that the postings of one partition give, and the holders of its prints. A print that few texts hold
/// ties every two of them, one that many hold each to the next in the order of their numbers: `numbers` has one for
/// each text, `u32::MAX` for those that are left out, of `texts` different ones.
pub fn ties(mut postings: Vec<u64>, numbers: &[u32], texts: usize, out: &mut Vec<u64>) -> Holders {
    postings.retain_mut(|posting| {
        let number = numbers[text_of(*posting) as usize];
        *posting = with_text(*posting, number);
        number != u32::MAX
    });
    drop_lone(&mut postings, |posting| posting >> 32);
    postings.sort_unstable();
    // A text holds a print once, at its first place.
    postings.dedup_by_key(|posting| *posting >> PLACE_BITS);
    let mut common = Holders::new();
    for group in postings.chunk_by(|x, y| x >> 32 == y >> 32) {
        if group.len() > 2 {
            common.push(((group[0] >> 32) as u32, group.len() as u32));
        }
        match group.len() {
            ..2 => {}
            2..=TOO_FREQUENT => {
                let weight = weight(texts, group.len());
                for (at, a) in group.iter().enumerate() {
                    out.extend(group[at + 1..].iter().map(|b| tie(*a, *b, weight)));
                }
            }
            _ => out.extend(group.windows(2).map(|pair| tie(pair[0], pair[1], FREQUENT))),
        }
    }
    common
}

/// Texts of a corpus that nobody sees: what keeps a print that two of five texts hold from looking common.
const BACKGROUND: f64 = 10_000.0;

/// How surprising it is that a text holds a print that so many hold, in nats.
pub(crate) fn rarity(texts: usize, holders: usize) -> f64 {
    ((texts as f64 + BACKGROUND) / holders.max(2) as f64).ln()
}

fn weight(texts: usize, holders: usize) -> u64 {
    ((rarity(texts, holders) * PARTS) as u64).min(FREQUENT - 1)
}

fn tie(a: u64, b: u64, weight: u64) -> u64 {
    let (a, b) = if text_of(a) <= text_of(b) { (a, b) } else { (b, a) };
    let diagonal = place_of(a).wrapping_sub(place_of(b)) % (1 << DIAGONAL_BITS);
    u64::from(text_of(a)) << FIRST
        | u64::from(text_of(b)) << (DIAGONAL_BITS + WEIGHT_BITS)
        | diagonal << WEIGHT_BITS
        | weight
}

/// The text a tie is kept with: the lower number.
pub fn tied_to(tie: u64) -> u32 {
    (tie >> FIRST) as u32
}

/// Nats of rare prints on one diagonal that two texts need in common to be compared.
const LEAST_WEIGHT: f64 = 17.0;

/// Drops nearly all records that share their key with no other: it need not be sorted what ties nothing.
fn drop_lone(records: &mut Vec<u64>, key: impl Fn(u64) -> u64) {
    let size = (8 * records.len()).next_power_of_two().max(64);
    let (mut seen, mut again) = (vec![0u64; size / 64], vec![0u64; size / 64]);
    let place = |record: u64| {
        let bit = (key(record).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (u64::BITS - size.ilog2())) as usize;
        (bit / 64, 1 << (bit % 64))
    };
    for record in &*records {
        let (word, bit) = place(*record);
        again[word] |= seen[word] & bit;
        seen[word] |= bit;
    }
    records.retain(|record| {
        let (word, bit) = place(*record);
        again[word] & bit != 0
    });
}

/// Ties that are sorted by one thread.
const FEW: usize = 1 << 16;

/// The pairs to be compared, from all ties of their lower texts.
pub fn pairs(mut ties: Vec<u64>) -> Vec<(u32, u32, Tie)> {
    drop_lone(&mut ties, |tie| tie >> (DIAGONAL_BITS + WEIGHT_BITS));
    if ties.len() > FEW {
        ties.par_sort_unstable()
    } else {
        ties.sort_unstable()
    }
    let mut pairs = Vec::new();
    for group in
        ties.chunk_by(|x, y| x >> (DIAGONAL_BITS + WEIGHT_BITS) == y >> (DIAGONAL_BITS + WEIGHT_BITS))
    {
        if group.len() < LEAST_TIES {
            continue;
        }
        let mut diagonals = [0u64; 1 << DIAGONAL_BITS];
        for tie in group.iter().filter(|tie| **tie & FREQUENT == 0) {
            diagonals[(tie >> WEIGHT_BITS) as usize % diagonals.len()] += tie & (FREQUENT - 1);
        }
        // A rough place is off by up to one: neighbours count as one diagonal.
        let neighbours = |at: usize| diagonals[at] + diagonals[(at + 1) % diagonals.len()];
        let rare = (0..diagonals.len()).map(neighbours).max().unwrap_or(0);
        let tie = if rare as f64 >= LEAST_WEIGHT * PARTS { Tie::Rare } else { Tie::Frequent };
        if tie == Tie::Frequent && group.iter().filter(|tie| **tie & FREQUENT != 0).count() < LEAST_TIES {
            continue;
        }
        let b = group[0] >> (DIAGONAL_BITS + WEIGHT_BITS) & ((1 << TEXT_BITS) - 1);
        pairs.push((tied_to(group[0]), b as u32, tie));
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_copies_are_tied_in_a_row_and_few_to_each_other() {
        let mut found = Vec::new();
        let numbers: Vec<u32> = (0..100).collect();
        let postings: Vec<u64> =
            [1, 2, 3].iter().flat_map(|print| (0..100).map(|text| posting(*print, 0, text))).collect();
        let holders = ties(postings, &numbers, 100, &mut found);
        assert_eq!(holders, [(1, 100), (2, 100), (3, 100)]);
        let chained = pairs(found);
        assert_eq!(chained.len(), 99);
        assert!(chained.iter().all(|(a, b, tie)| *b == a + 1 && *tie == Tie::Frequent));
        let mut few = Vec::new();
        let postings = vec![
            posting(1, 7, 9),
            posting(1, 7, 4),
            posting(2, 9, 4),
            posting(2, 9, 9),
            posting(3, 2, 4),
            posting(3, 2, 5),
        ];
        assert!(ties(postings, &numbers, 10, &mut few).is_empty());
        assert_eq!(pairs(few), [(4, 9, Tie::Rare)]);
    }
}
