//! Classes of words that stand in like company, from published word vectors: what learnt weights know of words
//! their few lessons lack.

use crate::root;
use anyhow::{Context, Result};
use rayon::prelude::*;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;

#[derive(Deserialize)]
struct Vectors {
    /// Words, the commonest first.
    words: Vec<String>,
    vectors: BTreeMap<String, Vec<f32>>,
}

/// Words that get a class, the commonest ones; their fine classes and the coarse classes of those.
const WORDS: usize = 120_000;
const FINE: usize = 1024;
const COARSE: usize = 64;
const DIMENSIONS: usize = 100;

type Point = [f32; DIMENSIONS];

/// The commonest words of a file of word vectors, each with its numbers.
fn vectors(file: &Path, most: usize) -> Result<Vec<(String, Vec<f32>)>> {
    let bytes = std::fs::read(file).with_context(|| format!("{}: cannot be read", file.display()))?;
    let Vectors { words, mut vectors } = serde_json::from_slice(&bytes)?;
    let known = words.into_iter().filter_map(|word| {
        let numbers = vectors.remove(&word)?;
        Some((word, numbers))
    });
    Ok(known.take(most).collect())
}

/// Words whose numbers ship, the commonest ones.
const NUMBERED: usize = 40_000;

/// Writes `crates/annotate/weights/words.bin`.
pub(crate) fn words(file: &Path) -> Result<()> {
    let packed = annotate::net::pack_words(&vectors(file, NUMBERED)?);
    Ok(std::fs::write(root().join("crates/annotate/weights/words.bin"), packed)?)
}

/// Writes `crates/annotate/lexicon/company.fst`: word → fine class (bits 0–9), coarse class (10–15).
pub(crate) fn build(file: &Path) -> Result<()> {
    let known = vectors(file, usize::MAX)?;
    let plain = |word: &str| word.chars().any(char::is_alphabetic) && word.len() < 40;
    let words: Vec<(&str, Point)> = known
        .iter()
        .filter(|(word, _)| plain(word))
        .take(WORDS)
        .map(|(word, numbers)| {
            let mut point = [0.0; DIMENSIONS];
            point.iter_mut().zip(numbers).for_each(|(to, from)| *to = *from);
            (word.as_str(), unit(point))
        })
        .collect();
    let points: Vec<Point> = words.iter().map(|(_, point)| *point).collect();
    let (fine, middles) = means(&points, FINE, 25);
    let (coarse, _) = means(&middles, COARSE, 40);
    let mut table: BTreeMap<&str, u64> = BTreeMap::new();
    for ((word, _), class) in words.iter().zip(&fine) {
        table.insert(word, (*class as u64) | (coarse[*class] as u64) << 10);
    }
    let mut builder = fst::MapBuilder::memory();
    for (word, value) in &table {
        builder.insert(word, *value)?;
    }
    std::fs::write(root().join("crates/annotate/lexicon/company.fst"), builder.into_inner()?)?;
    let mut shown: BTreeMap<usize, Vec<&str>> = BTreeMap::new();
    for ((word, _), class) in words.iter().zip(&fine) {
        shown.entry(*class).or_default().push(word);
    }
    for (class, words) in shown.iter().step_by(40) {
        println!("{class} ({}): {}", coarse[*class], words[..words.len().min(8)].join(" "));
    }
    Ok(())
}

fn unit(mut point: Point) -> Point {
    let length = point.iter().map(|x| x * x).sum::<f32>().sqrt().max(f32::MIN_POSITIVE);
    point.iter_mut().for_each(|x| *x /= length);
    point
}

/// Lloyd's k-means on the sphere, begun at points spread evenly over the list; the class of each point and the middles.
fn means(points: &[Point], count: usize, rounds: usize) -> (Vec<usize>, Vec<Point>) {
    let mut middles: Vec<Point> = (0..count).map(|at| points[at * points.len() / count]).collect();
    let mut classes = vec![0; points.len()];
    for _ in 0..rounds {
        classes = points.par_iter().map(|point| nearest(point, &middles)).collect();
        let mut sums = vec![[0.0; DIMENSIONS]; count];
        let mut held = vec![0usize; count];
        for (point, class) in points.iter().zip(&classes) {
            held[*class] += 1;
            sums[*class].iter_mut().zip(point).for_each(|(sum, x)| *sum += x);
        }
        for (at, sum) in sums.into_iter().enumerate().filter(|(at, _)| held[*at] > 0) {
            middles[at] = unit(sum);
        }
    }
    (classes, middles)
}

fn nearest(point: &Point, middles: &[Point]) -> usize {
    let mut best = (f32::NEG_INFINITY, 0);
    for (at, middle) in middles.iter().enumerate() {
        let near: f32 = point.iter().zip(middle).map(|(x, y)| x * y).sum();
        if near > best.0 {
            best = (near, at);
        }
    }
    best.1
}
