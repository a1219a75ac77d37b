//! Whose build of the loops of [`micro`](super::micro) runs: this module's, or one that a page has put in its place.
//!
//! In WebAssembly a function pointer is a place in a table, which JavaScript can write to.

use std::hint::black_box;

use super::micro::{self, Rows, Sums};

type RowsLoop = unsafe extern "C" fn(&Rows);
type SumsLoop = unsafe extern "C" fn(&Sums);

/// The loops that run.
pub(super) struct Kernels {
    pub rows: RowsLoop,
    pub sums: SumsLoop,
}

/// As they are now in the table; the compiler must not look through it.
pub(super) fn chosen() -> Kernels {
    Kernels { rows: black_box(rows as RowsLoop), sums: black_box(sums as SumsLoop) }
}

/// Their places in the table, for others that do the same in this module's memory: `rows`, `sums`. They may round
/// differently, so all of a run is to be computed by the same ones.
#[cfg(target_arch = "wasm32")]
pub fn places() -> [u32; 2] {
    [rows as RowsLoop as usize as u32, sums as SumsLoop as usize as u32]
}

// Each by itself, for compilers to give it all registers.
#[inline(never)]
unsafe extern "C" fn rows(job: &Rows) {
    // SAFETY: the caller's promise.
    unsafe { micro::rows(job) }
}

#[inline(never)]
unsafe extern "C" fn sums(job: &Sums) {
    // SAFETY: the caller's promise.
    unsafe { micro::sums(job) }
}
