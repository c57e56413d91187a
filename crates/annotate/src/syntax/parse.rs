//! Which word hangs on which: transitions of the arc-hybrid system, the best one at each step (Kuhlmann et al. 2011),
//! with the dynamic oracle of Goldberg and Nivre (2013) in learning. The root stands behind the last word.

use super::form::Form;
use crate::net::{NONE, Net, Reading, Seen, Size, View};

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
    pub(super) fn view(&self, counts: Counts) -> View {
        let stack = |back: usize| self.stack.len().checked_sub(back + 1).map_or(NONE, |at| self.stack[at]);
        let ahead =
            |by: usize| if self.next + by <= self.forms.len() { (self.next + by) as u16 } else { NONE };
        let child = |side: &Vec<[u16; 2]>, at: u16, nth: usize| {
            side.get(usize::from(at)).map_or(NONE, |held| held[nth])
        };
        let beside = |at: u16, by: i16| match at.checked_add_signed(by) {
            Some(beside) if at != NONE && usize::from(beside) <= self.forms.len() => beside,
            _ => NONE,
        };
        let (s0, s1, s2) = (stack(0), stack(1), stack(2));
        let b0 = ahead(0);
        let (left, right) = (child(&self.left, s0, 0), child(&self.right, s0, 0));
        let nodes = [
            s0,
            s1,
            s2,
            b0,
            ahead(1),
            ahead(2),
            left,
            right,
            child(&self.left, s1, 0),
            child(&self.right, s1, 0),
            child(&self.left, b0, 0),
            child(&self.left, s0, 1),
            child(&self.right, s0, 1),
            child(&self.left, b0, 1),
            // From here on only tags and relations are looked at.
            child(&self.left, s1, 1),
            child(&self.right, s1, 1),
            child(&self.left, left, 0),
            child(&self.right, right, 0),
            beside(s0, -1),
            beside(s0, 1),
            beside(s1, -1),
            beside(s1, 1),
            stack(3),
            ahead(3),
        ];
        let mut view = View { nodes: nodes[..WORDS].to_vec(), rows: Vec::with_capacity(2 * NODES) };
        for (node, at) in nodes.map(usize::from).into_iter().enumerate() {
            // The root has a row of its own; no word, and a word without relation, have none.
            let from = node * counts.at_node();
            let root = (at == self.tags.len()).then_some(counts.tags);
            let tag = self.tags.get(at).map(|tag| usize::from(*tag)).or(root);
            let relation = self.heads.get(at).map(|(_, relation)| usize::from(*relation));
            let relation = relation.filter(|relation| *relation < counts.relations);
            view.rows.extend(tag.map(|tag| (from + tag) as u32));
            view.rows.extend(relation.map(|relation| (from + counts.tags + 1 + relation) as u32));
        }
        let mut from = NODES * counts.at_node();
        let mut add = |rows: usize, row: usize| {
            view.rows.push((from + row) as u32);
            from += rows;
        };
        let count = |at: u16, side: usize| {
            self.counts.get(usize::from(at)).map_or(0, |held| usize::from(held[side].min(4)))
        };
        let far = |a: u16, b: u16| if a == NONE || b == NONE { 0 } else { usize::from(b.abs_diff(a)) };
        let (gap, span) = (far(s0, b0).min(7), far(s1, s0).min(7));
        add(FAR, gap);
        add(FAR, span);
        let hung = |at: u16| count(at, 0) * 5 + count(at, 1);
        add(COUNTS, hung(s0));
        add(COUNTS, hung(s1));
        add(COUNTS, hung(b0));
        view
    }
}

/// Words whose own numbers are looked at, and those of which only tags and relations are.
const WORDS: usize = 14;
const NODES: usize = 24;
/// How far words lie apart, and how much hangs on one.
const FAR: usize = 8;
const COUNTS: usize = 25;

/// How many labels of each sort there are.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Counts {
    /// Tags.
    pub tags: usize,
    /// Relations.
    pub relations: usize,
}

impl Counts {
    /// The size of the net that parses.
    pub(super) fn size(self) -> Size {
        Size {
            nodes: WORDS,
            rows: NODES * self.at_node() + 2 * FAR + 3 * COUNTS,
            outputs: Step::ALL.len() + 2 * self.relations,
        }
    }

    /// Rows of tags and relations at one node.
    fn at_node(self) -> usize {
        self.tags + 1 + self.relations
    }

    /// The outputs that are relations of a step.
    pub(super) fn relations_of(self, step: Step) -> std::ops::Range<usize> {
        let from = Step::ALL.len() + if step == Step::Right { self.relations } else { 0 };
        from..from + self.relations
    }
}

/// The heads and relations of a sentence; the root's number is that of the words.
pub(super) fn parse(
    net: &Net,
    counts: Counts,
    seen: &mut Seen,
    forms: &[Form],
    tags: &[u8],
) -> Vec<(u16, u8)> {
    let mut reading = Reading::new(net, seen, forms);
    let mut state = State::new(forms, tags);
    while !state.is_done() {
        let hidden = reading.hidden(&state.view(counts));
        let steps = Step::ALL.into_iter().filter(|step| state.may(*step));
        let best = reading.best(&hidden, steps.map(|step| step as usize));
        let step = best.and_then(|at| Step::ALL.get(at)).copied().unwrap_or(Step::Shift);
        let relations = counts.relations_of(step);
        let from = relations.start;
        let relation = if step == Step::Shift { None } else { reading.best(&hidden, relations) };
        state.take(step, relation.map_or(0, |at| (at - from) as u8));
    }
    state.heads.truncate(forms.len());
    state.heads
}
