//! Times as texts give them: a tree of what the words say, a value once it is resolved, and its renderings.
//!
//! A [`Tree`] is what the words say and nothing more ("the first week of 1987", "two days later"). A [`Value`] is
//! what a resolver made of it, holes included. A value is rendered as TIMEX3 ([`Value::timex`], after TimeML 1.2.1),
//! as EDTF ([`Value::edtf`], ISO 8601-2), as [`Bounds`] and in plain words ([`Value::gloss`]).

mod bounds;
mod edtf;
mod gloss;
mod timex;
mod tree;

pub use bounds::Bounds;
pub use tree::{Step, Tree};

use serde::{Deserialize, Serialize};

/// A unit of time, from the least to the greatest.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Unit {
    /// A sixtieth of a minute.
    Second,
    /// A sixtieth of an hour.
    Minute,
    /// A twenty-fourth of a day.
    Hour,
    /// A calendar day.
    Day,
    /// Saturday and Sunday.
    Weekend,
    /// Monday to Sunday (ISO 8601).
    Week,
    /// Ten days: the first is from the 1st to the 10th. Slavic languages count so.
    TenDays,
    /// A calendar month.
    Month,
    /// Three months.
    Quarter,
    /// A season of three months.
    Season,
    /// Six months.
    Half,
    /// A calendar year.
    Year,
    /// Ten years.
    Decade,
    /// A hundred years.
    Century,
    /// A thousand years.
    Millennium,
    /// No unit is said ("a long time").
    Open,
}

impl Unit {
    /// The English word.
    pub fn word(self) -> &'static str {
        match self {
            Unit::Second => "second",
            Unit::Minute => "minute",
            Unit::Hour => "hour",
            Unit::Day => "day",
            Unit::Weekend => "weekend",
            Unit::Week => "week",
            Unit::TenDays => "ten-day period",
            Unit::Month => "month",
            Unit::Quarter => "quarter",
            Unit::Season => "season",
            Unit::Half => "half-year",
            Unit::Year => "year",
            Unit::Decade => "decade",
            Unit::Century => "century",
            Unit::Millennium => "millennium",
            Unit::Open => "time",
        }
    }

    /// The English word for several.
    pub fn words(self) -> String {
        match self {
            Unit::Century => "centuries".into(),
            Unit::Millennium => "millennia".into(),
            _ => format!("{}s", self.word()),
        }
    }

    /// Its length in days: the mean of the Gregorian calendar for months and years.
    pub fn days(self) -> f64 {
        match self {
            Unit::Second => 1.0 / 86_400.0,
            Unit::Minute => 1.0 / 1440.0,
            Unit::Hour => 1.0 / 24.0,
            Unit::Day | Unit::Open => 1.0,
            Unit::Weekend => 2.0,
            Unit::Week => 7.0,
            Unit::TenDays => 10.0,
            Unit::Month => 30.436_875,
            Unit::Quarter | Unit::Season => 91.310_625,
            Unit::Half => 182.621_25,
            Unit::Year => 365.2425,
            Unit::Decade => 3652.425,
            Unit::Century => 36_524.25,
            Unit::Millennium => 365_242.5,
        }
    }

    /// How many months it has, for units made of months.
    pub fn months(self) -> Option<i32> {
        Some(match self {
            Unit::Month => 1,
            Unit::Quarter | Unit::Season => 3,
            Unit::Half => 6,
            Unit::Year => 12,
            Unit::Decade => 120,
            Unit::Century => 1200,
            Unit::Millennium => 12_000,
            _ => return None,
        })
    }
}

/// A season of the northern hemisphere: texts seldom say which half of the world they speak of.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Season {
    /// March to May.
    Spring,
    /// June to August.
    Summer,
    /// September to November.
    Autumn,
    /// December to February; the winter of a year begins in its December.
    Winter,
}

impl Season {
    /// All, in the order of the year.
    pub const ALL: [Season; 4] = [Season::Spring, Season::Summer, Season::Autumn, Season::Winter];

    /// Its first month.
    pub fn first_month(self) -> u8 {
        self as u8 * 3 + 3
    }
}

/// A part of the day.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DayPart {
    /// About sunrise.
    Dawn,
    /// Before noon.
    Morning,
    /// About noon.
    Midday,
    /// After noon.
    Afternoon,
    /// About and after sunset.
    Evening,
    /// After the evening; the night of a day ends on the next.
    Night,
    /// While it is light.
    Daytime,
}

impl DayPart {
    /// All of them.
    pub const ALL: [DayPart; 7] = [
        DayPart::Dawn,
        DayPart::Morning,
        DayPart::Midday,
        DayPart::Afternoon,
        DayPart::Evening,
        DayPart::Night,
        DayPart::Daytime,
    ];

