//! Another build of the CPU kernels' loops, in the place of this module's.

use contrastive_kernels::kernels::places;
use js_sys::{Function, WebAssembly::Table};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::wasm_bindgen;

use super::session::Answer;
use crate::Error;

/// Has all that follows run the loops of `relaxed.wasm`, which was made with this module's memory.
#[wasm_bindgen(js_name = useKernels)]
pub fn use_kernels(rows: &Function, sums: &Function) -> Answer<()> {
    let table: Table = wasm_bindgen::function_table().unchecked_into();
    for (place, kernel) in places().into_iter().zip([rows, sums]) {
        table.set(place, kernel).map_err(|error| Error::device(format!("{error:?}")))?;
    }
    Ok(())
}
