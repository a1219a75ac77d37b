//! A step under way, whose parts may be made by others.
//!
//! On the CPU the views go through the trunk in parts of [`PART`], also where one instance makes all of them, and
//! their gradients are summed in the order of the parts. So a step gives the same, to the bit, whoever made which part. The
//! rest of the model and the loss see the whole batch, once: gradient caching (Gao et al. 2021,
//! arXiv:2101.06983) without its second forward pass, as who made a part keeps its graph. The graph is cut at h too:
//! the gradients of what comes between trunk and h are nobody's input, and are made last, by who has nothing else to do.
//!
//! On a GPU, where each launch costs, the batch is one piece.

use std::collections::BTreeMap;
use std::ops::Range;

use burn::optim::GradientsParams;
use burn::tensor::{Device, Tensor, TensorData};

use super::shard::{Branch, PART, Shard, flat};
use super::strips::Strips;
use super::{Method, Origin, Step, TrainConfig, Trainer};
use crate::augment::{ViewParameters, pictures_of, render, table};
use crate::dataset::ImageSet;
use crate::loss::LossOutput;
use crate::model::{ContrastiveModel, gradients, parameters};
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
    cut: Option<Cut>,
    /// Of what comes after the trunk, by names; of all where there are no parts.
    gradients: BTreeMap<String, Tensor<1>>,
}

/// Where the graph is cut behind h.
struct Cut {
    /// What the loss changes by with each number of h.
    slopes: Tensor<2>,
    /// The gradient of what comes between trunk and h, until all of it is made; none where nothing does.
    strips: Option<Strips>,
}

struct Part {
    branch: Branch,
    views: Range<usize>,
    /// Once they are drawn here.
    drawn: Option<Tensor<4>>,
    /// `[views, features]`, once they are there.
    features: Vec<f32>,
    /// What the loss changes by with each of them, once it is known.
    slopes: Vec<f32>,
}

