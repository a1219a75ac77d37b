//! Colour jitter, grayscale and solarisation, with torchvision's definitions.
//!
//! Brightness, contrast and saturation are one thing: a blend, by a factor, of the picture with black,
//! with its mean grey, or with its own grey. So each of the four places in a view's order is one
//! blend, whose factor and target differ from view to view, followed by a turn of the hue that is
//! zero for the views whose turn it is not.

use burn::tensor::{Device, Tensor, TensorData};

use super::{Jitter, JitterOp, ViewParameters};

/// Luma weights of ITU-R BT.601, as torchvision has them.
const LUMA: [f32; 3] = [0.2989, 0.587, 0.114];

/// # Shapes
/// - images, output: `[n, 3, side, side]` in 0..1
pub(super) fn jitter(mut images: Tensor<4>, parameters: &[ViewParameters]) -> Tensor<4> {
    if parameters.iter().all(|p| p.jitter.is_none()) {
        return images;
    }
    for place in 0..4 {
        let slots: Vec<Slot> =
            parameters.iter().map(|p| Slot::new(p.jitter.as_ref(), place)).collect();
        images = blend(images, &slots);
        images = turn_hue(images, &slots);
    }
    images
}

/// Gives the chosen views three equal channels.
///
/// # Shapes
/// - images, output: `[n, 3, side, side]` in 0..1
pub(super) fn grayscale(images: Tensor<4>, parameters: &[ViewParameters]) -> Tensor<4> {
    if parameters.iter().all(|p| !p.grayscale) {
        return images;
    }
    let chosen = parameters.iter().map(|p| f32::from(u8::from(p.grayscale)));
    let chosen = per_view(chosen.collect(), &images.device());
    images.clone() + (luma(images.clone()) - images) * chosen
}

/// Inverts the bright pixels of the chosen views, channel by channel.
///
/// # Shapes
/// - images, output: `[n, 3, side, side]` in 0..1
pub(super) fn solarize(images: Tensor<4>, parameters: &[ViewParameters]) -> Tensor<4> {
    if parameters.iter().all(|p| p.solarize.is_none()) {
        return images;
    }
    // No value reaches the threshold of a view that is left alone.
    let thresholds = parameters.iter().map(|p| p.solarize.unwrap_or(2.0)).collect();
    let bright = images.clone().greater_equal(per_view(thresholds, &images.device()));
    images.clone().mask_where(bright, images.neg().add_scalar(1.0))
}

/// What one place in the order does to one view.
#[derive(Clone, Copy)]
struct Slot {
    factor: f32,
    /// Share of the mean grey in the blend's target; 1 for contrast.
    mean: f32,
    /// Share of the picture's own grey in the blend's target; 1 for saturation.
    gray: f32,
    hue: f32,
}

impl Slot {
    fn new(jitter: Option<&Jitter>, place: usize) -> Self {
        let rest = Self { factor: 1.0, mean: 0.0, gray: 0.0, hue: 0.0 };
        let Some(jitter) = jitter else { return rest };
        match jitter.order[place] {
            JitterOp::Brightness => Self { factor: jitter.brightness, ..rest },
            JitterOp::Contrast => Self { factor: jitter.contrast, mean: 1.0, ..rest },
            JitterOp::Saturation => Self { factor: jitter.saturation, gray: 1.0, ..rest },
            JitterOp::Hue => Self { hue: jitter.hue, ..rest },
        }
    }
}

fn blend(images: Tensor<4>, slots: &[Slot]) -> Tensor<4> {
    let device = images.device();
    let each = |value: fn(&Slot) -> f32| per_view(slots.iter().map(value).collect(), &device);
    let gray = luma(images.clone());
    let mean = gray.clone().mean_dim(2).mean_dim(3);
    let target = mean * each(|s| s.mean) + gray * each(|s| s.gray);
    let factor = each(|s| s.factor);
    let rest = factor.clone().neg().add_scalar(1.0);
    (images * factor + target * rest).clamp(0.0, 1.0)
}

/// Turns the hue by way of HSV: value and chroma stay, the six-part circle moves.
fn turn_hue(images: Tensor<4>, slots: &[Slot]) -> Tensor<4> {
    if slots.iter().all(|s| s.hue == 0.0) {
        return images;
    }
    let device = images.device();
    let channel = |i: usize| images.clone().narrow(1, i, 1);
    let (red, green, blue) = (channel(0), channel(1), channel(2));
    let value = images.clone().max_dim(1);
    let chroma = value.clone() - images.clone().min_dim(1);
    // Where there is no chroma the hue is free, and any number does.
    let divisor = chroma.clone().clamp_min(1e-6);

    let from_red = (green.clone() - blue.clone()) / divisor.clone();
    let from_green = (blue.clone() - red.clone()) / divisor.clone() + 2.0;
    let from_blue = (red.clone() - green.clone()) / divisor + 4.0;
    let is_red = red.equal(value.clone());
    let is_green = green.equal(value.clone());
    let hue = from_blue.mask_where(is_green, from_green).mask_where(is_red, from_red);
    let sixths = hue + per_view(slots.iter().map(|s| s.hue * 6.0).collect(), &device);

    let turned = [5.0f32, 3.0, 1.0].map(|offset| {
        // Between −2 and 12 before the wrap: a fraction of whole turns, always taken downwards.
        let place = sixths.clone() + offset;
        let place = place.clone() - (place / 6.0).floor() * 6.0;
        let falling = place.clone().neg().add_scalar(4.0);
        value.clone() - chroma.clone() * place.min_pair(falling).clamp(0.0, 1.0)
    });
    // Views whose hue stays keep their very bytes, without a rounding on the way.
    let moves = slots.iter().map(|s| if s.hue == 0.0 { 0.0 } else { 1.0 });
    let moves = per_view(moves.collect(), &device);
    images.clone() + (Tensor::cat(turned.to_vec(), 1) - images) * moves
}

/// `[n, 3, side, side]` to its grey, `[n, 1, side, side]`.
fn luma(images: Tensor<4>) -> Tensor<4> {
    let weights = Tensor::<1>::from_floats(LUMA, &images.device()).reshape([1, 3, 1, 1]);
    (images * weights).sum_dim(1)
}

/// One number a view, `[n, 1, 1, 1]`.
fn per_view(values: Vec<f32>, device: &Device) -> Tensor<4> {
    let n = values.len();
    Tensor::from_data(TensorData::new(values, [n, 1, 1, 1]), device)
}
