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

pub use points::PointRun;
pub use relaxed::use_kernels;
pub use session::Session;
pub use shard::Shard;
pub use squares::Squares;
pub use tables::Tables;

unsafe extern "C" {
    fn __wasm_call_ctors();
}

/// Runs the module's constructors, of which Burn's tree has some, once. Unless a program calls them itself,
/// the linker has every exported function call them all, each time: a tenth of a millisecond a call.
#[wasm_bindgen::prelude::wasm_bindgen(start)]
fn start() {
    // SAFETY: the linker's own function, called once, before any other.
    unsafe { __wasm_call_ctors() }
}
