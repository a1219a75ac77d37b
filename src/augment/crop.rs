//! Random resized crop and horizontal flip.
//!
//! Resizing a box with a triangle filter is linear and separable, so a batch of boxes, each with its
//! own place and size, is one pair of matrices a view, and a flip is a column matrix read backwards.
//! The weights are torchvision's for bilinear resizing with anti-aliasing: pixels outside the box do
//! not count, and the triangle widens where the box shrinks.

use burn::tensor::{Device, Tensor};

use super::ViewParameters;
use super::separable::{each, filter, normalize, pixels};

/// # Shapes
/// - images: `[n, 3, side, side]`
/// - output: `[n, 3, side, side]`
pub(super) fn crop_and_flip(images: Tensor<4>, parameters: &[ViewParameters]) -> Tensor<4> {
    let [_, _, side, _] = images.dims();
    let device = images.device();
    let rows = parameters.iter().map(|p| Axis::new(p.crop.top, p.crop.height, side, false));
    let columns = parameters.iter().map(|p| Axis::new(p.crop.left, p.crop.width, side, p.flip));
    let rows = weights(&rows.collect::<Vec<_>>(), side, &device);
    let columns = weights(&columns.collect::<Vec<_>>(), side, &device);
    filter(images, rows, columns)
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

/// Matrices `[n, side, side]`: output pixel by input pixel.
fn weights(axes: &[Axis], side: usize, device: &Device) -> Tensor<3> {
    let of = |value: fn(&Axis) -> f32| each(axes.iter().map(value), device);
    let [output, input] = pixels(side, device).map(|index| index + 0.5);
    let centers = of(|a| a.origin) + of(|a| a.step) * output;
    let distance = (input.clone() - centers).abs() / of(|a| a.support);
    let triangle = distance.neg().add_scalar(1.0).clamp_min(0.0);
    let inside =
        input.clone().greater_equal(of(|a| a.start)).float() * input.lower(of(|a| a.end)).float();
    normalize(triangle * inside)
}
