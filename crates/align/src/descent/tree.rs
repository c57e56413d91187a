//! An unrooted tree of witnesses by neighbour-joining (Saitou & Nei 1987).
//!
//! A witness without a change of its own does not hang on a branch: it stands where the branches meet, an observed
//! ancestor. Where branches meet and no witness stands, an unobserved text stood.

use super::collation::Collation;

/// A place in the tree.
#[derive(Clone, Debug, Default)]
pub(crate) struct Node {
    /// The witnesses that stand here: equal ones share a node.
    pub(crate) witnesses: Vec<usize>,
    /// Neighbours with the number of changes between.
    pub(crate) near: Vec<(usize, f64)>,
}

/// Changes below which two places of the tree are one.
const SAME: f64 = 0.5;

/// The tree of at least two witnesses; every node has a neighbour.
pub(crate) fn tree(collation: &Collation, witnesses: usize) -> Vec<Node> {
    let mut nodes: Vec<Node> = (0..witnesses).map(|at| Node { witnesses: vec![at], near: Vec::new() }).collect();
    let mut distance: Vec<Vec<f64>> =
        (0..witnesses).map(|a| (0..witnesses).map(|b| collation.distance(a, b)).collect()).collect();
    let mut open: Vec<usize> = (0..witnesses).collect();
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
    for witness in 0..witnesses {
        // Counted changes are surer than distances that were averaged.
        if witnesses > 2 && collation.singular(witness) == 0 && nodes[witness].near.len() == 1 {
            nodes[witness].near[0].1 = 0.0;
            let other = nodes[witness].near[0].0;
            nodes[other].near.iter_mut().filter(|(near, _)| *near == witness).for_each(|near| near.1 = 0.0);
        }
    }
    merged(nodes)
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

/// Joins places between which nothing changed, and leaves out those that nothing hangs on.
fn merged(mut nodes: Vec<Node>) -> Vec<Node> {
    loop {
        let short = (0..nodes.len()).find_map(|a| {
            let near = nodes[a].near.iter().find(|(_, changes)| *changes < SAME)?;
            Some((a, near.0))
        });
        let Some((a, b)) = short else { break };
        let gone = std::mem::take(&mut nodes[b]);
        nodes[a].witnesses.extend(gone.witnesses);
        nodes[a].near.retain(|(near, _)| *near != b);
        for (other, changes) in gone.near.into_iter().filter(|(other, _)| *other != a) {
            nodes[a].near.push((other, changes));
            nodes[other].near.iter_mut().filter(|(near, _)| *near == b).for_each(|near| near.0 = a);
        }
    }
    // An unobserved place between two others is nothing but a longer branch.
    loop {
        let idle = (0..nodes.len()).find(|at| nodes[*at].witnesses.is_empty() && nodes[*at].near.len() == 2);
        let Some(idle) = idle else { break };
        let gone = std::mem::take(&mut nodes[idle]);
        if let [(a, x), (b, y)] = gone.near[..] {
            for (from, to) in [(a, b), (b, a)] {
                let near = nodes[from].near.iter_mut().find(|(near, _)| *near == idle);
                if let Some(near) = near {
                    *near = (to, x + y);
                }
            }
        }
    }
    let mut number = vec![usize::MAX; nodes.len()];
    let kept: Vec<usize> =
        (0..nodes.len()).filter(|at| !nodes[*at].witnesses.is_empty() || !nodes[*at].near.is_empty()).collect();
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
