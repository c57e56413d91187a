//! The shelf: the documents of a case with the short names that every page uses.
//!
//! Order and origins of all documents are always known; what else is known of a document is fetched only for
//! those a page shows, so that a page of a large case costs no more than what stands on it.

use crate::Standing;
use case::{Case, Entry, Result};
use model::DocId;
use std::collections::BTreeMap;

/// Documents of one origin that are named where it is.
const NAMED: usize = 4;

/// The documents of a case, by name, with numbered origins.
pub struct Shelf {
    /// What the case is called.
    pub name: String,
    /// All documents by name, each with its origin.
    pub order: Vec<(DocId, DocId)>,
    /// Whether all documents call themselves summaries.
    pub summaries: bool,
    places: BTreeMap<DocId, usize>,
    origins: BTreeMap<DocId, usize>,
    /// The documents of each origin, by its number.
    members: Vec<Vec<DocId>>,
    fetched: BTreeMap<DocId, Entry>,
}

impl Shelf {
    /// Whether one of the documents fetched stood at this address.
    pub fn has_address(&self, link: &str) -> bool {
        let mut urls = self.shown().into_iter().filter_map(|entry| entry.url.as_ref());
        urls.any(|url| annotate::bare_address(&url.value) == annotate::bare_address(link))
    }

    /// The shelf of a case, with nothing fetched yet.
    ///
    /// # Errors
    /// Where the case cannot be read.
    pub fn of(case: &Case) -> Result<Shelf> {
        let order = case.order()?;
        let places = order.iter().enumerate().map(|(at, (id, _))| (*id, at)).collect();
        let mut origins = BTreeMap::new();
        let mut members: Vec<Vec<DocId>> = Vec::new();
        for (id, origin) in &order {
            let next = origins.len() + 1;
            let number = *origins.entry(*origin).or_insert(next);
            members.resize_with(origins.len(), Vec::new);
            members[number - 1].push(*id);
        }
        let name =
            case.path().file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        Ok(Shelf {
            name,
            order,
            summaries: case.all_are_summaries()?,
            places,
            origins,
            members,
            fetched: BTreeMap::new(),
        })
    }

    /// Fetches what is known of some documents.
    ///
    /// # Errors
    /// Where the case cannot be read.
    pub fn fetch(&mut self, case: &Case, documents: impl IntoIterator<Item = DocId>) -> Result<()> {
        for id in documents {
            if let std::collections::btree_map::Entry::Vacant(place) = self.fetched.entry(id)
                && let Some(entry) = case.entry(id)?
            {
                place.insert(entry);
            }
        }
        Ok(())
    }

    /// How many documents there are.
    pub fn len(&self) -> usize {
        self.order.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.order.is_empty()
    }

    /// A document that was fetched.
    pub fn get(&self, id: DocId) -> Option<&Entry> {
        self.fetched.get(&id)
    }

    /// The documents that were fetched, by name.
    pub fn shown(&self) -> Vec<&Entry> {
        let mut shown: Vec<&Entry> = self.fetched.values().collect();
        shown.sort_by_key(|entry| self.place(entry.id));
        shown
    }

    /// Where a document stands in the order of names.
    pub fn place(&self, id: DocId) -> usize {
        self.places.get(&id).copied().unwrap_or(usize::MAX)
    }

    /// The short name of a document by its place: A, B, … Z, AA …
    pub fn sigil(&self, id: DocId) -> String {
        self.places.get(&id).map(|place| letters(*place)).unwrap_or_default()
    }

    /// The title of a fetched document, else its name.
    pub fn heading(&self, id: DocId) -> &str {
        self.get(id).map_or("", Entry::heading)
    }

    /// The origin of a document.
    pub fn origin(&self, id: DocId) -> Option<DocId> {
        self.places.get(&id).map(|place| self.order[*place].1)
    }

    /// The number of an origin, from 1, by the order of the documents' names.
    pub fn origin_number(&self, origin: DocId) -> usize {
        self.origins.get(&origin).copied().unwrap_or(0)
    }

    /// The short names of the documents of an origin, by its number: "A=B". Of many the first four.
    pub fn sigils_of(&self, number: usize) -> String {
        let own = number.checked_sub(1).and_then(|at| self.members.get(at)).map_or(&[][..], Vec::as_slice);
        let mut names: Vec<String> = own.iter().take(NAMED).map(|id| self.sigil(*id)).collect();
        names.extend((own.len() > NAMED).then(|| "…".to_owned()));
        names.join("=")
    }

    /// The short names of those who have some words: "A=B".
    pub fn sigils_in(&self, witnesses: &[Standing]) -> String {
        witnesses.iter().map(|(id, ..)| self.sigil(*id)).collect::<Vec<_>>().join("=")
    }

    /// How many origins there are.
    pub fn origin_count(&self) -> usize {
        self.origins.len()
    }

    /// The origin of this number.
    pub fn origin_of_number(&self, number: usize) -> Option<DocId> {
        self.origins.iter().find(|(_, known)| **known == number).map(|(origin, _)| *origin)
    }
}

/// A, B, … Z, AA, AB …
fn letters(mut number: usize) -> String {
    let mut letters = Vec::new();
    loop {
        letters.push(b'A' + (number % 26) as u8);
        match number / 26 {
            0 => break,
            next => number = next - 1,
        }
    }
    letters.iter().rev().map(|letter| *letter as char).collect()
}

#[cfg(test)]
mod tests {
    use super::letters;

    #[test]
    fn short_names_go_on_after_z() {
        assert_eq!([0, 25, 26, 51, 52, 701, 702].map(letters), ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]);
    }
}
