//! Tables of weights in learning: rows of numbers, what moves them, and sums of products over whole rows.

use crate::linear::learn::next;
use crate::net::HIDDEN;

/// A hidden layer, or what one input adds to it.
pub(super) type Row = [f32; HIDDEN];

/// Numbers that are learnt with the pace of each by how it moved before (Adam, Kingma and Ba 2015).
#[derive(Default)]
pub(crate) struct Table {
    pub(crate) values: Vec<f32>,
    first: Vec<f32>,
    second: Vec<f32>,
    sum: Vec<f32>,
}

/// How fast numbers move: the step now, and how many steps there were.
#[derive(Clone, Copy)]
pub(crate) struct Pace {
    pub(crate) step: f32,
    pub(crate) steps: i32,
}

const FIRST: f32 = 0.9;
const SECOND: f32 = 0.98;

impl Table {
    /// A table of small numbers that look random, spread as widely as `wide`.
    pub(crate) fn random(length: usize, wide: f32, chance: &mut u64) -> Table {
        let unit = |chance: &mut u64| next(chance) as f32 / (1u64 << 31) as f32 - 0.5;
        // Four even numbers add up to something near a bell.
        let values = (0..length).map(|_| (0..4).map(|_| unit(chance)).sum::<f32>() * wide * 1.732).collect();
        Table::of(values)
    }

    pub(crate) fn of(values: Vec<f32>) -> Table {
        let zero = vec![0.0; values.len()];
        Table { first: zero.clone(), second: zero.clone(), sum: zero, values }
    }

    /// Moves the numbers from `at` against their slopes.
    pub(crate) fn descend(&mut self, at: usize, slopes: &[f32], pace: Pace) {
        let (one, two) = (1.0 - FIRST.powi(pace.steps), 1.0 - SECOND.powi(pace.steps));
        let range = at..at + slopes.len();
        let numbers = self.values[range.clone()].iter_mut().zip(&mut self.first[range.clone()]);
        for (((value, first), second), slope) in numbers.zip(&mut self.second[range]).zip(slopes) {
            *first = FIRST * *first + (1.0 - FIRST) * slope;
            *second = SECOND * *second + (1.0 - SECOND) * slope * slope;
            *value -= pace.step * (*first / one) / ((*second / two).sqrt() + 1e-8);
        }
    }

    /// Takes the numbers as they are into the mean.
    pub(crate) fn remember(&mut self) {
        self.sum.iter_mut().zip(&self.values).for_each(|(sum, value)| *sum += value);
    }

    /// The mean of what was remembered.
    pub(crate) fn mean(&self, times: usize) -> Vec<f32> {
        match times {
            0 => self.values.clone(),
            _ => self.sum.iter().map(|sum| sum / times as f32).collect(),
        }
    }
}

/// Adds to each of some hidden layers what its inputs give, `weights` holding one row an input.
pub(super) fn forward(inputs: &[f32], weights: &[f32], hidden: &mut [Row]) {
    let width = inputs.len() / hidden.len().max(1);
    let weights = weights.as_chunks::<HIDDEN>().0;
    for (some, out) in inputs.chunks(8 * width).zip(hidden.chunks_mut(8)) {
        for (at, row) in weights.iter().enumerate() {
            for (number, out) in some.iter().skip(at).step_by(width).zip(out.iter_mut()) {
                if *number != 0.0 {
                    add(out, row, *number);
                }
            }
        }
    }
}

/// Adds to the slopes of weights what the slopes of hidden layers ask of them.
pub(super) fn backward_weights(inputs: &[f32], slopes: &[Row], into: &mut [f32]) {
    let width = inputs.len() / slopes.len().max(1);
    for (some, slopes) in inputs.chunks(32 * width).zip(slopes.chunks(32)) {
        for (at, row) in into.as_chunks_mut::<HIDDEN>().0.iter_mut().enumerate() {
            for (number, slope) in some.iter().skip(at).step_by(width).zip(slopes) {
                if *number != 0.0 {
                    add(row, slope, *number);
                }
            }
        }
    }
}

/// The slopes of inputs by those of hidden layers.
pub(super) fn backward_inputs(slopes: &[Row], weights: &[f32], into: &mut [f32]) {
    let width = into.len() / slopes.len().max(1);
    let weights = weights.as_chunks::<HIDDEN>().0;
    for (some, slopes) in into.chunks_mut(8 * width).zip(slopes.chunks(8)) {
        for (at, row) in weights.iter().enumerate() {
            for (out, slope) in some.iter_mut().skip(at).step_by(width).zip(slopes) {
                *out = dot(row, slope);
            }
        }
    }
}

pub(super) fn add(to: &mut Row, row: &Row, times: f32) {
    to.iter_mut().zip(row).for_each(|(to, from)| *to += from * times);
}

pub(super) fn dot(a: &Row, b: &Row) -> f32 {
    let mut sums = [0.0f32; 16];
    for (a, b) in a.as_chunks::<16>().0.iter().zip(b.as_chunks::<16>().0) {
        for at in 0..16 {
            sums[at] += a[at] * b[at];
        }
    }
    sums.iter().sum()
}
