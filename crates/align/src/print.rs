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

/// The hash of every gram, in order; one fewer than the words less the gram's length.
pub(crate) fn grams(words: &[u64], gram: usize) -> impl Iterator<Item = u64> + '_ {
    words.windows(gram).map(|words| {
        mix(words.iter().fold(0, |h: u64, word| h.rotate_left(17).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ word))
    })
}

/// The prints of a wording with the word each begins at, in text order; each below 2⁴⁰.
pub(crate) fn placed_prints(wording: &Wording, sparsity: Sparsity) -> Vec<(u64, u32)> {
    let grams: Vec<u64> = grams(wording.keys(), sparsity.gram).collect();
    let mut prints: Vec<(u64, u32)> = Vec::with_capacity(2 * grams.len() / (sparsity.window + 1) + 1);
    let window = sparsity.window.min(grams.len()).max(1);
    // The place of the least gram of the window, the first of equals.
    let mut at = usize::MAX;
    for end in window..=grams.len() {
        let start = end - window;
        if at < start || at == usize::MAX {
            at = start;
            for place in start..end {
                if grams[place] < grams[at] {
                    at = place;
                }
            }
        } else if grams[end - 1] < grams[at] {
            at = end - 1;
        } else {
            continue;
        }
        prints.push((grams[at] >> (u64::BITS - PRINT_BITS), at as u32));
    }
    prints
}

/// The stored prints of a wording, sorted, none twice.
pub fn prints(wording: &Wording) -> Vec<u64> {
    let placed = placed_prints(wording, STORED);
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
