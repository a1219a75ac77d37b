//! Augmentation: a policy gives parameters, parameters give pixels.
//!
//! [`Policy`] says what may happen, [`ViewParameters`] what did happen to one view (drawn on the CPU,
//! so it can be shown and replayed), and [`render`] does it to a whole batch on the device.

mod parameters;
mod policy;
mod table;

use std::ops::Range;

use burn::tensor::{Tensor, TensorData};
use contrastive_kernels::render::COLUMNS;

use crate::ops;
pub use parameters::{CropBox, Jitter, JitterOp, ViewParameters};
pub use policy::{Blur, ColorJitter, Policy, Preset, RandomResizedCrop, Rotation, Solarize};
pub use table::table;

/// Draws views of pictures: crop, flip, rotation, jitter, grayscale, blur, solarisation, in the order in which
/// SimCLR, MoCo v2 and BYOL compose them, each as torchvision defines it. View i is of picture i mod n.
///
/// # Shapes
/// - images: `[n, 3, side, side]` in 0..1
/// - parameters: one a view, one at least
/// - output: `[views, 3, side, side]` in 0..1
pub fn render(images: Tensor<4>, parameters: &[ViewParameters]) -> Tensor<4> {
    let table = table(parameters, images.dims()[2]);
    render_table(images, table)
}

/// The pictures that some views of [`render`] are of, one a view.
pub(crate) fn pictures_of(images: &Tensor<4>, views: Range<usize>) -> Tensor<4> {
    let pictures = images.dims()[0];
    let picture = |view: usize| images.clone().narrow(0, view % pictures, 1);
    Tensor::cat(views.map(picture).collect(), 0)
}

/// The same of a [`table`] of parameters, of whole rows.
pub(crate) fn render_table(images: Tensor<4>, table: Vec<f32>) -> Tensor<4> {
    let views = table.len() / COLUMNS;
    let table = Tensor::from_data(TensorData::new(table, [views, COLUMNS]), &images.device());
    ops::render(images, table)
}
