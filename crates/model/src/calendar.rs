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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_have_names_and_lengths() {
        assert_eq!(
            [month_of_name("jan"), month_of_name("SEPT"), month_of_name("ma"), month_of_name("mayor")],
            [Some(1), Some(9), None, None]
        );
        assert_eq!([days_in_month(2000, 2), days_in_month(1900, 2), days_in_month(2022, 4)], [29, 28, 30]);
    }
}
