//! What several origins say in like words.

use crate::drawn::{Known, places};
use crate::error::Result;
use crate::facts::worded;
use crate::store::Case;
use collate::{DAY_OF, NAME, Point, PointKind, Statement, Topic, Value, statement_points};
use model::time::Stretch;
use model::{DocId, Span};
use std::collections::{BTreeMap, BTreeSet};

/// Documents beyond which statements in like words are not looked for: every piece of every text is compared.
pub const MOST_LIKENED: usize = 300;

impl Case {
    /// Statements of several origins in like words.
    pub(crate) fn statements(&self, known: &Known) -> Result<Vec<Point>> {
        if self.counts()?.0 > MOST_LIKENED {
            return Ok(Vec::new());
        }
        let mut all = Vec::new();
        for (document, origin) in self.documents_with_origins()? {
            let opened = self.document(document)?;
            let quantities = self.quantities(document)?;
            let meant = known.persons_meant(&opened);
            let times: Vec<(Span, Stretch)> =
                self.times(document)?.iter().filter_map(|time| Some((time.span, time.stretch()?))).collect();
            for span in annotate::pieces(&opened.text, &opened.passages) {
                let words = span.of(&opened.text).split_whitespace().collect::<Vec<_>>().join(" ");
                let (mut about, company) = known.about(document, span, &opened.text, &meant);
                let own = quantities.iter().filter(|quantity| span.covers(quantity.span));
                let numbers = own.map(|one| {
                    (one.counted.clone(), worded(&Value::Quantity(one.low, one.high), &opened.text, one.span))
                });
                let numbers = numbers.collect();
                let days: Vec<_> = times.iter().filter(|(time, _)| span.covers(*time)).collect();
                for (time, stretch) in &days {
                    if let Some(day) = stretch.day() {
                        let printed = time.of(&opened.text).to_owned();
                        about.insert(format!("{DAY_OF}{day}"), Topic { printed, deed: false });
                    }
                }
                let months = days.iter().filter_map(|(_, stretch)| stretch.month()).collect();
                let day = match days.as_slice() {
                    [(_, day)] => Some(*day),
                    _ => None,
                };
                let denies = (!annotate::is_hedged(&words)).then(|| annotate::says_no(&words));
                all.push(Statement {
                    document,
                    origin,
                    span,
                    words,
                    about,
                    company,
                    months,
                    numbers,
                    day,
                    denies,
                });
            }
        }
        Ok(statement_points(&all))
    }
}

/// Drops points of statements that mostly stand where the readings of one other point do.
pub fn drop_repeats(points: &mut Vec<Point>) {
    let mut held: BTreeMap<DocId, Vec<(Span, usize)>> = BTreeMap::new();
    let others = points.iter().enumerate().filter(|(_, point)| point.kind != PointKind::Statement);
    for (number, point) in others {
        places(point).for_each(|(document, span)| held.entry(document).or_default().push((span, number)));
    }
    points.retain(|point| {
        let own: Vec<(DocId, Span)> = places(point).collect();
        let mut told: BTreeMap<usize, usize> = BTreeMap::new();
        for (document, span) in &own {
            let near = held.get(document).into_iter().flatten();
            let same = near.filter(|(known, _)| {
                known.meet(*span).is_some_and(|both| both.len() * 2 > span.len().min(known.len()))
            });
            let numbers: BTreeSet<usize> = same.map(|(_, number)| *number).collect();
            numbers.into_iter().for_each(|number| *told.entry(number).or_default() += 1);
        }
        point.kind != PointKind::Statement || told.values().all(|count| count * 2 <= own.len())
    });
}

impl Known {
    /// What a stretch speaks of: actors and places by the name the case has for them, other words by what their forms have in common.
    /// `meant` are the pronouns of the text with the actors they stand for. Behind it the classes of its other words.
    fn about(
        &self,
        document: DocId,
        span: Span,
        text: &str,
        meant: &[(Span, usize)],
    ) -> (BTreeMap<String, Topic>, BTreeSet<u32>) {
        let mut named = self.names_in(document, span);
        let first = meant.partition_point(|(pronoun, _)| pronoun.start() < span.start());
        let pronouns = meant[first..].iter().take_while(|(pronoun, _)| pronoun.end() <= span.end());
        named.extend(pronouns.map(|(pronoun, actor)| (*pronoun, self.actor_name(*actor))));
        let mut about: BTreeMap<String, Topic> = named
            .iter()
            .map(|(_, name)| (format!("{NAME}{name}"), Topic { printed: (*name).to_owned(), deed: false }))
            .collect();
        let mut company = BTreeSet::new();
        for word in annotate::telling_words(text, span) {
            if !named.iter().any(|(own, _)| own.covers(word.span)) {
                let printed = word.span.of(text);
                let topic = about
                    .entry(annotate::base(printed))
                    .or_insert_with(|| Topic { printed: printed.to_owned(), deed: false });
                topic.deed |= word.deed;
                company.extend(annotate::company_of(printed));
            }
        }
        (about, company)
    }
}
