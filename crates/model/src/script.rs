//! Scripts: which alphabet a letter belongs to, and which language a Cyrillic text is in.

/// The alphabets Stemma tells apart.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Script {
    /// Latin.
    Latin,
    /// Cyrillic.
    Cyrillic,
    /// Greek.
    Greek,
    /// Any other letter.
    Other,
}

/// The script of a letter; `None` for anything that is not a letter.
pub fn script(c: char) -> Option<Script> {
    match c {
        'a'..='z' | 'A'..='Z' => Some(Script::Latin),
        '\u{0000}'..='\u{007F}' => None,
        '\u{0400}'..='\u{052F}' => c.is_alphabetic().then_some(Script::Cyrillic),
        '\u{0370}'..='\u{03FF}' | '\u{1F00}'..='\u{1FFF}' => c.is_alphabetic().then_some(Script::Greek),
        '\u{00AA}'..='\u{024F}' | '\u{1E00}'..='\u{1EFF}' => c.is_alphabetic().then_some(Script::Latin),
        _ => c.is_alphabetic().then_some(Script::Other),
    }
}

/// Whether the script is written without spaces between words (Han, kana, Thai, Lao, Khmer, Burmese).
pub fn unspaced(c: char) -> bool {
    matches!(c, '\u{0E00}'..='\u{0EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}'
        | '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}'
        | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

/// The language of a Cyrillic text, told by letters that only some alphabets have (BCP 47); `None` where
/// the text has too few Cyrillic letters (under 20) or letters of alphabets not told apart here.
///
/// Statistical identifiers confuse short Kazakh with Belarusian and short Russian with Bulgarian; the
/// letters themselves do not.
pub fn cyrillic_language(text: &str) -> Option<&'static str> {
    let mut total = 0usize;
    let (mut kazakh, mut kyrgyz_only, mut ukrainian, mut belarusian, mut serbian, mut russian, mut other) =
        (0usize, 0usize, 0usize, 0usize, 0usize, 0usize, 0usize);
    for c in text.chars().filter(|c| script(*c) == Some(Script::Cyrillic)) {
        total += 1;
        match c.to_lowercase().next().unwrap_or(c) {
            'ә' | 'ғ' | 'қ' | 'ұ' | 'һ' => kazakh += 1,
            'ң' | 'ө' | 'ү' => kyrgyz_only += 1,
            'ї' | 'є' | 'ґ' => ukrainian += 1,
            'ў' => belarusian += 1,
            'ђ' | 'ћ' | 'љ' | 'њ' | 'џ' | 'ѓ' | 'ќ' | 'ј' => serbian += 1,
            'ы' | 'э' | 'ё' => russian += 1,
            'ӣ' | 'ӯ' | 'ҳ' | 'ҷ' | 'җ' | 'ӱ' | 'ӑ' | 'ӗ' => other += 1,
            _ => {}
        }
    }
    if total < 20 {
        return None;
    }
    // One stray foreign letter (a name, a quoted word) does not make a language: a mark has to make up half
    // a percent of the letters. Real text in these languages has two to fifteen percent.
    let marked = |count: usize| count * 200 >= total;
    match () {
        () if marked(other) => None,
        () if marked(kazakh) => Some("kk"),
        () if marked(kyrgyz_only) => Some("ky"),
        () if marked(belarusian) => Some("be"),
        () if marked(ukrainian) => Some("uk"),
        () if marked(serbian) => None,
        () if marked(russian) => Some("ru"),
        () => Some("bg").filter(|_| total >= 200),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_tell_the_cyrillic_languages_apart() {
        assert_eq!(cyrillic_language("Бүгін таңертең Алматы қаласында тынығу күні болды"), Some("kk"));
        assert_eq!(cyrillic_language("Сегодня утром в городе объявили чрезвычайное положение"), Some("ru"));
        assert_eq!(
            cyrillic_language("Сьогодні вранці в місті оголосили надзвичайний стан, її чують"),
            Some("uk")
        );
        assert_eq!(
            cyrillic_language("Сёння раніцай у горадзе абвясцілі надзвычайны стан, ўсе чакаюць"),
            Some("be")
        );
        assert_eq!(cyrillic_language("Бүгүн эртең менен шаарда өзгөчө кырдаал жарыяланды"), Some("ky"));
        assert_eq!(cyrillic_language("Привет"), None, "too short to tell");
    }
}
