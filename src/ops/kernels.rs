//! What a device has to have: plain functions of its own tensors, all contiguous afterwards.

use burn::backend::tensor::{FloatTensor, IntTensor};
use burn::backend::{Backend, backend_extension};

pub(crate) use contrastive_kernels::contrast::{Counted, NEGATIVE, OUT, OUTSIDE, POSITIVE};
pub(crate) use contrastive_kernels::optimize::{AdamStep, MomentumStep};

/// Rows and columns of two factors, read as they lie or across.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Product {
    /// `[m, k] · [k, n]`
    Plain,
    /// `[m, k] · [n, k]ᵀ`
    Right,
    /// `[k, m]ᵀ · [k, n]`
    Left,
}

/// What nothing is learned through. The functions in [`super`] say what each means.
#[backend_extension(Flex, Cube: cfg(target_arch = "wasm32"))]
pub(crate) trait Fixed: Backend {
    fn adam(
        weights: FloatTensor<Self>,
        gradient: FloatTensor<Self>,
        first: FloatTensor<Self>,
        second: FloatTensor<Self>,
        step: AdamStep,
    ) -> (FloatTensor<Self>, FloatTensor<Self>, FloatTensor<Self>);

    fn momentum(
        weights: FloatTensor<Self>,
        gradient: FloatTensor<Self>,
        velocity: FloatTensor<Self>,
        step: MomentumStep,
    ) -> (FloatTensor<Self>, FloatTensor<Self>);

    fn render(pictures: FloatTensor<Self>, table: FloatTensor<Self>) -> FloatTensor<Self>;

    fn statistics(z: FloatTensor<Self>) -> FloatTensor<Self>;

    fn multiply(
        left: FloatTensor<Self>,
        right: FloatTensor<Self>,
        form: Product,
    ) -> FloatTensor<Self>;
}

/// Values and slopes of [`Layers`](super::layers::Layers): what goes forward, and what comes back to each input.
pub(crate) trait Kernels: Backend {
    fn normalize(z: FloatTensor<Self>) -> FloatTensor<Self>;

    fn normalize_back(z: FloatTensor<Self>, slope: FloatTensor<Self>) -> FloatTensor<Self>;

    fn product(
        left: FloatTensor<Self>,
        right: FloatTensor<Self>,
        form: Product,
    ) -> FloatTensor<Self>;

    fn linear(
        input: FloatTensor<Self>,
        weight: FloatTensor<Self>,
        bias: FloatTensor<Self>,
        relu: bool,
    ) -> FloatTensor<Self>;

    /// Of the input, if it is `wanted`, of weight and bias; `relu` says that the output was cut off at zero.
    fn linear_back(
        input: FloatTensor<Self>,
        weight: FloatTensor<Self>,
        output: FloatTensor<Self>,
        slope: FloatTensor<Self>,
        relu: bool,
        wanted: bool,
    ) -> (Option<FloatTensor<Self>>, [FloatTensor<Self>; 2]);

    /// Loss, loss of each row, top-1 accuracy.
    fn contrast(
        similarities: FloatTensor<Self>,
        log_weights: FloatTensor<Self>,
        roles: FloatTensor<Self>,
        counted: Counted,
    ) -> [FloatTensor<Self>; 3];

    /// Of similarities and of the logarithms of the weights.
    fn contrast_back(
        similarities: FloatTensor<Self>,
        log_weights: FloatTensor<Self>,
        roles: FloatTensor<Self>,
        slope: FloatTensor<Self>,
        counted: Counted,
    ) -> [FloatTensor<Self>; 2];

    /// What is left after the pool, and what has to be kept for [`Kernels::conv_pool_back`], in forms of the device's
    /// own: the input, and which of each window's four was taken.
    fn conv_pool(
        input: FloatTensor<Self>,
        weight: FloatTensor<Self>,
        bias: FloatTensor<Self>,
    ) -> (FloatTensor<Self>, FloatTensor<Self>, IntTensor<Self>);

    fn conv_pool_back(
        kept: (FloatTensor<Self>, IntTensor<Self>),
        weight: FloatTensor<Self>,
        slope: FloatTensor<Self>,
        input: Wanted,
    ) -> ConvSlopes<Self>;

    /// The output, and the input in the form that has to be kept for [`Kernels::conv_back`].
    fn conv(
        input: FloatTensor<Self>,
        weight: FloatTensor<Self>,
        stride: usize,
    ) -> (FloatTensor<Self>, FloatTensor<Self>);

    fn conv_back(
        kept: FloatTensor<Self>,
        weight: FloatTensor<Self>,
        slope: FloatTensor<Self>,
        stride: usize,
        input: Wanted,
    ) -> ConvSlopes<Self>;
}

/// The input of a convolution, whose slopes are not always asked for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Wanted {
    pub shape: [usize; 4],
    pub wanted: bool,
}

/// What comes back through a convolution.
pub(crate) struct ConvSlopes<B: Backend> {
    pub input: Option<FloatTensor<B>>,
    pub weight: FloatTensor<B>,
    pub bias: FloatTensor<B>,
}
