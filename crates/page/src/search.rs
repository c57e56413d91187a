//! Search: where is it said?

use crate::format::plural;
use crate::frame::headed;
use crate::letters::letters;
use crate::links::encoded;
use crate::marked::marked;
use crate::texts::{Standing, Texts};
use crate::{Links, Shelf};
use case::{Case, Filters, Found, Query, Result};
use maud::{Markup, html};
use model::{DocId, Offsets, Span};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Characters shown on either side of a hit.
const AROUND: usize = 110;

/// The fields that leave documents out: name, label, letters.
const FIELDS: [(&str, &str, u8); 4] = [
    ("since", "published from", 10),
    ("until", "to", 10),
    ("outlet", "outlet", 14),
    ("language", "language", 4),
];

/// Whether a filter leaves out documents whose day of publication is unknown.
fn by_day(filters: &Filters) -> bool {
    filters.since.is_some() || filters.until.is_some()
}

/// A hit with the words around it.
pub struct HitRow {
    /// The document.
    pub document: DocId,
    /// Its name.
    pub name: String,
    /// Its short name.
    pub sigil: String,
    /// The number of its origin.
    pub origin: usize,
    /// The words found, in code points.
    pub chars: (usize, usize),
    /// The words found with those around them, on one line.
    pub context: String,
    /// Where in the context the words found stand.
    pub within: Span,
    passage: usize,
    /// The same words in copies.
    pub copies: Vec<(DocId, String)>,
    /// Where the words stand, first here and then in each copy.
    witnesses: Vec<Standing>,
}

/// A question and what was found.
pub struct SearchPage {
    /// The documents.
    pub shelf: Shelf,
    /// The question.
    pub question: String,
    /// Why it is not understood, if it is not.
    pub refused: Option<String>,
    /// What was found.
    pub rows: Vec<HitRow>,
    /// Documents and origins in which it was found.
    pub counts: (usize, usize),
    /// Whether not all texts were looked into.
    pub more: bool,
    /// To which documents the question was put.
    pub filters: Filters,
    /// Documents left out because the day of their publication is unknown.
    pub undated: usize,
}

impl SearchPage {
    /// Asks a question; an empty one gives an empty page.
    ///
    /// # Errors
    /// Where the case cannot be read.
    pub fn of(case: &Case, question: &str, filters: &Filters, limit: usize) -> Result<SearchPage> {
        let shelf = Shelf::of(case)?;
        let mut page = SearchPage {
            shelf,
            question: question.to_owned(),
            refused: None,
            rows: Vec::new(),
            counts: (0, 0),
            more: false,
            filters: filters.clone(),
            undated: if by_day(filters) { case.gaps()?[1] } else { 0 },
        };
        if question.trim().is_empty() {
            return Ok(page);
        }
        match Query::parse(question) {
            Ok(query) => {
                let found = case.search(&query, filters, limit)?;
                page.fill(case, &found)?;
            }
            Err(error) => page.refused = Some(error.to_string()),
        }
        Ok(page)
    }

    /// The filters that a form asks for; empty fields ask for nothing.
    ///
    /// # Errors
    /// What is wrong with a field, in words.
    pub fn filters(
        since: &str,
        until: &str,
        outlet: &str,
        language: &str,
    ) -> std::result::Result<Filters, String> {
        let given = |words: &str| Some(words.trim().to_owned()).filter(|words| !words.is_empty());
        let day = |field: &str, words: &str| {
            let known = |words: String| {
                read::published_date(&words)
                    .ok_or_else(|| format!("{field}: `{words}` is no day; write it as 2021-05-30"))
            };
            given(words).map(known).transpose()
        };
        let (since, until) = (day("since", since)?, day("until", until)?);
        if let (Some(since), Some(until)) = (&since, &until)
            && until < since
            && !since.starts_with(until.as_str())
        {
            return Err(format!("until: {until} lies before {since}; the first day comes first"));
        }
        Ok(Filters { since, until, outlet: given(outlet), language: given(language), ..Filters::default() })
    }

