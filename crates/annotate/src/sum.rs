//! Sums that a text offers: "40 km and 60 km, 100 km in total", "40 of 160 seats, a quarter", "the other four" of five that are
//! listed. What its parts do not make is a contradiction inside one document; which of them is wrong is not for a program to say.

use model::{Change, Passage, Quantity, Span};

/// In what way numbers of a text belong together.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SumKind {
    /// A total of parts.
    Total,
    /// So many of so many are so many in the hundred.
    Share,
    /// "The other four": one less than all that are listed or counted.
    Others,
    /// "16 people, including nine soldiers and four children": parts that are not more than all.
    Within,
}

impl SumKind {
    /// The word rows bear.
    pub fn word(self) -> &'static str {
        match self {
            SumKind::Total => "total",
            SumKind::Share => "share",
            SumKind::Others => "others",
            SumKind::Within => "within",
        }
    }
}

/// A number with those it is made of.
#[derive(Clone, PartialEq, Debug)]
pub struct Sum {
    /// How it is made of them.
    pub kind: SumKind,
    /// The number that is called the total, the share, or what is left of a set.
    pub total: Span,
    /// The numbers of the same unit before a total, in order; the two numbers of a share; the list or count of all.
    pub parts: Vec<Span>,
    /// What the parts make.
    pub made: f64,
    /// What the text says.
    pub said: f64,
}

impl Sum {
    /// Whether the parts make it: a total to half a unit or a hundredth, a share to half a point, the others to the one; parts that all
    /// includes are not more.
    pub fn holds(&self) -> bool {
        if self.kind == SumKind::Within {
            return self.made <= self.said;
        }
        let room = match self.kind {
            SumKind::Total => (self.said.abs() / 100.0).clamp(1e-9, 0.5),
            SumKind::Share => 0.5,
            SumKind::Others | SumKind::Within => 0.0,
        };
        (self.made - self.said).abs() <= room
    }
}

/// Words that call a number a total, before it or right behind it.
const BEFORE: [&str; 7] = ["total", "in total", "altogether", "in all", "in sum", "combined", "a total of"];
const BEHIND: [&str; 5] = ["in total", "altogether", "in all", "combined", "overall"];

/// Parts of one sum at most.
const MOST: usize = 12;
/// Bytes between a total and its first part at most.
const FAR: usize = 400;

/// All sums of a text, in order.
pub fn sums(text: &str, passages: &[Passage], quantities: &[Quantity]) -> Vec<Sum> {
    let mut found = totals(text, passages, quantities);
    found.extend(shares(text, quantities));
    found.extend(others(text, quantities));
    found.extend(taken_apart(text, quantities));
    found.sort_by_key(|sum| sum.total);
    found
}

/// Counts that are taken apart behind them: "16 people died, including nine soldiers and four children", "In all 50 people died: 30
/// soldiers and 20 civilians."
fn taken_apart(text: &str, quantities: &[Quantity]) -> Vec<Sum> {
    /// Bytes between a count and what takes it apart at most, and words between its parts.
    const NEAR: usize = 60;
    const WORDS: usize = 4;
    let end = |of: &Quantity| of.noun.map_or(0, |noun| noun.end()).max(of.span.end());
    let mut found = Vec::new();
    for (at, all) in quantities.iter().enumerate() {
        let (Some(said), Some(_)) = (exact(all), all.noun) else { continue };
        let Some(first) = quantities.get(at + 1) else { continue };
        let lead = text.get(end(all)..first.span.start()).unwrap_or_default();
        let kind = match lead.trim_end() {
            lead if lead.len() > NEAR || lead.contains(['.', ';', '\n']) => continue,
            lead if lead.ends_with(':') => SumKind::Total,
            lead if lead.ends_with("including") || lead.ends_with("among them") => SumKind::Within,
            _ => continue,
        };
        let mut parts: Vec<(Span, f64)> = Vec::new();
        let mut last = first.span.start();
        for part in quantities[at + 1..].iter().take(MOST) {
            let between = text.get(last..part.span.start()).unwrap_or_default();
            let joined = parts.is_empty()
                || !between.contains(['.', ';', ':', '\n', '('])
                    && between.split_whitespace().count() <= WORDS;
            let (Some(value), Some(_), true) = (exact(part), part.noun, joined) else { break };
            parts.push((part.span, value));
            last = end(part);
        }
        // A list that takes a count wholly apart ends its sentence.
        let rest = text.get(last..).unwrap_or_default();
        let rest = rest.split(['.', ';', '\n']).next().unwrap_or_default();
        if parts.len() < 2 || kind == SumKind::Total && rest.split_whitespace().count() > 2 {
            continue;
        }
        let made = parts.iter().map(|(_, value)| value).sum();
        let parts = parts.into_iter().map(|(span, _)| span).collect();
        found.push(Sum { kind, total: all.span, parts, made, said });
    }
    found
}

