//! Actors of the five accounts: mentions found by hand, joined by the program, against the hand's own groups.

use super::Row;
use crate::data;
use anyhow::Result;
use collate::{ActorMention, Explained, actors};
use model::{DocId, NameClass, Span};
use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Deserialize)]
struct Gold {
    file: String,
    start: usize,
    end: usize,
    text: String,
    entity: String,
    #[serde(rename = "type")]
    class: String,
}

/// The row of SCORES.md.
pub(super) fn rows() -> Result<Vec<Row>> {
    let (set, measure) =
        ("actors, five accounts", "B-cubed F1 (precision, recall); of persons; of organisations");
    let about = "persons and organisations, mentions given by the gold of one reader";
    let Some(path) = data("kazakhstan-2022/gold-mentions.jsonl") else {
        return Ok(vec![Row { set, measure, value: None, about }]);
    };
    let gold: Vec<Gold> = std::fs::read_to_string(path)?
        .lines()
        .filter(|line| !line.trim().is_empty())
        .map(serde_json::from_str)
        .collect::<Result<_, _>>()?;
    let gold: Vec<Gold> =
        gold.into_iter().filter(|row| ["person", "organisation"].contains(&row.class.as_str())).collect();
    let mut files: Vec<&str> = gold.iter().map(|row| row.file.as_str()).collect();
    files.sort_unstable();
    files.dedup();
    let id = |file: &str| {
        DocId::from_number(files.iter().position(|known| *known == file).unwrap_or(0) as i64 + 1)
    };
    let mut explained = Vec::new();
    for file in &files {
        let Some(path) = data(&format!("kazakhstan-2022/accounts/{file}")) else { continue };
        let (text, Some(document)) = (std::fs::read_to_string(path)?, id(file)) else { continue };
        explained.extend(annotate::name::definitions(&text).iter().map(|found| Explained {
            document,
            origin: document,
            full: found.full.of(&text).to_owned(),
            short: found.short.of(&text).to_owned(),
        }));
    }
    let mentions: Vec<ActorMention> = gold
        .iter()
        .filter_map(|row| {
            Some(ActorMention {
                document: id(&row.file)?,
                origin: id(&row.file)?,
                span: Span::checked(row.start, row.end)?,
                class: if row.class == "person" { NameClass::Person } else { NameClass::Organisation },
                words: row.text.clone(),
            })
        })
        .collect();
    let mut group = vec![0; mentions.len()];
    for (at, actor) in actors(&mentions, &explained, &[]).iter().enumerate() {
        actor.mentions.iter().for_each(|mention| group[*mention] = at);
        if std::env::var_os("STEMMA_SHOW").is_some() {
            let words: BTreeMap<&str, usize> = actor.mentions.iter().fold(BTreeMap::new(), |mut all, at| {
                *all.entry(mentions[*at].words.as_str()).or_default() += 1;
                all
            });
            println!("{}: {words:?}", actor.name);
        }
    }
    let score = |wanted: Option<&str>| {
        let of: Vec<usize> =
            (0..gold.len()).filter(|at| wanted.is_none_or(|class| gold[*at].class == class)).collect();
        let (mut precision, mut recall) = (0.0, 0.0);
        for a in &of {
            let said: Vec<&usize> = of.iter().filter(|b| group[**b] == group[*a]).collect();
            let held = of.iter().filter(|b| gold[**b].entity == gold[*a].entity).count() as f64;
            let both = said.iter().filter(|b| gold[***b].entity == gold[*a].entity).count() as f64;
            precision += both / said.len() as f64;
            recall += both / held;
        }
        let (precision, recall) = (precision / of.len() as f64, recall / of.len() as f64);
        (2.0 * precision * recall / (precision + recall), precision, recall)
    };
    let (all, persons, bodies) = (score(None), score(Some("person")), score(Some("organisation")));
    let value = format!("{:.3} ({:.3}, {:.3}); {:.3}; {:.3}", all.0, all.1, all.2, persons.0, bodies.0);
    Ok(vec![Row { set, measure, value: Some(value), about }])
}
