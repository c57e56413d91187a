//! Who says what in one sentence: each cue, the words of its source and the words it leads to, from what hangs on what.

use super::author::Given;
use super::cue::{Cue, Signature, cues};
use crate::syntax::{Kind, Relation, Tree};
use model::Span;

/// What one cue leads to, in words of the sentence by their numbers.
#[derive(Clone, Debug)]
pub(super) struct Said {
    /// The verb, noun, adverb or preposition itself.
    pub(super) cue: usize,
    /// Words of the cue besides it.
    pub(super) beside: Vec<usize>,
    /// The head of the source, and the words it reaches over.
    pub(super) source: Option<(usize, Vec<usize>)>,
    /// What is said.
    pub(super) content: Vec<usize>,
    /// The word that carries it.
    pub(super) carrier: Option<usize>,
    /// What the cue makes of it.
    pub(super) signature: Signature,
    /// Whether the verb stands in the passive.
    pub(super) passive: bool,
    /// Who holds it and what the text makes of it, where that follows from no signature.
    pub(super) given: Option<Given>,
    /// What was found for it, for `by`.
    pub(super) rule: &'static str,
}

/// A sentence with what is known of its words.
pub(super) struct Sentence<'t> {
    pub(super) text: &'t str,
    pub(super) tree: &'t Tree,
    pub(super) lower: Vec<String>,
    pub(super) cues: Vec<Cue>,
    /// The quotation each word stands in, by its number in the document.
    pub(super) quoted: Vec<Option<usize>>,
}

/// The head of a source, and the words it reaches over.
pub(super) type Source = (usize, Vec<usize>);

