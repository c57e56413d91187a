//! The lexicon that ships: what kind of thing an English word names (the lexicographers' files of WordNet 3.0), and
//! whether it is a name of people.

use fst::raw::Fst;
use std::sync::LazyLock;

static WORDS: LazyLock<Fst<&'static [u8]>> = LazyLock::new(|| {
    Fst::new(&include_bytes!("../lexicon/words.fst")[..])
        .expect("the lexicon that ships with the program is whole")
});
static PEOPLE: LazyLock<Fst<&'static [u8]>> = LazyLock::new(|| {
    Fst::new(&include_bytes!("../lexicon/people.fst")[..])
        .expect("the lexicon that ships with the program is whole")
});

static COMPANY: LazyLock<Fst<&'static [u8]>> = LazyLock::new(|| {
    Fst::new(&include_bytes!("../lexicon/company.fst")[..])
        .expect("the lexicon that ships with the program is whole")
});

/// The classes of words that stand in like company with this one, in lower case: one of 1,024, and which of 64 that
/// belongs to, both counted from 1; 0 for rare words.
pub(crate) fn company(word: &str) -> (u32, u32) {
    COMPANY.get(word.as_bytes()).map_or((0, 0), |output| {
        let value = output.value() as u32;
        ((value & 1023) + 1, (value >> 10) + 1)
    })
}

/// Which of 1,024 classes of words that stand in like company this one belongs to; `None` for rare words.
pub fn company_of(word: &str) -> Option<u32> {
    let (class, _) = company(&word.to_lowercase());
    (class > 0).then_some(class)
}

/// What the lexicon says of a word; all zero where it has none.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub(crate) struct Sense(u32);

impl Sense {
    /// The bits, for features.
    pub(crate) fn bits(self) -> u32 {
        self.0
    }

    /// The lexicographers' file of its first sense as a noun (3–28; 18 is persons), 0 where it is none.
    pub(crate) fn noun(self) -> u32 {
        (self.0 & 63).saturating_sub(1)
    }
}

/// What is known of a word in lower case; an inflected form is looked up under its bare form.
pub(crate) fn sense(word: &str) -> Sense {
    let found = |word: &str| WORDS.get(word.as_bytes()).map(|output| Sense(output.value() as u32));
    if !word.is_ascii() || word.len() < 2 {
        return Sense::default();
    }
    found(word).or_else(|| bare_forms(word).find_map(|bare| found(&bare))).unwrap_or_default()
}

/// Whether the lexicon has an English word that is no name, in whatever form.
pub fn is_common(word: &str) -> bool {
    let lower = word.to_lowercase();
    let one = crate::words::singular(&lower);
    (sense(&lower).bits() != 0 || sense(&one).bits() != 0) && people(&lower) & 1 == 0
}

/// 1 a given name, 2 a family name, 4 a common one; their sum.
pub(crate) fn people(word: &str) -> u32 {
    PEOPLE.get(word.as_bytes()).map_or(0, |output| output.value() as u32)
}

/// What an inflected English word may be a form of, likeliest first.
fn bare_forms(word: &str) -> impl Iterator<Item = String> {
    const ENDINGS: [(&str, &[&str]); 8] = [
        ("ies", &["y", "ie"]),
        ("es", &["e", ""]),
        ("s", &[""]),
        ("ied", &["y"]),
        ("ed", &["e", ""]),
        ("ing", &["e", ""]),
        ("er", &["e", ""]),
        ("est", &["e", ""]),
    ];
    ENDINGS.iter().filter_map(move |(ending, bare)| Some((word.strip_suffix(ending)?, *bare))).flat_map(
        |(stem, bare)| {
            let doubled = stem.len() > 2 && {
                let bytes = stem.as_bytes();
                bytes[bytes.len() - 1] == bytes[bytes.len() - 2]
            };
            let single = doubled.then(|| stem[..stem.len() - 1].to_owned());
            bare.iter().map(move |bare| format!("{stem}{bare}")).chain(single)
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_meet_their_word() {
        assert_eq!(sense("presidents").noun(), 18);
        assert_eq!(sense("dockers"), sense("docker"));
        assert_eq!(people("mary") & 1, 1);
        assert_eq!(people("table") & 1, 0);
    }
}
