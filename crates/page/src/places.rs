//! Places: where the accounts lay what they tell of, on a map and as a table.

use crate::frame::headed;
use crate::letters::letters_by_origin;
use crate::map::{View, map};
use crate::reach::{foreign, unread};
use crate::texts::{Standing, Texts};
use crate::{Links, Reach, Shelf, plural};
use case::{Case, PlacedMention, Result};
use collate::Ground;
use maud::{Markup, html};
use model::calendar::day_number;
use model::time::Bounds;
use model::{DocId, Place, PlaceClass, PlaceUse};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// What places are asked for.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Wanted {
    /// One origin, by its number.
    pub origin: Option<usize>,
    /// Places whose sentence speaks of this day or a later one (ISO 8601).
    pub since: Option<String>,
    /// Places whose sentence speaks of this day or an earlier one.
    pub until: Option<String>,
}

/// The page.
pub struct PlacesPage {
    /// The places shown, those most origins name first.
    pub rows: Vec<PlaceRow>,
    /// How many there are.
    pub count: usize,
    /// What part of the world the map shows.
    pub view: View,
    /// What was asked for.
    pub wanted: Wanted,
    /// How far names that the gazetteer lacks are read.
    pub reach: Reach,
    /// Documents in languages whose places are not read, by language.
    pub foreign: Vec<(String, usize)>,
    /// Mentions left out because their sentence names no day.
    pub undated: usize,
    /// The documents.
    pub shelf: Shelf,
}

/// One place.
pub struct PlaceRow {
    /// Its number on the page, from 1.
    pub number: usize,
    /// What the gazetteer calls it; of a name that none has, the words.
    pub name: String,
    /// Number, point, country and class; `None` where no gazetteer has the name.
    pub place: Option<Place>,
    /// Times it is named, in any use.
    pub mentions: usize,
    /// Times the place itself is meant, not those who govern there nor its people.
    pub literal: usize,
    /// Documents that name it.
    pub documents: usize,
    /// Origins that name it.
    pub origins: usize,
    /// First and last day of which its sentences speak, ISO 8601.
    pub days: Option<(String, String)>,
    /// Its spellings, those most origins use first.
    pub forms: Vec<PlaceForm>,
}

/// One spelling of a place's name.
pub struct PlaceForm {
    /// The words.
    pub words: String,
    /// Times it is written.
    pub mentions: usize,
    /// Numbers of the origins that write it so, each with its documents that do, where they do so first.
    pub origins: Vec<(usize, Vec<Standing>)>,
    /// Why it is laid here.
    pub ground: Ground,
    /// The years in which the place bore this name, where it bore it for a time only.
    pub in_use: Option<String>,
    /// Where it stands first.
    pub first: Standing,
}

/// Spellings of one place that a page lists.
const FORMS: usize = 8;
/// Origins that are named beside a spelling.
const NAMED: usize = 16;

impl PlaceRow {
    /// Whether a map has a mark for it: not a country, which is hatched, and no part of the world.
    pub(crate) fn is_marked(&self) -> bool {
        self.place
            .as_ref()
            .is_some_and(|place| !matches!(place.class, PlaceClass::Country | PlaceClass::Area))
    }

    /// The class of its mark: how precisely it is known.
    pub(crate) fn mark(&self) -> &'static str {
        match self.place.as_ref().map(|place| place.class) {
            Some(PlaceClass::City) => "town",
            Some(PlaceClass::Site) => "site",
            _ => "around",
        }
    }

    pub(crate) fn radius(&self) -> f64 {
        match self.place.as_ref().map(|place| place.class) {
            Some(PlaceClass::City) => 4.5,
            Some(PlaceClass::Site) => 7.0,
            Some(PlaceClass::District) => 9.0,
            _ => 15.0,
        }
    }

    /// How precisely its point is known, in words.
    pub fn precision(&self) -> &'static str {
        match self.place.as_ref().map(|place| place.class) {
            Some(PlaceClass::City) => "a town",
            Some(PlaceClass::Site) => "at the town beside it",
            Some(PlaceClass::District | PlaceClass::Region) => "an area, its point the middle of its towns",
            Some(PlaceClass::Country) => "a country",
            Some(PlaceClass::Area) => "a part of the world",
            None => "not in the gazetteer",
        }
    }

    /// The words most origins write for it.
    fn words(&self) -> &str {
        self.forms.first().map_or(&self.name, |form| &form.words)
    }

    /// "3 origins, named 5 times".
    pub(crate) fn said(&self) -> String {
        format!("{}, named {}", plural(self.origins, "origin"), plural(self.mentions, "time"))
    }
}

