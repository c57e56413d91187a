//! Wordings: a text as a row of word hashes with their places, the form in which texts are compared.

use model::Span;
use model::normalise::fold_word;
use model::script::unspaced;
use model::token::{TokenKind, next_token};

/// The words of a text in order: where each stands, and a hash of its folded form.
#[derive(Clone, Debug, Default)]
pub struct Wording {
    /// Where each word stands.
    pub spans: Vec<Span>,
    /// The hash of each word's folded form.
    pub hashes: Vec<u64>,
    /// What prints are made of where it differs from `hashes` (else empty): Cyrillic words without their endings,
    /// characters of scripts without spaces joined to the one that follows.
    keys: Vec<u64>,
    /// One bit a word: a figure, or a word that begins with a capital letter.
    slots: Vec<u64>,
    /// Two hashes of all words of a text in order, carried on with each: it costs nothing while the next is looked for.
    all: (u64, u64),
}

/// The words of one text, which may stand among those of others.
#[derive(Clone, Copy)]
pub(crate) struct Words<'w> {
    /// Where each word stands.
    pub(crate) spans: &'w [Span],
    /// The hash of each word's folded form.
    pub(crate) hashes: &'w [u64],
    keys: &'w [u64],
    slots: &'w [u64],
    /// The first word's bit.
    from: usize,
}

impl<'w> Words<'w> {
    /// How many.
    pub(crate) fn len(self) -> usize {
        self.hashes.len()
    }

    /// Whether a word is a figure or begins with a capital letter: what differs between two texts of one form.
    pub(crate) fn fills_a_slot(self, at: u32) -> bool {
        let at = self.from + at as usize;
        self.slots.get(at / 64).is_some_and(|bits| bits >> (at % 64) & 1 == 1)
    }

    /// What prints are made of, one a word.
    pub(crate) fn keys(self) -> &'w [u64] {
        self.keys
    }
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

    /// All words.
    pub(crate) fn words(&self) -> Words<'_> {
        self.part(0, self.len())
    }

    /// Some words in a row.
    pub(crate) fn part(&self, from: usize, to: usize) -> Words<'_> {
        let keys = if self.keys.is_empty() { &self.hashes } else { &self.keys };
        let (spans, hashes, keys) = (&self.spans[from..to], &self.hashes[from..to], &keys[from..to]);
        Words { spans, hashes, keys, slots: &self.slots, from }
    }

    /// The wording without the words in some stretches of the text.
    pub fn without(&self, stretches: &[Span]) -> Wording {
        let left = |at: &usize| {
            let span = self.spans[*at];
            !stretches.iter().any(|stretch| stretch.start() <= span.start() && span.end() <= stretch.end())
        };
        let kept: Vec<usize> = (0..self.len()).filter(left).collect();
        let mut wording = Wording::default();
        for at in kept {
            let key = self.keys.get(at).copied();
            wording.push(self.spans[at], self.hashes[at], key, self.words().fills_a_slot(at as u32));
        }
        wording
    }

    /// Makes room for the words of so many bytes: few texts have more.
    pub(crate) fn reserve_for(&mut self, bytes: usize) {
        self.spans.reserve(bytes / 5);
        self.hashes.reserve(bytes / 5);
    }
}

/// Letters by which a Cyrillic word is known in prints: what follows is mostly case, number and, in Kazakh, suffixes.
const STEM: usize = 5;

/// The wording of a text.
pub fn wording(text: &str) -> Wording {
    let mut wording = Wording::default();
    wording.reserve_for(text.len());
    wording.add(text);
    wording.spans.shrink_to_fit();
    wording.hashes.shrink_to_fit();
    wording
}

