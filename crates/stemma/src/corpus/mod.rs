//! Reuse in a corpus that does not fit into memory: the steps of `align::corpus` with a disk between them.
//!
//! Texts are read once for their prints, which fall into partitions; partitions give ties, which fall into lanes
//! by their lower text; lanes give pairs, whose texts are read again and compared. After each part the state is
//! written down, so that a killed run goes on where it was.

mod lines;
pub(crate) mod memory;
mod row;
mod scratch;

pub(crate) use row::Row;

use crate::terminal::Estimate;
use align::corpus::{
    Background, Holders, PARTITIONS, Ranks, Sheaf, Sketch, TEXTS_LIMIT, WordCounts, compare_pairs, pairs,
    posting, tied_to, ties, whole,
};
use align::{CorpusOverlap, OverlapKind};
use anyhow::{Context, Result, ensure};
use lines::{Batch, line_at};
use model::Offsets;
use rayon::prelude::*;
use scratch::Scratch;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufReader, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::time::UNIX_EPOCH;

/// Bytes of text that are made ready at once.
const BATCH: usize = 16 << 20;
/// Parts the ties fall into.
const LANES: usize = 128;
/// Memory a text takes while it is compared, over its size.
const READY: u64 = 12;

/// Where a text lies and what is kept of it.
#[derive(Clone, Serialize, Deserialize)]
struct Entry {
    name: String,
    file: usize,
    offset: u64,
    length: usize,
    /// Its words, hashed; none where it has no words.
    wording: Option<[u64; 2]>,
}

/// All reuse in files of records, in the order of the names of the texts; gives how many texts were refused.
pub(crate) fn overlaps(
    files: &[PathBuf],
    memory: u64,
    work: Option<&Path>,
    mut each: impl FnMut(&Row) -> Result<()>,
) -> Result<usize> {
    let (mut sizes, mut known) = (Vec::new(), Vec::new());
    for file in files {
        let about = std::fs::metadata(file).with_context(|| format!("{}: cannot be read", file.display()))?;
        let changed = about.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
        sizes.push(about.len());
        known.push((std::path::absolute(file)?, about.len(), changed));
    }
    let corpus = format!("{} {known:?}", env!("CARGO_PKG_VERSION"));
    let mut scratch = Scratch::open(work, &corpus)?;
    if scratch.state.step == 0 {
        read_texts(files, &sizes, memory, &mut scratch)?;
    }
    let entries: Vec<Entry> = scratch
        .bytes("texts")?
        .split(|byte| *byte == b'\n')
        .filter(|line| !line.is_empty())
        .map(serde_json::from_slice)
        .collect::<Result<_, _>>()
        .context("the list of texts in the work folder cannot be read; start anew with another folder")?;
    ensure!(entries.len() < TEXTS_LIMIT, "more than {TEXTS_LIMIT} texts: split the corpus");
    let wordings =
        entries.iter().map(|entry| entry.wording.map(|[x, y]| u128::from(x) << 64 | u128::from(y)));
    let by_name = |a: u32, b: u32| entries[a as usize].name.cmp(&entries[b as usize].name).then(a.cmp(&b));
    let ranks = Ranks::new(wordings, by_name);
    if scratch.state.step == 1 {
        tie_texts(&ranks, entries.len(), &mut scratch)?;
    }
    compare_texts(files, &entries, &ranks, memory, &mut scratch)?;
    let mut rows = rows(&scratch.numbers("rows")?, &entries);
    rows.par_sort_unstable_by(|x, y| x.order(y));
    rows.iter().try_for_each(&mut each)?;
    let refused = scratch.state.refused;
    scratch.finish();
    Ok(refused)
}

