//! `set`, `remove`, `run`, `log`: what an analyst changes, and what was changed.

use crate::cli::{Remove, Set};
use crate::command::add::now;
use crate::output::{Form, print_json, print_table, say};
use crate::terminal::{NOTHING, OK};
use anyhow::{Result, bail};
use case::{Access, Case, SetField};
use page::plural;
use serde_json::json;
use std::path::Path;

pub(crate) fn set(args: &Set, form: Form) -> Result<u8> {
    let case = Case::open(&args.case, Access::Write)?;
    let document = case.find(&args.document)?;
    let mut fields = Vec::new();
    for (field, value) in &args.values {
        let Some(known) = SetField::from_word(field) else {
            let all: Vec<&str> = SetField::ALL.iter().map(|field| field.word()).collect();
            bail!("`{field}` cannot be set; fields are {}", all.join(", "));
        };
        fields.push((known, value.as_str()));
    }
    case.set(document, &fields, &now(), &args.why)?;
    case.close()?;
    for (field, value) in fields {
        let value = if value.is_empty() { "unknown" } else { value };
        match form {
            Form::Json => print_json([
                &json!({"document": document.to_string(), "field": field.word(), "value": value}),
            ])?,
            _ => say(&format!("{}: {} is {value}", args.document, field.word()))?,
        }
    }
    Ok(OK)
}

pub(crate) fn remove(args: &Remove, form: Form) -> Result<u8> {
    let mut case = Case::open(&args.case, Access::Write)?;
    let mut documents =
        args.documents.iter().map(|document| case.find(document)).collect::<case::Result<Vec<_>>>()?;
    documents.sort_unstable();
    documents.dedup();
    for document in &documents {
        case.remove(*document)?;
    }
    let (left, origins) = case.counts()?;
    case.close()?;
    match form {
        Form::Json => {
            let removed: Vec<String> = documents.iter().map(ToString::to_string).collect();
            print_json([&json!({"removed": removed, "documents": left, "origins": origins})])?;
        }
        _ => {
            let removed = plural(documents.len(), "document");
            say(&format!(
                "{removed} removed; now {}, {}",
                plural(left, "document"),
                plural(origins, "origin")
            ))?;
        }
    }
    Ok(OK)
}

pub(crate) fn run(path: &Path, form: Form) -> Result<u8> {
    let mut case = Case::open(path, Access::Write)?;
    let texts = case.align(|_| {})?;
    let read = super::add::read_deep(&mut case)?;
    case.close()?;
    match form {
        Form::Json => print_json([&json!({"compared": texts, "read": read})])?,
        _ if texts + read == 0 => say("nothing left to do")?,
        _ => say(&format!("{} compared; names read in {}", plural(texts, "text"), plural(read, "document")))?,
    }
    Ok(OK)
}

pub(crate) fn log(path: &Path, form: Form) -> Result<u8> {
    let case = Case::open(path, Access::Read)?;
    let judgements = case.judgements()?;
    let or_unknown = |value: &Option<String>| value.clone().unwrap_or_else(|| "unknown".into());
    let rows: Vec<Vec<String>> = judgements
        .iter()
        .map(|j| {
            let document = format!("{:012x}", j.document);
            let field = j.field.clone().unwrap_or_default();
            let (value, before) = (or_unknown(&j.value), or_unknown(&j.before));
            vec![j.number.to_string(), j.at.clone(), document, field, value, before, j.why.clone()]
        })
        .collect();
    print_table(form, &["n", "at", "document", "field", "value", "before", "why"], &rows)?;
    Ok(if rows.is_empty() { NOTHING } else { OK })
}
