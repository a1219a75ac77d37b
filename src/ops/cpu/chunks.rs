//! Sums over pictures that do not depend on who has which pictures.

use super::aligned::Aligned;

/// Pictures that are summed by themselves, before these sums are: several instances can have some chunks
/// each, and the sums of a step are the same as if one had them all.
pub const CHUNK: usize = 8;

/// Sums over chunks of [`CHUNK`] pictures, and over these in their order.
pub struct ChunkedSum {
    total: Vec<f32>,
    part: Aligned,
    pictures: usize,
}

impl ChunkedSum {
    pub fn new(len: usize) -> Self {
        Self { total: vec![0.; len], part: Aligned::zeros(len), pictures: 0 }
    }

    /// What the next picture is to be added to.
    pub fn next_picture(&mut self) -> &mut [f32] {
        if self.pictures == CHUNK {
            self.end_chunk();
        }
        self.pictures += 1;
        &mut self.part
    }

    pub fn finish(mut self) -> Vec<f32> {
        self.end_chunk();
        self.total
    }

    fn end_chunk(&mut self) {
        for (total, part) in self.total.iter_mut().zip(self.part.iter_mut()) {
            *total += std::mem::take(part);
        }
        self.pictures = 0;
    }
}
