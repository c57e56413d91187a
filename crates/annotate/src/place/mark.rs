//! What the gazetteer says of words, for features: nothing is decided here.

use super::gazetteer::{Class, gazetteer};
use super::table::table;
use model::Span;

/// Which words may begin a place.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Letters {
    /// Those with a capital.
    Capitals,
    /// Any; of those in small letters villages and towns are not taken, whose names are words as well.
    Any,
}

/// What a word begins or goes on in the longest name: 0 nothing, then twice the kind of place (1 village or town,
/// 2 city of over 150,000 people, 3 district, 4 region, 5 country, 6 demonym, 7 part of the world), one more inside the name.
pub(crate) fn marks(text: &str, words: &[Span], letters: Letters) -> Vec<u32> {
    const LONGEST: usize = 4;
    let mut marks = vec![0; words.len()];
    let mut at = 0;
    while at < words.len() {
        let upper = |at: usize| words[at].of(text).starts_with(char::is_uppercase);
        let small = |at: usize| words[at].len() > 1 && words[at].of(text).starts_with(char::is_alphabetic);
        let capital = |at: usize| if letters == Letters::Any { small(at) } else { upper(at) };
        if !capital(at) {
            at += 1;
            continue;
        }
        let names = gazetteer();
        let (mut walk, mut spoken, mut best) = (Some(names.start()), String::new(), None);
        for (end, word) in words.iter().enumerate().skip(at).take(LONGEST) {
            if !spoken.is_empty() {
                spoken.push(' ');
            }
            spoken.push_str(&word.of(text).to_lowercase());
            let mut key = super::place_key(word.of(text));
            if end > at {
                key.insert(0, ' ');
            }
            walk = walk.and_then(|walk| names.walk(walk, key.as_bytes()));
            let listed = table().country(&spoken).map(|(_, demonym)| if demonym { 6 } else { 5 });
            let listed = listed.or(table().area(&spoken).map(|_| 7));
            let named = walk.filter(|walk| names.is_name(*walk) && capital(end)).and_then(|walk| {
                names
                    .places(walk)
                    .iter()
                    .map(|record| match record.class {
                        Class::City if record.population <= 150_000 => 1,
                        Class::City => 2,
                        Class::District => 3,
                        Class::Region => 4,
                        Class::Country => 5,
                    })
                    .max()
            });
            best = listed.or(named).filter(|kind| *kind > 1 || upper(at)).map(|kind| (end, kind)).or(best);
            if walk.is_none() && end > at + 1 {
                break;
            }
        }
        let Some((end, kind)) = best else {
            at += 1;
            continue;
        };
        marks[at] = 2 * kind;
        marks[at + 1..=end].fill(2 * kind + 1);
        at = end + 1;
    }
    marks
}
