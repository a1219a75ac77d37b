//! One step of any method.

use std::collections::HashMap;
use std::ops::Range;

use burn::module::Module;
use burn::tensor::{Device, Tensor};
use rand::seq::SliceRandom;
use rand_chacha::ChaCha8Rng;

use super::pending::{Batch, Compared};
use super::queue::{Moco, Origin, Queue};
use super::{Batches, Method, Optimizer, Seen, TrainConfig};
use crate::augment::{ViewParameters, pictures_of, render};
use crate::dataset::ImageSet;
use crate::loss::{LossOutput, normalize};
use crate::model::{ContrastiveModel, Trunk, follow};
use crate::random::{Purpose, stream};
use crate::{Error, Result};

/// A model in training. It holds no pictures: each step is handed the set.
///
/// ```
/// use burn::tensor::Device;
/// use contrastive_playground::dataset::ShapesConfig;
/// use contrastive_playground::train::{TrainConfig, Trainer};
/// let shapes = ShapesConfig { count: 8, side: 16, ..Default::default() }.draw().unwrap();
/// let config = TrainConfig { batch_size: 4, ..Default::default() };
/// let mut trainer = Trainer::new(config, 16, &Device::flex()).unwrap();
/// let step = trainer.step(&shapes.images).unwrap();
/// assert!(step.output.loss.into_scalar::<f32>().is_finite());
/// ```
pub struct Trainer {
    pub(super) config: TrainConfig,
    pub(super) side: usize,
    pub(super) model: ContrastiveModel,
    pub(super) optimizer: Optimizer,
    /// From the first step of MoCo on.
    pub(super) moco: Option<Moco>,
    pub(super) batches: Batches,
    pub(super) seen: Seen,
    pub(super) done: usize,
    pub(super) device: Device,
}

/// What one step leaves behind, on the device and unread: nobody pays for a number that is not shown.
#[derive(Debug, Clone)]
pub struct Step {
    /// 1 for the first step of a run.
    pub number: usize,
    /// Settings that it was made with.
    pub config: TrainConfig,
    /// Loss, similarities, softmax and top-1 of the batch.
    pub output: LossOutput,
    /// Projections of the views, `[views, projection]`; MoCo's second views are its keys.
    pub z: Tensor<2>,
    /// The pictures themselves, `[N, 3, side, side]` in 0..1.
    pub images: Tensor<4>,
    /// All views in their order; those that were drawn here are there.
    pub(super) drawn: Vec<(Range<usize>, Option<Tensor<4>>)>,
    /// Which N pictures of the set they are views of.
    pub pictures: Vec<usize>,
    /// Their labels.
    pub labels: Vec<Option<usize>>,
    /// MoCo's keys as they were compared with, by where they come from; none for the random ones. Empty for others, and
    /// for a queue as a run begins with.
    pub keys: Vec<Option<Origin>>,
    /// What was done to each view.
    pub parameters: Vec<ViewParameters>,
}

impl Step {
    /// The views themselves, `[views, 3, side, side]` in 0..1: first all first views. Those that were drawn elsewhere
    /// are drawn once more.
    pub fn views(&self) -> Tensor<4> {
        let views = self.drawn.iter().map(|(views, drawn)| {
            let draw = || {
                let pictures = pictures_of(&self.images, views.clone());
                render(pictures, &self.parameters[views.clone()])
            };
            drawn.clone().unwrap_or_else(draw)
        });
        Tensor::cat(views.collect(), 0)
    }
}

impl Trainer {
    /// A new run for pictures of this side: new weights, no steps done.
    ///
    /// # Errors
    /// [`Error::SettingOutOfRange`](crate::Error::SettingOutOfRange) for a side the encoder cannot take.
    pub fn new(config: TrainConfig, side: usize, device: &Device) -> Result<Self> {
        Ok(Self {
            config,
            side,
            model: config.model.init(side, config.seed, &device.clone().autodiff())?,
            optimizer: Optimizer::new(config.optimizer),
            moco: None,
            batches: Batches::new(config.seed),
            seen: Seen::default(),
            done: 0,
            device: device.clone().without_autodiff(),
        })
    }

    pub fn config(&self) -> &TrainConfig {
        &self.config
    }

