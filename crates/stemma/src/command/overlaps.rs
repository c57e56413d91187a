//! `overlaps`: all reuse in a corpus, without a case.

use crate::cli::Overlaps;
use crate::command::annotate::{bytes_of, reading_of};
use crate::corpus::{self, Row};
use crate::terminal::{NOTHING, OK};
use align::{CorpusOverlap, corpus_overlaps};
use anyhow::Result;
use model::{Offsets, Span};
use rayon::prelude::*;
use read::Brief;
use std::borrow::Cow;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// Memory a corpus takes when it is compared without a disk, over its size.
const IN_MEMORY: u64 = 20;

pub(crate) fn overlaps(args: &Overlaps) -> Result<u8> {
    let mut out = std::io::BufWriter::with_capacity(1 << 16, std::io::stdout().lock());
    let mut printed = 0;
    let mut each = |row: &Row| {
        if !args.all && !row.is_likely() {
            return Ok(());
        }
        printed += 1;
        row.write(&mut out)
    };
    let size: u64 =
        args.files.iter().filter_map(|file| std::fs::metadata(file).ok()).map(|about| about.len()).sum();
    let lines_only = args.files.iter().all(|file| holds_lines(file));
    let refused = match lines_only && (args.work.is_some() || size.saturating_mul(IN_MEMORY) > args.memory) {
        true => corpus::overlaps(&args.files, args.memory, args.work.as_deref(), &mut each)?,
        false => in_memory(&args.files, &mut each)?,
    };
    out.flush()?;
    Ok(if refused > 0 || printed == 0 { NOTHING } else { OK })
}

/// Whether a file holds a record a line, by its name.
fn holds_lines(file: &Path) -> bool {
    let ending = file.extension().unwrap_or_default().to_ascii_lowercase();
    ending == "jsonl" || ending == "ndjson"
}

fn in_memory(files: &[PathBuf], each: &mut impl FnMut(&Row) -> Result<()>) -> Result<usize> {
    let mut held: Vec<Vec<u8>> = Vec::new();
    let mut briefs: Vec<Brief> = Vec::new();
    let mut refused = 0;
    for file in files {
        if holds_lines(file) {
            held.push(bytes_of(file)?.0);
            continue;
        }
        let (reading, _) = reading_of(file)?;
        refused += reading.refusals.len();
        briefs.extend(
            reading
                .documents
                .into_iter()
                .map(|document| Brief { name: document.name, text: Cow::Owned(document.text) }),
        );
    }
    let lined: Vec<Cow<str>> = held.iter().map(|bytes| String::from_utf8_lossy(bytes)).collect();
    let paths = files.iter().filter(|file| holds_lines(file));
    for (path, text) in paths.zip(&lined) {
        let lines: Vec<(usize, &str)> = text.trim_start_matches('\u{FEFF}').split('\n').enumerate().collect();
        let read: Vec<_> = lines
            .par_iter()
            .filter(|(_, line)| !line.trim().is_empty())
            .map(|(at, line)| read::brief(line, at + 1))
            .collect();
        for brief in read {
            match brief {
                Ok(brief) => briefs.push(brief),
                Err(refusal) => {
                    eprintln!("stemma: {}: {}: {}", path.display(), refusal.part, refusal.cause);
                    refused += 1;
                }
            }
        }
    }
    // The order of the files plays no part.
    briefs.sort_by(|x, y| x.name.cmp(&y.name));
    let texts: Vec<&str> = briefs.iter().map(|brief| &*brief.text).collect();
    let found = corpus_overlaps(&texts, annotate::quoted_spans);
    let tables: Vec<OnceLock<Offsets>> = texts.iter().map(|_| OnceLock::new()).collect();
    let place = |at: usize, span: Span| {
        let table = tables[at].get_or_init(|| Offsets::new(texts[at]));
        (briefs[at].name.as_str(), table.chars_of_span(texts[at], span))
    };
    let row = |found: &CorpusOverlap| {
        let (a, b) = (place(found.a, found.overlap.a), place(found.b, found.overlap.b));
        Row::new(a, b, found.kind, found.probability)
    };
    let mut rows: Vec<Row> = found.par_iter().map(row).collect();
    rows.par_sort_unstable_by(Row::order);
    rows.iter().try_for_each(each)?;
    Ok(refused)
}
