//! Numbers, lengths of time, and steps of so much from somewhere.

use super::{Grammar, Parsed};
use crate::time::lexicon::{Class, UNITS};
use model::time::{Amount, Modifier, Reference, Tree, Unit};

impl Grammar<'_> {
    /// A number in digits or words: "24", "twenty-four", "two hundred", "2.5", "half".
    fn number(&self, at: usize) -> Option<(usize, f64)> {
        match self.class(at) {
            Class::Digits => Some((at + 1, f64::from(self.value(at)))),
            Class::Number => self.words(at).replace(',', "").parse().ok().map(|number| (at + 1, number)),
            Class::Dozen => Some((at + 1, 12.0)),
            Class::Hundred | Class::Thousand => Some((at + 1, f64::from(self.value(at)))),
            Class::A if self.any(at + 1, &[Class::Hundred, Class::Thousand, Class::Dozen]) => {
                Some((at + 2, f64::from(self.value(at + 1))))
            }
            Class::Cardinal => {
                let mut sum = self.value(at);
                let mut end = at + 1;
                loop {
                    let next = self.hyphen(end);
                    match self.class(next) {
                        Class::Cardinal
                            if sum % 10 == 0 && sum % 100 >= 20 && (1..10).contains(&self.value(next)) =>
                        {
                            sum += self.value(next);
                        }
                        Class::Cardinal if sum % 100 == 0 && sum > 0 => sum += self.value(next),
                        Class::Hundred if sum < 100 => sum *= 100,
                        Class::Thousand if sum < 1000 => sum *= 1000,
                        _ => break,
                    }
                    end = next + 1;
                }
                Some((end, f64::from(sum)))
            }
            _ => None,
        }
    }

    /// A number, a range of numbers or a vague word; and whether the words themselves say "about".
    fn count(&self, at: usize) -> Option<(usize, Amount, Option<Modifier>)> {
        let vague = self.skip(at, Class::A);
        match self.class(vague) {
            Class::Couple => {
                return Some((self.skip(vague + 1, Class::Of), Amount::of(2.0), Some(Modifier::Approx)));
            }
            Class::Few => return Some((vague + 1, Amount::OPEN, None)),
            Class::Approx if self.words(vague).eq_ignore_ascii_case("some") => {
                return Some((vague + 1, Amount::OPEN, None));
            }
            _ => {}
        }
        let (mut end, low) = self.number(at)?;
        // "One and a half", "2 1/2"
        let half = self.skip(self.skip(end, Class::And), Class::A);
        if half > end && self.is(half, Class::Half) {
            return Some((half + 1, Amount::of(low + 0.5), None));
        }
        if self.is(end, Class::Digits) && self.is(end + 1, Class::Slash) && self.is(end + 2, Class::Digits) {
            let part = f64::from(self.value(end)) / f64::from(self.value(end + 2).max(1));
            return Some((end + 3, Amount::of(low + part), None));
        }
        let mut amount = Amount::of(low);
        let joined = self.skip_all(end, &[Class::To, Class::Or, Class::Dash]);
        if joined == end + 1
            && let Some((after, high)) = self.number(joined).filter(|(_, high)| *high > low)
        {
            amount.high = Some(high);
            end = after;
        }
        Some((end, amount, None))
    }

    /// So much of a unit: "three days", "a year and a half", "five-year", "a couple of weeks", "half an hour", "years".
    ///
    /// Gives where it ends, how much, of what, what the words add, and whether a number or article was there.
    pub(super) fn amount(&self, at: usize) -> Option<(usize, Amount, Unit, Option<Modifier>)> {
        let (end, amount, unit, said) = self.amount_of_one(at)?;
        // "A year and two months", "three weeks and two days": told in the smaller unit.
        let next = self.skip(end, Class::And);
        if next > end
            && !self.is(next, Class::A)
            && let Some((after, more, smaller, None)) =
                self.amount_of_one(next).filter(|(_, more, ..)| more.low.is_some())
            && let Some(times) = times(unit, smaller)
        {
            let sum = |a: Option<f64>, b: Option<f64>| Some(a? * times + b?);
            let total = Amount { low: sum(amount.low, more.low), high: sum(amount.high, more.high) };
            return Some((after, total, smaller, said));
        }
        Some((end, amount, unit, said))
    }

    fn amount_of_one(&self, at: usize) -> Option<(usize, Amount, Unit, Option<Modifier>)> {
        if self.is(at, Class::HalfUnit) {
            let unit = UNITS.get(usize::try_from(self.value(at)).ok()?).copied()?;
            return Some((at + 1, Amount::of(0.5), unit, None));
        }
        if self.is(at, Class::OneAndHalf) {
            return Some((at + 2, Amount::of(1.5), self.unit(at + 1)?, None));
        }
        if self.is(at, Class::Half) {
            let next = self.hyphen(self.skip(at + 1, Class::A));
            let unit = self.unit(next).filter(|_| self.is(next, Class::Unit))?;
            return Some((next + 1, Amount::of(0.5), unit, None));
        }
        let article = self.is(at, Class::A) || self.is(at, Class::Cardinal) && self.value(at) == 1;
        if self.is(at, Class::A) {
            let next = self.skip_all(at + 1, &[Class::Filler, Class::Mere]);
            if self.is(next, Class::Fortnight) {
                return Some((next + 1, Amount::of(2.0), Unit::Week, None));
            }
            // "A quarter of them" is a share.
            let share = self.unit(next) == Some(Unit::Quarter) && self.is(next + 1, Class::Of);
            if let Some(unit) = self.unit(next).filter(|_| self.is(next, Class::Unit) && !share) {
                return Some(self.and_a_half(next + 1, Amount::of(1.0), unit));
            }
        }
        let (end, amount, modifier) = self.count(at)?;
        let mut next = self.hyphen(end);
        let hyphenated = next > end;
        next = self.skip_all(next, &[Class::Filler, Class::Mere, Class::Old, Class::More]);
        next = self.hyphen(next);
        if self.is(next, Class::Fortnight) {
            let twice = |bound: Option<f64>| bound.map(|bound| bound * 2.0);
            return Some((
                next + 1,
                Amount { low: twice(amount.low), high: twice(amount.high) },
                Unit::Week,
                modifier,
            ));
        }
        if let Some(unit) = self.unit(next) {
            // "The two quarter finals", "5 May", "three quarters of them".
            // "Several quarters of losses", "the first two quarters of 1990"
            let told = amount.low.is_none()
                || self.any(
                    at.wrapping_sub(1),
                    &[Class::Ordinal, Class::Last, Class::Past, Class::Next, Class::Final],
                );
            let part = unit == Unit::Quarter && self.is(next + 1, Class::Of) && !told;
            let glued = !self.spaced(next) && !hyphenated && self.is(at, Class::Digits);
            // "The 1988 quarter" is one of that year.
            let glued = glued
                || self.is(at, Class::Digits)
                    && self.length(at) == 4
                    && self.is(next, Class::Unit)
                    && !hyphenated;
            // "В 1941–1945 годах" names years.
            let year = self.is(at, Class::Digits)
                && self.length(at) == 4
                && unit == Unit::Year
                && self.is_cyrillic(next);
            if part || glued || year || self.value(next) < 0 || unit == Unit::Season {
                return None;
            }
            if article {
                return Some(self.and_a_half(next + 1, amount, unit));
            }
            return Some((next + 1, amount, unit, modifier));
        }
        None
    }

    fn and_a_half(&self, end: usize, amount: Amount, unit: Unit) -> (usize, Amount, Unit, Option<Modifier>) {
        let half = self.skip(self.skip(end, Class::And), Class::A);
        if half > end && self.is(end, Class::And) && self.is(half, Class::Half) {
            return (half + 1, Amount::of(amount.low.unwrap_or(1.0) + 0.5), unit, None);
        }
        // "A year or two", "a week or so"
        if self.is(end, Class::Or) && self.is(end + 1, Class::Cardinal) && self.unit(end + 2).is_none() {
            let high = f64::from(self.value(end + 1));
            return (end + 2, Amount { low: amount.low, high: Some(high) }, unit, None);
        }
        (end, amount, unit, None)
    }

    /// A length, or a step of that length: "three days", "two days later", "five years ago", "через два дня".
    pub(super) fn length_or_shift(&self, at: usize) -> Option<Parsed> {
        if self.is(at, Class::Through) || self.is(at, Class::Later) && self.is_cyrillic(at) {
            let (end, amount, unit, _) = self.amount(at + 1).or_else(|| self.one(at + 1))?;
            let from = Box::new(Tree::Anchor);
            return Some(Parsed::new(at, end, Tree::Later(amount, unit, from), "time.shift"));
        }
        let the = self.skip(at, Class::The);
        // "A sixty-day period"
        let within = self.is(at, Class::A).then(|| self.amount(at + 1)).flatten();
        let within = within
            .filter(|(end, ..)| (at..*end).any(|at| self.is(at, Class::Dash)) && self.is(*end, Class::Term));
        let (mut end, amount, unit, said) = match within.or_else(|| self.amount(the)) {
            Some(found) if the == at || !self.is(the, Class::A) => found,
            _ if the > at => return None,
            _ => self.unit_long(at).or_else(|| self.bare(at)).or_else(|| self.one_of_slavic(at))?,
        };
        // "The two-week crisis": the article is that of the crisis. "A sixty-day period" is all time.
        let period = self.is(end, Class::Term) && self.words(end).eq_ignore_ascii_case("period");
        let hyphenated = (at..end).any(|at| self.is(at, Class::Dash) && !self.spaced(at));
        let long =
            hyphenated || self.hyphen(end) > end && self.words(self.hyphen(end)).eq_ignore_ascii_case("long");
        let at = if period || !long { at } else { self.skip(the, Class::A) };
        if period && hyphenated {
            end += 1;
        }
        let mut modifier = said;
        if self.any(end, &[Class::Or]) && self.words(end + 1).starts_with("so") {
            // "So" is joined to the words behind it unless they are others of the table.
            if self.words(end + 1) == "so" {
                end += 2;
            }
            modifier = Some(Modifier::Approx);
        }
        let wrap = |tree: Tree| match modifier {
            Some(modifier) => Tree::Modified(modifier, Box::new(tree)),
            None => tree,
        };
        let hyphen = self.hyphen(end);
        let step = match self.class(hyphen) {
            Class::Ago => {
                Some((hyphen + 1, Tree::Earlier(amount, unit, Box::new(Tree::Reference(Reference::Present)))))
            }
            Class::Hence => {
                Some((end + 1, Tree::Later(amount, unit, Box::new(Tree::Reference(Reference::Present)))))
            }
            Class::From if self.is(end + 1, Class::Present) => {
                Some((end + 2, Tree::Later(amount, unit, Box::new(Tree::Reference(Reference::Present)))))
            }
            Class::Earlier => Some((hyphen + 1, Tree::Earlier(amount, unit, Box::new(Tree::Anchor)))),
            Class::PastWord if self.words(end).eq_ignore_ascii_case("previously") => {
                Some((end + 1, Tree::Earlier(amount, unit, Box::new(Tree::Anchor))))
            }
            Class::Later | Class::Afterwards => {
                Some((end + 1, Tree::Later(amount, unit, Box::new(Tree::Anchor))))
            }
            Class::Before | Class::After
                if self.any(end + 1, &[Class::Stop, Class::Comma, Class::Break, Class::Dot, Class::Mark])
                    && self.words(end).len() < 7 =>
            {
                let from = Box::new(Tree::Anchor);
                let tree = match self.class(end) {
                    Class::Before => Tree::Earlier(amount, unit, from),
                    _ => Tree::Later(amount, unit, from),
                };
                Some((end + 1, tree))
            }
            _ => None,
        };
        if let Some((end, tree)) = step {
            return Some(Parsed::new(at, end, wrap(tree), "time.shift"));
        }
        // "Two days after March 5" is that day.
        if matches!(self.class(end), Class::Before | Class::After)
            && let Some(date) = self.calendar_date(self.skip(end + 1, Class::The)).filter(|date| {
                matches!(date.rule, "time.date" | "time.numeric" | "time.holiday") && date.also.is_empty()
            })
        {
            let from = Box::new(date.tree);
            let tree = match self.class(end) {
                Class::Before => Tree::Earlier(amount, unit, from),
                _ => Tree::Later(amount, unit, from),
            };
            return Some(Parsed::new(at, date.end, wrap(tree), "time.shift"));
        }
        if self.is(end, Class::Old)
            && self.words(end).eq_ignore_ascii_case("old")
            && !self.any(at.wrapping_sub(1), &[Class::PastCue, Class::Approx])
            && self.before(at) != Class::Break
        {
            // "Mr. Brown, 52 years old" is somebody, not a length.
            return None;
        }
        if self.is(end, Class::Old) {
            end += 1;
        } else if self.is(hyphen, Class::Old) && hyphen > end {
            if self.words(hyphen).eq_ignore_ascii_case("old") {
                // "A 27-year-old" is somebody, not a length.
                return None;
            }
            end = hyphen + 1;
        }
        // "Will one day be" counts no day.
        if unit == Unit::Day
            && end == at + 2
            && self.words(at).eq_ignore_ascii_case("one")
            && self.before(at) == Class::FutureCue
        {
            return Some(Parsed::new(at, end, Tree::Reference(Reference::Future), "time.reference"));
        }
        // "A year", "a share": the price of "$5 a year" is a set; so is "twice a week".
        let times = at > 0 && self.is(at, Class::A) && {
            let word = self.last_word(at - 1).to_lowercase();
            ["times", "once", "twice", "percent", "salary"].contains(&word.as_str())
        };
        if times {
            let tree = Tree::Every(Amount::of(1.0), Box::new(Tree::Unit(unit)));
            return Some(Parsed::new(at, end, tree, "time.set"));
        }
        Some(Parsed::new(at, end, wrap(Tree::Length(amount, unit)), "time.length"))
    }

    /// "Day-long", "months-long": one unit or many, joined to a word that makes it a length.
    fn unit_long(&self, at: usize) -> Option<(usize, Amount, Unit, Option<Modifier>)> {
        let unit = self.unit(at)?;
        let hyphen = self.hyphen(at + 1);
        let long = hyphen > at + 1 && self.words(hyphen).eq_ignore_ascii_case("long");
        let amount = if self.is(at, Class::Unit) { Amount::of(1.0) } else { Amount::OPEN };
        long.then_some((hyphen + 1, amount, unit, None))
    }

    /// One unit without a number, as languages without articles say it: "через неделю".
    fn one(&self, at: usize) -> Option<(usize, Amount, Unit, Option<Modifier>)> {
        let unit = self.unit(at).filter(|_| self.is(at, Class::Unit))?;
        Some((at + 1, Amount::of(1.0), unit, None))
    }

    /// "Неделю назад": one unit without a number before a word that makes it a step.
    fn one_of_slavic(&self, at: usize) -> Option<(usize, Amount, Unit, Option<Modifier>)> {
        self.one(at)
            .filter(|_| self.is_cyrillic(at) && self.any(at + 1, &[Class::Ago, Class::Later, Class::Earlier]))
    }

    /// A plural unit without a number: "years", "months later".
    fn bare(&self, at: usize) -> Option<(usize, Amount, Unit, Option<Modifier>)> {
        let from = self.skip(at, Class::Mere);
        let unit = self.unit(from).filter(|_| self.is(from, Class::Units) && !self.is_cyrillic(from))?;
        let worth = matches!(
            unit,
            Unit::Hour
                | Unit::Day
                | Unit::Week
                | Unit::Month
                | Unit::Year
                | Unit::Decade
                | Unit::Century
                | Unit::Minute
        );
        let steps = self.any(from + 1, &[Class::Ago, Class::Later, Class::Earlier]);
        // "Minutes of the meeting", "office hours".
        let fine = match unit {
            Unit::Minute | Unit::Hour => from > at || steps,
            _ => true,
        };
        // "Weeks or months"
        if worth
            && fine
            && self.any(from + 1, &[Class::Or, Class::And])
            && self.is(from + 2, Class::Units)
            && self.unit(from + 2).is_some_and(|other| other > unit && other >= Unit::Day)
        {
            return Some((from + 3, Amount::OPEN, unit, Some(Modifier::Approx)));
        }
        (worth && fine && !matches!(self.before(at), Class::Digits | Class::Dash | Class::Number))
            .then_some((from + 1, Amount::OPEN, unit, None))
    }
}

/// How many of a smaller unit a greater one always has.
fn times(greater: Unit, smaller: Unit) -> Option<f64> {
    Some(match (greater, smaller) {
        (Unit::Year, Unit::Month) => 12.0,
        (Unit::Week, Unit::Day) => 7.0,
        (Unit::Day, Unit::Hour) => 24.0,
        (Unit::Hour, Unit::Minute) | (Unit::Minute, Unit::Second) => 60.0,
        _ => return None,
    })
}
