//! A step's parts and strips, made by several instances.

use std::collections::BTreeMap;

use burn::optim::GradientsParams;
use burn::tensor::{Device, Tensor};

use super::shard::{Branch, Shard, flat};
use super::{Method, MocoConfig, STRIP, Step, Strips, TrainConfig, Trainer};
use crate::dataset::{ImageSet, ShapesConfig};
use crate::model::{Family, ModelConfig, Size, gradients, parameters};

const SIDE: usize = 8;

/// Labelled, since a method may want labels.
fn set(side: usize) -> ImageSet {
    ShapesConfig { count: 24, side, seed: 3 }.draw().unwrap().images
}

/// 11 pictures: the last part is no whole one.
fn config(method: Method, family: Family) -> TrainConfig {
    TrainConfig {
        method,
        model: ModelConfig { family, size: Size::Small, ..Default::default() },
        moco: MocoConfig { queue: 30, momentum: 0.9 },
        batch_size: 11,
        ..Default::default()
    }
}

fn trainer(config: TrainConfig, side: usize) -> Trainer {
    Trainer::new(config, side, &Device::flex()).unwrap()
}

/// A step whose parts and strips are made by others in turn, the last of which dies between the passes and is helped out
/// here.
fn shared_step(trainer: &mut Trainer, set: &ImageSet, others: &mut [Shard]) -> Step {
    let mut pending = trainer.begin(set).unwrap();
    for shard in &mut *others {
        for branch in [Branch::Learned, Branch::Keys] {
            let weights = pending.weights(branch).unwrap();
            if !weights.is_empty() {
                shard.load(branch, &weights).unwrap();
            }
        }
    }
    let (parts, count) = (pending.parts(), others.len());
    for part in (0..parts).rev() {
        let (branch, pictures) = (pending.branch(part).unwrap(), pending.pictures(part).unwrap());
        let table = pending.table(part).unwrap();
        let features = others[part % count].forward(part, branch, &pictures, &table).unwrap();
        pending.take_features(part, features).unwrap();
    }
    // Strips by twos, the last ones first.
    let outputs = trainer.config().model.encoder(trainer.side()).representation();
    let strips = pending.strips();
    let ranges = (0..strips).step_by(2).rev().map(|from| from..strips.min(from + 2));
    let mut theirs = Vec::new();
    for (number, range) in ranges.enumerate() {
        let dies = number % count == count - 1;
        if dies {
            trainer.represent(&mut pending, range.clone()).unwrap();
            theirs.push((range, None));
            continue;
        }
        let weights = trainer.strip_weights(&pending, range.clone()).unwrap();
        let mut strips = Strips::new(weights, outputs).unwrap();
        let features = pending.strip_features(range.clone()).unwrap();
        let sums = strips.represent(features).unwrap();
        pending.take_sums(range.clone(), sums).unwrap();
        theirs.push((range, Some(strips)));
    }
    trainer.meet(&mut pending, set).unwrap();
    for (range, strips) in &mut theirs {
        match strips {
            Some(strips) => {
                let slopes = strips.share(pending.slopes_of_h().unwrap()).unwrap();
                pending.take_slopes(range.clone(), &slopes).unwrap();
            }
            None => trainer.share(&mut pending, range.clone()).unwrap(),
        }
    }
    for part in (0..pending.learned_parts()).rev() {
        if part % count == count - 1 {
            pending.backward(part).unwrap();
            continue;
        }
        let slopes = pending.slopes(part).unwrap().to_vec();
        let gradients = others[part % count].backward(part, &slopes).unwrap();
        pending.take_gradients(part, gradients).unwrap();
    }
    for (range, strips) in theirs {
        match strips {
            Some(mut strips) => pending.take_rest(range, strips.learn().unwrap()).unwrap(),
            None => trainer.learn_rest(&mut pending, range).unwrap(),
        }
    }
    trainer.finish(pending).unwrap()
}

