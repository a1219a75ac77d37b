//! Training on points: the article's first system, with its loss made right, and as it is.

use core::ops::RangeInclusive;

use burn::module::Module;
use burn::optim::GradientsParams;
use burn::tensor::{Device, Tensor, TensorData};
use serde::{Deserialize, Serialize};

use super::{Levels, Optimizer, OptimizerConfig, TrainConfig};
use crate::dataset::{Points, PointsConfig};
use crate::loss::{Counting, LossOutput, NtXent, SupCon, mistakes};
use crate::model::{PointModel, PointModelConfig, Projected};
use crate::random::{Purpose, normal, stream};
use crate::{Error, Result};

/// Which points belong together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub enum PointLoss {
    /// Those of one label, whatever the sizes of the classes.
    #[default]
    SupCon,
    /// The same with the article's mistakes: [`mistakes::article_labelled_loss`].
    Article,
    /// Two views of one point, by noise; labels are not asked for.
    NtXent,
}

/// A run on points. The default is the article's: a linear encoder 10 → 20, a linear head 20 → 10, τ = 0.1, Adam with 1e-3.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PointConfig {
    /// Its seed is that of the weights and the views, too.
    pub points: PointsConfig,
    /// Numbers in z.
    pub projection: usize,
    pub loss: PointLoss,
    /// Standard deviation of what is added to make a view.
    pub noise: f64,
    /// τ.
    pub temperature: f64,
    pub learning_rate: f64,
    /// Of the whole run; a step each.
    pub epochs: usize,
}

impl Default for PointConfig {
    fn default() -> Self {
        Self {
            points: PointsConfig::default(),
            projection: 10,
            loss: PointLoss::default(),
            noise: 0.3,
            temperature: 0.1,
            learning_rate: 1e-3,
            epochs: 10,
        }
    }
}

impl PointConfig {
    pub const PROJECTION: RangeInclusive<f64> = 2.0..=50.0;
    pub const NOISE: RangeInclusive<f64> = 0.0..=10.0;
    pub const EPOCHS: RangeInclusive<f64> = 1.0..=5000.0;

    fn check(&self) -> Result<()> {
        Error::check_range("projection", self.projection as f64, Self::PROJECTION)?;
        Error::check_range("epochs", self.epochs as f64, Self::EPOCHS)?;
        Error::check_range("noise", self.noise, Self::NOISE)?;
        Error::check_range("temperature", self.temperature, TrainConfig::TEMPERATURE)?;
        Error::check_range("learningRate", self.learning_rate, TrainConfig::LEARNING_RATE)
    }
}

/// Trains a [`PointModel`] on all points at once: an epoch is a step.
///
/// ```
/// use burn::tensor::Device;
/// use contrastive_playground::train::{PointConfig, PointTrainer};
/// let mut trainer = PointTrainer::new(PointConfig::default(), &Device::flex()).unwrap();
/// let [first, second] = [(); 2].map(|()| trainer.step().unwrap().loss);
/// assert!(second.into_scalar::<f32>() < first.into_scalar::<f32>());
/// ```
pub struct PointTrainer {
    config: PointConfig,
    points: Points,
    /// The points on the device.
    inputs: Tensor<2>,
    model: PointModel,
    optimizer: Optimizer,
    levels: Levels,
    done: usize,
}

impl PointTrainer {
    /// New points, and new weights.
    ///
    /// # Errors
    /// [`Error::SettingOutOfRange`], [`Error::UnevenClasses`] for the article's loss.
    pub fn new(config: PointConfig, device: &Device) -> Result<Self> {
        config.check()?;
        let points = config.points.draw()?;
        let sizes = PointModelConfig {
            dimensions: config.points.dimensions,
            projection: config.projection,
            ..Default::default()
        };
        let inputs = points.tensor(&device.clone().without_autodiff());
        let model = sizes.init(config.points.seed, &device.clone().autodiff());
        let optimizer = Optimizer::new(OptimizerConfig::default());
        let mut trainer =
            Self { config, points, inputs, model, optimizer, levels: Levels::default(), done: 0 };
        let counting = Counting::once(config.temperature as f32);
        trainer.levels = Levels::of(&trainer.loss()?.counts, &counting);
        Ok(trainer)
    }

    pub fn config(&self) -> &PointConfig {
        &self.config
    }

    pub fn points(&self) -> &Points {
        &self.points
    }

    pub fn device(&self) -> Device {
        self.inputs.device()
    }

    /// Between what the loss moves.
    pub fn levels(&self) -> Levels {
        self.levels
    }

    /// Epochs that were trained.
    pub fn done(&self) -> usize {
        self.done
    }

    /// What the model makes of some points now, without gradients.
    pub fn project(&self, points: &Points) -> Projected {
        let model = self.model.valid();
        model.forward(points.tensor(&self.device()))
    }

