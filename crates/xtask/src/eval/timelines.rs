//! Timelines against published ones (T17): a timeline of each topic is given the number of days and of sentences a day
//! that the published one has, and its first and last day, as is usual; days must be equal.

use super::Row;
use crate::data;
use anyhow::Result;
use collate::{Dated, timeline};
use model::calendar::date_of_day_number;
use model::time::Value;
use serde::Deserialize;
use serde_json::json;
use std::collections::BTreeSet;
use std::process::Command;

const TOPICS: [&str; 4] = ["egypt", "finan", "h1n1", "mj"];

#[derive(Deserialize)]
struct Article {
    #[serde(rename = "pub")]
    published: String,
    sents: Vec<String>,
}

#[derive(Deserialize)]
struct Gold {
    timeline: String,
    entries: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    date: String,
    text: Vec<String>,
}

/// A sentence of a topic that names a day.
struct Mention {
    document: usize,
    published: Option<i64>,
    place: usize,
    day: i64,
    text: String,
}

/// The rows of SCORES.md.
pub(super) fn rows() -> Result<Vec<Row>> {
    let set = "timelines, T17 (egypt, finan, h1n1, mj)";
    let measure = "date F1 / alignment ROUGE-1 F1";
    let about = "six timelines, each given its first and last day and its numbers of days and sentences, as is usual; every article an origin of its own; of a handful of weights tried on these topics the plainest was kept";
    let Some(folder) = data("timelines") else {
        return Ok(vec![Row { set, measure, value: None, about }]);
    };
    let mut system = String::new();
    let iso = |day: i64| {
        let (year, month, day) = date_of_day_number(day);
        format!("{year:04}-{month:02}-{day:02}")
    };
    let (mut precision, mut recall, mut count) = (0.0, 0.0, 0.0);
    for topic in TOPICS {
        let articles = std::fs::read_to_string(folder.join(topic).join("articles.jsonl"))?;
        let mentions = mentions(&articles)?;
        let dated: Vec<Dated> = mentions
            .iter()
            .map(|one| Dated {
                document: one.document,
                origin: one.document,
                published: one.published,
                place: one.place,
                day: one.day,
                text: &one.text,
            })
            .collect();
        for line in std::fs::read_to_string(folder.join(topic).join("gold.jsonl"))?.lines() {
            let gold: Gold = serde_json::from_str(line)?;
            let days: BTreeSet<&str> = gold.entries.iter().map(|entry| entry.date.as_str()).collect();
            let sentences = gold.entries.iter().map(|entry| entry.text.len()).sum::<usize>() as f64
                / days.len().max(1) as f64;
            let bounds =
                (days.first().copied().unwrap_or_default(), days.last().copied().unwrap_or_default());
            let within: Vec<Dated> = dated
                .iter()
                .filter(|one| {
                    let day = iso(one.day);
                    day.as_str() >= bounds.0 && day.as_str() <= bounds.1
                })
                .cloned()
                .collect();
            let found = timeline(&within, days.len(), (sentences.round() as usize).max(1));
            let right = found.iter().filter(|day| days.contains(iso(day.day).as_str())).count() as f64;
            precision += right / f64::max(found.len() as f64, 1.0);
            recall += right / days.len().max(1) as f64;
            count += 1.0;
            let entries: Vec<_> = found
                .iter()
                .map(|day| json!({"date": iso(day.day), "text": day.sentences.iter().map(|at| within[*at].text).collect::<Vec<_>>()}))
                .collect();
            system.push_str(
                &json!({"topic": topic, "timeline": gold.timeline, "entries": entries}).to_string(),
            );
            system.push('\n');
        }
    }
    let (precision, recall) = (precision / f64::max(count, 1.0), recall / f64::max(count, 1.0));
    let f1 = 2.0 * precision * recall / f64::max(precision + recall, f64::MIN_POSITIVE);
    let ar1 = aligned(&folder, &system)?.map_or("–".to_owned(), |ar1| format!("{ar1:.3}"));
    Ok(vec![Row { set, measure, value: Some(format!("{f1:.3} / {ar1}")), about }])
}

/// Alignment ROUGE-1 by the scorer that lies beside the data, where it and Python are there.
fn aligned(folder: &std::path::Path, system: &str) -> Result<Option<f64>> {
    let scorer = folder.join("../../score/score_timeline.py");
    if !scorer.exists() {
        return Ok(None);
    }
    let file = tempfile::NamedTempFile::new()?;
    std::fs::write(file.path(), system)?;
    let Ok(output) = Command::new("python3")
        .arg(scorer)
        .arg(folder)
        .arg(file.path())
        .arg("--topics")
        .arg(TOPICS.join(","))
        .output()
    else {
        return Ok(None);
    };
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let value: Option<serde_json::Value> =
        text.lines().last().and_then(|line| serde_json::from_str(line).ok());
    Ok(value.and_then(|value| value["ar1_f1"].as_f64()))
}

/// Sentences of the articles with each day they name.
fn mentions(articles: &str) -> Result<Vec<Mention>> {
    let mut found = Vec::new();
    for (document, line) in articles.lines().enumerate() {
        let article: Article = serde_json::from_str(line)?;
        let published = model::calendar::days_of(&article.published).map(|(first, _)| first as i64);
        let mut text = String::new();
        let mut ends = Vec::new();
        for sentence in &article.sents {
            text.push_str(sentence);
            ends.push(text.len());
            text.push('\n');
        }
        for time in annotate::times(&text, Some(&article.published)) {
            let Value::Calendar(calendar) = time.value else { continue };
            let Some(day) = calendar.day_number() else { continue };
            let place = ends.partition_point(|end| *end < time.span.end());
            let Some(sentence) = article.sents.get(place) else { continue };
            found.push(Mention { document, published, place, day, text: sentence.clone() });
        }
    }
    Ok(found)
}
