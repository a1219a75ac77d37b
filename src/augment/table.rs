//! What a kernel has to know of a view, as a row of numbers.

use contrastive_kernels::render::{
    BLENDS, BLUR_RADIUS, BLUR_SIGMA, COLUMNS, COSINE, CROP, FLIP, GRAYSCALE, HUE, HUE_AT, MEAN_AT,
    SINE, SOLARIZE, STAGES,
};

use super::{Blur, Jitter, JitterOp, ViewParameters};

/// No value reaches the threshold of a view that is left alone.
const NEVER: f32 = 2.0;

/// One row a view, for pictures of this side.
pub fn table(parameters: &[ViewParameters], side: usize) -> Vec<f32> {
    parameters.iter().flat_map(|view| row(view, side)).collect()
}

fn row(view: &ViewParameters, side: usize) -> [f32; COLUMNS] {
    let mut row = [0.0; COLUMNS];
    let crop = [view.crop.left, view.crop.top, view.crop.width, view.crop.height];
    row[CROP..FLIP].copy_from_slice(&crop.map(|pixels| pixels as f32));
    row[FLIP] = f32::from(u8::from(view.flip));
    let (sine, cosine) = view.rotation.to_radians().sin_cos();
    (row[SINE], row[COSINE]) = (sine, cosine);
    row[GRAYSCALE] = f32::from(u8::from(view.grayscale));
    if let Some(sigma) = view.blur {
        row[BLUR_RADIUS] = (Blur::kernel(side) / 2) as f32;
        row[BLUR_SIGMA] = sigma;
    }
    row[SOLARIZE] = view.solarize.unwrap_or(NEVER);
    let order = Order::new(view.jitter.as_ref());
    row[MEAN_AT] = order.mean_at as f32;
    row[HUE] = order.hue;
    for (place, blend) in row[BLENDS..].chunks_exact_mut(3).zip(order.blends) {
        place.copy_from_slice(&[blend.factor, blend.mean, blend.gray]);
    }
    row
}

/// One view's jitter, in its order. Brightness, contrast and saturation are one thing: a blend, by a factor, of the
/// picture with black, with its mean grey, or with its own grey.
struct Order {
    blends: [Blend; 6],
    hue: f32,
    mean_at: usize,
}

#[derive(Clone, Copy)]
struct Blend {
    factor: f32,
    mean: f32,
    gray: f32,
}

impl Order {
    fn new(jitter: Option<&Jitter>) -> Self {
        let mut order = Self { blends: [Blend::NONE; 6], hue: 0.0, mean_at: STAGES };
        let Some(jitter) = jitter else { return order };
        order.hue = jitter.hue;
        let hue = jitter.order.iter().position(|&op| op == JitterOp::Hue).unwrap_or_default();
        for (place, &op) in jitter.order.iter().enumerate() {
            let blend = match place {
                _ if op == JitterOp::Hue => continue,
                before if before < hue => before,
                after => HUE_AT + (after - hue - 1),
            };
            order.blends[blend] = Blend::new(op, jitter);
            if op == JitterOp::Contrast {
                order.mean_at = if blend < HUE_AT { blend } else { blend + 1 };
            }
        }
        order
    }
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
