//! Evaluation of whole encoders on the CPU device, and against numbers measured elsewhere.
//!
//! Those on CIFAR-10 read `../shared/cifar10`, which is not part of the project, and do nothing
//! where it is absent.

use burn::tensor::Device;
use contrastive_playground::augment::Preset;
use contrastive_playground::dataset::{ImageSet, ShapesConfig};
use contrastive_playground::evaluate::{
    EvaluateConfig, Factor, Features, FineTuneConfig, KnnConfig, Labelled, Paired, ProbeConfig,
    SplitConfig, alignment, effective_rank, evaluate, factor_scores, labels_as, uniformity,
};
use contrastive_playground::model::{Encoder, EncoderConfig};
use contrastive_playground::train::{TrainConfig, Trainer};
use pollster::block_on;

use crate::cifar::cifar;

fn device() -> Device {
    Device::flex()
}

fn new_encoder(side: usize, seed: u64) -> Encoder {
    EncoderConfig::new(side).init(seed, &device()).unwrap()
}

/// Drawn pictures, labelled by their colour: few steps are enough to tell colours apart.
fn colors(count: usize, seed: u64) -> ImageSet {
    let shapes = ShapesConfig { count, side: 16, seed }.draw().unwrap();
    let mut set = ImageSet::new(16).unwrap();
    for (picture, factors) in shapes.factors.iter().enumerate() {
        let color = factors.color.to_string();
        set.push_labelled("", &color, shapes.images.rgb(picture).unwrap()).unwrap();
    }
    set
}

fn knn(train: &ImageSet, held_out: &ImageSet, embed: impl Fn(&ImageSet) -> Features) -> f64 {
    let bank = Labelled::new(&embed(train), train.labels()).unwrap();
    let queries = Labelled::new(&embed(held_out), &labels_as(train, held_out)).unwrap();
    block_on(KnnConfig::default().classify(&bank, &queries)).unwrap().accuracy
}

#[test]
fn the_pixels_of_cifar_10_are_guessed_as_the_reference_guesses_them() {
    let Some([train, held_out]) = cifar() else { return };
    let accuracy = knn(&train, &held_out, |set| Features::pixels(set, &device()).unwrap());
    println!("kNN on pixels: {accuracy}");
    assert!((accuracy - 0.238).abs() < 0.002, "{accuracy}");
}

/// Half a minute, so only when asked for: `cargo test --test library evaluate -- --ignored --nocapture`.
#[test]
#[ignore = "encodes 6,000 pictures three times"]
fn untrained_encoders_are_better_than_pixels_on_cifar_10_as_in_the_reference() {
    let Some([train, held_out]) = cifar() else { return };
    for seed in [1, 2, 3] {
        let encoder = new_encoder(32, seed);
        let embed = |set: &ImageSet| Features::encode(&encoder, set, &device()).unwrap();
        let accuracy = knn(&train, &held_out, embed);
        println!("kNN on an untrained encoder, seed {seed}: {accuracy}");
        assert!((0.27..0.32).contains(&accuracy), "{accuracy}");
    }
}

