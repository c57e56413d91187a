//! One point: a question with its readings beside one another, as a part of a page and as JSON.

use crate::cells::{Cell, others};
use crate::format::{plural, value_words};
use crate::letters::letters;
use crate::marked::{Mark, marked};
use crate::texts::Standing;
use crate::verdict::{details, parting_first};
use crate::{Links, Shelf};
use annotate::Asked;
use collate::{PointKind, Value, Verdict};
use maud::{Markup, html};
use model::{Certainty, DocId, Span};
use serde_json::json;

/// Readings printed of one point; the rest is counted.
pub(crate) const READINGS: usize = 24;

/// Points on one page.
pub const POINTS: usize = 50;

/// Origins beyond which those at which nothing was found are counted and not listed.
const CELLS: usize = 100;

/// One reading with everything needed to print it.
pub struct ReadingRow {
    /// The first document that says it.
    pub document: DocId,
    /// Its short name.
    pub sigil: String,
    /// What exchange formats call it.
    pub file: String,
    /// The number of its origin.
    pub origin: usize,
    /// What it says.
    pub value: Value,
    /// The words of the value with its noun, in code points.
    pub chars: (usize, usize),
    /// The words.
    pub quote: String,
    /// The sentence, and where in it the words stand.
    pub sentence: String,
    pub(crate) within: Span,
    pub(crate) passage: usize,
    /// The other documents of the origin that carry the same words.
    pub copies: Vec<Witness>,
    /// Still more of them.
    pub further: Vec<DocId>,
    /// How often the origin says it.
    pub times: usize,
    /// How certainly it is said, and by whom, the outermost first: of the smallest statement that holds it. `None` = the
    /// author says it flatly, or it was not read.
    pub told: Option<(Certainty, Vec<String>)>,
    /// What it rests on.
    pub rests_on: RestsOn,
    /// Numbers of the references that support it, with their addresses.
    pub refs: Vec<(u32, Option<String>)>,
}

impl ReadingRow {
    /// The short names of those who have it, copies as one: "A=B".
    pub fn sigils(&self) -> String {
        let copies = self.copies.iter().map(|copy| copy.sigil.as_str());
        let further = (!self.further.is_empty()).then_some("…");
        std::iter::once(self.sigil.as_str()).chain(copies).chain(further).collect::<Vec<_>>().join("=")
    }

    /// The same as links, each to its own words.
    pub(crate) fn sigils_html(&self, links: Links, shelf: &Shelf) -> Markup {
        let own = (self.document, self.chars, self.passage);
        let copies = self.copies.iter().map(|copy| (copy.document, copy.chars, copy.passage));
        let witnesses: Vec<Standing> = std::iter::once(own).chain(copies).collect();
        html! {
            (letters(links, shelf, &witnesses))
            @if !self.further.is_empty() { span title=(plural(self.further.len(), "more copy")) { "=…" } }
        }
    }

    /// Where its words stand in a document, if that is one of those that have them.
    pub(crate) fn standing_in(&self, id: DocId) -> Option<Standing> {
        let copy = || self.copies.iter().find(|copy| copy.document == id);
        match self.document == id {
            true => Some((id, self.chars, self.passage)),
            false => copy().map(|copy| (id, copy.chars, copy.passage)),
        }
    }
}

/// A document as bearer of a reading.
#[derive(Clone, Debug)]
pub struct Witness {
    /// The document.
    pub document: DocId,
    /// Its short name.
    pub sigil: String,
    /// Where it has the words, in code points.
    pub chars: (usize, usize),
    pub(crate) passage: usize,
}

/// What a reading rests on, as its account tells.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum RestsOn {
    /// A reference that leads to a document of this case.
    CaseDocument,
    /// A reference that leads elsewhere.
    CitedDocument,
    /// The word of somebody by name.
    NamedSource,
    /// The word of somebody without a name, or of nobody in particular.
    AnonymousSource,
    /// The author's word alone.
    Nothing,
}

impl RestsOn {
    /// As exchange formats call it.
    pub fn word(self) -> &'static str {
        match self {
            RestsOn::CaseDocument => "document of the case",
            RestsOn::CitedDocument => "cited document",
            RestsOn::NamedSource => "named source",
            RestsOn::AnonymousSource => "anonymous source",
            RestsOn::Nothing => "nothing",
        }
    }
}

/// One point with its readings.
pub struct PointRow {
    /// What kind.
    pub kind: PointKind,
    /// The blocking key.
    pub key: String,
    /// The question as a reader would put it.
    pub question: String,
    /// How the readings stand to one another.
    pub verdict: Verdict,
    /// The class of happening and what is asked of it, where it is made of claims.
    pub asks: Option<(String, Asked)>,
    /// Whether it is a count that grows.
    pub series: bool,
    /// Distinct origins.
    pub origins: usize,
    /// Distinct documents.
    pub documents: usize,
    /// The readings.
    pub readings: Vec<ReadingRow>,
    /// Readings not printed.
    pub more: usize,
    /// Whether it is made of statements in like words, and not of readings under one key.
    pub alike: bool,
    /// Its place among all points of the case, from 0.
    pub place: usize,
    /// What each origin has here, by its number; empty in a case too large for it.
    pub cells: Vec<(usize, Cell)>,
}

impl PointRow {
    /// The address of the point on the page of points.
    pub(crate) fn address(&self, links: Links) -> String {
        match (links, self.place / POINTS) {
            (Links::Served, 0) => format!("/points#{}", self.anchor()),
            (Links::Served, page) => format!("/points?from={}#{}", page * POINTS, self.anchor()),
            (Links::Report, 0) => format!("#{}", self.anchor()),
            // A report may print fewer points than there are.
            (Links::Report, _) => links.page("points"),
        }
    }

