//! The grammar: typed tokens to operator trees, the longest match at each place.
//!
//! A phrase is read by functions that take the place of a token and give the place behind what they read. Word order
//! is loose on purpose: one grammar serves languages that say "5 March", "March 5" and "5 марта".

mod calendar;
mod length;
mod relative;

use super::lexicon::{Class, UNITS};
use super::token::{Numeric, Scan, Token};
use model::RuleId;
use model::time::{Calendar, Modifier, Tree, Unit};
use std::cell::Cell;

/// An expression the grammar has read.
#[derive(Clone, Debug)]
pub(super) struct Parsed {
    /// Its first token.
    pub(super) first: usize,
    /// The token behind it.
    pub(super) end: usize,
    pub(super) tree: Tree,
    pub(super) rule: RuleId,
    /// The day of the week the words add to a date, to be held against it.
    pub(super) weekday: Option<u8>,
    /// What it begins a range to, or is listed with: the tokens and the tree of each.
    pub(super) also: Vec<(usize, usize, Tree)>,
    /// Another reading that was refused, and why.
    pub(super) refused: Option<(Tree, &'static str)>,
}

impl Parsed {
    pub(super) fn new(first: usize, end: usize, tree: Tree, rule: RuleId) -> Parsed {
        Parsed { first, end, tree, rule, weekday: None, also: Vec::new(), refused: None }
    }
}

/// The tokens of a text and what a grammar asks of them.
pub(super) struct Grammar<'a> {
    pub(super) text: &'a str,
    pub(super) tokens: &'a [Token],
    pub(super) numerics: &'a [Numeric],
    /// Dates in digits with the month first, where the text shows that it writes so.
    pub(super) month_first: bool,
    /// How many wholes within wholes are being read: "the end of the rest of the …" ends somewhere.
    depth: Cell<u8>,
}

