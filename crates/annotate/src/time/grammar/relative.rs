//! Times told from others: "last month", "the same day", "the beginning of the year", "every Friday", "now".

use super::{Grammar, Parsed, fields};
use crate::time::lexicon::Class;
use model::time::{Amount, Calendar, Clock, Day, DayPart, Modifier, Reference, Step, Tree, Unit, YearPart};

/// What is counted by ordinals and is no day of a month: "on the 11th anniversary", "from the 3rd floor".
const COUNTED: [&str; 16] = [
    "anniversary",
    "birthday",
    "floor",
    "storey",
    "edition",
    "round",
    "session",
    "meeting",
    "grade",
    "district",
    "amendment",
    "attempt",
    "birthdays",
    "deck",
    "lap",
    "time",
];

impl Grammar<'_> {
    pub(super) fn deictic_tree(&self, at: usize) -> Tree {
        let present = Box::new(Tree::Reference(Reference::Present));
        match self.value(at) {
            0 => Tree::Step(Step::This, Box::new(Tree::Unit(Unit::Day))),
            days if days > 0 => Tree::Later(Amount::of(f64::from(days)), Unit::Day, present),
            days => Tree::Earlier(Amount::of(f64::from(-days)), Unit::Day, present),
        }
    }

    /// The words that point: where they end, how they step, and whether they look at the document's own time.
    fn step(&self, at: usize) -> Option<(usize, Step)> {
        let the = self.skip(at, Class::The);
        let definite = the > at;
        Some(match self.class(the) {
            Class::Last => (the + 1, Step::Last),
            Class::Past => (the + 1, Step::Last),
            Class::Next if definite => (the + 1, Step::After),
            Class::Next | Class::Coming => (the + 1, Step::Next),
            Class::This => match self.class(the + 1) {
                Class::Past | Class::Last => (the + 2, Step::Last),
                Class::Coming | Class::Next => (the + 2, Step::Next),
                Class::Same | Class::Current => (the + 2, Step::This),
                _ => (the + 1, Step::This),
            },
            Class::Current => (the + 1, Step::This),
            Class::Latest => (the + 1, Step::Last),
            Class::That => (self.skip(the + 1, Class::Same), Step::Same),
            Class::Same => (the + 1, Step::Same),
            Class::Previous => (the + 1, Step::Before),
            Class::Following => (the + 1, Step::After),
            _ => return None,
        })
    }

    /// What a step may be taken to: a unit, a month, a weekday, a season, a part of the day, a holiday.
    fn target(&self, at: usize) -> Option<(usize, Tree)> {
        let part = |part| fields(Calendar { part: Some(part), ..Calendar::default() });
        Some(match self.class(at) {
            Class::Unit | Class::Units => (at + 1, Tree::Unit(self.one_unit(at)?)),
            Class::Month => {
                let (end, month) = self.month(at)?;
                // "Last May 5" names the day.
                let day = u8::try_from(self.value(end)).ok().filter(|day| {
                    self.any(end, &[Class::Digits, Class::Ordinal])
                        && (1..=31).contains(day)
                        && self.length(end) <= 4
                });
                let tree = fields(Calendar {
                    part: Some(YearPart::Month(month)),
                    day: day.map(Day::OfMonth),
                    ..Calendar::default()
                });
                (end + usize::from(day.is_some()), tree)
            }
            Class::Weekday => {
                let day = Some(Day::OfWeek(self.value(at) as u8));
                (at + 1, fields(Calendar { day, ..Calendar::default() }))
            }
            Class::Season => (at + 1, part(self.season_at(at))),
            Class::Part => {
                (at + 1, Tree::Clock(Clock::Part(self.day_part(at)), Box::new(Tree::Unit(Unit::Day))))
            }
            Class::Holiday => {
                let found = self.calendar_date(at)?;
                (found.end, found.tree)
            }
            Class::Ordinal | Class::Filler => {
                let next = self.hyphen(self.skip_all(at, &[Class::Filler]));
                if self.is(at, Class::Filler) {
                    return self.target(next).filter(|(_, tree)| matches!(tree, Tree::Unit(_)));
                }
                let found = self.calendar_date(at).filter(|found| found.rule == "time.quarter")?;
                let joined = (at..found.end).any(|at| self.is(at, Class::Dash));
                (!joined).then_some((found.end, found.tree))?
            }
            _ => return None,
        })
    }

    /// Something that has parts: a date, a month, a year, "this week", "the year", "next month".
    pub(super) fn whole(&self, at: usize) -> Option<(usize, Tree)> {
        self.within(|| self.whole_of_parts(at))
    }

    fn whole_of_parts(&self, at: usize) -> Option<(usize, Tree)> {
        let the = self.skip(at, Class::The);
        if let Some(found) = self.calendar_date(the).filter(|found| found.also.is_empty()) {
            return Some((found.end, found.tree));
        }
        if let Some(found) = self.stepped(at).filter(|found| found.rule == "time.step") {
            return Some((found.end, found.tree));
        }
        // "The end of the year", "the end of the month".
        let next = self.skip(the, Class::Filler);
        if let Some(unit) = self.one_unit(next).filter(|_| the > at || self.is_cyrillic(next)) {
            return (unit >= Unit::Day)
                .then(|| (next + 1, Tree::Step(Step::Same, Box::new(Tree::Unit(unit)))));
        }
        if self.is(the, Class::Deictic) {
            return Some((the + 1, self.deictic_tree(the)));
        }
        None
    }

    /// "Last month", "the next day", "this Sunday morning", "that year", "yesterday evening".
    fn stepped(&self, at: usize) -> Option<Parsed> {
        let (next, step) = self.step(at)?;
        let next = self.skip_all(next, &[Class::Filler]);
        let (mut end, what) = self.target(next)?;
        let unit = if let Tree::Unit(unit) = what { Some(unit) } else { None };
        let definite = self.is(at, Class::The);
        let pointer = self.class(self.skip(at, Class::The));
        // "The past year", "the last week", "this past decade" are lengths up to now; "last year" is a year.
        let recent = matches!(pointer, Class::Past) && unit.is_some()
            || definite
                && pointer == Class::Last
                && unit.is_some_and(|unit| unit >= Unit::Week && unit != Unit::Quarter);
        if let Some(unit) = unit.filter(|unit| recent && *unit != Unit::Weekend) {
            let (end, amount, unit, _) = self.and_half_of(end, unit);
            return Some(Parsed::new(at, end, Tree::Recent(amount, unit, Reference::Past), "time.recent"));
        }
        if unit == Some(Unit::Half) || self.is(end, Class::Possessive) && unit.is_none() && step == Step::Same
        {
            return None;
        }
        // "Second" and "minute" after "this" and "the last" are no times.
        if unit.is_some_and(|unit| unit < Unit::Hour) {
            return None;
        }
        // ABC's "This Week" is a programme.
        if self.before(at) == Class::Mark
            && !self.spaced(at)
            && self.tokens[at].capital
            && unit.is_some()
            && self.tokens[next].capital
        {
            return None;
        }
        let mut tree = Tree::Step(step, Box::new(what));
        if self.is(end, Class::Comma)
            && let Some(date) = self
                .calendar_date(end + 1)
                .filter(|date| date.rule == "time.date" && self.is(next, Class::Weekday))
        {
            return Some(Parsed { first: at, weekday: Some(self.value(next) as u8), ..date });
        }
        // "Next Friday morning", "last year's third quarter"
        if self.is(end, Class::Part) && self.is(next, Class::Weekday) {
            tree = Tree::Clock(Clock::Part(self.day_part(end)), Box::new(tree));
            end += 1;
        }
        if self.is(end, Class::Possessive) && unit == Some(Unit::Year) {
            if let Some(found) = self.calendar_date(end + 1).filter(|found| found.rule == "time.quarter")
                && let Tree::Calendar(Calendar { year: None, part: Some(YearPart::Quarter(quarter)), .. }) =
                    found.tree
            {
                let nth =
                    Tree::Nth { nth: i16::from(quarter), count: 1, unit: Unit::Quarter, of: Box::new(tree) };
                return Some(Parsed::new(at, found.end, nth, "time.quarter"));
            }
            if self.is_stretch(end + 1) {
                return Some(Parsed::new(at, end + 2, self.reported(end + 1, tree), "time.quarter"));
            }
            if let Some((month_end, month)) = self.month(end + 1) {
                let month = fields(Calendar { part: Some(YearPart::Month(month)), ..Calendar::default() });
                return Some(Parsed::new(at, month_end, Tree::Step(step, Box::new(month)), "time.month"));
            }
        }
        let of_day = matches!(&tree, Tree::Step(_, what) if matches!(**what, Tree::Clock(..)));
        Some(Parsed::new(at, end, tree, if of_day { "time.day-part" } else { "time.step" }))
    }

    /// "Period" or "quarter", as reports of results have them.
    fn is_stretch(&self, at: usize) -> bool {
        self.is(at, Class::Term) && self.words(at).eq_ignore_ascii_case("period")
            || self.unit(at) == Some(Unit::Quarter) && self.is(at, Class::Unit) && self.value(at) >= 0
    }

    /// "The latest period", "the same period last year", "the quarter a year ago", "the corresponding period of 1988".
    fn stretch(&self, at: usize) -> Option<Parsed> {
        let the = self.skip(at, Class::The);
        if the > at
            && self.is(the, Class::Latest)
            && self.is(the + 1, Class::Term)
            && self.is_stretch(the + 1)
        {
            let latest = Tree::Step(Step::Last, Box::new(Tree::Unit(Unit::Open)));
            return Some(Parsed::new(at, the + 2, latest, "time.step"));
        }
        let noun = self.skip(the, Class::Same);
        if !self.is_stretch(noun) {
            return None;
        }
        let next = noun + 1;
        let year = self.pointed_year(next).or_else(|| {
            let ago = self.is(next, Class::A)
                && self.unit(next + 1) == Some(Unit::Year)
                && self.any(next + 2, &[Class::Ago, Class::Earlier]);
            ago.then(|| (next + 3, Tree::Step(Step::Last, Box::new(Tree::Unit(Unit::Year)))))
        });
        let (end, year) = year?;
        let like = at > 1
            && the == at
            && noun == at
            && self.is(at - 1, Class::Other)
            && self.is(at - 2, Class::The)
            && ["corresponding", "comparable", "similar", "like"].contains(&self.words(at - 1));
        if the == at && !like {
            return None;
        }
        Some(Parsed::new(if like { at - 2 } else { at }, end, self.reported(noun, year), "time.quarter"))
    }

    /// "Last year", "the same year", "of that year".
    pub(super) fn pointed_year(&self, at: usize) -> Option<(usize, Tree)> {
        let (next, step) = self.step(at)?;
        let next = self.skip(next, Class::Filler);
        let year = self.one_unit(next) == Some(Unit::Year) && !self.is(next + 1, Class::Possessive);
        year.then(|| (next + 1, Tree::Step(step, Box::new(Tree::Unit(Unit::Year)))))
    }

    fn and_half_of(&self, end: usize, unit: Unit) -> (usize, Amount, Unit, Option<Modifier>) {
        let half = self.skip(self.skip(end, Class::And), Class::A);
        match self.is(end, Class::And) && self.is(half, Class::Half) {
            true => (half + 1, Amount::of(1.5), unit, None),
            false => (end, Amount::of(1.0), unit, None),
        }
    }

    /// "The past three months", "the next few days", "the last two weeks", "recent years", "the coming months".
    pub(super) fn recent(&self, at: usize) -> Option<Parsed> {
        let the = self.skip(at, Class::The);
        let the = if the == at && self.is(at, Class::This) && self.any(at + 1, &[Class::Past, Class::Last]) {
            at + 1
        } else {
            the
        };
        let way = match self.class(the) {
            Class::Last | Class::Past | Class::Latest | Class::PastAdjective => Reference::Past,
            Class::Next | Class::Coming | Class::FutureAdjective => Reference::Future,
            Class::Previous => Reference::Past,
            Class::Following => Reference::Future,
            _ => return None,
        };
        let next = self.skip_all(the + 1, &[Class::Filler, Class::Mere]);
        if let Some((mut end, amount, unit, said)) = self
            .amount(next)
            .filter(|_| !self.is(next, Class::A) || self.any(next + 1, &[Class::Few, Class::Couple]))
        {
            let mut modifier = said;
            if self.is(end, Class::Or) && self.words(end + 1) == "so" {
                end += 2;
                modifier = Some(Modifier::Approx);
            }
            let tree = Tree::Recent(amount, unit, way);
            let tree = modifier.map_or(tree.clone(), |modifier| Tree::Modified(modifier, Box::new(tree)));
            return Some(Parsed::new(at, end, tree, "time.recent"));
        }
        let unit = self.unit(next).filter(|_| self.is(next, Class::Units))?;
        // "Прошлого года" is one year.
        if self.one_unit(next).is_some() && !self.is(the, Class::Past) {
            return None;
        }
        let mut end = next + 1;
        // "Recent weeks and months"
        if self.any(end, &[Class::And, Class::Or]) && self.is(end + 1, Class::Units) {
            end += 2;
        }
        // "In past years", "in future quarters" count nothing.
        if the == at && self.is(the, Class::Past) && unit >= Unit::Month && !self.is_cyrillic(the) {
            return Some(Parsed::new(at, end, Tree::Reference(Reference::Past), "time.reference"));
        }
        if self.is(the, Class::FutureAdjective) {
            return Some(Parsed::new(at, end, Tree::Reference(Reference::Future), "time.reference"));
        }
        if self.is(the, Class::PastAdjective) && unit >= Unit::Year {
            return Some(Parsed::new(at, end, Tree::Reference(Reference::Past), "time.reference"));
        }
        Some(Parsed::new(at, end, Tree::Recent(Amount::OPEN, unit, way), "time.recent"))
    }

    pub(super) fn relative(&self, at: usize) -> Option<Parsed> {
        // "VOA Today" is a programme.
        if self.is(at, Class::Deictic)
            && self.tokens[at].capital
            && self.before(at) == Class::Other
            && self.last_word(at - 1).len() > 2
            && self.last_word(at - 1).bytes().all(|byte| byte.is_ascii_uppercase())
            && self.words(at).ends_with(|c: char| c.is_lowercase())
        {
            return None;
        }
        if self.is(at, Class::Deictic) {
            let day = self.deictic_tree(at);
            return Some(match self.class(at + 1) {
                Class::Part => {
                    let tree = Tree::Clock(Clock::Part(self.day_part(at + 1)), Box::new(day));
                    Parsed::new(at, at + 2, tree, "time.day-part")
                }
                _ => Parsed::new(at, at + 1, day, "time.deictic"),
            });
        }
        if self.any(at, &[Class::Tonight, Class::Overnight]) {
            let today = Box::new(Tree::Step(Step::This, Box::new(Tree::Unit(Unit::Day))));
            let tree = Tree::Clock(Clock::Part(DayPart::Night), today);
            return Some(Parsed::new(at, at + 1, tree, "time.day-part"));
        }
        let readings = [
            self.recent(at),
            self.stepped(at),
            self.before_last(at),
            self.stretch(at),
            self.year_ago(at),
            self.the_unit(at),
            self.the_ordinal_day(at),
        ];
        readings.into_iter().flatten().rev().max_by_key(|parsed| parsed.end)
    }

    /// "The year before last", "the day before yesterday", "the day after tomorrow", "the week after next".
    fn before_last(&self, at: usize) -> Option<Parsed> {
        let the = self.skip(at, Class::The);
        let unit = self.unit(the).filter(|_| self.is(the, Class::Unit) && self.value(the) >= 0)?;
        let before = self.is(the + 1, Class::Before);
        if !before && !self.is(the + 1, Class::After) {
            return None;
        }
        if unit == Unit::Day
            && let Some((end, tree)) = self.whole(the + 2).filter(|(_, tree)| match tree {
                Tree::Step(_, what) => matches!(&**what, Tree::Calendar(Calendar { day: Some(_), .. })),
                Tree::Calendar(calendar) => calendar.day.is_some(),
                _ => false,
            })
        {
            let one = Amount::of(1.0);
            let tree = match before {
                true => Tree::Earlier(one, unit, Box::new(tree)),
                false => Tree::Later(one, unit, Box::new(tree)),
            };
            return Some(Parsed::new(at, end, tree, "time.shift"));
        }
        let pointed = self.class(the + 2);
        let present = Box::new(Tree::Reference(Reference::Present));
        let two = Amount::of(2.0);
        let tree = match (before, pointed) {
            (true, Class::Last) if !self.any(the + 3, &[Class::Unit, Class::Weekday]) => {
                Tree::Earlier(two, unit, present)
            }
            (false, Class::Next) => Tree::Later(two, unit, present),
            (true, Class::Deictic) if self.value(the + 2) == -1 => Tree::Earlier(two, unit, present),
            (false, Class::Deictic) if self.value(the + 2) == 1 => Tree::Later(two, unit, present),
            // "The day before", and no more.
            (_, Class::Stop | Class::Comma | Class::Break) if the > at && unit >= Unit::Day => {
                let step = if before { Step::Before } else { Step::After };
                return Some(Parsed::new(
                    at,
                    the + 2,
                    Tree::Step(step, Box::new(Tree::Unit(unit))),
                    "time.step",
                ));
            }
            _ => return None,
        };
        Some(Parsed::new(at, the + 3, tree, "time.shift"))
    }

    /// "Year-ago", "the year-earlier quarter": a year before the stretch the text speaks of.
    fn year_ago(&self, at: usize) -> Option<Parsed> {
        let the = self.skip(self.skip(self.skip(at, Class::The), Class::Same), Class::Filler);
        let year = self.unit(the) == Some(Unit::Year) && self.is(the, Class::Unit);
        let hyphen = self.hyphen(the + 1);
        if !year || hyphen == the + 1 || !self.any(hyphen, &[Class::Ago, Class::Earlier]) {
            return None;
        }
        let mut end = hyphen + 1;
        let before = |what| Tree::Earlier(Amount::of(1.0), Unit::Year, Box::new(what));
        // "The year-earlier nine months"
        if let Some((end, amount, unit, _)) = self.amount(end) {
            return Some(Parsed::new(at, end, Tree::Length(amount, unit), "time.length"));
        }
        let mut earlier = before(Tree::Anchor);
        if let Some(found) = self.calendar_date(end).filter(|found| found.rule == "time.quarter")
            && let Tree::Calendar(Calendar { year: None, part: Some(YearPart::Quarter(quarter)), .. }) =
                found.tree
        {
            let of = Tree::Step(Step::Last, Box::new(Tree::Unit(Unit::Year)));
            let nth = Tree::Nth { nth: i16::from(quarter), count: 1, unit: Unit::Quarter, of: Box::new(of) };
            return Some(Parsed::new(at, found.end, nth, "time.quarter"));
        }
        let period = self.is(end, Class::Term) && self.words(end).eq_ignore_ascii_case("period");
        if period || self.unit(end).is_some_and(|unit| unit >= Unit::Month) && self.is(end, Class::Unit) {
            if let Some(unit) = self.unit(end) {
                earlier = before(Tree::Step(Step::Same, Box::new(Tree::Unit(unit))));
            }
            end += 1;
        } else {
            // "A year-earlier loss": the article is that of the loss.
            return Some(Parsed::new(the, end, earlier, "time.shift"));
        }
        Some(Parsed::new(at, end, earlier, "time.shift"))
    }

    /// "The year", "the quarter", "the weekend": the one the text speaks of.
    fn the_unit(&self, at: usize) -> Option<Parsed> {
        let the = self.skip(at, Class::The);
        let next = self.skip(the, Class::Filler);
        let unit =
            self.unit(next).filter(|_| self.is(next, Class::Unit) && the > at && self.value(next) >= 0)?;
        let wanted = matches!(unit, Unit::Year | Unit::Quarter | Unit::Week | Unit::Weekend | Unit::Month);
        let day = unit == Unit::Day
            && self.any(next + 1, &[Class::Stop, Class::Comma, Class::Break])
            && matches!(self.before(at), Class::On | Class::During | Class::Later);
        // "The year of the rat", "the week-long".
        let joined = self.hyphen(next + 1) > next + 1;
        if !wanted && !day
            || joined
            || self.is(next + 1, Class::Of) && !self.words(next + 2).starts_with('$')
            || self.is(next + 1, Class::Possessive) && unit != Unit::Year
        {
            return None;
        }
        // "The year ended March 31" is a length of its own.
        if unit == Unit::Quarter
            && ["ended", "ending"].contains(&self.first_word(next + 1))
            && let Some(date) =
                self.calendar_date(next + 2).filter(|date| date.rule == "time.date" && date.also.is_empty())
        {
            let tree = Tree::Nth { nth: 0, count: 1, unit, of: Box::new(date.tree) };
            return Some(Parsed::new(at, next + 1, tree, "time.step"));
        }
        if unit >= Unit::Quarter && ["ended", "ending"].contains(&self.first_word(next + 1)) {
            return Some(Parsed::new(at, next + 1, Tree::Length(Amount::of(1.0), unit), "time.length"));
        }
        Some(Parsed::new(at, next + 1, Tree::Step(Step::Same, Box::new(Tree::Unit(unit))), "time.step"))
    }

    /// "The 17th": a day of the month the text speaks of.
    fn the_ordinal_day(&self, at: usize) -> Option<Parsed> {
        let the = self.skip(at, Class::The);
        let digits = self.words(the).starts_with(|c: char| c.is_ascii_digit());
        if the == at
            || !self.is(the, Class::Ordinal)
            || !digits
            || !matches!(
                self.before(at),
                Class::On | Class::By | Class::Until | Class::Since | Class::From | Class::To
            )
        {
            return None;
        }
        let day = u8::try_from(self.value(the)).ok().filter(|day| (1..=31).contains(day))?;
        let next = self.class(the + 1);
        let counted = COUNTED.contains(&self.first_word(the + 1));
        if counted
            || self.unit(the + 1).is_some()
            || matches!(next, Class::Other) && self.first_word(the + 1).starts_with(char::is_uppercase)
        {
            return None;
        }
        let calendar = Calendar { day: Some(Day::OfMonth(day)), ..Calendar::default() };
        Some(Parsed::new(at, the + 1, Tree::Step(Step::Same, Box::new(fields(calendar))), "time.step"))
    }

    /// "Early January", "the end of the year", "mid-2021", "later that year", "the rest of 1940", "year-end".
    pub(super) fn part_of(&self, at: usize) -> Option<Parsed> {
        let the = self.skip(at, Class::The);
        let wrap = |modifier, tree| Tree::Modified(modifier, Box::new(tree));
        match self.class(the) {
            Class::Early | Class::Mid => {
                let modifier = self.modifier(the);
                let next = self.hyphen(the + 1);
                // "Early in the morning of April 5", "the early morning hours of April 5".
                if let Some(found) = self.part_of_day(self.skip(next, Class::In)) {
                    return Some(Parsed { first: at, tree: wrap(modifier, found.tree), ..found });
                }
                let of = self.skip(self.skip(next, Class::In), Class::On);
                let (end, tree) = self.whole(of).or_else(|| self.loose_month(self.skip(of, Class::The)))?;
                if self.is(of, Class::Deictic) && self.is(end, Class::Part) {
                    return None;
                }
                Some(Parsed::new(at, end, wrap(modifier, tree), "time.part"))
            }
            Class::Earlier | Class::Later => {
                let next = self.skip(self.skip(the + 1, Class::In), Class::On);
                let modifier = if self.is(the, Class::Earlier) { Modifier::Start } else { Modifier::End };
                if let Some(found) =
                    self.part_of_day(next).filter(|_| self.any(next, &[Class::This, Class::That, Class::The]))
                {
                    return Some(Parsed { first: at, tree: wrap(modifier, found.tree), ..found });
                }
                let (end, tree) = self.whole(next)?;
                let fits = matches!(tree, Tree::Step(..) | Tree::Later(..) | Tree::Earlier(..))
                    || next > the + 1
                    || self.is(next, Class::Weekday);
                fits.then(|| Parsed::new(at, end, wrap(modifier, tree), "time.part"))
            }
            Class::Boundary | Class::Final | Class::Rest => {
                let very = self.skip(the + 1, Class::Filler);
                let of = self.skip(self.skip(very, Class::Of), Class::In);
                let slavic = self.is_cyrillic(the);
                // "Beginning in 1970" is a verb.
                let verb = the == at && self.is(very, Class::In) && !slavic;
                if of == very && !slavic || verb {
                    return None;
                }
                if self.is(the, Class::Rest) {
                    // "Most of the rest of the year"
                    if let Some(found) =
                        self.within(|| self.part_of(of)).filter(|found| found.rule == "time.part")
                    {
                        return Some(Parsed { first: at, ..found });
                    }
                    let (end, tree) = self.whole(of)?;
                    let part = the > at || self.words(the).eq_ignore_ascii_case("most");
                    return part.then(|| Parsed::new(at, end, tree, "time.part"));
                }
                if self.is(the, Class::Final) {
                    return None;
                }
                let (end, tree) = self.whole(of).or_else(|| {
                    let stepped = self.stepped(of)?;
                    Some((stepped.end, stepped.tree))
                })?;
                Some(Parsed::new(at, end, wrap(self.modifier(the), tree), "time.part"))
            }
            // "Year-end", "month's end"
            Class::Unit => {
                let unit = self.unit(the).filter(|unit| *unit >= Unit::Week && self.value(the) >= 0)?;
                let next = self.hyphen(self.skip(the + 1, Class::Possessive));
                let ends = self.is(next, Class::Boundary) && self.words(next).eq_ignore_ascii_case("end");
                if !ends {
                    return None;
                }
                // "Year-end" is a day, and "since year-end" the last such.
                let joined = next == the + 2 && self.is(the + 1, Class::Dash);
                if unit == Unit::Year && joined && the == at {
                    let last = fields(Calendar {
                        part: Some(YearPart::Month(12)),
                        day: Some(Day::OfMonth(31)),
                        ..Calendar::default()
                    });
                    let step = if self.before(at) == Class::Since { Step::Last } else { Step::This };
                    return Some(Parsed::new(at, next + 1, Tree::Step(step, Box::new(last)), "time.part"));
                }
                let tree = Tree::Step(Step::This, Box::new(Tree::Unit(unit)));
                Some(Parsed::new(at, next + 1, wrap(Modifier::End, tree), "time.part"))
            }
            _ => None,
        }
    }

    /// A month or season that stands after "early" or "mid" and needs nothing else.
    fn loose_month(&self, at: usize) -> Option<(usize, Tree)> {
        match self.class(at) {
            Class::Month => {
                let (end, month) = self.month(at)?;
                Some((end, fields(Calendar { part: Some(YearPart::Month(month)), ..Calendar::default() })))
            }
            Class::Season => {
                Some((at + 1, fields(Calendar { part: Some(self.season_at(at)), ..Calendar::default() })))
            }
            _ => None,
        }
    }

    /// "The evening of March 5", "that morning", "утром 5 марта", "в ночь на 5 марта".
    pub(super) fn part_of_day(&self, at: usize) -> Option<Parsed> {
        let the = self.skip(at, Class::The);
        let the = self.skip(self.skip(the, Class::Early), Class::Filler);
        // "В ночь с 4 на 5 марта", "ночь с четверга на пятницу": the night of the first of the two.
        if self.is(the, Class::NightFrom) {
            let on = (the + 2..the + 5).find(|at| self.is(*at, Class::On))?;
            let (end, second) = self.whole(on + 1)?;
            let first = match self.is(the + 1, Class::Weekday) {
                true => fields(Calendar {
                    day: Some(Day::OfWeek(self.value(the + 1) as u8)),
                    ..Calendar::default()
                }),
                false => Tree::Earlier(Amount::of(1.0), Unit::Day, Box::new(second)),
            };
            let tree = Tree::Clock(Clock::Part(DayPart::Night), Box::new(first));
            return Some(Parsed::new(at, end, tree, "time.day-part"));
        }
        // "Ночь на 5 марта" is the night that ends on the 5th.
        if self.is(the, Class::NightTo)
            || self.is(the, Class::Part) && self.is_cyrillic(the) && self.is(the + 1, Class::On)
        {
            let next = if self.is(the, Class::NightTo) { the + 1 } else { the + 2 };
            let (end, day) = self.whole(next)?;
            let before = Tree::Earlier(Amount::of(1.0), Unit::Day, Box::new(day));
            let tree = Tree::Clock(Clock::Part(DayPart::Night), Box::new(before));
            return Some(Parsed::new(at, end, tree, "time.day-part"));
        }
        if matches!(
            self.class(the),
            Class::This
                | Class::That
                | Class::Last
                | Class::Next
                | Class::Following
                | Class::Previous
                | Class::Same
        ) {
            let found = self.stepped(at)?;
            let of_day = matches!(&found.tree, Tree::Step(_, what) if matches!(**what, Tree::Clock(..)));
            return of_day.then_some(Parsed { rule: "time.day-part", ..found });
        }
        if !self.is(the, Class::Part) {
            return None;
        }
        let part = self.day_part(the);
        let mut next = the + 1;
        // "The early morning hours of April 30"
        next += usize::from(self.unit(next) == Some(Unit::Hour) || self.is(next, Class::Oclock));
        let of = self.skip(next, Class::Of);
        let of = self.skip(of, Class::Comma);
        if of > next || self.is_cyrillic(the) {
            let from = self.skip(self.skip(of, Class::On), Class::In);
            if let Some(date) = self.calendar_date(self.skip(from, Class::The)).filter(|date| {
                matches!(date.rule, "time.date" | "time.numeric" | "time.weekday" | "time.holiday")
                    && (self.is(next, Class::Of) || self.is_cyrillic(the))
            }) {
                let mut found = Parsed { first: at, ..date };
                found.tree = Tree::Clock(Clock::Part(part), Box::new(found.tree));
                found.rule = "time.day-part";
                return Some(found);
            }
        }
        if self.is(of, Class::Deictic) {
            let tree = Tree::Clock(Clock::Part(part), Box::new(self.deictic_tree(of)));
            return Some(Parsed::new(at, of + 1, tree, "time.day-part"));
        }
        // Alone it needs a preposition: "at night", "in the evening", "by dawn".
        let led = matches!(
            self.before(at),
            Class::In
                | Class::At
                | Class::By
                | Class::During
                | Class::Until
                | Class::Since
                | Class::Mid
                | Class::Early
                | Class::The
        );
        let dash = self.hyphen(the + 1) > the + 1;
        if !led && !self.is_cyrillic(the) || dash || self.is(the + 1, Class::Other) && !self.spaced(the + 1) {
            return None;
        }
        let tree = Tree::Clock(Clock::Part(part), Box::new(Tree::Anchor));
        Some(Parsed::new(at, the + 1, tree, "time.day-part"))
    }

    /// "The first ten months of 1915", "the last week of August", "the first decade of 1987", "the first nine months".
    pub(super) fn nth_of(&self, at: usize) -> Option<Parsed> {
        let the = self.skip(at, Class::The);
        let the = self.skip(the, Class::Filler);
        let nth = match self.class(the) {
            Class::Ordinal | Class::Final => self.value(the) as i16,
            Class::Last => -1,
            _ => return None,
        };
        let next = self.skip_all(the + 1, &[Class::Filler]);
        if self.is(next, Class::Weekday) {
            // "The first Monday of September", "первый понедельник сентября"
            let of = self.skip(self.skip(next + 1, Class::Of), Class::In);
            let (end, whole) = self.whole(of).filter(|_| of > next + 1 || self.is_cyrillic(next))?;
            let months = !matches!(&whole, Tree::Calendar(calendar) if calendar.grain() < Unit::Month);
            let tree = Tree::NthWeekday(nth, self.value(next) as u8, Box::new(whole));
            return months.then(|| Parsed::new(at, end, tree, "time.nth"));
        }
        let (end, amount, unit) = match self.amount(next).filter(|_| !self.is(next, Class::A)) {
            Some((end, amount, unit, _)) => (end, amount, unit),
            None => (next + 1, Amount::of(1.0), self.unit(next)?),
        };
        let plural = self.is(end - 1, Class::Units);
        let (end, unit) = if self.value(end - 1) < 0 { return None } else { (end, unit) };
        let open = plural && end == next + 1;
        let of = self.skip(end, Class::Of);
        let of = if of == end && the > at && self.is(the, Class::Ordinal) {
            self.skip(end, Class::In)
        } else {
            of
        };
        let whole = (of > end || self.is_cyrillic(the))
            .then(|| self.whole(self.skip(of, Class::Filler)).or_else(|| self.whole(of)))
            .flatten();
        if let Some((after, whole)) = whole {
            let count = amount.low.map_or(0, |count| count as u16);
            // A Slavic decade of a single month or year is ten days.
            let single = |tree: &Tree| match tree {
                Tree::Calendar(calendar) => calendar.grain() == Unit::Month || calendar.grain() == Unit::Year,
                Tree::Step(_, what) => matches!(**what, Tree::Unit(Unit::Month | Unit::Year)),
                _ => false,
            };
            let unit = if matches!(unit, Unit::Decade) && single(&whole) { Unit::TenDays } else { unit };
            if open {
                return Some(Parsed::new(at, end, Tree::Length(Amount::OPEN, unit), "time.nth"));
            }
            let slavic = unit == Unit::TenDays && self.unit(end - 1) == Some(Unit::Decade);
            let refused = slavic.then_some((
                Tree::Length(amount, Unit::Decade),
                "ten years: a single year or month holds none, and Slavic languages call ten days a decade",
            ));
            let tree = Tree::Nth { nth, count, unit, of: Box::new(whole) };
            let rule = if matches!(unit, Unit::Quarter | Unit::Half) && count == 1 {
                "time.quarter"
            } else {
                "time.nth"
            };
            return Some(Parsed { refused, ..Parsed::new(at, after, tree, rule) });
        }
        if open {
            return None;
        }
        // "The first nine months", "the first two years": a length.
        (end > next + 1 && plural && !self.is(the, Class::Last))
            .then(|| Parsed::new(at, end, Tree::Length(amount, unit), "time.nth"))
    }

    /// "Every day", "each Friday", "daily", "Tuesdays", "per month".
    pub(super) fn set(&self, at: usize) -> Option<Parsed> {
        let one = Amount::of(1.0);
        let every = |amount, what: Tree| Tree::Every(amount, Box::new(what));
        match self.class(at) {
            Class::Each => {
                let next = self.skip_all(at + 1, &[Class::Filler]);
                // "Every other week", "every second Tuesday"
                let other = self.words(at + 1).eq_ignore_ascii_case("other");
                if other || self.is(at + 1, Class::Ordinal) && (2..=12).contains(&self.value(at + 1)) {
                    let nth = if other { 2 } else { self.value(at + 1) };
                    let (end, what) = self.target(at + 2)?;
                    let fine = !matches!(what, Tree::Unit(unit) if unit < Unit::Hour);
                    let tree = every(Amount::of(f64::from(nth)), what);
                    return fine.then(|| Parsed::new(at, end, tree, "time.set"));
                }
                if let Some((end, amount, unit, _)) = self.amount(next).filter(|_| !self.is(next, Class::A)) {
                    return Some(Parsed::new(at, end, every(amount, Tree::Unit(unit)), "time.set"));
                }
                let (end, what) = self.target(next)?;
                if matches!(what, Tree::Unit(unit) if unit < Unit::Hour) {
                    return None;
                }
                Some(Parsed::new(at, end, every(one, what), "time.set"))
            }
            Class::Adverb => {
                let unit = *super::UNITS.get(usize::try_from(self.value(at)).ok()?)?;
                let adverb = self.words(at).ends_with("ly") && unit != Unit::Quarter
                    || self.words(at).eq_ignore_ascii_case("everyday")
                    || self.is_cyrillic(at);
                let name = self.tokens[at].capital && self.any(at.wrapping_sub(1), &[Class::Other]);
                (adverb && !name).then(|| Parsed::new(at, at + 1, every(one, Tree::Unit(unit)), "time.set"))
            }
            Class::Per => {
                let unit = self.unit(at + 1).filter(|unit| {
                    self.is(at + 1, Class::Unit) && *unit >= Unit::Day && *unit != Unit::Weekend
                })?;
                Some(Parsed::new(at, at + 2, every(one, Tree::Unit(unit)), "time.set"))
            }
            Class::Weekdays => {
                let day = Some(Day::OfWeek(self.value(at) as u8));
                Some(Parsed::new(
                    at,
                    at + 1,
                    every(one, fields(Calendar { day, ..Calendar::default() })),
                    "time.set",
                ))
            }
            Class::Weekday if self.is(at + 1, Class::Parts) => {
                let day = Some(Day::OfWeek(self.value(at) as u8));
                let weekday = fields(Calendar { day, ..Calendar::default() });
                let tree = Tree::Clock(Clock::Part(self.day_part(at + 1)), Box::new(weekday));
                Some(Parsed::new(at, at + 2, every(one, tree), "time.set"))
            }
            _ => None,
        }
    }

    /// "Now", "recently", "the future", "at the time", "a long time".
    pub(super) fn reference(&self, at: usize) -> Option<Parsed> {
        let reference =
            |end, reference| Some(Parsed::new(at, end, Tree::Reference(reference), "time.reference"));
        let the = self.skip(at, Class::The);
        // "By this time", "during that period", "at the time": the one spoken of last.
        let led = matches!(
            self.before(at),
            Class::At
                | Class::By
                | Class::During
                | Class::From
                | Class::Since
                | Class::Until
                | Class::Approx
                | Class::In
        );
        let pointed =
            matches!(self.class(at), Class::This | Class::That) || self.before(at) == Class::At && the > at;
        if led
            && pointed
            && self.is(at + 1, Class::Term)
            && ["time", "period"].iter().any(|word| self.words(at + 1).eq_ignore_ascii_case(word))
            && !self.is(at + 2, Class::Of)
        {
            let same = Tree::Step(Step::Same, Box::new(Tree::Unit(Unit::Open)));
            return Some(Parsed::new(at, at + 2, same, "time.same"));
        }
        match self.class(the) {
            Class::Present if the == at => reference(at + 1, Reference::Present),
            Class::PastWord if the == at => reference(at + 1, Reference::Past),
            Class::FutureWord if the == at => reference(at + 1, Reference::Future),
            Class::PresentNoun
                if the > at && !self.is(the + 1, Class::Other) || self.words(the).contains(' ') =>
            {
                reference(the + 1, Reference::Present)
            }
            Class::FutureAdjective if the > at || matches!(self.before(at), Class::In | Class::Reach) => {
                let noun = the > at || !self.is(the + 1, Class::Other);
                noun.then(|| Parsed::new(at, the + 1, Tree::Reference(Reference::Future), "time.reference"))
            }
            Class::Past
                if the > at
                    && self.before(at) == Class::In
                    && self.is(the + 1, Class::Other)
                    && [
                        "it", "he", "she", "they", "we", "i", "you", "there", "the", "when", "by", "but",
                        "because",
                    ]
                    .contains(&self.first_word(the + 1).to_lowercase().as_str()) =>
            {
                reference(the + 1, Reference::Past)
            }
            Class::Past
                if the > at
                    && !self.any(
                        the + 1,
                        &[
                            Class::Other,
                            Class::Unit,
                            Class::Units,
                            Class::Cardinal,
                            Class::Digits,
                            Class::Few,
                        ],
                    ) =>
            {
                reference(the + 1, Reference::Past)
            }
            // "The near future", "the long term"
            Class::Reach | Class::Filler if the > at => {
                let next = the + 1;
                let term = self.is(next, Class::Term) && self.words(next).eq_ignore_ascii_case("term");
                (self.is(next, Class::FutureAdjective) || term)
                    .then(|| Parsed::new(at, next + 1, Tree::Reference(Reference::Future), "time.reference"))
            }
            Class::Current if the == at && !self.any(at + 1, &[Class::Unit]) => {
                reference(at + 1, Reference::Present)
            }
            Class::PastAdjective if the == at => reference(at + 1, Reference::Past),
            _ => None,
        }
    }
}
