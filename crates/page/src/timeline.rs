//! The timeline: the days the accounts come back to, with the sentences that tell of them.

use crate::event::Events;
use crate::frame::headed;
use crate::letters::letters;
use crate::texts::{Standing, Texts};
use crate::{Links, Shelf, plural};
use case::{Case, Result};
use collate::{Dated, timeline};
use maud::{Markup, html};
use model::DocId;
use model::calendar::{date_of_day_number, days_of};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// The page.
pub struct TimelinePage {
    /// The days, in the order of time.
    pub rows: Vec<DayRow>,
    /// Happenings with their dates.
    pub events: Events,
    /// Times that name no single day and stand on no row.
    pub undated: usize,
    /// The documents.
    pub shelf: Shelf,
}

/// One day.
pub struct DayRow {
    /// ISO 8601.
    pub date: String,
    /// Distinct origins that name it.
    pub origins: usize,
    /// Distinct documents that name it.
    pub documents: usize,
    /// The sentences that tell of it best; copies are one.
    pub sentences: Vec<Telling>,
}

/// A sentence of a day.
pub struct Telling {
    /// Its words.
    pub words: String,
    /// Where it stands, in every document that has it.
    pub witnesses: Vec<Standing>,
}

struct Spoken {
    document: DocId,
    origin: DocId,
    published: Option<i64>,
    place: usize,
    day: i64,
    span: model::Span,
    text: String,
}

/// How many times more sentences are looked at than are printed.
const WIDER: usize = 8;

/// Sentences of a day: those chosen, best first, but one of every origin before a second of any. An origin without a chosen one is heard by its first.
fn of_every_origin(chosen: &[usize], day: i64, spoken: &[Spoken]) -> Vec<usize> {
    let mut heard: BTreeMap<DocId, usize> = BTreeMap::new();
    let mut words: BTreeSet<&str> = BTreeSet::new();
    let mut ranked: Vec<(usize, usize)> = Vec::new();
    for at in chosen {
        let before = heard.entry(spoken[*at].origin).or_default();
        ranked.push((*before, *at));
        *before += 1;
        words.insert(&spoken[*at].text);
    }
    // The very same sentence stands for everyone who prints it.
    for one in spoken.iter().filter(|one| one.day == day && words.contains(one.text.as_str())) {
        heard.entry(one.origin).or_insert(1);
    }
    for (at, one) in spoken.iter().enumerate().filter(|(_, one)| one.day == day) {
        if let std::collections::btree_map::Entry::Vacant(entry) = heard.entry(one.origin) {
            entry.insert(1);
            ranked.push((0, at));
        }
    }
    // The sort is stable: within a round the best comes first.
    ranked.sort_by_key(|(before, _)| *before);
    ranked.into_iter().map(|(_, at)| at).collect()
}

/// A day number in ISO 8601.
pub fn iso_day(day: i64) -> String {
    let (year, month, day) = date_of_day_number(day);
    format!("{year:04}-{month:02}-{day:02}")
}

impl TimelinePage {
    /// The timeline of a case: so many days at most, each with so many sentences, of every origin one before a second of any.
    ///
    /// # Errors
    /// Where the case cannot be read.
    pub fn of(case: &Case, days: usize, sentences: usize) -> Result<TimelinePage> {
        case.steady(|| TimelinePage::made(case, days, sentences))
    }

