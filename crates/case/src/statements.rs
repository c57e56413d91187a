//! What several origins say in like words.

use crate::drawn::{Known, places};
use crate::error::Result;
use crate::facts::worded;
use crate::lengths::days;
use crate::store::Case;
use collate::{DAY_OF, NAME, OF_TIME, Point, PointKind, Statement, Topic, Value, statement_points};
use model::time::Stretch;
use model::{Attribution, DocId, Quantity, Span};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

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
            let said = self.attributions(document)?;
            let of_what_is_told: Vec<(Span, Stretch)> =
                times.iter().copied().filter(|(time, _)| !is_of_saying(*time, &said)).collect();
            let told = |span: Span| {
                Rc::new(known.about(document, span, &opened.text, &meant).0.into_keys().collect())
            };
            let sentences = annotate::sentences_read(&opened.text, &opened.passages).into_iter();
            let sentences: Vec<(Span, Rc<BTreeSet<String>>)> =
                sentences.map(|span| (span, told(span))).collect();
            for span in annotate::pieces(&opened.text, &opened.passages) {
                let words = span.of(&opened.text).split_whitespace().collect::<Vec<_>>().join(" ");
                let (mut about, company) = known.about(document, span, &opened.text, &meant);
                let own = quantities.iter().filter(|quantity| span.covers(quantity.span));
                let numbers = own.map(|one| {
                    (one.counted.clone(), worded(&Value::Quantity(one.low, one.high), &opened.text, one.span))
                });
                let numbers = numbers.collect();
                let around = sentences.get(sentences.partition_point(|(own, _)| own.end() < span.end()));
                let around = around.filter(|(own, _)| own.covers(span)).cloned();
                let (sentence, context) = around.unwrap_or((span, Rc::default()));
                let dates = dates_of(span, sentence, &of_what_is_told, &opened.text);
                let measures = measures_of(span, &quantities, &opened.text);
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
                    sentence,
                    context,
                    document,
                    origin,
                    span,
                    words,
                    about,
                    company,
                    months,
                    numbers,
                    dates,
                    measures,
                    day,
                    denies,
                });
            }
        }
        Ok(statement_points(&all))
    }
}

/// Bytes between what somebody said it with and a date at most, for the date to be that of the saying.
const BESIDE: usize = 24;

/// Whether a date is that of a saying: it stands beside the verb or the speaker, and not in what is said.
fn is_of_saying(date: Span, said: &[Attribution]) -> bool {
    let near = |span: &Span| {
        let gap = date.start().saturating_sub(span.end()).max(span.start().saturating_sub(date.end()));
        gap <= BESIDE
    };
    said.iter().any(|row| {
        !row.content.iter().any(|content| content.covers(date)) && row.cue.iter().chain(&row.source).any(near)
    })
}

/// The dates a piece names, else the one date its sentence names, where it lies within one month and tells no noun apart.
fn dates_of(piece: Span, sentence: Span, times: &[(Span, Stretch)], text: &str) -> Vec<(Span, Stretch)> {
    let within = |whole: Span| times.iter().copied().filter(move |(time, _)| whole.covers(*time)).collect();
    let mut dates: Vec<(Span, Stretch)> = within(piece);
    if dates.is_empty() {
        dates = within(sentence);
        if dates.len() > 1 {
            dates.clear();
        }
    }
    dates.retain(|(span, stretch)| stretch.month().is_some() && !describes(text, *span));
    dates
}

/// The numbers of a piece that have a unit, each with the unit; lengths of time in days.
fn measures_of(piece: Span, quantities: &[Quantity], text: &str) -> Vec<(Span, String, Value)> {
    let own = quantities.iter().filter(|quantity| piece.covers(quantity.span));
    own.filter_map(|one| {
        if let Some(of) = days(&one.unit) {
            let of = |number: Option<f64>| number.map(|number| number * of);
            return Some((one.span, OF_TIME.to_owned(), Value::Length(of(one.low), of(one.high))));
        }
        let value = worded(&Value::Quantity(one.low, one.high), text, one.span);
        (!one.code.is_empty()).then(|| (one.span, one.unit.clone(), value))
    })
    .collect()
}

/// Whether a date stands before a noun that it tells apart: "the May 2009 concerts" are not held when they are spoken of.
fn describes(text: &str, date: Span) -> bool {
    let behind = text.get(date.end()..).unwrap_or_default();
    let word = behind.strip_prefix(' ').and_then(|rest| rest.split(|c: char| !c.is_alphanumeric()).next());
    word.is_some_and(|word| {
        word.starts_with(char::is_lowercase)
            && !annotate::telling_words(word, Span::new(0, word.len())).is_empty()
    })
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
