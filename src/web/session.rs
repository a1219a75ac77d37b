//! The one object that the worker holds: device, pictures, trainer.

use std::collections::HashMap;

use burn::tensor::{Tensor, Transaction};
use js_sys::{Uint8Array, Uint8ClampedArray};
use tsify::{Ts, Tsify};
use wasm_bindgen::prelude::wasm_bindgen;

use super::device::{self, Opened};
use super::failure::Failure;
use super::messages::{
    BatchReport, DeviceChoice, DeviceReport, Duplicates, KeyReport, Losses, Progress, SetReport,
    SettingRanges, ViewsReport,
};
use super::pixels::{rgba_from_planar, rgba_from_rgb};
use super::settings::{self, TrainSettings};
use super::tables::{COLUMNS, Tables};
use crate::augment::{Policy, Preset, ViewParameters, render};
use crate::checkpoint::weights;
use crate::dataset::{Factors, ImageSet, Shapes, ShapesConfig, duplicates, resize_square};
use crate::device::{check_kernels, floats, read_all};
use crate::evaluate::{Features, Glance, geometry};
use crate::model::{ModelConfig, ModelCost};
use crate::random::{Purpose, stream};
use crate::train::{Levels, Origin, Pending, Queue, Step, TrainConfig, Trainer};
use crate::{Error, Result};

/// A device, a set of pictures and a run. Methods must not overlap: the worker calls one at a time.
#[wasm_bindgen]
pub struct Session {
    pub(super) opened: Opened,
    pub(super) images: ImageSet,
    /// Of the built-in set: how it was drawn, and what.
    pub(super) shapes: Option<ShapesConfig>,
    pub(super) factors: Vec<Factors>,
    pub(super) trainer: Option<Trainer>,
    /// The step that is under way in parts.
    pub(super) pending: Option<Pending>,
    /// The run that may begin next, as it is looked at before.
    next: Option<Trainer>,
    /// Who is looked at again and again, until the pictures or the network are others.
    pub(super) glance: Option<(ModelConfig, u64, Glance)>,
    /// Of steps that are queued, oldest first.
    queued: Vec<Queued>,
    /// Of settings on the pictures in use, until these are others.
    levels: Option<(TrainConfig, Levels)>,
    pub(super) last: Option<Step>,
    /// Of the batch that was read last, until they are taken: what was compared, and the RGBA bytes of its views.
    batch: Option<(Tables, Vec<u8>)>,
    /// Representations of all pictures, until the encoder or the pictures change.
    pub(super) features: Option<Features>,
}

/// A step that nobody has waited for yet.
struct Queued {
    /// Loss, top-1 accuracy; alignment, uniformity and spread.
    tensors: [Tensor<1>; 3],
    /// Are its views pairs?
    pairs: bool,
}

pub(super) type Answer<T> = core::result::Result<T, Failure>;

#[wasm_bindgen]
impl Session {
    /// Opens a device; [`Session::device`] says which, and why.
    pub async fn create(choice: Ts<DeviceChoice>) -> Answer<Session> {
        console_error_panic_hook::set_once();
        Ok(Self {
            opened: device::open(choice.to_rust()?).await,
            images: ImageSet::new(ShapesConfig::default().side)?,
            shapes: None,
            factors: Vec::new(),
            trainer: None,
            pending: None,
            next: None,
            glance: None,
            queued: Vec::new(),
            levels: None,
            last: None,
            batch: None,
            features: None,
        })
    }

    pub fn device(&self) -> Answer<Ts<DeviceReport>> {
        Ok(self.opened.report.into_ts()?)
    }

    /// Holds every kernel of the device to the CPU's, at sizes that are drawn from `seed`, and its slopes to differences.
    /// Throws `device` where one differs.
    #[wasm_bindgen(js_name = checkKernels)]
    pub async fn check_kernels(&self, seed: f64) -> Answer<()> {
        Ok(check_kernels(seed.max(0.0) as u64, &self.opened.device).await?)
    }

    /// The settings that a run has if nothing is said.
    #[wasm_bindgen(js_name = defaultSettings)]
    pub fn default_settings() -> Answer<Ts<TrainSettings>> {
        Ok(TrainSettings::from(TrainConfig::default()).into_ts()?)
    }

