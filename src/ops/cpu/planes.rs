//! One picture plane by plane, so that what a weight meets in it is runs of numbers.

use super::picture::{Shape, pixels};
use super::rows::RowLayout;

/// `[channels, stride, height + 2, (width + 2) / stride]`, with a border of zeros: of each plane first the
/// columns 0, stride, 2 · stride, then those one further on.
pub struct Planes {
    shape: Shape,
    stride: usize,
    row: usize,
    values: Vec<f32>,
}

impl Planes {
    pub fn new(shape: Shape, stride: usize) -> Self {
        let row = (shape.width + 2).div_ceil(stride);
        let size = shape.channels * stride * (shape.height + 2) * row;
        Self { shape, stride, row, values: vec![0.; size] }
    }

    pub fn values(&self) -> &[f32] {
        &self.values
    }

    /// Where a pixel of the padded picture is.
    fn place(&self, channel: usize, y: usize, x: usize) -> usize {
        let half = channel * self.stride + x % self.stride;
        (half * (self.shape.height + 2) + y) * self.row + x / self.stride
    }

    /// From `[channels, height, width]`.
    pub fn fill(&mut self, planes: &[f32]) {
        for (i, from) in planes.chunks(self.shape.width).enumerate() {
            let (channel, y) = (i / self.shape.height, i % self.shape.height);
            if self.stride == 1 {
                let to = self.place(channel, y + 1, 1);
                self.values[to..to + from.len()].copy_from_slice(from);
                continue;
            }
            for (x, &value) in from.iter().enumerate() {
                let to = self.place(channel, y + 1, x + 1);
                self.values[to] = value;
            }
        }
    }

    /// For each weight, by input channel and place in the kernel, what it meets for each pixel of the output.
    pub fn rows_of_weights(&self, output: Shape) -> RowLayout {
        let kernel = Shape { channels: 1, height: 3, width: 3 };
        let starts = (0..self.shape.channels)
            .flat_map(|channel| pixels(kernel).map(move |(y, x)| self.place(channel, y, x)));
        let offsets = (0..output.height).map(|y| y * self.stride * self.row);
        RowLayout::new(starts, offsets, output.width)
    }
}
