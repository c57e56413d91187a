//! From what the words say to what they mean: the resolver goes through the expressions of a text in order.

use super::feast;
use super::grammar::{Grammar, Parsed};
use super::lexicon::{Class, EVENTS};
use super::narrative::{self, Mention};
use super::now::Now;
use model::Span;
use model::calendar::{day_number, days_in_month, first_day_of_week, is_day_of, weekday};
use model::time::{
    Amount, Bounds, Calendar, Clock, Day, Modifier, Reference, Step, Tree, Unit, Value, Year, YearPart,
};

/// A resolved expression.
pub(super) struct Resolved {
    pub(super) value: Value,
    pub(super) modifier: Option<Modifier>,
    pub(super) bounds: Option<Bounds>,
    /// What it leans on.
    pub(super) anchor: Option<Span>,
}

/// Which way a date without a year, or a weekday, is looked for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Tense {
    Past,
    Future,
    Open,
}

/// A place in the text the resolver can lean on.
#[derive(Clone, Copy)]
struct Spoken {
    calendar: Calendar,
    span: Span,
    /// The tokens before it: how far away it is.
    token: usize,
    /// It was itself told as so much before or after something.
    shifted: bool,
}

pub(super) struct Resolver<'a> {
    grammar: &'a Grammar<'a>,
    now: Now,
    /// The text tells what happened long ago or in order: bare dates follow the telling, not the date of the page.
    narrative: bool,
    years: Vec<Option<i32>>,
    /// What was spoken of, the last at the end.
    spoken: Vec<Spoken>,
    leaned_on: Option<Span>,
    /// Where a length of half a year or more was reported on last: "in the first nine months".
    longer: Option<usize>,
}

