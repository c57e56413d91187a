//! Units of measure and money.

use serde::Deserialize;
use std::collections::HashMap;
use std::sync::LazyLock;

/// A unit.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Unit {
    /// Plain English singular.
    pub(super) name: &'static str,
    /// UCUM, of money ISO 4217; empty where there is none.
    pub(super) code: &'static str,
    /// Whether it is money.
    pub(super) money: bool,
}

#[derive(Deserialize)]
struct File {
    units: Vec<String>,
    money: Vec<String>,
    rates: Vec<String>,
}

/// All units, by their words and symbols.
pub(super) struct Units {
    units: Vec<Unit>,
    /// Words in lower case with single blanks, to the unit and how many words there are.
    spoken: HashMap<String, usize>,
    /// Symbols as they are written.
    symbols: HashMap<String, usize>,
    rates: Vec<String>,
    /// First words of units.
    firsts: HashMap<String, usize>,
}

pub(super) static UNITS: LazyLock<Units> = LazyLock::new(|| {
    let file: File = toml::from_str(include_str!("../../rules/en/units.toml"))
        .expect("the units that ship with the program are valid");
    let mut units = Units {
        units: Vec::new(),
        spoken: HashMap::new(),
        symbols: HashMap::new(),
        rates: file
            .rates
            .iter()
            .flat_map(|line| line.split(' '))
            .map(|word| word.replace('_', " "))
            .collect(),
        firsts: HashMap::new(),
    };
    for (lines, money) in [(&file.units, false), (&file.money, true)] {
        for line in lines {
            let mut parts = line.split('|').map(str::trim);
            let (head, words, symbols) =
                (parts.next().unwrap_or(""), parts.next().unwrap_or(""), parts.next().unwrap_or(""));
            let (name, code) = head.rsplit_once(' ').unwrap_or((head, "-"));
            let at = units.units.len();
            // The tables live as long as the program.
            let kept = |word: &str| -> &'static str { Box::leak(word.to_owned().into_boxed_str()) };
            units.units.push(Unit {
                name: kept(name),
                code: kept(if code == "-" { "" } else { code }),
                money,
            });
            for word in words.split_whitespace() {
                let word = word.replace('_', " ");
                let first = word.split([' ', '-', '/']).next().unwrap_or("").to_owned();
                let count = word.split([' ', '-', '/']).count();
                let longest = units.firsts.entry(first).or_insert(0);
                *longest = (*longest).max(count);
                units.spoken.insert(word, at);
            }
            for symbol in symbols.split_whitespace() {
                units.symbols.insert(symbol.to_owned(), at);
            }
        }
    }
    units
});

impl Units {
    /// Single words that begin units, for the table of words.
    pub(super) fn words(&self) -> impl Iterator<Item = &str> {
        let mut words: Vec<&str> = self.firsts.keys().map(String::as_str).collect();
        words.sort_unstable();
        words.into_iter()
    }

    /// Codes of money, in lower case.
    pub(super) fn codes(&self) -> impl Iterator<Item = String> {
        let money = |at: &&usize| self.units[**at].money;
        let code = |word: &str| word.len() == 3 && word.bytes().all(|byte| byte.is_ascii_uppercase());
        let mut codes: Vec<String> = self
            .symbols
            .iter()
            .filter(|(word, at)| code(word) && money(at))
            .map(|(word, _)| word.to_lowercase())
            .collect();
        codes.sort_unstable();
        codes.into_iter()
    }

    /// How many words the longest unit has that begins with this word.
    pub(super) fn longest(&self, first: &str) -> usize {
        self.firsts.get(first).copied().unwrap_or(0)
    }

    /// The unit of these words, in lower case with single blanks.
    pub(super) fn of_words(&self, words: &str) -> Option<&Unit> {
        self.spoken.get(words).map(|at| &self.units[*at])
    }

    /// The unit of a symbol as it is written.
    pub(super) fn of_symbol(&self, symbol: &str) -> Option<&Unit> {
        self.symbols.get(symbol).map(|at| &self.units[*at])
    }

    /// What a price or rate goes by, in the singular.
    pub(super) fn rate(&self, word: &str) -> Option<&str> {
        let word = if word == "annum" { "year" } else { word };
        self.rates.iter().find(|rate| *rate == word).map(String::as_str)
    }
}
