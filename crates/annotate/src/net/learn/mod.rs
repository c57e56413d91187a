//! Learning the nets that ship: sentences are read side by side as the net so far reads them, and what it got wrong
//! moves its weights (Adam, with units and words left out by chance).

mod table;

pub(crate) use table::{Pace, Table};

use super::token::{UNIT, all, whole};
use super::{HIDDEN, ONE, Parts, Size, TAIL, TAILS, TOKEN, View, WORD, tail};
use crate::linear::learn::{next, shuffle};
use crate::syntax::Form;
use std::collections::BTreeMap;
use table::{Row, add, backward_inputs, backward_weights, dot, forward};

/// How a net is learnt.
#[derive(Clone, Copy)]
pub(crate) struct Course {
    /// Times the lessons are heard.
    pub(crate) rounds: usize,
    /// Rounds at the end over whose steps the weights are averaged.
    pub(crate) averaged: usize,
    /// Of a hundred hidden units so many are left out of a lesson by chance.
    pub(crate) units_left_out: u64,
    /// Where chance begins.
    pub(crate) seed: u64,
}

/// Sentences learnt from at once, and how many of them one thread takes.
const BATCH: usize = 32;
const SHARE: usize = 8;
const STEP: f32 = 0.002;
/// The published numbers of words move so much slower than the rest, being right for words the lessons lack too.
const WORD_PACE: f32 = 0.3;
/// Of a hundred words so many are taken as unknown by chance.
const WORDS_LEFT_OUT: u64 = 8;
/// Times a word is met in the lessons for a net to have numbers of its own for it.
const OFTEN: usize = 3;

/// A net while it is learnt.
pub(crate) struct Weights {
    size: Size,
    units_left_out: u64,
    keys: Vec<u32>,
    /// Row 0 is that of words unknown.
    words: Table,
    met: Vec<usize>,
    tails: Table,
    nodes: Table,
    rows: Table,
    bias: Table,
    outputs: Table,
    output_bias: Table,
}

/// The rows of a word.
#[derive(Clone, Copy)]
pub(crate) struct Token {
    word: usize,
    tail: usize,
}

/// Views of sentences that are read side by side, and what was wrong with what was made of them.
#[derive(Default)]
pub(crate) struct Heard {
    inputs: Vec<f32>,
    tokens: Vec<Option<Token>>,
    views: Vec<View>,
    hidden: Vec<Row>,
    /// Slopes of outputs: of which view, which output, how much.
    outputs: Vec<(usize, usize, f32)>,
}

impl Heard {
    /// How many views were heard.
    pub(crate) fn len(&self) -> usize {
        self.views.len()
    }

    /// Lays down what shares outputs of a view had and which were right: those share what they have.
    pub(crate) fn judge(&mut self, view: usize, shares: &[(usize, f32)], right: impl Fn(usize) -> bool) {
        let good: f32 = shares.iter().filter(|(at, _)| right(*at)).map(|(_, share)| share).sum();
        for (at, share) in shares {
            let own = if right(*at) { share / good.max(1e-9) } else { 0.0 };
            self.outputs.push((view, *at, share - own));
        }
    }
}

/// Slopes of all tables.
pub(crate) struct Slopes {
    words: BTreeMap<usize, [f32; WORD]>,
    tails: BTreeMap<usize, [f32; TAIL]>,
    nodes: Vec<f32>,
    rows: BTreeMap<u32, Row>,
    bias: Vec<f32>,
    outputs: Vec<f32>,
    output_bias: Vec<f32>,
}

/// Reads some lessons by number with the weights so far, in a round, with chance, and tells how the weights should move.
pub(crate) type Hear<'h> = dyn Fn(&Weights, &[usize], usize, &mut u64) -> Slopes + Sync + 'h;

