//! Points: where do they part?

use crate::cells::{Cell, Cells, others};
use crate::format::{plural, value_words};
use crate::marked::{Mark, marked};
use crate::question::asked;
use crate::verdict::details;
use crate::{Links, Shelf};
use annotate::{Asked, Citation};
use case::{Case, MOST_DRAWN, MOST_LIKENED, Result};
use collate::{ALIKE, Point, PointKind, Reading, SHARED, Value, Verdict};
use maud::{Markup, html};
use model::passage::Passage;
use model::{Attribution, Certainty, DocId, Document, Offsets, SourceKind, Span};
use serde_json::json;
use std::collections::BTreeMap;

/// Readings printed of one point; the rest is counted.
const READINGS: usize = 24;

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
    within: Span,
    pub(crate) passage: usize,
    /// The other documents of the origin that carry the same words, by short name.
    pub copies: Vec<(DocId, String)>,
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
        let copies = self.copies.iter().map(|(_, sigil)| sigil.as_str());
        std::iter::once(self.sigil.as_str()).chain(copies).collect::<Vec<_>>().join("=")
    }
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
    /// What each origin has here, by its number; empty in a case too large for it.
    pub cells: Vec<(usize, Cell)>,
}

/// The points of a case.
pub struct PointsPage {
    /// The points, best first.
    pub rows: Vec<PointRow>,
    /// How many there are, and conflicts among them.
    pub counts: (usize, usize),
    /// The documents.
    pub shelf: Shelf,
}

/// Said wherever points are shown.
pub(crate) const CRUDE: &str = "Numbers meet by their noun and by rare words their sentences share; who, when and whether by the kind of happening and what it was done to; names by the person or the country \
    they stand beside. Last come statements that only share words, with the days and sums they give. Readings of one point may still answer different questions; the sentence tells.";

impl PointsPage {
    /// The best points of a case.
    ///
    /// # Errors
    /// Where the case cannot be read.
    pub fn of(case: &Case, limit: usize) -> Result<PointsPage> {
        case.steady(|| PointsPage::made(case, limit))
    }

    fn made(case: &Case, limit: usize) -> Result<PointsPage> {
        let mut shelf = Shelf::of(case)?;
        let drawn = case.drawn_points()?.points;
        let every = shelf.len() <= MOST_DRAWN;
        let mut points = case.points_apart(case.points(if every { usize::MAX } else { limit })?, &drawn)?;
        points.extend(drawn);
        case::drop_repeats(&mut points);
        let conflicts = points.iter().filter(|point| point.verdict == Verdict::Conflict).count();
        let counts = if every { (points.len(), conflicts) } else { case.point_counts()? };
        points.sort_by_key(|point| (point.rank(), point.kind, point.key.clone()));
        points.truncate(limit);
        fetch(case, &mut shelf, &points, READINGS)?;
        let mut texts = Texts { case, shelf: &shelf, known: BTreeMap::new() };
        let cells = if every { Some(Cells::of(case)?) } else { None };
        let mut rows = Vec::new();
        for point in &points {
            let mut row = texts.row(point, READINGS)?;
            if let Some(cells) = &cells {
                row.cells = cells.row(&shelf, point, &row, &texts.words(point)?)?;
            }
            rows.push(row);
        }
        Ok(PointsPage { rows, counts, shelf })
    }

    /// The points of labels alone: what the accounts call one person, or what happened in one country.
    ///
    /// # Errors
    /// Where the case cannot be read.
    pub fn labels(case: &Case, limit: usize) -> Result<PointsPage> {
        let mut page = PointsPage::of(case, usize::MAX)?;
        page.rows.retain(|row| row.kind == PointKind::Label);
        let conflicts = page.rows.iter().filter(|row| row.verdict == Verdict::Conflict).count();
        page.counts = (page.rows.len(), conflicts);
        page.rows.truncate(limit);
        Ok(page)
    }

    /// As a page.
    pub fn html(&self, links: Links) -> Markup {
        html! {
            h1 { "Where the accounts part" }
            p .lead { (CRUDE) }
            p .coverage {
                (plural(self.counts.0, "point")) ". In " (self.counts.1) " of them two origins have no value in common. "
                "Copies count once. Who is right is not for a program to say."
                @if self.shelf.len() > MOST_DRAWN { " Not looked at in a case of this size: what the accounts call people and happenings, who did what, and what was so." }
                @if self.shelf.len() > MOST_LIKENED { " Statements in like words are looked for in cases of up to " (MOST_LIKENED) " documents." }
            }
            @if links == Links::Served { p { a href="/blame" { "Who is said to be behind it, by origin" } } }
            h2 .hidden { "The points" }
            (self.rows_html(links, usize::MAX))
        }
    }

