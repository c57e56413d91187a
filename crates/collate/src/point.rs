//! Points: readings of several origins laid side by side.
//!
//! Readings meet in a point because they share a key: a counted noun, a kind of happening and what it was done to, a
//! name. That is a reason to look, not proof that they answer one question, and every view says so. Copies are one
//! reading with several witnesses.

use crate::spot::Spot;
use crate::statement::Closeness;
use annotate::{Asked, is_loaded};
use model::time::{Stretch, Unit};
use model::{DocId, Span};
use serde::Serialize;
use std::collections::BTreeMap;

/// What kind of value the readings of a point have.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum PointKind {
    /// Numbers of one counted noun.
    Quantity,
    /// Dates beside words for one kind of happening.
    Date,
    /// Where a happening was or began.
    Place,
    /// What one person or one happening is called.
    Label,
    /// Who is said to have done something, or to stand behind it.
    Responsibility,
    /// Whether something was so.
    Polarity,
    /// What a whole is said to consist of.
    Composition,
    /// How what somebody says changed.
    Status,
    /// What is said in like words.
    Statement,
}

impl PointKind {
    /// All kinds.
    pub const ALL: [PointKind; 9] = [
        PointKind::Quantity,
        PointKind::Date,
        PointKind::Place,
        PointKind::Label,
        PointKind::Responsibility,
        PointKind::Polarity,
        PointKind::Composition,
        PointKind::Status,
        PointKind::Statement,
    ];

    /// The word stored in a case.
    pub fn word(self) -> &'static str {
        match self {
            PointKind::Quantity => "quantity",
            PointKind::Date => "date",
            PointKind::Place => "place",
            PointKind::Label => "label",
            PointKind::Responsibility => "responsibility",
            PointKind::Polarity => "polarity",
            PointKind::Composition => "composition",
            PointKind::Status => "status",
            PointKind::Statement => "statement",
        }
    }

    /// The value of a stored word.
    pub fn from_word(word: &str) -> Option<PointKind> {
        PointKind::ALL.into_iter().find(|kind| kind.word() == word)
    }
}

/// What a reading says.
#[derive(Clone, PartialEq, Debug)]
pub enum Value {
    /// A number: least and greatest, `None` = open.
    Quantity(Option<f64>, Option<f64>),
    /// A number that the words put close above the least, or close below the greatest: "just over 300".
    Near(Option<f64>, Option<f64>),
    /// A number that the words give as rough: "about 300".
    About(Option<f64>, Option<f64>),
    /// A length of time in days: least and greatest, `None` = open.
    Length(Option<f64>, Option<f64>),
    /// A day or a range of days.
    Date(Stretch),
    /// Where it was: one of these places.
    Places(Vec<Spot>),
    /// What it is called.
    Label(String),
    /// Who did it, or what belongs to it.
    Names(Vec<String>),
    /// Whether it was so.
    Polarity(bool),
    /// What is said, in its own words.
    Said(String),
    /// Nothing: it speaks of the thing and leaves the question open.
    Untold,
}

/// How far beyond its number a value reaches that is said to be just over or just under it.
const CLOSE: f64 = 0.25;

/// How far to either side of its number a value reaches that is said to be about it.
const ROUGH: f64 = 0.1;

impl Value {
    /// Least and greatest of a number, `None` = open.
    fn interval(&self) -> Option<(Option<f64>, Option<f64>)> {
        match self {
            Value::Quantity(low, high) => Some((*low, *high)),
            Value::Near(Some(low), None) => Some((Some(*low), Some(low * (1.0 + CLOSE)))),
            Value::Near(None, Some(high)) => Some((Some(high * (1.0 - CLOSE)), Some(*high))),
            Value::Near(low, high) => Some((*low, *high)),
            Value::About(low, high) => {
                Some((low.map(|low| low * (1.0 - ROUGH)), high.map(|high| high * (1.0 + ROUGH))))
            }
            _ => None,
        }
    }

    /// Whether both could be true of one thing: the intervals meet.
    pub fn agrees(&self, other: &Value) -> bool {
        if let (Some(own), Some(other)) = (self.interval(), other.interval()) {
            return meet(own, other);
        }
        match (self, other) {
            (Value::Date(own), Value::Date(other)) => own.agrees(other) || beside(own, other),
            // "five days" and "112 hours"
            (Value::Length(low, high), Value::Length(other_low, other_high)) => {
                let wide = |low: &Option<f64>, high: &Option<f64>| {
                    (low.map(|low| low * (1.0 - ROUGH / 2.0)), high.map(|high| high * (1.0 + ROUGH / 2.0)))
                };
                meet(wide(low, high), wide(other_low, other_high))
            }
            (Value::Label(own), Value::Label(other)) => own == other,
            (Value::Places(own), Value::Places(others)) => {
                own.iter().any(|spot| others.iter().any(|other| spot.agrees(other)))
            }
            // Only names can shut each other out: "criminals" may be those whom another calls by name.
            (Value::Names(own), Value::Names(other)) => {
                let named = |names: &[String]| names.iter().any(|name| name.starts_with(char::is_uppercase));
                !named(own)
                    || !named(other)
                    || own.iter().any(|name| other.iter().any(|same| same_name(name, same)))
            }
            (Value::Polarity(own), Value::Polarity(other)) => own == other,
            (Value::Untold, _) | (_, Value::Untold) | (Value::Said(_), Value::Said(_)) => true,
            _ => false,
        }
    }
}

