//! The settings of a run as the page holds them: one flat object, whose numbers may be any, NaN included.

use core::ops::RangeInclusive;

use serde::{Deserialize, Serialize};
use tsify::Tsify;

use super::messages::{SettingRange, SettingRanges};
use crate::augment::Policy;
use crate::loss::{Choice, Negatives};
use crate::model::{Family, HeadKind, ModelConfig, Size};
use crate::train::{Decay, Method, MocoConfig, OptimizerConfig, Rule, Schedule, TrainConfig};
use crate::{Error, Result};

/// Names of [`Choice`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub enum NegativesChoice {
    All,
    Hardest,
    HardnessWeighted,
}

/// [`TrainConfig`], flat: it is also what a form shows and what an address holds.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct TrainSettings {
    pub encoder: Family,
    pub size: Size,
    pub head: HeadKind,
    pub method: Method,
    pub negatives: NegativesChoice,
    /// k, for the hardest.
    pub hardest: f64,
    /// β, for the hardness-weighted.
    pub beta: f64,
    /// τ⁺ of the debiased loss; 0 for none.
    pub class_prior: f64,
    pub without_same_label: bool,
    /// K of MoCo.
    pub queue: f64,
    /// m of MoCo.
    pub momentum: f64,
    pub batch_size: f64,
    pub temperature: f64,
    pub learning_rate: f64,
    pub optimizer: Rule,
    pub weight_decay: f64,
    /// 0 for none.
    pub clip_norm: f64,
    pub schedule: Decay,
    pub warm_up: f64,
    pub seed: f64,
    pub steps: f64,
    pub policy: Policy,
}

/// What `hardest` and `beta` are while the negatives are chosen otherwise. With few of the hardest a run collapses, as
/// at first all are alike: of 94 that happened with 1 to 24.
const HARDEST: usize = 48;
const BETA: f32 = 1.0;

impl From<TrainConfig> for TrainSettings {
    fn from(config: TrainConfig) -> Self {
        let TrainConfig { model, negatives, moco, optimizer, schedule, .. } = config;
        let (choice, hardest, beta) = match negatives.choice {
            Choice::All => (NegativesChoice::All, HARDEST, BETA),
            Choice::Hardest { k } => (NegativesChoice::Hardest, k, BETA),
            Choice::HardnessWeighted { beta } => (NegativesChoice::HardnessWeighted, HARDEST, beta),
        };
        Self {
            encoder: model.family,
            size: model.size,
            head: model.head,
            method: config.method,
            negatives: choice,
            hardest: hardest as f64,
            beta: beta.into(),
            class_prior: negatives.class_prior.into(),
            without_same_label: negatives.without_same_label,
            queue: moco.queue as f64,
            momentum: moco.momentum,
            batch_size: config.batch_size as f64,
            temperature: config.temperature,
            learning_rate: config.learning_rate,
            optimizer: optimizer.rule,
            weight_decay: optimizer.weight_decay,
            clip_norm: optimizer.clip_norm,
            schedule: schedule.decay,
            warm_up: schedule.warm_up as f64,
            seed: config.seed as f64,
            steps: config.steps as f64,
            policy: config.policy,
        }
    }
}

impl TrainSettings {
    /// # Errors
    /// [`Error::SettingOutOfRange`] for the first whole number that is none in its range. All else is
    /// for [`TrainConfig::check`].
    pub fn config(self) -> Result<TrainConfig> {
        let whole = |field, value, range| Error::whole(field, value, range).map(|v| v as usize);
        Ok(TrainConfig {
            model: ModelConfig { family: self.encoder, size: self.size, head: self.head },
            method: self.method,
            negatives: Negatives {
                choice: match self.negatives {
                    NegativesChoice::All => Choice::All,
                    NegativesChoice::Hardest => {
                        Choice::Hardest { k: whole("hardest", self.hardest, TrainConfig::HARDEST)? }
                    }
                    NegativesChoice::HardnessWeighted => {
                        Choice::HardnessWeighted { beta: self.beta as f32 }
                    }
                },
                class_prior: self.class_prior as f32,
                without_same_label: self.without_same_label,
            },
            moco: MocoConfig {
                queue: whole("queue", self.queue, TrainConfig::QUEUE)?,
                momentum: self.momentum,
            },
            batch_size: whole("batchSize", self.batch_size, TrainConfig::BATCH_SIZE)?,
            temperature: self.temperature,
            learning_rate: self.learning_rate,
            optimizer: OptimizerConfig {
                rule: self.optimizer,
                weight_decay: self.weight_decay,
                clip_norm: self.clip_norm,
            },
            schedule: Schedule {
                decay: self.schedule,
                warm_up: whole("warmUp", self.warm_up, TrainConfig::WARM_UP)?,
            },
            seed: Error::whole("seed", self.seed, TrainConfig::SEED)?,
            steps: whole("steps", self.steps, TrainConfig::STEPS)?,
            policy: self.policy,
        })
    }
}

/// What [`TrainConfig::check`] and [`TrainSettings::config`] go by.
pub(super) fn ranges() -> SettingRanges {
    let whole = [
        ("hardest", TrainConfig::HARDEST),
        ("queue", TrainConfig::QUEUE),
        ("batchSize", TrainConfig::BATCH_SIZE),
        ("warmUp", TrainConfig::WARM_UP),
        ("seed", TrainConfig::SEED),
        ("steps", TrainConfig::STEPS),
    ];
    let any = [
        ("beta", TrainConfig::BETA),
        ("classPrior", TrainConfig::CLASS_PRIOR),
        ("momentum", TrainConfig::MOMENTUM),
        ("temperature", TrainConfig::TEMPERATURE),
        ("learningRate", TrainConfig::LEARNING_RATE),
        ("weightDecay", TrainConfig::WEIGHT_DECAY),
        ("clipNorm", TrainConfig::CLIP_NORM),
    ];
    let range = |whole| {
        move |(name, range): (&'static str, RangeInclusive<f64>)| {
            (name, SettingRange { min: *range.start(), max: *range.end(), whole })
        }
    };
    SettingRanges(whole.map(range(true)).into_iter().chain(any.map(range(false))).collect())
}
