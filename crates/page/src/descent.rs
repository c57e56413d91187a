//! The stemma of an origin: which of its documents came from which, and what nobody here has.

use crate::Shelf;
use align::{EvidenceKind, TOLD, WITNESSES_LIMIT, Witness, Wording, descent, wording};
use case::{Case, Result};
use model::calendar::days_of;
use model::{DocId, Document, NoticeKind, PassageKind, Span};
use serde_json::{Value, json};
use std::collections::HashMap;

/// Other texts looked into for what is common speech.
const BACKGROUND: usize = 200;

/// Words of a family beyond which no tree is made: a page is not waited for.
const WORDS_LIMIT: usize = 120_000;

/// How the documents of one origin descend from one another.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Stemma {
    /// Places: documents of equal words stand together.
    pub nodes: Vec<StemmaNode>,
    /// Steps from parents to children.
    pub steps: Vec<StemmaStep>,
}

/// A place in a stemma.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StemmaNode {
    /// Its documents; none where the text is unobserved.
    pub documents: Vec<DocId>,
    /// What an unobserved text is called by those that come from it.
    pub named: Option<String>,
    /// Whether its documents have equal words; else they differ in nothing that tells their order.
    pub equal: bool,
}

/// A step of a stemma.
#[derive(Clone, Debug, PartialEq)]
pub struct StemmaStep {
    /// Whence, by the number of the node.
    pub parent: usize,
    /// Whither.
    pub child: usize,
    /// Probability that it went this way.
    pub probability: f64,
    /// Whether only some passages come from there.
    pub second: bool,
    /// What speaks for it.
    pub grounds: Vec<&'static str>,
    /// The words in which a document says so itself.
    pub words: Option<(DocId, Span, String)>,
}

impl StemmaStep {
    /// Whether the direction can be told.
    pub fn is_told(&self) -> bool {
        self.probability >= TOLD
    }
}

/// A document with the words it shares with its family: signatures, notices and page residue left out.
struct Bearer {
    document: Document,
    own: Wording,
}

impl Bearer {
    fn new(document: Document) -> Bearer {
        let apart = |kind: PassageKind| {
            matches!(
                kind,
                PassageKind::Byline | PassageKind::Notice | PassageKind::Residue | PassageKind::Reference
            )
        };
        let mut left_out: Vec<Span> = document
            .passages
            .iter()
            .filter(|passage| apart(passage.kind))
            .map(|passage| passage.span)
            .collect();
        // What introduces the authors goes on to the end.
        let authors = document.notices.iter().filter(|notice| notice.kind == NoticeKind::Authors);
        let authors = authors.map(|notice| notice.span.start()).min();
        left_out.extend(authors.and_then(|start| Span::checked(start, document.text.len())));
        left_out.extend(document.notices.iter().map(|notice| notice.span));
        Bearer { own: wording(&document.text).without(&left_out), document }
    }

    /// The notices by which it says where it was before, with the name in them.
    fn says_from(&self) -> impl Iterator<Item = (Span, &str)> {
        let says = |kind: NoticeKind| {
            matches!(kind, NoticeKind::Republished | NoticeKind::Courtesy | NoticeKind::Agency)
        };
        self.document.notices.iter().filter(move |notice| says(notice.kind)).filter_map(|notice| {
            let name = notice.name?.get(&self.document.text)?;
            Some((notice.span, name.trim()))
        })
    }
}

