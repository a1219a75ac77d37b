//! The one object that the worker holds: device, pictures, trainer.

use burn::tensor::{Tensor, TensorData, Transaction};
use js_sys::Uint8ClampedArray;
use tsify::{Ts, Tsify};
use wasm_bindgen::Clamped;
use wasm_bindgen::prelude::wasm_bindgen;

use super::device::{self, Opened};
use super::failure::Failure;
use super::messages::{
    BatchReport, DeviceChoice, DeviceReport, Losses, Progress, SetReport, TrainSettings,
};
use super::pixels::{rgb_from_rgba, rgba_from_planar, rgba_from_rgb};
use crate::augment::{Policy, ViewParameters, render};
use crate::dataset::{ImageSet, ShapesConfig};
use crate::loss::chance_level;
use crate::random::{Purpose, stream};
use crate::train::{AnchorView, Step, TrainConfig, Trainer};
use crate::{Error, Result};

/// A device, a set of pictures and a run. Methods must not overlap: the worker calls one at a time.
#[wasm_bindgen]
pub struct Session {
    opened: Opened,
    images: ImageSet,
    trainer: Option<Trainer>,
    /// Losses of steps that are queued, oldest first.
    queued: Vec<Tensor<1>>,
    last: Option<Step>,
    batch: Option<Batch>,
}

/// A batch that was read back, for looking at.
struct Batch {
    similarities: Vec<f32>,
    views: Vec<u8>,
    temperature: f32,
}

type Answer<T> = core::result::Result<T, Failure>;

#[wasm_bindgen]
impl Session {
    /// Opens a device; [`Session::device`] says which, and why.
    pub async fn create(choice: Ts<DeviceChoice>) -> Answer<Session> {
        console_error_panic_hook::set_once();
        Ok(Self {
            opened: device::open(choice.to_rust()?).await,
            images: ImageSet::new(ShapesConfig::default().side)?,
            trainer: None,
            queued: Vec::new(),
            last: None,
            batch: None,
        })
    }

    pub fn device(&self) -> Answer<Ts<DeviceReport>> {
        Ok(self.opened.report.into_ts()?)
    }

    /// The settings that a run has if nothing is said.
    #[wasm_bindgen(js_name = defaultSettings)]
    pub fn default_settings() -> Answer<Ts<TrainSettings>> {
        Ok(TrainSettings::from(TrainConfig::default()).into_ts()?)
    }

    /// Draws the built-in set in place of the pictures in use, and ends the run.
    #[wasm_bindgen(js_name = useShapes)]
    pub fn use_shapes(&mut self, count: usize, side: usize, seed: f64) -> Answer<Ts<SetReport>> {
        let seed = Error::whole("seed", seed, TrainConfig::SEED)?;
        let shapes = ShapesConfig { count, side, seed }.draw()?;
        self.replace(shapes.images)
    }

    /// Starts an empty set of this side in place of the pictures in use, and ends the run.
    #[wasm_bindgen(js_name = useOwn)]
    pub fn use_own(&mut self, side: usize) -> Answer<Ts<SetReport>> {
        let images = ImageSet::new(side)?;
        self.replace(images)
    }

    /// Adds one square of RGBA bytes. The run, if there is one, goes on with it.
    pub fn add(&mut self, name: &str, rgba: Clamped<Vec<u8>>) -> Answer<Ts<SetReport>> {
        self.images.push(name, &rgb_from_rgba(&rgba))?;
        self.set()
    }

    /// The pictures in use.
    pub fn set(&self) -> Answer<Ts<SetReport>> {
        Ok(SetReport { count: self.images.len(), side: self.images.side() }.into_ts()?)
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
        pictures: Vec<usize>,
        seed: f64,
        draw: f64,
    ) -> Answer<Uint8ClampedArray> {
        self.opened.check()?;
        let seed = Error::whole("seed", seed, TrainConfig::SEED)?;
        let side = self.images.side();
        let mut rng = stream(seed, Purpose::Preview, draw.max(0.0) as u64);
        let parameters =
            ViewParameters::sample_pairs(&Policy::default(), side, pictures.len(), &mut rng);
        let images = self.images.batch(&pictures, &self.opened.device)?;
        let views = render(Tensor::cat(vec![images.clone(), images], 0), &parameters);
        let values = floats(views.into_data_async().await.map_err(Error::device)?)?;
        Ok(Uint8ClampedArray::from(rgba_from_planar(&values, side).as_slice()))
    }

