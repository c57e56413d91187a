//! Layer rows in the exchange format: code points, one JSON value a row.

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
            "low": row.low, "high": row.high, "change": row.change.to_string(),
            "unit": row.noun.map(|noun| noun.of(text)), "noun": row.noun.map(|noun| noun.of(text)), "key": row.counted, "rule": row.by,
        });
        rows.push((row.span, value));
    }
    for row in &layers.times {
        let (start, end) = place(row.span);
        let value = json!({
            "id": id, "layer": "time", "start": start, "end": end, "text": row.span.of(text), "type": "DATE",
            "value": row.from.to_string(), "edtf": row.edtf(), "earliest": row.from.to_string(), "latest": row.to.to_string(),
            "beside": row.beside.map(|beside| beside.of(text)), "rule": row.by,
        });
        rows.push((row.span, value));
    }
    rows.sort_by_key(|(span, _)| *span);
    rows.into_iter().map(|(_, value)| value).collect()
}
