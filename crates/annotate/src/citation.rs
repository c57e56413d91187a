//! Numbered references: each mark "[7]" with the words it supports and the entry of the list it leads to.
//!
//! A mark supports the words from the mark before it, or from the beginning of its sentence; one right behind another supports
//! the same words. Where no list stands in the text the mark leads nowhere, and that is said.

use model::passage::PassageKind;
use model::{Passage, Span};
use std::collections::{BTreeMap, BTreeSet};

/// One number at one place of the text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Citation {
    /// The mark, with its brackets.
    pub mark: Span,
    /// The number in it.
    pub number: u32,
    /// The words it supports.
    pub phrase: Span,
    /// The entry of the list.
    pub entry: Option<Span>,
    /// The address in the entry.
    pub link: Option<Span>,
}

/// Numbers of one mark beyond which it is no reference.
const MOST: u32 = 20;

/// All numbered references of a text, in order.
pub fn citations(text: &str, passages: &[Passage]) -> Vec<Citation> {
    let entries = entries(text, passages);
    let read: Vec<Passage> = passages
        .iter()
        .filter(|passage| !matches!(passage.kind, PassageKind::Residue | PassageKind::Reference))
        .copied()
        .collect();
    let sentences = model::sentence::sentences(text, &read);
    let mut found: Vec<Citation> = Vec::new();
    for passage in &read {
        // Where the words of the next mark begin, and those of the last one.
        let (mut from, mut last) = (passage.span.start(), None::<(Span, Span)>);
        for (mark, numbers) in marks(text, passage.span) {
            let again = last.filter(|(before, _)| {
                text[before.end()..mark.start()].chars().all(|c| matches!(c, ' ' | ',' | ';' | '.'))
            });
            let phrase = match again {
                Some((_, phrase)) => Some(phrase),
                None => phrase(text, &sentences, from, mark),
            };
            let Some(phrase) = phrase else { continue };
            last = Some((mark, phrase));
            from = mark.end();
            for number in numbers {
                let entry = entries.get(&number).copied();
                let link = entry.and_then(|entry| link(text, entry));
                found.push(Citation { mark, number, phrase, entry, link });
            }
        }
    }
    found
}

/// How many documents the list leads to: distinct addresses, without what stands behind "#".
pub fn cited_documents(text: &str, citations: &[Citation]) -> usize {
    let bare = |link: Span| bare_address(link.of(text));
    citations.iter().filter_map(|citation| citation.link).map(bare).collect::<BTreeSet<_>>().len()
}

/// An address without its scheme, what stands behind "#" and a closing slash: what is the same for two ways to one page.
pub fn bare_address(link: &str) -> &str {
    let link = link.split('#').next().unwrap_or_default();
    let link = link.strip_prefix("https://").or_else(|| link.strip_prefix("http://")).unwrap_or(link);
    link.trim_end_matches('/')
}

/// The entries of the list, by their numbers; the first of two with one number.
fn entries(text: &str, passages: &[Passage]) -> BTreeMap<u32, Span> {
    let mut entries = BTreeMap::new();
    for passage in passages.iter().filter(|passage| passage.kind == PassageKind::Reference) {
        let words = passage.span.of(text);
        let digits = words.trim_start_matches('[');
        let end = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
        if let Ok(number) = digits[..end].parse() {
            entries.entry(number).or_insert(passage.span);
        }
    }
    entries
}

fn link(text: &str, entry: Span) -> Option<Span> {
    let words = entry.of(text);
    let at = words.find("http://").or_else(|| words.find("https://"))?;
    let rest = &words[at..];
    let end =
        rest.find(|c: char| c.is_whitespace() || matches!(c, '>' | '"' | '”' | '»')).unwrap_or(rest.len());
    let mut bare = rest[..end].trim_end_matches(['.', ',', ';']).len();
    // A closing bracket belongs to the address where an opening one does.
    if rest[..bare].ends_with(')') && !rest[..bare].contains('(') {
        bare = rest[..bare].trim_end_matches([')', '.', ',', ';']).len();
    }
    Span::checked(entry.start() + at, entry.start() + at + bare)
}

