//! Who says what, on whose word, how certainly.
//!
//! Sentences with a word of saying, thinking or showing are parsed; from each such cue its source and its content are
//! taken by what hangs on what. Quotation marks carry a content on over sentences. What the text makes of a statement
//! follows from its cue and the hedges in it, by rule; whether it is true is not asked.

mod author;
mod behind;
mod beside;
mod certainty;
mod clear;
mod content;
mod cue;
mod disputed;
mod find;
mod label;
mod led;
mod measured;
mod named;
mod nominal;
mod quoted;
mod source;
mod speaker;
mod thrown;

use crate::quotation::{Quoted, quotations};
use crate::syntax::{Kind, Tree};
use crate::{Cx, Extractor, Tier};
pub use certainty::{is_hedged, says_no};
use cue::cues;
pub(crate) use cue::{hedged, says};
use find::{Said, Sentence};
use model::{Attribution, Layers, Span, Spans};

pub(crate) const ATTRIBUTION: Extractor = Extractor {
    name: "attribution",
    version: 7,
    about: "who says what, on whose word, how certainly",
    example: "The harbour master said that the crane had failed.",
    languages: &["en"],
    rules: include_str!("../../rules/en/attribution.toml"),
    tier: Tier::Deep,
    run,
};

fn run(cx: &Cx, layers: &mut Layers) {
    layers.attributions = attributions(cx);
    for (list, certainty) in crate::hedge::governed(cx.text, cx.passages) {
        // What somebody named says in the list he says as firmly as anywhere: the author leaves open what it has to do with his list.
        let own = |row: &Attribution| row.source.is_empty() || row.kind == model::SourceKind::Author;
        let within = layers.attributions.iter_mut().filter(|row| own(row) && list.covers(row.content.hull()));
        within.for_each(|row| row.certainty = row.certainty.max(certainty));
    }
}

/// All attributions of a document, in the order of their beginnings.
pub(crate) fn attributions(cx: &Cx) -> Vec<Attribution> {
    let mut quotes = quotations(cx.text);
    let inner: Vec<Quoted> = quotes.iter().filter(|quoted| quoted.depth == 1).copied().collect();
    // Nested ones play no part below; those that are left do not overlap.
    quotes.retain(|quoted| quoted.depth == 0);
    let mut found: Vec<Attribution> =
        quoted::speeches(cx, &quotes).into_iter().filter_map(|speech| spoken(cx, speech)).collect();
    let mut quoted: Vec<Span> = found.iter().flat_map(|row| row.content.iter()).collect();
    found.extend(quoted_within(cx, &inner, &quotes));
    let mut told: Vec<Span> = found.iter().filter_map(|row| row.cue.last().copied()).collect();
    told.sort_unstable();
    quoted.sort_unstable();
    for (at, sentence) in cx.sentences.iter().enumerate() {
        let words = sentence.of(cx.text);
        if !may_tell(words) {
            continue;
        }
        let tree = cx.tree(at);
        if tree.words.is_empty() {
            continue;
        }
        let read = sentence_of(cx.text, &tree, &quotes);
        let said = distinct(&read, read.said());
        for said in said {
            // A verb that leads to a quotation leads to nothing else; what stands within one is said by its speaker.
            let cue = tree.words[said.cue].span;
            let leads = covers(&told, cue);
            let again = said.rule == "attribution.quotation"
                && said.content.iter().any(|word| covers(&quoted, tree.words[*word].span));
            let used = leads || again;
            if !used {
                found.extend(attribution(cx, at, &read, &said, &quotes));
            }
        }
    }
    for row in &mut found {
        let words: Vec<&str> = row.content.iter().map(|span| span.of(cx.text)).collect();
        let denies = certainty::says_no(&words.join(" "));
        if denies && row.certainty != model::Certainty::Denied {
            row.polarity = model::Polarity::Negative;
        }
    }
    not_another_s(&mut found);
    told_through(&mut found);
    found.extend(label::labelled(cx));
    found.sort_by_key(|row| (row.content.hull(), row.cue.first().copied()));
    found.dedup_by(|a, b| a.content == b.content && a.cue == b.cue);
    nest(&mut found);
    found
}

/// "He told me ‘it is over, go home’": what somebody in a quotation quotes, with a speaker who stands in it too.
fn quoted_within(cx: &Cx, inner: &[Quoted], outer: &[Quoted]) -> Vec<Attribution> {
    let rows = quoted::speeches(cx, inner).into_iter().filter_map(|speech| spoken(cx, speech));
    let held = |row: &Attribution| {
        let Some(around) = outer.iter().find(|quoted| quoted.span.covers(row.content.hull())) else {
            return false;
        };
        row.source.iter().chain(&row.cue).all(|span| around.span.covers(*span))
    };
    rows.filter(held).collect()
}

