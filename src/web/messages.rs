//! What crosses between JavaScript and Rust. The page's TypeScript types are generated from these.

use serde::{Deserialize, Serialize};
use tsify::Tsify;

use crate::train::TrainConfig;
use crate::{Error, Result};

/// Which device the page asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Tsify)]
#[serde(rename_all = "lowercase")]
pub enum DeviceChoice {
    Auto,
    WebGpu,
    Cpu,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Tsify)]
#[serde(rename_all = "lowercase")]
pub enum DeviceKind {
    WebGpu,
    Cpu,
}

/// Why the CPU was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub enum CpuReason {
    Asked,
    NoWebGpu,
    NoAdapter,
    SoftwareAdapter,
    SelfTestFailed,
}

/// The device in use.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct DeviceReport {
    pub kind: DeviceKind,
    /// What the browser calls the graphics adapter; empty where it does not say.
    pub adapter: String,
    /// Absent on WebGPU.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<CpuReason>,
    /// The error behind the reason, in English.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cause: Option<String>,
}

/// The settings as the page's fields hold them: any number, NaN included.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct TrainSettings {
    pub batch_size: f64,
    pub temperature: f64,
    pub learning_rate: f64,
    pub seed: f64,
    pub steps: f64,
}

impl From<TrainConfig> for TrainSettings {
    fn from(config: TrainConfig) -> Self {
        Self {
            batch_size: config.batch_size as f64,
            temperature: config.temperature,
            learning_rate: config.learning_rate,
            seed: config.seed as f64,
            steps: config.steps as f64,
        }
    }
}

impl TrainSettings {
    /// # Errors
    /// [`Error::SettingOutOfRange`] for the first that is not a number in its range.
    pub fn config(self) -> Result<TrainConfig> {
        Ok(TrainConfig {
            batch_size: Error::whole("batchSize", self.batch_size, TrainConfig::BATCH_SIZE)?
                as usize,
            temperature: self.temperature,
            learning_rate: self.learning_rate,
            seed: Error::whole("seed", self.seed, TrainConfig::SEED)?,
            steps: Error::whole("steps", self.steps, TrainConfig::STEPS)? as usize,
            ..TrainConfig::default()
        })
    }
}

/// The pictures in use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct SetReport {
    pub count: usize,
    pub side: usize,
}

/// Where a run is.
#[derive(Debug, Clone, PartialEq, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Progress {
    /// Steps done, those included that are still queued on the device.
    pub done: usize,
    pub steps: usize,
    pub finished: bool,
    /// Steps whose loss has not been read yet.
    pub queued: usize,
}

/// The losses of the latest steps, in order.
#[derive(Debug, Clone, PartialEq, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Losses {
    /// Number of the first of these steps.
    pub first: usize,
    pub losses: Vec<f32>,
    /// ln(2N − 1) for the batch in use.
    pub chance: f32,
}

/// The batch of one step.
#[derive(Debug, Clone, PartialEq, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct BatchReport {
    pub step: usize,
    pub side: usize,
    /// Which pictures of the set; views i and i + N are of picture i.
    pub pictures: Vec<usize>,
}
