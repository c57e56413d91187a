//! What the net of names looks at: the words around a word and around its run of capitals, each at a node, and rows for
//! their kinds.
//!
//! Only words near a capital are looked at, and all where a sentence is written in small letters: elsewhere the linear
//! model is left to itself, and nothing is spent.

use super::sight::{Casing, Sight};
use crate::linear::mix;
use crate::syntax::Form;

/// Words a view looks at: two before, the word, two behind, the last of its run of capitals, what stands before and behind the run.
pub(super) const NODES: usize = 8;
/// Rows for kinds of words; kinds that meet in one share it.
pub(super) const ROWS: usize = 4096;
/// Words of a run of capitals that are followed in each direction.
const RUN: usize = 7;

/// What the net looks at for one word: places of words in the sentence, `None` outside it, and rows.
#[derive(Clone)]
pub(super) struct View {
    pub(super) nodes: [Option<u16>; NODES],
    pub(super) rows: Vec<u16>,
}

/// A sentence as the net sees it.
#[derive(Clone, Default)]
pub(super) struct Views {
    /// The words by their letters in lower case.
    pub(super) keys: Vec<u32>,
    /// What is looked at for each word; `None` where the net says nothing.
    pub(super) views: Vec<Option<View>>,
}

/// What the net looks at in a sentence.
pub(super) fn views(sight: &Sight) -> Views {
    let views = (0..sight.forms.len()).map(|at| near(sight, at).then(|| view(sight, at)));
    Views { keys: sight.forms.iter().map(|form| form.lower).collect(), views: views.collect() }
}

/// Whether a word is a capital, stands beside one, or in the middle of two that are two words away.
fn near(Sight { forms, casing, .. }: &Sight, at: usize) -> bool {
    let capital =
        |by: isize| at.checked_add_signed(by).and_then(|at| forms.get(at)).is_some_and(|form| form.capital);
    *casing == Casing::Small || (-1..=1).any(capital) || capital(-2) && capital(2)
}

fn view(Sight { forms, marks, casing }: &Sight, at: usize) -> View {
    let capital = |at: usize| forms.get(at).is_some_and(|form| form.capital);
    let (mut first, mut last) = (at, at);
    if capital(at) {
        while last - at < RUN && capital(last + 1) {
            last += 1;
        }
        while at - first < RUN && first > 0 && capital(first - 1) {
            first -= 1;
        }
    }
    let before = |at: usize, by: usize| at.checked_sub(by);
    let places = [
        before(at, 2),
        before(at, 1),
        Some(at),
        Some(at + 1),
        Some(at + 2),
        Some(last),
        before(first, 1),
        Some(last + 1),
    ];
    let nodes = places.map(|place| place.filter(|place| *place < forms.len()));
    let small = u32::from(*casing == Casing::Small);
    let mut rows = Vec::with_capacity(NODES * 3 + 10);
    let mut add = |kind: u32, what: u32| rows.push((mix(kind, what) % ROWS as u32) as u16);
    for (node, place) in nodes.iter().enumerate() {
        let kind = 8 * node as u32;
        let form = place.map_or(&Form::NONE, |place| &forms[place]);
        let mark = place.map_or(0, |place| marks[place]);
        add(kind, mix(form.shape, small));
        add(kind + 1, mix(form.people, mark));
        add(kind + 2, form.company[1]);
        if (1..=3).contains(&node) {
            add(kind + 3, form.suffix[2]);
            add(kind + 4, form.company[0]);
        }
    }
    add(100, (last - at) as u32);
    add(101, (at - first) as u32);
    add(102, u32::from(at == 0));
    let capitals = forms.iter().filter(|form| form.capital).count();
    add(103, (capitals * 4 / forms.len()) as u32);
    add(104, small);
    View { nodes: nodes.map(|place| place.and_then(|place| u16::try_from(place).ok())), rows }
}
