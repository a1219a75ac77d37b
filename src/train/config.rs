//! The settings of a run.

use core::ops::RangeInclusive;

use serde::{Deserialize, Serialize};

use super::{Method, MocoConfig, OptimizerConfig, Schedule};
use crate::augment::Policy;
use crate::dataset::ImageSet;
use crate::loss::{Choice, InfoNce, Negatives};
use crate::model::ModelConfig;
use crate::{Error, Result};

/// Everything that a run depends on, besides its pictures.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct TrainConfig {
    pub model: ModelConfig,
    pub method: Method,
    /// Which negatives count; not for mistakes.
    pub negatives: Negatives,
    /// For [`Method::Moco`].
    pub moco: MocoConfig,
    /// N, the pictures in a batch; the batch has 2N views.
    pub batch_size: usize,
    /// τ of the loss. The default is the article's; in the few hundred steps of a visit it learns more
    /// than SimCLR's 0.5.
    pub temperature: f64,
    /// Largest of the schedule.
    pub learning_rate: f64,
    pub optimizer: OptimizerConfig,
    pub schedule: Schedule,
    /// All chance in the run comes from it. Below 2⁵³, so that JavaScript can hold it.
    pub seed: u64,
    /// The run stops by itself after this many.
    pub steps: usize,
    /// How the views are made.
    pub policy: Policy,
}

impl Default for TrainConfig {
    fn default() -> Self {
        Self {
            model: ModelConfig::default(),
            method: Method::default(),
            negatives: Negatives::default(),
            moco: MocoConfig::default(),
            batch_size: 32,
            temperature: 0.1,
            learning_rate: 1e-3,
            optimizer: OptimizerConfig::default(),
            schedule: Schedule::default(),
            seed: 0,
            steps: 200,
            policy: Policy::default(),
        }
    }
}

impl TrainConfig {
    pub const BATCH_SIZE: RangeInclusive<f64> = 2.0..=512.0;
    pub const TEMPERATURE: RangeInclusive<f64> = 0.005..=100.0;
    pub const LEARNING_RATE: RangeInclusive<f64> = 1e-6..=1.0;
    pub const STEPS: RangeInclusive<f64> = 1.0..=1e6;
    pub const SEED: RangeInclusive<f64> = 0.0..=9_007_199_254_740_991.0;

    pub const QUEUE: RangeInclusive<f64> = 1.0..=65_536.0;
    pub const MOMENTUM: RangeInclusive<f64> = 0.0..=1.0;
    pub const HARDEST: RangeInclusive<f64> = 1.0..=65_536.0;
    pub const BETA: RangeInclusive<f64> = 0.0..=10.0;
    pub const CLASS_PRIOR: RangeInclusive<f64> = 0.0..=0.9;
    pub const WEIGHT_DECAY: RangeInclusive<f64> = 0.0..=1.0;
    pub const CLIP_NORM: RangeInclusive<f64> = 0.0..=1e6;
    pub const WARM_UP: RangeInclusive<f64> = 0.0..=1e6;

    /// Can this be trained on these pictures?
    ///
    /// # Errors
    /// [`Error::SettingOutOfRange`], [`Error::TooFewPictures`] or [`Error::LabelsNeeded`], each naming what to change.
    pub fn check(&self, set: &ImageSet) -> Result<()> {
        self.check_ranges()?;
        self.policy.check()?;
        let count = set.training().len();
        if count < 2 {
            return Err(Error::TooFewPictures { count });
        }
        if self.uses_labels() && set.labels().iter().all(Option::is_none) {
            return Err(Error::LabelsNeeded);
        }
        Ok(())
    }

    fn check_ranges(&self) -> Result<()> {
        let (hardest, beta) = match self.negatives.choice {
            Choice::All => (1, 0.0),
            Choice::Hardest { k } => (k, 0.0),
            Choice::HardnessWeighted { beta } => (1, beta),
        };
        for (field, value, range) in [
            ("batchSize", self.batch_size as f64, Self::BATCH_SIZE),
            ("temperature", self.temperature, Self::TEMPERATURE),
            ("learningRate", self.learning_rate, Self::LEARNING_RATE),
            ("steps", self.steps as f64, Self::STEPS),
            ("seed", self.seed as f64, Self::SEED),
            ("queue", self.moco.queue as f64, Self::QUEUE),
            ("momentum", self.moco.momentum, Self::MOMENTUM),
            ("hardest", hardest as f64, Self::HARDEST),
            ("beta", beta.into(), Self::BETA),
            ("classPrior", self.negatives.class_prior.into(), Self::CLASS_PRIOR),
            ("weightDecay", self.optimizer.weight_decay, Self::WEIGHT_DECAY),
            ("clipNorm", self.optimizer.clip_norm, Self::CLIP_NORM),
            ("warmUp", self.schedule.warm_up as f64, Self::WARM_UP),
        ] {
            Error::check_range(field, value, range)?;
        }
        Ok(())
    }

