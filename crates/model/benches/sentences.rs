//! Sentences beside two rivals on the same bytes, interleaved: `cargo bench -p model`.
//!
//! The rivals split at UAX #29 alone and make more mistakes; the counts are printed and ours is checked.

#![allow(missing_docs, clippy::disallowed_methods, reason = "a benchmark needs a clock and no documentation")]

use icu_segmenter::SentenceSegmenter;
use model::passage::{Markup, passages};
use model::sentence::sentences;
use std::hint::black_box;
use std::time::Instant;
use unicode_segmentation::UnicodeSegmentation;

fn main() {
    let one = include_str!("../../../examples/kazakhstan-2022/002-informnapalm.txt");
    let text = one.repeat(400);
    let expected = sentences(one, &passages(one, Markup::Plain)).len();
    let icu = SentenceSegmenter::new(Default::default());
    let mut seen: [Vec<f64>; 3] = Default::default();
    let mut counts = [0; 3];
    for _ in 0..7 {
        let timed = |at: usize, seen: &mut [Vec<f64>; 3], work: &dyn Fn() -> usize| {
            let start = Instant::now();
            let count = black_box(work());
            seen[at].push(text.len() as f64 / 1e6 / start.elapsed().as_secs_f64());
            count
        };
        counts[0] = timed(0, &mut seen, &|| sentences(&text, &passages(&text, Markup::Plain)).len());
        counts[1] = timed(1, &mut seen, &|| {
            text.lines().map(|line| icu.segment_str(line).count().saturating_sub(1)).sum()
        });
        counts[2] = timed(2, &mut seen, &|| text.lines().map(|line| line.unicode_sentences().count()).sum());
    }
    assert_eq!(counts[0], expected * 400, "passages and sentences of a repeated text repeat");
    for (name, (seen, count)) in ["stemma, passages included", "icu_segmenter", "unicode-segmentation"]
        .iter()
        .zip(seen.iter_mut().zip(counts))
    {
        seen.sort_by(f64::total_cmp);
        println!("{name:28} {:7.1} MB/s (median of 7), {count} sentences", seen[3]);
    }
}
