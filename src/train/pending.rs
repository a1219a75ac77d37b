//! A step under way, whose parts may be made by others.
//!
//! On the CPU the views go through the trunk in parts of [`PART`], also where one instance makes all of them, and
//! their gradients are summed in the order of the parts. So a step gives the same, to the bit, whoever made which part. The
//! rest of the model and the loss see the whole batch, once: gradient caching (Gao et al. 2021,
//! arXiv:2101.06983) without its second forward pass, as who made a part keeps its graph. The graph is cut at h too: what
//! comes between trunk and h can be made by others as well ([`strips`](super::strips)).
//!
//! On a GPU, where each launch costs, the batch is one piece.

use std::collections::BTreeMap;
use std::ops::Range;

use burn::optim::GradientsParams;
use burn::tensor::{Device, Tensor, TensorData};

use super::shard::{Branch, PART, Shard, flat};
use super::strips::Between;
use super::{Method, Origin, Step, TrainConfig, Trainer};
use crate::augment::{ViewParameters, pictures_of, render, table};
use crate::dataset::ImageSet;
use crate::loss::LossOutput;
use crate::model::{BETWEEN, ContrastiveModel, gradients, parameters};
use crate::{Error, Result};

/// A batch, drawn.
pub(super) struct Batch {
    pub pictures: Vec<usize>,
    pub labels: Vec<Option<usize>>,
    pub contents: Vec<u64>,
    pub parameters: Vec<ViewParameters>,
    /// `[pictures, 3, side, side]`
    pub images: Tensor<4>,
}

/// What the loss said of a batch.
pub(super) struct Compared {
    pub output: LossOutput,
    pub z: Tensor<2>,
    pub keys: Vec<Option<Origin>>,
}

/// Between [`Trainer::begin`] and [`Trainer::finish`]: which parts there are, and what was made of them.
pub struct Pending {
    batch: Batch,
    config: TrainConfig,
    /// Views, from the first on, that are learned from; those after them are of keys.
    learned: usize,
    /// None where the batch is one piece.
    parts: Vec<Part>,
    /// All views, where the batch is one piece.
    whole: Option<Tensor<4>>,
    /// Numbers that the trunk makes of a view.
    width: usize,
    /// Makes parts here.
    shard: Shard,
    sum: Sum,
    compared: Option<Compared>,
    /// Where there are parts.
    between: Option<Between>,
    /// Of what comes after the trunk, by names; of all where there are no parts.
    gradients: BTreeMap<String, Tensor<1>>,
}

struct Part {
    branch: Branch,
    views: Range<usize>,
    /// Once they are drawn here.
    drawn: Option<Tensor<4>>,
    /// `[views, features]`, once they are there.
    features: Vec<f32>,
}

impl Pending {
    fn new(batch: Batch, trainer: &Trainer, shard: Shard) -> Self {
        let Trainer { config, model, side, device, .. } = trainer;
        let (views, pictures) = (batch.parameters.len(), batch.images.dims()[0]);
        let learned = if config.method == Method::Moco { pictures } else { views };
        let branches = [(Branch::Learned, 0..learned), (Branch::Keys, learned..views)];
        let parts = branches.into_iter().flat_map(|(branch, all)| {
            all.clone().step_by(PART).map(move |from| Part {
                branch,
                views: from..all.end.min(from + PART),
                drawn: None,
                features: Vec::new(),
            })
        });
        // A GPU counts launches, not pictures.
        let in_parts = *device == Device::flex();
        let whole = (!in_parts).then(|| render(batch.images.clone(), &batch.parameters));
        let parts = if in_parts { parts.collect() } else { Vec::new() };
        let width = config.model.encoder(*side).features();
        Self {
            batch,
            config: *config,
            learned,
            parts,
            whole,
            width,
            shard,
            sum: Sum::default(),
            compared: None,
            between: in_parts.then(|| Between::new(width, model.between())),
            gradients: BTreeMap::new(),
        }
    }

    /// How many parts have features to be made, numbered from 0; none where the batch is one piece.
    pub fn parts(&self) -> usize {
        self.parts.len()
    }

    /// How many of them, the first ones, have gradients too.
    pub fn learned_parts(&self) -> usize {
        self.parts.iter().filter(|part| part.branch == Branch::Learned).count()
    }

    /// The weights that parts of a branch are made with, for [`Shard::load`]; empty for a branch without parts.
    ///
    /// # Errors
    /// [`Error::Device`] where they cannot be read.
    pub fn weights(&self, branch: Branch) -> Result<Vec<f32>> {
        self.shard.flat_weights(branch)
    }

