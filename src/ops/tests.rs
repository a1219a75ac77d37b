//! Values and slopes of every layer against Burn's own operations, over odd sizes, and against finite differences.

use burn::nn::pool::MaxPool2dConfig;
use burn::tensor::activation::relu;
use burn::tensor::module::conv2d;
use burn::tensor::ops::ConvOptions;
use burn::tensor::{Device, Tensor, TensorData};
use rand::RngExt;
use rand_chacha::ChaCha8Rng;

use super::kernels::{NEGATIVE, OUT, OUTSIDE, POSITIVE};
use crate::random::{Purpose, stream};

const SEEDS: u64 = 30;

fn seeds() -> impl Iterator<Item = ChaCha8Rng> {
    (0..SEEDS).map(|seed| stream(seed, Purpose::SelfTest, 2))
}

fn tensor<const D: usize>(shape: [usize; D], rng: &mut ChaCha8Rng) -> Tensor<D> {
    let count = shape.iter().product();
    let values: Vec<f32> = (0..count).map(|_| rng.random_range(-1.0..1.0)).collect();
    let device = Device::flex().autodiff();
    Tensor::from_data(TensorData::new(values, shape), &device).require_grad()
}

fn numbers<const D: usize>(tensor: Tensor<D>) -> Vec<f32> {
    tensor.into_data().iter().collect()
}

fn close(what: &str, found: &[f32], expected: &[f32]) {
    assert_eq!(found.len(), expected.len(), "{what}");
    let largest = expected.iter().fold(1e-3f32, |a, v| a.max(v.abs()));
    for (place, (a, b)) in found.iter().zip(expected).enumerate() {
        assert!((a - b).abs() <= 2e-5 * largest, "{what}, {place}: {a} where {b} is expected");
    }
}

/// Values, and the slopes of a sum weighted at random, of the same learned inputs both ways.
macro_rules! same {
    ($rng:expr, [$($input:ident),+], $ours:expr, $burns:expr) => {{
        let (ours, burns) = ($ours, $burns);
        assert_eq!(ours.dims(), burns.dims());
        let weights = tensor(ours.dims(), $rng).inner().autodiff();
        close("values", &numbers(ours.clone()), &numbers(burns.clone()));
        let of_ours = (ours * weights.clone()).sum().backward();
        let of_burns = (burns * weights).sum().backward();
        $(close(
            concat!("slopes of ", stringify!($input)),
            &numbers($input.grad(&of_ours).unwrap()),
            &numbers($input.grad(&of_burns).unwrap()),
        );)+
    }};
}

#[test]
fn rows_have_length_one() {
    for mut rng in seeds() {
        let z = tensor([rng.random_range(1..9), rng.random_range(1..70)], &mut rng);
        let length = (z.clone() * z.clone()).sum_dim(1).add_scalar(1e-24).sqrt();
        same!(&mut rng, [z], super::normalize(z.clone()), z.clone() / length);
    }
    let zeros = super::normalize(Tensor::<2>::zeros([2, 3], &Device::flex()));
    assert_eq!(numbers(zeros), [0.0; 6]);
}

#[test]
fn similarities_are_a_product_with_a_transpose() {
    for mut rng in seeds() {
        let [m, n, d] = core::array::from_fn(|_| rng.random_range(1..20));
        let (a, b) = (tensor([m, d], &mut rng), tensor([n, d], &mut rng));
        let burns = a.clone().matmul(b.clone().transpose());
        same!(&mut rng, [a, b], super::similarities(a.clone(), b.clone()), burns);
        let twice = a.clone().matmul(a.clone().transpose());
        same!(&mut rng, [a], super::similarities(a.clone(), a.clone()), twice);
    }
}

#[test]
fn a_linear_layer_is_a_product_a_sum_and_relu() {
    for mut rng in seeds() {
        let [rows, from, to] = core::array::from_fn(|_| rng.random_range(1..40));
        let (x, w) = (tensor([rows, from], &mut rng), tensor([from, to], &mut rng));
        let b = tensor([to], &mut rng);
        let ours = |cut| super::linear(x.clone(), w.clone(), b.clone(), cut);
        let burns = || x.clone().matmul(w.clone()) + b.clone().reshape([1, to]);
        same!(&mut rng, [x, w, b], ours(false), burns());
        same!(&mut rng, [x, w, b], ours(true), relu(burns()));
    }
}

fn burns_conv(x: Tensor<4>, w: Tensor<4>, b: Option<Tensor<1>>, stride: usize) -> Tensor<4> {
    conv2d(x, w, b, ConvOptions::new([stride; 2], [1, 1], [1, 1], 1))
}

