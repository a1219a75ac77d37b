//! The projection head: a small network between representation and loss.

use burn::module::Module;
use burn::nn::Linear;
use burn::tensor::activation::relu;
use burn::tensor::{Device, Tensor};

use super::init::linear;

/// Sizes of a [`ProjectionHead`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ProjectionHeadConfig {
    /// Numbers in the representation h.
    pub representation: usize,
    pub hidden: usize,
    /// Numbers in the projection z.
    pub projection: usize,
}

/// linear 256→128, ReLU, linear 128→64.
#[derive(Module, Debug)]
pub struct ProjectionHead {
    pub hidden: Linear,
    pub output: Linear,
}

impl ProjectionHeadConfig {
    /// The article's sizes.
    pub fn new(representation: usize) -> Self {
        Self { representation, hidden: 128, projection: 64 }
    }

    pub fn init(&self, seed: u64, device: &Device) -> ProjectionHead {
        ProjectionHead {
            hidden: linear([self.representation, self.hidden], (seed, 16), device),
            output: linear([self.hidden, self.projection], (seed, 17), device),
        }
    }
}

impl ProjectionHead {
    /// # Shapes
    /// - h: `[batch, 256]`
    /// - output z: `[batch, 64]`
    pub fn forward(&self, h: Tensor<2>) -> Tensor<2> {
        self.output.forward(relu(self.hidden.forward(h)))
    }
}