    fn made(case: &Case, days: usize, sentences: usize) -> Result<TimelinePage> {
        let mut shelf = Shelf::of(case)?;
        let mut spoken: Vec<Spoken> = Vec::new();
        let mut undated = 0;
        for (id, origin) in shelf.order.clone() {
            let document = case.document(id)?;
            let published = document
                .published
                .as_ref()
                .and_then(|known| days_of(&known.value))
                .map(|(first, _)| first as i64);
            let cut = model::sentence::sentences(&document.text, &document.passages);
            for time in case.layers(id)?.times {
                let day = match time.value {
                    model::time::Value::Calendar(calendar) => calendar.day_number(),
                    _ => None,
                };
                let place = cut.partition_point(|sentence| sentence.end() < time.span.end());
                let (Some(day), Some(sentence)) = (day, cut.get(place)) else {
                    undated += usize::from(time.stretch().is_some());
                    continue;
                };
                let text = sentence.of(&document.text).split_whitespace().collect::<Vec<_>>().join(" ");
                spoken.push(Spoken { document: id, origin, published, place, day, span: *sentence, text });
            }
        }
        let numbers: BTreeMap<DocId, usize> =
            shelf.order.iter().enumerate().map(|(at, (id, _))| (*id, at)).collect();
        let dated: Vec<Dated> = spoken
            .iter()
            .map(|one| Dated {
                document: numbers[&one.document],
                origin: shelf.origin_number(one.origin),
                published: one.published,
                place: one.place,
                day: one.day,
                text: &one.text,
            })
            .collect();
        let mut texts = Texts::of(case);
        let mut rows = Vec::new();
        for day in timeline(&dated, days, sentences.saturating_mul(WIDER)) {
            let mut tellings = Vec::new();
            for at in of_every_origin(&day.sentences, day.day, &spoken).into_iter().take(sentences) {
                let words = &spoken[at].text;
                let mut witnesses = Vec::new();
                for one in spoken.iter().filter(|one| one.day == day.day && one.text == *words) {
                    let standing = texts.place(one.document, one.span)?;
                    if !witnesses.contains(&standing) {
                        witnesses.push(standing);
                    }
                }
                witnesses.sort_by_key(|(document, ..)| shelf.place(*document));
                tellings.push(Telling { words: words.clone(), witnesses });
            }
            rows.push(DayRow {
                date: iso_day(day.day),
                origins: day.origins,
                documents: day.documents,
                sentences: tellings,
            });
        }
        let shown: Vec<DocId> = rows
            .iter()
            .flat_map(|row| &row.sentences)
            .flat_map(|one| one.witnesses.iter().map(|(id, ..)| *id))
            .collect();
        shelf.fetch(case, shown)?;
        let events = Events::of(case, &mut shelf)?;
        Ok(TimelinePage { rows, events, undated, shelf })
    }

    /// Origins that name a day and have no sentence beside it.
    fn unheard(&self, row: &DayRow) -> usize {
        let ids = row.sentences.iter().flat_map(|one| one.witnesses.iter().map(|(id, ..)| *id));
        let heard: BTreeSet<Option<DocId>> = ids.map(|id| self.shelf.origin(id)).collect();
        row.origins.saturating_sub(heard.len())
    }

    /// What is not on the rows, in words.
    pub fn coverage(&self) -> String {
        match self.undated {
            0 => "Every time that was read names one day.".to_owned(),
            1 => "1 time is too vague for one day and stands on no row.".to_owned(),
            many => format!("{many} times are too vague for one day and stand on no row."),
        }
    }

    /// As a page.
    pub fn html(&self, links: Links) -> Markup {
        html! {
            (headed("Timeline", "when it was"))
            p .lead {
                "What several origins tell of, with every date they give it; then the days the accounts come back to, by the origins that name them, "
                "more where they are still named days later, each with the sentences that tell of it best. Copies count once."
            }
            (self.events.html(links, &self.shelf))
            h2 { "Days" }
            p .coverage { (self.coverage()) }
            @if self.rows.is_empty() { p { "No day is named." } }
            div .wide {
                table .readings.stack {
                    thead { tr { th { "Day" } th .number { "Origins" } th { "Told" } } }
                    tbody {
                        @for row in &self.rows {
                            tr {
                                th scope="row" .day { (row.date) }
                                td .number data-label="Origins" { (row.origins) }
                                td {
                                    @for (at, one) in row.sentences.iter().enumerate() {
                                        @if at > 0 { br; }
                                        @if let Some((document, place, passage)) = one.witnesses.first() { a .quote href=(links.words(*document, *place, *passage)) { (one.words) } }
                                        " " span .sigil { (letters(links, &self.shelf, &one.witnesses)) }
                                    }
                                    @let unheard = self.unheard(row);
                                    @if unheard > 0 { br; span .by { (plural(unheard, "more origin")) " " @if unheard == 1 { "names" } @else { "name" } " this day" } }
                                }
                            }
                        }
                    }
                }
            }
            p .by { (plural(self.rows.len(), "day")) " shown." }
        }
    }

    /// As JSON, one value a day.
    pub fn json(&self) -> Vec<Value> {
        let row = |row: &DayRow| {
            let spans: Vec<Vec<Value>> = row
                .sentences
                .iter()
                .map(|one| one.witnesses.iter().map(|(document, place, _)| json!({"document": document.to_string(), "start": place.0, "end": place.1})).collect())
                .collect();
            json!({
                "date": row.date, "text": row.sentences.iter().map(|one| &one.words).collect::<Vec<_>>(), "spans": spans,
                "documents": row.documents, "origins": row.origins,
            })
        };
        self.rows.iter().map(row).collect()
    }
}
