//! Views of pictures, by torchvision's definitions.

/// Places in a row; `gpu/render.wgsl` has the same.
pub const CROP: usize = 0;
pub const FLIP: usize = 4;
pub const SINE: usize = 5;
pub const COSINE: usize = 6;
pub const GRAYSCALE: usize = 7;
pub const BLUR_RADIUS: usize = 8;
pub const BLUR_SIGMA: usize = 9;
pub const SOLARIZE: usize = 10;
/// Which stage of the jitter needs the picture's mean; [`STAGES`] for none.
pub const MEAN_AT: usize = 11;
/// Turns.
pub const HUE: usize = 12;
/// Three blends before the hue is turned and three after: factor, share of the mean grey, share of the own grey.
pub const BLENDS: usize = 13;
pub const COLUMNS: usize = BLENDS + 6 * 3;

/// Steps of the jitter: three blends, the hue, three blends.
pub const STAGES: usize = 7;
pub const HUE_AT: usize = 3;

/// Luma weights of ITU-R BT.601, as torchvision has them.
const LUMA: [f32; 3] = [0.2989, 0.587, 0.114];

/// Three planes of a square picture.
#[derive(Clone, Copy)]
struct Planes<'a> {
    values: &'a [f32],
    side: usize,
}

impl Planes<'_> {
    fn at(&self, channel: usize, row: usize, column: usize) -> f32 {
        self.values[(channel * self.side + row) * self.side + column]
    }
}

/// One view a row of the table; view i is of picture i mod `count`.
pub fn render(pictures: &[f32], count: usize, side: usize, table: &[f32]) -> Vec<f32> {
    let size = 3 * side * side;
    let mut views = Vec::with_capacity(table.len() / COLUMNS * size);
    for (number, row) in table.chunks_exact(COLUMNS).enumerate() {
        let picture = number % count.max(1);
        let values = &pictures[picture * size..(picture + 1) * size];
        views.extend(view(Planes { values, side }, row));
    }
    views
}

fn view(picture: Planes, row: &[f32]) -> Vec<f32> {
    let side = picture.side;
    let mut view = crop(picture, row);
    if row[SINE] != 0.0 || row[COSINE] != 1.0 {
        view = rotate(Planes { values: &view, side }, row);
    }
    jitter(&mut view, row);
    if row[GRAYSCALE] != 0.0 {
        recolor(&mut view, |color| [luma(color); 3]);
    }
    if row[BLUR_RADIUS] > 0.0 {
        view = blur(Planes { values: &view, side }, row);
    }
    let threshold = row[SOLARIZE];
    view.iter_mut().filter(|value| **value >= threshold).for_each(|value| *value = 1.0 - *value);
    view
}

/// The box of a picture, resized to the whole, and mirrored if so wanted. A triangle filter is linear and separable;
/// pixels outside the box do not count, and as no box is larger than its picture, three of an axis do at most.
fn crop(picture: Planes, row: &[f32]) -> Vec<f32> {
    let side = picture.side;
    let [left, top, width, height] = [0, 1, 2, 3].map(|place| row[CROP + place]);
    let columns = taps(left, width, side, row[FLIP] != 0.0);
    let rows = taps(top, height, side, false);
    let plane = side * side;
    let mut view = vec![0.0; 3 * plane];
    for (line, (top, weights)) in rows.iter().enumerate() {
        for (column, (left, shares)) in columns.iter().enumerate() {
            let square = weights.map(|weight| shares.map(|share| weight * share));
            for channel in 0..3 {
                let sum = weighed(picture, channel, (*top, *left), &square);
                view[channel * plane + line * side + column] = sum;
            }
        }
    }
    view
}

/// A sum of three times three pixels; of those beyond the edge none counts.
#[inline]
fn weighed(
    picture: Planes,
    channel: usize,
    (top, left): (usize, usize),
    square: &[[f32; 3]; 3],
) -> f32 {
    let side = picture.side;
    let mut sum = 0.0;
    for (y, weights) in (top..side).zip(square) {
        let line = &picture.values[(channel * side + y) * side..][..side];
        let pixels = line.get(left..).unwrap_or_default();
        let mut add = |pixels: &[f32]| {
            pixels.iter().zip(weights).for_each(|(pixel, weight)| sum += weight * pixel);
        };
        // Away from the edge their number is known beforehand.
        match pixels.first_chunk::<3>() {
            Some(three) => add(three),
            None => add(pixels),
        }
    }
    sum
}

/// For every output pixel of an axis, the first input pixel that may count and the weights of three.
fn taps(start: f32, length: f32, side: usize, backwards: bool) -> Vec<(usize, [f32; 3])> {
    let scale = length / side as f32;
    let end = start + length;
    let of = |pixel: usize| {
        let along = scale * (pixel as f32 + 0.5);
        let center = if backwards { end - along } else { start + along };
        let first = (center - 1.5).floor().max(0.0);
        let weights = [0.0, 1.0, 2.0].map(|offset| {
            let middle = first + offset + 0.5;
            let inside = middle >= start && middle < end;
            if inside { (1.0 - (middle - center).abs()).max(0.0) } else { 0.0 }
        });
        let total: f32 = weights.iter().sum();
        (first as usize, weights.map(|weight| weight / total))
    };
    (0..side).map(of).collect()
}