/// What stands in the words of a speaker is hedged by him and not by the author, and says nothing that his row does not.
fn not_another_s(rows: &mut Vec<Attribution>) {
    let mut told: Vec<Span> = rows
        .iter()
        .filter(|row| row.kind != model::SourceKind::Author)
        .flat_map(|row| row.content.iter())
        .collect();
    told.sort_unstable();
    let mut reach = 0;
    let ends: Vec<usize> = told
        .iter()
        .map(|span| {
            reach = reach.max(span.end());
            reach
        })
        .collect();
    rows.retain(|row| {
        let Some(cue) =
            row.cue.first().filter(|_| row.kind == model::SourceKind::Author && row.source.is_empty())
        else {
            return true;
        };
        let before = told.partition_point(|span| span.start() <= cue.start());
        before == 0 || ends[before - 1] < cue.end()
    });
}

/// Whether one of some spans in order, none over another, covers this one.
fn covers(spans: &[Span], span: Span) -> bool {
    let next = spans.partition_point(|known| known.end() < span.end());
    spans.get(next).is_some_and(|known| known.covers(span))
}

/// "…," Wang said, according to the ministry: where all that one source tells is that another says something, it tells
/// what that one says.
fn told_through(rows: &mut [Attribution]) {
    // By where the first word of source or cue stands.
    let said = |row: &Attribution| -> Option<(Span, usize, usize)> {
        let spans = || row.source.iter().chain(&row.cue).copied();
        let hull = spans().reduce(Span::join)?;
        Some((hull, spans().map(Span::len).sum(), spans().count()))
    };
    let mut tellers: Vec<(Span, usize, usize)> = rows
        .iter()
        .enumerate()
        .filter_map(|(at, row)| {
            said(row).filter(|(.., count)| *count > 1).map(|(hull, all, _)| (hull, all, at))
        })
        .collect();
    tellers.sort_unstable();
    for at in 0..rows.len() {
        let hull = rows[at].content.hull();
        let first = tellers.partition_point(|(told, ..)| told.start() < hull.start());
        // Source and cue make up all that is told but for a mark or two, so the first few that begin in it are enough.
        let inside = tellers[first..].iter().take(4).take_while(|(told, ..)| told.start() < hull.end());
        let held = inside
            .filter(|(_, _, other)| *other != at)
            .find(|(told, all, _)| hull.covers(*told) && hull.len() <= all + 6);
        if let Some((_, _, other)) = held.copied() {
            let own: Vec<Span> = rows[at].content.iter().chain(rows[other].content.iter()).collect();
            if let Some(spans) = Spans::new(own) {
                rows[at].content = spans;
            }
        }
    }
}

/// Whether a sentence has a word that can tell that something is said.
fn may_tell(words: &str) -> bool {
    // "For the baker it was the end."
    let view = words.starts_with("For ") || words.starts_with("To ");
    if view
        && [" it ", " this ", " that ", " these ", " those ", " there "].iter().any(|it| words.contains(it))
    {
        return true;
    }
    let mut lower = String::new();
    // What is framed, or somebody is sure of, has a word that opens it.
    let (mut framed, mut opened) = (false, false);
    let tells = words.split(|c: char| !c.is_alphanumeric() && c != '\'').any(|word| {
        lower.clear();
        lower.extend(word.chars().flat_map(char::to_lowercase));
        let cue = cues().of(&lower);
        framed |= cue.frame.is_some() || cue.state.is_some();
        opened |= matches!(
            lower.as_str(),
            "that" | "whether" | "who" | "what" | "how" | "why" | "where" | "if" | "to"
        );
        cue.tells()
            || cues().takes_particle(&lower)
            || lower.starts_with("seem")
            || lower.starts_with("appear")
    });
    tells || framed && opened
}

fn sentence_of<'t>(text: &'t str, tree: &'t Tree, quotes: &[Quoted]) -> Sentence<'t> {
    let lower: Vec<String> = tree.words.iter().map(|word| word.span.of(text).to_lowercase()).collect();
    let cues = lower.iter().map(|word| cue::cues().of(word)).collect();
    let quoted = tree
        .words
        .iter()
        .map(|word| {
            let next = quotes.partition_point(|quoted| quoted.span.end() < word.span.end());
            quotes.get(next).filter(|quoted| quoted.span.covers(word.span)).map(|_| next)
        })
        .collect();
    Sentence { text, tree, lower, cues, quoted }
}

