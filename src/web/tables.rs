//! What the loss of a batch compared, as tables for JavaScript.

use js_sys::{Float32Array, Uint8Array};
use wasm_bindgen::prelude::wasm_bindgen;

use crate::train::Comparisons;

/// Columns that are handed over at most: a queue may be a thousand times as long.
pub(super) const COLUMNS: usize = 1025;

/// [`Comparisons`], of which each table is copied when it is asked for.
#[wasm_bindgen]
pub struct Tables(Comparisons);

impl Tables {
    pub(super) fn new(comparisons: Comparisons) -> Self {
        Self(comparisons.cut(COLUMNS))
    }
}

#[wasm_bindgen]
impl Tables {
    #[wasm_bindgen(getter)]
    pub fn columns(&self) -> usize {
        self.0.columns
    }

    /// Cosines, or what the loss takes for them, `[anchors, columns]`.
    #[wasm_bindgen(getter)]
    pub fn similarities(&self) -> Float32Array {
        Float32Array::from(self.0.similarities.as_slice())
    }

    /// Of each anchor's softmax, 0..1, `[anchors, columns]`.
    #[wasm_bindgen(getter)]
    pub fn shares(&self) -> Float32Array {
        Float32Array::from(self.0.shares.as_slice())
    }

    /// 1 for a positive, `[anchors, columns]`.
    #[wasm_bindgen(getter)]
    pub fn positives(&self) -> Uint8Array {
        let marks: Vec<u8> = self.0.positives.iter().map(|&mark| u8::from(mark > 0.0)).collect();
        Uint8Array::from(marks.as_slice())
    }

    /// The anchors' parts in the loss, `[anchors]`.
    #[wasm_bindgen(getter)]
    pub fn losses(&self) -> Float32Array {
        Float32Array::from(self.0.losses.as_slice())
    }
}
