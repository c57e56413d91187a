//! Tokens: words, numbers and marks with their place in the text.
//!
//! A word is a run of letters and digits; an apostrophe between two letters belongs to it ("Okafor’s"),
//! a hyphen does not ("Baden-Baden" is two words: accounts differ in hyphens more than in anything else).
//! A number keeps its inner comma and point ("1,212", "10.9"). Letters of scripts without spaces are words
//! of one character each.

use crate::normalise::fold_word;
use crate::script::unspaced;
use crate::span::Span;

/// What a token is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TokenKind {
    /// Letters, or letters and digits.
    Word,
    /// Digits, with inner commas and points.
    Number,
    /// A single other character that is not white space.
    Mark,
}

/// A token and where it stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Token {
    /// Where.
    pub span: Span,
    /// What.
    pub kind: TokenKind,
}

/// All tokens of a text, in order.
pub fn tokens(text: &str) -> impl Iterator<Item = Token> + '_ {
    let mut at = 0;
    std::iter::from_fn(move || next_token(text, &mut at))
}

/// Words and numbers of a text in folded form: what prints and search are made of. A possessive "’s" is
/// dropped, so that "Okafor’s" meets "Okafor".
pub fn for_each_word(text: &str, mut each: impl FnMut(Span, &str)) {
    let mut folded = String::new();
    for token in tokens(text).filter(|token| token.kind != TokenKind::Mark) {
        let word = token.span.of(text);
        fold_word(word, &mut folded);
        let stem = folded.strip_suffix("'s").unwrap_or(&folded);
        if !stem.is_empty() {
            each(token.span, stem);
        }
    }
}

/// The token at or after a byte, which is moved behind it.
pub fn next_token(text: &str, at: &mut usize) -> Option<Token> {
    let bytes = text.as_bytes();
    while *at < bytes.len() {
        let start = *at;
        let byte = bytes[start];
        if byte.is_ascii_whitespace() {
            *at += 1;
            continue;
        }
        if byte.is_ascii_digit() {
            *at = number_end(bytes, start);
            let word = *at < bytes.len() && starts_word(text, *at);
            if word {
                *at = word_end(text, *at);
            }
            let kind = if word { TokenKind::Word } else { TokenKind::Number };
            return Some(Token { span: Span::new(start, *at), kind });
        }
        if byte.is_ascii_alphabetic() {
            *at = word_end(text, start);
            return Some(Token { span: Span::new(start, *at), kind: TokenKind::Word });
        }
        if byte.is_ascii() {
            *at += 1;
            return Some(Token { span: Span::new(start, *at), kind: TokenKind::Mark });
        }
        let c = text[start..].chars().next()?;
        *at = start + c.len_utf8();
        if c.is_whitespace() {
            continue;
        }
        if !c.is_alphanumeric() {
            return Some(Token { span: Span::new(start, *at), kind: TokenKind::Mark });
        }
        if !unspaced(c) {
            *at = word_end(text, start);
        }
        return Some(Token { span: Span::new(start, *at), kind: TokenKind::Word });
    }
    None
}

fn number_end(bytes: &[u8], start: usize) -> usize {
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let mut at = start;
    while digit(at) || (matches!(bytes.get(at), Some(b',' | b'.')) && digit(at + 1)) {
        at += 1;
    }
    at
}

fn starts_word(text: &str, at: usize) -> bool {
    text[at..].chars().next().is_some_and(|c| c.is_alphabetic() && !unspaced(c))
}

fn word_end(text: &str, start: usize) -> usize {
    let bytes = text.as_bytes();
    let mut at = start;
    while let Some(byte) = bytes.get(at) {
        if byte.is_ascii_alphanumeric() {
            at += 1;
        } else if byte.is_ascii() {
            if *byte == b'\'' && at > start && starts_word(text, at + 1) {
                at += 1;
            } else {
                break;
            }
        } else {
            let Some(c) = text[at..].chars().next() else { break };
            let joins = c.is_alphanumeric() && !unspaced(c)
                || matches!(c, '\u{0300}'..='\u{036F}' | '\u{AD}' | '\u{200B}'..='\u{200D}' | '\u{2060}')
                || c == '\u{2019}' && at > start && starts_word(text, at + 3);
            if !joins {
                break;
            }
            at += c.len_utf8();
        }
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn words(text: &str) -> Vec<String> {
        let mut words = Vec::new();
        for_each_word(text, |_, word| words.push(word.to_owned()));
        words
    }

    #[test]
    fn words_numbers_and_marks() {
        let text = "Okafor’s 1,212 km. [7] Baden-Baden";
        let tokens: Vec<_> = tokens(text).map(|t| t.span.of(text)).collect();
        assert_eq!(tokens, ["Okafor’s", "1,212", "km", ".", "[", "7", "]", "Baden", "-", "Baden"]);
        assert_eq!(words(text), ["okafor", "1,212", "km", "7", "baden", "baden"]);
    }

    #[test]
    fn other_scripts() {
        assert_eq!(words("5-го января, Қаладағы"), ["5", "го", "января", "қаладағы"]);
        assert_eq!(words("東山海道 2022年"), ["東", "山", "海", "道", "2022", "年"]);
    }

    proptest! {
        #[test]
        fn tokens_cover_everything_but_space(text in "[a-z0-9 ,.'’\nқаТ阿😀\u{A0}-]{0,80}") {
            let mut at = 0;
            for token in tokens(&text) {
                prop_assert!(text[at..token.span.start()].chars().all(char::is_whitespace));
                at = token.span.end();
            }
            prop_assert!(text[at..].chars().all(char::is_whitespace));
        }
    }
}
