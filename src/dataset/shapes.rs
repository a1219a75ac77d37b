//! The built-in set: small drawn pictures whose every factor is known.
//!
//! A picture shows one shape four times over, bright on dark. Both are for learning's sake: a random
//! crop nearly always shows the shape, and a network that starts with nothing finds the views of a
//! picture with strong edges in a few hundred steps. The colours are as near to each other as colour
//! jitter moves them, so that it depends on the augmentation whether they can be told apart.

use rand::RngExt;
use serde::Serialize;

use super::ImageSet;
use crate::Result;
use crate::random::{Purpose, stream};

/// Red, green and blue in 0..1.
pub type Rgb = [f32; 3];

/// How many colours a shape can have, from red to yellow in equal steps.
const COLORS: usize = 6;

/// What part of the hue circle they span. SimCLR's colour jitter moves a hue by a tenth of it.
const HUES: f32 = 0.25;

/// How often a picture shows its shape.
const COPIES: usize = 4;

/// Every shape lies within so many radii of its middle,
const REACH: f32 = 1.1;

/// and each radius beyond is at least so much more distance from it.
const SLOPE: f32 = 0.35;

/// What is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum ShapeKind {
    Circle,
    Ring,
    Square,
    Triangle,
    Star,
    Cross,
}

impl ShapeKind {
    pub const ALL: [Self; 6] =
        [Self::Circle, Self::Ring, Self::Square, Self::Triangle, Self::Star, Self::Cross];

    /// Label of the pictures that show it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Circle => "circle",
            Self::Ring => "ring",
            Self::Square => "square",
            Self::Triangle => "triangle",
            Self::Star => "star",
            Self::Cross => "cross",
        }
    }

    /// Signed distance, negative inside, from a point to a shape that just fits the unit circle.
    fn distance(self, x: f32, y: f32) -> f32 {
        let radius = || (x * x + y * y).sqrt();
        match self {
            Self::Circle => radius() - 0.9,
            Self::Ring => (radius() - 0.7).abs() - 0.2,
            Self::Square => x.abs().max(y.abs()) - 0.75,
            Self::Triangle => y.max(x.abs() * 0.75_f32.sqrt() - 0.5 * y) - 0.5,
            Self::Star => star(x, y),
            Self::Cross => {
                let (long, short) = (x.abs().max(y.abs()), x.abs().min(y.abs()));
                (long - 0.95).max(short - 0.32)
            }
        }
    }
}

/// A five-pointed star: each of ten mirrored sectors is cut by the line from a tip at 1 to a notch at 0.42.
fn star(x: f32, y: f32) -> f32 {
    // Sine and cosine of no fifth of a turn, one and two; the other tips mirror them.
    let tips: [[f32; 2]; 3] = [[0.0, 1.0], [0.951_056_5, 0.309_017], [0.587_785_3, -0.809_017]];
    let x = x.abs();
    let from = tips.map(|[sin, cos]| [x * sin + y * cos, (x * cos - y * sin).abs()]);
    let nearer = |a: [f32; 2], b: [f32; 2]| if a[0] > b[0] { a } else { b };
    let [along, across] = nearer(nearer(from[0], from[1]), from[2]);
    0.350_240_2 * (along - 1.0) + 0.936_659_9 * across
}

/// Everything that was chosen when a picture was drawn.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Factors {
    pub shape: ShapeKind,
    /// Which of six hues, from red to yellow.
    pub color: usize,
    /// Radius, as a share of the side.
    pub size: f32,
    /// Middle of the four, as a share of the side from the left.
    pub x: f32,
    /// Middle of the four, as a share of the side from the top.
    pub y: f32,
    /// Where each of the four stands, to the right and down from the middle, as shares of the side.
    pub places: [[f32; 2]; COPIES],
    /// Radians, clockwise.
    pub rotation: f32,
    /// Top colour of the background, which darkens a little towards the bottom.
    pub background: Rgb,
}

impl Factors {
    fn sample(rng: &mut impl rand::Rng) -> Self {
        let mut near = |middle: f32, distance: f32| middle + distance * rng.random_range(-1.0..1.0);
        let places = [[-0.25, -0.25], [0.25, -0.25], [-0.25, 0.25], [0.25, 0.25]]
            .map(|place: [f32; 2]| place.map(|middle| near(middle, 0.1)));
        let [x, y] = [0.5, 0.5].map(|middle| near(middle, 0.1));
        let rotation = near(0.0, 0.2);
        Self {
            shape: ShapeKind::ALL[rng.random_range(0..ShapeKind::ALL.len())],
            color: rng.random_range(0..COLORS),
            size: rng.random_range(0.2..0.3),
            x,
            y,
            places,
            rotation,
            background: hsv(rng.random(), rng.random_range(0.0..0.5), rng.random_range(0.0..0.12)),
        }
    }

    /// The shape's colour.
    pub fn rgb(&self) -> Rgb {
        hsv(HUES * self.color as f32 / COLORS as f32, 0.85, 0.9)
    }

