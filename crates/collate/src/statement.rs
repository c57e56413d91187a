//! Statements of several origins in like words: what no table of happenings knows, laid side by side all the same.
//!
//! Pieces of sentences are joined by average linkage over the cosine of their words, days and classes of words in like company, each weighed
//! by how few pieces have it (Spärck Jones 1972; the clustering of like sentences after SIMFINDER, Hatzivassiloglou et al. 2001). That two
//! pieces share rare words is a reason to look at both, and no proof that they answer one question.

use crate::facet::facets;
use crate::likeness::{Weights, sets};
use crate::point::{Candidate, Point, PointKind, Value, Verdict, point};
use model::time::Stretch;
use model::{DocId, Span};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// A word a statement speaks of.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Topic {
    /// As printed.
    pub printed: String,
    /// Whether it tells what was done or what happened.
    pub deed: bool,
}

/// How closely the readings of a point of statements hang together, in thousandths, the closest greatest.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Debug)]
pub struct Closeness(pub u32);

/// A piece of a sentence with what it speaks of.
#[derive(Clone, Debug)]
pub struct Statement {
    /// The document.
    pub document: DocId,
    /// The origin of the document.
    pub origin: DocId,
    /// Its words in the text.
    pub span: Span,
    /// The words, each blank one space.
    pub words: String,
    /// What it speaks of: words without their endings, actors, places and days.
    pub about: BTreeMap<String, Topic>,
    /// Its sentence.
    pub sentence: Span,
    /// What the rest of its sentence speaks of.
    pub context: Rc<BTreeSet<String>>,
    /// Classes of words that stand in like company, of the words it speaks of.
    pub company: BTreeSet<u32>,
    /// The years and months of the dates it names.
    pub months: BTreeSet<(i32, u8)>,
    /// Its numbers, by what is counted.
    pub numbers: BTreeMap<String, Value>,
    /// The dates it names; where it names none, the one date its sentence names.
    pub dates: Vec<(Span, Stretch)>,
    /// Its numbers that have a unit, each with the unit.
    pub measures: Vec<(Span, String, Value)>,
    /// The day it names, where it names one.
    pub day: Option<Stretch>,
    /// Whether it says that something was not so; `None` where it leaves that open.
    pub denies: Option<bool>,
}

/// What the words of [`Statement::about`] begin with that are days.
pub const DAY_OF: char = '@';

/// What the words of [`Statement::about`] begin with that are the names of actors and places.
pub const NAME: char = '=';

/// What the key of a point of statements begins with.
pub const ALIKE: &str = "in like words: ";

/// Words a statement has at least.
const FEWEST: usize = 2;

/// The points that statements make, each of two origins and more. The order of the statements plays no part.
pub fn statement_points(all: &[Statement]) -> Vec<Point> {
    let mut all: Vec<&Statement> = all.iter().filter(|one| one.about.len() >= FEWEST).collect();
    all.sort_by(|a, b| (&a.words, a.document, a.span).cmp(&(&b.words, b.document, b.span)));
    let weights = Weights::of(&all);
    let weight = |word: &str| weights.of_word(word);
    let mut points = Vec::new();
    let mut named: BTreeMap<String, usize> = BTreeMap::new();
    for (set, likeness) in sets(&all, &weights) {
        let own: Vec<&Statement> = set.iter().map(|at| all[*at]).collect();
        let Some(words) = shared(&own, &weight) else { continue };
        let count = named.entry(words.clone()).or_default();
        *count += 1;
        let again = if *count > 1 { format!(", {count}") } else { String::new() };
        let whole = whole(&own);
        let whole: Vec<&Statement> = whole.iter().collect();
        let candidates = candidates(&whole);
        let point = point(PointKind::Statement, &format!("{ALIKE}{words}{again}"), &candidates);
        let close = closeness(&own, likeness);
        let beside = facets(&whole, &weight, &format!("{words}{again}"));
        points.extend(beside.into_iter().map(|point| Point { closeness: close, ..point }));
        let parts = part(&own) || contradict(&own, &weight);
        let verdict = if parts { Verdict::Conflict } else { Verdict::Unknown };
        points.extend(point.map(|point| Point { verdict, closeness: close, ..point }));
    }
    points
}

impl Statement {
    /// Takes in the piece behind it.
    fn take_in(&mut self, next: &Statement) {
        self.span = self.span.join(next.span);
        self.words = format!("{} {}", self.words, next.words);
        for (word, topic) in &next.about {
            self.about.entry(word.clone()).or_insert_with(|| topic.clone()).deed |= topic.deed;
        }
        self.dates.extend(&next.dates);
        self.dates.sort_unstable_by_key(|(span, _)| *span);
        self.dates.dedup_by_key(|(span, _)| *span);
        self.measures.extend(next.measures.iter().cloned());
    }
}

/// Bytes a reading has at most.
const LONGEST: usize = 400;