/// Numbers that so many of so many are: "40 of 160 seats, or 25 percent", "25 percent (40 of 160 seats)".
fn shares(text: &str, quantities: &[Quantity]) -> Vec<Sum> {
    /// Bytes between a share and what it is the share of at most.
    const NEAR: usize = 40;
    let mut found = Vec::new();
    for (at, pair) in quantities.windows(2).enumerate() {
        let [part, all] = pair else { continue };
        let between = text.get(part.span.end()..all.span.start()).unwrap_or_default().trim();
        let of = ["of", "of the", "of its", "of their", "out of", "out of the"].contains(&between);
        // "Lost 30 of 120" is a share, whichever way the number went.
        let (Some(one), Some(whole)) = (told(part), told(all)) else { continue };
        if !of || part.unit != all.unit || whole <= 0.0 || one > whole {
            continue;
        }
        // The words between tell that it is this share: few, and no end of a sentence.
        let joined = |from: usize, to: usize| {
            text.get(from..to).is_some_and(|words| to - from <= NEAR && !words.contains(['.', ';', '\n']))
        };
        let percent = |share: &&Quantity| share.unit == "percentage";
        let behind = quantities.get(at + 2).filter(percent);
        let behind =
            behind.filter(|share| joined(all.span.end(), share.span.start()) && says_share(text, all, share));
        let before = at.checked_sub(1).and_then(|at| quantities.get(at)).filter(percent);
        let before = before.filter(|share| {
            text.get(share.span.end()..part.span.start())
                .is_some_and(|gap| matches!(gap.trim(), "(" | ", or" | "–" | "or"))
        });
        if let Some((share, said)) = behind.or(before).and_then(|share| Some((share, told(share)?))) {
            let made = one / whole * 100.0;
            found.push(Sum {
                kind: SumKind::Share,
                total: share.span,
                parts: vec![part.span, all.span],
                made,
                said,
            });
        }
    }
    found
}

/// Whether the words between the whole and a share name what is counted and lead on with a bracket, a dash or "or".
fn says_share(text: &str, all: &Quantity, share: &Quantity) -> bool {
    let between = text.get(all.span.end()..share.span.start()).unwrap_or_default().trim_end();
    ["(", "or", "–", "—", "i.e.", "about", "equal to", "which is"].iter().any(|lead| between.ends_with(lead))
        && between.split_whitespace().count() <= 6
}

/// What is left of a set, against the list or the count of all: "the other four states", where five are listed.
fn others(text: &str, quantities: &[Quantity]) -> Vec<Sum> {
    let mut found = Vec::new();
    for left in quantities {
        let (Some(said), Some(noun)) = (exact(left), left.noun) else { continue };
        let before = text[..left.span.start()].trim_end();
        let is_left = ["the other", "The other", "the remaining", "The remaining"]
            .iter()
            .any(|lead| before.ends_with(lead));
        if !is_left || !(2.0..=20.0).contains(&said) || noun.start() < left.span.end() {
            continue;
        }
        // With its first word the noun is of this set: "harbour towns", not any towns.
        let named = noun.of(text).to_lowercase();
        if !named.contains(' ') {
            continue;
        }
        let counts = quantities.iter().filter(|all| {
            all.span != left.span && all.noun.is_some_and(|noun| noun.of(text).to_lowercase() == named)
        });
        let counted =
            counts.filter(|all| !text[..all.span.start()].trim_end().to_lowercase().ends_with("other"));
        let counted = counted.filter_map(|all| Some((all.span, exact(all)?)));
        let mut all: Vec<(Span, f64)> = counted.chain(lists(text, &named)).collect();
        all.sort_by_key(|(span, _)| (span.start().abs_diff(left.span.start()), *span));
        let near = all.iter().find(|(_, all)| *all == said + 1.0 || *all == said);
        if let Some((span, all)) = near {
            found.push(Sum {
                kind: SumKind::Others,
                total: left.span.join(noun),
                parts: vec![*span],
                made: all - 1.0,
                said,
            });
        }
    }
    found
}

