//! The first page: what is in this heap?

use crate::format::plural;
use crate::origins::percent;
use crate::reach::unread;
use crate::{Links, PointsPage, Shelf};
use case::{Case, ORIGIN_SHARE, Result};
use maud::{Markup, html};
use model::NoticeKind;
use serde_json::{Value, json};

/// Points shown on the first page.
const TOP: usize = 10;
/// Documents listed on the first page.
const LISTED: usize = 200;

/// What has been read and what has not.
#[derive(Clone, Debug, Default)]
pub struct Coverage {
    /// Documents whose numbers and dates were read.
    pub read: usize,
    /// Documents in languages no extractor reads, by language.
    pub unread: Vec<(String, usize)>,
    /// Documents whose names have not been read yet.
    pub unnamed: usize,
    /// Documents whose overlaps have not been sought yet.
    pub unaligned: usize,
    /// Documents whose date of publication is unknown.
    pub undated: usize,
    /// Warnings kept.
    pub warnings: usize,
}

impl Coverage {
    fn of(case: &Case) -> Result<Coverage> {
        let [unaligned, undated, warnings] = case.gaps()?;
        let unnamed = case.counts()?.0 - case.read_deeply()?;
        let mut coverage = Coverage { unnamed, unaligned, undated, warnings, ..Coverage::default() };
        for (language, count) in case.languages()? {
            match annotate::is_read(language.as_deref()) {
                true => coverage.read += count,
                false => coverage.unread.push((language.unwrap_or_else(|| "unknown".into()), count)),
            }
        }
        Ok(coverage)
    }

    /// In sentences.
    pub fn sentences(&self, documents: usize) -> Vec<String> {
        let mut said = vec![format!(
            "Numbers and dates were read in {} of {}.",
            self.read,
            plural(documents, "document")
        )];
        said[0].push_str(&unread(&self.unread));
        if self.unnamed > 0 {
            said.push(format!("Names not read yet: {}; run `stemma run`.", plural(self.unnamed, "document")));
        }
        if self.unaligned > 0 {
            said.push(format!("Not compared yet: {}; run `stemma run`.", plural(self.unaligned, "text")));
        }
        said.push("Statements are read in English only, and about half of them found.".into());
        if self.undated > 0 {
            said.push(format!("Date of publication unknown: {}.", plural(self.undated, "document")));
        }
        if self.warnings > 0 {
            said.push(format!(
                "{} from reading; each stands with its document.",
                plural(self.warnings, "warning")
            ));
        }
        said
    }
}

/// The overview of a case.
pub struct OverviewPage {
    /// The documents.
    pub shelf: Shelf,
    /// What has been read.
    pub coverage: Coverage,
    /// The points that part most.
    pub top: PointsPage,
    /// How many points there are, and conflicts among them.
    pub points: (usize, usize),
    /// For each document listed, what it says of its own making.
    notices: Vec<Vec<(NoticeKind, String)>>,
}

impl OverviewPage {
    /// The overview of a case.
    ///
    /// # Errors
    /// Where the case cannot be read.
    pub fn of(case: &Case) -> Result<OverviewPage> {
        let mut shelf = Shelf::of(case)?;
        let listed: Vec<_> = shelf.order.iter().take(LISTED).map(|(id, _)| *id).collect();
        shelf.fetch(case, listed)?;
        let mut notices = Vec::new();
        for entry in shelf.shown() {
            let found = case.notices(entry.id)?;
            let body = if found.is_empty() { String::new() } else { case.body(entry.text)? };
            let name = |notice: &model::Notice| {
                notice.name.and_then(|name| name.get(&body)).unwrap_or("").to_owned()
            };
            let lineage = found.iter().filter(|n| {
                matches!(n.kind, NoticeKind::Republished | NoticeKind::Courtesy | NoticeKind::Agency)
            });
            notices.push(lineage.map(|notice| (notice.kind, name(notice))).collect());
        }
        let top = PointsPage::of(case, TOP)?;
        Ok(OverviewPage { coverage: Coverage::of(case)?, points: top.counts, top, shelf, notices })
    }

