//! Another build of the CPU kernels' loops, in the place of this module's.

use burn::tensor::Device;
use contrastive_kernels::kernels::places;
use js_sys::{Function, WebAssembly::Table};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::wasm_bindgen;

use super::session::Answer;
use crate::Error;
use crate::device::compare;
use crate::ops::check;

/// Has all that follows run the loops of `relaxed.wasm`, which was made with this module's memory.
#[wasm_bindgen(js_name = useKernels)]
pub fn use_kernels(rows: &Function, sums: &Function) -> Answer<()> {
    let table: Table = wasm_bindgen::function_table().unchecked_into();
    for (place, kernel) in places().into_iter().zip([rows, sums]) {
        table.set(place, kernel).map_err(|error| Error::device(format!("{error:?}")))?;
    }
    Ok(())
}

/// Holds what every kernel of the CPU gives after [`use_kernels`] to what it gave before, at sizes that are drawn from so
/// many seeds. Throws `device` where one differs.
#[wasm_bindgen(js_name = compareKernels)]
pub async fn compare_kernels(seeds: u32, rows: Function, sums: Function) -> Answer<()> {
    let seeds = u64::from(seeds);
    let run = |seed| [check::run, check::run_deep].map(|run| run(seed, &Device::flex()));
    let before: Vec<_> = (0..seeds).flat_map(run).collect();
    use_kernels(&rows, &sums)?;
    for (expected, found) in before.into_iter().zip((0..seeds).flat_map(run)) {
        compare(expected, found).await?;
    }
    Ok(())
}
