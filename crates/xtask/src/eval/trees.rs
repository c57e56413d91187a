//! Copy trees of which it is known who copied whom: does the descent found fit?

use super::Row;
use super::heaps::edited;
use crate::corpus::Random;
use align::{TOLD, Witness, Wording, descent, wording};
use std::collections::BTreeSet;

/// A generated text and where it comes from.
struct Copy {
    text: String,
    parents: Vec<usize>,
    day: f64,
    observed: bool,
}

/// What is true of the witnesses that are left.
struct Tree {
    texts: Vec<String>,
    days: Vec<Option<f64>>,
    /// Nearest observed ancestors of each.
    parents: Vec<BTreeSet<usize>>,
    /// Of each unobserved text from which at least two branches of witnesses go: the witnesses below it.
    hidden: Vec<BTreeSet<usize>>,
}

/// A tree of 2 to 50 witnesses, at most five steps deep: each copy is edited a little, some are cut, a fifth take
/// passages from a second text, three in ten texts are lost.
fn tree(base: &[(String, String)], dated: usize, random: &mut Random) -> Tree {
    let root = loop {
        let text = &base[random.below(base.len())].1;
        if text.split_whitespace().count() >= 150 {
            break text.clone();
        }
    };
    let pool: Vec<&str> = base[random.below(base.len())].1.split_whitespace().collect();
    let most = if random.below(3) == 0 { 68 } else { 20 };
    let count = 3 + random.below(most);
    let mut copies = vec![Copy { text: root, parents: Vec::new(), day: 0.0, observed: true }];
    let mut depth = vec![0];
    for _ in 1..count {
        let parent = loop {
            // What came first is copied more.
            let at = random.below(copies.len()).min(random.below(copies.len()));
            if depth[at] < 5 {
                break at;
            }
        };
        let mut text = copies[parent].text.clone();
        let mut parents = vec![parent];
        if random.below(5) == 0 && copies.len() > 2 {
            let second = random.below(copies.len());
            if let Some(mixed) = mixed(&text, &copies[second].text).filter(|_| second != parent) {
                text = mixed;
                parents.push(second);
            }
        }
        if random.below(4) == 0 {
            let words = text.split_whitespace().count();
            if words > 120 {
                text = cut(&text, words * (50 + random.below(40)) / 100);
            }
        }
        if random.below(8) > 0 {
            text = edited(&text, 1 + random.below(4), &pool, random);
        }
        let day = parents.iter().map(|parent| copies[*parent].day).fold(0.0, f64::max)
            + 0.2
            + random.below(30) as f64 / 10.0;
        depth.push(depth[parent] + 1);
        copies.push(Copy { text, parents, day, observed: true });
    }
    for copy in &mut copies {
        copy.observed = random.below(10) >= 3;
    }
    if copies.iter().filter(|copy| copy.observed).count() < 2 {
        copies.iter_mut().take(2).for_each(|copy| copy.observed = true);
    }
    let mut left: Vec<usize> = (0..copies.len()).filter(|at| copies[*at].observed).take(50).collect();
    // The order of witnesses tells nothing.
    for at in (1..left.len()).rev() {
        left.swap(at, random.below(at + 1));
    }
    let number = |copy: usize| left.iter().position(|at| *at == copy);
    let nearest = |copy: usize| {
        let mut found = BTreeSet::new();
        let mut open = copies[copy].parents.clone();
        while let Some(at) = open.pop() {
            match number(at) {
                Some(number) => _ = found.insert(number),
                None => open.extend(&copies[at].parents),
            }
        }
        found
    };
    let below = |ancestor: usize| -> BTreeSet<usize> {
        let comes_from = |mut at: usize| loop {
            match copies[at].parents.first() {
                Some(parent) if *parent == ancestor => break true,
                Some(parent) => at = *parent,
                None => break false,
            }
        };
        (0..left.len()).filter(|at| comes_from(left[*at])).collect()
    };
    // What a witness repeats word for word cannot be told from it.
    let repeated = |lost: usize| left.iter().any(|at| copies[lost].text == copies[*at].text);
    let lost = (0..copies.len()).filter(|at| number(*at).is_none() && !repeated(*at)).filter(|at| {
        let children = (0..copies.len()).filter(|child| copies[*child].parents.first() == Some(at));
        children.filter(|child| number(*child).is_some() || !below(*child).is_empty()).count() >= 2
    });
    Tree {
        texts: left.iter().map(|at| copies[*at].text.clone()).collect(),
        days: left.iter().map(|at| (random.below(100) < dated).then_some(copies[*at].day)).collect(),
        parents: left.iter().map(|at| nearest(*at)).collect(),
        hidden: lost.map(below).collect(),
    }
}

