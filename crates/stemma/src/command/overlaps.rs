//! `overlaps`: all reuse in a corpus, without a case.

use crate::cli::Overlaps;
use crate::command::annotate::reading_of;
use crate::corpus::memory::{self, Texts};
use crate::corpus::{self, Row};
use crate::terminal::{NOTHING, OK};
use anyhow::Result;
use std::io::Write;
use std::path::{Path, PathBuf};

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
    let (lined, others): (Vec<&Path>, Vec<&Path>) =
        files.iter().map(PathBuf::as_path).partition(|file| holds_lines(file));
    let (mut texts, mut refused) = (Texts::default(), 0);
    for file in others {
        let (reading, _) = reading_of(file)?;
        refused += reading.refusals.len();
        for document in reading.documents {
            texts.push(document.name, &document.text);
        }
    }
    Ok(refused + memory::overlaps(texts, &lined, each)?)
}
