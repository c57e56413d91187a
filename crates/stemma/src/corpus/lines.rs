//! Lines of large files, read a batch at a time into room that is kept.

use std::borrow::Cow;
use std::io::{BufRead, Result};

/// Whole lines, with the end of line left out of each.
#[derive(Default)]
pub(crate) struct Batch {
    pub(crate) bytes: Vec<u8>,
    pub(crate) lines: Vec<(usize, usize)>,
}

impl Batch {
    /// Takes the place of what was read before with the next lines, about so many bytes; none at the end of the file.
    pub(crate) fn read(&mut self, lines: &mut impl BufRead, about: usize) -> Result<()> {
        self.bytes.clear();
        self.lines.clear();
        while self.bytes.len() < about {
            let start = self.bytes.len();
            if lines.read_until(b'\n', &mut self.bytes)? == 0 {
                break;
            }
            let end = self.bytes.len() - usize::from(self.bytes.ends_with(b"\n"));
            self.lines.push((start, end));
        }
        Ok(())
    }
}

/// A line that begins at a byte of its file; `None` where it holds no words. A byte-order mark stands at the beginning
/// of a file and nowhere else.
pub(crate) fn line_at(mut bytes: &[u8], offset: u64) -> Option<Cow<'_, str>> {
    while offset == 0
        && let Some(rest) = bytes.strip_prefix("\u{FEFF}".as_bytes())
    {
        bytes = rest;
    }
    // Nearly all lines are sound, which is found out much faster than what is wrong with one.
    let line = std::str::from_utf8(bytes).map_or_else(|_| String::from_utf8_lossy(bytes), Cow::Borrowed);
    (!line.trim().is_empty()).then_some(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_come_in_batches() {
        let mut file = &b"\xEF\xBB\xBFone\n\ntwo\nthree"[..];
        let mut batch = Batch::default();
        let mut found = Vec::new();
        let mut offset = 0;
        loop {
            batch.read(&mut file, 6).unwrap();
            if batch.lines.is_empty() {
                break;
            }
            for (start, end) in &batch.lines {
                let line = line_at(&batch.bytes[*start..*end], offset + *start as u64);
                found.push(line.map(Cow::into_owned));
            }
            offset += batch.bytes.len() as u64;
        }
        assert_eq!(found, [Some("one".to_owned()), None, Some("two".to_owned()), Some("three".to_owned())]);
    }
}
