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
        let day = crate::words::is_weekday(&own);
        if word.kind != TokenKind::Word || !glued || owner || day || TABLE.ends.contains(&own) {
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

/// What the words beside a person's name call the person: the title or the noun before it with what stands before that, else what is
/// set beside the name between marks. A mere courtesy ("Mr", "Dr") is nothing.
pub fn person_label(text: &str, name: Span, title: Option<Span>) -> Option<Label> {
    let title = title.filter(|title| title.end() <= name.start());
    let courteous = title.is_some_and(|title| is_courtesy(title.of(text)));
    // "the singer's doctor, Dr Peter Holm": the courtesy stands between.
    let name = match title.filter(|_| courteous) {
        Some(title) => title.join(name),
        None => without_courtesy(text, name),
    };
    let before = match title.filter(|_| !courteous) {
        Some(title) => titled(text, title, name),
        None => noun_before(text, name),
    };
    before.or_else(|| office_before(text, name)).or_else(|| apposition(text, name))
}

/// Words of courtesy that tell nothing of their bearer.
const COURTESY: [&str; 10] = ["mr", "mrs", "ms", "miss", "dr", "sir", "madam", "lord", "lady", "dame"];

fn is_courtesy(word: &str) -> bool {
    COURTESY.contains(&word.trim_end_matches('.').to_lowercase().as_str())
}

/// A name with the courtesy before it, where one stands there.
fn without_courtesy(text: &str, name: Span) -> Span {
    let before = text.get(..name.start()).unwrap_or_default();
    let word = before.strip_suffix(' ').and_then(|before| before.rsplit([' ', '\n']).next());
    match word.filter(|word| is_courtesy(word)) {
        Some(word) => Span::new(name.start() - 1 - word.len(), name.end()),
        None => name,
    }
}

/// A title with what stands before it.
fn titled(text: &str, title: Span, name: Span) -> Option<Label> {
    let last = title.of(text).rsplit(' ').next().unwrap_or_default().to_lowercase();
    if !is_person(last.strip_prefix("ex-").unwrap_or(&last)) {
        return None;
    }
    let from = text.floor_char_boundary(title.start().saturating_sub(NEAR));
    let mut words = Span::checked(from, title.start()).map(|span| words_of(text, span)).unwrap_or_default();
    let own = words.len();
    words.extend(words_of(text, title));
    if words.len() == own {
        return None;
    }
    Some(led_in(text, &words, own, name))
}

/// A noun for a person right before a name, or before a mark: "the singer's doctor Peter Holm", "the singer's doctor, Peter Holm".
fn noun_before(text: &str, name: Span) -> Option<Label> {
    let from = text.floor_char_boundary(name.start().saturating_sub(NEAR));
    let mut words = words_of(text, Span::checked(from, name.start())?);
    let marked = words.pop_if(|last| last.span.of(text) == ",").is_some();
    let last = words.last()?;
    let glued = text[last.span.end()..name.start()].chars().all(|c| matches!(c, ' ' | ','));
    let noun = last.span.of(text);
    // Behind a name and a mark a capital is another name.
    let person = is_person(&noun.to_lowercase()) && (!marked || noun.starts_with(char::is_lowercase));
    let own = words.len() - 1;
    let label = (glued && person).then(|| led_in(text, &words, own, name))?;
    // Set beside by a mark it needs the mark that closes it, and what leads it in.
    let closed = text.get(name.end()..).is_some_and(|rest| rest.starts_with([',', '.', ';', ')']));
    let first = modifiers(text, &words, own);
    let led = leads(text, &words, first);
    // "the president, the vice president, Peter Holm": of a list nobody can tell whom a noun is of.
    let listed = first.checked_sub(2).is_some_and(|at| words[at].span.of(text) == ",");
    // "the front-runner Peter Holm"
    let hyphen = text.get(..words[first].span.start()).is_some_and(|before| before.ends_with('-'));
    (!hyphen && (!marked || closed && led && !listed)).then_some(label)
}

/// Whether an article or an owner stands right before a word.
fn leads(text: &str, words: &[Token], first: usize) -> bool {
    first.checked_sub(1).is_some_and(|at| {
        let own = lower(text, &words[at]);
        own.ends_with("'s") || own.ends_with("’s") || LEADS.contains(&own.as_str())
    })
}

/// Words that lead a noun in.
const LEADS: [&str; 9] = ["the", "a", "an", "its", "their", "this", "his", "her", "our"];

/// The words from a noun on with those before it that belong to it: what an article or an owner leads in, what tells of the time, and
/// capitals before a capital ("Health Secretary").
fn led_in(text: &str, words: &[Token], own: usize, name: Span) -> Label {
    let mut first = modifiers(text, words, own);
    if !leads(text, words, first) {
        // "present king": what tells of the time belongs to the title, whatever leads it in.
        let timed = |at: &usize| TIMED.contains(&lower(text, &words[*at]).as_str());
        let capital = |at: usize| words[at].span.of(text).starts_with(char::is_uppercase);
        let begun = own - (first..own).rev().take_while(|at| capital(own) && capital(*at)).count();
        first = begun.checked_sub(1).filter(|at| *at >= first && timed(at)).unwrap_or(begun);
    }
    let label = joined(text, &words[first..]);
    let label = label.strip_prefix("ex-").map_or(label.clone(), |office| format!("former {office}"));
    Label { span: words[first].span.join(name), label }
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

/// Whether a word names a kind of person: "king", "usurper"; not several of them, and not what is told of one ("accused").
fn is_person(lower: &str) -> bool {
    const PERSONS: u32 = 18;
    let other = lower.ends_with("ed") || lower.ends_with('s') && !lower.ends_with("ss");
    sense(lower).noun() == PERSONS && !other || matches!(lower, "head" | "star" | "chair" | "icon")
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

/// Words of a realm behind an office at most: "head of the Northern Harbour Board".
const REALM: usize = 6;

/// "Moshoe, the puppet king,", "Holm, head of the Harbour Board,": what stands behind a name between marks.
fn apposition(text: &str, name: Span) -> Option<Label> {
    let rest = text.get(name.end()..)?.strip_prefix(", ")?;
    let end = rest.find([',', '.', ';', '\n', '(']).unwrap_or(rest.len());
    let start = name.end() + 2;
    let mut words = words_of(text, Span::checked(start, start + end)?);
    let at = |word: &Token| lower(text, word);
    // "Anna Holm, Deputy Chief of Staff Peter Lund": a title with a name of its own.
    if words.first().is_some_and(|word| word.span.of(text).starts_with(char::is_uppercase)) {
        return None;
    }
    // "the singer's former doctor accused of it"
    if let Some(told) = words.iter().skip(1).position(|word| at(word).ends_with("ed")) {
        words.truncate(told + 1);
    }
    // "the likely nominee in the"
    while words.last().is_some_and(|last| TABLE.ends.contains(&at(last))) {
        words.pop();
    }
    // An article or an owner leads it in: "the singer's doctor".
    let owner = words.iter().take(4).position(|word| at(word).ends_with("'s") || at(word).ends_with("’s"));
    let led = words.first().is_some_and(|word| LEADS.contains(&at(word).as_str()));
    let first = owner.map_or(usize::from(led), |owner| owner + 1);
    let realm = |word: &Token| matches!(at(word).as_str(), "of" | "for" | "at" | "in" | "with");
    let to = words.iter().position(realm).unwrap_or(words.len());
    let noun = to.checked_sub(1).filter(|noun| *noun >= first && noun - first <= MODIFIERS + 1)?;
    let plain =
        words[first..to].iter().all(|word| word.kind == TokenKind::Word && !TABLE.ends.contains(&at(word)));
    let known = plain && is_person(&at(&words[noun])) && (owner.is_some() || led || to < words.len());
    let office = joined(text, words.get(first..=noun)?);
    let behind = words.len() - to;
    let label = match words.last() {
        Some(last) if to < words.len() && behind <= REALM => {
            format!("{office} {}", words[to].span.join(last.span).of(text))
        }
        _ => office,
    };
    let last = if behind <= REALM { words.last()? } else { &words[noun] };
    known.then(|| Label { span: name.join(last.span), label })
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
        assert_eq!(
            bare("So Moshoe, head of the Harbour Board, left.").as_deref(),
            Some("head of the Harbour Board")
        );
        assert_eq!(bare("The singer's personal doctor, Moshoe, left.").as_deref(), Some("personal doctor"));
        assert_eq!(bare("They met Harbour Secretary Moshoe.").as_deref(), Some("harbour secretary"));
        assert_eq!(bare("So Dr Moshoe, the singer's doctor, left.").as_deref(), Some("doctor"));
        assert_eq!(bare("They told the doctor, Moshoe and others left."), None);
        assert_eq!(bare("Mr Moshoe left."), None);
        assert_eq!(bare("They met the mayor, the doctor, Moshoe, and others."), None);
        assert_eq!(bare("They met Moshoe, Deputy Chief of Staff Anna Holm, and others."), None);
        assert_eq!(bare("They met the front-runner Moshoe there."), None);
    }
}
