//! How high somebody puts something: "put the number of dead at 11", "a crowd estimated by the police at 10,000".

use super::cue::Signature;
use super::find::{Said, Sentence};
use crate::syntax::{Kind, Relation};

/// Words between the verb and the number.
const REACH: usize = 16;

impl Sentence<'_> {
    /// What is put at a number, and by whom.
    pub(super) fn measured(&self, verb: usize) -> Option<Said> {
        let (signature, put) = match self.word(verb) {
            "put" | "puts" | "putting" => (Signature::Say, true),
            "estimated" | "estimates" | "estimate" | "assessed" | "assesses" | "reckoned" | "valued" => {
                (Signature::Think, false)
            }
            _ => return None,
        };
        let count = self.tree.words.len();
        let at = (verb + 1..count.min(verb + REACH)).find(|at| self.word(*at) == "at")?;
        let number = (at + 1..count.min(at + 5)).find(|at| self.kind(*at) == Kind::Num)?;
        let stray =
            |at: usize| self.is_finite(at) || matches!(self.word(at), ";" | ":" | "that" | "who" | "which");
        if (verb + 1..number).any(stray) {
            return None;
        }
        let value = at + 1..self.end_of_number(number);
        // The verb may be taken for a noun, and the participle for a past.
        let by = (verb + 1..count.min(verb + REACH)).find(|by| self.word(*by) == "by" && !value.contains(by));
        let be = (0..verb)
            .rev()
            .find(|at| self.kind(*at) != Kind::Adv)
            .filter(|at| matches!(self.word(*at), "is" | "are" | "was" | "were" | "been" | "be" | "being"));
        let done = be.is_some() || by.is_some() || at == verb + 1;
        let (source, thing) = if done {
            let noun = self.tree.child(be.unwrap_or(verb), &[Relation::NsubjPass, Relation::Nsubj]);
            let noun = noun.or(self.tree.child(verb, &[Relation::NsubjPass, Relation::Nsubj]));
            let noun = noun.or_else(|| verb.checked_sub(1).filter(|at| self.is_nominal(*at)));
            let whom = by
                .and_then(|by| self.tree.words[by].head.filter(|head| *head > by && self.is_nominal(*head)));
            (whom.map(|whom| self.source(whom, verb)), self.source(noun?, verb).1)
        } else {
            let subject = self.subject(verb).map(|subject| self.source(subject, verb));
            (Some(self.nearer(verb, subject)?), (verb + 1..at).collect())
        };
        if thing.is_empty() || put && !thing.iter().any(|at| self.is_nominal(*at)) {
            return None;
        }
        let mut beside = self.helpers(verb);
        beside.push(at);
        beside.extend(by.filter(|_| source.is_some()));
        let own = |at: &usize| source.as_ref().is_some_and(|(_, words)| words.contains(at));
        let content = thing.into_iter().chain(value).filter(|at| !beside.contains(at) && !own(at)).collect();
        Some(Said {
            cue: verb,
            beside,
            content: self.trimmed(content),
            carrier: None,
            signature,
            passive: done && source.is_none(),
            source,
            given: None,
            rule: "attribution.measured",
        })
    }

    /// Behind a number with what it counts: "30 to 40 men", "$2.4 million".
    fn end_of_number(&self, number: usize) -> usize {
        let count = self.tree.words.len();
        let part = |at: &usize| {
            matches!(self.kind(*at), Kind::Num | Kind::Noun | Kind::Adj)
                || matches!(self.word(*at), "to" | "and" | "or" | "-" | "–" | "%" | "$" | "€" | "£")
                    && self.tree.words.get(at + 1).is_some_and(|next| next.kind == Kind::Num)
        };
        (number..count).take_while(part).last().map_or(number + 1, |last| last + 1)
    }
}
