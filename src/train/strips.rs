//! The linear layer between trunk and head, made by several instances.
//!
//! The trunk is shared out by views, this by inputs (Krizhevsky 2014, arXiv:1404.5997): it has most of the weights and
//! little of the work, so each instance is sent the weights of its own inputs and no others. Products are summed strip
//! by strip of [`STRIP`] inputs, and the strips' sums in their order, also where one instance makes all of them; so it does
//! not matter to the last bit who made which.

use std::collections::BTreeMap;
use std::ops::Range;

use burn::nn::Linear;
use burn::tensor::{Device, Tensor, TensorData};

use super::shard::flat;
use crate::ops::{self, Product};
use crate::{Error, Result};

/// Inputs whose products are summed before they are summed further.
pub const STRIP: usize = 1024;

/// Neighbouring strips of the layer, apart from the model.
///
/// ```
/// use contrastive_playground::train::Strips;
/// let mut strips = Strips::new(vec![0.5; 6], 2).unwrap();
/// assert_eq!(strips.represent(vec![1.0, 2.0, 3.0]).unwrap(), [3.0, 3.0]);
/// assert_eq!(strips.share(vec![1.0, 0.0]).unwrap(), [0.5, 0.5, 0.5]);
/// assert_eq!(strips.learn().unwrap(), [1.0, 0.0, 2.0, 0.0, 3.0, 0.0]);
/// ```
#[derive(Debug)]
pub struct Strips {
    /// `[inputs, outputs]`
    weights: Tensor<2>,
    /// `[views, inputs]`, once they are there.
    features: Option<Tensor<2>>,
    /// What the loss changes by with each number of h, `[views, outputs]`, once it is known.
    slopes: Option<Tensor<2>>,
}

impl Strips {
    /// Of weights `[inputs, outputs]`.
    ///
    /// # Errors
    /// [`Error::Mismatch`] for weights that are no rows of so many outputs.
    pub fn new(weights: Vec<f32>, outputs: usize) -> Result<Self> {
        let weights = rows("weights", weights, outputs)?;
        Ok(Self { weights, features: None, slopes: None })
    }

    /// The strips' sums, one below the other, `[strips · views, outputs]`, of features `[views, inputs]`.
    ///
    /// # Errors
    /// [`Error::Mismatch`] for features that are no rows of so many inputs.
    pub fn represent(&mut self, features: Vec<f32>) -> Result<Vec<f32>> {
        let features = rows("features", features, self.weights.dims()[0])?;
        self.features = Some(features.clone());
        flat(sums(&features, &self.weights))
    }

    /// What the loss changes by with each feature, `[views, inputs]`, given what it changes by with each number of h,
    /// `[views, outputs]`.
    ///
    /// # Errors
    /// [`Error::Mismatch`] for slopes that are no rows of so many outputs.
    pub fn share(&mut self, slopes: Vec<f32>) -> Result<Vec<f32>> {
        let slopes = rows("slopes", slopes, self.weights.dims()[1])?;
        self.slopes = Some(slopes.clone());
        flat([back(slopes, self.weights.clone())])
    }

    /// What it changes by with each weight, `[inputs, outputs]`.
    ///
    /// # Errors
    /// [`Error::NoRun`] before [`Strips::represent`] and [`Strips::share`], or if these were of different views.
    pub fn learn(&mut self) -> Result<Vec<f32>> {
        match (self.features.take(), self.slopes.take()) {
            (Some(features), Some(slopes)) if features.dims()[0] == slopes.dims()[0] => {
                flat([gradient(features, slopes)])
            }
            _ => Err(Error::NoRun),
        }
    }
}

/// Numbers as rows of so many.
fn rows(what: &str, numbers: Vec<f32>, columns: usize) -> Result<Tensor<2>> {
    let rows = numbers.len().div_ceil(columns.max(1));
    Error::check_count(what, numbers.len(), rows * columns)?;
    Ok(Tensor::from_data(TensorData::new(numbers, [rows, columns]), &Device::flex()))
}

fn sums(features: &Tensor<2>, weights: &Tensor<2>) -> Vec<Tensor<2>> {
    let inputs = weights.dims()[0];
    let strip = |from: usize| {
        let count = STRIP.min(inputs - from);
        let (features, weights) =
            (features.clone().narrow(1, from, count), weights.clone().narrow(0, from, count));
        ops::product(features, weights, Product::Plain)
    };
    (0..inputs).step_by(STRIP).map(strip).collect()
}

fn back(slopes: Tensor<2>, weights: Tensor<2>) -> Tensor<2> {
    ops::product(slopes, weights, Product::Right)
}

fn gradient(features: Tensor<2>, slopes: Tensor<2>) -> Tensor<2> {
    ops::product(features, slopes, Product::Left)
}

/// The layer in a step under way: what was made of its strips, here and elsewhere. A model without it has no strips, and
/// its features are h.
pub(super) struct Between {
    inputs: usize,
    outputs: usize,
    /// Of all learned views, `[views, inputs]`, once they are there.
    features: Option<Tensor<2>>,
    /// `[views, outputs]`, by strips.
    sums: BTreeMap<usize, Tensor<2>>,
    /// What the loss changes by with each number of h, `[views, outputs]`, once it is known.
    slopes: Option<Tensor<2>>,
    /// What it changes by with each feature, `[views, inputs]`, and of which strips that is known.
    back: Vec<f32>,
    shared: Vec<bool>,
    /// What it changes by with each weight, `[inputs, outputs]`, by the first of its strips.
    gradients: BTreeMap<usize, Tensor<2>>,
}

