//! Names of persons, organisations, places, events and other things, by weights learnt from free texts.
//!
//! A linear model over the words of a sentence and the labels beside one another (Collins 2002; features after
//! Ratinov and Roth 2009), and beside it a small net over word vectors. `cargo xtask train names` makes the weights.

mod decode;
mod definition;
mod feature;
mod key;
mod label;
pub mod learn;
mod net;
mod sight;
mod view;

pub use definition::{Definition, definitions};
pub use key::{NameKey, fold_spelling, name_key};

use crate::linear::{Linear, Weigh};
use crate::syntax::lexemes;
use crate::{Cx, Extractor, Tier};
use decode::{Steps, decode, steps};
use feature::features;
use label::{LABELS, class_of};
use model::{Layers, Name, NameClass, Span};
use net::{Net, Seen};
use sight::sight;
use std::cell::RefCell;
use std::sync::LazyLock;
use view::views;

pub(crate) const NAME: Extractor = Extractor {
    name: "name",
    version: 5,
    about: "names of persons, organisations, places, events and other things",
    example: "Governor Ellen Marsh met the Harbour Workers' Union in Rotterdam.",
    languages: &["en"],
    rules: include_str!("../../rules/en/name.toml"),
    tier: Tier::Deep,
    run,
};

/// Two opinions on the labels of a sentence, added up: a linear model over features and a net over word vectors.
struct Tagger {
    weights: Linear,
    steps: Steps,
    net: Net,
}

impl Tagger {
    fn read(weights: &'static [u8], net: &[u8]) -> Tagger {
        let weights = Linear::read(weights);
        Tagger { steps: steps(&weights), weights, net: Net::read(net) }
    }

    fn labels(&self, text: &str, words: &[Span], seen: &mut Seen) -> Vec<usize> {
        let sight = sight(text, words);
        let mut nodes = vec![[0.0; LABELS]; words.len()];
        for (features, node) in features(&sight).iter().zip(&mut nodes) {
            self.weights.weigh_all(features, node);
        }
        self.net.weigh_all(&views(&sight), seen, &mut nodes);
        decode(&self.steps, &nodes, |_, _| true)
    }
}

static TAGGER: LazyLock<Tagger> = LazyLock::new(|| {
    Tagger::read(include_bytes!("../../weights/names.bin"), include_bytes!("../../weights/names-net.bin"))
});

thread_local! {
    /// What words met before say to the net: most words of a text were.
    static SEEN: RefCell<Seen> = RefCell::default();
}

fn run(cx: &Cx, layers: &mut Layers) {
    layers.names = cx.sentences.iter().flat_map(|sentence| names(cx.text, *sentence)).collect();
}

/// The names of a sentence.
pub(crate) fn names(text: &str, sentence: Span) -> Vec<Name> {
    let words = lexemes(text, sentence);
    let labels = SEEN.with_borrow_mut(|seen| TAGGER.labels(text, &words, seen));
    let found = spans_of(&labels, &words).into_iter();
    found
        .filter_map(|(span, class)| Some((without_opener(text, bare(text, span)?, class), class)))
        .filter(|(span, class)| *class == NameClass::Place || !is_shortened(span.of(text)))
        .map(|(span, class)| {
            let title = if class == NameClass::Person { title(text, &words, span) } else { None };
            Name { span, title, class, by: "name.learnt" }
        })
        .collect()
}

/// Months, ranks, offices, streets and American states as newspapers shorten them: alone they are nobody's name.
const SHORTENED: &str = "jan feb mar apr jun jul aug sep sept oct nov dec no nos gen brig lt col maj capt cpl sgt pvt adm cmdr sen sens rep reps gov \
    rev hon prof st ave blvd calif ariz nev mich tenn fla mass wash ore colo conn ill minn wis okla pa va ga ala ark del kan neb mont wyo";

fn is_shortened(name: &str) -> bool {
    let bare = name.trim_end_matches('.').to_lowercase();
    let dotted = name.ends_with('.');
    // "Gen" and "Pa" may be names, "Gen." is none; in full capitals they are letters of a body.
    let long = bare.chars().count() > 3 && name.chars().any(char::is_lowercase);
    (dotted || long) && SHORTENED.split_whitespace().any(|short| short == bare)
}

/// A name without the marks around it: the dash behind the place a report came from, a bracket that opens or closes outside.
fn bare(text: &str, name: Span) -> Option<Span> {
    let words = name.of(text);
    let mark = |c: char| c.is_whitespace() || matches!(c, '-' | '–' | '—' | ':' | ',' | ')');
    let from = words.len() - words.trim_start_matches(mark).len();
    let open = words[from..].contains('(');
    let behind =
        |c: char| c.is_whitespace() || matches!(c, '-' | '–' | '—' | ':' | ',' | '(') || c == ')' && !open;
    let to = from + words[from..].trim_end_matches(behind).len();
    Span::checked(name.start() + from, name.start() + to).filter(|bare| bare.len() > 0)
}

/// Words that open a headline before a person's name.
const OPENERS: [&str; 10] =
    ["more", "most", "how", "why", "new", "latest", "now", "meet", "breaking", "exclusive"];

/// The name of a person without the word that opens a headline.
fn without_opener(text: &str, name: Span, class: NameClass) -> Span {
    let words = name.of(text);
    let opens = words.split_once(' ').filter(|(first, rest)| {
        let opener = OPENERS.contains(&first.to_lowercase().as_str());
        class == NameClass::Person && opener && rest.contains(' ')
    });
    opens.map_or(name, |(first, _)| Span::new(name.start() + first.len() + 1, name.end()))
}

/// Words that open a sentence before a title and belong to neither.
const LEADS: [&str; 24] = [
    "a",
    "after",
    "although",
    "an",
    "and",
    "as",
    "at",
    "before",
    "but",
    "by",
    "earlier",
    "for",
    "if",
    "in",
    "meanwhile",
    "on",
    "since",
    "so",
    "still",
    "the",
    "though",
    "when",
    "while",
    "with",
];

/// The words before a name that say what the person is: one that names a kind of person, and what belongs to it.
fn title(text: &str, words: &[Span], name: Span) -> Option<Span> {
    const LONGEST: usize = 5;
    let first = words.iter().position(|word| word.start() == name.start())?;
    let lower = |at: usize| words[at].of(text).to_lowercase();
    let mut start = None;
    for at in (first.saturating_sub(LONGEST)..first).rev() {
        let word = words[at].of(text);
        if key::is_title(&lower(at)) {
            start = Some(at);
            continue;
        }
        let capital = word.starts_with(char::is_uppercase) && at > 0 && !LEADS.contains(&&*lower(at));
        let belongs = capital
            || crate::place::country_of(&lower(at)).is_some()
            || key::QUALIFIERS.contains(&&*lower(at));
        if start.is_none() || !belongs {
            break;
        }
        start = Some(at);
    }
    // Neither the dash behind a place of writing nor the day belongs to it.
    let begun = (start?..first).find(|at| lower(*at) != "-" && !crate::words::is_weekday(&lower(*at)))?;
    Some(Span::new(words[begun].start(), words[first - 1].end()))
}

/// The names that labels tell.
fn spans_of(labels: &[usize], words: &[Span]) -> Vec<(Span, NameClass)> {
    let mut found: Vec<(Span, NameClass)> = Vec::new();
    for (label, word) in labels.iter().zip(words) {
        match class_of(*label) {
            Some((_, true)) => {
                if let Some((span, _)) = found.last_mut() {
                    *span = span.join(*word);
                }
            }
            Some((class, false)) => found.push((*word, class)),
            None => {}
        }
    }
    found
}