impl<'a> Resolver<'a> {
    pub(super) fn new(grammar: &'a Grammar<'a>, parsed: &mut [Parsed], now: Now) -> Resolver<'a> {
        share_years(grammar, parsed);
        let narrative = is_narrative(grammar, parsed, &now);
        let mentions: Vec<Mention> = parsed.iter().filter_map(|one| mention(grammar, one)).collect();
        let start = now.year.map(|year| (year, now.month.unwrap_or(1)));
        let told = narrative::years(&mentions, start);
        let mut told = told.into_iter();
        // A report that nobody dated tells the year of no day but those it names.
        let unknown = now.year.is_none() && !narrative;
        let year = |one: &Parsed| {
            let own = mention(grammar, one)?;
            let told = told.next().flatten();
            if unknown { own.year } else { told }
        };
        let years = parsed.iter().map(year).collect();
        Resolver { grammar, now, narrative, years, spoken: Vec::new(), leaned_on: None, longer: None }
    }

    /// The meaning of one expression; the expressions of a text are to be asked for in order.
    ///
    /// A time in page residue is no part of the telling: nothing that follows leans on it.
    pub(super) fn resolve(
        &mut self,
        place: usize,
        parsed: &Parsed,
        tree: &Tree,
        tokens: (usize, usize),
        residue: bool,
    ) -> Option<Resolved> {
        self.leaned_on = None;
        let (modifier, inner) = match tree {
            Tree::Modified(outer, inner) => match &**inner {
                Tree::Modified(_, innermost) => (Some(*outer), &**innermost),
                _ => (Some(*outer), &**inner),
            },
            _ => (None, tree),
        };
        let item = Item { place, first: tokens.0, end: tokens.1, weekday: parsed.weekday };
        let value = self.value(inner, &item)?;
        let modifier = modifier.or(match inner {
            Tree::Clock(_, of) => match &**of {
                Tree::Modified(modifier, _) => Some(*modifier),
                _ => None,
            },
            _ => None,
        });
        let bounds = self.bounds(inner, &value, modifier);
        let span = Span::new(
            self.grammar.tokens[tokens.0].start as usize,
            self.grammar.tokens[tokens.1 - 1].end as usize,
        );
        match value {
            Value::Calendar(calendar) if calendar.grain() == Unit::Quarter => self.longer = None,
            Value::Calendar(calendar)
                if calendar.grain() == Unit::Year && matches!(inner, Tree::Step(Step::Last, _)) =>
            {
                self.longer = Some(tokens.0);
            }
            Value::Duration(Amount { low: Some(low), .. }, unit)
                if (5.5..12.5).contains(&(low * unit.days() / 30.44))
                    && self.grammar.any(tokens.0, &[Class::The, Class::Ordinal]) =>
            {
                self.longer = Some(tokens.0);
            }
            _ => {}
        }
        // "The quarter ended July 31" is one the text has named, by a year of its own.
        let ended = matches!(inner, Tree::Nth { nth: 0, unit: Unit::Quarter, .. });
        match value {
            _ if residue || ended => {}
            Value::Calendar(calendar) if calendar.year.is_some() => {
                self.spoken.push(Spoken {
                    calendar,
                    span,
                    token: tokens.0,
                    shifted: matches!(inner, Tree::Later(..) | Tree::Earlier(..)),
                });
            }
            Value::Interval(from, _) => {
                self.spoken.push(Spoken { calendar: from, span, token: tokens.0, shifted: false })
            }
            _ => {}
        }
        // Where the text itself says when it was written, what leans on that says so.
        let told = named(inner).is_none_or(|calendar| calendar.year.is_none());
        if self.leaned_on.is_none()
            && told
            && matches!(value, Value::Calendar(calendar) if calendar.year.is_some())
            && !self.narrative
        {
            self.leaned_on = self.now.said.filter(|said| *said != span);
        }
        Some(Resolved { value, modifier, bounds, anchor: self.leaned_on })
    }

    /// Where the words say more than their value does: the first week of a year is not everywhere an ISO week, and
    /// "the past three months" end with the document.
    fn bounds(&self, tree: &Tree, value: &Value, modifier: Option<Modifier>) -> Option<Bounds> {
        let own = value.bounds(modifier);
        match (tree, value) {
            (Tree::Nth { nth: 1, count: 1, unit: Unit::Week, of }, Value::Calendar(_)) => {
                let whole = self.plain_whole(of)?;
                let first = whole.bounds(None)?.earliest_start? / 1440;
                Some(own?.or(Bounds::days(first, first + 6)))
            }
            (Tree::Recent(amount, unit, way), _) => {
                let now = self.now.number?;
                let days = (amount.high.or(amount.low)? * unit.days()).ceil() as i64;
                // Where it begins is as loose as its unit; at the document's own end there is nothing loose.
                let slack = (unit.days() as i64).min(days / 4).max(1);
                let near = i64::from(!self.now.day_known) * 6 + 1;
                let (start, end) = match way {
                    Reference::Future => ((now - 1, now + near), (now + days - slack, now + days + slack)),
                    _ => ((now - days - slack, now - days + slack), (now - near, now + near)),
                };
                let bounds = Bounds {
                    earliest_start: Some(start.0 * 1440),
                    latest_start: Some(start.1 * 1440),
                    earliest_end: Some(end.0 * 1440),
                    latest_end: Some((end.1 + 1) * 1440),
                };
                Some(bounds.ordered())
            }
            (Tree::Nth { nth, count: count @ 1.., unit, of }, Value::Duration(..)) => {
                let whole = self.plain_whole(of)?.bounds(None)?;
                let (start, end) = (whole.earliest_start?, whole.latest_end?);
                let count = i64::from(*count);
                let day = |minute: i64| minute.div_euclid(1440);
                // Months are stepped, days are counted.
                let ahead = |from: i64, by: i64| match unit.months() {
                    Some(months) => {
                        let (year, month, _) = model::calendar::date_of_day_number(from);
                        let total = i64::from(year) * 12 + i64::from(month) - 1 + by * i64::from(months);
                        day_number(total.div_euclid(12) as i32, (total.rem_euclid(12) + 1) as u8, 1)
                    }
                    None => from + (by as f64 * unit.days()).round() as i64,
                };
                Some(match nth {
                    ..0 => Bounds::within((ahead(day(end), -count) * 1440).max(start), end),
                    _ => Bounds::within(start, (ahead(day(start), count) * 1440).min(end)),
                })
            }
            _ => own,
        }
    }

    /// A whole that needs no looking back.
    fn plain_whole(&self, tree: &Tree) -> Option<Value> {
        match tree {
            Tree::Calendar(calendar) if calendar.year.is_none() => {
                let year = self
                    .spoken
                    .last()
                    .and_then(|last| last.calendar.year)
                    .or(self.now.year.map(Year::one))?;
                Some(Value::Calendar(Calendar { year: Some(year), ..*calendar }))
            }
            Tree::Step(step, what) => match (&**what, step) {
                (Tree::Unit(unit), Step::This | Step::Last | Step::Next | Step::Same) => {
                    let by = match step {
                        Step::Last => -1.0,
                        Step::Next => 1.0,
                        _ => 0.0,
                    };
                    let base = match step {
                        Step::Same => {
                            self.spoken.last().map(|spoken| spoken.calendar).or(self.now.calendar())?
                        }
                        _ => self.now.calendar()?,
                    };
                    shifted(base.at_grain(*unit), by, *unit).map(Value::Calendar)
                }
                _ => None,
            },
            _ => tree.plain(),
        }
    }

    fn value(&mut self, tree: &Tree, item: &Item) -> Option<Value> {
        match tree {
            Tree::Calendar(calendar) => Some(Value::Calendar(self.calendar(*calendar, item))),
            Tree::Length(amount, unit) => Some(Value::Duration(*amount, *unit)),
            Tree::Recent(amount, unit, _) => Some(Value::Duration(*amount, *unit)),
            Tree::Reference(reference) => Some(Value::Reference(*reference)),
            Tree::Modified(_, of) => self.value(of, item),
            Tree::Every(amount, what) => match &**what {
                Tree::Unit(unit) => Some(Value::Every(*amount, *unit)),
                Tree::Calendar(calendar) => Some(Value::EverySuch(*calendar)),
                Tree::Clock(clock, of) => match &**of {
                    Tree::Calendar(calendar) => {
                        Some(Value::EverySuch(Calendar { clock: Some(*clock), ..*calendar }))
                    }
                    _ => Some(Value::EverySuch(Calendar { clock: Some(*clock), ..Calendar::default() })),
                },
                _ => None,
            },
            // "The 1988 period", "last year's quarter": the stretch reported on, of that year.
            Tree::Within(
                Calendar { part: Some(part @ (YearPart::Quarter(0) | YearPart::Half(0))), .. },
                of,
            ) => {
                let Value::Calendar(of) = self.value(of, item)? else { return None };
                if *part == YearPart::Half(0) && self.reports_longer(item) {
                    return Some(Value::Calendar(of));
                }
                let quarter = self.quarter();
                self.leaned_on = quarter.map(|quarter| quarter.span);
                let part = quarter.and_then(|quarter| quarter.calendar.part);
                Some(Value::Calendar(Calendar { part, ..of }))
            }
            Tree::Within(calendar, of) => {
                let Value::Calendar(of) = self.value(of, item)? else { return None };
                Some(Value::Calendar(Calendar { year: of.year, ..*calendar }))
            }
            Tree::Clock(clock, of) => self.clock(*clock, of, item),
            Tree::Nth { nth, count, unit, of } => self.nth(*nth, *count, *unit, of, item),
            Tree::NthWeekday(nth, day, of) => self.nth_weekday(*nth, *day, of, item),
            Tree::Feast(name, of) => self.feast(name, of, item),
            Tree::Step(step, what) => self.step(*step, what, item),
            Tree::Later(amount, unit, from) => self.shift(*amount, *unit, 1.0, from, item),
            Tree::Earlier(amount, unit, from) => self.shift(*amount, *unit, -1.0, from, item),
            Tree::Unit(_) | Tree::Anchor => None,
        }
    }

    /// Fills what a date leaves open, as far as the text allows.
    fn calendar(&mut self, calendar: Calendar, item: &Item) -> Calendar {
        if calendar.year.is_some() {
            return calendar;
        }
        match (calendar.part, calendar.day) {
            (Some(YearPart::Month(_)), _) => self.month(calendar, item),
            (None, Some(Day::OfWeek(day))) => self.weekday(day, item),
            (Some(YearPart::Season(_) | YearPart::Quarter(_) | YearPart::Half(_) | YearPart::Week(_)), _) => {
                self.part_of_year(calendar, item)
            }
            _ => calendar,
        }
    }

    fn month(&mut self, calendar: Calendar, item: &Item) -> Calendar {
        // "29 February" is of a leap year; the one before where the year at hand is none.
        let fits = |year: &i32| match (calendar.month_number(), calendar.day) {
            (Some(month), Some(Day::OfMonth(day))) => is_day_of(Some(*year), month, day),
            _ => true,
        };
        let with = |year: Option<i32>| {
            let year = year.and_then(|year| (year - 8..=year).rev().find(fits));
            Calendar { year: year.map(Year::one), ..calendar }
        };
        let told = self.years.get(item.place).copied().flatten();
        let Some(month) = calendar.month_number() else { return calendar };
        if self.narrative {
            return with(told);
        }
        // A date of another year in the same sentence carries on: "In May 1995 he left; in June …".
        if self.tense(item) != Tense::Future
            && let Some(near) = self.spoken.last()
            && self.same_sentence(near.token, item.first)
            && let (Some(year), true) = (near.calendar.year_number(), near.calendar.part.is_some())
            && self.now.year.is_some_and(|now| (year - now).abs() > 1)
        {
            self.leaned_on = Some(near.span);
            return with(Some(year));
        }
        let (Some(year), Some(now_month)) = (self.now.year, self.now.month) else {
            return with(told.or(self.now.year));
        };
        let day = match calendar.day {
            Some(Day::OfMonth(day)) => Some(day),
            _ => None,
        };
        // Months ahead of the document, by its own month and day.
        let after = match (day, self.now.day) {
            (Some(day), Some(now)) if month == now_month => day > now,
            _ => month > now_month,
        };
        let before = match (day, self.now.day) {
            (Some(day), Some(now)) if month == now_month => day < now,
            _ => month < now_month,
        };
        let tense = self.tense(item);
        if let (Some(weekday_said), Some(day)) = (item.weekday, day) {
            let agrees = |year: i32| {
                is_day_of(Some(year), month, day) && weekday(day_number(year, month, day)) == weekday_said
            };
            let order =
                if tense == Tense::Future { [year, year + 1, year - 1] } else { [year, year - 1, year + 1] };
            if let Some(year) = order.into_iter().find(|year| agrees(*year)) {
                return with(Some(year));
            }
        }
        // Months back and ahead to the nearest such date; a date just gone is seldom told as next year's.
        let ahead = (i32::from(month) - i32::from(now_month)).rem_euclid(12);
        let (last, next) = match (before, after) {
            (true, _) => (year, year + 1),
            (_, true) => (year - 1, year),
            _ => (year, year),
        };
        let ahead = if ahead == 0 && (before || after) { 12 * i32::from(before) } else { ahead };
        let back = 12 - ahead;
        with(Some(match tense {
            Tense::Future if ahead < back + 5 => next,
            Tense::Open if ahead + 3 < back => next,
            // "It was to be paid Dec. 7", said in October: no date of eleven months ago.
            Tense::Past if ahead <= 2 && (after && day.is_some() || ahead > 0) => next,
            _ => last,
        }))
    }

    fn weekday(&mut self, day: u8, item: &Item) -> Calendar {
        let open = Calendar { day: Some(Day::OfWeek(day)), ..Calendar::default() };
        let behind = |number: i64| number - (i64::from(weekday(number)) - i64::from(day)).rem_euclid(7);
        let ahead = |number: i64| number + (i64::from(day) - i64::from(weekday(number))).rem_euclid(7);
        // The week the text speaks of, where the day of the document is not known or the telling is its own.
        if self.narrative || !self.now.day_known {
            if let Some(spoken) =
                self.spoken.iter().rev().take(3).find(|spoken| spoken.calendar.grain() == Unit::Week)
                && let (Some(year), Some(YearPart::Week(week @ 1..))) =
                    (spoken.calendar.year_number(), spoken.calendar.part)
            {
                self.leaned_on = Some(spoken.span);
                return Calendar::of_day_number(first_day_of_week(year, week) + i64::from(day) - 1);
            }
            if let Some((number, span)) = self.last_day().filter(|_| self.narrative) {
                self.leaned_on = Some(span);
                return Calendar::of_day_number(ahead(number));
            }
        }
        match self.now.number {
            Some(now) if self.now.day_known => Calendar::of_day_number(match self.tense(item) {
                Tense::Future => ahead(now),
                _ => behind(now),
            }),
            Some(now) if !self.narrative => Calendar::of_day_number(match self.tense(item) {
                Tense::Future => ahead(now + 1),
                _ => behind(now),
            }),
            _ => open,
        }
    }

    fn part_of_year(&mut self, calendar: Calendar, item: &Item) -> Calendar {
        let with = |year: i32| Calendar { year: Some(Year::one(year)), ..calendar };
        if self.narrative {
            if let Some(year) = self.years.get(item.place).copied().flatten() {
                return with(year);
            }
            return match self.spoken.last().and_then(|spoken| spoken.calendar.year_number()) {
                Some(year) => with(year),
                None => calendar,
            };
        }
        let Some(year) = self.now.year else { return calendar };
        let month = i32::from(self.now.month.unwrap_or(12));
        let starts = match calendar.part {
            Some(YearPart::Quarter(quarter)) => i32::from(quarter) * 3 - 2,
            Some(YearPart::Half(half)) => i32::from(half) * 6 - 5,
            Some(YearPart::Season(season)) => i32::from(season.first_month()),
            Some(YearPart::Week(week)) => i32::from(week) * 7 / 31 + 1,
            _ => 1,
        };
        let tense = self.tense(item);
        let ends = starts + 2;
        with(match tense {
            // A quarter that has just ended is reported, not awaited.
            Tense::Future if ends + 5 < month => year + 1,
            Tense::Future if ends < month => year,
            Tense::Future => year,
            _ if starts > month => match calendar.part {
                // A quarter or week to come is more often the next than that of last year.
                Some(YearPart::Week(_)) => year,
                _ if tense == Tense::Open
                    && starts - month <= 3
                    && matches!(calendar.part, Some(YearPart::Season(_))) =>
                {
                    year
                }
                _ => year - 1,
            },
            _ => year,
        })
    }

    fn clock(&mut self, clock: Clock, of: &Tree, item: &Item) -> Option<Value> {
        let day = match of {
            Tree::Anchor => {
                let at_night = matches!(clock, Clock::Part(model::time::DayPart::Night))
                    && self.grammar.before(item.first) == Class::At;
                let near = self
                    .spoken
                    .iter()
                    .rev()
                    .take(64)
                    .find(|spoken| spoken.calendar.grain() <= Unit::Day)
                    .copied();
                match near {
                    Some(near) if !at_night && (self.narrative || self.close(near.token, item.first)) => {
                        self.leaned_on = Some(near.span);
                        near.calendar.at_grain(Unit::Day)
                    }
                    _ if at_night || self.narrative => Calendar::default(),
                    _ => self.now.day().unwrap_or_default(),
                }
            }
            _ => match self.value(of, item)? {
                Value::Calendar(day) => day,
                other => return Some(other),
            },
        };
        // The night after midnight, "24:00", belongs to the day that ends.
        Some(Value::Calendar(Calendar { clock: Some(clock), ..day }))
    }

    fn nth(&mut self, nth: i16, count: u16, unit: Unit, of: &Tree, item: &Item) -> Option<Value> {
        let Value::Calendar(whole) = self.value(of, item)? else {
            return Some(Value::Duration(Amount::of(f64::from(count)), unit));
        };
        // "The quarter ended July 31" is the one most of it lies in.
        if nth == 0 && unit == Unit::Quarter {
            let (year, month, _) = model::calendar::date_of_day_number(whole.day_number()? - 45);
            let part = Some(YearPart::Quarter((month - 1) / 3 + 1));
            return Some(Value::Calendar(Calendar { part, ..Calendar::year(year) }));
        }
        if nth == 0 {
            return whole.day_number().map(|day| Value::Calendar(day_or_week(day, 0.0, unit)));
        }
        let length = Value::Duration(Amount::of(f64::from(count)), unit);
        let bounds = Value::Calendar(whole).bounds(None);
        let (first, last) = match bounds.and_then(|bounds| Some((bounds.earliest_start?, bounds.latest_end?)))
        {
            Some((start, end)) => (start.div_euclid(1440), end.div_euclid(1440) - 1),
            None => return Some(length),
        };
        let year = whole.year?;
        let single = count == 1;
        let calendar = match unit {
            Unit::Quarter if single && (1..=4).contains(&nth) && whole.grain() == Unit::Year => {
                Calendar { year: Some(year), part: Some(YearPart::Quarter(nth as u8)), ..Calendar::default() }
            }
            // "The first two quarters of 1990"
            Unit::Quarter if count == 2 && (nth == 1 || nth == -1) && whole.grain() == Unit::Year => {
                let half = if nth == 1 { 1 } else { 2 };
                Calendar { year: Some(year), part: Some(YearPart::Half(half)), ..Calendar::default() }
            }
            Unit::Half if single && (1..=2).contains(&nth) && whole.grain() == Unit::Year => {
                Calendar { year: Some(year), part: Some(YearPart::Half(nth as u8)), ..Calendar::default() }
            }
            Unit::Half if single && whole.grain() == Unit::Month && (1..=2).contains(&nth) => {
                let (from, to) = if nth == 1 { (first, first + 14) } else { (first + 15, last) };
                return Some(Value::Interval(Calendar::of_day_number(from), Calendar::of_day_number(to)));
            }
            Unit::Week if single && whole.grain() == Unit::Year && (1..=53).contains(&nth) => {
                Calendar { year: Some(year), part: Some(YearPart::Week(nth as u8)), ..Calendar::default() }
            }
            Unit::Week if single && whole.grain() == Unit::Month && (1..=5).contains(&nth) => {
                Calendar::week_of(first + 3 + 7 * (i64::from(nth) - 1))
            }
            Unit::Week if single && nth == -1 && whole.grain() == Unit::Month => Calendar::week_of(last - 3),
            Unit::TenDays
                if !single
                    || !(1..=3).contains(&nth) && nth != -1
                    || last - first > 31 && nth != 1
                    || first + 10 * (i64::from(nth.max(1)) - 1) > last =>
            {
                return Some(length);
            }
            Unit::TenDays => {
                let from = first + 10 * (i64::from(nth.max(1)) - 1);
                let to = if !(0..3).contains(&nth) { last } else { from + 9 };
                let from = if nth < 0 { last - 9 } else { from };
                return Some(Value::Interval(
                    Calendar::of_day_number(from),
                    Calendar::of_day_number(to.min(last)),
                ));
            }
            Unit::Day if single && whole.grain() <= Unit::Year => {
                let day = if nth < 0 { last + 1 + i64::from(nth) } else { first + i64::from(nth) - 1 };
                if !(first..=last).contains(&day) {
                    return Some(length);
                }
                Calendar::of_day_number(day)
            }
            Unit::Month if single && whole.grain() == Unit::Year => {
                let month = if nth < 0 { 13 + nth } else { nth };
                match u8::try_from(month).ok().filter(|month| (1..=12).contains(month)) {
                    Some(month) => Calendar {
                        year: Some(year),
                        part: Some(YearPart::Month(month)),
                        ..Calendar::default()
                    },
                    None => return Some(length),
                }
            }
            Unit::Decade if single && year.open == 2 && (1..=10).contains(&nth) => Calendar {
                year: Some(Year { number: year.number + 10 * (i32::from(nth) - 1), open: 1 }),
                ..Calendar::default()
            },
            _ => return Some(length),
        };
        Some(Value::Calendar(calendar))
    }

    fn feast(&mut self, name: &str, of: &Tree, item: &Item) -> Option<Value> {
        let Value::Calendar(whole) = self.value(of, item)? else { return None };
        let year = whole.year_number().or_else(|| self.year_of_feast(name, item))?;
        feast::movable(name, year).map(|day| Value::Calendar(Calendar::of_day_number(day)))
    }

    /// "The first Monday of September": a day, where the month's year is known.
    fn nth_weekday(&mut self, nth: i16, day: u8, of: &Tree, item: &Item) -> Option<Value> {
        let Value::Calendar(whole) = self.value(of, item)? else { return None };
        let open = Calendar { day: Some(Day::Open), clock: None, ..whole };
        let bounds = Value::Calendar(whole).bounds(None);
        let Some((start, end)) = bounds.and_then(|bounds| Some((bounds.earliest_start?, bounds.latest_end?)))
        else {
            return Some(Value::Calendar(open));
        };
        let (first, last) = (start.div_euclid(1440), end.div_euclid(1440) - 1);
        let found = match nth {
            ..0 => {
                last - (i64::from(weekday(last)) - i64::from(day)).rem_euclid(7) + 7 * (i64::from(nth) + 1)
            }
            _ => {
                first + (i64::from(day) - i64::from(weekday(first))).rem_euclid(7) + 7 * (i64::from(nth) - 1)
            }
        };
        let fits = (first..=last).contains(&found);
        Some(Value::Calendar(if fits { Calendar::of_day_number(found) } else { open }))
    }

    /// The year of a feast that names none: that of the telling, or the nearest the tense allows.
    fn year_of_feast(&mut self, name: &str, item: &Item) -> Option<i32> {
        if self.narrative {
            return self.spoken.last()?.calendar.year_number();
        }
        let (year, now) = (self.now.year?, self.now.number?);
        let day = feast::movable(name, year)?;
        Some(match self.tense(item) {
            Tense::Future if day < now => year + 1,
            // "As Easter week began" is of the Easter at hand.
            Tense::Past if day > now + 14 => year - 1,
            Tense::Open if day > now + 60 => year - 1,
            _ => year,
        })
    }

    fn step(&mut self, step: Step, what: &Tree, item: &Item) -> Option<Value> {
        let by = match step {
            Step::Last | Step::Before => -1.0,
            Step::Next | Step::After => 1.0,
            Step::This | Step::Same => 0.0,
        };
        let told = matches!(step, Step::Same | Step::Before | Step::After) || self.narrative;
        match what {
            // "The latest period" is the quarter reported on.
            Tree::Unit(Unit::Open) if step == Step::Last => {
                let quarter = self.quarter()?;
                self.leaned_on = Some(quarter.span);
                Some(Value::Calendar(quarter.calendar))
            }
            Tree::Unit(Unit::Open) => {
                let spoken = *self.spoken.last()?;
                self.leaned_on = Some(spoken.span);
                Some(Value::Calendar(spoken.calendar))
            }
            Tree::Unit(unit) => {
                let unit = *unit;
                if told && (unit != Unit::Day || step != Step::This) {
                    return self.told_unit(step, by, unit, item);
                }
                if unit == Unit::Day && step == Step::This && self.narrative {
                    return Some(Value::Reference(Reference::Present));
                }
                let now = self.now.calendar()?;
                if unit < Unit::Day {
                    return None;
                }
                if unit == Unit::Day || unit == Unit::Week || unit == Unit::Weekend {
                    let Some(number) = self.now.number else {
                        return Some(Value::Calendar(open_at(unit)));
                    };
                    return Some(Value::Calendar(day_or_week(number, by, unit)));
                }
                shifted(now.at_grain(unit), by, unit).map(Value::Calendar)
            }
            Tree::Clock(clock, of) if matches!(**of, Tree::Unit(Unit::Day)) => {
                let base = match told {
                    true => self
                        .lean(Unit::Day)
                        .or_else(|| (!self.narrative).then(|| self.now.day()).flatten())?,
                    false => self.now.day()?,
                };
                let day = match base.day_number() {
                    Some(number) => Calendar::of_day_number(number + by as i64),
                    None => Calendar { day: Some(Day::Open), clock: None, ..base },
                };
                Some(Value::Calendar(Calendar { clock: Some(*clock), ..day }))
            }
            Tree::Calendar(calendar) => self.step_calendar(by, told, *calendar),
            Tree::Feast(name, _) => {
                let now = self.now.number?;
                let year = self.now.year?;
                let days = [year - 1, year, year + 1].map(|year| feast::movable(name, year));
                let found = match step {
                    Step::Next | Step::After => days.into_iter().flatten().find(|day| *day > now),
                    Step::This | Step::Same => days[1],
                    _ => days.into_iter().flatten().rev().find(|day| *day < now),
                };
                found.map(|day| Value::Calendar(Calendar::of_day_number(day)))
            }
            _ => self.value(what, item),
        }
    }

    /// "The same day", "the following year", "the quarter": a step from what the text spoke of.
    fn told_unit(&mut self, step: Step, by: f64, unit: Unit, item: &Item) -> Option<Value> {
        // In news "the year" and "the quarter" are those of the document, or the last quarter it speaks of.
        let about_now = !self.narrative
            && step == Step::Same
            && !(item.first..item.end).any(|at| self.grammar.any(at, &[Class::Same, Class::That]));
        if about_now && unit != Unit::Quarter && unit != Unit::Day {
            if unit == Unit::Week || unit == Unit::Weekend {
                let Some(number) = self.now.number else { return Some(Value::Calendar(open_at(unit))) };
                let back = if unit == Unit::Weekend && self.tense(item) != Tense::Future {
                    number - 5
                } else {
                    number
                };
                return Some(Value::Calendar(day_or_week(back, 0.0, unit)));
            }
            return self
                .now
                .calendar()
                .and_then(|now| shifted(now.at_grain(unit), 0.0, unit))
                .map(Value::Calendar);
        }
        if unit == Unit::Quarter && step == Step::Same {
            let pointed = (item.first..item.end).any(|at| self.grammar.is(at, Class::That));
            let last =
                || self.spoken.iter().rev().take(12).find(|spoken| spoken.calendar.grain() == Unit::Quarter);
            if let Some(spoken) = if pointed { last().copied() } else { self.quarter() } {
                self.leaned_on = Some(spoken.span);
                return Some(Value::Calendar(spoken.calendar));
            }
            let now = self.now.calendar()?;
            return shifted(now.at_grain(Unit::Quarter), -1.0, Unit::Quarter).map(Value::Calendar);
        }
        if unit < Unit::Day {
            return None;
        }
        let Some(base) = self.lean(unit) else {
            if self.narrative || self.now.number.is_none() {
                return Some(Value::Calendar(open_at(unit)));
            }
            return match unit {
                Unit::Day | Unit::Week | Unit::Weekend => {
                    Some(Value::Calendar(day_or_week(self.now.number?, by, unit)))
                }
                _ => shifted(self.now.calendar()?.at_grain(unit), by, unit).map(Value::Calendar),
            };
        };
        if matches!(unit, Unit::Day | Unit::Week | Unit::Weekend) {
            return Some(Value::Calendar(match base.day_number() {
                Some(number) => day_or_week(number, by, unit),
                None if base.grain() == unit && unit == Unit::Week => {
                    let monday = Value::Calendar(base).bounds(None)?.earliest_start?.div_euclid(1440);
                    day_or_week(monday, by, unit)
                }
                None => Calendar {
                    part: base.part.or(Some(YearPart::OpenMonth)),
                    day: Some(Day::Open),
                    clock: None,
                    ..base
                },
            }));
        }
        shifted(base.at_grain(unit), by, unit).map(Value::Calendar)
    }

    /// "Last December", "next Friday", "this summer", "that Sunday", "the 17th".
    fn step_calendar(&mut self, by: f64, told: bool, calendar: Calendar) -> Option<Value> {
        if let (None, None, Some(Day::OfMonth(day))) = (calendar.year, calendar.part, calendar.day) {
            let base = self
                .lean(Unit::Month)
                .or_else(|| self.now.calendar().map(|now| now.at_grain(Unit::Month)))?;
            let (year, month) = (base.year_number()?, base.month_number()?);
            let fits = day <= days_in_month(year, month);
            return fits.then(|| Value::Calendar(Calendar::date(year, month, day)));
        }
        if calendar.year.is_some() {
            return Some(Value::Calendar(calendar));
        }
        let base = match told {
            true => self.spoken.last().map(|spoken| spoken.calendar).or_else(|| self.now.calendar()),
            false => self.now.calendar(),
        };
        if let Some(Day::OfWeek(day)) = calendar.day {
            let number = match told {
                true => self.last_day().map(|(number, span)| {
                    self.leaned_on = Some(span);
                    number
                }),
                false => self.now.number,
            };
            let Some(number) = number.or(self.now.number) else { return Some(Value::Calendar(calendar)) };
            let apart = i64::from(day) - i64::from(weekday(number));
            let found = match by {
                by if by > 0.0 => number + (apart - 1).rem_euclid(7) + 1,
                by if by < 0.0 => number + apart.rem_euclid(7) - 7,
                _ => number + apart,
            };
            return Some(Value::Calendar(Calendar::of_day_number(found)));
        }
        let base = base?;
        let year = base.year_number()?;
        let starts = |part: YearPart| match part {
            YearPart::Month(month) => month,
            YearPart::Quarter(quarter) => (quarter.max(1) - 1) * 3 + 1,
            YearPart::Season(season) => season.first_month(),
            YearPart::Half(half) => (half.max(1) - 1) * 6 + 1,
            YearPart::Week(_) | YearPart::OpenMonth => 1,
        };
        let own = starts(calendar.part?);
        let length = match calendar.part? {
            YearPart::Month(_) => 1,
            _ => 3,
        };
        let here = base.part.map_or(12, starts);
        let year = match by {
            by if by < 0.0 && own + length > here => year - 1,
            // "Last February", said in March, is seldom the month just gone.
            by if by < 0.0 && own + 1 == here && length == 1 => year - 1,
            by if by > 0.0 && own <= here => year + 1,
            _ => year,
        };
        let fits = match (calendar.month_number(), calendar.day) {
            (Some(month), Some(Day::OfMonth(day))) => is_day_of(Some(year), month, day),
            _ => true,
        };
        fits.then_some(Value::Calendar(Calendar { year: Some(Year::one(year)), ..calendar }))
    }

    fn shift(&mut self, amount: Amount, unit: Unit, sign: f64, from: &Tree, item: &Item) -> Option<Value> {
        let by = amount.low.map(|low| low * sign);
        let base = match from {
            Tree::Reference(_) => self.now.calendar(),
            // Languages that say "in two days" with a word of its own mean the day of the text, or the day told.
            Tree::Anchor => {
                // "A year earlier" of news is a year before what is reported, not before the last such year.
                let found = match self
                    .spoken
                    .iter()
                    .rev()
                    .take(4)
                    .find(|spoken| !spoken.shifted && spoken.calendar.grain() <= unit)
                {
                    Some(spoken) if !self.narrative && unit == Unit::Year => {
                        self.leaned_on = Some(spoken.span);
                        Some(spoken.calendar)
                    }
                    _ => self.lean(unit.min(Unit::Year)),
                };
                match found {
                    None if !self.narrative && self.grammar.is(item.first, Class::Through) => {
                        self.now.calendar()
                    }
                    None if !self.narrative && sign < 0.0 && unit >= Unit::Month => self.now.calendar(),
                    found => found,
                }
            }
            other => match self.value(other, item)? {
                Value::Calendar(calendar) => Some(calendar),
                _ => None,
            },
        };
        // "An hour later" than nothing that is known stays a length.
        if unit < Unit::Day && base.is_none() && by.is_some() && matches!(from, Tree::Anchor) {
            return Some(Value::Duration(amount, unit));
        }
        let Some(by) = by else {
            return Some(match (from, sign < 0.0) {
                (Tree::Reference(_), true) => Value::Reference(Reference::Past),
                (Tree::Reference(_), false) => Value::Reference(Reference::Future),
                _ => Value::Calendar(open_at(unit)),
            });
        };
        // Beyond a hundred thousand years there is no calendar to speak of.
        let Some(base) = base.filter(|_| by.abs() * unit.days() < 3.65e7) else {
            return Some(Value::Calendar(open_at(unit)));
        };
        if unit < Unit::Day {
            return Some(Value::Calendar(self.clock_shift(base, by, unit)));
        }
        let year_before = unit == Unit::Year
            && !self.narrative
            && by == -1.0
            && matches!(from, Tree::Anchor | Tree::Reference(_));
        // A year before nine months is a year.
        if year_before
            && self.reports_longer(item)
            && let Some(year) = self.now.year
        {
            return Some(Value::Calendar(Calendar::year(year - 1)));
        }
        // A year before a quarter is a quarter.
        if year_before
            && let Some(quarter) = self.quarter()
            && let Some(year) = quarter.calendar.year_number()
        {
            self.leaned_on = Some(quarter.span);
            return Some(Value::Calendar(Calendar { year: Some(Year::one(year - 1)), ..quarter.calendar }));
        }
        match unit {
            Unit::Day | Unit::Week | Unit::Weekend | Unit::TenDays => {
                let Some(number) = base
                    .day_number()
                    .or_else(|| matches!(from, Tree::Reference(_)).then_some(self.now.number).flatten())
                else {
                    return Some(Value::Calendar(open_at(unit)));
                };
                let moved = number + (by * unit.days()).round() as i64;
                Some(Value::Calendar(match unit {
                    Unit::Week if by.fract() == 0.0 && matches!(from, Tree::Reference(_)) => {
                        Calendar::week_of(moved)
                    }
                    _ => Calendar::of_day_number(moved),
                }))
            }
            _ if by.fract() != 0.0 => {
                let months = by * f64::from(unit.months()?);
                shifted(base.at_grain(Unit::Month), months.round(), Unit::Month).map(Value::Calendar)
            }
            _ if unit > Unit::Year => {
                let years = by * f64::from(unit.months()?) / 12.0;
                shifted(base.at_grain(Unit::Year), years, Unit::Year).map(Value::Calendar)
            }
            _ => {
                if base.grain() > unit {
                    return Some(Value::Calendar(open_at(unit)));
                }
                // A year before a quarter that is named is that quarter of the year before.
                if let (Unit::Year, Tree::Step(..), Some(year)) = (unit, from, base.year_number()) {
                    return Some(Value::Calendar(Calendar {
                        year: Some(Year::one(year + by as i32)),
                        ..base
                    }));
                }
                shifted(base.at_grain(unit), by, unit).map(Value::Calendar)
            }
        }
    }

    fn clock_shift(&self, base: Calendar, by: f64, unit: Unit) -> Calendar {
        if let (Some(Clock::At { hour, minute: Some(minute), zone, .. }), Some(day)) =
            (base.clock, base.day_number())
        {
            let minutes = day * 1440
                + i64::from(hour) * 60
                + i64::from(minute)
                + (by * unit.days() * 1440.0).round() as i64;
            let of_day = minutes.rem_euclid(1440);
            let clock = Clock::At {
                hour: (of_day / 60) as u8,
                minute: Some((of_day % 60) as u8),
                second: None,
                zone,
            };
            return Calendar { clock: Some(clock), ..Calendar::of_day_number(minutes.div_euclid(1440)) };
        }
        Calendar { clock: Some(Clock::Open), ..base.at_grain(Unit::Day) }
    }

    /// The last place in time the text spoke of that is no coarser than this unit.
    fn lean(&mut self, unit: Unit) -> Option<Calendar> {
        let fine = |spoken: &&Spoken| spoken.calendar.grain() <= unit && spoken.calendar.year.is_some();
        let found = self.spoken.iter().rev().take(6).find(fine).copied();
        // What was spoken of last decides: a day told three dates ago is not "the same day" of a year told since.
        let last = self.spoken.last().copied()?;
        let found = found.unwrap_or(last);
        if unit <= Unit::Week && found.calendar.grain() > unit {
            return None;
        }
        self.leaned_on = Some(found.span);
        Some(found.calendar)
    }

    fn last_day(&self) -> Option<(i64, Span)> {
        self.spoken.iter().rev().take(6).find_map(|spoken| Some((spoken.calendar.day_number()?, spoken.span)))
    }

    /// The quarter the text reports on: the latest it speaks of that is over, else the last it speaks of.
    fn quarter(&self) -> Option<Spoken> {
        let told = |spoken: &&Spoken| spoken.calendar.grain() == Unit::Quarter && !spoken.shifted;
        let over = |spoken: &&Spoken| {
            let end = Value::Calendar(spoken.calendar).bounds(None).and_then(|bounds| bounds.latest_end);
            !matches!((end, self.now.number), (Some(end), Some(now)) if end.div_euclid(1440) > now + 1)
        };
        let recent = || self.spoken.iter().rev().take(12).filter(told);
        let place = |spoken: &&Spoken| (spoken.calendar.year_number(), first_month(spoken.calendar));
        recent().filter(over).rev().max_by_key(place).or_else(|| recent().next()).copied()
    }

    /// Whether the paragraph reports on more than a quarter: a year before "the first nine months" is no quarter.
    fn reports_longer(&self, item: &Item) -> bool {
        self.longer.is_some_and(|from| {
            item.first > from
                && item.first - from < 120
                && !self.grammar.tokens[from..item.first].iter().any(|token| token.class == Class::Break)
        })
    }

    fn same_sentence(&self, from: usize, to: usize) -> bool {
        to > from
            && to - from < 60
            && !self.grammar.tokens[from..to]
                .iter()
                .any(|token| matches!(token.class, Class::Stop | Class::Break))
    }

    /// Within two sentences of one paragraph.
    fn close(&self, from: usize, to: usize) -> bool {
        if to.abs_diff(from) > 400 {
            return false;
        }
        let between = &self.grammar.tokens[from.min(to)..to];
        between.iter().filter(|token| token.class == Class::Stop).count() <= 2
            && between.iter().filter(|token| token.class == Class::Break).count() <= 1
    }

    /// What the words around say of past or future: the nearest cue of the sentence, those before it first.
    fn tense(&self, item: &Item) -> Tense {
        let tokens = self.grammar.tokens;
        let ends = |class: Class| matches!(class, Class::Stop | Class::Break);
        let through = item.first > 0 && ["through", "thru"].contains(&self.grammar.words(item.first - 1));
        // "Wednesday's ruling" is known.
        if self.grammar.is(item.end, Class::Possessive) {
            return Tense::Past;
        }
        let slavic =
            self.grammar.before(item.first) == Class::Before && self.grammar.is_cyrillic(item.first - 1);
        if through || slavic {
            return Tense::Future;
        }
        // "Until Thursday they had not called", "had filed by Wednesday".
        if matches!(self.grammar.before(item.first), Class::Until | Class::By) {
            let sentence = |at: &usize| !ends(self.grammar.class(*at));
            let had = |at: usize| self.grammar.words(at).eq_ignore_ascii_case("had");
            let pluperfect = (0..item.first).rev().take(10).take_while(sentence).any(had)
                || (item.end..tokens.len()).take(6).take_while(sentence).any(had);
            if !pluperfect {
                return Tense::Future;
            }
        }
        let before = tokens[..item.first].iter().rev().take(24).take_while(|token| !ends(token.class));
        let after =
            tokens[item.end.min(tokens.len())..].iter().take(16).take_while(|token| !ends(token.class));
        // "Will be paid": the word that looks back stands a few words behind one that looks ahead.
        let mut past_at = None;
        for (steps, token) in before.enumerate() {
            let at = item.first - 1 - steps;
            // "Had been scheduled", "as previously planned"
            let told = token.class == Class::FutureCue && at > 1 && {
                let word = self.grammar.last_word(at - 1).to_lowercase();
                word == "been" && self.grammar.words(at - 2).eq_ignore_ascii_case("had")
                    || word == "previously"
                    || word == "as"
            };
            if told {
                continue;
            }
            let looks_back = match token.class {
                Class::FutureCue => return Tense::Future,
                Class::Event => EVENTS.is_past(token.value),
                Class::PastCue | Class::Ago => true,
                _ => false,
            };
            if past_at.is_some_and(|at| steps > at + 2) {
                break;
            }
            if looks_back && past_at.is_none() {
                past_at = Some(steps);
            }
        }
        if past_at.is_some() {
            return Tense::Past;
        }
        for token in after {
            match token.class {
                Class::FutureCue => return Tense::Future,
                Class::Event if EVENTS.is_past(token.value) => return Tense::Past,
                Class::PastCue | Class::Ago => return Tense::Past,
                _ => {}
            }
        }
        Tense::Open
    }
}

