//! The reader: what does this account say?

use crate::format::{plural, value_words};
use crate::marked::{Mark, marked};
use crate::point::PointRow;
use crate::texts::Standing;
use crate::{Links, PointsPage, Shelf};
use annotate::{Citation, Hedge, Seam, Strength, Sum, SumKind};
use case::{Case, Result};
use collate::Value as Reading;
use maud::{Markup, html};
use model::calendar::days_of;
use model::time::{Tree, Value as TimeValue};
use model::{DocId, Document, Layers, NameClass, Offsets, PassageKind, PlaceUse, Span, Time};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Documents of a case whose points are shown with each account without being asked for.
const QUICK: usize = 40;
/// Points listed at once in the rail.
const POINTED: usize = 8;
/// Rows of one kind listed in the rail.
const LISTED: usize = 60;

/// Whether a time tells more than "now" or "recently".
fn tells(row: &Time) -> bool {
    !matches!(row.value, TimeValue::Reference(_))
}

/// What a date means, where its words do not say it in full.
fn meaning(row: &Time) -> Option<String> {
    let dated = matches!(row.value, TimeValue::Calendar(_) | TimeValue::Interval(..));
    let plain = matches!(&row.tree, Tree::Calendar(calendar) if row.value == TimeValue::Calendar(*calendar));
    (dated && (!plain || row.to.is_some())).then(|| row.gloss().replace(", local zone unknown", ""))
}

