//! Records read for their words alone: what a corpus needs that is compared and not kept.

use crate::Refusal;
use serde::Deserialize;
use std::borrow::Cow;

/// A record of a corpus.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Brief<'a> {
    /// Its id, else its line.
    pub name: String,
    /// Its words.
    pub text: Cow<'a, str>,
}

#[derive(Deserialize)]
struct Fields<'a> {
    #[serde(default)]
    id: Option<Id>,
    #[serde(borrow, default)]
    text: Option<Cow<'a, str>>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Id {
    Text(String),
    Number(serde_json::Number),
    Other(serde::de::IgnoredAny),
}

/// The record of a JSONL line; `number` counts lines from 1.
///
/// # Errors
/// Where the line is no JSON object or has no text.
pub fn brief(line: &str, number: usize) -> Result<Brief<'_>, Refusal> {
    let fields: Fields = serde_json::from_str(line).map_err(|cause| {
        Refusal::of_line(number, format!("is no valid record ({cause}); mend or remove the line"))
    })?;
    let text = fields.text.ok_or_else(|| Refusal::of_line(number, "has no field `text`".to_owned()))?;
    let name = match fields.id {
        Some(Id::Text(id)) if !id.trim().is_empty() => id,
        Some(Id::Number(id)) => id.to_string(),
        _ => format!("line {number}"),
    };
    Ok(Brief { name, text })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_has_a_name_and_words() {
        let read = brief("{\"id\":7,\"text\":\"One\\ntwo.\",\"x\":[1]}", 3).unwrap();
        assert_eq!((read.name.as_str(), &*read.text), ("7", "One\ntwo."));
        assert_eq!(brief("{\"text\":\"One.\"}", 3).unwrap().name, "line 3");
        assert_eq!(brief("{\"id\":null,\"text\":\"\"}", 3).unwrap().name, "line 3");
        assert_eq!(brief("{\"id\":\"a\"}", 3).unwrap_err().part, "line 3");
        assert!(brief("no", 1).is_err() && brief("[]", 1).is_err());
    }
}
