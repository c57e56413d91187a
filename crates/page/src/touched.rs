//! Which points of a case a pasted sentence touches, and who differs: what a fact-checker in a hurry asks.

use crate::point::PointRow;
use crate::points::PointsPage;
use crate::{Links, Shelf, plural, value_words};
use case::{Case, Result};
use collate::{ABROAD, ALIKE, BLAME, PointKind, SHARED, Spot, Value, agree_under};
use maud::{Markup, html};
use model::{Claim, ClaimKind, Layers, NameClass, Place, PlaceClass, Polarity, Span};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};

/// Readings listed of one point.
const READINGS: usize = 12;

/// Points looked at.
const MOST: usize = 1000;

/// A point that a sentence touches.
pub struct Touched {
    /// The point.
    pub row: PointRow,
    /// What the sentence says there.
    pub value: Value,
}

/// The points of a case that a passage touches, in the order of the case.
///
/// # Errors
/// Where the case cannot be read.
pub fn touched(case: &Case, passage: &str) -> Result<Vec<Touched>> {
    let mut layers = annotate::annotate(passage, Some("en"));
    for claim in &mut layers.claims {
        if case::is_denied(&layers.attributions, claim, passage) {
            claim.polarity = claim.polarity.flipped();
        }
    }
    if layers.is_empty() {
        return Ok(Vec::new());
    }
    let page = PointsPage::of(case, MOST)?;
    let mut of_key: BTreeMap<String, usize> = BTreeMap::new();
    for row in &page.rows {
        *of_key.entry(noun_of(&row.key).to_owned()).or_default() += 1;
    }
    let said = |row: &PointRow| {
        // Of several points of one noun those whose words stand in the passage.
        let shared = row.key.split_once(SHARED).map_or("", |(_, shared)| shared);
        let alone = of_key.get(noun_of(&row.key)) == Some(&1);
        said(row, if alone { "" } else { shared }, &layers, passage)
    };
    Ok(page.rows.into_iter().filter_map(|row| said(&row).map(|value| Touched { row, value })).collect())
}

/// The key of a point of numbers without the words they share.
fn noun_of(key: &str) -> &str {
    key.split(SHARED).next().unwrap_or(key)
}

/// What a passage says at a point, if it touches it. Of words that are `shared` with commas between one must stand
/// in it, if there are any.
fn said(row: &PointRow, shared: &str, layers: &Layers, passage: &str) -> Option<Value> {
    let key = noun_of(&row.key);
    match row.kind {
        PointKind::Quantity => {
            let lower = passage.to_lowercase();
            let near =
                shared.is_empty() || shared.split(", ").any(|word| lower.contains(&word.to_lowercase()));
            let quantity = layers.quantities.iter().find(|quantity| quantity.counted == key && near)?;
            Some(case::worded(&Value::Quantity(quantity.low, quantity.high), passage, quantity.span))
        }
        PointKind::Label => {
            let last = key.split_whitespace().next_back()?;
            let name = layers.names.iter().find(|name| {
                name.class == NameClass::Person
                    && name.span.get(passage).is_some_and(|words| is_of(words, key, last))
            })?;
            annotate::person_label(passage, name.span, name.title).map(|label| Value::Label(label.label))
        }
        // Two of the words they share.
        PointKind::Statement => {
            let words = key.strip_prefix(ALIKE)?.split(", ");
            let told = annotate::telling_words(passage, Span::new(0, passage.len()));
            let told: BTreeSet<String> =
                told.iter().map(|word| annotate::base(word.span.of(passage))).collect();
            let held = words.filter(|word| passage.contains(word) || told.contains(&annotate::base(word)));
            (held.count() > 1).then(|| Value::Said(passage.to_owned()))
        }
        _ if key.starts_with(BLAME) => {
            // What happened in another country is another question.
            let country = key.strip_prefix(BLAME)?;
            let mut countries =
                layers.places.iter().filter(|place| place.class == PlaceClass::Country).peekable();
            if countries.peek().is_some() && !countries.any(|place| place.name == country) {
                return None;
            }
            let so = |claim: &&Claim| claim.kind == ClaimKind::Blame && claim.polarity == Polarity::Positive;
            names(layers.claims.iter().find(so)?, passage)
        }
        _ => {
            let (class, asked) = row.asks.as_ref()?;
            let about = key.rsplit(" · ").next().unwrap_or_default().split(ABROAD).next().unwrap_or_default();
            let claim = layers
                .claims
                .iter()
                .find(|claim| claim.class == *class && speaks_of(claim, about, passage))?;
            let so = claim.polarity == Polarity::Positive;
            Some(match asked {
                annotate::Asked::Who => names(claim, passage).filter(|_| so)?,
                annotate::Asked::Whether => Value::Polarity(so),
                _ if !so => return None,
                annotate::Asked::Where | annotate::Asked::BeginsWhere => {
                    let within = |place: &&Place| claim.place.is_some_and(|phrase| phrase.covers(place.span));
                    let spots = layers.places.iter().filter(within);
                    let spots = spots.filter_map(|place| Spot::of(place, place.usage, &place.name));
                    Some(Value::Places(Spot::narrowest(spots.collect())))
                        .filter(|value| *value != Value::Places(Vec::new()))?
                }
                annotate::Asked::When | annotate::Asked::Begins => claim
                    .time
                    .and_then(|span| layers.times.iter().find(|time| time.span == span)?.stretch())
                    .map_or(Value::Untold, Value::Date),
            })
        }
    }
}

