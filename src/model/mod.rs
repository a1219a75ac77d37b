//! Encoder and projection head.

mod article;
mod encoder;
mod head;
mod init;
mod layers;
mod momentum;
mod parameters;
mod point;
mod resnet;
mod trunk;
mod vit;

use burn::module::{Module, Param};
use burn::nn::Linear;
use burn::nn::conv::Conv2d;
use burn::tensor::{Device, Tensor};
use serde::{Deserialize, Serialize};

pub use article::{ArticleEncoder, ArticleEncoderConfig, ArticleTrunk};
pub use encoder::{Encoder, EncoderConfig, Family, Size};
pub use head::{HeadKind, ProjectionHead, ProjectionHeadConfig};
pub use layers::{Layer, LayerKind};
pub use momentum::follow;
pub use parameters::{Parameter, gradients, map_parameters, parameters};
pub use point::{PointModel, PointModelConfig};
pub use resnet::{BasicBlock, ConvNorm, ResNet, ResNetConfig};
pub use trunk::{BETWEEN, Trunk};
pub use vit::{Vit, VitConfig};

use crate::{Result, ops};

/// What is left of a convolution of 3×3 after ReLU and a max-pool of 2×2.
fn conv_pool(layer: &Conv2d, pictures: Tensor<4>) -> Tensor<4> {
    let weight = layer.weight.val();
    let bias = bias(layer.bias.as_ref(), weight.dims()[0], &weight.device());
    ops::conv_pool(pictures, weight, bias)
}

/// What a linear layer gives, and of that what is above zero, if `relu`.
fn linear(layer: &Linear, input: Tensor<2>, relu: bool) -> Tensor<2> {
    let weight = layer.weight.val();
    let bias = bias(layer.bias.as_ref(), weight.dims()[1], &weight.device());
    ops::linear(input, weight, bias, relu)
}

fn bias(bias: Option<&Param<Tensor<1>>>, size: usize, device: &Device) -> Tensor<1> {
    bias.map_or_else(|| Tensor::zeros([size], device), Param::val)
}

/// Which encoder and which head. The default is the article's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ModelConfig {
    pub family: Family,
    pub size: Size,
    pub head: HeadKind,
}

impl ModelConfig {
    /// The encoder, for pictures of this side.
    pub fn encoder(&self, side: usize) -> EncoderConfig {
        EncoderConfig { family: self.family, size: self.size, side }
    }

    /// What a model for pictures of this side costs.
    ///
    /// # Errors
    /// As [`ModelConfig::init`].
    pub fn cost(&self, side: usize) -> Result<ModelCost> {
        let model = self.bare(side, &Device::flex())?;
        Ok(ModelCost {
            encoder_parameters: model.encoder.num_params(),
            head_parameters: model.head.num_params(),
            multiply_adds: self.encoder(side).multiply_adds(),
            representation: self.encoder(side).representation(),
            projection: self.projection(side),
            layers: self.layers(side, &model),
        })
    }

    fn head(&self, side: usize) -> ProjectionHeadConfig {
        ProjectionHeadConfig::new(self.head, self.encoder(side).representation())
    }

    /// Numbers in the projection z.
    pub fn projection(&self, side: usize) -> usize {
        let head = self.head(side);
        head.widths().last().copied().unwrap_or(head.representation)
    }

    /// A new model for pictures of one side, its weights drawn from the seed.
    ///
    /// # Errors
    /// [`Error::SettingOutOfRange`](crate::Error::SettingOutOfRange) for a side the encoder cannot take.
    pub fn init(&self, side: usize, seed: u64, device: &Device) -> Result<ContrastiveModel> {
        let encoder = self.encoder(side).init(seed, device)?;
        Ok(ContrastiveModel { encoder, head: self.head(side).init(seed, device) })
    }

    /// A model whose weights are not drawn until they are asked for, and which stands in the place of one meanwhile.
    ///
    /// # Errors
    /// As [`ModelConfig::init`].
    pub fn bare(&self, side: usize, device: &Device) -> Result<ContrastiveModel> {
        let encoder = self.encoder(side).bare(device)?;
        Ok(ContrastiveModel { encoder, head: self.head(side).bare(device) })
    }
}