    /// Queues one epoch, and gives the loss that it began with, unread.
    ///
    /// # Errors
    /// As [`PointTrainer::new`].
    pub fn step(&mut self) -> Result<LossOutput> {
        let output = self.loss()?;
        let gradients = GradientsParams::from_grads(output.loss.backward(), &self.model);
        self.model = self.optimizer.step(self.config.learning_rate, self.model.clone(), gradients);
        self.done += 1;
        Ok(output.inner())
    }

    fn loss(&self) -> Result<LossOutput> {
        let (loss, temperature) = (self.config.loss, self.config.temperature as f32);
        let labels = &self.points.labels;
        let z = |inputs: Tensor<2>| self.model.forward(inputs.autodiff()).z;
        match loss {
            PointLoss::SupCon => {
                Ok(SupCon::new(temperature).forward(z(self.inputs.clone()), labels))
            }
            PointLoss::Article => {
                mistakes::article_labelled_loss(z(self.inputs.clone()), labels, temperature)
            }
            PointLoss::NtXent => Ok(NtXent::new(temperature).forward(z(self.views()))),
        }
    }

    /// Every point twice, each time with other noise, `[2 · points, dimensions]`.
    fn views(&self) -> Tensor<2> {
        let [points, dimensions] = self.inputs.dims();
        let shape = [2 * points, dimensions];
        let noise = normal(
            shape[0] * dimensions,
            &mut stream(self.config.points.seed, Purpose::PointViews, self.done as u64),
        );
        let noise = Tensor::from_data(TensorData::new(noise, shape), &self.device());
        self.inputs.clone().repeat_dim(0, 2) + noise * self.config.noise as f32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn trainer(config: PointConfig) -> PointTrainer {
        PointTrainer::new(config, &Device::flex()).unwrap()
    }

    fn losses(config: PointConfig, epochs: usize) -> Vec<f32> {
        let mut trainer = trainer(config);
        (0..epochs).map(|_| trainer.step().unwrap().loss.into_scalar()).collect()
    }

    fn of(loss: PointLoss, ones: f64) -> PointConfig {
        let points = PointsConfig { ones, ..Default::default() };
        PointConfig { points, loss, ..Default::default() }
    }

    #[test]
    fn ten_epochs_as_in_the_article_lower_the_loss() {
        let losses = losses(PointConfig::default(), 10);
        assert!(losses.windows(2).all(|pair| pair[1] < pair[0]), "{losses:?}");
    }

    #[test]
    fn every_loss_learns_and_stays_above_its_floor() {
        for loss in [PointLoss::SupCon, PointLoss::Article, PointLoss::NtXent] {
            let points = PointsConfig { separation: 6.0, ..Default::default() };
            let config = PointConfig { points, loss, learning_rate: 1e-2, ..Default::default() };
            let (levels, losses) = (trainer(config).levels(), losses(config, 100));
            assert!(losses[99] < losses[0] - 0.2, "{loss:?} {losses:?}");
            assert!(
                losses.iter().all(|loss| *loss > levels.floor - 1e-3),
                "{loss:?} {levels:?} {losses:?}"
            );
        }
    }

    #[test]
    fn classes_of_any_size_can_be_trained() {
        for ones in [0.05, 0.1, 0.45] {
            let losses = losses(of(PointLoss::SupCon, ones), 60);
            assert!(losses[59] < losses[0], "{ones} {losses:?}");
        }
    }

    #[test]
    fn a_seed_gives_the_same_run() {
        for loss in [PointLoss::SupCon, PointLoss::NtXent] {
            let run = |seed| {
                let points = PointsConfig { seed, ..Default::default() };
                losses(PointConfig { points, loss, ..Default::default() }, 3)
            };
            assert_eq!(run(5), run(5));
            assert_ne!(run(5), run(6));
        }
    }

    #[test]
    fn the_floor_of_labelled_points_is_the_logarithm_of_the_positives() {
        let levels = trainer(PointConfig::default()).levels();
        assert!(
            (levels.floor - 49f32.ln()).abs() < 1e-3 && (levels.chance - 99f32.ln()).abs() < 1e-3,
            "{levels:?}"
        );
        let views = trainer(of(PointLoss::NtXent, 0.5)).levels();
        assert!((views.chance - 199f32.ln()).abs() < 1e-3, "{views:?}");
    }

    #[test]
    fn settings_that_cannot_be_trained_with_are_named() {
        let bad = [
            PointConfig { projection: 1, ..Default::default() },
            PointConfig { epochs: 0, ..Default::default() },
            PointConfig { noise: -1.0, ..Default::default() },
            PointConfig { temperature: 0.0, ..Default::default() },
            PointConfig { learning_rate: f64::NAN, ..Default::default() },
        ];
        for config in bad {
            let found = PointTrainer::new(config, &Device::flex()).err();
            assert!(matches!(found, Some(Error::SettingOutOfRange { .. })), "{config:?} {found:?}");
        }
    }
}
