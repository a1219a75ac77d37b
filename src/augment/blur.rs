//! Gaussian blur, with torchvision's definition: a sampled Gaussian of a fixed width, and pictures
//! mirrored at their edges.

use burn::tensor::{Device, Tensor};

use super::separable::{each, filter, normalize, pixels};
use super::{Blur, ViewParameters};

/// Narrow enough that all weight falls on the pixel itself.
const NONE: f32 = 1e-2;

/// # Shapes
/// - images, output: `[n, 3, side, side]`
pub(super) fn blur(images: Tensor<4>, parameters: &[ViewParameters]) -> Tensor<4> {
    if parameters.iter().all(|p| p.blur.is_none()) {
        return images;
    }
    let [_, _, side, _] = images.dims();
    let sigmas = each(parameters.iter().map(|p| p.blur.unwrap_or(NONE)), &images.device());
    let weights = weights(sigmas, side, &images.device());
    filter(images, weights.clone(), weights)
}

/// An input pixel counts for an output pixel once for itself, and once for its mirror image beyond
/// either edge; the edge pixels are the mirror and have none.
fn weights(sigmas: Tensor<3>, side: usize, device: &Device) -> Tensor<3> {
    let radius = (Blur::kernel(side) / 2) as f32;
    let last = (side - 1) as f32;
    let [output, input] = pixels(side, device);
    let weight = |offset: Tensor<3>| {
        let within = offset.clone().abs().lower_equal_elem(radius).float();
        (offset / sigmas.clone()).powf_scalar(2.0).mul_scalar(-0.5).exp() * within
    };
    let inner = |edge: f32| input.clone().not_equal_elem(edge).float();
    let itself = weight(input.clone() - output.clone());
    let left = weight(input.clone() + output.clone()) * inner(0.0);
    let right = weight((input.clone() + output).neg() + 2.0 * last) * inner(last);
    normalize(itself + left + right)
}
