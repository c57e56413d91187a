//! Word-by-word alignment beside and between runs: dynamic programming in a narrow band.

use crate::overlap::Run;
use crate::wording::Wording;

/// What an equal word earns, and what another word or a missing one costs.
const EQUAL: i32 = 3;
const OTHER: i32 = -2;
/// How far the sum may fall below its best before the texts are held to have parted.
const DROP: i32 = 16;
/// Words by which one text may run ahead of the other.
const BAND: usize = 12;
/// What an extension has to earn, so that one stray article extends nothing.
const LEAST: i32 = 2 * EQUAL;

/// The equal words after two places, up to where the texts part. Ranges are word numbers, end-exclusive.
pub(crate) fn forward(a: &Wording, b: &Wording, in_a: (u32, u32), in_b: (u32, u32)) -> Vec<Run> {
    let word_a = |at: usize| a.hashes[in_a.0 as usize + at];
    let word_b = |at: usize| b.hashes[in_b.0 as usize + at];
    let pairs = align(length(in_a), length(in_b), |i, j| word_a(i) == word_b(j));
    runs(pairs.into_iter().map(|(i, j)| (in_a.0 + i, in_b.0 + j)))
}

/// The equal words before two places, down to where the texts part.
pub(crate) fn backward(a: &Wording, b: &Wording, in_a: (u32, u32), in_b: (u32, u32)) -> Vec<Run> {
    let word_a = |at: usize| a.hashes[in_a.1 as usize - 1 - at];
    let word_b = |at: usize| b.hashes[in_b.1 as usize - 1 - at];
    let mut pairs = align(length(in_a), length(in_b), |i, j| word_a(i) == word_b(j));
    pairs.reverse();
    runs(pairs.into_iter().map(|(i, j)| (in_a.1 - 1 - i, in_b.1 - 1 - j)))
}

fn length((from, to): (u32, u32)) -> usize {
    to.saturating_sub(from) as usize
}

/// Where a cell of the table was reached from.
#[derive(Clone, Copy, PartialEq)]
enum Step {
    None,
    Both,
    OnlyA,
    OnlyB,
}

/// Aligns two rows of words from their beginnings and gives the pairs of equal words up to the best place.
/// Stops where every cell of a row has fallen [`DROP`] below the best.
fn align(words_a: usize, words_b: usize, equal: impl Fn(usize, usize) -> bool) -> Vec<(u32, u32)> {
    const WIDTH: usize = 2 * BAND + 1;
    const NEVER: i32 = i32::MIN / 2;
    if !may_earn(words_a, words_b, &equal) {
        return Vec::new();
    }
    // Row i, column k is the cell (i, i + k - BAND).
    let mut steps: Vec<[Step; WIDTH]> = Vec::new();
    let mut row = [NEVER; WIDTH];
    let mut first = [Step::None; WIDTH];
    for ahead in 0..=BAND.min(words_b) {
        row[BAND + ahead] = OTHER * ahead as i32;
        first[BAND + ahead] = if ahead == 0 { Step::None } else { Step::OnlyB };
    }
    steps.push(first);
    let mut best = (0, 0, BAND);
    for i in 1..=words_a {
        let mut next = [NEVER; WIDTH];
        let mut step = [Step::None; WIDTH];
        for k in 0..WIDTH {
            let Some(j) = (i + k).checked_sub(BAND).filter(|j| *j <= words_b) else { continue };
            let both = match j.checked_sub(1) {
                Some(before) => row[k] + if equal(i - 1, before) { EQUAL } else { OTHER },
                None => NEVER,
            };
            let only_a = row.get(k + 1).map_or(NEVER, |sum| sum + OTHER);
            let only_b = k.checked_sub(1).filter(|_| j > 0).map_or(NEVER, |before| next[before] + OTHER);
            (next[k], step[k]) = match both.max(only_a).max(only_b) {
                sum if sum == both => (sum, Step::Both),
                sum if sum == only_a => (sum, Step::OnlyA),
                sum => (sum, Step::OnlyB),
            };
            if next[k] > best.0 {
                best = (next[k], i, k);
            }
        }
        steps.push(step);
        row = next;
        if row.iter().all(|sum| *sum < best.0 - DROP) {
            break;
        }
    }
    if best.0 < LEAST {
        return Vec::new();
    }
    let (mut i, mut k) = (best.1, best.2);
    let mut pairs = Vec::new();
    loop {
        match steps[i][k] {
            Step::None => break,
            Step::Both => {
                let j = i + k - BAND;
                if equal(i - 1, j - 1) {
                    pairs.push((i as u32 - 1, j as u32 - 1));
                }
                i -= 1;
            }
            Step::OnlyA => (i, k) = (i - 1, k + 1),
            Step::OnlyB => k -= 1,
        }
    }
    pairs.reverse();
    pairs
}

