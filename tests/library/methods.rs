//! Whole steps of every method on the CPU device: repeatable, resumable, and as the papers say.

use burn::tensor::Device;
use contrastive_playground::Error;
use contrastive_playground::dataset::{ImageSet, ShapesConfig};
use contrastive_playground::loss::{Choice, Negatives};
use contrastive_playground::model::{Family, HeadKind, ModelConfig, Size, parameters};
use contrastive_playground::train::{
    Decay, Method, MocoConfig, OptimizerConfig, Rule, Schedule, Step, TrainConfig, Trainer,
};
use pollster::block_on;

fn shapes(count: usize) -> ImageSet {
    ShapesConfig { count, side: 8, seed: 3 }.draw().unwrap().images
}

/// Small enough that every method can be run many times over.
fn config(method: Method) -> TrainConfig {
    TrainConfig {
        method,
        model: ModelConfig { size: Size::Small, ..Default::default() },
        moco: MocoConfig { queue: 10, momentum: 0.9 },
        batch_size: 4,
        temperature: 0.2,
        seed: 11,
        ..Default::default()
    }
}

fn trainer(config: TrainConfig) -> Trainer {
    Trainer::new(config, 8, &Device::flex()).unwrap()
}

fn loss(step: &Step) -> f32 {
    step.output.loss.clone().into_scalar()
}

fn losses(trainer: &mut Trainer, set: &ImageSet, steps: usize) -> Vec<f32> {
    (0..steps).map(|_| loss(&trainer.step(set).unwrap())).collect()
}

fn numbers<const D: usize>(tensor: burn::tensor::Tensor<D>) -> Vec<f32> {
    tensor.into_data().iter().collect()
}

fn weights(model: &impl burn::module::Module) -> Vec<f32> {
    parameters(model).into_iter().flat_map(|p| numbers(p.values)).collect()
}

#[test]
fn the_same_seed_gives_bit_equal_losses_with_every_method() {
    let set = shapes(12);
    for method in Method::ALL {
        let run = |seed| losses(&mut trainer(TrainConfig { seed, ..config(method) }), &set, 6);
        assert_eq!(run(1), run(1), "{method:?}");
        assert_ne!(run(1), run(2), "{method:?}");
    }
}

#[test]
fn a_run_that_was_saved_and_loaded_goes_on_as_if_it_had_not_stopped() {
    // Batches of 4 of 10 pictures, so that the save falls into an epoch.
    let set = shapes(10);
    let rules = [Rule::Adam, Rule::AdamW, Rule::Sgd];
    for (i, method) in Method::ALL.into_iter().enumerate() {
        let optimizer = OptimizerConfig { rule: rules[i % 3], weight_decay: 1e-4, clip_norm: 1.0 };
        let schedule = Schedule { decay: Decay::Cosine, warm_up: 2 };
        let config = TrainConfig { optimizer, schedule, steps: 8, ..config(method) };
        let mut through = trainer(config);
        let expected = losses(&mut through, &set, 8);

        let mut first = trainer(config);
        let mut found = losses(&mut first, &set, 3);
        let file = block_on(first.save()).unwrap();
        drop(first);
        let mut second = Trainer::load(&file, &Device::flex()).unwrap();
        assert_eq!(second.done(), 3);
        assert_eq!(second.config(), &config);
        found.extend(losses(&mut second, &set, 5));
        assert_eq!(found, expected, "{method:?}");
        assert_eq!(weights(&second.model()), weights(&through.model()), "{method:?}");
    }
}

#[test]
fn every_encoder_and_head_can_be_saved_and_loaded() {
    let set = shapes(4);
    for family in Family::ALL {
        for head in [HeadKind::None, HeadKind::Linear, HeadKind::Mlp2, HeadKind::Mlp3] {
            let model = ModelConfig { family, size: Size::Small, head };
            let mut before = trainer(TrainConfig { model, ..config(Method::Moco) });
            before.step(&set).unwrap();
            let file = block_on(before.save()).unwrap();
            let after = Trainer::load(&file, &Device::flex()).unwrap();
            assert_eq!(weights(&before.model()), weights(&after.model()), "{model:?}");
        }
    }
}

