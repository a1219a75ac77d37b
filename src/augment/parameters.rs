//! What did happen to one view.

use rand::RngExt;
use rand::seq::SliceRandom;
use serde::Serialize;

use super::policy::{Blur, ColorJitter, Policy, RandomResizedCrop, Rotation, Solarize};

/// A box of whole pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct CropBox {
    pub left: usize,
    pub top: usize,
    pub width: usize,
    pub height: usize,
}

impl CropBox {
    /// The whole picture.
    pub fn whole(side: usize) -> Self {
        Self { left: 0, top: 0, width: side, height: side }
    }

    /// As torchvision draws it: ten tries at a box that fits, else the largest box of an allowed
    /// aspect in the middle.
    fn sample(policy: &RandomResizedCrop, side: usize, rng: &mut impl rand::Rng) -> Self {
        let total = (side * side) as f32;
        let [narrow, wide] = policy.aspect.map(f32::ln);
        for _ in 0..10 {
            let area = total * uniform(policy.area, rng);
            let aspect = uniform([narrow, wide], rng).exp();
            let width = (area * aspect).sqrt().round() as usize;
            let height = (area / aspect).sqrt().round() as usize;
            if (1..=side).contains(&width) && (1..=side).contains(&height) {
                return Self {
                    left: rng.random_range(0..=side - width),
                    top: rng.random_range(0..=side - height),
                    width,
                    height,
                };
            }
        }
        // The picture is square: only an aspect range without 1 keeps the fallback from being whole.
        let aspect = 1.0f32.clamp(policy.aspect[0], policy.aspect[1]);
        let width = (side as f32 * aspect.min(1.0)).round().max(1.0) as usize;
        let height = (side as f32 / aspect.max(1.0)).round().max(1.0) as usize;
        Self { left: (side - width) / 2, top: (side - height) / 2, width, height }
    }
}

/// One of the four changes that colour jitter makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub enum JitterOp {
    Brightness,
    Contrast,
    Saturation,
    Hue,
}

/// The factors of one view's colour jitter, and the order they were applied in.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Jitter {
    pub order: [JitterOp; 4],
    pub brightness: f32,
    pub contrast: f32,
    pub saturation: f32,
    /// In turns of the whole circle.
    pub hue: f32,
}

impl Jitter {
    fn sample(policy: &ColorJitter, rng: &mut impl rand::Rng) -> Self {
        let mut order =
            [JitterOp::Brightness, JitterOp::Contrast, JitterOp::Saturation, JitterOp::Hue];
        order.shuffle(rng);
        let mut factor = |strength: f32| uniform([(1.0 - strength).max(0.0), 1.0 + strength], rng);
        Self {
            order,
            brightness: factor(policy.brightness),
            contrast: factor(policy.contrast),
            saturation: factor(policy.saturation),
            hue: uniform([-policy.hue, policy.hue], rng),
        }
    }
}

/// Everything that was drawn for one view.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct ViewParameters {
    pub crop: CropBox,
    pub flip: bool,
    /// Degrees, anticlockwise; 0 for none.
    pub rotation: f32,
    pub jitter: Option<Jitter>,
    pub grayscale: bool,
    /// Standard deviation of the Gaussian, in pixels.
    pub blur: Option<f32>,
    /// From this value on, a channel is inverted.
    pub solarize: Option<f32>,
}

impl ViewParameters {
    /// The picture itself.
    pub fn identity(side: usize) -> Self {
        Self {
            crop: CropBox::whole(side),
            flip: false,
            rotation: 0.0,
            jitter: None,
            grayscale: false,
            blur: None,
            solarize: None,
        }
    }

