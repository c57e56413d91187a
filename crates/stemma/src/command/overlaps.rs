//! `overlaps`: all reuse in a corpus, without a case.

use crate::cli::Overlaps;
use crate::command::annotate::reading_of;
use crate::terminal::{NOTHING, OK};
use align::{OverlapKind, corpus_overlaps};
use anyhow::Result;
use model::{Document, Offsets};
use rayon::prelude::*;
use serde_json::json;
use std::io::Write;

/// Overlaps below this are printed with `--all` only.
const LIKELY: f64 = 0.5;

pub(crate) fn overlaps(args: &Overlaps) -> Result<u8> {
    let mut documents: Vec<Document> = Vec::new();
    let mut refused = false;
    for file in &args.files {
        let (reading, _) = reading_of(file)?;
        refused |= !reading.refusals.is_empty();
        documents.extend(reading.documents);
    }
    let texts: Vec<&str> = documents.iter().map(|document| document.text.as_str()).collect();
    let found = corpus_overlaps(&texts);
    let offsets: Vec<Offsets> = texts.par_iter().map(|text| Offsets::new(text)).collect();
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let mut printed = 0;
    for row in &found {
        let likely = row.kind == OverlapKind::Copy && row.probability >= LIKELY;
        if !likely && !args.all {
            continue;
        }
        printed += 1;
        let place = |at: usize, span| offsets[at].chars_of_span(texts[at], span);
        let (a, b) = (place(row.a, row.overlap.a), place(row.b, row.overlap.b));
        let line = json!({
            "layer": "overlap", "a": documents[row.a].name, "b": documents[row.b].name,
            "a_start": a.0, "a_end": a.1, "b_start": b.0, "b_end": b.1,
            "kind": row.kind.word(), "probability": (row.probability * 1e4).round() / 1e4,
        });
        writeln!(out, "{line}")?;
    }
    out.flush()?;
    Ok(if refused || printed == 0 { NOTHING } else { OK })
}
