//! A map of the pictures: principal component analysis.

use burn::tensor::{Tensor, TensorData};
use serde::Serialize;

use super::Features;
use super::features::read;
use super::spectrum::{Spectrum, spectrum};
use crate::{Error, Result};

/// Where each picture lies along the directions in which all of them spread most.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Pca {
    /// 2 or 3.
    pub dimensions: usize,
    /// Row by row, `[rows, dimensions]`, in the units of the features.
    pub coordinates: Vec<f32>,
    /// Share of the variance that lies along each dimension, the largest first, 0..1.
    pub explained: Vec<f64>,
}

/// Principal component analysis (Pearson 1901) of the features, to 2 or 3 dimensions.
///
/// Deterministic: the sign of an axis is that which makes its largest number positive. Dimensions
/// beyond the spread are 0.
///
/// Evenly chosen rows decide the axes where there are many: 512 of them if there are more than 512
/// columns (as pixels have), else as many as have a million numbers. All rows are then placed along
/// these axes.
///
/// ```
/// use burn::tensor::{Device, Tensor};
/// use contrastive_playground::evaluate::{Features, pca};
/// let values = Tensor::from_floats([[1.0, 5.0], [2.0, 5.0], [3.0, 5.0]], &Device::flex());
/// let map = pollster::block_on(pca(&Features { values }, 2)).unwrap();
/// assert_eq!(map.coordinates, [-1.0, 0.0, 0.0, 0.0, 1.0, 0.0]);
/// assert_eq!(map.explained, [1.0, 0.0]);
/// ```
///
/// # Errors
/// [`Error::SettingOutOfRange`] for other than 2 or 3 dimensions, and [`Error::Device`].
pub async fn pca(features: &Features, dimensions: usize) -> Result<Pca> {
    Error::check_range("dimensions", dimensions as f64, 2.0..=3.0)?;
    let mut spectrum = spectrum(features, dimensions).await?;
    spectrum.axes.resize(dimensions, vec![0.0; features.columns()]);
    let coordinates = read(project(features, &spectrum)).await?;
    let total: f64 = spectrum.singular.iter().map(|value| value * value).sum();
    let share = |dimension| {
        let value: f64 = spectrum.singular.get(dimension).copied().unwrap_or(0.0);
        if total > 0.0 { value * value / total } else { 0.0 }
    };
    Ok(Pca { dimensions, coordinates, explained: (0..dimensions).map(share).collect() })
}

/// On the device, so that only the coordinates have to be read, `[rows, axes]`.
fn project(features: &Features, spectrum: &Spectrum) -> Tensor<2> {
    let device = features.values.device();
    let upload =
        |values: Vec<f32>, shape| Tensor::<2>::from_data(TensorData::new(values, shape), &device);
    let columns = features.columns();
    let mean = upload(spectrum.mean.iter().map(|&v| v as f32).collect(), [1, columns]);
    let axes = spectrum.axes.iter().flatten().map(|&v| v as f32).collect();
    let axes = upload(axes, [spectrum.axes.len(), columns]);
    (features.values.clone() - mean).matmul(axes.transpose())
}

#[cfg(test)]
mod tests {
    use super::*;
    use burn::tensor::Device;
    use pollster::block_on;

    fn of(values: Vec<f32>, columns: usize, dimensions: usize) -> Pca {
        let shape = [values.len() / columns, columns];
        let values = Tensor::from_data(TensorData::new(values, shape), &Device::flex());
        block_on(pca(&Features { values }, dimensions)).unwrap()
    }

    #[test]
    fn points_on_a_line_lie_along_the_first_axis_at_their_distances() {
        let direction = [2.0, -1.0, 2.0];
        let points = (0..7).flat_map(|i| direction.map(|d| 4.0 + d / 3.0 * i as f32)).collect();
        let map = of(points, 3, 2);
        for (i, point) in map.coordinates.chunks(2).enumerate() {
            assert!((point[0] - (i as f32 - 3.0)).abs() < 1e-5, "{point:?}");
            assert!(point[1].abs() < 1e-5);
        }
        assert!((map.explained[0] - 1.0).abs() < 1e-9);
    }

    #[test]
    fn the_shares_are_those_of_the_variances() {
        let map = of(vec![3.0, 0.0, -3.0, 0.0, 0.0, 1.0, 0.0, -1.0], 2, 3);
        let expected = [0.9, 0.1, 0.0];
        assert!(map.explained.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-9));
        let first: Vec<f32> = map.coordinates.chunks(3).map(|point| point[0]).collect();
        assert!(first.iter().zip([3.0, -3.0, 0.0, 0.0]).all(|(a, b)| (a - b).abs() < 1e-6));
    }

    #[test]
    fn a_single_picture_and_equal_pictures_lie_at_the_origin() {
        for rows in [1, 5] {
            let map = of([0.1, 0.7].repeat(rows), 2, 3);
            assert!(map.coordinates.iter().all(|c| c.abs() < 1e-6));
            assert_eq!(map.coordinates.len(), 3 * rows);
            assert_eq!(map.explained, [0.0; 3]);
        }
    }

    #[test]
    fn pixels_of_many_pictures_take_no_minutes() {
        let started = std::time::Instant::now();
        let columns = 3072;
        let values = (0..600 * columns).map(|i| ((i * i) % 997) as f32 / 997.0).collect();
        assert_eq!(of(values, columns, 2).coordinates.len(), 1200);
        assert!(started.elapsed().as_secs() < 20);
    }
}
