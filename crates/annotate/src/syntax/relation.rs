//! What a word is to the word it hangs on ("subject", "object"), told as it is hung: all that hangs on it stands.

use super::form::Form;
use super::parse::State;
use crate::linear::mix;

const NONE: u16 = u16::MAX;

/// What the relation of a word is told by.
pub(super) fn features(state: &State, at: usize, head: usize, into: &mut Vec<u32>) {
    into.clear();
    let (forms, tags) = (state.forms, state.tags);
    let form = |at: usize| forms.get(at).unwrap_or(&Form::NONE);
    let tag = |at: usize| match at {
        at if at < tags.len() => u32::from(tags[at]),
        at if at == tags.len() => 250,
        _ => 251,
    };
    let before = u32::from(at < head);
    let far = at.abs_diff(head).min(6) as u32;
    let child = |held: &Vec<[u16; 2]>, at: usize, nth: usize| {
        held.get(at).map_or(usize::from(NONE), |held| usize::from(held[nth]))
    };
    let (left, right) = (child(&state.left, at, 0), child(&state.right, at, 0));
    let (left2, right2) = (child(&state.left, at, 1), child(&state.right, at, 1));
    let (head_left, head_right) = (child(&state.left, head, 0), child(&state.right, head, 0));
    let relation = |at: usize| state.heads.get(at).map_or(254, |(_, relation)| u32::from(*relation));
    // What lies further up the stack, as far as it is known.
    let above = state
        .stack
        .len()
        .checked_sub(if at > head { 3 } else { 2 })
        .map_or(usize::from(NONE), |at| usize::from(state.stack[at]));
    let own = form(at);
    let (w, t) = (|at: usize| form(at).lower, tag);
    let (fine, coarse) = (|at: usize| form(at).company[0], |at: usize| form(at).company[1]);
    let way = mix(before, far);
    let mut add = |kind: u32, what: u32| into.push(mix(600 + kind, what));
    add(0, mix(t(at), mix(t(head), before)));
    add(1, mix(w(at), mix(t(head), before)));
    add(2, mix(t(at), mix(w(head), before)));
    add(3, mix(w(at), w(head)));
    add(4, mix(mix(fine(at), t(at)), mix(t(head), before)));
    add(5, mix(mix(fine(head), t(head)), mix(t(at), before)));
    add(6, mix(mix(fine(at), fine(head)), before));
    add(7, mix(w(at), t(at)));
    add(8, mix(mix(t(at), t(head)), way));
    add(9, mix(mix(t(at), t(left)), mix(t(head), before)));
    add(10, mix(mix(t(at), w(left)), mix(t(head), before)));
    add(11, mix(mix(t(at), t(right)), mix(t(head), before)));
    add(12, mix(mix(t(at), t(head)), mix(t(above), before)));
    add(13, mix(mix(t(at), t(head)), mix(w(above), before)));
    add(14, mix(mix(t(at), t(head)), mix(relation(if at < head { head_left } else { head_right }), before)));
    add(15, mix(mix(t(at), t(head)), mix(t(head_left), before)));
    add(16, mix(mix(t(at), t(head)), mix(t(head_right), before)));
    add(17, mix(mix(t(at), t(head)), mix(w(head_left), before)));
    add(18, mix(mix(t(at.wrapping_sub(1)), t(at)), mix(t(at + 1), before)));
    add(19, mix(mix(w(at.wrapping_sub(1)), t(at)), t(head)));
    add(20, mix(mix(t(at), w(at + 1)), t(head)));
    add(21, mix(mix(t(head), t(head + 1)), mix(t(at), before)));
    add(22, mix(own.suffix[2], mix(t(head), before)));
    add(23, mix(mix(coarse(at), coarse(head)), mix(t(at), before)));
    add(24, mix(mix(w(left), w(head)), t(at)));
    add(25, mix(mix(w(left), fine(at)), t(head)));
    add(26, mix(mix(relation(left), relation(right)), mix(t(at), t(head))));
    add(29, mix(mix(relation(left2), relation(right2)), mix(t(at), t(head))));
    add(30, mix(mix(relation(head_left), relation(head_right)), mix(t(at), mix(w(head), before))));
    add(31, mix(mix(relation(left), w(at)), before));
    add(27, mix(mix(own.sense & 0xFFF, form(head).sense & 0xFFF), before));
    add(28, mix(mix(w(left), own.sense & 63), t(head)));
}
