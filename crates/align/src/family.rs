//! Families: texts joined by shared text count as one origin.

use std::collections::BTreeMap;

/// The share of the shorter document's words from which two documents count as one origin.
pub const ORIGIN_SHARE: f64 = 0.5;

/// The share of the shorter text's words that two texts have in common, 0 to 1.
pub fn share(matched: u32, words_a: u32, words_b: u32) -> f64 {
    match words_a.min(words_b) {
        0 => 0.0,
        shorter => (f64::from(matched) / f64::from(shorter)).min(1.0),
    }
}

/// Whether two texts tied by frequent words only are copies of one story: the shared words make up most of the longer
/// text too. Two short notes under the same long footer share more than half of the shorter one.
pub fn is_near_copy(matched: u32, words_a: u32, words_b: u32) -> bool {
    f64::from(matched) >= NEAR_COPY_SHARE * f64::from(words_a.max(words_b))
}

/// The share of the longer text's words from which texts tied by frequent words only are one origin.
const NEAR_COPY_SHARE: f64 = 0.7;

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

    proptest! {
        #[test]
        fn the_order_of_edges_is_irrelevant(mut edges in proptest::collection::vec((0u8..20, 0u8..20), 0..40)) {
            let forward = families(0..20, edges.clone());
            edges.reverse();
            prop_assert_eq!(forward, families(0..20, edges));
        }
    }
}
