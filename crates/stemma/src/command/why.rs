//! `why`: the rule behind a row, what it matched, and its examples.

use crate::cli::Why;
use crate::command::annotate::reading_of;
use crate::output::{Form, print_json};
use crate::terminal::{NOTHING, OK, bold, faint};
use annotate::rules::rule;
use anyhow::{Context, Result, bail};
use case::{Access, Case};
use model::{Document, Layers, Offsets, RowId, Span, Spans, Time};
use serde_json::{Value, json};
use std::io::Write;
use std::path::Path;

pub(crate) fn why(args: &Why, form: Form) -> Result<u8> {
    let Some(place) = &args.place else {
        let (file, offset) = args
            .first
            .rsplit_once(':')
            .context("name a place: FILE:OFFSET, or CASE DOCUMENT:OFFSET, or CASE ROW")?;
        let offset = offset_of(offset)?;
        let (reading, _) = reading_of(Path::new(file))?;
        let document = reading.documents.into_iter().next().context("holds no document")?;
        let layers = annotate::annotate_document(&document);
        return print(&document, &layers, Wanted::Offset(offset), form);
    };
    let case = Case::open(Path::new(&args.first), Access::Read)?;
    if let Some((document, offset)) = place.rsplit_once(':') {
        let offset = offset_of(offset)?;
        let id = case.find(document)?;
        return print(&case.document(id)?, &case.layers(id)?, Wanted::Offset(offset), form);
    }
    let Ok(row) = place.parse::<RowId>() else { bail!("`{place}` is neither a row id nor DOCUMENT:OFFSET") };
    for entry in case.entries()? {
        let (document, layers) = (case.document(entry.id)?, case.layers(entry.id)?);
        if explained(&document, &layers).any(|known| known.id == row) {
            return print(&document, &layers, Wanted::Row(row), form);
        }
    }
    bail!("no row {row} in the case")
}

/// The offset of "408", or the first of "408-426", as lists print places.
fn offset_of(words: &str) -> Result<usize> {
    let first = words.split('-').next().unwrap_or_default();
    first.parse().with_context(|| format!("`{words}` is no offset; count code points from 0"))
}

enum Wanted {
    Offset(usize),
    Row(RowId),
}

