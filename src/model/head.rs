//! The projection head: a small network between representation and loss.

use burn::module::Module;
use burn::nn::{Linear, LinearConfig};
use burn::tensor::{Device, Tensor};
use serde::{Deserialize, Serialize};

use super::init::seeded;
use super::linear;

/// Keeps the head's weights apart from the encoder's, which have the same seed.
const HEAD: u64 = 1 << 32;

/// How many layers the head has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub enum HeadKind {
    /// The loss sees the representation itself.
    None,
    /// One linear layer.
    Linear,
    /// linear, ReLU, linear: the article's, SimCLR's and MoCo v2's.
    #[default]
    Mlp2,
    /// One hidden layer more, as in SimCLR v2 (Chen et al. 2020, arXiv:2006.10029).
    Mlp3,
}

/// Sizes of a [`ProjectionHead`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ProjectionHeadConfig {
    pub kind: HeadKind,
    /// Numbers in the representation h.
    pub representation: usize,
    pub hidden: usize,
    /// Numbers in the projection z.
    pub projection: usize,
}

/// Linear layers with ReLU between them; none at all for [`HeadKind::None`].
#[derive(Module, Debug)]
pub struct ProjectionHead {
    pub layers: Vec<Linear>,
}

impl ProjectionHeadConfig {
    /// The article's sizes: 128 hidden, 64 out.
    pub fn new(kind: HeadKind, representation: usize) -> Self {
        Self { kind, representation, hidden: 128, projection: 64 }
    }

    /// Numbers that each layer gives, the last of them z; without layers z is h.
    pub(super) fn widths(&self) -> Vec<usize> {
        let (hidden, to) = (self.hidden, self.projection);
        match self.kind {
            HeadKind::None => vec![],
            HeadKind::Linear => vec![to],
            HeadKind::Mlp2 => vec![hidden, to],
            HeadKind::Mlp3 => vec![hidden, hidden, to],
        }
    }

    pub fn init(&self, seed: u64, device: &Device) -> ProjectionHead {
        seeded(self.bare(device), seed, HEAD, device)
    }

    /// A head whose weights are not drawn until they are asked for.
    pub(super) fn bare(&self, device: &Device) -> ProjectionHead {
        let sizes = [vec![self.representation], self.widths()].concat();
        let layers = sizes.windows(2).map(|s| LinearConfig::new(s[0], s[1]).init(device));
        ProjectionHead { layers: layers.collect() }
    }
}

impl ProjectionHead {
    /// # Shapes
    /// - h: `[batch, representation]`
    /// - output z: `[batch, projection]`
    pub fn forward(&self, h: Tensor<2>) -> Tensor<2> {
        let last = self.layers.len().saturating_sub(1);
        let layers = self.layers.iter().enumerate();
        layers.fold(h, |z, (number, layer)| linear(layer, z, number < last))
    }
}
