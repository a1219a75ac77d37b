//! A small residual network.

use burn::module::Module;
use burn::nn::conv::{Conv2d, Conv2dConfig};
use burn::nn::{GroupNorm, GroupNormConfig, PaddingConfig2d};
use burn::tensor::activation::relu;
use burn::tensor::{Device, Tensor};

use super::Size;
use crate::ops;

/// Channels that are normalised together.
const GROUP: usize = 8;

/// Sizes of a [`ResNet`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ResNetConfig {
    /// Side of the pictures, a multiple of 8.
    pub side: usize,
    /// Channels of the first stage; each later stage has twice as many, at half the side.
    pub width: usize,
    /// Blocks a stage.
    pub blocks: usize,
}

/// Residual network (He et al. 2016, arXiv:1512.03385) in the form for small pictures: a 3×3
/// convolution, three stages of basic blocks, and the mean over the picture.
///
/// Normalised by groups of channels (Wu & He 2018, arXiv:1803.08494) and not over the batch: batch
/// statistics would let views of one batch tell each other apart without looking, and small batches
/// make them poor.
#[derive(Module, Debug)]
pub struct ResNet {
    pub stem: ConvNorm,
    pub blocks: Vec<BasicBlock>,
}

/// A convolution without bias, and its norm.
#[derive(Module, Debug)]
pub struct ConvNorm {
    pub conv: Conv2d,
    pub norm: GroupNorm,
}

/// Two convolutions beside a shortcut, which is a convolution where the shape changes.
#[derive(Module, Debug)]
pub struct BasicBlock {
    pub first: ConvNorm,
    pub second: ConvNorm,
    pub shortcut: Option<ConvNorm>,
}

impl ResNetConfig {
    pub fn new(size: Size, side: usize) -> Self {
        Self { side, width: size.pick([16, 32, 64]), blocks: size.pick([1, 1, 2]) }
    }

    /// Numbers in the representation h.
    pub fn representation(&self) -> usize {
        4 * self.width
    }

    /// Channels in, channels out and stride of every block.
    pub(super) fn plan(&self) -> Vec<(usize, usize, usize)> {
        let mut from = self.width;
        (0..3 * self.blocks)
            .map(|block| {
                let to = self.width << (block / self.blocks);
                let stride = if block > 0 && block % self.blocks == 0 { 2 } else { 1 };
                (core::mem::replace(&mut from, to), to, stride)
            })
            .collect()
    }

    /// For one picture, in the layers that multiply.
    pub fn multiply_adds(&self) -> usize {
        let mut side = self.side;
        let mut sum = 3 * 9 * self.width * side * side;
        for (from, to, stride) in self.plan() {
            side /= stride;
            let shortcut = if from == to { 0 } else { from * to };
            sum += ((from + to) * 9 * to + shortcut) * side * side;
        }
        sum
    }

    pub(super) fn init(&self, device: &Device) -> ResNet {
        let block = |(from, to, stride)| BasicBlock {
            first: conv_norm([from, to], 3, stride, device),
            second: conv_norm([to, to], 3, 1, device),
            shortcut: (from != to).then(|| conv_norm([from, to], 1, stride, device)),
        };
        ResNet {
            stem: conv_norm([3, self.width], 3, 1, device),
            blocks: self.plan().into_iter().map(block).collect(),
        }
    }
}

fn conv_norm(channels: [usize; 2], kernel: usize, stride: usize, device: &Device) -> ConvNorm {
    let pad = kernel / 2;
    ConvNorm {
        conv: Conv2dConfig::new(channels, [kernel, kernel])
            .with_stride([stride, stride])
            .with_padding(PaddingConfig2d::Explicit(pad, pad, pad, pad))
            .with_bias(false)
            .init(device),
        norm: GroupNormConfig::new(channels[1] / GROUP, channels[1]).init(device),
    }
}

impl ResNet {
    /// # Shapes
    /// - images: `[batch, 3, side, side]` in 0..1
    /// - output h: `[batch, representation]`
    pub fn forward(&self, images: Tensor<4>) -> Tensor<2> {
        let x = relu(self.stem.forward(images));
        let x = self.blocks.iter().fold(x, |x, block| block.forward(x));
        x.mean_dim(3).mean_dim(2).flatten::<2>(1, 3)
    }
}

impl ConvNorm {
    fn forward(&self, x: Tensor<4>) -> Tensor<4> {
        let weight = self.conv.weight.val();
        let convolved = match weight.dims() {
            [_, _, 3, 3] => ops::conv(x, weight, self.conv.stride[0]),
            _ => self.conv.forward(x),
        };
        self.norm.forward(convolved)
    }
}

impl BasicBlock {
    fn forward(&self, x: Tensor<4>) -> Tensor<4> {
        let y = self.second.forward(relu(self.first.forward(x.clone())));
        let x = match &self.shortcut {
            Some(shortcut) => shortcut.forward(x),
            None => x,
        };
        relu(x + y)
    }
}
