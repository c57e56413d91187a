//! Times: one pass to typed tokens, a grammar of longest matches to operator trees, a resolver in text order.
//!
//! Nothing is guessed silently: what the words leave open stays open in the value, what a value leans on is its
//! anchor, and a reading that was refused is kept with the reason.

mod address;
mod feast;
mod grammar;
mod lexicon;
mod narrative;
mod now;
mod resolve;
mod token;

use crate::{Cx, Extractor, Tier};
use grammar::{Grammar, Parsed};
use lexicon::{Class, EVENTS};
use model::time::{Calendar, Refused, Tree, Unit, Value};
use model::{Layers, PassageKind, Span, Time};
use resolve::Resolver;

pub use address::address_dates;

pub(crate) const TIME: Extractor = Extractor {
    name: "time",
    version: 5,
    about: "dates, times of day, lengths and sets, with what the words leave open left open",
    example: "On the morning of March 5 the dam broke.",
    languages: &["en", "ru", "uk", "kk"],
    rules: include_str!("../../rules/en/time.toml"),
    tier: Tier::Fast,
    run,
};

/// Whether an English word in lower case names a month or a day of the week.
pub(crate) fn is_calendar_word(lower: &str) -> bool {
    let short = lower.len() <= 16 && lower.is_ascii();
    let entry = if short { lexicon::lexicon().ascii(lower.as_bytes(), 0, lower.len()) } else { None };
    entry.is_some_and(|entry| {
        matches!(entry.class, Class::Month | Class::Weekday | Class::Weekdays | Class::Holiday)
    })
}

fn run(cx: &Cx, layers: &mut Layers) {
    layers.times = times(cx);
}

/// All times of a text, in order.
pub(crate) fn times(cx: &Cx) -> Vec<Time> {
    let scan = token::scan(cx.text);
    let grammar = Grammar::new(cx.text, &scan);
    let mut parsed = grammar.expressions();
    if parsed.is_empty() {
        return Vec::new();
    }
    let now = now::of_document(cx, &grammar, &parsed);
    let mut resolver = Resolver::new(&grammar, &mut parsed, now);
    let mut residue = Scope::new(cx);
    let mut found = Vec::with_capacity(parsed.len());
    for (place, one) in parsed.iter().enumerate() {
        let own = (one.first, one.also.first().map_or(one.end, |_| one.end));
        let begin = found.len();
        let parts = std::iter::once((own, &one.tree))
            .chain(one.also.iter().map(|(from, to, tree)| ((*from, *to), tree)));
        for (tokens, tree) in parts {
            let span = span_of(&grammar, tokens);
            let aside = residue.holds(span);
            let Some(resolved) = resolver.resolve(place, one, tree, tokens, aside) else { continue };
            // Dates are laid side by side; lengths and whole years answer other questions.
            let dated = matches!(resolved.value, Value::Calendar(c) | Value::Interval(c, _) if c.grain() <= Unit::Month);
            let (beside, about) = match dated && !aside {
                true => nearest_event(&grammar, tokens),
                false => (None, ""),
            };
            let after = event_after(&grammar, one, tokens.1);
            let tree = match (&after, tree) {
                (Some((Class::Before, _)), Tree::Length(amount, unit)) => {
                    Tree::Earlier(*amount, *unit, Box::new(Tree::Anchor))
                }
                (Some(_), Tree::Length(amount, unit)) => Tree::Later(*amount, *unit, Box::new(Tree::Anchor)),
                _ => tree.clone(),
            };
            let refused = one.refused.as_ref().filter(|_| tokens == own).and_then(|(tree, why)| {
                Some(Refused { value: tree.plain()?.timex(), why: (*why).to_owned() })
            });
            let refused = refused.or_else(|| wrong_weekday(one.weekday, &resolved.value));
            found.push(Time {
                span,
                tree,
                value: resolved.value,
                modifier: resolved.modifier,
                bounds: resolved.bounds,
                to: None,
                anchor: resolved.anchor.or(after.map(|(_, event)| event)),
                refused,
                beside,
                about: about.to_owned(),
                by: one.rule,
            });
        }
        if begin > 0 && found.len() > begin {
            let last_end = parsed[place - 1].also.last().map_or(parsed[place - 1].end, |(_, end, _)| *end);
            join(&grammar, &mut found, begin, last_end..one.first);
        }
        for at in begin + 1..found.len() {
            let between = token_after(&grammar, found[at - 1].span)..token_at(&grammar, found[at].span);
            join(&grammar, &mut found, at, between);
        }
    }
    found
}

/// A day of the week that the calendar does not bear out.
fn wrong_weekday(said: Option<u8>, value: &Value) -> Option<Refused> {
    let Value::Calendar(day) = value else { return None };
    let (said, is) = (said?, model::calendar::weekday(day.day_number()?));
    let name = |day: u8| model::calendar::WEEKDAYS[usize::from(day.clamp(1, 7)) - 1];
    let why = format!("the words call it a {}, by the calendar it is a {}", name(said), name(is));
    (said != is).then(|| Refused { value: format!("XXXX-WXX-{said}"), why })
}

