//! What public tables of events make of vague words: "hundreds" is 100 in one and 200 in another. Nothing is ever replaced by
//! such a number; it stands beside the value, under the name of its table.

use std::collections::BTreeMap;
use std::sync::LazyLock;

static TABLES: LazyLock<BTreeMap<String, BTreeMap<String, f64>>> = LazyLock::new(|| {
    toml::from_str(include_str!("../rules/vague.toml"))
        .expect("the tables of vague words that ship with the program are valid")
});

/// The names of the tables.
pub fn vague_tables() -> impl Iterator<Item = &'static str> {
    TABLES.keys().map(String::as_str)
}

/// The number a table gives the vague word in some words; `None` where it has none, or the words join two ("tens of thousands").
pub fn vague_number(table: &str, words: &str) -> Option<f64> {
    let table = TABLES.get(table)?;
    let lower = words.to_lowercase();
    let known = |word: &str| {
        TABLES.values().any(|table| table.contains_key(word)) || matches!(word, "millions" | "billions")
    };
    let vague: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| known(word)).collect();
    match vague.as_slice() {
        [word] => table.get(*word).copied(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_table_has_its_own_number() {
        assert_eq!(vague_number("acled", "hundreds of dockers"), Some(100.0));
        assert_eq!(vague_number("ccc", "Hundreds"), Some(200.0));
        assert_eq!(vague_number("acled", "tens of thousands"), None);
        assert_eq!(vague_number("acled", "400 dockers"), None);
        assert_eq!(vague_tables().collect::<Vec<_>>(), ["acled", "ccc"]);
    }
}