/// The statements of a set by document, pieces of one sentence that lie side by side as one.
fn whole(own: &[&Statement]) -> Vec<Statement> {
    let mut in_order: Vec<&Statement> = own.to_vec();
    in_order.sort_by_key(|one| (one.document, one.span));
    let mut found: Vec<Statement> = Vec::new();
    for next in in_order {
        let last = found.last_mut().filter(|last| {
            last.document == next.document
                && last.sentence == next.sentence
                && next.span.start() <= last.span.end() + 1
                && next.span.end() - last.span.start() <= LONGEST
        });
        match last {
            Some(last) => last.take_in(next),
            None => found.push(next.clone()),
        }
    }
    found
}

/// The statements of a set as readings. What the copies of an origin say in almost the same words is what its first document says.
fn candidates(own: &[&Statement]) -> Vec<Candidate> {
    let mut first: BTreeMap<DocId, DocId> = BTreeMap::new();
    for one in own {
        let held = first.entry(one.origin).or_insert(one.document);
        *held = (*held).min(one.document);
    }
    let common = |one: &Statement, other: &Statement| {
        one.about.keys().filter(|word| other.about.contains_key(*word)).count()
    };
    let words = |one: &Statement| -> String {
        let of_first = own.iter().filter(|other| Some(&other.document) == first.get(&one.origin));
        let like = of_first
            .filter(|other| is_copy(one, other))
            .max_by_key(|other| (other.words == one.words, common(one, other), Reverse(&other.words)));
        like.map_or_else(|| one.words.clone(), |like| like.words.clone())
    };
    own.iter()
        .map(|one| Candidate {
            document: one.document,
            origin: one.origin,
            span: one.span,
            noun: None,
            value: Value::Said(words(one)),
        })
        .collect()
}

/// Whether two statements of one origin say the same: most of what they speak of, and all of their numbers and days.
fn is_copy(one: &Statement, other: &Statement) -> bool {
    let common = one.about.keys().filter(|word| other.about.contains_key(*word)).count();
    let days = |of: &Statement| of.dates.iter().map(|(_, day)| *day).collect::<Vec<_>>();
    common * 4 >= one.about.len().max(other.about.len()) * 3
        && one.numbers == other.numbers
        && days(one) == days(other)
}

/// Shared words beyond which more of them make a set no closer.
const MOST_SHARED: usize = 4;

/// How closely a set hangs together: the mean likeness of its statements, the more the more origins there are and the more words most of
/// them share that are no names; whom two statements name tells little of what they say. More again where one of these words is of what was
/// done. The factors were chosen by how many of the first twenty points of seven heaps lay one question side by side.
fn closeness(own: &[&Statement], likeness: f64) -> Closeness {
    let mut held: BTreeMap<&str, (BTreeSet<DocId>, BTreeSet<DocId>)> = BTreeMap::new();
    for one in own {
        for (word, topic) in &one.about {
            let held = held.entry(word).or_default();
            held.0.insert(one.origin);
            if topic.deed {
                held.1.insert(one.origin);
            }
        }
    }
    let origins = own.iter().map(|one| one.origin).collect::<BTreeSet<DocId>>().len();
    let most = |of: &BTreeSet<DocId>| of.len() > 1 && of.len() * 5 >= origins * 3;
    let shared: Vec<_> = held.iter().filter(|(_, (of, _))| most(of)).collect();
    let words = shared.iter().filter(|(word, _)| !word.starts_with(NAME)).count().min(MOST_SHARED) as f64;
    let deed = shared.iter().any(|(_, (_, deeds))| most(deeds));
    let done = if deed { shared.len().clamp(1, 3) - 1 } else { 0 } as f64;
    let close = likeness * (origins as f64).ln_1p() * (1.0 + 0.6 * words) * (1.0 + 0.3 * done);
    Closeness((close * 1000.0) as u32)
}

/// Whether two origins give numbers of one thing and none in common.
fn part(own: &[&Statement]) -> bool {
    let mut numbers: BTreeMap<&str, BTreeMap<DocId, Vec<&Value>>> = BTreeMap::new();
    for one in own {
        for (counted, value) in &one.numbers {
            numbers.entry(counted).or_default().entry(one.origin).or_default().push(value);
        }
    }
    let apart = |of: &BTreeMap<DocId, Vec<&Value>>| {
        let all: Vec<&Vec<&Value>> = of.values().collect();
        let meet = |a: &[&Value], b: &[&Value]| a.iter().any(|x| b.iter().any(|y| x.agrees(y)));
        all.iter().enumerate().any(|(at, a)| all[at + 1..].iter().any(|b| !meet(a, b)))
    };
    numbers.values().any(apart)
}

/// What part of the lighter statement's weight two statements share where one can gainsay the other.
const ONE_DEED: f64 = 0.7;

/// Whether two statements of two origins tell one deed of one thing: they share what was done, two other words, and such a part of what the
/// lighter of them weighs.
pub(crate) fn of_one_deed(
    one: &Statement,
    other: &Statement,
    (fewest, part): (usize, f64),
    weight: &dyn Fn(&str) -> f64,
) -> bool {
    let weight = |word: &str| if word.starts_with(DAY_OF) { 0.0 } else { weight(word) };
    let weighs = |one: &Statement| -> f64 { one.about.keys().map(|word| weight(word)).sum() };
    let both: Vec<(&String, &Topic)> =
        one.about.iter().filter(|(word, _)| other.about.contains_key(*word)).collect();
    let shared: f64 = both.iter().map(|(word, _)| weight(word)).sum();
    let deed = both.iter().any(|(word, topic)| topic.deed && other.about[*word].deed);
    one.origin != other.origin
        && deed
        && both.len() >= fewest
        && shared >= part * weighs(one).min(weighs(other))
}

