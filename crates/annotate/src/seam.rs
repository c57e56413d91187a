//! Seams: places where a text reads as pasted.
//!
//! A text written in one go keeps its habits: how it spells a name, which quotation marks it sets, what follows a full
//! stop. A passage that breaks a habit of the rest, or speaks of "this month" as if it stood somewhere else, may
//! have been written elsewhere. Each sign is weak and says only that; nothing here says from where.

use crate::quotation::quotations;
use model::{Passage, PassageKind, Span};
use std::collections::{BTreeMap, BTreeSet};

/// What breaks a habit.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum SeamKind {
    /// A name is spelled here as nowhere else, and elsewhere otherwise.
    Spelling,
    /// British and American spelling of one word change once.
    Variety,
    /// No-break or double spaces stand here and not in most other passages.
    Spacing,
    /// Quotation marks of another style than the rest.
    Marks,
    /// A day or month is named as seen from a moment that is not given ("this month", "on Tuesday").
    Deixis,
    /// A quotation opens and never closes.
    Unclosed,
}

impl SeamKind {
    /// All kinds.
    pub const ALL: [SeamKind; 6] = [
        SeamKind::Spelling,
        SeamKind::Variety,
        SeamKind::Spacing,
        SeamKind::Marks,
        SeamKind::Deixis,
        SeamKind::Unclosed,
    ];

    /// The word of the exchange format.
    pub fn word(self) -> &'static str {
        match self {
            SeamKind::Spelling => "spelling",
            SeamKind::Variety => "variety",
            SeamKind::Spacing => "spacing",
            SeamKind::Marks => "marks",
            SeamKind::Deixis => "deixis",
            SeamKind::Unclosed => "unclosed",
        }
    }

    /// What it says, for a reader.
    pub fn gloss(self) -> &'static str {
        match self {
            SeamKind::Spelling => "spells a name as the rest of the text does not",
            SeamKind::Variety => "British and American spelling change here",
            SeamKind::Spacing => "no-break or double spaces, as in few other passages",
            SeamKind::Marks => "quotation marks of another style than the rest",
            SeamKind::Deixis => "speaks from a day or month that the text does not give",
            SeamKind::Unclosed => "a quotation opens and never closes",
        }
    }
}

/// A passage that reads as pasted, and the words that make it so.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Seam {
    /// The passage.
    pub passage: Span,
    /// The words or marks.
    pub span: Span,
    /// What they break.
    pub kind: SeamKind,
}

/// The seams of a text, in its order: at most one of a kind a passage.
pub fn seams(text: &str, passages: &[Passage]) -> Vec<Seam> {
    let own: Vec<Span> = passages
        .iter()
        .filter(|p| matches!(p.kind, PassageKind::Paragraph | PassageKind::List | PassageKind::Quote))
        .map(|p| p.span)
        .collect();
    // A habit needs a text to be kept in.
    if own.len() < LEAST_PASSAGES {
        return Vec::new();
    }
    let mut found = Vec::new();
    found.extend(spellings(text, &own));
    found.extend(varieties(text, &own));
    found.extend(spaces(text, &own));
    found.extend(marks(text, &own));
    found.extend(deixis(text, &own));
    found.extend(unclosed(text, &own));
    found.sort_by_key(|seam| (seam.passage, seam.kind, seam.span));
    found.dedup_by_key(|seam| (seam.passage, seam.kind));
    found
}

/// Passages a text needs before it can be said to have habits.
const LEAST_PASSAGES: usize = 6;
/// The share of passages that may break a habit; where more do it is none.
const MOST: f64 = 0.3;

fn few(broken: usize, of: usize) -> bool {
    broken > 0 && broken as f64 <= MOST * of as f64
}

/// Words with their places.
fn words(text: &str, passage: Span) -> impl Iterator<Item = (Span, &str)> {
    let tokens = model::token::tokens(passage.of(text));
    tokens.filter(|token| token.kind == model::token::TokenKind::Word).map(move |token| {
        let span = Span::new(token.span.start() + passage.start(), token.span.end() + passage.start());
        (span, span.of(text))
    })
}

