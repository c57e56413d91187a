//! Quantities: numbers as intervals, with the words that bound them, their unit, and what they count.
//!
//! One scan gives typed words (`token`), a grammar reads numbers of any make (`number`), units come from a table
//! (`unit`), and what is counted from the words around (`noun`). No grammar of sentences stands behind it. A vague
//! word is never turned into a number: "hundreds" is an interval open above, with the word kept.

mod bound;
mod measure;
mod noun;
mod number;
mod refuse;
mod token;
mod unit;

use crate::{Cx, Extractor, Tier};
use measure::Measured;
use model::{Change, Layers, Quantity, Span, Time};
use number::Number;
use token::{Class, Token, scan};

pub(crate) const QUANTITY: Extractor = Extractor {
    name: "quantity",
    version: 7,
    about: "numbers as intervals, with the words that bound them, their unit and what they count",
    example: "just over 3,000 dockers",
    languages: &["en", "ru"],
    rules: include_str!("../../rules/en/quantity.toml"),
    tier: Tier::Fast,
    run,
};

fn run(cx: &Cx, layers: &mut Layers) {
    layers.quantities = quantities(cx.text, &cx.sentences, &layers.times);
}

/// The quantities of some sentences, given the times in them.
pub(crate) fn quantities(text: &str, sentences: &[Span], times: &[Time]) -> Vec<Quantity> {
    let mut found = Vec::new();
    let mut tokens = Vec::new();
    for sentence in sentences {
        scan(text, sentence.start(), sentence.end(), &mut tokens);
        let reader = Reader { text, tokens: &tokens, times };
        // The token behind the last quantity: none reaches back beyond it.
        let (mut at, mut least) = (0, 0);
        while at < tokens.len() {
            if !may_begin(&tokens[at]) {
                at += 1;
                continue;
            }
            let (quantity, next) = reader.quantity(at, least);
            at = next.max(at + 1);
            if let Some(quantity) = quantity {
                found.push(carried(quantity, found.last()));
                least = at;
            }
        }
    }
    found
}

/// "Total: 480 km" measures what the lengths before it measure.
fn carried(quantity: Quantity, before: Option<&Quantity>) -> Quantity {
    const NEAR: usize = 200;
    match before {
        Some(before)
            if quantity.noun.is_none()
                && !quantity.unit.is_empty()
                && before.unit == quantity.unit
                && quantity.span.start().saturating_sub(before.span.end()) < NEAR =>
        {
            Quantity { noun: before.noun, counted: before.counted.clone(), ..quantity }
        }
        _ => quantity,
    }
}

fn may_begin(token: &Token) -> bool {
    use Class::{Code, Digits, Factor, Hundreds, Mark, Part, Scale, Small, Tens, Vague};
    matches!(token.class, Code | Digits | Hundreds | Small | Tens | Scale | Vague | Part | Factor | Mark)
}

/// The words of one sentence.
struct Reader<'a> {
    text: &'a str,
    tokens: &'a [Token],
    times: &'a [Time],
}

