//! Which negatives count, and how much.

use burn::tensor::Tensor;
use serde::{Deserialize, Serialize};

use super::contrast::{Contrast, LossOutput, log_sum_exp};
use crate::ops::OUT;

/// How the negatives of an anchor enter its softmax. The default counts each of them once.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Negatives {
    pub choice: Choice,
    /// τ⁺, the chance that a negative is of the anchor's own class and so a false one: their expected
    /// part is taken off (Chuang et al. 2020, arXiv:2007.00224, eq. 7). 0 for none, and below 1.
    pub class_prior: f32,
    /// Leave out negatives that have the anchor's label, where labels are known.
    pub without_same_label: bool,
}

/// Which negatives count.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Choice {
    /// All of the batch or the queue.
    #[default]
    All,
    /// The `k` most similar to the anchor; more where similarities are equal.
    Hardest { k: usize },
    /// All, the hard ones more: weights in proportion to exp(β s / τ) with mean 1 (Robinson et al.
    /// 2021, arXiv:2010.04592). β = 0 is [`Choice::All`].
    HardnessWeighted { beta: f32 },
}

impl Negatives {
    /// The loss of a contrast whose negatives count as is said here.
    pub(super) fn evaluate(&self, contrast: Contrast) -> LossOutput {
        let weights = (!self.count_once()).then(|| self.log_weights(&contrast));
        contrast.evaluate(weights)
    }

    /// Does every negative count as it is?
    fn count_once(&self) -> bool {
        self.choice == Choice::All && self.class_prior <= 0.0
    }

    /// Logarithms of the weights of all columns, `[rows, columns]`: 0 for positives.
    pub(super) fn log_weights(&self, contrast: &Contrast) -> Tensor<2> {
        let device = contrast.similarities.device();
        let logits = contrast.similarities.clone() / contrast.temperature;
        let positives = contrast.candidates.positives.tensor(&device);
        let negatives = contrast.candidates.negatives.tensor(&device);

        let chosen = match self.choice {
            Choice::Hardest { k } => hardest(logits.clone(), negatives, k),
            Choice::All | Choice::HardnessWeighted { .. } => negatives,
        };
        // 0 where a negative counts, else out.
        let out = (chosen.clone() - 1.0) * -OUT;
        let count = chosen.clone().sum_dim(1).clamp_min(1.0);
        let mut weights = Tensor::zeros_like(&logits);
        if let Choice::HardnessWeighted { beta } = self.choice {
            let hardness = logits.clone() * beta;
            let mean = log_sum_exp(hardness.clone() + out.clone()) - count.clone().log();
            weights = hardness - mean;
        }
        if self.class_prior > 0.0 {
            let negative = logits.clone() + weights.clone() + out.clone();
            weights = weights + self.correction(&logits, &positives, negative, count, contrast);
        }
        (weights * chosen.clone() + out) * (positives.neg() + 1.0)
    }

    /// Logarithm of what the negatives together become, over what they are:
    /// max((Σ − τ⁺ n e^(s⁺/τ)) / (1 − τ⁺), n e^(−1/τ)) / Σ.
    fn correction(
        &self,
        logits: &Tensor<2>,
        positives: &Tensor<2>,
        negative: Tensor<2>,
        count: Tensor<2>,
        contrast: &Contrast,
    ) -> Tensor<2> {
        let how_many = positives.clone().sum_dim(1).clamp_min(1.0);
        let positive = (logits.clone() * positives.clone()).sum_dim(1) / how_many;
        // Everything relative to the largest exponent, so that nothing overflows.
        let max = positive.clone().detach().max_pair(negative.clone().detach().max_dim(1));
        let total = (negative - max.clone()).exp().sum_dim(1).clamp_min(f32::MIN_POSITIVE);
        let false_ones = (positive - max.clone()).exp() * count.clone() * self.class_prior;
        let floor = (max.neg() - 1.0 / contrast.temperature).exp() * count;
        let corrected = (total.clone() - false_ones) / (1.0 - self.class_prior);
        corrected.max_pair(floor).clamp_min(f32::MIN_POSITIVE).log() - total.log()
    }
}

/// 1 for the `k` largest of the allowed logits of each row. By repeated maxima: sorting would read
/// from the device.
fn hardest(logits: Tensor<2>, allowed: Tensor<2>, k: usize) -> Tensor<2> {
    let mut left = logits.detach() + (allowed.clone() - 1.0) * -OUT;
    let mut chosen = Tensor::zeros_like(&allowed);
    for _ in 0..k.min(allowed.dims()[1]) {
        let largest = left.clone().equal(left.clone().max_dim(1)).float();
        left = left + largest.clone() * OUT;
        chosen = chosen + largest;
    }
    // Rows that have run out of negatives have chosen others.
    chosen.clamp_max(1.0) * allowed
}
