//! Words of places that the gazetteer lacks: demonyms, short names of regions, and what stands beside a name.

use super::gazetteer::{Class, Record, gazetteer};
use crate::hash::QuickMap;
use model::PlaceUse;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

#[derive(Deserialize)]
struct File {
    countries: Vec<String>,
    areas: Vec<String>,
    regions: Vec<String>,
    titles: Vec<String>,
    beside: Vec<String>,
    things: Vec<String>,
    acts: Vec<String>,
    common: Vec<String>,
    given: Vec<String>,
    family: Vec<String>,
    speaks: Vec<String>,
    kin: Vec<String>,
    civic: Vec<String>,
    bodies: Vec<String>,
    leads: Vec<String>,
    directions: Vec<String>,
    states: Vec<String>,
    behind: Vec<String>,
    realms: Vec<String>,
    sites: Vec<String>,
    buildings: Vec<String>,
    openers: Vec<String>,
}

/// A part of the world: its middle, its number in GeoNames, and how its word is used.
#[derive(Clone, Copy)]
pub(super) struct Area {
    pub(super) point: (f32, f32),
    pub(super) id: Option<u32>,
    pub(super) usage: PlaceUse,
    /// A word that is of the place only before "region" and the like.
    pub(super) only_headed: bool,
    /// A word that is of the place only before a small letter: "Western allies", not "Western Union".
    pub(super) shy: bool,
}

/// The table, taken apart.
pub(super) struct Table {
    /// Names of countries the gazetteer has not, and demonyms: the country's code and whether it is a demonym.
    words: BTreeMap<String, (String, bool)>,
    ids: BTreeMap<String, u32>,
    points: BTreeMap<String, (f32, f32)>,
    areas: BTreeMap<String, Area>,
    /// Short names of regions, with points as they are written.
    regions: BTreeMap<String, u32>,
    marks: QuickMap<String, Marks>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let file: File = toml::from_str(include_str!("../../rules/en/places.toml"))
        .expect("the table of places that ships with the program is valid");
    let mut table = Table {
        words: BTreeMap::new(),
        ids: BTreeMap::new(),
        points: BTreeMap::new(),
        areas: BTreeMap::new(),
        regions: BTreeMap::new(),
        marks: QuickMap::default(),
    };
    let lists = [
        (Mark::Titles, &file.titles),
        (Mark::Beside, &file.beside),
        (Mark::Things, &file.things),
        (Mark::Acts, &file.acts),
        (Mark::Common, &file.common),
        (Mark::Given, &file.given),
        (Mark::Family, &file.family),
        (Mark::Sites, &file.sites),
        (Mark::Buildings, &file.buildings),
        (Mark::Openers, &file.openers),
        (Mark::Speaks, &file.speaks),
        (Mark::Kin, &file.kin),
        (Mark::Civic, &file.civic),
        (Mark::Bodies, &file.bodies),
        (Mark::Leads, &file.leads),
        (Mark::Directions, &file.directions),
        (Mark::States, &file.states),
        (Mark::Behind, &file.behind),
        (Mark::Realms, &file.realms),
    ];
    for (mark, lines) in lists {
        lines.iter().flat_map(|line| line.split(' ')).for_each(|word| table.mark(word, mark));
    }
    include_str!("../../gazetteer/common.txt")
        .split_whitespace()
        .for_each(|word| table.mark(word, Mark::Common));
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
        let (names, adjectives) = line.split_once('|').unwrap_or((line, ""));
        let mut parts = names.split_whitespace().peekable();
        let Some((north, east)) = parts.next().and_then(|point| point.split_once(',')) else { continue };
        let (Ok(north), Ok(east)) = (north.parse(), east.parse()) else { continue };
        let id = parts.peek().and_then(|id| id.parse().ok());
        let area =
            Area { point: (north, east), id, usage: PlaceUse::Literal, only_headed: false, shy: false };
        for name in parts.skip(usize::from(id.is_some())) {
            table.areas.insert(name.replace('_', " "), area);
        }
        for word in adjectives.split_whitespace() {
            // "~": only before a small letter; "+": only with its noun.
            let name = word.trim_start_matches(['~', '+']).replace('_', " ");
            table.areas.insert(
                name,
                Area {
                    usage: PlaceUse::Demonym,

                    shy: word.starts_with('~'),
                    only_headed: word.starts_with('+'),
                    ..area
                },
            );
        }
    }
    let names = gazetteer();
    for line in &file.regions {
        let mut parts = line.split(' ');
        let name = super::place_key(&parts.next().unwrap_or_default().replace('_', " "));
        let walk = names.walk(names.start(), name.as_bytes());
        let near: Vec<u16> = ["US", "CA", "AU"].iter().filter_map(|code| names.country(code)).collect();
        let region = walk.and_then(|walk| {
            names
                .places(walk)
                .into_iter()
                .filter(|record| near.contains(&record.country))
                .min_by_key(|record| record.class != Class::Region)
        });
        for word in parts {
            table.regions.extend(region.map(|region| (word.to_owned(), region.at)));
        }
    }
    let starts = [Mark::Country, Mark::Area, Mark::Short];
    for (mark, names) in starts.into_iter().zip([
        table.words.keys().cloned().collect::<Vec<_>>(),
        table.areas.keys().cloned().collect(),
        table.regions.keys().cloned().collect(),
    ]) {
        for name in names {
            table.mark(name.split(' ').next().unwrap_or_default(), mark);
            table.mark(name.split([' ', '-', '.']).next().unwrap_or_default(), mark);
        }
    }
    table
});

