//! The time of the document: when what it calls "now" is.

use model::calendar::{day_number, days_in_month, is_day_of};
use model::time::Calendar;

/// When the document was written, as far as it is known.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub(super) struct Now {
    pub(super) year: Option<i32>,
    pub(super) month: Option<u8>,
    pub(super) day: Option<u8>,
    /// The day to count from; where only a month is known, a day the text points to, or its middle.
    pub(super) number: Option<i64>,
    /// The day is said, not guessed.
    pub(super) day_known: bool,
}

impl Now {
    /// From a date of ISO 8601, which may lack its day or month.
    pub(super) fn of(date: &str) -> Now {
        let date = date.split(['T', ' ']).next().unwrap_or_default();
        let mut parts = date.split('-');
        let year =
            parts.next().and_then(|year| year.parse().ok()).filter(|year| (1000..=2999).contains(year));
        let month =
            parts.next().and_then(|month| month.parse().ok()).filter(|month| (1..=12).contains(month));
        let day = parts.next().and_then(|day| day.parse().ok());
        let month = year.and(month);
        let day = month.and_then(|month| day.filter(|day| is_day_of(year, month, *day)));
        let number = match (year, month, day) {
            (Some(year), Some(month), Some(day)) => Some(day_number(year, month, day)),
            _ => None,
        };
        Now { year, month, day, number, day_known: number.is_some() }
    }

    /// The same with a day the text points to, the last it names within what is known.
    pub(super) fn leaning_on(mut self, named: impl Iterator<Item = Calendar>) -> Now {
        if self.number.is_some() {
            return self;
        }
        let fits = |calendar: &Calendar| {
            self.year.is_none_or(|year| calendar.year_number() == Some(year))
                && self.month.is_none_or(|month| calendar.month_number().is_none_or(|own| own == month))
        };
        let last = named.filter(fits).filter_map(|calendar| {
            let end = model::time::Value::Calendar(calendar).bounds(None)?.latest_end?.div_euclid(1440) - 1;
            (calendar.grain() <= model::time::Unit::Week).then_some(end)
        });
        self.number = last.max().or_else(|| {
            let (year, month) = (self.year?, self.month?);
            Some(day_number(year, month, days_in_month(year, month) / 2))
        });
        if let (Some(number), None) = (self.number, self.year) {
            let (year, month, day) = model::calendar::date_of_day_number(number);
            (self.year, self.month, self.day) = (Some(year), Some(month), Some(day));
        }
        self
    }

    /// The day, or the month or year where no more is known.
    pub(super) fn calendar(&self) -> Option<Calendar> {
        match (self.number, self.year, self.month) {
            (Some(number), ..) => Some(Calendar::of_day_number(number)),
            (None, Some(year), Some(month)) => Some(Calendar::month(year, month)),
            (None, Some(year), None) => Some(Calendar::year(year)),
            _ => None,
        }
    }

    /// The day, where one is known or pointed to.
    pub(super) fn day(&self) -> Option<Calendar> {
        self.number.map(Calendar::of_day_number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stamp_may_lack_its_day() {
        assert!(Now::of("2022-01-12T10:00:00+06:00").day_known);
        let month = Now::of("2022-01");
        assert_eq!((month.year, month.month, month.number), (Some(2022), Some(1), None));
        let named = [Calendar::date(2022, 1, 9), Calendar::date(2021, 12, 30), Calendar::date(2022, 1, 5)];
        assert_eq!(month.leaning_on(named.into_iter()).number, Some(day_number(2022, 1, 9)));
        assert_eq!(Now::of("soon"), Now::default());
    }
}