    /// Which network a part goes through.
    ///
    /// # Errors
    /// [`Error::NoSuch`], here and below, for a part that is none.
    pub fn branch(&self, part: usize) -> Result<Branch> {
        Ok(self.part(part)?.branch)
    }

    /// The pictures of a part's views, one each, for [`Shard::forward`].
    ///
    /// # Errors
    /// As [`Pending::branch`].
    pub fn pictures(&self, part: usize) -> Result<Vec<f32>> {
        flat([pictures_of(&self.batch.images, self.part(part)?.views.clone())])
    }

    /// What is done to each of them, likewise.
    ///
    /// # Errors
    /// As [`Pending::branch`].
    pub fn table(&self, part: usize) -> Result<Vec<f32>> {
        let views = self.part(part)?.views.clone();
        Ok(table(&self.batch.parameters[views], self.batch.images.dims()[2]))
    }

    /// Makes the features of a part here.
    ///
    /// # Errors
    /// As [`Pending::branch`].
    pub fn forward(&mut self, part: usize) -> Result<()> {
        let Part { branch, views, .. } = self.part(part)?;
        let (branch, pictures) = (*branch, pictures_of(&self.batch.images, views.clone()));
        let views = render(pictures, &self.batch.parameters[views.clone()]);
        let features = self.shard.make(part, branch, views.clone())?;
        let part = self.part_mut(part)?;
        (part.features, part.drawn) = (features, Some(views));
        Ok(())
    }

    /// Takes the features of a part that [`Shard::forward`] made elsewhere.
    ///
    /// # Errors
    /// As [`Pending::branch`], and [`Error::Mismatch`] for features of another trunk.
    pub fn take_features(&mut self, part: usize, features: Vec<f32>) -> Result<()> {
        let needed = self.part(part)?.views.len() * self.width;
        Error::check_count("features", features.len(), needed)?;
        self.part_mut(part)?.features = features;
        Ok(())
    }

    /// How many strips the layer between trunk and head has, numbered from 0; none where there is no such layer, or the
    /// batch is one piece.
    pub fn strips(&self) -> usize {
        self.between.as_ref().map_or(0, Between::strips)
    }

    /// The features of all learned views that go into some strips, `[views, inputs]`, for [`Strips::represent`].
    ///
    /// # Errors
    /// [`Error::NoSuch`], here and below, for strips that are none, [`Error::Mismatch`] while features are missing.
    pub fn strip_features(&mut self, strips: Range<usize>) -> Result<Vec<f32>> {
        flat([self.gathered()?.features(&strips)?])
    }

    /// Takes sums of strips that [`Strips::represent`] made elsewhere.
    ///
    /// # Errors
    /// As [`Pending::strip_features`], and [`Error::Mismatch`] for sums of another layer.
    pub fn take_sums(&mut self, strips: Range<usize>, sums: Vec<f32>) -> Result<()> {
        self.gathered()?.take_sums(strips, sums)
    }

    /// What the loss changes by with each number of h, `[views, outputs]`, for [`Strips::share`].
    ///
    /// # Errors
    /// [`Error::NoRun`] before [`Trainer::meet`].
    pub fn slopes_of_h(&self) -> Result<Vec<f32>> {
        flat([self.between.as_ref().ok_or(Error::NoRun)?.slopes()?])
    }

    /// Takes slopes of features that [`Strips::share`] made elsewhere.
    ///
    /// # Errors
    /// As [`Pending::take_sums`], and [`Error::NoRun`] before [`Trainer::meet`].
    pub fn take_slopes(&mut self, strips: Range<usize>, slopes: &[f32]) -> Result<()> {
        self.between.as_mut().ok_or(Error::NoRun)?.take_slopes(strips, slopes)
    }

    /// Takes gradients of weights that [`Strips::learn`] made elsewhere.
    ///
    /// # Errors
    /// As [`Pending::take_sums`].
    pub fn take_rest(&mut self, strips: Range<usize>, gradients: Vec<f32>) -> Result<()> {
        self.between.as_mut().ok_or(Error::NoRun)?.take_gradients(strips, gradients)
    }

    /// What the loss changes by with each feature of a part, for [`Shard::backward`]; empty until the slopes of all strips
    /// are there.
    ///
    /// # Errors
    /// As [`Pending::branch`].
    pub fn slopes(&self, part: usize) -> Result<&[f32]> {
        let views = self.part(part)?.views.clone();
        Ok(self.between.as_ref().map_or(&[], |between| between.back(views)))
    }

