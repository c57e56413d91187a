//! Whose words stand between quotation marks, by what stands before them: "The mayor said: …", and by the name behind a dash.

use super::cue::Signature;
use super::find::Sentence;
use super::quoted::{Speech, is_sentence, read, signature};
use crate::Cx;
use crate::syntax::{self, Kind, Relation};
use model::Span;

/// The mayor said: "…" · The mayor told reporters, "…" · The mayor said: ⏎ "…"
pub(super) fn before(cx: &Cx, quote: Span) -> Option<Speech> {
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
    let verb = verb.max(last_word(&read)).max(given(&read, if colon { Lead::Colon } else { Lead::Other }));
    // "The poster bore one line: “…”": a sentence behind a colon is said by whomever the sentence before it is about.
    let bare = || {
        let whole =
            |at: &usize| tree.words[*at].kind == Kind::Verb && read.subject(*at).is_some_and(|who| who < *at);
        (0..tree.words.len()).rev().find(whole)
    };
    let verb = verb.or_else(|| bare().filter(|_| colon && is_sentence(cx, quote)))?;
    let behind = tree.words.len() - verb;
    if behind > if colon { 14 } else { 7 } {
        return None;
    }
    if is_done(&read, verb) {
        return None;
    }
    let (head, words) = speaker(&read, verb)?;
    let mut cue = read.helpers(verb);
    cue.retain(|at| *at < verb);
    cue.push(verb);
    cue.sort_unstable();
    Some(speech(&read, (head, &words), &cue, signature(&read, verb).unwrap_or(Signature::Say)))
}

/// What somebody says in words that stand elsewhere: the speaker's head and words, and the words that lead to it.
fn speech(read: &Sentence, (head, words): (usize, &[usize]), cue: &[usize], signature: Signature) -> Speech {
    Speech {
        content: Vec::new(),
        cue: read.spans(cue),
        source_words: Some((
            read.kind(head),
            read.lower[head].clone(),
            words.first().map_or(String::new(), |at| read.lower[*at].clone()),
        )),
        source: read.spans(words),
        signature,
    }
}

/// Words for words: "used the phrase “…”".
const PHRASES: [&str; 8] = ["phrase", "word", "words", "term", "terms", "expression", "slogan", "phrases"];

/// The minister attacked “the idle rich of the north”: a quotation that is the thing a verb of any kind is done to, and "used
/// the term “…”".
pub(super) fn taken_up(cx: &Cx, quote: Span) -> Option<Speech> {
    const FAR: usize = 300;
    let sentence =
        cx.sentences.get(cx.sentences.partition_point(|sentence| sentence.end() <= quote.start()))?;
    let near = cx.text.ceil_char_boundary(quote.start().saturating_sub(FAR));
    let head = Span::checked(sentence.start().max(near), quote.start())?;
    let last = head.of(cx.text).trim_end().rsplit(' ').next()?;
    let phrase = PHRASES.contains(&last);
    let verbal = last.len() > 4
        && last.ends_with("ed")
        && super::cue::cues().of(last).verb.is_none()
        && quote.of(cx.text).split_whitespace().count() > 4;
    let small = quote.of(cx.text).chars().nth(1).is_some_and(char::is_lowercase);
    if !(phrase || verbal && small) {
        return None;
    }
    let tree = syntax::tree(cx.text, head);
    let read = read(cx.text, &tree);
    let end = (0..tree.words.len()).rev().find(|at| read.kind(*at) != Kind::Punct)?;
    let verb = match phrase {
        true => tree.words[end].head.filter(|_| tree.words[end].relation == Relation::Obj)?,
        false => end,
    };
    let done = tree.child(verb, &[Relation::AuxPass, Relation::NsubjPass]).is_some();
    let says = phrase && read.cues[verb].verb == Some(Signature::Say);
    if tree.words[verb].kind != Kind::Verb || done || says {
        return None;
    }
    let subject = read.subject(verb).map(|subject| read.source(subject, verb));
    let (head, words) = read.nearer(verb, subject)?;
    let mut cue = read.helpers(verb);
    cue.extend(if phrase { verb..end + 1 } else { verb..verb + 1 });
    cue.retain(|at| !words.contains(at));
    cue.sort_unstable();
    Some(speech(&read, (head, &words), &cue, Signature::Say))
}

#[derive(PartialEq)]
enum Lead {
    Colon,
    Other,
}

