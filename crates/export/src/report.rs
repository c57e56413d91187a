//! The report: all pages of a case bound into one self-contained HTML file.

use crate::Exporter;
use case::{Case, ORIGIN_SHARE, Result};
use maud::{DOCTYPE, PreEscaped, html};
use page::{
    ActorsPage, ComparePage, Links, MethodPage, OriginsPage, OverviewPage, PlacesPage, PointsPage,
    ReaderPage, SUMMARY_NOTE, SaysPage, TimelinePage, View, Wanted,
};

pub(crate) const REPORT: Exporter = Exporter {
    name: "report",
    about: "all pages in one HTML file that needs nothing else: no network, no script",
    ending: "html",
    write,
};

/// Documents printed in full; a report of more says which are left out.
const PRINTED: usize = 200;
/// Points printed.
const POINTS: usize = 200;
/// Places printed.
const PLACES: usize = 500;
/// Speakers printed.
const SPEAKERS: usize = 200;
/// Days printed.
const DAYS: usize = 100;

fn write(case: &Case) -> Result<String> {
    let overview = OverviewPage::of(case)?;
    let origins = OriginsPage::of(case, ORIGIN_SHARE)?;
    let points = PointsPage::of(case, POINTS)?;
    let actors = ActorsPage::of(case, POINTS)?;
    let places = PlacesPage::of(case, &Wanted::default(), View::Case, PLACES)?;
    let says = SaysPage::of(case, None, SPEAKERS)?;
    let timeline = TimelinePage::of(case, DAYS, 4)?;
    let mut readers = Vec::new();
    for (id, _) in overview.shelf.order.iter().take(PRINTED) {
        readers.push((*id, ReaderPage::of(case, *id, None)?));
    }
    let mut compared = Vec::new();
    for shared in origins.rows.iter().flat_map(|row| &row.shared) {
        compared.push((
            shared.a.min(shared.b),
            shared.a.max(shared.b),
            ComparePage::of(case, shared.a, shared.b)?,
        ));
    }
    let method = MethodPage::of(case)?;
    let links = Links::Report;
    let left_out = overview.shelf.len().saturating_sub(PRINTED);
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="referrer" content="no-referrer";
                meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'";
                title { (overview.counts()) " · " (overview.shelf.name) }
                style { (PreEscaped(page::STYLE)) }
            }
            body {
                header .top {
                    span .name { (overview.shelf.name) }
                    nav aria-label="Parts of this report" { a href="#case" { "Case" } a href="#origins" { "Origins" } a href="#points" { "Points" } a href="#actors" { "Actors" } a href="#places" { "Places" } a href="#says" { "Says" } a href="#timeline" { "Timeline" } a href="#documents-in-full" { "Documents" } a href="#method" { "Method" } }
                }
                @if overview.shelf.summaries { aside .summary-note aria-label="About these texts" { (SUMMARY_NOTE) } }
                main .bound {
                    section #case { (overview.html(links)) }
                    section #origins { (origins.html(links)) }
                    @for (a, b, compare) in &compared { section id=(format!("compare-{a}-{b}")) { (compare.html(links)) } }
                    section #points { (points.html(links)) }
                    section #actors { (actors.html(links)) }
                    section #places { (places.html(links)) }
                    section #says { (says.html(links)) }
                    section #timeline { (timeline.html(links)) }
                    section #documents-in-full {
                        h1 { "The documents in full" }
                        @if left_out > 0 { p { "Left out: " (left_out) " documents beyond the first " (PRINTED) "." } }
                    }
                    @for (id, reader) in &readers { section id=(format!("d-{id}")) { (reader.html(links)) } }
                    section #method { (method.html(links)) }
                }
                footer .foot { p { "Stemma shows who says what and where accounts part. It does not say who is right." } }
            }
        }
    };
    Ok(page.into_string())
}
