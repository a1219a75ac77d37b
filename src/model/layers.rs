//! The layers of a model in the order in which a picture goes through them: for a drawing.

use serde::Serialize;

use super::article::ArticleEncoderConfig;
use super::parameters::sizes;
use super::resnet::ResNetConfig;
use super::vit::VitConfig;
use super::{ContrastiveModel, Family, ModelConfig};

/// What a layer does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub enum LayerKind {
    /// The picture itself.
    Picture,
    /// Convolution and ReLU.
    Conv,
    /// Convolution, norm and ReLU.
    NormConv,
    MaxPool,
    /// Two convolutions beside a shortcut.
    ResidualBlock,
    /// A patch to a token, and its position.
    Patches,
    /// Attention and a feed-forward network.
    TransformerLayer,
    /// The mean over all places, or all tokens.
    Mean,
    Linear,
}

/// One layer of a model.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Layer {
    pub kind: LayerKind,
    /// Of the projection head, which is thrown away after training.
    pub head: bool,
    /// Pixels of the side of a kernel or of a patch; 0 where there is none.
    pub kernel: usize,
    /// Of the output for one picture: `[channels, height, width]`, `[tokens, width]` or `[numbers]`.
    pub shape: Vec<usize>,
    /// Numbers that are learned.
    pub parameters: usize,
}

impl ModelConfig {
    /// The layers of a model of these settings, whose parameters are counted in `model`.
    pub(super) fn layers(&self, side: usize, model: &ContrastiveModel) -> Vec<Layer> {
        let sizes = sizes(model);
        // Of all under a path, none under an empty one.
        let count = |path: &str| -> usize {
            let inside =
                |name: &str| name.strip_prefix(path).is_some_and(|rest| rest.starts_with('.'));
            sizes.iter().filter(|(name, _)| inside(name)).map(|(_, size)| size).sum()
        };
        let layer = |kind, kernel, shape: &[usize], path: &str| Layer {
            kind,
            head: false,
            kernel,
            shape: shape.to_vec(),
            parameters: count(path),
        };
        let mut layers = vec![layer(LayerKind::Picture, 0, &[3, side, side], "")];
        match self.family {
            Family::Article => {
                let config = ArticleEncoderConfig::new(self.size, side);
                let [first, second] = config.channels;
                let (half, quarter) = (side / 2, side / 4);
                layers.extend([
                    layer(LayerKind::Conv, 3, &[first, side, side], "encoder.conv1"),
                    layer(LayerKind::MaxPool, 2, &[first, half, half], ""),
                    layer(LayerKind::Conv, 3, &[second, half, half], "encoder.conv2"),
                    layer(LayerKind::MaxPool, 2, &[second, quarter, quarter], ""),
                    layer(LayerKind::Linear, 0, &[config.representation], "encoder.linear"),
                ]);
            }
            Family::Resnet => {
                let config = ResNetConfig::new(self.size, side);
                let stem = [config.width, side, side];
                layers.push(layer(LayerKind::NormConv, 3, &stem, "encoder.stem"));
                let mut now = side;
                for (block, (_, channels, stride)) in config.plan().into_iter().enumerate() {
                    now /= stride;
                    let path = format!("encoder.blocks.{block}");
                    let shape = [channels, now, now];
                    layers.push(layer(LayerKind::ResidualBlock, 3, &shape, &path));
                }
                layers.push(layer(LayerKind::Mean, 0, &[config.representation()], ""));
            }
            Family::Vit => {
                let config = VitConfig::new(self.size, side);
                let tokens = [config.tokens(), config.width];
                layers.push(layer(LayerKind::Patches, config.patch, &tokens, "encoder.patches"));
                for number in 0..config.layers {
                    let path = format!("encoder.layers.layers.{number}");
                    layers.push(layer(LayerKind::TransformerLayer, 0, &tokens, &path));
                }
                layers.push(layer(LayerKind::Mean, 0, &[config.width], "encoder.norm"));
            }
        }
        for (number, width) in self.head(side).widths().into_iter().enumerate() {
            let path = format!("head.layers.{number}");
            layers.push(Layer { head: true, ..layer(LayerKind::Linear, 0, &[width], &path) });
        }
        layers
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{HeadKind, Size};

    #[test]
    fn the_layers_have_all_parameters_and_end_in_h_and_z() {
        for family in Family::ALL {
            for size in Size::ALL {
                for head in [HeadKind::None, HeadKind::Linear, HeadKind::Mlp2, HeadKind::Mlp3] {
                    let config = ModelConfig { family, size, head };
                    for side in [16, 64] {
                        let cost = config.cost(side).unwrap();
                        let sum = |of_head| -> usize {
                            let layers = cost.layers.iter().filter(|layer| layer.head == of_head);
                            layers.map(|layer| layer.parameters).sum()
                        };
                        assert_eq!(sum(false), cost.encoder_parameters, "{config:?}");
                        assert_eq!(sum(true), cost.head_parameters, "{config:?}");
                        let h = cost.layers.iter().rfind(|layer| !layer.head).unwrap();
                        assert_eq!(h.shape, [cost.representation]);
                        assert_eq!(cost.layers.last().unwrap().shape, [cost.projection]);
                    }
                }
            }
        }
    }

    #[test]
    fn the_articles_encoder_is_that_of_the_article() {
        let layers = ModelConfig::default().cost(32).unwrap().layers;
        let shapes: Vec<&[usize]> = layers.iter().map(|layer| layer.shape.as_slice()).collect();
        let expected: [&[usize]; 8] = [
            &[3, 32, 32],
            &[64, 32, 32],
            &[64, 16, 16],
            &[128, 16, 16],
            &[128, 8, 8],
            &[256],
            &[128],
            &[64],
        ];
        assert_eq!(shapes, expected);
        assert_eq!(layers[1].parameters, 64 * 3 * 9 + 64);
    }
}
