//! Claims: what a text says happened, who it says did it, and what it says it was like.

use crate::rows::{Certainty, Polarity, RuleId};
use crate::span::Span;

/// What a claim speaks of.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum ClaimKind {
    /// That something happened: somebody was detained, a line was cut.
    Happening,
    /// Who stands behind what happened.
    Blame,
    /// What it was like: planned or not, peaceful or not.
    Quality,
    /// Who or what belongs to a whole.
    Member,
    /// That somebody took back what was said.
    Retraction,
    /// What it is called.
    Label,
}

impl ClaimKind {
    /// All kinds.
    pub const ALL: [ClaimKind; 6] = [
        ClaimKind::Happening,
        ClaimKind::Blame,
        ClaimKind::Quality,
        ClaimKind::Member,
        ClaimKind::Retraction,
        ClaimKind::Label,
    ];

    /// The word stored in a case.
    pub fn word(self) -> &'static str {
        ["happening", "blame", "quality", "member", "retraction", "label"][self as usize]
    }

    /// The value of a stored word.
    pub fn from_word(word: &str) -> Option<ClaimKind> {
        ClaimKind::ALL.into_iter().find(|kind| kind.word() == word)
    }
}

/// Something a clause says. Whether it is so is not asked.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Claim {
    /// The words that say it: a clause or the part of one.
    pub span: Span,
    /// What it speaks of.
    pub kind: ClaimKind,
    /// The class of the happening, or the question of a quality: "detain", "planned".
    pub class: String,
    /// The word that tells it.
    pub predicate: Span,
    /// Those who did it, stand behind it or belong to it, in order.
    pub agents: Vec<Span>,
    /// What it was done to, or what it is said of.
    pub object: Option<Span>,
    /// The nouns of the object in the singular, the one the others hang on first; nouns of one meaning as one word.
    pub about: Vec<String>,
    /// When, where a time stands in its clause: the span of the time.
    pub time: Option<Span>,
    /// Where, as far as its clause tells: words behind "in", "at" or "near" with a name in them.
    pub place: Option<Span>,
    /// Whether the words tell of its beginning.
    pub begins: bool,
    /// Whether it is said to be so.
    pub polarity: Polarity,
    /// How certainly the clause gives it, whoever says it.
    pub certainty: Certainty,
    /// The rule that made it.
    pub by: RuleId,
}