impl Stemma {
    /// The stemma of some documents, at least two; `None` where they are too many or too long to be laid in a tree.
    ///
    /// # Errors
    /// Where the case cannot be read.
    pub(crate) fn of(case: &Case, common: &CommonSpeech, documents: &[DocId]) -> Result<Option<Stemma>> {
        if !(2..=WITNESSES_LIMIT).contains(&documents.len()) {
            return Ok(None);
        }
        let bearers: Vec<Bearer> =
            documents.iter().map(|id| Ok(Bearer::new(case.document(*id)?))).collect::<Result<_>>()?;
        if bearers.iter().map(|bearer| bearer.own.len()).sum::<usize>() > WORDS_LIMIT {
            return Ok(None);
        }
        let outlet = |at: usize| bearers[at].document.outlet.as_ref().map(|known| known.value.to_lowercase());
        let among = |own: usize, name: &str| {
            (0..bearers.len())
                .find(|at| *at != own && outlet(*at).is_some_and(|outlet| outlet == name.to_lowercase()))
        };
        let witnesses: Vec<Witness> = bearers
            .iter()
            .enumerate()
            .map(|(at, bearer)| Witness {
                wording: &bearer.own,
                published: bearer.document.published.as_ref().and_then(|known| days_of(&known.value)),
                taken_from: bearer.says_from().find_map(|(_, name)| among(at, name)),
                taken_from_outside: bearer.says_from().any(|(_, name)| among(at, name).is_none()),
            })
            .collect();
        let own = if common.0.is_empty() { HashMap::new() } else { CommonSpeech::among(&bearers) };
        let elsewhere = |a: u64, b: u64| {
            let held = |counts: &HashMap<(u64, u64), u32>| counts.get(&(a, b)).copied().unwrap_or(0);
            held(&common.0) > held(&own)
        };
        let Some(found) = descent(&witnesses, elsewhere) else { return Ok(None) };
        let mut stemma = Stemma::default();
        for node in &found.nodes {
            let equal = node.windows(2).all(|two| bearers[two[0]].own.hashes == bearers[two[1]].own.hashes);
            let documents = node.iter().map(|at| documents[*at]).collect();
            stemma.nodes.push(StemmaNode { documents, named: None, equal });
        }
        for step in &found.steps {
            // Between two observed texts the probability is calibrated; of unobserved ones only the direction is known.
            // Of equal texts the one that came from there is asked, not one that came from its twin.
            let from_parent = |child: &usize| {
                found
                    .parent_of(*child, &witnesses)
                    .filter(|told| found.nodes[step.parent].contains(&told.witness))
            };
            let told = match step.second || found.nodes[step.parent].is_empty() {
                true => None,
                false => found.nodes[step.child].iter().find_map(from_parent),
            };
            let told = told.map_or(step.probability.min(0.95), |parent| parent.probability);
            let grounds = step.evidence.iter().filter(|(_, nats)| *nats > 0.3);
            stemma.steps.push(StemmaStep {
                parent: step.parent,
                child: step.child,
                probability: told,
                second: step.second,
                grounds: grounds.map(|(kind, _)| kind.gloss()).collect(),
                words: None,
            });
        }
        for (at, bearer) in bearers.iter().enumerate() {
            for (span, name) in bearer.says_from().filter(|(_, name)| among(at, name).is_none()) {
                let words = span.get(&bearer.document.text).unwrap_or("").to_owned();
                stemma.came_from_outside(documents[at], name, (documents[at], span, words));
            }
        }
        Ok(Some(stemma))
    }

    /// Puts an unobserved text that a document names above the place where it stands.
    fn came_from_outside(&mut self, document: DocId, name: &str, words: (DocId, Span, String)) {
        let Some(at) = self.nodes.iter().position(|node| node.documents.contains(&document)) else { return };
        let is_named =
            |node: &StemmaNode| node.named.as_ref().is_some_and(|named| named.eq_ignore_ascii_case(name));
        let parent = self.nodes.iter().position(is_named).unwrap_or_else(|| {
            self.nodes.push(StemmaNode { documents: Vec::new(), named: Some(name.to_owned()), equal: true });
            self.nodes.len() - 1
        });
        if self.steps.iter().any(|step| step.parent == parent && step.child == at) {
            return;
        }
        let second = self.steps.iter().any(|step| step.child == at && !step.second);
        self.steps.push(StemmaStep {
            parent,
            child: at,
            probability: 0.9,
            second,
            grounds: vec![EvidenceKind::Notice.gloss()],
            words: Some(words),
        });
    }

    /// The node a document stands at.
    pub fn node_of(&self, document: DocId) -> Option<usize> {
        self.nodes.iter().position(|node| node.documents.contains(&document))
    }

    /// The first parent of a node.
    pub fn parent_of(&self, node: usize) -> Option<&StemmaStep> {
        self.steps.iter().find(|step| step.child == node && !step.second)
    }