/// Whether an extension may earn [`LEAST`]: the best sum of equal words after one another, looked for among these
/// alone. Nearly every end is one where texts part, where equal words are few.
fn may_earn(words_a: usize, words_b: usize, equal: impl Fn(usize, usize) -> bool) -> bool {
    // Equal words with the best sum that ends in them.
    let mut sums: Vec<(usize, usize, i32)> = Vec::new();
    let mut reach = 0;
    for i in 0..words_a {
        reach += OTHER;
        for j in i.saturating_sub(BAND)..words_b.min(i + BAND + 1) {
            if !equal(i, j) {
                continue;
            }
            let after = |(before_i, before_j, sum): &(usize, usize, i32)| {
                let skipped = (i.checked_sub(before_i + 1)?).max(j.checked_sub(before_j + 1)?);
                Some(sum + OTHER * skipped as i32)
            };
            let before = sums.iter().filter_map(after).max();
            let sum = EQUAL + before.unwrap_or(i32::MIN / 2).max(OTHER * i.max(j) as i32);
            if sum >= LEAST {
                return true;
            }
            reach = reach.max(sum);
            sums.push((i, j, sum));
        }
        if reach < -DROP {
            return false;
        }
    }
    false
}

/// The longest common row of words between two runs of a chain.
pub(crate) fn within(a: &Wording, b: &Wording, in_a: (u32, u32), in_b: (u32, u32)) -> Vec<Run> {
    let (rows, columns) = (length(in_a), length(in_b));
    if rows == 0 || columns == 0 {
        return Vec::new();
    }
    let equal = |i: usize, j: usize| a.hashes[in_a.0 as usize + i] == b.hashes[in_b.0 as usize + j];
    if !(0..rows).any(|i| (0..columns).any(|j| equal(i, j))) {
        return Vec::new();
    }
    let mut table = vec![0u16; (rows + 1) * (columns + 1)];
    let at = |i: usize, j: usize| i * (columns + 1) + j;
    for i in (0..rows).rev() {
        for j in (0..columns).rev() {
            table[at(i, j)] = match equal(i, j) {
                true => table[at(i + 1, j + 1)] + 1,
                false => table[at(i + 1, j)].max(table[at(i, j + 1)]),
            };
        }
    }
    let (mut i, mut j) = (0, 0);
    let mut pairs = Vec::new();
    while i < rows && j < columns {
        if equal(i, j) {
            pairs.push((in_a.0 + i as u32, in_b.0 + j as u32));
            (i, j) = (i + 1, j + 1);
        } else if table[at(i + 1, j)] >= table[at(i, j + 1)] {
            i += 1;
        } else {
            j += 1;
        }
    }
    runs(pairs.into_iter())
}

/// Pairs of equal words joined to runs.
fn runs(pairs: impl Iterator<Item = (u32, u32)>) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for (a, b) in pairs {
        match runs.last_mut() {
            Some(last) if last.a + last.len == a && last.b + last.len == b => last.len += 1,
            _ => runs.push(Run { a, b, len: 1 }),
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wording::wording;

    #[test]
    fn an_edited_end_is_followed_and_a_parting_is_not() {
        let a =
            wording("they met on monday in the old town hall and left by night nobody knows why it rained");
        let b =
            wording("they met on tuesday in an old town hall and went by night prices of corn fell again");
        let found = forward(&a, &b, (0, a.len() as u32), (0, b.len() as u32));
        let last = found.last().unwrap();
        assert_eq!((last.a + last.len, last.b + last.len), (13, 13), "{found:?}");
        assert!(forward(&a, &wording("prices of corn fell"), (0, 5), (0, 4)).is_empty());
    }
}
