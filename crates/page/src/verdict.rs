//! Why a point is what it is, in words: the two readings that cannot both hold, a count that grows, one saying told twice.

use crate::point::{PointRow, ReadingRow};
use collate::{EVENT, PointKind, Value, Verdict};
use std::collections::{BTreeMap, BTreeSet};

/// Bytes of a reading printed in a reason.
const QUOTED: usize = 90;

/// The reasons, the verdict's own first.
pub(crate) fn details(row: &PointRow) -> Vec<String> {
    let mut said = vec![own(row)];
    said.extend(at_odds_with_itself(row));
    said.extend(one_saying(row));
    said
}

fn own(row: &PointRow) -> String {
    if row.series {
        return "A count that grows from one day of publication to the next: a series, not a conflict."
            .into();
    }
    match (row.verdict, row.kind) {
        (Verdict::Conflict, PointKind::Quantity | PointKind::Date | PointKind::Place) => match parted(row) {
            Some((one, other)) => format!(
                "{} and {} cannot both hold, unless they speak of different things or days.",
                told(one),
                told(other)
            ),
            None => "Two origins have no value in common.".into(),
        },
        (Verdict::Conflict, PointKind::Label) if judging(row).is_some() => {
            format!("{} judges, and not every origin uses such words.", judging(row).unwrap_or_default())
        }
        (Verdict::Conflict, PointKind::Label) => "Two origins have no name for it in common.".into(),
        (Verdict::Conflict, PointKind::Polarity) => match parted(row) {
            Some((one, other)) => format!("{} against {}.", quoted(one), quoted(other)),
            None => "One origin says yes, another no.".into(),
        },
        (Verdict::Conflict, PointKind::Statement) => {
            "Told in like words, with numbers or days that cannot both hold, or as so by one and not so by another.".into()
        }
        (Verdict::Unknown, _) => {
            "Told in like words; whether they part the program cannot tell: their words do.".into()
        }
        (Verdict::Conflict, _) => "Two origins name different ones, and none in common.".into(),
        (Verdict::Drift, _) => "One speaker says different things, and took something back.".into(),
        (Verdict::Compatible, PointKind::Responsibility | PointKind::Composition) => {
            "No two origins name what shuts each other out.".into()
        }
        (Verdict::Compatible, _) => "Every two origins give a value that could be the same.".into(),
    }
}

/// The first label of a person that takes a side.
fn judging(row: &PointRow) -> Option<String> {
    let labels = row.readings.iter().filter(|_| !row.key.starts_with(EVENT)).map(|reading| &reading.value);
    labels.into_iter().find_map(|value| match value {
        Value::Label(label) if annotate::is_loaded(label) => Some(format!("“{label}”")),
        _ => None,
    })
}

fn quoted(reading: &ReadingRow) -> String {
    let words = reading.quote.split_whitespace().collect::<Vec<_>>().join(" ");
    match words.char_indices().nth(QUOTED) {
        Some((end, _)) => format!("“{}…”", &words[..end]),
        None => format!("“{words}”"),
    }
}

/// Its words, and the day where they do not show it.
fn told(reading: &ReadingRow) -> String {
    match reading.value {
        Value::Date(_) => format!("{} ({})", quoted(reading), crate::value_words(&reading.value)),
        _ => quoted(reading),
    }
}

/// All readings: the two that cannot both hold first, then one of every other origin before a second of any.
pub(crate) fn parting_first(row: &PointRow) -> Vec<&ReadingRow> {
    let parting = parted(row).filter(|_| row.verdict == Verdict::Conflict);
    let first: Vec<&ReadingRow> = parting.into_iter().flat_map(|(one, other)| [one, other]).collect();
    let others =
        row.readings.iter().filter(|reading| !first.iter().any(|known| std::ptr::eq(*known, *reading)));
    let mut heard: BTreeMap<usize, usize> = BTreeMap::new();
    let mut ranked: Vec<(usize, &ReadingRow)> = Vec::new();
    for reading in first.iter().copied().chain(others) {
        let before = heard.entry(reading.origin).or_default();
        ranked.push((*before, reading));
        *before += 1;
    }
    ranked.sort_by_key(|(before, _)| *before);
    ranked.into_iter().map(|(_, reading)| reading).collect()
}

/// The first two readings of two origins that cannot both hold.
fn parted(row: &PointRow) -> Option<(&ReadingRow, &ReadingRow)> {
    // Two bare numbers show it better than one bounded on one side: "at least 34".
    let open = |reading: &ReadingRow| match reading.value {
        Value::Quantity(low, high) | Value::Near(low, high) => usize::from(low != high),
        _ => 0,
    };
    pairs(row)
        .filter(|(one, other)| one.origin != other.origin && !one.value.agrees(&other.value))
        .min_by_key(|(one, other)| open(one) + open(other))
}

fn pairs(row: &PointRow) -> impl Iterator<Item = (&ReadingRow, &ReadingRow)> {
    let rest = |at: usize| row.readings[at + 1..].iter();
    row.readings.iter().enumerate().flat_map(move |(at, one)| rest(at).map(move |other| (one, other)))
}

/// An origin whose own readings cannot all hold.
fn at_odds_with_itself(row: &PointRow) -> Option<String> {
    let exact =
        matches!(row.kind, PointKind::Quantity | PointKind::Date | PointKind::Place | PointKind::Polarity);
    let same = |(one, other): &(&ReadingRow, &ReadingRow)| {
        one.document == other.document && !one.value.agrees(&other.value)
    };
    let (one, other) = pairs(row).find(|pair| exact && !row.series && same(pair))?;
    Some(format!("{} itself has {} and {}.", one.sigil, quoted(one), quoted(other)))
}

/// One value on one speaker\'s word in several origins: several documents, one voice. Or on the word of several.
fn one_saying(row: &PointRow) -> Option<String> {
    let mut told: BTreeMap<String, (BTreeSet<usize>, BTreeSet<String>)> = BTreeMap::new();
    for reading in
        row.readings.iter().filter(|reading| !matches!(reading.value, Value::Untold | Value::Said(_)))
    {
        let Some((_, chain)) = &reading.told else { continue };
        let Some(speaker) = chain.last() else { continue };
        // A bare noun ("officials") may be others each time.
        let name: Vec<&str> =
            speaker.split_whitespace().filter(|word| word.starts_with(char::is_uppercase)).collect();
        if !speaker.split_whitespace().next_back().is_some_and(|word| word.starts_with(char::is_uppercase)) {
            continue;
        }
        let name = name.join(" ");
        let held = told.entry(crate::value_words(&reading.value)).or_default();
        held.0.insert(reading.origin);
        held.1.insert(name);
    }
    let (value, (origins, speakers)) = told.into_iter().find(|(_, (origins, _))| origins.len() > 1)?;
    let speakers: Vec<String> = speakers.into_iter().collect();
    Some(match speakers.as_slice() {
        [one] => format!("{} origins give {value} on the word of {one}: one voice.", origins.len()),
        several => format!("{value} comes through several channels: {}.", several.join(", ")),
    })
}
