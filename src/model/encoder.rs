//! The families of encoders, behind one name.

use burn::module::Module;
use burn::nn::Linear;
use burn::tensor::{Device, Tensor};
use serde::{Deserialize, Serialize};

use super::article::{ArticleEncoder, ArticleEncoderConfig};
use super::init::seeded;
use super::resnet::{ResNet, ResNetConfig};
use super::vit::{Vit, VitConfig};
use crate::{Error, Result};

/// What kind of network the encoder is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub enum Family {
    /// The article's CNN.
    #[default]
    Article,
    /// A small residual network with group norm.
    Resnet,
    /// A small transformer over patches.
    Vit,
}

/// How large a network of a family is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub enum Size {
    Small,
    #[default]
    Medium,
    Large,
}

impl Size {
    pub const ALL: [Self; 3] = [Self::Small, Self::Medium, Self::Large];

    pub(super) fn pick<T: Copy>(self, sizes: [T; 3]) -> T {
        sizes[self as usize]
    }
}

impl Family {
    pub const ALL: [Self; 3] = [Self::Article, Self::Resnet, Self::Vit];

    /// The side of a picture has to be a multiple of this.
    pub fn side_multiple(self) -> usize {
        if self == Self::Article { 4 } else { 8 }
    }
}

/// Which encoder, for pictures of which side.
///
/// ```
/// use burn::tensor::{Device, Tensor};
/// use contrastive_playground::model::{EncoderConfig, Family};
/// let device = Device::flex();
/// let config = EncoderConfig { family: Family::Resnet, ..EncoderConfig::new(32) };
/// let encoder = config.init(7, &device).unwrap();
/// let h = encoder.forward(Tensor::zeros([4, 3, 32, 32], &device));
/// assert_eq!(h.dims(), [4, config.representation()]);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EncoderConfig {
    pub family: Family,
    pub size: Size,
    pub side: usize,
}

/// From a picture to its representation h.
#[derive(Module, Debug)]
pub enum Encoder {
    Article(ArticleEncoder),
    ResNet(ResNet),
    Vit(Vit),
}

impl EncoderConfig {
    /// The article's encoder.
    pub fn new(side: usize) -> Self {
        Self { family: Family::default(), size: Size::default(), side }
    }

    /// Numbers in the representation h.
    pub fn representation(&self) -> usize {
        match self.family {
            Family::Article => ArticleEncoderConfig::new(self.size, self.side).representation,
            Family::Resnet => ResNetConfig::new(self.size, self.side).representation(),
            Family::Vit => VitConfig::new(self.size, self.side).width,
        }
    }

    /// Numbers that a [`Trunk`](super::Trunk) makes of a picture.
    pub fn features(&self) -> usize {
        match self.family {
            Family::Article => ArticleEncoderConfig::new(self.size, self.side).pooled(),
            Family::Resnet | Family::Vit => self.representation(),
        }
    }

    /// Multiplications with addition for one picture, in convolutions and matrix products.
    pub fn multiply_adds(&self) -> usize {
        match self.family {
            Family::Article => ArticleEncoderConfig::new(self.size, self.side).multiply_adds(),
            Family::Resnet => ResNetConfig::new(self.size, self.side).multiply_adds(),
            Family::Vit => VitConfig::new(self.size, self.side).multiply_adds(),
        }
    }

    /// A new encoder, its weights drawn from the seed.
    ///
    /// # Errors
    /// [`Error::SettingOutOfRange`] for a side that is not from 8 to 128 and a multiple of
    /// [`Family::side_multiple`].
    pub fn init(&self, seed: u64, device: &Device) -> Result<Encoder> {
        Ok(seeded(self.bare(device)?, seed, 0, device))
    }

    /// An encoder whose weights are not drawn until they are asked for.
    pub(super) fn bare(&self, device: &Device) -> Result<Encoder> {
        let fits = self.side.is_multiple_of(self.family.side_multiple());
        Error::check_range("side", if fits { self.side as f64 } else { f64::NAN }, 8.0..=128.0)?;
        Ok(match self.family {
            Family::Article => {
                Encoder::Article(ArticleEncoderConfig::new(self.size, self.side).init(device))
            }
            Family::Resnet => Encoder::ResNet(ResNetConfig::new(self.size, self.side).init(device)),
            Family::Vit => Encoder::Vit(VitConfig::new(self.size, self.side).init(device)),
        })
    }
}

impl Encoder {
    /// # Shapes
    /// - images: `[batch, 3, side, side]` in 0..1
    /// - output h: `[batch, representation]`
    pub fn forward(&self, images: Tensor<4>) -> Tensor<2> {
        match self {
            Self::Article(encoder) => encoder.forward(images),
            Self::ResNet(encoder) => encoder.forward(images),
            Self::Vit(encoder) => encoder.forward(images),
        }
    }

    /// What is left of [`Encoder::forward`] after the [`Trunk`](super::Trunk).
    pub(super) fn represent(&self, features: Tensor<2>) -> Tensor<2> {
        match self {
            Self::Article(encoder) => encoder.represent(features),
            Self::ResNet(_) | Self::Vit(_) => features,
        }
    }

    /// The linear layer that does it, where there is one.
    pub(super) fn between(&self) -> Option<&Linear> {
        match self {
            Self::Article(encoder) => Some(&encoder.linear),
            Self::ResNet(_) | Self::Vit(_) => None,
        }
    }
}
