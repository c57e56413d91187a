//! Places of a case: mentions of one place together, and doubtful names laid where the whole case speaks of.
//!
//! A document alone lays "Richmond" by what else it names; a case of fifty accounts of one region knows better.
//! Each origin has one vote, so that fifty copies do not outvote three accounts. Stored rows stay as each document
//! gave them; a place that the case moves keeps the document's own choice beside it.

use annotate::{PlaceCandidate, candidates};
use model::{DocId, Place, PlaceClass, PlaceUse, Span};
use std::collections::BTreeMap;

/// A place where a document names it.
#[derive(Clone, Debug)]
pub struct PlaceMention {
    /// The document.
    pub document: DocId,
    /// The origin of the document.
    pub origin: DocId,
    /// The words.
    pub words: String,
    /// Its words in the text.
    pub span: Span,
    /// Where the document alone lays it; `None` for a name of a place that no gazetteer has.
    pub place: Option<Place>,
}

/// What an analyst says a name means in this case: another name, or a point.
#[derive(Clone, PartialEq, Debug)]
pub struct Alias {
    /// The name.
    pub name: String,
    /// What it means.
    pub means: String,
}

/// Why mentions stand where they stand.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Ground {
    /// The document that names it lays it there.
    Document,
    /// The documents of the case together do.
    Case,
    /// An analyst does.
    Alias,
}

impl Ground {
    /// In words.
    pub fn words(self) -> &'static str {
        match self {
            Ground::Document => "by the account itself",
            Ground::Case => "by what the other accounts speak of",
            Ground::Alias => "by an alias of this case",
        }
    }
}

/// One place with all its mentions.
#[derive(Clone, Debug)]
pub struct CasePlace {
    /// What it is called.
    pub name: String,
    /// Its number, point, country and class; `None` where nobody can tell. The span is that of its first mention.
    pub place: Option<Place>,
    /// Its mentions by their places in the list given, each with why it stands here.
    pub mentions: Vec<(usize, Ground)>,
}

/// How much more a candidate weighs for each part of the case's votes that its country has, and its region.
const COUNTRY: f32 = 4.0;
const REGION: f32 = 14.0;
/// How much more the choice of the document itself weighs.
const OWN: f32 = 1.0;

/// The places of a case, those most origins name first.
pub fn places(mentions: &[PlaceMention], aliases: &[Alias]) -> Vec<CasePlace> {
    let votes = Votes::of(mentions);
    let aliases: BTreeMap<String, Place> = aliases
        .iter()
        .filter_map(|alias| Some((annotate::place_key(&alias.name), meant(alias, &votes)?)))
        .collect();
    // One name of one document has one place, wherever in it the name stands.
    let mut known: BTreeMap<(DocId, &str, u32), Option<Place>> = BTreeMap::new();
    let told = told_countries(mentions);
    let names =
        |document: DocId, place: &Place| told.get(&(document, place.country.as_str())).copied().unwrap_or(0);
    let mut found: BTreeMap<(u32, String, String), CasePlace> = BTreeMap::new();
    for (at, mention) in mentions.iter().enumerate() {
        let usage = mention.place.as_ref().map_or(PlaceUse::Literal, |place| place.usage);
        let when = mention.place.as_ref().and_then(|place| place.when);
        let (place, ground) = match (aliases.get(&annotate::place_key(&mention.words)), &mention.place) {
            (Some(place), _) => {
                (Some(Place { span: mention.span, usage, when, ..place.clone() }), Ground::Alias)
            }
            (None, Some(place)) if is_doubtful(place) => {
                let key = (mention.document, mention.words.as_str(), place.id.unwrap_or(0));
                // A document that tells more of the country it lays a name in knows better than the case.
                let better = || {
                    let better = votes.better(&mention.words, place)?;
                    let knows = names(mention.document, place) > names(mention.document, &better);
                    (!knows).then_some(better)
                };
                match known.entry(key).or_insert_with(better) {
                    Some(better) => {
                        (Some(Place { span: mention.span, usage, when, ..better.clone() }), Ground::Case)
                    }
                    None => (Some(place.clone()), Ground::Document),
                }
            }
            (None, place) => (place.clone(), Ground::Document),
        };
        let name = place.as_ref().map_or(&mention.words, |place| &place.name).clone();
        let key = match &place {
            Some(Place { id: Some(id), .. }) => (*id, String::new(), String::new()),
            // Words for one part of the world are many: "Balkans", "Balkan peninsula".
            Some(Place { class: PlaceClass::Area, latitude, longitude, .. }) => {
                (0, format!("{latitude} {longitude}"), "area".to_owned())
            }
            Some(place) => (0, annotate::place_key(&name), place.country.clone()),
            None => (0, annotate::place_key(&name), "?".to_owned()),
        };
        let entry = found.entry(key).or_insert_with(|| CasePlace { name, place, mentions: Vec::new() });
        entry.mentions.push((at, ground));
    }
    let mut places: Vec<CasePlace> = found.into_values().collect();
    places.sort_by_cached_key(|place| {
        let mut origins: Vec<DocId> = place.mentions.iter().map(|(at, _)| mentions[*at].origin).collect();
        origins.sort_unstable();
        origins.dedup();
        (std::cmp::Reverse((origins.len(), place.mentions.len())), place.name.clone())
    });
    places
}

