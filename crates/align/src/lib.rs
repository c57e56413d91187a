//! Shared text between documents: prints, overlaps, families.
//!
//! Sparse prints find which texts may share words; dense seeds delimit what they share; only a verified
//! overlap ever joins two documents into one origin. Whether two texts overlap is a function of these two
//! texts alone, so that nothing depends on the order in which they came.
//!
//! This crate knows nothing of: SQLite, HTTP, files, clocks, what documents say.

mod candidate;
pub mod corpus;
mod descent;
mod extend;
mod family;
mod index;
mod overlap;
mod print;
mod script;
mod wording;

pub use candidate::{TOO_FREQUENT, Tie, candidates, tie};
pub use corpus::{CorpusOverlap, Evidence, corpus_overlaps};
pub use descent::{
    Descent, EvidenceKind, Parent, Reading, Step, TOLD, Variant, WITNESSES_LIMIT, Witness, descent, variants,
};
pub use family::{Heap, Known, ORIGIN_SHARE, Pair, Part, families, is_near_copy, parts, share};
pub use overlap::{Comparable, Overlap, OverlapKind, overlaps};
pub use print::{PRINT_BITS, prints};
pub use script::{Piece, pieces};
pub use wording::{Wording, wording};
