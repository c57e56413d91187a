//! Weights that ship, learnt from free sets of labelled texts.

mod conllu;
mod names;
mod parser;

pub(crate) use names::{held_apart, names};
pub(crate) use parser::{parser, shipped};

/// What follows no blank or is followed by none, to join words that a set cut apart.
fn joined(words: &str, spans: &mut [(usize, usize)]) -> String {
    let mut out = String::with_capacity(words.len());
    // Where each byte of the words went.
    let mut place = Vec::with_capacity(words.len() + 1);
    let bytes = words.as_bytes();
    let (mut quote, mut at) = (false, 0);
    while at < bytes.len() {
        let end = words[at..].find(' ').map_or(words.len(), |end| at + end);
        let word = &words[at..end];
        let opens = matches!(word, "(" | "[" | "$" | "£" | "€" | "#" | "``") || word == "\"" && !quote;
        let closes =
            matches!(word, "," | "." | ";" | ":" | "?" | "!" | ")" | "]" | "%" | "''" | "..." | "n't")
                || word.starts_with('\'') && word.len() > 1 && word.len() < 4
                || word == "\"" && quote;
        if word == "\"" {
            quote = !quote;
        }
        if closes && out.ends_with(' ') {
            out.pop();
        }
        let shown = match word {
            "-LRB-" => "(",
            "-RRB-" => ")",
            "``" | "''" => "\"",
            word => word,
        };
        for step in 0..word.len() {
            place.push(out.len() + step.min(shown.len().saturating_sub(1)));
        }
        out.push_str(shown);
        if end < bytes.len() {
            place.push(out.len());
            if !opens {
                out.push(' ');
            }
        }
        at = end + 1;
    }
    place.push(out.len());
    for (start, end) in spans {
        let last = place.get(end.saturating_sub(1)).copied().unwrap_or(0);
        (*start, *end) = (place.get(*start).copied().unwrap_or(0), last + 1);
    }
    out
}

#[cfg(test)]
mod tests {
    #[test]
    fn words_are_joined_and_spans_follow() {
        let mut spans = [(0, 6), (17, 21), (26, 30)];
        let text = super::joined("Okafor 's boat ( Rose ) , Ann did n't sail .", &mut spans);
        assert_eq!(text, "Okafor's boat (Rose), Ann didn't sail.");
        assert_eq!(&text[spans[0].0..spans[0].1], "Okafor");
        assert_eq!(&text[spans[1].0..spans[1].1], "Rose");
    }
}
