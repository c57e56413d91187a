//! Where a text names places: the longest name at each capital letter, told from people and things.

use super::gazetteer::{Class, Record, gazetteer};
use super::russian;
use super::table::{Area, Mark, Marks, table};
use model::token::{TokenKind, tokens};
use model::{PlaceUse, Span};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// A name of one place or of several.
pub(super) struct Mention {
    pub(super) span: Span,
    pub(super) candidates: Vec<Record>,
    pub(super) usage: PlaceUse,
    /// The country and region that words behind a comma put it in.
    pub(super) within: Option<(u16, u16)>,
    /// The class that a word beside it asks for: "the town of", "province".
    pub(super) wants: Option<Class>,
    /// The middle of a part of the world larger than a country.
    pub(super) area: Option<Area>,
    /// A street, water or building: it lies where the names around it do.
    pub(super) site: bool,
    /// Something speaks against a place here: it counts where the document names it elsewhere.
    pub(super) weak: bool,
    /// A word that leads to places alone stands before it.
    pub(super) strong: bool,
}

impl Mention {
    /// A name that nothing speaks against.
    pub(super) fn new(span: Span, candidates: Vec<Record>) -> Self {
        Self {
            span,
            candidates,
            usage: PlaceUse::Literal,
            within: None,
            wants: None,
            area: None,
            site: false,
            weak: false,
            strong: true,
        }
    }

    fn of_area(span: Span, area: Area) -> Self {
        Self { usage: area.usage, area: Some(area), ..Self::new(span, Vec::new()) }
    }
}

/// People of a town that is not taken for somebody's name so soon.
const KNOWN: u32 = 150_000;

pub(super) struct Word<'t> {
    pub(super) span: Span,
    pub(super) kind: TokenKind,
    pub(super) lower: Cow<'t, str>,
    pub(super) capital: bool,
    upper: bool,
    marks: Marks,
}

impl Word<'_> {
    fn low(&self) -> &str {
        &self.lower
    }

    /// The word without its possessive.
    fn bare(&self) -> &str {
        bare_of(&self.lower)
    }

    fn is(&self, mark: Mark) -> bool {
        self.marks.has(mark)
    }
}

fn bare_of(lower: &str) -> &str {
    // Most words have none: one look at the last byte tells.
    if !lower.ends_with('s') {
        return lower;
    }
    lower.strip_suffix("'s").or(lower.strip_suffix("’s")).unwrap_or(lower)
}

const LONGEST: usize = 6;

