//! Comparable facts: numbers of one noun that stand in like company, and so may answer one question.
//!
//! "Three sons" in two accounts are two families; "some 40 men of the crew" and "a crew of up to 60" are
//! one crew. Two numbers are laid side by side where their sentences share words that few others have, by inverse document
//! frequency (Spärck Jones 1972), and nothing in them speaks of another fate: the killed are not the wounded.

use crate::point::{Candidate, Point, PointKind, Value, Verdict, point};
use model::DocId;
use std::collections::{BTreeMap, BTreeSet};

/// A number with the words around it.
#[derive(Clone, Debug)]
pub struct Fact {
    /// The number, its noun and where they stand.
    pub candidate: Candidate,
    /// Stems of the words around it, without its own noun, each with a word as printed.
    pub company: BTreeMap<String, String>,
    /// Of where it is told, as far as its words tell: "in Peru", "worldwide".
    pub scope: Option<String>,
    /// The day of which its sentence tells, counted from 1970-01-01, where it names one day alone.
    pub day: Option<i64>,
    /// Whether its words tell that it is no longer what it was: "rose to".
    pub changed: bool,
    /// When its document was published: what the order of a series is told by.
    pub published: Option<String>,
}

/// Numbers of one noun beyond which it is no question.
const MOST: usize = 400;

/// Fates that tell two numbers of people apart, by the stems of their words.
const FATES: [&[&str]; 9] = [
    &["killed", "deaths", "died", "dead", "fatali", "victim", "slain", "death", "perish", "drowne"],
    &["wounde", "injure", "hurt", "hospit"],
    &["detain", "arrest", "custod", "jailed"],
    &["missin"],
    &["displa", "refuge", "evacua", "homele", "fled", "fleein"],
    &["protes", "demons", "rally", "rallie", "gather", "assemb", "crowd", "marche"],
    &["infect", "sicken", "cases", "ill", "poison"],
    &["rescue", "saved", "surviv"],
    &["trappe", "strand", "buried"],
];

/// Stems of words for those who grow fewer from day to day.
const FALLING: [&str; 8] = ["missin", "trappe", "strand", "detain", "custod", "hospit", "hostag", "captiv"];

/// The fate of the dead in the table.
const DEAD: usize = 0;

/// Origins that count one noun from which on it is counted of many things.
const OFTEN: usize = 8;

/// The stem of a word by which company is compared: its first six letters, in lower case. Crude, and the same for "lighthouse"
/// and "lighthouses".
pub fn stem(word: &str) -> String {
    word.chars().flat_map(char::to_lowercase).take(6).collect()
}

/// How rare each stem is among the origins that have numbers.
pub struct Rarity {
    origins: usize,
    holding: BTreeMap<String, usize>,
}

impl Rarity {
    /// From all facts of a case. Copies count once: an origin, not a document, holds a word.
    pub fn of<'f>(facts: impl Iterator<Item = &'f Fact>) -> Rarity {
        let mut company: BTreeMap<DocId, BTreeSet<&str>> = BTreeMap::new();
        for fact in facts {
            company.entry(fact.candidate.origin).or_default().extend(fact.company.keys().map(String::as_str));
        }
        let mut holding: BTreeMap<String, usize> = BTreeMap::new();
        for stem in company.values().flatten() {
            *holding.entry((*stem).to_owned()).or_default() += 1;
        }
        Rarity { origins: company.len(), holding }
    }

    fn weight(&self, stem: &str) -> f64 {
        let holding = self.holding.get(stem).copied().unwrap_or(0) as f64;
        ((self.origins as f64 + 2.0) / (holding + 0.5)).ln()
    }

    /// How many words two numbers must share: among many origins one is chance.
    fn fewest(&self) -> usize {
        if self.origins < 10 { 1 } else { 2 }
    }

    /// What shared company must weigh: the more origins, the more chance shares.
    fn enough(&self) -> f64 {
        ((self.origins as f64 + 2.0).ln() - 1.6).clamp(0.35, 3.0)
    }
}

