//! Scratch: numbered files of 64-bit records in a folder, and a state that says how much of them holds.
//!
//! Records are appended; the state is written after them and replaced as a whole. What stands in a file beyond the
//! length the state knows was written before a kill and is cut off.

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};
use std::fs::{self, File, OpenOptions};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

/// How far the work is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct State {
    /// The inputs with their sizes and the version of the program: another corpus is never gone on with.
    pub(super) corpus: String,
    /// Step: 0 reading, 1 tying, 2 comparing.
    pub(super) step: u8,
    /// Within the step: the input being read, partitions or lanes done.
    pub(super) done: usize,
    /// Bytes read of the input being read.
    pub(super) offset: u64,
    /// Lines read of the input being read.
    pub(super) lines: usize,
    /// Texts refused.
    pub(super) refused: usize,
    /// The file of word counts that belongs to what was read.
    pub(super) counts: String,
    /// Lengths of the files, by name.
    pub(super) lengths: std::collections::BTreeMap<String, u64>,
}

/// A folder of records.
pub(super) struct Scratch {
    folder: PathBuf,
    pub(super) state: State,
    /// Whether the folder goes when the work is done.
    passing: bool,
}

const STATE: &str = "state.json";

impl Scratch {
    /// Opens a folder, new or left by a run that was killed.
    pub(super) fn open(folder: Option<&Path>, corpus: &str) -> Result<Scratch> {
        let passing = folder.is_none();
        let folder = folder.map_or_else(
            || std::env::temp_dir().join(format!("stemma-overlaps-{}", std::process::id())),
            Path::to_owned,
        );
        fs::create_dir_all(&folder).with_context(|| {
            format!("{}: cannot be made; name another folder with --work", folder.display())
        })?;
        let path = folder.join(STATE);
        let mut scratch =
            Scratch { folder, passing, state: State { corpus: corpus.to_owned(), ..State::default() } };
        if let Ok(bytes) = fs::read(&path) {
            let state: State = serde_json::from_slice(&bytes).with_context(|| {
                format!("{}: holds no state of this work; name another folder", path.display())
            })?;
            anyhow::ensure!(
                state.corpus == corpus,
                "{}: belongs to other files or another version; remove it or name another folder with --work",
                path.display()
            );
            scratch.state = state;
            for (name, length) in &scratch.state.lengths {
                let path = scratch.folder.join(name);
                let file = OpenOptions::new().write(true).open(&path);
                file.and_then(|file| file.set_len(*length))
                    .with_context(|| format!("{}: cannot be gone on with", path.display()))?;
            }
        } else if fs::read_dir(&scratch.folder).is_ok_and(|mut entries| entries.next().is_some()) {
            anyhow::bail!("{}: is not empty; name a new folder with --work", scratch.folder.display());
        }
        // From here on the folder is known as ours, whatever kills us.
        scratch.keep()?;
        Ok(scratch)
    }

    /// Appends bytes to a file.
    pub(super) fn append(&mut self, name: &str, bytes: &[u8]) -> Result<()> {
        if bytes.is_empty() {
            return Ok(());
        }
        let path = self.folder.join(name);
        let known = self.state.lengths.contains_key(name);
        let mut options = OpenOptions::new();
        options.create(true);
        if known {
            options.append(true);
        } else {
            // A file the state does not know is left from before a kill.
            options.write(true).truncate(true);
        }
        let written = options.open(&path).and_then(|mut file| file.write_all(bytes));
        written.with_context(|| format!("{}: cannot be written; is the disk full?", path.display()))?;
        *self.state.lengths.entry(name.to_owned()).or_default() += bytes.len() as u64;
        Ok(())
    }

    /// Appends records to a file.
    pub(super) fn append_numbers(&mut self, name: &str, numbers: &[u64]) -> Result<()> {
        let bytes: Vec<u8> = numbers.iter().flat_map(|number| number.to_le_bytes()).collect();
        self.append(name, &bytes)
    }

    /// Replaces a file.
    pub(super) fn replace(&mut self, name: &str, numbers: &[u64]) -> Result<()> {
        self.state.lengths.remove(name);
        self.append_numbers(name, numbers)
    }

    /// The bytes of a file; none where it was never written.
    pub(super) fn bytes(&self, name: &str) -> Result<Vec<u8>> {
        let Some(length) = self.state.lengths.get(name) else { return Ok(Vec::new()) };
        let path = self.folder.join(name);
        let mut bytes = Vec::with_capacity(*length as usize);
        let read = File::open(&path).and_then(|file| file.take(*length).read_to_end(&mut bytes));
        read.with_context(|| format!("{}: cannot be read", path.display()))?;
        Ok(bytes)
    }

    /// The records of a file.
    pub(super) fn numbers(&self, name: &str) -> Result<Vec<u64>> {
        let bytes = self.bytes(name)?;
        Ok(bytes.as_chunks::<8>().0.iter().map(|eight| u64::from_le_bytes(*eight)).collect())
    }

    /// Removes files that are needed no longer: first from what is known, so that a kill in between loses nothing.
    pub(super) fn drop_files(&mut self, names: Vec<String>) -> Result<()> {
        for name in &names {
            self.state.lengths.remove(name);
        }
        self.keep()?;
        for name in names.iter().filter(|name| !name.is_empty()) {
            // A file left behind costs room, nothing else.
            let _ = fs::remove_file(self.folder.join(name));
        }
        Ok(())
    }

    /// Writes down how far the work is.
    pub(super) fn keep(&self) -> Result<()> {
        let (path, new) = (self.folder.join(STATE), self.folder.join("state.new"));
        let written =
            fs::write(&new, serde_json::to_vec(&self.state)?).and_then(|()| fs::rename(&new, &path));
        written.with_context(|| format!("{}: cannot be written", path.display()))
    }

    /// Removes everything; a folder named by the user stays where something else lies in it.
    pub(super) fn finish(mut self) {
        let _ = fs::remove_file(self.folder.join(STATE));
        for name in self.state.lengths.keys() {
            let _ = fs::remove_file(self.folder.join(name));
        }
        let _ = fs::remove_dir(&self.folder);
        self.passing = false;
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // A passing folder cannot be gone on with: nobody knows its name.
        if self.passing {
            let _ = fs::remove_dir_all(&self.folder);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_state_does_not_know_is_cut_off() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("work");
        let mut scratch = Scratch::open(Some(&path), "one").unwrap();
        scratch.append_numbers("known", &[1, 2]).unwrap();
        scratch.keep().unwrap();
        // Written before a kill, not yet in the state.
        scratch.append_numbers("known", &[3]).unwrap();
        scratch.append_numbers("unknown", &[4]).unwrap();
        drop(scratch);
        let mut again = Scratch::open(Some(&path), "one").unwrap();
        assert_eq!(again.numbers("known").unwrap(), [1, 2]);
        again.append_numbers("unknown", &[5]).unwrap();
        assert_eq!(again.numbers("unknown").unwrap(), [5]);
        assert!(Scratch::open(Some(&path), "another corpus").is_err());
        again.finish();
        assert!(!path.exists());
    }
}