/// Minutes of a day.
const DAY: i64 = 1440;

/// The number of a day in ISO 8601.
fn day(words: &str) -> Option<i64> {
    let mut parts = words.split('-').map(|part| part.parse::<i32>().ok());
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    Some(day_number(year, u8::try_from(month).ok()?, u8::try_from(day).ok()?))
}

fn iso(day: i64) -> String {
    let (year, month, day) = model::calendar::date_of_day_number(day);
    format!("{year:04}-{month:02}-{day:02}")
}

/// First and last day of some bounds, where both are known and no more than a month lies between them.
fn days(bounds: Bounds) -> Option<(i64, i64)> {
    let (first, last) = (bounds.earliest_start?.div_euclid(DAY), (bounds.latest_end? - 1).div_euclid(DAY));
    (last - first <= 31).then_some((first, last))
}

impl Wanted {
    /// What a form asks for; empty fields ask for nothing.
    ///
    /// # Errors
    /// What is wrong with a field that is no day, or no number of an origin, in words.
    pub fn asked(origin: &str, since: &str, until: &str) -> std::result::Result<Wanted, String> {
        let given = |words: &str| Some(words.trim().to_owned()).filter(|words| !words.is_empty());
        let known = |field: &str, words: &str| {
            given(words)
                .map(|words| {
                    let date = read::published_date(&words).filter(|date| day(date).is_some());
                    date.ok_or_else(|| format!("{field}: `{words}` is no day; write it as 2021-05-30"))
                })
                .transpose()
        };
        let origin = given(origin)
            .map(|words| {
                words.parse().map_err(|_| format!("origin: `{words}` is no number; /origins lists them"))
            })
            .transpose()?;
        let (since, until) = (known("since", since)?, known("until", until)?);
        if let (Some(since), Some(until)) = (&since, &until)
            && day(until) < day(since)
        {
            return Err(format!("until: {until} lies before {since}; the first day comes first"));
        }
        Ok(Wanted { origin, since, until })
    }

    fn asks_for_days(&self) -> bool {
        self.since.is_some() || self.until.is_some()
    }

    /// Whether the days of a mention fit; `None` where it has none and some are asked for.
    fn fits(&self, when: Option<Bounds>) -> Option<bool> {
        if !self.asks_for_days() {
            return Some(true);
        }
        let (first, last) = days(when?)?;
        let since = self.since.as_deref().and_then(day).is_none_or(|since| last >= since);
        let until = self.until.as_deref().and_then(day).is_none_or(|until| first <= until);
        Some(since && until)
    }
}

