//! What the author marks as more or less certain on nobody's word but his own: "it is likely that", "there may have been",
//! "apparently", "seems to have".
//!
//! In analysis half of what is marked at all has no other speaker, so these rows say how firmly the text itself stands by its words.

use super::cue::{Hedge, Signature};
use super::find::{Said, Sentence};
use crate::syntax::{Kind, Relation};
use model::{Certainty, Polarity, SourceKind};

/// Who holds a statement and what the text makes of it, where words beside the cue tell.
pub(super) type Given = (SourceKind, Certainty, Polarity);

/// What there can be none of, about something that is open.
const LACKING: [&str; 9] = [
    "clarity",
    "certainty",
    "information",
    "consensus",
    "agreement",
    "confirmation",
    "explanation",
    "word",
    "news",
];

/// Words between "it" and what is said of it: "it was not immediately clear".
const FRAME: usize = 7;

impl Sentence<'_> {
    /// "It is likely that", "it was not clear who", "it is no secret that".
    pub(super) fn framed(&self, at: usize) -> Option<Said> {
        let frame = self.cues[at].frame?;
        let first = (at.saturating_sub(FRAME)..at).rev().take_while(|before| self.frames(*before)).last()?;
        let it = first.checked_sub(1).filter(|it| self.word(*it) == "it");
        let seems = |at: usize| {
            matches!(self.word(at), "seem" | "seems" | "seemed" | "appear" | "appears" | "appeared")
        };
        let holds = (first..at).any(|at| self.is_copula(at) || seems(at));
        let (mark, content) = self.opened(at, Signature::Ask).filter(|_| it.is_some() && holds)?;
        let negated = (first..at).any(|at| self.negates(at));
        let asks = self.word(mark) != "that";
        let given = match (frame, negated, asks) {
            (Frame::Open, false, _) | (Frame::Sure, true, true) => {
                (SourceKind::Nobody, Certainty::Possible, Polarity::Positive)
            }
            (Frame::Sure, true, false) => (SourceKind::Author, Certainty::Possible, Polarity::Positive),
            (Frame::Sure, false, _) | (Frame::Open, true, _) => {
                (SourceKind::Author, Certainty::Asserted, Polarity::Positive)
            }
            (Frame::Likely, false, _) => (SourceKind::Author, Certainty::Probable, Polarity::Positive),
            (Frame::Likely, true, _) => (SourceKind::Author, Certainty::Probable, Polarity::Negative),
            (Frame::Possible, false, _) => (SourceKind::Author, Certainty::Possible, Polarity::Positive),
            (Frame::Possible, true, _) | (Frame::False, false, _) => {
                (SourceKind::Author, Certainty::Denied, Polarity::Negative)
            }
            (Frame::False, true, _) => (SourceKind::Author, Certainty::Possible, Polarity::Positive),
        };
        let mut beside: Vec<usize> = it.into_iter().chain(first..at).collect();
        // What is asked begins with its own word; "that" belongs to the cue.
        let content: Vec<usize> =
            if asks { content } else { content.into_iter().filter(|at| *at > mark).collect() };
        if !asks {
            beside.push(mark);
        }
        Some(self.of_author(at, beside, content, given, "attribution.framed"))
    }

    /// "There is no clarity on who did it", "there is no doubt about the order".
    pub(super) fn lacking(&self, at: usize) -> Option<Said> {
        let doubt = self.word(at) == "doubt";
        if !doubt && !LACKING.contains(&self.word(at)) {
            return None;
        }
        let there = (at.saturating_sub(6)..at).find(|there| self.word(*there) == "there")?;
        (there + 1..at).find(|no| matches!(self.word(*no), "no" | "little"))?;
        let leads = at + 1;
        let on =
            matches!(self.lower.get(leads)?.as_str(), "on" | "about" | "of" | "as" | "over" | "regarding");
        let from = if self.word(leads) == "as" { leads + 2 } else { leads + 1 };
        let content =
            self.trimmed((from..self.tree.words.len()).take_while(|at| !self.ends_clause(*at)).collect());
        let given = match doubt {
            true => (SourceKind::Author, Certainty::Asserted, Polarity::Positive),
            false => (SourceKind::Nobody, Certainty::Possible, Polarity::Positive),
        };
        let beside = (there..at).chain(leads..from).collect();
        (on && content.len() > 1).then(|| self.of_author(at, beside, content, given, "attribution.framed"))
    }

    /// "Who gave the order is not known": what is asked opens the sentence.
    pub(super) fn asked_of(&self, at: usize) -> Option<Said> {
        let frame = self.cues[at].frame.filter(|frame| matches!(frame, Frame::Open | Frame::Sure))?;
        let opens = matches!(self.word(0), "whether" | "who" | "what" | "how" | "why" | "where");
        let first = (at.saturating_sub(FRAME)..at).rev().take_while(|before| self.frames(*before)).last()?;
        let negated = (first..at).any(|at| self.negates(at));
        let holds = (first..at).any(|at| self.is_copula(at));
        let stays_open = (frame == Frame::Open) != negated;
        let content = self.trimmed((0..first).collect());
        let given = (SourceKind::Nobody, Certainty::Possible, Polarity::Positive);
        (opens && holds && stays_open && content.len() > 2)
            .then(|| self.of_author(at, (first..at).collect(), content, given, "attribution.framed"))
    }

    /// "Seems to have left", "appears to be over": what seems, with what it is said of.
    pub(super) fn seeming(&self, verb: usize) -> Option<Said> {
        let stem = ["seem", "appear"].into_iter().find(|stem| self.word(verb).starts_with(stem))?;
        let negated = self.tree.below[verb].iter().any(|at| self.negates(*at));
        let subject = self.tree.child(verb, &[Relation::Nsubj]);
        let given = match negated {
            false => (SourceKind::Author, Certainty::Probable, Polarity::Positive),
            true => (SourceKind::Author, Certainty::Probable, Polarity::Negative),
        };
        let beside = self.helpers(verb);
        // "It seems that": the clause.
        if subject.is_none_or(|subject| self.word(subject) == "it")
            && let Some((mark, content)) = self.opened(verb, Signature::Think)
        {
            let beside: Vec<usize> = beside.into_iter().chain(subject).chain([mark]).collect();
            return Some(self.of_author(verb, beside, content, given, "attribution.framed"));
        }
        let to = self.tree.children(verb, &[Relation::Xcomp]).find(|to| *to > verb)?;
        // "He appeared at the door" seems nothing, and "it seemed odd" is how it felt.
        let marked = self.tree.child(to, &[Relation::Mark]).filter(|mark| self.word(*mark) == "to");
        if marked.is_none() || stem == "appear" && to < verb {
            return None;
        }
        let mut content: Vec<usize> = subject.map(|subject| self.below(subject, &[])).unwrap_or_default();
        content.extend(self.below(to, &[]));
        content.retain(|at| *at != verb && !beside.contains(at));
        Some(self.of_author(verb, beside, self.trimmed(content), given, "attribution.seeming"))
    }

    /// "The mayor is certain that", "is likely to": what somebody is sure of, and what is likely of something.
    pub(super) fn stated(&self, at: usize) -> Option<Said> {
        let copula = (at.saturating_sub(4)..at)
            .rev()
            .find(|before| !matches!(self.kind(*before), Kind::Adv | Kind::Part))?;
        if !self.is_copula(copula)
            && !matches!(
                self.word(copula),
                "were" | "am" | "are" | "feel" | "feels" | "felt" | "seem" | "seems"
            )
        {
            return None;
        }
        let subject = self.tree.child(at, &[Relation::Nsubj, Relation::NsubjPass]).filter(|subject| {
            *subject < at && !matches!(self.word(*subject), "it" | "that" | "this" | "there" | "what")
        })?;
        let negated = (copula..at).any(|at| self.negates(at));
        if self.cues[at].frame.is_some_and(|frame| frame == Frame::Likely || self.word(at) == "unlikely")
            && self.tree.words.get(at + 1).is_some()
            && self.word(at + 1) == "to"
        {
            let negative = negated != (self.word(at) == "unlikely");
            let polarity = if negative { Polarity::Negative } else { Polarity::Positive };
            let mut content = self.below(subject, &[]);
            let ends = |at: &usize| matches!(self.word(*at), "," | ";" | "”");
            content.extend((at + 1..self.tree.words.len()).take_while(|at| !ends(at)));
            let given = (SourceKind::Author, Certainty::Probable, polarity);
            return Some(self.of_author(
                at,
                vec![copula],
                self.trimmed(content),
                given,
                "attribution.seeming",
            ));
        }
        let signature = self.cues[at].state?;
        let (mark, content) = self.opened(at, Signature::Ask)?;
        let (source, that) = (self.source(subject, at), self.word(mark) == "that");
        let content: Vec<usize> = content.into_iter().filter(|at| !that || *at > mark).collect();
        let beside: Vec<usize> = (copula..at).chain(Some(mark).filter(|_| that)).collect();
        let rule = "attribution.state";
        Some(Said {
            cue: at,
            beside,
            source: Some(source),
            content,
            carrier: None,
            signature,
            passive: false,
            given: None,
            rule,
        })
    }

    /// "Probably", "perhaps", and "may have": the clause around them.
    pub(super) fn softened(&self, at: usize) -> Option<Said> {
        let hedge = self.cues[at].soft?;
        let helper = self.kind(at) == Kind::Aux;
        // "In May" softens nothing, and what "is likely" is told elsewhere.
        if self.word(at) == "likely" && self.kind(at) != Kind::Adv
            || !helper && matches!(self.word(at), "may" | "might")
        {
            return None;
        }
        if helper && !matches!(self.relation(at), Relation::Aux | Relation::AuxPass) {
            return None;
        }
        let head = self.tree.words[at].head?;
        // What hangs on a noun or number softens that alone: "perhaps 200 people".
        let clause = matches!(self.kind(head), Kind::Verb | Kind::Aux)
            || self.tree.child(head, &[Relation::Cop]).is_some();
        if !clause {
            return None;
        }
        let mut content: Vec<usize> = self.below(head, &[at]);
        // "A project which may ruin them": the project may.
        let pronoun = self.tree.child(head, &[Relation::Nsubj, Relation::NsubjPass]);
        let noun = pronoun.and_then(|pronoun| Some((pronoun, self.antecedent(pronoun, pronoun + 1)?)));
        if let Some((pronoun, noun)) = noun {
            content.retain(|at| *at != pronoun);
            content.extend(self.source(noun, head).1);
        }
        let content = self.trimmed(content);
        let certainty = match hedge {
            Hedge::Possible => Certainty::Possible,
            Hedge::Probable => Certainty::Probable,
            Hedge::Unsupported => Certainty::Unsupported,
            Hedge::None => Certainty::Asserted,
        };
        let negated = self.tree.below[head].iter().any(|at| self.negates(*at));
        let polarity = if negated { Polarity::Negative } else { Polarity::Positive };
        (content.len() > 2).then(|| {
            self.of_author(
                at,
                Vec::new(),
                content,
                (SourceKind::Author, certainty, polarity),
                "attribution.softened",
            )
        })
    }

    fn of_author(
        &self,
        cue: usize,
        beside: Vec<usize>,
        content: Vec<usize>,
        given: Given,
        rule: &'static str,
    ) -> Said {
        let signature = Signature::Think;
        Said {
            cue,
            beside,
            source: None,
            content,
            carrier: None,
            signature,
            passive: false,
            given: Some(given),
            rule,
        }
    }

    /// Words that may stand between "it" and what is said of it.
    fn frames(&self, at: usize) -> bool {
        self.is_copula(at)
            || matches!(self.kind(at), Kind::Adv | Kind::Part | Kind::Aux | Kind::Det | Kind::Adj)
            || matches!(
                self.word(at),
                "remain"
                    | "remains"
                    | "remained"
                    | "become"
                    | "becomes"
                    | "became"
                    | "seem"
                    | "seems"
                    | "seemed"
                    | "appears"
                    | "appeared"
                    | "an"
                    | "a"
            )
    }

    fn is_copula(&self, at: usize) -> bool {
        matches!(
            self.word(at),
            "is" | "was"
                | "be"
                | "been"
                | "are"
                | "'s"
                | "’s"
                | "remains"
                | "remained"
                | "remain"
                | "becomes"
                | "became"
                | "become"
        )
    }

    fn negates(&self, at: usize) -> bool {
        matches!(self.word(at), "not" | "n't" | "n’t" | "never" | "no" | "hardly" | "far" | "longer" | "nor")
    }
}

/// What a word says of the sentence that it frames.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Frame {
    /// "It is clear that".
    Sure,
    /// "It is likely that".
    Likely,
    /// "It is possible that".
    Possible,
    /// "It is unclear who".
    Open,
    /// "It is untrue that".
    False,
}

impl Frame {
    pub(super) fn of(class: &str) -> Option<Frame> {
        Some(match class {
            "sure" => Frame::Sure,
            "likely" => Frame::Likely,
            "possible" => Frame::Possible,
            "open" => Frame::Open,
            "false" => Frame::False,
            _ => return None,
        })
    }
}