/// What befell those who are counted, by its place in the table; `None` where the sentence does not tell.
fn fate(fact: &Fact) -> Option<usize> {
    FATES.iter().position(|words| words.iter().any(|word| fact.company.contains_key(*word)))
}

/// Days between which two numbers told with their days may still be of one happening: accounts differ about days too.
const ONE_HAPPENING: u64 = 7;

/// What stands in the key of a point of numbers before the words they share.
pub const SHARED: &str = " beside ";

/// Nouns that count whatever befell people: what they have in common is no reason to lay two numbers side by side.
const ANYBODY: [&str; 7] = ["people", "person", "man", "woman", "resident", "citizen", "civilian"];

/// What stands before the company of lengths of time in the key of their point.
pub const LENGTHS: &str = "length of time";

/// The points that the numbers of one key make: each a set of numbers in like company, of two origins and more.
pub fn facts(key: &str, all: &[Fact], rarity: &Rarity) -> Vec<Point> {
    let merged = merged(all);
    let all = merged.as_slice();
    if all.len() > MOST {
        return Vec::new();
    }
    let general = key == LENGTHS || ANYBODY.contains(&key);
    let fates: Vec<Option<usize>> = all.iter().map(|merged| fate(&merged.fact)).collect();
    let of_fate = FATES.iter().any(|words| words.contains(&stem(key).as_str()));
    let counting: BTreeSet<DocId> = all.iter().map(|merged| merged.fact.candidate.origin).collect();
    let often = usize::from(counting.len() >= OFTEN) + usize::from(counting.len() >= 2 * OFTEN);
    let mut links = Links::of(all.len());
    for a in 0..all.len() {
        for b in a + 1..all.len() {
            let (one, other) = (&all[a].fact, &all[b].fact);
            // What befell different people is no one count.
            // Nor are the dead those of whom nothing befell is told, whatever else they have in common.
            let dead = (fates[a] == Some(DEAD)) != (fates[b] == Some(DEAD)) && !of_fate && !general;
            let parts = dead
                || fates[a].zip(fates[b]).is_some_and(|(one, other)| one != other)
                || one.day.zip(other.day).is_some_and(|(one, other)| one.abs_diff(other) > ONE_HAPPENING)
                || one.scope.as_ref().zip(other.scope.as_ref()).is_some_and(|(one, other)| one != other);
            let same = fates[a].is_some() && fates[a] == fates[b] || of_fate;
            let agree = one.candidate.value.agrees(&other.candidate.value);
            let shared: Vec<f64> = common(one, other).map(|stem| rarity.weight(stem)).collect();
            let weight: f64 = shared.iter().sum();
            if one.candidate.origin == other.candidate.origin {
                // Two numbers of one account that keep different company answer two questions; of the dead it may tell two tolls.
                let apart = !like(one, other) && !same && weight < rarity.enough() * SELF;
                links.set(a, b, if parts || apart { Link::Never } else { Link::Own });
                continue;
            }
            // Almost everything takes some time, and a noun that many origins count is counted of many things: where such numbers
            // differ they want more in common.
            let wide = if rarity.fewest() > 1 { usize::from(general) + often } else { 0 };
            let fewest = rarity.fewest() + if agree { 0 } else { wide.max(usize::from(key == LENGTHS)) };
            if parts || far(one, other) {
                links.set(a, b, Link::Never);
                continue;
            }
            // Among few documents two great numbers of one noun seldom count two things.
            let least = if same { 5.0 } else { 20.0 };
            let alike = rarity.fewest() == 1 && near(one, other, least) && (!general || same);
            if alike || shared.len() >= fewest {
                links.set(a, b, Link::Weighs(if alike { weight.max(rarity.enough()) } else { weight }));
            }
        }
    }
    let parts = links.joined(rarity.enough());
    let mut points: Vec<Point> = parts.iter().filter_map(|part| of_part(key, all, part, rarity)).collect();
    points.sort_by(|a, b| a.key.cmp(&b.key));
    // Two sets of one noun may share their two best words: the second is told apart by its number.
    for at in 1..points.len() {
        let before = points[..at].iter().filter(|point| point.key == points[at].key).count();
        if before > 0 {
            points[at].key = format!("{}, {}", points[at].key, before + 1);
        }
    }
    points
}

