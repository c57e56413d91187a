//! The words of one sentence, lower-cased, as the extractors walk over them.

use model::token::{TokenKind, tokens};
use model::{Span, normalise};

/// A token with its folded form.
pub(crate) struct Word {
    pub(crate) span: Span,
    pub(crate) kind: TokenKind,
    pub(crate) lower: String,
}

/// The tokens of a sentence.
pub(crate) fn words(text: &str, sentence: Span) -> Vec<Word> {
    let mut lower = String::new();
    tokens(sentence.of(text))
        .map(|token| {
            let span = token.span.shifted(sentence.start());
            normalise::fold_word(span.of(text), &mut lower);
            Word { span, kind: token.kind, lower: lower.clone() }
        })
        .collect()
}

/// The folded form at `at`, empty past either end.
pub(crate) fn lower(words: &[Word], at: usize) -> &str {
    words.get(at).map_or("", |word| &word.lower)
}

/// Singular of an English plural, by its ending: enough to make one key of two forms.
pub(crate) fn singular(word: &str) -> String {
    match word {
        "people" | "police" | "aircraft" | "series" | "news" | "km" => word.to_owned(),
        "men" => "man".to_owned(),
        "women" => "woman".to_owned(),
        "children" => "child".to_owned(),
        _ if word.ends_with("men") && word.len() > 5 => format!("{}man", &word[..word.len() - 3]),
        _ if word.ends_with("ies") && word.len() > 4 => format!("{}y", &word[..word.len() - 3]),
        _ if ["ches", "shes", "sses", "xes"].iter().any(|end| word.ends_with(end)) => {
            word[..word.len() - 2].to_owned()
        }
        _ if word.ends_with('s') && !word.ends_with("ss") && !word.ends_with("us") && word.len() > 3 => {
            word[..word.len() - 1].to_owned()
        }
        _ => word.to_owned(),
    }
}

/// Whether an English word looks like a plural noun.
pub(crate) fn is_plural(word: &str) -> bool {
    matches!(word, "people" | "men" | "women" | "children" | "police" | "aircraft" | "personnel")
        || word.ends_with("men") && word.len() > 5
        || word.ends_with('s')
            && !word.ends_with("ss")
            && !word.ends_with("us")
            && !word.ends_with("is")
            && word.len() > 3
}
