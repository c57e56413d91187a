//! What a word looks like: the numbers that features are made of.

use crate::lexicon::{company, people, sense};
use crate::linear::{mix, number_of};
use model::Span;
use std::cell::RefCell;
use std::collections::HashMap;

/// A word as features see it.
#[derive(Clone, Copy, Default, Debug)]
pub struct Form {
    /// Its letters in lower case.
    pub lower: u32,
    /// Its letters as they stand.
    pub word: u32,
    /// Kinds of its letters: "Xx", "dd", "X.X."; runs over two are cut to two.
    pub shape: u32,
    /// Its last one, two and three letters.
    pub suffix: [u32; 3],
    /// Its first two and three letters.
    pub prefix: [u32; 2],
    /// What the lexicon says of it.
    pub sense: u32,
    /// Whether it is a name of people.
    pub people: u32,
    /// The fine and the coarse class of words in like company.
    pub company: [u32; 2],
    /// Whether it begins with a capital.
    pub capital: bool,
}

impl Form {
    /// What stands before the first word and behind the last.
    pub const NONE: Form = Form {
        lower: 1,
        word: 1,
        shape: 1,
        suffix: [1; 3],
        prefix: [1; 2],
        sense: 0,
        people: 0,
        company: [0; 2],
        capital: false,
    };
}

thread_local! {
    /// Forms of words met before: most words of a text are.
    static KNOWN: RefCell<HashMap<Box<str>, Form>> = RefCell::default();
}

/// Forms that are kept.
const KEPT: usize = 20_000;

/// The form of a word.
fn known(word: &str, table: &mut HashMap<Box<str>, Form>) -> Form {
    if let Some(form) = table.get(word) {
        return *form;
    }
    if table.len() == KEPT {
        table.clear();
    }
    *table.entry(word.into()).or_insert(form(word))
}

/// The forms of words.
pub fn forms(text: &str, words: &[Span]) -> Vec<Form> {
    let mut forms: Vec<Form> =
        KNOWN.with_borrow_mut(|table| words.iter().map(|span| known(span.of(text), table)).collect());
    // A word with a hyphen keeps the company of the whole: "al-Qaeda".
    for at in 1..words.len().saturating_sub(1) {
        let (before, behind) = (words[at - 1], words[at + 1]);
        let glued = before.end() == words[at].start() && words[at].end() == behind.start();
        if !glued || words[at].of(text) != "-" {
            continue;
        }
        let (fine, coarse) = company(&before.join(behind).of(text).to_lowercase());
        if fine > 0 {
            forms[at - 1..=at + 1].iter_mut().for_each(|form| form.company = [fine, coarse]);
        }
    }
    forms
}

/// Irregular forms that carry most sentences, and the word under which the lexicon has them.
const IRREGULAR: [(&str, &str); 24] = [
    ("said", "say"),
    ("told", "tell"),
    ("thought", "think"),
    ("knew", "know"),
    ("known", "know"),
    ("wrote", "write"),
    ("written", "write"),
    ("spoke", "speak"),
    ("spoken", "speak"),
    ("meant", "mean"),
    ("felt", "feel"),
    ("found", "find"),
    ("took", "take"),
    ("gave", "give"),
    ("given", "give"),
    ("went", "go"),
    ("gone", "go"),
    ("came", "come"),
    ("made", "make"),
    ("saw", "see"),
    ("seen", "see"),
    ("men", "man"),
    ("women", "woman"),
    ("children", "child"),
];

fn form(word: &str) -> Form {
    let lower = word.chars().flat_map(char::to_lowercase).map(|c| if c == '’' { '\'' } else { c });
    let lower = &lower.collect::<String>();
    let letters = word.starts_with(|c: char| c.is_alphabetic());
    let bare = IRREGULAR.iter().find(|(form, _)| form == lower).map_or(lower.as_str(), |(_, bare)| bare);
    let tail = |count: usize| {
        let at = lower.char_indices().rev().nth(count - 1).map_or(0, |(at, _)| at);
        number_of(&lower[at..])
    };
    let head =
        |count: usize| number_of(&lower[..lower.char_indices().nth(count).map_or(lower.len(), |(at, _)| at)]);
    Form {
        lower: number_of(lower),
        word: number_of(word),
        shape: shape(word),
        suffix: [tail(1), tail(2), tail(3)],
        prefix: [head(2), head(3)],
        sense: if letters { sense(bare).bits() } else { 0 },
        people: if letters { people(lower) } else { 0 },
        company: {
            let (fine, coarse) = company(lower);
            [fine, coarse]
        },
        capital: word.starts_with(char::is_uppercase),
    }
}

fn shape(word: &str) -> u32 {
    let (mut shape, mut last, mut run) = (7, ' ', 0);
    for c in word.chars() {
        let kind = match c {
            _ if c.is_uppercase() => 'X',
            _ if c.is_alphabetic() => 'x',
            _ if c.is_numeric() => 'd',
            _ => c,
        };
        run = if kind == last { run + 1 } else { 1 };
        last = kind;
        if run <= 2 {
            shape = mix(shape, kind as u32);
        }
    }
    shape
}
