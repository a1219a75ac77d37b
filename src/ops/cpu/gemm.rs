//! Matrix products of any strides.
//!
//! One operand is read as rows, as it lies if its numbers are next to each other; the other is packed into panels.
//! Which is which is chosen for the least packing: C = AB or Cᵀ = BᵀAᵀ. Each number of C is one sum in the order
//! of k, whatever is chosen and however large the others are.

use std::borrow::Cow;

use super::aligned::Aligned;
use super::micro::{PANEL, TILE};
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

    pub fn rows(&self) -> usize {
        self.rows
    }

    pub fn columns(&self) -> usize {
        self.columns
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

/// C = AB.
///
/// # Shapes
/// - a: `[m, k]`
/// - b: `[k, n]`
/// - c: `[m, n]`, row by row
///
/// # Panics
/// Where the shapes do not fit.
pub fn gemm(a: Matrix, b: Matrix, c: &mut [f32]) {
    assert_eq!(a.columns, b.rows, "a has as many columns as b has rows");
    assert_eq!(c.len(), a.rows * b.columns, "c");
    let (m, n) = (a.rows, b.columns);
    if a.columns == 0 {
        c.fill(0.);
    }
    if c.is_empty() || a.columns == 0 {
        return;
    }
    let (across, down) = (a.transposed(), b.transposed());
    let straight = a.cost_as_rows() + b.cost_as_panels();
    if straight > down.cost_as_rows() + across.cost_as_panels() + m * n {
        let turn = |column: usize, from: usize, product: &[f32]| {
            let (count, to) = (product.len() / PANEL, m.min(from + PANEL));
            let end = (to - 1) * n + column + count;
            separate(product, PANEL, &mut c[from * n + column..end], n, count);
        };
        products(down, across, &mut Aside::new(turn));
    } else if m.is_multiple_of(TILE) && n.is_multiple_of(PANEL) {
        products(a, b, &mut Straight { c, n });
    } else {
        let put = |row: usize, from: usize, product: &[f32]| {
            let to = n.min(from + PANEL);
            for (c, product) in c.chunks_mut(n).skip(row).zip(product.chunks(PANEL)) {
                copy_few(&product[..to - from], &mut c[from..to]);
            }
        };
        products(a, b, &mut Aside::new(put));
    }
}

/// Where products go, a panel's at a time.
trait Target {
    /// Panels that get their part of the sums before the next part begins.
    fn expect(&mut self, rows: usize, panels: usize);

    /// From where on the product of rows from `row` on and of a panel's columns, the one at `from` first, goes, and how
    /// far its rows are apart.
    fn place(&mut self, row: usize, from: usize, panel: usize) -> (&mut [f32], usize);

    /// The panel's product is there, of so many rows.
    fn done(&mut self, row: usize, from: usize, panel: usize, rows: usize);
}

/// Where the result is, if that has whole tiles only.
struct Straight<'c> {
    c: &'c mut [f32],
    n: usize,
}

impl Target for Straight<'_> {
    fn expect(&mut self, _: usize, _: usize) {}

    fn place(&mut self, row: usize, from: usize, _: usize) -> (&mut [f32], usize) {
        (&mut self.c[row * self.n + from..], self.n)
    }

    fn done(&mut self, _: usize, _: usize, _: usize, _: usize) {}
}

/// To a place of their own, from which `[rows, PANEL]` is taken, with the first row and column.
struct Aside<F> {
    values: Aligned,
    size: usize,
    take: F,
}

impl<F: FnMut(usize, usize, &[f32])> Aside<F> {
    fn new(take: F) -> Self {
        Self { values: Aligned::zeros(0), size: 0, take }
    }
}

impl<F: FnMut(usize, usize, &[f32])> Target for Aside<F> {
    fn expect(&mut self, rows: usize, panels: usize) {
        self.size = rows * PANEL;
        self.values = Aligned::zeros(self.size * panels);
    }

    fn place(&mut self, _: usize, _: usize, panel: usize) -> (&mut [f32], usize) {
        (&mut self.values[panel * self.size..][..self.size], PANEL)
    }

