//! Dates of the calendar: days, months, years, decades, centuries, seasons, quarters, weeks, holidays, clock times.

use super::{Grammar, Parsed, fields};
use crate::time::feast;
use crate::time::lexicon::Class;
use crate::time::token::hour_of;
use model::calendar::is_day_of;
use model::time::{Calendar, Clock, Day, DayPart, Season, Tree, Unit, Year, YearPart};

impl Grammar<'_> {
    /// A date that the words name by its place in the calendar.
    pub(super) fn calendar_date(&self, at: usize) -> Option<Parsed> {
        let mut from = at;
        let mut weekday = None;
        if self.is(at, Class::Weekday) {
            weekday = Some(self.value(at) as u8);
            // "Sun" and "Sat" are days only beside a date or an hour.
            let short = self.length(at) <= 5 && !self.is_cyrillic(at);
            let dated = self.any(
                self.skip(self.short(at + 1), Class::Comma),
                &[Class::Digits, Class::Ordinal, Class::Month, Class::ClockTime, Class::Numeric],
            );
            if short && !dated {
                return None;
            }
            from = self.skip(self.short(at + 1), Class::Comma);
            from = self.skip(self.skip(from, Class::The), Class::On);
        }
        let after_the = self.skip(from, Class::The);
        let dated = self
            .numeric_date(from)
            .or_else(|| self.day_month(after_the))
            .or_else(|| self.month_day(from))
            .map(|mut found| {
                found.weekday = weekday;
                found
            });
        let found = dated.or_else(|| match weekday {
            Some(day) => {
                let mut end = at + 1;
                // "Friday's" is a day, its possessive is no part of it.
                let mut tree = fields(Calendar { day: Some(Day::OfWeek(day)), ..Calendar::default() });
                if self.is(end, Class::Part) {
                    tree = Tree::Clock(Clock::Part(self.day_part(end)), Box::new(tree));
                    end += 1;
                } else if self.is(end, Class::Parts) {
                    return None;
                }
                Some(Parsed::new(at, end, tree, "time.weekday"))
            }
            None => self
                .month_year(from)
                .or_else(|| self.quarter(from))
                .or_else(|| self.week_number(from))
                .or_else(|| self.season(from))
                .or_else(|| self.century(from))
                .or_else(|| self.decade(from))
                .or_else(|| self.holiday(from))
                .or_else(|| self.year_alone(from)),
        })?;
        let mut found = Parsed { first: at, ..found };
        // "July last year", "January 19 of the same year", "that year's May"
        let of = self.skip(self.skip(found.end, Class::Of), Class::Comma);
        if let Tree::Calendar(calendar @ Calendar { year: None, .. }) = found.tree
            && found.also.is_empty()
            && matches!(found.rule, "time.date" | "time.month" | "time.season")
            && !self.is(of, Class::Past)
            && let Some((end, tree)) = self.pointed_year(of)
        {
            found.tree = Tree::Within(calendar, Box::new(tree));
            found.end = end;
        }
        // "May 8 1:00 AM", "Friday, 10 a.m."
        if found.also.is_empty()
            && matches!(found.rule, "time.date" | "time.numeric" | "time.weekday")
            && let Some((end, clock)) = self.clock(self.skip(found.end, Class::Comma))
        {
            found.tree = Tree::Clock(clock, Box::new(found.tree));
            found.end = end;
        }
        Some(found)
    }

    pub(super) fn day_part(&self, at: usize) -> DayPart {
        DayPart::ALL.get(usize::try_from(self.value(at)).unwrap_or(0)).copied().unwrap_or(DayPart::Night)
    }

    /// A month by its name, and the place behind it.
    pub(super) fn month(&self, at: usize) -> Option<(usize, u8)> {
        let month = u8::try_from(self.value(at)).ok().filter(|_| self.is(at, Class::Month))?;
        let dotted = self.is(at + 1, Class::Dot) && !self.spaced(at + 1);
        let goes_on = self.any(at + 2, &[Class::Digits, Class::Ordinal, Class::Comma, Class::ShortYear]);
        Some((at + 1 + usize::from(dotted && goes_on), month))
    }

    /// The number of a day of the month, in digits or as an ordinal.
    fn day_number(&self, at: usize) -> Option<u8> {
        let fits = match self.class(at) {
            Class::Digits => self.length(at) <= 2,
            Class::Ordinal => true,
            _ => false,
        };
        u8::try_from(self.value(at)).ok().filter(|day| fits && (1..=31).contains(day))
    }

    /// A day of the month that is not the number of something else: "March 10 miles".
    fn day(&self, at: usize) -> Option<u8> {
        let counts = self.unit(at + 1).is_some()
            || self.is(at + 1, Class::Thousand)
            || self.is(at + 1, Class::Hundred);
        self.day_number(at).filter(|_| !counts || self.is(at, Class::Ordinal))
    }

    /// A year of four digits, of an era, or after an apostrophe; and the word "year" where languages add one.
    pub(super) fn year(&self, at: usize) -> Option<(usize, Year)> {
        let from = self.skip(at, Class::Filler);
        let from =
            if from > at && self.words(at).eq_ignore_ascii_case("new") || from == at { from } else { at };
        let (mut end, number) = match self.class(from) {
            Class::Digits if self.length(from) == 4 && (1000..=2199).contains(&self.value(from)) => {
                (from + 1, self.value(from))
            }
            Class::Ordinal if (1000..=2199).contains(&self.value(from)) => (from + 1, self.value(from)),
            Class::Digits if self.era(from + 1).is_some() && self.value(from) < 100_000 => {
                (from + 1, self.value(from))
            }
            // "499-493 BC", "from 264 to 241 BC": the era stands behind the last.
            Class::Digits if self.value(from) < 100_000 && self.era_ahead(from + 1) => {
                return Some((from + 1, Year::one(1 - self.value(from))));
            }
            Class::Era
                if self.is(from + 1, Class::Digits)
                    && self.value(from) > 0
                    && self.value(from + 1) < 3000 =>
            {
                (from + 2, self.value(from + 1))
            }
            Class::ShortYear => (from + 1, century_of(self.value(from))),
            Class::Cardinal => self.spelled_year(from)?,
            _ => return None,
        };
        let mut year = Year::one(number);
        if let Some((after, before_christ)) = self.era(end) {
            end = after;
            if before_christ {
                year.number = 1 - year.number;
            }
        }
        // "1987 года", "1987 г.", "new 1987 year"
        let slavic = self.is_cyrillic(end) || from > at;
        if self.unit(end) == Some(Unit::Year) && slavic {
            end += 1;
            if self.length(end - 1) <= 4 && self.is(end, Class::Dot) && !self.spaced(end) {
                end += 1;
            }
        }
        Some((end, year))
    }

    /// "Nineteen ninety-seven", "two thousand", "twenty twenty-two".
    fn spelled_year(&self, at: usize) -> Option<(usize, i32)> {
        let pair = |at: usize| -> Option<(usize, i32)> {
            let tens = self.value(at);
            if !self.is(at, Class::Cardinal) || tens < 10 {
                return None;
            }
            let next = self.hyphen(at + 1);
            match tens >= 20 && self.is(next, Class::Cardinal) && (1..10).contains(&self.value(next)) {
                true => Some((next + 1, tens + self.value(next))),
                false => Some((at + 1, tens)),
            }
        };
        if self.value(at) == 2 && self.is(at + 1, Class::Thousand) && self.unit(at + 2).is_none() {
            let year = self.before(at) == Class::Unit;
            return year.then_some((at + 2, 2000));
        }
        let (middle, high) = pair(at).filter(|(_, high)| (17..=20).contains(high))?;
        let (end, low) = pair(middle)?;
        self.unit(end).is_none().then_some((end, high * 100 + low))
    }

    /// "BC", "AD": where it ends, and whether years are counted backwards.
    fn era(&self, at: usize) -> Option<(usize, bool)> {
        self.is(at, Class::Era).then(|| (at + 1, self.value(at) < 0))
    }

    /// Whether another number and its era before Christ follow behind a word or mark that joins them.
    fn era_ahead(&self, at: usize) -> bool {
        let joined = self.any(at, &[Class::Dash, Class::To, Class::And, Class::Or]);
        joined
            && self.is(at + 1, Class::Digits)
            && self.era(at + 2).is_some_and(|(_, before_christ)| before_christ)
    }

    /// The year of a date that may name one: "March 5, 1987", "March of 1987".
    fn year_after(&self, at: usize) -> Option<(usize, Option<Year>)> {
        let from = self.skip(self.skip(at, Class::Comma), Class::Of);
        let from = if from == at { self.skip(at, Class::Possessive) } else { from };
        let (end, year) = self.year(from)?;
        // "March 5, 1500 men" is no year.
        let counted = year.number > 0 && self.is(from, Class::Digits) && self.unit(end).is_some();
        (!counted).then_some((end, Some(year)))
    }

    /// "5 March 1987", "the 5th of March", "5–7 марта", "5 and 7 March".
    fn day_month(&self, at: usize) -> Option<Parsed> {
        let mut days: Vec<(usize, u8)> = vec![(at, self.day_number(at)?)];
        let mut next = at + 1;
        loop {
            let of = self.skip(next, Class::Of);
            if self.month(of).is_some() {
                next = of;
                break;
            }
            let joined = self.skip_all(next, &[Class::Dash, Class::To, Class::And, Class::Comma, Class::Or]);
            let joined = self.skip(joined, Class::The);
            // "In Operation Dawn 5, and 22 to 24 February" lists no days.
            let list = self.is(next, Class::Comma) && days.len() == 1 && self.before(at) == Class::Other;
            if joined == next || days.len() > 6 || list {
                return None;
            }
            days.push((joined, self.day_number(joined)?));
            next = joined + 1;
        }
        let (end, month) = self.month(next)?;
        // "Of 5 may" needs its capital, which the scanner has seen to; "the first march" is a walk.
        let spelled = self.words(at).starts_with(|c: char| c.is_ascii_alphabetic());
        if self.is(at, Class::Ordinal) && spelled && next == at + 1 {
            return None;
        }
        self.dated(at, end, month, &days, at + 1)
    }

    /// "March 5, 1987", "Jan. 5", "March 4–7", "March 6 to 10, 1987", "March 5, 6 and 7".
    fn month_day(&self, at: usize) -> Option<Parsed> {
        let (next, month) = self.month(at)?;
        let next = self.skip(next, Class::The);
        let first = self.day(next)?;
        // "May 8:30" is an hour.
        if self.words(next + 1) == ":" && self.is(next + 2, Class::Digits) && !self.spaced(next + 2) {
            return None;
        }
        let mut days: Vec<(usize, u8)> = vec![(next, first)];
        let mut end = next + 1;
        loop {
            let joined = self.skip_all(end, &[Class::Dash, Class::To, Class::And, Class::Or]);
            let listed = self.skip(end, Class::Comma);
            // "March 5, 6 and 7" lists days only where one more follows.
            let listed = if joined == end
                && listed > end
                && self.any(listed + 1, &[Class::And, Class::Comma])
                && self.day(listed + 2).is_some()
            {
                listed
            } else {
                joined
            };
            let listed = self.skip(listed, Class::The);
            let Some(day) = self.day(listed).filter(|day| listed > end && *day > days[days.len() - 1].1)
            else {
                break;
            };
            let follows = self.class(listed + 1);
            let counts = matches!(follows, Class::Month | Class::Of)
                || follows == Class::Other
                    && !self.is(end, Class::Dash)
                    && self.spaced(listed + 1)
                    && self.first_word(listed + 1).starts_with(|c: char| c.is_lowercase())
                    && self.is(end, Class::And);
            if counts || days.len() > 6 {
                break;
            }
            days.push((listed, day));
            end = listed + 1;
        }
        self.dated(at, end, month, &days, next + 1)
    }

    /// Days of a month, each with its token, and the year that may stand behind them; the first ends at `first_end`
    /// where others follow. None where the month has no such day.
    fn dated(
        &self,
        at: usize,
        end: usize,
        month: u8,
        days: &[(usize, u8)],
        first_end: usize,
    ) -> Option<Parsed> {
        let (end, year) = self.year_after(end).unwrap_or((end, None));
        let number = year.filter(|year| year.open == 0).map(|year| year.number);
        if !days.iter().all(|(_, day)| is_day_of(number, month, *day)) {
            return None;
        }
        let tree = |day: u8| {
            let (part, day) = (Some(YearPart::Month(month)), Some(Day::OfMonth(day)));
            fields(Calendar { year, part, day, clock: None })
        };
        let last = days.len() - 1;
        let mut found =
            Parsed::new(at, if last == 0 { end } else { first_end }, tree(days[0].1), "time.date");
        for (place, (token, day)) in days.iter().enumerate().skip(1) {
            found.also.push((*token, if place == last { end } else { token + 1 }, tree(*day)));
        }
        Some(found)
    }

    /// "August 2020", "March,1987", "February of 1940", or a month alone.
    fn month_year(&self, at: usize) -> Option<Parsed> {
        let (next, month) = self.month(at)?;
        let calendar = Calendar { part: Some(YearPart::Month(month)), ..Calendar::default() };
        if let Some((end, year)) = self.year_after(next) {
            return Some(Parsed::new(at, end, fields(Calendar { year, ..calendar }), "time.month"));
        }
        // A month that is also a name or a verb needs more than its capital.
        let word = self.words(at).to_lowercase();
        let before = self.before(at);
        let starts = matches!(before, Class::Break | Class::Stop | Class::Mark | Class::Open);
        let named =
            matches!(before, Class::Other | Class::Possessive | Class::The | Class::Adverb | Class::Filler)
                && !(matches!(before, Class::Other | Class::Filler)
                    && self.last_word(at - 1).starts_with(|c: char| c.is_lowercase()));
        let capital_follows = self.is(at + 1, Class::Other)
            && self.spaced(at + 1)
            && self.first_word(at + 1).starts_with(char::is_uppercase);
        let name_follows = capital_follows && matches!(before, Class::Other | Class::And | Class::Comma);
        let refused = match word.as_str() {
            "may" | "march" | "mar" => starts || named,
            "april" | "june" | "august" | "jan" | "sep" | "dec" => {
                name_follows || starts && capital_follows || before == Class::Other && named
            }
            "март" | "марта" | "май" => capital_follows && (starts || before == Class::Other),
            // What Ukrainian calls its months are words of other kinds in other Slavic languages.
            "лютий" | "лютого" | "лютому" | "листопад" | "листопада" => {
                true
            }
            _ => false,
        };
        // "May-tai" is a drink.
        let joined = self.hyphen(at + 1) > at + 1 && self.is(at + 2, Class::Other);
        if refused || joined {
            return None;
        }
        Some(Parsed::new(at, at + 1, fields(calendar), "time.month"))
    }

    /// A year that stands alone, and the year a range of years ends with.
    fn year_alone(&self, at: usize) -> Option<Parsed> {
        let the = self.skip(at, Class::The);
        let fiscal =
            |at: usize| ["fiscal", "financial"].iter().any(|word| self.words(at).eq_ignore_ascii_case(word));
        let the_year = (self.unit(the) == Some(Unit::Year) || fiscal(the)) && !self.is_cyrillic(the);
        let from = if the_year { the + 1 } else { the };
        let (end, year) = self.year(from)?;
        let number = self.value(from);
        let plain = self.is(from, Class::Digits) && end == from + 1 && year.number > 0;
        // "The new 1987 year", as Slavic languages say it.
        if self.is(from, Class::Filler) && self.unit(end - 1) != Some(Unit::Year)
            || self.is(from, Class::Ordinal) && !self.is_cyrillic(end - 1)
        {
            return None;
        }
        // "The 1988 quarter"
        let of_quarter = plain
            && the > at
            && !the_year
            && (1900..2100).contains(&number)
            && self.unit(end) == Some(Unit::Quarter)
            && self.is(end, Class::Unit)
            && self.value(end) >= 0;
        if plain && !the_year && !of_quarter && !self.is_year_here(the, number) {
            return None;
        }
        // "The 1988 period"
        if plain && self.is(end, Class::Term) && self.words(end).eq_ignore_ascii_case("period") && the > at {
            let whole = fields(Calendar { year: Some(year), ..Calendar::default() });
            return Some(Parsed::new(at, end + 1, self.reported(end, whole), "time.year"));
        } else if of_quarter {
            let whole = fields(Calendar { year: Some(year), ..Calendar::default() });
            return Some(Parsed::new(at, end + 1, self.reported(end, whole), "time.quarter"));
        } else if the > at && !the_year {
            return None;
        }
        let tree = |year: Year| fields(Calendar { year: Some(year), ..Calendar::default() });
        let mut found = Parsed::new(at, end, tree(year), "time.year");
        // "1914–18", "1914-1918"
        let dash =
            self.is(end, Class::Dash) && !self.spaced(end) || self.is(end, Class::Slash) && !self.spaced(end);
        if plain && dash && self.is(end + 1, Class::Digits) && !self.spaced(end + 1) {
            let last = match self.length(end + 1) {
                4 => self.value(end + 1),
                2 => number / 100 * 100 + self.value(end + 1),
                _ => 0,
            };
            if last > number && last < number + 100 {
                let slavic = self.is_cyrillic(end + 2) && self.unit(end + 2) == Some(Unit::Year);
                found.also.push((end + 1, end + 2 + usize::from(slavic), tree(Year::one(last))));
            }
        }
        Some(found)
    }

    /// The stretch a report is about, of another year: "the 1988 period".
    pub(super) fn reported(&self, noun: usize, year: Tree) -> Tree {
        let part = if self.is(noun, Class::Term) { YearPart::Half(0) } else { YearPart::Quarter(0) };
        Tree::Within(Calendar { part: Some(part), ..Calendar::default() }, Box::new(year))
    }

    /// Whether four digits are a year where they stand.
    fn is_year_here(&self, at: usize, number: i32) -> bool {
        let before = self.before(at);
        let led = matches!(
            before,
            Class::In
                | Class::Since
                | Class::Until
                | Class::From
                | Class::By
                | Class::During
                | Class::Before
                | Class::After
                | Class::Of
                | Class::Early
                | Class::Mid
                | Class::Between
                | Class::Comma
                | Class::Holiday
                | Class::Season
        );
        let follows = self.class(at + 1);
        let counted = match follows {
            Class::Unit | Class::Units | Class::Thousand | Class::Hundred => true,
            Class::Other if self.spaced(at + 1) => {
                let word = self.first_word(at + 1);
                // "2000 people" counts; "2001 attacks" does not as often, so years of our own time may stand before a noun.
                let plural =
                    word.ends_with('s') || ["people", "men", "women", "children", "troops"].contains(&word);
                word.starts_with(char::is_lowercase)
                    && plural
                    && !led
                    && (number % 100 == 0 || !(1900..2050).contains(&number))
            }
            _ => false,
        };
        let glued = at > 0
            && !self.spaced(at)
            && !matches!(
                before,
                Class::Open | Class::Dash | Class::Mark | Class::Slash | Class::Comma | Class::Break
            );
        let tail = !self.spaced(at + 1)
            && matches!(follows, Class::Other | Class::Digits)
            && self.words(at + 1) != "…";
        let hyphenated =
            before == Class::Dash && !self.spaced(at) && at > 1 && self.is(at - 2, Class::Other) && {
                // "COVID-2019", "post-1979": a word in lower case before the hyphen is about the year.
                !self.last_word(at - 2).starts_with(char::is_lowercase)
            };
        if counted || glued || tail || hyphenated {
            return false;
        }
        // "Nearly 1950 troops", "1999 people", "a 2000-word essay", "Flight 1984", "+7 727 2021 1999".
        let bounded =
            matches!(before, Class::Approx | Class::Bound | Class::Over | Class::More | Class::Less);
        let noun = follows == Class::Other && self.spaced(at + 1) && !led && {
            let word = self.first_word(at + 1);
            let lower = word.starts_with(char::is_lowercase);
            let plural =
                word.ends_with('s') || ["people", "men", "women", "children", "troops"].contains(&word);
            let said = matches!(before, Class::The | Class::Possessive);
            lower && (plural && !said || !word.is_ascii())
        };
        let joined = self.hyphen(at + 1) > at + 1
            && self.is(at + 2, Class::Other)
            && self.first_word(at + 2).starts_with(char::is_lowercase);
        let numbered = before == Class::Other
            && NUMBERED.contains(&self.last_word(at - 1).trim_end_matches('.').to_lowercase().as_str());
        let beside = |at: usize| self.is(at, Class::Digits);
        let group = before == Class::Digits
            || beside(at + 1) && self.spaced(at + 1)
            || before == Class::Dash
                && at > 1
                && beside(at - 2)
                && !self.spaced(at)
                && self.length(at - 2) != 4;
        // "The post-1959 politics"
        let prefixed = before == Class::Dash
            && !self.spaced(at)
            && at > 1
            && self.is(at - 2, Class::Other)
            && ["post", "pre"].contains(&self.last_word(at - 2).to_lowercase().as_str());
        if prefixed {
            return true;
        }
        if bounded && follows == Class::Other || noun || joined || numbered || group {
            return false;
        }
        match number {
            1800..=2099 => {
                before != Class::Mark
                    || !["#", "$", "£", "€", "№", "+", "="].contains(&self.words(at.wrapping_sub(1)))
            }
            1000..=1799 => {
                led || matches!(before, Class::Open | Class::Dash)
                    || matches!(follows, Class::Close | Class::Dash)
            }
            _ => false,
        }
    }

    /// "The first quarter of 2021", "third-quarter", "Q3 2021", "the 1988 second quarter", "the first half of 2008".
    fn quarter(&self, at: usize) -> Option<Parsed> {
        let leading = self.year(at).filter(|(end, _)| !self.is_cyrillic(end - 1));
        let mut next = leading.map_or(at, |(end, _)| end);
        next = self.skip(next, Class::Possessive);
        next = self.hyphen(self.skip(next, Class::Filler));
        let (mut end, part) = match self.class(next) {
            Class::Unit if self.value(next) < 0 => (next + 1, YearPart::Quarter(-self.value(next) as u8)),
            Class::Half if self.value(next) < 0 => (next + 1, YearPart::Half(-self.value(next) as u8)),
            Class::Ordinal | Class::Roman | Class::Final | Class::Last | Class::Latter => {
                let nth = match self.class(next) {
                    Class::Final | Class::Last if self.is(next, Class::Last) || self.value(next) < 0 => -1,
                    _ => self.value(next),
                };
                let after = self.hyphen(next + 1);
                let after = self.skip(after, Class::Filler);
                if self.unit(after) == Some(Unit::Quarter)
                    && (1..=4).contains(&nth)
                    && !self.is(after, Class::Units)
                {
                    (after + 1, YearPart::Quarter(nth as u8))
                } else if self.is(after, Class::Half) && (nth == -1 || (1..=2).contains(&nth)) {
                    let half = if nth == -1 { 2 } else { nth as u8 };
                    (after + 1, YearPart::Half(half))
                } else {
                    return None;
                }
            }
            _ => return None,
        };
        let of = self.skip(self.skip(self.skip(end, Class::Of), Class::The), Class::In);
        let mut year = leading.map(|(_, year)| year);
        if year.is_none()
            && let Some((after, found)) = self.year(self.skip(self.skip(of, Class::Filler), Class::Comma))
        {
            year = Some(found);
            end = after;
        }
        let quarter = Calendar { year, part: Some(part), ..Calendar::default() };
        // A half is one only of something named.
        if matches!(part, YearPart::Half(_)) && year.is_none() {
            let (after, tree) = self.whole(of).filter(|_| of > end)?;
            let nested = match &tree {
                Tree::Step(_, what) => matches!(**what, Tree::Unit(Unit::Year | Unit::Month)),
                Tree::Calendar(calendar) => calendar.grain() == Unit::Month,
                _ => false,
            };
            let YearPart::Half(half) = part else { return None };
            let nth = Tree::Nth { nth: i16::from(half), count: 1, unit: Unit::Half, of: Box::new(tree) };
            return nested.then(|| Parsed::new(at, after, nth, "time.quarter"));
        }
        if year.is_none()
            && let Some((after, tree)) = self
                .whole(self.skip(of, Class::A))
                .filter(|_| of > end || self.any(of, &[Class::Last, Class::This, Class::Next]))
            && matches!(&tree, Tree::Step(_, what) if matches!(**what, Tree::Unit(Unit::Year)))
        {
            let YearPart::Quarter(nth) = part else { return None };
            let nth = Tree::Nth { nth: i16::from(nth), count: 1, unit: Unit::Quarter, of: Box::new(tree) };
            return Some(Parsed::new(at, after, nth, "time.quarter"));
        }
        Some(Parsed::new(at, end, fields(quarter), "time.quarter"))
    }

    /// "Week 9 of 1917", "the week 2", "the week of March 6", "the weekend of May 1".
    fn week_number(&self, at: usize) -> Option<Parsed> {
        let unit = self
            .unit(at)
            .filter(|unit| matches!(unit, Unit::Week | Unit::Weekend) && self.is(at, Class::Unit));
        if let (Some(unit), true) = (unit, self.is(at + 1, Class::Of))
            && let Some(date) = self
                .day_month(self.skip(at + 2, Class::The))
                .or_else(|| self.month_day(at + 2))
                .filter(|date| date.also.is_empty())
        {
            let tree = Tree::Nth { nth: 0, count: 1, unit, of: Box::new(date.tree) };
            return Some(Parsed::new(at, date.end, tree, "time.week"));
        }
        let week = self.unit(at) == Some(Unit::Week) && self.is(at, Class::Unit);
        let number = u8::try_from(self.value(at + 1)).ok().filter(|number| (1..=53).contains(number));
        let number = number.filter(|_| week && self.is(at + 1, Class::Digits) && self.length(at + 1) <= 2)?;
        if self.unit(at + 2).is_some() {
            return None;
        }
        let of = self.skip(self.skip(at + 2, Class::Of), Class::Comma);
        let (end, year) = self.year(of).map_or((at + 2, None), |(end, year)| (end, Some(year)));
        let calendar = Calendar { year, part: Some(YearPart::Week(number)), ..Calendar::default() };
        Some(Parsed::new(at, end, fields(calendar), "time.week"))
    }

    /// "The spring of 1940", "summer 2020", "2003 summer", or a season alone that is clearly one.
    fn season(&self, at: usize) -> Option<Parsed> {
        if let Some((next, year)) = self.year(at).filter(|(next, _)| self.is(*next, Class::Season)) {
            let calendar =
                Calendar { year: Some(year), part: Some(self.season_at(next)), ..Calendar::default() };
            return Some(Parsed::new(at, next + 1, fields(calendar), "time.season"));
        }
        if !self.is(at, Class::Season) {
            return None;
        }
        let part = Some(self.season_at(at));
        let of = self.skip(self.skip(at + 1, Class::Of), Class::The);
        if let Some((end, year)) = self.year(self.skip(of, Class::Comma)) {
            let calendar = Calendar { year: Some(year), part, ..Calendar::default() };
            return Some(Parsed::new(at, end, fields(calendar), "time.season"));
        }
        let calendar = Calendar { part, ..Calendar::default() };
        if of > at + 1
            && let Some((end, tree)) = self.whole(of)
            && let Tree::Step(step, what) = &tree
            && matches!(**what, Tree::Unit(Unit::Year))
        {
            let stepped = Tree::Step(*step, Box::new(fields(calendar)));
            return Some(Parsed::new(at, end, stepped, "time.season"));
        }
        // "The spring and summer", "the fall and winter"
        let beside = |at: usize| self.any(at, &[Class::And, Class::Or, Class::To]);
        let listed = beside(at + 1)
            && self.is(self.skip(self.skip(at + 2, Class::The), Class::Early), Class::Season)
            && self.before(at) == Class::The
            || at > 1 && beside(at - 1) && self.is(at - 2, Class::Season);
        if listed {
            return Some(Parsed::new(at, at + 1, fields(calendar), "time.season"));
        }
        // "Spring" is a coil and a verb, "fall" a verb and what cities do.
        let word = self.words(at).to_lowercase();
        let before = self.before(at);
        let led = matches!(
            before,
            Class::In
                | Class::By
                | Class::During
                | Class::Since
                | Class::Until
                | Class::Early
                | Class::Mid
                | Class::Dash
        ) || before == Class::The
            && at > 1
            && matches!(
                self.class(at - 2),
                Class::In | Class::During | Class::Over | Class::By | Class::Of | Class::Until | Class::Since
            );
        let noun =
            self.is(at + 1, Class::Other) && !self.is_cyrillic(at) && word == "fall" && self.spaced(at + 1);
        let sure = self.is_cyrillic(at) || word == "winter" || word == "summer" || word == "autumn";
        let fits = if sure {
            !word.is_empty() && (led || self.is_cyrillic(at) || word != "spring")
        } else {
            led && !noun
        };
        let of_something = self.is(at + 1, Class::Of);
        if !fits || word == "fall" && of_something || self.tokens[at].capital && !led {
            return None;
        }
        Some(Parsed::new(at, at + 1, fields(calendar), "time.season"))
    }

    pub(super) fn season_at(&self, at: usize) -> YearPart {
        let place = usize::try_from(self.value(at)).unwrap_or(0);
        YearPart::Season(Season::ALL.get(place).copied().unwrap_or(Season::Spring))
    }

    /// "The 19th century", "the eighteenth century BC", "XX век".
    fn century(&self, at: usize) -> Option<Parsed> {
        let nth = matches!(self.class(at), Class::Ordinal | Class::Roman).then(|| self.value(at))?;
        let next = self.hyphen(at + 1);
        let unit = self.unit(next).filter(|unit| matches!(unit, Unit::Century | Unit::Millennium))?;
        if self.is(next, Class::Units) && !self.is_cyrillic(next) || !(1..=40).contains(&nth) {
            return None;
        }
        let (length, open) = if unit == Unit::Century { (100, 2) } else { (1000, 3) };
        let (end, before_christ) = self.era(next + 1).unwrap_or((next + 1, false));
        let number = if before_christ { 1 - nth * length } else { (nth - 1) * length };
        let year = Some(Year { number, open });
        Some(Parsed::new(at, end, fields(Calendar { year, ..Calendar::default() }), "time.century"))
    }

    /// "The 1990s", "the ’80s", "the nineties", "1990-е годы".
    fn decade(&self, at: usize) -> Option<Parsed> {
        let number = match self.class(at) {
            Class::Decade => match self.value(at) {
                // "The '20s" were those of the last century; of this one nobody speaks so yet.
                short @ 20..100 => 1900 + short,
                short @ 0..20 => 2000 + short,
                full => full,
            },
            // "The nineties", but "a woman in her sixties".
            Class::Tens
                if self.before(at) == Class::The
                    || self.is(at.wrapping_sub(1), Class::Early)
                    || self.is_cyrillic(at) =>
            {
                1900 + self.value(at)
            }
            _ => return None,
        };
        let mut end = at + 1;
        if self.is_cyrillic(end) && self.unit(end) == Some(Unit::Year) {
            end += 1;
        }
        let open = if number % 100 == 0 && !(1900..=2000).contains(&number) { 2 } else { 1 };
        let mut year = Year { number, open };
        if let Some((after, true)) = self.era(end) {
            end = after;
            year.number = 2 - number - year.length();
        }
        Some(Parsed::new(
            at,
            end,
            fields(Calendar { year: Some(year), ..Calendar::default() }),
            "time.decade",
        ))
    }

    /// "Christmas 1914", "Easter", "New Year's Eve".
    fn holiday(&self, at: usize) -> Option<Parsed> {
        if !self.is(at, Class::Holiday) || !self.tokens[at].capital && !self.is_cyrillic(at) {
            return None;
        }
        // "Easter Island", "Christmas Carol"
        if self.is(at + 1, Class::Other)
            && self.spaced(at + 1)
            && self.first_word(at + 1).starts_with(char::is_uppercase)
        {
            return None;
        }
        let feast = usize::try_from(self.value(at)).unwrap_or(0);
        let mut end = at + 1;
        let mut part = None;
        if self.is(end, Class::Part) {
            part = Some(self.day_part(end));
            end += 1;
        }
        let mut week = false;
        if self.unit(end) == Some(Unit::Week) && self.is(end, Class::Unit) {
            week = true;
            end += 1;
        }
        let (end, year) = self.year_after(end).unwrap_or((end, None));
        let mut tree = feast::tree(feast, year)?;
        if week {
            tree = Tree::Nth { nth: 0, count: 1, unit: Unit::Week, of: Box::new(tree) };
        }
        if let Some(part) = part {
            tree = Tree::Clock(Clock::Part(part), Box::new(tree));
        }
        Some(Parsed::new(at, end, tree, "time.holiday"))
    }

    /// "05/03/1987", "1987-03-05", "5.3.1987": the order the text shows, else the day first.
    fn numeric_date(&self, at: usize) -> Option<Parsed> {
        let place = usize::try_from(self.value(at)).ok().filter(|_| self.is(at, Class::Numeric))?;
        let numeric = self.numerics.get(place)?;
        let [a, b, c] = numeric.parts;
        let date = |year: i32, month: i32, day: i32| -> Option<Tree> {
            let (month, day) = (u8::try_from(month).ok()?, u8::try_from(day).ok()?);
            is_day_of(Some(year), month, day).then(|| fields(Calendar::date(year, month, day)))
        };
        if numeric.year_first {
            let mut tree = date(a, b, c)?;
            if let Some((hour, minute)) = self
                .words(at)
                .split_once('T')
                .and_then(|(_, time)| Some((time.get(..2)?.parse().ok()?, time.get(3..5)?.parse().ok()?)))
                && hour < 24u8
                && minute < 60u8
            {
                let clock =
                    Clock::At { hour, minute: Some(minute), second: None, zone: zone_of(self.words(at)) };
                tree = Tree::Clock(clock, Box::new(tree));
            }
            return Some(Parsed::new(at, at + 1, tree, "time.numeric"));
        }
        let year = if numeric.short { century_of(c) } else { c };
        let (day_first, month_first) = (date(year, b, a), date(year, a, b));
        let (kept, refused, why) = match (day_first, month_first) {
            (Some(day), Some(month)) if self.month_first => (
                month,
                Some(day),
                "day first: another date of the text can only be read with the month first",
            ),
            (Some(day), Some(month)) => (
                day,
                Some(month),
                "month first: nothing in the text is written so, most of the world writes the day first",
            ),
            (Some(one), None) | (None, Some(one)) => (one, None, ""),
            (None, None) => return None,
        };
        let mut found = Parsed::new(at, at + 1, kept.clone(), "time.numeric");
        found.refused = refused.filter(|tree| *tree != kept).map(|tree| (tree, why));
        Some(found)
    }

    /// A time of the clock: "10:35 a.m.", "7 p.m. EST", "five o'clock", "noon".
    pub(super) fn clock(&self, at: usize) -> Option<(usize, Clock)> {
        let (mut end, minutes, precise) = match self.class(at) {
            Class::ClockTime => (at + 1, self.value(at), true),
            Class::Number => {
                let (hour, minute) = self.words(at).split_once('.')?;
                let (hour, minute): (i32, i32) = (hour.parse().ok()?, minute.parse().ok()?);
                let fits = (1..=12).contains(&hour) && minute < 60 && self.words(at).len() >= 4;
                self.meridiem(at + 1).filter(|_| fits)?;
                (at + 1, hour * 60 + minute, true)
            }
            // "0600 GMT", "1430 hours"
            Class::Digits if self.length(at) == 4 && self.value(at) < 2400 && self.value(at) % 100 < 60 => {
                let hours = self.is(at + 1, Class::Oclock)
                    || self.is(at + 1, Class::Units) && self.unit(at + 1) == Some(Unit::Hour);
                if !self.is(at + 1, Class::Zone) && (!hours || self.is_cyrillic(at + 1)) {
                    return None;
                }
                (at + 1 + usize::from(hours), self.value(at) / 100 * 60 + self.value(at) % 100, true)
            }
            // "В 10 часов утра", "в 7 утра", "в два часа ночи", "в 15 часов"
            Class::Digits | Class::Cardinal if self.slavic_hour(at).is_some() => {
                (self.slavic_hour(at)?, self.value(at) * 60, true)
            }
            Class::Digits | Class::Cardinal if (1..=12).contains(&self.value(at)) => {
                let said = self.meridiem(at + 1).is_some()
                    || self.is(at + 1, Class::In) && self.hours_of_part(at + 1).is_some();
                let oclock = self.is(at + 1, Class::Oclock) && self.words(at + 1).contains("clock");
                if !said && !oclock {
                    return None;
                }
                (at + 1 + usize::from(oclock), self.value(at) * 60, true)
            }
            // "High Noon"
            Class::Noon
                if self.before(at) == Class::Other && self.last_word(at - 1).eq_ignore_ascii_case("high") =>
            {
                return None;
            }
            Class::Noon => {
                let hour = self.value(at) as u8;
                return Some((at + 1, Clock::At { hour, minute: Some(0), second: None, zone: None }));
            }
            _ => return None,
        };
        let mut minutes = minutes;
        if let Some((after, afternoon)) = self.meridiem(end) {
            end = after;
            minutes = hour_of(minutes / 60, afternoon) * 60 + minutes % 60;
        } else if self.is(end, Class::Oclock) || self.unit(end) == Some(Unit::Hour) && !self.spaced(end) {
            end += 1;
        } else if let Some((after, part)) = self.hours_of_part(end) {
            end = after;
            let afternoon = matches!(part, DayPart::Afternoon | DayPart::Evening)
                || part == DayPart::Night && minutes >= 360;
            minutes = hour_of(minutes / 60, afternoon || minutes / 60 > 12) * 60 + minutes % 60;
        }
        let mut zone = None;
        if self.is(end, Class::Zone) {
            zone = Some(self.value(end) as i16);
            end += 1;
            // "UTC+3", "GMT-5"
            let sign = match self.words(end) {
                "+" => 1,
                "-" | "−" => -1,
                _ => 0,
            };
            if sign != 0 && !self.spaced(end) && self.is(end + 1, Class::Digits) && self.value(end + 1) <= 14
            {
                zone = zone.map(|zone| zone + 60 * sign * self.value(end + 1) as i16);
                end += 2;
            }
        }
        let clock = Clock::At {
            hour: (minutes / 60) as u8,
            minute: precise.then_some((minutes % 60) as u8),
            second: self.words(at).splitn(3, ':').nth(2).and_then(|seconds| seconds.parse().ok()),
            zone,
        };
        Some((end, clock))
    }

    /// An hour as Slavic languages say it: where it ends, the part of the day left to who reads on.
    fn slavic_hour(&self, at: usize) -> Option<usize> {
        let hour = (0..=24).contains(&self.value(at)) && self.length(at) <= 2 || self.is(at, Class::Cardinal);
        let named = self.unit(at + 1) == Some(Unit::Hour) && self.is_cyrillic(at + 1);
        let end = at + 1 + usize::from(named);
        let part = self.is(end, Class::Part) && self.is_cyrillic(end);
        let led = self.before(at) == Class::In && self.is_cyrillic(at - 1);
        let steps = self.any(end, &[Class::Ago, Class::Later, Class::Earlier]);
        (hour && self.value(at) <= 24 && (part || named && led && !steps)).then_some(end)
    }

    /// "a.m.", "pm": where it ends and whether it is after noon.
    fn meridiem(&self, at: usize) -> Option<(usize, bool)> {
        self.is(at, Class::Meridiem).then(|| (at + 1, self.value(at) == 12))
    }

    /// "in the morning" after an hour.
    fn hours_of_part(&self, at: usize) -> Option<(usize, DayPart)> {
        let next = self.skip(self.skip(at, Class::In), Class::The);
        let next = if next == at { self.skip(at, Class::At) } else { next };
        let slavic = next == at && self.is_cyrillic(at);
        (self.is(next, Class::Part) && (next > at || slavic)).then(|| (next + 1, self.day_part(next)))
    }

    /// A time of day, with the day it is of where one stands beside it.
    pub(super) fn clock_time(&self, at: usize) -> Option<Parsed> {
        let (end, clock) = self.clock(at)?;
        // "John 3:16"
        let verse = end == at + 1
            && self.is(at, Class::ClockTime)
            && self.before(at) == Class::Other
            && self.last_word(at - 1).starts_with(char::is_uppercase);
        if verse {
            return None;
        }
        let plain = Parsed::new(at, end, Tree::Clock(clock, Box::new(Tree::Anchor)), "time.clock");
        // "10:35 a.m. (0735 GMT)" is told twice.
        let zoned = matches!(clock, Clock::At { zone: Some(_), .. });
        if zoned
            && self.before(at) == Class::Open
            && self.is(end, Class::Close)
            && self.any(at.wrapping_sub(2), &[Class::Meridiem, Class::ClockTime, Class::Zone])
        {
            return None;
        }
        // "4 in the morning (4 a.m. EDT Thursday)", "10:35 a.m. (0735 GMT) Friday"
        if self.is(end, Class::Open) {
            let close =
                (end + 1..end + 8).find(|at| self.any(*at, &[Class::Close, Class::Stop, Class::Break]));
            let day = close.filter(|at| self.is(*at, Class::Close)).and_then(|close| {
                let inner = (end + 1..close).find(|at| self.is(*at, Class::Weekday));
                inner.or_else(|| {
                    let behind = self.skip(close + 1, Class::On);
                    self.is(behind, Class::Weekday).then_some(behind)
                })
            });
            if let Some(day) = day {
                let day =
                    fields(Calendar { day: Some(Day::OfWeek(self.value(day) as u8)), ..Calendar::default() });
                return Some(Parsed::new(at, end, Tree::Clock(clock, Box::new(day)), "time.clock"));
            }
        }
        let next = self.skip(end, Class::Comma);
        let next = self.skip(self.skip(next, Class::On), Class::Of);
        if let Some(mut day) = self.calendar_date(next).filter(|day| {
            matches!(day.rule, "time.date" | "time.numeric" | "time.weekday") && day.also.is_empty()
        }) {
            let mut end = day.end;
            let mut clock = clock;
            if let (Clock::At { hour, minute, second, zone: None }, true) = (clock, self.is(end, Class::Zone))
            {
                clock = Clock::At { hour, minute, second, zone: Some(self.value(end) as i16) };
                end += 1;
            }
            // "At 11 a.m. on 11 November" is two expressions for most readers, and one moment.
            if self.is(self.skip(plain.end, Class::Comma), Class::On) {
                return Some(Parsed { tree: Tree::Clock(clock, Box::new(day.tree)), ..plain });
            }
            day.tree = Tree::Clock(clock, Box::new(day.tree));
            return Some(Parsed { first: at, end, rule: "time.clock", ..day });
        }
        // "From 10:00 to 14:00 on 5 March": both are of that day.
        let joined = self.skip_all(end, &[Class::To, Class::Dash, Class::And, Class::Or]);
        if joined == end + 1
            && let Some(other) = self.within(|| self.clock_time(joined))
            && let Tree::Clock(_, day) = other.tree
            && *day != Tree::Anchor
        {
            return Some(Parsed { tree: Tree::Clock(clock, day), ..plain });
        }
        // "At 10:35 a.m. the next day"
        if let Some(day) = self
            .relative(self.skip(end, Class::Comma))
            .filter(|day| matches!(&day.tree, Tree::Step(_, what) if matches!(**what, Tree::Unit(Unit::Day))))
        {
            return Some(Parsed::new(at, day.end, Tree::Clock(clock, Box::new(day.tree)), "time.clock"));
        }
        if self.is(next, Class::Deictic) {
            let day = self.deictic_tree(next);
            return Some(Parsed::new(at, next + 1, Tree::Clock(clock, Box::new(day)), "time.clock"));
        }
        Some(plain)
    }
}

/// The year of two digits: of this century up to 29, else of the last.
fn century_of(short: i32) -> i32 {
    if short < 30 { 2000 + short } else { 1900 + short }
}

/// Minutes ahead of UTC of a time of ISO 8601; `None` where none is said.
fn zone_of(words: &str) -> Option<i16> {
    let (_, time) = words.split_once('T')?;
    if time.ends_with('Z') {
        return Some(0);
    }
    let at = time.rfind(['+', '-'])?;
    let digits: String = time[at + 1..].chars().filter(char::is_ascii_digit).collect();
    let minutes = digits.get(..2)?.parse::<i16>().ok()? * 60
        + digits.get(2..4).and_then(|m| m.parse().ok()).unwrap_or(0);
    Some(if time[at..].starts_with('-') { -minutes } else { minutes })
}

/// Words whose number is no year.
const NUMBERED: [&str; 22] = [
    "room",
    "flight",
    "resolution",
    "page",
    "pages",
    "windows",
    "no",
    "isbn",
    "article",
    "section",
    "unit",
    "building",
    "highway",
    "route",
    "form",
    "case",
    "order",
    "apartment",
    "дом",
    "квартира",
    "рейс",
    "резолюция",
];
