//! Squares at another side.

use image::RgbImage;
use image::imageops::{FilterType, resize};

use crate::{Error, Result};

/// A square of RGB bytes at another side: averaged where it becomes smaller, interpolated where it
/// becomes larger.
///
/// # Errors
/// [`Error::WrongPixelCount`] where the bytes are not `from · from · 3`; it names the picture.
pub fn resize_square(name: &str, rgb: &[u8], from: usize, to: usize) -> Result<Vec<u8>> {
    if from == to {
        return Ok(rgb.to_vec());
    }
    let needed = from.saturating_mul(from).saturating_mul(3);
    let wrong =
        || Error::WrongPixelCount { name: name.into(), bytes: rgb.len(), side: from, needed };
    if needed == 0 || rgb.len() != needed {
        return Err(wrong());
    }
    let [width, side] = [from, to].map(|side| side as u32);
    let square = RgbImage::from_raw(width, width, rgb.to_vec()).ok_or_else(wrong)?;
    Ok(resize(&square, side, side, FilterType::Triangle).into_raw())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_smaller_square_is_the_average_of_the_larger() {
        let stripes: Vec<u8> =
            (0..64).flat_map(|i| [if i % 2 == 0 { 0 } else { 200 }; 3]).collect();
        let small = resize_square("stripes", &stripes, 8, 2).unwrap();
        assert_eq!(small.len(), 12);
        assert!(small.iter().all(|&value| value.abs_diff(100) < 15), "{small:?}");
    }

    #[test]
    fn a_plain_square_stays_plain_at_any_side() {
        for (from, to) in [(64, 16), (16, 64), (32, 48), (1, 16), (64, 64)] {
            let plain = [10, 20, 30].repeat(from * from);
            assert_eq!(resize_square("", &plain, from, to).unwrap(), [10, 20, 30].repeat(to * to));
        }
    }

    #[test]
    fn bytes_that_are_no_square_are_refused_by_name() {
        let error = resize_square("short.png", &[0; 5], 4, 8).unwrap_err();
        assert!(error.to_string().contains("short.png"));
        for side in [0, usize::MAX] {
            assert!(resize_square("empty.png", &[], side, 8).is_err());
        }
    }
}
