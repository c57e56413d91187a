//! Who says what against gold: PolNeAR's development part, and accounts of our own labelled by one reader; whole documents.
//!
//! A link counts where content and gold content share at least half of their words and the sources share one, or
//! neither has any; pairs are matched one to one, best first. The measure of `score_attribution.py`.

use super::Row;
use crate::{data, root};
use anyhow::{Context, Result};
use model::passage::{Markup, passages};
use model::{Attribution, Offsets};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

#[derive(Deserialize)]
struct Document {
    /// Its name beside the gold, where its text stands in a file of its own.
    #[serde(default)]
    doc: String,
    #[serde(default)]
    text: String,
    attributions: Vec<Gold>,
}

/// A document of re3d.
#[derive(Deserialize)]
struct Published {
    id: String,
    text: String,
}

#[derive(Deserialize)]
struct Gold {
    source: Vec<(usize, usize)>,
    cue: Vec<(usize, usize)>,
    content: Vec<(usize, usize)>,
    #[serde(default)]
    certainty: String,
    #[serde(default)]
    polarity: String,
}

/// What was found of some gold.
#[derive(Default)]
struct Found {
    right: f64,
    found: f64,
    wanted: f64,
    direct: f64,
    direct_right: f64,
    /// Of linked pairs: the certainty of the gold and the one found, how often.
    certainties: BTreeMap<(String, &'static str), f64>,
    polarity_right: f64,
    rules: ByRule,
}

impl Found {
    /// F1, precision and recall of links.
    fn links(&self) -> String {
        let (precision, recall) = (self.right / self.found.max(1.0), self.right / self.wanted.max(1.0));
        let f1 = 2.0 * self.right / (self.found + self.wanted).max(1.0);
        format!("{f1:.3} ({precision:.3}, {recall:.3})")
    }

    /// Recall of what is quoted in full.
    fn quoted(&self) -> String {
        format!("{:.3}", self.direct_right / self.direct.max(1.0))
    }

