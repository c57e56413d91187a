//! Claims of many documents to points: who did it, when it was, whether it was so, who stands behind it.
//!
//! Claims meet where they tell of one class of happening done to one thing: an actor under any of its names, or a noun. Each
//! such key is a set of claims and nothing else, so that the order of documents plays no part.

use crate::point::{Candidate, Point, PointKind, Value, Verdict, point};
use crate::spot::Spot;
use annotate::Asked;
use model::time::Stretch;
use model::{Claim, ClaimKind, DocId, Polarity, Span};
use std::collections::{BTreeMap, BTreeSet};

/// What the key of a point of those behind what happened begins with.
pub const BLAME: &str = "behind what happened: ";
/// What the key of a happening's labels begins with.
pub const EVENT: &str = "what happened: ";
/// What the key of a point of a speaker who took something back begins with.
pub const CHANGE: &str = "what is said by: ";

/// What the key of a point of whether somebody was behind it begins with.
pub const STAKE: &str = "behind it or not: ";
/// What the key of a point of the day of what happened begins with.
pub const DAY: &str = "the day of: ";

/// What stands in a key before a country other than the case's own.
pub const ABROAD: &str = " in ";

/// A claim with what the case knows of it.
#[derive(Clone, Debug)]
pub struct CaseClaim {
    /// The document.
    pub document: DocId,
    /// The origin of the document.
    pub origin: DocId,
    /// What is said.
    pub claim: Claim,
    /// Those who did it, as printed, or under the name the case has for them.
    pub agents: Vec<String>,
    /// The actor it was done to, by the case's name for it; else the nouns are compared.
    pub object: Option<String>,
    /// The day, where its clause has one.
    pub when: Option<Stretch>,
    /// The places its clause has for it.
    pub places: Vec<Spot>,
    /// The country it tells of.
    pub country: Option<String>,
}

/// Nouns of an object that say too little to make two claims one.
const VAGUE: &[&str] = &[
    "people", "number", "million", "thousand", "hundred", "dozen", "score", "month", "week", "hour",
    "percent", "half", "member", "group", "country", "state", "part", "man", "woman", "way", "time", "day",
    "thing", "all", "them", "other", "case", "republic", "order", "year", "lot", "person", "side", "place",
    "one",
];

/// Claims of one key and one origin beyond which the key is too wide to be one question.
const MOST_OF_ORIGIN: usize = 8;

fn candidate(row: &CaseClaim, value: Value) -> Candidate {
    // The whole claim is the reading; its object names the question.
    Candidate {
        document: row.document,
        origin: row.origin,
        span: row.claim.span,
        noun: row.claim.object,
        value,
    }
}

fn asked(point: Point, class: &str, asked: Asked) -> Point {
    Point { asks: Some((class.to_owned(), asked)), ..point }
}

/// The points that claims make. `main` is the country most origins name.
pub fn claim_points(rows: &[CaseClaim], main: Option<&str>) -> Vec<Point> {
    let mut points = Vec::new();
    let mut keyed: BTreeMap<(ClaimKind, &str, String), Vec<&CaseClaim>> = BTreeMap::new();
    for row in rows {
        for key in keys(row, main) {
            keyed.entry((row.claim.kind, &row.claim.class, key)).or_default().push(row);
        }
    }
    for ((kind, class, about), rows) in &keyed {
        let key = |what: &str| format!("{what} \u{b7} {class} \u{b7} {about}");
        match kind {
            ClaimKind::Happening => points.extend(of_happening(class, about, rows)),
            ClaimKind::Quality => {
                let said = rows
                    .iter()
                    .map(|row| candidate(row, Value::Polarity(row.claim.polarity == Polarity::Positive)));
                let point = point(PointKind::Polarity, &key("whether"), &said.collect::<Vec<_>>());
                points.extend(point.filter(has_both).map(|point| asked(point, class, Asked::Whether)));
            }
            ClaimKind::Blame => {
                let so = rows.iter().filter(|row| row.claim.polarity == Polarity::Positive);
                let said = so.map(|row| candidate(row, Value::Names(row.agents.clone())));
                points.extend(point(
                    PointKind::Responsibility,
                    &format!("{BLAME}{about}"),
                    &said.collect::<Vec<_>>(),
                ));
            }
            ClaimKind::Member => {
                let so = rows.iter().filter(|row| row.claim.polarity == Polarity::Positive);
                let said = so.map(|row| candidate(row, Value::Names(row.agents.clone())));
                let point = point(PointKind::Composition, &key("member"), &said.collect::<Vec<_>>());
                points.extend(point.filter(|_| !narrow(rows)));
            }
            ClaimKind::Retraction | ClaimKind::Label => {}
        }
    }
    points.extend(stakes(rows));
    points.extend(days(rows, main));
    distinct(points)
}

