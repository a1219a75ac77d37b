//! Fine-tuning: what a trained encoder is worth where labels are few.

use burn::module::Module;
use burn::nn::Linear;
use burn::optim::GradientsParams;
use burn::tensor::{Device, Tensor};
use rand::seq::SliceRandom;
use serde::Serialize;

use super::classifier::{cross_entropy, guesses, one_hot, watch, zero_linear};
use super::labels::{Labelled, accuracy, chance};
use super::{Features, Paired, ProbeConfig, labels_as};
use crate::augment::{Policy, Preset, ViewParameters, render};
use crate::dataset::ImageSet;
use crate::model::{Encoder, EncoderConfig};
use crate::random::{Purpose, stream};
use crate::train::{Batches, Optimizer, OptimizerConfig};
use crate::{Error, Result};

/// Training with labels, of the whole network and with only a few labels a class (the
/// semi-supervised evaluation of SimCLR, Chen et al. 2020, arXiv:2002.05709), from the trained
/// encoder and from a new one: the difference is what was learned without labels. Beside them stands
/// what the same labels make of raw pixels, which have no network to be tuned: a linear probe.
///
/// ```
/// use burn::tensor::Device;
/// use contrastive_playground::dataset::ShapesConfig;
/// use contrastive_playground::evaluate::FineTuneConfig;
/// use contrastive_playground::model::EncoderConfig;
/// let set = |seed| ShapesConfig { count: 24, side: 8, seed }.draw().unwrap().images;
/// let (device, architecture) = (Device::flex(), EncoderConfig::new(8));
/// let encoder = architecture.init(7, &device).unwrap();
/// let config = FineTuneConfig { per_class: 1, steps: 2, ..Default::default() };
/// let (train, held_out) = (set(1), set(2));
/// let result = config.compare(&encoder, &architecture, &train, &held_out, &device);
/// assert_eq!(pollster::block_on(result).unwrap().labels, 6);
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FineTuneConfig {
    /// Labels a class; all of them where a class has fewer.
    pub per_class: usize,
    /// Updates of each of the two networks.
    pub steps: usize,
    /// Pictures an update; all of them where there are fewer.
    pub batch_size: usize,
    /// Adam's.
    pub learning_rate: f64,
    /// How each picture is augmented anew for each update.
    pub policy: Policy,
    /// Chooses the labels, the batches, the views and the weights of the new encoder.
    pub seed: u64,
}

impl Default for FineTuneConfig {
    fn default() -> Self {
        Self {
            per_class: 10,
            steps: 100,
            batch_size: 32,
            learning_rate: 1e-3,
            policy: Preset::CropOnly.policy(),
            seed: 0,
        }
    }
}

/// Both networks after training with the same few labels, and a linear probe on raw pixels.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct FineTuneResult {
    /// Share of the held-out pictures that the fine-tuned encoder guesses right, 0..1.
    pub pretrained: f64,
    /// The same for the encoder that started from new weights.
    pub scratch: f64,
    /// The same for [`ProbeConfig`] on the pixels, fitted to these labels.
    pub pixels: f64,
    /// The first beside the second, picture by picture.
    pub against_scratch: Paired,
    /// The first beside the pixels.
    pub against_pixels: Paired,
    /// Share of the commonest label among these pictures: what always guessing it would give.
    pub chance: f64,
    /// Labels that were used, and how many of a class at most.
    pub labels: usize,
    pub per_class: usize,
    /// Held-out pictures that were judged.
    pub held_out: usize,
}

/// Encoder and linear classifier, trained together.
#[derive(Module, Debug)]
struct Classifier {
    encoder: Encoder,
    linear: Linear,
}

impl FineTuneConfig {
    /// Trains `encoder`, and a new one of the same `architecture`, on the same few labelled
    /// pictures of `train`, and judges both on the labelled pictures of `held_out`. `encoder`
    /// itself stays as it is.
    ///
    /// # Errors
    /// [`Error::SettingOutOfRange`], [`Error::TooFewLabels`] where either set has no label,
    /// [`Error::Mismatch`] where their sides differ, [`Error::Diverged`] and [`Error::Device`].
    pub async fn compare(
        &self,
        encoder: &Encoder,
        architecture: &EncoderConfig,
        train: &ImageSet,
        held_out: &ImageSet,
        device: &Device,
    ) -> Result<FineTuneResult> {
        self.check()?;
        Error::check_count("pixels of a side", held_out.side(), train.side())?;
        let few = train.subset(&self.choose(train))?;
        let judged = labelled_only(train, held_out)?;
        let labels = few.labels().iter().flatten().count();
        if labels == 0 || judged.1.is_empty() {
            return Err(Error::TooFewLabels { count: 0, needed: 1 });
        }
        let new = architecture.init(self.seed, &device.clone().without_autodiff())?;
        let pretrained = self.run(encoder, &few, &judged.0, device).await?;
        let scratch = self.run(&new, &few, &judged.0, device).await?;
        let pixels = of_pixels(&few, &judged, device).await?;
        let against = |guesses| Paired::of(&pretrained, guesses, &judged.1);
        Ok(FineTuneResult {
            pretrained: accuracy(&pretrained, &judged.1),
            scratch: accuracy(&scratch, &judged.1),
            pixels: accuracy(&pixels, &judged.1),
            against_scratch: against(&scratch),
            against_pixels: against(&pixels),
            chance: chance(&judged.1),
            labels,
            per_class: self.per_class,
            held_out: judged.1.len(),
        })
    }

