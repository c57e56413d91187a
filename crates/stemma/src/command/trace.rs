//! `trace`: who shares text with a passage, earliest first.

use crate::cli::Trace;
use crate::command::annotate::reading_of;
use crate::output::{Form, print_json, print_table};
use crate::terminal::{NOTHING, OK};
use anyhow::{Context, Result};
use case::{Access, Case};
use page::{TracePage, TraceRow, touched, value_words};

pub(crate) fn trace(args: &Trace, form: Form) -> Result<u8> {
    let case = Case::open(&args.case, Access::Read)?;
    let (reading, _) = reading_of(&args.passage)?;
    let passage = reading.documents.into_iter().next().context("holds no words")?.text;
    if args.points {
        return points(&case, &passage, form);
    }
    let page = TracePage::of(&case, &passage)?;
    let cells = |row: &TraceRow| {
        vec![
            row.published.clone().unwrap_or_else(|| "unknown".to_owned()),
            row.origin.to_string(),
            format!("{}:{}-{}", row.name, row.chars.0, row.chars.1),
            format!("{}-{}", row.in_passage.0, row.in_passage.1),
            row.words.replace(['\n', '\r', '\t'], " "),
        ]
    };
    match form {
        Form::Json => print_json(&page.json())?,
        _ if page.rows.is_empty() => eprintln!("stemma: {}", page.sentence()),
        _ => {
            let rows: Vec<Vec<String>> = page.rows.iter().map(cells).collect();
            print_table(form, &["published", "origin", "place", "in the passage", "words"], &rows)?;
        }
    }
    Ok(if page.rows.is_empty() { NOTHING } else { OK })
}

/// The points a passage touches, each reading with whether it could hold beside it.
fn points(case: &Case, passage: &str, form: Form) -> Result<u8> {
    let found = touched(case, passage)?;
    if form == Form::Json {
        print_json(&found.iter().map(page::Touched::json).collect::<Vec<_>>())?;
    } else if found.is_empty() {
        eprintln!("stemma: no point of the case asks what the passage tells; other words may touch one");
    } else {
        let mut rows = Vec::new();
        for one in &found {
            for reading in &one.row.readings {
                let agrees = if one.agrees(&reading.value) { "could be the same" } else { "differs" };
                rows.push(vec![
                    one.row.question.clone(),
                    value_words(&one.value),
                    agrees.to_owned(),
                    format!("{}:{}-{}", reading.file, reading.chars.0, reading.chars.1),
                    value_words(&reading.value),
                    reading.quote.replace(['\n', '\r', '\t'], " "),
                ]);
            }
        }
        print_table(form, &["question", "the passage", "reading", "place", "value", "words"], &rows)?;
    }
    Ok(if found.is_empty() { NOTHING } else { OK })
}