    /// Makes the gradients of a part here, and its features again if they came from elsewhere.
    ///
    /// # Errors
    /// As [`Pending::branch`], and [`Error::Mismatch`] before [`Trainer::share`].
    pub fn backward(&mut self, part: usize) -> Result<()> {
        if !self.shard.has(part) {
            self.forward(part)?;
        }
        let slopes = self.slopes(part)?.to_vec();
        let gradients = self.shard.backward(part, &slopes)?;
        self.take_gradients(part, gradients)
    }

    /// Takes the gradients of a part that [`Shard::backward`] made elsewhere.
    ///
    /// # Errors
    /// [`Error::Mismatch`] for gradients of another trunk.
    pub fn take_gradients(&mut self, part: usize, gradients: Vec<f32>) -> Result<()> {
        Error::check_count("gradients", gradients.len(), self.shard.weights())?;
        self.sum.take(part, gradients);
        Ok(())
    }

    fn part(&self, part: usize) -> Result<&Part> {
        self.parts.get(part).ok_or_else(|| no_part(part, self.parts.len()))
    }

    fn part_mut(&mut self, part: usize) -> Result<&mut Part> {
        let count = self.parts.len();
        self.parts.get_mut(part).ok_or_else(|| no_part(part, count))
    }

    /// With the features of all learned views.
    fn gathered(&mut self) -> Result<&mut Between> {
        let features = match &self.between {
            Some(between) if !between.has_features() => Some(self.features(Branch::Learned)?),
            _ => None,
        };
        let between = self.between.as_mut().ok_or(Error::NoRun)?;
        if let Some(features) = features {
            between.meet(features);
        }
        Ok(between)
    }

    /// All features of a branch.
    fn features(&self, branch: Branch) -> Result<Tensor<2>> {
        if let Some(views) = &self.whole {
            let keys = branch == Branch::Keys;
            let (from, to) = if keys { (self.learned, views.dims()[0]) } else { (0, self.learned) };
            return self.shard.through(branch, views.clone().narrow(0, from, to - from));
        }
        let parts = || self.parts.iter().filter(|part| part.branch == branch);
        let views: usize = parts().map(|part| part.views.len()).sum();
        let features = parts().map(|part| &part.features[..]).collect::<Vec<_>>().concat();
        let shape = [views, self.width];
        Error::check_count("features", features.len(), views * self.width)?;
        Ok(Tensor::from_data(TensorData::new(features, shape), &self.batch.images.device()))
    }

    /// The gradients of all parameters, by their names in the model.
    pub(super) fn gradients(
        &self,
        model: &ContrastiveModel,
    ) -> Result<BTreeMap<String, Tensor<1>>> {
        let mut gradients = self.gradients.clone();
        let needed = self.learned_parts();
        Error::check_count("parts with gradients", self.sum.added, needed)?;
        if needed > 0 {
            let device = self.batch.images.device();
            let mut left = &self.sum.total[..];
            for parameter in parameters(&model.trunk()) {
                let (values, rest) = left.split_at(parameter.values.dims()[0]);
                let name = format!("encoder.{}", parameter.name);
                gradients.insert(name, Tensor::from_data(values, &device));
                left = rest;
            }
        }
        if let Some(between) = &self.between {
            let named = between.gradients()?.into_iter();
            gradients.extend(named.map(|(name, values)| (format!("{BETWEEN}.{name}"), values)));
        }
        Ok(gradients)
    }
}

fn no_part(index: usize, count: usize) -> Error {
    Error::NoSuch { what: "part".into(), index, count }
}

/// The gradients of parts, added in their order, whenever each comes.
#[derive(Default)]
struct Sum {
    total: Vec<f32>,
    /// How many are in the total.
    added: usize,
    early: BTreeMap<usize, Vec<f32>>,
}

impl Sum {
    fn take(&mut self, part: usize, gradients: Vec<f32>) {
        self.early.insert(part, gradients);
        while let Some(next) = self.early.remove(&self.added) {
            self.total.resize(next.len(), 0.0);
            self.total.iter_mut().zip(&next).for_each(|(total, next)| *total += next);
            self.added += 1;
        }
    }
}

impl Trainer {
    /// Draws the batch of the next step. What follows is up to who has the [`Pending`]: the features of all its parts, the
    /// sums of all its strips, [`Trainer::meet`], the slopes of all strips, the gradients of its learned parts and of all
    /// strips, [`Trainer::finish`]. [`Trainer::step`] does all of it here.
    ///
    /// # Errors
    /// As [`Trainer::step`].
    pub fn begin(&mut self, set: &ImageSet) -> Result<Pending> {
        let batch = self.draw(set)?;
        let keys = self.begin_keys();
        let shard = Shard::with(self.model.trunk(), keys, self.side, &self.device);
        Ok(Pending::new(batch, self, shard))
    }

