//! The network of the article's first system: two linear layers.

use burn::module::Module;
use burn::nn::{Linear, LinearConfig};
use burn::tensor::{Device, Tensor};

use super::Projected;
use super::init::seeded;
use super::linear;

/// Sizes of a [`PointModel`]. The default is the article's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PointModelConfig {
    /// Numbers in a sample.
    pub dimensions: usize,
    /// Numbers in the representation h.
    pub representation: usize,
    /// Numbers in the projection z.
    pub projection: usize,
}

impl Default for PointModelConfig {
    fn default() -> Self {
        Self { dimensions: 10, representation: 20, projection: 10 }
    }
}

/// Linear encoder 10→20 and linear head 20→10.
#[derive(Module, Debug)]
pub struct PointModel {
    pub encoder: Linear,
    pub head: Linear,
}

impl PointModelConfig {
    /// A new model, its weights drawn from the seed.
    pub fn init(&self, seed: u64, device: &Device) -> PointModel {
        let model = PointModel {
            encoder: LinearConfig::new(self.dimensions, self.representation).init(device),
            head: LinearConfig::new(self.representation, self.projection).init(device),
        };
        seeded(model, seed, 0, device)
    }
}

impl PointModel {
    /// # Shapes
    /// - samples: `[batch, dimensions]`
    pub fn forward(&self, samples: Tensor<2>) -> Projected {
        let h = linear(&self.encoder, samples, false);
        let z = linear(&self.head, h.clone(), false);
        Projected { h, z }
    }
}
