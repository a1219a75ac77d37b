//! What all contrastive losses share: a softmax over candidates, and the positive's share of it.

use burn::tensor::Tensor;

use super::candidates::{Candidates, Counts};
use crate::ops::{self, Contrasted, OUT, OUTSIDE, POSITIVE};

pub(crate) use crate::ops::normalize;

/// What a loss compares: each row is an anchor, each column somebody it is compared with.
#[derive(Debug, Clone)]
pub(super) struct Contrast {
    /// `[rows, columns]`.
    pub similarities: Tensor<2>,
    /// τ.
    pub temperature: f32,
    pub candidates: Candidates,
}

/// A loss and what it was made of; nothing is read from the device until it is asked for.
#[derive(Debug, Clone)]
pub struct LossOutput {
    /// Mean over the rows that have a positive, in nats, `[1]`.
    pub loss: Tensor<1>,
    /// The loss of every row, `[rows]`; 0 where a row has no positive. It has no gradient.
    pub per_row: Tensor<1>,
    /// Contrastive top-1 accuracy: the share of rows whose most similar candidate is a positive, `[1]`.
    /// However much a candidate weighs in the loss, here it counts as similar as it is.
    pub top1: Tensor<1>,
    /// What was compared, `[rows, columns]`: cosines, unless the loss says otherwise.
    pub similarities: Tensor<2>,
    /// How many candidates each row had.
    pub counts: Counts,
    roles: Tensor<2>,
    /// Logarithms of what the candidates weigh, where not each counts once.
    log_weights: Option<Tensor<2>>,
    temperature: f32,
}

impl LossOutput {
    /// The same numbers outside autodiff.
    pub fn inner(self) -> Self {
        Self {
            loss: self.loss.inner(),
            per_row: self.per_row.inner(),
            top1: self.top1.inner(),
            similarities: self.similarities.inner(),
            counts: self.counts,
            roles: self.roles.inner(),
            log_weights: self.log_weights.map(Tensor::inner),
            temperature: self.temperature,
        }
    }

    /// 1 where a column is a positive of its row, `[rows, columns]`.
    pub fn positives(&self) -> Tensor<2> {
        self.roles.clone().equal_scalar(POSITIVE).float()
    }

    /// Share of every column in its row's softmax, `[rows, columns]`.
    pub fn softmax(&self) -> Tensor<2> {
        let weights = match &self.log_weights {
            Some(weights) => weights.clone(),
            None => self.roles.clone().equal_scalar(OUTSIDE).float() * OUT,
        };
        let weighted = self.similarities.clone() / self.temperature + weights;
        (weighted.clone() - log_sum_exp(weighted)).exp()
    }
}

impl Contrast {
    /// −log of the positives' share, with the logarithms of the candidates' weights, `[rows, columns]`: 0 counts once,
    /// [`OUT`] not at all. Without them each counts once.
    pub fn evaluate(self, log_weights: Option<Tensor<2>>) -> LossOutput {
        let Self { similarities, temperature, candidates } = self;
        let roles = candidates.roles(&similarities.device());
        let counts = candidates.counts();
        let rows = counts.positives.iter().filter(|&&count| count > 0).count();
        let (compared, weights) = (similarities.clone(), log_weights.clone());
        let Contrasted { loss, per_row, top1 } =
            ops::contrast(compared, roles.clone(), weights, temperature, rows);
        LossOutput { loss, per_row, top1, similarities, counts, roles, log_weights, temperature }
    }
}

/// Stable logarithm of a row's sum of exponentials, `[rows, columns]` to `[rows, 1]`.
pub(super) fn log_sum_exp(logits: Tensor<2>) -> Tensor<2> {
    let max = logits.clone().detach().max_dim(1);
    (logits - max.clone()).exp().sum_dim(1).log() + max
}
