//! Kinds of words: the tags of the English Web Treebank, by an averaged perceptron from left to right (Collins 2002).

use super::form::Form;
use crate::linear::{Weigh, mix};

/// The features of the word at `at`, given the tags of the words before it.
pub(super) fn features(forms: &[Form], tags: &[u8], at: usize, into: &mut Vec<u32>) {
    into.clear();
    let form = |by: isize| at.checked_add_signed(by).and_then(|at| forms.get(at)).unwrap_or(&Form::NONE);
    let tag = |back: usize| at.checked_sub(back).map_or(255, |at| u32::from(tags[at]));
    let own = form(0);
    let first = u32::from(at == 0);
    let mut add = |kind: u32, what: u32| into.push(mix(100 + kind, what));
    add(0, own.lower);
    add(1, own.word);
    add(2, own.suffix[2]);
    add(3, own.suffix[1]);
    add(4, own.suffix[0]);
    add(5, own.prefix[0]);
    add(6, mix(own.shape, first));
    add(7, own.sense & 0x7FFF);
    add(8, own.company[0]);
    add(9, mix(own.company[1], own.suffix[1]));
    add(10, tag(1));
    add(11, mix(tag(1), tag(2)));
    add(12, mix(tag(1), own.lower));
    add(13, mix(tag(1), own.suffix[2]));
    add(14, mix(tag(1), own.company[1]));
    add(15, form(-1).lower);
    add(16, form(1).lower);
    add(17, mix(form(1).suffix[2], own.suffix[2]));
    add(18, mix(form(-1).company[1], own.company[1]));
    add(19, mix(own.company[1], form(1).company[1]));
    add(20, mix(form(1).lower, own.lower));
    add(21, mix(form(-1).lower, own.lower));
    add(22, form(-2).lower);
    add(23, form(2).lower);
    add(24, mix(form(1).sense & 0x7FFF, own.sense & 0x7FFF));
    add(25, mix(own.shape, form(1).shape));
    add(26, mix(mix(tag(1), form(1).company[1]), own.sense & 0x7FFF));
    add(27, mix(own.suffix[2], own.prefix[1]));
    add(28, mix(form(1).company[1], form(2).company[1]));
    add(29, form(1).company[0]);
}

/// The tag with the greatest weight at a word.
pub(super) fn best(weights: &impl Weigh, features: &[u32], count: usize) -> u8 {
    let mut sums = [0.0f32; 128];
    let sums = &mut sums[..count];
    weights.weigh_all(features, sums);
    sums.iter().enumerate().fold(0, |best, (at, sum)| if *sum > sums[best] { at } else { best }) as u8
}

/// The tags of a sentence, by their numbers.
pub(super) fn tags(weights: &impl Weigh, forms: &[Form], count: usize) -> Vec<u8> {
    let mut tags = vec![0; forms.len()];
    let mut held = Vec::with_capacity(32);
    for at in 0..forms.len() {
        features(forms, &tags, at, &mut held);
        tags[at] = best(weights, &held, count);
    }
    tags
}
