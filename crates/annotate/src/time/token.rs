//! One pass over a text to typed tokens: words of time expressions, numbers, marks, and everything else as one.

use super::lexicon::{Class, Entry, Lexicon, lexicon};
use model::Span;

/// A word, number or mark and what it is; words that no expression is made of are joined to one token.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    pub(super) start: u32,
    pub(super) end: u32,
    pub(super) value: i32,
    pub(super) class: Class,
    /// White space stands before it.
    pub(super) spaced: bool,
    /// It begins with a capital letter.
    pub(super) capital: bool,
}

impl Token {
    pub(super) fn span(self) -> Span {
        Span::new(self.start as usize, self.end as usize)
    }
}

/// A date in digits, in the order of the text: three numbers and what stands between them.
#[derive(Clone, Copy, Debug)]
pub(super) struct Numeric {
    pub(super) parts: [i32; 3],
    /// The first number is a year of four digits.
    pub(super) year_first: bool,
    /// The two digits of a short year.
    pub(super) short: bool,
}

/// The tokens of a text, its numeric dates and its web addresses.
#[derive(Default)]
pub(super) struct Scan {
    pub(super) tokens: Vec<Token>,
    pub(super) numerics: Vec<Numeric>,
    pub(super) urls: Vec<Span>,
}

pub(super) fn scan(text: &str) -> Scan {
    let mut scanner = Scanner {
        text,
        bytes: text.as_bytes(),
        at: 0,
        gap: 0,
        lexicon: lexicon(),
        out: Scan::default(),
        lower: String::new(),
    };
    scanner.out.tokens.reserve(text.len() / 16);
    scanner.run();
    scanner.out
}

struct Scanner<'a> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
    /// Where the white space before the token at hand begins.
    gap: usize,
    lexicon: &'static Lexicon,
    out: Scan,
    lower: String,
}

