//! The two loops that nearly all of a step's multiplications are in.
//!
//! They stand by themselves, with nothing but [`lanes`](super::lanes), so that the same lines can also be built
//! as a module of their own with instructions that not every browser has (`relaxed.rs`).

use super::lanes::{LANES, Lanes};

/// Numbers that a panel has side by side: as many columns of the product are computed at once.
pub const PANEL: usize = 16;
/// Rows of the product that are computed at once. With [`PANEL`] it is what 16 registers hold.
pub const TILE: usize = 2;

/// A product of rows and a panel.
///
/// Row r consists of `pieces` runs of `length` numbers each; run s begins at `base + starts[r] + offsets[s]`.
/// So a row can be a row of a matrix, or what a 3×3 kernel sees of a picture, without being copied anywhere.
/// The panel has [`PANEL`] numbers for each number of a row, and as many of each row of `out` are written.
#[repr(C)]
pub struct Rows {
    pub panel: *const f32,
    pub base: *const f32,
    /// For each row, in f32.
    pub starts: *const u32,
    /// [`TILE`] rows each.
    pub tiles: usize,
    /// For each run, in f32.
    pub offsets: *const u32,
    pub pieces: usize,
    pub length: usize,
    pub out: *mut f32,
    /// From a row of `out` to the next, in f32.
    pub out_row: usize,
    /// Is the product added to what `out` holds, or does it replace that?
    pub add: bool,
}

/// # Safety
/// All that the job names can be read, `out` can be written and is nowhere else read.
#[inline(always)]
pub unsafe fn rows(job: &Rows) {
    // SAFETY: the caller's promise; each tile has `TILE` starts and as many rows of `out`.
    unsafe {
        for tile in 0..job.tiles {
            let starts = job.starts.add(tile * TILE);
            let out = job.out.add(tile * TILE * job.out_row);
            rows_tile(job, starts, out);
        }
    }
}

const ACROSS: usize = PANEL / LANES;

#[inline(always)]
unsafe fn rows_tile(job: &Rows, starts: *const u32, out: *mut f32) {
    let mut sums = [[Lanes::zero(); ACROSS]; TILE];
    let mut panel = job.panel;
    // SAFETY: the promise made to `rows`.
    unsafe {
        if job.add {
            for (row, sums) in sums.iter_mut().enumerate() {
                for (i, sum) in sums.iter_mut().enumerate() {
                    *sum = Lanes::read(out.add(row * job.out_row + i * LANES));
                }
            }
        }
        for piece in 0..job.pieces {
            let base = job.base.add(*job.offsets.add(piece) as usize);
            let mut at = [base; TILE];
            for (row, at) in at.iter_mut().enumerate() {
                *at = base.add(*starts.add(row) as usize);
            }
            for k in 0..job.length {
                let mut columns = [Lanes::zero(); ACROSS];
                for (i, column) in columns.iter_mut().enumerate() {
                    *column = Lanes::read(panel.add(i * LANES));
                }
                for (at, sums) in at.iter().zip(&mut sums) {
                    let x = Lanes::splat(*at.add(k));
                    for (sum, column) in sums.iter_mut().zip(columns) {
                        *sum = sum.plus_product(column, x);
                    }
                }
                panel = panel.add(PANEL);
            }
        }
        for (row, sums) in sums.iter().enumerate() {
            for (i, sum) in sums.iter().enumerate() {
                sum.write(out.add(row * job.out_row + i * LANES));
            }
        }
    }
}

/// A number of a sparse matrix, and its column.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Term {
    pub column: u32,
    pub factor: f32,
}

/// A product of a sparse matrix and a dense one, of whose columns as many as make a run of `width`
/// [`Lanes`] are taken: row i of it is added to the run at `out + i · out_row`.
///
/// Rows of the dense matrix may overlap: they begin `base_row` apart, and what a 3×3 kernel sees of a
/// picture is such a matrix.
#[repr(C)]
pub struct Sums {
    pub terms: *const Term,
    /// Where each row's terms begin, and the last one's end.
    pub bounds: *const u32,
    pub rows: usize,
    pub base: *const f32,
    pub base_row: usize,
    pub out: *mut f32,
    pub out_row: usize,
    pub width: usize,
}

/// # Safety
/// All that the job names can be read, `out` can be written and is nowhere else read.
#[inline(always)]
pub unsafe fn sums(job: &Sums) {
    let mut from = 0;
    // SAFETY: the caller's promise; the parts lie within the run's width.
    unsafe {
        while from + 12 <= job.width {
            sums_part::<12>(job, from * LANES);
            from += 12;
        }
        while from + 3 <= job.width {
            sums_part::<3>(job, from * LANES);
            from += 3;
        }
        while from < job.width {
            sums_part::<1>(job, from * LANES);
            from += 1;
        }
    }
}

#[inline(always)]
unsafe fn sums_part<const WIDTH: usize>(job: &Sums, from: usize) {
    // SAFETY: the promise made to `sums`.
    unsafe {
        let base = job.base.add(from);
        for row in 0..job.rows {
            let (first, end) = (*job.bounds.add(row) as usize, *job.bounds.add(row + 1) as usize);
            if first == end {
                continue;
            }
            let out = job.out.add(from + row * job.out_row);
            let mut sums = [Lanes::zero(); WIDTH];
            for (i, sum) in sums.iter_mut().enumerate() {
                *sum = Lanes::read(out.add(i * LANES));
            }
            for term in first..end {
                let Term { column, factor } = *job.terms.add(term);
                let run = base.add(column as usize * job.base_row);
                let factor = Lanes::splat(factor);
                for (i, sum) in sums.iter_mut().enumerate() {
                    *sum = sum.plus_product(Lanes::read(run.add(i * LANES)), factor);
                }
            }
            for (i, sum) in sums.iter().enumerate() {
                sum.write(out.add(i * LANES));
            }
        }
    }
}
