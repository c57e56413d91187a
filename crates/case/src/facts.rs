//! Numbers of one noun, apart by the company they keep.

use crate::drawn::places;
use crate::error::Result;
use crate::store::Case;
use collate::{Candidate, Fact, Point, Rarity, Value, stem};
use model::{DocId, Span};
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// Bytes on either side of a number that are its company.
const COMPANY: usize = 140;

/// Words that tell nothing of what is counted.
const LIGHT: &str = "about above according after again against almost along also although among another around because been before \
    being between both could during each even every first from have having here hundred hundreds into just least \
    like many million more most much nearly news only other others over report reported reports said says several \
    should since some such than that their them then there these they this those thousand today told were what when \
    where which will with would";

impl Case {
    /// Numbers of one noun, apart by the company they keep.
    pub(crate) fn facts(&self, points: &[Point]) -> Result<Vec<Point>> {
        let mut texts: BTreeMap<DocId, (String, Option<String>)> = BTreeMap::new();
        for (document, _) in points.iter().flat_map(places) {
            if let Entry::Vacant(free) = texts.entry(document) {
                free.insert((self.words(document)?, self.published(document)?));
            }
        }
        let mut tellers: BTreeMap<DocId, Vec<Span>> = BTreeMap::new();
        let mut days: BTreeMap<DocId, Vec<(Span, Option<i64>)>> = BTreeMap::new();
        for document in texts.keys() {
            let times = self.times(*document)?;
            let of_day =
                times.iter().map(|time| (time.span, time.stretch().and_then(|stretch| stretch.day())));
            days.insert(*document, of_day.collect());
            let said = self.attributions(*document)?;
            tellers.insert(*document, said.into_iter().flat_map(|row| row.source).collect());
        }
        let mut made: Vec<(&str, Vec<Fact>)> = Vec::new();
        for point in points {
            let mut facts = Vec::new();
            for reading in &point.readings {
                for (document, span, noun) in &reading.witnesses {
                    let (text, published) = &texts[document];
                    // "At least two people close to the inquiry" are who says it; the number inside "the size of the crew, 40 men, shows" is not.
                    let leads = |teller: &Span| {
                        teller.covers(*span)
                            && text[teller.start()..span.start()].split_whitespace().count() < 3
                    };
                    let part = is_of_some(text, noun.map_or(*span, |noun| noun.join(*span)));
                    if part || tellers[document].iter().any(leads) {
                        continue;
                    }
                    let value = worded(&reading.value, text, *span);
                    let candidate = Candidate {
                        document: *document,
                        origin: reading.origin,
                        span: *span,
                        noun: *noun,
                        value,
                    };
                    facts.push(Fact {
                        candidate,
                        company: company(text, *span, *noun),
                        day: day(text, noun.map_or(*span, |noun| noun.join(*span)), &days[document]),
                        scope: scope(text, noun.map_or(*span, |noun| noun.join(*span))),
                        changed: is_changed(text, *span),
                        published: published.clone(),
                    });
                }
            }
            facts.sort_by_key(|fact| (fact.candidate.document, fact.candidate.span));
            made.push((&point.key, facts));
        }
        let rarity = Rarity::of(made.iter().flat_map(|(_, facts)| facts));
        Ok(made.iter().flat_map(|(key, facts)| collate::facts(key, facts, &rarity)).collect())
    }
}

/// Words for kin, before "of" with a number: "the parents of two crew members".
const KIN: [&str; 12] = [
    "parents",
    "mother",
    "father",
    "mothers",
    "fathers",
    "family",
    "families",
    "widow",
    "widows",
    "relatives",
    "son",
    "sons",
];

/// Whether a number counts some of those that are told of, or so many for each of several: it stands for no total.
fn is_of_some(text: &str, around: Span) -> bool {
    let before = text.get(text.floor_char_boundary(around.start().saturating_sub(CHANGE))..around.start());
    let mut before = before.unwrap_or_default().split_whitespace().rev();
    let kin = before.next() == Some("of") && before.next().is_some_and(|word| KIN.contains(&word));
    let behind = text.get(around.end()..text.ceil_char_boundary((around.end() + CHANGE).min(text.len())));
    let behind = behind.unwrap_or_default();
    let clause = behind.find(['.', ',', ';', '\n']).unwrap_or(behind.len());
    kin || behind[..clause].split_whitespace().take(6).any(|word| word == "each")
}

