//! One step of SimCLR.

use burn::module::Module;
use burn::optim::{AdamConfig, GradientsParams, ModuleOptimizer};
use burn::tensor::{Device, Tensor};

use super::{Batches, TrainConfig};
use crate::Result;
use crate::augment::{ViewParameters, render};
use crate::dataset::ImageSet;
use crate::loss::NtXent;
use crate::model::{ContrastiveModel, ModelConfig};
use crate::random::{Purpose, stream};

/// A model in training. It holds no pictures: each step is handed the set.
///
/// ```
/// use burn::tensor::Device;
/// use contrastive_playground::dataset::ShapesConfig;
/// use contrastive_playground::train::{TrainConfig, Trainer};
/// let shapes = ShapesConfig { count: 8, side: 16, ..Default::default() }.draw().unwrap();
/// let config = TrainConfig { batch_size: 4, ..Default::default() };
/// let mut trainer = Trainer::new(config, 16, &Device::flex()).unwrap();
/// let step = trainer.step(&shapes.images).unwrap();
/// assert!(step.loss.into_scalar::<f32>().is_finite());
/// ```
pub struct Trainer {
    config: TrainConfig,
    model: ContrastiveModel,
    optimizer: ModuleOptimizer,
    batches: Batches,
    device: Device,
    done: usize,
}

/// What one step leaves behind, on the device and unread: nobody pays for a number that is not shown.
#[derive(Debug, Clone)]
pub struct Step {
    /// 1 for the first step of a run.
    pub number: usize,
    /// Mean NT-Xent over the batch, `[1]`.
    pub loss: Tensor<1>,
    /// Cosine similarities of the 2N views, `[2N, 2N]`.
    pub similarities: Tensor<2>,
    /// The views themselves, `[2N, 3, side, side]` in 0..1.
    pub views: Tensor<4>,
    /// Which N pictures of the set they are views of.
    pub pictures: Vec<usize>,
    /// What was done to each view.
    pub parameters: Vec<ViewParameters>,
}

impl Trainer {
    /// A new run for pictures of this side: new weights, no steps done.
    ///
    /// # Errors
    /// [`Error::SettingOutOfRange`](crate::Error::SettingOutOfRange) for a side the encoder cannot take.
    pub fn new(config: TrainConfig, side: usize, device: &Device) -> Result<Self> {
        let model = ModelConfig::default().init(side, config.seed, &device.clone().autodiff())?;
        Ok(Self {
            config,
            model,
            optimizer: AdamConfig::new().with_epsilon(1e-8).init(),
            batches: Batches::new(config.seed),
            device: device.clone().without_autodiff(),
            done: 0,
        })
    }

    pub fn config(&self) -> &TrainConfig {
        &self.config
    }

    /// Steps done so far.
    pub fn done(&self) -> usize {
        self.done
    }

    pub fn is_finished(&self) -> bool {
        self.done >= self.config.steps
    }

    /// The model as it is now, without gradients.
    pub fn model(&self) -> ContrastiveModel {
        self.model.valid()
    }

    /// Takes new settings for the steps to come. Weights and the steps done stay; a new seed is for
    /// the next [`Trainer::new`].
    pub fn configure(&mut self, config: TrainConfig) {
        self.config = TrainConfig { seed: self.config.seed, ..config };
    }

    /// Queues one step on the device: two views, encoder and head, loss, gradients, Adam.
    ///
    /// # Errors
    /// Settings that do not fit the set ([`TrainConfig::check`]); the trainer is as before.
    pub fn step(&mut self, set: &ImageSet) -> Result<Step> {
        self.config.check(set.len())?;
        let pictures = self.batches.next(set.len(), self.config.batch_size);
        let mut rng = stream(self.config.seed, Purpose::Views, self.done as u64);
        let parameters =
            ViewParameters::sample_pairs(&self.config.policy, set.side(), pictures.len(), &mut rng);

        let images = set.batch(&pictures, &self.device)?;
        let views = render(Tensor::cat(vec![images.clone(), images], 0), &parameters);
        let z = self.model.forward(views.clone().autodiff()).z;
        let loss = NtXent::new(self.config.temperature as f32).forward(z);

        let gradients = GradientsParams::from_grads(loss.loss.backward(), &self.model);
        self.model = self.optimizer.step(self.config.learning_rate, self.model.clone(), gradients);
        self.done += 1;
        Ok(Step {
            number: self.done,
            loss: loss.loss.inner(),
            similarities: loss.similarities.inner(),
            views,
            pictures,
            parameters,
        })
    }
}