/// The first half of the paragraphs of one text, the rest of another.
fn mixed(a: &str, b: &str) -> Option<String> {
    let (a, b): (Vec<&str>, Vec<&str>) = (a.split("\n\n").collect(), b.split("\n\n").collect());
    let half = a.len() / 2;
    (a.len() == b.len() && half > 0).then(|| [&a[..half], &b[half..]].concat().join("\n\n"))
}

fn cut(text: &str, words: usize) -> String {
    let mut left = words;
    let mut kept = Vec::new();
    for paragraph in text.split("\n\n") {
        let own: Vec<&str> = paragraph.split_whitespace().take(left).collect();
        left -= own.len();
        kept.push(own.join(" "));
        if left == 0 {
            break;
        }
    }
    kept.join("\n\n")
}

#[derive(Default)]
struct Sums {
    told: usize,
    right: usize,
    /// Witnesses that have an observed ancestor.
    all: usize,
    found: usize,
    probabilities: Vec<(f64, bool)>,
    hidden: (usize, usize, usize),
}

/// Trees of three kinds of dating.
pub(super) fn rows(base: Option<&[(String, String)]>) -> Vec<Row> {
    const SET: &str = "descent, copy trees";
    const MEASURES: [(&str, &str); 3] = [
        (
            "directed edges: precision / recall where told",
            "180 generated trees of 2–50 witnesses, depth ≤ 5, a fifth contaminated, three in ten texts lost; told = probability ≥ .85; an edge is right where the parent is the nearest ancestor that is left",
        ),
        ("ECE", "the same, all edges between witnesses"),
        (
            "unobserved ancestors: F1",
            "the same; lost texts that no witness repeats word for word and from which at least two branches go; found where four fifths of the witnesses behind its branches agree, whichever way it was rooted",
        ),
    ];
    let Some(base) = base else {
        return MEASURES.map(|(measure, about)| Row { set: SET, measure, value: None, about }).into();
    };
    let mut by_dates = Vec::new();
    let mut sums = Sums::default();
    let attested = Attested::of(base);
    for dated in [0, 50, 100] {
        let mut own = Sums::default();
        let mut random = Random(1000 + dated as u64);
        for _ in 0..60 {
            measure(&tree(base, dated, &mut random), &attested, &mut own);
        }
        by_dates.push(format!(
            "{dated} % dated {:.2}/{:.2}",
            ratio(own.right, own.told),
            ratio(own.found, own.all)
        ));
        sums.add(own);
    }
    let (predicted, hit, truth) = sums.hidden;
    let values = [
        format!(
            "{:.3} / {:.3} ({})",
            ratio(sums.right, sums.told),
            ratio(sums.found, sums.all),
            by_dates.join(", ")
        ),
        super::reuse::ece(sums.probabilities.into_iter()),
        format!(
            "{:.3} (precision {:.3}, recall {:.3} of {truth})",
            2.0 * hit as f64 / (predicted + truth).max(1) as f64,
            ratio(hit, predicted),
            ratio(hit, truth)
        ),
    ];
    let row = |((measure, about), value)| Row { set: SET, measure, value: Some(value), about };
    MEASURES.into_iter().zip(values).map(row).collect()
}

impl Sums {
    fn add(&mut self, other: Sums) {
        self.told += other.told;
        self.right += other.right;
        self.all += other.all;
        self.found += other.found;
        self.probabilities.extend(other.probabilities);
        self.hidden.0 += other.hidden.0;
        self.hidden.1 += other.hidden.1;
        self.hidden.2 += other.hidden.2;
    }
}

