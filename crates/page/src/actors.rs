//! Actors: each person and body with every name the accounts give it, counted by origin.

use crate::frame::headed;
use crate::letters::letters_by_origin;
use crate::links::encoded;
use crate::texts::{Standing, Texts};
use crate::{Links, Reach, Shelf, plural};
use case::{Case, Result};
use maud::{Markup, html};
use model::{DocId, NameClass};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};

/// The page.
pub struct ActorsPage {
    /// The actors shown, those most origins name first.
    pub rows: Vec<ActorRow>,
    /// How many there are.
    pub count: usize,
    /// How far names are read.
    pub reach: Reach,
    /// The documents.
    pub shelf: Shelf,
}

/// One person or body.
pub struct ActorRow {
    /// Person or organisation.
    pub class: NameClass,
    /// Its fullest form.
    pub name: String,
    /// Times it is named.
    pub mentions: usize,
    /// Documents that name it.
    pub documents: usize,
    /// Origins that name it.
    pub origins: usize,
    /// Its forms, those most origins use first.
    pub forms: Vec<FormRow>,
}

/// One form of an actor's name.
pub struct FormRow {
    /// The words.
    pub words: String,
    /// Times it is written.
    pub mentions: usize,
    /// Numbers of the origins that write it so, each with its documents that do, where they do so first.
    pub origins: Vec<(usize, Vec<Standing>)>,
    /// Why it is taken for the same actor.
    pub reason: &'static str,
    /// Where it stands first.
    pub first: Standing,
}

/// Forms of one actor that a page lists.
const FORMS: usize = 12;

impl ActorsPage {
    /// The actors of a case, so many at most.
    ///
    /// # Errors
    /// Where the case cannot be read.
    pub fn of(case: &Case, limit: usize) -> Result<ActorsPage> {
        let mut shelf = Shelf::of(case)?;
        let (mentions, actors) = case.actors()?;
        let count = actors.len();
        let origins_of = |ids: &mut dyn Iterator<Item = DocId>| -> BTreeSet<DocId> {
            ids.filter_map(|id| shelf.origin(id)).collect()
        };
        let mut ranked: Vec<_> = actors
            .into_iter()
            .map(|actor| {
                let origins = origins_of(&mut actor.mentions.iter().map(|at| mentions[*at].document)).len();
                (origins, actor)
            })
            .collect();
        ranked.sort_by_key(|(origins, actor)| {
            (std::cmp::Reverse((*origins, actor.mentions.len())), actor.name.clone())
        });
        let mut rows = Vec::new();
        let mut texts = Texts::of(case);
        for (origins, actor) in ranked.into_iter().take(limit) {
            let documents: BTreeSet<DocId> = actor.mentions.iter().map(|at| mentions[*at].document).collect();
            let mut by_form: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
            for at in &actor.mentions {
                by_form.entry(&mentions[*at].words).or_default().push(*at);
            }
            let mut forms = Vec::new();
            for (words, all) in by_form {
                let mut by_origin: BTreeMap<usize, Vec<Standing>> = BTreeMap::new();
                let mut known = all.clone();
                known.sort_by_key(|at| (shelf.place(mentions[*at].document), mentions[*at].span));
                known.dedup_by_key(|at| mentions[*at].document);
                for mention in known.into_iter().map(|at| &mentions[at]) {
                    let origin = shelf.origin(mention.document);
                    let number = origin.map_or(0, |origin| shelf.origin_number(origin));
                    // Of many origins and copies not all are printed.
                    let printed =
                        by_origin.len() < FORMS || by_origin.get(&number).is_some_and(|own| !own.is_empty());
                    let own = by_origin.entry(number).or_default();
                    if printed && own.len() < FORMS {
                        own.push(texts.place(mention.document, mention.span)?);
                    }
                }
                let first =
                    all.iter().min_by_key(|at| (shelf.place(mentions[**at].document), mentions[**at].span));
                let Some(first) = first.map(|at| &mentions[*at]) else { continue };
                forms.push(FormRow {
                    words: words.to_owned(),
                    mentions: all.len(),
                    origins: by_origin.into_iter().collect(),
                    reason: actor.joins.get(words).map_or("", |join| join.words()),
                    first: texts.place(first.document, first.span)?,
                });
            }
            forms.sort_by(|a, b| {
                (b.origins.len(), b.mentions, &a.words).cmp(&(a.origins.len(), a.mentions, &b.words))
            });
            rows.push(ActorRow {
                class: actor.class,
                name: actor.name,
                mentions: actor.mentions.len(),
                documents: documents.len(),
                origins,
                forms,
            });
        }
        shelf.fetch(
            case,
            rows.iter()
                .flat_map(|row| &row.forms)
                .flat_map(|form| form.origins.iter().flat_map(|(_, own)| own.iter().map(|(id, ..)| *id))),
        )?;
        Ok(ActorsPage { rows, count, reach: Reach::of(case, "name")?, shelf })
    }

    /// How far names are read, in words.
    pub fn coverage(&self) -> String {
        self.reach.words("Names")
    }

    /// As a page.
    pub fn html(&self, links: Links) -> Markup {
        html! {
            (headed("Actors", "who is named"))
            p .lead {
                "Persons and bodies with every name the accounts give them. Copies count once: numbers are of origins. "
                "Names are found by learnt weights and joined by rules, so some are missed and some stand apart that are one."
            }
            p .coverage { (self.coverage()) " " (plural(self.count, "actor")) @if self.count > self.rows.len() { ", the " (self.rows.len()) " that most origins name are shown" } "." }
            @if self.rows.is_empty() { p { "No name of a person or body was found." } }
            @for row in &self.rows {
                article .point {
                    h2 .actor { (row.name) }
                    p .verdict {
                        span .tag { (row.class.word()) } " " (plural(row.origins, "origin")) ", " (plural(row.documents, "document")) ", named " (plural(row.mentions, "time")) "."
                        @if links == Links::Served { " " a href=(format!("/says?who={}", encoded(&row.name))) { "What " (row.name) " says" } }
                    }
                    table .readings.stack.forms {
                        thead { tr { th { "Called" } th .number { "Times" } th { "In" } th { "Taken for the same because" } } }
                        tbody {
                            @for form in row.forms.iter().take(FORMS) {
                                tr {
                                    td { a .quote href=(links.words(form.first.0, form.first.1, form.first.2)) { (form.words) } }
                                    td .number data-label="Times" { @match links.search(&form.words) { Some(search) => a href=(search) { (form.mentions) }, None => (form.mentions) } }
                                    td .sigil data-label="In" { (letters_by_origin(links, &self.shelf, &form.origins, FORMS)) }
                                    td .by data-label=[(!form.reason.is_empty()).then_some("The same because")] { (form.reason) }
                                }
                            }
                        }
                    }
                    @if row.forms.len() > FORMS { p .by { (plural(row.forms.len() - FORMS, "more form")) } }
                }
            }
        }
    }

    /// As JSON, one value an actor.
    pub fn json(&self) -> Vec<serde_json::Value> {
        let form = |form: &FormRow| {
            json!({
                "words": form.words, "mentions": form.mentions, "origins": form.origins.iter().map(|(number, _)| number).collect::<Vec<_>>(),
                "reason": form.reason, "document": form.first.0.to_string(), "start": form.first.1.0, "end": form.first.1.1,
            })
        };
        let row = |row: &ActorRow| {
            json!({
                "name": row.name, "class": row.class.word(), "mentions": row.mentions, "documents": row.documents,
                "origins": row.origins, "forms": row.forms.iter().map(form).collect::<Vec<_>>(),
            })
        };
        self.rows.iter().map(row).collect()
    }
}
