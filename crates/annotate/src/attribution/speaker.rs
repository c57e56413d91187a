//! Whom a verb of saying speaks for: its subject, whoever it goes on from, the noun before it.

use super::find::Sentence;
use crate::syntax::{Kind, Relation};

impl Sentence<'_> {
    /// The source of a verb: its subject, or the subject of the verb it follows, or the noun it describes.
    pub(super) fn subject(&self, verb: usize) -> Option<usize> {
        if let Some(subject) = self.tree.child(verb, &[Relation::Nsubj]) {
            // "officials, who said": the pronoun leads to the noun.
            let pronoun = matches!(self.word(subject), "who" | "which" | "that");
            if pronoun
                && let Some(head) = self.tree.words[verb].head
                && self.relation(verb) == Relation::Acl
            {
                return Some(head);
            }
            return Some(subject);
        }
        // "China has more openly blamed": the helper that adverbs part from its verb.
        if self.tree.words[verb].fine == "VBN"
            && let Some(helper) = (0..verb).rev().find(|at| self.kind(*at) != Kind::Adv)
            && matches!(self.word(helper), "has" | "have" | "had")
            && let Some(subject) = self.tree.child(helper, &[Relation::Nsubj])
        {
            return Some(subject);
        }
        let (head, relation) = (self.tree.words[verb].head?, self.relation(verb));
        match relation {
            _ if self.carried_on(verb).is_some() && !matches!(relation, Relation::Conj | Relation::Xcomp) => {
                self.carried_on(verb)
            }
            // "denied that officers had fired and suggested that …": whoever denied it.
            Relation::Conj if self.tells_on(verb, head).is_some() => self.subject(self.tells_on(verb, head)?),
            Relation::Conj | Relation::Xcomp => match self.kind(head) {
                Kind::Verb | Kind::Aux | Kind::Adj => self.subject(head),
                _ => None,
            },
            // "denied that the army had been slow, saying …": whoever denied it.
            Relation::Advcl if self.tree.words[verb].fine == "VBG" => self.subject(
                self.teller(head).filter(|_| verb > 0 && self.word(verb - 1) == ",").unwrap_or(head),
            ),
            Relation::Acl if self.tree.words[verb].fine == "VBG" => Some(head),
            Relation::Acl
                if matches!(self.kind(head), Kind::Noun | Kind::Propn)
                    && self.word(verb.wrapping_sub(1)) == "to" =>
            {
                None
            }
            _ => None,
        }
    }

    /// The noun that "which" or "who" right before a verb stands for, where the parse leads to the pronoun alone.
    pub(super) fn antecedent(&self, pronoun: usize, verb: usize) -> Option<usize> {
        let relative =
            matches!(self.word(pronoun), "which" | "who" | "that") && self.kind(pronoun) == Kind::Pron;
        if !relative || pronoun > verb || verb - pronoun > 4 {
            return None;
        }
        let before = pronoun.checked_sub(1)?;
        let noun = if self.word(before) == "," { before.checked_sub(1)? } else { before };
        matches!(self.kind(noun), Kind::Noun | Kind::Propn).then_some(noun)
    }

    /// The cue whose content a verb carries.
    pub(super) fn teller(&self, carrier: usize) -> Option<usize> {
        let above = self.tree.words[carrier].head.filter(|_| self.relation(carrier) == Relation::Ccomp)?;
        self.cues[above].verb.map(|_| above)
    }

    /// The cue that a second cue goes on from, where the parser hung the second on what the first tells of: both stand in the past,
    /// and what is told lies before it.
    pub(super) fn tells_on(&self, verb: usize, carrier: usize) -> Option<usize> {
        let teller = self.teller(carrier)?;
        let past = |at: usize| self.tree.words[at].fine == "VBD";
        let goes_on = past(verb) && past(teller) && !past(carrier) && self.cues[verb].tells();
        goes_on.then_some(teller)
    }

    /// The words of a source: the noun with what describes it, but no clause.
    pub(super) fn source(&self, head: usize, verb: usize) -> (usize, Vec<usize>) {
        let but: Vec<usize> = self.tree.below[head]
            .iter()
            .copied()
            .filter(|below| {
                matches!(
                    self.relation(*below),
                    Relation::Acl
                        | Relation::Punct
                        | Relation::Cop
                        | Relation::Advcl
                        | Relation::Parataxis
                        | Relation::Ccomp
                ) || self.tree.is_below(verb, *below)
                    || matches!(self.relation(*below), Relation::Case | Relation::Mark)
            })
            .collect();
        let mut words = self.below(head, &but);
        // Titles and names right before it that the parser left apart: "City Attorney Brad Holm".
        let named = |at: usize| {
            matches!(self.kind(at), Kind::Propn) && !self.text_between(at).starts_with([',', ';', ':'])
        };
        while let Some(before) = words.first().and_then(|first| first.checked_sub(1)) {
            if before == verb || self.kind(words[0]) != Kind::Propn || !named(before) {
                break;
            }
            words.insert(0, before);
        }
        (head, words)
    }

    /// What stands between a word and the next one.
    pub(super) fn text_between(&self, at: usize) -> &str {
        let from = self.tree.words[at].span.end();
        let to = self.tree.words.get(at + 1).map_or(from, |next| next.span.start());
        &self.text[from..to.max(from)]
    }

    /// The noun right before a finite verb, where the parser found no subject or one that does not reach so far.
    pub(super) fn nearer(
        &self,
        verb: usize,
        found: Option<(usize, Vec<usize>)>,
    ) -> Option<(usize, Vec<usize>)> {
        // "One study found prices would rise": a past that the tagger takes for a participle.
        let past = self.tree.words[verb].fine == "VBN"
            && self.tree.child(verb, &[Relation::Aux, Relation::AuxPass]).is_none()
            && self.bare(verb).is_some();
        let finite = past || matches!(self.tree.words[verb].fine, "VBD" | "VBZ" | "VBP");
        let helper = |at: usize| matches!(self.kind(at), Kind::Aux | Kind::Adv | Kind::Part);
        let Some(near) = (0..verb).rev().find(|at| !helper(*at)).filter(|_| finite) else { return found };
        let nominal = matches!(self.kind(near), Kind::Noun | Kind::Propn)
            || self.kind(near) == Kind::Pron && !matches!(self.word(near), "who" | "which" | "that" | "what");
        // "a worker who did not want to give his name said": what describes the subject is not the subject.
        let describes = found.as_ref().is_some_and(|(head, _)| self.tree.is_below(near, *head));
        if !nominal
            || describes
            || found
                .as_ref()
                .is_some_and(|(_, words)| words.contains(&near) || words.iter().any(|at| *at > near))
        {
            return found;
        }
        // Behind a subject that ends with a mark the noun is its apposition; behind a preposition it is no subject.
        let part = |at: usize| {
            matches!(self.kind(at), Kind::Noun | Kind::Propn | Kind::Adj | Kind::Det | Kind::Num | Kind::Pron)
                || self.word(at) == "'s"
                || self.word(at) == "’s"
        };
        let mut first = near;
        while self.kind(near) != Kind::Pron && first > 0 && part(first - 1) {
            first -= 1;
        }
        let led =
            first.checked_sub(1).is_some_and(|before| matches!(self.kind(before), Kind::Adp | Kind::Cconj));
        if led && found.is_some() {
            return found;
        }
        // "Survivors of the explosion said": the noun before the preposition, and what leads to it.
        let mut head = near;
        while first > 1
            && self.kind(first - 1) == Kind::Adp
            && matches!(self.kind(first - 2), Kind::Noun | Kind::Propn)
        {
            head = first - 2;
            first = head;
            while first > 0 && part(first - 1) {
                first -= 1;
            }
        }
        Some((head, (first..=near).collect()))
    }

    /// Whom a verb behind "to" speaks for: "lead us to conclude", "they have reason to believe".
    pub(super) fn of_infinitive(&self, verb: usize) -> Option<usize> {
        let to =
            verb.checked_sub(1).filter(|to| self.word(*to) == "to" && self.tree.words[verb].fine == "VB")?;
        let finite = (0..to).rev().find(|at| self.is_finite(*at))?;
        let whom = (finite + 1..to).find(|at| matches!(self.word(*at), "us" | "me" | "them" | "him" | "her"));
        let above = if self.kind(finite) == Kind::Aux {
            self.tree.words[finite].head.unwrap_or(finite)
        } else {
            finite
        };
        whom.or_else(|| self.tree.child(above, &[Relation::Nsubj]))
            .filter(|who| !matches!(self.word(*who), "it" | "there"))
    }

    /// Whom a participle behind a comma speaks for, "…, adding that": whomever the nearest full verb before it is about.
    pub(super) fn of_participle(&self, verb: usize) -> Option<usize> {
        let before = verb.checked_sub(1)?;
        let parted = self.tree.words[verb].fine == "VBG"
            && matches!(self.word(before), "," | "while" | "by" | "after" | "before" | "without");
        // The clause it hangs on tells where the parse holds.
        let held = self.relation(verb) == Relation::Advcl && self.subject(verb).is_some();
        if !parted || held || self.tree.child(verb, &[Relation::Nsubj, Relation::Aux]).is_some() {
            return None;
        }
        (0..before).rev().find_map(|at| {
            let subject = self.tree.child(at, &[Relation::Nsubj]).filter(|subject| *subject < at)?;
            let relative = matches!(self.word(subject), "who" | "which" | "that" | "what");
            let inside = self.quoted[at].is_some() && self.quoted[verb].is_none();
            let whole = !relative && !inside && matches!(self.kind(at), Kind::Verb | Kind::Adj | Kind::Noun);
            // "Analysts said that prices had risen, citing …": the analysts cite.
            let teller = self.teller(at).and_then(|teller| self.tree.child(teller, &[Relation::Nsubj]));
            whole.then(|| teller.unwrap_or(subject))
        })
    }

    /// The noun that an aside parts from its verb: "reports from the coast — where nobody is allowed — confirmed that".
    pub(super) fn before_aside(&self, verb: usize) -> Option<(usize, Vec<usize>)> {
        let close = verb.checked_sub(1)?;
        let mark = self.word(close);
        let open = match mark {
            "—" | "–" | "," | "--" | "-" => mark,
            ")" => "(",
            _ => return None,
        };
        let open = (0..close).rev().find(|at| self.word(*at) == open).filter(|open| *open > 0)?;
        let part = |at: &usize| {
            self.is_nominal(*at)
                || matches!(self.kind(*at), Kind::Adj | Kind::Det | Kind::Adp | Kind::Part)
                || matches!(self.tree.words[*at].fine, "POS" | "PRP$")
        };
        let mut words: Vec<usize> = (0..open).rev().take_while(part).collect();
        words.reverse();
        while words.first().is_some_and(|first| matches!(self.kind(*first), Kind::Adp | Kind::Part)) {
            words.remove(0);
        }
        let from = words.iter().position(|at| self.is_nominal(*at))?;
        let head = words[from..].iter().copied().take_while(|at| self.is_nominal(*at)).last()?;
        Some((head, words))
    }

    /// Who does what the verb right behind "and" or "but" tells: the subject of the nearest finite verb before.
    pub(super) fn carried_on(&self, verb: usize) -> Option<usize> {
        let helper = |at: &usize| matches!(self.kind(*at), Kind::Aux | Kind::Adv | Kind::Part);
        let joint = (0..verb).rev().find(|at| !helper(at)).filter(|at| self.kind(*at) == Kind::Cconj)?;
        let before = (0..joint).rev().find(|at| {
            self.tree.child(*at, &[Relation::Nsubj]).is_some()
                && matches!(self.kind(*at), Kind::Verb | Kind::Adj | Kind::Noun)
        })?;
        self.subject(before)
    }
}