/// Of everybody who is said to be behind it by one and not to be by another, whether it is so.
fn stakes(rows: &[CaseClaim]) -> Vec<Point> {
    let mut of: BTreeMap<&str, Vec<Candidate>> = BTreeMap::new();
    for row in rows.iter().filter(|row| row.claim.kind == ClaimKind::Blame) {
        let said = Value::Polarity(row.claim.polarity == Polarity::Positive);
        for agent in &row.agents {
            of.entry(agent).or_default().push(Candidate { noun: None, ..candidate(row, said.clone()) });
        }
    }
    let made =
        of.iter().filter_map(|(agent, said)| point(PointKind::Polarity, &format!("{STAKE}{agent}"), said));
    made.filter(|point| has_both(point) && point.verdict == Verdict::Conflict).collect()
}

/// The day of what is told as a noun with nothing it was done to: "the explosion occurred on 8 February".
fn days(rows: &[CaseClaim], main: Option<&str>) -> Vec<Point> {
    let mut of: BTreeMap<(&str, String), Vec<&CaseClaim>> = BTreeMap::new();
    for row in rows.iter().filter(|row| {
        row.claim.kind == ClaimKind::Happening
            && row.claim.polarity == Polarity::Positive
            && row.claim.object.is_none()
            && row.claim.by == "claim.noun"
            && row.when.is_some()
            && annotate::is_incident(&row.claim.class)
    }) {
        for key in keys(row, main) {
            of.entry((&row.claim.class, key)).or_default().push(row);
        }
    }
    let mut made = Vec::new();
    for ((class, about), rows) in of {
        if narrow(&rows) {
            continue;
        }
        for (at, set) in near_in_time(rows).into_iter().enumerate() {
            let again = if at > 0 { format!(", {}", at + 1) } else { String::new() };
            let told: Vec<Candidate> = set
                .iter()
                .filter_map(|row| {
                    Some(Candidate {
                        noun: Some(row.claim.predicate),
                        ..candidate(row, Value::Date(row.when?))
                    })
                })
                .collect();
            made.extend(point(PointKind::Date, &format!("{DAY}{class}{about}{again}"), &told));
        }
    }
    made
}

/// Happenings that two origins and more tell of and to which one account at most gives a day: no question parts there. Those most
/// origins tell of first.
pub fn told_of(rows: &[CaseClaim], main: Option<&str>) -> Vec<Point> {
    let mut keyed: BTreeMap<(&str, String), Vec<&CaseClaim>> = BTreeMap::new();
    let so =
        |row: &&CaseClaim| row.claim.kind == ClaimKind::Happening && row.claim.polarity == Polarity::Positive;
    for row in rows.iter().filter(so) {
        for key in keys(row, main) {
            keyed.entry((&row.claim.class, key)).or_default().push(row);
        }
    }
    let made = keyed.iter().filter_map(|((class, about), rows)| {
        let whole = about.is_empty() || about.starts_with(ABROAD);
        let dated: BTreeSet<DocId> =
            rows.iter().filter(|row| row.when.is_some()).map(|row| row.origin).collect();
        // An actor with a day makes a point of dates already.
        let named = rows.iter().any(|row| row.object.is_some());
        if whole || narrow(rows) || dated.len() > usize::from(!named) {
            return None;
        }
        let told: Vec<Candidate> =
            rows.iter().map(|row| candidate(row, row.when.map_or(Value::Untold, Value::Date))).collect();
        let key = format!("when \u{b7} {class} \u{b7} {about}");
        Some(asked(point(PointKind::Date, &key, &told)?, class, Asked::When))
    });
    let mut found = distinct(made.collect());
    found.sort_by_key(|point| (std::cmp::Reverse(point.origins), point.key.clone()));
    found
}

/// The country a claim tells of, else the one most origins name.
pub(crate) fn country_key(row: &CaseClaim, main: Option<&str>) -> Option<String> {
    row.country.as_deref().or(main).map(str::to_owned)
}

