//! Places: names of the gazetteer, longest first, told from people and things by what stands beside them, and laid
//! where the whole document makes it most likely.
//!
//! A document alone decides here; what the other documents of a case say is for `collate`.

mod dated;
mod gazetteer;
mod mark;
mod mention;
mod russian;
mod table;
mod usage;

use crate::{Cx, Extractor, Tier};
pub use dated::{DatedName, dated_name, dated_names};
pub(crate) use mark::{Letters, marks};
pub(crate) use table::country_of;

use gazetteer::{Class, Record, gazetteer};
use mention::{Mention, mentions};
use model::{Layers, Place, PlaceClass, PlaceUse, Span, Time};
use std::collections::BTreeMap;

pub(crate) const PLACE: Extractor = Extractor {
    name: "place",
    version: 4,
    about: "towns, regions and countries by their names, laid where the document makes it most likely",
    example: "The bridge at Gdansk, Poland, was closed.",
    languages: &["en", "ru"],
    rules: include_str!("../../rules/en/place.toml"),
    tier: Tier::Fast,
    run,
};

/// The English name of a country by its code of two letters (ISO 3166-1); `None` for a code nobody has.
pub fn country_name(code: &str) -> Option<&'static str> {
    table::country_name(code)
}

/// The folded form under which names are kept and sought: letters of ASCII in lower case, one blank between words.
pub fn place_key(name: &str) -> String {
    let mut key = String::with_capacity(name.len());
    push_key(&mut key, name);
    key
}

fn push_key(key: &mut String, name: &str) {
    if name.bytes().all(|byte| byte.is_ascii_lowercase()) {
        key.push_str(name);
        return;
    }
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
}

fn run(cx: &Cx, layers: &mut Layers) {
    layers.places = places(cx);
    usage::govern(cx.text, &mut layers.places);
    date(&cx.sentences, &layers.times, &mut layers.places);
}

/// A place that a name may mean.
#[derive(Clone, Debug)]
pub struct PlaceCandidate {
    /// Its name, number, point, country and class.
    pub place: Place,
    /// The division it lies in, by a number of this gazetteer; 0 where it is in none.
    pub region: u16,
    /// How much speaks for it by itself: the logarithm of its people, with what its class adds.
    pub weight: f32,
}

/// The places that bear a name, whatever stands beside it; each stands at `span`.
pub fn candidates(words: &str, span: Span) -> Vec<PlaceCandidate> {
    let gazetteer = gazetteer();
    let key = place_key(words);
    let Some(walk) = gazetteer.walk(gazetteer.start(), key.as_bytes()) else { return Vec::new() };
    let mention = Mention::new(span, gazetteer.places(walk));
    let candidate = |record: &Record| PlaceCandidate {
        place: placed(*record, span, 0, PlaceUse::Literal, "place.name"),
        region: record.region,
        weight: weigh(&mention, record, &key).weight,
    };
    mention.candidates.iter().map(candidate).collect()
}

