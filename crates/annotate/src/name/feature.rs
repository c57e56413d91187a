//! What the tagger of names looks at in each word and around it.

use super::sight::{Casing, Sight};
use crate::linear::mix;
use crate::syntax::Form;

/// The features of each word of a sentence.
pub(super) fn features(sight: &Sight) -> Vec<Vec<u32>> {
    (0..sight.forms.len()).map(|at| of_word(sight, at)).collect()
}

fn of_word(Sight { forms, marks, casing }: &Sight, at: usize) -> Vec<u32> {
    let form = |by: isize| at.checked_add_signed(by).and_then(|at| forms.get(at)).unwrap_or(&Form::NONE);
    let mark = |by: isize| at.checked_add_signed(by).and_then(|at| marks.get(at)).copied().unwrap_or(0);
    let own = form(0);
    // What kind of word it is, whatever it says: names stand on this where the word is new.
    let kind = |by: isize| mix(form(by).shape, mix(form(by).people, mark(by)));
    let sense = |by: isize| form(by).sense & 0xFFF;
    let first = u32::from(at == 0);
    let mut features = Vec::with_capacity(60);
    let mut add = |kind: u32, what: u32| features.push(mix(kind, what));
    add(1, own.word);
    add(2, own.lower);
    add(3, mix(own.shape, first));
    add(4, own.suffix[2]);
    add(5, own.suffix[1]);
    add(6, own.prefix[1]);
    add(7, form(-1).lower);
    add(8, form(1).lower);
    add(9, form(-2).lower);
    add(10, form(2).lower);
    add(11, mix(form(-1).lower, own.lower));
    add(12, mix(own.lower, form(1).lower));
    add(13, kind(0));
    add(14, kind(-1));
    add(15, kind(1));
    add(16, mix(kind(-1), kind(0)));
    add(17, mix(kind(0), kind(1)));
    add(18, mix(mix(form(-1).shape, own.shape), form(1).shape));
    add(19, mix(form(-1).lower, own.shape));
    add(20, mix(form(1).lower, own.shape));
    add(21, mix(own.sense, own.shape));
    add(22, mix(sense(-1), own.shape));
    add(23, mix(sense(1), own.shape));
    add(24, mix(mark(0), own.people));
    add(25, mix(mix(mark(-1), mark(0)), mark(1)));
    add(26, mix(mix(form(-1).people, own.people), form(1).people));
    add(27, mix(form(-1).suffix[2], own.shape));
    add(28, mix(form(1).suffix[2], own.shape));
    add(29, mix(mix(form(-2).lower, form(-1).lower), own.shape));
    add(30, mix(mix(form(1).lower, form(2).lower), own.shape));
    let (fine, coarse) = (|by: isize| form(by).company[0], |by: isize| form(by).company[1]);
    add(50, mix(fine(0), own.shape));
    add(51, mix(coarse(0), own.shape));
    add(52, mix(fine(-1), own.shape));
    add(53, mix(fine(1), own.shape));
    add(54, mix(mix(coarse(-1), coarse(0)), own.shape));
    add(55, mix(mix(coarse(0), coarse(1)), own.shape));
    add(56, mix(coarse(-2), own.shape));
    add(57, mix(coarse(2), own.shape));
    add(58, fine(0));
    add(59, mix(coarse(0), own.people));
    add(60, mix(coarse(0), mark(0)));
    // Where nobody writes capitals, or nothing else, the same word is worth something else.
    if *casing != Casing::Usual {
        let casing = *casing as u32;
        add(61, mix(casing, own.lower));
        add(62, mix(casing, kind(0)));
        add(63, mix(casing, coarse(0)));
        add(64, mix(casing, fine(0)));
        add(65, mix(casing, mix(coarse(-1), coarse(0))));
        add(66, mix(casing, form(-1).lower));
        add(67, casing);
    }
    // The last word of a run of capitals tells what the run names: "… Workers' Party".
    let end = (at..forms.len()).take(8).take_while(|at| forms[*at].capital || *at == 0).last().unwrap_or(at);
    let last = forms.get(end).unwrap_or(&Form::NONE);
    if own.capital {
        add(31, last.lower);
        add(32, mix(last.sense & 63, (end - at).min(3) as u32));
        let start = (0..at).rev().take(8).take_while(|at| forms[*at].capital).last().unwrap_or(at);
        add(33, mix(forms[start].lower, u32::from(start == at)));
        let before = start.checked_sub(1).map_or(&Form::NONE, |at| &forms[at]);
        let behind = forms.get(end + 1).unwrap_or(&Form::NONE);
        add(34, before.lower);
        add(35, behind.lower);
        add(36, mix(before.sense & 63, behind.sense & 63));
    }
    features
}