/// A row as it is explained.
struct Explained {
    id: RowId,
    span: Span,
    by: &'static str,
    value: String,
    /// What stands behind the value: a label and words each.
    more: Vec<(&'static str, String)>,
}

/// Every row of a document, explained.
fn explained<'a>(document: &'a Document, layers: &'a Layers) -> impl Iterator<Item = Explained> + 'a {
    let id = |layer: &str, span: Span| RowId::of(document.id, layer, &Spans::from(span));
    let quantities = layers.quantities.iter().map(move |row| {
        let bound = |bound: Option<f64>| bound.map_or("open".to_owned(), |value| value.to_string());
        let value =
            format!("[{}, {}] {} (change {})", bound(row.low), bound(row.high), row.unit, row.change.sign());
        let more = vec![("compared", row.counted.clone())];
        Explained { id: id("quantity", row.span), span: row.span, by: row.by, value, more }
    });
    let times = layers.times.iter().map(move |row| Explained {
        id: id("time", row.span),
        span: row.span,
        by: row.by,
        value: row.value.timex(),
        more: time_details(row, &document.text),
    });
    let places = layers.places.iter().map(move |row| Explained {
        id: id("place", row.span),
        span: row.span,
        by: row.by,
        value: format!("{}, {} ({})", row.name, row.country, row.class.word()),
        more: vec![
            ("lies", format!("{:.3}, {:.3}", row.latitude, row.longitude)),
            ("of", format!("{} places of the name", row.candidates)),
        ],
    });
    let names = layers.names.iter().map(move |row| Explained {
        id: id("name", row.span),
        span: row.span,
        by: row.by,
        value: row.class.word().to_owned(),
        more: Vec::new(),
    });
    quantities.chain(times).chain(places).chain(names)
}

/// What a time says in plain words, its tree, what it leans on, its bounds, and what was refused.
fn time_details(row: &Time, text: &str) -> Vec<(&'static str, String)> {
    let mut more = vec![("means", row.gloss()), ("tree", row.tree.to_string())];
    more.extend(row.edtf().map(|edtf| ("edtf", edtf)));
    more.extend(row.anchor.map(|anchor| ("anchor", format!("“{}”", anchor.of(text)))));
    if let Some(bounds) = row.range_bounds() {
        let end = |day: Option<String>| day.unwrap_or_else(|| "open".into());
        more.push(("bounds", format!("{} to {}", end(bounds.earliest()), end(bounds.latest()))));
    }
    more.extend(
        row.refused.as_ref().map(|refused| ("refused", format!("{}: {}", refused.value, refused.why))),
    );
    if !row.about.is_empty() {
        more.push(("beside", format!("a word for {}", row.about)));
    }
    more
}

fn print(document: &Document, layers: &Layers, wanted: Wanted, form: Form) -> Result<u8> {
    let offsets = Offsets::new(&document.text);
    let byte = match wanted {
        Wanted::Offset(offset) => Some(offsets.byte_of_char(&document.text, offset).with_context(|| {
            format!("{}: has {} code points, so {offset} lies past its end", document.name, offsets.chars())
        })?),
        Wanted::Row(_) => None,
    };
    // Beside a row the rows of the sentence are what is meant.
    let exact = byte.filter(|byte| explained(document, layers).any(|row| row.span.contains(*byte)));
    let sentence = byte.filter(|_| exact.is_none()).and_then(|byte| {
        let sentences = model::sentence::sentences(&document.text, &document.passages);
        model::sentence::sentence_at(&sentences, byte)
    });
    let mut found = 0;
    for Explained { id, span, by, value, more } in explained(document, layers) {
        let is_wanted = match wanted {
            Wanted::Offset(_) => {
                exact.is_some_and(|byte| span.contains(byte))
                    || sentence.is_some_and(|sentence| sentence.covers(span))
            }
            Wanted::Row(row) => row == id,
        };
        if !is_wanted {
            continue;
        }
        found += 1;
        let (start, end) = offsets.chars_of_span(&document.text, span);
        let rule = rule(by);
        let words = span.of(&document.text);
        if form == Form::Json {
            let value: Value = json!({
                "row": id.to_string(), "document": document.id.to_string(), "start": start, "end": end, "text": words, "value": value,
                "more": more.iter().cloned().collect::<std::collections::BTreeMap<_, _>>(), "rule": by, "about": rule.map(|rule| &rule.about), "finds": rule.map(|rule| &rule.finds), "ignores": rule.map(|rule| &rule.ignores),
            });
            print_json([&value])?;
            continue;
        }
        writeln!(
            std::io::stdout().lock(),
            "{}  {}",
            bold(&format!("“{words}”")),
            faint(&format!("{}:{start}-{end}, row {id}", document.name))
        )?;
        writeln!(std::io::stdout().lock(), "  value    {value}")?;
        for (label, words) in &more {
            writeln!(std::io::stdout().lock(), "  {label:<8} {words}")?;
        }
        writeln!(std::io::stdout().lock(), "  rule     {by}")?;
        if let Some(rule) = rule {
            writeln!(std::io::stdout().lock(), "           {}", rule.about)?;
            for example in &rule.finds {
                writeln!(std::io::stdout().lock(), "  finds    {example}")?;
            }
            for words in &rule.ignores {
                writeln!(std::io::stdout().lock(), "  ignores  {words}")?;
            }
        }
    }
    if found == 0 {
        let passage =
            byte.and_then(|byte| document.passages.iter().find(|passage| passage.span.contains(byte)));
        let place = passage.map_or("between passages".to_owned(), |passage| {
            format!("in a passage of kind {}", passage.kind.word())
        });
        eprintln!("stemma: {}: no row in this sentence ({place})", document.name);
        return Ok(NOTHING);
    }
    Ok(OK)
}
