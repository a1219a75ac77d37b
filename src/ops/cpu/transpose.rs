//! From planes of channels to groups of channels and back.

use super::lanes::{LANES, Lanes};

/// The first `count` numbers of each plane become `count` groups, `group` numbers apart. The planes, `plane`
/// numbers apart, may be fewer than a group has places.
pub fn interleave(planes: &[f32], plane: usize, count: usize, to: &mut [f32], group: usize) {
    let channels = (planes.len() - count) / plane + 1;
    let (whole, wide) = (channels / LANES * LANES, count / LANES * LANES);
    for c in (0..whole).step_by(LANES) {
        for x in (0..wide).step_by(LANES) {
            let lanes = [0, 1, 2, 3].map(|i| Lanes::load(&planes[(c + i) * plane + x..]));
            for (i, pixel) in Lanes::transpose(lanes).into_iter().enumerate() {
                pixel.store(&mut to[(x + i) * group + c..]);
            }
        }
    }
    for c in 0..channels {
        for x in if c < whole { wide } else { 0 }..count {
            to[x * group + c] = planes[c * plane + x];
        }
    }
}

/// The way back: `count` groups of `group` become `count` numbers of each plane.
pub fn separate<T: Kept>(from: &[f32], group: usize, planes: &mut [T], plane: usize, count: usize) {
    let channels = (planes.len() - count) / plane + 1;
    let (whole, wide) = (channels / LANES * LANES, count / LANES * LANES);
    for c in (0..whole).step_by(LANES) {
        for x in (0..wide).step_by(LANES) {
            let lanes = [0, 1, 2, 3].map(|i| Lanes::load(&from[(x + i) * group + c..]));
            for (i, channel) in Lanes::transpose(lanes).into_iter().enumerate() {
                T::keep_four(channel, &mut planes[(c + i) * plane + x..]);
            }
        }
    }
    for c in 0..channels {
        for x in if c < whole { wide } else { 0 }..count {
            planes[c * plane + x] = T::keep(from[x * group + c]);
        }
    }
}

/// What planes keep of a number.
pub trait Kept {
    fn keep(x: f32) -> Self;

    fn keep_four(x: Lanes, to: &mut [Self])
    where
        Self: Sized;
}

impl Kept for f32 {
    fn keep(x: f32) -> Self {
        x
    }

    #[inline(always)]
    fn keep_four(x: Lanes, to: &mut [Self]) {
        x.store(to);
    }
}

/// Whole numbers below 128.
impl Kept for u8 {
    fn keep(x: f32) -> Self {
        x as u8
    }

    #[inline(always)]
    fn keep_four(x: Lanes, to: &mut [Self]) {
        to[..LANES].copy_from_slice(&x.bytes());
    }
}
