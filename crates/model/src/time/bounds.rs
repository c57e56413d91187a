//! Bounds: between which moments a stretch of time must begin and end.

use super::{Calendar, Clock, Day, Modifier, Season, Unit, Value, YearPart};
use crate::calendar::{date_of_day_number, day_number, days_in_month, first_day_of_week};
use serde::{Deserialize, Serialize};

const DAY: i64 = 1440;

/// The moments between which a stretch of time begins, and those between which it ends, in minutes of the local
/// clock since 1 January 1970, ends exclusive. `None` is open: nothing is said.
///
/// Two stretches are *certainly* apart where the latest end of one is no later than the earliest start of the
/// other, and *possibly* one where they are not: an uncertain time is never taken for a certain one.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Bounds {
    /// It does not begin before this.
    pub earliest_start: Option<i64>,
    /// It has begun by this.
    pub latest_start: Option<i64>,
    /// It does not end before this.
    pub earliest_end: Option<i64>,
    /// It has ended by this.
    pub latest_end: Option<i64>,
}

impl Bounds {
    /// A stretch whose ends are known.
    pub fn exact(start: i64, end: i64) -> Bounds {
        Bounds {
            earliest_start: Some(start),
            latest_start: Some(start),
            earliest_end: Some(end),
            latest_end: Some(end),
        }
    }

    /// Something that lies within a stretch, nobody says where.
    pub fn within(start: i64, end: i64) -> Bounds {
        Bounds {
            earliest_start: Some(start),
            latest_start: Some(end),
            earliest_end: Some(start),
            latest_end: Some(end),
        }
    }

    /// Whole days, the last included, by their numbers.
    pub fn days(first: i64, last: i64) -> Bounds {
        Bounds::exact(first * DAY, (last + 1) * DAY)
    }

    /// From the start of one to the end of another.
    pub fn from_to(from: Bounds, to: Bounds) -> Bounds {
        Bounds {
            earliest_start: from.earliest_start,
            latest_start: from.latest_start,
            earliest_end: to.earliest_end,
            latest_end: to.latest_end,
        }
    }

    /// The same with no end before its start: what has not begun has not ended.
    pub fn ordered(self) -> Bounds {
        let earliest_end =
            self.earliest_end.zip(self.earliest_start).map_or(self.earliest_end, |(a, b)| Some(a.max(b)));
        let latest_start =
            self.latest_start.zip(self.latest_end).map_or(self.latest_start, |(a, b)| Some(a.min(b)));
        Bounds { latest_start, earliest_end, ..self }
    }

    /// The same with its early bounds moved by some minutes and its late ones by others.
    pub fn moved(self, early: i64, late: i64) -> Bounds {
        let by = |minute: Option<i64>, by: i64| minute.map(|minute| minute + by);
        Bounds {
            earliest_start: by(self.earliest_start, early),
            latest_start: by(self.latest_start, late),
            earliest_end: by(self.earliest_end, early),
            latest_end: by(self.latest_end, late),
        }
    }

    /// The least bounds that hold both readings of one expression.
    pub fn or(self, other: Bounds) -> Bounds {
        let least = |a: Option<i64>, b: Option<i64>| Some(a?.min(b?));
        let most = |a: Option<i64>, b: Option<i64>| Some(a?.max(b?));
        Bounds {
            earliest_start: least(self.earliest_start, other.earliest_start),
            latest_start: most(self.latest_start, other.latest_start),
            earliest_end: least(self.earliest_end, other.earliest_end),
            latest_end: most(self.latest_end, other.latest_end),
        }
    }

    /// Whether one is certainly over before the other begins.
    pub fn certainly_before(&self, other: &Bounds) -> bool {
        matches!((self.latest_end, other.earliest_start), (Some(end), Some(start)) if end <= start)
    }

    /// Whether both may share a moment.
    pub fn may_meet(&self, other: &Bounds) -> bool {
        !self.certainly_before(other) && !other.certainly_before(self)
    }

