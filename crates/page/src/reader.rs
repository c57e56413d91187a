//! The reader: what does this account say?

use crate::format::value_words;
use crate::marked::{Mark, marked};
use crate::point::PointRow;
use crate::{Links, PointsPage, Shelf};
use annotate::{Citation, Hedge, Seam, Sum};
use case::{Case, Result};
use collate::Value as Reading;
use maud::{Markup, html};
use model::calendar::days_of;
use model::{DocId, Document, Layers, Offsets, PassageKind, Span};
use serde_json::{Value, json};

/// Documents of a case whose points are shown with each account without being asked for.
const QUICK: usize = 40;
/// A place in another document: the document, code points, and the first byte of the passage.
pub(crate) type There = (DocId, (usize, usize), usize);

/// One document, open.
pub struct ReaderPage {
    /// The shelf it stands on.
    pub shelf: Shelf,
    /// The document.
    pub document: Document,
    /// The rows found in it.
    pub layers: Layers,
    /// Where it was found.
    pub locations: Vec<String>,
    /// Text it shares with others: where here, with which documents, where there.
    pub(crate) shared: Vec<(Span, Vec<There>)>,
    /// Where it reads as pasted.
    pub seams: Vec<Seam>,
    /// Totals with their parts.
    pub sums: Vec<Sum>,
    /// Its hedges.
    pub hedges: Vec<Hedge>,
    /// Its numbered references.
    pub citations: Vec<Citation>,
    /// The points in which it speaks, where they were asked for.
    pub points: Option<Vec<PointRow>>,
    pub(crate) offsets: Offsets,
    pub(crate) hit: Option<Span>,
}

impl ReaderPage {
    /// A document of a case; `hit` are words to be shown, in code points.
    ///
    /// # Errors
    /// Where the case cannot be read or the id is unknown.
    pub fn of(case: &Case, id: DocId, hit: Option<(usize, usize)>) -> Result<ReaderPage> {
        let mut shelf = Shelf::of(case)?;
        let document = case.document(id)?;
        let offsets = Offsets::new(&document.text);
        let hit = hit.and_then(|(start, end)| offsets.span_of_chars(&document.text, start, end));
        let own = document.text_id();
        let mut shared = Vec::new();
        for row in case.shared_with(own)? {
            let body = case.body(row.b.0)?;
            let there = Offsets::new(&body).chars_of_span(&body, row.b.1);
            let carriers = case.carriers(row.b.0)?;
            let passages = carriers
                .first()
                .copied()
                .map(|id| case.document(id))
                .transpose()?
                .map(|d| d.passages)
                .unwrap_or_default();
            let passage =
                passages.iter().find(|p| p.span.end() > row.b.1.start()).map_or(0, |p| p.span.start());
            shared.push((row.a.1, carriers.into_iter().map(|id| (id, there, passage)).collect()));
        }
        let twins: Vec<_> = case
            .carriers(own)?
            .into_iter()
            .filter(|other| *other != id)
            .map(|id| (id, (0, offsets.chars()), 0))
            .collect();
        shelf.fetch(case, [id])?;
        shelf.fetch(
            case,
            shared.iter().flat_map(|(_, with): &(Span, Vec<There>)| with.iter().map(|there| there.0)),
        )?;
        shelf.fetch(case, twins.iter().map(|twin: &There| twin.0))?;
        if let Some(whole) = Span::checked(0, document.text.len()).filter(|_| !twins.is_empty()) {
            shared.push((whole, twins));
        }
        let layers = case.layers(id)?;
        Ok(ReaderPage {
            locations: case.locations(id)?,
            seams: annotate::seams(&document.text, &document.passages),
            sums: annotate::sums(&document.text, &document.passages, &layers.quantities),
            hedges: annotate::hedges(&document.text, &document.passages, language(&document)),
            layers,
            citations: annotate::citations(&document.text, &document.passages),
            shelf,
            document,
            shared,
            points: None,
            offsets,
            hit,
        })
    }

