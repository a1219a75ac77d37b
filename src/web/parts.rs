//! A step of a session in parts, which helping workers may make: [`Shard`](super::Shard).

use js_sys::Float32Array;
use tsify::{Ts, Tsify};
use wasm_bindgen::prelude::wasm_bindgen;

use super::messages::{PartsReport, Progress};
use super::session::{Answer, Session};
use crate::train::{Branch, Pending};
use crate::{Error, Result};

#[wasm_bindgen]
impl Session {
    /// Begins a step; the features of all parts, [`Session::meet`], [`Session::share`] and the gradients of the learned
    /// parts, and [`Session::finish_step`] are to follow, before anything else is asked of the session. Without parts,
    /// meeting and finishing are enough.
    #[wasm_bindgen(js_name = beginStep)]
    pub fn begin_step(&mut self) -> Answer<Ts<PartsReport>> {
        self.opened.check()?;
        let trainer = self.trainer.as_mut().ok_or(Error::NoRun)?;
        let pending = trainer.begin(&self.images)?;
        let model = trainer.config().model;
        let report = PartsReport {
            parts: pending.parts(),
            learned: pending.learned_parts(),
            views: pending.learned_views(),
            encoder: model.family,
            size: model.size,
            side: trainer.side(),
        };
        self.pending = Some(pending);
        Ok(report.into_ts()?)
    }

    /// The weights of this step that parts of a branch are made with; empty for a branch without parts.
    #[wasm_bindgen(js_name = partWeights)]
    pub fn part_weights(&self, branch: Ts<Branch>) -> Answer<Float32Array> {
        Ok(Float32Array::from(self.pending()?.weights(branch.to_rust()?)?.as_slice()))
    }

    /// The pictures of a part's views, `[n, 3, side, side]` in 0..1, one a view.
    #[wasm_bindgen(js_name = partPictures)]
    pub fn part_pictures(&self, part: usize) -> Answer<Float32Array> {
        Ok(Float32Array::from(self.pending()?.pictures(part)?.as_slice()))
    }

    /// What is done to each of them, a row a view.
    #[wasm_bindgen(js_name = partTable)]
    pub fn part_table(&self, part: usize) -> Answer<Float32Array> {
        Ok(Float32Array::from(self.pending()?.table(part)?.as_slice()))
    }

    /// Makes the features of a part here.
    #[wasm_bindgen(js_name = partForward)]
    pub fn part_forward(&mut self, part: usize) -> Answer<()> {
        Ok(self.pending_mut()?.forward(part)?)
    }

    /// Takes the features of a part from elsewhere.
    #[wasm_bindgen(js_name = takeFeatures)]
    pub fn take_features(&mut self, part: usize, features: Vec<f32>) -> Answer<()> {
        Ok(self.pending_mut()?.take_features(part, features)?)
    }

    /// The loss, once all features are there.
    pub fn meet(&mut self) -> Answer<()> {
        let (Some(trainer), Some(pending)) = (&mut self.trainer, &mut self.pending) else {
            return Err(Error::NoRun.into());
        };
        Ok(trainer.meet(pending, &self.images)?)
    }

    /// Gives parts their slopes, which of all at once is less work than of one by one.
    pub fn share(&mut self, parts: &[usize]) -> Answer<()> {
        let (Some(trainer), Some(pending)) = (&self.trainer, &mut self.pending) else {
            return Err(Error::NoRun.into());
        };
        Ok(trainer.share(pending, parts)?)
    }

    /// In how many strips the gradient of what comes between trunk and h is made, once the loss is there. What is not made by then,
    /// [`Session::finish_step`] makes.
    pub fn strips(&self) -> Answer<usize> {
        Ok(self.pending()?.strips())
    }

    /// The features that a strip is of, `[views, rows]`.
    #[wasm_bindgen(js_name = stripFeatures)]
    pub fn strip_features(&self, strip: usize) -> Answer<Float32Array> {
        Ok(Float32Array::from(self.pending()?.strip(strip)?.as_slice()))
    }

    /// What the loss changes by with each number of h, `[views, representation]`, which goes with all strips.
    #[wasm_bindgen(js_name = stripSlopes)]
    pub fn strip_slopes(&self) -> Answer<Float32Array> {
        Ok(Float32Array::from(self.pending()?.strip_slopes()?))
    }

    /// Makes a strip here.
    #[wasm_bindgen(js_name = makeStrip)]
    pub fn make_strip(&mut self, strip: usize) -> Answer<()> {
        Ok(self.pending_mut()?.make_strip(strip)?)
    }

    /// Takes a strip from elsewhere.
    #[wasm_bindgen(js_name = takeStrip)]
    pub fn take_strip(&mut self, strip: usize, gradient: &Float32Array) -> Answer<()> {
        gradient.copy_to(self.pending_mut()?.strip_room(strip, gradient.length() as usize)?);
        Ok(())
    }

    /// What the loss changes by with each feature of a part that was [shared](Session::share).
    #[wasm_bindgen(js_name = partSlopes)]
    pub fn part_slopes(&self, part: usize) -> Answer<Float32Array> {
        Ok(Float32Array::from(self.pending()?.slopes(part)?))
    }

    /// Makes the gradients of a part here, and its features again if they came from elsewhere.
    #[wasm_bindgen(js_name = partBackward)]
    pub fn part_backward(&mut self, part: usize) -> Answer<()> {
        Ok(self.pending_mut()?.backward(part)?)
    }

    /// Takes the gradients of a part from elsewhere.
    #[wasm_bindgen(js_name = takeGradients)]
    pub fn take_gradients(&mut self, part: usize, gradients: Vec<f32>) -> Answer<()> {
        Ok(self.pending_mut()?.take_gradients(part, gradients)?)
    }

    /// The update, once all gradients are there.
    #[wasm_bindgen(js_name = finishStep)]
    pub fn finish_step(&mut self) -> Answer<Ts<Progress>> {
        let (Some(trainer), Some(pending)) = (&mut self.trainer, self.pending.take()) else {
            return Err(Error::NoRun.into());
        };
        let step = trainer.finish(pending)?;
        self.made(step);
        self.progress()
    }
}

impl Session {
    fn pending(&self) -> Result<&Pending> {
        self.pending.as_ref().ok_or(Error::NoRun)
    }

    fn pending_mut(&mut self) -> Result<&mut Pending> {
        self.pending.as_mut().ok_or(Error::NoRun)
    }
}
