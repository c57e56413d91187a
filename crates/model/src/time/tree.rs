//! The operator tree of a time expression: what the words say, before anything is resolved.

use super::{Amount, Calendar, Clock, Modifier, Reference, Unit, Value};
use serde::{Deserialize, Serialize};
use std::fmt;

/// From where a step is taken.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Step {
    /// The one before that of the document ("last month").
    Last,
    /// That of the document ("this month").
    This,
    /// The one after that of the document ("next month").
    Next,
    /// The one spoken of last ("the same day", "that year").
    Same,
    /// The one before that ("the previous day").
    Before,
    /// The one after that ("the following year", "the next day").
    After,
}

/// What the words of a time expression say: operators over fields of the calendar, after SCATE (Bethard & Parker
/// 2016) in spirit, and printed like it: `Year(2022).First(Week)`, `Last(3, Year)`, `Later(2, Day, Anchor)`.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Tree {
    /// Fields the words name.
    Calendar(Calendar),
    /// A bare unit, inside a step: the month of "last month".
    Unit(Unit),
    /// One unit or several of a whole, counted from its start, or from its end where negative.
    Nth {
        /// Which: 1 the first, -1 the last.
        nth: i16,
        /// How many.
        count: u16,
        /// Of what.
        unit: Unit,
        /// In what.
        of: Box<Tree>,
    },
    /// The n-th such weekday of a whole, from its end where negative.
    NthWeekday(i16, u8, Box<Tree>),
    /// A movable feast of a year.
    Feast(String, Box<Tree>),
    /// A step from what the text speaks of.
    Step(Step, Box<Tree>),
    /// Fields of something else: the July of "July last year".
    Within(Calendar, Box<Tree>),
    /// A time of day of a day.
    Clock(Clock, Box<Tree>),
    /// A qualified time.
    Modified(Modifier, Box<Tree>),
    /// A stretch that ends or begins at the time of the document: the last three years; `true` = to come.
    Recent(Amount, Unit, Reference),
    /// So much later than something.
    Later(Amount, Unit, Box<Tree>),
    /// So much earlier than something.
    Earlier(Amount, Unit, Box<Tree>),
    /// What the text spoke of last.
    Anchor,
    /// A length.
    Length(Amount, Unit),
    /// Something that comes again.
    Every(Amount, Box<Tree>),
    /// Past, present or future of who speaks.
    Reference(Reference),
}

impl Tree {
    /// The value, where the words alone fix one.
    pub fn plain(&self) -> Option<Value> {
        match self {
            Tree::Calendar(calendar) => Some(Value::Calendar(*calendar)),
            Tree::Length(amount, unit) => Some(Value::Duration(*amount, *unit)),
            Tree::Reference(reference) => Some(Value::Reference(*reference)),
            Tree::Modified(_, of) => of.plain(),
            _ => None,
        }
    }
}

struct Count(Amount);

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.0.low, self.0.high) {
            (Some(low), Some(high)) if low == high => write!(f, "{low}"),
            (Some(low), Some(high)) => write!(f, "{low}..{high}"),
            _ => f.write_str("?"),
        }
    }
}

fn name(unit: Unit) -> String {
    format!("{unit:?}")
}

impl fmt::Display for Tree {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Tree::Calendar(calendar) => write!(f, "{}", Fields(*calendar)),
            Tree::Unit(unit) => f.write_str(&name(*unit)),
            Tree::Nth { nth, count, unit, of } => {
                let which = match nth {
                    1 => "First".to_owned(),
                    -1 => "Last".to_owned(),
                    nth => format!("Nth({nth})"),
                };
                match count {
                    1 => write!(f, "{of}.{which}({})", name(*unit)),
                    _ => write!(f, "{of}.{which}({count}, {})", name(*unit)),
                }
            }
            Tree::NthWeekday(nth, day, of) => {
                write!(
                    f,
                    "{of}.Nth({nth}, {})",
                    crate::calendar::WEEKDAYS[usize::from((*day).clamp(1, 7)) - 1]
                )
            }
            Tree::Feast(name, of) => write!(f, "{of}.Feast({name})"),
            Tree::Step(step, what) => write!(f, "{step:?}({what})"),
            Tree::Within(calendar, of) => write!(f, "{of}.{}", Fields(*calendar)),
            Tree::Clock(clock, of) => {
                write!(f, "{of}.{}", Fields(Calendar { clock: Some(*clock), ..Calendar::default() }))
            }
            Tree::Modified(modifier, of) => write!(f, "Mod({modifier:?}, {of})"),
            Tree::Recent(amount, unit, Reference::Future) => {
                write!(f, "Next({}, {})", Count(*amount), name(*unit))
            }
            Tree::Recent(amount, unit, _) => write!(f, "Last({}, {})", Count(*amount), name(*unit)),
            Tree::Later(amount, unit, from) => {
                write!(f, "Later({}, {}, {from})", Count(*amount), name(*unit))
            }
            Tree::Earlier(amount, unit, from) => {
                write!(f, "Earlier({}, {}, {from})", Count(*amount), name(*unit))
            }
            Tree::Anchor => f.write_str("Anchor"),
            Tree::Length(amount, unit) => write!(f, "Length({}, {})", Count(*amount), name(*unit)),
            Tree::Every(amount, of) if *amount == Amount::of(1.0) => write!(f, "Every({of})"),
            Tree::Every(amount, of) => write!(f, "Every({}, {of})", Count(*amount)),
            Tree::Reference(reference) => write!(f, "{reference:?}"),
        }
    }
}

/// The fields of a stretch of the calendar, from the greatest: `Year(2022).Month(1).Day(5)`.
struct Fields(Calendar);

impl fmt::Display for Fields {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Calendar { year, part, day, clock } = self.0;
        let mut dot = "";
        if let Some(year) = year {
            match year.open {
                0 => write!(f, "Year({})", year.number)?,
                _ => write!(f, "Years({}, {})", year.number, year.length())?,
            }
            dot = ".";
        }
        if let Some(part) = part {
            write!(f, "{dot}{part:?}")?;
            dot = ".";
        }
        match day {
            Some(super::Day::OfMonth(day)) => write!(f, "{dot}Day({day})")?,
            Some(super::Day::OfWeek(day)) => {
                write!(f, "{dot}{}", crate::calendar::WEEKDAYS[usize::from(day.clamp(1, 7)) - 1])?;
            }
            Some(super::Day::Weekend) => write!(f, "{dot}Weekend")?,
            Some(super::Day::Open) => write!(f, "{dot}Day(?)")?,
            None => {}
        }
        if day.is_some() {
            dot = ".";
        }
        match clock {
            Some(Clock::Part(part)) => write!(f, "{dot}Part({part:?})"),
            Some(Clock::At { hour, minute, .. }) => {
                write!(f, "{dot}Clock({hour}:{:02})", minute.unwrap_or(0))
            }
            Some(Clock::Open) => write!(f, "{dot}Clock(?)"),
            None => Ok(()),
        }
    }
}