/// Whether it is told right before a number that it is no longer what it was: "rose to 38".
fn is_changed(text: &str, span: Span) -> bool {
    let before = text.get(text.floor_char_boundary(span.start().saturating_sub(CHANGE))..span.end());
    let before = before.unwrap_or_default().to_lowercase();
    let own = before.rfind(". ").map_or(0, |at| at + 2);
    let own = &before[own..];
    begins(own, &RISES) || begins(own, &FALLS) || own.split(' ').any(|word| word == "now")
}

/// Bytes before "from 34 to 41" within which it is told that something changed.
const CHANGE: usize = 60;

/// Beginnings of words that tell that a number went up, and down.
const RISES: [&str; 12] = [
    "rose", "risen", "rise", "rising", "grew", "grow", "climb", "increas", "jump", "went up", "revis", "rais",
];
const FALLS: [&str; 8] = ["fell", "fall", "drop", "declin", "cut", "lower", "shrank", "reduc"];

/// Whether a word of a text begins with one of these.
fn begins(text: &str, with: &[&str]) -> bool {
    let mut bounds = text.match_indices(' ').map(|(at, _)| at + 1).chain([0]);
    bounds.any(|at| with.iter().any(|stem| text[at..].starts_with(stem)))
}

/// A number as its words have it: "just over 300" is not anything above.
pub fn worded(value: &Value, text: &str, span: Span) -> Value {
    let words = span.get(text).unwrap_or_default().to_lowercase();
    let close = ["just ", "slightly ", "a little ", "little ", "a bit ", "nearly ", "almost ", "close to "];
    let rough = [
        "about ",
        "around ",
        "some ",
        "roughly ",
        "approximately ",
        "an estimated ",
        "circa ",
        "up to about ",
    ];
    let before = text.get(text.floor_char_boundary(span.start().saturating_sub(CHANGE))..span.start());
    let before = before.unwrap_or_default().to_lowercase();
    let changed = before.trim_end().ends_with("from") && words.contains(" to ");
    match value {
        // "Rose from 34 to 41": it is 41 now.
        Value::Quantity(Some(low), Some(high))
            if changed && (begins(&before, &RISES) || begins(&before, &FALLS)) =>
        {
            let now = if begins(&before, &FALLS) { *low } else { *high };
            Value::Quantity(Some(now), Some(now))
        }
        Value::Quantity(Some(low), Some(high)) if rough.iter().any(|lead| words.starts_with(lead)) => {
            Value::About(Some(*low), Some(*high))
        }
        Value::Quantity(low, high)
            if low.is_none() != high.is_none() && close.iter().any(|lead| words.starts_with(lead)) =>
        {
            Value::Near(*low, *high)
        }
        other => other.clone(),
    }
}

/// Stems of the words around a number within its sentence, but for its own noun.
pub(crate) fn company(text: &str, span: Span, noun: Option<Span>) -> BTreeMap<String, String> {
    let around = noun.map_or(span, |noun| noun.join(span));
    let from = text.floor_char_boundary(around.start().saturating_sub(COMPANY));
    let to = text.ceil_char_boundary((around.end() + COMPANY).min(text.len()));
    let (before, behind) = (&text[from..around.start()], &text[around.end()..to]);
    let ends = |c: char| c == '\n' || c == ';';
    let start = before.rfind(ends).map_or(0, |at| at + 1).max(before.rfind(". ").map_or(0, |at| at + 2));
    let end = behind.find(ends).unwrap_or(behind.len()).min(behind.find(". ").unwrap_or(behind.len()));
    let own = noun.map_or("", |noun| noun.of(text)).to_lowercase();
    // A fate is company even where it is the noun itself: "9 killed".
    let words = [&before[start..], &own, &behind[..end]].join(" ");
    let head = own.rsplit(' ').next().map(stem).unwrap_or_default();
    let words = words.split(|c: char| !c.is_alphanumeric()).filter(|word| {
        let long = word.chars().count() > 3
            || *word == "ill"
            || word.chars().count() > 1 && word.chars().all(char::is_uppercase);
        long && !word.starts_with(|c: char| c.is_ascii_digit()) && !is_light(&word.to_lowercase())
    });
    words.map(|word| (stem(word), word.to_owned())).filter(|(stem, _)| *stem != head).collect()
}