    /// Does the model take these pictures?
    ///
    /// # Errors
    /// [`Error::OtherSide`] where it was made for another side.
    pub fn check_side(&self, set: &ImageSet) -> Result<()> {
        let (model, pictures) = (self.side, set.side());
        if model == pictures { Ok(()) } else { Err(Error::OtherSide { model, pictures }) }
    }

    /// Side of the pictures that the model takes.
    pub fn side(&self) -> usize {
        self.side
    }

    /// Steps done so far.
    pub fn done(&self) -> usize {
        self.done
    }

    pub fn is_finished(&self) -> bool {
        self.done >= self.config.steps
    }

    /// Does the next step on this set start an epoch? Then the set may change without leaving a
    /// picture out of one.
    pub fn epoch_ends(&self, set: &ImageSet) -> bool {
        self.batches.epoch_ends(set.training().len())
    }

    /// The model as it is now, without gradients.
    pub fn model(&self) -> ContrastiveModel {
        self.model.valid()
    }

    /// The model as it was before the first step: what the seed gives.
    ///
    /// # Errors
    /// As [`Trainer::new`].
    pub fn untrained(&self) -> Result<ContrastiveModel> {
        self.config.model.init(self.side, self.config.seed, &self.device)
    }

    /// The pictures that were in batches.
    pub fn seen(&self) -> &Seen {
        &self.seen
    }

    /// MoCo's queue, from the first step of MoCo on.
    pub fn queue(&self) -> Option<&Queue> {
        self.moco.as_ref().map(|moco| &moco.queue)
    }

    /// Takes new settings for the steps to come. Weights and the steps done stay; a new seed or a new
    /// kind of model is for the next [`Trainer::new`].
    pub fn configure(&mut self, config: TrainConfig) {
        let TrainConfig { seed, model, .. } = self.config;
        self.config = TrainConfig { seed, model, ..config };
        self.optimizer.configure(config.optimizer);
        let size = config.moco.queue;
        if config.method != Method::Moco || self.queue().is_some_and(|queue| queue.len() != size) {
            self.moco = None;
        }
    }

    /// Queues one step on the device: views, encoder and head, loss, gradients, update.
    ///
    /// # Errors
    /// Pictures that do not fit the model ([`Trainer::check_side`]) or the settings
    /// ([`TrainConfig::check`]); the trainer is as before.
    pub fn step(&mut self, set: &ImageSet) -> Result<Step> {
        let mut pending = self.begin(set)?;
        for part in 0..pending.parts() {
            pending.forward(part)?;
        }
        let strips = 0..pending.strips();
        self.represent(&mut pending, strips.clone())?;
        self.meet(&mut pending, set)?;
        self.share(&mut pending, strips.clone())?;
        for part in 0..pending.learned_parts() {
            pending.backward(part)?;
        }
        self.learn_rest(&mut pending, strips)?;
        self.finish(pending)
    }

    /// The batch of the next step.
    pub(super) fn draw(&mut self, set: &ImageSet) -> Result<Batch> {
        self.check_side(set)?;
        self.config.check(set)?;
        let training = set.training();
        let batch = self.batches.next(training.len(), self.config.batch_size);
        let pictures: Vec<usize> = batch.into_iter().map(|number| training[number]).collect();
        let mut rng = stream(self.config.seed, Purpose::Views, self.done as u64);
        let parameters = self.sample(pictures.len(), &mut rng);
        Ok(Batch {
            labels: pictures.iter().map(|&picture| set.labels()[picture]).collect(),
            contents: pictures.iter().map(|&picture| set.contents()[picture]).collect(),
            images: set.batch(&pictures, &self.device)?,
            pictures,
            parameters,
        })
    }

    /// The loss that the batch of a step of this run had, had nothing been learned: its own views, and
    /// the weights that the seed gives. MoCo's queue is as it was at first.
    ///
    /// # Errors
    /// As [`Trainer::new`].
    pub fn at_start(&self, step: &Step) -> Result<LossOutput> {
        let z = self.untrained()?.forward(step.views()).z;
        Ok(self.compare(&step.config, z, &step.labels))
    }

