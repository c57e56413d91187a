//! Learning the tagger and the parser from a treebank.

use super::form::{Form, Known, forms};
use super::parse::{State, Step, choose, weighed};
use super::{parse, relation, tag};
use crate::linear::Weigh;
use crate::linear::learn::{Learner, next};
use model::Span;

/// A sentence of a treebank.
pub struct Tree {
    /// Its words.
    pub text: String,
    /// Where they stand.
    pub words: Vec<Span>,
    /// Their tags, by number.
    pub tags: Vec<u8>,
    /// Their heads, the root being the number of words, and relations by number.
    pub heads: Vec<(u16, u8)>,
}

/// Rounds over the treebank.
const TAG_ROUNDS: usize = 8;
const PARSE_ROUNDS: usize = 12;
/// Learners whose weights are averaged.
const LEARNERS: u64 = 3;
/// Parts of the treebank that are tagged by what the others teach, so that the parser learns from tags as they come.
const FOLDS: usize = 5;

/// A right choice must weigh so much more than the best wrong one, or it is learnt as a mistake is: weights that
/// matter grow apart from those that do not, which can then be left out.
const MARGIN: f32 = 30.0;

struct Lesson<'a> {
    tree: &'a Tree,
    forms: Vec<Form>,
}

/// What was learnt: tags, heads, relations.
pub struct Learnt {
    /// Weights of tags.
    pub tags: Learner,
    /// Weights of steps.
    pub steps: Learner,
    /// Weights of relations.
    pub relations: Learner,
}

/// Learns all three.
pub fn learn(trees: &[Tree], tags: usize, relations: usize) -> Learnt {
    let lessons: Vec<Lesson> = trees
        .iter()
        .map(|tree| Lesson { tree, forms: forms(&tree.text, &tree.words, &mut Known::default()) })
        .collect();
    let all: Vec<&Lesson> = lessons.iter().collect();
    let tagger = tagger(&all, tags);
    let mut told: Vec<Vec<u8>> = vec![Vec::new(); lessons.len()];
    for fold in 0..FOLDS {
        let others: Vec<&Lesson> = lessons
            .iter()
            .enumerate()
            .filter(|(at, _)| at % FOLDS != fold)
            .map(|(_, lesson)| lesson)
            .collect();
        let learner = self::tagger(&others, tags).averaged();
        for at in (fold..lessons.len()).step_by(FOLDS) {
            told[at] = tag::tags(&learner, &lessons[at].forms, tags);
        }
    }
    // Several learners that hear the lessons in other orders: what only chance taught one of them shrinks in the mean.
    let learnt: Vec<(Learner, Learner)> = std::thread::scope(|scope| {
        let learners: Vec<_> = (0..LEARNERS)
            .map(|seed| {
                let (lessons, told) = (&lessons, &told);
                scope.spawn(move || parser(lessons, told, relations, 7 + seed))
            })
            .collect();
        learners.into_iter().filter_map(|learner| learner.join().ok()).collect()
    });
    let (steps, relations): (Vec<Learner>, Vec<Learner>) = learnt.into_iter().unzip();
    Learnt { tags: tagger, steps: Learner::mean(steps), relations: Learner::mean(relations) }
}

fn shuffled(count: usize, chance: &mut u64) -> Vec<usize> {
    let mut order: Vec<usize> = (0..count).collect();
    for at in (1..count).rev() {
        order.swap(at, next(chance) as usize % (at + 1));
    }
    order
}

fn tagger(lessons: &[&Lesson], count: usize) -> Learner {
    let mut learner = Learner::default();
    let mut chance = 1;
    let mut held = Vec::new();
    for _ in 0..TAG_ROUNDS {
        for lesson in shuffled(lessons.len(), &mut chance) {
            let Lesson { tree, forms } = lessons[lesson];
            let mut tags = vec![0; forms.len()];
            for at in 0..forms.len() {
                learner.step();
                tag::features(forms, &tags, at, &mut held);
                tags[at] = tag::best(&learner, &held, count);
                if tags[at] != tree.tags[at] {
                    for feature in &held {
                        learner.learn(*feature, tree.tags[at], 1.0);
                        learner.learn(*feature, tags[at], -1.0);
                    }
                }
            }
        }
    }
    learner
}

