//! Typed words: one pass over a sentence, each word looked up once.

use crate::hash::QuickMap;
use serde::Deserialize;
use std::sync::LazyLock;

/// What a word is to the grammar of quantities.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Class {
    /// Digits; the value is theirs.
    Digits,
    /// "zero" to "nineteen".
    Small,
    /// "twenty" to "ninety".
    Tens,
    /// Hundreds in one word, as Slavic languages have them.
    Hundreds,
    /// "hundred", "million", "dozen".
    Scale,
    /// "dozens", "hundreds", "millions".
    Vague,
    /// "half", "thirds", "quarter": the value is what one is divided by.
    Part,
    /// "doubled", "threefold".
    Factor,
    /// A word of a month.
    Month,
    /// A word no noun goes on over.
    Stop,
    /// A word before numbers that name.
    Label,
    /// A code of money: "USD".
    Code,
    /// Any other word.
    Word,
    /// One character that is no letter and no digit.
    Mark,
}

/// A word, number or mark of a sentence.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    pub(super) start: u32,
    pub(super) end: u32,
    pub(super) class: Class,
    pub(super) value: f64,
    /// Its place among the words of the table, for bounds and units; 0 where it has none.
    pub(super) word: u32,
    /// Verbs of change: 1 up, 2 down, 4 what may stand between such a verb and its number.
    pub(super) change: u8,
}

#[derive(Deserialize)]
struct WordFile {
    small: Vec<String>,
    /// Other forms of small numbers.
    #[serde(default)]
    small_forms: Vec<String>,
    #[serde(default)]
    hundreds: Vec<String>,
    tens: Vec<String>,
    scales: Vec<String>,
    vague: Vec<String>,
    parts: Vec<String>,
    factors: Vec<String>,
    before: Vec<String>,
    after: Vec<String>,
    up: Vec<String>,
    down: Vec<String>,
    by: Vec<String>,
    months: Vec<String>,
    stops: Vec<String>,
    labels: Vec<String>,
}

#[derive(Clone, Copy)]
struct Entry {
    class: Class,
    value: f64,
    word: u32,
    change: u8,
}

/// The words of all tables, and the phrases made of them.
pub(super) struct Words {
    entries: QuickMap<Box<[u8]>, Entry>,
    /// Bounds before a number, as rows of word numbers read backwards, longest first.
    pub(super) before: Vec<(Vec<u32>, u8)>,
    /// Bounds behind a number.
    pub(super) after: Vec<(Vec<u32>, u8)>,
    /// Which first (last) words any bound has.
    pub(super) ends_bound: Vec<bool>,
}

const FILES: [&str; 2] =
    [include_str!("../../rules/en/quantity-words.toml"), include_str!("../../rules/ru/quantity-words.toml")];

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let mut words =
        Words { entries: QuickMap::default(), before: Vec::new(), after: Vec::new(), ends_bound: Vec::new() };
    for file in FILES {
        let file =
            toml::from_str(file).expect("the words of quantities that ship with the program are valid");
        words.add(&file);
    }
    words.before.sort_by_key(|(numbers, _)| std::cmp::Reverse(numbers.len()));
    words.after.sort_by_key(|(numbers, _)| std::cmp::Reverse(numbers.len()));
    super::unit::UNITS.codes().for_each(|code| words.set(&code, Class::Code, 0.0));
    super::unit::UNITS.words().for_each(|word| {
        words.number(word);
    });
    let count = words.entries.len() + 1;
    words.ends_bound = vec![false; count];
    let ends: Vec<u32> = words.before.iter().map(|(numbers, _)| numbers[0]).collect();
    ends.into_iter().for_each(|word| words.ends_bound[word as usize] = true);
    words
});

pub(super) fn words() -> &'static Words {
    &WORDS
}

