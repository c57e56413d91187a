//! Tags that cannot be: a sentence without a verb where one stands plainly, a verb that opens a sentence of news.
//!
//! The treebank that the tagger learnt from is of mails, reviews and blogs; papers write otherwise ("Rebels seized the
//! airport."), and some past forms it has never seen.

use super::tree::Kind;
use crate::lexicon::sense;
use crate::words::is_irregular_past;
use model::Span;

/// The tags of a tagger by kind and name, and the numbers of those that are put in their place.
pub(super) struct Mender<'k> {
    kinds: &'k [(Kind, &'static str)],
    past: Option<u8>,
    done: Option<u8>,
    nouns: Option<u8>,
}

impl<'k> Mender<'k> {
    pub(super) fn new(kinds: &'k [(Kind, &'static str)]) -> Mender<'k> {
        let number = |kind: Kind, fine: &str| {
            kinds.iter().position(|known| *known == (kind, fine)).and_then(|at| u8::try_from(at).ok())
        };
        Mender {
            kinds,
            past: number(Kind::Verb, "VBD"),
            done: number(Kind::Verb, "VBN"),
            nouns: number(Kind::Noun, "NNS"),
        }
    }

    fn of(&self, tag: u8) -> (Kind, &'static str) {
        self.kinds.get(usize::from(tag)).copied().unwrap_or((Kind::X, ""))
    }

    /// Mends the tags of a sentence.
    pub(super) fn mend(&self, text: &str, spans: &[Span], tags: &mut [u8]) {
        let (Some(past), Some(done), Some(nouns)) = (self.past, self.done, self.nouns) else { return };
        let word = |at: usize| spans.get(at).and_then(|span| span.get(text)).unwrap_or_default();
        // "Rebels seized", "Reports that": a verb in -s opens no sentence.
        let opens = matches!(self.of(tags[0]), (Kind::Verb, "VBZ" | "VB"))
            && word(0).ends_with('s')
            && !word(0).ends_with("ss")
            && word(0).starts_with(char::is_uppercase);
        if opens {
            tags[0] = nouns;
        }
        for at in 1..tags.len() {
            let verb = matches!(self.of(tags[at]).0, Kind::Verb | Kind::Aux);
            if !verb && is_irregular_past(word(at)) && sense(word(at)).noun() == 0 {
                let helped = matches!(self.of(tags[at - 1]).0, Kind::Aux);
                tags[at] = if helped { done } else { past };
            }
        }
        let finite = |tag: &u8| matches!(self.of(*tag).1, "VBD" | "VBZ" | "VBP" | "VB" | "MD");
        let ends = spans.last().and_then(|span| span.get(text)).is_some_and(|last| last == ".");
        if !ends || tags.iter().any(finite) {
            return;
        }
        // "The bridge collapsed on Friday.": the only verb of a sentence is its verb.
        let mut verbs = (1..tags.len()).filter(|at| self.of(tags[*at]) == (Kind::Verb, "VBN"));
        let verb = verbs.find(|at| {
            let before = (0..*at).rev().find(|before| self.of(tags[*before]).0 != Kind::Adv);
            let noun = before.is_some_and(|before| {
                matches!(self.of(tags[before]).0, Kind::Noun | Kind::Propn | Kind::Pron | Kind::Num)
            });
            noun && word(at + 1) != "by"
        });
        if let Some(verb) = verb {
            tags[verb] = past;
        }
    }
}
