//! Rows: what extractors find, each with the span it stands on and the rule that made it.

use crate::claim::Claim;
use crate::span::{Span, Spans};
use crate::time::{Bounds, Calendar, Day, Modifier, Refused, Stretch, Tree, Unit, Value};
use serde::{Deserialize, Serialize};

/// The rule that made a row, for example `quantity.digits`; `stemma why` prints what it does.
pub type RuleId = &'static str;

/// The rows of one document, one vector per layer, each in text order.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Layers {
    /// Counts and amounts.
    pub quantities: Vec<Quantity>,
    /// Times.
    pub times: Vec<Time>,
    /// Places.
    pub places: Vec<Place>,
    /// Names.
    pub names: Vec<Name>,
    /// Who says what.
    pub attributions: Vec<Attribution>,
    /// What is said to have happened.
    pub claims: Vec<Claim>,
}

impl Layers {
    /// How many rows there are in all layers.
    pub fn len(&self) -> usize {
        self.quantities.len()
            + self.times.len()
            + self.places.len()
            + self.names.len()
            + self.attributions.len()
            + self.claims.len()
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
    /// How the words qualify it.
    pub change: Change,
    /// Its unit in plain English singular ("kilometre", "dollar per barrel", "year of age"); where it has none, the
    /// counted nouns. Empty where nothing is said.
    pub unit: String,
    /// The unit's code: UCUM, of money ISO 4217; empty where there is none.
    pub code: String,
    /// What is counted, or what the measure is of, as printed.
    pub noun: Option<Span>,
    /// What is counted, folded to one form, with the unit where there is one: the blocking key of a comparison. Empty
    /// where nothing is said.
    pub counted: String,
    /// The rule that made it.
    #[serde(skip_deserializing)]
    pub by: RuleId,
}

/// How words qualify a number.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Change {
    /// As said.
    Same,
    /// About.
    About,
    /// At most.
    AtMost,
    /// At least.
    AtLeast,
    /// More by so much.
    Up,
    /// Less by so much.
    Down,
}

impl Change {
    /// All of them.
    pub const ALL: [Change; 6] =
        [Change::Same, Change::About, Change::AtMost, Change::AtLeast, Change::Up, Change::Down];

    /// The sign stored in a case and written in rows.
    pub fn sign(self) -> &'static str {
        ["=", "~", "<", ">", "up", "down"][self as usize]
    }

    /// The value of a sign.
    pub fn from_sign(sign: &str) -> Option<Change> {
        Change::ALL.into_iter().find(|change| change.sign() == sign)
    }
}

/// A time expression: what its words say, what it was resolved to, and what that leans on.
#[derive(Clone, PartialEq, Debug)]
pub struct Time {
    /// The words.
    pub span: Span,
    /// What the words say.
    pub tree: Tree,
    /// What they mean, with what cannot be told left open.
    pub value: Value,
    /// How the words qualify it.
    pub modifier: Option<Modifier>,
    /// Between which moments it lies; `None` where no year can be told, and for lengths that hang on nothing.
    pub bounds: Option<Bounds>,
    /// The end of the range it begins.
    pub to: Option<Calendar>,
    /// The words it leans on: the day of "the same day".
    pub anchor: Option<Span>,
    /// Another reading, and why it was refused.
    pub refused: Option<Refused>,
    /// The nearest word for a happening in the sentence.
    pub beside: Option<Span>,
    /// The class of that word: the blocking key of a comparison. Empty where there is none.
    pub about: String,
    /// The rule that made it.
    pub by: RuleId,
}

impl Time {
    /// Whether its words name a day of a month: "March 5", not "Tuesday" and not "the same day".
    pub fn names_a_day(&self) -> bool {
        let day = matches!(self.value, Value::Calendar(Calendar { day: Some(Day::OfMonth(_)), .. }));
        day && matches!(self.by, "time.date" | "time.numeric" | "time.day-part")
    }

