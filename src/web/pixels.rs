//! Pixels for a canvas: RGBA bytes, row by row.

/// RGB bytes with an opaque alpha put in.
pub(super) fn rgba_from_rgb(rgb: &[u8]) -> Vec<u8> {
    rgb.chunks_exact(3).flat_map(|p| [p[0], p[1], p[2], 255]).collect()
}

/// `[pictures, 3, side, side]` in 0..1 to RGBA bytes, picture by picture.
pub(super) fn rgba_from_planar(values: &[f32], side: usize) -> Vec<u8> {
    let plane = side * side;
    let byte = |value: f32| (value * 255.0).round() as u8;
    values
        .chunks_exact(3 * plane)
        .flat_map(|picture| {
            (0..plane).flat_map(move |i| {
                [byte(picture[i]), byte(picture[plane + i]), byte(picture[2 * plane + i]), 255]
            })
        })
        .collect()
}
