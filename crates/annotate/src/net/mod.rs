//! Nets with one hidden layer over words and small tables (Chen and Manning 2014), in whole numbers, so that they say
//! the same everywhere: what chooses the steps of a parse.
//!
//! A view of a sentence is a few of its words, each at a node, and rows of tables ("the word before is a verb"). What a
//! word adds to the hidden layer at a node is the same wherever it stands, so it is made once and kept.

pub(crate) mod learn;
mod token;

pub(crate) use learn::{Pace, Table};
pub use token::pack as pack_words;
pub(crate) use token::{TAIL, TAILS, TOKEN, UNIT, WORD, halves, numbers, tail};

use crate::syntax::Form;
use std::collections::HashMap;
use token::bytes_of;
use wide::{i16x8, i32x4};

/// Units of the hidden layer.
pub(crate) const HIDDEN: usize = 400;
/// Units that are summed at once.
const PART: usize = 80;
/// One in the whole numbers of the hidden layer.
const ONE: f32 = 512.0;
/// What a hidden unit is cut to before it is weighed, in halves of [`ONE`]'s parts.
const MOST: i16 = 4095;
/// No word at a node.
pub(crate) const NONE: u16 = u16::MAX;

/// What a net looks at: words at its nodes by their place in the sentence, and rows of its tables.
#[derive(Clone, Default)]
pub(crate) struct View {
    pub(crate) nodes: Vec<u16>,
    pub(crate) rows: Vec<u32>,
}

/// How large a net is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Size {
    /// Words it looks at.
    pub(crate) nodes: usize,
    /// Rows of its tables.
    pub(crate) rows: usize,
    /// What it weighs against one another.
    pub(crate) outputs: usize,
}

/// A net as it ships.
///
/// Layout of its bytes, little-endian: numbers of nodes, rows, outputs, of words it has numbers of its own for, and the shift of
/// what words add (4 bytes each); the keys of its own words in order (4 each), the first for a word unknown; their numbers and rows of
/// last letters (1 each); the weights of words `[node][unit][number]`, the rows, the biases of units, the outputs (2 each); the biases of outputs (4 each).
pub(crate) struct Net {
    size: Size,
    shift: u32,
    keys: Vec<u32>,
    words: &'static [u8],
    tails: &'static [u8],
    nodes: Vec<[i16; TOKEN]>,
    rows: Vec<[i16; HIDDEN]>,
    bias: [i16; HIDDEN],
    outputs: Vec<[i16; HIDDEN]>,
    output_bias: Vec<i32>,
}

impl Net {
    /// The net that ships with the program.
    ///
    /// # Panics
    /// If the bytes are not what was packed.
    pub(crate) fn read(bytes: &'static [u8]) -> Net {
        let mut rest = bytes;
        let mut cut = |length: usize| {
            let (head, tail) = rest.split_at(length);
            rest = tail;
            head
        };
        let mut number = || cut(4).try_into().map_or(0, u32::from_le_bytes);
        let [nodes, rows, outputs, words, shift] = [(); 5].map(|()| number() as usize);
        let size = Size { nodes, rows, outputs };
        let net = Net {
            size,
            shift: shift as u32,
            keys: cut(4 * words).as_chunks::<4>().0.iter().map(|four| u32::from_le_bytes(*four)).collect(),
            words: cut(words * WORD),
            tails: cut(TAILS * TAIL),
            nodes: halves(cut(2 * nodes * HIDDEN * TOKEN)).as_chunks().0.to_vec(),
            rows: halves(cut(2 * rows * HIDDEN)).as_chunks().0.to_vec(),
            bias: halves(cut(2 * HIDDEN)).try_into().unwrap_or([0; HIDDEN]),
            outputs: halves(cut(2 * outputs * HIDDEN)).as_chunks().0.to_vec(),
            output_bias: cut(4 * outputs)
                .as_chunks::<4>()
                .0
                .iter()
                .map(|four| i32::from_le_bytes(*four))
                .collect(),
        };
        assert!(rest.is_empty(), "a net that ships with the program is whole");
        net
    }

    /// The numbers of a word.
    fn token(&self, form: &Form) -> [i16; TOKEN] {
        let own = self.keys.binary_search(&form.lower).ok().map(|at| &self.words[at * WORD..][..WORD]);
        let numbers = own.or_else(|| token::numbers(form.lower)).unwrap_or(&self.words[..WORD]);
        let letters = &self.tails[tail(form) * TAIL..][..TAIL];
        let mut token = [0; TOKEN];
        let all = numbers.iter().chain(letters);
        token.iter_mut().zip(all).for_each(|(to, from)| *to = i16::from(*from as i8));
        token
    }

    /// What a word adds to the hidden layer at a node.
    fn adds(&self, token: &[i16; TOKEN], node: usize) -> [i16; HIDDEN] {
        let weights = &self.nodes[node * HIDDEN..][..HIDDEN];
        std::array::from_fn(|unit| {
            let sum = product(token, &weights[unit]) >> self.shift;
            sum.clamp(i32::from(i16::MIN), i32::from(i16::MAX)) as i16
        })
    }
}

