//! Opening, making and closing a case.

use crate::error::{Error, Result};
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};
use std::path::{Path, PathBuf};

/// "Stem" in ASCII: SQLite's `application_id`, by which `file` and we know a case.
const APPLICATION_ID: i64 = 0x5374_656d;
/// The format this program writes.
const FORMAT: i64 = 5;

/// What a case is opened for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Access {
    /// Only looked at; works on a medium that cannot be written.
    Read,
    /// Changed; must exist.
    Write,
    /// Changed; made where it does not exist.
    Create,
}

/// An open case.
pub struct Case {
    pub(crate) db: Connection,
    pub(crate) path: PathBuf,
    access: Access,
}

/// Rows of a question asked in SQL: column names and values as text.
#[derive(Debug)]
pub struct Rows {
    /// Column names.
    pub columns: Vec<String>,
    /// Values; `None` = NULL, blobs in hexadecimal.
    pub rows: Vec<Vec<Option<String>>>,
}

impl Case {
    /// Opens a case.
    ///
    /// # Errors
    /// Where the file is missing, is no case, was written by a later program, or is damaged.
    pub fn open(path: &Path, access: Access) -> Result<Case> {
        let exists = path.exists();
        if !exists && access != Access::Create {
            return Err(Error::Missing(path.to_owned()));
        }
        let flags = match access {
            Access::Read => OpenFlags::SQLITE_OPEN_READ_ONLY,
            Access::Write => OpenFlags::SQLITE_OPEN_READ_WRITE,
            Access::Create => OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE,
        } | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let sqlite = |cause| Error::Sqlite { path: path.to_owned(), cause };
        let db = Connection::open_with_flags(path, flags).map_err(sqlite)?;
        db.busy_timeout(std::time::Duration::from_secs(10)).map_err(sqlite)?;
        // A plan holds for every value: else a statement is made anew for each document it is asked for.
        db.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true).map_err(sqlite)?;
        let case = Case { db, path: path.to_owned(), access };
        case.settle(exists)?;
        Ok(case)
    }

    /// Reads from one state of the case, whatever others write meanwhile, and asks for the file's lock once.
    ///
    /// # Errors
    /// Where the case cannot be read, and what `read` gives.
    pub fn steady<T>(&self, read: impl FnOnce() -> Result<T>) -> Result<T> {
        if !self.db.is_autocommit() {
            return read();
        }
        let _held = self.db.unchecked_transaction().map_err(|cause| self.error(cause))?;
        read()
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Checks that the file is a case, makes a new one, and sets up the connection.
    fn settle(&self, exists: bool) -> Result<()> {
        let number = |name: &str| self.db.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
        // Tables first: another program that is making the case sets its mark in the same transaction.
        let tables = self.db.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get::<_, i64>(0));
        let empty = matches!(tables, Ok(0));
        let application = number("application_id").map_err(|cause| match cause.sqlite_error_code() {
            Some(rusqlite::ErrorCode::NotADatabase) => Error::NotACase(self.path.clone()),
            _ => self.error(cause),
        })?;
        match application {
            APPLICATION_ID => {}
            0 if empty && (!exists || self.access == Access::Create) => {
                self.make()?;
                if number("application_id").map_err(|cause| self.error(cause))? != APPLICATION_ID {
                    return Err(Error::NotACase(self.path.clone()));
                }
            }
            _ => return Err(Error::NotACase(self.path.clone())),
        }
        let found = number("user_version").map_err(|cause| self.error(cause))?;
        if found > FORMAT {
            return Err(Error::Newer { path: self.path.clone(), found, known: FORMAT });
        }
        if found < FORMAT {
            return Err(Error::Older { path: self.path.clone(), found, known: FORMAT });
        }
        let set = match self.access {
            Access::Read => "PRAGMA query_only=1; PRAGMA mmap_size=268435456; PRAGMA cache_size=-32000;",
            // NORMAL: a crash of the machine may undo the last commits, never damage the file.
            _ => {
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-64000; PRAGMA foreign_keys=1; PRAGMA temp_store=MEMORY;"
            }
        };
        self.patiently(set)
    }

    /// Runs statements that SQLite does not wait for by itself (a change of the journal, a beginning), again and
    /// again for ten seconds while another program holds the file.
    fn patiently(&self, statements: &str) -> Result<()> {
        const WAIT: std::time::Duration = std::time::Duration::from_millis(20);
        for _ in 0..500 {
            match self.db.execute_batch(statements) {
                Err(cause) if cause.sqlite_error_code() == Some(rusqlite::ErrorCode::DatabaseBusy) => {
                    std::thread::sleep(WAIT);
                }
                done => return done.map_err(|cause| self.error(cause)),
            }
        }
        self.db.execute_batch(statements).map_err(|cause| self.error(cause))
    }

    /// Makes the tables, unless another program has made them meanwhile.
    fn make(&self) -> Result<()> {
        self.db.execute_batch("PRAGMA page_size=8192;").map_err(|cause| self.error(cause))?;
        self.atomically(|| {
            if self.one::<i64>("SELECT count(*) FROM sqlite_schema")? > 0 {
                return Ok(());
            }
            let about = format!("PRAGMA application_id={APPLICATION_ID}; PRAGMA user_version={FORMAT};");
            let schema = about + include_str!("schema.sql");
            self.db.execute_batch(&schema).map_err(|cause| self.error(cause))
        })
    }

    /// Puts the path in front of what SQLite says.
    pub(crate) fn error(&self, cause: rusqlite::Error) -> Error {
        Error::Sqlite { path: self.path.clone(), cause }
    }

    pub(crate) fn corrupt(&self, what: impl Into<String>) -> Error {
        Error::Corrupt { path: self.path.clone(), what: what.into() }
    }

    /// The single value of a question.
    pub(crate) fn one<T: rusqlite::types::FromSql>(&self, question: &str) -> Result<T> {
        self.db.query_row(question, [], |row| row.get(0)).map_err(|cause| self.error(cause))
    }

    /// Runs `work` in one transaction: all of it happens, or nothing.
    pub(crate) fn atomically<T>(&self, work: impl FnOnce() -> Result<T>) -> Result<T> {
        self.patiently("BEGIN IMMEDIATE")?;
        let done = work();
        let end = if done.is_ok() { "COMMIT" } else { "ROLLBACK" };
        match (self.db.execute_batch(end), done) {
            (Err(cause), Ok(_)) => Err(self.error(cause)),
            (_, done) => done,
        }
    }

    /// Answers a question in SQL; nothing can be changed by it.
    ///
    /// # Errors
    /// Where SQLite does not understand the question, or it would change something.
    pub fn sql(&self, question: &str) -> Result<Rows> {
        let error = |cause| self.error(cause);
        let mut statement = self.db.prepare(question).map_err(error)?;
        if !statement.readonly() {
            return Err(Error::Refused("only questions are answered here: begin with `select`".into()));
        }
        let columns: Vec<String> = statement.column_names().map(str::to_owned).collect();
        let read = |row: &rusqlite::Row| (0..columns.len()).map(|at| row.get_ref(at).map(as_text)).collect();
        let rows = statement.query_map([], read).and_then(Iterator::collect).map_err(error)?;
        Ok(Rows { rows, columns })
    }

    /// Folds the write-ahead log into the file, so that the one file can be copied or mailed. A case that is
    /// dropped does the same and cannot say what went wrong.
    ///
    /// # Errors
    /// Where the file cannot be written.
    pub fn close(self) -> Result<()> {
        self.fold_log()
    }

    fn fold_log(&self) -> Result<()> {
        if self.access == Access::Read {
            return Ok(());
        }
        let tidy = "PRAGMA wal_checkpoint(TRUNCATE); PRAGMA optimize; PRAGMA journal_mode=DELETE;";
        // A second program that has the case open keeps the log; that is no error.
        match self.db.execute_batch(tidy) {
            Err(cause) if cause.sqlite_error_code() == Some(rusqlite::ErrorCode::DatabaseBusy) => Ok(()),
            Err(cause) if cause.sqlite_error_code() == Some(rusqlite::ErrorCode::DatabaseLocked) => Ok(()),
            done => done.map_err(|cause| self.error(cause)),
        }
    }
}

impl Drop for Case {
    fn drop(&mut self) {
        // Nobody is left to tell; the log stays and is folded in at the next opening.
        let _ = self.fold_log();
    }
}

fn as_text(value: rusqlite::types::ValueRef) -> Option<String> {
    use rusqlite::types::ValueRef;
    match value {
        ValueRef::Null => None,
        ValueRef::Integer(number) => Some(number.to_string()),
        ValueRef::Real(number) => Some(number.to_string()),
        ValueRef::Text(text) => Some(String::from_utf8_lossy(text).into_owned()),
        ValueRef::Blob(bytes) => Some(bytes.iter().map(|byte| format!("{byte:02x}")).collect()),
    }
}
