//! Background: how frequent words and prints are in a corpus.

use super::seed::{Holders, parted, rarity};
use super::sheaf::Sheaf;
use crate::candidate::TOO_FREQUENT;
use crate::print::PRINT_BITS;
use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Counts of words by hash, in tables of fixed size: two words may share a place, which makes both look a little more
/// common.
///
/// Every thread counts for itself, in bytes: its table is small and waits for nobody.
pub struct WordCounts {
    shares: Vec<Mutex<Share>>,
}

/// What one thread counted.
#[derive(Default)]
struct Share {
    /// By place, what is left after every 256; empty before the first word.
    rest: Vec<u8>,
    /// How often 256 were counted, by place.
    full: BTreeMap<u32, u32>,
    total: u64,
}

/// Places of the table.
const PLACES: usize = 1 << 20;
/// Words a corpus of few texts is taken to have besides its own.
const UNSEEN: f64 = 50_000.0;
/// Sixteenths of a nat.
const PARTS: f64 = 16.0;

impl Default for WordCounts {
    fn default() -> WordCounts {
        WordCounts { shares: (0..rayon::current_num_threads()).map(|_| Mutex::default()).collect() }
    }
}

impl WordCounts {
    /// Counts the words of texts; many threads may do so at once, sums do not depend on their order.
    pub fn add(&self, sheaf: &Sheaf) {
        let thread = rayon::current_thread_index().unwrap_or(0);
        let mut share = lock(&self.shares[thread % self.shares.len()]);
        let Share { rest, full, total } = &mut *share;
        rest.resize(PLACES, 0);
        for word in sheaf.hashes() {
            let place = place(*word);
            rest[place] = rest[place].wrapping_add(1);
            if rest[place] == 0 {
                *full.entry(place as u32).or_default() += 1;
            }
        }
        *total += sheaf.hashes().len() as u64;
    }

    /// The counts of all places in order, and the total behind them, to be kept.
    pub fn numbers(&self) -> Vec<u64> {
        let mut numbers = Vec::with_capacity(PLACES + 1);
        self.each(|count| numbers.push(u64::from(count)));
        numbers.push(self.total());
        numbers
    }

    /// Counts as they were kept, or `None` where these are none.
    pub fn from_numbers(numbers: &[u64]) -> Option<WordCounts> {
        let (total, counts) = numbers.split_last().filter(|(_, counts)| counts.len() == PLACES)?;
        let full = (0..).zip(counts).filter(|(_, count)| **count > 0xFF);
        let share = Share {
            rest: counts.iter().map(|count| *count as u8).collect(),
            full: full.map(|(place, count)| (place, (count >> 8) as u32)).collect(),
            total: *total,
        };
        let all = WordCounts::default();
        *lock(&all.shares[0]) = share;
        Some(all)
    }

    fn total(&self) -> u64 {
        self.shares.iter().map(|share| lock(share).total).sum()
    }

    /// Tells the count of each place in order.
    fn each(&self, mut tell: impl FnMut(u32)) {
        let shares: Vec<MutexGuard<Share>> = self.shares.iter().map(lock).collect();
        let mut full: BTreeMap<u32, u32> = BTreeMap::new();
        for (place, times) in shares.iter().flat_map(|share| &share.full) {
            *full.entry(*place).or_default() += times;
        }
        let mut full = full.into_iter().peekable();
        let rests: Vec<&[u8]> =
            shares.iter().map(|share| &*share.rest).filter(|rest| !rest.is_empty()).collect();
        for place in 0..PLACES {
            let rest: u32 = rests.iter().map(|rest| u32::from(rest[place])).sum();
            let times = full.next_if(|full| full.0 == place as u32).map_or(0, |full| full.1);
            tell((times << 8) + rest);
        }
    }
}

