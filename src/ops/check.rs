//! Every kernel at small and odd sizes, so that a device can be held to another.

use std::ops::Range;

use burn::tensor::{Device, Gradients, Tensor, TensorData};
use rand::RngExt;
use rand_chacha::ChaCha8Rng;

use super::{AdamStep, MomentumStep, NEGATIVE, OUTSIDE, POSITIVE};
use crate::augment::{Policy, Preset, ViewParameters, render};
use crate::random::{Purpose, stream};

/// What a kernel gives, or a slope of it, by name.
pub(crate) type Found = Vec<(&'static str, Tensor<1>)>;

/// Values and slopes of all kernels; sizes and numbers are drawn from the seed, the same for all devices.
pub(crate) fn run(seed: u64, device: &Device) -> Found {
    let draw = &mut Draw::new(seed, 1, device);
    [updates, views, sphere, linear, contrast, convolution, plain_convolution]
        .into_iter()
        .flat_map(|kernel| kernel(draw))
        .collect()
}

/// The same of linear layers whose sums are so long that a GPU divides them, which is nothing for a page that opens: rows,
/// inputs and outputs in turn are what is summed over, in one of the three products of such a layer.
pub(crate) fn run_deep(seed: u64, device: &Device) -> Found {
    let draw = &mut Draw::new(seed, 5, device);
    let mut found = Vec::new();
    for long in 0..3 {
        let mut sizes = [0; 3].map(|_| draw.size(20));
        sizes[long] = 1024 + draw.size(1976);
        found.extend([false, true].into_iter().flat_map(|relu| layer(draw, sizes, relu)));
    }
    found
}

/// Draws on the CPU what is then on the device.
pub(super) struct Draw {
    rng: ChaCha8Rng,
    device: Device,
}

impl Draw {
    pub(super) fn new(seed: u64, part: u64, device: &Device) -> Self {
        Self { rng: stream(seed, Purpose::SelfTest, part), device: device.clone() }
    }

    fn size(&mut self, most: usize) -> usize {
        self.rng.random_range(1..=most)
    }

    pub(super) fn tensor<const D: usize>(&mut self, shape: [usize; D]) -> Tensor<D> {
        self.between(-1.0..1.0, shape)
    }

    fn between<const D: usize>(&mut self, range: Range<f32>, shape: [usize; D]) -> Tensor<D> {
        let count = shape.iter().product();
        let values: Vec<f32> = (0..count).map(|_| self.rng.random_range(range.clone())).collect();
        Tensor::from_data(TensorData::new(values, shape), &self.device)
    }

    fn learned<const D: usize>(&mut self, shape: [usize; D]) -> Tensor<D> {
        self.tensor(shape).autodiff().require_grad()
    }

    /// A weighted sum of the output, by kernels of ours: each of Burn's would have to be compiled for this alone.
    fn weigh<const D: usize>(&mut self, output: Tensor<D>) -> Tensor<2> {
        let count = output.shape().num_elements();
        let (weights, none) = (self.tensor([count, 1]).autodiff(), self.tensor([1]).autodiff());
        super::linear(output.reshape([1, count]), weights, none, false)
    }
}

fn updates(draw: &mut Draw) -> Found {
    let count = draw.size(600);
    let [weights, gradient, first] = core::array::from_fn(|_| draw.tensor([count]));
    let second = draw.between(0.0..1.0, [count]);
    let step = AdamStep {
        learning_rate: 0.1,
        beta: [0.9, 0.99],
        epsilon: 1e-3,
        decay: 0.2,
        shrink: 0.05,
        correction: [0.3, 0.1],
    };
    let moments = [first.clone(), second];
    let [a, b, c] = super::adam(weights.clone(), gradient.clone(), moments, step);
    let step = MomentumStep { learning_rate: 0.1, momentum: 0.9, decay: 0.2 };
    let [d, e] = super::momentum(weights, gradient, first, step);
    vec![("Adam", a), ("Adam", b), ("Adam", c), ("momentum", d), ("momentum", e)]
}

fn views(draw: &mut Draw) -> Found {
    let (pictures, side) = (draw.size(3), 4 * draw.size(6) + 4);
    let images = draw.between(0.0..1.0, [pictures, 3, side, side]);
    let policies = [Policy::default(), Preset::Strong.policy(), Preset::None.policy()];
    let of = |policy: &Policy| ViewParameters::sample_pairs(policy, side, pictures, &mut draw.rng);
    let parameters: Vec<_> = policies.iter().flat_map(of).collect();
    vec![("views", flat(render(images, &parameters)))]
}

fn sphere(draw: &mut Draw) -> Found {
    let (rows, width, others) = (draw.size(40) + 1, draw.size(90), draw.size(40));
    let (z, y) = (draw.learned([rows, width]), draw.learned([others, width]));
    let unit = super::normalize(z.clone());
    let compared = super::similarities(unit.clone(), y.clone());
    let gradients = draw.weigh(compared.clone()).backward();
    vec![
        ("normalized rows", flat(unit.inner())),
        ("similarities", flat(compared.inner())),
        ("slopes of rows", slope(&z, &gradients)),
        ("slopes of other rows", slope(&y, &gradients)),
        ("statistics of rows", super::statistics(z.inner())),
    ]
}

fn linear(draw: &mut Draw) -> Found {
    let mut found = Vec::new();
    for relu in [false, true] {
        let sizes = [draw.size(70), draw.size(300), draw.size(70)];
        found.extend(layer(draw, sizes, relu));
    }
    found
}

fn layer(draw: &mut Draw, [rows, from, to]: [usize; 3], relu: bool) -> Found {
    let (x, w, b) = (draw.learned([rows, from]), draw.learned([from, to]), draw.learned([to]));
    let y = super::linear(x.clone(), w.clone(), b.clone(), relu);
    let gradients = draw.weigh(y.clone()).backward();
    vec![
        ("linear layer", flat(y.inner())),
        ("slopes of a linear layer's input", slope(&x, &gradients)),
        ("slopes of a linear layer's weights", slope(&w, &gradients)),
        ("slopes of a linear layer's bias", slope(&b, &gradients)),
    ]
}

fn contrast(draw: &mut Draw) -> Found {
    let mut found = Vec::new();
    for weighted in [false, true] {
        let (rows, columns) = (draw.size(30), draw.size(90) + 1);
        let similarities = draw.learned([rows, columns]);
        let roles = [OUTSIDE, NEGATIVE, NEGATIVE, POSITIVE];
        // The last row has no positive, all others have one.
        let role = |place: usize| match (place / columns, place % columns) {
            (row, _) if row + 1 == rows && row > 0 => NEGATIVE,
            (_, 0) => POSITIVE,
            _ => roles[draw.rng.random_range(0..4)],
        };
        let roles: Vec<f32> = (0..rows * columns).map(role).collect();
        let roles = TensorData::new(roles, [rows, columns]);
        let roles = Tensor::from_data(roles, &draw.device).autodiff();
        let weights = weighted.then(|| draw.learned([rows, columns]));
        let counted = (rows - 1).max(1);
        let contrasted =
            super::contrast(similarities.clone(), roles, weights.clone(), 0.3, counted);
        let gradients = contrasted.loss.clone().backward();
        found.extend([
            ("loss", contrasted.loss.inner()),
            ("loss of rows", contrasted.per_row.inner()),
            ("top-1 accuracy", contrasted.top1.inner()),
            ("slopes of similarities", slope(&similarities, &gradients)),
        ]);
        found.extend(weights.map(|weights| ("slopes of weights", slope(&weights, &gradients))));
    }
    found
}

fn convolution(draw: &mut Draw) -> Found {
    let [batch, inputs, outputs] = [draw.size(3), draw.size(20), draw.size(70)];
    let [height, width] = [draw.size(18) + 1, draw.size(18) + 1];
    let x = draw.learned([batch, inputs, height, width]);
    let (w, b) = (draw.learned([outputs, inputs, 3, 3]), draw.learned([outputs]));
    let y = super::conv_pool(x.clone(), w.clone(), b.clone());
    let gradients = draw.weigh(y.clone()).backward();
    vec![
        ("pooled convolution", flat(y.inner())),
        ("slopes of a convolution's input", slope(&x, &gradients)),
        ("slopes of a convolution's weights", slope(&w, &gradients)),
        ("slopes of a convolution's bias", slope(&b, &gradients)),
    ]
}

fn plain_convolution(draw: &mut Draw) -> Found {
    let [batch, inputs, outputs] = [draw.size(3), draw.size(20), draw.size(40)];
    let x = [batch, inputs, draw.size(18), draw.size(18)];
    let (x, w) = (draw.learned(x), draw.learned([outputs, inputs, 3, 3]));
    let y = super::conv(x.clone(), w.clone(), 1);
    let gradients = draw.weigh(y.clone()).backward();
    vec![
        ("convolution", flat(y.inner())),
        ("slopes of a plain convolution's input", slope(&x, &gradients)),
        ("slopes of a plain convolution's weights", slope(&w, &gradients)),
    ]
}

/// None at all counts as zero.
pub(super) fn slope<const D: usize>(of: &Tensor<D>, gradients: &Gradients) -> Tensor<1> {
    of.grad(gradients).map_or_else(|| Tensor::zeros([1], &of.device().without_autodiff()), flat)
}

fn flat<const D: usize>(tensor: Tensor<D>) -> Tensor<1> {
    let count = tensor.shape().num_elements();
    tensor.reshape([count])
}
