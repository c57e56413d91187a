//! Pieces: a sentence cut where a clause or a phrase opens, so that each piece says about one thing.
//!
//! Told by marks and small words alone, without a parser: a piece is the words of a reading, and nothing is concluded from
//! where it begins. What a piece speaks of is its words that are not in every text.

use model::{Passage, Span};
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// Code points a piece has at least, unless its sentence has fewer.
const LEAST: usize = 30;

/// Bytes a piece has at most.
const MOST: usize = 400;

/// Words before which a sentence is cut.
const OPENERS: &str =
    "and but while who which after although though because when where that to by with for in on at from";

/// Words that tell nothing of what a sentence speaks of: small words, the commonest verbs, words of saying, of time and of number.
const SMALL: &str = "a able about above according across actually after again against ago all almost along already also amount although always am \
    among an and another any anyone announce announced announcing anything appear appeared appears are around as ask asked at away back be became because become been before began begin \
    behind being below between both but by call called came can cannot case claim claimed claims come coming could day days despite did do does doing \
    done down during each early either else end enough especially even ever every everyone everything far few first following for \
    former found from full further gave get gets getting give given go goes going gone got had happen happened happening happens has have having he her here hers \
    herself him himself his hour hours how however i if important in including indeed instead into is it its itself january february march \
    april may june july august september october november december just keep kind know known last late later latest least less let \
    like likely little long longer lot made main make making many me mean means might mine minutes monday tuesday wednesday \
    thursday friday saturday sunday month months more morning most mostly much must my myself near nearly need needed never new \
    next night no nobody none nor not note noted nothing now number of off often old on once one only onto or other others our ours out over \
    own part people perhaps place play played point possible put quite rather really recent recently reported reportedly right said same saw say \
    saying says second see seem seemed seems seen several shall she should show showed shown shows since so some somebody someone something sometimes soon \
    still such sure take taken takes taking tell than that the their theirs them themselves then there these they thing things think third \
    this those though thought three through throughout thus time times to today together told tomorrow too took toward towards two \
    under until up upon us use used using very via want wanted was way we week weeks well went were what whatever when where \
    whether which while who whole whom whose why will with within without work would year years yesterday yet you your yours";

fn small() -> &'static BTreeSet<&'static str> {
    static WORDS: LazyLock<BTreeSet<&str>> = LazyLock::new(|| SMALL.split_whitespace().collect());
    &WORDS
}

/// The pieces of a text: of the author's own words, in order.
pub fn pieces(text: &str, passages: &[Passage]) -> Vec<Span> {
    let mut found = Vec::new();
    for sentence in crate::sentences_read(text, passages) {
        cut(text, sentence, &mut found);
    }
    found
}

/// Cuts one sentence.
fn cut(text: &str, sentence: Span, found: &mut Vec<Span>) {
    let words = sentence.of(text);
    let mut from = 0;
    let mut push = |from: usize, to: usize| {
        let piece = &words[from..to];
        let lead = piece.len() - piece.trim_start().len();
        let end = from + piece.trim_end().len();
        let end = words.floor_char_boundary(end.min(from + lead + MOST));
        if from + lead < end {
            found.push(Span::new(sentence.start() + from + lead, sentence.start() + end));
        }
    };
    for at in cuts(words) {
        if words[from..at].chars().count() >= LEAST && words[at..].chars().count() >= LEAST {
            push(from, at);
            from = at;
        }
    }
    push(from, words.len());
}

/// Where a sentence may be cut: behind a mark, and before a word that opens a phrase.
fn cuts(words: &str) -> Vec<usize> {
    let mut found = Vec::new();
    let mut before = ' ';
    for (at, c) in words.char_indices() {
        let mark = matches!(before, ',' | ';' | '–' | '—' | '”' | '(' | ')');
        if c == ' ' && mark {
            found.push(at + 1);
        } else if before == ' ' && c.is_alphabetic() {
            let word = words[at..].split(' ').next().unwrap_or_default();
            if OPENERS.split(' ').any(|opener| opener == word) {
                found.push(at);
            }
        }
        before = c;
    }
    found.dedup();
    found
}

/// A word that tells what a stretch speaks of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Telling {
    /// Where it stands, without the sign of the owner.
    pub span: Span,
    /// Whether it tells what was done or what happened, as far as its ending and the word before it show.
    pub deed: bool,
}

