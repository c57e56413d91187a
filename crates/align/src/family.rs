//! Families: texts joined by shared text count as one origin.
//!
//! Two texts are one origin where at least half of the shorter one's own words are shared; words that both quote and
//! words of a template are nobody's own. A text that is pasted together from several others is an origin of its
//! own.

use crate::overlap::{Comparable, Overlap, OverlapKind};
use crate::print::STORED;
use model::Span;
use std::collections::BTreeMap;

/// The share of the shorter document's own words from which two documents count as one origin.
pub const ORIGIN_SHARE: f64 = 0.5;

/// What is known of a text that shares words with others.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Known {
    /// Its words.
    pub words: u32,
    /// Its length in bytes.
    pub length: usize,
    /// The earliest day it was published on, ISO 8601; `None` where unknown.
    pub published: Option<String>,
}

/// A stretch that two texts share.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Part {
    /// Where in the first text.
    pub a: Span,
    /// Where in the second text.
    pub b: Span,
    /// Equal words.
    pub matched: u32,
    /// Of these the words that stand between quotation marks in both texts.
    pub quoted: u32,
    /// Of these the words of prints that too many texts hold.
    pub template: u32,
}

/// Everything two texts share.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Pair<T> {
    /// The first text.
    pub a: T,
    /// The second text.
    pub b: T,
    /// What they share.
    pub parts: Vec<Part>,
}

impl Part {
    /// What most of its words are, as far as the two texts tell.
    pub fn kind(&self) -> OverlapKind {
        match self.matched / 2 {
            half if self.template > half => OverlapKind::Template,
            half if self.quoted > half => OverlapKind::Quotation,
            _ => OverlapKind::Copy,
        }
    }

    fn nobodys(&self) -> u32 {
        (self.quoted + self.template).min(self.matched)
    }
}

/// Overlaps with what of their words is nobody's own: `quoted` lists where each text quotes, in order; `frequent` tells
/// the prints that too many texts hold. Only prints that both texts hold are asked for.
pub fn parts(
    overlaps: &[Overlap],
    (first, quoted_a): (&Comparable, &[Span]),
    (second, quoted_b): (&Comparable, &[Span]),
    frequent: impl Fn(u64) -> bool,
) -> Vec<Part> {
    let (a, b) = (&first.wording, &second.wording);
    let held = |print: &u64| second.prints.binary_search(print).is_ok();
    let prints: Vec<(u64, u32)> = first.placed.iter().filter(|(print, _)| held(print)).copied().collect();
    let within = |quoted: &[Span], word: Span| {
        let at = quoted.partition_point(|span| span.end() < word.end());
        quoted.get(at).is_some_and(|span| span.start() <= word.start())
    };
    let part = |overlap: &Overlap| {
        let (mut quoted, mut template) = (0, 0.0);
        for (in_a, in_b, words) in &overlap.runs {
            let both = (0..*words).filter(|at| {
                within(quoted_a, a.spans[(in_a + at) as usize])
                    && within(quoted_b, b.spans[(in_b + at) as usize])
            });
            quoted += both.count() as u32;
            let from = prints.partition_point(|(_, at)| at < in_a);
            let inside = prints[from..].iter().take_while(|(_, at)| at + STORED.gram as u32 <= in_a + words);
            let (all, common) = inside.fold((0u32, 0u32), |(all, common), (print, _)| {
                (all + 1, common + u32::from(frequent(*print)))
            });
            template += f64::from(*words) * f64::from(common) / f64::from(all.max(1));
        }
        Part { a: overlap.a, b: overlap.b, matched: overlap.matched, quoted, template: template as u32 }
    };
    overlaps.iter().map(part).collect()
}

/// The share of the shorter text's words that two texts have in common, 0 to 1.
pub fn share(matched: u32, words_a: u32, words_b: u32) -> f64 {
    match words_a.min(words_b) {
        0 => 0.0,
        shorter => (f64::from(matched) / f64::from(shorter)).min(1.0),
    }
}

/// The share of the shorter text's own words, words that are nobody's left out of both.
fn own_share(matched: u32, nobodys: u32, shorter: u32) -> f64 {
    let own = shorter.saturating_sub(nobodys);
    // A text that is nothing but a quotation or a form: what else could be compared?
    match f64::from(own) < LEAST_OWN * f64::from(shorter) {
        true => share(matched, shorter, shorter),
        false => (f64::from(matched - nobodys) / f64::from(own)).min(1.0),
    }
}

