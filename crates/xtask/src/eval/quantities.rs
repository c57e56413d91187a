//! Quantities against the sentences of NewsQuant and its kin, and against the accounts.
//!
//! A found quantity matches a gold one as `score_quantity.py` has it: one to one, the numbers within a hundred-thousandth
//! and, where both have spans, the spans meeting.

use super::Row;
use crate::data;
use anyhow::Result;
use model::{Offsets, Quantity};
use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Deserialize)]
struct Sentence {
    text: String,
    quantities: Vec<Gold>,
}

#[derive(Deserialize, Clone)]
struct Gold {
    #[serde(default)]
    file: String,
    start: Option<usize>,
    end: Option<usize>,
    low: Option<f64>,
    high: Option<f64>,
    #[serde(default)]
    unit: Option<String>,
    #[serde(default)]
    change: Option<String>,
    #[serde(default, alias = "concept")]
    noun: Option<serde_json::Value>,
}

/// The rows of SCORES.md.
pub(super) fn rows() -> Result<Vec<Row>> {
    let mut rows = Vec::new();
    for (set, file, about) in [
        (
            "quantities, NewsQuant 1–295",
            "newsquant-first-295",
            "value / value and unit / value and change; the rules were made with these sentences in sight, so optimistic",
        ),
        ("quantities, ages", "age-model", "value / value and unit; the same"),
        ("quantities, money", "currency-model", "value / value and unit; the same"),
        ("quantities, dimensions", "dimension-model", "value / value and unit; the same"),
        ("quantities, temperatures", "temperature-model", "value / value and unit; the same"),
    ] {
        let value = match data(&format!("quantities/{file}.jsonl")) {
            Some(path) => {
                let mut score = Score::default();
                for line in std::fs::read_to_string(path)?.lines() {
                    let sentence: Sentence = serde_json::from_str(line)?;
                    let found = annotate::annotate(&sentence.text, Some("en")).quantities;
                    score.add(&sentence.text, &sentence.quantities, &found);
                }
                let [value, _, unit, change, _] = score.f1();
                // Only the first set says how words qualify its numbers.
                match file {
                    "newsquant-first-295" => Some(format!("{value:.3} / {unit:.3} / {change:.3}")),
                    _ => Some(format!("{value:.3} / {unit:.3}")),
                }
            }
            None => None,
        };
        rows.push(Row { set, measure: "F1", value, about });
    }
    rows.push(accounts()?);
    Ok(rows)
}

fn accounts() -> Result<Row> {
    let (set, measure) =
        ("quantities, five accounts", "interval F1 / precision of values / value and concept F1");
    let about = "gold of one reader; a concept is right where a content word agrees";
    let Some(path) = data("kazakhstan-2022/gold-quantities.jsonl") else {
        return Ok(Row { set, measure, value: None, about });
    };
    let mut files: BTreeMap<String, Vec<Gold>> = BTreeMap::new();
    for line in std::fs::read_to_string(path)?.lines().filter(|line| !line.trim().is_empty()) {
        let gold: Gold = serde_json::from_str(line)?;
        files.entry(gold.file.clone()).or_default().push(gold);
    }
    let mut score = Score::default();
    for (file, gold) in &files {
        let Some(path) = data(&format!("kazakhstan-2022/accounts/{file}")) else { continue };
        let text = std::fs::read_to_string(path)?;
        let found = annotate::annotate(&text, Some("en")).quantities;
        score.add(&text, gold, &found);
    }
    let [_, interval, _, _, concept] = score.f1();
    let precision = score.hits[0] / score.found.max(1.0);
    Ok(Row { set, measure, value: Some(format!("{interval:.3} / {precision:.3} / {concept:.3}")), about })
}

#[derive(Default)]
struct Score {
    gold: f64,
    found: f64,
    /// Value, interval, value and unit, value and change, value and concept.
    hits: [f64; 5],
}

impl Score {
    fn add(&mut self, text: &str, gold: &[Gold], found: &[Quantity]) {
        self.gold += gold.len() as f64;
        self.found += found.len() as f64;
        let offsets = Offsets::new(text);
        let agreements: Vec<Vec<[bool; 5]>> = gold
            .iter()
            .map(|gold| found.iter().map(|found| agree(text, &offsets, gold, found)).collect())
            .collect();
        for level in 0..5 {
            let mut pairs: Vec<(usize, usize, usize)> = Vec::new();
            for (g, row) in agreements.iter().enumerate() {
                for (p, agreed) in row.iter().enumerate().filter(|(_, agreed)| agreed[level]) {
                    pairs.push((5 - agreed.iter().filter(|yes| **yes).count(), g, p));
                }
            }
            pairs.sort_unstable();
            let (mut held, mut said) = (vec![false; gold.len()], vec![false; found.len()]);
            for (_, g, p) in pairs {
                if !held[g] && !said[p] {
                    (held[g], said[p]) = (true, true);
                    self.hits[level] += 1.0;
                }
            }
        }
    }

    fn f1(&self) -> [f64; 5] {
        self.hits.map(|hits| 2.0 * hits / (self.gold + self.found).max(1.0))
    }
}

fn agree(text: &str, offsets: &Offsets, gold: &Gold, found: &Quantity) -> [bool; 5] {
    let close = |a: f64, b: f64| (a - b).abs() <= 1e-8 + 1e-5 * b.abs();
    let numbers = |low: Option<f64>, high: Option<f64>| {
        let mut numbers: Vec<f64> = low.into_iter().collect();
        numbers.extend(high.filter(|high| low.is_none_or(|low| !close(low, *high))));
        numbers
    };
    let (start, end) = offsets.chars_of_span(text, found.span);
    let meets = match (gold.start, gold.end) {
        (Some(from), Some(to)) => start < to && from < end,
        _ => true,
    };
    let (a, b) = (numbers(gold.low, gold.high), numbers(found.low, found.high));
    let value = meets && a.len() == b.len() && a.iter().zip(&b).all(|(a, b)| close(*a, *b)) && !a.is_empty();
    let side = |a: Option<f64>, b: Option<f64>| a.is_some() == b.is_some();
    let unit = bare(gold.unit.as_deref().unwrap_or(""))
        == bare(if found.unit.is_empty() { "-" } else { &found.unit });
    let change = gold.change.as_deref().unwrap_or("=") == found.change.sign();
    let concept = match &gold.noun {
        Some(serde_json::Value::String(words)) => words.clone(),
        Some(serde_json::Value::Array(words)) => {
            words.iter().filter_map(|word| word.as_str()).collect::<Vec<_>>().join(" ")
        }
        _ => String::new(),
    };
    let said = found.noun.map_or("", |noun| noun.of(text)).to_lowercase();
    let shared = concept.to_lowercase().split(|c: char| !c.is_alphanumeric()).any(|word| {
        !word.is_empty() && said.split(|c: char| !c.is_alphanumeric()).any(|own| bare(own) == bare(word))
    });
    [
        value,
        value && side(gold.low, found.low) && side(gold.high, found.high),
        value && unit,
        value && change,
        value && shared,
    ]
}

fn bare(word: &str) -> String {
    let word = word.to_lowercase();
    let word = word.trim().trim_end_matches('.');
    match word.len() > 3 && word.ends_with('s') && !word.ends_with("ss") {
        true => word[..word.len() - 1].to_owned(),
        false => word.to_owned(),
    }
}
