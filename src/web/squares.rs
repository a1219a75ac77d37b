//! Pictures that are not in use yet: of a file that browsers cannot read, or drawn.

use js_sys::Uint8Array;
use tsify::{Ts, Tsify};
use wasm_bindgen::prelude::wasm_bindgen;

use super::messages::SquaresReport;
use super::session::Answer;
use crate::Error;
use crate::dataset::{ImageSet, ShapesConfig, read_cifar10};
use crate::train::TrainConfig;

/// Squares of RGB bytes with names and labels, to be handed over to JavaScript.
#[wasm_bindgen]
pub struct Squares(ImageSet);

#[wasm_bindgen]
impl Squares {
    /// The pictures of a file in CIFAR-10's binary format.
    ///
    /// Throws `unreadableCifar`.
    pub fn cifar10(file: &[u8]) -> Answer<Squares> {
        Ok(Self(read_cifar10(file)?))
    }

    /// Drawn shapes, as the built-in set has them.
    pub fn shapes(count: usize, side: usize, seed: f64) -> Answer<Squares> {
        let seed = Error::whole("seed", seed, TrainConfig::SEED)?;
        Ok(Self(ShapesConfig { count, side, seed }.draw()?.images))
    }

    pub fn report(&self) -> Answer<Ts<SquaresReport>> {
        let Self(images) = self;
        let class = |label: &Option<usize>| label.map(|label| images.classes()[label].clone());
        let labels = images.labels().iter().map(|label| class(label).unwrap_or_default());
        let names = images.names().to_vec();
        Ok(SquaresReport { side: images.side(), names, labels: labels.collect() }.into_ts()?)
    }

    /// RGB bytes of all pictures, one after the other.
    pub fn pixels(&self) -> Uint8Array {
        let squares: Vec<_> = (0..self.0.len()).filter_map(|index| self.0.rgb(index)).collect();
        Uint8Array::from(squares.concat().as_slice())
    }
}
