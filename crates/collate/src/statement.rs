//! Statements of several origins in like words: what no table of happenings knows, laid side by side all the same.
//!
//! Pieces of sentences are joined by average linkage over the cosine of their words, each weighed by how few pieces
//! have it (Spärck Jones 1972; the clustering of like sentences after SIMFINDER, Hatzivassiloglou et al. 2001). That two
//! pieces share rare words is a reason to look at both, and no proof that they answer one question.

use crate::point::{Candidate, Point, PointKind, Value, Verdict, point};
use model::time::Stretch;
use model::{DocId, Span};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};

/// A word a statement speaks of.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Topic {
    /// As printed.
    pub printed: String,
    /// Whether it tells what was done or what happened.
    pub deed: bool,
}

/// How closely the readings of a point of statements hang together, the closest greatest.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Debug)]
pub struct Closeness {
    /// Whether most origins share a word for what was done and another word: two nouns are a topic, and no statement.
    pub deed: bool,
    /// What part of their weight most origins share, times the logarithm of how many they are.
    pub thousandths: u32,
}

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
    /// What it speaks of: words without their endings, actors and places.
    pub about: BTreeMap<String, Topic>,
    /// Its numbers, by what is counted.
    pub numbers: BTreeMap<String, Value>,
    /// The day it names, where it names one.
    pub day: Option<Stretch>,
    /// Whether it says that something was not so; `None` where it leaves that open.
    pub denies: Option<bool>,
}

/// What the key of a point of statements begins with.
pub const ALIKE: &str = "in like words: ";

/// The least cosine at which two sets of statements are joined.
const ENOUGH: f64 = 0.25;

/// The cosine below which two statements have nothing in common.
const FAR: f64 = 0.1;

/// Words two statements share at least.
const SHARED_WORDS: usize = 2;

/// Origins below which one word more is wanted, and a word for what was done.
const HANDFUL: usize = 6;

/// Pieces that have a word beyond which it leads to none of them.
const TOO_MANY: usize = 400;

/// The points that statements make, each of two origins and more. The order of the statements plays no part.
pub fn statement_points(all: &[Statement]) -> Vec<Point> {
    let mut all: Vec<&Statement> = all.iter().filter(|one| one.about.len() >= SHARED_WORDS).collect();
    all.sort_by(|a, b| (&a.words, a.document, a.span).cmp(&(&b.words, b.document, b.span)));
    let mut holding: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, one) in all.iter().enumerate() {
        one.about.keys().for_each(|word| holding.entry(word).or_default().push(at));
    }
    let weights: BTreeMap<&str, f64> = holding
        .iter()
        .map(|(word, held)| (*word, ((all.len() as f64 + 1.0) / (held.len() as f64 + 0.5)).ln()))
        .collect();
    let numbers: BTreeMap<&str, usize> = holding.keys().enumerate().map(|(at, word)| (*word, at)).collect();
    let words: Vec<Vec<usize>> =
        all.iter().map(|one| one.about.keys().map(|word| numbers[word.as_str()]).collect()).collect();
    let weights: Vec<f64> = weights.into_values().collect();
    let alike = alike(&words, &holding.values().collect::<Vec<_>>(), &weights);
    let weight = |word: &str| numbers.get(word).map_or(0.0, |at| weights[*at]);
    // Of a handful of accounts two share two words by chance as often as not.
    let origins = all.iter().map(|one| one.origin).collect::<BTreeSet<DocId>>().len();
    let fewest = if origins < HANDFUL { SHARED_WORDS + 1 } else { SHARED_WORDS };
    let mut points = Vec::new();
    let mut named: BTreeMap<String, usize> = BTreeMap::new();
    for set in joined(all.len(), alike) {
        let own: Vec<&Statement> = set.iter().map(|at| all[*at]).collect();
        let Some(words) = shared(&own, &weight) else { continue };
        let count = named.entry(words.clone()).or_default();
        *count += 1;
        let again = if *count > 1 { format!(", {count}") } else { String::new() };
        let candidates = candidates(&own);
        let point = point(PointKind::Statement, &format!("{ALIKE}{words}{again}"), &candidates);
        let parts = part(&own) || contradict(&own, &weight);
        let verdict = if parts { Verdict::Conflict } else { Verdict::Compatible };
        let (closeness, words) = closeness(&own, &weight);
        if words < fewest || origins < HANDFUL && !closeness.deed {
            continue;
        }
        points.extend(point.map(|point| Point { verdict, closeness, ..point }));
    }
    points
}

/// The statements of a set as readings. What the copies of an origin say, in whatever wording, is what its first document says.
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

