//! The order in which pictures are taken.

use rand::seq::SliceRandom;
use serde::{Deserialize, Serialize};

use crate::random::{Purpose, stream};

/// Batches of different pictures, epoch after epoch, each epoch in a new order.
///
/// Every epoch takes every picture. A batch never holds one twice, since its views would then be false
/// negatives, and all batches have one size, so that the device meets no new shape: the last batch of an
/// epoch is filled up with pictures that the epoch began with.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Batches {
    seed: u64,
    epoch: u64,
    /// In the set that the order is of.
    pictures: usize,
    taken: usize,
    /// Follows from the rest, and is empty until it is needed.
    #[serde(skip)]
    order: Vec<usize>,
}

impl Batches {
    pub fn new(seed: u64) -> Self {
        Self { seed, epoch: 0, pictures: 0, taken: 0, order: Vec::new() }
    }

    /// The next `size` pictures of a set of `pictures`. A set that has grown or shrunk starts a new
    /// epoch. A batch larger than the set is the whole set.
    pub fn next(&mut self, pictures: usize, size: usize) -> Vec<usize> {
        if self.epoch_ends(pictures) {
            self.pictures = pictures;
            self.taken = 0;
            self.epoch = self.epoch.wrapping_add(1);
            self.order.clear();
        }
        if self.order.is_empty() {
            self.order = (0..pictures).collect();
            self.order.shuffle(&mut stream(self.seed, Purpose::Order, self.epoch));
        }
        let batch = self.order.iter().cycle().skip(self.taken).take(size.min(pictures)).copied();
        let batch = batch.collect();
        self.taken += size;
        batch
    }

    /// Does the next batch of a set of `pictures` start an epoch?
    pub fn epoch_ends(&self, pictures: usize) -> bool {
        self.pictures != pictures || self.taken >= pictures
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_epoch_takes_every_picture_once() {
        let mut batches = Batches::new(5);
        let mut seen: Vec<usize> = (0..4).flat_map(|_| batches.next(12, 3)).collect();
        let first = seen.clone();
        seen.sort_unstable();
        assert_eq!(seen, (0..12).collect::<Vec<_>>());
        let second: Vec<usize> = (0..4).flat_map(|_| batches.next(12, 3)).collect();
        assert_ne!(first, second);
    }

    #[test]
    fn a_batch_never_holds_a_picture_twice() {
        let mut batches = Batches::new(5);
        for _ in 0..50 {
            let mut batch = batches.next(7, 3);
            assert_eq!(batch.len(), 3);
            batch.sort_unstable();
            batch.dedup();
            assert_eq!(batch.len(), 3);
        }
    }

    #[test]
    fn an_epoch_that_the_batch_does_not_divide_takes_every_picture_all_the_same() {
        let mut batches = Batches::new(5);
        for _ in 0..20 {
            assert!(batches.epoch_ends(7));
            let mut seen: Vec<usize> = (0..3).flat_map(|_| batches.next(7, 3)).collect();
            assert_eq!(seen.len(), 9);
            seen.sort_unstable();
            seen.dedup();
            assert_eq!(seen, (0..7).collect::<Vec<_>>());
        }
    }

    #[test]
    fn a_batch_larger_than_the_set_is_the_set() {
        let mut batches = Batches::new(5);
        for _ in 0..3 {
            let mut batch = batches.next(2, 64);
            batch.sort_unstable();
            assert_eq!(batch, [0, 1]);
        }
    }

    #[test]
    fn a_grown_set_is_used_from_the_next_batch_on() {
        let mut batches = Batches::new(5);
        batches.next(4, 2);
        let grown: Vec<usize> = (0..5).flat_map(|_| batches.next(10, 2)).collect();
        assert!(grown.iter().any(|&i| i >= 4));
    }
}