    /// Draws the picture, anti-aliased, as `side · side · 3` bytes.
    pub fn draw(&self, side: usize) -> Vec<u8> {
        let foreground = self.rgb();
        let covered = self.covered(side);
        let mut pixels = vec![[0; 3]; side * side];
        let rows = pixels.chunks_exact_mut(side).zip(covered.chunks_exact(side));
        for (row, (pixels, covered)) in rows.enumerate() {
            let down = (row as f32 + 0.5) / side as f32;
            let blend = |inside: f32| -> [u8; 3] {
                let outside = (1.0 - inside) * (1.0 - 0.3 * down);
                core::array::from_fn(|channel| {
                    let value = inside * foreground[channel] + outside * self.background[channel];
                    (value * 255.0 + 0.5) as u8
                })
            };
            // All but the rim has one of two colours.
            let (behind, before) = (blend(0.0), blend(1.0));
            for (pixel, &inside) in pixels.iter_mut().zip(covered) {
                *pixel = match inside {
                    0.0 => behind,
                    1.0 => before,
                    _ => blend(inside),
                };
            }
        }
        pixels.into_flattened()
    }

    /// How much of each pixel the four cover, 0..1.
    fn covered(&self, side: usize) -> Vec<f32> {
        let pixels = side as f32;
        let (sin, cos) = self.rotation.sin_cos();
        let reach = self.reach(side) * self.size;
        let near = |middle: f32| {
            let edge = |at: f32| (at * pixels).clamp(0.0, pixels) as usize;
            edge(middle - reach)..edge(middle + reach)
        };
        let mut covered = vec![0.0_f32; side * side];
        for place in self.places {
            let [x, y] = [self.x + place[0], self.y + place[1]];
            let from = |at: usize, middle: f32| ((at as f32 + 0.5) / pixels - middle) / self.size;
            for row in near(y) {
                let down = from(row, y);
                for column in near(x) {
                    let right = from(column, x);
                    let distance =
                        self.shape.distance(right * cos + down * sin, down * cos - right * sin);
                    let inside = (0.5 - distance * self.size * pixels).clamp(0.0, 1.0);
                    let at = &mut covered[row * side + column];
                    *at = at.max(inside);
                }
            }
        }
        covered
    }

    /// How many radii from its middle a shape may colour a pixel: to half a pixel from its edge, and twice that here.
    fn reach(&self, side: usize) -> f32 {
        REACH + 1.0 / (self.size * side as f32 * SLOPE)
    }
}

/// Hue, saturation and value in 0..1 to red, green and blue.
fn hsv(hue: f32, saturation: f32, value: f32) -> Rgb {
    [5.0, 3.0, 1.0].map(|offset| {
        let sector: f32 = (offset + hue * 6.0).rem_euclid(6.0);
        value - value * saturation * sector.min(4.0 - sector).clamp(0.0, 1.0)
    })
}

/// How to draw the built-in set.
///
/// ```
/// use contrastive_playground::dataset::ShapesConfig;
/// let shapes = ShapesConfig { count: 12, ..Default::default() }.draw().unwrap();
/// assert_eq!(shapes.images.len(), shapes.factors.len());
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ShapesConfig {
    pub count: usize,
    pub side: usize,
    pub seed: u64,
}

impl Default for ShapesConfig {
    fn default() -> Self {
        Self { count: 1024, side: 32, seed: 0 }
    }
}

/// Drawn pictures and what was drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct Shapes {
    pub images: ImageSet,
    pub factors: Vec<Factors>,
}

impl ShapesConfig {
    /// Other pictures of the same kind, to judge by: half as many, from a seed of their own.
    pub fn held_out(&self) -> Self {
        Self { count: self.count.div_ceil(2), seed: self.seed.wrapping_add(1 << 32), ..*self }
    }

    /// Draws the set. A picture depends on the seed and its own number only.
    ///
    /// # Errors
    /// [`Error::SettingOutOfRange`](crate::Error::SettingOutOfRange) for a side that cannot be used.
    pub fn draw(&self) -> Result<Shapes> {
        let mut images = ImageSet::new(self.side)?;
        let mut factors = Vec::with_capacity(self.count);
        for number in 0..self.count {
            let drawn = Factors::sample(&mut stream(self.seed, Purpose::Shapes, number as u64));
            let shape = drawn.shape.name();
            images.push_labelled(
                format!("{shape} {}", number + 1),
                shape,
                &drawn.draw(self.side),
            )?;
            factors.push(drawn);
        }
        Ok(Shapes { images, factors })
    }
}

#[cfg(test)]
mod tests {
    use core::f32::consts::TAU;

    use super::*;

    #[test]
    fn the_same_seed_draws_the_same_pictures() {
        let config = ShapesConfig { count: 20, ..Default::default() };
        assert_eq!(config.draw().unwrap(), config.draw().unwrap());
        let other = ShapesConfig { seed: 1, ..config };
        assert_ne!(config.draw().unwrap(), other.draw().unwrap());
    }