/// Gives each place the nearest dated time of its sentence.
fn date(sentences: &[Span], times: &[Time], places: &mut [Place]) {
    let dated: Vec<&Time> = times.iter().filter(|time| time.stretch().is_some()).collect();
    for place in places {
        let at = sentences.partition_point(|sentence| sentence.end() < place.span.end());
        let Some(sentence) = sentences.get(at) else { continue };
        let first = dated.partition_point(|time| time.span.start() < sentence.start());
        let own = dated[first..].iter().take_while(|time| time.span.end() <= sentence.end());
        let far = |time: &&&Time| time.span.start().abs_diff(place.span.start());
        place.when = own.min_by_key(far).map(|time| time.span);
    }
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
    let (mut names, of) = names_of(text, mentions);
    let votes = elect(&mut names);
    let mut found: Vec<Laid> = Vec::with_capacity(mentions.len());
    let mut sites: Vec<(usize, model::Span)> = Vec::new();
    for (at, mention) in mentions.iter().enumerate() {
        if let Some(area) = mention.area {
            let (latitude, longitude) = area.point;
            let place = Place {
                span: mention.span,
                name: mention.span.of(text).to_owned(),
                id: area.id,
                latitude,
                longitude,
                country: String::new(),
                class: PlaceClass::Area,
                usage: mention.usage,
                candidates: 1,
                when: None,
                by: "place.area",
            };
            found.push(Laid { place, doubtful: false });
            continue;
        }
        let best = names.get(of[at]).and_then(Named::best);
        if mention.site && best.is_none() {
            sites.push((found.len(), mention.span));
            continue;
        }
        let Some(best) = best else { continue };
        let record = division(text, mention, best.record);
        // A village of a country that nothing else in the document speaks of is more often somebody's name.
        let sure = mention.within.is_some() || mention.strong || record.class != Class::City;
        let doubtful = !sure && record.population < 15_000 && votes.share(record.country) < 0.3;
        let rule = match (mention.usage, mention.within) {
            (PlaceUse::Demonym, _) => "place.demonym",
            (_, Some(_)) => "place.qualified",
            _ => "place.name",
        };
        let mut place = placed(record, mention.span, mention.candidates.len() as u32, mention.usage, rule);
        if mention.site {
            let name = mention.span.of(text).to_owned();
            place = Place { name, id: None, class: PlaceClass::Site, by: "place.site", ..place };
        }
        found.push(Laid { place, doubtful });
    }
    for (at, span) in sites.into_iter().rev() {
        let near = |laid: &&Laid| laid.place.class == PlaceClass::City && !laid.doubtful;
        let anchor = found[at..]
            .iter()
            .find(near)
            .filter(|laid| laid.place.span.start() < span.end() + BESIDE)
            .or(found[..at].iter().rev().find(near))
            .or(found.iter().find(|laid| !laid.doubtful))
            .filter(|laid| told_by(text, span, laid.place.span));
        let Some(anchor) = anchor else { continue };
        let place = Place {
            span,
            name: span.of(text).to_owned(),
            id: None,
            class: PlaceClass::Site,
            usage: PlaceUse::Literal,
            candidates: 1,
            by: "place.site",
            ..anchor.place.clone()
        };
        found.insert(at, Laid { place, doubtful: false });
    }
    found
}

/// Bytes between a site and the town behind it that it is laid at, and between a river and any town.
const BESIDE: usize = 200;

/// Whether a town tells where a site lies: a river is as long as countries are wide and needs it near, and those who speak
/// of an airport are mostly elsewhere, unless the town stands right behind its name.
fn told_by(text: &str, site: Span, town: Span) -> bool {
    match site.of(text).rsplit(' ').next() {
        Some("River" | "Sea" | "Ocean" | "Mountains" | "Forest" | "Desert" | "Gulf") => {
            town.end() + BESIDE > site.start()
        }
        Some("Airport") => {
            let between = text.get(site.end()..town.start()).unwrap_or_default();
            matches!(between, ", " | " in " | " near " | " outside ")
        }
        _ => true,
    }
}

/// A record of the gazetteer as the place of some words.
fn placed(record: Record, span: Span, candidates: u32, usage: PlaceUse, by: model::RuleId) -> Place {
    let names = gazetteer();
    let code = names.code(record.country);
    let country = record.class == Class::Country;
    let point = table::country_point(code).filter(|_| country);
    let (latitude, longitude) = point.unwrap_or((record.latitude, record.longitude));
    let own = names.name(record);
    Place {
        span,
        name: if country { table::country_name(code).unwrap_or(own) } else { own }.to_owned(),
        id: if country { table::country_id(code) } else { Some(record.id) },
        latitude,
        longitude,
        country: code.to_owned(),
        class: match record.class {
            Class::City => PlaceClass::City,
            Class::Region => PlaceClass::Region,
            Class::District => PlaceClass::District,
            Class::Country => PlaceClass::Country,
        },
        usage,
        candidates,
        when: None,
        by,
    }
}

/// "the Idlib province" of a town Idlib is the division around the town, if it bears the name.
fn division(text: &str, mention: &Mention, record: Record) -> Record {
    if mention.wants != Some(Class::Region) || record.class != Class::City {
        return record;
    }
    let Some(around) = gazetteer().region(record.region) else { return record };
    let key = place_key(mention.span.of(text));
    let own = loose(key.split(' ').next().unwrap_or_default());
    if own.len() > 3 && loose(&place_key(gazetteer().name(around))).starts_with(&own) {
        around
    } else {
        record
    }
}

