//! A step's parts, made by several instances.

use std::collections::BTreeMap;

use burn::optim::GradientsParams;
use burn::tensor::{Device, Tensor};

use super::shard::{Branch, Shard, flat};
use super::{Method, MocoConfig, Step, TrainConfig, Trainer, strip_gradient};
use crate::dataset::{ImageSet, ShapesConfig};
use crate::model::{Family, ModelConfig, Size, gradients, parameters};

const SIDE: usize = 8;

/// Labelled, since a method may want labels.
fn set() -> ImageSet {
    ShapesConfig { count: 24, side: SIDE, seed: 3 }.draw().unwrap().images
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

fn trainer(config: TrainConfig) -> Trainer {
    Trainer::new(config, SIDE, &Device::flex()).unwrap()
}

/// A step whose parts are made by others in turn, the last of which dies between the passes and is helped out here.
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
    trainer.meet(&mut pending, set).unwrap();
    let learned: Vec<usize> = (0..pending.learned_parts()).collect();
    for parts in learned.rchunks(2) {
        trainer.share(&mut pending, parts).unwrap();
    }
    for strip in (0..pending.strips()).rev().step_by(2) {
        let (features, slopes) = (pending.strip(strip).unwrap(), pending.strip_slopes().unwrap());
        let views = pending.learned_views();
        let gradient = strip_gradient(views, &features, slopes).unwrap();
        pending.strip_room(strip, gradient.len()).unwrap().copy_from_slice(&gradient);
    }
    for part in learned.into_iter().rev() {
        if part % count == count - 1 {
            pending.backward(part).unwrap();
            continue;
        }
        let slopes = pending.slopes(part).unwrap().to_vec();
        let gradients = others[part % count].backward(part, &slopes).unwrap();
        pending.take_gradients(part, gradients).unwrap();
    }
    trainer.finish(pending).unwrap()
}

fn numbers<const D: usize>(tensor: &Tensor<D>) -> Vec<f32> {
    flat([tensor.clone()]).unwrap()
}

fn weights(trainer: &Trainer) -> Vec<f32> {
    flat(parameters(&trainer.model()).into_iter().map(|p| p.values)).unwrap()
}

fn runs_are_equal(config: TrainConfig) {
    let set = set();
    let mut alone = trainer(config);
    let expected: Vec<Step> = (0..3).map(|_| alone.step(&set).unwrap()).collect();
    for count in [2, 3, 5, 8] {
        let shard = || Shard::new(&config.model, SIDE, &Device::flex()).unwrap();
        let mut others: Vec<Shard> = (0..count).map(|_| shard()).collect();
        let mut shared = trainer(config);
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
        runs_are_equal(config(method, Family::Article));
    }
}

#[test]
fn and_with_every_encoder() {
    for family in [Family::Resnet, Family::Vit] {
        runs_are_equal(config(Method::SimClr, family));
        runs_are_equal(config(Method::Moco, family));
    }
}

#[test]
fn gradients_of_parts_add_up_to_those_of_the_batch() {
    let set = set();
    for family in Family::ALL {
        let config = config(Method::SimClr, family);
        let mut trainer = trainer(config);
        let model = trainer.model.clone();
        let mut pending = trainer.begin(&set).unwrap();
        (0..pending.parts()).for_each(|part| pending.forward(part).unwrap());
        trainer.meet(&mut pending, &set).unwrap();
        let learned: Vec<usize> = (0..pending.learned_parts()).collect();
        trainer.share(&mut pending, &learned).unwrap();
        trainer.learn_between(&mut pending).unwrap();
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
    let set = set();
    let config = config(Method::Moco, Family::Article);
    let (mut trainer, mut alone) = (trainer(config), trainer(config));
    let mut pending = trainer.begin(&set).unwrap();
    assert_eq!((pending.parts(), pending.learned_parts()), (4, 2));
    assert!(pending.forward(4).is_err());
    assert!(trainer.meet(&mut pending, &set).is_err(), "no features");
    (0..4).for_each(|part| pending.forward(part).unwrap());
    assert!(pending.take_features(1, vec![0.5; 7]).is_err(), "features of another size");
    assert!(trainer.share(&mut pending, &[0]).is_err(), "no loss");
    assert!(pending.strips() == 0 && pending.strip(0).is_err(), "no loss");
    trainer.meet(&mut pending, &set).unwrap();
    assert!(pending.backward(0).is_err(), "no slopes");
    assert!(pending.strip(pending.strips()).is_err());
    assert!(pending.make_strip(pending.strips()).is_err());
    assert!(pending.strip_room(0, 7).is_err());
    assert!(strip_gradient(3, &[0.5; 7], &[0.5; 6]).is_err(), "features of no whole rows");
    assert!(trainer.share(&mut pending, &[4]).is_err());
    trainer.share(&mut pending, &[0, 1]).unwrap();
    assert!(pending.take_gradients(0, vec![0.0; 3]).is_err());
    assert!(pending.gradients(&trainer.model).is_err(), "no gradients");
    (0..2).for_each(|part| pending.backward(part).unwrap());
    let step = trainer.finish(pending).unwrap();
    let expected = alone.step(&set).unwrap();
    assert_eq!(numbers(&step.output.loss), numbers(&expected.output.loss));
    assert_eq!(weights(&trainer), weights(&alone));
}
