//! A timeline: the days that the accounts come back to, each with the sentences that tell of it best.
//!
//! A day matters by the origins that name it, more where they name it days later and where they open with it; a
//! rule that measured best among simple ones on published timelines. Publication dates play no part but to tell how late a
//! day is still named. A sentence printed by several documents is one sentence.

use std::collections::{BTreeMap, BTreeSet};

/// A sentence that names a day.
#[derive(Clone, Debug)]
pub struct Dated<'t> {
    /// The number of its document.
    pub document: usize,
    /// The number of its origin: copies count once.
    pub origin: usize,
    /// The day its document was published, as a day number, where it is known.
    pub published: Option<i64>,
    /// The place of the sentence in its document, from 0.
    pub place: usize,
    /// The day it names, as a day number.
    pub day: i64,
    /// The sentence.
    pub text: &'t str,
}

/// A day of a timeline.
#[derive(Clone, PartialEq, Debug)]
pub struct Day {
    /// The day, as a day number.
    pub day: i64,
    /// How much speaks for it; the greatest comes first.
    pub salience: f64,
    /// Distinct origins that name it.
    pub origins: usize,
    /// Distinct documents that name it.
    pub documents: usize,
    /// The sentences chosen, by their places in the list given, best first.
    pub sentences: Vec<usize>,
}

/// How far into a document a sentence opens it.
const LEAD: usize = 5;

/// Weights of what speaks for a day: named at least two days later, at least eight, in an opening.
const LATE: f64 = 0.7;
const VERY_LATE: f64 = 0.7;
const OPENING: f64 = 0.5;

/// The days that matter most, so many at most, in the order of time; each with so many sentences at most.
pub fn timeline(dated: &[Dated], days: usize, sentences: usize) -> Vec<Day> {
    let mut by_day: BTreeMap<i64, Vec<usize>> = BTreeMap::new();
    for (at, one) in dated.iter().enumerate() {
        by_day.entry(one.day).or_default().push(at);
    }
    let mut found: Vec<(Day, Vec<usize>)> = by_day
        .into_iter()
        .map(|(day, all)| {
            let count = |keep: &dyn Fn(&Dated) -> bool| -> f64 {
                let kept = all.iter().map(|at| &dated[*at]).filter(|one| keep(one));
                // One sentence printed by several is one mention.
                kept.map(|one| one.text).collect::<BTreeSet<_>>().len() as f64
            };
            let late =
                |by: i64| count(&|one: &Dated| one.published.is_some_and(|published| published - day >= by));
            let origins: BTreeSet<usize> = all.iter().map(|at| dated[*at].origin).collect();
            let documents: BTreeSet<usize> = all.iter().map(|at| dated[*at].document).collect();
            let salience = (origins.len() as f64).ln_1p()
                + LATE * late(2).ln_1p()
                + VERY_LATE * late(8).ln_1p()
                + OPENING * count(&|one: &Dated| one.place < LEAD).ln_1p();
            let day = Day {
                day,
                salience,
                origins: origins.len(),
                documents: documents.len(),
                sentences: Vec::new(),
            };
            (day, all)
        })
        .collect();
    found.sort_by(|a, b| b.0.salience.total_cmp(&a.0.salience).then(a.0.day.cmp(&b.0.day)));
    found.truncate(days);
    let rarity = Rarity::of(dated);
    for (day, all) in &mut found {
        day.sentences = tell(dated, all, &rarity, sentences);
    }
    found.sort_by_key(|(day, _)| day.day);
    found.into_iter().map(|(day, _)| day).collect()
}

/// In how many sentences a word stands.
struct Rarity {
    counts: BTreeMap<String, f64>,
    all: f64,
}

