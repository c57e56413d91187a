//! Words that lead to what somebody says, and what they make of it.

use crate::hash::QuickMap;
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
    Possible,
    Probable,
    Unsupported,
}

/// What a word form can be.
#[derive(Clone, Copy, Default, Debug)]
pub(super) struct Cue {
    pub(super) verb: Option<Signature>,
    pub(super) noun: Option<Signature>,
    pub(super) adverb: Option<Signature>,
    pub(super) hedge: Option<Hedge>,
    /// The first word of a preposition of several: "according".
    pub(super) leads: bool,
}

impl Cue {
    /// Whether it can tell that something is said.
    pub(super) fn tells(&self) -> bool {
        self.verb.is_some() || self.noun.is_some() || self.adverb.is_some() || self.leads
    }
}

#[derive(Deserialize)]
struct File {
    verbs: BTreeMap<String, Vec<String>>,
    nouns: BTreeMap<String, Vec<String>>,
    adverbs: BTreeMap<String, Vec<String>>,
    prepositions: BTreeMap<String, Vec<String>>,
    hedges: BTreeMap<String, Vec<String>>,
}

pub(super) struct Cues {
    forms: QuickMap<String, Cue>,
    /// Verbs that are cues only with a particle: the form and the particle.
    particles: BTreeMap<String, Vec<(String, Signature)>>,
    /// Prepositions of several words.
    pub(super) prepositions: Vec<Vec<String>>,
}

/// Past forms that no rule makes.
const IRREGULAR: &[(&str, &[&str])] = &[
    ("say", &["said"]),
    ("tell", &["told"]),
    ("think", &["thought"]),
    ("know", &["knew", "known"]),
    ("see", &["saw", "seen"]),
    ("hear", &["heard"]),
    ("feel", &["felt"]),
    ("find", &["found"]),
    ("understand", &["understood"]),
    ("write", &["wrote", "written"]),
    ("swear", &["swore", "sworn"]),
    ("teach", &["taught"]),
    ("seek", &["sought"]),
    ("spell", &["spelt"]),
    ("lay", &["laid"]),
    ("learn", &["learnt"]),
    ("show", &["shown"]),
    ("foresee", &["foresaw", "foreseen"]),
    ("read", &["read"]),
    ("put", &["put"]),
    ("forecast", &["forecast"]),
];

/// The forms of an English verb by its bare form.
fn forms_of(verb: &str) -> Vec<String> {
    let mut forms = vec![verb.to_owned()];
    let vowel = |byte: u8| b"aeiou".contains(&byte);
    let bytes = verb.as_bytes();
    let last = bytes.last().copied().unwrap_or(b' ');
    let before = bytes.len().checked_sub(2).map_or(b' ', |at| bytes[at]);
    let irregular = IRREGULAR.iter().find(|(bare, _)| *bare == verb);
    let (stem, cut) = (verb, &verb[..verb.len().saturating_sub(1)]);
    match last {
        b'e' => {
            forms.extend([format!("{stem}s"), format!("{stem}d"), format!("{cut}ing"), format!("{stem}ing")])
        }
        b'y' if !vowel(before) => {
            forms.extend([format!("{cut}ies"), format!("{cut}ied"), format!("{stem}ing")]);
        }
        b's' | b'x' | b'z' => forms.extend([format!("{stem}es"), format!("{stem}ed"), format!("{stem}ing")]),
        b'h' => {
            forms.extend([format!("{stem}es"), format!("{stem}s"), format!("{stem}ed"), format!("{stem}ing")])
        }
        _ => {
            forms.extend([format!("{stem}s"), format!("{stem}ed"), format!("{stem}ing")]);
            if vowel(before) && !vowel(last) {
                let last = char::from(last);
                forms.extend([format!("{stem}{last}ed"), format!("{stem}{last}ing")]);
            }
        }
    }
    if let Some((_, past)) = irregular {
        forms.retain(|form| !form.ends_with("ed") && (verb.ends_with('d') || !form.ends_with('d')));
        forms.extend(past.iter().map(|form| (*form).to_owned()));
    }
    forms
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
                for form in forms_of(verb) {
                    cues.particles.entry(form).or_default().push((particle.to_owned(), signature));
                }
            }
            None => {
                for form in forms_of(&word) {
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
    for (class, word) in words(&file.hedges) {
        let hedge = match class.as_str() {
            "possible" => Hedge::Possible,
            "probable" => Hedge::Probable,
            _ => Hedge::Unsupported,
        };
        for form in forms_of(&word).into_iter().take(if hedge == Hedge::Probable { 4 } else { 1 }) {
            cues.forms.entry(form).or_default().hedge.get_or_insert(hedge);
        }
    }
    cues
});

pub(super) fn cues() -> &'static Cues {
    &CUES
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
