//! Whole steps on the CPU device.

use burn::tensor::Device;
use contrastive_playground::Error;
use contrastive_playground::dataset::{ImageSet, ShapesConfig};
use contrastive_playground::loss::chance_level;
use contrastive_playground::train::{TrainConfig, Trainer};

fn shapes(count: usize) -> ImageSet {
    ShapesConfig { count, side: 16, seed: 3 }.draw().unwrap().images
}

fn losses(config: TrainConfig, set: &ImageSet) -> Vec<f32> {
    let mut trainer = Trainer::new(config, set.side(), &Device::flex()).unwrap();
    (0..config.steps).map(|_| trainer.step(set).unwrap().output.loss.into_scalar::<f32>()).collect()
}

#[test]
fn the_same_seed_gives_the_same_losses_twice() {
    let set = shapes(64);
    let config = TrainConfig { batch_size: 8, steps: 5, seed: 11, ..Default::default() };
    assert_eq!(losses(config, &set), losses(config, &set));
    assert_ne!(losses(config, &set), losses(TrainConfig { seed: 12, ..config }, &set));
}

#[test]
fn the_loss_starts_at_chance_and_falls_well_below() {
    let set = shapes(256);
    let config = TrainConfig { batch_size: 16, steps: 200, ..Default::default() };
    let losses = losses(config, &set);
    let chance = chance_level(16);
    assert!((losses[0] / chance - 1.0).abs() < 0.05, "{} against {chance}", losses[0]);
    let last = losses[180..].iter().sum::<f32>() / 20.0;
    assert!(last < 0.9 * chance, "{last} against {chance}");
}

#[test]
fn a_step_that_cannot_be_done_leaves_the_run_as_it_was() {
    let set = shapes(8);
    let config = TrainConfig { batch_size: 8, ..Default::default() };
    let mut trainer = Trainer::new(config, 16, &Device::flex()).unwrap();
    trainer.step(&set).unwrap();
    assert_eq!(trainer.step(&shapes(1)).unwrap_err(), Error::TooFewPictures { count: 1 });
    let other = ShapesConfig { count: 8, side: 32, seed: 3 }.draw().unwrap().images;
    assert_eq!(trainer.step(&other).unwrap_err(), Error::OtherSide { model: 16, pictures: 32 });
    assert_eq!(trainer.done(), 1);
    assert_eq!(trainer.step(&set).unwrap().number, 2);
}

#[test]
fn a_set_smaller_than_the_batch_is_the_batch_and_may_change_between_epochs() {
    let config = TrainConfig { batch_size: 8, ..Default::default() };
    let mut trainer = Trainer::new(config, 16, &Device::flex()).unwrap();
    let mut set = shapes(5);
    assert_eq!(trainer.step(&set).unwrap().pictures.len(), 5);
    assert!(trainer.epoch_ends(&set));
    set.remove(&[0, 3]).unwrap();
    assert_eq!(trainer.step(&set).unwrap().pictures.len(), 3);
    let grown = shapes(12);
    assert_eq!(trainer.step(&grown).unwrap().pictures.len(), 8);
    assert!(!trainer.epoch_ends(&grown));
}

#[test]
fn two_pictures_are_enough() {
    let config = TrainConfig { batch_size: 2, steps: 3, ..Default::default() };
    assert!(losses(config, &shapes(2)).iter().all(|loss| loss.is_finite()));
}

#[test]
fn rows_i_and_i_plus_n_are_views_of_one_picture() {
    use contrastive_playground::augment::Preset;
    let set = shapes(8);
    let config = TrainConfig { batch_size: 4, policy: Preset::None.policy(), ..Default::default() };
    let mut trainer = Trainer::new(config, 16, &Device::flex()).unwrap();
    let step = trainer.step(&set).unwrap();
    let views: Vec<f32> = step.views.into_data().iter().collect();
    let (first, second) = views.split_at(views.len() / 2);
    // Without augmentation both views are the picture itself.
    assert!(first.iter().zip(second).all(|(a, b)| (a - b).abs() < 1e-6));
    let rgb = set.rgb(step.pictures[0]).unwrap();
    assert!((first[0] - f32::from(rgb[0]) / 255.0).abs() < 1e-5);
}
