//! One document to its layers of rows.
//!
//! Each extractor is one Rust file and one rule file whose examples run as tests; [`EXTRACTORS`] lists
//! them. An extractor sees one document and nothing else: what other documents say is for `collate`.
//!
//! ```
//! let layers = annotate::annotate("Nearly 400 dockers walked out on March 6, 1984.", Some("en"));
//! assert_eq!(layers.quantities[0].high, Some(400.0));
//! assert_eq!(layers.times[0].value.timex(), "1984-03-06");
//! ```
//!
//! This crate knows nothing of: SQLite, HTTP, files, clocks, other documents, analysts' judgements.

mod attribution;
mod citation;
mod claim;
mod gender;
mod hash;
mod hedge;
mod label;
mod lexicon;
pub mod linear;
pub mod name;
pub mod net;
mod piece;
mod place;
mod quantity;
mod quotation;
pub mod rules;
mod seam;
mod sum;
pub mod syntax;
mod time;
mod vague;
mod words;

pub use attribution::{is_hedged, says_no};
pub use citation::{Citation, bare_address, citations, cited_documents};
pub use claim::{
    Asked, called, class_of_person, class_words, is_done_abroad, is_incident, is_occasion, question,
};
pub use gender::{Gender, gender_of, gender_of_pronoun};
pub use hedge::{Hedge, Strength, hedges};
pub use label::{Label, event_labels, is_loaded, person_label};
pub use lexicon::{company_of, is_common};
pub use piece::{Telling, pieces, telling_words};
pub use place::{DatedName, PlaceCandidate, candidates, country_name, dated_name, dated_names, place_key};
pub use quotation::{Quoted, quotations, quoted_spans};
pub use seam::{Seam, SeamKind, seams};
pub use sum::{Sum, SumKind, sums};
pub use time::address_dates;
pub use vague::{vague_number, vague_tables};
pub use words::{base, is_month, is_weekday};

use model::passage::{Markup, passages};
use model::{Document, Known, KnownFrom, Layers, Passage, PassageKind, Place, Quantity, Span, Time};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

/// What an extractor may look at.
pub struct Cx<'a> {
    /// The words.
    pub text: &'a str,
    /// The sentences to read, in order.
    pub sentences: Vec<Span>,
    /// The passages, in order.
    pub passages: &'a [Passage],
    /// When the document was published and how that is known.
    pub published: Option<&'a Known>,
    /// Where it stood.
    pub url: Option<&'a str>,
    /// Sentences that are parsed already.
    pub trees: Trees,
}

/// The sentences of a document that one extractor parsed, for the next.
#[derive(Default)]
pub struct Trees(RefCell<BTreeMap<usize, Rc<syntax::Tree>>>);

impl Cx<'_> {
    /// How a sentence is built, by its place in the list.
    pub fn tree(&self, at: usize) -> Rc<syntax::Tree> {
        let made = || {
            Rc::new(self.sentences.get(at).map_or_else(syntax::Tree::default, |sentence| {
                syntax::tree(self.text, behind_dateline(self.text, *sentence))
            }))
        };
        self.trees.0.borrow_mut().entry(at).or_insert_with(made).clone()
    }
}

/// A sentence without the place and day that wire copy sets before it: "BERGEN, May 3 (Wire) - The ferry sank."
fn behind_dateline(text: &str, sentence: Span) -> Span {
    const LONGEST: usize = 70;
    let words = sentence.of(text);
    let head = &words[..words.floor_char_boundary(LONGEST)];
    let dash =
        [" - ", " – ", " — ", " -- "].iter().filter_map(|dash| Some((head.find(dash)?, dash.len()))).min();
    let Some((at, dash)) = dash else { return sentence };
    let place = head[..at].split([',', ' ', '(']).next().unwrap_or_default();
    let shouted = place.chars().count() > 2 && place.chars().all(char::is_uppercase);
    let light = |word: &str| {
        word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || c == '(') || word.len() < 3
    };
    let from = sentence.start() + at + dash;
    match shouted && head[..at].split(' ').all(light) && from < sentence.end() {
        true => Span::new(from, sentence.end()),
        false => sentence,
    }
}

/// When an extractor reads a document.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Tier {
    /// As it is added.
    Fast,
    /// Later, where there are many: it leans on learnt weights and takes its time.
    Deep,
}

