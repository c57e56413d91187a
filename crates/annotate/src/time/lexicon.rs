//! The words of time expressions, from the rule files of every language, and their look-up.

use crate::rules::Classes;
use model::time::{DayPart, Modifier, Season, Unit};
use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

/// What kind of word or mark a token is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
#[repr(u8)]
pub(super) enum Class {
    /// Words that no expression is made of.
    Other,
    /// What is no time although its words are: "Prague Spring".
    Never,
    /// An empty line: the end of a paragraph.
    Break,
    /// The end of a sentence.
    Stop,
    Dot,
    Comma,
    Dash,
    Slash,
    Open,
    Close,
    Mark,
    Possessive,
    /// A whole number in digits.
    Digits,
    /// A number with a point or a comma.
    Number,
    Ordinal,
    /// "1990s"; the value is its first year, or 0 to 90 where the century is left out.
    Decade,
    /// "'99"
    ShortYear,
    /// "05.01.2022"; the value is its place in the list of numeric dates.
    Numeric,
    /// "17:30"; the value is its minute of the day.
    ClockTime,
    /// "XIX"
    Roman,
    Month,
    Weekday,
    Weekdays,
    Unit,
    Units,
    Fortnight,
    Season,
    Seasons,
    Part,
    Parts,
    Noon,
    Overnight,
    Deictic,
    Tonight,
    Last,
    Past,
    Next,
    Coming,
    This,
    Current,
    That,
    Same,
    Previous,
    Following,
    Latest,
    Each,
    Per,
    Adverb,
    Early,
    Mid,
    Earlier,
    Later,
    Afterwards,
    Ago,
    Hence,
    Through,
    Boundary,
    Rest,
    Before,
    After,
    Since,
    Until,
    From,
    To,
    Between,
    And,
    Or,
    Of,
    The,
    A,
    In,
    On,
    At,
    By,
    During,
    Within,
    Than,
    More,
    Less,
    Over,
    Approx,
    Bound,
    Mere,
    Only,
    Few,
    Couple,
    Dozen,
    Half,
    OneAndHalf,
    HalfUnit,
    Cardinal,
    Hundred,
    Thousand,
    Tens,
    Final,
    Latter,
    Filler,
    Old,
    Era,
    Meridiem,
    Oclock,
    Zone,
    Present,
    PastWord,
    FutureWord,
    PastAdjective,
    FutureAdjective,
    PresentNoun,
    Term,
    Reach,
    Holiday,
    FutureCue,
    PastCue,
    NightTo,
    NightFrom,
    /// A word for a happening.
    Event,
}

