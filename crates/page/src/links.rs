//! Where links lead: to the pages of the workbench, or to places within one report.

use model::DocId;

/// The setting in which pages are shown.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Links {
    /// Pages served one by one.
    Served,
    /// Pages bound into one file.
    Report,
}

impl Links {
    /// A document.
    pub fn document(self, id: DocId) -> String {
        match self {
            Links::Served => format!("/d/{id}"),
            Links::Report => format!("#d-{id}"),
        }
    }

    /// Words in a document, given in code points; `passage` is the first byte of their passage.
    pub fn words(self, id: DocId, (start, end): (usize, usize), passage: usize) -> String {
        match self {
            Links::Served => format!("/d/{id}?s={start}-{end}#hit"),
            Links::Report => format!("#d-{id}-p{passage}"),
        }
    }

    /// An origin, by its number.
    pub fn origin(self, number: usize) -> String {
        match self {
            Links::Served => format!("/origins#o{number}"),
            // A report lists only the first origins.
            Links::Report => "#origins".to_owned(),
        }
    }

    /// Where some words are said; a report cannot be searched.
    pub fn search(self, words: &str) -> Option<String> {
        (self == Links::Served).then(|| format!("/search?q={}", encoded(&format!("\"{words}\""))))
    }

    /// Two documents side by side; a report binds only those of one origin.
    pub fn compare(self, a: DocId, b: DocId) -> String {
        let (a, b) = (a.min(b), a.max(b));
        match self {
            Links::Served => format!("/compare/{a}..{b}"),
            Links::Report => format!("#compare-{a}-{b}"),
        }
    }

    /// A page that every case has: `origins`, `points`, `actors`, `places`, `search`, `method`, or empty for the overview.
    pub fn page(self, name: &str) -> String {
        match self {
            Links::Served => format!("/{name}"),
            Links::Report => format!("#{}", if name.is_empty() { "case" } else { name }),
        }
    }
}

/// Words as they stand in an address.
pub fn encoded(words: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte);
    words
        .bytes()
        .map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}