impl Pending {
    fn new(batch: Batch, config: TrainConfig, shard: Shard, device: &Device) -> Self {
        let (views, [pictures, _, side, _]) = (batch.parameters.len(), batch.images.dims());
        let learned = if config.method == Method::Moco { pictures } else { views };
        let branches = [(Branch::Learned, 0..learned), (Branch::Keys, learned..views)];
        let parts = branches.into_iter().flat_map(|(branch, all)| {
            all.clone().step_by(PART).map(move |from| Part {
                branch,
                views: from..all.end.min(from + PART),
                drawn: None,
                features: Vec::new(),
                slopes: Vec::new(),
            })
        });
        // A GPU counts launches, not pictures.
        let in_parts = *device == Device::flex();
        let whole = (!in_parts).then(|| render(batch.images.clone(), &batch.parameters));
        let parts = if in_parts { parts.collect() } else { Vec::new() };
        Self {
            batch,
            config,
            learned,
            parts,
            whole,
            width: config.model.encoder(side).features(),
            shard,
            sum: Sum::default(),
            compared: None,
            cut: None,
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

    /// How many views are learned from.
    pub fn learned_views(&self) -> usize {
        self.learned
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

    /// What the loss changes by with each feature of a part, for [`Shard::backward`]; empty before
    /// [`Trainer::share`].
    ///
    /// # Errors
    /// As [`Pending::branch`].
    pub fn slopes(&self, part: usize) -> Result<&[f32]> {
        Ok(&self.part(part)?.slopes)
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

    /// How many strips the gradient of what comes between trunk and h is made in, once the loss is there, numbered from 0. What
    /// nobody has made by then, [`Trainer::finish`] makes.
    pub fn strips(&self) -> usize {
        self.cut.iter().flat_map(|cut| &cut.strips).map(Strips::count).sum()
    }

    /// The features that a strip is of, `[views, rows]`, for [`strip_gradient`](super::strip_gradient).
    ///
    /// # Errors
    /// [`Error::NoSuch`], here and below, for a strip that is none, and [`Error::NoRun`] before [`Trainer::meet`].
    pub fn strip(&self, strip: usize) -> Result<Vec<f32>> {
        let range = self.cut_in_strips()?.range(strip)?;
        let parts = self.parts.iter().filter(|part| part.branch == Branch::Learned);
        let rows = parts.flat_map(|part| part.features.chunks(self.width));
        Ok(rows.map(|row| &row[range.clone()]).collect::<Vec<_>>().concat())
    }

    /// What the loss changes by with each number of h, `[views, representation]`, which goes with all of them.
    ///
    /// # Errors
    /// As [`Pending::strip`].
    pub fn strip_slopes(&self) -> Result<&[f32]> {
        Ok(&self.cut_in_strips()?.slopes)
    }

    /// Makes a strip here.
    ///
    /// # Errors
    /// As [`Pending::strip`].
    pub fn make_strip(&mut self, strip: usize) -> Result<()> {
        let features = self.strip(strip)?;
        self.cut_in_strips_mut()?.make(strip, &features)
    }

    /// Where a strip that was made elsewhere is to be put, `[rows, representation]`: so many numbers.
    ///
    /// # Errors
    /// As [`Pending::strip`], and [`Error::Mismatch`] for another number.
    pub fn strip_room(&mut self, strip: usize, count: usize) -> Result<&mut [f32]> {
        self.cut_in_strips_mut()?.room(strip, count)
    }

    fn cut_in_strips(&self) -> Result<&Strips> {
        self.cut.as_ref().and_then(|cut| cut.strips.as_ref()).ok_or(Error::NoRun)
    }

    fn cut_in_strips_mut(&mut self) -> Result<&mut Strips> {
        self.cut.as_mut().and_then(|cut| cut.strips.as_mut()).ok_or(Error::NoRun)
    }

    fn part(&self, part: usize) -> Result<&Part> {
        self.parts.get(part).ok_or_else(|| no_part(part, self.parts.len()))
    }

    fn part_mut(&mut self, part: usize) -> Result<&mut Part> {
        let count = self.parts.len();
        self.parts.get_mut(part).ok_or_else(|| no_part(part, count))
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
    /// Draws the batch of the next step. What follows is up to who has the [`Pending`]: the features of all its parts,
    /// [`Trainer::meet`], [`Trainer::share`] and the gradients of its learned parts, [`Trainer::finish`].
    /// [`Trainer::step`] does all of it here.
    ///
    /// # Errors
    /// As [`Trainer::step`].
    pub fn begin(&mut self, set: &ImageSet) -> Result<Pending> {
        let batch = self.draw(set)?;
        let keys = self.begin_keys();
        let shard = Shard::with(self.model.trunk(), keys, self.side, &self.device);
        Ok(Pending::new(batch, self.config, shard, &self.device))
    }

    /// The loss, once the features of all parts are there.
    ///
    /// # Errors
    /// [`Error::Mismatch`] where features are missing.
    pub fn meet(&mut self, pending: &mut Pending, set: &ImageSet) -> Result<()> {
        let features = pending.features(Branch::Learned)?;
        let in_parts = pending.parts() > 0;
        let features = if in_parts { features.autodiff() } else { features };
        let h = self.model.represent(features);
        let h = if in_parts { h.detach().require_grad() } else { h };
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
            let [_, representation] = slopes.dims();
            let strips = match self.model.between() {
                Some(_) => {
                    Some(Strips::new(pending.width, representation, flat([slopes.clone()])?))
                }
                None => None,
            };
            pending.cut = Some(Cut { slopes, strips });
        }
        pending.gradients = gradients(&self.model, GradientsParams::from_grads(found, &self.model));
        pending.compared = Some(compared);
        Ok(())
    }

    /// Gives some of the learned parts their [`Pending::slopes`], which of all at once is less work than of one by one.
    ///
    /// # Errors
    /// As [`Pending::branch`], and [`Error::NoRun`] before [`Trainer::meet`].
    pub fn share(&self, pending: &mut Pending, parts: &[usize]) -> Result<()> {
        if parts.is_empty() {
            return Ok(());
        }
        let Cut { slopes, .. } = pending.cut.as_ref().ok_or(Error::NoRun)?;
        let mut rows = Vec::new();
        for &part in parts {
            let Range { start, end } = pending.part(part)?.views;
            rows.push(slopes.clone().narrow(0, start, end - start));
        }
        let slopes = flat([self.model.represent_back(Tensor::cat(rows, 0))])?;
        let mut left = &slopes[..];
        for &part in parts {
            let part = pending.part_mut(part)?;
            let (share, rest) = left.split_at(part.features.len());
            part.slopes = share.to_vec();
            left = rest;
        }
        Ok(())
    }

    /// The gradients of what comes between trunk and h, with the strips of them that nobody has made.
    pub(super) fn learn_between(&self, pending: &mut Pending) -> Result<()> {
        for strip in pending.cut_in_strips().map(Strips::left).unwrap_or_default() {
            pending.make_strip(strip)?;
        }
        let strips = pending.cut.as_mut().and_then(|cut| cut.strips.take());
        let (Some(layer), Some(strips)) = (self.model.between(), strips) else { return Ok(()) };
        let found = strips.gradients(layer);
        pending.gradients.extend(gradients(&self.model, found));
        Ok(())
    }

    /// The update, once the gradients of all learned parts are there.
    ///
    /// # Errors
    /// [`Error::Mismatch`] where gradients are missing.
    pub fn finish(&mut self, mut pending: Pending) -> Result<Step> {
        self.learn_between(&mut pending)?;
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
