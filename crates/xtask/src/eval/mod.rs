//! Accuracies: each set is run and written into evals/SCORES.md, which is checked in, so that a change that
//! lowers one shows in its diff. A row whose texts are absent keeps its last value and says so.

mod actors;
mod attributions;
mod heaps;
mod names;
mod parse;
mod places;
mod points;
mod quantities;
mod reuse;
mod timelines;
mod times;
mod trees;

pub(crate) use names::score as names_score;
pub(crate) use reuse::evidence;
pub(crate) use times::tag;

use crate::{data, root};
use anyhow::Result;
use model::Offsets;
use model::passage::{Markup, passages};
use model::sentence::sentences;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// One part of the sets, printed and not written down.
pub(crate) fn look(part: &str) -> Result<()> {
    if part == "attributions" {
        print!("{}", attributions::by_rule()?);
    }
    let rows = match part {
        "trees" => reuse::tree_rows()?,
        "times" => times::rows()?,
        "points" => points::rows()?,
        "timelines" => timelines::rows()?,
        "places" => places::rows()?,
        "names" => names::rows()?,
        "parse" => parse::rows()?,
        "actors" => actors::rows()?,
        "quantities" => quantities::rows()?,
        "attributions" => attributions::rows()?,
        _ => anyhow::bail!(
            "no part `{part}`; there are: actors, attributions, names, parse, places, points, quantities, timelines, times, trees"
        ),
    };
    rows.iter().for_each(|row| {
        println!("{}, {}: {}", row.set, row.measure, row.value.as_deref().unwrap_or("not run"))
    });
    Ok(())
}

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
    rows.extend(times::rows()?);
    rows.extend(timelines::rows()?);
    rows.extend(points::rows()?);
    rows.extend(places::rows()?);
    rows.extend(names::rows()?);
    rows.extend(actors::rows()?);
    rows.extend(quantities::rows()?);
    rows.extend(parse::rows()?);
    rows.extend(attributions::rows()?);
    rows.extend(reuse::rows()?);
    rows.push(origin_row()?);
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

/// Origins of a case that hold documents of more than one source of the generated reuse corpus.
fn origin_row() -> Result<Row> {
    let (set, measure) = ("origins, corpus S", "origins that join different sources");
    let about = "a case of the same corpus: families of documents against sources and their derivatives; boilerplate makes up half of some short documents";
    let (Some(corpus), Some(truth)) = (data("reuse/corpusS.jsonl"), data("reuse/truthS.json")) else {
        return Ok(Row { set, measure, value: None, about });
    };
    let truth: reuse::Truth = serde_json::from_slice(&std::fs::read(truth)?)?;
    let folder = tempfile::tempdir()?;
    let mut case = case::Case::open(&folder.path().join("s.stemma"), case::Access::Create)?;
    let input = case::Input {
        location: "corpusS.jsonl".into(),
        bytes: std::fs::read(corpus)?,
        declared: read::Declared::default(),
    };
    case.add(vec![input], |_| {})?;
    let names: BTreeMap<model::DocId, String> =
        case.entries()?.into_iter().map(|entry| (entry.id, entry.name)).collect();
    let edges = truth.pairs.iter().filter_map(|pair| Some((pair.first()?.as_str()?, pair.get(1)?.as_str()?)));
    let sources = align::families(names.values().map(String::as_str), edges);
    let origins = case.origins(case::ORIGIN_SHARE)?;
    let mixed = origins.iter().filter(|origin| {
        let of: BTreeSet<_> = origin.documents.iter().map(|id| sources[names[id].as_str()]).collect();
        of.len() > 1
    });
    let value = format!("{} of {}", mixed.count(), origins.len());
    Ok(Row { set, measure, value: Some(value), about })
}
