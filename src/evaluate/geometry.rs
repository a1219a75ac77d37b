//! Where embeddings lie on the sphere: whether pairs meet, whether all spread, and over how many
//! dimensions.

use burn::tensor::Tensor;

use super::Features;
use super::spectrum::spectrum;
use crate::{Result, ops};

/// [`alignment`], [`uniformity`] and [`spread`] of the same rows, `[3]`.
pub fn geometry(z: Tensor<2>) -> Tensor<1> {
    ops::statistics(z)
}

/// Mean ‖x − y‖² over the positive pairs, on the unit sphere (Wang & Isola 2020, arXiv:2005.10242,
/// with α = 2): 0 where the views of a pair coincide, 2 where they are as good as unrelated, at
/// most 4.
///
/// Nothing is read from the device, so it can be had at every step and shown at some.
///
/// ```
/// use burn::tensor::{Device, Tensor};
/// use contrastive_playground::evaluate::{alignment, uniformity};
/// let views = [[1.0, 0.0], [0.0, 1.0], [1.0, 0.0], [0.0, 1.0]];
/// let z = Tensor::<2>::from_floats(views, &Device::flex());
/// assert_eq!(alignment(z.clone()).into_scalar::<f32>(), 0.0);
/// // Of 12 ordered pairs 4 are 0 apart and 8 are √2 apart.
/// let expected = ((4.0 + 8.0 * (-4f32).exp()) / 12.0).ln();
/// assert!((uniformity(z).into_scalar::<f32>() - expected).abs() < 1e-5);
/// ```
///
/// # Shapes
/// - z: `[2N, d]` of any length, N at least 1; rows i and i + N are a pair
/// - output: `[1]`
pub fn alignment(z: Tensor<2>) -> Tensor<1> {
    geometry(z).narrow(0, 0, 1)
}

/// Mean ‖x − x̄‖² of the rows on the unit sphere, with their mean x̄: 1 where they spread evenly, 0 where all are one,
/// as after complete collapse. Rows of zeros, which have no direction, count as one. Nothing is read from the device.
///
/// ```
/// use burn::tensor::{Device, Tensor};
/// use contrastive_playground::evaluate::spread;
/// let of = |rows: [[f32; 2]; 2]| spread(Tensor::from_floats(rows, &Device::flex())).into_scalar::<f32>();
/// assert_eq!(of([[2.0, 0.0], [-1.0, 0.0]]), 1.0);
/// assert_eq!(of([[2.0, 0.0], [1.0, 0.0]]), 0.0);
/// assert_eq!(of([[0.0, 0.0], [0.0, 0.0]]), 0.0);
/// ```
///
/// # Shapes
/// - z: `[rows, d]` of any length
/// - output: `[1]`
pub fn spread(z: Tensor<2>) -> Tensor<1> {
    geometry(z).narrow(0, 2, 1)
}

/// log of the mean of exp(−2 ‖xᵢ − xⱼ‖²) over all i ≠ j, on the unit sphere (Wang & Isola 2020,
/// arXiv:2005.10242, with t = 2): 0 where all rows coincide, the lower the more evenly they spread,
/// and never below −8. The rows of a pair count too. Nothing is read from the device.
///
/// # Shapes
/// - z: `[rows, d]` of any length, at least 2 rows
/// - output: `[1]`
pub fn uniformity(z: Tensor<2>) -> Tensor<1> {
    geometry(z).narrow(0, 1, 1)
}

