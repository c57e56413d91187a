//! Text, spans and the row types every other part of Stemma speaks in.
//!
//! One currency runs through the whole program: the [`Span`], a byte range in the text of one
//! [`Document`]. A value without a span does not exist here. Everything in this crate is a pure
//! function of its arguments, so that the same text gives the same passages, sentences and tokens on any
//! machine and any number of threads; that is why none of them is ever stored.
//!
//! This crate knows nothing of: SQLite, HTTP, HTML, file formats, files, clocks.

pub mod calendar;
pub mod claim;
pub mod digest;
pub mod document;
pub mod normalise;
pub mod offsets;
pub mod passage;
pub mod rows;
pub mod script;
pub mod sentence;
pub mod span;
pub mod time;
pub mod token;
pub mod warning;

pub use claim::{Claim, ClaimKind};
pub use digest::{CaptureId, DocId, RowId, TextId};
pub use document::{Document, Known, KnownFrom};
pub use offsets::Offsets;
pub use passage::{Passage, PassageKind};
pub use rows::{
    Attribution, Certainty, Change, Layers, Name, NameClass, Notice, NoticeKind, Place, PlaceClass, PlaceUse,
    Polarity, Quantity, RuleId, SourceKind, Time,
};
pub use span::{Span, Spans};
pub use warning::Warning;
