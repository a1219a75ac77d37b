//! Runs on points, beside the run on pictures.

use burn::tensor::Transaction;
use serde::{Deserialize, Serialize};
use tsify::{Ts, Tsify};
use wasm_bindgen::prelude::wasm_bindgen;

use super::device::Opened;
use super::session::{Answer, Session};
use crate::dataset::PointsConfig;
use crate::device::read_all;
use crate::evaluate::{PointGlance, PointSight};
use crate::loss::LossOutput;
use crate::train::{Levels, PointConfig, PointLoss, PointTrainer, TrainConfig};
use crate::{Error, Result};

/// [`PointConfig`], flat.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct PointSettings {
    /// Points to train on.
    pub samples: f64,
    /// Numbers in a point.
    pub dimensions: f64,
    /// Share of the label 1.
    pub ones: f64,
    /// How far the middles of the two labels are apart, in standard deviations: 0 for labels that say nothing.
    pub separation: f64,
    /// Numbers in z.
    pub projection: f64,
    pub loss: PointLoss,
    /// Standard deviation of what is added to make a view, for `ntXent`.
    pub noise: f64,
    pub temperature: f64,
    pub learning_rate: f64,
    pub epochs: f64,
    pub seed: f64,
}

impl From<PointConfig> for PointSettings {
    fn from(config: PointConfig) -> Self {
        let PointConfig { points, .. } = config;
        Self {
            samples: points.samples as f64,
            dimensions: points.dimensions as f64,
            ones: points.ones,
            separation: points.separation,
            projection: config.projection as f64,
            loss: config.loss,
            noise: config.noise,
            temperature: config.temperature,
            learning_rate: config.learning_rate,
            epochs: config.epochs as f64,
            seed: points.seed as f64,
        }
    }
}

impl PointSettings {
    fn config(self) -> Result<PointConfig> {
        let whole = |field, value, range| Error::whole(field, value, range).map(|v| v as usize);
        Ok(PointConfig {
            points: PointsConfig {
                samples: whole("samples", self.samples, PointsConfig::SAMPLES)?,
                dimensions: whole("dimensions", self.dimensions, PointsConfig::DIMENSIONS)?,
                ones: self.ones,
                separation: self.separation,
                seed: Error::whole("seed", self.seed, TrainConfig::SEED)?,
            },
            projection: whole("projection", self.projection, PointConfig::PROJECTION)?,
            loss: self.loss,
            noise: self.noise,
            temperature: self.temperature,
            learning_rate: self.learning_rate,
            epochs: whole("epochs", self.epochs, PointConfig::EPOCHS)?,
        })
    }
}

/// The latest epochs of a run on points, and what it came to.
#[derive(Debug, Clone, PartialEq, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct PointReport {
    /// Epochs done.
    pub epoch: usize,
    /// Of each epoch since the last report, in order, as it began.
    pub losses: Vec<f32>,
    /// Contrastive top-1 accuracy of the same, 0..1.
    pub top1: Vec<f32>,
    pub levels: Levels,
    pub sight: PointSight,
}

/// A run on points. Methods must not overlap.
#[wasm_bindgen]
pub struct PointRun {
    opened: Opened,
    trainer: PointTrainer,
    glance: PointGlance,
}

#[wasm_bindgen]
impl Session {
    /// The article's.
    #[wasm_bindgen(js_name = defaultPointSettings)]
    pub fn default_point_settings() -> Answer<Ts<PointSettings>> {
        Ok(PointSettings::from(PointConfig::default()).into_ts()?)
    }

    /// A run on points, on the session's device; the run on pictures is not touched.
    ///
    /// Throws what is wrong with the settings, and `unevenClasses` where the article's loss cannot be computed.
    pub async fn points(&self, settings: Ts<PointSettings>) -> Answer<PointRun> {
        self.opened.check()?;
        let trainer = PointTrainer::new(settings.to_rust()?.config()?, &self.opened.device)?;
        let glance = PointGlance::new(&trainer).await?;
        Ok(PointRun { opened: self.opened.clone(), trainer, glance })
    }
}

#[wasm_bindgen]
impl PointRun {
    /// Trains for some epochs, or for none, and no more than the run has, and looks.
    ///
    /// Throws `diverged` where a loss is not a number.
    pub async fn train(&mut self, epochs: usize) -> Answer<Ts<PointReport>> {
        self.opened.check()?;
        let first = self.trainer.done() + 1;
        let epochs = epochs.min(self.trainer.config().epochs - self.trainer.done());
        let outputs: Vec<LossOutput> =
            (0..epochs).map(|_| self.trainer.step()).collect::<Result<_>>()?;
        let (losses, top1) = read(outputs).await?;
        for (epoch, &loss) in (first..).zip(&losses) {
            Error::check_loss(epoch, loss)?;
        }
        let sight = self.glance.look(&self.trainer).await?;
        let levels = self.trainer.levels();
        Ok(PointReport { epoch: self.trainer.done(), losses, top1, levels, sight }.into_ts()?)
    }
}

/// Losses and top-1 accuracies.
async fn read(outputs: Vec<LossOutput>) -> Result<(Vec<f32>, Vec<f32>)> {
    if outputs.is_empty() {
        return Ok(Default::default());
    }
    let both = outputs.into_iter().flat_map(|output| [output.loss, output.top1]);
    let reads = both.fold(Transaction::default(), Transaction::register);
    let read = read_all(reads).await?.concat();
    Ok(read.chunks_exact(2).map(|pair| (pair[0], pair[1])).unzip())
}
