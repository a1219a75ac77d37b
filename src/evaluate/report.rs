//! The encoder beside what it has to beat.

use burn::tensor::Device;
use serde::Serialize;

use super::labels::chance;
use super::{
    Features, KnnConfig, KnnResult, Labelled, Paired, ProbeConfig, ProbeResult, effective_rank,
    labels_as,
};
use crate::dataset::ImageSet;
use crate::model::Encoder;
use crate::{Error, Result};

/// How to judge.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct EvaluateConfig {
    pub knn: KnnConfig,
    /// A linear probe as well, which takes a while; none by default.
    pub probe: Option<ProbeConfig>,
}

/// One measure of the encoder, always beside the same of two that have learned nothing.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Scores {
    pub encoder: f64,
    /// The same network with new weights, which is better than chance: a random convolution keeps
    /// much.
    pub untrained: f64,
    /// The pixels themselves.
    pub pixels: f64,
}

/// [`Scores`] of one measure, and where the encoder differs from what it has to beat, picture by picture.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Judged {
    pub accuracy: Scores,
    pub against_untrained: Paired,
    pub against_pixels: Paired,
}

/// What an encoder has learned, on pictures that it was not trained on.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Report {
    /// The nearest neighbours.
    pub knn: Judged,
    /// How many of them vote: [`KnnConfig::k_for`].
    pub k: usize,
    /// The linear probe; none if it was not asked for.
    pub probe: Option<Judged>,
    /// Accuracy of always guessing the commonest class among the held-out pictures.
    pub chance: f64,
    /// Dimensions over which the encoder's training pictures spread: near 1 where it has collapsed.
    pub effective_rank: f64,
    /// Numbers in the representation: the effective rank's upper limit.
    pub representation: usize,
    /// Labelled training pictures that the guesses are made from.
    pub train: usize,
    /// Labelled held-out pictures that were judged.
    pub held_out: usize,
}

/// Judges `encoder` by its representation h on held-out pictures, with `untrained` (the same
/// network as it was before training) and the raw pixels as baselines. Classes are matched by name.
///
/// ```
/// use burn::tensor::Device;
/// use contrastive_playground::dataset::ShapesConfig;
/// use contrastive_playground::evaluate::{EvaluateConfig, evaluate};
/// use contrastive_playground::model::EncoderConfig;
/// let device = Device::flex();
/// let set = |count, seed| ShapesConfig { count, side: 8, seed }.draw().unwrap().images;
/// let encoder = |seed| EncoderConfig::new(8).init(seed, &device).unwrap();
/// let (train, held_out) = (set(60, 1), set(20, 2));
/// let config = EvaluateConfig::default();
/// let (trained, untrained) = (encoder(1), encoder(2));
/// let report = evaluate(&trained, &untrained, &train, &held_out, &config, &device);
/// let report = pollster::block_on(report).unwrap();
/// assert_eq!((report.train, report.held_out), (60, 20));
/// ```
///
/// # Errors
/// [`Error::TooFewPictures`] or [`Error::TooFewLabels`] where either set has none,
/// [`Error::Mismatch`] where their sides differ, [`Error::SettingOutOfRange`], [`Error::Diverged`]
/// and [`Error::Device`].
pub async fn evaluate(
    encoder: &Encoder,
    untrained: &Encoder,
    train: &ImageSet,
    held_out: &ImageSet,
    config: &EvaluateConfig,
    device: &Device,
) -> Result<Report> {
    Error::check_count("pixels of a side", held_out.side(), train.side())?;
    let labels = Labels { known: train.labels(), asked: &labels_as(train, held_out) };
    let h = |encoder: &Encoder, set| Features::encode(encoder, set, device);
    let bank = h(encoder, train)?;
    let trained = labels.guess(config, &bank, &h(encoder, held_out)?).await?;
    let fresh = labels.guess(config, &h(untrained, train)?, &h(untrained, held_out)?).await?;
    let pixels = |set| Features::pixels(set, device);
    let pixels = labels.guess(config, &pixels(train)?, &pixels(held_out)?).await?;

    let asked: Vec<usize> = labels.asked.iter().flatten().copied().collect();
    let all = [&trained, &fresh, &pixels];
    Ok(Report {
        knn: labels.judged(all.map(|found| (found.knn.accuracy, &found.knn.predictions))),
        k: trained.knn.k,
        probe: match all.map(|found| found.probe.as_ref()) {
            [Some(trained), Some(fresh), Some(pixels)] => Some(labels.judged(
                [trained, fresh, pixels].map(|found| (found.accuracy, &found.predictions)),
            )),
            _ => None,
        },
        chance: chance(&asked),
        effective_rank: effective_rank(&bank).await?,
        representation: bank.columns(),
        train: train.labels().iter().flatten().count(),
        held_out: asked.len(),
    })
}

/// The same labels for all features that are judged.
struct Labels<'a> {
    /// Of the training pictures.
    known: &'a [Option<usize>],
    /// Of the held-out pictures.
    asked: &'a [Option<usize>],
}

/// What one kind of features lets one guess.
struct Found {
    knn: KnnResult,
    probe: Option<ProbeResult>,
}

impl Labels<'_> {
    async fn guess(
        &self,
        config: &EvaluateConfig,
        train: &Features,
        held_out: &Features,
    ) -> Result<Found> {
        let known = Labelled::new(train, self.known)?;
        let asked = Labelled::new(held_out, self.asked)?;
        let probe = match &config.probe {
            Some(probe) => Some(probe.fit(&known, &asked).await?),
            None => None,
        };
        Ok(Found { knn: config.knn.classify(&known, &asked).await?, probe })
    }

    /// Of the accuracy and the guesses of the encoder, the untrained one and the pixels.
    fn judged(&self, [encoder, untrained, pixels]: [(f64, &Vec<Option<usize>>); 3]) -> Judged {
        // Who has no label has no guess either, and is no difference.
        let against = |guesses| Paired::of(encoder.1, guesses, self.asked);
        Judged {
            accuracy: Scores { encoder: encoder.0, untrained: untrained.0, pixels: pixels.0 },
            against_untrained: against(untrained.1),
            against_pixels: against(pixels.1),
        }
    }
}
