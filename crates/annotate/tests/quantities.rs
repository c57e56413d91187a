//! A quantity rendered in any of many styles reads back as the same interval.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use annotate::quantities;
use proptest::prelude::*;

fn grouped(number: u64, mark: &str) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push_str(mark);
        }
        out.push(digit);
    }
    out
}

const SMALL: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

fn spelled(number: u64) -> String {
    let below_hundred = |n: u64| match n {
        0..20 => SMALL[n as usize].to_owned(),
        _ if n.is_multiple_of(10) => TENS[n as usize / 10 - 2].to_owned(),
        _ => format!("{}-{}", TENS[n as usize / 10 - 2], SMALL[n as usize % 10]),
    };
    let below_thousand = |n: u64| match (n / 100, n % 100) {
        (0, rest) => below_hundred(rest),
        (hundreds, 0) => format!("{} hundred", SMALL[hundreds as usize]),
        (hundreds, rest) => format!("{} hundred and {}", SMALL[hundreds as usize], below_hundred(rest)),
    };
    match (number / 1000, number % 1000) {
        (0, rest) => below_thousand(rest),
        (thousands, 0) => format!("{} thousand", below_thousand(thousands)),
        (thousands, rest) if rest < 100 => {
            format!("{} thousand and {}", below_thousand(thousands), below_hundred(rest))
        }
        (thousands, rest) => format!("{} thousand {}", below_thousand(thousands), below_thousand(rest)),
    }
}

/// The number in one of eleven styles.
fn rendered(number: u64, style: usize) -> String {
    match style {
        0 => number.to_string(),
        1 => grouped(number, ","),
        2 => grouped(number, "\u{a0}"),
        3 => grouped(number, "\u{202f}"),
        4 => grouped(number, "\u{2009}"),
        5 => spelled(number),
        6 => format!("{} thousand", number as f64 / 1000.0),
        7 => format!("{}k", number as f64 / 1000.0),
        8 => format!("{} million", number as f64 / 1e6),
        9 => format!("{} hundred", number as f64 / 100.0),
        _ => format!("{} mln", number as f64 / 1e6),
    }
}

proptest! {
    #[test]
    fn every_style_reads_back(number in 2u64..900_000, style in 0usize..11, bound in 0usize..4) {
        let (words, low, high) = match bound {
            0 => ("", Some(number), Some(number)),
            1 => ("up to ", None, Some(number)),
            2 => ("more than ", Some(number), None),
            _ => ("about ", Some(number), Some(number)),
        };
        let text = format!("They counted {words}{} dockers on the quay.", rendered(number, style));
        let found = quantities(&text);
        prop_assert_eq!(found.len(), 1, "{}: {:?}", text, found);
        let close = |said: Option<f64>, wanted: Option<u64>| match (said, wanted) {
            (Some(said), Some(wanted)) => (said - wanted as f64).abs() <= 1e-6 * wanted as f64,
            (None, None) => true,
            _ => false,
        };
        prop_assert!(close(found[0].low, low) && close(found[0].high, high), "{}: {:?}", text, found);
        prop_assert_eq!(&found[0].unit, "docker");
    }

    #[test]
    fn ranges_read_back(low in 2u64..500, more in 1u64..500, style in 0usize..4) {
        let high = low + more;
        let words = match style {
            0 => format!("{low} to {high}"),
            1 => format!("{low}-{high}"),
            2 => format!("between {low} and {high}"),
            _ => format!("{low}–{high}"),
        };
        let text = format!("They counted {words} thousand dockers.");
        let found = quantities(&text);
        prop_assert_eq!(found.len(), 1, "{}: {:?}", text, found);
        let at = (found[0].low.unwrap(), found[0].high.unwrap());
        prop_assert_eq!(at, (low as f64 * 1e3, high as f64 * 1e3), "{}", text);
    }

    #[test]
    fn anything_is_read_without_a_fall(text in "[a-zA-Z0-9 ,.'’$%€½/()\\[\\]–-]{0,60}|\\PC{0,40}") {
        for found in quantities(&text) {
            prop_assert!(found.span.get(&text).is_some());
            if let (Some(low), Some(high)) = (found.low, found.high) {
                prop_assert!(low <= high, "{:?}", found);
            }
        }
    }
}

#[test]
fn no_quantity_reaches_back_into_another() {
    for text in [
        "The price tripled$20 in a year.",
        "It lasted ½ second and a half.",
        "5 euros a year and a half later",
    ] {
        let found = quantities(text);
        assert!(found.windows(2).all(|pair| pair[0].span.end() <= pair[1].span.start()), "{text}: {found:?}");
    }
}

#[test]
fn long_rows_take_time_in_proportion() {
    // Not timed: a row of a quadratic reader would not come to an end in a test's patience.
    for unit in ["5 ", "one ", "$5 ", "about ", "two hundred ", "1-2-", "5 to ", "million ", "5\" "] {
        let text = unit.repeat(400_000 / unit.len());
        let _ = quantities(&text);
    }
}