/// A text has words of its own where they make up this share.
const LEAST_OWN: f64 = 0.15;

/// Whether two texts tied by frequent words only are copies of one story: the shared words make up most of the longer
/// text too. Two short notes under the same long footer share more than half of the shorter one.
pub fn is_near_copy(matched: u32, words_a: u32, words_b: u32) -> bool {
    f64::from(matched) >= NEAR_COPY_SHARE * f64::from(words_a.max(words_b))
}

/// The share of the longer text's words from which texts tied by frequent words only are one origin.
const NEAR_COPY_SHARE: f64 = 0.7;

/// Texts, what they share, and the pairs each text is in.
pub struct Heap<'h, T> {
    texts: &'h BTreeMap<T, Known>,
    pairs: &'h [Pair<T>],
    of: BTreeMap<T, Vec<usize>>,
}

/// Words of the longest head or footer that is learnt from few texts.
const LONGEST_TEMPLATE: u32 = 120;
/// Bytes that may stand between a head or footer and the end of its text.
const EDGE: usize = 160;
/// The share of the shorter text from which what is shared at an edge is no footer but the text itself.
const WHOLE: f64 = 0.7;

impl<'h, T: Copy + Ord> Heap<'h, T> {
    /// A heap; all texts of the pairs must be among `texts`.
    pub fn new(texts: &'h BTreeMap<T, Known>, pairs: &'h [Pair<T>]) -> Heap<'h, T> {
        let mut of: BTreeMap<T, Vec<usize>> = BTreeMap::new();
        for (at, pair) in pairs.iter().enumerate() {
            of.entry(pair.a).or_default().push(at);
            of.entry(pair.b).or_default().push(at);
        }
        Heap { texts, pairs, of }
    }

    /// The pairs that are one origin, at a share of the shorter text's own words.
    pub fn joined(&self, least_share: f64) -> Vec<(T, T)> {
        let near: Vec<usize> =
            (0..self.pairs.len()).filter(|at| self.share_of(*at, Part::nobodys) >= least_share).collect();
        let near: Vec<usize> = near
            .into_iter()
            .filter(|at| self.share_of(*at, |part| self.nobodys(*at, part)) >= least_share)
            .collect();
        let mut of: BTreeMap<T, Vec<usize>> = BTreeMap::new();
        for at in &near {
            let (a, b) = (self.pairs[*at].a, self.pairs[*at].b);
            of.entry(a).or_default().push(*at);
            of.entry(b).or_default().push(*at);
        }
        let composite: Vec<T> =
            of.keys().copied().filter(|text| self.is_composite(*text, &of, least_share)).collect();
        let kept = near.into_iter().filter(|at| {
            let pair = &self.pairs[*at];
            let pasted = |text: T| composite.binary_search(&text).is_ok() && self.covers(*at, text) < 0.5;
            !pasted(pair.a) && !pasted(pair.b)
        });
        kept.map(|at| (self.pairs[at].a, self.pairs[at].b)).collect()
    }

    /// What a part of a pair is, what other texts share taken into account.
    pub fn kind(&self, pair: usize, part: &Part) -> OverlapKind {
        match part.kind() {
            OverlapKind::Copy if self.is_learnt_template(pair, part) => OverlapKind::Template,
            kind => kind,
        }
    }

    fn nobodys(&self, pair: usize, part: &Part) -> u32 {
        if self.is_learnt_template(pair, part) { part.matched } else { part.nobodys() }
    }

    fn share_of(&self, at: usize, nobodys: impl Fn(&Part) -> u32) -> f64 {
        let pair = &self.pairs[at];
        let shorter = self.texts[&pair.a].words.min(self.texts[&pair.b].words);
        let matched = pair.parts.iter().map(|part| part.matched).sum();
        own_share(matched, pair.parts.iter().map(nobodys).sum(), shorter)
    }

    /// The share of a text's words that a pair accounts for.
    fn covers(&self, at: usize, text: T) -> f64 {
        let matched: u32 = self.pairs[at].parts.iter().map(|part| part.matched).sum();
        f64::from(matched) / f64::from(self.texts[&text].words.max(1))
    }

    fn span_in(&self, pair: usize, part: &Part, text: T) -> Span {
        if self.pairs[pair].a == text { part.a } else { part.b }
    }

    fn at_edge(&self, span: Span, text: T) -> bool {
        let length = self.texts[&text].length;
        let near = span.start() <= EDGE || length.saturating_sub(span.end()) <= EDGE;
        // Teasers and dates may follow a footer, a date line may stand above a head.
        near || span.start() * 10 >= length * 6 || span.end() * 4 <= length
    }

    /// A head or footer: a short stretch at the edge of both texts that at least two other texts have at their edge,
    /// while the texts share little else.
    fn is_learnt_template(&self, at: usize, part: &Part) -> bool {
        let pair = &self.pairs[at];
        let short = part.matched <= LONGEST_TEMPLATE && self.share_of(at, |_| 0) < WHOLE;
        short
            && self.at_edge(part.a, pair.a)
            && self.at_edge(part.b, pair.b)
            && [(pair.a, pair.b, part.a), (pair.b, pair.a, part.b)].into_iter().any(|(text, other, span)| {
                let third = self.of[&text].iter().filter(|other_pair| {
                    let (x, y) = (self.pairs[**other_pair].a, self.pairs[**other_pair].b);
                    let third = if x == text { y } else { x };
                    third != other
                        && self.pairs[**other_pair].parts.iter().any(|theirs| {
                            let here = self.span_in(**other_pair, theirs, text);
                            covered(span, here) >= 0.7
                                && theirs.matched <= LONGEST_TEMPLATE
                                && self.at_edge(self.span_in(**other_pair, theirs, third), third)
                        })
                });
                third.take(2).count() == 2
            })
    }

    /// Whether a text is pasted together from others that share nothing: three of them, or two that were there before.
    fn is_composite(&self, text: T, near: &BTreeMap<T, Vec<usize>>, least_share: f64) -> bool {
        // Parts that stand apart in this text, each with the other text it is shared with.
        let mut groups: Vec<(Span, T)> = Vec::new();
        let other = |at: usize| if self.pairs[at].a == text { self.pairs[at].b } else { self.pairs[at].a };
        for at in near.get(&text).into_iter().flatten() {
            let third = other(*at);
            if self.covers(*at, text) >= 0.5 || self.texts[&third].words >= self.texts[&text].words {
                continue;
            }
            let spans = self.pairs[*at].parts.iter().map(|part| self.span_in(*at, part, text));
            let Some(span) = spans.reduce(|all, span| all.join(span)) else { continue };
            let related = groups.iter().any(|(theirs, of)| {
                covered(span, *theirs).max(covered(*theirs, span)) > 0.2
                    || near.get(&third).is_some_and(|pairs| {
                        pairs.iter().any(|pair| {
                            let (x, y) = (self.pairs[*pair].a, self.pairs[*pair].b);
                            (x == *of || y == *of) && self.share_of(*pair, Part::nobodys) >= least_share
                        })
                    })
            });
            if !related {
                groups.push((span, third));
            }
            if groups.len() == ENOUGH {
                break;
            }
        }
        let before =
            |of: &T| earlier(self.texts[of].published.as_deref()?, self.texts[&text].published.as_deref()?);
        let known: Vec<Option<bool>> = groups.iter().map(|(_, of)| before(of)).collect();
        match groups.len() {
            ..2 => false,
            2 => known.iter().all(|before| *before == Some(true)),
            // Excerpts of one long text that was there first are no round-up.
            _ => !known.iter().all(|before| *before == Some(false)),
        }
    }
}

