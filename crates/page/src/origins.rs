//! Origins: who shares text with whom?

use crate::descent::{CommonSpeech, Stemma};
use crate::format::plural;
use crate::{Links, Shelf, svg};
use align::OverlapKind;
use case::{Case, Entry, ORIGIN_SHARE, Result};
use maud::{Markup, html};
use model::time::{Calendar, Value as TimeValue};
use model::{DocId, NoticeKind, Offsets, PassageKind, TextId};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// Origins of several documents listed with everything they share.
const LISTED: usize = 100;
/// Origins drawn.
const DRAWN: usize = 24;
/// Shared passages between origins that are listed.
const PASSAGES: usize = 100;

/// Text that two documents share.
pub struct SharedRow {
    /// The documents, by name.
    pub a: DocId,
    /// The second.
    pub b: DocId,
    /// Their short names.
    pub sigils: (String, String),
    /// Equal words.
    pub words: u32,
    /// Of the shorter document's words, 0 to 1.
    pub share: f64,
    /// What most of these words are.
    pub kind: OverlapKind,
    /// Places: code points in a, code points in b.
    pub spans: Vec<((usize, usize), (usize, usize))>,
}

/// One origin.
pub struct OriginRow {
    /// Its number, by the order of its first document's name.
    pub number: usize,
    /// Its documents with their short names.
    pub documents: Vec<(DocId, String)>,
    /// What they share, pair by pair.
    pub shared: Vec<SharedRow>,
    /// What its documents say of their own making: document, kind, name, words.
    pub notices: Vec<(DocId, NoticeKind, String, String)>,
    /// How its documents descend from one another; `None` for a single one, or too many to be laid in a tree.
    pub stemma: Option<Stemma>,
    /// Days that the pages of its documents name outside the text: they date the capture.
    pub captured: Vec<(DocId, String, String)>,
}

/// The origins of a case.
pub struct OriginsPage {
    /// The documents.
    pub shelf: Shelf,
    /// The origins: those of several documents first.
    pub rows: Vec<OriginRow>,
    /// How many origins there are.
    pub count: usize,
    /// The share of words from which documents count as one origin.
    pub threshold: f64,
    /// Text shared between different origins: less than the threshold.
    pub between: Vec<SharedRow>,
    /// Pairs of documents that share text between origins and are not listed.
    pub between_more: usize,
}

impl OriginsPage {
    /// The origins of a case; `threshold` is the share from which documents count as one origin.
    ///
    /// # Errors
    /// Where the case cannot be read.
    pub fn of(case: &Case, threshold: f64) -> Result<OriginsPage> {
        let mut shelf = Shelf::of(case)?;
        let mut origins = case.origins(threshold)?;
        let count = origins.len();
        for origin in &mut origins {
            origin.documents.sort_by_key(|id| shelf.place(*id));
        }
        origins.sort_by_key(|origin| shelf.place(origin.documents[0]));
        let number: BTreeMap<DocId, usize> = origins
            .iter()
            .enumerate()
            .flat_map(|(at, origin)| origin.documents.iter().map(move |id| (*id, at + 1)))
            .collect();
        let mut pairs = Pairs::of(case)?;
        let mut between = pairs.take(case, &mut shelf, |a, b| number[&a] != number[&b], PASSAGES)?;
        between.sort_by(|x, y| y.words.cmp(&x.words).then_with(|| x.sigils.cmp(&y.sigils)));
        let between_more = pairs.left;
        let common = CommonSpeech::of(case, &shelf)?;
        let mut rows = Vec::new();
        origins.sort_by_key(|origin| (origin.documents.len() < 2, number[&origin.documents[0]]));
        for origin in origins.iter().take(LISTED) {
            let own = number[&origin.documents[0]];
            shelf.fetch(case, origin.documents.iter().copied())?;
            let shared = match origin.documents.len() {
                1 => Vec::new(),
                _ => pairs.take(case, &mut shelf, |a, b| number[&a] == own && number[&b] == own, 40)?,
            };
            let mut notices = Vec::new();
            for id in origin.documents.iter().take(20) {
                let Some(entry) = shelf.get(*id) else { continue };
                let found = case.notices(*id)?;
                let body = if found.is_empty() { String::new() } else { case.body(entry.text)? };
                let words = |span: model::Span| span.get(&body).unwrap_or("").to_owned();
                notices.extend(
                    found.iter().map(|n| (*id, n.kind, n.name.map(words).unwrap_or_default(), words(n.span))),
                );
            }
            let documents = origin.documents.iter().map(|id| (*id, shelf.sigil(*id))).collect();
            let stemma = Stemma::of(case, &common, &origin.documents)?;
            let mut captured = Vec::new();
            for id in origin.documents.iter().take(20) {
                captured.extend(captured_after(case, *id)?.map(|(day, words)| (*id, day, words)));
            }
            rows.push(OriginRow { number: own, documents, shared, notices, stemma, captured });
        }
        Ok(OriginsPage { shelf, rows, count, threshold, between, between_more })
    }

