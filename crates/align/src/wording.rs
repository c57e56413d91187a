//! Wordings: a text as a row of word hashes with their places, the form in which texts are compared.

use model::Span;
use model::token::for_each_word;

/// The words of a text in order: where each stands, and a hash of its folded form.
#[derive(Clone, Debug, Default)]
pub struct Wording {
    /// Where each word stands.
    pub spans: Vec<Span>,
    /// The hash of each word's folded form.
    pub hashes: Vec<u64>,
}

impl Wording {
    /// How many words.
    pub fn len(&self) -> usize {
        self.hashes.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.hashes.is_empty()
    }
}

/// The wording of a text.
pub fn wording(text: &str) -> Wording {
    let mut wording = Wording::default();
    for_each_word(text, |span, word| {
        wording.spans.push(span);
        wording.hashes.push(hash(word.as_bytes()));
    });
    wording
}

/// FNV-1a with a finisher: the same on every machine and in every version, as stored prints demand.
fn hash(bytes: &[u8]) -> u64 {
    let fnv = bytes
        .iter()
        .fold(0xcbf2_9ce4_8422_2325, |h: u64, b| (h ^ u64::from(*b)).wrapping_mul(0x0100_0000_01b3));
    mix(fnv)
}

/// The finisher of SplitMix64 (Steele, Lea & Flood 2014).
pub(crate) fn mix(mut h: u64) -> u64 {
    h = (h ^ (h >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    h = (h ^ (h >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    h ^ (h >> 31)
}
