//! Trace: who shares text with a passage, earliest first? Nothing is stored.

use crate::format::plural;
use crate::frame::headed;
use crate::letters::letters;
use crate::{Links, Shelf, Touched};
use case::{Case, Result};
use maud::{Markup, html};
use model::{DocId, Offsets};
use serde_json::{Value, json};

/// Letters of the longest passage that a page takes.
pub const LONGEST: usize = 100_000;

/// A stretch of a document that stands in the passage too.
pub struct TraceRow {
    /// The document.
    pub document: DocId,
    /// Its short name.
    pub sigil: String,
    /// Its title, else its name.
    pub name: String,
    /// The record id, else the file name.
    pub file: String,
    /// Its origin's number.
    pub origin: usize,
    /// When it was published, where that is known.
    pub published: Option<String>,
    /// Where in the document, in code points.
    pub chars: (usize, usize),
    /// Where in the passage, in code points.
    pub in_passage: (usize, usize),
    /// The words of the document.
    pub words: String,
    /// The first byte of the words' passage in the document.
    pub at: usize,
}

/// Who shares text with a passage.
pub struct TracePage {
    /// The shelf.
    pub shelf: Shelf,
    /// The passage.
    pub passage: String,
    /// Where its words stand, earliest document first, those of unknown date last.
    pub rows: Vec<TraceRow>,
    /// The points it touches.
    pub touched: Vec<Touched>,
}

impl TracePage {
    /// Traces a passage.
    ///
    /// # Errors
    /// Where the case cannot be read.
    pub fn of(case: &Case, passage: &str) -> Result<TracePage> {
        let mut shelf = Shelf::of(case)?;
        let here = Offsets::new(passage);
        let mut found = case.trace(passage)?;
        shelf.fetch(case, found.iter().map(|traced| traced.document))?;
        let date = |document: DocId| {
            shelf.get(document).and_then(|entry| entry.published.as_ref()).map(|known| known.value.clone())
        };
        found.sort_by_key(|traced| {
            let date = date(traced.document);
            (date.is_none(), date, shelf.place(traced.document))
        });
        let mut rows = Vec::new();
        for traced in &found {
            let Some(entry) = shelf.get(traced.document) else { continue };
            let document = case.document(traced.document)?;
            let there = Offsets::new(&document.text);
            for (in_passage, span) in &traced.spans {
                let at = document.passages.iter().find(|p| p.span.end() > span.start());
                rows.push(TraceRow {
                    document: traced.document,
                    sigil: shelf.sigil(traced.document),
                    name: entry.heading().to_owned(),
                    file: entry.file.clone(),
                    origin: shelf.origin_number(entry.origin),
                    published: date(traced.document),
                    chars: there.chars_of_span(&document.text, *span),
                    in_passage: here.chars_of_span(passage, *in_passage),
                    words: span.of(&document.text).to_owned(),
                    at: at.map_or(0, |passage| passage.span.start()),
                });
            }
        }
        let touched = crate::touched(case, passage)?;
        Ok(TracePage { shelf, passage: passage.to_owned(), rows, touched })
    }

    /// What was found, in a sentence.
    pub fn sentence(&self) -> String {
        let mut documents: Vec<DocId> = self.rows.iter().map(|row| row.document).collect();
        documents.dedup();
        let mut origins: Vec<usize> = self.rows.iter().map(|row| row.origin).collect();
        origins.sort_unstable();
        origins.dedup();
        match documents.len() {
            0 => "No shared text was found. A paraphrase or a translation would escape.".to_owned(),
            count => format!(
                "{} of {} share text with it, earliest first; which came first is known only where the dates are.",
                plural(count, "document"),
                plural(origins.len(), "origin")
            ),
        }
    }

    /// As a page.
    pub fn html(&self, links: Links) -> Markup {
        html! {
            (headed("Trace", "who has a passage, and what it touches"))
            form .trace action="/trace" method="post" {
                label for="passage" { "Paste a passage: twelve words and more are sought in the accounts, and what it tells is laid beside the points. Nothing is stored, and it stands in no address." }
                textarea #passage name="passage" rows="6" maxlength=(LONGEST) { (self.passage) }
                button type="submit" { "Trace" }
            }
            @if !self.passage.trim().is_empty() {
                p .lead role="status" { (self.sentence()) }
                ol .plain {
                    @for row in &self.rows {
                        li .hit {
                            p {
                                span .sigil { (letters(links, &self.shelf, &[(row.document, row.chars, row.at)])) } " "
                                @match &row.published { Some(day) => { (day) }, None => { span .unknown { "date unknown" } } }
                                " · origin " span .sigil { (self.shelf.sigils_of(row.origin)) } " · "
                                a href=(links.words(row.document, row.chars, row.at)) { (row.name) }
                            }
                            blockquote { (row.words) }
                        }
                    }
                }
                h2 { "Points it touches" }
                @if self.touched.is_empty() { p { "No point of the case asks what it tells." } }
                ol .plain { @for one in &self.touched { (one.html(links, &self.shelf)) } }
            }
        }
    }

    /// As JSON, one value a stretch, then one a point it touches.
    pub fn json(&self) -> Vec<Value> {
        let row = |row: &TraceRow| {
            json!({
                "published": row.published, "origin": row.origin, "file": row.file,
                "document": row.document.to_string(), "start": row.chars.0, "end": row.chars.1, "text": row.words,
                "passage_start": row.in_passage.0, "passage_end": row.in_passage.1,
            })
        };
        self.rows.iter().map(row).chain(self.touched.iter().map(Touched::json)).collect()
    }
}
