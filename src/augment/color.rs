//! Colour jitter, grayscale and solarisation, with torchvision's definitions.
//!
//! Brightness, contrast and saturation are one thing: a blend, by a factor, of the picture with black,
//! with its mean grey, or with its own grey. The hue costs several times as much, so it is turned once
//! for all views, whatever the order of each: what comes before it in a view's order is blended before,
//! and what comes after it, after.

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
    let orders: Vec<Order> = parameters.iter().map(|p| Order::new(p.jitter.as_ref())).collect();
    for place in 0..3 {
        images = blend(images, &orders.iter().map(|o| o.before[place]).collect::<Vec<_>>());
    }
    images = turn_hue(images, &orders.iter().map(|o| o.hue).collect::<Vec<_>>());
    for place in 0..3 {
        images = blend(images, &orders.iter().map(|o| o.after[place]).collect::<Vec<_>>());
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

/// One view's jitter, in its order.
struct Order {
    before: [Blend; 3],
    hue: f32,
    after: [Blend; 3],
}

impl Order {
    fn new(jitter: Option<&Jitter>) -> Self {
        let mut order = Self { before: [Blend::NONE; 3], hue: 0.0, after: [Blend::NONE; 3] };
        let Some(jitter) = jitter else { return order };
        let mut parts = jitter.order.split(|&op| op == JitterOp::Hue);
        for places in [&mut order.before, &mut order.after] {
            let ops = parts.next().unwrap_or_default();
            for (place, &op) in places.iter_mut().zip(ops) {
                *place = Blend::new(op, jitter);
            }
        }
        order.hue = jitter.hue;
        order
    }
}

#[derive(Clone, Copy, PartialEq)]
struct Blend {
    factor: f32,
    /// Share of the mean grey in the target; 1 for contrast.
    mean: f32,
    /// Share of the picture's own grey in the target; 1 for saturation.
    gray: f32,
}

impl Blend {
    const NONE: Self = Self { factor: 1.0, mean: 0.0, gray: 0.0 };

    fn new(op: JitterOp, jitter: &Jitter) -> Self {
        match op {
            JitterOp::Brightness => Self { factor: jitter.brightness, ..Self::NONE },
            JitterOp::Contrast => Self { factor: jitter.contrast, mean: 1.0, ..Self::NONE },
            JitterOp::Saturation => Self { factor: jitter.saturation, gray: 1.0, ..Self::NONE },
            JitterOp::Hue => Self::NONE,
        }
    }
}

fn blend(images: Tensor<4>, blends: &[Blend]) -> Tensor<4> {
    if blends.iter().all(|&blend| blend == Blend::NONE) {
        return images;
    }
    let device = images.device();
    let each = |value: fn(&Blend) -> f32| per_view(blends.iter().map(value).collect(), &device);
    let gray = luma(images.clone());
    let mean = gray.clone().mean_dim(2).mean_dim(3);
    let target = mean * each(|b| b.mean) + gray * each(|b| b.gray);
    let factor = each(|b| b.factor);
    let rest = factor.clone().neg().add_scalar(1.0);
    (images * factor + target * rest).clamp(0.0, 1.0)
}

/// Turns each view's hue by way of HSV: value and chroma stay, the six-part circle moves.
fn turn_hue(images: Tensor<4>, turns: &[f32]) -> Tensor<4> {
    if turns.iter().all(|&turn| turn == 0.0) {
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
    let sixths = hue + per_view(turns.iter().map(|turn| turn * 6.0).collect(), &device);

    let turned = [5.0f32, 3.0, 1.0].map(|offset| {
        // Between −2 and 12 before the wrap: a fraction of whole turns, always taken downwards.
        let place = sixths.clone() + offset;
        let place = place.clone() - (place / 6.0).floor() * 6.0;
        let falling = place.clone().neg().add_scalar(4.0);
        value.clone() - chroma.clone() * place.min_pair(falling).clamp(0.0, 1.0)
    });
    // Views whose hue stays keep their very bytes, without a rounding on the way.
    let moves = turns.iter().map(|&turn| if turn == 0.0 { 0.0 } else { 1.0 });
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
