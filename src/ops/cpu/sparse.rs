//! Products of a sparse matrix and a dense one, behind slices.

use super::kernels::chosen;
use super::lanes::LANES;
use super::micro::{Sums, Term};

const NOTHING: Term = Term { column: 0, factor: 0. };

/// A matrix of which only the numbers that are not zero are kept, row by row.
pub struct Sparse {
    columns: usize,
    terms: Vec<Term>,
    /// Where each row's terms begin, and the last one's end.
    bounds: Vec<u32>,
}

impl Sparse {
    /// Without rows.
    pub fn new() -> Self {
        Self { columns: 0, terms: Vec::new(), bounds: vec![0] }
    }

    /// Takes from each of a row's `values` one of four columns, or none: which one `choices` says, by 0 to 3.
    pub fn choose(&mut self, columns: &[[u32; 4]], rows: &[(&[u8], &[f32])]) {
        self.columns = columns.iter().flatten().max().map_or(0, |&last| last as usize + 1);
        self.terms.resize(rows.len() * columns.len(), NOTHING);
        self.bounds.clear();
        self.bounds.push(0);
        let mut len = 0;
        for (choices, values) in rows {
            for ((columns, &choice), &factor) in columns.iter().zip(*choices).zip(*values) {
                // Written in any case, since that is faster than to ask first.
                self.terms[len] = Term { column: columns[usize::from(choice & 3)], factor };
                len += usize::from(choice < 4);
            }
            self.bounds.push(len as u32);
        }
        self.terms.truncate(len);
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
        self.terms.resize(other.terms.len(), NOTHING);
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
        // SAFETY: no column is beyond `columns`, bounds grow and end with the terms, and the lengths are asserted.
        unsafe { (chosen().sums)(&job) }
    }
}
