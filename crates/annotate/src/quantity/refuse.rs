//! Numbers that are no quantities: names, dates, references; and bare ones that are.

use super::Reader;
use super::measure::Measured;
use super::number::Number;
use super::token::Class;
use model::time::Value;

impl Reader<'_> {
    /// "Ann Marsh, 41, said": an age.
    pub(super) fn is_age(&self, at: usize, first: &Number, last: usize) -> bool {
        let capital = |at: usize| self.of(at).starts_with(char::is_uppercase);
        let years = !first.in_words && (1.0..=110.0).contains(&first.value) && first.value.fract() == 0.0;
        let listed =
            at > 1 && self.of_mark(at - 1) == Some(',') && capital(at - 2) && self.of_mark(last) == Some(',');
        let aged = at > 0 && (self.is_word(at - 1, "aged") || self.is_word(at - 1, "age"));
        // "Anna Holm (82)".
        let bracketed = at > 2
            && self.of_mark(at - 1) == Some('(')
            && self.of_mark(last) == Some(')')
            && first.value >= 15.0
            && [at - 2, at - 3].into_iter().all(|at| capital(at) && self.class(at) == Some(Class::Word));
        // "Her son, who was 50, left."
        let was = at > 1
            && ["was", "is", "turned", "turns"].iter().any(|word| self.is_word(at - 1, word))
            && ["who", "he", "she"].iter().any(|word| self.is_word(at - 2, word))
            && (self.token(last).is_none()
                || self.of_mark(last).is_some_and(|c| matches!(c, '.' | ',' | ';' | '!' | '?'))
                || self.is_word(last, "when"));
        years && (aged || bracketed || was || listed && self.class(at - 2) == Some(Class::Word))
    }

    /// Numbers that are part of a word: versions, addresses, "G20".
    pub(super) fn is_glued_name(&self, at: usize, money: bool, end: usize) -> bool {
        let before = at.checked_sub(1);
        let glued = self.glued(at) && !money;
        let mark_before = before.and_then(|before| self.of_mark(before));
        if glued && mark_before.is_none() {
            return true;
        }
        // A unit that goes on with letters or digits is none: "173m2b".
        let torn = |at: usize| {
            self.glued(at)
                && (self.class(at).is_some_and(|class| class != Class::Mark)
                    || self.of_mark(at) == Some('-')
                        && self.class(at + 1) == Some(Class::Digits)
                        && self.glued(at + 1))
        };
        if end > at + 1 && torn(end) {
            return true;
        }
        // "COVID-19", "[17]", "#4", "3.2.1", "@12".
        if glued && mark_before.is_some_and(|c| "-–/._[#@:\\'’=".contains(c)) {
            let free_dash = mark_before == Some('-') && at > 1 && !self.glued(at - 1);
            if !free_dash {
                return true;
            }
        }
        false
    }

    /// Numbers that name, where no unit stands behind: references, clocks, models, places in lists.
    pub(super) fn is_name(&self, at: usize, first: &Number, last: usize) -> bool {
        let before = at.checked_sub(1);
        let mark_before = before.and_then(|before| self.of_mark(before));
        if mark_before == Some('[') && self.of_mark(last) == Some(']') {
            return true;
        }
        if self.glued(last) {
            match self.of_mark(last) {
                // "10:30", "24/7", "16-bit".
                Some(':' | '/' | '_' | '\\' | '=') => return true,
                Some('-')
                    if self.class(last + 1).is_some_and(|class| class != Class::Mark)
                        && self.glued(last + 1) =>
                {
                    return true;
                }
                None => return true,
                _ => {}
            }
        }
        let Some(before) = before else { return false };
        let digits = !first.in_words && first.value.fract() == 0.0 && !first.scaled;
        let label = self.class(before) == Some(Class::Label)
            || self.of_mark(before) == Some('.') && before > 0 && self.is_word(before - 1, "no");
        let noun = self.noun_after(last);
        let led = |at: usize| self.of(at).contains(char::is_uppercase);
        if digits && label && (noun.is_none_or(|noun| !noun.plural) || led(before)) {
            return true;
        }
        // "11 Pro cameras" behind a capital, "500 utilities" behind a letter.
        if digits
            && before > 0
            && led(before)
            && noun.is_some_and(|noun| led(noun.first) || self.of(before).len() == 1)
        {
            return true;
        }
        // "787 Dreamliner": a single thing with a capital.
        if digits && first.value != 1.0 && noun.is_some_and(|noun| !noun.plural && led(noun.head)) {
            return true;
        }
        // "Falcon 9", "the Big 12": a capital before, and nothing counted behind.
        let capital = self.class(before) == Some(Class::Word)
            && self.of(before).starts_with(char::is_uppercase)
            && before > 0
            && !self.glued(at);
        digits && capital && noun.is_none_or(|noun| !noun.plural)
    }

    /// A number that counts nothing said and stands all the same: an index at 13,176, a price at 50.94.
    pub(super) fn stands_alone(&self, at: usize, first: &Number, last: usize) -> bool {
        if self.of(at).contains('.') && first.value >= 1000.0 {
            return true;
        }
        let exact = self.of(at).contains('.') && first.value >= 10.0
            || first.value >= 1000.0 && !(1500.0..2100.0).contains(&first.value);
        let led = at > 0
            && ["to", "at", "of", "from", "by", "was", "is", "and", "about", "between"]
                .iter()
                .any(|word| self.is_word(at - 1, word));
        // "Thousands were detained", "the toll climbed to 43".
        let reached = at > 1 && self.is_word(at - 1, "to") && self.tokens[at - 2].change & 3 != 0;
        let many = first.vague && first.value >= 100.0 && !self.is_word(last, "of");
        let named = self.glued(last) && self.of_mark(last).is_none();
        first.scaled
            || many
            || reached && !first.in_words && !named && !(1500.0..2100.0).contains(&first.value)
            || first.part && (first.in_words || self.is_word(last, "of"))
            || first.part && self.of_mark(at.wrapping_sub(1)).is_some_and(|c| matches!(c, ',' | '('))
            || !first.in_words && exact && led && !(self.glued(last) && self.of_mark(last).is_none())
    }

    /// Whether the number is one of a date or clock. A count of days or years is none, whatever it leads to.
    pub(super) fn is_dated(&self, at: usize, last: usize, unit: Option<&Measured>, counts: bool) -> bool {
        let span = self.span(at, last);
        let place = self.times.partition_point(|time| time.span.end() <= span.start());
        let dated = self.times.get(place).is_some_and(|time| {
            time.span.start() < span.end() && matches!(time.value, Value::Calendar(_) | Value::Interval(..))
        });
        let year = |at: usize| {
            self.class(at) == Some(Class::Digits)
                && self.of(at).len() == 4
                && self.of(at).bytes().all(|byte| byte.is_ascii_digit())
                && (1500.0..2100.0).contains(&self.tokens[at].value)
        };
        let month = self.class(last) == Some(Class::Month) && !self.is_word(last, "may")
            || at > 0 && self.class(at - 1) == Some(Class::Month) && unit.is_none();
        match unit {
            Some(unit) => dated && !unit.time || unit.name == "year" && year(at) && last == at + 1,
            None => dated || !counts && (month || year(at) && last == at + 1),
        }
    }

    /// "The other four towns": what is left of a set, and no count of towns.
    pub(super) fn is_left(&self, at: usize, last: usize) -> bool {
        let other = at > 1
            && ["other", "remaining"].iter().any(|word| self.is_word(at - 1, word))
            && self.is_word(at - 2, "the");
        other && self.noun_after(last).is_some_and(|noun| noun.plural)
    }

    /// "One of the men", "no one", "one day": no count, unless a unit or a bound makes it one.
    pub(super) fn is_one(&self, at: usize, first: &Number, unit: Option<&Measured>, bounded: bool) -> bool {
        if !first.in_words || first.value != 1.0 || first.scaled {
            let of = self.is_word(first.end, "of") && first.value == 1.0;
            let pointed = first.in_words
                && at > 0
                && !first.scaled
                && !first.part
                && unit.is_none()
                && ["other", "another", "each", "every", "no", "any"]
                    .iter()
                    .any(|word| self.is_word(at - 1, word));
            return of || pointed && !self.is_left(at, first.end);
        }
        let measured = unit.is_some_and(|unit| !unit.time) || bounded;
        !measured || self.is_word(first.end, "of")
    }
}
