//! What stands around a teller that is no main clause: "As the mayor said, …", "…, I am told, …", "…, he said, until …".

use super::find::Sentence;
use crate::syntax::{Kind, Relation};

impl Sentence<'_> {
    /// The "as" that opens the clause of a verb and stands apart: "As the mayor said, …", "…, as the mayor said".
    pub(super) fn as_mark(&self, verb: usize) -> Option<usize> {
        let mark = self
            .tree
            .child(verb, &[Relation::Mark])
            .filter(|mark| *mark < verb && self.word(*mark) == "as")?;
        let apart = mark == 0 || matches!(self.word(mark - 1), "," | "—" | "–" | "(" | "-" | "and" | "but");
        (apart && self.relation(verb) != Relation::Ccomp).then_some(mark)
    }

    /// The sentence around a clause with "as".
    pub(super) fn beside_as(&self, verb: usize, mark: usize) -> Option<Vec<usize>> {
        let count = self.tree.words.len();
        let close = (verb + 1..count).find(|at| matches!(self.word(*at), "," | "—" | "–" | ")" | "." | ";"));
        let close = close.unwrap_or(count);
        let before = if mark == 0 { 0 } else { mark - 1 };
        let words = self.trimmed((0..before).chain(close..count).collect());
        (words.len() > 2).then_some(words)
    }

    /// "The men, I am told, were paid" and "…, it was reported": all but what is thrown in.
    pub(super) fn i_am_told(&self, verb: usize) -> Option<Vec<usize>> {
        let told = [
            "told",
            "assured",
            "informed",
            "said",
            "reported",
            "claimed",
            "believed",
            "thought",
            "understood",
        ];
        let light = |at: &usize| matches!(self.kind(*at), Kind::Aux | Kind::Adv);
        let who = (0..verb).rev().find(|at| !light(at)).filter(|who| *who + 1 < verb)?;
        let subject = matches!(self.word(who), "i" | "we" | "it");
        let count = self.tree.words.len();
        let comma = |at: usize| self.tree.words.get(at).is_none_or(|word| word.kind == Kind::Punct);
        if !subject
            || !told.contains(&self.word(verb))
            || !comma(verb + 1)
            || who > 0 && self.word(who - 1) != ","
        {
            return None;
        }
        // "It should be said" is the author's own.
        if (who + 1..verb).any(|at| self.tree.words[at].fine == "MD") {
            return None;
        }
        if let Some(words) = self.around(who, verb) {
            return Some(words);
        }
        let words = self.trimmed((0..who).chain(verb + 1..count).collect());
        (words.len() > 3 && words.iter().any(|at| self.is_finite(*at))).then_some(words)
    }

    /// "…, he said, until it failed": what a clause with its own opening goes on with behind the teller and his comma.
    pub(super) fn goes_on_behind(&self, last: usize) -> Vec<usize> {
        let (comma, count) = (last + 1, self.tree.words.len());
        if comma + 1 >= count || self.word(comma) != "," {
            return Vec::new();
        }
        let opens = matches!(
            self.word(comma + 1),
            "until"
                | "since"
                | "because"
                | "although"
                | "though"
                | "if"
                | "when"
                | "while"
                | "unless"
                | "as"
                | "so"
                | "but"
                | "and"
                | "or"
                | "for"
                | "with"
        );
        let rest = comma + 1..count;
        let other = rest.clone().any(|at| self.cues[at].verb.is_some() && self.tree.words[at].fine == "VBD");
        if opens && !other { rest.collect() } else { Vec::new() }
    }
}
