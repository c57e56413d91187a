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
type Source = (usize, Vec<usize>);

const CLAUSES: &[Relation] = &[Relation::Ccomp];

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
            if let Some(stated) = self.stated(at) {
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
            found.extend(self.view(at));
            found.extend(
                self.framed(at)
                    .or_else(|| self.lacking(at))
                    .or_else(|| self.asked_of(at))
                    .or_else(|| self.seeming(at))
                    .or_else(|| self.softened(at)),
            );
        }
        found
    }

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
    fn teller(&self, carrier: usize) -> Option<usize> {
        let above = self.tree.words[carrier].head.filter(|_| self.relation(carrier) == Relation::Ccomp)?;
        self.cues[above].verb.map(|_| above)
    }

    /// The cue that a second cue goes on from, where the parser hung the second on what the first tells of: both stand in the past,
    /// and what is told lies before it.
    fn tells_on(&self, verb: usize, carrier: usize) -> Option<usize> {
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
    fn text_between(&self, at: usize) -> &str {
        let from = self.tree.words[at].span.end();
        let to = self.tree.words.get(at + 1).map_or(from, |next| next.span.start());
        &self.text[from..to.max(from)]
    }

    /// The noun right before a finite verb, where the parser found no subject or one that does not reach so far.
    fn nearer(&self, verb: usize, found: Option<(usize, Vec<usize>)>) -> Option<(usize, Vec<usize>)> {
        let finite = matches!(self.tree.words[verb].fine, "VBD" | "VBZ" | "VBP");
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
        // "To see whether" tells what for.
        if infinitive
            && signature == Signature::Know
            && self.tree.child(verb, &[Relation::Nsubj]).is_none()
            && self.relation(verb) != Relation::Xcomp
        {
            return None;
        }
        let subject = subject.or_else(|| self.of_infinitive(verb).filter(|_| !passive));
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
        let emerges = particle.is_some_and(|at| self.word(at) == "out")
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

    fn content(
        &self,
        verb: usize,
        signature: Signature,
        particle: Option<usize>,
        passive: bool,
        source: Option<&(usize, Vec<usize>)>,
    ) -> Option<(Vec<usize>, Option<usize>, &'static str)> {
        let tree = self.tree;
        // Before the verb the parser takes a title for a clause now and then.
        let title = |at: &usize| {
            *at < verb && self.kind(*at) == Kind::Noun && tree.child(*at, &[Relation::Cop]).is_none()
        };
        let clause = tree.children(verb, CLAUSES).find(|at| !title(at));
        if passive {
            return self.passive(verb, signature, clause);
        }
        // "As the mayor said, …": the rest of the sentence.
        let as_clause = self.relation(verb) == Relation::Advcl
            && tree.child(verb, &[Relation::Mark]).is_some_and(|mark| self.word(mark) == "as")
            && clause.is_none();
        if as_clause && let Some(head) = tree.words[verb].head {
            if matches!(signature, Signature::Say | Signature::Know | Signature::Show | Signature::Think)
                && self.word(verb) != "known"
            {
                return Some((self.below(head, &[verb]), Some(head), "attribution.as"));
            }
            return None;
        }
        // "Said so", and "will continue" where nothing is quoted.
        let goes_on = self.word(verb).starts_with("continu") && self.quotation_near(verb).is_none();
        if self.word(verb + 1) == "so" || goes_on {
            return None;
        }
        if let Some(words) = self.before(verb, particle, source).filter(|_| !self.has_own(verb, particle)) {
            return Some((words, clause, "attribution.thrown-in"));
        }
        let whole = |clause: usize| {
            tree.child(clause, &[Relation::Nsubj, Relation::NsubjPass]).is_some() || self.is_finite(clause)
        };
        // What is called something is no clause: "called in a body that they rule".
        let names = signature == Signature::Describe && !self.word(verb).starts_with("describ");
        if let Some(clause) = clause.filter(|_| !names).filter(|clause| {
            *clause > verb
                || whole(*clause)
                    && source.is_some_and(|(head, _)| clause + 2 < *head || self.punctuated(*clause, *head))
        }) {
            let mut words = self.to_the_end(verb, clause);
            // A clause that the parse ends too early goes on to where the next teller begins.
            if let Some((_, more)) = self.opened(verb, signature).filter(|_| clause > verb) {
                words = words
                    .into_iter()
                    .chain(more)
                    .collect::<std::collections::BTreeSet<usize>>()
                    .into_iter()
                    .collect();
            }
            let words = self.without_added(clause, words);
            return Some((words, Some(clause), "attribution.clause"));
        }
        if let Some(below) = tree.child(verb, &[Relation::Parataxis])
            && matches!(signature, Signature::Say | Signature::Know | Signature::Think | Signature::Ask)
            && tree.words.len() > below
            && below.abs_diff(verb) > 1
            && self.set_beside(verb, below)
        {
            return Some((self.below(below, &[]), Some(below), "attribution.beside"));
        }
        let quoted = self.quotation_near(verb);
        if let Some(words) = quoted {
            return Some((words, None, "attribution.quotation"));
        }
        let to = tree.child(verb, &[Relation::Xcomp]);
        if let Some(to) = to
            && (matches!(signature, Signature::Order | Signature::Ask)
                || signature == Signature::Wish
                    && WISHES.iter().any(|stem| self.word(verb).starts_with(stem))
                || PROMISES.iter().any(|stem| self.word(verb).starts_with(stem)))
            && tree.child(to, &[Relation::Mark]).is_some_and(|mark| self.word(mark) == "to")
        {
            let mut words = self.below(to, &[]);
            if signature == Signature::Order
                && let Some(whom) = tree.child(verb, &[Relation::Obj, Relation::Iobj])
            {
                words.extend(self.below(whom, &[]));
            }
            return Some((words, Some(to), "attribution.to"));
        }
        if let Some((_, words)) = self.opened(verb, signature) {
            return Some((words, None, "attribution.clause"));
        }
        if let Some(words) = source.and_then(|_| self.bare(verb)) {
            return Some((words, None, "attribution.clause"));
        }
        self.object(verb, signature, particle, source)
    }

    /// Whether a sentence of its own stands right behind a verb, or whom it speaks to, and a mark.
    fn set_beside(&self, verb: usize, carrier: usize) -> bool {
        let words = self.below(carrier, &[]);
        let Some(first) = words.first().copied().filter(|first| *first > verb) else { return false };
        let told = words.iter().any(|at| self.is_finite(*at));
        let opens = !matches!(self.word(first), "because" | "and" | "then" | "but" | "although" | "though");
        first - verb < 5 && told && opens && self.punctuated(verb, first + 1)
    }

    /// Whether a mark stands between two words.
    fn punctuated(&self, a: usize, b: usize) -> bool {
        (a.min(b) + 1..a.max(b)).any(|at| self.kind(at) == Kind::Punct)
    }

    /// "Nine people died, officials said on Friday." and "…, said a doctor at the hospital.": a whole sentence, and who says it
    /// between its last comma and the end, told by the kinds of words alone; the words of the source, and what is said.
    fn at_the_end(&self, verb: usize, signature: Signature) -> Option<(Source, Vec<usize>)> {
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
    fn has_subject_before(&self, end: usize) -> bool {
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
    fn before(
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
        if quoted {
            content.extend((last + 1..self.quoted.len()).filter(|at| self.quoted[*at].is_some()));
        }
        Some(content)
    }

    /// Whether a verb has behind it what it tells: "…, the commandant reports looting", "…, they talk of spies". Whom it tells is not
    /// that, nor the day.
    fn has_own(&self, verb: usize, particle: Option<usize>) -> bool {
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
    fn around(&self, first: usize, last: usize) -> Option<Vec<usize>> {
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

    /// A clause behind its verb, to the end of the sentence where nothing else hangs on the verb.
    fn to_the_end(&self, verb: usize, clause: usize) -> Vec<usize> {
        let words = self.below(clause, &[]);
        if clause < verb {
            return words;
        }
        let last = words.last().copied().unwrap_or(clause);
        let rest: Vec<usize> = (last + 1..self.tree.words.len()).collect();
        // Another cue or another clause of the teller's begins behind it.
        let own = rest.iter().any(|at| {
            let hangs = self.tree.words[*at]
                .head
                .is_none_or(|head| head <= verb && self.relation(*at) != Relation::Punct);
            hangs && matches!(self.relation(*at), Relation::Advcl | Relation::Parataxis | Relation::Acl)
                || hangs
                    && self.relation(*at) == Relation::Conj
                    && (self.cues[*at].tells() || self.tree.child(*at, &[Relation::Nsubj]).is_none())
        });
        if own || rest.len() > 25 {
            return words;
        }
        let mut words = words;
        words.extend(rest);
        words
    }

    /// A clause without what is added behind it by the teller: ", arguing that …".
    fn without_added(&self, carrier: usize, words: Vec<usize>) -> Vec<usize> {
        let added = words.iter().copied().find(|at| {
            *at > carrier + 1
                && self.tree.words[*at].fine == "VBG"
                && self.quoted[*at].is_none()
                && (self.word(at - 1) == ","
                    || self.kind(at - 1) == Kind::Adv && self.word(at.wrapping_sub(2)) == ",")
        });
        let goes_on = words.iter().copied().find(|at| {
            *at > carrier
                && self.tree.words[*at].head == Some(carrier)
                && self.tells_on(*at, carrier).is_some()
        });
        // Its "and" with it.
        let goes_on = goes_on.map(|at| if self.kind(at - 1) == Kind::Cconj { at - 1 } else { at });
        match added.into_iter().chain(goes_on).min() {
            Some(added) => words.into_iter().filter(|at| *at < added).collect(),
            None => words,
        }
    }

    /// "is said to …", "it is believed that …", "was accused of …".
    fn passive(
        &self,
        verb: usize,
        signature: Signature,
        clause: Option<usize>,
    ) -> Option<(Vec<usize>, Option<usize>, &'static str)> {
        let subject = self.tree.child(verb, &[Relation::NsubjPass, Relation::Nsubj]);
        let empty = subject.is_none_or(|subject| self.word(subject) == "it");
        if let Some(clause) = clause.filter(|_| empty) {
            return Some((self.below(clause, &[]), Some(clause), "attribution.passive"));
        }
        if let Some((_, words)) = self.opened(verb, signature) {
            return Some((words, None, "attribution.passive"));
        }
        // "He was dismissed by the president".
        let sacked = ["dismiss", "reject"].iter().any(|stem| self.word(verb).starts_with(stem));
        let subject = subject.filter(|at| !(empty || sacked && !self.is_claimed(*at)))?;
        // "Was supposed to", "had been planned": what was meant to be is said by nobody.
        let meant = ["suppos", "plan", "intend", "aim", "instruct", "order", "command", "direct"];
        if meant.iter().any(|stem| self.word(verb).starts_with(stem)) {
            return None;
        }
        if self.tree.child(verb, &[Relation::Agent]).is_some()
            && matches!(
                signature,
                Signature::Blame
                    | Signature::Praise
                    | Signature::Deny
                    | Signature::Describe
                    | Signature::Show
                    | Signature::Know
            )
        {
            return Some((self.below(subject, &[]), Some(subject), "attribution.passive"));
        }
        let told = self.tree.child(verb, &[Relation::Xcomp]).or(match signature {
            Signature::Blame | Signature::Describe | Signature::Think => {
                self.tree.children(verb, &[Relation::Obl]).find(|at| {
                    self.tree
                        .child(*at, &[Relation::Case])
                        .is_some_and(|case| matches!(self.word(case), "of" | "as" | "for"))
                })
            }
            _ => None,
        })?;
        let mut words = self.below(subject, &[]);
        words.extend(self.below(told, &[]));
        Some((words, Some(told), "attribution.passive"))
    }

    /// A thing that is announced, denied, demanded.
    fn object(
        &self,
        verb: usize,
        signature: Signature,
        particle: Option<usize>,
        source: Option<&(usize, Vec<usize>)>,
    ) -> Option<(Vec<usize>, Option<usize>, &'static str)> {
        source?;
        if let Some(particle) = particle {
            let head = self.tree.words[particle].head.filter(|head| *head != verb);
            let object = head.or(self.tree.child(verb, &[Relation::Obj, Relation::Obl]))?;
            return Some((self.below(object, &[particle]), Some(object), "attribution.object"));
        }
        let object = self.tree.child(verb, &[Relation::Obj])?;
        let named = self.tree.child(verb, &[Relation::Xcomp]).is_some()
            || self
                .tree
                .children(verb, &[Relation::Obl])
                .any(|at| self.tree.child(at, &[Relation::Case]).is_some_and(|case| self.word(case) == "as"));
        let one_of = |stems: &[&str]| stems.iter().any(|stem| self.word(verb).starts_with(stem));
        let taken = match signature {
            // "Dismissed the claim", and not "dismissed the minister"; "charged them with", and not "charged the gate".
            Signature::Deny => !one_of(&["dismiss", "reject"]) || self.is_claimed(object),
            Signature::Blame => {
                !one_of(&["charg"]) || self.tree.children(verb, &[Relation::Obl]).next().is_some()
            }
            // "Called a meeting" calls it nothing.
            Signature::Describe => {
                let beside = |case: &str| matches!(case, "to" | "with");
                let compared = self
                    .tree
                    .children(verb, &[Relation::Obl])
                    .chain(self.tree.children(object, &[Relation::Nmod]));
                let mut compared = compared.filter_map(|at| self.tree.child(at, &[Relation::Case]));
                named
                    || one_of(&["cit", "quot", "describ", "refer"])
                    || one_of(&["compar", "liken"]) && compared.any(|case| beside(self.word(case)))
            }
            Signature::Praise => one_of(&["back", "endors", "prais", "approv", "laud", "applaud"]),
            Signature::Order => one_of(&["demand", "request", "urg", "recommend", "suggest", "advocat"]),
            Signature::Wish => one_of(&["fear", "expect"]),
            Signature::Ask => one_of(&["question"]),
            Signature::Know => one_of(&["acknowledg", "admit", "conced", "confirm", "confess"]),
            Signature::Say => one_of(OBJECTS),
            _ => false,
        };
        let stands_for = matches!(self.word(object), "it" | "that" | "this" | "them");
        if !taken
            || !(stands_for
                && (signature == Signature::Deny && !named || signature == Signature::Describe && named))
                && matches!(
                    self.word(object),
                    "it" | "that"
                        | "this"
                        | "him"
                        | "her"
                        | "them"
                        | "us"
                        | "me"
                        | "what"
                        | "which"
                        | "who"
                        | "whom"
                )
        {
            return None;
        }
        let mut words = self.below(object, &[]);
        if matches!(signature, Signature::Blame | Signature::Describe | Signature::Praise) {
            for more in self.tree.children(verb, &[Relation::Obl, Relation::Xcomp, Relation::Advcl]) {
                let case = self.tree.child(more, &[Relation::Case, Relation::Mark]);
                if self.relation(more) == Relation::Xcomp
                    || case.is_some_and(|case| matches!(self.word(case), "of" | "as" | "for" | "to" | "with"))
                {
                    words.extend(self.below(more, &[]));
                }
            }
        }
        Some((words, Some(object), "attribution.object"))
    }

    /// Whether a noun is something that was said or is thought: what can be dismissed without an office.
    fn is_claimed(&self, noun: usize) -> bool {
        let person = self.kind(noun) == Kind::Propn
            || matches!(self.word(noun), "he" | "him" | "her" | "them" | "me" | "us")
            || matches!(crate::lexicon::sense(self.word(noun)).noun(), 18);
        !person
    }

    /// The words of a quotation of some length that stands beside a verb and outside of which the verb stands.
    fn quotation_near(&self, verb: usize) -> Option<Vec<usize>> {
        if self.quoted[verb].is_some() {
            return None;
        }
        let mut best: Option<(usize, usize)> = None;
        for at in 0..self.quoted.len() {
            let Some(own) = self.quoted[at] else { continue };
            let far = at.abs_diff(verb);
            if best.is_none_or(|(_, known)| far < known) && far < 14 {
                best = Some((own, far));
            }
        }
        let (quotation, _) = best?;
        let words: Vec<usize> = (0..self.quoted.len())
            .filter(|at| self.quoted[*at] == Some(quotation) && self.kind(*at) != Kind::Punct)
            .collect();
        (words.len() > 3).then_some(words)
    }

    /// "the claim that …", "rumours of …", "there is evidence that …".
    fn noun(&self, noun: usize, signature: Signature) -> Option<Said> {
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
    fn adverb(&self, adverb: usize, signature: Signature) -> Option<Said> {
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
    fn view(&self, at: usize) -> Option<Said> {
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
    fn preposition(&self, at: usize) -> Option<Said> {
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

fn is_day(word: &str) -> bool {
    crate::words::is_weekday(word)
        || crate::words::is_month(word)
        || matches!(word, "week" | "month" | "today" | "yesterday" | "year")
}

/// Verbs of saying that lead to what somebody will do.
const PROMISES: &[&str] = &["promis", "pledg", "vow", "threaten", "sw", "guarante", "claim", "propos"];

/// Verbs that lay a statement in the mouth of their subject: "made the claim that", "has no doubt that".
const GIVES: &[&str] = &[
    "ma", "ha", "giv", "gave", "issu", "releas", "publish", "express", "spread", "circulat", "us", "present",
    "hold", "held",
];

/// Verbs of wishing that tell as much as they wish.
const WISHES: &[&str] = &["hop", "plan", "want", "intend", "threaten", "vow"];

/// Verbs of saying whose object is what is said.
const OBJECTS: &[&str] = &[
    "mention",
    "tweet",
    "announc",
    "declar",
    "promis",
    "pledg",
    "propos",
    "claim",
    "predict",
    "threaten",
    "reiterat",
    "stress",
    "emphasi",
    "underlin",
    "outlin",
    "voic",
    "explain",
    "protest",
    "report",
    "highlight",
];
