//! Words of places that the gazetteer lacks: demonyms, short names of regions, and what stands beside a name.

use super::gazetteer::{Class, Record, gazetteer};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

#[derive(Deserialize)]
struct File {
    countries: Vec<String>,
    areas: Vec<String>,
    regions: Vec<String>,
    titles: Vec<String>,
    beside: Vec<String>,
    things: Vec<String>,
    common: Vec<String>,
    given: Vec<String>,
    family: Vec<String>,
}

/// The table, taken apart.
pub(super) struct Table {
    /// Names of countries the gazetteer has not, and demonyms: the country's code and whether it is a demonym.
    words: BTreeMap<String, (String, bool)>,
    ids: BTreeMap<String, u32>,
    points: BTreeMap<String, (f32, f32)>,
    areas: BTreeMap<String, (f32, f32)>,
    /// Short names of regions, with points as they are written.
    regions: BTreeMap<String, u32>,
    pub(super) titles: BTreeSet<String>,
    pub(super) beside: BTreeSet<String>,
    pub(super) things: BTreeSet<String>,
    pub(super) common: BTreeSet<String>,
    pub(super) given: BTreeSet<String>,
    pub(super) family: BTreeSet<String>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let file: File = toml::from_str(include_str!("../../rules/en/places.toml"))
        .expect("the table of places that ships with the program is valid");
    let words = |lines: &[String]| lines.iter().flat_map(|line| line.split(' ')).map(str::to_owned).collect();
    let mut table = Table {
        words: BTreeMap::new(),
        ids: BTreeMap::new(),
        points: BTreeMap::new(),
        areas: BTreeMap::new(),
        regions: BTreeMap::new(),
        titles: words(&file.titles),
        beside: words(&file.beside),
        things: words(&file.things),
        common: words(&file.common),
        given: words(&file.given),
        family: words(&file.family),
    };
    table.common.extend(include_str!("../../gazetteer/common.txt").split_whitespace().map(str::to_owned));
    for line in &file.countries {
        let (names, demonyms) = line.split_once('|').unwrap_or((line, ""));
        let mut parts = names.split_whitespace().peekable();
        let (code, id) = (parts.next().unwrap_or_default(), parts.next().and_then(|id| id.parse().ok()));
        table.ids.extend(id.map(|id| (code.to_owned(), id)));
        if let Some((north, east)) = parts.peek().and_then(|part| part.split_once(',')) {
            if let (Ok(north), Ok(east)) = (north.parse(), east.parse()) {
                table.points.insert(code.to_owned(), (north, east));
            }
            parts.next();
        }
        let spoken = |word: &str| word.replace('_', " ");
        for word in parts {
            table.words.insert(spoken(word), (code.to_owned(), false));
        }
        for word in demonyms.split_whitespace() {
            table.words.insert(spoken(word), (code.to_owned(), true));
        }
    }
    for line in &file.areas {
        let (point, names) = line.split_once(' ').unwrap_or((line, ""));
        let point =
            point.split_once(',').and_then(|(north, east)| Some((north.parse().ok()?, east.parse().ok()?)));
        for name in names.split(' ') {
            table.areas.extend(point.map(|point| (name.replace('_', " "), point)));
        }
    }
    let names = gazetteer();
    for line in &file.regions {
        let mut parts = line.split(' ');
        let name = super::place_key(&parts.next().unwrap_or_default().replace('_', " "));
        let walk = names.walk(names.start(), name.as_bytes());
        let united = names.country("US");
        let region = walk.and_then(|walk| {
            names
                .places(walk)
                .into_iter()
                .find(|record| record.class == Class::Region && Some(record.country) == united)
        });
        for word in parts {
            table.regions.extend(region.map(|region| (word.to_owned(), region.at)));
        }
    }
    table
});

pub(super) fn table() -> &'static Table {
    &TABLE
}

impl Table {
    /// The country a word of the table belongs to, and whether the word is a demonym.
    pub(super) fn country(&self, lower: &str) -> Option<(Record, bool)> {
        let (code, demonym) = self.words.get(lower)?;
        country_record(code).map(|record| (record, *demonym))
    }

    /// The middle of a part of the world.
    pub(super) fn area(&self, lower: &str) -> Option<(f32, f32)> {
        self.areas.get(lower).copied()
    }

    /// The region a short name stands for.
    pub(super) fn region(&self, lower: &str) -> Option<Record> {
        self.regions.get(lower).map(|at| gazetteer().record(*at))
    }
}

static COUNTRIES: LazyLock<BTreeMap<String, Record>> = LazyLock::new(|| gazetteer().countries());

fn country_record(code: &str) -> Option<Record> {
    COUNTRIES.get(code).copied()
}

/// The GeoNames number of a country, where it is known.
pub(super) fn country_id(code: &str) -> Option<u32> {
    table().ids.get(code).copied()
}

/// The point that gazetteers give a country, where it is known; else its towns have a mean.
pub(super) fn country_point(code: &str) -> Option<(f32, f32)> {
    table().points.get(code).copied()
}

/// The English name of a country.
pub(super) fn country_name(code: &str) -> Option<&'static str> {
    country_record(code).map(|record| gazetteer().name(record))
}
