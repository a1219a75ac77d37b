//! Parts of a step's batch, and who makes them.

use std::collections::BTreeMap;

use burn::module::Module;
use burn::optim::GradientsParams;
use burn::tensor::{Device, Tensor, TensorData};
use contrastive_kernels::render::COLUMNS;
use serde::{Deserialize, Serialize};

use crate::augment::render_table;
use crate::device::floats;
use crate::model::{ModelConfig, Trunk, gradients, map_parameters, parameters};
use crate::{Error, Result};

/// Views that go through a trunk together. The CPU's kernels sum over as many pictures before they sum further.
pub const PART: usize = 8;

/// Which network a part goes through.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub enum Branch {
    /// The one that is trained.
    Learned,
    /// MoCo's momentum encoder, which has no gradients.
    Keys,
}

/// The trunks of a model, and what is kept of each part between its two passes. Each instance of the program has
/// one; what it makes of a part is the same, to the bit, in all that have the same weights.
///
/// ```
/// use burn::tensor::Device;
/// use contrastive_playground::dataset::ShapesConfig;
/// use contrastive_playground::train::{Branch, Shard, TrainConfig, Trainer};
/// let set = ShapesConfig { count: 8, side: 8, ..Default::default() }.draw().unwrap().images;
/// let config = TrainConfig { batch_size: 4, ..Default::default() };
/// let pending = Trainer::new(config, 8, &Device::flex()).unwrap().begin(&set).unwrap();
/// let mut shard = Shard::new(&config.model, 8, &Device::flex()).unwrap();
/// shard.load(Branch::Learned, &pending.weights(Branch::Learned).unwrap()).unwrap();
/// let (pictures, table) = (pending.pictures(0).unwrap(), pending.table(0).unwrap());
/// let features = shard.forward(0, Branch::Learned, &pictures, &table).unwrap();
/// let gradients = shard.backward(0, &features).unwrap();
/// assert_eq!(gradients.len(), shard.weights());
/// ```
#[derive(Debug)]
pub struct Shard {
    side: usize,
    device: Device,
    /// Which parameters there are.
    form: Trunk,
    trunks: BTreeMap<Branch, Trunk>,
    /// What was made of a part, with the graph to learn through.
    made: BTreeMap<usize, Tensor<2>>,
}

impl Shard {
    /// Weights are still to be given.
    ///
    /// # Errors
    /// [`Error::SettingOutOfRange`] for a side the encoder cannot take.
    pub fn new(model: &ModelConfig, side: usize, device: &Device) -> Result<Self> {
        Ok(Self::of(model.trunk(side, &device.clone().autodiff())?, side, device))
    }

    fn of(form: Trunk, side: usize, device: &Device) -> Self {
        let device = device.clone().without_autodiff();
        Self { side, device, form, trunks: BTreeMap::new(), made: BTreeMap::new() }
    }

    /// With the weights of a trunk that is trained, and MoCo's that is not.
    pub(super) fn with(learned: Trunk, keys: Option<Trunk>, side: usize, device: &Device) -> Self {
        let mut shard = Self::of(learned.clone(), side, device);
        let keys = keys.map(|trunk| (Branch::Keys, trunk));
        shard.trunks = keys.into_iter().chain([(Branch::Learned, learned)]).collect();
        shard
    }

    /// How many numbers a trunk's weights are.
    pub fn weights(&self) -> usize {
        self.form.num_params()
    }

    /// Takes weights, flat, parameter by parameter, and forgets what was made with those before.
    ///
    /// # Errors
    /// [`Error::Mismatch`] for weights of another trunk.
    pub fn load(&mut self, branch: Branch, weights: &[f32]) -> Result<()> {
        Error::check_count("weights", weights.len(), self.weights())?;
        let mut left = weights;
        let trunk = map_parameters(self.form.clone(), |_, old| {
            let (values, rest) = left.split_at(old.dims()[0]);
            left = rest;
            Tensor::from_data(values, &self.device)
        });
        let trunk = if branch == Branch::Keys { trunk.valid() } else { trunk };
        self.trunks.insert(branch, trunk);
        self.made.clear();
        Ok(())
    }

    /// The weights of a branch, flat; none where there are none.
    pub(super) fn flat_weights(&self, branch: Branch) -> Result<Vec<f32>> {
        self.trunks.get(&branch).map_or(Ok(Vec::new()), |trunk| {
            flat(parameters(trunk).into_iter().map(|parameter| parameter.values))
        })
    }