/// One fact for what one origin says however often: the first to be published, with the company of all.
struct Merged {
    fact: Fact,
    candidates: Vec<Candidate>,
}

fn merged(all: &[Fact]) -> Vec<Merged> {
    let mut held: BTreeMap<(DocId, String), Merged> = BTreeMap::new();
    for fact in all {
        let key = (fact.candidate.origin, format!("{:?}", fact.candidate.value));
        match held.get_mut(&key) {
            Some(known) => {
                known.fact.company.extend(fact.company.clone());
                if known.fact.day != fact.day {
                    known.fact.day = None;
                }
                // An unknown day is no earlier than a known one.
                known.fact.published = match (known.fact.published.take(), fact.published.clone()) {
                    (Some(a), Some(b)) => Some(a.min(b)),
                    (a, b) => a.or(b),
                };
                known.candidates.push(fact.candidate.clone());
            }
            None => {
                held.insert(key, Merged { fact: fact.clone(), candidates: vec![fact.candidate.clone()] });
            }
        }
    }
    held.into_values().collect()
}

fn common<'f>(a: &'f Fact, b: &'f Fact) -> impl Iterator<Item = &'f str> {
    a.company.keys().filter(|stem| b.company.contains_key(*stem)).map(String::as_str)
}

/// How two numbers stand to each other.
#[derive(Clone, Copy, PartialEq)]
enum Link {
    /// They do not answer one question.
    Never,
    /// They stand in one origin, and may be two versions of one answer.
    Own,
    /// What they have in common weighs so much.
    Weighs(f64),
}

/// How much more than enough two different numbers of one account must have in common to be a contradiction.
const SELF: f64 = 4.0;

/// How much more than enough counts of what two numbers have in common.
const MOST_ENOUGH: f64 = 2.0;

/// What part of enough the pairs of two sets must weigh on average to be joined.
const AVERAGE: f64 = 0.7;

/// All pairs of some numbers.
struct Links {
    count: usize,
    held: Vec<Link>,
}

impl Links {
    fn of(count: usize) -> Links {
        Links { count, held: vec![Link::Weighs(0.0); count * count] }
    }

    fn set(&mut self, a: usize, b: usize, link: Link) {
        self.held[a * self.count + b] = link;
        self.held[b * self.count + a] = link;
    }

    fn get(&self, a: usize, b: usize) -> Link {
        self.held[a * self.count + b]
    }

    /// Sets of numbers, in order; single ones are left out. The pair that weighs most is joined first, and two sets are joined where no
    /// pair of theirs is kept apart and all of them together weigh enough.
    fn joined(&self, enough: f64) -> Vec<Vec<usize>> {
        let mut pairs: Vec<(usize, usize, f64)> = Vec::new();
        for a in 0..self.count {
            for b in a + 1..self.count {
                if let Link::Weighs(weight) = self.get(a, b)
                    && weight >= enough
                {
                    pairs.push((a, b, weight));
                }
            }
        }
        pairs.sort_by(|one, other| other.2.total_cmp(&one.2).then((one.0, one.1).cmp(&(other.0, other.1))));
        let mut group: Vec<usize> = (0..self.count).collect();
        let mut sets: BTreeMap<usize, Vec<usize>> = (0..self.count).map(|at| (at, vec![at])).collect();
        for (a, b, _) in pairs {
            let (one, other) = (group[a], group[b]);
            if one == other || !self.hang_together(&sets[&one], &sets[&other], enough) {
                continue;
            }
            let (least, most) = (one.min(other), one.max(other));
            let moved = sets.remove(&most).unwrap_or_default();
            moved.iter().for_each(|at| group[*at] = least);
            sets.entry(least).or_default().extend(moved);
        }
        let mut parts: Vec<Vec<usize>> = sets.into_values().filter(|set| set.len() > 1).collect();
        parts.iter_mut().for_each(|set| set.sort_unstable());
        parts
    }

