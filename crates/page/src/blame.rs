//! Who is said to be behind what happened: the blamed against the origins, each cell with certainty and through whom.

use crate::frame::headed;
use crate::marked::{Mark, marked};
use crate::point::{PointRow, ReadingRow};
use crate::reading::rows_of;
use crate::{Links, Shelf, plural};
use case::{Case, MOST_DRAWN, Result};
use collate::Value;
use maud::{Markup, html};
use model::{Certainty, Span};
use serde_json::json;
use std::collections::BTreeSet;

/// The page.
pub struct BlamePage {
    /// Who is blamed, by place and then by how many origins speak of it.
    pub rows: Vec<BlameRow>,
    /// The origins with a cell, by number.
    pub origins: Vec<usize>,
    /// How many are blamed.
    pub count: usize,
    /// The documents.
    pub shelf: Shelf,
}

/// Somebody who is said to stand behind what happened, or not to.
pub struct BlameRow {
    /// The country it happened in, where it is known.
    pub place: Option<String>,
    /// Who.
    pub who: String,
    /// What the origins say.
    pub point: PointRow,
}

/// What a reading says, in a word: denied, or how certainly it is said.
pub fn stance(reading: &ReadingRow) -> &'static str {
    match (&reading.value, &reading.told) {
        (Value::Polarity(false), _) => "denied",
        (_, Some((certainty, _))) => certainty.word(),
        _ => Certainty::Asserted.word(),
    }
}

/// Through whom a reading is told, the outermost first; empty where the account says it itself.
pub fn through(reading: &ReadingRow) -> String {
    reading.told.as_ref().map(|(_, chain)| chain.join(" > ")).unwrap_or_default()
}

impl BlamePage {
    /// Those blamed in a case, so many at most.
    ///
    /// # Errors
    /// Where the case cannot be read.
    pub fn of(case: &Case, limit: usize) -> Result<BlamePage> {
        case.steady(|| BlamePage::made(case, limit))
    }

    fn made(case: &Case, limit: usize) -> Result<BlamePage> {
        let mut shelf = Shelf::of(case)?;
        let mut blamed = case.drawn_points()?.blamed;
        let count = blamed.len();
        // Those most origins speak of, in the order of the table.
        let mut most: Vec<usize> = (0..count).collect();
        most.sort_by_key(|at| (std::cmp::Reverse(blamed[*at].point.origins), *at));
        let kept: BTreeSet<usize> = most.into_iter().take(limit).collect();
        let mut at = 0;
        blamed.retain(|_| {
            at += 1;
            kept.contains(&(at - 1))
        });
        let points: Vec<collate::Point> = blamed.iter().map(|one| one.point.clone()).collect();
        let made = rows_of(case, &mut shelf, &points)?;
        let rows: Vec<BlameRow> = blamed
            .into_iter()
            .zip(made)
            .map(|(one, point)| BlameRow { place: one.place, who: one.who, point })
            .collect();
        let origins: BTreeSet<usize> =
            rows.iter().flat_map(|row| row.point.readings.iter().map(|reading| reading.origin)).collect();
        Ok(BlamePage { rows, origins: origins.into_iter().collect(), count, shelf })
    }

    /// As a page.
    pub fn html(&self, links: Links) -> Markup {
        html! {
            (headed("Blame", "who is said to be behind it"))
            p .lead { "Everybody whom an account names as standing behind what happened, against the origins that say so, hedge or deny. One origin is one column, however many copies it has. Whether anybody was behind it is not for a program to say." }
            p .coverage {
                (self.count) " blamed, " (plural(self.origins.len(), "origin")) ". Names are one where they are spelt alike or the case knows the actor; English only. An empty cell is no reading, and no silence."
                @if self.shelf.len() > MOST_DRAWN { " Not looked at in a case of this size." }
            }
            @if self.rows.is_empty() { p { "Nobody is said to be behind what happened, in the sentences that were read." } }
            @for of_place in self.rows.chunk_by(|a, b| a.place == b.place) {
                @if let Some(place) = &of_place[0].place { h2 { "What happened in " (place) } }
                div .wide {
                    table .matrix.stack {
                        thead { tr { th { "Behind it" } @for origin in &self.origins { th .sigil { (self.shelf.sigils_of(*origin)) } } } }
                        tbody { @for row in of_place { (self.row_html(links, row)) } }
                    }
                }
            }
            @if self.count > self.rows.len() { p .by { (plural(self.count - self.rows.len(), "more row")) " not printed." } }
        }
    }

    /// A row of the table, and under it the sentences.
    fn row_html(&self, links: Links, row: &BlameRow) -> Markup {
        let of = |origin: usize| row.point.readings.iter().filter(move |reading| reading.origin == origin);
        html! {
            tr .cells {
                th scope="row" { (row.who) }
                @for origin in &self.origins {
                    td data-label=(self.shelf.sigils_of(*origin)) {
                        @for reading in of(*origin) {
                            div {
                                a href=(links.words(reading.document, reading.chars, reading.passage)) { (stance(reading)) }
                                @if !through(reading).is_empty() { span .by { " by " (through(reading)) } }
                            }
                        }
                    }
                }
            }
            tr .sentences {
                td colspan=(self.origins.len() + 1) {
                    @for reading in &row.point.readings {
                        p .by {
                            span .sigil { (reading.sigils_html(links, &self.shelf)) } " "
                            a .quote href=(links.words(reading.document, reading.chars, reading.passage)) {
                                (marked(&reading.sentence, Span::new(0, reading.sentence.len()), &[Mark { span: reading.within, class: "here", title: String::new() }], None))
                            }
                        }
                    }
                }
            }
        }
    }

    /// As JSON, one value for everybody blamed.
    pub fn json(&self) -> Vec<serde_json::Value> {
        let reading = |one: &ReadingRow| {
            json!({
                "origin": one.origin, "file": one.file, "start": one.chars.0, "end": one.chars.1, "quote": one.quote, "says": stance(one),
                "attributed_to": Some(through(one)).filter(|chain| !chain.is_empty()),
            })
        };
        let row = |row: &BlameRow| {
            json!({
                "who": row.who, "place": row.place, "origins": row.point.origins, "verdict": row.point.verdict.word(),
                "readings": row.point.readings.iter().map(reading).collect::<Vec<_>>(),
            })
        };
        self.rows.iter().map(row).collect()
    }
}
