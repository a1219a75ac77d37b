//! Linear probe: how much a linear classifier reads off frozen features.

use burn::module::Module;
use burn::nn::Linear;
use burn::optim::GradientsParams;
use burn::tensor::Tensor;
use serde::Serialize;

use super::classifier::{cross_entropy, guesses, one_hot, watch, zero_linear};
use super::labels::{Labelled, accuracy};
use crate::train::{Optimizer, OptimizerConfig};
use crate::{Error, Result};

/// Softmax regression on frozen features (the linear evaluation of SimCLR, Chen et al. 2020,
/// arXiv:2002.05709), by Adam on the whole training set at once, from weights of zero. Nothing in
/// it is random.
///
/// Each column is first brought to mean 0 and standard deviation 1 over the training pictures, so
/// that one learning rate suits every encoder, and the pixels too.
///
/// ```
/// use burn::tensor::{Device, Tensor};
/// use contrastive_playground::evaluate::{Features, Labelled, ProbeConfig};
/// let rows = [[1.0, 0.0], [3.0, 0.1], [1.1, 0.9], [2.9, 1.0]];
/// let values = Tensor::from_floats(rows, &Device::flex());
/// let labels = [0, 0, 1, 1].map(Some);
/// let rows = Labelled::new(&Features { values }, &labels).unwrap();
/// let result = pollster::block_on(ProbeConfig::default().fit(&rows, &rows)).unwrap();
/// assert_eq!(result.accuracy, 1.0);
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ProbeConfig {
    /// Updates, each from all training pictures.
    pub steps: usize,
    pub learning_rate: f64,
    /// λ of λ/2 · ‖weights‖², which is added to the mean cross-entropy.
    pub weight_decay: f32,
}

impl Default for ProbeConfig {
    fn default() -> Self {
        Self { steps: 100, learning_rate: 0.01, weight_decay: 0.01 }
    }
}

/// How well the probe guesses.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ProbeResult {
    /// Share of the held-out pictures that are guessed right, 0..1.
    pub accuracy: f64,
    /// The same for the pictures that it was fitted to: far higher where it learned them by heart.
    pub train_accuracy: f64,
    /// Held-out pictures that were judged.
    pub count: usize,
    /// Predicted class of every held-out picture; none where it has no label to judge by.
    pub predictions: Vec<Option<usize>>,
}

impl ProbeConfig {
    /// Fits the probe to `train` and judges it on `held_out`.
    ///
    /// # Errors
    /// [`Error::SettingOutOfRange`], [`Error::Mismatch`] where the two have different columns,
    /// [`Error::Diverged`] and [`Error::Device`].
    pub async fn fit(&self, train: &Labelled, held_out: &Labelled) -> Result<ProbeResult> {
        self.check()?;
        let [rows, others] = [train, held_out].map(Labelled::features);
        Error::check_count("feature columns", others.columns(), rows.columns())?;
        let scale = Standardise::new(rows.values.clone());
        let [rows, others] = [rows, others].map(|features| scale.apply(features.values.clone()));
        let probe = self.train(rows.clone(), train).await?;
        let of_train = guesses(probe.forward(rows)).await?;
        let of_others = guesses(probe.forward(others)).await?;
        Ok(ProbeResult {
            accuracy: accuracy(&of_others, held_out.labels()),
            train_accuracy: accuracy(&of_train, train.labels()),
            count: held_out.labels().len(),
            predictions: held_out.spread(&of_others),
        })
    }

    async fn train(&self, rows: Tensor<2>, train: &Labelled) -> Result<Linear> {
        let device = rows.device();
        let classes = train.classes();
        let targets = one_hot(train.labels(), classes, &device).autodiff();
        let mut probe = zero_linear(rows.dims()[1], classes, &device);
        let rows = rows.autodiff();
        let weight_decay = self.weight_decay.into();
        let mut adam = Optimizer::new(OptimizerConfig { weight_decay, ..Default::default() });
        for step in 1..=self.steps {
            let loss = cross_entropy(probe.forward(rows.clone()), targets.clone());
            let gradients = GradientsParams::from_grads(loss.backward(), &probe);
            probe = adam.step(self.learning_rate, probe, gradients);
            watch(loss, step).await?;
        }
        Ok(probe.valid())
    }

