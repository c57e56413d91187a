//! Points: where do they part?

use crate::cells::Cells;
use crate::choice::{Choice, Tally};
use crate::format::{plural, thousands};
use crate::frame::headed;
use crate::point::{POINTS, PointRow, READINGS};
use crate::reading::{Readings, fetch};
use crate::{Links, Shelf};
use case::{Case, MOST_DRAWN, MOST_LIKENED, Result};
use collate::{Closeness, Point, PointKind, Verdict};
use maud::{Markup, html};
use model::DocId;

/// The points of a case.
pub struct PointsPage {
    /// The points, best first; those told in like words come last.
    pub rows: Vec<PointRow>,
    /// How many there are, and conflicts among them.
    pub counts: (usize, usize),
    /// The same by kind and standing.
    pub tally: Tally,
    /// What was asked for, and how many points it leaves.
    pub choice: (Choice, usize),
    /// The documents.
    pub shelf: Shelf,
}

/// Said wherever points are shown.
pub(crate) const CRUDE: &str = "Numbers meet by their noun and by rare words their sentences share; who, when and whether by the kind of happening and what it was done to; names by the person or the country \
    they stand beside. Last come statements that only share words, with the days and sums they give. Readings of one point may still answer different questions; the sentence tells.";

/// Points of a case too large to fetch them all, among which those of one kind or standing are sought.
const CHOSEN: usize = 2000;

/// The points of a case in their order, with what is told of all of them.
struct Ranked {
    points: Vec<Point>,
    counts: (usize, usize),
    /// Whether it is all of them; of a large case only the best are fetched.
    every: bool,
}

fn is_alike(point: &Point) -> bool {
    point.closeness != Closeness::default()
}

fn ranked(case: &Case, shelf: &Shelf, limit: usize) -> Result<Ranked> {
    let drawn = case.drawn_points()?.points;
    let every = shelf.len() <= MOST_DRAWN;
    let mut points = case.points_apart(case.points(if every { usize::MAX } else { limit })?, &drawn)?;
    points.extend(drawn);
    case::drop_repeats(&mut points);
    let conflicts = points.iter().filter(|point| point.verdict == Verdict::Conflict).count();
    let counts = if every { (points.len(), conflicts) } else { case.point_counts()? };
    points.sort_by_key(|point| (point.rank(), point.kind, point.key.clone()));
    Ok(Ranked { points, counts, every })
}

impl PointsPage {
    /// The best points of a case.
    ///
    /// # Errors
    /// Where the case cannot be read.
    pub fn of(case: &Case, limit: usize) -> Result<PointsPage> {
        PointsPage::chosen(case, Choice::default(), limit)
    }

    /// Those points of a case that are asked for, so many at most.
    ///
    /// # Errors
    /// Where the case cannot be read.
    pub fn chosen(case: &Case, choice: Choice, limit: usize) -> Result<PointsPage> {
        case.steady(|| PointsPage::made(case, choice, limit))
    }

    fn made(case: &Case, choice: Choice, limit: usize) -> Result<PointsPage> {
        let mut shelf = Shelf::of(case)?;
        let last = choice.from.saturating_add(limit);
        let Ranked { points, counts, every } =
            ranked(case, &shelf, if choice.narrows() { CHOSEN } else { last })?;
        let tally = Tally::of(&points, is_alike);
        let known = points.len();
        let (places, mut points): (Vec<usize>, Vec<Point>) =
            points.into_iter().enumerate().filter(|(_, point)| choice.fits(point)).unzip();
        let left = if choice.narrows() { points.len() } else { counts.0.max(known) };
        points.truncate(last);
        points.drain(..choice.from.min(points.len()));
        fetch(case, &mut shelf, &points, READINGS)?;
        let mut texts = Readings::of(case, &shelf);
        let cells = if every { Some(Cells::of(case)?) } else { None };
        let mut rows = Vec::new();
        for (point, place) in points.iter().zip(places.into_iter().skip(choice.from)) {
            let mut row = PointRow { place, ..texts.row(point, READINGS)? };
            if let Some(cells) = &cells {
                row.cells = cells.row(&shelf, point, &row, &texts.words(point)?)?;
            }
            rows.push(row);
        }
        Ok(PointsPage { rows, counts, tally, choice: (choice, left), shelf })
    }

    /// The points in which a document speaks, so many at most.
    ///
    /// # Errors
    /// Where the case cannot be read.
    pub(crate) fn in_document(case: &Case, id: DocId, limit: usize) -> Result<Vec<PointRow>> {
        let mut shelf = Shelf::of(case)?;
        let points = ranked(case, &shelf, usize::MAX)?.points;
        let speaks = |point: &Point| {
            point.readings.iter().any(|reading| reading.witnesses.iter().any(|(witness, ..)| *witness == id))
        };
        let (places, points): (Vec<usize>, Vec<Point>) =
            points.into_iter().enumerate().filter(|(_, point)| speaks(point)).take(limit).unzip();
        let rows = crate::reading::rows_of(case, &mut shelf, &points)?;
        Ok(rows.into_iter().zip(places).map(|(row, place)| PointRow { place, ..row }).collect())
    }