    /// What is guessed of the held-out pictures.
    async fn run(
        &self,
        encoder: &Encoder,
        few: &ImageSet,
        held_out: &ImageSet,
        device: &Device,
    ) -> Result<Vec<usize>> {
        let trained = self.train(encoder, few, device).await?;
        let h = Features::encode(&trained.encoder, held_out, device)?;
        guesses(trained.linear.forward(h.values)).await
    }

    async fn train(
        &self,
        encoder: &Encoder,
        few: &ImageSet,
        device: &Device,
    ) -> Result<Classifier> {
        let device = device.clone().without_autodiff();
        let labels: Vec<usize> = few.labels().iter().flatten().copied().collect();
        let classes = few.classes().len();
        let probe = Features::encode(encoder, &few.subset(&[0])?, &device)?;
        let linear = zero_linear(probe.columns(), classes, &device);
        let mut model = Classifier { encoder: encoder.valid().train(), linear };
        let mut adam = Optimizer::new(OptimizerConfig::default());
        let mut batches = Batches::new(self.seed);
        for step in 1..=self.steps {
            let batch = batches.next(few.len(), self.batch_size);
            let targets: Vec<usize> = batch.iter().map(|&picture| labels[picture]).collect();
            let targets = one_hot(&targets, classes, &device).autodiff();
            let h = model.encoder.forward(self.views(few, &batch, step, &device)?.autodiff());
            let loss = cross_entropy(model.linear.forward(h), targets);
            let gradients = GradientsParams::from_grads(loss.backward(), &model);
            model = adam.step(self.learning_rate, model, gradients);
            watch(loss, step).await?;
        }
        Ok(model.valid())
    }

    fn views(
        &self,
        set: &ImageSet,
        batch: &[usize],
        step: usize,
        device: &Device,
    ) -> Result<Tensor<4>> {
        let mut rng = stream(self.seed, Purpose::FineTune, step as u64);
        let parameters =
            ViewParameters::sample_many(&self.policy, set.side(), batch.len(), &mut rng);
        Ok(render(set.batch(batch, device)?, &parameters))
    }

    /// Up to `per_class` pictures of each class.
    fn choose(&self, set: &ImageSet) -> Vec<usize> {
        let mut order: Vec<usize> = (0..set.len()).collect();
        order.shuffle(&mut stream(self.seed, Purpose::FineTune, 0));
        let mut taken = vec![0; set.classes().len()];
        order.retain(|&picture| {
            let count = set.labels()[picture].and_then(|label| taken.get_mut(label));
            count.is_some_and(|count| {
                *count += 1;
                *count <= self.per_class
            })
        });
        order
    }

    fn check(&self) -> Result<()> {
        Error::check_range("perClass", self.per_class as f64, 1.0..=1e6)?;
        Error::check_range("steps", self.steps as f64, 1.0..=1e6)?;
        Error::check_range("batchSize", self.batch_size as f64, 1.0..=512.0)?;
        Error::check_range("learningRate", self.learning_rate, 1e-6..=1.0)
    }
}

/// What a linear probe guesses of the held-out pictures by their pixels.
async fn of_pixels(
    few: &ImageSet,
    (held_out, right): &(ImageSet, Vec<usize>),
    device: &Device,
) -> Result<Vec<usize>> {
    let right: Vec<_> = right.iter().copied().map(Some).collect();
    let known = Labelled::new(&Features::pixels(few, device)?, few.labels())?;
    let asked = Labelled::new(&Features::pixels(held_out, device)?, &right)?;
    let found = ProbeConfig::default().fit(&known, &asked).await?;
    // Everyone asked has a label, and so a guess.
    let guesses: Vec<usize> = found.predictions.into_iter().flatten().collect();
    debug_assert_eq!(guesses.len(), held_out.len());
    Ok(guesses)
}

