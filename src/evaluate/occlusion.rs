//! What of a picture makes it similar to its partner: hide a patch, and see what is lost.

use burn::tensor::{Device, Tensor, TensorData};
use serde::Serialize;

use super::features::{in_chunks, read, unit};
use crate::{Error, Result};

/// The patch that slides over the picture.
///
/// ```
/// use burn::tensor::{Device, Tensor};
/// use contrastive_playground::evaluate::OcclusionConfig;
/// use contrastive_playground::model::EncoderConfig;
/// let device = Device::flex();
/// let encoder = EncoderConfig::new(16).init(7, &device).unwrap();
/// let pair = Tensor::ones([2, 3, 16, 16], &device);
/// let config = OcclusionConfig { patch: 8, stride: 4 };
/// let map = config.map(pair, |images| encoder.forward(images));
/// let map = pollster::block_on(map).unwrap();
/// assert_eq!((map.across, map.drops.len()), (3, 9));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OcclusionConfig {
    /// Pixels of the patch's side.
    pub patch: usize,
    /// Pixels from one position to the next.
    pub stride: usize,
}

impl Default for OcclusionConfig {
    fn default() -> Self {
        Self { patch: 8, stride: 4 }
    }
}

/// How far the similarity of a pair falls with the patch at each position.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct OcclusionMap {
    /// Positions in a row, and rows of positions.
    pub across: usize,
    /// Pixels of the patch's side; position `(row, column)` hides the square from
    /// `(row · stride, column · stride)` on.
    pub patch: usize,
    pub stride: usize,
    /// Cosine similarity of the pair, nothing hidden.
    pub similarity: f32,
    /// The same less that with the patch in place, row by row, `[across, across]`: the larger, the
    /// more of the similarity was there; negative where hiding makes the pair more similar.
    pub drops: Vec<f32>,
}

impl OcclusionConfig {
    /// Occlusion map (Zeiler & Fergus 2014, arXiv:1311.2901) of a pair's cosine similarity. The
    /// patch slides over the first picture and has that picture's mean colour, a grey that adds no
    /// colour of its own. What lies beyond the last whole stride is never hidden.
    ///
    /// `embed` gives what is compared: the representation h, or the projection z that was trained.
    ///
    /// # Shapes
    /// - pair: `[2, 3, side, side]` in 0..1
    /// - embed: `[n, 3, side, side]` to `[n, d]`, without autodiff
    ///
    /// # Errors
    /// [`Error::SettingOutOfRange`] for a patch or a stride that is not from 1 to the side,
    /// [`Error::Mismatch`] for other than two pictures, and [`Error::Device`].
    pub async fn map(
        &self,
        pair: Tensor<4>,
        embed: impl Fn(Tensor<4>) -> Tensor<2>,
    ) -> Result<OcclusionMap> {
        let [pictures, channels, side, _] = pair.dims();
        Error::check_count("pictures of a pair", pictures, 2)?;
        Error::check_range("patch", self.patch as f64, 1.0..=side as f64)?;
        Error::check_range("stride", self.stride as f64, 1.0..=side as f64)?;
        let across = (side - self.patch) / self.stride + 1;

        let picture = pair.clone().narrow(0, 0, 1);
        let mean = picture.clone().reshape([1, channels, side * side]).mean_dim(2);
        let mean = mean.reshape([1, channels, 1, 1]);
        let occluded = in_chunks(across * across, |positions| {
            let mask = self.mask(positions, side, &pair.device());
            Ok(embed(picture.clone() * (1.0 - mask.clone()) + mean.clone() * mask))
        })?;
        // The two themselves come last, so that everything is read at once.
        let rows = unit(Tensor::cat(vec![occluded, embed(pair)], 0));
        let partner = rows.clone().narrow(0, across * across + 1, 1);
        let mut similarities = read(rows.matmul(partner.transpose())).await?;
        let similarity = similarities[across * across];
        similarities.truncate(across * across);
        let drops = similarities.iter().map(|hidden| similarity - hidden).collect();
        Ok(OcclusionMap { across, patch: self.patch, stride: self.stride, similarity, drops })
    }

