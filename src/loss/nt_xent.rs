//! NT-Xent: InfoNCE over the 2N views of a batch.

use burn::tensor::Tensor;

use super::candidates::{Candidates, Counting};
use super::contrast::{Contrast, LossOutput, normalize};
use super::negatives::Negatives;
use crate::ops::similarities;

/// Normalised temperature-scaled cross entropy (Sohn 2016; Chen et al. 2020, arXiv:2002.05709, eq. 1).
///
/// Row `i` and row `i + N` of the projections are a positive pair; the other 2N − 2 rows are the
/// negatives of both. With s the cosine similarity,
///
/// ```text
/// ℓ(i) = −log  exp(s(i, i⁺) / τ) / Σ_{k ≠ i} exp(s(i, k) / τ)
/// ```
///
/// and the loss is the mean over all 2N rows, in nats.
///
/// ```
/// use burn::tensor::{Device, Tensor};
/// use contrastive_playground::loss::NtXent;
/// // Two pictures, two views each: each view finds its partner and is at right angles to the others.
/// let z = Tensor::from_floats([[1., 0.], [0., 1.], [1., 0.], [0., 1.]], &Device::flex());
/// let loss: f32 = NtXent::new(0.1).forward(z).loss.into_scalar();
/// assert!(loss < 1e-3);
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct NtXent {
    /// τ > 0. Small: the hardest negatives rule. Large: all count alike.
    pub temperature: f32,
    pub negatives: Negatives,
}

impl NtXent {
    /// With all negatives.
    pub fn new(temperature: f32) -> Self {
        Self { temperature, negatives: Negatives::default() }
    }

    /// # Shapes
    /// - z: `[2N, d]`, N ≥ 1
    /// - similarities of the output: `[2N, 2N]`
    ///
    /// # Panics
    /// Where the number of rows is odd or zero.
    pub fn forward(&self, z: Tensor<2>) -> LossOutput {
        self.forward_labelled(z, &[])
    }

    /// The same, with the labels of the N pictures, which [`Negatives::without_same_label`] heeds. A
    /// picture that has no label, or that the slice does not reach, is of no other's class.
    ///
    /// # Panics
    /// Where the number of rows is odd or zero.
    pub fn forward_labelled(&self, z: Tensor<2>, labels: &[Option<usize>]) -> LossOutput {
        let z = normalize(z);
        self.negatives.evaluate(views_contrast(z, self.temperature, self.negatives, labels))
    }
}

/// The 2N rows of `z` against each other, by their dot products.
pub(super) fn views_contrast(
    z: Tensor<2>,
    temperature: f32,
    negatives: Negatives,
    labels: &[Option<usize>],
) -> Contrast {
    let [rows, _] = z.dims();
    assert!(rows > 0 && rows.is_multiple_of(2), "two views a picture, not {rows} rows");
    let pairs = rows / 2;
    let together = |i, j| negatives.without_same_label && same_label(labels, i, j);
    Contrast {
        similarities: similarities(z.clone(), z),
        temperature,
        candidates: Candidates::views(pairs, together),
    }
}

/// Have these two pictures a label, and the same?
pub(crate) fn same_label(labels: &[Option<usize>], one: usize, other: usize) -> bool {
    let label = |picture: usize| labels.get(picture).copied().flatten();
    label(one).is_some() && label(one) == label(other)
}

/// What NT-Xent gives where every similarity is the same: ln(2N − 1), for N pictures in a batch.
pub fn chance_level(pictures: usize) -> f32 {
    ((2 * pictures).saturating_sub(1).max(1) as f32).ln()
}

/// What NT-Xent cannot fall below, for N pictures in a batch: ln(1 + (2N − 2) e^((−1/(N − 1) − 1)/τ)), in nats.
///
/// The two views of each picture are then one point, and the N points lie as far from each other as N points
/// can on average: at cosines of −1/(N − 1), the corners of a simplex, for which z needs N − 1 dimensions.
///
/// ```
/// use contrastive_playground::loss::floor;
/// assert!((floor(64, 0.5) - 2.86).abs() < 0.005);
/// assert!((floor(64, 0.1) - 0.005).abs() < 0.0005);
/// ```
pub fn floor(pictures: usize, temperature: f32) -> f32 {
    Candidates::views(pictures, |_, _| false).counts().floor(&Counting::once(temperature))
}
