//! Who is said to be behind what happened: somebody by somebody, for a table of the blamed against the origins.

use crate::claim::{CaseClaim, country_key};
use crate::point::{Point, PointKind, Reading, Value, Verdict};
use model::{ClaimKind, DocId, Polarity};
use std::collections::{BTreeMap, BTreeSet};

/// Somebody who is said to stand behind what happened, or not to.
#[derive(Clone, Debug)]
pub struct Blamed {
    /// The country it happened in, where it is known.
    pub place: Option<String>,
    /// Who, as printed first or as the case calls the actor.
    pub who: String,
    /// What the origins say of it: yes or no. One origin is enough.
    pub point: Point,
}

/// A claim, and whether it says so.
type Said<'a> = (&'a CaseClaim, bool);

/// All who are said to stand behind what happened, by place, those most origins speak of first. `main` is the country most origins name.
/// Names are taken for one where they are spelt alike or the case knows them as one actor; what is like is not joined.
pub fn blamed(rows: &[CaseClaim], main: Option<&str>) -> Vec<Blamed> {
    let mut found: BTreeMap<(Option<String>, String), (String, Vec<Said>)> = BTreeMap::new();
    for row in rows.iter().filter(|row| row.claim.kind == ClaimKind::Blame) {
        let so = row.claim.polarity == Polarity::Positive;
        for agent in &row.agents {
            let key = (country_key(row, main), agent.to_lowercase());
            found.entry(key).or_insert_with(|| (agent.clone(), Vec::new())).1.push((row, so));
        }
    }
    let mut all: Vec<Blamed> = found
        .into_iter()
        .map(|((place, key), (who, said))| Blamed { place, who, point: point(&key, &said) })
        .collect();
    all.sort_by_key(|one| (one.place.clone(), std::cmp::Reverse(one.point.origins), one.point.key.clone()));
    all
}

fn point(key: &str, said: &[Said]) -> Point {
    let mut readings: BTreeMap<(DocId, bool), Reading> = BTreeMap::new();
    for (row, so) in said {
        let reading = readings.entry((row.origin, *so)).or_insert_with(|| Reading {
            origin: row.origin,
            value: Value::Polarity(*so),
            witnesses: Vec::new(),
        });
        reading.witnesses.push((row.document, row.claim.span, row.claim.object));
    }
    let mut readings: Vec<Reading> = readings.into_values().collect();
    readings.iter_mut().for_each(|reading| reading.witnesses.sort_unstable());
    let origins: BTreeSet<DocId> = readings.iter().map(|reading| reading.origin).collect();
    let documents: BTreeSet<DocId> = said.iter().map(|(row, _)| row.document).collect();
    let says = |so: bool| -> BTreeSet<DocId> {
        readings
            .iter()
            .filter(|reading| reading.value == Value::Polarity(so))
            .map(|reading| reading.origin)
            .collect()
    };
    // An origin that gives both does not part from another.
    let parted = says(true).difference(&says(false)).next().is_some()
        && says(false).difference(&says(true)).next().is_some();
    Point {
        kind: PointKind::Responsibility,
        key: key.to_owned(),
        asks: None,
        verdict: if parted { Verdict::Conflict } else { Verdict::Compatible },
        series: false,
        origins: origins.len(),
        documents: documents.len(),
        closeness: crate::Closeness::default(),
        readings,
    }
}
