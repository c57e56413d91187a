//! Short forms and what they stand for, where a text says so: "the Fishery Protection Office (FPO)".

use model::Span;
use std::collections::BTreeSet;

/// A full name and its short form, as a text gives them together.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Definition {
    /// The full name.
    pub full: Span,
    /// The short form.
    pub short: Span,
}

/// What a text defines, in order.
pub fn definitions(text: &str) -> Vec<Definition> {
    let mut found = Vec::new();
    let mut seen = BTreeSet::new();
    for (open, _) in text.match_indices('(') {
        let inside = &text[open + 1..];
        let Some(close) = inside.char_indices().take(80).find(|(_, c)| *c == ')').map(|(at, _)| at) else {
            continue;
        };
        let inner = inside[..close].trim();
        if inner.is_empty() {
            continue;
        }
        let at = open + 1 + inside[..close].find(inner).unwrap_or(0);
        let Some(inner_span) = Span::checked(at, at + inner.len()) else { continue };
        let before = text[..open].trim_end();
        let pair = if is_short(inner) {
            full_before(before, inner).map(|full| Definition { full, short: inner_span })
        } else {
            short_before(before)
                .filter(|short| is_full(inner, short.of(text)))
                .map(|short| Definition { full: inner_span, short })
        };
        found.extend(
            pair.filter(|pair| seen.insert((pair.full.of(text).to_lowercase(), pair.short.of(text)))),
        );
    }
    found
}

fn is_short(word: &str) -> bool {
    let letters = word.chars().filter(|c| c.is_uppercase()).count();
    (2..=10).contains(&word.chars().count())
        && letters >= 2
        && word.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '.')
        && letters * 2 > word.chars().count()
}

/// Characters before a bracket in which its name is sought.
const FARTHEST: usize = 200;

/// Words that a name may hold in small letters.
const SMALL: [&str; 9] = ["of", "the", "and", "for", "in", "on", "de", "du", "&"];

/// The capitals that end the words before a bracket: as far back as their first letters spell the short form, else
/// all of them.
fn full_before(before: &str, short: &str) -> Option<Span> {
    let wanted: Vec<char> =
        short.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect();
    let mut starts: Vec<usize> = Vec::new();
    let mut end = before.len();
    let floor = before.char_indices().rev().nth(FARTHEST).map_or(0, |(at, _)| at);
    while starts.len() < 12 && end > floor {
        let rest = before[..end].trim_end();
        let blank = rest.get(floor..).and_then(|near| near.rfind(|c: char| c.is_whitespace()));
        let Some(start) = blank.map(|at| floor + at).or((floor == 0).then_some(0)) else { break };
        let start = rest[start..]
            .char_indices()
            .find(|(_, c)| !c.is_whitespace())
            .map_or(rest.len(), |(at, _)| start + at);
        let word = rest[start..].trim_start_matches(['“', '"', '«', '(']);
        let start = rest.len() - word.len();
        let stops = word.is_empty()
            || !starts.is_empty() && word.ends_with([',', '.', ';', ':', ')', '”'])
            || !word.starts_with(|c: char| c.is_uppercase()) && !SMALL.contains(&word);
        if stops {
            break;
        }
        starts.push(start);
        end = start;
        if start == 0 {
            break;
        }
    }
    let initial = |start: &usize| before[*start..].chars().next().and_then(|c| c.to_lowercase().next());
    let capital = |start: &usize| before[*start..].starts_with(char::is_uppercase);
    let spelled = (0..starts.len()).find(|last| {
        let own: Vec<char> =
            starts[..=*last].iter().rev().filter(|start| capital(start)).filter_map(initial).collect();
        own == wanted && capital(&starts[*last])
    });
    let last = spelled.or_else(|| (0..starts.len()).rev().find(|at| capital(&starts[*at])))?;
    let count = starts[..=last].iter().filter(|start| capital(start)).count();
    (count >= 2).then(|| Span::new(starts[last], before.len()))
}

fn short_before(before: &str) -> Option<Span> {
    const LONGEST: usize = 12;
    let own = before.char_indices().rev().take(LONGEST).take_while(|(_, c)| c.is_alphanumeric() || *c == '-');
    let start = own.last().map(|(at, _)| at)?;
    Span::checked(start, before.len()).filter(|span| is_short(span.of(before)))
}

fn is_full(inner: &str, short: &str) -> bool {
    let words: Vec<&str> = inner.split_whitespace().collect();
    let initials: String = words
        .iter()
        .filter(|word| word.starts_with(char::is_uppercase))
        .filter_map(|word| word.chars().next())
        .collect();
    words.len() >= 2
        && words.iter().all(|word| word.starts_with(char::is_uppercase) || SMALL.contains(word))
        && initials.chars().next() == short.chars().next()
        && initials.len().abs_diff(short.len()) <= 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(text: &str) -> Vec<(&str, &str)> {
        definitions(text).iter().map(|found| (found.full.of(text), found.short.of(text))).collect()
    }

    #[test]
    fn both_ways_round() {
        let text =
            "He left the National Fishery Office (NFO) for the ILO (International Labour Organisation).";
        assert_eq!(
            pairs(text),
            [("National Fishery Office", "NFO"), ("International Labour Organisation", "ILO")]
        );
        assert_eq!(pairs("the State Harbour Police (MSV) said"), [("State Harbour Police", "MSV")]);
        assert!(pairs("In March (see MAP) he left (again).").is_empty());
    }
}
