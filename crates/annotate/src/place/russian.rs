//! Places in Russian: names in any case, told by the nominatives they may come from.
//!
//! The gazetteer has the nominatives in Latin letters. A case ending that is not sure ("Риме" of Рим, Рима or Риме) gives every
//! nominative the gazetteer knows, and a name that people bear too needs a word that leads to places.

use super::gazetteer::{Class, Record, gazetteer};
use super::mention::{Mention, Word, adjacent};
use super::place_key;
use super::table::country_record;
use model::token::TokenKind;
use model::{PlaceUse, Span};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

#[derive(Deserialize)]
struct File {
    countries: Vec<String>,
    of: Vec<String>,
    leads: Vec<String>,
    speaks: Vec<String>,
    divisions: Vec<String>,
    cases: Vec<String>,
}

struct Table {
    countries: BTreeMap<String, String>,
    of: BTreeMap<String, String>,
    leads: BTreeSet<String>,
    speaks: BTreeSet<String>,
    divisions: BTreeSet<String>,
    /// Endings of cases, the longest first, with the endings of nominatives.
    cases: Vec<(String, Vec<String>)>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let file: File = toml::from_str(include_str!("../../rules/ru/places.toml"))
        .expect("the table of Russian places that ships with the program is valid");
    let coded = |lines: &[String]| {
        let mut words = BTreeMap::new();
        for line in lines {
            let (code, rest) = line.split_once(' ').unwrap_or((line, ""));
            words.extend(rest.split(' ').map(|word| (word.replace('_', " "), code.to_owned())));
        }
        words
    };
    let set = |lines: &[String]| lines.iter().flat_map(|line| line.split(' ')).map(str::to_owned).collect();
    let mut cases: Vec<(String, Vec<String>)> = file
        .cases
        .iter()
        .filter_map(|line| line.split_once(' '))
        .map(|(ending, from)| (ending.to_owned(), from.split(' ').map(|end| end.replace('∅', "")).collect()))
        .collect();
    cases.sort_by_key(|(ending, _)| std::cmp::Reverse(ending.len()));
    Table {
        countries: coded(&file.countries),
        of: coded(&file.of),
        leads: set(&file.leads),
        speaks: set(&file.speaks),
        divisions: set(&file.divisions),
        cases,
    }
});

/// People of a town that a bare name may mean.
const BARE: u32 = 300_000;
/// People of a town whose bare name is taken for nobody's.
const GREAT: u32 = 600_000;
/// People of a town that a name may mean which is led to.
const LED: u32 = 2_000;

/// Whether a word is in Cyrillic letters.
pub(super) fn is_cyrillic(word: &str) -> bool {
    word.chars().next().is_some_and(|c| ('\u{400}'..'\u{530}').contains(&c))
}

