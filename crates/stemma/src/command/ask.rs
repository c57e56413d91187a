//! `search`, `sql`, `verify`: questions to a case.

use crate::cli::{Search, Sql};
use crate::output::{Form, print_json, print_table};
use crate::terminal::{INTEGRITY, NOTHING, OK, USAGE, bold, colours, faint};
use anyhow::{Context, Result};
use case::{Access, Case, Filters};
use page::{SearchPage, Shelf, plural};
use serde_json::{Value, json};
use std::io::{Write, stdout};
use std::path::Path;

pub(crate) fn search(args: &Search, form: Form) -> Result<u8> {
    let case = Case::open(&args.case, Access::Read)?;
    let origin = match args.origin {
        Some(number) => {
            let shelf = Shelf::of(&case)?;
            let found = shelf.origin_of_number(number);
            Some(found.with_context(|| format!("no origin {number}; there are {}", shelf.origin_count()))?)
        }
        None => None,
    };
    let filters = Filters {
        since: args.since.clone(),
        until: args.until.clone(),
        outlet: args.outlet.clone(),
        language: args.language.clone(),
        origin,
        document: args.document.as_ref().map(|document| case.find(document)).transpose()?,
    };
    let page = SearchPage::of(&case, &args.question, &filters, args.limit)?;
    if let Some(refused) = &page.refused {
        eprintln!("stemma: `{}`: {refused}", args.question);
        return Ok(USAGE);
    }
    if form == Form::Json {
        print_json(&page.rows.iter().map(page::HitRow::json).collect::<Vec<_>>())?;
    } else {
        let mut out = stdout().lock();
        for row in &page.rows {
            let words = row.within.of(&row.context);
            let (before, after) = (&row.context[..row.within.start()], &row.context[row.within.end()..]);
            let copies: String = row.copies.iter().map(|(_, name)| format!("  = {name}")).collect();
            let place = format!("{}:{}-{}:", row.name, row.chars.0, row.chars.1);
            let found = if colours() { format!("\x1b[1;4m{words}\x1b[0m") } else { words.to_owned() };
            writeln!(out, "{} {before}{found}{after}{}", faint(&place), faint(&copies))?;
        }
    }
    if page.rows.is_empty() {
        eprintln!("stemma: nothing found for these words; other words may say it");
        return Ok(NOTHING);
    }
    eprintln!("{}", page.sentence());
    Ok(OK)
}

pub(crate) fn sql(args: &Sql, form: Form) -> Result<u8> {
    let case = Case::open(&args.case, Access::Read)?;
    let found = case.sql(&args.question)?;
    if form == Form::Json {
        let rows: Vec<Value> = found
            .rows
            .iter()
            .map(|row| {
                found
                    .columns
                    .iter()
                    .cloned()
                    .zip(row.iter().map(|cell| json!(cell)))
                    .collect::<serde_json::Map<_, _>>()
                    .into()
            })
            .collect();
        print_json(&rows)?;
    } else {
        let columns: Vec<&str> = found.columns.iter().map(String::as_str).collect();
        let rows: Vec<Vec<String>> = found
            .rows
            .iter()
            .map(|row| row.iter().map(|cell| cell.clone().unwrap_or_default()).collect())
            .collect();
        print_table(form, &columns, &rows)?;
    }
    Ok(if found.rows.is_empty() { NOTHING } else { OK })
}

pub(crate) fn verify(path: &Path, form: Form) -> Result<u8> {
    let case = Case::open(path, Access::Read)?;
    let checked = case.verify()?;
    if form == Form::Json {
        let faults: Vec<Value> =
            checked.faults.iter().map(|fault| json!({"what": fault.what, "cause": fault.cause})).collect();
        writeln!(
            stdout().lock(),
            "{}",
            json!({"captures": checked.captures, "documents": checked.documents, "rows": checked.rows, "shared": checked.overlaps, "judgements": checked.judgements, "faults": faults})
        )?;
    } else {
        writeln!(
            stdout().lock(),
            "{}: {}, {}, {}, {}, {} checked against their bytes",
            path.display(),
            plural(checked.captures, "capture"),
            plural(checked.documents, "document"),
            plural(checked.rows, "row"),
            plural(checked.overlaps, "shared stretch"),
            plural(checked.judgements, "judgement"),
        )?;
        for fault in &checked.faults {
            writeln!(stdout().lock(), "{}: {}", bold(&fault.what), fault.cause)?;
        }
        writeln!(
            stdout().lock(),
            "{}",
            if checked.faults.is_empty() {
                "everything fits".into()
            } else {
                format!("{} found; go back to a copy", plural(checked.faults.len(), "fault"))
            }
        )?;
    }
    Ok(if checked.faults.is_empty() { OK } else { INTEGRITY })
}