    /// 1 where a pixel is hidden, `[positions, 1, side, side]`.
    fn mask(&self, positions: &[usize], side: usize, device: &Device) -> Tensor<4> {
        let across = (side - self.patch) / self.stride + 1;
        let mut values = vec![0.0f32; positions.len() * side * side];
        for (position, picture) in positions.iter().zip(values.chunks_exact_mut(side * side)) {
            let [top, left] = [position / across, position % across].map(|i| i * self.stride);
            for row in picture.chunks_exact_mut(side).skip(top).take(self.patch) {
                row[left..left + self.patch].fill(1.0);
            }
        }
        Tensor::from_data(TensorData::new(values, [positions.len(), 1, side, side]), device)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Encoder, EncoderConfig};
    use pollster::block_on;

    const SIDE: usize = 16;

    fn encoder() -> Encoder {
        EncoderConfig::new(SIDE).init(3, &Device::flex()).unwrap()
    }

    fn pictures(value: impl Fn(usize) -> f32) -> Tensor<4> {
        let values = (0..2 * 3 * SIDE * SIDE).map(value).collect::<Vec<_>>();
        Tensor::from_data(TensorData::new(values, [2, 3, SIDE, SIDE]), &Device::flex())
    }

    fn map(config: OcclusionConfig, pair: Tensor<4>) -> OcclusionMap {
        let encoder = encoder();
        block_on(config.map(pair, |images| encoder.forward(images))).unwrap()
    }

    #[test]
    fn hiding_a_part_of_one_colour_behind_that_colour_changes_nothing() {
        let plain = pictures(|i| [0.2, 0.5, 0.9][i / (SIDE * SIDE) % 3]);
        let map = map(OcclusionConfig::default(), plain);
        assert!((map.similarity - 1.0).abs() < 1e-5);
        assert!(map.drops.iter().all(|drop| drop.abs() < 1e-5));
    }

    #[test]
    fn every_position_is_that_of_a_picture_with_the_pixels_replaced() {
        let value = |i: usize| ((i * i) % 17) as f32 / 17.0;
        let config = OcclusionConfig { patch: 5, stride: 2 };
        let found = map(config, pictures(value));
        assert_eq!((found.across, found.drops.len()), (6, 36));
        let plane = SIDE * SIDE;
        let mean: Vec<f32> = (0..3)
            .map(|c| (0..plane).map(|i| value(c * plane + i)).sum::<f32>() / plane as f32)
            .collect();
        let cosine = |pair| {
            let h = block_on(read(unit(encoder().forward(pair)))).unwrap();
            let (a, b) = h.split_at(h.len() / 2);
            a.iter().zip(b).map(|(a, b)| a * b).sum::<f32>()
        };
        for (position, drop) in found.drops.iter().enumerate() {
            let (top, left) = (position / 6 * 2, position % 6 * 2);
            let hidden = pictures(|i| {
                let (row, column) = (i % plane / SIDE, i % SIDE);
                let inside = (top..top + 5).contains(&row) && (left..left + 5).contains(&column);
                if i < 3 * plane && inside { mean[i / plane] } else { value(i) }
            });
            assert!((found.similarity - drop - cosine(hidden)).abs() < 1e-5);
        }
    }

    #[test]
    fn hiding_what_the_pair_shares_costs_and_hiding_what_it_does_not_gains() {
        // Compared by the pixels themselves: the same mark on the left, another on the right of the
        // first.
        let pair = pictures(|i| match (i / (3 * SIDE * SIDE), i % SIDE) {
            (_, 0..4) => 1.0,
            (0, 12..) => 0.9,
            _ => 0.1,
        });
        let config = OcclusionConfig { patch: 4, stride: 4 };
        let found = block_on(config.map(pair, |images| images.flatten::<2>(1, 3))).unwrap();
        assert!(found.drops[0] > 0.0 && found.drops[3] < 0.0, "{:?}", found.drops);
    }

    #[test]
    fn a_patch_that_does_not_fit_is_refused() {
        for (patch, stride) in [(0, 4), (17, 4), (4, 0)] {
            let config = OcclusionConfig { patch, stride };
            let found = block_on(config.map(pictures(|_| 0.5), |x| x.flatten::<2>(1, 3)));
            assert!(matches!(found, Err(Error::SettingOutOfRange { .. })));
        }
    }
}