/// The expression at hand.
struct Item {
    place: usize,
    first: usize,
    end: usize,
    weekday: Option<u8>,
}

/// The fields a tree names of its own, for the telling of the text.
pub(super) fn named(tree: &Tree) -> Option<Calendar> {
    match tree {
        Tree::Calendar(calendar) => Some(*calendar),
        Tree::Modified(_, of) | Tree::Clock(_, of) => named(of),
        Tree::Nth { of, .. } | Tree::NthWeekday(.., of) => named(of),
        Tree::Later(.., of) | Tree::Earlier(.., of) => named(of),
        _ => None,
    }
}

fn mention(grammar: &Grammar, parsed: &Parsed) -> Option<Mention> {
    let calendar = named(&parsed.tree)?;
    let year = match calendar.year {
        Some(year) if year.open > 0 => return None,
        Some(year) => Some(year.number),
        None => None,
    };
    let month = first_month(calendar);
    if year.is_none() && month.is_none() {
        return None;
    }
    let day = match calendar.day {
        Some(Day::OfMonth(day)) => Some(day),
        _ => None,
    };
    let aside = matches!(grammar.before(parsed.first), Class::Open) || grammar.is(parsed.end, Class::Close);
    let opens = |at: usize| matches!(grammar.before(at), Class::Stop | Class::Break);
    let led =
        matches!(grammar.before(parsed.first), Class::In | Class::By | Class::During | Class::On | Class::At);
    let leads = opens(parsed.first) || led && opens(parsed.first - 1);
    Some(Mention { year, month, day, weekday: parsed.weekday, aside, leads })
}

