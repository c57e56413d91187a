//! Sheaves: some texts made ready to be compared, in arrays they share.
//!
//! A corpus has many short texts. Arrays of their own would be asked for one by one, and every page of memory
//! with them.

use super::seed::{Sketch, parted};
use crate::print::{PASSING, add_passing_places, print_at};
use crate::wording::{Wording, Words};
use model::Span;
use std::sync::OnceLock;

/// Texts made ready.
#[derive(Default)]
pub struct Sheaf {
    words: Wording,
    /// The words at which prints begin, each from the first of its text.
    places: Vec<u32>,
    ends: Vec<End>,
}

/// Where a text ends in the arrays, and what is known of it alone.
struct End {
    words: usize,
    places: usize,
    identity: Option<u128>,
    quoted: OnceLock<Vec<Span>>,
}

/// A text of a sheaf.
#[derive(Clone, Copy)]
pub struct Ready<'s> {
    pub(super) words: Words<'s>,
    /// The words at which its prints begin.
    pub(super) places: &'s [u32],
    /// What texts of equal words have in common; `None` where it has no words.
    pub(super) identity: Option<u128>,
    /// Where it quotes, once that is asked for.
    pub(super) quoted: &'s OnceLock<Vec<Span>>,
}

impl Sheaf {
    /// Makes texts ready.
    pub fn new(texts: &[&str]) -> Sheaf {
        let mut sheaf = Sheaf::default();
        let bytes: usize = texts.iter().map(|text| text.len()).sum();
        sheaf.words.reserve_for(bytes);
        sheaf.places.reserve(bytes / 12);
        for text in texts {
            let from = sheaf.words.len();
            let identity = sheaf.words.add(text);
            add_passing_places(sheaf.words.part(from, sheaf.words.len()).keys(), &mut sheaf.places);
            let (words, places) = (sheaf.words.len(), sheaf.places.len());
            sheaf.ends.push(End { words, places, identity, quoted: OnceLock::new() });
        }
        sheaf
    }

    /// The text of a number.
    pub fn ready(&self, at: usize) -> Ready<'_> {
        let (words, places) = match at.checked_sub(1) {
            Some(before) => (self.ends[before].words, self.ends[before].places),
            None => (0, 0),
        };
        let end = &self.ends[at];
        Ready {
            words: self.words.part(words, end.words),
            places: &self.places[places..end.places],
            identity: end.identity,
            quoted: &end.quoted,
        }
    }

    /// The hashes of all words.
    pub(super) fn hashes(&self) -> &[u64] {
        &self.words.hashes
    }

    /// How many prints there are.
    pub(super) fn prints(&self) -> usize {
        self.places.len()
    }
}

impl<'s> Ready<'s> {
    /// What a first pass keeps of it.
    pub fn sketch(self) -> Sketch {
        Sketch { identity: self.identity, prints: self.prints().collect() }
    }

    /// Its prints in text order: partition, print, and the word it stands at.
    pub(super) fn prints(self) -> impl Iterator<Item = (u8, u32, u32)> + 's {
        self.places.iter().map(move |at| {
            let (partition, print) = parted(print_at(self.words.keys(), *at, PASSING));
            (partition, print, *at)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_among_others_is_as_it_is_alone() {
        let texts = [
            "One, two, three, four, five six",
            "",
            "в городе Митинг и шествие 5 мая",
            "東山海 Two three",
            "end 7",
        ];
        let together = Sheaf::new(&texts);
        for (at, text) in texts.iter().enumerate() {
            let alone = Sheaf::new(&[text]);
            let (x, y) = (together.ready(at), alone.ready(0));
            assert_eq!((x.words.spans, x.words.hashes), (y.words.spans, y.words.hashes));
            assert_eq!(
                (x.words.keys(), x.places, x.identity),
                (y.words.keys(), y.places, y.identity),
                "{text}"
            );
            let slots =
                |words: Words| (0..words.len() as u32).map(|at| words.fills_a_slot(at)).collect::<Vec<_>>();
            assert_eq!(slots(x.words), slots(y.words));
        }
    }
}