/// The held-out pictures whose class is one of the training set's, and that class.
fn labelled_only(train: &ImageSet, held_out: &ImageSet) -> Result<(ImageSet, Vec<usize>)> {
    let labels = labels_as(train, held_out);
    let chosen: Vec<usize> = (0..labels.len()).filter(|&i| labels[i].is_some()).collect();
    Ok((held_out.subset(&chosen)?, labels.into_iter().flatten().collect()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dataset::ShapesConfig;
    use pollster::block_on;

    /// Plain pictures, light and dark, of which a few have labels.
    fn plain(count: usize) -> ImageSet {
        let mut set = ImageSet::new(8).unwrap();
        for i in 0..count {
            let (class, light) = [("light", 160), ("dark", 20)][i % 2];
            set.push_labelled("", class, &[light + (i * 7 % 60) as u8; 192]).unwrap();
        }
        set.push("nothing", &[90; 192]).unwrap();
        set
    }

    fn shapes(seed: u64) -> ImageSet {
        ShapesConfig { count: 60, side: 8, seed }.draw().unwrap().images
    }

    #[test]
    fn both_networks_learn_what_is_easy_and_the_encoder_given_stays() {
        let (device, architecture) = (Device::flex(), EncoderConfig::new(8));
        let encoder = architecture.init(1, &device).unwrap();
        let before = Features::encode(&encoder, &plain(2), &device).unwrap().values.into_data();
        let config = FineTuneConfig { per_class: 3, steps: 60, ..Default::default() };
        let compare = |seed| {
            let config = FineTuneConfig { seed, ..config };
            block_on(config.compare(&encoder, &architecture, &plain(30), &plain(20), &device))
        };
        let found = compare(0).unwrap();
        let even = Paired { wins: 0, losses: 0, p: 1.0 };
        let expected = FineTuneResult {
            pretrained: 1.0,
            scratch: 1.0,
            pixels: 1.0,
            against_scratch: even,
            against_pixels: even,
            chance: 0.5,
            labels: 6,
            per_class: 3,
            held_out: 20,
        };
        assert_eq!(found, expected);
        assert_eq!(found, compare(0).unwrap());
        let after = Features::encode(&encoder, &plain(2), &device).unwrap().values.into_data();
        assert_eq!(before, after);
    }

    #[test]
    fn the_same_start_gives_the_same_accuracy() {
        let (device, architecture) = (Device::flex(), EncoderConfig::new(8));
        let config = FineTuneConfig { steps: 12, seed: 5, ..Default::default() };
        let encoder = architecture.init(5, &device).unwrap();
        let (train, held_out) = (shapes(1), shapes(2));
        let result = config.compare(&encoder, &architecture, &train, &held_out, &device);
        let result = block_on(result).unwrap();
        assert_eq!(result.pretrained, result.scratch);
        assert_eq!(result.against_scratch, Paired { wins: 0, losses: 0, p: 1.0 });
    }

    #[test]
    fn the_pixels_are_judged_by_a_probe_of_the_same_labels_and_pictures() {
        let (device, architecture) = (Device::flex(), EncoderConfig::new(8));
        let config = FineTuneConfig { per_class: 2, steps: 1, ..Default::default() };
        let encoder = architecture.init(5, &device).unwrap();
        let (train, held_out) = (shapes(1), shapes(2));
        let result = config.compare(&encoder, &architecture, &train, &held_out, &device);
        let result = block_on(result).unwrap();

        let few = train.subset(&config.choose(&train)).unwrap();
        let pixels = |set| Features::pixels(set, &device).unwrap();
        let known = Labelled::new(&pixels(&few), few.labels()).unwrap();
        let asked = Labelled::new(&pixels(&held_out), &labels_as(&train, &held_out)).unwrap();
        let probe = block_on(ProbeConfig::default().fit(&known, &asked)).unwrap();
        assert_eq!(result.pixels, probe.accuracy);
        // Where the two differ makes the whole difference of their shares.
        let Paired { wins, losses, .. } = result.against_pixels;
        let more = (result.pretrained - result.pixels) * result.held_out as f64;
        assert_eq!(more.round() as isize, wins as isize - losses as isize);
    }

    #[test]
    fn each_class_gives_as_many_labels_as_asked_for_or_all_it_has() {
        let mut set = plain(20);
        set.push_labelled("", "grey", &[90; 192]).unwrap();
        let config = FineTuneConfig { per_class: 4, ..Default::default() };
        let chosen = config.choose(&set);
        let of = |label| chosen.iter().filter(|&&i| set.labels()[i] == label).count();
        assert_eq!([of(Some(0)), of(Some(1)), of(Some(2)), of(None)], [4, 4, 1, 0]);
        let other = FineTuneConfig { seed: 1, ..config }.choose(&set);
        assert_ne!(chosen, other);
    }

    #[test]
    fn a_set_without_labels_is_refused() {
        let (device, architecture) = (Device::flex(), EncoderConfig::new(8));
        let encoder = architecture.init(1, &device).unwrap();
        let mut bare = ImageSet::new(8).unwrap();
        bare.push("", &[0; 192]).unwrap();
        let (config, train) = (FineTuneConfig::default(), plain(4));
        let found = config.compare(&encoder, &architecture, &train, &bare, &device);
        assert_eq!(block_on(found), Err(Error::TooFewLabels { count: 0, needed: 1 }));
    }
}
