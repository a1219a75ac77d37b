//! The kernels in plain Rust, for one thread.

mod chunks;
mod contrast;
mod conv;
mod kernels;
mod lanes;
mod micro;
mod optimize;
mod picture;
mod planes;
mod pooled;
mod pooled_gradients;
mod render;
mod rows;
mod sparse;
mod sphere;
mod transpose;
mod weights;

#[cfg(test)]
mod reference;
#[cfg(test)]
mod tests;

use burn::backend::ops::FloatTensorOps;
use burn::backend::tensor::{FloatTensor, IntTensor};
use burn::backend::{Flex, TensorMetadata};
use burn::tensor::TensorData;

use self::conv::{Conv, Gradients};
use self::picture::Shape;
use super::kernels::{
    AdamStep, ConvSlopes, Counted, Fixed, Kernels, MomentumStep, Product, Wanted,
};

type Floats = FloatTensor<Flex>;

impl Fixed for Flex {
    fn adam(
        weights: Floats,
        gradient: Floats,
        first: Floats,
        second: Floats,
        step: AdamStep,
    ) -> (Floats, Floats, Floats) {
        let gradient = contiguous(gradient);
        let [mut weights, mut first, mut second] = [weights, first, second].map(contiguous);
        optimize::adam(
            numbers_mut(&mut weights),
            numbers(&gradient),
            numbers_mut(&mut first),
            numbers_mut(&mut second),
            step,
        );
        (weights, first, second)
    }

    fn momentum(
        weights: Floats,
        gradient: Floats,
        velocity: Floats,
        step: MomentumStep,
    ) -> (Floats, Floats) {
        let gradient = contiguous(gradient);
        let [mut weights, mut velocity] = [weights, velocity].map(contiguous);
        optimize::momentum(
            numbers_mut(&mut weights),
            numbers(&gradient),
            numbers_mut(&mut velocity),
            step,
        );
        (weights, velocity)
    }

    fn render(pictures: Floats, table: Floats) -> Floats {
        let [count, _, side, _] = pictures.shape().dims();
        let [views, _] = table.shape().dims();
        let (pictures, table) = (contiguous(pictures), contiguous(table));
        let values = render::render(numbers(&pictures), count, side, numbers(&table));
        tensor(values, &[views, 3, side, side])
    }

    fn statistics(z: Floats) -> Floats {
        let [rows, width] = z.shape().dims();
        tensor(sphere::statistics(numbers(&contiguous(z)), rows, width).to_vec(), &[3])
    }
}

impl Kernels for Flex {
    fn normalize(z: Floats) -> Floats {
        let [rows, width] = z.shape().dims();
        tensor(sphere::normalize(numbers(&contiguous(z)), width), &[rows, width])
    }

    fn normalize_back(z: Floats, slope: Floats) -> Floats {
        let [rows, width] = z.shape().dims();
        let [z, slope] = [z, slope].map(contiguous);
        let values = sphere::normalize_back(numbers(&z), numbers(&slope), width);
        tensor(values, &[rows, width])
    }

    fn product(left: Floats, right: Floats, form: Product) -> Floats {
        match form {
            Product::Plain => Self::float_matmul(left, right),
            Product::Right => Self::float_matmul(left, right.transpose(0, 1)),
            Product::Left => Self::float_matmul(left.transpose(0, 1), right),
        }
    }

    fn linear(input: Floats, weight: Floats, bias: Floats, relu: bool) -> Floats {
        let mut output = contiguous(Self::float_matmul(input, weight));
        let bias = contiguous(bias);
        let bias = numbers(&bias);
        for row in numbers_mut(&mut output).chunks_exact_mut(bias.len().max(1)) {
            for (value, bias) in row.iter_mut().zip(bias) {
                *value += bias;
                if relu {
                    *value = value.max(0.0);
                }
            }
        }
        output
    }

    fn linear_back(
        input: Floats,
        weight: Floats,
        output: Floats,
        slope: Floats,
        relu: bool,
    ) -> [Floats; 3] {
        let mut slope = contiguous(slope);
        if relu {
            let output = contiguous(output);
            let pairs = numbers_mut(&mut slope).iter_mut().zip(numbers(&output));
            pairs.filter(|(_, output)| **output <= 0.0).for_each(|(slope, _)| *slope = 0.0);
        }
        let [_, width] = weight.shape().dims();
        let mut bias = vec![0.0; width];
        for row in numbers(&slope).chunks_exact(width.max(1)) {
            bias.iter_mut().zip(row).for_each(|(sum, slope)| *sum += slope);
        }
        let of_input = <Self as Kernels>::product(slope.clone(), weight, Product::Right);
        let of_weight = <Self as Kernels>::product(input, slope, Product::Left);
        [of_input, of_weight, tensor(bias, &[width])]
    }

