//! Postings: which texts hold a print, in immutable packed segments.
//!
//! A segment is written once for every batch and holds its prints sorted, cut into blocks of about a page;
//! a block is found by its first print. Segments are merged in tiers, so that a case has few of them and adding
//! one document writes little. A text that was removed is struck from the segment's list; its postings are
//! skipped from then on and vanish at the next merge.

use crate::error::Result;
use crate::store::Case;
use align::PRINT_BITS;
use model::TextId;
use rusqlite::params;
use std::collections::BTreeMap;

/// Postings in a block: about four kilobytes.
const BLOCK: usize = 768;
/// Segments of one tier that are merged into one of the next.
const TIER: usize = 6;
/// Postings of the lowest tier.
const TIER_BASE: usize = 2048;

/// A print and the number of a text that holds it.
type Posting = (u64, u32);

/// Sorted postings of some texts.
pub(crate) struct Segment {
    texts: Vec<TextId>,
    postings: Vec<Posting>,
}

impl Segment {
    /// The segment of some texts with their prints.
    pub(crate) fn of<'a>(prints: impl Iterator<Item = (TextId, &'a [u64])>) -> Segment {
        let (mut texts, mut postings) = (Vec::new(), Vec::new());
        for (text, prints) in prints {
            postings.extend(prints.iter().map(|print| (*print, texts.len() as u32)));
            texts.push(text);
        }
        postings.sort_unstable();
        Segment { texts, postings }
    }
}

impl Case {
    /// Writes a segment and merges tiers that are full.
    pub(crate) fn store_segment(&self, segment: Segment) -> Result<()> {
        self.write_segment(segment)?;
        loop {
            let mut tiers: BTreeMap<u32, Vec<i64>> = BTreeMap::new();
            for (number, prints) in self.segments()? {
                tiers.entry(tier(prints)).or_default().push(number);
            }
            let Some(full) = tiers.into_values().find(|segments| segments.len() >= TIER) else {
                return Ok(());
            };
            let merged = self.load(&full)?;
            for number in full {
                self.drop_segment(number)?;
            }
            self.write_segment(merged)?;
        }
    }