    fn fill(&mut self, case: &Case, found: &Found) -> Result<()> {
        let mut texts: BTreeMap<DocId, (String, Offsets)> = BTreeMap::new();
        let mut documents: Vec<DocId> = Vec::new();
        let mut places = Texts::of(case);
        for hit in &found.hits {
            self.shelf.fetch(case, hit.copies.iter().map(|(id, _)| *id).chain([hit.document]))?;
            if let std::collections::btree_map::Entry::Vacant(entry) = texts.entry(hit.document) {
                let Some(known) = self.shelf.get(hit.document) else { continue };
                let text = case.body(known.text)?;
                let offsets = Offsets::new(&text);
                entry.insert((text, offsets));
            }
            let Some((text, offsets)) = texts.get(&hit.document) else { continue };
            let Some(entry) = self.shelf.get(hit.document) else { continue };
            documents.push(hit.document);
            documents.extend(hit.copies.iter().map(|(id, _)| *id));
            let mut copies: Vec<DocId> =
                hit.copies.iter().map(|(id, _)| *id).filter(|id| *id != hit.document).collect();
            copies.sort_unstable();
            copies.dedup();
            let chars = offsets.chars_of_span(text, hit.span);
            let mut witnesses = vec![(hit.document, chars, hit.passage.start())];
            for id in &copies {
                let spans = hit.copies.iter().filter(|(copy, _)| copy == id).map(|(_, span)| *span);
                if let Some(span) = spans.min() {
                    witnesses.push(places.place(*id, span)?);
                }
            }
            let (context, within) = context(text, hit.span, hit.passage);
            self.rows.push(HitRow {
                document: hit.document,
                name: entry.name.clone(),
                sigil: self.shelf.sigil(entry.id),
                origin: self.shelf.origin_number(entry.origin),
                chars,
                witnesses,
                context,
                within,
                passage: hit.passage.start(),
                copies: copies
                    .into_iter()
                    .map(|id| (id, self.shelf.get(id).map(|e| e.name.clone()).unwrap_or_default()))
                    .collect(),
            });
        }
        documents.sort_unstable();
        documents.dedup();
        let mut origins: Vec<DocId> =
            documents.iter().filter_map(|id| self.shelf.get(*id)).map(|entry| entry.origin).collect();
        origins.sort_unstable();
        origins.dedup();
        self.counts = (documents.len(), origins.len());
        self.more = found.more;
        Ok(())
    }

    /// What was found, in a sentence.
    pub fn sentence(&self) -> String {
        let (documents, origins) = self.counts;
        let more = if self.more { "; more texts match than were looked into" } else { "" };
        format!(
            "{} in {}, {}{more}.",
            plural(self.rows.len(), "hit"),
            plural(documents, "document"),
            plural(origins, "origin")
        )
    }

    fn nothing(&self) -> String {
        match (self.undated, self.narrowed()) {
            (0, false) => {
                "Nothing found for these words. That is no sign that nobody says it: other words may."
                    .to_owned()
            }
            (0, true) => "Nothing found for these words in these documents.".to_owned(),
            _ => format!("Nothing found for these words in documents of these days. {}", self.left_out()),
        }
    }

    fn left_out(&self) -> String {
        let are = if self.undated == 1 { "is" } else { "are" };
        format!("{} {are} left out: when they were published is unknown.", plural(self.undated, "document"))
    }

    fn narrowed(&self) -> bool {
        FIELDS.iter().any(|(name, ..)| self.field(name).is_some())
    }

    /// What a field of the form holds.
    fn field(&self, name: &str) -> Option<&str> {
        let Filters { since, until, outlet, language, .. } = &self.filters;
        match name {
            "since" => since.as_deref(),
            "until" => until.as_deref(),
            "outlet" => outlet.as_deref(),
            _ => language.as_deref(),
        }
    }

    /// A page with the question and its filters in its address.
    pub fn address(&self, page: &str) -> String {
        let given =
            FIELDS.iter().filter_map(|(name, ..)| Some(format!("&{name}={}", encoded(self.field(name)?))));
        format!("{page}?q={}{}", encoded(&self.question), given.collect::<String>())
    }

