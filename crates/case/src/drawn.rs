//! Points drawn from names, places and claims when they are asked for: what things are called, who did what, when, and
//! whether it was so.
//!
//! They lean on actors and places of the whole case, which any document may change; so none of them is kept.

use crate::error::Result;
use crate::lengths::is_of_time;
use crate::place::PlacedMention;
use crate::points::PointSummary;
use crate::pronoun::{is_pronoun, persons_meant};
use crate::statements::MOST_LIKENED;
use crate::store::Case;
use annotate::{Gender, Label, gender_of};
use collate::{
    Actor, ActorMention, Blamed, Candidate, CaseClaim, CasePlace, EVENT, Point, PointKind, Spot, Value,
    blamed, change, claim_points, point, told_of,
};
use model::{
    Attribution, Certainty, Claim, ClaimKind, DocId, Document, NameClass, PlaceClass, PlaceUse, Polarity,
    Span,
};
use std::collections::{BTreeMap, BTreeSet};

/// Documents beyond which these points are not drawn: they are made when they are asked for, from every text.
pub const MOST_DRAWN: usize = 5000;

/// The longest reading, in bytes.
const LONGEST: usize = 400;

/// What is made of names, places and claims when it is asked for.
#[derive(Default)]
pub struct Drawn {
    /// The points.
    pub points: Vec<Point>,
    /// Happenings to which one account at most gives a day.
    pub told_of: Vec<Point>,
    /// Those who are said to stand behind what happened.
    pub blamed: Vec<Blamed>,
}

/// What the case knows of names: actors and places, and where they stand.
pub(crate) struct Known {
    mentions: Vec<ActorMention>,
    actors: Vec<Actor>,
    /// By actor: what the names of a person tell.
    genders: Vec<Option<Gender>>,
    /// By document, in order: where an actor is named, and which.
    named: BTreeMap<DocId, Vec<(Span, usize)>>,
    placed: Vec<PlacedMention>,
    places: Vec<CasePlace>,
    /// By document, in order: where a place is named, by its mention and its place.
    spots: BTreeMap<DocId, Vec<(Span, usize, usize)>>,
    /// By document, in order: where a country is named, and its name.
    countries: BTreeMap<DocId, Vec<(Span, usize)>>,
}

impl Known {
    fn of(case: &Case) -> Result<Known> {
        let (mentions, actors) = case.actors()?;
        let mut named: BTreeMap<DocId, Vec<(Span, usize)>> = BTreeMap::new();
        for (number, actor) in actors.iter().enumerate() {
            for at in &actor.mentions {
                named.entry(mentions[*at].document).or_default().push((mentions[*at].span, number));
            }
        }
        named.values_mut().for_each(|spans| spans.sort_unstable());
        let (placed, places) = case.named_places()?;
        let mut spots: BTreeMap<DocId, Vec<(Span, usize, usize)>> = BTreeMap::new();
        for (number, place) in places.iter().enumerate() {
            for (at, _) in &place.mentions {
                let mention = &placed[*at].mention;
                spots.entry(mention.document).or_default().push((mention.span, *at, number));
            }
        }
        spots.values_mut().for_each(|spans| spans.sort_unstable());
        let mut countries: BTreeMap<DocId, Vec<(Span, usize)>> = BTreeMap::new();
        for (number, place) in places.iter().enumerate().filter(|(_, place)| is_country(place)) {
            for (at, _) in &place.mentions {
                let mention = &placed[*at].mention;
                countries.entry(mention.document).or_default().push((mention.span, number));
            }
        }
        // A capital that stands for a government speaks for its country.
        for (number, place) in places.iter().enumerate().filter(|(_, place)| is_country(place)) {
            let Some(code) = place.place.as_ref().map(|place| place.country.as_str()) else { continue };
            let of_it = |mention: &&PlacedMention| {
                mention.mention.place.as_ref().is_some_and(|own| {
                    own.class == PlaceClass::City && own.usage == PlaceUse::Government && own.country == code
                })
            };
            for PlacedMention { mention, .. } in placed.iter().filter(of_it) {
                countries.entry(mention.document).or_default().push((mention.span, number));
            }
        }
        countries.values_mut().for_each(|spans| spans.sort_unstable());
        let genders = actors.iter().map(|actor| gender(actor, &mentions)).collect();
        Ok(Known { mentions, actors, genders, named, placed, places, spots, countries })
    }

