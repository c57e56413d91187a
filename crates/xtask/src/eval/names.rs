//! Names against what was held apart of the free sets.

use super::Row;
use crate::train::held_apart;
use anyhow::Result;
use model::{NameClass, Span};
use std::collections::BTreeMap;

/// The rows of SCORES.md.
pub(super) fn rows() -> Result<Vec<Row>> {
    let sets = [
        (
            "names, WikiGold",
            "wikigold",
            "each fifth stretch of twenty sentences, held apart; how it is learnt was chosen with a look at it",
        ),
        (
            "names, UNER-EWT",
            "uner_ewt",
            "its test part, held apart; persons, organisations, places; chosen likewise",
        ),
        ("names, CrossNER politics", "crossner_politics", "its test part, held apart; chosen likewise"),
    ];
    let mut rows = Vec::new();
    for (set, file, about) in sets {
        let value = held_apart(file)?.map(|sentences| score(file, &sentences, &shipped));
        rows.push(Row { set, measure: "F1 (precision, recall), by class", value, about });
    }
    Ok(rows)
}

fn shipped(text: &str) -> Vec<(Span, NameClass)> {
    annotate::annotate(text, Some("en")).names.iter().map(|name| (name.span, name.class)).collect()
}

/// F1 of what a finder finds in sentences held apart.
pub(crate) fn score(
    set: &str,
    sentences: &[annotate::name::learn::Labelled],
    find: &dyn Fn(&str) -> Vec<(Span, NameClass)>,
) -> String {
    // Sets differ in what they label: UNER has three classes, WikiGold puts events among other things.
    let class = |class: NameClass| match class {
        NameClass::Event if set == "wikigold" => Some(NameClass::Other),
        NameClass::Event | NameClass::Other if set == "uner_ewt" => None,
        class => Some(class),
    };
    let mut counts: BTreeMap<NameClass, [f64; 3]> = BTreeMap::new();
    for sentence in sentences {
        let found: Vec<_> =
            find(&sentence.text).into_iter().filter_map(|(span, held)| Some((span, class(held)?))).collect();
        let gold: Vec<_> =
            sentence.names.iter().filter_map(|(span, held)| Some((*span, class((*held)?)?))).collect();
        for (span, class) in &gold {
            let count = counts.entry(*class).or_default();
            count[0] += 1.0;
            count[2] += f64::from(u8::from(found.contains(&(*span, *class))));
        }
        for (_, class) in &found {
            counts.entry(*class).or_default()[1] += 1.0;
        }
    }
    let f1 = |[gold, found, hits]: [f64; 3]| 2.0 * hits / f64::max(gold + found, 1.0);
    let all = counts.values().fold([0.0; 3], |sum, count| [0, 1, 2].map(|at| sum[at] + count[at]));
    let parts: Vec<String> =
        counts.iter().map(|(class, count)| format!("{} {:.2}", class.word(), f1(*count))).collect();
    let [gold, found, hits] = all;
    format!(
        "{:.3} ({:.3}, {:.3}); {}",
        f1(all),
        hits / found.max(1.0),
        hits / gold.max(1.0),
        parts.join(", ")
    )
}