/// Under which keys a claim meets others.
fn keys(row: &CaseClaim, main: Option<&str>) -> BTreeSet<String> {
    if row.claim.kind == ClaimKind::Blame {
        // Where no country is known there is one heap and what happened in it.
        return BTreeSet::from([country_key(row, main).unwrap_or_default()]);
    }
    if let Some(actor) = &row.object {
        return BTreeSet::from([actor.clone()]);
    }
    if row.claim.object.is_none() && row.claim.kind == ClaimKind::Happening {
        let abroad = row.country.as_deref().filter(|country| Some(*country) != main);
        return BTreeSet::from([abroad.map_or_else(String::new, |country| format!("{ABROAD}{country}"))]);
    }
    // What it was like is said of the happening itself, not of what stands around it.
    let many = if row.claim.kind == ClaimKind::Happening { 3 } else { 1 };
    let nouns = row
        .claim
        .about
        .iter()
        .take(many)
        .filter(|noun| !VAGUE.contains(&noun.as_str()) && noun.chars().count() > 2);
    // The government of another country is another government.
    let abroad = row.country.as_deref().filter(|country| Some(*country) != main);
    nouns
        .map(|noun| abroad.map_or_else(|| noun.clone(), |country| format!("{noun}{ABROAD}{country}")))
        .collect()
}

/// Whether most origins say more under a key than one question has answers; copies count once.
fn narrow(rows: &[&CaseClaim]) -> bool {
    let mut of: BTreeMap<DocId, BTreeSet<String>> = BTreeMap::new();
    for row in rows {
        of.entry(row.origin).or_default().insert(format!("{:?} {:?}", row.agents, row.when));
    }
    of.values().filter(|said| said.len() > MOST_OF_ORIGIN).count() * 2 > of.len()
}

fn has_both(point: &Point) -> bool {
    let says = |yes: bool| point.readings.iter().any(|reading| reading.value == Value::Polarity(yes));
    says(true) && says(false)
}

/// Who did it, when it was or began, and whether it was so.
fn of_happening(class: &str, about: &str, rows: &[&CaseClaim]) -> Vec<Point> {
    let key = |what: &str| format!("{what} \u{b7} {class} \u{b7} {about}");
    let mut points = Vec::new();
    let so = |row: &&&CaseClaim| row.claim.polarity == Polarity::Positive;
    // "When did the protests begin?": only what tells of a beginning.
    let begun = rows.iter().filter(so).filter(|row| row.claim.begins);
    let begun = begun.filter_map(|row| Some(candidate(row, Value::Date(row.when?))));
    let begins = point(PointKind::Date, &key("begins"), &begun.collect::<Vec<_>>());
    let whole = about.is_empty() || about.starts_with(ABROAD);
    let begins = begins.filter(|_| whole && annotate::question(class, Asked::Begins, about).is_some());
    points.extend(begins.map(|point| asked(point, class, Asked::Begins)));
    // What happens in many places at once has one where it began.
    let (placed, asks) = if whole { ("begins where", Asked::BeginsWhere) } else { ("where", Asked::Where) };
    let told = |row: &&&CaseClaim| match whole {
        // That it began somewhere in the country answers nothing.
        true => row.claim.begins && row.places.iter().any(|spot| !spot.wide),
        false => !row.places.is_empty(),
    };
    let at = rows.iter().filter(so).filter(told);
    let at: Vec<Candidate> = at.map(|row| candidate(row, Value::Places(row.places.clone()))).collect();
    let place = point(PointKind::Place, &key(placed), &at);
    let place = place.filter(|_| whole || !narrow(rows));
    let place = place.filter(|_| annotate::question(class, asks, about).is_some());
    points.extend(place.map(|point| asked(point, class, asks)));
    if whole || narrow(rows) {
        return points;
    }
    let who = rows.iter().filter(so).filter(|row| !row.agents.is_empty());
    let who = who.map(|row| candidate(row, Value::Names(row.agents.clone())));
    let who = point(PointKind::Responsibility, &key("who"), &who.collect::<Vec<_>>());
    points.extend(
        who.filter(|point| point.readings.windows(2).any(|two| two[0].value != two[1].value))
            .map(|point| asked(point, class, Asked::Who)),
    );
    // Somebody by name is one; of a mere noun two dates are wanted before they are laid side by side.
    let named = rows.iter().any(|row| row.object.is_some());
    let dated: BTreeSet<DocId> =
        rows.iter().filter(so).filter(|row| row.when.is_some()).map(|row| row.origin).collect();
    if dated.len() > usize::from(!named) {
        let when: Vec<&CaseClaim> =
            rows.iter().filter(so).filter(|row| named || row.when.is_some()).copied().collect();
        let sets = match annotate::is_occasion(class) {
            true => near_in_time(when),
            false => vec![when],
        };
        let mut made = 0;
        for set in sets {
            let when = set.iter().map(|row| candidate(row, row.when.map_or(Value::Untold, Value::Date)));
            let again = if made > 0 { format!(", {}", made + 1) } else { String::new() };
            let point = point(PointKind::Date, &format!("{}{again}", key("when")), &when.collect::<Vec<_>>());
            made += usize::from(point.is_some());
            points.extend(point.map(|point| asked(point, class, Asked::When)));
        }
    }
    let whether =
        rows.iter().map(|row| candidate(row, Value::Polarity(row.claim.polarity == Polarity::Positive)));
    let whether = point(PointKind::Polarity, &key("whether"), &whether.collect::<Vec<_>>());
    let parted = |point: &Point| has_both(point) && point.verdict == Verdict::Conflict;
    points.extend(whether.filter(parted).map(|point| asked(point, class, Asked::Whether)));
    points
}

