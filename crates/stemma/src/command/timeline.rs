//! `timeline`: the days that the accounts of a case, or the records of a file, come back to.

use crate::cli::Timeline;
use crate::command::annotate::reading_of;
use crate::output::{Form, print_json, print_table};
use crate::terminal::{NOTHING, OK, USAGE, bold, faint};
use anyhow::Result;
use case::{Access, Case};
use collate::Dated;
use model::calendar::days_of;
use model::{Document, Offsets};
use page::{PointRow, TimelinePage, iso_day, plural};
use rayon::prelude::*;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::{Read, Write, stdout};
use std::path::Path;

pub(crate) fn timeline(args: &Timeline, form: Form) -> Result<u8> {
    if is_file_of_records(&args.case) {
        if args.happenings {
            eprintln!(
                "stemma: {}: is no case, and happenings are read from a case; `stemma add` makes one",
                args.case.display()
            );
            return Ok(USAGE);
        }
        return of_records(args, form);
    }
    let case = Case::open(&args.case, Access::Read)?;
    let page = TimelinePage::of(&case, args.dates, args.sentences)?;
    if args.happenings {
        return happenings(&page, form);
    }
    let sigils = |one: &page::Telling| -> String {
        one.witnesses.iter().map(|(id, ..)| page.shelf.sigil(*id)).collect::<Vec<_>>().join("=")
    };
    match form {
        Form::Json => print_json(&page.json())?,
        Form::Tsv => {
            let rows = page.rows.iter().flat_map(|row| row.sentences.iter().map(move |one| (row, one)));
            let rows: Vec<Vec<String>> = rows
                .map(|(row, one)| {
                    vec![row.date.clone(), row.origins.to_string(), sigils(one), one.words.clone()]
                })
                .collect();
            print_table(form, &["day", "origins", "in", "told"], &rows)?;
        }
        Form::Table => {
            let mut out = stdout().lock();
            for row in &page.rows {
                writeln!(out, "{}  {}", bold(&row.date), faint(&plural(row.origins, "origin")))?;
                for one in &row.sentences {
                    writeln!(out, "  {:<5} {}", sigils(one), one.words)?;
                }
            }
            writeln!(out, "\n{}", faint(&page.coverage()))?;
        }
    }
    Ok(if page.rows.is_empty() { NOTHING } else { OK })
}

/// What several origins tell of, with every date they give it.
fn happenings(page: &TimelinePage, form: Form) -> Result<u8> {
    let events = &page.events;
    match form {
        Form::Json => print_json(&events.json())?,
        Form::Tsv => {
            let dated = events
                .dated
                .iter()
                .map(|event| vec![event.dates_words(), event.point.question.clone(), event.told_words()]);
            let tray = events
                .tray
                .iter()
                .map(|row| vec!["without a date".to_owned(), row.question.clone(), tellers(row)]);
            print_table(form, &["dates", "question", "told"], &dated.chain(tray).collect::<Vec<_>>())?;
        }
        Form::Table => {
            let mut out = stdout().lock();
            for event in &events.dated {
                writeln!(out, "{}  {}", bold(&event.dates_words()), event.point.question)?;
                writeln!(out, "  {}", faint(&event.told_words()))?;
            }
            if !events.tray.is_empty() {
                writeln!(out, "\n{}", bold("Without a date"))?;
            }
            for row in &events.tray {
                writeln!(out, "{}  {}", row.question, faint(&tellers(row)))?;
            }
            if events.more > 0 {
                writeln!(out, "{}", faint(&format!("and {}", plural(events.more, "more happening"))))?;
            }
        }
    }
    Ok(if events.dated.is_empty() && events.tray.is_empty() { NOTHING } else { OK })
}

/// The short names of those who tell of a happening.
fn tellers(row: &PointRow) -> String {
    let mut names: Vec<String> = row.readings.iter().map(page::ReadingRow::sigils).collect();
    names.dedup();
    names.join(", ")
}

/// Whether a path is no case but a file to be read; a missing one is taken for a case.
fn is_file_of_records(path: &Path) -> bool {
    let mut head = [0; 16];
    let opened = std::fs::File::open(path).and_then(|mut file| file.read(&mut head));
    path == Path::new("-") || opened.is_ok_and(|count| count > 0 && !head.starts_with(b"SQLite format 3"))
}

struct Spoken {
    document: usize,
    place: usize,
    day: i64,
    span: model::Span,
    text: String,
}

fn of_records(args: &Timeline, form: Form) -> Result<u8> {
    let (reading, _) = reading_of(&args.case)?;
    let documents = &reading.documents;
    let spoken: Vec<Spoken> =
        documents.par_iter().enumerate().flat_map_iter(|(at, document)| spoken(at, document)).collect();
    // Records of equal words are one origin; a sentence that several print is one mention.
    let mut origins: BTreeMap<&str, usize> = BTreeMap::new();
    let origin: Vec<usize> = documents
        .iter()
        .enumerate()
        .map(|(at, document)| *origins.entry(document.text.as_str()).or_insert(at))
        .collect();
    let published: Vec<Option<i64>> = documents
        .iter()
        .map(|document| {
            document.published.as_ref().and_then(|known| days_of(&known.value)).map(|(first, _)| first as i64)
        })
        .collect();
    let dated: Vec<Dated> = spoken
        .iter()
        .map(|one| Dated {
            document: one.document,
            origin: origin[one.document],
            published: published[one.document],
            place: one.place,
            day: one.day,
            text: &one.text,
        })
        .collect();
    let days = collate::timeline(&dated, args.dates, args.sentences);
    let place = |at: usize| -> Value {
        let one = &spoken[at];
        let document = &documents[one.document];
        let (start, end) = Offsets::new(&document.text).chars_of_span(&document.text, one.span);
        json!({"document": document.record.as_ref().unwrap_or(&document.name), "start": start, "end": end})
    };
    match form {
        Form::Json => print_json(days.iter().map(|day| {
            let text: Vec<&str> = day.sentences.iter().map(|at| spoken[*at].text.as_str()).collect();
            let spans: Vec<Value> = day.sentences.iter().map(|at| place(*at)).collect();
            json!({"date": iso_day(day.day), "text": text, "spans": spans, "documents": day.documents, "origins": day.origins})
        }).collect::<Vec<_>>().iter())?,
        _ => {
            let rows: Vec<Vec<String>> = days
                .iter()
                .flat_map(|day| day.sentences.iter().map(move |at| (day, *at)))
                .map(|(day, at)| vec![iso_day(day.day), day.origins.to_string(), day.documents.to_string(), spoken[at].text.clone()])
                .collect();
            print_table(form, &["day", "origins", "documents", "told"], &rows)?;
        }
    }
    Ok(if days.is_empty() { NOTHING } else { OK })
}

/// The sentences of a document that name a day.
fn spoken(at: usize, document: &Document) -> Vec<Spoken> {
    let published = document.published.as_ref().map(|known| known.value.as_str());
    let cut = model::sentence::sentences(&document.text, &document.passages);
    let mut found = Vec::new();
    for time in annotate::times(&document.text, published) {
        let model::time::Value::Calendar(calendar) = time.value else { continue };
        let place = cut.partition_point(|sentence| sentence.end() < time.span.end());
        let (Some(day), Some(sentence)) = (calendar.day_number(), cut.get(place)) else { continue };
        let text = sentence.of(&document.text).split_whitespace().collect::<Vec<_>>().join(" ");
        found.push(Spoken { document: at, place, day, span: *sentence, text });
    }
    found
}