    fn done(&mut self, row: usize, from: usize, panel: usize, rows: usize) {
        (self.take)(row, from, &self.values[panel * self.size..][..rows * PANEL]);
    }
}

fn products(rows: Matrix, across: Matrix, target: &mut impl Target) {
    let moved = rows.contiguous();
    let rows = match &moved {
        Cow::Borrowed(_) => rows,
        Cow::Owned(moved) => Matrix::new(moved, rows.rows, rows.columns),
    };
    for first in (0..rows.rows).step_by(ROWS) {
        let count = ROWS.min(rows.rows - first);
        let part = Matrix { values: &rows.values[first * rows.row..], rows: count, ..rows };
        products_of_part(part, across, first, target);
    }
}

fn products_of_part(rows: Matrix, across: Matrix, first: usize, target: &mut impl Target) {
    let depth = rows.columns;
    let layout = |length: usize| {
        RowLayout::new((0..rows.rows).map(|row| row * rows.row), [0].into_iter(), length)
    };
    let (whole, rest) = (layout(DEPTH.min(depth)), layout(depth % DEPTH));
    let columns: Vec<usize> = (0..across.columns).step_by(PANEL).collect();
    let mut panel = Aligned::zeros(PANEL * whole.depth());
    target.expect(whole.rows(), GROUP.min(columns.len()));
    for group in columns.chunks(GROUP) {
        for k in (0..depth).step_by(DEPTH) {
            let layout = if depth - k >= DEPTH.min(depth) { &whole } else { &rest };
            for (i, &from) in group.iter().enumerate() {
                across.panel(from, k..k + layout.depth(), &mut panel);
                let (product, apart) = target.place(first, from, i);
                layout.multiply(&rows.values[k..], &panel, product, apart, k > 0);
            }
        }
        for (i, &from) in group.iter().enumerate() {
            target.done(first, from, i, rows.rows);
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

    fn check(m: usize, n: usize, k: usize, hows: [usize; 2]) {
        let values = numbers(4 * (m + 3) * (k + 3) + 4 * (k + 3) * (n + 3), 1, false);
        let (a, b) = (laid(&values, m, k, hows[0]), laid(&values[7..], k, n, hows[1]));
        let mut c = numbers(m * n, 2, false);
        let mut exact = vec![0.; m * n];
        for (place, c) in exact.iter_mut().enumerate() {
            *c = (0..k).map(|k| at(&a, place / n, k) * at(&b, k, place % n)).sum::<f64>();
        }
        gemm(a, b, &mut c);
        assert!(difference(&c, &exact) < 1e-5, "{m} {n} {k} {hows:?}");
    }

    #[test]
    fn all_layouts_are_as_the_definition_says() {
        for (i, &m) in [1, 2, 3, 5, 16, 17, 33].iter().enumerate() {
            for (j, &n) in [1, 4, 15, 16, 18, 40].iter().enumerate() {
                for k in [0, 1, 2, 7, 64] {
                    check(m, n, k, [(i + j + k) % 4, (i * 3 + j + k / 2) % 4]);
                }
            }
        }
        for how in 0..16 {
            check(19, 290, 530, [how / 4, how % 4]);
            check(ROWS + 6, 48, DEPTH + 9, [how / 4, how % 4]);
            check(ROWS + 5, 17, 9, [how / 4, how % 4]);
            check(17, ROWS + 5, 9, [how / 4, how % 4]);
        }
    }

    /// A row of the product is the same in whatever company.
    #[test]
    fn sums_do_not_depend_on_how_many_rows_there_are() {
        let (x, w) = (numbers(64 * 700, 1, false), numbers(40 * 700, 2, false));
        let product = |rows: usize| {
            let mut y = vec![0.; rows * 40];
            let x = Matrix::new(&x[..rows * 700], rows, 700);
            gemm(x, Matrix::new(&w, 40, 700).transposed(), &mut y);
            y
        };
        let all = product(64);
        for rows in [1, 2, 8, 33] {
            assert_eq!(product(rows), all[..rows * 40]);
        }
    }
}
