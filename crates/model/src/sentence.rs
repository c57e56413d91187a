//! Sentences: where one ends and the next begins.
//!
//! One pass over the bytes looks for marks that can end a sentence; each is then judged by what stands
//! before and after it: abbreviations, initials, list numbers, reference marks ("[7]"), closing quotation
//! marks and brackets, a lower-case word. A passage always ends its last sentence, so that headings and lists
//! without full stops need no rule. Our own scanner and not UAX #29 with corrections: the corrections cost
//! more than the rules, and reference marks and elisions need a look at both sides anyway.

use crate::passage::Passage;
use crate::span::Span;

/// The sentences of a document, in order, each within one passage.
pub fn sentences(text: &str, passages: &[Passage]) -> Vec<Span> {
    let mut found = Vec::with_capacity(text.len() / 100 + passages.len());
    for passage in passages {
        sentences_of(text, passage.span, &mut found);
    }
    found
}

/// The sentence that holds this byte; `None` between passages.
pub fn sentence_at(sentences: &[Span], byte: usize) -> Option<Span> {
    let after = sentences.partition_point(|s| s.start() <= byte);
    sentences[..after].last().copied().filter(|s| s.contains(byte))
}

/// Bytes after which a sentence is cut at the next space whatever stands there. No sentence is so long; a list or a
/// table without full stops can be, and every rule looks back over the sentence.
const LONGEST: usize = 4096;

/// The sentences of one block of text, appended to `found`.
pub fn sentences_of(text: &str, block: Span, found: &mut Vec<Span>) {
    let bytes = text.as_bytes();
    let mut start = block.start();
    let mut at = start;
    while at < block.end() {
        if at - start >= LONGEST
            && (bytes[at].is_ascii_whitespace() || at - start >= 2 * LONGEST && text.is_char_boundary(at))
        {
            push_trimmed(text, start, at, found);
            start = at;
        }
        if !MAY_END[bytes[at] as usize] {
            at += 1;
            continue;
        }
        let Some(mark) = Mark::at(text, at, block.end()) else {
            at += 1;
            while at < block.end() && !text.is_char_boundary(at) {
                at += 1;
            }
            continue;
        };
        match boundary(text, Span::new(start, block.end()), at, mark) {
            Some(end) => {
                push_trimmed(text, start, end, found);
                start = end;
                at = end;
            }
            None => at = mark.end,
        }
    }
    push_trimmed(text, start, block.end(), found);
}

fn push_trimmed(text: &str, start: usize, end: usize, found: &mut Vec<Span>) {
    let piece = &text[start..end];
    let from = start + piece.len() - piece.trim_start().len();
    found.extend(Span::checked(from, from + piece.trim().len()));
}

/// The bytes at which [`Mark::at`] has to look: `.`, `!`, `?`, and the lead bytes of …, 。, ！, ？, ؟, ।.
const MAY_END: [bool; 256] = {
    let mut table = [false; 256];
    let mut at = 0;
    while at < 8 {
        table[[b'.', b'!', b'?', 0xE2, 0xE3, 0xEF, 0xD8, 0xE0][at] as usize] = true;
        at += 1;
    }
    table
};

#[derive(Clone, Copy, PartialEq)]
enum Force {
    /// One full stop: an abbreviation is possible.
    Stop,
    /// Three full stops or an ellipsis: a pause is as likely as an end.
    Pause,
    /// A question or exclamation mark.
    Strong,
    /// A mark of a script that writes no space after it.
    Unspaced,
}

#[derive(Clone, Copy)]
struct Mark {
    end: usize,
    force: Force,
}

impl Mark {
    fn at(text: &str, at: usize, limit: usize) -> Option<Mark> {
        let mut force = None;
        let mut stops = 0;
        let mut end = at;
        for c in text[at..limit].chars() {
            match c {
                '.' => stops += 1,
                '!' | '?' | '؟' | '।' | '‼' | '⁇' => force = Some(Force::Strong),
                '…' => force = force.or(Some(Force::Pause)),
                '。' | '！' | '？' => force = Some(Force::Unspaced),
                _ => break,
            }
            end += c.len_utf8();
        }
        let force = force.or(match stops {
            0 => None,
            1 => Some(Force::Stop),
            _ => Some(Force::Pause),
        })?;
        Some(Mark { end, force })
    }
}