/// Learns a net: `hear` reads some of `count` lessons with the weights so far, the round and a seed given, and tells how they should move.
/// After each round the net is shown as it is.
pub(crate) fn learn(
    mut weights: Weights,
    course: Course,
    count: usize,
    hear: &Hear,
    shown: &dyn Fn(Vec<u8>),
) -> Vec<u8> {
    let mut chance = course.seed;
    let (mut steps, mut remembered) = (0, 0);
    let all = count.div_ceil(BATCH) * course.rounds;
    for round in 0..course.rounds {
        let order = shuffled(count, &mut chance);
        for batch in order.chunks(BATCH) {
            steps += 1;
            let seed = next(&mut chance);
            let known = &weights;
            let slopes: Vec<Slopes> = std::thread::scope(|scope| {
                let running: Vec<_> = batch
                    .chunks(SHARE)
                    .zip(0..)
                    .map(|(part, at)| {
                        scope.spawn(move || {
                            let mut chance = (seed + at).wrapping_mul(2_654_435_761).wrapping_add(1);
                            next(&mut chance);
                            hear(known, part, round, &mut chance)
                        })
                    })
                    .collect();
                running.into_iter().filter_map(|part| part.join().ok()).collect()
            });
            let left = 1.0 - steps as f32 / all as f32;
            let pace = Pace { step: STEP * left.max(0.05) * (steps as f32 / 200.0).min(1.0), steps };
            weights.descend(slopes, pace);
            if round + course.averaged >= course.rounds && steps % 10 == 0 {
                remembered += 1;
                weights.tables().into_iter().for_each(Table::remember);
            }
        }
        shown(weights.packed(remembered));
    }
    weights.packed(remembered)
}

/// The numbers below one in an order by chance.
pub(crate) fn shuffled(count: usize, chance: &mut u64) -> Vec<usize> {
    let mut order: Vec<usize> = (0..count).collect();
    shuffle(&mut order, chance);
    order
}

