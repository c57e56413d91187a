//! A row of `overlaps`.

use align::OverlapKind;
use anyhow::Result;
use std::cmp::Ordering;
use std::io::Write;

/// Text that two texts of a corpus share, in code points; the text whose name comes first stands first.
pub(crate) struct Row<'n> {
    a: (&'n str, (usize, usize)),
    b: (&'n str, (usize, usize)),
    kind: OverlapKind,
    probability: f64,
}

/// Overlaps below this are printed with `--all` only.
const LIKELY: f64 = 0.5;

impl<'n> Row<'n> {
    /// A row of two names with their places.
    pub(crate) fn new(
        a: (&'n str, (usize, usize)),
        b: (&'n str, (usize, usize)),
        kind: OverlapKind,
        probability: f64,
    ) -> Row<'n> {
        let (a, b) = if a <= b { (a, b) } else { (b, a) };
        Row { a, b, kind, probability }
    }

    /// Whether it is printed where not all are asked for.
    pub(crate) fn is_likely(&self) -> bool {
        self.kind != OverlapKind::Template && self.probability >= LIKELY
    }

    /// The order of rows: by names, then by places.
    pub(crate) fn order(&self, other: &Row) -> Ordering {
        (self.a.0, self.b.0, self.a.1, self.b.1).cmp(&(other.a.0, other.b.0, other.a.1, other.b.1))
    }

    /// Writes it as a line of JSON.
    pub(crate) fn write(&self, out: &mut impl Write) -> Result<()> {
        out.write_all(b"{\"layer\":\"overlap\",\"a\":")?;
        serde_json::to_writer(&mut *out, self.a.0)?;
        out.write_all(b",\"b\":")?;
        serde_json::to_writer(&mut *out, self.b.0)?;
        let ((a_start, a_end), (b_start, b_end)) = (self.a.1, self.b.1);
        let probability = (self.probability * 1e4).round() / 1e4;
        writeln!(
            out,
            ",\"a_start\":{a_start},\"a_end\":{a_end},\"b_start\":{b_start},\"b_end\":{b_end},\"kind\":\"{}\",\"probability\":{probability}}}",
            self.kind.word()
        )?;
        Ok(())
    }
}
