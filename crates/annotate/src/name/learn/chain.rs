//! How likely labels are, each at its word and behind each other, among those that words may have (forward and backward
//! over a linear chain, Lafferty et al. 2001).

use crate::name::decode::{Node, Steps};
use crate::name::label::{LABELS, follows};

/// What share of the whole labels have.
pub(super) struct Shares {
    /// At each word.
    pub(super) nodes: Vec<Node>,
    /// Behind each other, summed over the sentence.
    pub(super) steps: Steps,
}

/// Shares by weights; `None` where no row of labels is allowed, or none can be told.
pub(super) fn shares(steps: &Steps, nodes: &[Node], may: impl Fn(usize, usize) -> bool) -> Option<Shares> {
    let steps: Steps = std::array::from_fn(|before| {
        std::array::from_fn(|label| if follows(before, label) { steps[before][label].exp() } else { 0.0 })
    });
    let own: Vec<Node> =
        nodes.iter().enumerate().map(|(at, node)| own(node, |label| may(at, label))).collect();
    let mut forward: Vec<Node> = Vec::with_capacity(nodes.len());
    for own in &own {
        let mut next: Node = std::array::from_fn(|label| {
            let come = match forward.last() {
                Some(last) => (0..LABELS).map(|before| last[before] * steps[before][label]).sum(),
                None => steps[0][label],
            };
            own[label] * come
        });
        to_one(&mut next)?;
        forward.push(next);
    }
    let mut shares = Shares { nodes: forward.clone(), steps: [[0.0; LABELS]; LABELS] };
    let mut behind: Node = [1.0; LABELS];
    for at in (0..nodes.len()).rev() {
        let node = &mut shares.nodes[at];
        node.iter_mut().zip(&behind).for_each(|(share, behind)| *share *= behind);
        to_one(node)?;
        let Some(before) = at.checked_sub(1) else {
            shares.steps[0].iter_mut().zip(node).for_each(|(sum, share)| *sum += *share);
            break;
        };
        let come: Node = std::array::from_fn(|label| own[at][label] * behind[label]);
        let mut pairs: Steps =
            std::array::from_fn(|from| std::array::from_fn(|to| steps[from][to] * come[to]));
        behind = std::array::from_fn(|from| pairs[from].iter().sum());
        pairs
            .iter_mut()
            .zip(&forward[before])
            .for_each(|(row, share)| row.iter_mut().for_each(|pair| *pair *= share));
        to_one(pairs.as_flattened_mut())?;
        shares
            .steps
            .as_flattened_mut()
            .iter_mut()
            .zip(pairs.as_flattened())
            .for_each(|(sum, pair)| *sum += pair);
        to_one(&mut behind)?;
    }
    Some(shares)
}

/// The weights of a word's labels as factors, the greatest being one.
fn own(node: &Node, may: impl Fn(usize) -> bool) -> Node {
    const LEAST: f32 = 1e-30;
    let allowed = || (0..LABELS).filter(|label| may(*label));
    let most = allowed().map(|label| node[label]).fold(f32::NEG_INFINITY, f32::max);
    let mut own = [0.0; LABELS];
    allowed().for_each(|label| own[label] = (node[label] - most).exp().max(LEAST));
    own
}

/// Brings some numbers to the sum of one.
fn to_one(numbers: &mut [f32]) -> Option<()> {
    let sum: f32 = numbers.iter().sum();
    (sum > 0.0 && sum.is_finite()).then(|| numbers.iter_mut().for_each(|number| *number /= sum))
}
