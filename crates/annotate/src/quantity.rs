//! Quantities: numbers with the words that bound them and the noun they count.
//!
//! A first, crude reader: it looks at the words beside a number and knows no grammar, so it can take the
//! wrong noun. It keeps the words and the span of everything it says, and never turns a vague word into a
//! number.

use crate::rules::Classes;
use crate::words::{Word, is_plural, lower, singular, words};
use crate::{Cx, Extractor, Tier};
use model::time::Value;
use model::token::TokenKind;
use model::{Layers, Quantity, Span};
use std::sync::LazyLock;

pub(crate) const QUANTITY: Extractor = Extractor {
    name: "quantity",
    version: 1,
    about: "numbers as intervals, with the words that bound them and the noun they count",
    example: "just over 3,000 dockers",
    languages: &["en"],
    rules: include_str!("../rules/en/quantity.toml"),
    tier: Tier::Fast,
    run,
};

static COUNTED: LazyLock<Classes> = LazyLock::new(|| Classes::read(include_str!("../rules/en/counted.toml")));

fn run(cx: &Cx, layers: &mut Layers) {
    for sentence in &cx.sentences {
        let words = words(cx.text, *sentence);
        let mut at = 0;
        while at < words.len() {
            match quantity(&words, at, cx.text) {
                Some((quantity, next)) => {
                    // The numbers of dates and clocks are no quantities; those of lengths are.
                    let place = layers.times.partition_point(|time| time.span.end() <= quantity.span.start());
                    let dated = layers.times.get(place).is_some_and(|time| {
                        time.span.start() < quantity.span.end()
                            && matches!(time.value, Value::Calendar(_) | Value::Interval(..))
                    });
                    if !dated {
                        layers.quantities.push(quantity);
                    }
                    at = next;
                }
                None => at += 1,
            }
        }
    }
}

/// A number as read: its value, the words it takes and whether it was written in words.
struct Number {
    value: f64,
    end: usize,
    in_words: bool,
    multiplied: bool,
}

fn quantity(words: &[Word], at: usize, text: &str) -> Option<(Quantity, usize)> {
    let first = number(words, at)?;
    if is_no_quantity(words, at, first.end, text) {
        return None;
    }
    let second = second_number(words, &first);
    let (mut low, mut high, mut end) = (first.value, first.value, first.end);
    if let Some((number, scale)) = &second {
        (low, high, end) = (first.value * scale, number.value, number.end);
        if high <= low {
            return None;
        }
    }
    let bound = bound_before(words, at);
    let (counted, noun, bracketed) = counted(words, at, end)?;
    if first.in_words && second.is_none() && first.value == 1.0 {
        return None;
    }
    let (low, high, change) = match bound.kind {
        Bound::Exact => (Some(low), Some(high), '='),
        Bound::About => (Some(low), Some(high), '~'),
        Bound::AtMost => (None, Some(high), '<'),
        Bound::AtLeast => (Some(low), None, '>'),
        Bound::JustOver => (Some(low), Some(high * 1.1), '>'),
        Bound::JustUnder => (Some(low * 0.9), Some(high), '<'),
    };
    let start = words[bound.start].span.start();
    let by = match (bracketed, second.is_some(), first.in_words) {
        (true, ..) => "quantity.bracketed",
        (_, true, _) => "quantity.range",
        (_, _, true) => "quantity.words",
        _ => "quantity.digits",
    };
    let quantity =
        Quantity { span: Span::new(start, words[end - 1].span.end()), low, high, change, noun, counted, by };
    Some((quantity, end))
}

