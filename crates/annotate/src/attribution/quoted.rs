//! Whose words stand between quotation marks: by the words right behind a quotation, or by those before it.
//!
//! A quotation breaks the build of its sentence, so only what stands outside the marks is parsed.

use super::cue::Signature;
use super::find::Sentence;
use super::led::{before, dashed, is_done, last_word, taken_up};
use crate::Cx;
use crate::quotation::Quoted;
use crate::syntax::{self, Kind};
use model::Span;

/// A quotation, or several that one speaker goes on with, and who says it.
pub(super) struct Speech {
    pub(super) content: Vec<Span>,
    pub(super) cue: Vec<Span>,
    pub(super) source: Vec<Span>,
    pub(super) source_words: Option<(Kind, String, String)>,
    pub(super) signature: Signature,
}

/// Words of a quotation that is said and not only a word in marks.
const LEAST: usize = 3;
/// Words outside the marks in which a speaker is sought.
const NEAR: usize = 40;
/// Words of a short speaker with his verb: "the article read".
const SHORT: usize = 8;

/// The quotations of a document with a speaker beside them.
pub(super) fn speeches(cx: &Cx, quotes: &[Quoted]) -> Vec<Speech> {
    let outer: Vec<Span> = quotes.iter().map(|quoted| quoted.span).collect();
    let mut found: Vec<Speech> = Vec::new();
    let mut at = 0;
    while at < outer.len() {
        let quote = outer[at];
        at += 1;
        let next = outer[at..].iter().copied().find(|next| !is_title(cx, *next));
        let words = quote.of(cx.text).split_whitespace().count();
        let tail = tail(cx, quote, next);
        let speaker = tail
            .and_then(|tail| behind(cx, tail))
            .filter(|_| (words >= LEAST || is_closed_by_comma(cx, quote)) && !is_title(cx, quote));
        let opening = speaker.as_ref().and_then(|_| opening(cx, quote));
        // A word in marks is no saying, unless it is a sentence right behind its verb: chanted "Down with the tax!"
        let speaker = speaker.or_else(|| {
            before(cx, quote)
                .filter(|speech| words > LEAST || is_sentence(cx, quote) && speech.is_close_to(cx, quote))
        });
        let speaker = speaker.or_else(|| (words > LEAST).then(|| dashed(cx, quote)).flatten());
        let Some(mut speech) = speaker.or_else(|| taken_up(cx, quote)) else {
            continue;
        };
        speech.content.push(opening.map_or(quote, |opening| opening.join(quote)));
        // "…," he said. "…": what stands behind the speaker and has none of its own is still his.
        loop {
            let titles = outer[at..].iter().take_while(|next| is_title(cx, **next)).count();
            let Some(next) = outer.get(at + titles).copied() else { break };
            let last = speech.content.last().map_or(quote.end(), |span| span.end());
            let between = &cx.text[last..next.start()];
            let told =
                speech.cue.first().is_some_and(|cue| cue.start() >= quote.end() && cue.end() <= next.start());
            // "…," he said, adding: "…"
            if told
                && !between.contains('\n')
                && let Some(more) = before(cx, next)
                && more
                    .cue
                    .first()
                    .is_some_and(|cue| speech.cue.last().is_some_and(|last| cue.start() > last.end()))
            {
                if !more.is_carried(cx) {
                    break;
                }
                let source = (speech.source.clone(), speech.source_words.clone());
                found.push(std::mem::replace(&mut speech, more));
                (speech.source, speech.source_words) = source;
                speech.content.push(next);
                at += titles + 1;
                continue;
            }
            let same_marks = quote.of(cx.text).chars().next() == next.of(cx.text).chars().next();
            if told && same_marks && is_paragraph(cx, next) && is_blank_from_line(between) {
                speech.content.push(next);
                at += titles + 1;
                continue;
            }
            let between_words = between.trim_end_matches(['”', '"', '“', '’', '»', ' ']);
            let sentence_ends = between_words.ends_with(['.', ',', ':', ';', '—', '–', '-']);
            let rest = self::tail(cx, next, outer.get(at + titles + 1).copied());
            // "…," he said. "…" to do this or that, he said: words of the second sentence that he says are not the quotation alone.
            let said_again = rest.is_some_and(|rest| names_speaker(cx, rest));
            let own = rest.and_then(|tail| behind(cx, tail));
            if between.contains('\n')
                || speech.content.len() > 1
                || !told
                || !sentence_ends
                || own.is_some()
                || said_again
                || next.of(cx.text).split_whitespace().count() < 2
            {
                break;
            }
            speech.content.push(next);
            at += titles + 1;
        }
        found.push(speech);
    }
    found
}

impl Speech {
    /// Whether nothing but blanks and marks stands between the verb and a quotation behind it, or a colon before the quotation.
    fn is_close_to(&self, cx: &Cx, quote: Span) -> bool {
        let near = |cue: &Span| {
            cue.end() <= quote.start()
                && (quote.start() - cue.end() <= 2
                    || cx.text[cue.end()..quote.start()].trim_end().ends_with(':'))
        };
        self.cue.last().is_some_and(near)
    }

