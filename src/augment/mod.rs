//! Augmentation: a policy gives parameters, parameters give pixels.
//!
//! [`Policy`] says what may happen, [`ViewParameters`] what did happen to one view (drawn on the CPU,
//! so it can be shown and replayed), and [`render`] does it to a whole batch on the device.

mod color;
mod crop;
mod parameters;
mod policy;

use burn::tensor::Tensor;

pub use parameters::{CropBox, Jitter, JitterOp, ViewParameters};
pub use policy::{ColorJitter, Policy, RandomResizedCrop};

/// Draws one view of each picture: crop and flip, then jitter, then grayscale, as torchvision
/// composes them in SimCLR's recipe.
///
/// # Shapes
/// - images: `[n, 3, side, side]` in 0..1
/// - parameters: n
/// - output: `[n, 3, side, side]` in 0..1
///
/// # Panics
/// Where there are not as many parameters as pictures.
pub fn render(images: Tensor<4>, parameters: &[ViewParameters]) -> Tensor<4> {
    assert_eq!(images.dims()[0], parameters.len(), "one set of parameters a picture");
    let views = crop::crop_and_flip(images, parameters);
    let views = color::jitter(views, parameters);
    color::grayscale(views, parameters)
}