const CLASSES: &[(&str, Class)] = &[
    ("month", Class::Month),
    ("weekday", Class::Weekday),
    ("weekdays", Class::Weekdays),
    ("unit", Class::Unit),
    ("units", Class::Units),
    ("fortnight", Class::Fortnight),
    ("season", Class::Season),
    ("seasons", Class::Seasons),
    ("part", Class::Part),
    ("parts", Class::Parts),
    ("noon", Class::Noon),
    ("overnight", Class::Overnight),
    ("deictic", Class::Deictic),
    ("tonight", Class::Tonight),
    ("last", Class::Last),
    ("past", Class::Past),
    ("next", Class::Next),
    ("coming", Class::Coming),
    ("this", Class::This),
    ("current", Class::Current),
    ("that", Class::That),
    ("same", Class::Same),
    ("previous", Class::Previous),
    ("following", Class::Following),
    ("latest", Class::Latest),
    ("each", Class::Each),
    ("per", Class::Per),
    ("adverb", Class::Adverb),
    ("early", Class::Early),
    ("mid", Class::Mid),
    ("earlier", Class::Earlier),
    ("later", Class::Later),
    ("afterwards", Class::Afterwards),
    ("ago", Class::Ago),
    ("hence", Class::Hence),
    ("through", Class::Through),
    ("boundary", Class::Boundary),
    ("rest", Class::Rest),
    ("before", Class::Before),
    ("after", Class::After),
    ("since", Class::Since),
    ("until", Class::Until),
    ("from", Class::From),
    ("to", Class::To),
    ("between", Class::Between),
    ("and", Class::And),
    ("or", Class::Or),
    ("of", Class::Of),
    ("the", Class::The),
    ("a", Class::A),
    ("in", Class::In),
    ("on", Class::On),
    ("at", Class::At),
    ("by", Class::By),
    ("during", Class::During),
    ("within", Class::Within),
    ("than", Class::Than),
    ("more", Class::More),
    ("less", Class::Less),
    ("over", Class::Over),
    ("approx", Class::Approx),
    ("bound", Class::Bound),
    ("mere", Class::Mere),
    ("only", Class::Only),
    ("few", Class::Few),
    ("couple", Class::Couple),
    ("dozen", Class::Dozen),
    ("half", Class::Half),
    ("one_and_half", Class::OneAndHalf),
    ("half_unit", Class::HalfUnit),
    ("cardinal", Class::Cardinal),
    ("hundred", Class::Hundred),
    ("thousand", Class::Thousand),
    ("tens", Class::Tens),
    ("ordinal", Class::Ordinal),
    ("final", Class::Final),
    ("latter", Class::Latter),
    ("filler", Class::Filler),
    ("old", Class::Old),
    ("era", Class::Era),
    ("meridiem", Class::Meridiem),
    ("oclock", Class::Oclock),
    ("zone", Class::Zone),
    ("present", Class::Present),
    ("pastword", Class::PastWord),
    ("futureword", Class::FutureWord),
    ("pastadjective", Class::PastAdjective),
    ("futureadjective", Class::FutureAdjective),
    ("presentnoun", Class::PresentNoun),
    ("term", Class::Term),
    ("reach", Class::Reach),
    ("holiday", Class::Holiday),
    ("never", Class::Never),
    ("future_cue", Class::FutureCue),
    ("past_cue", Class::PastCue),
    ("night_to", Class::NightTo),
    ("night_from", Class::NightFrom),
];

/// Units by the value a token carries.
pub(super) const UNITS: [Unit; 15] = [
    Unit::Second,
    Unit::Minute,
    Unit::Hour,
    Unit::Day,
    Unit::Weekend,
    Unit::Week,
    Unit::TenDays,
    Unit::Month,
    Unit::Quarter,
    Unit::Season,
    Unit::Half,
    Unit::Year,
    Unit::Decade,
    Unit::Century,
    Unit::Millennium,
];

/// Holidays by the value a token carries; what each is, `feast` knows.
pub(super) const HOLIDAYS: &[&str] = &[
    "christmas",
    "christmaseve",
    "newyear",
    "newyeareve",
    "boxingday",
    "easter",
    "goodfriday",
    "eastermonday",
    "palmsunday",
    "ashwednesday",
    "pentecost",
    "thanksgiving",
    "laborday",
    "memorialday",
    "mlkday",
    "presidentsday",
    "columbusday",
    "halloween",
    "valentine",
    "mayday",
    "womensday",
    "stpatrick",
    "veteransday",
    "armisticeday",
    "epiphany",
    "nowruz",
    "julyfourth",
    "electionday",
    "orthodoxchristmas",
    "orthodoxeaster",
    "victoryday",
];

/// What a word is.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) class: Class,
    pub(super) value: i16,
    /// It has this meaning only with a capital letter.
    pub(super) capital: bool,
    /// Longer expressions that begin with it: the words that follow, longest first.
    pub(super) phrases: Vec<(Vec<String>, Class, i16)>,
}

/// The word table of all languages: scripts tell them apart.
pub(super) struct Lexicon {
    /// Open addressing over words of up to sixteen ASCII letters, lower-cased: key and place of the entry.
    slots: Vec<(u128, u32)>,
    entries: Vec<Entry>,
    /// Longer words and other scripts.
    others: HashMap<String, u32>,
}

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    Lexicon::read(&[
        include_str!("../../rules/en/time-words.toml"),
        include_str!("../../rules/ru/time-words.toml"),
        include_str!("../../rules/uk/time-words.toml"),
        include_str!("../../rules/kk/time-words.toml"),
    ])
});

