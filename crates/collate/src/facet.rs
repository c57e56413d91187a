//! What statements in like words answer beside their words: when it was, and how much of what.
//!
//! A set of statements tells of one thing in as many wordings. Where several origins give days or numbers of one unit with it, these are
//! readings of a question of their own, and whether they part is told by their values.

use crate::point::{Candidate, Point, PointKind, Value, point};
use crate::statement::{Statement, of_one_deed};
use model::Span;
use std::collections::BTreeMap;

/// What stands before the words of a set in the key of a point of its days.
pub const WHEN: &str = "when, in like words: ";

/// What stands before the words of a set in the key of a point of its numbers, behind the unit.
pub const HOW_MUCH: &str = ", in like words: ";

/// What stands for the unit of lengths of time, which meet in days.
pub const OF_TIME: &str = "how long";

/// Bytes a reading has at most that goes beyond its piece to where the value stands.
const REACH: usize = 200;

/// How many words two statements share whose days answer one question, and what part of the lighter one's weight.
const ONE_DEED: (usize, f64) = (2, 0.4);

/// The points that a set of statements makes beside that of its words; `words` is what they share.
pub(crate) fn facets(set: &[&Statement], weight: &dyn Fn(&str) -> f64, words: &str) -> Vec<Point> {
    let candidate = |one: &Statement, of: Span, value: Value| {
        let hull = one.span.join(of);
        let span = if hull.len() <= REACH { hull } else { one.span };
        Candidate { document: one.document, origin: one.origin, span, noun: None, value }
    };
    // A day beside a mere topic is of whatever its sentence tells.
    let told = |one: &&&Statement| {
        !one.dates.is_empty()
            && set.iter().any(|other| !other.dates.is_empty() && of_one_deed(one, other, ONE_DEED, weight))
    };
    let dates = set.iter().filter(told);
    let dates = dates.flat_map(|one| one.dates.iter().map(move |(span, day)| (*one, *span, *day)));
    let dates: Vec<Candidate> =
        dates.map(|(one, span, day)| candidate(one, span, Value::Date(day))).collect();
    let mut found: Vec<Point> =
        point(PointKind::Date, &format!("{WHEN}{words}"), &dates).into_iter().collect();
    let mut numbers: BTreeMap<&str, Vec<Candidate>> = BTreeMap::new();
    for one in set {
        for (span, unit, value) in &one.measures {
            numbers.entry(unit).or_default().push(candidate(one, *span, value.clone()));
        }
    }
    let of_unit = |(unit, of): (&&str, &Vec<Candidate>)| {
        point(PointKind::Quantity, &format!("{unit}{HOW_MUCH}{words}"), of)
    };
    found.extend(numbers.iter().filter_map(of_unit));
    found
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]
    use super::*;
    use crate::statement::Topic;
    use model::DocId;
    use model::time::{Calendar, Stretch};
    use std::collections::{BTreeMap, BTreeSet};

    fn told(document: i64, words: &str, day: u8, dollars: f64) -> Statement {
        let id = DocId::from_number(document).unwrap();
        let topic = |word: &str| Topic { printed: word.to_owned(), deed: word == "signed" };
        let from = Calendar::date(2019, 9, day);
        let day = Stretch {
            from,
            to: None,
            modifier: None,
            bounds: model::time::Value::Calendar(from).bounds(None),
        };
        Statement {
            document: id,
            origin: id,
            span: Span::new(0, 9),
            words: words.to_owned(),
            about: words.split(' ').map(|word| (word.to_owned(), topic(word))).collect(),
            sentence: Span::new(0, 40),
            context: std::rc::Rc::default(),
            company: BTreeSet::new(),
            months: BTreeSet::new(),
            numbers: BTreeMap::new(),
            dates: vec![(Span::new(20, 32), day)],
            measures: vec![(
                Span::new(0, 9),
                "dollar".to_owned(),
                Value::Quantity(Some(dollars), Some(dollars)),
            )],
            day: None,
            denies: None,
        }
    }

    #[test]
    fn days_and_sums_of_one_deed_are_questions_of_their_own() {
        let all = [told(1, "contract signed", 27, 4.2), told(2, "contract signed", 30, 4.8)];
        let found = facets(&all.each_ref(), &|_| 1.0, "contract, signed");
        let asked: Vec<_> = found.iter().map(|point| (point.kind, point.key.as_str())).collect();
        let when = (PointKind::Date, "when, in like words: contract, signed");
        assert_eq!(asked, [when, (PointKind::Quantity, "dollar, in like words: contract, signed")]);
        assert!(found.iter().all(|point| point.verdict == crate::Verdict::Conflict));
        // The reading reaches from the piece to its day.
        assert_eq!(found[0].readings[0].witnesses[0].1, Span::new(0, 32));
    }

    #[test]
    fn days_beside_a_mere_topic_are_none() {
        let all = [told(1, "contract company", 27, 4.2), told(2, "contract company", 30, 4.2)];
        let found = facets(&all.each_ref(), &|_| 1.0, "contract");
        assert_eq!(found.iter().map(|point| point.kind).collect::<Vec<_>>(), [PointKind::Quantity]);
    }
}
