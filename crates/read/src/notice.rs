//! Notices: words in which a text speaks of its own making, and words of the page around it.
//!
//! "By …", "previously published by …", "Courtesy: …" are evidence for lineage and are kept as rows with
//! spans. Teasers ("Check Also …"), comment counters and invitations to share are marked as residue: they
//! are not the author's words and date the capture, not the text. The phrases are those that publishing
//! systems and editors use everywhere; none is taken from one account.

use crate::Draft;
use model::{Known, KnownFrom, Notice, NoticeKind, Passage, PassageKind, Span};

/// Fills title, by-line, notices and the kinds of the passages from the words of a draft.
pub(crate) fn read_notices(draft: &mut Draft) {
    mark_residue(&draft.text, &mut draft.passages);
    mark_head(draft);
    let mut notices = Vec::new();
    for passage in &mut draft.passages {
        if passage.kind == PassageKind::Residue || passage.kind == PassageKind::Reference {
            continue;
        }
        notices_of(&draft.text, passage, &mut notices);
    }
    agency_credit(&draft.text, &draft.passages, &mut notices);
    notices.append(&mut draft.notices);
    notices.sort_by_key(|notice| (notice.span, notice.kind));
    notices.dedup_by_key(|notice| (notice.span, notice.kind));
    draft.notices = notices;
    if draft.title.is_none() {
        draft.title = title(&draft.text, &draft.passages);
    }
    if draft.byline.is_none() {
        let signed = draft.notices.iter().find(|notice| notice.kind == NoticeKind::Byline);
        draft.byline =
            signed.and_then(|n| n.name).and_then(|name| Known::new(name.of(&draft.text), KnownFrom::Text));
    }
}

/// Beginnings of lines after which a page speaks of something else.
const RESIDUE: &[&str] = &[
    "check also",
    "read also",
    "read more",
    "read next",
    "also read",
    "see also:",
    "related articles",
    "related posts",
    "related stories",
    "related news",
    "related topics",
    "you may also like",
    "you might also like",
    "more from",
    "more on this",
    "more stories",
    "most read",
    "most popular",
    "trending",
    "recommended for you",
    "don't miss",
    "share this",
    "share on",
    "follow us",
    "subscribe to",
    "sign up for",
    "leave a reply",
    "leave a comment",
    "no responses to",
    "one response to",
    "no comments",
    "post a comment",
    "comments are closed",
    "previous article",
    "next article",
    "previous post",
    "next post",
    "advertisement",
    "click here to",
    "print this",
    "tags:",
    "filed under",
    "читайте также",
    "читать также",
    "читайте еще",
    "смотрите также",
    "подписывайтесь",
    "подпишитесь",
    "поделиться",
    "комментарии",
    "реклама",
    "материалы по теме",
    "читайте нас",
];

/// Marks residue: a line that begins like one, and in the last two fifths of the text what hangs on it.
fn mark_residue(text: &str, passages: &mut [Passage]) {
    let mut hanging = false;
    for passage in passages.iter_mut() {
        let words = passage.span.of(text);
        let count = words.split_whitespace().count();
        if RESIDUE.iter().any(|mark| starts_with_folded(words, mark)) && count <= 24 {
            passage.kind = PassageKind::Residue;
            // Teasers follow only near the end: in the middle a "Read also" line stands alone.
            hanging = passage.span.start() * 5 >= text.len() * 3 && !ends_a_sentence(words);
            continue;
        }
        let teaser = passage.kind == PassageKind::List || !ends_a_sentence(words) || count <= 12;
        hanging = hanging && teaser && count <= 40 && !speaks_of_its_making(words);
        if hanging {
            passage.kind = PassageKind::Residue;
        }
    }
}

fn ends_a_sentence(words: &str) -> bool {
    words.trim_end_matches(['”', '"', ')', '»']).ends_with(['.', '!', '?'])
}

