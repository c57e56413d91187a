//! Background: how frequent words and prints are in a corpus.

use super::seed::Holders;
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
    /// Holders of prints that at least three texts hold, by partition.
    holders: Vec<Holders>,
}

impl Background {
    /// The background of a corpus.
    pub fn new(texts: usize, counts: &WordCounts, holders: Vec<Holders>) -> Background {
        let all = counts.total.load(Ordering::Relaxed) as f64 + UNSEEN;
        let worth = |count: &AtomicU32| {
            let count = f64::from(count.load(Ordering::Relaxed));
            ((all / (count + 1.0)).ln() * PARTS).min(160.0) as u8
        };
        Background { texts, worths: counts.counts.iter().map(worth).collect(), holders }
    }

    /// How surprising a word is, in sixteenths of a nat, at most ten nats.
    pub(crate) fn worth(&self, word: u64) -> i64 {
        i64::from(self.worths[place(word)])
    }

    /// How many texts hold a print that at least two hold.
    pub(crate) fn holders(&self, partition: u8, print: u32) -> usize {
        let common = &self.holders[usize::from(partition)];
        common.binary_search_by_key(&print, |held| held.0).map_or(2, |at| common[at].1 as usize)
    }
}
