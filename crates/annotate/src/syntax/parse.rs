//! Which word hangs on which: transitions of the arc-hybrid system, the best one at each step (Kuhlmann et al. 2011),
//! with the dynamic oracle of Goldberg and Nivre (2013) in learning. The root stands behind the last word.

use super::form::Form;
use crate::linear::{Weigh, mix};

/// A step: push the next word; or hang the top of the stack on the next word, or on the word below it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Step {
    Shift,
    Left,
    Right,
}

impl Step {
    /// All steps, in the order of their labels.
    pub(super) const ALL: [Step; 3] = [Step::Shift, Step::Left, Step::Right];
}

/// A sentence half parsed. The root's number is that of the words.
pub(super) struct State<'a> {
    pub(super) forms: &'a [Form],
    pub(super) tags: &'a [u8],
    pub(super) stack: Vec<u16>,
    pub(super) next: usize,
    /// The head of each word and what it is to it; `u16::MAX` while it has none.
    pub(super) heads: Vec<(u16, u8)>,
    /// The two outermost dependents on each side, the outer one first, and how many there are.
    pub(super) left: Vec<[u16; 2]>,
    pub(super) right: Vec<[u16; 2]>,
    counts: Vec<[u8; 2]>,
}

const NONE: u16 = u16::MAX;

