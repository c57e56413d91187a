//! Exit codes, colour and the width of the terminal.

use std::io::{IsTerminal, Write, stdout};
use std::time::Instant;

/// All went well.
pub(crate) const OK: u8 = 0;
/// Nothing was found, or something was refused.
pub(crate) const NOTHING: u8 = 1;
/// A case is damaged or does not fit its captures.
pub(crate) const INTEGRITY: u8 = 2;
/// The command was not understood.
pub(crate) const USAGE: u8 = 64;

/// The exit code of an error.
pub(crate) fn code_of(error: &anyhow::Error) -> u8 {
    match error.downcast_ref::<case::Error>() {
        Some(error) if error.is_integrity() => INTEGRITY,
        _ => NOTHING,
    }
}

/// Whether the reader of our output went away, as `head` does: no error.
pub(crate) fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause.downcast_ref::<std::io::Error>().is_some_and(|io| io.kind() == std::io::ErrorKind::BrokenPipe)
    })
}

/// Whether standard output is a terminal.
pub(crate) fn is_terminal() -> bool {
    stdout().is_terminal()
}

/// Whether to colour: on a terminal, unless NO_COLOR is set.
pub(crate) fn colours() -> bool {
    is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}

/// Columns of the terminal, 100 where unknown.
pub(crate) fn width() -> usize {
    std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok()).unwrap_or(100)
}

/// Words in bold, on a terminal.
pub(crate) fn bold(words: &str) -> String {
    if colours() { format!("\x1b[1m{words}\x1b[0m") } else { words.to_owned() }
}

/// Words that matter less, on a terminal.
pub(crate) fn faint(words: &str) -> String {
    if colours() { format!("\x1b[2m{words}\x1b[0m") } else { words.to_owned() }
}

/// Tells on standard error how far long work is and how long it may still take; silent where that is no terminal.
pub(crate) struct Estimate {
    what: &'static str,
    all: u64,
    start: Instant,
    loud: bool,
}

impl Estimate {
    /// Work of so many parts.
    pub(crate) fn new(what: &'static str, all: u64) -> Estimate {
        Estimate { what, all, start: Instant::now(), loud: std::io::stderr().is_terminal() }
    }

    /// So many parts are done.
    pub(crate) fn at(&mut self, done: u64) {
        if !self.loud || done == 0 || self.all == 0 {
            return;
        }
        let left = self.start.elapsed().as_secs_f64() * self.all.saturating_sub(done) as f64 / done as f64;
        let end = if done >= self.all { "\r\x1b[K" } else { "" };
        eprint!("\r\x1b[K{}: {} %, about {left:.0} s left{end}", self.what, done * 100 / self.all);
        // Progress that cannot be shown is no reason to stop.
        let _ = std::io::stderr().flush();
    }
}
