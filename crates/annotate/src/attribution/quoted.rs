//! Whose words stand between quotation marks: by the words right behind a quotation, or right before it.
//!
//! A quotation breaks the build of its sentence, so only what stands outside the marks is parsed.

use super::cue::Signature;
use super::find::Sentence;
use crate::Cx;
use crate::quotation::Quoted;
use crate::syntax::{self, Kind, Relation};
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

/// The quotations of a document with a speaker beside them.
pub(super) fn speeches(cx: &Cx, quotes: &[Quoted]) -> Vec<Speech> {
    let outer: Vec<Span> =
        quotes.iter().filter(|quoted| quoted.depth == 0).map(|quoted| quoted.span).collect();
    let mut found: Vec<Speech> = Vec::new();
    let mut at = 0;
    while at < outer.len() {
        let quote = outer[at];
        let next = outer.get(at + 1).copied();
        at += 1;
        let words = quote.of(cx.text).split_whitespace().count();
        let tail = tail(cx, quote, next);
        let speaker = tail
            .and_then(|tail| behind(cx, tail))
            .filter(|_| words >= LEAST || is_closed_by_comma(cx, quote));
        // A word in marks is no saying, unless it is a sentence right behind its verb: chanted "Down with the tax!"
        let speaker = speaker.or_else(|| {
            before(cx, quote)
                .filter(|speech| words > LEAST || is_sentence(cx, quote) && speech.is_close_to(quote))
        });
        let Some(mut speech) = speaker.or_else(|| (words > LEAST).then(|| dashed(cx, quote)).flatten())
        else {
            continue;
        };
        speech.content.push(quote);
        // "…," he said. "…": what stands behind the speaker and has none of its own is still his.
        while let Some(next) = outer.get(at).copied() {
            let last = speech.content.last().map_or(quote.end(), |span| span.end());
            let between = &cx.text[last..next.start()];
            let told =
                speech.cue.first().is_some_and(|cue| cue.start() >= quote.end() && cue.end() <= next.start());
            // "…," he said, adding: "…"
            if let Some(more) = before(cx, next)
                && told
                && !between.contains('\n')
                && more
                    .cue
                    .first()
                    .is_some_and(|cue| speech.cue.last().is_some_and(|last| cue.start() > last.end()))
                && more.signature_is_carried(cx)
            {
                let source = (speech.source.clone(), speech.source_words.clone());
                found.push(std::mem::replace(&mut speech, more));
                (speech.source, speech.source_words) = source;
                speech.content.push(next);
                at += 1;
                continue;
            }
            let same_marks = quote.of(cx.text).chars().next() == next.of(cx.text).chars().next();
            if told && same_marks && is_paragraph(cx, next) && is_blank_from_line(between) {
                speech.content.push(next);
                at += 1;
                continue;
            }
            let sentence_ends = between.trim_end().ends_with(['.', ',', ':', ';', '—', '–', '-']);
            let rest = self::tail(cx, next, outer.get(at + 1).copied());
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
            at += 1;
        }
        found.push(speech);
    }
    found
}

impl Speech {
    /// Whether nothing but blanks and marks stands between the verb and a quotation behind it.
    fn is_close_to(&self, quote: Span) -> bool {
        self.cue.last().is_some_and(|cue| cue.end() <= quote.start() && quote.start() - cue.end() <= 2)
    }