fn ratio(part: usize, all: usize) -> f64 {
    part as f64 / all.max(1) as f64
}

/// Which words stand next to each other in how many texts.
struct Attested(std::collections::BTreeMap<(u64, u64), u32>);

impl Attested {
    fn of(base: &[(String, String)]) -> Attested {
        let mut pairs = std::collections::BTreeMap::new();
        for (_, text) in base {
            let words = wording(text).hashes;
            let own: BTreeSet<(u64, u64)> = words.windows(2).map(|pair| (pair[0], pair[1])).collect();
            own.into_iter().for_each(|pair| *pairs.entry(pair).or_default() += 1);
        }
        Attested(pairs)
    }
}

fn measure(tree: &Tree, attested: &Attested, sums: &mut Sums) {
    let wordings: Vec<Wording> = tree.texts.iter().map(|text| wording(text)).collect();
    let witnesses: Vec<Witness> = wordings
        .iter()
        .zip(&tree.days)
        .map(|(wording, day)| Witness {
            wording,
            published: day.map(|day| (day, day)),
            taken_from: None,
            taken_from_outside: false,
        })
        .collect();
    // The source of the tree is itself among the texts counted: one text is no attestation.
    let Some(found) = descent(&witnesses, |a, b| attested.0.get(&(a, b)).is_some_and(|texts| *texts > 1))
    else {
        return;
    };
    let node_of = |witness: usize| found.nodes.iter().position(|node| node.contains(&witness));
    for (child, parents) in tree.parents.iter().enumerate() {
        sums.all += usize::from(!parents.is_empty());
        let Some(told) = found.parent_of(child, &witnesses) else { continue };
        let (parent, probability) = (told.witness, told.probability);
        let parent_node = node_of(parent).unwrap_or(0);
        // Of equal texts any may be the one that was copied.
        let right = found.nodes[parent_node].iter().any(|parent| parents.contains(parent));
        sums.probabilities.push((probability, right));
        if probability >= TOLD {
            sums.told += 1;
            sums.right += usize::from(right);
            sums.found += usize::from(right);
        }
    }
    // Around each unobserved text: the witnesses behind each of its branches.
    let behind = |from: usize, not: usize| -> BTreeSet<usize> {
        let (mut seen, mut open) = (BTreeSet::from([from, not]), vec![from]);
        while let Some(at) = open.pop() {
            for step in found.steps.iter().filter(|step| !step.second) {
                for (a, b) in [(step.parent, step.child), (step.child, step.parent)] {
                    if a == at && seen.insert(b) {
                        open.push(b);
                    }
                }
            }
        }
        seen.remove(&not);
        seen.into_iter().flat_map(|node| found.nodes[node].iter().copied()).collect()
    };
    let all: BTreeSet<usize> = (0..tree.texts.len()).collect();
    let predicted: Vec<Vec<BTreeSet<usize>>> = (0..found.nodes.len())
        .filter(|node| found.nodes[*node].is_empty())
        .map(|node| {
            let near = found.steps.iter().filter(|step| !step.second).filter_map(|step| match step {
                step if step.parent == node => Some(step.child),
                step if step.child == node => Some(step.parent),
                _ => None,
            });
            let branches: Vec<BTreeSet<usize>> = near.map(|next| behind(next, node)).collect();
            // Whichever branch leads up, the others lead down; at the root all do.
            let mut below: Vec<BTreeSet<usize>> =
                branches.iter().map(|branch| all.difference(branch).copied().collect()).collect();
            below.push(all.clone());
            below
        })
        .collect();
    let alike =
        |a: &BTreeSet<usize>, b: &BTreeSet<usize>| a.intersection(b).count() * 5 >= a.union(b).count() * 4;
    sums.hidden.0 += predicted.len();
    sums.hidden.1 += tree
        .hidden
        .iter()
        .filter(|truth| predicted.iter().any(|found| found.iter().any(|below| alike(truth, below))))
        .count();
    sums.hidden.2 += tree.hidden.len();
}
