//! Losses that are wrong, each in one way, to be seen failing. Never train with them for real.

use burn::tensor::{Int, Tensor, TensorData};

use super::candidates::Candidates;
use super::contrast::{Contrast, LossOutput, normalize};
use super::negatives::Negatives;
use super::nt_xent::views_contrast;
use crate::ops::similarities;
use crate::{Error, Result};

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

/// The labelled loss of the article's first program: the mean of −log of each positive's share, as in
/// [`SupCon`](super::SupCon), over tables that are put together wrongly.
///
/// All similarities between rows of one label are picked out in one long list, each row's with itself among them,
/// and this is cut into rows of one length; all others likewise. **What breaks:** an anchor's similarity with itself is 1
/// from the start and takes most of its softmax, so that hardly anybody is pushed away. And rows come out right only where all
/// classes have one size: else they mix one anchor's positives with another's negatives, or cannot be cut at all.
///
/// # Shapes
/// - z: `[rows, d]`
/// - labels: one a row
/// - similarities of the output: `[rows, rows]`, each row's supposed positives first
///
/// # Errors
/// [`Error::UnevenClasses`] where the list cannot be cut into equal rows.
pub fn article_labelled_loss(
    z: Tensor<2>,
    labels: &[usize],
    temperature: f32,
) -> Result<LossOutput> {
    let rows = labels.len();
    let (same, other): (Vec<i32>, Vec<i32>) = (0..(rows * rows) as i32)
        .partition(|&pair| labels[pair as usize / rows] == labels[pair as usize % rows]);
    if !same.len().is_multiple_of(rows) {
        return Err(Error::UnevenClasses { pairs: same.len(), rows });
    }
    let width = same.len() / rows;
    let row = |at: usize| {
        [&same[at * width..][..width], &other[at * (rows - width)..][..rows - width]].concat()
    };
    let picked = TensorData::new((0..rows).flat_map(row).collect(), [rows * rows]);
    let z = normalize(z);
    let picked = Tensor::<1, Int>::from_data(picked, &z.device());
    let all = similarities(z.clone(), z).reshape([rows * rows]);
    Ok(Negatives::default().evaluate(Contrast {
        similarities: all.select(0, picked).reshape([rows, rows]),
        temperature,
        candidates: Candidates::leading(rows, width),
    }))
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
