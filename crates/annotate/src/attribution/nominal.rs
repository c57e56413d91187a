//! Statements that no verb leads to: "the claim that", "allegedly", "according to", "in our view".

use super::cue::{Signature, cues};
use super::find::{Said, Sentence};
use crate::syntax::{Kind, Relation};

impl Sentence<'_> {
    /// "the claim that …", "rumours of …", "there is evidence that …".
    pub(super) fn noun(&self, noun: usize, signature: Signature) -> Option<Said> {
        let tree = self.tree;
        let clause = tree.children(noun, &[Relation::Acl, Relation::Ccomp]).find(|clause| {
            tree.child(*clause, &[Relation::Mark]).is_some_and(|mark| self.word(mark) == "that")
        });
        let copula = tree.child(noun, &[Relation::Cop]).and_then(|_| {
            tree.child(noun, &[Relation::Ccomp, Relation::Acl, Relation::Advcl, Relation::Csubj]).filter(
                // "In a position to act" tells nothing.
                |clause| {
                    let to =
                        tree.child(*clause, &[Relation::Mark]).is_some_and(|mark| self.word(mark) == "to");
                    !to || matches!(signature, Signature::Wish | Signature::Order)
                },
            )
        });
        let of = tree.children(noun, &[Relation::Nmod]).find(|at| {
            tree.child(*at, &[Relation::Case]).is_some_and(|case| matches!(self.word(case), "of" | "about"))
        });
        if clause.or(copula).is_none()
            && tree.words.get(noun + 1).is_some_and(|next| next.kind == Kind::Sconj)
            && let Some((mark, content)) = self.opened(noun, signature)
        {
            let mut beside: Vec<usize> = tree.children(noun, &[Relation::Det, Relation::Amod]).collect();
            beside.push(mark);
            let source = tree.child(noun, &[Relation::Poss]).map(|owner| self.source(owner, noun));
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
        let (carrier, rule) = match (clause.or(copula), signature) {
            (Some(clause), _) => (clause, "attribution.noun"),
            (None, Signature::Allege | Signature::Show) if self.word(noun) != "sign" => {
                (of?, "attribution.noun-of")
            }
            _ => return None,
        };
        let mut beside: Vec<usize> = tree.children(noun, &[Relation::Det]).collect();
        beside.extend(tree.child(carrier, &[Relation::Mark, Relation::Case]));
        let owner = tree.child(noun, &[Relation::Poss]);
        let governor = tree.words[noun].head.filter(|head| {
            let gives = self.cues[*head].verb.is_some()
                || GIVES.iter().any(|stem| self.word(*head).starts_with(stem));
            gives
                && self.kind(*head) == Kind::Verb
                && matches!(self.relation(noun), Relation::Obj | Relation::Obl)
        });
        let subject = owner
            .or_else(|| governor.and_then(|verb| self.subject(verb)))
            .filter(|subject| !tree.is_below(*subject, carrier));
        if governor.is_some() && subject.is_some() {
            beside.extend(governor);
        }
        let source = subject.map(|subject| self.source(subject, noun));
        let content: Vec<usize> =
            self.below(carrier, &[]).into_iter().filter(|at| !beside.contains(at)).collect();
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
        let phrase_end = source.iter().copied().max().unwrap_or(last);
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
        content.retain(|word| !cue.contains(word) && !source.contains(word));
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

/// Verbs that lay a statement in the mouth of their subject: "made the claim that", "has no doubt that".
const GIVES: &[&str] = &[
    "ma", "ha", "giv", "gave", "issu", "releas", "publish", "express", "spread", "circulat", "us", "present",
    "hold", "held",
];