fn numbers<const D: usize>(tensor: &Tensor<D>) -> Vec<f32> {
    flat([tensor.clone()]).unwrap()
}

fn weights(trainer: &Trainer) -> Vec<f32> {
    flat(parameters(&trainer.model()).into_iter().map(|p| p.values)).unwrap()
}

fn runs_are_equal(config: TrainConfig, side: usize, steps: usize) {
    let set = set(side);
    let mut alone = trainer(config, side);
    let expected: Vec<Step> = (0..steps).map(|_| alone.step(&set).unwrap()).collect();
    for count in [2, 3, 5, 8] {
        let shard = || Shard::new(&config.model, side, &Device::flex()).unwrap();
        let mut others: Vec<Shard> = (0..count).map(|_| shard()).collect();
        let mut shared = trainer(config, side);
        for expected in &expected {
            let step = shared_step(&mut shared, &set, &mut others);
            assert_eq!(numbers(&step.output.loss), numbers(&expected.output.loss), "{config:?}");
            assert_eq!(numbers(&step.z), numbers(&expected.z), "{config:?}");
        }
        assert_eq!(weights(&shared), weights(&alone), "{config:?}");
    }
}

#[test]
fn a_run_is_the_same_to_the_bit_whoever_made_the_parts_with_every_method() {
    for method in Method::ALL {
        // A last bit may take some steps to show. The other methods differ from these in the loss alone.
        let lasting = matches!(method, Method::SimClr | Method::Moco | Method::SupCon);
        runs_are_equal(config(method, Family::Article), SIDE, if lasting { 20 } else { 3 });
    }
}

#[test]
fn and_with_every_encoder() {
    for family in [Family::Resnet, Family::Vit] {
        runs_are_equal(config(Method::SimClr, family), SIDE, 3);
        runs_are_equal(config(Method::Moco, family), SIDE, 3);
    }
}

/// Three strips, the last of which is no whole one.
const LARGE: usize = 24;

#[test]
fn and_with_several_strips() {
    let config = config(Method::Moco, Family::Article);
    let inputs = config.model.encoder(LARGE).features();
    assert!(inputs > 2 * STRIP && !inputs.is_multiple_of(STRIP), "{inputs}");
    runs_are_equal(config, LARGE, 3);
}

#[test]
fn gradients_of_parts_add_up_to_those_of_the_batch() {
    for (family, side) in
        Family::ALL.map(|family| (family, SIDE)).into_iter().chain([(Family::Article, LARGE)])
    {
        let set = set(side);
        let config = config(Method::SimClr, family);
        let mut trainer = trainer(config, side);
        let model = trainer.model.clone();
        let mut pending = trainer.begin(&set).unwrap();
        (0..pending.parts()).for_each(|part| pending.forward(part).unwrap());
        let strips = 0..pending.strips();
        trainer.represent(&mut pending, strips.clone()).unwrap();
        trainer.meet(&mut pending, &set).unwrap();
        trainer.share(&mut pending, strips.clone()).unwrap();
        trainer.learn_rest(&mut pending, strips).unwrap();
        (0..pending.learned_parts()).for_each(|part| pending.backward(part).unwrap());
        let found = pending.gradients(&model).unwrap();
        let step = trainer.finish(pending).unwrap();

        let z = model.forward(step.views().autodiff()).z;
        let loss = config.method.loss(&config, z, &step.labels).loss;
        let expected = gradients(&model, GradientsParams::from_grads(loss.backward(), &model));
        let names = |of: &BTreeMap<String, Tensor<1>>| of.keys().cloned().collect::<Vec<_>>();
        assert_eq!(names(&found), names(&expected));
        for (name, found) in &found {
            let (found, expected) = (numbers(found), numbers(&expected[name]));
            let largest = expected.iter().fold(1e-3f32, |a, b| a.max(b.abs()));
            for (a, b) in found.iter().zip(expected) {
                assert!((a - b).abs() < 1e-5 * largest.max(1.0), "{name}: {a} and {b}");
            }
        }
    }
}

