//! The kernels of matrix products and of linear layers, and how they follow each other.

use burn::backend::TensorMetadata;
use burn_cubecl::tensor::CubeTensor;

use super::launch::{Wgsl, contiguous, empty};
use super::{like, sizes};
use crate::ops::kernels::Product;

static PLAIN: Wgsl = wgsl!("matmul_plain", "matmul");
static BIASED: Wgsl = wgsl!("matmul_bias", "matmul");
static SUM: Wgsl = wgsl!("sum");
static SUM_BIAS: Wgsl = wgsl!("sum_bias");
static BIAS_SLOPES: Wgsl = wgsl!("bias_gradient", "column_sums");
static BIAS_SLOPES_RELU: Wgsl = wgsl!("bias_gradient_relu", "column_sums");

/// Side of a workgroup's tile.
const TILE: usize = 64;
/// Numbers of a sum that a workgroup holds at a time.
const STEP: usize = 8;
/// Sums that are shorter are not divided.
const LONG: usize = 1024;
/// Workgroups that keep a GPU busy.
const BUSY: usize = 256;

/// A product by its sizes, in memory that lies either way.
struct Sizes {
    rows: usize,
    columns: usize,
    depth: usize,
    /// From row to row, and from column to column.
    left: [usize; 2],
    right: [usize; 2],
}

impl Sizes {
    fn new(left: &CubeTensor, right: &CubeTensor, form: Product) -> Self {
        let ([a, b], [c, d]) = (left.shape().dims(), right.shape().dims());
        match form {
            Product::Plain => Self { rows: a, columns: d, depth: b, left: [b, 1], right: [d, 1] },
            Product::Right => Self { rows: a, columns: c, depth: b, left: [b, 1], right: [1, d] },
            Product::Left => Self { rows: b, columns: d, depth: a, left: [1, b], right: [d, 1] },
        }
    }

    /// Numbers of a sum for each workgroup: all, unless there are too few tiles to keep a GPU busy and the way is long
    /// enough to pay for another kernel.
    fn share(&self) -> usize {
        let tiles = self.rows.div_ceil(TILE) * self.columns.div_ceil(TILE);
        let shares =
            if self.depth < LONG { 1 } else { BUSY.div_ceil(tiles).min(self.depth.div_ceil(128)) };
        STEP * self.depth.div_ceil(shares).div_ceil(STEP)
    }

    fn shares(&self) -> usize {
        self.depth.div_ceil(self.share()).max(1)
    }

    fn workgroups(&self) -> [usize; 3] {
        [self.columns.div_ceil(TILE), self.rows.div_ceil(TILE), self.shares()]
    }

    fn info(&self) -> [u32; 8] {
        let ([a, b], [c, d]) = (self.left, self.right);
        sizes([self.rows, self.columns, self.depth, self.share(), a, b, c, d])
    }

    /// Parts of the sums, one below the other.
    fn parts(&self, left: &CubeTensor, right: &CubeTensor) -> CubeTensor {
        let parts = empty(left, &[self.shares(), self.rows, self.columns]);
        PLAIN.launch(self.workgroups(), &[left, right], &[&parts], &self.info());
        parts
    }
}

pub fn product(left: CubeTensor, right: CubeTensor, form: Product) -> CubeTensor {
    let [left, right] = [left, right].map(contiguous);
    let product = Sizes::new(&left, &right, form);
    let output = empty(&left, &[product.rows, product.columns]);
    if product.shares() == 1 {
        PLAIN.launch(product.workgroups(), &[&left, &right], &[&output], &product.info());
        return output;
    }
    let parts = product.parts(&left, &right);
    let numbers = product.rows * product.columns;
    SUM.launch(each(numbers), &[&parts], &[&output], &sizes([numbers, product.shares()]));
    output
}

pub fn linear(input: CubeTensor, weight: CubeTensor, bias: CubeTensor, relu: bool) -> CubeTensor {
    let [input, weight, bias] = [input, weight, bias].map(contiguous);
    let product = Sizes::new(&input, &weight, Product::Plain);
    let output = empty(&input, &[product.rows, product.columns]);
    if product.shares() == 1 {
        let info = [&product.info()[..], &[u32::from(relu)]].concat();
        BIASED.launch(product.workgroups(), &[&input, &weight, &bias], &[&output], &info);
        return output;
    }
    let parts = product.parts(&input, &weight);
    let numbers = product.rows * product.columns;
    let info = sizes([numbers, product.shares(), product.columns, usize::from(relu)]);
    SUM_BIAS.launch(each(numbers), &[&parts, &bias], &[&output], &info);
    output
}

pub fn linear_back(
    input: CubeTensor,
    weight: CubeTensor,
    output: CubeTensor,
    slope: CubeTensor,
    relu: bool,
    wanted: bool,
) -> (Option<CubeTensor>, [CubeTensor; 2]) {
    let slope = contiguous(slope);
    let [rows, columns] = slope.shape().dims();
    let bias = empty(&slope, &[columns]);
    let workgroups = [columns.div_ceil(16), 1, 1];
    let info = sizes([rows, columns]);
    let slope = if relu {
        let cut = like(&slope);
        let output = contiguous(output);
        BIAS_SLOPES_RELU.launch(workgroups, &[&slope, &output], &[&cut, &bias], &info);
        cut
    } else {
        BIAS_SLOPES.launch(workgroups, &[&slope], &[&bias], &info);
        slope
    };
    let of_input = wanted.then(|| product(slope.clone(), weight, Product::Right));
    (of_input, [product(input, slope, Product::Left), bias])
}

/// A thread a number.
fn each(numbers: usize) -> [usize; 3] {
    let [x, y] = super::spread(numbers.div_ceil(64));
    [x, y, 1]
}