    /// The points of labels alone: what the accounts call one person, or what happened in one country.
    ///
    /// # Errors
    /// Where the case cannot be read.
    pub fn labels(case: &Case, limit: usize) -> Result<PointsPage> {
        let mut page = PointsPage::of(case, usize::MAX)?;
        page.rows.retain(|row| row.kind == PointKind::Label);
        let conflicts = page.rows.iter().filter(|row| row.verdict == Verdict::Conflict).count();
        page.counts = (page.rows.len(), conflicts);
        page.rows.truncate(limit);
        Ok(page)
    }

    /// How many points there are, in words: those told in like words are counted apart.
    pub fn sentence(&self) -> String {
        let (alike, parting) = self.tally.alike;
        let own = (self.counts.0.saturating_sub(alike), self.counts.1.saturating_sub(parting));
        let mut said = format!("{}; in {} of them accounts part", plural(own.0, "point"), own.1);
        match (alike, parting) {
            (0, _) => {}
            (_, 0) => said.push_str(&format!(". Behind them {} told in like words", thousands(alike as f64))),
            _ => said.push_str(&format!(
                ". Behind them {} told in like words, of which {parting} part",
                thousands(alike as f64)
            )),
        }
        said
    }

    /// As a page.
    pub fn html(&self, links: Links) -> Markup {
        let (alike, own): (Vec<&PointRow>, Vec<&PointRow>) = self.rows.iter().partition(|row| row.alike);
        html! {
            (headed("Points", "where the accounts part"))
            p .lead { (CRUDE) }
            p .coverage {
                (self.sentence()) ". "
                "Copies count once. Who is right is not for a program to say."
                @if self.shelf.len() > MOST_DRAWN { " Not looked at in a case of this size: what the accounts call people and happenings, who did what, and what was so." }
                @if self.shelf.len() > MOST_LIKENED { " Statements in like words are looked for in cases of up to " (MOST_LIKENED) " documents." }
            }
            @if links == Links::Served {
                @if self.tally.all == self.counts.0 || self.choice.0.narrows() { (self.choice.0.html(&self.tally)) }
                p { a href="/blame" { "Who is said to be behind it, by origin" } }
            }
            h2 .hidden { "The points" }
            @if self.rows.is_empty() { p { (self.nothing()) } }
            @for row in &own { (row.html(links, &self.shelf)) }
            @if !alike.is_empty() {
                details .alike open[own.is_empty() || links == Links::Report] {
                    summary { h2 { "Told in like words" } " " span .by { (plural(alike.len(), "point")) @if alike.len() < self.tally.alike.0 { " of " (self.tally.alike.0) } " on this page" } }
                    p .by { "Nothing but words joins these: whether they answer one question, the sentences tell." }
                    @for row in &alike { (row.html(links, &self.shelf)) }
                }
            }
            (self.pager(links))
        }
    }

    /// Which of the points stand on this page, and where the others are.
    fn pager(&self, links: Links) -> Markup {
        let (choice, left) = self.choice;
        let last = choice.from + self.rows.len();
        let at = |from| Choice { from, ..choice }.address("/points");
        html! {
            @if self.rows.len() < left {
                p .pager {
                    @if self.rows.is_empty() { "No point stands here" } @else { "Points " (choice.from + 1) "–" (last) } " of " (left)
                    @if links == Links::Served {
                        @if choice.from > 0 { " · " a rel="prev" href=(at(choice.from.saturating_sub(POINTS))) { "those before" } }
                        @if last < left && !self.rows.is_empty() { " · " a rel="next" href=(at(last)) { "the next " ((left - last).min(POINTS)) } }
                    }
                }
            }
        }
    }

    fn nothing(&self) -> &'static str {
        match self.choice.0.narrows() {
            true => "No point is of this kind and standing.",
            false => {
                "No two origins give a number of the same noun, or a date beside the same kind of happening."
            }
        }
    }

    /// The points with at most so many readings each, those that part first.
    pub(crate) fn brief(&self, links: Links, readings: usize) -> Markup {
        html! {
            @if self.rows.is_empty() { p { (self.nothing()) } }
            @for row in &self.rows { (row.brief(links, &self.shelf, readings)) }
        }
    }

    /// As JSON, one value a point (DESIGN: the `point` row).
    pub fn json(&self) -> Vec<serde_json::Value> {
        let origins = self.shelf.origin_count();
        self.rows.iter().map(|row| row.json(origins)).collect()
    }
}