#[test]
fn what_is_missing_or_foreign_is_an_error_and_can_be_made_up_for() {
    let set = set(LARGE);
    let config = config(Method::Moco, Family::Article);
    let (mut trainer, mut alone) = (trainer(config, LARGE), trainer(config, LARGE));
    let mut pending = trainer.begin(&set).unwrap();
    assert_eq!((pending.parts(), pending.learned_parts(), pending.strips()), (4, 2, 3));
    assert!(pending.forward(4).is_err());
    assert!(pending.strip_features(0..1).is_err(), "no features");
    assert!(trainer.represent(&mut pending, 0..1).is_err(), "no features");
    (0..4).for_each(|part| pending.forward(part).unwrap());
    assert!(pending.take_features(1, vec![0.5; 7]).is_err(), "features of another size");
    for none in [2..4, 3..3, 3..4] {
        assert!(trainer.strip_weights(&pending, none.clone()).is_err(), "{none:?}");
        assert!(pending.strip_features(none.clone()).is_err(), "{none:?}");
    }
    trainer.represent(&mut pending, 0..2).unwrap();
    assert!(trainer.meet(&mut pending, &set).is_err(), "sums are missing");
    assert!(pending.take_sums(2..3, vec![0.5; 7]).is_err(), "sums of another size");
    trainer.represent(&mut pending, 2..3).unwrap();
    assert!(trainer.share(&mut pending, 0..3).is_err(), "no loss");
    assert!(pending.slopes_of_h().is_err(), "no loss");
    trainer.meet(&mut pending, &set).unwrap();
    trainer.share(&mut pending, 1..3).unwrap();
    assert!(pending.backward(0).is_err(), "slopes are missing");
    assert!(pending.take_slopes(0..1, &[0.5; 7]).is_err(), "slopes of another size");
    trainer.share(&mut pending, 0..1).unwrap();
    assert!(pending.slopes(3).unwrap().is_empty(), "nothing is learned from keys");
    assert!(pending.take_gradients(0, vec![0.0; 3]).is_err());
    assert!(pending.gradients(&trainer.model).is_err(), "no gradients");
    (0..2).for_each(|part| pending.backward(part).unwrap());
    trainer.learn_rest(&mut pending, 0..1).unwrap();
    assert!(pending.gradients(&trainer.model).is_err(), "some are missing");
    assert!(pending.take_rest(1..3, vec![0.0; 3]).is_err());
    trainer.learn_rest(&mut pending, 1..3).unwrap();
    let step = trainer.finish(pending).unwrap();
    let expected = alone.step(&set).unwrap();
    assert_eq!(numbers(&step.output.loss), numbers(&expected.output.loss));
    assert_eq!(weights(&trainer), weights(&alone));
}

#[test]
fn a_model_without_the_layer_has_no_strips() {
    let (set, config) = (set(SIDE), config(Method::SimClr, Family::Resnet));
    let mut trainer = trainer(config, SIDE);
    let mut pending = trainer.begin(&set).unwrap();
    assert_eq!(pending.strips(), 0);
    assert!(pending.slopes(0).unwrap().is_empty(), "no loss");
    (0..pending.parts()).for_each(|part| pending.forward(part).unwrap());
    trainer.represent(&mut pending, 0..0).unwrap();
    assert!(trainer.represent(&mut pending, 0..1).is_err());
    trainer.meet(&mut pending, &set).unwrap();
    assert!(trainer.share(&mut pending, 0..1).is_err());
    assert!(trainer.learn_rest(&mut pending, 0..1).is_err());
    let slopes = pending.slopes_of_h().unwrap();
    assert_eq!(pending.slopes(0).unwrap(), &slopes[..pending.slopes(0).unwrap().len()]);
}