/// How often each document names a country, or a place of it that could be no other.
fn told_countries(mentions: &[PlaceMention]) -> BTreeMap<(DocId, &str), usize> {
    let mut told: BTreeMap<(DocId, &str), usize> = BTreeMap::new();
    for mention in mentions {
        if let Some(place) =
            mention.place.as_ref().filter(|place| !is_doubtful(place) && !place.country.is_empty())
        {
            *told.entry((mention.document, place.country.as_str())).or_default() += 1;
        }
    }
    told
}

/// Whether a document alone had several places to choose from and nothing beside the name to choose by.
fn is_doubtful(place: &Place) -> bool {
    place.candidates > 1 && place.by == "place.name" && place.class != PlaceClass::Country
}

/// The place an alias means: a point in degrees, or the best place of another name.
fn meant(alias: &Alias, votes: &Votes) -> Option<Place> {
    let span = model::Span::checked(0, 1)?;
    if let Some((north, east)) = alias.means.split_once(',')
        && let (Ok(latitude), Ok(longitude)) = (north.trim().parse::<f32>(), east.trim().parse::<f32>())
    {
        return Some(Place {
            span,
            name: alias.name.clone(),
            id: None,
            latitude,
            longitude,
            country: String::new(),
            class: PlaceClass::Site,
            usage: PlaceUse::Literal,
            candidates: 1,
            when: None,
            by: "place.alias",
        });
    }
    let candidates = candidates(&alias.means, span);
    let best = candidates
        .into_iter()
        .reduce(|best, next| if votes.weigh(&next) > votes.weigh(&best) { next } else { best });
    best.map(|best| Place { candidates: 1, by: "place.alias", ..best.place })
}

/// Words and the place they name.
type Named<'m> = (&'m str, &'m Place);

/// What part of the origins' votes each country and region has. An origin divides one vote among the places it names.
struct Votes {
    countries: BTreeMap<String, f32>,
    regions: BTreeMap<u16, f32>,
}

impl Votes {
    fn of(mentions: &[PlaceMention]) -> Votes {
        let mut by_origin: BTreeMap<DocId, BTreeMap<(u32, &str), Named>> = BTreeMap::new();
        for mention in mentions {
            let Some(place) = mention.place.as_ref().filter(|place| !place.country.is_empty()) else {
                continue;
            };
            let key = (place.id.unwrap_or(0), place.name.as_str());
            by_origin
                .entry(mention.origin)
                .or_default()
                .entry(key)
                .or_insert((mention.words.as_str(), place));
        }
        let mut votes = Votes { countries: BTreeMap::new(), regions: BTreeMap::new() };
        let mut regions: BTreeMap<(&str, u32), u16> = BTreeMap::new();
        for named in by_origin.values() {
            let share = 1.0 / (named.len() * by_origin.len()) as f32;
            for (words, place) in named.values() {
                *votes.countries.entry(place.country.clone()).or_default() += share;
                let Some(id) = place.id else { continue };
                let region = *regions.entry((words, id)).or_insert_with(|| {
                    let candidates = candidates(words, place.span);
                    candidates
                        .iter()
                        .find(|candidate| candidate.place.id == Some(id))
                        .map_or(0, |it| it.region)
                });
                if region > 0 {
                    *votes.regions.entry(region).or_default() += share;
                }
            }
        }
        votes
    }

