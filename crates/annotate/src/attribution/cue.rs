//! Words that lead to what somebody says, and what they make of it.

use super::author::Frame;
use crate::hash::QuickMap;
use crate::words::verb_forms;
use model::Certainty;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// What a cue makes of what it leads to.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Signature {
    /// It is said, and no more.
    Say,
    /// It is taken to be so.
    Know,
    /// It is thought likely.
    Think,
    /// It is hoped, feared or meant to be.
    Wish,
    /// Something speaks for it.
    Show,
    /// It is said, and the teller keeps away from it.
    Allege,
    /// It is said not to be so.
    Deny,
    /// It is asked.
    Ask,
    /// It is demanded.
    Order,
    /// Somebody is blamed for it.
    Blame,
    /// It is approved of.
    Praise,
    /// Something is called something.
    Describe,
}

impl Signature {
    fn of(word: &str) -> Option<Signature> {
        Some(match word {
            "say" => Signature::Say,
            "know" => Signature::Know,
            "think" => Signature::Think,
            "wish" => Signature::Wish,
            "show" => Signature::Show,
            "allege" => Signature::Allege,
            "deny" => Signature::Deny,
            "ask" => Signature::Ask,
            "order" => Signature::Order,
            "blame" => Signature::Blame,
            "praise" => Signature::Praise,
            "describe" => Signature::Describe,
            _ => return None,
        })
    }
}

/// How far a hedge takes a statement down.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Hedge {
    /// Not at all: "undoubtedly".
    None,
    Possible,
    Probable,
    Unsupported,
}

impl Hedge {
    fn of(class: &str) -> Hedge {
        match class {
            "possible" => Hedge::Possible,
            "probable" => Hedge::Probable,
            "asserted" => Hedge::None,
            _ => Hedge::Unsupported,
        }
    }
}

/// What a word form can be.
#[derive(Clone, Copy, Default, Debug)]
pub(super) struct Cue {
    pub(super) verb: Option<Signature>,
    pub(super) noun: Option<Signature>,
    pub(super) adverb: Option<Signature>,
    pub(super) hedge: Option<Hedge>,
    /// What it says of a sentence that it frames: "it is likely that".
    pub(super) frame: Option<Frame>,
    /// What it makes of what somebody is "certain", "afraid" or "unaware" of.
    pub(super) state: Option<Signature>,
    /// How far it softens the clause it stands in, on the author's word.
    pub(super) soft: Option<Hedge>,
    /// The first word of a preposition of several: "according".
    pub(super) leads: bool,
}

impl Cue {
    /// Whether it can tell that something is said.
    pub(super) fn tells(&self) -> bool {
        self.verb.is_some()
            || self.noun.is_some()
            || self.adverb.is_some()
            || self.leads
            || self.soft.is_some()
    }
}

#[derive(Deserialize)]
struct File {
    verbs: BTreeMap<String, Vec<String>>,
    nouns: BTreeMap<String, Vec<String>>,
    adverbs: BTreeMap<String, Vec<String>>,
    prepositions: BTreeMap<String, Vec<String>>,
    hedges: BTreeMap<String, Vec<String>>,
    frames: BTreeMap<String, Vec<String>>,
    soft: BTreeMap<String, Vec<String>>,
    states: BTreeMap<String, Vec<String>>,
}

pub(super) struct Cues {
    forms: QuickMap<String, Cue>,
    /// Verbs that are cues only with a particle: the form and the particle.
    particles: BTreeMap<String, Vec<(String, Signature)>>,
    /// Prepositions of several words.
    pub(super) prepositions: Vec<Vec<String>>,
}

static CUES: LazyLock<Cues> = LazyLock::new(|| {
    let file: File = toml::from_str(include_str!("../../rules/en/cues.toml"))
        .expect("the table of cues that ships with the program is valid");
    let mut cues = Cues { forms: QuickMap::default(), particles: BTreeMap::new(), prepositions: Vec::new() };
    let words = |table: &BTreeMap<String, Vec<String>>| -> Vec<(String, String)> {
        let lines = table.iter().flat_map(|(class, lines)| lines.iter().map(move |line| (class, line)));
        lines.flat_map(|(class, line)| line.split(' ').map(|word| (class.clone(), word.to_owned()))).collect()
    };
    for (class, word) in words(&file.verbs) {
        let Some(signature) = Signature::of(&class) else { continue };
        match word.split_once('+') {
            Some((verb, particle)) => {
                for form in verb_forms(verb) {
                    cues.particles.entry(form).or_default().push((particle.to_owned(), signature));
                }
            }
            None => {
                for form in verb_forms(&word) {
                    // A verb of two lists is of the first.
                    cues.forms.entry(form).or_default().verb.get_or_insert(signature);
                }
            }
        }
    }
    for (class, word) in words(&file.nouns) {
        for form in [
            word.clone(),
            format!("{word}s"),
            word.strip_suffix('y').map_or(String::new(), |stem| format!("{stem}ies")),
        ] {
            cues.forms.entry(form).or_default().noun = Signature::of(&class);
        }
    }
    for (class, word) in words(&file.adverbs) {
        cues.forms.entry(word).or_default().adverb = Signature::of(&class);
    }
    for (_, phrase) in words(&file.prepositions) {
        let parts: Vec<String> = phrase.split('+').map(str::to_owned).collect();
        if let Some(first) = parts.first() {
            cues.forms.entry(first.clone()).or_default().leads = true;
        }
        cues.prepositions.push(parts);
    }
    for (class, word) in words(&file.frames) {
        cues.forms.entry(word).or_default().frame = Frame::of(&class);
    }
    for (class, word) in words(&file.states) {
        cues.forms.entry(word).or_default().state = Signature::of(&class);
    }
    for (class, word) in words(&file.soft) {
        cues.forms.entry(word).or_default().soft = Some(Hedge::of(&class));
    }
    for (class, word) in words(&file.hedges) {
        let hedge = Hedge::of(&class);
        for form in verb_forms(&word).into_iter().take(if hedge == Hedge::Probable { 4 } else { 1 }) {
            cues.forms.entry(form).or_default().hedge.get_or_insert(hedge);
        }
    }
    cues
});

pub(super) fn cues() -> &'static Cues {
    &CUES
}

/// How certain a word leaves what it stands with, where it hedges: "may", "allegedly".
pub(crate) fn hedged(lower: &str) -> Option<Certainty> {
    cues().of(lower).hedge.map(|hedge| match hedge {
        Hedge::Possible => Certainty::Possible,
        Hedge::Probable => Certainty::Probable,
        Hedge::Unsupported => Certainty::Unsupported,
        Hedge::None => Certainty::Asserted,
    })
}

/// Whether a word in lower case is a form of a verb of saying: "told".
pub(crate) fn says(lower: &str) -> bool {
    cues().of(lower).verb == Some(Signature::Say)
}

impl Cues {
    /// What a word in lower case can be.
    pub(super) fn of(&self, lower: &str) -> Cue {
        self.forms.get(lower).copied().unwrap_or_default()
    }

    /// What a verb is with a particle behind it.
    pub(super) fn with(&self, verb: &str, particle: &str) -> Option<Signature> {
        let known = self.particles.get(verb)?;
        known.iter().find(|(own, _)| own == particle).map(|(_, signature)| *signature)
    }

    /// Whether a word begins a cue of two words.
    pub(super) fn takes_particle(&self, verb: &str) -> bool {
        self.particles.contains_key(verb)
    }
}
