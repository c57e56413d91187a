//! The pages of the workbench as values, each with an HTML and a JSON form.
//!
//! One file per page: a struct made from a case, `html(&self, links)` and `json(&self)`. The terminal prints the
//! same structs and the report binds the same HTML, so that no view can say something another does not.
//!
//! This crate knows nothing of: HTTP, files, clocks, argv.

mod actors;
mod blame;
mod cells;
mod choice;
mod compare;
mod descent;
mod event;
mod format;
mod frame;
mod letters;
mod links;
mod map;
mod marked;
mod method;
mod origins;
mod outlines;
mod overview;
mod places;
mod point;
mod points;
mod question;
mod rail;
mod reach;
mod reader;
mod reading;
mod rows;
mod says;
mod search;
mod shelf;
mod svg;
mod texts;
mod timeline;
mod touched;
mod trace;
mod variants;
mod verdict;

pub use actors::{ActorRow, ActorsPage, FormRow};
pub use blame::{BlamePage, BlameRow, stance, through};
pub use choice::{Choice, Tally};
pub use compare::ComparePage;
pub use descent::{Stemma, StemmaNode, StemmaStep};
pub use event::{EventRow, Events};
pub use format::{plural, thousands, value_words};
pub use frame::{Frame, frame, message};
pub use links::{Links, encoded};
pub use map::View;
pub use method::MethodPage;
pub use origins::{OriginRow, OriginsPage, SharedRow};
pub use overview::{Coverage, OverviewPage};
pub use places::{PlaceForm, PlaceRow, PlacesPage, Wanted};
pub use point::{POINTS, PointRow, ReadingRow, RestsOn, Witness};
pub use points::PointsPage;
pub use reach::Reach;
pub use reader::ReaderPage;
pub use rows::{address_rows, citation_rows, hedge_rows, layer_rows, seam_rows, sum_rows};
pub use says::{SaysPage, SpeakerRow, Statement};
pub use search::{HitRow, SearchPage};
pub use shelf::Shelf;
pub use texts::Standing;
pub use timeline::{DayRow, Telling, TimelinePage, iso_day};
pub use touched::{Touched, touched};
pub use trace::{LONGEST, TracePage, TraceRow};
pub use variants::{VariantRow, VariantsPage};

/// The style sheet of all pages.
pub const STYLE: &str = include_str!("../assets/style.css");
/// The script of all pages: keyboard and permalinks; every page reads without it.
pub const SCRIPT: &str = include_str!("../assets/stemma.js");

/// Said on every page of a case whose documents all call themselves summaries.
pub const SUMMARY_NOTE: &str = "These texts are our summaries, not the accounts’ own words.";
