//! The tagger and the parser, from the English Web Treebank of Universal Dependencies: learnt, measured, written down.

use super::conllu::{self, Sentence};
use crate::{data, root};
use annotate::linear::Linear;
use annotate::linear::learn::Learner;
use annotate::syntax::learn::{Counts, Taught, Tree, learn};
use anyhow::{Result, bail};
use std::collections::BTreeMap;
use std::time::Instant;

fn treebank(part: &str) -> Result<Vec<Sentence>> {
    let Some(path) = data(&format!("attribution/ud-english-ewt/en_ewt-ud-{part}.conllu")) else {
        bail!("the treebank is absent (STEMMA_DATA)");
    };
    Ok(conllu::sentences(&std::fs::read_to_string(path)?))
}

/// Tags ("VERB VBD") and relations ("nsubj:pass") by their numbers.
struct Labels {
    tags: Vec<String>,
    relations: Vec<String>,
}

impl Labels {
    fn of(sentences: &[Sentence]) -> Labels {
        let words = || sentences.iter().flat_map(|sentence| &sentence.words);
        let mut tags: Vec<String> = words().map(|word| format!("{} {}", word.upos, word.xpos)).collect();
        let mut relations: Vec<String> = words().map(|word| word.relation.clone()).collect();
        for list in [&mut tags, &mut relations] {
            list.sort_unstable();
            list.dedup();
        }
        Labels { tags, relations }
    }

    fn counts(&self) -> Counts {
        Counts { tags: self.tags.len(), relations: self.relations.len() }
    }

    fn tree(&self, sentence: &Sentence) -> Tree {
        let tags: BTreeMap<&str, u8> = self.tags.iter().map(String::as_str).zip(0..).collect();
        let relations: BTreeMap<&str, u8> = self.relations.iter().map(String::as_str).zip(0..).collect();
        let root = sentence.words.len() as u16;
        // What the part that is learnt from lacks is never told right.
        let known = |table: &BTreeMap<&str, u8>, label: &str| table.get(label).copied().unwrap_or(u8::MAX);
        let words = &sentence.words;
        Tree {
            text: sentence.text.clone(),
            words: words.iter().map(|word| word.span).collect(),
            tags: words.iter().map(|word| known(&tags, &format!("{} {}", word.upos, word.xpos))).collect(),
            heads: words
                .iter()
                .map(|word| (word.head.map_or(root, |head| head as u16), known(&relations, &word.relation)))
                .collect(),
        }
    }
}

/// Learns tagger and parser and says how they do on the parts they did not learn from.
pub(crate) fn parser() -> Result<()> {
    let train = treebank("train")?;
    let labels = Labels::of(&train);
    println!("{} sentences, {} tags, {} relations", train.len(), labels.tags.len(), labels.relations.len());
    let trees: Vec<Tree> = train.iter().map(|sentence| labels.tree(sentence)).collect();
    let held_apart = [("dev", treebank("dev")?), ("test", treebank("test")?)];
    println!("UPOS / unlabelled / labelled attachment, words given, tags as told");
    let shown = |tags: &Learner, parser: &[u8]| {
        let tags = Linear::read(tags.pack(0.9999, LEAST).leak());
        let parser: &'static [u8] = parser.to_vec().leak();
        for (part, sentences) in &held_apart {
            println!("{part}: {}", score(sentences, &labels, &tags, parser));
        }
    };
    let learnt = learn(&trees, labels.counts(), &shown);
    let mut words = String::new();
    for list in [&labels.tags, &labels.relations] {
        words.push_str(&list.join("\t"));
        words.push('\n');
    }
    let folder = root().join("crates/annotate/weights");
    std::fs::write(folder.join("parser-labels.tsv"), words)?;
    let tags = learnt.tags.pack(0.9999, LEAST);
    std::fs::write(folder.join("tags.bin"), &tags)?;
    std::fs::write(folder.join("parser.bin"), &learnt.parser)?;
    println!("{} bytes of tags, {} of the parser", tags.len(), learnt.parser.len());
    Ok(())
}

/// Weights of tags that come to less than this are left out.
const LEAST: i8 = 10;

/// How the tagger and parser that ship do on the part "test" of the treebank: shares of universal tags, of heads, and of heads with
/// their relations that are right, in hundredths. `None` where the treebank is absent.
pub(crate) fn shipped() -> Result<Option<[f64; 3]>> {
    if data("attribution/ud-english-ewt").is_none() {
        return Ok(None);
    }
    let folder = root().join("crates/annotate/weights");
    let words = std::fs::read_to_string(folder.join("parser-labels.tsv"))?;
    let mut lists = words.lines().map(|line| line.split('\t').map(str::to_owned).collect());
    let labels =
        Labels { tags: lists.next().unwrap_or_default(), relations: lists.next().unwrap_or_default() };
    let read = |name: &str| anyhow::Ok(&*Box::leak(std::fs::read(folder.join(name))?.into_boxed_slice()));
    let (right, _) =
        measure(&treebank("test")?, &labels, &Linear::read(read("tags.bin")?), read("parser.bin")?);
    Ok(Some(right))
}

fn score(sentences: &[Sentence], labels: &Labels, tags: &Linear, parser: &'static [u8]) -> String {
    let ([upos, attached, labelled], pace) = measure(sentences, labels, tags, parser);
    format!("{upos:.1} / {attached:.1} / {labelled:.1}; {:.0},000 words a second", pace / 1000.0)
}

/// What is right, and words a second.
fn measure(sentences: &[Sentence], labels: &Labels, tags: &Linear, parser: &'static [u8]) -> ([f64; 3], f64) {
    let trees: Vec<Tree> = sentences.iter().map(|sentence| labels.tree(sentence)).collect();
    let mut taught = Taught::new(labels.counts(), tags, parser);
    let start = Instant::now();
    let told: Vec<_> = trees.iter().map(|tree| taught.read(tree)).collect();
    let seconds = start.elapsed().as_secs_f64();
    // Attachment is compared by universal relations, as the shared tasks do: "nsubj:pass" is "nsubj".
    let universal = |relation: &str| relation.split(':').next().unwrap_or("").to_owned();
    let (mut words, mut right) = (0.0, [0.0; 3]);
    for ((sentence, tree), (tags, heads)) in sentences.iter().zip(&trees).zip(&told) {
        for (at, word) in sentence.words.iter().enumerate() {
            words += 1.0;
            let upos = labels.tags[usize::from(tags[at])].split(' ').next() == Some(word.upos.as_str());
            let (head, relation) = heads.get(at).copied().unwrap_or((u16::MAX, u8::MAX));
            let attached = head == tree.heads[at].0;
            let relation = labels.relations.get(usize::from(relation)).map_or("", String::as_str);
            let labelled = attached && universal(relation) == universal(&word.relation);
            for (sum, right) in right.iter_mut().zip([upos, attached, labelled]) {
                *sum += f64::from(u8::from(right));
            }
        }
    }
    (right.map(|sum| 100.0 * sum / words), words / seconds)
}
