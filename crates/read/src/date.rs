//! Dates of publication: from the forms they are written in to ISO 8601, as precise as known.

use model::calendar::{days_in_month, month_of_name};

/// Reads a date of publication: ISO 8601 as it is (`2022`, `2022-01`, `2022-01-13`, `2022-01-13T09:30:00Z`),
/// RFC 2822 ("Thu, 13 Jan 2022 09:30:00 GMT"), "January 13, 2022" and "13 January 2022".
/// `None` where it is none of these: a wrong date is worse than an unknown one.
pub fn published_date(words: &str) -> Option<String> {
    let words = words.trim();
    iso(words).or_else(|| named_month(words))
}

fn iso(words: &str) -> Option<String> {
    let (date, time) = match words.split_once(['T', ' ']) {
        Some((date, time)) => (date, Some(time)),
        None => (words, None),
    };
    let date = date.replace('/', "-");
    let parts: Vec<&str> = date.split('-').collect();
    let number = |at: usize, digits: usize| {
        let part = parts.get(at)?;
        (part.len() == digits && part.bytes().all(|b| b.is_ascii_digit()))
            .then(|| part.parse::<u32>().ok())
            .flatten()
    };
    let year = number(0, 4).filter(|year| (1000..=2999).contains(year))?;
    let Some(_) = parts.get(1) else { return time.is_none().then(|| format!("{year:04}")) };
    let month = number(1, 2).filter(|month| (1..=12).contains(month))?;
    let Some(_) = parts.get(2) else { return time.is_none().then(|| format!("{year:04}-{month:02}")) };
    let day =
        number(2, 2).filter(|day| (1..=u32::from(days_in_month(year as i32, month as u8))).contains(day))?;
    if parts.len() > 3 {
        return None;
    }
    let day = format!("{year:04}-{month:02}-{day:02}");
    match time.map(clock) {
        None => Some(day),
        Some(Some(clock)) => Some(format!("{day}T{clock}")),
        Some(None) => Some(day),
    }
}

/// A time of day in its ISO form: "09:30", "09:30:00Z", "09:30:00+06:00".
fn clock(words: &str) -> Option<String> {
    let words = words.trim();
    let digits = |range: std::ops::Range<usize>| words.get(range)?.parse::<u32>().ok();
    let good = words.is_ascii() && words.get(2..3) == Some(":") && digits(0..2)? < 24 && digits(3..5)? < 60;
    good.then(|| words.replacen(' ', "", 1))
}

fn named_month(words: &str) -> Option<String> {
    let parts: Vec<&str> = words.split([' ', ',', '.']).filter(|part| !part.is_empty()).collect();
    let at = parts.iter().position(|part| month_of_name(part).is_some())?;
    let month = u32::from(month_of_name(parts[at])?);
    let number = |at: Option<usize>| {
        let part = parts
            .get(at?)?
            .trim_end_matches("st")
            .trim_end_matches("nd")
            .trim_end_matches("rd")
            .trim_end_matches("th");
        part.parse::<u32>().ok()
    };
    let year = |at: Option<usize>| number(at).filter(|year| (1000..=2999).contains(year));
    // "January 13, 2022", else "13 January 2022", else "January 2022".
    let (day, year) =
        match (number(Some(at + 1)), year(Some(at + 2)), number(at.checked_sub(1)), year(Some(at + 1))) {
            (Some(day), Some(year), _, _) if day <= 31 => (Some(day), year),
            (_, _, Some(day), Some(year)) if day <= 31 => (Some(day), year),
            (_, _, None, Some(year)) => (None, year),
            _ => return None,
        };
    match day {
        Some(day) if (1..=u32::from(days_in_month(year as i32, month as u8))).contains(&day) => {
            Some(format!("{year:04}-{month:02}-{day:02}"))
        }
        Some(_) => None,
        None => Some(format!("{year:04}-{month:02}")),
    }
}

/// A date in an address: ".../2022/01/13/..." or ".../2022-01-13-...".
pub(crate) fn date_in_url(url: &str) -> Option<String> {
    let pieces: Vec<&str> = url.split(['/', '-', '_', '?', '.']).collect();
    pieces.windows(3).find_map(|part| {
        let numbers = part.iter().all(|piece| piece.bytes().all(|b| b.is_ascii_digit()));
        let shape = part[0].len() == 4 && part[1].len() == 2 && part[2].len() == 2;
        (numbers && shape).then(|| iso(&part.join("-"))).flatten()
    })
}

/// Lines at the head of a text among which its date stands.
const HEAD: usize = 8;

/// What stands before a date on a line of its own.
const LEADS: [&str; 8] =
    ["first published", "published", "posted", "updated", "last updated", "dated", "date", "on"];