impl Wording {
    /// Adds the words of a text; gives what texts of equal words have in common, `None` where there are no words.
    pub(crate) fn add(&mut self, text: &str) -> Option<u128> {
        self.all = (0, 0);
        let from = self.len();
        let mut folded = String::new();
        // The last word, where it is a character of a script without spaces that waits for the next.
        let mut waits = false;
        let mut at = 0;
        loop {
            // Nearly all words of most texts are plain: letters between spaces.
            waits &= self.add_plain(text.as_bytes(), &mut at) == 0;
            let Some(token) = next_token(text, &mut at) else { break };
            if token.kind == TokenKind::Mark {
                continue;
            }
            let word = token.span.of(text);
            if word.is_ascii() {
                let bytes = without_possessive(word.as_bytes());
                if !bytes.is_empty() {
                    let slot = word.starts_with(|c: char| c.is_ascii_digit() || c.is_ascii_uppercase());
                    self.push(token.span, hash(bytes), None, slot);
                    waits = false;
                }
                continue;
            }
            fold_word(word, &mut folded);
            let bytes = without_possessive(folded.as_bytes());
            if bytes.is_empty() {
                continue;
            }
            let own = hash(bytes);
            let first = word.chars().next();
            let joined = first.is_some_and(unspaced);
            if waits
                && joined
                && let Some(key) = self.keys.last_mut()
            {
                *key = mix(key.rotate_left(21) ^ own);
            }
            waits = joined;
            let key = match first {
                Some('\u{0400}'..='\u{052F}') => hash(without_ending(&folded).as_bytes()),
                _ => own,
            };
            self.push(
                token.span,
                own,
                (joined || key != own).then_some(key),
                first.is_some_and(|c| c.is_uppercase() || c.is_numeric()),
            );
        }
        let (x, y) = self.all;
        (self.len() > from).then_some(u128::from(x) << 64 | u128::from(y))
    }

    /// Adds words of ASCII letters as long as only spaces stand between them and nothing is joined to them; counts
    /// them.
    fn add_plain(&mut self, bytes: &[u8], at: &mut usize) -> usize {
        let before = self.len();
        while let Some((span, own)) = plain_word(bytes, at) {
            self.push(span, own, None, bytes[span.start()].is_ascii_uppercase());
        }
        self.len() - before
    }

    #[inline]
    fn push(&mut self, span: Span, own: u64, key: Option<u64>, slot: bool) {
        match key {
            Some(key) => {
                // The first key of its own kind: until here prints were made of the hashes.
                self.keys.extend_from_slice(&self.hashes[self.keys.len()..]);
                self.keys.push(key);
            }
            None if !self.keys.is_empty() => self.keys.push(own),
            None => {}
        }
        let at = self.hashes.len();
        if at.is_multiple_of(64) {
            self.slots.push(0);
        }
        if slot && let Some(bits) = self.slots.last_mut() {
            *bits |= 1 << (at % 64);
        }
        let (x, y) = self.all;
        self.all = (mix(x ^ own), y.rotate_left(23).wrapping_mul(SEED) ^ own);
        self.spans.push(span);
        self.hashes.push(own);
    }
}

/// The word of ASCII letters that begins at or after a byte, and its hash, where only spaces stand before it and
/// nothing is joined to it. The last bytes of a text are left to others.
#[inline]
fn plain_word(bytes: &[u8], at: &mut usize) -> Option<(Span, u64)> {
    while bytes.get(*at).is_some_and(|byte| matches!(byte, b' ' | b'\n' | b',' | b'.')) {
        *at += 1;
    }
    let start = *at;
    let (eight_bytes, _) = bytes[start..].split_first_chunk::<8>()?;
    let first = u64::from_le_bytes(*eight_bytes);
    let mut length = letters(first);
    if length == 0 {
        return None;
    }
    while length.is_multiple_of(8) {
        let more = letters(u64::from_le_bytes(*bytes[start + length..].first_chunk()?));
        length += more;
        if more == 0 {
            break;
        }
    }
    let end = start + length;
    let closed =
        bytes.get(end).is_none_or(|byte| matches!(byte, b' ' | b'\n' | b',' | b'.' | b'-' | b')' | b'"'));
    if !closed {
        return None;
    }
    *at = end;
    // Most words end within the eight bytes that are looked at, and are hashed at once.
    let some = |eight: u64, letters: usize| (eight & (!0 >> (64 - 8 * letters.min(8)))) | LOWER;
    let mut hash = mix(SEED ^ length as u64 ^ some(first, length));
    let mut hashed = 8;
    while hashed < length
        && let Some(next) = bytes[start + hashed..].first_chunk()
    {
        hash = mix(hash ^ some(u64::from_le_bytes(*next), length - hashed));
        hashed += 8;
    }
    Some((Span::new(start, end), hash))
}

/// How many of eight bytes are ASCII letters before the first that is none.
fn letters(eight: u64) -> usize {
    const EACH: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = 0x80 * EACH;
    // Sums that pass into the highest bit of a byte: from `a`, past `z`.
    let lower = (eight | LOWER) & !HIGH;
    let (from_a, past_z) = (lower + (0x80 - 0x61) * EACH, lower + (0x80 - 0x7B) * EACH);
    let other = (!from_a | past_z | eight) & HIGH;
    other.trailing_zeros() as usize / 8
}