    /// The value in EDTF, the whole range where it begins one; `None` where EDTF has no form for it.
    pub fn edtf(&self) -> Option<String> {
        match (self.value, self.to) {
            (Value::Calendar(from), Some(to)) => Value::Interval(from, to).edtf(None),
            (value, _) => value.edtf(self.modifier),
        }
    }

    /// The date as points compare it; `None` for lengths, sets and references, and for times with no month.
    pub fn stretch(&self) -> Option<Stretch> {
        let (from, to) = match self.value {
            Value::Calendar(from) => (from, self.to),
            Value::Interval(from, to) => (from, Some(to)),
            _ => return None,
        };
        (from.grain() <= Unit::Month).then(|| Stretch {
            from,
            to,
            modifier: self.modifier,
            bounds: self.range_bounds(),
        })
    }

    /// What it says in plain words.
    pub fn gloss(&self) -> String {
        match (self.value, self.to) {
            (Value::Calendar(from), Some(to)) => Value::Interval(from, to).gloss(None),
            (value, _) => value.gloss(self.modifier),
        }
    }

    /// The bounds of the whole range where it begins one.
    pub fn range_bounds(&self) -> Option<Bounds> {
        match self.to.map(|to| Value::Calendar(to).bounds(None)) {
            Some(to) => Some(Bounds::from_to(self.bounds?, to?)),
            None => self.bounds,
        }
    }
}

/// What kind of place a name is laid at.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PlaceClass {
    /// A town, city or village.
    City,
    /// A division of the first order.
    Region,
    /// A division of the second order.
    District,
    /// A country.
    Country,
    /// A part of the world larger than a country.
    Area,
    /// A street, water or building; its point is that of a place beside it.
    Site,
}

impl PlaceClass {
    /// All classes.
    pub const ALL: [PlaceClass; 6] = [
        PlaceClass::City,
        PlaceClass::Region,
        PlaceClass::District,
        PlaceClass::Country,
        PlaceClass::Area,
        PlaceClass::Site,
    ];

    /// The word stored in a case.
    pub fn word(self) -> &'static str {
        ["city", "region", "district", "country", "area", "site"][self as usize]
    }
}

/// How a name of a place is used.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PlaceUse {
    /// The place itself.
    Literal,
    /// Those who govern there: "Ankara rejected the offer".
    Government,
    /// People or things of it: "Norwegian".
    Demonym,
}

impl PlaceUse {
    /// All uses.
    pub const ALL: [PlaceUse; 3] = [PlaceUse::Literal, PlaceUse::Government, PlaceUse::Demonym];

    /// The word stored in a case.
    pub fn word(self) -> &'static str {
        ["literal", "government", "demonym"][self as usize]
    }
}

/// A place that words name, and where a document alone would lay it.
#[derive(Clone, PartialEq, Debug)]
pub struct Place {
    /// The words.
    pub span: Span,
    /// Its name in the gazetteer.
    pub name: String,
    /// Its number in GeoNames, where it is known.
    pub id: Option<u32>,
    /// Degrees north; of an area the mean of its towns.
    pub latitude: f32,
    /// Degrees east.
    pub longitude: f32,
    /// ISO 3166-1 code of its country.
    pub country: String,
    /// What kind of place it is.
    pub class: PlaceClass,
    /// How the name is used.
    pub usage: PlaceUse,
    /// How many places bear the name.
    pub candidates: u32,
    /// The time nearest to it in its sentence: when something was there, as far as a sentence tells.
    pub when: Option<Span>,
    /// The rule that made it.
    pub by: RuleId,
}

/// What a name is a name of.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NameClass {
    /// Somebody.
    Person,
    /// A body of people: a state organ, party, firm, outlet, armed force.
    Organisation,
    /// A place, a country among them.
    Place,
    /// Something that happened and has a name: an election, a battle.
    Event,
    /// Something else: a work, a law, a people, a product.
    Other,
}

impl NameClass {
    /// All classes.
    pub const ALL: [NameClass; 5] =
        [NameClass::Person, NameClass::Organisation, NameClass::Place, NameClass::Event, NameClass::Other];