/// Whether bare dates follow the telling of the text: it names more years of its own, long before the document,
/// than days by their place in the week. Where nobody knows when the document was published, that is so unless it speaks
/// of days by their place in the week more often than of years: then it is a report, and tells no year.
fn is_narrative(grammar: &Grammar, parsed: &[Parsed], now: &Now) -> bool {
    let years = || parsed.iter().filter_map(|one| mention(grammar, one)?.year);
    let news = parsed
        .iter()
        .filter(|one| {
            matches!(one.rule, "time.weekday" | "time.deictic")
                || one.rule == "time.step"
                    && matches!(one.tree, Tree::Step(Step::This | Step::Last | Step::Next, _))
        })
        .count();
    let Some(now) = now.year else {
        let dated = parsed.iter().filter_map(|one| mention(grammar, one)).filter(|one| one.month.is_some());
        let dated = dated.filter(|mention| mention.year.is_some()).count();
        let years = years().count();
        return years > 0 && (dated > 0 || news <= years);
    };
    let full = parsed
        .iter()
        .filter_map(|one| mention(grammar, one))
        .filter(|mention| mention.month.is_some() && mention.year.is_some_and(|year| (now - year).abs() > 1))
        .count();
    let old = years().filter(|year| (now - year).abs() > 1).count();
    full >= 3 && old > 2 * news || old >= 3 && old > 8 * news
}