impl<'a> Grammar<'a> {
    pub(super) fn new(text: &'a str, scan: &'a Scan) -> Grammar<'a> {
        let show = |numeric: &&Numeric| !numeric.year_first;
        let month_first =
            scan.numerics.iter().filter(show).filter(|n| n.parts[0] <= 12 && n.parts[1] > 12).count();
        let day_first = scan.numerics.iter().filter(show).filter(|n| n.parts[0] > 12).count();
        Grammar {
            text,
            tokens: &scan.tokens,
            numerics: &scan.numerics,
            month_first: month_first > day_first,
            depth: Cell::new(0),
        }
    }

    /// All expressions of the text, in order, none within another.
    pub(super) fn expressions(&self) -> Vec<Parsed> {
        let mut found = Vec::new();
        let mut at = 0;
        while at < self.tokens.len() {
            if !self.may_start(at) {
                at += 1;
                continue;
            }
            match self.expression(at) {
                Some(parsed) if parsed.end > at => {
                    at = parsed.also.last().map_or(parsed.end, |(_, end, _)| *end).max(parsed.end);
                    found.push(parsed);
                }
                _ => at += 1,
            }
        }
        found
    }

    /// Most tokens begin nothing; this tells before anything is tried.
    fn may_start(&self, at: usize) -> bool {
        use Class::*;
        // An article or a number word says nothing before a word that no expression is made of.
        let empty =
            matches!(self.class(at), The | A | This | That | Cardinal | Approx | Over | Few | More | Less)
                && matches!(self.class(at + 1), Other | Comma | Stop | Mark | PastCue | FutureCue | Event);
        !empty
            && !matches!(
                self.class(at),
                Other
                    | Never
                    | Break
                    | Stop
                    | Dot
                    | Comma
                    | Dash
                    | Slash
                    | Open
                    | Close
                    | Mark
                    | Possessive
                    | FutureCue
                    | PastCue
                    | Event
                    | Only
                    | And
                    | Or
                    | Of
                    | To
                    | From
                    | On
                    | By
                    | Since
                    | Until
                    | Between
                    | In
                    | At
                    | During
                    | Within
                    | Before
                    | After
                    | Ago
                    | Hence
                    | Afterwards
                    | Meridiem
                    | Zone
                    | Old
                    | Than
            )
    }

    /// The longest expression that begins here.
    fn expression(&self, at: usize) -> Option<Parsed> {
        let mut found: Option<Parsed> = None;
        let readers: [fn(&Self, usize) -> Option<Parsed>; 10] = [
            Self::qualified,
            Self::clock_time,
            Self::calendar_date,
            Self::relative,
            Self::part_of,
            Self::part_of_day,
            Self::nth_of,
            Self::length_or_shift,
            Self::set,
            Self::reference,
        ];
        for read in readers {
            if let Some(parsed) = read(self, at) {
                // Of two as long the first in the list wins.
                if found.as_ref().is_none_or(|best| parsed.end > best.end) {
                    found = Some(parsed);
                }
            }
        }
        let mut found = found?;
        // The article belongs to what is not a name: "the spring of 1940", "the 1990s", "the third quarter".
        let named = matches!(
            found.rule,
            "time.season" | "time.decade" | "time.century" | "time.quarter" | "time.week"
        );
        let joined =
            (found.first..found.end).any(|at| self.is(at, Class::Dash)) && found.rule == "time.quarter";
        let worded = found.rule == "time.year" && self.unit(found.first).is_some();
        if (named && !joined || worded) && self.before(found.first) == Class::The {
            found.first -= 1;
        }
        Some(found)
    }

    /// Reads something within something else, unless that has gone on for too long.
    pub(super) fn within<T>(&self, read: impl FnOnce() -> Option<T>) -> Option<T> {
        let depth = self.depth.get();
        if depth >= 3 {
            return None;
        }
        self.depth.set(depth + 1);
        let found = read();
        self.depth.set(depth);
        found
    }

    pub(super) fn class(&self, at: usize) -> Class {
        self.tokens.get(at).map_or(Class::Break, |token| token.class)
    }

    pub(super) fn value(&self, at: usize) -> i32 {
        self.tokens.get(at).map_or(0, |token| token.value)
    }

    pub(super) fn is(&self, at: usize, class: Class) -> bool {
        self.class(at) == class
    }

    pub(super) fn any(&self, at: usize, classes: &[Class]) -> bool {
        classes.contains(&self.class(at))
    }

    /// Behind a token of this class, or here.
    pub(super) fn skip(&self, at: usize, class: Class) -> usize {
        at + usize::from(self.is(at, class))
    }

    /// Behind tokens of these classes.
    pub(super) fn skip_all(&self, at: usize, classes: &[Class]) -> usize {
        at + self.tokens.iter().skip(at).take_while(|token| classes.contains(&token.class)).count()
    }

    /// Behind a hyphen that joins two words, or here.
    pub(super) fn hyphen(&self, at: usize) -> usize {
        let joined = self.is(at, Class::Dash) && !self.spaced(at) && !self.spaced(at + 1);
        at + usize::from(joined)
    }

    pub(super) fn spaced(&self, at: usize) -> bool {
        self.tokens.get(at).is_none_or(|token| token.spaced)
    }

    pub(super) fn words(&self, at: usize) -> &'a str {
        self.tokens.get(at).map_or("", |token| token.span().of(self.text))
    }

    pub(super) fn length(&self, at: usize) -> usize {
        self.tokens.get(at).map_or(0, |token| (token.end - token.start) as usize)
    }

    /// Whether the word is of a script other than Latin: its grammar differs in places.
    pub(super) fn is_cyrillic(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| self.text.as_bytes()[token.start as usize] >= 0x80)
    }

    /// The class of the token before, sentence ends told as a stop.
    pub(super) fn before(&self, at: usize) -> Class {
        at.checked_sub(1).map_or(Class::Break, |at| self.class(at))
    }

    /// The last word of a run of other words.
    pub(super) fn last_word(&self, at: usize) -> &'a str {
        self.words(at).rsplit(|c: char| c.is_whitespace()).next().unwrap_or("")
    }

    /// The first word of a run of other words.
    pub(super) fn first_word(&self, at: usize) -> &'a str {
        self.words(at).split(|c: char| c.is_whitespace()).next().unwrap_or("")
    }

    /// A unit, in either number.
    pub(super) fn unit(&self, at: usize) -> Option<Unit> {
        match self.class(at) {
            Class::Unit | Class::Units => UNITS.get(usize::try_from(self.value(at)).ok()?).copied(),
            // "A five-second delay", not "the second quarter".
            Class::Ordinal if self.value(at) == 2 && self.before(at) == Class::Dash => Some(Unit::Second),
            _ => None,
        }
    }

    /// One unit: the singular, or the genitive of languages that say "the end year's".
    pub(super) fn one_unit(&self, at: usize) -> Option<Unit> {
        let genitive =
            self.is(at, Class::Units) && self.is_cyrillic(at) && self.words(at).ends_with(['а', 'я']);
        self.unit(at).filter(|_| (self.is(at, Class::Unit) || genitive) && self.value(at) >= 0)
    }

    /// Behind the full stop of a shortened word that something else follows, or here.
    pub(super) fn short(&self, at: usize) -> usize {
        at + usize::from(self.is(at, Class::Dot) && !self.spaced(at))
    }

    pub(super) fn modifier(&self, at: usize) -> Modifier {
        let place = usize::try_from(self.value(at)).unwrap_or(0);
        Modifier::ALL.get(place).map_or(Modifier::Approx, |(modifier, _)| *modifier)
    }

    /// "About", "at least", "nearly" before an expression that takes it.
    fn qualified(&self, at: usize) -> Option<Parsed> {
        let (mut from, modifier) = match self.class(at) {
            Class::Approx | Class::Bound => (at + 1, self.modifier(at)),
            Class::Over => (at + 1, self.modifier(at)),
            Class::More if self.is(at + 1, Class::Than) => (at + 2, Modifier::MoreThan),
            Class::Less if self.is(at + 1, Class::Than) => (at + 2, Modifier::LessThan),
            Class::Mere => (at + 1, Modifier::Approx),
            _ => return None,
        };
        from = self.short(from);
        if self.class(at) == Class::Bound {
            from = self.skip_all(from, &[Class::Approx]);
        }
        let mere = self.class(at) == Class::Mere;
        let mut inner = match self.length_or_shift(from) {
            Some(found) => found,
            None if matches!(self.class(at), Class::Approx | Class::Bound) => {
                // "Around Wednesday's ruling" is no time of its own.
                let plain = |found: &Parsed| found.rule != "time.weekday";
                let dated = self.clock_time(from).or_else(|| self.calendar_date(from)).filter(plain);
                dated.or_else(|| self.recent(from)).or_else(|| self.part_of(from))?
            }
            None => return None,
        };
        let counted = !self.any(from, &[Class::The, Class::Past, Class::Last, Class::Next]);
        // "Over the past year" says where, "some days" how many: the first word is none of the expression's.
        if self.class(at) == Class::Over && !counted {
            return None;
        }
        if mere && inner.rule != "time.length" {
            return None;
        }
        if !mere {
            inner.tree = Tree::Modified(modifier, Box::new(inner.tree));
        }
        inner.first = at;
        Some(inner)
    }
}

/// A tree of fields the words name.
pub(super) fn fields(calendar: Calendar) -> Tree {
    Tree::Calendar(calendar)
}
