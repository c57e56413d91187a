//! `cargo xtask outlines SOURCE`: outlines of countries for maps, built once from Natural Earth and shipped.
//!
//! Reads countries-50m.topo.json (TopoJSON: arcs that neighbours share, so that a border is stored once) and
//! cities500.tsv.xz from a folder. A country's ISO code is that of most towns that lie in it: the outlines have
//! numbers and shortened names only, and a territory without towns keeps no code.

use crate::gazetteer::unpacked;
use crate::root;
use anyhow::{Context, Result};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;

#[derive(Deserialize)]
struct Topology {
    transform: Transform,
    arcs: Vec<Vec<[i32; 2]>>,
    objects: Objects,
}

#[derive(Deserialize)]
struct Transform {
    scale: [f64; 2],
    translate: [f64; 2],
}

#[derive(Deserialize)]
struct Objects {
    countries: Collection,
}

#[derive(Deserialize)]
struct Collection {
    geometries: Vec<Geometry>,
}

#[derive(Deserialize)]
struct Geometry {
    #[serde(rename = "type")]
    kind: String,
    arcs: serde_json::Value,
    id: Option<String>,
    properties: Properties,
}

#[derive(Deserialize)]
struct Properties {
    name: String,
}

/// Parts of a degree that a step of the shipped outlines is: about a kilometre.
const STEPS: f64 = 100.0;

/// Lands whose borders another state does not accept, by their names in Natural Earth.
const CLAIMED: &[&str] = &["Kosovo", "Somaliland", "N. Cyprus", "Siachen Glacier", "W. Sahara", "Palestine"];

/// Stretches of borders that are lines of control or are claimed by both sides: west, south, east, north in degrees.
const LINES: &[[f64; 4]] = &[
    [32.0, 45.0, 36.8, 46.4],   // Crimea
    [72.5, 32.2, 80.6, 37.3],   // Kashmir and Aksai Chin
    [91.5, 26.4, 97.5, 29.8],   // Arunachal Pradesh
    [35.5, 32.6, 36.0, 33.5],   // the Golan
    [27.4, 9.4, 29.6, 10.6],    // Abyei
    [33.0, 21.7, 37.2, 22.4],   // the Hala'ib triangle
    [-61.5, 1.0, -58.0, 8.8],   // the Essequibo
    [125.5, 37.5, 129.0, 38.8], // the demarcation line in Korea
];

pub(crate) fn build(source: &Path) -> Result<()> {
    let topology: Topology = serde_json::from_slice(&std::fs::read(source.join("countries-50m.topo.json"))?)?;
    let arcs: Vec<Vec<(i32, i32)>> =
        topology.arcs.iter().map(|arc| steps(arc, &topology.transform)).collect();
    let countries: Vec<(&Geometry, Vec<Vec<i32>>)> = topology
        .objects
        .countries
        .geometries
        .iter()
        .map(|geometry| Ok((geometry, rings(geometry)?)))
        .collect::<Result<_>>()?;
    let codes = codes(source, &countries, &arcs)?;
    let mut holders: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (country, (_, rings)) in countries.iter().enumerate() {
        for arc in rings.iter().flatten() {
            holders.entry(absolute(*arc)).or_default().push(country);
        }
    }
    let mut out = Vec::new();
    push(&mut out, arcs.len() as u32);
    let mut dashed = 0;
    for (at, arc) in arcs.iter().enumerate() {
        let shared = holders.get(&at).is_some_and(|holders| holders.len() > 1);
        let claimed = shared
            && (holders[&at]
                .iter()
                .any(|country| CLAIMED.contains(&countries[*country].0.properties.name.as_str()))
                || within_a_line(arc));
        dashed += usize::from(claimed);
        // What kind of line it is: 0 a coast, 1 a border, 2 a disputed border.
        push(&mut out, u32::from(shared) + u32::from(claimed));
        push(&mut out, arc.len() as u32);
        let mut last = (0, 0);
        for point in arc {
            push(&mut out, zigzag(point.0 - last.0));
            push(&mut out, zigzag(point.1 - last.1));
            last = *point;
        }
    }
    push(&mut out, countries.len() as u32);
    for ((_, rings), code) in countries.iter().zip(&codes) {
        out.extend_from_slice(code.as_deref().unwrap_or("--").as_bytes());
        push(&mut out, rings.len() as u32);
        for ring in rings {
            push(&mut out, ring.len() as u32);
            ring.iter().for_each(|arc| push(&mut out, zigzag(*arc)));
        }
    }
    std::fs::write(root().join("crates/page/outlines/outlines.bin"), &out)?;
    let known = codes.iter().flatten().count();
    println!(
        "{} bytes, {} arcs, {dashed} of them disputed, {known} of {} lands with a code",
        out.len(),
        arcs.len(),
        countries.len()
    );
    for ((geometry, _), _) in countries.iter().zip(&codes).filter(|(_, code)| code.is_none()) {
        println!("no code: {} {}", geometry.id.as_deref().unwrap_or("-"), geometry.properties.name);
    }
    Ok(())
}

