//! What may happen to a view.

use serde::{Deserialize, Serialize};

use crate::{Error, Result};

/// Cut a box of random area and shape, and resize it to the whole side.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
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
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
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

/// Turn the picture about its middle.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", default)]
pub struct Rotation {
    pub probability: f32,
    /// The angle is drawn from `−degrees` to `+degrees`.
    pub degrees: f32,
}

impl Default for Rotation {
    fn default() -> Self {
        Self { probability: 0.5, degrees: 30.0 }
    }
}

/// Blur with a Gaussian.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", default)]
pub struct Blur {
    pub probability: f32,
    /// Smallest and largest standard deviation, in pixels.
    pub sigma: [f32; 2],
}

impl Default for Blur {
    fn default() -> Self {
        Self { probability: 0.5, sigma: [0.1, 2.0] }
    }
}

impl Blur {
    /// Width of the kernel in pixels: a tenth of the side, as in SimCLR, odd and at least 3.
    pub fn kernel(side: usize) -> usize {
        (side / 10).max(2) | 1
    }
}

/// Invert what is brighter than a threshold (BYOL, Grill et al. 2020, arXiv:2006.07733).
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", default)]
pub struct Solarize {
    pub probability: f32,
    pub threshold: f32,
}

impl Default for Solarize {
    fn default() -> Self {
        Self { probability: 0.2, threshold: 0.5 }
    }
}

/// The whole recipe of a view. The default is [`Preset::SimClr`].
///
/// What is `None`, or has probability 0, does not happen; nor does what a message leaves out, since JSON has no word
/// for what is off.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", default)]
pub struct Policy {
    #[serde(default)]
    pub crop: Option<RandomResizedCrop>,
    pub flip_probability: f32,
    #[serde(default)]
    pub rotation: Option<Rotation>,
    #[serde(default)]
    pub jitter: Option<ColorJitter>,
    pub grayscale_probability: f32,
    #[serde(default)]
    pub blur: Option<Blur>,
    #[serde(default)]
    pub solarize: Option<Solarize>,
}

impl Default for Policy {
    fn default() -> Self {
        Preset::SimClr.policy()
    }
}

impl Policy {
    /// # Errors
    /// [`Error::SettingOutOfRange`] for the first number that is none or is outside its range; of a
    /// range of two, the first has to be the smaller.
    pub fn check(&self) -> Result<()> {
        let chance = |field, value: f32| Error::check_range(field, value.into(), 0.0..=1.0);
        let between = |field, [low, high]: [f32; 2], [least, most]: [f64; 2]| {
            Error::check_range(field, high.into(), least..=most)?;
            Error::check_range(field, low.into(), least..=f64::from(high))
        };
        chance("flipProbability", self.flip_probability)?;
        chance("grayscaleProbability", self.grayscale_probability)?;
        if let Some(crop) = self.crop {
            between("cropArea", crop.area, [0.001, 1.0])?;
            between("cropAspect", crop.aspect, [0.1, 10.0])?;
        }
        if let Some(rotation) = self.rotation {
            chance("rotationProbability", rotation.probability)?;
            Error::check_range("rotationDegrees", rotation.degrees.into(), 0.0..=180.0)?;
        }
        if let Some(jitter) = self.jitter {
            chance("jitterProbability", jitter.probability)?;
            Error::check_range("brightness", jitter.brightness.into(), 0.0..=2.0)?;
            Error::check_range("contrast", jitter.contrast.into(), 0.0..=2.0)?;
            Error::check_range("saturation", jitter.saturation.into(), 0.0..=2.0)?;
            Error::check_range("hue", jitter.hue.into(), 0.0..=0.5)?;
        }
        if let Some(blur) = self.blur {
            chance("blurProbability", blur.probability)?;
            between("blurSigma", blur.sigma, [0.05, 10.0])?;
        }
        if let Some(solarize) = self.solarize {
            chance("solarizeProbability", solarize.probability)?;
            chance("solarizeThreshold", solarize.threshold)?;
        }
        Ok(())
    }
}

/// Recipes with a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub enum Preset {
    /// Views that are the pictures themselves.
    None,
    /// Crop and flip.
    CropOnly,
    /// Colour jitter and grayscale.
    ColorOnly,
    /// SimCLR's for CIFAR-10 (Chen et al. 2020, arXiv:2002.05709): jitter strength 0.5, no blur.
    SimClr,
    /// MoCo v2's (Chen et al. 2020, arXiv:2003.04297): larger crops, and blur.
    MocoV2,
    /// SimCLR's at strength 1, with rotation, blur and BYOL's solarisation.
    Strong,
}

impl Preset {
    pub const ALL: [Self; 6] =
        [Self::None, Self::CropOnly, Self::ColorOnly, Self::SimClr, Self::MocoV2, Self::Strong];

    pub fn policy(self) -> Policy {
        let none = Policy {
            crop: None,
            flip_probability: 0.0,
            rotation: None,
            jitter: None,
            grayscale_probability: 0.0,
            blur: None,
            solarize: None,
        };
        let crop =
            Policy { crop: Some(RandomResizedCrop::default()), flip_probability: 0.5, ..none };
        let color = (Some(ColorJitter::default()), 0.2);
        match self {
            Self::None => none,
            Self::CropOnly => crop,
            Self::ColorOnly => Policy { jitter: color.0, grayscale_probability: color.1, ..none },
            Self::SimClr => Policy { jitter: color.0, grayscale_probability: color.1, ..crop },
            Self::MocoV2 => Policy {
                crop: Some(RandomResizedCrop { area: [0.2, 1.0], ..Default::default() }),
                blur: Some(Blur::default()),
                ..Self::SimClr.policy()
            },
            Self::Strong => Policy {
                rotation: Some(Rotation::default()),
                jitter: Some(ColorJitter {
                    probability: 0.8,
                    brightness: 0.8,
                    contrast: 0.8,
                    saturation: 0.8,
                    hue: 0.2,
                }),
                blur: Some(Blur::default()),
                solarize: Some(Solarize::default()),
                ..Self::SimClr.policy()
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_json_leaves_out_is_off() {
        for preset in Preset::ALL {
            let mut json = serde_json::to_value(preset.policy()).unwrap();
            json.as_object_mut().unwrap().retain(|_, value| !value.is_null());
            assert_eq!(
                serde_json::from_value::<Policy>(json).unwrap(),
                preset.policy(),
                "{preset:?}"
            );
        }
    }
}
