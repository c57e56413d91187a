//! Who is said to stand behind what happened.

use super::clause::Clauses;
use super::find::Told;
use crate::syntax::{Kind, Relation};
use model::{ClaimKind, Polarity};

impl Clauses<'_> {
    /// Who is said to stand behind what happened.
    pub(super) fn blame(&self, at: usize) -> Option<Told> {
        let entry = self.entries[at];
        let told = |agents: Vec<usize>, object: Option<usize>, by: &'static str| {
            let day = |agent: usize| {
                let word = self.word(agent);
                crate::words::is_month(word) || crate::words::is_weekday(word)
            };
            let agents: Vec<usize> =
                agents.into_iter().filter(|agent| self.kind(*agent) != Kind::Pron && !day(*agent)).collect();
            let own = Told {
                kind: ClaimKind::Blame,
                class: "blame".into(),
                predicate: at,
                agents,
                object,
                polarity: self.polarity(at),
                by,
            };
            (!own.agents.is_empty()).then_some(own)
        };
        if entry.suffix && at > 1 && self.word(at - 1) == "-" {
            let agent = at - 2;
            let glued = self.tree.words[agent].span.end() == self.tree.words[at - 1].span.start();
            let noun = self.happened_behind(at).or_else(|| {
                let attempt = self.row_behind(at).filter(|last| self.word(*last) == "attempt")?;
                Some(attempt - 1).filter(|noun| *noun > at && self.entries[*noun].event)
            })?;
            let named = self.tree.words[agent].span.of(self.text).starts_with(char::is_uppercase);
            let found = (glued && named).then(|| told(vec![agent], Some(noun), "claim.compound")).flatten();
            // "It was not a Ruritania-backed coup."
            let not = self.negated(noun);
            return found
                .map(|told| Told { polarity: if not { Polarity::Negative } else { told.polarity }, ..told });
        }
        // "blamed the opposition for the riots", "accused them of organising the riots"
        if entry.accuses && self.kind(at) == Kind::Verb && !self.is_unreal(at) {
            let (accused, object) = self.charge(at)?;
            return told(self.joined(accused), Some(object), "claim.stake");
        }
        // "carried out the attack"
        let carries = matches!(self.word(at), "carry" | "carries" | "carried" | "carrying")
            && self.word(at + 1) == "out";
        // "blamed the opposition for inciting the riots": the opposition is said to have, and not who blames it.
        let charged = self.tree.words[at].head.is_some_and(|head| self.entries[head].accuses);
        if (entry.blames || carries) && !charged && self.kind(at) == Kind::Verb && !self.is_unreal(at) {
            let (agent, object) = self.both(at);
            let object = match object {
                Some(object) => self.happened(object),
                None => self.happened_behind(at),
            };
            let agent = agent?;
            // What sets something off is blamed only where it is somebody: "the price rise triggered" is a cause.
            let somebody = self.somebody(agent);
            return told(
                if somebody { self.joined(agent) } else { Vec::new() },
                Some(object?),
                "claim.behind",
            );
        }
        if entry.against && self.kind(at) == Kind::Verb && !self.is_unreal(at) {
            let (agent, object) = self.both(at);
            let agent = agent.filter(|agent| self.somebody(*agent))?;
            return told(self.joined(agent), object, "claim.behind");
        }
        if entry.shadow && self.relation(at) == Relation::Case {
            let led = self.tree.words[at].head?;
            let object = self.happened(led)?;
            let stands = match self.tree.child(led, &[Relation::Cop]) {
                Some(_) => self.tree.child(led, &[Relation::Nsubj]),
                None => self.tree.words[led].head.and_then(|verb| self.subject(verb, 0)),
            };
            let found = told(self.joined(stands?), Some(object), "claim.behind");
            let not = self.negated(led);
            return found
                .filter(|_| !self.is_unreal(led))
                .map(|told| Told { polarity: if not { Polarity::Negative } else { told.polarity }, ..told });
        }
        if entry.stake && self.is_noun(at) {
            return self.stake(at, &told);
        }
        if matches!(self.word(at), "work" | "handiwork" | "doing") && self.is_noun(at) {
            return self.work(at, &told);
        }
        if self.word(at) == "blame" && self.is_noun(at) {
            return self.laid(at, &told);
        }
        // "the attack was attributed to the rebels"
        if matches!(self.word(at), "attributed" | "ascribed") && self.kind(at) == Kind::Verb {
            let (_, object) = self.both(at);
            let object = self.happened(object?)?;
            let agent = self.led_by(at, &["to"]).filter(|agent| self.somebody(*agent))?;
            return told(self.joined(agent), Some(object), "claim.behind");
        }
        if entry.guilty && self.kind(at) == Kind::Adj {
            let object = self.happened(self.led_by(at, &["for", "of", "in"])?)?;
            let agent = self.tree.child(at, &[Relation::Nsubj])?;
            return told(self.joined(agent), Some(object), "claim.stake").filter(|_| !self.is_unreal(at));
        }
        // "the rebels were former policemen"
        let is = matches!(self.word(at + 1), "was" | "were" | "is" | "are") && entry.doer && self.is_noun(at);
        let rest = (at + 2..self.tree.words.len().min(at + 10)).take_while(|_| is);
        let light = |next: &usize| {
            matches!(
                self.kind(*next),
                Kind::Adj | Kind::Det | Kind::Adv | Kind::Noun | Kind::Propn | Kind::Num
            ) || self.tree.words[*next].fine == "VBN"
                || self.word(*next) == "-"
        };
        // The last noun of the row right behind: what the row is about.
        let row: Vec<usize> = rest.take_while(light).collect();
        let noun = row
            .iter()
            .copied()
            .skip_while(|next| !self.is_noun(*next))
            .take_while(|next| self.is_noun(*next))
            .last()?;
        told(self.joined(noun), Some(at), "claim.doers")
    }

    /// "The attack was the work of foreign agents."
    fn work(
        &self,
        at: usize,
        told: &dyn Fn(Vec<usize>, Option<usize>, &'static str) -> Option<Told>,
    ) -> Option<Told> {
        self.tree.child(at, &[Relation::Cop])?;
        let object = self.happened(self.tree.child(at, &[Relation::Nsubj])?)?;
        let found = told(self.joined(self.led_by(at, &["of"])?), Some(object), "claim.stake");
        let not = self.negated(at);
        found
            .filter(|_| !self.is_unreal(at))
            .map(|told| Told { polarity: if not { Polarity::Negative } else { told.polarity }, ..told })
    }

    /// "They laid the blame for the riots on the opposition."
    fn laid(
        &self,
        at: usize,
        told: &dyn Fn(Vec<usize>, Option<usize>, &'static str) -> Option<Told>,
    ) -> Option<Told> {
        let lays = |head: usize| {
            matches!(self.word(head), "pin" | "pinned" | "put" | "puts" | "lay" | "laid" | "place" | "placed")
        };
        self.tree.words[at].head.filter(|head| self.relation(at) == Relation::Obj && lays(*head))?;
        let far = self.tree.words.len().min(at + 8);
        let leads = (at + 1..far).find(|next| self.word(*next) == "for")?;
        let object = self.happened_behind(leads)?;
        let on = (leads + 1..self.tree.words.len().min(at + 14))
            .find(|next| self.word(*next) == "on" && self.relation(*next) == Relation::Case)?;
        let agent = self.tree.words[on].head.filter(|agent| *agent > on)?;
        told(self.joined(agent), Some(object), "claim.stake")
    }

    /// A part, a hand or a role in what happened.
    fn stake(
        &self,
        at: usize,
        told: &dyn Fn(Vec<usize>, Option<usize>, &'static str) -> Option<Told>,
    ) -> Option<Told> {
        // "in the riots", "of Ruritania in the riots"
        let near =
            (at + 1..self.tree.words.len().min(at + 7)).take_while(|next| self.kind(*next) != Kind::Verb);
        let leads = near.into_iter().find(|next| matches!(self.word(*next), "in" | "for" | "behind"));
        let object = leads
            .and_then(|leads| self.happened_behind(leads).or_else(|| self.brought_about(leads)))
            .or_else(|| self.for_which(at));
        let played = self.tree.words[at].head.filter(|head| {
            self.relation(at) == Relation::Obj
                && matches!(
                    self.word(*head),
                    "play"
                        | "played"
                        | "plays"
                        | "playing"
                        | "had"
                        | "have"
                        | "has"
                        | "claim"
                        | "claimed"
                        | "claims"
                        | "admit"
                        | "admitted"
                        | "admits"
                        | "accept"
                        | "accepted"
                        | "bear"
                        | "bears"
                        | "bore"
                        | "deny"
                        | "denied"
                        | "denies"
                        | "disclaim"
                        | "disclaimed"
                )
        });
        // "will have a role": not yet.
        if played.is_some_and(|verb| self.is_unreal(verb)) {
            return None;
        }
        let named = |word: &usize| {
            self.kind(*word) == Kind::Propn
                || self.tree.words[*word].span.of(self.text).starts_with(char::is_uppercase)
        };
        let own = self.tree.child(at, &[Relation::Poss]).or_else(|| self.led_by(at, &["of"]));
        let own = own.or_else(|| self.tree.children(at, &[Relation::Amod, Relation::Compound]).find(named));
        let agent = own.or_else(|| played.and_then(|verb| self.subject(verb, 0)))?;
        // "No group has claimed responsibility" says of nobody that it did.
        if self.tree.children(agent, &[Relation::Det]).any(|word| matches!(self.word(word), "no" | "neither"))
        {
            return None;
        }
        // "may have played a role", but not "played a constructive role".
        let bare = !self.tree.children(at, &[Relation::Amod]).any(|word| {
            !matches!(
                self.word(word),
                "key" | "major" | "leading" | "central" | "certain" | "direct" | "decisive"
            )
        });
        let in_nothing = leads.is_none() && played.is_some() && bare;
        let found = (object.is_some() || in_nothing && self.somebody(agent))
            .then(|| told(self.joined(agent), object, "claim.stake"))
            .flatten();
        // "has not played a role"
        let not = played.is_some_and(|verb| {
            let denied = self.word(verb).starts_with("den") || self.word(verb).starts_with("disclaim");
            denied != self.negated(verb)
        });
        found.map(|told| Told { polarity: if not { Polarity::Negative } else { told.polarity }, ..told })
    }

    /// "the attack, for which the rebels claimed responsibility": what stands before "for which".
    fn for_which(&self, at: usize) -> Option<usize> {
        let which = (at.saturating_sub(10)..at).rev().find(|word| self.word(*word) == "which")?;
        let leads = which.checked_sub(1).filter(|word| self.word(*word) == "for")?;
        (leads.saturating_sub(8)..leads).rev().find(|noun| self.happened(*noun).is_some())
    }

    /// What happened, where a noun tells of it or of a part of it: "the riots", "a wave of riots".
    fn happened(&self, at: usize) -> Option<usize> {
        let tells = |at: &usize| self.entries[*at].event || self.entries[*at].doer;
        let of = || self.led_by(at, &["of"]).filter(|_| self.entries[at].part);
        Some(at).filter(tells).or_else(|| of().filter(tells))
    }

    /// The last noun of the row right behind a word: what the row is about, whatever the parser hung it on.
    fn row_behind(&self, at: usize) -> Option<usize> {
        let light = |next: &usize| {
            matches!(
                self.kind(*next),
                Kind::Adj | Kind::Det | Kind::Adv | Kind::Noun | Kind::Propn | Kind::Num
            ) || self.tree.words[*next].fine == "VBN"
                || matches!(self.word(*next), "-" | "“" | "\"")
        };
        let row: Vec<usize> = (at + 1..self.tree.words.len().min(at + 12)).take_while(light).collect();
        let nouns = row.iter().copied().skip_while(|next| !self.is_noun(*next));
        nouns.take_while(|next| self.is_noun(*next)).last()
    }

    /// What happened, told right behind a word: nothing where the row there is about something else, "the response to the riots".
    fn happened_behind(&self, at: usize) -> Option<usize> {
        let last = self.row_behind(at)?;
        let part = self.entries[last].part && self.word(last + 1) == "of";
        let last = if part { self.row_behind(last + 1)? } else { last };
        Some(last).filter(|last| self.entries[*last].event || self.entries[*last].doer)
    }

    /// What somebody is said to have brought about, in words that follow a preposition: "of organising the riots", "in being behind
    /// the riots", "of a role in the riots".
    fn brought_about(&self, preposition: usize) -> Option<usize> {
        let light = |next: &usize| {
            matches!(self.word(*next), "having" | "being" | "been" | "secretly" | "deliberately")
        };
        let next = (preposition + 1..self.tree.words.len()).find(|next| !light(next))?;
        if self.entries[next].blames || self.entries[next].shadow {
            return self.happened_behind(next);
        }
        let stake = self.row_behind(preposition).filter(|last| self.entries[*last].stake)?;
        matches!(self.word(stake + 1), "in" | "for" | "behind")
            .then(|| self.happened_behind(stake + 1))
            .flatten()
    }

    /// Who is blamed, and for what: "blamed the opposition for the riots", "accused them of organising the riots", "blamed the riots on them".
    fn charge(&self, at: usize) -> Option<(usize, usize)> {
        let (_, accused) = self.both(at);
        let accused = accused?;
        if let Some(blamed) = self.led_by(accused, &["on"]).or_else(|| self.led_by(at, &["on"]))
            && let Some(object) = self.happened(accused)
        {
            return Some((blamed, object));
        }
        let leads = |next: &usize| match self.word(at).starts_with("blam") {
            true => matches!(self.word(*next), "for" | "over"),
            false => self.word(*next) == "of",
        };
        let far = self.tree.words.len().min(at + 12);
        let object = (at + 1..far)
            .filter(leads)
            .find_map(|next| self.happened_behind(next).or_else(|| self.brought_about(next)))?;
        Some((accused, object))
    }

    /// Whether a noun is somebody rather than something: it has a name in it, or is one of those who do such things.
    fn somebody(&self, at: usize) -> bool {
        let (first, last) = self.reach(at);
        (first..=last).any(|word| {
            let capital = self.tree.words[word].span.of(self.text).starts_with(char::is_uppercase);
            // A sentence opens with a capital whatever the word.
            let adjective = word > 0 && self.kind(word) == Kind::Adj;
            capital && (adjective || self.kind(word) == Kind::Propn)
                || self.entries[word].doer
                || self.entries[word].somebody
        })
    }
}
