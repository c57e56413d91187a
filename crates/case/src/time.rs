//! What a time row means, packed: trees are small in memory and must stay small in the file.

use crate::error::{Error, Result};
use model::time::{Bounds, Calendar, Modifier, Refused, Stretch, Tree, Value};
use model::{Span, Time};
use serde::{Deserialize, Serialize};

/// The parts of a time row that are no columns of their own.
#[derive(Serialize, Deserialize)]
pub(crate) struct Meaning {
    /// Only where the words say something else than their value: most do not.
    tree_of_words: Option<Tree>,
    pub(crate) value: Value,
    pub(crate) modifier: Option<Modifier>,
    /// Only where they are not those of the value.
    bounds_of_words: Option<Option<Bounds>>,
    #[serde(skip)]
    pub(crate) bounds: Option<Bounds>,
    pub(crate) to: Option<Calendar>,
    pub(crate) refused: Option<Refused>,
}

/// A row in the postcard format, bounds left out where its value gives them.
pub(crate) fn pack(row: &Time) -> Result<Vec<u8>> {
    let own = row.value.bounds(row.modifier);
    let meaning = Meaning {
        tree_of_words: (plain(row.value).as_ref() != Some(&row.tree)).then(|| row.tree.clone()),
        value: row.value,
        modifier: row.modifier,
        bounds_of_words: (row.bounds != own).then_some(row.bounds),
        bounds: None,
        to: row.to,
        refused: row.refused.clone(),
    };
    postcard::to_allocvec(&meaning)
        .map_err(|cause| Error::Refused(format!("a time cannot be packed: {cause}")))
}

/// The row of some packed bytes; `None` where they are none.
pub(crate) fn unpack(bytes: &[u8]) -> Option<Meaning> {
    let mut meaning: Meaning = postcard::from_bytes(bytes).ok()?;
    meaning.bounds = match meaning.bounds_of_words {
        Some(bounds) => bounds,
        None => meaning.value.bounds(meaning.modifier),
    };
    Some(meaning)
}

impl Meaning {
    /// What the words say.
    pub(crate) fn tree(&self) -> Tree {
        let own = || plain(self.value).unwrap_or(Tree::Anchor);
        self.tree_of_words.clone().unwrap_or_else(own)
    }
}

/// The tree of words that say their value and no more.
fn plain(value: Value) -> Option<Tree> {
    match value {
        Value::Calendar(calendar) => Some(Tree::Calendar(calendar)),
        Value::Duration(amount, unit) => Some(Tree::Length(amount, unit)),
        Value::Reference(reference) => Some(Tree::Reference(reference)),
        Value::Interval(..) | Value::Every(..) | Value::EverySuch(_) => None,
    }
}

/// The date of a packed row, as points compare it.
pub(crate) fn stretch(bytes: &[u8]) -> Option<Stretch> {
    let meaning = unpack(bytes)?;
    let row = Time {
        span: Span::new(0, 1),
        tree: meaning.tree(),
        value: meaning.value,
        modifier: meaning.modifier,
        bounds: meaning.bounds,
        to: meaning.to,
        anchor: None,
        refused: None,
        beside: None,
        about: String::new(),
        by: "",
    };
    row.stretch()
}
