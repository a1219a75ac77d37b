//! What all contrastive losses share: a softmax over candidates, and the positive's share of it.

use burn::tensor::{Tensor, TensorData};

use super::candidates::{Candidates, Counts};

/// Stands for "does not take part": far below any similarity over any temperature allowed, and still
/// finite, so that it leaves no NaN in a gradient.
pub(super) const OUT: f32 = -1e9;

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
    /// The loss of every row, `[rows]`; 0 where a row has no positive.
    pub per_row: Tensor<1>,
    /// What was compared, `[rows, columns]`: cosines, unless the loss says otherwise.
    pub similarities: Tensor<2>,
    /// How many candidates each row had.
    pub counts: Counts,
    /// Logits with the weights of the candidates put in.
    weighted: Tensor<2>,
    positives: Tensor<2>,
    /// 1 for rows that have a positive, `[rows, 1]`.
    counted: Tensor<2>,
    rows_counted: f32,
}

impl LossOutput {
    /// The same numbers outside autodiff.
    pub fn inner(self) -> Self {
        Self {
            loss: self.loss.inner(),
            per_row: self.per_row.inner(),
            similarities: self.similarities.inner(),
            counts: self.counts,
            weighted: self.weighted.inner(),
            positives: self.positives.inner(),
            counted: self.counted.inner(),
            rows_counted: self.rows_counted,
        }
    }

    /// 1 where a column is a positive of its row, `[rows, columns]`.
    pub fn positives(&self) -> Tensor<2> {
        self.positives.clone()
    }

    /// Share of every column in its row's softmax, `[rows, columns]`.
    pub fn softmax(&self) -> Tensor<2> {
        (self.weighted.clone() - log_sum_exp(self.weighted.clone())).exp()
    }

    /// Contrastive top-1 accuracy: the share of rows whose most similar candidate is a positive, `[1]`.
    /// However much a candidate weighs in the loss, here it counts as similar as it is.
    pub fn top1(&self) -> Tensor<1> {
        let out = self.weighted.clone().lower_scalar(0.5 * OUT).float() * OUT;
        let candidates = self.similarities.clone() + out;
        let others = candidates.clone() + self.positives.clone() * OUT;
        let positives = candidates + (self.positives.clone() - 1.0) * -OUT;
        let hit = positives.max_dim(1).greater(others.max_dim(1)).float();
        (hit * self.counted.clone()).sum() / self.rows_counted
    }
}

impl Contrast {
    /// −log of the positives' share, with the logarithms of the candidates' weights, `[rows, columns]`:
    /// 0 counts once, [`OUT`] not at all.
    pub fn evaluate(self, log_weights: Tensor<2>) -> LossOutput {
        let device = self.similarities.device();
        let counts = self.candidates.counts();
        let rows = counts.positives.len();
        let rows_counted = counts.positives.iter().filter(|&&c| c > 0).count().max(1) as f32;
        let column = |value: fn(f32) -> f32| {
            let values: Vec<f32> = counts.positives.iter().map(|&c| value(c as f32)).collect();
            Tensor::<2>::from_data(TensorData::new(values, [rows, 1]), &device)
        };
        let counted = column(|c| c.min(1.0));
        let positives = self.candidates.positives.tensor(&device);

        let logits = self.similarities.clone() / self.temperature;
        let positive = (logits.clone() * positives.clone()).sum_dim(1) / column(|c| c.max(1.0));
        let weighted = logits + log_weights;
        let per_row = (log_sum_exp(weighted.clone()) - positive) * counted.clone();
        LossOutput {
            loss: per_row.clone().sum() / rows_counted,
            per_row: per_row.squeeze_dim(1),
            similarities: self.similarities,
            counts,
            weighted,
            positives,
            counted,
            rows_counted,
        }
    }
}

/// Rows of length one. A row of zeros stays zero.
pub(crate) fn normalize(z: Tensor<2>) -> Tensor<2> {
    let length = (z.clone() * z.clone()).sum_dim(1).add_scalar(1e-24).sqrt();
    z / length
}

/// Stable logarithm of a row's sum of exponentials, `[rows, columns]` to `[rows, 1]`.
pub(super) fn log_sum_exp(logits: Tensor<2>) -> Tensor<2> {
    let max = logits.clone().detach().max_dim(1);
    (logits - max.clone()).exp().sum_dim(1).log() + max
}
