//! Convolutions against their definition, over odd sizes and real ones.

use super::chunks::CHUNK;
use super::conv::{self, Conv, Gradients};
use super::pooled::{self, NONE};
use super::reference::{self, difference, gradient_difference, numbers};

/// Sides from 1 to 9, channels from 1 to 20 and around a panel's 16.
fn odd_sizes() -> Vec<Conv> {
    let mut sizes = Vec::new();
    for i in 0..180 {
        let channels = [1, 2, 3, 4, 5, 7, 8, 12, 15, 16, 17, 19, 20, 33];
        sizes.push(Conv {
            batch: 1 + i % 3,
            inputs: channels[i * 5 % channels.len()],
            outputs: channels[(i * 3 + i / 14) % channels.len()],
            height: 1 + i * 7 % 9,
            width: 1 + (i * 4 + i / 9) % 9,
            stride: 1 + i / 4 % 2,
        });
    }
    sizes
}

struct Case {
    conv: Conv,
    x: Vec<f32>,
    w: Vec<f32>,
    bias: Vec<f32>,
}

impl Case {
    fn new(conv: Conv, ties: bool) -> Self {
        Self {
            conv,
            x: numbers(conv.batch * conv.input().len(), 1, ties),
            w: numbers(conv.weights(), 2, ties),
            bias: numbers(conv.outputs, 3, ties),
        }
    }

    fn check_forward(&self, tolerance: f64) {
        let Self { conv, x, w, bias } = self;
        let ours = conv::forward(conv, x, w, Some(bias));
        let theirs = reference::forward(conv, x, w, bias);
        assert!(difference(&ours, &theirs) < tolerance, "{conv:?}");
    }

    fn check_backward(&self, tolerance: f64) {
        let Self { conv, x, w, .. } = self;
        let dy = numbers(conv.batch * conv.output().len(), 4, false);
        let ours = conv::backward(conv, x, w, &dy, true);
        let exact: Vec<f64> = dy.iter().map(|&dy| dy.into()).collect();
        let theirs = reference::backward(conv, x, w, &exact);
        assert!(gradient_difference(&ours, &theirs) < tolerance, "{conv:?}");
    }

    /// With the winners told apart only where that is no matter of rounding.
    fn check_pooled(&self, tolerance: f64) {
        let Self { conv, x, w, bias } = self;
        let ours = pooled::forward(conv, x, w, bias);
        let y = reference::forward(conv, x, w, bias);
        let (values, winners) = reference::pool(conv, &y);
        assert!(difference(&ours.values, &values) < tolerance, "{conv:?}");
        for (i, window) in reference::windows(conv).iter().enumerate() {
            let value = |winner: u8| window.get(usize::from(winner)).map_or(0., |&place| y[place]);
            let off = value(ours.winners[i]) - value(winners[i]);
            assert!(off.abs() < tolerance * 40., "{conv:?}: window {i}");
        }
        self.check_pooled_gradients(&ours.winners, tolerance);
    }

    fn check_pooled_gradients(&self, winners: &[u8], tolerance: f64) {
        let Self { conv, x, w, .. } = self;
        let dy = numbers(winners.len(), 5, false);
        let ours = pooled::backward(conv, x, w, winners, &dy, true);
        let theirs = reference::backward(conv, x, w, &reference::unpool(conv, winners, &dy));
        assert!(gradient_difference(&ours, &theirs) < tolerance, "{conv:?}");
    }
}

fn article() -> [Conv; 2] {
    let conv = |inputs, outputs, side| Conv {
        batch: 2,
        inputs,
        outputs,
        height: side,
        width: side,
        stride: 1,
    };
    [conv(3, 64, 32), conv(64, 128, 16)]
}

#[test]
fn odd_sizes_are_as_the_definition_says() {
    for conv in odd_sizes() {
        let case = Case::new(conv, false);
        case.check_forward(1e-5);
        case.check_backward(1e-5);
    }
}

#[test]
fn odd_sizes_are_pooled_as_the_definition_says() {
    for conv in odd_sizes() {
        Case::new(Conv { stride: 1, ..conv }, false).check_pooled(1e-5);
    }
}

#[test]
fn real_sizes_are_as_the_definition_says() {
    let wider =
        article().map(|conv| Conv { inputs: conv.inputs + 29, height: 8, width: 12, ..conv });
    for conv in article().into_iter().chain(wider) {
        let case = Case::new(conv, false);
        case.check_forward(1e-5);
        case.check_backward(1e-5);
        case.check_pooled(1e-5);
    }
}

/// Quarters are exact in f32, and so are ties.
#[test]
fn of_equals_the_first_wins() {
    for conv in odd_sizes() {
        let Case { conv, x, w, bias } = Case::new(Conv { stride: 1, ..conv }, true);
        let ours = pooled::forward(&conv, &x, &w, &bias);
        let (values, winners) = reference::pool(&conv, &reference::forward(&conv, &x, &w, &bias));
        assert_eq!(difference(&ours.values, &values), 0., "{conv:?}");
        assert_eq!(ours.winners, winners, "{conv:?}");
    }
}

#[test]
fn where_nothing_is_above_zero_nothing_has_a_gradient() {
    let conv = Conv { batch: 2, inputs: 5, outputs: 18, height: 7, width: 6, stride: 1 };
    let Case { x, w, .. } = Case::new(conv, false);
    let y = pooled::forward(&conv, &x, &w, &[-1000.; 18]);
    assert!(y.values.iter().all(|&value| value == 0.));
    assert!(y.winners.iter().all(|&winner| winner == NONE));
    // Zero itself is not above zero.
    let nothing = pooled::forward(&conv, &x, &vec![0.; w.len()], &[0.; 18]);
    assert!(nothing.winners.iter().all(|&winner| winner == NONE));
    let dy = numbers(y.values.len(), 4, false);
    let gradients = pooled::backward(&conv, &x, &w, &y.winners, &dy, true);
    let zero = |values: &[f32]| values.iter().all(|&value| value == 0.);
    assert!(zero(&gradients.dw) && zero(&gradients.db) && zero(&gradients.dx.unwrap()));
}

