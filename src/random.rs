//! Chance is data: every random choice is drawn on the CPU from one seed.
//!
//! A choice is keyed by what it is for and by a number (a step, an epoch, a picture), never by what
//! was drawn before it. So a seed gives the same run on every device, one view can be drawn again
//! without replaying the run, and a run can be taken up in the middle.

use rand::{Rng, RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// What a stream of random numbers is for. The discriminants are part of what a seed means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Initial weights; numbered by layer.
    Weights = 1,
    /// The order of the pictures; numbered by epoch.
    Order = 2,
    /// The two views of each picture of a batch; numbered by step.
    Views = 3,
    /// The drawn pictures of the built-in set; numbered by picture.
    Shapes = 4,
    /// Views, and batches of them, that are drawn for looking at, not for training; numbered by the draw.
    Preview = 5,
    /// Pictures and weights of the device self-test.
    SelfTest = 6,
    /// The keys that a queue has at first.
    Queue = 7,
    /// Points of a few numbers; numbered by point.
    Points = 8,
    /// Which pictures are held out.
    Split = 10,
    /// Labels and views of fine-tuning; 0 for the labels, then numbered by step.
    FineTune = 12,
    /// The two views of every point; numbered by epoch.
    PointViews = 13,
}

/// The random numbers of one purpose and number.
///
/// ```
/// use contrastive_playground::random::{Purpose, stream};
/// use rand::RngExt;
/// let mut a = stream(7, Purpose::Views, 3);
/// let mut b = stream(7, Purpose::Views, 3);
/// assert_eq!(a.random::<u64>(), b.random::<u64>());
/// ```
pub fn stream(seed: u64, purpose: Purpose, number: u64) -> ChaCha8Rng {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    // ChaCha has 2^64 independent streams a seed: 8 bits of purpose, 56 of number.
    rng.set_stream(((purpose as u64) << 56) | (number & ((1 << 56) - 1)));
    rng
}

/// Standard normal numbers, two at a time (Box & Muller 1958).
pub(crate) fn normal(count: usize, rng: &mut impl Rng) -> Vec<f32> {
    let pairs = (0..count.div_ceil(2)).flat_map(|_| {
        let (radius, angle) = (rng.random_range(f32::MIN_POSITIVE..1.0), rng.random::<f32>());
        let (sin, cos) = (core::f32::consts::TAU * angle).sin_cos();
        [cos, sin].map(|v| v * (-2.0 * radius.ln()).sqrt())
    });
    pairs.take(count).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seeds_purposes_and_numbers_give_different_choices() {
        let first = |seed, purpose, number| stream(seed, purpose, number).random::<u64>();
        let base = first(7, Purpose::Views, 3);
        assert_eq!(base, first(7, Purpose::Views, 3));
        assert_ne!(base, first(8, Purpose::Views, 3));
        assert_ne!(base, first(7, Purpose::Order, 3));
        assert_ne!(base, first(7, Purpose::Views, 4));
    }
}