    /// "5 documents, 4 origins".
    pub fn counts(&self) -> String {
        format!("{}, {}", plural(self.shelf.len(), "document"), plural(self.shelf.origin_count(), "origin"))
    }

    /// As a page.
    pub fn html(&self, links: Links) -> Markup {
        html! {
            h1 { (self.counts()) }
            p .lead {
                "An origin is a group of documents that share at least " (percent(ORIGIN_SHARE)) " of the shorter one’s own words. Between two origins less is shared, or nothing ("
                a href=(links.page("origins")) { "what they share" } "); a translation or a paraphrase would escape."
            }
            @for sentence in self.coverage.sentences(self.shelf.len()) { p .coverage { (sentence) } }
            section aria-labelledby="documents" {
                h2 #documents { "The documents" }
                div .wide {
                    table .stack {
                        thead { tr { th { abbr title="short name in this case" { "" } } th { "Document" } th { "Outlet" } th { "Published" } th .number { "Words" } th .number { "Origin" } } }
                        tbody {
                            @for (at, entry) in self.shelf.shown().into_iter().enumerate() {
                                tr {
                                    th scope="row" .sigil { (self.shelf.sigil(entry.id)) }
                                    td {
                                        a href=(links.document(entry.id)) { (entry.heading()) }
                                        @if let Some(byline) = &entry.byline { br; span .by { (byline.value) } }
                                        @for (kind, name) in &self.notices[at] { br; span .by { (kind.gloss()) @if !name.is_empty() { ": " (name) } } }
                                    }
                                    td data-label="Outlet" { @match &entry.outlet { Some(outlet) => (outlet.value), None => { span .unknown { "unknown" } } } }
                                    td data-label="Published" { @match &entry.published { Some(date) => { (date.value) " " span .by { "(" (date.from) ")" } }, None => { span .unknown { "unknown" } } } }
                                    td .number data-label="Words" { (crate::thousands(f64::from(entry.words))) }
                                    td .number data-label="Origin" { a href=(links.origin(self.shelf.origin_number(entry.origin))) { (self.shelf.origin_number(entry.origin)) } }
                                }
                            }
                        }
                    }
                }
                @if self.shelf.len() > LISTED {
                    p { (plural(self.shelf.len() - LISTED, "more document")) " in the case; search finds them." }
                }
            }
            section aria-labelledby="parts" {
                h2 #parts { "Where they part" }
                p .lead {
                    (self.top.sentence()) ". "
                    a href=(links.page("points")) { "All points" }
                }
                (self.top.brief(links, 3))
            }
        }
    }

    /// As JSON.
    pub fn json(&self) -> Value {
        let entries = self.shelf.shown().into_iter().map(|entry| {
            let known = |k: &Option<model::Known>| k.as_ref().map(|k| json!({"value": k.value, "from": k.from.word()}));
            json!({
                "id": entry.id.to_string(), "sigil": self.shelf.sigil(entry.id), "file": entry.file, "name": entry.name,
                "title": known(&entry.title), "byline": known(&entry.byline), "outlet": known(&entry.outlet),
                "url": known(&entry.url), "published": known(&entry.published), "language": known(&entry.language),
                "words": entry.words, "origin": self.shelf.origin_number(entry.origin),
            })
        });
        json!({
            "case": self.shelf.name,
            "documents": self.shelf.len(),
            "origins": self.shelf.origin_count(),
            "voices": Value::Null,
            "points": self.points.0,
            "conflicts": self.points.1, "told_in_like_words": self.top.tally.alike.0,
            "coverage": self.coverage.sentences(self.shelf.len()),
            "summaries": self.shelf.summaries,
            "entries": entries.collect::<Vec<_>>(), "entries_left_out": self.shelf.len().saturating_sub(LISTED),
            "top": self.top.json(),
        })
    }
}
