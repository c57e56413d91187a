//! What a number counts: the nouns behind it, or what a measure is a measure of.

use super::Reader;
use super::measure::Measured;
use super::number::Number;
use super::token::Class;
use super::unit::UNITS;
use crate::lexicon::sense;
use crate::rules::Classes;
use crate::words::{is_plural, singular};
use std::sync::LazyLock;

static COUNTED: LazyLock<Classes> = LazyLock::new(|| {
    let russian = Classes::read(include_str!("../../rules/ru/counted.toml"));
    Classes::read(include_str!("../../rules/en/counted.toml")).with(russian)
});

/// Nouns with what belongs to them, as tokens.
#[derive(Clone, Copy, Debug)]
pub(super) struct Noun {
    pub(super) first: usize,
    pub(super) head: usize,
    pub(super) plural: bool,
}

/// Words a noun phrase holds at most.
const LONGEST: usize = 7;

impl Reader<'_> {
    pub(super) fn lower(&self, at: usize) -> String {
        let word = self.of(at).to_lowercase();
        word.strip_suffix("'s").or(word.strip_suffix("’s")).map(str::to_owned).unwrap_or(word)
    }

    /// The nouns that follow: as far as the first plural, else the last that may be a noun.
    pub(super) fn noun_after(&self, at: usize) -> Option<Noun> {
        let mut first = at;
        if self.is_word(first, "of") && at > 0 && self.class(at - 1) == Some(Class::Vague) {
            first += 1;
        }
        // "8 more picks".
        if ["more", "other", "further", "additional", "such"].iter().any(|word| self.is_word(first, word)) {
            first += 1;
        }
        let mut head = None;
        let mut place = first;
        while place < self.tokens.len().min(first + LONGEST) {
            let hyphen = self.of_mark(place) == Some('-') && self.glued(place) && self.glued(place + 1);
            if hyphen {
                place += 1;
                continue;
            }
            match self.class(place) {
                Some(Class::Word | Class::Label | Class::Part | Class::Month) => {}
                _ => break,
            }
            let word = self.lower(place);
            if COUNTED.class_of(&word).is_some()
                && !(is_singular_modifier(&word) && self.class(place + 1) == Some(Class::Word))
            {
                return Some(Noun { first, head: place, plural: true });
            }
            // Endings tell Cyrillic nouns from adjectives.
            if !word.is_ascii() && word.starts_with(char::is_alphabetic) {
                const ADJECTIVES: [&str; 8] = ["ых", "их", "ные", "ого", "его", "ый", "ий", "ая"];
                let adjective = ADJECTIVES.iter().any(|end| word.ends_with(end));
                if adjective && self.class(place + 1) == Some(Class::Word) {
                    place += 1;
                    continue;
                }
                return Some(Noun { first, head: place, plural: true });
            }
            let sense = sense(&word);
            let known = sense.bits() != 0;
            let noun = sense.noun() > 0 || !known;
            if is_plural(&word) && noun {
                return Some(Noun { first, head: place, plural: true });
            }
            // What was done to the nouns, or what they do, is none of them.
            let plural_next = (place + 1..place + 3)
                .any(|at| self.class(at) == Some(Class::Word) && is_plural(&self.lower(at)));
            if (word.ends_with("ed") || word.ends_with("ing")) && word.len() > 4 && !plural_next {
                break;
            }
            // A verb or adverb that is nothing else ends it.
            let adjective = sense.bits() >> 12 & 1 == 1;
            if known && !noun && !adjective {
                if sense.bits() >> 13 & 1 == 1 && place == first {
                    first += 1;
                    place += 1;
                    continue;
                }
                break;
            }
            if noun {
                head = Some(place);
            }
            place += 1;
        }
        // Several of something are plural; a singular right behind is one all the same where a mark or small word follows.
        let head = head?;
        let one = at > 0 && self.tokens[at - 1].value == 1.0;
        let small = !self.of(head).starts_with(char::is_uppercase) && !self.of(head).ends_with("ed");
        let close = head <= first + 1 && place == head + 1 && small;
        (one || close).then_some(Noun { first, head, plural: false })
    }

    /// What a number counts that a hyphen ties to it: "a 300-strong force", "the 3,000-member union", "sixty-odd men".
    pub(super) fn noun_with(&self, last: usize) -> Option<Noun> {
        let tied = self.of_mark(last) == Some('-') && self.glued(last) && self.glued(last + 1);
        let word = last + 1;
        match self.lower(Some(word).filter(|_| tied)?).as_str() {
            "odd" => self.noun_after(word + 1),
            "strong" => (word + 1..word + 4)
                .take_while(|at| self.class(*at) == Some(Class::Word))
                .find(|at| sense(&self.lower(*at)).noun() > 0)
                .map(|head| Noun { first: word + 1, head, plural: true }),
            "member" => Some(Noun { first: word, head: word, plural: true }),
            _ => None,
        }
    }

    /// "512 of the 10,900 stations" counts stations.
    pub(super) fn noun_of_all(&self, first: &Number, last: usize) -> Option<Noun> {
        if !self.is_word(last, "of") || first.vague || first.part {
            return None;
        }
        let definite = ["the", "its", "their", "his", "her", "our", "these", "those"];
        let at = last + 1 + usize::from(definite.iter().any(|word| self.is_word(last + 1, word)));
        match self.number(at).filter(|all| !all.vague && all.value >= first.value) {
            Some(all) => self.noun_after(all.end),
            // "Two of the men".
            None => self
                .noun_after(at)
                .filter(|noun| at > last + 1 && self.is_countable(*noun) && first.value > 1.0),
        }
    }

    /// What a bare number counts where the words beside it say what happened: "310 were injured", "killing 12", "put the toll at 112".
    pub(super) fn told_fate(&self, at: usize, last: usize) -> Option<Noun> {
        let word = |at: usize| Noun { first: at, head: at, plural: true };
        let fate = |at: &usize| COUNTED.fates.contains(&self.lower(*at));
        let is = |at: usize, words: &[&str]| words.iter().any(|word| self.is_word(at, word));
        // "310 were injured", "12 have died", "27 died".
        let behind = match is(last, &["were", "was", "have", "had", "are", "remain"]) {
            true => (last + 1..last + 4)
                .take_while(|at| self.class(*at).is_some_and(|class| class != Class::Mark))
                .find(fate),
            false => Some(last).filter(|at| !is(*at, &["dead", "displaced"]) && fate(at)),
        };
        if let Some(at) = behind {
            return Some(word(at));
        }
        if self.done_to(at).is_some() && !matches!(self.class(last), Some(Class::Word | Class::Label)) {
            return (at.saturating_sub(5)..at)
                .rev()
                .find(|at| !BOUNDS.contains(&self.lower(*at).as_str()))
                .map(word);
        }
        self.toll_before(at).map(word)
    }

    /// The toll or crowd that a number is the value of: "the death toll rose to 24", "put the number of dead at 12", "estimated the turnout
    /// at 9,000".
    fn toll_before(&self, at: usize) -> Option<usize> {
        // "Rose from 34 to 41".
        let from = (at.saturating_sub(3)..at).find(|from| {
            self.is_word(*from, "from")
                && at > *from + 1
                && self.is_word(at - 1, "to")
                && self.number(from + 1).is_some()
        });
        let at = from.unwrap_or(at) + usize::from(from.is_some());
        let leads = at.checked_sub(1).filter(|lead| {
            [
                "to",
                "at",
                "of",
                "is",
                "was",
                "from",
                "reached",
                "passed",
                "hit",
                "exceeded",
                "до",
                "составило",
                "достигло",
            ]
            .iter()
            .any(|word| self.is_word(*lead, word))
                || BOUNDS.contains(&self.lower(*lead).as_str())
        })?;
        (leads.saturating_sub(TOLL)..leads)
            .rev()
            .take_while(|at| self.class(*at).is_some_and(|class| class != Class::Mark))
            .find(|at| {
                // "The number of dead", "the number of those arrested".
                let numbered = COUNTED.class_of(&self.lower(*at)).is_some()
                    && (at.saturating_sub(3)..*at)
                        .any(|of| self.is_word(of, "of") && of > 0 && self.is_word(of - 1, "number"));
                let numbered = numbered
                    || ["число", "числа", "количество"]
                        .iter()
                        .any(|word| self.is_word(at.wrapping_sub(1), word));
                numbered || ["toll", "crowd", "turnout"].iter().any(|word| self.is_word(*at, word))
            })
    }

    /// Whether so many of them are counted as years are not: people, groups, animals.
    pub(super) fn is_countable(&self, noun: Noun) -> bool {
        let word = self.lower(noun.head);
        noun.plural && (COUNTED.class_of(&word).is_some() || matches!(sense(&word).noun(), 5 | 14 | 18))
    }

    /// The nouns as one unit: in lower case, the last in the singular.
    pub(super) fn spoken(&self, noun: Noun) -> String {
        let mut out = String::new();
        for at in noun.first..=noun.head {
            let word = self.of(at);
            if out.is_empty()
                && at < noun.head
                && word.len() > 4
                && (word.ends_with("ing") || word.ends_with("ed"))
            {
                continue;
            }
            if !out.is_empty() && !self.glued(at) {
                out.push(' ');
            }
            let word = self.lower(at);
            out.push_str(&if at == noun.head { singular(&word) } else { word });
        }
        out
    }

    /// What a measure is a measure of: the noun behind "of", else the nearest noun before.
    pub(super) fn measured(&self, from: usize, end: usize) -> Option<Noun> {
        // "two-fifths counting of the votes".
        let end = if self.is_word(end + 1, "of") && self.of(end).ends_with("ing") { end + 1 } else { end };
        if self.is_word(end, "of") {
            let article = usize::from(
                ["the", "a", "an", "its", "their", "his", "her"]
                    .iter()
                    .any(|word| self.is_word(end + 1, word)),
            );
            if let Some(noun) = self.noun_after(end + 1 + article) {
                return Some(noun);
            }
        }
        // "3-inch pipes", "a 25% tax".
        let attributive = from > 0
            && (self.of_mark(end.wrapping_sub(2)) == Some('-')
                || self.is_article(from - 1)
                || self.is_word(from - 1, "the"));
        if attributive && let Some(noun) = self.noun_after(end) {
            return Some(noun);
        }
        let mut aside = None;
        for at in (from.saturating_sub(14)..from).rev() {
            if self.of_mark(at).is_some_and(|c| matches!(c, ';' | ':' | '“' | '”')) {
                break;
            }
            if !matches!(self.class(at), Some(Class::Word | Class::Label)) || self.tokens[at].change != 0 {
                continue;
            }
            // Names are of what is measured, not what it is.
            if self.of(at).starts_with(char::is_uppercase) && at > 0 {
                continue;
            }
            let word = self.lower(at);
            let sense = sense(&word);
            let verb = sense.bits() >> 14 & 1 == 1 || word.ends_with("ed") || word.ends_with("ing");
            // "Total", "past", "few" qualify what is measured; "km" and "percent" measure.
            let qualifies = sense.bits() >> 12 & 1 == 1;
            if sense.noun() > 0 && !verb && !qualifies && UNITS.longest(&word) == 0 {
                if self.is_aside(at) && aside.is_none() {
                    aside = Some(at);
                    continue;
                }
                let head = self.holder(at);
                return Some(Noun { first: self.phrase(head), head, plural: is_plural(&self.lower(head)) });
            }
        }
        aside.map(|head| Noun { first: self.phrase(head), head, plural: is_plural(&self.lower(head)) })
    }

    /// What a bare number counts: the nearest nouns before it that are many.
    pub(super) fn spoken_of(&self, from: usize) -> Option<Noun> {
        (from.saturating_sub(20)..from)
            .rev()
            .filter(|at| matches!(self.class(*at), Some(Class::Word | Class::Label)))
            .find(|at| {
                let word = self.lower(*at);
                is_plural(&word) && sense(&word).noun() > 0 && UNITS.longest(&word) == 0
            })
            .map(|head| Noun { first: self.phrase(head), head, plural: true })
    }

    /// Whether a noun only says where or how: "in the northern region".
    fn is_aside(&self, at: usize) -> bool {
        let mut first = at;
        while first > 0 && at - first < 3 && matches!(self.class(first - 1), Some(Class::Word)) {
            first -= 1;
        }
        if first > 0 && self.is_word(first - 1, "the") {
            first -= 1;
        }
        // "A reduction in prices" says what is reduced.
        let changed = first > 1 && self.tokens[first - 2].change & 3 != 0;
        let aside = first > 0
            && ["in", "at", "on", "near", "during", "for", "across"]
                .iter()
                .any(|word| self.is_word(first - 1, word));
        aside && !changed
    }

    /// Where the nouns and adjectives begin that a noun ends.
    fn phrase(&self, head: usize) -> usize {
        let mut first = head;
        while first > 0
            && head - first < 2
            && self.class(first - 1) == Some(Class::Word)
            && self.tokens[first - 1].change == 0
        {
            let word = self.lower(first - 1);
            let sense = sense(&word);
            let verb = sense.bits() >> 14 & 1 == 1 || word.ends_with("ed");
            if verb || sense.noun() == 0 && sense.bits() >> 12 & 1 == 0 {
                break;
            }
            first -= 1;
        }
        first
    }

    /// The noun that "of" hangs this one on: the burden in "the debt burden of the population".
    fn holder(&self, at: usize) -> usize {
        let mut first = at;
        // Adjectives and articles stand between.
        while first > 0
            && at - first < 3
            && !self.is_word(first - 1, "of")
            && matches!(self.class(first - 1), Some(Class::Word | Class::Stop))
        {
            first -= 1;
        }
        let Some(noun) = first.checked_sub(2).filter(|_| self.is_word(first - 1, "of")) else { return at };
        let word = self.lower(noun);
        let named = self.of(noun).starts_with(char::is_uppercase);
        if sense(&word).noun() > 0 && !named && matches!(self.class(noun), Some(Class::Word | Class::Label)) {
            noun
        } else {
            at
        }
    }

    /// The key under which readings of one question meet: the class of what is counted, with the unit where there is one.
    pub(super) fn key(&self, unit: Option<&Measured>, noun: Option<Noun>, from: usize) -> String {
        match (unit, noun) {
            (Some(unit), Some(noun)) => {
                // A turnout in percent is no crowd.
                let word = self.lower(noun.head);
                let counted = if word == "turnout" { word } else { class_or_singular(&word) };
                format!("{counted} · {}", unit.name)
            }
            (None, Some(noun)) => {
                // "Killing 12": the noun is the verb.
                let verb = || if noun.head < from { self.done_to(from) } else { None };
                let holder = self.container(from).or_else(|| self.fate(noun, from)).or_else(verb);
                holder.unwrap_or_else(|| class_or_singular(&self.lower(noun.head)))
            }
            (_, None) => String::new(),
        }
    }

    /// "A contingent of about 3 to 4 thousand people": the noun before "of" says what kind of people.
    fn container(&self, from: usize) -> Option<String> {
        let of = from.checked_sub(1).filter(|of| self.is_word(*of, "of"))?;
        let class = COUNTED.class_of(&self.lower(of.checked_sub(1)?)).map(str::to_owned)?;
        (class != "people").then_some(class)
    }

    /// The class of what a verb right before a number says was done: "killing up to 40".
    fn done_to(&self, from: usize) -> Option<String> {
        let bound = |at: &usize| BOUNDS.contains(&self.lower(*at).as_str());
        let verb = (from.saturating_sub(5)..from).rev().find(|at| !bound(at))?;
        let word = self.lower(verb);
        let stem = word.strip_suffix("ing").or_else(|| word.strip_suffix('s')).unwrap_or(&word);
        let forms = [word.clone(), format!("{stem}ed"), format!("{}d", stem)];
        let known = forms.iter().find(|form| COUNTED.fates.contains(form))?;
        COUNTED.class_of(known).map(str::to_owned)
    }

    /// "40 people were killed", "killed at least 40 people": what happened to them is what the count is of.
    fn fate(&self, noun: Noun, from: usize) -> Option<String> {
        let word = self.lower(noun.head);
        // "Claimed 15 lives".
        if word == "lives" {
            let takes = |at: usize| {
                ["claim", "cost", "take", "took"].iter().any(|verb| self.lower(at).starts_with(verb))
            };
            let taken =
                (from.saturating_sub(5)..from).rev().find(|at| !BOUNDS.contains(&self.lower(*at).as_str()));
            return taken.filter(|at| takes(*at)).and_then(|_| COUNTED.class_of("killed")).map(str::to_owned);
        }
        // Of a crowd, as of people, the fate is the question; of police or children it is who they are.
        if !matches!(COUNTED.class_of(&word), Some("people" | "protester")) {
            return None;
        }
        if let Some(fate) = self.done_to(from) {
            return Some(fate);
        }
        if let Some(toll) = self.toll_before(from) {
            return COUNTED.class_of(&self.lower(toll)).map(str::to_owned);
        }
        let near = (noun.head + 1..self.tokens.len().min(noun.head + 5))
            .take_while(|at| self.of_mark(*at).is_none() && !self.is_word(*at, "and"));
        let near: Vec<String> = near.map(|at| self.lower(at)).collect();
        // "31 people lost their lives."
        if near.windows(3).any(|three| three[0] == "lost" && matches!(three[2].as_str(), "lives" | "life")) {
            return COUNTED.class_of("killed").map(str::to_owned);
        }
        let fate = near.iter().find(|word| COUNTED.fates.contains(word))?;
        COUNTED.class_of(fate).map(str::to_owned)
    }
}

/// Words between a toll and its number: "the death toll of the flood in the upper valley stood at".
const TOLL: usize = 12;

/// Words between a verb and the number of those it was done to.
const BOUNDS: [&str; 20] = [
    "at",
    "least",
    "most",
    "more",
    "than",
    "about",
    "some",
    "nearly",
    "almost",
    "around",
    "over",
    "up",
    "to",
    "an",
    "estimated",
    "roughly",
    "approximately",
    "as",
    "many",
    "another",
];

/// Words of a class that stand before another noun as often as alone: "police officers", "force commanders".
fn is_singular_modifier(word: &str) -> bool {
    word.is_ascii() && !is_plural(word) || word == "police"
}

fn class_or_singular(word: &str) -> String {
    COUNTED.class_of(word).map_or_else(|| singular(word), str::to_owned)
}
