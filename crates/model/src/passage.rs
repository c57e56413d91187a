//! Passages: the blocks a text is made of. Descent is judged between passages, not documents.
//!
//! Plain text says where its blocks are by its line ends. A line is a passage, unless a run of lines reads
//! as one paragraph set in a narrow column. What a passage *is* (heading, list entry, block quote) is told
//! by its shape alone; `read` afterwards marks by-lines, notices and page residue, which takes the words.

use crate::span::Span;
use serde::{Deserialize, Serialize};

/// What a passage is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PassageKind {
    /// Running text.
    Paragraph,
    /// A heading.
    Heading,
    /// One entry of a list.
    List,
    /// A block quote.
    Quote,
    /// Who signed it.
    Byline,
    /// Words about the text's own making.
    Notice,
    /// One entry of a list of references.
    Reference,
    /// Words of the page and not of the author: teasers, comment counters, invitations to share.
    Residue,
}

impl PassageKind {
    /// All kinds, in the order of their stored numbers.
    pub const ALL: [PassageKind; 8] = [
        PassageKind::Paragraph,
        PassageKind::Heading,
        PassageKind::List,
        PassageKind::Quote,
        PassageKind::Byline,
        PassageKind::Notice,
        PassageKind::Reference,
        PassageKind::Residue,
    ];

    /// The word stored in a case.
    pub fn word(self) -> &'static str {
        match self {
            PassageKind::Paragraph => "paragraph",
            PassageKind::Heading => "heading",
            PassageKind::List => "list",
            PassageKind::Quote => "quote",
            PassageKind::Byline => "byline",
            PassageKind::Notice => "notice",
            PassageKind::Reference => "reference",
            PassageKind::Residue => "residue",
        }
    }

    /// The value of a stored word.
    pub fn from_word(word: &str) -> Option<PassageKind> {
        PassageKind::ALL.into_iter().find(|kind| kind.word() == word)
    }

    /// Whether these are the author's own words (and so can be compared with another account's).
    pub fn is_authored(self) -> bool {
        !matches!(
            self,
            PassageKind::Residue | PassageKind::Reference | PassageKind::Byline | PassageKind::Notice
        )
    }
}

/// A block of a document's text.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Passage {
    /// Where, without the marker of a list entry or quote, and without white space at either end.
    pub span: Span,
    /// What.
    pub kind: PassageKind,
}

/// How the marks at the beginning of a line are to be read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Markup {
    /// Headings told by their shape.
    Plain,
    /// Headings told by `#`.
    Markdown,
}

/// The passages of a text, in order.
pub fn passages(text: &str, markup: Markup) -> Vec<Passage> {
    let lines = lines(text);
    let mut found = Vec::with_capacity(lines.len());
    let mut at = 0;
    while at < lines.len() {
        let block =
            lines[at..].iter().take_while(|line| line.blank_before == 0 || line.start == lines[at].start);
        let block = &lines[at..at + block.count()];
        match is_set_in_a_column(text, block) {
            true => found.push(Line { end: block[block.len() - 1].end, ..block[0] }),
            false => found.extend_from_slice(block),
        }
        at += block.len();
    }
    let shapes: Vec<Passage> = found.iter().filter_map(|line| shape(text, *line, markup)).collect();
    match markup {
        Markup::Markdown => shapes,
        Markup::Plain => with_headings(text, shapes),
    }
}

#[derive(Clone, Copy)]
struct Line {
    start: usize,
    end: usize,
    /// Blank lines before it; at least 1 for the first line of the text.
    blank_before: usize,
}

/// The lines that hold anything, trimmed.
fn lines(text: &str) -> Vec<Line> {
    let mut found = Vec::new();
    let (mut start, mut blank) = (0, 1);
    for piece in text.split_inclusive(['\n', '\r', '\u{2028}', '\u{2029}', '\u{0C}']) {
        let trimmed = piece.trim();
        if trimmed.is_empty() {
            // "\r\n" arrives as two pieces: only a line feed ends a line.
            blank += usize::from(piece.ends_with('\n') && !text[..start].ends_with('\r'))
                + usize::from(piece.ends_with('\u{0C}'));
        } else {
            let from = start + (piece.len() - piece.trim_start().len());
            found.push(Line { start: from, end: from + trimmed.len(), blank_before: blank });
            blank = 0;
        }
        start += piece.len();
    }
    found
}

/// Whether a run of lines is one paragraph broken at a column: lines of like length, broken in mid-sentence.
fn is_set_in_a_column(text: &str, block: &[Line]) -> bool {
    let Some((_, full)) = block.split_last() else { return false };
    if full.is_empty() || block.iter().any(|line| marker(&text[line.start..line.end]).is_some()) {
        return false;
    }
    let length = |line: &Line| text[line.start..line.end].chars().count();
    let shortest = full.iter().map(length).min().unwrap_or(0);
    let longest = full.iter().map(length).max().unwrap_or(0);
    let breaks_a_sentence = |pair: &[Line]| {
        let ends_open = !text[..pair[0].end].ends_with(['.', '!', '?', ':', ';', '”', '"', '…']);
        ends_open && text[pair[1].start..].starts_with(|c: char| c.is_lowercase() || c.is_ascii_digit())
    };
    let open = block.windows(2).filter(|pair| breaks_a_sentence(pair)).count();
    longest <= 100 && shortest >= 40 && longest - shortest <= 30 && open * 2 >= full.len().min(4)
}

