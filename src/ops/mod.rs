//! The operations that a training step is made of, each one kernel a device where Burn has a chain of them.
//!
//! [`kernels`] names what a device has to have, [`cpu`] and [`gpu`] have it, [`layers`] differentiates it, and the
//! functions here take and give tensors. On a GPU a chain costs more in launches than in arithmetic; on the CPU it
//! costs a pass over memory a link.

pub(crate) mod check;
mod cpu;
pub(crate) mod differences;
#[cfg(target_arch = "wasm32")]
mod gpu;
mod kernels;
mod layers;
#[cfg(test)]
mod tests;

use burn::backend::Dispatch;
use burn::tensor::Tensor;

pub(crate) use kernels::{AdamStep, MomentumStep, Product};
use kernels::{Counted, Fixed};
pub(crate) use kernels::{NEGATIVE, OUT, OUTSIDE, POSITIVE};
use layers::Layers;

/// One update of Adam (Kingma & Ba 2014, arXiv:1412.6980) or AdamW: weights, mean gradient, mean squared gradient.
///
/// # Shapes
/// - all: `[n]`
pub(crate) fn adam(
    weights: Tensor<1>,
    gradient: Tensor<1>,
    [first, second]: [Tensor<1>; 2],
    step: AdamStep,
) -> [Tensor<1>; 3] {
    let (weights, first, second) = <Dispatch as Fixed>::adam(
        weights.into_dispatch(),
        gradient.into_dispatch(),
        first.into_dispatch(),
        second.into_dispatch(),
        step,
    );
    [weights, first, second].map(Tensor::from_dispatch)
}

/// One update of gradient descent with momentum, as PyTorch's: weights and velocity.
///
/// # Shapes
/// - all: `[n]`
pub(crate) fn momentum(
    weights: Tensor<1>,
    gradient: Tensor<1>,
    velocity: Tensor<1>,
    step: MomentumStep,
) -> [Tensor<1>; 2] {
    let (weights, velocity) = <Dispatch as Fixed>::momentum(
        weights.into_dispatch(),
        gradient.into_dispatch(),
        velocity.into_dispatch(),
        step,
    );
    [weights, velocity].map(Tensor::from_dispatch)
}

/// Views of pictures, drawn by what stands in a table.
///
/// # Shapes
/// - pictures: `[n, 3, side, side]` in 0..1
/// - table: `[views, columns]`, see [`table`](crate::augment); view i is of picture i mod n
/// - output: `[views, 3, side, side]` in 0..1
pub(crate) fn render(pictures: Tensor<4>, table: Tensor<2>) -> Tensor<4> {
    Tensor::from_dispatch(<Dispatch as Fixed>::render(
        pictures.into_dispatch(),
        table.into_dispatch(),
    ))
}

/// Alignment, uniformity and spread of rows on the unit sphere, whose pairs are i and i + rows/2: see
/// [`alignment`](crate::evaluate::alignment), [`uniformity`](crate::evaluate::uniformity) and
/// [`spread`](crate::evaluate::spread).
///
/// # Shapes
/// - z: `[rows, d]` of any length
/// - output: `[3]`
pub(crate) fn statistics(z: Tensor<2>) -> Tensor<1> {
    Tensor::from_dispatch(<Dispatch as Fixed>::statistics(z.into_dispatch()))
}

/// A product that nothing is learned through.
pub(crate) fn product(left: Tensor<2>, right: Tensor<2>, form: Product) -> Tensor<2> {
    Tensor::from_dispatch(<Dispatch as Fixed>::multiply(
        left.into_dispatch(),
        right.into_dispatch(),
        form,
    ))
}

/// Rows of length one. A row of zeros stays zero.
///
/// # Shapes
/// - z, output: `[rows, d]`
pub(crate) fn normalize(z: Tensor<2>) -> Tensor<2> {
    Tensor::from_dispatch(<Dispatch as Layers>::normalize(z.into_dispatch()))
}

