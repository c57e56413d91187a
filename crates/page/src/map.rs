//! A map drawn here and not in the browser: no tiles, no network, no script, and each mark is a link.
//!
//! A mark says how precisely a place is known and never more: a dot for a town, a hollow ring for a site laid at the
//! town beside it, a dashed ring for a district or region, hatching for a country. Parts of the world are not drawn.

use crate::outlines::{Line, outlines};
use crate::places::PlaceRow;
use maud::{Markup, html};
use model::PlaceClass;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// What part of the world a map shows.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum View {
    /// The countries that most of the places lie in.
    Case,
    /// All of it.
    World,
}

const WIDTH: f64 = 960.0;
const HEIGHT: f64 = 560.0;

/// Where degrees lie on the drawing: latitudes true at the middle, an equirectangular projection.
struct Sheet {
    west: f64,
    south: f64,
    east: f64,
    north: f64,
    shrink: f64,
    scale: f64,
    height: f64,
}

impl Sheet {
    /// The sheet that shows a box of degrees, with some room around it.
    fn showing([west, south, east, north]: [f64; 4]) -> Sheet {
        let (wide, high) = ((east - west).max(2.0), (north - south).max(1.5));
        let (middle_x, middle_y) = ((east + west) / 2.0, (north + south) / 2.0);
        let shrink = middle_y.to_radians().cos().max(0.2);
        let (wide, high) = (wide * 1.12, high * 1.16);
        let scale = (WIDTH / (wide * shrink)).min(HEIGHT / high);
        let height = (high * scale).clamp(260.0, HEIGHT);
        let (half_x, half_y) = (WIDTH / scale / shrink / 2.0, height / scale / 2.0);
        Sheet {
            west: middle_x - half_x,
            east: middle_x + half_x,
            south: middle_y - half_y,
            north: middle_y + half_y,
            shrink,
            scale,
            height,
        }
    }

    fn at(&self, (east, north): (f64, f64)) -> (f64, f64) {
        ((east - self.west) * self.shrink * self.scale, (self.north - north) * self.scale)
    }

    /// Whether a line comes near the sheet and is large enough to be seen.
    fn touches(&self, points: &[(f64, f64)]) -> bool {
        let [west, south, east, north] = surround(points.iter().copied());
        let near = west < self.east && east > self.west && south < self.north && north > self.south;
        near && (east - west).max(north - south) * self.scale * 10.0 > 1.5 * f64::from(self.step())
    }

    fn shows(&self, (east, north): (f64, f64)) -> bool {
        east > self.west && east < self.east && north > self.south && north < self.north
    }

    /// The least step drawn, in tenths of a unit: a map of the world has no room for every bay.
    fn step(&self) -> i32 {
        if self.scale < 10.0 { 20 } else { 11 }
    }

    /// A path, in tenths of a unit and relative, through the points that can be told apart and lie near the sheet.
    fn path(&self, points: &[(f64, f64)], path: &mut String) {
        // A line that crosses the date line goes on beyond it, not back around the world.
        let (mut before, mut turned) = (None::<f64>, 0.0);
        let places: Vec<(i32, i32)> = points
            .iter()
            .map(|(east, north)| {
                match before.map(|before| east - before) {
                    Some(step) if step > 180.0 => turned -= 360.0,
                    Some(step) if step < -180.0 => turned += 360.0,
                    _ => {}
                }
                before = Some(*east);
                let (x, y) = self.at((east + turned, *north));
                ((x * 10.0).round() as i32, (y * 10.0).round() as i32)
            })
            .collect();
        let side = |at: usize| places.get(at).map_or(0, |place| self.side(*place));
        let mut last: Option<(i32, i32)> = None;
        for (at, (x, y)) in places.iter().copied().enumerate() {
            let is_end = at == 0 || at + 1 == places.len();
            let near = last.is_some_and(|(a, b)| (a - x).abs() + (b - y).abs() < self.step());
            // Between two points on the same far side of the sheet a third shows nothing.
            let beyond = last.map_or(0, |last| self.side(last)) & side(at) & side(at + 1) != 0;
            if !is_end && (near || beyond) {
                continue;
            }
            let (step, a, b) = last.map_or(('M', 0, 0), |(a, b)| ('l', a, b));
            let sign = if y - b < 0 { "" } else { " " };
            // Writing to a string cannot fail.
            let _ = write!(path, "{step}{}{sign}{}", x - a, y - b);
            last = Some((x, y));
        }
    }

    /// On which sides beyond the sheet a place lies, a bit each.
    fn side(&self, (x, y): (i32, i32)) -> u8 {
        const MARGIN: i32 = 100;
        let (wide, high) = ((WIDTH * 10.0) as i32, (self.height * 10.0) as i32);
        let beyond = [x < -MARGIN, x > wide + MARGIN, y < -MARGIN, y > high + MARGIN];
        beyond.iter().enumerate().map(|(bit, beyond)| u8::from(*beyond) << bit).sum()
    }
}

fn surround(points: impl Iterator<Item = (f64, f64)>) -> [f64; 4] {
    points.fold([f64::MAX, f64::MAX, f64::MIN, f64::MIN], |[west, south, east, north], (x, y)| {
        [west.min(x), south.min(y), east.max(x), north.max(y)]
    })
}

/// The part of the votes from which a country is shown whole.
const SHOWN: f64 = 0.2;

