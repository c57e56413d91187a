//! A case written out in other formats: one file per format, [`EXPORTERS`] lists them.
//!
//! This crate knows nothing of: SQLite, HTTP, argv, clocks.

mod geojson;
mod report;

use case::{Case, Result};

/// A format a case can be written in.
pub struct Exporter {
    /// Its name.
    pub name: &'static str,
    /// What it gives.
    pub about: &'static str,
    /// The ending of its files.
    pub ending: &'static str,
    /// Writes it.
    pub write: fn(&Case) -> Result<String>,
}

/// All exporters. A new one is one file and one line here.
pub const EXPORTERS: &[Exporter] = &[report::REPORT, geojson::GEOJSON];
