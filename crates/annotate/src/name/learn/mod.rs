//! Learning names from labelled sentences, and from sentences of which only the proper names are known.
//!
//! What is learnt first from the labelled tells what the proper names of the others are ([`told`]); the weights that ship
//! are learnt from both.

mod chain;
mod linear;
mod net;
mod told;

use super::decode::{Node, Steps, behind};
use super::feature::features;
use super::label::{LABELS, label};
use super::net::Seen;
use super::sight::sight;
use super::view::{Views, views};
use super::{Tagger, spans_of};
use crate::linear::learn::Learner;
use crate::syntax::lexemes;
use model::{NameClass, Span};
use std::collections::HashMap;

/// A sentence with its names.
pub struct Labelled {
    /// Its words.
    pub text: String,
    /// Its names in order, none touching another; a class of `None` is a name of which nothing is said.
    pub names: Vec<(Span, Option<NameClass>)>,
    /// Classes that the set does not label: what it leaves out may be one of them.
    pub unlabelled: &'static [NameClass],
}

/// Weights as they ship.
pub struct Learnt {
    /// Those of the linear model.
    pub linear: Vec<u8>,
    /// Those of the net.
    pub net: Vec<u8>,
}

/// A sentence as it is learnt.
#[derive(Clone)]
struct Lesson {
    /// Its words in small letters.
    words: Vec<String>,
    /// The features of each word, by their numbers in the list of all.
    features: Vec<Vec<u32>>,
    views: Views,
    /// For each word the labels it may have, a bit each.
    may: Vec<u16>,
}

impl Lesson {
    fn may(&self, at: usize, label: usize) -> bool {
        self.may[at] >> label & 1 == 1
    }
}

const _: () = assert!(LABELS <= 16, "labels fit the bits of a lesson");

/// The features of all lessons, in the order they were met.
#[derive(Default)]
struct Features {
    numbers: HashMap<u32, u32>,
    all: Vec<u32>,
}

impl Features {
    fn number(&mut self, feature: u32) -> u32 {
        *self.numbers.entry(feature).or_insert_with(|| {
            self.all.push(feature);
            self.all.len() as u32 - 1
        })
    }
}

fn lesson(sentence: &Labelled, known: &mut Features) -> Option<Lesson> {
    let whole = Span::checked(0, sentence.text.len())?;
    let words = lexemes(&sentence.text, whole);
    let outside = 1 | sentence
        .unlabelled
        .iter()
        .fold(0, |bits, class| bits | 1 << label(*class, false) | 1 << label(*class, true));
    let may = words.iter().map(|word| {
        let held =
            sentence.names.iter().find(|(name, _)| name.start() < word.end() && word.start() < name.end());
        match held {
            Some((name, Some(class))) => 1 << label(*class, name.start() < word.start()),
            Some((_, None)) => u16::MAX,
            None => outside,
        }
    });
    let sight = sight(&sentence.text, &words);
    let mut numbers =
        |features: Vec<u32>| features.into_iter().map(|feature| known.number(feature)).collect();
    Some(Lesson {
        words: words.iter().map(|word| word.of(&sentence.text).to_lowercase()).collect(),
        features: features(&sight).into_iter().map(&mut numbers).collect(),
        views: views(&sight),
        may: may.collect(),
    })
}

/// One in so many labelled sentences is learnt in small letters too, as hasty writers write, if it has names.
const LOWERED: usize = 4;

/// A sentence in small letters, every other one but for its first.
fn lowered(number: usize, sentence: &Labelled) -> Labelled {
    let small = |(at, letter): (usize, char)| {
        let mut lower = letter.to_lowercase();
        let fits = lower.len() == 1 && (at > 0 || number % 2 == 1);
        // Spans stay where they are, so a letter that would change its length is kept.
        lower.next().filter(|lower| fits && lower.len_utf8() == letter.len_utf8()).unwrap_or(letter)
    };
    Labelled {
        text: sentence.text.char_indices().map(small).collect(),
        names: sentence.names.clone(),
        unlabelled: sentence.unlabelled,
    }
}

/// What the net says counts so many times as much as it was learnt to.
const NET: f32 = 2.0;
/// What a word near a capital weighs less outside names: what is learnt is shyer of names than is best.
const BOLD: f32 = 1.0;

/// The linear model and the net as they are learnt.
struct Opinions {
    linear: linear::Weights,
    net: net::Weights,
}

impl Opinions {
    fn learn(lessons: &[&Lesson], features: usize) -> Opinions {
        Opinions { linear: linear::learn(lessons, features), net: net::learn(lessons) }
    }

    fn steps(&self) -> Steps {
        std::array::from_fn(|before| {
            std::array::from_fn(|label| {
                self.linear.steps[before][label] + NET * self.net.steps[before][label]
            })
        })
    }

    fn nodes(&self, lesson: &Lesson) -> Vec<Node> {
        let mut nodes = linear::nodes(&lesson.features, |feature| &self.linear.features[feature as usize]);
        for (node, said) in nodes.iter_mut().zip(self.net.nodes(&lesson.views)) {
            node.iter_mut().zip(said).for_each(|(sum, said)| *sum += NET * said);
        }
        nodes
    }

    fn pack(&self, features: &[u32]) -> Learnt {
        let mut learner = Learner::default();
        let steps = self.steps();
        let rows = features.iter().zip(&self.linear.features).map(|(feature, row)| (*feature, row));
        for (feature, row) in rows.chain(steps.iter().enumerate().map(|(at, row)| (behind(at), row))) {
            for (label, weight) in row.iter().enumerate().filter(|(_, weight)| **weight != 0.0) {
                learner.learn(feature, label as u8, *weight);
            }
        }
        learner.step();
        const CLIP: f32 = 0.9999;
        Learnt { net: self.net.pack(NET / learner.unit(CLIP), BOLD / NET), linear: learner.pack(CLIP, 2) }
    }
}

/// The weights of sentences that are labelled, and of sentences of which only the proper names are known.
pub fn learn(labelled: &[Labelled], proper: &[Labelled]) -> Learnt {
    let mut known = Features::default();
    let named = labelled.iter().step_by(LOWERED).filter(|sentence| !sentence.names.is_empty());
    let small: Vec<Labelled> =
        named.enumerate().map(|(number, sentence)| lowered(number, sentence)).collect();
    let mut lessons = |sentences: &mut dyn Iterator<Item = &Labelled>| {
        sentences.filter_map(|sentence| lesson(sentence, &mut known)).collect::<Vec<_>>()
    };
    let labelled = lessons(&mut labelled.iter().chain(&small));
    let proper = lessons(&mut proper.iter());
    let all = |proper: &[Lesson]| {
        let lessons: Vec<&Lesson> = labelled.iter().chain(proper).collect();
        Opinions::learn(&lessons, known.all.len())
    };
    let told = told::told(&all(&proper), &proper);
    all(&told).pack(&known.all)
}

/// Finds names by what was learnt.
pub struct Finder(Tagger);

impl Finder {
    /// What these weights find.
    pub fn new(learnt: Learnt) -> Finder {
        Finder(Tagger::read(learnt.linear.leak(), &learnt.net))
    }

    /// The names of a sentence.
    pub fn find(&self, text: &str) -> Vec<(Span, NameClass)> {
        let Some(whole) = Span::checked(0, text.len()) else { return Vec::new() };
        let words = lexemes(text, whole);
        spans_of(&self.0.labels(text, &words, &mut Seen::default()), &words)
    }
}