/// How large a model is, and how much work.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct ModelCost {
    pub encoder_parameters: usize,
    pub head_parameters: usize,
    /// Of the encoder, for one picture.
    pub multiply_adds: usize,
    /// Numbers in h.
    pub representation: usize,
    /// Numbers in z.
    pub projection: usize,
    /// From the picture to z.
    pub layers: Vec<Layer>,
}

/// Encoder and projection head, trained together; the head is left out when the encoder is used.
#[derive(Module, Debug)]
pub struct ContrastiveModel {
    pub encoder: Encoder,
    pub head: ProjectionHead,
}

/// What the model makes of a batch.
#[derive(Debug, Clone)]
pub struct Projected {
    /// Representation h, `[batch, representation]`: what is kept after training.
    pub h: Tensor<2>,
    /// Projection z, `[batch, projection]`: what the loss compares.
    pub z: Tensor<2>,
}

impl ContrastiveModel {
    /// # Shapes
    /// - images: `[batch, 3, side, side]` in 0..1
    pub fn forward(&self, images: Tensor<4>) -> Projected {
        let h = self.encoder.forward(images);
        let z = self.head.forward(h.clone());
        Projected { h, z }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all() -> impl Iterator<Item = ModelConfig> {
        let sizes =
            |family| Size::ALL.map(|size| ModelConfig { family, size, ..Default::default() });
        Family::ALL.into_iter().flat_map(sizes)
    }

    #[test]
    fn the_default_has_the_articles_sizes() {
        let model = ModelConfig::default().init(32, 0, &Device::flex()).unwrap();
        let encoder = (3 * 9 * 64 + 64) + (64 * 9 * 128 + 128) + (8192 * 256 + 256);
        let head = (256 * 128 + 128) + (128 * 64 + 64);
        assert_eq!(model.encoder.num_params(), encoder);
        assert_eq!(model.num_params(), encoder + head);
        let multiply_adds = 27 * 64 * 1024 + 576 * 128 * 256 + 8192 * 256;
        assert_eq!(ModelConfig::default().encoder(32).multiply_adds(), multiply_adds);
    }

    #[test]
    fn every_encoder_gives_its_representation_at_every_side() {
        for config in all() {
            for side in crate::dataset::SIDES {
                let encoder = config.encoder(side);
                let model = config.init(side, 1, &Device::flex()).unwrap();
                let out = model.forward(Tensor::ones([2, 3, side, side], &Device::flex()));
                assert_eq!(out.h.dims(), [2, encoder.representation()], "{config:?}");
                assert_eq!(out.z.dims(), [2, 64]);
            }
        }
        assert!(all().all(|config| config.init(30, 1, &Device::flex()).is_err()));
    }

    #[test]
    fn a_larger_size_has_more_parameters_and_costs_more() {
        for family in Family::ALL {
            let cost = |size| {
                let config = ModelConfig { family, size, ..Default::default() };
                let cost = config.cost(32).unwrap();
                (cost.encoder_parameters, cost.multiply_adds)
            };
            let [small, medium, large] = Size::ALL.map(cost);
            assert!(small.0 < medium.0 && medium.0 < large.0, "{family:?}");
            assert!(small.1 < medium.1 && medium.1 < large.1, "{family:?}");
        }
    }

    #[test]
    fn heads_have_as_many_layers_as_they_say() {
        let head = |kind| ProjectionHeadConfig::new(kind, 256).init(0, &Device::flex());
        let h = Tensor::<2>::ones([1, 256], &Device::flex());
        for (kind, layers, out) in [
            (HeadKind::None, 0, 256),
            (HeadKind::Linear, 1, 64),
            (HeadKind::Mlp2, 2, 64),
            (HeadKind::Mlp3, 3, 64),
        ] {
            assert_eq!(head(kind).layers.len(), layers);
            assert_eq!(head(kind).forward(h.clone()).dims(), [1, out]);
        }
    }

    #[test]
    fn a_seed_gives_the_same_network_and_another_a_different_one() {
        for config in all().filter(|config| config.size == Size::Small) {
            let image = Tensor::<4>::ones([1, 3, 16, 16], &Device::flex()) * 0.3;
            let z = |seed| {
                let model = config.init(16, seed, &Device::flex()).unwrap();
                model.forward(image.clone()).z.into_data()
            };
            assert_eq!(z(3), z(3), "{config:?}");
            assert_ne!(z(3), z(4), "{config:?}");
        }
    }
}
