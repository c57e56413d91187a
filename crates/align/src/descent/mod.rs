//! Descent: which text was made from which, with texts nobody has among them.
//!
//! Witnesses of one text are collated; their variations give an unrooted tree, evidence about time and making gives
//! its root, and every step carries a probability. An exact copy carries no direction, and where the evidence is
//! thin the answer is that it cannot be told.
//!
//! After the common practice of stemmatics: shared readings group witnesses, only outside evidence roots the tree,
//! a witness may have a second parent (contamination).

mod collation;
mod mixture;
mod root;
mod tree;

use crate::wording::Wording;
use collation::{Ends, collate};

pub use collation::{Reading, Variant, variants};

use mixture::{Mixture, mixtures};
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
    let collation = collate(&wordings, Ends::Left);
    // A mixture would pull the texts it was made of together: it is hung on them afterwards.
    let mixtures = mixtures(&collation, witnesses.len());
    let simple: Vec<usize> =
        (0..witnesses.len()).filter(|at| mixtures.iter().all(|mixture| mixture.witness != *at)).collect();
    let nodes = tree::tree(&collation, &simple);
    let rooted = root::root(&nodes, &collation, witnesses, &attested);
    let mut descent = read_off(&nodes, rooted);
    for mixture in mixtures {
        descent.hang(mixture);
    }
    Some(descent)
}

fn read_off(nodes: &[tree::Node], rooted: Rooted) -> Descent {
    let mut descent = Descent {
        nodes: nodes.iter().map(|node| node.witnesses.clone()).collect(),
        steps: rooted.steps,
        root: rooted.root,
    };
    // An unobserved text between two observed ones, where the root lies on a branch.
    if let Some((a, b)) = rooted.between {
        let hidden = descent.nodes.len();
        descent.nodes.push(Vec::new());
        descent
            .steps
            .retain(|step| (step.parent, step.child) != (a, b) && (step.parent, step.child) != (b, a));
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
    descent.steps.sort_by_key(|step| (step.child, step.second, step.parent));
    descent
}

/// Probability that a mixture came from its texts and not they from it.
const MIXED: f64 = 0.9;

impl Descent {
    /// Hangs a mixture on the two texts it was made of.
    fn hang(&mut self, mixture: Mixture) {
        let node = |witness: usize| self.nodes.iter().position(|node| node.contains(&witness));
        let (Some(first), Some(second)) = (node(mixture.first), node(mixture.second)) else { return };
        let child = self.nodes.len();
        self.nodes.push(vec![mixture.witness]);
        for (parent, second) in [(first, false), (second, true)] {
            self.steps.push(Step {
                parent,
                child,
                probability: MIXED,
                changes: mixture.readings as f64,
                second,
                evidence: Vec::new(),
            });
        }
    }

    /// The nearest observed ancestor of a witness. Of witnesses that stand at one place only one came from elsewhere:
    /// which, only dates can tell.
    pub fn parent_of(&self, witness: usize, witnesses: &[Witness]) -> Option<Parent> {
        let node = self.nodes.iter().position(|node| node.contains(&witness))?;
        let twins = &self.nodes[node];
        let first = first_published(twins, witnesses);
        if let Some(first) = first.filter(|first| *first != witness) {
            return Some(Parent { witness: first, probability: TWIN });
        }
        let mut grounds = Grounds { direction: 1.0, twins: twins.len() as f64, ..Grounds::default() };
        let mut at = node;
        for _ in 0..self.nodes.len() {
            let step = self.steps.iter().find(|step| step.child == at && !step.second)?;
            grounds.direction = grounds.direction.min(step.probability);
            grounds.changes += step.changes;
            grounds.second +=
                f64::from(u8::from(self.steps.iter().any(|other| other.child == at && other.second)));
            let parents = &self.nodes[step.parent];
            if let Some(parent) = parents.first() {
                let parent = first_published(parents, witnesses).unwrap_or(*parent);
                grounds.parents = parents.len() as f64;
                grounds.children =
                    self.steps.iter().filter(|other| other.parent == step.parent).count() as f64;
                grounds.dated = match (witnesses[parent].published, witnesses[witness].published) {
                    (Some(a), Some(b)) if a.1 < b.0 => 1.0,
                    _ => 0.0,
                };
                grounds.root = f64::from(u8::from(step.parent == self.root));
                return Some(Parent { witness: parent, probability: grounds.probability() });
            }
            grounds.unobserved += 1.0;
            at = step.parent;
        }
        None
    }
}

/// The nearest observed ancestor of a witness.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Parent {
    /// Which witness.
    pub witness: usize,
    /// Probability that it is.
    pub probability: f64,
}

