//! The claims of one sentence, from what hangs on what.

use super::clause::Clauses;
use super::table::{Part, table};
use crate::attribution::hedged;
use crate::syntax::{Kind, Relation};
use model::{Certainty, Claim, ClaimKind, Polarity, Span};

/// Bytes of a claim beyond which only its predicate and what stands nearest are kept.
const LONGEST: usize = 320;

/// Words before a place at which something happened.
const PLACE_WORDS: [&str; 5] = ["in", "at", "near", "outside", "inside"];

/// A claim before its words are drawn together.
pub(super) struct Told {
    pub(super) kind: ClaimKind,
    pub(super) class: String,
    pub(super) predicate: usize,
    pub(super) agents: Vec<usize>,
    pub(super) object: Option<usize>,
    pub(super) polarity: Polarity,
    pub(super) by: &'static str,
}

impl Clauses<'_> {
    /// All claims; `times` are the dated times of the sentence.
    pub(super) fn claims(&self, times: &[Span]) -> Vec<Claim> {
        let mut told = Vec::new();
        // What a sentence asks it does not tell.
        if self.asks() {
            return Vec::new();
        }
        for at in 0..self.tree.words.len() {
            self.happenings(at, &mut told);
            told.extend(self.blame(at));
            told.extend(self.quality(at));
            told.extend(self.members(at));
            told.extend(self.retraction(at));
            told.extend(self.label(at));
        }
        let predicates: Vec<usize> =
            told.iter().filter(|one| one.kind == ClaimKind::Happening).map(|one| one.predicate).collect();
        let timed: Vec<(Span, Option<usize>)> =
            times.iter().map(|time| (*time, self.hangs_on(*time, &predicates))).collect();
        let mut claims: Vec<Claim> =
            told.into_iter().filter_map(|one| self.claim(one, &timed, &predicates)).collect();
        // One happening and one time in a sentence belong together, however far apart they stand.
        if let (Some(only), [time]) = (predicates.first().filter(|_| predicates.len() == 1), times)
            && !self.is_of_saying(*time)
        {
            let only = self.tree.words[*only].span;
            let own = claims.iter_mut().filter(|claim| claim.predicate == only && claim.time.is_none());
            own.for_each(|claim| claim.time = Some(*time));
        }
        claims
    }

    /// A word of happening and those that hang on it.
    fn happenings(&self, at: usize, told: &mut Vec<Told>) {
        for (number, part, particle) in &self.entries[at].happens {
            let class = table().classes[*number].name.clone();
            // "they sank the ferry", "the ferry sank"
            let both = |wanted: Part| {
                self.entries[at].happens.iter().any(|(own, part, _)| own == number && *part == wanted)
            };
            let undergone = !self.is_passive(at) && self.both(at).1.is_none();
            match part {
                Part::Verb if undergone && both(Part::Fate) => continue,
                Part::Fate if !undergone && both(Part::Verb) => continue,
                _ => {}
            }
            let (agent, object, by) = match part {
                // "Congress" is a body.
                Part::Occasion if self.is_noun(at) && !self.is_name(at) => (None, Some(at), "claim.occasion"),
                Part::Verb | Part::Fate if self.kind(at) == Kind::Verb => {
                    let particles = self.tree.below[at].iter().any(|below| {
                        particle.as_deref() == Some(self.word(*below))
                            || self
                                .tree
                                .children(*below, &[Relation::Case])
                                .any(|case| particle.as_deref() == Some(self.word(case)) && case == at + 1)
                    });
                    if particle.is_some() && !particles || self.is_unreal(at) {
                        continue;
                    }
                    match part {
                        Part::Fate => (
                            None,
                            self.subject(at, 0).or(self.tree.child(at, &[Relation::NsubjPass])),
                            "claim.fate",
                        ),
                        _ => {
                            let (agent, object) = self.both(at);
                            // "dismissed the allegations": what is said leaves no office.
                            if object.is_some_and(|object| self.is_saying(object)) {
                                continue;
                            }
                            (agent, object, "claim.verb")
                        }
                    }
                }
                // "called for the arrest of": it has not happened.
                Part::Deed | Part::End if self.is_noun(at) && self.is_wished_for(at) => continue,
                // "It was not a strike", "they are not behind the strike": that there was none is not said.
                Part::Deed | Part::End
                    if self.tree.child(at, &[Relation::Cop]).is_some() && self.negated(at) =>
                {
                    continue;
                }
                Part::Deed | Part::End if self.is_noun(at) => {
                    let (agent, object) = self.of_noun(at, *part);
                    (agent, object, "claim.noun")
                }
                _ => continue,
            };
            let plain = |word: &usize| {
                self.kind(*word) != Kind::Pron || matches!(self.word(*word), "he" | "she" | "him" | "her")
            };
            let agents = agent.filter(plain).map(|agent| self.joined(agent)).unwrap_or_default();
            // "There were protests" asks for nothing they were done to.
            let object = object.filter(plain).filter(|_| table().classes[*number].when.contains("{}"));
            let concept = |object: usize| table().concept(self.word(object));
            if !table().classes[*number].is_told_of(&object.map(concept).unwrap_or_default()) {
                continue;
            }
            told.push(Told {
                kind: ClaimKind::Happening,
                class,
                predicate: at,
                agents,
                object,
                polarity: self.polarity_of(at),
                by,
            });
        }
    }

    /// Whether a noun for a happening is only called for, planned or feared.
    fn is_wished_for(&self, at: usize) -> bool {
        let head = self.tree.words[at]
            .head
            .filter(|_| matches!(self.relation(at), Relation::Obj | Relation::Obl | Relation::Nmod));
        let head = head.filter(|head| self.kind(*head) == Kind::Verb);
        head.is_some_and(|head| self.entries[head].unreal || self.entries[head].light && self.is_unreal(head))
    }

    /// The polarity of a word of happening, that of the verb which carries it with it: "did not launch an attack".
    fn polarity_of(&self, at: usize) -> Polarity {
        let light = self.tree.words[at]
            .head
            .filter(|head| self.relation(at) == Relation::Obj && self.entries[*head].light);
        match light {
            Some(verb) if self.negated(verb) => Polarity::Negative,
            _ => self.polarity(at),
        }
    }

    /// Who did what a noun tells, and what it was done to.
    fn of_noun(&self, at: usize, part: Part) -> (Option<usize>, Option<usize>) {
        let owner = self.tree.child(at, &[Relation::Poss]);
        let of = self.led_by(at, &["of"]);
        let on = self.led_by(at, &["on", "against", "upon", "at"]);
        let by = self.led_by(at, &["by"]);
        // "a total line blockage": the noun before it. "Flu deaths" and "police killings" tell of another part.
        let of_people = self.entries[at].happens.iter().any(|(class, ..)| table().classes[*class].of_people);
        let before = self
            .tree
            .children(at, &[Relation::Compound])
            .find(|below| *below < at && self.is_noun(*below) && !of_people);
        // "launched an attack"
        let light = self.tree.words[at].head.filter(|head| {
            self.relation(at) == Relation::Obj && self.entries[*head].light && !self.is_unreal(*head)
        });
        let light = light.and_then(|verb| self.subject(verb, 0));
        match part {
            Part::Deed => {
                let agent = by.or(owner).or(light).or(if on.is_some() { of } else { None });
                let agent = agent.or(before.filter(|before| self.kind(*before) == Kind::Propn));
                let object = on.or(of.filter(|of| Some(*of) != agent));
                (agent, object)
            }
            _ => (by.or(light), of.or(owner).or(before)),
        }
    }

    /// "…, the minister said on Tuesday": the day of the saying is not the day of what is told.
    fn is_of_saying(&self, time: Span) -> bool {
        let Some(first) = self.tree.words.iter().position(|word| word.span.end() > time.start()) else {
            return false;
        };
        let light = |at: &usize| {
            matches!(self.kind(*at), Kind::Adp | Kind::Det | Kind::Adv)
                || matches!(self.word(*at), "late" | "early" | "earlier" | "statement")
        };
        let before = (first.saturating_sub(5)..first).rev().find(|at| !light(at));
        let governor = self.tree.words[first].head.filter(|head| self.kind(*head) == Kind::Verb);
        before.into_iter().chain(governor).any(|at| crate::attribution::says(self.word(at)))
    }

    /// The predicate or the verb a time hangs on: the first on its way up.
    fn hangs_on(&self, time: Span, predicates: &[usize]) -> Option<usize> {
        let mut at = self.tree.words.iter().position(|word| word.span.end() > time.start())?;
        // "the arrest of the captain (on May 3)": what stands in brackets belongs to what stands right before them.
        let bracket = (at.saturating_sub(3)..at).rev().find(|before| self.word(*before) == "(");
        let near = bracket.and_then(|bracket| {
            predicates.iter().copied().filter(|own| *own < bracket && bracket - own < 9).max()
        });
        if near.is_some() {
            return near;
        }
        for _ in 0..self.tree.words.len() {
            let own = !time.covers(self.tree.words[at].span);
            if own && (predicates.contains(&at) || matches!(self.kind(at), Kind::Verb)) {
                return Some(at);
            }
            at = self.tree.words[at].head?;
        }
        None
    }

    /// A predicate with the words above it up to the first verb that has a subject of its own.
    fn frame(&self, predicate: usize) -> Vec<usize> {
        let mut frame = vec![predicate];
        let mut at = predicate;
        for _ in 0..8 {
            let subject = self.tree.child(at, &[Relation::Nsubj, Relation::NsubjPass]).is_some();
            if subject && matches!(self.kind(at), Kind::Verb | Kind::Adj) {
                break;
            }
            let Some(head) = self.tree.words[at].head else { break };
            frame.push(head);
            at = head;
        }
        // "strikes that went on from March 1"
        frame.extend(self.tree.children(predicate, &[Relation::Acl]).filter(|_| self.is_noun(predicate)));
        frame
    }

    /// Whether a word tells of a beginning: "began", "broke out", "the outbreak".
    fn tells_beginning(&self, at: usize) -> bool {
        let particle =
            || self.tree.words.get(at + 1).is_some() && table().begins_with(self.word(at), self.word(at + 1));
        self.entries[at].begins || particle()
    }

    fn begins(&self, predicate: usize, frame: &[usize], time: Option<Span>) -> bool {
        let from = time.and_then(|time| self.text.get(..time.start())).is_some_and(|before| {
            let last = before.trim_end().rsplit(' ').next().unwrap_or_default();
            matches!(last.to_lowercase().as_str(), "from" | "since")
        });
        // Only what hangs on the beginning itself begins: its object, its subject, its verb.
        let near = frame.iter().take(2).any(|at| *at != predicate && self.tells_beginning(*at));
        near || from
    }

    /// Where it happened: words behind "in", "at" or "near" that hang on the word that tells of it, on the verb that carries it or
    /// on what it was done to, and have a name in them.
    fn place_of(&self, told: &Told, frame: &[usize], times: &[(Span, Option<usize>)]) -> Option<Span> {
        let carrier = frame.get(1).filter(|at| {
            self.entries[**at].light
                || self.tells_beginning(**at)
                || self.kind(**at) == Kind::Verb && self.kind(told.predicate) == Kind::Verb
        });
        let from = [Some(told.predicate), carrier.copied(), told.object];
        let below = from
            .into_iter()
            .flatten()
            .flat_map(|at| self.tree.children(at, &[Relation::Obl, Relation::Nmod]));
        let mut found: Vec<Span> = below
            .filter(|below| {
                self.tree
                    .children(*below, &[Relation::Case])
                    .any(|case| PLACE_WORDS.contains(&self.word(case)))
            })
            .flat_map(|below| self.joined(below).into_iter().map(|one| self.phrase(one)).reduce(Span::join))
            .filter(|phrase| phrase.of(self.text).split(' ').any(|word| word.starts_with(char::is_uppercase)))
            .filter(|phrase| times.iter().all(|(time, _)| time.meet(*phrase).is_none()))
            .collect();
        let predicate = self.tree.words[told.predicate].span;
        found.sort_by_key(|phrase| (phrase.start().abs_diff(predicate.start()), *phrase));
        found.into_iter().next()
    }

    fn claim(&self, told: Told, times: &[(Span, Option<usize>)], predicates: &[usize]) -> Option<Claim> {
        let tree = self.tree;
        let frame = self.frame(told.predicate);
        // A time that hangs on another happening is that one's.
        let own = |on: &Option<usize>| match on {
            Some(on) if *on == told.predicate => true,
            Some(on) => frame.contains(on) && !predicates.contains(on),
            None => false,
        };
        let time = match told.kind {
            ClaimKind::Happening => times.iter().find(|(_, on)| own(on)).map(|(time, _)| *time),
            _ => None,
        };
        let place = match told.kind {
            ClaimKind::Happening => self.place_of(&told, &frame, times),
            _ => None,
        };
        let predicate = tree.words[told.predicate].span;
        let agents: Vec<Span> = told.agents.iter().map(|agent| self.phrase(*agent)).collect();
        // What stands inside the phrase of another is not of it: "the blame for the riots on the opposition".
        let first_agent = agents.iter().map(|agent| agent.start()).min();
        let object = told.object.map(|object| {
            let phrase = self.phrase(object);
            let own = self.tree.words[object].span;
            let within = first_agent.filter(|start| own.end() < *start && *start < phrase.end());
            let last = within.and_then(|start| {
                self.tree
                    .words
                    .iter()
                    .rev()
                    .filter(|word| word.span.end() <= start)
                    .nth(1)
                    .map(|word| word.span.end())
            });
            last.map_or(phrase, |last| Span::new(phrase.start(), last.max(own.end())))
        });
        // The nearest first, so that what is too far away is left out.
        let mut parts: Vec<Span> = agents.iter().copied().chain(object).chain(time).chain(place).collect();
        parts.sort_by_key(|part| (part.start().abs_diff(predicate.start()), *part));
        let mut span = predicate;
        for part in parts {
            let joined = span.join(part);
            if joined.len() <= LONGEST {
                span = joined;
            }
        }
        let mut certainty = Certainty::Asserted;
        let near = tree.below[told.predicate].iter().copied();
        let above = frame.iter().skip(1).take(2).flat_map(|at| tree.below[*at].iter().copied().chain([*at]));
        for word in near.chain(above) {
            let light =
                matches!(tree.words[word].relation, Relation::Aux | Relation::Advmod | Relation::Amod)
                    || frame.contains(&word);
            if let Some(hedge) = hedged(self.word(word)).filter(|_| light) {
                certainty = certainty.max(hedge);
            }
            if light && matches!(self.word(word), "alleged" | "supposed" | "purported" | "presumed") {
                certainty = certainty.max(Certainty::Unsupported);
            }
        }
        Some(Claim {
            span,
            kind: told.kind,
            class: told.class,
            predicate,
            agents,
            about: match told.object {
                Some(object) if object == told.predicate => self.about_occasion(object),
                Some(object) if self.kind(object) != Kind::Pron => self.about(object),
                _ => Vec::new(),
            },
            object,
            time,
            place,
            begins: self.begins(told.predicate, &frame, time),
            polarity: told.polarity,
            certainty,
            by: told.by,
        })
    }
}
