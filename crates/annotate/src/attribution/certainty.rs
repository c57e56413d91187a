//! How certainly the text gives a statement: from the cue, its negation, and the hedges around the word that carries it.
//!
//! After the factuality profiles of Saurí and Pustejovsky (2009): a cue carries a signature, hedges take a statement
//! down and never up, negation turns by signature and not by counting.

use super::cue::{Hedge, Signature};
use super::find::{Said, Sentence};
use crate::syntax::{Kind, Relation};
use model::{Certainty, Polarity, SourceKind};

/// What a cue leaves of a statement when nothing else stands with it.
pub(super) fn by_signature(signature: Signature, cue: &str) -> Certainty {
    match signature {
        // Who speculates has nothing to show for it.
        Signature::Think if cue.starts_with("speculat") || cue.starts_with("conjectur") => {
            Certainty::Unsupported
        }
        Signature::Think => Certainty::Probable,
        Signature::Wish if cue.starts_with("hop") || cue.starts_with("fear") || cue.starts_with("worr") => {
            Certainty::Possible
        }
        Signature::Show
            if !cue.starts_with("show") && !cue.starts_with("evidence") && !cue.starts_with("proof") =>
        {
            Certainty::Probable
        }
        Signature::Allege => Certainty::Unsupported,
        Signature::Deny => Certainty::Denied,
        Signature::Ask => Certainty::Possible,
        _ => Certainty::Asserted,
    }
}

const NEGATIONS: &[&str] = &["not", "n't", "n’t", "never", "no", "hardly", "nor", "neither", "without"];

/// What a teller is called whom nobody has checked.
const UNCONFIRMED: &[&str] =
    &["unconfirmed", "unverified", "uncorroborated", "alleged", "rumours", "rumors", "rumour", "rumor"];

/// Words that make a sentence deny what it would tell without them.
const NO: &[&str] =
    &["not", "no", "never", "none", "nobody", "nothing", "neither", "n't", "cannot", "nowhere"];

/// What stands behind such a word where it denies nothing: "not only", "no more than 40".
const AFTER_NO: &[&str] = &[
    "only", "just", "merely", "doubt", "more", "less", "fewer", "later", "matter", "least", "unlike",
    "secret", "longer",
];

/// Words of what is said within which its own "no" stands.
const MAIN: usize = 14;

/// Whether what is said says no itself: "there has been no request". Told from the words before its first clause ends.
pub fn says_no(content: &str) -> bool {
    let main = content.trim_start_matches(['"', '“', '”', '‘', '\'', ' ', '-', '–']);
    let end = main.find([',', ';', ':', '.', '?', '!', '—']).unwrap_or(main.len());
    let lower = main[..end].to_lowercase().replace("n’t", " not").replace("n't", " not");
    let words: Vec<&str> = lower
        .split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’')
        .filter(|word| !word.is_empty())
        .collect();
    // Another clause inside it denies for itself.
    let opens = |word: &&str| {
        matches!(
            *word,
            "who" | "which" | "that" | "because" | "although" | "while" | "if" | "when" | "but" | "and"
        )
    };
    let main = words.iter().skip(1).position(opens).map_or(words.len(), |at| at + 1).min(MAIN);
    let beside = |at: usize| at > 0 && matches!(words[at - 1], "with" | "than" | "or" | "whether");
    (0..main).any(|at| {
        NO.contains(&words[at])
            && !beside(at)
            && words.get(at + 1).is_none_or(|next| !AFTER_NO.contains(next))
    })
}

/// Whether a word of what is said leaves open whether it is so: "may", "reportedly".
pub fn is_hedged(content: &str) -> bool {
    let lower = content.to_lowercase();
    let hedges = |word: &str| {
        super::hedged(word).is_some()
            && !matches!(word, "can" | "could" | "would" | "should" | "must" | "expected")
    };
    lower.split(|c: char| !c.is_alphanumeric() && c != '-').any(hedges)
}

/// Whether a form tells that somebody looked ahead in the past: "foresaw", "expected".
fn foresees(verb: &str) -> bool {
    matches!(
        verb,
        "foresaw"
            | "foreseen"
            | "expected"
            | "predicted"
            | "anticipated"
            | "imagined"
            | "forecast"
            | "envisioned"
    )
}

/// What something is called that is not so.
const UNTRUE: &[&str] = &[
    "false",
    "untrue",
    "baseless",
    "groundless",
    "unfounded",
    "unsubstantiated",
    "absurd",
    "nonsense",
    "fabrication",
    "fabrications",
    "fabricated",
    "lie",
    "lies",
    "invention",
    "imagination",
    "fiction",
    "fantasy",
    "preposterous",
    "ludicrous",
    "hoax",
    "myth",
];

/// Verbs of not doing what is asked.
const REFUSES: &[&str] = &["refus", "declin"];

