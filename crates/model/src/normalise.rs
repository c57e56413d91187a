//! Normalisation that keeps its offsets.
//!
//! Two spellings of one word must meet (a curly and a straight apostrophe, a no-break and a plain space, a
//! Cyrillic "Т" inside "Тwitter"), and every hit must still open the words as printed. [`fold`] therefore
//! returns the folded text with a map back. The map holds breakpoints only: between two of them folded and
//! printed text run byte for byte in parallel, so that plain ASCII costs nothing.

use crate::script::{Script, script};
use crate::span::Span;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// What to do with capital letters.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Case {
    /// Leave them.
    Kept,
    /// Lower them.
    Lower,
}

/// A folded text and the way back to the printed one.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Folded {
    /// The folded text.
    pub text: String,
    /// (folded byte, printed byte) where the two stop or start to run in parallel.
    breaks: Vec<(u32, u32)>,
    printed_len: u32,
}

impl Folded {
    /// The printed span behind a folded one: the shortest that covers every cluster it touches.
    pub fn printed(&self, span: Span) -> Span {
        let start = self.back(span.start(), Edge::Start);
        let end = self.back(span.end(), Edge::End);
        Span::new(start, end.max(start + 1))
    }

    fn back(&self, folded: usize, edge: Edge) -> usize {
        let after = self.breaks.partition_point(|(at, _)| (*at as usize) <= folded);
        let Some((from, to)) = after.checked_sub(1).map(|at| self.breaks[at]) else { return folded };
        let inside = folded - from as usize;
        let parallel = to as usize + inside;
        // Inside a cluster that changed length there is no exact place: go to its edge.
        let limit = self.breaks.get(after).map_or((self.text.len() as u32, self.printed_len), |b| *b);
        let run = (limit.0 - from) as usize == (limit.1 - to) as usize;
        match (run, inside, edge) {
            (true, ..) => parallel.min(self.printed_len as usize),
            (false, 0, _) => to as usize,
            (false, _, Edge::Start) => to as usize,
            (false, _, Edge::End) => limit.1 as usize,
        }
    }
}

#[derive(Clone, Copy)]
enum Edge {
    Start,
    End,
}

/// Folds a text: NFKC, one form of quotation mark, dash and space, look-alike letters of another alphabet
/// inside a word, invisible marks dropped, and capitals as asked.
pub fn fold(text: &str, case: Case) -> Folded {
    let mut out = Folded {
        text: String::with_capacity(text.len()),
        breaks: Vec::new(),
        printed_len: text.len() as u32,
    };
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let run = bytes[at..].iter().take_while(|b| b.is_ascii()).count();
        // The last ASCII byte waits: a combining mark may follow it.
        let plain = if at + run < bytes.len() && run > 0 { run - 1 } else { run };
        push_ascii(&mut out.text, &text[at..at + plain], case);
        at += plain;
        if at >= bytes.len() {
            break;
        }
        let end = cluster_end(text, at);
        push_cluster(&mut out, text, at, end, case);
        at = end;
    }
    unmix(out)
}

/// Folds one word into `out`, clearing it first: lower case, no map. The fast form used by prints and
/// search, equal to `fold(word, Case::Lower).text`.
pub fn fold_word(word: &str, out: &mut String) {
    out.clear();
    if word.is_ascii() {
        push_ascii(out, word, Case::Lower);
    } else if word.chars().all(|c| matches!(c, 'а'..='я' | 'А'..='Я')) {
        out.extend(word.chars().map(lower_simple));
    } else {
        out.push_str(&fold(word, Case::Lower).text);
    }
}

fn push_ascii(out: &mut String, run: &str, case: Case) {
    let from = out.len();
    out.push_str(run);
    if case == Case::Lower {
        out[from..].make_ascii_lowercase();
    }
}

fn lower_simple(c: char) -> char {
    let mut lower = c.to_lowercase();
    match (lower.next(), lower.next()) {
        (Some(only), None) => only,
        _ => c,
    }
}

/// The end of the cluster that begins at `at`: a character and the marks that combine with it.
fn cluster_end(text: &str, at: usize) -> usize {
    let mut chars = text[at..].char_indices();
    chars.next();
    chars.find(|(_, c)| c.is_ascii() || !is_combining_mark(*c)).map_or(text.len(), |(next, _)| at + next)
}

fn push_cluster(out: &mut Folded, text: &str, start: usize, end: usize, case: Case) {
    let before = out.text.len();
    for c in text[start..end].nfkc() {
        match plain_form(c) {
            Form::Same if case == Case::Lower => out.text.extend(c.to_lowercase()),
            Form::Same => out.text.push(c),
            Form::As(plain) => out.text.push_str(plain),
        }
    }
    if out.text.len() - before != end - start {
        out.breaks.push((before as u32, start as u32));
        out.breaks.push((out.text.len() as u32, end as u32));
    }
}

