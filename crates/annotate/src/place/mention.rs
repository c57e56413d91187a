//! Where a text names places: the longest name at each capital letter, told from people and things.

use super::gazetteer::{Class, Record, gazetteer};
use super::table::table;
use model::token::{TokenKind, tokens};
use model::{PlaceUse, Span};
use std::collections::BTreeSet;

/// A name of one place or of several.
pub(super) struct Mention {
    pub(super) span: Span,
    pub(super) candidates: Vec<Record>,
    pub(super) usage: PlaceUse,
    /// The country and region that words behind a comma put it in.
    pub(super) within: Option<(u16, u16)>,
    /// The class that a word beside it asks for: "the town of", "province".
    pub(super) wants: Option<Class>,
    /// A word that leads to places stands before it.
    pub(super) placed: bool,
    /// The middle of a part of the world larger than a country.
    pub(super) area: Option<(f32, f32)>,
}

/// People of a town that is not taken for somebody's name so soon.
const KNOWN: u32 = 150_000;

struct Word {
    span: Span,
    kind: TokenKind,
    lower: String,
    capital: bool,
}

const LONGEST: usize = 6;

pub(super) fn mentions(text: &str, sentences: &[Span]) -> Vec<Mention> {
    let whole = [Span::new(0, text.len().max(1))];
    let sentences = if sentences.is_empty() { &whole[..] } else { sentences };
    let mut found: Vec<Mention> = Vec::new();
    let mut people: BTreeSet<String> = BTreeSet::new();
    for sentence in sentences.iter().filter(|sentence| sentence.end() <= text.len()) {
        let words = words(text, *sentence);
        let mut at = 0;
        while at < words.len() {
            at = match mention(&words, at, text, &mut people) {
                Some((mention, end)) => {
                    found.extend(mention);
                    end
                }
                None => at + 1,
            };
        }
    }
    qualify(text, &mut found);
    // "Henry" alone is the Henry of "Ann Henry": small towns give way, great ones do not.
    found.retain(|mention| {
        let known = people.contains(&mention.span.of(text).to_lowercase());
        let great = |record: &Record| record.class == Class::Country || record.population > KNOWN;
        !known || mention.within.is_some() || mention.placed || mention.candidates.iter().any(great)
    });
    found
}

/// Mentions at spans that somebody else has found.
pub(super) fn mentions_at(text: &str, spans: &[Span]) -> Vec<Mention> {
    let mut found = Vec::new();
    for span in spans {
        let words = words(text, *span);
        if words.is_empty() {
            continue;
        }
        let mut mention = Mention {
            span: *span,
            candidates: Vec::new(),
            usage: PlaceUse::Literal,
            within: None,
            wants: None,
            placed: true,
            area: area(&words, 0).map(|(_, area)| area),
        };
        let short = table().region(&span.of(text).to_lowercase());
        if let Some((_, record, demonym)) = of_table(&words, 0) {
            mention.candidates = vec![record];
            mention.usage = if demonym { PlaceUse::Demonym } else { PlaceUse::Literal };
        } else if let Some(region) = short {
            mention.candidates = vec![region];
        } else if let Some((_, candidates)) = longest(&words, 0, text) {
            mention.candidates = candidates;
        }
        if mention.area.is_some() || !mention.candidates.is_empty() {
            found.push(mention);
        }
    }
    qualify(text, &mut found);
    found
}

fn words(text: &str, sentence: Span) -> Vec<Word> {
    tokens(sentence.of(text))
        .map(|token| {
            let span = token.span.shifted(sentence.start());
            let word = span.of(text);
            let capital = word.starts_with(char::is_uppercase);
            let lower =
                if capital || token.kind == TokenKind::Word { word.to_lowercase() } else { word.to_owned() };
            Word { span, kind: token.kind, lower, capital }
        })
        .collect()
}