/// Words behind which a verb stands, as a rule.
const BEFORE_VERBS: &str = "to will would can could may might must should shall did do does not n't who which they we he she it i you has have had";

/// Forms of "be", and "have": what ends in "-ed" or "-ing" behind them is a verb.
const HELPERS: &str = "is are was were be been being has have had";

/// The words of a stretch that tell what it speaks of.
pub fn telling_words(text: &str, span: Span) -> Vec<Telling> {
    let mut found: Vec<Telling> = Vec::new();
    let (mut before, mut last) = (String::new(), None);
    for own in all_words(text, span) {
        let word = own.of(text);
        if tells(word) {
            let noun_before = last.is_some_and(|end| text.get(end..own.start()) == Some(" "));
            found.push(Telling { span: own, deed: is_deed(word, &before, noun_before) });
            last = Some(own.end());
        }
        before = word.to_lowercase();
    }
    // "suspected deaths": what stands right before another such word tells what it is like.
    for at in 1..found.len() {
        let (one, next) = (found[at - 1].span, found[at].span);
        let glued = text.get(one.end()..next.start()) == Some(" ");
        let subject = at > 1 && text.get(found[at - 2].span.end()..one.start()) == Some(" ");
        let opens = text.get(..one.start()).and_then(|before| before.split_whitespace().next_back());
        let led = opens
            .is_some_and(|word| HELPERS.split(' ').chain(BEFORE_VERBS.split(' ')).any(|own| own == word));
        if glued && !subject && !led && one.of(text).ends_with("ed") {
            found[at - 1].deed = false;
        }
    }
    found
}

fn is_deed(word: &str, before: &str, noun_before: bool) -> bool {
    if word.starts_with(char::is_uppercase) {
        return false;
    }
    let behind = |list: &str| list.split(' ').any(|own| own == before);
    let ends = |end: &str| word.len() > end.len() + 2 && word.ends_with(end);
    ends("ed")
        || crate::claim::is_happening(word)
        || crate::words::is_irregular_past(word)
        || ends("ing") && (noun_before || behind(HELPERS))
        || !word.ends_with('s') && behind(BEFORE_VERBS)
}

/// The words of a stretch, without the sign of the owner.
fn all_words(text: &str, span: Span) -> Vec<Span> {
    let words = span.of(text);
    let mut found = Vec::new();
    let mut from = None;
    for (at, c) in words.char_indices().chain([(words.len(), ' ')]) {
        let inside = c.is_alphanumeric() || from.is_some() && matches!(c, '-' | '\'' | '’');
        match (inside, from) {
            (true, None) => from = Some(at),
            (false, Some(start)) => {
                let word = words[start..at].trim_end_matches(['-', '\'', '’']);
                let word = word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")).unwrap_or(word);
                let start = span.start() + start;
                found.push(Span::new(start, start + word.len()));
                from = None;
            }
            _ => {}
        }
    }
    found
}

fn tells(word: &str) -> bool {
    let long = word.chars().count() > 2 || word.chars().count() > 1 && word.chars().all(char::is_uppercase);
    long && word.starts_with(char::is_alphabetic) && !small().contains(word.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::passage::{Markup, passages};

    #[test]
    fn a_sentence_is_cut_where_a_clause_opens() {
        let text =
            "The ferry to the lighthouse island sank in the night, and the guards who had slept saw nothing.";
        let pieces = pieces(text, &passages(text, Markup::Plain));
        let words: Vec<&str> = pieces.iter().map(|piece| piece.of(text)).collect();
        assert_eq!(
            words,
            [
                "The ferry to the lighthouse island sank",
                "in the night, and the guards who had slept saw nothing."
            ]
        );
    }

    #[test]
    fn small_words_and_numbers_tell_nothing_and_deeds_are_known() {
        let words = |text: &str| -> Vec<(String, bool)> {
            let all = telling_words(text, Span::new(0, text.len()));
            all.into_iter().map(|word| (word.span.of(text).to_owned(), word.deed)).collect()
        };
        let told = |word: &str, deed: bool| (word.to_owned(), deed);
        let found = words("On Monday 40 of the guards’ ferries were painted");
        assert_eq!(found, [told("guards", false), told("ferries", false), told("painted", true)]);
        let found = words("the suspected guards wrote to restore lights");
        assert_eq!(
            found,
            [
                told("suspected", false),
                told("guards", false),
                told("wrote", true),
                told("restore", true),
                told("lights", false)
            ]
        );
    }
}