fn without_possessive(word: &[u8]) -> &[u8] {
    match word {
        [stem @ .., b'\'', b's' | b'S'] => stem,
        _ => word,
    }
}

fn without_ending(word: &str) -> &str {
    word.char_indices().nth(STEM).map_or(word, |(end, _)| &word[..end])
}

/// Of letters, digits and the marks inside words only capital letters lack this bit.
const LOWER: u64 = 0x2020_2020_2020_2020;
const SEED: u64 = 0x9e37_79b9_7f4a_7c15;

/// A hash of a folded word, eight bytes at a time: the same on every machine and in every version, as stored
/// prints demand. ASCII letters count as lower case.
fn hash(bytes: &[u8]) -> u64 {
    match bytes.is_ascii() {
        true => hash_letters(bytes),
        false => bytes.chunks(8).fold(SEED ^ bytes.len() as u64, |h, chunk| mix(h ^ eight(chunk))),
    }
}

/// The same of ASCII letters, digits and marks.
fn hash_letters(bytes: &[u8]) -> u64 {
    bytes.chunks(8).fold(SEED ^ bytes.len() as u64, |h, chunk| mix(h ^ (eight(chunk) | LOWER)))
}

fn eight(chunk: &[u8]) -> u64 {
    match <[u8; 8]>::try_from(chunk) {
        Ok(whole) => u64::from_le_bytes(whole),
        Err(_) => chunk.iter().rev().fold(0, |word, byte| word << 8 | u64::from(*byte)),
    }
}

/// The finisher of SplitMix64 (Steele, Lea & Flood 2014).
pub(crate) fn mix(mut h: u64) -> u64 {
    h = (h ^ (h >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    h = (h ^ (h >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    h ^ (h >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_marks_and_possessives_do_not_matter() {
        let (a, b) = (wording("Okafor’s CAFÉ opened"), wording("okafor café, opened!"));
        assert_eq!(a.hashes, b.hashes);
        assert_ne!(a.hashes, wording("okafors cafe opened").hashes);
        assert_eq!(wording("ABCDEFGHIJ").hashes, wording("abcdefghij").hashes);
    }

    #[test]
    fn letters_are_counted_up_to_the_first_other_byte() {
        for byte in 0..=u8::MAX {
            let of = |bytes: [u8; 8]| letters(u64::from_le_bytes(bytes));
            assert_eq!(of([byte; 8]), if byte.is_ascii_alphabetic() { 8 } else { 0 }, "{byte}");
            let third = if byte.is_ascii_alphabetic() { 4 } else { 2 };
            assert_eq!(of([b'z', b'A', byte, b'a', b'{', b'Z', b'm', b'b']), third, "{byte}");
        }
    }

    #[test]
    fn plain_words_are_found_as_all_words_are() {
        let text = "A b-c d's 1,212 x. e.g. Łódź, café (so) 'it' O'Neil, end";
        let mut at = 0;
        let mut words = Vec::new();
        while let Some(token) = next_token(text, &mut at) {
            words.extend((token.kind != TokenKind::Mark).then_some(token.span));
        }
        assert_eq!(wording(text).spans, words);
        let long = "internationalisation of interoperability, abcdefgh abcdefghijklmnop; A";
        for word in wording(&format!("{long} and more of it")).hashes.iter().zip(long.split(' ')) {
            assert_eq!(*word.0, wording(word.1).hashes[0], "{}", word.1);
        }
        assert_eq!(wording("Neil neil, NEIL.").hashes.windows(2).filter(|two| two[0] == two[1]).count(), 2);
    }

    #[test]
    fn prints_of_inflected_words_meet() {
        let (a, b) = (wording("в городе митинг"), wording("в города митингом"));
        assert_ne!(a.hashes, b.hashes);
        assert_eq!(a.words().keys(), b.words().keys());
        assert_eq!(wording("plain words").words().keys(), wording("plain words").hashes);
        assert_eq!(wording("и before after").words().keys().len(), 3);
    }

    #[test]
    fn characters_without_spaces_are_joined_in_prints() {
        let (a, b) = (wording("東山海"), wording("山海"));
        assert_eq!(a.words().keys()[1..], b.words().keys()[..]);
        assert_ne!(a.words().keys()[1], a.hashes[1]);
    }
}
