//! Which year a date without one lies in: the cheapest course of the narrative through the whole text.
//!
//! A beam of courses is kept, each a place in time the telling has reached. Going forward a little is cheap, going
//! back costs, a date with its year moves the telling or is an aside from it. One wrong year cannot poison all that
//! follow, because the next date with a year makes the course that was wrong dear (Viterbi 1967, with a beam).

/// A date as the text gives it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mention {
    /// The year, where the words say it.
    pub(super) year: Option<i32>,
    /// The month, 1 to 12.
    pub(super) month: Option<u8>,
    /// The day of the month.
    pub(super) day: Option<u8>,
    /// The day of the week the words name.
    pub(super) weekday: Option<u8>,
    /// It stands in brackets.
    pub(super) aside: bool,
    /// It opens a sentence or is a heading.
    pub(super) leads: bool,
}

#[derive(Clone)]
struct Course {
    cost: f32,
    /// Where the telling is: months since year 0, with the day as a part.
    at: f32,
    /// The last explicit year was taken as an aside: it may still be what comes next speaks of.
    beside: Option<i32>,
    /// The step before this one, and the year it took: steps are kept only for courses that are.
    before: usize,
    year: Option<i32>,
    step: usize,
}

struct Step {
    before: usize,
    year: Option<i32>,
}

const BEAM: usize = 8;

/// The year of every mention; `None` where there is nothing to tell it from.
pub(super) fn years(mentions: &[Mention], start: Option<(i32, u8)>) -> Vec<Option<i32>> {
    let mut steps: Vec<Step> = Vec::with_capacity(mentions.len() * 4);
    let nowhere = f32::NAN;
    let first_explicit = mentions.iter().find_map(|mention| mention.year);
    let at = match (first_explicit, start) {
        // A telling begins with the first year it names, whatever the date of the page.
        (Some(year), _) => months(year, None, None),
        (None, Some((year, month))) => months(year, Some(month), None),
        (None, None) => nowhere,
    };
    let mut beam =
        vec![Course { cost: 0.0, at, beside: None, before: usize::MAX, year: None, step: usize::MAX }];
    let mut grown: Vec<Course> = Vec::with_capacity(BEAM * 4);
    for mention in mentions {
        grown.clear();
        for course in &beam {
            let mut go = |cost: f32, at: f32, beside: Option<i32>, year: Option<i32>| {
                let step = grown.len();
                grown.push(Course { cost: course.cost + cost, at, beside, before: course.step, year, step });
            };
            match mention.year {
                Some(year) => {
                    let to = months(year, mention.month, mention.day);
                    if course.at.is_nan() {
                        go(0.0, to, None, Some(year));
                        continue;
                    }
                    let apart = (to - course.at) / 12.0;
                    let full = mention.month.is_some();
                    let jump = match apart {
                        apart if (-1.0..=1.5).contains(&apart) => 0.0,
                        apart => {
                            0.35 + 0.12 * apart.abs().min(20.0).ln_1p() + if apart < 0.0 { 0.3 } else { 0.0 }
                        }
                    };
                    // "In 1943, …" opens a chapter; "… until 1976" in mid-sentence seldom does.
                    let (moved, beside) = match (mention.aside, full, mention.leads) {
                        (true, ..) => (1.0, 0.1),
                        (_, true, _) => (0.0, 0.7),
                        (_, _, true) => (0.05, 0.9),
                        _ => (0.35, 0.3),
                    };
                    go(jump + moved, to, None, Some(year));
                    go(beside, course.at, Some(year), Some(year));
                }
                None if course.at.is_nan() => go(0.0, nowhere, None, None),
                None => {
                    let here = (course.at / 12.0).floor() as i32;
                    let mut tried = [Some(here - 1), Some(here), Some(here + 1), course.beside];
                    if tried[..3].contains(&tried[3]) {
                        tried[3] = None;
                    }
                    for year in tried.into_iter().flatten() {
                        let to = months(year, mention.month, mention.day);
                        let ahead = to - course.at;
                        // A bare year was the last place: any month of it is at hand.
                        let of_year = course.at.fract() > 0.99 && year == here;
                        let mut cost = match ahead {
                            _ if of_year => 0.05,
                            ahead if ahead >= -0.04 => 0.07 * ahead.min(14.0),
                            ahead if ahead > -1.2 => 0.25,
                            ahead => 0.35 + 0.09 * (-ahead).min(14.0),
                        };
                        if course.beside == Some(year) && ahead.abs() > 14.0 {
                            cost = 0.45;
                        }
                        if let (Some(weekday), Some(month), Some(day)) =
                            (mention.weekday, mention.month, mention.day)
                            && model::calendar::weekday(model::calendar::day_number(year, month, day))
                                != weekday
                        {
                            cost += 3.0;
                        }
                        go(cost, to, None, Some(year));
                    }
                }
            }
        }
        // Of courses that are at one place the cheapest is enough; ties go to the earlier, for the same rows always.
        grown.sort_by(|a, b| a.cost.total_cmp(&b.cost).then(a.step.cmp(&b.step)));
        beam.clear();
        for course in &grown {
            let same = |kept: &Course| (kept.at - course.at).abs() < 0.01 && kept.beside == course.beside;
            if beam.len() < BEAM && !beam.iter().any(same) {
                steps.push(Step { before: course.before, year: course.year });
                beam.push(Course { step: steps.len() - 1, ..course.clone() });
            }
        }
    }
    let mut found = vec![None; mentions.len()];
    let mut step = beam.first().map_or(usize::MAX, |course| course.step);
    for place in (0..mentions.len()).rev() {
        let Some(taken) = steps.get(step) else { break };
        found[place] = taken.year;
        step = taken.before;
    }
    found
}

/// Months since year 0; a bare year stands just before its first month ends the year before.
fn months(year: i32, month: Option<u8>, day: Option<u8>) -> f32 {
    let year = (year * 12) as f32;
    match (month, day) {
        (Some(month), Some(day)) => year + f32::from(month) - 1.0 + f32::from(day) / 32.0,
        (Some(month), None) => year + f32::from(month) - 1.0,
        _ => year + 0.995,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mention(year: Option<i32>, month: u8) -> Mention {
        Mention {
            year,
            month: (month > 0).then_some(month),
            day: None,
            weekday: None,
            aside: false,
            leads: false,
        }
    }

    #[test]
    fn a_telling_goes_forward_through_the_turn_of_the_year() {
        let told =
            [(Some(1939), 9), (None, 11), (None, 12), (None, 2), (None, 4)].map(|(y, m)| mention(y, m));
        assert_eq!(years(&told, None), [1939, 1939, 1939, 1940, 1940].map(Some));
    }

    #[test]
    fn an_aside_does_not_carry_its_year() {
        let mut told =
            [(Some(1940), 4), (None, 5), (Some(1921), 0), (None, 6), (None, 7)].map(|(y, m)| mention(y, m));
        told[2].aside = true;
        assert_eq!(years(&told, None), [1940, 1940, 1921, 1940, 1940].map(Some));
    }

    #[test]
    fn nothing_to_tell_a_year_from_is_nothing() {
        assert_eq!(years(&[mention(None, 5)], None), [None]);
        assert_eq!(years(&[], None), []);
    }
}
