//! Happenings on the timeline: every date the accounts give one, on one row, and a tray for those without any.

use crate::point::{PointRow, ReadingRow};
use crate::reading::rows_of;
use crate::{Links, Shelf, plural, value_words};
use case::{Case, Result};
use collate::{PointKind, Value, Verdict};
use maud::{Markup, html};
use serde_json::json;

/// Undated happenings printed; the rest is counted.
const TRAY: usize = 20;

/// A happening with the dates that the accounts give it, the earliest first.
pub struct EventRow {
    /// The point the dates meet in.
    pub point: PointRow,
    /// The dates, each with the readings that give it, by their places in the point.
    pub dates: Vec<(Value, Vec<usize>)>,
}

/// The happenings of a case.
pub struct Events {
    /// Those with a date, in the order of time.
    pub dated: Vec<EventRow>,
    /// Those that several origins tell of and no account dates.
    pub tray: Vec<PointRow>,
    /// How many more lie in the tray.
    pub more: usize,
}

/// The first minute a date may touch.
fn earliest(value: &Value) -> Option<i64> {
    match value {
        Value::Date(date) => date.bounds.and_then(|bounds| bounds.earliest_start),
        _ => None,
    }
}

impl Events {
    /// The happenings of a case.
    ///
    /// # Errors
    /// Where the case cannot be read.
    pub fn of(case: &Case, shelf: &mut Shelf) -> Result<Events> {
        let mut drawn = case.drawn_points()?;
        let happens = |point: &collate::Point| {
            point.kind == PointKind::Date
                && point.asks.is_some()
                && point.readings.iter().any(|reading| matches!(reading.value, Value::Date(_)))
        };
        drawn.points.retain(happens);
        // What one account dates stands on the line of time; what none does lies in the tray.
        let (once, mut undated): (Vec<_>, Vec<_>) =
            drawn.told_of.into_iter().partition(|point| happens(point));
        drawn.points.extend(once);
        let more = undated.len().saturating_sub(TRAY);
        undated.truncate(TRAY);
        let mut dated: Vec<EventRow> =
            rows_of(case, shelf, &drawn.points)?.into_iter().map(EventRow::of).collect();
        // A day without its year has no place among the others: it comes last.
        let place = |row: &EventRow| {
            let first = row.dates.iter().filter_map(|(value, _)| earliest(value)).min();
            (first.is_none(), first, row.point.key.clone())
        };
        dated.sort_by_key(place);
        Ok(Events { dated, tray: rows_of(case, shelf, &undated)?, more })
    }

    /// As JSON, one value a happening; those without a date have no dates.
    pub fn json(&self) -> Vec<serde_json::Value> {
        let tray = self.tray.iter().map(|row| {
            json!({"question": row.question, "verdict": null, "origins": row.origins, "dates": [], "undated": readings(row.readings.iter())})
        });
        self.dated.iter().map(EventRow::json).chain(tray).collect()
    }

    /// As a part of a page.
    pub(crate) fn html(&self, links: Links, shelf: &Shelf) -> Markup {
        html! {
            @if !self.dated.is_empty() {
                section #happenings {
                    h2 { "Happenings" }
                    p { "Dates that cannot all hold stand in brackets." }
                    div .wide {
                        table .readings.stack {
                            thead { tr { th { "Dates" } th { "Question" } th { "Told" } } }
                            tbody { @for row in &self.dated { (row.html(links, shelf)) } }
                        }
                    }
                }
            }
            @if !self.tray.is_empty() {
                section #undated {
                    h2 { "Without a date" }
                    p { "Several origins tell of these, and no account gives them a day. Nothing here is given one." }
                    ul .plain {
                        @for row in &self.tray {
                            li { (row.question) " " @for reading in &row.readings { (told(links, shelf, reading)) " " } }
                        }
                    }
                    @if self.more > 0 { p .by { (plural(self.more, "more happening")) "." } }
                }
            }
        }
    }
}

/// Where readings stand.
fn readings<'a>(of: impl Iterator<Item = &'a ReadingRow>) -> serde_json::Value {
    of.map(|one| json!({"file": one.file, "start": one.chars.0, "end": one.chars.1, "quote": one.quote, "origin": one.origin})).collect()
}

/// The short names of those who give a reading, each leading to its words.
fn told(links: Links, shelf: &Shelf, reading: &ReadingRow) -> Markup {
    html! {
        span .sigil { (reading.sigils_html(links, shelf)) }
    }
}

impl EventRow {
    fn of(point: PointRow) -> EventRow {
        let mut dates: Vec<(Value, Vec<usize>)> = Vec::new();
        for (at, reading) in
            point.readings.iter().enumerate().filter(|(_, reading)| reading.value != Value::Untold)
        {
            match dates.iter_mut().find(|(value, _)| value_words(value) == value_words(&reading.value)) {
                Some((_, given)) => given.push(at),
                None => dates.push((reading.value.clone(), vec![at])),
            }
        }
        dates.sort_by_key(|(value, given)| (earliest(value).is_none(), earliest(value), given[0]));
        EventRow { point, dates }
    }

    /// Whether the dates cannot all hold.
    pub fn parts(&self) -> bool {
        self.point.verdict == Verdict::Conflict
    }

    /// The dates in words, in brackets where they cannot all hold.
    pub fn dates_words(&self) -> String {
        let words: Vec<String> = self.dates.iter().map(|(value, _)| value_words(value)).collect();
        match self.parts() {
            true => format!("[ {} ]", words.join(" | ")),
            false => words.join("; "),
        }
    }

    /// Each date with the short names of those who give it, and of those who tell of the happening without one.
    pub fn told_words(&self) -> String {
        let names = |given: &[usize]| -> String {
            let mut names: Vec<String> = given.iter().map(|at| self.point.readings[*at].sigils()).collect();
            names.dedup();
            names.join(", ")
        };
        let mut said: Vec<String> = self
            .dates
            .iter()
            .map(|(value, given)| format!("{}: {}", value_words(value), names(given)))
            .collect();
        let untold = self.untold();
        if !untold.is_empty() {
            said.push(format!("without a date: {}", names(&untold)));
        }
        said.join("; ")
    }

    /// The readings that tell of it without a date.
    fn untold(&self) -> Vec<usize> {
        let readings = self.point.readings.iter().enumerate();
        readings.filter(|(_, reading)| reading.value == Value::Untold).map(|(at, _)| at).collect()
    }

    fn html(&self, links: Links, shelf: &Shelf) -> Markup {
        let untold = self.untold();
        html! {
            tr {
                th scope="row" { (self.dates_words()) @if self.parts() { br; span .tag.conflict { "conflict" } } }
                td .asked { (self.point.question) }
                td {
                    @for (at, (value, given)) in self.dates.iter().enumerate() {
                        @if at > 0 { br; }
                        (value_words(value)) ": "
                        @for reading in given { (told(links, shelf, &self.point.readings[*reading])) " " }
                    }
                    @if !untold.is_empty() { br; "without a date: " @for reading in untold { (told(links, shelf, &self.point.readings[reading])) " " } }
                }
            }
        }
    }

    /// As JSON.
    fn json(&self) -> serde_json::Value {
        let date = |(value, given): &(Value, Vec<usize>)| {
            let given = given.iter().map(|at| &self.point.readings[*at]);
            json!({"value": value_words(value), "readings": readings(given)})
        };
        json!({
            "question": self.point.question, "verdict": self.point.verdict.word(), "origins": self.point.origins,
            "dates": self.dates.iter().map(date).collect::<Vec<_>>(),
            "undated": readings(self.untold().into_iter().map(|at| &self.point.readings[at])),
        })
    }
}
