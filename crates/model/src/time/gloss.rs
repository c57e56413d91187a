//! A value in plain words: "evening of 5 March 1987, local zone unknown".

use super::{Amount, Calendar, Clock, Day, Modifier, Reference, Unit, Value, Year, YearPart};
use crate::calendar::{MONTHS, WEEKDAYS};

impl Value {
    /// The value in plain English, for a reader.
    pub fn gloss(&self, modifier: Option<Modifier>) -> String {
        let plain = match self {
            Value::Calendar(day) if day.clock.is_some() => {
                let zone = match day.clock {
                    Some(Clock::At { zone: Some(0), .. }) => ", UTC".to_owned(),
                    Some(Clock::At { zone: Some(zone), .. }) => {
                        let sign = if zone < 0 { '−' } else { '+' };
                        format!(", UTC{sign}{}:{:02}", zone.abs() / 60, zone.abs() % 60)
                    }
                    _ => ", local zone unknown".to_owned(),
                };
                format!("{}{zone}", calendar(*day))
            }
            Value::Calendar(day) => calendar(*day),
            Value::Interval(from, to) => format!("{} to {}", calendar(*from), calendar(*to)),
            Value::Duration(amount, unit) => length(*amount, *unit),
            Value::Every(amount, unit) if *amount == Amount::of(1.0) => format!("every {}", unit.word()),
            Value::Every(amount, unit) => format!("every {}", length(*amount, *unit)),
            Value::EverySuch(such) => {
                format!("every {}", calendar(*such).trim_start_matches("a ").replace(" of a ", " of "))
            }
            Value::Reference(Reference::Past) => "some time in the past".into(),
            Value::Reference(Reference::Present) => "the present of the text".into(),
            Value::Reference(Reference::Future) => "some time to come".into(),
        };
        let day = matches!(self, Value::Calendar(calendar) if calendar.grain() <= Unit::Day);
        let dated = matches!(self, Value::Calendar(_) | Value::Interval(..));
        let before =
            match modifier {
                None => return plain,
                // "More than two years ago" is somewhat before, "less than" somewhat after.
                Some(
                    Modifier::MoreThan | Modifier::LessThan | Modifier::EqualOrLess | Modifier::EqualOrMore,
                ) if dated => "about",
                Some(Modifier::Start) if day => "early on",
                Some(Modifier::Mid) if day => "in the middle of",
                Some(Modifier::End) if day => "late on",
                Some(Modifier::Start) => "early in",
                Some(Modifier::Mid) => "in the middle of",
                Some(Modifier::End) => "late in",
                Some(Modifier::Approx) => "about",
                Some(Modifier::Before) => "before",
                Some(Modifier::After) => "after",
                Some(Modifier::OnOrBefore) => "no later than",
                Some(Modifier::OnOrAfter) => "from",
                Some(Modifier::LessThan) => "less than",
                Some(Modifier::MoreThan) => "more than",
                Some(Modifier::EqualOrLess) => "at most",
                Some(Modifier::EqualOrMore) => "at least",
            };
        let onward = if modifier == Some(Modifier::OnOrAfter) { " on" } else { "" };
        format!("{before} {plain}{onward}")
    }
}

fn length(amount: Amount, unit: Unit) -> String {
    let word = unit.word();
    match (amount.low, amount.high) {
        (Some(low), Some(high)) if low != high => format!("{low} to {high} {}", unit.words()),
        (Some(1.0), _) => format!("one {word}"),
        (Some(low), _) => format!("{low} {}", unit.words()),
        (None, _) if unit == Unit::Open => "an unsaid length of time".into(),
        (None, _) => format!("an unsaid number of {}", unit.words()),
    }
}

fn calendar(stretch: Calendar) -> String {
    let year = match stretch.year {
        None => "an unknown year".to_owned(),
        Some(year) => year_words(year),
    };
    let part = match stretch.part {
        None => year.clone(),
        Some(YearPart::Month(month)) => format!("{} {year}", MONTHS[usize::from(month.clamp(1, 12)) - 1]),
        Some(YearPart::OpenMonth) => format!("an unknown month of {year}"),
        Some(YearPart::Quarter(0)) => format!("a quarter of {year}"),
        Some(YearPart::Quarter(quarter)) => format!("{} quarter of {year}", ordinal(quarter)),
        Some(YearPart::Half(half)) => format!("{} half of {year}", ordinal(half)),
        Some(YearPart::Season(season)) => {
            format!("{} of {year}", ["spring", "summer", "autumn", "winter"][season as usize])
        }
        Some(YearPart::Week(0)) => format!("an unknown week of {year}"),
        Some(YearPart::Week(week)) => format!("week {week} of {year}"),
    };
    let weekday = |day: u8| WEEKDAYS[usize::from(day.clamp(1, 7)) - 1];
    let day = match stretch.day {
        None => part,
        Some(Day::OfMonth(day)) => format!("{day} {part}"),
        Some(Day::OfWeek(day)) if stretch.part.is_none() => format!("a {}", weekday(day)),
        Some(Day::OfWeek(day)) => format!("{} of {part}", weekday(day)),
        Some(Day::Weekend) => format!("weekend of {part}"),
        Some(Day::Open) => format!("an unknown day of {part}"),
    };
    let day =
        if stretch.grain() < Unit::Day && stretch.day.is_none() { "an unknown day".into() } else { day };
    match stretch.clock {
        None => day,
        Some(Clock::Part(part)) => format!("{} of {day}", part.word()),
        Some(Clock::At { hour, minute: None, .. }) => format!("about {hour}:00 on {day}"),
        Some(Clock::At { hour, minute: Some(minute), .. }) => format!("{hour}:{minute:02} on {day}"),
        Some(Clock::Open) => format!("some hour of {day}"),
    }
}

fn year_words(year: Year) -> String {
    let number = match year.number {
        number if number < 0 || number == 0 && year.open == 0 => format!("{} BC", 1 - i64::from(number)),
        number => number.to_string(),
    };
    match year.open {
        0 => number,
        1 if year.number >= 0 => format!("the {number}s"),
        1 => format!("the {}s BC", 1 - i64::from(year.number) - 9),
        2 if year.number >= 0 => format!("the {} century", ordinal((year.number / 100 + 1) as u8)),
        2 => format!("the {} century BC", ordinal((-year.number / 100 + 1) as u8)),
        _ => format!("the millennium of {number}"),
    }
}

fn ordinal(number: u8) -> String {
    let end = match (number % 10, number % 100) {
        (1, n) if n != 11 => "st",
        (2, n) if n != 12 => "nd",
        (3, n) if n != 13 => "rd",
        _ => "th",
    };
    format!("{number}{end}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::{DayPart, Season};

    #[test]
    fn values_read_aloud() {
        let evening = Calendar { clock: Some(Clock::Part(DayPart::Evening)), ..Calendar::date(1987, 3, 5) };
        let read = |value: Value| value.gloss(None);
        assert_eq!(read(Value::Calendar(evening)), "evening of 5 March 1987, local zone unknown");
        assert_eq!(read(Value::Calendar(Calendar::year(-479))), "480 BC");
        assert_eq!(Value::Duration(Amount::of(3.0), Unit::Day).gloss(None), "3 days");
        let early = Value::Calendar(Calendar::month(1987, 3)).gloss(Some(Modifier::Start));
        assert_eq!(early, "early in March 1987");
        let open = Calendar { part: Some(YearPart::Season(Season::Winter)), ..Calendar::default() };
        assert_eq!(read(Value::Calendar(open)), "winter of an unknown year");
    }
}
