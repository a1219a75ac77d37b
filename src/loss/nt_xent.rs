//! NT-Xent: InfoNCE over the 2N views of a batch.

use burn::tensor::{Device, Int, Tensor};

/// Keeps a view from being compared with itself: far below any cosine over any temperature allowed,
/// and still finite, so that it leaves no NaN in a gradient.
const SELF: f32 = -1e9;

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
/// let loss: f32 = NtXent { temperature: 0.1 }.forward(z).loss.into_scalar();
/// assert!(loss < 1e-3);
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct NtXent {
    /// τ > 0. Small: the hardest negatives rule. Large: all count alike.
    pub temperature: f32,
}

/// The loss, and what it was made of; nothing is read from the device until it is asked for.
#[derive(Debug, Clone)]
pub struct NtXentOutput {
    /// Mean over the rows, `[1]`.
    pub loss: Tensor<1>,
    /// ℓ(i) of every view, `[2N]`.
    pub per_row: Tensor<1>,
    /// Cosine similarity of every view with every view, `[2N, 2N]`.
    pub similarities: Tensor<2>,
}

impl NtXent {
    /// # Shapes
    /// - z: `[2N, d]`, N ≥ 1
    ///
    /// # Panics
    /// Where the number of rows is odd or zero.
    pub fn forward(&self, z: Tensor<2>) -> NtXentOutput {
        let [rows, _] = z.dims();
        assert!(rows > 0 && rows.is_multiple_of(2), "two views a picture, not {rows} rows");
        let z = normalize(z);
        let similarities = z.clone().matmul(z.clone().transpose());
        let logits = similarities.clone() / self.temperature;

        let pairs = rows / 2;
        let partners =
            Tensor::cat(vec![z.clone().narrow(0, pairs, pairs), z.clone().narrow(0, 0, pairs)], 0);
        let positive = (z * partners).sum_dim(1) / self.temperature;

        let others = logits + self_mask(rows, &similarities.device()) * SELF;
        let per_row = log_sum_exp(others) - positive;
        NtXentOutput { loss: per_row.clone().mean(), per_row: per_row.squeeze_dim(1), similarities }
    }
}

/// What NT-Xent gives where every similarity is the same: ln(2N − 1), for N pictures in a batch.
pub fn chance_level(pictures: usize) -> f32 {
    ((2 * pictures).saturating_sub(1).max(1) as f32).ln()
}

/// Rows of length one. A row of zeros stays zero.
fn normalize(z: Tensor<2>) -> Tensor<2> {
    let length = (z.clone() * z.clone()).sum_dim(1).add_scalar(1e-24).sqrt();
    z / length
}

/// 1 on the diagonal, `[rows, rows]`.
fn self_mask(rows: usize, device: &Device) -> Tensor<2> {
    let index = Tensor::<1, Int>::arange(0..rows as i64, device).float();
    let [down, across] = [index.clone().reshape([rows, 1]), index.reshape([1, rows])];
    down.equal(across).float()
}

/// Stable logarithm of a row's sum of exponentials, `[rows, columns]` to `[rows, 1]`.
fn log_sum_exp(logits: Tensor<2>) -> Tensor<2> {
    let max = logits.clone().detach().max_dim(1);
    (logits - max.clone()).exp().sum_dim(1).log() + max
}