/// The lists a word stands in, and what names of several words it begins.
#[derive(Clone, Copy)]
pub(super) enum Mark {
    Titles,
    Beside,
    Things,
    Acts,
    Common,
    Given,
    Family,
    Sites,
    Buildings,
    Openers,
    Speaks,
    Kin,
    Civic,
    Bodies,
    Leads,
    Directions,
    States,
    Behind,
    Realms,
    Country,
    Area,
    Short,
}

/// The marks of a word, one bit for each.
#[derive(Clone, Copy, Default)]
pub(super) struct Marks(u32);

impl Marks {
    pub(super) fn has(self, mark: Mark) -> bool {
        self.0 & 1 << mark as u16 != 0
    }
}

pub(super) fn table() -> &'static Table {
    &TABLE
}

impl Table {
    fn mark(&mut self, word: &str, mark: Mark) {
        self.marks.entry(word.to_owned()).or_default().0 |= 1 << mark as u16;
    }

    pub(super) fn marks(&self, word: &str) -> Marks {
        self.marks.get(word).copied().unwrap_or_default()
    }

    /// The country a word of the table belongs to, and whether the word is a demonym.
    pub(super) fn country(&self, lower: &str) -> Option<(Record, bool)> {
        let (code, demonym) = self.words.get(lower)?;
        country_record(code).map(|record| (record, *demonym))
    }

    /// The middle of a part of the world.
    pub(super) fn area(&self, lower: &str) -> Option<Area> {
        self.areas.get(lower).copied()
    }

    /// The region a short name stands for.
    pub(super) fn region(&self, lower: &str) -> Option<Record> {
        self.regions.get(lower).map(|at| gazetteer().record(*at))
    }
}

static COUNTRIES: LazyLock<BTreeMap<String, Record>> = LazyLock::new(|| gazetteer().countries());

pub(super) fn country_record(code: &str) -> Option<Record> {
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
pub(crate) fn country_name(code: &str) -> Option<&'static str> {
    country_record(code).map(|record| gazetteer().name(record))
}

/// The country a word names or is a demonym of: its code, and whether it is a demonym.
pub(crate) fn country_of(word: &str) -> Option<(String, bool)> {
    if let Some((record, demonym)) = table().country(word) {
        return Some((gazetteer().code(record.country).to_owned(), demonym));
    }
    let names = gazetteer();
    let walk = names.walk(names.start(), super::place_key(word).as_bytes())?;
    let country = names.places(walk).into_iter().find(|record| record.class == Class::Country)?;
    Some((names.code(country.country).to_owned(), false))
}
