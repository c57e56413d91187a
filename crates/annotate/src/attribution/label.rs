//! Speakers set before their words: "WALLACE: Thank you." in a transcript, "Minister: no cause for alarm" in a headline.

use crate::Cx;
use model::{Attribution, Certainty, PassageKind, Polarity, SourceKind, Span};

/// Words of a label.
const MOST_WORDS: usize = 5;

/// Attributions by label, one a passage.
pub(super) fn labelled(cx: &Cx) -> Vec<Attribution> {
    let passages = cx
        .passages
        .iter()
        .filter(|passage| !matches!(passage.kind, PassageKind::Residue | PassageKind::Reference));
    let mut rows: Vec<Attribution> = Vec::new();
    let mut going_on = false;
    for passage in passages {
        match label(cx, passage.span) {
            Some(row) => {
                going_on = true;
                rows.push(row);
            }
            // A transcript in quotation: a passage that begins with the mark and names nobody is still the speaker's.
            None if going_on && is_marked(cx, passage.span) => {
                if let Some(row) = rows.last_mut() {
                    let spans: Vec<Span> = row.content.iter().chain([passage.span]).collect();
                    row.content = model::Spans::new(spans).unwrap_or(row.content.clone());
                }
            }
            None => going_on = false,
        }
    }
    rows
}

/// Whether a passage begins with a quotation mark that never closes in it, and then a word.
fn is_marked(cx: &Cx, passage: Span) -> bool {
    let words = passage.of(cx.text);
    let inner = words.trim_start().strip_prefix(['"', '“']);
    inner.is_some_and(|inner| inner.starts_with(char::is_alphanumeric) && !inner.contains(['"', '”']))
}

fn label(cx: &Cx, passage: Span) -> Option<Attribution> {
    let words = passage.of(cx.text);
    let (label, rest) = words.split_once(':')?;
    let said = rest.trim();
    let lower = label.chars().filter(|c| c.is_lowercase()).count();
    // Transcripts in quotation begin each passage with the mark.
    let name = label.trim().trim_start_matches(['"', '“']);
    let is_name = !name.is_empty()
        && name.len() < 60
        && !name.contains(['.', ',', ';', '(', '“', '"', '\n', '?', '!'])
        && name.split(' ').count() <= MOST_WORDS
        && name.split(' ').all(|word| word.starts_with(char::is_uppercase));
    // A transcript writes its speakers in capitals; a headline tells on one line what a name says.
    let transcript = lower == 0 && name.chars().filter(|c| c.is_alphabetic()).count() > 2;
    let headline = passage.start() == 0 || words.len() < 140 && !said.ends_with('.') && !said.contains(". ");
    // "Ruritania: Lies and Secrets" tells what it is about.
    let about = crate::place::country_of(&name.to_lowercase()).is_some();
    let sentence = said.split(' ').count() > 3 && rest.starts_with(' ') && !about;
    if !is_name || !sentence || !(transcript || headline && name.split(' ').count() <= 3) {
        return None;
    }
    let start = passage.start() + label.find(name)?;
    let source = Span::checked(start, passage.start() + label.trim_end().len())?;
    let cue = Span::checked(passage.start() + label.len(), passage.start() + label.len() + 1)?;
    let from = passage.start() + label.len() + 1 + (rest.len() - rest.trim_start().len());
    let content = Span::checked(from, passage.start() + words.trim_end().len())?;
    Some(Attribution {
        source: vec![source],
        cue: vec![cue],
        refs: Vec::new(),
        content: content.into(),
        kind: SourceKind::Named,
        certainty: Certainty::Asserted,
        polarity: Polarity::Positive,
        parent: None,
        by: "attribution.label",
    })
}
