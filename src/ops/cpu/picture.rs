//! One picture as the kernels like it: in blocks of channels, with a border of zeros.

use super::aligned::Aligned;
use super::lanes::LANES;
use super::micro::PANEL;
use super::transpose::{interleave, separate};

/// Channels, height and width of a picture or of what a layer makes of it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Shape {
    pub channels: usize,
    pub height: usize,
    pub width: usize,
}

impl Shape {
    pub fn pixels(&self) -> usize {
        self.height * self.width
    }

    pub fn len(&self) -> usize {
        self.channels * self.pixels()
    }

    /// Of every other row and column with a stride of 2, of all with one of 1.
    pub fn strided(&self, stride: usize) -> Self {
        let (height, width) = (self.height.div_ceil(stride), self.width.div_ceil(stride));
        Self { height, width, ..*self }
    }

    /// Of windows of 2×2; what is left over at an odd side is in none.
    pub fn halved(&self) -> Self {
        Self { height: self.height / 2, width: self.width / 2, ..*self }
    }
}

/// Rows and columns of all pixels, in their order.
pub fn pixels(shape: Shape) -> impl Iterator<Item = (usize, usize)> {
    (0..shape.height).flat_map(move |y| (0..shape.width).map(move |x| (y, x)))
}

/// `[blocks, height + 2, width + 2, block]`, with one more of zeros where a side is odd: what a 3×3 kernel sees of a
/// row of a block is one run of 3 · block numbers.
///
/// A block has [`PANEL`] channels, zeros where there are none left, or all of them where they are fewer.
pub struct Picture {
    shape: Shape,
    pub block: usize,
    pub blocks: usize,
    /// A few more than the picture has, since runs are read in whole lanes.
    pub values: Aligned,
}

impl Picture {
    pub fn new(shape: Shape) -> Self {
        let block = shape.channels.min(PANEL);
        let blocks = shape.channels.div_ceil(PANEL);
        let mut picture = Self { shape, block, blocks, values: Aligned::zeros(0) };
        picture.values = Aligned::zeros(blocks * picture.plane() + LANES);
        picture
    }

    /// Pixels from a row to the next.
    pub fn width(&self) -> usize {
        self.shape.width.next_multiple_of(2) + 2
    }

    /// From a row to the next.
    pub fn row(&self) -> usize {
        self.width() * self.block
    }

    /// From a block to the next.
    pub fn plane(&self) -> usize {
        (self.shape.height.next_multiple_of(2) + 2) * self.row()
    }

    /// Where the 3×3 pixels around a pixel begin, in the first block.
    pub fn around(&self, y: usize, x: usize) -> usize {
        y * self.row() + x * self.block
    }

    /// Where the three rows of what a kernel sees begin, block by block.
    pub fn kernel_rows(&self) -> impl Iterator<Item = usize> + use<> {
        let (row, plane) = (self.row(), self.plane());
        (0..self.blocks).flat_map(move |block| (0..3).map(move |y| block * plane + y * row))
    }

    /// From planes of each channel, whose pixels come to lie `stride` apart.
    pub fn fill(&mut self, planes: &[f32], stride: usize) {
        let (row, plane) = (self.row(), self.plane());
        let Shape { height, width, .. } = self.shape.strided(stride);
        let (pixels, group) = (height * width, self.block * stride);
        for (block, planes) in planes.chunks(self.block * pixels).enumerate() {
            for y in 0..height {
                let to = block * plane + (y * stride + 1) * row + self.block;
                let to = &mut self.values[to..];
                interleave(&planes[y * width..], pixels, width, to, group);
            }
        }
    }

    /// Into `[channels, height, width]`, without the border.
    pub fn read(&self, planes: &mut [f32]) {
        let Shape { height, width, .. } = self.shape;
        for (block, planes) in planes.chunks_mut(self.block * self.shape.pixels()).enumerate() {
            for y in 0..height {
                let from = block * self.plane() + (y + 1) * self.row() + self.block;
                let from = &self.values[from..from + width * self.block];
                separate(from, self.block, &mut planes[y * width..], self.shape.pixels(), width);
            }
        }
    }
}
