//! Compare: two accounts aligned, shared text joined, the rest side by side.

use crate::format::plural;
use crate::origins::percent;
use crate::{Links, Shelf};
use align::Piece;
use case::{Case, Result};
use maud::{Markup, PreEscaped, html};
use model::{DocId, Document, Offsets, Span};
use serde_json::{Value, json};

/// Words of a difference in the list of them.
const BRIEF: usize = 10;
/// Differences up to which the list is open.
const OPEN: usize = 30;

/// Two documents side by side.
pub struct ComparePage {
    /// The shelf they stand on.
    pub shelf: Shelf,
    /// The first document.
    pub a: Document,
    /// The second document.
    pub b: Document,
    /// The two texts cut into pieces.
    pub pieces: Vec<Piece>,
    /// Equal words in shared stretches.
    pub words: u32,
    /// Of the shorter text's words, 0 to 1.
    pub share: f64,
}

impl ComparePage {
    /// Two documents of a case.
    ///
    /// # Errors
    /// Where the case cannot be read or an id is unknown.
    pub fn of(case: &Case, a: DocId, b: DocId) -> Result<ComparePage> {
        let shelf = Shelf::of(case)?;
        let (a, b) = (case.document(a)?, case.document(b)?);
        let (x, y) = (align::wording(&a.text), align::wording(&b.text));
        let overlaps = align::overlaps(&x, &y);
        let pieces = align::pieces(&x, &y, &overlaps);
        let words = overlaps.iter().map(|overlap| overlap.matched).sum();
        let share = align::share(words, x.len() as u32, y.len() as u32);
        Ok(ComparePage { shelf, a, b, pieces, words, share })
    }

    fn sigil(&self, id: DocId) -> String {
        self.shelf.sigil(id)
    }

    /// What the two share, in a sentence.
    pub fn sentence(&self) -> String {
        match self.words {
            0 => "They share no text: nothing here answers anything there, and each is printed whole."
                .to_owned(),
            words => format!(
                "They share {}, {} of the shorter; which came first is unknown.",
                plural(words as usize, "equal word"),
                percent(self.share)
            ),
        }
    }

    /// As a page.
    pub fn html(&self, links: Links) -> Markup {
        let (a, b) = (self.sigil(self.a.id), self.sigil(self.b.id));
        html! {
            h1 { span .sigil { (a) } " beside " span .sigil { (b) } }
            p .lead { (self.sentence()) @if self.words > 0 { " Words are compared; punctuation, spacing and capitals are not." } }
            @if self.words > 0 { (self.differences(links)) }
            div .compare {
                div .heads {
                    h2 { a href=(links.document(self.a.id)) { span .sigil { (a) } " " (self.a.heading()) } }
                    h2 { a href=(links.document(self.b.id)) { span .sigil { (b) } " " (self.b.heading()) } }
                }
                @for (at, piece) in self.pieces.iter().enumerate() {
                    @match piece {
                        Piece::Same { a, .. } => { div .both { (paragraphs(&self.a.text, *a)) } }
                        Piece::Apart { a, b } => {
                            div .sides id=(self.anchor(links, at)) {
                                div .side data-sigil=(self.sigil(self.a.id)) { @match a { Some(a) => (paragraphs(&self.a.text, *a)), None => { p .gap { "nothing here" } } } }
                                div .side data-sigil=(self.sigil(self.b.id)) { @match b { Some(b) => (paragraphs(&self.b.text, *b)), None => { p .gap { "nothing here" } } } }
                            }
                        }
                    }
                }
            }
        }
    }

    /// Where they differ, each leading to its place below.
    fn differences(&self, links: Links) -> Markup {
        let apart: Vec<(usize, Option<Span>, Option<Span>)> = self
            .pieces
            .iter()
            .enumerate()
            .filter_map(|(at, piece)| match piece {
                Piece::Apart { a, b } => Some((at, *a, *b)),
                Piece::Same { .. } => None,
            })
            .collect();
        let brief = |text: &str, span: Option<Span>| {
            let words: Vec<&str> =
                span.and_then(|span| span.get(text)).unwrap_or("–").split_whitespace().collect();
            match words.len() {
                0..=BRIEF => words.join(" "),
                more => format!("{} … ({more} words)", words[..BRIEF].join(" ")),
            }
        };
        html! {
            @if apart.is_empty() { p { "They differ nowhere." } }
            @else {
                details .differences open[apart.len() <= OPEN] {
                    summary { h2 { "They differ at " (plural(apart.len(), "place")) } }
                    table .variants {
                        thead { tr { th .hidden { "Place" } th .sigil { (self.sigil(self.a.id)) } th .sigil { (self.sigil(self.b.id)) } } }
                        tbody {
                            @for (number, (at, a, b)) in apart.iter().enumerate() {
                                tr {
                                    th scope="row" { a href=(format!("#{}", self.anchor(links, *at))) { (number + 1) } }
                                    td data-label=(self.sigil(self.a.id)) { (brief(&self.a.text, *a)) }
                                    td data-label=(self.sigil(self.b.id)) { (brief(&self.b.text, *b)) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    /// The address of a piece within the page; a report binds several of them.
    fn anchor(&self, links: Links, at: usize) -> String {
        match links {
            Links::Served => format!("piece-{at}"),
            Links::Report => format!("piece-{}-{}-{at}", self.a.id, self.b.id),
        }
    }

    /// As JSON.
    pub fn json(&self) -> Value {
        let (x, y) = (Offsets::new(&self.a.text), Offsets::new(&self.b.text));
        let place = |offsets: &Offsets, text: &str, span: Span| {
            let (start, end) = offsets.chars_of_span(text, span);
            json!([start, end])
        };
        let in_a = |span: Option<Span>| span.map(|span| place(&x, &self.a.text, span));
        let in_b = |span: Option<Span>| span.map(|span| place(&y, &self.b.text, span));
        let pieces = self.pieces.iter().map(|piece| match piece {
            Piece::Same { a, b } => json!({"kind": "same", "a": in_a(Some(*a)), "b": in_b(Some(*b))}),
            Piece::Apart { a, b } => json!({"kind": "apart", "a": in_a(*a), "b": in_b(*b)}),
        });
        json!({
            "a": self.a.id.to_string(), "b": self.b.id.to_string(), "words": self.words,
            "share": (self.share * 1e4).round() / 1e4, "direction": "unknown", "pieces": pieces.collect::<Vec<_>>(),
        })
    }
}

/// A span of whole words with the marks glued to its first and last: "(" before, "." after.
fn with_marks(text: &str, span: Span) -> Span {
    let before = &text[..span.start()];
    let after = &text[span.end()..];
    let start =
        before.len() - before.chars().rev().take_while(|c| is_mark(*c)).map(char::len_utf8).sum::<usize>();
    let end = span.end() + after.chars().take_while(|c| is_mark(*c)).map(char::len_utf8).sum::<usize>();
    Span::new(start, end)
}

fn is_mark(c: char) -> bool {
    !c.is_alphanumeric() && !c.is_whitespace()
}

/// The words of a span, one paragraph a line of the text.
fn paragraphs(text: &str, span: Span) -> Markup {
    let mut out = String::new();
    for line in with_marks(text, span).of(text).lines().filter(|line| !line.trim().is_empty()) {
        out.push_str(&html! { p { (line) } }.into_string());
    }
    PreEscaped(out)
}