impl<'a> State<'a> {
    pub(super) fn new(forms: &'a [Form], tags: &'a [u8]) -> State<'a> {
        let all = forms.len() + 1;
        State {
            forms,
            tags,
            stack: Vec::with_capacity(32),
            next: 0,
            heads: vec![(NONE, 255); all],
            left: vec![[NONE; 2]; all],
            right: vec![[NONE; 2]; all],
            counts: vec![[0; 2]; all],
        }
    }

    pub(super) fn is_done(&self) -> bool {
        self.next == self.forms.len() && self.stack.is_empty()
    }

    pub(super) fn may(&self, step: Step) -> bool {
        match step {
            Step::Shift => self.next < self.forms.len(),
            // One word alone hangs on the root.
            Step::Left => !self.stack.is_empty() && (self.next < self.forms.len() || self.stack.len() == 1),
            Step::Right => self.stack.len() > 1,
        }
    }

    /// The word a step hangs and the word it hangs on.
    pub(super) fn hung(&self, step: Step) -> Option<(u16, u16)> {
        let word = *self.stack.last()?;
        match step {
            Step::Shift => None,
            Step::Left => Some((word, self.next as u16)),
            Step::Right => Some((word, *self.stack.get(self.stack.len().checked_sub(2)?)?)),
        }
    }

    /// Takes a step; a word that is hung is this to its head.
    pub(super) fn take(&mut self, step: Step, relation: u8) {
        match step {
            Step::Shift => {
                self.stack.push(self.next as u16);
                self.next += 1;
            }
            Step::Left => self.hang(self.next as u16, relation),
            Step::Right => {
                let below = self.stack.len().checked_sub(2).map_or(NONE, |at| self.stack[at]);
                self.hang(below, relation);
            }
        }
    }

    fn hang(&mut self, head: u16, relation: u8) {
        let Some(word) = self.stack.pop() else { return };
        self.heads[usize::from(word)] = (head, relation);
        let before = word < head;
        let side = if before { &mut self.left } else { &mut self.right };
        let held = &mut side[usize::from(head)];
        let outer = held[0] == NONE || (before && word < held[0]) || (!before && word > held[0]);
        if outer {
            *held = [word, held[0]];
        }
        let count = &mut self.counts[usize::from(head)][usize::from(!before)];
        *count = count.saturating_add(1);
    }

    /// What each kind of step would lose of the right tree: shift, left, right.
    pub(super) fn costs(&self, gold: &[u16]) -> [u32; 3] {
        let waits = |word: u16| usize::from(word) >= self.next;
        let top = self.stack.last().copied();
        let below = self.stack.len().checked_sub(2).map(|at| self.stack[at]);
        let mut costs = [0; 3];
        let next = self.next as u16;
        if usize::from(next) < self.forms.len() {
            let head = gold[usize::from(next)];
            let deep = &self.stack[..self.stack.len().saturating_sub(1)];
            costs[0] += u32::from(deep.contains(&head));
            costs[0] += self.stack.iter().filter(|word| gold[usize::from(**word)] == next).count() as u32;
        }
        if let Some(top) = top {
            let head = gold[usize::from(top)];
            let children = (self.next..self.forms.len()).filter(|word| gold[*word] == top).count() as u32;
            costs[1] += children + u32::from(Some(head) == below) + u32::from(waits(head) && head != next);
            costs[2] += children + u32::from(waits(head));
        }
        costs
    }

    /// What the next step is chosen by.
    pub(super) fn features(&self, into: &mut Vec<u32>) {
        into.clear();
        let word = |at: u16| self.forms.get(usize::from(at)).unwrap_or(&Form::NONE);
        let tag = |at: u16| match usize::from(at) {
            at if at < self.tags.len() => u32::from(self.tags[at]),
            at if at == self.tags.len() => 250,
            _ => 251,
        };
        let stack = |back: usize| self.stack.len().checked_sub(back + 1).map_or(NONE, |at| self.stack[at]);
        let ahead =
            |by: usize| if self.next + by <= self.forms.len() { (self.next + by) as u16 } else { NONE };
        let (s0, s1, s2) = (stack(0), stack(1), stack(2));
        let (b0, b1, b2) = (ahead(0), ahead(1), ahead(2));
        let child = |side: &Vec<[u16; 2]>, at: u16, nth: usize| {
            side.get(usize::from(at)).map_or(NONE, |held| held[nth])
        };
        let relation =
            |at: u16| self.heads.get(usize::from(at)).map_or(254, |(_, relation)| u32::from(*relation));
        let (s0l, s0r, s0l2, s0r2) = (
            child(&self.left, s0, 0),
            child(&self.right, s0, 0),
            child(&self.left, s0, 1),
            child(&self.right, s0, 1),
        );
        let (s1l, s1r) = (child(&self.left, s1, 0), child(&self.right, s1, 0));
        let (b0l, b0l2) = (child(&self.left, b0, 0), child(&self.left, b0, 1));
        let count = |at: u16, side: usize| {
            self.counts.get(usize::from(at)).map_or(9, |held| u32::from(held[side].min(4)))
        };
        let (w, t) = (|at: u16| word(at).lower, &tag);
        let (fine, coarse) = (|at: u16| word(at).company[0], |at: u16| word(at).company[1]);
        let gap = if s0 == NONE || b0 == NONE { 0 } else { u32::from((b0 - s0).min(6)) };
        let span = if s0 == NONE || s1 == NONE { 0 } else { u32::from((s0 - s1).min(6)) };
        let mut add = |kind: u32, what: u32| into.push(mix(300 + kind, what));
        // Single words.
        for (at, node) in [s0, s1, b0, b1, s2, b2].into_iter().enumerate() {
            let at = at as u32 * 4;
            add(at, mix(w(node), t(node)));
            add(at + 1, t(node));
            add(at + 2, mix(fine(node), t(node)));
            if at < 16 {
                add(at + 3, w(node));
            }
        }
        // Pairs of words.
        let pairs = [(s0, b0), (s1, s0), (s1, b0), (s0, b1), (b0, b1)];
        for (at, (a, b)) in pairs.into_iter().enumerate() {
            let at = 30 + at as u32 * 7;
            add(at, mix(mix(w(a), t(a)), mix(w(b), t(b))));
            add(at + 1, mix(t(a), t(b)));
            add(at + 2, mix(w(a), t(b)));
            add(at + 3, mix(t(a), w(b)));
            add(at + 4, mix(w(a), w(b)));
            add(at + 5, mix(mix(coarse(a), t(a)), mix(coarse(b), t(b))));
            add(at + 6, mix(fine(a), mix(fine(b), t(b))));
        }
        // Three words by their tags.
        let triples = [
            (b0, b1, b2),
            (s0, b0, b1),
            (s1, s0, b0),
            (s2, s1, s0),
            (s1, s0, b1),
            (s0, s0l, b0),
            (s0, s0r, b0),
            (s0, b0, b0l),
            (s1, s1r, s0),
            (s1, s1l, s0),
            (s1, s0, s0l),
            (s1, s0, s0r),
            (s0, s0l2, s0l),
            (s0, s0r2, s0r),
            (b0, b0l, b0l2),
        ];
        for (at, (a, b, c)) in triples.into_iter().enumerate() {
            add(70 + at as u32, mix(mix(t(a), t(b)), t(c)));
        }
        // Children.
        for (at, (node, held)) in
            [(s0, s0l), (s0, s0r), (b0, b0l), (s1, s1l), (s1, s1r)].into_iter().enumerate()
        {
            let at = 90 + at as u32 * 2;
            add(at, mix(t(node), mix(relation(held), t(held))));
            add(at + 1, mix(w(node), relation(held)));
        }
        add(123, mix(mix(t(s0), t(b0)), mix(relation(s0r), relation(b0l))));
        add(124, mix(mix(t(s1), t(s0)), mix(relation(s1r), relation(s0l))));
        add(125, mix(mix(t(s0), relation(s0l)), relation(s0l2)));
        add(126, mix(mix(t(s0), relation(s0r)), relation(s0r2)));
        add(110, mix(mix(t(s0), t(b0)), gap));
        add(111, mix(mix(w(s0), w(b0)), gap));
        add(112, mix(mix(t(s1), t(s0)), span));
        add(113, mix(mix(t(s0), count(s0, 0)), count(s0, 1)));
        add(114, mix(mix(t(s1), count(s1, 0)), count(s1, 1)));
        add(115, mix(t(b0), count(b0, 0)));
        add(116, mix(mix(w(s0), count(s0, 1)), count(s0, 0)));
        add(117, mix(w(b0), count(b0, 0)));
        add(118, mix(mix(mix(t(s0), t(b0)), t(s0r)), t(b0l)));
        add(119, mix(mix(mix(t(s1), t(s0)), t(s1r)), t(s0l)));
        add(120, mix(mix(fine(s0), fine(b0)), t(s1)));
        add(121, mix(mix(fine(s1), fine(s0)), t(b0)));
        add(122, mix(mix(coarse(s1), coarse(s0)), coarse(b0)));
    }
}