/// First step: the prints of all texts, by partition.
fn read_texts(files: &[PathBuf], sizes: &[u64], memory: u64, scratch: &mut Scratch) -> Result<()> {
    let counts = WordCounts::from_numbers(&scratch.numbers(&scratch.state.counts)?).unwrap_or_default();
    let mut texts = scratch.bytes("texts")?.iter().filter(|byte| **byte == b'\n').count();
    let mut postings: Vec<Vec<u64>> = vec![Vec::new(); PARTITIONS];
    let mut listed: Vec<u8> = Vec::new();
    let mut batch = Batch::default();
    let mut estimate = Estimate::new("read", sizes.iter().sum());
    let mut read_before: u64 = sizes[..scratch.state.done].iter().sum();
    for (number, path) in files.iter().enumerate().skip(scratch.state.done) {
        let mut file = File::open(path).with_context(|| format!("{}: cannot be read", path.display()))?;
        file.seek(SeekFrom::Start(scratch.state.offset))?;
        let mut lines = BufReader::with_capacity(1 << 20, file);
        loop {
            batch.read(&mut lines, BATCH).with_context(|| format!("{}: cannot be read", path.display()))?;
            if batch.lines.is_empty() {
                break;
            }
            let (from, first) = (scratch.state.offset, scratch.state.lines);
            let made: Vec<Option<Result<(Entry, Sketch), read::Refusal>>> = batch
                .lines
                .par_iter()
                .enumerate()
                .map(|(at, (start, end))| {
                    let line = line_at(&batch.bytes[*start..*end], from + *start as u64)?;
                    Some(read::brief(&line, first + at + 1).map(|brief| {
                        let sheaf = Sheaf::new(&[&*brief.text]);
                        counts.add(&sheaf);
                        let sketch = sheaf.ready(0).sketch();
                        let wording = sketch.identity.map(|hash| [(hash >> 64) as u64, hash as u64]);
                        let (offset, length) = (from + *start as u64, end - start);
                        (Entry { name: brief.name, file: number, offset, length, wording }, sketch)
                    }))
                })
                .collect();
            for made in made.into_iter().flatten() {
                match made {
                    Ok((entry, sketch)) => {
                        for (partition, print, place) in sketch.prints {
                            postings[usize::from(partition)].push(posting(print, place, texts as u32));
                        }
                        serde_json::to_writer(&mut listed, &entry)?;
                        listed.push(b'\n');
                        texts += 1;
                        ensure!(texts < TEXTS_LIMIT, "more than {TEXTS_LIMIT} texts: split the corpus");
                    }
                    Err(refusal) => {
                        eprintln!("stemma: {}: {}: {}", path.display(), refusal.part, refusal.cause);
                        scratch.state.refused += 1;
                    }
                }
            }
            scratch.state.offset += batch.bytes.len() as u64;
            scratch.state.lines += batch.lines.len();
            estimate.at(read_before + scratch.state.offset);
            if 8 * postings.iter().map(|part| part.len() as u64).sum::<u64>() > memory / 4 {
                keep_postings(&mut postings, &mut listed, &counts, scratch)?;
            }
        }
        read_before += sizes[number];
        (scratch.state.done, scratch.state.offset, scratch.state.lines) = (number + 1, 0, 0);
    }
    (scratch.state.step, scratch.state.done) = (1, 0);
    keep_postings(&mut postings, &mut listed, &counts, scratch)
}

fn keep_postings(
    postings: &mut [Vec<u64>],
    listed: &mut Vec<u8>,
    counts: &WordCounts,
    scratch: &mut Scratch,
) -> Result<()> {
    for (partition, records) in postings.iter_mut().enumerate() {
        scratch.append_numbers(&format!("postings-{partition}"), records)?;
        records.clear();
    }
    scratch.append("texts", listed)?;
    listed.clear();
    // Under a new name: what the kept state knows must not change before the state does.
    let before = std::mem::take(&mut scratch.state.counts);
    scratch.state.counts = format!("counts-{}", scratch.state.lengths.get("texts").copied().unwrap_or(0));
    let now = scratch.state.counts.clone();
    scratch.replace(&now, &counts.numbers())?;
    scratch.keep()?;
    scratch.drop_files(if before == now { Vec::new() } else { vec![before] })
}

