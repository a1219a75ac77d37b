//! Matrix products of any strides.
//!
//! One operand is read as rows, as it lies if its numbers are next to each other; the other is packed into panels.
//! Which is which is chosen for the least packing: C = AB or Cᵀ = BᵀAᵀ. Each number of C is one sum in the order
//! of k, whatever is chosen and however large the others are.

use std::borrow::Cow;

use super::aligned::Aligned;
use super::micro::PANEL;
use super::rows::RowLayout;
use super::transpose::{interleave, separate};

/// Of k at once: a panel of so many rows fits the first cache, half full.
const DEPTH: usize = 256;
/// Rows whose products are in the second cache until they are used.
const ROWS: usize = 512;
/// Panels that share a block of rows while that is in the second cache.
const GROUP: usize = 16;

/// A matrix in a slice: `values[i · row + j · column]`.
#[derive(Debug, Clone, Copy)]
pub struct Matrix<'a> {
    values: &'a [f32],
    rows: usize,
    columns: usize,
    row: usize,
    column: usize,
}

impl<'a> Matrix<'a> {
    /// Row by row.
    ///
    /// # Panics
    /// Where the slice is not `rows · columns` long.
    pub fn new(values: &'a [f32], rows: usize, columns: usize) -> Self {
        assert_eq!(values.len(), rows * columns, "a matrix of {rows} by {columns}");
        Self { values, rows, columns, row: columns, column: 1 }
    }

    /// With numbers between rows, columns, or both.
    ///
    /// # Panics
    /// Where the matrix reaches beyond the slice.
    pub fn strided(
        values: &'a [f32],
        [rows, columns]: [usize; 2],
        [row, column]: [usize; 2],
    ) -> Self {
        let last = |count: usize, apart| count.saturating_sub(1) * apart;
        let reach = last(rows, row) + last(columns, column);
        assert!(rows * columns == 0 || reach < values.len(), "the matrix ends before it does");
        Self { values, rows, columns, row, column }
    }

    pub fn transposed(self) -> Self {
        let Self { values, rows, columns, row, column } = self;
        Self { values, rows: columns, columns: rows, row: column, column: row }
    }

    /// What it takes to have the matrix as rows: nothing, or to move each number by itself.
    fn cost_as_rows(&self) -> usize {
        if self.column == 1 { 0 } else { 2 * self.rows * self.columns }
    }

    /// What it takes to have it in panels: at best, numbers are moved side by side.
    fn cost_as_panels(&self) -> usize {
        if self.column == 1 { self.rows * self.columns } else { 2 * self.rows * self.columns }
    }

    fn contiguous(self) -> Cow<'a, [f32]> {
        if self.column == 1 {
            return Cow::Borrowed(self.values);
        }
        let mut moved = vec![0.; self.rows * self.columns];
        self.columns_into(0, 0..self.rows, &mut moved, self.columns, self.columns);
        Cow::Owned(moved)
    }

    /// `count` numbers from `from` on of some rows, each `apart` after the one before it.
    fn columns_into(
        &self,
        from: usize,
        rows: std::ops::Range<usize>,
        to: &mut [f32],
        count: usize,
        apart: usize,
    ) {
        if self.row == 1 && count > 0 && !rows.is_empty() {
            let start = rows.start + from * self.column;
            let values = &self.values[start..start + (count - 1) * self.column + rows.len()];
            return interleave(values, self.column, rows.len(), to, apart);
        }
        for (row, to) in rows.zip(to.chunks_mut(apart)) {
            for (i, to) in to[..count].iter_mut().enumerate() {
                *to = self.values[row * self.row + (from + i) * self.column];
            }
        }
    }

    /// Columns from `from` on, no more than a panel has, of some rows: `[rows, PANEL]`.
    fn panel(&self, from: usize, rows: std::ops::Range<usize>, panel: &mut [f32]) {
        let count = PANEL.min(self.columns - from);
        if self.column == 1 {
            for (row, to) in rows.zip(panel.chunks_exact_mut(PANEL)) {
                let start = row * self.row + from;
                copy_few(&self.values[start..start + count], to);
            }
        } else {
            self.columns_into(from, rows, panel, count, PANEL);
        }
    }
}

/// No more than a panel has, and where it is as many, without asking how many.
#[inline(always)]
fn copy_few(from: &[f32], to: &mut [f32]) {
    match (<[f32; PANEL]>::try_from(from), to.first_chunk_mut()) {
        (Ok(from), Some(to)) => *to = from,
        _ => to[..from.len()].copy_from_slice(from),
    }
}

/// C = AB, or C + AB where it is to `add`.
///
/// # Shapes
/// - a: `[m, k]`
/// - b: `[k, n]`
/// - c: `[m, n]`, row by row
///
/// # Panics
/// Where the shapes do not fit.
pub fn gemm(a: Matrix, b: Matrix, c: &mut [f32], add: bool) {
    assert_eq!(a.columns, b.rows, "a has as many columns as b has rows");
    assert_eq!(c.len(), a.rows * b.columns, "c");
    let (m, n) = (a.rows, b.columns);
    if a.columns == 0 && !add {
        c.fill(0.);
    }
    if c.is_empty() || a.columns == 0 {
        return;
    }
    let (across, down) = (a.transposed(), b.transposed());
    if a.cost_as_rows() + b.cost_as_panels() <= down.cost_as_rows() + across.cost_as_panels() {
        products(a, b, |row, from, product| {
            for (c, product) in c.chunks_mut(n).skip(row).zip(product.chunks(PANEL)) {
                let to = n.min(from + PANEL);
                put(&product[..to - from], &mut c[from..to], add);
            }
        });
    } else {
        let mut columns = vec![0.; if add { PANEL * ROWS } else { 0 }];
        products(down, across, |column, from, product| {
            let count = product.len() / PANEL;
            let c = &mut c[from * n..m.min(from + PANEL) * n];
            if !add {
                let end = c.len() - n + column + count;
                return separate(product, PANEL, &mut c[column..end], n, count);
            }
            let rows = c.len() / n;
            separate(product, PANEL, &mut columns[..rows * count], count, count);
            for (c, columns) in c.chunks_mut(n).zip(columns.chunks(count)) {
                put(columns, &mut c[column..column + count], add);
            }
        });
    }
}