    /// F1 over the certainties of linked pairs, each that the gold has of one weight; share of them with the right polarity.
    fn certainty(&self) -> String {
        let sum = |keep: &dyn Fn(&str, &str) -> bool| -> f64 {
            self.certainties.iter().filter(|((gold, told), _)| keep(gold, told)).map(|(_, count)| count).sum()
        };
        let known: BTreeSet<&str> = self.certainties.keys().map(|(gold, _)| gold.as_str()).collect();
        let each = known.iter().map(|own| {
            let both = sum(&|gold, told| gold == *own && told == *own);
            2.0 * both / (sum(&|gold, _| gold == *own) + sum(&|_, told| told == *own))
        });
        let macro_f1 = each.sum::<f64>() / known.len().max(1) as f64;
        format!("{macro_f1:.3}; {:.3}", self.polarity_right / self.right.max(1.0))
    }
}

/// Words of each role, by their numbers.
struct Roles {
    source: BTreeSet<usize>,
    cue: BTreeSet<usize>,
    content: BTreeSet<usize>,
}

/// What was found of one of our own gold files, whose texts stand elsewhere.
fn labelled(gold: &str, texts: &dyn Fn(&str) -> Result<String>) -> Result<Found> {
    score_with(&std::fs::read_to_string(root().join("evals/gold").join(gold))?, texts)
}

/// The rows of SCORES.md.
pub(super) fn rows() -> Result<Vec<Row>> {
    let value = match data("attribution/polnear-dev.jsonl") {
        Some(path) => {
            let found = score(&std::fs::read_to_string(path)?)?;
            Some(format!("{}; {}", found.links(), found.quoted()))
        }
        None => None,
    };
    let (all, other_half) = match data("attribution/uncertainty/conll2010_wiki_sample.jsonl") {
        Some(path) => {
            let (all, other_half) = hedged(&std::fs::read_to_string(path)?)?;
            (Some(all), Some(other_half))
        }
        None => (None, None),
    };
    let own = score(&std::fs::read_to_string(root().join("evals/gold/attributions-invented.jsonl"))?)?;
    let accounts = match data("kazakhstan-2022/accounts") {
        Some(texts) => Some(labelled("attributions-kazakhstan-2022.jsonl", &|doc| {
            Ok(std::fs::read_to_string(texts.join(doc))?)
        })?),
        None => None,
    };
    let re3d = match data("names/re3d.jsonl") {
        Some(path) => {
            let rows = std::fs::read_to_string(path)?;
            let rows = rows.lines().map(serde_json::from_str::<Published>);
            let rows: Vec<Published> = rows.collect::<Result<_, _>>()?;
            let texts: BTreeMap<String, String> = rows.into_iter().map(|row| (row.id, row.text)).collect();
            Some(labelled("attributions-re3d.jsonl", &|doc| {
                texts.get(doc).cloned().with_context(|| format!("{doc}: not in re3d"))
            })?)
        }
        None => None,
    };
    let row = |set, measure, value, about| Row { set, measure, value, about };
    let polnear = row(
        "attributions, PolNeAR dev",
        "links: F1 (precision, recall); recall where the words are quoted in full",
        value,
        "whole documents; half of the content words shared and a word of the source; rules were tuned with a look at its errors",
    );
    let mut rows = vec![
        row(
            "hedges, 3,000 sentences",
            "hedged sentences: F1 (precision, recall)",
            all,
            "sample of CoNLL-2010, Wikipedia, as many hedged as not; nothing learnt from it, but phrases chosen with a look at each second sentence",
        ),
        row(
            "hedges, 3,000 sentences",
            "of the sentences not looked at: F1 (precision, recall)",
            other_half,
            "the other half",
        ),
        polnear,
    ];
    let of_one_reader = [
        (
            "attributions, nine invented accounts (295 by one reader)",
            Some(own),
            "everything that a reader who knew nothing of the program took for said, thought, hedged or left open, one in thirty words; general rules were made with it at hand",
        ),
        (
            "attributions, two accounts (70 by one reader)",
            accounts,
            "analysis; the reader knew nothing of the program; 0.396 before its misses were looked at and general rules made of them",
        ),
        (
            "attributions, 61 statements and reports of re3d (263 by one reader)",
            re3d,
            "governments' own statements; the reader knew nothing of the program; no rule was made with what was missed here at hand",
        ),
    ];
    for (set, found, about) in of_one_reader {
        rows.push(row(set, "links: F1 (precision, recall)", found.as_ref().map(Found::links), about));
        let certainty = found.as_ref().map(Found::certainty);
        rows.push(row(set, "certainty: macro-F1; right polarity", certainty, "of what is linked"));
    }
    Ok(rows)
}

#[derive(Deserialize)]
struct Sentence {
    text: String,
    certain: bool,
}

/// How many sentences with a hedge are found hedged: of all, and of each second one.
fn hedged(file: &str) -> Result<(String, String)> {
    let mut judged = Vec::new();
    for line in file.lines() {
        let sentence: Sentence = serde_json::from_str(line)?;
        let text = &sentence.text;
        let found = !annotate::hedges(text, &passages(text, Markup::Plain), Some("en")).is_empty();
        judged.push((found, !sentence.certain));
    }
    let score = |judged: &mut dyn Iterator<Item = &(bool, bool)>| {
        let (mut right, mut found, mut wanted) = (0.0, 0.0, 0.0);
        for (one, gold) in judged {
            right += f64::from(u8::from(*one && *gold));
            found += f64::from(u8::from(*one));
            wanted += f64::from(u8::from(*gold));
        }
        format!("{:.3} ({:.3}, {:.3})", 2.0 * right / (found + wanted), right / found, right / wanted)
    };
    Ok((score(&mut judged.iter()), score(&mut judged.iter().skip(1).step_by(2))))
}

/// Links by rule, for a closer look.
pub(super) fn by_rule() -> Result<String> {
    let Some(path) = data("attribution/polnear-dev.jsonl") else { return Ok(String::new()) };
    let found = score(&std::fs::read_to_string(path)?)?;
    let lines = found.rules.iter().map(|(rule, (right, all))| format!("{rule}: {right} of {all}\n"));
    Ok(format!("{}; {}\n{}", found.links(), found.quoted(), lines.collect::<String>()))
}

type ByRule = BTreeMap<&'static str, (usize, usize)>;

fn score(file: &str) -> Result<Found> {
    score_with(file, &|doc| Ok(std::fs::read_to_string(root().join("evals/gold/invented").join(doc))?))
}

/// What is found of gold whose texts are given by name, where the gold does not hold them itself.
fn score_with(file: &str, texts: &dyn Fn(&str) -> Result<String>) -> Result<Found> {
    let mut all = Found::default();
    for line in file.lines() {
        let document: Document = serde_json::from_str(line)?;
        let text = match document.text.is_empty() {
            true => texts(&document.doc)?,
            false => document.text,
        };
        let text = text.as_str();
        let rows =
            annotate::annotate_passages(text, &passages(text, Markup::Plain), Some("en"), None).attributions;
        let words = words(text);
        let gold: Vec<Roles> = document.attributions.iter().map(|gold| roles_of_gold(gold, &words)).collect();
        let told: Vec<Roles> = rows.iter().map(|row| roles(row, text, &words)).collect();
        let pairs = align(&gold, &told);
        let linked: BTreeSet<(usize, usize)> =
            pairs.into_iter().filter(|(g, t)| linked(&gold[*g], &told[*t])).collect();
        all.right += linked.len() as f64;
        all.found += rows.len() as f64;
        all.wanted += gold.len() as f64;
        for (at, row) in rows.iter().enumerate() {
            let rule = all.rules.entry(row.by).or_default();
            rule.0 += usize::from(linked.iter().any(|(_, told)| *told == at));
            rule.1 += 1;
        }
        for (gold, told) in &linked {
            let (gold, told) = (&document.attributions[*gold], &rows[*told]);
            *all.certainties.entry((gold.certainty.clone(), told.certainty.word())).or_default() += 1.0;
            all.polarity_right += f64::from(u8::from(gold.polarity == told.polarity.word()));
        }
        let quoted = quoted(text, &words);
        for (at, gold) in gold.iter().enumerate() {
            if !gold.content.is_empty() && gold.content.iter().all(|word| quoted.contains(word)) {
                all.direct += 1.0;
                all.direct_right += f64::from(u8::from(linked.iter().any(|(known, _)| *known == at)));
            }
        }
    }
    Ok(all)
}

/// Words and signs of money as code points, from each to its end.
fn words(text: &str) -> Vec<(usize, usize)> {
    let mut words: Vec<(usize, usize)> = Vec::new();
    let mut last = None;
    let letters: Vec<char> = text.chars().collect();
    for (at, c) in letters.iter().enumerate() {
        let inner = matches!(c, '’' | '\'' | '-')
            && last == Some(at)
            && letters.get(at + 1).is_some_and(|next| next.is_alphanumeric());
        if c.is_alphanumeric() || inner {
            match words.last_mut().filter(|_| last == Some(at)) {
                Some(word) => word.1 = at + 1,
                None => words.push((at, at + 1)),
            }
            last = Some(at + 1);
        } else if matches!(c, '$' | '€' | '£' | '%') {
            words.push((at, at + 1));
        }
    }
    words
}

fn within(spans: &[(usize, usize)], words: &[(usize, usize)]) -> BTreeSet<usize> {
    let mut found = BTreeSet::new();
    for (start, end) in spans {
        let first = words.partition_point(|word| word.1 <= *start);
        found.extend((first..words.len()).take_while(|at| words[*at].0 < *end));
    }
    found
}

fn roles_of_gold(gold: &Gold, words: &[(usize, usize)]) -> Roles {
    Roles {
        source: within(&gold.source, words),
        cue: within(&gold.cue, words),
        content: within(&gold.content, words),
    }
}

fn roles(row: &Attribution, text: &str, words: &[(usize, usize)]) -> Roles {
    let offsets = Offsets::new(text);
    let of = |spans: &mut dyn Iterator<Item = model::Span>| -> BTreeSet<usize> {
        within(&spans.map(|span| offsets.chars_of_span(text, span)).collect::<Vec<_>>(), words)
    };
    Roles {
        source: of(&mut row.source.iter().copied()),
        cue: of(&mut row.cue.iter().copied()),
        content: of(&mut row.content.iter()),
    }
}

fn share(a: &BTreeSet<usize>, b: &BTreeSet<usize>) -> f64 {
    let both = a.intersection(b).count() as f64;
    let all = (a.len() + b.len()) as f64 - both;
    if all == 0.0 { 1.0 } else { both / all }
}

fn align(gold: &[Roles], told: &[Roles]) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    for (g, a) in gold.iter().enumerate() {
        for (t, b) in told.iter().enumerate() {
            let own =
                |a: &BTreeSet<usize>, b: &BTreeSet<usize>| if a.is_disjoint(b) { 0.0 } else { share(a, b) };
            let near = 3.0 * own(&a.content, &b.content) + own(&a.cue, &b.cue) + own(&a.source, &b.source);
            if near > 0.0 {
                pairs.push((near, g, t));
            }
        }
    }
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let (mut golds, mut tolds) = (BTreeSet::new(), BTreeSet::new());
    pairs
        .into_iter()
        .filter(|(_, g, t)| !golds.contains(g) && !tolds.contains(t) && golds.insert(*g) && tolds.insert(*t))
        .map(|(_, g, t)| (g, t))
        .collect()
}

fn linked(gold: &Roles, told: &Roles) -> bool {
    let nobody = gold.source.is_empty() && told.source.is_empty();
    share(&gold.content, &told.content) >= 0.5 && (nobody || !gold.source.is_disjoint(&told.source))
}

/// Words between quotation marks; a mark that never closes ends with its paragraph.
fn quoted(text: &str, words: &[(usize, usize)]) -> BTreeSet<usize> {
    let mut spans = Vec::new();
    let mut open = None;
    for (at, c) in text.chars().enumerate() {
        match (c, open) {
            ('\n', Some(from)) | ('”' | '»' | '"', Some(from)) => {
                spans.push((from, at));
                open = None;
            }
            ('“' | '«' | '„' | '"', None) => open = Some(at),
            _ => {}
        }
    }
    within(&spans, words)
}
