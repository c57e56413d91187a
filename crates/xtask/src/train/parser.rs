//! The tagger and the parser, from the English Web Treebank of Universal Dependencies: learnt, measured, written down.

use super::conllu::{self, Sentence};
use crate::{data, root};
use annotate::linear::Linear;
use annotate::syntax::learn::{Tree, learn, read};
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
    let learnt = learn(&trees, labels.tags.len(), labels.relations.len());
    let learners = [learnt.tags, learnt.steps, learnt.relations];
    let mut words = String::new();
    for list in [&labels.tags, &labels.relations] {
        words.push_str(&list.join("\t"));
        words.push('\n');
    }
    let folder = root().join("crates/annotate/weights");
    std::fs::write(folder.join("parser-labels.tsv"), words)?;
    println!("UPOS / unlabelled / labelled attachment, words given, tags as told");
    for (least, kept) in [(1, false), (10, true), (14, false)] {
        let packed = learners.each_ref().map(|learner| learner.pack(0.9999, least));
        let bytes = packed.iter().map(Vec::len).sum::<usize>();
        if kept {
            for (name, bytes) in ["tags", "steps", "relations"].iter().zip(&packed) {
                std::fs::write(folder.join(format!("{name}.bin")), bytes)?;
            }
        }
        let weights = packed.map(|bytes| Linear::read(Box::leak(bytes.into_boxed_slice())));
        for part in ["dev", "test"] {
            println!(
                "least {least}, {bytes} bytes, {part}: {}",
                score(&treebank(part)?, &labels, weights.each_ref())
            );
        }
    }
    Ok(())
}

fn score(sentences: &[Sentence], labels: &Labels, weights: [&Linear; 3]) -> String {
    let trees: Vec<Tree> = sentences.iter().map(|sentence| labels.tree(sentence)).collect();
    let start = Instant::now();
    let (tags, relations) = (labels.tags.len(), labels.relations.len());
    let told: Vec<_> = trees.iter().map(|tree| read(weights, tree, tags, relations)).collect();
    let seconds = start.elapsed().as_secs_f64();
    // Attachment is compared by universal relations, as the shared tasks do: "nsubj:pass" is "nsubj".
    let universal = |relation: &str| relation.split(':').next().unwrap_or("").to_owned();
    let (mut words, mut right) = (0.0, [0.0; 3]);
    for ((sentence, tree), (tags, heads)) in sentences.iter().zip(&trees).zip(&told) {
        for (at, word) in sentence.words.iter().enumerate() {
            words += 1.0;
            let upos = labels.tags[usize::from(tags[at])].split(' ').next() == Some(word.upos.as_str());
            let attached = heads[at].0 == tree.heads[at].0;
            let relation = labels.relations.get(usize::from(heads[at].1)).map_or("", String::as_str);
            let labelled = attached && universal(relation) == universal(&word.relation);
            for (sum, right) in right.iter_mut().zip([upos, attached, labelled]) {
                *sum += f64::from(u8::from(right));
            }
        }
    }
    let [upos, attached, labelled] = right.map(|sum| 100.0 * sum / words);
    format!("{upos:.1} / {attached:.1} / {labelled:.1}; {:.0},000 words a second", words / seconds / 1000.0)
}