    /// The country that most origins name, or towns in it; where what happened happened, unless a text says otherwise. A country nobody
    /// names is none unless most origins name several of its places: one name alone may be of another.
    fn main(&self) -> Option<&str> {
        let named: BTreeSet<&str> = self
            .places
            .iter()
            .filter(|place| is_country(place))
            .filter_map(|place| place.place.as_ref().map(|place| place.country.as_str()))
            .collect();
        let all: BTreeSet<DocId> = self.placed.iter().map(|placed| placed.mention.origin).collect();
        let mut origins: BTreeMap<&str, (BTreeSet<DocId>, usize, usize)> = BTreeMap::new();
        for place in &self.places {
            let Some(code) = place.place.as_ref().map(|place| place.country.as_str()) else { continue };
            if code.is_empty() {
                continue;
            }
            let literal = |at: &usize| {
                let usage = self.placed[*at].mention.place.as_ref().map(|place| place.usage);
                usage == Some(PlaceUse::Literal)
            };
            let held = origins.entry(code).or_default();
            let before = held.1;
            for at in place.mentions.iter().map(|(at, _)| *at).filter(literal) {
                held.0.insert(self.placed[at].mention.origin);
                held.1 += 1;
            }
            held.2 += usize::from(held.1 > before);
        }
        let most = origins
            .into_iter()
            .filter(|(code, (of, _, places))| named.contains(code) || of.len() * 2 > all.len() && *places > 1)
            .max_by_key(|(code, (of, mentions, _))| (of.len(), *mentions, std::cmp::Reverse(*code)));
        most.filter(|(_, (of, ..))| !of.is_empty()).map(|(code, _)| code)
    }

    /// The main country, where it is named.
    fn country(&self) -> Option<&CasePlace> {
        let code = self.main()?;
        self.places
            .iter()
            .filter(|place| is_country(place))
            .find(|place| place.place.as_ref().is_some_and(|place| place.country == code))
    }

    /// A country by the name the case has for it, else by the one a gazetteer has.
    fn name_of(&self, code: &str) -> String {
        let mut named = self.places.iter().filter(|place| is_country(place));
        named
            .find(|place| place.place.as_ref().is_some_and(|place| place.country == code))
            .map(|place| place.name.clone())
            .or_else(|| annotate::country_name(code).map(str::to_owned))
            .unwrap_or_else(|| code.to_owned())
    }

    fn person_at(&self, document: DocId, span: Span) -> Option<usize> {
        let own = self.named.get(&document)?;
        let found = own.iter().find(|(known, _)| *known == span).map(|(_, actor)| *actor)?;
        Some(found).filter(|actor| self.actors[*actor].class == NameClass::Person)
    }

    /// The actors and places named within a stretch, by the names the case has for them.
    pub(crate) fn names_in(&self, document: DocId, span: Span) -> Vec<(Span, &str)> {
        let actors = self.actors_in(document, span).into_iter();
        let mut names: Vec<(Span, &str)> =
            actors.map(|(own, actor)| (own, self.actors[actor].name.as_str())).collect();
        let own = self.spots.get(&document).map(Vec::as_slice).unwrap_or_default();
        let first = own.partition_point(|(known, ..)| known.start() < span.start());
        let places = own[first..].iter().take_while(|(known, ..)| known.end() <= span.end());
        for (own, _, place) in places {
            if names.iter().all(|(known, _)| known.meet(*own).is_none()) {
                names.push((*own, self.places[*place].name.as_str()));
            }
        }
        names
    }

    /// The pronouns of a text that stand for one person, each with the number of the actor meant.
    pub(crate) fn persons_meant(&self, opened: &Document) -> Vec<(Span, usize)> {
        let named = self.named.get(&opened.id).into_iter().flatten().copied();
        let persons: Vec<(Span, usize)> =
            named.filter(|(_, actor)| self.actors[*actor].class == NameClass::Person).collect();
        if persons.is_empty() {
            return Vec::new();
        }
        let sentences = annotate::sentences_read(&opened.text, &opened.passages);
        let genders = |actor: usize| self.genders[actor];
        persons_meant(&opened.text, &sentences, &persons, &genders)
    }

