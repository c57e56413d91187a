//! Learning the net: whole sentences at a time, as likely as they can be made (softmax over all rows of labels, Adam),
//! with units, rows and words left out by chance.

use super::Lesson;
use super::chain::shares;
use crate::linear::learn::{next, shuffle};
use crate::name::decode::{Node, Steps};
use crate::name::label::LABELS;
use crate::name::net::{FINE, ONE, UNITS};
use crate::name::view::{NODES, ROWS, Views};
use crate::net::{Pace, Table, UNIT, WORD, numbers};

type Layer = [f32; UNITS];

const ROUNDS: usize = 5;
/// Rounds at the end over whose steps the weights are averaged.
const AVERAGED: usize = 2;
/// Sentences learnt from at once.
const BATCH: usize = 16;
const STEP: f32 = 0.002;
/// Of a hundred units, rows and words so many are left out by chance.
const UNITS_LEFT_OUT: u64 = 30;
const ROWS_LEFT_OUT: u64 = 20;
const WORDS_LEFT_OUT: u64 = 10;

/// Tables of a net.
struct Net {
    words: Table,
    rows: Table,
    bias: Table,
    labels: Table,
    label_bias: Table,
    steps: Table,
}

/// What was learnt.
pub(super) struct Weights {
    words: Vec<Layer>,
    rows: Vec<Layer>,
    bias: Layer,
    labels: Vec<Layer>,
    label_bias: Node,
    pub(super) steps: Steps,
}

/// What was heard of a word: the numbers of its nodes, its rows, and the units that came of them.
struct Heard {
    at: usize,
    words: Vec<(usize, &'static [u8])>,
    rows: Vec<usize>,
    layer: Layer,
}

fn in_hundred(chance: &mut u64, count: u64) -> bool {
    next(chance) % 100 < count
}

fn layers(table: &[f32]) -> &[Layer] {
    table.as_chunks().0
}

fn add(to: &mut Layer, row: &Layer, times: f32) {
    to.iter_mut().zip(row).for_each(|(to, from)| *to += from * times);
}

fn number(byte: u8) -> f32 {
    f32::from(byte as i8) * UNIT
}

/// The hidden layer of a view, before what is below zero is cut.
fn layer(words: &[(usize, &[u8])], rows: &[usize], bias: &Layer, tables: [&[Layer]; 2]) -> Layer {
    let mut sum = *bias;
    for (node, numbers) in words {
        for (byte, row) in numbers.iter().zip(&tables[0][node * WORD..]) {
            add(&mut sum, row, number(*byte));
        }
    }
    rows.iter().for_each(|row| add(&mut sum, &tables[1][*row], 1.0));
    sum
}

/// The numbers of words at the nodes of a view.
fn words_of(views: &Views, at: usize) -> Vec<(usize, &'static [u8])> {
    let nodes = views.views[at].iter().flat_map(|view| view.nodes.iter().enumerate());
    nodes.filter_map(|(node, place)| Some((node, numbers(views.keys[usize::from((*place)?)])?))).collect()
}

fn rows_of(views: &Views, at: usize) -> Vec<usize> {
    views.views[at].iter().flat_map(|view| &view.rows).map(|row| usize::from(*row)).collect()
}

fn outputs(layer: &Layer, labels: &[Layer], bias: &[f32]) -> Node {
    std::array::from_fn(|label| {
        bias[label] + layer.iter().zip(&labels[label]).map(|(unit, weight)| unit * weight).sum::<f32>()
    })
}

impl Net {
    fn new(chance: &mut u64) -> Net {
        let mut table = |layers: usize, wide: f32| Table::random(layers * UNITS, wide, chance);
        Net {
            words: table(NODES * WORD, (1.0 / (NODES * WORD) as f32).sqrt()),
            rows: table(ROWS, 0.03),
            bias: Table::of(vec![0.1; UNITS]),
            labels: table(LABELS, 0.06),
            label_bias: Table::of(vec![0.0; LABELS]),
            steps: Table::of(vec![0.0; LABELS * LABELS]),
        }
    }

    fn tables(&mut self) -> [&mut Table; 6] {
        [
            &mut self.words,
            &mut self.rows,
            &mut self.bias,
            &mut self.labels,
            &mut self.label_bias,
            &mut self.steps,
        ]
    }

    fn steps(&self) -> Steps {
        steps_of(&self.steps.values)
    }

    /// Reads a word, some of what it looks at left out by chance.
    fn hear(&self, views: &Views, at: usize, chance: &mut u64) -> Heard {
        let mut words = words_of(views, at);
        words.retain(|_| !in_hundred(chance, WORDS_LEFT_OUT));
        let mut rows = rows_of(views, at);
        rows.retain(|_| !in_hundred(chance, ROWS_LEFT_OUT));
        let bias = &layers(&self.bias.values)[0];
        let mut layer = layer(&words, &rows, bias, [layers(&self.words.values), layers(&self.rows.values)]);
        for unit in &mut layer {
            let left_out = *unit <= 0.0 || in_hundred(chance, UNITS_LEFT_OUT);
            *unit = if left_out { 0.0 } else { *unit * kept() };
        }
        Heard { at, words, rows, layer }
    }