/// Where the sentence that runs from `rest.start()` ends, if the mark at `at` ends it.
fn boundary(text: &str, rest: Span, at: usize, mark: Mark) -> Option<usize> {
    let limit = rest.end();
    let closed = after_closers(text, mark.end, limit);
    let end = after_references(text, closed, limit);
    let tail = &text[end..limit];
    if tail.is_empty() {
        return None;
    }
    if mark.force == Force::Unspaced {
        return Some(end);
    }
    let next = tail.trim_start();
    if next.len() == tail.len() && !glued_sentence(text, rest, at, end, next) {
        return None;
    }
    let bare = next
        .trim_start_matches(OPENERS)
        .trim_start_matches(|c: char| OPENERS.contains(&c) || c.is_whitespace());
    let first = bare.chars().next()?;
    if first.is_lowercase() || matches!(first, ',' | ';' | ':' | ')' | '/' | '.' | '!' | '?') {
        return None;
    }
    if mark.force == Force::Pause && is_elision(text, rest, at, mark.end) {
        return elision_end(text, at, mark.end, first);
    }
    if inside_brackets(text, rest, at, closed) {
        return None;
    }
    if mark.force == Force::Stop && closed == mark.end && abbreviates(text, rest, at, bare) {
        return None;
    }
    Some(end)
}

const OPENERS: &[char] = &['“', '"', '‘', '\'', '«', '(', '[', '„', '-', '–', '—', '•', '*'];

fn after_closers(text: &str, from: usize, limit: usize) -> usize {
    let rest = &text[from..limit];
    let mut end = from + rest.len() - rest.trim_start_matches(['”', '’', '»', ')', ']', '“', '›']).len();
    // A straight quotation mark closes where space or the end follows it.
    while text[end..limit].starts_with(['"', '\''])
        && text[end + 1..limit].chars().next().is_none_or(char::is_whitespace)
    {
        end += 1;
    }
    // An opening mark after the full stop belongs to the next sentence unless nothing but space follows it.
    if text[from..end].ends_with('“') && text[end..limit].starts_with(char::is_alphanumeric) {
        end -= '“'.len_utf8();
    }
    end
}

/// Past reference marks glued to the sentence: "text.[7][8] Next".
fn after_references(text: &str, from: usize, limit: usize) -> usize {
    let mut end = from;
    loop {
        let rest = &text[end..limit];
        let digits = rest.get(1..).map_or(0, |r| r.bytes().take_while(u8::is_ascii_digit).count());
        if rest.starts_with('[') && (1..4).contains(&digits) && rest[1 + digits..].starts_with(']') {
            end += digits + 2;
        } else {
            return end;
        }
    }
}

/// "…the end.The next": a space lost between two sentences. Only between a lower-case word of some length
/// and a capitalised one, so that addresses, file names and versions stay whole.
fn glued_sentence(text: &str, rest: Span, at: usize, end: usize, next: &str) -> bool {
    let before = &text[rest.start()..at];
    let word_before = before.len() - before.trim_end_matches(char::is_lowercase).len();
    let next = next.trim_start_matches(['“', '"']);
    let capital = next.starts_with(char::is_uppercase);
    let word_after = next.chars().skip(1).take_while(|c| c.is_lowercase()).count();
    let is_address =
        before.rsplit(char::is_whitespace).next().is_some_and(|word| word.contains(['/', '@', '.']));
    end == at + 1 && word_before >= 3 && capital && word_after >= 1 && !is_address && next.contains(' ')
}

/// "[…]" or "(...)": words left out of a quotation.
fn is_elision(text: &str, rest: Span, at: usize, end: usize) -> bool {
    text[rest.start()..at].ends_with(['[', '(']) && text[end..].starts_with([']', ')'])
}

