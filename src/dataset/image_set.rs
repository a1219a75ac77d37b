//! A set of pictures of one square side.

use burn::tensor::{Device, Tensor, TensorData};

use crate::{Error, Result};

/// The sides a picture can be kept at. All are multiples of 4, as two rounds of pooling need.
pub const SIDES: [usize; 4] = [16, 32, 48, 64];

/// Named RGB pictures of one square side, one byte a channel.
///
/// Bytes are row by row, red, green and blue of a pixel side by side, as a canvas has them less the
/// alpha: `[picture, row, column, channel]`.
#[derive(Debug, Clone, PartialEq)]
pub struct ImageSet {
    side: usize,
    pixels: Vec<u8>,
    names: Vec<String>,
}

impl ImageSet {
    /// A set without pictures.
    ///
    /// # Errors
    /// [`Error::SettingOutOfRange`] where `side` is not a multiple of 4 from 8 to 128.
    pub fn new(side: usize) -> Result<Self> {
        let multiple = if side.is_multiple_of(4) { side as f64 } else { f64::NAN };
        Error::check_range("side", multiple, 8.0..=128.0)?;
        Ok(Self { side, pixels: Vec::new(), names: Vec::new() })
    }

    /// Adds one picture of `side · side · 3` bytes.
    ///
    /// # Errors
    /// [`Error::WrongPixelCount`] where the bytes are not that many; the set is as before.
    pub fn push(&mut self, name: impl Into<String>, rgb: &[u8]) -> Result<()> {
        let name = name.into();
        if rgb.len() != self.bytes_each() {
            return Err(Error::WrongPixelCount {
                name,
                bytes: rgb.len(),
                side: self.side,
                needed: self.bytes_each(),
            });
        }
        self.pixels.extend_from_slice(rgb);
        self.names.push(name);
        Ok(())
    }

    pub fn side(&self) -> usize {
        self.side
    }

    pub fn len(&self) -> usize {
        self.names.len()
    }

    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The RGB bytes of one picture.
    pub fn rgb(&self, index: usize) -> Option<&[u8]> {
        let start = index.checked_mul(self.bytes_each())?;
        self.pixels.get(start..start + self.bytes_each())
    }

    /// The chosen pictures as `[picture, channel, row, column]` in 0..1.
    ///
    /// # Errors
    /// [`Error::NoSuch`] for an index outside the set.
    pub fn batch(&self, indices: &[usize], device: &Device) -> Result<Tensor<4>> {
        let plane = self.side * self.side;
        let mut values = vec![0.0f32; indices.len() * 3 * plane];
        for (&index, picture) in indices.iter().zip(values.chunks_exact_mut(3 * plane)) {
            let rgb = self.rgb(index).ok_or_else(|| Error::NoSuch {
                what: "picture".into(),
                index,
                count: self.len(),
            })?;
            for (pixel, color) in rgb.chunks_exact(3).enumerate() {
                for (channel, &byte) in color.iter().enumerate() {
                    picture[channel * plane + pixel] = f32::from(byte) / 255.0;
                }
            }
        }
        let shape = [indices.len(), 3, self.side, self.side];
        Ok(Tensor::from_data(TensorData::new(values, shape), device))
    }

    fn bytes_each(&self) -> usize {
        self.side * self.side * 3
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_batch_is_planar_and_between_zero_and_one() {
        let mut set = ImageSet::new(8).unwrap();
        let rgb: Vec<u8> = (0..8 * 8 * 3).map(|i| i as u8).collect();
        set.push("ramp", &rgb).unwrap();
        let batch = set.batch(&[0, 0], &Device::flex()).unwrap();
        assert_eq!(batch.dims(), [2, 3, 8, 8]);
        let values: Vec<f32> = batch.into_data().try_to_vec().unwrap();
        assert_eq!(values[0], 0.0);
        assert_eq!(values[1], 3.0 / 255.0);
        assert_eq!(values[64], 1.0 / 255.0);
        assert_eq!(values[192], 0.0);
    }

    #[test]
    fn a_picture_of_the_wrong_size_changes_nothing() {
        let mut set = ImageSet::new(8).unwrap();
        let error = set.push("short.png", &[0; 5]).unwrap_err();
        assert!(error.to_string().contains("short.png"));
        assert!(set.is_empty());
        assert!(set.batch(&[0], &Device::flex()).is_err());
    }

    #[test]
    fn a_side_that_cannot_be_pooled_twice_is_refused() {
        assert!(ImageSet::new(30).is_err());
        assert!(ImageSet::new(0).is_err());
        assert!(ImageSet::new(32).is_ok());
    }
}