/// Of cues with one content the one nearest to it, and none whose words are another's.
fn distinct(sentence: &Sentence, mut said: Vec<Said>) -> Vec<Said> {
    // Within a quotation "I think" and "you know" are part of what its speaker says.
    said.retain(|one| {
        let Some((head, _)) = &one.source else { return true };
        let own = matches!(sentence.lower[*head].as_str(), "i" | "you" | "we");
        !(own && (sentence.quoted[one.cue].is_some() || sentence.lower[*head] == "you"))
    });
    let mut kept: Vec<Said> = Vec::new();
    // What a clause carries is firmer than what merely stands near.
    said.sort_by_key(|one| (one.rule == "attribution.quotation", one.rule == "attribution.adverb", one.cue));
    for one in said {
        let same = |other: &Said| other.content == one.content && one.rule != "attribution.adverb";
        let near = |other: &Said| {
            // What the author frames may be what somebody says.
            one.rule == "attribution.quotation"
                && other.given.is_none()
                && other.content.iter().any(|at| one.content.contains(at) && sentence.quoted[*at].is_some())
        };
        if !kept.iter().any(|other| same(other) || near(other)) {
            kept.push(one);
        }
    }
    kept
}

fn attribution(
    cx: &Cx,
    at: usize,
    sentence: &Sentence,
    said: &Said,
    quotes: &[Quoted],
) -> Option<Attribution> {
    let mut cue = said.beside.clone();
    cue.push(said.cue);
    cue.sort_unstable();
    cue.dedup();
    let (words, untrue) = without_verdict(sentence, said);
    if about_name(sentence, &words) {
        return None;
    }
    let mut content = sentence.spans(&words);
    carry_on(cx, at, sentence, said, quotes, &mut content);
    let content = Spans::new(content)?;
    let (kind, certainty, polarity) = said.given.unwrap_or_else(|| {
        let kind = source::kind(sentence, said);
        let (certainty, polarity) = match untrue {
            true => (model::Certainty::Denied, model::Polarity::Negative),
            false => certainty::judge(sentence, said, kind),
        };
        (kind, certainty, polarity)
    });
    // "One can only speculate": one is nobody else.
    let named = said
        .source
        .as_ref()
        .filter(|(head, _)| kind != model::SourceKind::Author || sentence.word(*head) != "one");
    Some(Attribution {
        source: named.map(|(_, words)| sentence.spans(words)).unwrap_or_default(),
        cue: sentence.spans(&cue),
        refs: references(sentence.text, content.hull()),
        content,
        kind,
        certainty,
        polarity,
        parent: None,
        by: said.rule,
    })
}

/// What is said without what the teller makes of it at the end, "claims that … are false", and whether that is that it is not so.
fn without_verdict(sentence: &Sentence, said: &Said) -> (Vec<usize>, bool) {
    let word = |at: usize| sentence.lower.get(at).map_or("", String::as_str);
    let claims = ["claim", "report", "allegation", "rumour", "rumor", "accusation", "suggestion"];
    let noun = claims.iter().any(|stem| word(said.cue).starts_with(stem))
        && sentence.tree.words.get(said.cue + 1).is_some()
        && word(said.cue + 1) == "that";
    let [rest @ .., is, last] = said.content.as_slice() else { return (said.content.clone(), false) };
    let untrue = ["false", "untrue", "baseless", "unfounded", "fabricated", "wrong", "groundless"]
        .contains(&word(*last));
    let ends = (last + 1..sentence.tree.words.len()).all(|at| sentence.tree.words[at].kind == Kind::Punct);
    match noun && untrue && ends && ["is", "are", "was", "were"].contains(&word(*is)) {
        true => (rest.to_vec(), true),
        false => (said.content.clone(), false),
    }
}

/// Whether it is only said that somebody would rather not be named.
fn about_name(sentence: &Sentence, words: &[usize]) -> bool {
    let names = ["name", "names", "named", "identified", "anonymity", "anonymous"];
    words.len() < 8
        && words.iter().any(|at| names.contains(&sentence.lower[*at].as_str()))
        && words.iter().any(|at| ["not", "give", "remain", "speak"].contains(&sentence.lower[*at].as_str()))
}

/// A quotation with its speaker as an attribution.
fn spoken(cx: &Cx, speech: quoted::Speech) -> Option<Attribution> {
    let content = Spans::new(speech.content)?;
    let kind = match &speech.source_words {
        None => model::SourceKind::Named,
        Some((kind, head, first)) => source::of_words(*kind, head, first),
    };
    Some(Attribution {
        source: speech.source,
        cue: speech.cue,
        refs: references(cx.text, content.hull()),
        content,
        kind,
        certainty: certainty::by_signature(speech.signature, ""),
        polarity: model::Polarity::Positive,
        parent: None,
        by: "attribution.speech",
    })
}

