//! Slopes against differences of values, both by the same device: what the CPU has wrong too is seen here.

use burn::tensor::{Device, Tensor, TensorData, Transaction};

use super::check::{Draw, slope};
use super::{NEGATIVE, OUTSIDE, POSITIVE};
use crate::device::read_all;
use crate::{Error, Result};

/// Numbers of the inputs of a small network with the article's layers: views, and weights and biases of a convolution and
/// of a linear layer.
const SIZES: [usize; 5] = [VIEWS * 3 * 7 * 6, 5 * 3 * 9, 5, 45 * 9, 9];
const VIEWS: usize = 6;

/// How far an input is moved, as a vector. Less drowns in roundings; more goes past more corners of ReLU and pool.
const STEP: f32 = 1e-3;
/// For a corner on the way, a share of the slope.
const CORNER: f32 = 2e-2;
/// Ten times as much as the CPU's: a GPU's logarithms are less exact.
const ROUNDING: f32 = 1e-3;

/// Moves each input along its own slopes: the loss has to grow by as much as they say.
///
/// # Errors
/// [`Error::Device`] where it does not.
pub(crate) async fn check(seed: u64, device: &Device) -> Result<()> {
    let mut draw = Draw::new(seed, 6, device);
    let inputs = SIZES.map(|count| draw.tensor([count]));
    let learned = inputs.clone().map(|input| input.autodiff().require_grad());
    let gradients = loss(learned.clone()).backward();
    for (place, input) in learned.iter().enumerate() {
        let slope = slope(input, &gradients);
        let numbers = read_all(Transaction::default().register(slope.clone())).await?.concat();
        let length = numbers.iter().map(|number| number * number).sum::<f32>().sqrt();
        let at = |step: f32| {
            let mut moved = inputs.clone();
            moved[place] = moved[place].clone() + slope.clone() * (step / length);
            loss(moved)
        };
        let losses = Transaction::default().register(at(STEP)).register(at(-STEP));
        let losses = read_all(losses).await?.concat();
        let found = (losses[0] - losses[1]) / (2.0 * STEP);
        // What is no number is not near either.
        let near = (found - length).abs() <= CORNER * length + ROUNDING;
        if !near {
            let reason = format!("input {place} has slope {length}, by differences {found}");
            return Err(Error::device(reason));
        }
    }
    Ok(())
}

/// The contrast of pairs of views.
fn loss([pictures, kernels, bias, weights, other_bias]: [Tensor<1>; 5]) -> Tensor<1> {
    let (pictures, kernels) = (pictures.reshape([VIEWS, 3, 7, 6]), kernels.reshape([5, 3, 3, 3]));
    let features = super::conv_pool(pictures, kernels, bias).reshape([VIEWS, 45]);
    let z = super::linear(features, weights.reshape([45, 9]), other_bias, false);
    let z = super::normalize(z);
    let role = |place: usize| match (place / VIEWS).abs_diff(place % VIEWS) {
        0 => OUTSIDE,
        apart if apart == VIEWS / 2 => POSITIVE,
        _ => NEGATIVE,
    };
    let roles = TensorData::new((0..VIEWS * VIEWS).map(role).collect(), [VIEWS, VIEWS]);
    let roles = Tensor::from_data(roles, &z.device());
    super::contrast(super::similarities(z.clone(), z), roles, None, 0.3, VIEWS).loss
}
