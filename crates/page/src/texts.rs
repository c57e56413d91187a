//! Texts that a page has opened, to tell where words stand in them.

use case::{Case, Result};
use model::{DocId, Document, Offsets, Span};
use std::collections::BTreeMap;

/// Where words stand: the document, code points, and the first byte of the passage.
pub type Standing = (DocId, (usize, usize), usize);

/// Texts opened so far.
pub(crate) struct Texts<'a> {
    case: &'a Case,
    opened: BTreeMap<DocId, (Document, Offsets)>,
}

impl<'a> Texts<'a> {
    pub(crate) fn of(case: &'a Case) -> Texts<'a> {
        Texts { case, opened: BTreeMap::new() }
    }

    fn open(&mut self, id: DocId) -> Result<&(Document, Offsets)> {
        if !self.opened.contains_key(&id) {
            let document = self.case.document(id)?;
            let offsets = Offsets::new(&document.text);
            self.opened.insert(id, (document, offsets));
        }
        Ok(&self.opened[&id])
    }

    /// The words of a document.
    pub(crate) fn text(&mut self, id: DocId) -> Result<&str> {
        Ok(&self.open(id)?.0.text)
    }

    /// Where a span stands.
    pub(crate) fn place(&mut self, id: DocId, span: Span) -> Result<Standing> {
        let (document, offsets) = self.open(id)?;
        let passage = document.passages.iter().find(|p| p.span.covers(span)).map_or(0, |p| p.span.start());
        Ok((id, offsets.chars_of_span(&document.text, span), passage))
    }
}
