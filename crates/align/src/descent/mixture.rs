//! Mixtures: witnesses that follow one text for a while and another for the rest.
//!
//! A witness between two texts on a tree sides with either of them now here, now there; one that was put together
//! from both sides with one in one stretch and with the other in the other. So many readings would not fall into
//! two runs by chance (the runs test of Wald & Wolfowitz 1940).

use super::collation::{Collation, MISSING};

/// A witness put together from two others.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Mixture {
    pub(super) witness: usize,
    /// The one it follows more.
    pub(super) first: usize,
    /// The other, and the readings that come from it.
    pub(super) second: usize,
    pub(super) readings: usize,
}

/// How unlikely two runs have to be by chance, for each witness that might be a mixture.
const SURE: f64 = 20.0;

/// The mixtures among witnesses, the surest first; no two rest on one another.
pub(super) fn mixtures(collation: &Collation, witnesses: usize) -> Vec<Mixture> {
    let mut found: Vec<(f64, Mixture)> = Vec::new();
    for witness in 0..witnesses {
        let mut best: Option<(f64, Mixture)> = None;
        for p in 0..witnesses {
            for q in p + 1..witnesses {
                if p == witness || q == witness {
                    continue;
                }
                let Some((sure, with_p, with_q)) = two_runs(collation, witness, p, q) else { continue };
                if sure < SURE * witnesses as f64 || best.is_some_and(|(other, _)| sure <= other) {
                    continue;
                }
                let (first, second) = if with_p >= with_q { (p, q) } else { (q, p) };
                best = Some((sure, Mixture { witness, first, second, readings: with_p.min(with_q) }));
            }
        }
        found.extend(best);
    }
    found.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.witness.cmp(&b.1.witness)));
    let mut kept: Vec<Mixture> = Vec::new();
    for (_, mixture) in found {
        let rests = |on: usize| kept.iter().any(|other| other.witness == on);
        let used = kept.iter().any(|other| other.first == mixture.witness || other.second == mixture.witness);
        if !rests(mixture.first) && !rests(mixture.second) && !used {
            kept.push(mixture);
        }
    }
    kept
}

/// Where two texts differ: whether a third follows one in one stretch and the other in the other; gives in how many
/// ways as many readings could fall, and how many go with each.
fn two_runs(collation: &Collation, witness: usize, p: usize, q: usize) -> Option<(f64, usize, usize)> {
    let mut sides: Vec<bool> = Vec::new();
    let mut neither = 0;
    for variation in &collation.variations {
        let (own, x, y) = (variation.readings[witness], variation.readings[p], variation.readings[q]);
        if own == MISSING || x == MISSING || y == MISSING || x == y {
            continue;
        }
        match own {
            _ if own == x => sides.push(true),
            _ if own == y => sides.push(false),
            _ => neither += 1,
        }
    }
    let all = sides.len();
    if all < 4 || neither * 6 > all {
        return None;
    }
    // The turn that leaves fewest readings on the wrong side.
    let with_p = sides.iter().filter(|side| **side).count();
    let (mut wrong, mut before) = ((usize::MAX, 0), 0);
    for at in 1..all {
        before += usize::from(sides[at - 1]);
        let first_p = (at - before) + (with_p - before);
        let first_q = all - first_p;
        if first_p.min(first_q) < wrong.0 {
            wrong = (first_p.min(first_q), at);
        }
    }
    let (wrong, turn) = wrong;
    if wrong * 10 > all || turn < 2 || all - turn < 2 {
        return None;
    }
    let (with_p, with_q) = (with_p, all - with_p);
    // Ways to fall, over the ways that would look as good: every turn, every choice of readings on the wrong side.
    let sure = ways(all, with_p.min(with_q)) / (all as f64 * ways(all, wrong));
    Some((sure, with_p, with_q))
}

/// Ways to choose some of many, as a float: it grows fast and only its size matters.
fn ways(all: usize, some: usize) -> f64 {
    (0..some).fold(1.0, |ways, at| ways * (all - at) as f64 / (at + 1) as f64)
}
