//! From a file to a square of RGB bytes.

use std::fs::File;
use std::io::BufReader;
use std::path::Path;

use image::imageops::{FilterType, resize};
use image::{DynamicImage, ImageDecoder, ImageReader, Rgb, RgbImage};

/// Of a decoded picture: 170 megapixels of three bytes.
const MOST_BYTES: u64 = 1 << 29;

/// The middle square of a picture, upright, on white where it is transparent, as `side · side · 3` bytes.
///
/// What kind of picture it is, its content says and not its name.
///
/// # Errors
/// Why it cannot be decoded.
pub fn decode(path: &Path, side: usize) -> Result<Vec<u8>, String> {
    // A pipe or a device could be waited for for ever.
    if !path.is_file() {
        return Err("it is not a file".into());
    }
    let file = File::open(path).map_err(|error| error.to_string())?;
    let reader = ImageReader::new(BufReader::new(file)).with_guessed_format();
    let reader = reader.map_err(|error| error.to_string())?;
    let mut decoder = reader.into_decoder().map_err(|error| error.to_string())?;
    if decoder.total_bytes() > MOST_BYTES {
        let (width, height) = decoder.dimensions();
        return Err(format!("{width} by {height} pixels are too many"));
    }
    let orientation = decoder.orientation().map_err(|error| error.to_string())?;
    let mut image = DynamicImage::from_decoder(decoder).map_err(|error| error.to_string())?;
    image.apply_orientation(orientation);
    let side = u32::try_from(side).map_err(|error| error.to_string())?;
    Ok(resize(&on_white(&middle(&image)), side, side, FilterType::CatmullRom).into_raw())
}

/// The largest square in the middle.
fn middle(image: &DynamicImage) -> DynamicImage {
    let (width, height) = (image.width(), image.height());
    let side = width.min(height);
    image.crop_imm((width - side) / 2, (height - side) / 2, side, side)
}

fn on_white(image: &DynamicImage) -> RgbImage {
    if !image.color().has_alpha() {
        return image.to_rgb8();
    }
    let rgba = image.to_rgba8();
    RgbImage::from_fn(rgba.width(), rgba.height(), |x, y| {
        let [red, green, blue, alpha] = rgba.get_pixel(x, y).0.map(u32::from);
        Rgb([red, green, blue].map(|color| {
            // Rounded, and at most 255.
            ((color * alpha + 255 * (255 - alpha) + 127) / 255) as u8
        }))
    })
}