    /// The points with at most so many readings each.
    pub(crate) fn rows_html(&self, links: Links, readings: usize) -> Markup {
        html! {
            @if self.rows.is_empty() { p { "No two origins give a number of the same noun, or a date beside the same kind of happening." } }
            @for row in &self.rows {
                article .point id=(anchor(row)) {
                    h3 { (row.question) }
                    p .verdict {
                        span .tag .(row.verdict.word()) { (row.verdict.word()) }
                        " " (details(row).join(" ")) " " (plural(row.origins, "origin")) ", " (plural(row.documents, "document")) "."
                    }
                    table .readings {
                        thead .hidden { tr { th { "Documents" } th { "Value" } th { "Sentence" } } }
                        tbody {
                            @for reading in row.readings.iter().take(readings) {
                                tr {
                                    th scope="row" .sigil {
                                        a href=(links.document(reading.document)) title=(format!("origin {}", reading.origin)) { (reading.sigil) }
                                        @for (id, sigil) in &reading.copies { " = " a href=(links.document(*id)) { (sigil) } }
                                    }
                                    td .value { (value_words(&reading.value)) }
                                    td .sentence {
                                        a .quote href=(links.words(reading.document, reading.chars, reading.passage)) {
                                            (marked(&reading.sentence, Span::new(0, reading.sentence.len()), &[Mark { span: reading.within, class: "here", title: String::new() }], None))
                                        }
                                        @if let Some((certainty, chain)) = &reading.told { span .by { " " (certainty.word()) @if !chain.is_empty() { ", by " (chain.join(" > ")) } } }
                                        @for (number, _) in &reading.refs { span .by { " [" (number) "]" } }
                                        @if reading.times > 1 { span .by { " said " (reading.times) " times" } }
                                    }
                                }
                            }
                        }
                    }
                    @for sentence in others(&row.cells) { p .by { (sentence) } }
                    @let left = row.more + row.readings.len().saturating_sub(readings);
                    @if left > 0 { p .by { (plural(left, "more reading")) @if readings < READINGS { ", " a href=(format!("{}{}", links.page("points"), if links == Links::Served { format!("#{}", anchor(row)) } else { String::new() })) { "shown with the point" } } } }
                }
            }
        }
    }

    /// As JSON, one value a point (DESIGN: the `point` row).
    pub fn json(&self) -> Vec<serde_json::Value> {
        let reading = |reading: &ReadingRow| {
            json!({
                "file": reading.file, "document": reading.document.to_string(), "start": reading.chars.0, "end": reading.chars.1,
                "quote": reading.quote, "value": value_json(&reading.value), "origin": reading.origin,
                "copies": reading.copies.iter().map(|(id, _)| id.to_string()).collect::<Vec<_>>(),
                "certainty": certainty(reading).word(),
                "rests_on": reading.rests_on.word(),
                "refs": reading.refs.iter().map(|(number, link)| json!({"number": number, "link": link})).collect::<Vec<_>>(),
                "attributed_to": reading.told.as_ref().filter(|(_, chain)| !chain.is_empty()).map(|(_, chain)| chain.join(" > ")),
            })
        };
        let few = self.shelf.origin_count() <= CELLS;
        let told = |(_, cell): &&(usize, Cell)| few || *cell != Cell::NothingFound;
        let row = |row: &PointRow| {
            json!({
                "kind": row.kind.word(), "key": row.key, "question": row.question, "verdict": row.verdict.word(),
                "detail": details(row).join(" "), "origins": row.origins, "documents": row.documents,
                "readings": row.readings.iter().map(reading).collect::<Vec<_>>(), "readings_left_out": row.more,
                "cells": row.cells.iter().filter(told).map(|(origin, cell)| json!({"origin": origin, "cell": cell.word()})).collect::<Vec<_>>(),
                "nothing_found": row.cells.iter().filter(|(_, cell)| *cell == Cell::NothingFound).count(),
            })
        };
        self.rows.iter().map(row).collect()
    }
}

