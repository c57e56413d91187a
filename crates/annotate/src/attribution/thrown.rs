//! A teller thrown into what is said, or put behind it: "…, the mayor said on Friday".

use super::cue::Signature;
use super::find::{Sentence, Source};
use crate::syntax::{Kind, Relation};

impl Sentence<'_> {
    /// "Nine people died, officials said on Friday." and "…, said a doctor at the hospital.": a whole sentence, and who says it
    /// between its last comma and the end, told by the kinds of words alone; the words of the source, and what is said.
    pub(super) fn at_the_end(&self, verb: usize, signature: Signature) -> Option<(Source, Vec<usize>)> {
        let says =
            matches!(signature, Signature::Say | Signature::Know | Signature::Allege | Signature::Think);
        let past = |at: usize| matches!(self.tree.words[at].fine, "VBD" | "VBZ" | "VBP");
        if !says || !past(verb) || self.quoted.iter().any(Option::is_some) {
            return None;
        }
        let count = self.tree.words.len();
        let end = (0..count).rev().find(|at| self.kind(*at) != Kind::Punct)? + 1;
        let nominal = |at: usize| matches!(self.kind(at), Kind::Noun | Kind::Propn);
        // What a source is made of: nouns with what describes them, no finite verb, no comma.
        let part = |at: usize| {
            nominal(at)
                || matches!(self.kind(at), Kind::Adj | Kind::Det | Kind::Num | Kind::Adp | Kind::Part)
                || matches!(self.tree.words[at].fine, "VBN" | "VBG" | "PRP$" | "POS")
                || matches!(self.word(at), "-" | "and" | "'s" | "’s")
        };
        let head = |words: &[usize]| {
            let mut nouns =
                words.iter().copied().skip_while(|at| !nominal(*at)).take_while(|at| nominal(*at));
            let first = nouns.next()?;
            Some(nouns.last().unwrap_or(first))
        };
        let opens = |at: usize| {
            matches!(self.kind(at), Kind::Noun | Kind::Propn | Kind::Det | Kind::Adj | Kind::Num)
                || self.tree.words[at].fine == "PRP$"
        };
        let helper = |at: &usize| matches!(self.kind(*at), Kind::Aux | Kind::Adv);
        // "…, said a priest who was there".
        let behind: Vec<usize> =
            (verb + 1..end).take_while(|at| !matches!(self.word(*at), "who" | "which" | "whose")).collect();
        let before_verb = (0..verb).rev().find(|at| !helper(at))?;
        let (comma, words) = if self.word(before_verb) == "," && before_verb + 1 == verb {
            // "…, said a doctor at the hospital"
            if behind.is_empty()
                || behind.len() > 14
                || !behind.iter().all(|at| part(*at))
                || !opens(behind[0])
            {
                return None;
            }
            (before_verb, behind)
        } else {
            let light = |at: &usize| {
                matches!(
                    self.kind(*at),
                    Kind::Adp | Kind::Det | Kind::Noun | Kind::Propn | Kind::Num | Kind::Adv
                )
            };
            if behind.len() > 6 || !behind.iter().all(light) {
                return None;
            }
            let comma = (0..=before_verb).rev().find(|at| !part(*at)).filter(|at| self.word(*at) == ",")?;
            (comma, (comma + 1..=before_verb).collect::<Vec<usize>>())
        };
        if words.is_empty() || words.len() > 14 || !opens(words[0]) {
            return None;
        }
        // A sentence of its own stands before the comma, and no "when", "after" or "although" opens it.
        let told = (0..comma).any(|at| past(at) || self.tree.words[at].fine == "MD");
        let waits = self.tree.words[0].kind == Kind::Sconj
            || matches!(
                self.word(0),
                "when"
                    | "after"
                    | "as"
                    | "before"
                    | "while"
                    | "since"
                    | "until"
                    | "where"
                    | "who"
                    | "which"
                    | "what"
                    | "in"
                    | "at"
                    | "on"
                    | "for"
                    | "with"
            ) && !self.has_subject_before(comma);
        let list = comma + 1 < count && self.kind(comma + 1) == Kind::Cconj;
        if !told || waits || list || comma < 2 {
            return None;
        }
        Some(((head(&words)?, words), (0..comma).collect()))
    }

    /// Whether a finite verb with its subject stands before a word, outside of what "when" or "after" opens.
    pub(super) fn has_subject_before(&self, end: usize) -> bool {
        if !matches!(self.word(0), "in" | "at" | "on" | "for" | "with") {
            return false;
        }
        (0..end).any(|at| {
            let finite = matches!(self.tree.words[at].fine, "VBD" | "VBZ" | "VBP" | "VBN");
            let subject = self.tree.child(at, &[Relation::Nsubj, Relation::NsubjPass]);
            finite && subject.is_some_and(|subject| subject < at) && self.relation(at) != Relation::Acl
        })
    }

    /// "…, the mayor said on Friday.": all that stands before a source and its verb at the end of a sentence, and what a
    /// quotation after them goes on with. `None` where they do not stand so.
    pub(super) fn before(
        &self,
        verb: usize,
        particle: Option<usize>,
        source: Option<&(usize, Vec<usize>)>,
    ) -> Option<Vec<usize>> {
        let (_, words) = source?;
        let first = (*words.first()?).min(verb);
        let last = (*words.last()?).max(verb).max(particle.unwrap_or(0));
        // Source and verb stand together, and a mark stands before them.
        let inside = (first..=last).filter(|at| *at != verb && !words.contains(at));
        let light = |at: usize| {
            matches!(
                self.kind(at),
                Kind::Aux
                    | Kind::Adv
                    | Kind::Part
                    | Kind::Punct
                    | Kind::Adp
                    | Kind::Adj
                    | Kind::Det
                    | Kind::Noun
                    | Kind::Propn
            )
        };
        if first < 2 || inside.clone().count() > 6 || !inside.clone().all(light) {
            return None;
        }
        // "It is odd that on that day, the mayor wrote": the verb is in the clause that began before.
        if self
            .tree
            .child(verb, &[Relation::Mark])
            .is_some_and(|mark| mark < first && self.word(mark) == "that")
        {
            return None;
        }
        let mark = self.word(first - 1);
        if !matches!(mark, "," | "”" | "\"" | "’" | "'" | "“" | "—" | "–" | "-" | "--" | "?" | "!" | "''")
        {
            return None;
        }
        // What is said stands before, as a sentence of its own or quoted.
        let quoted = (0..first).any(|at| self.quoted[at].is_some());
        if !quoted && let Some(words) = self.around(first, last) {
            return Some(words);
        }
        let told =
            (0..first).any(|at| matches!(self.tree.words[at].fine, "VBD" | "VBZ" | "VBP" | "MD" | "VBN"));
        // "…, the morning after the mayor had ruled it out": the verb has its own.
        let own =
            self.tree.child(verb, &[Relation::Obj]).filter(|at| *at > verb && self.kind(*at) == Kind::Pron);
        if !quoted && own.is_some() {
            return None;
        }
        let opens = matches!(self.relation(0), Relation::Mark | Relation::Case) && !quoted;
        if !quoted && (!told || opens) {
            return None;
        }
        // A clause of its own behind the verb is what is said; so is a quotation.
        let behind = self
            .tree
            .children(verb, &[Relation::Ccomp, Relation::Xcomp, Relation::Obj])
            .any(|at| at > last && self.tree.child(at, &[Relation::Nsubj, Relation::Mark]).is_some());
        if behind && !quoted {
            return None;
        }
        let mut content: Vec<usize> = (0..first).collect();
        if !quoted {
            content.extend(self.goes_on_behind(last));
        }
        if quoted {
            content.extend((last + 1..self.quoted.len()).filter(|at| self.quoted[*at].is_some()));
        }
        Some(content)
    }

    /// Whether a verb has behind it what it tells: "…, the commandant reports looting", "…, they talk of spies". Whom it tells is not
    /// that, nor the day.
    pub(super) fn has_own(&self, verb: usize, particle: Option<usize>) -> bool {
        if self.quoted.iter().any(Option::is_some) {
            return false;
        }
        if let Some(particle) = particle {
            return self.tree.words[particle + 1..]
                .iter()
                .any(|word| matches!(word.kind, Kind::Noun | Kind::Propn));
        }
        let tells = ["tell", "told", "inform", "remind", "assur", "warn", "ask", "reply", "repli"];
        let to_whom = tells.iter().any(|stem| self.word(verb).starts_with(stem));
        self.tree.child(verb, &[Relation::Obj]).is_some_and(|object| {
            let day = is_day(self.word(object));
            object > verb
                && !to_whom
                && !day
                && matches!(self.kind(object), Kind::Noun | Kind::Propn | Kind::Pron)
        })
    }

    /// "Youths who, neighbours said, were strangers" and "Those who stayed, the mayor said, were strangers": a clause that source and verb
    /// stand in the middle of.
    pub(super) fn around(&self, first: usize, last: usize) -> Option<Vec<usize>> {
        let comma = |at: usize| self.tree.words.get(at).is_some_and(|_| self.word(at) == ",");
        let next = last + 2;
        if first < 2 || !comma(first - 1) || !comma(last + 1) {
            return None;
        }
        let goes_on = self.is_finite(next.min(self.tree.words.len() - 1)) && next < self.tree.words.len();
        let rest = next..self.tree.words.len();
        if matches!(self.word(first - 2), "who" | "which" | "that") && goes_on {
            return Some([first - 2].into_iter().chain(rest).collect());
        }
        // A subject alone stands before, with what describes it.
        let open = (0..first - 1).all(|at| {
            !self.is_finite(at)
                || (0..at).any(|who| matches!(self.word(who), "who" | "which" | "that" | "where"))
        });
        (open && goes_on).then(|| (0..first - 1).chain(rest).collect())
    }
}

fn is_day(word: &str) -> bool {
    crate::words::is_weekday(word)
        || crate::words::is_month(word)
        || matches!(word, "week" | "month" | "today" | "yesterday" | "year")
}
