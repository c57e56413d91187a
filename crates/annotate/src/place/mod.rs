//! Places: names of the gazetteer, longest first, told from people and things by what stands beside them, and laid
//! where the whole document makes it most likely.
//!
//! A document alone decides here; what the other documents of a case say is for `collate`.

mod gazetteer;
mod mention;
mod table;

use crate::{Cx, Extractor};
use gazetteer::{Class, Record, gazetteer};
use mention::{Mention, mentions};
use model::{Layers, Place, PlaceClass, PlaceUse, Span};
use std::collections::{BTreeMap, BTreeSet};

pub(crate) const PLACE: Extractor = Extractor {
    name: "place",
    version: 1,
    about: "towns, regions and countries by their names, laid where the document makes it most likely",
    example: "The bridge at Gdansk, Poland, was closed.",
    languages: &["en"],
    rules: include_str!("../../rules/en/place.toml"),
    run,
};

/// The folded form under which names are kept and sought: letters of ASCII in lower case, one blank between words.
pub fn place_key(name: &str) -> String {
    let mut key = String::with_capacity(name.len());
    for c in name.chars() {
        for c in any_ascii::any_ascii_char(c).chars() {
            match c {
                'a'..='z' | '0'..='9' => key.push(c),
                'A'..='Z' => key.push(c.to_ascii_lowercase()),
                '\'' | '`' | '.' | '"' => {}
                _ if key.ends_with(' ') || key.is_empty() => {}
                _ => key.push(' '),
            }
        }
    }
    key.truncate(key.trim_end().len());
    key
}

fn run(cx: &Cx, layers: &mut Layers) {
    layers.places = places(cx);
}

/// What a mention may mean, and how much speaks for it.
#[derive(Clone, Copy)]
struct Candidate {
    record: Record,
    weight: f32,
}

/// A place laid on the map, and whether it is more often no place at all.
struct Laid {
    place: Place,
    doubtful: bool,
}

pub(crate) fn places(cx: &Cx) -> Vec<Place> {
    let laid = lay(cx.text, &mentions(cx.text, &cx.sentences));
    laid.into_iter().filter(|laid| !laid.doubtful).map(|laid| laid.place).collect()
}

/// The places of names that somebody else has found; names that no gazetteer has give none.
pub(crate) fn places_at(text: &str, spans: &[Span]) -> Vec<Place> {
    lay(text, &mention::mentions_at(text, spans)).into_iter().map(|laid| laid.place).collect()
}

fn lay(text: &str, mentions: &[Mention]) -> Vec<Laid> {
    let mut votes = Votes::default();
    // First by what each name says alone, then with the votes of the whole document.
    let mut heard = BTreeSet::new();
    for mention in mentions {
        // A name has one vote, however often it stands there.
        let name = mention.span.of(text);
        if let Some(best) =
            choose(mention, &Votes::default()).filter(|_| heard.insert((name, mention.within)))
        {
            let certain = if mention.within.is_some() { 1 } else { mention.candidates.len() };
            votes.add(best.record, certain);
        }
    }
    let mut found: Vec<Laid> = Vec::with_capacity(mentions.len());
    for mention in mentions {
        if let Some((latitude, longitude)) = mention.area {
            let place = Place {
                span: mention.span,
                name: mention.span.of(text).to_owned(),
                id: None,
                latitude,
                longitude,
                country: String::new(),
                class: PlaceClass::Area,
                usage: mention.usage,
                candidates: 1,
                by: "place.area",
            };
            found.push(Laid { place, doubtful: false });
            continue;
        }
        let Some(best) = choose(mention, &votes) else { continue };
        let record = best.record;
        // A village of a country that nothing else in the document speaks of is more often somebody's name.
        let sure = mention.within.is_some() || mention.placed || record.class != Class::City;
        let doubtful = !sure && record.population < 15_000 && votes.share(record.country) < 0.1;
        let names = gazetteer();
        let code = names.code(record.country);
        let point = table::country_point(code).filter(|_| record.class == Class::Country);
        let (latitude, longitude) = point.unwrap_or((record.latitude, record.longitude));
        let place = Place {
            span: mention.span,
            name: match record.class {
                Class::Country => {
                    table::country_name(names.code(record.country)).unwrap_or(names.name(record))
                }
                _ => names.name(record),
            }
            .to_owned(),
            id: match record.class {
                Class::Country => table::country_id(names.code(record.country)),
                _ => Some(record.id),
            },
            latitude,
            longitude,
            country: names.code(record.country).to_owned(),
            class: match record.class {
                Class::City => PlaceClass::City,
                Class::Region => PlaceClass::Region,
                Class::District => PlaceClass::District,
                Class::Country => PlaceClass::Country,
            },
            usage: mention.usage,
            candidates: mention.candidates.len() as u32,
            by: match (mention.usage, mention.within) {
                (PlaceUse::Demonym, _) => "place.demonym",
                (_, Some(_)) => "place.qualified",
                _ => "place.name",
            },
        };
        found.push(Laid { place, doubtful });
    }
    found
}

/// How often the names of a document point to a country and to a region.
#[derive(Default)]
struct Votes {
    countries: BTreeMap<u16, f32>,
    regions: BTreeMap<u16, f32>,
    all: f32,
}

impl Votes {
    fn add(&mut self, record: Record, candidates: usize) {
        // A name of one place says more than one of twenty.
        let weight = 1.0 / (candidates as f32).sqrt();
        *self.countries.entry(record.country).or_default() += weight;
        if record.region > 0 {
            *self.regions.entry(record.region).or_default() += weight;
        }
        self.all += weight;
    }

    /// The part of all votes that a country has.
    fn share(&self, country: u16) -> f32 {
        self.countries.get(&country).copied().unwrap_or(0.0) / self.all.max(1.0)
    }

    fn of(&self, record: Record) -> f32 {
        if self.all == 0.0 {
            return 0.0;
        }
        let country = self.countries.get(&record.country).copied().unwrap_or(0.0) / self.all;
        let region = self.regions.get(&record.region).copied().unwrap_or(0.0) / self.all;
        4.0 * country + if record.region > 0 { 12.0 * region } else { 0.0 }
    }
}

/// The likeliest place of a mention.
fn choose(mention: &Mention, votes: &Votes) -> Option<Candidate> {
    let weigh = |record: &Record| {
        let size = (record.population as f32 + 1.0).log10();
        let class = match record.class {
            Class::Country => 9.0,
            Class::Region => 5.6,
            // A district is named with the word for what it is; a bare one is its town.
            Class::District => 3.5,
            Class::City => 0.0,
        };
        let within = match mention.within {
            Some((country, region)) => {
                let fits = record.country == country && (region == 0 || record.region == region);
                if fits { 12.0 } else { 0.0 }
            }
            None => 0.0,
        };
        let wanted = match (mention.wants, record.class) {
            (Some(wanted), class) if wanted == class => 8.0,
            _ => 0.0,
        };
        Candidate { record: *record, weight: size + class + within + wanted + votes.of(*record) }
    };
    let all = mention.candidates.iter().map(weigh);
    all.reduce(|best, next| if next.weight > best.weight { next } else { best })
}
