//! The kernels in WGSL, each one pipeline for all sizes.
//!
//! Inputs are bound read-only, as memory is never shared between tensors on this target, and so one tensor may be two
//! inputs.

#[macro_use]
mod launch;
mod conv;
mod product;

use burn::backend::TensorMetadata;
use burn::backend::ops::{ConvOptions, ModuleOps};
use burn::backend::tensor::IntTensor;
use burn_cubecl::CubeBackend;
use burn_cubecl::tensor::CubeTensor;

use self::launch::{MOST, Wgsl, contiguous, empty};
use super::kernels::{
    AdamStep, ConvSlopes, Counted, Fixed, Kernels, MomentumStep, Product, Wanted,
};

static ADAM: Wgsl = wgsl!("adam");
static MOMENTUM: Wgsl = wgsl!("momentum");
static RENDER: Wgsl = wgsl!("render");
static NORMALIZE: Wgsl = wgsl!("normalize", "reduce");
static NORMALIZE_BACK: Wgsl = wgsl!("normalize_back", "reduce");
static STATISTICS: Wgsl = wgsl!("statistics", "reduce");
static STATISTICS_SUM: Wgsl = wgsl!("statistics_sum", "reduce");
static CONTRAST: Wgsl = wgsl!("contrast", "reduce", "contrast_row");
static CONTRAST_SUM: Wgsl = wgsl!("contrast_sum", "reduce");
static CONTRAST_BACK: Wgsl = wgsl!("contrast_back", "reduce", "contrast_row");

/// Threads of a workgroup where each has a number of its own.
const THREADS: usize = 256;

impl Fixed for CubeBackend {
    fn adam(
        weights: CubeTensor,
        gradient: CubeTensor,
        first: CubeTensor,
        second: CubeTensor,
        step: AdamStep,
    ) -> (CubeTensor, CubeTensor, CubeTensor) {
        let inputs = [weights, gradient, first, second].map(contiguous);
        let outputs: [CubeTensor; 3] = core::array::from_fn(|_| like(&inputs[0]));
        let AdamStep { learning_rate, beta, epsilon, decay, shrink, correction } = step;
        let info =
            [learning_rate, beta[0], beta[1], epsilon, decay, shrink, correction[0], correction[1]];
        ADAM.launch(
            each(&inputs[0]),
            &inputs.each_ref(),
            &outputs.each_ref(),
            &info.map(f32::to_bits),
        );
        outputs.into()
    }

    fn momentum(
        weights: CubeTensor,
        gradient: CubeTensor,
        velocity: CubeTensor,
        step: MomentumStep,
    ) -> (CubeTensor, CubeTensor) {
        let inputs = [weights, gradient, velocity].map(contiguous);
        let outputs: [CubeTensor; 2] = core::array::from_fn(|_| like(&inputs[0]));
        let info = [step.learning_rate, step.momentum, step.decay].map(f32::to_bits);
        MOMENTUM.launch(each(&inputs[0]), &inputs.each_ref(), &outputs.each_ref(), &info);
        outputs.into()
    }

    fn render(pictures: CubeTensor, table: CubeTensor) -> CubeTensor {
        let [pictures, table] = [pictures, table].map(contiguous);
        let [count, _, side, _] = pictures.shape().dims();
        let [views, columns] = table.shape().dims();
        let shape = [views, 3, side, side];
        let outputs: [CubeTensor; 2] = core::array::from_fn(|_| empty(&pictures, &shape));
        let info = sizes([views, count, side, columns]);
        RENDER.launch([views, 1, 1], &[&pictures, &table], &outputs.each_ref(), &info);
        let [views, _] = outputs;
        views
    }

    fn statistics(z: CubeTensor) -> CubeTensor {
        let [rows, width] = z.shape().dims();
        let unit = <Self as Kernels>::normalize(z);
        let (parts, found) = (empty(&unit, &[rows, 3]), empty(&unit, &[3]));
        STATISTICS.launch([rows, 1, 1], &[&unit], &[&parts], &sizes([rows, width]));
        STATISTICS_SUM.launch([1, 1, 1], &[&parts], &[&found], &sizes([rows]));
        found
    }

    fn multiply(left: CubeTensor, right: CubeTensor, form: Product) -> CubeTensor {
        product::product(left, right, form)
    }
}

impl Kernels for CubeBackend {
    fn normalize(z: CubeTensor) -> CubeTensor {
        let z = contiguous(z);
        let [rows, width] = z.shape().dims();
        let unit = like(&z);
        NORMALIZE.launch([rows, 1, 1], &[&z], &[&unit], &sizes([rows, width]));
        unit
    }

    fn normalize_back(z: CubeTensor, slope: CubeTensor) -> CubeTensor {
        let inputs = [z, slope].map(contiguous);
        let [rows, width] = inputs[0].shape().dims();
        let output = like(&inputs[0]);
        let info = sizes([rows, width]);
        NORMALIZE_BACK.launch([rows, 1, 1], &inputs.each_ref(), &[&output], &info);
        output
    }

    fn product(left: CubeTensor, right: CubeTensor, form: Product) -> CubeTensor {
        product::product(left, right, form)
    }