impl Between {
    /// Of a layer, if there is one.
    pub fn new(inputs: usize, layer: Option<&Linear>) -> Self {
        let outputs = layer.map_or(inputs, |layer| layer.weight.dims()[1]);
        let strips = layer.map_or(0, |_| inputs.div_ceil(STRIP));
        Self {
            inputs,
            outputs,
            features: None,
            sums: BTreeMap::new(),
            slopes: None,
            back: Vec::new(),
            shared: vec![false; strips],
            gradients: BTreeMap::new(),
        }
    }

    pub fn strips(&self) -> usize {
        self.shared.len()
    }

    /// Inputs of some strips.
    pub fn inputs_of(&self, strips: &Range<usize>) -> Result<Range<usize>> {
        let count = self.strips();
        if strips.start >= strips.end || strips.end > count {
            return Err(Error::NoSuch { what: "strip".into(), index: strips.end, count });
        }
        Ok(strips.start * STRIP..self.inputs.min(strips.end * STRIP))
    }

    /// All features of the learned views.
    pub fn meet(&mut self, features: Tensor<2>) {
        self.features = Some(features);
    }

    pub fn has_features(&self) -> bool {
        self.features.is_some()
    }

    pub fn features(&self, strips: &Range<usize>) -> Result<Tensor<2>> {
        let Range { start, end } = self.inputs_of(strips)?;
        let features = self.features.clone().ok_or(Error::NoRun)?;
        Ok(features.narrow(1, start, end - start))
    }

    /// Makes sums here.
    pub fn represent(&mut self, strips: Range<usize>, weights: &Tensor<2>) -> Result<()> {
        let made = sums(&self.features(&strips)?, weights);
        self.sums.extend(strips.zip(made));
        Ok(())
    }

    /// Takes sums that [`Strips::represent`] made.
    pub fn take_sums(&mut self, strips: Range<usize>, sums: Vec<f32>) -> Result<()> {
        let views = self.features(&strips)?.dims()[0];
        Error::check_count("sums", sums.len(), strips.len() * views * self.outputs)?;
        let sums = rows("sums", sums, self.outputs)?;
        let sum = |number: usize| sums.clone().narrow(0, number * views, views);
        self.sums.extend(strips.enumerate().map(|(number, strip)| (strip, sum(number))));
        Ok(())
    }

    /// h of all learned views: the sums in their order, and the bias.
    pub fn h(&self, layer: Option<&Linear>) -> Result<Tensor<2>> {
        Error::check_count("sums", self.sums.len(), self.strips())?;
        let sum = self.sums.values().cloned().reduce(|sum, next| sum + next);
        let Some(sum) = sum else { return self.features.clone().ok_or(Error::NoRun) };
        let bias = layer.and_then(|layer| layer.bias.as_ref());
        Ok(match bias {
            Some(bias) => sum + bias.val().inner().unsqueeze(),
            None => sum,
        })
    }

    /// What the loss changes by with each number of h is known.
    pub fn compared(&mut self, slopes: Tensor<2>) -> Result<()> {
        self.back = match self.strips() {
            0 => flat([slopes.clone()])?,
            _ => vec![0.0; slopes.dims()[0] * self.inputs],
        };
        self.slopes = Some(slopes);
        Ok(())
    }

    pub fn slopes(&self) -> Result<Tensor<2>> {
        self.slopes.clone().ok_or(Error::NoRun)
    }

    /// Makes slopes of features here.
    pub fn share(&mut self, strips: Range<usize>, weights: Tensor<2>) -> Result<()> {
        let slopes = flat([back(self.slopes()?, weights)])?;
        self.take_slopes(strips, &slopes)
    }

    /// Takes slopes of features that [`Strips::share`] made.
    pub fn take_slopes(&mut self, strips: Range<usize>, slopes: &[f32]) -> Result<()> {
        let Range { start, end } = self.inputs_of(&strips)?;
        let views = self.slopes()?.dims()[0];
        Error::check_count("slopes", slopes.len(), views * (end - start))?;
        let all = self.back.chunks_exact_mut(self.inputs);
        all.zip(slopes.chunks_exact(end - start)).for_each(|(all, some)| {
            all[start..end].copy_from_slice(some);
        });
        self.shared[strips].fill(true);
        Ok(())
    }

    /// What the loss changes by with each feature of some learned views; empty until that is known of all strips.
    pub fn back(&self, views: Range<usize>) -> &[f32] {
        let known = self.shared.iter().all(|&shared| shared);
        let found = self.back.get(views.start * self.inputs..views.end * self.inputs);
        found.filter(|_| known).unwrap_or_default()
    }

    /// Makes the weights' gradient here.
    pub fn learn(&mut self, strips: Range<usize>) -> Result<()> {
        let made = gradient(self.features(&strips)?, self.slopes()?);
        self.gradients.insert(strips.start, made);
        Ok(())
    }

    /// Takes the weights' gradient that [`Strips::learn`] made.
    pub fn take_gradients(&mut self, strips: Range<usize>, gradients: Vec<f32>) -> Result<()> {
        let inputs = self.inputs_of(&strips)?.len();
        Error::check_count("gradients", gradients.len(), inputs * self.outputs)?;
        self.gradients.insert(strips.start, rows("gradients", gradients, self.outputs)?);
        Ok(())
    }

    /// The gradients of all weights and of the bias, flat, by their names.
    pub fn gradients(&self) -> Result<Vec<(&'static str, Tensor<1>)>> {
        if self.strips() == 0 {
            return Ok(Vec::new());
        }
        let pieces: Vec<_> = self.gradients.values().cloned().collect();
        let found = pieces.iter().map(|piece| piece.dims()[0]).sum();
        Error::check_count("inputs with gradients", found, self.inputs)?;
        let weights = Tensor::cat(pieces, 0).flatten(0, 1);
        Ok(vec![("weight", weights), ("bias", self.slopes()?.sum_dim(0).flatten(0, 1))])
    }
}
