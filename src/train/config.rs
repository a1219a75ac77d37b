//! The settings of a run.

use core::ops::RangeInclusive;

use crate::augment::Policy;
use crate::{Error, Result};

/// Everything that a run depends on, besides its pictures.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TrainConfig {
    /// N, the pictures in a batch; the batch has 2N views.
    pub batch_size: usize,
    /// τ of the loss.
    pub temperature: f64,
    /// Adam's.
    pub learning_rate: f64,
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
            batch_size: 32,
            temperature: 0.5,
            learning_rate: 1e-3,
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

    /// Can this be trained on a set of so many pictures?
    ///
    /// # Errors
    /// [`Error::SettingOutOfRange`], [`Error::TooFewPictures`] or [`Error::BatchTooLarge`], each
    /// naming what to change.
    pub fn check(&self, pictures: usize) -> Result<()> {
        Error::check_range("batchSize", self.batch_size as f64, Self::BATCH_SIZE)?;
        Error::check_range("temperature", self.temperature, Self::TEMPERATURE)?;
        Error::check_range("learningRate", self.learning_rate, Self::LEARNING_RATE)?;
        Error::check_range("steps", self.steps as f64, Self::STEPS)?;
        Error::check_range("seed", self.seed as f64, Self::SEED)?;
        if pictures < 2 {
            return Err(Error::TooFewPictures { count: pictures });
        }
        if self.batch_size > pictures {
            return Err(Error::BatchTooLarge { batch: self.batch_size, count: pictures });
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_setting_is_checked_and_named() {
        let good = TrainConfig::default();
        assert!(good.check(32).is_ok());
        let bad = [
            ("batchSize", TrainConfig { batch_size: 1, ..good }),
            ("temperature", TrainConfig { temperature: f64::NAN, ..good }),
            ("temperature", TrainConfig { temperature: 0.0, ..good }),
            ("learningRate", TrainConfig { learning_rate: f64::INFINITY, ..good }),
            ("steps", TrainConfig { steps: 0, ..good }),
            ("seed", TrainConfig { seed: u64::MAX, ..good }),
        ];
        for (field, config) in bad {
            let message = config.check(32).unwrap_err().to_string();
            assert!(message.contains(field), "{message}");
        }
        assert_eq!(good.check(1), Err(Error::TooFewPictures { count: 1 }));
        assert_eq!(good.check(31), Err(Error::BatchTooLarge { batch: 32, count: 31 }));
    }
}