/// Steps and relations are learnt together, so that each sees what the other makes.
fn parser(lessons: &[Lesson], told: &[Vec<u8>], count: usize, seed: u64) -> (Learner, Learner) {
    let (mut steps, mut relations) = (Learner::default(), Learner::default());
    let mut chance = seed;
    let (mut held, mut seen) = (Vec::new(), Vec::new());
    for round in 0..PARSE_ROUNDS {
        for lesson in shuffled(lessons.len(), &mut chance) {
            let Lesson { tree, forms } = &lessons[lesson];
            let gold: Vec<u16> = tree.heads.iter().map(|(head, _)| *head).collect();
            let mut state = State::new(forms, &told[lesson]);
            while !state.is_done() {
                steps.step();
                state.features(&mut held);
                let said = choose(&steps, &state, &held);
                let costs = state.costs(&gold);
                let cost = |step: Step| costs[step as usize];
                let may = || Step::ALL.into_iter().filter(|step| state.may(*step));
                let least = may().map(cost).min().unwrap_or(0);
                let good = cost(said) == least;
                let sums = weighed(&steps, &held);
                let right = may()
                    .filter(|step| cost(*step) == least)
                    .max_by(|a, b| sums[*a as usize].total_cmp(&sums[*b as usize]))
                    .unwrap_or(said);
                let wrong = may()
                    .filter(|step| cost(*step) > least)
                    .max_by(|a, b| sums[*a as usize].total_cmp(&sums[*b as usize]));
                if let Some(wrong) = wrong
                    && sums[right as usize] - sums[wrong as usize] < MARGIN
                {
                    for feature in &held {
                        steps.learn(*feature, right as u8, 1.0);
                        steps.learn(*feature, wrong as u8, -1.0);
                    }
                }
                // After some rounds the parser goes its own way, mistakes included, to learn what follows from them.
                let follow = good || round > 1 && next(&mut chance) % 10 < 9;
                let step = if follow { said } else { right };
                let relation = state.hung(step).map_or(0, |(word, head)| {
                    relation::features(&state, usize::from(word), usize::from(head), &mut seen);
                    relations.step();
                    let mut sums = [0.0f32; 128];
                    relations.weigh_all(&seen, &mut sums[..count]);
                    let (right_head, right) = tree.heads[usize::from(word)];
                    let best = |but: Option<u8>| {
                        (0..count as u8)
                            .filter(|at| Some(*at) != but)
                            .max_by(|a, b| sums[usize::from(*a)].total_cmp(&sums[usize::from(*b)]))
                            .unwrap_or(0)
                    };
                    let said = best(None);
                    let wrong = best(Some(right));
                    if right_head == head && sums[usize::from(right)] - sums[usize::from(wrong)] < MARGIN {
                        for feature in &seen {
                            relations.learn(*feature, right, 1.0);
                            relations.learn(*feature, wrong, -1.0);
                        }
                    }
                    said
                });
                state.take(step, relation);
            }
        }
    }
    (steps, relations)
}

/// The tags, heads and relations that weights give a sentence of a treebank.
pub fn read<W: Weigh>(
    weights: [&W; 3],
    tree: &Tree,
    tags: usize,
    relations: usize,
) -> (Vec<u8>, Vec<(u16, u8)>) {
    let forms = forms(&tree.text, &tree.words, &mut Known::default());
    let told = tag::tags(weights[0], &forms, tags);
    let heads = parse::parse(weights[1], weights[2], &forms, &told, relations);
    (told, heads)
}