const UNITS: &[&str] = &[
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const TENS: &[&str] = &["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

fn number(words: &[Word], at: usize) -> Option<Number> {
    let word = words.get(at)?;
    let (mut value, mut end, in_words) = match word.kind {
        TokenKind::Number => (digits(&word.lower)?, at + 1, false),
        TokenKind::Word => {
            let (value, end) = number_in_words(words, at)?;
            (value, end, true)
        }
        TokenKind::Mark => return None,
    };
    let mut multiplied = false;
    while let Some(multiplier) = multiplier(lower(words, end)) {
        value *= multiplier;
        end += 1;
        multiplied = true;
    }
    Some(Number { value, end, in_words, multiplied })
}

fn number_in_words(words: &[Word], at: usize) -> Option<(f64, usize)> {
    let word = lower(words, at);
    if let Some(unit) = UNITS.iter().position(|known| *known == word) {
        return Some((unit as f64, at + 1));
    }
    let tens = (TENS.iter().position(|known| *known == word)? as f64 + 2.0) * 10.0;
    let dash = usize::from(lower(words, at + 1) == "-");
    match UNITS.iter().position(|known| *known == lower(words, at + 1 + dash)) {
        Some(unit @ 1..=9) => Some((tens + unit as f64, at + 2 + dash)),
        _ => Some((tens, at + 1)),
    }
}

fn multiplier(word: &str) -> Option<f64> {
    match word {
        "hundred" => Some(1e2),
        "thousand" => Some(1e3),
        "million" | "mln" => Some(1e6),
        "billion" | "bln" | "bn" => Some(1e9),
        "trillion" => Some(1e12),
        "dozen" => Some(12.0),
        _ => None,
    }
}

/// "1,212", "10.9", "20000": digits in groups of three, or with one decimal point.
fn digits(word: &str) -> Option<f64> {
    let grouped = word.contains(',');
    let (whole, _) = word.split_once('.').unwrap_or((word, ""));
    let groups_of_three = whole.split(',').skip(1).all(|group| group.len() == 3);
    if grouped && !groups_of_three || word.matches('.').count() > 1 {
        return None;
    }
    word.replace(',', "").parse().ok()
}

/// The number after "to", "and" or a dash, and what the first has to be multiplied by.
fn second_number(words: &[Word], first: &Number) -> Option<(Number, f64)> {
    if !matches!(lower(words, first.end), "to" | "-" | "–" | "—" | "and" | "or") {
        return None;
    }
    let joined_by_and = matches!(lower(words, first.end), "and" | "or");
    let between = words[..first.end].iter().rev().take(4).any(|word| word.lower == "between");
    if joined_by_and && !between {
        return None;
    }
    let second = number(words, first.end + 1)?;
    // "5 to 7 thousand": the multiplier holds for both unless the first has its own.
    let bare = match words[first.end + 1].kind {
        TokenKind::Number => digits(&words[first.end + 1].lower)?,
        _ => number_in_words(words, first.end + 1)?.0,
    };
    let spreads = second.multiplied && !first.multiplied && first.value <= bare && bare > 0.0;
    let scale = if spreads { second.value / bare } else { 1.0 };
    (first.value * scale < second.value).then_some((second, scale))
}

#[derive(Clone, Copy)]
enum Bound {
    Exact,
    About,
    AtMost,
    AtLeast,
    JustOver,
    JustUnder,
}

struct Bounded {
    kind: Bound,
    start: usize,
}

/// The words before a number that bound it, longest first.
const BOUNDS: &[(&[&str], Bound)] = &[
    (&["a", "bit", "more", "than"], Bound::JustOver),
    (&["a", "little", "over"], Bound::JustOver),
    (&["slightly", "more", "than"], Bound::JustOver),
    (&["just", "over"], Bound::JustOver),
    (&["just", "under"], Bound::JustUnder),
    (&["not", "more", "than"], Bound::AtMost),
    (&["no", "more", "than"], Bound::AtMost),
    (&["no", "fewer", "than"], Bound::AtLeast),
    (&["no", "less", "than"], Bound::AtLeast),
    (&["not", "less", "than"], Bound::AtLeast),
    (&["more", "than"], Bound::AtLeast),
    (&["at", "least"], Bound::AtLeast),
    (&["at", "most"], Bound::AtMost),
    (&["less", "than"], Bound::AtMost),
    (&["fewer", "than"], Bound::AtMost),
    (&["as", "many", "as"], Bound::AtMost),
    (&["up", "to"], Bound::AtMost),
    (&["over"], Bound::AtLeast),
    (&["about"], Bound::About),
    (&["around"], Bound::About),
    (&["approximately"], Bound::About),
    (&["roughly"], Bound::About),
    (&["some"], Bound::About),
    (&["nearly"], Bound::JustUnder),
    (&["almost"], Bound::JustUnder),
    (&["between"], Bound::Exact),
];

fn bound_before(words: &[Word], at: usize) -> Bounded {
    for (phrase, kind) in BOUNDS {
        let Some(start) = at.checked_sub(phrase.len()) else { continue };
        if words[start..at].iter().zip(*phrase).all(|(word, said)| word.lower == *said) {
            return Bounded { kind: *kind, start };
        }
    }
    Bounded { kind: Bound::Exact, start: at }
}

/// Years, dates, clock times, reference marks, ordinals, versions, parts of names, "one of".
fn is_no_quantity(words: &[Word], at: usize, end: usize, text: &str) -> bool {
    let (before, after) = (at.checked_sub(1).map_or("", |b| lower(words, b)), lower(words, end));
    let word = &words[at];
    let glued_before =
        text[..word.span.start()].ends_with(|c: char| c.is_alphanumeric() || "-/._[#$€£".contains(c));
    let glued_after = text[word.span.end()..].starts_with([']', '/', ':', '_']);
    let year = word.kind == TokenKind::Number
        && word.lower.len() == 4
        && word.lower.parse::<u32>().is_ok_and(|n| (1500..=2099).contains(&n));
    let month = |word: &str| crate::time::is_month(word);
    let range_of_dates = matches!(before, "to" | "-" | "–" | "and") && at >= 3 && month(lower(words, at - 3));
    // A hyphen or dash straight before a digit is a range already read, or part of a name.
    let second_of_range = matches!(before, "-" | "–") && at >= 2 && words[at - 2].kind == TokenKind::Number;
    before == "[" && after == "]"
        || year
        || month(before)
        || month(after) && !matches!(after, "may" | "march")
        || range_of_dates
        || second_of_range
        || glued_after
        || glued_before && !matches!(before, "$" | "€" | "£")
        || after == "of" && lower(words, end + 1) == "the"
        || matches!(after, "st" | "nd" | "rd" | "th" | "am" | "pm")
        || matches!(
            before,
            "no" | "week"
                | "chapter"
                | "page"
                | "article"
                | "version"
                | "part"
                | "photo"
                | "figure"
                | "table"
        )
        || word.kind == TokenKind::Word
            && matches!(before, "the" | "other" | "each" | "every" | "this" | "that" | "no" | "any")
}

/// What is counted: the key, the printed noun, and whether it had to be sought before the number.
fn counted(words: &[Word], at: usize, end: usize) -> Option<(String, Option<Span>, bool)> {
    if let Some(noun) = noun_after(words, end) {
        let key = match container_before(words, at) {
            Some(class) => class,
            None => fate_after(words, noun).unwrap_or_else(|| class_or_singular(lower(words, noun))),
        };
        return Some((key, Some(words[noun].span), false));
    }
    let open =
        (0..at).rev().find(|b| matches!(lower(words, *b), "(" | ")")).filter(|b| lower(words, *b) == "(")?;
    let noun = (0..open).rev().find(|b| words[*b].kind == TokenKind::Word && is_plural(lower(words, *b)))?;
    Some((class_or_singular(lower(words, noun)), Some(words[noun].span), true))
}

/// The noun that follows: the last of up to three plain words, the first plural among them.
fn noun_after(words: &[Word], end: usize) -> Option<usize> {
    if matches!(lower(words, end), "%" | "percent") {
        return Some(end);
    }
    if lower(words, end) == "per" && lower(words, end + 1) == "cent" {
        return Some(end + 1);
    }
    let mut last = None;
    for (at, word) in words.iter().enumerate().skip(end).take(4) {
        if word.kind != TokenKind::Word || STOPS.contains(&word.lower.as_str()) {
            break;
        }
        last = Some(at);
        if is_plural(&word.lower) || COUNTED.class_of(&word.lower).is_some() {
            return last;
        }
    }
    last.filter(|at| *at == end)
}

/// Words at which the search for a noun stops.
const STOPS: &[&str] = &[
    "a",
    "an",
    "and",
    "as",
    "at",
    "but",
    "by",
    "for",
    "from",
    "had",
    "has",
    "have",
    "he",
    "in",
    "into",
    "is",
    "it",
    "its",
    "of",
    "on",
    "or",
    "out",
    "per",
    "she",
    "so",
    "than",
    "that",
    "the",
    "their",
    "then",
    "there",
    "they",
    "this",
    "to",
    "was",
    "we",
    "were",
    "when",
    "where",
    "which",
    "while",
    "who",
    "will",
    "with",
    "would",
    "are",
    "be",
    "been",
    "ago",
    "not",
    "percentage",
    "between",
    "only",
    "i",
    "his",
    "her",
    "our",
    "after",
    "before",
    "during",
    "about",
    "more",
    "times",
];

/// "contingent of about 5 to 7 thousand people": the noun before "of" says what kind of people.
fn container_before(words: &[Word], at: usize) -> Option<String> {
    let start = bound_before(words, at).start;
    let of = start.checked_sub(1).filter(|of| lower(words, *of) == "of")?;
    let holder = lower(words, of.checked_sub(1)?);
    COUNTED.class_of(holder).filter(|class| *class != "people").map(str::to_owned)
}

/// "40 people were killed": what happened to them is what the count is of.
fn fate_after(words: &[Word], noun: usize) -> Option<String> {
    if COUNTED.class_of(lower(words, noun)) != Some("people") {
        return None;
    }
    let near = words.iter().skip(noun + 1).take(4).take_while(|word| word.kind == TokenKind::Word);
    let fate =
        near.map(|word| word.lower.as_str()).find(|word| COUNTED.fates.iter().any(|fate| fate == word))?;
    COUNTED.class_of(fate).map(str::to_owned)
}

fn class_or_singular(word: &str) -> String {
    match word {
        "cent" => "percent".to_owned(),
        _ => COUNTED.class_of(word).map_or_else(|| singular(word), str::to_owned),
    }
}