    /// Whether the verb goes on from another: "adding".
    fn signature_is_carried(&self, cx: &Cx) -> bool {
        self.cue.last().is_some_and(|cue| cue.of(cx.text).ends_with("ing"))
    }
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
fn is_sentence(cx: &Cx, quote: Span) -> bool {
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

fn read<'t>(text: &'t str, tree: &'t syntax::Tree) -> Sentence<'t> {
    super::sentence_of(text, tree, &[])
}

/// A verb that says, alone or with its particle.
fn signature(sentence: &Sentence, at: usize) -> Option<Signature> {
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
    let verb = (first..tree.words.len().min(NEAR)).find(|at| signature(&sentence, *at).is_some())?;
    let signature = signature(&sentence, verb)?;
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

/// The mayor said: "…" · The mayor told reporters, "…" · The mayor said: ⏎ "…"
fn before(cx: &Cx, quote: Span) -> Option<Speech> {
    let own = cx.sentences.partition_point(|sentence| sentence.end() <= quote.start());
    let sentence = cx.sentences.get(own)?;
    // A speaker stands near: of a long line before the marks only its end is read.
    const FAR: usize = 600;
    let near = cx.text.ceil_char_boundary(quote.start().saturating_sub(FAR));
    let mut head = Span::checked(sentence.start().max(near), quote.start());
    if head.is_none_or(|head| head.of(cx.text).trim().len() < 3) {
        // A sentence or paragraph that ends with a colon leads over.
        let led = cx.sentences.get(own.checked_sub(1)?)?;
        let led_words = led.of(cx.text).trim_end();
        if !led_words.ends_with(':') || quote.start() - led.end() > 4 {
            return None;
        }
        head = Span::checked(led.start().max(near), led.end());
    }
    let head = head?;
    let closes = head.of(cx.text).trim_end();
    let colon = closes.ends_with(':');
    let capital = quote
        .of(cx.text)
        .trim_start_matches(['“', '"', '«', '„', '‘', '\''])
        .starts_with(|c: char| c.is_uppercase() || c == '[' || c == '.' || c == '…');
    if !(colon || closes.ends_with(',') || capital) {
        return None;
    }
    let tree = syntax::tree(cx.text, head);
    let read = read(cx.text, &tree);
    let verb = (0..tree.words.len()).rev().find(|at| signature(&read, *at).is_some());
    // "issued the following statement:"
    let given = (0..tree.words.len()).rev().filter(|_| colon).find(|at| {
        let object = tree.child(*at, &[Relation::Obj]);
        tree.words[*at].kind == Kind::Verb && object.is_some_and(|noun| read.cues[noun].noun.is_some())
    });
    let verb = verb.max(given)?;
    let behind = tree.words.len() - verb;
    if behind > if colon { 14 } else { 7 } {
        return None;
    }
    let subject = read.subject(verb).filter(|subject| *subject < verb);
    // "He was unmoved by the court that …, saying": whoever the sentence is about.
    let parted = verb > 0 && tree.words[verb].fine == "VBG" && matches!(read.word(verb - 1), "," | "while");
    let root = (0..tree.words.len()).find(|at| tree.words[*at].head.is_none());
    let of_root = root.filter(|root| parted && *root < verb).and_then(|root| read.subject(root));
    let subject = of_root.or(subject);
    let source = match subject {
        Some(subject) => read.source(subject, verb),
        None => {
            // The nearest noun before the verb with what belongs to it.
            let noun = (0..verb)
                .rev()
                .find(|at| matches!(tree.words[*at].kind, Kind::Noun | Kind::Propn | Kind::Pron));
            let capital = |at: &usize| tree.words[*at].span.of(cx.text).starts_with(char::is_uppercase);
            let noun = noun.or_else(|| (0..verb).rev().find(capital))?;
            if tree.words[verb].fine == "VBG" {
                let subject = (0..noun)
                    .find(|at| matches!(tree.words[*at].kind, Kind::Propn | Kind::Pron))
                    .unwrap_or(noun);
                read.source(subject, verb)
            } else {
                read.source(noun, verb)
            }
        }
    };
    let mut cue = read.helpers(verb);
    cue.retain(|at| *at < verb);
    cue.push(verb);
    cue.sort_unstable();
    let words = source.1;
    Some(Speech {
        content: Vec::new(),
        cue: read.spans(&cue),
        source_words: Some((
            tree.words[source.0].kind,
            read.lower[source.0].clone(),
            words.first().map_or(String::new(), |at| read.lower[*at].clone()),
        )),
        source: read.spans(&words),
        signature: signature(&read, verb).unwrap_or(Signature::Say),
    })
}

/// "…" — Somebody, at the end of a line.
fn dashed(cx: &Cx, quote: Span) -> Option<Speech> {
    const LONGEST: usize = 120;
    let end = cx.text.floor_char_boundary((quote.end() + LONGEST).min(cx.text.len()));
    let rest = &cx.text[quote.end()..end];
    let line = rest.split('\n').next()?;
    if line.len() == rest.len() && end < cx.text.len() {
        return None;
    }
    let named = line.trim_start_matches(['.', ' ', '\u{a0}']);
    let dash = named.chars().next().filter(|c| matches!(c, '—' | '–' | '―' | '-'))?;
    let name = named.trim_start_matches(['—', '–', '―', '-']).trim();
    let words = name.split(' ').count();
    if name.is_empty() || words > 8 || !name.starts_with(char::is_uppercase) {
        return None;
    }
    let at = quote.end() + (line.len() - named.len());
    let cue = Span::checked(at, at + dash.len_utf8())?;
    let start = quote.end() + line.find(name)?;
    let name = name.trim_end_matches('.');
    Some(Speech {
        content: Vec::new(),
        cue: vec![cue],
        source: vec![Span::checked(start, start + name.len())?],
        source_words: None,
        signature: Signature::Say,
    })
}
