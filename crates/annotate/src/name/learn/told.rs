//! What proper names name, as far as what was learnt from others can tell: each by its own sentence, and by all sentences
//! that hold the same words, since a name is mostly that of one thing.

use super::chain::shares;
use super::{Lesson, Opinions};
use crate::name::decode::{Node, Steps, decode};
use crate::name::label::{LABELS, class_of, label};
use model::NameClass;
use std::collections::BTreeMap;
use std::ops::Range;

/// What labels weigh is brought down so much before it is taken for how likely they are.
const TEMPER: f32 = 0.5;
/// How likely a class has to be to be believed.
const BELIEVED: f32 = 0.5;

const CLASSES: usize = NameClass::ALL.len();

/// How likely each class is.
type Votes = [f32; CLASSES];

/// A name in a lesson.
struct Found {
    words: Range<usize>,
    votes: Votes,
}

/// These lessons, their names told as far as they can be.
pub(super) fn told(teacher: &Opinions, lessons: &[Lesson]) -> Vec<Lesson> {
    let steps = teacher.steps();
    let read: Vec<(Vec<Found>, Vec<Node>)> =
        lessons.iter().map(|lesson| read(teacher, &steps, lesson)).collect();
    let mut all: BTreeMap<String, Votes> = BTreeMap::new();
    for (lesson, (found, _)) in lessons.iter().zip(&read) {
        for name in found {
            let votes = all.entry(lesson.words[name.words.clone()].join(" ")).or_default();
            votes.iter_mut().zip(name.votes).for_each(|(sum, vote)| *sum += vote);
        }
    }
    let tell = |(lesson, (found, nodes)): (&Lesson, &(Vec<Found>, Vec<Node>))| {
        let mut lesson = lesson.clone();
        // Proper words that name nothing are that for sure where they are likely to be.
        let unsure = lesson.may.iter_mut().zip(nodes).filter(|(may, _)| **may == u16::MAX);
        unsure.filter(|(_, node)| node[0] > BELIEVED).for_each(|(may, _)| *may = 1);
        for name in found {
            let others = &all[&lesson.words[name.words.clone()].join(" ")];
            let Some(class) = believed(&name.votes, others) else { continue };
            for at in name.words.clone() {
                lesson.may[at] = 1 << label(class, at > name.words.start);
            }
        }
        lesson
    };
    lessons.iter().zip(&read).map(tell).collect()
}

/// The names of a lesson by what it may hold, and how likely each label is at each word.
fn read(teacher: &Opinions, steps: &Steps, lesson: &Lesson) -> (Vec<Found>, Vec<Node>) {
    let nodes = teacher.nodes(lesson);
    let may = |at: usize, label: usize| lesson.may(at, label);
    let labels = decode(steps, &nodes, may);
    let tempered = |row: &Node| row.map(|weight| weight * TEMPER);
    let nodes: Vec<Node> = nodes.iter().map(tempered).collect();
    let Some(shares) = shares(&steps.map(|row| tempered(&row)), &nodes, may) else {
        return (Vec::new(), Vec::new());
    };
    let shares = shares.nodes;
    let begins = (0..labels.len()).filter(|at| matches!(class_of(labels[*at]), Some((_, false))));
    let found = begins.filter_map(|at| {
        let inside = |at: usize| matches!(class_of(labels[at]), Some((_, true)));
        let end = (at + 1..labels.len()).find(|next| !inside(*next)).unwrap_or(labels.len());
        let goes_on = |at: usize| {
            (1..LABELS)
                .filter(|label| matches!(class_of(*label), Some((_, true))))
                .map(|label| shares[at][label])
                .sum::<f32>()
        };
        let whole = (at + 1..end).all(|at| goes_on(at) > BELIEVED);
        whole.then(|| Found {
            words: at..end,
            votes: NameClass::ALL.map(|class| shares[at][label(class, false)]),
        })
    });
    (found.collect(), shares)
}

/// The class of a name by its own sentence and by all together, which count as much.
fn believed(own: &Votes, all: &Votes) -> Option<NameClass> {
    let (own_sum, all_sum): (f32, f32) = (own.iter().sum(), all.iter().sum());
    let likely =
        |class: NameClass| (own[class as usize] + all[class as usize] / all_sum.max(1e-6)) / (own_sum + 1.0);
    let best = NameClass::ALL.into_iter().max_by(|a, b| likely(*a).total_cmp(&likely(*b)));
    best.filter(|class| likely(*class) >= BELIEVED)
}
