//! Random resized crop and horizontal flip.
//!
//! Resizing a box with a triangle filter is linear and separable: an output row is a weighted mean of
//! input rows, and the same for columns. So a batch of boxes, each with its own place and size, is two
//! batched matrix products, `rows · picture · columnsᵀ`, and a flip is a column matrix read backwards.
//! The weights are torchvision's for bilinear resizing with anti-aliasing: pixels outside the box do
//! not count, and the triangle widens where the box shrinks.

use burn::tensor::{Device, Int, Tensor, TensorData};

use super::ViewParameters;

/// # Shapes
/// - images: `[n, 3, side, side]`
/// - output: `[n, 3, side, side]`
pub(super) fn crop_and_flip(images: Tensor<4>, parameters: &[ViewParameters]) -> Tensor<4> {
    let [n, channels, side, _] = images.dims();
    let device = images.device();
    let rows = parameters.iter().map(|p| Axis::new(p.crop.top, p.crop.height, side, false));
    let columns = parameters.iter().map(|p| Axis::new(p.crop.left, p.crop.width, side, p.flip));
    let rows = weights(rows, side, &device);
    let columns = weights(columns, side, &device);

    // All channels of a picture share its matrices: the channels are put beside each other, first as
    // further columns, then as further rows.
    let stretched = images.swap_dims(1, 2).reshape([n, side, channels * side]);
    let tall = rows.matmul(stretched).reshape([n, side, channels, side]);
    let wide = tall.swap_dims(1, 2).reshape([n, channels * side, side]);
    wide.matmul(columns.swap_dims(1, 2)).reshape([n, channels, side, side])
}

/// How one axis of one view samples its picture, in pixels.
struct Axis {
    /// Where output pixel `i` looks: `origin + step · (i + ½)`.
    origin: f32,
    step: f32,
    /// Half the width of the triangle.
    support: f32,
    /// The box: first pixel inside, first pixel outside.
    start: f32,
    end: f32,
}

impl Axis {
    fn new(start: usize, length: usize, side: usize, backwards: bool) -> Self {
        let scale = length as f32 / side as f32;
        let end = (start + length) as f32;
        Self {
            origin: if backwards { end } else { start as f32 },
            step: if backwards { -scale } else { scale },
            support: scale.max(1.0),
            start: start as f32,
            end,
        }
    }
}

/// Matrices `[n, side, side]`: output pixel by input pixel; every row sums to one.
fn weights(axes: impl Iterator<Item = Axis>, side: usize, device: &Device) -> Tensor<3> {
    let values: Vec<f32> =
        axes.flat_map(|a| [a.origin, a.step, a.support, a.start, a.end]).collect();
    let n = values.len() / 5;
    let axes = Tensor::<2>::from_data(TensorData::new(values, [n, 5]), device);
    let column = |i: usize| axes.clone().narrow(1, i, 1).reshape([n, 1, 1]);

    let middles = Tensor::<1, Int>::arange(0..side as i64, device).float() + 0.5;
    let output = middles.clone().reshape([1, side, 1]);
    let input = middles.reshape([1, 1, side]);

    let centers = column(0) + column(1) * output;
    let triangle =
        ((input.clone() - centers).abs() / column(2)).neg().add_scalar(1.0).clamp_min(0.0);
    let inside = input.clone().greater_equal(column(3)).float() * input.lower(column(4)).float();
    let weights = triangle * inside;
    let total = weights.clone().sum_dim(2);
    weights / total
}