/// Those who did it; `None` where the passage names nobody.
fn names(claim: &Claim, passage: &str) -> Option<Value> {
    let words: Vec<String> =
        claim.agents.iter().filter_map(|agent| agent.get(passage)).map(str::to_owned).collect();
    (!words.is_empty()).then_some(Value::Names(words))
}

/// Whether words name whom a key names: its last word, and no other given name.
fn is_of(words: &str, key: &str, last: &str) -> bool {
    let known: Vec<&str> = key.split_whitespace().collect();
    words.ends_with(last) && words.split_whitespace().all(|word| known.contains(&word) || word.ends_with('.'))
}

/// Whether a claim tells of what a key names: a noun, or somebody by the last word of the name.
fn speaks_of(claim: &Claim, about: &str, passage: &str) -> bool {
    let Some(last) = about.split_whitespace().next_back() else { return claim.object.is_none() };
    let words = claim.object.and_then(|object| object.get(passage)).unwrap_or_default();
    let capitals = words.split_whitespace().filter(|word| word.starts_with(char::is_uppercase));
    let named = capitals.collect::<Vec<_>>().join(" ");
    claim.about.iter().any(|noun| noun == about) || !named.is_empty() && is_of(&named, about, last)
}

impl Touched {
    /// Whether a reading could hold beside what the sentence says.
    pub fn agrees(&self, value: &Value) -> bool {
        agree_under(&self.row.key, value, &self.value)
    }

    /// As a list entry of a page.
    pub(crate) fn html(&self, links: Links, shelf: &Shelf) -> Markup {
        html! {
            li .hit {
                h3 { a href=(self.row.address(links)) { (self.row.question) } }
                p { "The passage: " strong { (value_words(&self.value)) } }
                ul .plain {
                    @for reading in self.row.readings.iter().take(READINGS) {
                        li { span .tag { @if self.agrees(&reading.value) { "could be the same" } @else { "differs" } } " " span .sigil { (reading.sigils_html(links, shelf)) } " " (value_words(&reading.value)) ": " a .quote href=(links.words(reading.document, reading.chars, reading.passage)) { "“" (reading.quote) "”" } }
                    }
                    @if self.row.readings.len() > READINGS { li .by { (plural(self.row.readings.len() - READINGS, "more reading")) ", shown with the point" } }
                }
            }
        }
    }

    /// As JSON: the point with what the passage says, and whether each reading could hold beside it.
    pub fn json(&self) -> serde_json::Value {
        let readings: Vec<_> = self
            .row
            .readings
            .iter()
            .map(|reading| {
                json!({
                    "file": reading.file, "start": reading.chars.0, "end": reading.chars.1, "quote": reading.quote, "origin": reading.origin,
                    "value": value_words(&reading.value), "agrees": self.agrees(&reading.value),
                })
            })
            .collect();
        json!({
            "layer": "point", "kind": self.row.kind.word(), "question": self.row.question, "verdict": self.row.verdict.word(),
            "passage_value": value_words(&self.value), "readings": readings,
        })
    }
}
