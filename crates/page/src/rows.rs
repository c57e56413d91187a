//! Layer rows in the exchange format: code points, one JSON value a row.

use annotate::{Citation, Hedge, Seam, Sum};
use model::time::{Modifier, Value as TimeValue};
use model::{Layers, Offsets, Span};
use serde_json::{Value, json};

/// The rows of one document in text order; `id` is what the caller calls the document.
pub fn layer_rows(id: &str, text: &str, offsets: &Offsets, layers: &Layers) -> Vec<Value> {
    let place = |span: Span| offsets.chars_of_span(text, span);
    let mut rows: Vec<(Span, Value)> = Vec::new();
    for row in &layers.quantities {
        let (start, end) = place(row.span);
        let value = json!({
            "id": id, "layer": "quantity", "start": start, "end": end, "text": row.span.of(text),
            "low": row.low, "high": row.high, "change": row.change.sign(),
            "unit": if row.unit.is_empty() { "-" } else { &row.unit }, "unit_code": (!row.code.is_empty()).then_some(&row.code), "noun": row.noun.map(|noun| noun.of(text)), "key": row.counted, "rule": row.by,
            "vague": vague(row.span.of(text)),
        });
        rows.push((row.span, value));
    }
    for row in &layers.times {
        let (start, end) = place(row.span);
        let place_of = |span: Option<Span>| span.map(|span| json!([place(span).0, place(span).1]));
        let bounds = row.range_bounds();
        let refused = row.refused.as_ref();
        let amount = match row.value {
            TimeValue::Duration(amount, _) | TimeValue::Every(amount, _) => Some(amount),
            _ => None,
        };
        let value = json!({
            "id": id, "layer": "time", "start": start, "end": end, "text": row.span.of(text),
            "type": row.value.kind().word(), "value": row.value.timex(), "mod": row.modifier.map(Modifier::timex),
            "edtf": row.edtf(), "earliest": bounds.and_then(|b| b.earliest()), "latest": bounds.and_then(|b| b.latest()),
            "low": amount.and_then(|amount| amount.low), "high": amount.and_then(|amount| amount.high), "gloss": row.gloss(), "tree": row.tree.to_string(), "anchor": place_of(row.anchor),
            "refused": refused.map(|refused| json!({"value": refused.value, "why": refused.why})),
            "beside": row.beside.map(|beside| beside.of(text)), "rule": row.by,
        });
        rows.push((row.span, value));
    }
    for row in &layers.places {
        let (start, end) = place(row.span);
        let value = json!({
            "id": id, "layer": "place", "start": start, "end": end, "text": row.span.of(text), "name": row.name,
            "lat": row.latitude, "lon": row.longitude, "geonameid": row.id, "country": row.country,
            "class": row.class.word(), "use": row.usage.word(), "candidates": row.candidates, "rule": row.by,
        });
        rows.push((row.span, value));
    }
    for row in &layers.names {
        let (start, end) = place(row.span);
        let value = json!({
            "id": id, "layer": "name", "start": start, "end": end, "text": row.span.of(text), "class": row.class.word(),
            "title": row.title.map(|title| title.of(text)), "rule": row.by,
        });
        rows.push((row.span, value));
    }
    for row in &layers.attributions {
        let hull = row.content.hull();
        let (start, end) = place(hull);
        let places = |spans: &[Span]| {
            spans.iter().map(|span| json!([place(*span).0, place(*span).1])).collect::<Vec<_>>()
        };
        let content: Vec<Span> = row.content.iter().collect();
        let parent = row.parent.and_then(|at| layers.attributions.get(at as usize));
        let value = json!({
            "id": id, "layer": "attribution", "start": start, "end": end, "text": hull.of(text),
            "source": places(&row.source), "cue": places(&row.cue), "content": places(&content), "source_kind": row.kind.word(),
            "certainty": row.certainty.word(), "polarity": row.polarity.word(), "refs": row.refs,
            "parent": parent.map(|parent| json!([place(parent.content.hull()).0, place(parent.content.hull()).1])), "rule": row.by,
        });
        rows.push((hull, value));
    }
    for row in &layers.claims {
        let (start, end) = place(row.span);
        let pair = |span: Span| json!([place(span).0, place(span).1]);
        let value = json!({
            "id": id, "layer": "claim", "start": start, "end": end, "text": row.span.of(text), "kind": row.kind.word(), "class": row.class,
            "predicate": pair(row.predicate), "agents": row.agents.iter().map(|agent| pair(*agent)).collect::<Vec<_>>(),
            "object": row.object.map(pair), "about": row.about, "time": row.time.map(pair), "place": row.place.map(pair), "begins": row.begins,
            "certainty": row.certainty.word(), "polarity": row.polarity.word(), "rule": row.by,
        });
        rows.push((row.span, value));
    }
    rows.sort_by_key(|(span, _)| *span);
    rows.into_iter().map(|(_, value)| value).collect()
}

