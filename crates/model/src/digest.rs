//! Identities: every capture, text, document and row is named by a hash of what it is.
//!
//! A name never depends on when or in which order something was added, so that two cases built from the
//! same accounts agree row for row. Documents carry 48 bits, which SQLite keeps in six bytes a row and
//! which a person can still read out (twelve hexadecimal digits); `case` refuses the rare clash with a
//! clear error instead of joining two documents.

use crate::span::Spans;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::fmt;
use std::str::FromStr;

/// SHA-256 of archived bytes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CaptureId(pub [u8; 32]);

impl CaptureId {
    /// The identity of these bytes.
    pub fn of(bytes: &[u8]) -> CaptureId {
        CaptureId(Sha256::digest(bytes).into())
    }
}

impl fmt::Display for CaptureId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for CaptureId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CaptureId({self})")
    }
}

macro_rules! short_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(into = "String", try_from = "String")]
        pub struct $name(u64);

        impl $name {
            /// From the number SQLite holds: `None` outside 0..2⁴⁸.
            pub fn from_number(number: i64) -> Option<$name> {
                u64::try_from(number).ok().filter(|n| n >> 48 == 0).map($name)
            }

            /// As the number SQLite holds, 0..2⁴⁸.
            pub fn number(self) -> i64 {
                self.0 as i64
            }

            fn of_parts(parts: &[&[u8]]) -> $name {
                $name(hash48(parts))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{:012x}", self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{self}")
            }
        }

        impl FromStr for $name {
            type Err = String;

            fn from_str(digits: &str) -> Result<$name, String> {
                if digits.len() != 12 {
                    return Err(format!("`{digits}` is not an id of twelve hexadecimal digits"));
                }
                u64::from_str_radix(digits, 16)
                    .map($name)
                    .map_err(|_| format!("`{digits}` is not an id of twelve hexadecimal digits"))
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> String {
                id.to_string()
            }
        }

        impl TryFrom<String> for $name {
            type Error = String;

            fn try_from(digits: String) -> Result<$name, String> {
                digits.parse()
            }
        }
    };
}

short_id! {
    /// The identity of a document: its capture, its part in the capture, and what was declared of it.
    DocId
}
short_id! {
    /// The identity of a text: a cache key only. Two outlets printing the same words are two documents.
    TextId
}
short_id! {
    /// The identity of a row of a layer: its document, its layer and its spans.
    RowId
}

impl DocId {
    /// The identity of the document at `part` of a capture, read in a format; `declared` is its URL, else its
    /// declared outlet, else its record id, else empty. Where and when it was captured plays no part.
    pub fn of(capture: CaptureId, part: u32, format: &str, declared: &str) -> DocId {
        DocId::of_parts(&[&capture.0, &part.to_le_bytes(), format.as_bytes(), declared.as_bytes()])
    }
}

impl TextId {
    /// The identity of these words.
    pub fn of(text: &str) -> TextId {
        TextId::of_parts(&[text.as_bytes()])
    }
}

impl RowId {
    /// The identity of a row.
    pub fn of(document: DocId, layer: &str, spans: &Spans) -> RowId {
        let mut place = Vec::new();
        for span in spans.iter() {
            place.extend((span.start() as u32).to_le_bytes());
            place.extend((span.end() as u32).to_le_bytes());
        }
        RowId::of_parts(&[&document.0.to_le_bytes(), layer.as_bytes(), &place])
    }
}

/// The first 48 bits of a SHA-256 over length-prefixed parts.
fn hash48(parts: &[&[u8]]) -> u64 {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update((part.len() as u64).to_le_bytes());
        hasher.update(part);
    }
    let digest = hasher.finalize();
    digest.iter().take(6).fold(0, |number, byte| number << 8 | u64::from(*byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_read_back_as_they_print() {
        let id = DocId::of(CaptureId::of(b"text"), 0, "text", "");
        assert_eq!(id.to_string().parse::<DocId>(), Ok(id));
        assert_eq!(DocId::from_number(id.number()), Some(id));
        assert!("xyz".parse::<DocId>().is_err());
    }

    #[test]
    fn the_same_words_of_two_outlets_are_two_documents() {
        let capture = CaptureId::of(b"wire copy");
        assert_ne!(DocId::of(capture, 0, "text", "One Daily"), DocId::of(capture, 0, "text", "Other Daily"));
    }
}
