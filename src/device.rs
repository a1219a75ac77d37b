//! Where the arithmetic runs, and the self-test that a device has to pass before it is trusted.
//!
//! A shader that fails in a browser may only be logged, and gradients are then silently zero. So a
//! GPU is asked for the loss and the gradients of a tiny batch first, and compared with the CPU.

use burn::module::{Module, ModuleVisitor, Param};
use burn::optim::GradientsParams;
use burn::tensor::{Device, Tensor, TensorData, Transaction};

use crate::augment::{Policy, ViewParameters, render};
use crate::dataset::ShapesConfig;
use crate::loss::NtXent;
use crate::model::ModelConfig;
use crate::random::{Purpose, stream};
use crate::{Error, Result};

const SIDE: usize = 8;
const PICTURES: usize = 4;

/// How far a device may be from the CPU, relative to the largest number of each gradient.
const TOLERANCE: f32 = 1e-3;

/// Runs a tiny batch on `device` and on the CPU: augmentation, encoder, head, loss and gradients.
///
/// # Errors
/// [`Error::Device`] where the device fails, differs by more than 1e-3, or gives no gradient.
pub async fn self_test(device: &Device) -> Result<()> {
    let expected = tiny_batch(&Device::flex()).await?;
    let found = tiny_batch(device).await?;
    compare(&expected, &found)
}

fn compare(expected: &[Vec<f32>], found: &[Vec<f32>]) -> Result<()> {
    for (number, (expected, found)) in expected.iter().zip(found).enumerate() {
        let what = if number == 0 { "loss".into() } else { format!("gradient {number}") };
        let largest = |values: &[f32]| values.iter().fold(0.0f32, |a, v| a.max(v.abs()));
        if largest(found) == 0.0 {
            return Err(Error::device(format!("its {what} is zero")));
        }
        let worst = expected.iter().zip(found).map(|(a, b)| (a - b).abs());
        let worst = worst.fold(0.0, |a, b| if b.is_nan() { f32::INFINITY } else { f32::max(a, b) });
        if expected.len() != found.len() || worst > TOLERANCE * largest(expected) {
            return Err(Error::device(format!("its {what} differs from the CPU's by {worst}")));
        }
    }
    Ok(())
}

/// The loss of a tiny batch, then the gradient of every parameter.
async fn tiny_batch(device: &Device) -> Result<Vec<Vec<f32>>> {
    let shapes = ShapesConfig { count: PICTURES, side: SIDE, seed: 1 }.draw()?;
    let model = ModelConfig::default().init(SIDE, 1, &device.clone().autodiff())?;
    let mut rng = stream(1, Purpose::SelfTest, 0);
    let parameters = ViewParameters::sample_pairs(&Policy::default(), SIDE, PICTURES, &mut rng);
    let images = shapes.images.batch(&[0, 1, 2, 3], device)?;
    let views = render(Tensor::cat(vec![images.clone(), images], 0), &parameters);
    let loss = NtXent::new(0.5).forward(model.forward(views.autodiff()).z).loss;
    let gradients = GradientsParams::from_grads(loss.backward(), &model);

    let mut collector =
        Collector { gradients, reads: Transaction::default().register(loss.inner()) };
    model.visit(&mut collector);
    read_all(collector.reads).await
}

/// The numbers of all tensors that were registered, read at once.
pub(crate) async fn read_all(reads: Transaction) -> Result<Vec<Vec<f32>>> {
    let read = reads.execute_async().await.map_err(Error::device)?;
    read.into_iter().map(floats).collect()
}

/// The numbers of a tensor that was read from a device.
pub(crate) fn floats(data: TensorData) -> Result<Vec<f32>> {
    data.try_to_vec().map_err(|error| Error::device(format!("{error:?}")))
}

/// Gathers the gradients of a model into one read.
struct Collector {
    gradients: GradientsParams,
    reads: Transaction,
}

impl ModuleVisitor for Collector {
    fn visit_float<const D: usize>(&mut self, param: &Param<Tensor<D>>) {
        if let Some(gradient) = self.gradients.remove::<D>(param.id) {
            let reads = core::mem::take(&mut self.reads);
            self.reads = reads.register(gradient);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use pollster::block_on;

    #[test]
    fn the_cpu_agrees_with_itself_on_all_parameters() {
        let numbers = block_on(tiny_batch(&Device::flex())).unwrap();
        // The loss, and a weight and a bias for each of five layers.
        assert_eq!(numbers.len(), 11);
        assert!(compare(&numbers, &numbers).is_ok());
    }

    #[test]
    fn zero_wrong_and_missing_gradients_are_noticed() {
        let good = vec![vec![1.9], vec![0.5, -0.25]];
        for bad in [vec![0.0, 0.0], vec![0.5, -0.26], vec![f32::NAN, -0.25]] {
            let found = vec![vec![1.9], bad];
            assert!(compare(&good, &found).is_err(), "{found:?}");
        }
    }
}
