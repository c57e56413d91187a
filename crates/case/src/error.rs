//! What can go wrong with a case, said path first, then cause, then what to do.

use std::path::PathBuf;
use thiserror::Error;

/// Shorthand.
pub type Result<T> = std::result::Result<T, Error>;

/// Why a case could not be opened, read or written.
#[derive(Debug, Error)]
pub enum Error {
    /// No such file.
    #[error("{}: no such case; make one with `stemma add {} PATH…`", .0.display(), .0.display())]
    Missing(PathBuf),
    /// Another kind of file.
    #[error("{}: is no Stemma case; give the name of a case or of a new file", .0.display())]
    NotACase(PathBuf),
    /// Written by a later program.
    #[error("{}: was written by a later Stemma (format {found}, this one reads {known}); update the program", .path.display())]
    Newer {
        /// The case.
        path: PathBuf,
        /// Its format.
        found: i64,
        /// The latest format known here.
        known: i64,
    },
    /// Written by an earlier program, in a format no longer read.
    #[error("{}: was written by an earlier Stemma (format {found}, this one reads {known}); add its accounts to a new case", .path.display())]
    Older {
        /// The case.
        path: PathBuf,
        /// Its format.
        found: i64,
        /// The only format known here.
        known: i64,
    },
    /// SQLite reports an error.
    #[error("{}: {cause}{}", .path.display(), hint(.cause))]
    Sqlite {
        /// The case.
        path: PathBuf,
        /// What SQLite says.
        cause: rusqlite::Error,
    },
    /// A stored value that no Stemma wrote.
    #[error("{}: {what}; run `stemma verify`", .path.display())]
    Corrupt {
        /// The case.
        path: PathBuf,
        /// What is wrong.
        what: String,
    },
    /// Two documents with one id: one in 2⁴⁸.
    #[error("{}: {name} has the same 48-bit id as another document; add it with another --outlet or --url", .path.display())]
    Clash {
        /// The case.
        path: PathBuf,
        /// The second document.
        name: String,
    },
    /// No document of this name.
    #[error("no document `{wanted}` in the case; `stemma show` lists them{}", closest(.near))]
    NoDocument {
        /// What was asked for.
        wanted: String,
        /// Names that begin alike.
        near: Vec<String>,
    },
    /// A value that cannot be set.
    #[error("{0}")]
    Refused(String),
}

impl Error {
    /// Whether the file itself is damaged or not what it should be.
    pub fn is_integrity(&self) -> bool {
        match self {
            Error::Corrupt { .. } => true,
            Error::Sqlite { cause: rusqlite::Error::SqliteFailure(failure, _), .. } => {
                matches!(
                    failure.code,
                    rusqlite::ErrorCode::DatabaseCorrupt | rusqlite::ErrorCode::NotADatabase
                )
            }
            _ => false,
        }
    }
}

fn hint(cause: &rusqlite::Error) -> &'static str {
    match cause.sqlite_error_code() {
        Some(rusqlite::ErrorCode::DatabaseBusy | rusqlite::ErrorCode::DatabaseLocked) => {
            "; another program is writing to it: wait or close that program"
        }
        Some(rusqlite::ErrorCode::DiskFull) => {
            "; free some space and run the same command again: nothing is lost"
        }
        Some(rusqlite::ErrorCode::ReadOnly) => "; the file or its folder cannot be written",
        Some(rusqlite::ErrorCode::DatabaseCorrupt) => "; the file is damaged: go back to a copy",
        _ => "",
    }
}

fn closest(near: &[String]) -> String {
    match near.is_empty() {
        true => String::new(),
        false => format!("; did you mean {}?", near.join(" or ")),
    }
}
