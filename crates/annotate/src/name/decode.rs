//! The likeliest labels of a sentence (Viterbi over label pairs).

use super::label::{LABELS, follows};
use crate::linear::{Weigh, mix};

/// What each label weighs at a word.
pub(super) type Node = [f32; LABELS];
/// What each label weighs behind each other.
pub(super) type Steps = [[f32; LABELS]; LABELS];

/// The feature of the label before.
pub(super) fn behind(label: usize) -> u32 {
    mix(40, label as u32)
}

/// The labels that come to most, among those each word may have.
pub(super) fn decode(steps: &Steps, nodes: &[Node], may: impl Fn(usize, usize) -> bool) -> Vec<usize> {
    let mut sums = [f32::NEG_INFINITY; LABELS];
    sums[0] = 0.0;
    let mut from: Vec<[u8; LABELS]> = Vec::with_capacity(nodes.len());
    for (at, own) in nodes.iter().enumerate() {
        let (mut next, mut back) = ([f32::NEG_INFINITY; LABELS], [0u8; LABELS]);
        for label in (0..LABELS).filter(|label| may(at, *label)) {
            for before in (0..LABELS).filter(|before| follows(*before, label)) {
                let sum = sums[before] + steps[before][label];
                if sum > next[label] {
                    (next[label], back[label]) = (sum, before as u8);
                }
            }
            next[label] += own[label];
        }
        sums = next;
        from.push(back);
    }
    let mut label = (0..LABELS).fold(0, |best, label| if sums[label] > sums[best] { label } else { best });
    let mut labels = vec![0; nodes.len()];
    for (at, back) in from.iter().enumerate().rev() {
        labels[at] = label;
        label = usize::from(back[label]);
    }
    labels
}

/// The weights of each label behind each other.
pub(super) fn steps(weights: &impl Weigh) -> Steps {
    let mut steps = [[0.0; LABELS]; LABELS];
    for (before, row) in steps.iter_mut().enumerate() {
        weights.weigh(behind(before), row);
    }
    steps
}
