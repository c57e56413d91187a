//! The calendar: names of months and lengths of months, in one place.

/// English names of the months.
pub const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// English names of the days of the week, Monday first (ISO 8601).
pub const WEEKDAYS: [&str; 7] =
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// The number of a month (1 to 12) by its English name or an abbreviation of three letters or more, in any case.
pub fn month_of_name(word: &str) -> Option<u8> {
    let begins = |name: &str| name.get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word));
    let at = MONTHS.iter().position(|name| word.len() >= 3 && begins(name))?;
    Some(at as u8 + 1)
}

/// Days in a month of the Gregorian calendar; 31 for a month that is none.
pub fn days_in_month(year: i32, month: u8) -> u8 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// The number of a day of the Gregorian calendar, counted from 1 January 1970.
///
/// After Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms".
pub fn day_number(year: i32, month: u8, day: u8) -> i64 {
    let year = i64::from(year) - i64::from(month <= 2);
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * (i64::from(month) + if month > 2 { -3 } else { 9 }) + 2) / 5 + i64::from(day) - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

/// Year, month and day of a day's number: the inverse of [`day_number`], after the same paper.
pub fn date_of_day_number(number: i64) -> (i32, u8, u8) {
    let shifted = number + 719_468;
    let era = shifted.div_euclid(146_097);
    let of_era = shifted.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year as i32, month as u8, day as u8)
}

/// The day of the week of a day's number, 1 = Monday (ISO 8601).
pub fn weekday(number: i64) -> u8 {
    ((number + 3).rem_euclid(7) + 1) as u8
}

/// The ISO 8601 week that holds a day, and the year it is counted in.
pub fn iso_week(number: i64) -> (i32, u8) {
    // The Thursday of a week decides the year it belongs to.
    let thursday = number + 4 - i64::from(weekday(number));
    let (year, ..) = date_of_day_number(thursday);
    (year, ((thursday - day_number(year, 1, 1)) / 7 + 1) as u8)
}

/// The number of the Monday of an ISO 8601 week.
pub fn first_day_of_week(year: i32, week: u8) -> i64 {
    let fourth = day_number(year, 1, 4);
    fourth + 1 - i64::from(weekday(fourth)) + 7 * (i64::from(week) - 1)
}

/// Easter Sunday of the Gregorian calendar, by its number (Meeus, Jones and Butcher).
pub fn easter(year: i32) -> i64 {
    let (a, b, c) = (year.rem_euclid(19), year.div_euclid(100), year.rem_euclid(100));
    let g = (8 * b + 13) / 25;
    let h = (19 * a + b - b / 4 - g + 15).rem_euclid(30);
    let i = (a + 11 * h) / 319;
    let l = (2 * (b % 4) + 2 * (c / 4) - c % 4 - h + i + 32).rem_euclid(7);
    let month = (h - i + l + 90) / 25;
    let day = (h - i + l + month + 19) % 32;
    day_number(year, month as u8, day as u8)
}

/// Easter Sunday of the Orthodox churches, by its number in the Gregorian calendar (Meeus); 1900 to 2099.
pub fn orthodox_easter(year: i32) -> i64 {
    let d = (19 * year.rem_euclid(19) + 15).rem_euclid(30);
    let e = (2 * year.rem_euclid(4) + 4 * year.rem_euclid(7) - d + 34).rem_euclid(7);
    let month = (d + e + 114) / 31;
    let day = (d + e + 114) % 31 + 1;
    day_number(year, month as u8, day as u8) + 13
}

/// Whether a month has a day of this number; February has 29 where the year is not known.
pub fn is_day_of(year: Option<i32>, month: u8, day: u8) -> bool {
    (1..=12).contains(&month) && day >= 1 && day <= days_in_month(year.unwrap_or(2000), month)
}

/// The first and the last day that a date of ISO 8601 may mean, by their numbers, times of day as parts: `2022-01` is
/// any day of January. `None` where it is no date.
pub fn days_of(date: &str) -> Option<(f64, f64)> {
    let (date, time) = date.split_once('T').map_or((date, None), |(date, time)| (date, Some(time)));
    let mut parts = date.splitn(3, '-');
    let year: i32 = parts.next()?.parse().ok()?;
    let month = parts.next().map(str::parse::<u8>).transpose().ok()?;
    let day = parts.next().map(str::parse::<u8>).transpose().ok()?;
    if month.is_some_and(|month| !(1..=12).contains(&month)) {
        return None;
    }
    let first = day_number(year, month.unwrap_or(1), day.unwrap_or(1)) as f64;
    let last_month = month.unwrap_or(12);
    let last = day_number(year, last_month, day.unwrap_or(days_in_month(year, last_month))) as f64;
    let hour = time
        .and_then(|time| Some((time.get(..2)?.parse::<f64>().ok()?, time.get(3..5)?.parse::<f64>().ok()?)));
    let moment =
        |(hours, minutes): (f64, f64)| first + (hours * 60.0 + minutes - time.map_or(0.0, zone)) / 1440.0;
    match hour.map(moment) {
        Some(moment) => Some((moment, moment)),
        None => Some((first, last + 0.999)),
    }
}

/// Minutes by which the clock of a time of day is ahead of UTC: "09:30+06:00" is 360; none said is taken for UTC.
fn zone(time: &str) -> f64 {
    let Some(at) = time.rfind(['+', '-']) else { return 0.0 };
    let digits: String = time[at + 1..].chars().filter(char::is_ascii_digit).collect();
    let part = |from: usize, to: usize| {
        digits.get(from..to).and_then(|part| part.parse::<f64>().ok()).unwrap_or(0.0)
    };
    let minutes = part(0, 2) * 60.0 + part(2, 4);
    if time[at..].starts_with('-') { -minutes } else { minutes }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_numbered() {
        assert_eq!(
            [day_number(1970, 1, 1), day_number(2000, 3, 1), day_number(2022, 1, 5)],
            [0, 11_017, 18_997]
        );
        assert_eq!(days_of("2022-01"), Some((18_993.0, 19_023.999)));
        assert_eq!(days_of("2022-01-05T12:00Z"), Some((18_997.5, 18_997.5)));
        assert!(days_of("2022-01-05T23:00:00-08:00") > days_of("2022-01-06T01:00:00+06:00"));
        assert_eq!((days_of("soon"), days_of("2022-13")), (None, None));
    }

    #[test]
    fn weeks_and_movable_feasts() {
        let date = |number| date_of_day_number(number);
        assert_eq!(iso_week(day_number(2022, 1, 2)), (2021, 52));
        assert_eq!(iso_week(day_number(2022, 1, 3)), (2022, 1));
        assert_eq!(date(first_day_of_week(2022, 2)), (2022, 1, 10));
        assert_eq!(date(first_day_of_week(2020, 53)), (2020, 12, 28));
        assert_eq!([date(easter(2022)), date(easter(2024))], [(2022, 4, 17), (2024, 3, 31)]);
        assert_eq!([date(orthodox_easter(2022)), date(orthodox_easter(2024))], [(2022, 4, 24), (2024, 5, 5)]);
        for number in (-800_000..800_000).step_by(37) {
            let (year, month, day) = date(number);
            assert_eq!(day_number(year, month, day), number);
        }
    }

    #[test]
    fn months_have_names_and_lengths() {
        assert_eq!(
            [month_of_name("jan"), month_of_name("SEPT"), month_of_name("ma"), month_of_name("mayor")],
            [Some(1), Some(9), None, None]
        );
        assert_eq!([days_in_month(2000, 2), days_in_month(1900, 2), days_in_month(2022, 4)], [29, 28, 30]);
    }
}
