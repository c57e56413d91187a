//! Rows of many documents to points: where the accounts speak of one thing and where they part.
//!
//! This crate knows nothing of: SQLite, HTTP, files, clocks, how a row was found.

mod blamed;
mod claim;
mod entity;
mod facet;
mod fact;
mod likeness;
mod place;
mod point;
mod spot;
mod statement;
mod timeline;

pub use blamed::{Blamed, blamed};
pub use claim::{ABROAD, BLAME, CHANGE, CaseClaim, DAY, EVENT, STAKE, change, claim_points, told_of};
pub use entity::{Actor, ActorMention, Explained, Join, actors};
pub use facet::{HOW_MUCH, OF_TIME, WHEN};
pub use fact::{Fact, LENGTHS, Rarity, SHARED, facts, stem};
pub use place::{Alias, CasePlace, Ground, PlaceMention, places};
pub use point::{Candidate, Point, PointKind, Reading, Value, Verdict, agree_under, is_question, point};
pub use spot::Spot;
pub use statement::{ALIKE, Closeness, DAY_OF, NAME, Statement, Topic, statement_points};
pub use timeline::{Dated, Day, timeline};
