//! A case: one SQLite file that holds captures, documents, rows, lineage, search and judgements.
//!
//! Texts never change once they stand in a case, ids are hashes and not counters, and derived tables can be
//! dropped and made again; so two cases of the same accounts agree row for row whatever the order of adding.
//! `docs/case-format.md` explains every column.
//!
//! This crate knows nothing of: HTTP, HTML, clocks, argv, how files are found on a disk.

mod add;
mod attribution;
mod claim;
mod deep;
mod documents;
mod drawn;
mod error;
mod facts;
mod judgement;
mod lengths;
mod lineage;
mod origins;
mod place;
mod points;
mod postings;
mod pronoun;
mod query;
mod search;
mod statements;
mod store;
mod time;
mod verify;

pub use add::{Added, Input, Progress};
pub use align::ORIGIN_SHARE;
pub use documents::{Entry, SetField};
pub use drawn::{Drawn, MOST_DRAWN, is_denied, is_meant};
pub use error::{Error, Result};
pub use facts::worded;
pub use judgement::Judgement;
pub use lengths::AGE;
pub use lineage::{SharedText, Traced};
pub use origins::Origin;
pub use place::PlacedMention;
pub use points::PointSummary;
pub use query::{Query, QueryError};
pub use search::{Filters, Found, Hit};
pub use statements::{MOST_LIKENED, drop_repeats};
pub use store::{Access, Case, Rows};
pub use verify::{Checked, Fault};
