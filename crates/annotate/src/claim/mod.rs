//! What a text says happened, who it says did it or stands behind it, and what it says it was like.
//!
//! Sentences with a word of the table are parsed; each such word takes those who did it and what it was done to from what
//! hangs on it. What "will" or "would" be is left out: it has not happened. Whether anything is so is not asked.

mod blame;
mod clause;
mod find;
mod quality;
mod table;
mod truth;

use crate::label::Label;
use crate::words::{is_month, is_weekday};
use crate::{Cx, Extractor, Tier};
use clause::Clauses;
use model::time::Unit;
use model::{Claim, Layers, Span};

pub(crate) const CLAIM: Extractor = Extractor {
    name: "claim",
    version: 9,
    about: "what is said to have happened, who did it or stands behind it, and what it was like",
    example: "The mayor dismissed the harbour master on May 3, 1984.",
    languages: &["en"],
    rules: include_str!("../../rules/en/claim.toml"),
    tier: Tier::Deep,
    run,
};

fn run(cx: &Cx, layers: &mut Layers) {
    // Times are of the fast tier, which may have run long ago.
    let times: Vec<Span> = match layers.times.is_empty() {
        true => crate::time::times(cx).iter().filter_map(|time| dated(cx.text, time)).collect(),
        false => layers.times.iter().filter_map(|time| dated(cx.text, time)).collect(),
    };
    layers.claims = claims(cx, &times);
    for (list, certainty) in crate::hedge::governed(cx.text, cx.passages) {
        let within = layers.claims.iter_mut().filter(|claim| list.covers(claim.span));
        within.for_each(|claim| claim.certainty = claim.certainty.max(certainty));
    }
}

/// Bytes from the beginning of a text within which a clock time is that of the page, as a rule.
const HEAD: usize = 200;

/// Where a day, a range of days, a month or a clock time with its day stands; lengths, whole years and "from 8 to 10 p.m." answer
/// other questions.
fn dated(text: &str, time: &model::Time) -> Option<Span> {
    let stretch = time.stretch()?;
    let day = |word: &str| is_month(word) || is_weekday(&word.to_lowercase());
    let hour = matches!(stretch.from.grain(), Unit::Second | Unit::Minute | Unit::Hour);
    // "at 11.40 on 14 October": the day may stand right behind it.
    let behind = text.get(time.span.end()..).unwrap_or_default().split_whitespace().take(3);
    let words = time.span.of(text).split_whitespace().chain(behind);
    let of_day = words.map(|word| word.trim_matches(|c: char| !c.is_alphanumeric())).any(day);
    // "On Friday night" is none.
    let own = time.span.of(text).to_lowercase();
    let clock = own.contains(':')
        || own.split(' ').any(|word| {
            matches!(word.trim_end_matches('.'), "am" | "pm" | "a.m" | "p.m" | "gmt" | "utc" | "est" | "edt")
        });
    let head = hour && clock && time.span.start() < HEAD;
    (!hour || of_day && stretch.to.is_none() && !head).then_some(time.span)
}

fn claims(cx: &Cx, times: &[Span]) -> Vec<Claim> {
    let mut found = Vec::new();
    for (at, sentence) in cx.sentences.iter().enumerate() {
        if !may_happen(sentence.of(cx.text)) {
            continue;
        }
        let tree = cx.tree(at);
        if tree.words.is_empty() {
            continue;
        }
        // What stands in a dateline dates the report and not what it tells.
        let from = tree.words[0].span.start();
        let first = times.partition_point(|time| time.start() < from);
        let own: Vec<Span> =
            times[first..].iter().copied().take_while(|time| time.end() <= sentence.end()).collect();
        found.extend(Clauses::new(cx.text, &tree).claims(&own));
    }
    found.sort_by_key(|claim| (claim.span, claim.predicate, claim.kind, claim.class.clone()));
    found.dedup_by(|a, b| (a.span, a.predicate, a.kind, &a.class) == (b.span, b.predicate, b.kind, &b.class));
    found
}

