//! The gradient of the weights between trunk and h. They are most of a model's weights and none is sent to who makes
//! parts, but their gradient needs none of them: it is made in strips of rows, of which others can make some.

use std::collections::BTreeSet;
use std::ops::Range;

use burn::nn::Linear;
use burn::optim::GradientsParams;
use burn::tensor::{Tensor, TensorData};
use contrastive_kernels::gemm::Matrix;
use contrastive_kernels::linear::{bias_gradient, weight_gradient};

use crate::{Error, Result};

/// Numbers of the gradient in a strip: enough to be worth the way to another instance and back.
const STRIP: usize = 1 << 18;

/// What a loss changes by with each weight `[features, representation]`, made strip by strip.
pub(super) struct Strips {
    features: usize,
    representation: usize,
    /// Rows of all strips but the last, which may have fewer.
    rows: usize,
    /// What the loss changes by with each number of h, `[views, representation]`.
    pub slopes: Vec<f32>,
    /// Of all strips, once there is one: nobody waits for the room.
    gradient: Vec<f32>,
    left: BTreeSet<usize>,
}

impl Strips {
    pub fn new(features: usize, representation: usize, slopes: Vec<f32>) -> Self {
        let rows = (STRIP / representation).clamp(1, features);
        Self {
            features,
            representation,
            rows,
            slopes,
            gradient: Vec::new(),
            left: (0..features.div_ceil(rows)).collect(),
        }
    }

    pub fn count(&self) -> usize {
        self.features.div_ceil(self.rows)
    }

    /// Which features a strip is of.
    ///
    /// # Errors
    /// [`Error::NoSuch`], here and below, for a strip that is none.
    pub fn range(&self, strip: usize) -> Result<Range<usize>> {
        let (start, count) = (strip.saturating_mul(self.rows), self.count());
        if strip >= count {
            return Err(Error::NoSuch { what: "strip".into(), index: strip, count });
        }
        Ok(start..self.features.min(start + self.rows))
    }

    /// Where its gradient goes, `[rows, representation]`, which are so many numbers. It counts as made.
    ///
    /// # Errors
    /// [`Error::Mismatch`] where they are not.
    pub fn room(&mut self, strip: usize, count: usize) -> Result<&mut [f32]> {
        let Range { start, end } = self.range(strip)?;
        Error::check_count("numbers of a strip", count, (end - start) * self.representation)?;
        self.left.remove(&strip);
        self.gradient.resize(self.features * self.representation, 0.);
        Ok(&mut self.gradient[start * self.representation..end * self.representation])
    }

    /// Makes one here.
    ///
    /// # Shapes
    /// - features: `[views, rows]`, those of the strip
    pub fn make(&mut self, strip: usize, features: &[f32]) -> Result<()> {
        let views = self.slopes.len() / self.representation;
        let count = features.len() / views.max(1) * self.representation;
        let slopes = std::mem::take(&mut self.slopes);
        let made = self.room(strip, count).and_then(|room| make(views, features, &slopes, room));
        self.slopes = slopes;
        made
    }

    /// Those that nobody has made.
    pub fn left(&self) -> Vec<usize> {
        self.left.iter().copied().collect()
    }

    /// All of them, and those of the bias, as the layer's.
    pub fn gradients(self, layer: &Linear) -> GradientsParams {
        let Self { features, representation, slopes, gradient, .. } = self;
        let views = slopes.len() / representation;
        let bias = bias_gradient(Matrix::new(&slopes, views, representation));
        let device = layer.weight.val().inner().device();
        let mut found = GradientsParams::new();
        let gradient = TensorData::new(gradient, [features, representation]);
        found.register(layer.weight.id, Tensor::<2>::from_data(gradient, &device));
        if let Some(layer) = &layer.bias {
            let bias = TensorData::new(bias, [representation]);
            found.register(layer.id, Tensor::<1>::from_data(bias, &device));
        }
        found
    }
}

/// A strip of the gradient, by who has no step.
///
/// # Shapes
/// - features: `[views, rows]`, those of the strip
/// - slopes: `[views, representation]`, what the loss changes by with each number of h
/// - output: `[rows, representation]`
///
/// # Errors
/// [`Error::Mismatch`] for something else than whole rows.
pub fn strip_gradient(views: usize, features: &[f32], slopes: &[f32]) -> Result<Vec<f32>> {
    let [rows, representation] = [features, slopes].map(|of| of.len() / views.max(1));
    let mut gradient = vec![0.; rows * representation];
    make(views, features, slopes, &mut gradient)?;
    Ok(gradient)
}

fn make(views: usize, features: &[f32], slopes: &[f32], gradient: &mut [f32]) -> Result<()> {
    let [rows, representation] = [features, slopes].map(|of| of.len() / views.max(1));
    Error::check_count("features", features.len(), views * rows)?;
    Error::check_count("slopes", slopes.len(), views * representation)?;
    Error::check_count("numbers of a strip", gradient.len(), rows * representation)?;
    let (features, slopes) =
        (Matrix::new(features, views, rows), Matrix::new(slopes, views, representation));
    weight_gradient(features, slopes, gradient);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strips_are_the_whole_gradient_to_the_bit_whoever_made_them() {
        let (views, features, representation) = (10, 5000, 128);
        let numbers = |count: usize, by: f32| -> Vec<f32> {
            (0..count).map(|i| (i as f32 * by).sin()).collect()
        };
        let (x, slopes) = (numbers(views * features, 0.7), numbers(views * representation, 1.3));
        let whole = strip_gradient(views, &x, &slopes).unwrap();
        let mut strips = Strips::new(features, representation, slopes.clone());
        assert_eq!((strips.count(), strips.left()), (3, vec![0, 1, 2]));
        for strip in [2, 0, 1] {
            let range = strips.range(strip).unwrap();
            let x: Vec<f32> =
                x.chunks(features).flat_map(|row| &row[range.clone()]).copied().collect();
            if strip == 0 {
                let made = strip_gradient(views, &x, &slopes).unwrap();
                strips.room(strip, made.len()).unwrap().copy_from_slice(&made);
            } else {
                strips.make(strip, &x).unwrap();
            }
        }
        assert!(strips.left().is_empty() && strips.range(3).is_err());
        assert_eq!(strips.gradient, whole);
    }
}
