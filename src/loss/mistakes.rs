//! Losses that are wrong, each in one way, to be seen failing. Never train with them for real.

use burn::tensor::Tensor;

use super::candidates::Candidates;
use super::contrast::{Contrast, LossOutput, normalize};
use super::negatives::Negatives;
use super::nt_xent::views_contrast;
use crate::ops::similarities;

/// The loss of the article's CIFAR-10 program.
///
/// Its mask is the wrong way round: the target of each row is the row's similarity with itself, by dot
/// product and not by cosine, and there is one view of each picture. **What breaks:** to win, features
/// need only grow long; the loss falls to nearly nothing in a few steps and looks finished, while the
/// representation has hardly been told anything.
///
/// # Shapes
/// - z: `[N, d]`, one view a picture
/// - similarities of the output: `[N, N]`, dot products
pub fn article_loss(z: Tensor<2>, temperature: f32) -> LossOutput {
    let [rows, _] = z.dims();
    Negatives::default().evaluate(Contrast {
        similarities: similarities(z.clone(), z),
        temperature,
        candidates: Candidates::themselves(rows),
    })
}

/// NT-Xent with dot products in place of cosines.
///
/// **What breaks:** the length of a projection becomes a second temperature that the network sets
/// itself. At the start logits are far from what τ was chosen for, and later the loss falls by growing
/// lengths instead of by better directions.
///
/// # Shapes
/// - z: `[2N, d]`
///
/// # Panics
/// Where the number of rows is odd or zero.
pub fn unnormalized_nt_xent(z: Tensor<2>, temperature: f32) -> LossOutput {
    let negatives = Negatives::default();
    negatives.evaluate(views_contrast(z, temperature, negatives, &[]))
}

/// NT-Xent whose denominator has the positive once as the positive and once more among the negatives.
///
/// **What breaks:** the positive is pushed away by its own copy. The loss cannot fall below ln 2, and
/// the pull on a pair that is already found stays half of what pushes it apart.
///
/// # Shapes
/// - z: `[2N, d]`
///
/// # Panics
/// Where the number of rows is odd or zero.
pub fn positive_among_negatives(z: Tensor<2>, temperature: f32) -> LossOutput {
    let negatives = Negatives::default();
    let contrast = views_contrast(normalize(z), temperature, negatives, &[]);
    let twice = contrast.candidates.positives.tensor(&contrast.similarities.device()) * 2f32.ln();
    let weights = negatives.log_weights(&contrast) + twice;
    contrast.evaluate(Some(weights))
}