/// Marks the by-line among the first passages.
fn mark_head(draft: &mut Draft) {
    let text = &draft.text;
    let mut found = None;
    for (at, passage) in draft.passages.iter_mut().enumerate().take(5) {
        let words = passage.span.of(text);
        let names = match signed_by(words) {
            Some(names) => names,
            None if at > 0 && is_capital_name(words) => 0,
            None => continue,
        };
        if !matches!(passage.kind, PassageKind::Heading | PassageKind::Paragraph) {
            continue;
        }
        passage.kind = PassageKind::Byline;
        let name = Span::checked(passage.span.start() + names, passage.span.end());
        found = Some(Notice { span: passage.span, kind: NoticeKind::Byline, name });
        break;
    }
    draft.notices.extend(found);
}

/// "By Name and Name": the byte at which the names begin.
fn signed_by(words: &str) -> Option<usize> {
    let mark = ["by ", "by: ", "author: ", "authors: ", "written by ", "автор: ", "автор "]
        .into_iter()
        .find(|mark| starts_with_folded(words, mark))?;
    let start = words.char_indices().nth(mark.chars().count())?.0;
    let names = &words[start..];
    let short = names.split_whitespace().count() <= 12 && !names.trim_end().ends_with(['.', '?', '!', ':']);
    let capital = names.split_whitespace().next().is_some_and(|w| w.starts_with(char::is_uppercase));
    (short && capital).then_some(start)
}

/// "FIRST LAST" on a line of its own.
fn is_capital_name(words: &str) -> bool {
    let count = words.split_whitespace().count();
    let letters = words.chars().all(|c| c.is_uppercase() || matches!(c, ' ' | '.' | '-' | '\'' | '’'));
    (2..=4).contains(&count) && words.len() <= 40 && letters
}

/// Phrases that speak of the text's own making, and what they say.
const PHRASES: &[(&str, NoticeKind)] = &[
    ("previously published", NoticeKind::Republished),
    ("originally published", NoticeKind::Republished),
    ("first published", NoticeKind::Republished),
    ("first appeared", NoticeKind::Republished),
    ("originally appeared", NoticeKind::Republished),
    ("republished from", NoticeKind::Republished),
    ("republished with", NoticeKind::Republished),
    ("reprinted from", NoticeKind::Republished),
    ("reprinted with", NoticeKind::Republished),
    ("cross-posted from", NoticeKind::Republished),
    ("впервые опубликован", NoticeKind::Republished),
    ("ранее опубликован", NoticeKind::Republished),
    ("courtesy:", NoticeKind::Courtesy),
    ("courtesy of", NoticeKind::Courtesy),
    ("may be reprinted", NoticeKind::Licence),
    ("creative commons", NoticeKind::Licence),
    ("all rights reserved", NoticeKind::Licence),
    ("translated by", NoticeKind::Translated),
    ("translation by", NoticeKind::Translated),
    ("edited by", NoticeKind::Translated),
    ("перевод:", NoticeKind::Translated),
    ("about the author", NoticeKind::Authors),
    ("об авторе", NoticeKind::Authors),
    ("prepared by", NoticeKind::Byline),
    ("reporting by", NoticeKind::Byline),
    ("summary in our own words", NoticeKind::Summary),
    ("our summary", NoticeKind::Summary),
];

fn speaks_of_its_making(words: &str) -> bool {
    let low = folded(words);
    PHRASES.iter().any(|(phrase, _)| low.contains(phrase))
}

/// The notices in one passage. A passage of at most two sentences that holds one is itself a notice.
fn notices_of(text: &str, passage: &mut Passage, notices: &mut Vec<Notice>) {
    let words = passage.span.of(text);
    if words.len() > 1500 {
        return;
    }
    let low = folded(words);
    let near: Vec<_> = PHRASES.iter().filter(|(phrase, _)| low.contains(phrase)).collect();
    if near.is_empty() {
        return;
    }
    let mut sentences = Vec::new();
    model::sentence::sentences_of(text, passage.span, &mut sentences);
    let mut found = false;
    for sentence in &sentences {
        for (phrase, kind) in &near {
            let Some(at) = find_folded(sentence.of(text), phrase) else { continue };
            if !is_about_the_text(sentence.of(text), *kind) {
                continue;
            }
            let name = name_after(text, *sentence, sentence.start() + at + phrase.len());
            notices.push(Notice { span: *sentence, kind: *kind, name });
            found = true;
        }
    }
    let plain = matches!(passage.kind, PassageKind::Paragraph | PassageKind::Heading);
    if found && plain && (sentences.len() <= 2 || sentences.len() <= notices.len() + 2) && words.len() <= 700
    {
        passage.kind = PassageKind::Notice;
    }
}

