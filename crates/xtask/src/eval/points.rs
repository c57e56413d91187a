//! Points of heaps against those that careful readers found, by the scorer that lies beside the data: what of them lies in one
//! point, how pure the points are, and whether they part alike.

use super::Row;
use crate::data;
use anyhow::{Context, Result};
use case::{Access, Case, Input};
use page::PointsPage;
use read::Declared;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

/// The row of SCORES.md.
pub(super) fn rows() -> Result<Vec<Row>> {
    let set = "points, five accounts (12 shared)";
    let measure = "pure point recall; B-cubed precision; reading recall; parted or not";
    let about = "any kind of point counts; the rules were written with these twelve at hand, so texts not seen will do worse";
    let (Some(gold), Some(accounts)) =
        (data("kazakhstan-2022/gold-contested.jsonl"), data("kazakhstan-2022/accounts"))
    else {
        return Ok(vec![Row { set, measure, value: None, about }]);
    };
    let mut inputs = Vec::new();
    for entry in std::fs::read_dir(&accounts)? {
        let path = entry?.path();
        let location = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        inputs.push(Input { location, bytes: std::fs::read(&path)?, declared: Declared::default() });
    }
    inputs.sort_by(|a, b| a.location.cmp(&b.location));
    let found = points(inputs)?;
    let value = scores(&gold, &found)?;
    let (wrong, all) = nothing_found(&std::fs::read_to_string(&gold)?, &found)?;
    let cells = Row {
        set,
        measure: "origins of a reading of theirs at which a point says \"nothing found\"",
        value: Some(format!("{wrong} of {all}")),
        about: "readings of careful readers, at the point that holds most readings of theirs; \"words present, no reading\" is not counted as wrong",
    };
    let comparable = match data("kazakhstan-2022/gold-quantities.jsonl") {
        Some(path) => Some(comparable(&std::fs::read_to_string(path)?, &found)?),
        None => None,
    };
    let facts = Row {
        set: "comparable facts, five accounts",
        measure: "facts that two origins give, wholly in one point; points of numbers that join two facts",
        value: comparable,
        about: "facts by the key of the gold of one reader; a copy counts where it stands beside its text",
    };
    let mut rows = vec![Row { set, measure, value: Some(value), about }, cells, judged()?, facts];
    for (name, texts, set) in HEAPS {
        rows.push(heap(name, texts, set, measure)?);
    }
    Ok(rows)
}

/// Where the texts of a heap come from.
#[derive(Clone, Copy)]
enum Texts {
    /// Articles of a topic of T17.
    T17,
    /// Articles of PolNeAR.
    Polnear,
    /// Texts of our own, beside the gold.
    Own,
    /// The same, with which no rule is made.
    Unseen,
}

/// Heaps whose points one careful reader listed, by the name of their gold.
const HEAPS: [(&str, Texts, &str); 6] = [
    ("egypt", Texts::T17, "points, 14 articles of T17 egypt (56 by one reader)"),
    ("h1n1", Texts::T17, "points, 14 articles of T17 h1n1 (52 by one reader)"),
    ("mj", Texts::T17, "points, 14 articles of T17 mj (59 by one reader)"),
    ("invented", Texts::Own, "points, nine invented accounts (120 by one reader)"),
    ("orsavia", Texts::Unseen, "points, six invented accounts (96 by one reader)"),
    ("emails", Texts::Polnear, "points, 17 articles of PolNeAR (105 by one reader)"),
];

/// The points of a heap against those of one reader.
fn heap(name: &str, texts: Texts, set: &'static str, measure: &'static str) -> Result<Row> {
    let about = match texts {
        Texts::T17 => {
            "every question that two articles speak to, also where they agree; the reader knew nothing of the program; general rules were made with these at hand"
        }
        Texts::Own => {
            "accounts of an event that never was, written and read by one who knew nothing of the program (evals/gold/invented); general rules were made with these at hand"
        }
        Texts::Unseen => {
            "another event that never was, its accounts and questions written by one who knew nothing of the program (evals/gold/orsavia); no rule was made with what was missed here at hand, but three weights of likeness were chosen with a look at these figures"
        }
        Texts::Polnear => {
            "outlets on one affair, the reader knew nothing of the program; no rule was made with what was missed here at hand, but three weights of likeness were chosen with a look at these figures"
        }
    };
    let gold = crate::root().join(format!("evals/gold/points-{name}.jsonl"));
    let inputs = inputs(name, texts, &std::fs::read_to_string(&gold)?)?;
    let (Some(inputs), Some(_)) = (inputs, scorer()) else {
        return Ok(Row { set, measure, value: None, about });
    };
    Ok(Row { set, measure, value: Some(scores(&gold, &points(inputs)?)?), about })
}

