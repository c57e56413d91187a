//! Statements that no verb leads to: "the claim that", "allegedly", "according to", "in our view".

use super::cue::{Signature, cues};
use super::find::{Said, Sentence};
use crate::syntax::{Kind, Relation};

impl Sentence<'_> {
    /// "the claim that …", "rumours of …", "there is evidence that …".
    pub(super) fn noun(&self, noun: usize, signature: Signature) -> Option<Said> {
        let tree = self.tree;
        // "views that pose a threat": the pronoun tells which.
        let which = self.lower.get(noun + 1).is_some_and(|next| next == "that")
            && self.tree.words.get(noun + 2).is_some_and(|_| self.is_finite(noun + 2));
        let clause = tree.children(noun, &[Relation::Acl, Relation::Ccomp]).find(|clause| {
            !which && tree.child(*clause, &[Relation::Mark]).is_some_and(|mark| self.word(mark) == "that")
        });
        let copula = tree.child(noun, &[Relation::Cop]).and_then(|_| {
            tree.child(noun, &[Relation::Ccomp, Relation::Acl, Relation::Advcl, Relation::Csubj]).filter(
                // "In a position to act" tells nothing.
                |clause| {
                    // "A version taught in schools".
                    let opens = tree.child(*clause, &[Relation::Mark, Relation::Nsubj]).is_some();
                    if !opens {
                        return false;
                    }
                    let to =
                        tree.child(*clause, &[Relation::Mark]).is_some_and(|mark| self.word(mark) == "to");
                    !to || matches!(signature, Signature::Wish | Signature::Order)
                },
            )
        });
        let of = tree.children(noun, &[Relation::Nmod]).find(|at| {
            tree.child(*at, &[Relation::Case])
                .is_some_and(|case| matches!(self.word(case), "of" | "about" | "regarding" | "concerning"))
        });
        if clause.or(copula).is_none()
            && !which
            && tree.words.get(noun + 1).is_some_and(|next| {
                next.kind == Kind::Sconj || self.word(noun + 1) == "that" && self.is_doing(noun + 2)
            })
            && let Some((mark, content)) = self.opened(noun, signature)
        {
            let mut beside: Vec<usize> = tree.children(noun, &[Relation::Det, Relation::Amod]).collect();
            beside.push(mark);
            // "The claim that nine had died was withdrawn": what is said of the claim is no part of it.
            let end = self.own_verb(noun).or_else(|| self.verb_behind(noun, mark));
            let content: Vec<usize> =
                content.into_iter().filter(|at| end.is_none_or(|end| *at < end)).collect();
            let governor = self.giver(noun);
            let owner = tree.child(noun, &[Relation::Poss]);
            let subject = owner.or_else(|| governor.and_then(|verb| self.subject(verb)));
            // "disputed the lawyer's version that": the lawyer's is the version, the dispute another's.
            beside.extend(governor.filter(|_| subject.is_some() && owner.is_none()));
            let source = subject.map(|owner| self.source(owner, noun));
            let rule = "attribution.noun";
            return Some(Said {
                cue: noun,
                beside,
                source,
                content,
                carrier: None,
                signature,
                passive: false,
                given: None,
                rule,
            });
        }
        // "his promise to rebuild it", "gave the order to shoot": with somebody who promises or orders.
        let to_do = tree.children(noun, &[Relation::Acl]).find(|at| {
            let wants = TO_DO.iter().any(|stem| self.word(noun).starts_with(stem));
            let to = tree
                .child(*at, &[Relation::Mark])
                .is_some_and(|mark| self.word(mark) == "to" && mark == noun + 1);
            let owned = tree.child(noun, &[Relation::Poss]).is_some()
                || self
                    .giver(noun)
                    .is_some_and(|verb| self.cues[verb].verb.is_none() && self.subject(verb).is_some());
            wants && to && owned
        });
        let (carrier, rule) = match (clause.or(copula).or(to_do), signature) {
            (Some(clause), _) => (clause, "attribution.noun"),
            (None, Signature::Allege | Signature::Show) if self.word(noun) != "sign" => {
                (of?, "attribution.noun-of")
            }
            (None, Signature::Say)
                if ["complaint", "warning"].iter().any(|stem| self.word(noun).starts_with(stem)) =>
            {
                (of?, "attribution.noun-of")
            }
            _ => return None,
        };
        let mut beside: Vec<usize> = tree.children(noun, &[Relation::Det]).collect();
        beside.extend(tree.child(carrier, &[Relation::Mark, Relation::Case]));
        let owner = tree.child(noun, &[Relation::Poss]);
        let governor = self.giver(noun);
        let subject = owner
            .or_else(|| governor.and_then(|verb| self.subject(verb)))
            .filter(|subject| !tree.is_below(*subject, carrier));
        if owner.is_none() && subject.is_some() {
            beside.extend(governor);
        }
        let source = subject.map(|subject| self.source(subject, noun));
        let content: Vec<usize> =
            self.below(carrier, &[]).into_iter().filter(|at| !beside.contains(at)).collect();
        let that = noun + 1;
        let end = self
            .own_verb(noun)
            .or_else(|| self.verb_behind(noun, that).filter(|_| self.word(that) == "that"));
        let content: Vec<usize> = content.into_iter().filter(|at| end.is_none_or(|end| *at < end)).collect();
        // "Rumours of a strike, the paper writes, …": a sentence behind a comma is no part of a thing.
        let thing = rule == "attribution.noun-of";
        let comma = content.iter().copied().find(|at| {
            thing
                && self.word(*at) == ","
                && !matches!(self.word(at + 1), "who" | "which" | "where" | "whose")
                && content.iter().any(|verb| verb > at && self.is_finite(*verb))
        });
        let content = content.into_iter().filter(|at| comma.is_none_or(|comma| *at < comma)).collect();
        let content = self.trimmed(content);
        if content.is_empty() {
            return None;
        }
        Some(Said {
            cue: noun,
            beside,
            source,
            content,
            carrier: Some(carrier),
            signature,
            passive: false,
            given: None,
            rule,
        })
    }

    fn is_doing(&self, at: usize) -> bool {
        self.tree.words.get(at).is_some_and(|word| word.fine == "VBG")
    }

    /// Where the verb begins that a noun is the subject of.
    fn own_verb(&self, noun: usize) -> Option<usize> {
        let subject = matches!(self.relation(noun), Relation::Nsubj | Relation::NsubjPass);
        let verb = self.tree.words[noun].head.filter(|verb| subject && *verb > noun)?;
        let helpers = self.tree.children(verb, &[Relation::Aux, Relation::AuxPass, Relation::Cop]);
        helpers.chain([verb]).filter(|at| *at > noun).min()
    }

    /// The second finite verb behind a noun that opens its sentence, with no word between that would join it to the first.
    fn verb_behind(&self, noun: usize, mark: usize) -> Option<usize> {
        let opens = self.relation(noun) == Relation::Root
            && (0..noun).all(|at| matches!(self.kind(at), Kind::Det | Kind::Adj | Kind::Noun | Kind::Propn));
        let first = (mark + 1..self.tree.words.len()).find(|at| self.is_finite(*at)).filter(|_| opens)?;
        let joins = |at: &usize| {
            matches!(self.kind(*at), Kind::Sconj | Kind::Cconj | Kind::Punct)
                || matches!(self.word(*at), "that" | "who" | "which" | "what" | "where" | "when")
        };
        let mut rest = (first + 1..self.tree.words.len()).take_while(|at| !joins(at));
        rest.find(|at| self.is_finite(*at))
    }

    /// The verb that lays a noun's statement in the mouth of its subject: "made the claim that".
    fn giver(&self, noun: usize) -> Option<usize> {
        self.tree.words[noun].head.filter(|head| {
            let gives = self.cues[*head].verb.is_some()
                || GIVES.iter().any(|stem| self.word(*head).starts_with(stem));
            // "Despite rumours of his flight, Sonn said": these are nobody's.
            let aside = self.tree.child(noun, &[Relation::Case]).is_some_and(|case| {
                matches!(
                    self.word(case),
                    "despite" | "amid" | "after" | "following" | "notwithstanding" | "because"
                )
            });
            gives
                && !aside
                && self.kind(*head) == Kind::Verb
                && matches!(self.relation(noun), Relation::Obj | Relation::Obl)
        })
    }

    /// "allegedly": the clause it stands in.
    pub(super) fn adverb(&self, adverb: usize, signature: Signature) -> Option<Said> {
        let head = self.tree.words[adverb].head?;
        let content: Vec<usize> = self.below(head, &[adverb]);
        let content = self.trimmed(content);
        (content.len() > 1).then_some(Said {
            cue: adverb,
            beside: Vec::new(),
            source: None,
            content,
            carrier: Some(head),
            signature,
            passive: false,
            given: None,
            rule: "attribution.adverb",
        })
    }

    /// "In our view", "by his own account": the rest of the sentence.
    pub(super) fn view(&self, at: usize) -> Option<Said> {
        let views: &[&str] = match self.word(at) {
            "in" => &[
                "view",
                "opinion",
                "assessment",
                "judgment",
                "judgement",
                "words",
                "telling",
                "account",
                "eyes",
            ],
            "to" => &["mind"],
            "by" => &["account", "accounts", "count", "estimate", "estimates", "reckoning", "admission"],
            _ => return None,
        };
        let noun =
            (at + 1..self.tree.words.len().min(at + 6)).find(|noun| views.contains(&self.word(*noun)))?;
        let between = at + 1..noun;
        let owner = between.clone().find(|at| matches!(self.tree.words[*at].fine, "PRP$" | "POS"))?;
        let mine = matches!(self.word(owner), "my" | "our");
        // The cue ends a clause or begins the sentence.
        let apart = at == 0
            || self.word(at - 1) == ","
            || self.tree.words.get(noun + 1).is_some_and(|_| self.word(noun + 1) == ",");
        if !apart || self.quoted[at].is_some() {
            return None;
        }
        let whose = between.filter(|at| !mine && *at <= owner && self.tree.words[*at].fine != "POS");
        let whose: Vec<usize> = whose.collect();
        let beside: Vec<usize> = (at + 1..=noun).filter(|at| !whose.contains(at)).collect();
        let content =
            self.trimmed((0..self.tree.words.len()).filter(|word| *word < at || *word > noun).collect());
        let given = mine.then_some((
            model::SourceKind::Author,
            model::Certainty::Probable,
            model::Polarity::Positive,
        ));
        (content.len() > 2).then_some(Said {
            cue: at,
            beside,
            source: whose.last().map(|head| (*head, whose.clone())),
            content,
            carrier: None,
            signature: Signature::Say,
            passive: false,
            given,
            rule: "attribution.according",
        })
    }

    /// "according to the ministry": the rest of the sentence.
    pub(super) fn preposition(&self, at: usize) -> Option<Said> {
        let tree = self.tree;
        let phrase = cues()
            .prepositions
            .iter()
            .find(|parts| parts.iter().enumerate().all(|(by, part)| self.word(at + by) == part))?;
        let last = at + phrase.len() - 1;
        // The noun stands behind it: the next word that no preposition hangs on.
        let cue: Vec<usize> = (at..=last).collect();
        let head = cue.iter().rev().filter_map(|word| tree.words[*word].head).find(|head| {
            *head > last
                && matches!(self.kind(*head), Kind::Noun | Kind::Propn | Kind::Pron | Kind::Num | Kind::X)
        });
        // Where the parse takes "according" for a verb, the noun hangs on it.
        let head = head.or_else(|| {
            let under = cue.iter().flat_map(|word| tree.below[*word].iter().copied());
            under.filter(|at| *at > last && self.is_nominal(*at)).min()
        })?;
        // "The message, according to which": the message tells.
        let told_by = ["which", "whom"].contains(&self.word(head));
        let noun = at
            .checked_sub(if self.word(at - usize::from(at > 0)) == "," { 2 } else { 1 })
            .filter(|_| told_by);
        let noun = noun.and_then(|last| {
            // The noun that leads the row right before: "the message of January 8".
            let part = |at: &usize| {
                matches!(
                    self.kind(*at),
                    Kind::Noun | Kind::Propn | Kind::Num | Kind::Adj | Kind::Det | Kind::Adp
                )
            };
            let row: Vec<usize> = (0..=last).rev().take_while(part).collect();
            let first =
                row.iter().rev().copied().find(|at| matches!(self.kind(*at), Kind::Noun | Kind::Propn));
            first.map(|first| {
                (
                    first,
                    row.into_iter()
                        .rev()
                        .skip_while(|at| self.kind(*at) == Kind::Adp)
                        .collect::<Vec<usize>>(),
                )
            })
        });
        let source: Vec<usize> = if let Some((_, row)) = &noun {
            row.clone()
        } else {
            let (_, words) = self.source(head, head);
            words.into_iter().filter(|word| *word > last).collect()
        };
        if source.is_empty() || phrase.len() == 1 && at != 0 && self.word(at) == "per" {
            return None;
        }
        // What describes it belongs to no more than it: "according to a report published in May".
        let described = self.below(head, &[]);
        let phrase_end = described.iter().chain(&source).copied().max().unwrap_or(last);
        let phrase: Vec<usize> = (at..=phrase_end).collect();
        let clause = tree.words[head]
            .head
            .or(tree.words[at].head)
            .filter(|clause| !cue.contains(clause) && *clause != head);
        let mut content: Vec<usize> = match clause {
            Some(clause) => {
                let but: Vec<usize> = tree.below[clause]
                    .iter()
                    .copied()
                    .filter(|below| tree.is_below(head, *below) || tree.is_below(at, *below))
                    .collect();
                self.below(clause, &but)
            }
            None => (0..tree.words.len()).filter(|word| *word < at || *word > phrase_end).collect(),
        };
        content.retain(|word| !phrase.contains(word) && !source.contains(word));
        // "…, according to X." speaks for the whole of a sentence that it ends, or begins.
        let ends = (phrase_end + 1..tree.words.len()).all(|word| self.kind(word) == Kind::Punct);
        let apart = at > 0 && self.word(at - 1) == ",";
        if at < 2
            || ends && apart
            || ends && clause.is_none_or(|clause| self.relation(clause) == Relation::Root)
        {
            content = (0..tree.words.len()).filter(|word| *word < at || *word > phrase_end).collect();
        }
        let content = self.trimmed(content);
        (content.len() > 1).then_some(Said {
            cue: at,
            beside: cue[1..].to_vec(),
            source: Some((head, source)),
            content,
            carrier: clause,
            signature: Signature::Say,
            passive: false,
            given: None,
            rule: "attribution.according",
        })
    }
}

/// Nouns of what somebody is going to do.
const TO_DO: &[&str] =
    &["promise", "pledge", "vow", "threat", "refusal", "order", "demand", "call", "appeal", "determination"];

/// Verbs that lay a statement in the mouth of their subject: "made the claim that", "has no doubt that".
const GIVES: &[&str] = &[
    "ma", "ha", "giv", "gave", "issu", "releas", "publish", "express", "spread", "circulat", "us", "present",
    "hold", "held", "offer", "sen", "deliver", "rais", "provid", "persist", "air",
];
