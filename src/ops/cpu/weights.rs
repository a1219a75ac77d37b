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

/// For each weight, its place in `[outputs, inputs, 3, 3]`, and that in `[blocks, 3, outputs, run]`, of which a run has
/// the weights `[3, block]` and then zeros.
pub fn each_run(conv: &Conv, picture: &Picture, run: usize, mut visit: impl FnMut(usize, usize)) {
    let (Conv { inputs, outputs, .. }, block) = (*conv, picture.block);
    for output in 0..outputs {
        // No division by a number unknown here: of so many weights each would be felt.
        for (group, first) in (0..inputs).step_by(block).enumerate() {
            let start = (group * 3 * outputs + output) * run;
            for input in first..inputs.min(first + block) {
                for (y, x) in (0..3).flat_map(|y| (0..3).map(move |x| (y, x))) {
                    let weight = (output * inputs + input) * 9 + y * 3 + x;
                    visit(weight, start + y * outputs * run + x * block + input - first);
                }
            }
        }
    }
}