/// A place in another document: the document, code points, and the first byte of the passage.
type There = (DocId, (usize, usize), usize);

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
    shared: Vec<(Span, Vec<There>)>,
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
    offsets: Offsets,
    hit: Option<Span>,
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
    fn seen_before(&self, with: &[There]) -> Option<(DocId, String)> {
        let published = |id: DocId| Some(self.shelf.get(id)?.published.as_ref()?.value.clone());
        let own = days_of(&published(self.document.id)?)?;
        let dated = with.iter().filter_map(|(id, ..)| {
            let day = published(*id)?;
            Some((days_of(&day)?, *id, day))
        });
        let first = dated.min_by(|a, b| a.0.0.total_cmp(&b.0.0).then(a.1.cmp(&b.1)))?;
        (first.0.1 < own.0).then_some((first.1, first.2))
    }

    fn sigil(&self, id: DocId) -> String {
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
                aside .rail aria-label="Rows of this account" { (self.rail(links)) }
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

    fn rail(&self, links: Links) -> Markup {
        let text = &self.document.text;
        let link = |span: Span| {
            let passage =
                self.document.passages.iter().find(|p| p.span.covers(span)).map_or(0, |p| p.span.start());
            links.words(self.document.id, self.offsets.chars_of_span(text, span), passage)
        };
        html! {
            (self.points_here(links))
            section {
                h2 { "Who says what" }
                @if self.layers.attributions.is_empty() { p .by { (self.nothing()) } }
                ul .plain { @for row in self.layers.attributions.iter().take(LISTED) { li {
                    @let source: Vec<&str> = row.source.iter().filter_map(|span| span.get(text)).collect();
                    @if source.is_empty() { span .by { (row.kind.word()) } } @else { (source.join(" ")) }
                    ": " a href=(link(row.content.hull())) { (first_words(row.content.hull().get(text).unwrap_or_default())) } " " span .by { (row.certainty.word()) @for number in &row.refs { " [" (number) "]" } }
                } } }
                @if self.layers.attributions.len() > LISTED { p .by { (plural(self.layers.attributions.len() - LISTED, "more statement")) } }
            }
            section {
                h2 { "Shared text" }
                @if self.shared.is_empty() { p .by { "No text shared with another document was found." } }
                ul .plain {
                    @for (span, with) in &self.shared {
                        li {
                            a href=(link(*span)) { (plural(align::wording(span.of(text)).len(), "word")) }
                            @if let Some((id, day)) = self.seen_before(with) { " first seen in " span .sigil { (self.sigil(id)) } ", " (day) ";" }
                            " also in "
                            @for (at, (id, there, passage)) in with.iter().enumerate() { @if at > 0 { ", " } a .sigil href=(links.words(*id, *there, *passage)) { (self.sigil(*id)) } }
                            @if let Some((id, ..)) = with.first() { @if links == Links::Served { " · " a href=(links.compare(self.document.id, *id)) { "compare" } } }
                        }
                    }
                }
            }
            @if !self.document.notices.is_empty() {
                section {
                    h2 { "Of its own making" }
                    ul .plain { @for notice in &self.document.notices { li { a href=(link(notice.span)) { (notice.kind.gloss()) } @if let Some(name) = notice.name { ": " (name.of(text)) } } } }
                }
            }
            @if !self.seams.is_empty() {
                section {
                    h2 { "Reads as pasted " span .key .seam { "seam" } }
                    p .by { "Passages that break a habit of the rest. Each sign is weak; from where they might come is not said." }
                    ul .plain {
                        @for of_one in self.seams.chunk_by(|a, b| a.passage == b.passage) {
                            li {
                                a href=(link(of_one[0].span)) { (first_words(of_one[0].passage.of(text))) }
                                @for (at, seam) in of_one.iter().enumerate() {
                                    @if at == 0 { ": " } @else { "; " }
                                    (seam.kind.gloss())
                                    @let words = seam.span.of(text);
                                    @if words.len() < 40 && !words.chars().any(char::is_whitespace) { " (" (words) ")" }
                                }
                            }
                        }
                    }
                }
            }
            section {
                h2 { "Numbers " span .key .q { "number" } }
                @if self.layers.quantities.is_empty() { p .by { (self.nothing()) } }
                ul .plain { @for row in self.layers.quantities.iter().take(LISTED) { li { a href=(link(row.span)) { (row.span.of(text)) } @if let Some(noun) = row.noun { " " (noun.of(text)) }
                    @for table in annotate::vague_tables() { @if let Some(number) = annotate::vague_number(table, row.span.of(text)) { span .by { " " (table) ": " (crate::thousands(number)) } } }
                } } }
                @if self.layers.quantities.len() > LISTED { p .by { (plural(self.layers.quantities.len() - LISTED, "more number")) } }
            }
            section {
                h2 { "Times " span .key .t { "time" } }
                @if self.layers.times.is_empty() { p .by { (self.nothing()) } }
                ul .plain { @for row in self.layers.times.iter().filter(|row| tells(row)).take(LISTED) { li { a href=(link(row.span)) { (row.span.of(text)) } @if let Some(date) = meaning(row) { " " span .by { (date) } } } } }
                @let more = self.layers.times.iter().filter(|row| tells(row)).count().saturating_sub(LISTED);
                @if more > 0 { p .by { (plural(more, "more time")) } }
            }
            section {
                h2 { "Places" }
                @if self.layers.places.is_empty() { p .by { (self.nothing()) } }
                @let places = once(text, self.layers.places.iter().filter(|row| row.usage == PlaceUse::Literal), |row| row.span);
                ul .plain { @for (row, times) in places.into_iter().take(LISTED) { li { a href=(link(row.span)) { (row.span.of(text)) } " " span .by { (row.class.word()) ", " (row.country) (again(times)) } } } }
            }
            section {
                h2 { "Names" }
                @if self.layers.names.is_empty() { p .by { (self.nothing()) } }
                @let names = once(text, self.layers.names.iter().filter(|row| matches!(row.class, NameClass::Person | NameClass::Organisation)), |row| row.span);
                ul .plain { @for (row, times) in names.into_iter().take(LISTED) { li { a href=(link(row.span)) { (row.span.of(text)) } " " span .by { (row.class.word()) (again(times)) } } } }
            }
            @if !self.sums.is_empty() {
                section {
                    h2 { "Sums" }
                    ul .plain { @for sum in self.sums.iter().take(LISTED) { li {
                        a href=(link(sum.total)) { (sum.total.get(text).unwrap_or_default()) } " "
                        span .by { (sum_words(sum)) }
                    } } }
                }
            }
            @if !self.hedges.is_empty() {
                section {
                    h2 { "Hedges" }
                    p .by { (plural(self.hedges.len(), "hedge")) ": words that leave open whether, who or how much" }
                    ul .plain { @for row in self.hedges.iter().filter(|row| row.strength != Strength::Vague).take(LISTED) { li {
                        a href=(link(row.span)) { (row.span.of(text)) } " "
                        span .by { (row.strength.word()) @if row.governs.is_some() { ", of the whole list below" } }
                    } } }
                }
            }
            @if !self.citations.is_empty() {
                section {
                    h2 { "References" }
                    p .by { (plural(self.citations.len(), "mark")) ", " (plural(annotate::cited_documents(text, &self.citations), "address")) }
                    ul .plain { @for row in self.citations.iter().take(LISTED) { li {
                        "[" (row.number) "] " a href=(link(row.phrase)) { (first_words(row.phrase.get(text).unwrap_or_default())) } " "
                        span .by { @match row.link { Some(link) => (link.of(text)), None => "leads to no entry" } }
                    } } }
                    @if self.citations.len() > LISTED { p .by { (plural(self.citations.len() - LISTED, "more reference")) } }
                }
            }
        }
    }

    /// The points in which the account speaks: those of the marked words first.
    fn points_here(&self, links: Links) -> Markup {
        let hit = self.hit.map(|hit| self.offsets.chars_of_span(&self.document.text, hit));
        let mut here: Vec<(bool, &PointRow, Standing)> = Vec::new();
        for row in self.points.iter().flatten() {
            let standings = row.readings.iter().filter_map(|reading| reading.standing_in(self.document.id));
            let meets =
                |(_, (start, end), _): &Standing| hit.is_some_and(|hit| *start < hit.1 && hit.0 < *end);
            let mut standings: Vec<Standing> = standings.collect();
            standings.sort_by_key(|standing| !meets(standing));
            here.extend(standings.first().map(|first| (meets(first), row, *first)));
        }
        here.sort_by_key(|(meets, ..)| !*meets);
        let point = |(meets, row, (id, chars, passage)): &(bool, &PointRow, Standing)| {
            html! {
                li aria-current=[meets.then_some("true")] {
                    a href=(row.address(links)) { (row.question) } " "
                    span .by { (row.verdict.word()) ", " a href=(links.words(*id, *chars, *passage)) { "its words" } }
                }
            }
        };
        html! {
            @if self.points.is_none() && links == Links::Served {
                @let marked = hit.map(|(start, end)| format!("s={start}-{end}&")).unwrap_or_default();
                section { h2 { "Points here" } p .by { a href=(format!("/d/{}?{marked}points=here", self.document.id)) { "look for them" } ", which takes a moment in a case of this size" } }
            }
            @if !here.is_empty() {
                section {
                    h2 { "Points here" }
                    ul .plain { @for one in here.iter().take(POINTED) { (point(one)) } }
                    @if here.len() > POINTED {
                        details {
                            summary { (plural(here.len() - POINTED, "more point")) }
                            ul .plain { @for one in here.iter().take(LISTED).skip(POINTED) { (point(one)) } }
                            @if here.len() > LISTED { p .by { (plural(here.len() - LISTED, "more point")) " on the page of points" } }
                        }
                    }
                }
            }
        }
    }

    fn nothing(&self) -> &'static str {
        if annotate::is_read(language(&self.document)) {
            "None found."
        } else {
            "Not read: no extractor for this language."
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

/// Rows of the same words once, where they stand first, with how often they stand there.
fn once<'r, R>(text: &str, rows: impl Iterator<Item = &'r R>, span: fn(&R) -> Span) -> Vec<(&'r R, usize)> {
    let mut known: Vec<(&R, usize)> = Vec::new();
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    for row in rows {
        let words = span(row).of(text).split_whitespace().collect::<Vec<_>>().join(" ");
        match places.get(&words) {
            Some(at) => known[*at].1 += 1,
            None => {
                places.insert(words, known.len());
                known.push((row, 1));
            }
        }
    }
    known
}

fn again(times: usize) -> String {
    if times > 1 { format!(", {times} times") } else { String::new() }
}

/// What a number makes of those it is told from.
fn sum_words(sum: &Sum) -> String {
    let made = crate::thousands((sum.made * 10.0).round() / 10.0);
    match (sum.kind, sum.holds()) {
        (SumKind::Total, true) => "is what its parts make".to_owned(),
        (SumKind::Total, false) => format!("its parts make {made}"),
        (SumKind::Share, true) => "is what its two numbers make".to_owned(),
        (SumKind::Share, false) => format!("its two numbers make {made} %"),
        (SumKind::Others, true) => "is one less than all that are told".to_owned(),
        (SumKind::Others, false) => format!("all that are told leave {made} others"),
        (SumKind::Within, true) => format!("has the {made} it includes"),
        (SumKind::Within, false) => format!("is less than the {made} it includes"),
    }
}

/// The language of a document, where it is known.
fn language(document: &Document) -> Option<&str> {
    document.language.as_ref().map(|language| language.value.as_str())
}

/// The first words of a passage.
fn first_words(passage: &str) -> String {
    let words: Vec<&str> = passage.split_whitespace().take(5).collect();
    format!("{} …", words.join(" "))
}
