//! Whether a name is that of a woman or of a man, as far as its words tell: titles, given names borne by one sex alone, Slavic endings.
//!
//! It serves to tell whom "he" and "she" cannot mean, and nothing else; where the words do not tell, nobody is shut out.

use std::collections::BTreeMap;
use std::sync::LazyLock;

/// What a name tells of its bearer.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Gender {
    /// A woman.
    Female,
    /// A man.
    Male,
}

static GIVEN: LazyLock<BTreeMap<&str, Gender>> = LazyLock::new(|| {
    let names = include_str!("../lexicon/given.txt");
    let (female, male) = names.split_once("\n--\n").unwrap_or((names, ""));
    let of = |part: &'static str, gender| {
        let lines = part.lines().filter(|line| !line.starts_with('#'));
        lines.flat_map(str::split_whitespace).map(move |name| (name, gender))
    };
    of(female, Gender::Female).chain(of(male, Gender::Male)).collect()
});

const FEMALE: &str = "mrs ms miss madam lady dame queen princess duchess sister mother sheikha congresswoman councilwoman chairwoman spokeswoman \
    businesswoman policewoman actress baroness empress";

const MALE: &str = "mr sir lord king prince duke brother father sheikh sheik imam ayatollah congressman councilman chairman spokesman businessman \
    policeman actor baron emperor emir sultan mullah pope bishop cardinal";

/// What the words of a name and of the titles before it tell; `None` where they do not.
pub fn gender_of(name: &str) -> Option<Gender> {
    let mut words = name.split(|c: char| !c.is_alphabetic() && c != '\'').filter(|word| !word.is_empty());
    let mut last = "";
    let told = words.find_map(|word| {
        last = word;
        let small = word.to_lowercase();
        let titled = |list: &str| list.split_whitespace().any(|title| title == small);
        if titled(FEMALE) {
            return Some(Gender::Female);
        }
        if titled(MALE) {
            return Some(Gender::Male);
        }
        GIVEN.get(small.as_str()).copied()
    });
    told.or_else(|| by_ending(&last.to_lowercase()))
}

/// What the ending of a Slavic family name or patronymic tells.
fn by_ending(family: &str) -> Option<Gender> {
    let ends = |all: &[&str]| family.len() > 5 && all.iter().any(|end| family.ends_with(end));
    if ends(&["ova", "eva", "skaya", "ovna", "evna"]) {
        return Some(Gender::Female);
    }
    ends(&["ov", "ev", "yev", "sky", "skiy", "ovich", "evich"]).then_some(Gender::Male)
}

/// What a pronoun tells of whom it means.
pub fn gender_of_pronoun(pronoun: &str) -> Option<Gender> {
    match pronoun.to_lowercase().as_str() {
        "she" | "her" | "hers" | "herself" => Some(Gender::Female),
        "he" | "him" | "his" | "himself" => Some(Gender::Male),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_given_names_and_endings_tell() {
        let told = [
            ("Mrs Holm", Some(Gender::Female)),
            ("Anna Holm", Some(Gender::Female)),
            ("President Peter Lund", Some(Gender::Male)),
            ("spokeswoman Lund", Some(Gender::Female)),
            ("Petrova", Some(Gender::Female)),
            ("Minister Petrov", Some(Gender::Male)),
            ("Lund", None),
            ("", None),
        ];
        for (name, gender) in told {
            assert_eq!(gender_of(name), gender, "{name}");
        }
    }
}
