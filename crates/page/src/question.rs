//! The question that a point answers.

use annotate::question;
use case::AGE;
use collate::{
    ABROAD, ALIKE, BLAME, CHANGE, DAY, EVENT, HOW_MUCH, LENGTHS, OF_TIME, Point, PointKind, SHARED, STAKE,
    WHEN,
};

/// What stands between the parts of a key.
const PARTS: &str = " · ";

/// Units of lengths of time.
const TIMES: [&str; 8] = ["second", "minute", "hour", "day", "week", "month", "year", "decade"];

/// The question a point answers, as a reader would put it; `nouns` are the words beside its readings as printed, the most
/// frequent first.
pub(crate) fn asked(point: &Point, nouns: &[String]) -> String {
    let about = thing(point, nouns);
    let nouns = &nouns[..nouns.len().min(3)];
    let of_class = point.asks.as_ref().and_then(|(class, asked)| {
        question(class, *asked, &named(point).map_or_else(|| about.clone(), with_article))
    });
    if let Some(of_class) = of_class {
        return of_class;
    }
    let rest = |prefix: &str| point.key.strip_prefix(prefix).unwrap_or(&point.key).to_owned();
    match point.kind {
        PointKind::Responsibility if rest(BLAME).is_empty() => {
            "Who is said to be behind what happened?".to_owned()
        }
        PointKind::Responsibility => format!("Who is said to be behind what happened in {}?", rest(BLAME)),
        PointKind::Status => format!("What does {} say, and what was taken back?", rest(CHANGE)),
        PointKind::Composition => format!("What belonged to {about}?"),
        PointKind::Polarity if point.key.starts_with(STAKE) => {
            format!("Was {} behind what happened?", rest(STAKE))
        }
        PointKind::Polarity => format!("Was it so: {}?", point.key),
        PointKind::Quantity => match point.key.split_once(HOW_MUCH) {
            Some((OF_TIME, words)) => format!("How long: {}?", quoted(words)),
            Some((unit, words)) => format!("How much, in {unit}: {}?", quoted(words)),
            None => how_many(&point.key, nouns),
        },
        PointKind::Label => match point.key.strip_prefix(EVENT) {
            Some(place) => format!("What is it called that happened in {place}?"),
            None => format!("What is {} called?", point.key),
        },
        PointKind::Place => format!("Where was {about}?"),
        PointKind::Statement => format!("What is said of {}?", quoted(&rest(ALIKE))),
        PointKind::Date if point.key.starts_with(WHEN) => format!("When was it: {}?", quoted(&rest(WHEN))),
        PointKind::Date if point.key.starts_with(DAY) => {
            let noun = nouns.first().map_or_else(|| rest(DAY), |noun| noun.to_lowercase());
            format!("When was the {noun}?")
        }
        PointKind::Date => format!("Which dates stand beside “{}”?", nouns.join("”, “")),
    }
}

/// Words that a set of statements shares, each between marks.
fn quoted(words: &str) -> String {
    format!("“{}”", words.replace(", ", "”, “"))
}

