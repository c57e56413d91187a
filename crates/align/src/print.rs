//! Prints: a sparse choice of word grams by which texts find one another.
//!
//! Winnowing (Schleimer, Wilkerson & Aiken 2003): of some consecutive grams the one with the least hash is kept,
//! so that two texts sharing enough words in a row share at least one print.

use crate::wording::{Wording, mix};

/// How sparse prints are.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sparsity {
    /// Words in a gram.
    pub(crate) gram: usize,
    /// Grams of which one is kept. Any `gram + window - 1` words in a row that two texts share hold a print.
    pub(crate) window: usize,
}

/// The prints a case stores: nine words in a row are always found. Denser ones would make the case larger than
/// three times its text.
pub(crate) const STORED: Sparsity = Sparsity { gram: 4, window: 6 };
/// The prints of a corpus that is searched once and stores nothing: six words in a row are always found.
pub(crate) const PASSING: Sparsity = Sparsity { gram: 3, window: 4 };
/// Bits of a print: few enough to pack, enough that chance meetings stay rare and fall to verification.
pub const PRINT_BITS: u32 = 40;

/// A gram's hash, of which prints are the upper bits.
fn gram_hash(words: &[u64]) -> u64 {
    mix(words.iter().fold(0, |h: u64, word| h.rotate_left(17).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ word))
}

/// The print that begins at a word, below 2⁴⁰.
pub(crate) fn print_at(words: &[u64], place: u32, sparsity: Sparsity) -> u64 {
    gram_hash(&words[place as usize..place as usize + sparsity.gram]) >> (u64::BITS - PRINT_BITS)
}

/// Adds the words at which prints begin, in order: the first of the least of every so many grams.
fn add_places<const GRAM: usize, const WINDOW: usize>(words: &[u64], places: &mut Vec<u32>) {
    let grams: Vec<u64> = words.array_windows::<GRAM>().map(|gram| gram_hash(gram)).collect();
    if grams.len() < WINDOW {
        let least = (0..grams.len()).min_by_key(|at| grams[*at]);
        places.extend(least.map(|at| at as u32));
        return;
    }
    let before = places.len();
    places.resize(before + grams.len(), 0);
    let added = &mut places[before..];
    let (mut count, mut last) = (0, u32::MAX);
    // Nobody can guess where the least gram stands: everything is written down and what repeats is written over.
    for (start, window) in (0..).zip(grams.array_windows::<WINDOW>()) {
        let (mut least, mut at) = (window[0], start);
        for (gram, place) in window[1..].iter().zip(start + 1..) {
            let less = *gram < least;
            least = if less { *gram } else { least };
            at = if less { place } else { at };
        }
        added[count] = at;
        count += usize::from(at != last);
        last = at;
    }
    places.truncate(before + count);
}

/// Adds the places of the prints of a text of a corpus.
pub(crate) fn add_passing_places(words: &[u64], places: &mut Vec<u32>) {
    add_places::<{ PASSING.gram }, { PASSING.window }>(words, places);
}

/// The stored prints of a wording with the word each begins at, in text order.
pub(crate) fn placed_prints(wording: &Wording) -> Vec<(u64, u32)> {
    let keys = wording.words().keys();
    let mut places = Vec::new();
    add_places::<{ STORED.gram }, { STORED.window }>(keys, &mut places);
    places.into_iter().map(|at| (print_at(keys, at, STORED), at)).collect()
}

/// The stored prints of a wording, sorted, none twice.
pub fn prints(wording: &Wording) -> Vec<u64> {
    let placed = placed_prints(wording);
    let mut prints: Vec<u64> = placed.into_iter().map(|(print, _)| print).collect();
    prints.sort_unstable();
    prints.dedup();
    prints
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wording::wording;

    #[test]
    fn nine_words_in_a_row_are_always_found() {
        let shared = "the ministry said on the evening of that day";
        let a = prints(&wording(&format!("Nobody knows why, but {shared} the fifth it closed")));
        let b = prints(&wording(&format!("As it is told here {shared} another day")));
        assert!(a.iter().any(|print| b.contains(print)));
    }
}
