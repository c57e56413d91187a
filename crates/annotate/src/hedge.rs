//! Hedges: words that leave open whether something is so, who says it, or how much of it there is.
//!
//! Phrases of our own, told from their like by the word behind them (`rules/en/hedge.toml`), without a parser. After the
//! shared task on hedges (Farkas et al. 2010), which counts a sentence as hedged where it has one such word.

use model::{Certainty, Passage, PassageKind, Span};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// What a hedge leaves open.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Strength {
    /// It may be so.
    Possible,
    /// It is likely and no more.
    Probable,
    /// Nobody answers for it.
    Unsupported,
    /// Who says it, or how much of it there is, is not told.
    Vague,
}

impl Strength {
    /// The word rows bear.
    pub fn word(self) -> &'static str {
        match self {
            Strength::Possible => "possible",
            Strength::Probable => "probable",
            Strength::Unsupported => "unsupported",
            Strength::Vague => "vague",
        }
    }

    fn of(word: &str) -> Strength {
        match word {
            "possible" => Strength::Possible,
            "probable" => Strength::Probable,
            "unsupported" => Strength::Unsupported,
            _ => Strength::Vague,
        }
    }

    /// How certain it leaves what it governs.
    fn certainty(self) -> Option<Certainty> {
        match self {
            Strength::Possible => Some(Certainty::Possible),
            Strength::Probable => Some(Certainty::Probable),
            Strength::Unsupported => Some(Certainty::Unsupported),
            Strength::Vague => None,
        }
    }
}

/// One hedge.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Hedge {
    /// Its words.
    pub span: Span,
    /// What it leaves open.
    pub strength: Strength,
    /// The list it stands before and governs: "The following may have played a part:".
    pub governs: Option<Span>,
    /// The rule that found it.
    pub by: &'static str,
}

/// The rule file, for the examples.
pub(crate) const RULES: &str = include_str!("../rules/en/hedge.toml");

#[derive(Deserialize)]
struct File {
    rule: Vec<Line>,
}

#[derive(Deserialize)]
struct Line {
    id: String,
    strength: String,
    phrases: Vec<String>,
    #[serde(default)]
    unless: Vec<String>,
}

/// One word of a phrase.
enum Item {
    OneOf { words: Vec<String>, needed: bool },
    Capital,
    Digit,
}

struct Phrase {
    items: Vec<Item>,
    rule: usize,
}

struct Rule {
    id: String,
    strength: Strength,
    unless: Vec<Vec<Item>>,
}

#[derive(Default)]
struct Table {
    rules: Vec<Rule>,
    phrases: Vec<Phrase>,
    /// The phrases that begin with a word.
    first: BTreeMap<String, Vec<usize>>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let file: File = toml::from_str(RULES).expect("the table of hedges that ships with the program is valid");
    let mut table = Table::default();
    for (rule, line) in file.rule.into_iter().enumerate() {
        for phrase in &line.phrases {
            let items = items(phrase);
            if let Some(Item::OneOf { words, .. }) = items.first() {
                for word in words {
                    table.first.entry(word.clone()).or_default().push(table.phrases.len());
                }
            }
            table.phrases.push(Phrase { items, rule });
        }
        let unless = line.unless.iter().map(|phrase| items(phrase)).collect();
        table.rules.push(Rule { id: line.id, strength: Strength::of(&line.strength), unless });
    }
    table
});

fn items(phrase: &str) -> Vec<Item> {
    let item = |word: &str| match word {
        "^" => Item::Capital,
        "#" => Item::Digit,
        _ => Item::OneOf {
            words: word.trim_start_matches('?').split('|').map(str::to_owned).collect(),
            needed: !word.starts_with('?'),
        },
    };
    phrase.split(' ').map(item).collect()
}

