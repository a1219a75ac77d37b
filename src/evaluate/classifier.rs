//! What every classifier here has: a linear layer, its targets and its loss.

use burn::module::Module;
use burn::nn::{Initializer, Linear, LinearConfig};
use burn::tensor::activation::log_softmax;
use burn::tensor::{Device, Tensor, TensorData};

use super::features::read;
use super::labels::largest;
use crate::{Error, Result};

/// Updates between two looks at the loss: often enough to notice that it is no number, and that the
/// device is not handed a whole run at once.
const LOOK_EVERY: usize = 10;

/// A linear layer that starts at zero, so that all classes start equally likely and no chance is
/// needed.
pub(super) fn zero_linear(columns: usize, classes: usize, device: &Device) -> Linear {
    let config = LinearConfig::new(columns, classes).with_initializer(Initializer::Zeros);
    config.init(&device.clone().autodiff()).train()
}

/// 1 where the class is the label, `[rows, classes]`. A label beyond the classes has no 1.
pub(super) fn one_hot(labels: &[usize], classes: usize, device: &Device) -> Tensor<2> {
    let mut values = vec![0.0f32; labels.len() * classes];
    for (row, &label) in values.chunks_exact_mut(classes.max(1)).zip(labels) {
        if let Some(value) = row.get_mut(label) {
            *value = 1.0;
        }
    }
    Tensor::from_data(TensorData::new(values, [labels.len(), classes]), device)
}

/// Mean cross-entropy in nats, `[1]`.
pub(super) fn cross_entropy(logits: Tensor<2>, targets: Tensor<2>) -> Tensor<1> {
    let rows = targets.dims()[0] as f32;
    (log_softmax(logits, 1) * targets).sum() / -rows
}

/// Now and then reads the loss, and says where it is not a number.
///
/// # Errors
/// [`Error::Diverged`].
pub(super) async fn watch(loss: Tensor<1>, step: usize) -> Result<()> {
    if !step.is_multiple_of(LOOK_EVERY) {
        return Ok(());
    }
    let loss: f32 = loss.inner().into_scalar_async().await.map_err(Error::device)?;
    Error::check_loss(step, loss)
}

/// The class of the largest logit of each row.
pub(super) async fn guesses(logits: Tensor<2>) -> Result<Vec<usize>> {
    let classes = logits.dims()[1].max(1);
    Ok(read(logits).await?.chunks_exact(classes).map(largest).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use pollster::block_on;

    #[test]
    fn zero_logits_cost_ln_of_the_classes() {
        let device = Device::flex();
        let logits = zero_linear(2, 5, &device).valid().forward(Tensor::ones([3, 2], &device));
        let loss = cross_entropy(logits, one_hot(&[0, 4, 2], 5, &device));
        assert!((loss.into_scalar::<f32>() - 5f32.ln()).abs() < 1e-6);
    }

    #[test]
    fn a_loss_that_is_no_number_is_noticed() {
        let loss = |value| Tensor::<1>::from_floats([value], &Device::flex()).autodiff();
        assert!(block_on(watch(loss(1.0), 10)).is_ok());
        assert!(matches!(block_on(watch(loss(f32::NAN), 10)), Err(Error::Diverged { .. })));
    }
}