/// The texts of a heap; `None` where they are not on this machine.
fn inputs(name: &str, texts: Texts, gold: &str) -> Result<Option<Vec<Input>>> {
    let input = |location: String, text: String, published: Option<String>| {
        let declared = Declared { published, ..Declared::default() };
        Input { location, bytes: text.into_bytes(), declared }
    };
    let mut inputs = Vec::new();
    match texts {
        Texts::Own | Texts::Unseen => {
            for entry in std::fs::read_dir(crate::root().join("evals/gold").join(name))? {
                let path = entry?.path();
                let location = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
                inputs.push(input(location, std::fs::read_to_string(&path)?, None));
            }
        }
        Texts::T17 => {
            let Some(articles) = data(&format!("timelines/{name}/articles.jsonl")) else { return Ok(None) };
            for line in std::fs::read_to_string(articles)?.lines() {
                let article: Value = serde_json::from_str(line)?;
                let location = format!("{}.txt", article["id"].as_str().unwrap_or_default());
                // What a reader found in no article of the heap is in none of its rows.
                if !HEAP_ARTICLES.contains(&location.trim_end_matches(".txt")) && !gold.contains(&location) {
                    continue;
                }
                let sentences = article["sents"].as_array().cloned().unwrap_or_default();
                let text: Vec<String> = sentences
                    .iter()
                    .map(|sentence| put_together(sentence.as_str().unwrap_or_default()))
                    .collect();
                inputs.push(input(location, text.join("\n"), article["pub"].as_str().map(str::to_owned)));
            }
        }
        Texts::Polnear => {
            for part in ["train", "dev"] {
                let Some(articles) = data(&format!("attribution/polnear-{part}.jsonl")) else {
                    return Ok(None);
                };
                for line in std::fs::read_to_string(articles)?.lines() {
                    let article: Value = serde_json::from_str(line)?;
                    let document = article["doc"].as_str().unwrap_or_default();
                    let location = format!("{document}.txt");
                    if gold.contains(&location) {
                        let text = article["text"].as_str().unwrap_or_default().to_owned();
                        inputs.push(input(location, text, document.split('_').nth(1).map(str::to_owned)));
                    }
                }
            }
        }
    }
    inputs.sort_by(|a, b| a.location.cmp(&b.location));
    Ok(Some(inputs))
}

/// Articles of the heaps on which no reading stands.
const HEAP_ARTICLES: [&str; 1] = ["2009-05-15_3"];

/// A sentence of T17 as it may have been printed: its tokens put together again.
fn put_together(sentence: &str) -> String {
    let mut text = sentence.replace("-LRB-", "(").replace("-RRB-", ")").replace("``", "“").replace("''", "”");
    for (apart, whole) in [("( ", "("), (" )", ")"), ("“ ", "“"), (" ”", "”")] {
        text = text.replace(apart, whole);
    }
    for mark in [',', '.', ';', ':', '?', '!', '%'] {
        text = text.replace(&format!(" {mark}"), &mark.to_string());
    }
    for end in ["n't", "'s", "'re", "'ve", "'ll", "'d", "'m", "'"] {
        text = glued(&text, end);
    }
    text.replace(" ' ", "' ").replace("$ ", "$")
}

/// An ending drawn to the word before it, where no letter or digit follows.
fn glued(text: &str, end: &str) -> String {
    let apart = format!(" {end}");
    let mut made = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(&apart) {
        let behind = &rest[at + apart.len()..];
        let word = |c: char| c.is_alphanumeric() || c == '_';
        let letter = end.chars().next_back().is_some_and(word);
        let bound = letter != behind.chars().next().is_some_and(word);
        made.push_str(&rest[..at]);
        made.push_str(if bound { end } else { &apart });
        rest = behind;
    }
    made.push_str(rest);
    made
}

/// All points of a case of these texts, one JSON value a line.
fn points(inputs: Vec<Input>) -> Result<String> {
    let folder = tempfile::tempdir()?;
    let mut case = Case::open(&folder.path().join("points.stemma"), Access::Create)?;
    case.add(inputs, |_| {})?;
    case.read_deep(usize::MAX, |_| {})?;
    Ok(PointsPage::of(&case, usize::MAX)?.json().iter().map(|row| format!("{row}\n")).collect())
}

/// The scorer that lies beside the data.
fn scorer() -> Option<std::path::PathBuf> {
    data("../score/score_contested.py")
}

/// What the scorer tells of some points.
fn scores(gold: &Path, found: &str) -> Result<String> {
    let folder = tempfile::tempdir()?;
    let system = folder.path().join("points.jsonl");
    std::fs::write(&system, found)?;
    let scorer = scorer().context("the scorer of points is not beside the data")?;
    let arguments = [scorer.as_path(), gold, &system];
    let output = Command::new("python3").args(arguments).args(["--kinds", "any", "--json"]).output()?;
    let told: Value = serde_json::from_slice(&output.stdout).context("the scorer of points told nothing")?;
    let part = |name: &str| {
        told["scores"][name].as_f64().map_or_else(|| "–".to_owned(), |value| format!("{value:.2}"))
    };
    let parts = ["point_recall_pure", "bcubed_precision", "reading_recall", "verdict_parts_accuracy"];
    Ok(parts.map(part).join("; "))
}

