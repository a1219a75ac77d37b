//! The built-in set: small drawn pictures whose every factor is known.
//!
//! A picture shows one shape four times over, bright on dark. Both are for learning's sake: a random
//! crop nearly always shows the shape, and a network that starts with nothing finds the views of a
//! picture with strong edges in a few hundred steps. The colours are as near to each other as colour
//! jitter moves them, so that it depends on the augmentation whether they can be told apart.

use core::f32::consts::{PI, TAU};

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
        let radius = x.hypot(y);
        match self {
            Self::Circle => radius - 0.9,
            Self::Ring => (radius - 0.7).abs() - 0.2,
            Self::Square => x.abs().max(y.abs()) - 0.75,
            Self::Triangle => polygon(x, y, 3, 0.5),
            Self::Star => star(x, y),
            Self::Cross => {
                let (long, short) = (x.abs().max(y.abs()), x.abs().min(y.abs()));
                (long - 0.95).max(short - 0.32)
            }
        }
    }
}

/// A regular polygon with its sides at `apothem` from the middle.
fn polygon(x: f32, y: f32, sides: u32, apothem: f32) -> f32 {
    let sector = TAU / sides as f32;
    let angle = (x.atan2(y) + PI).rem_euclid(sector) - sector / 2.0;
    x.hypot(y) * angle.cos() - apothem
}

/// A five-pointed star: each of ten mirrored sectors is cut by one straight edge.
fn star(x: f32, y: f32) -> f32 {
    let sector = TAU / 5.0;
    let angle = ((x.atan2(y)).rem_euclid(sector) - sector / 2.0).abs();
    let angle = sector / 2.0 - angle;
    let (tip, notch) = ([1.0, 0.0], [0.42 * (sector / 2.0).cos(), 0.42 * (sector / 2.0).sin()]);
    let point = [x.hypot(y) * angle.cos(), x.hypot(y) * angle.sin()];
    let edge = [notch[0] - tip[0], notch[1] - tip[1]];
    let length = f32::hypot(edge[0], edge[1]);
    (edge[1] * (point[0] - tip[0]) - edge[0] * (point[1] - tip[1])) / length
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
        let turn = self.rotation.sin_cos();
        let reach = self.reach(side);
        let mut pixels = Vec::with_capacity(side * side * 3);
        for row in 0..side {
            let down = (row as f32 + 0.5) / side as f32;
            let blend = |inside: f32| -> [u8; 3] {
                let outside = (1.0 - inside) * (1.0 - 0.3 * down);
                core::array::from_fn(|channel| {
                    let value = inside * foreground[channel] + outside * self.background[channel];
                    (value * 255.0).round() as u8
                })
            };
            // All but the rim has one of two colours.
            let (behind, before) = (blend(0.0), blend(1.0));
            for column in 0..side {
                let right = (column as f32 + 0.5) / side as f32;
                let distance = self.distance(turn, reach, right - self.x, down - self.y);
                let inside = (0.5 - distance * self.size * side as f32).clamp(0.0, 1.0);
                pixels.extend(match inside {
                    0.0 => behind,
                    1.0 => before,
                    _ => blend(inside),
                });
            }
        }
        pixels
    }
}

impl Factors {
    /// How many radii from its middle a shape may colour a pixel: to half a pixel from its edge, and twice that here.
    fn reach(&self, side: usize) -> f32 {
        REACH + 1.0 / (self.size * side as f32 * SLOPE)
    }

    /// Signed distance to the nearest of the four, in radii, from a point relative to their middle; infinite where the
    /// middle of each is further than `reach`. The sine and cosine of the rotation are the same for all points.
    fn distance(&self, (sin, cos): (f32, f32), reach: f32, right: f32, down: f32) -> f32 {
        let to = |[x, y]: [f32; 2]| {
            let (dx, dy) = ((right - x) / self.size, (down - y) / self.size);
            let near = dx * dx + dy * dy < reach * reach;
            near.then(|| self.shape.distance(dx * cos + dy * sin, dy * cos - dx * sin))
        };
        self.places.into_iter().filter_map(to).fold(f32::INFINITY, f32::min)
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

    #[test]
    fn what_is_passed_over_would_colour_nothing() {
        for (seed, side) in [8, 16, 32, 64].into_iter().enumerate() {
            for number in 0..60 {
                let factors = Factors::sample(&mut stream(seed as u64, Purpose::Shapes, number));
                let turn = factors.rotation.sin_cos();
                for at in 0..side * side {
                    let place = |n: usize, middle: f32| (n as f32 + 0.5) / side as f32 - middle;
                    let (x, y) = (place(at % side, factors.x), place(at / side, factors.y));
                    let [all, near] = [f32::INFINITY, factors.reach(side)]
                        .map(|r| factors.distance(turn, r, x, y));
                    assert!(all == near || all * factors.size * side as f32 > 0.5);
                }
            }
        }
    }

    #[test]
    fn each_pixel_is_blended_of_shape_and_background() {
        let side = 24;
        for number in 0..40 {
            let drawn = Factors::sample(&mut stream(5, Purpose::Shapes, number));
            let pixels = drawn.draw(side);
            let (turn, reach) = (drawn.rotation.sin_cos(), drawn.reach(side));
            for (index, pixel) in pixels.chunks_exact(3).enumerate() {
                let at = |number: usize| (number as f32 + 0.5) / side as f32;
                let (right, down) = (at(index % side), at(index / side));
                let distance = drawn.distance(turn, reach, right - drawn.x, down - drawn.y);
                let inside = (0.5 - distance * drawn.size * side as f32).clamp(0.0, 1.0);
                let outside = (1.0 - inside) * (1.0 - 0.3 * down);
                let blended: [u8; 3] = core::array::from_fn(|channel| {
                    let value = inside * drawn.rgb()[channel] + outside * drawn.background[channel];
                    (value * 255.0).round() as u8
                });
                assert_eq!(pixel, blended, "{drawn:?} {index}");
            }
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
