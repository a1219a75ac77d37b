//! Where the arithmetic runs, and the self-test that a device has to pass before it is trusted.
//!
//! A shader that fails in a browser may only be logged, and gradients are then silently zero. So a
//! GPU is asked for what every kernel gives and for a step on a tiny batch first, and compared with the CPU.

use burn::tensor::{Device, TensorData, Transaction};

use crate::dataset::ShapesConfig;
use crate::model::parameters;
use crate::ops::check::{self, Found};
use crate::ops::differences;
use crate::train::{OptimizerConfig, Rule, TrainConfig, Trainer};
use crate::{Error, Result};

const SIDE: usize = 8;
const PICTURES: usize = 4;

/// How far a device may be from the CPU, relative to the largest of some numbers.
const TOLERANCE: f32 = 1e-3;

/// Runs every kernel at small sizes, and a step on a tiny batch, on `device` and on the CPU.
///
/// # Errors
/// [`Error::Device`] where the device fails, differs by more than 1e-3, or gives no gradient.
pub async fn self_test(device: &Device) -> Result<()> {
    compare(check::run(0, &Device::flex()), check::run(0, device)).await?;
    let [expected, found] = [&Device::flex(), device].map(tiny_batch);
    compare(expected?, found?).await
}

/// Runs every kernel at sizes that are drawn from a seed, long sums too, on `device` and on the CPU, and holds slopes to
/// differences of the values.
///
/// # Errors
/// As [`self_test`].
pub async fn check_kernels(seed: u64, device: &Device) -> Result<()> {
    for run in [check::run, check::run_deep] {
        compare(run(seed, &Device::flex()), run(seed, device)).await?;
    }
    differences::check(seed, device).await
}

/// # Errors
/// [`Error::Device`] where a kernel gave other numbers.
pub(crate) async fn compare(expected: Found, found: Found) -> Result<()> {
    let names: Vec<_> = expected.iter().map(|(name, _)| *name).collect();
    let [expected, found] = [expected, found].map(|found| {
        let tensors = found.into_iter().map(|(_, tensor)| tensor);
        tensors.fold(Transaction::default(), Transaction::register)
    });
    let (expected, found) = (read_all(expected).await?, read_all(found).await?);
    let same = names.into_iter().zip(expected.iter().zip(&found));
    same.into_iter().try_for_each(|(what, (expected, found))| close(what, expected, found))
}

fn close(what: &str, expected: &[f32], found: &[f32]) -> Result<()> {
    let largest = |values: &[f32]| values.iter().fold(0.0f32, |a, v| a.max(v.abs()));
    if largest(found) == 0.0 && largest(expected) > 0.0 {
        return Err(Error::device(format!("wrong numbers for {what}: all zero")));
    }
    let worst = expected.iter().zip(found).map(|(a, b)| (a - b).abs());
    let worst = worst.fold(0.0, |a, b| if b.is_nan() { f32::INFINITY } else { f32::max(a, b) });
    if expected.len() != found.len() || worst > TOLERANCE * largest(expected) {
        return Err(Error::device(format!("wrong numbers for {what}: {worst} from the CPU's")));
    }
    Ok(())
}

/// The loss of a tiny batch, and the parameters after one step.
fn tiny_batch(device: &Device) -> Result<Found> {
    let shapes = ShapesConfig { count: PICTURES, side: SIDE, seed: 1 }.draw()?;
    let config = TrainConfig { batch_size: PICTURES, learning_rate: 1.0, ..Default::default() };
    let config = TrainConfig {
        optimizer: OptimizerConfig { rule: Rule::Sgd, ..Default::default() },
        ..config
    };
    let mut trainer = Trainer::new(config, SIDE, device)?;
    let step = trainer.step(&shapes.images)?;
    let parameters = parameters(&trainer.model()).into_iter();
    let parameters = parameters.map(|parameter| ("weights after a step", parameter.values));
    Ok([("loss of a step", step.output.loss)].into_iter().chain(parameters).collect())
}

/// The numbers of all tensors that were registered, read at once.
pub(crate) async fn read_all(reads: Transaction) -> Result<Vec<Vec<f32>>> {
    let read = reads.execute_async().await.map_err(Error::device)?;
    read.into_iter().map(floats).collect()
}

/// The numbers of a tensor that was read from a device.
pub(crate) fn floats(data: TensorData) -> Result<Vec<f32>> {
    data.try_into_vec().map_err(|error| Error::device(format!("{error:?}")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use pollster::block_on;

    #[test]
    fn the_cpu_agrees_with_itself() {
        // The loss, and a weight and a bias for each of five layers.
        assert_eq!(tiny_batch(&Device::flex()).unwrap().len(), 11);
        assert!(block_on(self_test(&Device::flex())).is_ok());
    }

    #[test]
    fn kernels_agree_with_themselves_and_with_differences() {
        for seed in 1..=24 {
            block_on(check_kernels(seed, &Device::flex())).unwrap();
        }
    }

    #[test]
    fn zero_wrong_and_missing_numbers_are_noticed() {
        for bad in [&[0.0, 0.0][..], &[0.5, -0.26], &[f32::NAN, -0.25], &[0.5]] {
            assert!(close("number", &[0.5, -0.25], bad).is_err(), "{bad:?}");
        }
        assert!(close("number", &[0.0], &[0.0]).is_ok());
    }
}
