//! The kernels in plain Rust, for one thread.

use burn::backend::tensor::{FloatTensor, IntTensor};
use burn::backend::{Flex, TensorMetadata};
use burn::tensor::TensorData;

use contrastive_kernels::conv::{self, Conv, Gradients};
use contrastive_kernels::gemm::{Matrix, gemm};
use contrastive_kernels::linear::{self, Linear};
use contrastive_kernels::{contrast, optimize, pooled, render, sphere};

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

    fn multiply(left: Floats, right: Floats, form: Product) -> Floats {
        <Self as Kernels>::product(left, right, form)
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
        let ([m, k], [l, n]) = (left.shape().dims(), right.shape().dims());
        let [left, right] = [left, right].map(ascending);
        let (a, b) = (matrix(&left), matrix(&right));
        let (a, b, shape) = match form {
            Product::Plain => (a, b, [m, n]),
            Product::Right => (a, b.transposed(), [m, l]),
            Product::Left => (a.transposed(), b, [k, n]),
        };
        let mut values = vec![0.0; shape[0] * shape[1]];
        gemm(a, b, &mut values);
        tensor(values, &shape)
    }

    fn linear(input: Floats, weight: Floats, bias: Floats, relu: bool) -> Floats {
        let [input, weight, bias] = [input, weight, bias].map(contiguous);
        let layer = layer_of(&input, &weight, relu);
        let (x, w, b) = (numbers(&input), numbers(&weight), numbers(&bias));
        tensor(linear::forward(&layer, x, w, Some(b)), &[layer.rows, layer.outputs])
    }

    fn linear_back(
        input: Floats,
        weight: Floats,
        output: Floats,
        slope: Floats,
        relu: bool,
        wanted: bool,
    ) -> (Option<Floats>, [Floats; 2]) {
        let [input, weight, output, slope] = [input, weight, output, slope].map(contiguous);
        let layer = layer_of(&input, &weight, relu);
        let (x, w, y, dy) = (numbers(&input), numbers(&weight), numbers(&output), numbers(&slope));
        let Gradients { dx, dw, db } = linear::backward(&layer, x, w, y, dy, wanted);
        let Linear { rows, inputs, outputs, .. } = layer;
        let dx = dx.map(|values| tensor(values, &[rows, inputs]));
        (dx, [tensor(dw, &[inputs, outputs]), tensor(db, &[outputs])])
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
        slopes(&conv, pooled::backward(&conv, x, w, winners, dy, input.wanted))
    }

    fn conv(input: Floats, weight: Floats, stride: usize) -> (Floats, Floats) {
        let [input, weight] = [input, weight].map(contiguous);
        let conv = conv_of(input.shape().dims(), &weight, stride);
        let values = conv::forward(&conv, numbers(&input), numbers(&weight), None);
        let [height, width] = [conv.height, conv.width].map(|side| side.div_ceil(stride));
        (tensor(values, &[conv.batch, conv.outputs, height, width]), input)
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

fn layer_of(input: &Floats, weight: &Floats, relu: bool) -> Linear {
    let ([rows, inputs], [_, outputs]) = (input.shape().dims(), weight.shape().dims());
    Linear { rows, inputs, outputs, relu }
}

fn contiguous(tensor: Floats) -> Floats {
    if tensor.is_contiguous() { tensor } else { tensor.to_contiguous() }
}

fn ascending(tensor: Floats) -> Floats {
    let ascends = tensor.layout().strides().iter().all(|&apart| apart >= 0);
    if ascends { tensor } else { tensor.to_contiguous() }
}

/// An ascending tensor as it lies: rows or columns of a larger one are not moved.
fn matrix(tensor: &Floats) -> Matrix<'_> {
    let layout = tensor.layout();
    let apart = [0, 1].map(|axis| layout.strides()[axis].unsigned_abs());
    Matrix::strided(&tensor.storage()[layout.start_offset()..], tensor.shape().dims(), apart)
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