/// A mention that begins here and the word behind it; a name of somebody or something gives its end alone.
fn mention(
    words: &[Word],
    at: usize,
    text: &str,
    people: &mut BTreeSet<String>,
) -> Option<(Option<Mention>, usize)> {
    let word = words.get(at).filter(|word| word.capital && word.kind == TokenKind::Word)?;
    let before = at.checked_sub(1).map(|at| &words[at]);
    if let Some((end, area)) = area(words, at) {
        let span = Span::new(word.span.start(), bare_end(&words[end - 1], text));
        let mention = Mention {
            span,
            candidates: Vec::new(),
            usage: PlaceUse::Literal,
            within: None,
            wants: None,
            placed: true,
            area: Some(area),
        };
        return Some((Some(mention), end));
    }
    if let Some((end, record, demonym)) = of_table(words, at) {
        let usage = if demonym { PlaceUse::Demonym } else { PlaceUse::Literal };
        let span = Span::new(word.span.start(), bare_end(&words[end - 1], text));
        return Some((
            Some(Mention {
                span,
                candidates: vec![record],
                usage,
                within: None,
                wants: None,
                placed: true,
                area: None,
            }),
            end,
        ));
    }
    if let Some((end, region)) = short_region(words, at) {
        let span = Span::new(word.span.start(), bare_end(&words[end - 1], text));
        let mention = Mention {
            span,
            candidates: vec![region],
            usage: PlaceUse::Literal,
            within: None,
            wants: None,
            placed: true,
            area: None,
        };
        return Some((Some(mention), end));
    }
    let (end, candidates) = longest(words, at, text)?;
    let tables = table();
    let single = end == at + 1;
    let joined = |word: &Word| word.kind == TokenKind::Word && word.capital;
    let next = words.get(end);
    let glued = |word: Option<&Word>| word.is_some_and(|word| joined(word) && adjacent(words, end, text));
    let lower = words[end - 1].lower.as_str();
    if single && (tables.common.contains(lower) || crate::time::is_calendar_word(lower)) {
        return None;
    }
    // "NATO" and "SWAT" are no towns.
    let own = word.span.of(text);
    if single && own.len() <= 5 && own.chars().all(char::is_uppercase) {
        return None;
    }
    // "The Federation": towns have no article.
    let article = before.is_some_and(|word| word.lower == "the");
    if article
        && !candidates.iter().any(|record| record.class >= Class::Region || record.population > 500_000)
    {
        return Some((None, end));
    }
    let country = candidates.iter().any(|record| record.class >= Class::Country);
    let titled = before.is_some_and(|word| {
        let own = word.lower.as_str();
        tables.titles.contains(own)
            || own == "." && at > 1 && tables.titles.contains(words[at - 2].lower.as_str())
    });
    let led =
        before.is_some_and(|word| joined(word) && !tables.beside.contains(word.lower.as_str()) && at > 0);
    // The first word of a sentence is a capital for its place.
    let opens = at == 1 || at > 1 && words[at - 2].kind == TokenKind::Mark;
    let led = led && !(opens && before.is_some_and(|word| tables.common.contains(word.lower.as_str())));
    let thing = next.is_some_and(|word| word.capital && tables.things.contains(word.lower.as_str()));
    let named = before.is_some_and(|word| joined(word) && tables.given.contains(word.lower.as_str()));
    let known = candidates.iter().any(|record| record.population > KNOWN || record.class >= Class::Region);
    if titled || (named || led && !known) && !country {
        people.extend(words[at..end].iter().map(|word| word.lower.clone()));
        return Some((None, end));
    }
    if thing && !country {
        return Some((None, end));
    }
    let division = next.is_some_and(|word| {
        ["county", "parish", "province", "region", "oblast", "state", "district"]
            .contains(&word.lower.as_str())
    });
    // "Jackson Miller" is somebody: a capital behind a given name.
    let given = single && tables.given.contains(lower);
    if given && glued(next) && !division {
        people.extend(words[at..=end].iter().map(|word| word.lower.clone()));
        return Some((None, end + 1));
    }
    let great = candidates.iter().any(|record| record.population > 500_000 || record.class >= Class::Region);
    if given && !great && !division && next.is_none_or(|word| word.lower != ",") {
        return None;
    }
    let placed = before.is_some_and(|word| {
        ["in", "at", "from", "near", "to", "of", "outside"].contains(&word.lower.as_str())
    });
    // A family name alone is a person's unless something leads to a place.
    let family = single && tables.family.contains(lower) && !great && !division && !placed;
    if family && next.is_none_or(|word| word.lower != ",") {
        return None;
    }
    let wants = match (before.map(|word| word.lower.as_str()), next.map(|word| word.lower.as_str())) {
        (_, Some("province" | "region" | "oblast" | "state")) => Some(Class::Region),
        (_, Some("county" | "parish" | "district")) => Some(Class::District),
        (Some("city" | "town" | "village"), _) => Some(Class::City),
        _ => None,
    };
    let span = Span::new(word.span.start(), bare_end(&words[end - 1], text));
    Some((
        Some(Mention { span, candidates, usage: PlaceUse::Literal, within: None, wants, placed, area: None }),
        end,
    ))
}

/// A part of the world larger than a country: where its name ends, and its middle.
fn area(words: &[Word], at: usize) -> Option<(usize, (f32, f32))> {
    let mut spoken = String::new();
    let mut best = None;
    for (place, word) in words.iter().enumerate().skip(at).take(3) {
        let hyphen = word.lower == "-" && place > at;
        if !hyphen && (word.kind != TokenKind::Word || place > at && !word.capital && !spoken.ends_with('-'))
        {
            break;
        }
        if !spoken.is_empty() && !hyphen && !spoken.ends_with('-') {
            spoken.push(' ');
        }
        spoken
            .push_str(word.lower.strip_suffix("'s").or(word.lower.strip_suffix("’s")).unwrap_or(&word.lower));
        best = table().area(&spoken).map(|area| (place + 1, area)).or(best);
    }
    best
}