impl Rarity {
    fn of(dated: &[Dated]) -> Rarity {
        let mut counts: BTreeMap<String, f64> = BTreeMap::new();
        let texts: BTreeSet<&str> = dated.iter().map(|one| one.text).collect();
        for text in &texts {
            for word in words(text).into_iter().collect::<BTreeSet<_>>() {
                *counts.entry(word).or_default() += 1.0;
            }
        }
        Rarity { counts, all: texts.len() as f64 }
    }

    fn of_word(&self, word: &str) -> f64 {
        ((self.all + 1.0) / (self.counts.get(word).copied().unwrap_or(0.0) + 1.0)).ln()
    }
}

/// The words of a sentence that say something, without endings of number.
fn words(text: &str) -> Vec<String> {
    let plain = |word: &str| {
        let word = word.to_lowercase();
        word.strip_suffix('s')
            .filter(|stem| stem.len() > 3 && !stem.ends_with('s'))
            .map_or(word.clone(), str::to_owned)
    };
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().count() > 2).map(plain).collect()
}

/// Sentences shorter or longer than these many words tell too little, or too much.
const SHORTEST: usize = 5;
const LONGEST: usize = 40;

/// The sentences whose words all the sentences of a day share most, each one telling something the others do not.
fn tell(dated: &[Dated], all: &[usize], rarity: &Rarity, count: usize) -> Vec<usize> {
    let mut texts: BTreeMap<&str, usize> = BTreeMap::new();
    all.iter().for_each(|at| {
        texts.entry(dated[*at].text).or_insert(*at);
    });
    let sentences: Vec<(usize, BTreeSet<String>, usize)> = texts
        .into_iter()
        .map(|(text, at)| (at, words(text).into_iter().collect(), text.split_whitespace().count()))
        .collect();
    let mut middle: BTreeMap<&str, f64> = BTreeMap::new();
    for (_, words, _) in &sentences {
        for word in words {
            *middle.entry(word).or_default() += rarity.of_word(word);
        }
    }
    let least = sentences.len() as f64;
    let mut left: Vec<&(usize, BTreeSet<String>, usize)> =
        sentences.iter().filter(|(.., length)| (SHORTEST..=LONGEST).contains(length)).collect();
    if left.is_empty() {
        left = sentences.iter().collect();
    }
    let mut told: BTreeSet<&str> = BTreeSet::new();
    let mut chosen = Vec::new();
    while chosen.len() < count && !left.is_empty() {
        let gain = |(at, words, length): &(usize, BTreeSet<String>, usize)| -> f64 {
            let new: f64 = words
                .iter()
                .filter(|word| !told.contains(word.as_str()))
                .map(|word| middle.get(word.as_str()).copied().unwrap_or(0.0) / least)
                .sum();
            let opens = if dated[*at].place < LEAD { 1.25 } else { 1.0 };
            opens * new / (*length as f64).max(8.0).sqrt()
        };
        let best =
            left.iter().enumerate().max_by(|a, b| gain(a.1).total_cmp(&gain(b.1)).then(b.1.0.cmp(&a.1.0)));
        let Some((at, _)) = best else { break };
        let (sentence, words, _) = left.swap_remove(at);
        told.extend(words.iter().map(String::as_str));
        chosen.push(*sentence);
    }
    chosen
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dated(document: usize, origin: usize, day: i64, text: &str) -> Dated<'_> {
        Dated { document, origin, published: Some(day + 1), place: 0, day, text }
    }

    #[test]
    fn five_copies_of_a_day_weigh_no_more_than_one() {
        let mut all: Vec<Dated> =
            (0..5).map(|at| dated(at, 0, 10, "The dam broke that night above the town.")).collect();
        all.push(dated(5, 5, 20, "The minister came to see the broken dam."));
        all.push(dated(6, 6, 20, "A minister walked over the mud to the dam."));
        let days = timeline(&all, 1, 1);
        assert_eq!((days[0].day, days[0].origins, days[0].documents), (20, 2, 2));
        assert_eq!(timeline(&all, 5, 2).iter().map(|day| day.day).collect::<Vec<_>>(), [10, 20]);
    }
}