#[test]
fn a_pooled_convolution_is_a_convolution_relu_and_a_pool() {
    for mut rng in seeds() {
        let [n, c, o] = core::array::from_fn(|_| rng.random_range(1..12));
        let [h, w] = core::array::from_fn(|_| rng.random_range(2..12));
        let x = tensor([n, c, h, w], &mut rng);
        let (weight, bias) = (tensor([o, c, 3, 3], &mut rng), tensor([o], &mut rng));
        let ours = super::conv_pool(x.clone(), weight.clone(), bias.clone());
        let whole = relu(burns_conv(x.clone(), weight.clone(), Some(bias.clone()), 1));
        let burns = MaxPool2dConfig::new([2, 2]).init().forward(whole);
        same!(&mut rng, [x, weight, bias], ours, burns);
    }
}

#[test]
fn a_convolution_is_a_convolution() {
    for mut rng in seeds() {
        let [n, c, o] = core::array::from_fn(|_| rng.random_range(1..12));
        let [h, w] = core::array::from_fn(|_| rng.random_range(1..12));
        let (x, weight) = (tensor([n, c, h, w], &mut rng), tensor([o, c, 3, 3], &mut rng));
        for stride in [1, 2] {
            let ours = super::conv(x.clone(), weight.clone(), stride);
            same!(&mut rng, [x, weight], ours, burns_conv(x.clone(), weight.clone(), None, stride));
        }
    }
}

/// The loss of a contrast, by Burn's operations.
fn burns_contrast(s: Tensor<2>, roles: Tensor<2>, weights: Tensor<2>, tau: f32) -> Tensor<1> {
    let positives = roles.clone().equal_scalar(POSITIVE).float();
    let counts = positives.clone().sum_dim(1);
    let counted = counts.clone().clamp_max(1.0);
    let rows = counted.clone().sum();
    let logits = s / tau;
    let positive = (logits.clone() * positives).sum_dim(1) / counts.clamp_min(1.0);
    let weighted = logits + weights;
    let max = weighted.clone().detach().max_dim(1);
    let normalizer = (weighted - max.clone()).exp().sum_dim(1).log() + max;
    ((normalizer - positive) * counted).sum() / rows
}

#[test]
fn a_contrast_is_a_softmax_and_the_positives_share_of_it() {
    for mut rng in seeds() {
        let [rows, columns] = core::array::from_fn(|_| rng.random_range(2..20));
        let s = tensor([rows, columns], &mut rng);
        let role = |place: usize, rng: &mut ChaCha8Rng| match (place / columns, place % columns) {
            (0, _) => NEGATIVE,
            (_, 0) => POSITIVE,
            _ => [OUTSIDE, NEGATIVE, POSITIVE][rng.random_range(0..3)],
        };
        let roles: Vec<f32> = (0..rows * columns).map(|place| role(place, &mut rng)).collect();
        let roles = TensorData::new(roles, [rows, columns]);
        let roles = Tensor::<2>::from_data(roles, &Device::flex().autodiff());
        let out = roles.clone().equal_scalar(OUTSIDE).float() * OUT;
        let ours = super::contrast(s.clone(), roles.clone(), None, 0.2, rows - 1).loss;
        same!(&mut rng, [s], ours, burns_contrast(s.clone(), roles.clone(), out.clone(), 0.2));

        let learned = tensor([rows, columns], &mut rng);
        let weights = || learned.clone() + out.clone();
        let ours = super::contrast(s.clone(), roles.clone(), Some(weights()), 0.2, rows - 1);
        let burns = burns_contrast(s.clone(), roles, weights(), 0.2);
        same!(&mut rng, [s, learned], ours.loss, burns);
    }
}

#[test]
fn slopes_are_those_of_finite_differences() {
    let mut rng = stream(0, Purpose::SelfTest, 3);
    let (x, w) = (tensor([2, 2, 5, 4], &mut rng), tensor([3, 2, 3, 3], &mut rng));
    let (b, v) = (tensor([3], &mut rng), tensor([12, 4], &mut rng));
    let loss = |w: Tensor<4>| {
        let features = super::conv_pool(x.clone(), w, b.clone()).flatten::<2>(1, 3);
        let bias = Tensor::zeros([4], &features.device());
        let z = super::normalize(super::linear(features, v.clone(), bias, false));
        let roles = Tensor::from_floats([[OUTSIDE, POSITIVE], [POSITIVE, OUTSIDE]], &z.device());
        let roles = roles + Tensor::eye(2, &z.device());
        super::contrast(super::similarities(z.clone(), z), roles, None, 0.5, 2).loss
    };
    let slopes = numbers(w.grad(&loss(w.clone()).backward()).unwrap());
    let values = numbers(w.clone());
    for (place, slope) in slopes.iter().enumerate() {
        let at = |by: f32| {
            let mut moved = values.clone();
            moved[place] += by;
            let moved = Tensor::from_data(TensorData::new(moved, [3, 2, 3, 3]), &w.device());
            loss(moved).into_scalar::<f32>()
        };
        let found = (at(5e-3) - at(-5e-3)) / 1e-2;
        assert!((found - slope).abs() < 4e-3, "{place}: {slope}, by differences {found}");
    }
}
