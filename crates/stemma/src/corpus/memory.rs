//! Reuse in a corpus that fits into memory.

use super::Row;
use super::lines::{Batch, line_at};
use align::{CorpusOverlap, corpus_overlaps};
use anyhow::{Context, Result};
use model::{Offsets, Span};
use rayon::prelude::*;
use read::Refusal;
use std::fs::File;
use std::io::BufReader;
use std::ops::Range;
use std::path::Path;
use std::sync::OnceLock;

/// Bytes of a file that are held at once.
const BATCH: usize = 4 << 20;
/// Records read in one go.
const TOGETHER: usize = 32;

/// Texts behind one another, with their names: few large pieces of memory instead of many small ones.
#[derive(Default)]
pub(crate) struct Texts {
    joined: String,
    names: Vec<(String, Range<usize>)>,
}

impl Texts {
    /// Adds a text.
    pub(crate) fn push(&mut self, name: String, text: &str) {
        let start = self.joined.len();
        self.joined.push_str(text);
        self.names.push((name, start..self.joined.len()));
    }
}

/// All reuse between texts and the records of files, in the order of their names; gives how many records were refused.
pub(crate) fn overlaps(
    texts: Texts,
    files: &[&Path],
    each: &mut impl FnMut(&Row) -> Result<()>,
) -> Result<usize> {
    let (mut read, mut refused) = (vec![texts], 0);
    for file in files {
        refused +=
            read_records(file, &mut read).with_context(|| format!("{}: cannot be read", file.display()))?;
    }
    let mut named: Vec<(&str, &str)> = read
        .iter()
        .flat_map(|texts| {
            texts.names.iter().map(|(name, range)| (name.as_str(), &texts.joined[range.clone()]))
        })
        .collect();
    // The order of the files plays no part.
    named.sort_by_key(|(name, _)| *name);
    let texts: Vec<&str> = named.iter().map(|(_, text)| *text).collect();
    let found = corpus_overlaps(&texts, annotate::quoted_spans);
    let tables: Vec<OnceLock<Offsets>> = texts.iter().map(|_| OnceLock::new()).collect();
    let place = |at: usize, span: Span| {
        let table = tables[at].get_or_init(|| Offsets::new(texts[at]));
        (named[at].0, table.chars_of_span(texts[at], span))
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

/// Reads the records of a file, tells which are refused and counts these.
fn read_records(path: &Path, read: &mut Vec<Texts>) -> std::io::Result<usize> {
    let mut file = BufReader::with_capacity(1 << 16, File::open(path)?);
    let (mut batch, mut offset, mut lines, mut refused) = (Batch::default(), 0, 0, 0);
    loop {
        batch.read(&mut file, BATCH)?;
        if batch.lines.is_empty() {
            return Ok(refused);
        }
        let made: Vec<(Texts, Vec<Refusal>)> = batch
            .lines
            .par_chunks(TOGETHER)
            .enumerate()
            .map(|(chunk, some)| {
                let (mut texts, mut refusals) = (Texts::default(), Vec::new());
                texts.joined.reserve(some.iter().map(|(start, end)| end - start).sum());
                for ((start, end), number) in some.iter().zip(lines + chunk * TOGETHER + 1..) {
                    let line = line_at(&batch.bytes[*start..*end], offset + *start as u64);
                    match line.as_deref().map(|line| read::brief(line, number)) {
                        Some(Ok(brief)) => texts.push(brief.name, &brief.text),
                        Some(Err(refusal)) => refusals.push(refusal),
                        None => {}
                    }
                }
                (texts, refusals)
            })
            .collect();
        for (texts, refusals) in made {
            read.push(texts);
            for refusal in &refusals {
                eprintln!("stemma: {}: {}: {}", path.display(), refusal.part, refusal.cause);
            }
            refused += refusals.len();
        }
        offset += batch.bytes.len() as u64;
        lines += batch.lines.len();
    }
}