    /// Whether the verb goes on from another: ", adding".
    fn is_carried(&self, cx: &Cx) -> bool {
        let parted = |cue: &Span| {
            let before = cx.text[..cue.start()].trim_end();
            cue.of(cx.text).ends_with("ing") && (before.ends_with(',') || before.ends_with(" and"))
        };
        self.cue.last().is_some_and(parted)
    }
}

/// Whether somebody says something in some words: "he argued".
fn has_teller(words: &str) -> bool {
    words.split(|c: char| !c.is_alphanumeric()).any(|word| {
        let past = word.ends_with("ed") || matches!(word, "said" | "told" | "wrote" | "says" | "say");
        past && super::says(word)
    })
}

/// What leads into a quotation that is only the end of what is said: The new rules “help nobody,” the mayor said.
fn opening(cx: &Cx, quote: Span) -> Option<Span> {
    let sentence =
        cx.sentences.get(cx.sentences.partition_point(|sentence| sentence.end() <= quote.start()))?;
    let led = Span::checked(sentence.start(), quote.start())?;
    let words = led.of(cx.text);
    let small =
        quote.of(cx.text).trim_start_matches(['“', '"', '«', '„', '‘', '\'']).starts_with(char::is_lowercase);
    let own =
        words.contains(char::is_alphabetic) && !words.contains(['“', '"', '”', ';']) && !has_teller(words);
    (small && own).then_some(led)
}

/// Whether marks hold a nickname or a title, and no saying: Robert “Bob” Holm, in “Morning and Noon.”
fn is_title(cx: &Cx, quote: Span) -> bool {
    const MOST: usize = 6;
    let words = quote.of(cx.text).trim_matches(['“', '”', '"', '‘', '’', '.', ',']);
    let small = |word: &str| {
        matches!(word, "of" | "the" | "and" | "a" | "an" | "in" | "on" | "for" | "to" | "with" | "at")
    };
    let leads = cx.text[..quote.start()].trim_end().ends_with(|c: char| c.is_alphanumeric() || c == '’');
    leads
        && words.starts_with(char::is_uppercase)
        && words.split_whitespace().count() <= MOST
        && words
            .split_whitespace()
            .all(|word| word.starts_with(|c: char| c.is_uppercase() || c.is_numeric()) || small(word))
        && !words.ends_with(['!', '?'])
}

/// Whether a pronoun says something in what stands behind a quotation: "…, she said".
fn names_speaker(cx: &Cx, rest: Span) -> bool {
    let words: Vec<&str> = rest.of(cx.text).split_whitespace().collect();
    words.windows(2).any(|pair| {
        matches!(pair[0], "he" | "she" | "they")
            && super::says(pair[1].trim_end_matches([',', '.', ';', ':']))
    })
}

/// Whether a quotation is a sentence by its looks.
pub(super) fn is_sentence(cx: &Cx, quote: Span) -> bool {
    let words = quote.of(cx.text).trim_matches(['“', '”', '"', '«', '»', '„', '‘', '’', '\'']);
    words.starts_with(char::is_uppercase) && words.ends_with(['.', '!', '?'])
}

/// Whether a quotation is all there is in its paragraph.
fn is_paragraph(cx: &Cx, quote: Span) -> bool {
    let blank = |part: Option<&str>| part.is_none_or(|part| part.trim().is_empty());
    let (before, behind) = (&cx.text[..quote.start()], &cx.text[quote.end()..]);
    blank(before.rsplit('\n').next()) && blank(behind.split('\n').next()) && is_sentence(cx, quote)
}

/// Whether only blanks stand behind the first line.
fn is_blank_from_line(between: &str) -> bool {
    between.split_once('\n').is_some_and(|(_, rest)| rest.trim().is_empty())
}

fn is_closed_by_comma(cx: &Cx, quote: Span) -> bool {
    let words = quote.of(cx.text).trim_end_matches(['”', '"', '“', '’', '»', '\'']);
    words.ends_with([',', '?', '!'])
}

/// What stands behind a quotation to the end of its sentence, or to the next quotation.
fn tail(cx: &Cx, quote: Span, next: Option<Span>) -> Option<Span> {
    let at = cx.sentences.partition_point(|sentence| sentence.end() < quote.end());
    let sentence = cx.sentences.get(at)?;
    let mut end = sentence.end();
    // A sentence cut at the closing mark goes on in small letters.
    if Span::checked(quote.end(), end).is_none_or(|rest| rest.of(cx.text).trim().len() < 3) {
        let more = cx.sentences.get(at + 1)?;
        let same = !cx.text[sentence.end()..more.start()].contains('\n');
        if !same || quote.end() + 3 < more.start() {
            return None;
        }
        end = more.end();
    }
    end = end.min(next.map_or(end, Span::start));
    Span::checked(quote.end(), end)
}

pub(super) fn read<'t>(text: &'t str, tree: &'t syntax::Tree) -> Sentence<'t> {
    super::sentence_of(text, tree, &[])
}