    /// The weights of some strips, `[inputs, outputs]`, for [`Strips::new`].
    ///
    /// # Errors
    /// As [`Pending::take_sums`].
    pub fn strip_weights(&self, pending: &Pending, strips: Range<usize>) -> Result<Vec<f32>> {
        flat([self.weights_of(pending, &strips)?])
    }

    fn weights_of(&self, pending: &Pending, strips: &Range<usize>) -> Result<Tensor<2>> {
        let (Some(between), Some(layer)) = (&pending.between, self.model.between()) else {
            return Err(Error::NoRun);
        };
        let inputs = between.inputs_of(strips)?;
        Ok(layer.weight.val().inner().narrow(0, inputs.start, inputs.len()))
    }

    /// Makes the sums of some strips here, once the features of all learned parts are there.
    ///
    /// # Errors
    /// As [`Pending::strip_features`].
    pub fn represent(&self, pending: &mut Pending, strips: Range<usize>) -> Result<()> {
        if strips.is_empty() {
            return Ok(());
        }
        let weights = self.weights_of(pending, &strips)?;
        pending.gathered()?.represent(strips, &weights)
    }

    /// The loss, once the features of all parts and the sums of all strips are there.
    ///
    /// # Errors
    /// [`Error::Mismatch`] where some are missing.
    pub fn meet(&mut self, pending: &mut Pending, set: &ImageSet) -> Result<()> {
        let in_parts = pending.parts() > 0;
        let h = if in_parts {
            pending.gathered()?.h(self.model.between())?.autodiff().require_grad()
        } else {
            self.model.represent(pending.features(Branch::Learned)?)
        };
        let z = self.model.head.forward(h.clone());
        let Batch { labels, contents, .. } = &pending.batch;
        let compared = match pending.config.method {
            Method::Moco => {
                let keys = pending.features(Branch::Keys)?;
                self.against_queue(z, keys, contents, set)?
            }
            method => Compared {
                output: method.loss(&pending.config, z.clone(), labels),
                z: z.inner(),
                keys: Vec::new(),
            },
        };
        let mut found = compared.output.loss.clone().backward();
        if in_parts {
            let slopes = h.grad_remove(&mut found).unwrap_or_else(|| h.inner().zeros_like());
            pending.gathered()?.compared(slopes)?;
        }
        pending.gradients = gradients(&self.model, GradientsParams::from_grads(found, &self.model));
        pending.compared = Some(compared);
        Ok(())
    }

    /// Makes the slopes of the features of some strips here: all parts have their [`Pending::slopes`] once all strips
    /// have.
    ///
    /// # Errors
    /// As [`Pending::take_slopes`].
    pub fn share(&self, pending: &mut Pending, strips: Range<usize>) -> Result<()> {
        if strips.is_empty() {
            return Ok(());
        }
        let weights = self.weights_of(pending, &strips)?;
        pending.gathered()?.share(strips, weights)
    }

    /// Makes the gradient of the weights of some strips here.
    ///
    /// # Errors
    /// As [`Pending::take_slopes`].
    pub fn learn_rest(&self, pending: &mut Pending, strips: Range<usize>) -> Result<()> {
        if strips.is_empty() { Ok(()) } else { pending.gathered()?.learn(strips) }
    }

    /// The update, once the gradients of all learned parts and of all strips are there.
    ///
    /// # Errors
    /// [`Error::Mismatch`] where gradients are missing.
    pub fn finish(&mut self, mut pending: Pending) -> Result<Step> {
        let whole = pending.whole.take().map(|views| (0..views.dims()[0], Some(views)));
        let parts = pending.parts.iter_mut().map(|part| (part.views.clone(), part.drawn.take()));
        let drawn = whole.into_iter().chain(parts).collect();
        let gradients = pending.gradients(&self.model)?;
        let compared = pending.compared.ok_or(Error::NoRun)?;
        let bare = self.config.model.bare(self.side, &self.device)?;
        self.seen.note(pending.batch.contents.into_iter(), pending.config.uses_labels());
        let learning_rate = self.config.learning_rate_after(self.done);
        // Who alone has weights changes them where they are.
        let model = std::mem::replace(&mut self.model, bare);
        self.model = self.optimizer.apply(learning_rate, model, gradients);
        self.done += 1;
        Ok(Step {
            number: self.done,
            config: pending.config,
            output: compared.output.inner(),
            z: compared.z,
            images: pending.batch.images,
            drawn,
            pictures: pending.batch.pictures,
            labels: pending.batch.labels,
            keys: compared.keys,
            parameters: pending.batch.parameters,
        })
    }
}
