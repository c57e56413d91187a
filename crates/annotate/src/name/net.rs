//! A small net over word vectors that speaks beside the linear model: what its words and kinds of words add to sixty-four
//! units, and what these add to each label. In whole numbers, so that it says the same everywhere.

use super::decode::Node;
use super::label::LABELS;
use super::view::{NODES, ROWS, View, Views};
use crate::net::{WORD, halves, numbers, product};
use std::collections::HashMap;

/// Units of the hidden layer.
pub(super) const UNITS: usize = 64;
/// One in the whole numbers of the hidden layer.
pub(super) const ONE: f32 = 512.0;
/// One in the whole numbers of what a unit adds to a label.
pub(super) const FINE: f32 = 64.0;

pub(super) type Layer = [i16; UNITS];

/// Numbers of a word, filled up to a multiple of eight.
const WIDE: usize = WORD.next_multiple_of(8);
type Numbers = [i16; WIDE];

/// The net as it ships.
///
/// Layout of its bytes, little-endian, numbers of two bytes unless told otherwise: the shift of what words add (4 bytes);
/// the weights of words `[node][number][unit]`; the rows; the biases of units; the labels `[label][unit]`; the biases of labels.
pub(super) struct Net {
    shift: u32,
    /// What the numbers of words weigh, `[node][unit]`.
    nodes: Vec<Numbers>,
    rows: Vec<Layer>,
    bias: Layer,
    labels: Vec<Layer>,
    label_bias: Vec<i16>,
}

impl Net {
    /// The net that ships with the program.
    ///
    /// # Panics
    /// If the bytes are not what was packed.
    pub(super) fn read(bytes: &[u8]) -> Net {
        let (shift, rest) = bytes.split_at(4);
        let all = halves(rest);
        let (layers, label_bias) = all.as_chunks::<UNITS>();
        let (nodes, layers) = layers.split_at(NODES * WORD);
        let (rows, layers) = layers.split_at(ROWS);
        let (bias, labels) = layers.split_at(1);
        assert_eq!(
            (labels.len(), label_bias.len()),
            (LABELS, LABELS),
            "a net that ships with the program is whole"
        );
        Net {
            shift: shift.try_into().map_or(0, u32::from_le_bytes),
            nodes: nodes.as_chunks::<WORD>().0.iter().flat_map(by_unit).collect(),
            rows: rows.to_vec(),
            bias: bias[0],
            labels: labels.to_vec(),
            label_bias: label_bias.to_vec(),
        }
    }

    /// What a word adds to the hidden layer at each node.
    fn adds(&self, key: u32) -> [Layer; NODES] {
        let Some(numbers) = numbers(key) else { return [[0; UNITS]; NODES] };
        let mut word = [0; WIDE];
        word.iter_mut().zip(numbers).for_each(|(to, from)| *to = i16::from(*from as i8));
        std::array::from_fn(|node| {
            std::array::from_fn(|unit| {
                let sum = product(&word, &self.nodes[node * UNITS + unit]) >> self.shift;
                sum.clamp(i32::from(i16::MIN), i32::from(i16::MAX)) as i16
            })
        })
    }

    fn weigh(&self, view: &View, words: &[u32], seen: &Seen, into: &mut Node) {
        let mut layer = self.bias;
        let mut add = |row: &Layer| {
            layer.iter_mut().zip(row).for_each(|(sum, more)| *sum = sum.saturating_add(*more));
        };
        for (node, place) in view.nodes.iter().enumerate() {
            let word = place.and_then(|place| words.get(usize::from(place)));
            word.iter().for_each(|word| add(&seen.rows[**word as usize][node]));
        }
        view.rows.iter().for_each(|row| add(&self.rows[usize::from(*row)]));
        layer.iter_mut().for_each(|unit| *unit = (*unit).max(0));
        for ((sum, weights), bias) in into.iter_mut().zip(&self.labels).zip(&self.label_bias) {
            let said = product(&layer, weights);
            *sum += said as f32 / (ONE * FINE) + f32::from(*bias) / FINE;
        }
    }

    /// Adds to the labels of each word what the net says.
    pub(super) fn weigh_all(&self, sentence: &Views, seen: &mut Seen, into: &mut [Node]) {
        const KEPT: usize = 16_000;
        if seen.rows.len() + sentence.keys.len() > KEPT {
            *seen = Seen::default();
        }
        let mut looked = vec![false; sentence.keys.len()];
        let views = || sentence.views.iter().flatten();
        views().flat_map(|view| view.nodes).flatten().for_each(|place| looked[usize::from(place)] = true);
        let words: Vec<u32> = (sentence.keys.iter().zip(looked))
            .map(|(key, looked)| if looked { seen.place(self, *key) } else { 0 })
            .collect();
        for (view, node) in sentence.views.iter().zip(into) {
            if let Some(view) = view {
                self.weigh(view, &words, seen, node);
            }
        }
    }
}

/// The weights of a node, those of each unit side by side.
fn by_unit(node: &[Layer; WORD]) -> [Numbers; UNITS] {
    std::array::from_fn(|unit| std::array::from_fn(|at| node.get(at).map_or(0, |row| row[unit])))
}

/// What words met before add: most words of a text were. At most sixteen megabytes.
#[derive(Default)]
pub(super) struct Seen {
    places: HashMap<u32, u32>,
    rows: Vec<[Layer; NODES]>,
}

impl Seen {
    fn place(&mut self, net: &Net, key: u32) -> u32 {
        *self.places.entry(key).or_insert_with(|| {
            self.rows.push(net.adds(key));
            self.rows.len() as u32 - 1
        })
    }
}
