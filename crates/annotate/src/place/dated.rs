//! Names that a place bore for a time: what a text calls it tells when it may have been written.

use serde::Deserialize;
use std::sync::LazyLock;

/// A name and the time it was in use.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DatedName {
    /// The number of the place in GeoNames.
    pub id: u32,
    /// The name.
    pub name: String,
    /// Since when (a year, month or day in ISO 8601), where it is known.
    pub from: Option<String>,
    /// Until when.
    pub until: Option<String>,
}

#[derive(Deserialize)]
struct File {
    dated: Vec<String>,
}

static NAMES: LazyLock<Vec<DatedName>> = LazyLock::new(|| {
    let file: File = toml::from_str(include_str!("../../rules/dated.toml"))
        .expect("the table of dated names that ships with the program is valid");
    let name = |line: &String| {
        let [id, name, from, until] = line.split(' ').collect::<Vec<_>>()[..] else { return None };
        let date = |date: &str| Some(date.to_owned()).filter(|date| date != "-");
        Some(DatedName {
            id: id.parse().ok()?,
            name: name.replace('_', " "),
            from: date(from),
            until: date(until),
        })
    };
    file.dated.iter().filter_map(name).collect()
});

/// All of them.
pub fn dated_names() -> &'static [DatedName] {
    &NAMES
}

/// The time in which a place bore this name, where it bore it for a time only.
pub fn dated_name(id: u32, words: &str) -> Option<&'static DatedName> {
    let key = super::place_key(words);
    NAMES.iter().find(|name| name.id == id && super::place_key(&name.name) == key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_a_name_the_gazetteer_lays_there() {
        let gazetteer = crate::place::gazetteer::gazetteer();
        assert!(NAMES.len() > 30);
        for name in dated_names() {
            let walk = gazetteer.walk(gazetteer.start(), super::super::place_key(&name.name).as_bytes());
            let places = walk.map(|walk| gazetteer.places(walk)).unwrap_or_default();
            assert!(places.iter().any(|place| place.id == name.id), "{name:?}");
        }
        assert_eq!(
            dated_name(498_817, "Leningrad").and_then(|name| name.until.as_deref()),
            Some("1991-09-06")
        );
    }
}
