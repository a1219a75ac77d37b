//! The encoder of the article: two rounds of convolution and pooling, and a linear layer.

use burn::module::Module;
use burn::nn::conv::{Conv2d, Conv2dConfig};
use burn::nn::{Linear, LinearConfig, PaddingConfig2d};
use burn::tensor::{Device, Tensor};

use super::{Size, conv_pool, linear};

/// Sizes of an [`ArticleEncoder`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ArticleEncoderConfig {
    /// Side of the pictures, a multiple of 4.
    pub side: usize,
    /// Channels after each convolution.
    pub channels: [usize; 2],
    /// Numbers in the representation h.
    pub representation: usize,
}

/// conv 3→64, ReLU, max-pool 2, conv 64→128, ReLU, max-pool 2, linear to 256.
/// Convolutions are 3×3 and keep the side.
#[derive(Module, Debug)]
pub struct ArticleEncoder {
    pub conv1: Conv2d,
    pub conv2: Conv2d,
    pub linear: Linear,
}

impl ArticleEncoderConfig {
    /// [`Size::Medium`] is the article's; the others have half and twice the channels.
    pub fn new(size: Size, side: usize) -> Self {
        let width = size.pick([32, 64, 128]);
        Self { side, channels: [width, 2 * width], representation: 4 * width }
    }

    /// Numbers left after both rounds of pooling.
    pub(super) fn pooled(&self) -> usize {
        self.channels[1] * (self.side / 4) * (self.side / 4)
    }

    /// For one picture, in the layers that multiply.
    pub fn multiply_adds(&self) -> usize {
        let [first, second] = self.channels;
        let pixels = self.side * self.side;
        3 * 9 * first * pixels
            + first * 9 * second * pixels / 4
            + self.pooled() * self.representation
    }

    pub(super) fn init(&self, device: &Device) -> ArticleEncoder {
        let [first, second] = self.channels;
        let conv = |channels| {
            Conv2dConfig::new(channels, [3, 3]).with_padding(PaddingConfig2d::Same).init(device)
        };
        ArticleEncoder {
            conv1: conv([3, first]),
            conv2: conv([first, second]),
            linear: LinearConfig::new(self.pooled(), self.representation).init(device),
        }
    }
}

/// What comes before the linear layer.
#[derive(Module, Debug)]
pub struct ArticleTrunk {
    pub conv1: Conv2d,
    pub conv2: Conv2d,
}

impl ArticleTrunk {
    /// # Shapes
    /// - images: `[batch, 3, side, side]` in 0..1
    /// - output: `[batch, pooled]`
    pub fn forward(&self, images: Tensor<4>) -> Tensor<2> {
        let x = conv_pool(&self.conv1, images);
        conv_pool(&self.conv2, x).flatten(1, 3)
    }
}

impl From<ArticleEncoder> for ArticleTrunk {
    fn from(ArticleEncoder { conv1, conv2, .. }: ArticleEncoder) -> Self {
        Self { conv1, conv2 }
    }
}

impl ArticleEncoder {
    /// # Shapes
    /// - images: `[batch, 3, side, side]` in 0..1
    /// - output h: `[batch, representation]`
    pub fn forward(&self, images: Tensor<4>) -> Tensor<2> {
        self.represent(ArticleTrunk::from(self.clone()).forward(images))
    }

    /// # Shapes
    /// - pooled: `[batch, pooled]`
    /// - output h: `[batch, representation]`
    pub(super) fn represent(&self, pooled: Tensor<2>) -> Tensor<2> {
        linear(&self.linear, pooled, false)
    }
}
