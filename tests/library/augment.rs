//! The augmentation's device ops against a plain scalar reading of torchvision's definitions.

use burn::tensor::{Device, Tensor, TensorData};
use contrastive_playground::augment::{
    Blur, JitterOp, Policy, Preset, Rotation, Solarize, ViewParameters, render,
};
use contrastive_playground::random::{Purpose, stream};
use rand::RngExt;

/// A usual one, and odd ones.
const SIDES: [usize; 4] = [16, 23, 13, 5];
const SIDE: usize = SIDES[0];

/// Square, row by row.
type Picture = Vec<[f32; 3]>;

fn side_of(picture: &Picture) -> usize {
    picture.len().isqrt()
}

fn scalar_view(picture: &Picture, p: &ViewParameters) -> Picture {
    let mut view = rotate(&crop(picture, p), p.rotation);
    if let Some(jitter) = &p.jitter {
        for op in jitter.order {
            view = match op {
                JitterOp::Brightness => blend(&view, jitter.brightness, |_| 0.0),
                JitterOp::Contrast => {
                    let mean = view.iter().map(|&c| luma(c)).sum::<f32>() / view.len() as f32;
                    blend(&view, jitter.contrast, |_| mean)
                }
                JitterOp::Saturation => blend(&view, jitter.saturation, luma),
                JitterOp::Hue => view.iter().map(|&c| turn_hue(c, jitter.hue)).collect(),
            };
        }
    }
    if p.grayscale {
        view = view.iter().map(|&c| [luma(c); 3]).collect();
    }
    if let Some(sigma) = p.blur {
        view = blur(&view, sigma);
    }
    if let Some(threshold) = p.solarize {
        let invert = |v: f32| if v >= threshold { 1.0 - v } else { v };
        view = view.iter().map(|&c| c.map(invert)).collect();
    }
    view
}

/// For every output pixel, the four input pixels around the place it came from; black outside.
fn rotate(picture: &Picture, degrees: f32) -> Picture {
    if degrees == 0.0 {
        return picture.clone();
    }
    let side = side_of(picture);
    let (sin, cos) = degrees.to_radians().sin_cos();
    let middle = (side as f32 - 1.0) / 2.0;
    let at = |x: f32, y: f32| {
        let inside = (0.0..side as f32).contains(&x) && (0.0..side as f32).contains(&y);
        if inside { picture[y as usize * side + x as usize] } else { [0.0; 3] }
    };
    let pixel = |i: usize| {
        let (x, y) = ((i % side) as f32 - middle, (i / side) as f32 - middle);
        let (x, y) = (x * cos - y * sin + middle, x * sin + y * cos + middle);
        let (left, top) = (x.floor(), y.floor());
        let mut sum = [0.0; 3];
        for (dx, dy) in [(0.0, 0.0), (1.0, 0.0), (0.0, 1.0), (1.0, 1.0)] {
            let weight = (1.0 - (left + dx - x).abs()) * (1.0 - (top + dy - y).abs());
            let source = at(left + dx, top + dy);
            (0..3).for_each(|c| sum[c] += weight * source[c]);
        }
        sum
    };
    (0..picture.len()).map(pixel).collect()
}

/// Two passes with a kernel of torchvision's weights, over a picture mirrored at its edges.
fn blur(picture: &Picture, sigma: f32) -> Picture {
    let side = side_of(picture);
    let radius = (Blur::kernel(side) / 2) as isize;
    let raw: Vec<f32> =
        (-radius..=radius).map(|k| (-0.5 * (k as f32 / sigma).powi(2)).exp()).collect();
    let total: f32 = raw.iter().sum();
    let mirror = |i: isize| {
        let last = side as isize - 1;
        (if i < 0 {
            -i
        } else if i > last {
            2 * last - i
        } else {
            i
        }) as usize
    };
    let pass = |picture: &Picture, across: bool| -> Picture {
        let pixel = |i: usize| {
            let (x, y) = ((i % side) as isize, (i / side) as isize);
            let mut sum = [0.0; 3];
            for (k, weight) in (-radius..=radius).zip(&raw) {
                let (x, y) =
                    if across { (mirror(x + k), y as usize) } else { (x as usize, mirror(y + k)) };
                (0..3).for_each(|c| sum[c] += weight / total * picture[y * side + x][c]);
            }
            sum
        };
        (0..picture.len()).map(pixel).collect()
    };
    pass(&pass(picture, true), false)
}

/// Cuts the box out, resizes it with an anti-aliased triangle, and mirrors it.
fn crop(picture: &Picture, p: &ViewParameters) -> Picture {
    let (b, side) = (p.crop, side_of(picture));
    let rows = resize_weights(b.height, side);
    let columns = resize_weights(b.width, side);
    let pixel = |y: usize, x: usize| {
        let x = if p.flip { side - 1 - x } else { x };
        let mut sum = [0.0; 3];
        for (j, wy) in rows[y].iter().enumerate() {
            for (i, wx) in columns[x].iter().enumerate() {
                let source = picture[(b.top + j) * side + b.left + i];
                for c in 0..3 {
                    sum[c] += wy * wx * source[c];
                }
            }
        }
        sum
    };
    (0..picture.len()).map(|i| pixel(i / side, i % side)).collect()
}

/// For each output pixel, the weights of the input pixels, `length` resized to `side`.
fn resize_weights(length: usize, side: usize) -> Vec<Vec<f32>> {
    let scale = length as f32 / side as f32;
    let support = scale.max(1.0);
    (0..side)
        .map(|out| {
            let center = (out as f32 + 0.5) * scale;
            let raw: Vec<f32> = (0..length)
                .map(|i| (1.0 - ((i as f32 + 0.5 - center) / support).abs()).max(0.0))
                .collect();
            let total: f32 = raw.iter().sum();
            raw.iter().map(|w| w / total).collect()
        })
        .collect()
}

