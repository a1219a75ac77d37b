//! The kernels of a convolution of 3×3 with a stride of 1, and how they follow each other.

use burn::backend::TensorMetadata;
use burn::backend::ops::IntTensorOps;
use burn::backend::tensor::IntTensor;
use burn_cubecl::CubeBackend;
use burn_cubecl::tensor::CubeTensor;

use super::launch::{Wgsl, contiguous, empty};
use super::sizes;
use crate::ops::kernels::{ConvSlopes, Wanted};

static PAD: Wgsl = wgsl!("pad");
static PAD_UNPOOL: Wgsl = wgsl!("pad_unpool");
static PANELS: Wgsl = wgsl!("conv_panels");
static PLAIN: Wgsl = wgsl!("conv_plain", "conv");
static POOLED: Wgsl = wgsl!("conv_pool", "conv");
static WEIGHTS: Wgsl = wgsl!("conv_weights");
static SUM: Wgsl = wgsl!("sum");

/// Threads of a workgroup of each of them.
const THREADS: usize = 64;
/// Workgroups along one axis at most.
const MOST: usize = 65_535;
/// Side of a thread's tile of pixels.
const TILE: usize = 4;

/// Pictures with a border of zeros, laid out in fours.
pub fn pad(pictures: CubeTensor) -> CubeTensor {
    let pictures = contiguous(pictures);
    let shape = pictures.shape().dims();
    let padded = padded_like(&pictures, shape);
    PAD.launch(of_padded(shape), &[&pictures], &[&padded], &planes(shape));
    padded
}

/// The slopes of pooled pictures where their winners stand, with a border of zeros; `shape` is that before the pool but
/// for the channels.
pub fn pad_unpooled(slope: CubeTensor, winners: CubeTensor, shape: [usize; 4]) -> CubeTensor {
    let slope = contiguous(slope);
    let [batch, channels, ..] = slope.shape().dims::<4>();
    let [_, _, height, width] = shape;
    let shape = [batch, channels, height, width];
    let padded = padded_like(&slope, shape);
    PAD_UNPOOL.launch(of_padded(shape), &[&slope, &winners], &[&padded], &planes(shape));
    padded
}

/// Output, padded input, winners.
pub fn pooled(
    input: CubeTensor,
    weight: CubeTensor,
    bias: CubeTensor,
) -> (CubeTensor, CubeTensor, IntTensor<CubeBackend>) {
    let [batch, inputs, height, width] = input.shape().dims();
    let padded = pad(input);
    let weight = contiguous(weight);
    let [outputs, ..] = weight.shape().dims::<4>();
    let bias = contiguous(bias);
    let panels = panels(&weight, false);
    let shape = [batch, outputs, height / 2, width / 2];
    let output = empty(&padded, &shape);
    let device = padded.device();
    let winners = CubeBackend::int_empty(shape.into(), &device, burn::tensor::IntDType::U32);
    let sizes = sizes([batch, inputs, height, width, outputs]);
    let workgroups = of_tiles([batch, height, width], outputs);
    POOLED.launch(workgroups, &[&padded, &panels, &bias], &[&output, &winners], &sizes);
    (output, padded, winners)
}

/// Output, padded input.
pub fn plain(input: CubeTensor, weight: CubeTensor) -> (CubeTensor, CubeTensor) {
    let shape = input.shape().dims();
    let padded = pad(input);
    let panels = panels(&contiguous(weight.clone()), false);
    let [outputs, ..] = weight.shape().dims::<4>();
    (convolve(&padded, &panels, shape, outputs), padded)
}

