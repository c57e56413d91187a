//! Statements of several origins in like words: what no table of happenings knows, laid side by side all the same.
//!
//! Pieces of sentences are joined by average linkage over the cosine of their words, days and classes of words in like company, each weighed
//! by how few pieces have it (Spärck Jones 1972; the clustering of like sentences after SIMFINDER, Hatzivassiloglou et al. 2001). That two
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

/// What most origins of a point of statements share, the most telling last. Two nouns are a topic, and no statement.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Debug)]
pub enum Shared {
    /// A word, or nouns.
    #[default]
    Topic,
    /// A word for what was done and another one.
    Deed,
    /// A word for what was done and two others.
    Statement,
}

/// How closely the readings of a point of statements hang together, the closest greatest.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Debug)]
pub struct Closeness {
    /// How much of a statement most origins share, see [`Shared`].
    pub shared: Shared,
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
    /// What it speaks of: words without their endings, actors, places and days.
    pub about: BTreeMap<String, Topic>,
    /// Classes of words that stand in like company, of the words it speaks of.
    pub company: BTreeSet<u32>,
    /// The years and months of the dates it names.
    pub months: BTreeSet<(i32, u8)>,
    /// Its numbers, by what is counted.
    pub numbers: BTreeMap<String, Value>,
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

/// The least cosine at which two sets of statements are joined.
const ENOUGH: f64 = 0.25;

/// The cosine below which two statements have nothing in common.
const FAR: f64 = 0.15;

/// Words a statement has at least.
const FEWEST: usize = 2;

/// What part of a word's weight a word in like company has.
const COMPANY: f64 = 0.4;

/// Pieces that have a word beyond which it leads to none of them.
const TOO_MANY: usize = 150;

/// The points that statements make, each of two origins and more. The order of the statements plays no part.
pub fn statement_points(all: &[Statement]) -> Vec<Point> {
    let mut all: Vec<&Statement> = all.iter().filter(|one| one.about.len() >= FEWEST).collect();
    all.sort_by(|a, b| (&a.words, a.document, a.span).cmp(&(&b.words, b.document, b.span)));
    let mut holding: BTreeMap<Sign, Vec<usize>> = BTreeMap::new();
    for (at, one) in all.iter().enumerate() {
        one.signs().for_each(|sign| holding.entry(sign).or_default().push(at));
    }
    let weigh = |(sign, held): (&Sign, &Vec<usize>)| {
        let rare = ((all.len() as f64 + 1.0) / (held.len() as f64 + 0.5)).ln();
        if matches!(sign, Sign::Company(_)) { COMPANY * rare } else { rare }
    };
    let weights: Vec<f64> = holding.iter().map(weigh).collect();
    let numbers: BTreeMap<Sign, usize> = holding.keys().enumerate().map(|(at, sign)| (*sign, at)).collect();
    let signs: Vec<Vec<usize>> =
        all.iter().map(|one| one.signs().map(|sign| numbers[&sign]).collect()).collect();
    // Rival days are no sign that two statements are of different things: only days in common count.
    let counts: Vec<bool> = holding.keys().map(|sign| !sign.is_of_time()).collect();
    let length = |own: &Vec<usize>| {
        own.iter().filter(|sign| counts[**sign]).map(|sign| weights[*sign].powi(2)).sum::<f64>().sqrt()
    };
    let lengths: Vec<f64> = signs.iter().map(length).collect();
    let alike = alike(&signs, &holding.values().collect::<Vec<_>>(), &weights, &lengths);
    let weight = |word: &str| numbers.get(&Sign::Word(word)).map_or(0.0, |at| weights[*at]);
    let mut points = Vec::new();
    let mut named: BTreeMap<String, usize> = BTreeMap::new();
    for set in joined(all.len(), &alike) {
        let own: Vec<&Statement> = set.iter().map(|at| all[*at]).collect();
        let Some(words) = shared(&own, &weight) else { continue };
        let count = named.entry(words.clone()).or_default();
        *count += 1;
        let again = if *count > 1 { format!(", {count}") } else { String::new() };
        let candidates = candidates(&own);
        let point = point(PointKind::Statement, &format!("{ALIKE}{words}{again}"), &candidates);
        let parts = part(&own) || contradict(&own, &weight);
        let verdict = if parts { Verdict::Conflict } else { Verdict::Compatible };
        points.extend(point.map(|point| Point { verdict, closeness: closeness(&own, &weight), ..point }));
    }
    points
}

/// By what statements are like one another.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Sign<'a> {
    Word(&'a str),
    Company(u32),
    Month((i32, u8)),
}

impl Sign<'_> {
    fn is_of_time(&self) -> bool {
        matches!(self, Sign::Month(_)) || matches!(self, Sign::Word(word) if word.starts_with(DAY_OF))
    }
}

impl Statement {
    fn signs(&self) -> impl Iterator<Item = Sign<'_>> {
        let words = self.about.keys().map(|word| Sign::Word(word));
        let company = self.company.iter().map(|class| Sign::Company(*class));
        words.chain(company).chain(self.months.iter().map(|month| Sign::Month(*month)))
    }
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

