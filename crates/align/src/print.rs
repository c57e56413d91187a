//! Prints: a sparse choice of word 4-grams by which texts find one another.
//!
//! Winnowing (Schleimer, Wilkerson & Aiken 2003): of every six consecutive grams the one with the least
//! hash is kept, so that two texts sharing any nine words in a row share at least one print.

use crate::wording::{Wording, mix};

/// Words in a gram.
pub const GRAM: usize = 4;
/// Grams of which one is kept.
const WINDOW: usize = 6;
/// Bits of a print: few enough to pack, enough that chance meetings stay rare and fall to verification.
pub const PRINT_BITS: u32 = 40;

/// The hash of every gram, in order; one fewer than the words less the gram's length.
pub(crate) fn grams(wording: &Wording) -> Vec<u64> {
    wording
        .hashes
        .windows(GRAM)
        .map(|gram| {
            mix(gram
                .iter()
                .fold(0, |h: u64, word| h.rotate_left(17).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ word))
        })
        .collect()
}

/// The prints of a wording with the word each begins at, in text order; each below 2⁴⁰.
pub(crate) fn placed_prints(wording: &Wording) -> Vec<(u64, u32)> {
    let grams = grams(wording);
    let mut prints: Vec<(u64, u32)> = Vec::with_capacity(grams.len() / 2 + 1);
    let window = WINDOW.min(grams.len()).max(1);
    for (from, window) in grams.windows(window).enumerate() {
        let least = window.iter().enumerate().min_by_key(|(at, gram)| (**gram, *at));
        let Some((at, gram)) = least else { continue };
        let place = (from + at) as u32;
        if prints.last().is_none_or(|(_, last)| *last != place) {
            prints.push((*gram >> (u64::BITS - PRINT_BITS), place));
        }
    }
    prints
}

/// The prints of a wording, sorted, none twice.
pub fn prints(wording: &Wording) -> Vec<u64> {
    let mut prints: Vec<u64> = placed_prints(wording).into_iter().map(|(print, _)| print).collect();
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
