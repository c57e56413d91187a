//! Descent: which text was made from which, with texts nobody has among them.
//!
//! Witnesses of one text are collated; their variations give an unrooted tree, evidence about time and making gives
//! its root, and every step carries a probability. An exact copy carries no direction, and where the evidence is
//! thin the answer is that it cannot be told.
//!
//! After the common practice of stemmatics: shared readings group witnesses, only outside evidence roots the tree,
//! a witness may have a second parent (contamination).

mod collation;
mod root;
mod tree;

use crate::wording::Wording;
use collation::{Collation, MISSING, collate};
use root::Rooted;

/// A text of a family, with what is known of its making.
#[derive(Clone, Debug)]
pub struct Witness<'w> {
    /// Its words.
    pub wording: &'w Wording,
    /// When it was published, in days or parts of a day since any fixed day: earliest and latest.
    pub published: Option<(f64, f64)>,
    /// The witness it says it was taken from, by its number.
    pub taken_from: Option<usize>,
    /// Whether it says that it was published elsewhere before, by nobody among the witnesses.
    pub taken_from_outside: bool,
}

/// Why one text is held to come from another.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum EvidenceKind {
    /// Published later.
    Date,
    /// It says so itself.
    Notice,
    /// It lacks passages the other has.
    Lost,
    /// Its readings are the odder ones.
    Readings,
    /// More texts stand around the other.
    Centre,
}

impl EvidenceKind {
    /// What it says, for a reader.
    pub fn gloss(self) -> &'static str {
        match self {
            EvidenceKind::Date => "published later",
            EvidenceKind::Notice => "says so itself",
            EvidenceKind::Lost => "lacks passages the other has",
            EvidenceKind::Readings => "its changed words occur nowhere else",
            EvidenceKind::Centre => "more texts stand around the other",
        }
    }

    /// The word of the exchange format.
    pub fn word(self) -> &'static str {
        match self {
            EvidenceKind::Date => "date",
            EvidenceKind::Notice => "notice",
            EvidenceKind::Lost => "lost",
            EvidenceKind::Readings => "readings",
            EvidenceKind::Centre => "centre",
        }
    }
}

/// One step from a parent to a child, by the numbers of nodes.
#[derive(Clone, PartialEq, Debug)]
pub struct Step {
    /// Whence.
    pub parent: usize,
    /// Whither.
    pub child: usize,
    /// Probability that it went this way and not the other. 0.5 = cannot tell.
    pub probability: f64,
    /// Changes between the two.
    pub changes: f64,
    /// Whether it is a second parent: only some passages come from it.
    pub second: bool,
    /// What speaks for the direction, with natural logarithms of likelihood ratios; negative ones speak against it.
    pub evidence: Vec<(EvidenceKind, f64)>,
}

/// How witnesses descend from one another.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Descent {
    /// For each node the witnesses that stand there; none where the text is unobserved. Witnesses of one node differ
    /// in nothing that could tell their order.
    pub nodes: Vec<Vec<usize>>,
    /// Steps, each node but one having a parent.
    pub steps: Vec<Step>,
    /// The node that is likeliest the oldest.
    pub root: usize,
}

/// Witnesses beyond this number are not laid in a tree.
pub const WITNESSES_LIMIT: usize = 60;

/// How witnesses descend. `attested` tells whether two words stand next to each other in a text of no witness, by
/// their hashes; where nothing is known it says no. Gives nothing for fewer than two witnesses or too many.
pub fn descent(witnesses: &[Witness], attested: impl Fn(u64, u64) -> bool) -> Option<Descent> {
    if !(2..=WITNESSES_LIMIT).contains(&witnesses.len()) {
        return None;
    }
    let wordings: Vec<&Wording> = witnesses.iter().map(|witness| witness.wording).collect();
    let collation = collate(&wordings);
    let nodes = tree::tree(&collation, witnesses.len());
    let rooted = root::root(&nodes, &collation, witnesses, &attested);
    Some(read_off(&nodes, &collation, rooted))
}