impl Sentence<'_> {
    pub(super) fn word(&self, at: usize) -> &str {
        self.lower.get(at).map_or("", String::as_str)
    }

    pub(super) fn kind(&self, at: usize) -> Kind {
        self.tree.words[at].kind
    }

    pub(super) fn relation(&self, at: usize) -> Relation {
        self.tree.words[at].relation
    }

    /// The words that hang on `at`, itself among them, but for those below `but`.
    pub(super) fn below(&self, at: usize, but: &[usize]) -> Vec<usize> {
        let mut found = Vec::new();
        let mut open = vec![at];
        while let Some(next) = open.pop() {
            found.push(next);
            open.extend(self.tree.below[next].iter().copied().filter(|below| !but.contains(below)));
        }
        found.sort_unstable();
        found
    }

    /// All that is said in the sentence.
    pub(super) fn said(&self) -> Vec<Said> {
        let mut found = Vec::new();
        for at in 0..self.tree.words.len() {
            let cue = self.cues[at];
            if let Some(stated) =
                self.stated(at).or_else(|| self.measured(at)).or_else(|| self.made_clear(at))
            {
                found.push(stated);
            } else if self.kind(at) == Kind::Verb {
                let particle = self.tree.words.get(at + 1).map(|_| self.word(at + 1));
                let with = particle.and_then(|particle| cues().with(self.word(at), particle));
                if let Some(signature) = with {
                    found.extend(self.verb(at, signature, Some(at + 1)));
                } else if let Some(signature) = cue.verb {
                    found.extend(self.verb(at, signature, None));
                }
            } else if let (Some(signature), Kind::Noun) = (cue.noun, self.kind(at)) {
                found.extend(self.noun(at, signature));
            }
            if let (Some(signature), Kind::Adv) = (cue.adverb, self.kind(at)) {
                found.extend(self.adverb(at, signature));
            }
            if cue.leads {
                found.extend(self.preposition(at));
            }
            found.extend(self.view(at).or_else(|| self.viewpoint(at)));
            found.extend(
                self.framed(at)
                    .or_else(|| self.lacking(at))
                    .or_else(|| self.asked_of(at))
                    .or_else(|| self.disputed(at))
                    .or_else(|| self.seeming(at))
                    .or_else(|| self.softened(at)),
            );
        }
        found.into_iter().filter_map(|said| self.within_marks(said)).collect()
    }

    /// What a cue in quotation marks leads to ends with them, and whoever says it stands in them too.
    fn within_marks(&self, mut said: Said) -> Option<Said> {
        let Some(own) = self.quoted[said.cue] else { return Some(said) };
        let inside = |at: &usize| self.quoted[*at] == Some(own);
        if said.source.as_ref().is_some_and(|(head, _)| !inside(head)) {
            return None;
        }
        said.content.retain(inside);
        said.content = self.trimmed(said.content);
        (!said.content.is_empty()).then_some(said)
    }

    /// Helpers of a verb that belong to the cue: "has said", "did not say", "also said".
    pub(super) fn helpers(&self, verb: usize) -> Vec<usize> {
        let helping = |at: &usize| {
            matches!(self.relation(*at), Relation::Aux | Relation::AuxPass)
                || self.relation(*at) == Relation::Advmod
                    && (at.abs_diff(verb) == 1 || matches!(self.word(*at), "not" | "n't"))
        };
        self.tree.below[verb].iter().copied().filter(helping).collect()
    }

    fn verb(&self, verb: usize, signature: Signature, particle: Option<usize>) -> Option<Said> {
        let mut beside = self.helpers(verb);
        // "Had sworn" is none, whatever its subject was taken for.
        let had = beside.iter().any(|at| matches!(self.word(*at), "has" | "have" | "had"));
        let passive = self.tree.child(verb, &[Relation::AuxPass]).is_some()
            || !had && self.tree.child(verb, &[Relation::NsubjPass]).is_some();
        beside.extend(particle);
        let subject = if passive { self.tree.child(verb, &[Relation::Agent]) } else { self.subject(verb) };
        let subject = subject.or_else(|| self.tree.child(verb, &[Relation::NsubjPass]).filter(|_| !passive));
        let infinitive = verb > 0 && self.word(verb - 1) == "to" && self.tree.words[verb].fine == "VB";
        // "failed to mention the attack": what is not said is on the author's word.
        let omitted = infinitive
            && self.tree.words[verb].head.is_some_and(|head| {
                ["fail", "neglect", "forg", "omit"].iter().any(|stem| self.word(head).starts_with(stem))
            });
        if omitted {
            return None;
        }
        // "To see whether" tells what for.
        if infinitive
            && signature == Signature::Know
            && self.tree.child(verb, &[Relation::Nsubj]).is_none()
            && self.relation(verb) != Relation::Xcomp
        {
            return None;
        }
        let subject = subject.or_else(|| self.of_infinitive(verb).filter(|_| !passive));
        let subject = self.of_participle(verb).filter(|_| !passive).or(subject);
        // "Sonn, pressed on who had ordered it, answered": a pronoun of another clause.
        let stray = subject.is_some_and(|at| {
            matches!(self.word(at), "who" | "what") && self.relation(verb) != Relation::Acl
        });
        let subject = subject.filter(|_| !stray || self.word(verb + 1) == "?");
        // "The crowds, which demanded bread": they demanded it.
        let subject = subject.map(|at| self.antecedent(at, verb).unwrap_or(at));
        let source = subject.map(|subject| self.source(subject, verb));
        let source = match passive {
            true => source,
            false => self
                .nearer(verb, source)
                .or_else(|| self.before_aside(verb).filter(|_| self.tree.words[verb].fine == "VBD")),
        };
        if !passive
            && particle.is_none()
            && let Some((source, content)) = self.at_the_end(verb, signature)
        {
            let content = self.trimmed(content);
            let rule = "attribution.thrown-in";
            return (!content.is_empty()).then_some(Said {
                cue: verb,
                beside,
                source: Some(source),
                content,
                carrier: None,
                signature,
                passive,
                given: None,
                rule,
            });
        }
        // "It turned out that", "it emerged that": on the author's word.
        let turns = self.word(verb).starts_with("turn");
        let emerges = turns && particle.is_some_and(|at| self.word(at) == "out")
            || ["emerg", "transpir"].iter().any(|stem| self.word(verb).starts_with(stem));
        let it = source.as_ref().is_none_or(|(head, _)| self.word(*head) == "it");
        if emerges && !it {
            return None;
        }
        if emerges {
            let (mark, content) = self.opened(particle.unwrap_or(verb), signature)?;
            beside.extend(source.map(|(head, _)| head).into_iter().chain([mark]));
            let given = (model::SourceKind::Author, model::Certainty::Asserted, model::Polarity::Positive);
            let rule = "attribution.framed";
            return Some(Said {
                cue: verb,
                beside,
                source: None,
                content,
                carrier: None,
                signature,
                passive,
                given: Some(given),
                rule,
            });
        }
        let (content, carrier, rule) = self.content(verb, signature, particle, passive, source.as_ref())?;
        // "that" belongs to the cue.
        if let Some(carrier) = carrier
            && let Some(mark) = self.tree.child(carrier, &[Relation::Mark])
            && self.word(mark) == "that"
        {
            beside.push(mark);
        } else if carrier.is_none()
            && let Some(mark) = content.first().and_then(|first| first.checked_sub(1))
            && mark > verb
            && self.word(mark) == "that"
        {
            beside.push(mark);
        }
        // What stands behind a semicolon is said by nobody any more.
        let from = content.iter().copied().min().unwrap_or(verb);
        let end = (from.max(verb)..self.tree.words.len()).find(|at| from > verb && self.ends_clause(*at));
        let content: Vec<usize> = content
            .into_iter()
            .filter(|at| end.is_none_or(|end| *at < end))
            .filter(|at| *at != verb && !beside.contains(at))
            .filter(|at| source.as_ref().is_none_or(|(_, words)| !words.contains(at)))
            .collect();
        let mut content = self.trimmed(content);
        // A quotation is told from its beginning.
        if let Some(first) = content.first().copied().filter(|_| self.quoted[verb].is_none())
            && let Some(own) = self.quoted[first]
        {
            let before = (verb + 1..first).filter(|at| self.quoted[*at] == Some(own) && !beside.contains(at));
            content.extend(before);
            content = self.trimmed(content);
        }
        if content.is_empty() {
            return None;
        }
        Some(Said { cue: verb, beside, source, content, carrier, signature, passive, given: None, rule })
    }

    /// Words without the marks at their ends.
    pub(super) fn trimmed(&self, mut words: Vec<usize>) -> Vec<usize> {
        words.sort_unstable();
        words.dedup();
        let empty = |at: &usize| self.kind(*at) == Kind::Punct;
        while words.first().is_some_and(empty) {
            words.remove(0);
        }
        while words.last().is_some_and(empty) {
            words.pop();
        }
        words
    }

    /// Runs of words as spans.
    pub(super) fn spans(&self, words: &[usize]) -> Vec<Span> {
        let mut spans: Vec<Span> = Vec::new();
        let mut last: Option<usize> = None;
        for at in words {
            let span = self.tree.words[*at].span;
            // A gap of marks alone is none.
            let joined =
                last.is_some_and(|last| (last + 1..*at).all(|between| self.kind(between) == Kind::Punct));
            match spans.last_mut() {
                Some(run) if joined => *run = run.join(span),
                _ => spans.push(span),
            }
            last = Some(*at);
        }
        spans
    }
}
