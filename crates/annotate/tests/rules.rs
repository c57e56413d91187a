//! Every example of every rule file is run: `finds` must be found with this value, `ignores` must give
//! nothing by that rule.

use annotate::rules::{Rule, rules};
use annotate::{EXTRACTORS, annotate};
use std::fmt::Write;

fn number(value: Option<f64>) -> String {
    value.map(|v| format!("{}", (v * 10.0).round() / 10.0)).unwrap_or_default()
}

/// The rows a rule's layer gives for some words, as the rule files write them.
fn rows(rule: &Rule, words: &str) -> Vec<(String, String)> {
    let layers = annotate(words, Some("en"));
    match rule.id.split_once('.').map(|(layer, _)| layer) {
        Some("quantity") => layers
            .quantities
            .iter()
            .map(|q| (q.by.to_owned(), format!("[{},{}] {}", number(q.low), number(q.high), q.unit)))
            .collect(),
        Some("place") => layers
            .places
            .iter()
            .map(|place| (place.by.to_owned(), format!("{} {}", place.country, place.class.word())))
            .collect(),
        Some("name") => layers
            .names
            .iter()
            .map(|name| (name.by.to_owned(), format!("{}: {}", name.class.word(), name.span.of(words))))
            .collect(),
        Some("attribution") => {
            let of = |spans: &mut dyn Iterator<Item = model::Span>| {
                spans.map(|span| span.of(words)).collect::<Vec<_>>().join(" ")
            };
            let row = |row: &model::Attribution| {
                let (source, content) = (of(&mut row.source.iter().copied()), of(&mut row.content.iter()));
                (row.by.to_owned(), format!("{source}: {content}"))
            };
            layers.attributions.iter().map(row).collect()
        }
        Some("claim") => {
            let row = |claim: &model::Claim| {
                let agents: Vec<&str> = claim.agents.iter().map(|agent| agent.of(words)).collect();
                let object = claim.object.map_or("", |object| object.of(words));
                let not = if claim.polarity == model::Polarity::Negative { "not" } else { "" };
                let who = [not, &agents.join(", "), ">", object].join(" ");
                let who = who.split_whitespace().collect::<Vec<_>>().join(" ");
                (claim.by.to_owned(), format!("{}: {who}", claim.class))
            };
            layers.claims.iter().map(row).collect()
        }
        Some("hedge") => annotate::hedges(
            words,
            &model::passage::passages(words, model::passage::Markup::Plain),
            Some("en"),
        )
        .iter()
        .map(|hedge| (hedge.by.to_owned(), format!("{}: {}", hedge.strength.word(), hedge.span.of(words))))
        .collect(),
        Some("time") => layers.times.iter().map(|t| (t.by.to_owned(), t.value.timex())).collect(),
        layer => panic!("rule {} is of no known layer: {layer:?}", rule.id),
    }
}

#[test]
fn every_rule_finds_its_examples_and_ignores_the_others() {
    let mut wrong = String::new();
    for rule in rules() {
        assert!(!rule.finds.is_empty(), "{} has no example", rule.id);
        for example in &rule.finds {
            let (words, value) = example.rsplit_once(" = ").expect("an example is `words = value`");
            let expected = (rule.id.clone(), value.to_owned());
            if !rows(rule, words).contains(&expected) {
                let _ = writeln!(wrong, "{}: {example}: found {:?}", rule.id, rows(rule, words));
            }
        }
        for words in &rule.ignores {
            let found: Vec<_> = rows(rule, words).into_iter().filter(|(by, _)| *by == rule.id).collect();
            if !found.is_empty() {
                let _ = writeln!(wrong, "{}: {words}: found {found:?}", rule.id);
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn every_extractor_explains_itself() {
    for extractor in EXTRACTORS {
        assert!(!extractor.about.is_empty());
        assert!(
            !annotate(extractor.example, Some("en")).is_empty(),
            "{}: {}",
            extractor.name,
            extractor.example
        );
    }
}

#[test]
fn a_copy_has_the_same_rows_shifted() {
    let words = "Just over 300 pickets stood there on January 6, 1984.";
    let copy = format!("As one agency reports.\n\n{words}");
    let shift = copy.len() - words.len();
    let (plain, shifted) = (annotate(words, Some("en")), annotate(&copy, Some("en")));
    let places = |layers: &model::Layers, by: usize| -> Vec<_> {
        layers
            .quantities
            .iter()
            .map(|q| q.span.shifted(by))
            .chain(layers.times.iter().map(|t| t.span.shifted(by)))
            .collect()
    };
    assert_eq!(places(&plain, shift), places(&shifted, 0));
}
