//! The shelf: all documents of a case with the short names that every page uses.

use case::{Case, Entry, Result};
use model::DocId;
use std::collections::BTreeMap;

/// The documents of a case, by name, with numbered origins.
pub struct Shelf {
    /// What the case is called.
    pub name: String,
    /// The documents, by name.
    pub entries: Vec<Entry>,
    places: BTreeMap<DocId, usize>,
    origins: BTreeMap<DocId, usize>,
    /// Whether all documents call themselves summaries.
    pub summaries: bool,
}

impl Shelf {
    /// The shelf of a case.
    ///
    /// # Errors
    /// Where the case cannot be read.
    pub fn of(case: &Case) -> Result<Shelf> {
        let entries = case.entries()?;
        let places = entries.iter().enumerate().map(|(at, entry)| (entry.id, at)).collect();
        let mut origins = BTreeMap::new();
        for entry in &entries {
            let next = origins.len() + 1;
            origins.entry(entry.origin).or_insert(next);
        }
        let name = case.path().file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        let summaries = case.all_are_summaries()?;
        Ok(Shelf { name, entries, places, origins, summaries })
    }

    /// A document; `None` for an id that is not in the case.
    pub fn get(&self, id: DocId) -> Option<&Entry> {
        self.places.get(&id).map(|at| &self.entries[*at])
    }

    /// The number of an origin, from 1, by the order of the documents' names.
    pub fn origin_number(&self, origin: DocId) -> usize {
        self.origins.get(&origin).copied().unwrap_or(0)
    }

    /// How many origins there are.
    pub fn origin_count(&self) -> usize {
        self.origins.len()
    }

    /// The documents of an origin, by name.
    pub fn of_origin(&self, origin: DocId) -> impl Iterator<Item = &Entry> {
        self.entries.iter().filter(move |entry| entry.origin == origin)
    }
}