    fn hang_together(&self, one: &[usize], other: &[usize], enough: f64) -> bool {
        let (mut weighs, mut count) = (0.0, 0.0);
        for a in one {
            for b in other {
                match self.get(*a, *b) {
                    Link::Never => return false,
                    Link::Own => {}
                    Link::Weighs(weight) => {
                        weighs += weight.min(enough * MOST_ENOUGH);
                        count += 1.0;
                    }
                }
            }
        }
        count > 0.0 && weighs >= enough * AVERAGE * count
    }
}

fn of_part(key: &str, all: &[Merged], part: &[usize], rarity: &Rarity) -> Option<Point> {
    let rows: Vec<&Fact> = part.iter().map(|at| &all[*at].fact).collect();
    // The words that most of them share name the set.
    let mut holding: BTreeMap<&str, (BTreeSet<DocId>, &str)> = BTreeMap::new();
    for fact in &rows {
        for (stem, word) in &fact.company {
            let held = holding.entry(stem).or_insert_with(|| (BTreeSet::new(), word));
            held.0.insert(fact.candidate.origin);
            held.1 = held.1.min(word);
        }
    }
    let mut shared: Vec<(usize, f64, &str)> = holding
        .iter()
        .filter(|(_, (origins, _))| origins.len() > 1)
        .map(|(stem, (origins, word))| (origins.len(), rarity.weight(stem), *word))
        .collect();
    shared.sort_by(|a, b| b.0.cmp(&a.0).then(b.1.total_cmp(&a.1)).then(a.2.cmp(b.2)));
    // The fate that tells a set apart names it first.
    let is_fate = |word: &str| FATES.iter().any(|fates| fates.contains(&stem(word).as_str()));
    shared.sort_by_key(|(.., word)| !is_fate(word));
    let words: Vec<&str> = shared.iter().take(2).map(|(.., word)| *word).collect();
    let candidates: Vec<Candidate> = part.iter().flat_map(|at| all[*at].candidates.clone()).collect();
    let mut found = point(PointKind::Quantity, &format!("{key}{SHARED}{}", words.join(", ")), &candidates)?;
    if found.verdict == Verdict::Conflict && is_series(&rows) {
        found.verdict = Verdict::Compatible;
        found.series = true;
    }
    Some(found)
}

fn size(fact: &Fact) -> Option<f64> {
    match fact.candidate.value {
        Value::Quantity(low, high) | Value::Near(low, high) | Value::About(low, high) => low.or(high),
        Value::Length(low, high) => low.or(high),
        _ => None,
    }
}

/// Whether two numbers are greater than the least and no more than ten times apart.
fn near(a: &Fact, b: &Fact, least: f64) -> bool {
    let (Some(a), Some(b)) = (size(a), size(b)) else { return false };
    a.min(b) > least && a.max(b) <= 10.0 * a.min(b)
}

/// Whether two numbers of one account are one, or nearly.
fn like(a: &Fact, b: &Fact) -> bool {
    let (Some(one), Some(other)) = (size(a), size(b)) else { return true };
    one.max(other) <= 1.2 * one.min(other)
}

/// How many times apart two numbers of one thing are at most: two and two thousand count different things.
const FARTHEST: f64 = 50.0;

/// The same of lengths of time.
const FARTHEST_LENGTH: f64 = 8.0;

fn far(a: &Fact, b: &Fact) -> bool {
    let (Some(one), Some(other)) = (size(a), size(b)) else { return false };
    match a.candidate.value {
        Value::Length(..) => one.max(other) > FARTHEST_LENGTH * one.min(other),
        _ => one.max(other) > FARTHEST * one.min(other).max(1.0),
    }
}