/// The points of an arc in steps of the shipped outlines, equal neighbours once.
fn steps(arc: &[[i32; 2]], transform: &Transform) -> Vec<(i32, i32)> {
    let (mut x, mut y) = (0, 0);
    let mut points: Vec<(i32, i32)> = Vec::with_capacity(arc.len());
    for [east, north] in arc {
        (x, y) = (x + east, y + north);
        let step = |value: i32, axis: usize| {
            ((f64::from(value) * transform.scale[axis] + transform.translate[axis]) * STEPS).round() as i32
        };
        let point = (step(x, 0), step(y, 1));
        if points.last() != Some(&point) {
            points.push(point);
        }
    }
    points
}

fn rings(geometry: &Geometry) -> Result<Vec<Vec<i32>>> {
    Ok(match geometry.kind.as_str() {
        "Polygon" => serde_json::from_value(geometry.arcs.clone())?,
        "MultiPolygon" => serde_json::from_value::<Vec<Vec<Vec<i32>>>>(geometry.arcs.clone())?
            .into_iter()
            .flatten()
            .collect(),
        _ => Vec::new(),
    })
}

/// TopoJSON writes an arc taken backwards as its complement.
fn absolute(arc: i32) -> usize {
    (if arc < 0 { !arc } else { arc }) as usize
}

fn within_a_line(arc: &[(i32, i32)]) -> bool {
    let inside = |point: &(i32, i32), [west, south, east, north]: &[f64; 4]| {
        let (x, y) = (f64::from(point.0) / STEPS, f64::from(point.1) / STEPS);
        x >= *west && x <= *east && y >= *south && y <= *north
    };
    LINES.iter().any(|line| 2 * arc.iter().filter(|point| inside(point, line)).count() > arc.len())
}

/// The code of each land: that of most towns in it.
fn codes(
    source: &Path,
    countries: &[(&Geometry, Vec<Vec<i32>>)],
    arcs: &[Vec<(i32, i32)>],
) -> Result<Vec<Option<String>>> {
    let outlines: Vec<Vec<Vec<(i32, i32)>>> =
        countries.iter().map(|(_, rings)| rings.iter().map(|ring| points(ring, arcs)).collect()).collect();
    let boxes: Vec<[i32; 4]> = outlines
        .iter()
        .map(|rings| {
            let all = rings.iter().flatten();
            all.fold([i32::MAX, i32::MAX, i32::MIN, i32::MIN], |[w, s, e, n], (x, y)| {
                [w.min(*x), s.min(*y), e.max(*x), n.max(*y)]
            })
        })
        .collect();
    let mut votes: Vec<BTreeMap<String, usize>> = vec![BTreeMap::new(); countries.len()];
    for line in unpacked(&source.join("cities500.tsv.xz"))?.lines() {
        let fields: Vec<&str> = line.split('\t').collect();
        let [_, _, latitude, longitude, code, ..] = fields[..] else { continue };
        let step =
            |value: &str| -> Result<i32> { Ok((value.parse::<f64>().context("a degree")? * STEPS) as i32) };
        let (x, y) = (step(longitude)?, step(latitude)?);
        for (country, rings) in outlines.iter().enumerate() {
            let [w, s, e, n] = boxes[country];
            if x >= w
                && x <= e
                && y >= s
                && y <= n
                && rings.iter().filter(|ring| surrounds(ring, x, y)).count() % 2 == 1
            {
                *votes[country].entry(code.to_owned()).or_default() += 1;
            }
        }
    }
    Ok(votes
        .into_iter()
        .map(|votes| votes.into_iter().max_by_key(|(_, count)| *count).map(|(code, _)| code))
        .collect())
}

fn points(ring: &[i32], arcs: &[Vec<(i32, i32)>]) -> Vec<(i32, i32)> {
    let mut points = Vec::new();
    for arc in ring {
        let own = &arcs[absolute(*arc)];
        match *arc < 0 {
            true => points.extend(own.iter().rev()),
            false => points.extend(own),
        }
    }
    points
}

/// Whether a ring surrounds a point: a ray to the east crosses it an odd number of times.
fn surrounds(ring: &[(i32, i32)], x: i32, y: i32) -> bool {
    let mut inside = false;
    for two in ring.windows(2) {
        let ((x1, y1), (x2, y2)) = (two[0], two[1]);
        if (y1 > y) != (y2 > y) {
            let cross = f64::from(x2 - x1) * f64::from(y - y1) / f64::from(y2 - y1) + f64::from(x1);
            inside ^= f64::from(x) < cross;
        }
    }
    inside
}

fn zigzag(value: i32) -> u32 {
    (value << 1 ^ value >> 31) as u32
}

/// Seven bits a byte, the lowest first; the high bit says that more follow.
fn push(out: &mut Vec<u8>, mut value: u32) {
    while value > 127 {
        out.push(value as u8 | 128);
        value >>= 7;
    }
    out.push(value as u8);
}
