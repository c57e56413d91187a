//! Learning the linear model: weights that move towards the right labels at every mistake, less the more they have moved
//! (AdaGrad, Duchi et al. 2011), averaged over all steps and over several learners (Collins 2002).
//!
//! Features are numbered beforehand, so that a row of weights is found at once: it is learnt twice.

use super::Lesson;
use crate::linear::learn::{next, shuffle};
use crate::name::decode::{Node, Steps, decode};
use crate::name::label::LABELS;

/// Learners whose weights are averaged, two at a time side by side.
const LEARNERS: [[u64; 2]; 3] = [[1, 2], [3, 4], [5, 6]];
/// Rounds of each over the lessons.
const ROUNDS: usize = 12;
/// Features in a hundred that are heard at each turn.
const KEPT: u64 = 80;
/// How much better a right label has to be than a wrong one.
const MARGIN: f32 = 3.0;

/// Weights of features by their numbers, and of labels behind each other.
pub(super) struct Weights {
    pub(super) features: Vec<Node>,
    pub(super) steps: Steps,
}

/// What labels weigh under a feature while it is learnt.
#[derive(Clone)]
struct Row {
    weights: Node,
    sums: Node,
    /// The sums of the squares of their moves.
    moved: Node,
    since: u32,
}

const NEW: Row = Row { weights: [0.0; LABELS], sums: [0.0; LABELS], moved: [0.0; LABELS], since: 0 };

impl Row {
    fn learn(&mut self, now: u32, by: &Node) {
        self.rest(now);
        for label in (0..LABELS).filter(|label| by[*label] != 0.0) {
            self.moved[label] += by[label] * by[label];
            self.weights[label] += by[label] / self.moved[label].sqrt();
        }
    }

    /// Takes the steps since it moved into its sums.
    fn rest(&mut self, now: u32) {
        let steps = (now - self.since) as f32;
        self.sums.iter_mut().zip(&self.weights).for_each(|(sum, weight)| *sum += weight * steps);
        self.since = now;
    }

    fn average(mut self, now: u32) -> Node {
        self.rest(now);
        self.sums.map(|sum| sum / now.max(1) as f32)
    }
}

/// Weights of some lessons, whose features are numbered below a count.
pub(super) fn learn(lessons: &[&Lesson], features: usize) -> Weights {
    let mut mean = Weights { features: vec![[0.0; LABELS]; features], steps: [[0.0; LABELS]; LABELS] };
    let share = 1.0 / LEARNERS.as_flattened().len() as f32;
    let mut add = |learnt: Weights| {
        let rows =
            mean.features.iter_mut().zip(&learnt.features).chain(mean.steps.iter_mut().zip(&learnt.steps));
        rows.for_each(|(sum, row)| sum.iter_mut().zip(row).for_each(|(sum, weight)| *sum += weight * share));
    };
    for seeds in LEARNERS {
        let learnt = std::thread::scope(|scope| {
            let running = seeds.map(|seed| scope.spawn(move || learner(lessons, features, seed)));
            running.map(|learner| learner.join().ok())
        });
        learnt.into_iter().flatten().for_each(&mut add);
    }
    mean
}

/// One learner: lessons in an order of its own.
fn learner(lessons: &[&Lesson], features: usize, seed: u64) -> Weights {
    let (mut rows, mut steps) = (vec![NEW; features], vec![NEW; LABELS]);
    let mut order: Vec<usize> = (0..lessons.len()).collect();
    let (mut chance, mut now) = (seed, 0);
    for _ in 0..ROUNDS {
        shuffle(&mut order, &mut chance);
        for lesson in order.iter().map(|at| lessons[*at]) {
            now += 1;
            // Some features are left out at each turn, so that no word is leant on alone.
            let heard = |features: &Vec<u32>| {
                features.iter().copied().filter(|_| next(&mut chance) % 100 < KEPT).collect::<Vec<u32>>()
            };
            let features: Vec<Vec<u32>> = lesson.features.iter().map(heard).collect();
            correct(lesson, &features, &mut rows, &mut steps, now);
        }
    }
    let average = |rows: Vec<Row>| rows.into_iter().map(|row| row.average(now)).collect::<Vec<Node>>();
    Weights { features: average(rows), steps: average(steps).try_into().unwrap_or([[0.0; LABELS]; LABELS]) }
}

/// Says the labels of a lesson and moves what said wrong ones.
fn correct(lesson: &Lesson, features: &[Vec<u32>], rows: &mut [Row], steps: &mut [Row], now: u32) {
    let nodes = nodes(features, |feature| &rows[feature as usize].weights);
    let pairs: Steps = std::array::from_fn(|before| steps[before].weights);
    let mut harder = nodes.clone();
    for (at, node) in harder.iter_mut().enumerate() {
        (0..LABELS).filter(|label| !lesson.may(at, *label)).for_each(|label| node[label] += MARGIN);
    }
    let said = decode(&pairs, &harder, |_, _| true);
    if said.iter().enumerate().all(|(at, label)| lesson.may(at, *label)) {
        return;
    }
    let right = decode(&pairs, &nodes, |at, label| lesson.may(at, label));
    let mut by = [[0.0; LABELS]; LABELS];
    let before = |labels: &[usize], at: usize| at.checked_sub(1).map_or(0, |at| labels[at]);
    for (at, features) in features.iter().enumerate() {
        if said[at] != right[at] {
            let mut by = [0.0; LABELS];
            (by[right[at]], by[said[at]]) = (1.0, -1.0);
            features.iter().for_each(|feature| rows[*feature as usize].learn(now, &by));
        }
        by[before(&right, at)][right[at]] += 1.0;
        by[before(&said, at)][said[at]] -= 1.0;
    }
    steps.iter_mut().zip(&by).for_each(|(row, by)| row.learn(now, by));
}

/// What labels weigh at each word.
pub(super) fn nodes<'w>(words: &[Vec<u32>], weights: impl Fn(u32) -> &'w Node) -> Vec<Node> {
    let sum = |features: &Vec<u32>| {
        let mut node = [0.0; LABELS];
        for feature in features {
            node.iter_mut().zip(weights(*feature)).for_each(|(sum, weight)| *sum += weight);
        }
        node
    };
    words.iter().map(sum).collect()
}