/// Minutes within which two clock times, one of them rough, may be one: "shortly before noon", "at 11.40".
const ONE_TIME: i64 = 60;

/// Whether two clock times lie so close that who gives them may mean one.
fn beside(own: &Stretch, other: &Stretch) -> bool {
    let (Some(one), Some(two)) = (own.bounds, other.bounds) else { return false };
    let rough = own.modifier.is_some() || other.modifier.is_some();
    let clock = rough && own.from.grain() < Unit::Day && other.from.grain() < Unit::Day;
    let after = |a: Option<i64>, b: Option<i64>| a.zip(b).is_some_and(|(start, end)| start - end <= ONE_TIME);
    clock && after(one.earliest_start, two.latest_end) && after(two.earliest_start, one.latest_end)
}

/// Whether two intervals meet; `None` = open.
fn meet((low, high): (Option<f64>, Option<f64>), other: (Option<f64>, Option<f64>)) -> bool {
    let below = |low: Option<f64>, high: Option<f64>| match (low, high) {
        (Some(low), Some(high)) => low <= high,
        _ => true,
    };
    below(low, other.1) && below(other.0, high)
}

/// Words that stand in many names and make no two of them one.
const COMMON: [&str; 16] = [
    "and",
    "forces",
    "government",
    "group",
    "islamic",
    "kingdom",
    "members",
    "national",
    "north",
    "others",
    "people",
    "republic",
    "south",
    "states",
    "united",
    "with",
];

/// Whether two names share a word that is no common one, or one is made of the first letters of the other.
fn shares_word(one: &str, other: &str) -> bool {
    let words = |name: &str| -> Vec<String> {
        let all = name.split(|c: char| !c.is_alphanumeric()).filter(|word| {
            word.chars().count() > 2 || word.chars().count() > 1 && word.chars().all(char::is_uppercase)
        });
        all.map(str::to_lowercase).filter(|word| !COMMON.contains(&word.as_str())).collect()
    };
    let (own, others) = (words(one), words(other));
    own.iter().any(|word| others.contains(word))
        || one == other
        || is_short_for(one, other)
        || is_short_for(other, one)
}

/// Whether a word of one name is made of the first letters of the other: "US" of "United States".
fn is_short_for(short: &str, long: &str) -> bool {
    let letters: String =
        long.split_whitespace().filter_map(|word| word.chars().next()).filter(|c| c.is_uppercase()).collect();
    letters.chars().count() > 1 && short.split(|c: char| !c.is_alphanumeric()).any(|word| word == letters)
}

/// Whether two names share a word that begins with a capital and is no common one.
fn same_name(one: &str, other: &str) -> bool {
    let capital = |name: &str| {
        let all =
            name.split(|c: char| !c.is_alphanumeric()).filter(|word| word.starts_with(char::is_uppercase));
        all.collect::<Vec<_>>().join(" ")
    };
    shares_word(&capital(one), &capital(other))
}

/// A row that may become a reading.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// The document.
    pub document: DocId,
    /// The origin of the document.
    pub origin: DocId,
    /// The words of the value.
    pub span: Span,
    /// What is counted or what happened, as printed.
    pub noun: Option<Span>,
    /// What it says.
    pub value: Value,
}

/// What one origin says at a point.
#[derive(Clone, Debug)]
pub struct Reading {
    /// The origin.
    pub origin: DocId,
    /// What it says.
    pub value: Value,
    /// The places that say it: one for each document of the origin that carries the words, and each time
    /// it is said.
    pub witnesses: Vec<(DocId, Span, Option<Span>)>,
}

/// How the readings of a point stand to one another.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// Two origins have no value in common.
    Conflict,
    /// Every two origins have values that could both hold.
    Compatible,
    /// What one speaker says changes.
    Drift,
    /// Told in like words; the program cannot tell whether they part.
    Unknown,
}

