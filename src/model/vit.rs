//! A small transformer over patches.

use burn::module::Module;
use burn::nn::conv::{Conv2d, Conv2dConfig};
use burn::nn::transformer::{
    TransformerEncoder, TransformerEncoderConfig, TransformerEncoderInput,
};
use burn::nn::{LayerNorm, LayerNormConfig, PositionalEncoding, PositionalEncodingConfig};
use burn::tensor::{Device, Tensor};

use super::Size;

/// Pixels of a patch's side, for pictures of 32 and less; larger pictures have larger patches, so
/// that there are never more than 64 of them.
const PATCH: usize = 4;
const HEADS: usize = 4;

/// Sizes of a [`Vit`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct VitConfig {
    /// Side of the pictures, a multiple of the patch's.
    pub side: usize,
    pub patch: usize,
    /// Numbers a patch, and in the representation h.
    pub width: usize,
    pub layers: usize,
}

/// Vision transformer (Dosovitskiy et al. 2021, arXiv:2010.11929): patches as tokens, sinusoidal
/// positions, layers normalised first, and the mean over all tokens as the representation.
#[derive(Module, Debug)]
pub struct Vit {
    pub patches: Conv2d,
    pub positions: PositionalEncoding,
    pub layers: TransformerEncoder,
    pub norm: LayerNorm,
}

impl VitConfig {
    pub fn new(size: Size, side: usize) -> Self {
        let patch = if side > 32 { 2 * PATCH } else { PATCH };
        Self { side, patch, width: size.pick([64, 96, 128]), layers: size.pick([2, 3, 4]) }
    }

    pub(super) fn tokens(&self) -> usize {
        (self.side / self.patch).pow(2)
    }

    /// For one picture, in the layers that multiply.
    pub fn multiply_adds(&self) -> usize {
        let (tokens, width) = (self.tokens(), self.width);
        // Query, key, value and output are width² each; the feed-forward network is 2 · 2 width².
        let layer = 8 * tokens * width * width + 2 * tokens * tokens * width;
        tokens * 3 * self.patch * self.patch * width + self.layers * layer
    }

    pub(super) fn init(&self, device: &Device) -> Vit {
        Vit {
            patches: Conv2dConfig::new([3, self.width], [self.patch, self.patch])
                .with_stride([self.patch, self.patch])
                .init(device),
            positions: PositionalEncodingConfig::new(self.width)
                .with_max_sequence_size(self.tokens())
                .init(device),
            layers: TransformerEncoderConfig::new(self.width, 2 * self.width, HEADS, self.layers)
                .with_dropout(0.0)
                .with_norm_first(true)
                .init(device),
            norm: LayerNormConfig::new(self.width).init(device),
        }
    }
}

impl Vit {
    /// # Shapes
    /// - images: `[batch, 3, side, side]` in 0..1
    /// - output h: `[batch, width]`
    pub fn forward(&self, images: Tensor<4>) -> Tensor<2> {
        let tokens = self.patches.forward(images).flatten::<3>(2, 3).swap_dims(1, 2);
        let tokens = self.positions.forward(tokens);
        let tokens = self.layers.forward(TransformerEncoderInput::new(tokens));
        self.norm.forward(tokens).mean_dim(1).squeeze_dim(1)
    }
}
