//! Products of rows and panels, behind slices.

use super::kernels::chosen;
use super::micro::{PANEL, Rows, TILE};

/// Where rows lie in a slice: see [`Rows`].
pub struct RowLayout {
    starts: Vec<u32>,
    offsets: Vec<u32>,
    length: usize,
    /// Numbers that the slice has to have.
    reach: usize,
}

impl RowLayout {
    /// At least one start and one offset. Whole tiles are computed, with the last row again where rows are missing.
    pub fn new(
        starts: impl Iterator<Item = usize>,
        offsets: impl Iterator<Item = usize>,
        length: usize,
    ) -> Self {
        let mut starts: Vec<u32> = starts.map(|start| start as u32).collect();
        let offsets: Vec<u32> = offsets.map(|offset| offset as u32).collect();
        let last = |places: &[u32]| places.iter().copied().max().expect("there is one") as usize;
        let reach = last(&starts) + last(&offsets) + length;
        starts.resize(starts.len().next_multiple_of(TILE), starts[starts.len() - 1]);
        Self { starts, offsets, length, reach }
    }

    /// Rows that are computed.
    pub fn rows(&self) -> usize {
        self.starts.len()
    }

    /// Numbers in a row.
    pub fn depth(&self) -> usize {
        self.offsets.len() * self.length
    }

    /// The product of the rows in `base` with a panel `[depth, PANEL]`, into `out` as `[rows, PANEL]`, each row `apart`
    /// after the one before it.
    pub fn multiply(&self, base: &[f32], panel: &[f32], out: &mut [f32], apart: usize, add: bool) {
        assert!(base.len() >= self.reach, "the rows reach beyond their numbers");
        assert!(panel.len() >= self.depth() * PANEL, "the panel is too short");
        let needed = (self.rows() - 1) * apart + PANEL;
        assert!(apart >= PANEL && out.len() >= needed, "no room for the product");
        let job = Rows {
            panel: panel.as_ptr(),
            base: base.as_ptr(),
            starts: self.starts.as_ptr(),
            tiles: self.starts.len() / TILE,
            offsets: self.offsets.as_ptr(),
            pieces: self.offsets.len(),
            length: self.length,
            out: out.as_mut_ptr(),
            out_row: apart,
            add,
        };
        // SAFETY: the lengths are those that the asserts have found.
        unsafe { (chosen().rows)(&job) }
    }
}