    /// Where persons are named in a text or meant by a pronoun, in order.
    pub(crate) fn persons_in(&self, opened: &Document) -> Vec<(Span, usize)> {
        let named = self.named.get(&opened.id).into_iter().flatten().copied();
        let mut persons: Vec<(Span, usize)> =
            named.filter(|(_, actor)| self.actors[*actor].class == NameClass::Person).collect();
        persons.extend(self.persons_meant(opened));
        persons.sort_unstable();
        persons
    }

    /// The name the case has for an actor.
    pub(crate) fn actor_name(&self, actor: usize) -> &str {
        &self.actors[actor].name
    }

    fn is_person(&self, name: &str) -> bool {
        self.actors.iter().any(|actor| actor.name == name && actor.class == NameClass::Person)
    }

    /// The actors named within a stretch.
    fn actors_in(&self, document: DocId, span: Span) -> Vec<(Span, usize)> {
        let own = self.named.get(&document).map(Vec::as_slice).unwrap_or_default();
        let first = own.partition_point(|(known, _)| known.start() < span.start());
        own[first..].iter().copied().take_while(|(known, _)| known.end() <= span.end()).collect()
    }

    /// The countries named within a stretch, by their names.
    fn countries_in(&self, document: DocId, span: Span) -> Vec<(Span, &str)> {
        let own = self.countries.get(&document).map(Vec::as_slice).unwrap_or_default();
        let first = own.partition_point(|(known, _)| known.start() < span.start());
        let inside = own[first..].iter().take_while(|(known, _)| known.end() <= span.end());
        inside.map(|(known, place)| (*known, self.places[*place].name.as_str())).collect()
    }

    /// The places a phrase names: the towns in it, else what is wider. None where it speaks of those who govern there, or of people.
    fn spots_in(&self, document: DocId, phrase: Span) -> Vec<Spot> {
        let own = self.spots.get(&document).map(Vec::as_slice).unwrap_or_default();
        let first = own.partition_point(|(known, ..)| known.start() < phrase.start());
        let inside = own[first..].iter().take_while(|(known, ..)| known.end() <= phrase.end());
        let spots = inside.filter_map(|(_, mention, place)| {
            let mention = &self.placed[*mention].mention;
            let usage = mention.place.as_ref()?.usage;
            let place = &self.places[*place];
            let found = place.place.as_ref()?;
            // A town goes by the words of the text: which town of a gazetteer they mean is a guess, and often another is meant.
            let town = matches!(found.class, PlaceClass::City | PlaceClass::Site);
            Spot::of(found, usage, if town { &mention.words } else { &place.name })
        });
        Spot::narrowest(spots.collect())
    }

    /// The one country places lie in, by the name the case has for it, else by its code; `None` where they lie in none or in several.
    fn country_around(&self, spots: &[Spot]) -> Option<String> {
        let code = &spots.first()?.country;
        if code.is_empty() || spots.iter().any(|spot| spot.country != *code) {
            return None;
        }
        Some(self.name_of(code))
    }

    /// The country a claim tells of: one named in what it was done to, else beside it. Who did it counts only where states act at home.
    fn country_of(&self, document: DocId, claim: &Claim) -> Option<&str> {
        let object = claim.object.map(|object| self.countries_in(document, object)).unwrap_or_default();
        if let Some((_, name)) = object.last() {
            return Some(name);
        }
        if claim.kind == ClaimKind::Blame {
            return None;
        }
        let all = self.countries_in(document, claim.span);
        let acts = |span: Span| claim.agents.iter().any(|agent| agent.covers(span));
        let home = all.iter().find(|(span, _)| !acts(*span) || !annotate::is_done_abroad(&claim.class));
        home.map(|(_, name)| *name)
    }

    /// The country whose name makes up a phrase, but for an article.
    fn country_at(&self, document: DocId, phrase: Span) -> Option<&str> {
        let countries = self.countries_in(document, phrase);
        let (span, name) = countries.first()?;
        (span.len() + 5 > phrase.len()).then_some(*name)
    }

    /// The actor a phrase speaks of: the last person named in it, or the body whose name makes up most of it.
    fn actor_of(&self, document: DocId, phrase: Span, text: &str) -> Option<&str> {
        let inside = self.actors_in(document, phrase);
        let meant = |(span, actor): &&(Span, usize)| is_meant(text, phrase, *span, self.actors[*actor].class);
        let person = |(_, actor): &&(Span, usize)| self.actors[*actor].class == NameClass::Person;
        let found = inside.iter().rev().filter(meant).find(person).or_else(|| inside.iter().find(meant));
        found.map(|(_, actor)| self.actors[*actor].name.as_str())
    }