fn sheet(rows: &[PlaceRow], view: View) -> Sheet {
    let world = Sheet::showing([-169.0, -55.0, 186.0, 78.0]);
    if view == View::World {
        return world;
    }
    let mut votes: BTreeMap<&str, f64> = BTreeMap::new();
    let mut all = 0.0;
    for row in rows.iter().filter(|row| row.literal > 0) {
        let Some(place) = row.place.as_ref().filter(|place| !place.country.is_empty()) else { continue };
        *votes.entry(&place.country).or_default() += row.origins as f64;
        all += row.origins as f64;
    }
    let shown: BTreeSet<&str> =
        votes.iter().filter(|(_, count)| **count >= SHOWN * all).map(|(code, _)| *code).collect();
    let drawn = |row: &&PlaceRow| row.literal > 0 && row.is_marked();
    let points = rows
        .iter()
        .filter(drawn)
        .filter_map(|row| row.place.as_ref())
        .filter(|place| shown.contains(place.country.as_str()));
    let mut points: Vec<(f64, f64)> =
        points.map(|place| (f64::from(place.longitude), f64::from(place.latitude))).collect();
    // A country is shown whole unless it lies on both sides of the date line or is wider than a continent.
    for land in outlines().lands.iter().filter(|land| shown.contains(land.code.as_str())) {
        let [west, south, east, north] = surround(land.rings.iter().flatten().copied());
        if east - west < 60.0 {
            points.extend([(west, south), (east, north)]);
        }
    }
    match points.is_empty() {
        true => world,
        false => Sheet::showing(surround(points.into_iter())),
    }
}

/// A map of the places that are meant as places, and how many of them it does not show.
pub(crate) fn map(rows: &[PlaceRow], view: View) -> (Markup, usize) {
    let sheet = sheet(rows, view);
    let world = outlines();
    let (mut land, mut disputed) = (String::new(), String::new());
    let mut named: BTreeMap<&str, (&PlaceRow, String)> = BTreeMap::new();
    for row in rows.iter().filter(|row| row.literal > 0) {
        if let Some(place) = row.place.as_ref().filter(|place| place.class == PlaceClass::Country) {
            named.insert(&place.country, (row, String::new()));
        }
    }
    for country in &world.lands {
        let path = named.get_mut(country.code.as_str()).map_or(&mut land, |(_, path)| path);
        country.rings.iter().filter(|ring| sheet.touches(ring)).for_each(|ring| sheet.path(ring, path));
    }
    for arc in world.arcs.iter().filter(|arc| arc.line == Line::Disputed && sheet.touches(&arc.points)) {
        sheet.path(&arc.points, &mut disputed);
    }
    let marked: Vec<&PlaceRow> = rows.iter().filter(|row| row.literal > 0 && row.is_marked()).collect();
    let point = |row: &PlaceRow| {
        row.place
            .as_ref()
            .map(|place| (f64::from(place.longitude), f64::from(place.latitude)))
            .unwrap_or_default()
    };
    let shown: Vec<(&PlaceRow, f64, f64)> = marked
        .iter()
        .filter(|row| sheet.shows(point(row)))
        .map(|row| {
            let (x, y) = sheet.at(point(row));
            (*row, x, y)
        })
        .collect();
    let labels = labels(&shown);
    let drawing = html! {
        svg .map viewBox=(format!("0 0 {WIDTH} {:.0}", sheet.height)) role="graphics-document" aria-label="Map of the places named" {
            defs { pattern #hatch width="60" height="60" patternUnits="userSpaceOnUse" patternTransform="rotate(45)" { rect width="60" height="60" {} line x1="0" y1="0" x2="0" y2="60" {} } }
            g transform="scale(.1)" {
                path .land d=(land) {}
                @for (row, path) in named.values().filter(|(_, path)| !path.is_empty()) {
                    a href=(format!("#place-{}", row.number)) { path .named fill="url(#hatch)" d=(path) { title { (row.name) ": " (row.said()) } } }
                }
                path .disputed d=(disputed) {}
            }
            g {
                @for (row, x, y) in shown.iter().rev() {
                    a href=(format!("#place-{}", row.number)) aria-label=(row.name) {
                        circle class=(row.mark()) cx=(format!("{x:.1}")) cy=(format!("{y:.1}")) r=(row.radius()) { title { (row.name) ": " (row.said()) } }
                    }
                }
            }
            @for (text, x, y, anchor) in &labels { text .label x=(format!("{x:.1}")) y=(format!("{y:.1}")) text-anchor=(anchor) { (text) } }
        }
    };
    (drawing, marked.len() - shown.len())
}

/// Names beside their marks, those most origins name first, none over another.
fn labels<'r>(shown: &[(&'r PlaceRow, f64, f64)]) -> Vec<(&'r str, f64, f64, &'static str)> {
    let mut taken: Vec<[f64; 4]> = shown
        .iter()
        .map(|(row, x, y)| [x - row.radius(), y - row.radius(), x + row.radius(), y + row.radius()])
        .map(|b| [b[0].max(0.0), b[1], b[2], b[3]])
        .collect();
    let own = taken.len();
    let mut labels = Vec::new();
    for (at, (row, x, y)) in shown.iter().enumerate() {
        let wide = row.name.chars().count() as f64 * 7.2;
        let gap = row.radius() + 3.0;
        let free = |taken: &[[f64; 4]], space: [f64; 4]| {
            let apart = |other: &[f64; 4]| {
                other[2] < space[0] || other[0] > space[2] || other[3] < space[1] || other[1] > space[3]
            };
            taken.iter().enumerate().all(|(other, space)| other == at && other < own || apart(space))
        };
        let right = [x + gap, y - 8.0, x + gap + wide, y + 6.0];
        let left = [x - gap - wide, y - 8.0, x - gap, y + 6.0];
        if right[2] < WIDTH && free(&taken, right) {
            labels.push((row.name.as_str(), x + gap, y + 4.5, "start"));
            taken.push(right);
        } else if left[0] > 0.0 && free(&taken, left) {
            labels.push((row.name.as_str(), x - gap, y + 4.5, "end"));
            taken.push(left);
        }
    }
    labels
}
