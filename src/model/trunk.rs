//! What of a model is made picture by picture, and is most of the work: a part of a batch can go through it
//! anywhere.
//!
//! Of the article's encoder it is the convolutions (Krizhevsky 2014, arXiv:1404.5997): the linear layer after them has
//! most of the weights and little of the work. Of the others it is all of the encoder.

use burn::module::Module;
use burn::nn::Linear;
use burn::tensor::{Device, Tensor};

use super::article::ArticleTrunk;
use super::resnet::ResNet;
use super::vit::Vit;
use super::{ContrastiveModel, Encoder, ModelConfig};
use crate::Result;

/// Name of what [`ContrastiveModel::between`] gives.
pub const BETWEEN: &str = "encoder.linear";

/// From pictures to features. Its parameters are the encoder's, under the same names.
#[derive(Module, Debug)]
#[allow(clippy::large_enum_variant, reason = "a model has one or two")]
pub enum Trunk {
    Article(ArticleTrunk),
    ResNet(ResNet),
    Vit(Vit),
}

impl Trunk {
    /// # Shapes
    /// - images: `[batch, 3, side, side]` in 0..1
    /// - output: `[batch, features]`
    pub fn forward(&self, images: Tensor<4>) -> Tensor<2> {
        match self {
            Self::Article(trunk) => trunk.forward(images),
            Self::ResNet(encoder) => encoder.forward(images),
            Self::Vit(encoder) => encoder.forward(images),
        }
    }
}

impl From<Encoder> for Trunk {
    fn from(encoder: Encoder) -> Self {
        match encoder {
            Encoder::Article(encoder) => Self::Article(encoder.into()),
            Encoder::ResNet(encoder) => Self::ResNet(encoder),
            Encoder::Vit(encoder) => Self::Vit(encoder),
        }
    }
}

impl ModelConfig {
    /// The trunk of [`ModelConfig::init`], its weights still to be given.
    ///
    /// # Errors
    /// As [`ModelConfig::init`].
    pub fn trunk(&self, side: usize, device: &Device) -> Result<Trunk> {
        Ok(self.encoder(side).bare(device)?.into())
    }
}

impl ContrastiveModel {
    /// What comes first of [`ContrastiveModel::forward`], with the same parameters.
    pub fn trunk(&self) -> Trunk {
        self.encoder.clone().into()
    }

    /// What comes between trunk and head.
    ///
    /// # Shapes
    /// - features: `[batch, features]`
    /// - output h: `[batch, representation]`
    pub fn represent(&self, features: Tensor<2>) -> Tensor<2> {
        self.encoder.represent(features)
    }

    /// The linear layer that does it, where there is one; its parameters are named after [`BETWEEN`].
    pub fn between(&self) -> Option<&Linear> {
        self.encoder.between()
    }

    /// What is left of [`ContrastiveModel::forward`]: from features to projections.
    ///
    /// # Shapes
    /// - features: `[batch, features]`
    /// - output z: `[batch, projection]`
    pub fn project(&self, features: Tensor<2>) -> Tensor<2> {
        self.head.forward(self.represent(features))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Family, Size, parameters};

    #[test]
    fn trunk_and_rest_are_the_model() {
        let device = Device::flex();
        let images = Tensor::<4>::ones([2, 3, 16, 16], &device) * 0.3;
        for family in Family::ALL {
            let config = ModelConfig { family, size: Size::Small, ..Default::default() };
            let model = config.init(16, 1, &device).unwrap();
            let features = model.trunk().forward(images.clone());
            assert_eq!(features.dims(), [2, config.encoder(16).features()], "{family:?}");
            let z = model.project(features).into_data();
            assert_eq!(z, model.forward(images.clone()).z.into_data(), "{family:?}");

            let shapes = |trunk: &Trunk| -> Vec<_> {
                parameters(trunk).into_iter().map(|p| (p.name, p.shape)).collect()
            };
            let bare = config.trunk(16, &device).unwrap();
            assert_eq!(shapes(&bare), shapes(&model.trunk()), "{family:?}");
            let of_model: Vec<_> = parameters(&model).into_iter().map(|p| p.name).collect();
            for (name, _) in shapes(&bare) {
                assert!(of_model.contains(&format!("encoder.{name}")), "{name}");
            }
        }
    }
}
