//! Contrastive self-supervised learning that trains and shows itself in a browser.
//!
//! The modules are the pipeline, in the order in which a picture meets them:
//!
//! ```text
//! dataset ── augment ── model ── loss ── train ── evaluate ── web
//! squares    two views  encoder  NT-Xent  the      what was    what JavaScript
//! of RGB     of each    + head            step     learned     sees of it
//! ```
//!
//! - [`dataset`]: pictures as bytes, drawn here or given by the visitor.
//! - [`augment`]: a policy gives parameters, parameters give pixels. Two views of one picture are a
//!   *positive pair*; a view and any view of another picture are a *negative pair*.
//! - [`model`]: the encoder gives the representation *h*, the projection head gives the projection *z*.
//! - [`loss`]: contrastive losses, and wrong ones to learn from. NT-Xent, InfoNCE over the 2N views of a
//!   batch, is the default.
//! - [`train`]: the loop's one step by any method, its settings, what it reports, and how it is resumed.
//! - [`checkpoint`]: tensors as a safetensors file, in and out.
//! - [`evaluate`]: what the encoder has learned, judged on pictures that it was not trained on.
//! - [`device`]: where the arithmetic runs, and the self-test that a device has to pass.
//! - [`random`]: every random choice comes from one seed, on the CPU.
//!
//! N is the number of pictures in a batch; rows `i` and `i + N` of the 2N views are a positive pair.

pub mod augment;
pub mod checkpoint;
pub mod dataset;
pub mod device;
pub mod error;
pub mod evaluate;
pub mod loss;
pub mod model;
mod ops;
pub mod random;
pub mod train;

#[cfg(target_arch = "wasm32")]
pub mod web;

pub use error::{Error, Result};