    /// As a page.
    pub fn html(&self, links: Links) -> Markup {
        let drawn: Vec<&OriginRow> = self.rows.iter().take(DRAWN).collect();
        html! {
            h1 { (plural(self.count, "origin")) " in " (plural(self.shelf.len(), "document")) }
            p .lead {
                "Documents are one origin where at least " (percent(self.threshold)) " of the shorter one’s own words stand in both (quotations and templates apart). "
                "Between origins no such sharing was found; that does not make them independent: translation and paraphrase escape."
                @if links == Links::Served {
                    " Look again at "
                    @for (at, other) in [0.2, 0.5, 0.8].into_iter().enumerate() {
                        @if at > 0 { ", " }
                        a href=(format!("/origins?share={other}")) aria-current=[((other - self.threshold).abs() < 1e-9).then_some("true")] { (percent(other)) }
                    }
                    "."
                }
            }
            @if (self.threshold - ORIGIN_SHARE).abs() > 1e-9 {
                p .coverage { "Other pages count origins at " (percent(ORIGIN_SHARE)) "." }
            }
            div .wide { (svg::origins(&drawn, links)) }
            @for row in &self.rows {
                article .origin id=(format!("o{}", row.number)) {
                    h2 { "Origin " (row.number) " " span .sigil { (self.shelf.sigils_of(row.number)) } }
                    ul .plain {
                        @for (id, sigil) in &row.documents {
                            @let entry = self.shelf.get(*id);
                            li {
                                span .sigil { (sigil) } " "
                                a href=(links.document(*id)) { (entry.map_or("", Entry::heading)) }
                                @if let Some(outlet) = entry.and_then(|entry| entry.outlet.as_ref()) { ", " (outlet.value) }
                            }
                        }
                    }
                    @for shared in &row.shared { p { (self.shared_html(shared, links)) } }
                    @if let Some(stemma) = &row.stemma {
                        h3 { "How they descend" }
                        ul .plain { @for sentence in stemma.sentences(|id| self.shelf.sigil(id)) { li { (sentence) } } }
                    } @else if row.documents.len() > 1 {
                        p { "Too many or too long to be laid in a tree: how they descend is not read." }
                    }
                    @for (id, day, words) in &row.captured {
                        p { span .sigil { (self.shelf.sigil(*id)) } " The page around it names " (day) ": that dates the capture, not the text. " q .notice { (shorten(words)) } }
                    }
                    @if links == Links::Served && (3..=12).contains(&row.documents.len()) {
                        @let ids = row.documents.iter().map(|(id, _)| id.to_string()).collect::<Vec<_>>();
                        p { a href=(format!("/compare/{}", ids.join(".."))) { "Where they differ, reading by reading" } }
                    }
                    @if !row.notices.is_empty() {
                        h3 { "What they say of their own making" }
                        ul .plain {
                            @for (id, kind, name, words) in &row.notices {
                                li {
                                    span .sigil { (self.shelf.sigil(*id)) } " " (kind.gloss())
                                    @if !name.is_empty() { ": " strong { (name) } }
                                    " " q .notice { (shorten(words)) }
                                }
                            }
                        }
                    }
                }
            }
            @if self.count > self.rows.len() { p { (plural(self.count - self.rows.len(), "more origin")) " of one document each or further down the list." } }
            section {
                h2 { "Text shared between origins" }
                @if self.between.is_empty() { p { "None found." } }
                ul .plain { @for shared in &self.between { li { (self.shared_html(shared, links)) } } }
                @if self.between_more > 0 { p { (plural(self.between_more, "more pair")) "." } }
            }
        }
    }

    fn shared_html(&self, shared: &SharedRow, links: Links) -> Markup {
        let bound = links == Links::Served || self.shelf.origin(shared.a) == self.shelf.origin(shared.b);
        let (a, b) = (&shared.sigils.0, &shared.sigils.1);
        let words = format!(
            "{} ({} of the shorter)",
            plural(shared.words as usize, "equal word"),
            percent(shared.share)
        );
        html! {
            span .sigil { (a) } " and " span .sigil { (b) } " share "
            @if bound { a href=(links.compare(shared.a, shared.b)) { (words) } } @else { (words) }
            ", in " (plural(shared.spans.len(), "stretch"))
            @match shared.kind {
                OverlapKind::Copy => {}
                OverlapKind::Quotation => { ": both quote it" }
                OverlapKind::Template => { ": a template (head, footer or form), not copied from one another" }
            }
            "."
        }
    }