impl Verdict {
    /// The word stored in a case.
    pub fn word(self) -> &'static str {
        match self {
            Verdict::Conflict => "conflict",
            Verdict::Compatible => "compatible",
            Verdict::Drift => "drift",
            Verdict::Unknown => "unknown",
        }
    }
}

/// Readings of at least two origins under one key.
#[derive(Clone, Debug)]
pub struct Point {
    /// What kind of value.
    pub kind: PointKind,
    /// The counted noun or the class of happening.
    pub key: String,
    /// The class of happening and what is asked of it, where it is made of claims.
    pub asks: Option<(String, Asked)>,
    /// How they stand to one another.
    pub verdict: Verdict,
    /// Whether it is a count that grows as the documents grow younger.
    pub series: bool,
    /// The readings, by origin, then value.
    pub readings: Vec<Reading>,
    /// Distinct origins.
    pub origins: usize,
    /// Distinct documents.
    pub documents: usize,
    /// How closely the statements in like words hang together that it is made of; nothing where readings share a key.
    pub closeness: Closeness,
}

impl Point {
    /// Whether it asks if a mere noun underwent something: in many accounts there are many of them.
    fn is_loose(&self) -> bool {
        let happening = |class: &str| !annotate::class_words(class).is_empty();
        let whether =
            self.asks.as_ref().is_some_and(|(class, asked)| *asked == Asked::Whether && happening(class));
        let about = self.key.rsplit(" \u{b7} ").next().unwrap_or_default();
        whether && self.origins > MANY && !about.starts_with(char::is_uppercase)
    }

    /// Where it stands in a list of points, least first: conflicts, then points that are not spread over
    /// many values of one origin, then by the number of origins.
    pub fn rank(&self) -> (u8, Verdict, bool, std::cmp::Reverse<usize>, usize) {
        // What is only said in like words comes last, the closest first, and its days and sums with it.
        if self.closeness != Closeness::default() {
            let closest = std::cmp::Reverse(self.closeness.0 as usize);
            return (1, Verdict::Compatible, false, closest, self.readings.len());
        }
        let drifts = if self.verdict == Verdict::Drift { Verdict::Conflict } else { self.verdict };
        (
            0,
            drifts,
            // Dates beside a mere word are the crudest.
            self.readings.len() > 3 * self.origins
                || self.kind == PointKind::Date && self.asks.is_none() && !self.key.starts_with(crate::DAY)
                || self.is_loose(),
            std::cmp::Reverse(self.origins),
            self.readings.len(),
        )
    }
}

/// Origins beyond which one noun stands for many things.
const MANY: usize = 5;

/// Origins beyond which a noun is too general to be a question ("percent" in ten thousand articles).
const MOST_ORIGINS: usize = 200;

/// Units: two numbers of the same unit measure as a rule two different things.
const UNITS: &[&str] = &["year", "month", "week", "day", "hour", "minute", "second", "percent", "km", "time"];

/// Whether readings under a key can answer one question at all.
pub fn is_question(kind: PointKind, key: &str) -> bool {
    kind != PointKind::Quantity || !UNITS.contains(&key)
}

/// Whether two values could both hold at the point of a key. Behind one happening everybody is looked for at once: there what has no
/// word in common parts.
pub fn agree_under(key: &str, one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Names(own), Value::Names(others)) if key.starts_with(crate::BLAME) => {
            own.iter().any(|name| others.iter().any(|same| shares_word(name, same)))
        }
        _ => one.agrees(other),
    }
}

