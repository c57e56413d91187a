//! What somebody makes clear: "made it clear that he would go".

use super::cue::Signature;
use super::find::{Said, Sentence};

impl Sentence<'_> {
    /// "made it clear that", "made clear he would go": what somebody makes clear.
    pub(super) fn made_clear(&self, at: usize) -> Option<Said> {
        let it = usize::from(at > 1 && self.word(at - 1) == "it");
        let verb = at.checked_sub(1 + it).filter(|_| matches!(self.word(at), "clear" | "plain" | "known"))?;
        if !matches!(self.word(verb), "make" | "makes" | "made" | "making") {
            return None;
        }
        let subject = self.subject(verb).map(|subject| self.source(subject, verb));
        let source = self.nearer(verb, subject)?;
        let (mark, content) = match self.opened(at, Signature::Ask) {
            Some((mark, content)) => (Some(mark), content),
            None => (None, self.until_next(at + 1)),
        };
        let bare = mark.is_some()
            || self.tree.words.get(at + 1).is_some_and(|_| self.is_nominal(at + 1))
                && content.iter().any(|at| self.is_finite(*at));
        let that = mark.filter(|mark| self.word(*mark) == "that");
        let content: Vec<usize> = content.into_iter().filter(|at| Some(*at) != that).collect();
        let mut beside = self.helpers(verb);
        beside.extend((verb..at).chain(that));
        (bare && content.len() > 2).then_some(Said {
            cue: at,
            beside,
            source: Some(source),
            content,
            carrier: None,
            signature: Signature::Say,
            passive: false,
            given: None,
            rule: "attribution.state",
        })
    }
}