    /// What a setting that is a number may be.
    #[wasm_bindgen(js_name = settingRanges)]
    pub fn setting_ranges() -> Answer<Ts<SettingRanges>> {
        Ok(settings::ranges().into_ts()?)
    }

    /// A recipe of views by its name.
    pub fn preset(name: Ts<Preset>) -> Answer<Ts<Policy>> {
        Ok(name.to_rust()?.policy().into_ts()?)
    }

    /// What the model of these settings costs, for pictures of the side in use.
    #[wasm_bindgen(js_name = modelCost)]
    pub fn model_cost(&self, settings: Ts<TrainSettings>) -> Answer<Ts<ModelCost>> {
        Ok(settings.to_rust()?.config()?.model.cost(self.images.side())?.into_ts()?)
    }

    /// Draws the built-in set in place of the pictures in use, and ends the run.
    #[wasm_bindgen(js_name = useShapes)]
    pub fn use_shapes(&mut self, count: usize, side: usize, seed: f64) -> Answer<Ts<SetReport>> {
        let seed = Error::whole("seed", seed, TrainConfig::SEED)?;
        let config = ShapesConfig { count, side, seed };
        let Shapes { images, factors } = config.draw()?;
        let set = self.replace(images);
        self.shapes = Some(config);
        self.factors = factors;
        set
    }

    /// Starts an empty set of this side in place of the pictures in use, and ends the run. Of its labelled
    /// pictures, where there are enough, some are kept out of training: [`ImageSet::hold_out`].
    #[wasm_bindgen(js_name = useOwn)]
    pub fn use_own(&mut self, side: usize) -> Answer<Ts<SetReport>> {
        let images = ImageSet::new(side)?.hold_out();
        self.replace(images)
    }

    /// Adds one square of RGB bytes, of any side, which is resized. Those of one `burst` of a camera, a number, stay
    /// on one side of what is held out. The run, if there is one, goes on with it.
    pub fn add(
        &mut self,
        name: &str,
        label: Option<String>,
        burst: Option<f64>,
        side: usize,
        rgb: &[u8],
    ) -> Answer<()> {
        let rgb = resize_square(name, rgb, side, self.images.side())?;
        self.changed();
        match label {
            Some(class) => self.images.push_labelled(name, &class, &rgb)?,
            None => self.images.push(name, &rgb)?,
        }
        if let Some(burst) = burst {
            self.images.taken_in(burst as u64);
        }
        Ok(())
    }

    /// Takes pictures out; those after them move up.
    pub fn remove(&mut self, pictures: &[usize]) -> Answer<()> {
        self.changed();
        Ok(self.images.remove(pictures)?)
    }

    /// Gives pictures a label, or takes theirs away.
    pub fn label(&mut self, pictures: &[usize], label: Option<String>) -> Answer<()> {
        self.glance = None;
        self.levels = None;
        Ok(self.images.label(pictures, label.as_deref())?)
    }

    /// Does the next step start an epoch? Then the pictures may change.
    #[wasm_bindgen(js_name = epochEnds)]
    pub fn epoch_ends(&self) -> bool {
        self.trainer.as_ref().is_none_or(|trainer| trainer.epoch_ends(&self.images))
    }

    /// Pictures that look alike, in groups.
    pub fn duplicates(&self) -> Answer<Ts<Duplicates>> {
        Ok(Duplicates { groups: duplicates(&self.images) }.into_ts()?)
    }

    /// The pictures in use.
    pub fn set(&self) -> Answer<Ts<SetReport>> {
        let labelled = self.images.labels().iter().flatten().count();
        let classes = self.images.classes().to_vec();
        let (count, side) = (self.images.len(), self.images.side());
        let held_out = self.images.held_out().len();
        let unjudged = self.images.unjudged().iter().map(|&class| classes[class].clone()).collect();
        Ok(SetReport { count, side, labelled, held_out, classes, unjudged }.into_ts()?)
    }