#[test]
fn a_checkpoint_that_does_not_fit_itself_is_refused() {
    let file = block_on(trainer(config(Method::SimClr)).save()).unwrap();
    let refused = |file: &[u8]| match Trainer::load(file, &Device::flex()) {
        Err(error) => error.to_string(),
        Ok(_) => panic!("it was loaded"),
    };
    assert!(refused(&file[..file.len() - 1]).contains("could not be read"));
    let replaced = |from: &str, to: &str| {
        assert_eq!(from.len(), to.len());
        let at = file.windows(from.len()).position(|w| w == from.as_bytes()).unwrap();
        let mut file = file.clone();
        file[at..at + to.len()].copy_from_slice(to.as_bytes());
        file
    };
    assert!(refused(&replaced(r#"\"side\":8"#, r#"\"side\":4"#)).contains("side"));
    assert!(refused(&replaced(r#"\"version\":1"#, r#"\"version\":9"#)).contains("newer"));
    assert!(refused(&replaced(r#"\"small\""#, r#"\"large\""#)).contains("is needed"));
    assert!(refused(&replaced("model.encoder.conv1", "model.encoder.conv9")).contains("missing"));
}

#[test]
fn moco_keys_come_from_the_momentum_encoder_and_enter_the_queue_in_order() {
    let set = shapes(12);
    let mut trainer = trainer(config(Method::Moco));
    let first = trainer.step(&set).unwrap();
    assert_eq!(first.output.similarities.dims(), [4, 1 + 10]);
    let queue = trainer.queue().unwrap();
    assert_eq!((queue.len(), queue.next()), (10, 4));
    // Step 1's keys are the second half of its projections, and the first rows of the queue.
    let keys = |step: &Step| numbers(step.z.clone().narrow(0, 4, 4));
    let rows = |trainer: &Trainer, from, count| {
        numbers(trainer.queue().unwrap().keys().narrow(0, from, count))
    };
    assert_eq!(rows(&trainer, 0, 4), keys(&first));
    trainer.step(&set).unwrap();
    let third = trainer.step(&set).unwrap();
    // 10 is no multiple of 4: the third batch goes round the end.
    assert_eq!(trainer.queue().unwrap().next(), 2);
    let third = keys(&third);
    assert_eq!(rows(&trainer, 8, 2), third[..2 * 64]);
    assert_eq!(rows(&trainer, 0, 2), third[2 * 64..]);
}

#[test]
fn moco_negatives_are_the_queue_as_it_was_before_the_step() {
    let set = shapes(12);
    let mut trainer = trainer(config(Method::Moco));
    trainer.step(&set).unwrap();
    let queue = numbers(trainer.queue().unwrap().keys());
    let step = trainer.step(&set).unwrap();
    let z = numbers(step.z);
    let similarities = numbers(step.output.similarities);
    let query = &z[..64];
    let length = query.iter().map(|v| v * v).sum::<f32>().sqrt();
    let cosine = |key: &[f32]| query.iter().zip(key).map(|(a, b)| a * b).sum::<f32>() / length;
    assert!((similarities[0] - cosine(&z[4 * 64..][..64])).abs() < 1e-5);
    for (key, similarity) in queue.chunks(64).zip(&similarities[1..11]) {
        assert!((similarity - cosine(key)).abs() < 1e-5);
    }
}

#[test]
fn a_momentum_of_one_keeps_the_key_encoder_and_of_zero_makes_it_the_model() {
    let set = shapes(8);
    let keys_of = |momentum| {
        let moco = MocoConfig { queue: 10, momentum };
        let mut trainer = trainer(TrainConfig { moco, policy: none(), ..config(Method::Moco) });
        trainer.step(&set).unwrap();
        let before = trainer.model();
        let step = trainer.step(&set).unwrap();
        let images = step.views.clone().narrow(0, 4, 4);
        let untrained = numbers(trainer.untrained().unwrap().forward(images.clone()).z);
        (numbers(step.z.narrow(0, 4, 4)), numbers(before.forward(images).z), untrained)
    };
    let same_direction = |a: &[f32], b: &[f32]| {
        let dot = |a: &[f32], b: &[f32]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f32>();
        a.chunks(64)
            .zip(b.chunks(64))
            .all(|(a, b)| dot(a, b) / (dot(a, a) * dot(b, b)).sqrt() > 1.0 - 1e-6)
    };
    let (keys, model, untrained) = keys_of(1.0);
    assert!(same_direction(&keys, &untrained) && !same_direction(&keys, &model));
    let (keys, model, untrained) = keys_of(0.0);
    assert!(same_direction(&keys, &model) && !same_direction(&keys, &untrained));
}

fn none() -> contrastive_playground::augment::Policy {
    contrastive_playground::augment::Preset::None.policy()
}

#[test]
fn a_queue_of_another_size_starts_anew_and_the_rest_goes_on() {
    let set = shapes(8);
    let mut trainer = trainer(config(Method::Moco));
    losses(&mut trainer, &set, 2);
    let moco = MocoConfig { queue: 6, momentum: 0.9 };
    trainer.configure(TrainConfig { moco, ..config(Method::Moco) });
    assert!(trainer.queue().is_none());
    assert_eq!(trainer.step(&set).unwrap().number, 3);
    assert_eq!(trainer.queue().unwrap().len(), 6);
}

#[test]
fn the_choice_of_negatives_reaches_every_method_that_has_one() {
    let set = shapes(12);
    let choices = [
        Negatives { choice: Choice::Hardest { k: 1 }, ..Default::default() },
        Negatives { choice: Choice::HardnessWeighted { beta: 2.0 }, ..Default::default() },
        Negatives { class_prior: 0.2, ..Default::default() },
    ];
    for method in Method::ALL {
        let first = |negatives| {
            loss(&trainer(TrainConfig { negatives, ..config(method) }).step(&set).unwrap())
        };
        for negatives in choices {
            let differs = first(negatives) != first(Negatives::default());
            assert_eq!(differs, method.chooses_negatives(), "{method:?} {negatives:?}");
        }
    }
    let without_same = Negatives { without_same_label: true, ..Default::default() };
    let first = |negatives| {
        let config = TrainConfig { negatives, batch_size: 12, ..config(Method::SimClr) };
        loss(&trainer(config).step(&set).unwrap())
    };
    assert!(first(without_same) < first(Negatives::default()));
}

#[test]
fn supervised_contrast_without_labels_is_refused() {
    let mut set = ImageSet::new(8).unwrap();
    for i in 0..8u8 {
        set.push("photo.jpg", &[i; 192]).unwrap();
    }
    let mut trainer = trainer(config(Method::SupCon));
    assert_eq!(trainer.step(&set).unwrap_err(), Error::LabelsNeeded);
    assert_eq!(trainer.done(), 0);
}

#[test]
fn a_schedule_sets_the_size_of_the_first_update() {
    let set = shapes(8);
    let moved = |warm_up| {
        let schedule = Schedule { warm_up, ..Default::default() };
        let optimizer = OptimizerConfig { rule: Rule::Sgd, ..Default::default() };
        let mut trainer = trainer(TrainConfig { schedule, optimizer, ..config(Method::SimClr) });
        let before = weights(&trainer.model());
        trainer.step(&set).unwrap();
        let after = weights(&trainer.model());
        before.iter().zip(after).map(|(a, b)| (a - b).abs()).sum::<f32>()
    };
    let ratio = moved(0) / moved(10);
    assert!((ratio - 10.0).abs() < 0.1, "{ratio}");
}
