//! Records split into parts that lie one after another in one array: two passes, no sorting, no array a part.

/// Records by their parts, within a part in the order they came in.
pub(crate) struct Split {
    records: Vec<u64>,
    /// Where each part ends.
    ends: Vec<u32>,
}

impl Split {
    /// Splits records of one text or one partition, of which each is told its part.
    pub(crate) fn new<R: Copy>(
        parts: usize,
        all: &[R],
        part: impl Fn(R) -> usize,
        of: impl Fn(R) -> u64,
    ) -> Split {
        let mut ends = vec![0u32; parts];
        for record in all {
            ends[part(*record)] += 1;
        }
        let mut before = 0;
        for end in &mut ends {
            (*end, before) = (before, before + *end);
        }
        let mut records = vec![0; all.len()];
        // Each part's end moves from its beginning to behind what is put into it.
        for record in all {
            let end = &mut ends[part(*record)];
            records[*end as usize] = of(*record);
            *end += 1;
        }
        Split { records, ends }
    }

    /// The records of a part.
    pub(crate) fn part(&self, part: usize) -> &[u64] {
        let start = if part == 0 { 0 } else { self.ends[part - 1] };
        &self.records[start as usize..self.ends[part] as usize]
    }
}

/// One part of many splits, joined.
pub(crate) fn joined<'s>(splits: impl Iterator<Item = &'s Split> + Clone, part: usize) -> Vec<u64> {
    let mut all = Vec::with_capacity(splits.clone().map(|split| split.part(part).len()).sum());
    splits.for_each(|split| all.extend_from_slice(split.part(part)));
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_keep_their_order() {
        let split =
            |records: &[u64]| Split::new(3, records, |record| record as usize % 3, |record| record * 10);
        let (one, two) = (split(&[4, 3, 7, 1]), split(&[5, 4]));
        assert_eq!([one.part(0), one.part(1), one.part(2)], [&[30][..], &[40, 70, 10], &[]]);
        assert_eq!(joined([&one, &two].into_iter(), 1), [40, 70, 10, 40]);
    }
}
