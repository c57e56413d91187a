//! Rows: what extractors find, each with the span it stands on and the rule that made it.

use crate::span::Span;
use serde::{Deserialize, Serialize};
use std::fmt;

/// The rule that made a row, for example `quantity.digits`; `stemma why` prints what it does.
pub type RuleId = &'static str;

/// The rows of one document, one vector per layer, each in text order.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Layers {
    /// Counts and amounts.
    pub quantities: Vec<Quantity>,
    /// Calendar days.
    pub times: Vec<Time>,
}

impl Layers {
    /// How many rows there are in all layers.
    pub fn len(&self) -> usize {
        self.quantities.len() + self.times.len()
    }

    /// Whether nothing was found.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// A number of something: an interval with the words kept.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Quantity {
    /// The words of the number, with the words that bound it ("just over 2,000").
    pub span: Span,
    /// Least value; `None` = open.
    pub low: Option<f64>,
    /// Greatest value; `None` = open.
    pub high: Option<f64>,
    /// `=` as said, `~` about, `<` at most, `>` at least.
    pub change: char,
    /// What is counted, as printed.
    pub noun: Option<Span>,
    /// What is counted, folded to one form: the blocking key of a comparison.
    pub counted: String,
    /// The rule that made it.
    #[serde(skip_deserializing)]
    pub by: RuleId,
}

/// A calendar date that may lack its year, and in which the month is always known.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct Date {
    /// Year, where the words say it.
    pub year: Option<i16>,
    /// Month, 1 to 12.
    pub month: u8,
    /// Day, 1 to 31, where the words say it.
    pub day: Option<u8>,
}

impl Date {
    /// Whether both could be the same day: what one leaves open the other may fill.
    pub fn agrees(self, other: Date) -> bool {
        let open_or_same = |a: Option<i32>, b: Option<i32>| match (a, b) {
            (Some(a), Some(b)) => a == b,
            _ => true,
        };
        self.month == other.month
            && open_or_same(self.year.map(i32::from), other.year.map(i32::from))
            && open_or_same(self.day.map(i32::from), other.day.map(i32::from))
    }
}

impl fmt::Display for Date {
    /// EDTF (ISO 8601-2): `2022-01-05`, `2022-01`, and `XXXX-01-05` where no year is said.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.year {
            Some(year) => write!(f, "{year:04}")?,
            None => f.write_str("XXXX")?,
        }
        write!(f, "-{:02}", self.month)?;
        self.day.map_or(Ok(()), |day| write!(f, "-{day:02}"))
    }
}

/// A calendar date, or a range of days, as the words give it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Time {
    /// The words of the date.
    pub span: Span,
    /// First day.
    pub from: Date,
    /// Last day; the same as `from` for a single day.
    pub to: Date,
    /// The nearest word for a happening in the sentence.
    pub beside: Option<Span>,
    /// The class of that word: the blocking key of a comparison. Empty where there is none.
    pub about: String,
    /// The rule that made it.
    #[serde(skip_deserializing)]
    pub by: RuleId,
}

impl Time {
    /// EDTF: one date, or `from/to`.
    pub fn edtf(&self) -> String {
        match self.from == self.to {
            true => self.from.to_string(),
            false => format!("{}/{}", self.from, self.to),
        }
    }
}

/// What a notice says.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NoticeKind {
    /// Who signed the text.
    Byline,
    /// That it appeared elsewhere before.
    Republished,
    /// By whose courtesy it is printed.
    Courtesy,
    /// The agency whose copy it is.
    Agency,
    /// That it was translated.
    Translated,
    /// Under what licence it may be reprinted.
    Licence,
    /// Who the authors are.
    Authors,
    /// That it is somebody's summary and not the account itself.
    Summary,
}

impl NoticeKind {
    /// All kinds.
    pub const ALL: [NoticeKind; 8] = [
        NoticeKind::Byline,
        NoticeKind::Republished,
        NoticeKind::Courtesy,
        NoticeKind::Agency,
        NoticeKind::Translated,
        NoticeKind::Licence,
        NoticeKind::Authors,
        NoticeKind::Summary,
    ];

    /// The word stored in a case.
    pub fn word(self) -> &'static str {
        match self {
            NoticeKind::Byline => "byline",
            NoticeKind::Republished => "republished",
            NoticeKind::Courtesy => "courtesy",
            NoticeKind::Agency => "agency",
            NoticeKind::Translated => "translated",
            NoticeKind::Licence => "licence",
            NoticeKind::Authors => "authors",
            NoticeKind::Summary => "summary",
        }
    }

    /// The value of a stored word.
    pub fn from_word(word: &str) -> Option<NoticeKind> {
        NoticeKind::ALL.into_iter().find(|kind| kind.word() == word)
    }

    /// What it means, for a reader; a name may follow after a colon.
    pub fn gloss(self) -> &'static str {
        match self {
            NoticeKind::Byline => "signed",
            NoticeKind::Republished => "says it was published before",
            NoticeKind::Courtesy => "printed by courtesy",
            NoticeKind::Agency => "credits an agency",
            NoticeKind::Translated => "translated or edited",
            NoticeKind::Licence => "states terms of reprinting",
            NoticeKind::Authors => "introduces its authors",
            NoticeKind::Summary => "says it is a summary",
        }
    }
}

/// Words in which a text speaks of its own making: evidence for lineage, kept as such.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Notice {
    /// The words.
    pub span: Span,
    /// What they say.
    pub kind: NoticeKind,
    /// The name in them ("Open Review"), where one is given.
    pub name: Option<Span>,
}