impl PlacesPage {
    /// The places of a case, so many at most.
    ///
    /// # Errors
    /// Where the case cannot be read.
    pub fn of(case: &Case, wanted: &Wanted, view: View, limit: usize) -> Result<PlacesPage> {
        let mut shelf = Shelf::of(case)?;
        let (mentions, places) = case.named_places()?;
        let mut texts = Texts::of(case);
        let number_of = |mention: &PlacedMention| shelf.origin_number(mention.mention.origin);
        let mut undated = 0;
        let mut chosen = Vec::new();
        for place in places {
            let mut kept = Vec::new();
            for (at, ground) in &place.mentions {
                let mention = &mentions[*at];
                if wanted.origin.is_some_and(|origin| number_of(mention) != origin) {
                    continue;
                }
                match wanted.fits(mention.when) {
                    Some(true) => kept.push((mention, *ground)),
                    Some(false) => {}
                    None => undated += 1,
                }
            }
            if !kept.is_empty() {
                chosen.push((place.name, place.place, kept));
            }
        }
        let count = chosen.len();
        let mut rows = Vec::new();
        for (name, place, kept) in chosen.into_iter().take(limit) {
            let number = rows.len() + 1;
            rows.push(row(number, name, place, &kept, &shelf, &mut texts)?);
        }
        let documents = rows
            .iter()
            .flat_map(|row| &row.forms)
            .flat_map(|form| &form.origins)
            .flat_map(|(_, own)| own.iter().map(|(id, ..)| *id));
        shelf.fetch(case, documents)?;
        Ok(PlacesPage {
            rows,
            count,
            view,
            wanted: wanted.clone(),
            reach: Reach::of(case, "name")?,
            foreign: foreign(case, "place")?,
            undated,
            shelf,
        })
    }

    /// How far places are read, in words.
    pub fn coverage(&self) -> String {
        let mut said = match self.foreign.is_empty() {
            true => "Places of the gazetteer are read in all documents.".to_owned(),
            false => format!("Places of the gazetteer are read.{}", unread(&self.foreign)),
        };
        if !self.reach.is_whole() {
            said.push_str(&format!(" {}", self.reach.words("Names that it lacks")));
        }
        if self.undated > 0 {
            let more = plural(self.undated, "mention");
            said.push_str(&format!(" Left out: {more} in sentences that name no day."));
        }
        said
    }

    /// An address with what was asked for.
    pub fn address(&self, path: &str) -> String {
        let mut parts: Vec<String> = Vec::new();
        parts.extend(self.wanted.origin.map(|origin| format!("origin={origin}")));
        parts.extend(self.wanted.since.as_ref().map(|day| format!("since={day}")));
        parts.extend(self.wanted.until.as_ref().map(|day| format!("until={day}")));
        if parts.is_empty() { path.to_owned() } else { format!("{path}?{}", parts.join("&")) }
    }

    /// As a page.
    pub fn html(&self, links: Links) -> Markup {
        let (drawing, beyond) = map(&self.rows, self.view);
        let asked = |view: &str| {
            let address = self.address("/places");
            format!("{address}{}view={view}", if address.contains('?') { '&' } else { '?' })
        };
        html! {
            (headed("Places", "where it was"))
            p .lead {
                "Places the accounts name, by origins: copies count once. A dot is a town; a hollow ring a site, laid at the town beside it; a dashed ring an area around its middle; a hatched "
                "country is meant as a whole. A capital that stands for its government and words for a people put nothing on the map."
            }
            p .coverage { (self.coverage()) " " (plural(self.count, "place")) @if self.count > self.rows.len() { ", the " (self.rows.len()) " that most origins name are shown" } "." }
            @if links == Links::Served {
                form .question.fields action="/places" {
                    p { "Places in sentences that speak of these days (2019-03-01), and of one origin by its number" }
                    label { "from " input name="since" size="10" value=[&self.wanted.since]; }
                    label { "to " input name="until" size="10" value=[&self.wanted.until]; }
                    label { "origin " input name="origin" size="4" value=[self.wanted.origin]; }
                    button { "Show" }
                }
            }
            @if self.rows.is_empty() { p { "No place was found." } }
            @else {
                figure .stemma {
                    (drawing)
                    figcaption {
                        @if beyond > 0 { (plural(beyond, "marked place")) " beyond this part of the world. " }
                        @if links == Links::Served {
                            @if self.view == View::Case { a href=(asked("world")) { "The whole world" } } @else { a href=(asked("case")) { "Where most of it lies" } }
                            ". "
                        }
                        "Outlines: Natural Earth, drawn as borders are held, dashed where they are disputed. Places: GeoNames, CC BY 4.0."
                    }
                }
                div .wide { (self.table(links)) }
            }
        }
    }

