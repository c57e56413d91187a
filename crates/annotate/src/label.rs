//! What a text calls people and happenings: the words before a name, and the noun beside the place where it happened.
//!
//! What somebody is called is evidence of where an account stands; whether it is fair is not asked.

use crate::lexicon::sense;
use model::Span;
use model::token::{Token, TokenKind, tokens};
use serde::Deserialize;
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// What something is called, and where.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Label {
    /// The words with the name or the place beside them.
    pub span: Span,
    /// What it is called, in lower case.
    pub label: String,
}

#[derive(Deserialize)]
struct File {
    events: Vec<String>,
    ends: Vec<String>,
    loaded: Vec<String>,
}

struct Table {
    events: BTreeSet<String>,
    ends: BTreeSet<String>,
    loaded: BTreeSet<String>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let file: File = toml::from_str(include_str!("../rules/en/labels.toml"))
        .expect("the table of labels that ships with the program is valid");
    let words = |lines: &[String]| lines.iter().flat_map(|line| line.split(' ').map(str::to_owned)).collect();
    Table { events: words(&file.events), ends: words(&file.ends), loaded: words(&file.loaded) }
});

/// The nouns by which a text calls what happened.
pub(crate) fn event_words() -> impl Iterator<Item = &'static str> {
    TABLE.events.iter().map(String::as_str)
}

/// Whether a label takes a side: one of its words is on the list of words that judge. That is all it tells; whether the
/// judgement is fair is not asked.
pub fn is_loaded(label: &str) -> bool {
    let own = |word: &str| {
        TABLE.loaded.contains(word) || word.strip_suffix('s').is_some_and(|one| TABLE.loaded.contains(one))
    };
    label.split(|c: char| !c.is_alphanumeric() && c != '-').any(|word| own(&word.to_lowercase()))
}

/// Bytes looked at on either side of a name.
const NEAR: usize = 80;
/// Words before the noun or the title that belong to it.
const MODIFIERS: usize = 2;

/// The words of a stretch, with marks, up to the nearest end of a sentence.
fn words_of(text: &str, within: Span) -> Vec<Token> {
    tokens(within.of(text)).map(|token| Token { span: token.span.shifted(within.start()), ..token }).collect()
}

fn lower(text: &str, token: &Token) -> String {
    token.span.of(text).to_lowercase()
}

/// Modifiers right before a place in a list of words: at most two, none of them a word that ends a name.
fn modifiers(text: &str, words: &[Token], before: usize) -> usize {
    let mut from = before;
    while from > 0 && before - from < MODIFIERS {
        let word = &words[from - 1];
        let glued = text[word.span.end()..words[from].span.start()].chars().all(|c| c == ' ');
        let own = lower(text, word);
        let owner = own.ends_with("'s") || own.ends_with("’s");
        if word.kind != TokenKind::Word || !glued || owner || TABLE.ends.contains(&own) {
            break;
        }
        from -= 1;
    }
    from
}

