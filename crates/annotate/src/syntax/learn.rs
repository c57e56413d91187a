//! Learning the tagger and the parser from a treebank.

use super::form::{Form, forms};
use super::parse::{State, Step};
use super::{parse, tag};
use crate::linear::Weigh;
use crate::linear::learn::{Learner, next};
use crate::net::learn::{Course, Heard, Slopes, Weights, learn as learn_net, shuffled};
use crate::net::{Net, Seen};
use model::Span;

pub use super::parse::Counts;

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

/// Rounds over the treebank for the tagger.
const TAG_ROUNDS: usize = 8;
/// Parts of the treebank that are tagged by what the others teach, so that the parser learns from tags as they come.
const FOLDS: usize = 5;
const COURSE: Course = Course { rounds: 18, averaged: 5, units_left_out: 42, seed: 5 };

struct Lesson<'a> {
    tree: &'a Tree,
    forms: Vec<Form>,
}

/// What was learnt.
pub struct Learnt {
    /// Weights of tags.
    pub tags: Learner,
    /// The net of the parser, packed.
    pub parser: Vec<u8>,
}

/// Learns tagger and parser; after each round the parser so far is shown.
pub fn learn(trees: &[Tree], counts: Counts, shown: &dyn Fn(&Learner, &[u8])) -> Learnt {
    let lessons: Vec<Lesson> =
        trees.iter().map(|tree| Lesson { tree, forms: forms(&tree.text, &tree.words) }).collect();
    let all: Vec<&Lesson> = lessons.iter().collect();
    let tags = tagger(&all, counts.tags);
    let school = School { lessons: &lessons, told: &told(&lessons, counts.tags), counts };
    let words = lessons.iter().flat_map(|lesson| &lesson.forms);
    let weights = Weights::new(counts.size(), COURSE, words);
    let hear = |weights: &Weights, part: &[usize], round: usize, chance: &mut u64| {
        school.hear(weights, part, round, chance)
    };
    let parser = learn_net(weights, COURSE, trees.len(), &hear, &|net| shown(&tags, &net));
    Learnt { tags, parser }
}

/// The tags of each lesson by a tagger that did not hear it.
fn told(lessons: &[Lesson], tags: usize) -> Vec<Vec<u8>> {
    let fold = |fold: usize| {
        let others =
            lessons.iter().enumerate().filter(|(at, _)| at % FOLDS != fold).map(|(_, lesson)| lesson);
        let learner = tagger(&others.collect::<Vec<_>>(), tags).averaged();
        let own = lessons.iter().skip(fold).step_by(FOLDS);
        own.map(|lesson| tag::tags(&learner, &lesson.forms, tags)).collect::<Vec<_>>()
    };
    let folds: Vec<Vec<Vec<u8>>> = std::thread::scope(|scope| {
        let running: Vec<_> = (0..FOLDS).map(|at| scope.spawn(move || fold(at))).collect();
        running.into_iter().filter_map(|fold| fold.join().ok()).collect()
    });
    (0..lessons.len()).map(|at| folds[at % FOLDS][at / FOLDS].clone()).collect()
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

/// A treebank with tags as they come.
struct School<'t> {
    lessons: &'t [Lesson<'t>],
    told: &'t [Vec<u8>],
    counts: Counts,
}

impl School<'_> {
    /// Parses some sentences side by side, choosing steps as they come.
    fn hear(&self, weights: &Weights, part: &[usize], round: usize, chance: &mut u64) -> Slopes {
        let mut heard = Heard::default();
        let mut states: Vec<State> =
            part.iter().map(|at| State::new(&self.lessons[*at].forms, &self.told[*at])).collect();
        let tokens: Vec<_> = part.iter().map(|at| weights.tokens(&self.lessons[*at].forms, chance)).collect();
        loop {
            let open: Vec<usize> = (0..states.len()).filter(|at| !states[*at].is_done()).collect();
            if open.is_empty() {
                return weights.slopes(&heard);
            }
            let from = heard.len();
            for at in &open {
                weights.look(states[*at].view(self.counts), &tokens[*at], &mut heard);
            }
            weights.think(&mut heard, from, chance);
            for (view, at) in (from..).zip(open) {
                let tree = self.lessons[part[at]].tree;
                let (step, relation) =
                    self.judge(weights, &mut heard, view, &states[at], tree, round, chance);
                states[at].take(step, relation);
            }
        }
    }

    /// Chooses a step by the dynamic oracle of Goldberg and Nivre (2013) or by what weighs most, and its relation, and lays down what
    /// should have weighed more. A relation is learnt where a word is hung on its right head.
    #[allow(clippy::too_many_arguments, reason = "what one step of one sentence needs")]
    fn judge(
        &self,
        weights: &Weights,
        heard: &mut Heard,
        view: usize,
        state: &State,
        tree: &Tree,
        round: usize,
        chance: &mut u64,
    ) -> (Step, u8) {
        let gold: Vec<u16> = tree.heads.iter().map(|(head, _)| *head).collect();
        let costs = state.costs(&gold);
        let may = || Step::ALL.into_iter().filter(|step| state.may(*step)).map(|step| step as usize);
        let least = may().map(|step| costs[step]).min().unwrap_or(0);
        let right = |step: usize| costs[step] == least;
        let shares = weights.shares(heard, view, may());
        heard.judge(view, &shares, right);
        let best = |only: &dyn Fn(usize) -> bool| {
            let all = shares.iter().filter(|(step, _)| only(*step));
            all.max_by(|a, b| a.1.total_cmp(&b.1)).map_or(0, |(step, _)| *step)
        };
        let said = best(&|_| true);
        // After the first round the parser goes its own way, mistakes included, to learn what follows from them.
        let follow = right(said) || round > 0 && next(chance) % 10 < 9;
        let step = Step::ALL[if follow { said } else { best(&right) }];
        let Some((word, head)) = state.hung(step) else { return (step, 0) };
        let relations = self.counts.relations_of(step);
        let from = relations.start;
        let shares = weights.shares(heard, view, relations);
        let (right_head, right) = tree.heads[usize::from(word)];
        if right_head == head {
            heard.judge(view, &shares, |at| at - from == usize::from(right));
        }
        let said = shares.iter().max_by(|a, b| a.1.total_cmp(&b.1));
        (step, said.map_or(0, |(at, _)| (at - from) as u8))
    }
}

/// Tags and parses sentences of a treebank with what was learnt.
pub struct Taught<'w, W: Weigh> {
    counts: Counts,
    tags: &'w W,
    parser: Net,
    seen: Seen,
}

impl<'w, W: Weigh> Taught<'w, W> {
    /// What these weights and this packed net know.
    pub fn new(counts: Counts, tags: &'w W, parser: &'static [u8]) -> Taught<'w, W> {
        Taught { counts, tags, parser: Net::read(parser), seen: Seen::default() }
    }

    /// The tags, heads and relations of a sentence.
    pub fn read(&mut self, tree: &Tree) -> (Vec<u8>, Vec<(u16, u8)>) {
        let forms = forms(&tree.text, &tree.words);
        let told = tag::tags(self.tags, &forms, self.counts.tags);
        let heads = parse::parse(&self.parser, self.counts, &mut self.seen, &forms, &told);
        (told, heads)
    }
}