/// The day of the sentence of a number, where it names one day alone; `times` in order.
fn day(text: &str, around: Span, times: &[(Span, Option<i64>)]) -> Option<i64> {
    let ends = |c: char| c == '\n' || c == ';';
    let (before, behind) = (text.get(..around.start())?, text.get(around.end()..)?);
    let from = before.rfind(ends).map_or(0, |at| at + 1).max(before.rfind(". ").map_or(0, |at| at + 2));
    let to = behind.find(ends).unwrap_or(behind.len()).min(behind.find(". ").unwrap_or(behind.len()));
    let to = around.end() + to;
    let first = times.partition_point(|(span, _)| span.start() < from);
    let mut own = times[first..].iter().take_while(|(span, _)| span.end() <= to).map(|(_, day)| *day);
    let day = own.next()??;
    own.all(|other| other == Some(day)).then_some(day)
}

/// Bytes behind a number and its noun within which its place is told.
const BEHIND: usize = 60;

/// Of where a number is told: a name behind "in" or "near" right behind it or at the beginning of its sentence ("In Lusk alone 13 died"), or the world.
fn scope(text: &str, around: Span) -> Option<String> {
    scope_behind(text, around).or_else(|| {
        let from = text.floor_char_boundary(around.start().saturating_sub(BEHIND));
        let before = text.get(from..around.start())?;
        let start =
            before.rfind(['\n', ';']).map_or(0, |at| at + 1).max(before.rfind(". ").map_or(0, |at| at + 2));
        let words: Vec<&str> = before[start..].split_whitespace().collect();
        let led = words.first().filter(|_| start > 0 || from == 0)?;
        let place: Vec<&str> =
            words[1..].iter().copied().take_while(|word| word.starts_with(char::is_uppercase)).collect();
        let last = place.last()?;
        let first = place
            .first()
            .filter(|first| !annotate::is_month(first) && !annotate::is_weekday(&first.to_lowercase()))?;
        // "In Lusk 13 people", "In Lusk, 13 people" and "In Lusk alone, 13 people".
        let alone = words.len() == 1 + place.len()
            || last.ends_with(',')
            || words.get(1 + place.len()).is_some_and(|word| word.starts_with("alone"));
        let named = alone && is_where(&led.to_lowercase()) && first.chars().any(char::is_alphabetic);
        named.then(|| place.join(" ").trim_end_matches(',').to_owned())
    })
}

/// Whether a place may follow a word.
fn is_where(word: &str) -> bool {
    matches!(word, "in" | "across" | "throughout" | "near" | "outside" | "around")
}

fn scope_behind(text: &str, around: Span) -> Option<String> {
    let to = text.ceil_char_boundary((around.end() + BEHIND).min(text.len()));
    let behind = text.get(around.end()..to)?;
    let end = behind.find(['.', ',', ';', '\n', '(']).unwrap_or(behind.len());
    let words: Vec<&str> = behind[..end].split_whitespace().collect();
    let world = |word: &&str| matches!(*word, "worldwide" | "globally");
    if words.iter().take(6).any(world) || behind[..end].contains(" around the world") {
        return Some("worldwide".to_owned());
    }
    let led = words.iter().take(5).position(|word| is_where(word))?;
    let place = words[led + 1..].iter().skip_while(|word| matches!(**word, "the" | "all" | "of"));
    let place: Vec<&str> = place.copied().take_while(|word| word.starts_with(char::is_uppercase)).collect();
    let named = place.first().is_some_and(|first| !annotate::is_month(first));
    named.then(|| place.join(" "))
}

fn is_light(word: &str) -> bool {
    static WORDS: LazyLock<BTreeSet<&str>> = LazyLock::new(|| LIGHT.split(' ').collect());
    // Everything happens in some month and on some day.
    WORDS.contains(word) || annotate::is_month(word) || annotate::is_weekday(word)
}