/// Minutes between two dates of one occasion at most: concerts further apart are two concerts.
const ONE_OCCASION: i64 = 31 * 24 * 60;

/// Claims in sets between whose dates there is no great gap, the earliest first; those no year is known of go with the first.
fn near_in_time(rows: Vec<&CaseClaim>) -> Vec<Vec<&CaseClaim>> {
    let ends = |row: &CaseClaim| {
        let bounds = row.when?.bounds?;
        Some((bounds.earliest_start?, bounds.latest_end?))
    };
    let (mut dated, undated): (Vec<_>, Vec<_>) = rows.into_iter().partition(|row| ends(row).is_some());
    dated.sort_by_key(|row| (ends(row), row.document, row.claim.span));
    let mut sets: Vec<Vec<&CaseClaim>> = Vec::new();
    let mut until = i64::MIN;
    for row in dated {
        let Some((start, end)) = ends(row) else { continue };
        match sets.last_mut().filter(|_| start <= until.saturating_add(ONE_OCCASION)) {
            Some(set) => set.push(row),
            None => sets.push(vec![row]),
        }
        until = until.max(end);
    }
    match sets.first_mut() {
        Some(first) => first.extend(undated),
        None => sets.push(undated),
    }
    sets
}

/// Of points of one kind and class those whose claims are not all another's.
fn distinct(mut points: Vec<Point>) -> Vec<Point> {
    let places = |point: &Point| -> BTreeSet<(DocId, Span)> {
        point
            .readings
            .iter()
            .flat_map(|reading| reading.witnesses.iter().map(|(document, span, _)| (*document, *span)))
            .collect()
    };
    points.sort_by(|a, b| {
        (a.kind, &a.asks.as_ref().map(|asks| &asks.0), &a.key).cmp(&(
            b.kind,
            &b.asks.as_ref().map(|asks| &asks.0),
            &b.key,
        ))
    });
    let held: Vec<BTreeSet<(DocId, Span)>> = points.iter().map(places).collect();
    let mut kept = Vec::new();
    for (at, point) in points.iter().enumerate() {
        let same = |other: &usize| {
            *other != at && points[*other].kind == point.kind && points[*other].asks == point.asks
        };
        let inside = (0..points.len()).filter(same).any(|other| {
            held[at].is_subset(&held[other]) && (held[at].len() < held[other].len() || other < at)
        });
        if !inside {
            kept.push(point.clone());
        }
    }
    kept
}

/// What one speaker says, where one of the claims tells that something was taken back: the sayings in order.
pub fn change(speaker: &str, sayings: &[Candidate]) -> Option<Point> {
    let mut held: BTreeMap<(DocId, String), crate::Reading> = BTreeMap::new();
    for saying in sayings {
        let same = (saying.origin, format!("{:?}", saying.value));
        let reading = held.entry(same).or_insert_with(|| crate::Reading {
            origin: saying.origin,
            value: saying.value.clone(),
            witnesses: Vec::new(),
        });
        reading.witnesses.push((saying.document, saying.span, saying.noun));
    }
    let readings: Vec<crate::Reading> = held.into_values().collect();
    let origins: BTreeSet<DocId> = sayings.iter().map(|saying| saying.origin).collect();
    let documents: BTreeSet<DocId> = sayings.iter().map(|saying| saying.document).collect();
    // What was taken back and one saying are no change yet; what copies say in other words is one saying still.
    let mut of: BTreeMap<DocId, BTreeMap<DocId, usize>> = BTreeMap::new();
    for (document, origin) in readings
        .iter()
        .flat_map(|reading| reading.witnesses.iter().map(|(document, ..)| (*document, reading.origin)))
    {
        *of.entry(origin).or_default().entry(document).or_default() += 1;
    }
    let enough = of.values().any(|documents| documents.values().any(|sayings| *sayings > 2));
    enough.then(|| Point {
        kind: PointKind::Status,
        key: format!("{CHANGE}{speaker}"),
        asks: None,
        verdict: Verdict::Drift,
        series: false,
        readings,
        origins: origins.len(),
        documents: documents.len(),
        closeness: crate::Closeness::default(),
    })
}
