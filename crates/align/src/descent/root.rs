//! The root: which way the steps of a tree went.
//!
//! Every place of the tree, and every branch, may hold the oldest text. Each is weighed by all evidence at once; the
//! probability of a direction is the weight of all roots that imply it.

use super::collation::{Collation, MISSING};
use super::tree::Node;
use super::{EvidenceKind, Step, Witness};

/// A tree with a root.
pub(super) struct Rooted {
    pub(super) root: usize,
    /// The two ends of the branch on which the root lies, where it lies on one.
    pub(super) between: Option<(usize, usize)>,
    /// Probability of this root.
    pub(super) certainty: f64,
    pub(super) steps: Vec<Step>,
}

/// A text that was published before the one it would come from: how hard that is to believe, in nats.
const WRONG_DATE: f64 = 4.0;
/// A passage of the parent that the child lacks, over the other way round.
const LOST: f64 = 1.2;
/// An odder reading, over the other way round.
const ODD: f64 = 0.9;
/// No single kind of evidence on one branch counts for more.
const MOST: f64 = 4.0;
/// A text that says where it was taken from.
const NOTICE: f64 = 4.0;
/// The prior weight of a neighbour more.
const CENTRE: f64 = 1.0;
/// The prior of an unobserved root over an observed one, in nats.
const UNOBSERVED: f64 = -0.5;
/// The prior of a root on a branch between two observed texts.
const ON_BRANCH: f64 = -1.6;

#[derive(Clone, Copy, PartialEq, Debug)]
enum Place {
    Node(usize),
    Branch(usize, usize),
}

/// Roots a tree.
pub(super) fn root(
    nodes: &[Node],
    collation: &Collation,
    witnesses: &[Witness],
    attested: &impl Fn(u64, u64) -> bool,
) -> Rooted {
    let cx = Cx { nodes, collation, witnesses };
    // For every branch, both ways: what speaks for the second end coming from the first.
    let mut branches: Vec<Branch> = Vec::new();
    for (a, node) in nodes.iter().enumerate() {
        for (b, changes) in node.near.iter().filter(|(b, _)| *b > a) {
            branches.push(Branch { a, b: *b, changes: *changes, evidence: cx.evidence(a, *b, attested) });
        }
    }
    let mut places: Vec<(Place, f64)> = Vec::new();
    for at in 0..nodes.len() {
        places.push((Place::Node(at), cx.weight(Place::Node(at), &branches)));
    }
    for branch in branches.iter().filter(|branch| branch.changes >= 2.0) {
        let place = Place::Branch(branch.a, branch.b);
        places.push((place, cx.weight(place, &branches)));
    }
    let most = places.iter().map(|(_, weight)| *weight).fold(f64::NEG_INFINITY, f64::max);
    let all: f64 = places.iter().map(|(_, weight)| (weight - most).exp()).sum();
    for (_, weight) in &mut places {
        *weight = (*weight - most).exp() / all;
    }
    // The likeliest place; of equals the first.
    let (place, certainty) = places
        .iter()
        .copied()
        .fold((Place::Node(0), -1.0), |best, one| if one.1 > best.1 + 1e-12 { one } else { best });
    let mut steps = Vec::new();
    for branch in &branches {
        let (parent, child) = match place {
            Place::Branch(a, b) if (a, b) == (branch.a, branch.b) => (a, b),
            _ if cx.is_behind(branch.a, branch.b, place) => (branch.b, branch.a),
            _ => (branch.a, branch.b),
        };
        let implied = places.iter().filter(|(other, _)| match other {
            Place::Branch(a, b) if (*a, *b) == (branch.a, branch.b) => false,
            other => !cx.is_behind(parent, child, *other),
        });
        let probability = implied.map(|(_, probability)| probability).sum();
        let turned = if parent == branch.a { 1.0 } else { -1.0 };
        let mut evidence: Vec<(EvidenceKind, f64)> =
            branch.evidence.iter().map(|(kind, nats)| (*kind, nats * turned)).collect();
        evidence.extend(cx.dates(parent, child));
        let centre =
            CENTRE * ((nodes[parent].near.len() as f64).ln() - (nodes[child].near.len() as f64).ln());
        if centre.abs() > 0.1 {
            evidence.push((EvidenceKind::Centre, centre));
        }
        steps.push(Step { parent, child, probability, changes: branch.changes, second: false, evidence });
    }
    let (root, between) = match place {
        Place::Node(root) => (root, None),
        Place::Branch(a, b) => (a, Some((a, b))),
    };
    Rooted { root, between, certainty, steps }
}

