//! Collation: where the witnesses of one text differ, and how each reads there.
//!
//! All witnesses are laid on the longest. Between its words and at each of them a witness has a reading or none that
//! is known (it lacks the whole passage). Neighbouring places at which the witnesses fall apart in the same way
//! are one variation: a phrase left out is one change, not five.

use crate::overlap::overlaps;
use crate::wording::{Wording, mix};
use model::Span;
use std::collections::BTreeMap;

/// A witness lacks the passage: how it would read cannot be told.
pub(crate) const MISSING: u32 = u32::MAX;
/// The reading of the longest witness.
const SAME: u64 = 1;
/// The reading of a witness that leaves the word out.
const LEFT_OUT: u64 = 0;
/// Words that may be missing or added before a passage counts as lost or as the witness's own.
const PASSAGE: usize = 14;

/// A place at which witnesses differ.
#[derive(Clone, Debug)]
pub(crate) struct Variation {
    /// The word of the longest witness it stands at.
    pub(crate) at: u32,
    /// The last of its words in the longest witness.
    pub(crate) until: u32,
    /// How each witness reads, numbered from 0; [`MISSING`] where it lacks the passage.
    pub(crate) readings: Vec<u32>,
    /// The words of each witness that are its reading, end-exclusive.
    pub(crate) around: Vec<(u32, u32)>,
}

/// The variations of witnesses, and what share of the longest each of them has.
#[derive(Clone, Debug)]
pub(crate) struct Collation {
    pub(crate) variations: Vec<Variation>,
    /// Passages of the longest witness that a witness lacks: first and last word.
    pub(crate) lost: Vec<Vec<(u32, u32)>>,
}

/// What stands before the first and after the last equal word of a witness.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ends {
    /// Readings like others.
    Read,
    /// Titles, date lines, footers: they tell nothing of descent.
    Left,
}

/// Lays witnesses on the longest of them (the first of equals).
pub(crate) fn collate(witnesses: &[&Wording], ends: Ends) -> Collation {
    let longest =
        (0..witnesses.len()).max_by_key(|at| (witnesses[*at].len(), std::cmp::Reverse(*at))).unwrap_or(0);
    let base = witnesses[longest];
    let laid: Vec<Laid> = witnesses
        .iter()
        .enumerate()
        .map(|(at, witness)| if at == longest { Laid::whole(base.len()) } else { Laid::new(base, witness) })
        .collect();
    let mut variations: Vec<Variation> = Vec::new();
    for place in 0..=base.len() {
        for slot in [Slot::Before, Slot::Word] {
            let raw: Vec<Option<u64>> = laid
                .iter()
                .zip(witnesses)
                .map(|(laid, witness)| laid.reading(slot, place, base, witness, ends))
                .collect();
            let readings = numbered(&raw);
            if readings.iter().filter(|reading| **reading != MISSING).max() < Some(&1) {
                continue;
            }
            let around = laid.iter().map(|laid| laid.around(place));
            let last = variations.last_mut();
            match last.filter(|last| last.readings == readings && place as u32 - last.until <= 1) {
                Some(last) => {
                    last.until = place as u32;
                    for (so_far, here) in last.around.iter_mut().zip(around) {
                        so_far.1 = so_far.1.max(here.1);
                    }
                }
                None => {
                    let (at, around) = (place as u32, around.collect());
                    variations.push(Variation { at, until: at, readings, around });
                }
            }
        }
    }
    Collation { variations, lost: laid.into_iter().map(|laid| laid.lost).collect() }
}

#[derive(Clone, Copy, PartialEq)]
enum Slot {
    /// What stands before a word of the longest witness and not in it.
    Before,
    /// The word itself.
    Word,
}

/// A witness laid on the longest.
struct Laid {
    /// For each word of the longest the equal word of the witness.
    word: Vec<Option<u32>>,
    lost: Vec<(u32, u32)>,
    /// Words of the witness.
    words: u32,
}

impl Laid {
    fn whole(words: usize) -> Laid {
        Laid { word: (0..words as u32).map(Some).collect(), lost: Vec::new(), words: words as u32 }
    }

    fn new(base: &Wording, witness: &Wording) -> Laid {
        let mut word = vec![None; base.len()];
        for overlap in overlaps(base, witness) {
            for (in_base, in_witness, words) in overlap.runs {
                for at in 0..words {
                    word[(in_base + at) as usize] = Some(in_witness + at);
                }
            }
        }
        let mut lost = Vec::new();
        let mut from = 0;
        for at in 0..=word.len() {
            if at == word.len() || word[at].is_some() {
                if at - from > PASSAGE {
                    lost.push((from as u32, at as u32));
                }
                from = at + 1;
            }
        }
        Laid { word, lost, words: witness.len() as u32 }
    }

    fn is_lost(&self, place: usize) -> bool {
        let place = place as u32;
        let at = self.lost.partition_point(|(_, to)| *to <= place);
        self.lost.get(at).is_some_and(|(from, _)| *from <= place)
    }

    fn before(&self, place: usize) -> Option<u32> {
        self.word[..place].iter().rev().find_map(|word| *word)
    }

    fn after(&self, place: usize) -> Option<u32> {
        self.word.get(place..).and_then(|rest| rest.iter().find_map(|word| *word))
    }

