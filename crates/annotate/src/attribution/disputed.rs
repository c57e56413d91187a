//! What is left open of a thing by nobody named: "responsibility for the fire is contested", "the cause has not been determined".

use super::author::Frame;
use super::cue::Signature;
use super::find::{Said, Sentence};
use crate::syntax::{Kind, Relation};
use model::{Certainty, Polarity, SourceKind};

/// What has not been done to a thing that is open.
const SETTLED: [&str; 11] = [
    "known",
    "established",
    "determined",
    "clear",
    "confirmed",
    "verified",
    "proven",
    "resolved",
    "settled",
    "ascertained",
    "identified",
];

impl Sentence<'_> {
    /// A thing of some words that is contested, unclear or not established.
    pub(super) fn disputed(&self, at: usize) -> Option<Said> {
        let open = self.cues[at].frame == Some(Frame::Open);
        // "Foul play cannot be excluded": it may be so.
        let excluded = self.word(at) == "excluded";
        if !open && !excluded && !SETTLED.contains(&self.word(at)) {
            return None;
        }
        let copula = |at: &usize| {
            matches!(
                self.word(*at),
                "is" | "are" | "was" | "were" | "been" | "be" | "remain" | "remains" | "remained"
            )
        };
        let may = |at: &usize| matches!(self.word(*at), "could" | "can" | "cannot");
        let light = |at: &usize| copula(at) || matches!(self.kind(*at), Kind::Adv | Kind::Part | Kind::Aux);
        let first = (0..at).rev().take_while(light).last()?;
        let no = |at: usize| matches!(self.word(at), "not" | "n't" | "n’t" | "never" | "yet");
        // "Neither figure could be verified".
        let none = self.tree.child(at, &[Relation::Nsubj, Relation::NsubjPass]).is_some_and(|subject| {
            self.below(subject, &[])
                .first()
                .is_some_and(|first| matches!(self.word(*first), "neither" | "no" | "none"))
        });
        let negated = (first..at).any(no) || none || (first..at).any(|at| self.word(at) == "cannot");
        let held = (first..at).any(|at| copula(&at)) && (!excluded || (first..at).any(|at| may(&at)));
        if !held || open == negated {
            return None;
        }
        let subject = self.tree.child(at, &[Relation::Nsubj, Relation::NsubjPass])?;
        let thing = matches!(self.kind(subject), Kind::Noun);
        let by = self.tree.child(at, &[Relation::Agent, Relation::Ccomp, Relation::Xcomp]).is_some();
        let mut content = self.trimmed(self.below(subject, &[]));
        let short = content.len() < 2;
        if none {
            content.remove(0);
        }
        let relative = content.iter().any(|at| matches!(self.word(*at), "which" | "whose" | "whom"));
        if !thing
            || by
            || relative
            || short
            || content.is_empty()
            || self.quoted[at].is_some()
            || subject > at
        {
            return None;
        }
        // What could not be confirmed was said before.
        let certainty = match self.word(at) {
            "verified" | "confirmed" | "proven" => Certainty::Unsupported,
            _ => Certainty::Possible,
        };
        Some(Said {
            cue: at,
            beside: (first..at).filter(|at| !content.contains(at)).collect(),
            source: None,
            content,
            carrier: None,
            signature: Signature::Think,
            passive: true,
            given: Some((SourceKind::Nobody, certainty, Polarity::Positive)),
            rule: "attribution.framed",
        })
    }
}
