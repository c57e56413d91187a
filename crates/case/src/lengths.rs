//! How long something took, in like company, and how old people are: numbers whose unit says more than the noun beside them.

use crate::drawn::Known;
use crate::error::Result;
use crate::facts::{company, worded};
use crate::statements::MOST_LIKENED;
use crate::store::Case;
use collate::{Candidate, Fact, LENGTHS, Point, PointKind, Rarity, Value, facts, point};
use model::{Quantity, Span};
use std::collections::BTreeMap;

/// What stands before the name in the key of a point of ages.
pub const AGE: &str = "age \u{b7} ";

/// Days of a unit of time.
pub(crate) fn days(unit: &str) -> Option<f64> {
    Some(match unit {
        "minute" => 1.0 / 1440.0,
        "hour" => 1.0 / 24.0,
        "day" => 1.0,
        "week" => 7.0,
        "month" => 30.4375,
        "year" => 365.25,
        "decade" => 3652.5,
        "century" => 36525.0,
        _ => return None,
    })
}

/// The unit of ages.
const OF_AGE: &str = "year of age";

/// Whether the key of a point of numbers is of a length of time or of an age.
pub(crate) fn is_of_time(key: &str) -> bool {
    key.rsplit_once(" \u{b7} ").is_some_and(|(_, unit)| unit == OF_AGE || days(unit).is_some())
}

/// Bytes between a name and an age of its bearer at most.
const BESIDE: usize = 16;

impl Case {
    /// Lengths of time in like company, and the ages of people. None in a case of more than [`MOST_LIKENED`] documents.
    pub(crate) fn lengths_and_ages(&self, known: &Known) -> Result<Vec<Point>> {
        if self.counts()?.0 > MOST_LIKENED {
            return Ok(Vec::new());
        }
        let mut lengths = Vec::new();
        let mut ages: BTreeMap<String, Vec<Candidate>> = BTreeMap::new();
        for (document, origin) in self.documents_with_origins()? {
            let quantities = self.quantities(document)?;
            if !quantities.iter().any(|one| one.unit == OF_AGE || days(&one.unit).is_some()) {
                continue;
            }
            let opened = self.document(document)?;
            let published = self.published(document)?;
            let persons = known.persons_in(&opened);
            for one in quantities {
                let candidate =
                    |span: Span, value: Value| Candidate { document, origin, span, noun: None, value };
                if one.unit == OF_AGE {
                    let value = worded(&Value::Quantity(one.low, one.high), &opened.text, one.span);
                    if let Some((name, person)) = beside(&opened.text, &one, &persons) {
                        let key = format!("{AGE}{}", known.actor_name(person));
                        ages.entry(key).or_default().push(candidate(name.join(one.span), value));
                    }
                } else if let Some(of_unit) = days(&one.unit).filter(|_| !is_step(&opened.text, one.span)) {
                    let of = |count: Option<f64>| count.map(|count| count * of_unit);
                    lengths.push(Fact {
                        candidate: candidate(one.span, Value::Length(of(one.low), of(one.high))),
                        company: company(&opened.text, one.span, None),
                        scope: None,
                        day: None,
                        changed: false,
                        published: published.clone(),
                    });
                }
            }
        }
        let rarity = Rarity::of(lengths.iter());
        let mut points = facts(LENGTHS, &lengths, &rarity);
        points.extend(ages.iter().filter_map(|(key, told)| point(PointKind::Quantity, key, told)));
        Ok(points)
    }
}

/// Whether a length only leads from one time to another: "two days later".
fn is_step(text: &str, length: Span) -> bool {
    let next = text.get(length.end()..).unwrap_or_default().split_whitespace().next().unwrap_or_default();
    let next = next.trim_matches(|c: char| !c.is_alphanumeric());
    matches!(next, "later" | "ago" | "earlier" | "before" | "after" | "old" | "away" | "from")
}

/// Whose age a number is: the person named right before it ("Anna Holm, 58"), right behind it ("the 58-year-old Anna Holm"), or
/// meant by the pronoun before it ("she was 58").
fn beside(text: &str, age: &Quantity, persons: &[(Span, usize)]) -> Option<(Span, usize)> {
    let near = |(name, _): &&(Span, usize)| {
        let before = age.span.start().checked_sub(name.end()).filter(|gap| *gap <= BESIDE);
        let behind = name.start().checked_sub(age.span.end()).filter(|gap| *gap <= BESIDE);
        let between = match (before, behind) {
            (Some(_), _) => text.get(name.end()..age.span.start()),
            (_, Some(_)) => text.get(age.span.end()..name.start()),
            _ => None,
        };
        between.is_some_and(|between| {
            let apart = between.contains(['.', ';', '\n']) || between.contains(" and ");
            let after = before.is_none() && between.contains(',');
            !apart && !after
        })
    };
    persons.iter().filter(near).min_by_key(|(name, _)| name.start().abs_diff(age.span.start())).copied()
}