    /// How the witness reads; `None` where it lacks the passage.
    fn reading(
        &self,
        slot: Slot,
        place: usize,
        base: &Wording,
        witness: &Wording,
        ends: Ends,
    ) -> Option<u64> {
        match slot {
            Slot::Word if place == base.len() || self.is_lost(place) => None,
            Slot::Word => {
                if self.word[place].is_some() {
                    return Some(SAME);
                }
                // Words that stand in place of others are read one for one, what is left over after them.
                let (first, words) = self.instead(place, witness, ends)?;
                Some(words.get(place - first).map_or(LEFT_OUT, |word| mix(*word)))
            }
            Slot::Before => {
                let lost = |at: usize| at < base.len() && self.is_lost(at);
                if lost(place) || place.checked_sub(1).is_some_and(lost) {
                    return None;
                }
                if place < base.len() {
                    self.word[place]?;
                }
                let (first, words) = self.instead(place, witness, ends)?;
                let added = words.get(place - first..).unwrap_or(&[]);
                Some(added.iter().fold(SAME, |h: u64, word| mix(h ^ word)))
            }
        }
    }

    /// The words of the witness between the equal words around a place, and the word of the longest after which they
    /// begin. `None` where they are its own head or tail: a passage and not a reading.
    fn instead<'w>(&self, place: usize, witness: &'w Wording, ends: Ends) -> Option<(usize, &'w [u64])> {
        let first = self.word[..place].iter().rposition(Option::is_some).map_or(0, |at| at + 1);
        let (before, after) = (self.before(first), self.after(place));
        let (from, to) =
            (before.map_or(0, |at| at as usize + 1), after.map_or(witness.len(), |at| at as usize));
        let words = witness.hashes.get(from..to)?;
        let inside = before.is_some() && after.is_some();
        (inside || ends == Ends::Read && words.len() <= PASSAGE).then_some((first, words))
    }

    /// The words of the witness at a place: from behind the equal word before it to the equal word after it.
    fn around(&self, place: usize) -> (u32, u32) {
        let from = self.before(place).map_or(0, |at| at + 1);
        let to = self.after((place + 1).min(self.word.len())).unwrap_or(self.words);
        (from, to.max(from))
    }
}

/// Readings numbered by how they first come, unknown ones apart.
fn numbered(raw: &[Option<u64>]) -> Vec<u32> {
    let mut numbers: BTreeMap<u64, u32> = BTreeMap::new();
    raw.iter()
        .map(|reading| match reading {
            None => MISSING,
            Some(reading) => {
                let next = numbers.len() as u32;
                *numbers.entry(*reading).or_insert(next)
            }
        })
        .collect()
}

/// A place at which texts differ, for reading.
#[derive(Clone, Debug)]
pub struct Variant {
    /// The word of the longest text it stands at.
    pub at: u32,
    /// How each text reads.
    pub readings: Vec<Reading>,
}

/// How a text reads at one place.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Reading {
    /// It lacks the passage.
    Missing,
    /// It has these words.
    Words {
        /// Equal readings have equal numbers.
        number: u32,
        /// Where; `None` where it has nothing between the words on either side.
        span: Option<Span>,
    },
}

/// Where texts differ that share most of their words, in the order of the longest (the first of equals).
pub fn variants(texts: &[&Wording]) -> Vec<Variant> {
    let reading = |text: usize, variation: &Variation| match variation.readings[text] {
        MISSING => Reading::Missing,
        number => {
            let (from, to) = variation.around[text];
            let words = texts[text].spans.get(from as usize..to as usize).unwrap_or(&[]);
            let span = words.first().zip(words.last()).map(|(first, last)| first.join(*last));
            Reading::Words { number, span }
        }
    };
    let variant = |variation: &Variation| Variant {
        at: variation.at,
        readings: (0..texts.len()).map(|text| reading(text, variation)).collect(),
    };
    collate(texts, Ends::Read).variations.iter().map(variant).collect()
}

impl Collation {
    /// Variations at which two witnesses are known to differ, scaled to all that there are.
    pub(crate) fn distance(&self, a: usize, b: usize) -> f64 {
        let (mut known, mut apart) = (0, 0);
        for variation in &self.variations {
            let (x, y) = (variation.readings[a], variation.readings[b]);
            if x != MISSING && y != MISSING {
                known += 1;
                apart += u32::from(x != y);
            }
        }
        f64::from(apart) * self.variations.len() as f64 / f64::from(known.max(1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wording::wording;

    #[test]
    fn the_last_word_is_a_reading_too() {
        let one = "the council met on the fifth day and decided to close every road that leads into the valley until noon";
        let other = one.replace("noon", "dusk");
        let found = variants(&[&wording(one), &wording(&other)]);
        let words = |text: usize, of: &str| match found[0].readings[text] {
            Reading::Words { span: Some(span), .. } => span.of(of).to_owned(),
            reading => format!("{reading:?}"),
        };
        assert_eq!((found.len(), words(0, one), words(1, &other)), (1, "noon".to_owned(), "dusk".to_owned()));
    }

    #[test]
    fn a_phrase_left_out_is_one_variation_and_a_cut_end_is_lost() {
        let whole = "the council met on the fifth day and decided to close every road that leads into the valley until noon \
                     and to send for an engineer who would look at the bridges before the next flood comes down";
        let edited = whole.replace("on the fifth day ", "").replace("engineer", "expert");
        let cut = &whole[..whole.find("and to send").unwrap()];
        let texts = [wording(whole), wording(&edited), wording(cut)];
        let collation = collate(&texts.iter().collect::<Vec<_>>(), Ends::Left);
        let readings: Vec<_> = collation.variations.iter().map(|v| v.readings.clone()).collect();
        assert_eq!(readings[0], [0, 1, 0]);
        assert!(readings[1..].iter().all(|readings| *readings == [0, 1, MISSING]));
        assert_eq!((collation.lost[0].len(), collation.lost[2].len()), (0, 1));
        assert_eq!(collation.distance(0, 2), 0.0);
    }
}
