//! An unrooted tree of witnesses by neighbour-joining (Saitou & Nei 1987).
//!
//! A witness without a change of its own does not hang on a branch: it stands where the branches meet, an observed
//! ancestor. Where branches meet and no witness stands, an unobserved text stood.

use super::collation::{Collation, MISSING, Variation};

/// Changes that an unobserved text has to differ by: one may be two copyists' chance.
const CHANCE: usize = 1;
const OVERWRITTEN: f64 = 0.05;

/// A place in the tree.
#[derive(Clone, Debug, Default)]
pub(crate) struct Node {
    /// The witnesses that stand here: equal ones share a node.
    pub(crate) witnesses: Vec<usize>,
    /// Neighbours with the number of changes between.
    pub(crate) near: Vec<(usize, f64)>,
}

/// The tree of at least two witnesses; every node has a neighbour where not all witnesses are equal.
pub(crate) fn tree(collation: &Collation, witnesses: &[usize]) -> Vec<Node> {
    let leaf = |witness: &usize| Node { witnesses: vec![*witness], near: Vec::new() };
    let mut nodes: Vec<Node> = witnesses.iter().map(leaf).collect();
    let row = |a: &usize| witnesses.iter().map(|b| collation.distance(*a, *b)).collect();
    let mut distance: Vec<Vec<f64>> = witnesses.iter().map(row).collect();
    let mut open: Vec<usize> = (0..witnesses.len()).collect();
    while open.len() > 2 {
        let (i, j) = nearest(&open, &distance);
        let (a, b) = (open[i], open[j]);
        let others = (open.len() - 2) as f64;
        let sum = |from: usize| open.iter().map(|to| distance[from][*to]).sum::<f64>();
        let to_a = ((distance[a][b] + (sum(a) - sum(b)) / others) / 2.0).clamp(0.0, distance[a][b]);
        let joint = nodes.len();
        nodes.push(Node::default());
        link(&mut nodes, joint, a, to_a);
        link(&mut nodes, joint, b, distance[a][b] - to_a);
        let row: Vec<f64> = (0..joint)
            .map(|other| ((distance[a][other] + distance[b][other] - distance[a][b]) / 2.0).max(0.0))
            .collect();
        for (other, to) in row.iter().enumerate() {
            distance[other].push(*to);
        }
        distance.push(row.into_iter().chain([0.0]).collect());
        open.retain(|at| *at != a && *at != b);
        open.push(joint);
    }
    if let [a, b] = open[..] {
        let between = distance[a][b];
        link(&mut nodes, a, b, between);
    }
    merged(nodes, collation)
}

fn link(nodes: &mut [Node], a: usize, b: usize, changes: f64) {
    nodes[a].near.push((b, changes));
    nodes[b].near.push((a, changes));
}

/// The two places in a list that neighbour-joining joins next; of equals the first.
fn nearest(open: &[usize], distance: &[Vec<f64>]) -> (usize, usize) {
    let sums: Vec<f64> = open.iter().map(|from| open.iter().map(|to| distance[*from][*to]).sum()).collect();
    let others = open.len() as f64 - 2.0;
    let mut best = (f64::INFINITY, (0, 1));
    for i in 0..open.len() {
        for j in i + 1..open.len() {
            let criterion = others * distance[open[i]][open[j]] - sums[i] - sums[j];
            if criterion < best.0 - 1e-9 {
                best = (criterion, (i, j));
            }
        }
    }
    best.1
}

/// Joins places between which nothing is known to have changed, and leaves out those that nothing hangs on.
fn merged(mut nodes: Vec<Node>, collation: &Collation) -> Vec<Node> {
    while let Some((kept, gone)) = same_place(&nodes, collation) {
        let other = std::mem::take(&mut nodes[gone]);
        nodes[kept].witnesses.extend(other.witnesses);
        nodes[kept].near.retain(|(near, _)| *near != gone);
        for (next, changes) in other.near.into_iter().filter(|(next, _)| *next != kept) {
            nodes[kept].near.push((next, changes));
            nodes[next].near.iter_mut().filter(|(near, _)| *near == gone).for_each(|near| near.0 = kept);
        }
        shorten(&mut nodes);
    }
    for at in 0..nodes.len() {
        for to in 0..nodes[at].near.len() {
            nodes[at].near[to].1 = changes(&nodes, collation, at, nodes[at].near[to].0) as f64;
        }
    }
    numbered_anew(nodes)
}

/// An unobserved place between two others is nothing but a longer branch; one at an end is nothing.
fn shorten(nodes: &mut [Node]) {
    loop {
        let idle = (0..nodes.len())
            .find(|at| nodes[*at].witnesses.is_empty() && matches!(nodes[*at].near.len(), 1 | 2));
        let Some(idle) = idle else { break };
        let gone = std::mem::take(&mut nodes[idle]);
        match gone.near[..] {
            [(a, x), (b, y)] => {
                for (from, to) in [(a, b), (b, a)] {
                    let near = nodes[from].near.iter_mut().filter(|(near, _)| *near == idle);
                    near.for_each(|near| *near = (to, x + y));
                }
            }
            [(a, _)] => nodes[a].near.retain(|(near, _)| *near != idle),
            _ => {}
        }
    }
}

