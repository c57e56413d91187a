//! Exit codes, colour and the width of the terminal.

use std::io::{IsTerminal, stdout};

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
