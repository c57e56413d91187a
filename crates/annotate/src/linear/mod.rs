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

    /// First and last key of the upper half of a feature.
    fn bucket(&self, feature: u32) -> (usize, usize) {
        let bucket = (feature >> 16) as usize;
        (four(self.buckets, 4 * bucket) as usize, four(self.buckets, 4 * bucket + 4) as usize)
    }

    /// Which of the keys of a bucket is that of a feature.
    fn number(&self, feature: u32, (from, to): (usize, usize)) -> Option<usize> {
        let key = feature as u16;
        let keys = self.keys[2 * from..2 * to].as_chunks::<2>().0;
        // Keys are in order: how many come before is counted without a branch, several at once.
        let at =
            usize::from(keys.iter().map(|known| u16::from(u16::from_le_bytes(*known) < key)).sum::<u16>());
        keys.get(at).filter(|known| u16::from_le_bytes(**known) == key).map(|_| from + at)
    }

    /// Adds the labels and weights of the row at a place.
    fn add(&self, place: usize, into: &mut [f32]) {
        let length = usize::from(self.rows[place]);
        for [label, weight] in self.rows[place + 1..place + 1 + 2 * length].as_chunks::<2>().0 {
            if let Some(sum) = into.get_mut(usize::from(*label)) {
                *sum += f32::from(*weight as i8);
            }
        }
    }
}

fn four(bytes: &[u8], at: usize) -> u32 {
    bytes.get(at..at + 4).and_then(|four| four.try_into().ok()).map_or(0, u32::from_le_bytes)
}

/// What gives each label its weight under a feature: weights that ship, or weights still being learnt.
pub trait Weigh {
    /// Adds the weights of a feature to those of the labels.
    fn weigh(&self, feature: u32, into: &mut [f32]);

    /// Adds the weights of many features.
    fn weigh_all(&self, features: &[u32], into: &mut [f32]) {
        features.iter().for_each(|feature| self.weigh(*feature, into));
    }
}

/// Features whose rows are sought together.
const TOGETHER: usize = 32;

impl Weigh for Linear {
    fn weigh(&self, feature: u32, into: &mut [f32]) {
        if let Some(number) = self.number(feature, self.bucket(feature)) {
            self.add(four(self.places, 4 * number) as usize, into);
        }
    }

    /// Each row is four reads, each leading to the next, in tables larger than a cache. The first reads of many features are made side
    /// by side, then the second, so that they are waited for together.
    fn weigh_all(&self, features: &[u32], into: &mut [f32]) {
        for some in features.chunks(TOGETHER) {
            let mut buckets = [(0, 0); TOGETHER];
            let mut rows = [0; TOGETHER];
            let mut touched = 0;
            for (bucket, feature) in buckets.iter_mut().zip(some) {
                *bucket = self.bucket(*feature);
                touched ^= self.keys.get(2 * bucket.0).copied().unwrap_or(0);
            }
            let mut found = 0;
            for (bucket, feature) in buckets.iter().zip(some) {
                if let Some(number) = self.number(*feature, *bucket) {
                    rows[found] = four(self.places, 4 * number) as usize;
                    found += 1;
                }
            }
            for row in &rows[..found] {
                touched ^= self.rows[*row];
            }
            std::hint::black_box(touched);
            rows[..found].iter().for_each(|row| self.add(*row, into));
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
