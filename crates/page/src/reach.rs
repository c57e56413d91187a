//! How many documents a layer was read in: not those the deep tier has yet to read, nor those in languages it knows nothing of.

use crate::plural;
use case::{Case, Result};

/// How far a layer is read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Reach {
    documents: usize,
    /// Documents that the deep tier has yet to read.
    left: usize,
    /// Documents in languages that the layer is not read in, by language.
    foreign: Vec<(String, usize)>,
}

impl Reach {
    /// How far a layer of the deep tier, by the name of its extractor, is read.
    ///
    /// # Errors
    /// Where the case cannot be read.
    pub fn of(case: &Case, layer: &str) -> Result<Reach> {
        let (documents, _) = case.counts()?;
        let foreign = foreign(case, layer)?;
        Ok(Reach { documents, left: documents.saturating_sub(case.read_deeply()?), foreign })
    }

    /// Whether it is read in all documents.
    pub fn is_whole(&self) -> bool {
        self.left == 0 && self.foreign.is_empty()
    }

    /// In a sentence that begins with what is read: "Names".
    pub fn words(&self, what: &str) -> String {
        let foreign: usize = self.foreign.iter().map(|(_, count)| count).sum();
        let all = plural(self.documents, "document");
        let read = match self.documents.saturating_sub(self.left.max(foreign)) {
            read if read == self.documents => format!("{what} are read in all {all}."),
            read if self.left > 0 => {
                format!("{what} are read in {read} of {all} at most; `stemma run` reads the rest.")
            }
            read => format!("{what} are read in {read} of {all}."),
        };
        read + &unread(&self.foreign)
    }
}

/// Documents in languages that an extractor does not read, by language; texts whose language is unknown are tried.
///
/// # Errors
/// Where the case cannot be read.
pub(crate) fn foreign(case: &Case, layer: &str) -> Result<Vec<(String, usize)>> {
    let reads = |language: &str| {
        annotate::EXTRACTORS
            .iter()
            .any(|extractor| extractor.name == layer && annotate::reads(extractor, Some(language)))
    };
    let languages = case.languages()?.into_iter().filter_map(|(language, count)| Some((language?, count)));
    Ok(languages.filter(|(language, _)| !reads(language)).collect())
}

/// What is not read for its language, in sentences with a blank before each.
pub(crate) fn unread(foreign: &[(String, usize)]) -> String {
    foreign
        .iter()
        .map(|(language, count)| format!(" Not read: {} in language {language}.", plural(*count, "document")))
        .collect()
}