    /// The English word.
    pub fn word(self) -> &'static str {
        ["dawn", "morning", "midday", "afternoon", "evening", "night", "daytime"][self as usize]
    }

    /// The hours, from and to, that it may mean, generously; past 24 is the next day.
    pub fn hours(self) -> (u8, u8) {
        [(3, 8), (4, 12), (11, 14), (12, 18), (17, 24), (18, 30), (6, 20)][self as usize]
    }
}

/// A year, or a whole of years where the last digits are open.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct Year {
    /// Its number as astronomers count: 1 BC is 0, 480 BC is -479. The first year of a decade or century.
    pub number: i32,
    /// How many of its last digits are open: 0 a year, 1 a decade, 2 a century, 3 a millennium.
    pub open: u8,
}

impl Year {
    /// One year.
    pub fn one(number: i32) -> Year {
        Year { number, open: 0 }
    }

    /// How many years it covers.
    pub fn length(self) -> i32 {
        10_i32.pow(u32::from(self.open.min(6)))
    }
}

/// A part of a year.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum YearPart {
    /// A month, 1 to 12.
    Month(u8),
    /// A quarter, 1 to 4; 0 = some quarter.
    Quarter(u8),
    /// A half, 1 or 2.
    Half(u8),
    /// A season.
    Season(Season),
    /// An ISO week, 1 to 53; 0 = some week.
    Week(u8),
    /// Some month.
    OpenMonth,
}

/// A day, within what stands above it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Day {
    /// A day of the month, 1 to 31.
    OfMonth(u8),
    /// A day of the week, 1 = Monday.
    OfWeek(u8),
    /// Saturday and Sunday of the week.
    Weekend,
    /// Some day.
    Open,
}

/// A time of day.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Clock {
    /// A part of the day.
    Part(DayPart),
    /// A clock time.
    At {
        /// 0 to 24.
        hour: u8,
        /// 0 to 59; `None` where only the hour is said.
        minute: Option<u8>,
        /// 0 to 60; `None` where none is said.
        second: Option<u8>,
        /// Minutes ahead of UTC; `None` = the local clock, which nobody said.
        zone: Option<i16>,
    },
    /// Some time of the day.
    Open,
}

/// A stretch of the calendar with holes: every field that is `None` is not known or not meant.
///
/// The least field that is set is its grain: `year` alone is a whole year; `part` without `year` is some year's.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize, Deserialize)]
pub struct Calendar {
    /// The year, decade or century.
    pub year: Option<Year>,
    /// The month, quarter, half, season or week.
    pub part: Option<YearPart>,
    /// The day.
    pub day: Option<Day>,
    /// The time of day.
    pub clock: Option<Clock>,
}

impl Calendar {
    /// A whole year.
    pub fn year(number: i32) -> Calendar {
        Calendar { year: Some(Year::one(number)), ..Calendar::default() }
    }

    /// A month of a year.
    pub fn month(year: i32, month: u8) -> Calendar {
        Calendar { part: Some(YearPart::Month(month)), ..Calendar::year(year) }
    }

    /// A day.
    pub fn date(year: i32, month: u8, day: u8) -> Calendar {
        Calendar { day: Some(Day::OfMonth(day)), ..Calendar::month(year, month) }
    }

    /// The day of this number, counted from 1 January 1970.
    pub fn of_day_number(number: i64) -> Calendar {
        let (year, month, day) = crate::calendar::date_of_day_number(number);
        Calendar::date(year, month, day)
    }

    /// The ISO week that holds the day of this number.
    pub fn week_of(number: i64) -> Calendar {
        let (year, week) = crate::calendar::iso_week(number);
        Calendar { part: Some(YearPart::Week(week)), ..Calendar::year(year) }
    }

    /// The month it names, in a year or without one.
    pub fn month_number(self) -> Option<u8> {
        match self.part {
            Some(YearPart::Month(month)) => Some(month),
            _ => None,
        }
    }

    /// Minutes ahead of UTC of its clock, where they are said.
    pub fn zone(self) -> Option<i16> {
        match self.clock {
            Some(Clock::At { zone, .. }) => zone,
            _ => None,
        }
    }

    /// The single year it names or lies in.
    pub fn year_number(self) -> Option<i32> {
        self.year.filter(|year| year.open == 0).map(|year| year.number)
    }

    /// The number of its day, where it is one known day.
    pub fn day_number(self) -> Option<i64> {
        let year = self.year_number()?;
        match (self.part, self.day) {
            (Some(YearPart::Month(month)), Some(Day::OfMonth(day))) => {
                Some(crate::calendar::day_number(year, month, day))
            }
            (Some(YearPart::Week(week)), Some(Day::OfWeek(day))) if week > 0 => {
                Some(crate::calendar::first_day_of_week(year, week) + i64::from(day) - 1)
            }
            _ => None,
        }
    }

