//! Which statements are like one another: sets joined by average linkage over the cosine of what they speak of.
//!
//! A statement is a piece of a sentence and is compared by its own words, by classes of words in like company, by its months, and a little
//! by what the rest of its sentence speaks of: "it was put out after two days" is of the fire that opens the sentence. Only statements of two
//! origins are compared: what one account says twice, or its copy once more, is no reason to join anything.

use crate::statement::{DAY_OF, Statement};
use model::DocId;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

/// The least mean cosine at which two sets of statements are joined.
const ENOUGH: f64 = 0.22;

/// The cosine below which two statements have nothing in common.
const FAR: f64 = 0.15;

/// What part of a word's weight a word in like company has.
const COMPANY: f64 = 0.4;

/// What part of its weight a word has that stands in the rest of the sentence.
const CONTEXT: f64 = 0.15;

/// Pieces that have a word beyond which it leads to none of them.
const TOO_MANY: usize = 150;

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

fn signs(one: &Statement) -> impl Iterator<Item = Sign<'_>> {
    let words = one.about.keys().map(|word| Sign::Word(word));
    let company = one.company.iter().map(|class| Sign::Company(*class));
    words.chain(company).chain(one.months.iter().map(|month| Sign::Month(*month)))
}

/// How much each sign tells: the fewer statements have it, the more.
pub(crate) struct Weights<'a> {
    /// Each sign with its number.
    numbers: BTreeMap<Sign<'a>, usize>,
    /// By number: the weight.
    weights: Vec<f64>,
    /// By number: how many statements have it.
    held: Vec<usize>,
    /// By number: whether it is a day or a month. Rival days are no sign that two statements are of different things, so only days in common count.
    of_time: Vec<bool>,
}