/// One key for the spellings of a name in other alphabets: "Mangystau", "Mangghystau", "Mangistau".
fn loose(key: &str) -> String {
    let mut loose = String::with_capacity(key.len());
    let mut letters = key.chars().peekable();
    while let Some(letter) = letters.next() {
        let letter = match letter {
            'z' if letters.next_if_eq(&'h').is_some() => 'j',
            'k' | 'g' if letters.next_if_eq(&'h').is_some() => {
                if letter == 'k' {
                    'h'
                } else {
                    'g'
                }
            }
            'q' => 'k',
            'y' => 'i',
            'w' => 'v',
            other => other,
        };
        if !loose.ends_with(letter) {
            loose.push(letter);
        }
    }
    loose
}

/// One name of a document, however often it stands there, and what it may mean.
struct Named {
    candidates: Vec<Candidate>,
    /// What each of them weighs without the rest of the document.
    own: Vec<f32>,
    /// What part of the name's one vote each of them has, where it has any to speak of.
    shares: Vec<(Record, f32)>,
}

impl Named {
    fn best(&self) -> Option<Candidate> {
        self.candidates
            .iter()
            .copied()
            .reduce(|best, next| if next.weight > best.weight { next } else { best })
    }

    /// Divides the name's one vote among its candidates by their weight.
    fn share(&mut self) {
        let most = self.candidates.iter().map(|candidate| candidate.weight).fold(f32::MIN, f32::max);
        self.shares.clear();
        let strong = self.candidates.iter().filter(|candidate| candidate.weight > most - LEAST);
        self.shares
            .extend(strong.map(|candidate| (candidate.record, (SHARP * (candidate.weight - most)).exp())));
        let all: f32 = self.shares.iter().map(|(_, share)| share).sum();
        self.shares.iter_mut().for_each(|(_, share)| *share /= all);
    }
}

/// A candidate that weighs so much less than the best has no vote.
const LEAST: f32 = 6.0;

/// How much the likelier candidates of a name have of its vote: weights are logarithms to ten, so that a town of ten times
/// the people has ten times the share. Less would let the many small namesakes of great towns outvote these.
const SHARP: f32 = std::f32::consts::LN_10;

/// How much a candidate weighs more for the part of the other names' votes that its country has, and its region.
const COUNTRY: f32 = 3.0;
const REGION: f32 = 12.0;
/// What part of that a town hears whose name a region or a country bears too.
const NAMESAKE: f32 = 0.8;

/// How often the names weigh their places by the votes of the others.
const ROUNDS: usize = 3;

/// The names of a document with their candidates, and the name of each mention.
fn names_of(text: &str, mentions: &[Mention]) -> (Vec<Named>, Vec<usize>) {
    let mut heard = BTreeMap::new();
    let mut names: Vec<Named> = Vec::new();
    let of = mentions.iter().map(|mention| {
        let name = (mention.span.of(text), mention.within, mention.wants);
        *heard.entry(name).or_insert_with(|| {
            let key = place_key(mention.span.of(text));
            let weigh = |record: &Record| weigh(mention, record, &key);
            let candidates: Vec<Candidate> = mention.candidates.iter().map(weigh).collect();
            let own = candidates.iter().map(|candidate| candidate.weight).collect();
            names.push(Named { candidates, own, shares: Vec::new() });
            names.len() - 1
        })
    });
    let of = of.collect();
    (names, of)
}

/// Weighs the candidates of each name by the votes of all other names.
fn elect(names: &mut [Named]) -> Votes {
    let mut votes = Votes::default();
    for _ in 0..ROUNDS {
        votes = Votes::default();
        for name in names.iter_mut().filter(|name| !name.candidates.is_empty()) {
            name.share();
            name.shares.iter().for_each(|(record, share)| votes.add(record, *share));
            votes.all += 1.0;
        }
        for name in names.iter_mut() {
            let of_region = name.candidates.iter().any(|candidate| candidate.record.class >= Class::Region);
            for (candidate, own) in name.candidates.iter_mut().zip(&name.own) {
                let namesake = of_region && candidate.record.class == Class::City;
                let hears = if namesake { NAMESAKE } else { 1.0 };
                candidate.weight = own + hears * votes.of(&candidate.record, &name.shares);
            }
        }
    }
    votes
}

/// How often the names of a document point to a country and to a region.
#[derive(Default)]
struct Votes {
    countries: BTreeMap<u16, f32>,
    regions: BTreeMap<u16, f32>,
    all: f32,
}