    fn contrast(
        similarities: Floats,
        log_weights: Floats,
        roles: Floats,
        counted: Counted,
    ) -> [Floats; 3] {
        let [rows, columns] = similarities.shape().dims();
        let [similarities, log_weights, roles] = [similarities, log_weights, roles].map(contiguous);
        let contrast = contrast::Contrast {
            similarities: numbers(&similarities),
            roles: numbers(&roles),
            log_weights: counted.weighted.then(|| numbers(&log_weights)),
            columns,
            counted,
        };
        let (loss, per_row, top1) = contrast.forward();
        [tensor(vec![loss], &[1]), tensor(per_row, &[rows]), tensor(vec![top1], &[1])]
    }

    fn contrast_back(
        similarities: Floats,
        log_weights: Floats,
        roles: Floats,
        slope: Floats,
        counted: Counted,
    ) -> [Floats; 2] {
        let [rows, columns] = similarities.shape().dims();
        let [similarities, log_weights, roles, slope] =
            [similarities, log_weights, roles, slope].map(contiguous);
        let contrast = contrast::Contrast {
            similarities: numbers(&similarities),
            roles: numbers(&roles),
            log_weights: counted.weighted.then(|| numbers(&log_weights)),
            columns,
            counted,
        };
        let slope = numbers(&slope).first().copied().unwrap_or_default();
        let (of_similarities, of_weights) = contrast.back(slope);
        [of_similarities, of_weights].map(|values| tensor(values, &[rows, columns]))
    }

    fn conv_pool(input: Floats, weight: Floats, bias: Floats) -> (Floats, Floats, IntTensor<Flex>) {
        let [input, weight, bias] = [input, weight, bias].map(contiguous);
        let conv = conv_of(input.shape().dims(), &weight, 1);
        let pooled = pooled::forward(&conv, numbers(&input), numbers(&weight), numbers(&bias));
        let shape = [conv.batch, conv.outputs, conv.height / 2, conv.width / 2];
        let winners = Floats::from_data(TensorData::new(pooled.winners, shape));
        (tensor(pooled.values, &shape), input, winners)
    }

    fn conv_pool_back(
        (kept, winners): (Floats, IntTensor<Flex>),
        weight: Floats,
        slope: Floats,
        input: Wanted,
    ) -> ConvSlopes<Self> {
        let conv = conv_of(input.shape, &weight, 1);
        let [weight, slope] = [weight, slope].map(contiguous);
        let winners = winners.as_slice().unwrap_or_default();
        let (x, w, dy) = (numbers(&kept), numbers(&weight), numbers(&slope));
        slopes(&conv, pooled_gradients::backward(&conv, x, w, winners, dy, input.wanted))
    }

    fn conv(input: Floats, weight: Floats, stride: usize) -> (Floats, Floats) {
        let [input, weight] = [input, weight].map(contiguous);
        let conv = conv_of(input.shape().dims(), &weight, stride);
        let values = conv::forward(&conv, numbers(&input), numbers(&weight), None);
        let Shape { channels, height, width } = conv.output();
        (tensor(values, &[conv.batch, channels, height, width]), input)
    }

    fn conv_back(
        kept: Floats,
        weight: Floats,
        slope: Floats,
        stride: usize,
        input: Wanted,
    ) -> ConvSlopes<Self> {
        let conv = conv_of(input.shape, &weight, stride);
        let [weight, slope] = [weight, slope].map(contiguous);
        let (x, w, dy) = (numbers(&kept), numbers(&weight), numbers(&slope));
        slopes(&conv, conv::backward(&conv, x, w, dy, input.wanted))
    }
}

/// Of pictures `[batch, inputs, height, width]` by weights `[outputs, inputs, 3, 3]`.
fn conv_of(pictures: [usize; 4], weight: &Floats, stride: usize) -> Conv {
    let [batch, inputs, height, width] = pictures;
    let [outputs, ..] = weight.shape().dims::<4>();
    Conv { batch, inputs, outputs, height, width, stride }
}

fn slopes(conv: &Conv, found: Gradients) -> ConvSlopes<Flex> {
    let Gradients { dx, dw, db } = found;
    let shape = [conv.batch, conv.inputs, conv.height, conv.width];
    ConvSlopes {
        input: dx.map(|values| tensor(values, &shape)),
        weight: tensor(dw, &[conv.outputs, conv.inputs, 3, 3]),
        bias: tensor(db, &[conv.outputs]),
    }
}

fn contiguous(tensor: Floats) -> Floats {
    if tensor.is_contiguous() { tensor } else { tensor.to_contiguous() }
}

/// Of a contiguous tensor.
fn numbers(tensor: &Floats) -> &[f32] {
    tensor.as_slice().unwrap_or_default()
}

/// Of a contiguous tensor, which gets its own copy where others have it too.
fn numbers_mut(tensor: &mut Floats) -> &mut [f32] {
    let (start, end) = tensor.layout().contiguous_offsets().unwrap_or_default();
    &mut tensor.storage_mut()[start..end]
}

fn tensor(values: Vec<f32>, shape: &[usize]) -> Floats {
    Floats::from_data(TensorData::new(values, shape))
}