/// The point of one key, from all its candidates; `None` where fewer than two origins speak, so many
/// that the noun is no question, or where it is a unit of measure.
pub fn point(kind: PointKind, key: &str, candidates: &[Candidate]) -> Option<Point> {
    if !is_question(kind, key) {
        return None;
    }
    let mut by_value: BTreeMap<(DocId, String), Reading> = BTreeMap::new();
    for candidate in candidates {
        let same = (candidate.origin, format!("{:?}", candidate.value));
        let reading = by_value.entry(same).or_insert_with(|| Reading {
            origin: candidate.origin,
            value: candidate.value.clone(),
            witnesses: Vec::new(),
        });
        reading.witnesses.push((candidate.document, candidate.span, candidate.noun));
    }
    let mut by_origin: BTreeMap<DocId, Vec<Value>> = BTreeMap::new();
    for reading in by_value.values() {
        by_origin.entry(reading.origin).or_default().push(reading.value.clone());
    }
    let most = if kind == PointKind::Quantity || kind == PointKind::Date { MOST_ORIGINS } else { usize::MAX };
    if !(2..=most).contains(&by_origin.len()) {
        return None;
    }
    let judged = |reading: &Reading| matches!(&reading.value, Value::Label(label) if is_loaded(label));
    let person = kind == PointKind::Label && !key.starts_with(crate::EVENT);
    let judges = person && by_value.values().any(judged);
    let agree = |x: &Value, y: &Value| match (x, y) {
        // What judges a person agrees only with what judges alike.
        (Value::Label(own), Value::Label(other)) if judges => own == other && is_loaded(own),
        // One may hold many offices, and keep the title of one long held.
        (Value::Label(_), Value::Label(_)) if person => true,
        _ => agree_under(key, x, y),
    };
    let meet = |a: &[Value], b: &[Value]| a.iter().any(|x| b.iter().any(|y| agree(x, y)));
    let values: Vec<&Vec<Value>> = by_origin.values().collect();
    let parted = values.iter().enumerate().any(|(at, a)| values[at + 1..].iter().any(|b| !meet(a, b)));
    let mut documents: Vec<DocId> = candidates.iter().map(|candidate| candidate.document).collect();
    documents.sort_unstable();
    documents.dedup();
    let mut readings: Vec<Reading> = by_value.into_values().collect();
    for reading in &mut readings {
        reading.witnesses.sort_unstable();
    }
    Some(Point {
        kind,
        key: key.to_owned(),
        asks: None,
        verdict: if parted { Verdict::Conflict } else { Verdict::Compatible },
        series: false,
        origins: by_origin.len(),
        documents: documents.len(),
        closeness: Closeness::default(),
        readings,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::time::{Calendar, Year};

    fn candidate(document: i64, origin: i64, value: Value) -> Candidate {
        let id = |n| DocId::from_number(n).unwrap();
        Candidate { document: id(document), origin: id(origin), span: Span::new(0, 1), noun: None, value }
    }

    fn between(low: f64, high: f64) -> Value {
        Value::Quantity(Some(low), Some(high))
    }

    #[test]
    fn five_copies_are_one_reading() {
        let copies = [
            candidate(1, 1, between(5.0, 7.0)),
            candidate(2, 1, between(5.0, 7.0)),
            candidate(3, 3, between(2.0, 2.2)),
        ];
        let point = point(PointKind::Quantity, "force", &copies).unwrap();
        assert_eq!((point.readings.len(), point.origins, point.documents), (2, 2, 3));
        assert_eq!(point.readings[0].witnesses.len(), 2);
        assert_eq!(point.verdict, Verdict::Conflict);
    }

    #[test]
    fn copies_alone_are_no_point() {
        let copies = [candidate(1, 1, between(5.0, 7.0)), candidate(2, 1, between(6.0, 7.0))];
        assert!(point(PointKind::Quantity, "force", &copies).is_none());
    }

    #[test]
    fn names_of_one_actor_meet() {
        let names = |name: &str| Value::Names(vec![name.to_owned()]);
        assert!(names("US").agrees(&names("United States")));
        assert!(!names("United Kingdom").agrees(&names("United States")));
        assert!(names("Anna Holm").agrees(&names("Mayor Holm")));
        assert!(names("the guards").agrees(&names("Anna Holm")));
    }

    #[test]
    fn rough_numbers_and_lengths_have_room() {
        let about = |number: f64| Value::About(Some(number), Some(number));
        assert!(about(480.0).agrees(&between(483.0, 483.0)));
        assert!(!about(480.0).agrees(&between(600.0, 600.0)));
        let days = |days: f64| Value::Length(Some(days), Some(days));
        assert!(days(5.0).agrees(&days(112.0 / 24.0)));
        assert!(!days(5.0).agrees(&days(6.0)));
    }

    #[test]
    fn an_open_interval_agrees_with_what_lies_in_it() {
        assert!(Value::Quantity(None, Some(6000.0)).agrees(&between(5000.0, 7000.0)));
        assert!(!Value::Quantity(None, Some(6000.0)).agrees(&between(6500.0, 7000.0)));
        let day = |year: Option<i32>, month, day| {
            let from = Calendar { year: year.map(Year::one), ..Calendar::date(2000, month, day) };
            Stretch {
                from,
                to: None,
                modifier: None,
                bounds: model::time::Value::Calendar(from).bounds(None),
            }
        };
        let range = Stretch {
            to: Some(Calendar::date(2022, 1, 7)),
            bounds: model::time::Value::Interval(Calendar::date(2022, 1, 4), Calendar::date(2022, 1, 7))
                .bounds(None),
            ..day(Some(2022), 1, 4)
        };
        let one = |stretch| Value::Date(stretch);
        assert!(one(day(None, 1, 5)).agrees(&one(range)));
        assert!(one(day(Some(2022), 1, 5)).agrees(&one(range)));
        assert!(!one(day(None, 2, 5)).agrees(&one(range)));
        assert!(!one(day(Some(2021), 1, 5)).agrees(&one(day(Some(2022), 1, 5))));
    }
}
