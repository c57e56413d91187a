//! No bytes are a danger: whatever is read gives documents whose spans fit, or a clear error.

use proptest::prelude::*;
use read::{Hint, read};

fn check(bytes: &[u8], name: &str) -> Result<(), TestCaseError> {
    let Ok(reading) = read(bytes, &Hint::named(name)) else { return Ok(()) };
    for document in reading.documents {
        let text = &document.text;
        let mut at = 0;
        for passage in &document.passages {
            prop_assert!(passage.span.start() >= at && passage.span.get(text).is_some());
            at = passage.span.end();
        }
        for notice in &document.notices {
            prop_assert!(
                notice.span.get(text).is_some() && notice.name.is_none_or(|name| name.get(text).is_some())
            );
        }
        let layers = annotate::annotate_passages(text, &document.passages, Some("en"), None);
        for span in
            layers.quantities.iter().map(|row| row.span).chain(layers.times.iter().map(|row| row.span))
        {
            prop_assert!(span.get(text).is_some());
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..300), name in "[a-z]{0,3}\\.(txt|md|html|csv|jsonl)") {
        check(&bytes, &name)?;
    }

    #[test]
    fn any_text(text in "\\PC{0,200}", name in "[a-z]{0,3}\\.(txt|md|html|csv|jsonl)") {
        check(text.as_bytes(), &name)?;
    }

    #[test]
    fn text_made_of_what_the_rules_look_for(
        pieces in proptest::collection::vec(
            proptest::sample::select(vec![
                "By ", "January", "5", "-", "7", "about", " ", " ", "thousand", "people", "(", ")", "[", "]", ".", "…", "“", "”",
                "Check Also", "\n", "previously published by ", "Тw", "İ", "ß", "ﬁ", "\u{301}", "\u{A0}", "1,000", "2022", "de", "№", "# ", "<p>", "A", "é",
            ]),
            0..40,
        ),
    ) {
        check(pieces.concat().as_bytes(), "x.txt")?;
        check(pieces.concat().as_bytes(), "x.md")?;
        check(format!("<html><body>{}", pieces.concat()).as_bytes(), "x.html")?;
    }
}