/// Ranges and lists share the year that stands at their end: "August to September 2020".
fn share_years(grammar: &Grammar, parsed: &mut [Parsed]) {
    for at in (1..parsed.len()).rev() {
        let (before, after) = parsed.split_at_mut(at);
        let (Some(first), second) = (before.last_mut(), &after[0]) else { continue };
        let from = first.also.last().map_or(first.end, |(_, end, _)| *end);
        let between = from..second.first;
        let joined = (1..=3).contains(&between.len())
            && between.clone().all(|at| {
                grammar.any(
                    at,
                    &[
                        Class::To,
                        Class::Dash,
                        Class::And,
                        Class::Or,
                        Class::Comma,
                        Class::Until,
                        Class::Slash,
                        Class::The,
                        Class::Since,
                    ],
                )
            });
        let (Some(own), Some(other)) = (named(&first.tree), named(&second.tree)) else { continue };
        let (true, None, Some(year)) = (joined, own.year, other.year.filter(|year| year.open == 0)) else {
            continue;
        };
        let (Some(month), Some(last)) = (first_month(own), first_month(other)) else { continue };
        let only_comma = between.len() == 1 && grammar.is(between.start, Class::Comma);
        if only_comma {
            continue;
        }
        let year = Year::one(year.number - i32::from(month > last));
        fill_year(&mut first.tree, year);
        for (.., tree) in &mut first.also {
            fill_year(tree, year);
        }
    }
}

