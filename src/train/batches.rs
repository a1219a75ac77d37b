//! The order in which pictures are taken.

use rand::seq::SliceRandom;
use serde::{Deserialize, Serialize};

use crate::random::{Purpose, stream};

/// Batches of different pictures, epoch after epoch, each epoch in a new order.
///
/// A batch never holds a picture twice, since its views would then be false negatives, and all
/// batches have one size, so that the device meets no new shape: what is left over at the end of an
/// epoch waits for the next order.
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
        let size = size.min(pictures);
        if self.pictures != pictures || self.taken.saturating_add(size) > pictures {
            self.pictures = pictures;
            self.taken = 0;
            self.epoch = self.epoch.wrapping_add(1);
            self.order.clear();
        }
        if self.order.is_empty() {
            self.order = (0..pictures).collect();
            self.order.shuffle(&mut stream(self.seed, Purpose::Order, self.epoch));
        }
        self.taken += size;
        self.order[self.taken - size..self.taken].to_vec()
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
    fn a_grown_set_is_used_from_the_next_batch_on() {
        let mut batches = Batches::new(5);
        batches.next(4, 2);
        let grown: Vec<usize> = (0..5).flat_map(|_| batches.next(10, 2)).collect();
        assert!(grown.iter().any(|&i| i >= 4));
    }
}