#[test]
fn what_is_no_number_is_seen() {
    let conv = article()[0];
    let Case { x, w, .. } = Case::new(conv, false);
    let y = pooled::forward(&conv, &x, &w, &[f32::NAN; 64]);
    assert!(y.values.iter().all(|value| value.is_nan()));
}

/// The loss is Σ y · dy; the pool's winners stay as they are for so small a step.
#[test]
fn gradients_are_what_finite_differences_say() {
    let conv = Conv { batch: 2, inputs: 3, outputs: 17, height: 6, width: 5, stride: 1 };
    let Case { x, w, bias, .. } = Case::new(conv, false);
    let y = pooled::forward(&conv, &x, &w, &bias);
    let dy = numbers(y.values.len(), 9, false);
    let ours = pooled::backward(&conv, &x, &w, &y.winners, &dy, true);
    let loss = |x: &[f32], w: &[f32], bias: &[f32]| -> f64 {
        let (values, _) = reference::pool(&conv, &reference::forward(&conv, x, w, bias));
        values.iter().zip(&dy).map(|(value, &dy)| value * f64::from(dy)).sum()
    };
    let slope = |values: &[f32], i: usize, loss: &dyn Fn(&[f32]) -> f64| {
        let at = |step: f32| {
            let mut moved = values.to_vec();
            moved[i] += step;
            (loss(&moved), f64::from(moved[i]))
        };
        let ((above, more), (below, less)) = (at(1e-4), at(-1e-4));
        (above - below) / (more - less)
    };
    let near = |ours: f32, slope: f64| (f64::from(ours) - slope).abs() < 2e-3;
    let dx = ours.dx.unwrap();
    for i in (0..x.len()).step_by(7) {
        assert!(near(dx[i], slope(&x, i, &|x| loss(x, &w, &bias))), "x {i}");
    }
    for i in (0..w.len()).step_by(11) {
        assert!(near(ours.dw[i], slope(&w, i, &|w| loss(&x, w, &bias))), "w {i}");
    }
    for i in 0..bias.len() {
        assert!(near(ours.db[i], slope(&bias, i, &|bias| loss(&x, &w, bias))), "bias {i}");
    }
}

/// The numbers of two chunks are those of each chunk: of pictures one after the other, of weights their sum.
#[test]
fn a_batch_may_be_cut_between_chunks() {
    for conv in article() {
        let whole = Conv { batch: 2 * CHUNK, ..conv };
        let half = Conv { batch: CHUNK, ..conv };
        let Case { x, w, bias, .. } = Case::new(whole, false);
        let halves = |values: &[f32]| {
            let (first, second) = values.split_at(values.len() / 2);
            [first.to_vec(), second.to_vec()]
        };
        let y = pooled::forward(&whole, &x, &w, &bias);
        let parts = halves(&x).map(|x| pooled::forward(&half, &x, &w, &bias));
        assert_eq!(y, reference::join(parts.clone()));
        let dy = numbers(y.values.len(), 6, false);
        let all = pooled::backward(&whole, &x, &w, &y.winners, &dy, true);
        let [xs, dys] = [halves(&x), halves(&dy)];
        let each =
            [0, 1].map(|i| pooled::backward(&half, &xs[i], &w, &parts[i].winners, &dys[i], true));
        assert_eq!(all, sum(each));
        let dy = numbers(whole.batch * whole.output().len(), 7, false);
        let dys = halves(&dy);
        let each = [0, 1].map(|i| conv::backward(&half, &xs[i], &w, &dys[i], true));
        assert_eq!(conv::backward(&whole, &x, &w, &dy, true), sum(each));
        let plain = [0, 1].map(|i| conv::forward(&half, &xs[i], &w, None));
        assert_eq!(conv::forward(&whole, &x, &w, None), plain.concat());
    }
}

fn sum([mut first, second]: [Gradients; 2]) -> Gradients {
    first.dx.as_mut().unwrap().extend(second.dx.unwrap());
    for (a, b) in first.dw.iter_mut().zip(second.dw).chain(first.db.iter_mut().zip(second.db)) {
        *a += b;
    }
    first
}

#[test]
fn an_empty_batch_has_no_gradients() {
    let conv = Conv { batch: 0, ..article()[0] };
    let Case { x, w, bias, .. } = Case::new(conv, false);
    let y = pooled::forward(&conv, &x, &w, &bias);
    let gradients = pooled::backward(&conv, &x, &w, &y.winners, &[], true);
    assert!(y.values.is_empty() && gradients.dw.iter().all(|&dw| dw == 0.));
}

/// Also with weights that are not exact, and by Winograd's way.
#[test]
fn of_an_even_picture_the_first_wins() {
    for conv in [article()[0], article()[1]] {
        let Case { w, bias, .. } = Case::new(conv, false);
        let channels = numbers(conv.inputs, 8, false);
        let pixels = conv.input().pixels();
        let x: Vec<f32> = (0..conv.batch * conv.input().len())
            .map(|i| channels[i / pixels % conv.inputs])
            .collect();
        let winners = pooled::forward(&conv, &x, &w, &bias).winners;
        let side = conv.width / 2;
        for (i, winner) in winners.into_iter().enumerate() {
            let inside = |place: usize| place > 0 && place + 1 < side;
            if inside(i % side) && inside(i / side % side) {
                assert!(winner == 0 || winner == NONE, "{conv:?}: window {i}");
            }
        }
    }
}