/// Slopes, of an input that was padded and by those of the output, which are.
pub fn back(
    padded: CubeTensor,
    weight: CubeTensor,
    padded_slope: CubeTensor,
    input: Wanted,
) -> ConvSlopes<CubeBackend> {
    let [batch, inputs, height, width] = input.shape;
    let weight = contiguous(weight);
    let [outputs, ..] = weight.shape().dims::<4>();
    let of_input = input.wanted.then(|| {
        let panels = panels(&weight, true);
        convolve(&padded_slope, &panels, [batch, outputs, height, width], inputs)
    });

    let pairs = inputs.div_ceil(2) * outputs.div_ceil(2);
    let tiles = batch * height.div_ceil(TILE) * width.div_ceil(TILE);
    let splits = 1024usize.div_ceil(pairs).min(tiles.div_ceil(256)).max(1);
    let numbers = outputs * inputs * 9;
    let parts = empty(&padded, &[splits, numbers + outputs]);
    let info = sizes([batch, inputs, height, width, outputs, splits]);
    let workgroups = [inputs.div_ceil(2), outputs.div_ceil(2), splits];
    WEIGHTS.launch(workgroups, &[&padded, &padded_slope], &[&parts], &info);
    let found = ConvSlopes {
        input: of_input,
        weight: empty(&padded, &[outputs, inputs, 3, 3]),
        bias: empty(&padded, &[outputs]),
    };
    let workgroups = [(numbers + outputs).div_ceil(THREADS), 1, 1];
    let info = sizes([numbers, outputs, splits]);
    SUM.launch(workgroups, &[&parts], &[&found.weight, &found.bias], &info);
    found
}

/// Weights as they are read; `turned` for the way back.
fn panels(weight: &CubeTensor, turned: bool) -> CubeTensor {
    let [outputs, inputs, ..] = weight.shape().dims::<4>();
    let (into, out_of) = if turned { (inputs, outputs) } else { (outputs, inputs) };
    let vectors = into.div_ceil(4) * out_of * 9;
    let panels = empty(weight, &[vectors, 4]);
    let info = sizes([outputs, inputs, usize::from(turned)]);
    PANELS.launch([vectors.div_ceil(THREADS), 1, 1], &[weight], &[&panels], &info);
    panels
}

fn convolve(
    padded: &CubeTensor,
    panels: &CubeTensor,
    [batch, inputs, height, width]: [usize; 4],
    outputs: usize,
) -> CubeTensor {
    let output = empty(padded, &[batch, outputs, height, width]);
    let info = sizes([batch, inputs, height, width, outputs]);
    let workgroups = of_tiles([batch, height, width], outputs);
    PLAIN.launch(workgroups, &[padded, panels], &[&output], &info);
    output
}

/// Rows of a padded picture, and the vectors of four in each.
fn rows_and_quads(height: usize, width: usize) -> [usize; 2] {
    [TILE * height.div_ceil(TILE) + 2, width.div_ceil(TILE) + 1]
}

fn padded_like(like: &CubeTensor, [batch, channels, height, width]: [usize; 4]) -> CubeTensor {
    let [rows, quads] = rows_and_quads(height, width);
    empty(like, &[batch * channels, rows, quads, 4])
}

fn planes([batch, channels, height, width]: [usize; 4]) -> [u32; 3] {
    sizes([batch * channels, height, width])
}

/// A thread a vector of four.
fn of_padded([batch, channels, height, width]: [usize; 4]) -> [usize; 3] {
    let [rows, quads] = rows_and_quads(height, width);
    let [x, y] = spread((batch * channels * rows * quads).div_ceil(THREADS));
    [x, y, 1]
}

/// A thread a tile and four channels.
fn of_tiles([batch, height, width]: [usize; 3], outputs: usize) -> [usize; 3] {
    let tiles = batch * height.div_ceil(TILE) * width.div_ceil(TILE);
    let [x, z] = spread(tiles.div_ceil(THREADS));
    [x, outputs.div_ceil(4), z]
}

/// Over two axes, where one does not hold them.
fn spread(workgroups: usize) -> [usize; 2] {
    if workgroups <= MOST { [workgroups, 1] } else { [MOST, workgroups.div_ceil(MOST)] }
}