impl<'a> Weights<'a> {
    pub(crate) fn of(all: &[&'a Statement]) -> Weights<'a> {
        let mut holding: BTreeMap<Sign, usize> = BTreeMap::new();
        for sign in all.iter().flat_map(|one| signs(one)) {
            *holding.entry(sign).or_default() += 1;
        }
        let weigh = |(sign, held): (&Sign, &usize)| {
            let rare = ((all.len() as f64 + 1.0) / (*held as f64 + 0.5)).ln();
            if matches!(sign, Sign::Company(_)) { COMPANY * rare } else { rare }
        };
        Weights {
            weights: holding.iter().map(weigh).collect(),
            held: holding.values().copied().collect(),
            of_time: holding.keys().map(Sign::is_of_time).collect(),
            numbers: holding.into_keys().enumerate().map(|(at, sign)| (sign, at)).collect(),
        }
    }

    /// The weight of a word of [`Statement::about`]; nothing where no statement has it.
    pub(crate) fn of_word(&self, word: &str) -> f64 {
        self.numbers.get(&Sign::Word(word)).map_or(0.0, |at| self.weights[*at])
    }

    /// The numbers of what a statement speaks of, in order, and of what the rest of its sentence does.
    fn signs(&self, one: &Statement) -> (Vec<usize>, Vec<usize>) {
        let own = signs(one).map(|sign| self.numbers[&sign]).collect();
        let around = one.context.iter().filter(|word| !one.about.contains_key(*word));
        (own, around.filter_map(|word| self.numbers.get(&Sign::Word(word))).copied().collect())
    }
}

/// Two statements by their places in the list, the earlier first, and their cosine.
type Alike = (usize, usize, f64);

/// The cosines of statements of two origins, as far as they have something in common. A word counts in full where both speak of it, and by
/// [`CONTEXT`] where one of them has it in the rest of its sentence; what both have only there is nothing.
fn alike(all: &[&Statement], weights: &Weights) -> Vec<Alike> {
    let signs: Vec<(Vec<usize>, Vec<usize>)> = all.iter().map(|one| weights.signs(one)).collect();
    let (mut speaking, mut beside) =
        (vec![Vec::new(); weights.weights.len()], vec![Vec::new(); weights.weights.len()]);
    for (at, (own, around)) in signs.iter().enumerate() {
        own.iter().for_each(|sign| speaking[*sign].push(at));
        around.iter().for_each(|sign| beside[*sign].push(at));
    }
    let length = |(own, around): &(Vec<usize>, Vec<usize>)| {
        let square = |part: f64| {
            move |sign: &usize| {
                if weights.of_time[*sign] { 0.0 } else { (part * weights.weights[*sign]).powi(2) }
            }
        };
        (own.iter().map(square(1.0)).sum::<f64>() + around.iter().map(square(CONTEXT)).sum::<f64>()).sqrt()
    };
    let lengths: Vec<f64> = signs.iter().map(length).collect();
    // For each later statement what the signs it shares with this one weigh.
    let mut near: Vec<f64> = vec![0.0; all.len()];
    let mut found = Vec::new();
    for (at, (own, around)) in signs.iter().enumerate() {
        let mut met = Vec::new();
        let mut meet = |sign: usize, others: &[usize], part: f64| {
            let weighs = weights.weights[sign].powi(2) * part;
            for other in &others[others.partition_point(|other| *other <= at)..] {
                if all[*other].origin == all[at].origin {
                    continue;
                }
                if near[*other] == 0.0 {
                    met.push(*other);
                }
                near[*other] += weighs;
            }
        };
        for sign in own.iter().filter(|sign| weights.held[**sign] <= TOO_MANY) {
            meet(*sign, &speaking[*sign], 1.0);
            meet(*sign, &beside[*sign], CONTEXT);
        }
        for sign in around.iter().filter(|sign| weights.held[**sign] <= TOO_MANY) {
            meet(*sign, &speaking[*sign], CONTEXT);
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

/// How many statements of each origin a set has, by origin.
type Origins = Vec<(DocId, usize)>;

/// The origins of two sets as of one.
fn together(one: &Origins, other: &Origins) -> Origins {
    let mut both: BTreeMap<DocId, usize> = one.iter().copied().collect();
    other.iter().for_each(|(origin, count)| *both.entry(*origin).or_default() += count);
    both.into_iter().collect()
}

/// How many pairs of statements of two origins there are between two sets.
fn pairs_between(one: &Origins, other: &Origins) -> usize {
    let count = |of: &Origins| of.iter().map(|(_, count)| count).sum::<usize>();
    let within = one.iter().filter_map(|(origin, count)| {
        let at = other.binary_search_by_key(origin, |(known, _)| *known).ok()?;
        Some(count * other[at].1)
    });
    count(one) * count(other) - within.sum::<usize>()
}

/// Statements in like words by their places in the list, and the mean likeness of two of them that are of two origins.
pub(crate) type Set = (Vec<usize>, f64);

/// Sets joined while the mean likeness between two of them is enough; single ones are left out.
pub(crate) fn sets(all: &[&Statement], weights: &Weights) -> Vec<Set> {
    let count = all.len();
    let alike = alike(all, weights);
    let mut sets: Vec<Vec<usize>> = (0..count).map(|at| vec![at]).collect();
    let mut origins: Vec<Origins> = all.iter().map(|one| vec![(one.origin, 1)]).collect();
    // What the likenesses within each set come to, and of how many pairs of two origins.
    let mut held: Vec<(f64, usize)> = vec![(0.0, 0); count];
    // Where each set went: itself, or one it became part of.
    let mut within: Vec<usize> = (0..count).collect();
    // Sets near each other with the sum of the likenesses between them; a set that became part of another still stands here.
    let mut near: Vec<Vec<(usize, f64)>> = vec![Vec::new(); count];
    let mut pairs: Vec<Pair> = Vec::new();
    for (one, other, likeness) in &alike {
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
        let between = pairs_between(&origins[one], &origins[other]);
        let likeness: f64 = near[one]
            .iter()
            .filter(|(next, _)| outermost(&mut within, *next) == other)
            .map(|(_, sum)| sum)
            .sum();
        held.push((held[one].0 + held[other].0 + likeness, held[one].1 + held[other].1 + between));
        origins.push(together(&origins[one], &origins[other]));
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
            let cross = pairs_between(&origins[made], &origins[*next]);
            let mean = if cross > 0 { sum / cross as f64 } else { 0.0 };
            if mean >= ENOUGH {
                made_pairs.push(Pair(mean, Reverse(*next), Reverse(made)));
            }
        }
        near.push(own_near);
        sets.push(set);
    }
    let all = sets.into_iter().zip(held).filter(|(set, _)| set.len() > 1);
    let mut found: Vec<Set> =
        all.map(|(set, (likeness, pairs))| (set, likeness / pairs.max(1) as f64)).collect();
    found.iter_mut().for_each(|(set, _)| set.sort_unstable());
    found.sort_unstable_by(|(one, _), (other, _)| one.cmp(other));
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
