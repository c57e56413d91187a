//! What stands behind a cue, by the order of words alone: for sentences whose parse does not lead from the cue to what is said.

use super::cue::Signature;
use super::find::Sentence;
use crate::syntax::{Kind, Relation};

/// Words between a cue and the "that" of what is said: "told reporters on Monday that".
const REACH: usize = 12;

/// Words of what is thrown in between a subject and its verb.
const ASIDE: usize = 14;

/// Words that open what is asked or known.
const ASKED: [&str; 9] = ["whether", "who", "how", "why", "what", "where", "when", "which", "if"];

/// Verbs that name whom something is told before what is told.
const TOLD: [&str; 11] =
    ["tell", "told", "inform", "assur", "reassur", "remind", "notif", "warn", "advis", "convinc", "persuad"];

/// Stems of verbs behind which a sentence of its own stands without "that" more often than a thing.
const BARE: [&str; 41] = [
    "say",
    "said",
    "think",
    "thought",
    "believ",
    "claim",
    "insist",
    "argu",
    "admit",
    "add",
    "suspect",
    "hop",
    "fear",
    "announc",
    "conclud",
    "declar",
    "estimat",
    "explain",
    "find",
    "found",
    "not",
    "predict",
    "realis",
    "realiz",
    "report",
    "reveal",
    "show",
    "suggest",
    "indicat",
    "warn",
    "acknowledg",
    "alleg",
    "assert",
    "contend",
    "confirm",
    "learn",
    "know",
    "knew",
    "maintain",
    "expect",
    "assum",
];