/// "La.", "W.Va.", "TX" behind a comma: the short name of a region.
fn short_region(words: &[Word], at: usize) -> Option<(usize, Record)> {
    if at == 0 || words[at - 1].lower != "," {
        return None;
    }
    let mut spoken = String::new();
    let mut best = None;
    for (place, word) in words.iter().enumerate().skip(at).take(4) {
        if word.lower != "." && word.kind != TokenKind::Word {
            break;
        }
        spoken.push_str(&word.lower);
        let written = spoken.contains('.') || word.span.len() == 2 && spoken.len() == 2 && word.capital;
        if let Some(region) = table().region(&spoken).filter(|_| written) {
            best = Some((place + 1, region));
        }
    }
    best
}

fn adjacent(words: &[Word], at: usize, text: &str) -> bool {
    at > 0 && words.get(at).is_some_and(|word| &text[words[at - 1].span.end()..word.span.start()] == " ")
}

/// Where a word ends without its possessive.
fn bare_end(word: &Word, text: &str) -> usize {
    let own = word.span.of(text);
    let bare = ["'s", "’s", "'S", "’S"].iter().find_map(|end| own.strip_suffix(end)).unwrap_or(own);
    word.span.start() + bare.len().max(1)
}

/// A name or demonym of the table: where it ends, the country, and whether it is a demonym.
fn of_table(words: &[Word], at: usize) -> Option<(usize, Record, bool)> {
    let mut spoken = String::new();
    let mut best = None;
    for (place, word) in words.iter().enumerate().skip(at).take(5) {
        let point = word.lower == ".";
        if !spoken.is_empty() && !point && word.kind != TokenKind::Word {
            break;
        }
        let follows = spoken.ends_with('.') && word.lower.len() == 1;
        if !spoken.is_empty() && !point && !follows {
            spoken.push(' ');
        }
        let bare = word.lower.strip_suffix("'s").or(word.lower.strip_suffix("’s")).unwrap_or(&word.lower);
        spoken.push_str(bare);
        // "us" is a pronoun, "US" is not.
        let small = spoken == "us" && !words[at].capital;
        if let Some((record, demonym)) = table().country(&spoken).filter(|_| !small) {
            best = Some((place + 1, record, demonym));
        }
    }
    best.filter(|(end, ..)| words[at].lower != "us" || *end > at + 1 || words[at].span.len() == 2)
}

/// The longest name of the gazetteer that begins here.
fn longest(words: &[Word], at: usize, text: &str) -> Option<(usize, Vec<Record>)> {
    let names = gazetteer();
    let mut walk = names.start();
    let mut best = None;
    let mut key = String::new();
    for (place, word) in words.iter().enumerate().skip(at).take(LONGEST * 2) {
        let between = place
            .checked_sub(1)
            .filter(|_| place > at)
            .map_or("", |before| &text[words[before].span.end()..word.span.start()]);
        match word.kind {
            TokenKind::Mark if matches!(word.lower.as_str(), "-" | "." | "’" | "'") && between.is_empty() =>
            {
                continue;
            }
            TokenKind::Mark => break,
            _ => {}
        }
        if place > at && !matches!(between, " " | "" | "\u{a0}") {
            break;
        }
        key.clear();
        if place > at {
            key.push(' ');
        }
        key.push_str(&super::place_key(
            word.lower.strip_suffix("'s").or(word.lower.strip_suffix("’s")).unwrap_or(&word.lower),
        ));
        // "We're" is no "Were": behind an apostrophe a name goes on with a capital.
        let bare = word.lower.strip_suffix("'s").or(word.lower.strip_suffix("’s")).unwrap_or(&word.lower);
        if let Some(mark) = bare.find(['\'', '’']) {
            let behind = word.span.of(text)[mark..].chars().nth(1);
            if behind.is_none_or(|c| c.is_lowercase()) {
                break;
            }
        }
        let Some(next) = names.walk(walk, key.as_bytes()) else { break };
        walk = next;
        let small = !word.capital && place > at;
        if names.is_name(walk) && !small {
            best = Some((place + 1, walk));
        }
    }
    let (end, walk) = best?;
    Some((end, names.places(walk)))
}

/// "Alexandria, La.", "Odessa, Texas": a name behind a comma that holds the one before it.
fn qualify(text: &str, found: &mut [Mention]) {
    for at in 0..found.len() {
        let end = found[at].span.end();
        if !text[end..].starts_with(", ") {
            continue;
        }
        let next = found.get(at + 1).filter(|next| next.span.start() == end + 2);
        let holder = next.and_then(|next| {
            let whole = |record: &&Record| matches!(record.class, Class::Country | Class::Region);
            next.candidates.iter().filter(whole).find(|whole| {
                found[at].candidates.iter().any(|record| {
                    record.country == whole.country && (whole.region == 0 || record.region == whole.region)
                })
            })
        });
        if let Some(holder) = holder {
            found[at].within = Some((holder.country, holder.region));
        }
    }
}
