//! The same operations as their definitions read, in f64, for tests.

use super::conv::{Conv, Gradients};
use super::pooled::{NONE, Pooled};

/// The same numbers for the same seed, from −1 to 1, all of them multiples of 1/64 where ties are wanted.
pub fn numbers(len: usize, seed: u64, ties: bool) -> Vec<f32> {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 40) as f32 / (1 << 23) as f32 - 1.
    };
    (0..len).map(|_| if ties { (next() * 4.).round() / 4. } else { next() }).collect()
}

/// Calls with the places in x, w and y of each product.
pub fn products(conv: &Conv, mut product: impl FnMut(usize, usize, usize)) {
    let (input, output) = (conv.input(), conv.output());
    for y in 0..conv.batch * output.len() {
        let (picture, channel) = (y / output.len(), y / output.pixels() % output.channels);
        let (row, column) = (y % output.pixels() / output.width, y % output.width);
        for w in 0..conv.inputs * 9 {
            let down = row * conv.stride + w % 9 / 3;
            let right = column * conv.stride + w % 3;
            let inside = (1..=input.height).contains(&down) && (1..=input.width).contains(&right);
            if inside {
                let plane = (picture * input.channels + w / 9) * input.height;
                let x = (plane + down - 1) * input.width + right - 1;
                product(x, channel * conv.inputs * 9 + w, y);
            }
        }
    }
}

pub fn forward(conv: &Conv, x: &[f32], w: &[f32], bias: &[f32]) -> Vec<f64> {
    let pixels = conv.output().pixels();
    let mut y: Vec<f64> = (0..conv.batch * conv.output().len())
        .map(|y| f64::from(bias[y / pixels % conv.outputs]))
        .collect();
    products(conv, |i, j, k| y[k] += f64::from(x[i]) * f64::from(w[j]));
    y
}

/// dx, dw and db.
pub fn backward(conv: &Conv, x: &[f32], w: &[f32], dy: &[f64]) -> [Vec<f64>; 3] {
    let mut dx = vec![0.; x.len()];
    let mut dw = vec![0.; w.len()];
    products(conv, |i, j, k| {
        dx[i] += dy[k] * f64::from(w[j]);
        dw[j] += dy[k] * f64::from(x[i]);
    });
    let mut db = vec![0.; conv.outputs];
    for (y, dy) in dy.iter().enumerate() {
        db[y / conv.output().pixels() % conv.outputs] += dy;
    }
    [dx, dw, db]
}

/// Places in a convolution's y of each window's four, in the order of the pooled values.
pub fn windows(conv: &Conv) -> Vec<[usize; 4]> {
    let (height, width) = (conv.height, conv.width);
    let mut windows = Vec::new();
    for plane in 0..conv.batch * conv.outputs {
        for y in 0..height / 2 {
            for x in 0..width / 2 {
                let first = (plane * height + 2 * y) * width + 2 * x;
                windows.push([first, first + 1, first + width, first + width + 1]);
            }
        }
    }
    windows
}

/// The values and which of the four they are.
pub fn pool(conv: &Conv, y: &[f64]) -> (Vec<f64>, Vec<u8>) {
    let largest = |window: &[usize; 4]| {
        let mut best = (y[window[0]], 0);
        for (i, &place) in window.iter().enumerate().skip(1) {
            if y[place] > best.0 {
                best = (y[place], i as u8);
            }
        }
        if best.0 > 0. { best } else { (0., NONE) }
    };
    windows(conv).iter().map(largest).unzip()
}

/// What the winners' gradients are for the convolution.
pub fn unpool(conv: &Conv, winners: &[u8], dy: &[f32]) -> Vec<f64> {
    let mut full = vec![0.; conv.batch * conv.output().len()];
    for ((window, &winner), &dy) in windows(conv).iter().zip(winners).zip(dy) {
        if winner < NONE {
            full[window[usize::from(winner)]] = f64::from(dy);
        }
    }
    full
}

/// The largest difference, as a share of the largest number or of 1.
pub fn difference(ours: &[f32], theirs: &[f64]) -> f64 {
    assert_eq!(ours.len(), theirs.len());
    let scale = theirs.iter().fold(1., |most: f64, x| most.max(x.abs()));
    ours.iter().zip(theirs).fold(0., |most, (&a, b)| most.max((f64::from(a) - b).abs() / scale))
}

/// As [`difference`], of all three.
pub fn gradient_difference(ours: &Gradients, theirs: &[Vec<f64>; 3]) -> f64 {
    let dx = ours.dx.as_ref().map_or(0., |dx| difference(dx, &theirs[0]));
    dx.max(difference(&ours.dw, &theirs[1])).max(difference(&ours.db, &theirs[2]))
}

/// Parts of what a pooled convolution gives, for a batch that is cut.
pub fn join(parts: [Pooled; 2]) -> Pooled {
    let [mut first, second] = parts;
    first.values.extend(second.values);
    first.winners.extend(second.winners);
    first
}