/// The rows of points, in their order, with all their readings and without what each origin has there.
///
/// # Errors
/// Where the case cannot be read.
pub(crate) fn rows_of(case: &Case, shelf: &mut Shelf, points: &[Point]) -> Result<Vec<PointRow>> {
    fetch(case, shelf, points, usize::MAX)?;
    let mut texts = Texts { case, shelf, known: BTreeMap::new() };
    points.iter().map(|point| texts.row(point, usize::MAX)).collect()
}

/// Puts the documents that speak at points on the shelf.
fn fetch(case: &Case, shelf: &mut Shelf, points: &[Point], most: usize) -> Result<()> {
    for reading in points.iter().flat_map(|point| point.readings.iter().take(most)) {
        shelf.fetch(case, reading.witnesses.iter().map(|(id, ..)| *id))?;
    }
    Ok(())
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

/// The address of a point on its page.
fn anchor(row: &PointRow) -> String {
    let key: String = row.key.chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).collect();
    format!("{}-{key}", row.kind.word())
}

/// Texts already opened while readings are made.
struct Texts<'a> {
    case: &'a Case,
    shelf: &'a Shelf,
    known: BTreeMap<DocId, Opened>,
}

struct Opened {
    text: String,
    offsets: Offsets,
    passages: Vec<Passage>,
    sentences: Vec<Span>,
    said: Vec<Attribution>,
    claims: Vec<(Span, Certainty)>,
    citations: Vec<Citation>,
}

/// The smallest statement that holds some words: how certainly it is said and by whom.
fn told(said: &[Attribution], text: &str, words: Span) -> Option<(Certainty, Vec<String>, SourceKind)> {
    let holds = |row: &&Attribution| row.content.iter().any(|span| span.covers(words));
    let mut row = said.iter().filter(holds).min_by_key(|row| row.content.covered())?;
    let (certainty, kind) = (row.certainty, row.kind);
    let mut chain = Vec::new();
    loop {
        let source: Vec<&str> = row.source.iter().filter_map(|span| span.get(text)).collect();
        if !source.is_empty() {
            chain.insert(0, source.join(" "));
        }
        match row.parent.and_then(|at| said.get(at as usize)) {
            Some(parent) if chain.len() < 5 => row = parent,
            _ => return Some((certainty, chain, kind)),
        }
    }
}

