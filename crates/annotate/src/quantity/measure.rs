//! Units and money: what stands before or behind a number and says of what measure it is.

use super::Reader;
use super::token::Class;
use super::unit::{UNITS, Unit};

impl Reader<'_> {
    /// "Previous", "consecutive", "rushing": what may stand between a number and its unit.
    pub(super) fn describes(&self, at: usize) -> bool {
        let word = self.of(at);
        [
            "previous",
            "consecutive",
            "straight",
            "full",
            "whole",
            "more",
            "additional",
            "long",
            "short",
            "extra",
        ]
        .iter()
        .any(|known| word.eq_ignore_ascii_case(known))
            || word.len() > 4 && word.ends_with("ing")
    }

    /// Money whose sign or code stands before the number: where the number begins, and the unit.
    pub(super) fn money_before(&self, at: usize) -> Option<(usize, &'static Unit)> {
        if self.class(at) == Some(Class::Digits) && self.glued(at) && self.class(at - 1) != Some(Class::Mark)
        {
            let unit = UNITS.of_symbol(self.of(at - 1)).filter(|unit| unit.money)?;
            return Some((at, unit));
        }
        if self.class(at) == Some(Class::Code) {
            let unit = UNITS.of_symbol(&self.of(at).to_uppercase())?;
            let digits = self.class(at + 1) == Some(Class::Digits);
            return (unit.money && digits).then_some((at + 1, unit));
        }
        let sign = |at: usize| matches!(self.of_mark(at), Some(c) if "$£€¥₿₽₴₸₺₹₩฿₱₫₪₦¢".contains(c));
        if sign(at) {
            // "US$", "C$", "$US" and the like carry letters on either side.
            let mut symbol = self.of(at).to_owned();
            let mut number = at + 1;
            let letters =
                self.glued(at) && self.class(at - 1) != Some(Class::Digits) && self.of(at - 1).len() <= 3;
            let apart = at > 0
                && ["us", "c", "hk", "a", "nz"].iter().any(|word| self.is_word(at - 1, word))
                && !self.is_article(at - 1);
            if letters || apart {
                symbol = format!("{}{symbol}", self.of(at - 1));
            }
            if self.of(number).len() == 2 && self.glued(number) && self.class(number) != Some(Class::Digits) {
                symbol.push_str(self.of(number));
                number += 1;
            }
            let unit = UNITS.of_symbol(&symbol).or_else(|| UNITS.of_symbol(self.of(at)))?;
            return self.number(number).map(|_| (number, unit)).filter(|_| unit.money);
        }
        None
    }

    /// The unit that stands behind a number, and the token behind it.
    pub(super) fn measure(&self, at: usize) -> Option<(Measured, usize)> {
        let token = self.token(at)?;
        if token.class == Class::Mark {
            let mark = self.of(at);
            if let Some(unit) = UNITS.of_symbol(mark) {
                // "100° Celsius", "98.6 °F".
                let scale = format!("{mark}{}", self.of(at + 1));
                if let Some(scale) = UNITS.of_symbol(&scale).filter(|_| self.glued(at + 1)) {
                    return Some((Measured::of(scale), at + 2));
                }
                if let Some(scale) = UNITS
                    .of_words(&self.of(at + 1).to_lowercase())
                    .filter(|unit| ["celsius", "fahrenheit"].contains(&unit.name))
                {
                    return Some((Measured::of(scale), at + 2));
                }
                let inch = unit.name == "inch" || unit.name == "foot";
                return (!inch || !self.is_quote(at)).then(|| (Measured::of(unit), at + 1));
            }
            // "20 (kg)", "20 [kg]".
            if matches!(mark, "(" | "[" | "{" | "<")
                && !self.glued(at)
                && self.of_mark(at + 2).is_some_and(|c| ")]}>".contains(c))
                && let Some(unit) = UNITS.of_symbol(self.of(at + 1)).filter(|unit| !unit.money)
            {
                return Some((Measured::of(unit), at + 3));
            }
            // "3-inch", "five-year".
            if mark == "-" && self.glued(at)
                || mark == "-"
                    && !self.glued(at)
                    && !self.glued(at + 1)
                    && self.measure_words(at + 1).is_some()
            {
                return self.measure_words(at + 1).map(|(unit, end)| self.aged(unit, end));
            }
            return None;
        }
        if self.glued(at) {
            let own = self.of(at);
            let squared = format!("{own}{}", self.of(at + 1));
            if let Some(unit) = UNITS.of_symbol(&squared).filter(|_| self.glued(at + 1)) {
                return Some((Measured::of(unit), at + 2));
            }
            // "80km/h", "332lb-ft".
            let joined = format!("{squared}{}", self.of(at + 2));
            if let Some(unit) = UNITS.of_symbol(&joined).filter(|_| self.glued(at + 1) && self.glued(at + 2))
            {
                return Some((Measured::of(unit), at + 3));
            }
            let unit = UNITS.of_symbol(own).or_else(|| UNITS.of_words(&own.to_lowercase()))?;
            return Some((Measured::of(unit), at + 1));
        }
        let own = self.of(at);
        // "Nm" is not "nm".
        if own.len() > 1
            && own.bytes().any(|byte| byte.is_ascii_uppercase())
            && let Some(unit) = UNITS.of_symbol(own)
            && !self.glued(at + 1)
        {
            return Some((Measured::of(unit), at + 1));
        }
        self.measure_words(at).map(|(unit, end)| self.aged(unit, end)).or_else(|| {
            // Symbols apart from their number: "1.5 mm", "6 kW", "140 km/h".
            let own = self.of(at);
            let joined = format!("{own}{}{}", self.of(at + 1), self.of(at + 2));
            if self.glued(at + 1)
                && self.glued(at + 2)
                && let Some(unit) = UNITS.of_symbol(&joined)
            {
                return Some((Measured::of(unit), at + 3));
            }
            let squared = format!("{own}{}", self.of(at + 1));
            if self.glued(at + 1)
                && let Some(unit) = UNITS.of_symbol(&squared).filter(|_| own.len() < 4)
            {
                return Some((Measured::of(unit), at + 2));
            }
            let unit = UNITS
                .of_symbol(own)
                .filter(|_| own.len() > 1 && own != "in" || ["m", "g", "l", "t", "W", "V"].contains(&own))?;
            Some((Measured::of(unit), at + 1))
        })
    }

    pub(super) fn is_quote(&self, at: usize) -> bool {
        // A mark that closes a quotation measures nothing; one opened long ago is not looked for.
        const FAR: usize = 200;
        let opened = || (at.saturating_sub(FAR)..at).any(|before| self.of(before) == "\"");
        self.of_mark(at) == Some('”') || self.of_mark(at) == Some('"') && opened()
    }

    /// A unit in words: "square kilometres", "per cent", "degrees Celsius".
    pub(super) fn measure_words(&self, at: usize) -> Option<(Measured, usize)> {
        let first = self.of(at).to_lowercase();
        if first == "per" && self.is_word(at + 1, "cent") {
            return Some((Measured { name: "percentage".into(), code: "%".into(), time: false }, at + 2));
        }
        let longest = UNITS.longest(&first);
        let mut best = None;
        let mut spoken = String::new();
        for step in 0..(longest.max(1) * 2 - 1).min(5) {
            let word = self.of(at + step);
            if word.is_empty() {
                break;
            }
            if step > 0 && !self.glued(at + step) {
                spoken.push(' ');
            }
            spoken.push_str(&word.to_lowercase());
            if let Some(unit) = UNITS.of_words(&spoken) {
                best = Some((unit, at + step + 1));
            }
        }
        let (unit, end) = best?;
        // "Percentage points" are none of "percent".
        if unit.name == "percentage" && (self.is_word(end, "point") || self.is_word(end, "points")) {
            return Some((
                Measured { name: "percentage point".into(), code: String::new(), time: false },
                end + 1,
            ));
        }
        // Pounds are money, unless something is weighed.
        let weighed = || {
            let near = (at.saturating_sub(5)..at.saturating_add(3)).filter(|near| *near != at);
            let mut words = near.map(|near| self.of(near).to_lowercase());
            let hyphen = at > 0 && self.of_mark(at - 1) == Some('-');
            hyphen || words.any(|word| word.starts_with("weigh") || word == "heavy" || word == "baby")
        };
        if unit.name == "pound sterling" && first.starts_with("pound") && end == at + 1 && weighed() {
            let mass = UNITS.of_words("lb").map(Measured::of);
            return mass.map(|mass| (mass, end));
        }
        // "The second", "3 May": words that are units only behind a number stand here behind one.
        Some((Measured::of(unit), end))
    }

    /// "Years old", "months of age", "year-old".
    pub(super) fn aged(&self, unit: Measured, end: usize) -> (Measured, usize) {
        if !unit.time {
            return (unit, end);
        }
        let dash = usize::from(self.of_mark(end) == Some('-'));
        let old = self.is_word(end + dash, "old") || self.is_word(end + dash, "olds");
        let of_age = self.is_word(end, "of") && self.is_word(end + 1, "age");
        let behind = if old { end + dash + 1 } else { end + 2 };
        match old || of_age {
            true => {
                (Measured { name: format!("{} of age", unit.name), code: unit.code, time: false }, behind)
            }
            false => (unit, end),
        }
    }

    /// What a price or a rate goes by, added to its unit: "$5 a share", "60 miles per hour", "50 m/s".
    pub(super) fn rated(&self, unit: Measured, end: usize) -> (Option<Measured>, usize) {
        let mut unit = unit;
        let mut end = end;
        let money = unit.money();
        // "$10.4 million Australian dollars" and "15 USD": a code or word behind says it better than the sign.
        if money && let Some((better, behind)) = self.measure_words(end).filter(|(better, _)| better.money())
        {
            (unit, end) = (better, behind);
        }
        end = self.money_scale(money, end);
        let per = |at: usize| {
            let slash = self.of_mark(at) == Some('/') && self.glued(at);
            let dash =
                self.of_mark(at) == Some('-') && self.is_article(at + 1) && self.of_mark(at + 2) == Some('-');
            let article = self.is_article(at) && !self.glued(at);
            if dash {
                return Some(at + 3);
            }
            (slash || article || self.is_word(at, "per")).then_some(at + 1)
        };
        if let Some(at) = per(end) {
            let word = self.of(at).to_lowercase();
            let two = format!("{word} {}", self.of(at + 1).to_lowercase());
            let rate = UNITS
                .rate(&two)
                .map(|rate| (rate, at + 2))
                .or_else(|| UNITS.rate(&word).map(|rate| (rate, at + 1)));
            let earlier = |at: usize| {
                ["earlier", "ago", "later", "before", "after"].iter().any(|word| self.is_word(at, word))
            };
            let sensible = (!self.is_article(end) || money || unit.name != "year")
                && rate.is_none_or(|(_, behind)| !earlier(behind));
            if let Some((rate, behind)) = rate.filter(|_| sensible) {
                unit =
                    Measured { name: format!("{} per {rate}", unit.name), code: String::new(), time: false };
                end = behind;
            }
        }
        (Some(unit), end)
    }

    /// "75 USD million": the token behind a scale that follows the unit.
    pub(super) fn money_scale(&self, money: bool, end: usize) -> usize {
        let scale = self.token(end).is_some_and(|token| token.class == Class::Scale && token.value >= 1e3);
        if money && scale { end + 1 } else { end }
    }

    /// Cents and scales behind a unit of money, as the value they make: "3 dollars 50 cents", "15 dollars and 50".
    pub(super) fn money_rest(&self, first: f64, last: usize, end: usize) -> (f64, usize) {
        if end > last && self.token(end - 1).is_some_and(|token| token.class == Class::Scale) {
            return (first * self.tokens[end - 1].value, end);
        }
        let and = usize::from(self.is_word(end, "and"));
        let Some(rest) = self
            .number(end + and)
            .filter(|rest| (1.0..100.0).contains(&rest.value) && rest.value.fract() == 0.0)
        else {
            return (first, end);
        };
        let cents = ["cent", "cents", "pence", "kopecks"].iter().any(|word| self.is_word(rest.end, word));
        let ends = self.token(rest.end).is_none()
            || self.of_mark(rest.end).is_some_and(|c| ".;!?)".contains(c)) && !self.glued(rest.end + 1);
        match cents || ends && first.fract() == 0.0 {
            true => (first + rest.value / 100.0, rest.end + usize::from(cents)),
            false => (first, end),
        }
    }
}

/// A unit as a number has it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Measured {
    /// Plain English singular.
    pub(super) name: String,
    pub(super) code: String,
    /// A unit of time.
    pub(super) time: bool,
}

impl Measured {
    pub(super) fn of(unit: &Unit) -> Measured {
        const TIMES: [&str; 10] =
            ["year", "month", "week", "day", "hour", "minute", "second", "millisecond", "decade", "century"];
        Measured { name: unit.name.to_owned(), code: unit.code.to_owned(), time: TIMES.contains(&unit.name) }
    }

    pub(super) fn money(&self) -> bool {
        UNITS.of_words(&self.name).is_some_and(|unit| unit.money)
            || self.code.len() == 3 && self.code.bytes().all(|byte| byte.is_ascii_uppercase())
    }
}
