//! An index of the grams of one text, by which others are laid on it in one pass over their words.
//!
//! Nearly all grams of another text are not in this one, and a sieve of a few bits a gram, about a kilobyte for
//! an article, says so at once: few branches are guessed wrong and no table is touched. Sorted grams of both texts,
//! merged, would have to be sorted and kept for every text.

use crate::overlap::Run;

/// Words of the grams by which two texts are laid on one another: denser and shorter than prints.
const DENSE: usize = 3;
/// Places of one gram that are looked at in either text.
const PLACES: u32 = 16;
/// Bits of the sieve to a slot of the table.
const SIEVE: usize = 8;
/// No place, no gram.
const NONE: u32 = u32::MAX;

/// Where the grams of a text stand.
#[derive(Clone, Debug, Default)]
pub(crate) struct Index {
    sieve: Vec<u64>,
    /// Numbers of grams by their hash; where two meet, the next slot. As many as a power of two.
    slots: Vec<u32>,
    /// How far a hash is moved to the right to become a bit of the sieve.
    shift: u32,
    grams: Vec<Gram>,
    /// By place: the next place of the same gram.
    next: Vec<u32>,
    /// Grams of another text that stand here: their number and their place there.
    met: Vec<(u32, u32)>,
}

/// A gram of the indexed text.
#[derive(Clone, Copy, Debug)]
struct Gram {
    first: u32,
    /// How often it stands here, and in the other text.
    here: u32,
    there: u32,
    /// The place the next one of the other text is laid on, where it is said over and over.
    turn: u32,
}

impl Index {
    /// The index of a text.
    pub(crate) fn new(words: &[u64]) -> Index {
        let mut index = Index::default();
        index.fill(words);
        index
    }

    /// Becomes the index of another text: the room is kept.
    pub(crate) fn fill(&mut self, words: &[u64]) {
        let size = (2 * words.len()).next_power_of_two().max(64);
        self.shift = u64::BITS - (size * SIEVE).ilog2();
        self.sieve.clear();
        self.sieve.resize(size * SIEVE / 64, 0);
        self.slots.clear();
        self.slots.resize(size, NONE);
        self.next.clear();
        self.next.resize(words.len(), NONE);
        self.grams.clear();
        // From behind, so that places of one gram are met in their order.
        for (place, gram) in words.array_windows().enumerate().rev() {
            let hash = hash(gram);
            let bit = (hash >> self.shift) as usize;
            self.sieve[bit / 64] |= 1 << (bit % 64);
            match self.find(words, gram, hash) {
                Ok(number) => {
                    let known = &mut self.grams[number as usize];
                    self.next[place] = known.first;
                    (known.first, known.turn, known.here) = (place as u32, place as u32, known.here + 1);
                }
                Err(slot) => {
                    self.slots[slot] = self.grams.len() as u32;
                    self.grams.push(Gram { first: place as u32, here: 1, there: 0, turn: place as u32 });
                }
            }
        }
    }

    /// The number of a gram, else the slot it would take.
    fn find(&self, words: &[u64], gram: &[u64; DENSE], hash: u64) -> Result<u32, usize> {
        let mut slot = (hash >> self.shift) as usize / SIEVE;
        loop {
            let number = self.slots[slot];
            let Some(known) = self.grams.get(number as usize) else { return Err(slot) };
            if words[known.first as usize..].first_chunk() == Some(gram) {
                return Ok(number);
            }
            slot = (slot + 1) & (self.slots.len() - 1);
        }
    }

    /// The longest runs of equal words of the indexed text and another, at least a gram long, sorted by their place
    /// here, then there; `runs` is room for them.
    pub(crate) fn runs(&mut self, here: &[u64], there: &[u64], runs: &mut Vec<Run>) {
        self.met.clear();
        for (place, gram) in there.array_windows().enumerate() {
            let hash = hash(gram);
            let bit = (hash >> self.shift) as usize;
            if self.sieve[bit / 64] >> (bit % 64) & 1 == 0 {
                continue;
            }
            if let Ok(number) = self.find(here, gram, hash) {
                self.grams[number as usize].there += 1;
                self.met.push((number, place as u32));
            }
        }
        runs.clear();
        for (number, j) in &self.met {
            let gram = &mut self.grams[*number as usize];
            if gram.here <= PLACES && gram.there <= PLACES {
                let mut i = gram.first;
                while i != NONE {
                    runs.extend(run_from(here, there, i, *j));
                    i = self.next[i as usize];
                }
            } else if gram.turn != NONE {
                // A phrase said over and over: the first place with the first, the second with the second.
                runs.extend(run_from(here, there, gram.turn, *j));
                gram.turn = self.next[gram.turn as usize];
            }
        }
        for (number, _) in &self.met {
            let gram = &mut self.grams[*number as usize];
            (gram.there, gram.turn) = (0, gram.first);
        }
        runs.sort_unstable_by_key(|run| (run.a, run.b));
    }
}

/// Words are hashed well already: their bits need no more mixing.
fn hash(gram: &[u64; DENSE]) -> u64 {
    gram.iter().fold(0, |h: u64, word| h.rotate_left(21) ^ word)
}

/// The run that begins at two places where a gram is equal, or `None` where an equal word stands before it.
fn run_from(here: &[u64], there: &[u64], i: u32, j: u32) -> Option<Run> {
    let (from_a, from_b) = (i as usize, j as usize);
    if i > 0 && j > 0 && here[from_a - 1] == there[from_b - 1] {
        return None;
    }
    let len = here[from_a..].iter().zip(&there[from_b..]).take_while(|(x, y)| x == y).count() as u32;
    Some(Run { a: i, b: j, len })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The same by looking at every two places; what is said over and over apart.
    fn plain(a: &[u64], b: &[u64]) -> Vec<Run> {
        let places = (0..a.len() as u32).flat_map(|i| (0..b.len() as u32).map(move |j| (i, j)));
        places.filter_map(|(i, j)| run_from(a, b, i, j)).filter(|run| run.len as usize >= DENSE).collect()
    }

    proptest! {
        #[test]
        fn every_run_is_found(a in proptest::collection::vec(0u64..9, 0..40), b in proptest::collection::vec(0u64..9, 0..40)) {
            let spread = |words: Vec<u64>| -> Vec<u64> { words.into_iter().map(crate::wording::mix).collect() };
            let (a, b) = (spread(a), spread(b));
            let often = |words: &[u64]| words.windows(DENSE).any(|gram| words.windows(DENSE).filter(|x| *x == gram).count() > PLACES as usize);
            prop_assume!(!often(&a) && !often(&b));
            let mut index = Index::new(&b);
            index.fill(&a);
            for _ in 0..2 {
                let mut runs = Vec::new();
                index.runs(&a, &b, &mut runs);
                prop_assert_eq!(runs, plain(&a, &b));
            }
        }
    }

    #[test]
    fn what_is_said_over_and_over_is_laid_in_turn() {
        let words: Vec<u64> = (0..120).map(|at| crate::wording::mix(at % 3)).collect();
        let mut index = Index::new(&words);
        let mut runs = Vec::new();
        index.runs(&words, &words, &mut runs);
        assert_eq!(runs, [Run { a: 0, b: 0, len: 120 }]);
        index.runs(&words, &words[3..], &mut runs);
        assert_eq!(runs.len(), 1);
    }
}