    fn check(&self) -> Result<()> {
        Error::check_range("steps", self.steps as f64, 1.0..=1e5)?;
        Error::check_range("learningRate", self.learning_rate, 1e-6..=10.0)?;
        Error::check_range("weightDecay", self.weight_decay.into(), 0.0..=100.0)
    }
}

/// Mean and standard deviation of every column, `[1, columns]`.
struct Standardise {
    mean: Tensor<2>,
    deviation: Tensor<2>,
}

impl Standardise {
    fn new(rows: Tensor<2>) -> Self {
        let mean = rows.clone().mean_dim(0);
        let deviation = (rows - mean.clone()).square().mean_dim(0).sqrt();
        // A column that hardly varies in training, such as that of a dead unit, would blow up the
        // smallest difference in a held-out picture.
        let floor = deviation.clone().mean_dim(1) * 1e-3 + 1e-12;
        Self { mean, deviation: deviation + floor }
    }

    fn apply(&self, rows: Tensor<2>) -> Tensor<2> {
        (rows - self.mean.clone()) / self.deviation.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::super::features::{Features, read};
    use super::*;
    use crate::random::{Purpose, stream};
    use burn::tensor::{Device, TensorData};
    use pollster::block_on;
    use rand::RngExt;

    /// Three classes by the angle of the first two columns; the third is noise of another size, the
    /// fourth constant.
    fn wedges(rows: usize, seed: u64) -> Labelled {
        let mut rng = stream(seed, Purpose::Shapes, 0);
        let mut values = Vec::new();
        for row in 0..rows {
            let angle = (row % 3) as f32 * 2.1 + rng.random_range(-0.6..0.6f32);
            values.extend([angle.cos(), 0.01 * angle.sin(), rng.random_range(-50.0..50.0), 7.0]);
        }
        let values = Tensor::from_data(TensorData::new(values, [rows, 4]), &Device::flex());
        let labels: Vec<_> = (0..rows).map(|row| Some(row % 3)).collect();
        Labelled::new(&Features { values }, &labels).unwrap()
    }

    #[test]
    fn classes_that_a_line_separates_are_told_apart_in_new_pictures() {
        let result = block_on(ProbeConfig::default().fit(&wedges(90, 1), &wedges(60, 2))).unwrap();
        assert_eq!((result.accuracy, result.train_accuracy, result.count), (1.0, 1.0, 60));
        let again = block_on(ProbeConfig::default().fit(&wedges(90, 1), &wedges(60, 2))).unwrap();
        assert_eq!(result, again);
    }

    #[test]
    fn the_weights_found_are_where_the_gradient_is_zero() {
        let train = wedges(90, 1);
        let config = ProbeConfig { steps: 3000, weight_decay: 0.1, ..Default::default() };
        let values = train.features().values.clone();
        let rows = Standardise::new(values.clone()).apply(values);
        let probe = block_on(config.train(rows.clone(), &train)).unwrap();
        // Gradient of the cross-entropy is rowsᵀ (softmax − targets) / n, of the decay λ · weights.
        let softmax = burn::tensor::activation::softmax(probe.forward(rows.clone()), 1);
        let error = softmax - one_hot(train.labels(), 3, &rows.device());
        let gradient = rows.transpose().matmul(error) / 90.0 + probe.weight.val() * 0.1;
        let worst = block_on(read(gradient.abs().max())).unwrap()[0];
        assert!(worst < 1e-3, "{worst}");
    }

    #[test]
    fn columns_have_mean_0_and_deviation_1_unless_they_are_constant() {
        let values = wedges(90, 1).features().values.clone();
        let scaled = block_on(read(Standardise::new(values.clone()).apply(values))).unwrap();
        for column in 0..4 {
            let numbers: Vec<f32> = scaled.chunks(4).map(|row| row[column]).collect();
            let mean = numbers.iter().sum::<f32>() / 90.0;
            let squares = numbers.iter().map(|v| v * v).sum::<f32>() / 90.0;
            assert!(mean.abs() < 1e-3, "{mean}");
            if column == 3 {
                assert!(squares < 1e-3, "{squares}");
            } else {
                assert!(squares > 0.2 && squares < 1.01, "{squares}");
            }
        }
    }

    #[test]
    fn settings_that_cannot_be_used_are_named() {
        let config = ProbeConfig { steps: 0, ..Default::default() };
        let error = block_on(config.fit(&wedges(6, 1), &wedges(6, 1))).unwrap_err();
        assert!(error.to_string().contains("steps"));
    }
}
