//! JSONL: one record a line, `id` and `text`, optionally `title`, `url`, `published`, `outlet`, `author`.

use crate::encoding::decode;
use crate::{Draft, Error, Hint, Likelihood, Reader, Refusal, plain};
use model::passage::Markup;
use model::{Known, KnownFrom, Warning};
use rayon::prelude::*;
use serde_json::{Map, Value};

pub(crate) const JSONL: Reader = Reader {
    name: "jsonl",
    about: "JSON lines with `text` and optional `id title url published outlet author`; unknown fields are ignored",
    endings: &["jsonl", "ndjson"],
    recognise,
    read,
};

fn recognise(bytes: &[u8], hint: &Hint) -> Likelihood {
    // Only the head is decoded: enough to see a few records in any encoding.
    let head = decode(&bytes[..bytes.len().min(64 << 10)], None).text;
    let lines = head.split(['\n', '\r']).map(str::trim).filter(|line| !line.is_empty()).take(8);
    let record = |line: &str| matches!(serde_json::from_str::<Value>(line), Ok(Value::Object(fields)) if fields.contains_key("text"));
    let long_record =
        head.trim_start().starts_with("{\"") && head.len() >= 64 << 10 && head.contains("\"text\"");
    match hint.ends_with(JSONL.endings) || lines.into_iter().any(record) || long_record {
        true => Likelihood::Likely,
        false => Likelihood::No,
    }
}

fn read(bytes: &[u8], _: &Hint) -> Result<Vec<Result<Draft, Refusal>>, Error> {
    let decoded = decode(bytes, None);
    // Old Macintosh files end their lines with a carriage return alone.
    let end = if decoded.text.contains('\n') { '\n' } else { '\r' };
    let lines: Vec<(usize, &str)> =
        decoded.text.split(end).enumerate().filter(|(_, line)| !line.trim().is_empty()).collect();
    let warning = decoded.warning.as_ref();
    let drafts = lines.par_iter().enumerate().map(|(part, (at, line))| {
        let draft = match serde_json::from_str::<Value>(line) {
            Ok(Value::Object(fields)) => of_fields(part as u32, |name| field(&fields, name)),
            Ok(_) => Err("is no JSON object; each line holds one {\"id\", \"text\"}".to_owned()),
            Err(cause) => Err(format!("is no valid JSON ({cause}); mend or remove the line")),
        };
        draft.map(|draft| warned(draft, warning)).map_err(|cause| Refusal::of_line(at + 1, cause))
    });
    Ok(drafts.collect())
}

/// A draft with the warning of its capture, where that concerns it: a guessed encoding concerns all, a bad byte only
/// the record it stands in.
pub(crate) fn warned(mut draft: Draft, warning: Option<&Warning>) -> Draft {
    let bad_bytes = warning.is_some_and(|warning| warning.text.contains('\u{FFFD}'));
    if !bad_bytes || draft.text.contains('\u{FFFD}') {
        draft.warnings.extend(warning.cloned());
    }
    draft
}

/// A field as text; a number is taken as its digits, so that ids may be numbers.
fn field(fields: &Map<String, Value>, name: &str) -> Option<String> {
    match fields.get(name)? {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// A draft of one record, whatever format the record came in.
pub(crate) fn of_fields(part: u32, field: impl Fn(&str) -> Option<String>) -> Result<Draft, String> {
    let text = field("text").ok_or("has no field `text`")?;
    let mut draft = plain::of_text(text, Markup::Plain);
    let declared = |names: &[&str]| {
        names.iter().find_map(|name| field(name)).and_then(|value| Known::new(value, KnownFrom::Declared))
    };
    draft.part = part;
    draft.record = field("id").filter(|id| !id.trim().is_empty());
    draft.title = declared(&["title"]).or(draft.title);
    draft.byline = declared(&["author", "byline"]).or(draft.byline);
    draft.outlet = declared(&["outlet"]);
    draft.url = declared(&["url"]);
    draft.language = declared(&["language", "lang"]);
    draft.published = declared(&["published", "dct", "date"]);
    let unread = draft.published.as_ref().filter(|known| crate::published_date(&known.value).is_none());
    let warning = unread.map(|known| {
        let text = format!("published date `{}` is not understood and left unknown", known.value);
        Warning::whole(text, "write it as 2022-01-13")
    });
    draft.warnings.extend(warning);
    Ok(draft)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bad_line_is_refused_and_the_rest_is_read() {
        let lines = b"{\"id\":7,\"text\":\"One.\",\"published\":\"soon\"}\nnot json\n{\"text\":\"Two.\"}\n";
        let read = read(lines, &Hint::default()).unwrap();
        let first = read[0].as_ref().unwrap();
        assert_eq!((first.record.as_deref(), first.warnings.len()), (Some("7"), 1));
        assert_eq!(read[1].as_ref().unwrap_err().part, "line 2");
        assert_eq!(read[2].as_ref().unwrap().record, None);
        let crlf = super::read(b"{\"text\":\"One.\"}\r\nnot json\r\n", &Hint::default()).unwrap();
        assert_eq!(crlf[1].as_ref().unwrap_err().part, "line 2");
        assert_eq!(
            super::read(b"{\"text\":\"One.\"}\r{\"text\":\"Two.\"}", &Hint::default()).unwrap().len(),
            2
        );
    }
}