impl Weights {
    /// A net that knows nothing but the published numbers of words; `lessons` are the words it will hear.
    pub(crate) fn new<'f>(size: Size, course: Course, lessons: impl Iterator<Item = &'f Form>) -> Weights {
        let (keys, known) = all();
        let mut words = vec![0.0; WORD];
        words.extend(known);
        let mut chance = course.seed.wrapping_add(11);
        let mut table = |length: usize, wide: f32| Table::random(length, wide, &mut chance);
        let input = size.nodes * TOKEN;
        let mut weights = Weights {
            size,
            units_left_out: course.units_left_out,
            keys,
            met: vec![0; words.len() / WORD],
            words: Table::of(words),
            tails: table(TAILS * TAIL, 0.3),
            nodes: table(input * HIDDEN, (2.0 / input as f32).sqrt()),
            rows: table(size.rows * HIDDEN, 0.1),
            bias: Table::of(vec![0.1; HIDDEN]),
            outputs: table(size.outputs * HIDDEN, 0.05),
            output_bias: Table::of(vec![0.0; size.outputs]),
        };
        for form in lessons {
            let word = weights.word(form);
            weights.met[word] += 1;
        }
        weights
    }

    fn tables(&mut self) -> [&mut Table; 7] {
        [
            &mut self.words,
            &mut self.tails,
            &mut self.nodes,
            &mut self.rows,
            &mut self.bias,
            &mut self.outputs,
            &mut self.output_bias,
        ]
    }

    fn word(&self, form: &Form) -> usize {
        self.keys.binary_search(&form.lower).map_or(0, |at| at + 1)
    }

    /// The rows of a sentence's words, some taken as unknown by chance.
    pub(crate) fn tokens(&self, forms: &[Form], chance: &mut u64) -> Vec<Token> {
        let mut token = |form: &Form| Token {
            word: if next(chance) % 100 < WORDS_LEFT_OUT { 0 } else { self.word(form) },
            tail: tail(form),
        };
        forms.iter().map(&mut token).collect()
    }

    /// Lays down a view.
    pub(crate) fn look(&self, view: View, tokens: &[Token], heard: &mut Heard) {
        for node in &view.nodes {
            let token = tokens.get(usize::from(*node)).copied();
            match token {
                Some(token) => {
                    heard.inputs.extend_from_slice(&self.words.values[token.word * WORD..][..WORD]);
                    heard.inputs.extend_from_slice(&self.tails.values[token.tail * TAIL..][..TAIL]);
                }
                None => heard.inputs.extend_from_slice(&[0.0; TOKEN]),
            }
            heard.tokens.push(token);
        }
        heard.views.push(view);
    }

    /// Fills the hidden layers of the views from `from` on, some units left out by chance.
    pub(crate) fn think(&self, heard: &mut Heard, from: usize, chance: &mut u64) {
        let mut hidden = vec![[0.0; HIDDEN]; heard.views.len() - from];
        let rows = self.rows.values.as_chunks::<HIDDEN>().0;
        for (layer, view) in hidden.iter_mut().zip(&heard.views[from..]) {
            layer.copy_from_slice(&self.bias.values);
            view.rows.iter().for_each(|row| add(layer, &rows[*row as usize], 1.0));
        }
        forward(&heard.inputs[from * self.size.nodes * TOKEN..], &self.nodes.values, &mut hidden);
        let kept = self.kept();
        for unit in hidden.iter_mut().flatten() {
            let left_out = *unit <= 0.0 || next(chance) % 100 < self.units_left_out;
            *unit = if left_out { 0.0 } else { *unit * kept };
        }
        heard.hidden.append(&mut hidden);
    }

    /// What a unit that is kept counts for, some being left out.
    fn kept(&self) -> f32 {
        100.0 / (100 - self.units_left_out) as f32
    }

    /// What share of the whole each of some outputs of a view has.
    pub(crate) fn shares(
        &self,
        heard: &Heard,
        view: usize,
        of: impl Iterator<Item = usize>,
    ) -> Vec<(usize, f32)> {
        let outputs = self.outputs.values.as_chunks::<HIDDEN>().0;
        let hidden = &heard.hidden[view];
        let mut shares: Vec<(usize, f32)> =
            of.map(|at| (at, dot(hidden, &outputs[at]) + self.output_bias.values[at])).collect();
        let most = shares.iter().map(|(_, weight)| *weight).fold(f32::NEG_INFINITY, f32::max);
        shares.iter_mut().for_each(|(_, weight)| *weight = (*weight - most).exp());
        let sum: f32 = shares.iter().map(|(_, share)| share).sum();
        shares.iter_mut().for_each(|(_, share)| *share /= sum);
        shares
    }

    /// How all tables should move.
    pub(crate) fn slopes(&self, heard: &Heard) -> Slopes {
        let zeros = |table: &Table| vec![0.0; table.values.len()];
        let mut slopes = Slopes {
            words: BTreeMap::new(),
            tails: BTreeMap::new(),
            nodes: zeros(&self.nodes),
            rows: BTreeMap::new(),
            bias: zeros(&self.bias),
            outputs: zeros(&self.outputs),
            output_bias: zeros(&self.output_bias),
        };
        let mut layers = vec![[0.0; HIDDEN]; heard.hidden.len()];
        for (view, output, slope) in &heard.outputs {
            slopes.output_bias[*output] += slope;
            add(&mut slopes.outputs.as_chunks_mut::<HIDDEN>().0[*output], &heard.hidden[*view], *slope);
            add(&mut layers[*view], &self.outputs.values.as_chunks::<HIDDEN>().0[*output], *slope);
        }
        let kept = self.kept();
        for (layer, hidden) in layers.iter_mut().zip(&heard.hidden) {
            layer
                .iter_mut()
                .zip(hidden)
                .for_each(|(slope, unit)| *slope *= if *unit > 0.0 { kept } else { 0.0 });
        }
        for (layer, view) in layers.iter().zip(&heard.views) {
            sum(&mut slopes.bias, layer);
            for row in &view.rows {
                add(slopes.rows.entry(*row).or_insert([0.0; HIDDEN]), layer, 1.0);
            }
        }
        backward_weights(&heard.inputs, &layers, &mut slopes.nodes);
        let mut inputs = vec![0.0; heard.inputs.len()];
        backward_inputs(&layers, &self.nodes.values, &mut inputs);
        for (input, token) in inputs.as_chunks::<TOKEN>().0.iter().zip(&heard.tokens) {
            if let Some(token) = token {
                sum(slopes.words.entry(token.word).or_insert([0.0; WORD]), &input[..WORD]);
                sum(slopes.tails.entry(token.tail).or_insert([0.0; TAIL]), &input[WORD..]);
            }
        }
        slopes
    }

    fn descend(&mut self, parts: Vec<Slopes>, pace: Pace) {
        let Some(all) = parts.into_iter().reduce(|mut all, part| {
            for (row, slopes) in part.words {
                sum(all.words.entry(row).or_insert([0.0; WORD]), &slopes);
            }
            for (row, slopes) in part.tails {
                sum(all.tails.entry(row).or_insert([0.0; TAIL]), &slopes);
            }
            for (row, slopes) in part.rows {
                sum(all.rows.entry(row).or_insert([0.0; HIDDEN]), &slopes);
            }
            sum(&mut all.nodes, &part.nodes);
            sum(&mut all.bias, &part.bias);
            sum(&mut all.outputs, &part.outputs);
            sum(&mut all.output_bias, &part.output_bias);
            all
        }) else {
            return;
        };
        for (row, slopes) in &all.words {
            self.words.descend(row * WORD, slopes, Pace { step: pace.step * WORD_PACE, ..pace });
        }
        for (row, slopes) in &all.tails {
            self.tails.descend(row * TAIL, slopes, pace);
        }
        for (row, slopes) in &all.rows {
            self.rows.descend(*row as usize * HIDDEN, slopes, pace);
        }
        self.nodes.descend(0, &all.nodes, pace);
        self.bias.descend(0, &all.bias, pace);
        self.outputs.descend(0, &all.outputs, pace);
        self.output_bias.descend(0, &all.output_bias, pace);
    }

    /// The net in whole numbers.
    fn packed(&self, remembered: usize) -> Vec<u8> {
        let mean = |table: &Table| table.mean(remembered);
        let half = |number: f32| number.round().clamp(-32767.0, 32767.0) as i16;
        let whole_ones =
            |values: Vec<f32>| values.into_iter().map(|value| half(value * ONE)).collect::<Vec<i16>>();
        // Numbers of words that the lessons moved; the rest are those that ship for all nets.
        let words = mean(&self.words);
        let own = (0..self.met.len()).filter(|row| *row == 0 || self.met[*row] >= OFTEN);
        let (mut keys, mut own_words) = (Vec::new(), Vec::new());
        for row in own {
            keys.push(row.checked_sub(1).map_or(0, |at| self.keys[at]));
            own_words.extend(whole(&words[row * WORD..][..WORD], UNIT));
        }
        let tails = mean(&self.tails);
        let greatest = |values: &[f32]| values.iter().fold(1e-6f32, |most, value| most.max(value.abs()));
        let tail_unit = greatest(&tails) / 127.0;
        let nodes = mean(&self.nodes);
        let mut weights = Vec::with_capacity(nodes.len());
        for node in nodes.as_chunks::<HIDDEN>().0.chunks(TOKEN) {
            for unit in 0..HIDDEN {
                for (number, row) in node.iter().enumerate() {
                    weights.push(row[unit] * if number < WORD { UNIT } else { tail_unit } * ONE);
                }
            }
        }
        let shift = (32000.0 / greatest(&weights)).log2().floor().clamp(0.0, 16.0) as u32;
        let weights = weights.into_iter().map(|weight| half(weight * (1u32 << shift) as f32)).collect();
        let outputs = mean(&self.outputs);
        let unit = 1023.0 / greatest(&outputs);
        let bias = |bias: f32| (bias * unit * ONE / 2.0).round() as i32;
        Parts {
            size: self.size,
            shift,
            keys,
            words: own_words,
            tails: whole(&tails, tail_unit),
            halves: [
                weights,
                whole_ones(mean(&self.rows)),
                whole_ones(mean(&self.bias)),
                outputs.iter().map(|weight| half(weight * unit)).collect(),
            ],
            output_bias: mean(&self.output_bias).into_iter().map(bias).collect(),
        }
        .pack()
    }
}