/// The word table.
pub(super) fn lexicon() -> &'static Lexicon {
    &LEXICON
}

/// The classes of words for happenings, by the value a token carries.
pub(super) struct Events(Classes);

pub(super) static EVENTS: LazyLock<Events> =
    LazyLock::new(|| Events(Classes::read(include_str!("../../rules/en/event.toml"))));

/// Added to the value of a word that also says the past.
const PAST: i16 = 1000;

impl Events {
    /// The name of a class.
    pub(super) fn name(&'static self, value: i32) -> &'static str {
        let place = usize::try_from(value % i32::from(PAST)).unwrap_or(0);
        self.0.classes.get(place).and_then(|class| class.first()).map_or("", String::as_str)
    }

    /// Whether the word is a past form.
    pub(super) fn is_past(&self, value: i32) -> bool {
        value >= i32::from(PAST)
    }
}

const SLOTS: usize = 1 << 12;

fn slot_of(key: u128) -> usize {
    let folded = (key as u64) ^ ((key >> 64) as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    (folded.wrapping_mul(0xD6E8_FEB8_6659_FD93) >> (64 - 12)) as usize
}

/// Sixteen bytes at most, each with the bit set that makes a letter of ASCII lower-case.
fn key_of(text: &[u8], start: usize, length: usize) -> u128 {
    // Sixteen bytes at once and a mask are faster than a copy of a few, except at the end of the text.
    let low = match text.get(start..start + 16).and_then(|bytes| bytes.try_into().ok()) {
        Some(bytes) => u128::from_le_bytes(bytes),
        None => text[start..start + length].iter().rev().fold(0, |key, byte| key << 8 | u128::from(*byte)),
    };
    let mask = if length == 16 { u128::MAX } else { (1 << (8 * length)) - 1 };
    low & mask | (0x2020_2020_2020_2020_2020_2020_2020_2020 & mask)
}

impl Lexicon {
    fn read(files: &[&str]) -> Lexicon {
        let mut words: BTreeMap<String, Entry> = BTreeMap::new();
        let mut phrases: Vec<(String, Class, i16)> = Vec::new();
        for file in files {
            let mut table: BTreeMap<String, Vec<String>> =
                toml::from_str(file).expect("a table of time words that ships with the program is valid");
            let capital = table.remove("capital").unwrap_or_default().join(" ");
            let capital: Vec<&str> = capital.split(' ').collect();
            for (name, class) in CLASSES {
                for line in table.get(*name).into_iter().flatten() {
                    let mut parts = line.split(' ').filter(|part| !part.is_empty());
                    let value = value_of(*class, parts.next().unwrap_or_default());
                    for word in parts {
                        if word.contains('_') {
                            phrases.push((word.replace('_', " "), *class, value));
                            continue;
                        }
                        // The first class of the list wins, but cues of tense give way to anything.
                        words.entry(word.to_owned()).or_insert_with(|| Entry {
                            class: *class,
                            value,
                            capital: capital.contains(&word),
                            phrases: Vec::new(),
                        });
                    }
                }
            }
        }
        for (place, class) in EVENTS.0.classes.iter().enumerate() {
            for word in &class[1..] {
                let past = words.get(word).is_some_and(|entry| entry.class == Class::PastCue)
                    || word.ends_with("ed");
                let value = place as i16 + if past { PAST } else { 0 };
                let entry = Entry { class: Class::Event, value, capital: false, phrases: Vec::new() };
                let known = words.entry(word.clone()).or_insert_with(|| entry.clone());
                if matches!(known.class, Class::PastCue | Class::FutureCue) {
                    *known = entry;
                }
            }
        }
        for (phrase, class, value) in phrases {
            let mut parts = phrase.split(' ').map(str::to_owned);
            let first = parts.next().unwrap_or_default();
            let entry = words.entry(first).or_insert_with(|| Entry {
                class: Class::Other,
                value: 0,
                capital: false,
                phrases: Vec::new(),
            });
            entry.phrases.push((parts.collect(), class, value));
        }
        let mut lexicon =
            Lexicon { slots: vec![(0, u32::MAX); SLOTS], entries: Vec::new(), others: HashMap::new() };
        for (word, mut entry) in words {
            entry.phrases.sort_by_key(|(rest, ..)| std::cmp::Reverse(rest.len()));
            let at = lexicon.entries.len() as u32;
            lexicon.entries.push(entry);
            if word.len() <= 16 && word.is_ascii() {
                let key = key_of(word.as_bytes(), 0, word.len());
                let mut slot = slot_of(key);
                while lexicon.slots[slot].1 != u32::MAX {
                    slot = (slot + 1) % SLOTS;
                }
                lexicon.slots[slot] = (key, at);
            } else {
                lexicon.others.insert(word, at);
            }
        }
        lexicon
    }

    /// The entry of a word of a text, of at most sixteen letters of ASCII, in any case.
    pub(super) fn ascii(&self, text: &[u8], start: usize, length: usize) -> Option<&Entry> {
        let key = key_of(text, start, length);
        let mut slot = slot_of(key);
        loop {
            let (found, at) = self.slots[slot];
            if at == u32::MAX {
                return None;
            }
            if found == key {
                return Some(&self.entries[at as usize]);
            }
            slot = (slot + 1) % SLOTS;
        }
    }

    /// The entry of any other word, given in lower case.
    pub(super) fn other(&self, lower: &str) -> Option<&Entry> {
        self.others.get(lower).map(|at| &self.entries[*at as usize])
    }
}

/// The number a line of the table begins with, or that of the name it begins with.
fn value_of(class: Class, name: &str) -> i16 {
    let names: Vec<String> = match class {
        Class::Unit | Class::Units | Class::Adverb | Class::HalfUnit => {
            UNITS.iter().map(|unit| format!("{unit:?}").to_lowercase()).collect()
        }
        Class::Season | Class::Seasons => {
            Season::ALL.iter().map(|season| format!("{season:?}").to_lowercase()).collect()
        }
        Class::Part | Class::Parts => DayPart::ALL.iter().map(|part| part.word().to_owned()).collect(),
        Class::Holiday => HOLIDAYS.iter().map(|&name| name.to_owned()).collect(),
        Class::Early | Class::Mid | Class::Boundary | Class::Over | Class::Approx | Class::Bound => {
            Modifier::ALL.iter().map(|(modifier, _)| format!("{modifier:?}").to_lowercase()).collect()
        }
        _ => return name.parse().expect("a line of time words begins with a number"),
    };
    let found = names.iter().position(|known| known == name);
    found.unwrap_or_else(|| panic!("{name} of {class:?} is not known")) as i16
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_class_of_the_tables_is_known() {
        for file in [
            include_str!("../../rules/en/time-words.toml"),
            include_str!("../../rules/ru/time-words.toml"),
            include_str!("../../rules/uk/time-words.toml"),
            include_str!("../../rules/kk/time-words.toml"),
        ] {
            let table: BTreeMap<String, Vec<String>> = toml::from_str(file).unwrap();
            for name in table.keys().filter(|name| *name != "capital") {
                assert!(CLASSES.iter().any(|(known, _)| known == name), "{name}");
            }
        }
    }

    #[test]
    fn words_are_found_in_any_case_and_script() {
        let class = |word: &str| {
            lexicon().ascii(word.as_bytes(), 0, word.len()).map(|entry| (entry.class, entry.value))
        };
        assert_eq!(class("JANUARY"), Some((Class::Month, 1)));
        assert_eq!(class("xyzzy"), None);
        let of = |word: &str| lexicon().other(word).map(|entry| (entry.class, entry.value));
        assert_eq!(of("января"), Some((Class::Month, 1)));
        assert_eq!(of("понеділок"), Some((Class::Weekday, 1)));
        assert_eq!(of("қаңтар"), Some((Class::Month, 1)));
    }
}
