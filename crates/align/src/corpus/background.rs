//! Background: how frequent words and prints are in a corpus.

use super::seed::{Holders, parted, rarity};
use crate::candidate::TOO_FREQUENT;
use crate::wording::Wording;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};

/// Counts of words by hash, in a table of fixed size: two words may share a place, which makes both look a little
/// more common.
pub struct WordCounts {
    counts: Vec<AtomicU32>,
    total: AtomicU64,
}

/// Places of the table.
const PLACES: usize = 1 << 20;
/// Words a corpus of few texts is taken to have besides its own.
const UNSEEN: f64 = 50_000.0;
/// Sixteenths of a nat.
const PARTS: f64 = 16.0;

impl Default for WordCounts {
    fn default() -> WordCounts {
        WordCounts { counts: (0..PLACES).map(|_| AtomicU32::new(0)).collect(), total: AtomicU64::new(0) }
    }
}

impl WordCounts {
    /// Counts the words of a text; many threads may do so at once, sums do not depend on their order.
    pub fn add(&self, wording: &Wording) {
        for word in &wording.hashes {
            self.counts[place(*word)].fetch_add(1, Ordering::Relaxed);
        }
        self.total.fetch_add(wording.len() as u64, Ordering::Relaxed);
    }

    /// The table and the total, to be kept.
    pub fn numbers(&self) -> Vec<u64> {
        let counts = self.counts.iter().map(|count| u64::from(count.load(Ordering::Relaxed)));
        counts.chain([self.total.load(Ordering::Relaxed)]).collect()
    }

    /// Counts as they were kept, or `None` where these are none.
    pub fn from_numbers(numbers: &[u64]) -> Option<WordCounts> {
        let (total, counts) = numbers.split_last().filter(|(_, counts)| counts.len() == PLACES)?;
        let counts = counts.iter().map(|count| AtomicU32::new(*count as u32)).collect();
        Some(WordCounts { counts, total: AtomicU64::new(*total) })
    }
}

fn place(word: u64) -> usize {
    (word >> 20) as usize % PLACES
}

/// What is common in a corpus.
pub struct Background {
    /// Texts with different words.
    pub texts: usize,
    /// What each word is worth, by place.
    worths: Vec<u8>,
    /// Prints that at least three texts hold, with the number of these, in order.
    holders: Holders,
    /// Where those of one beginning end: a print is found at once.
    ends: Vec<u32>,
    /// How surprising it is that a text holds a print that so many hold.
    rarities: [f64; TOO_FREQUENT + 1],
}

/// Counts for which a worth is reckoned once; most places of the table count nothing.
const REPEATED: usize = 1 << 12;
/// Bits of a print that tell where it is to be looked for, besides its partition.
const BEGINNING: u32 = 8;

impl Background {
    /// The background of a corpus; `holders` by partition.
    pub fn new(texts: usize, counts: &WordCounts, holders: Vec<Holders>) -> Background {
        let all = counts.total.load(Ordering::Relaxed) as f64 + UNSEEN;
        let worth = |count: u32| ((all / (f64::from(count) + 1.0)).ln() * PARTS).min(160.0) as u8;
        let repeated: Vec<u8> = (0..REPEATED as u32).map(worth).collect();
        let worth = |count: &AtomicU32| {
            let count = count.load(Ordering::Relaxed);
            repeated.get(count as usize).copied().unwrap_or_else(|| worth(count))
        };
        let mut ends = vec![0; holders.len() << BEGINNING];
        for (partition, held) in holders.iter().enumerate() {
            held.iter().for_each(|(print, _)| ends[beginning(partition, *print)] += 1);
        }
        let mut before = 0;
        for end in &mut ends {
            before += *end;
            *end = before;
        }
        Background {
            texts,
            worths: counts.counts.iter().map(worth).collect(),
            holders: holders.concat(),
            ends,
            rarities: std::array::from_fn(|held| rarity(texts, held)),
        }
    }

    /// How surprising a word is, in sixteenths of a nat, at most ten nats.
    pub(crate) fn worth(&self, word: u64) -> i64 {
        i64::from(self.worths[place(word)])
    }

    /// How many texts hold a print that at least two hold.
    pub(crate) fn holders(&self, print: u64) -> usize {
        let (partition, print) = parted(print);
        let at = beginning(usize::from(partition), print);
        let start = if at == 0 { 0 } else { self.ends[at - 1] };
        let held = &self.holders[start as usize..self.ends[at] as usize];
        held.binary_search_by_key(&print, |held| held.0).map_or(2, |at| held[at].1 as usize)
    }

    /// How surprising it is that a text holds a print that so few hold, in nats.
    pub(crate) fn rarity(&self, holders: usize) -> f64 {
        self.rarities[holders]
    }
}

fn beginning(partition: usize, print: u32) -> usize {
    partition << BEGINNING | (print >> (u32::BITS - BEGINNING)) as usize
}
