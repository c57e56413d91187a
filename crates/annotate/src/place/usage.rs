//! Whether the name of a capital means the town or those who govern there: "in Ankara", "Ankara's reply".
//!
//! Governments put no dot on a map. The words beside the name decide, and where they say nothing it stays a town.

use model::token::{TokenKind, tokens};
use model::{Place, PlaceClass, PlaceUse, Span};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

#[derive(Deserialize)]
struct File {
    capitals: Vec<String>,
    located: Vec<String>,
    seated: Vec<String>,
    leaning: Vec<String>,
    acting: Vec<String>,
    doing: Vec<String>,
    vital: Vec<String>,
}

struct Table {
    capitals: BTreeMap<String, Vec<String>>,
    located: BTreeSet<String>,
    seated: BTreeSet<String>,
    leaning: BTreeSet<String>,
    acting: BTreeSet<String>,
    doing: BTreeSet<String>,
    vital: BTreeSet<String>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let file: File = toml::from_str(include_str!("../../rules/en/capitals.toml"))
        .expect("the table of capitals that ships with the program is valid");
    let words = |lines: &[String]| {
        lines.iter().flat_map(|line| line.split(' ')).map(|word| word.replace('_', " ")).collect()
    };
    let mut capitals: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (code, name) in file.capitals.iter().filter_map(|line| line.split_once(' ')) {
        capitals.entry(code.to_owned()).or_default().push(name.replace('_', " "));
    }
    Table {
        capitals,
        located: words(&file.located),
        seated: words(&file.seated),
        leaning: words(&file.leaning),
        acting: words(&file.acting),
        doing: words(&file.doing),
        vital: words(&file.vital),
    }
});

/// Gives every capital that stands for a government that use.
pub(super) fn govern(text: &str, places: &mut [Place]) {
    for place in places {
        if place.class == PlaceClass::City
            && place.usage == PlaceUse::Literal
            && is_capital(&place.country, &place.name)
            && governs(text, place.span)
        {
            place.usage = PlaceUse::Government;
        }
    }
}

/// Whether a town, by the code of its country and the name the gazetteer has for it, is the seat of a government.
pub(super) fn is_capital(country: &str, name: &str) -> bool {
    TABLE.capitals.get(country).is_some_and(|towns| towns.iter().any(|town| town == name))
}

/// Bytes looked at on either side of a name.
const NEAR: usize = 60;

fn governs(text: &str, span: Span) -> bool {
    let from = text.floor_char_boundary(span.start().saturating_sub(NEAR));
    let to = text.ceil_char_boundary((span.end() + NEAR).min(text.len()));
    let before = words(&text[from..span.start()]);
    let behind = &text[span.end()..to];
    let after = words(behind);
    let last = |back: usize| before.len().checked_sub(back).map_or("", |at| before[at].as_str());
    let next = |at: usize| after.get(at).map_or("", String::as_str);
    let table = &*TABLE;
    let owned =
        behind.starts_with(['\'', '’']) && behind.trim_start_matches(['\'', '’']).starts_with(['s', ' ']);
    let (own, then) = if owned && next(0) == "s" { (1, 2) } else { (0, 1) };
    if table.seated.contains(next(own)) || owned && table.seated.contains(next(then)) {
        return false;
    }
    // "-backed", "-led", "-based" tell by their verb.
    if let Some(tied) = behind.strip_prefix(['-', '‑']) {
        return !tied.starts_with("based") && !tied.starts_with("born");
    }
    let leads = [last(1), last(2), last(3)].iter().any(|word| table.leaning.contains(*word));
    match last(1) {
        "for" if table.leaning.contains(last(2)) || table.vital.contains(last(2)) => return true,
        "to" | "from" | "of" | "for" | "toward" | "towards" if leads => return true,
        "with" | "against" | "between" => return true,
        "and" | "or" if matches!(last(3), "between" | "with") => return true,
        "by" => return true,
        // "thanked Ankara"
        word if table.doing.contains(word) => return true,
        word if table.located.contains(word) => return false,
        _ => {}
    }
    owned || acts(behind, next(usize::from(is_adverb(next(0)))))
}

/// Whether a verb of those who govern stands right behind a name.
fn acts(behind: &str, next: &str) -> bool {
    let beside =
        behind.strip_prefix(' ').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_lowercase()));
    beside && (TABLE.acting.contains(next) || next.len() > 4 && next.ends_with("ed"))
}

/// Whether a word stands between who acts and the verb: "Ankara also refused".
fn is_adverb(word: &str) -> bool {
    matches!(word, "also" | "now" | "still" | "never" | "even" | "then" | "often" | "soon")
        || word.len() > 4 && word.ends_with("ly")
}

fn words(text: &str) -> Vec<String> {
    let kept = |kind| matches!(kind, TokenKind::Word | TokenKind::Number);
    tokens(text).filter(|token| kept(token.kind)).map(|token| token.span.of(text).to_lowercase()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::place::gazetteer::gazetteer;

    #[test]
    fn every_capital_is_in_the_gazetteer() {
        for (code, name) in
            TABLE.capitals.iter().flat_map(|(code, towns)| towns.iter().map(move |name| (code, name)))
        {
            let walk = gazetteer().walk(gazetteer().start(), crate::place_key(name).as_bytes());
            let towns = walk.map(|walk| gazetteer().places(walk)).unwrap_or_default();
            let known = towns
                .iter()
                .any(|town| gazetteer().name(*town) == name && gazetteer().code(town.country) == code);
            assert!(known, "{code} {name}");
        }
    }

    #[test]
    fn words_beside_a_capital_tell_its_government() {
        let usage = |text: &str| crate::annotate(text, Some("en")).places[0].usage;
        for text in [
            "Ankara rejected the offer.",
            "Ties with Ankara are strained.",
            "The Ankara-backed forces left.",
            "Pressure from Ankara grew.",
            "It was Ankara's third reply.",
            "They thanked Ankara.",
            "Ankara simply cannot agree.",
            "It is vital for Ankara.",
        ] {
            assert_eq!(usage(text), PlaceUse::Government, "{text}");
        }
        for text in [
            "Crowds gathered in Ankara.",
            "The train from Ankara was late.",
            "Ankara's streets were empty.",
            "The streets of Ankara were empty.",
            "Snow fell on Ankara, and nobody left.",
            "It was too hot for Ankara in May.",
        ] {
            assert_eq!(usage(text), PlaceUse::Literal, "{text}");
        }
    }
}
