//! The words by which a text tells what happened, from their table.

use crate::hash::QuickMap;
use crate::words::{singular, verb_forms};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

#[derive(Deserialize)]
struct File {
    class: Vec<Class>,
    blame: Blame,
    quality: Vec<Quality>,
    same: Same,
    light: Light,
    retract: Retract,
}

/// A class of happenings: its words and its questions.
#[derive(Deserialize)]
pub(super) struct Class {
    pub(super) name: String,
    #[serde(default)]
    verbs: String,
    #[serde(default)]
    fates: String,
    #[serde(default)]
    deeds: String,
    #[serde(default)]
    ends: String,
    #[serde(default)]
    occasions: String,
    /// What it can be told of; empty = anything.
    #[serde(default)]
    of: String,
    /// The class whose question a person answers of whom this is told: who surrenders is detained.
    pub(super) persons: Option<String>,
    pub(super) who: String,
    pub(super) when: String,
    pub(super) begins: Option<String>,
    pub(super) did: String,
    /// Done by a state in another one, as a rule.
    #[serde(default)]
    pub(super) abroad: bool,
    /// Undergone by people, so that a noun before it tells something else: "flu deaths".
    #[serde(default)]
    pub(super) of_people: bool,
    /// Its nouns name what happened by themselves, on one day: "the explosion".
    #[serde(default)]
    pub(super) incident: bool,
}

impl Class {
    /// Whether it can be told of a thing, by the word for it.
    pub(super) fn is_told_of(&self, concept: &str) -> bool {
        self.of.is_empty() || self.of.split(' ').any(|own| own == concept)
    }

    pub(super) fn is_occasion(&self) -> bool {
        !self.occasions.is_empty()
    }

    /// Its words in their bare form.
    pub(super) fn words(&self) -> impl Iterator<Item = &str> {
        let lines = [&self.verbs, &self.fates, &self.deeds, &self.ends, &self.occasions];
        lines.into_iter().flat_map(|line| line.split([' ', '+'])).filter(|word| word.len() > 3)
    }
}

#[derive(Deserialize)]
struct Blame {
    verbs: String,
    shadows: String,
    nouns: String,
    guilty: String,
    suffixes: String,
    general: String,
    doers: String,
    against: String,
    somebody: String,
    accuses: String,
}

/// What a happening can be or not be.
#[derive(Deserialize)]
pub(super) struct Quality {
    pub(super) name: String,
    yes: String,
    no: String,
    pub(super) ask: String,
}

#[derive(Deserialize)]
struct Same {
    lines: Vec<String>,
    parts: String,
}

#[derive(Deserialize)]
struct Light {
    verbs: String,
    begins: String,
    beginnings: String,
    becomes: String,
    unreal: String,
}

#[derive(Deserialize)]
struct Retract {
    verbs: String,
    objects: String,
}

/// How a word tells of a happening.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Part {
    /// Its subject did it to its object.
    Verb,
    /// Its subject underwent it.
    Fate,
    /// A noun whose "of" tells who did it.
    Deed,
    /// A noun whose "of" tells what it was done to.
    End,
    /// A noun for what is held at a time and a place.
    Occasion,
}

/// What a word form can be.
#[derive(Clone, Default, Debug)]
pub(super) struct Entry {
    /// Classes it tells of, by number; a particle that must stand behind it.
    pub(super) happens: Vec<(usize, Part, Option<String>)>,
    /// An axis, and whether it says yes.
    pub(super) quality: Option<(usize, bool)>,
    pub(super) blames: bool,
    pub(super) shadow: bool,
    pub(super) stake: bool,
    pub(super) guilty: bool,
    pub(super) suffix: bool,
    /// A noun for what happened.
    pub(super) event: bool,
    /// Those who did it.
    pub(super) doer: bool,
    pub(super) against: bool,
    pub(super) light: bool,
    pub(super) begins: bool,
    pub(super) unreal: bool,
    pub(super) retracts: bool,
    pub(super) retracted: bool,
    /// Tells what a whole consists of.
    pub(super) whole: bool,
    /// Somebody rather than something.
    pub(super) somebody: bool,
    /// A part of what follows it.
    pub(super) part: bool,
    /// A verb by which something comes to be something.
    pub(super) becomes: bool,
    /// A verb of blaming somebody.
    pub(super) accuses: bool,
}

pub(super) struct Table {
    pub(super) classes: Vec<Class>,
    pub(super) qualities: Vec<Quality>,
    forms: QuickMap<String, Entry>,
    same: BTreeMap<String, String>,
    /// Verbs that begin something only with a particle: "break out".
    begin_with: BTreeSet<(String, String)>,
}