fn shape(text: &str, line: Line, markup: Markup) -> Option<Passage> {
    let words = &text[line.start..line.end];
    let (skip, kind) = match marker(words) {
        Some(Marker::Bullet(skip)) => (skip, PassageKind::List),
        Some(Marker::Quote(skip)) => (skip, PassageKind::Quote),
        Some(Marker::Reference) => (0, PassageKind::Reference),
        Some(Marker::Hash(skip)) if markup == Markup::Markdown => (skip, PassageKind::Heading),
        _ => (0, PassageKind::Paragraph),
    };
    let end = match (kind, markup) {
        (PassageKind::Heading, Markup::Markdown) => line.start + words.trim_end_matches(['#', ' ']).len(),
        _ => line.end,
    };
    Some(Passage { span: Span::checked(line.start + skip, end)?, kind })
}

enum Marker {
    Bullet(usize),
    Quote(usize),
    Hash(usize),
    Reference,
}

/// The mark a line begins with, and its length with the space after it.
fn marker(line: &str) -> Option<Marker> {
    let after = |mark: usize| {
        let rest = &line[mark..];
        let space = rest.len() - rest.trim_start().len();
        (space > 0 && space < rest.len()).then_some(mark + space)
    };
    let first = line.chars().next()?;
    match first {
        '-' | '*' | '+' | '•' | '◦' | '▪' | '‣' | '●' | '·' | '–' | '—' => {
            after(first.len_utf8()).map(Marker::Bullet)
        }
        '>' => Some(Marker::Quote(after(1)?)),
        '#' => after(line.len() - line.trim_start_matches('#').len()).map(Marker::Hash),
        '[' => {
            let digits = line[1..].bytes().take_while(u8::is_ascii_digit).count();
            let closed = digits > 0 && digits < 4 && line[1 + digits..].starts_with(']');
            closed.then_some(Marker::Reference)
        }
        '0'..='9' => {
            let digits = line.bytes().take_while(u8::is_ascii_digit).count();
            let dotted = digits < 3 && line[digits..].starts_with(['.', ')']);
            dotted.then(|| after(digits + 1)).flatten().map(Marker::Bullet)
        }
        _ => None,
    }
}

/// Turns paragraphs that look like headings into headings: short, begun with a capital or digit, closed by
/// no full stop, and followed by something longer.
fn with_headings(text: &str, mut passages: Vec<Passage>) -> Vec<Passage> {
    for at in 0..passages.len() {
        let passage = passages[at];
        let next = passages.get(at + 1);
        let leads = next.is_some_and(|next| {
            next.kind == PassageKind::List
                || next.span.len() > passage.span.len()
                || looks_like_heading(next.span.of(text))
        });
        if passage.kind == PassageKind::Paragraph && leads && looks_like_heading(passage.span.of(text)) {
            passages[at].kind = PassageKind::Heading;
        }
    }
    passages
}

fn looks_like_heading(words: &str) -> bool {
    let bare = words.trim_end_matches(['”', '"', '’', '\'', ')', '»']);
    let starts = words.trim_start_matches(['“', '"', '‘', '\'', '«', '(']).chars().next();
    words.len() <= 160
        && words.split_whitespace().count() <= 16
        && words.chars().any(char::is_alphabetic)
        && starts.is_some_and(|c| c.is_uppercase() || c.is_numeric() || crate::script::unspaced(c))
        && !bare.ends_with(['.', '!', '?', ';', ':', ',', '…', '。'])
        && !words.contains("://")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(text: &str, markup: Markup, expected: &[(PassageKind, &str)]) {
        let found: Vec<_> = passages(text, markup).into_iter().map(|p| (p.kind, p.span.of(text))).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_line_is_a_passage_and_a_short_open_one_a_heading() {
        use PassageKind::*;
        let text = "Causes and actors\r\nThe first paragraph ends here.\r\n\r\n- one cause\r\n- another\r\n[1] https://a.example/x\r\n> quoted";
        check(
            text,
            Markup::Plain,
            &[
                (Heading, "Causes and actors"),
                (Paragraph, "The first paragraph ends here."),
                (List, "one cause"),
                (List, "another"),
                (Reference, "[1] https://a.example/x"),
                (Quote, "quoted"),
            ],
        );
    }

    #[test]
    fn lines_set_in_a_column_are_one_paragraph() {
        let text = "The government declared a curfew on the evening of that\nday, and the army moved into the city during the night\nwithout a word from the ministry.\n\nNext.";
        let found = passages(text, Markup::Plain);
        assert_eq!(found.len(), 2);
        assert!(found[0].span.of(text).ends_with("ministry."));
    }

    #[test]
    fn markdown_headings_lose_their_marks() {
        check(
            "# Title #\n\ntext",
            Markup::Markdown,
            &[(PassageKind::Heading, "Title"), (PassageKind::Paragraph, "text")],
        );
    }

    proptest! {
        #[test]
        fn passages_lie_in_order_and_leave_out_only_space_and_marks(text in "[A-Za-z .\n\r>#*0-9\\[\\]қ-]{0,200}") {
            let mut at = 0;
            for passage in passages(&text, Markup::Plain) {
                let between = &text[at..passage.span.start()];
                prop_assert!(!between.chars().any(char::is_alphabetic), "lost {between:?}");
                prop_assert_eq!(passage.span.of(&text).trim(), passage.span.of(&text));
                at = passage.span.end();
            }
            prop_assert!(text[at..].trim().is_empty() || text[at..].trim().chars().all(|c| !c.is_alphabetic()));
        }
    }
}