    /// The unit of its least field.
    pub fn grain(self) -> Unit {
        match self {
            Calendar { clock: Some(Clock::At { second: Some(_), .. }), .. } => Unit::Second,
            Calendar { clock: Some(Clock::At { minute: Some(_), .. }), .. } => Unit::Minute,
            Calendar { clock: Some(_), .. } => Unit::Hour,
            Calendar { day: Some(Day::Weekend), .. } => Unit::Weekend,
            Calendar { day: Some(_), .. } => Unit::Day,
            Calendar { part: Some(part), .. } => match part {
                YearPart::Month(_) | YearPart::OpenMonth => Unit::Month,
                YearPart::Quarter(_) => Unit::Quarter,
                YearPart::Half(_) => Unit::Half,
                YearPart::Season(_) => Unit::Season,
                YearPart::Week(_) => Unit::Week,
            },
            Calendar { year: Some(year), .. } => match year.open {
                0 => Unit::Year,
                1 => Unit::Decade,
                2 => Unit::Century,
                _ => Unit::Millennium,
            },
            _ => Unit::Open,
        }
    }

    /// The same without what is less than a unit.
    pub fn at_grain(self, unit: Unit) -> Calendar {
        let mut kept = self;
        if unit >= Unit::Day {
            kept.clock = None;
        }
        if unit > Unit::Day && unit != Unit::Weekend {
            if let (Unit::Week, Some(number)) = (unit, self.day_number()) {
                return Calendar::week_of(number);
            }
            kept.day = None;
        }
        if unit >= Unit::Year {
            kept.part = None;
        }
        if let (Some(year), true) = (kept.year, unit > Unit::Year) {
            let open = match unit {
                Unit::Decade => 1,
                Unit::Century => 2,
                _ => 3,
            };
            let length = 10_i32.pow(open);
            kept.year = Some(Year { number: year.number.div_euclid(length) * length, open: open as u8 });
        }
        kept
    }
}

/// How much of a unit: the least and the greatest, the same where one number is said, `None` = not said.
#[derive(Clone, Copy, PartialEq, Debug, Serialize, Deserialize)]
pub struct Amount {
    /// Least.
    pub low: Option<f64>,
    /// Greatest.
    pub high: Option<f64>,
}

impl Amount {
    /// No number is said: "a few days".
    pub const OPEN: Amount = Amount { low: None, high: None };

    /// One number.
    pub fn of(number: f64) -> Amount {
        Amount { low: Some(number), high: Some(number) }
    }
}

/// How the words qualify a time, as TIMEX3's `mod` names it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Modifier {
    /// Its first part.
    Start,
    /// Its middle.
    Mid,
    /// Its last part.
    End,
    /// About.
    Approx,
    /// Before it.
    Before,
    /// After it.
    After,
    /// Until it, itself included.
    OnOrBefore,
    /// From it on, itself included.
    OnOrAfter,
    /// Less than.
    LessThan,
    /// More than.
    MoreThan,
    /// At most.
    EqualOrLess,
    /// At least.
    EqualOrMore,
}

impl Modifier {
    /// All of them, with the words of TIMEX3.
    pub const ALL: [(Modifier, &'static str); 12] = [
        (Modifier::Start, "START"),
        (Modifier::Mid, "MID"),
        (Modifier::End, "END"),
        (Modifier::Approx, "APPROX"),
        (Modifier::Before, "BEFORE"),
        (Modifier::After, "AFTER"),
        (Modifier::OnOrBefore, "ON_OR_BEFORE"),
        (Modifier::OnOrAfter, "ON_OR_AFTER"),
        (Modifier::LessThan, "LESS_THAN"),
        (Modifier::MoreThan, "MORE_THAN"),
        (Modifier::EqualOrLess, "EQUAL_OR_LESS"),
        (Modifier::EqualOrMore, "EQUAL_OR_MORE"),
    ];

    /// The word of TIMEX3.
    pub fn timex(self) -> &'static str {
        Modifier::ALL.iter().find(|(modifier, _)| *modifier == self).map_or("", |(_, word)| word)
    }
}

/// Past, present or future of who speaks, without a date.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Reference {
    /// "recently"
    Past,
    /// "now"
    Present,
    /// "soon"
    Future,
}

/// What a time is once it is resolved as far as it can be.
#[derive(Clone, Copy, PartialEq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Value {
    /// A stretch of the calendar, perhaps with holes.
    Calendar(Calendar),
    /// From one stretch of the calendar to another, both included.
    Interval(Calendar, Calendar),
    /// A length.
    Duration(Amount, Unit),
    /// Something that comes again: every so many units, or every time the calendar shows this.
    Every(Amount, Unit),
    /// Every time the calendar shows this.
    EverySuch(Calendar),
    /// Past, present or future.
    Reference(Reference),
}

