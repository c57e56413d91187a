//! Word-by-word alignment beside and between runs: dynamic programming in a narrow band.

use crate::overlap::Run;
use crate::wording::Words;

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
pub(crate) fn forward(a: Words, b: Words, in_a: (u32, u32), in_b: (u32, u32)) -> Vec<Run> {
    let word_a = |at: usize| a.hashes[in_a.0 as usize + at];
    let word_b = |at: usize| b.hashes[in_b.0 as usize + at];
    let (words_a, words_b) = (length(in_a), length(in_b));
    if !may_earn(words_a, words_b, word_a, word_b) {
        return Vec::new();
    }
    let pairs = align(words_a, words_b, |i, j| word_a(i) == word_b(j));
    runs(pairs.into_iter().map(|(i, j)| (in_a.0 + i, in_b.0 + j)))
}

/// The equal words before two places, down to where the texts part.
pub(crate) fn backward(a: Words, b: Words, in_a: (u32, u32), in_b: (u32, u32)) -> Vec<Run> {
    let word_a = |at: usize| a.hashes[in_a.1 as usize - 1 - at];
    let word_b = |at: usize| b.hashes[in_b.1 as usize - 1 - at];
    let (words_a, words_b) = (length(in_a), length(in_b));
    if !may_earn(words_a, words_b, word_a, word_b) {
        return Vec::new();
    }
    let mut pairs = align(words_a, words_b, |i, j| word_a(i) == word_b(j));
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

/// Words of the first text that are looked at before an extension is tried; nearly all ends part sooner.
const LOOK: usize = 20;

/// Whether an extension may earn [`LEAST`]: the best sum of equal words after one another, looked for among these
/// alone, without the table.
fn may_earn(
    words_a: usize,
    words_b: usize,
    word_a: impl Fn(usize) -> u64,
    word_b: impl Fn(usize) -> u64,
) -> bool {
    let (words_a, words_b) = (words_a.min(LOOK), words_b.min(LOOK + BAND));
    // Halves of hashes, of which the machine compares many at once.
    let mut halves = [0u32; LOOK + BAND];
    for (j, half) in halves[..words_b].iter_mut().enumerate() {
        *half = word_b(j) as u32;
    }
    // Equal words with the best sum that ends in them.
    let mut sums: Vec<(usize, usize, i32)> = Vec::new();
    let mut reach = 0;
    for i in 0..words_a {
        reach += OTHER;
        let word = word_a(i);
        let band = i.saturating_sub(BAND)..words_b.min(i + BAND + 1);
        let window = halves.get(band.clone()).unwrap_or_default();
        if window.iter().fold(false, |any, half| any | (*half == word as u32)) {
            for j in band.filter(|j| word_b(*j) == word) {
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
        }
        if reach < -DROP {
            return false;
        }
    }
    words_a == LOOK
}

/// Words in either text between two runs of a chain, at most: a row of the table is one number.
const WIDEST: usize = u64::BITS as usize;

/// The longest common row of words between two runs of a chain (bit-parallel: Hyyrö 2004).
pub(crate) fn within(a: Words, b: Words, in_a: (u32, u32), in_b: (u32, u32)) -> Vec<Run> {
    let words_a = &a.hashes[in_a.0 as usize..][..length(in_a).min(WIDEST)];
    let words_b = &b.hashes[in_b.0 as usize..][..length(in_b).min(WIDEST)];
    // For each word of the first text: where it stands in the second, counted from its end.
    let mut equal = [0u64; WIDEST];
    for (equal, word) in equal.iter_mut().zip(words_a) {
        *equal = words_b.iter().fold(0, |bits, other| bits << 1 | u64::from(word == other));
    }
    if equal == [0; WIDEST] {
        return Vec::new();
    }
    // Row i: a bit is unset where the longest row of the words from i and from that place on is longer than one place
    // further.
    let mut rows = [!0u64; WIDEST + 1];
    for i in (0..words_a.len()).rev() {
        let (row, met) = (rows[i + 1], rows[i + 1] & equal[i]);
        rows[i] = row.wrapping_add(met) | (row & !equal[i]);
    }
    // The longest row of the words from two places on.
    let longest = |i: usize, j: usize| {
        let left = words_b.len() - j;
        if left == 0 { 0 } else { (!rows[i] << (WIDEST - left)).count_ones() }
    };
    let (mut i, mut j) = (0, 0);
    let mut pairs = Vec::new();
    while i < words_a.len() && j < words_b.len() {
        if words_a[i] == words_b[j] {
            pairs.push((in_a.0 + i as u32, in_b.0 + j as u32));
            (i, j) = (i + 1, j + 1);
        } else if longest(i + 1, j) >= longest(i, j + 1) {
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
    use proptest::prelude::*;

    /// The longest common row of words by the whole table.
    fn plain(a: &[u64], b: &[u64]) -> Vec<(u32, u32)> {
        let mut table = vec![vec![0u16; b.len() + 1]; a.len() + 1];
        for i in (0..a.len()).rev() {
            for j in (0..b.len()).rev() {
                table[i][j] = match a[i] == b[j] {
                    true => table[i + 1][j + 1] + 1,
                    false => table[i + 1][j].max(table[i][j + 1]),
                };
            }
        }
        let (mut i, mut j) = (0, 0);
        let mut pairs = Vec::new();
        while i < a.len() && j < b.len() {
            if a[i] == b[j] {
                pairs.push((i as u32, j as u32));
                (i, j) = (i + 1, j + 1);
            } else if table[i + 1][j] >= table[i][j + 1] {
                i += 1;
            } else {
                j += 1;
            }
        }
        pairs
    }

    proptest! {
        #[test]
        fn a_gap_is_filled_as_by_the_whole_table(a in "([a-f] ){0,48}", b in "([a-f] ){0,48}") {
            let (a, b) = (wording(&a), wording(&b));
            let found = within(a.words(), b.words(), (0, a.len() as u32), (0, b.len() as u32));
            prop_assert_eq!(found, runs(plain(&a.hashes, &b.hashes).into_iter()));
        }

        #[test]
        fn what_may_earn_nothing_extends_nothing(a in "([a-f] ){0,30}", b in "([a-f] ){0,40}") {
            let (a, b) = (wording(&a), wording(&b));
            let (words_a, words_b) = (a.len(), b.len());
            if !may_earn(words_a, words_b, |i| a.hashes[i], |j| b.hashes[j]) {
                prop_assert!(align(words_a, words_b, |i, j| a.hashes[i] == b.hashes[j]).is_empty());
            }
        }
    }

    #[test]
    fn an_edited_end_is_followed_and_a_parting_is_not() {
        let a =
            wording("they met on monday in the old town hall and left by night nobody knows why it rained");
        let b =
            wording("they met on tuesday in an old town hall and went by night prices of corn fell again");
        let found = forward(a.words(), b.words(), (0, a.len() as u32), (0, b.len() as u32));
        let last = found.last().unwrap();
        assert_eq!((last.a + last.len, last.b + last.len), (13, 13), "{found:?}");
        assert!(forward(a.words(), wording("prices of corn fell").words(), (0, 5), (0, 4)).is_empty());
    }
}
