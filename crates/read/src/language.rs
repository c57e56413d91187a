//! The language of a text.
//!
//! Cyrillic texts are told by letters that only some alphabets have; the statistical identifier confuses
//! Kazakh with Belarusian and short Russian with Bulgarian. Everything else goes to `whatlang`, which is
//! believed only where it says it is reliable. Only the first four hundred characters are looked at.

use model::script::{Script, script};
use whatlang::Lang;

/// The language of a text as a BCP 47 tag, or `None` where it cannot be told.
pub fn language_of(text: &str) -> Option<&'static str> {
    let sample = sample(text, 400);
    let letters = |wanted| sample.chars().filter(|c| script(*c) == Some(wanted)).count();
    let (latin, cyrillic) = (letters(Script::Latin), letters(Script::Cyrillic));
    if cyrillic > latin {
        return model::script::cyrillic_language(sample);
    }
    if is_plain_english(sample) {
        return Some("en");
    }
    let found = whatlang::detect(sample)?;
    let enough = latin >= 20 || found.script() != whatlang::Script::Latin;
    (enough && (found.is_reliable() || latin >= 200)).then(|| tag(found.lang())).flatten()
}

/// Whether words that only English has make up a tenth of a sample and are of several kinds: a short cut past the
/// statistics, which cost more than everything else in reading a text.
fn is_plain_english(sample: &str) -> bool {
    const WORDS: &[&str] =
        &["and", "been", "from", "has", "have", "of", "that", "the", "this", "were", "which", "with"];
    let mut found = [false; 12];
    let (mut count, mut all) = (0usize, 0usize);
    for word in sample.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        all += 1;
        if let Some(at) = WORDS.iter().position(|known| known.eq_ignore_ascii_case(word)) {
            found[at] = true;
            count += 1;
        }
    }
    all >= 20 && count * 10 >= all && found.iter().filter(|found| **found).count() >= 3
}

/// The primary subtag of a declared language, lower case: `en-US` and `EN` are `en`. `None` for what is no tag.
pub fn language_tag(words: &str) -> Option<String> {
    let tag = words.trim().split(['-', '_']).next()?.to_ascii_lowercase();
    ((2..=3).contains(&tag.len()) && tag.bytes().all(|b| b.is_ascii_lowercase())).then_some(tag)
}

/// The first `chars` characters, begun after the first line where that is short: headings mislead.
fn sample(text: &str, chars: usize) -> &str {
    let body = match text.split_once('\n') {
        Some((head, rest)) if head.len() < 120 && rest.trim().len() >= 200 => rest,
        _ => text,
    };
    body.char_indices().nth(chars).map_or(body, |(end, _)| &body[..end])
}

fn tag(lang: Lang) -> Option<&'static str> {
    Some(match lang {
        Lang::Eng => "en",
        Lang::Deu => "de",
        Lang::Fra => "fr",
        Lang::Spa => "es",
        Lang::Ita => "it",
        Lang::Por => "pt",
        Lang::Nld => "nl",
        Lang::Pol => "pl",
        Lang::Ces => "cs",
        Lang::Slk => "sk",
        Lang::Ron => "ro",
        Lang::Hun => "hu",
        Lang::Tur => "tr",
        Lang::Aze => "az",
        Lang::Uzb => "uz",
        Lang::Tuk => "tk",
        Lang::Swe => "sv",
        Lang::Dan => "da",
        Lang::Nob => "nb",
        Lang::Fin => "fi",
        Lang::Est => "et",
        Lang::Lav => "lv",
        Lang::Lit => "lt",
        Lang::Hrv => "hr",
        Lang::Slv => "sl",
        Lang::Cat => "ca",
        Lang::Vie => "vi",
        Lang::Ind => "id",
        Lang::Tgl => "tl",
        Lang::Lat => "la",
        Lang::Ell => "el",
        Lang::Heb => "he",
        Lang::Yid => "yi",
        Lang::Ara => "ar",
        Lang::Pes => "fa",
        Lang::Urd => "ur",
        Lang::Hin => "hi",
        Lang::Ben => "bn",
        Lang::Kat => "ka",
        Lang::Hye => "hy",
        Lang::Cmn => "zh",
        Lang::Jpn => "ja",
        Lang::Kor => "ko",
        Lang::Tha => "th",
        _ => return None,
    })
}