    pub(super) fn uses_labels(&self) -> bool {
        let negatives = self.method.chooses_negatives() && self.negatives.without_same_label;
        self.method.uses_labels() || negatives
    }

    /// τ, which a mistake may have set.
    pub fn effective_temperature(&self) -> f32 {
        self.method.temperature(self.temperature)
    }

    /// InfoNCE of these settings, which MoCo has against its queue.
    pub(super) fn info_nce(&self) -> InfoNce {
        InfoNce { temperature: self.effective_temperature(), negatives: self.negatives }
    }

    /// The recipe of the views, which a mistake may have set.
    pub fn effective_policy(&self) -> Policy {
        self.method.policy(&self.policy)
    }

    /// The pictures of a batch from a set of so many: no more than there are.
    pub fn batch_of(&self, pictures: usize) -> usize {
        self.batch_size.min(pictures)
    }

    /// The learning rate of the step after `done` steps.
    pub fn learning_rate_after(&self, done: usize) -> f64 {
        self.learning_rate * self.schedule.factor(done, self.steps)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::augment::RandomResizedCrop;

    fn set(count: usize, class: Option<&str>) -> ImageSet {
        let mut set = ImageSet::new(8).unwrap();
        for _ in 0..count {
            match class {
                Some(class) => set.push_labelled("", class, &[0; 192]).unwrap(),
                None => set.push("", &[0; 192]).unwrap(),
            }
        }
        set
    }

    #[test]
    fn every_setting_is_checked_and_named() {
        let good = TrainConfig::default();
        let negatives = |choice, class_prior| Negatives { choice, class_prior, ..good.negatives };
        let beta = f32::NAN;
        let bad = [
            ("batchSize", TrainConfig { batch_size: 1, ..good }),
            ("temperature", TrainConfig { temperature: f64::NAN, ..good }),
            ("temperature", TrainConfig { temperature: 0.0, ..good }),
            ("learningRate", TrainConfig { learning_rate: f64::INFINITY, ..good }),
            ("steps", TrainConfig { steps: 0, ..good }),
            ("seed", TrainConfig { seed: u64::MAX, ..good }),
            ("queue", TrainConfig { moco: MocoConfig { queue: 0, ..good.moco }, ..good }),
            ("momentum", TrainConfig { moco: MocoConfig { momentum: 1.5, ..good.moco }, ..good }),
            (
                "hardest",
                TrainConfig { negatives: negatives(Choice::Hardest { k: 0 }, 0.0), ..good },
            ),
            (
                "beta",
                TrainConfig {
                    negatives: negatives(Choice::HardnessWeighted { beta }, 0.0),
                    ..good
                },
            ),
            ("classPrior", TrainConfig { negatives: negatives(Choice::All, 1.0), ..good }),
            (
                "cropArea",
                TrainConfig {
                    policy: Policy {
                        crop: Some(RandomResizedCrop { area: [0.5, 0.1], ..Default::default() }),
                        ..good.policy
                    },
                    ..good
                },
            ),
        ];
        let set = set(32, None);
        assert!(good.check(&set).is_ok());
        for (field, config) in bad {
            let message = config.check(&set).unwrap_err().to_string();
            assert!(message.contains(field), "{message}");
        }
    }

    #[test]
    fn two_pictures_are_the_least_and_a_batch_is_no_larger_than_the_set() {
        let config = TrainConfig::default();
        assert_eq!(config.check(&set(1, None)), Err(Error::TooFewPictures { count: 1 }));
        assert!(config.check(&set(2, None)).is_ok());
        assert_eq!([2, 1000].map(|pictures| config.batch_of(pictures)), [2, 32]);
    }

    #[test]
    fn what_goes_by_labels_needs_them() {
        let sup_con = TrainConfig { method: Method::SupCon, ..Default::default() };
        let mut without_same = TrainConfig::default();
        without_same.negatives.without_same_label = true;
        for config in [sup_con, without_same] {
            assert_eq!(config.check(&set(32, None)), Err(Error::LabelsNeeded));
            assert!(config.check(&set(32, Some("cat"))).is_ok());
        }
    }
}
