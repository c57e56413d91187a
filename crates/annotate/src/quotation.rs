//! Quotation marks: which words of a text stand between them.
//!
//! One pass with a stack of open marks. A mark that never closes ends with its paragraph and says so; a paragraph
//! that begins with the mark that is open goes on with the same quotation, as newspapers print speeches. A stray
//! mark costs nothing but itself. Who is quoted is not asked here.

use model::Span;

/// Words between quotation marks.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Quoted {
    /// The words with their marks.
    pub span: Span,
    /// Quotations it stands in.
    pub depth: u8,
    /// Whether a closing mark was found; else it ends with its paragraph.
    pub closed: bool,
}

/// A mark and those that may close it.
const MARKS: &[(char, &[char])] = &[
    ('“', &['”', '“']),
    ('„', &['“', '”']),
    ('«', &['»']),
    ('»', &['«']),
    ('‹', &['›']),
    ('‘', &['’']),
    ('”', &['”']),
    ('"', &['"']),
    ('「', &['」']),
    ('『', &['』']),
];
/// Quotations within quotations that are followed.
const DEPTH: usize = 4;

/// All quotations of a text, in the order of their beginnings.
pub fn quotations(text: &str) -> Vec<Quoted> {
    let mut found: Vec<Quoted> = Vec::new();
    let mut open: Vec<(char, usize)> = Vec::new();
    let mut before = '\n';
    let mut at = 0;
    loop {
        if open.is_empty() {
            // Outside of quotations nothing but a mark matters, and marks are rare.
            let plain = text.as_bytes()[at..].iter().take_while(|byte| is_plain(**byte)).count();
            at += plain;
            before = if plain > 0 { char::from(text.as_bytes()[at - 1]) } else { before };
        }
        let Some(c) = text[at..].chars().next() else { break };
        // Two apostrophes are how plain typewriters set a double mark.
        let doubled = c == '\'' && text[at + 1..].starts_with('\'');
        let (c, length) = if doubled { ('"', 2) } else { (c, c.len_utf8()) };
        let next = at + length;
        let after = text[next..].chars().next().unwrap_or('\n');
        if c == '\n' {
            let goes_on = next_paragraph_mark(&text[at..]);
            let kept = open.iter().position(|(mark, _)| Some(*mark) != goes_on).unwrap_or(open.len());
            let end = text[..at].trim_end().len();
            while open.len() > kept {
                close(&mut open, end, Closed::No, &mut found);
            }
            if kept > 0 {
                // The mark that repeats the open one is no new quotation.
                let line = text[next..].trim_start();
                at = text.len() - line.len() + line.chars().next().map_or(0, char::len_utf8);
                before = ' ';
                continue;
            }
        } else if is_mark(c) {
            let closes = open.iter().rposition(|(mark, _)| closing(*mark).contains(&c));
            let opens = opens_here(c, before, after);
            match closes {
                Some(level) if !(opens && c == '“') && closes_here(c, before, after) => {
                    while open.len() > level + 1 {
                        // An inner mark was never closed: it ends where the outer one does.
                        close(&mut open, at, Closed::No, &mut found);
                    }
                    close(&mut open, at + length, Closed::Yes, &mut found);
                }
                _ if opens && open.len() < DEPTH => open.push((c, at)),
                _ => {}
            }
        }
        before = c;
        at = next;
    }
    while !open.is_empty() {
        close(&mut open, text.trim_end().len(), Closed::No, &mut found);
    }
    found.sort_by_key(|quoted| (quoted.span.start(), std::cmp::Reverse(quoted.span.end())));
    found
}

/// Where a text quotes, nested quotations and those that never close left out, in order.
pub fn quoted_spans(text: &str) -> Vec<Span> {
    quotations(text)
        .into_iter()
        .filter(|quoted| quoted.depth == 0 && quoted.closed)
        .map(|quoted| quoted.span)
        .collect()
}

#[derive(Clone, Copy, PartialEq)]
enum Closed {
    Yes,
    No,
}