/// Whether a verb stands in the passive: "shots are heard" tells of nobody who says something.
pub(super) fn is_done(read: &Sentence, verb: usize) -> bool {
    let helper = (0..verb).rev().find(|at| read.kind(*at) != Kind::Adv);
    let be = ["is", "are", "was", "were", "been", "be", "being", "'s", "’s"];
    !read.word(verb).ends_with("ing") && helper.is_some_and(|at| be.contains(&read.word(at)))
}

/// "issued the following statement:"
fn given(read: &Sentence, lead: Lead) -> Option<usize> {
    let words = &read.tree.words;
    (0..words.len()).rev().filter(|_| lead == Lead::Colon).find(|at| {
        let object = read.tree.child(*at, &[Relation::Obj]);
        words[*at].kind == Kind::Verb && object.is_some_and(|noun| read.cues[noun].noun.is_some())
    })
}

/// A verb of saying right before the marks that the tagger took for a noun: ", tweeting, “…”".
pub(super) fn last_word(read: &Sentence) -> Option<usize> {
    let last = (0..read.tree.words.len()).rev().find(|at| read.kind(*at) != Kind::Punct)?;
    // "I changed my answer:" is a noun indeed.
    let noun = last.checked_sub(1).is_some_and(|at| {
        matches!(read.kind(at), Kind::Det | Kind::Adj) || read.tree.words[at].fine == "PRP$"
    });
    let verbal = read.cues[last].verb.is_some() && read.cues[last].noun.is_none() && !noun;
    verbal.then_some(last)
}

/// Whom the verb before a quotation speaks for, and the words of it.
fn speaker(read: &Sentence, verb: usize) -> Option<(usize, Vec<usize>)> {
    let tree = read.tree;
    let parting = read.word(verb).ends_with("ing");
    // "footage of the mayor asking": the mayor asks.
    let beside = verb.checked_sub(1).filter(|at| parting && is_person(read, *at));
    if let Some(beside) = beside {
        return Some(read.source(beside, verb));
    }
    // "Said the mayor: “…”"
    if verb == 0 {
        let words: Vec<usize> =
            (1..tree.words.len()).take_while(|at| read.kind(*at) != Kind::Punct).collect();
        let head =
            words.iter().copied().find(|at| matches!(read.kind(*at), Kind::Noun | Kind::Propn | Kind::Pron));
        return head.map(|head| (head, words));
    }
    let when = |at: usize| crate::words::is_weekday(read.word(at)) || crate::words::is_month(read.word(at));
    let subject = read.subject(verb).filter(|subject| *subject < verb && !when(*subject));
    // "He was unmoved by the court that …, saying": whoever the sentence is about.
    let parted = parting && verb > 0 && matches!(read.word(verb - 1), "," | "while");
    let root = (0..tree.words.len()).find(|at| tree.words[*at].head.is_none());
    let of_root = root.filter(|root| parted && *root < verb).and_then(|root| read.subject(root));
    if let Some(subject) = of_root.or(subject) {
        let source = Some(read.source(subject, verb));
        // "It was, the mayor said, “…”": the mayor, though the parse lets it say so.
        return if parted { source } else { read.nearer(verb, source) };
    }
    // The nearest noun before the verb with what belongs to it.
    let nominal = |at: &usize| matches!(read.kind(*at), Kind::Noun | Kind::Propn | Kind::Pron);
    let capital = |at: &usize| tree.words[*at].span.of(read.text).starts_with(char::is_uppercase);
    let noun = (0..verb).rev().find(nominal).or_else(|| (0..verb).rev().find(capital))?;
    if parting {
        let subject = (0..noun).find(|at| matches!(read.kind(*at), Kind::Propn | Kind::Pron)).unwrap_or(noun);
        return Some(read.source(subject, verb));
    }
    Some(read.source(noun, verb))
}

/// A name, a pronoun or a word for a person.
pub(super) fn is_person(read: &Sentence, at: usize) -> bool {
    match read.kind(at) {
        Kind::Propn => true,
        Kind::Pron => matches!(read.word(at), "him" | "her" | "them" | "me" | "us"),
        Kind::Noun => crate::lexicon::sense(read.word(at)).noun() == 18,
        _ => false,
    }
}

/// "…" — Somebody, at the end of a line.
pub(super) fn dashed(cx: &Cx, quote: Span) -> Option<Speech> {
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
