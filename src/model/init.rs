//! Layers whose initial weights are drawn on the CPU, so that both devices start equal.
//!
//! The distribution is PyTorch's default for both kinds of layer: weights and biases uniform between
//! −1/√fan-in and 1/√fan-in.

use burn::module::Param;
use burn::nn::conv::{Conv2d, Conv2dConfig};
use burn::nn::{Linear, LinearConfig, PaddingConfig2d};
use burn::tensor::{Device, Tensor, TensorData};
use rand::RngExt;

use crate::random::{Purpose, stream};

/// A seed and the number of the layer.
type Key = (u64, u64);

/// `[from, to]` channels, a square kernel.
pub(super) fn conv(
    channels: [usize; 2],
    kernel: usize,
    padding: PaddingConfig2d,
    key: Key,
    device: &Device,
) -> Conv2d {
    let [from, to] = channels;
    let bound = 1.0 / ((from * kernel * kernel) as f32).sqrt();
    let mut rng = stream(key.0, Purpose::Weights, key.1);
    let mut layer =
        Conv2dConfig::new(channels, [kernel, kernel]).with_padding(padding).init(device);
    layer.weight = parameter([to, from, kernel, kernel], bound, &mut rng, device);
    layer.bias = Some(parameter([to], bound, &mut rng, device));
    layer
}

/// `[from, to]` numbers. Burn keeps the weight as `[from, to]`, PyTorch as its transpose.
pub(super) fn linear(sizes: [usize; 2], key: Key, device: &Device) -> Linear {
    let [from, to] = sizes;
    let bound = 1.0 / (from as f32).sqrt();
    let mut rng = stream(key.0, Purpose::Weights, key.1);
    let mut layer = LinearConfig::new(from, to).init(device);
    layer.weight = parameter(sizes, bound, &mut rng, device);
    layer.bias = Some(parameter([to], bound, &mut rng, device));
    layer
}

fn parameter<const D: usize>(
    shape: [usize; D],
    bound: f32,
    rng: &mut impl rand::Rng,
    device: &Device,
) -> Param<Tensor<D>> {
    let count = shape.iter().product();
    let values: Vec<f32> = (0..count).map(|_| rng.random_range(-bound..bound)).collect();
    Param::from_data(TensorData::new(values, shape), device)
}