fn joined(text: &str, words: &[Token]) -> String {
    let (Some(first), Some(last)) = (words.first(), words.last()) else { return String::new() };
    first.span.join(last.span).of(text).to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What happenings at these places are called: "the coup attempt in Lesotho", "the Lesotho crisis". The spans are those of
/// the places' names, in order.
pub fn event_labels(text: &str, places: &[Span]) -> Vec<Label> {
    let mut found = Vec::new();
    for place in places {
        let from = text.floor_char_boundary(place.start().saturating_sub(NEAR));
        let to = text.ceil_char_boundary((place.end() + NEAR).min(text.len()));
        let before = Span::checked(from, place.start()).map(|span| words_of(text, span)).unwrap_or_default();
        let behind = Span::checked(place.end(), to).map(|span| words_of(text, span)).unwrap_or_default();
        // "… attempt in [the Republic of] Lesotho"
        let mut last = before.len();
        while last > 0
            && matches!(lower(text, &before[last - 1]).as_str(), "the" | "republic" | "kingdom" | "of")
        {
            last -= 1;
        }
        let joins =
            last.checked_sub(1).filter(|at| matches!(lower(text, &before[*at]).as_str(), "in" | "across"));
        if let Some(noun) = joins.and_then(|at| at.checked_sub(1))
            && TABLE.events.contains(&lower(text, &before[noun]))
        {
            let first = modifiers(text, &before, noun);
            found.push(Label {
                span: before[first].span.join(*place),
                label: joined(text, &before[first..=noun]),
            });
            continue;
        }
        // "the Lesotho coup attempt"
        let noun =
            behind.iter().take(MODIFIERS + 1).rposition(|word| TABLE.events.contains(&lower(text, word)));
        if let Some(noun) = noun {
            let own = &behind[..=noun];
            let plain = own
                .iter()
                .all(|word| word.kind == TokenKind::Word && !TABLE.ends.contains(&lower(text, word)));
            let glued = text[place.end()..own[0].span.start()].chars().all(|c| c == ' ');
            if plain && glued {
                found.push(Label { span: place.join(own[noun].span), label: joined(text, own) });
            }
        }
    }
    found
}

/// What the words before a person's name call the person: the title, with what stands before it.
pub fn person_label(text: &str, name: Span, title: Option<Span>) -> Option<Label> {
    let Some(title) = title.filter(|title| title.end() <= name.start()) else {
        return office_before(text, name).or_else(|| apposition(text, name));
    };
    let from = text.floor_char_boundary(title.start().saturating_sub(NEAR));
    let mut words = Span::checked(from, title.start()).map(|span| words_of(text, span)).unwrap_or_default();
    let own = words.len();
    words.extend(words_of(text, title));
    if words.len() == own {
        return None;
    }
    let mut first = modifiers(text, &words, own);
    // "present king": what tells of the time belongs to the title, whatever leads it in.
    let timed = own.checked_sub(1).filter(|at| TIMED.contains(&lower(text, &words[*at]).as_str()));
    // Only what an article or a mark leads in belongs to it: "the puppet king", not "saw king".
    let led = first.checked_sub(1).is_some_and(|at| {
        matches!(lower(text, &words[at]).as_str(), "the" | "a" | "an" | "its" | "their" | "this")
    });
    if !led {
        first = timed.unwrap_or(own);
    }
    let label = joined(text, &words[first..]);
    let label = label.strip_prefix("ex-").map_or(label.clone(), |office| format!("former {office}"));
    Some(Label { span: words[first].span.join(name), label })
}

/// Words that tell when somebody was what the title says.
const TIMED: [&str; 12] = [
    "former",
    "current",
    "present",
    "then",
    "acting",
    "interim",
    "incumbent",
    "late",
    "outgoing",
    "ousted",
    "deposed",
    "exiled",
];

/// Whether a word names a kind of person: "king", "usurper".
fn is_person(lower: &str) -> bool {
    const PERSONS: u32 = 18;
    sense(lower).noun() == PERSONS
}

/// "the King of the Kingdom of Lesotho Moshoe": an office with its realm before a name.
fn office_before(text: &str, name: Span) -> Option<Label> {
    let from = text.floor_char_boundary(name.start().saturating_sub(NEAR));
    let words = words_of(text, Span::checked(from, name.start())?);
    let realm = |word: &Token| {
        let own = word.span.of(text);
        word.kind == TokenKind::Word && (own.starts_with(char::is_uppercase) || matches!(own, "of" | "the"))
    };
    let first = words.iter().rposition(|word| !realm(word)).map_or(0, |at| at + 1);
    let glued =
        words.last().is_some_and(|last| text[last.span.end()..name.start()].chars().all(|c| c == ' '));
    let office = (first..words.len().saturating_sub(2))
        .find(|at| is_person(&lower(text, &words[*at])) && lower(text, &words[at + 1]) == "of")?;
    let start = modifiers(text, &words, office).max(first);
    glued.then(|| Label { span: words[start].span.join(name), label: joined(text, &words[start..=office]) })
}

/// "Moshoe, the puppet king,": what stands behind a name between marks.
fn apposition(text: &str, name: Span) -> Option<Label> {
    let rest = text.get(name.end()..)?.strip_prefix(", ")?;
    let end = rest.find([',', '.', ';', '\n', '(']).filter(|end| *end < NEAR)?;
    let rest = ["the ", "a ", "an "].iter().find_map(|article| rest[..end].strip_prefix(article))?;
    let words = rest.split(' ').collect::<Vec<_>>();
    let plain = words.iter().all(|word| word.chars().all(char::is_alphabetic));
    let noun = words.last().filter(|_| plain && words.len() <= 3)?.to_lowercase();
    let to = name.end() + 2 + end;
    is_person(&noun).then(|| Label { span: Span::new(name.start(), to), label: rest.to_lowercase() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn events(text: &str, place: &str) -> Vec<String> {
        let at = text.find(place).unwrap();
        event_labels(text, &[Span::new(at, at + place.len())]).into_iter().map(|label| label.label).collect()
    }

    #[test]
    fn happenings_are_called_by_the_noun_beside_the_place() {
        assert_eq!(events("They saw a failed coup attempt in Lesotho.", "Lesotho"), ["failed coup attempt"]);
        assert_eq!(events("The Lesotho crisis went on.", "Lesotho"), ["crisis"]);
        assert!(events("He lived in Lesotho during the crisis.", "Lesotho").is_empty());
    }

    #[test]
    fn people_are_called_by_what_an_article_leads_in() {
        let label = |text: &str, title: &str, name: &str| {
            let span = |words: &str| text.find(words).map(|at| Span::new(at, at + words.len())).unwrap();
            person_label(text, span(name), Some(span(title))).map(|label| label.label)
        };
        assert_eq!(
            label("So the puppet king Moshoe left.", "king", "Moshoe").as_deref(),
            Some("puppet king")
        );
        assert_eq!(label("They met king Moshoe there.", "king", "Moshoe").as_deref(), Some("king"));
        assert_eq!(
            label("They met former king Moshoe there.", "king", "Moshoe").as_deref(),
            Some("former king")
        );
        let bare = |text: &str| {
            let at = text.find("Moshoe").unwrap();
            person_label(text, Span::new(at, at + 6), None).map(|label| label.label)
        };
        assert_eq!(bare("So the King of the Kingdom of Lesotho Moshoe left.").as_deref(), Some("king"));
        assert_eq!(bare("So Moshoe, the puppet king, left.").as_deref(), Some("puppet king"));
        assert_eq!(bare("So Moshoe, the evening before, left."), None);
    }
}