struct Branch {
    a: usize,
    b: usize,
    changes: f64,
    evidence: Vec<(EvidenceKind, f64)>,
}

struct Cx<'c, 'w> {
    nodes: &'c [Node],
    collation: &'c Collation,
    witnesses: &'c [Witness<'w>],
}

impl Cx<'_, '_> {
    /// Whether a place lies behind `child`, seen from `parent`, which is its neighbour.
    fn is_behind(&self, parent: usize, child: usize, place: Place) -> bool {
        let at = match place {
            Place::Node(at) => at,
            Place::Branch(a, b) if (a, b) == (parent.min(child), parent.max(child)) => return false,
            // Both ends of another branch lie on the same side.
            Place::Branch(a, b) => {
                if a == parent {
                    b
                } else {
                    a
                }
            }
        };
        at != parent && self.reaches(child, parent, at)
    }

    fn reaches(&self, from: usize, not: usize, to: usize) -> bool {
        from == to
            || self.nodes[from].near.iter().any(|(next, _)| *next != not && self.reaches(*next, from, to))
    }

    /// The weight of a root: everything its directions imply, in nats.
    fn weight(&self, place: Place, branches: &[Branch]) -> f64 {
        let mut weight = match place {
            Place::Node(at) => {
                let node = &self.nodes[at];
                let unobserved = if node.witnesses.is_empty() { UNOBSERVED } else { 0.0 };
                CENTRE * (node.near.len() as f64).ln() + unobserved + self.outside(&node.witnesses)
            }
            Place::Branch(a, b) => {
                let observed = [a, b].iter().filter(|at| !self.nodes[**at].witnesses.is_empty()).count();
                ON_BRANCH - 0.7 * (2 - observed) as f64
            }
        };
        for branch in branches {
            if place == Place::Branch(branch.a, branch.b) {
                continue;
            }
            let sum: f64 = branch.evidence.iter().map(|(_, nats)| nats).sum();
            weight += if self.is_behind(branch.a, branch.b, place) { -sum / 2.0 } else { sum / 2.0 };
        }
        weight - self.date_faults(place)
    }

    /// A root that says it was published elsewhere before is none.
    fn outside(&self, witnesses: &[usize]) -> f64 {
        match witnesses.iter().any(|at| self.witnesses[*at].taken_from_outside) {
            true => -1.5,
            false => 0.0,
        }
    }

    /// What a root makes of the dates: each observed text against its nearest observed ancestor.
    fn date_faults(&self, place: Place) -> f64 {
        let mut faults = 0.0;
        match place {
            Place::Node(root) => self.walk_dates(root, usize::MAX, None, &mut faults),
            Place::Branch(a, b) => {
                self.walk_dates(a, b, None, &mut faults);
                self.walk_dates(b, a, None, &mut faults);
            }
        }
        faults
    }

    fn walk_dates(&self, at: usize, from: usize, above: Option<(f64, f64)>, faults: &mut f64) {
        let own = self.published(at);
        if let (Some(above), Some(own)) = (above, own) {
            *faults += match () {
                () if own.1 < above.0 => WRONG_DATE,
                () if own.0 > above.1 => 0.0,
                () => 0.3,
            };
        }
        for (next, _) in self.nodes[at].near.iter().filter(|(next, _)| *next != from) {
            self.walk_dates(*next, at, own.or(above), faults);
        }
    }