/// The marks of a passage with their numbers: "[7]", "[5, 6]", "[2–4]".
fn marks(text: &str, passage: Span) -> Vec<(Span, Vec<u32>)> {
    let words = passage.of(text);
    let mut found = Vec::new();
    for (at, _) in words.match_indices('[') {
        let Some(length) = words[at..].bytes().take(24).position(|byte| byte == b']') else { continue };
        let inside = &words[at + 1..at + length];
        if let (Some(numbers), Some(span)) =
            (numbers(inside), Span::checked(passage.start() + at, passage.start() + at + length + 1))
        {
            found.push((span, numbers));
        }
    }
    found
}

fn numbers(inside: &str) -> Option<Vec<u32>> {
    let number = |word: &str| word.trim().parse::<u32>().ok().filter(|number| (1..1000).contains(number));
    let mut all = Vec::new();
    for part in inside.split(',') {
        match part.split_once(['-', '–']) {
            Some((first, last)) => {
                let (first, last) = (number(first)?, number(last)?);
                all.extend((first..=last).take(MOST as usize));
                if last < first || last - first >= MOST {
                    return None;
                }
            }
            None => all.push(number(part)?),
        }
    }
    Some(all)
}

/// The words from `from` or the beginning of the sentence up to a mark; where none stand there those of the sentence before, or behind
/// a mark that opens its passage those that follow.
fn phrase(text: &str, sentences: &[Span], from: usize, mark: Span) -> Option<Span> {
    let at = sentences.partition_point(|sentence| sentence.end() < mark.start());
    let begin = |at: usize| sentences.get(at).map_or(from, |sentence| sentence.start());
    let words = |from: usize, to: usize| trimmed(text, Span::checked(from, to)?);
    let own = words(from.max(begin(at)).min(mark.start()), mark.start());
    // "… was shut down. [7]": the mark stands as a sentence of its own.
    let before = || {
        at.checked_sub(1)
            .and_then(|at| words(from.max(sentences[at].start()).min(mark.start()), mark.start()))
    };
    let behind = || sentences.get(at).and_then(|sentence| words(mark.end(), sentence.end().max(mark.end())));
    // Only a mark that opens its passage supports what follows.
    let opens =
        text[..mark.start()].trim_end_matches(' ').ends_with('\n') || text[..mark.start()].trim().is_empty();
    own.or_else(before).or_else(|| behind().filter(|_| opens))
}

/// A stretch without blanks, marks and joining words at its ends; `None` where no word is left.
fn trimmed(text: &str, span: Span) -> Option<Span> {
    let words = span.of(text);
    let light =
        |c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':' | '.' | ')' | ']' | '–' | '—' | '-');
    let mut begin = words.len() - words.trim_start_matches(light).len();
    if let Some(rest) = words[begin..].strip_prefix("and ") {
        begin = words.len() - rest.len();
    }
    let end = words.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':' | '(')).len();
    let span = Span::checked(span.start() + begin, span.start() + end.max(begin))?;
    span.of(text).contains(char::is_alphanumeric).then_some(span)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]
    use super::*;
    use model::passage::{Markup, passages};

    fn found(text: &str) -> Vec<(u32, String, Option<String>)> {
        let all = citations(text, &passages(text, Markup::Plain));
        let words = |span: Span| span.of(text).to_owned();
        all.iter().map(|one| (one.number, words(one.phrase), one.link.map(words))).collect()
    }

    #[test]
    fn each_number_supports_the_words_before_it() {
        let text = "The ferry sank off the cape [1], and forty were saved [2][3]. The master was held. [4]\n\n\
            [1] https://a.example/ferry\n[2] https://b.example/saved#top\n[3]http://b.example/saved/\n";
        assert_eq!(
            found(text),
            [
                (1, "The ferry sank off the cape".into(), Some("https://a.example/ferry".into())),
                (2, "forty were saved".into(), Some("https://b.example/saved#top".into())),
                (3, "forty were saved".into(), Some("http://b.example/saved/".into())),
                (4, "The master was held.".into(), None),
            ]
        );
        assert_eq!(cited_documents(text, &citations(text, &passages(text, Markup::Plain))), 2);
    }

    #[test]
    fn lists_and_ranges_are_several_numbers() {
        let numbers = |text: &str| found(text).into_iter().map(|(number, ..)| number).collect::<Vec<_>>();
        assert_eq!(numbers("It sank [2, 5–7]."), [2, 5, 6, 7]);
        assert!(numbers("It sank [sic] in [0] or [1984] or [7-2].").is_empty());
    }
}