/// Names of at least five letters that differ in one letter from a more frequent one and stand in few passages, none of
/// which has the other form.
fn spellings(text: &str, passages: &[Span]) -> Vec<Seam> {
    let mut places: BTreeMap<&str, Vec<(usize, Span)>> = BTreeMap::new();
    let mut lower: BTreeSet<String> = BTreeSet::new();
    for (at, passage) in passages.iter().enumerate() {
        for (span, word) in words(text, *passage) {
            let word = word.trim_end_matches("'s").trim_end_matches("’s");
            if word.chars().count() >= 5 && word.chars().next().is_some_and(char::is_uppercase) {
                places.entry(word).or_default().push((at, span));
            } else {
                lower.insert(word.to_lowercase());
            }
        }
    }
    places.retain(|name, _| !lower.contains(&name.to_lowercase()));
    let mut found = Vec::new();
    // One name spelled in two ways begins with the same two letters: only such are compared.
    let mut alike: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for name in places.keys() {
        alike.entry(name.chars().flat_map(char::to_lowercase).take(2).collect()).or_default().push(name);
    }
    for names in alike.values() {
        for (first, second) in pairs(names) {
            let often = places[first].len().max(places[second].len());
            if often < 3 || !is_respelling(first, second) {
                continue;
            }
            let (rare, usual) = match places[first].len() < places[second].len() {
                true => (&places[first], &places[second]),
                false => (&places[second], &places[first]),
            };
            let of = |list: &[(usize, Span)]| -> BTreeSet<usize> { list.iter().map(|(at, _)| *at).collect() };
            let (rare_in, usual_in) = (of(rare), of(usual));
            if usual.len() >= 3 && rare_in.is_disjoint(&usual_in) && few(rare_in.len(), passages.len()) {
                found.extend(rare.iter().map(|(at, span)| Seam {
                    passage: passages[*at],
                    span: *span,
                    kind: SeamKind::Spelling,
                }));
            }
        }
    }
    found
}

/// Every two of some names whose lengths differ by a letter at most.
fn pairs<'n>(names: &[&'n str]) -> impl Iterator<Item = (&'n str, &'n str)> {
    let mut by_length: Vec<&str> = names.to_vec();
    by_length.sort_by_key(|name| name.chars().count());
    let mut found = Vec::new();
    for (at, first) in by_length.iter().enumerate() {
        let length = first.chars().count();
        let near = by_length[at + 1..].iter().take_while(|second| second.chars().count() <= length + 1);
        found.extend(near.map(|second| (*first, *second)));
    }
    found.into_iter()
}

/// Whether two names are one name spelled in two ways: they begin alike and differ by one letter that transliterations
/// differ in, not by an ending that grammar adds.
fn is_respelling(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) =
        (a.to_lowercase().chars().collect(), b.to_lowercase().chars().collect());
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let head = short.iter().zip(&long).take_while(|(x, y)| x == y).count();
    let tail = short.iter().rev().zip(long.iter().rev()).take_while(|(x, y)| x == y).count();
    if head < 2 || tail == 0 || short == long {
        return false;
    }
    const SOFT: &[char] = &['y', 'i', 'j', 'h', 'e', 'k', 'q', 'c', 'u', 'w', 'v', 'o', 'a', 's', 'z'];
    match long.len() - short.len() {
        // Inside a name, not one name of many that share an ending.
        1 => head + tail >= short.len() && SOFT.contains(&long[head]),
        0 => {
            head + tail + 1 == short.len()
                && SOFT.contains(&short[head])
                && SOFT.contains(&long[head])
                && short.len() >= 7
        }
        _ => false,
    }
}

/// Pairs of British and American endings and words.
const VARIETIES: &[(&str, &str)] = &[
    ("colour", "color"),
    ("labour", "labor"),
    ("favour", "favor"),
    ("honour", "honor"),
    ("behaviour", "behavior"),
    ("neighbour", "neighbor"),
    ("centre", "center"),
    ("theatre", "theater"),
    ("defence", "defense"),
    ("programme", "program"),
    ("organis", "organiz"),
    ("mobilis", "mobiliz"),
    ("stabilis", "stabiliz"),
    ("recognis", "recogniz"),
    ("realis", "realiz"),
    ("analys", "analyz"),
    ("criticis", "criticiz"),
    ("modernis", "moderniz"),
    ("destabilis", "destabiliz"),
    ("privatis", "privatiz"),
    ("militaris", "militariz"),
    ("travelled", "traveled"),
    ("cancelled", "canceled"),
];