/// All hedges of a text, in order: of the author's own words and those quoted. None where the text is in a language whose
/// hedges are not read.
pub fn hedges(text: &str, passages: &[Passage], language: Option<&str>) -> Vec<Hedge> {
    if !crate::reads(&crate::attribution::ATTRIBUTION, language) {
        return Vec::new();
    }
    let table = &*TABLE;
    let mut found = Vec::new();
    for sentence in crate::sentences_read(text, passages) {
        let words = words(text, sentence);
        let lower: Vec<String> = words.iter().map(|word| word.of(text).to_lowercase()).collect();
        let first = found.len();
        let mut at = 0;
        while at < words.len() {
            let began = table.first.get(&lower[at]).into_iter().flatten();
            let fit = |phrase: &Phrase| {
                let end = matched(&phrase.items, text, &words, &lower, at)?;
                let mut unless = table.rules[phrase.rule].unless.iter();
                unless
                    .all(|next| matched(next, text, &words, &lower, end).is_none())
                    .then_some((end, phrase.rule))
            };
            let longest = began.filter_map(|phrase| fit(&table.phrases[*phrase])).max_by_key(|(end, _)| *end);
            let Some((end, rule)) = longest else {
                at += 1;
                continue;
            };
            let rule = &table.rules[rule];
            found.push(Hedge {
                span: Span::new(words[at].start(), words[end - 1].end()),
                strength: rule.strength,
                governs: None,
                by: &rule.id,
            });
            at = end;
        }
        // Of several hedges the one nearest to the colon governs the list.
        if let Some(last) =
            found[first..].iter_mut().rev().find(|hedge: &&mut Hedge| hedge.strength != Strength::Vague)
        {
            last.governs = list_behind(text, passages, sentence);
        }
    }
    found
}

/// How certain the lists of a text are left by what stands before them.
pub(crate) fn governed(text: &str, passages: &[Passage]) -> Vec<(Span, Certainty)> {
    if passages.iter().all(|passage| passage.kind != PassageKind::List) {
        return Vec::new();
    }
    let hedges = hedges(text, passages, Some("en"));
    hedges.iter().filter_map(|hedge| Some((hedge.governs?, hedge.strength.certainty()?))).collect()
}

/// The entries of the list that a sentence leads to: it is the last of its passage, and ends with a colon.
fn list_behind(text: &str, passages: &[Passage], sentence: Span) -> Option<Span> {
    if !sentence.of(text).trim_end().ends_with(':') {
        return None;
    }
    let next = passages.partition_point(|passage| passage.span.start() < sentence.end());
    let list = passages[next..].iter().take_while(|passage| passage.kind == PassageKind::List);
    let last = list.last()?;
    Span::checked(passages[next].span.start(), last.span.end())
}

/// Where a phrase ends that begins at a word.
fn matched(items: &[Item], text: &str, words: &[Span], lower: &[String], from: usize) -> Option<usize> {
    let mut at = from;
    for item in items {
        let is = |held: &dyn Fn(&str, &str) -> bool| {
            lower.get(at).zip(words.get(at)).is_some_and(|(lower, word)| held(lower, word.of(text)))
        };
        let (fits, needed) = match item {
            Item::OneOf { words, needed } => {
                (is(&|lower, _| words.iter().any(|word| word == lower)), *needed)
            }
            Item::Capital => (is(&|_, word| word.starts_with(char::is_uppercase)), true),
            Item::Digit => (is(&|_, word| word.starts_with(|c: char| c.is_ascii_digit())), true),
        };
        match (fits, needed) {
            (true, _) => at += 1,
            (false, true) => return None,
            (false, false) => {}
        }
    }
    Some(at)
}

/// The words of a sentence: letters and digits, with the marks inside words.
fn words(text: &str, sentence: Span) -> Vec<Span> {
    let mut words = Vec::new();
    let mut from: Option<usize> = None;
    let whole = sentence.of(text);
    for (at, c) in whole.char_indices().chain([(whole.len(), ' ')]) {
        let inside = c.is_alphanumeric() || from.is_some() && matches!(c, '-' | '\'' | '’');
        match (from, inside) {
            (None, true) => from = Some(at),
            (Some(start), false) => {
                let word = whole[start..at].trim_end_matches(['-', '\'', '’']);
                words.push(Span::new(sentence.start() + start, sentence.start() + start + word.len()));
                from = None;
            }
            _ => {}
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::passage::{Markup, passages};

    #[test]
    fn a_hedge_before_a_colon_governs_the_list() {
        let text = "It reportedly fell, but the following may have played a part:\n\n- The beams were old.\n- The river rose.\n\nIt was perhaps rebuilt.";
        let hedges = hedges(text, &passages(text, Markup::Plain), Some("en"));
        let told: Vec<(&str, Option<&str>)> = hedges
            .iter()
            .map(|hedge| (hedge.span.of(text), hedge.governs.map(|list| list.of(text))))
            .collect();
        let list = "The beams were old.\n- The river rose.";
        assert_eq!(told.len(), 3, "{told:?}");
        assert_eq!((told[0], told[2]), (("reportedly", None), ("perhaps", None)));
        assert!(told[1].1.is_some_and(|governed| governed.ends_with(list)), "{told:?}");
    }

    #[test]
    fn other_languages_are_not_read() {
        assert!(hedges("Certain dit peut-être.", &[], Some("fr")).is_empty());
    }
}