    fn table(&self, links: Links) -> Markup {
        html! {
            table .readings.stack {
                thead { tr { th { "Place" } th { "What it is" } th .number { "Origins" } th .number { "Times" } th { "Days" } th { "Written" } } }
                tbody {
                    @for row in &self.rows {
                        tr id=(format!("place-{}", row.number)) {
                            th scope="row" { (row.name) @if let Some(place) = &row.place { @if !place.country.is_empty() { " " span .by { (place.country) } } } }
                            td .by.what {
                                @match &row.place { Some(place) => (place.class.word()), None => "not in the gazetteer" }
                                @if row.literal == 0 && row.place.is_some() { ", never the place itself" }
                            }
                            td .number data-label="Origins" { (row.origins) }
                            td .number data-label="Times" { @match links.search(row.words()) { Some(search) => a href=(search) { (row.mentions) }, None => (row.mentions) } }
                            td .by.days data-label=[row.days.as_ref().map(|_| "Days")] { @if let Some((first, last)) = &row.days { span .day { (first) } @if first != last { " to " span .day { (last) } } } }
                            td data-label="Written" {
                                @for (at, form) in row.forms.iter().take(FORMS).enumerate() {
                                    @if at > 0 { br; }
                                    a .quote href=(links.words(form.first.0, form.first.1, form.first.2)) { (form.words) }
                                    " " span .sigil { (letters_by_origin(links, &self.shelf, &form.origins, NAMED)) }
                                    @if form.ground != Ground::Document { " " span .by { "laid here " (form.ground.words()) } }
                                    @if let Some(in_use) = &form.in_use { " " span .by { "so called " (in_use) } }
                                }
                                @if row.forms.len() > FORMS { br; span .by { (plural(row.forms.len() - FORMS, "more spelling")) } }
                            }
                        }
                    }
                }
            }
        }
    }

    /// As JSON, one value a place.
    pub fn json(&self) -> Vec<Value> {
        let form = |form: &PlaceForm| {
            json!({
                "words": form.words, "mentions": form.mentions, "origins": form.origins.iter().map(|(number, _)| number).collect::<Vec<_>>(),
                "ground": form.ground.words(), "in_use": form.in_use,
                "document": form.first.0.to_string(), "start": form.first.1.0, "end": form.first.1.1,
            })
        };
        let row = |row: &PlaceRow| {
            let place = row.place.as_ref();
            json!({
                "name": row.name, "geonameid": place.and_then(|place| place.id), "lat": place.map(|place| place.latitude), "lon": place.map(|place| place.longitude),
                "country": place.map(|place| &place.country), "class": place.map(|place| place.class.word()), "precision": row.precision(),
                "mentions": row.mentions, "literal": row.literal, "documents": row.documents, "origins": row.origins,
                "first_day": row.days.as_ref().map(|days| &days.0), "last_day": row.days.as_ref().map(|days| &days.1),
                "forms": row.forms.iter().map(form).collect::<Vec<_>>(),
            })
        };
        self.rows.iter().map(row).collect()
    }

    /// As GeoJSON (RFC 7946): points for what has one, none for countries and parts of the world.
    pub fn geojson(&self) -> Value {
        let features: Vec<Value> = self
            .rows
            .iter()
            .zip(self.json())
            .filter(|(row, _)| row.literal > 0 && row.place.is_some())
            .map(|(row, properties)| {
                let point = row.place.as_ref().filter(|_| row.is_marked());
                let geometry = point
                    .map(|place| json!({"type": "Point", "coordinates": [place.longitude, place.latitude]}));
                json!({"type": "Feature", "geometry": geometry, "properties": properties})
            })
            .collect();
        json!({"type": "FeatureCollection", "features": features})
    }
}