    /// The same with the points in which the account speaks.
    ///
    /// # Errors
    /// Where the case cannot be read.
    pub fn with_points(self, case: &Case) -> Result<ReaderPage> {
        let points = case.steady(|| PointsPage::in_document(case, self.document.id, usize::MAX))?;
        Ok(ReaderPage { points: Some(points), ..self })
    }

    /// Whether the case is so small that its points are found while one waits for an account.
    pub fn is_quick(&self) -> bool {
        self.shelf.len() <= QUICK
    }

    fn marks(&self) -> Vec<Mark> {
        let quantities = self.layers.quantities.iter().map(|row| Mark {
            span: row.span,
            class: "q",
            title: format!(
                "number: {} ({})",
                value_words(&Reading::Quantity(row.low, row.high)),
                row.counted
            ),
        });
        let times = self.layers.times.iter().map(|row| Mark {
            span: row.span,
            class: "t",
            title: format!("time: {}", row.gloss()),
        });
        let shared = self.shared.iter().map(|(span, with)| Mark {
            span: *span,
            class: if self.seen_before(with).is_some() { "shared copied" } else { "shared" },
            title: match self.seen_before(with) {
                Some((id, day)) => format!("first seen in {} ({day})", self.sigil(id)),
                None => format!(
                    "also in {}",
                    with.iter().map(|(id, ..)| self.sigil(*id)).collect::<Vec<_>>().join(", ")
                ),
            },
        });
        let seams = self.seams.iter().map(|seam| Mark {
            span: seam.span,
            class: "seam",
            title: format!("reads as pasted: {}", seam.kind.gloss()),
        });
        quantities.chain(times).chain(shared).chain(seams).collect()
    }

    /// The earliest of some documents that share a stretch, where it was surely published before this one.
    pub(crate) fn seen_before(&self, with: &[There]) -> Option<(DocId, String)> {
        let published = |id: DocId| Some(self.shelf.get(id)?.published.as_ref()?.value.clone());
        let own = days_of(&published(self.document.id)?)?;
        let dated = with.iter().filter_map(|(id, ..)| {
            let day = published(*id)?;
            Some((days_of(&day)?, *id, day))
        });
        let first = dated.min_by(|a, b| a.0.0.total_cmp(&b.0.0).then(a.1.cmp(&b.1)))?;
        (first.0.1 < own.0).then_some((first.1, first.2))
    }

    pub(crate) fn sigil(&self, id: DocId) -> String {
        self.shelf.sigil(id)
    }

    /// As a page.
    pub fn html(&self, links: Links) -> Markup {
        let document = &self.document;
        let text = &document.text;
        let marks = self.marks();
        let entry = self.shelf.get(document.id);
        let anchor = |start: usize| match links {
            Links::Served => format!("p{start}"),
            Links::Report => format!("d-{}-p{start}", document.id),
        };
        let headings: Vec<_> = document.passages.iter().filter(|p| p.kind == PassageKind::Heading).collect();
        html! {
            div .reader {
                nav .outline aria-label="Outline" {
                    @if !headings.is_empty() {
                        h2 { "Outline" }
                        ol { @for heading in headings { li { a href=(format!("#{}", anchor(heading.span.start()))) { (heading.span.of(text)) } } } }
                    }
                }
                article .account lang=[document.language.as_ref().map(|l| &l.value)] data-chars=(self.offsets.chars()) {
                    header {
                        h1 { span .sigil { (self.sigil(document.id)) } " " (document.heading()) }
                        dl .facts {
                            @for (name, known) in [("By", &document.byline), ("Outlet", &document.outlet), ("Published", &document.published), ("Address", &document.url), ("Language", &document.language)] {
                                dt { (name) }
                                dd { @match known { Some(known) => { (known.value) " " span .by { "(" (known.from) ")" } }, None => { span .unknown { "unknown" } } } }
                            }
                            dt { "Origin" }
                            @let origin = entry.map_or(0, |entry| self.shelf.origin_number(entry.origin));
                            dd { a .sigil href=(links.origin(origin)) { (self.shelf.sigils_of(origin)) } }
                        }
                        @for warning in &document.warnings { p .warning { (warning.text) @if !warning.hint.is_empty() { "; " (warning.hint) } } }
                    }
                    div .text {
                        @for run in document.passages.chunk_by(|a, b| a.kind == PassageKind::List && b.kind == PassageKind::List) {
                            @if run[0].kind == PassageKind::List {
                                ul { @for item in run { li .passage id=(anchor(item.span.start())) data-at=(self.offsets.char_of_byte(text, item.span.start())) { (marked(text, item.span, &marks, self.hit)) } } }
                            } @else {
                                @for passage in run { (self.passage(passage, &anchor(passage.span.start()), &marks)) }
                            }
                        }
                    }
                }
                aside .rail aria-label="Rows of this account" { (crate::rail::rail(self, links)) }
            }
        }
    }

