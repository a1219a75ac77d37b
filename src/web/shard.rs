//! What a helping worker holds: trunks, to make parts of steps with.

use burn::tensor::Device;
use js_sys::Float32Array;
use tsify::Ts;
use wasm_bindgen::prelude::wasm_bindgen;

use super::parts::written;
use super::session::Answer;
use crate::model::{Family, ModelConfig, Size};
use crate::train::{Branch, Shard as Core, Strips};
use crate::{Error, Result};

/// Makes parts and strips of a session's steps, on the CPU, for an instance that has the session.
#[wasm_bindgen]
pub struct Shard {
    core: Core,
    /// Numbers in the representation h.
    outputs: usize,
    strips: Option<Strips>,
}

#[wasm_bindgen]
impl Shard {
    /// For an encoder, and pictures of this side. Weights are still to be given.
    #[wasm_bindgen(constructor)]
    pub fn new(encoder: Ts<Family>, size: Ts<Size>, side: usize) -> Answer<Shard> {
        console_error_panic_hook::set_once();
        let (family, size) = (encoder.to_rust()?, size.to_rust()?);
        let model = ModelConfig { family, size, ..ModelConfig::default() };
        let core = Core::new(&model, side, &Device::flex())?;
        Ok(Self { core, outputs: model.encoder(side).representation(), strips: None })
    }

    /// Takes weights that [`Session::part_weights`](super::Session::part_weights) gave.
    pub fn load(&mut self, branch: Ts<Branch>, weights: &[f32]) -> Answer<()> {
        Ok(self.core.load(branch.to_rust()?, weights)?)
    }

    /// Features of the views of a part, row by row, of [`Session::part_pictures`](super::Session::part_pictures) and
    /// [`Session::part_table`](super::Session::part_table).
    pub fn forward(
        &mut self,
        part: usize,
        branch: Ts<Branch>,
        pictures: &[f32],
        table: &[f32],
    ) -> Answer<Float32Array> {
        let features = self.core.forward(part, branch.to_rust()?, pictures, table)?;
        Ok(Float32Array::from(features.as_slice()))
    }

    /// Gradients of a part that was made here, given what the loss changes by with each of its features.
    pub fn backward(&mut self, part: usize, slopes: &[f32]) -> Answer<Float32Array> {
        Ok(Float32Array::from(self.core.backward(part, slopes)?.as_slice()))
    }

    /// Takes weights that [`Session::strip_weights`](super::Session::strip_weights) gave.
    #[wasm_bindgen(js_name = loadStrips)]
    pub fn load_strips(&mut self, weights: Vec<f32>) -> Answer<()> {
        self.strips = Some(Strips::new(weights, self.outputs)?);
        Ok(())
    }

    /// Sums of these strips, of [`Session::strip_features`](super::Session::strip_features).
    pub fn represent(&mut self, features: Vec<f32>) -> Answer<Float32Array> {
        Ok(Float32Array::from(self.strips()?.represent(features)?.as_slice()))
    }

    /// Slopes of these features, of [`Session::slopes_of_h`](super::Session::slopes_of_h); in the numbers that are given,
    /// if they have the right size.
    pub fn share(&mut self, slopes: Vec<f32>, used: Option<Float32Array>) -> Answer<Float32Array> {
        Ok(written(&self.strips()?.share(slopes)?, used))
    }

    /// The gradient of these weights; likewise.
    #[wasm_bindgen(js_name = learnRest)]
    pub fn learn_rest(&mut self, used: Option<Float32Array>) -> Answer<Float32Array> {
        Ok(written(&self.strips()?.learn()?, used))
    }
}

impl Shard {
    fn strips(&mut self) -> Result<&mut Strips> {
        self.strips.as_mut().ok_or(Error::NoRun)
    }
}