pub(super) fn judge(sentence: &Sentence, said: &Said, kind: SourceKind) -> (Certainty, Polarity) {
    let word = |at: usize| sentence.lower.get(at).map_or("", String::as_str);
    let tree = sentence.tree;
    let negated = tree.below[said.cue].iter().any(|at| {
        matches!(
            tree.words[*at].relation,
            Relation::Advmod | Relation::Det | Relation::Cc | Relation::Aux | Relation::Other
        ) && NEGATIONS.contains(&word(*at))
    }) || kind == SourceKind::Nobody;
    let mut certainty = by_signature(said.signature, word(said.cue));
    let mut polarity = Polarity::Positive;
    match (negated, said.signature) {
        (false, Signature::Deny) => polarity = Polarity::Negative,
        // "did not deny that", "no doubt that".
        (true, Signature::Deny) => certainty = Certainty::Asserted,
        (true, Signature::Think) if matches!(word(said.cue), "doubt" | "doubts" | "doubted") => {
            certainty = Certainty::Asserted
        }
        // "Nobody foresaw that it would fall": it fell.
        (true, Signature::Think) if kind == SourceKind::Nobody && foresees(word(said.cue)) => {
            certainty = Certainty::Asserted;
        }
        (true, Signature::Think) => (certainty, polarity) = (Certainty::Denied, Polarity::Negative),
        (true, Signature::Show | Signature::Allege) => {
            (certainty, polarity) = (Certainty::Unsupported, Polarity::Negative);
        }
        (true, Signature::Say) => (certainty, polarity) = (Certainty::Unsupported, Polarity::Negative),
        // "did not describe it as free"
        (true, Signature::Describe | Signature::Blame | Signature::Praise) => {
            (certainty, polarity) = (Certainty::Denied, Polarity::Negative);
        }
        _ => {}
    }
    // "called the charges baseless"
    let untrue = said.signature == Signature::Describe && !negated;
    if untrue && said.content.iter().any(|at| UNTRUE.contains(&word(*at))) {
        (certainty, polarity) = (Certainty::Denied, Polarity::Negative);
    }
    if !negated && said.signature == Signature::Think && word(said.cue).starts_with("doubt") {
        (certainty, polarity) = (Certainty::Denied, Polarity::Negative);
    }
    // "It is said that": nobody answers for it.
    if !negated && said.passive && said.source.is_none() && kind == SourceKind::Unspecified {
        let stem = |stems: &[&str]| stems.iter().any(|stem| word(said.cue).starts_with(stem));
        if said.signature == Signature::Blame
            || stem(&["said", "claim", "report", "suggest", "told", "argu", "suspect"])
        {
            certainty = Certainty::Unsupported;
        } else if stem(&["understood"]) {
            certainty = Certainty::Probable;
        }
    }
    // "Unconfirmed reports said".
    if let Some((_, words)) = &said.source
        && words.iter().any(|at| UNCONFIRMED.contains(&word(*at)))
    {
        certainty = certainty.max(Certainty::Unsupported);
    }
    // "refused to improve it"
    if !negated && REFUSES.iter().any(|stem| word(said.cue).starts_with(stem)) {
        (certainty, polarity) = (Certainty::Denied, Polarity::Negative);
    }
    // "denying reports that", "could not confirm reports that"
    let governor = tree.words[said.cue].head.filter(|_| {
        tree.words[said.cue].kind == Kind::Noun && tree.words[said.cue].relation == Relation::Obj
    });
    if let Some(governor) = governor {
        let not = tree.below[governor].iter().any(|at| NEGATIONS.contains(&word(*at)));
        match (sentence.cues[governor].verb, not) {
            (Some(Signature::Deny), false) => (certainty, polarity) = (Certainty::Denied, Polarity::Negative),
            (Some(Signature::Deny), true) => {}
            (_, true) => certainty = Certainty::Unsupported,
            _ => {}
        }
    }
    if certainty == Certainty::Denied {
        return (certainty, polarity);
    }
    // Hedges on the cue itself ("allegedly said") and on the word that carries the content ("may have").
    let mut near: Vec<usize> = tree.below[said.cue].clone();
    if let Some(carrier) = said.carrier {
        near.extend(tree.below[carrier].iter().copied().filter(|at| said.content.contains(at)));
        near.push(carrier);
    }
    for at in near {
        let light = matches!(tree.words[at].relation, Relation::Aux | Relation::Advmod | Relation::Amod)
            || Some(at) == said.carrier;
        let Some(hedge) = sentence.cues[at].hedge.filter(|_| light && at != said.cue) else { continue };
        // "could", "can" and "would" tell what one is able to do more often than what may be.
        if matches!(word(at), "can" | "could" | "would" | "should" | "must" | "expected") {
            continue;
        }
        certainty = certainty.max(match hedge {
            Hedge::Possible => Certainty::Possible,
            Hedge::Probable => Certainty::Probable,
            Hedge::Unsupported => Certainty::Unsupported,
            Hedge::None => Certainty::Asserted,
        });
    }
    (certainty, polarity)
}