    fn passage(&self, passage: &model::Passage, id: &str, marks: &[Mark]) -> Markup {
        let words = marked(&self.document.text, passage.span, marks, self.hit);
        let at = self.offsets.char_of_byte(&self.document.text, passage.span.start());
        html! {
            @match passage.kind {
                PassageKind::Heading => { h2 .passage id=(id) data-at=(at) { (words) } }
                PassageKind::Quote => { blockquote .passage id=(id) data-at=(at) { (words) } }
                PassageKind::Residue => { p .passage .residue id=(id) data-at=(at) data-said="page residue, not the author’s words" { (words) } }
                PassageKind::Notice => { p .passage .notice id=(id) data-at=(at) data-said="notice" { (words) } }
                PassageKind::Byline => { p .passage .byline id=(id) data-at=(at) data-said="by-line" { (words) } }
                PassageKind::Reference => { p .passage .reference id=(id) data-at=(at) { (words) } }
                PassageKind::Paragraph | PassageKind::List => { p .passage id=(id) data-at=(at) { (words) } }
            }
        }
    }

    /// As JSON: the text, its passages and rows, in code points.
    pub fn json(&self) -> Value {
        let document = &self.document;
        let place = |span: Span| self.offsets.chars_of_span(&document.text, span);
        let known =
            |k: &Option<model::Known>| k.as_ref().map(|k| json!({"value": k.value, "from": k.from.word()}));
        let rows = crate::layer_rows(&document.id.to_string(), &document.text, &self.offsets, &self.layers);
        json!({
            "id": document.id.to_string(), "name": document.name, "title": known(&document.title), "byline": known(&document.byline),
            "outlet": known(&document.outlet), "url": known(&document.url), "published": known(&document.published),
            "language": known(&document.language), "locations": self.locations, "text": document.text,
            "origin": self.shelf.get(document.id).map(|entry| self.shelf.origin_number(entry.origin)),
            "passages": document.passages.iter().map(|p| { let (start, end) = place(p.span); json!({"start": start, "end": end, "kind": p.kind.word()}) }).collect::<Vec<_>>(),
            "notices": document.notices.iter().map(|n| { let (start, end) = place(n.span); json!({"start": start, "end": end, "kind": n.kind.word(), "name": n.name.map(|name| name.of(&document.text))}) }).collect::<Vec<_>>(),
            "rows": rows,
            "sums": crate::sum_rows(&document.id.to_string(), &document.text, &self.offsets, &self.sums),
            "hedges": crate::hedge_rows(&document.id.to_string(), &document.text, &self.offsets, &self.hedges),
            "citations": crate::citation_rows(&document.id.to_string(), &document.text, &self.offsets, &self.citations),
            "seams": crate::seam_rows(&document.id.to_string(), &document.text, &self.offsets, &self.seams),
            "shared": self.shared.iter().map(|(span, with)| { let (start, end) = place(*span); json!({"start": start, "end": end, "with": with.iter().map(|(id, there, _)| json!({"document": id.to_string(), "start": there.0, "end": there.1})).collect::<Vec<_>>()}) }).collect::<Vec<_>>(),
        })
    }
}

/// The language of a document, where it is known.
pub(crate) fn language(document: &Document) -> Option<&str> {
    document.language.as_ref().map(|language| language.value.as_str())
}