    /// As a page.
    pub fn html(&self, links: Links) -> Markup {
        html! {
            (headed("Search", "where it is said"))
            form .question.fields action="/search" {
                label for="q" { "Words, " code { "\"a phrase\"" } ", " code { "begin*" } ", " code { "NEAR(gas price, 6)" } ", " code { "-without" } ", " code { "OR" } }
                input #q type="search" name="q" value=(self.question) autocomplete="off";
                button type="submit" { "Search" }
                details open[self.narrowed()] {
                    summary { "Only in some documents" }
                    @for (name, label, size) in FIELDS { label { (label) " " input name=(name) size=(size) value=[self.field(name)]; } }
                }
            }
            @if let Some(refused) = &self.refused { p .warning role="alert" { (refused) } }
            @else if !self.question.trim().is_empty() {
                p .lead role="status" {
                    @if self.rows.is_empty() { (self.nothing()) }
                    @else { (self.sentence()) " A copy is shown with the text it equals." @if self.undated > 0 { " " (self.left_out()) } }
                }
                ol .hits {
                    @for row in &self.rows {
                        li {
                            span .sigil { (letters(links, &self.shelf, &row.witnesses)) }
                            " "
                            a .quote href=(links.words(row.document, row.chars, row.passage)) { (marked(&row.context, Span::new(0, row.context.len()), &[crate::marked::Mark { span: row.within, class: "here", title: String::new() }], None)) }
                        }
                    }
                }
            }
        }
    }

    /// As JSON.
    pub fn json(&self) -> Value {
        json!({
            "question": self.question, "refused": self.refused, "documents": self.counts.0, "origins": self.counts.1, "more": self.more,
            "hits": self.rows.iter().map(HitRow::json).collect::<Vec<_>>(),
        })
    }
}

impl HitRow {
    /// As one JSON value.
    pub fn json(&self) -> Value {
        json!({
            "document": self.document.to_string(), "name": self.name, "origin": self.origin, "start": self.chars.0, "end": self.chars.1,
            "text": self.within.of(&self.context), "context": self.context,
            "copies": self.copies.iter().map(|(id, name)| json!({"document": id.to_string(), "name": name})).collect::<Vec<_>>(),
        })
    }
}

/// The words around a hit within its passage, and where the hit stands in them.
fn context(text: &str, hit: Span, passage: Span) -> (String, Span) {
    let around = passage.join(hit);
    let before = &text[around.start()..hit.start()];
    let after = &text[hit.end()..around.end()];
    let cut_before = before.char_indices().rev().nth(AROUND).map_or(0, |(at, _)| at);
    // Cut at a space, so that no word is halved.
    let cut_before = if cut_before == 0 {
        0
    } else {
        before[cut_before..].find(' ').map_or(cut_before, |at| cut_before + at + 1)
    };
    let cut_after = after.char_indices().nth(AROUND).map_or(after.len(), |(at, _)| at);
    let cut_after =
        if cut_after == after.len() { cut_after } else { after[..cut_after].rfind(' ').unwrap_or(cut_after) };
    let head = format!("{}{}", if cut_before > 0 { "… " } else { "" }, &before[cut_before..]);
    let tail = format!("{}{}", &after[..cut_after], if cut_after < after.len() { " …" } else { "" });
    let one_line = |words: &str| words.replace(['\n', '\r', '\t'], " ");
    let context = format!("{}{}{}", one_line(&head), one_line(hit.of(text)), one_line(&tail));
    (context, Span::new(head.len(), head.len() + hit.len()))
}

#[cfg(test)]
mod tests {
    use super::SearchPage;

    #[test]
    fn filters_that_cannot_be_are_told() {
        assert!(
            SearchPage::filters("2022-01-05", "2022", "", "").is_ok_and(|filters| filters.outlet.is_none())
        );
        assert!(SearchPage::filters("abc", "", "", "").is_err_and(|words| words.starts_with("since: `abc`")));
        assert!(
            SearchPage::filters("2022-02", "2022-01", "", "")
                .is_err_and(|words| words.starts_with("until: 2022-01 lies"))
        );
    }
}