/// Whether a sentence has a word of the table.
fn may_happen(words: &str) -> bool {
    let mut lower = String::new();
    words.split(|c: char| !c.is_alphanumeric()).any(|word| {
        lower.clear();
        lower.extend(word.chars().flat_map(char::to_lowercase));
        let entry = table::table().of(&lower);
        !entry.happens.is_empty()
            || entry.quality.is_some()
            || entry.blames
            || entry.shadow
            || entry.stake
            || entry.guilty
            || entry.suffix
            || entry.doer
            || entry.against
            || entry.retracts
            || entry.whole
            || entry.accuses
            || entry.event
    })
}

/// What is asked of claims laid side by side.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Asked {
    /// Who did it.
    Who,
    /// When it was.
    When,
    /// When it began.
    Begins,
    /// Where it was.
    Where,
    /// Where it began.
    BeginsWhere,
    /// Whether it was so.
    Whether,
}

/// The question that claims of a class answer, as a reader would put it; `about` is what they speak of, as printed.
pub fn question(class: &str, asked: Asked, about: &str) -> Option<String> {
    let table = table::table();
    let quality = table.qualities.iter().find(|quality| quality.name == class && asked == Asked::Whether);
    let template = match (quality, table.class(class), asked) {
        (Some(quality), ..) => &quality.ask,
        (_, Some(class), Asked::Who) => &class.who,
        (_, Some(class), Asked::When | Asked::Where) => &class.when,
        (_, Some(class), Asked::Begins | Asked::BeginsWhere) => class.begins.as_ref()?,
        (_, Some(class), Asked::Whether) => &class.did,
        _ => return None,
    };
    let last = about.split(" in ").next().and_then(|thing| thing.split(' ').next_back());
    let several = last.is_some_and(|last| {
        (!last.starts_with(char::is_uppercase) || about.starts_with("the "))
            && crate::words::is_plural(&last.to_lowercase())
    });
    let template = match several {
        true => template.replace("was {}", "were {}").replace("Was {}", "Were {}"),
        false => template.clone(),
    };
    let template = match asked {
        Asked::Where | Asked::BeginsWhere => template.replacen("When ", "Where ", 1),
        _ => template,
    };
    Some(template.replace("{}", about))
}

/// The words of a class of happenings, in their bare form; none where there is no such class.
pub fn class_words(class: &str) -> Vec<String> {
    table::table().class(class).map(|class| class.words().map(str::to_owned).collect()).unwrap_or_default()
}

/// Whether a word in lower case can tell of a happening.
pub(crate) fn is_happening(word: &str) -> bool {
    let entry = table::table().of(word);
    !entry.happens.is_empty() || entry.event
}

/// The class whose question somebody by name answers of whom a claim of this class is told: who surrenders is detained.
pub fn class_of_person(class: &str) -> &str {
    table::table().class(class).and_then(|class| class.persons.as_deref()).unwrap_or(class)
}

/// Whether a class is of what is held at a time and a place: of one noun there may be many.
pub fn is_occasion(class: &str) -> bool {
    table::table().class(class).is_some_and(table::Class::is_occasion)
}

/// Whether nouns of a class name what happened on one day by themselves: "the explosion".
pub fn is_incident(class: &str) -> bool {
    table::table().class(class).is_some_and(|class| class.incident)
}

/// Whether happenings of a class are done by a state in another one, as a rule: who did them tells nothing of where.
pub fn is_done_abroad(class: &str) -> bool {
    table::table().class(class).is_some_and(|class| class.abroad)
}

/// What a claim of a label calls a happening: the words without article, marks and what only tells its time; `None` where
/// that is no short name.
pub fn called(text: &str, claim: &Claim) -> Option<Label> {
    let span = *claim.agents.first()?;
    let words: Vec<String> = span.get(text)?.split_whitespace().map(str::to_lowercase).collect();
    let light = |word: &String| {
        matches!(
            word.trim_matches(|c: char| !c.is_alphanumeric()),
            "the"
                | "a"
                | "an"
                | "this"
                | "these"
                | "that"
                | "current"
                | "recent"
                | "ongoing"
                | "latest"
                | "present"
                | "both"
                | "some"
                | "kind"
                | "of"
        )
    };
    let words: Vec<String> = words.into_iter().skip_while(light).collect();
    let label = words.join(" ");
    let label = label.trim_matches(|c: char| !c.is_alphanumeric());
    (!label.is_empty() && words.len() <= 4).then(|| Label { span: claim.span, label: label.to_owned() })
}