/// The four kinds of TIMEX3.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum TimeKind {
    /// A day or more of the calendar.
    Date,
    /// A time of day.
    Time,
    /// A length.
    Duration,
    /// Something that comes again.
    Set,
}

impl TimeKind {
    /// The word of TIMEX3.
    pub fn word(self) -> &'static str {
        match self {
            TimeKind::Date => "DATE",
            TimeKind::Time => "TIME",
            TimeKind::Duration => "DURATION",
            TimeKind::Set => "SET",
        }
    }
}

impl Value {
    /// The kind of TIMEX3.
    pub fn kind(&self) -> TimeKind {
        match self {
            Value::Calendar(calendar) if calendar.clock.is_some() => TimeKind::Time,
            Value::Calendar(_) | Value::Interval(..) | Value::Reference(_) => TimeKind::Date,
            Value::Duration(..) => TimeKind::Duration,
            Value::Every(..) | Value::EverySuch(_) => TimeKind::Set,
        }
    }
}

/// A reading of an expression that was refused.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Refused {
    /// Its value, as TIMEX3 writes it.
    pub value: String,
    /// Why it was refused, in words.
    pub why: String,
}

/// A date as points compare it: a stretch of the calendar or a range, and its bounds where they are known.
#[derive(Clone, Copy, PartialEq, Debug, Serialize, Deserialize)]
pub struct Stretch {
    /// The stretch, or where the range begins.
    pub from: Calendar,
    /// Where the range ends.
    pub to: Option<Calendar>,
    /// How the words qualify it: "early".
    pub modifier: Option<Modifier>,
    /// The bounds of all of it; `None` where no year can be told.
    pub bounds: Option<Bounds>,
}

impl Stretch {
    /// Whether both could speak of one day: what one leaves open the other may fill.
    pub fn agrees(&self, other: &Stretch) -> bool {
        match (self.bounds, other.bounds) {
            (Some(own), Some(theirs)) => {
                // Clocks of two zones are compared as moments; beside a clock whose zone nobody said, any zone may be meant.
                let (shift, slack) = match (self.from.zone(), other.from.zone()) {
                    (Some(own), Some(theirs)) => (i64::from(own) - i64::from(theirs), 0),
                    (Some(own), None) if other.from.clock.is_some() => (i64::from(own), 14 * 60),
                    (None, Some(theirs)) if self.from.clock.is_some() => (-i64::from(theirs), 14 * 60),
                    _ => (0, 0),
                };
                own.moved(-shift - slack, -shift + slack).may_meet(&theirs)
            }
            // Without a year there are still months and days to compare.
            _ => match (self.days_of_year(), other.days_of_year()) {
                // A range over the turn of the year ends before it begins.
                (Some((first, last)), Some((from, to))) => {
                    first > last || from > to || first <= to && from <= last
                }
                _ => true,
            },
        }
    }

    /// The first and the last day it may touch, counted from 1970-01-01.
    fn days(&self) -> Option<(i64, i64)> {
        let bounds = self.bounds?;
        let day = |minute: i64| minute.div_euclid(24 * 60);
        Some((day(bounds.earliest_start?), day(bounds.latest_end? - 1)))
    }

    /// The day it lies within, counted from 1970-01-01; `None` where it may lie in two.
    pub fn day(&self) -> Option<i64> {
        self.days().filter(|(first, last)| first == last).map(|(first, _)| first)
    }

    /// The year and month it lies within; `None` where it may lie in two.
    pub fn month(&self) -> Option<(i32, u8)> {
        let (first, last) = self.days()?;
        let month = |day: i64| {
            let (year, month, _) = crate::calendar::date_of_day_number(day);
            (year, month)
        };
        Some(month(first)).filter(|own| *own == month(last))
    }

    /// Month and day of its first and last day, where months are known.
    fn days_of_year(&self) -> Option<((u8, u8), (u8, u8))> {
        let day = |calendar: Calendar, open: u8| {
            let day = match calendar.day {
                Some(Day::OfMonth(day)) => day,
                _ => open,
            };
            Some((calendar.month_number()?, day))
        };
        Some((day(self.from, 1)?, day(self.to.unwrap_or(self.from), 31)?))
    }

    /// In EDTF.
    pub fn edtf(&self) -> String {
        let value = self.to.map_or(Value::Calendar(self.from), |to| Value::Interval(self.from, to));
        value.edtf(self.modifier.filter(|_| self.to.is_none())).unwrap_or_default()
    }
}
