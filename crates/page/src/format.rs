//! Numbers, dates and counts in words a reader expects.

use collate::Value;
use model::time::{Calendar, Day, Stretch, Value as Time};

/// "1 origin", "4 origins".
pub fn plural(count: usize, one: &str) -> String {
    match count {
        1 => format!("1 {one}"),
        _ if one.ends_with("ch") || one.ends_with("ss") => format!("{} {one}es", thousands(count as f64)),
        _ => format!("{} {one}s", thousands(count as f64)),
    }
}

/// A number with commas between thousands and at most two decimals.
pub fn thousands(number: f64) -> String {
    let rounded = (number * 100.0).round() / 100.0;
    let plain = format!("{rounded}");
    let (whole, decimals) = plain.split_once('.').unwrap_or((&plain, ""));
    let (sign, digits) = whole.strip_prefix('-').map_or(("", whole), |digits| ("-", digits));
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at) % 3 == 0 {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    match decimals.is_empty() {
        true => format!("{sign}{grouped}"),
        false => format!("{sign}{grouped}.{decimals}"),
    }
}

/// A value as a column shows it: "5,000–7,000", "at most 6,000", "5 January".
pub fn value_words(value: &Value) -> String {
    match value {
        Value::Quantity(Some(low), Some(high)) if low == high => thousands(*low),
        Value::Quantity(Some(low), Some(high)) => format!("{}–{}", thousands(*low), thousands(*high)),
        Value::Quantity(Some(low), None) => format!("at least {}", thousands(*low)),
        Value::Quantity(None, Some(high)) => format!("at most {}", thousands(*high)),
        Value::Quantity(None, None) | Value::Near(None, None) => "open".to_owned(),
        Value::Near(Some(low), _) => format!("just over {}", thousands(*low)),
        Value::Near(None, Some(high)) => format!("just under {}", thousands(*high)),
        Value::About(low, high) => format!("about {}", value_words(&Value::Quantity(*low, *high))),
        Value::Length(low, high) => length_words(*low, *high),
        Value::Date(date) => date_words(date),
        Value::Places(spots) => spots.iter().map(|spot| spot.name.as_str()).collect::<Vec<_>>().join("; "),
        Value::Label(label) => format!("“{label}”"),
        Value::Names(names) => names.join("; "),
        Value::Polarity(true) => "yes".to_owned(),
        Value::Polarity(false) => "no".to_owned(),
        Value::Said(words) => format!("“{words}”"),
        Value::Untold => "not told".to_owned(),
    }
}

/// A length of time, given in days, as a column shows it: "3–4 months", "at most 48 hours".
fn length_words(low: Option<f64>, high: Option<f64>) -> String {
    let days = low.or(high).unwrap_or(0.0);
    let units = [("year", 365.25), ("month", 30.4375), ("day", 1.0), ("hour", 1.0 / 24.0)];
    let (unit, of_day) = units
        .into_iter()
        .find(|(_, of_day)| {
            let count = days / of_day;
            count >= 1.0 && (count - count.round()).abs() < 0.02 * count
        })
        .unwrap_or(("minute", 1.0 / 1440.0));
    let of = |days: Option<f64>| days.map(|days| (days / of_day).round());
    let number = value_words(&Value::Quantity(of(low), of(high)));
    let plural = if of(high).or(of(low)) == Some(1.0) { "" } else { "s" };
    format!("{number} {unit}{plural}")
}

/// A date as a column shows it: "4–7 March 1987", "January, year not said".
fn date_words(date: &Stretch) -> String {
    let words = |calendar: Calendar| {
        let gloss = Time::Calendar(calendar).gloss(date.modifier.filter(|_| date.to.is_none()));
        let known =
            gloss.strip_suffix(" of an unknown year").or_else(|| gloss.strip_suffix(" an unknown year"));
        match known {
            // Nothing of it but that it was some day.
            Some(known) if known.starts_with("an unknown day of an unknown") => "day not given".to_owned(),
            Some(known) => format!("{known}, year not said"),
            None => gloss.replace(", local zone unknown", ""),
        }
    };
    match (date.from.day, date.to) {
        (_, None) => words(date.from),
        (Some(Day::OfMonth(first)), Some(to))
            if date.from.part == to.part
                && date.from.year == to.year
                && date.from.clock.is_none()
                && to.clock.is_none() =>
        {
            format!("{first}–{}", words(to))
        }
        (_, Some(to)) => format!("{} – {}", words(date.from), words(to)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_read_as_words() {
        assert_eq!(value_words(&Value::Quantity(Some(5000.0), Some(7000.0))), "5,000–7,000");
        assert_eq!(value_words(&Value::Quantity(None, Some(6000.0))), "at most 6,000");
        assert_eq!(thousands(-1234567.891), "-1,234,567.89");
        assert_eq!(plural(1, "origin"), "1 origin");
        let from = Calendar { year: None, ..Calendar::date(2000, 1, 4) };
        let to = Calendar { day: Some(Day::OfMonth(7)), ..from };
        let range = Stretch { from, to: Some(to), modifier: None, bounds: None };
        assert_eq!(value_words(&Value::Date(range)), "4–7 January, year not said");
        assert_eq!(date_words(&Stretch { to: None, ..range }), "4 January, year not said");
    }
}
