//! The encoder of the article: two rounds of convolution and pooling, and a linear layer.

use burn::module::Module;
use burn::nn::conv::Conv2d;
use burn::nn::pool::{MaxPool2d, MaxPool2dConfig};
use burn::nn::{Linear, PaddingConfig2d};
use burn::tensor::activation::relu;
use burn::tensor::{Device, Tensor};

use super::init::{conv, linear};
use crate::{Error, Result};

/// Sizes of an [`ArticleEncoder`].
///
/// ```
/// use burn::tensor::{Device, Tensor};
/// use contrastive_playground::model::ArticleEncoderConfig;
/// let device = Device::flex();
/// let encoder = ArticleEncoderConfig::new(32).init(7, &device).unwrap();
/// assert_eq!(encoder.forward(Tensor::zeros([4, 3, 32, 32], &device)).dims(), [4, 256]);
/// ```
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
    pub pool: MaxPool2d,
    pub linear: Linear,
}

impl ArticleEncoderConfig {
    /// The article's sizes, for pictures of this side.
    pub fn new(side: usize) -> Self {
        Self { side, channels: [64, 128], representation: 256 }
    }

    /// # Errors
    /// [`Error::SettingOutOfRange`] for a side that is not a multiple of 4 from 8 to 128.
    pub fn init(&self, seed: u64, device: &Device) -> Result<ArticleEncoder> {
        let side = if self.side.is_multiple_of(4) { self.side as f64 } else { f64::NAN };
        Error::check_range("side", side, 8.0..=128.0)?;
        let [first, second] = self.channels;
        let pooled = second * (self.side / 4) * (self.side / 4);
        Ok(ArticleEncoder {
            conv1: conv([3, first], 3, PaddingConfig2d::Same, (seed, 0), device),
            conv2: conv([first, second], 3, PaddingConfig2d::Same, (seed, 1), device),
            pool: MaxPool2dConfig::new([2, 2]).init(),
            linear: linear([pooled, self.representation], (seed, 2), device),
        })
    }
}

impl ArticleEncoder {
    /// # Shapes
    /// - images: `[batch, 3, side, side]` in 0..1
    /// - output h: `[batch, 256]`
    pub fn forward(&self, images: Tensor<4>) -> Tensor<2> {
        let x = self.pool.forward(relu(self.conv1.forward(images)));
        let x = self.pool.forward(relu(self.conv2.forward(x)));
        self.linear.forward(x.flatten::<2>(1, 3))
    }
}