/// "prepared by" and "first published" are also said of other things: by-line phrases count only beside
/// a word for a text, or at the head of a short line.
fn is_about_the_text(sentence: &str, kind: NoticeKind) -> bool {
    const WORDS: &[&str] = &[
        "article",
        "publication",
        "review",
        "report",
        "text",
        "story",
        "piece",
        "post",
        "essay",
        "interview",
        "commentary",
        "analysis",
        "material",
        "стать",
        "материал",
        "текст",
    ];
    let short = sentence.split_whitespace().count() <= 12;
    match kind {
        NoticeKind::Byline | NoticeKind::Republished => {
            short || WORDS.iter().any(|w| find_folded(sentence, w).is_some())
        }
        _ => true,
    }
}

/// The name after a phrase: past "by", "in", "on", "from", to the end of the capitalised words.
fn name_after(text: &str, sentence: Span, from: usize) -> Option<Span> {
    let mut start = from;
    loop {
        let rest = &text[start..sentence.end()];
        let skipped = rest.trim_start_matches([' ', ':', '(', '“', '"', '\u{A0}']);
        start = sentence.end() - skipped.len();
        let small = ["by ", "in ", "on ", "at ", "from ", "the ", "permission ", "with ", "of "];
        match small.iter().find(|word| starts_with_folded(skipped, word)) {
            Some(word) => start += word.len(),
            None => break,
        }
    }
    let rest = &text[start..sentence.end()];
    let address =
        rest.starts_with(|c: char| c.is_lowercase()) && rest.split([' ', ')']).next()?.contains('.');
    let mut end = 0;
    for word in rest.split_inclusive(' ') {
        let bare = word.trim_end();
        let joins = bare.starts_with(char::is_uppercase)
            || matches!(bare, "and" | "of" | "the" | "de" | "&") && end > 0;
        let is_address = address && end == 0;
        if !joins && !is_address {
            break;
        }
        end += word.len();
        if bare.ends_with([',', '.', ')', ';', '”', '"']) {
            break;
        }
    }
    let name = rest[..end].trim_end().trim_end_matches(['.', ',', ')', ';', '”', '"', ' ']);
    let name = name.strip_suffix(" and").or_else(|| name.strip_suffix(" the")).unwrap_or(name);
    Span::checked(start, start + name.len())
}

/// News agencies that credit lines name in brackets or with a dash, in the first paragraphs of a text.
const AGENCIES: &[&str] = &[
    "AP",
    "Associated Press",
    "Reuters",
    "AFP",
    "UPI",
    "dpa",
    "EFE",
    "ANSA",
    "TASS",
    "ТАСС",
    "RIA Novosti",
    "РИА Новости",
    "Interfax",
    "Интерфакс",
    "Xinhua",
    "Kyodo",
    "Anadolu",
    "PTI",
    "ANI",
    "Ukrinform",
    "UNIAN",
    "Kazinform",
    "BelTA",
    "APA",
];

/// A credit such as "(Reuters)" or "TASS/" near the beginning of the running text, or closing it.
fn agency_credit(text: &str, passages: &[Passage], notices: &mut Vec<Notice>) {
    let running = passages.iter().filter(|p| matches!(p.kind, PassageKind::Paragraph | PassageKind::Byline));
    for passage in running.take(3) {
        let words = passage.span.of(text);
        let head = words.char_indices().nth(80).map_or(words, |(end, _)| &words[..end]);
        if !head.contains(['(', '/', '—', '–']) {
            continue;
        }
        for agency in AGENCIES {
            for (open, close) in [("(", ")"), ("/", "/"), (" — ", " "), ("– ", " –")] {
                let credit = format!("{open}{agency}{close}");
                let Some(at) = head.find(&credit) else { continue };
                let start = passage.span.start() + at;
                let name = Span::new(start + open.len(), start + open.len() + agency.len());
                notices.push(Notice {
                    span: Span::new(start, start + credit.len()),
                    kind: NoticeKind::Agency,
                    name: Some(name),
                });
            }
        }
    }
}

