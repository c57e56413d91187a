//! Rows for people, for pipes and for programs: a table on a terminal, TSV in a pipe, NDJSON with `--json`.

use crate::terminal::{faint, is_terminal, width};
use serde_json::Value;
use std::io::{self, Write};

/// Rows printed on a terminal.
const SCREENFUL: usize = 50;

/// The form rows are printed in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Form {
    Table,
    Tsv,
    Json,
}

impl Form {
    /// How many rows are printed where the user asks for so many: what a program reads is whole unless it asks for less.
    pub(crate) fn rows(self, limit: Option<usize>) -> usize {
        limit.unwrap_or(if self == Form::Table { SCREENFUL } else { usize::MAX })
    }

    /// JSON where asked for, else by what standard output is.
    pub(crate) fn of(json: bool) -> Form {
        match (json, is_terminal()) {
            (true, _) => Form::Json,
            (false, true) => Form::Table,
            (false, false) => Form::Tsv,
        }
    }
}

/// A cell without what would break a row or move a terminal's pen.
fn plain(cell: &str) -> String {
    cell.replace(|c: char| c.is_control(), " ")
}

/// Prints rows under columns as a table or as TSV.
pub(crate) fn print_table(form: Form, columns: &[&str], rows: &[Vec<String>]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    match form {
        Form::Json => {
            for row in rows {
                let object: serde_json::Map<String, Value> = columns
                    .iter()
                    .zip(row)
                    .map(|(column, cell)| ((*column).to_owned(), Value::from(cell.as_str())))
                    .collect();
                writeln!(out, "{}", Value::Object(object))?;
            }
        }
        Form::Tsv => {
            writeln!(out, "{}", columns.join("\t"))?;
            for row in rows {
                let cells: Vec<String> = row.iter().map(|cell| plain(cell)).collect();
                writeln!(out, "{}", cells.join("\t"))?;
            }
        }
        Form::Table => {
            let widths = widths(columns, rows, width());
            let line = |cells: &[String]| {
                let padded = cells.iter().zip(&widths).map(|(cell, width)| fit(&plain(cell), *width));
                padded.collect::<Vec<_>>().join("  ").trim_end().to_owned()
            };
            let head: Vec<String> = columns.iter().map(|column| (*column).to_owned()).collect();
            writeln!(out, "{}", faint(&line(&head)))?;
            for row in rows {
                writeln!(out, "{}", line(row))?;
            }
        }
    }
    Ok(())
}

/// Prints a line; a reader that has gone away is an error, not a panic.
pub(crate) fn say(line: &str) -> io::Result<()> {
    writeln!(io::stdout().lock(), "{line}")
}

/// Prints one JSON value a line.
pub(crate) fn print_json<'a>(values: impl IntoIterator<Item = &'a Value>) -> io::Result<()> {
    let mut out = io::stdout().lock();
    values.into_iter().try_for_each(|value| writeln!(out, "{value}"))
}

/// Widths of columns: as wide as their cells, the widest shortened until all fit.
fn widths(columns: &[&str], rows: &[Vec<String>], total: usize) -> Vec<usize> {
    let cell = |at: usize| rows.iter().map(move |row| row.get(at).map_or(0, |cell| cell.chars().count()));
    let mut widths: Vec<usize> = columns
        .iter()
        .enumerate()
        .map(|(at, column)| cell(at).max().unwrap_or(0).max(column.chars().count()))
        .collect();
    while widths.iter().sum::<usize>() + 2 * widths.len().saturating_sub(1) > total {
        let Some(widest) = widths.iter_mut().max().filter(|width| **width > 12) else { break };
        *widest -= 1;
    }
    widths
}

fn fit(cell: &str, width: usize) -> String {
    let one_line = cell.replace(['\n', '\r', '\t'], " ");
    let length = one_line.chars().count();
    match length > width {
        true => one_line.chars().take(width.saturating_sub(1)).chain(['…']).collect(),
        false => format!("{one_line}{}", " ".repeat(width - length)),
    }
}