    /// Whether both certainly share a moment.
    pub fn certainly_meet(&self, other: &Bounds) -> bool {
        let begins_before_end = |a: &Bounds, b: &Bounds| matches!((a.latest_start, b.earliest_end), (Some(start), Some(end)) if start < end);
        begins_before_end(self, other) && begins_before_end(other, self)
    }

    /// The first day it may touch, ISO 8601, with the time of day where it is no whole day; `None` where open.
    pub fn earliest(&self) -> Option<String> {
        self.earliest_start.map(|minute| moment(minute, minute.rem_euclid(DAY) != 0))
    }

    /// The last day it may touch, ISO 8601, with the time of day where it is no whole day; `None` where open.
    pub fn latest(&self) -> Option<String> {
        self.latest_end.map(|end| match end.rem_euclid(DAY) {
            0 => moment(end - 1, false),
            _ => moment(end - 1, true),
        })
    }
}

fn moment(minute: i64, with_clock: bool) -> String {
    let (year, month, day) = date_of_day_number(minute.div_euclid(DAY));
    let date = match year {
        0.. => format!("{year:04}-{month:02}-{day:02}"),
        _ => format!("-{:04}-{month:02}-{day:02}", -year),
    };
    let clock = minute.rem_euclid(DAY);
    if with_clock { format!("{date}T{:02}:{:02}", clock / 60, clock % 60) } else { date }
}

impl Value {
    /// Its bounds; `None` where no year is known, and for lengths, sets and references.
    ///
    /// "Early January" lies in January and no more is certain: the modifiers of parts move the inner bounds only.
    pub fn bounds(&self, modifier: Option<Modifier>) -> Option<Bounds> {
        let whole = match self {
            Value::Calendar(calendar) => of_calendar(*calendar)?,
            Value::Interval(from, to) => Bounds::from_to(of_calendar(*from)?, of_calendar(*to)?),
            _ => return None,
        };
        let (start, end) = (whole.earliest_start?, whole.latest_end?);
        let length = end - start;
        Some(match modifier {
            None
            | Some(Modifier::LessThan | Modifier::MoreThan | Modifier::EqualOrLess | Modifier::EqualOrMore) => {
                whole
            }
            Some(Modifier::Start) => Bounds { earliest_end: Some(start + length / 8), ..whole },
            Some(Modifier::End) => Bounds { latest_start: Some(end - length / 8), ..whole },
            Some(Modifier::Mid) => Bounds {
                latest_start: Some(start + length / 2),
                earliest_end: Some(start + length / 2),
                ..whole
            },
            Some(Modifier::Approx) => {
                let slack = length.max(DAY);
                Bounds {
                    earliest_start: Some(start - slack),
                    latest_start: Some(end),
                    earliest_end: Some(start),
                    latest_end: Some(end + slack),
                }
            }
            Some(Modifier::Before) => Bounds {
                earliest_start: None,
                latest_start: None,
                earliest_end: None,
                latest_end: Some(start),
            },
            Some(Modifier::OnOrBefore) => {
                Bounds { earliest_start: None, latest_start: None, earliest_end: None, latest_end: Some(end) }
            }
            Some(Modifier::After) => {
                Bounds { earliest_start: Some(end), latest_start: None, earliest_end: None, latest_end: None }
            }
            Some(Modifier::OnOrAfter) => Bounds {
                earliest_start: Some(start),
                latest_start: Some(end),
                earliest_end: None,
                latest_end: None,
            },
        })
    }
}