impl Texts<'_> {
    fn open(&mut self, id: DocId) -> Result<&Opened> {
        if !self.known.contains_key(&id) {
            let document = self.case.document(id)?;
            let sentences = model::sentence::sentences(&document.text, &document.passages);
            let offsets = Offsets::new(&document.text);
            let layers = self.case.layers(id)?;
            let claims = layers.claims.iter().map(|claim| (claim.span, claim.certainty)).collect();
            let citations = annotate::citations(&document.text, &document.passages);
            let Document { text, passages, .. } = document;
            let opened =
                Opened { text, offsets, passages, sentences, said: layers.attributions, claims, citations };
            self.known.insert(id, opened);
        }
        Ok(&self.known[&id])
    }

    fn row(&mut self, point: &Point, most: usize) -> Result<PointRow> {
        let mut nouns: BTreeMap<String, usize> = BTreeMap::new();
        let mut readings = Vec::new();
        for reading in point.readings.iter().take(most) {
            readings.push(self.reading(reading, &mut nouns)?);
        }
        readings.sort_by(|a, b| (a.origin, &a.sigil).cmp(&(b.origin, &b.sigil)));
        let mut nouns: Vec<(String, usize)> = nouns.into_iter().collect();
        nouns.sort_by(|a, b| (b.1, &a.0).cmp(&(a.1, &b.0)));
        let nouns: Vec<String> = nouns.into_iter().map(|(noun, _)| noun).collect();
        Ok(PointRow {
            kind: point.kind,
            key: point.key.clone(),
            question: asked(point, &nouns),
            verdict: point.verdict,
            asks: point.asks.clone(),
            series: point.series,
            origins: point.origins,
            documents: point.documents,
            more: point.readings.len() - readings.len(),
            readings,
            cells: Vec::new(),
        })
    }

    /// The words of a point's question, for a second look: what is counted or was done to, as printed, and the name in its key.
    fn words(&mut self, point: &Point) -> Result<Vec<String>> {
        if let Some(words) = point.key.strip_prefix(ALIKE) {
            return Ok(words.split(", ").map(str::to_owned).collect());
        }
        let mut words: Vec<String> = Vec::new();
        for (document, _, noun) in point.readings.iter().flat_map(|reading| reading.witnesses.iter().copied())
        {
            let Some(noun) = noun else { continue };
            let printed = noun.get(&self.open(document)?.text).unwrap_or_default();
            words.extend(printed.split_whitespace().next_back().map(str::to_owned));
        }
        let key = point.key.split(SHARED).next().unwrap_or_default();
        let name = key.rsplit([':', '·']).next().unwrap_or_default();
        words.extend(name.split_whitespace().next_back().map(str::to_owned));
        if words.is_empty() {
            words.extend(point.asks.iter().flat_map(|(class, _)| annotate::class_words(class)));
        }
        words.sort_unstable();
        words.dedup();
        Ok(words)
    }

    fn reading(&mut self, reading: &Reading, nouns: &mut BTreeMap<String, usize>) -> Result<ReadingRow> {
        // The witness whose name comes first stands for the origin; the others are its copies.
        let shelf = self.shelf;
        let mut witnesses = reading.witnesses.clone();
        witnesses.sort_by_key(|(id, span, _)| (shelf.place(*id), *span));
        let (document, span, noun) = witnesses[0];
        let mut copies: Vec<DocId> =
            witnesses.iter().map(|(id, ..)| *id).filter(|id| *id != document).collect();
        copies.dedup();
        let times = witnesses.iter().filter(|(id, ..)| *id == document).count();
        let opened = self.open(document)?;
        let sentence =
            model::sentence::sentence_at(&opened.sentences, span.start()).unwrap_or(span).join(span);
        let quote = noun
            .filter(|noun| sentence.covers(*noun) && noun.join(span).len() < 200)
            .map_or(span, |noun| noun.join(span));
        let first = noun.is_some_and(|noun| opened.sentences.iter().any(|own| own.start() == noun.start()));
        if let Some(noun) = noun.and_then(|noun| noun.get(&opened.text)) {
            // Names keep their capitals; the first letter of a sentence tells nothing.
            let name = !first || noun.chars().skip(1).any(char::is_uppercase);
            *nouns.entry(if name { noun.to_owned() } else { noun.to_lowercase() }).or_default() += 1;
        }
        let passage =
            opened.passages.iter().find(|passage| passage.span.covers(span)).map_or(0, |p| p.span.start());
        let entry = shelf.get(document);
        let told = told(&opened.said, &opened.text, quote);
        let cited = opened.citations.iter().filter(|one| one.phrase.meet(quote).is_some());
        let refs: Vec<(u32, Option<String>)> =
            cited.map(|one| (one.number, one.link.map(|link| link.of(&opened.text).to_owned()))).collect();
        let rests_on = match (&refs.iter().find_map(|(_, link)| link.as_ref()), &told) {
            (Some(link), _) if shelf.has_address(link) => RestsOn::CaseDocument,
            (Some(_), _) => RestsOn::CitedDocument,
            (None, Some((.., SourceKind::Named))) => RestsOn::NamedSource,
            (None, Some((.., SourceKind::Anonymous | SourceKind::Unspecified))) => RestsOn::AnonymousSource,
            _ => RestsOn::Nothing,
        };
        // A hedge in the clause itself lowers what its speaker says.
        let hedged =
            opened.claims.iter().filter(|(claim, _)| *claim == span).map(|(_, certainty)| *certainty).max();
        let told = match (told, hedged.filter(|hedged| *hedged > Certainty::Asserted)) {
            (Some((certainty, chain, _)), hedged) => {
                Some((hedged.map_or(certainty, |hedged| hedged.max(certainty)), chain))
            }
            (None, Some(hedged)) => Some((hedged, Vec::new())),
            (None, None) => None,
        };
        Ok(ReadingRow {
            refs,
            rests_on,
            document,
            sigil: shelf.sigil(document),
            file: entry.map(|entry| entry.file.clone()).unwrap_or_default(),
            origin: shelf.origin_number(reading.origin),
            value: reading.value.clone(),
            chars: opened.offsets.chars_of_span(&opened.text, quote),
            quote: quote.of(&opened.text).to_owned(),
            sentence: sentence.of(&opened.text).to_owned(),
            within: Span::new(span.start() - sentence.start(), span.end() - sentence.start()),
            passage,
            copies: copies.into_iter().map(|id| (id, shelf.sigil(id))).collect(),
            times,
            told,
        })
    }
}
