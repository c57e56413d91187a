//! Treebanks in CoNLL-U.

use model::Span;

/// A word of a sentence.
pub(super) struct Word {
    pub(super) span: Span,
    pub(super) upos: String,
    pub(super) xpos: String,
    /// The word it hangs on, from 0; `None` for the root.
    pub(super) head: Option<usize>,
    pub(super) relation: String,
}

/// A sentence, its text put together from its words.
pub(super) struct Sentence {
    pub(super) text: String,
    pub(super) words: Vec<Word>,
}

/// The sentences of a file. Words that a form is cut into are kept, the form itself and empty words are not.
pub(super) fn sentences(file: &str) -> Vec<Sentence> {
    file.split("\n\n").filter_map(sentence).collect()
}

fn sentence(lines: &str) -> Option<Sentence> {
    let (mut text, mut words) = (String::new(), Vec::new());
    // Words of a form that is written as one stand side by side; the last of them takes its blank.
    let (mut joined, mut blank) = (0, true);
    for line in lines.lines().filter(|line| !line.starts_with('#')) {
        let fields: Vec<&str> = line.split('\t').collect();
        let [number, form, _, upos, xpos, _, head, relation, _, rest] = fields[..] else { continue };
        let last = !rest.contains("SpaceAfter=No");
        if let Some((_, end)) = number.split_once('-') {
            (joined, blank) = (end.parse().ok()?, last);
            continue;
        }
        let Ok(at) = number.parse::<usize>() else { continue };
        let start = text.len();
        text.push_str(form);
        words.push(Word {
            span: Span::checked(start, text.len())?,
            upos: upos.to_owned(),
            xpos: xpos.to_owned(),
            head: head.parse::<usize>().ok()?.checked_sub(1),
            relation: relation.to_owned(),
        });
        if at < joined || at == joined && !blank || at > joined && !last {
            continue;
        }
        text.push(' ');
    }
    (!words.is_empty()).then_some(Sentence { text, words })
}