fn read_off(nodes: &[tree::Node], collation: &Collation, rooted: Rooted) -> Descent {
    let mut descent = Descent {
        nodes: nodes.iter().map(|node| node.witnesses.clone()).collect(),
        steps: rooted.steps,
        root: rooted.root,
    };
    // An unobserved text between two observed ones, where the root lies on a branch.
    if let Some((a, b)) = rooted.between {
        let hidden = descent.nodes.len();
        descent.nodes.push(Vec::new());
        descent.steps.retain(|step| (step.parent, step.child) != (a, b) && (step.parent, step.child) != (b, a));
        let changes = nodes[a].near.iter().find(|(near, _)| *near == b).map_or(0.0, |near| near.1);
        for child in [a, b] {
            descent.steps.push(Step {
                parent: hidden,
                child,
                probability: rooted.certainty,
                changes: changes / 2.0,
                second: false,
                evidence: Vec::new(),
            });
        }
        descent.root = hidden;
    }
    let seconds = second_parents(&descent, collation);
    descent.steps.extend(seconds);
    descent.steps.sort_by_key(|step| (step.child, step.second, step.parent));
    descent
}

/// Changes a second parent has to explain.
const LEAST_SECOND: usize = 3;

/// Witnesses that read a whole stretch as another text does and not as their parent.
fn second_parents(descent: &Descent, collation: &Collation) -> Vec<Step> {
    let mut found = Vec::new();
    for step in &descent.steps {
        let (Some(parent), Some(child)) =
            (descent.nodes[step.parent].first(), descent.nodes[step.child].first())
        else {
            continue;
        };
        let mut best: Option<(usize, usize)> = None;
        for (node, others) in descent.nodes.iter().enumerate() {
            let Some(other) = others.first() else { continue };
            if node == step.parent || node == step.child || descent.is_below(node, step.child) {
                continue;
            }
            // Variations at which the other differs from the parent, and whether the child sides with it.
            let sides: Vec<bool> = collation
                .variations
                .iter()
                .map(|variation| &variation.readings)
                .filter(|r| r[*parent] != MISSING && r[*child] != MISSING && r[*other] != MISSING)
                .filter(|r| r[*other] != r[*parent])
                .map(|r| r[*child] == r[*other])
                .collect();
            let with = sides.iter().filter(|side| **side).count();
            let (first, last) =
                (sides.iter().position(|side| *side), sides.iter().rposition(|side| *side));
            let (Some(first), Some(last)) = (first, last) else { continue };
            let solid = with * 5 >= (last + 1 - first) * 4;
            if with >= LEAST_SECOND && solid && best.is_none_or(|(_, most)| with > most) {
                best = Some((node, with));
            }
        }
        if let Some((node, with)) = best {
            found.push(Step {
                parent: node,
                child: step.child,
                probability: step.probability * 0.8,
                changes: with as f64,
                second: true,
                evidence: Vec::new(),
            });
        }
    }
    found
}

impl Descent {
    /// Whether a node descends from another by first parents.
    fn is_below(&self, node: usize, ancestor: usize) -> bool {
        let mut at = node;
        for _ in 0..self.nodes.len() {
            let Some(step) = self.steps.iter().find(|step| step.child == at && !step.second) else { return false };
            if step.parent == ancestor {
                return true;
            }
            at = step.parent;
        }
        false
    }

    /// The nearest observed ancestor of a node, the probability of the whole way, and whether an unobserved text lies
    /// between.
    pub fn observed_parent(&self, node: usize) -> Option<(usize, f64, bool)> {
        let (mut at, mut probability, mut hidden) = (node, 1.0f64, false);
        for _ in 0..self.nodes.len() {
            let step = self.steps.iter().find(|step| step.child == at && !step.second)?;
            probability = probability.min(step.probability);
            if !self.nodes[step.parent].is_empty() {
                return Some((step.parent, probability, hidden));
            }
            (at, hidden) = (step.parent, true);
        }
        None
    }
}
