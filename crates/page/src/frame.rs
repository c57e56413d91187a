//! The frame around every page: head, navigation, foot.

use crate::{Links, SUMMARY_NOTE};
use maud::{DOCTYPE, Markup, html};

/// What the frame says about a page.
pub struct Frame<'a> {
    /// The name of the case.
    pub case: &'a str,
    /// The title of the page.
    pub title: &'a str,
    /// Which entry of the navigation is this page: "", "origins", "points", "actors", "places", "says", "timeline", "search", "trace", "method"; "account", "compare" and "none" are no entries.
    pub here: &'a str,
    /// The address of the same page as JSON.
    pub json: Option<String>,
    /// Whether all texts are summaries.
    pub summaries: bool,
}

const PAGES: &[(&str, &str)] = &[
    ("", "Case"),
    ("origins", "Origins"),
    ("points", "Points"),
    ("actors", "Actors"),
    ("places", "Places"),
    ("says", "Says"),
    ("timeline", "Timeline"),
    ("search", "Search"),
    ("trace", "Trace"),
    ("method", "Method"),
];

/// A whole page.
pub fn frame(about: &Frame, body: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="referrer" content="no-referrer";
                title { (about.title) " · " (about.case) }
                link rel="stylesheet" href="/assets/style.css";
                link rel="icon" href="/assets/icon.svg" type="image/svg+xml";
                script type="module" src="/assets/stemma.js" {}
            }
            body {
                a .skip href="#main" { "Skip to the text" }
                header .top {
                    a .name href="/" { (about.case) }
                    nav aria-label="Pages of this case" {
                        @for (page, name) in PAGES {
                            a href=(Links::Served.page(page)) aria-current=[(*page == about.here).then_some("page")] { (name) }
                        }
                    }
                    form .find action="/search" role="search" aria-label="All accounts" {
                        label .hidden for="find" { "Search all accounts" }
                        input #find type="search" name="q" placeholder="Search" autocomplete="off";
                    }
                }
                @if about.summaries { aside .summary-note aria-label="About these texts" { (SUMMARY_NOTE) } }
                main #main { (body) }
                footer .foot {
                    p {
                        "Stemma shows who says what and where accounts part. It does not say who is right. "
                        a href=(about.method()) { "How was this computed?" }
                        @if let Some(json) = &about.json { " · " a href=(json) { "This page as JSON" } }
                        " · press " kbd { "?" } " for keys"
                    }
                }
            }
        }
    }
}

impl Frame<'_> {
    /// The part of the method page that tells of this page.
    fn method(&self) -> String {
        let part = match self.here {
            "origins" | "points" | "places" | "says" | "timeline" | "search" | "trace" => self.here,
            "actors" => "names",
            "account" => "reading",
            "compare" => "origins",
            _ => return "/method".to_owned(),
        };
        format!("/method#method-{part}")
    }
}

/// The heading of a page: its name as the navigation has it, and what it tells.
pub(crate) fn headed(name: &str, about: &str) -> Markup {
    html! { h1 { (name) " " span .about { (about) } } }
}

/// The body of a page that has only something to say: an error, an empty result.
pub fn message(title: &str, words: &str) -> Markup {
    html! {
        h1 { (title) }
        p { (words) }
        p { a href="/" { "Back to the case" } }
    }
}