    #[test]
    fn every_shape_and_colour_occurs_in_the_default_set() {
        let shapes = ShapesConfig::default().draw().unwrap();
        assert!(shapes.images.len() >= 1000);
        for kind in ShapeKind::ALL {
            assert!(shapes.factors.iter().any(|f| f.shape == kind));
        }
        for color in 0..COLORS {
            assert!(shapes.factors.iter().any(|f| f.color == color));
        }
    }

    #[test]
    fn the_middle_of_each_shape_has_its_colour_and_the_corners_the_background() {
        for shape in ShapeKind::ALL.into_iter().filter(|&s| s != ShapeKind::Ring) {
            let factors = Factors {
                shape,
                color: 0,
                size: 0.2,
                x: 0.5,
                y: 0.5,
                places: [[-0.25, -0.25], [0.25, -0.25], [-0.25, 0.25], [0.25, 0.25]],
                rotation: 0.4,
                background: [0.0, 0.0, 1.0],
            };
            let pixels = factors.draw(32);
            let at = |row: usize, column: usize| &pixels[(row * 32 + column) * 3..][..3];
            let expected = factors.rgb().map(|v| (v * 255.0).round() as u8);
            for (row, column) in [(8, 8), (8, 24), (24, 8), (24, 24)] {
                assert_eq!(at(row, column), expected, "{shape:?}");
            }
            assert_eq!(at(0, 0)[0], 0, "{shape:?}");
            assert!(at(0, 0)[2] > 200, "{shape:?}");
        }
    }

    #[test]
    fn no_shape_is_nearer_than_is_taken_for_granted() {
        for shape in ShapeKind::ALL {
            for (angle, radius) in (0..720).flat_map(|a| (0..400).map(move |r| (a, r))) {
                let (sin, cos) = (angle as f32 * TAU / 720.0).sin_cos();
                let radius = REACH + radius as f32 / 40.0;
                let distance = shape.distance(radius * cos, radius * sin);
                assert!(distance > SLOPE * (radius - REACH) - 1e-5, "{shape:?} {angle} {radius}");
            }
        }
    }

    /// How much the four of `drawn` cover of a pixel, each asked whether it is near or not.
    fn inside(drawn: &Factors, side: usize, index: usize) -> f32 {
        let (sin, cos) = drawn.rotation.sin_cos();
        let place = |at: usize, middle: f32| (at as f32 + 0.5) / side as f32 - middle;
        let (right, down) = (place(index % side, drawn.x), place(index / side, drawn.y));
        let distance = |[x, y]: [f32; 2]| {
            let (x, y) = ((right - x) / drawn.size, (down - y) / drawn.size);
            drawn.shape.distance(x * cos + y * sin, y * cos - x * sin)
        };
        let nearest = drawn.places.into_iter().map(distance).fold(f32::INFINITY, f32::min);
        (0.5 - nearest * drawn.size * side as f32).clamp(0.0, 1.0)
    }

    #[test]
    fn each_pixel_is_blended_of_shape_and_background() {
        for (seed, side) in [8, 16, 24, 32, 64].into_iter().enumerate() {
            for number in 0..60 {
                let drawn = Factors::sample(&mut stream(seed as u64, Purpose::Shapes, number));
                for (index, pixel) in drawn.draw(side).chunks_exact(3).enumerate() {
                    let inside = inside(&drawn, side, index);
                    let down = ((index / side) as f32 + 0.5) / side as f32;
                    let outside = (1.0 - inside) * (1.0 - 0.3 * down);
                    for (channel, &byte) in pixel.iter().enumerate() {
                        let value =
                            inside * drawn.rgb()[channel] + outside * drawn.background[channel];
                        // Half of it is rounding.
                        let off = (value * 255.0 - f32::from(byte)).abs();
                        assert!(off < 0.51, "{drawn:?} {index}: {off}");
                    }
                }
            }
        }
    }

    #[test]
    fn stars_and_triangles_have_their_corners_where_they_are_meant() {
        let at = |shape: ShapeKind, turns: f32, radius: f32| {
            let (sin, cos) = (turns * TAU).sin_cos();
            shape.distance(radius * sin, radius * cos)
        };
        for tip in 0..5 {
            assert!(at(ShapeKind::Star, tip as f32 / 5.0, 1.0).abs() < 1e-5);
            assert!(at(ShapeKind::Star, (tip as f32 + 0.5) / 5.0, 0.42).abs() < 1e-5);
        }
        for corner in 0..3 {
            assert!(at(ShapeKind::Triangle, (corner as f32 + 0.5) / 3.0, 1.0).abs() < 1e-5);
            assert!(at(ShapeKind::Triangle, corner as f32 / 3.0, 0.5).abs() < 1e-5);
        }
    }

    #[test]
    fn shapes_differ_in_what_they_cover() {
        let covered = |shape: ShapeKind| -> usize {
            (0..400)
                .filter(|i| {
                    let (x, y) = ((i % 20) as f32 / 10.0 - 0.95, (i / 20) as f32 / 10.0 - 0.95);
                    shape.distance(x, y) < 0.0
                })
                .count()
        };
        let counts = ShapeKind::ALL.map(covered);
        assert!(counts.iter().all(|&n| (60..320).contains(&n)), "{counts:?}");
    }
}