pub(super) fn mentions(text: &str, sentences: &[Span]) -> Vec<Mention> {
    let whole = [Span::new(0, text.len().max(1))];
    let sentences = if sentences.is_empty() { &whole[..] } else { sentences };
    let mut found: Vec<Mention> = Vec::new();
    let mut people: BTreeMap<String, u8> = BTreeMap::new();
    for sentence in sentences.iter().filter(|sentence| sentence.end() <= text.len()) {
        let words = words(text, *sentence);
        somebody(&words, text, &mut people);
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
    cities(text, &mut found);
    qualify(text, &mut found);
    let sure: BTreeSet<String> = found
        .iter()
        .filter(|mention| !mention.weak)
        .map(|mention| mention.span.of(text).to_lowercase())
        .collect();
    found.retain(|mention| {
        !mention.weak || mention.within.is_some() || sure.contains(&mention.span.of(text).to_lowercase())
    });
    // "Henry" alone is the Henry of "Ann Henry": small towns give way, great ones do not.
    let mut settled: BTreeMap<String, u32> = BTreeMap::new();
    for mention in found.iter().filter(|mention| mention.strong || mention.within.is_some()) {
        *settled.entry(mention.span.of(text).to_lowercase()).or_default() += 1;
    }
    found.retain(|mention| {
        let name = mention.span.of(text).to_lowercase();
        let known = people.get(&name).copied().unwrap_or(0);
        let great = |record: &Record| match known {
            2 => {
                record.class == Class::Country && !table().marks(&name).has(Mark::Given)
                    || record.population > 2_000_000
            }
            _ => record.class == Class::Country || record.class == Class::Region || record.population > KNOWN,
        };
        known == 0
            || mention.within.is_some()
            || mention.strong
            || mention.usage == PlaceUse::Demonym
            || known == 1 && settled.get(&name).is_some_and(|times| *times > 1)
            || mention.candidates.is_empty()
            || mention.candidates.iter().any(great)
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
        let mention = mention_at(&words, *span, text);
        if mention.area.is_some() || mention.site || !mention.candidates.is_empty() {
            found.push(mention);
        }
    }
    qualify(text, &mut found);
    found
}

/// The mention that a whole span is: by the table, the gazetteer, what ends it or what begins it.
fn mention_at(words: &[Word<'_>], span: Span, text: &str) -> Mention {
    let whole = words.len();
    let area = area(words, 0).filter(|(end, _)| *end == whole);
    if let Some((_, area)) = area {
        return Mention::of_area(span, area);
    }
    let wants = match words.last().map(Word::low) {
        Some("region" | "oblast" | "province" | "state") if whole > 1 => Some(Class::Region),
        _ => None,
    };
    // "Washington, D.C." as one name.
    let comma = words.iter().position(|word| word.lower == ",").filter(|comma| *comma + 1 < whole);
    let holder = comma.and_then(|comma| {
        let rest = &words[comma + 1..];
        let short: String = rest.iter().map(Word::low).collect();
        table().region(&short).or_else(|| {
            let (_, records) = longest(rest, 0, text)?;
            records.into_iter().find(|record| matches!(record.class, Class::Country | Class::Region))
        })
    });
    let within = holder.map(|holder| (holder.country, holder.region));
    let of = |candidates| Mention { wants, within, ..Mention::new(span, candidates) };
    let named = longest(words, 0, text);
    let tabled = of_table(words, 0);
    if let Some((_, record, demonym)) =
        tabled.filter(|(end, ..)| named.as_ref().is_none_or(|named| named.0 <= *end))
    {
        let usage = if demonym { PlaceUse::Demonym } else { PlaceUse::Literal };
        let town = |other: &Record| !demonym && other.at != record.at && other.class == Class::City;
        let others = named.into_iter().flat_map(|(_, others)| others).filter(town);
        return Mention { usage, ..of([record].into_iter().chain(others).collect()) };
    }
    if let Some(region) = table().region(&span.of(text).to_lowercase().replace(' ', "")) {
        return of(vec![region]);
    }
    let tail = (1..whole).find_map(|from| {
        let rest = &words[from..];
        let country = of_table(rest, 0).filter(|(end, ..)| *end == rest.len());
        let town = || longest(rest, 0, text).filter(|(end, _)| *end == rest.len());
        country.map(|(_, record, _)| vec![record]).or_else(|| town().map(|(_, candidates)| candidates))
    });
    let directed = words[0].is(Mark::Directions) || words[0].is(Mark::States);
    let thing = |word: &Word<'_>| {
        word.is(Mark::Sites)
            || word.is(Mark::Things)
            || matches!(word.low(), "house" | "cathedral" | "museum" | "centre" | "center")
    };
    let partly = |named: Option<(usize, Vec<Record>)>| named.map(|(_, candidates)| candidates);
    match (named, tail) {
        (Some((end, candidates)), _) if end == whole => of(candidates),
        (_, Some(candidates)) if directed => of(candidates),
        _ if whole > 1 && words[1..].iter().any(thing) => {
            Mention { site: true, ..Mention::new(span, Vec::new()) }
        }
        (named, tail) => {
            let alone = |candidates: &Option<Vec<Record>>| {
                candidates.is_none() && (whole == 1 || whole == 2 && wants.is_some())
            };
            let mut candidates = partly(named).or(tail);
            if alone(&candidates) {
                candidates = partly(county(&words[0], 0)).or_else(|| spelled(&words[0]));
            }
            of(candidates.unwrap_or_default())
        }
    }
}

/// Notes a name as somebody's; 2 where that is sure.
fn note(people: &mut BTreeMap<String, u8>, name: String, sure: u8) {
    let known = people.entry(name).or_default();
    *known = sure.max(*known);
}

/// Notes the names that this sentence gives to somebody: "Ann B. Henry", "Henry, 41,", "her son, Henry", "Henry said".
fn somebody(words: &[Word<'_>], text: &str, people: &mut BTreeMap<String, u8>) {
    let tables = table();
    let bare = |word: &Word<'_>| word.bare().to_owned();
    let name = |word: &Word<'_>| word.capital && word.kind == TokenKind::Word && word.span.len() > 2;
    for (at, word) in words.iter().enumerate() {
        if !name(word) {
            continue;
        }
        let back = |n: usize| at.checked_sub(n).map(|at| &words[at]);
        let next = |n: usize| words.get(at + n).map_or("", |w| w.low());
        let number = |n: usize| {
            let w = next(n);
            !w.is_empty() && w.len() <= 3 && w.bytes().all(|b| b.is_ascii_digit())
        };
        let initial = back(1).is_some_and(|w| w.lower == ".")
            && back(2).is_some_and(|w| w.capital && w.span.len() == 1)
            && back(3).is_some_and(|w| name(w) && !w.is(Mark::Openers));
        let aged = next(1) == ","
            && number(2)
            && matches!(next(3), "," | "." | "of" | ";" | "and" | "-" | "told" | "said" | "was");
        let led = back(1).is_some_and(|w| w.capital && w.kind == TokenKind::Word);
        let speaks = tables.marks(next(1)).has(Mark::Speaks)
            && !led
            && !back(1)
                .is_some_and(|w| matches!(w.low(), "in" | "near" | "at" | "from" | "of" | "to" | "the"));
        let kin = back(1).is_some_and(|w| w.is(Mark::Kin))
            || back(1).is_some_and(|w| w.lower == ",") && back(2).is_some_and(|w| w.is(Mark::Kin));
        if initial {
            note(people, bare(word), 2);
            if let Some(w) = back(3) {
                note(people, bare(w), 1);
            }
        }
        if aged {
            note(people, bare(word), 2);
            let mut at = at;
            while at > 0 && adjacent(words, at, text) && name(&words[at - 1]) {
                at -= 1;
                note(people, bare(&words[at]), 1);
            }
        }
        if speaks {
            note(people, bare(word), 1);
        }
        if kin {
            note(people, bare(word), 1);
        }
        if word.is(Mark::Given)
            && adjacent(words, at + 1, text)
            && words
                .get(at + 1)
                .is_some_and(|w| name(w) && !w.is(Mark::Sites) && !w.is(Mark::Things) && !w.is(Mark::Civic))
        {
            let family = words[at + 1].is(Mark::Family);
            note(people, bare(&words[at + 1]), 1 + u8::from(family));
            if family {
                note(people, bare(word), 2);
            }
        }
    }
}

fn words(text: &str, sentence: Span) -> Vec<Word<'_>> {
    let tables = table();
    tokens(sentence.of(text))
        .map(|token| {
            let span = token.span.shifted(sentence.start());
            let word = span.of(text);
            let capital = word.starts_with(char::is_uppercase);
            let small = !capital && (word.is_ascii() && !word.bytes().any(|byte| byte.is_ascii_uppercase()));
            let lower = if small || !capital && token.kind != TokenKind::Word {
                Cow::Borrowed(word)
            } else {
                Cow::Owned(word.to_lowercase())
            };
            let upper = capital && word.len() > 1 && !word.bytes().any(|b| b.is_ascii_lowercase());
            let marks =
                if token.kind == TokenKind::Word { tables.marks(bare_of(&lower)) } else { Marks::default() };
            Word { span, kind: token.kind, lower, capital, upper, marks }
        })
        .collect()
}

/// A mention that begins here and the word behind it; a name of somebody or something gives its end alone.
fn mention(
    words: &[Word<'_>],
    at: usize,
    text: &str,
    people: &mut BTreeMap<String, u8>,
) -> Option<(Option<Mention>, usize)> {
    let word = words.get(at).filter(|word| word.kind == TokenKind::Word)?;
    if russian::is_cyrillic(word.span.of(text)) {
        return russian::mention(words, at, text);
    }
    if (word.lower == "the" || word.lower == "post" || word.lower == "ex")
        && let Some((end, area)) = the_area(words, at)
    {
        let span = Span::new(word.span.start(), bare_end(&words[end - 1], text));
        let mention = Mention::of_area(span, area);
        return Some((Some(mention), end));
    }
    if !word.capital {
        return None;
    }
    let before = at.checked_sub(1).map(|at| &words[at]);
    let area = area(words, at);
    // "the Caspian Sea" is no sea beside a town.
    if let Some(end) = site(words, at, text).filter(|end| area.is_none_or(|area| area.0 < *end)) {
        let span = Span::new(word.span.start(), bare_end(&words[end - 1], text));
        // "Gdansk Airport" lies at Gdansk.
        let town = longest(&words[..end - 1], at, text).filter(|(town, _)| {
            words[end - 1].lower == "airport" && (*town + 1 == end || words[*town].lower == "international")
        });
        let town = town.map(|(_, candidates)| candidates).filter(|candidates| great_town(candidates));
        let town = town.unwrap_or_default();
        return Some((Some(Mention { site: true, strong: false, ..Mention::new(span, town) }), end));
    }
    if word.is(Mark::States) && words.get(at + 1).is_some_and(|word| word.lower == "of") {
        let inner = at + 2 + usize::from(words.get(at + 2).is_some_and(|word| word.lower == "the"));
        let country = |mention: &Mention| {
            mention.candidates.iter().any(|record| record.class == Class::Country)
                && mention.usage == PlaceUse::Literal
        };
        if let Some((Some(mention), end)) = mention(words, inner, text, people)
            && country(&mention)
        {
            let span = Span::new(word.span.start(), mention.span.end());
            return Some((Some(Mention { span, ..mention }), end));
        }
    }
    if let Some((end, area)) = area.filter(|(end, area)| {
        area.usage == PlaceUse::Demonym
            || !adjacent(words, *end, text)
            || words.get(*end).is_none_or(|w| !w.capital || w.kind != TokenKind::Word || w.is(Mark::Civic))
    }) {
        let span = Span::new(word.span.start(), bare_end(&words[end - 1], text));
        let mention = Mention::of_area(span, area);
        return Some((Some(mention), end));
    }
    if at > 0 && before.is_some_and(|w| w.capital && w.is(Mark::Leads)) && adjacent(words, at, text) {
        return Some((None, at + 1));
    }
    if word.lower.starts_with("american")
        && before.is_some_and(|w| {
            w.lower == "-" && w.span.end() == word.span.start() || w.lower == "native" || w.lower == "african"
        })
    {
        return Some((None, at + 1));
    }
    let long = longest(words, at, text);
    if let Some((end, record, demonym)) =
        of_table(words, at).filter(|(end, ..)| long.as_ref().is_none_or(|long| long.0 <= *end))
    {
        let usage = if demonym { PlaceUse::Demonym } else { PlaceUse::Literal };
        let span = Span::new(word.span.start(), bare_end(&words[end - 1], text));
        let mut candidates = vec![record];
        // Countries of the table share their names with towns.
        if !demonym && let Some((_, others)) = long.filter(|long| long.0 == end) {
            let town = |other: &Record| other.at != record.at && other.class == Class::City;
            candidates.extend(others.into_iter().filter(town));
        }
        return Some((Some(Mention { usage, ..Mention::new(span, candidates) }), end));
    }
    if let Some((end, region)) = short_region(words, at) {
        let span = Span::new(word.span.start(), bare_end(&words[end - 1], text));
        let mention = Mention::new(span, vec![region]);
        return Some((Some(mention), end));
    }
    let plural = |at: usize| {
        words
            .iter()
            .skip(at + 1)
            .take(8)
            .find(|w| !(w.capital || matches!(w.low(), "," | "and" | "or")))
            .is_some_and(|w| w.lower == "counties" || w.lower == "parishes")
    };
    let counties = words
        .get(at + 1)
        .is_some_and(|word| matches!(word.low(), "," | "and" | "or" | "counties" | "parishes"))
        && plural(at);
    let long = if counties { county(word, at).or(long) } else { long };
    let long = long.or_else(|| spelt(words, at));
    let (mut end, mut candidates) = long?;
    if end > at + 1
        && words[end - 1].lower == "city"
        && adjacent(words, end, text)
        && words.get(end).is_some_and(|w| w.capital)
        && let Some((short, of)) = longest(&words[..end - 1], at, text)
        && short == end - 1
        && !of.is_empty()
    {
        (end, candidates) = (short, of);
    }
    let tables = table();
    let strong =
        before.is_some_and(|word| matches!(word.low(), "in" | "near" | "outside" | "downtown" | "between"));
    let strong = strong || words.get(end).is_some_and(|word| word.is(Mark::Behind));
    let weakly = |candidates: Vec<Record>| {
        let span = Span::new(word.span.start(), bare_end(&words[end - 1], text));
        Some((Some(Mention { strong: false, weak: true, ..Mention::new(span, candidates) }), end))
    };
    let single = end == at + 1;
    let joined = |word: &Word<'_>| word.kind == TokenKind::Word && word.capital;
    let next = words.get(end);
    let glued = |word: Option<&Word<'_>>| word.is_some_and(|word| joined(word) && adjacent(words, end, text));
    let last = &words[end - 1];
    let lower = last.bare();
    if single && !strong && last.is(Mark::Things) {
        return None;
    }
    if single && (last.is(Mark::Common) || crate::time::is_calendar_word(lower)) {
        return None;
    }
    // "NATO" and "SWAT" are no towns.
    let own = word.span.of(text);
    if single && own.len() <= 5 && own.chars().all(char::is_uppercase) {
        return None;
    }
    if words[at].lower == "the" && !single && words[at + 1..end].iter().all(|w| w.is(Mark::Common)) {
        return Some((None, end));
    }
    let whole = || super::place_key(&text[word.span.start()..last.span.end()]).replace(' ', "_");
    let body = if single { last.is(Mark::Bodies) } else { tables.marks(&whole()).has(Mark::Bodies) };
    if body {
        return Some((None, end));
    }
    // "The Federation": towns have no article.
    let article = before.is_some_and(|word| word.lower == "the");
    if article
        && !candidates.iter().any(|record| record.class >= Class::Region || record.population > 500_000)
    {
        return weakly(candidates);
    }
    let country = candidates.iter().any(|record| record.class >= Class::Country);
    let titled = before.is_some_and(|word| {
        word.is(Mark::Titles) || word.lower == "." && at > 1 && words[at - 2].is(Mark::Titles)
    });
    let led = before.is_some_and(|word| joined(word) && !word.is(Mark::Beside) && at > 0);
    // The first word of a sentence is a capital for its place.
    let opens = at == 1 || at > 1 && words[at - 2].kind == TokenKind::Mark;
    let led = led && !(opens && before.is_some_and(|word| word.is(Mark::Common)));
    let thing = next.is_some_and(|word| word.capital && word.is(Mark::Things));
    // "the Warsaw Pact", "the Treaty of Versailles"
    let of_act = before.is_some_and(|word| word.lower == "of")
        && at > 1
        && words[at - 2].capital
        && words[at - 2].is(Mark::Acts);
    if of_act || !country && next.is_some_and(|word| word.capital && word.is(Mark::Acts)) {
        return Some((None, end));
    }
    let named = before.is_some_and(|word| joined(word) && word.is(Mark::Given));
    let known = candidates.iter().any(|record| record.population > KNOWN || record.class >= Class::Region);
    if titled || (named || led && !known) && !country {
        words[at..end].iter().for_each(|word| note(people, word.low().to_owned(), 1));
        return Some((None, end));
    }
    if thing && !country {
        return weakly(candidates);
    }
    let division = next.is_some_and(|word| {
        ["county", "parish", "province", "region", "oblast", "state", "district"].contains(&word.low())
    });
    // "Jackson Miller" is somebody: a capital behind a given name.
    let given = single && last.is(Mark::Given);
    if given && glued(next) && !division {
        words[at..=end].iter().for_each(|word| note(people, word.low().to_owned(), 1));
        return Some((None, end + 1));
    }
    let great = candidates.iter().any(|record| record.population > 500_000 || record.class >= Class::Region);
    if given && !great && !division && next.is_none_or(|word| word.lower != ",") {
        return None;
    }
    let placed =
        before.is_some_and(|word| ["in", "at", "from", "near", "to", "of", "outside"].contains(&word.low()));
    // "Lincoln Continental": a capital behind it makes another name of it, unless towns have such things.
    let other = glued(next) && !division && !country && !strong;
    if other && !great && !next.is_some_and(|next| next.is(Mark::Civic)) && last.low() == last.bare() {
        return weakly(candidates);
    }
    if !country
        && !strong
        && glued(next)
        && !division
        && led
        && adjacent(words, at, text)
        && next.is_some_and(|w| !w.is(Mark::Civic) && !w.is(Mark::Things))
        && !words[end - 1].lower.ends_with("s")
    {
        return Some((None, end));
    }
    // "Bombay Singh": another name of a town, before a capital, is somebody's.
    let own = |record: &Record| !super::alias(gazetteer().name(*record), &super::place_key(lower));
    if other && single && !candidates.iter().any(own) && !next.is_some_and(|word| word.is(Mark::Civic)) {
        return weakly(candidates);
    }
    if !country && (next.is_some_and(|w| w.lower == "&") || before.is_some_and(|w| w.lower == "&")) {
        return Some((None, end));
    }
    if !country
        && at > 1
        && before.is_some_and(|w| w.lower == "-" && w.span.end() == word.span.start())
        && ["al", "el", "abdel", "abdul", "abd", "ul", "bin", "ibn"].contains(&words[at - 2].low())
    {
        return Some((None, end));
    }
    if !country
        && before.is_some_and(|w| {
            w.span.len() == 4
                && (w.lower.starts_with("19") || w.lower.starts_with("20"))
                && w.lower.bytes().all(|b| b.is_ascii_digit())
        })
        && glued(next)
        && (at < 2 || words[at - 2].lower != ",")
    {
        return Some((None, end));
    }
    // A family name alone is a person's unless something leads to a place.
    let family = single && last.is(Mark::Family) && !great && !division && !placed;
    if family && next.is_none_or(|word| word.lower != ",") {
        return None;
    }
    let wants = match (before.map(|word| word.low()), next.map(|word| word.low())) {
        (
            _,
            Some(
                "province" | "region" | "oblast" | "state" | "governorate" | "krai" | "voivodeship"
                | "prefecture",
            ),
        ) => Some(Class::Region),
        (_, Some("county" | "parish" | "district")) => Some(Class::District),
        (Some("city" | "town" | "village"), _) => Some(Class::City),
        _ => None,
    };
    let from = word.span.start();
    // "Gdansk airport" is a site that lies at Gdansk.
    if adjacent(words, end, text) && words[end].lower == "airport" {
        let span = Span::new(from, words[end].span.end());
        return Some((Some(Mention { site: true, ..Mention::new(span, candidates) }), end + 1));
    }
    let span = Span::new(from, bare_end(&words[end - 1], text));
    Some((Some(Mention { wants, strong, ..Mention::new(span, candidates) }), end))
}

/// Whether a name is of a town that is not taken for somebody's name so soon.
fn great_town(candidates: &[Record]) -> bool {
    candidates.iter().any(|record| record.class == Class::City && record.population > KNOWN)
}

/// A street, water or building by the word that ends its name: where it ends.
fn site(words: &[Word<'_>], at: usize, text: &str) -> Option<usize> {
    let first = &words[at];
    if first.is(Mark::Openers) || first.is(Mark::Titles) {
        return None;
    }
    let mut best = None;
    let mut long = 0;
    for (place, word) in words.iter().enumerate().skip(at).take(8) {
        let before = place.checked_sub(1).filter(|_| place > at).map(|at| &words[at]);
        let between = before.map_or("", |before| &text[before.span.end()..word.span.start()]);
        if word.kind != TokenKind::Word {
            let short = before.is_some_and(|before| before.span.len() <= 2 && word.lower == ".");
            if between.is_empty() && place > at && (word.lower == "-" || short) {
                continue;
            }
            break;
        }
        if !word.capital || !matches!(between, "" | " ") || long >= 4 {
            break;
        }
        long += 1;
        // "Customs House, Gdansk": a building is a site where its town stands behind it.
        let housed = || {
            let after = words.get(place + 1).filter(|word| matches!(word.low(), "," | "in"));
            let town = after.and_then(|_| longest(words, place + 2, text));
            town.is_some_and(|(_, candidates)| great_town(&candidates))
        };
        if place > at && (word.is(Mark::Sites) || word.is(Mark::Buildings) && housed()) {
            let point = words
                .get(place + 1)
                .is_some_and(|next| next.lower == "." && next.span.start() == word.span.end());
            let abbreviated = matches!(word.low(), "st" | "rd" | "ave" | "blvd" | "twp" | "dr" | "hwy");
            if abbreviated && !point {
                continue;
            }
            best = Some(place + 1 + usize::from(abbreviated));
        }
        if word.lower.ends_with("'s") || word.lower.ends_with("’s") {
            break;
        }
    }
    let end = best?;
    let behind = words
        .get(end)
        .is_some_and(|word| word.capital && adjacent(words, end, text) && word.is(Mark::Things));
    let somebody = long == 2 && first.is(Mark::Given) && words[end - 1].is(Mark::Family);
    // What the gazetteer has whole is of the gazetteer.
    let whole = longest(words, at, text).is_some_and(|(long, _)| long >= end);
    (!behind && !somebody && !whole).then_some(end)
}

/// A part of the world larger than a country: where its name ends, and its middle.
fn area(words: &[Word<'_>], at: usize) -> Option<(usize, Area)> {
    if !words[at].is(Mark::Area) {
        return None;
    }
    let mut spoken = String::new();
    let mut best: Option<(usize, Area)> = None;
    for (place, word) in words.iter().enumerate().skip(at).take(4) {
        let hyphen = word.lower == "-" && place > at;
        if !hyphen && (word.kind != TokenKind::Word || place > at && !word.capital && !spoken.ends_with('-'))
        {
            break;
        }
        if !spoken.is_empty() && !hyphen && !spoken.ends_with('-') {
            spoken.push(' ');
        }
        spoken.push_str(word.bare());
        best = table().area(&spoken).map(|area| (place + 1, area)).or(best);
    }
    let (end, area) = best?;
    if area.usage == PlaceUse::Demonym {
        // "the Central Asian region" is the place by its full name.
        let next = words.get(end);
        let head = next.is_some_and(|next| next.is(Mark::Realms));
        let past = next.is_some_and(|next| matches!(next.low(), "countries" | "nations" | "world"));
        if head || past && spoken.contains("soviet") {
            return Some((end + 1, Area { usage: PlaceUse::Literal, ..area }));
        }
        if area.only_headed {
            return None;
        }
        if area.shy
            && !(words.get(end).is_some_and(|word| {
                !word.capital && word.kind == TokenKind::Word || word.lower == "-" || word.upper
            }) && at.checked_sub(1).is_none_or(|at| words[at].lower != "-"))
        {
            return None;
        }
    }
    Some((end, area))
}

/// "the West", "post-Soviet countries": names that begin small.
fn the_area(words: &[Word<'_>], at: usize) -> Option<(usize, Area)> {
    let next = words.get(at + 1)?;
    if words[at].lower == "the" {
        let area = table().area("the west").filter(|_| next.capital && next.lower == "west")?;
        let end = words.get(at + 2).is_none_or(|word| !word.capital && word.lower != "-");
        return end.then_some((at + 2, area));
    }
    words.get(at + 2).filter(|word| next.lower == "-" && word.capital && word.lower == "soviet")?;
    let head = words.get(at + 3).is_some_and(|word| {
        word.is(Mark::Realms)
            || matches!(word.low(), "countries" | "nations" | "world" | "state" | "republic")
    });
    head.then(|| table().area("soviet union").map(|area| (at + 4, Area { usage: PlaceUse::Literal, ..area })))
        .flatten()
}

/// "La.", "W.Va.", "TX" behind a comma: the short name of a region.
fn short_region(words: &[Word<'_>], at: usize) -> Option<(usize, Record)> {
    if !words[at].is(Mark::Short) {
        return None;
    }
    let comma = at > 0
        && (words[at - 1].lower == ","
            || words[at - 1].lower == "-" && at > 1 && words[at - 2].span.len() == 1);
    let mut spoken = String::new();
    let mut best = None;
    for (place, word) in words.iter().enumerate().skip(at).take(4) {
        if word.lower != "." && word.kind != TokenKind::Word {
            break;
        }
        spoken.push_str(&word.lower);
        let dots = spoken.bytes().filter(|b| *b == b'.').count();
        let written = if comma {
            dots > 0 || word.span.len() == 2 && spoken.len() == 2 && word.capital && words[at].upper
        } else {
            dots > 1 && !words[..at].last().is_some_and(|w| w.lower.bytes().all(|b| b.is_ascii_digit()))
                || dots == 1 && spoken.len() > 3
        };
        if let Some(region) = table().region(&spoken).filter(|_| written) {
            best = Some((place + 1, region));
        }
    }
    best
}

/// Whether one blank stands before a word.
pub(super) fn adjacent(words: &[Word<'_>], at: usize, text: &str) -> bool {
    at > 0 && words.get(at).is_some_and(|word| &text[words[at - 1].span.end()..word.span.start()] == " ")
}

/// Where a word ends without its possessive.
fn bare_end(word: &Word<'_>, text: &str) -> usize {
    let own = word.span.of(text);
    let bare = ["'s", "’s", "'S", "’S"].iter().find_map(|end| own.strip_suffix(end)).unwrap_or(own);
    word.span.start() + bare.len().max(1)
}

/// A name or demonym of the table: where it ends, the country, and whether it is a demonym.
fn of_table(words: &[Word<'_>], at: usize) -> Option<(usize, Record, bool)> {
    if !words[at].is(Mark::Country) {
        return None;
    }
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
        let bare = word.bare();
        spoken.push_str(bare);
        // "us" is a pronoun, "US" is not.
        let small = spoken == "us" && !words[at].capital;
        if let Some((record, demonym)) = table().country(&spoken).filter(|_| !small) {
            best = Some((place + 1, record, demonym));
        }
    }
    best.filter(|(end, ..)| words[at].lower != "us" || *end > at + 1 || words[at].span.len() == 2)
}

/// "Clarke" of "Clarke and Oconee counties": a district by its name alone.
fn county(word: &Word<'_>, at: usize) -> Option<(usize, Vec<Record>)> {
    let names = gazetteer();
    let bare = word.bare();
    let walk = names.walk(names.start(), super::place_key(bare).as_bytes())?;
    [" county", " parish"]
        .iter()
        .find_map(|kind| {
            names
                .walk(walk, kind.as_bytes())
                .map(|walk| names.places(walk))
                .filter(|places| !places.is_empty())
        })
        .map(|places| (at + 1, places))
}

/// A name in another spelling: "Mangystau region", "near Janaozen".
fn spelt(words: &[Word<'_>], at: usize) -> Option<(usize, Vec<Record>)> {
    let division = matches!(words.get(at + 1)?.low(), "region" | "oblast" | "province");
    let led = at > 0 && matches!(words[at - 1].low(), "in" | "near");
    let alone = !words[at + 1].capital;
    if !(division || led && alone) {
        return None;
    }
    spelled(&words[at]).map(|candidates| (at + 1, candidates))
}

fn spelled(word: &Word<'_>) -> Option<Vec<Record>> {
    let key = super::place_key(word.bare());
    if key.len() < 6 || word.upper {
        return None;
    }
    let records = gazetteer().spelled(&super::loose(&key));
    (!records.is_empty()).then_some(records)
}

/// The longest name of the gazetteer that begins here.
fn longest(words: &[Word<'_>], at: usize, text: &str) -> Option<(usize, Vec<Record>)> {
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
            TokenKind::Mark if matches!(word.low(), "-" | "." | "’" | "'") && between.is_empty() => {
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
        super::push_key(&mut key, word.bare());
        // "We're" is no "Were": behind an apostrophe a name goes on with a capital.
        let bare = word.bare();
        if bare.contains(['\'', '’']) {
            // In the word as it stands: small letters may take more bytes.
            let own = word.span.of(text);
            let behind = own.find(['\'', '’']).and_then(|mark| own[mark..].chars().nth(1));
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

/// "Cities such as Gdansk, Lublin and Opole": names that are listed as towns are towns.
fn cities(text: &str, found: &mut [Mention]) {
    let mut listed = false;
    let mut end = 0;
    for mention in found {
        let between = text.get(end..mention.span.start()).unwrap_or_default();
        listed &= matches!(between, ", " | " and " | ", and " | " or " | ", or ");
        let from = text.floor_char_boundary(mention.span.start().saturating_sub(24));
        let mut before =
            text[from..mention.span.start()].split([' ', ',', ':']).rev().filter(|word| !word.is_empty());
        let last = before.next().unwrap_or_default();
        let lead = match last {
            "as" => before.find(|word| *word != "such"),
            "of" | "like" | "including" => before.next(),
            _ => Some(last),
        };
        listed |= matches!(lead, Some("cities" | "towns" | "villages"));
        if listed && mention.wants.is_none() {
            mention.wants = Some(Class::City);
        }
        end = mention.span.end();
    }
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
            continue;
        }
        // "Springfield, Ontario" of no gazetteer is none of the towns of that name, and Ontario is no town.
        let town = found[at].candidates.iter().all(|record| record.class == Class::City);
        let region = next.is_some_and(|next| {
            let region = next.candidates.iter().any(|record| record.class == Class::Region);
            let first = at == 0
                || !text
                    .get(found[at - 1].span.end()..found[at].span.start())
                    .unwrap_or_default()
                    .starts_with(", ");
            let listed = !first
                || [", ", " and ", " or "].iter().any(|mark| text[next.span.end()..].starts_with(mark));
            region && !listed
        });
        if town && region && found[at].usage == PlaceUse::Literal {
            found[at].candidates.clear();
            found[at + 1].wants = Some(Class::Region);
        }
    }
}