    /// RGBA bytes of the pictures from `start` on, at most `count`, one after the other.
    pub fn thumbnails(&self, start: usize, count: usize) -> Uint8ClampedArray {
        let end = start.saturating_add(count).min(self.images.len());
        let squares = (start..end).filter_map(|i| self.images.rgb(i));
        Uint8ClampedArray::from(squares.flat_map(rgba_from_rgb).collect::<Vec<u8>>().as_slice())
    }

    /// For each of the chosen pictures: two views, as in training, drawn from `seed` and `draw`.
    /// RGBA bytes, first every first view, then every second.
    pub async fn preview(
        &self,
        policy: Ts<Policy>,
        pictures: Vec<usize>,
        seed: f64,
        draw: f64,
    ) -> Answer<Uint8ClampedArray> {
        self.opened.check()?;
        let side = self.images.side();
        let parameters = self.sample(policy, pictures.len(), seed, draw)?;
        // A tensor has at least one row.
        if pictures.is_empty() {
            return Ok(Uint8ClampedArray::new_with_length(0));
        }
        let images = self.images.batch(&pictures, &self.opened.device)?;
        let views = render(images, &parameters);
        let values = floats(views.into_data_async().await.map_err(Error::device)?)?;
        Ok(Uint8ClampedArray::from(rgba_from_planar(&values, side).as_slice()))
    }

    /// What is done to each view of [`Session::preview`], for as many pictures.
    #[wasm_bindgen(js_name = previewParameters)]
    pub fn preview_parameters(
        &self,
        policy: Ts<Policy>,
        pictures: usize,
        seed: f64,
        draw: f64,
    ) -> Answer<Ts<ViewsReport>> {
        Ok(ViewsReport { parameters: self.sample(policy, pictures, seed, draw)? }.into_ts()?)
    }

    /// Can these settings be trained with, on these pictures? Gives the levels of their loss, or throws what is
    /// wrong with them.
    pub fn check(&mut self, settings: Ts<TrainSettings>) -> Answer<Ts<Levels>> {
        let config = settings.to_rust()?.config()?;
        config.check(&self.images)?;
        Ok(self.levels(config).into_ts()?)
    }

    /// Takes the settings for the steps to come. A run that has begun keeps its seed and goes on.
    ///
    /// Throws what is wrong with them; those before stay in force.
    pub fn configure(&mut self, settings: Ts<TrainSettings>) -> Answer<Ts<Progress>> {
        let config = settings.to_rust()?.config()?;
        config.check(&self.images)?;
        match &mut self.trainer {
            Some(trainer) => trainer.configure(config),
            None => {
                self.ready(config)?;
                self.trainer = self.next.take();
            }
        }
        self.progress()
    }

    /// Ends the run: weights, losses and the batch looked at are gone, the pictures stay.
    pub fn reset(&mut self) {
        self.trainer = None;
        self.pending = None;
        self.next = None;
        self.queued.clear();
        self.last = None;
        self.batch = None;
        self.features = None;
        // Whom the run has seen, decides who judges.
        self.glance = None;
        self.opened.device.memory_cleanup();
    }

    /// Queues one step on the device.
    pub fn step(&mut self) -> Answer<Ts<Progress>> {
        self.opened.check()?;
        if let Some(trainer) = &mut self.trainer {
            let step = trainer.step(&self.images)?;
            self.made(step);
        }
        self.progress()
    }

    pub fn progress(&self) -> Answer<Ts<Progress>> {
        let run = self.trainer.as_ref();
        let progress = Progress {
            done: self.done(),
            steps: run.map_or(0, |t| t.config().steps),
            finished: run.is_some_and(Trainer::is_finished),
            queued: self.queued.len(),
        };
        Ok(progress.into_ts()?)
    }