/// Turned about the middle, with bilinear interpolation: what comes in from outside the picture is black.
fn rotate(picture: Planes, row: &[f32]) -> Vec<f32> {
    let side = picture.side;
    let middle = (side as f32 - 1.0) / 2.0;
    let inside = |row: f32, column: f32| {
        let range = 0.0..side as f32;
        range.contains(&row) && range.contains(&column)
    };
    let mut view = Vec::with_capacity(3 * side * side);
    for channel in 0..3 {
        for place in 0..side * side {
            let (x, y) = ((place % side) as f32 - middle, (place / side) as f32 - middle);
            let column = x * row[COSINE] - y * row[SINE] + middle;
            let line = x * row[SINE] + y * row[COSINE] + middle;
            let (left, top) = (column.floor(), line.floor());
            let mut sum = 0.0;
            for (right, down) in [(0.0, 0.0), (1.0, 0.0), (0.0, 1.0), (1.0, 1.0)] {
                let (x, y) = (left + right, top + down);
                if inside(y, x) {
                    let weight = (1.0 - (x - column).abs()) * (1.0 - (y - line).abs());
                    sum += weight * picture.at(channel, y as usize, x as usize);
                }
            }
            view.push(sum);
        }
    }
    view
}

/// A stage of all pixels before the next, so that several pixels are reckoned at a time.
fn jitter(view: &mut [f32], row: &[f32]) {
    let mut mean = 0.0;
    for stage in 0..STAGES {
        if stage == row[MEAN_AT] as usize {
            mean = mean_luma(view);
        }
        jitter_stage(view, stage, mean, row);
    }
}

fn mean_luma(view: &[f32]) -> f32 {
    let (red, others) = view.split_at(view.len() / 3);
    let (green, blue) = others.split_at(red.len());
    let colors = red.iter().zip(green).zip(blue).map(|((red, green), blue)| [*red, *green, *blue]);
    colors.map(luma).sum::<f32>() / red.len() as f32
}

/// What changes nothing leaves the pixels their very bytes.
fn jitter_stage(view: &mut [f32], stage: usize, mean: f32, row: &[f32]) {
    if stage == HUE_AT {
        let turns = row[HUE];
        if turns != 0.0 {
            recolor(view, |color| turn_hue(color, turns));
        }
        return;
    }
    let blend = BLENDS + 3 * if stage < HUE_AT { stage } else { stage - 1 };
    let [factor, of_mean, of_gray] = [0, 1, 2].map(|place| row[blend + place]);
    if factor != 1.0 {
        recolor(view, |color| {
            let target = of_mean * mean + of_gray * luma(color);
            color.map(|value| (value * factor + target * (1.0 - factor)).clamp(0.0, 1.0))
        });
    }
}

/// By way of HSV: value and chroma stay, the six-part circle moves.
fn turn_hue(color: [f32; 3], turns: f32) -> [f32; 3] {
    let [red, green, blue] = color;
    let value = red.max(green).max(blue);
    let chroma = value - red.min(green).min(blue);
    let (apart, from) = if red == value {
        (green - blue, 0.0)
    } else if green == value {
        (blue - red, 2.0)
    } else {
        (red - green, 4.0)
    };
    let hue = apart / chroma + from;
    let sixths = hue + 6.0 * turns;
    let turned = [5.0f32, 3.0, 1.0].map(|offset| {
        let place = sixths + offset;
        let place = place - (place / 6.0).floor() * 6.0;
        value - chroma * place.min(4.0 - place).clamp(0.0, 1.0)
    });
    // Where there is no chroma there is nothing to turn.
    if chroma == 0.0 { color } else { turned }
}

fn luma([red, green, blue]: [f32; 3]) -> f32 {
    LUMA[0] * red + LUMA[1] * green + LUMA[2] * blue
}

fn recolor(view: &mut [f32], change: impl Fn([f32; 3]) -> [f32; 3]) {
    let (red, others) = view.split_at_mut(view.len() / 3);
    let (green, blue) = others.split_at_mut(others.len() / 2);
    for ((red, green), blue) in red.iter_mut().zip(green).zip(blue) {
        [*red, *green, *blue] = change([*red, *green, *blue]);
    }
}

/// A sampled Gaussian of a fixed width, over pictures mirrored at their edges; the edge pixels are the mirror.
fn blur(picture: Planes, row: &[f32]) -> Vec<f32> {
    let side = picture.side;
    let (radius, sigma) = (row[BLUR_RADIUS] as isize, row[BLUR_SIGMA]);
    let raw = |offset: isize| (-0.5 * (offset as f32 / sigma).powi(2)).exp();
    let total: f32 = (-radius..=radius).map(raw).sum();
    let weights: Vec<f32> = (-radius..=radius).map(|offset| raw(offset) / total).collect();
    let across = |of: &dyn Fn(usize) -> f32, place: usize| -> f32 {
        let offsets = (-radius..=radius).map(|offset| mirror(place as isize + offset, side));
        offsets.zip(&weights).map(|(place, weight)| weight * of(place)).sum()
    };
    let squares = |of: &dyn Fn(usize, usize, usize) -> f32| -> Vec<f32> {
        let places = (0..3).flat_map(|c| (0..side).map(move |y| (c, y)));
        places.flat_map(|(c, y)| (0..side).map(move |x| of(c, y, x)).collect::<Vec<_>>()).collect()
    };
    let tall = squares(&|c, y, x| across(&|y| picture.at(c, y, x), y));
    let tall = Planes { values: &tall, side };
    squares(&|c, y, x| across(&|x| tall.at(c, y, x), x))
}

fn mirror(place: isize, side: usize) -> usize {
    let last = side as isize - 1;
    let place = place.abs();
    (if place > last { 2 * last - place } else { place }).clamp(0, last) as usize
}
