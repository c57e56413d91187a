//! Who says which: for each origin what stands at a point. Nobody is ever said to be silent: where nothing was found a second
//! look by search on the words of the question tells whether the words stand there at all.

use crate::point::PointRow;
use crate::{Shelf, plural};
use case::{Case, Result};
use collate::{Point, Value};
use model::{Certainty, DocId};
use std::collections::{BTreeMap, BTreeSet};

/// What one origin has at a point.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Cell {
    /// A reading.
    Says,
    /// A reading that it is not so.
    Denies,
    /// Readings that all hedge.
    Hedges,
    /// Words of the question, but no reading.
    WordsPresent,
    /// Neither.
    NothingFound,
    /// It was not read for this.
    NotRead,
}

impl Cell {
    /// As exchange formats call it.
    pub fn word(self) -> &'static str {
        match self {
            Cell::Says => "says",
            Cell::Denies => "denies",
            Cell::Hedges => "hedges",
            Cell::WordsPresent => "words present, no reading",
            Cell::NothingFound => "nothing found",
            Cell::NotRead => "not read",
        }
    }

    /// As pages print it of so many origins.
    pub(crate) fn phrase(self, origins: usize) -> &'static str {
        match (self, origins) {
            (Cell::WordsPresent, 1) => "mentions it, but no value was found",
            (Cell::WordsPresent, _) => "mention it, but no value was found",
            _ => self.word(),
        }
    }
}

/// Makes the cells of points: what was not read is asked for once.
pub(crate) struct Cells<'c> {
    case: &'c Case,
    not_read: BTreeSet<DocId>,
}

impl<'c> Cells<'c> {
    pub(crate) fn of(case: &'c Case) -> Result<Cells<'c>> {
        Ok(Cells { case, not_read: case.not_read()? })
    }

    /// The cell of each origin by its number; `words` are those of the question.
    pub(crate) fn row(
        &self,
        shelf: &Shelf,
        point: &Point,
        row: &PointRow,
        words: &[String],
    ) -> Result<Vec<(usize, Cell)>> {
        let speaking: BTreeSet<DocId> = point.readings.iter().map(|reading| reading.origin).collect();
        let all = shelf.order.iter().all(|(_, origin)| speaking.contains(origin));
        let held = if all { BTreeSet::new() } else { self.case.holding(words)? };
        let mut cells: BTreeMap<usize, Cell> = BTreeMap::new();
        for (document, origin) in &shelf.order {
            let number = shelf.origin_number(*origin);
            let cell = match () {
                () if speaking.contains(origin) => said(point, row, *origin, number),
                () if self.not_read.contains(document) => Cell::NotRead,
                () if held.contains(document) => Cell::WordsPresent,
                () => Cell::NothingFound,
            };
            // Of several copies the one that says most.
            cells.entry(number).and_modify(|known| *known = (*known).min(cell)).or_insert(cell);
        }
        Ok(cells.into_iter().collect())
    }
}

/// What an origin with readings has: whether it denies is told by the values of all of them, how far it hedges by those that are shown.
fn said(point: &Point, row: &PointRow, origin: DocId, number: usize) -> Cell {
    let values =
        || point.readings.iter().filter(|reading| reading.origin == origin).map(|reading| &reading.value);
    let asks = values().any(|value| matches!(value, Value::Polarity(_)));
    let shown = || row.readings.iter().filter(move |reading| reading.origin == number);
    let certainty = |told: &Option<(Certainty, Vec<String>)>| {
        told.as_ref().map_or(Certainty::Asserted, |(certainty, _)| *certainty)
    };
    let denied = match asks {
        // A denial around it is folded into yes and no already.
        true => values().any(|value| *value == Value::Polarity(false)),
        false => shown().any(|reading| certainty(&reading.told) == Certainty::Denied),
    };
    let hedged =
        shown().next().is_some() && shown().all(|reading| certainty(&reading.told) > Certainty::Asserted);
    match (denied, hedged) {
        (true, _) => Cell::Denies,
        (false, true) => Cell::Hedges,
        (false, false) => Cell::Says,
    }
}

/// The origins without a reading, in words: "A=B, D: nothing found."
pub(crate) fn others(cells: &[(usize, Cell)], shelf: &Shelf) -> Vec<String> {
    let mut by_cell: BTreeMap<Cell, Vec<usize>> = BTreeMap::new();
    for (origin, cell) in cells.iter().filter(|(_, cell)| *cell >= Cell::WordsPresent) {
        by_cell.entry(*cell).or_default().push(*origin);
    }
    let names = |origins: &[usize]| match origins.len() {
        0..=6 => origins.iter().map(|origin| shelf.sigils_of(*origin)).collect::<Vec<_>>().join(", "),
        count => plural(count, "origin"),
    };
    by_cell
        .into_iter()
        .map(|(cell, origins)| format!("{}: {}.", names(&origins), cell.phrase(origins.len())))
        .collect()
}
