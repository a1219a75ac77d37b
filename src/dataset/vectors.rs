//! Points in place of pictures: the article's first system.

use rand::RngExt;

use burn::tensor::{Device, Tensor, TensorData};

use crate::random::{Purpose, stream};
use crate::{Error, Result};

/// Labelled points of a few numbers each.
#[derive(Debug, Clone, PartialEq)]
pub struct Vectors {
    pub points: Vec<Vec<f32>>,
    /// One a point.
    pub labels: Vec<usize>,
}

/// How to draw [`Vectors`]. The default is the article's: 100 samples of 10 random numbers, with labels
/// 0 or 1 that say nothing about them.
///
/// ```
/// use contrastive_playground::dataset::VectorsConfig;
/// let vectors = VectorsConfig::default().draw().unwrap();
/// assert_eq!((vectors.points.len(), vectors.points[0].len()), (100, 10));
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct VectorsConfig {
    pub count: usize,
    pub dimensions: usize,
    pub classes: usize,
    /// How far the middle of each class is from that of all points, in standard deviations; 0 leaves
    /// nothing to learn but the samples themselves.
    pub separation: f32,
    pub seed: u64,
}

impl Default for VectorsConfig {
    fn default() -> Self {
        Self { count: 100, dimensions: 10, classes: 2, separation: 0.0, seed: 0 }
    }
}

impl VectorsConfig {
    /// Draws the points. A point depends on the seed and its own number only.
    ///
    /// # Errors
    /// [`Error::SettingOutOfRange`] for no points, no dimensions or no classes, or far too many.
    pub fn draw(&self) -> Result<Vectors> {
        Error::check_range("count", self.count as f64, 2.0..=100_000.0)?;
        Error::check_range("dimensions", self.dimensions as f64, 1.0..=1000.0)?;
        Error::check_range("classes", self.classes as f64, 1.0..=1000.0)?;
        Error::check_range("separation", self.separation.into(), 0.0..=100.0)?;
        let middles: Vec<Vec<f32>> =
            (0..self.classes).map(|class| self.middle(class as u64)).collect();
        let draw = |number: usize| {
            let mut rng = stream(self.seed, Purpose::Vectors, number as u64);
            let label = rng.random_range(0..self.classes);
            let noise = normal(self.dimensions, &mut rng);
            let point = noise.iter().zip(&middles[label]).map(|(n, m)| n + m * self.separation);
            (point.collect(), label)
        };
        let (points, labels) = (0..self.count).map(draw).unzip();
        Ok(Vectors { points, labels })
    }

    /// A direction, of length one.
    fn middle(&self, class: u64) -> Vec<f32> {
        let mut rng = stream(self.seed, Purpose::Vectors, (1 << 40) + class);
        let direction = normal(self.dimensions, &mut rng);
        let length = direction.iter().map(|v| v * v).sum::<f32>().sqrt().max(f32::MIN_POSITIVE);
        direction.iter().map(|v| v / length).collect()
    }
}

/// Standard normal numbers, two at a time (Box & Muller 1958).
fn normal(count: usize, rng: &mut impl rand::Rng) -> Vec<f32> {
    let pairs = (0..count.div_ceil(2)).flat_map(|_| {
        let (radius, angle) = (rng.random_range(f32::MIN_POSITIVE..1.0), rng.random::<f32>());
        let (sin, cos) = (core::f32::consts::TAU * angle).sin_cos();
        [cos, sin].map(|v| v * (-2.0 * radius.ln()).sqrt())
    });
    pairs.take(count).collect()
}

impl Vectors {
    /// All points, `[points, dimensions]`.
    pub fn tensor(&self, device: &Device) -> Tensor<2> {
        let shape = [self.points.len(), self.points.first().map_or(0, Vec::len)];
        Tensor::from_data(TensorData::new(self.points.concat(), shape), device)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_are_standard_normal_and_labels_both_occur() {
        let vectors = VectorsConfig { count: 2000, ..Default::default() }.draw().unwrap();
        let all = vectors.points.concat();
        let mean = all.iter().sum::<f32>() / all.len() as f32;
        let variance = all.iter().map(|v| v * v).sum::<f32>() / all.len() as f32;
        assert!(mean.abs() < 0.03 && (variance - 1.0).abs() < 0.05, "{mean} {variance}");
        let ones = vectors.labels.iter().filter(|&&label| label == 1).count();
        assert!((900..1100).contains(&ones));
    }

    #[test]
    fn separated_classes_have_their_middles_apart() {
        let config = VectorsConfig { separation: 8.0, ..Default::default() };
        let vectors = config.draw().unwrap();
        let middle = |class| {
            let of = vectors.points.iter().zip(&vectors.labels).filter(|(_, l)| **l == class);
            let of: Vec<_> = of.map(|(p, _)| p).collect();
            (0..10).map(|d| of.iter().map(|p| p[d]).sum::<f32>() / of.len() as f32).collect()
        };
        let [a, b]: [Vec<f32>; 2] = [middle(0), middle(1)];
        let apart = a.iter().zip(&b).map(|(a, b)| (a - b).powi(2)).sum::<f32>().sqrt();
        assert!(apart > 5.0, "{apart}");
    }

    #[test]
    fn a_seed_draws_the_same_points() {
        let draw = |seed| VectorsConfig { seed, ..Default::default() }.draw().unwrap();
        assert_eq!(draw(3), draw(3));
        assert_ne!(draw(3), draw(4));
        assert!(VectorsConfig { classes: 0, ..Default::default() }.draw().is_err());
    }
}