/// What the probability of an ancestor rests on.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
struct Grounds {
    /// Probability of the direction, the least of the way.
    direction: f64,
    /// Changes on the way.
    changes: f64,
    /// Unobserved texts on the way.
    unobserved: f64,
    /// Witnesses at the place of the child.
    twins: f64,
    /// Witnesses at the place of the parent.
    parents: f64,
    /// Places that come from the parent.
    children: f64,
    /// 1 where both are dated and the parent is the earlier.
    dated: f64,
    /// 1 where the parent is the oldest of all.
    root: f64,
    /// Second parents on the way.
    second: f64,
}

impl Grounds {
    /// Fitted by logistic regression on 600 generated copy trees (`cargo xtask eval trees` measures on others).
    fn probability(&self) -> f64 {
        let direction = self.direction.clamp(0.01, 0.999);
        let terms = [
            (0.662, 1.0),
            (0.199, (direction / (1.0 - direction)).ln()),
            (0.269, self.changes.ln_1p()),
            (-0.533, self.unobserved),
            (-1.75, self.twins.max(1.0).ln()),
            (0.959, self.parents.max(1.0).ln()),
            (-0.924, self.children.ln_1p()),
            (0.541, self.dated),
            (0.866, self.root),
            (-0.977, self.second),
        ];
        let sum: f64 = terms.iter().map(|(weight, term)| weight * term).sum();
        1.0 / (1.0 + (-sum).exp())
    }
}

/// Probability that a later one of equal texts was made from the first.
const TWIN: f64 = 0.95;

/// The one of several witnesses that was surely published before all others.
fn first_published(of: &[usize], witnesses: &[Witness]) -> Option<usize> {
    let date = |at: usize| witnesses[at].published;
    of.iter().copied().find(|first| {
        of.iter().all(|other| {
            other == first || matches!((date(*first), date(*other)), (Some(a), Some(b)) if a.1 < b.0)
        })
    })
}

/// Probability from which a parent counts as told; below it cannot be told.
pub const TOLD: f64 = 0.85;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wording::wording;

    const BODY: &str = "the council met on the fifth day and decided to close every road that leads into the valley until noon \
                        and to send for an engineer who would look at the bridges before the next flood comes down from \
                        the hills where snow had fallen all through the night and nobody had slept in the old barracks";

    fn found(texts: &[String], days: &[Option<f64>]) -> (Descent, Vec<Option<Parent>>) {
        let wordings: Vec<Wording> = texts.iter().map(|text| wording(text)).collect();
        let witnesses: Vec<Witness> = wordings
            .iter()
            .zip(days)
            .map(|(wording, day)| Witness {
                wording,
                published: day.map(|day| (day, day)),
                taken_from: None,
                taken_from_outside: false,
            })
            .collect();
        let descent = descent(&witnesses, |_, _| false).unwrap();
        let parents = (0..texts.len()).map(|at| descent.parent_of(at, &witnesses)).collect();
        (descent, parents)
    }

    #[test]
    fn equal_texts_carry_no_direction() {
        let (descent, parents) = found(&[BODY.to_owned(), BODY.to_owned()], &[None, None]);
        assert_eq!((descent.nodes, descent.steps.len()), (vec![vec![0, 1]], 0));
        assert_eq!(parents, [None, None]);
    }

    #[test]
    fn copies_of_an_edited_copy_descend_from_it() {
        let second = BODY.replace("fifth day", "second evening").replace("engineer", "expert in such things");
        let third = second.replace("snow", "rain").replace("old barracks", "empty school");
        let fourth = second.replace("noon", "dusk").replace("every road", "all roads");
        let texts = [BODY.to_owned(), second, third, fourth];
        let (_, parents) = found(&texts, &[Some(1.0), Some(2.0), Some(3.0), Some(4.0)]);
        let of: Vec<Option<usize>> =
            parents.iter().map(|parent| parent.map(|parent| parent.witness)).collect();
        assert_eq!(of, [None, Some(0), Some(1), Some(1)]);
    }

    #[test]
    fn three_that_differ_each_in_its_own_way_have_an_unobserved_ancestor() {
        let one =
            BODY.replace("fifth day", "second evening").replace("noon", "dusk").replace("hills", "north");
        let two = BODY.replace("council", "elders").replace("snow", "rain").replace("engineer", "expert");
        let three =
            BODY.replace("every road", "all tracks").replace("bridges", "dams").replace("slept", "eaten");
        let (descent, _) = found(&[one, two, three], &[None, None, None]);
        assert_eq!(descent.nodes.iter().filter(|node| node.is_empty()).count(), 1);
        assert_eq!(descent.steps.len(), 3);
    }
}
