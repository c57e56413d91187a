//! Times against published gold: TimeBank, AQUAINT, WikiWars and the five accounts.
//!
//! Scored as TempEval-3 did: strict where spans are equal, relaxed where they overlap; value F1 is relaxed F1 times the
//! share of matched gold whose value is right.

use super::Row;
use crate::{data, root};
use anyhow::Result;
use model::passage::{Markup, passages};
use model::time::{Bounds, Calendar, Value};
use model::{Offsets, Time};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::io::Write;

#[derive(Deserialize)]
struct Input {
    id: String,
    dct: Option<String>,
    text: String,
}

#[derive(Deserialize)]
struct Gold {
    #[serde(alias = "file")]
    id: String,
    start: usize,
    end: usize,
    value: Option<String>,
    core: Option<bool>,
    #[serde(default)]
    alt: Vec<String>,
}

struct Found {
    start: usize,
    end: usize,
    value: String,
    bounds: Option<Bounds>,
}

#[derive(Default)]
struct Tally {
    gold: f64,
    found: f64,
    strict: f64,
    relaxed_found: f64,
    relaxed_gold: f64,
    right: f64,
}

impl Tally {
    fn words(&self) -> String {
        let f1 = |found: f64, gold: f64| {
            let (precision, recall) = (found / self.found.max(1.0), gold / self.gold.max(1.0));
            2.0 * precision * recall / (precision + recall).max(f64::MIN_POSITIVE)
        };
        let relaxed = f1(self.relaxed_found, self.relaxed_gold);
        let value = relaxed * self.right / self.relaxed_gold.max(1.0);
        format!("{:.3} / {relaxed:.3} / {value:.3}", f1(self.strict, self.strict))
    }
}

/// The rows of SCORES.md.
pub(super) fn rows() -> Result<Vec<Row>> {
    let (news, wars) = (&["time/timebank", "time/aquaint"][..], &["time/wikiwars-01-16"][..]);
    let about = "strict / relaxed / value F1 as TempEval-3 counts; tuned on these texts, so optimistic";
    let scored = |sets: &[&str]| -> Result<Option<String>> {
        let mut tally = Tally::default();
        for set in sets {
            let Some(folder) = data(set) else { return Ok(None) };
            let gold = gold(&folder.join("gold.jsonl"))?;
            score(&found(&folder.join("input.jsonl"))?, &gold, &mut tally);
        }
        Ok(Some(tally.words()))
    };
    let mut rows = vec![
        Row { set: "times, TimeBank and AQUAINT", measure: "F1", value: scored(news)?, about },
        Row { set: "times, WikiWars 01–16", measure: "F1", value: scored(wars)?, about },
    ];
    rows.push(account_row()?);
    Ok(rows)
}

/// The core rows of the accounts: values right, and how often bounds hold the gold and how wide they are beside it.
fn account_row() -> Result<Row> {
    let (set, measure) =
        ("times, five accounts, core rows", "values right; bounds that hold the gold, median width");
    let about = "gold of one reader; a value is right where it is the gold's or one of its alternatives; width as a multiple of the gold's";
    let Some(folder) = data("kazakhstan-2022") else { return Ok(Row { set, measure, value: None, about }) };
    let gold = gold(&folder.join("gold-times.jsonl"))?;
    let found = found(&folder.join("gold-documents.jsonl"))?;
    let (mut core, mut right, mut dated, mut held) = (0, 0, 0, 0);
    let mut widths = Vec::new();
    for row in gold.values().flatten().filter(|row| row.core == Some(true)) {
        core += 1;
        let best = best(found.get(&row.id).map_or(&[][..], Vec::as_slice), row);
        let value = row.value.clone().unwrap_or_default();
        right +=
            usize::from(best.is_some_and(|found| found.value == value || row.alt.contains(&found.value)));
        let Some(wanted) = days(&value).and_then(|bounds| Some((bounds.earliest_start?, bounds.latest_end?)))
        else {
            continue;
        };
        dated += 1;
        let own = best.and_then(|found| found.bounds).and_then(|b| Some((b.earliest_start?, b.latest_end?)));
        if let Some((start, end)) = own.filter(|(start, end)| *start <= wanted.0 && wanted.1 <= *end) {
            held += 1;
            widths.push((end - start) as f64 / (wanted.1 - wanted.0) as f64);
        }
    }
    widths.sort_by(f64::total_cmp);
    let median = widths.get(widths.len() / 2).copied().unwrap_or(f64::NAN);
    let value = format!("{right} of {core}; {held} of {dated}, {median:.2}");
    Ok(Row { set, measure, value: Some(value), about })
}

