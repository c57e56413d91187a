//! Whom "he", "she", "him", "her" and "his" mean: the person the sentence, else the one before it, is about.

use annotate::{Gender, gender_of_pronoun};
use model::Span;

/// Pronouns that stand for one person, in lower case.
const PRONOUNS: [&str; 5] = ["he", "she", "him", "her", "his"];

/// Whether a phrase is a pronoun for one person.
pub(crate) fn is_pronoun(phrase: &str) -> bool {
    PRONOUNS.contains(&phrase.to_lowercase().as_str())
}

/// The pronouns of a text that stand for one person, each with the person meant. `persons` are the names of persons in order, `genders` what
/// the names of each tell, `sentences` those of the text. A pronoun in a quotation, and one that two people could be, means nobody here.
pub(crate) fn persons_meant(
    text: &str,
    sentences: &[Span],
    persons: &[(Span, usize)],
    genders: &dyn Fn(usize) -> Option<Gender>,
) -> Vec<(Span, usize)> {
    let mut found = Vec::new();
    let mut about: Option<usize> = None;
    for sentence in sentences {
        let first = persons.partition_point(|(known, _)| known.start() < sentence.start());
        let named = &persons[first..];
        let named = &named[..named.partition_point(|(known, _)| known.end() <= sentence.end())];
        let mut leads = None;
        let mut quoted = false;
        for (at, word) in words(sentence.of(text)) {
            match word {
                "“" => quoted = true,
                "”" => quoted = false,
                "\"" => quoted = !quoted,
                _ if quoted || !is_pronoun(word) => {}
                _ => {
                    let span = Span::new(sentence.start() + at, sentence.start() + at + word.len());
                    let before = named.iter().take_while(|(known, _)| known.end() <= span.start());
                    let told = gender_of_pronoun(word);
                    let fits =
                        |person: &usize| genders(*person).zip(told).is_none_or(|(one, other)| one == other);
                    let mut before: Vec<usize> = before.map(|(_, person)| *person).filter(fits).collect();
                    before.dedup();
                    let known = leads.or(about).filter(fits);
                    // Whom the sentence before it is about counts with those named here.
                    let meant = match (before.as_slice(), known) {
                        ([], known) => known,
                        ([one], None) => Some(*one),
                        ([one], Some(known)) if *one == known || leads.is_none() => Some(*one),
                        _ => None,
                    };
                    if let Some(person) = meant {
                        found.push((span, person));
                        leads = leads.or(Some(person));
                    }
                }
            }
        }
        about = match (named.first(), leads) {
            (Some((known, person)), _) if opens(text, *sentence, *known) => Some(*person),
            (_, Some(person)) => Some(person),
            // A sentence about several people, or about none, says nothing of the next.
            (Some((_, person)), None) if named.iter().all(|(_, other)| other == person) => Some(*person),
            _ => None,
        };
    }
    found
}

/// Bytes from the beginning of a sentence within which its subject is named.
const OPENS: usize = 60;

fn opens(text: &str, sentence: Span, name: Span) -> bool {
    let before = text.get(sentence.start()..name.start()).unwrap_or_default();
    before.len() < OPENS && !before.contains(',')
}

/// Words and marks of quotation, with where they begin.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = &text[at..];
        let from = at + rest.find(|c: char| c.is_alphanumeric() || matches!(c, '“' | '”' | '"'))?;
        let own = &text[from..];
        let to = match own.starts_with(['“', '”', '"']) {
            true => own.chars().next().map_or(1, char::len_utf8),
            false => own.find(|c: char| !c.is_alphanumeric()).unwrap_or(own.len()),
        };
        at = from + to;
        Some((from, &own[..to]))
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]
    use super::*;

    fn meant(text: &str) -> Vec<(&str, usize)> {
        let mut persons: Vec<(Span, usize)> = Vec::new();
        for (person, name) in ["Holm", "Lund", "Berg"].iter().enumerate() {
            persons.extend(text.match_indices(name).map(|(at, _)| (Span::new(at, at + name.len()), person)));
        }
        persons.sort_unstable();
        let mut sentences = Vec::new();
        let mut from = 0;
        for (at, _) in text.match_indices('.') {
            sentences.push(Span::new(from, at + 1));
            from = (at + 2).min(text.len());
        }
        let genders = |person: usize| match person {
            0 => Some(Gender::Male),
            2 => Some(Gender::Female),
            _ => None,
        };
        persons_meant(text, &sentences, &persons, &genders)
            .into_iter()
            .map(|(span, one)| (span.of(text), one))
            .collect()
    }

    #[test]
    fn a_pronoun_means_whom_the_sentence_before_is_about() {
        assert_eq!(meant("Holm fled. He was caught in his car."), [("He", 0), ("his", 0)]);
        assert_eq!(meant("The guards met Lund. Later they arrested him."), [("him", 1)]);
        assert_eq!(meant("Holm said that he was ill."), [("he", 0)]);
    }

    #[test]
    fn a_woman_is_no_he() {
        assert_eq!(meant("Berg fled. He was caught."), []);
        assert_eq!(meant("Holm met Berg before she left."), [("she", 2)]);
        assert_eq!(meant("Holm met Berg before he left."), [("he", 0)]);
    }

    #[test]
    fn where_two_could_be_meant_nobody_is() {
        assert_eq!(meant("On Friday, Holm and Lund met. He was ill."), []);
        assert_eq!(meant("Holm met Lund before he left."), []);
        assert_eq!(meant("Holm fled. “He was ill,” said Lund."), []);
        assert_eq!(meant("It rained. He was ill."), []);
    }
}
