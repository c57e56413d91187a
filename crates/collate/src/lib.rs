//! Rows of many documents to points: where the accounts speak of one thing and where they part.
//!
//! This crate knows nothing of: SQLite, HTTP, files, clocks, how a row was found.

mod entity;
mod place;
mod point;
mod timeline;

pub use entity::{Actor, ActorMention, Explained, Join, actors};
pub use place::{Alias, CasePlace, Ground, PlaceMention, places};
pub use point::{Candidate, Point, PointKind, Reading, Value, Verdict, is_question, point};
pub use timeline::{Dated, Day, timeline};
