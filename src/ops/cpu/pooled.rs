//! The convolution of [`conv`](super::conv), ReLU and a max-pool of 2×2 as one operation.

pub use super::pooled_gradients::backward;

use super::conv::Conv;
use super::lanes::{LANES, Lanes};
use super::micro::PANEL;
use super::picture::{Picture, Shape};
use super::products::{Order, Products};
use super::transpose::separate;
use super::weights::Weights;

/// Which of a window's four values a pool took where none was above zero.
pub const NONE: u8 = 4;

/// What is left after the pool: floor(height / 2) × floor(width / 2) windows.
#[derive(Debug, Clone, PartialEq)]
pub struct Pooled {
    /// `[batch, outputs, height / 2, width / 2]`
    pub values: Vec<f32>,
    /// Of the same shape: which of a window's four was the largest, row by row, the first where several
    /// were; [`NONE`] where ReLU left zero, which has no gradient.
    pub winners: Vec<u8>,
}

/// # Shapes
/// As those of [`conv::forward`](super::conv::forward), with a stride of 1.
///
/// # Panics
/// Where a length is not what `conv` says.
pub fn forward(conv: &Conv, x: &[f32], w: &[f32], bias: &[f32]) -> Pooled {
    conv.check(x, w);
    assert_eq!(bias.len(), conv.outputs, "bias");
    let pooled = pooled_shape(conv);
    let size = conv.batch * pooled.len();
    let (mut values, mut winners) = (vec![0.; size], vec![NONE; size]);
    if size == 0 {
        return Pooled { values, winners };
    }
    let mut picture = Picture::new(conv.input());
    let weights = Weights::new(conv, w);
    let mut products = Products::new(&picture, conv.input(), weights, Order::Windows);
    let mut pool = Pool::new(pooled.pixels());
    let results = values.chunks_mut(pooled.len()).zip(winners.chunks_mut(pooled.len()));
    for (x, (values, winners)) in x.chunks(conv.input().len()).zip(results) {
        picture.fill(x, 1);
        products.each(&picture, |panel, product| {
            let pixels = pooled.pixels();
            let channels = panel * PANEL..conv.outputs.min((panel + 1) * PANEL);
            let part = channels.start * pixels..channels.end * pixels;
            pool.take(product, &bias[channels]);
            separate(&pool.values, PANEL, &mut values[part.clone()], pixels, pixels);
            separate(&pool.winners, PANEL, &mut winners[part], pixels, pixels);
        });
    }
    Pooled { values, winners }
}

/// What is left of a picture.
pub(super) fn pooled_shape(conv: &Conv) -> Shape {
    assert_eq!(conv.stride, 1, "a pooled convolution has no stride");
    Shape { channels: conv.outputs, ..conv.input().halved() }
}

/// A panel's windows, `[windows, PANEL]` each.
struct Pool {
    values: Vec<f32>,
    winners: Vec<f32>,
}

impl Pool {
    fn new(windows: usize) -> Self {
        Self { values: vec![0.; windows * PANEL], winners: vec![0.; windows * PANEL] }
    }

    /// From the windows' values before bias and ReLU, `[windows, 4, PANEL]`.
    #[inline(never)]
    fn take(&mut self, product: &[f32], bias: &[f32]) {
        let mut panel_bias = [0.; PANEL];
        panel_bias[..bias.len()].copy_from_slice(bias);
        let places = self.values.chunks_mut(PANEL).zip(self.winners.chunks_mut(PANEL));
        for (window, (values, winners)) in product.chunks(4 * PANEL).zip(places) {
            for i in (0..PANEL).step_by(LANES) {
                let bias = Lanes::load(&panel_bias[i..]);
                let four = [0, 1, 2, 3].map(|k| Lanes::load(&window[k * PANEL + i..]) + bias);
                let (value, winner) = largest(four);
                value.store(&mut values[i..]);
                winner.store(&mut winners[i..]);
            }
        }
    }
}

/// The largest of four above zero, and which it is.
#[inline(always)]
fn largest(four: [Lanes; 4]) -> (Lanes, Lanes) {
    let zero = Lanes::zero();
    let (mut value, mut winner) = (four[0], zero);
    for (i, x) in four.into_iter().enumerate().skip(1) {
        winner = x.if_greater(value, Lanes::splat(i as f32), winner);
        value = x.if_greater(value, x, value);
    }
    // What is not above zero, but not what is no number: that has to be seen.
    let none = Lanes::splat(NONE.into());
    (zero.if_greater(value, zero, value), value.if_greater(zero, winner, none))
}