    /// Who did something: an actor by the case's name, else the phrase as a value.
    fn agent(&self, document: DocId, phrase: Span, text: &str) -> String {
        if let Some(actor) = self.actor_of(document, phrase, text) {
            return actor.to_owned();
        }
        let words = self.value(document, phrase, text);
        // A capital that opens a sentence tells nothing.
        let before = text.get(..phrase.start()).unwrap_or_default().trim_end();
        let opens = before.is_empty()
            || before.ends_with(['.', '!', '?', ':', '”', '"'])
            || text.get(before.len()..phrase.start()).is_some_and(|gap| gap.contains('\n'));
        let first = words.split(' ').next().unwrap_or_default();
        let name = self
            .names_in(document, phrase)
            .iter()
            .any(|(span, _)| span.start() < phrase.start() + first.len() + 4);
        match opens && !name && annotate::is_common(first) {
            true => words.chars().take(1).flat_map(char::to_lowercase).chain(words.chars().skip(1)).collect(),
            false => words,
        }
    }

    /// A phrase as a value: the case's name where it is one, else its words without article and marks.
    fn value(&self, document: DocId, phrase: Span, text: &str) -> String {
        if let Some(name) = self.country_at(document, phrase) {
            return name.to_owned();
        }
        let words = phrase.get(text).unwrap_or_default();
        // "… Harbour Board [3": a mark of a reference is no part of the name.
        let words = words.split_once(" [").map_or(words, |(words, _)| words);
        let words = words.trim_matches(|c: char| !c.is_alphanumeric() && c != ')');
        let bare =
            ["the ", "The ", "a ", "A ", "an ", "An "].iter().find_map(|article| words.strip_prefix(article));
        bare.unwrap_or(words).split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

/// What the names of an actor tell of a woman or a man: what most of them tell that tell anything.
fn gender(actor: &Actor, mentions: &[ActorMention]) -> Option<Gender> {
    if actor.class != NameClass::Person {
        return None;
    }
    let names: BTreeSet<&str> = actor.mentions.iter().map(|at| mentions[*at].words.as_str()).collect();
    let told: Vec<Gender> = names.into_iter().filter_map(gender_of).collect();
    let female = told.iter().filter(|gender| **gender == Gender::Female).count();
    match (female * 2).cmp(&told.len()) {
        std::cmp::Ordering::Greater => Some(Gender::Female),
        std::cmp::Ordering::Less => Some(Gender::Male),
        std::cmp::Ordering::Equal => None,
    }
}

fn is_country(place: &CasePlace) -> bool {
    place.place.as_ref().is_some_and(|place| place.class == PlaceClass::Country)
}

impl Case {
    /// Points made when they are asked for: labels, who did what, when, whether, and what a speaker took back. None in a case of more than
    /// [`MOST_DRAWN`] documents.
    ///
    /// # Errors
    /// Where the case cannot be read.
    pub fn drawn_points(&self) -> Result<Drawn> {
        if self.counts()?.0 > MOST_DRAWN {
            return Ok(Drawn::default());
        }
        let known = Known::of(self)?;
        let mut drawn = self.points_of_claims(&known)?;
        drawn.points.extend(self.label_points(&known)?);
        drawn.points.extend(self.lengths_and_ages(&known)?);
        drawn.points.extend(self.statements(&known)?);
        Ok(drawn)
    }

    /// What two origins and more call one person, or one happening in the country that most origins name.
    fn label_points(&self, known: &Known) -> Result<Vec<Point>> {
        let (mentions, actors) = (&known.mentions, &known.actors);
        let placed = &known.placed;
        let mut happened: BTreeMap<DocId, (DocId, Vec<Span>)> = BTreeMap::new();
        let country = known.country();
        for at in country.iter().flat_map(|country| &country.mentions) {
            let mention = &placed[at.0].mention;
            happened.entry(mention.document).or_insert((mention.origin, Vec::new())).1.push(mention.span);
        }
        let mut candidates: BTreeMap<String, Vec<Candidate>> = BTreeMap::new();
        let mut origins: BTreeMap<DocId, DocId> =
            happened.iter().map(|(id, (origin, _))| (*id, *origin)).collect();
        origins.extend(mentions.iter().map(|mention| (mention.document, mention.origin)));
        for (document, origin) in origins {
            let text = self.words(document)?;
            let candidate = |label: Label| Candidate {
                document,
                origin,
                span: label.span,
                noun: None,
                value: Value::Label(label.label),
            };
            for name in self.names(document)?.iter().filter(|name| name.class == NameClass::Person) {
                let Some(actor) = known.person_at(document, name.span) else { continue };
                let label = annotate::person_label(&text, name.span, name.title).map(candidate);
                candidates.entry(actors[actor].name.clone()).or_default().extend(label);
            }
            if let (Some((_, spans)), Some(country)) = (happened.get(&document), country) {
                let labels = annotate::event_labels(&text, spans);
                candidates
                    .entry(format!("{EVENT}{}", country.name))
                    .or_default()
                    .extend(labels.into_iter().map(candidate));
                let called =
                    self.claims(document)?.into_iter().filter(|claim| claim.kind == ClaimKind::Label);
                let said = self.attributions(document)?;
                let so =
                    |claim: &Claim| claim.polarity == Polarity::Positive && !is_denied(&said, claim, &text);
                for claim in called.filter(so) {
                    // Of another country nothing is known here.
                    let elsewhere = known
                        .countries_in(document, claim.span)
                        .iter()
                        .any(|(_, name)| *name != country.name);
                    if elsewhere {
                        continue;
                    }
                    let Some(label) = annotate::called(&text, &claim) else { continue };
                    candidates.entry(format!("{EVENT}{}", country.name)).or_default().push(candidate(label));
                }
            }
        }
        let points =
            candidates.iter().filter_map(|(key, candidates)| point(PointKind::Label, key, candidates));
        // What everybody calls alike parts nobody.
        let parts = |point: &Point| {
            let labels: BTreeSet<String> =
                point.readings.iter().filter_map(|reading| label_of(&reading.value)).collect();
            labels.len() > 1
        };
        Ok(points.filter(parts).collect())
    }

    /// What is said to have happened, laid side by side.
    fn points_of_claims(&self, known: &Known) -> Result<Drawn> {
        let main = known.main().map(|code| known.name_of(code));
        let main = main.as_deref();
        let (mut rows, mut taken_back) = (Vec::new(), Vec::new());
        for (document, origin) in self.documents_with_claims()? {
            let text = self.words(document)?;
            let (said, times) = (self.attributions(document)?, self.times(document)?);
            let claims = self.claims(document)?;
            let stands_for_one = |span: &Span| is_pronoun(span.of(&text));
            let any = claims.iter().any(|claim| claim.object.iter().chain(&claim.agents).any(stands_for_one));
            let meant = if any { known.persons_meant(&self.document(document)?) } else { Vec::new() };
            let meant = |pronoun: Span| {
                let at = meant.binary_search_by_key(&pronoun, |(span, _)| *span).ok()?;
                Some(known.actor_name(meant[at].1))
            };
            for mut claim in claims {
                // "He denied that they had seized it": it is said not to be so.
                if is_denied(&said, &claim, &text) {
                    claim.polarity = claim.polarity.flipped();
                }
                if claim.kind == ClaimKind::Retraction {
                    let speaker =
                        claim.agents.first().and_then(|agent| known.actor_of(document, *agent, &text));
                    let speaker = speaker.filter(|_| claim.polarity == Polarity::Positive);
                    taken_back
                        .extend(speaker.map(|speaker| (speaker.to_owned(), document, origin, claim.span)));
                    continue;
                }
                let agents = claim.agents.iter().filter_map(|agent| match stands_for_one(agent) {
                    true => meant(*agent).map(str::to_owned),
                    false => Some(known.agent(document, *agent, &text)),
                });
                let agents = agents.filter(|agent| !agent.is_empty()).collect();
                let time = claim.time.and_then(|span| {
                    let at = times.binary_search_by_key(&span, |time| time.span).ok()?;
                    times[at].stretch()
                });
                let pronoun = claim.object.filter(stands_for_one);
                // Of whom nobody can tell who it is nothing is known.
                if pronoun.is_some_and(|pronoun| meant(pronoun).is_none()) {
                    continue;
                }
                let object = claim.object.and_then(|object| match pronoun {
                    Some(pronoun) => meant(pronoun),
                    None => {
                        known.actor_of(document, object, &text).or_else(|| known.country_at(document, object))
                    }
                });
                let person = object.is_some_and(|name| known.is_person(name));
                if person {
                    claim.class = annotate::class_of_person(&claim.class).to_owned();
                }
                // A concert for somebody is a concert: it is not held of them.
                let object = object.filter(|_| !person || !annotate::is_occasion(&claim.class));
                let object = object.map(str::to_owned);
                let places = claim.place.map(|place| known.spots_in(document, place)).unwrap_or_default();
                let country = known.country_of(document, &claim).map(str::to_owned);
                // "the riots in Oslo": the town tells the country.
                let towns = claim.object.map(|object| known.spots_in(document, object)).unwrap_or_default();
                let country = country.or_else(|| known.country_around(&towns));
                let country = country.or_else(|| known.country_around(&places));
                rows.push(CaseClaim { document, origin, claim, agents, object, when: time, places, country });
            }
        }
        let mut points = claim_points(&rows, main);
        points.extend(self.changes(known, &taken_back)?);
        Ok(Drawn { points, told_of: told_of(&rows, main), blamed: blamed(&rows, main) })
    }

    /// What speakers say who took something back, with what they took back.
    fn changes(&self, known: &Known, taken_back: &[(String, DocId, DocId, Span)]) -> Result<Vec<Point>> {
        let speakers: BTreeSet<&str> = taken_back.iter().map(|(speaker, ..)| speaker.as_str()).collect();
        if speakers.is_empty() {
            return Ok(Vec::new());
        }
        let mut sayings: BTreeMap<&str, Vec<Candidate>> = BTreeMap::new();
        let mut said = self.said()?;
        said.sort_by_key(|(document, ..)| *document);
        let saying = |document: DocId, origin: DocId, span: Span, text: &str| {
            let value = Value::Said(known.value(document, span, text));
            Candidate { document, origin, span, noun: None, value }
        };
        for of_document in said.chunk_by(|a, b| a.0 == b.0) {
            let Some((document, origin, _)) = of_document.first() else { continue };
            let text = self.words(*document)?;
            for (.., row) in of_document {
                let hull = row.content.hull();
                let speaker = row.source.iter().find_map(|source| known.actor_of(*document, *source, &text));
                if let Some(speaker) =
                    speaker.and_then(|speaker| speakers.get(speaker)).filter(|_| hull.len() <= LONGEST)
                {
                    sayings.entry(speaker).or_default().push(saying(*document, *origin, hull, &text));
                }
            }
        }
        for (speaker, document, origin, span) in taken_back {
            let text = self.words(*document)?;
            sayings.entry(speaker).or_default().push(saying(*document, *origin, *span, &text));
        }
        for of_speaker in sayings.values_mut() {
            of_speaker.sort_by_key(|saying| (saying.document, saying.span));
            of_speaker.dedup_by(|a, b| a.document == b.document && a.span == b.span);
        }
        Ok(sayings.iter().filter_map(|(speaker, sayings)| change(speaker, sayings)).collect())
    }

    /// The points of numbers and dates that are kept. Numbers only as far as they stand in like company, and no dates beside a word
    /// where a point drawn from claims lays the same dates side by side; in a case of more than [`MOST_DRAWN`] documents all.
    ///
    /// # Errors
    /// Where the case cannot be read.
    pub fn points_apart(&self, kept: Vec<PointSummary>, drawn: &[Point]) -> Result<Vec<Point>> {
        let kept: Vec<Point> = kept
            .iter()
            .filter_map(|summary| self.point(summary.kind, &summary.key).transpose())
            .collect::<Result<_>>()?;
        let documents = self.counts()?.0;
        if documents > MOST_DRAWN {
            return Ok(kept);
        }
        let claimed: Vec<(DocId, Span)> =
            drawn.iter().filter(|point| point.kind == PointKind::Date).flat_map(places).collect();
        let (numbers, dates): (Vec<Point>, Vec<Point>) =
            kept.into_iter().partition(|point| point.kind == PointKind::Quantity);
        // Lengths of time and ages are drawn from all documents, whatever noun stands beside them.
        let few = documents <= MOST_LIKENED;
        let numbers: Vec<Point> =
            numbers.into_iter().filter(|point| !few || !is_of_time(&point.key)).collect();
        let mut points = self.facts(&numbers)?;
        // Once the claims of all documents are read, dates beside a mere word add only doubt.
        let all_read = self.read_deeply()? == documents;
        points.extend(dates.into_iter().filter(|_| !all_read).filter(|point| {
            let own: Vec<(DocId, Span)> = places(point).collect();
            let told = own.iter().filter(|(document, span)| {
                claimed.iter().any(|(other, claim)| other == document && claim.covers(*span))
            });
            told.count() * 2 < own.len()
        }));
        Ok(points)
    }
}

/// Whether a phrase that holds a name speaks of its bearer: of a person unless somebody of theirs is meant ("the lawyer of Anna Holm",
/// "Anna Holm's lawyer"), of a body where its name makes up most of the phrase or who speaks for it is meant.
pub fn is_meant(text: &str, phrase: Span, name: Span, class: NameClass) -> bool {
    let before = text.get(phrase.start()..name.start()).unwrap_or_default();
    let behind = text.get(name.end()..phrase.end()).unwrap_or_default();
    if class != NameClass::Person {
        let speaks = ["spokesman", "spokeswoman", "spokesperson", "spokesmen", "statement"];
        let of =
            before.trim_end().ends_with(" for") || before.trim_end().ends_with(" the") || behind.is_empty();
        return name.len() * 3 > phrase.len() * 2 || of && speaks.iter().any(|word| before.contains(word));
    }
    let of = [" of ", " to ", " for ", "'s ", "’s "].iter().any(|word| before.contains(word));
    // "the head of the board, Dr Anna Holm"
    let capital = |word: &str| word.starts_with(char::is_uppercase);
    let set_beside = before.rsplit_once(", ").is_some_and(|(_, title)| title.split_whitespace().all(capital));
    let owner = behind.starts_with("'s ") || behind.starts_with("’s ");
    // "Holm supporters", "anti-Holm forces"
    let noun_behind = behind.strip_prefix(' ').is_some_and(|rest| rest.starts_with(char::is_lowercase));
    let owner = owner || noun_behind || before.ends_with('-');
    !owner && (!of || set_beside)
}

fn label_of(value: &Value) -> Option<String> {
    match value {
        Value::Label(label) => Some(label.clone()),
        _ => None,
    }
}

/// What a part of a statement opens with that it takes for granted.
const WITHIN: [&str; 14] = [
    " before ",
    " after ",
    " since ",
    " during ",
    " when ",
    " while ",
    " until ",
    " because ",
    " who ",
    " which ",
    " where ",
    " whose ",
    " whom ",
    " despite ",
];

/// Whether the smallest statement that holds a claim is that it is not so.
pub fn is_denied(said: &[Attribution], claim: &Claim, text: &str) -> bool {
    // Who did it may stand before the statement: "the army denied that it had fired".
    let holds = |row: &&Attribution| row.content.iter().any(|span| span.covers(claim.predicate));
    let Some(row) = said.iter().filter(holds).min_by_key(|row| row.content.covered()) else { return false };
    // "denied responsibility for the attack": there was an attack.
    let before = text.get(row.content.hull().start()..claim.predicate.start()).unwrap_or_default();
    let beside = claim.kind == ClaimKind::Happening
        && claim.by == "claim.noun"
        && [" for ", " in ", " behind ", " of ", " by "].iter().any(|word| before.contains(word));
    // "denied that he had failed to act before the attack": what stands in the place of a denial is as it was.
    let clause = before.strip_prefix("that ").unwrap_or(before);
    let aside = WITHIN.iter().any(|word| clause.contains(word));
    // "Hammer denied any role": the claim itself has the denial already.
    let own = claim.kind == ClaimKind::Blame
        && claim.polarity == Polarity::Negative
        && row.cue.iter().any(|cue| claim.span.covers(*cue));
    row.certainty == Certainty::Denied && !beside && !aside && !own
}

/// Where the readings of a point stand.
pub(crate) fn places(point: &Point) -> impl Iterator<Item = (DocId, Span)> {
    point
        .readings
        .iter()
        .flat_map(|reading| reading.witnesses.iter().map(|(document, span, _)| (*document, *span)))
}