fn close(open: &mut Vec<(char, usize)>, end: usize, closed: Closed, found: &mut Vec<Quoted>) {
    let Some((_, start)) = open.pop() else { return };
    if let Some(span) = Span::checked(start, end) {
        found.push(Quoted { span, depth: open.len() as u8, closed: closed == Closed::Yes });
    }
}

/// Whether a byte is an ASCII character that is no part of a mark.
fn is_plain(byte: u8) -> bool {
    byte.is_ascii() && byte != b'"' && byte != b'\''
}

fn is_mark(c: char) -> bool {
    match c.is_ascii() {
        true => c == '"',
        false => MARKS.iter().any(|(mark, closing)| *mark == c || closing.contains(&c)),
    }
}

fn closing(mark: char) -> &'static [char] {
    MARKS.iter().find(|(open, _)| *open == mark).map_or(&[], |(_, closing)| closing)
}

/// Whether a mark can open a quotation where it stands: at the beginning of a word.
fn opens_here(c: char, before: char, after: char) -> bool {
    let at_word = !before.is_alphanumeric() && !after.is_whitespace();
    match c {
        // Some close with the mark that others open with.
        '“' => !after.is_whitespace() && (after.is_alphanumeric() || !before.is_alphanumeric()),
        '„' | '«' | '‹' | '「' | '『' => !after.is_whitespace(),
        '"' | '”' | '»' | '‘' => at_word && !matches!(before, '.' | ',' | '!' | '?'),
        _ => false,
    }
}

/// Whether a mark can close one: an apostrophe inside a word cannot.
fn closes_here(c: char, before: char, after: char) -> bool {
    match c {
        '’' => !after.is_alphanumeric(),
        '"' => !before.is_whitespace() || after.is_whitespace(),
        _ => true,
    }
}

/// The quotation mark the next line with words begins with.
fn next_paragraph_mark(rest: &str) -> Option<char> {
    rest.trim_start().chars().next().filter(|c| MARKS.iter().any(|(mark, _)| mark == c))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(text: &str) -> Vec<(&str, u8, bool)> {
        quotations(text).into_iter().map(|q| (q.span.of(text), q.depth, q.closed)).collect()
    }

    #[test]
    fn marks_of_many_lands() {
        assert_eq!(check("He said “go now” twice."), [("“go now”", 0, true)]);
        assert_eq!(check("Он сказал: «уходите» и ушёл."), [("«уходите»", 0, true)]);
        assert_eq!(check("Er sagte „geht“ laut."), [("„geht“", 0, true)]);
        assert_eq!(check("She said “go“. And left."), [("“go“", 0, true)]);
        assert_eq!(check("Hän sanoi ”mene” nyt."), [("”mene”", 0, true)]);
        assert_eq!(check("\"Go,\" she said, \"now.\""), [("\"Go,\"", 0, true), ("\"now.\"", 0, true)]);
        assert_eq!(check("他说「走」。"), [("「走」", 0, true)]);
        assert_eq!(check("''Go,'' she said."), [("''Go,''", 0, true)]);
    }

    #[test]
    fn quotations_stand_in_one_another() {
        assert_eq!(
            check("“He told me ‘it’s over’ and left.”"),
            [("“He told me ‘it’s over’ and left.”", 0, true), ("‘it’s over’", 1, true)]
        );
    }

    #[test]
    fn a_mark_that_never_closes_ends_with_its_paragraph() {
        assert_eq!(check("One said, “while it lasts.\n\nThe next."), [("“while it lasts.", 0, false)]);
        assert_eq!(check("The workers’ hall, Okafor’s 5\" gun and the 1990s’ end."), []);
    }

    #[test]
    fn a_speech_goes_on_over_paragraphs() {
        assert_eq!(
            check("“First part.\n\n“Second part.”\n\nThe end."),
            [("“First part.\n\n“Second part.”", 0, true)]
        );
    }

    proptest! {
        #[test]
        fn any_marks_give_spans_of_the_text(text in "[a“”„«»‘’\"' \n.]{0,60}") {
            for quoted in quotations(&text) {
                prop_assert!(quoted.span.get(&text).is_some());
            }
        }
    }
}
