//! The kernels of a convolution of 3×3 with a stride of 1, and how they follow each other.

use burn::backend::TensorMetadata;
use burn::backend::ops::IntTensorOps;
use burn::backend::tensor::IntTensor;
use burn::tensor::IntDType;
use burn_cubecl::CubeBackend;
use burn_cubecl::tensor::CubeTensor;

use super::launch::{Wgsl, contiguous, empty};
use super::{sizes, spread};
use crate::ops::kernels::{ConvSlopes, Wanted};

static PLAIN: Wgsl = wgsl!("conv_plain", "conv_source", "conv_finish", "conv");
static POOLED: Wgsl = wgsl!("conv_pool", "conv_source", "conv");
static UNPOOLED: Wgsl = wgsl!("conv_unpool", "conv_finish", "conv");
static PAD: Wgsl = wgsl!("pad", "padded");
static PAD_UNPOOL: Wgsl = wgsl!("pad_unpool", "padded");
static WEIGHTS: Wgsl = wgsl!("conv_weights");
static SUM_PAIR: Wgsl = wgsl!("sum_pair");

/// Threads of a workgroup.
const THREADS: usize = 64;
/// Side of a tile of pixels, and of a tile of channels.
const TILE: usize = 4;
/// Channels of a workgroup.
const CHANNELS: usize = 32;
/// Workgroups that keep a GPU busy.
const BUSY: usize = 512;

/// Output and winners.
pub fn pooled(
    input: &CubeTensor,
    weight: CubeTensor,
    bias: CubeTensor,
) -> (CubeTensor, IntTensor<CubeBackend>) {
    let [weight, bias] = [weight, bias].map(contiguous);
    let launch = Launch::new(input.shape().dims(), weight.shape()[0], false);
    let [batch, outputs] = [launch.batch, launch.outputs];
    let shape = [batch, outputs, launch.height / 2, launch.width / 2];
    let output = empty(input, &shape);
    let winners = CubeBackend::int_empty(shape.into(), &input.device(), IntDType::U32);
    let inputs = [input, &weight, &bias];
    POOLED.launch(launch.workgroups(), &inputs, &[&output, &winners], &launch.info());
    (output, winners)
}

pub fn plain(input: &CubeTensor, weight: CubeTensor) -> CubeTensor {
    let weight = contiguous(weight);
    let launch = Launch::new(input.shape().dims(), weight.shape()[0], false);
    let output = empty(input, &[launch.batch, launch.outputs, launch.height, launch.width]);
    PLAIN.launch(launch.workgroups(), &[input, &weight], &[&output], &launch.info());
    output
}

/// Slopes of a convolution, by those of its output; with `winners`, by those of what the pool left of it.
pub fn back(
    kept: &CubeTensor,
    weight: CubeTensor,
    slope: CubeTensor,
    winners: Option<&CubeTensor>,
    input: Wanted,
) -> ConvSlopes<CubeBackend> {
    let [weight, slope] = [weight, slope].map(contiguous);
    let of_input = input.wanted.then(|| of_input(&weight, &slope, winners, input.shape));
    let [weight, bias] = of_weights(kept, weight.shape()[0], &slope, winners);
    ConvSlopes { input: of_input, weight, bias }
}

fn of_input(
    weight: &CubeTensor,
    slope: &CubeTensor,
    winners: Option<&CubeTensor>,
    shape: [usize; 4],
) -> CubeTensor {
    let [batch, inputs, height, width] = shape;
    let output = empty(slope, &shape);
    let launch = Launch::new([batch, weight.shape()[0], height, width], inputs, true);
    let (workgroups, info) = (launch.workgroups(), launch.info());
    match winners {
        Some(winners) => {
            UNPOOLED.launch(workgroups, &[slope, winners, weight], &[&output], &info);
        }
        None => PLAIN.launch(workgroups, &[slope, weight], &[&output], &info),
    }
    output
}

/// Of weight and bias.
fn of_weights(
    input: &CubeTensor,
    outputs: usize,
    slope: &CubeTensor,
    winners: Option<&CubeTensor>,
) -> [CubeTensor; 2] {
    let [batch, inputs, height, width] = input.shape().dims();
    let padded = pad(&PAD, &[input], [batch, inputs, height, width], 1);
    let whole = [batch, outputs, height, width];
    let tiled_slope = match winners {
        Some(winners) => pad(&PAD_UNPOOL, &[slope, winners], whole, 0),
        None => pad(&PAD, &[slope], whole, 0),
    };

    let [down, across] = [height, width].map(|side| side.div_ceil(TILE));
    let [left, right] = [inputs, outputs].map(|channels| channels.div_ceil(TILE));
    let shares = BUSY.div_ceil(left * right).min((batch * down * across).div_ceil(THREADS));
    let numbers = outputs * inputs * 9;
    let parts = empty(input, &[shares, numbers + outputs]);
    let info = sizes([batch, inputs, down, across, outputs, shares]);
    WEIGHTS.launch([left, right, shares], &[&padded, &tiled_slope], &[&parts], &info);

    let found = [empty(input, &[outputs, inputs, 3, 3]), empty(input, &[outputs])];
    let [x, y] = spread((numbers + outputs).div_ceil(THREADS));
    let info = sizes([numbers, outputs, shares]);
    SUM_PAIR.launch([x, y, 1], &[&parts], &found.each_ref(), &info);
    found
}

/// Pictures in tiles, with a border of zeros or without, laid out in vectors of four, a thread a vector.
fn pad(
    kernel: &'static Wgsl,
    inputs: &[&CubeTensor],
    shape: [usize; 4],
    border: usize,
) -> CubeTensor {
    let [batch, channels, height, width] = shape;
    let rows = TILE * height.div_ceil(TILE) + 2 * border;
    let vectors = width.div_ceil(TILE) + border;
    let planes = batch * channels;
    let padded = empty(inputs[0], &[planes, rows, vectors, 4]);
    let [x, y] = spread((planes * rows * vectors).div_ceil(THREADS));
    kernel.launch([x, y, 1], inputs, &[&padded], &sizes([planes, height, width, border]));
    padded
}

/// A convolution by its sizes: a thread makes a tile of four channels, a workgroup sixteen tiles of 32.
struct Launch {
    batch: usize,
    inputs: usize,
    height: usize,
    width: usize,
    outputs: usize,
    /// Whether it goes from the layer's outputs to its inputs.
    turned: bool,
}

impl Launch {
    fn new([batch, inputs, height, width]: [usize; 4], outputs: usize, turned: bool) -> Self {
        Self { batch, inputs, height, width, outputs, turned }
    }

    fn workgroups(&self) -> [usize; 3] {
        let [down, across] = [self.height, self.width].map(tiles_along);
        let pictures = self.batch.div_ceil(16 / down / across);
        let blocks = self.height.div_ceil(TILE * down) * self.width.div_ceil(TILE * across);
        let [x, z] = spread(pictures * blocks);
        [x, self.outputs.div_ceil(CHANNELS), z]
    }

    fn info(&self) -> [u32; 8] {
        let Self { batch, inputs, height, width, outputs, turned } = *self;
        let [down, across] = [height, width].map(tiles_along);
        sizes([batch, inputs, height, width, outputs, down, across, usize::from(turned)])
    }
}

/// Tiles that a workgroup takes along a side, a power of two.
fn tiles_along(side: usize) -> usize {
    side.div_ceil(TILE).next_power_of_two().min(4)
}
