//! Principal axes of features and how much of the spread lies along each.

use nalgebra::{DMatrix, DVector, SymmetricEigen};

use super::Features;
use super::features::read;
use crate::{Error, Result};

/// Side of the largest matrix that is decomposed: a second of work in a browser.
const SIDE: usize = 512;

/// Numbers that decide the axes where there are no more columns than that.
const NUMBERS: usize = 1 << 20;

/// Rounds of the eigenvalue iteration for each row of its matrix; a few are usual.
const ROUNDS: usize = 100;

/// Singular value decomposition of the centred rows.
pub(super) struct Spectrum {
    /// Of the deciding rows, one value a column.
    pub mean: Vec<f64>,
    /// Largest first. What f32 cannot tell from nothing is 0.
    pub singular: Vec<f64>,
    /// Directions of length one that belong to the first singular values. The number that is
    /// largest in size is positive, so that no sign is left to chance; all are 0 where the singular
    /// value is.
    pub axes: Vec<Vec<f64>>,
}

/// Decomposes the rows, or evenly chosen ones where there are many, and gives up to `axes`
/// directions.
///
/// # Errors
/// [`Error::Device`] where the features cannot be read or are not numbers.
pub(super) async fn spectrum(features: &Features, axes: usize) -> Result<Spectrum> {
    let (all, columns) = (features.rows(), features.columns());
    let rows = all.min(if columns > SIDE { SIDE } else { NUMBERS / columns.max(1) });
    let chosen: Vec<usize> = (0..rows).map(|i| i * all / rows).collect();
    let values = read(features.subset(&chosen)?.values).await?;
    let matrix = DMatrix::from_row_iterator(rows, columns, values.into_iter().map(f64::from));
    decompose(matrix, axes)
}

fn decompose(mut matrix: DMatrix<f64>, axes: usize) -> Result<Spectrum> {
    // Rounding of the features themselves is no spread.
    let nothing = 8.0 * f64::from(f32::EPSILON) * matrix.norm();
    let mean = matrix.row_mean();
    matrix.row_iter_mut().for_each(|mut row| row -= &mean);

    // XᵀX and XXᵀ have the same eigenvalues, save zeros; the smaller is far less work.
    let wide = matrix.ncols() > matrix.nrows();
    let gram = if wide { &matrix * matrix.transpose() } else { matrix.transpose() * &matrix };
    let rounds = ROUNDS * gram.nrows().max(1);
    let eigen = SymmetricEigen::try_new(gram, f64::EPSILON, rounds)
        .ok_or_else(|| Error::device("its features have no principal axes"))?;
    let mut order: Vec<usize> = (0..eigen.eigenvalues.len()).collect();
    order.sort_by(|&a, &b| eigen.eigenvalues[b].total_cmp(&eigen.eigenvalues[a]));

    let singular = |index: usize| {
        let value = eigen.eigenvalues[index].max(0.0).sqrt();
        if value > nothing { value } else { 0.0 }
    };
    let axis = |&index: &usize| {
        let vector = eigen.eigenvectors.column(index).into_owned();
        let vector = if wide { matrix.tr_mul(&vector) } else { vector };
        if singular(index) > 0.0 { direction(vector) } else { vec![0.0; matrix.ncols()] }
    };
    Ok(Spectrum {
        mean: mean.iter().copied().collect(),
        axes: order.iter().take(axes).map(axis).collect(),
        singular: order.into_iter().map(singular).collect(),
    })
}

/// The vector at length one, its number that is largest in size made positive.
fn direction(vector: DVector<f64>) -> Vec<f64> {
    let length = vector.norm().copysign(vector[vector.icamax()]);
    vector.iter().map(|value| value / length).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wide_and_tall_matrices_have_the_axes_that_put_them_together_again() {
        for (rows, columns) in [(4, 9), (9, 4)] {
            let value = |row, column| ((row * 5 + column * 3 + row * column) % 11) as f64;
            let matrix = DMatrix::from_fn(rows, columns, value);
            let found = decompose(matrix.clone(), 4).unwrap();
            let centred = |row: usize, column: usize| value(row, column) - found.mean[column];
            for row in 0..rows {
                let along = |axis: &Vec<f64>| -> f64 {
                    (0..columns).map(|column| centred(row, column) * axis[column]).sum()
                };
                for column in 0..columns {
                    let again: f64 = found.axes.iter().map(|axis| along(axis) * axis[column]).sum();
                    assert!((again - centred(row, column)).abs() < 1e-9);
                }
            }
            assert!(found.singular.windows(2).all(|pair| pair[0] >= pair[1]));
        }
    }

    #[test]
    fn values_that_are_all_equal_or_missing_have_no_spread() {
        for matrix in [DMatrix::from_element(3, 5, 0.1), DMatrix::from_element(1, 5, 0.1)] {
            let found = decompose(matrix, 2).unwrap();
            assert!(found.singular.iter().all(|&value| value == 0.0));
            assert!(found.axes.iter().flatten().all(|&value| value == 0.0));
        }
    }

    #[test]
    fn the_largest_number_of_an_axis_is_positive() {
        assert_eq!(direction(DVector::from_vec(vec![0.6, -0.8])), [-0.6, 0.8]);
    }
}
