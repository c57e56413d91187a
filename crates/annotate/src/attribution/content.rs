//! What a verb of saying leads to: a clause, a quotation, what is to be done, a thing.

use super::cue::Signature;
use super::find::Sentence;
use super::source::is_evidence;
use crate::syntax::{Kind, Relation};

/// What is denied to somebody: no word of it is said to be untrue.
const WITHHELD: [&str; 24] = [
    "access",
    "entry",
    "passage",
    "request",
    "requests",
    "application",
    "applications",
    "visa",
    "visas",
    "bail",
    "permission",
    "permit",
    "aid",
    "help",
    "assistance",
    "haven",
    "shelter",
    "asylum",
    "medicine",
    "food",
    "water",
    "care",
    "coverage",
    "opportunity",
];

/// What is claimed and is no word of anybody.
const TAKEN: [&str; 8] =
    ["allegiance", "credit", "responsibility", "asylum", "life", "lives", "victims", "title"];

/// What somebody threatens with; anything else is what is in danger.
const HARM: [&str; 14] = [
    "action",
    "retaliation",
    "reprisals",
    "revenge",
    "war",
    "strike",
    "strikes",
    "sanctions",
    "consequences",
    "violence",
    "lawsuit",
    "boycott",
    "resignation",
    "tariffs",
];

