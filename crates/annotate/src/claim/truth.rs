//! Whether a sentence says of something that it is so: what is denied, and what has not happened.

use super::clause::Clauses;
use crate::syntax::{Kind, Relation};
use model::Polarity;

/// Words that say no.
const NEGATIONS: [&str; 8] = ["not", "n't", "n’t", "never", "no", "nor", "without", "hardly"];

/// Words that say of a claim that it is not so.
const UNTRUE: [&str; 8] =
    ["false", "untrue", "baseless", "unfounded", "fabricated", "doubtful", "unlikely", "implausible"];

/// Adverbs by which an accusation is said not to hold.
const WRONGLY: [&str; 5] = ["wrongly", "falsely", "wrongfully", "mistakenly", "unjustly"];

/// Nouns for what is said, which may be false.
const SAYINGS: [&str; 28] = [
    "claim",
    "claims",
    "report",
    "reports",
    "allegation",
    "allegations",
    "accusation",
    "accusations",
    "rumour",
    "rumours",
    "rumor",
    "rumors",
    "story",
    "stories",
    "suggestion",
    "suggestions",
    "assertion",
    "assertions",
    "statement",
    "statements",
    "news",
    "idea",
    "notion",
    "theory",
    "speculation",
    "assumption",
    "charge",
    "charges",
];

/// Verbs by which a saying is said not to be so, by their stems.
const REJECTS: [&str; 7] = ["reject", "dismiss", "deni", "deny", "refut", "rebut", "debunk"];

/// Helpers of what has not happened.
const UNREAL: [&str; 9] = ["will", "wo", "would", "shall", "should", "can", "ca", "must", "'ll"];

