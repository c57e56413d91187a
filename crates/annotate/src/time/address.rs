//! Dates inside web addresses: evidence of when what they lead to was published, and no words of the author.

use super::token::scan;
use model::Span;
use model::calendar::is_day_of;

/// The dates in the web addresses of a text, with their ISO 8601 value, in order.
pub fn address_dates(text: &str) -> Vec<(Span, String)> {
    let dated =
        |url: &Span| date_of_address(url.of(text)).map(|(span, date)| (span.shifted(url.start()), date));
    scan(text).urls.iter().filter_map(dated).collect()
}

/// The date in an address and where it stands: `/2021/06/16/`, `2021-06-16`, `/16/06/2021/`, `20210616`.
pub(super) fn date_of_address(url: &str) -> Option<(Span, String)> {
    let numbers = numbers(url);
    let number = |span: &Span| span.of(url).parse::<u32>().unwrap_or(0);
    let near = |a: &Span, b: &Span| b.start() == a.end() + 1;
    let three = numbers.windows(3).find_map(|part| {
        let [a, b, c] = part else { return None };
        if !near(a, b) || !near(b, c) || b.len() > 2 {
            return None;
        }
        let (year, month, day) = match (a.len(), c.len()) {
            (4, 1 | 2) => (number(a), number(b), number(c)),
            // The day first, unless it can only be read with the month first.
            (1 | 2, 4) if number(b) <= 12 => (number(c), number(b), number(a)),
            (1 | 2, 4) => (number(c), number(a), number(b)),
            _ => return None,
        };
        Some((a.join(*c), written(year, month, day)?))
    });
    three.or_else(|| {
        let whole = numbers.iter().find(|span| span.len() == 8)?;
        let digits = whole.of(url);
        let (year, month, day) =
            (digits[..4].parse().ok()?, digits[4..6].parse().ok()?, digits[6..].parse().ok()?);
        Some((*whole, written(year, month, day)?))
    })
}

fn numbers(url: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let mut start = None;
    for (at, byte) in url.bytes().chain([b' ']).enumerate() {
        match (byte.is_ascii_digit(), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                found.push(Span::new(from, at));
                start = None;
            }
            _ => {}
        }
    }
    found
}

fn written(year: u32, month: u32, day: u32) -> Option<String> {
    let (month, day) = (u8::try_from(month).ok()?, u8::try_from(day).ok()?);
    let year = i32::try_from(year).ok().filter(|year| (1990..=2099).contains(year))?;
    is_day_of(Some(year), month, day).then(|| format!("{year}-{month:02}-{day:02}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_carry_dates_in_many_forms() {
        let date = |url| date_of_address(url).map(|(_, date)| date);
        assert_eq!(date("https://example.org/news/2021/06/16/flood").as_deref(), Some("2021-06-16"));
        assert_eq!(date("https://example.org/16/06/2021/flood").as_deref(), Some("2021-06-16"));
        assert_eq!(date("https://example.org/a-2021-6-16").as_deref(), Some("2021-06-16"));
        assert_eq!(date("https://example.org/20210616.html").as_deref(), Some("2021-06-16"));
        assert_eq!(date("https://example.org/12345678/99/1/2"), None);
        let text = "see https://example.org/16/06/2021/flood, and more";
        let [(span, _)] = address_dates(text)[..] else { panic!("one") };
        assert_eq!(span.of(text), "16/06/2021");
    }
}
