//! Accuracies: each set is run and written into evals/SCORES.md, which is checked in, so that a change that
//! lowers one shows in its diff. A row whose texts are absent keeps its last value and says so.

use crate::{data, root};
use anyhow::{Context, Result};
use model::Offsets;
use model::passage::{Markup, passages};
use model::sentence::sentences;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fmt::Write;

struct Row {
    set: &'static str,
    measure: &'static str,
    /// `None` where the texts are absent.
    value: Option<String>,
    about: &'static str,
}

pub(crate) fn eval() -> Result<()> {
    let path = root().join("evals/SCORES.md");
    let before = std::fs::read_to_string(&path).unwrap_or_default();
    let mut rows = Vec::new();
    rows.extend(sentence_rows()?);
    rows.extend(language_rows()?);
    rows.extend(reuse_rows()?);
    let mut out = String::from(HEAD);
    for row in &rows {
        let old = before.lines().find(|line| line.starts_with(&format!("| {} | {} |", row.set, row.measure)));
        let old = old
            .and_then(|line| line.split('|').nth(3))
            .map(|value| value.trim().trim_end_matches(" (not run)").to_owned());
        let value =
            row.value.clone().unwrap_or_else(|| format!("{} (not run)", old.unwrap_or_else(|| "–".into())));
        writeln!(out, "| {} | {} | {value} | {} |", row.set, row.measure, row.about)?;
    }
    std::fs::write(&path, &out)?;
    print!("{out}");
    Ok(())
}

const HEAD: &str = "# Scores

Written by `cargo xtask eval`; a change shows in the diff. `(not run)`: the texts are not on the machine that wrote this file, the
value is the last one seen. Speeds stand in [SPEED.md](SPEED.md).

| set | measure | value | how it is measured |
|---|---|---|---|
";

#[derive(Deserialize)]
struct Ends {
    id: String,
    ends: Vec<usize>,
}

/// Sentence ends against a gold made by reading: missed and false ends.
fn sentence_rows() -> Result<Vec<Row>> {
    let gold = std::fs::read_to_string(root().join("evals/gold/sentences-kazakhstan-2022.jsonl"))?;
    let (mut ends, mut missed, mut wrong) = (0, 0, 0);
    let mut present = true;
    for line in gold.lines() {
        let gold: Ends = serde_json::from_str(line)?;
        let Some(path) = data(&format!("kazakhstan-2022/accounts/{}", gold.id)) else {
            present = false;
            break;
        };
        let text = std::fs::read_to_string(path)?;
        let offsets = Offsets::new(&text);
        let found = sentences(&text, &passages(&text, Markup::Plain));
        let found: Vec<usize> =
            found.iter().map(|sentence| offsets.char_of_byte(&text, sentence.end())).collect();
        ends += gold.ends.len();
        missed += gold.ends.iter().filter(|end| !found.contains(end)).count();
        wrong += found.iter().filter(|end| !gold.ends.contains(end)).count();
    }
    let value = present.then(|| format!("{missed} missed, {wrong} false of {ends}"));
    let about = "sentence ends of the five accounts, gold made by careful reading (offsets only); the rules were written with this genre in mind";
    Ok(vec![Row { set: "sentences, five accounts", measure: "errors", value, about }])
}

#[derive(Deserialize)]
struct Sample {
    language: String,
    text: String,
}

/// Languages of short texts of our own.
fn language_rows() -> Result<Vec<Row>> {
    let gold = std::fs::read_to_string(root().join("evals/gold/language.jsonl"))?;
    let samples = gold.lines().map(serde_json::from_str::<Sample>).collect::<Result<Vec<_>, _>>()?;
    let mut wrong: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let (mut right, mut unknown) = (0, 0);
    for sample in &samples {
        match read::language_of(&sample.text) {
            Some(found) if found == sample.language => right += 1,
            None => unknown += 1,
            Some(found) => wrong.entry(sample.language.clone()).or_default().push(found.to_owned()),
        }
    }
    let mistakes: Vec<String> =
        wrong.iter().map(|(language, found)| format!("{language} as {}", found.join(", "))).collect();
    let mistakes = if mistakes.is_empty() { "none wrong".to_owned() } else { mistakes.join("; ") };
    let value = format!("{right} of {} right, {unknown} left unknown, {mistakes}", samples.len());
    let about = "one or two sentences of our own in each language, 60 to 200 characters";
    Ok(vec![Row { set: "language, own samples", measure: "right", value: Some(value), about }])
}