/// How closely a set hangs together, and how many words most of its origins share.
fn closeness(own: &[&Statement], weight: &dyn Fn(&str) -> f64) -> (Closeness, usize) {
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
    let deed = shared.len() > 1 && shared.iter().any(|(_, (_, deeds))| most(deeds));
    let weighs: f64 = shared.iter().map(|(word, _)| weight(word)).sum();
    let all: f64 = own.iter().flat_map(|one| one.about.keys()).map(|word| weight(word)).sum();
    let part = weighs * own.len() as f64 / all.max(f64::MIN_POSITIVE);
    (Closeness { deed, thousandths: (part * (origins as f64).ln_1p() * 1000.0) as u32 }, shared.len())
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

/// Whether two origins tell one deed of one thing on days that cannot both be, or one that it was and one that it was not.
fn contradict(own: &[&Statement], weight: &dyn Fn(&str) -> f64) -> bool {
    let weighs = |one: &Statement| -> f64 { one.about.keys().map(|word| weight(word)).sum() };
    own.iter().enumerate().any(|(at, one)| {
        own[at + 1..].iter().any(|other| {
            if one.origin == other.origin {
                return false;
            }
            let both: Vec<(&String, &Topic)> =
                one.about.iter().filter(|(word, _)| other.about.contains_key(*word)).collect();
            let shared: f64 = both.iter().map(|(word, _)| weight(word)).sum();
            let deed = both.iter().any(|(word, topic)| topic.deed && other.about[*word].deed);
            let one_deed =
                deed && both.len() > SHARED_WORDS && shared >= ONE_DEED * weighs(one).min(weighs(other));
            let days = one.day.zip(other.day).is_some_and(|(one, other)| !one.agrees(&other));
            let denied = one.denies.zip(other.denies).is_some_and(|(one, other)| one != other);
            one_deed && (days || denied)
        })
    })
}

/// The cosines of those that share words enough, the lower number first. Words go by number, each with its weight and with the
/// statements that have it.
fn alike(all: &[Vec<usize>], holding: &[&Vec<usize>], weights: &[f64]) -> Vec<(usize, usize, f64)> {
    let length = |own: &Vec<usize>| own.iter().map(|word| weights[*word].powi(2)).sum::<f64>().sqrt();
    let lengths: Vec<f64> = all.iter().map(length).collect();
    // For each later statement how many words it shares with this one, and what they weigh.
    let mut near: Vec<(usize, f64)> = vec![(0, 0.0); all.len()];
    let mut found = Vec::new();
    for (at, own) in all.iter().enumerate() {
        let mut met = Vec::new();
        for word in own {
            let others = holding[*word];
            if others.len() > TOO_MANY {
                continue;
            }
            let square = weights[*word].powi(2);
            for other in &others[others.partition_point(|other| *other <= at)..] {
                if near[*other].0 == 0 {
                    met.push(*other);
                }
                near[*other].0 += 1;
                near[*other].1 += square;
            }
        }
        for other in met {
            let (words, square) = std::mem::take(&mut near[other]);
            let likeness = square / (lengths[at] * lengths[other]);
            if words >= SHARED_WORDS && likeness >= FAR {
                found.push((at, other, likeness));
            }
        }
    }
    found
}

/// A pair of sets, ordered by likeness, then by their numbers.
#[derive(PartialEq)]
struct Pair(f64, Reverse<usize>, Reverse<usize>);

impl Eq for Pair {}

impl PartialOrd for Pair {
    fn partial_cmp(&self, other: &Pair) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Pair {
    fn cmp(&self, other: &Pair) -> std::cmp::Ordering {
        self.0.total_cmp(&other.0).then(self.1.cmp(&other.1)).then(self.2.cmp(&other.2))
    }
}

/// Sets joined while the mean likeness between two of them is enough; single ones are left out.
fn joined(count: usize, alike: Vec<(usize, usize, f64)>) -> Vec<Vec<usize>> {
    let mut sets: BTreeMap<usize, Vec<usize>> = (0..count).map(|at| (at, vec![at])).collect();
    let mut near: Vec<BTreeMap<usize, f64>> = vec![BTreeMap::new(); count];
    let mut queue: BinaryHeap<Pair> = BinaryHeap::new();
    for (one, other, likeness) in alike {
        near[one].insert(other, likeness);
        near[other].insert(one, likeness);
        if likeness >= ENOUGH {
            queue.push(Pair(likeness, Reverse(one), Reverse(other)));
        }
    }
    while let Some(Pair(_, Reverse(one), Reverse(other))) = queue.pop() {
        let (Some(own), Some(others)) = (sets.get(&one), sets.get(&other)) else { continue };
        let (first, second) = (own.len() as f64, others.len() as f64);
        let (of_one, of_other) = (std::mem::take(&mut near[one]), std::mem::take(&mut near[other]));
        let made = near.len();
        let mut own_near = BTreeMap::new();
        for next in of_one.keys().chain(of_other.keys()).copied().collect::<BTreeSet<usize>>() {
            if next == one || next == other || !sets.contains_key(&next) {
                continue;
            }
            let likeness = |of: &BTreeMap<usize, f64>| of.get(&next).copied().unwrap_or(0.0);
            let mean = (likeness(&of_one) * first + likeness(&of_other) * second) / (first + second);
            own_near.insert(next, mean);
            near[next].remove(&one);
            near[next].remove(&other);
            near[next].insert(made, mean);
            if mean >= ENOUGH {
                queue.push(Pair(mean, Reverse(next), Reverse(made)));
            }
        }
        near.push(own_near);
        let mut set = sets.remove(&one).unwrap_or_default();
        set.extend(sets.remove(&other).unwrap_or_default());
        sets.insert(made, set);
    }
    let mut found: Vec<Vec<usize>> = sets.into_values().filter(|set| set.len() > 1).collect();
    found.iter_mut().for_each(|set| set.sort_unstable());
    found.sort_unstable();
    found
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
            numbers,
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
