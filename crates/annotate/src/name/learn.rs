//! Learning names from labelled sentences, some of which are labelled in part.

use super::decode::{behind, decode, decode_with, steps};
use super::feature::features;
use super::label::{LABELS, class_of, label};
use super::spans_of;
use crate::linear::learn::{Learner, next, shuffle};
use crate::syntax::lexemes;
use model::{NameClass, Span};

/// A sentence with its names.
pub struct Labelled {
    /// Its words.
    pub text: String,
    /// Its names in order, none touching another; a class of `None` is a name of which nothing is said.
    pub names: Vec<(Span, Option<NameClass>)>,
    /// Classes that the set does not label: what it leaves out may be one of them.
    pub unlabelled: &'static [NameClass],
}

/// A sentence as it is learnt.
struct Lesson {
    features: Vec<Vec<u32>>,
    /// For each word the labels it may have, a bit each.
    may: Vec<u16>,
}

const _: () = assert!(LABELS <= 16, "labels fit the bits of a lesson");

fn lesson(sentence: &Labelled) -> Option<Lesson> {
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
    Some(Lesson { features: features(&sentence.text, &words), may: may.collect() })
}

/// Learners whose weights are averaged.
const LEARNERS: u64 = 10;
/// Rounds of each over the lessons.
const ROUNDS: usize = 12;
/// Features in a hundred that are heard at each turn.
const KEPT: u64 = 80;
/// How much better a right label has to be than a wrong one.
const MARGIN: f32 = 3.0;

/// The weights of these sentences.
pub fn learn(sentences: &[Labelled]) -> Vec<u8> {
    let lessons: Vec<Lesson> = sentences.iter().filter_map(lesson).collect();
    let learners = (1..=LEARNERS).map(|seed| learner(&lessons, seed)).collect();
    Learner::mean(learners).pack(0.9999, 2)
}

/// One learner: lessons in an order of its own.
fn learner(lessons: &[Lesson], seed: u64) -> Learner {
    let mut learner = Learner::slowing();
    let mut order: Vec<usize> = (0..lessons.len()).collect();
    let mut chance = seed;
    for _ in 0..ROUNDS {
        shuffle(&mut order, &mut chance);
        for at in &order {
            let lesson = &lessons[*at];
            learner.step();
            // Some features are left out at each turn, so that no word is leant on alone.
            let heard: Vec<Vec<u32>> = lesson
                .features
                .iter()
                .map(|features| features.iter().copied().filter(|_| next(&mut chance) % 100 < KEPT).collect())
                .collect();
            let lesson = Lesson { features: heard, may: lesson.may.clone() };
            let said = decode_with(
                &steps(&learner),
                &learner,
                &lesson.features,
                |_, _| true,
                |at, label| {
                    if lesson.may[at] >> label & 1 == 1 { 0.0 } else { MARGIN }
                },
            );
            if said.iter().zip(&lesson.may).all(|(label, may)| may >> label & 1 == 1) {
                continue;
            }
            let right = decode(&learner, &lesson.features, |at, label| lesson.may[at] >> label & 1 == 1);
            let before = |labels: &[usize], at: usize| at.checked_sub(1).map_or(0, |at| labels[at]);
            for (at, features) in lesson.features.iter().enumerate() {
                if said[at] != right[at] {
                    for feature in features {
                        learner.learn(*feature, right[at] as u8, 1.0);
                        learner.learn(*feature, said[at] as u8, -1.0);
                    }
                }
                if said[at] != right[at] || before(&said, at) != before(&right, at) {
                    learner.learn(behind(before(&right, at)), right[at] as u8, 1.0);
                    learner.learn(behind(before(&said, at)), said[at] as u8, -1.0);
                }
            }
        }
    }
    learner
}

/// The names these weights find in a text.
pub fn find(weights: &crate::linear::Linear, text: &str) -> Vec<(Span, NameClass)> {
    let Some(whole) = Span::checked(0, text.len()) else { return Vec::new() };
    let words = lexemes(text, whole);
    let labels = decode(weights, &features(text, &words), |_, _| true);
    debug_assert!(labels.iter().all(|label| *label == 0 || class_of(*label).is_some()));
    spans_of(&labels, &words)
}