/// Passages that side with the rarer variety, where the text has both.
fn varieties(text: &str, passages: &[Span]) -> Vec<Seam> {
    // Nouns in -isation's family that are the same in both are not in the list: "analysis", "criticism", "realism".
    const SAME: &[&str] =
        &["analysis", "analyses", "analyst", "criticism", "realism", "realist", "programmer"];
    let mut sides: [Vec<(usize, Span)>; 2] = [Vec::new(), Vec::new()];
    for (at, passage) in passages.iter().enumerate() {
        for (span, word) in words(text, *passage) {
            let low = word.to_lowercase();
            // A name of a body is spelled as it spells itself.
            if SAME.iter().any(|same| low.starts_with(same))
                || (at > 0 && word.starts_with(char::is_uppercase))
            {
                continue;
            }
            for (british, american) in VARIETIES {
                if low.starts_with(british) {
                    sides[0].push((at, span));
                } else if low.starts_with(american) {
                    sides[1].push((at, span));
                }
            }
        }
    }
    let passages_of = |side: &[(usize, Span)]| side.iter().map(|(at, _)| *at).collect::<BTreeSet<usize>>();
    let (british, american) = (passages_of(&sides[0]), passages_of(&sides[1]));
    let rarer = usize::from(american.len() < british.len());
    let (rare_in, other) = if rarer == 1 { (&american, &british) } else { (&british, &american) };
    match few(rare_in.len(), passages.len()) && !other.is_empty() {
        false => Vec::new(),
        true => sides[rarer]
            .iter()
            .map(|(at, span)| Seam { passage: passages[*at], span: *span, kind: SeamKind::Variety })
            .collect(),
    }
}

/// No-break spaces and double spaces after a full stop, where most passages have neither.
fn spaces(text: &str, passages: &[Span]) -> Vec<Seam> {
    let odd = |passage: &Span| -> Option<Span> {
        let words = passage.of(text);
        let inside = words.trim_end();
        // French sets a no-break space before high punctuation and inside guillemets.
        let no_break = inside.char_indices().find(|(at, c)| {
            matches!(c, '\u{A0}' | '\u{202F}')
                && !inside[at + c.len_utf8()..].starts_with([':', ';', '!', '?', '»', '%', '–', '—'])
                && !inside[..*at].ends_with(['«', '–', '—'])
                && !inside[..*at].ends_with(|c: char| c.is_ascii_digit())
        });
        let double = ["\u{2E}  ", "!  ", "?  ", ")  "].iter().filter_map(|mark| inside.find(mark)).min();
        let (at, length) = match (no_break, double) {
            (Some((at, c)), _) => (at, c.len_utf8()),
            (None, Some(at)) => (at, 3),
            (None, None) => return None,
        };
        Span::checked(passage.start() + at, passage.start() + at + length)
    };
    let found: Vec<Seam> = passages
        .iter()
        .filter_map(|passage| Some(Seam { passage: *passage, span: odd(passage)?, kind: SeamKind::Spacing }))
        .collect();
    if few(found.len(), passages.len()) { found } else { Vec::new() }
}

/// Straight quotation marks among curly ones, or the other way round.
fn marks(text: &str, passages: &[Span]) -> Vec<Seam> {
    let style = |passage: &Span| -> Option<(bool, Span)> {
        let words = passage.of(text);
        let (at, c) = words.char_indices().find(|(_, c)| matches!(c, '"' | '“' | '”' | '„' | '«'))?;
        Some((c == '"', Span::checked(passage.start() + at, passage.start() + at + c.len_utf8())?))
    };
    let styles: Vec<(Span, bool, Span)> = passages
        .iter()
        .filter_map(|passage| style(passage).map(|(straight, span)| (*passage, straight, span)))
        .collect();
    let straight = styles.iter().filter(|(_, straight, _)| *straight).count();
    let rarer = straight * 2 <= styles.len();
    let count = if rarer { straight } else { styles.len() - straight };
    match few(count, styles.len()) && styles.len() - count >= 3 {
        false => Vec::new(),
        true => styles
            .into_iter()
            .filter(|(_, straight, _)| *straight == rarer)
            .map(|(passage, _, span)| Seam { passage, span, kind: SeamKind::Marks })
            .collect(),
    }
}

const UNITS: [&str; 4] = ["week", "month", "weekend", "morning"];

