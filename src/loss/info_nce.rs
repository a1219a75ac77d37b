//! InfoNCE: one positive against given negatives.

use burn::tensor::Tensor;

use super::candidates::Candidates;
use super::contrast::{Contrast, LossOutput, normalize};
use super::negatives::Negatives;
use super::nt_xent::same_label;
use crate::ops::similarities;

/// InfoNCE (van den Oord et al. 2018, arXiv:1807.03748), with cosine similarities.
///
/// ```text
/// ℓ = −log  exp(s⁺ / τ) / ( exp(s⁺ / τ) + Σ_k exp(s⁻_k / τ) )
/// ```
///
/// The negatives are a queue of keys in MoCo (He et al. 2020, arXiv:1911.05722), the other queries'
/// positives in [`InfoNce::in_batch`], or whatever one has the similarities of.
///
/// ```
/// use burn::tensor::{Device, Tensor};
/// use contrastive_playground::loss::InfoNce;
/// // The article's worked example.
/// let similarities = Tensor::from_floats([[0.8, 0.2, 0.1]], &Device::flex());
/// let loss: f32 = InfoNce::new(0.1).from_similarities(similarities).loss.into_scalar();
/// assert!((loss - 0.003385).abs() < 1e-6);
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct InfoNce {
    /// τ > 0.
    pub temperature: f32,
    /// How the negatives count.
    pub negatives: Negatives,
}

impl InfoNce {
    /// With all negatives.
    pub fn new(temperature: f32) -> Self {
        Self { temperature, negatives: Negatives::default() }
    }

    /// Each query against its own positive and negatives that all queries share.
    ///
    /// # Shapes
    /// - query, positive: `[N, d]`
    /// - negatives: `[K, d]`
    /// - similarities of the output: `[N, 1 + K]`, the positive first
    pub fn forward(
        &self,
        query: Tensor<2>,
        positive: Tensor<2>,
        negatives: Tensor<2>,
    ) -> LossOutput {
        self.forward_but(query, positive, negatives, |_, _| false)
    }

    /// The same without the negatives that are `together` with a query: its own number, and theirs. In MoCo's queue
    /// these are earlier keys of the query's own picture.
    pub fn forward_but(
        &self,
        query: Tensor<2>,
        positive: Tensor<2>,
        negatives: Tensor<2>,
        together: impl Fn(usize, usize) -> bool,
    ) -> LossOutput {
        let query = normalize(query);
        let positive = (query.clone() * normalize(positive)).sum_dim(1);
        let negatives = similarities(query, normalize(negatives));
        self.given(Tensor::cat(vec![positive, negatives], 1), together)
    }

    /// Each query against all positives: its own, and as negatives those of the other queries.
    ///
    /// # Shapes
    /// - query, positive: `[N, d]`
    /// - similarities of the output: `[N, N]`, the positive on the diagonal
    pub fn in_batch(&self, query: Tensor<2>, positive: Tensor<2>) -> LossOutput {
        self.in_batch_labelled(query, positive, &[])
    }

    /// The same, with the labels of the N pictures, as [`NtXent::forward_labelled`](super::NtXent::forward_labelled)
    /// takes them.
    pub fn in_batch_labelled(
        &self,
        query: Tensor<2>,
        positive: Tensor<2>,
        labels: &[Option<usize>],
    ) -> LossOutput {
        let similarities = similarities(normalize(query), normalize(positive));
        let together = |i, j| self.negatives.without_same_label && same_label(labels, i, j);
        let candidates = Candidates::second_views(similarities.dims()[0], together);
        self.contrast(similarities, candidates)
    }

    /// The formula as the article writes it: the similarity of the positive, then those of the negatives.
    ///
    /// # Shapes
    /// - similarities: `[N, 1 + K]`
    pub fn from_similarities(&self, similarities: Tensor<2>) -> LossOutput {
        self.given(similarities, |_, _| false)
    }

    fn given(
        &self,
        similarities: Tensor<2>,
        together: impl Fn(usize, usize) -> bool,
    ) -> LossOutput {
        let [anchors, columns] = similarities.dims();
        let candidates = Candidates::keys(anchors, columns.saturating_sub(1), together);
        self.contrast(similarities, candidates)
    }

    fn contrast(&self, similarities: Tensor<2>, candidates: Candidates) -> LossOutput {
        let temperature = self.temperature;
        self.negatives.evaluate(Contrast { similarities, temperature, candidates })
    }
}