    fn linear(input: CubeTensor, weight: CubeTensor, bias: CubeTensor, relu: bool) -> CubeTensor {
        product::linear(input, weight, bias, relu)
    }

    fn linear_back(
        input: CubeTensor,
        weight: CubeTensor,
        output: CubeTensor,
        slope: CubeTensor,
        relu: bool,
        wanted: bool,
    ) -> (Option<CubeTensor>, [CubeTensor; 2]) {
        product::linear_back(input, weight, output, slope, relu, wanted)
    }

    fn contrast(
        similarities: CubeTensor,
        log_weights: CubeTensor,
        roles: CubeTensor,
        counted: Counted,
    ) -> [CubeTensor; 3] {
        let inputs = [similarities, log_weights, roles].map(contiguous);
        let [rows, columns] = inputs[0].shape().dims();
        let rowwise: [CubeTensor; 2] = core::array::from_fn(|_| empty(&inputs[0], &[rows]));
        let totals: [CubeTensor; 2] = core::array::from_fn(|_| empty(&inputs[0], &[1]));
        let info = contrast_info([rows, columns], counted);
        CONTRAST.launch([rows, 1, 1], &inputs.each_ref(), &rowwise.each_ref(), &info);
        let info = sizes([rows, counted.rows]);
        CONTRAST_SUM.launch([1, 1, 1], &rowwise.each_ref(), &totals.each_ref(), &info);
        let ([per_row, _], [loss, top1]) = (rowwise, totals);
        [loss, per_row, top1]
    }

    fn contrast_back(
        similarities: CubeTensor,
        log_weights: CubeTensor,
        roles: CubeTensor,
        slope: CubeTensor,
        counted: Counted,
    ) -> [CubeTensor; 2] {
        let inputs = [similarities, log_weights, roles, slope].map(contiguous);
        let [rows, columns] = inputs[0].shape().dims();
        let outputs: [CubeTensor; 2] = core::array::from_fn(|_| like(&inputs[0]));
        let info = contrast_info([rows, columns], counted);
        CONTRAST_BACK.launch([rows, 1, 1], &inputs.each_ref(), &outputs.each_ref(), &info);
        outputs
    }

    fn conv_pool(
        input: CubeTensor,
        weight: CubeTensor,
        bias: CubeTensor,
    ) -> (CubeTensor, CubeTensor, IntTensor<Self>) {
        let input = contiguous(input);
        let (output, winners) = conv::pooled(&input, weight, bias);
        (output, input, winners)
    }

    fn conv_pool_back(
        (kept, winners): (CubeTensor, IntTensor<Self>),
        weight: CubeTensor,
        slope: CubeTensor,
        input: Wanted,
    ) -> ConvSlopes<Self> {
        conv::back(&kept, weight, slope, Some(&winners), input)
    }

    fn conv(input: CubeTensor, weight: CubeTensor, stride: usize) -> (CubeTensor, CubeTensor) {
        let input = contiguous(input);
        let output = match stride {
            1 => conv::plain(&input, weight),
            _ => Self::conv2d(input.clone(), weight, None, strided(stride)),
        };
        (output, input)
    }

    fn conv_back(
        kept: CubeTensor,
        weight: CubeTensor,
        slope: CubeTensor,
        stride: usize,
        input: Wanted,
    ) -> ConvSlopes<Self> {
        if stride == 1 {
            return conv::back(&kept, weight, slope, None, input);
        }
        let of_input = input.wanted.then(|| {
            let (kept, weight, slope) = (kept.clone(), weight.clone(), slope.clone());
            Self::conv2d_x_backward(kept, weight, slope, strided(stride))
        });
        ConvSlopes {
            input: of_input,
            bias: empty(&slope, &[weight.shape()[0]]),
            weight: Self::conv2d_weight_backward(kept, weight, slope, strided(stride)),
        }
    }
}

fn contrast_info([rows, columns]: [usize; 2], counted: Counted) -> [u32; 5] {
    let [rows, columns, weighted, counting] =
        sizes([rows, columns, usize::from(counted.weighted), counted.rows]);
    [rows, columns, weighted, counted.temperature.to_bits(), counting]
}

/// An output as large as an input.
fn like(tensor: &CubeTensor) -> CubeTensor {
    empty(tensor, tensor.shape().as_slice())
}

/// Workgroups over two axes, where one does not hold them.
fn spread(workgroups: usize) -> [usize; 2] {
    if workgroups <= MOST { [workgroups, 1] } else { [MOST, workgroups.div_ceil(MOST)] }
}

/// As many workgroups as have a thread for each number.
fn each(tensor: &CubeTensor) -> [usize; 3] {
    [tensor.shape().num_elements().div_ceil(THREADS), 1, 1]
}

fn sizes<const N: usize>(sizes: [usize; N]) -> [u32; N] {
    sizes.map(|size| size as u32)
}

/// Burn's own, for what these kernels do not have.
fn strided(stride: usize) -> ConvOptions<2> {
    ConvOptions::new([stride; 2], [1, 1], [1, 1], 1)
}
