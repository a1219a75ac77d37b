//! Rotation about the middle, as torchvision's `rotate` with bilinear interpolation: what comes in
//! from outside the picture is black.

use burn::tensor::Tensor;
use burn::tensor::ops::{GridSampleOptions, InterpolateMode};

use super::ViewParameters;
use super::separable::{each, pixels};

/// # Shapes
/// - images, output: `[n, 3, side, side]`
pub(super) fn rotate(images: Tensor<4>, parameters: &[ViewParameters]) -> Tensor<4> {
    if parameters.iter().all(|p| p.rotation == 0.0) {
        return images;
    }
    let [n, _, side, _] = images.dims();
    let device = images.device();
    let turn =
        |of: fn(f32) -> f32| each(parameters.iter().map(|p| of(p.rotation.to_radians())), &device);
    let (sin, cos) = (turn(f32::sin), turn(f32::cos));

    // Middles of the pixels, from −1 to 1.
    let [y, x] = pixels(side, &device).map(|i| (i * 2.0 + 1.0) / side as f32 - 1.0);
    let source_x = cos.clone() * x.clone() - sin.clone() * y.clone();
    let source_y = sin * x + cos * y;
    let grid = [source_x, source_y].map(|c| c.reshape([n, side, side, 1]));
    images.grid_sample_2d(
        Tensor::cat(grid.to_vec(), 3),
        GridSampleOptions::new(InterpolateMode::Bilinear),
    )
}