    /// Waits for the queued steps and reads their losses.
    ///
    /// Throws `diverged` where one is not a number.
    pub async fn losses(&mut self) -> Answer<Ts<Losses>> {
        self.opened.check()?;
        let queued = core::mem::take(&mut self.queued);
        let first = self.done() + 1 - queued.len();
        let pairs: Vec<bool> = queued.iter().map(|step| step.pairs).collect();
        let tensors = queued.into_iter().flat_map(|step| step.tensors);
        let reads = tensors.fold(Transaction::default(), Transaction::register);
        // Five numbers a step.
        let read = read_all(reads).await?.concat();
        let every = |which: usize| read.iter().skip(which).step_by(5).copied().collect();
        let [losses, top1, mut alignment, uniformity, spread]: [Vec<f32>; 5] =
            [0, 1, 2, 3, 4].map(every);
        // Single views have nobody to meet.
        let single = alignment.iter_mut().zip(pairs).filter(|(_, paired)| !paired);
        single.for_each(|(alignment, _)| *alignment = f32::NAN);
        for (step, &loss) in (first..).zip(&losses) {
            Error::check_loss(step, loss)?;
        }
        let config = self.trainer.as_ref().map_or_else(TrainConfig::default, |run| *run.config());
        let levels = self.levels(config);
        let random_keys = self.trainer.as_ref().and_then(Trainer::queue).map_or(0, Queue::random);
        let losses =
            Losses { first, losses, top1, alignment, uniformity, spread, levels, random_keys };
        Ok(losses.into_ts()?)
    }

    /// Reads the batch of the latest step, for [`Session::views`] and [`Session::tables`].
    /// `undefined` before the first step.
    #[wasm_bindgen(js_name = readBatch)]
    pub async fn read_batch(&mut self) -> Answer<Option<Ts<BatchReport>>> {
        self.opened.check()?;
        let Some(step) = self.last.clone() else { return Ok(None) };
        Ok(Some(self.read_step(&step).await?))
    }

    /// A batch as the network sees it now, with nothing learned from it, to be read as that of
    /// [`Session::read_batch`]. `settings` are for a run that has not begun; `draw` is its chance.
    pub async fn rehearse(
        &mut self,
        settings: Ts<TrainSettings>,
        draw: f64,
    ) -> Answer<Ts<BatchReport>> {
        self.opened.check()?;
        let config = settings.to_rust()?.config()?;
        self.ready(config)?;
        let step = self.present()?.rehearse(&self.images, draw.max(0.0) as u64)?;
        Ok(self.read_step(&step).await?)
    }

    /// RGBA bytes of all views of the batch that was read last.
    pub fn views(&self) -> Uint8ClampedArray {
        Uint8ClampedArray::from(self.batch.as_ref().map_or(&[][..], |(_, views)| views))
    }

    /// Takes what the loss compared in the batch that was read last, with which its views are gone too.
    /// `undefined` where there is none.
    pub fn tables(&mut self) -> Option<Tables> {
        self.batch.take().map(|(tables, _)| tables)
    }

    /// What the loss would compare in the batch of the latest step with nothing learned, by the weights that
    /// the run began with. `undefined` before the first step.
    #[wasm_bindgen(js_name = tablesAtStart)]
    pub async fn tables_at_start(&self) -> Answer<Option<Tables>> {
        self.opened.check()?;
        let (Some(trainer), Some(step)) = (&self.trainer, &self.last) else { return Ok(None) };
        Ok(Some(Tables::new(trainer.read_at_start(step).await?)))
    }

    /// The run as a checkpoint: a safetensors file. `undefined` where there is no run.
    pub async fn save(&self) -> Answer<Option<Uint8Array>> {
        self.opened.check()?;
        let Some(trainer) = &self.trainer else { return Ok(None) };
        Ok(Some(Uint8Array::from(trainer.save().await?.as_slice())))
    }

    /// Encoder and head for PyTorch: a safetensors file. `undefined` where there is no run.
    pub async fn weights(&self) -> Answer<Option<Uint8Array>> {
        self.opened.check()?;
        let Some(trainer) = &self.trainer else { return Ok(None) };
        let file = weights(&trainer.model(), &trainer.config().model, trainer.side()).await?;
        Ok(Some(Uint8Array::from(file.as_slice())))
    }

