//! The build of a sentence: its words as treebanks cut them, their kinds, and which hangs on which.

mod form;
pub mod learn;
mod lexeme;
mod mend;
mod parse;
mod tag;
mod tree;

pub use form::{Form, forms};
pub use lexeme::lexemes;
pub use tree::{Kind, Relation, Tree, Word, tree};
