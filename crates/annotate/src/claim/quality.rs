//! What a happening is said to have been like, who belonged to a whole, what was taken back, and what a happening is called.

use super::clause::Clauses;
use super::find::Told;
use super::table::{Part, table};
use crate::syntax::{Kind, Relation};
use model::{ClaimKind, Polarity};

impl Clauses<'_> {
    /// What a happening is said to have been like.
    pub(super) fn quality(&self, at: usize) -> Option<Told> {
        let (axis, yes) = self.entries[at].quality?;
        let happens = |word: usize| {
            self.entries[word].event
                || self.entries[word]
                    .happens
                    .iter()
                    .any(|(_, part, _)| matches!(part, Part::End | Part::Deed))
        };
        let head =
            self.tree.words[at].head.filter(|head| self.relation(at) == Relation::Amod && happens(*head));
        // "planned strikes" are announced; only what is said of a happening, or is plain, tells how it came about.
        let scheduled = head.is_some() && matches!(self.word(at), "planned" | "orchestrated");
        if scheduled {
            return None;
        }
        let (of, by) = match head {
            Some(head) => (head, "claim.like"),
            None => {
                let subject = self.tree.child(at, &[Relation::NsubjPass, Relation::Nsubj])?;
                let is = self.tree.child(at, &[Relation::Cop, Relation::AuxPass]).is_some();
                (
                    Some(subject).filter(|subject| is && happens(*subject) && !self.is_unreal(at))?,
                    "claim.was-like",
                )
            }
        };
        // "It was not a peaceful protest."
        let not = self.negated(at) || self.tree.child(of, &[Relation::Cop]).is_some() && self.negated(of);
        let yes = yes != not;
        Some(Told {
            kind: ClaimKind::Quality,
            class: table().qualities[axis].name.clone(),
            predicate: at,
            agents: Vec::new(),
            object: Some(of),
            polarity: if yes { Polarity::Positive } else { Polarity::Negative },
            by,
        })
    }

    /// Who or what belongs to a whole.
    pub(super) fn members(&self, at: usize) -> Option<Told> {
        let (whole, part) = match self.word(at) {
            "consist" | "consists" | "consisted" | "consisting" => {
                let whole = match self.relation(at) {
                    Relation::Acl => self.tree.words[at].head,
                    _ => self.subject(at, 0),
                };
                (whole, self.led_by(at, &["of"]))
            }
            "comprise" | "comprises" | "comprised" | "comprising" | "include" | "includes" | "included"
            | "including"
                if self.kind(at) == Kind::Verb =>
            {
                (self.subject(at, 0), self.tree.child(at, &[Relation::Obj]))
            }
            "composed" | "made" => {
                let (_, whole) = self.both(at);
                let up =
                    self.word(at) == "composed" || self.word(at + 1) == "up" || self.word(at + 2) == "of";
                (whole.filter(|_| up), self.led_by(at, &["of"]))
            }
            _ => return None,
        };
        let (whole, part) = (whole?, part?);
        if !self.is_noun(whole) || !self.is_noun(part) {
            return None;
        }
        Some(Told {
            kind: ClaimKind::Member,
            class: "member".into(),
            predicate: at,
            agents: self.joined(part),
            object: Some(whole),
            polarity: self.polarity(at),
            by: "claim.member",
        })
    }

    /// Somebody takes back what was said.
    pub(super) fn retraction(&self, at: usize) -> Option<Told> {
        if !self.entries[at].retracts || self.kind(at) != Kind::Verb || self.is_unreal(at) {
            return None;
        }
        let (agent, object) = self.both(at);
        let object = object.filter(|object| self.entries[*object].retracted)?;
        // Where the parser found nobody, the one who did what the sentence told last.
        let told_last = || {
            (0..at).rev().find(|before| {
                let verb = self.tree.words[*before].head.is_some_and(|head| self.kind(head) == Kind::Verb);
                self.relation(*before) == Relation::Nsubj && verb && self.is_noun(*before)
            })
        };
        let agent = agent.filter(|agent| self.is_noun(*agent)).or_else(told_last);
        Some(Told {
            kind: ClaimKind::Retraction,
            class: "retraction".into(),
            predicate: at,
            agents: agent.into_iter().collect(),
            object: Some(object),
            polarity: self.polarity(at),
            by: "claim.retraction",
        })
    }

    /// What a happening is called: "the strike was a riot", "it turned out to be a mutiny", "the recent riots".
    pub(super) fn label(&self, at: usize) -> Option<Told> {
        if !self.is_noun(at) || !self.entries[at].event || self.is_unreal(at) {
            return None;
        }
        let told = |of: Option<usize>, by: &'static str| {
            Some(Told {
                kind: ClaimKind::Label,
                class: "label".into(),
                predicate: at,
                agents: vec![at],
                object: of,
                polarity: self.polarity(at),
                by,
            })
        };
        let own = |subject: &usize| {
            self.entries[*subject].event
                || matches!(self.word(*subject), "it" | "this" | "that" | "what" | "these")
        };
        let is = self.tree.child(at, &[Relation::Cop]).is_some();
        let above = self.tree.words[at].head;
        let becomes = above.filter(|above| {
            matches!(self.relation(at), Relation::Xcomp | Relation::Obj)
                && self.entries[*above].becomes
                && !self.is_unreal(*above)
        });
        let subject = match (is, becomes) {
            (_, Some(above)) => self.subject(above, 0),
            (true, None) => self.subject(at, 0),
            _ => None,
        };
        // "It is an attack": only a noun that can name what happened as a whole.
        if let Some(subject) = subject.filter(own) {
            return told(Some(subject), "claim.called");
        }
        // "called the killings a massacre", "described the protests as an uprising"
        let names = |verb: &usize| {
            let stems = ["call", "describ", "brand", "label", "term", "dub"];
            self.kind(*verb) == Kind::Verb
                && !self.is_unreal(*verb)
                && stems.iter().any(|stem| self.word(*verb).starts_with(stem))
        };
        let mut leads = self.tree.children(at, &[Relation::Case]);
        let bare = leads.all(|case| self.word(case) == "as");
        // The parser hangs it on the verb or on what is called so.
        let (named, of) = match above.filter(|_| bare) {
            Some(above) if names(&above) => {
                let joined = [Relation::Obj, Relation::Iobj, Relation::NsubjPass];
                let mut others = self.tree.children(above, &joined);
                (Some(above), others.find(|other| *other < at && own(other)))
            }
            Some(above) if self.relation(above) == Relation::Obj && own(&above) => {
                (self.tree.words[above].head.filter(names), Some(above))
            }
            _ => (None, None),
        };
        if let (Some(verb), Some(of)) = (named, of) {
            let not = if self.negated(verb) { Polarity::Negative } else { Polarity::Positive };
            return told(Some(of), "claim.called").map(|told| Told { polarity: not, ..told });
        }
        let now = self
            .tree
            .children(at, &[Relation::Amod])
            .any(|word| matches!(self.word(word), "current" | "recent" | "ongoing" | "latest" | "present"));
        let the = self
            .tree
            .children(at, &[Relation::Det])
            .any(|word| matches!(self.word(word), "the" | "this" | "these"));
        (now && the).then(|| told(None, "claim.the-recent")).flatten()
    }
}
