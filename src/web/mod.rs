//! The only module that knows JavaScript: it converts, and holds no logic of learning.

mod device;
mod failure;
mod judges;
mod learned;
mod messages;
mod parts;
mod pixels;
mod points;
mod relaxed;
mod session;
mod settings;
mod shard;
mod squares;
mod tables;

use std::sync::Once;

pub use points::PointRun;
pub use relaxed::{compare_kernels, use_kernels};
pub use session::Session;
pub use shard::Shard;
pub use squares::Squares;
pub use tables::Tables;

unsafe extern "C" {
    fn __wasm_call_ctors();
}

/// Runs the module's constructors, once. Burn's tree has some, which register what its shader compiler knows and take 0.15 s, so
/// who needs no GPU does without. If nobody called them, the linker would have every exported function call them
/// all, each time.
pub(crate) fn construct() {
    static DONE: Once = Once::new();
    // SAFETY: the linker's own function, called once, before what needs it.
    DONE.call_once(|| unsafe { __wasm_call_ctors() });
}
