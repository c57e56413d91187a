//! The parts of a name that tell who bears it: its own words folded, its titles, the country it is of.

use crate::lexicon::{people, sense};
use crate::place::{country_of, place_key};
use crate::rules::Classes;
use model::NameClass;
use std::sync::LazyLock;

static FORCES: LazyLock<Classes> =
    LazyLock::new(|| Classes::read(include_str!("../../rules/en/counted.toml")));

/// A name taken apart.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct NameKey {
    /// Its own words, folded so that spellings of one name meet; of a person the family name as a rule last.
    pub words: Vec<String>,
    /// Words that say what somebody is: "president"; forms of address ("mr") are left out.
    pub titles: Vec<String>,
    /// The country it is of (ISO 3166-1): "the Norwegian parliament", "the Security Council of Peru".
    pub country: Option<String>,
    /// `m` for "Mr.", `f` for "Mrs.", "Ms." and "Miss".
    pub address: Option<char>,
    /// The letters of an abbreviation, in lower case.
    pub short: Option<String>,
}

const ADDRESS: [&str; 12] =
    ["mr", "mrs", "ms", "miss", "dr", "prof", "sir", "lord", "lady", "rev", "st", "hon"];
const SMALL: [&str; 12] = ["the", "of", "and", "for", "in", "on", "a", "an", "to", "at", "by", "&"];

/// Takes a name apart.
pub fn name_key(name: &str, class: NameClass) -> NameKey {
    match class {
        NameClass::Person => person(name),
        _ => body(name),
    }
}

/// The letters of a word as all spellings have them: "Sergeev" and "Sergeyev", "Odessa" and "Odesa" meet.
pub fn fold_spelling(word: &str) -> String {
    let plain = place_key(word).replace(' ', "");
    let mut out = String::with_capacity(plain.len());
    let letters: Vec<char> = plain.chars().collect();
    let vowel = |at: usize| letters.get(at).is_some_and(|c| "aeiou".contains(*c));
    for (at, letter) in letters.iter().enumerate() {
        let next = letters.get(at + 1).copied();
        // In short names these letters are all there is to tell people apart.
        let long = letters.len() > 5;
        let letter = match letter {
            // Between vowels, and between a vowel and "e", it is written or not.
            'y' | 'i' | 'j' if at > 0 && vowel(at - 1) && vowel(at + 1) => continue,
            'y' => 'i',
            'h' if long && at > 0 && matches!(letters[at - 1], 'k' | 'g' | 'z') => continue,
            'z' if long && next == Some('h') => 'j',
            'q' => 'k',
            'w' => 'v',
            's' if next == Some('a') && at > 0 && letters[at - 1] == 'i' => 'z',
            other => *other,
        };
        if !out.ends_with(letter) {
            out.push(letter);
        }
    }
    out
}

/// What countries call themselves.
const REALMS: [&str; 4] = ["republic", "federation", "kingdom", "state"];

fn bare(word: &str) -> &str {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
    ["'s", "’s", "'S", "’S"].iter().find_map(|end| word.strip_suffix(end)).unwrap_or(word)
}

