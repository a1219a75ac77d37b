//! Supervised contrastive loss: who has the anchor's label is a positive.

use burn::tensor::Tensor;

use super::candidates::Candidates;
use super::contrast::{Contrast, LossOutput, normalize};
use super::negatives::Negatives;
use crate::ops::similarities;

/// Supervised contrastive loss (Khosla et al. 2020, arXiv:2004.11362, eq. 2, the mean outside the
/// logarithm).
///
/// ```text
/// ℓ(i) = −1/|P(i)| Σ_{p ∈ P(i)} log  exp(s(i, p) / τ) / Σ_{a ≠ i} exp(s(i, a) / τ)
/// ```
///
/// P(i) are the other rows with the label of row i. Classes may be of any size: an anchor without a
/// positive is left out of the mean, and still is a negative for others. A batch without any positive
/// has a loss of zero.
///
/// ```
/// use burn::tensor::{Device, Tensor};
/// use contrastive_playground::loss::SupCon;
/// // Three of one class, and one alone.
/// let z = Tensor::from_floats([[1., 0.], [1., 0.], [1., 0.], [0., 1.]], &Device::flex());
/// let loss: f32 = SupCon::new(0.1).forward(z, &[0, 0, 0, 1]).loss.into_scalar();
/// assert!((loss - 2f32.ln()).abs() < 1e-3);
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SupCon {
    /// τ > 0.
    pub temperature: f32,
    pub negatives: Negatives,
}

impl SupCon {
    /// With all negatives.
    pub fn new(temperature: f32) -> Self {
        Self { temperature, negatives: Negatives::default() }
    }

    /// # Shapes
    /// - z: `[rows, d]`
    /// - labels: one a row
    /// - similarities of the output: `[rows, rows]`
    ///
    /// # Panics
    /// Where there are not as many labels as rows.
    pub fn forward(&self, z: Tensor<2>, labels: &[usize]) -> LossOutput {
        let [rows, _] = z.dims();
        assert_eq!(rows, labels.len(), "one label a row");
        let z = normalize(z);
        self.negatives.evaluate(Contrast {
            similarities: similarities(z.clone(), z),
            temperature: self.temperature,
            candidates: Candidates::classes(labels),
        })
    }
}
