//! MoCo's memory: a queue of keys, and the momentum encoder that makes them.

use burn::tensor::{Device, Tensor, TensorData};
use rand::RngExt;
use serde::{Deserialize, Serialize};

use crate::loss::normalize;
use crate::model::ContrastiveModel;
use crate::random::{Purpose, stream};

/// Settings of MoCo (He et al. 2020, arXiv:1911.05722).
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct MocoConfig {
    /// K, how many keys are kept.
    pub queue: usize,
    /// m, how slowly the key encoder follows.
    pub momentum: f64,
}

impl Default for MocoConfig {
    /// m as in the authors' CIFAR-10 notebook. Their queue has 4,096 keys for 50,000 pictures; one that
    /// went round a whole small set would hold the anchor's own picture as a negative.
    fn default() -> Self {
        Self { queue: 512, momentum: 0.99 }
    }
}

/// The last K keys, as a ring.
#[derive(Debug, Clone)]
pub struct Queue {
    keys: Tensor<2>,
    /// Of each key, where it comes from; none for the random ones of the beginning.
    origins: Vec<Option<Origin>>,
    next: usize,
}

/// Where a key comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// The step whose second view it is of.
    pub step: usize,
    /// The picture's number in [`ImageSet::contents`](crate::dataset::ImageSet::contents).
    pub content: u64,
}

impl Queue {
    /// Full of random directions, so that the loss has K negatives from the first step on.
    pub fn new(size: usize, projection: usize, seed: u64, device: &Device) -> Self {
        let mut rng = stream(seed, Purpose::Queue, 0);
        // Directions of a cube's inside are nearly those of a sphere's in many dimensions.
        let values: Vec<f32> =
            (0..size * projection).map(|_| rng.random_range(-1.0..1.0)).collect();
        let keys = Tensor::from_data(TensorData::new(values, [size, projection]), device);
        Self { keys: normalize(keys), origins: vec![None; size], next: 0 }
    }

    /// A queue that was saved. `next` is taken round the ring.
    pub(super) fn resume(keys: Tensor<2>, mut origins: Vec<Option<Origin>>, next: usize) -> Self {
        let size = keys.dims()[0];
        origins.resize(size, None);
        Self { keys, origins, next: next % size.max(1) }
    }

    /// `[K, projection]`, of length one.
    pub fn keys(&self) -> Tensor<2> {
        self.keys.clone()
    }

    /// Where each key comes from, one a row.
    pub fn origins(&self) -> &[Option<Origin>] {
        &self.origins
    }

    /// How many keys are still random ones of the beginning.
    pub fn random(&self) -> usize {
        self.origins.iter().filter(|origin| origin.is_none()).count()
    }

    /// Row that the next key will take.
    pub fn next(&self) -> usize {
        self.next
    }

    pub fn len(&self) -> usize {
        self.keys.dims()[0]
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Puts new keys in the place of the oldest, round the end where they reach it. Of more keys than
    /// there are places, the last are kept.
    ///
    /// # Shapes
    /// - keys: `[n, projection]`, of length one
    /// - origins: n
    pub fn push(&mut self, keys: Tensor<2>, origins: &[Origin]) {
        let size = self.len();
        let [count, projection] = keys.dims();
        let skipped = count.saturating_sub(size);
        let mut from = skipped;
        while from < count {
            let row = (self.next + from) % size;
            let rows = (count - from).min(size - row);
            let part = keys.clone().narrow(0, from, rows);
            self.keys = self.keys.clone().slice_assign([row..row + rows, 0..projection], part);
            for (place, origin) in self.origins[row..].iter_mut().zip(&origins[from..from + rows]) {
                *place = Some(*origin);
            }
            from += rows;
        }
        self.next = (self.next + count) % size.max(1);
    }
}

/// What MoCo has beside the model that is trained.
#[derive(Debug, Clone)]
pub(super) struct Moco {
    /// Without gradients.
    pub keys: ContrastiveModel,
    pub queue: Queue,
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Keys that are their own number.
    fn numbered(numbers: core::ops::Range<i32>) -> Tensor<2> {
        let values: Vec<f32> = numbers.map(|n| n as f32).collect();
        let shape = [values.len(), 1];
        Tensor::from_data(TensorData::new(values, shape), &Device::flex())
    }

    fn origins(numbers: core::ops::Range<i32>) -> Vec<Origin> {
        numbers.map(|n| Origin { step: 1, content: n as u64 }).collect()
    }

    fn held(queue: &Queue) -> Vec<f32> {
        queue.keys().into_data().iter::<f32>().collect()
    }

    #[test]
    fn keys_go_round_where_the_queue_is_no_multiple_of_the_batch() {
        let mut queue = Queue::new(5, 1, 0, &Device::flex());
        for (batch, expected, next) in [
            (0..3, vec![0., 1., 2.], 3),
            (3..6, vec![5., 1., 2., 3., 4.], 1),
            (6..9, vec![5., 6., 7., 8., 4.], 4),
        ] {
            queue.push(numbered(batch.clone()), &origins(batch));
            assert_eq!(held(&queue)[..expected.len()], expected);
            let pictures = queue.origins().iter().map(|o| o.map(|o| o.content as f32));
            let pictures: Vec<_> = pictures.flatten().collect();
            assert_eq!(pictures, expected);
            assert_eq!(queue.next(), next);
        }
    }

    #[test]
    fn of_a_batch_larger_than_the_queue_the_last_keys_are_kept() {
        let mut queue = Queue::new(3, 1, 0, &Device::flex());
        queue.push(numbered(0..8), &origins(0..8));
        let mut keys = held(&queue);
        // The oldest stands where the next key will go.
        keys.rotate_left(queue.next());
        assert_eq!(keys, [5., 6., 7.]);
    }

    #[test]
    fn a_new_queue_has_directions_from_the_seed() {
        let queue = |seed| Queue::new(4, 16, seed, &Device::flex());
        assert_eq!(held(&queue(1)), held(&queue(1)));
        assert_ne!(held(&queue(1)), held(&queue(2)));
        for key in held(&queue(1)).chunks(16) {
            assert!((key.iter().map(|v| v * v).sum::<f32>() - 1.0).abs() < 1e-5);
        }
    }
}
