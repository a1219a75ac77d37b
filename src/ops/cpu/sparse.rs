//! Products of a sparse matrix and a dense one, behind slices.

use super::kernels::chosen;
use super::lanes::LANES;
use super::micro::{Sums, Term};

/// A matrix of which only the numbers that are not zero are kept, row by row.
///
/// After a max-pool no more than one in four of a convolution's outputs has a gradient, and its two products are
/// as much shorter than the convolution.
pub struct Sparse {
    columns: usize,
    terms: Vec<Term>,
    bounds: Vec<u32>,
}

impl Sparse {
    /// Without rows.
    pub fn new(columns: usize) -> Self {
        Self { columns, terms: Vec::new(), bounds: vec![0] }
    }

    pub fn clear(&mut self) {
        self.terms.clear();
        self.bounds.truncate(1);
    }

    /// Adds a number to the row that is being written.
    pub fn push(&mut self, column: usize, factor: f32) {
        assert!(column < self.columns, "the matrix has no such column");
        self.terms.push(Term { column: column as u32, factor });
    }

    pub fn end_row(&mut self) {
        self.bounds.push(self.terms.len() as u32);
    }

    pub fn rows(&self) -> usize {
        self.bounds.len() - 1
    }

    /// Becomes the other's transpose; the order within its rows is that of the other's rows.
    pub fn transpose_of(&mut self, other: &Self) {
        self.columns = other.rows();
        self.bounds.clear();
        self.bounds.resize(other.columns + 1, 0);
        for term in &other.terms {
            self.bounds[term.column as usize + 1] += 1;
        }
        for row in 0..other.columns {
            self.bounds[row + 1] += self.bounds[row];
        }
        self.terms.clear();
        self.terms.resize(other.terms.len(), Term { column: 0, factor: 0. });
        let mut next = self.bounds.clone();
        for row in 0..other.rows() {
            for term in &other.terms[other.bounds[row] as usize..other.bounds[row + 1] as usize] {
                let place = &mut next[term.column as usize];
                self.terms[*place as usize] = Term { column: row as u32, factor: term.factor };
                *place += 1;
            }
        }
    }

    /// Adds to each row of `out`, `out_row` numbers apart, that of the product with `base`, whose rows are
    /// `base_row` apart. `width` of the product's columns are computed, in [`Lanes`](super::lanes::Lanes).
    pub fn add_product(
        &self,
        base: &[f32],
        base_row: usize,
        width: usize,
        out: &mut [f32],
        out_row: usize,
    ) {
        let reach = |rows: usize, apart| rows.saturating_sub(1) * apart + width * LANES;
        assert!(base.len() >= reach(self.columns, base_row), "the dense matrix is too short");
        assert!(out.len() >= reach(self.rows(), out_row), "no room for the product");
        let job = Sums {
            terms: self.terms.as_ptr(),
            bounds: self.bounds.as_ptr(),
            rows: self.rows(),
            base: base.as_ptr(),
            base_row,
            out: out.as_mut_ptr(),
            out_row,
            width,
        };
        // SAFETY: columns are checked as they come, bounds grow and end with the terms, and the lengths are asserted.
        unsafe { (chosen().sums)(&job) }
    }
}
