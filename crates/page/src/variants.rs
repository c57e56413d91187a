//! Variants: where do several documents of one text differ, and how does each read there?

use crate::format::plural;
use crate::{Links, Shelf};
use align::{Reading, Wording, variants, wording};
use case::{Case, Result};
use maud::{Markup, html};
use model::{DocId, Document, Offsets, Span};
use serde_json::{Value, json};

/// Documents laid on one another.
pub struct VariantsPage {
    /// The shelf they stand on.
    pub shelf: Shelf,
    /// The documents.
    pub documents: Vec<Document>,
    /// The places where they differ, in the order of the longest.
    pub rows: Vec<VariantRow>,
    /// Whether any two share text.
    pub sharing: bool,
}

/// A place where documents differ.
pub struct VariantRow {
    /// A few words before it.
    pub before: String,
    /// How each document reads: a number for each reading, and its words; `None` where it lacks the passage.
    pub readings: Vec<Option<(u32, Option<Span>)>>,
}

/// Words shown before a variant.
const BEFORE: usize = 4;

impl VariantsPage {
    /// Lays documents on one another.
    ///
    /// # Errors
    /// Where the case cannot be read or an id is unknown.
    pub fn of(case: &Case, documents: &[DocId]) -> Result<VariantsPage> {
        let shelf = Shelf::of(case)?;
        let documents: Vec<Document> =
            documents.iter().map(|id| case.document(*id)).collect::<Result<_>>()?;
        let wordings: Vec<_> = documents.iter().map(|document| wording(&document.text)).collect();
        let found = variants(&wordings.iter().collect::<Vec<_>>());
        let longest =
            (0..wordings.len()).max_by_key(|at| (wordings[*at].len(), std::cmp::Reverse(*at))).unwrap_or(0);
        let rows = found.into_iter().map(|variant| {
            let from = (variant.at as usize).saturating_sub(BEFORE);
            let words = &wordings[longest].spans;
            let before = (variant.at as usize).checked_sub(1).and_then(|last| {
                Some(words.get(from)?.join(*words.get(last)?).of(&documents[longest].text).to_owned())
            });
            let readings = variant.readings.into_iter().map(|reading| match reading {
                Reading::Missing => None,
                Reading::Words { number, span } => Some((number, span)),
            });
            VariantRow { before: before.unwrap_or_default(), readings: readings.collect() }
        });
        let rows: Vec<VariantRow> = rows.collect();
        let shares = |(at, one): (usize, &Wording)| {
            wordings[..at].iter().any(|other| !align::overlaps(other, one).is_empty())
        };
        let sharing = !rows.is_empty() || wordings.iter().enumerate().any(shares);
        Ok(VariantsPage { shelf, rows, sharing, documents })
    }

    /// What they are, in a sentence.
    pub fn sentence(&self) -> String {
        let documents = plural(self.documents.len(), "document");
        match self.rows.len() {
            0 if !self.sharing => format!(
                "{documents}: no two of them share text, and so there is nothing to lay on one another."
            ),
            0 => format!("{documents} laid on one another: they are equal wherever they share text."),
            rows => format!(
                "{documents} laid on one another: they differ at {}. Which reading is the older the table does not say.",
                plural(rows, "place")
            ),
        }
    }

    /// The words of a reading.
    pub fn words(&self, document: usize, span: Option<Span>) -> &str {
        span.map_or("–", |span| span.of(&self.documents[document].text))
    }

    /// The short names of the documents.
    pub fn sigils(&self) -> Vec<String> {
        self.documents.iter().map(|document| self.shelf.sigil(document.id)).collect()
    }

    /// As a page.
    pub fn html(&self, links: Links) -> Markup {
        html! {
            h1 { @for (at, sigil) in self.sigils().iter().enumerate() { @if at > 0 { ", " } span .sigil { (sigil) } } " beside one another" }
            p .lead { (self.sentence()) }
            ul .plain { @for document in &self.documents { li { span .sigil { (self.shelf.sigil(document.id)) } " " a href=(links.document(document.id)) { (document.heading()) } } } }
            @if !self.rows.is_empty() { (self.table(links)) }
        }
    }

    fn table(&self, links: Links) -> Markup {
        let offsets: Vec<Offsets> =
            self.documents.iter().map(|document| Offsets::new(&document.text)).collect();
        let address = |at: usize, span: Span| {
            let document = &self.documents[at];
            let passage = document.passages.iter().find(|passage| passage.span.covers(span));
            let chars = offsets[at].chars_of_span(&document.text, span);
            links.words(document.id, chars, passage.map_or(0, |passage| passage.span.start()))
        };
        html! {
            div .wide tabindex="0" role="region" aria-label="Variants" {
                table .variants {
                    thead { tr { th scope="col" { "after" } @for sigil in self.sigils() { th scope="col" .sigil { (sigil) } } } }
                    tbody {
                        @for row in &self.rows {
                            tr {
                                th scope="row" { "… " (row.before) }
                                @for (at, reading) in row.readings.iter().enumerate() {
                                    @match reading {
                                        None => { td .unknown { "lacks the passage" } }
                                        Some((number, span)) => {
                                            td class=(if *number == 0 { "base" } else { "apart" }) {
                                                @match span { Some(words) => { a .quote href=(address(at, *words)) { (self.words(at, *span)) } }, None => (self.words(at, None)) }
                                            }
                                        }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    /// As JSON.
    pub fn json(&self) -> Value {
        let offsets: Vec<Offsets> =
            self.documents.iter().map(|document| Offsets::new(&document.text)).collect();
        let reading = |at: usize, reading: &Option<(u32, Option<Span>)>| {
            let document = self.documents[at].id.to_string();
            match reading {
                None => json!({"document": document, "reading": null}),
                Some((number, span)) => {
                    let place = span.map(|span| offsets[at].chars_of_span(&self.documents[at].text, span));
                    json!({
                        "document": document, "reading": number, "text": span.map_or("", |span| span.of(&self.documents[at].text)),
                        "start": place.map(|place| place.0), "end": place.map(|place| place.1),
                    })
                }
            }
        };
        let rows = self.rows.iter().map(|row| {
            let readings = row.readings.iter().enumerate().map(|(at, one)| reading(at, one));
            json!({"before": row.before, "readings": readings.collect::<Vec<_>>()})
        });
        json!({
            "documents": self.documents.iter().map(|document| document.id.to_string()).collect::<Vec<_>>(),
            "variants": rows.collect::<Vec<_>>(),
        })
    }
}
