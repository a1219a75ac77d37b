//! The learning rate over a run.

use core::f64::consts::PI;

use serde::{Deserialize, Serialize};

/// How the learning rate changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub enum Decay {
    /// It stays.
    #[default]
    Constant,
    /// Half a cosine, down to nothing at the last step (Loshchilov & Hutter 2017, arXiv:1608.03983).
    Cosine,
}

/// A linear warm-up, and then a decay.
///
/// ```
/// use contrastive_playground::train::{Decay, Schedule};
/// let schedule = Schedule { decay: Decay::Cosine, warm_up: 10 };
/// assert_eq!(schedule.factor(0, 110), 0.1);
/// assert_eq!(schedule.factor(10, 110), 1.0);
/// assert!((schedule.factor(60, 110) - 0.5).abs() < 1e-9);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Schedule {
    pub decay: Decay,
    /// Steps until the full learning rate is reached; 0 for none.
    pub warm_up: usize,
}

impl Schedule {
    /// Share of the learning rate for the step after `done` steps, of a run of `steps`.
    pub fn factor(&self, done: usize, steps: usize) -> f64 {
        if done < self.warm_up {
            return (done + 1) as f64 / self.warm_up as f64;
        }
        match self.decay {
            Decay::Constant => 1.0,
            Decay::Cosine => {
                let left = steps.saturating_sub(self.warm_up).max(1) as f64;
                let share = ((done - self.warm_up) as f64 / left).min(1.0);
                0.5 * (1.0 + (PI * share).cos())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cosine_falls_to_nothing_and_stays_there() {
        let schedule = Schedule { decay: Decay::Cosine, warm_up: 0 };
        let factors: Vec<f64> = (0..120).map(|done| schedule.factor(done, 100)).collect();
        assert_eq!(factors[0], 1.0);
        assert!(factors[..100].windows(2).all(|pair| pair[1] < pair[0]));
        assert!(factors[100..].iter().all(|&factor| factor < 1e-9));
    }

    #[test]
    fn a_warm_up_longer_than_the_run_never_ends() {
        let schedule = Schedule { warm_up: 50, ..Default::default() };
        assert_eq!(schedule.factor(9, 10), 0.2);
        assert_eq!(Schedule::default().factor(9, 10), 1.0);
    }
}