/// The bounds of a stretch of the calendar whose year is known.
fn of_calendar(calendar: Calendar) -> Option<Bounds> {
    let year = calendar.year?;
    if year.open > 0 {
        let last = year.number + year.length() - 1;
        return Some(Bounds::days(day_number(year.number, 1, 1), day_number(last, 12, 31)));
    }
    let year = year.number;
    let months = |first: u8, last: u8| {
        Bounds::days(day_number(year, first, 1), day_number(year, last, days_in_month(year, last)))
    };
    let within = |whole: Bounds| match (whole.earliest_start, whole.latest_end) {
        (Some(start), Some(end)) => Bounds::within(start, end),
        _ => whole,
    };
    let whole_year = months(1, 12);
    let part = match calendar.part {
        None => whole_year,
        Some(YearPart::Month(month)) => months(month, month),
        Some(YearPart::Quarter(quarter @ 1..=4)) => months(quarter * 3 - 2, quarter * 3),
        Some(YearPart::Half(half @ 1..=2)) => months(half * 6 - 5, half * 6),
        // "The winter of 1939" begins in December of that year for some and ends in its February for others.
        Some(YearPart::Season(Season::Winter)) => {
            Bounds::within(day_number(year - 1, 12, 1) * DAY, day_number(year + 1, 3, 1) * DAY)
        }
        Some(YearPart::Season(season)) => months(season.first_month(), season.first_month() + 2),
        Some(YearPart::Week(week)) if week > 0 => {
            let monday = first_day_of_week(year, week);
            Bounds::days(monday, monday + 6)
        }
        Some(_) => within(whole_year),
    };
    let day = match calendar.day {
        None => part,
        Some(Day::Weekend) if matches!(calendar.part, Some(YearPart::Week(1..))) => {
            let first = part.earliest_start? / DAY + 5;
            Bounds::days(first, first + 1)
        }
        Some(_) => match calendar.day_number() {
            Some(number) => Bounds::days(number, number),
            None => within(part),
        },
    };
    let start = day.earliest_start?;
    Some(match calendar.clock {
        None => day,
        Some(_) if calendar.grain() < Unit::Day && calendar.day_number().is_none() => within(day),
        Some(Clock::Part(part)) => {
            let (from, to) = part.hours();
            Bounds::within(start + i64::from(from) * 60, start + i64::from(to) * 60)
        }
        Some(Clock::At { hour, minute, .. }) => {
            let from = start + i64::from(hour) * 60 + i64::from(minute.unwrap_or(0));
            Bounds::exact(from, from + if minute.is_some() { 1 } else { 60 })
        }
        Some(Clock::Open) => within(day),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::DayPart;

    fn bounds(calendar: Calendar, modifier: Option<Modifier>) -> Bounds {
        Value::Calendar(calendar).bounds(modifier).unwrap()
    }

    fn outer(bounds: Bounds) -> (String, String) {
        (bounds.earliest().unwrap(), bounds.latest().unwrap())
    }

    #[test]
    fn a_stretch_has_its_first_and_last_day() {
        let day = |from: &str, to: &str| (from.to_owned(), to.to_owned());
        assert_eq!(outer(bounds(Calendar::year(1987), None)), day("1987-01-01", "1987-12-31"));
        assert_eq!(outer(bounds(Calendar::month(2024, 2), None)), day("2024-02-01", "2024-02-29"));
        let week = Calendar { part: Some(YearPart::Week(2)), ..Calendar::year(1987) };
        assert_eq!(outer(bounds(week, None)), day("1987-01-05", "1987-01-11"));
        let evening = Calendar { clock: Some(Clock::Part(DayPart::Evening)), ..Calendar::date(1987, 3, 5) };
        assert_eq!(outer(bounds(evening, None)), day("1987-03-05T17:00", "1987-03-05"));
        assert_eq!(outer(bounds(Calendar::year(-479), None)), day("-0479-01-01", "-0479-12-31"));
    }

    #[test]
    fn what_may_be_one_day_is_not_certainly_one() {
        let (march, fifth) = (Calendar::month(1987, 3), Calendar::date(1987, 3, 5));
        let (sixth, open) = (Calendar::date(1987, 3, 6), Calendar { day: Some(Day::Open), ..march });
        assert!(bounds(march, None).certainly_meet(&bounds(fifth, None)));
        assert!(bounds(open, None).may_meet(&bounds(fifth, None)));
        assert!(!bounds(open, None).certainly_meet(&bounds(fifth, None)));
        assert!(bounds(fifth, None).certainly_before(&bounds(sixth, None)));
        assert!(bounds(fifth, Some(Modifier::Approx)).may_meet(&bounds(sixth, None)));
        assert!(!bounds(sixth, Some(Modifier::OnOrAfter)).may_meet(&bounds(fifth, None)));
    }
}