    /// As JSON.
    pub fn json(&self) -> Value {
        let shared = |row: &SharedRow| {
            let spans = row
                .spans
                .iter()
                .map(|(a, b)| json!({"a_start": a.0, "a_end": a.1, "b_start": b.0, "b_end": b.1}));
            json!({
                "a": row.a.to_string(), "b": row.b.to_string(), "kind": row.kind.word(), "words": row.words, "share": (row.share * 1e4).round() / 1e4,
                "spans": spans.collect::<Vec<_>>(),
            })
        };
        let rows = self.rows.iter().map(|row| {
            let notices = row.notices.iter().map(|(id, kind, name, words)| {
                json!({"document": id.to_string(), "kind": kind.word(), "name": name, "quote": words})
            });
            json!({
                "origin": row.number,
                "documents": row.documents.iter().map(|(id, _)| json!({
                    "id": id.to_string(), "file": self.shelf.get(*id).map_or("", |entry| &entry.file),
                })).collect::<Vec<_>>(),
                "shared": row.shared.iter().map(shared).collect::<Vec<_>>(),
                "notices": notices.collect::<Vec<_>>(),
                "stemma": row.stemma.as_ref().map(Stemma::json),
                "captured_after": row.captured.iter().map(|(id, day, words)| json!({
                    "document": id.to_string(), "day": day, "quote": words,
                })).collect::<Vec<_>>(),
            })
        });
        json!({
            "documents": self.shelf.len(), "origins": self.count, "share": self.threshold,
            "rows": rows.collect::<Vec<_>>(),
            "between": self.between.iter().map(shared).collect::<Vec<_>>(), "between_left_out": self.between_more,
        })
    }
}

/// The latest day that page residue of a document names, with its words: the capture is no older.
fn captured_after(case: &Case, id: DocId) -> Result<Option<(String, String)>> {
    let document = case.document(id)?;
    let mut latest: Option<(String, String)> = None;
    for passage in document.passages.iter().filter(|passage| passage.kind == PassageKind::Residue) {
        let words = passage.span.of(&document.text);
        let layers = annotate::annotate(words, None);
        for time in &layers.times {
            let TimeValue::Calendar(calendar) = time.value else { continue };
            let Some(day) = calendar.day_number().filter(|_| time.names_a_day()) else { continue };
            let day = TimeValue::Calendar(Calendar::of_day_number(day)).timex();
            if latest.as_ref().is_none_or(|(other, _)| *other < day) {
                latest = Some((day, words.to_owned()));
            }
        }
    }
    Ok(latest)
}

/// A share as a percentage that never reads "100 %" where a word is missing.
pub(crate) fn percent(share: f64) -> String {
    let percent = share * 100.0;
    match percent > 99.0 && percent < 100.0 {
        true => format!("{:.1} %", (percent * 10.0).floor() / 10.0),
        false => format!("{percent:.0} %"),
    }
}

fn shorten(words: &str) -> String {
    match words.char_indices().nth(160) {
        Some((end, _)) => format!("{}…", &words[..end]),
        None => words.to_owned(),
    }
}

type Spans = Vec<(model::Span, model::Span, u32)>;

/// Shared text between documents, not yet turned into rows.
struct Pairs {
    by_text: BTreeMap<(TextId, TextId), Spans>,
    /// The pairs of texts, and those each text is in.
    pairs: Vec<align::Pair<TextId>>,
    of: BTreeMap<TextId, Vec<usize>>,
    documents: BTreeMap<TextId, Vec<DocId>>,
    left: usize,
}

