//! Augmentation: a policy gives parameters, parameters give pixels.
//!
//! [`Policy`] says what may happen, [`ViewParameters`] what did happen to one view (drawn on the CPU,
//! so it can be shown and replayed), and [`render`] does it to a whole batch on the device.

mod blur;
mod color;
mod crop;
mod parameters;
mod policy;
mod rotate;
mod separable;

use burn::tensor::Tensor;

pub use parameters::{CropBox, Jitter, JitterOp, ViewParameters};
pub use policy::{Blur, ColorJitter, Policy, Preset, RandomResizedCrop, Rotation, Solarize};

/// Draws one view of each picture: crop, flip, rotation, jitter, grayscale, blur, solarisation, in the
/// order in which SimCLR, MoCo v2 and BYOL compose them.
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
    let views = rotate::rotate(views, parameters);
    let views = color::jitter(views, parameters);
    let views = color::grayscale(views, parameters);
    let views = blur::blur(views, parameters);
    color::solarize(views, parameters)
}