fn put(from: &[f32], to: &mut [f32], add: bool) {
    if !add {
        return copy_few(from, to);
    }
    for (to, from) in to.iter_mut().zip(from) {
        *to += from;
    }
}

/// Calls with the first row and column, and `[rows, PANEL]`, of each part of the product.
fn products(rows: Matrix, across: Matrix, mut use_product: impl FnMut(usize, usize, &[f32])) {
    let moved = rows.contiguous();
    let rows = match &moved {
        Cow::Borrowed(_) => rows,
        Cow::Owned(moved) => Matrix::new(moved, rows.rows, rows.columns),
    };
    for first in (0..rows.rows).step_by(ROWS) {
        let count = ROWS.min(rows.rows - first);
        let part = Matrix { values: &rows.values[first * rows.row..], rows: count, ..rows };
        products_of_part(part, across, |from, product| use_product(first, from, product));
    }
}

fn products_of_part(rows: Matrix, across: Matrix, mut use_product: impl FnMut(usize, &[f32])) {
    let depth = rows.columns;
    let layout = |length: usize| {
        RowLayout::new((0..rows.rows).map(|row| row * rows.row), [0].into_iter(), length)
    };
    let (whole, rest) = (layout(DEPTH.min(depth)), layout(depth % DEPTH));
    let columns: Vec<usize> = (0..across.columns).step_by(PANEL).collect();
    let size = whole.rows() * PANEL;
    let mut product = Aligned::zeros(size * GROUP.min(columns.len()));
    let mut panel = Aligned::zeros(PANEL * whole.depth());
    for group in columns.chunks(GROUP) {
        for k in (0..depth).step_by(DEPTH) {
            let layout = if depth - k >= DEPTH.min(depth) { &whole } else { &rest };
            for (&from, product) in group.iter().zip(product.chunks_mut(size)) {
                across.panel(from, k..k + layout.depth(), &mut panel);
                layout.multiply(&rows.values[k..], &panel, product, k > 0);
            }
        }
        for (&from, product) in group.iter().zip(product.chunks(size)) {
            use_product(from, &product[..rows.rows * PANEL]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::reference::{difference, numbers};
    use super::*;

    /// A matrix as it lies, or with its columns where its rows are, or with gaps.
    fn laid(values: &[f32], rows: usize, columns: usize, how: usize) -> Matrix<'_> {
        match how {
            0 => Matrix::new(&values[..rows * columns], rows, columns),
            1 => Matrix::new(&values[..rows * columns], columns, rows).transposed(),
            2 => Matrix::strided(values, [rows, columns], [columns + 3, 1]),
            _ => Matrix::strided(values, [rows, columns], [2, 2 * rows + 1]),
        }
    }

    fn at(matrix: &Matrix, i: usize, j: usize) -> f64 {
        matrix.values[i * matrix.row + j * matrix.column].into()
    }

    fn check(m: usize, n: usize, k: usize, hows: [usize; 2], add: bool) {
        let values = numbers(4 * (m + 3) * (k + 3) + 4 * (k + 3) * (n + 3), 1, false);
        let (a, b) = (laid(&values, m, k, hows[0]), laid(&values[7..], k, n, hows[1]));
        let mut c = numbers(m * n, 2, false);
        let mut exact: Vec<f64> = c.iter().map(|&c| if add { c.into() } else { 0. }).collect();
        for (place, c) in exact.iter_mut().enumerate() {
            *c += (0..k).map(|k| at(&a, place / n, k) * at(&b, k, place % n)).sum::<f64>();
        }
        gemm(a, b, &mut c, add);
        assert!(difference(&c, &exact) < 1e-5, "{m} {n} {k} {hows:?}");
    }

    #[test]
    fn all_layouts_are_as_the_definition_says() {
        for (i, &m) in [1, 2, 3, 5, 16, 17, 33].iter().enumerate() {
            for (j, &n) in [1, 4, 15, 16, 18, 40].iter().enumerate() {
                for k in [0, 1, 2, 7, 64] {
                    check(m, n, k, [(i + j + k) % 4, (i * 3 + j + k / 2) % 4], (i + j) % 2 == 0);
                }
            }
        }
        for how in 0..16 {
            check(19, 290, 530, [how / 4, how % 4], how % 3 == 0);
            check(ROWS + 5, 17, 9, [how / 4, how % 4], how % 3 == 0);
            check(17, ROWS + 5, 9, [how / 4, how % 4], how % 3 == 0);
        }
    }

    /// A row of the product is the same in whatever company.
    #[test]
    fn sums_do_not_depend_on_how_many_rows_there_are() {
        let (x, w) = (numbers(64 * 700, 1, false), numbers(40 * 700, 2, false));
        let product = |rows: usize| {
            let mut y = vec![0.; rows * 40];
            let x = Matrix::new(&x[..rows * 700], rows, 700);
            gemm(x, Matrix::new(&w, 40, 700).transposed(), &mut y, false);
            y
        };
        let all = product(64);
        for rows in [1, 2, 8, 33] {
            assert_eq!(product(rows), all[..rows * 40]);
        }
    }
}
