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
            let agents: Vec<usize> =
                agents.into_iter().filter(|agent| self.kind(*agent) != Kind::Pron).collect();
            let own = Told {
                kind: ClaimKind::Blame,
                class: "blame".into(),
                predicate: at,
                agents,
                object,
                polarity: if self.negated(at)
                    || object.is_some_and(|object| entry.shadow && self.negated(object))
                {
                    Polarity::Negative
                } else {
                    Polarity::Positive
                },
                by,
            };
            (!own.agents.is_empty()).then_some(own)
        };
        let event =
            |word: Option<usize>| word.filter(|word| self.entries[*word].event || self.entries[*word].doer);
        if entry.suffix && at > 1 && self.word(at - 1) == "-" {
            let agent = at - 2;
            let glued = self.tree.words[agent].span.end() == self.tree.words[at - 1].span.start();
            let noun = (at + 1..self.tree.words.len().min(at + 4)).find(|next| self.entries[*next].event)?;
            let named = self.tree.words[agent].span.of(self.text).starts_with(char::is_uppercase);
            return (glued && named).then(|| told(vec![agent], Some(noun), "claim.compound")).flatten();
        }
        // "blamed the opposition for the riots", "accused them of organising the riots"
        if entry.accuses && self.kind(at) == Kind::Verb && !self.is_unreal(at) {
            let (_, accused) = self.both(at);
            let object = event(self.led_by(at, &["for", "of"])).or_else(|| self.event_accused_of(at))?;
            return told(self.joined(accused?), Some(object), "claim.stake");
        }
        if entry.blames && self.kind(at) == Kind::Verb && !self.is_unreal(at) {
            let (agent, object) = self.both(at);
            let (agent, object) = (agent?, event(object).or_else(|| self.event_behind(at, &[]))?);
            // What sets something off is blamed only where it is somebody: "the price rise triggered" is a cause.
            let somebody = self.somebody(agent);
            return told(
                if somebody { self.joined(agent) } else { Vec::new() },
                Some(object),
                "claim.behind",
            );
        }
        if entry.against && self.kind(at) == Kind::Verb {
            let (agent, object) = self.both(at);
            let agent = agent.filter(|agent| self.somebody(*agent))?;
            return told(self.joined(agent), object, "claim.behind");
        }
        if entry.shadow && self.relation(at) == Relation::Case {
            let object = event(self.tree.words[at].head)?;
            let stands = match self.tree.child(object, &[Relation::Cop]) {
                Some(_) => self.tree.child(object, &[Relation::Nsubj]),
                None => self.tree.words[object].head.and_then(|verb| self.subject(verb, 0)),
            };
            return told(self.joined(stands?), Some(object), "claim.behind");
        }
        if entry.stake && self.is_noun(at) {
            let led = ["in", "for", "behind"];
            let object = event(self.led_by(at, &led)).or_else(|| self.event_behind(at, &led));
            let played = self.tree.words[at].head.filter(|head| {
                self.relation(at) == Relation::Obj
                    && matches!(
                        self.word(*head),
                        "play" | "played" | "plays" | "playing" | "had" | "have" | "has"
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
            let own =
                own.or_else(|| self.tree.children(at, &[Relation::Amod, Relation::Compound]).find(named));
            let agent = own.or_else(|| played.and_then(|verb| self.subject(verb, 0)))?;
            // "may have played a role", but not "played a constructive role".
            let bare = !self.tree.children(at, &[Relation::Amod]).any(|word| {
                !matches!(
                    self.word(word),
                    "key" | "major" | "leading" | "central" | "certain" | "direct" | "decisive"
                )
            });
            let in_nothing = self.led_by(at, &["in", "for"]).is_none() && played.is_some() && bare;
            let found = (object.is_some() || in_nothing && self.somebody(agent))
                .then(|| told(self.joined(agent), object, "claim.stake"))
                .flatten();
            // "has not played a role"
            let not = played.is_some_and(|verb| self.negated(verb));
            return found
                .map(|told| Told { polarity: if not { Polarity::Negative } else { told.polarity }, ..told });
        }
        if entry.guilty && self.kind(at) == Kind::Adj {
            let object = event(self.led_by(at, &["for", "of", "in"]))?;
            let agent = self.tree.child(at, &[Relation::Nsubj])?;
            return told(self.joined(agent), Some(object), "claim.stake");
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

    /// The noun for what happened that stands behind a word, before the next verb: where the parser hung it elsewhere. With
    /// prepositions only one that follows one of them.
    fn event_behind(&self, at: usize, prepositions: &[&str]) -> Option<usize> {
        let near =
            (at + 1..self.tree.words.len().min(at + 9)).take_while(|next| self.kind(*next) != Kind::Verb);
        let near: Vec<usize> = near.collect();
        let from = match prepositions.is_empty() {
            true => 0,
            false => near.iter().position(|next| prepositions.contains(&self.word(*next)))?,
        };
        near[from..]
            .iter()
            .copied()
            .find(|next| self.is_noun(*next) && (self.entries[*next].event || self.entries[*next].doer))
    }

    /// The noun for what happened that somebody is accused of, or of having brought about.
    fn event_accused_of(&self, at: usize) -> Option<usize> {
        let of = (at + 1..self.tree.words.len().min(at + 12))
            .find(|next| matches!(self.word(*next), "of" | "for"))?;
        let near = of + 1..self.tree.words.len().min(of + 8);
        near.into_iter().find(|next| self.is_noun(*next) && self.entries[*next].event)
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
