//! Rows on the unit sphere.

/// Added to squared lengths, so that a row of zeros can be divided by its length.
const TINY: f32 = 1e-24;

/// Rows of length one. A row of zeros stays zero.
pub fn normalize(z: &[f32], width: usize) -> Vec<f32> {
    let mut unit = z.to_vec();
    for row in unit.chunks_exact_mut(width.max(1)) {
        let length = length(row);
        row.iter_mut().for_each(|value| *value /= length);
    }
    unit
}

/// The part of the gradient that does not lie along the row, over the row's length.
pub fn normalize_back(z: &[f32], gradient: &[f32], width: usize) -> Vec<f32> {
    let mut found = gradient.to_vec();
    let rows = z.chunks_exact(width.max(1));
    for (slope, row) in found.chunks_exact_mut(width.max(1)).zip(rows) {
        let length = length(row);
        let along = dot(slope, row) / (length * length);
        slope.iter_mut().zip(row).for_each(|(slope, value)| {
            *slope = (*slope - along * value) / length;
        });
    }
    found
}

/// Alignment, uniformity and spread of rows whose pairs are i and i + rows / 2.
pub fn statistics(z: &[f32], rows: usize, width: usize) -> [f32; 3] {
    let unit = normalize(z, width);
    let row = |index: usize| &unit[index * width..(index + 1) * width];
    let pairs = rows / 2;
    let apart = |i: usize| distance(row(i), row(i + pairs));
    let alignment = (0..pairs).map(apart).sum::<f32>() / pairs as f32;

    let kernel = |i: usize| -> f32 {
        let others = (0..rows).filter(|&j| j != i);
        others.map(|j| (4.0 * dot(row(i), row(j)) - 4.0).exp()).sum()
    };
    let sum: f32 = (0..rows).map(kernel).sum();
    let uniformity = (sum / (rows * rows.saturating_sub(1)) as f32).ln();

    let mut middle = vec![0.0; width];
    for row in unit.chunks_exact(width.max(1)) {
        middle.iter_mut().zip(row).for_each(|(sum, value)| *sum += value / rows as f32);
    }
    let spread = (0..rows).map(|i| distance(row(i), &middle)).sum::<f32>() / rows as f32;
    [alignment, uniformity, spread]
}

fn length(row: &[f32]) -> f32 {
    (dot(row, row) + TINY).sqrt()
}

/// In eight sums side by side, which is faster and rounds less than one.
fn dot(one: &[f32], other: &[f32]) -> f32 {
    sum_of(one, other, |a, b| a * b)
}

fn distance(one: &[f32], other: &[f32]) -> f32 {
    sum_of(one, other, |a, b| (a - b) * (a - b))
}

#[inline(always)]
fn sum_of(one: &[f32], other: &[f32], of: impl Fn(f32, f32) -> f32) -> f32 {
    let (ones, one) = one.as_chunks::<8>();
    let (others, other) = other.as_chunks::<8>();
    let mut sums = [0.0; 8];
    for (one, other) in ones.iter().zip(others) {
        for ((sum, &a), &b) in sums.iter_mut().zip(one).zip(other) {
            *sum += of(a, b);
        }
    }
    let rest: f32 = one.iter().zip(other).map(|(&a, &b)| of(a, b)).sum();
    sums.iter().sum::<f32>() + rest
}
