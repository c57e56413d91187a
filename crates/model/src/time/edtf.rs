//! EDTF: the Extended Date/Time Format of ISO 8601-2:2019, levels 0 and 1 with what sets need of level 2.

use super::{Calendar, Clock, Day, Modifier, Season, Value, YearPart};
use crate::calendar::first_day_of_week;
use std::fmt::Write;

impl Value {
    /// The date in EDTF; `None` for lengths, sets and references, which it has no form for.
    ///
    /// A week or a weekend is the interval of its days, a part of a day its day; "about" is `~`, an open end `..`.
    pub fn edtf(&self, modifier: Option<Modifier>) -> Option<String> {
        let written = match self {
            // Years of more than four digits have a form of their own, and none with months.
            Value::Calendar(calendar) | Value::Interval(calendar, _)
                if calendar.part.is_some()
                    && calendar.year.is_some_and(|year| !(-9999..=9999).contains(&year.number)) =>
            {
                return None;
            }
            // Some hour of some day has no form.
            Value::Calendar(calendar)
                if *calendar == (Calendar { clock: calendar.clock, ..Calendar::default() }) =>
            {
                return None;
            }
            Value::Calendar(calendar) => interval_of(*calendar).unwrap_or_else(|| one(*calendar)),
            // The ends of an interval are days at least: level 0 has no others.
            Value::Interval(from, to) => {
                let day = |calendar: Calendar| one(Calendar { clock: None, ..calendar });
                format!("{}/{}", day(*from), day(*to))
            }
            Value::Duration(..) | Value::Every(..) | Value::EverySuch(_) | Value::Reference(_) => {
                return None;
            }
        };
        let (first, last) = written.split_once('/').unwrap_or((&written, &written));
        Some(match modifier {
            Some(Modifier::Approx) if written.contains('/') => format!("{first}~/{last}~"),
            Some(Modifier::Approx) if !written.contains('T') => format!("{written}~"),
            Some(Modifier::Before | Modifier::OnOrBefore) => format!("../{last}"),
            Some(Modifier::After | Modifier::OnOrAfter) => format!("{first}/.."),
            _ => written,
        })
    }
}

/// The days of a week, as an interval.
fn interval_of(calendar: Calendar) -> Option<String> {
    let (year, Some(YearPart::Week(week))) = (calendar.year_number()?, calendar.part) else { return None };
    if week == 0 || matches!(calendar.day, Some(Day::OfWeek(_))) {
        return None;
    }
    let first = first_day_of_week(year, week) + if calendar.day == Some(Day::Weekend) { 5 } else { 0 };
    let last = first_day_of_week(year, week) + 6;
    Some(format!("{}/{}", one(Calendar::of_day_number(first)), one(Calendar::of_day_number(last))))
}

fn one(calendar: Calendar) -> String {
    // A weekday of a known week is a day like any other.
    if let (Some(Day::OfWeek(_)), Some(number)) = (calendar.day, calendar.day_number()) {
        return one(Calendar { clock: calendar.clock, ..Calendar::of_day_number(number) });
    }
    let mut out = String::new();
    match calendar.year {
        None => out.push_str("XXXX"),
        Some(year) => {
            let digits = match year.number {
                number if number < -9999 => format!("Y-{}", -i64::from(number)),
                number if number > 9999 => format!("Y{number}"),
                number if number < 0 => format!("-{:04}", -i64::from(number)),
                number => format!("{number:04}"),
            };
            let kept = digits.len() - usize::from(year.open).min(4);
            _ = write!(out, "{}{}", &digits[..kept], "X".repeat(digits.len() - kept));
        }
    }
    match calendar.part {
        Some(YearPart::Month(month)) => _ = write!(out, "-{month:02}"),
        Some(YearPart::Season(season)) => _ = write!(out, "-{}", season_code(season)),
        Some(YearPart::Quarter(quarter)) if quarter > 0 => _ = write!(out, "-{}", 32 + quarter),
        Some(YearPart::Half(half)) => _ = write!(out, "-{}", 39 + half),
        Some(_) => out.push_str("-XX"),
        None if calendar.day.is_some() => out.push_str("-XX"),
        None => {}
    }
    match calendar.day {
        Some(Day::OfMonth(day)) => _ = write!(out, "-{day:02}"),
        // Some day of a season or quarter is no more than the season.
        Some(_)
            if matches!(
                calendar.part,
                Some(YearPart::Season(_) | YearPart::Quarter(1..) | YearPart::Half(_))
            ) => {}
        Some(_) => out.push_str("-XX"),
        None => {}
    }
    let whole = !out.contains('X') && matches!(calendar.day, Some(Day::OfMonth(_)));
    if let (Some(Clock::At { hour, minute: Some(minute), second, zone }), true) = (calendar.clock, whole) {
        _ = write!(out, "T{hour:02}:{minute:02}:{:02}", second.unwrap_or(0));
        match zone {
            Some(0) => out.push('Z'),
            Some(zone) => {
                let sign = if zone < 0 { '-' } else { '+' };
                _ = write!(out, "{sign}{:02}:{:02}", zone.abs() / 60, zone.abs() % 60);
            }
            None => {}
        }
    }
    out
}

fn season_code(season: Season) -> u8 {
    21 + season as u8
}
