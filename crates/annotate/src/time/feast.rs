//! Holidays: which day of a year each is.

use super::lexicon::HOLIDAYS;
use model::calendar::{day_number, easter, orthodox_easter, weekday};
use model::time::{Calendar, Day, Tree, Year, YearPart};

/// The tree of a holiday, its year filled in where one is said: a fixed day of the calendar, or so many days from
/// Easter, or the n-th weekday of a month.
pub(super) fn tree(feast: usize, year: Option<Year>) -> Option<Tree> {
    if let Some((month, day)) = fixed(HOLIDAYS.get(feast)?) {
        let calendar =
            Calendar { year, part: Some(YearPart::Month(month)), day: Some(Day::OfMonth(day)), clock: None };
        return Some(Tree::Calendar(calendar));
    }
    let of = Tree::Calendar(Calendar { year, ..Calendar::default() });
    // Movable feasts keep their name: the resolver asks for the day once the year is known.
    Some(Tree::Feast((*HOLIDAYS.get(feast)?).to_owned(), Box::new(of)))
}

fn fixed(name: &str) -> Option<(u8, u8)> {
    Some(match name {
        "christmas" => (12, 25),
        "christmaseve" => (12, 24),
        "boxingday" => (12, 26),
        "newyear" => (1, 1),
        "newyeareve" => (12, 31),
        "halloween" => (10, 31),
        "valentine" => (2, 14),
        "mayday" => (5, 1),
        "womensday" => (3, 8),
        "stpatrick" => (3, 17),
        "veteransday" | "armisticeday" => (11, 11),
        "epiphany" => (1, 6),
        "nowruz" => (3, 21),
        "julyfourth" => (7, 4),
        "orthodoxchristmas" => (1, 7),
        "victoryday" => (5, 9),
        _ => return None,
    })
}

/// The day of a movable feast in a year.
pub(super) fn movable(name: &str, year: i32) -> Option<i64> {
    let nth = |month: u8, day: u8, nth: i64| {
        let first = day_number(year, month, 1);
        let ahead = (i64::from(day) - i64::from(weekday(first))).rem_euclid(7);
        first + ahead + 7 * (nth - 1)
    };
    Some(match name {
        "easter" => easter(year),
        "goodfriday" => easter(year) - 2,
        "eastermonday" => easter(year) + 1,
        "palmsunday" => easter(year) - 7,
        "ashwednesday" => easter(year) - 46,
        "pentecost" => easter(year) + 49,
        "orthodoxeaster" => orthodox_easter(year),
        "thanksgiving" => nth(11, 4, 4),
        "laborday" => nth(9, 1, 1),
        // The last Monday of May is seven days before the first of June at most.
        "memorialday" => {
            let last = day_number(year, 5, 31);
            last - i64::from(weekday(last)) + 1
        }
        "mlkday" => nth(1, 1, 3),
        "presidentsday" => nth(2, 1, 3),
        "columbusday" => nth(10, 1, 2),
        // The Tuesday after the first Monday of November, in the United States.
        "electionday" => nth(11, 1, 1) + 1,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::calendar::date_of_day_number;

    #[test]
    fn feasts_fall_on_their_days() {
        let on = |name: &str, year| {
            assert!(HOLIDAYS.contains(&name));
            movable(name, year).map(date_of_day_number)
        };
        assert_eq!(on("thanksgiving", 1998), Some((1998, 11, 26)));
        assert_eq!(on("memorialday", 2021), Some((2021, 5, 31)));
        assert_eq!(on("electionday", 2000), Some((2000, 11, 7)));
        assert_eq!(on("goodfriday", 1998), Some((1998, 4, 10)));
        assert_eq!(on("christmas", 2000), None);
    }
}
