//! What a helping worker holds: trunks, to make parts of steps with.

use burn::tensor::Device;
use js_sys::Float32Array;
use tsify::Ts;
use wasm_bindgen::prelude::wasm_bindgen;

use super::session::Answer;
use crate::model::{Family, ModelConfig, Size};
use crate::train::{Branch, Shard as Core, strip_gradient as strip};

/// Makes parts of a session's steps, on the CPU, for an instance that has the session.
#[wasm_bindgen]
pub struct Shard(Core);

#[wasm_bindgen]
impl Shard {
    /// For an encoder, and pictures of this side. Weights are still to be given.
    #[wasm_bindgen(constructor)]
    pub fn new(encoder: Ts<Family>, size: Ts<Size>, side: usize) -> Answer<Shard> {
        console_error_panic_hook::set_once();
        let (family, size) = (encoder.to_rust()?, size.to_rust()?);
        let model = ModelConfig { family, size, ..ModelConfig::default() };
        Ok(Self(Core::new(&model, side, &Device::flex())?))
    }

    /// Takes weights that [`Session::part_weights`](super::Session::part_weights) gave.
    pub fn load(&mut self, branch: Ts<Branch>, weights: &[f32]) -> Answer<()> {
        Ok(self.0.load(branch.to_rust()?, weights)?)
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
        let features = self.0.forward(part, branch.to_rust()?, pictures, table)?;
        Ok(Float32Array::from(features.as_slice()))
    }

    /// Gradients of a part that was made here, given what the loss changes by with each of its features.
    pub fn backward(&mut self, part: usize, slopes: &[f32]) -> Answer<Float32Array> {
        Ok(Float32Array::from(self.0.backward(part, slopes)?.as_slice()))
    }
}

/// The gradient `[rows, representation]` of a strip: of some features `[views, rows]` and what the loss changes by with each number
/// of h, `[views, representation]`.
#[wasm_bindgen(js_name = stripGradient)]
pub fn strip_gradient(views: usize, features: &[f32], slopes: &[f32]) -> Answer<Float32Array> {
    let gradient = strip(views, features, slopes)?;
    Ok(Float32Array::from(gradient.as_slice()))
}