impl Reader<'_> {
    fn token(&self, at: usize) -> Option<&Token> {
        self.tokens.get(at)
    }

    fn class(&self, at: usize) -> Option<Class> {
        self.token(at).map(|token| token.class)
    }

    fn of(&self, at: usize) -> &str {
        self.token(at).map_or("", |token| &self.text[token.start as usize..token.end as usize])
    }

    fn of_mark(&self, at: usize) -> Option<char> {
        self.token(at).filter(|token| token.class == Class::Mark).and_then(|_| self.of(at).chars().next())
    }

    /// Whether a token stands right behind the one before it.
    fn glued(&self, at: usize) -> bool {
        at > 0 && self.token(at).is_some_and(|token| token.start == self.tokens[at - 1].end)
    }

    fn is_word(&self, at: usize, word: &str) -> bool {
        let own = self.of(at);
        own.eq_ignore_ascii_case(word) || !word.is_ascii() && own.to_lowercase() == word
    }

    fn is_article(&self, at: usize) -> bool {
        self.is_word(at, "a") || self.is_word(at, "an")
    }

    fn is_dash(&self, at: usize) -> bool {
        matches!(self.of_mark(at), Some('-' | '–' | '—' | '−'))
    }

    fn span(&self, from: usize, to: usize) -> Span {
        Span::new(self.tokens[from].start as usize, self.tokens[to - 1].end as usize)
    }

    /// The quantity that begins at a token, if one does, and where to read on.
    fn quantity(&self, at: usize, least: usize) -> (Option<Quantity>, usize) {
        let class = self.tokens[at].class;
        if class == Class::Factor {
            return (self.factor(at), at + 1);
        }
        if let Some(found) = self.and_a_half(at, least) {
            return (Some(found), at + 1);
        }
        let (mut start, prefix) = match self.money_before(at) {
            Some((number, unit)) => (number, Some(unit)),
            None if class == Class::Code || class == Class::Mark && !"½⅓⅔¼¾⅛".contains(self.of(at)) =>
            {
                return (None, at + 1);
            }
            None => (at, None),
        };
        let Some(mut first) = self.number(start) else { return (None, at + 1) };
        // The sign of a negative number stands free before it.
        let negative = prefix.is_none()
            && class == Class::Digits
            && at > least
            && matches!(self.of_mark(at - 1), Some('-' | '−'))
            && (self.glued(at)
                || at == 1
                || self
                    .measure(first.end)
                    .is_some_and(|(unit, _)| ["celsius", "fahrenheit"].contains(&unit.name.as_str())))
            && (at < 2 || !self.glued(at - 1) && !matches!(self.class(at - 2), Some(Class::Digits)));
        if negative && self.measure(first.end).is_some() {
            first.value = -first.value;
            start = at - 1;
        }
        if let Some(ratio) = self.ratio(&first) {
            first = ratio;
        }
        let (second, first_unit) = self.second(&first, at, prefix.is_some());
        let last = second.map_or(first.end, |second| second.end);
        let (unit, mut end) = match prefix {
            Some(unit) => self.rated(Measured::of(unit), last),
            None => match self.measure(last) {
                Some((unit, end)) => self.rated(unit, end),
                None if self.describes(last)
                    && self.measure_words(last + 1).is_some_and(|(unit, _)| !unit.money()) =>
                {
                    self.measure_words(last + 1).map_or((None, last), |(unit, end)| (Some(unit), end))
                }
                None => match first_unit {
                    Some(unit) => (Some(unit), last),
                    None => (None, last),
                },
            },
        };
        let tied = self.noun_with(last).filter(|_| unit.is_none());
        let named = || {
            self.is_glued_name(at, prefix.is_some(), end) || unit.is_none() && self.is_name(at, &first, last)
        };
        if tied.is_none() && named() {
            return (None, last);
        }
        if prefix.is_none() && second.is_none() && unit.as_ref().is_some_and(Measured::money) {
            (first.value, end) = self.money_rest(first.value, last, end);
        }
        let age = unit.is_none() && self.is_age(at, &first, last);
        let noun = match unit.is_none() && !age {
            true => {
                // "20 or more people", "100+ men"
                let behind_bound = || {
                    let (_, behind) = self.bound_after(last);
                    if behind > last { self.noun_after(behind) } else { None }
                };
                tied.or_else(|| self.noun_after(last))
                    .or_else(behind_bound)
                    .or_else(|| self.noun_of_all(&first, last))
            }
            false => None,
        };
        let told = if unit.is_none() && !age && noun.is_none() { self.told_fate(at, last) } else { None };
        let bound_at = if prefix.is_some() { at } else { start.min(at) };
        let (sign, from) = self.bound_before(bound_at, least);
        // A bound says that a bare number counts what was spoken of: "moved (up to 900 in all)".
        let bounded = sign.is_some() && !first.in_words && first.value >= 10.0;
        let stands = told.is_some() || bounded || self.stands_alone(at, &first, last);
        if unit.is_none() && noun.is_none() && !age && !stands {
            return (None, last);
        }
        let one = second.is_none() && self.is_one(at, &first, unit.as_ref(), sign.is_some());
        if one || self.is_dated(at, last, unit.as_ref(), noun.is_some_and(|noun| self.is_countable(noun))) {
            return (None, last);
        }
        let (after, behind) = match noun {
            Some(noun) => self.bound_after(noun.head + 1),
            None => self.bound_after(end),
        };
        let (after, behind) = if after.is_none() { self.bound_after(last) } else { (after, behind) };
        if after.is_some() {
            end = behind;
        }
        let bound = sign.or(after);
        let (mut low, mut high) = (Some(first.value), Some(first.value));
        if let Some(second) = second {
            let (a, b) = (second.first, second.value);
            (low, high) = (Some(a.min(b)), Some(a.max(b)));
        }
        let verb = self.verb_of_change(from, second.is_some_and(|second| second.from));
        // Who drops four bombs has not made them fewer by four.
        let dropped = noun.is_some() && from > 0 && self.lower(from - 1).starts_with("drop");
        let verb = verb.filter(|_| !dropped);
        let change = match bound {
            Some(b'<') => {
                low = None;
                Change::AtMost
            }
            Some(b'>') => {
                high = None;
                Change::AtLeast
            }
            _ if first.vague => {
                high = None;
                Change::AtLeast
            }
            sign => match (verb, sign) {
                (Some(change), _) => change,
                (None, Some(_)) => Change::About,
                (None, None) => Change::Same,
            },
        };
        let unit = match (unit, age) {
            (None, true) => Some(Measured { name: "year of age".into(), code: String::new(), time: false }),
            (None, false) if first.part => {
                Some(Measured { name: "fraction".into(), code: String::new(), time: false })
            }
            (unit, _) => unit,
        };
        let by = match (second.is_some(), first.part, first.in_words) {
            (true, ..) => "quantity.range",
            (_, true, _) => "quantity.part",
            (_, _, true) => "quantity.words",
            _ => "quantity.digits",
        };
        let counted = match (&unit, noun) {
            (None, Some(noun)) => Some(noun),
            (None, None) if told.is_some() => told,
            (None, None) if !(first.part || from > 0 && self.is_word(from - 1, "of")) => {
                self.spoken_of(from).or_else(|| self.measured(from, end))
            }
            _ => self.measured(from, end),
        };
        let mut key = self.key(unit.as_ref(), counted, from);
        if unit.is_none() && self.is_left(at, last) {
            key.push_str(" · other");
        }
        let words = match (&unit, noun) {
            (Some(unit), _) => unit.name.clone(),
            (None, Some(noun)) => self.spoken(noun),
            (None, None) => String::new(),
        };
        let quantity = Quantity {
            span: self.span(from, end.max(last)),
            low,
            high,
            change,
            unit: words,
            code: unit.map(|unit| unit.code).unwrap_or_default(),
            noun: counted.map(|noun| self.span(noun.first, noun.head + 1)),
            counted: key,
            by,
        };
        (Some(quantity), end.max(last))
    }

    /// "Doubled the price": a ratio of new to old. "Twice" and "double" say so only before what is told.
    fn factor(&self, at: usize) -> Option<Quantity> {
        let word = self.of(at).to_ascii_lowercase();
        // "Twice as many people".
        let compares =
            self.is_word(at + 1, "as") && ["many", "much"].iter().any(|word| self.is_word(at + 2, word));
        if matches!(word.as_str(), "twice" | "double" | "triple" | "treble") && !compares {
            return None;
        }
        let value = self.tokens[at].value;
        let change = if value < 1.0 { Change::Down } else { Change::Up };
        let value = Some(value);
        let behind = at + 1 + usize::from(self.is_word(at + 1, "the")) + 2 * usize::from(compares);
        let noun = self.noun_after(behind).or_else(|| self.measured(at, at + 1));
        let named = noun.map(|noun| self.of(noun.head).to_lowercase());
        Some(Quantity {
            span: self.span(at, at + 1),
            low: value,
            high: value,
            change,
            unit: "ratio".into(),
            code: String::new(),
            noun: noun.map(|noun| self.span(noun.first, noun.head + 1)),
            counted: named
                .map(|noun| format!("{} · ratio", crate::words::singular(&noun)))
                .unwrap_or_default(),
            by: "quantity.factor",
        })
    }

    /// "A year and a half".
    fn and_a_half(&self, at: usize, least: usize) -> Option<Quantity> {
        let unit = at
            .checked_sub(3)
            .filter(|unit| *unit >= least)
            .filter(|_| self.is_word(at, "half") && self.is_article(at - 1) && self.is_word(at - 2, "and"))?;
        let (measured, end) = self.measure_words(unit)?;
        let single =
            unit == 0 || matches!(self.class(unit - 1), Some(Class::Stop | Class::Word | Class::Mark));
        let noun = self.measured(unit, at + 1);
        (measured.time && end == unit + 1 && single).then(|| Quantity {
            span: self.span(unit, at + 1),
            low: Some(1.5),
            high: Some(1.5),
            change: Change::Same,
            counted: self.key(Some(&measured), noun, unit),
            unit: measured.name,
            code: measured.code,
            noun: noun.map(|noun| self.span(noun.first, noun.head + 1)),
            by: "quantity.words",
        })
    }

    /// "One in five children", "nine out of ten doctors": a part of them all.
    fn ratio(&self, first: &Number) -> Option<Number> {
        let out = self.is_word(first.end, "out") && self.is_word(first.end + 1, "of");
        let at = if out { first.end + 2 } else { first.end + 1 };
        if !out && !self.is_word(first.end, "in") || first.scaled || first.part {
            return None;
        }
        let all = self.number(at)?;
        let whole = |value: f64| value.fract() == 0.0;
        let small =
            first.value >= 1.0 && first.value < all.value && all.value <= 1000.0 && first.value <= 100.0;
        let counted =
            self.noun_after(all.end).is_some_and(|noun| noun.plural) && self.measure(all.end).is_none();
        (small && whole(first.value) && whole(all.value) && counted).then_some(Number {
            value: first.value / all.value,
            end: all.end,
            part: true,
            in_words: true,
            ..*first
        })
    }

    /// The second number of a range.
    fn second(&self, first: &Number, at: usize, money: bool) -> (Option<Second>, Option<Measured>) {
        let mut joint = first.end;
        let mut first_unit = None;
        let before = |word: &str| (1..4).any(|back| at >= back && self.is_word(at - back, word));
        let (between, from) = (before("between"), before("from"));
        // "13.5 mm to 14.0 mm".
        if let Some((unit, end)) = self.measure(joint).filter(|_| !self.is_dash(joint)) {
            let joins = self.is_word(end, "to") || self.is_dash(end) || between && self.is_word(end, "and");
            if joins {
                joint = end;
                first_unit = Some(unit);
            }
        }
        let dash = self.is_dash(joint);
        let slavic = self.of(joint) == "до" && (before("от") || before("с"));
        let to = self.is_word(joint, "to") || self.is_word(joint, "through") || slavic;
        let and = between && self.is_word(joint, "and") || self.is_word(joint, "or");
        if !(dash || to || and) || first.vague {
            return (None, None);
        }
        // A dash between words with blanks on one side is a break of the sentence.
        if dash && self.glued(joint) != self.glued(joint + 1) {
            return (None, None);
        }
        let mut start = joint + 1;
        if let Some((number, _)) = self.money_before(start).filter(|_| money) {
            start = number;
        } else if money && self.class(start) != Some(Class::Digits) {
            return (None, None);
        }
        // "From $A to over $B" is two amounts.
        let by = (1..3).any(|back| at >= back && self.is_word(at - back, "by"));
        if to && by && (money || first_unit.is_some()) {
            return (None, None);
        }
        let Some(second) = self.number(start).filter(|second| second.part == first.part || !first.part)
        else {
            return (None, None);
        };
        let second_unit = self.measure(second.end);
        if let (Some(unit), Some((other, _))) = (&first_unit, &second_unit)
            && unit != other
        {
            return (None, None);
        }
        if first_unit.is_some() && second_unit.is_none() {
            return (None, None);
        }
        if self.is_word(joint, "or") && !(second.in_words || first.value < second.value) {
            return (None, None);
        }
        // "3 to 4 thousand": the multiplier holds for both unless the first has its own.
        let bare = self.number_without_scale(start, &second);
        let spreads = second.scaled
            && !first.scaled
            && bare > 0.0
            && first.value <= bare * 1.0 + f64::EPSILON
            && first.value < second.value;
        // "20 to 30,000 people": thousands, both of them.
        let thousands = first.value * 1000.0;
        let grouped = !from
            && !money
            && first_unit.is_none()
            && self.of(start).contains(',')
            && second.value % 1000.0 == 0.0
            && first.value.fract() == 0.0
            && thousands < second.value
            && thousands * 10.0 >= second.value;
        let low = match (spreads, grouped) {
            (true, _) => first.value * second.value / bare,
            (_, true) => thousands,
            _ => first.value,
        };
        if low >= second.value && !from {
            return (None, None);
        }
        // "2-1": scores and the like, unless something is measured or counted by it.
        (Some(Second { first: low, value: second.value, end: second.end, from }), first_unit)
    }

    fn number_without_scale(&self, at: usize, number: &Number) -> f64 {
        let mut value = number.value;
        for token in &self.tokens[at..number.end] {
            if token.class == Class::Scale {
                value /= token.value;
            }
        }
        if number.scaled && !self.tokens[at..number.end].iter().any(|token| token.class == Class::Scale) {
            value = self.tokens[at].value;
        }
        value
    }
}

/// The second number of a range.
#[derive(Clone, Copy)]
struct Second {
    /// The first, with the scale of the second where it has none.
    first: f64,
    value: f64,
    end: usize,
    /// "From … to".
    from: bool,
}
