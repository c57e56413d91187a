//! Names: WikiGold, UNER-EWT, CrossNER (politics) and the free documents of re3d.

use super::joined;
use crate::{data, root};
use annotate::name::learn::{Finder, Labelled, learn};
use anyhow::{Result, bail};
use model::passage::{Markup, passages};
use model::{NameClass, Offsets, Span};
use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Deserialize)]
struct Row {
    #[serde(default)]
    split: String,
    text: String,
    #[serde(default, alias = "entities")]
    spans: Vec<(usize, usize, String)>,
}

/// A sentence of a set, and whether it is held apart.
pub(crate) struct Sentence {
    pub(crate) apart: bool,
    pub(crate) labelled: Labelled,
}

const SETS: [&str; 5] = ["wikigold", "uner_ewt", "crossner_politics", "re3d", "wnut17"];

/// Every sentence of the sets; `None` where they are absent.
///
/// Held apart: of WikiGold, which has no parts of its own, each fifth stretch of twenty sentences; of the others
/// what they call "test"; nothing of re3d.
pub(crate) fn sentences(with: &[&str]) -> Result<Option<Vec<Sentence>>> {
    let mut found = Vec::new();
    for set in SETS.into_iter().filter(|set| with.contains(set)) {
        let Some(path) = data(&format!("names/{set}.jsonl")) else { return Ok(None) };
        let natural = if set == "uner_ewt" { written()? } else { BTreeMap::new() };
        for (at, line) in std::fs::read_to_string(path)?.lines().enumerate() {
            let row: Row = serde_json::from_str(line)?;
            let apart = row.split == "test" || set == "wikigold" && at / 20 % 5 == 4;
            match set {
                "re3d" => {
                    found.extend(document(&row)?.into_iter().map(|labelled| Sentence { apart, labelled }))
                }
                _ => found.push(Sentence { apart, labelled: sentence(set, &row, natural.get(&row.text)) }),
            }
        }
    }
    Ok(Some(found))
}

/// Sentences of the treebank as they were written, by their words with a blank between each.
fn written() -> Result<BTreeMap<String, super::conllu::Sentence>> {
    let mut written = BTreeMap::new();
    for part in ["dev", "test"] {
        let Some(path) = data(&format!("attribution/ud-english-ewt/en_ewt-ud-{part}.conllu")) else {
            continue;
        };
        for sentence in super::conllu::sentences(&std::fs::read_to_string(path)?) {
            let words: Vec<&str> = sentence.words.iter().map(|word| word.span.of(&sentence.text)).collect();
            written.insert(words.join(" "), sentence);
        }
    }
    Ok(written)
}

fn sentence(set: &'static str, row: &Row, written: Option<&super::conllu::Sentence>) -> Labelled {
    let offsets = Offsets::new(&row.text);
    let byte = |at: usize| offsets.byte_of_char(&row.text, at).unwrap_or(0);
    let mut spans: Vec<(usize, usize)> =
        row.spans.iter().map(|(start, end, _)| (byte(*start), byte(*end))).collect();
    let text = match written {
        Some(sentence) => {
            let word = |at: usize| row.text[..at].matches(' ').count();
            for (start, end) in &mut spans {
                let (first, last) = (word(*start), word(end.saturating_sub(1)));
                (*start, *end) = (sentence.words[first].span.start(), sentence.words[last].span.end());
            }
            sentence.text.clone()
        }
        None => joined(&row.text, &mut spans),
    };
    let names = spans
        .iter()
        .zip(&row.spans)
        .filter_map(|((start, end), (.., word))| Some((Span::checked(*start, *end)?, class(word))))
        .filter(|(span, _)| span.get(&text).is_some())
        .collect();
    let unlabelled: &'static [NameClass] = match set {
        "uner_ewt" | "wnut17" => &[NameClass::Event, NameClass::Other],
        "wikigold" => &[],
        _ => &[],
    };
    Labelled { text, names, unlabelled }
}

fn class(word: &str) -> Option<NameClass> {
    match word {
        "PER" | "person" | "politician" | "Person" => Some(NameClass::Person),
        "ORG" | "organisation" | "politicalparty" | "Organisation" | "corporation" | "group" => {
            Some(NameClass::Organisation)
        }
        "LOC" | "location" | "country" | "Location" => Some(NameClass::Place),
        "event" | "election" => Some(NameClass::Event),
        "MISC" | "misc" | "product" | "creative-work" => Some(NameClass::Other),
        _ => None,
    }
}