    /// Goes on with the run of a checkpoint, in place of the one there is. Gives its settings.
    ///
    /// Throws `unreadableCheckpoint`; the run is then as it was.
    pub fn load(&mut self, file: &[u8]) -> Answer<Ts<TrainSettings>> {
        let trainer = Trainer::load(file, &self.opened.device)?;
        trainer.check_side(&self.images)?;
        let settings = TrainSettings::from(*trainer.config()).into_ts()?;
        self.reset();
        self.trainer = Some(trainer);
        Ok(settings)
    }
}

impl Session {
    /// Parameters of the views of the preview, which are the same each time.
    fn sample(
        &self,
        policy: Ts<Policy>,
        pictures: usize,
        seed: f64,
        draw: f64,
    ) -> Answer<Vec<ViewParameters>> {
        let policy = policy.to_rust()?;
        policy.check()?;
        let seed = Error::whole("seed", seed, TrainConfig::SEED)?;
        let mut rng = stream(seed, Purpose::Preview, draw.max(0.0) as u64);
        Ok(ViewParameters::sample_pairs(&policy, self.images.side(), pictures, &mut rng))
    }

    fn levels(&mut self, config: TrainConfig) -> Levels {
        match self.levels {
            Some((known, levels)) if known == config => levels,
            _ => {
                let levels = config.levels(&self.images);
                self.levels = Some((config, levels));
                levels
            }
        }
    }

    /// Where the keys come from that are columns of the tables.
    fn keys(&self, step: &Step) -> Vec<KeyReport> {
        if step.keys.is_empty() {
            return Vec::new();
        }
        let pictures: HashMap<u64, usize> =
            self.images.contents().iter().copied().zip(0..).collect();
        let key = |origin: &Option<Origin>| KeyReport {
            step: origin.map(|origin| origin.step),
            picture: origin.and_then(|origin| pictures.get(&origin.content).copied()),
        };
        step.keys.iter().take(COLUMNS - 1).map(key).collect()
    }

    async fn read_step(&mut self, step: &Step) -> Answer<Ts<BatchReport>> {
        let (comparisons, views) = step.read().await?;
        let side = self.images.side();
        let report = BatchReport {
            step: step.number,
            side,
            pictures: step.pictures.clone(),
            views: step.parameters.len(),
            anchors: comparisons.anchors(),
            method: step.config.method,
            temperature: step.config.effective_temperature(),
            candidates: comparisons.columns,
            keys: self.keys(step),
        };
        self.batch = Some((Tables::new(comparisons), rgba_from_planar(&views, side)));
        Ok(report.into_ts()?)
    }

    /// A step was made: its numbers are to be read, and all that was known of the weights before is over.
    pub(super) fn made(&mut self, step: Step) {
        let output = &step.output;
        self.queued.push(Queued {
            tensors: [output.loss.clone(), output.top1.clone(), geometry(step.z.clone())],
            pairs: step.config.method.views() == 2,
        });
        self.last = Some(step);
        self.features = None;
    }

    /// The run, or the one that may begin next, once it is [`Session::ready`].
    pub(super) fn present(&self) -> Result<&Trainer> {
        self.trainer.as_ref().or(self.next.as_ref()).ok_or(Error::NoRun)
    }

    /// Where no run has begun, makes ready the one that these settings would begin.
    pub(super) fn ready(&mut self, config: TrainConfig) -> Result<()> {
        if self.trainer.is_some() {
            return Ok(());
        }
        let (side, device) = (self.images.side(), &self.opened.device);
        let same = |next: &Trainer| {
            let begun = next.config();
            (begun.model, begun.seed, next.side()) == (config.model, config.seed, side)
        };
        let next = match self.next.take().filter(same) {
            Some(mut next) => {
                next.configure(config);
                next
            }
            None => Trainer::new(config, side, device)?,
        };
        self.next = Some(next);
        Ok(())
    }

    fn done(&self) -> usize {
        self.trainer.as_ref().map_or(0, Trainer::done)
    }

    /// The pictures are others.
    fn changed(&mut self) {
        self.features = None;
        self.glance = None;
        self.levels = None;
    }

    fn replace(&mut self, images: ImageSet) -> Answer<Ts<SetReport>> {
        self.reset();
        self.changed();
        self.images = images;
        self.shapes = None;
        self.factors.clear();
        self.set()
    }
}