/// "This month's", "on Tuesday", "yesterday": words that stand on the day of writing, in passages that name no day or
/// month themselves, where few passages speak so.
fn deixis(text: &str, passages: &[Span]) -> Vec<Seam> {
    let mut found = Vec::new();
    for passage in passages {
        let all: Vec<(Span, String)> =
            words(text, *passage).map(|(span, word)| (span, word.to_lowercase())).collect();
        let anchored = crate::annotate(passage.of(text), None).times.iter().any(|time| time.names_a_day());
        let quoted = quotations(passage.of(text));
        let in_quotation = |span: Span| {
            quoted.iter().any(|quoted| {
                quoted.span.start() + passage.start() <= span.start()
                    && span.end() <= quoted.span.end() + passage.start()
            })
        };
        let seam = all.windows(2).find_map(|two| {
            let ((span, word), (next_span, next)) = (&two[0], &two[1]);
            let bare = |word: &str| word.trim_end_matches("'s").trim_end_matches("’s").to_owned();
            let near = word == "this" && UNITS.contains(&bare(next).as_str());
            let day = word == "on" && crate::words::is_weekday(&bare(next));
            let whole = span.join(*next_span);
            // "On Tuesday, January 4" is anchored, and what somebody else says is said on their day.
            ((near || day) && !anchored && !in_quotation(whole)).then_some(whole)
        });
        found.extend(seam.map(|span| Seam { passage: *passage, span, kind: SeamKind::Deixis }));
    }
    if few(found.len(), passages.len()) { found } else { Vec::new() }
}

/// Quotations that open and never close.
fn unclosed(text: &str, passages: &[Span]) -> Vec<Seam> {
    let of = |passage: &Span| {
        let quoted =
            quotations(passage.of(text)).into_iter().find(|quoted| !quoted.closed && quoted.depth == 0)?;
        // A quotation mark that a headline or a list entry lost is no paragraph of somebody else's.
        (quoted.span.len() >= 80)
            .then(|| Span::new(passage.start() + quoted.span.start(), passage.start() + quoted.span.end()))
    };
    let found: Vec<Seam> = passages
        .iter()
        .filter_map(|passage| Some(Seam { passage: *passage, span: of(passage)?, kind: SeamKind::Unclosed }))
        .collect();
    if few(found.len(), passages.len()) { found } else { Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::passage::{Markup, passages};

    fn check(text: &str) -> Vec<(SeamKind, &str)> {
        let found = seams(text, &passages(text, Markup::Plain));
        found.into_iter().map(|seam| (seam.kind, seam.span.of(text))).collect()
    }

    fn text(last: &str) -> String {
        let plain = "Governor Petrovsky closed the labour office on 3 May 2019 and “nobody” could say for how long it would be.";
        let mut paragraphs = vec![plain; 7];
        paragraphs.push(last);
        paragraphs.join("\n\n")
    }

    #[test]
    fn a_passage_that_breaks_the_habits_of_the_rest_reads_as_pasted() {
        let find = |last: &str| {
            check(&text(last)).into_iter().map(|(kind, words)| (kind, words.to_owned())).collect::<Vec<_>>()
        };
        let one = |kind, words: &str| vec![(kind, words.to_owned())];
        assert_eq!(
            find("It was Petrovskiy who had signed it, they said."),
            one(SeamKind::Spelling, "Petrovskiy")
        );
        assert_eq!(
            find("It was Petrowsky who had signed it, they said in the town."),
            one(SeamKind::Spelling, "Petrowsky")
        );
        assert_eq!(
            find("The labor unions met and went home again after an hour of talks."),
            one(SeamKind::Variety, "labor")
        );
        assert_eq!(
            find("They met.\u{A0}Then they went home again after an hour of talks."),
            one(SeamKind::Spacing, "\u{A0}")
        );
        assert_eq!(
            find("They spoke of a \"plot\" and went home again after an hour."),
            one(SeamKind::Marks, "\"")
        );
        assert_eq!(
            find("This month’s meeting ended early and everybody went home."),
            one(SeamKind::Deixis, "This month’s")
        );
        let open = "One of them said, “we had no idea of what was going to happen to us when the gates were opened that night.";
        assert_eq!(find(open)[0].0, SeamKind::Unclosed);
        assert_eq!(find("Governor Petrovsky had closed the labour office and left the town."), []);
    }

    #[test]
    fn short_texts_have_no_habits() {
        assert_eq!(check("One says colour.\n\nOne says color."), []);
    }
}