    /// A batch as the model sees it now, with nothing learned from it: pictures and views by a chance of their
    /// own, that of `draw`. MoCo's queue is as it was at first.
    ///
    /// # Errors
    /// As [`Trainer::step`].
    pub fn rehearse(&self, set: &ImageSet, draw: u64) -> Result<Step> {
        self.check_side(set)?;
        self.config.check(set)?;
        let mut rng = stream(self.config.seed, Purpose::Preview, draw);
        let mut pictures = set.training().to_vec();
        pictures.shuffle(&mut rng);
        pictures.truncate(self.config.batch_size);
        let parameters = self.sample(pictures.len(), &mut rng);
        let images = set.batch(&pictures, &self.device)?;
        let labels: Vec<_> = pictures.iter().map(|&picture| set.labels()[picture]).collect();
        let views = render(images.clone(), &parameters);
        let z = self.model().forward(views.clone()).z;
        Ok(Step {
            number: self.done,
            config: self.config,
            output: self.compare(&self.config, z.clone(), &labels),
            z,
            images,
            drawn: vec![(0..parameters.len(), Some(views))],
            pictures,
            labels,
            keys: Vec::new(),
            parameters,
        })
    }

    /// What the loss of some settings says of projections, outside of training.
    fn compare(&self, config: &TrainConfig, z: Tensor<2>, labels: &[Option<usize>]) -> LossOutput {
        if config.method != Method::Moco {
            return config.method.loss(config, z, labels);
        }
        let pictures = labels.len();
        let [query, key] = [0, pictures].map(|from| z.clone().narrow(0, from, pictures));
        let queue = Queue::new(config.moco.queue, z.dims()[1], self.config.seed, &self.device);
        config.info_nce().forward(query, normalize(key), queue.keys())
    }

    fn sample(&self, pictures: usize, rng: &mut ChaCha8Rng) -> Vec<ViewParameters> {
        let policy = self.config.effective_policy();
        let views = self.config.method.views() * pictures;
        ViewParameters::sample_many(&policy, self.side, views, rng)
    }

    /// The trunk of MoCo's momentum encoder, which follows the model once a step.
    pub(super) fn begin_keys(&mut self) -> Option<Trunk> {
        let config = &self.config;
        if config.method != Method::Moco {
            return None;
        }
        let moco = match self.moco.take() {
            Some(Moco { keys, queue }) => {
                Moco { keys: follow(keys, &self.model, config.moco.momentum), queue }
            }
            None => {
                let projection = config.model.projection(self.side);
                let queue = Queue::new(config.moco.queue, projection, config.seed, &self.device);
                Moco { keys: self.model.valid(), queue }
            }
        };
        Some(self.moco.insert(moco).keys.trunk())
    }

    /// MoCo: first views are queries, second views went through the momentum encoder and become their keys;
    /// then the keys go into the queue. Also gives queries and keys, one below the other, and where the keys in the
    /// queue came from.
    ///
    /// # Shapes
    /// - query: `[N, projection]`
    /// - features: `[N, features]`, of the second views
    /// - contents: N
    pub(super) fn against_queue(
        &mut self,
        query: Tensor<2>,
        features: Tensor<2>,
        contents: &[u64],
        set: &ImageSet,
    ) -> Result<Compared> {
        let config = &self.config;
        let Moco { keys, queue } = self.moco.as_mut().ok_or(Error::NoRun)?;
        let key = normalize(keys.project(features));
        let before = queue.origins().to_vec();
        // A key of the query's own picture is no negative, and one of its label only if that is wanted.
        let labels = config.negatives.without_same_label.then(|| Labels::of(set));
        let together = |anchor: usize, other: usize| {
            let (anchor, key) = (contents[anchor], before[other]);
            key.is_some_and(|Origin { content, .. }| {
                content == anchor || labels.as_ref().is_some_and(|all| all.same(content, anchor))
            })
        };
        let stored = queue.keys().autodiff();
        let known = key.clone().autodiff();
        let output = config.info_nce().forward_but(query.clone(), known, stored, together);
        let step = self.done + 1;
        let origins: Vec<_> = contents.iter().map(|&content| Origin { step, content }).collect();
        queue.push(key.clone(), &origins);
        Ok(Compared { output, z: Tensor::cat(vec![query.inner(), key], 0), keys: before })
    }
}

/// Labels of pictures by their bytes.
struct Labels(HashMap<u64, usize>);

impl Labels {
    fn of(set: &ImageSet) -> Self {
        let labelled = set.contents().iter().zip(set.labels());
        Self(labelled.filter_map(|(&content, &label)| Some((content, label?))).collect())
    }

    fn same(&self, one: u64, other: u64) -> bool {
        self.0.get(&one).is_some_and(|label| self.0.get(&other) == Some(label))
    }
}
