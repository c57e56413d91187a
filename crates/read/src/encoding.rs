//! Bytes to text: byte-order mark, declared encoding, else detection.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8};
use model::Warning;

/// A decoded text and what happened on the way.
pub(crate) struct Decoded {
    pub(crate) text: String,
    pub(crate) warning: Option<Warning>,
}

/// Decodes bytes. Valid UTF-8 is taken as it is; only a byte-order mark is dropped.
pub(crate) fn decode(bytes: &[u8], declared: Option<&str>) -> Decoded {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return decode_as(&bytes[mark..], encoding, false);
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Decoded { text: text.to_owned(), warning: None };
    }
    if let Some(encoding) = declared.and_then(|label| Encoding::for_label(label.as_bytes())) {
        let decoded = decode_as(bytes, encoding, false);
        if decoded.warning.is_none() {
            return decoded;
        }
    }
    if is_damaged_utf8(bytes) {
        return decode_as(bytes, UTF_8, false);
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    decode_as(bytes, detector.guess(None, Utf8Detection::Allow), true)
}

/// Whether bytes are UTF-8 but for a few: cut in mid-letter, or one bad byte in a long file. Another encoding would
/// hardly ever form so many whole letters of several bytes.
fn is_damaged_utf8(bytes: &[u8]) -> bool {
    let (mut letters, mut damage) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        letters += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        damage += usize::from(!chunk.invalid().is_empty());
    }
    damage * 10 <= letters
}

fn decode_as(bytes: &[u8], encoding: &'static Encoding, guessed: bool) -> Decoded {
    let (text, had_errors) = encoding.decode_without_bom_handling(bytes);
    let name = encoding.name();
    let warning = match (had_errors, guessed && encoding != UTF_8) {
        (true, _) => Some(Warning::whole(
            format!("some bytes are not {name}; they are shown as \u{FFFD}"),
            "save the file as UTF-8 and add it again",
        )),
        (false, true) => Some(Warning::whole(format!("read as {name}, told by its bytes"), "")),
        (false, false) => None,
    };
    Decoded { text: text.into_owned(), warning }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn old_cyrillic_encodings_are_told_by_their_bytes() {
        let words = "В ночь на пятое января в городе было объявлено чрезвычайное положение.";
        for encoding in [encoding_rs::WINDOWS_1251, encoding_rs::KOI8_R, encoding_rs::ISO_8859_5] {
            let (bytes, _, _) = encoding.encode(words);
            assert_eq!(decode(&bytes, None).text, words, "{}", encoding.name());
        }
        assert_eq!(decode("\u{FEFF}слово".as_bytes(), None).text, "слово");
    }

    #[test]
    fn one_bad_byte_spoils_no_text() {
        let words = "В ночь на пятое января в городе было объявлено чрезвычайное положение.";
        let cut = decode(&words.as_bytes()[..words.len() - 2], None);
        assert!(cut.text.starts_with("В ночь") && cut.warning.is_some(), "{}", cut.text);
    }
}