/// What a point made of claims is about: the shortest printed form that holds the word of its key, else that word.
fn thing(point: &Point, nouns: &[String]) -> String {
    let word = point.key.rsplit(PARTS).next().unwrap_or_default();
    let (word, abroad) =
        word.split_once(ABROAD).map_or((word, None), |(word, country)| (word, Some(country)));
    // "memorial+concert"
    let word = &word.replace('+', " ");
    let owned = |noun: &str| {
        ["his ", "her ", "their ", "its ", "our ", "my ", "your "].iter().any(|own| noun.starts_with(own))
    };
    let plain = |noun: &&String| {
        !noun.starts_with(|c: char| c.is_ascii_digit())
            && noun.chars().all(|c| c.is_alphanumeric() || c == ' ')
            && noun.split(' ').count() < 4
            && !noun.split(' ').any(annotate::is_month)
            && !owned(noun)
    };
    let holding =
        nouns.iter().filter(|noun| noun.to_lowercase().contains(&word.to_lowercase())).filter(plain);
    let short = holding.min_by_key(|noun| (noun.split(' ').count(), noun.len()));
    // "Chicago teen" wants an article, a name does not; what is written small elsewhere is none.
    let small = nouns.iter().any(|noun| noun.contains(&word.to_lowercase()));
    let name = |noun: &str| {
        let capital = |word: &str| word.starts_with(char::is_uppercase);
        !small && noun.split(' ').all(capital) && !noun.ends_with("ns")
    };
    // "the peaceful protest" would answer whether it was peaceful.
    let short = short.filter(|short| point.kind != PointKind::Polarity || name(short));
    let led = |noun: &str| {
        name(noun) || ["the ", "a ", "an "].iter().any(|led| noun.to_lowercase().starts_with(led))
    };
    let thing = match short {
        // An article that opens a sentence.
        Some(short) if led(short) && !name(short) => {
            let first = short.chars().next().map(|first| first.to_lowercase().to_string());
            first.unwrap_or_default() + short.get(1..).unwrap_or_default()
        }
        Some(short) if led(short) => short.clone(),
        Some(short) => format!("the {short}"),
        None => format!("the {word}"),
    };
    match abroad {
        Some(country) => format!("{thing} in {}", with_article(country)),
        None => thing,
    }
}

/// The name of a country within a sentence.
fn with_article(country: &str) -> String {
    let led = ["States", "Kingdom", "Republic", "Emirates", "Islands", "Netherlands", "Philippines"];
    match led.iter().any(|last| country.ends_with(last)) {
        true => format!("the {country}"),
        false => country.to_owned(),
    }
}

/// The question numbers of one key answer, with the words that stand beside most of them.
fn how_many(key: &str, nouns: &[String]) -> String {
    let (key, shared) = key.split_once(SHARED).unwrap_or((key, ""));
    // A toll counts the dead; "killing 12" counts them by what was done.
    let mut counted: Vec<&str> = Vec::new();
    for noun in nouns {
        let noun = if noun == "toll" || noun.starts_with("kill") { "dead" } else { noun.as_str() };
        if !counted.contains(&noun) {
            counted.push(noun);
        }
    }
    let nouns = counted.join(", ");
    if let Some(person) = key.strip_prefix(AGE) {
        return format!("How old was {person}?");
    }
    let asked = match key.split_once(PARTS).map(|(_, unit)| unit) {
        Some(unit) => match unit.strip_suffix(" of age") {
            Some(unit) => format!("How old, in {unit}s: {nouns}"),
            None if TIMES.contains(&unit) => format!("How long, in {unit}s: {nouns}"),
            None => format!("How much, in {unit}: {nouns}"),
        },
        None if key == LENGTHS => "How long".to_owned(),
        None if is_money(key, &counted, shared) => format!("How much, in {nouns}"),
        None => format!("How many {nouns}"),
    };
    match shared {
        "" => format!("{asked}?"),
        shared => format!("{asked}? (beside “{}”)", shared.replace(", ", "”, “")),
    }
}

/// Words beside which what never takes a plural is money.
const PRICES: &[&str] = &[
    "price", "prices", "cost", "costs", "paid", "pay", "litre", "fine", "fee", "wage", "wages", "salary",
    "tariff", "fare",
];

/// Whether a noun is a currency that no table knows: "14 tern a litre".
fn is_money(key: &str, counted: &[&str], shared: &str) -> bool {
    let people = ["people", "personnel", "police", "staff", "crew"];
    counted == [key]
        && !people.contains(&key)
        && shared.split(", ").any(|word| PRICES.contains(&word.to_lowercase().as_str()))
}

/// The actor that the key of a point made of claims names.
fn named(point: &Point) -> Option<&str> {
    point.key.rsplit(PARTS).next().filter(|name| name.starts_with(char::is_uppercase))
}