/// The title: the first heading before any running text, else the one a comment counter repeats.
fn title(text: &str, passages: &[Passage]) -> Option<Known> {
    let first = passages.iter().find(|p| !matches!(p.kind, PassageKind::Byline | PassageKind::Notice))?;
    if first.kind == PassageKind::Heading {
        return Known::new(first.span.of(text), KnownFrom::Text);
    }
    let residue = passages.iter().filter(|p| p.kind == PassageKind::Residue).map(|p| p.span.of(text));
    residue.filter(|words| find_folded(words, "responses to").is_some()).find_map(|words| {
        let quoted = words.split_once(['“', '"', '«'])?.1;
        let title = quoted.trim_end_matches(['”', '"', '»', ' ']);
        Known::new(title.strip_suffix('.').unwrap_or(title), KnownFrom::Text)
    })
}

/// Whether a text begins with a phrase of lower-case letters, whatever its own case.
fn starts_with_folded(text: &str, phrase: &str) -> bool {
    let mut letters = text.chars().map(fold);
    phrase.chars().all(|c| letters.next() == Some(c))
}

/// Where a phrase of lower-case letters stands in a text, whatever the text's case.
fn find_folded(text: &str, phrase: &str) -> Option<usize> {
    folded(text).find(phrase)
}

/// A text with its letters lowered, byte for byte as long as the text: what does not fit is left as it is.
fn folded(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    text.chars().map(|c| Some(fold(c)).filter(|low| low.len_utf8() == c.len_utf8()).unwrap_or(c)).collect()
}

fn fold(c: char) -> char {
    match c {
        '’' => '\'',
        '\u{A0}' => ' ',
        c if c.is_ascii() => c.to_ascii_lowercase(),
        c => c.to_lowercase().next().unwrap_or(c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plain::of_text;
    use model::passage::Markup;

    fn draft(text: &str) -> Draft {
        of_text(text.to_owned(), Markup::Plain)
    }

    fn notices(text: &str) -> Vec<(NoticeKind, String)> {
        let draft = draft(text);
        let name = |n: &Notice| n.name.map(|s| s.of(&draft.text).to_owned()).unwrap_or_default();
        draft.notices.iter().map(|n| (n.kind, name(n))).collect()
    }

    #[test]
    fn bylines_and_credits_are_rows() {
        use NoticeKind::*;
        let text = "A Head\n\nBy Ann Lee and Dr. Bo Ek\n\nODENSE, May 5 (Reuters) - The city is quiet, residents say today.\n\nThis article was first published by Open Review.\n\nCourtesy: (example.org)";
        let expected = [
            (Byline, "Ann Lee and Dr. Bo Ek"),
            (Agency, "Reuters"),
            (Republished, "Open Review"),
            (Courtesy, "example.org"),
        ];
        assert_eq!(notices(text), expected.map(|(kind, name)| (kind, name.to_owned())));
        let draft = draft(text);
        assert_eq!(draft.title.unwrap().value, "A Head");
        assert_eq!(draft.byline.unwrap().value, "Ann Lee and Dr. Bo Ek");
    }

    #[test]
    fn teasers_at_the_end_are_residue_and_the_last_notice_is_not() {
        let body =
            "A long enough paragraph of the account itself, which says what happened and when it did. "
                .repeat(6);
        let text = format!(
            "{body}\n\nRead also other materials\n- One more thing\n- Another thing of theirs\nThis publication was prepared by Ann Lee. Translated by Bo Ek.\nNo Responses to “The Title of It.”"
        );
        let draft = draft(&text);
        let kinds: Vec<_> = draft.passages.iter().map(|p| p.kind).collect();
        use PassageKind::*;
        assert_eq!(kinds, [Paragraph, Residue, Residue, Residue, Notice, Residue]);
        assert_eq!(draft.title.unwrap().value, "The Title of It");
        assert_eq!(draft.byline.unwrap().value, "Ann Lee");
    }

    #[test]
    fn a_report_prepared_by_somebody_else_is_no_byline() {
        assert_eq!(
            notices(
                "The dinner that had been prepared by the hotel for two hundred guests of the summit went cold."
            ),
            []
        );
    }
}