enum Form {
    Same,
    As(&'static str),
}

/// One form for marks that are set in many ways, and nothing for marks that do not show.
fn plain_form(c: char) -> Form {
    match c {
        '\u{2018}' | '\u{2019}' | '\u{201A}' | '\u{201B}' | '\u{2032}' | '\u{02BC}' | '\u{00B4}'
        | '\u{FF07}' => Form::As("'"),
        '\u{201C}' | '\u{201D}' | '\u{201E}' | '\u{201F}' | '\u{00AB}' | '\u{00BB}' | '\u{2033}' => {
            Form::As("\"")
        }
        '\u{2010}'..='\u{2015}' | '\u{2212}' => Form::As("-"),
        '\u{00A0}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}' | '\u{3000}' => Form::As(" "),
        '\u{00AD}'
        | '\u{200B}'..='\u{200F}'
        | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{2064}'
        | '\u{FEFF}' => Form::As(""),
        _ => Form::Same,
    }
}

/// Replaces look-alike letters inside words that mix Latin and Cyrillic, where every letter of the rarer
/// alphabet has a twin in the other. Twins of different byte length shift the map.
fn unmix(folded: Folded) -> Folded {
    if folded.text.is_ascii() || !folded.text.bytes().any(|b| b.is_ascii_alphabetic()) {
        return folded;
    }
    let mut changes: Vec<(usize, char, char)> = Vec::new();
    let mut word: Vec<(usize, char)> = Vec::new();
    for (at, c) in folded.text.char_indices().chain([(folded.text.len(), ' ')]) {
        match script(c) {
            Some(_) => word.push((at, c)),
            None => {
                twins_of_word(&word, &mut changes);
                word.clear();
            }
        }
    }
    if changes.is_empty() {
        return folded;
    }
    let mut out = Folded { text: String::with_capacity(folded.text.len()), breaks: Vec::new(), ..folded };
    let mut from = 0;
    let mut old = folded.breaks.iter().copied().peekable();
    let shift = |at: u32, from: usize, len: usize| (at as usize - from + len) as u32;
    for (at, c, twin) in changes {
        while let Some(b) = old.next_if(|b| (b.0 as usize) <= at) {
            out.breaks.push((shift(b.0, from, out.text.len()), b.1));
        }
        out.text.push_str(&folded.text[from..at]);
        let printed = |f: usize, edge| folded.back(f, edge) as u32;
        out.breaks.push((out.text.len() as u32, printed(at, Edge::Start)));
        out.text.push(twin);
        from = at + c.len_utf8();
        out.breaks.push((out.text.len() as u32, printed(from, Edge::End)));
    }
    for b in old {
        out.breaks.push((shift(b.0, from, out.text.len()), b.1));
    }
    out.text.push_str(&folded.text[from..]);
    out.breaks.dedup();
    out
}

fn twins_of_word(word: &[(usize, char)], changes: &mut Vec<(usize, char, char)>) {
    let count = |wanted| word.iter().filter(|(_, c)| script(*c) == Some(wanted)).count();
    let (latin, cyrillic) = (count(Script::Latin), count(Script::Cyrillic));
    if latin == 0 || cyrillic == 0 {
        return;
    }
    let (rare, twin): (Script, fn(char) -> Option<char>) = match cyrillic <= latin {
        true => (Script::Cyrillic, latin_twin),
        false => (Script::Latin, cyrillic_twin),
    };
    let found: Vec<_> = word
        .iter()
        .filter(|(_, c)| script(*c) == Some(rare))
        .map(|(at, c)| twin(*c).map(|twin| (*at, *c, twin)))
        .collect();
    if let Some(all) = found.into_iter().collect::<Option<Vec<_>>>() {
        changes.extend(all);
    }
}

const CYRILLIC: &str = "аеорсухкмтвнАВЕКМНОРСТУХіІјЈѕЅһҺ";
const LATIN: &str = "aeopcyxkmtbhABEKMHOPCTYXiIjJsShh";

fn latin_twin(c: char) -> Option<char> {
    CYRILLIC.chars().zip(LATIN.chars()).find(|(cyrillic, _)| *cyrillic == c).map(|(_, latin)| latin)
}

fn cyrillic_twin(c: char) -> Option<char> {
    CYRILLIC.chars().zip(LATIN.chars()).find(|(_, latin)| *latin == c).map(|(cyrillic, _)| cyrillic)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(printed: &str, folded: &str) {
        assert_eq!(fold(printed, Case::Lower).text, folded, "{printed}");
        let mut word = String::new();
        fold_word(printed, &mut word);
        assert_eq!(word, folded, "{printed} as a word");
    }

    #[test]
    fn spellings_of_one_word_meet() {
        check("Тwitter", "twitter");
        check("gangs’", "gangs'");
        check("“Loto Guli”", "\"loto guli\"");
        check("5–7\u{A0}thousand", "5-7 thousand");
        check("e\u{301}tat", "état");
        check("ﬁre", "fire");
        check("co\u{AD}operation", "cooperation");
        check("Қалада", "қалада");
        check("ТАСС", "тасс");
    }

    #[test]
    fn a_hit_opens_the_words_as_printed() {
        let printed = "on Тwitter, “ﬁre” in Алматы";
        let folded = fold(printed, Case::Lower);
        for word in ["twitter", "fire", "алматы"] {
            let at = folded.text.find(word).unwrap();
            let span = folded.printed(Span::new(at, at + word.len()));
            assert_eq!(fold(span.of(printed), Case::Lower).text, word);
        }
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing_and_spans_stay_in_place(text in "[a-zA-Z ’“”—\u{A0}\u{301}ﬁéТсаһқ😀]{0,60}") {
            let folded = fold(&text, Case::Kept);
            for (at, c) in folded.text.char_indices() {
                let span = folded.printed(Span::new(at, at + c.len_utf8()));
                prop_assert!(span.get(&text).is_some(), "{span:?} of {text:?}");
            }
        }
    }
}