    /// Takes the settings for the steps to come. A run that has begun keeps its seed and goes on.
    ///
    /// Throws what is wrong with them; those before stay in force.
    pub fn configure(&mut self, settings: Ts<TrainSettings>) -> Answer<Ts<Progress>> {
        let config = settings.to_rust()?.config()?;
        config.check(self.images.len())?;
        match &mut self.trainer {
            Some(trainer) => trainer.configure(config),
            None => {
                let side = self.images.side();
                self.trainer = Some(Trainer::new(config, side, &self.opened.device)?);
            }
        }
        self.progress()
    }

    /// Ends the run: weights, losses and the batch looked at are gone, the pictures stay.
    pub fn reset(&mut self) {
        self.trainer = None;
        self.queued.clear();
        self.last = None;
        self.batch = None;
        self.opened.device.memory_cleanup();
    }

    /// Queues one step on the device.
    pub fn step(&mut self) -> Answer<Ts<Progress>> {
        self.opened.check()?;
        if let Some(trainer) = &mut self.trainer {
            let step = trainer.step(&self.images)?;
            self.queued.push(step.loss.clone());
            self.last = Some(step);
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
        let read = queued.into_iter().fold(Transaction::default(), Transaction::register);
        let mut losses = Vec::new();
        for data in read.execute_async().await.map_err(Error::device)? {
            losses.extend(floats(data)?);
        }
        if let Some(bad) = losses.iter().position(|loss| !loss.is_finite()) {
            let loss = losses[bad].to_string();
            return Err(Error::Diverged { step: first + bad, loss }.into());
        }
        let batch = self.trainer.as_ref().map_or(0, |t| t.config().batch_size);
        Ok(Losses { first, losses, chance: chance_level(batch) }.into_ts()?)
    }

    /// Reads the batch of the latest step, for [`Session::views`] and [`Session::inspect`].
    /// `undefined` before the first step.
    #[wasm_bindgen(js_name = readBatch)]
    pub async fn read_batch(&mut self) -> Answer<Option<Ts<BatchReport>>> {
        self.opened.check()?;
        let (Some(step), Some(trainer)) = (&self.last, &self.trainer) else {
            return Ok(None);
        };
        let read =
            Transaction::default().register(step.similarities.clone()).register(step.views.clone());
        let mut read = read.execute_async().await.map_err(Error::device)?.into_iter();
        let (Some(similarities), Some(views)) = (read.next(), read.next()) else {
            return Err(Error::device("nothing was read").into());
        };
        let side = self.images.side();
        self.batch = Some(Batch {
            similarities: floats(similarities)?,
            views: rgba_from_planar(&floats(views)?, side),
            temperature: trainer.config().temperature as f32,
        });
        let report = BatchReport { step: step.number, side, pictures: step.pictures.clone() };
        Ok(Some(report.into_ts()?))
    }

    /// RGBA bytes of all 2N views of the batch that was read last.
    pub fn views(&self) -> Uint8ClampedArray {
        let views = self.batch.as_ref().map_or(&[][..], |batch| &batch.views);
        Uint8ClampedArray::from(views)
    }

    /// One anchor of the batch that was read last, with its hardest negatives.
    ///
    /// Throws `noSuch` for an anchor that is not in the batch.
    pub fn inspect(&self, anchor: usize, hardest: usize) -> Answer<Ts<AnchorView>> {
        let (similarities, temperature) =
            self.batch.as_ref().map_or((&[][..], 1.0), |b| (&b.similarities, b.temperature));
        Ok(AnchorView::new(similarities, temperature, anchor, hardest)?.into_ts()?)
    }
}

impl Session {
    fn done(&self) -> usize {
        self.trainer.as_ref().map_or(0, Trainer::done)
    }

    fn replace(&mut self, images: ImageSet) -> Answer<Ts<SetReport>> {
        self.reset();
        self.images = images;
        self.set()
    }
}

fn floats(data: TensorData) -> Result<Vec<f32>> {
    data.try_to_vec().map_err(|error| Error::device(format!("{error:?}")))
}