fn person(name: &str) -> NameKey {
    let mut key = NameKey::default();
    // "Ann Marsh" is what stands behind the comma of "Secretary of State, Ann Marsh".
    let name = name.rsplit(", ").next().filter(|part| part.contains(' ')).unwrap_or(name);
    let words: Vec<&str> = name.split_whitespace().collect();
    let nickname =
        |word: &str| word.starts_with(['“', '"', '«', '„', '‘']) || word.ends_with(['”', '"', '»', '’']);
    let last_title = words.iter().rposition(|word| leads_a_name(bare(word)) && !nickname(word));
    // A title that ends the name is its family name: "John Miller".
    let first = last_title.filter(|at| at + 1 < words.len()).map_or(0, |at| at + 1);
    for word in &words[..first] {
        let lower = bare(word).to_lowercase();
        match country_of(&lower) {
            Some((code, _)) => key.country = Some(code),
            None if leads_a_name(bare(word)) => key.titles.push(lower),
            None => {}
        }
    }
    // "President of the Republic of Peru": what the office is of.
    let mut own = &words[first..];
    if first > 0 && own.first() == Some(&"of") {
        let office = own.iter().position(|word| {
            let lower = bare(word).to_lowercase();
            !SMALL.contains(&lower.as_str())
                && !REALMS.contains(&lower.as_str())
                && country_of(&lower).is_none()
        });
        let (of, name) = own.split_at(office.unwrap_or(0));
        key.country = of
            .iter()
            .find_map(|word| country_of(&bare(word).to_lowercase()))
            .map(|(code, _)| code)
            .or(key.country);
        own = name;
    }
    let mut quoted = false;
    for word in own {
        let opens = word.starts_with(['“', '"', '«', '„']);
        let closes = word.ends_with(['”', '"', '»']);
        let inside = quoted || opens;
        quoted = inside && !closes;
        let lower = bare(word).to_lowercase();
        key.address = match lower.as_str() {
            "mr" => Some('m'),
            "mrs" | "ms" | "miss" => Some('f'),
            _ => key.address,
        };
        if inside || lower.is_empty() || ADDRESS.contains(&lower.as_str()) || SMALL.contains(&lower.as_str())
        {
            continue;
        }
        // Words in small letters before the name say what somebody is, whether the lexicon has them or not.
        if key.words.is_empty() && word.starts_with(char::is_lowercase) && words.len() > 1 {
            key.titles.push(lower);
            continue;
        }
        key.words.extend(lower.split('-').map(fold_spelling).filter(|word| !word.is_empty()));
    }
    key
}

/// Whether a word in lower case names a kind of person and is no given name.
pub(super) fn is_title(lower: &str) -> bool {
    sense(lower).noun() == PERSON && people(lower) & 1 == 0 && !lower.ends_with("ed")
}

/// Offices, ranks and callings that stand before a name with a capital. Of other words with a capital that name people ("Miller",
/// "Lech", "Muhammad") most are given names there.
const OFFICES: &str = "activist actor actress adjutant admiral adviser advisor aide ambassador analyst anchor archbishop archduke artist \
    attorney author ayatollah baron baroness billionaire biologist bishop brigadier brother businessman businesswoman candidate \
    captain cardinal caretaker chairman chairperson chairwoman champion chancellor chaplain chief cleric coach colonel columnist \
    comedian commander commandant commissar commissioner comrade congressman congresswoman constable contractor coordinator coroner \
    correspondent councillor councilman councilwoman councilor counsel countess dancer dean defender delegate deputy detective dictator \
    diplomat director dissident doctor driver duchess economist editor emperor empress engineer envoy executive father filmmaker founder \
    general governor guard guitarist head historian imam inspector journalist judge justice king lawmaker lawyer leader legislator \
    lieutenant magistrate major manager marshal mayor minister monsignor mp musician nun officer official ombudsman \
    painter parliamentarian pastor patriarch philosopher photographer physician physicist pilot player poet police policeman politician \
    pope premier president priest prince princess principal producer professor prosecutor queen rabbi rapper referee regent \
    reporter representative researcher reverend scientist secretary senator sergeant sheikh sheriff shopkeeper singer sister skipper soldier \
    solicitor speaker spokesman spokesperson spokeswoman star student superintendent superstar surgeon suspect teacher tsar undersecretary \
    vicar warden whistleblower witness worker writer";

/// Whether a word before a name says what its bearer is.
fn leads_a_name(word: &str) -> bool {
    static CALLED: LazyLock<std::collections::BTreeSet<&str>> =
        LazyLock::new(|| OFFICES.split_whitespace().collect());
    let lower = word.to_lowercase();
    is_title(&lower) && (!word.starts_with(char::is_uppercase) || CALLED.contains(lower.as_str()))
}

/// What stands before a title and belongs to it.
pub(super) const QUALIFIERS: [&str; 10] =
    ["former", "current", "then", "ex", "-", "acting", "deputy", "vice", "late", "interim"];

/// The lexicographers' file of persons.
const PERSON: u32 = 18;

