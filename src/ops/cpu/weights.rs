//! The weights of a 3×3 convolution in the order in which a picture's rows meet them.

use super::conv::Conv;
use super::micro::PANEL;
use super::picture::Picture;

/// For the convolution itself: `[outputs / PANEL, blocks, 3, 3, block, PANEL]`.
pub fn forward_panels(conv: &Conv, w: &[f32], picture: &Picture) -> Vec<f32> {
    panels(picture, conv.outputs, conv.inputs, |output, input, place| {
        w[(output * conv.inputs + input) * 9 + place]
    })
}

/// For the gradient of its input, in which each output's gradient goes back to where it came from.
pub fn input_panels(conv: &Conv, w: &[f32], picture: &Picture) -> Vec<f32> {
    panels(picture, conv.inputs, conv.outputs, |input, output, place| {
        w[(output * conv.inputs + input) * 9 + 8 - place]
    })
}

/// Weights `(to, from, place in the kernel)`, with zeros where there is no such channel.
fn panels(
    picture: &Picture,
    to: usize,
    from: usize,
    weight: impl Fn(usize, usize, usize) -> f32,
) -> Vec<f32> {
    let (block, depth) = (picture.block, picture.blocks * 9 * picture.block);
    let mut panels = vec![0.; to.div_ceil(PANEL) * depth * PANEL];
    for to in 0..to {
        let panel = &mut panels[to / PANEL * depth * PANEL..];
        for from in 0..from {
            for place in 0..9 {
                let row = (from / block * 9 + place) * block + from % block;
                panel[row * PANEL + to % PANEL] = weight(to, from, place);
            }
        }
    }
    panels
}

/// Where a weight is in `[outputs, inputs, 3, 3]`, and in `[blocks, 3, outputs, run]`, of which a run has the weights
/// `[3, block]` and then zeros.
pub struct Place {
    pub weight: usize,
    pub run: usize,
}

/// All weights' places.
pub fn runs(conv: &Conv, picture: &Picture, run: usize) -> impl Iterator<Item = Place> {
    let (Conv { inputs, outputs, .. }, block) = (*conv, picture.block);
    (0..conv.weights()).map(move |weight| {
        let (output, input) = (weight / 9 / inputs, weight / 9 % inputs);
        let (y, x) = (weight % 9 / 3, weight % 3);
        let start = ((input / block * 3 + y) * outputs + output) * run;
        Place { weight, run: start + x * block + input % block }
    })
}
