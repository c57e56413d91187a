//! A sentence before anything is weighed: what its words look like, what the gazetteer says of them, and how it is written.
//!
//! Where nobody writes capitals ("does anyone know lisbon?") a name cannot be known by them, so its words are looked at in
//! another light.

use crate::place::{Letters, marks};
use crate::syntax::{Form, forms};
use model::Span;

/// What the tagger of names sees of a sentence.
pub(super) struct Sight {
    pub(super) forms: Vec<Form>,
    pub(super) marks: Vec<u32>,
    pub(super) casing: Casing,
}

/// What is seen of a sentence.
pub(super) fn sight(text: &str, words: &[Span]) -> Sight {
    let casing = casing(text, words);
    let letters = match casing {
        Casing::Small => Letters::Any,
        Casing::Usual | Casing::Shouted => Letters::Capitals,
    };
    Sight { forms: forms(text, words), marks: marks(text, words, letters), casing }
}

/// How a sentence is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Casing {
    /// Names have capitals.
    Usual,
    /// No capital behind the first word, "I" apart.
    Small,
    /// Nearly nothing but capitals.
    Shouted,
}

/// How a sentence is written, as far as its words tell.
fn casing(text: &str, words: &[Span]) -> Casing {
    const LEAST: usize = 3;
    let of = |word: &Span| word.of(text);
    let capital = |word: &Span| of(word).starts_with(char::is_uppercase) && of(word) != "I";
    if words.len() >= LEAST && !words.iter().skip(1).any(capital) {
        return Casing::Small;
    }
    let lettered = |word: &&Span| of(word).starts_with(char::is_alphabetic);
    let letters = words.iter().filter(lettered).count();
    let shouted = words.iter().filter(lettered).filter(|word| !of(word).contains(char::is_lowercase)).count();
    if letters > LEAST && shouted * 10 >= letters * 9 { Casing::Shouted } else { Casing::Usual }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::lexemes;

    #[test]
    fn casings_are_told_apart() {
        let of = |text: &str| casing(text, &lexemes(text, Span::new(0, text.len())));
        assert_eq!(of("Does anyone know lisbon, I wonder?"), Casing::Small);
        assert_eq!(of("Does anyone know Lisbon?"), Casing::Usual);
        assert_eq!(of("FERRY SINKS OFF BERGEN"), Casing::Shouted);
        assert_eq!(of("Lisbon"), Casing::Usual);
    }
}
