//! Offsets: the one place where bytes meet code points, UTF-16 units and lines.
//!
//! Stemma counts bytes inside, code points in every exchange format, UTF-16 units in the browser, lines and
//! columns in messages. One table per text turns each into the others in constant time; a text of plain
//! ASCII needs no table at all.

use crate::span::Span;
use std::sync::OnceLock;

/// Bytes between two marks of the table.
const STRIDE: usize = 128;

/// Turns byte offsets of one text into code points, UTF-16 units, lines and columns, and back.
#[derive(Clone, Debug)]
pub struct Offsets {
    /// For every `STRIDE` bytes: code points and UTF-16 units that begin before that byte. Empty for ASCII.
    marks: Vec<(u32, u32)>,
    /// The byte at which each line begins, once that is asked for.
    lines: OnceLock<Vec<u32>>,
    bytes: usize,
    chars: usize,
    units: usize,
}

/// A place a person can find: both counted from 1, the column in code points.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct LineColumn {
    /// Line, from 1.
    pub line: usize,
    /// Column in code points, from 1.
    pub column: usize,
}

impl Offsets {
    /// The table of a text.
    pub fn new(text: &str) -> Offsets {
        let lines = OnceLock::new();
        if text.is_ascii() {
            let n = text.len();
            return Offsets { marks: Vec::new(), lines, bytes: n, chars: n, units: n };
        }
        let mut marks = Vec::with_capacity(text.len() / STRIDE + 1);
        let (mut chars, mut units) = (0, 0);
        for (at, byte) in text.bytes().enumerate() {
            if at % STRIDE == 0 {
                marks.push((chars as u32, units as u32));
            }
            chars += starts_char(byte);
            units += starts_units(byte);
        }
        Offsets { marks, lines, bytes: text.len(), chars, units }
    }

    /// Length of the text in code points.
    pub fn chars(&self) -> usize {
        self.chars
    }

    /// Length of the text in UTF-16 units.
    pub fn units(&self) -> usize {
        self.units
    }

    /// The code points before this byte. `text` must be the text the table was made of.
    pub fn char_of_byte(&self, text: &str, byte: usize) -> usize {
        self.count(text, byte, starts_char, |mark| mark.0)
    }

    /// The UTF-16 units before this byte.
    pub fn utf16_of_byte(&self, text: &str, byte: usize) -> usize {
        self.count(text, byte, starts_units, |mark| mark.1)
    }

    /// The byte at which the code point of this number begins; `None` past the end of the text.
    pub fn byte_of_char(&self, text: &str, char: usize) -> Option<usize> {
        self.find(text, char, self.chars, starts_char, |mark| mark.0)
    }

    /// The byte at which this UTF-16 unit begins; `None` past the end or inside a surrogate pair.
    pub fn byte_of_utf16(&self, text: &str, unit: usize) -> Option<usize> {
        let byte = self.find(text, unit, self.units, starts_units, |mark| mark.1)?;
        (self.utf16_of_byte(text, byte) == unit).then_some(byte)
    }

    /// A span in code points, end-exclusive: the form of every exchange format.
    pub fn chars_of_span(&self, text: &str, span: Span) -> (usize, usize) {
        (self.char_of_byte(text, span.start()), self.char_of_byte(text, span.end()))
    }

    /// A span from code points, end-exclusive; `None` where it is empty or past the end.
    pub fn span_of_chars(&self, text: &str, start: usize, end: usize) -> Option<Span> {
        Span::checked(self.byte_of_char(text, start)?, self.byte_of_char(text, end)?)
    }

    /// The line and column of a byte.
    pub fn line_column(&self, text: &str, byte: usize) -> LineColumn {
        let lines = self.lines(text);
        let line = lines.partition_point(|start| *start as usize <= byte).max(1);
        let start = lines[line - 1] as usize;
        LineColumn { line, column: self.char_of_byte(text, byte) - self.char_of_byte(text, start) + 1 }
    }