impl Votes {
    fn add(&mut self, record: &Record, share: f32) {
        *self.countries.entry(record.country).or_default() += share;
        if record.region > 0 {
            *self.regions.entry(record.region).or_default() += share;
        }
    }

    /// The part of all votes that a country has.
    fn share(&self, country: u16) -> f32 {
        self.countries.get(&country).copied().unwrap_or(0.0) / self.all.max(1.0)
    }

    /// What the other names say for a candidate: a name has no voice in its own case.
    fn of(&self, record: &Record, own: &[(Record, f32)]) -> f32 {
        let less = |same: &dyn Fn(&Record) -> bool| -> f32 {
            own.iter().filter(|(other, _)| same(other)).map(|(_, share)| share).sum()
        };
        let votes = self.countries.get(&record.country).copied().unwrap_or(0.0);
        let country = votes - less(&|other| other.country == record.country);
        let mut region = 0.0;
        if record.region > 0
            && let Some(votes) = self.regions.get(&record.region)
        {
            region = votes - less(&|other| other.region == record.region);
        }
        (COUNTRY * country + REGION * region) / (self.all - 1.0).max(1.0)
    }
}

/// Whether a place has another name of its own.
fn alias(name: &str, key: &str) -> bool {
    let own = place_key(name);
    !(own.starts_with(key) && own[key.len()..].bytes().next().is_none_or(|b| b == b' '))
}

/// People of a town that other names than its own are well known of.
const FAMOUS: u32 = 1_000_000;

/// How much more the seat of a government weighs than a town of its size.
const CAPITAL: f32 = 1.0;

/// Whether a town of a country bears a name as its own and is its capital, where the country itself is called otherwise.
fn is_seat(town: &Record, country: &Record, key: &str) -> bool {
    let code = gazetteer().code(country.country);
    let own = gazetteer().name(*town);
    town.class == Class::City
        && town.country == country.country
        && place_key(own) == key
        && usage::is_capital(code, own)
        && table::country_name(code).is_some_and(|name| place_key(name) != key)
}

/// What speaks for a candidate beside the rest of the document.
fn weigh(mention: &Mention, record: &Record, key: &str) -> Candidate {
    let several = mention.candidates.len() > 1;
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
    let own = gazetteer().name(*record);
    let alias = match record.class {
        Class::City if several && record.population < FAMOUS && alias(own, key) => 1.5,
        // What is a capital's own name, and in some language its country's too, is the capital.
        Class::Country if mention.candidates.iter().any(|other| is_seat(other, record, key)) => class,
        _ => 0.0,
    };
    let capital = if record.class == Class::City && usage::is_capital(gazetteer().code(record.country), own) {
        CAPITAL
    } else {
        0.0
    };
    Candidate { record: *record, weight: size + class + within + wanted + capital - alias }
}

#[cfg(test)]
mod tests {
    #[test]
    fn great_cities_stand_where_the_world_knows_them_unless_the_text_says_otherwise() {
        let laid = |text: &str| -> Vec<(String, String)> {
            let places = crate::annotate(text, Some("en")).places;
            places.into_iter().map(|place| (place.span.of(text).to_owned(), place.country)).collect()
        };
        let of = |pairs: &[(&str, &str)]| -> Vec<(String, String)> {
            pairs.iter().map(|(name, country)| ((*name).to_owned(), (*country).to_owned())).collect()
        };
        assert_eq!(
            laid("Envoys left Athens, Lisbon, Vienna and Geneva for Tunis."),
            of(&[("Athens", "GR"), ("Lisbon", "PT"), ("Vienna", "AT"), ("Geneva", "CH"), ("Tunis", "TN")])
        );
        assert_eq!(
            laid("He drove from Athens, Ohio, over Columbus to Dublin and Toledo."),
            of(&[("Athens", "US"), ("Ohio", "US"), ("Columbus", "US"), ("Dublin", "US"), ("Toledo", "US")])
        );
        // No Springfield of the gazetteer lies in Ontario.
        assert_eq!(laid("Springfield, Ontario has a mill."), of(&[("Ontario", "CA")]));
        // No town beside it tells where.
        assert_eq!(laid("The Ural River is cold.").len(), 0);
    }
}