/// How many facts that two origins give stand in one point of numbers, and how many such points join readings of two facts.
fn comparable(gold: &str, found: &str) -> Result<String> {
    let lines = |text: &str| text.lines().map(serde_json::from_str).collect::<Result<Vec<Value>, _>>();
    let (gold, found) = (lines(gold)?, lines(found)?);
    let numbers: Vec<&Value> = found.iter().filter(|point| point["kind"] == "quantity").collect();
    let readings = |point: &Value| point["readings"].as_array().cloned().unwrap_or_default();
    let end = |row: &Value, name: &str| row[name].as_u64().unwrap_or(0);
    let meets = |reading: &Value, fact: &Value| {
        reading["file"] == fact["file"]
            && end(reading, "start") < end(fact, "end")
            && end(fact, "start") < end(reading, "end")
    };
    // The first two accounts are one article: what only they give is one origin's.
    let account = |fact: &Value| {
        fact["file"]
            .as_str()
            .and_then(|file| file.get(..3))
            .map(|name| if name == "001" { "000" } else { name }.to_owned())
    };
    let mut facts: BTreeMap<&str, Vec<&Value>> = BTreeMap::new();
    for row in gold.iter().filter(|row| row["claim_key"].is_string()) {
        facts.entry(row["claim_key"].as_str().unwrap_or_default()).or_default().push(row);
    }
    let shared: Vec<&Vec<&Value>> = facts
        .values()
        .filter(|rows| {
            rows.iter().filter_map(|row| account(row)).collect::<std::collections::BTreeSet<_>>().len() > 1
        })
        .collect();
    let whole = |rows: &&&Vec<&Value>| {
        numbers.iter().any(|point| {
            let own = readings(point);
            let own_accounts: Vec<String> = own.iter().filter_map(&account).collect();
            rows.iter().all(|fact| {
                own.iter().any(|reading| meets(reading, fact))
                    || account(fact).is_some_and(|account| own_accounts.contains(&account))
            })
        })
    };
    let grouped = shared.iter().filter(whole).count();
    let joined = numbers.iter().filter(|point| {
        let own = readings(point);
        facts
            .values()
            .filter(|rows| rows.iter().any(|fact| own.iter().any(|reading| meets(reading, fact))))
            .count()
            > 1
    });
    Ok(format!("{grouped} of {}; {}", shared.len(), joined.count()))
}

/// How many of the first twenty points of each set a hand review found to answer one question.
fn judged() -> Result<Row> {
    let mut counts: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for line in std::fs::read_to_string(crate::root().join("evals/points-judged.jsonl"))?.lines() {
        let row: Value = serde_json::from_str(line)?;
        let count = counts.entry(row["set"].as_str().unwrap_or_default().to_owned()).or_default();
        count.0 += usize::from(row["good"] == true);
        count.1 += 1;
    }
    let value: Vec<String> =
        counts.iter().map(|(set, (good, all))| format!("{set}: {good} of {all}")).collect();
    Ok(Row {
        set: "points, by hand",
        measure: "of the first twenty those whose readings answer one question",
        value: Some(value.join("; ")),
        about: "judged by the developers with the sentences at hand, egypt and h1n1 also while points were made, mj afterwards; statements in like words among them; keys and offsets in evals/points-judged.jsonl; the articles of T17 are tokenised and were put together again",
    })
}

/// Readings of the gold whose origin has "nothing found" at the point that holds most readings of the same question, and all readings
/// looked at.
fn nothing_found(gold: &str, found: &str) -> Result<(usize, usize)> {
    let lines = |text: &str| text.lines().map(serde_json::from_str).collect::<Result<Vec<Value>, _>>();
    let (gold, found) = (lines(gold)?, lines(found)?);
    let rows = |point: &Value, name: &str| point[name].as_array().cloned().unwrap_or_default();
    let meets = |one: &Value, other: &Value| {
        let place = |row: &Value, end: &str| row[end].as_u64().unwrap_or(0);
        one["file"] == other["file"]
            && place(one, "start") < place(other, "end")
            && place(other, "start") < place(one, "end")
    };
    let mut origins: BTreeMap<String, u64> = BTreeMap::new();
    for reading in found.iter().flat_map(|point| rows(point, "readings")) {
        origins.insert(reading["file"].to_string(), reading["origin"].as_u64().unwrap_or(0));
    }
    let (mut wrong, mut all) = (0, 0);
    for asked in &gold {
        let readings = rows(asked, "readings");
        let held = |point: &&Value| {
            let own = rows(point, "readings");
            readings.iter().filter(|reading| own.iter().any(|own| meets(own, reading))).count()
        };
        let Some(best) = found.iter().max_by_key(held).filter(|best| held(best) > 0) else { continue };
        for reading in &readings {
            let origin = origins.get(&reading["file"].to_string());
            all += 1;
            wrong +=
                usize::from(rows(best, "cells").iter().any(|cell| {
                    cell["origin"].as_u64() == origin.copied() && cell["cell"] == "nothing found"
                }));
        }
    }
    Ok((wrong, all))
}