fn sum(to: &mut [f32], from: &[f32]) {
    to.iter_mut().zip(from).for_each(|(to, from)| *to += from);
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]
    use super::*;
    use crate::net::{Net, Reading, Seen};
    use crate::syntax::{forms, lexemes};
    use model::Span;

    #[test]
    fn a_packed_net_says_what_was_learnt() {
        let course = Course { rounds: 60, averaged: 10, units_left_out: 10, seed: 1 };
        let text = "ferry mayor bridge council";
        let words = lexemes(text, Span::new(0, text.len()));
        let forms = forms(text, &words);
        // Right is 1 where the word is at an odd place and 0 elsewhere, but the other way round in row 1.
        let right = |word: usize, row: usize| (word + row) % 2;
        let view = |word: usize, row: usize| View { nodes: vec![word as u16], rows: vec![row as u32] };
        let weights = Weights::new(Size { nodes: 1, rows: 2, outputs: 2 }, course, forms.iter());
        let hear = |weights: &Weights, part: &[usize], _: usize, chance: &mut u64| {
            let tokens = weights.tokens(&forms, chance);
            let mut heard = Heard::default();
            part.iter().for_each(|at| weights.look(view(at % 4, at / 4 % 2), &tokens, &mut heard));
            weights.think(&mut heard, 0, chance);
            for (number, at) in part.iter().enumerate() {
                let shares = weights.shares(&heard, number, 0..2);
                heard.judge(number, &shares, |output| output == right(at % 4, at / 4 % 2));
            }
            weights.slopes(&heard)
        };
        let net = Net::read(learn(weights, course, 64, &hear, &|_| ()).leak());
        let mut seen = Seen::default();
        let mut reading = Reading::new(&net, &mut seen, &forms);
        for (word, row) in (0..8).map(|at| (at % 4, at / 4)) {
            let hidden = reading.hidden(&view(word, row));
            assert_eq!(reading.best(&hidden, 0..2), Some(right(word, row)), "word {word}, row {row}");
        }
    }
}