/// Over how many dimensions the rows spread: exp of the entropy of the singular values of the
/// centred features, as shares of their sum (Roy & Vetterli 2007, "The effective rank"). From 1,
/// where all lie on a line, to the number of columns or of rows less one; 0 where all rows are the
/// same, which is complete collapse.
///
/// Evenly chosen rows stand for all where there are many: 512 of them if there are more than 512
/// columns, else as many as have a million numbers.
///
/// # Errors
/// [`Error::Device`](crate::Error::Device) where the features cannot be read or are not numbers.
pub async fn effective_rank(features: &Features) -> Result<f64> {
    let singular = spectrum(features, 0).await?.singular;
    let sum: f64 = singular.iter().sum();
    if sum == 0.0 {
        return Ok(0.0);
    }
    let shares = singular.iter().map(|value| value / sum).filter(|&share| share > 0.0);
    Ok((-shares.map(|share| share * share.ln()).sum::<f64>()).exp())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::{Purpose, stream};
    use burn::tensor::{Device, TensorData};
    use pollster::block_on;
    use rand::RngExt;

    fn matrix(values: Vec<f32>, columns: usize) -> Tensor<2> {
        let rows = values.len() / columns;
        Tensor::from_data(TensorData::new(values, [rows, columns]), &Device::flex())
    }

    fn random(rows: usize, columns: usize) -> Vec<f32> {
        let mut rng = stream(3, Purpose::Shapes, 0);
        (0..rows * columns).map(|_| rng.random_range(-1.0..1.0)).collect()
    }

    fn rank(values: Vec<f32>, columns: usize) -> f64 {
        block_on(effective_rank(&Features { values: matrix(values, columns) })).unwrap()
    }

    /// Alignment, uniformity and spread by their definitions.
    fn by_hand(values: &[f32], columns: usize) -> [f64; 3] {
        let unit = |row: &[f32]| -> Vec<f64> {
            let row: Vec<f64> = row.iter().map(|&v| f64::from(v)).collect();
            let length = row.iter().map(|v| v * v).sum::<f64>().sqrt();
            row.iter().map(|v| v / length).collect()
        };
        let apart =
            |a: &[f64], b: &[f64]| -> f64 { a.iter().zip(b).map(|(a, b)| (a - b).powi(2)).sum() };
        let rows: Vec<Vec<f64>> = values.chunks(columns).map(unit).collect();
        let (count, pairs) = (rows.len(), rows.len() / 2);
        let aligned: f64 = (0..pairs).map(|i| apart(&rows[i], &rows[i + pairs])).sum();
        let others = (0..count * count).filter(|i| i / count != i % count);
        let near = others.map(|i| (-2.0 * apart(&rows[i / count], &rows[i % count])).exp());
        let uniform = near.sum::<f64>() / (count * (count - 1)) as f64;
        let mean = |column: usize| rows.iter().map(|row| row[column]).sum::<f64>() / count as f64;
        let middle: Vec<f64> = (0..columns).map(mean).collect();
        let spread: f64 = rows.iter().map(|row| apart(row, &middle)).sum();
        [aligned / pairs as f64, uniform.ln(), spread / count as f64]
    }

    #[test]
    fn all_are_those_of_a_plain_loop_in_double_precision() {
        // Kernels take eight numbers at a time, or sixty-four rows.
        for (rows, columns) in [(10, 6), (2, 1), (3, 8), (16, 9), (31, 17), (64, 64), (130, 33)] {
            let values = random(rows, columns);
            let expected = by_hand(&values, columns);
            let found: Vec<f64> = geometry(matrix(values, columns)).into_data().iter().collect();
            for (found, expected) in found.into_iter().zip(expected) {
                let near = (found - expected).abs() < 1e-5;
                assert!(near, "{rows} × {columns}: {found} where {expected} is expected");
            }
        }
    }

    #[test]
    fn two_opposite_points_are_as_far_from_aligned_and_as_uniform_as_can_be() {
        let z = matrix(vec![3.0, 0.0, -0.5, 0.0], 2);
        assert!((alignment(z.clone()).into_scalar::<f32>() - 4.0).abs() < 1e-6);
        assert!((uniformity(z).into_scalar::<f32>() + 8.0).abs() < 1e-5);
    }

    #[test]
    fn a_collapsed_set_is_aligned_and_not_uniform() {
        let z = matrix([0.3, -0.7, 0.2].repeat(8), 3);
        assert!(alignment(z.clone()).into_scalar::<f32>() < 1e-10);
        assert!(uniformity(z).into_scalar::<f32>().abs() < 1e-5);
    }

    #[test]
    fn the_axes_in_both_directions_have_full_rank() {
        // ±e for each axis: already centred, and all singular values are √2.
        let mut values = vec![0.0; 2 * 5 * 5];
        for axis in 0..5 {
            values[axis * 5 + axis] = 1.0;
            values[(5 + axis) * 5 + axis] = -1.0;
        }
        assert!((rank(values, 5) - 5.0).abs() < 1e-6);
    }

    #[test]
    fn a_line_has_rank_1_and_a_point_0() {
        let line = (0..40).flat_map(|i| [1.0, -2.0, 0.5].map(|v| 3.0 + v * i as f32)).collect();
        assert!((rank(line, 3) - 1.0).abs() < 1e-3);
        assert_eq!(rank([0.1, 0.2, 0.3].repeat(40), 3), 0.0);
        assert_eq!(rank(vec![0.0; 12], 3), 0.0);
        assert_eq!(rank(vec![0.4, 0.1, 0.3], 3), 0.0);
    }

    #[test]
    fn a_known_pair_of_singular_values_gives_its_entropy() {
        // Singular values √2 · 3 and √2 · 1: shares 3/4 and 1/4.
        let found = rank(vec![3.0, 0.0, -3.0, 0.0, 0.0, 1.0, 0.0, -1.0], 2);
        let expected = (-(0.75f64 * 0.75f64.ln() + 0.25 * 0.25f64.ln())).exp();
        assert!((found - expected).abs() < 1e-6);
    }

    #[test]
    fn few_rows_and_many_columns_have_the_rank_of_their_transpose() {
        // Centred both ways, a matrix and its transpose have the same singular values.
        let (rows, columns) = (6, 20);
        let values = random(rows, columns);
        let mean = |of: &dyn Fn(usize) -> f32, count: usize| {
            (0..count).map(of).sum::<f32>() / count as f32
        };
        let all = mean(&|i| values[i], rows * columns);
        let centred = |row: usize, column: usize| {
            let of_row = mean(&|c| values[row * columns + c], columns);
            let of_column = mean(&|r| values[r * columns + column], rows);
            values[row * columns + column] - of_row - of_column + all
        };
        let wide = (0..rows * columns).map(|i| centred(i / columns, i % columns)).collect();
        let tall = (0..rows * columns).map(|i| centred(i % rows, i / rows)).collect();
        assert!((rank(wide, columns) - rank(tall, rows)).abs() < 1e-3);
    }
}