impl Clauses<'_> {
    /// Whether a word is said not to be so: by a negation on it, on those it joins ("no soldiers", "nobody"), or on what leads to it
    /// ("there was no evidence that", "it is false that").
    pub(super) fn negated(&self, at: usize) -> bool {
        let joined = [Relation::Nsubj, Relation::NsubjPass, Relation::Obj, Relation::Agent];
        let with_nobody = self.tree.children(at, &joined).any(|below| {
            self.is_nobody(below)
                || self.has_no(below)
                // "not a single one", "zero ferries"; what was done "not by the guards but by the police" was done
                || self.relation(below) != Relation::Agent && self.tree.below[below].iter().any(|word| matches!(self.word(*word), "not" | "zero" | "neither") && *word < below)
        });
        // "has yet to arrest them", "have yet to be arrested"
        let to = if at > 0 && self.word(at - 1) == "be" { at - 1 } else { at };
        let not_yet = to > 1 && self.word(to - 1) == "to" && self.word(to - 2) == "yet";
        not_yet || self.has_not(at) || with_nobody || self.led_by_denial(at)
    }

    pub(super) fn polarity(&self, at: usize) -> Polarity {
        if self.negated(at) { Polarity::Negative } else { Polarity::Positive }
    }

    fn is_nobody(&self, at: usize) -> bool {
        matches!(self.word(at), "nobody" | "none" | "nothing" | "neither")
            || self.word(at) == "one" && at > 0 && self.word(at - 1) == "no"
    }

    fn has_not(&self, at: usize) -> bool {
        self.tree.below[at].iter().any(|below| {
            let light = matches!(
                self.relation(*below),
                Relation::Advmod
                    | Relation::Det
                    | Relation::Aux
                    | Relation::Other
                    | Relation::Case
                    | Relation::Mark
                    | Relation::Cc
            );
            // "not only arrested but killed" says both; "no doubt" and "No, they did" say yes; "arrested not by the guards" too.
            let both = matches!(
                self.word(below + 1),
                "only" | "until" | "just" | "merely" | "simply" | "doubt" | "," | "by" | "least"
            );
            let wrongly = self.entries[at].accuses && WRONGLY.contains(&self.word(*below));
            wrongly || light && !both && NEGATIONS.contains(&self.word(*below))
        })
    }

    fn has_no(&self, at: usize) -> bool {
        self.word(at) != "doubt"
            && self.tree.below[at].iter().any(|below| {
                self.relation(*below) == Relation::Det && matches!(self.word(*below), "no" | "neither")
            })
    }

    /// Whether what a clause hangs on denies it, three steps up at most: "it is false that", "there is no evidence that", "nobody
    /// believes that", "rejected claims that".
    fn led_by_denial(&self, at: usize) -> bool {
        let mut word = at;
        for _ in 0..3 {
            let Some(head) = self.tree.words[word].head else { return false };
            let clause = matches!(self.relation(word), Relation::Ccomp | Relation::Csubj | Relation::Acl)
                || self.tree.child(word, &[Relation::Mark]).is_some_and(|mark| self.word(mark) == "that");
            // "denied arresting them"; what stands behind "denied that" the layer of attributions knows.
            let gerund = self.relation(word) == Relation::Xcomp && self.tree.words[word].fine == "VBG";
            if gerund && self.word(head).starts_with("den") && self.rejects(head) {
                return true;
            }
            let believed = clause && self.is_disbelief(head)
                || self.relation(word) == Relation::Xcomp && self.is_disbelief(head);
            if believed || clause && (self.is_false(word, head) || self.lacks_proof(word, head)) {
                return true;
            }
            if !clause && self.relation(word) != Relation::Conj {
                return false;
            }
            word = head;
        }
        false
    }

    /// "nobody believes", "few think", "is not believed to have"
    fn is_disbelief(&self, verb: usize) -> bool {
        let believes = matches!(
            self.word(verb),
            "believe"
                | "believes"
                | "believed"
                | "think"
                | "thinks"
                | "thought"
                | "accept"
                | "accepts"
                | "accepted"
        );
        let few = |below| self.is_nobody(below) || self.word(below) == "few" || self.has_no(below);
        let by_nobody = || self.tree.children(verb, &[Relation::Nsubj, Relation::NsubjPass]).any(few);
        believes && (self.has_not(verb) || by_nobody())
    }

    /// Whether a clause hangs on what is said to be false: "it is untrue that", "claims that … are false", "rejected reports that".
    fn is_false(&self, word: usize, head: usize) -> bool {
        if UNTRUE.contains(&self.word(head)) {
            return true;
        }
        let so = matches!(self.word(head), "true" | "correct" | "case" | "confirmed") && self.has_not(head);
        // "the claim that convicted them": what the noun did, and nothing it says.
        let relative = self
            .tree
            .children(word, &[Relation::Nsubj, Relation::NsubjPass])
            .any(|own| matches!(self.word(own), "that" | "which" | "who"));
        let said = self.is_saying(head) && !relative;
        let above = self.tree.words[head].head.filter(|_| said);
        let untrue = above.is_some_and(|above| match self.relation(head) {
            Relation::Nsubj | Relation::NsubjPass => {
                UNTRUE.contains(&self.word(above)) || self.rejects(above)
            }
            _ => false,
        });
        // "the claim that they seized it was rejected", as the parser has it
        let subject = self.tree.child(head, &[Relation::NsubjPass]);
        let rejected = self.rejects(head) && subject.is_some_and(|subject| self.is_saying(subject));
        let wrong = |below| UNTRUE.contains(&self.word(below)) && said;
        so || untrue || rejected || self.tree.children(head, &[Relation::Amod]).any(wrong)
    }

    /// A noun for what is said.
    pub(super) fn is_saying(&self, at: usize) -> bool {
        SAYINGS.contains(&self.word(at))
    }

    fn rejects(&self, verb: usize) -> bool {
        self.kind(verb) == Kind::Verb
            && REJECTS.iter().any(|stem| self.word(verb).starts_with(stem))
            && !self.has_not(verb)
    }

    /// "there is no evidence that", "has found no sign that"
    fn lacks_proof(&self, word: usize, head: usize) -> bool {
        let proof = |noun: usize| {
            let shows = ["evidence", "proof", "sign", "signs", "indication", "truth", "confirmation"];
            shows.contains(&self.word(noun)) && self.has_no(noun)
        };
        proof(head)
            || self
                .tree
                .children(head, &[Relation::Nsubj, Relation::Obj])
                .any(|beside| beside != word && proof(beside))
    }

    /// Whether a verb tells of what has not happened: "will resign", "tried to seize", "has to resign", "if they
    /// seize", "until they seize", "had they seized it".
    pub(super) fn is_unreal(&self, at: usize) -> bool {
        let now = |verb: usize| matches!(self.tree.words[verb].fine, "VBZ" | "VBP");
        let helper = |below: &usize| {
            self.relation(*below) == Relation::Aux && UNREAL.contains(&self.word(*below))
                || self.relation(*below) == Relation::Mark
                    && (matches!(self.word(*below), "if" | "unless" | "whether")
                        // "until he resigns"
                        || matches!(self.word(*below), "until" | "before") && now(at))
        };
        // "nearly killed", "is to be arrested": not yet.
        let nearly = self.tree.below[at].iter().any(|below| matches!(self.word(*below), "nearly" | "almost"));
        let to_be = self.tree.below[at].iter().any(|below| {
            self.relation(*below) == Relation::AuxPass
                && self.word(*below) == "be"
                && below.checked_sub(1).is_some_and(|to| {
                    self.word(to) == "to"
                        && matches!(self.word(to.wrapping_sub(1)), "is" | "are" | "was" | "were")
                })
        });
        // "Had they seized it, …": the helper opens the sentence.
        let opens = matches!(self.word(0), "had" | "should" | "were");
        let turned = opens && (0..at).all(|before| self.word(before) != ",");
        let held = nearly || to_be || turned || self.tree.below[at].iter().any(helper);
        let above = self.tree.words[at].head.filter(|_| {
            matches!(
                self.relation(at),
                Relation::Xcomp | Relation::Ccomp | Relation::Conj | Relation::Advcl | Relation::Acl
            )
        });
        let marked = |by: &str| self.tree.children(at, &[Relation::Mark]).any(|mark| self.word(mark) == by);
        let to = marked("to");
        // "called for the mayor to resign", "it is time for him to resign"
        let wanted = to && marked("for");
        held || wanted
            || above.is_some_and(|above| {
                let open = self.entries[above].unreal
                    || matches!(
                        self.word(above),
                        "due" | "likely" | "supposed" | "ready" | "set"
                    )
                    // "has to resign"; "has yet to resign" is said not to be so
                    || matches!(self.word(above), "has" | "have") && !(above..at).any(|word| self.word(word) == "yet")
                    || self.tree.below[above].iter().any(helper);
                to && open
            })
    }

    /// Whether a sentence asks rather than tells.
    pub(super) fn asks(&self) -> bool {
        let behind = (0..self.tree.words.len()).rev().take_while(|at| self.kind(*at) == Kind::Punct);
        behind.into_iter().any(|at| self.word(at).contains('?'))
    }
}