fn luma([r, g, b]: [f32; 3]) -> f32 {
    0.2989 * r + 0.587 * g + 0.114 * b
}

fn blend(view: &Picture, factor: f32, other: impl Fn([f32; 3]) -> f32) -> Picture {
    let mix = |c: [f32; 3]| c.map(|v| (factor * v + (1.0 - factor) * other(c)).clamp(0.0, 1.0));
    view.iter().map(|&c| mix(c)).collect()
}

/// By way of hue, saturation and value.
fn turn_hue([r, g, b]: [f32; 3], turns: f32) -> [f32; 3] {
    let (max, min) = (r.max(g).max(b), r.min(g).min(b));
    let chroma = max - min;
    if chroma == 0.0 {
        return [r, g, b];
    }
    let sixth = if max == r {
        (g - b) / chroma
    } else if max == g {
        2.0 + (b - r) / chroma
    } else {
        4.0 + (r - g) / chroma
    };
    let hue = (sixth / 6.0 + turns).rem_euclid(1.0) * 6.0;
    let saturation = chroma / max;
    let fraction = hue.fract();
    let (p, q, t) = (
        max * (1.0 - saturation),
        max * (1.0 - saturation * fraction),
        max * (1.0 - saturation * (1.0 - fraction)),
    );
    match hue as usize % 6 {
        0 => [max, t, p],
        1 => [q, max, p],
        2 => [p, max, t],
        3 => [p, q, max],
        4 => [t, p, max],
        _ => [max, p, q],
    }
}

/// Pictures with every kind of pixel, greys and pure colours included.
fn pictures(count: usize, side: usize) -> Vec<Picture> {
    let mut rng = stream(7, Purpose::Shapes, 0);
    let mut pixel = |i: usize| match i % 5 {
        0 => [rng.random::<f32>(); 3],
        1 => [1.0, 0.0, (i % 2) as f32],
        _ => [rng.random(), rng.random(), rng.random()],
    };
    (0..count).map(|_| (0..side * side).map(&mut pixel).collect()).collect()
}

fn tensor(pictures: &[Picture]) -> Tensor<4> {
    let planar = |p: &Picture| (0..3).flat_map(|c| p.iter().map(move |v| v[c])).collect::<Vec<_>>();
    let values: Vec<f32> = pictures.iter().flat_map(planar).collect();
    let side = side_of(&pictures[0]);
    Tensor::from_data(TensorData::new(values, [pictures.len(), 3, side, side]), &Device::flex())
}

fn assert_agree(policy: &Policy) {
    SIDES.into_iter().for_each(|side| assert_agree_at(side, policy));
}

fn assert_agree_at(side: usize, policy: &Policy) {
    let pictures = pictures(64, side);
    let mut rng = stream(1, Purpose::Views, 0);
    let parameters = ViewParameters::sample_many(policy, side, pictures.len(), &mut rng);
    let found: Vec<f32> = render(tensor(&pictures), &parameters).into_data().iter().collect();
    let expected: Vec<_> =
        pictures.iter().zip(&parameters).map(|(p, q)| scalar_view(p, q)).collect();
    let expected: Vec<f32> = tensor(&expected).into_data().iter().collect();
    for (i, (f, e)) in found.iter().zip(&expected).enumerate() {
        let parameters = &parameters[i / (3 * side * side)];
        assert!((f - e).abs() < 1e-3, "{side}: {f} where {e} is expected, with {parameters:?}");
    }
}

#[test]
fn crop_and_flip_resize_as_torchvision_does() {
    assert_agree(&Preset::CropOnly.policy());
}

#[test]
fn colour_jitter_and_grayscale_are_torchvisions() {
    assert_agree(&Preset::ColorOnly.policy());
}

#[test]
fn rotation_is_torchvisions() {
    let rotation = Some(Rotation { probability: 0.7, degrees: 180.0 });
    assert_agree(&Policy { rotation, ..Preset::None.policy() });
}

#[test]
fn a_quarter_turn_goes_anticlockwise_and_moves_whole_pixels() {
    let pictures = pictures(1, SIDE);
    let parameters = [ViewParameters { rotation: 90.0, ..ViewParameters::identity(SIDE) }];
    let found: Vec<f32> = render(tensor(&pictures), &parameters).into_data().iter().collect();
    for (x, y) in [(0, 0), (3, 9), (15, 2)] {
        // What is now at the top was at the right.
        let source = pictures[0][x * SIDE + SIDE - 1 - y][0];
        assert!((found[y * SIDE + x] - source).abs() < 1e-4);
    }
}

#[test]
fn blur_is_torchvisions() {
    assert_agree(&Policy { blur: Some(Blur::default()), ..Preset::None.policy() });
}

#[test]
fn solarisation_is_torchvisions() {
    let solarize = Some(Solarize { probability: 0.5, threshold: 0.4 });
    assert_agree(&Policy { solarize, ..Preset::None.policy() });
}

#[test]
fn the_whole_recipe_is_its_parts_in_order() {
    for preset in [Preset::SimClr, Preset::MocoV2] {
        assert_agree(&preset.policy());
    }
    // A threshold would turn a rounding into a whole inversion.
    assert_agree(&Policy { solarize: None, ..Preset::Strong.policy() });
}

#[test]
fn no_change_is_no_change() {
    let pictures = pictures(3, SIDE);
    let parameters = [ViewParameters::identity(SIDE); 3];
    let found: Vec<f32> = render(tensor(&pictures), &parameters).into_data().iter().collect();
    let expected: Vec<f32> = tensor(&pictures).into_data().iter().collect();
    assert!(found.iter().zip(&expected).all(|(f, e)| (f - e).abs() < 1e-6));
}
