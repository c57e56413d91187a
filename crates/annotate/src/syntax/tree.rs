//! A sentence read: its words, their kinds, and which hangs on which as what (Universal Dependencies 2).

use super::form::forms;
use super::mend::Mender;
use super::parse::Counts;
use super::{lexemes, parse, tag};
use crate::linear::Linear;
use crate::net::{Net, Seen};
use model::Span;
use std::cell::RefCell;
use std::sync::LazyLock;

/// Kinds of words, the universal ones.
#[allow(missing_docs, reason = "the names of Universal Dependencies")]
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    Adj,
    Adp,
    Adv,
    Aux,
    Cconj,
    Det,
    Intj,
    Noun,
    Num,
    Part,
    Pron,
    Propn,
    Punct,
    Sconj,
    Sym,
    Verb,
    X,
}

/// What a word is to the word it hangs on.
#[allow(missing_docs, reason = "the names of Universal Dependencies")]
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Relation {
    Acl,
    Advcl,
    Advmod,
    Amod,
    Appos,
    Aux,
    AuxPass,
    Case,
    Cc,
    Ccomp,
    Compound,
    Conj,
    Cop,
    Csubj,
    Det,
    Iobj,
    Mark,
    Nmod,
    Poss,
    Nsubj,
    NsubjPass,
    Obj,
    Obl,
    Agent,
    Parataxis,
    Punct,
    Root,
    Xcomp,
    Other,
}

/// One word of a sentence.
#[derive(Clone, Copy, Debug)]
pub struct Word {
    /// Where it stands.
    pub span: Span,
    /// Its kind.
    pub kind: Kind,
    /// Its tag in the Penn Treebank's list: "VBD".
    pub fine: &'static str,
    /// The word it hangs on; `None` for the root.
    pub head: Option<usize>,
    /// What it is to that word.
    pub relation: Relation,
}

/// A sentence read.
#[derive(Clone, Debug, Default)]
pub struct Tree {
    /// Its words, in order.
    pub words: Vec<Word>,
    /// For each word the words that hang on it, in order.
    pub below: Vec<Vec<usize>>,
}