impl Sentence<'_> {
    pub(super) fn content(
        &self,
        verb: usize,
        signature: Signature,
        particle: Option<usize>,
        passive: bool,
        source: Option<&(usize, Vec<usize>)>,
    ) -> Option<(Vec<usize>, Option<usize>, &'static str)> {
        let tree = self.tree;
        // Before the verb the parser takes a title for a clause now and then.
        let title = |at: &usize| {
            *at < verb && self.kind(*at) == Kind::Noun && tree.child(*at, &[Relation::Cop]).is_none()
        };
        let clause = tree.children(verb, CLAUSES).find(|at| !title(at));
        if passive {
            return self.passive(verb, signature, clause);
        }
        // "As the mayor said, …": the rest of the sentence.
        if let Some(mark) = self.as_mark(verb).filter(|_| clause.is_none()) {
            let tells =
                matches!(signature, Signature::Say | Signature::Know | Signature::Show | Signature::Think);
            return self
                .beside_as(verb, mark)
                .filter(|_| tells && self.word(verb) != "known" && source.is_some())
                .map(|words| (words, self.tree.words[verb].head, "attribution.as"));
        }
        // "Said so", and "will continue" where nothing is quoted.
        let goes_on = self.word(verb).starts_with("continu") && self.quotation_near(verb).is_none();
        if self.word(verb + 1) == "so" || goes_on {
            return None;
        }
        if let Some(words) = self.before(verb, particle, source).filter(|_| !self.has_own(verb, particle)) {
            return Some((words, clause, "attribution.thrown-in"));
        }
        let whole = |clause: usize| {
            tree.child(clause, &[Relation::Nsubj, Relation::NsubjPass]).is_some() || self.is_finite(clause)
        };
        // What is called something is no clause: "called in a body that they rule".
        let names = signature == Signature::Describe && !self.word(verb).starts_with("describ");
        if let Some(clause) = clause.filter(|_| !names).filter(|clause| {
            *clause > verb
                || whole(*clause)
                    && source.is_some_and(|(head, _)| clause + 2 < *head || self.punctuated(*clause, *head))
        }) {
            let mut words = self.to_the_end(verb, clause);
            // A clause that the parse ends too early goes on to where the next teller begins.
            if let Some((_, more)) = self.opened(verb, signature).filter(|_| clause > verb) {
                words = words
                    .into_iter()
                    .chain(more)
                    .collect::<std::collections::BTreeSet<usize>>()
                    .into_iter()
                    .collect();
            }
            let words = self.without_added(clause, words);
            return Some((words, Some(clause), "attribution.clause"));
        }
        if let Some(words) = self.named(verb).filter(|_| names) {
            return Some((words, None, "attribution.object"));
        }
        let quoted = self.quotation_near(verb);
        if let Some(words) = quoted {
            let words = self.led_into(verb, words);
            return Some((words, None, "attribution.quotation"));
        }
        let to = tree.child(verb, &[Relation::Xcomp]);
        if let Some(to) = to
            && (matches!(signature, Signature::Order | Signature::Ask)
                || signature == Signature::Wish
                    && WISHES.iter().any(|stem| self.word(verb).starts_with(stem))
                || PROMISES.iter().any(|stem| self.word(verb).starts_with(stem)))
            && tree.child(to, &[Relation::Mark]).is_some_and(|mark| self.word(mark) == "to")
        {
            let mut words = self.below(to, &[]);
            if signature == Signature::Order
                && let Some(whom) = tree.child(verb, &[Relation::Obj, Relation::Iobj])
            {
                words.extend(self.below(whom, &[]));
            }
            return Some((words, Some(to), "attribution.to"));
        }
        // "admitted using the van", "proposes doing away with it"
        let doing = to.filter(|at| {
            *at > verb
                && self.tree.words[*at].fine == "VBG"
                && DOINGS.iter().any(|stem| self.word(verb).starts_with(stem))
        });
        if let Some(doing) = doing.filter(|_| source.is_some()) {
            return Some((self.below(doing, &[]), Some(doing), "attribution.to"));
        }
        if let Some((_, words)) = self.opened(verb, signature) {
            return Some((words, None, "attribution.clause"));
        }
        if let Some(words) = source.and_then(|_| self.bare(verb)) {
            return Some((words, None, "attribution.clause"));
        }
        self.object(verb, signature, particle, source)
    }

    /// Whether a mark stands between two words.
    pub(super) fn punctuated(&self, a: usize, b: usize) -> bool {
        (a.min(b) + 1..a.max(b)).any(|at| self.kind(at) == Kind::Punct)
    }

    /// A clause behind its verb, to the end of the sentence where nothing else hangs on the verb.
    pub(super) fn to_the_end(&self, verb: usize, clause: usize) -> Vec<usize> {
        let words = self.below(clause, &[]);
        if clause < verb {
            return words;
        }
        let last = words.last().copied().unwrap_or(clause);
        let rest: Vec<usize> = (last + 1..self.tree.words.len()).collect();
        // "The mayor, who knew that it would fail, told his men to go": the sentence goes on behind an aside.
        let aside = self.relation(verb) == Relation::Acl
            && rest.iter().any(|at| self.relation(*at) == Relation::Root && self.kind(*at) == Kind::Verb);
        // Another cue or another clause of the teller's begins behind it.
        let own = rest.iter().any(|at| {
            let hangs = self.tree.words[*at]
                .head
                .is_none_or(|head| head <= verb && self.relation(*at) != Relation::Punct);
            hangs && matches!(self.relation(*at), Relation::Advcl | Relation::Parataxis | Relation::Acl)
                || hangs
                    && self.relation(*at) == Relation::Conj
                    && (self.cues[*at].tells() || self.tree.child(*at, &[Relation::Nsubj]).is_none())
        });
        if own || aside || rest.len() > 25 {
            return words;
        }
        let mut words = words;
        words.extend(rest);
        words
    }

    /// A clause without what is added behind it by the teller: ", arguing that …".
    pub(super) fn without_added(&self, carrier: usize, words: Vec<usize>) -> Vec<usize> {
        let added = words.iter().copied().find(|at| {
            *at > carrier + 1
                && self.tree.words[*at].fine == "VBG"
                && self.quoted[*at].is_none()
                && (self.word(at - 1) == ","
                    || self.kind(at - 1) == Kind::Adv && self.word(at.wrapping_sub(2)) == ",")
        });
        let goes_on = words.iter().copied().find(|at| {
            *at > carrier
                && self.tree.words[*at].head == Some(carrier)
                && self.tells_on(*at, carrier).is_some()
        });
        // Its "and" with it.
        let goes_on = goes_on.map(|at| if self.kind(at - 1) == Kind::Cconj { at - 1 } else { at });
        match added.into_iter().chain(goes_on).min() {
            Some(added) => words.into_iter().filter(|at| *at < added).collect(),
            None => words,
        }
    }

    /// "is said to …", "it is believed that …", "was accused of …".
    pub(super) fn passive(
        &self,
        verb: usize,
        signature: Signature,
        clause: Option<usize>,
    ) -> Option<(Vec<usize>, Option<usize>, &'static str)> {
        let subject = self.tree.child(verb, &[Relation::NsubjPass, Relation::Nsubj]);
        let empty = subject.is_none_or(|subject| self.word(subject) == "it");
        if let Some(clause) = clause.filter(|_| empty) {
            return Some((self.below(clause, &[]), Some(clause), "attribution.passive"));
        }
        if let Some((_, words)) = self.opened(verb, signature) {
            return Some((words, None, "attribution.passive"));
        }
        if let Some(words) = self.i_am_told(verb) {
            return Some((words, None, "attribution.thrown-in"));
        }
        // "He was dismissed by the president".
        let sacked = ["dismiss", "reject"].iter().any(|stem| self.word(verb).starts_with(stem));
        let subject = subject.filter(|at| !(empty || sacked && !self.is_claimed(*at)))?;
        // "Was supposed to", "had been planned": what was meant to be is said by nobody.
        let meant = ["suppos", "plan", "intend", "aim", "instruct", "order", "command", "direct"];
        if meant.iter().any(|stem| self.word(verb).starts_with(stem)) {
            return None;
        }
        if self.tree.child(verb, &[Relation::Agent]).is_some()
            && matches!(
                signature,
                Signature::Blame
                    | Signature::Praise
                    | Signature::Deny
                    | Signature::Describe
                    | Signature::Show
                    | Signature::Know
            )
        {
            return Some((self.below(subject, &[]), Some(subject), "attribution.passive"));
        }
        let told = self.tree.child(verb, &[Relation::Xcomp]).or(match signature {
            Signature::Blame | Signature::Describe | Signature::Think => {
                self.tree.children(verb, &[Relation::Obl]).find(|at| {
                    self.tree
                        .child(*at, &[Relation::Case])
                        .is_some_and(|case| matches!(self.word(case), "of" | "as" | "for"))
                })
            }
            _ => None,
        })?;
        let mut words = self.below(subject, &[]);
        words.extend(self.below(told, &[]));
        Some((words, Some(told), "attribution.passive"))
    }

    /// Whether something is denied to somebody: kept from them, and not said to be otherwise.
    fn withheld(&self, verb: usize, object: usize) -> bool {
        let denies =
            ["deny", "denie", "denying", "refus"].iter().any(|stem| self.word(verb).starts_with(stem));
        denies
            && (WITHHELD.contains(&self.word(object)) || self.tree.child(verb, &[Relation::Iobj]).is_some())
    }

    /// A thing that is announced, denied, demanded.
    pub(super) fn object(
        &self,
        verb: usize,
        signature: Signature,
        particle: Option<usize>,
        source: Option<&(usize, Vec<usize>)>,
    ) -> Option<(Vec<usize>, Option<usize>, &'static str)> {
        // "This explains a good deal": nobody tells it.
        if matches!(self.word(source?.0), "this" | "that" | "there") {
            return None;
        }
        if let Some(particle) = particle {
            let head = self.tree.words[particle].head.filter(|head| *head != verb);
            let object = head.or(self.tree.child(verb, &[Relation::Obj, Relation::Obl]))?;
            let mut words = self.below(object, &[particle]);
            words.extend(self.to_do(&words));
            return Some((words, Some(object), "attribution.object"));
        }
        let object = self.tree.child(verb, &[Relation::Obj])?;
        let named = self.tree.child(verb, &[Relation::Xcomp]).is_some()
            || self
                .tree
                .children(verb, &[Relation::Obl])
                .any(|at| self.tree.child(at, &[Relation::Case]).is_some_and(|case| self.word(case) == "as"));
        let one_of = |stems: &[&str]| stems.iter().any(|stem| self.word(verb).starts_with(stem));
        let taken = match signature {
            // "Dismissed the claim", and not "dismissed the minister"; "charged them with", and not "charged the gate".
            Signature::Deny => {
                (!one_of(&["dismiss", "reject"]) || self.is_claimed(object)) && !self.withheld(verb, object)
            }
            Signature::Blame => {
                !one_of(&["charg"]) || self.tree.children(verb, &[Relation::Obl]).next().is_some()
            }
            // "Called a meeting" calls it nothing.
            Signature::Describe => {
                let beside = |case: &str| matches!(case, "to" | "with");
                let compared = self
                    .tree
                    .children(verb, &[Relation::Obl])
                    .chain(self.tree.children(object, &[Relation::Nmod]));
                let mut compared = compared.filter_map(|at| self.tree.child(at, &[Relation::Case]));
                named
                    || one_of(&["cit", "quot", "describ", "refer"])
                    || one_of(&["compar", "liken"]) && compared.any(|case| beside(self.word(case)))
            }
            Signature::Praise => one_of(&[
                "back", "endors", "prais", "approv", "laud", "applaud", "defend", "oppos", "welcom", "hail",
                "champion", "favor", "favour",
            ]),
            Signature::Order => one_of(&["demand", "request", "urg", "recommend", "suggest", "advocat"]),
            Signature::Wish => one_of(&["fear", "expect"]),
            Signature::Ask => one_of(&["question"]),
            // "Polls show a close race", and not "the mayor showed his hand".
            Signature::Know | Signature::Show
                if source.is_some_and(|(head, _)| is_evidence(self.word(*head))) =>
            {
                true
            }
            Signature::Know => one_of(&["acknowledg", "admit", "conced", "confirm", "confess", "document"]),
            Signature::Say => {
                one_of(OBJECTS)
                    && !(one_of(&["claim"]) && TAKEN.contains(&self.word(object)))
                    && (!one_of(&["threat"]) || HARM.contains(&self.word(object)))
            }
            _ => false,
        };
        let stands_for = matches!(self.word(object), "it" | "that" | "this" | "them");
        // "accused her of lying", "praised him for it"
        let of_somebody = matches!(signature, Signature::Blame | Signature::Praise)
            && matches!(self.word(object), "him" | "her" | "them" | "me" | "us")
            && self.tree.children(verb, &[Relation::Obl, Relation::Advcl]).any(|at| {
                let case = self.tree.child(at, &[Relation::Case, Relation::Mark]);
                case.is_some_and(|case| matches!(self.word(case), "of" | "for" | "as" | "with"))
            });
        if !taken
            || !of_somebody
                && !(stands_for
                    && (signature == Signature::Deny && !named || signature == Signature::Describe && named))
                && matches!(
                    self.word(object),
                    "it" | "that"
                        | "this"
                        | "him"
                        | "her"
                        | "them"
                        | "us"
                        | "me"
                        | "what"
                        | "which"
                        | "who"
                        | "whom"
                )
        {
            return None;
        }
        let mut words = self.with_phrases(verb, self.below(object, &[]));
        // ", which …" is what the teller adds.
        let added = words.iter().copied().find(|at| {
            *at > object && matches!(self.word(*at), "which" | "who" | "whose") && self.word(at - 1) == ","
        });
        words.retain(|at| added.is_none_or(|added| *at < added));
        if matches!(signature, Signature::Order | Signature::Ask) {
            words.extend(self.to_do(&words));
        }
        if matches!(signature, Signature::Blame | Signature::Describe | Signature::Praise) {
            for more in self.tree.children(verb, &[Relation::Obl, Relation::Xcomp, Relation::Advcl]) {
                let case = self.tree.child(more, &[Relation::Case, Relation::Mark]);
                if self.relation(more) == Relation::Xcomp
                    || case.is_some_and(|case| matches!(self.word(case), "of" | "as" | "for" | "to" | "with"))
                {
                    words.extend(self.below(more, &[]));
                }
            }
        }
        Some((words, Some(object), "attribution.object"))
    }

    /// Whether a noun is something that was said or is thought: what can be dismissed without an office.
    pub(super) fn is_claimed(&self, noun: usize) -> bool {
        let person = self.kind(noun) == Kind::Propn
            || matches!(self.word(noun), "he" | "him" | "her" | "them" | "me" | "us")
            || matches!(crate::lexicon::sense(self.word(noun)).noun(), 18);
        !person
    }

    /// The words of a quotation of some length that stands beside a verb and outside of which the verb stands.
    pub(super) fn quotation_near(&self, verb: usize) -> Option<Vec<usize>> {
        if self.quoted[verb].is_some() {
            return None;
        }
        let mut best: Option<(usize, usize)> = None;
        for at in 0..self.quoted.len() {
            let Some(own) = self.quoted[at] else { continue };
            let far = at.abs_diff(verb);
            if best.is_none_or(|(_, known)| far < known) && far < 14 {
                best = Some((own, far));
            }
        }
        let (quotation, _) = best?;
        let words: Vec<usize> = (0..self.quoted.len())
            .filter(|at| self.quoted[*at] == Some(quotation) && self.kind(*at) != Kind::Punct)
            .collect();
        (words.len() > 3).then_some(words)
    }
}

const CLAUSES: &[Relation] = &[Relation::Ccomp, Relation::Csubj];

/// Verbs of saying that lead to what somebody will do.
const PROMISES: &[&str] =
    &["promis", "pledg", "vow", "threaten", "sw", "guarante", "claim", "propos", "agree", "offer"];

/// Verbs with what was or is to be done as a participle.
const DOINGS: &[&str] = &[
    "admit",
    "den",
    "propos",
    "suggest",
    "recommend",
    "advocat",
    "recall",
    "remember",
    "report",
    "describ",
    "consider",
];

/// Verbs of wishing that tell as much as they wish.
const WISHES: &[&str] = &["hop", "plan", "want", "intend", "threaten", "vow"];

/// Verbs of saying whose object is what is said.
const OBJECTS: &[&str] = &[
    "mention",
    "tweet",
    "announc",
    "declar",
    "promis",
    "pledg",
    "propos",
    "claim",
    "predict",
    "threaten",
    "reiterat",
    "stress",
    "emphasi",
    "underlin",
    "outlin",
    "voic",
    "explain",
    "protest",
    "report",
    "highlight",
];