/// How closely a set hangs together.
fn closeness(own: &[&Statement], weight: &dyn Fn(&str) -> f64) -> Closeness {
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
    let deed = shared.iter().any(|(_, (_, deeds))| most(deeds));
    // Whom two statements name tells less of what they say than the other words do.
    let told = |word: &str| if word.starts_with(NAME) { weight(word) / 2.0 } else { weight(word) };
    let weighs: f64 = shared.iter().map(|(word, _)| told(word)).sum();
    let all: f64 = own.iter().flat_map(|one| one.about.keys()).map(|word| weight(word)).sum();
    let part = weighs * own.len() as f64 / all.max(f64::MIN_POSITIVE);
    let shared = match shared.len() {
        2 if deed => Shared::Deed,
        3.. if deed => Shared::Statement,
        _ => Shared::Topic,
    };
    Closeness { shared, thousandths: (part * (origins as f64).ln_1p() * 1000.0) as u32 }
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
    let weight = |word: &str| if Sign::Word(word).is_of_time() { 0.0 } else { weight(word) };
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
            let one_deed = deed && both.len() > 2 && shared >= ONE_DEED * weighs(one).min(weighs(other));
            let days = one.day.zip(other.day).is_some_and(|(one, other)| !one.agrees(&other));
            let denied = one.denies.zip(other.denies).is_some_and(|(one, other)| one != other);
            one_deed && (days || denied)
        })
    })
}

/// The cosines of those that are like enough, the lower number first. Signs go by number, each with its weight and with the
/// statements that have it.
fn alike(
    all: &[Vec<usize>],
    holding: &[&Vec<usize>],
    weights: &[f64],
    lengths: &[f64],
) -> Vec<(usize, usize, f64)> {
    // For each later statement what the signs it shares with this one weigh.
    let mut near: Vec<f64> = vec![0.0; all.len()];
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
                if near[*other] == 0.0 {
                    met.push(*other);
                }
                near[*other] += square;
            }
        }
        for other in met {
            let likeness = std::mem::take(&mut near[other]) / (lengths[at] * lengths[other]);
            if likeness >= FAR {
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
fn joined(count: usize, alike: &[(usize, usize, f64)]) -> Vec<Vec<usize>> {
    let mut sets: Vec<Vec<usize>> = (0..count).map(|at| vec![at]).collect();
    // Where each set went: itself, or one it became part of.
    let mut within: Vec<usize> = (0..count).collect();
    // Sets near each other with the sum of the likenesses between them; a set that became part of another still stands here.
    let mut near: Vec<Vec<(usize, f64)>> = vec![Vec::new(); count];
    let mut pairs: Vec<Pair> = Vec::new();
    for (one, other, likeness) in alike {
        near[*one].push((*other, *likeness));
        near[*other].push((*one, *likeness));
        if *likeness >= ENOUGH {
            pairs.push(Pair(*likeness, Reverse(*one), Reverse(*other)));
        }
    }
    // The likest pair is the last of the pairs there were, or the greatest of those that sets made: most pairs are never a heap's.
    pairs.sort_unstable();
    let mut made_pairs: BinaryHeap<Pair> = BinaryHeap::new();
    let mut sums: Vec<f64> = vec![0.0; 2 * count];
    loop {
        let next = if pairs.last() > made_pairs.peek() { pairs.pop() } else { made_pairs.pop() };
        let Some(Pair(_, Reverse(one), Reverse(other))) = next else { break };
        if within[one] != one || within[other] != other {
            continue;
        }
        let made = sets.len();
        let mut set = std::mem::take(&mut sets[one]);
        set.append(&mut sets[other]);
        within.push(made);
        (within[one], within[other]) = (made, made);
        let mut met = Vec::new();
        for (next, sum) in std::mem::take(&mut near[one]).into_iter().chain(std::mem::take(&mut near[other]))
        {
            let next = outermost(&mut within, next);
            if next != made {
                if sums[next] == 0.0 {
                    met.push(next);
                }
                sums[next] += sum;
            }
        }
        let own_near: Vec<(usize, f64)> =
            met.into_iter().map(|next| (next, std::mem::take(&mut sums[next]))).collect();
        for (next, sum) in &own_near {
            let mean = sum / (set.len() * sets[*next].len()) as f64;
            if mean >= ENOUGH {
                made_pairs.push(Pair(mean, Reverse(*next), Reverse(made)));
            }
        }
        near.push(own_near);
        sets.push(set);
    }
    let mut found: Vec<Vec<usize>> = sets.into_iter().filter(|set| set.len() > 1).collect();
    found.iter_mut().for_each(|set| set.sort_unstable());
    found.sort_unstable();
    found
}

/// The set that a set is part of by now.
fn outermost(within: &mut [usize], set: usize) -> usize {
    let mut at = set;
    while within[at] != at {
        within[at] = within[within[at]];
        at = within[at];
    }
    at
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
            company: BTreeSet::new(),
            months: BTreeSet::new(),
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
