//! The kernels of a training step on the CPU: one thread, slices of f32, vectors of four.
//!
//! A package of its own, so that it is built for speed where the rest is built for size.

pub mod contrast;
pub mod conv;
pub mod gemm;
pub mod kernels;
pub mod linear;
pub mod optimize;
pub mod pooled;
pub mod render;
pub mod sphere;

mod aligned;
mod chunks;
mod lanes;
mod micro;
mod picture;
mod planes;
mod pooled_gradients;
mod products;
mod rows;
mod sparse;
mod transpose;
mod weights;
mod winograd;

#[cfg(test)]
mod reference;
#[cfg(test)]
mod tests;