static NOTHING: LazyLock<Entry> = LazyLock::new(Entry::default);

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let file: File = toml::from_str(include_str!("../../rules/en/happenings.toml"))
        .expect("the table of happenings that ships with the program is valid");
    let mut forms: QuickMap<String, Entry> = QuickMap::default();
    for (number, class) in file.class.iter().enumerate() {
        for (line, part) in [(&class.verbs, Part::Verb), (&class.fates, Part::Fate)] {
            for word in line.split(' ').filter(|word| !word.is_empty()) {
                let (verb, particle) =
                    word.split_once('+').map_or((word, None), |(verb, particle)| (verb, Some(particle)));
                for form in verb_forms(verb) {
                    let row = (number, part, particle.map(str::to_owned));
                    forms.entry(form).or_default().happens.push(row);
                }
            }
        }
        let nouns =
            [(&class.deeds, Part::Deed), (&class.ends, Part::End), (&class.occasions, Part::Occasion)];
        for (line, part) in nouns {
            for word in line.split(' ').filter(|word| !word.is_empty()) {
                for form in noun_forms(word) {
                    forms.entry(form).or_default().happens.push((number, part, None));
                }
            }
        }
    }
    for (number, quality) in file.quality.iter().enumerate() {
        for (line, yes) in [(&quality.yes, true), (&quality.no, false)] {
            for word in line.split(' ') {
                forms.entry(word.to_owned()).or_default().quality = Some((number, yes));
            }
        }
    }
    let mut mark = |line: &str, forms_of: &dyn Fn(&str) -> Vec<String>, set: fn(&mut Entry)| {
        for form in line.split(' ').flat_map(forms_of) {
            set(forms.entry(form).or_default());
        }
    };
    let own = |word: &str| vec![word.to_owned()];
    mark(&file.blame.verbs, &verb_forms, |entry| entry.blames = true);
    mark(&file.blame.shadows, &own, |entry| entry.shadow = true);
    mark(&file.blame.nouns, &own, |entry| entry.stake = true);
    mark(&file.blame.guilty, &own, |entry| entry.guilty = true);
    mark(&file.blame.suffixes, &own, |entry| entry.suffix = true);
    mark(&file.blame.general, &own, |entry| entry.event = true);
    mark(&file.blame.doers, &own, |entry| entry.doer = true);
    mark(&file.blame.against, &verb_forms, |entry| entry.against = true);
    for word in crate::label::event_words() {
        mark(word, &own, |entry| entry.event = true);
    }
    mark(&file.light.unreal, &verb_forms, |entry| entry.unreal = true);
    let whole = |line: &str| -> Vec<String> {
        line.split(' ').filter(|word| !word.contains('+')).map(str::to_owned).collect()
    };
    mark(&whole(&file.light.verbs).join(" "), &verb_forms, |entry| entry.light = true);
    mark(&whole(&file.light.begins).join(" "), &verb_forms, |entry| entry.begins = true);
    mark("consist comprise include compose", &verb_forms, |entry| entry.whole = true);
    mark(&file.light.beginnings, &own, |entry| entry.begins = true);
    mark(&file.light.becomes, &own, |entry| entry.becomes = true);
    mark(&file.blame.accuses, &verb_forms, |entry| entry.accuses = true);
    mark(&file.blame.somebody, &own, |entry| entry.somebody = true);
    mark(&file.same.parts, &own, |entry| entry.part = true);
    mark(&file.retract.verbs, &verb_forms, |entry| entry.retracts = true);
    mark(&file.retract.objects, &noun_forms, |entry| entry.retracted = true);
    let with = file.light.begins.split(' ').filter_map(|word| word.split_once('+'));
    let begin_with = with
        .flat_map(|(verb, particle)| {
            verb_forms(verb).into_iter().map(move |form| (form, particle.to_owned()))
        })
        .collect();
    let mut same = BTreeMap::new();
    for line in &file.same.lines {
        let mut words = line.split(' ');
        let Some(first) = words.next() else { continue };
        for word in std::iter::once(first).chain(words) {
            same.insert(singular(word), first.to_owned());
        }
    }
    Table { classes: file.class, qualities: file.quality, forms, same, begin_with }
});

pub(super) fn table() -> &'static Table {
    &TABLE
}

/// Singular and plural of a noun.
fn noun_forms(word: &str) -> Vec<String> {
    let mut forms = vec![word.to_owned(), format!("{word}s")];
    forms.extend(word.strip_suffix('y').map(|stem| format!("{stem}ies")));
    forms
}

impl Table {
    /// What a word in lower case can be.
    pub(super) fn of(&self, lower: &str) -> &Entry {
        self.forms.get(lower).unwrap_or(&NOTHING)
    }

    /// One word for nouns of one meaning: the first of their line, else the singular.
    pub(super) fn concept(&self, lower: &str) -> String {
        let one = singular(lower);
        self.same.get(&one).cloned().unwrap_or(one)
    }

    /// Whether a verb with its particle tells of a beginning.
    pub(super) fn begins_with(&self, verb: &str, particle: &str) -> bool {
        self.begin_with.contains(&(verb.to_owned(), particle.to_owned()))
    }

    /// The class of this name.
    pub(super) fn class(&self, name: &str) -> Option<&Class> {
        self.classes.iter().find(|class| class.name == name)
    }
}