    /// The word stored in a case.
    pub fn word(self) -> &'static str {
        ["person", "organisation", "place", "event", "other"][self as usize]
    }

    /// The value of a stored word.
    pub fn from_word(word: &str) -> Option<NameClass> {
        NameClass::ALL.into_iter().find(|class| class.word() == word)
    }
}

/// A name, without its title and its possessive.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Name {
    /// The words.
    pub span: Span,
    /// The words before it that say what the person is: "former Prime Minister".
    pub title: Option<Span>,
    /// What it is a name of.
    pub class: NameClass,
    /// The rule that made it.
    pub by: RuleId,
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

/// On whose word something stands.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SourceKind {
    /// The author of the text.
    Author,
    /// A person or body by its name, or a word that leads to one.
    Named,
    /// Somebody without a name: "local people", "one expert".
    Anonymous,
    /// Nobody in particular: "it is believed".
    Unspecified,
    /// A thing that shows it: "the footage".
    Evidence,
    /// Nobody at all: "no one foresaw".
    Nobody,
}

impl SourceKind {
    /// All kinds.
    pub const ALL: [SourceKind; 6] = [
        SourceKind::Author,
        SourceKind::Named,
        SourceKind::Anonymous,
        SourceKind::Unspecified,
        SourceKind::Evidence,
        SourceKind::Nobody,
    ];

    /// The word stored in a case.
    pub fn word(self) -> &'static str {
        ["author", "named", "anonymous", "unspecified", "evidence", "nobody"][self as usize]
    }

    /// The value of a stored word.
    pub fn from_word(word: &str) -> Option<SourceKind> {
        SourceKind::ALL.into_iter().find(|kind| kind.word() == word)
    }
}

/// How certainly the text gives a statement: what it says, not what is true.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Certainty {
    /// Flatly.
    Asserted,
    /// As likely: "believes", "probably".
    Probable,
    /// As possible: "may", "perhaps".
    Possible,
    /// As something only said: "allegedly", "rumours of".
    Unsupported,
    /// As not so.
    Denied,
}

impl Certainty {
    /// All degrees, the firmest first.
    pub const ALL: [Certainty; 5] = [
        Certainty::Asserted,
        Certainty::Probable,
        Certainty::Possible,
        Certainty::Unsupported,
        Certainty::Denied,
    ];

    /// The word stored in a case.
    pub fn word(self) -> &'static str {
        ["asserted", "probable", "possible", "unsupported", "denied"][self as usize]
    }

    /// The value of a stored word.
    pub fn from_word(word: &str) -> Option<Certainty> {
        Certainty::ALL.into_iter().find(|certainty| certainty.word() == word)
    }
}

/// Something said on somebody's word.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Attribution {
    /// Who says it; empty where nobody is named.
    pub source: Vec<Span>,
    /// The words that tell that it is said.
    pub cue: Vec<Span>,
    /// What is said, in one piece or several.
    pub content: Spans,
    /// What kind of source it is.
    pub kind: SourceKind,
    /// How certainly it is said.
    pub certainty: Certainty,
    /// Whether the source says that it is so, or that it is not.
    pub polarity: Polarity,
    /// Numbers of references that stand in it.
    pub refs: Vec<u32>,
    /// The attribution whose content holds this one, by its place in the list.
    pub parent: Option<u32>,
    /// The rule that made it.
    pub by: RuleId,
}

/// Whether something is said to be so.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Polarity {
    /// It is so.
    Positive,
    /// It is not so.
    Negative,
}

impl Polarity {
    /// The word stored in a case.
    pub fn word(self) -> &'static str {
        ["positive", "negative"][self as usize]
    }

    /// The value of a stored word.
    pub fn from_word(word: &str) -> Option<Polarity> {
        [Polarity::Positive, Polarity::Negative].into_iter().find(|polarity| polarity.word() == word)
    }

    /// The other one.
    pub fn flipped(self) -> Polarity {
        match self {
            Polarity::Positive => Polarity::Negative,
            Polarity::Negative => Polarity::Positive,
        }
    }
}