/// The rows of dates in web addresses: evidence of publication, no words of the author.
pub fn address_rows(id: &str, text: &str, offsets: &Offsets, dates: &[(Span, String)]) -> Vec<Value> {
    let row = |(span, date): &(Span, String)| {
        let (start, end) = offsets.chars_of_span(text, *span);
        json!({"id": id, "layer": "address", "start": start, "end": end, "text": span.of(text), "type": "DATE", "value": date})
    };
    dates.iter().map(row).collect()
}

/// What each public table makes of a vague word, by its name; `None` where the words have no such word.
fn vague(words: &str) -> Option<Value> {
    let made: serde_json::Map<String, Value> = annotate::vague_tables()
        .filter_map(|table| Some((table.to_owned(), json!(annotate::vague_number(table, words)?))))
        .collect();
    (!made.is_empty()).then_some(Value::Object(made))
}

/// The rows of the sums of one document.
pub fn sum_rows(id: &str, text: &str, offsets: &Offsets, sums: &[Sum]) -> Vec<Value> {
    let pair = |span: &Span| {
        let (start, end) = offsets.chars_of_span(text, *span);
        json!([start, end])
    };
    let row = |sum: &Sum| {
        let (start, end) = offsets.chars_of_span(text, sum.total);
        json!({
            "id": id, "layer": "sum", "start": start, "end": end, "text": sum.total.of(text), "kind": sum.kind.word(), "parts": sum.parts.iter().map(pair).collect::<Vec<_>>(),
            "made": sum.made, "said": sum.said, "holds": sum.holds(),
        })
    };
    sums.iter().map(row).collect()
}

/// The rows of the hedges of one document.
pub fn hedge_rows(id: &str, text: &str, offsets: &Offsets, hedges: &[Hedge]) -> Vec<Value> {
    let row = |hedge: &Hedge| {
        let (start, end) = offsets.chars_of_span(text, hedge.span);
        json!({
            "id": id, "layer": "hedge", "start": start, "end": end, "text": hedge.span.of(text), "strength": hedge.strength.word(),
            "governs": hedge.governs.map(|list| { let (start, end) = offsets.chars_of_span(text, list); json!([start, end]) }), "by": hedge.by,
        })
    };
    hedges.iter().map(row).collect()
}

/// The rows of the numbered references of one document.
pub fn citation_rows(id: &str, text: &str, offsets: &Offsets, citations: &[Citation]) -> Vec<Value> {
    let pair = |span: Span| {
        let (start, end) = offsets.chars_of_span(text, span);
        json!([start, end])
    };
    let row = |one: &Citation| {
        let (start, end) = offsets.chars_of_span(text, one.mark);
        json!({
            "id": id, "layer": "citation", "start": start, "end": end, "text": one.mark.of(text), "number": one.number,
            "phrase": pair(one.phrase), "entry": one.entry.map(pair), "link": one.link.map(|link| link.of(text)),
        })
    };
    citations.iter().map(row).collect()
}

/// The rows of the seams of one document: passages that read as pasted.
pub fn seam_rows(id: &str, text: &str, offsets: &Offsets, seams: &[Seam]) -> Vec<Value> {
    let row = |seam: &Seam| {
        let (start, end) = offsets.chars_of_span(text, seam.span);
        let (passage_start, passage_end) = offsets.chars_of_span(text, seam.passage);
        json!({
            "id": id, "layer": "seam", "start": start, "end": end, "text": seam.span.of(text), "kind": seam.kind.word(),
            "passage_start": passage_start, "passage_end": passage_end, "gloss": seam.kind.gloss(),
        })
    };
    seams.iter().map(row).collect()
}