fn body(name: &str) -> NameKey {
    let mut key = NameKey::default();
    let words: Vec<&str> = name.split_whitespace().map(bare).filter(|word| !word.is_empty()).collect();
    let mut own: Vec<(String, &str)> = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let lower = word.to_lowercase();
        if SMALL.contains(&lower.as_str()) {
            continue;
        }
        let country = country_of(&lower).filter(|_| words.len() > 1);
        let ends = at > 0 && (at + 1 == words.len() || words[at - 1].eq_ignore_ascii_case("of"));
        if let Some((code, _)) = country.filter(|_| at == 0 || ends) {
            // "Bank of Norway and Sweden" is of neither alone.
            key.country = match key.country {
                None => Some(code),
                Some(known) if known == code => Some(code),
                Some(known) => Some(format!("{known} {code}")),
            };
            continue;
        }
        own.push((lower, word));
    }
    // "The Republic of Peru" in "the Security Council of the Republic of Peru".
    if key.country.is_some() && own.len() > 1 {
        own.retain(|(lower, _)| !REALMS[..3].contains(&lower.as_str()));
    }
    if own.is_empty() {
        own = words.iter().map(|word| (word.to_lowercase(), *word)).collect();
    }
    let capitals = |word: &str| {
        let word: String = word.chars().filter(|c| *c != '.').collect();
        (2..=8).contains(&word.chars().count()) && word.chars().all(|c| c.is_uppercase() || c.is_numeric())
    };
    if let [(lower, word)] = &own[..]
        && capitals(word)
    {
        key.short = Some(place_key(lower));
    }
    // "ECOWAS" in "the ECOWAS troops": the forces of a body are another actor, whatever they are called.
    let last = own.last().map(|(lower, _)| lower.clone()).unwrap_or_default();
    let forces = |word: &str| FORCES.class_of(word) == Some("force");
    if own.len() > 1 && forces(&last) && !own[0].1.starts_with(char::is_lowercase) {
        let named: Vec<String> = own
            .iter()
            .filter(|(lower, word)| !forces(lower) && word.starts_with(char::is_uppercase))
            .map(|(lower, _)| fold_spelling(lower))
            .collect();
        if !named.is_empty() {
            key.words = named;
            key.words.push("forces".to_owned());
            return key;
        }
    }
    key.words = own.iter().map(|(lower, _)| fold_spelling(&crate::words::singular(lower))).collect();
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(name: &str, class: NameClass) -> String {
        name_key(name, class).words.join(" ")
    }

    #[test]
    fn persons_without_titles() {
        let key = name_key("Norwegian Prime Minister Jens Berg", NameClass::Person);
        assert_eq!((key.words.join(" "), key.country.as_deref()), ("jens berg".into(), Some("NO")));
        assert_eq!(key.titles, ["minister"]);
        assert_eq!(words("Mr. Berg", NameClass::Person), "berg");
        assert_eq!(words("the Secretary of State, Ann Marsh", NameClass::Person), "an marsh");
        assert_eq!(words("Ole “the Bear” Dahl", NameClass::Person), "ole dahl");
    }

    #[test]
    fn spellings_meet() {
        assert_eq!(fold_spelling("Sergeyev"), fold_spelling("Sergeev"));
        assert_eq!(fold_spelling("Odessa"), fold_spelling("Odesa"));
        assert_eq!(fold_spelling("Organisation"), fold_spelling("Organization"));
        assert_eq!(fold_spelling("Khrushchyov"), fold_spelling("Krushchiov"));
    }

    #[test]
    fn bodies_of_countries() {
        let key = name_key("the Security Council of the Republic of Peru", NameClass::Organisation);
        assert_eq!((key.words.join(" "), key.country.as_deref()), ("securiti council".into(), Some("PE")));
        assert_eq!(name_key("UNESCO", NameClass::Organisation).short.as_deref(), Some("unesco"));
        assert_eq!(
            words("ECOWAS troops", NameClass::Organisation),
            words("ECOWAS contingent", NameClass::Organisation)
        );
    }
}