/// The heads and relations of a sentence; the root's number is that of the words.
pub(super) fn parse(
    steps: &impl Weigh,
    relations: &impl Weigh,
    forms: &[Form],
    tags: &[u8],
    count: usize,
) -> Vec<(u16, u8)> {
    let mut state = State::new(forms, tags);
    let mut held = Vec::with_capacity(128);
    while !state.is_done() {
        state.features(&mut held);
        let step = choose(steps, &state, &held);
        let relation = state.hung(step).map_or(0, |(word, head)| {
            super::relation::features(&state, usize::from(word), usize::from(head), &mut held);
            super::tag::best(relations, &held, count)
        });
        state.take(step, relation);
    }
    state.heads.truncate(forms.len());
    state.heads
}

/// What each step weighs.
pub(super) fn weighed(weights: &impl Weigh, features: &[u32]) -> [f32; 3] {
    let mut sums = [0.0f32; 3];
    weights.weigh_all(features, &mut sums);
    sums
}

/// The step with the greatest weight among those that may be taken.
pub(super) fn choose(weights: &impl Weigh, state: &State, features: &[u32]) -> Step {
    let sums = weighed(weights, features);
    let mut best = (Step::Shift, f32::NEG_INFINITY);
    for (step, sum) in Step::ALL.into_iter().zip(sums) {
        if state.may(step) && sum > best.1 {
            best = (step, sum);
        }
    }
    best.0
}