    /// Draws the parameters of one view of a picture of this side.
    pub fn sample(policy: &Policy, side: usize, rng: &mut impl rand::Rng) -> Self {
        let turn = |Rotation { degrees, .. }, rng: &mut _| uniform([-degrees, degrees], rng);
        Self {
            crop: match &policy.crop {
                Some(crop) => CropBox::sample(crop, side, rng),
                None => CropBox::whole(side),
            },
            flip: happens(policy.flip_probability, rng),
            rotation: policy
                .rotation
                .filter(|rotation| happens(rotation.probability, rng))
                .map_or(0.0, |rotation| turn(rotation, rng)),
            jitter: policy
                .jitter
                .filter(|jitter| happens(jitter.probability, rng))
                .map(|jitter| Jitter::sample(&jitter, rng)),
            grayscale: happens(policy.grayscale_probability, rng),
            blur: policy
                .blur
                .filter(|blur| happens(blur.probability, rng))
                .map(|Blur { sigma, .. }| uniform(sigma, rng)),
            solarize: policy
                .solarize
                .filter(|solarize| happens(solarize.probability, rng))
                .map(|Solarize { threshold, .. }| threshold),
        }
    }

    /// Draws the parameters of so many views, one after the other.
    pub fn sample_many(
        policy: &Policy,
        side: usize,
        views: usize,
        rng: &mut impl rand::Rng,
    ) -> Vec<Self> {
        (0..views).map(|_| Self::sample(policy, side, rng)).collect()
    }

    /// Draws two views of each of `pictures`: first every first view, then every second one, so that
    /// rows `i` and `i + pictures` are a positive pair.
    pub fn sample_pairs(
        policy: &Policy,
        side: usize,
        pictures: usize,
        rng: &mut impl rand::Rng,
    ) -> Vec<Self> {
        Self::sample_many(policy, side, 2 * pictures, rng)
    }
}

fn happens(probability: f32, rng: &mut impl rand::Rng) -> bool {
    rng.random::<f32>() < probability
}

fn uniform([low, high]: [f32; 2], rng: &mut impl rand::Rng) -> f32 {
    low + (high - low) * rng.random::<f32>()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::augment::Preset;
    use crate::random::{Purpose, stream};

    fn many(policy: &Policy, count: usize) -> Vec<ViewParameters> {
        let mut rng = stream(1, Purpose::Views, 0);
        ViewParameters::sample_many(policy, 32, count, &mut rng)
    }

    #[test]
    fn boxes_lie_in_the_picture_and_have_the_wanted_area_and_aspect() {
        for view in many(&Policy::default(), 2000) {
            let CropBox { left, top, width, height } = view.crop;
            assert!(left + width <= 32 && top + height <= 32);
            let area = (width * height) as f32 / 1024.0;
            assert!((0.05..=1.0).contains(&area), "{area}");
            let aspect = width as f32 / height as f32;
            assert!((0.6..=1.6).contains(&aspect), "{aspect}");
        }
    }

    #[test]
    fn each_change_is_as_frequent_as_the_policy_says() {
        let views = many(&Policy::default(), 4000);
        let share = |test: fn(&ViewParameters) -> bool| {
            views.iter().filter(|v| test(v)).count() as f32 / views.len() as f32
        };
        assert!((share(|v| v.flip) - 0.5).abs() < 0.03);
        assert!((share(|v| v.jitter.is_some()) - 0.8).abs() < 0.03);
        assert!((share(|v| v.grayscale) - 0.2).abs() < 0.03);
    }

    #[test]
    fn no_policy_leaves_every_picture_alone() {
        let views = many(&Preset::None.policy(), 50);
        assert!(views.iter().all(|&v| v == ViewParameters::identity(32)));
    }

    #[test]
    fn an_area_that_never_fits_falls_back_to_a_centred_box() {
        let policy = RandomResizedCrop { area: [4.0, 5.0], aspect: [2.0, 2.0] };
        let crop = CropBox::sample(&policy, 32, &mut stream(1, Purpose::Views, 0));
        assert_eq!(crop, CropBox { left: 0, top: 8, width: 32, height: 16 });
    }
}