/// The happening a length is counted from: the words behind "after" or "before", up to the next mark.
fn event_after(grammar: &Grammar, one: &Parsed, end: usize) -> Option<(Class, Span)> {
    let led = matches!(grammar.class(end), Class::Before | Class::After) && one.rule == "time.length";
    let stops = |at: usize| {
        matches!(
            grammar.class(at),
            Class::Stop | Class::Break | Class::Comma | Class::Open | Class::Mark | Class::Close
        )
    };
    let last = (end + 1..grammar.tokens.len().min(end + 12)).take_while(|at| led && !stops(*at)).last()?;
    let mut span = Span::new(grammar.tokens[end + 1].start as usize, grammar.tokens[last].end as usize);
    // Words that are none of time are one long token: what is near is what counts.
    if let Some((at, _)) = span.of(grammar.text).char_indices().nth(80) {
        let shorter = span.of(grammar.text)[..at].rfind(' ').unwrap_or(at);
        span = Span::new(span.start(), span.start() + shorter.max(1));
    }
    Some((grammar.class(end), span))
}

/// Marks a range: the time before a word or mark that says "to" gets the time behind it as its end.
///
/// The range is one date and its end no second one: it is laid side by side with nothing.
fn join(grammar: &Grammar, times: &mut [Time], at: usize, between: std::ops::Range<usize>) {
    let (before, after) = times.split_at_mut(at);
    let (Some(from), Some(end)) = (before.last_mut(), after.first_mut()) else { return };
    let to = end.value;
    // "Between March and May" joins by "and" what nothing else would.
    let first = token_at(grammar, from.span);
    let led = grammar.is(first.wrapping_sub(1), Class::Between)
        || grammar.is(first.wrapping_sub(2), Class::Between);
    let joins = |at: usize| {
        grammar.any(at, &[Class::To, Class::Dash, Class::Until, Class::The])
            || led && grammar.is(at, Class::And)
    };
    let joined = (1..=2).contains(&between.len())
        && between.clone().all(joins)
        && !grammar.is(between.start, Class::The);
    if let (true, Value::Calendar(start), Value::Calendar(last)) = (joined, from.value, to)
        && (start.grain() >= Unit::Day || last.grain() < Unit::Day)
        && let Some(last) = in_order(start, last, from.by)
    {
        from.to = Some(last);
        if end.value != Value::Calendar(last) {
            end.value = Value::Calendar(last);
            end.bounds = end.value.bounds(end.modifier);
        }
        (end.beside, end.about) = (None, String::new());
    }
}

/// The end of a range, which does not come before its start: "from Friday to Monday" ends in the next week, "from 22:00
/// to 02:00" on the next day; a range that cannot be put in order is none.
fn in_order(start: Calendar, last: Calendar, rule: &str) -> Option<Calendar> {
    let begins =
        |calendar: Calendar| Value::Calendar(calendar).bounds(None).and_then(|bounds| bounds.earliest_start);
    let (Some(from), Some(to)) = (begins(start), begins(last)) else { return Some(last) };
    if from <= to {
        return Some(last);
    }
    let ahead = match (rule, last.clock) {
        ("time.weekday", None) => 7,
        (_, Some(_)) if from - to < 1440 => 1,
        _ => return None,
    };
    let day = last.day_number()? + ahead;
    if day * 1440 + 1440 <= from {
        return None;
    }
    Some(Calendar { clock: last.clock, ..Calendar::of_day_number(day) })
}

fn token_at(grammar: &Grammar, span: Span) -> usize {
    grammar.tokens.partition_point(|token| (token.start as usize) < span.start())
}

fn token_after(grammar: &Grammar, span: Span) -> usize {
    grammar.tokens.partition_point(|token| (token.start as usize) < span.end())
}

fn span_of(grammar: &Grammar, tokens: (usize, usize)) -> Span {
    Span::new(grammar.tokens[tokens.0].start as usize, grammar.tokens[tokens.1 - 1].end as usize)
}

/// The nearest word for a happening in the sentence and its class; the one before where two are as near.
fn nearest_event(grammar: &Grammar, tokens: (usize, usize)) -> (Option<Span>, &'static str) {
    let ends = |class: Class| matches!(class, Class::Stop | Class::Break);
    let (from, to) = tokens;
    let all = grammar.tokens;
    let before = all[..from].iter().rev().take(60).take_while(|token| !ends(token.class));
    let after = all[to..].iter().take(60).take_while(|token| !ends(token.class));
    let event = |token: &&token::Token| token.class == Class::Event;
    let start = all[from].start;
    let end = all[to - 1].end;
    let before = before.into_iter().find(event);
    let after = after.into_iter().find(event);
    let nearest = match (before, after) {
        (Some(before), Some(after)) if start - before.end > after.start - end => Some(after),
        (Some(before), _) => Some(before),
        (None, after) => after,
    };
    match nearest {
        Some(token) => (Some(token.span()), EVENTS.name(token.value)),
        None => (None, ""),
    }
}

/// Which passages are not the author's words; asked for spans in order.
struct Scope<'a> {
    cx: &'a Cx<'a>,
    at: usize,
}

impl<'a> Scope<'a> {
    fn new(cx: &'a Cx<'a>) -> Scope<'a> {
        Scope { cx, at: 0 }
    }

    fn holds(&mut self, span: Span) -> bool {
        let passages = self.cx.passages;
        while passages.get(self.at).is_some_and(|passage| passage.span.end() <= span.start()) {
            self.at += 1;
        }
        let here = passages.get(self.at).filter(|passage| passage.span.start() <= span.start());
        here.is_some_and(|passage| matches!(passage.kind, PassageKind::Residue | PassageKind::Reference))
    }
}
