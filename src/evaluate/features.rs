//! Pictures as rows of numbers: the representation of an encoder, or the pixels themselves.

use burn::module::Module;
use burn::tensor::{Device, Int, Tensor, TensorData};

use crate::dataset::ImageSet;
use crate::device::floats;
use crate::loss::normalize;
use crate::model::Encoder;
use crate::{Error, Result};

/// Pictures that an encoder is given at once: bounds the memory, and keeps one shape on the device.
const CHUNK: usize = 64;

/// One row a picture, on the device.
///
/// ```
/// use burn::tensor::Device;
/// use contrastive_playground::dataset::ShapesConfig;
/// use contrastive_playground::evaluate::Features;
/// use contrastive_playground::model::EncoderConfig;
/// let device = Device::flex();
/// let shapes = ShapesConfig { count: 5, side: 16, seed: 1 }.draw().unwrap();
/// let encoder = EncoderConfig::new(16).init(7, &device).unwrap();
/// let h = Features::encode(&encoder, &shapes.images, &device).unwrap();
/// assert_eq!([h.rows(), h.columns()], [5, 256]);
/// let pixels = Features::pixels(&shapes.images, &device).unwrap();
/// assert_eq!([pixels.rows(), pixels.columns()], [5, 3 * 16 * 16]);
/// ```
#[derive(Debug, Clone)]
pub struct Features {
    /// `[rows, columns]`, without autodiff.
    pub values: Tensor<2>,
}

impl Features {
    /// The representation h of every picture, as it is and not augmented. The projection head is
    /// left out, as SimCLR does after training (Chen et al. 2020, arXiv:2002.05709).
    ///
    /// `encoder` is one for pictures of this side; whether it is in training does not matter.
    ///
    /// # Errors
    /// [`Error::TooFewPictures`] for a set without pictures.
    pub fn encode(encoder: &Encoder, set: &ImageSet, device: &Device) -> Result<Self> {
        let device = device.clone().without_autodiff();
        let encoder = encoder.valid();
        let embed = |chunk: &[usize]| Ok(encoder.forward(set.batch(chunk, &device)?));
        Ok(Self { values: in_chunks(set.len(), embed)? })
    }

    /// Every picture's pixels in 0..1, `[pictures, 3 · side · side]`: the baseline that nothing was
    /// learned for. They are not centred.
    ///
    /// # Errors
    /// [`Error::TooFewPictures`] for a set without pictures.
    pub fn pixels(set: &ImageSet, device: &Device) -> Result<Self> {
        if set.is_empty() {
            return Err(Error::TooFewPictures { count: 0 });
        }
        let all: Vec<usize> = (0..set.len()).collect();
        let images = set.batch(&all, &device.clone().without_autodiff())?;
        Ok(Self { values: images.flatten::<2>(1, 3) })
    }

    /// The chosen rows.
    ///
    /// # Errors
    /// [`Error::NoSuch`] for a row that is not there.
    pub fn subset(&self, rows: &[usize]) -> Result<Self> {
        let count = self.rows();
        if let Some(&index) = rows.iter().find(|&&row| row >= count) {
            return Err(Error::NoSuch { what: "row".into(), index, count });
        }
        let chosen: Vec<i32> = rows.iter().map(|&row| row as i32).collect();
        let chosen = TensorData::new(chosen, [rows.len()]);
        let chosen = Tensor::<1, Int>::from_data(chosen, &self.values.device());
        Ok(Self { values: self.values.clone().select(0, chosen) })
    }

    /// Rows of length one, so that what is near is near by cosine.
    pub(crate) fn normalized(&self) -> Self {
        Self { values: normalize(self.values.clone()) }
    }

    pub fn rows(&self) -> usize {
        self.values.dims()[0]
    }

    /// Numbers a picture.
    pub fn columns(&self) -> usize {
        self.values.dims()[1]
    }
}

/// Embeds `count` pictures by their numbers, chunk by chunk. The last chunk repeats its last
/// picture until it is full, so that the device meets no new shape.
pub(super) fn in_chunks(
    count: usize,
    embed: impl Fn(&[usize]) -> Result<Tensor<2>>,
) -> Result<Tensor<2>> {
    if count == 0 {
        return Err(Error::TooFewPictures { count });
    }
    let size = CHUNK.min(count);
    let chunk =
        |start: usize| (start..start + size).map(|i| i.min(count - 1)).collect::<Vec<usize>>();
    let chunks = (0..count).step_by(size).map(|start| embed(&chunk(start)));
    let values = Tensor::cat(chunks.collect::<Result<Vec<_>>>()?, 0);
    Ok(values.narrow(0, 0, count))
}

/// Reads a tensor row by row, in the one way that a browser's WebGPU allows.
///
/// # Errors
/// [`Error::Device`] where it cannot be read, or has values that are not finite numbers.
pub(super) async fn read<const D: usize>(tensor: Tensor<D>) -> Result<Vec<f32>> {
    let values = floats(tensor.into_data_async().await.map_err(Error::device)?)?;
    if values.iter().all(|value| value.is_finite()) {
        return Ok(values);
    }
    Err(Error::device("it gave values that are not numbers"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dataset::ShapesConfig;
    use crate::model::EncoderConfig;
    use pollster::block_on;

    #[test]
    fn chunks_give_what_the_encoder_gives_at_once() {
        let device = Device::flex();
        let count = CHUNK + 3;
        let set = ShapesConfig { count, side: 8, seed: 2 }.draw().unwrap().images;
        let encoder = EncoderConfig::new(8).init(1, &device).unwrap();
        let all: Vec<usize> = (0..count).collect();
        let expected = encoder.forward(set.batch(&all, &device).unwrap());
        let found = Features::encode(&encoder, &set, &device).unwrap();
        assert_eq!([found.rows(), found.columns()], [count, 256]);
        let difference = block_on(read((found.values - expected).abs())).unwrap();
        assert!(difference.iter().all(|&d| d < 1e-5));
    }

    #[test]
    fn an_encoder_in_training_can_be_looked_at() {
        let set = ShapesConfig { count: 3, side: 8, seed: 2 }.draw().unwrap().images;
        let device = Device::flex().autodiff();
        let encoder = EncoderConfig::new(8).init(1, &device).unwrap();
        let found = Features::encode(&encoder, &set, &device).unwrap();
        assert!(!found.values.is_autodiff());
    }

    #[test]
    fn pixels_are_between_zero_and_one_and_a_subset_keeps_its_order() {
        let mut set = ImageSet::new(8).unwrap();
        for value in [0, 51, 255] {
            set.push("plain", &[value; 192]).unwrap();
        }
        let pixels = Features::pixels(&set, &Device::flex()).unwrap();
        let chosen = block_on(read(pixels.subset(&[2, 1]).unwrap().values)).unwrap();
        assert!(chosen[..192].iter().all(|&v| v == 1.0));
        assert!(chosen[192..].iter().all(|&v| v == 0.2));
        assert!(pixels.subset(&[3]).is_err());
    }

    #[test]
    fn a_set_without_pictures_and_values_without_numbers_are_errors() {
        let set = ImageSet::new(8).unwrap();
        assert!(Features::pixels(&set, &Device::flex()).is_err());
        let tensor = Tensor::<1>::from_floats([1.0, f32::NAN], &Device::flex());
        assert!(block_on(read(tensor)).is_err());
    }
}
