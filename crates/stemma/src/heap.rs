//! Finding files: folders are walked, a `sources.csv` beside files declares what is known of them.

use anyhow::{Context, Result};
use case::Input;
use read::{Declared, Sources};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Files to be added and paths that could not be read.
#[derive(Default)]
pub(crate) struct Heap {
    pub(crate) inputs: Vec<Input>,
    pub(crate) refused: Vec<(String, String)>,
}

const SOURCES: &str = "sources.csv";
/// Folders nested deeper than this are not entered.
const DEPTH: usize = 64;

/// Reads the files at some paths. A file found by walking a folder is called by its path below that folder;
/// no path of this machine goes into a case.
pub(crate) fn read(paths: &[PathBuf], declared: &Declared) -> Result<Heap> {
    let mut heap = Heap::default();
    for path in paths {
        let about = fs::metadata(path).with_context(|| format!("{}: cannot be read", path.display()))?;
        let mut found = Vec::new();
        match about.is_dir() {
            true => walk(path, "", DEPTH, &mut found, &mut heap.refused),
            false => found.push((path.clone(), name_of(path))),
        }
        let mut beside: BTreeMap<PathBuf, Sources> = BTreeMap::new();
        let mut named: BTreeSet<String> = BTreeSet::new();
        for (file, location) in found {
            let folder = file.parent().unwrap_or(Path::new("")).to_owned();
            if !beside.contains_key(&folder) {
                beside.insert(folder.clone(), sources(&folder)?);
            }
            let name = name_of(&file);
            if name.eq_ignore_ascii_case(SOURCES) {
                continue;
            }
            named.insert(name.clone());
            // A pipe or a device would be read for ever.
            if !fs::metadata(&file).is_ok_and(|about| about.is_file()) {
                heap.refused.push((location, "is no file".into()));
                continue;
            }
            let said = beside[&folder].of(&name);
            match fs::read(&file) {
                Ok(bytes) => {
                    let declared = declared.clone().or(said.unwrap_or(&Declared::default()));
                    heap.inputs.push(Input { location, bytes, declared });
                }
                Err(cause) => heap.refused.push((location, cause.to_string())),
            }
        }
        if about.is_dir() {
            let missing = beside.values().flat_map(Sources::files).filter(|file| !named.contains(*file));
            heap.refused.extend(
                missing.map(|file| (SOURCES.to_owned(), format!("names `{file}`, which is not there"))),
            );
        }
    }
    Ok(heap)
}

fn name_of(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

fn sources(folder: &Path) -> Result<Sources> {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let entries = fs::read_dir(folder).with_context(|| folder.display().to_string())?;
    let mut found = entries.filter_map(|entry| entry.ok().map(|entry| entry.path()));
    let Some(path) = found.find(|path| name_of(path).eq_ignore_ascii_case(SOURCES)) else {
        return Ok(Sources::default());
    };
    let bytes = fs::read(&path).with_context(|| format!("{}: cannot be read", path.display()))?;
    Sources::read(&bytes).with_context(|| path.display().to_string())
}

/// The files below a folder in the order of their names; hidden ones are left out.
fn walk(
    folder: &Path,
    below: &str,
    depth: usize,
    found: &mut Vec<(PathBuf, String)>,
    refused: &mut Vec<(String, String)>,
) {
    let mut entries: Vec<PathBuf> = match fs::read_dir(folder) {
        Ok(entries) => entries.filter_map(|entry| entry.ok().map(|entry| entry.path())).collect(),
        Err(cause) => return refused.push((below.to_owned(), cause.to_string())),
    };
    entries.sort();
    for entry in entries {
        let name = name_of(&entry);
        if name.starts_with('.') || name.ends_with(".stemma") {
            continue;
        }
        let location = if below.is_empty() { name } else { format!("{below}/{name}") };
        // A link may lead back up: only real folders are entered.
        let real_folder = fs::symlink_metadata(&entry).is_ok_and(|about| about.is_dir());
        match (real_folder, depth) {
            (true, 0) => refused.push((location, "folders are nested too deep".into())),
            (true, _) => walk(&entry, &location, depth - 1, found, refused),
            (false, _) if entry.is_dir() => {
                refused.push((location, "is a link to a folder; name the folder itself".into()))
            }
            (false, _) => found.push((entry, location)),
        }
    }
}