    /// Lays down how the tables should move for a lesson.
    fn judge(&self, lesson: &Lesson, slopes: &mut [Vec<f32>; 6], chance: &mut u64) {
        let looked = (0..lesson.may.len()).filter(|at| lesson.views.views[*at].is_some());
        let heard: Vec<Heard> = looked.map(|at| self.hear(&lesson.views, at, chance)).collect();
        let mut nodes = vec![[0.0; LABELS]; lesson.may.len()];
        let labels = layers(&self.labels.values);
        for word in &heard {
            nodes[word.at] = outputs(&word.layer, labels, &self.label_bias.values);
        }
        let steps = self.steps();
        let right = shares(&steps, &nodes, |at, label| lesson.may(at, label));
        let (Some(right), Some(all)) = (right, shares(&steps, &nodes, |_, _| true)) else { return };
        let [words, rows, bias, outer, label_bias, pairs] = slopes;
        let differ = all.steps.as_flattened().iter().zip(right.steps.as_flattened());
        pairs.iter_mut().zip(differ).for_each(|(slope, (all, right))| *slope += all - right);
        for word in &heard {
            let by: Node =
                std::array::from_fn(|label| all.nodes[word.at][label] - right.nodes[word.at][label]);
            if by.iter().all(|by| by.abs() < 1e-3) {
                continue;
            }
            let mut slope = [0.0; UNITS];
            for (label, by) in by.iter().enumerate() {
                label_bias[label] += by;
                add(&mut outer.as_chunks_mut().0[label], &word.layer, *by);
                add(&mut slope, &labels[label], *by);
            }
            slope
                .iter_mut()
                .zip(&word.layer)
                .for_each(|(slope, unit)| *slope *= if *unit > 0.0 { kept() } else { 0.0 });
            add(&mut bias.as_chunks_mut().0[0], &slope, 1.0);
            for (node, numbers) in &word.words {
                let rows = words.as_chunks_mut().0[node * WORD..].iter_mut();
                numbers.iter().zip(rows).for_each(|(byte, row)| add(row, &slope, number(*byte)));
            }
            word.rows.iter().for_each(|row| add(&mut rows.as_chunks_mut().0[*row], &slope, 1.0));
        }
    }
}

/// What a unit that is kept counts for, some being left out.
fn kept() -> f32 {
    100.0 / (100 - UNITS_LEFT_OUT) as f32
}

fn steps_of(values: &[f32]) -> Steps {
    std::array::from_fn(|before| std::array::from_fn(|label| values[before * LABELS + label]))
}

/// Weights of some lessons.
pub(super) fn learn(lessons: &[&Lesson]) -> Weights {
    let mut chance = 82;
    let mut net = Net::new(&mut chance);
    let looked = |at: &usize| lessons[*at].views.views.iter().any(Option::is_some);
    let mut order: Vec<usize> = (0..lessons.len()).filter(looked).collect();
    let all = order.len().div_ceil(BATCH) * ROUNDS;
    let (mut steps, mut remembered) = (0, 0);
    let mut slopes = net.tables().map(|table| vec![0.0; table.values.len()]);
    for round in 0..ROUNDS {
        shuffle(&mut order, &mut chance);
        for batch in order.chunks(BATCH) {
            steps += 1;
            slopes.iter_mut().for_each(|slopes| slopes.fill(0.0));
            batch.iter().for_each(|at| net.judge(lessons[*at], &mut slopes, &mut chance));
            let left = 1.0 - steps as f32 / all as f32;
            let pace = Pace { step: STEP * left.max(0.05) * (steps as f32 / 100.0).min(1.0), steps };
            let average = round + AVERAGED >= ROUNDS && steps % 10 == 0;
            remembered += usize::from(average);
            for (table, slopes) in net.tables().into_iter().zip(&slopes) {
                table.descend(0, slopes, pace);
                if average {
                    table.remember();
                }
            }
        }
    }
    let [words, rows, bias, labels, label_bias, steps] = net.tables().map(|table| table.mean(remembered));
    Weights {
        words: layers(&words).to_vec(),
        rows: layers(&rows).to_vec(),
        bias: layers(&bias)[0],
        labels: layers(&labels).to_vec(),
        label_bias: std::array::from_fn(|label| label_bias[label]),
        steps: steps_of(&steps),
    }
}

impl Weights {
    /// What the labels of each word weigh; nothing where it is not looked at.
    pub(super) fn nodes(&self, views: &Views) -> Vec<Node> {
        let say = |at: usize| {
            views.views[at].as_ref()?;
            let (words, rows) = (words_of(views, at), rows_of(views, at));
            let layer = layer(&words, &rows, &self.bias, [&self.words, &self.rows]).map(|unit| unit.max(0.0));
            Some(outputs(&layer, &self.labels, &self.label_bias))
        };
        (0..views.views.len()).map(|at| say(at).unwrap_or_default()).collect()
    }

    /// The bytes that the net that ships is read from. Its labels weigh so many times as much as they were learnt to, and
    /// no name so much less than it was.
    pub(super) fn pack(&self, times: f32, bold: f32) -> Vec<u8> {
        let half = |number: f32| number.round().clamp(-32767.0, 32767.0) as i16;
        let words = || self.words.as_flattened().iter().map(|weight| weight * UNIT * ONE);
        let greatest = words().fold(1e-6f32, |most, weight| most.max(weight.abs()));
        let shift = (32000.0 / greatest).log2().floor().clamp(0.0, 16.0) as u32;
        let mut halves: Vec<i16> = words().map(|weight| half(weight * (1u32 << shift) as f32)).collect();
        halves.extend(self.rows.as_flattened().iter().chain(&self.bias).map(|weight| half(weight * ONE)));
        halves.extend(self.labels.as_flattened().iter().map(|weight| half(weight * times * FINE)));
        let bias = self.label_bias.iter().enumerate();
        halves.extend(
            bias.map(|(label, bias)| half((bias - if label == 0 { bold } else { 0.0 }) * times * FINE)),
        );
        let mut out = shift.to_le_bytes().to_vec();
        halves.iter().for_each(|number| out.extend_from_slice(&number.to_le_bytes()));
        out
    }
}