impl Words {
    /// Adds the words of one language.
    fn add(&mut self, file: &WordFile) {
        let spoken = |lines: &[String]| -> Vec<String> {
            let words = lines.iter().flat_map(|line| line.split(' '));
            words.filter(|word| !word.is_empty()).map(str::to_owned).collect()
        };
        for (at, word) in spoken(&file.small).iter().enumerate() {
            self.set(word, Class::Small, at as f64);
        }
        for (at, word) in spoken(&file.tens).iter().enumerate() {
            self.set(word, Class::Tens, (at as f64 + 2.0) * 10.0);
        }
        for (lines, class) in [
            (&file.small_forms, Class::Small),
            (&file.hundreds, Class::Hundreds),
            (&file.scales, Class::Scale),
            (&file.vague, Class::Vague),
            (&file.parts, Class::Part),
            (&file.factors, Class::Factor),
        ] {
            for line in lines {
                let (value, rest) = line.split_once(' ').unwrap_or((line, ""));
                for word in rest.split(' ').filter(|word| !word.is_empty()) {
                    self.set(word, class, value.parse().unwrap_or(1.0));
                }
            }
        }
        for (lines, class) in
            [(&file.months, Class::Month), (&file.stops, Class::Stop), (&file.labels, Class::Label)]
        {
            spoken(lines).iter().for_each(|word| self.set(word, class, 0.0));
        }
        for (lines, flag) in [(&file.up, 1), (&file.down, 2), (&file.by, 4)] {
            for word in spoken(lines) {
                self.touch(&word).change |= flag;
            }
        }
        for (lines, backwards) in [(&file.before, true), (&file.after, false)] {
            for line in lines {
                let (sign, rest) = line.split_once(' ').unwrap_or((line, ""));
                for phrase in rest.split(' ').filter(|phrase| !phrase.is_empty()) {
                    let mut numbers: Vec<u32> = phrase.split('_').map(|word| self.number(word)).collect();
                    if backwards {
                        numbers.reverse();
                    }
                    let list = if backwards { &mut self.before } else { &mut self.after };
                    list.push((numbers, sign.as_bytes()[0]));
                }
            }
        }
    }

    fn touch(&mut self, word: &str) -> &mut Entry {
        let next = self.entries.len() as u32 + 1;
        self.entries.entry(word.as_bytes().into()).or_insert(Entry {
            class: Class::Word,
            value: 0.0,
            word: next,
            change: 0,
        })
    }

    fn set(&mut self, word: &str, class: Class, value: f64) {
        let entry = self.touch(word);
        (entry.class, entry.value) = (class, value);
    }

    fn number(&mut self, word: &str) -> u32 {
        self.touch(word).word
    }

    /// The number of a word; 0 where no table has it.
    pub(super) fn number_of(&self, word: &str) -> u32 {
        self.entries.get(word.as_bytes()).map_or(0, |entry| entry.word)
    }

    fn look(&self, letters: &[u8]) -> Option<Entry> {
        let mut lower = [0u8; 24];
        let lower = lower.get_mut(..letters.len())?;
        lower.copy_from_slice(letters);
        lower.make_ascii_lowercase();
        self.entries.get(&*lower).copied()
    }
}

