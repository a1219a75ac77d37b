//! The weights of a 3×3 convolution in the order in which a picture's rows meet them.

use super::aligned::Aligned;
use super::conv::Conv;
use super::micro::PANEL;
use super::picture::Picture;

/// `[outputs, inputs, 3, 3]`, as a picture with `from` channels that becomes one with `to` meets them.
#[derive(Clone, Copy)]
pub struct Weights<'a> {
    w: &'a [f32],
    inputs: usize,
    back: bool,
    pub from: usize,
    pub to: usize,
}

impl<'a> Weights<'a> {
    /// Of the convolution itself.
    pub fn new(conv: &Conv, w: &'a [f32]) -> Self {
        let Conv { inputs, outputs, .. } = *conv;
        Self { w, inputs, back: false, from: inputs, to: outputs }
    }

    /// Of the gradient of its input, in which what an output has goes back to where it came from.
    pub fn back(conv: &Conv, w: &'a [f32]) -> Self {
        let Conv { inputs, outputs, .. } = *conv;
        Self { w, inputs, back: true, from: outputs, to: inputs }
    }

    /// The nine of a pair of channels.
    pub fn kernel(&self, to: usize, from: usize) -> [f32; 9] {
        let (output, input) = if self.back { (from, to) } else { (to, from) };
        let start = (output * self.inputs + input) * 9;
        let mut kernel: [f32; 9] = self.w[start..start + 9].try_into().expect("nine are nine");
        if self.back {
            kernel.reverse();
        }
        kernel
    }

    /// `[to / PANEL, blocks, 3, 3, block, PANEL]`, with zeros where there is no such channel.
    pub fn panels(&self, picture: &Picture) -> Aligned {
        let (block, depth) = (picture.block, picture.blocks * 9 * picture.block);
        let mut panels = Aligned::zeros(self.to.div_ceil(PANEL) * depth * PANEL);
        for to in 0..self.to {
            let panel = &mut panels[to / PANEL * depth * PANEL..];
            for from in 0..self.from {
                for (place, weight) in self.kernel(to, from).into_iter().enumerate() {
                    let row = (from / block * 9 + place) * block + from % block;
                    panel[row * PANEL + to % PANEL] = weight;
                }
            }
        }
        panels
    }
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
