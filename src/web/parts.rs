//! A step of a session in parts, which helping workers may make: [`Shard`](super::Shard).

use js_sys::Float32Array;
use tsify::{Ts, Tsify};
use wasm_bindgen::prelude::wasm_bindgen;

use super::messages::{PartsReport, Progress};
use super::session::{Answer, Session};
use crate::train::{Branch, Pending, Trainer};
use crate::{Error, Result};

#[wasm_bindgen]
impl Session {
    /// Begins a step; the features of all parts, the sums of all strips, [`Session::meet`], the slopes of all strips, the
    /// gradients of the learned parts and of all strips, and [`Session::finish_step`] are to follow, before anything
    /// else is asked of the session. Without parts, meeting and finishing are enough.
    #[wasm_bindgen(js_name = beginStep)]
    pub fn begin_step(&mut self) -> Answer<Ts<PartsReport>> {
        self.opened.check()?;
        let trainer = self.trainer.as_mut().ok_or(Error::NoRun)?;
        let pending = trainer.begin(&self.images)?;
        let model = trainer.config().model;
        let report = PartsReport {
            parts: pending.parts(),
            learned: pending.learned_parts(),
            strips: pending.strips(),
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

    /// The weights of strips from one up to another, of what comes between trunk and head; in the numbers that are
    /// given, if they have the right size.
    #[wasm_bindgen(js_name = stripWeights)]
    pub fn strip_weights(
        &self,
        from: usize,
        to: usize,
        used: Option<Float32Array>,
    ) -> Answer<Float32Array> {
        let trainer = self.trainer.as_ref().ok_or(Error::NoRun)?;
        let weights = trainer.strip_weights(self.pending()?, from..to)?;
        Ok(written(&weights, used))
    }

    /// The features of all learned views that go into them, once all are there; likewise.
    #[wasm_bindgen(js_name = stripFeatures)]
    pub fn strip_features(
        &mut self,
        from: usize,
        to: usize,
        used: Option<Float32Array>,
    ) -> Answer<Float32Array> {
        let features = self.pending_mut()?.strip_features(from..to)?;
        Ok(written(&features, used))
    }

    /// Makes the sums of strips here.
    pub fn represent(&mut self, from: usize, to: usize) -> Answer<()> {
        let (trainer, pending) = self.under_way()?;
        Ok(trainer.represent(pending, from..to)?)
    }

    /// Takes the sums of strips from elsewhere.
    #[wasm_bindgen(js_name = takeSums)]
    pub fn take_sums(&mut self, from: usize, to: usize, sums: Vec<f32>) -> Answer<()> {
        Ok(self.pending_mut()?.take_sums(from..to, sums)?)
    }

    /// The loss, once all features and sums are there.
    pub fn meet(&mut self) -> Answer<()> {
        let (Some(trainer), Some(pending)) = (&mut self.trainer, &mut self.pending) else {
            return Err(Error::NoRun.into());
        };
        Ok(trainer.meet(pending, &self.images)?)
    }

    /// What the loss changes by with each number of h of all learned views.
    #[wasm_bindgen(js_name = slopesOfH)]
    pub fn slopes_of_h(&self) -> Answer<Float32Array> {
        Ok(Float32Array::from(self.pending()?.slopes_of_h()?.as_slice()))
    }

    /// Makes the slopes of the features of strips here: parts have theirs once all strips have.
    pub fn share(&mut self, from: usize, to: usize) -> Answer<()> {
        let (trainer, pending) = self.under_way()?;
        Ok(trainer.share(pending, from..to)?)
    }

    /// Takes the slopes of the features of strips from elsewhere.
    #[wasm_bindgen(js_name = takeSlopes)]
    pub fn take_slopes(&mut self, from: usize, to: usize, slopes: &[f32]) -> Answer<()> {
        Ok(self.pending_mut()?.take_slopes(from..to, slopes)?)
    }

    /// Makes the gradient of the weights of strips here.
    #[wasm_bindgen(js_name = learnRest)]
    pub fn learn_rest(&mut self, from: usize, to: usize) -> Answer<()> {
        let (trainer, pending) = self.under_way()?;
        Ok(trainer.learn_rest(pending, from..to)?)
    }

    /// Takes the gradient of the weights of strips from elsewhere.
    #[wasm_bindgen(js_name = takeRest)]
    pub fn take_rest(&mut self, from: usize, to: usize, gradients: Vec<f32>) -> Answer<()> {
        Ok(self.pending_mut()?.take_rest(from..to, gradients)?)
    }

    /// What the loss changes by with each feature of a part, once all strips have their slopes.
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

/// Numbers in an array of JavaScript's that has been used before, if it has the right size. New memory of some megabytes
/// takes as long to have as to fill.
pub(super) fn written(numbers: &[f32], used: Option<Float32Array>) -> Float32Array {
    let fits = |array: &Float32Array| array.length() as usize == numbers.len();
    match used.filter(fits) {
        Some(array) => {
            array.copy_from(numbers);
            array
        }
        None => Float32Array::from(numbers),
    }
}

impl Session {
    fn pending(&self) -> Result<&Pending> {
        self.pending.as_ref().ok_or(Error::NoRun)
    }

    fn pending_mut(&mut self) -> Result<&mut Pending> {
        self.pending.as_mut().ok_or(Error::NoRun)
    }

    fn under_way(&mut self) -> Result<(&Trainer, &mut Pending)> {
        self.trainer.as_ref().zip(self.pending.as_mut()).ok_or(Error::NoRun)
    }
}
