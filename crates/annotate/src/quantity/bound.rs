//! Words that bound a number, and verbs that say which way it moved.

use super::Reader;
use super::token::{Class, words};
use model::Change;

impl Reader<'_> {
    /// The bound before a number and the first token of its words.
    pub(super) fn bound_before(&self, at: usize, least: usize) -> (Option<u8>, usize) {
        let table = words();
        let mut from = at;
        let mut sign = None;
        // "Over a hundred", "up to a third": the article belongs to the number.
        if from > least
            && matches!(self.class(from), Some(Class::Scale | Class::Part))
            && self.is_article(from - 1)
        {
            from -= 1;
        }
        // The letters of "US$" belong to the number.
        let letters = from > least && self.glued(from) && self.class(from - 1) != Some(Class::Mark);
        if letters && self.of(from - 1).len() <= 3 {
            from -= 1;
        }
        if from > least && self.of_mark(from - 1).is_some_and(|c| "~≈±<>≤≥".contains(c)) {
            sign = Some(match self.of(from - 1) {
                "<" | "≤" => b'<',
                ">" | "≥" => b'>',
                _ => b'~',
            });
            return (sign, from - 1);
        }
        for _ in 0..2 {
            let Some(last) = from.checked_sub(1).map(|at| self.tokens[at].word as usize) else { break };
            if last == 0 || !table.ends_bound.get(last).copied().unwrap_or(false) {
                break;
            }
            let phrase = table.before.iter().find(|(numbers, _)| {
                numbers.len() + least <= from
                    && numbers
                        .iter()
                        .enumerate()
                        .all(|(back, word)| self.tokens[from - 1 - back].word == *word)
            });
            let Some((numbers, found)) = phrase else { break };
            // "выросло до 164": behind a verb of change it says to what.
            if self.is_word(from - 1, "до") && from > 1 && self.tokens[from - 2].change & 3 != 0 {
                break;
            }
            from -= numbers.len();
            sign = match sign {
                Some(b'<' | b'>') => sign,
                _ => Some(*found),
            };
        }
        // "Between": its words belong to the range.
        if sign.is_none() && from > least && self.is_word(from - 1, "between") {
            return (None, from - 1);
        }
        (sign, from)
    }

    pub(super) fn bound_after(&self, at: usize) -> (Option<u8>, usize) {
        if self.of_mark(at) == Some('+') && self.glued(at) {
            return (Some(b'>'), at + 1);
        }
        // "Sixty-odd"
        if self.of_mark(at) == Some('-') && self.glued(at) && self.is_word(at + 1, "odd") {
            return (Some(b'~'), at + 2);
        }
        let found = words().after.iter().find(|(numbers, _)| {
            numbers
                .iter()
                .enumerate()
                .all(|(step, word)| self.token(at + step).is_some_and(|token| token.word == *word))
        });
        found.map_or((None, at), |(numbers, sign)| (Some(*sign), at + numbers.len()))
    }

    /// Whether a verb of change stands before a number and says by how much.
    pub(super) fn verb_of_change(&self, from: usize, range: bool) -> Option<Change> {
        let mut at = from;
        for _ in 0..4 {
            at = at.checked_sub(1)?;
            let token = &self.tokens[at];
            match token.change & 3 {
                1 => return Some(Change::Up),
                2 => return Some(Change::Down),
                _ => {}
            }
            let noun = self.is_word(at, "of") && at > 0 && self.tokens[at - 1].change & 3 != 0;
            if token.change & 4 == 0 && !noun && !(range && self.is_word(at, "from")) {
                return None;
            }
        }
        None
    }
}