/// Two neighbours that are one place, the one to be kept first.
fn same_place(nodes: &[Node], collation: &Collation) -> Option<(usize, usize)> {
    let mut best: Option<((usize, usize), (usize, usize))> = None;
    for (a, node) in nodes.iter().enumerate() {
        for (b, _) in node.near.iter().filter(|(b, _)| *b > a) {
            let (x, y) = (nodes[a].witnesses.first(), nodes[*b].witnesses.first());
            // Of two texts that read alike one may still lack what the other has: that tells their order.
            let lost = |at: Option<&usize>| at.map_or(0, |at| collation.lost[*at].len());
            let one = match (x, y) {
                (Some(x), Some(y)) => collation.lost[*x] == collation.lost[*y],
                _ => true,
            };
            let chance = match (x, y) {
                (None, Some(_)) => by_chance(nodes, a, *b),
                (Some(_), None) => by_chance(nodes, *b, a),
                _ => 0,
            };
            let changes = if one { changes(nodes, collation, a, *b) } else { usize::MAX };
            if changes > chance {
                continue;
            }
            // Unobserved places go first, then to the observed text that is most whole.
            let rank = (2 * changes + usize::from(x.is_some() || y.is_some()), lost(x).max(lost(y)));
            if best.is_none_or(|(other, _)| rank < other) {
                best = Some((rank, if y.is_some() && x.is_none() { (*b, a) } else { (a, *b) }));
            }
        }
    }
    best.map(|(_, pair)| pair)
}

/// Changes that may set an observed text apart from the place where its copies branch off: a copyist now and then
/// changes what was changed before.
fn by_chance(nodes: &[Node], unobserved: usize, observed: usize) -> usize {
    let others = nodes[unobserved].near.iter().filter(|(near, _)| *near != observed);
    let longest = others.map(|(_, changes)| *changes).fold(0.0, f64::max);
    CHANCE + (OVERWRITTEN * longest) as usize
}

/// Variations at which the two ends of a branch are known to read differently.
fn changes(nodes: &[Node], collation: &Collation, a: usize, b: usize) -> usize {
    let differ = |variation: &&Variation| {
        let readings = &variation.readings;
        match (read_at(nodes, readings, a, b), read_at(nodes, readings, b, a)) {
            (Some(x), Some(y)) => x != y,
            _ => false,
        }
    };
    collation.variations.iter().filter(differ).count()
}

/// The reading at a place, told without the neighbour `not`: its own, or the one that two of its other neighbours
/// agree on.
fn read_at(nodes: &[Node], readings: &[u32], at: usize, not: usize) -> Option<u32> {
    if let Some(own) = nodes[at].witnesses.iter().map(|w| readings[*w]).find(|reading| *reading != MISSING) {
        return Some(own);
    }
    // A text that lacks the passage tells nothing of it.
    if !nodes[at].witnesses.is_empty() {
        return None;
    }
    let around = nodes[at].near.iter().filter(|(next, _)| *next != not);
    let mut seen: Vec<u32> =
        around.filter_map(|(next, _)| nearest_reading(nodes, readings, *next, at)).collect();
    seen.sort_unstable();
    seen.windows(2).find(|two| two[0] == two[1]).map(|two| two[0])
}

/// The reading of the nearest witness on a side that has the passage.
fn nearest_reading(nodes: &[Node], readings: &[u32], from: usize, not: usize) -> Option<u32> {
    let mut open = std::collections::VecDeque::from([(from, not)]);
    while let Some((at, before)) = open.pop_front() {
        if let Some(own) =
            nodes[at].witnesses.iter().map(|w| readings[*w]).find(|reading| *reading != MISSING)
        {
            return Some(own);
        }
        open.extend(nodes[at].near.iter().filter(|(next, _)| *next != before).map(|(next, _)| (*next, at)));
    }
    None
}

fn numbered_anew(mut nodes: Vec<Node>) -> Vec<Node> {
    let mut number = vec![usize::MAX; nodes.len()];
    let kept: Vec<usize> = (0..nodes.len())
        .filter(|at| !nodes[*at].witnesses.is_empty() || !nodes[*at].near.is_empty())
        .collect();
    for (new, old) in kept.iter().enumerate() {
        number[*old] = new;
    }
    kept.into_iter()
        .map(|old| {
            let mut node = std::mem::take(&mut nodes[old]);
            node.witnesses.sort_unstable();
            node.near.iter_mut().for_each(|near| near.0 = number[near.0]);
            node.near.sort_by_key(|near| near.0);
            node
        })
        .collect()
}