/// A verb that says, alone or with its particle.
pub(super) fn signature(sentence: &Sentence, at: usize) -> Option<Signature> {
    let speaks = |signature: &Signature| {
        matches!(
            signature,
            Signature::Say
                | Signature::Know
                | Signature::Think
                | Signature::Ask
                | Signature::Order
                | Signature::Show
                | Signature::Describe
                | Signature::Blame
                | Signature::Praise
        )
    };
    let word = &sentence.tree.words[at];
    let verbal = word.kind == Kind::Verb || word.fine.starts_with("VB");
    sentence.cues[at].verb.filter(speaks).filter(|_| verbal)
}

/// "…," said the mayor · "…," the mayor of the town said.
fn behind(cx: &Cx, tail: Span) -> Option<Speech> {
    let tree = syntax::tree(cx.text, tail);
    let sentence = read(cx.text, &tree);
    let first = tree.words.iter().position(|word| word.kind != Kind::Punct)?;
    // A small letter or a name: a sentence that begins anew tells of something else.
    let opening = tree.words[first].span.of(cx.text);
    let verb = (first..tree.words.len().min(NEAR)).find(|at| signature(&sentence, *at).is_some());
    let verb = verb.or_else(|| last_word(&sentence).filter(|at| (first + 1..first + SHORT).contains(at)))?;
    let signature = sentence.cues[verb].verb.filter(|_| !is_done(&sentence, verb))?;
    let source: Vec<usize> = if verb == first {
        // "said the mayor, who …"
        let mut words = Vec::new();
        for at in verb + 1..tree.words.len() {
            let word = &tree.words[at];
            let part = matches!(
                word.kind,
                Kind::Noun | Kind::Propn | Kind::Det | Kind::Adj | Kind::Num | Kind::Pron | Kind::Part
            ) || word.kind == Kind::Adp && sentence.lower[at] == "of" && !words.is_empty()
                || word.kind == Kind::Punct
                    && matches!(word.span.of(cx.text), "." | "-")
                    && !words.is_empty()
                    && at + 1 < tree.words.len()
                || word.kind == Kind::Punct && matches!(word.span.of(cx.text), "’" | "'")
                // A name that the tagger takes for something else: "said O'Hara".
                || word.span.of(cx.text).starts_with(char::is_uppercase);
            let own = sentence.lower[at].as_str();
            let when = crate::words::is_weekday(own) || matches!(own, "yesterday" | "today");
            if !part || when || matches!(sentence.lower[at].as_str(), "who" | "which" | "that") {
                break;
            }
            words.push(at);
        }
        words
    } else {
        let light =
            |at: usize| matches!(tree.words[at].kind, Kind::Aux | Kind::Adv | Kind::Part | Kind::Punct);
        let mut words: Vec<usize> = (first..verb).collect();
        while words.last().is_some_and(|at| light(*at)) {
            words.pop();
        }
        let other = words.iter().any(|at| {
            tree.words[*at].kind == Kind::Verb
                && tree.words[*at].fine != "VBG"
                && tree.words[*at].fine != "VBN"
                && !words.iter().any(|who| matches!(sentence.lower[*who].as_str(), "who" | "which" | "whose"))
        });
        let joined = matches!(
            sentence.lower[first].as_str(),
            "and"
                | "but"
                | "as"
                | "when"
                | "while"
                | "because"
                | "to"
                | "in"
                | "at"
                | "on"
                | "for"
                | "with"
                | "of"
                | "by"
                | "that"
                | "if"
                | "is"
                | "was"
        );
        if other || joined || words.len() > 30 {
            return None;
        }
        words
    };
    let head = source
        .iter()
        .rev()
        .copied()
        .find(|at| matches!(tree.words[*at].kind, Kind::Noun | Kind::Propn | Kind::Pron))
        .or(source.first().copied())?;
    // Behind a full stop a new sentence begins, unless it is only its speaker.
    if verb != first
        && opening.starts_with(char::is_uppercase)
        && cx.text[..tail.start()].trim_end_matches(['”', '"', '“', '’', '»', ' ']).ends_with('.')
    {
        return None;
    }
    let nominal = source.iter().any(|at| {
        matches!(
            tree.words[*at].kind,
            Kind::Noun | Kind::Propn | Kind::Pron | Kind::X | Kind::Det | Kind::Num
        ) || tree.words[*at].span.of(cx.text).starts_with(char::is_uppercase)
    });
    if source.is_empty() || !nominal {
        return None;
    }
    let helpers: Vec<usize> = (first..verb)
        .rev()
        .take_while(|at| tree.words[*at].kind == Kind::Aux || tree.words[*at].kind == Kind::Adv)
        .collect();
    let mut cue: Vec<usize> = helpers.into_iter().filter(|at| !source.contains(at)).collect();
    cue.push(verb);
    cue.sort_unstable();
    Some(Speech {
        content: Vec::new(),
        cue: sentence.spans(&cue),
        source_words: Some((
            tree.words[head].kind,
            sentence.lower[head].clone(),
            sentence.lower[source[0]].clone(),
        )),
        source: sentence.spans(&source),
        signature,
    })
}
