//! `trace`: who shares text with a passage, earliest first.

use crate::cli::Trace;
use crate::command::annotate::reading_of;
use crate::output::{Form, print_json, print_table};
use crate::terminal::{NOTHING, OK};
use anyhow::{Context, Result};
use case::{Access, Case};
use page::{TracePage, TraceRow};

pub(crate) fn trace(args: &Trace, form: Form) -> Result<u8> {
    let case = Case::open(&args.case, Access::Read)?;
    let (reading, _) = reading_of(&args.passage)?;
    let passage = reading.documents.into_iter().next().context("holds no words")?.text;
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
