//! Training on points: the article's first system, with its loss made right.

use burn::module::Module;
use burn::optim::GradientsParams;
use burn::tensor::{Device, Tensor};

use super::{Optimizer, OptimizerConfig};
use crate::dataset::Vectors;
use crate::loss::{LossOutput, SupCon};
use crate::model::{VectorModel, VectorModelConfig};
use crate::{Error, Result};

/// Trains a [`VectorModel`] on all points at once with the supervised contrastive loss: points of one
/// label are positives, whatever the sizes of the classes.
///
/// ```
/// use burn::tensor::Device;
/// use contrastive_playground::dataset::VectorsConfig;
/// use contrastive_playground::train::VectorTrainer;
/// let vectors = VectorsConfig::default().draw().unwrap();
/// let mut trainer = VectorTrainer::new(&vectors, 0, &Device::flex()).unwrap();
/// let [first, second] = [(); 2].map(|()| trainer.step(&vectors).output.loss);
/// assert!(second.into_scalar::<f32>() < first.into_scalar::<f32>());
/// ```
pub struct VectorTrainer {
    model: VectorModel,
    optimizer: Optimizer,
    device: Device,
    /// τ; the article's is 0.1.
    pub temperature: f32,
    /// The article's is 1e-3.
    pub learning_rate: f64,
}

/// What one step leaves behind, on the device and unread.
#[derive(Debug, Clone)]
pub struct VectorStep {
    pub output: LossOutput,
    /// `[points, representation]`, before the update.
    pub h: Tensor<2>,
    /// `[points, projection]`, before the update.
    pub z: Tensor<2>,
}

impl VectorTrainer {
    /// New weights from the seed, Adam.
    ///
    /// # Errors
    /// [`Error::TooFewPictures`] for fewer than two points.
    pub fn new(vectors: &Vectors, seed: u64, device: &Device) -> Result<Self> {
        let count = vectors.points.len();
        if count < 2 {
            return Err(Error::TooFewPictures { count });
        }
        let config =
            VectorModelConfig { dimensions: vectors.points[0].len(), ..Default::default() };
        Ok(Self {
            model: config.init(seed, &device.clone().autodiff()),
            optimizer: Optimizer::new(OptimizerConfig::default()),
            device: device.clone().without_autodiff(),
            temperature: 0.1,
            learning_rate: 1e-3,
        })
    }

    /// The model as it is now, without gradients.
    pub fn model(&self) -> VectorModel {
        self.model.valid()
    }

    /// Queues one step: an epoch, since the batch is the whole set.
    pub fn step(&mut self, vectors: &Vectors) -> VectorStep {
        let out = self.model.forward(vectors.tensor(&self.device).autodiff());
        let loss = SupCon::new(self.temperature).forward(out.z.clone(), &vectors.labels);
        let gradients = GradientsParams::from_grads(loss.loss.backward(), &self.model);
        self.model = self.optimizer.step(self.learning_rate, self.model.clone(), gradients);
        VectorStep { output: loss.inner(), h: out.h.inner(), z: out.z.inner() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dataset::VectorsConfig;

    #[test]
    fn unbalanced_classes_and_a_class_of_one_can_be_trained() {
        let mut vectors =
            VectorsConfig { count: 12, separation: 4.0, ..Default::default() }.draw().unwrap();
        vectors.labels = vec![0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 2];
        let mut trainer = VectorTrainer::new(&vectors, 0, &Device::flex()).unwrap();
        trainer.learning_rate = 1e-2;
        let losses: Vec<f32> =
            (0..60).map(|_| trainer.step(&vectors).output.loss.into_scalar()).collect();
        assert!(losses[59] < 0.8 * losses[0], "{losses:?}");
    }

    #[test]
    fn ten_epochs_as_in_the_article_lower_the_loss() {
        let vectors = VectorsConfig::default().draw().unwrap();
        let mut trainer = VectorTrainer::new(&vectors, 0, &Device::flex()).unwrap();
        let losses: Vec<f32> =
            (0..10).map(|_| trainer.step(&vectors).output.loss.into_scalar()).collect();
        assert!(losses.windows(2).all(|pair| pair[1] < pair[0]), "{losses:?}");
    }
}