impl Sentence<'_> {
    pub(super) fn is_finite(&self, at: usize) -> bool {
        matches!(self.tree.words[at].fine, "VBD" | "VBZ" | "VBP" | "MD")
    }

    pub(super) fn is_nominal(&self, at: usize) -> bool {
        matches!(self.kind(at), Kind::Noun | Kind::Propn | Kind::Pron | Kind::Num)
    }

    /// Whether a sentence of its own may begin at a word: what can be a subject, and a finite verb somewhere behind.
    fn begins(&self, at: usize) -> bool {
        let opens = matches!(
            self.kind(at),
            Kind::Noun
                | Kind::Propn
                | Kind::Pron
                | Kind::Num
                | Kind::Det
                | Kind::Adj
                | Kind::Adv
                | Kind::Adp
                | Kind::Sconj
        ) || matches!(self.tree.words[at].fine, "VBG" | "EX" | "``");
        opens && (at + 1..self.tree.words.len()).any(|at| matches!(self.kind(at), Kind::Verb | Kind::Aux))
    }

    /// The "that" or "whether" that opens what a cue leads to, and the words behind it.
    pub(super) fn opened(&self, cue: usize, signature: Signature) -> Option<(usize, Vec<usize>)> {
        let charges =
            signature == Signature::Blame && self.lower.get(cue + 1).is_some_and(|next| next == "that");
        let leads =
            charges || !matches!(signature, Signature::Describe | Signature::Blame | Signature::Praise);
        let count = if leads { self.tree.words.len() } else { 0 };
        let asks = matches!(signature, Signature::Ask | Signature::Know | Signature::Show);
        let told = TOLD.iter().any(|stem| self.word(cue).starts_with(stem));
        let mut object = false;
        for at in cue + 1..count.min(cue + REACH) {
            let word = self.word(at);
            if word == "that" && !self.kind_follows(at, Kind::Noun) {
                // Behind a thing "that" tells which thing, but for whom it is told.
                let first = at + 1 + usize::from(at + 1 < count && self.word(at + 1) == ",");
                let open = first < count && self.begins(first) && (!object || told);
                return open.then(|| (at, self.until_next(first))).filter(|(_, words)| words.len() > 1);
            }
            if asks && at == cue + 1 && ASKED.contains(&word) && at + 1 < count && self.word(at + 1) != "to" {
                let finite = (at + 1..count).any(|at| self.is_finite(at));
                return finite.then(|| (at, self.until_next(at))).filter(|(_, words)| words.len() > 2);
            }
            let stops = self.is_finite(at)
                || matches!(self.kind(at), Kind::Cconj | Kind::Verb)
                || matches!(word, ";" | ":" | "“" | "\"");
            if stops {
                return None;
            }
            let led = (cue + 1..at).any(|at| self.kind(at) == Kind::Adp);
            object |= !led && matches!(self.kind(at), Kind::Noun | Kind::Propn | Kind::Pron);
        }
        None
    }

    /// "That day": the word shows and opens nothing.
    fn kind_follows(&self, at: usize, kind: Kind) -> bool {
        let shows = self.relation(at) == Relation::Det;
        // Of several one would say "those".
        shows && self.tree.words.get(at + 1).is_some_and(|next| next.kind == kind && next.fine != "NNS")
    }

    /// A sentence of its own right behind a verb that seldom has a thing behind it: "said nine people had died".
    pub(super) fn bare(&self, verb: usize) -> Option<Vec<usize>> {
        let next = verb + 1;
        let (word, count) = (self.word(verb), self.tree.words.len());
        let told = BARE.iter().any(|stem| {
            word.strip_prefix(stem).is_some_and(|end| {
                matches!(end, "" | "s" | "e" | "es" | "ed" | "d" | "ing" | "ted" | "ting" | "n" | "ied")
            })
        });
        if next >= count || !told || word == "not" {
            return None;
        }
        let asks = |at: usize| matches!(self.word(at), "who" | "which" | "that" | "whose" | "whom" | "what");
        let subject = (next..count).take_while(|at| {
            self.is_nominal(*at) && !asks(*at)
                || matches!(self.kind(*at), Kind::Det | Kind::Adj | Kind::Adv | Kind::Adp | Kind::Part)
                || matches!(self.word(*at), "-" | "’s" | "'s" | "%" | "$" | "“" | "”" | "\"")
        });
        let subject: Vec<usize> = subject.collect();
        let last = subject.last().copied().filter(|_| subject.iter().any(|at| self.is_nominal(*at)))?;
        // "said the plan, drawn up in haste, had failed"
        let aside = (last + 2..count.min(last + ASIDE)).find(|at| self.word(*at) == ",");
        let verb = match aside.filter(|_| self.word(last + 1) == ",") {
            Some(close) => close + 1,
            None => last + 1,
        };
        (verb < count && self.is_finite(verb)).then_some(())?;
        let first = subject.first().copied()?;
        let opens = matches!(
            self.kind(first),
            Kind::Det | Kind::Noun | Kind::Propn | Kind::Pron | Kind::Num | Kind::Adj
        );
        opens.then(|| self.until_next(next)).filter(|words| words.len() > 2)
    }

    /// A semicolon outside of quotation marks that no further "that" stands behind.
    pub(super) fn ends_clause(&self, at: usize) -> bool {
        self.word(at) == ";"
            && self.quoted[at].is_none()
            && self.lower.get(at + 1).is_none_or(|next| next != "that")
    }

    /// From a word to the end of the sentence, or to where the next teller begins: "…, and the mayor said".
    pub(super) fn until_next(&self, from: usize) -> Vec<usize> {
        let count = self.tree.words.len();
        let mut end = count;
        for at in from + 2..count {
            if self.ends_clause(at) {
                end = at;
                break;
            }
            // "…, which had sworn that nobody had asked, confirmed on Monday": the sentence goes on with its own verb.
            if self.word(at) == ","
                && self.cues.get(at + 1).is_some_and(|next| next.verb.is_some())
                && self.tree.words[at + 1].fine == "VBD"
                && self.quoted[at].is_none()
            {
                end = at;
                break;
            }
            let joins = self.kind(at) == Kind::Cconj && self.quoted[at].is_none();
            if !joins {
                continue;
            }
            // Nouns alone between "and" and a verb of saying.
            let next = (at + 1..count).find(|next| {
                !self.is_nominal(*next)
                    && !matches!(self.kind(*next), Kind::Det | Kind::Adj | Kind::Adv | Kind::Aux)
            });
            let tells = next.is_some_and(|next| {
                self.kind(next) == Kind::Verb
                    && self.tree.words[next].fine == "VBD"
                    && self.cues[next]
                        .verb
                        .is_some_and(|signature| matches!(signature, Signature::Say | Signature::Deny))
            });
            if tells {
                end = at;
                break;
            }
        }
        self.trimmed((from..end).collect())
    }
}
