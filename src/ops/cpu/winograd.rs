//! Winograd's F(2×2, 3×3): four results of a 3×3 kernel for 16 multiplications instead of 36.
//!
//! Lavin & Gray 2015, arXiv:1509.09308. A tile d of 4×4 pixels, and the kernel g, are taken to where the convolution is
//! a product number by number, y = Aᵀ (GgGᵀ ⊙ BᵀdB) A, and summing over channels makes that 16 matrix products.

use super::aligned::Aligned;
use super::lanes::{LANES, Lanes};
use super::micro::PANEL;
use super::picture::Picture;
use super::rows::RowLayout;
use super::weights::Weights;

/// Numbers in a tile.
const TILE: usize = 16;
/// Between what lies a power of two apart, so that a cache has room for all of it.
const GAP: usize = 16;

pub struct Winograd {
    /// Where each tile begins in the picture.
    corners: Vec<usize>,
    /// Where each of a tile's four results goes.
    places: Vec<[usize; 4]>,
    /// `[to / PANEL, 16, from, PANEL]`
    kernels: Aligned,
    /// `[tiles, 16, from]`
    tiles: Aligned,
    /// `[16, tiles, PANEL]`
    products: Aligned,
    layout: RowLayout,
    values: Aligned,
}

impl Winograd {
    /// For some of a picture's tiles, each by row and column of its first pixel, and with the places that its
    /// four results get among `results`.
    pub fn new(
        picture: &Picture,
        weights: Weights,
        tiles: impl Iterator<Item = ((usize, usize), [usize; 4])>,
        results: usize,
    ) -> Self {
        let from = picture.blocks * PANEL;
        let (corners, places): (Vec<_>, Vec<_>) =
            tiles.map(|((y, x), places)| (picture.around(y, x), places)).unzip();
        let tile = TILE * from + GAP;
        let layout = RowLayout::new((0..corners.len()).map(|i| i * tile), [0].into_iter(), from);
        Self {
            kernels: kernels(weights, from),
            tiles: Aligned::zeros(corners.len() * tile),
            products: Aligned::zeros(TILE * (layout.rows() * PANEL + GAP)),
            layout,
            values: Aligned::zeros(results * PANEL),
            corners,
            places,
        }
    }

    /// Takes the picture that the next results are of.
    pub fn take(&mut self, picture: &Picture) {
        let from = picture.blocks * PANEL;
        let tiles = self.tiles.chunks_mut(TILE * from + GAP);
        for (tile, &corner) in tiles.zip(&self.corners) {
            for block in 0..picture.blocks {
                let start = block * picture.plane() + corner;
                let rows = [0, 1, 2, 3].map(|y| &picture.values[start + y * picture.row()..]);
                forth(rows, &mut tile[block * PANEL..], from);
            }
        }
    }

    /// `[results, PANEL]` of some of the channels, until the next.
    pub fn panel(&mut self, panel: usize) -> &[f32] {
        let Self { kernels, tiles, products, layout, values, .. } = self;
        let depth = layout.depth();
        let kernels = kernels[panel * TILE * depth * PANEL..].chunks(depth * PANEL);
        let apart = layout.rows() * PANEL + GAP;
        for (i, (kernel, product)) in kernels.zip(products.chunks_mut(apart)).enumerate() {
            layout.multiply(&tiles[i * depth..], kernel, product, PANEL, false);
        }
        for (tile, places) in self.places.iter().enumerate() {
            back(&products[tile * PANEL..], apart, places.map(|place| place * PANEL), values);
        }
        values
    }
}

/// BᵀdB of 16 channels.
#[inline(always)]
fn forth(rows: [&[f32]; 4], tile: &mut [f32], apart: usize) {
    let rows: [&[f32; 4 * PANEL]; 4] =
        rows.map(|row| row[..4 * PANEL].try_into().expect("as many"));
    for c in (0..PANEL).step_by(LANES) {
        let columns = [0, 1, 2, 3].map(|x| {
            let d = rows.map(|row| Lanes::load(&row[x * PANEL + c..]));
            [d[0] - d[2], d[1] + d[2], d[2] - d[1], d[1] - d[3]]
        });
        for y in 0..4 {
            let d = columns.map(|column| column[y]);
            let row = [d[0] - d[2], d[1] + d[2], d[2] - d[1], d[1] - d[3]];
            for (x, value) in row.into_iter().enumerate() {
                value.store(&mut tile[(y * 4 + x) * apart + c..]);
            }
        }
    }
}

/// AᵀmA of 16 channels.
#[inline(always)]
fn back(products: &[f32], apart: usize, places: [usize; 4], values: &mut [f32]) {
    for c in (0..PANEL).step_by(LANES) {
        let columns = [0, 1, 2, 3].map(|x| {
            let m = [0, 4, 8, 12].map(|y| Lanes::load(&products[(y + x) * apart + c..]));
            [m[0] + m[1] + m[2], m[1] - m[2] - m[3]]
        });
        for y in 0..2 {
            let m = columns.map(|column| column[y]);
            (m[0] + m[1] + m[2]).store(&mut values[places[2 * y] + c..]);
            (m[1] - m[2] - m[3]).store(&mut values[places[2 * y + 1] + c..]);
        }
    }
}

/// GgGᵀ of all pairs of channels, zeros where there is no such channel.
fn kernels(weights: Weights, from: usize) -> Aligned {
    let mut kernels = Aligned::zeros(weights.to.div_ceil(PANEL) * TILE * from * PANEL);
    for to in 0..weights.to {
        let panel = &mut kernels[to / PANEL * TILE * from * PANEL..];
        for input in 0..weights.from {
            let tile = kernel_tile(weights.kernel(to, input));
            for (i, value) in tile.into_iter().flatten().enumerate() {
                panel[(i * from + input) * PANEL + to % PANEL] = value;
            }
        }
    }
    kernels
}

fn kernel_tile(g: [f32; 9]) -> [[f32; 4]; 4] {
    let spread = |a: f32, b: f32, c: f32| [a, 0.5 * (a + b + c), 0.5 * (a - b + c), c];
    let columns = [0, 1, 2].map(|x| spread(g[x], g[3 + x], g[6 + x]));
    [0, 1, 2, 3].map(|y| spread(columns[0][y], columns[1][y], columns[2][y]))
}