/// A content that ends inside quotation marks goes on to their end, and back to their beginning; a quotation that
/// begins the next sentence and tells of no other speaker is still his.
fn carry_on(
    cx: &Cx,
    at: usize,
    sentence: &Sentence,
    said: &Said,
    quotes: &[Quoted],
    content: &mut Vec<Span>,
) {
    if sentence.quoted[said.cue].is_some() {
        return;
    }
    let outer = |span: Span| {
        let first = quotes.partition_point(|quoted| quoted.span.end() <= span.start());
        let near = quotes[first..].iter().take_while(|quoted| quoted.span.start() < span.end());
        let mut near = near.filter(|quoted| quoted.span.covers(span) || quoted.span.len() * 2 > span.len());
        near.next()
    };
    let own = cx.sentences[at];
    let mut last = None;
    for span in content.clone() {
        if let Some(quoted) = outer(span).filter(|quoted| quoted.span.of(cx.text).split(' ').count() > 3) {
            let beyond = !own.covers(quoted.span);
            if beyond {
                content.push(quoted.span);
            }
            last = Some(quoted.span);
        }
    }
    // "…," he said. "…"
    let Some(last) = last.filter(|last| last.end() <= own.end() && said.cue > 0) else { return };
    let told = sentence.tree.words[said.cue].span;
    let Some(next) = cx.sentences.get(at + 1) else { return };
    let between = &cx.text[own.end()..next.start().max(own.end())];
    if told.start() < last.start() || between.contains("\n") {
        return;
    }
    let follows = quotes.get(quotes.partition_point(|quoted| quoted.span.start() < next.start()));
    let follows = follows.filter(|quoted| quoted.span.start() == next.start());
    if let Some(quoted) = follows.filter(|quoted| {
        // What stands outside the marks in the sentence in which they close must tell of nobody else.
        let closing =
            cx.sentences.get(cx.sentences.partition_point(|sentence| sentence.end() < quoted.span.end()));
        closing.is_none_or(|closing| {
            let rest = Span::checked(quoted.span.end().min(closing.end()), closing.end());
            rest.is_none_or(|rest| !may_tell(rest.of(cx.text)))
        })
    }) {
        content.push(quoted.span);
    }
}

/// Numbers of references in a stretch and right behind it: "[7]", "[5, 6]".
fn references(text: &str, span: Span) -> Vec<u32> {
    let mut end = span.end();
    // Marks and brackets right behind the words belong to them.
    let behind = text[end..].char_indices().take(24);
    let mut open = false;
    for (at, c) in behind {
        match c {
            '[' => open = true,
            ']' if open => {
                open = false;
                end = span.end() + at + 1;
            }
            _ if open && (c.is_ascii_digit() || matches!(c, ',' | ' ' | '-' | '–')) => {}
            '.' | ',' | '"' | '”' | '“' | '’' | ' ' | ';' | '»' => {}
            _ => break,
        }
    }
    let mut refs = Vec::new();
    for part in text[span.start()..end].split('[').skip(1) {
        let Some((inside, _)) = part.split_once(']') else { continue };
        if inside.is_empty() || !inside.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | ' ')) {
            continue;
        }
        refs.extend(
            inside
                .split(',')
                .filter_map(|number| number.trim().parse::<u32>().ok())
                .filter(|number| *number < 1000),
        );
    }
    refs
}

/// Gives each attribution the smallest one whose content holds it.
fn nest(rows: &mut [Attribution]) {
    let shape: Vec<(Span, usize)> =
        rows.iter().map(|row| (row.content.hull(), row.content.covered())).collect();
    let longest = shape.iter().map(|(hull, _)| hull.len()).max().unwrap_or(0);
    for at in 0..rows.len() {
        let Some(cue) = rows[at].cue.first().copied() else { continue };
        // Rows stand in the order of their contents: those that can hold the cue begin before it and no further than the longest reaches.
        let first = shape.partition_point(|(hull, _)| hull.start() + longest < cue.end());
        let holds = |other: &usize| {
            shape[*other].0.covers(cue)
                && shape[*other].1 > shape[at].1
                && rows[*other].content.iter().any(|span| span.covers(cue))
        };
        let around = (first..rows.len()).take_while(|other| shape[*other].0.start() <= cue.start());
        let parent = around.filter(|other| *other != at).filter(holds).min_by_key(|other| shape[*other].1);
        rows[at].parent = parent.map(|other| other as u32);
    }
}