/// Whether the numbers of one origin after another never fall as their documents grow younger: a count that grows; or never rise, of those who
/// are still missing.
fn is_series(rows: &[&Fact]) -> bool {
    let mut dated: Vec<(&str, f64, f64)> = Vec::new();
    for fact in rows {
        let (Value::Quantity(low, high) | Value::Near(low, high) | Value::About(low, high)) =
            fact.candidate.value
        else {
            return false;
        };
        let Some(published) = &fact.published else { return false };
        let day = published.get(..10).unwrap_or(published);
        dated.push((day, low.or(high).unwrap_or(0.0), high.or(low).unwrap_or(f64::INFINITY)));
    }
    dated.sort_by(|a, b| a.partial_cmp(b).unwrap_or(std::cmp::Ordering::Equal));
    let days: BTreeSet<&str> = dated.iter().map(|(day, ..)| *day).collect();
    // Of two days the later must tell itself that the count has changed.
    let last = days.last().copied().unwrap_or_default();
    let told = rows
        .iter()
        .any(|fact| fact.changed && fact.published.as_ref().is_some_and(|day| day.starts_with(last)));
    let next: Vec<_> = dated.windows(2).filter(|two| two[0].0 != two[1].0).collect();
    let grows = next.iter().all(|two| two[1].2 >= two[0].1) && next.iter().any(|two| two[1].1 > two[0].2);
    // Those still missing, held or in hospital grow fewer; the dead do not.
    let may_fall = rows.iter().all(|fact| FALLING.iter().any(|word| fact.company.contains_key(*word)));
    let shrinks =
        may_fall && next.iter().all(|two| two[1].1 <= two[0].2) && next.iter().any(|two| two[1].2 < two[0].1);
    days.len() > if told { 1 } else { 2 } && (grows || shrinks)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]
    use super::*;
    use model::Span;

    fn fact(document: i64, number: f64, company: &str, published: &str) -> Fact {
        let id = DocId::from_number(document).unwrap();
        let value = Value::Quantity(Some(number), Some(number));
        Fact {
            candidate: Candidate { document: id, origin: id, span: Span::new(0, 1), noun: None, value },
            company: company.split(' ').map(|word| (stem(word), word.to_owned())).collect(),
            scope: None,
            day: None,
            changed: false,
            published: (!published.is_empty()).then(|| published.to_owned()),
        }
    }

    fn found(all: &[Fact]) -> Vec<(usize, Verdict, bool)> {
        let rarity = Rarity::of(all.iter());
        facts("man", all, &rarity)
            .iter()
            .map(|point| (point.readings.len(), point.verdict, point.series))
            .collect()
    }

    #[test]
    fn numbers_of_days_far_apart_are_of_two_happenings() {
        let of_day =
            |document, number, day| Fact { day: Some(day), ..fact(document, number, "soldiers harbour", "") };
        assert_eq!(found(&[of_day(1, 40.0, 100), of_day(2, 90.0, 104)]).len(), 1);
        assert_eq!(found(&[of_day(1, 40.0, 100), of_day(2, 90.0, 130)]).len(), 0);
    }

    #[test]
    fn only_numbers_in_like_company_meet() {
        let all = [
            fact(1, 40.0, "ferry lighthouse sank", ""),
            fact(2, 45.0, "ferry sank storm", ""),
            fact(3, 3.0, "family bakery corner", ""),
        ];
        assert_eq!(found(&all), [(2, Verdict::Conflict, false)]);
    }

    #[test]
    fn the_killed_are_not_the_wounded() {
        let all = [fact(1, 40.0, "ferry killed sank", ""), fact(2, 45.0, "ferry wounded sank", "")];
        assert_eq!(found(&all), []);
    }

    #[test]
    fn what_is_told_of_two_places_is_no_one_count() {
        let in_place = |document, scope: &str| Fact {
            scope: Some(scope.to_owned()),
            ..fact(document, 40.0, "ferry killed sank", "")
        };
        assert_eq!(found(&[in_place(1, "Peru"), in_place(2, "worldwide")]), []);
        assert_eq!(found(&[in_place(1, "Peru"), in_place(2, "Peru")]).len(), 1);
    }

    #[test]
    fn a_count_that_grows_is_a_series() {
        let all = [
            fact(1, 4.0, "ferry sank missing", "1984-03-01"),
            fact(2, 9.0, "ferry sank missing", "1984-03-02"),
            fact(3, 12.0, "ferry sank missing", "1984-03-03"),
        ];
        assert_eq!(found(&all), [(3, Verdict::Compatible, true)]);
    }
}