/// A place whose name begins here, and the word behind it.
pub(super) fn mention(words: &[Word<'_>], at: usize, text: &str) -> Option<(Option<Mention>, usize)> {
    let word = words.get(at)?;
    if let Some(record) = demonym(word) {
        let of = Mention::new(word.span, vec![record]);
        return Some((Some(Mention { usage: PlaceUse::Demonym, ..of }), at + 1));
    }
    if !word.capital || TABLE.leads.contains(&*word.lower) {
        return None;
    }
    let capital = |at: usize| words.get(at).is_some_and(|word| word.capital && word.kind == TokenKind::Word);
    let table = &*TABLE;
    let (name, end) = hyphened(words, at);
    let span = Span::new(word.span.start(), words[end - 1].span.end());
    let forms = nominatives(&name);
    let country =
        forms.iter().find_map(|form| table.countries.get(form)).and_then(|code| country_record(code));
    let country = country.or_else(|| {
        let candidates = best(forms.iter().cloned(), u32::MAX)?;
        candidates.into_iter().find(|record| record.class == Class::Country)
    });
    if let Some(record) = country {
        return Some((Some(Mention::new(span, vec![record])), end));
    }
    let before = at.checked_sub(1).map(|at| &words[at]);
    let led = before.is_some_and(|word| table.leads.contains(&*word.lower));
    if capital(end) && adjacent(words, end, text) {
        let both = forms.iter().flat_map(|first| {
            nominatives(&words[end].lower).into_iter().map(move |second| format!("{first} {second}"))
        });
        let found = best(both, LED);
        if let Some(candidates) = found {
            let span = Span::new(span.start(), words[end].span.end());
            return Some((Some(Mention::new(span, candidates)), end + 1));
        }
        // "Владимир Иванов" is somebody; "в Москве Иванов сказал" is not.
        if !led {
            return None;
        }
    }
    if name.chars().count() < 4 {
        return None;
    }
    let candidates = best(forms.into_iter(), if led { LED } else { BARE })?;
    let great = |record: &Record| record.population > GREAT;
    let behind = at > 0 && capital(at - 1) && adjacent(words, at, text);
    let speaks = words.get(end).is_some_and(|word| table.speaks.contains(&*word.lower));
    if !led && (behind || speaks) && !candidates.iter().any(great) {
        return None;
    }
    let division = words.get(end).is_some_and(|word| table.divisions.contains(&*word.lower));
    let wants = if division { Class::Region } else { Class::City };
    Some((Some(Mention { strong: led, wants: Some(wants), ..Mention::new(span, candidates) }), end))
}

/// A name with its hyphens, and the word behind it: "Санкт-Петербурге".
fn hyphened(words: &[Word<'_>], at: usize) -> (String, usize) {
    let mut name = words[at].lower.to_string();
    let mut end = at + 1;
    while let [hyphen, next, ..] = &words[end..]
        && hyphen.lower == "-"
        && hyphen.span.start() == words[end - 1].span.end()
        && next.span.start() == hyphen.span.end()
        && next.kind == TokenKind::Word
    {
        name = format!("{name}-{}", next.lower);
        end += 2;
    }
    (name, end)
}

/// The country of "российского".
fn demonym(word: &Word<'_>) -> Option<Record> {
    const ENDINGS: [&str; 14] =
        ["ого", "ому", "ими", "ий", "ая", "ое", "ие", "ой", "ую", "их", "им", "ом", "ей", "ый"];
    let stem = ENDINGS.iter().find_map(|end| word.lower.strip_suffix(end))?;
    TABLE.of.get(stem).and_then(|code| country_record(code))
}

/// The nominatives a name may come from, itself first.
fn nominatives(lower: &str) -> Vec<String> {
    let mut forms = vec![lower.to_owned()];
    for (ending, from) in &TABLE.cases {
        if let Some(stem) = lower.strip_suffix(ending.as_str()).filter(|stem| stem.chars().count() > 2) {
            forms.extend(from.iter().map(|end| format!("{stem}{end}")));
        }
    }
    forms
}

/// The places of the names that the gazetteer has, those of the name with the greatest of them; `None` where none has so many people.
fn best(names: impl Iterator<Item = String>, least: u32) -> Option<Vec<Record>> {
    let size = |candidates: &Vec<Record>| {
        let great = candidates.iter().map(|record| (record.class == Class::Country, record.population));
        great.max().unwrap_or_default()
    };
    let found = names.filter_map(|name| {
        let key = place_key(&name);
        let walk = gazetteer().walk(gazetteer().start(), key.as_bytes())?;
        let candidates = gazetteer().places(walk);
        let known = |record: &Record| record.class == Class::Country || record.population >= least;
        candidates.iter().any(known).then_some(candidates)
    });
    found.reduce(|best, next| if size(&next) > size(&best) { next } else { best })
}

#[cfg(test)]
mod tests {
    fn found(text: &str) -> Vec<(String, String)> {
        let places = crate::annotate(text, Some("ru")).places;
        places.into_iter().map(|place| (place.span.of(text).to_owned(), place.name)).collect()
    }

    #[test]
    fn names_are_found_in_any_case() {
        let names = [
            ("в Варшаве", "Warsaw"),
            ("жители Варшавы", "Warsaw"),
            ("под Казанью", "Kazan"),
            ("в Нижнем Новгороде", "Nizhniy Novgorod"),
            ("улицы Санкт-Петербурга", "Saint Petersburg"),
            ("из Германии", "Germany"),
            ("с Узбекистаном", "Uzbekistan"),
            ("польского флота", "Poland"),
            ("Полиция Бишкека молчит", "Bishkek"),
        ];
        for (text, name) in names {
            let own = found(text);
            assert_eq!(
                own.iter().map(|(_, name)| name.as_str()).collect::<Vec<_>>(),
                [name],
                "{text}: {own:?}"
            );
        }
    }

    #[test]
    fn people_and_words_are_no_towns() {
        for text in [
            "Владимир Иванов ушёл",
            "Киров сказал, что придёт",
            "Надежда умирает",
            "он любит Романа",
            "Сегодня тихо",
        ] {
            assert_eq!(found(text), [], "{text}");
        }
    }
}
