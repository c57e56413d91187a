//! A sentence as claims see it: which words hang on which, who does what, and how far a phrase reaches.

use super::table::{Entry, table};
use crate::syntax::{Kind, Relation, Tree};
use model::Span;

/// What stands before a strike that is an attack.
const FROM_AFAR: [&str; 10] = [
    "air",
    "missile",
    "drone",
    "rocket",
    "artillery",
    "military",
    "precision",
    "retaliatory",
    "bomb",
    "aerial",
];

/// A sentence whose claims are read.
pub(super) struct Clauses<'t> {
    pub(super) text: &'t str,
    pub(super) tree: &'t Tree,
    lower: Vec<String>,
    pub(super) entries: Vec<&'static Entry>,
}

impl<'t> Clauses<'t> {
    pub(super) fn new(text: &'t str, tree: &'t Tree) -> Clauses<'t> {
        let lower: Vec<String> = tree.words.iter().map(|word| word.span.of(text).to_lowercase()).collect();
        // "an air strike" is no walkout.
        let of = |at: usize| match lower[at].as_str() {
            "strike" | "strikes" if at > 0 && FROM_AFAR.contains(&lower[at - 1].as_str()) => "airstrike",
            word => word,
        };
        let entries = (0..lower.len()).map(|at| table().of(of(at))).collect();
        Clauses { text, tree, lower, entries }
    }

    pub(super) fn word(&self, at: usize) -> &str {
        self.lower.get(at).map_or("", String::as_str)
    }

    pub(super) fn kind(&self, at: usize) -> Kind {
        self.tree.words[at].kind
    }

    pub(super) fn relation(&self, at: usize) -> Relation {
        self.tree.words[at].relation
    }

    pub(super) fn is_noun(&self, at: usize) -> bool {
        matches!(self.kind(at), Kind::Noun | Kind::Propn)
    }

    /// The word below `at` that a preposition of this list leads in.
    pub(super) fn led_by(&self, at: usize, prepositions: &[&str]) -> Option<usize> {
        // Right behind it, whatever the parser hung it on.
        let next = self.tree.words.get(at + 1).filter(|_| prepositions.contains(&self.word(at + 1)));
        if let Some(head) = next.filter(|next| next.relation == Relation::Case).and_then(|next| next.head) {
            return Some(head).filter(|head| *head > at);
        }
        self.tree.children(at, &[Relation::Nmod, Relation::Obl, Relation::Agent]).find(|below| {
            self.tree.children(*below, &[Relation::Case]).any(|case| prepositions.contains(&self.word(case)))
        })
    }

    /// Who does what a verb tells: its subject, or that of the verb it hangs on.
    pub(super) fn subject(&self, verb: usize, depth: usize) -> Option<usize> {
        // Of two that the parser hung there the nearer one.
        if let Some(subject) = self.tree.children(verb, &[Relation::Nsubj]).filter(|own| *own < verb).last() {
            // "officials, who cut": the pronoun leads to the noun.
            let leads = matches!(self.word(subject), "who" | "which" | "that");
            return match (leads, self.relation(verb), self.tree.words[verb].head) {
                (true, Relation::Acl, Some(head)) => Some(head),
                _ => Some(self.speaker_meant(subject, verb).unwrap_or(subject)),
            };
        }
        let head = self.tree.words[verb].head.filter(|_| depth < 6)?;
        match self.relation(verb) {
            // "are believed to have cut it"
            Relation::Xcomp if self.tree.child(head, &[Relation::NsubjPass]).is_some() => {
                self.tree.child(head, &[Relation::NsubjPass])
            }
            Relation::Conj | Relation::Xcomp if self.kind(head) != Kind::Noun => {
                self.subject(head, depth + 1)
            }
            Relation::Advcl if matches!(self.tree.words[verb].fine, "VBG" | "VB") => {
                self.subject(head, depth + 1)
            }
            Relation::Acl if self.tree.words[verb].fine == "VBG" => Some(head),
            // "hired men sent by a firm to topple": whoever the nearest verb with a subject tells of.
            Relation::Acl | Relation::Nmod | Relation::Obj | Relation::Obl if depth > 0 => {
                self.subject(head, depth + 1)
            }
            _ => None,
        }
    }

    /// Whom a pronoun means that opens what somebody says: "the army denied that it had fired".
    fn speaker_meant(&self, pronoun: usize, verb: usize) -> Option<usize> {
        let meant = matches!(self.word(pronoun), "it" | "he" | "she" | "they");
        let says = self.tree.words[verb].head.filter(|_| meant && self.relation(verb) == Relation::Ccomp)?;
        let speaker = self.tree.child(says, &[Relation::Nsubj]).filter(|speaker| self.is_noun(*speaker))?;
        let several = matches!(self.tree.words[speaker].fine, "NNS" | "NNPS");
        let fits = several == (self.word(pronoun) == "they")
            || self.word(pronoun) == "they" && self.entries[speaker].somebody;
        (fits && speaker < pronoun).then_some(speaker)
    }

    pub(super) fn is_passive(&self, verb: usize) -> bool {
        self.tree.child(verb, &[Relation::AuxPass, Relation::NsubjPass]).is_some()
    }

    /// Who did what a verb tells, and what it was done to.
    pub(super) fn both(&self, verb: usize) -> (Option<usize>, Option<usize>) {
        if self.is_passive(verb) {
            let own = self.tree.child(verb, &[Relation::NsubjPass]);
            let leads = own.is_some_and(|own| matches!(self.word(own), "who" | "which" | "that"));
            let own = match (own, self.relation(verb), self.tree.words[verb].head) {
                (Some(_), Relation::Acl, Some(head)) if leads => Some(head),
                (None, Relation::Conj, Some(head)) => {
                    self.tree.child(head, &[Relation::NsubjPass, Relation::Nsubj])
                }
                (own, ..) => own,
            };
            return (self.agent(verb), own.or_else(|| self.before_helpers(verb)));
        }
        let (head, object) = (self.tree.words[verb].head, self.tree.child(verb, &[Relation::Obj]));
        let participle = self.tree.words[verb].fine == "VBN";
        match self.relation(verb) {
            // "riots orchestrated by": the noun is what it was done to, unless an object follows.
            Relation::Acl if participle => match object {
                Some(object) => (head, Some(object)),
                None => (self.agent(verb), head),
            },
            // "crews hired abroad and paid by": so is the noun of the first participle.
            Relation::Conj if participle && object.is_none() => {
                // "was arrested and released": what the first was done to.
                if let Some(first) = head.filter(|head| self.is_passive(*head)) {
                    let own = self.tree.child(first, &[Relation::NsubjPass]);
                    return (self.agent(verb).or_else(|| self.agent(first)), own);
                }
                let first = head.filter(|head| {
                    self.relation(*head) == Relation::Acl && self.tree.words[*head].fine == "VBN"
                });
                match first.and_then(|first| self.tree.words[first].head) {
                    Some(noun) => (self.agent(verb), Some(noun)),
                    None => (self.subject(verb, 0), None),
                }
            }
            _ => (self.subject(verb, 0), object.or_else(|| self.shared_object(verb))),
        }
    }

    /// What the verb beside it is done to: "detained and questioned the captain".
    fn shared_object(&self, verb: usize) -> Option<usize> {
        let joined = matches!(self.word(verb + 1), "and" | "or");
        let other = self.tree.children(verb, &[Relation::Conj]).find(|other| *other == verb + 2)?;
        Some(other).filter(|_| joined).and_then(|other| self.tree.child(other, &[Relation::Obj]))
    }

    /// The noun right before the helpers of a verb, over a clause between commas: "the captain, who had slept, was detained".
    pub(super) fn before_helpers(&self, verb: usize) -> Option<usize> {
        let first = (0..verb)
            .rev()
            .take_while(|at| matches!(self.kind(*at), Kind::Aux | Kind::Adv | Kind::Part))
            .last()?;
        let mut noun = first.checked_sub(1)?;
        if self.word(noun) == "," {
            let open = (0..noun).rev().find(|at| self.word(*at) == ",")?;
            if !matches!(self.word(open + 1), "who" | "which" | "whose") {
                return None;
            }
            noun = open.checked_sub(1)?;
        }
        self.is_noun(noun).then_some(noun)
    }

    pub(super) fn agent(&self, verb: usize) -> Option<usize> {
        self.tree.child(verb, &[Relation::Agent]).or_else(|| self.led_by(verb, &["by"]))
    }

    /// A noun and those that are set beside it with "and" or "or".
    pub(super) fn joined(&self, at: usize) -> Vec<usize> {
        let mut all = vec![at];
        // "Rebels led by Colonel Isa Holm": he too.
        let led = self
            .tree
            .children(at, &[Relation::Acl])
            .filter(|led| matches!(self.word(*led), "led" | "headed" | "commanded" | "directed"));
        all.extend(
            led.filter_map(|led| self.tree.child(led, &[Relation::Agent, Relation::Obl]))
                .filter(|by| self.is_name(*by)),
        );
        let others = self
            .tree
            .children(at, &[Relation::Conj])
            .filter(|other| self.is_noun(*other) || self.kind(*other) == Kind::Adj);
        all.extend(others);
        all
    }

    /// First and last word of a phrase, without clauses, without those beside it and without the preposition that leads it in.
    pub(super) fn reach(&self, at: usize) -> (usize, usize) {
        let left_out = |below: usize| {
            matches!(
                self.relation(below),
                Relation::Acl
                    | Relation::Advcl
                    | Relation::Ccomp
                    | Relation::Parataxis
                    | Relation::Conj
                    | Relation::Cc
                    | Relation::Cop
                    | Relation::Nsubj
                    | Relation::NsubjPass
                    | Relation::Csubj
                    | Relation::Mark
                    | Relation::Aux
                    | Relation::AuxPass
            ) || matches!(self.relation(below), Relation::Case | Relation::Punct | Relation::Advmod)
                && self.tree.words[below].head == Some(at)
                || self.is_charge(below, at)
                || self.is_day(below, at)
        };
        let (mut first, mut last) = self.tree.reach_without(at, &left_out);
        let mark = |word: usize| {
            self.kind(word) == Kind::Punct && !matches!(self.word(word), ")" | "”" | "’" | "\"")
        };
        while first < at && mark(first) {
            first += 1;
        }
        // Names right before it that the parser left apart: "Colonel Anna Holm".
        while first > 0
            && self.kind(first) == Kind::Propn
            && self.kind(first - 1) == Kind::Propn
            && self.glued(first - 1)
        {
            first -= 1;
        }
        while last > at && mark(last) {
            last -= 1;
        }
        (first, last)
    }

    /// Whether a phrase below somebody is what somebody is blamed for: "blamed the opposition for the riots".
    fn is_charge(&self, below: usize, at: usize) -> bool {
        let blamed = self.tree.words[at].head.is_some_and(|head| self.entries[head].accuses);
        let leads = |case| matches!(self.word(case), "for" | "over");
        blamed
            && self.relation(below) == Relation::Nmod
            && self.tree.children(below, &[Relation::Case]).any(leads)
    }

    /// Whether a phrase below a noun tells only the day: "police on Monday".
    fn is_day(&self, below: usize, at: usize) -> bool {
        let on = |case| matches!(self.word(case), "on" | "since" | "until" | "by");
        self.tree.words[below].head == Some(at)
            && crate::words::is_weekday(self.word(below))
            && self.tree.children(below, &[Relation::Case]).any(on)
    }

    /// Whether nothing but a blank stands between a word and the next.
    pub(super) fn glued(&self, at: usize) -> bool {
        let next = self.tree.words.get(at + 1).map_or(0, |next| next.span.start());
        self.text.get(self.tree.words[at].span.end()..next).is_some_and(|between| between == " ")
    }

    pub(super) fn phrase(&self, at: usize) -> Span {
        let (first, last) = self.reach(at);
        self.tree.span(first, last)
    }

    /// The nouns of a phrase in the singular, its head first.
    pub(super) fn about(&self, at: usize) -> Vec<String> {
        // "a number of buildings": the buildings.
        let of = self.entries[at].part.then(|| self.led_by(at, &["of"])).flatten();
        let head = of.unwrap_or(at);
        let mut found = vec![table().concept(self.word(head))];
        let beside = self.tree.children(head, &[Relation::Compound, Relation::Conj, Relation::Appos]);
        for word in beside.filter(|word| self.is_noun(*word)) {
            let concept = table().concept(self.word(word));
            if !found.contains(&concept) && concept.chars().count() > 2 {
                found.push(concept);
            }
        }
        found.truncate(8);
        found
    }

    /// Whether a word begins with a capital within its sentence.
    pub(super) fn is_name(&self, at: usize) -> bool {
        at > 0 && self.tree.words[at].span.of(self.text).starts_with(char::is_uppercase)
    }

    /// What an occasion is known by: its noun alone, and with what stands before it ("memorial+concert").
    pub(super) fn about_occasion(&self, at: usize) -> Vec<String> {
        let noun = table().concept(self.word(at));
        let before = self.tree.children(at, &[Relation::Compound, Relation::Amod]);
        let own =
            before.filter(|word| self.tree.words[*word].span.of(self.text).starts_with(char::is_lowercase));
        let with: Vec<String> = own.map(|word| format!("{}+{noun}", self.word(word))).collect();
        std::iter::once(noun).chain(with).take(3).collect()
    }
}
