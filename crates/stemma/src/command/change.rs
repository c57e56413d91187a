//! `set`, `remove`, `run`, `log`: what an analyst changes, and what was changed.

use crate::cli::{Remove, Set};
use crate::command::add::now;
use crate::output::{Form, print_table};
use crate::terminal::{NOTHING, OK};
use anyhow::{Result, bail};
use case::{Access, Case, SetField};
use page::plural;
use std::path::Path;

pub(crate) fn set(args: &Set) -> Result<u8> {
    let case = Case::open(&args.case, Access::Write)?;
    let document = case.find(&args.document)?;
    let mut fields = Vec::new();
    for (field, value) in &args.values {
        let Some(known) = SetField::from_word(field) else {
            let all: Vec<&str> = SetField::ALL.iter().map(|field| field.word()).collect();
            bail!("`{field}` cannot be set; fields are {}", all.join(", "));
        };
        fields.push((known, value));
    }
    for (field, value) in fields {
        case.set(document, field, value, &now(), &args.why)?;
        println!(
            "{}: {} is {}",
            args.document,
            field.word(),
            if value.is_empty() { "unknown" } else { value }
        );
    }
    case.close()?;
    Ok(OK)
}

pub(crate) fn remove(args: &Remove) -> Result<u8> {
    let mut case = Case::open(&args.case, Access::Write)?;
    let documents =
        args.documents.iter().map(|document| case.find(document)).collect::<case::Result<Vec<_>>>()?;
    for (document, name) in documents.into_iter().zip(&args.documents) {
        case.remove(document)?;
        println!("{name}: removed");
    }
    let (documents, origins) = case.counts()?;
    println!("now {}, {}", plural(documents, "document"), plural(origins, "origin"));
    case.close()?;
    Ok(OK)
}

pub(crate) fn run(path: &Path) -> Result<u8> {
    let mut case = Case::open(path, Access::Write)?;
    let texts = case.align(|_| {})?;
    case.close()?;
    println!(
        "{}",
        if texts == 0 { "nothing left to do".into() } else { format!("{} compared", plural(texts, "text")) }
    );
    Ok(OK)
}

pub(crate) fn log(path: &Path, form: Form) -> Result<u8> {
    let case = Case::open(path, Access::Read)?;
    let judgements = case.judgements()?;
    let rows: Vec<Vec<String>> = judgements
        .iter()
        .map(|j| {
            let or_unknown = |value: &Option<String>| value.clone().unwrap_or_else(|| "unknown".into());
            vec![
                j.number.to_string(),
                j.at.clone(),
                format!("{:012x}", j.document),
                j.field.clone().unwrap_or_default(),
                or_unknown(&j.value),
                or_unknown(&j.before),
                j.why.clone(),
            ]
        })
        .collect();
    print_table(form, &["n", "at", "document", "field", "value", "before", "why"], &rows)?;
    Ok(if rows.is_empty() { NOTHING } else { OK })
}