#[derive(Deserialize)]
struct Truth {
    /// Source, derivative, class, then spans and host, which are not used here.
    pairs: Vec<Vec<serde_json::Value>>,
}

/// Pairs of documents in the generated reuse corpus that share text.
fn reuse_rows() -> Result<Vec<Row>> {
    const ABOUT: [&str; 2] = [
        "generated reuse corpus (8,902 documents, 4,482 pairs of 15 classes): true pairs for which an overlap is stored",
        "pairs stored that are neither true nor two derivatives of one source; most are boilerplate, which is not told apart yet",
    ];
    let files = (data("reuse/corpusS.jsonl"), data("reuse/truthS.json"));
    let (Some(corpus), Some(truth)) = files else {
        return Ok(["recall", "other pairs"]
            .into_iter()
            .zip(ABOUT)
            .map(|(measure, about)| Row { set: "reuse, corpus S", measure, value: None, about })
            .collect());
    };
    let truth: Truth = serde_json::from_slice(&std::fs::read(truth)?)?;
    let folder = tempfile::tempdir()?;
    let mut case = case::Case::open(&folder.path().join("s.stemma"), case::Access::Create)?;
    let bytes = std::fs::read(corpus)?;
    case.add(
        vec![case::Input { location: "corpusS.jsonl".into(), bytes, declared: read::Declared::default() }],
        |_| {},
    )?;
    let ordered =
        |a: &str, b: &str| if a < b { (a.to_owned(), b.to_owned()) } else { (b.to_owned(), a.to_owned()) };
    let rows = case.sql("SELECT DISTINCT d.name, e.name FROM overlap o JOIN document d ON d.text = o.a JOIN document e ON e.text = o.b")?.rows;
    let twins = case
        .sql("SELECT d.name, e.name FROM document d JOIN document e ON d.text = e.text AND d.doc < e.doc")?
        .rows;
    let mut found = std::collections::BTreeSet::new();
    for row in rows.iter().chain(&twins) {
        let cell = |at: usize| row[at].as_deref().context("a document without a name");
        found.insert(ordered(cell(0)?, cell(1)?));
    }
    let named = |pair: &Vec<serde_json::Value>| -> Option<(String, String)> {
        Some((pair.first()?.as_str()?.to_owned(), pair.get(1)?.as_str()?.to_owned()))
    };
    let known: Vec<(String, String)> = truth.pairs.iter().filter_map(named).collect();
    let pairs: std::collections::BTreeSet<_> =
        known.iter().map(|(source, copy)| ordered(source, copy)).collect();
    let mut sources: BTreeMap<&str, std::collections::BTreeSet<&str>> = BTreeMap::new();
    for (source, copy) in &known {
        sources.entry(copy).or_default().insert(source);
    }
    let siblings = |a: &str, b: &str| match (sources.get(a), sources.get(b)) {
        (Some(a), Some(b)) => !a.is_disjoint(b),
        _ => false,
    };
    let right = found.intersection(&pairs).count();
    let other = found.iter().filter(|pair| !pairs.contains(pair) && !siblings(&pair.0, &pair.1)).count();
    let value = [
        format!("{:.4} ({right} of {})", right as f64 / pairs.len() as f64, pairs.len()),
        format!("{other}"),
    ];
    Ok(["recall", "other pairs"]
        .into_iter()
        .zip(value)
        .zip(ABOUT)
        .map(|((measure, value), about)| Row { set: "reuse, corpus S", measure, value: Some(value), about })
        .collect())
}
