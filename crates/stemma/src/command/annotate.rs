//! `annotate`: rows of files without a case.

use crate::cli::Annotate;
use crate::terminal::{NOTHING, OK};
use annotate::EXTRACTORS;
use anyhow::{Context, Result, bail};
use model::{Document, Layers, Offsets, Span};
use rayon::prelude::*;
use read::{Hint, Reading};
use serde_json::Value;
use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::path::Path;

pub(crate) fn annotate(args: &Annotate) -> Result<u8> {
    let known: Vec<&str> = EXTRACTORS
        .iter()
        .map(|extractor| extractor.name)
        .chain(["hedge", "seam", "citation", "sum", "address"])
        .collect();
    if let Some(layer) = &args.layer
        && !known.contains(&layer.as_str())
    {
        bail!("no layer `{layer}` yet; there are {}", known.join(", "));
    }
    let given = args.mentions.as_deref().map(mentions).transpose()?;
    let mut refused = false;
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for file in &args.files {
        let (reading, name) = reading_of(file)?;
        refused |= !reading.refusals.is_empty();
        let rows: Vec<Vec<Value>> = reading
            .documents
            .par_iter()
            .map(|document| match &given {
                Some(given) => place_rows(document, &name, given),
                None => rows(document, &name),
            })
            .collect();
        for mut rows in rows {
            map_vague(&mut rows, &args.vague);
            for row in
                rows.iter().filter(|row| args.layer.as_deref().is_none_or(|layer| row["layer"] == layer))
            {
                writeln!(out, "{row}")?;
            }
        }
    }
    out.flush()?;
    Ok(if refused { NOTHING } else { OK })
}

/// What the table asked for makes of vague numbers, as `mapped`; the value itself stays.
fn map_vague(rows: &mut [Value], table: &str) {
    for row in rows.iter_mut().filter(|_| table != "open") {
        let number = row["vague"][table].as_f64();
        if let (Some(number), Some(row)) = (number, row.as_object_mut()) {
            row.insert("mapped".into(), serde_json::json!({"table": table, "value": number}));
        }
    }
}

/// A file or standard input read without a case, and its name. What was refused or noticed is told on standard error.
pub(crate) fn reading_of(file: &Path) -> Result<(Reading, String)> {
    let (bytes, name) = bytes_of(file)?;
    let reading = read::read(&bytes, &Hint::named(&name)).with_context(|| file.display().to_string())?;
    for refusal in &reading.refusals {
        eprintln!("stemma: {}: {}: {}", file.display(), refusal.part, refusal.cause);
    }
    for document in &reading.documents {
        for warning in &document.warnings {
            eprintln!("stemma: {}: {}: {}", file.display(), document.name, warning.text);
        }
    }
    Ok((reading, name))
}

/// The bytes of a file or of standard input, and its name.
pub(crate) fn bytes_of(file: &Path) -> Result<(Vec<u8>, String)> {
    if file == Path::new("-") {
        let mut bytes = Vec::new();
        std::io::stdin().read_to_end(&mut bytes).context("standard input: cannot be read")?;
        return Ok((bytes, "standard-input".into()));
    }
    let bytes = std::fs::read(file).with_context(|| format!("{}: cannot be read", file.display()))?;
    Ok((bytes, file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()))
}

fn rows(document: &Document, file: &str) -> Vec<Value> {
    let layers = annotate::annotate_document(document);
    let id = document.record.as_deref().unwrap_or(file);
    let offsets = Offsets::new(&document.text);
    let mut rows = page::layer_rows(id, &document.text, &offsets, &layers);
    let seams = annotate::seams(&document.text, &document.passages);
    rows.extend(page::seam_rows(id, &document.text, &offsets, &seams));
    let sums = annotate::sums(&document.text, &document.passages, &layers.quantities);
    rows.extend(page::sum_rows(id, &document.text, &offsets, &sums));
    let hedges = annotate::hedges(
        &document.text,
        &document.passages,
        document.language.as_ref().map(|language| language.value.as_str()),
    );
    rows.extend(page::hedge_rows(id, &document.text, &offsets, &hedges));
    let citations = annotate::citations(&document.text, &document.passages);
    rows.extend(page::citation_rows(id, &document.text, &offsets, &citations));
    rows.extend(page::address_rows(id, &document.text, &offsets, &annotate::address_dates(&document.text)));
    rows
}

/// Names that were found elsewhere: code points by document.
type Mentions = BTreeMap<String, Vec<(usize, usize)>>;

fn mentions(path: &Path) -> Result<Mentions> {
    let (bytes, _) = bytes_of(path)?;
    let text = String::from_utf8(bytes).with_context(|| format!("{}: is not UTF-8", path.display()))?;
    let mut found = Mentions::new();
    for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let place = || {
            format!(
                "{}: line {}: is no mention; write {{\"id\", \"start\", \"end\"}}",
                path.display(),
                at + 1
            )
        };
        let row: Value = serde_json::from_str(line).with_context(place)?;
        let id = match &row["id"] {
            Value::String(id) => id.clone(),
            other => other.to_string(),
        };
        let spans = match &row["toponyms"] {
            Value::Array(rows) => rows.as_slice(),
            _ => std::slice::from_ref(&row),
        };
        for span in spans {
            let end = |name: &str| span[name].as_u64().map(|end| end as usize);
            let (Some(start), Some(end)) = (end("start"), end("end")) else { bail!(place()) };
            found.entry(id.clone()).or_default().push((start, end));
        }
    }
    Ok(found)
}

/// The places of names that were found elsewhere.
fn place_rows(document: &Document, file: &str, given: &Mentions) -> Vec<Value> {
    let id = document.record.as_deref().unwrap_or(file);
    let text = &document.text;
    let offsets = Offsets::new(text);
    let span = |(start, end): &(usize, usize)| {
        let (start, end) = (offsets.byte_of_char(text, *start)?, offsets.byte_of_char(text, *end)?);
        Span::checked(start, end)
    };
    let spans: Vec<Span> = given.get(id).into_iter().flatten().filter_map(span).collect();
    let layers = Layers { places: annotate::places_at(text, &spans), ..Layers::default() };
    page::layer_rows(id, text, &offsets, &layers)
}
