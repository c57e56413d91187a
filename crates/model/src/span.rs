//! Spans: byte ranges in the text of one document.
//!
//! [`Span`] is the only currency for "where". It is eight bytes, `Copy`, never empty and never reversed;
//! the check stands in [`Span::new`], so that no later code has to ask. [`Spans`] holds one or more of
//! them, because a quotation interrupted by its cue ("X," he said, "Y") is one quotation.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::ops::Range;

/// A byte range `start..end` with `start < end`, on character boundaries of one document's text.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "Bare")]
pub struct Span {
    start: u32,
    end: u32,
}

/// A span as it is stored, before it is known to be one.
#[derive(Deserialize)]
struct Bare {
    start: u32,
    end: u32,
}

impl TryFrom<Bare> for Span {
    type Error = &'static str;

    fn try_from(bare: Bare) -> Result<Span, Self::Error> {
        Span::checked(bare.start as usize, bare.end as usize).ok_or("a span is empty or reversed")
    }
}

impl Span {
    /// The span `start..end`.
    ///
    /// # Panics
    /// If `start >= end`, or if either passes 4 GiB. Both are mistakes of the caller, not of the input:
    /// `read` refuses texts too large to address.
    #[track_caller]
    pub fn new(start: usize, end: usize) -> Span {
        assert!(start < end, "a span is never empty or reversed: {start}..{end}");
        assert!(end <= u32::MAX as usize, "a span lies within 4 GiB: {start}..{end}");
        Span { start: start as u32, end: end as u32 }
    }

    /// The span `start..end`, or `None` where it would be empty or reversed.
    pub fn checked(start: usize, end: usize) -> Option<Span> {
        (start < end && end <= u32::MAX as usize).then_some(Span { start: start as u32, end: end as u32 })
    }

    /// First byte.
    pub fn start(self) -> usize {
        self.start as usize
    }

    /// One past the last byte.
    pub fn end(self) -> usize {
        self.end as usize
    }

    /// Length in bytes, at least 1.
    #[allow(clippy::len_without_is_empty, reason = "a span is never empty")]
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// As a standard range.
    pub fn range(self) -> Range<usize> {
        self.start()..self.end()
    }

    /// The words under the span.
    ///
    /// # Panics
    /// If the span does not belong to this text.
    #[track_caller]
    pub fn of(self, text: &str) -> &str {
        &text[self.range()]
    }

    /// The words under the span, or `None` where the span does not fit the text.
    pub fn get(self, text: &str) -> Option<&str> {
        text.get(self.range())
    }

    /// Whether `other` lies within this span.
    pub fn covers(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the byte at `offset` lies within this span.
    pub fn contains(self, offset: usize) -> bool {
        self.start() <= offset && offset < self.end()
    }

    /// The part both spans share.
    pub fn meet(self, other: Span) -> Option<Span> {
        let (start, end) = (self.start.max(other.start), self.end.min(other.end));
        (start < end).then_some(Span { start, end })
    }

    /// The shortest span that covers both.
    pub fn join(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The same span in a text where this one begins `by` bytes later.
    pub fn shifted(self, by: usize) -> Span {
        Span::new(self.start() + by, self.end() + by)
    }
}

impl fmt::Debug for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.start, self.end)
    }
}

/// One or more spans of one text, in text order, none touching the next.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(try_from = "Vec<Span>")]
pub struct Spans(Vec<Span>);

impl TryFrom<Vec<Span>> for Spans {
    type Error = &'static str;

    fn try_from(spans: Vec<Span>) -> Result<Spans, Self::Error> {
        Spans::new(spans).ok_or("no span at all")
    }
}

impl Spans {
    /// Sorts and joins the given spans; `None` where there are none.
    pub fn new(mut spans: Vec<Span>) -> Option<Spans> {
        spans.sort_unstable();
        let mut merged: Vec<Span> = Vec::with_capacity(spans.len());
        for span in spans {
            match merged.last_mut() {
                Some(last) if span.start() <= last.end() => *last = last.join(span),
                _ => merged.push(span),
            }
        }
        (!merged.is_empty()).then_some(Spans(merged))
    }

    /// The spans in text order.
    pub fn iter(&self) -> impl Iterator<Item = Span> + '_ {
        self.0.iter().copied()
    }

    /// The shortest single span that covers them all.
    pub fn hull(&self) -> Span {
        self.iter().skip(1).fold(self.0[0], Span::join)
    }

    /// Bytes covered.
    pub fn covered(&self) -> usize {
        self.iter().map(Span::len).sum()
    }
}

impl From<Span> for Spans {
    fn from(span: Span) -> Spans {
        Spans(vec![span])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_is_eight_bytes_and_prints_as_a_range() {
        assert_eq!(std::mem::size_of::<Span>(), 8);
        assert_eq!(format!("{:?}", Span::new(12, 40)), "12..40");
    }

    #[test]
    #[should_panic(expected = "never empty")]
    fn an_empty_span_is_refused() {
        let _ = Span::new(3, 3);
    }

    #[test]
    fn an_interrupted_quotation_is_one_value_with_two_spans() {
        let spans = Spans::new(vec![Span::new(9, 12), Span::new(0, 3), Span::new(2, 5)]).unwrap();
        assert_eq!(spans.iter().collect::<Vec<_>>(), [Span::new(0, 5), Span::new(9, 12)]);
        assert_eq!((spans.hull(), spans.covered()), (Span::new(0, 12), 8));
    }
}
