//! Pieces: two texts laid side by side, what they share joined and what differs apart.

use crate::overlap::Overlap;
use crate::wording::Wording;
use model::Span;

/// A stretch of two aligned texts.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Piece {
    /// The same words in both. Punctuation and spacing may differ: words were compared.
    Same {
        /// Where in the first text.
        a: Span,
        /// Where in the second text.
        b: Span,
    },
    /// Words of one text or of both that have no equal on the other side.
    Apart {
        /// Where in the first text.
        a: Option<Span>,
        /// Where in the second text.
        b: Option<Span>,
    },
}

/// Lays two texts side by side along their overlaps. Overlaps that cross (moved paragraphs) cannot stand on
/// one line: the larger ones are kept, the others stay apart.
pub fn pieces(a: &Wording, b: &Wording, overlaps: &[Overlap]) -> Vec<Piece> {
    let mut runs: Vec<(u32, u32, u32)> =
        uncrossed(overlaps).into_iter().flat_map(|o| o.runs.iter().copied()).collect();
    runs.sort_unstable();
    let mut pieces = Vec::new();
    let (mut at_a, mut at_b) = (0u32, 0u32);
    for (run_a, run_b, len) in runs {
        apart(a, b, (at_a, run_a), (at_b, run_b), &mut pieces);
        pieces.push(Piece::Same { a: words(a, run_a, run_a + len), b: words(b, run_b, run_b + len) });
        (at_a, at_b) = (run_a + len, run_b + len);
    }
    apart(a, b, (at_a, a.len() as u32), (at_b, b.len() as u32), &mut pieces);
    pieces
}

fn words(wording: &Wording, from: u32, to: u32) -> Span {
    wording.spans[from as usize].join(wording.spans[to as usize - 1])
}

fn apart(a: &Wording, b: &Wording, in_a: (u32, u32), in_b: (u32, u32), pieces: &mut Vec<Piece>) {
    let span = |wording: &Wording, (from, to): (u32, u32)| (from < to).then(|| words(wording, from, to));
    let (a, b) = (span(a, in_a), span(b, in_b));
    if a.is_some() || b.is_some() {
        pieces.push(Piece::Apart { a, b });
    }
}

/// The largest overlaps that keep one order in both texts.
fn uncrossed(overlaps: &[Overlap]) -> Vec<&Overlap> {
    let mut by_size: Vec<&Overlap> = overlaps.iter().collect();
    by_size.sort_by_key(|o| (std::cmp::Reverse(o.matched), o.a, o.b));
    let mut kept: Vec<&Overlap> = Vec::new();
    for overlap in by_size {
        let fits = kept.iter().all(|other| {
            let before = overlap.a.end() <= other.a.start() && overlap.b.end() <= other.b.start();
            let after = other.a.end() <= overlap.a.start() && other.b.end() <= overlap.b.start();
            before || after
        });
        if fits {
            kept.push(overlap);
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{overlaps, wording};
    use proptest::prelude::*;

    fn check(a: &str, b: &str) -> Vec<String> {
        let (wa, wb) = (wording(a), wording(b));
        pieces(&wa, &wb, &overlaps(&wa, &wb))
            .into_iter()
            .map(|piece| match piece {
                Piece::Same { a: span, .. } => format!("= {}", span.of(a)),
                Piece::Apart { a: x, b: y } => {
                    format!("{} | {}", x.map_or("", |s| s.of(a)), y.map_or("", |s| s.of(b)))
                }
            })
            .collect()
    }

    #[test]
    fn shared_words_are_joined_and_the_rest_stands_apart() {
        let body =
            "the council met on the fifth day and decided to close every road that leads into the valley";
        assert_eq!(
            check(&format!("By Ann Lee {body}"), &format!("{body} Check also")),
            ["By Ann Lee | ".to_owned(), format!("= {body}"), " | Check also".to_owned()]
        );
    }

    proptest! {
        #[test]
        fn pieces_hold_every_word_of_both_once(a in "([ab] ){0,60}", b in "([ab] ){0,60}") {
            let (wa, wb) = (wording(&a), wording(&b));
            let mut count = (0, 0);
            let words = |text: &str, span: Span| wording(span.of(text)).len();
            for piece in pieces(&wa, &wb, &overlaps(&wa, &wb)) {
                let (x, y) = match piece {
                    Piece::Same { a, b } => (Some(a), Some(b)),
                    Piece::Apart { a, b } => (a, b),
                };
                count.0 += x.map_or(0, |s| words(&a, s));
                count.1 += y.map_or(0, |s| words(&b, s));
            }
            prop_assert_eq!(count, (wa.len(), wb.len()));
        }
    }
}
