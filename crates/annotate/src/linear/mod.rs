//! Linear models: weights of features by label, read where they lie.
//!
//! A feature is a number of 32 bits, made of its kind and the words it looks at ([`mix`]); two features that
//! meet in one number share their weights. Weights are whole numbers of one byte, so that a sum of them is
//! exact and the same everywhere.

pub mod learn;

/// Weights of features, from the bytes a learner packed.
///
/// Layout, little-endian: the count of features (4 bytes), of bytes of rows (4); for each of the 65,536 values of
/// the upper half of a feature the place of its first key (4 each, one more at the end); the lower halves in
/// order (2 each); the places of their rows (4 each); the rows, each its length and then pairs of label and weight.
pub struct Linear {
    buckets: &'static [u8],
    keys: &'static [u8],
    places: &'static [u8],
    rows: &'static [u8],
}

const BUCKETS: usize = 1 << 16;

impl Linear {
    /// The weights that ship with the program.
    ///
    /// # Panics
    /// If the bytes are not what a learner packed.
    pub fn read(bytes: &'static [u8]) -> Linear {
        let number = |at: usize| four(bytes, at) as usize;
        let (features, rows) = (number(0), number(4));
        let rest = &bytes[8..];
        let (buckets, rest) = rest.split_at(4 * (BUCKETS + 1));
        let (keys, rest) = rest.split_at(2 * features);
        let (places, rest) = rest.split_at(4 * features);
        assert_eq!(rest.len(), rows, "the weights that ship with the program are whole");
        Linear { buckets, keys, places, rows: rest }
    }

    fn row(&self, feature: u32) -> &[u8] {
        let bucket = (feature >> 16) as usize;
        let (from, to) =
            (four(self.buckets, 4 * bucket) as usize, four(self.buckets, 4 * bucket + 4) as usize);
        let key = (feature as u16).to_le_bytes();
        let keys = &self.keys[2 * from..2 * to];
        let Some(at) = keys.chunks_exact(2).position(|known| known == key) else { return &[] };
        let place = four(self.places, 4 * (from + at)) as usize;
        let length = usize::from(self.rows[place]);
        &self.rows[place + 1..place + 1 + 2 * length]
    }
}

fn four(bytes: &[u8], at: usize) -> u32 {
    bytes.get(at..at + 4).and_then(|four| four.try_into().ok()).map_or(0, u32::from_le_bytes)
}

/// What gives each label its weight under a feature: weights that ship, or weights still being learnt.
pub trait Weigh {
    /// Adds the weights of a feature to those of the labels.
    fn weigh(&self, feature: u32, into: &mut [f32]);
}

impl Weigh for Linear {
    fn weigh(&self, feature: u32, into: &mut [f32]) {
        for pair in self.row(feature).chunks_exact(2) {
            if let Some(sum) = into.get_mut(usize::from(pair[0])) {
                *sum += f32::from(pair[1] as i8);
            }
        }
    }
}

/// A number made of two: of the kind of a feature and what it looks at.
pub fn mix(a: u32, b: u32) -> u32 {
    let mut x = (u64::from(a) << 32 | u64::from(b)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    x ^= x >> 29;
    x = x.wrapping_mul(0xBF58_476D_1CE4_E5B9);
    (x >> 32) as u32
}

/// The number of some letters.
pub fn number_of(letters: &str) -> u32 {
    // FNV-1a of 32 bits, mixed once more at the use.
    letters.bytes().fold(0x811C_9DC5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}
