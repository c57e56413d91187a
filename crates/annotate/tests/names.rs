//! Reading names and short forms holds on text no one writes.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use annotate::annotate;
use annotate::name::definitions;
use proptest::prelude::*;

#[test]
fn long_rows_without_blanks_or_of_brackets_come_to_an_end() {
    for unit in ["(AB)", "a,", "a,1,", "Ann Marsh ", "U.N.", "(A B) "] {
        let text = unit.repeat(200_000 / unit.len());
        let _ = definitions(&text);
        let _ = annotate(&text, Some("en"));
    }
}

#[test]
fn a_letter_that_grows_in_small_is_no_fall() {
    let _ = annotate("O'Hara stood in \u{130}\u{2019}Hara street, \u{130}\u{2019}km.", Some("en"));
}

proptest! {
    #[test]
    fn anything_is_read_without_a_fall(text in "\\PC{0,60}|[A-Za-z .,'’()\u{130}-]{0,80}") {
        let layers = annotate(&text, Some("en"));
        for name in &layers.names {
            prop_assert!(name.span.get(&text).is_some());
            prop_assert!(name.title.is_none_or(|title| title.end() <= name.span.start()));
        }
        for found in definitions(&text) {
            prop_assert!(found.full.get(&text).is_some() && found.short.get(&text).is_some());
        }
    }
}