/// Second step: the ties of all partitions, by lane.
fn tie_texts(ranks: &Ranks, texts: usize, scratch: &mut Scratch) -> Result<()> {
    let different = ranks.members.len();
    // Texts of equal words are tied once, by the first of them.
    let numbers = ranks.numbers(texts);
    let mut estimate = Estimate::new("tied", PARTITIONS as u64);
    let together = 2 * rayon::current_num_threads();
    while scratch.state.done < PARTITIONS {
        let from = scratch.state.done;
        let to = (from + together).min(PARTITIONS);
        let tied: Vec<(Vec<u64>, Holders)> = (from..to)
            .into_par_iter()
            .map(|partition| {
                let postings = scratch.numbers(&format!("postings-{partition}"))?;
                let mut tied = Vec::new();
                let holders = ties(postings, &numbers, different, &mut tied);
                Ok((tied, holders))
            })
            .collect::<Result<_>>()?;
        let mut lanes: Vec<Vec<u64>> = vec![Vec::new(); LANES];
        for (partition, (tied, holders)) in (from..to).zip(tied) {
            for tie in tied {
                lanes[tied_to(tie) as usize * LANES / different].push(tie);
            }
            let holders: Vec<u64> =
                holders.into_iter().map(|(print, held)| u64::from(print) << 32 | u64::from(held)).collect();
            scratch.replace(&format!("holders-{partition}"), &holders)?;
        }
        for (lane, ties) in lanes.iter().enumerate() {
            scratch.append_numbers(&format!("ties-{lane}"), ties)?;
        }
        scratch.state.done = to;
        scratch.keep()?;
        estimate.at(to as u64);
    }
    (scratch.state.step, scratch.state.done) = (2, 0);
    scratch.drop_files((0..PARTITIONS).map(|partition| format!("postings-{partition}")).collect())
}

/// Third step: the pairs of all lanes, compared.
fn compare_texts(
    files: &[PathBuf],
    entries: &[Entry],
    ranks: &Ranks,
    memory: u64,
    scratch: &mut Scratch,
) -> Result<()> {
    let holders: Vec<Holders> = (0..PARTITIONS)
        .map(|partition| {
            let numbers = scratch.numbers(&format!("holders-{partition}"))?;
            Ok(numbers.into_iter().map(|held| ((held >> 32) as u32, held as u32)).collect())
        })
        .collect::<Result<_>>()?;
    let counts = WordCounts::from_numbers(&scratch.numbers(&scratch.state.counts)?).unwrap_or_default();
    let background = Background::new(ranks.members.len(), &counts, &holders);
    let mut estimate = Estimate::new("compared", LANES as u64 + 1);
    let mut opened: Vec<File> = files
        .iter()
        .map(|path| File::open(path).with_context(|| format!("{}: cannot be read", path.display())))
        .collect::<Result<_>>()?;
    while scratch.state.done < LANES {
        let lane = scratch.state.done;
        let pairs = pairs(scratch.numbers(&format!("ties-{lane}"))?);
        let mut found = Vec::new();
        let mut rest = &pairs[..];
        while !rest.is_empty() {
            let (chunk, needed) = fitting(rest, entries, ranks, memory / 2);
            rest = &rest[chunk.len()..];
            let first: Vec<u32> = needed.iter().map(|rank| ranks.members[*rank as usize][0]).collect();
            let texts = fetch(&first, entries, &mut opened)?;
            let place: BTreeMap<u32, usize> = needed.iter().copied().zip(0..).collect();
            let compared = compare_pairs(
                chunk,
                &background,
                |rank| texts[place[&rank]].1.ready(0),
                |rank| annotate::quoted_spans(&texts[place[&rank]].0),
            );
            let tables: Vec<OnceLock<Offsets>> = texts.iter().map(|_| OnceLock::new()).collect();
            let chars = |row: &CorpusOverlap| {
                let one = |rank: usize, span| {
                    let at = place[&(rank as u32)];
                    let text = &texts[at].0;
                    tables[at].get_or_init(|| Offsets::new(text)).chars_of_span(text, span)
                };
                (one(row.a, row.overlap.a), one(row.b, row.overlap.b))
            };
            let records: Vec<[u64; 5]> = compared
                .par_iter()
                .map(|row| {
                    let (a, b) = (ranks.members[row.a][0], ranks.members[row.b][0]);
                    record((a, b), chars(row), row)
                })
                .collect();
            found.extend(records.into_iter().flatten());
        }
        scratch.append_numbers("rows", &found)?;
        scratch.state.done = lane + 1;
        scratch.keep()?;
        estimate.at(lane as u64 + 1);
    }
    if scratch.state.done == LANES {
        let mut found = Vec::new();
        for (a, b) in ranks.twins() {
            let texts = fetch(&[a as u32, b as u32], entries, &mut opened)?;
            let row = whole((a, texts[0].1.ready(0)), (b, texts[1].1.ready(0)));
            let place = |at: usize, span| Offsets::new(&texts[at].0).chars_of_span(&texts[at].0, span);
            let places = (place(0, row.overlap.a), place(1, row.overlap.b));
            found.extend(record((a as u32, b as u32), places, &row));
        }
        scratch.append_numbers("rows", &found)?;
        scratch.state.done = LANES + 1;
        scratch.keep()?;
    }
    Ok(())
}

