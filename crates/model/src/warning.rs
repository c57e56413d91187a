//! Warnings: what a stage could not do, said with the place where it happened.
//!
//! Core stages cannot fail. What they meet and cannot use is kept as a warning with a span, stored with the
//! document and shown on its page.

use crate::span::Span;
use serde::{Deserialize, Serialize};

/// Something a reader or a stage noticed and a person should know.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Warning {
    /// Where in the document's text; `None` where it concerns the whole document.
    pub span: Option<Span>,
    /// What happened, lower case, no final dot.
    pub text: String,
    /// What to do about it; may be empty.
    pub hint: String,
}

impl Warning {
    /// A warning that concerns the whole document.
    pub fn whole(text: impl Into<String>, hint: impl Into<String>) -> Warning {
        Warning { span: None, text: text.into(), hint: hint.into() }
    }

    /// A warning about one place.
    pub fn at(span: Span, text: impl Into<String>, hint: impl Into<String>) -> Warning {
        Warning { span: Some(span), text: text.into(), hint: hint.into() }
    }
}
