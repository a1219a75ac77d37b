//! A convolution with a kernel of 3×3 and a border of one pixel of zeros, and its gradients.
//!
//! No matrix of what the kernel sees is ever made: the products read the padded picture itself, as in
//! Dukhan 2019 (The Indirect Convolution Algorithm, arXiv:1907.02129).

use super::aligned::Aligned;
use super::chunks::ChunkedSum;
use super::micro::PANEL;
use super::picture::{Picture, Shape};
use super::planes::Planes;
use super::products::{Order, Products};
use super::transpose::{interleave, separate};
use super::weights::Weights;

/// Sizes of a convolution, all at least 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Conv {
    pub batch: usize,
    /// Channels that come in.
    pub inputs: usize,
    /// Channels that go out.
    pub outputs: usize,
    /// Of the pictures that come in.
    pub height: usize,
    pub width: usize,
    /// 1, or 2 for half the height and width, rounded up.
    pub stride: usize,
}

/// What a loss changes by, with each number of a convolution.
#[derive(Debug, Clone, PartialEq)]
pub struct Gradients {
    /// `[batch, inputs, height, width]`, where it was asked for.
    pub dx: Option<Vec<f32>>,
    /// `[outputs, inputs, 3, 3]`
    pub dw: Vec<f32>,
    /// `[outputs]`
    pub db: Vec<f32>,
}

impl Conv {
    /// A picture that comes in.
    pub fn input(&self) -> Shape {
        Shape { channels: self.inputs, height: self.height, width: self.width }
    }

    /// What is made of it.
    pub fn output(&self) -> Shape {
        Shape { channels: self.outputs, ..self.input().strided(self.stride) }
    }

    pub fn weights(&self) -> usize {
        self.outputs * self.inputs * 9
    }

    pub(super) fn check(&self, x: &[f32], w: &[f32]) {
        assert_eq!(x.len(), self.batch * self.input().len(), "x");
        assert_eq!(w.len(), self.weights(), "w");
    }
}

/// # Shapes
/// - x: `[batch, inputs, height, width]`
/// - w: `[outputs, inputs, 3, 3]`
/// - bias: `[outputs]`
/// - result: `[batch, outputs, height / stride, width / stride]`, rounded up
///
/// # Panics
/// Where a length is not what `conv` says.
pub fn forward(conv: &Conv, x: &[f32], w: &[f32], bias: Option<&[f32]>) -> Vec<f32> {
    conv.check(x, w);
    let output = conv.output();
    let mut y = vec![0.; conv.batch * output.len()];
    let mut picture = Picture::new(conv.input());
    let order = Order::Pixels { stride: conv.stride };
    let mut products = Products::new(&picture, conv.input(), Weights::new(conv, w), order);
    for (x, y) in x.chunks(conv.input().len()).zip(y.chunks_mut(output.len())) {
        picture.fill(x, 1);
        convolve(&picture, &mut products, y, output.pixels());
        if let Some(bias) = bias {
            add_bias(y, bias, output.pixels());
        }
    }
    y
}

/// The gradients, given the result's, `dy`, of its shape.
///
/// # Panics
/// Where a length is not what `conv` says.
pub fn backward(conv: &Conv, x: &[f32], w: &[f32], dy: &[f32], wants_dx: bool) -> Gradients {
    conv.check(x, w);
    assert_eq!(dy.len(), conv.batch * conv.output().len(), "dy");
    let dx = wants_dx.then(|| input_gradient(conv, w, dy));
    let (dw, db) = weight_gradient(conv, x, dy);
    Gradients { dx, dw, db }
}

/// All planes of a picture, of `pixels` numbers each.
fn convolve(picture: &Picture, products: &mut Products, planes: &mut [f32], pixels: usize) {
    let len = planes.len();
    products.each(picture, |panel, values| {
        let start = panel * PANEL * pixels;
        let planes = &mut planes[start..len.min(start + PANEL * pixels)];
        separate(values, PANEL, planes, pixels, pixels);
    });
}

fn add_bias(y: &mut [f32], bias: &[f32], pixels: usize) {
    for (plane, bias) in y.chunks_mut(pixels).zip(bias) {
        for y in plane {
            *y += bias;
        }
    }
}

/// The convolution of the result's gradient with the kernels turned round. With a stride, the gradient lies
/// between zeros, which costs as much as if there were none.
fn input_gradient(conv: &Conv, w: &[f32], dy: &[f32]) -> Vec<f32> {
    let (input, output) = (conv.input(), conv.output());
    let mut dx = vec![0.; conv.batch * input.len()];
    let mut picture = Picture::new(Shape { channels: conv.outputs, ..input });
    let order = Order::Pixels { stride: 1 };
    let mut products = Products::new(&picture, input, Weights::back(conv, w), order);
    for (dy, dx) in dy.chunks(output.len()).zip(dx.chunks_mut(input.len())) {
        picture.fill(dy, conv.stride);
        convolve(&picture, &mut products, dx, input.pixels());
    }
    dx
}

/// Of the weights and of the bias: rows are what one weight meets in a picture, panels the gradients of
/// [`PANEL`] channels.
fn weight_gradient(conv: &Conv, x: &[f32], dy: &[f32]) -> (Vec<f32>, Vec<f32>) {
    let output = conv.output();
    let (pixels, blocks) = (output.pixels(), conv.outputs.div_ceil(PANEL));
    let mut planes = Planes::new(conv.input(), conv.stride);
    let rows = planes.rows_of_weights(output);
    let mut panel = Aligned::zeros(PANEL * pixels);
    let block = rows.rows() * PANEL;
    let mut sums = ChunkedSum::new(blocks * (block + PANEL));
    for (x, dy) in x.chunks(conv.input().len()).zip(dy.chunks(output.len())) {
        planes.fill(x);
        let parts = sums.next_picture().chunks_mut(block + PANEL);
        for (dy, part) in dy.chunks(PANEL * pixels).zip(parts) {
            let (dw, db) = part.split_at_mut(block);
            interleave(dy, pixels, pixels, &mut panel, PANEL);
            rows.multiply(planes.values(), &panel, dw, PANEL, true);
            add_rows(&panel[..pixels * PANEL], db);
        }
    }
    unpack(conv, &sums.finish(), block)
}

fn add_rows(panel: &[f32], sum: &mut [f32]) {
    for row in panel.chunks(PANEL) {
        for (sum, x) in sum.iter_mut().zip(row) {
            *sum += x;
        }
    }
}

/// `[block, PANEL]` numbers of weights and [`PANEL`] of biases, panel by panel, become `[outputs, inputs, 3, 3]` and `[outputs]`.
fn unpack(conv: &Conv, sums: &[f32], block: usize) -> (Vec<f32>, Vec<f32>) {
    let (mut dw, mut db) = (vec![0.; conv.weights()], vec![0.; conv.outputs]);
    let row = conv.inputs * 9;
    let places = dw.chunks_mut(PANEL * row).zip(db.chunks_mut(PANEL));
    for (part, (dw, db)) in sums.chunks(block + PANEL).zip(places) {
        separate(&part[..block], PANEL, dw, row, row);
        db.copy_from_slice(&part[block..block + db.len()]);
    }
    (dw, db)
}