/// The day a text itself says it is of, with its year: on a line of its own ("Published: 13 March 2025"), in a dateline
/// ("ODENSE, March 14, 2025 (Agency) —") or before the first sentence ("12 March 2025. Two trains …").
pub(crate) fn date_in_head(text: &str) -> Option<String> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty()).take(HEAD);
    lines.into_iter().find_map(|line| date_line(line).or_else(|| dateline(line)))
}

/// A day with its year that fills the words but for names of days and a clock time.
fn whole_day(words: &str) -> Option<String> {
    let words = words.trim().trim_end_matches(['.', ',', ';', '|', ' ']);
    let light = |word: &str| {
        let bare = word.trim_matches([',', '.', '|']).to_lowercase();
        let weekday =
            ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].iter().any(|day| bare.starts_with(day));
        let clock =
            bare.contains(':') || ["am", "pm", "gmt", "utc", "at", "a.m", "p.m"].contains(&bare.as_str());
        weekday && bare.len() < 10 || clock
    };
    let rest: Vec<&str> = words.split_whitespace().filter(|word| !light(word)).collect();
    let known = (rest.len() == 1 || rest.len() == 3).then(|| published_date(&rest.join(" ")))??;
    (known.len() >= 10).then(|| known[..10].to_owned())
}

fn date_line(line: &str) -> Option<String> {
    if line.len() > 60 {
        return None;
    }
    let lower = line.to_ascii_lowercase();
    let lead =
        LEADS.iter().filter(|lead| lower.starts_with(**lead)).map(|lead| lead.len()).max().unwrap_or(0);
    whole_day(line[lead..].trim_start_matches([':', ' ']).trim_start_matches("on "))
}

fn dateline(line: &str) -> Option<String> {
    if let Some((day, rest)) = line.split_once(". ")
        && rest.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
        && let Some(day) = whole_day(day)
    {
        return Some(day);
    }
    let end = [" - ", " – ", " — ", " ("].iter().filter_map(|mark| line.find(mark)).min()?;
    let before = line.get(..end).filter(|before| before.len() < 80 && before.len() < line.len())?;
    let (place, day) = before.split_once(", ")?;
    let named = place.split(' ').all(|word| word.starts_with(char::is_uppercase));
    // "ODENSE, Denmark, March 14, 2025".
    let more = day.split_once(", ").filter(|(region, _)| !region.contains(|c: char| c.is_ascii_digit()));
    let day = more.map_or(day, |(_, day)| day);
    named.then(|| whole_day(day))?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_tells_its_own_day_at_its_head() {
        let told = |text: &str| date_in_head(text);
        assert_eq!(told("Flood\n\n12 March 2025\n\nThe toll rose.").as_deref(), Some("2025-03-12"));
        assert_eq!(
            told("Flood\n\nPublished: 13 March 2025, 09:30 GMT\n\nIt rose.").as_deref(),
            Some("2025-03-13")
        );
        assert_eq!(told("ODENSE, March 14, 2025 (Agency) - The toll rose.").as_deref(), Some("2025-03-14"));
        assert_eq!(told("ODENSE, Denmark, 14 March 2025 — It rose.").as_deref(), Some("2025-03-14"));
        assert_eq!(told("Thursday, 14 March 2025. Two trains met.").as_deref(), Some("2025-03-14"));
        // A sentence that names a day tells of that day, and no year is guessed.
        assert_eq!(told("On 12 March 2025 the dam broke - and nobody came."), None);
        assert_eq!(told("ODENSE, March 14 (Agency) - The toll rose."), None);
        assert_eq!(told("The talks of 12 March 2025"), None);
    }

    fn check(words: &str, expected: Option<&str>) {
        assert_eq!(published_date(words).as_deref(), expected, "{words}");
    }

    #[test]
    fn dates_of_publication() {
        check("2022-01-13", Some("2022-01-13"));
        check("2022-01", Some("2022-01"));
        check("2022-01-13T09:30:00+06:00", Some("2022-01-13T09:30:00+06:00"));
        check("January 13, 2022", Some("2022-01-13"));
        check("Thu, 13 Jan 2022 09:30:00 GMT", Some("2022-01-13"));
        check("January 2022", Some("2022-01"));
        check("2022-02-30", None);
        check("13/01/22", None);
        check("last Tuesday", None);
    }

    #[test]
    fn dates_in_addresses() {
        assert_eq!(date_in_url("https://x.example/2022/01/08/a-b").as_deref(), Some("2022-01-08"));
        assert_eq!(date_in_url("https://x.example/a-2022011"), None);
    }
}