    /// What it says, sentence by sentence.
    pub fn sentences(&self, sigil: impl Fn(DocId) -> String) -> Vec<String> {
        let call = |node: usize| match &self.nodes[node] {
            StemmaNode { documents, .. } if !documents.is_empty() => {
                documents.iter().map(|id| sigil(*id)).collect::<Vec<_>>().join(", ")
            }
            StemmaNode { named: Some(name), .. } => format!("a text nobody here has, called “{name}”"),
            StemmaNode { .. } => format!("an unobserved text ({})", ordinal(self.unobserved_before(node))),
        };
        let mut said = Vec::new();
        for (at, node) in self.nodes.iter().enumerate() {
            if node.documents.len() > 1 {
                let how =
                    if node.equal { "have equal words" } else { "differ in nothing that tells their order" };
                said.push(format!("{} {how}: which of them came first cannot be told from them.", call(at)));
            }
            for step in self.steps.iter().filter(|step| step.child == at) {
                let grounds = match (&step.words, step.grounds.is_empty()) {
                    (Some((id, ..)), _) => format!(": {} says so itself", sigil(*id)),
                    (None, true) => String::new(),
                    (None, false) => format!(": {}", step.grounds.join(", ")),
                };
                let (child, parent) = (call(at), call(step.parent));
                let percent = (step.probability * 100.0).round();
                said.push(match (step.second, step.is_told()) {
                    (true, _) => format!("{child}: some passages from {parent} (about {percent} %{grounds})."),
                    (false, true) => format!("{child}: from {parent} (about {percent} %{grounds})."),
                    (false, false) => {
                        format!("{child} and {parent} are next to each other; which came first cannot be told (about {percent} % that {child} is the later{grounds}).")
                    }
                });
            }
        }
        said
    }

    fn unobserved_before(&self, node: usize) -> usize {
        self.nodes[..node].iter().filter(|node| node.documents.is_empty() && node.named.is_none()).count() + 1
    }

    /// As JSON.
    pub fn json(&self) -> Value {
        let nodes = self.nodes.iter().map(|node| {
            json!({
                "documents": node.documents.iter().map(DocId::to_string).collect::<Vec<_>>(),
                "unobserved": node.documents.is_empty(), "named": node.named,
            })
        });
        let steps = self.steps.iter().map(|step| {
            json!({
                "parent": step.parent, "child": step.child, "second": step.second,
                "probability": (step.probability * 1e3).round() / 1e3,
                "direction": if step.is_told() { "told" } else { "unknown" }, "grounds": step.grounds,
                "quote": step.words.as_ref().map(|(_, _, words)| words),
            })
        });
        json!({"nodes": nodes.collect::<Vec<_>>(), "steps": steps.collect::<Vec<_>>()})
    }
}

fn ordinal(number: usize) -> String {
    format!("no. {number}")
}

/// Which words stand next to each other in how many texts of a case that is small enough to read them all.
#[derive(Default)]
pub(crate) struct CommonSpeech(HashMap<(u64, u64), u32>);

impl CommonSpeech {
    /// The common speech of a case.
    pub(crate) fn of(case: &Case, shelf: &Shelf) -> Result<CommonSpeech> {
        let mut common = CommonSpeech::default();
        if shelf.len() > BACKGROUND {
            return Ok(common);
        }
        for (_, text) in case.texts()? {
            for pair in neighbours(&wording(&case.body(text)?).hashes) {
                *common.0.entry(pair).or_default() += 1;
            }
        }
        Ok(common)
    }

    /// In how many documents of a family words stand next to each other.
    fn among(family: &[Bearer]) -> HashMap<(u64, u64), u32> {
        let mut among = HashMap::new();
        for bearer in family {
            for pair in neighbours(&wording(&bearer.document.text).hashes) {
                *among.entry(pair).or_default() += 1;
            }
        }
        among
    }
}

fn neighbours(words: &[u64]) -> Vec<(u64, u64)> {
    let mut pairs: Vec<(u64, u64)> = words.windows(2).map(|two| (two[0], two[1])).collect();
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}
