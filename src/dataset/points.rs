//! Points in place of pictures: the samples of the article's first system.

use core::ops::RangeInclusive;

use burn::tensor::{Device, Tensor, TensorData};

use crate::random::{Purpose, normal, stream};
use crate::{Error, Result};

/// Points of a few numbers each, with labels 0 or 1.
#[derive(Debug, Clone, PartialEq)]
pub struct Points {
    pub values: Vec<Vec<f32>>,
    /// One a point.
    pub labels: Vec<usize>,
}

/// How to draw [`Points`]. The default is the article's: 100 samples of 10 random numbers, with labels 0 or 1 that
/// say nothing about them.
///
/// ```
/// use contrastive_playground::dataset::PointsConfig;
/// let points = PointsConfig::default().draw().unwrap();
/// assert_eq!((points.values.len(), points.values[0].len()), (100, 10));
/// assert_eq!(points.labels.iter().sum::<usize>(), 50);
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PointsConfig {
    pub samples: usize,
    pub dimensions: usize,
    /// Share of the label 1.
    pub ones: f64,
    /// How far the middles of the two labels are apart, in standard deviations; 0 leaves nothing to learn but the
    /// samples themselves.
    pub separation: f64,
    pub seed: u64,
}

impl Default for PointsConfig {
    fn default() -> Self {
        Self { samples: 100, dimensions: 10, ones: 0.5, separation: 0.0, seed: 0 }
    }
}

/// Number of the first point that is held out.
const HELD_OUT: usize = 1 << 20;
/// Number of the stream that says where the middles lie.
const MIDDLES: u64 = 1 << 40;

impl PointsConfig {
    pub const SAMPLES: RangeInclusive<f64> = 4.0..=400.0;
    pub const DIMENSIONS: RangeInclusive<f64> = 2.0..=50.0;
    pub const ONES: RangeInclusive<f64> = 0.05..=0.95;
    pub const SEPARATION: RangeInclusive<f64> = 0.0..=20.0;

    /// Draws the points. Where a point lies depends on the seed and its own number only.
    ///
    /// # Errors
    /// [`Error::SettingOutOfRange`].
    pub fn draw(&self) -> Result<Points> {
        self.numbered(0, self.samples)
    }

    /// As many others, drawn alike, that nobody learns from.
    ///
    /// # Errors
    /// As [`PointsConfig::draw`].
    pub fn held_out(&self, count: usize) -> Result<Points> {
        self.numbered(HELD_OUT, count)
    }

    fn numbered(&self, first: usize, count: usize) -> Result<Points> {
        Error::check_range("samples", self.samples as f64, Self::SAMPLES)?;
        Error::check_range("dimensions", self.dimensions as f64, Self::DIMENSIONS)?;
        Error::check_range("ones", self.ones, Self::ONES)?;
        Error::check_range("separation", self.separation, Self::SEPARATION)?;
        let labels: Vec<usize> = (0..count).map(|place| self.label(place)).collect();
        let apart = self.apart();
        let value = |(place, &label): (usize, &usize)| {
            let noise = normal(
                self.dimensions,
                &mut stream(self.seed, Purpose::Points, (first + place) as u64),
            );
            let side = label as f32 - 0.5;
            noise.iter().zip(&apart).map(|(noise, apart)| noise + side * apart).collect()
        };
        Ok(Points { values: labels.iter().enumerate().map(value).collect(), labels })
    }

    /// As evenly in turn as the share allows, so that it is met by any number of points.
    fn label(&self, place: usize) -> usize {
        let ones = |count: usize| (count as f64 * self.ones).round() as usize;
        ones(place + 1) - ones(place)
    }

    /// From the middle of the label 0 to that of the label 1.
    fn apart(&self) -> Vec<f32> {
        let direction = normal(self.dimensions, &mut stream(self.seed, Purpose::Points, MIDDLES));
        let length = direction.iter().map(|v| v * v).sum::<f32>().sqrt().max(f32::MIN_POSITIVE);
        direction.iter().map(|v| v / length * self.separation as f32).collect()
    }
}

impl Points {
    /// All points, `[points, dimensions]`.
    pub fn tensor(&self, device: &Device) -> Tensor<2> {
        let shape = [self.values.len(), self.values.first().map_or(0, Vec::len)];
        Tensor::from_data(TensorData::new(self.values.concat(), shape), device)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mean(values: impl Iterator<Item = f32> + Clone) -> f32 {
        let count = values.clone().count();
        values.sum::<f32>() / count as f32
    }

    #[test]
    fn points_are_standard_normal() {
        let points = PointsConfig { samples: 400, ..Default::default() }.draw().unwrap();
        let all = points.values.concat();
        let (mean, square) = (mean(all.iter().copied()), mean(all.iter().map(|v| v * v)));
        assert!(mean.abs() < 0.05 && (square - 1.0).abs() < 0.07, "{mean} {square}");
    }

    #[test]
    fn the_share_of_a_label_is_met_whatever_the_number() {
        for (ones, samples, expected) in
            [(0.5, 100, 50), (0.45, 100, 45), (0.1, 100, 10), (0.5, 7, 4), (0.05, 4, 0)]
        {
            let points = PointsConfig { ones, samples, ..Default::default() }.draw().unwrap();
            assert_eq!(points.labels.iter().sum::<usize>(), expected, "{ones} of {samples}");
        }
    }

    #[test]
    fn the_middles_of_separated_labels_are_that_far_apart() {
        let config = PointsConfig { separation: 8.0, samples: 400, ..Default::default() };
        let points = config.draw().unwrap();
        let middle = |label, place: usize| {
            let own = points.values.iter().zip(&points.labels).filter(move |(_, l)| **l == label);
            mean(own.map(move |(value, _)| value[place]))
        };
        let square: f32 = (0..10).map(|at| (middle(0, at) - middle(1, at)).powi(2)).sum();
        assert!((square.sqrt() - 8.0).abs() < 0.4, "{}", square.sqrt());
    }

    #[test]
    fn a_seed_draws_the_same_points_and_none_of_them_is_held_out() {
        let draw = |seed| PointsConfig { seed, ..Default::default() }.draw().unwrap();
        assert_eq!(draw(3), draw(3));
        assert_ne!(draw(3), draw(4));
        let few = PointsConfig { samples: 20, seed: 3, ..Default::default() };
        assert_eq!(few.draw().unwrap().values, draw(3).values[..20]);
        let held_out = few.held_out(50).unwrap();
        assert_eq!(held_out.values.len(), 50);
        assert!(!held_out.values.iter().any(|value| draw(3).values.contains(value)));
    }

    #[test]
    fn settings_that_cannot_be_drawn_are_named() {
        let bad = [
            PointsConfig { samples: 3, ..Default::default() },
            PointsConfig { dimensions: 1, ..Default::default() },
            PointsConfig { ones: f64::NAN, ..Default::default() },
            PointsConfig { separation: -1.0, ..Default::default() },
        ];
        for config in bad {
            assert!(matches!(config.draw(), Err(Error::SettingOutOfRange { .. })), "{config:?}");
        }
    }
}
