//! Outlines of countries (Natural Earth, public domain), as they ship: arcs that neighbours share, and lands made of them.

use std::sync::LazyLock;

/// Parts of a degree that a step is.
const STEPS: f64 = 100.0;

/// What an arc divides.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Line {
    /// Land and sea.
    Coast,
    /// Two countries.
    Border,
    /// Two countries, of which one at least does not accept the line.
    Disputed,
}

/// A line in degrees: east, north.
pub(crate) struct Arc {
    pub(crate) line: Line,
    pub(crate) points: Vec<(f64, f64)>,
}

/// A land: its ISO 3166-1 code where it has one, and its rings.
pub(crate) struct Land {
    pub(crate) code: String,
    pub(crate) rings: Vec<Vec<(f64, f64)>>,
}

/// The world.
pub(crate) struct Outlines {
    pub(crate) arcs: Vec<Arc>,
    pub(crate) lands: Vec<Land>,
}

static OUTLINES: LazyLock<Outlines> = LazyLock::new(|| {
    read(include_bytes!("../outlines/outlines.bin"))
        .expect("the outlines that ship with the program are whole")
});

pub(crate) fn outlines() -> &'static Outlines {
    &OUTLINES
}

struct Bytes<'b>(&'b [u8]);

impl Bytes<'_> {
    /// Seven bits a byte, the lowest first; the high bit says that more follow.
    fn number(&mut self) -> Option<u32> {
        let mut value = 0;
        for shift in (0..32).step_by(7) {
            let (byte, rest) = self.0.split_first()?;
            self.0 = rest;
            value |= u32::from(byte & 127) << shift;
            if byte & 128 == 0 {
                return Some(value);
            }
        }
        None
    }

    fn signed(&mut self) -> Option<i32> {
        self.number().map(|value| (value >> 1) as i32 ^ -((value & 1) as i32))
    }
}

fn read(bytes: &[u8]) -> Option<Outlines> {
    let mut bytes = Bytes(bytes);
    let mut arcs = Vec::new();
    for _ in 0..bytes.number()? {
        let line = match bytes.number()? {
            0 => Line::Coast,
            1 => Line::Border,
            _ => Line::Disputed,
        };
        let (mut x, mut y) = (0, 0);
        let mut points = Vec::new();
        for _ in 0..bytes.number()? {
            (x, y) = (x + bytes.signed()?, y + bytes.signed()?);
            points.push((f64::from(x) / STEPS, f64::from(y) / STEPS));
        }
        arcs.push(Arc { line, points });
    }
    let mut lands = Vec::new();
    for _ in 0..bytes.number()? {
        let (code, rest) = bytes.0.split_at_checked(2)?;
        let code = std::str::from_utf8(code).ok()?.to_owned();
        bytes.0 = rest;
        let mut rings = Vec::new();
        for _ in 0..bytes.number()? {
            let mut ring = Vec::new();
            for _ in 0..bytes.number()? {
                let arc = bytes.signed()?;
                let own = &arcs.get((if arc < 0 { !arc } else { arc }) as usize)?.points;
                match arc < 0 {
                    true => ring.extend(own.iter().rev()),
                    false => ring.extend(own),
                }
            }
            rings.push(ring);
        }
        lands.push(Land { code, rings });
    }
    Some(Outlines { arcs, lands })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_world_is_whole() {
        let world = outlines();
        assert!(world.lands.len() > 230);
        let land = |code: &str| world.lands.iter().find(|land| land.code == code);
        assert!(land("KE").is_some() && land("PY").is_some());
        for land in &world.lands {
            for ring in &land.rings {
                assert_eq!(ring.first(), ring.last(), "{}", land.code);
            }
        }
        let lines = |line| world.arcs.iter().filter(|arc| arc.line == line).count();
        assert!(lines(Line::Border) > 300 && lines(Line::Disputed) > 10);
    }
}
