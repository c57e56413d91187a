//! Places against published gold: the Local-Global Lexicon and TR-News.
//!
//! Found: spans equal. Right: within 161 km (100 miles) of the gold point, or the same place by its GeoNames number.
//! End to end: found and right, over all gold places with a point and over all places found (Gritta et al. 2020).

use super::Row;
use crate::data;
use anyhow::Result;
use model::Offsets;
use model::passage::{Markup, passages};
use serde::Deserialize;

#[derive(Deserialize)]
struct Document {
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
            let (Some(lat), Some(lon)) = (gold.lat, gold.lon) else { continue };
            judged += 1.0;
            let same = place.id.is_some_and(|id| gold.geonameid.as_deref() == Some(id.to_string().as_str()));
            let near =
                kilometres((lat, lon), (f64::from(place.latitude), f64::from(place.longitude))) < 161.0;
            right += f64::from(u8::from(same || near));
        }
    }
    let f1 = |hits: f64, found: f64, wanted: f64| 2.0 * hits / (found + wanted).max(1.0);
    let (finding, end_to_end) = (f1(met, finds, golds), f1(right, finds, pointed));
    Ok(format!("{finding:.3} / {:.3} / {end_to_end:.3}", right / f64::max(judged, 1.0)))
}

/// The length of the great circle between two points in degrees, on a sphere of 6,371 km.
fn kilometres(a: (f64, f64), b: (f64, f64)) -> f64 {
    let (latitude, longitude) = ((b.0 - a.0).to_radians(), (b.1 - a.1).to_radians());
    let half = (latitude / 2.0).sin().powi(2)
        + a.0.to_radians().cos() * b.0.to_radians().cos() * (longitude / 2.0).sin().powi(2);
    2.0 * 6371.0 * half.sqrt().min(1.0).asin()
}