/// The sentences of a document whose spans nest and hold phrases that are no names: the outermost span of
/// capital words is kept, of the rest nothing is said.
fn document(row: &Row) -> Result<Vec<Labelled>> {
    let text = &row.text;
    let offsets = Offsets::new(text);
    let mut spans: Vec<(Span, Option<NameClass>)> = Vec::new();
    for (start, end, word) in &row.spans {
        let bytes = (offsets.byte_of_char(text, *start), offsets.byte_of_char(text, *end));
        let (Some(start), Some(end)) = bytes else { continue };
        let Some(span) = Span::checked(start, end) else { continue };
        let Some(words) = span.get(text) else { bail!("a span of re3d does not fit its text") };
        let article =
            words.find(' ').filter(|at| words[..*at].eq_ignore_ascii_case("the")).map_or(0, |at| at + 1);
        let bare = &words[article..];
        let small = ["of", "the", "and", "for", "in", "on", "al", "bin", "'s"];
        let named =
            bare.split([' ', '-']).all(|word| small.contains(&word) || !word.starts_with(char::is_lowercase))
                && bare.starts_with(char::is_uppercase)
                && bare.len() > 2;
        let span = if named { Span::new(span.start() + article, span.end()) } else { span };
        spans.push((span, class(word).filter(|_| named)));
    }
    spans.sort_by_key(|(span, class)| (class.is_none(), std::cmp::Reverse(span.len()), span.start()));
    let mut names: Vec<(Span, Option<NameClass>)> = Vec::new();
    for (span, class) in spans {
        if names.iter().all(|(held, _)| held.meet(span).is_none()) {
            names.push((span, class));
        }
    }
    names.sort_by_key(|(span, _)| span.start());
    let sentences = model::sentence::sentences(text, &passages(text, Markup::Plain));
    Ok(sentences
        .into_iter()
        .map(|sentence| Labelled {
            text: sentence.of(text).to_owned(),
            names: names
                .iter()
                .filter(|(span, _)| sentence.covers(*span))
                .map(|(span, class)| {
                    (Span::new(span.start() - sentence.start(), span.end() - sentence.start()), *class)
                })
                .collect(),
            unlabelled: &[NameClass::Event, NameClass::Other],
        })
        .collect())
}

/// Sentences of the treebank, of which nothing is said but which words are proper names: what they name is left
/// to the weights, and so is what stands between two of them.
fn treebank() -> Result<Option<Vec<Labelled>>> {
    let Some(path) = data("attribution/ud-english-ewt/en_ewt-ud-train.conllu") else { return Ok(None) };
    let file = std::fs::read_to_string(path)?;
    Ok(Some(
        super::conllu::sentences(&file)
            .iter()
            .map(|sentence| {
                let proper = |at: usize| sentence.words.get(at).is_some_and(|word| word.upos == "PROPN");
                let names = sentence
                    .words
                    .iter()
                    .enumerate()
                    .filter_map(|(at, word)| {
                        let capital = word.span.of(&sentence.text).starts_with(char::is_uppercase);
                        let between = at > 0 && proper(at - 1) && proper(at + 1);
                        let adjective = capital && word.upos == "ADJ";
                        (proper(at) || between || adjective).then_some((word.span, None))
                    })
                    .collect();
                Labelled { text: sentence.text.clone(), names, unlabelled: &[] }
            })
            .collect(),
    ))
}

const FREE: [&str; 4] = ["wikigold", "uner_ewt", "crossner_politics", "re3d"];

/// Learns the weights that ship, from what is not held apart.
pub(crate) fn names() -> Result<()> {
    let Some(sentences) = sentences(&FREE)? else { bail!("the sets of names are absent (STEMMA_DATA)") };
    let lessons: Vec<Labelled> =
        sentences.into_iter().filter(|sentence| !sentence.apart).map(|sentence| sentence.labelled).collect();
    let proper = treebank()?.unwrap_or_default();
    println!("{} sentences, {} of which only proper names are known", lessons.len(), proper.len());
    let learnt = learn(&lessons, &proper);
    println!("{} and {} bytes", learnt.linear.len(), learnt.net.len());
    let weights = root().join("crates/annotate/weights");
    std::fs::write(weights.join("names.bin"), &learnt.linear)?;
    std::fs::write(weights.join("names-net.bin"), &learnt.net)?;
    let finder = Finder::new(learnt);
    for set in &FREE[..3] {
        let apart = held_apart(set)?.unwrap_or_default();
        println!("{set}: {}", crate::eval::names_score(set, &apart, &|text| finder.find(text)));
    }
    Ok(())
}

/// What is held apart of a set.
pub(crate) fn held_apart(set: &'static str) -> Result<Option<Vec<Labelled>>> {
    let sentences = sentences(&[set])?;
    Ok(sentences.map(|all| {
        all.into_iter().filter(|sentence| sentence.apart).map(|sentence| sentence.labelled).collect()
    }))
}