impl Pairs {
    fn of(case: &Case) -> Result<Pairs> {
        let mut by_text: BTreeMap<(TextId, TextId), Spans> = BTreeMap::new();
        let pairs = case.all_pairs()?;
        let mut of: BTreeMap<TextId, Vec<usize>> = BTreeMap::new();
        for (at, pair) in pairs.iter().enumerate() {
            let spans = pair.parts.iter().map(|part| (part.a, part.b, part.matched));
            by_text.insert((pair.a, pair.b), spans.collect());
            of.entry(pair.a).or_default().push(at);
            of.entry(pair.b).or_default().push(at);
        }
        let mut documents: BTreeMap<TextId, Vec<DocId>> = BTreeMap::new();
        for (id, text) in case.texts()? {
            documents.entry(text).or_default().push(id);
        }
        // Documents with the very same text share all of it.
        for (text, _) in documents.iter().filter(|(_, documents)| documents.len() > 1) {
            let body = case.body(*text)?;
            let words = align::wording(&body).len() as u32;
            if let Some(whole) = model::Span::checked(0, body.len()) {
                by_text.insert((*text, *text), vec![(whole, whole, words)]);
            }
        }
        Ok(Pairs { by_text, pairs, of, documents, left: 0 })
    }

    /// What most of the words that two texts share are: a template is told by the others that have it.
    fn kind(&self, case: &Case, a: TextId, b: TextId) -> Result<OverlapKind> {
        let texts = [a, b];
        let near: BTreeSet<usize> =
            texts.iter().filter_map(|text| self.of.get(text)).flatten().copied().collect();
        let near: Vec<align::Pair<TextId>> = near.into_iter().map(|at| self.pairs[at].clone()).collect();
        let Some(at) = near.iter().position(|pair| (pair.a, pair.b) == (a, b)) else {
            return Ok(OverlapKind::Copy);
        };
        let known = case.known_of(near.iter().flat_map(|pair| [pair.a, pair.b]).collect())?;
        let heap = align::Heap::new(&known, &near);
        let mut words: BTreeMap<&str, (u32, OverlapKind)> = BTreeMap::new();
        for part in &near[at].parts {
            let kind = heap.kind(at, part);
            words.entry(kind.word()).or_insert((0, kind)).0 += part.matched;
        }
        Ok(words.into_values().max_by_key(|(words, _)| *words).map_or(OverlapKind::Copy, |(_, kind)| kind))
    }

    /// The rows of those pairs of documents that are wanted, at most `limit`; `left` counts the rest.
    fn take(
        &mut self,
        case: &Case,
        shelf: &mut Shelf,
        wanted: impl Fn(DocId, DocId) -> bool,
        limit: usize,
    ) -> Result<Vec<SharedRow>> {
        let mut rows = Vec::new();
        self.left = 0;
        for ((text_a, text_b), spans) in &self.by_text {
            // The first document that carries a text stands for it; the others are shown equal to it.
            let (carriers_a, carriers_b) = (&self.documents[text_a], &self.documents[text_b]);
            let twins = carriers_a.iter().skip(1).map(|twin| (carriers_a[0], *twin));
            let across = std::iter::once((carriers_a[0], carriers_b[0]));
            let pairs: Vec<(DocId, DocId)> =
                if text_a == text_b { twins.collect() } else { across.collect() };
            for (a, b) in pairs.into_iter().filter(|(a, b)| wanted(*a, *b)) {
                if rows.len() == limit {
                    self.left += 1;
                    continue;
                }
                shelf.fetch(case, [a, b])?;
                let kind = self.kind(case, *text_a, *text_b)?;
                rows.extend(row(case, shelf, (a, *text_a), (b, *text_b), spans, kind)?);
            }
        }
        Ok(rows)
    }
}

fn row(
    case: &Case,
    shelf: &Shelf,
    a: (DocId, TextId),
    b: (DocId, TextId),
    spans: &Spans,
    kind: OverlapKind,
) -> Result<Option<SharedRow>> {
    let (Some(x), Some(y)) = (shelf.get(a.0), shelf.get(b.0)) else { return Ok(None) };
    let (body_a, body_b) = (case.body(a.1)?, case.body(b.1)?);
    let (offsets_a, offsets_b) = (Offsets::new(&body_a), Offsets::new(&body_b));
    let words: u32 = spans.iter().map(|(.., words)| words).sum();
    let mut places: Vec<_> = spans
        .iter()
        .map(|(in_a, in_b, _)| {
            (offsets_a.chars_of_span(&body_a, *in_a), offsets_b.chars_of_span(&body_b, *in_b))
        })
        .collect();
    let share = align::share(words, x.words, y.words);
    // The document whose name comes first stands first.
    let (x, y) = match (&x.name, x.id) <= (&y.name, y.id) {
        true => (x, y),
        false => {
            places = places.into_iter().map(|(a, b)| (b, a)).collect();
            (y, x)
        }
    };
    places.sort_unstable();
    let sigils = (shelf.sigil(x.id), shelf.sigil(y.id));
    Ok(Some(SharedRow { a: x.id, b: y.id, sigils, words, share, kind, spans: places }))
}