/// Counting cannot fail halfway: a share is whole whatever another thread met.
fn lock(share: &Mutex<Share>) -> MutexGuard<'_, Share> {
    share.lock().unwrap_or_else(PoisonError::into_inner)
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
    /// Prints that at least three texts hold, with the number of these, at the place their first bits tell or behind
    /// it; 0 where there is none. The partition of a print decides about its place and is not kept.
    held: Vec<(u32, u32)>,
    /// How surprising it is that a text holds a print that so many hold.
    rarities: [f64; TOO_FREQUENT + 1],
}

/// Counts for which a worth is reckoned once; most places of the table count nothing.
const REPEATED: usize = 1 << 12;
/// Places for held prints at least: those of one partition stay far from those of the next.
const LEAST_HELD: usize = 1 << 14;

impl Background {
    /// The background of a corpus; `holders` by partition.
    pub fn new(texts: usize, counts: &WordCounts, holders: &[Holders]) -> Background {
        let all = counts.total() as f64 + UNSEEN;
        let worth = |count: u32| ((all / (f64::from(count) + 1.0)).ln() * PARTS).min(160.0) as u8;
        let repeated: Vec<u8> = (0..REPEATED as u32).map(worth).collect();
        let mut worths = Vec::with_capacity(PLACES);
        counts
            .each(|count| worths.push(repeated.get(count as usize).copied().unwrap_or_else(|| worth(count))));
        let size = (2 * holders.iter().map(Vec::len).sum::<usize>()).next_power_of_two().max(LEAST_HELD);
        let mut held = vec![(0, 0); size];
        for (partition, holders) in holders.iter().enumerate() {
            for (print, count) in holders {
                let mut at = first_place(partition as u8, *print, size);
                while held[at].1 != 0 {
                    at = (at + 1) & (size - 1);
                }
                held[at] = (*print, *count);
            }
        }
        Background { texts, worths, held, rarities: std::array::from_fn(|held| rarity(texts, held)) }
    }

    /// How surprising a word is, in sixteenths of a nat, at most ten nats.
    pub(crate) fn worth(&self, word: u64) -> i64 {
        i64::from(self.worths[place(word)])
    }

    /// How many texts hold a print that at least two hold.
    pub(crate) fn holders(&self, print: u64) -> usize {
        let (partition, print) = parted(print);
        let mut at = first_place(partition, print, self.held.len());
        loop {
            match self.held[at] {
                (_, 0) => return 2,
                (held, count) if held == print => return count as usize,
                _ => at = (at + 1) & (self.held.len() - 1),
            }
        }
    }

    /// How surprising it is that a text holds a print that so few hold, in nats.
    pub(crate) fn rarity(&self, holders: usize) -> f64 {
        self.rarities[holders]
    }
}

/// Where a print is looked for first in a table of so many places, a power of two.
fn first_place(partition: u8, print: u32, size: usize) -> usize {
    let print = u64::from(partition) << u32::BITS | u64::from(print);
    (print << (u64::BITS - PRINT_BITS) >> (u64::BITS - size.ilog2())) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_come_back_as_they_were_kept() {
        let counts = WordCounts::default();
        let sheaf = Sheaf::new(&[&"often ".repeat(700)]);
        counts.add(&sheaf);
        counts.add(&Sheaf::new(&["seldom"]));
        let numbers = counts.numbers();
        assert_eq!((numbers[place(sheaf.hashes()[0])], numbers.last()), (700, Some(&701)));
        let again = WordCounts::from_numbers(&numbers).unwrap();
        assert_eq!(again.numbers(), numbers);
        assert!(WordCounts::from_numbers(&numbers[1..]).is_none());
    }

    #[test]
    fn held_prints_are_found_beside_each_other() {
        let holders = [vec![(7, 3), (8, 4), (u32::MAX, 5)], vec![(7, 6)]];
        let background = Background::new(10, &WordCounts::default(), &holders);
        let of = |partition: u64, print: u64| background.holders(partition << 32 | print);
        assert_eq!([of(0, 7), of(0, 8), of(0, 0xFFFF_FFFF), of(1, 7), of(1, 8)], [3, 4, 5, 6, 2]);
    }
}
