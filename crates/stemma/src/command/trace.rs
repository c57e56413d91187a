//! `trace`: who shares text with a passage, earliest first.

use crate::cli::Trace;
use crate::command::annotate::reading_of;
use crate::output::{Form, print_json, print_table};
use crate::terminal::{NOTHING, OK};
use anyhow::{Context, Result};
use case::{Access, Case};
use model::Offsets;
use page::Shelf;
use serde_json::{Value, json};

pub(crate) fn trace(args: &Trace, form: Form) -> Result<u8> {
    let case = Case::open(&args.case, Access::Read)?;
    let (reading, _) = reading_of(&args.passage)?;
    let passage = reading.documents.into_iter().next().context("holds no words")?.text;
    let here = Offsets::new(&passage);
    let mut shelf = Shelf::of(&case)?;
    let mut found = case.trace(&passage)?;
    shelf.fetch(&case, found.iter().map(|traced| traced.document))?;
    // Earliest first; documents of unknown date after those whose date is known.
    let date = |traced: &case::Traced| {
        let entry = shelf.get(traced.document);
        entry
            .and_then(|entry| entry.published.as_ref())
            .map_or("unknown".to_owned(), |known| known.value.clone())
    };
    found.sort_by_key(|traced| (date(traced) == "unknown", date(traced), shelf.place(traced.document)));
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut values: Vec<Value> = Vec::new();
    for traced in &found {
        let Some(entry) = shelf.get(traced.document) else { continue };
        let body = case.body(entry.text)?;
        let there = Offsets::new(&body);
        let origin = shelf.origin_number(entry.origin);
        for (a, b) in &traced.spans {
            let ((a_start, a_end), (b_start, b_end)) =
                (here.chars_of_span(&passage, *a), there.chars_of_span(&body, *b));
            let words = b.of(&body).replace(['\n', '\r', '\t'], " ");
            let place = format!("{}:{b_start}-{b_end}", entry.name);
            rows.push(vec![
                date(traced),
                origin.to_string(),
                place,
                format!("{a_start}-{a_end}"),
                words.clone(),
            ]);
            values.push(json!({
                "published": entry.published.as_ref().map(|known| &known.value), "origin": origin, "file": entry.file,
                "document": entry.id.to_string(), "start": b_start, "end": b_end, "text": words,
                "passage_start": a_start, "passage_end": a_end,
            }));
        }
    }
    match form {
        Form::Json => print_json(&values)?,
        _ if rows.is_empty() => {
            eprintln!("stemma: no shared text found; a paraphrase or a translation would escape")
        }
        _ => print_table(form, &["published", "origin", "place", "in the passage", "words"], &rows)?,
    }
    Ok(if rows.is_empty() { NOTHING } else { OK })
}