    fn anchor(&self) -> String {
        let key: String = self.key.chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).collect();
        format!("{}-{key}", self.kind.word())
    }

    /// As a part of a page, with all its readings.
    pub(crate) fn html(&self, links: Links, shelf: &Shelf) -> Markup {
        let all: Vec<&ReadingRow> = self.readings.iter().collect();
        html! { article .point id=(self.anchor()) { (self.body(links, shelf, &all)) } }
    }

    /// As a part of a page that shows a few readings, those that part first.
    pub(crate) fn brief(&self, links: Links, shelf: &Shelf, readings: usize) -> Markup {
        let first: Vec<&ReadingRow> = parting_first(self).into_iter().take(readings).collect();
        html! { article .point { (self.body(links, shelf, &first)) } }
    }

    fn body(&self, links: Links, shelf: &Shelf, shown: &[&ReadingRow]) -> Markup {
        let left = self.more + self.readings.len() - shown.len();
        html! {
            h3 { (self.question) }
            p .verdict {
                span .tag .(self.verdict.word()) { (self.verdict.word()) }
                " " (details(self).join(" ")) " " (plural(self.origins, "origin")) ", " (plural(self.documents, "document")) "."
            }
            table .readings.stack {
                thead .hidden { tr { th { "Documents" } th { "Value" } th { "Sentence" } } }
                tbody { @for reading in shown { (reading.html(links, shelf)) } }
            }
            @for sentence in others(&self.cells, shelf) { p .by { (sentence) } }
            @if left > 0 {
                p .by {
                    (plural(left, "more reading"))
                    @if shown.len() < self.readings.len() { ", " a href=(self.address(links)) { "shown with the point" } }
                }
            }
        }
    }

    /// As one JSON value (DESIGN: the `point` row); in a case of many origins those at which nothing was found are only counted.
    pub(crate) fn json(&self, origins: usize) -> serde_json::Value {
        let told = |(_, cell): &&(usize, Cell)| origins <= CELLS || *cell != Cell::NothingFound;
        json!({
            "kind": self.kind.word(), "key": self.key, "question": self.question, "verdict": self.verdict.word(),
            "detail": details(self).join(" "), "origins": self.origins, "documents": self.documents,
            "readings": self.readings.iter().map(ReadingRow::json).collect::<Vec<_>>(), "readings_left_out": self.more,
            "cells": self.cells.iter().filter(told).map(|(origin, cell)| json!({"origin": origin, "cell": cell.word()})).collect::<Vec<_>>(),
            "nothing_found": self.cells.iter().filter(|(_, cell)| *cell == Cell::NothingFound).count(),
        })
    }
}

impl ReadingRow {
    fn html(&self, links: Links, shelf: &Shelf) -> Markup {
        let here = [Mark { span: self.within, class: "here", title: String::new() }];
        html! {
            tr {
                th scope="row" .sigil { (self.sigils_html(links, shelf)) }
                td .value { (value_words(&self.value)) }
                td .sentence {
                    a .quote href=(links.words(self.document, self.chars, self.passage)) {
                        (marked(&self.sentence, Span::new(0, self.sentence.len()), &here, None))
                    }
                    @if let Some((certainty, chain)) = &self.told { span .by { " " (certainty.word()) @if !chain.is_empty() { ", by " (chain.join(" > ")) } } }
                    @for (number, _) in &self.refs { span .by { " [" (number) "]" } }
                    @if self.times > 1 { span .by { " said " (self.times) " times" } }
                }
            }
        }
    }

    fn json(&self) -> serde_json::Value {
        let copies = self.copies.iter().map(|copy| copy.document).chain(self.further.iter().copied());
        json!({
            "file": self.file, "document": self.document.to_string(), "start": self.chars.0, "end": self.chars.1,
            "quote": self.quote, "value": value_json(&self.value), "origin": self.origin,
            "copies": copies.map(|id| id.to_string()).collect::<Vec<_>>(),
            "certainty": certainty(self).word(),
            "rests_on": self.rests_on.word(),
            "refs": self.refs.iter().map(|(number, link)| json!({"number": number, "link": link})).collect::<Vec<_>>(),
            "attributed_to": self.told.as_ref().filter(|(_, chain)| !chain.is_empty()).map(|(_, chain)| chain.join(" > ")),
        })
    }
}

/// How certainly a reading is said; a denial is folded into yes and no already.
fn certainty(reading: &ReadingRow) -> Certainty {
    let told = reading.told.as_ref().map_or(Certainty::Asserted, |(certainty, _)| *certainty);
    match reading.value {
        Value::Polarity(_) if told == Certainty::Denied => Certainty::Asserted,
        _ => told,
    }
}

fn value_json(value: &Value) -> serde_json::Value {
    match value {
        Value::Quantity(low, high)
        | Value::Near(low, high)
        | Value::About(low, high)
        | Value::Length(low, high) => json!([low, high]),
        Value::Date(date) => json!(date.edtf()),
        Value::Label(label) => json!(label),
        Value::Names(names) => json!(names),
        Value::Places(spots) => json!(spots.iter().map(|spot| &spot.name).collect::<Vec<_>>()),
        Value::Polarity(yes) => json!(if *yes { "yes" } else { "no" }),
        Value::Said(words) => json!(words),
        Value::Untold => json!(null),
    }
}
