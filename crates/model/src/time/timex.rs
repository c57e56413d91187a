//! TIMEX3: the value attribute of TimeML 1.2.1, as the published corpora write it.

use super::{Amount, Calendar, Clock, Day, DayPart, Reference, Season, Unit, Value, Year, YearPart};
use std::fmt::Write;

impl Value {
    /// The value attribute: "1987-03-05TEV", "1987-W02", "P3D", "XXXX-WXX-2", "PAST_REF".
    pub fn timex(&self) -> String {
        match self {
            Value::Calendar(calendar) | Value::EverySuch(calendar) => calendar_timex(*calendar),
            Value::Interval(from, to) => format!("{}/{}", calendar_timex(*from), calendar_timex(*to)),
            Value::Duration(amount, unit) | Value::Every(amount, unit) => period(*amount, *unit),
            Value::Reference(Reference::Past) => "PAST_REF".into(),
            Value::Reference(Reference::Present) => "PRESENT_REF".into(),
            Value::Reference(Reference::Future) => "FUTURE_REF".into(),
        }
    }
}

fn calendar_timex(calendar: Calendar) -> String {
    let mut out = String::new();
    year(&mut out, calendar.year, calendar.part.is_some() || calendar.day.is_some());
    match calendar.part {
        Some(YearPart::Month(month)) => _ = write!(out, "-{month:02}"),
        Some(YearPart::OpenMonth) => out.push_str("-XX"),
        Some(YearPart::Quarter(0)) => out.push_str("-QX"),
        Some(YearPart::Quarter(quarter)) => _ = write!(out, "-Q{quarter}"),
        Some(YearPart::Half(half)) => _ = write!(out, "-H{half}"),
        Some(YearPart::Season(season)) => {
            out.push_str(match season {
                Season::Spring => "-SP",
                Season::Summer => "-SU",
                Season::Autumn => "-FA",
                Season::Winter => "-WI",
            });
        }
        Some(YearPart::Week(0)) => out.push_str("-WXX"),
        Some(YearPart::Week(week)) => _ = write!(out, "-W{week:02}"),
        None if matches!(calendar.day, Some(Day::OfWeek(_) | Day::Weekend)) => out.push_str("-WXX"),
        None if calendar.day.is_some() || calendar.clock.is_some() => out.push_str("-XX"),
        None => {}
    }
    match calendar.day {
        Some(Day::OfMonth(day)) => _ = write!(out, "-{day:02}"),
        Some(Day::OfWeek(day)) => _ = write!(out, "-{day}"),
        Some(Day::Weekend) => out.push_str("-WE"),
        Some(Day::Open) => out.push_str("-XX"),
        None if calendar.clock.is_some() => out.push_str("-XX"),
        None => {}
    }
    match calendar.clock {
        Some(Clock::Part(part)) => {
            out.push_str(match part {
                DayPart::Dawn | DayPart::Morning => "TMO",
                DayPart::Midday => "T12:00",
                DayPart::Afternoon => "TAF",
                DayPart::Evening => "TEV",
                DayPart::Night => "TNI",
                DayPart::Daytime => "TDT",
            });
        }
        // The corpora leave the zone out of the value; EDTF and the gloss carry it.
        Some(Clock::At { hour, minute, second, .. }) => {
            _ = write!(out, "T{hour:02}:{:02}", minute.unwrap_or(0));
            if let Some(second) = second {
                _ = write!(out, ":{second:02}");
            }
        }
        Some(Clock::Open) => out.push_str("TXX"),
        None => {}
    }
    out
}

/// The digits of a year that are known: "2022", "199", "19", "BC0480", "XXXX"; padded with X where a part follows.
fn year(out: &mut String, year: Option<Year>, followed: bool) {
    let Some(year) = year else {
        out.push_str("XXXX");
        return;
    };
    let digits = match year.number {
        number if number < 0 || number == 0 && year.open == 0 => {
            format!("BC{:04}", 1 - i64::from(number) - i64::from(year.length() - 1))
        }
        number => format!("{number:04}"),
    };
    let kept = digits.len() - usize::from(year.open).min(4);
    out.push_str(&digits[..kept]);
    if followed {
        out.extend(std::iter::repeat_n('X', digits.len() - kept));
    }
}

fn period(amount: Amount, unit: Unit) -> String {
    let (letter, times, clock) = match unit {
        Unit::Second => ('S', 1.0, true),
        Unit::Minute => ('M', 1.0, true),
        Unit::Hour => ('H', 1.0, true),
        Unit::Day => ('D', 1.0, false),
        Unit::Weekend => ('D', 2.0, false),
        Unit::TenDays => ('D', 10.0, false),
        Unit::Week => ('W', 1.0, false),
        Unit::Month => ('M', 1.0, false),
        Unit::Quarter => ('Q', 1.0, false),
        Unit::Season => ('M', 3.0, false),
        Unit::Half => ('M', 6.0, false),
        Unit::Year => ('Y', 1.0, false),
        Unit::Decade => ('Y', 10.0, false),
        Unit::Century => ('Y', 100.0, false),
        Unit::Millennium => ('Y', 1000.0, false),
        Unit::Open => ('X', 1.0, false),
    };
    let p = if clock { "PT" } else { "P" };
    let Some(low) = amount.low.filter(|_| unit != Unit::Open) else { return format!("{p}X{letter}") };
    let low = low * times;
    if low.fract() != 0.0 {
        // "A year and a half" is eighteen months, "two and a half years" two years and six months.
        let (whole, rest) = (low.trunc(), low.fract());
        let (next, parts) = match unit {
            Unit::Year => ('M', rest * 12.0),
            Unit::Minute => ('S', rest * 60.0),
            Unit::Hour => ('M', rest * 60.0),
            _ => (' ', 0.5),
        };
        if parts.fract() == 0.0 {
            return match (whole, unit) {
                (whole, Unit::Year) if whole < 2.0 => format!("P{}M", low * 12.0),
                (0.0, _) => format!("{p}{parts}{next}"),
                _ => format!("{p}{whole}{letter}{parts}{next}"),
            };
        }
    }
    format!("{p}{low}{letter}")
}
