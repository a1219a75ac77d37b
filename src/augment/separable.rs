//! Linear filters that treat rows and columns apart, each view with its own.

use burn::tensor::{Device, Int, Tensor, TensorData};

/// `rows · picture · columnsᵀ` for every channel of every picture: two batched matrix products.
///
/// # Shapes
/// - images: `[n, channels, side, side]`
/// - rows, columns: `[n, side, side]`, output pixel by input pixel
/// - output: as images
pub(super) fn filter(images: Tensor<4>, rows: Tensor<3>, columns: Tensor<3>) -> Tensor<4> {
    let [n, channels, side, _] = images.dims();
    // All channels of a picture share its matrices: the channels are put beside each other, first as
    // further columns, then as further rows.
    let stretched = images.swap_dims(1, 2).reshape([n, side, channels * side]);
    let tall = rows.matmul(stretched).reshape([n, side, channels, side]);
    let wide = tall.swap_dims(1, 2).reshape([n, channels * side, side]);
    wide.matmul(columns.swap_dims(1, 2)).reshape([n, channels, side, side])
}

/// Indices of the output pixels, `[1, side, 1]`, and of the input pixels, `[1, 1, side]`.
pub(super) fn pixels(side: usize, device: &Device) -> [Tensor<3>; 2] {
    let index = Tensor::<1, Int>::arange(0..side as i64, device).float();
    [index.clone().reshape([1, side, 1]), index.reshape([1, 1, side])]
}

/// One number a view, to be broadcast over its matrix: `[n, 1, 1]`.
pub(super) fn each(values: impl Iterator<Item = f32>, device: &Device) -> Tensor<3> {
    let values: Vec<f32> = values.collect();
    let n = values.len();
    Tensor::from_data(TensorData::new(values, [n, 1, 1]), device)
}

/// Rows that sum to one.
pub(super) fn normalize(weights: Tensor<3>) -> Tensor<3> {
    let total = weights.clone().sum_dim(2);
    weights / total
}
