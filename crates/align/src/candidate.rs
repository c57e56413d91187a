//! Candidates: which pairs of texts are worth comparing word for word.
//!
//! A print that few texts hold ties every two of them. One that many hold is a template, or one story in many
//! copies; tying every two would cost the square of their number. It ties each holder to the next, in the order
//! of the texts' names: enough to join the copies of one story into a family, and no more than one pair a text.

/// Texts that may hold a print before it ties neighbours only.
pub const TOO_FREQUENT: usize = 50;
/// Ties two texts need to be compared.
pub(crate) const LEAST_TIES: usize = 2;

/// How a pair is tied.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Tie {
    /// By prints that few texts hold: whatever they share counts.
    Rare,
    /// By prints that many texts hold: only what makes the two one origin counts, the rest is template.
    Frequent,
}

/// The tie of a pair from the number of rare prints it shares and of all prints that tie it.
pub fn tie(rare: usize, all: usize) -> Option<Tie> {
    match (rare >= LEAST_TIES, all >= LEAST_TIES) {
        (true, _) => Some(Tie::Rare),
        (false, true) => Some(Tie::Frequent),
        (false, false) => None,
    }
}

/// The pairs to be compared, `a < b`, from postings (print, text) that are sorted and hold none twice. Texts are
/// numbered in the order of their names, so that the result does not depend on the order they came in.
pub fn candidates(postings: &[(u64, u32)]) -> Vec<(u32, u32, Tie)> {
    let mut ties: Vec<(u32, u32, bool)> = Vec::new();
    for group in postings.chunk_by(|x, y| x.0 == y.0) {
        match group.len() {
            2..=TOO_FREQUENT => {
                for (at, (_, a)) in group.iter().enumerate() {
                    ties.extend(group[at + 1..].iter().map(|(_, b)| (*a, *b, true)));
                }
            }
            _ => ties.extend(group.windows(2).map(|pair| (pair[0].1, pair[1].1, false))),
        }
    }
    ties.sort_unstable();
    let pairs = ties.chunk_by(|x, y| (x.0, x.1) == (y.0, y.1));
    pairs
        .filter_map(|pair| {
            let rare = pair.iter().filter(|(.., rare)| *rare).count();
            Some((pair[0].0, pair[0].1, tie(rare, pair.len())?))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_copies_are_tied_in_a_row() {
        let postings: Vec<(u64, u32)> =
            [1, 2, 3].iter().flat_map(|print| (0..100).map(move |text| (*print, text))).collect();
        let found = candidates(&postings);
        assert_eq!(found.len(), 99);
        assert!(found.iter().all(|(a, b, tie)| *b == a + 1 && *tie == Tie::Frequent));
        assert_eq!(candidates(&[(1, 4), (1, 9), (2, 4), (2, 9), (3, 4), (3, 5)]), [(4, 9, Tie::Rare)]);
    }
}