/// Cuts a stretch of text; `into` is emptied first. Digits keep points and commas between digits; letters behind digits
/// are a word of their own ("50km", "2.7m").
pub(super) fn scan(text: &str, from: usize, to: usize, into: &mut Vec<Token>) {
    into.clear();
    let bytes = text.as_bytes();
    let words = words();
    let mut at = from;
    while at < to {
        let byte = bytes[at];
        let start = at;
        let push = |into: &mut Vec<Token>, end: usize, class: Class, value: f64, word: u32, change: u8| {
            into.push(Token { start: start as u32, end: end as u32, class, value, word, change });
        };
        match byte {
            b'0'..=b'9' => {
                let digit = |at: usize| at < to && bytes[at].is_ascii_digit();
                while digit(at) || at < to && matches!(bytes[at], b',' | b'.') && digit(at + 1) {
                    at += 1;
                }
                // Thousands may stand apart by a narrow or unbreakable blank.
                while let Some(blank) = narrow_blank(text, at, to) {
                    let next = at + blank;
                    if at - start > 3 && !text[start..at].contains([' ', '\u{a0}', '\u{202f}', '\u{2009}'])
                        || !(digit(next) && digit(next + 1) && digit(next + 2))
                        || digit(next + 3)
                    {
                        break;
                    }
                    at = next + 3;
                }
                match digits(&text[start..at]) {
                    Some(value) => push(into, at, Class::Digits, value, 0, 0),
                    None => push(into, at, Class::Word, 0.0, 0, 0),
                }
            }
            b'a'..=b'z' | b'A'..=b'Z' => {
                at += 1;
                while at < to
                    && (bytes[at].is_ascii_alphabetic()
                        || bytes[at] >= 0xC3 && letter(text, at)
                        || bytes[at] == b'\'' && at + 1 < to && bytes[at + 1].is_ascii_alphabetic())
                {
                    at += if bytes[at] < 0x80 { 1 } else { width(bytes[at]) };
                }
                match words.look(&bytes[start..at]) {
                    Some(entry) => push(into, at, entry.class, entry.value, entry.word, entry.change),
                    None => push(into, at, Class::Word, 0.0, 0, 0),
                }
            }
            _ if byte.is_ascii_whitespace() => at += 1,
            _ if byte < 0x80 => {
                at += 1;
                push(into, at, Class::Mark, 0.0, 0, 0);
            }
            _ => {
                let c = text[at..].chars().next().unwrap_or(' ');
                at += c.len_utf8();
                if c.is_whitespace() {
                    continue;
                }
                if c.is_alphabetic() {
                    while at < to && text[at..].starts_with(char::is_alphabetic) {
                        at += width(bytes[at]);
                    }
                    let own = &text[start..at];
                    let entry = words.entries.get(own.as_bytes()).copied();
                    let entry = entry.or_else(|| words.entries.get(own.to_lowercase().as_bytes()).copied());
                    match entry {
                        Some(entry) => push(into, at, entry.class, entry.value, entry.word, entry.change),
                        None => push(into, at, Class::Word, 0.0, 0, 0),
                    }
                } else {
                    push(into, at, Class::Mark, 0.0, words.number_of(&text[start..at]), 0);
                }
            }
        }
    }
}

fn narrow_blank(text: &str, at: usize, to: usize) -> Option<usize> {
    let c = text.get(at..to)?.chars().next()?;
    matches!(c, '\u{a0}' | '\u{202f}' | '\u{2009}').then(|| c.len_utf8())
}

fn letter(text: &str, at: usize) -> bool {
    text.get(at..).and_then(|rest| rest.chars().next()).is_some_and(char::is_alphabetic)
}

fn width(first: u8) -> usize {
    match first {
        0..=0x7F => 1,
        0x80..=0xDF => 2,
        0xE0..=0xEF => 3,
        _ => 4,
    }
}

/// "1,340", "61.5", "15000", "1.340.000", "15 000": digits in groups of three, or with one decimal point.
fn digits(word: &str) -> Option<f64> {
    if word.bytes().all(|byte| byte.is_ascii_digit()) {
        return word.parse().ok();
    }
    let plain: String = word.chars().filter(|c| !c.is_whitespace()).collect();
    let groups = |mark: char| {
        let mut parts = plain.split(mark);
        let first = parts.next().unwrap_or("");
        (1..=3).contains(&first.len())
            && plain.matches(mark).count() >= 1
            && parts.all(|part| part.len() == 3)
    };
    match (plain.contains(','), plain.matches('.').count()) {
        (false, 0 | 1) => plain.parse().ok(),
        (false, _) if groups('.') => plain.replace('.', "").parse().ok(),
        (true, 0) if groups(',') => plain.replace(',', "").parse().ok(),
        // Indian groups of two: "5,00,000".
        (true, 0) if plain.rsplit(',').next().is_some_and(|last| last.len() == 3) => {
            plain.replace(',', "").parse().ok()
        }
        // A decimal comma: "10,9".
        (true, 0) if plain.matches(',').count() == 1 => plain.replace(',', ".").parse().ok(),
        (true, 1) => {
            let (whole, rest) = plain.split_once('.')?;
            let grouped = whole.split(',').skip(1).all(|group| group.len() == 3) && !rest.contains(',');
            grouped.then(|| plain.replace(',', "").parse().ok()).flatten()
        }
        _ => None,
    }
}