/// The lists in brackets behind a noun, with how many names they have: "harbour towns (Bergen, Moss and Vardø)".
fn lists(text: &str, named: &str) -> Vec<(Span, f64)> {
    /// Bytes of a list at most.
    const LONGEST: usize = 400;
    let mut found = Vec::new();
    for (at, _) in text.match_indices('(') {
        let before = text[..at].trim_end();
        let noun = before.get(before.len().saturating_sub(named.len())..);
        if noun.is_none_or(|noun| noun.to_lowercase() != named) {
            continue;
        }
        let inside = &text[at + 1..text.floor_char_boundary((at + 1 + LONGEST).min(text.len()))];
        let Some(end) = inside.find(')') else { continue };
        let inside = &inside[..end];
        let names: Vec<&str> = inside
            .split([',', ';'])
            .flat_map(|part| part.split(" and "))
            .map(str::trim)
            .filter(|name| !name.is_empty())
            .collect();
        let names: Vec<&str> = names.iter().map(|name| name.strip_prefix("and ").unwrap_or(name)).collect();
        if names.len() > 2
            && names.iter().all(|name| name.starts_with(char::is_uppercase) && name.split(' ').count() <= 5)
        {
            found.push((Span::new(at, at + end + 2), names.len() as f64));
        }
    }
    found
}

/// Totals with two and more exact numbers of the same unit before them in the passage.
fn totals(text: &str, passages: &[Passage], quantities: &[Quantity]) -> Vec<Sum> {
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
            Sum { kind: SumKind::Total, total: total.span, parts: Vec::new(), made, said }.holds()
        });
        let first = fitting.unwrap_or(0);
        if parts.len() < 2 || fitting.is_none() && !is_list(text, &parts, total.span) {
            continue;
        }
        let made = parts[first..].iter().map(|(_, value)| value).sum();
        let parts = parts[first..].iter().map(|(span, _)| *span).collect();
        found.push(Sum { kind: SumKind::Total, total: total.span, parts, made, said });
    }
    found
}

fn told(quantity: &Quantity) -> Option<f64> {
    let bounded = matches!(quantity.change, Change::About | Change::AtMost | Change::AtLeast);
    quantity.low.filter(|low| !bounded && quantity.high == Some(*low))
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
    fn a_share_is_checked_against_its_numbers() {
        assert_eq!(found("Of the seats, 40 of 160 seats (25 percent) were lost."), [(25.0, 25.0, true)]);
        assert_eq!(found("The guards lost 30 of the 120 posts, or 40 percent."), [(25.0, 40.0, false)]);
        assert!(found("Some 40 percent (30 of 120 guards) were ill.").is_empty());
        assert!(found("Of 160 seats 40 were lost. Prices rose 25 percent.").is_empty());
    }

    #[test]
    fn those_left_of_a_set_are_checked_against_all() {
        let listed = "The harbour towns (Moss, Bergen, Vardø and Narvik) met. ";
        assert_eq!(found(&format!("{listed}The other three harbour towns left.")), [(3.0, 3.0, true)]);
        assert_eq!(found(&format!("{listed}The other four harbour towns left.")), [(3.0, 4.0, false)]);
        assert_eq!(
            found("All five harbour towns met. The other five harbour towns left."),
            [(4.0, 5.0, false)]
        );
        assert!(found("The other four harbour towns left.").is_empty());
    }

    #[test]
    fn a_count_is_checked_against_what_takes_it_apart() {
        let all = "Sixteen people died, including nine soldiers and";
        assert_eq!(found(&format!("{all} four children.")), [(13.0, 16.0, true)]);
        assert_eq!(found(&format!("{all} eight children.")), [(17.0, 16.0, false)]);
        assert_eq!(found("In all 50 people died: 30 soldiers and 25 civilians."), [(55.0, 50.0, false)]);
        assert_eq!(found("They held 50 people: 30 men, 15 women and 5 children."), [(50.0, 50.0, true)]);
        assert!(found("They held 50 people: 30 men from the port and others.").is_empty());
    }

    #[test]
    fn what_is_no_list_is_no_sum() {
        assert!(found("He sold 40 boats.\n\nThe yard has a total of 900 boats.").is_empty());
        assert!(found("About 40 km and 62 km, 100 km in total.").is_empty());
    }
}
