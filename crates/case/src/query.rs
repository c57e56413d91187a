//! What one may ask of search, and how it is written.
//!
//! ```text
//! emergency curfew      both words in one passage
//! "state of emergency"  these words in a row
//! protest*              words that begin so
//! NEAR(gas price, 6)    at most six words between the first and the last
//! troops -police        the second word not in the document
//! troops OR soldiers    either
//! ```
//! Words meet by their stems: "protests" finds "protesting", "протест" finds "протестов".

use crate::search::stem_of;
use model::token::for_each_word;
use thiserror::Error;

/// A question to search.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Query {
    /// Alternatives, of which one must hold.
    pub(crate) any: Vec<All>,
}

/// Terms that must all be met in one passage, and terms that must not be met in the document.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct All {
    pub(crate) wanted: Vec<Term>,
    pub(crate) unwanted: Vec<Term>,
}

/// One thing to find.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Term {
    /// Words in a row.
    Phrase(Vec<Word>),
    /// Words with at most so many others between the first and the last.
    Near(Vec<Word>, usize),
}

/// Words of one alternative of a question: each is a bit beside every word of a text.
const MOST_WORDS: usize = 128;

impl Term {
    /// Its words, in order.
    pub(crate) fn words(&self) -> &[Word] {
        let (Term::Phrase(words) | Term::Near(words, _)) = self;
        words
    }
}

/// One word of a term.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Word {
    /// A word, by its stem.
    Stem(String),
    /// The beginning of a word as folded.
    Prefix(String),
}

/// Why a question is not understood.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum QueryError {
    /// Nothing to look for.
    #[error("the question holds no word to look for")]
    Empty,
    /// A bracket or quotation mark was not closed.
    #[error("`{0}` is opened and not closed")]
    Unclosed(char),
    /// More words than one question may hold.
    #[error("the question holds more than {MOST_WORDS} words; ask for fewer of them")]
    TooLong,
    /// NEAR without two words.
    #[error("NEAR needs two words or more: NEAR(gas price, 6)")]
    Near,
}

impl Query {
    /// Reads a question.
    ///
    /// # Errors
    /// Where it holds no word, or a bracket or quotation mark is left open.
    pub fn parse(question: &str) -> Result<Query, QueryError> {
        let mut any = vec![All::default()];
        let mut rest = question.trim();
        while !rest.is_empty() {
            if let Some(after) =
                rest.strip_prefix("OR").filter(|after| after.starts_with(char::is_whitespace))
            {
                any.push(All::default());
                rest = after.trim_start();
                continue;
            }
            let denied = rest
                .strip_prefix('-')
                .filter(|after| !after.is_empty() && !after.starts_with(char::is_whitespace));
            let (term, after) = term(denied.unwrap_or(rest))?;
            rest = after.trim_start();
            let Some(all) = any.last_mut() else { break };
            match denied {
                Some(_) => all.unwanted.extend(term),
                None => all.wanted.extend(term),
            }
        }
        any.retain(|all| !all.wanted.is_empty());
        let words =
            |all: &All| all.wanted.iter().chain(&all.unwanted).map(|term| term.words().len()).sum::<usize>();
        if any.iter().any(|all| words(all) > MOST_WORDS) {
            return Err(QueryError::TooLong);
        }
        if any.is_empty() { Err(QueryError::Empty) } else { Ok(Query { any }) }
    }

    /// The question as FTS5 understands it: finds every document that can answer, and some that cannot.
    pub(crate) fn for_index(&self) -> String {
        let word = |word: &Word| match word {
            Word::Stem(stem) => format!("\"{stem}\""),
            Word::Prefix(prefix) => format!("\"{prefix}\"*"),
        };
        // A phrase stands in a row in the index as well; how near words are is left to the words themselves.
        let term = |term: &Term| match term {
            Term::Phrase(words) => words.iter().map(word).collect::<Vec<_>>().join(" + "),
            Term::Near(words, _) => words.iter().map(word).collect::<Vec<_>>().join(" AND "),
        };
        let all = |all: &All| all.wanted.iter().map(term).collect::<Vec<_>>().join(" AND ");
        self.any.iter().map(|one| format!("({})", all(one))).collect::<Vec<_>>().join(" OR ")
    }
}

/// The first term of a question and what follows it. Several: "Baden-Baden" is a phrase of two words.
fn term(question: &str) -> Result<(Option<Term>, &str), QueryError> {
    let near = question.strip_prefix("NEAR").map(str::trim_start).and_then(|after| after.strip_prefix('('));
    if let Some(inside) = near {
        let (inside, after) = inside.split_once(')').ok_or(QueryError::Unclosed('('))?;
        let (words, distance) = match inside.rsplit_once(',') {
            Some((words, distance)) => (words, distance.trim().parse().map_err(|_| QueryError::Near)?),
            None => (inside, 10),
        };
        let words = words_of(words);
        if words.len() < 2 {
            return Err(QueryError::Near);
        }
        return Ok((Some(Term::Near(words, distance)), after));
    }
    let quoted = question.strip_prefix(['"', '“', '”', '«']);
    if let Some(inside) = quoted {
        let (inside, after) = inside.split_once(['"', '”', '“', '»']).ok_or(QueryError::Unclosed('"'))?;
        return Ok((phrase(inside), after));
    }
    let end = question.find(|c: char| c.is_whitespace() || matches!(c, '"' | '“')).unwrap_or(question.len());
    let (plain, after) = question.split_at(end);
    Ok((phrase(plain), after))
}

fn phrase(words: &str) -> Option<Term> {
    let words = words_of(words);
    (!words.is_empty()).then_some(Term::Phrase(words))
}

fn words_of(words: &str) -> Vec<Word> {
    let mut found = Vec::new();
    for_each_word(words, |span, folded| {
        let starred = words[span.end()..].starts_with('*');
        found.push(if starred { Word::Prefix(folded.to_owned()) } else { Word::Stem(stem_of(folded)) });
    });
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(question: &str, expected: &str) {
        assert_eq!(Query::parse(question).unwrap().for_index(), expected, "{question}");
    }

    #[test]
    fn questions_become_index_questions() {
        check("protests", "(\"protest\")");
        check("gas prices", "(\"gas\" AND \"price\")");
        check("kazakh*", "(\"kazakh\"*)");
        check("NEAR(gas price, 3) OR fuel", "(\"gas\" AND \"price\") OR (\"fuel\")");
        check("протестов -\"x y\"", "(\"протест\")");
    }

    #[test]
    fn wrong_questions_say_what_is_wrong() {
        assert_eq!(Query::parse("\"open"), Err(QueryError::Unclosed('"')));
        assert_eq!(Query::parse("- …"), Err(QueryError::Empty));
        assert_eq!(Query::parse("NEAR(one)"), Err(QueryError::Near));
    }
}
