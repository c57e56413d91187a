//! The build of a sentence: its words as treebanks cut them, their kinds, and which hangs on which.

mod form;
mod lexeme;

pub use form::{Form, Known, forms};
pub use lexeme::lexemes;
