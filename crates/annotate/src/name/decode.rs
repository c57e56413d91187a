//! The likeliest labels of a sentence (Viterbi over label pairs).

use super::label::{LABELS, follows};
use crate::linear::{Weigh, mix};

/// The feature of the label before.
pub(super) fn behind(label: usize) -> u32 {
    mix(40, label as u32)
}

/// The labels whose weights come to most, among those each word may have.
pub(super) fn decode(
    weights: &impl Weigh,
    words: &[Vec<u32>],
    may: impl Fn(usize, usize) -> bool,
) -> Vec<usize> {
    decode_with(&steps(weights), weights, words, may, |_, _| 0.0)
}

/// The same with the weights of label pairs at hand.
pub(super) fn decode_with(
    steps: &[[f32; LABELS]; LABELS],
    weights: &impl Weigh,
    words: &[Vec<u32>],
    may: impl Fn(usize, usize) -> bool,
    cost: impl Fn(usize, usize) -> f32,
) -> Vec<usize> {
    let mut sums = [f32::NEG_INFINITY; LABELS];
    sums[0] = 0.0;
    let mut from: Vec<[u8; LABELS]> = Vec::with_capacity(words.len());
    for (at, features) in words.iter().enumerate() {
        let mut own = [0.0; LABELS];
        weights.weigh_all(features, &mut own);
        let (mut next, mut back) = ([f32::NEG_INFINITY; LABELS], [0u8; LABELS]);
        for label in (0..LABELS).filter(|label| may(at, *label)) {
            for before in (0..LABELS).filter(|before| follows(*before, label)) {
                let sum = sums[before] + steps[before][label];
                if sum > next[label] {
                    (next[label], back[label]) = (sum, before as u8);
                }
            }
            next[label] += own[label] + cost(at, label);
        }
        sums = next;
        from.push(back);
    }
    let mut label = (0..LABELS).fold(0, |best, label| if sums[label] > sums[best] { label } else { best });
    let mut labels = vec![0; words.len()];
    for (at, back) in from.iter().enumerate().rev() {
        labels[at] = label;
        label = usize::from(back[label]);
    }
    labels
}

/// The weights of each label behind each other.
pub(super) fn steps(weights: &impl Weigh) -> [[f32; LABELS]; LABELS] {
    let mut steps = [[0.0; LABELS]; LABELS];
    for (before, row) in steps.iter_mut().enumerate() {
        weights.weigh(behind(before), row);
    }
    steps
}