/// The sum of the products of two rows, whose length is a multiple of eight.
pub(crate) fn product(a: &[i16], b: &[i16]) -> i32 {
    let eights = a.as_chunks::<8>().0.iter().zip(b.as_chunks::<8>().0);
    eights.fold(i32x4::ZERO, |sum, (a, b)| sum + i16x8::new(*a).dot(i16x8::new(*b))).reduce_add()
}

/// What words met before add to the hidden layer of a net: most words of a text were.
#[derive(Default)]
pub(crate) struct Seen {
    places: HashMap<u32, usize>,
    tokens: Vec<[i16; TOKEN]>,
    /// The row of a word at a node, by the word's place and the node; each is made when it is first asked for.
    made: Vec<Option<u32>>,
    rows: Vec<[i16; HIDDEN]>,
}

/// Rows of words that are kept: 32 megabytes.
const KEPT: usize = 40_000;

impl Seen {
    /// The row of a word at a node.
    fn row(&mut self, net: &Net, place: usize, node: usize) -> usize {
        let Seen { tokens, made, rows, .. } = self;
        let row = made[place * net.size.nodes + node].get_or_insert_with(|| {
            rows.push(net.adds(&tokens[place], node));
            rows.len() as u32 - 1
        });
        *row as usize
    }
}

/// A net at a sentence.
pub(crate) struct Reading<'n> {
    net: &'n Net,
    seen: &'n mut Seen,
    words: Vec<usize>,
}

impl<'n> Reading<'n> {
    pub(crate) fn new(net: &'n Net, seen: &'n mut Seen, forms: &[Form]) -> Reading<'n> {
        let nodes = net.size.nodes;
        if seen.rows.len() + forms.len() * nodes > KEPT {
            *seen = Seen::default();
        }
        let words = forms
            .iter()
            .map(|form| {
                let Seen { places, tokens, made, .. } = &mut *seen;
                *places.entry(form.lower).or_insert_with(|| {
                    tokens.push(net.token(form));
                    made.resize(tokens.len() * nodes, None);
                    tokens.len() - 1
                })
            })
            .collect();
        Reading { net, seen, words }
    }

    /// The hidden layer of a view.
    pub(crate) fn hidden(&mut self, view: &View) -> [i16; HIDDEN] {
        let at_nodes = view.nodes.iter().enumerate();
        let words = at_nodes.filter_map(|(node, word)| Some((node, *self.words.get(usize::from(*word))?)));
        let words: Vec<usize> = words.map(|(node, place)| self.seen.row(self.net, place, node)).collect();
        let mut rows: Vec<&[i16; HIDDEN]> = words.into_iter().map(|row| &self.seen.rows[row]).collect();
        rows.extend(view.rows.iter().map(|row| &self.net.rows[*row as usize]));
        let mut sums = self.net.bias;
        // A part of the layer is summed over all rows before the next, and stays where sums are made.
        for (part, sums) in sums.as_chunks_mut::<PART>().0.iter_mut().enumerate() {
            for row in &rows {
                let more = &row[part * PART..][..PART];
                sums.iter_mut().zip(more).for_each(|(sum, more)| *sum = sum.saturating_add(*more));
            }
        }
        sums.iter_mut().for_each(|sum| *sum = (*sum >> 1).clamp(0, MOST));
        sums
    }

    /// What one output weighs.
    pub(crate) fn output(&self, hidden: &[i16; HIDDEN], at: usize) -> i32 {
        product(hidden, &self.net.outputs[at]) + self.net.output_bias[at]
    }

    /// The output that weighs most of some; the first of several.
    pub(crate) fn best(&self, hidden: &[i16; HIDDEN], of: impl Iterator<Item = usize>) -> Option<usize> {
        let weighed = of.map(|at| (self.output(hidden, at), at));
        weighed.reduce(|best, next| if next.0 > best.0 { next } else { best }).map(|(_, at)| at)
    }
}

/// Numbers of a net as they are packed, see [`Net`].
pub(crate) struct Parts {
    pub(crate) size: Size,
    pub(crate) shift: u32,
    pub(crate) keys: Vec<u32>,
    pub(crate) words: Vec<i8>,
    pub(crate) tails: Vec<i8>,
    pub(crate) halves: [Vec<i16>; 4],
    pub(crate) output_bias: Vec<i32>,
}

impl Parts {
    /// The bytes that [`Net::read`] reads.
    pub(crate) fn pack(&self) -> Vec<u8> {
        let Size { nodes, rows, outputs } = self.size;
        let mut out = Vec::new();
        for number in [nodes, rows, outputs, self.keys.len(), self.shift as usize] {
            out.extend_from_slice(&(number as u32).to_le_bytes());
        }
        self.keys.iter().for_each(|key| out.extend_from_slice(&key.to_le_bytes()));
        out.extend(bytes_of(&self.words));
        out.extend(bytes_of(&self.tails));
        self.halves.iter().flatten().for_each(|number| out.extend_from_slice(&number.to_le_bytes()));
        self.output_bias.iter().for_each(|number| out.extend_from_slice(&number.to_le_bytes()));
        out
    }
}