/// One kind of row and how it is found.
pub struct Extractor {
    /// Its name: `quantity`.
    pub name: &'static str,
    /// Raised whenever its rows change, so that stored rows are made again.
    pub version: u16,
    /// What it finds, for the list of extractors.
    pub about: &'static str,
    /// Words it finds something in.
    pub example: &'static str,
    /// Languages it reads (BCP 47).
    pub languages: &'static [&'static str],
    /// Its rule file.
    pub rules: &'static str,
    /// When it is read.
    pub tier: Tier,
    run: fn(&Cx, &mut Layers),
}

/// All extractors, in the order they run: numbers are read where no time is. A new one is one file, one rule file and one line here.
pub const EXTRACTORS: &[Extractor] =
    &[time::TIME, quantity::QUANTITY, place::PLACE, name::NAME, attribution::ATTRIBUTION, claim::CLAIM];

/// Reads all layers of a document.
pub fn annotate_document(document: &Document) -> Layers {
    let mut layers = read_document(document, Tier::Fast);
    let deep = read_document(document, Tier::Deep);
    layers.names = deep.names;
    layers.attributions = deep.attributions;
    layers.claims = deep.claims;
    layers
}

/// Reads the layers of one tier of a document.
pub fn read_document(document: &Document, tier: Tier) -> Layers {
    let known = |known: &'_ Option<Known>| known.as_ref().map(|known| known.value.clone());
    let (language, url) = (known(&document.language), known(&document.url));
    read_layers(
        Cx {
            text: &document.text,
            sentences: sentences_read(&document.text, &document.passages),
            passages: &document.passages,
            published: document.published.as_ref(),
            url: url.as_deref(),
            trees: Trees::default(),
        },
        language.as_deref(),
        &[tier],
    )
}

/// Reads the layers of a text whose passages are told by its line ends.
pub fn annotate(text: &str, language: Option<&str>) -> Layers {
    annotate_passages(text, &passages(text, Markup::Plain), language, None)
}

/// Reads the layers of a text with its passages. `published` is when it was (ISO 8601, which may lack its day): what
/// "yesterday" leans on. Page residue and lists of references are not read: they are not the
/// author's words. A language no extractor knows gives no rows; callers say "not read", never "nothing".
pub fn annotate_passages(
    text: &str,
    passages: &[Passage],
    language: Option<&str>,
    published: Option<&str>,
) -> Layers {
    let published = published.map(|date| Known { value: date.to_owned(), from: KnownFrom::Declared });
    let sentences = sentences_read(text, passages);
    read_layers(
        Cx { text, sentences, passages, published: published.as_ref(), url: None, trees: Trees::default() },
        language,
        &[Tier::Fast, Tier::Deep],
    )
}

/// The sentences of an author's own words, in order.
pub fn sentences_read(text: &str, passages: &[Passage]) -> Vec<Span> {
    let read: Vec<Passage> = passages
        .iter()
        .filter(|p| !matches!(p.kind, PassageKind::Residue | PassageKind::Reference))
        .copied()
        .collect();
    model::sentence::sentences(text, &read)
}

fn read_layers(cx: Cx, language: Option<&str>, tiers: &[Tier]) -> Layers {
    let mut layers = Layers::default();
    let wanted = |extractor: &&Extractor| tiers.contains(&extractor.tier) && reads(extractor, language);
    for extractor in EXTRACTORS.iter().filter(wanted) {
        (extractor.run)(&cx, &mut layers);
    }
    layers
}

/// The places of names that stand at these spans, laid as the whole list makes it most likely; a name that no
/// gazetteer has gives none.
pub fn places_at(text: &str, spans: &[Span]) -> Vec<Place> {
    place::places_at(text, spans)
}

/// The times of a text, and nothing else: the whole text is taken for its author's words.
pub fn times(text: &str, published: Option<&str>) -> Vec<Time> {
    let published = published.map(|date| Known { value: date.to_owned(), from: KnownFrom::Declared });
    time::times(&Cx {
        text,
        sentences: Vec::new(),
        passages: &[],
        published: published.as_ref(),
        url: None,
        trees: Trees::default(),
    })
}

/// Whether an extractor reads this language; a text whose language is unknown is tried.
pub fn reads(extractor: &Extractor, language: Option<&str>) -> bool {
    language.is_none_or(|language| extractor.languages.contains(&language))
}

/// Whether any extractor reads this language.
pub fn is_read(language: Option<&str>) -> bool {
    EXTRACTORS.iter().any(|extractor| reads(extractor, language))
}

/// The quantities of a text, and nothing else: the whole text is taken for its author's words, and no dates are known.
pub fn quantities(text: &str) -> Vec<Quantity> {
    let whole: Vec<Span> = Span::checked(0, text.len()).into_iter().collect();
    quantity::quantities(text, &whole, &[])
}
