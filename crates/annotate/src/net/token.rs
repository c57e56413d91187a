//! What stands for a word in a net: a hundred published numbers, and some that its last letters have.

use crate::linear::number_of;
use crate::syntax::Form;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Numbers that stand for a word, the published ones.
pub(crate) const WORD: usize = 100;
/// Numbers that stand for its last letters.
pub(crate) const TAIL: usize = 28;
/// Numbers that stand for a word in all.
pub(crate) const TOKEN: usize = WORD + TAIL;
/// Rows of last letters; letters that meet in one share it.
pub(crate) const TAILS: usize = 2048;
/// What one of the whole numbers of words is worth.
pub(crate) const UNIT: f32 = 1.0 / 48.0;

/// Row of the last letters of a word.
pub(crate) fn tail(form: &Form) -> usize {
    form.suffix[2] as usize % TAILS
}

/// The words whose numbers ship, by key.
///
/// Layout, little-endian: how many there are (4 bytes), their keys in order (4 each), their numbers (1 each).
struct Words {
    keys: Vec<u32>,
    numbers: &'static [u8],
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let bytes: &'static [u8] = include_bytes!("../../weights/words.bin");
    let (count, rest) = bytes.split_at(4);
    let count = count.try_into().map_or(0, u32::from_le_bytes) as usize;
    let (keys, numbers) = rest.split_at(4 * count);
    Words { keys: keys.as_chunks::<4>().0.iter().map(|four| u32::from_le_bytes(*four)).collect(), numbers }
});

/// The published numbers of a word.
pub(crate) fn numbers(key: u32) -> Option<&'static [u8]> {
    let words = &*WORDS;
    words.keys.binary_search(&key).ok().map(|at| &words.numbers[at * WORD..][..WORD])
}

/// The keys of all words, and their numbers.
pub(super) fn all() -> (Vec<u32>, Vec<f32>) {
    let words = &*WORDS;
    (words.keys.clone(), words.numbers.iter().map(|number| f32::from(*number as i8) * UNIT).collect())
}

/// Words in lower case with a hundred numbers each as they ship, brought to one size.
pub fn pack(words: &[(String, Vec<f32>)]) -> Vec<u8> {
    let all = || words.iter().flat_map(|(_, numbers)| numbers.iter().take(WORD));
    let spread = (all().map(|x| x * x).sum::<f32>() / all().count().max(1) as f32).sqrt();
    let mut known: BTreeMap<u32, Vec<f32>> = BTreeMap::new();
    for (word, numbers) in words {
        let scaled = || numbers.iter().take(WORD).map(|x| x * 0.5 / spread).collect();
        known.entry(number_of(word)).or_insert_with(scaled);
    }
    let mut out = Vec::new();
    out.extend_from_slice(&(known.len() as u32).to_le_bytes());
    known.keys().for_each(|key| out.extend_from_slice(&key.to_le_bytes()));
    known.values().for_each(|numbers| out.extend(bytes_of(&whole(numbers, UNIT))));
    out
}

/// Numbers as bytes, one being worth a unit.
pub(crate) fn whole(values: &[f32], unit: f32) -> Vec<i8> {
    values.iter().map(|value| (value / unit).round().clamp(-127.0, 127.0) as i8).collect()
}

pub(super) fn bytes_of(numbers: &[i8]) -> impl Iterator<Item = u8> + '_ {
    numbers.iter().map(|number| *number as u8)
}

pub(crate) fn halves(bytes: &[u8]) -> Vec<i16> {
    bytes.as_chunks::<2>().0.iter().map(|two| i16::from_le_bytes(*two)).collect()
}