/// The products of all rows of one with all rows of the other.
///
/// # Shapes
/// - rows: `[m, d]`, others: `[n, d]`
/// - output: `[m, n]`
pub(crate) fn similarities(rows: Tensor<2>, others: Tensor<2>) -> Tensor<2> {
    Tensor::from_dispatch(<Dispatch as Layers>::similarities(
        rows.into_dispatch(),
        others.into_dispatch(),
    ))
}

/// `input · weight + bias`, and of that what is above zero, if `relu`.
///
/// # Shapes
/// - input: `[rows, from]`, weight: `[from, to]`, bias: `[to]`
/// - output: `[rows, to]`
pub(crate) fn linear(
    input: Tensor<2>,
    weight: Tensor<2>,
    bias: Tensor<1>,
    relu: bool,
) -> Tensor<2> {
    Tensor::from_dispatch(<Dispatch as Layers>::linear(
        input.into_dispatch(),
        weight.into_dispatch(),
        bias.into_dispatch(),
        relu,
    ))
}

/// What a softmax over weighted candidates says of each row's positives.
pub(crate) struct Contrasted {
    /// Mean of `per_row` over the rows that have a positive, `[1]`. It alone has a gradient.
    pub loss: Tensor<1>,
    /// `[rows]`
    pub per_row: Tensor<1>,
    /// Share of the rows with a positive whose most similar candidate is one, `[1]`.
    pub top1: Tensor<1>,
}

/// −log of the positives' share of a softmax: see [`Contrast`](crate::loss).
///
/// # Shapes
/// - similarities: `[rows, columns]`
/// - roles: `[rows, columns]`, [`kernels::NEGATIVE`] and so on
/// - log_weights: `[rows, columns]`, of each candidate; without, each counts once
/// - rows: how many rows have a positive
pub(crate) fn contrast(
    similarities: Tensor<2>,
    roles: Tensor<2>,
    log_weights: Option<Tensor<2>>,
    temperature: f32,
    rows: usize,
) -> Contrasted {
    let counted = Counted { temperature, rows: rows.max(1), weighted: log_weights.is_some() };
    // A kernel has the same number of inputs always; these are not looked at.
    let log_weights = log_weights.unwrap_or_else(|| roles.clone());
    let (loss, per_row, top1) = <Dispatch as Layers>::contrast(
        similarities.into_dispatch(),
        log_weights.into_dispatch(),
        roles.into_dispatch(),
        counted,
    );
    let [loss, per_row, top1] = [loss, per_row, top1].map(Tensor::from_dispatch);
    Contrasted { loss, per_row, top1 }
}

/// A convolution of 3×3 that keeps the side, ReLU, and the largest of each 2×2.
///
/// # Shapes
/// - pictures: `[batch, inputs, height, width]`, weight: `[outputs, inputs, 3, 3]`, bias: `[outputs]`
/// - output: `[batch, outputs, ⌊height / 2⌋, ⌊width / 2⌋]`
pub(crate) fn conv_pool(pictures: Tensor<4>, weight: Tensor<4>, bias: Tensor<1>) -> Tensor<4> {
    Tensor::from_dispatch(<Dispatch as Layers>::conv_pool(
        pictures.into_dispatch(),
        weight.into_dispatch(),
        bias.into_dispatch(),
    ))
}

/// A convolution of 3×3 over pictures with a border of one zero, without bias.
///
/// # Shapes
/// - pictures: `[batch, inputs, height, width]`, weight: `[outputs, inputs, 3, 3]`
/// - output: `[batch, outputs, ⌈height / stride⌉, ⌈width / stride⌉]`
pub(crate) fn conv(pictures: Tensor<4>, weight: Tensor<4>, stride: usize) -> Tensor<4> {
    let (pictures, weight) = (pictures.into_dispatch(), weight.into_dispatch());
    Tensor::from_dispatch(<Dispatch as Layers>::conv(pictures, weight, stride))
}