/// Words were left out and a capitalised one follows: the sentence ends after the bracket.
fn elision_end(text: &str, at: usize, end: usize, next: char) -> Option<usize> {
    let square = text[..at].ends_with('[');
    (square && next.is_uppercase()).then_some(end + 1)
}

/// Whether the mark stands in a bracket that opened in this sentence and has not closed: sentences within
/// brackets stay with the sentence around them.
fn inside_brackets(text: &str, rest: Span, at: usize, closed: usize) -> bool {
    let before = &text[rest.start()..at];
    let Some(open) = before.rfind('(') else { return false };
    let opened_here = open > 0 && !before[open..].contains(')');
    let closed_now = text[at..closed].contains(')');
    let closes_soon = text[at..rest.end()].char_indices().take(300).any(|(_, c)| c == ')');
    opened_here && !closed_now && closes_soon
}

/// Whether a full stop belongs to an abbreviation, an initial or a list number and ends nothing.
fn abbreviates(text: &str, rest: Span, at: usize, next: &str) -> bool {
    let before = &text[rest.start()..at];
    let start = before
        .rfind(|c: char| !(c.is_alphanumeric() || c == '.'))
        .map_or(0, |p| p + before[p..].chars().next().map_or(1, char::len_utf8));
    let word = &before[start..];
    let next_word = next.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’').next().unwrap_or("");
    // "С" begins sentences in Russian, but "А. С. Иванов" is a name.
    let next_is_initial = next_word.chars().count() == 1 && next[next_word.len()..].starts_with('.');
    let begins_sentence = |word: &str| begins_sentence(word) && !next_is_initial;
    if word.is_empty() {
        return false;
    }
    if word.bytes().all(|b| b.is_ascii_digit()) {
        // "1. Text" at the head of a passage is a list number; "in 2022. 20 thousand" is an end.
        return start == 0 && word.len() < 3;
    }
    let mut letters = word.chars();
    if let (Some(initial), None) = (letters.next(), letters.next()) {
        return initial.is_alphabetic()
            && !(initial == 'I' || begins_sentence(next_word))
            && initial.is_uppercase()
            || initial.is_lowercase()
                && (LOWER_SINGLE.contains(&word) || follows_single_letter(before, start));
    }
    if NEVER_END.binary_search_by(|known| compare_folded(known, word)).is_ok() {
        let numbered = matches!(word, "No" | "no" | "Nos" | "Art" | "art" | "Fig" | "fig");
        return !numbered || next.starts_with(|c: char| c.is_ascii_digit());
    }
    let dotted = word.contains('.')
        && word.contains(char::is_alphabetic)
        && word.split('.').all(|part| part.chars().count() <= 2);
    if dotted || MAY_STAY.binary_search_by(|known| compare_folded(known, word)).is_ok() {
        return !begins_sentence(next_word);
    }
    false
}

/// Whether the letter at `start` is the second of a spaced pair: "i. e.", "т. е.".
fn follows_single_letter(before: &str, start: usize) -> bool {
    let pair = before[..start].trim_end().strip_suffix('.').unwrap_or("");
    let mut back = pair.chars().rev();
    back.next().is_some_and(char::is_lowercase) && back.next().is_none_or(|c| !c.is_alphanumeric())
}

/// Orders like the tables below: by lower-cased characters.
fn compare_folded(known: &str, word: &str) -> std::cmp::Ordering {
    known.chars().cmp(word.chars().flat_map(char::to_lowercase))
}

/// Whether a capitalised word is one that begins sentences far more often than names.
fn begins_sentence(word: &str) -> bool {
    BEGINNERS.binary_search(&word).is_ok()
}

const LOWER_SINGLE: &[&str] = &["c", "p", "v", "г", "д", "ж", "к", "м", "п", "с", "т", "ч"];

