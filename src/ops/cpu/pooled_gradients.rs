//! The gradients of a pooled convolution.
//!
//! No more than a quarter of the convolution's results, each window's winner, has a gradient. As a sparse matrix G of
//! channels by pixels, these give the weights' gradient as G times what the kernel sees of each pixel, and the
//! input's as Gᵀ times the weights: a quarter of the work that the dense products are.

use super::chunks::ChunkedSum;
use super::conv::{Conv, Gradients};
use super::lanes::LANES;
use super::picture::Picture;
use super::pooled::{NONE, pooled_shape, window_pixels};
use super::sparse::Sparse;
use super::weights::runs;

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
    for picture in 0..conv.batch {
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
    /// The column of G that each window's four pixels are.
    columns: Vec<usize>,
    sparse: Sparse,
    sums: ChunkedSum,
}

impl WeightGradient {
    fn new(conv: &Conv) -> Self {
        let picture = Picture::new(conv.input());
        let row = conv.width + 2;
        let columns = window_pixels(pooled_shape(conv)).map(|(y, x)| y * row + x).collect();
        let size = picture.kernel_rows().count() * conv.outputs * run(&picture);
        Self {
            conv: *conv,
            columns,
            sparse: Sparse::new(conv.height * row - 2),
            sums: ChunkedSum::new(size + conv.outputs),
            picture,
        }
    }

    /// Leaves the picture's G in `sparse`.
    fn add(&mut self, x: &[f32], winners: &[u8], dy: &[f32]) {
        let Self { conv, picture, columns, sparse, sums } = self;
        picture.fill(x, 1);
        let (db, dw) = sums.next_picture().split_at_mut(conv.outputs);
        sparse.clear();
        let windows = columns.len() / 4;
        for (channel, db) in db.iter_mut().enumerate() {
            let part = channel * windows..(channel + 1) * windows;
            let windows = columns.chunks(4).zip(&winners[part.clone()]).zip(&dy[part]);
            for ((columns, &winner), &dy) in windows {
                if winner < NONE {
                    sparse.push(columns[usize::from(winner)], dy);
                    *db += dy;
                }
            }
            sparse.end_row();
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
        let (db, parts) = sums.split_at(conv.outputs);
        let mut dw = vec![0.; conv.weights()];
        for place in runs(&conv, &self.picture, run(&self.picture)) {
            dw[place.weight] = parts[place.run];
        }
        (dw, db.to_vec())
    }
}

struct InputGradient {
    outputs: usize,
    weights: Vec<f32>,
    /// Of G's transpose.
    sparse: Sparse,
    picture: Picture,
}

impl InputGradient {
    fn new(conv: &Conv, w: &[f32]) -> Self {
        let picture = Picture::new(conv.input());
        let run = run(&picture);
        let mut weights = vec![0.; picture.kernel_rows().count() * conv.outputs * run];
        for place in runs(conv, &picture, run) {
            weights[place.run] = w[place.weight];
        }
        Self { outputs: conv.outputs, weights, sparse: Sparse::new(0), picture }
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