/// Whether two origins tell one deed of one thing on days that cannot both be, or one that it was and one that it was not.
fn contradict(own: &[&Statement], weight: &dyn Fn(&str) -> f64) -> bool {
    own.iter().enumerate().any(|(at, one)| {
        own[at + 1..].iter().any(|other| {
            let days = one.day.zip(other.day).is_some_and(|(one, other)| !one.agrees(&other));
            let denied = one.denies.zip(other.denies).is_some_and(|(one, other)| one != other);
            (days || denied) && of_one_deed(one, other, (3, ONE_DEED), weight)
        })
    })
}

/// The words that most origins of a set share, as printed; `None` where one voice speaks, or all say the same words: a line that
/// pages repeat, or one quotation.
fn shared(own: &[&Statement], weight: &dyn Fn(&str) -> f64) -> Option<String> {
    let origins: BTreeSet<DocId> = own.iter().map(|one| one.origin).collect();
    let bare = |one: &Statement| -> String {
        one.words.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    let worded: BTreeSet<String> = own.iter().map(|one| bare(one)).collect();
    if origins.len() < 2 || worded.len() < 2 {
        return None;
    }
    let mut held: BTreeMap<&str, (BTreeSet<DocId>, BTreeMap<&str, usize>)> = BTreeMap::new();
    for one in own {
        for (word, topic) in &one.about {
            let held = held.entry(word).or_default();
            held.0.insert(one.origin);
            *held.1.entry(&topic.printed).or_default() += 1;
        }
    }
    let mut words: Vec<(f64, &str)> = held
        .iter()
        .filter(|(_, (origins, _))| origins.len() > 1)
        .filter_map(|(word, (origins, printed))| {
            let most = printed.iter().max_by_key(|(printed, count)| (**count, Reverse(**printed)))?;
            Some((weight(word) * origins.len() as f64, *most.0))
        })
        .collect();
    words.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
    words.truncate(3);
    let words: Vec<&str> = words.into_iter().map(|(_, word)| word).collect();
    (!words.is_empty()).then(|| words.join(", "))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]
    use super::*;

    fn said(document: i64, words: &str) -> Statement {
        let id = DocId::from_number(document).unwrap();
        let about = words.split(' ').filter(|word| word.len() > 3);
        let topic = |word: &str| Topic { printed: word.to_owned(), deed: matches!(word, "sank" | "sinking") };
        let about = about.map(|word| (annotate::base(word), topic(word))).collect();
        let numbers = BTreeMap::new();
        Statement {
            document: id,
            origin: id,
            span: Span::new(0, 1),
            words: words.to_owned(),
            about,
            sentence: Span::new(0, 1),
            context: Rc::default(),
            company: BTreeSet::new(),
            months: BTreeSet::new(),
            numbers,
            dates: Vec::new(),
            measures: Vec::new(),
            day: None,
            denies: Some(false),
        }
    }

    fn found(all: &[Statement]) -> Vec<(String, usize)> {
        statement_points(all).into_iter().map(|point| (point.key, point.readings.len())).collect()
    }

    #[test]
    fn like_words_of_two_origins_meet_whatever_their_order() {
        let mut all = vec![
            said(1, "the ferry sank off the lighthouse"),
            said(1, "bread was sold in the market"),
            said(2, "a ferry had been sinking near that lighthouse"),
            said(2, "the mayor visited Bergen"),
            said(3, "rain fell on hills"),
        ];
        let forward = found(&all);
        assert_eq!(forward, [("in like words: ferry, lighthouse, sank".to_owned(), 2)]);
        all.reverse();
        assert_eq!(found(&all), forward);
    }

    #[test]
    fn a_copy_in_other_words_is_no_reading_of_its_own() {
        let copy = Statement {
            origin: DocId::from_number(1).unwrap(),
            ..said(3, "the ferry sank near the lighthouse")
        };
        let all = [
            said(1, "the ferry sank off the lighthouse"),
            said(2, "a ferry had been sinking near that lighthouse"),
            copy,
            said(4, "rain fell on hills"),
        ];
        let points = statement_points(&all);
        assert_eq!((points[0].readings.len(), points[0].origins, points[0].documents), (2, 2, 3));
    }

    #[test]
    fn one_voice_and_one_repeated_line_are_no_point() {
        assert_eq!(
            found(&[said(1, "the ferry sank off lighthouse"), said(1, "a ferry by the lighthouse")]),
            []
        );
        let line = "Sign up here for the harbour newsletter";
        assert_eq!(found(&[said(1, line), said(2, line), said(3, "rain fell on hills")]), []);
    }
}