/// The month a part of a year begins with.
fn first_month(calendar: Calendar) -> Option<u8> {
    match calendar.part? {
        YearPart::Month(month) => Some(month),
        YearPart::Quarter(quarter @ 1..=4) => Some(quarter * 3 - 2),
        YearPart::Season(season) => Some(season.first_month()),
        _ => None,
    }
}

fn fill_year(tree: &mut Tree, year: Year) {
    match tree {
        Tree::Calendar(calendar) => calendar.year = Some(year),
        Tree::Modified(_, of) | Tree::Clock(_, of) | Tree::Nth { of, .. } => fill_year(of, year),
        _ => {}
    }
}

/// A stretch of this grain of which nothing is known.
fn open_at(unit: Unit) -> Calendar {
    let mut open = Calendar::default();
    match unit {
        Unit::Day => (open.part, open.day) = (Some(YearPart::OpenMonth), Some(Day::Open)),
        Unit::Second | Unit::Minute | Unit::Hour => open.clock = Some(Clock::Open),
        Unit::Week => open.part = Some(YearPart::Week(0)),
        Unit::Weekend => (open.part, open.day) = (Some(YearPart::Week(0)), Some(Day::Weekend)),
        Unit::Month => open.part = Some(YearPart::OpenMonth),
        Unit::Quarter => open.part = Some(YearPart::Quarter(0)),
        _ => {}
    }
    open
}