/// Whether one date comes before another; `None` where one is too vague to tell.
fn earlier(a: &str, b: &str) -> Option<bool> {
    let length = a.len().min(b.len());
    let (a, b) = (a.get(..length)?, b.get(..length)?);
    (a != b).then_some(a < b)
}

/// Texts that share nothing after which it is clear that a text was pasted together.
const ENOUGH: usize = 16;

/// The share of a span that another covers.
fn covered(span: Span, by: Span) -> f64 {
    let (start, end) = (span.start().max(by.start()), span.end().min(by.end()));
    end.saturating_sub(start) as f64 / span.len() as f64
}

/// Joins members along edges: each member to the least member of its family. The order of edges is
/// irrelevant.
pub fn families<T: Copy + Ord>(
    members: impl IntoIterator<Item = T>,
    edges: impl IntoIterator<Item = (T, T)>,
) -> BTreeMap<T, T> {
    let mut parent: BTreeMap<T, T> = members.into_iter().map(|member| (member, member)).collect();
    for (a, b) in edges {
        let (a, b) = (root(&mut parent, a), root(&mut parent, b));
        // The least member is the root, so that a family has one name whatever joined it.
        parent.insert(a.max(b), a.min(b));
    }
    let members: Vec<T> = parent.keys().copied().collect();
    members.into_iter().map(|member| (member, root(&mut parent, member))).collect()
}