    /// The features of a part's views, row by row, and keeps what [`Shard::backward`] needs, if they can be learned
    /// through.
    ///
    /// # Shapes
    /// - pictures: `[n, 3, side, side]` in 0..1, one a view
    /// - table: `[n, columns]`, what is done to each
    /// - output: `[n, features]`
    ///
    /// # Errors
    /// [`Error::Mismatch`] for something else than whole pictures and rows, [`Error::NoRun`] without weights.
    pub fn forward(
        &mut self,
        part: usize,
        branch: Branch,
        pictures: &[f32],
        table: &[f32],
    ) -> Result<Vec<f32>> {
        let (side, picture) = (self.side, 3 * self.side * self.side);
        let views = table.len().div_ceil(COLUMNS).max(1);
        Error::check_count("numbers of a table", table.len(), views * COLUMNS)?;
        Error::check_count("numbers of pictures", pictures.len(), views * picture)?;
        let pictures = TensorData::new(pictures.to_vec(), [views, 3, side, side]);
        let pictures = Tensor::from_data(pictures, &self.device);
        self.make(part, branch, render_table(pictures, table.to_vec()))
    }

    /// The same of views that have been drawn.
    pub(super) fn make(
        &mut self,
        part: usize,
        branch: Branch,
        views: Tensor<4>,
    ) -> Result<Vec<f32>> {
        let features = self.through(branch, views)?;
        if branch == Branch::Keys {
            return flat([features]);
        }
        self.made.insert(part, features.clone());
        flat([features.inner()])
    }

    /// What a loss changes by with each weight, of this part alone and flat as in [`Shard::load`], given what it changes by
    /// with each of the part's features.
    ///
    /// # Errors
    /// [`Error::NoSuch`] where the part was not made here since weights came, [`Error::Mismatch`] for slopes of another.
    pub fn backward(&mut self, part: usize, slopes: &[f32]) -> Result<Vec<f32>> {
        let (Some(features), Some(trunk)) =
            (self.made.remove(&part), self.trunks.get(&Branch::Learned))
        else {
            let count = self.made.len();
            return Err(Error::NoSuch { what: "part".into(), index: part, count });
        };
        let shape = features.dims();
        Error::check_count("slopes", slopes.len(), shape[0] * shape[1])?;
        let slopes = Tensor::<2>::from_data(TensorData::new(slopes.to_vec(), shape), &self.device);
        let found = (features * slopes.autodiff()).sum().backward();
        let mut found = gradients(trunk, GradientsParams::from_grads(found, trunk));
        let parameters = parameters(trunk).into_iter();
        flat(parameters.map(|p| found.remove(&p.name).unwrap_or_else(|| p.values.zeros_like())))
    }

    /// What a trunk makes of views of any number, to be learned through if it can be.
    pub(super) fn through(&self, branch: Branch, views: Tensor<4>) -> Result<Tensor<2>> {
        let trunk = self.trunks.get(&branch).ok_or(Error::NoRun)?;
        let learned = branch == Branch::Learned;
        Ok(trunk.forward(if learned { views.autodiff() } else { views }))
    }

    /// Was this part made here, to be learned through?
    pub fn has(&self, part: usize) -> bool {
        self.made.contains_key(&part)
    }
}

/// The numbers of tensors of the CPU, one after the other.
pub(super) fn flat<const D: usize>(
    tensors: impl IntoIterator<Item = Tensor<D>>,
) -> Result<Vec<f32>> {
    let mut each = tensors.into_iter().map(|tensor| floats(tensor.into_data()));
    // Those of the first, often the only one, are not moved.
    let mut numbers = each.next().transpose()?.unwrap_or_default();
    for more in each {
        numbers.extend(more?);
    }
    Ok(numbers)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_belong_together_is_an_error() {
        let mut shard = Shard::new(&ModelConfig::default(), 8, &Device::flex()).unwrap();
        let (views, table) = ([0.5; 3 * 64], [0.0; COLUMNS]);
        assert_eq!(shard.forward(0, Branch::Learned, &views, &table), Err(Error::NoRun));
        assert!(shard.load(Branch::Learned, &[0.0; 3]).is_err());
        let weights = vec![0.1; shard.weights()];
        shard.load(Branch::Learned, &weights).unwrap();
        assert_eq!(shard.forward(0, Branch::Keys, &views, &table), Err(Error::NoRun));
        let wrong =
            [(&[][..], &table[..]), (&views[1..], &table), (&views, &[]), (&views, &table[1..])];
        for (views, table) in wrong {
            assert!(shard.forward(0, Branch::Learned, views, table).is_err());
        }
        let features = shard.forward(0, Branch::Learned, &views, &table).unwrap();
        assert!(shard.backward(1, &features).is_err());
        assert!(shard.backward(0, &features[1..]).is_err());
        assert!(shard.backward(0, &features).is_err(), "what went wrong is gone");
        shard.forward(0, Branch::Learned, &views, &table).unwrap();
        shard.load(Branch::Learned, &weights).unwrap();
        assert!(shard.backward(0, &features).is_err(), "other weights came");
    }
}