struct Reader {
    tags: Linear,
    parser: Net,
    kinds: Vec<(Kind, &'static str)>,
    known: Vec<Relation>,
}

static READER: LazyLock<Reader> = LazyLock::new(|| {
    let labels = include_str!("../../weights/parser-labels.tsv");
    let mut lists = labels.lines().map(|line| line.split('\t'));
    let kinds = lists.next().into_iter().flatten().map(|label| {
        let (kind, fine) = label.split_once(' ').unwrap_or((label, ""));
        (kind_of(kind), fine)
    });
    let kinds = kinds.collect();
    let known = lists.next().into_iter().flatten().map(relation_of).collect();
    Reader {
        tags: Linear::read(include_bytes!("../../weights/tags.bin")),
        parser: Net::read(include_bytes!("../../weights/parser.bin")),
        kinds,
        known,
    }
});

thread_local! {
    static SEEN: RefCell<Seen> = RefCell::default();
}

fn kind_of(label: &str) -> Kind {
    match label {
        "ADJ" => Kind::Adj,
        "ADP" => Kind::Adp,
        "ADV" => Kind::Adv,
        "AUX" => Kind::Aux,
        "CCONJ" => Kind::Cconj,
        "DET" => Kind::Det,
        "INTJ" => Kind::Intj,
        "NOUN" => Kind::Noun,
        "NUM" => Kind::Num,
        "PART" => Kind::Part,
        "PRON" => Kind::Pron,
        "PROPN" => Kind::Propn,
        "PUNCT" => Kind::Punct,
        "SCONJ" => Kind::Sconj,
        "SYM" => Kind::Sym,
        "VERB" => Kind::Verb,
        _ => Kind::X,
    }
}

fn relation_of(label: &str) -> Relation {
    match label {
        "aux:pass" => return Relation::AuxPass,
        "nsubj:pass" | "csubj:pass" => return Relation::NsubjPass,
        "obl:agent" => return Relation::Agent,
        "nmod:poss" => return Relation::Poss,
        _ => {}
    }
    match label.split(':').next().unwrap_or_default() {
        "acl" => Relation::Acl,
        "advcl" => Relation::Advcl,
        "advmod" => Relation::Advmod,
        "amod" => Relation::Amod,
        "appos" => Relation::Appos,
        "aux" => Relation::Aux,
        "case" => Relation::Case,
        "cc" => Relation::Cc,
        "ccomp" => Relation::Ccomp,
        "compound" | "flat" | "fixed" => Relation::Compound,
        "conj" => Relation::Conj,
        "cop" => Relation::Cop,
        "csubj" => Relation::Csubj,
        "det" => Relation::Det,
        "iobj" => Relation::Iobj,
        "mark" => Relation::Mark,
        "nmod" => Relation::Nmod,
        "nsubj" => Relation::Nsubj,
        "obj" => Relation::Obj,
        "obl" => Relation::Obl,
        "parataxis" => Relation::Parataxis,
        "punct" => Relation::Punct,
        "root" => Relation::Root,
        "xcomp" => Relation::Xcomp,
        _ => Relation::Other,
    }
}

/// Words of a sentence beyond which it is not read: a table or a list, not a sentence.
const MOST_WORDS: usize = 250;

/// Reads a sentence; one that is no sentence gives an empty tree.
pub fn tree(text: &str, sentence: Span) -> Tree {
    let spans = lexemes(text, sentence);
    if spans.is_empty() || spans.len() > MOST_WORDS {
        return Tree::default();
    }
    let reader = &*READER;
    let forms = forms(text, &spans);
    let counts = Counts { tags: reader.kinds.len(), relations: reader.known.len() };
    let mut tags = tag::tags(&reader.tags, &forms, counts.tags);
    Mender::new(&reader.kinds).mend(text, &spans, &mut tags);
    let heads = SEEN.with_borrow_mut(|seen| parse::parse(&reader.parser, counts, seen, &forms, &tags));
    let mut below = vec![Vec::new(); spans.len()];
    let words: Vec<Word> = spans
        .iter()
        .enumerate()
        .map(|(at, span)| {
            let (kind, fine) = reader.kinds.get(usize::from(tags[at])).copied().unwrap_or((Kind::X, ""));
            let (head, relation) = heads[at];
            let head = Some(usize::from(head)).filter(|head| *head < spans.len());
            if let Some(head) = head {
                below[head].push(at);
            }
            let relation = reader.known.get(usize::from(relation)).copied().unwrap_or(Relation::Other);
            Word {
                span: *span,
                kind,
                fine,
                head,
                relation: if head.is_none() { Relation::Root } else { relation },
            }
        })
        .collect();
    Tree { words, below }
}

impl Tree {
    /// The first word below `at` with one of these relations.
    pub fn child(&self, at: usize, relations: &[Relation]) -> Option<usize> {
        self.below[at].iter().copied().find(|below| relations.contains(&self.words[*below].relation))
    }

    /// All words below `at` with one of these relations.
    pub fn children<'t>(&'t self, at: usize, relations: &'t [Relation]) -> impl Iterator<Item = usize> + 't {
        self.below[at].iter().copied().filter(move |below| relations.contains(&self.words[*below].relation))
    }

    /// First and last word of the words that hang on `at`, directly or not, itself among them.
    pub fn reach(&self, at: usize) -> (usize, usize) {
        self.reach_without(at, &|_| false)
    }

    /// The same, leaving out what hangs on words that `left_out` names.
    pub fn reach_without(&self, at: usize, left_out: &dyn Fn(usize) -> bool) -> (usize, usize) {
        let (mut first, mut last) = (at, at);
        let mut open = vec![at];
        while let Some(next) = open.pop() {
            first = first.min(next);
            last = last.max(next);
            open.extend(self.below[next].iter().copied().filter(|below| !left_out(*below)));
        }
        (first, last)
    }

    /// Whether `at` hangs on `above`, directly or not.
    pub fn is_below(&self, at: usize, above: usize) -> bool {
        let mut word = Some(at);
        let mut steps = 0;
        while let Some(next) = word.filter(|_| steps <= self.words.len()) {
            if next == above {
                return true;
            }
            word = self.words[next].head;
            steps += 1;
        }
        false
    }

    /// The span from one word to another.
    pub fn span(&self, first: usize, last: usize) -> Span {
        self.words[first].span.join(self.words[last].span)
    }
}