fn root<T: Copy + Ord>(parent: &mut BTreeMap<T, T>, member: T) -> T {
    let mut at = member;
    while let Some(next) = parent.get(&at).copied().filter(|next| *next != at) {
        at = next;
    }
    // Point straight at the root, so that long chains are walked once.
    let mut walk = member;
    while walk != at {
        walk = parent.insert(walk, at).unwrap_or(at);
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_family_is_named_by_its_least_member() {
        let found = families([1, 2, 3, 4], [(3, 2), (4, 3)]);
        assert_eq!(found, BTreeMap::from([(1, 1), (2, 2), (3, 2), (4, 2)]));
    }

    fn known(words: u32, published: Option<&str>) -> Known {
        Known { words, length: words as usize * 6, published: published.map(str::to_owned) }
    }

    /// A pair that shares so many words from word `at` of the first and word `in_b` of the second on.
    fn pair(a: u32, b: u32, at: usize, in_b: usize, words: u32, quoted: u32) -> Pair<u32> {
        let span = |at: usize| Span::new(at * 6, (at + words as usize) * 6);
        let part = Part { a: span(at), b: span(in_b), matched: words, quoted, template: 0 };
        Pair { a, b, parts: vec![part] }
    }

    #[test]
    fn a_round_up_of_five_texts_leaves_six_origins() {
        let mut texts: BTreeMap<u32, Known> = (1..=5).map(|text| (text, known(100, None))).collect();
        texts.insert(0, known(520, None));
        let mut pairs: Vec<Pair<u32>> =
            (1..=5).map(|text| pair(0, text, (text as usize - 1) * 100, 0, 100, 0)).collect();
        assert_eq!(Heap::new(&texts, &pairs).joined(0.5), []);
        // One of them is there in a second copy: still six.
        texts.insert(6, known(100, None));
        pairs.extend([pair(0, 6, 0, 0, 98, 0), pair(1, 6, 0, 0, 98, 0)]);
        assert_eq!(Heap::new(&texts, &pairs).joined(0.5), [(1, 6)]);
    }

    #[test]
    fn a_long_text_and_its_excerpts_are_one_origin() {
        let texts = BTreeMap::from([
            (0, known(900, Some("2022-01-03"))),
            (1, known(200, Some("2022-01-05"))),
            (2, known(200, Some("2022-01-06"))),
        ]);
        let pairs = [pair(0, 1, 0, 0, 190, 0), pair(0, 2, 500, 0, 190, 0)];
        assert_eq!(Heap::new(&texts, &pairs).joined(0.5).len(), 2);
        // Were they there before, the long one would be a round-up.
        let mut later = texts;
        later.insert(0, known(900, Some("2022-01-09")));
        assert_eq!(Heap::new(&later, &pairs).joined(0.5), []);
    }

    #[test]
    fn words_that_both_quote_join_nothing() {
        let texts = BTreeMap::from([(0, known(100, None)), (1, known(120, None))]);
        assert_eq!(Heap::new(&texts, &[pair(0, 1, 10, 10, 60, 60)]).joined(0.5), []);
        assert_eq!(Heap::new(&texts, &[pair(0, 1, 10, 10, 60, 0)]).joined(0.5), [(0, 1)]);
        assert_eq!(Heap::new(&texts, &[pair(0, 1, 0, 0, 98, 60)]).joined(0.5), [(0, 1)]);
    }

    #[test]
    fn a_footer_of_four_short_notes_joins_nothing() {
        let texts: BTreeMap<u32, Known> = (0..4).map(|text| (text, known(90, None))).collect();
        let all = |texts: u32| -> Vec<Pair<u32>> {
            (0..texts).flat_map(|a| (a + 1..texts).map(move |b| pair(a, b, 40, 40, 50, 0))).collect()
        };
        assert_eq!(Heap::new(&texts, &all(4)).joined(0.5), []);
        // What only two share may as well be copied.
        assert_eq!(Heap::new(&texts, &all(2)).joined(0.5), [(0, 1)]);
    }

    proptest! {
        #[test]
        fn the_order_of_edges_is_irrelevant(mut edges in proptest::collection::vec((0u8..20, 0u8..20), 0..40)) {
            let forward = families(0..20, edges.clone());
            edges.reverse();
            prop_assert_eq!(forward, families(0..20, edges));
        }
    }
}
