//! Times in Russian, the months and days of Ukrainian and Kazakh, and lines meant to harm.

use annotate::times;
use std::fmt::Write;

const PUBLISHED: Option<&str> = Some("2021-06-16");

fn values(words: &str) -> Vec<String> {
    times(words, PUBLISHED).iter().map(|row| row.value.timex()).collect()
}

#[test]
fn russian_phrases_have_their_values() {
    let (mut phrases, mut wrong) = (0, String::new());
    for line in include_str!("times-ru.txt").lines().filter(|line| !line.starts_with('#')) {
        let (words, value) = line.rsplit_once(" = ").unwrap();
        phrases += 1;
        let found = values(words);
        let right = if value == "-" { found.is_empty() } else { found.iter().any(|found| found == value) };
        if !right {
            let _ = writeln!(wrong, "{line}: found {found:?}");
        }
    }
    assert!(phrases >= 300);
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn months_and_days_of_ukrainian_and_kazakh() {
    for (words, value) in [
        ("5 травня 2019 року", "2019-05-05"),
        ("у липні 2018 року", "2018-07"),
        ("у вівторок", "2021-06-15"),
        ("минулого року", "2020"),
        ("5 мамыр 2019", "2019-05-05"),
        ("қыркүйек 2018", "2018-09"),
        ("дүйсенбі", "2021-06-14"),
        ("бүгін", "2021-06-16"),
    ] {
        assert!(values(words).contains(&value.to_owned()), "{words}: {:?}", values(words));
    }
}

/// Grammars that call themselves must end, however long a line goes on.
#[test]
fn lines_without_end_are_read() {
    for unit in [
        "may ",
        "7",
        "1 and ",
        "the end of the ",
        "most of the rest of the ",
        "first quarter of ",
        "new ",
        "twenty-",
        "last year's ",
        "5, ",
        "early in the ",
        "в конце ",
        "week of ",
        "1999-",
        "http://",
        "’99 ",
        "2020-01-",
        "a year and ",
    ] {
        let text = unit.repeat(20_000);
        for row in times(&text, PUBLISHED) {
            assert!(text.get(row.span.start()..row.span.end()).is_some());
        }
    }
}
