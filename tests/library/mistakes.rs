//! Every mistake shows: what it breaks, beside SimCLR with all else being equal.

use std::sync::OnceLock;

use contrastive_playground::augment::Preset;
use contrastive_playground::evaluate::{Scores, uniformity};
use contrastive_playground::loss::chance_level;
use contrastive_playground::train::{Method, Step, TrainConfig};

use crate::runs::{self, run};

/// What is left of a run when it is over.
struct Outcome {
    knn: Scores,
    /// Mean loss and top-1 accuracy of every fifty steps.
    curve: runs::Curve,
    /// How evenly the last projections lie on the sphere.
    uniformity: f32,
}

fn outcome(method: Method, steps: usize) -> Outcome {
    let (run, last) = run(16, steps, TrainConfig { method, ..Default::default() });
    let found = Outcome {
        knn: run.knn(),
        curve: run.curve,
        uniformity: uniformity(last.z.clone()).into_scalar(),
    };
    println!("{method:?}: {:?} {:?} uniformity {}", found.knn, found.curve, found.uniformity);
    found
}

fn mean_length(step: &Step) -> f32 {
    step.z.clone().square().sum_dim(1).sqrt().mean().into_scalar()
}

fn right() -> &'static Outcome {
    static RIGHT: OnceLock<Outcome> = OnceLock::new();
    RIGHT.get_or_init(|| outcome(Method::SimClr, 200))
}

fn without_augmentation() -> &'static Outcome {
    static WRONG: OnceLock<Outcome> = OnceLock::new();
    WRONG.get_or_init(|| outcome(Method::NoAugmentation, 100))
}

#[test]
fn the_articles_loss_looks_finished_and_has_learned_nothing() {
    let wrong = outcome(Method::ArticleLoss, 100);
    assert!(wrong.curve[1][0] < 0.2, "after a hundred steps the loss is {}", wrong.curve[1][0]);
    assert!(wrong.knn.encoder < wrong.knn.untrained + 0.02, "{:?}", wrong.knn);
    assert!(wrong.knn.encoder < right().knn.encoder - 0.1);
}

#[test]
fn without_normalisation_less_is_learned_and_lengths_make_up_for_the_temperature() {
    let wrong = outcome(Method::NoNormalization, 200);
    assert!(wrong.knn.encoder < right().knn.encoder - 0.1, "{:?}", wrong.knn);
    let length = |temperature| {
        let method = Method::NoNormalization;
        mean_length(&run(16, 60, TrainConfig { method, temperature, ..Default::default() }).1)
    };
    let [short, long] = [0.1, 1.0].map(length);
    assert!(long > 1.5 * short, "{short} at τ = 0.1, {long} at τ = 1");
}

#[test]
fn without_augmentation_every_positive_is_found_at_once_and_nothing_is_learned() {
    let wrong = without_augmentation();
    assert_eq!(wrong.curve[0][1], 1.0, "top-1 accuracy of the first fifty steps");
    assert!(wrong.curve[1][0] < 0.2 && right().curve[1][0] > 3.0);
    assert!(wrong.knn.encoder < wrong.knn.untrained, "{:?}", wrong.knn);
}

#[test]
fn with_the_positive_among_the_negatives_the_loss_stays_above_ln_2() {
    let method = Method::PositiveAmongNegatives;
    let config = TrainConfig { method, policy: Preset::None.policy(), ..Default::default() };
    let (run, _) = run(16, 60, config);
    assert!(run.curve[1][0] > 2f32.ln());
    // The task is as easy as can be.
    assert!(without_augmentation().curve[1][0] < 0.5 * 2f32.ln());
}

#[test]
fn with_a_temperature_far_too_small_projections_stay_in_a_narrow_cone() {
    let wrong = outcome(Method::TemperatureTooSmall, 200);
    assert!(wrong.uniformity > right().uniformity + 0.5, "{}", wrong.uniformity);
    assert!(wrong.knn.encoder < right().knn.encoder - 0.015, "{:?}", wrong.knn);
}

#[test]
fn with_a_temperature_far_too_large_the_loss_stays_at_chance() {
    let wrong = outcome(Method::TemperatureTooLarge, 100);
    let chance = chance_level(64);
    assert!(wrong.curve.iter().all(|[loss, _]| (loss - chance).abs() < 0.02), "{:?}", wrong.curve);
    assert!(wrong.knn.encoder < wrong.knn.untrained, "{:?}", wrong.knn);
}
