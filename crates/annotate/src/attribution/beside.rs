//! What stands around a teller that is no main clause: "As the mayor said, …", "…, I am told, …", "…, he said, until …".

use super::cue::Signature;
use super::find::{Said, Sentence};
use super::led::is_person;
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

    /// "For the baker it was the last good year", "To her, these are heroes": how it is for somebody.
    pub(super) fn viewpoint(&self, at: usize) -> Option<Said> {
        let opens = at == 0 || matches!(self.word(at - 1), "because" | "but" | "and");
        if !opens || !matches!(self.word(at), "for" | "to") || self.quoted[at].is_some() {
            return None;
        }
        let count = self.tree.words.len();
        let is = |at: usize| matches!(self.word(at), "is" | "was" | "are" | "were" | "'s" | "’s");
        let thing = (at + 2..count.min(at + FAR)).find(|at| {
            matches!(self.word(*at), "it" | "this" | "that" | "these" | "those" | "there")
                && *at + 1 < count
                && is(at + 1)
        })?;
        let whose = self.trimmed((at + 1..thing).collect());
        let nominal = |at: &usize| self.is_nominal(*at);
        let head = whose.iter().copied().skip_while(|at| !nominal(at)).take_while(nominal).last()?;
        let name = self.tree.words[head].span.of(self.text).to_lowercase();
        let somebody = is_person(self, head) && !matches!(name.as_str(), "me" | "us");
        let whole = whose.iter().any(|at| self.is_finite(*at)) || crate::place::country_of(&name).is_some();
        let content = self.trimmed((thing..count).collect());
        (somebody && !whole && content.len() > 3).then(|| Said {
            cue: at,
            beside: Vec::new(),
            source: Some((head, whose)),
            content,
            carrier: None,
            signature: Signature::Say,
            passive: false,
            given: None,
            rule: "attribution.according",
        })
    }
}

/// Words in which somebody for whom it is so is named.
const FAR: usize = 12;
