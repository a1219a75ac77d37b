//! Whose build of the loops of [`micro`](super::micro) runs.

use std::sync::OnceLock;

use super::micro::{self, Rows, Sums};

/// A build of both loops, this module's or another's.
#[derive(Clone, Copy)]
pub struct Kernels {
    pub rows: unsafe extern "C" fn(&Rows),
    pub sums: unsafe extern "C" fn(&Sums),
}

static CHOSEN: OnceLock<Kernels> = OnceLock::new();

/// Has everything that follows use these kernels. Says whether it does: the first choice stays, since
/// another build may round differently, and a run is to be computed by one of them.
///
/// # Safety
/// Both do what their namesakes in `micro` do, in this module's memory.
pub unsafe fn choose(kernels: Kernels) -> bool {
    CHOSEN.set(kernels).is_ok()
}

pub(super) fn chosen() -> &'static Kernels {
    CHOSEN.get_or_init(|| Kernels { rows, sums })
}

unsafe extern "C" fn rows(job: &Rows) {
    // SAFETY: the caller's promise.
    unsafe { micro::rows(job) }
}

unsafe extern "C" fn sums(job: &Sums) {
    // SAFETY: the caller's promise.
    unsafe { micro::sums(job) }
}