/// The bounds of a TIMEX3 date of the gold.
fn days(value: &str) -> Option<Bounds> {
    if let Some((from, to)) = value.split_once('/') {
        return Some(Bounds::from_to(days(from)?, days(to)?));
    }
    let plain = value.split('T').next()?;
    let mut parts = plain.split('-');
    let year: i32 = parts.next()?.parse().ok()?;
    let calendar = match (parts.next(), parts.next()) {
        (None, _) => Calendar::year(year),
        (Some(week), None) if week.starts_with('W') => {
            let first = model::calendar::first_day_of_week(year, week[1..].parse().ok()?);
            return Some(Bounds::days(first, first + 6));
        }
        (Some(month), None) => Calendar::month(year, month.parse().ok()?),
        (Some(month), Some(day)) => Calendar::date(year, month.parse().ok()?, day.parse().ok()?),
    };
    // A part of a day is held where its day is met.
    let whole = Value::Calendar(calendar).bounds(None)?;
    match value.contains('T') {
        true => {
            let start = whole.earliest_start?;
            let hours = if value.ends_with("TMO") { (6, 11) } else { (18, 23) };
            Some(Bounds::exact(start + hours.0 * 60, start + hours.1 * 60))
        }
        false => Some(whole),
    }
}

fn gold(path: &std::path::Path) -> Result<BTreeMap<String, Vec<Gold>>> {
    let mut by_document: BTreeMap<String, Vec<Gold>> = BTreeMap::new();
    for line in std::fs::read_to_string(path)?.lines() {
        let row: Gold = serde_json::from_str(line)?;
        by_document.entry(row.id.clone()).or_default().push(row);
    }
    Ok(by_document)
}

/// How often a file is tagged for one measurement.
const PASSES: u32 = 100;

/// The seconds of one pass over the records of a file, the mean of a hundred in one thread, and the times found.
pub(crate) fn tag(path: &std::path::Path) -> Result<String> {
    let inputs = std::fs::read_to_string(path)?;
    let inputs = inputs.lines().map(serde_json::from_str::<Input>).collect::<Result<Vec<_>, _>>()?;
    let pass = || -> usize {
        inputs.iter().map(|input| annotate::times(&input.text, input.dct.as_deref()).len()).sum()
    };
    let rows = pass();
    let start = std::time::Instant::now();
    for _ in 0..PASSES {
        anyhow::ensure!(pass() == rows, "another pass gave other times");
    }
    let seconds = start.elapsed().as_secs_f64() / f64::from(PASSES);
    let mut out = serde_json::json!({"seconds": seconds, "passes": PASSES}).to_string();
    for input in &inputs {
        let offsets = Offsets::new(&input.text);
        for row in annotate::times(&input.text, input.dct.as_deref()) {
            let (start, end) = offsets.chars_of_span(&input.text, row.span);
            let row =
                serde_json::json!({"id": input.id, "start": start, "end": end, "value": row.value.timex()});
            out.push_str(&format!("\n{row}"));
        }
    }
    out.push('\n');
    Ok(out)
}

/// The times of every document of a file; they are also written below `target/eval` for a closer look.
fn found(path: &std::path::Path) -> Result<BTreeMap<String, Vec<Found>>> {
    let folder = root().join("target/eval");
    std::fs::create_dir_all(&folder)?;
    let set = path.parent().and_then(|parent| parent.file_name()).unwrap_or_default().to_string_lossy();
    let mut out = std::io::BufWriter::new(std::fs::File::create(folder.join(format!("times-{set}.jsonl")))?);
    let mut by_document = BTreeMap::new();
    for line in std::fs::read_to_string(path)?.lines() {
        let input: Input = serde_json::from_str(line)?;
        let passages = passages(&input.text, Markup::Plain);
        let layers = annotate::annotate_passages(&input.text, &passages, Some("en"), input.dct.as_deref());
        let offsets = Offsets::new(&input.text);
        let place = |row: &Time| offsets.chars_of_span(&input.text, row.span);
        let rows: Vec<Found> = layers
            .times
            .iter()
            .map(|row| {
                let (start, end) = place(row);
                Found { start, end, value: row.value.timex(), bounds: row.bounds }
            })
            .collect();
        for row in page::layer_rows(&input.id, &input.text, &offsets, &layers) {
            writeln!(out, "{row}")?;
        }
        by_document.insert(input.id, rows);
    }
    Ok(by_document)
}

fn overlap(found: &Found, gold: &Gold) -> usize {
    found.end.min(gold.end).saturating_sub(found.start.max(gold.start))
}

/// The exact match of a gold row, else the one that overlaps most.
fn best<'a>(found: &'a [Found], gold: &Gold) -> Option<&'a Found> {
    let met = found.iter().filter(|row| overlap(row, gold) > 0);
    met.rev().max_by_key(|row| ((row.start, row.end) == (gold.start, gold.end), overlap(row, gold)))
}

fn score(found: &BTreeMap<String, Vec<Found>>, gold: &BTreeMap<String, Vec<Gold>>, tally: &mut Tally) {
    let none = Vec::new();
    for (id, rows) in found {
        let wanted = gold.get(id).unwrap_or(&none);
        tally.found += rows.len() as f64;
        tally.gold += wanted.len() as f64;
        for row in rows {
            tally.relaxed_found += f64::from(u8::from(wanted.iter().any(|gold| overlap(row, gold) > 0)));
        }
        for gold in wanted {
            let Some(best) = best(rows, gold) else { continue };
            tally.relaxed_gold += 1.0;
            tally.strict += f64::from(u8::from((best.start, best.end) == (gold.start, gold.end)));
            tally.right +=
                f64::from(u8::from(gold.value.as_deref().is_some_and(|value| value == best.value)));
        }
    }
}