    fn weigh(&self, candidate: &PlaceCandidate) -> f32 {
        let country = self.countries.get(&candidate.place.country).copied().unwrap_or(0.0);
        let region = self.regions.get(&candidate.region).copied().unwrap_or(0.0);
        candidate.weight + COUNTRY * country + REGION * region
    }

    /// Where the case would lay a name, if not where its document does.
    fn better(&self, words: &str, own: &Place) -> Option<Place> {
        let weight = |candidate: &PlaceCandidate| {
            self.weigh(candidate) + if candidate.place.id == own.id { OWN } else { 0.0 }
        };
        let candidates = candidates(words, own.span);
        if !candidates.iter().any(|candidate| candidate.place.id == own.id) {
            return None;
        }
        let best = candidates
            .into_iter()
            .reduce(|best, next| if weight(&next) > weight(&best) { next } else { best })?;
        let moved = best.place.id != own.id;
        moved.then_some(Place { candidates: own.candidates, by: "place.case", ..best.place })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mention(document: i64, origin: i64, text: &str, name: &str) -> PlaceMention {
        let layers = annotate::annotate(text, Some("en"));
        let place = layers.places.into_iter().find(|place| place.span.of(text) == name).unwrap();
        let id = |n| DocId::from_number(n).unwrap();
        PlaceMention {
            document: id(document),
            origin: id(origin),
            words: name.into(),
            span: place.span,
            place: Some(place),
        }
    }

    fn where_is(places: &[CasePlace], at: usize) -> (&str, Ground) {
        let place =
            places.iter().find(|place| place.mentions.iter().any(|(mention, _)| *mention == at)).unwrap();
        let ground = place.mentions.iter().find(|(mention, _)| *mention == at).unwrap().1;
        (place.place.as_ref().map_or("", |place| &place.country), ground)
    }

    #[test]
    fn a_doubtful_name_lies_where_the_case_does_and_copies_vote_once() {
        let own = mention(1, 1, "She drove to Springfield.", "Springfield");
        assert_eq!(where_is(&places(std::slice::from_ref(&own), &[]), 0).1, Ground::Document);
        let near =
            |document, name: &str| mention(document, document, &format!("Rain fell in {name}, Ohio."), name);
        let mut case = vec![own, near(2, "Dayton"), near(3, "Columbus"), near(4, "Toledo"), near(5, "Akron")];
        let region = |places: &[CasePlace]| {
            let place = places.iter().find(|place| place.mentions.iter().any(|(at, _)| *at == 0)).unwrap();
            (place.place.clone().unwrap().longitude.round(), place.mentions[0].1)
        };
        let ohio = region(&places(&case, &[]));
        assert_eq!(ohio, (-84.0, Ground::Case));
        let far = mention(6, 6, "He flew to Lyon.", "Lyon");
        case.extend(
            (7..20).map(|n| PlaceMention { document: DocId::from_number(n).unwrap(), ..far.clone() }),
        );
        case.push(far);
        assert_eq!(region(&places(&case, &[])), ohio);
    }

    #[test]
    fn an_alias_gives_a_place_to_a_name_nobody_has() {
        let span = Span::new(0, 3);
        let id = DocId::from_number(1).unwrap();
        let lost = PlaceMention { document: id, origin: id, words: "the Pit".into(), span, place: None };
        assert!(places(std::slice::from_ref(&lost), &[])[0].place.is_none());
        let alias = |means: &str| [Alias { name: "the Pit".into(), means: means.into() }];
        assert_eq!(
            places(std::slice::from_ref(&lost), &alias("Warsaw"))[0].place.as_ref().unwrap().country,
            "PL"
        );
        let point = places(&[lost], &alias("51.5, -0.1"));
        assert_eq!(point[0].place.as_ref().unwrap().latitude, 51.5);
        assert_eq!(point[0].mentions, [(0, Ground::Alias)]);
    }
}
