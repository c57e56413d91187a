//! Which points are shown: of one kind, of one standing, from one place on. The choice stands in the address.

use collate::{Point, PointKind, Verdict};
use maud::{Markup, html};
use std::collections::BTreeMap;

/// What points are asked for.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Choice {
    /// One kind.
    pub kind: Option<PointKind>,
    /// How the readings stand to one another.
    pub verdict: Option<Verdict>,
    /// How many of them are passed over.
    pub from: usize,
}

/// How many points of a case there are of each kind, and of each standing.
#[derive(Clone, Default, Debug)]
pub struct Tally {
    kinds: BTreeMap<PointKind, usize>,
    verdicts: BTreeMap<Verdict, usize>,
    /// Those told in like words, and conflicts among them.
    pub alike: (usize, usize),
    /// How many were counted.
    pub all: usize,
}

const VERDICTS: [Verdict; 4] = [Verdict::Conflict, Verdict::Drift, Verdict::Unknown, Verdict::Compatible];

impl Choice {
    /// What an address asks for; empty fields ask for nothing.
    ///
    /// # Errors
    /// What is wrong with a field, in words.
    pub fn asked(kind: &str, verdict: &str, from: &str) -> Result<Choice, String> {
        let given = |words: &str| Some(words.trim().to_owned()).filter(|words| !words.is_empty());
        let kind = given(kind).map(|word| {
            let words = PointKind::ALL.map(PointKind::word).join(", ");
            PointKind::from_word(&word).ok_or_else(|| format!("kind: `{word}` is none of {words}"))
        });
        let verdict = given(verdict).map(|word| {
            let words = VERDICTS.map(Verdict::word).join(", ");
            let known = VERDICTS.into_iter().find(|verdict| verdict.word() == word);
            known.ok_or_else(|| format!("verdict: `{word}` is none of {words}"))
        });
        let from = given(from).map(|word| word.parse().map_err(|_| format!("from: `{word}` is no number")));
        Ok(Choice {
            kind: kind.transpose()?,
            verdict: verdict.transpose()?,
            from: from.transpose()?.unwrap_or(0),
        })
    }

    /// Whether it leaves points out.
    pub(crate) fn narrows(self) -> bool {
        self.kind.is_some() || self.verdict.is_some()
    }

    pub(crate) fn fits(self, point: &Point) -> bool {
        self.kind.is_none_or(|kind| point.kind == kind)
            && self.verdict.is_none_or(|verdict| point.verdict == verdict)
    }

    /// A page with the choice in its address.
    pub fn address(self, page: &str) -> String {
        let mut parts: Vec<String> = Vec::new();
        parts.extend(self.kind.map(|kind| format!("kind={}", kind.word())));
        parts.extend(self.verdict.map(|verdict| format!("verdict={}", verdict.word())));
        parts.extend(Some(self.from).filter(|from| *from > 0).map(|from| format!("from={from}")));
        if parts.is_empty() { page.to_owned() } else { format!("{page}?{}", parts.join("&")) }
    }

    /// Links to the kinds and standings that the case has, with how many there are.
    pub(crate) fn html(self, tally: &Tally) -> Markup {
        let of_kind = |kind| Choice { kind, from: 0, ..self }.address("/points");
        let of_verdict = |verdict| Choice { verdict, from: 0, ..self }.address("/points");
        html! {
            nav .facets aria-label="Which points" {
                p {
                    a href=(of_kind(None)) aria-current=[self.kind.is_none().then_some("true")] { "all kinds" }
                    @for (kind, count) in &tally.kinds {
                        a href=(of_kind(Some(*kind))) aria-current=[(self.kind == Some(*kind)).then_some("true")] { (about(*kind)) " " (count) }
                    }
                }
                p {
                    a href=(of_verdict(None)) aria-current=[self.verdict.is_none().then_some("true")] { "all" }
                    @for (verdict, count) in &tally.verdicts {
                        a href=(of_verdict(Some(*verdict))) aria-current=[(self.verdict == Some(*verdict)).then_some("true")] { (verdict.word()) " " (count) }
                    }
                }
            }
        }
    }
}

impl Tally {
    pub(crate) fn of(points: &[Point], alike: impl Fn(&Point) -> bool) -> Tally {
        let mut tally = Tally { all: points.len(), ..Tally::default() };
        for point in points {
            *tally.kinds.entry(point.kind).or_default() += 1;
            *tally.verdicts.entry(point.verdict).or_default() += 1;
            if alike(point) {
                tally.alike.0 += 1;
                tally.alike.1 += usize::from(point.verdict == Verdict::Conflict);
            }
        }
        tally
    }
}

/// What points of a kind are about.
fn about(kind: PointKind) -> &'static str {
    match kind {
        PointKind::Quantity => "numbers",
        PointKind::Date => "dates",
        PointKind::Place => "places",
        PointKind::Label => "names for it",
        PointKind::Responsibility => "who did it",
        PointKind::Polarity => "whether it was so",
        PointKind::Composition => "what belonged to it",
        PointKind::Status => "what was taken back",
        PointKind::Statement => "statements in like words",
    }
}

#[cfg(test)]
mod tests {
    use super::{Choice, PointKind};

    #[test]
    fn a_choice_stands_in_the_address() {
        let choice = Choice::asked("date", "conflict", "100").unwrap_or_default();
        assert_eq!(choice.kind, Some(PointKind::Date));
        assert_eq!(choice.address("/points"), "/points?kind=date&verdict=conflict&from=100");
        assert_eq!(Choice::asked("", " ", ""), Ok(Choice::default()));
        assert!(Choice::asked("x", "", "").is_err_and(|words| words.starts_with("kind: `x` is none of")));
        assert!(Choice::asked("", "", "x").is_err_and(|words| words.starts_with("from: `x`")));
    }
}