/// As many pairs as may be compared in so much memory, at least one, and the texts they need.
fn fitting<'p, T>(
    pairs: &'p [(u32, u32, T)],
    entries: &[Entry],
    ranks: &Ranks,
    memory: u64,
) -> (&'p [(u32, u32, T)], Vec<u32>) {
    let mut needed = std::collections::BTreeSet::new();
    let mut size = 0;
    let mut count = 0;
    for (a, b, _) in pairs {
        for rank in [a, b] {
            if needed.insert(*rank) {
                size += READY * entries[ranks.members[*rank as usize][0] as usize].length as u64;
            }
        }
        if size > memory && count > 0 {
            break;
        }
        count += 1;
    }
    let chunk = &pairs[..count];
    needed = chunk.iter().flat_map(|(a, b, _)| [*a, *b]).collect();
    (chunk, needed.into_iter().collect())
}

/// Texts by their numbers, ready to be compared.
fn fetch(texts: &[u32], entries: &[Entry], files: &mut [File]) -> Result<Vec<(String, Sheaf)>> {
    // Read in the order they lie in, given back in the order asked for.
    let mut order: Vec<usize> = (0..texts.len()).collect();
    let entry = |at: usize| &entries[texts[at] as usize];
    order.sort_unstable_by_key(|at| (entry(*at).file, entry(*at).offset));
    let mut lines: Vec<Vec<u8>> = vec![Vec::new(); texts.len()];
    let offsets: Vec<u64> = (0..texts.len()).map(|at| entry(at).offset).collect();
    for at in order {
        let Entry { file, offset, length, .. } = entry(at);
        let file = &mut files[*file];
        file.seek(SeekFrom::Start(*offset))?;
        lines[at] = vec![0; *length];
        file.read_exact(&mut lines[at]).context("a file became shorter while it was read; start anew")?;
    }
    lines
        .into_par_iter()
        .zip(offsets)
        .map(|(line, offset)| {
            let line = line_at(&line, offset).unwrap_or_default();
            let brief = read::brief(&line, 0);
            let text =
                brief.map_err(|_| anyhow::anyhow!("a file changed while it was read; start anew"))?.text;
            let sheaf = Sheaf::new(&[&*text]);
            Ok((text.into_owned(), sheaf))
        })
        .collect()
}

type Places = ((usize, usize), (usize, usize));

/// A row in five numbers: texts, places in each, kind and probability.
fn record((a, b): (u32, u32), places: Places, row: &CorpusOverlap) -> [u64; 5] {
    let both = |(start, end): (usize, usize)| (start as u64) << 32 | end as u64;
    let kind = match row.kind {
        OverlapKind::Copy => 0,
        OverlapKind::Template => 1,
        OverlapKind::Quotation => 2,
    };
    [u64::from(a) << 32 | u64::from(b), both(places.0), both(places.1), kind, row.probability.to_bits()]
}

fn rows<'e>(numbers: &[u64], entries: &'e [Entry]) -> Vec<Row<'e>> {
    let (records, _) = numbers.as_chunks::<5>();
    let place = |number: u64| ((number >> 32) as usize, number as u32 as usize);
    let row = |[texts, a, b, kind, probability]: &[u64; 5]| {
        let (first, second) = place(*texts);
        Row::new(
            (&entries[first].name, place(*a)),
            (&entries[second].name, place(*b)),
            match kind {
                0 => OverlapKind::Copy,
                1 => OverlapKind::Template,
                _ => OverlapKind::Quotation,
            },
            f64::from_bits(*probability),
        )
    };
    records.iter().map(row).collect()
}
