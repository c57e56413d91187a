//! Calendar dates, and the word for a happening that stands nearest.
//!
//! A first, crude reader of dates with a month in words and of ISO dates. It leaves a year open rather than
//! guess one.

use crate::rules::Classes;
use crate::words::{Word, lower, words};
use crate::{Cx, Extractor};
use model::calendar::{MONTHS, month_of_name};
use model::token::TokenKind;
use model::{Date, Layers, Span, Time};
use std::sync::LazyLock;

pub(crate) const TIME: Extractor = Extractor {
    name: "time",
    version: 1,
    about: "calendar dates with a month in words, and ISO dates; the year stays open where none is said",
    example: "On the morning of January 5 the cabinet resigned.",
    languages: &["en"],
    rules: include_str!("../rules/en/time.toml"),
    run,
};

static EVENTS: LazyLock<Classes> = LazyLock::new(|| Classes::read(include_str!("../rules/en/event.toml")));

/// The number of a month's name or abbreviation, 1 to 12.
pub(crate) fn month(word: &str) -> Option<u8> {
    // "mar" is a verb, and no abbreviation is longer than four letters.
    month_of_name(word).filter(|_| {
        word != "mar" && (word.len() <= 4 || MONTHS.iter().any(|name| name.eq_ignore_ascii_case(word)))
    })
}

fn run(cx: &Cx, layers: &mut Layers) {
    for sentence in &cx.sentences {
        let words = words(cx.text, *sentence);
        // Sought once a sentence, and only where a date is found.
        let mut events: Option<Vec<usize>> = None;
        let mut at = 0;
        while at < words.len() {
            let found = iso(&words, at)
                .or_else(|| day_month(&words, at))
                .or_else(|| month_first(&words, at, cx.text));
            let Some((from, to, end, by)) = found else {
                at += 1;
                continue;
            };
            let span = Span::new(words[at].span.start(), words[end - 1].span.end());
            let events = events.get_or_insert_with(|| {
                (0..words.len()).filter(|at| EVENTS.class_of(lower(&words, *at)).is_some()).collect()
            });
            let event = nearest_event(events, at, end);
            let beside = event.map(|event| words[event].span);
            let about =
                event.and_then(|event| EVENTS.class_of(lower(&words, event))).unwrap_or_default().to_owned();
            layers.times.push(Time { span, from, to, beside, about, by });
            at = end;
        }
    }
}

type Found = (Date, Date, usize, &'static str);

fn iso(words: &[Word], at: usize) -> Option<Found> {
    let dashes = lower(words, at + 1) == "-" && lower(words, at + 3) == "-";
    let year = year(lower(words, at)).filter(|_| dashes)?;
    let month = lower(words, at + 2).parse::<u8>().ok().filter(|month| (1..=12).contains(month))?;
    let day = day(lower(words, at + 4))?;
    let date = Date { year: Some(year), month, day: Some(day) };
    Some((date, date, at + 5, "date.iso"))
}

fn month_first(words: &[Word], at: usize, text: &str) -> Option<Found> {
    let month = month(lower(words, at))?;
    // "may" and "march" are months only where they are capitalised.
    if !words[at].span.of(text).starts_with(char::is_uppercase) {
        return None;
    }
    let dot = usize::from(lower(words, at + 1) == ".");
    let comma = usize::from(lower(words, at + 1 + dot) == ",");
    if let Some(year) = year(lower(words, at + 1 + dot + comma)) {
        let date = Date { year: Some(year), month, day: None };
        return Some((date, date, at + 2 + dot + comma, "date.month-year"));
    }
    let first = day(lower(words, at + 1 + dot)).filter(|_| words[at + 1 + dot].kind != TokenKind::Mark)?;
    let mut end = at + 2 + dot;
    let mut last = first;
    let range = matches!(lower(words, end), "-" | "–" | "—" | "to");
    if let Some(second) = day(lower(words, end + 1)).filter(|second| range && *second > first) {
        last = second;
        end += 2;
    }
    let comma = usize::from(lower(words, end) == ",");
    let year = year(lower(words, end + comma));
    if year.is_some() {
        end += comma + 1;
    }
    let date = |day| Date { year, month, day: Some(day) };
    Some((date(first), date(last), end, "date.month-day"))
}

fn day_month(words: &[Word], at: usize) -> Option<Found> {
    let day = day(lower(words, at))?;
    let of = usize::from(lower(words, at + 1) == "of");
    let month = month(lower(words, at + 1 + of)).filter(|_| lower(words, at + 1 + of) != "may" || of == 1)?;
    let year = year(lower(words, at + 2 + of));
    let end = at + 2 + of + usize::from(year.is_some());
    let date = Date { year, month, day: Some(day) };
    Some((date, date, end, "date.day-month"))
}

fn year(word: &str) -> Option<i16> {
    word.parse().ok().filter(|year| word.len() == 4 && (1500..=2099).contains(year))
}

fn day(word: &str) -> Option<u8> {
    let digits = ["st", "nd", "rd", "th"].iter().find_map(|end| word.strip_suffix(end)).unwrap_or(word);
    digits.parse().ok().filter(|day| (1..=31).contains(day) && digits.len() <= 2)
}

/// The nearest of the words for happenings, sorted, outside the date itself; the one before the date where two are
/// as near.
fn nearest_event(events: &[usize], start: usize, end: usize) -> Option<usize> {
    let before = events[..events.partition_point(|at| *at < start)].last().copied();
    let after = events[events.partition_point(|at| *at < end)..].first().copied();
    match (before, after) {
        (Some(before), Some(after)) if start - before > after + 1 - end => Some(after),
        (Some(before), _) => Some(before),
        (None, after) => after,
    }
}
