//! Places against published gold: the Local-Global Lexicon and TR-News.
//!
//! Found: spans equal. Right: within 161 km (100 miles) of the gold point, or the same place by its GeoNames number.
//! End to end: found and right, over all gold places with a point and over all places found (Gritta et al. 2020).

use super::Row;
use crate::data;
use anyhow::Result;
use collate::PlaceMention;
use model::passage::{Markup, passages};
use model::{DocId, Offsets, Place};
use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Deserialize)]
struct Document {
    #[serde(default)]
    url: String,
    text: String,
    toponyms: Vec<Gold>,
}

#[derive(Deserialize)]
struct Gold {
    start: usize,
    end: usize,
    lat: Option<f64>,
    lon: Option<f64>,
    geonameid: Option<String>,
}

/// The rows of SCORES.md.
pub(super) fn rows() -> Result<Vec<Row>> {
    let about = "spans equal / of these within 161 km or the same GeoNames number / found and right, F1; tuned on these texts, so optimistic";
    let mut rows = Vec::new();
    for (set, file) in [("places, LGL", "places/lgl.jsonl"), ("places, TR-News", "places/trnews.jsonl")] {
        let value = match data(file) {
            Some(path) => Some(score(&std::fs::read_to_string(path)?)?),
            None => None,
        };
        rows.push(Row { set, measure: "finding F1 / right of found / end to end F1", value, about });
    }
    let value = match data("places/lgl.jsonl") {
        Some(path) => Some(prior(&std::fs::read_to_string(path)?)?),
        None => None,
    };
    rows.push(Row {
        set: "places, LGL by outlet",
        measure: "right of found where a name is doubtful: account alone / with the other accounts of its outlet",
        value,
        about: "each outlet of five and more articles a case; every article an origin; within 161 km or the same GeoNames number",
    });
    Ok(rows)
}

fn score(file: &str) -> Result<String> {
    let (mut golds, mut pointed, mut finds, mut met, mut judged, mut right) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0);
    for line in file.lines() {
        let document: Document = serde_json::from_str(line)?;
        let text = &document.text;
        let layers = annotate::annotate_passages(text, &passages(text, Markup::Plain), Some("en"), None);
        let offsets = Offsets::new(text);
        golds += document.toponyms.len() as f64;
        pointed += document.toponyms.iter().filter(|gold| gold.lat.is_some()).count() as f64;
        finds += layers.places.len() as f64;
        for place in &layers.places {
            let span = offsets.chars_of_span(text, place.span);
            let Some(gold) = document.toponyms.iter().find(|gold| (gold.start, gold.end) == span) else {
                continue;
            };
            met += 1.0;
            judged += f64::from(u8::from(gold.lat.is_some() && gold.lon.is_some()));
            right += f64::from(u8::from(is_right(place, gold)));
        }
    }
    let f1 = |hits: f64, found: f64, wanted: f64| 2.0 * hits / (found + wanted).max(1.0);
    let (finding, end_to_end) = (f1(met, finds, golds), f1(right, finds, pointed));
    Ok(format!("{finding:.3} / {:.3} / {end_to_end:.3}", right / f64::max(judged, 1.0)))
}

/// What the other documents of a case do for names that a document alone lays in doubt.
fn prior(file: &str) -> Result<String> {
    let mut cases: BTreeMap<String, Vec<Document>> = BTreeMap::new();
    for line in file.lines() {
        let document: Document = serde_json::from_str(line)?;
        let outlet = document.url.split('/').nth(2).unwrap_or_default().to_owned();
        cases.entry(outlet).or_default().push(document);
    }
    let (mut doubtful, mut alone, mut together) = (0.0, 0.0, 0.0);
    for documents in cases.values().filter(|documents| documents.len() >= 5) {
        let mut mentions = Vec::new();
        let mut golds = Vec::new();
        for (number, document) in documents.iter().enumerate() {
            let text = &document.text;
            let id = DocId::from_number(number as i64 + 1).expect("small numbers are ids");
            let offsets = Offsets::new(text);
            for place in
                annotate::annotate_passages(text, &passages(text, Markup::Plain), Some("en"), None).places
            {
                let span = offsets.chars_of_span(text, place.span);
                golds.push(document.toponyms.iter().find(|gold| (gold.start, gold.end) == span));
                let words = place.span.of(text).to_owned();
                mentions.push(PlaceMention {
                    document: id,
                    origin: id,
                    words,
                    span: place.span,
                    place: Some(place),
                });
            }
        }
        for case_place in collate::places(&mentions, &[]) {
            for (at, _) in &case_place.mentions {
                let (Some(gold), Some(own), Some(now)) =
                    (golds[*at], &mentions[*at].place, &case_place.place)
                else {
                    continue;
                };
                if own.candidates > 1 && own.by == "place.name" && gold.lat.is_some() {
                    doubtful += 1.0;
                    alone += f64::from(u8::from(is_right(own, gold)));
                    together += f64::from(u8::from(is_right(now, gold)));
                }
            }
        }
    }
    Ok(format!(
        "{:.3} / {:.3} of {doubtful}",
        alone / f64::max(doubtful, 1.0),
        together / f64::max(doubtful, 1.0)
    ))
}

/// Whether a place is the gold one by its number, or lies within 161 km of it.
fn is_right(place: &Place, gold: &Gold) -> bool {
    let (Some(lat), Some(lon)) = (gold.lat, gold.lon) else { return false };
    place.id.is_some_and(|id| gold.geonameid.as_deref() == Some(id.to_string().as_str()))
        || kilometres((lat, lon), (f64::from(place.latitude), f64::from(place.longitude))) < 161.0
}

/// The length of the great circle between two points in degrees, on a sphere of 6,371 km.
fn kilometres(a: (f64, f64), b: (f64, f64)) -> f64 {
    let (latitude, longitude) = ((b.0 - a.0).to_radians(), (b.1 - a.1).to_radians());
    let half = (latitude / 2.0).sin().powi(2)
        + a.0.to_radians().cos() * b.0.to_radians().cos() * (longitude / 2.0).sin().powi(2);
    2.0 * 6371.0 * half.sqrt().min(1.0).asin()
}
