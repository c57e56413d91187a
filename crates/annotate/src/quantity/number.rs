//! The grammar of numbers: digits, words, mixtures, fractions.

use super::Reader;
use super::token::Class;

/// A number as it is written.
#[derive(Clone, Copy, Debug)]
pub(super) struct Number {
    pub(super) value: f64,
    /// The token behind it.
    pub(super) end: usize,
    pub(super) in_words: bool,
    /// A scale word stands in it.
    pub(super) scaled: bool,
    /// A part of one: "3/4", "a third", "half".
    pub(super) part: bool,
    /// A vague word, of which the value is the least: "hundreds".
    pub(super) vague: bool,
}

impl Reader<'_> {
    /// The number that begins at a token.
    pub(super) fn number(&self, at: usize) -> Option<Number> {
        let token = self.token(at)?;
        let plain = Number { value: 0.0, end: at, in_words: true, scaled: false, part: false, vague: false };
        match token.class {
            Class::Digits => Some(self.digits(at, token.value)),
            Class::Mark => glyph(self.of(at)).map(|value| Number {
                value,
                end: at + 1,
                part: true,
                in_words: false,
                ..plain
            }),
            Class::Small | Class::Tens | Class::Hundreds => self.spelled(at),
            Class::Scale
                if token.value == 12.0 || self.is_article(at.wrapping_sub(1)) || self.several(at) =>
            {
                // "Several thousand" are two thousand at least.
                let least = if self.several(at) { 2.0 } else { 1.0 };
                let mut number = Number { value: least, end: at, ..plain };
                self.scale(&mut number);
                (number.scaled).then_some(number)
            }
            // "Тысячи людей": the plural of a scale alone.
            Class::Scale if !self.of(at).is_ascii() && self.of(at).ends_with(['и', 'ы']) => {
                Some(Number { value: token.value, end: at + 1, vague: true, ..plain })
            }
            Class::Vague => {
                let mut number = Number { value: token.value, end: at + 1, vague: true, ..plain };
                // "Tens of thousands", "hundreds of millions".
                if self.is_word(at + 1, "of") && self.class(at + 2) == Some(Class::Vague) {
                    number.value *= self.tokens[at + 2].value;
                    number.end = at + 3;
                }
                Some(number)
            }
            Class::Part => {
                if !self.of(at).is_ascii() {
                    let of_something = self.class(at + 1) == Some(Class::Word);
                    return of_something.then_some(Number {
                        value: 1.0 / token.value,
                        end: at + 1,
                        part: true,
                        ..plain
                    });
                }
                if token.value == 2.0 {
                    return self.half(at);
                }
                if self.class(at + 1) == Some(Class::Scale)
                    && self.tokens[at + 1].value > 12.0
                    && token.value == 4.0
                {
                    let value = self.tokens[at + 1].value / token.value;
                    return Some(Number { value, end: at + 2, scaled: true, ..plain });
                }
                // "A third of them", "fell by a third".
                let article = self.is_article(at.wrapping_sub(1))
                    && (self.is_word(at + 1, "of") || self.verb_of_change(at - 1, false).is_some());
                article.then_some(Number { value: 1.0 / token.value, end: at + 1, part: true, ..plain })
            }
            _ => None,
        }
    }

    /// Whether a word for a few of them stands before a scale: "several thousand", "a few hundred", "a couple of dozen".
    fn several(&self, at: usize) -> bool {
        let before = at.wrapping_sub(1 + usize::from(self.is_word(at.wrapping_sub(1), "of")));
        ["several", "few", "couple", "несколько", "нескольких", "пару"]
            .iter()
            .any(|word| self.is_word(before, word))
    }

    /// "Half of", "half a million", "a half".
    fn half(&self, at: usize) -> Option<Number> {
        let plain =
            Number { value: 0.5, end: at + 1, in_words: true, scaled: false, part: true, vague: false };
        if self.is_article(at + 1) && self.class(at + 2) == Some(Class::Scale) {
            return Some(Number {
                value: 0.5 * self.tokens[at + 2].value,
                end: at + 3,
                scaled: true,
                part: false,
                ..plain
            });
        }
        if self.class(at + 1) == Some(Class::Scale) && self.tokens[at + 1].value > 12.0 {
            return Some(Number {
                value: 0.5 * self.tokens[at + 1].value,
                end: at + 2,
                scaled: true,
                part: false,
                ..plain
            });
        }
        let which = at > 0
            && ["second", "first", "latter", "other", "former", "this", "that", "each", "another"]
                .iter()
                .any(|word| self.is_word(at - 1, word));
        (self.is_word(at + 1, "of") && !self.glued(at) && !which).then_some(plain)
    }

    fn digits(&self, at: usize, value: f64) -> Number {
        let mut number =
            Number { value, end: at + 1, in_words: false, scaled: false, part: false, vague: false };
        // "80, 000 spectators": a blank behind the comma, in texts cut by machines.
        let torn = |at: usize| {
            let own = self.of(at);
            self.of_mark(at + 1) == Some(',')
                && self
                    .token(at + 2)
                    .is_some_and(|next| next.class == Class::Digits && next.end - next.start == 3)
                && !self.glued(at + 2)
                && self.glued(at + 1)
                && own.len() <= 3
                && self.of(at + 2).ends_with("00")
        };
        if torn(at) && number.end == at + 1 {
            number.value = value * 1000.0 + self.tokens[at + 2].value;
            number.end = at + 3;
        }
        // "1 250 000": thousands parted by blanks, but no day before a number ("on May 12 500 people marched").
        let three = |at: usize| {
            self.class(at) == Some(Class::Digits)
                && self.of(at).len() == 3
                && self.of(at).bytes().all(|byte| byte.is_ascii_digit())
                && self.tokens[at].start == self.tokens[at - 1].end + 1
        };
        let led = at > 0 && matches!(self.class(at - 1), Some(Class::Month | Class::Label | Class::Digits));
        let told = self.times.iter().any(|time| {
            time.span.end() > self.tokens[at].start as usize
                && time.span.start() < self.tokens[at].end as usize
        });
        if !led
            && !told
            && self.of(at).len() <= 3
            && self.of(at).bytes().all(|byte| byte.is_ascii_digit())
            && !self.of(at).starts_with('0')
        {
            while number.end < self.tokens.len() && three(number.end) {
                number.value = number.value * 1000.0 + self.tokens[number.end].value;
                number.end += 1;
            }
        }
        let whole = |at: usize| {
            self.token(at).is_some_and(|t| t.class == Class::Digits && !self.of(at).contains(['.', ',']))
        };
        let fraction = |at: usize| {
            (whole(at)
                && self.of_mark(at + 1) == Some('/')
                && self.glued(at + 1)
                && self.glued(at + 2)
                && whole(at + 2))
            .then(|| (self.tokens[at].value, self.tokens[at + 2].value))
            .filter(|(upper, lower)| *lower >= 2.0 && *upper < *lower && *lower <= 100.0)
            .map(|(upper, lower)| upper / lower)
        };
        if let Some(part) =
            fraction(at).filter(|_| self.of_mark(at + 3) != Some('/') && is_plain_fraction(self.of(at + 2)))
        {
            return Number { value: part, end: at + 3, part: true, ..number };
        }
        if whole(at)
            && !self.glued(at + 1)
            && self.class(at + 1) == Some(Class::Digits)
            && let Some(part) = fraction(at + 1)
        {
            number.value += part;
            number.end = at + 4;
        } else if let Some(part) = self.token(at + 1).and_then(|_| glyph(self.of(at + 1))) {
            number.value += part;
            number.end = at + 2;
        }
        self.scale(&mut number);
        if self.is_word(number.end, "and")
            && self.is_article(number.end + 1)
            && self.is_word(number.end + 2, "half")
        {
            number.value += 0.5;
            number.end += 3;
        }
        number
    }

    /// "Twenty-five", "two hundred and fifty", "one and a half million", "two thirds".
    fn spelled(&self, at: usize) -> Option<Number> {
        let mut end = at;
        let (mut total, mut group) = (0.0, 0.0);
        let mut scaled = false;
        let mut last = f64::INFINITY;
        loop {
            let token = self.token(end)?;
            match token.class {
                Class::Hundreds if last > 999.0 => {
                    group += token.value;
                    last = 100.0;
                    end += 1;
                }
                Class::Tens if last > 99.0 => {
                    group += token.value;
                    last = 10.0;
                    end += 1;
                    let dash = usize::from(self.of_mark(end) == Some('-') && self.glued(end));
                    if self.class(end + dash) == Some(Class::Small)
                        && (1.0..10.0).contains(&self.tokens[end + dash].value)
                    {
                        group += self.tokens[end + dash].value;
                        last = 1.0;
                        end += dash + 1;
                    }
                }
                // Slavic tens and units stand side by side without a hyphen.
                Class::Small
                    if last > 99.0 || last > 9.0 && !self.of(end).is_ascii() && token.value < 10.0 =>
                {
                    group += token.value;
                    last = 1.0;
                    end += 1;
                }
                _ => break,
            }
            // Scales: a hundred holds within a group, the greater ones close it.
            while self.class(end) == Some(Class::Scale) {
                let scale = self.tokens[end].value;
                scaled = true;
                if scale == 100.0 {
                    group *= 100.0;
                    last = 100.0;
                } else {
                    // "One thousand million": a scale right behind a scale.
                    match group == 0.0 && total > 0.0 {
                        true => total *= scale,
                        false => total += group * scale,
                    }
                    group = 0.0;
                    last = scale;
                }
                end += 1;
            }
            let and = usize::from(self.is_word(end, "and"));
            let slavic = and == 0 && !self.of(at).is_ascii();
            let least = if slavic { 9.0 } else { 99.0 };
            let goes_on = (scaled || slavic)
                && last > least
                && matches!(self.class(end + and), Some(Class::Small | Class::Tens | Class::Hundreds))
                && (and == 0 || last >= 100.0);
            // "Between one hundred and two hundred", "two thousand and three thousand": a number of its own begins.
            let other = and == 1
                && self.spelled(end + 1).is_some_and(|rest| {
                    let known = total + group;
                    let between = at > 0 && self.is_word(at - 1, "between") && rest.value > known;
                    between || rest.value >= last && !(last == 100.0 && self.multiplies(end + 1))
                });
            if !goes_on || other {
                break;
            }
            end += and;
            if self.class(end).is_none() {
                break;
            }
        }
        let mut number =
            Number { value: total + group, end, in_words: true, scaled, part: false, vague: false };
        if number.end == at {
            return None;
        }
        // "Two-thirds", "three quarters".
        let dash = usize::from(self.of_mark(end) == Some('-'));
        if let Some(part) =
            self.token(end + dash).filter(|t| t.class == Class::Part && number.value < t.value)
        {
            let many = self.of(end + dash).ends_with('s') || dash == 1;
            let of = self.is_word(end + dash + 1, "of")
                || dash == 1
                || self.class(end + dash + 1) == Some(Class::Scale);
            if many && of && !self.is_unit_of_time(end + dash) {
                number =
                    Number { value: number.value / part.value, end: end + dash + 1, part: true, ..number };
                self.scale(&mut number);
                number.part = !number.scaled;
                return Some(number);
            }
        }
        if self.is_word(end, "and") && self.is_article(end + 1) && self.is_word(end + 2, "half") {
            number.value += 0.5;
            number.end = end + 3;
            self.scale(&mut number);
        }
        Some(number)
    }

    /// Whether a number below a hundred stands before a scale over it, so that all before it is multiplied: "hundred and fifty thousand".
    fn multiplies(&self, at: usize) -> bool {
        let words = (at..at + 3)
            .take_while(|at| matches!(self.class(*at), Some(Class::Small | Class::Tens | Class::Mark)));
        let scale = at + words.count();
        self.token(scale).is_some_and(|token| token.class == Class::Scale && token.value > 100.0)
    }

    fn is_unit_of_time(&self, at: usize) -> bool {
        // "Two quarters of losses" counts quarters of a year as often as not.
        self.is_word(at, "quarters") && !self.is_word(at + 1, "of")
    }

    /// Multiplies by the scales that follow: "20 thousand", "2.7m", "500 hundred thousand".
    pub(super) fn scale(&self, number: &mut Number) {
        while let Some(token) = self.token(number.end) {
            let glued = self.glued(number.end);
            let own = self.of(number.end);
            let letter = match own {
                "k" | "K" if glued => Some(1e3),
                "m" | "M"
                    if glued && (self.money_at(number.end) || own == "M" && !self.glued(number.end + 1)) =>
                {
                    Some(1e6)
                }
                "b" | "B" | "bn" if glued && self.money_at(number.end) => Some(1e9),
                "m" if glued
                    && self
                        .noun_after(number.end + 1)
                        .is_some_and(|noun| noun.plural && noun.first == noun.head) =>
                {
                    Some(1e6)
                }
                "tn" if glued && self.money_at(number.end) => Some(1e12),
                "bn" | "bln" | "mln" => Some(if own == "mln" { 1e6 } else { 1e9 }),
                _ => None,
            };
            let dash = usize::from(
                self.of_mark(number.end) == Some('-')
                    && self.class(number.end + 1) == Some(Class::Scale)
                    && self.glued(number.end),
            );
            let factor = match token.class {
                Class::Scale => Some(token.value),
                _ if dash == 1 => Some(self.tokens[number.end + 1].value),
                _ => letter,
            };
            let Some(factor) = factor else { break };
            number.value *= factor;
            let short = ["тыс", "млн", "млрд", "трлн"].contains(&own);
            number.end += 1 + dash;
            number.scaled = true;
            // The stop of a short form.
            if short
                && self.of_mark(number.end) == Some('.')
                && self.of(number.end + 1).starts_with(char::is_lowercase)
            {
                number.end += 1;
            }
        }
    }

    /// Whether a sign of money stands before the number that ends at a token.
    fn money_at(&self, at: usize) -> bool {
        (at.saturating_sub(4)..at).any(|before| {
            matches!(self.of_mark(before), Some('$' | '£' | '€' | '¥')) || self.of(before).ends_with('$')
        })
    }
}

/// The value of a fraction in one character.
fn glyph(mark: &str) -> Option<f64> {
    Some(match mark {
        "½" => 0.5,
        "⅓" => 1.0 / 3.0,
        "⅔" => 2.0 / 3.0,
        "¼" => 0.25,
        "¾" => 0.75,
        "⅛" => 0.125,
        _ => return None,
    })
}

/// Denominators that are written: "9/11" and "24/7" are names.
fn is_plain_fraction(lower: &str) -> bool {
    ["2", "3", "4", "5", "6", "8", "10", "12", "16", "32", "64", "100"].contains(&lower)
}
