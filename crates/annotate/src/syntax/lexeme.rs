//! Words as English treebanks cut them: "didn't" is two, "Okafor's" is two, "U.S." and an address are one.

use model::Span;
use model::token::{Token, TokenKind, tokens};

/// What stands behind an apostrophe as a word of its own.
const CLITICS: [&str; 7] = ["s", "re", "ve", "ll", "d", "m", "t"];

/// Short forms that keep their full stop.
const SHORT: [&str; 35] = [
    "mr", "mrs", "ms", "dr", "prof", "rev", "gen", "col", "lt", "sgt", "capt", "maj", "gov", "sen", "rep",
    "del", "hon", "st", "jr", "sr", "inc", "co", "corp", "ltd", "vs", "etc", "no", "jan", "feb", "aug",
    "sept", "oct", "nov", "dec", "messrs",
];

/// The words of a stretch of text, in order.
pub fn lexemes(text: &str, within: Span) -> Vec<Span> {
    let mut found = Vec::with_capacity(within.len() / 5);
    let part = within.of(text);
    let mut all = tokens(part).peekable();
    while let Some(token) = all.next() {
        let start = token.span.start();
        let mut end = token.span.end();
        if token.kind == TokenKind::Mark {
            let mark = token.span.of(part);
            // A row of equal marks is one word: "...", "--", "!!!".
            while matches!(mark, "." | "-" | "!" | "?" | "*" | "=" | "_")
                && all.peek().is_some_and(|next| next.span.start() == end && next.span.of(part) == mark)
            {
                end += 1;
                all.next();
            }
            found.push(Span::new(start, end).shifted(within.start()));
            continue;
        }
        if let Some(to) = address_end(part, token) {
            while all.peek().is_some_and(|next| next.span.start() < to) {
                all.next();
            }
            found.push(Span::new(start, to).shifted(within.start()));
            continue;
        }
        let glued = |next: Option<&Token>, end: usize, what: &str| {
            next.is_some_and(|next| next.span.start() == end && next.span.of(part) == what)
        };
        let word = token.span.of(part);
        if glued(all.peek(), end, ".") && keeps_stop(word, &part[end + 1..]) {
            end += 1;
            all.next();
            // "U.S.", "p.m.": letters and stops in turn.
            while word.chars().count() == 1
                && all.peek().is_some_and(|next| {
                    let letter = next.span.of(part);
                    next.span.start() == end
                        && letter.chars().count() == 1
                        && letter.starts_with(char::is_alphabetic)
                })
            {
                let letter = all.next().map_or(end, |next| next.span.end());
                end = letter;
                if glued(all.peek(), end, ".") {
                    end += 1;
                    all.next();
                }
            }
            found.push(Span::new(start, end).shifted(within.start()));
            continue;
        }
        match clitic(word) {
            Some(at) => {
                found.push(Span::new(start, start + at).shifted(within.start()));
                found.push(Span::new(start + at, end).shifted(within.start()));
            }
            None => found.push(Span::new(start, end).shifted(within.start())),
        }
    }
    found
}

/// Whether a full stop behind a word belongs to it: a single letter or a short form, with more to come.
fn keeps_stop(word: &str, rest: &str) -> bool {
    let one = word.chars().count() == 1 && word.starts_with(char::is_alphabetic);
    let letter = rest.starts_with(char::is_alphabetic);
    let capital = one && word.starts_with(char::is_uppercase);
    one && letter
        || capital && !rest.trim().is_empty()
        || !rest.trim().is_empty() && SHORT.iter().any(|short| word.eq_ignore_ascii_case(short))
}

/// Where the clitic of a word begins.
fn clitic(word: &str) -> Option<usize> {
    let at = word.rfind(['\'', '\u{2019}'])?;
    let mark = word[at..].chars().next()?.len_utf8();
    let tail = &word[at + mark..];
    let tail = CLITICS.iter().find(|clitic| tail.eq_ignore_ascii_case(clitic))?;
    match *tail {
        // "did" + "n't"; "o't" stays whole.
        "t" => {
            let n = at.checked_sub(1).filter(|n| word.as_bytes()[*n].eq_ignore_ascii_case(&b'n'))?;
            (n > 0).then_some(n)
        }
        _ => (at > 0).then_some(at),
    }
}

/// The end of a web or mail address that begins with this word.
fn address_end(part: &str, token: Token) -> Option<usize> {
    let rest = &part[token.span.start()..];
    let word = token.span.of(part);
    let web = matches!(word, "http" | "https" | "ftp") && rest[word.len()..].starts_with("://")
        || word == "www" && rest[word.len()..].starts_with('.');
    // Most words are no address: one look ahead tells.
    let named =
        || rest.bytes().take(64).take_while(|byte| !byte.is_ascii_whitespace()).any(|byte| byte == b'@');
    if !web && !named() {
        return None;
    }
    let end =
        rest.find(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '”')).unwrap_or(rest.len());
    let whole = rest[..end].trim_end_matches(['.', ',', ';', ':', ')', '!', '?', ']']);
    let mail = || {
        let (name, host) = whole.split_once('@')?;
        let plain = |part: &str| part.chars().all(|c| c.is_alphanumeric() || ".-_+".contains(c));
        (!name.is_empty() && host.contains('.') && plain(name) && plain(host)).then_some(())
    };
    (web || mail().is_some()).then(|| token.span.start() + whole.len().max(word.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<&str> {
        lexemes(text, Span::new(0, text.len())).into_iter().map(|span| span.of(text)).collect()
    }

    #[test]
    fn clitics_stops_and_addresses() {
        assert_eq!(
            cut("They didn't see Okafor's boat."),
            ["They", "did", "n't", "see", "Okafor", "'s", "boat", "."]
        );
        assert_eq!(
            cut("Mr. J. Brown of the U.S. left at 5 p.m. on well-known roads..."),
            [
                "Mr.", "J.", "Brown", "of", "the", "U.S.", "left", "at", "5", "p.m.", "on", "well", "-",
                "known", "roads", "..."
            ]
        );
        assert_eq!(
            cut("See https://a.example/b?c=d. Or a@b.example, now"),
            ["See", "https://a.example/b?c=d", ".", "Or", "a@b.example", ",", "now"]
        );
        assert_eq!(cut("we’ll, and plan b."), ["we", "’ll", ",", "and", "plan", "b", "."]);
    }
}
