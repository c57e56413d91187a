//! What kind of source somebody is.

use super::find::{Said, Sentence};
use crate::syntax::{Kind, Relation};
use model::SourceKind;

/// Things that show something.
const EVIDENCE: &[&str] = &[
    "evidence",
    "footage",
    "video",
    "videos",
    "data",
    "poll",
    "polls",
    "survey",
    "surveys",
    "study",
    "studies",
    "figures",
    "statistics",
    "image",
    "images",
    "photo",
    "photos",
    "photograph",
    "photographs",
    "record",
    "records",
    "document",
    "documents",
    "analysis",
    "results",
    "research",
    "investigation",
    "fact",
    "facts",
    "events",
    "experience",
    "history",
    "sign",
    "signs",
    "proof",
    "map",
    "maps",
    "transcript",
    "recording",
];

/// Words for nobody.
const NOBODY: &[&str] = &["nobody", "no-one", "none", "neither"];

/// Whether a word is for a thing that shows something: "footage".
pub(super) fn is_evidence(word: &str) -> bool {
    EVIDENCE.contains(&word)
}

pub(super) fn kind(sentence: &Sentence, said: &Said) -> SourceKind {
    let word = |at: usize| sentence.lower.get(at).map_or("", String::as_str);
    let Some((head, words)) = &said.source else {
        if EVIDENCE.contains(&word(said.cue)) {
            return SourceKind::Evidence;
        }
        // "It should be noted that": the author speaks.
        // "It turned out that."
        let formula = said.passive
            && said.beside.iter().any(|at| matches!(word(*at), "should" | "must" | "can" | "could" | "may"));
        return if formula { SourceKind::Author } else { SourceKind::Unspecified };
    };
    let first = words.first().map_or("", |at| word(*at));
    if NOBODY.contains(&word(*head)) || first == "no" || NOBODY.contains(&first) {
        return SourceKind::Nobody;
    }
    let tree = sentence.tree;
    match tree.words[*head].kind {
        Kind::Propn => SourceKind::Named,
        Kind::Pron => match word(*head) {
            "i" | "we" if sentence.quoted[*head].is_none() => SourceKind::Author,
            // "One can only speculate".
            "one" if words.len() == 1 && sentence.quoted[*head].is_none() => SourceKind::Author,
            "it" | "this" | "that" | "which" | "these" => SourceKind::Evidence,
            "one" | "some" | "many" | "others" | "someone" | "somebody" | "anyone" | "everyone" | "those"
            | "few" | "most" => SourceKind::Anonymous,
            _ => SourceKind::Named,
        },
        _ if EVIDENCE.contains(&word(*head)) => SourceKind::Evidence,
        _ if words.iter().any(|at| tree.words[*at].kind == Kind::Propn) => SourceKind::Named,
        _ => {
            let det = tree.child(*head, &[Relation::Det, Relation::Poss]).map(word);
            match det {
                Some("the" | "this" | "that" | "his" | "her" | "its" | "their") => SourceKind::Named,
                _ => SourceKind::Anonymous,
            }
        }
    }
}

/// The kind of a source by its head and its first word alone.
pub(super) fn of_words(kind: Kind, head: &str, first: &str) -> SourceKind {
    match kind {
        _ if NOBODY.contains(&head) || first == "no" => SourceKind::Nobody,
        Kind::Propn => SourceKind::Named,
        Kind::Pron if matches!(head, "one" | "some" | "many" | "others" | "someone") => SourceKind::Anonymous,
        Kind::Pron => SourceKind::Named,
        _ if EVIDENCE.contains(&head) => SourceKind::Evidence,
        _ if matches!(first, "a" | "an" | "one" | "some" | "several" | "many" | "two" | "three")
            || first == head =>
        {
            SourceKind::Anonymous
        }
        _ => SourceKind::Named,
    }
}