    /// When the texts of a node were there first.
    fn published(&self, node: usize) -> Option<(f64, f64)> {
        let dates = self.nodes[node].witnesses.iter().filter_map(|at| self.witnesses[*at].published);
        dates.reduce(|a, b| if b.0 < a.0 { b } else { a })
    }

    fn dates(&self, parent: usize, child: usize) -> Option<(EvidenceKind, f64)> {
        let (a, b) = (self.published(parent)?, self.published(child)?);
        if a.1 < b.0 {
            Some((EvidenceKind::Date, WRONG_DATE))
        } else if b.1 < a.0 {
            Some((EvidenceKind::Date, -WRONG_DATE))
        } else {
            None
        }
    }

    /// What speaks for `b` coming from `a`, dates apart.
    fn evidence(&self, a: usize, b: usize, attested: &impl Fn(u64, u64) -> bool) -> Vec<(EvidenceKind, f64)> {
        let mut evidence = Vec::new();
        let mut add = |kind, nats: f64| {
            if nats.abs() > 0.05 {
                evidence.push((kind, nats.clamp(-MOST, MOST)));
            }
        };
        let (of_a, of_b) = (&self.nodes[a].witnesses, &self.nodes[b].witnesses);
        if let (Some(x), Some(y)) = (of_a.first(), of_b.first()) {
            let lost = |at: usize, other: usize| {
                let of_other = &self.collation.lost[other];
                let own = self.collation.lost[at].iter();
                own.filter(|(from, to)| !of_other.iter().any(|(x, y)| x <= from && to <= y)).count() as f64
            };
            add(EvidenceKind::Lost, LOST * (lost(*y, *x) - lost(*x, *y)));
        }
        let says = |child: &[usize], parent: &[usize]| {
            child.iter().any(|at| self.witnesses[*at].taken_from.is_some_and(|of| parent.contains(&of)))
        };
        let notice = f64::from(u8::from(says(of_b, of_a))) - f64::from(u8::from(says(of_a, of_b)));
        add(EvidenceKind::Notice, NOTICE * notice);
        // Readings that hold on one side of the branch and not on the other.
        let (side_a, side_b) = (self.side(a, b), self.side(b, a));
        let mut odd = 0.0;
        for variation in &self.collation.variations {
            let (Some(x), Some(y)) = (self.only(&side_a, variation), self.only(&side_b, variation)) else {
                continue;
            };
            if variation.readings[x] == variation.readings[y] {
                continue;
            }
            odd += self.oddness(y, variation.around[y], attested)
                - self.oddness(x, variation.around[x], attested);
        }
        add(EvidenceKind::Readings, ODD * odd);
        evidence
    }

    /// The witnesses on one side of a branch.
    fn side(&self, at: usize, not: usize) -> Vec<usize> {
        let mut found = self.nodes[at].witnesses.clone();
        for (next, _) in self.nodes[at].near.iter().filter(|(next, _)| *next != not) {
            found.extend(self.side(*next, at));
        }
        found
    }

    /// A witness that stands for its side, where all of it that is known reads the same.
    fn only(&self, side: &[usize], variation: &super::collation::Variation) -> Option<usize> {
        let mut known = side.iter().filter(|at| variation.readings[**at] != MISSING);
        let first = *known.next()?;
        known.all(|at| variation.readings[*at] == variation.readings[first]).then_some(first)
    }

    /// The share of neighbouring words around a reading that stand together in no other text.
    fn oddness(&self, witness: usize, (from, to): (u32, u32), attested: &impl Fn(u64, u64) -> bool) -> f64 {
        let words = &self.witnesses[witness].wording.hashes;
        let (from, to) = ((from as usize).saturating_sub(1), (to as usize + 1).min(words.len()));
        let around = words.get(from..to).unwrap_or(&[]);
        let pairs = around.windows(2);
        let count = pairs.len().max(1) as f64;
        pairs.filter(|pair| !attested(pair[0], pair[1])).count() as f64 / count
    }
}
