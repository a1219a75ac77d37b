//! The gradients of a pooled convolution.
//!
//! No more than a quarter of the convolution's results, each window's winner, has a gradient. As a sparse matrix G of
//! channels by pixels, these give the weights' gradient as G times what the kernel sees of each pixel, and the
//! input's as Gᵀ times the weights: a quarter of the work that the dense products are.

use super::aligned::Aligned;
use super::chunks::ChunkedSum;
use super::conv::{Conv, Gradients};
use super::lanes::LANES;
use super::picture::Picture;
use super::pooled::{NONE, pooled_shape};
use super::products::windows;
use super::sparse::Sparse;
use super::weights::each_run;

/// The gradients, given the pooled values', `dy`, of their shape.
///
/// # Panics
/// Where a length is not what `conv` says.
pub fn backward(
    conv: &Conv,
    x: &[f32],
    w: &[f32],
    winners: &[u8],
    dy: &[f32],
    wants_dx: bool,
) -> Gradients {
    conv.check(x, w);
    let pooled = pooled_shape(conv);
    assert_eq!(dy.len(), conv.batch * pooled.len(), "dy");
    assert_eq!(winners.len(), dy.len(), "winners");
    let input = conv.input();
    let mut weights = WeightGradient::new(conv);
    let mut inputs = wants_dx.then(|| InputGradient::new(conv, w));
    let mut dx = vec![0.; if wants_dx { x.len() } else { 0 }];
    // Pictures of a single row or column have no windows.
    let pictures = if pooled.len() == 0 { 0 } else { conv.batch };
    for picture in 0..pictures {
        let part = |len: usize| picture * len..(picture + 1) * len;
        let (dy, winners) = (&dy[part(pooled.len())], &winners[part(pooled.len())]);
        weights.add(&x[part(input.len())], winners, dy);
        if let Some(inputs) = &mut inputs {
            inputs.of(&weights.sparse, &mut dx[part(input.len())]);
        }
    }
    let (dw, db) = weights.finish();
    Gradients { dx: wants_dx.then_some(dx), dw, db }
}

/// Numbers of a run of what a kernel sees, and of its weights: three pixels' channels, in whole lanes.
fn run(picture: &Picture) -> usize {
    (3 * picture.block).next_multiple_of(LANES)
}

struct WeightGradient {
    conv: Conv,
    picture: Picture,
    /// The columns of G that each window's four pixels are.
    columns: Vec<[u32; 4]>,
    sparse: Sparse,
    sums: ChunkedSum,
}

impl WeightGradient {
    fn new(conv: &Conv) -> Self {
        let picture = Picture::new(conv.input());
        let row = picture.width();
        let column = |(y, x)| (y * row + x) as u32;
        let columns = windows(conv.input()).map(|window| window.map(column)).collect();
        let size = picture.kernel_rows().count() * conv.outputs * run(&picture);
        Self {
            conv: *conv,
            columns,
            sparse: Sparse::new(),
            sums: ChunkedSum::new(size + conv.outputs),
            picture,
        }
    }

    /// Leaves the picture's G in `sparse`.
    fn add(&mut self, x: &[f32], winners: &[u8], dy: &[f32]) {
        let Self { conv, picture, columns, sparse, sums } = self;
        picture.fill(x, 1);
        let len = picture.kernel_rows().count() * conv.outputs * run(picture);
        let (dw, db) = sums.next_picture().split_at_mut(len);
        let windows = columns.len();
        let rows: Vec<_> = winners.chunks(windows).zip(dy.chunks(windows)).collect();
        sparse.choose(columns, &rows);
        for (db, (winners, dy)) in db.iter_mut().zip(&rows) {
            *db += sum_of_chosen(winners, dy);
        }
        let run = run(picture);
        let parts = dw.chunks_mut(conv.outputs * run);
        for (offset, dw) in picture.kernel_rows().zip(parts) {
            sparse.add_product(&picture.values[offset..], picture.block, run / LANES, dw, run);
        }
    }

    /// `[outputs, inputs, 3, 3]` and `[outputs]`.
    fn finish(self) -> (Vec<f32>, Vec<f32>) {
        let conv = self.conv;
        let sums = self.sums.finish();
        let (parts, db) = sums.split_at(sums.len() - conv.outputs);
        let mut dw = vec![0.; conv.weights()];
        each_run(&conv, &self.picture, run(&self.picture), |weight, place| {
            dw[weight] = parts[place];
        });
        (dw, db.to_vec())
    }
}

/// In four sums, for them to be added to at once.
fn sum_of_chosen(winners: &[u8], dy: &[f32]) -> f32 {
    let mut sums = [0.; LANES];
    for (winners, dy) in winners.chunks(LANES).zip(dy.chunks(LANES)) {
        for (sum, (&winner, &dy)) in sums.iter_mut().zip(winners.iter().zip(dy)) {
            *sum += if winner < NONE { dy } else { 0. };
        }
    }
    sums.iter().sum()
}

struct InputGradient {
    outputs: usize,
    weights: Aligned,
    /// Of G's transpose.
    sparse: Sparse,
    picture: Picture,
}

impl InputGradient {
    fn new(conv: &Conv, w: &[f32]) -> Self {
        let picture = Picture::new(conv.input());
        let run = run(&picture);
        let mut weights = Aligned::zeros(picture.kernel_rows().count() * conv.outputs * run);
        each_run(conv, &picture, run, |weight, place| weights[place] = w[weight]);
        Self { outputs: conv.outputs, weights, sparse: Sparse::new(), picture }
    }

    /// What a picture's G gives, into its `dx`.
    fn of(&mut self, sparse: &Sparse, dx: &mut [f32]) {
        let Self { outputs, weights, sparse: transpose, picture } = self;
        transpose.transpose_of(sparse);
        picture.values.fill(0.);
        let (run, block) = (run(picture), picture.block);
        let offsets: Vec<usize> = picture.kernel_rows().collect();
        for (offset, weights) in offsets.into_iter().zip(weights.chunks(*outputs * run)) {
            let out = &mut picture.values[offset..];
            transpose.add_product(weights, run, run / LANES, out, block);
        }
        picture.read(dx);
    }
}
