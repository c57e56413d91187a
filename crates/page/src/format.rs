//! Numbers, dates and counts in words a reader expects.

use collate::Value;

/// "1 origin", "4 origins".
pub fn plural(count: usize, one: &str) -> String {
    match count {
        1 => format!("1 {one}"),
        _ if one.ends_with("ch") => format!("{} {one}es", thousands(count as f64)),
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
        Value::Quantity(None, None) => "open".to_owned(),
        Value::Date(from, to) if from == to => day(from),
        Value::Date(from, to) => match (from.month == to.month, from.day) {
            (true, Some(first)) => format!("{first}–{}", day(to)),
            _ => format!("{} – {}", day(from), day(to)),
        },
    }
}

fn day(date: &model::Date) -> String {
    let month = model::calendar::MONTHS.get(usize::from(date.month).wrapping_sub(1)).copied().unwrap_or("?");
    let day = date.day.map(|day| format!("{day} ")).unwrap_or_default();
    match date.year {
        Some(year) => format!("{day}{month} {year}"),
        None => format!("{day}{month}, year not said"),
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
        let date = model::Date { year: None, month: 1, day: Some(4) };
        let to = model::Date { day: Some(7), ..date };
        assert_eq!(value_words(&Value::Date(date, to)), "4–7 January, year not said");
    }
}