#[test]
fn a_report_has_the_encoder_beside_its_baselines() {
    let set = colors(300, 3);
    let split = SplitConfig::default().split(set.labels()).unwrap();
    let [train, held_out] = [&split.train, &split.held_out].map(|part| set.subset(part).unwrap());
    // Crops alone leave colours as the easiest thing to match; SimCLR's jitter would hide them.
    let policy = Preset::CropOnly.policy();
    let config = TrainConfig { batch_size: 16, steps: 60, policy, ..Default::default() };
    let mut trainer = Trainer::new(config, 16, &device()).unwrap();
    let untrained = trainer.model().encoder;
    for _ in 0..config.steps {
        trainer.step(&train).unwrap();
    }
    let trained = trainer.model().encoder;
    let knn = KnnConfig { k: 20, ..Default::default() };
    let config = EvaluateConfig { knn, probe: Some(ProbeConfig::default()) };
    let judge = |encoder| {
        block_on(evaluate(encoder, &untrained, &train, &held_out, &config, &device())).unwrap()
    };
    let report = judge(&trained);
    println!("{report:?}");
    assert_eq!((report.train, report.held_out, report.representation), (240, 60, 256));
    let probe = report.probe.unwrap();
    assert_eq!(report.k, 20);
    for scores in [report.knn.accuracy, probe.accuracy] {
        let all = [scores.encoder, scores.untrained, scores.pixels];
        assert!(all.iter().all(|score| (0.0..=1.0).contains(score)));
        assert!(scores.encoder > report.chance, "{report:?}");
    }
    assert!(report.effective_rank > 2.0 && report.effective_rank <= 239.0);
    // An encoder that was not trained is its own baseline.
    let same = judge(&untrained);
    assert_eq!(same.knn.accuracy.encoder, report.knn.accuracy.untrained);
    assert_eq!(same.probe.unwrap().accuracy.encoder, probe.accuracy.untrained);
    let same = same.knn.against_untrained;
    assert_eq!((same.wins, same.losses, same.p), (0, 0, 1.0));
    let Paired { wins, losses, p } = report.knn.against_untrained;
    let difference = report.knn.accuracy.encoder - report.knn.accuracy.untrained;
    assert!((difference * 60.0 - (wins as f64 - losses as f64)).abs() < 1e-9);
    assert!((0.0..=1.0).contains(&p) && wins > 0);
    let json = serde_json::to_value(report).unwrap();
    assert!(json["effectiveRank"].is_number() && json["heldOut"] == 60);
}

#[test]
fn sets_that_cannot_be_judged_are_refused() {
    let shapes = |side| ShapesConfig { count: 8, side, seed: 3 }.draw().unwrap().images;
    let mut unlabelled = ImageSet::new(8).unwrap();
    unlabelled.push("", &[7; 192]).unwrap();
    let (encoder, config) = (new_encoder(8, 1), EvaluateConfig::default());
    let (train, device) = (shapes(8), device());
    for held_out in [shapes(16), unlabelled, ImageSet::new(8).unwrap()] {
        let report = evaluate(&encoder, &encoder, &train, &held_out, &config, &device);
        assert!(block_on(report).is_err());
    }
}

#[test]
fn a_collapsed_encoder_shows_in_rank_and_uniformity() {
    let set = ShapesConfig { count: 64, side: 16, seed: 3 }.draw().unwrap().images;
    let healthy = Features::encode(&new_encoder(16, 1), &set, &device()).unwrap();
    let constant = healthy.values.clone().narrow(0, 0, 1).repeat_dim(0, 64);
    let collapsed = Features { values: constant };
    let rank = |features| block_on(effective_rank(features)).unwrap();
    assert_eq!(rank(&collapsed), 0.0);
    assert!(rank(&healthy) > 5.0);
    assert!(uniformity(collapsed.values.clone()).into_scalar::<f32>().abs() < 1e-4);
    assert!(alignment(collapsed.values).into_scalar::<f32>() < 1e-6);
    assert!(uniformity(healthy.values).into_scalar::<f32>() < -1e-3);
}

#[test]
fn the_colours_of_shapes_are_in_their_pixels() {
    let [bank, queries] =
        [1, 2].map(|seed| ShapesConfig { count: 300, side: 16, seed }.draw().unwrap());
    let [rows, others] =
        [&bank, &queries].map(|shapes| Features::pixels(&shapes.images, &device()).unwrap());
    let knn = KnnConfig { k: 20, ..Default::default() };
    let scores = factor_scores((&rows, &bank.factors), (&others, &queries.factors), &knn);
    let scores = block_on(scores).unwrap();
    println!("{scores:#?}");
    let color = scores.iter().find(|score| score.factor == Factor::Color).unwrap();
    assert!(color.accuracy > color.chance + 0.25);
    let rotation = scores.iter().find(|score| score.factor == Factor::Rotation).unwrap();
    assert!(rotation.count < 300);
}

#[test]
fn a_few_labels_a_colour_are_enough_to_tell_colours_apart() {
    let (train, held_out) = (colors(300, 1), colors(120, 2));
    let config = FineTuneConfig { per_class: 15, steps: 60, ..Default::default() };
    let (encoder, architecture) = (new_encoder(16, 1), EncoderConfig::new(16));
    let result =
        block_on(config.compare(&encoder, &architecture, &train, &held_out, &device())).unwrap();
    println!("{result:?}");
    assert_eq!((result.labels, result.held_out), (90, 120));
    assert!(result.scratch > 0.5 && result.pretrained > 0.5);
}
