//! Numbers that begin where a line of the cache does.

use std::ops::{Deref, DerefMut};

/// Of f32, what a cache fetches at once.
const LINE: usize = 16;

/// As a `Vec` of a fixed length. An allocator for WebAssembly aligns to 8 bytes, and four numbers that lie
/// across two lines take two reads.
pub struct Aligned {
    values: Vec<f32>,
    first: usize,
    len: usize,
}

impl Aligned {
    pub fn zeros(len: usize) -> Self {
        let values = vec![0.; len + LINE];
        // The offset may be unknown by its definition; then any place will do.
        let first = values.as_ptr().align_offset(LINE * size_of::<f32>()).min(LINE);
        Self { values, first, len }
    }
}

impl Deref for Aligned {
    type Target = [f32];

    fn deref(&self) -> &[f32] {
        &self.values[self.first..self.first + self.len]
    }
}

impl DerefMut for Aligned {
    fn deref_mut(&mut self) -> &mut [f32] {
        &mut self.values[self.first..self.first + self.len]
    }
}