fn row(
    number: usize,
    name: String,
    place: Option<Place>,
    kept: &[(&PlacedMention, Ground)],
    shelf: &Shelf,
    texts: &mut Texts,
) -> Result<PlaceRow> {
    let count = |of: fn(&PlacedMention) -> DocId| {
        kept.iter().map(|(mention, _)| of(mention)).collect::<BTreeSet<_>>().len()
    };
    let literal = |(mention, _): &&(&PlacedMention, Ground)| {
        mention.mention.place.as_ref().is_none_or(|place| place.usage == PlaceUse::Literal)
    };
    let mut by_form: BTreeMap<&str, Vec<&(&PlacedMention, Ground)>> = BTreeMap::new();
    for one in kept {
        by_form.entry(&one.0.mention.words).or_default().push(one);
    }
    let mut forms = Vec::new();
    for (words, all) in by_form {
        let mut origins: BTreeMap<usize, Vec<Standing>> = BTreeMap::new();
        let mut known: Vec<&PlacedMention> = all.iter().map(|(mention, _)| *mention).collect();
        known.sort_by_key(|it| (shelf.place(it.mention.document), it.mention.span));
        known.dedup_by_key(|it| it.mention.document);
        for mention in known.into_iter().map(|it| &it.mention) {
            let number = shelf.origin_number(mention.origin);
            // Of many origins and copies not all are printed.
            let printed = origins.len() < NAMED || origins.get(&number).is_some_and(|own| !own.is_empty());
            let own = origins.entry(number).or_default();
            if printed && own.len() < FORMS {
                own.push(texts.place(mention.document, mention.span)?);
            }
        }
        let Some((first, _)) =
            all.iter().min_by_key(|(it, _)| (shelf.place(it.mention.document), it.mention.span))
        else {
            continue;
        };
        let id = place.as_ref().and_then(|place| place.id);
        let dated = id.and_then(|id| annotate::dated_name(id, words));
        let in_use = dated.map(|dated| match (&dated.from, &dated.until) {
            (Some(from), Some(until)) => format!("from {from} to {until}"),
            (None, Some(until)) => format!("until {until}"),
            (Some(from), None) => format!("since {from}"),
            (None, None) => "for a time".to_owned(),
        });
        forms.push(PlaceForm {
            words: words.to_owned(),
            mentions: all.len(),
            origins: origins.into_iter().collect(),
            ground: all.iter().map(|(_, ground)| *ground).max().unwrap_or(Ground::Document),
            in_use,
            first: texts.place(first.mention.document, first.mention.span)?,
        });
    }
    forms.sort_by(|a, b| {
        (b.origins.len(), b.mentions, &a.words).cmp(&(a.origins.len(), a.mentions, &b.words))
    });
    let all_days: Vec<(i64, i64)> = kept.iter().filter_map(|(mention, _)| days(mention.when?)).collect();
    let first = all_days.iter().map(|days| days.0).min();
    let last = all_days.iter().map(|days| days.1).max();
    Ok(PlaceRow {
        number,
        name,
        place,
        mentions: kept.len(),
        literal: kept.iter().filter(literal).count(),
        documents: count(|mention| mention.mention.document),
        origins: count(|mention| mention.mention.origin),
        days: first.zip(last).map(|(first, last)| (iso(first), iso(last))),
        forms,
    })
}

#[cfg(test)]
mod tests {
    use super::Wanted;

    #[test]
    fn what_cannot_be_asked_is_told() {
        assert_eq!(Wanted::asked("", " ", ""), Ok(Wanted::default()));
        assert!(
            Wanted::asked("1", "2021-05-30", "")
                .is_ok_and(|wanted| wanted.origin == Some(1) && wanted.since.is_some())
        );
        assert!(
            Wanted::asked("", "yesterday", "").is_err_and(|words| words.starts_with("since: `yesterday`"))
        );
        assert!(
            Wanted::asked("", "2022-02-01", "2022-01-01")
                .is_err_and(|words| words.starts_with("until: 2022-01-01 lies before"))
        );
        assert!(Wanted::asked("x", "", "").is_err_and(|words| words.starts_with("origin: `x`")));
    }
}
