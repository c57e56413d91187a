//! How far a thing reaches that is called something, asked for or quoted, where the parse stops short: "called the plan a ruse",
//! "called on them to stop", "said the rules “do nothing for us”".

use super::find::Sentence;
use crate::syntax::{Kind, Relation};

/// Verbs that call something something.
const CALLS: [&str; 6] = ["call", "label", "brand", "dub", "term", "deem"];

/// Words in which both stand.
const REACH: usize = 14;

/// Prepositions that lead on what is said of a thing, and seldom to where or when it was said.
const OF: [&str; 10] =
    ["of", "on", "from", "against", "about", "between", "over", "for", "towards", "toward"];

impl Sentence<'_> {
    /// "called the plan a ruse" and "called the plan “a ruse”": the thing and what it is called.
    pub(super) fn named(&self, verb: usize) -> Option<Vec<usize>> {
        let calls = CALLS.iter().any(|stem| self.word(verb).starts_with(stem));
        let count = self.tree.words.len();
        let stops = |at: &usize| {
            self.is_finite(*at) && self.quoted[*at].is_none()
                || matches!(self.word(*at), "," | ";" | ":" | "that" | ".")
        };
        let first = verb + 1;
        let end = (first..count.min(first + REACH)).find(stops).unwrap_or(count.min(first + REACH));
        let likens = ["compar", "liken"].iter().any(|stem| self.word(verb).starts_with(stem));
        let led = first < count && matches!(self.kind(first), Kind::Adp | Kind::Adv | Kind::Part);
        if !(calls || likens) || led || self.quoted[verb].is_some() {
            return None;
        }
        // The mark itself may stand behind the stop.
        let marked = (first..end).find(|at| self.quoted[*at].is_some() && self.kind(*at) != Kind::Punct);
        if let Some(marked) = marked {
            let last = (marked..count).take_while(|at| self.quoted[*at] == self.quoted[marked]).last()?;
            return Some(self.trimmed((first..=last).collect()));
        }
        let article = (first + 1..end).filter(|_| calls).find(|at| {
            let what = matches!(self.word(*at), "a" | "an") && !self.is_when(at + 1)
                || matches!(self.tree.words[*at].fine, "JJ" | "VBN") && self.ends_at(at + 1);
            what && self.is_nominal(at - 1)
        })?;
        let last = (article + 1..count).find(stops).unwrap_or(count);
        Some(self.trimmed((first..last).collect()))
    }

    /// Whether a phrase can end before a word.
    fn ends_at(&self, at: usize) -> bool {
        self.tree.words.get(at).is_none_or(|word| matches!(word.kind, Kind::Punct | Kind::Cconj | Kind::Adp))
    }

    fn is_when(&self, at: usize) -> bool {
        matches!(
            self.word(at),
            "day" | "week" | "month" | "year" | "few" | "couple" | "moment" | "second" | "third" | "decade"
        )
    }

    /// What somebody is asked to do, right behind the words for him: "called on the mayor to resign".
    pub(super) fn to_do(&self, whom: &[usize]) -> Vec<usize> {
        let Some(to) = whom.iter().max().map(|last| last + 1) else { return Vec::new() };
        let infinitive =
            self.word(to) == "to" && self.tree.words.get(to + 1).is_some_and(|verb| verb.fine == "VB");
        if infinitive { self.until_next(to) } else { Vec::new() }
    }

    /// A thing with the phrases right behind it that the parse hung on the verb: "cited | support | from the miners".
    pub(super) fn with_phrases(&self, verb: usize, mut words: Vec<usize>) -> Vec<usize> {
        let phrases: Vec<usize> = self.tree.children(verb, &[Relation::Obl]).collect();
        for phrase in phrases {
            let next = words.iter().max().map_or(0, |last| last + 1);
            let case = self.tree.child(phrase, &[Relation::Case]);
            let when =
                crate::words::is_weekday(self.word(phrase)) || crate::words::is_month(self.word(phrase));
            if case == Some(next) && OF.contains(&self.word(next)) && !when && self.kind(phrase) != Kind::Num
            {
                words.extend(self.below(phrase, &[]));
            }
        }
        words
    }

    /// A quotation that is only the end of what is said, with what leads from the verb into it: "said the rules “do nothing for us”".
    pub(super) fn led_into(&self, verb: usize, quotation: Vec<usize>) -> Vec<usize> {
        let (Some(first), Some(last)) = (quotation.first().copied(), quotation.last().copied()) else {
            return quotation;
        };
        let small = self.tree.words[first].span.of(self.text).starts_with(char::is_lowercase);
        let between = verb + 1..first;
        let leads = between.clone().any(|at| self.is_nominal(at) || self.word(at) == "to");
        let parted = between.clone().any(|at| matches!(self.word(at), "," | ";" | ":"));
        if first < verb || !small || !leads || parted {
            return quotation;
        }
        let from = if self.word(verb + 1) == "that" { verb + 2 } else { verb + 1 };
        let rest = self.until_next(from);
        // What stands behind the marks is said too where little does.
        let end = rest.last().copied().filter(|end| *end < last + REACH).unwrap_or(last).max(last);
        self.trimmed((from..=end).collect())
    }
}
