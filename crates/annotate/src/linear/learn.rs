//! Learning: weights that move towards the right label at every mistake, averaged over all steps (Collins 2002).

use super::{BUCKETS, Weigh};
use std::collections::HashMap;

#[derive(Clone, Copy)]
struct Cell {
    label: u8,
    weight: f32,
    total: f32,
    since: u32,
}

/// Weights that are being learnt.
#[derive(Default)]
pub struct Learner {
    rows: HashMap<u32, Vec<Cell>>,
    now: u32,
}

impl Learner {
    /// Moves the weight of a label under a feature.
    pub fn learn(&mut self, feature: u32, label: u8, by: f32) {
        let now = self.now;
        let row = self.rows.entry(feature).or_default();
        match row.iter_mut().find(|cell| cell.label == label) {
            Some(cell) => {
                cell.total += cell.weight * (now - cell.since) as f32;
                cell.since = now;
                cell.weight += by;
            }
            None => row.push(Cell { label, weight: by, total: 0.0, since: now }),
        }
    }

    /// One step of the average.
    pub fn step(&mut self) {
        self.now += 1;
    }

    /// The mean of several learners that heard the lessons in another order each.
    pub fn mean(learners: Vec<Learner>) -> Learner {
        let mut mean = Learner { now: 1, ..Learner::default() };
        let share = 1.0 / learners.len().max(1) as f32;
        for learner in &learners {
            let mut features: Vec<u32> = learner.rows.keys().copied().collect();
            features.sort_unstable();
            for feature in features {
                let row = mean.rows.entry(feature).or_default();
                for cell in &learner.rows[&feature] {
                    let weight = learner.average(cell) * share;
                    match row.iter_mut().find(|known| known.label == cell.label) {
                        Some(known) => known.weight += weight,
                        None => row.push(Cell { label: cell.label, weight, total: 0.0, since: 0 }),
                    }
                }
            }
        }
        mean
    }

    /// The averaged weights, still to be weighed as they are.
    pub fn averaged(self) -> Learner {
        Learner::mean(vec![self])
    }

    fn average(&self, cell: &Cell) -> f32 {
        (cell.total + cell.weight * (self.now - cell.since) as f32) / self.now.max(1) as f32
    }

    /// How many features have weights.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether nothing is learnt yet.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// What one of the whole numbers of packed weights is worth.
    pub fn unit(&self, clip: f32) -> f32 {
        let mut features: Vec<u32> = self.rows.keys().copied().collect();
        features.sort_unstable();
        let cells = features.iter().flat_map(|feature| &self.rows[feature]);
        let mut sizes: Vec<f32> = cells.map(|cell| self.average(cell).abs()).collect();
        sizes.sort_unstable_by(f32::total_cmp);
        let greatest = sizes.get((sizes.len() as f32 * clip) as usize).or(sizes.last()).copied();
        greatest.unwrap_or(1.0).max(f32::MIN_POSITIVE) / 127.0
    }

    /// The averaged weights as [`super::Linear`] reads them. One byte holds a weight: those above the
    /// greatest part in `clip` are cut to it, those that come to less than `least` units are left out.
    pub fn pack(&self, clip: f32, least: i8) -> Vec<u8> {
        let mut features: Vec<u32> = self.rows.keys().copied().collect();
        features.sort_unstable();
        let unit = self.unit(clip);
        let (mut keys, mut places, mut rows) = (Vec::new(), Vec::new(), Vec::new());
        let mut counts = vec![0u32; BUCKETS + 1];
        for feature in features {
            let mut row: Vec<(u8, i8)> = self.rows[&feature]
                .iter()
                .map(|cell| (cell.label, (self.average(cell) / unit).round().clamp(-127.0, 127.0) as i8))
                .filter(|(_, weight)| weight.unsigned_abs() >= least.unsigned_abs())
                .collect();
            if row.is_empty() {
                continue;
            }
            row.sort_unstable();
            row.truncate(255);
            keys.extend_from_slice(&(feature as u16).to_le_bytes());
            places.extend_from_slice(&(rows.len() as u32).to_le_bytes());
            rows.push(row.len() as u8);
            row.iter().for_each(|(label, weight)| rows.extend_from_slice(&[*label, *weight as u8]));
            counts[(feature >> 16) as usize + 1] += 1;
        }
        for at in 1..counts.len() {
            counts[at] += counts[at - 1];
        }
        let mut out = Vec::new();
        out.extend_from_slice(&((keys.len() / 2) as u32).to_le_bytes());
        out.extend_from_slice(&(rows.len() as u32).to_le_bytes());
        counts.iter().for_each(|count| out.extend_from_slice(&count.to_le_bytes()));
        out.extend_from_slice(&keys);
        out.extend_from_slice(&places);
        out.extend_from_slice(&rows);
        out
    }
}

/// The next of a row of numbers that look random and are the same everywhere (Knuth's linear congruence).
pub(crate) fn next(state: &mut u64) -> u64 {
    *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    *state >> 33
}

/// Brings some numbers into an order by chance (Fisher and Yates).
pub(crate) fn shuffle(order: &mut [usize], chance: &mut u64) {
    for at in (1..order.len()).rev() {
        order.swap(at, next(chance) as usize % (at + 1));
    }
}

impl Weigh for Learner {
    fn weigh(&self, feature: u32, into: &mut [f32]) {
        for cell in self.rows.get(&feature).into_iter().flatten() {
            if let Some(sum) = into.get_mut(usize::from(cell.label)) {
                *sum += cell.weight;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Linear, mix};
    use super::*;

    #[test]
    fn packed_weights_tell_what_was_learnt() {
        let mut learner = Learner::default();
        for step in 0..200u32 {
            learner.step();
            learner.learn(mix(7, step), (step % 5) as u8, 1.0);
        }
        learner.step();
        let linear = Linear::read(Box::leak(learner.pack(1.0, 1).into_boxed_slice()));
        for step in 0..190u32 {
            let mut sums = [0.0; 5];
            linear.weigh(mix(7, step), &mut sums);
            let best = (0..5).max_by(|a, b| sums[*a].total_cmp(&sums[*b]));
            assert_eq!(best, Some((step % 5) as usize), "{step}: {sums:?}");
        }
        let mut sums = [0.0; 5];
        linear.weigh(mix(8, 3), &mut sums);
        assert_eq!(sums, [0.0; 5]);
    }
}