    fn segments(&self) -> Result<Vec<(i64, usize)>> {
        let mut statement = self
            .db
            .prepare_cached("SELECT segment, prints FROM print_segment ORDER BY segment")
            .map_err(|cause| self.error(cause))?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get::<_, i64>(1)? as usize)));
        rows.and_then(Iterator::collect).map_err(|cause| self.error(cause))
    }

    fn write_segment(&self, segment: Segment) -> Result<()> {
        let number: i64 = self.one("SELECT coalesce(max(segment), 0) + 1 FROM print_segment")?;
        let texts: Vec<u8> =
            segment.texts.iter().flat_map(|text| (text.number() as u64).to_le_bytes()).collect();
        self.run(
            "INSERT INTO print_segment VALUES (?, ?, ?)",
            params![number, segment.postings.len() as i64, texts],
        )?;
        let mut rest = &segment.postings[..];
        while !rest.is_empty() {
            // A print never spans two blocks, so that a look-up reads one.
            let mut cut = BLOCK.min(rest.len());
            while cut < rest.len() && rest[cut].0 == rest[cut - 1].0 {
                cut += 1;
            }
            let (block, after) = rest.split_at(cut);
            let id = number << PRINT_BITS | block[0].0 as i64;
            self.run("INSERT INTO print_block VALUES (?, ?)", params![id, pack(block)])?;
            rest = after;
        }
        Ok(())
    }

    fn drop_segment(&self, number: i64) -> Result<()> {
        let range = params![number << PRINT_BITS, (number + 1) << PRINT_BITS];
        self.run("DELETE FROM print_block WHERE id >= ? AND id < ?", range)?;
        self.run("DELETE FROM print_segment WHERE segment = ?", [number])?;
        Ok(())
    }

    fn texts_of(&self, number: i64) -> Result<Vec<Option<TextId>>> {
        let packed: Vec<u8> = self
            .db
            .query_row("SELECT texts FROM print_segment WHERE segment = ?", [number], |row| row.get(0))
            .map_err(|cause| self.error(cause))?;
        let number = |bytes: &[u8]| bytes.iter().rev().fold(0i64, |n, byte| n << 8 | i64::from(*byte));
        Ok(packed
            .chunks_exact(8)
            .map(|bytes| TextId::from_number(number(bytes)).filter(|text| text.number() != 0))
            .collect())
    }

    /// All postings of some segments as one.
    fn load(&self, numbers: &[i64]) -> Result<Segment> {
        let mut segment = Segment { texts: Vec::new(), postings: Vec::new() };
        for number in numbers {
            let texts = self.texts_of(*number)?;
            let places: Vec<Option<u32>> = texts
                .iter()
                .map(|text| {
                    text.map(|text| {
                        segment.texts.push(text);
                        segment.texts.len() as u32 - 1
                    })
                })
                .collect();
            let mut statement = self
                .db
                .prepare_cached("SELECT id, packed FROM print_block WHERE id >= ? AND id < ? ORDER BY id")
                .map_err(|cause| self.error(cause))?;
            let blocks = statement
                .query_map(params![number << PRINT_BITS, (number + 1) << PRINT_BITS], |row| {
                    Ok((row.get::<_, i64>(0)?, row.get::<_, Vec<u8>>(1)?))
                })
                .and_then(Iterator::collect::<rusqlite::Result<Vec<_>>>)
                .map_err(|cause| self.error(cause))?;
            for (id, packed) in blocks {
                for (print, text) in unpack((id & ((1 << PRINT_BITS) - 1)) as u64, &packed) {
                    let place = places.get(text as usize).copied().flatten();
                    segment.postings.extend(place.map(|place| (print, place)));
                }
            }
        }
        segment.postings.sort_unstable();
        Ok(segment)
    }

    /// Every posting of the case: the texts, and (print, number of the text) sorted.
    pub(crate) fn all_postings(&self) -> Result<(Vec<TextId>, Vec<Posting>)> {
        let numbers: Vec<i64> = self.segments()?.into_iter().map(|(number, _)| number).collect();
        let segment = self.load(&numbers)?;
        Ok((segment.texts, segment.postings))
    }

    /// The texts that hold each of some sorted prints, by their ids.
    pub(crate) fn holders(&self, prints: &[u64]) -> Result<BTreeMap<u64, Vec<TextId>>> {
        let mut found: BTreeMap<u64, Vec<TextId>> = prints.iter().map(|print| (*print, Vec::new())).collect();
        for (number, _) in self.segments()? {
            let texts = self.texts_of(number)?;
            let mut block: Option<(Vec<Posting>, u64)> = None;
            for print in prints {
                // Prints are sorted: the block in hand often holds the next one too.
                if block.as_ref().is_none_or(|(_, last)| print > last) {
                    block = self.block_of(number, *print)?;
                }
                let Some((postings, _)) = &block else { continue };
                let from = postings.partition_point(|(other, _)| other < print);
                let holders = postings[from..].iter().take_while(|(other, _)| other == print);
                let holders = holders.filter_map(|(_, text)| texts.get(*text as usize).copied().flatten());
                if let Some(list) = found.get_mut(print) {
                    list.extend(holders);
                }
            }
        }
        found.values_mut().for_each(|texts| texts.sort_unstable());
        Ok(found)
    }

    fn block_of(&self, number: i64, print: u64) -> Result<Option<(Vec<Posting>, u64)>> {
        let mut statement = self
            .db
            .prepare_cached(
                "SELECT id, packed FROM print_block WHERE id <= ? AND id >= ? ORDER BY id DESC LIMIT 1",
            )
            .map_err(|cause| self.error(cause))?;
        let low = number << PRINT_BITS;
        let mut rows =
            statement.query(params![low | print as i64, low]).map_err(|cause| self.error(cause))?;
        let Some(row) = rows.next().map_err(|cause| self.error(cause))? else { return Ok(None) };
        let read = || Ok::<_, rusqlite::Error>((row.get::<_, i64>(0)?, row.get::<_, Vec<u8>>(1)?));
        let (id, packed) = read().map_err(|cause| self.error(cause))?;
        let postings = unpack((id - low) as u64, &packed);
        let last = postings.last().map_or(0, |(print, _)| *print);
        Ok(Some((postings, last)))
    }

    /// Strikes a text from the segment that holds it.
    pub(crate) fn strike_postings(&self, text: TextId) -> Result<()> {
        for (number, _) in self.segments()? {
            let mut texts = self.texts_of(number)?;
            if !texts.contains(&Some(text)) {
                continue;
            }
            for entry in texts.iter_mut().filter(|entry| **entry == Some(text)) {
                *entry = None;
            }
            let packed: Vec<u8> = texts
                .iter()
                .flat_map(|text| text.map_or(0, |text| text.number() as u64).to_le_bytes())
                .collect();
            self.run("UPDATE print_segment SET texts = ? WHERE segment = ?", params![packed, number])?;
        }
        Ok(())
    }
}

fn tier(prints: usize) -> u32 {
    ((prints / TIER_BASE).max(1)).ilog(TIER)
}

/// Each posting as two variable-length numbers: the print less the one before, and the text.
fn pack(block: &[Posting]) -> Vec<u8> {
    let mut packed = Vec::with_capacity(block.len() * 6);
    let mut before = block.first().map_or(0, |(print, _)| *print);
    for (print, text) in block {
        push_number(&mut packed, print - before);
        push_number(&mut packed, u64::from(*text));
        before = *print;
    }
    packed
}

fn unpack(first: u64, mut packed: &[u8]) -> Vec<Posting> {
    let mut postings = Vec::with_capacity(BLOCK);
    let mut print = first;
    while let (Some(step), Some(text)) = (take_number(&mut packed), take_number(&mut packed)) {
        print = print.wrapping_add(step);
        postings.push((print, text as u32));
    }
    postings
}

fn push_number(packed: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        packed.push(number as u8 | 0x80);
        number >>= 7;
    }
    packed.push(number as u8);
}

fn take_number(packed: &mut &[u8]) -> Option<u64> {
    let mut number = 0u64;
    for shift in (0..63).step_by(7) {
        let (byte, rest) = packed.split_first()?;
        *packed = rest;
        number |= u64::from(byte & 0x7F) << shift;
        if byte & 0x80 == 0 {
            return Some(number);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn postings_unpack_as_they_were_packed(mut postings in proptest::collection::vec((0u64..1 << 40, 0u32..100_000), 1..200)) {
            postings.sort_unstable();
            prop_assert_eq!(unpack(postings[0].0, &pack(&postings)), postings);
        }

        #[test]
        fn damaged_blocks_are_no_danger(packed in proptest::collection::vec(any::<u8>(), 0..40)) {
            unpack(0, &packed);
        }
    }
}