impl Scanner<'_> {
    fn run(&mut self) {
        while self.at < self.bytes.len() {
            let start = self.at;
            match self.bytes[start] {
                b'\n' => {
                    self.at += 1;
                    let blank =
                        self.bytes[self.at..].iter().find(|byte| !matches!(byte, b' ' | b'\t' | b'\r'));
                    if blank == Some(&b'\n') {
                        self.push(start, Class::Break, 0);
                    }
                    continue;
                }
                b' ' | b'\t' | b'\r' | 0x0B | 0x0C => {
                    self.at += 1;
                    continue;
                }
                b'a'..=b'z' | b'A'..=b'Z' => self.word(start),
                b'0'..=b'9' => self.digits(start),
                0x80.. => match self.text[start..].chars().next() {
                    // White space of any width belongs to the gap.
                    Some(c) if c.is_whitespace() => {
                        self.at += c.len_utf8();
                        continue;
                    }
                    Some(c) => self.wide(start, c),
                    None => break,
                },
                mark => self.mark(start, mark),
            }
            self.gap = self.at;
        }
    }

    fn push(&mut self, start: usize, class: Class, value: i32) {
        let spaced = start > self.gap || start == 0;
        let capital = self.bytes[start].is_ascii_uppercase();
        // "Twenty-fifth", "двадцать пятого": one number in two words.
        if class == Class::Ordinal
            && (1..10).contains(&value)
            && !self.bytes[start].is_ascii_digit()
            && self.tens_before(value)
        {
            return;
        }
        if class == Class::Other
            && let Some(last) = self.out.tokens.last_mut().filter(|last| last.class == Class::Other)
        {
            last.end = self.at as u32;
            return;
        }
        self.out.tokens.push(Token {
            start: start as u32,
            end: self.at as u32,
            value,
            class,
            spaced,
            capital,
        });
    }

    /// Joins an ordinal below ten to the tens before it; whether there were any.
    fn tens_before(&mut self, ones: i32) -> bool {
        let tokens = &mut self.out.tokens;
        let tens =
            |token: &Token| token.class == Class::Cardinal && token.value >= 20 && token.value % 10 == 0;
        let dash = tokens.last().is_some_and(|last| last.class == Class::Dash && !last.spaced);
        let place = tokens.len().wrapping_sub(if dash { 2 } else { 1 });
        let Some(first) = tokens.get_mut(place).filter(|token| tens(token)) else { return false };
        (first.class, first.value, first.end) = (Class::Ordinal, first.value + ones, self.at as u32);
        tokens.truncate(place + 1);
        true
    }

    /// The end of the run of letters and digits at `from`.
    fn run_of_letters(&self, from: usize) -> usize {
        let mut at = from;
        while at < self.bytes.len() {
            match self.bytes[at] {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => at += 1,
                0x80.. => match self.text[at..].chars().next() {
                    Some(c) if c.is_alphanumeric() || matches!(c, '\u{300}'..='\u{36F}' | '\u{AD}') => {
                        at += c.len_utf8();
                    }
                    _ => break,
                },
                _ => break,
            }
        }
        at
    }

    fn word(&mut self, start: usize) {
        let mut end = start + 1;
        while end < self.bytes.len() && self.bytes[end].is_ascii_alphabetic() {
            end += 1;
        }
        if end < self.bytes.len() && (self.bytes[end] >= 0x80 || self.bytes[end].is_ascii_digit()) {
            let longer = self.run_of_letters(end);
            if longer > end {
                self.at = longer;
                // "Q3" and "H1" name parts of a year.
                self.push(start, Class::Other, 0);
                self.part_of_year(start, longer);
                return;
            }
        }
        self.at = end;
        let word = &self.bytes[start..end];
        if word.len() == 1 && self.bytes.get(end) == Some(&b'.') && self.letters_with_points(start) {
            return;
        }
        if word.len() <= 5 && matches!(word[0] | 0x20, b'h' | b'w') && self.is_url(start, word.len()) {
            let rest = &self.bytes[start..];
            let length =
                rest.iter().position(|b| b.is_ascii_whitespace() || matches!(b, b'<' | b'>' | b'"' | b')'));
            self.at = start + length.unwrap_or(rest.len());
            while !self.text.is_char_boundary(self.at) {
                self.at += 1;
            }
            self.out.urls.push(Span::new(start, self.at));
            self.push(start, Class::Other, 0);
            return;
        }
        if word.len() > 16 {
            self.push(start, Class::Other, 0);
            return;
        }
        match self.lexicon.ascii(self.bytes, start, word.len()) {
            Some(entry) => self.entry(start, entry),
            None if word.len() <= 7 && word.iter().all(|b| matches!(b, b'I' | b'V' | b'X')) => {
                let value = roman(word);
                self.push(start, Class::Roman, value);
            }
            // Most past forms of English end so; the few others that do cost nothing.
            None if word.len() > 4
                && word.ends_with(b"ed")
                && !word[0].is_ascii_uppercase()
                && !word.ends_with(b"eed") =>
            {
                self.push(start, Class::PastCue, 0);
            }
            None => self.push(start, Class::Other, 0),
        }
    }

    /// "a.m.", "B.C.": letters with points between them; whether it was such.
    fn letters_with_points(&mut self, start: usize) -> bool {
        const SHORT: [(&str, Class, i32); 6] = [
            ("a.m", Class::Meridiem, 0),
            ("p.m", Class::Meridiem, 12),
            ("b.c.e", Class::Era, -1),
            ("b.c", Class::Era, -1),
            ("a.d", Class::Era, 1),
            ("c.e", Class::Era, 1),
        ];
        let found = SHORT.into_iter().find(|(letters, ..)| {
            let there = self.text.get(start..start + letters.len());
            let ends = !self.bytes.get(start + letters.len()).is_some_and(u8::is_ascii_alphanumeric);
            ends && there.is_some_and(|there| there.eq_ignore_ascii_case(letters))
        });
        let Some((letters, class, value)) = found else { return false };
        let end = start + letters.len();
        self.at = end + usize::from(self.bytes.get(end) == Some(&b'.'));
        self.push(start, class, value);
        true
    }

    fn is_url(&self, start: usize, length: usize) -> bool {
        let rest = &self.bytes[start + length..];
        let word = &self.text[start..start + length];
        rest.starts_with(b"://") || word.eq_ignore_ascii_case("www") && rest.first() == Some(&b'.')
    }

    /// "Q3", "H1": the token just pushed is made a quarter or a half.
    fn part_of_year(&mut self, start: usize, end: usize) {
        let [letter @ (b'Q' | b'H'), digit @ b'1'..=b'4'] = self.bytes[start..end] else { return };
        let class = if letter == b'Q' { Class::Unit } else { Class::Half };
        let joined = self.out.tokens.last().is_some_and(|last| (last.start as usize) < start);
        let token = Token {
            start: start as u32,
            end: end as u32,
            value: -i32::from(digit - b'0'),
            class,
            spaced: true,
            capital: true,
        };
        match joined {
            true => {
                if let Some(last) = self.out.tokens.last_mut() {
                    last.end = start as u32;
                }
                self.out.tokens.push(token);
            }
            false => {
                self.out.tokens.pop();
                self.out.tokens.push(token);
            }
        }
    }

    /// A word of the table, or the longest expression that begins with it.
    fn entry(&mut self, start: usize, entry: &Entry) {
        for (rest, class, value) in &entry.phrases {
            if let Some(end) = self.follows(self.at, rest) {
                self.at = end;
                self.push(start, *class, i32::from(*value));
                return;
            }
        }
        let capital = !entry.capital || self.bytes[start].is_ascii_uppercase();
        let class = if capital { entry.class } else { Class::Other };
        self.push(start, class, i32::from(entry.value));
    }

    /// Where these words end, if they follow, each after one blank.
    fn follows(&self, from: usize, words: &[String]) -> Option<usize> {
        let mut at = from;
        for word in words {
            if !matches!(self.bytes.get(at), Some(b' ' | b'\n')) {
                return None;
            }
            at += 1;
            let candidate = self.text.get(at..at + word.len())?;
            let same = candidate.eq_ignore_ascii_case(word)
                || !word.is_ascii() && candidate.chars().flat_map(char::to_lowercase).eq(word.chars());
            let ends = self.text[at + word.len()..].chars().next().is_none_or(|c| !c.is_alphanumeric());
            if !same || !ends {
                return None;
            }
            at += word.len();
        }
        Some(at)
    }

    fn wide(&mut self, start: usize, c: char) {
        self.at = start + c.len_utf8();
        match c {
            '\u{2010}'..='\u{2015}' | '\u{2212}' => self.push(start, Class::Dash, 0),
            '\u{2018}' | '\u{2019}' => self.apostrophe(start, c.len_utf8()),
            _ if c.is_alphabetic() => {
                self.at = self.run_of_letters(start);
                self.lower.clear();
                self.lower.extend(self.text[start..self.at].chars().flat_map(char::to_lowercase));
                let entry = self.lexicon.other(&self.lower);
                match entry {
                    Some(entry) => self.entry(start, entry),
                    None => match cyrillic_roman(&self.lower) {
                        Some(value) if c.is_uppercase() => self.push(start, Class::Roman, value),
                        _ => self.push(start, Class::Other, 0),
                    },
                }
            }
            _ => self.push(start, Class::Mark, 0),
        }
    }

    fn mark(&mut self, start: usize, mark: u8) {
        self.at = start + 1;
        let class = match mark {
            b'.' | b'!' | b'?' | b';' => {
                let rest = self.text[self.at..].trim_start_matches(['"', '\'', ')', '\u{201D}', '\u{2019}']);
                let next = rest.trim_start().chars().next();
                let spaced = rest.is_empty() || rest.starts_with(char::is_whitespace);
                let starts =
                    next.is_none_or(|c| c.is_uppercase() || !c.is_alphanumeric() || c.is_ascii_digit());
                // "1987 г. Берлин": a shortened word for years ends no sentence.
                let short = mark == b'.'
                    && self.out.tokens.last().is_some_and(|last| {
                        last.class == Class::Unit
                            && last.end as usize == start
                            && last.end - last.start <= 4
                            && self.bytes[last.start as usize] >= 0x80
                    });
                if spaced && starts && !short && (mark != b'.' || next.is_none_or(|c| !c.is_ascii_digit())) {
                    Class::Stop
                } else if mark == b'.' {
                    Class::Dot
                } else {
                    Class::Mark
                }
            }
            b',' => Class::Comma,
            b'-' => Class::Dash,
            b'/' => Class::Slash,
            b'(' | b'[' => Class::Open,
            b')' | b']' => Class::Close,
            b'\'' => return self.apostrophe(start, 1),
            b'$' => {
                // An amount of money is no number of anything else.
                let digits = self.bytes[self.at..]
                    .iter()
                    .take_while(|b| b.is_ascii_digit() || matches!(b, b',' | b'.'));
                self.at += digits.count();
                Class::Other
            }
            _ => Class::Mark,
        };
        self.push(start, class, 0);
    }

    /// "’99", "’80s", the possessive "’s", or a mark.
    fn apostrophe(&mut self, start: usize, length: usize) {
        self.at = start + length;
        let rest = &self.bytes[self.at..];
        let spaced = start == 0 || !self.text[..start].ends_with(char::is_alphanumeric);
        match rest {
            [a @ b'0'..=b'9', b @ b'0'..=b'9', after @ ..] if spaced => {
                let value = i32::from(a - b'0') * 10 + i32::from(b - b'0');
                let plural =
                    after.first() == Some(&b's') && !after.get(1).is_some_and(u8::is_ascii_alphanumeric);
                if after.first().is_some_and(u8::is_ascii_alphanumeric) && !plural {
                    return self.push(start, Class::Mark, 0);
                }
                self.at += 2 + usize::from(plural);
                let class = if plural && b == &b'0' { Class::Decade } else { Class::ShortYear };
                self.push(start, class, value);
            }
            [b's' | b'S', after @ ..] if !spaced && !after.first().is_some_and(u8::is_ascii_alphanumeric) => {
                self.at += 1;
                self.push(start, Class::Possessive, 0);
            }
            _ => self.push(start, Class::Mark, 0),
        }
    }

    fn number_at(&self, from: usize) -> (usize, i32) {
        let mut at = from;
        let mut value = 0_i32;
        while let Some(digit) = self.bytes.get(at).filter(|byte| byte.is_ascii_digit()) {
            value = value.saturating_mul(10).saturating_add(i32::from(digit - b'0'));
            at += 1;
        }
        (at, value)
    }

    fn digits(&mut self, start: usize) {
        let (end, value) = self.number_at(start);
        let length = end - start;
        self.at = end;
        let byte = |at: usize| self.bytes.get(at).copied().unwrap_or(0);
        let digit = |at: usize| byte(at).is_ascii_digit();
        let glued =
            start > 0 && matches!(byte(start - 1), b'$' | b'#' | b'@' | b'_' | b'.') && start == self.gap;
        if let Some((to, numeric)) = self.numeric(start, end, length, value).filter(|_| !glued) {
            self.at = to;
            let place = self.out.numerics.len() as i32;
            self.out.numerics.push(numeric);
            return self.push(start, Class::Numeric, place);
        }
        match byte(end) {
            b':' if length <= 2 && value <= 24 && digit(end + 1) && digit(end + 2) && !digit(end + 3) => {
                let (_, minutes) = self.number_at(end + 1);
                self.at = end + 3;
                let mut seconds = 0;
                if byte(self.at) == b':' && digit(self.at + 1) && digit(self.at + 2) && !digit(self.at + 3) {
                    seconds = self.number_at(self.at + 1).1;
                    self.at += 3;
                }
                let ends = self.text[self.at..]
                    .chars()
                    .next()
                    .is_none_or(|c| !c.is_alphabetic() || matches!(c, 'a' | 'p' | 'h' | 'Z' | 'z'));
                if minutes < 60 && seconds <= 60 && ends {
                    return self.push(start, Class::ClockTime, value * 60 + minutes);
                }
                self.push(start, Class::Other, 0);
            }
            b',' | b'.' if digit(end + 1) => {
                while matches!(byte(self.at), b',' | b'.') && digit(self.at + 1) {
                    self.at = self.number_at(self.at + 1).0;
                }
                let percent = byte(self.at) == b'%' || byte(self.at).is_ascii_alphabetic();
                self.push(start, if percent || glued { Class::Other } else { Class::Number }, 0);
            }
            b'%' => self.push(start, Class::Other, 0),
            b'a'..=b'z' | b'A'..=b'Z' => self.suffixed(start, end, length, value),
            0x80.. if length <= 9 => {
                let letters = self.run_of_letters(end);
                match letters == end || unspaced_after(&self.text[end..]) {
                    true => self.push(start, if glued { Class::Other } else { Class::Digits }, value),
                    false => {
                        self.at = letters;
                        self.push(start, Class::Other, 0);
                    }
                }
            }
            _ if glued || length > 9 => self.push(start, Class::Other, 0),
            b'-' if byte(end + 1) >= 0x80 => self.cyrillic_suffix(start, end, value),
            b']' if start > 0 && byte(start - 1) == b'[' => self.push(start, Class::Other, 0),
            _ => self.push(start, Class::Digits, value),
        }
    }

    fn numeric(&self, start: usize, end: usize, length: usize, value: i32) -> Option<(usize, Numeric)> {
        let separator = *self.bytes.get(end)?;
        if !matches!(separator, b'-' | b'/' | b'.') || length != 4 && length > 2 {
            return None;
        }
        let (second_end, second) = self.number_at(end + 1);
        let second_length = second_end - end - 1;
        if !(1..=2).contains(&second_length) || self.bytes.get(second_end) != Some(&separator) {
            return None;
        }
        let (third_end, third) = self.number_at(second_end + 1);
        let third_length = third_end - second_end - 1;
        let year_first = length == 4;
        let fits = match (year_first, third_length) {
            (true, 1 | 2) | (false, 4) => true,
            // "12.05.21" is a date where both its first parts have two digits; "1.2.10" is a version.
            (false, 2) => separator == b'/' || separator == b'.' && length == 2 && second_length == 2,
            _ => false,
        };
        let next = self.bytes.get(third_end).copied().unwrap_or(b' ');
        let time = next == b'T' && year_first;
        if !fits || next.is_ascii_alphanumeric() && !time || next == separator && separator != b'.' {
            return None;
        }
        let before = start.checked_sub(1).map(|at| self.bytes[at]);
        if before.is_some_and(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'=' | b'_')) {
            return None;
        }
        let mut to = third_end;
        if time {
            // A time of day of ISO 8601 belongs to its date.
            let length = self.bytes[third_end + 1..]
                .iter()
                .take_while(|b| b.is_ascii_digit() || matches!(b, b':' | b'.' | b'Z' | b'+' | b'-'))
                .count();
            to += 1 + length;
        }
        Some((
            to,
            Numeric { parts: [value, second, third], year_first, short: third_length == 2 && !year_first },
        ))
    }

    fn suffixed(&mut self, start: usize, end: usize, length: usize, value: i32) {
        let to = self.run_of_letters(end);
        self.at = to;
        let suffix = self.text[end..to].to_ascii_lowercase();
        let (class, value) = match suffix.as_str() {
            "st" | "nd" | "rd" | "th" if length <= 2 => (Class::Ordinal, value),
            "s" if (3..=4).contains(&length) && value % 10 == 0 => (Class::Decade, value),
            "am" | "pm" if (1..=12).contains(&value) => {
                (Class::ClockTime, hour_of(value, suffix == "pm") * 60)
            }
            "hrs" | "h" if length == 4 && value < 2400 && value % 100 < 60 => {
                (Class::ClockTime, value / 100 * 60 + value % 100)
            }
            "bc" | "bce" | "z" => {
                // The era is a word of its own.
                self.at = end;
                (Class::Digits, value)
            }
            _ => (Class::Other, 0),
        };
        self.push(start, class, value);
    }

    /// "5-го", "1990-х": an ordinal or a decade.
    fn cyrillic_suffix(&mut self, start: usize, end: usize, value: i32) {
        let to = self.run_of_letters(end + 1);
        let suffix = self.text[end + 1..to].to_lowercase();
        let class = match suffix.as_str() {
            "е" | "ые" | "х" | "ых" if value % 10 == 0 && (10..100).contains(&value) => Class::Decade,
            "е" | "ые" | "х" | "ых" if value % 10 == 0 && (1000..2100).contains(&value) => {
                Class::Decade
            }
            "го" | "ого" | "е" | "ое" | "й" | "ый" | "ой" | "м" | "ом" | "му" | "я" | "ая" | "ю" | "ую"
                if value <= 31 || (1000..2100).contains(&value) =>
            {
                Class::Ordinal
            }
            _ => return self.push(start, Class::Digits, value),
        };
        self.at = to;
        self.push(start, class, value);
    }
}

/// The hour of the day of an hour of the clock.
pub(super) fn hour_of(hour: i32, afternoon: bool) -> i32 {
    hour % 12 + if afternoon { 12 } else { 0 }
}

fn unspaced_after(rest: &str) -> bool {
    rest.chars().next().is_some_and(model::script::unspaced)
}

fn roman(word: &[u8]) -> i32 {
    let digit = |byte: u8| match byte {
        b'I' => 1,
        b'V' => 5,
        _ => 10,
    };
    let mut sum = 0;
    for (at, byte) in word.iter().enumerate() {
        let value = digit(*byte);
        let next = word.get(at + 1).map_or(0, |next| digit(*next));
        sum += if value < next { -value } else { value };
    }
    sum
}

/// A Roman numeral typed with Cyrillic letters: "ХХ".
fn cyrillic_roman(lower: &str) -> Option<i32> {
    (!lower.is_empty() && lower.chars().all(|c| c == 'х')).then(|| 10 * lower.chars().count() as i32)
}