/// Abbreviations after which a sentence never ends. Sorted.
const NEVER_END: &[&str] = &[
    "adm", "art", "ass", "assoc", "brig", "bros", "ca", "capt", "cf", "cmdr", "col", "del", "dr", "e.g",
    "eg", "esp", "fig", "fr", "gen", "gov", "hon", "i.e", "ie", "incl", "lt", "maj", "messrs", "mlle", "mme",
    "mr", "mrs", "ms", "mt", "no", "nos", "op", "pp", "prof", "rep", "rev", "sen", "sgt", "sr", "ss", "st",
    "ste", "supt", "viz", "vol", "vs", "акад", "ген", "гл", "доц", "им", "напр", "обл", "ок", "пос", "пр-т",
    "проф", "ред", "рис", "св", "см", "ср", "стр", "т.е", "т.н", "ул",
];

/// Abbreviations that end a sentence only before a word that begins one. Sorted.
const MAY_STAY: &[&str] = &[
    "a.m", "al", "approx", "apr", "aug", "ave", "blvd", "co", "corp", "d.c", "dec", "dept", "e.u", "est",
    "feb", "ft", "inc", "jan", "jr", "jul", "jun", "llc", "ltd", "mar", "mln", "nov", "oct", "p.m", "ph.d",
    "sep", "sept", "u.k", "u.n", "u.s", "u.s.a", "гг", "др", "млн", "млрд", "руб", "т.д", "т.п", "тыс",
];

/// Words that begin sentences far more often than names. Sorted.
const BEGINNERS: &[&str] = &[
    "A",
    "About",
    "After",
    "All",
    "Almost",
    "Also",
    "Although",
    "An",
    "And",
    "Any",
    "As",
    "At",
    "Because",
    "Before",
    "Both",
    "But",
    "By",
    "During",
    "Each",
    "Earlier",
    "Even",
    "For",
    "From",
    "Further",
    "He",
    "Her",
    "Here",
    "His",
    "How",
    "However",
    "I",
    "If",
    "In",
    "It",
    "Its",
    "Later",
    "Many",
    "Meanwhile",
    "Moreover",
    "Most",
    "My",
    "No",
    "Nobody",
    "Not",
    "Now",
    "On",
    "One",
    "Only",
    "Or",
    "Our",
    "Over",
    "She",
    "Since",
    "So",
    "Some",
    "Still",
    "Such",
    "That",
    "The",
    "Their",
    "Then",
    "There",
    "These",
    "They",
    "This",
    "Those",
    "Though",
    "Thus",
    "To",
    "Under",
    "Until",
    "We",
    "What",
    "When",
    "Where",
    "While",
    "Who",
    "Why",
    "With",
    "Yet",
    "You",
    "А",
    "Без",
    "Более",
    "Бывший",
    "В",
    "Во",
    "Все",
    "Вчера",
    "Где",
    "Для",
    "До",
    "Если",
    "Еще",
    "За",
    "И",
    "Из",
    "К",
    "Как",
    "Когда",
    "Между",
    "Мы",
    "На",
    "Накануне",
    "Не",
    "Но",
    "Он",
    "Она",
    "Они",
    "От",
    "По",
    "Под",
    "После",
    "При",
    "Ранее",
    "С",
    "Сейчас",
    "Так",
    "Также",
    "Там",
    "То",
    "Тогда",
    "У",
    "Что",
    "Чтобы",
    "Эта",
    "Эти",
    "Это",
    "Этот",
    "Я",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::passage::{Markup, passages};
    use proptest::prelude::*;

    #[test]
    fn tables_are_sorted() {
        for table in [NEVER_END, MAY_STAY, BEGINNERS] {
            for pair in table.windows(2) {
                assert!(pair[0] < pair[1], "{} before {}", pair[0], pair[1]);
            }
        }
    }

    proptest! {
        #[test]
        fn sentences_join_to_the_passage(text in "[A-Za-z .!?\n“”()\\[\\]0-9қТ…。-]{0,200}") {
            let passages = passages(&text, Markup::Plain);
            let found = sentences(&text, &passages);
            for passage in &passages {
                let mut joined = String::new();
                for s in found.iter().filter(|s| passage.span.covers(**s)) {
                    joined.push_str(s.of(&text));
                }
                joined.retain(|c| !c.is_whitespace());
                let mut whole = passage.span.of(&text).to_owned();
                whole.retain(|c| !c.is_whitespace());
                prop_assert_eq!(joined, whole);
            }
        }
    }
}
