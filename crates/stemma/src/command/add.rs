//! `add`: files into a case.

use crate::cli::Add;
use crate::heap::{self, Heap};
use crate::output::{Form, print_json, say};
use crate::terminal::{NOTHING, OK};
use anyhow::{Context, Result};
use case::{Access, Added, Case, Input, Progress};
use page::plural;
use read::Declared;
use serde_json::json;
use std::io::{IsTerminal, Read, Write};
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

pub(crate) fn add(args: &Add, form: Form) -> Result<u8> {
    let declared = Declared {
        title: args.title.clone(),
        byline: None,
        outlet: args.outlet.clone(),
        url: args.url.clone(),
        published: args.published.clone(),
    };
    let (piped, paths): (Vec<PathBuf>, Vec<PathBuf>) =
        args.paths.iter().cloned().partition(|path| path == Path::new("-"));
    let mut heap = heap::read(&paths, &declared)?;
    if !piped.is_empty() {
        let mut bytes = Vec::new();
        std::io::stdin().read_to_end(&mut bytes).context("standard input: cannot be read")?;
        heap.inputs.push(Input { location: "standard-input".into(), bytes, declared });
    }
    let (added, counts) = add_heap(&args.case, heap, if args.wait { usize::MAX } else { DEEP_AT_ONCE })?;
    match form {
        Form::Json => {
            let listed = |list: &[(String, String)]| -> Vec<_> {
                list.iter().map(|(place, cause)| json!({"location": place, "cause": cause})).collect()
            };
            print_json([&json!({
                "new": added.new, "known": added.known, "refused": listed(&added.refused), "left": listed(&added.left),
                "documents": counts.0, "origins": counts.1,
            })])?;
        }
        _ => say(&sentence(&added, counts))?,
    }
    Ok(if added.refused.is_empty() { OK } else { NOTHING })
}

/// Adds a heap and tells on standard error how far it is and what was refused. A case of no more than `deep_up_to`
/// documents has their names read too.
pub(crate) fn add_heap(path: &Path, heap: Heap, deep_up_to: usize) -> Result<(Added, (usize, usize))> {
    let existed = path.exists();
    if heap.inputs.is_empty() && heap.refused.is_empty() {
        anyhow::bail!(
            "nothing to add: no file at these paths; name files or folders of texts, pages, JSONL or CSV"
        );
    }
    let mut case = Case::open(path, Access::Create)?;
    let loud = std::io::stderr().is_terminal();
    let mut compared = 0;
    let done = case.add(heap.inputs, |progress| {
        if !loud {
            return;
        }
        match progress {
            Progress::Stored(documents) => eprint!("\r{} stored", plural(documents, "document")),
            Progress::Aligning(pairs) => {
                compared += pairs;
                eprint!("\r{} compared", plural(compared, "pair"));
            }
        }
        // Progress that cannot be shown is no reason to stop.
        let _ = std::io::stderr().flush();
    });
    if loud {
        eprint!("\r\x1b[K");
    }
    let mut added = done?;
    added.refused.extend(heap.refused);
    for (location, cause) in &added.refused {
        eprintln!("stemma: {location}: {cause}");
    }
    for (location, fields) in &added.left {
        eprintln!(
            "stemma: {location}: known already; its declared {fields} is left as it was: correct it with `stemma set`"
        );
    }
    // A heap that is read in a moment is read at once.
    if case.counts()?.0 <= deep_up_to {
        read_deep(&mut case)?;
    }
    case.note_run(&now(), env!("CARGO_PKG_VERSION"), "add", added.new, added.refused.len())?;
    let counts = case.counts()?;
    case.close()?;
    if counts.0 == 0 && !existed {
        // A case without a document was never wanted.
        std::fs::remove_file(path).with_context(|| format!("{}: cannot be removed", path.display()))?;
        anyhow::bail!("nothing could be added; no case was made");
    }
    Ok((added, counts))
}

/// Documents up to which a case is read deeply as it grows.
pub(crate) const DEEP_AT_ONCE: usize = 1000;

/// Reads the names of documents that have none read yet, and tells on standard error how far it is.
pub(crate) fn read_deep(case: &mut Case) -> Result<usize> {
    let loud = std::io::stderr().is_terminal();
    let left = case.counts()?.0 - case.read_deeply()?;
    let read = case.read_deep(usize::MAX, |read| {
        if loud {
            eprint!("\rnames read in {read} of {}", plural(left, "document"));
            let _ = std::io::stderr().flush();
        }
    })?;
    if loud && read > 0 {
        eprint!("\r\x1b[K");
    }
    Ok(read)
}

fn sentence(added: &Added, (documents, origins): (usize, usize)) -> String {
    let known = if added.known > 0 { format!(", {} known already", added.known) } else { String::new() };
    let refused =
        if added.refused.is_empty() { String::new() } else { format!(", {} refused", added.refused.len()) };
    format!(
        "{} added{known}{refused}; now {}, {}",
        added.new,
        plural(documents, "document"),
        plural(origins, "origin")
    )
}

/// The time now in UTC, to the second, ISO 8601.
pub(crate) fn now() -> String {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    let (days, of_day) = ((seconds / 86_400) as i64, seconds % 86_400);
    let (year, month, day) = model::calendar::date_of_day_number(days);
    format!("{year:04}-{month:02}-{day:02}T{:02}:{:02}:{:02}Z", of_day / 3600, of_day / 60 % 60, of_day % 60)
}