    /// The byte of a line and column; `None` where the text has no such place.
    pub fn byte_of_line_column(&self, text: &str, at: LineColumn) -> Option<usize> {
        let lines = self.lines(text);
        let start = *lines.get(at.line.checked_sub(1)?)? as usize;
        let char = self.char_of_byte(text, start) + at.column.checked_sub(1)?;
        let byte = self.byte_of_char(text, char)?;
        let next = lines.get(at.line).map_or(self.bytes + 1, |next| *next as usize);
        (byte < next).then_some(byte)
    }

    fn lines(&self, text: &str) -> &[u32] {
        self.lines.get_or_init(|| {
            let ends = text.match_indices('\n').map(|(at, _)| at as u32 + 1);
            std::iter::once(0).chain(ends).collect()
        })
    }

    fn count(&self, text: &str, byte: usize, weight: fn(u8) -> usize, mark: fn(&(u32, u32)) -> u32) -> usize {
        let byte = byte.min(self.bytes);
        let Some(last) = self.marks.len().checked_sub(1) else { return byte };
        let at = (byte / STRIDE).min(last);
        let rest = &text.as_bytes()[at * STRIDE..byte];
        mark(&self.marks[at]) as usize + rest.iter().map(|b| weight(*b)).sum::<usize>()
    }

    fn find(
        &self,
        text: &str,
        wanted: usize,
        total: usize,
        weight: fn(u8) -> usize,
        mark: fn(&(u32, u32)) -> u32,
    ) -> Option<usize> {
        if wanted >= total {
            return (wanted == total).then_some(self.bytes);
        }
        if self.marks.is_empty() {
            return Some(wanted);
        }
        let at = self.marks.partition_point(|m| mark(m) as usize <= wanted) - 1;
        let mut seen = mark(&self.marks[at]) as usize;
        for (byte, b) in text.bytes().enumerate().skip(at * STRIDE) {
            let weight = weight(b);
            if weight > 0 && seen + weight > wanted {
                return Some(byte);
            }
            seen += weight;
        }
        Some(self.bytes)
    }
}

/// 1 where a code point begins at this byte.
fn starts_char(byte: u8) -> usize {
    usize::from(byte & 0xC0 != 0x80)
}

/// The UTF-16 units of the code point that begins at this byte.
fn starts_units(byte: u8) -> usize {
    starts_char(byte) + usize::from(byte >= 0xF0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn an_emoji_is_one_code_point_and_two_units() {
        let text = "Қаңтар 😀 x";
        let offsets = Offsets::new(text);
        let x = text.len() - 1;
        assert_eq!((offsets.char_of_byte(text, x), offsets.utf16_of_byte(text, x)), (9, 10));
        assert_eq!(offsets.byte_of_utf16(text, 8), None, "inside the surrogate pair");
    }

    #[test]
    fn lines_and_columns_count_from_one() {
        let text = "ab\nцд\n";
        let offsets = Offsets::new(text);
        let at = LineColumn { line: 2, column: 2 };
        assert_eq!(offsets.line_column(text, 5), at);
        assert_eq!(offsets.byte_of_line_column(text, at), Some(5));
        assert_eq!(offsets.byte_of_line_column(text, LineColumn { line: 1, column: 9 }), None);
    }

    proptest! {
        #[test]
        fn every_offset_comes_back(text in "[a-z \nа-яқәі😀é]{0,400}") {
            let offsets = Offsets::new(&text);
            let mut units = 0;
            for (chars, (byte, c)) in text.char_indices().enumerate() {
                prop_assert_eq!(offsets.char_of_byte(&text, byte), chars);
                prop_assert_eq!(offsets.byte_of_char(&text, chars), Some(byte));
                prop_assert_eq!(offsets.utf16_of_byte(&text, byte), units);
                prop_assert_eq!(offsets.byte_of_utf16(&text, units), Some(byte));
                let place = offsets.line_column(&text, byte);
                prop_assert_eq!(offsets.byte_of_line_column(&text, place), Some(byte));
                units += c.len_utf16();
            }
            prop_assert_eq!(offsets.byte_of_char(&text, offsets.chars()), Some(text.len()));
            prop_assert_eq!(offsets.byte_of_utf16(&text, offsets.units()), Some(text.len()));
        }
    }
}