/// The day, week or weekend so many steps from that of a day.
fn day_or_week(number: i64, by: f64, unit: Unit) -> Calendar {
    match unit {
        Unit::Day => Calendar::of_day_number(number + by as i64),
        Unit::Weekend => Calendar { day: Some(Day::Weekend), ..Calendar::week_of(number + 7 * by as i64) },
        _ => Calendar::week_of(number + 7 * by as i64),
    }
}

/// A month, quarter, half, year, decade or century so many steps away.
fn shifted(calendar: Calendar, by: f64, unit: Unit) -> Option<Calendar> {
    let year = calendar.year?;
    let by = by as i32;
    let months = |length: i32, place: u8| {
        let total = year.number * 12 + i32::from(place) - 1 + by * length;
        (total.div_euclid(12), (total.rem_euclid(12) + 1) as u8)
    };
    let month = match calendar.part {
        Some(YearPart::Month(month)) => Some(month),
        Some(YearPart::Quarter(quarter @ 1..)) => Some(quarter * 3 - 2),
        Some(YearPart::Season(season)) => Some(season.first_month()),
        Some(YearPart::Half(half)) => Some(half * 6 - 5),
        Some(YearPart::Week(week @ 1..)) => {
            let (_, month, _) = model::calendar::date_of_day_number(first_day_of_week(year.number, week) + 3);
            Some(month)
        }
        _ => None,
    };
    Some(match unit {
        Unit::Month => match month {
            Some(month) => {
                let (year, month) = months(1, month);
                Calendar::month(year, month)
            }
            None => Calendar { part: Some(YearPart::OpenMonth), ..calendar },
        },
        Unit::Quarter => match month {
            Some(month) => {
                let (year, month) = months(3, month);
                Calendar { part: Some(YearPart::Quarter((month - 1) / 3 + 1)), ..Calendar::year(year) }
            }
            None => Calendar { part: Some(YearPart::Quarter(0)), day: None, clock: None, ..calendar },
        },
        Unit::Season => {
            let (year, month) = months(3, month?);
            let season = model::time::Season::ALL[usize::from((month + 9) % 12) / 3];
            Calendar { part: Some(YearPart::Season(season)), ..Calendar::year(year) }
        }
        Unit::Half => {
            let (year, month) = months(6, month?);
            Calendar { part: Some(YearPart::Half((month - 1) / 6 + 1)), ..Calendar::year(year) }
        }
        Unit::Year | Unit::Decade | Unit::Century | Unit::Millennium => {
            let years = unit.months()? / 12;
            Calendar {
                year: Some(Year { number: year.number + by * years, ..year }),
                ..calendar.at_grain(unit)
            }
        }
        _ => return None,
    })
}
