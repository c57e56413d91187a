//! The rail beside an account: the points it speaks in, who says what, shared text, then its rows kind by kind.

use crate::Links;
use crate::format::plural;
use crate::point::PointRow;
use crate::reader::{ReaderPage, language};
use crate::texts::Standing;
use annotate::{Strength, Sum, SumKind};
use maud::{Markup, html};
use model::time::{Tree, Value as TimeValue};
use model::{NameClass, PlaceUse, Span, Time};
use std::collections::BTreeMap;

/// Points listed at once in the rail.
const POINTED: usize = 8;
/// Rows of one kind listed in the rail.
const LISTED: usize = 60;

/// As a part of the page of an account.
pub(crate) fn rail(page: &ReaderPage, links: Links) -> Markup {
    let text = &page.document.text;
    let link = |span: Span| {
        let passage =
            page.document.passages.iter().find(|p| p.span.covers(span)).map_or(0, |p| p.span.start());
        links.words(page.document.id, page.offsets.chars_of_span(text, span), passage)
    };
    html! {
        (points_here(page, links))
        section {
            h2 { "Who says what" }
            @if page.layers.attributions.is_empty() { p .by { (nothing(page)) } }
            ul .plain { @for row in page.layers.attributions.iter().take(LISTED) { li {
                @let source: Vec<&str> = row.source.iter().filter_map(|span| span.get(text)).collect();
                @if source.is_empty() { span .by { (row.kind.word()) } } @else { (source.join(" ")) }
                ": " a href=(link(row.content.hull())) { (first_words(row.content.hull().get(text).unwrap_or_default())) } " " span .by { (row.certainty.word()) @for number in &row.refs { " [" (number) "]" } }
            } } }
            @if page.layers.attributions.len() > LISTED { p .by { (plural(page.layers.attributions.len() - LISTED, "more statement")) } }
        }
        section {
            h2 { "Shared text" }
            @if page.shared.is_empty() { p .by { "No text shared with another document was found." } }
            ul .plain {
                @for (span, with) in &page.shared {
                    li {
                        a href=(link(*span)) { (plural(align::wording(span.of(text)).len(), "word")) }
                        @if let Some((id, day)) = page.seen_before(with) { " first seen in " span .sigil { (page.sigil(id)) } ", " (day) ";" }
                        " also in "
                        @for (at, (id, there, passage)) in with.iter().enumerate() { @if at > 0 { ", " } a .sigil href=(links.words(*id, *there, *passage)) { (page.sigil(*id)) } }
                        @if let Some((id, ..)) = with.first() { @if links == Links::Served { " · " a href=(links.compare(page.document.id, *id)) { "compare" } } }
                    }
                }
            }
        }
        @if !page.document.notices.is_empty() {
            section {
                h2 { "Of its own making" }
                ul .plain { @for notice in &page.document.notices { li { a href=(link(notice.span)) { (notice.kind.gloss()) } @if let Some(name) = notice.name { ": " (name.of(text)) } } } }
            }
        }
        @if !page.seams.is_empty() {
            section {
                h2 { "Reads as pasted " span .key .seam { "seam" } }
                p .by { "Passages that break a habit of the rest. Each sign is weak; from where they might come is not said." }
                ul .plain {
                    @for of_one in page.seams.chunk_by(|a, b| a.passage == b.passage) {
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
            @if page.layers.quantities.is_empty() { p .by { (nothing(page)) } }
            ul .plain { @for row in page.layers.quantities.iter().take(LISTED) { li { a href=(link(row.span)) { (row.span.of(text)) } @if let Some(noun) = row.noun { " " (noun.of(text)) }
                @for table in annotate::vague_tables() { @if let Some(number) = annotate::vague_number(table, row.span.of(text)) { span .by { " " (table) ": " (crate::thousands(number)) } } }
            } } }
            @if page.layers.quantities.len() > LISTED { p .by { (plural(page.layers.quantities.len() - LISTED, "more number")) } }
        }
        section {
            h2 { "Times " span .key .t { "time" } }
            @if page.layers.times.is_empty() { p .by { (nothing(page)) } }
            ul .plain { @for row in page.layers.times.iter().filter(|row| tells(row)).take(LISTED) { li { a href=(link(row.span)) { (row.span.of(text)) } @if let Some(date) = meaning(row) { " " span .by { (date) } } } } }
            @let more = page.layers.times.iter().filter(|row| tells(row)).count().saturating_sub(LISTED);
            @if more > 0 { p .by { (plural(more, "more time")) } }
        }
        section {
            h2 { "Places" }
            @if page.layers.places.is_empty() { p .by { (nothing(page)) } }
            @let places = once(text, page.layers.places.iter().filter(|row| row.usage == PlaceUse::Literal), |row| row.span);
            ul .plain { @for (row, times) in places.into_iter().take(LISTED) { li { a href=(link(row.span)) { (row.span.of(text)) } " " span .by { (row.class.word()) ", " (row.country) (again(times)) } } } }
        }
        section {
            h2 { "Names" }
            @if page.layers.names.is_empty() { p .by { (nothing(page)) } }
            @let names = once(text, page.layers.names.iter().filter(|row| matches!(row.class, NameClass::Person | NameClass::Organisation)), |row| row.span);
            ul .plain { @for (row, times) in names.into_iter().take(LISTED) { li { a href=(link(row.span)) { (row.span.of(text)) } " " span .by { (row.class.word()) (again(times)) } } } }
        }
        @if !page.sums.is_empty() {
            section {
                h2 { "Sums" }
                ul .plain { @for sum in page.sums.iter().take(LISTED) { li {
                    a href=(link(sum.total)) { (sum.total.get(text).unwrap_or_default()) } " "
                    span .by { (sum_words(sum)) }
                } } }
            }
        }
        @if !page.hedges.is_empty() {
            section {
                h2 { "Hedges" }
                p .by { (plural(page.hedges.len(), "hedge")) ": words that leave open whether, who or how much" }
                ul .plain { @for row in page.hedges.iter().filter(|row| row.strength != Strength::Vague).take(LISTED) { li {
                    a href=(link(row.span)) { (row.span.of(text)) } " "
                    span .by { (row.strength.word()) @if row.governs.is_some() { ", of the whole list below" } }
                } } }
            }
        }
        @if !page.citations.is_empty() {
            section {
                h2 { "References" }
                p .by { (plural(page.citations.len(), "mark")) ", " (plural(annotate::cited_documents(text, &page.citations), "address")) }
                ul .plain { @for row in page.citations.iter().take(LISTED) { li {
                    "[" (row.number) "] " a href=(link(row.phrase)) { (first_words(row.phrase.get(text).unwrap_or_default())) } " "
                    span .by { @match row.link { Some(link) => (link.of(text)), None => "leads to no entry" } }
                } } }
                @if page.citations.len() > LISTED { p .by { (plural(page.citations.len() - LISTED, "more reference")) } }
            }
        }
    }
}

/// The points in which the account speaks: those of the marked words first.
fn points_here(page: &ReaderPage, links: Links) -> Markup {
    let hit = page.hit.map(|hit| page.offsets.chars_of_span(&page.document.text, hit));
    let mut here: Vec<(bool, &PointRow, Standing)> = Vec::new();
    for row in page.points.iter().flatten() {
        let standings = row.readings.iter().filter_map(|reading| reading.standing_in(page.document.id));
        let meets = |(_, (start, end), _): &Standing| hit.is_some_and(|hit| *start < hit.1 && hit.0 < *end);
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
        @if page.points.is_none() && links == Links::Served {
            @let marked = hit.map(|(start, end)| format!("s={start}-{end}&")).unwrap_or_default();
            section { h2 { "Points here" } p .by { a href=(format!("/d/{}?{marked}points=here", page.document.id)) { "look for them" } ", which takes a moment in a case of this size" } }
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

fn nothing(page: &ReaderPage) -> &'static str {
    if annotate::is_read(language(&page.document)) {
        "None found."
    } else {
        "Not read: no extractor for this language."
    }
}

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

/// The first words of a passage.
fn first_words(passage: &str) -> String {
    let words: Vec<&str> = passage.split_whitespace().take(5).collect();
    format!("{} …", words.join(" "))
}
