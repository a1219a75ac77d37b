//! Encoder and projection head.

mod article;
mod head;
mod init;

use burn::module::Module;
use burn::tensor::{Device, Tensor};

pub use article::{ArticleEncoder, ArticleEncoderConfig};
pub use head::{ProjectionHead, ProjectionHeadConfig};

use crate::Result;

/// Encoder and projection head, trained together; the head is left out when the encoder is used.
#[derive(Module, Debug)]
pub struct ContrastiveModel {
    pub encoder: ArticleEncoder,
    pub head: ProjectionHead,
}

/// What the model makes of a batch.
#[derive(Debug, Clone)]
pub struct Projected {
    /// Representation h, `[batch, 256]`: what is kept after training.
    pub h: Tensor<2>,
    /// Projection z, `[batch, 64]`: what the loss compares.
    pub z: Tensor<2>,
}

impl ContrastiveModel {
    /// A new model for pictures of one side, its weights drawn from the seed.
    ///
    /// # Errors
    /// [`Error::SettingOutOfRange`](crate::Error::SettingOutOfRange) for a side that two rounds of
    /// pooling cannot halve.
    pub fn init(side: usize, seed: u64, device: &Device) -> Result<Self> {
        let encoder = ArticleEncoderConfig::new(side);
        let head = ProjectionHeadConfig::new(encoder.representation);
        Ok(Self { encoder: encoder.init(seed, device)?, head: head.init(seed, device) })
    }

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

    #[test]
    fn sizes_are_the_articles() {
        let model = ContrastiveModel::init(32, 0, &Device::flex()).unwrap();
        let encoder = (3 * 9 * 64 + 64) + (64 * 9 * 128 + 128) + (8192 * 256 + 256);
        let head = (256 * 128 + 128) + (128 * 64 + 64);
        assert_eq!(model.encoder.num_params(), encoder);
        assert_eq!(model.num_params(), encoder + head);
        let out = model.forward(Tensor::zeros([2, 3, 32, 32], &Device::flex()));
        assert_eq!((out.h.dims(), out.z.dims()), ([2, 256], [2, 64]));
    }

    #[test]
    fn a_seed_gives_the_same_weights() {
        let weight = |seed| {
            let model = ContrastiveModel::init(16, seed, &Device::flex()).unwrap();
            model.head.output.weight.val().into_data()
        };
        assert_eq!(weight(3), weight(3));
        assert_ne!(weight(3), weight(4));
    }
}
