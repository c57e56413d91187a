//! Sums that a text offers: "40 km and 60 km, 100 km in total". A total that its parts do not make is a contradiction inside one
//! document; whether part or total is wrong is not for a program to say.

use model::{Change, Passage, Quantity, Span};

/// A total with the parts it is the sum of.
#[derive(Clone, PartialEq, Debug)]
pub struct Sum {
    /// The number that is called the total.
    pub total: Span,
    /// The numbers before it, of the same unit, in order.
    pub parts: Vec<Span>,
    /// What the parts make.
    pub made: f64,
    /// What the text says.
    pub said: f64,
}

impl Sum {
    /// Whether the parts make the total, to half a unit in its last place or a hundredth.
    pub fn holds(&self) -> bool {
        (self.made - self.said).abs() <= (self.said.abs() / 100.0).clamp(1e-9, 0.5)
    }
}

/// Words that call a number a total, before it or right behind it.
const BEFORE: [&str; 7] = ["total", "in total", "altogether", "in all", "in sum", "combined", "a total of"];
const BEHIND: [&str; 5] = ["in total", "altogether", "in all", "combined", "overall"];

/// Parts of one sum at most.
const MOST: usize = 12;
/// Bytes between a total and its first part at most.
const FAR: usize = 400;

/// All sums of a text: totals with two and more exact numbers of the same unit before them in the passage.
pub fn sums(text: &str, passages: &[Passage], quantities: &[Quantity]) -> Vec<Sum> {
    let mut found = Vec::new();
    for (at, total) in quantities.iter().enumerate() {
        let Some(said) = exact(total).filter(|_| is_total(text, total)) else { continue };
        let Some(passage) = passages.iter().find(|passage| passage.span.covers(total.span)) else { continue };
        let near = |part: &&Quantity| {
            part.span.start() >= passage.span.start()
                && part.span.end() + FAR > total.span.start()
                && part.unit == total.unit
        };
        let before =
            quantities[..at].iter().rev().take_while(|part| passage.span.covers(part.span)).filter(near);
        // The parts are those back to the last total.
        let mut parts: Vec<(Span, f64)> = Vec::new();
        for part in before.take(MOST) {
            match exact(part) {
                Some(value) if !is_total(text, part) => parts.push((part.span, value)),
                _ => break,
            }
        }
        parts.reverse();
        // Of more numbers than the sum has parts the last ones that make it.
        let fitting = (0..parts.len().saturating_sub(1)).find(|first| {
            let made: f64 = parts[*first..].iter().map(|(_, value)| value).sum();
            Sum { total: total.span, parts: Vec::new(), made, said }.holds()
        });
        let first = fitting.unwrap_or(0);
        if parts.len() < 2 || fitting.is_none() && !is_list(text, &parts, total.span) {
            continue;
        }
        let made = parts[first..].iter().map(|(_, value)| value).sum();
        let parts = parts[first..].iter().map(|(span, _)| *span).collect();
        found.push(Sum { total: total.span, parts, made, said });
    }
    found
}

fn exact(quantity: &Quantity) -> Option<f64> {
    match (quantity.low, quantity.high) {
        (Some(low), Some(high)) if low == high && quantity.change == Change::Same => Some(low),
        _ => None,
    }
}

fn is_total(text: &str, quantity: &Quantity) -> bool {
    // "61 ferries in total": behind what is counted.
    let number =
        Span::new(quantity.span.start(), quantity.noun.map_or(0, |noun| noun.end()).max(quantity.span.end()));
    let from = text.floor_char_boundary(number.start().saturating_sub(24));
    let before = text[from..number.start()].to_lowercase();
    let before = before.trim_end_matches(|c: char| !c.is_alphanumeric());
    let lead =
        |word: &str| before.strip_suffix(word).is_some_and(|rest| !rest.ends_with(char::is_alphanumeric));
    let to = text.ceil_char_boundary((number.end() + 24).min(text.len()));
    let behind = text[number.end()..to].to_lowercase();
    let behind = behind.trim_start_matches(|c: char| !c.is_alphanumeric());
    BEFORE.iter().any(|word| lead(word)) || BEHIND.iter().any(|word| behind.starts_with(word))
}

/// Whether numbers stand in one list that the total ends: commas, "and" and few words between them.
fn is_list(text: &str, parts: &[(Span, f64)], total: Span) -> bool {
    let ends = parts.iter().map(|(span, _)| *span).chain([total]).collect::<Vec<_>>();
    ends.windows(2).all(|two| {
        let between = &text[two[0].end()..two[1].start()];
        between.split_whitespace().count() <= 8 && !between.contains("\n")
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]
    use super::*;
    use model::passage::{Markup, passages};

    fn found(text: &str) -> Vec<(f64, f64, bool)> {
        let quantities = crate::annotate(text, Some("en")).quantities;
        let sums = sums(text, &passages(text, Markup::Plain), &quantities);
        sums.iter().map(|sum| (sum.made, sum.said, sum.holds())).collect()
    }

    #[test]
    fn a_total_is_checked_against_its_parts() {
        assert_eq!(
            found("The line runs 40 km by land and 62 km by sea. Total: 102 km."),
            [(102.0, 102.0, true)]
        );
        assert_eq!(
            found("They counted 12 ferries, 30 ferries and 9 ferries, 61 ferries in total."),
            [(51.0, 61.0, false)]
        );
    }

    #[test]
    fn what_is_no_list_is_no_sum() {
        assert!(found("He sold 40 boats.\n\nThe yard has a total of 900 boats.").is_empty());
        assert!(found("About 40 km and 62 km, 100 km in total.").is_empty());
    }
}
