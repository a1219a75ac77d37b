//! What may happen to a view.

use serde::{Deserialize, Serialize};

/// Cut a box of random area and shape, and resize it to the whole side.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct RandomResizedCrop {
    /// Smallest and largest share of the picture's area.
    pub area: [f32; 2],
    /// Narrowest and widest width over height.
    pub aspect: [f32; 2],
}

impl Default for RandomResizedCrop {
    fn default() -> Self {
        Self { area: [0.08, 1.0], aspect: [3.0 / 4.0, 4.0 / 3.0] }
    }
}

/// Change brightness, contrast, saturation and hue, in a random order.
///
/// A factor of the first three is drawn from `1 − strength` to `1 + strength`; the hue is turned by
/// `−hue` to `+hue`, in turns of the whole circle.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ColorJitter {
    pub probability: f32,
    pub brightness: f32,
    pub contrast: f32,
    pub saturation: f32,
    pub hue: f32,
}

impl Default for ColorJitter {
    fn default() -> Self {
        Self { probability: 0.8, brightness: 0.4, contrast: 0.4, saturation: 0.4, hue: 0.1 }
    }
}

/// The whole recipe of a view. The default is SimCLR's for CIFAR-10 (Chen et al. 2020,
/// arXiv:2002.05709, jitter strength 0.5, no blur).
///
/// What is `None`, or has probability 0, does not happen.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Policy {
    pub crop: Option<RandomResizedCrop>,
    pub flip_probability: f32,
    pub jitter: Option<ColorJitter>,
    pub grayscale_probability: f32,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            crop: Some(RandomResizedCrop::default()),
            flip_probability: 0.5,
            jitter: Some(ColorJitter::default()),
            grayscale_probability: 0.2,
        }
    }
}

impl Policy {
    /// Views that are the pictures themselves.
    pub fn none() -> Self {
        Self { crop: None, flip_probability: 0.0, jitter: None, grayscale_probability: 0.0 }
    }
}
