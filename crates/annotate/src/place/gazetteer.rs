//! The gazetteer that ships with the program: an FST of folded names and a table of records, read where they lie.

use fst::raw::{Fst, Output};
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// What kind of place a record is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Class {
    City,
    Region,
    District,
    Country,
}

/// One place of the table.
#[derive(Clone, Copy, Debug)]
pub(super) struct Record {
    pub(super) at: u32,
    pub(super) id: u32,
    pub(super) latitude: f32,
    pub(super) longitude: f32,
    pub(super) population: u32,
    pub(super) country: u16,
    pub(super) region: u16,
    pub(super) class: Class,
}

/// Bytes of a record: number (4), latitude and longitude in ten-thousandths of a degree (3 each), logarithm of the
/// population (2), country (1), region (2), class (1), place of the name (3); little-endian.
const ROW: usize = 19;

pub(super) struct Gazetteer {
    names: Fst<&'static [u8]>,
    codes: &'static [u8],
    lists: &'static [u8],
    words: &'static [u8],
    table: &'static [u8],
}

static GAZETTEER: LazyLock<Gazetteer> = LazyLock::new(|| {
    let names: &'static [u8] = include_bytes!("../../gazetteer/names.fst");
    let places: &'static [u8] = include_bytes!("../../gazetteer/places.bin");
    let length = |at: usize| number(places, 4 * at) as usize;
    let mut rest = &places[16..];
    let mut part = |length: usize| {
        let (part, behind) = rest.split_at(length);
        rest = behind;
        part
    };
    Gazetteer {
        names: Fst::new(names).expect("the names that ship with the program are whole"),
        codes: part(length(0)),
        lists: part(length(1)),
        words: part(length(2)),
        table: part(length(3)),
    }
});

pub(super) fn gazetteer() -> &'static Gazetteer {
    &GAZETTEER
}

fn number(bytes: &[u8], at: usize) -> u32 {
    bytes.get(at..at + 4).and_then(|four| four.try_into().ok()).map_or(0, u32::from_le_bytes)
}

impl Gazetteer {
    /// Walks on through the names from a state; `None` where no name goes on so.
    pub(super) fn walk(&self, from: Walk, bytes: &[u8]) -> Option<Walk> {
        let mut walk = from;
        for byte in bytes {
            let node = self.names.node(walk.node);
            let transition = node.transition(node.find_input(*byte)?);
            walk = Walk { node: transition.addr, output: walk.output.cat(transition.out) };
        }
        Some(walk)
    }

    /// The start of every walk.
    pub(super) fn start(&self) -> Walk {
        Walk { node: self.names.root().addr(), output: Output::zero() }
    }

    /// The places of the name that ends here, greatest first; empty where none does.
    pub(super) fn places(&self, walk: Walk) -> Vec<Record> {
        let node = self.names.node(walk.node);
        if !node.is_final() {
            return Vec::new();
        }
        let value = walk.output.cat(node.final_output()).value();
        let at = (value >> 1) as usize;
        if value & 1 == 1 {
            return vec![self.record(at as u32)];
        }
        let count = usize::from(self.lists.get(at).copied().unwrap_or(0));
        (0..count).map(|place| self.record(number(self.lists, at + 1 + 4 * place))).collect()
    }

    /// Whether a name ends here.
    pub(super) fn is_name(&self, walk: Walk) -> bool {
        self.names.node(walk.node).is_final()
    }

    pub(super) fn record(&self, at: u32) -> Record {
        let row = self.table.get(at as usize * ROW..(at as usize + 1) * ROW).unwrap_or(&[0; ROW]);
        let short = |at: usize| u16::from_le_bytes([row[at], row[at + 1]]);
        // The highest of three bytes carries the sign.
        let degrees = |at: usize| i32::from_le_bytes([0, row[at], row[at + 1], row[at + 2]]) >> 8;
        Record {
            at,
            id: number(row, 0),
            latitude: degrees(4) as f32 / 10_000.0,
            longitude: degrees(7) as f32 / 10_000.0,
            population: ((f32::from(short(10)) / 2048.0).exp2().round() as u32).saturating_sub(1),
            country: u16::from(row[12]),
            region: short(13),
            class: match row[15] {
                0 => Class::City,
                1 => Class::Region,
                2 => Class::District,
                _ => Class::Country,
            },
        }
    }

    /// The countries by their codes: they stand at the end of the table.
    pub(super) fn countries(&self) -> BTreeMap<String, Record> {
        let count = (self.table.len() / ROW) as u32;
        let records =
            (0..count).rev().map(|at| self.record(at)).take_while(|record| record.class == Class::Country);
        records.map(|record| (self.code(record.country).to_owned(), record)).collect()
    }

    /// The division of the first order by its number.
    pub(super) fn region(&self, region: u16) -> Option<Record> {
        static REGIONS: LazyLock<BTreeMap<u16, u32>> = LazyLock::new(|| {
            let count = (gazetteer().table.len() / ROW) as u32;
            let records = (0..count).filter(|at| gazetteer().table[*at as usize * ROW + 15] == 1);
            records.map(|at| (gazetteer().record(at).region, at)).collect()
        });
        REGIONS.get(&region).map(|at| self.record(*at))
    }

    /// Divisions and towns of some size whose name in another spelling is this one, the division first.
    pub(super) fn spelled(&self, loose: &str) -> Vec<Record> {
        static SPELLED: LazyLock<BTreeMap<String, Vec<u32>>> = LazyLock::new(|| {
            let mut spelled: BTreeMap<String, Vec<u32>> = BTreeMap::new();
            let gazetteer = gazetteer();
            for at in (0..(gazetteer.table.len() / ROW) as u32).rev() {
                let record = gazetteer.record(at);
                if record.class == Class::Region || record.class == Class::City && record.population > 15_000
                {
                    let key = super::place_key(gazetteer.name(record));
                    spelled.entry(super::loose(&key)).or_default().push(at);
                }
            }
            spelled
        });
        SPELLED.get(loose).into_iter().flatten().map(|at| self.record(*at)).collect()
    }

    /// Its name in the table.
    pub(super) fn name(&self, record: Record) -> &'static str {
        let at = record.at as usize * ROW + 16;
        let at = self.table.get(at..at + 3).map_or(0, |b| u32::from_le_bytes([b[0], b[1], b[2], 0])) as usize;
        let length = usize::from(self.words.get(at).copied().unwrap_or(0));
        self.words.get(at + 1..at + 1 + length).and_then(|name| std::str::from_utf8(name).ok()).unwrap_or("")
    }

    /// The ISO 3166-1 code of a country's number in the table.
    pub(super) fn code(&self, country: u16) -> &'static str {
        let at = usize::from(country) * 2;
        self.codes.get(at..at + 2).and_then(|code| std::str::from_utf8(code).ok()).unwrap_or("")
    }

    /// The number of a country by its code.
    pub(super) fn country(&self, code: &str) -> Option<u16> {
        let at = self.codes.chunks_exact(2).position(|known| known == code.as_bytes())?;
        u16::try_from(at).ok()
    }
}

/// A place in the names.
#[derive(Clone, Copy)]
pub(super) struct Walk {
    node: usize,
    output: Output,
}
