//! The time of the document: when what it calls "now" is.

use super::address::date_of_address;
use super::grammar::{Grammar, Parsed};
use super::resolve::named;
use crate::Cx;
use model::calendar::{day_number, days_in_month, is_day_of};
use model::time::{Calendar, Tree, Unit};
use model::{KnownFrom, PassageKind, Span};

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
    /// The words of the text that say it, where they and no stamp do.
    pub(super) said: Option<Span>,
}

/// The time of a document: what is declared, else what its metadata or its address say, else its dateline, else the
/// latest day it names. A dateline overrules a stamp that nobody declared and that is later: pages are stamped anew.
pub(super) fn of_document(cx: &Cx, grammar: &Grammar, parsed: &[Parsed]) -> Now {
    let stamp = cx.published.map(|known| (Now::of(&known.value), known.from <= KnownFrom::Declared));
    let stamp = stamp.filter(|(now, _)| now.year.is_some());
    let address = || cx.url.and_then(|url| Some((Now::of(&date_of_address(url)?.1), false)));
    let now = match (stamp.or_else(address), dateline(cx, grammar, parsed)) {
        (Some((stamp, false)), Some(said)) if overrules(&said, &stamp) => said,
        (Some((stamp, _)), _) => stamp,
        (None, Some(said)) => said,
        (None, None) => Now::default(),
    };
    let with_year = |one: &Parsed| named(&one.tree).filter(|calendar| calendar.year.is_some());
    now.leaning_on(parsed.iter().filter_map(with_year))
}

fn overrules(said: &Now, stamp: &Now) -> bool {
    matches!((said.number, stamp.number), (Some(said), Some(stamp)) if said + 2 < stamp)
}

/// The date that stands in a by-line, a notice or a short line at the head of the text.
fn dateline(cx: &Cx, grammar: &Grammar, parsed: &[Parsed]) -> Option<Now> {
    let mut found = None;
    for one in parsed.iter().take_while(|one| grammar.tokens[one.first].start < HEAD) {
        let Tree::Calendar(calendar) = one.tree else { continue };
        let span =
            Span::new(grammar.tokens[one.first].start as usize, grammar.tokens[one.end - 1].end as usize);
        let Some(passage) = cx.passages.iter().find(|passage| passage.span.covers(span)) else { continue };
        let short = passage.span.len() <= SHORT_LINE && one.rule == "time.date";
        let made = matches!(passage.kind, PassageKind::Byline | PassageKind::Notice);
        let title = passage.kind == PassageKind::Heading && calendar.grain() <= Unit::Month;
        let Some(year) = calendar.year_number().filter(|_| short || made || title) else { continue };
        let day = calendar.day_number();
        let now = Now {
            year: Some(year),
            month: calendar.month_number(),
            day: day.map(|day| model::calendar::date_of_day_number(day).2),
            number: day,
            day_known: day.is_some(),
            said: Some(span),
        };
        // A day says more than a month.
        if now.day_known {
            return Some(now);
        }
        found = found.or(Some(now));
    }
    found
}

/// Bytes of a text that are its head.
const HEAD: u32 = 1200;

/// Bytes of a line that is a date and little else.
const SHORT_LINE: usize = 60;

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
        Now { year, month, day, number, day_known: number.is_some(), said: None }
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
        assert!(Now::of("1987-03-12T10:00:00+06:00").day_known);
        let month = Now::of("1987-03");
        assert_eq!((month.year, month.month, month.number), (Some(1987), Some(3), None));
        let named = [Calendar::date(1987, 3, 9), Calendar::date(1986, 12, 30), Calendar::date(1987, 3, 5)];
        assert_eq!(month.leaning_on(named.into_iter()).number, Some(day_number(1987, 3, 9)));
        assert_eq!(Now::of("soon"), Now::default());
    }
}
