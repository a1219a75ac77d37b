//! Runs on Shapes, and what nearest neighbours know after them.

use burn::tensor::Device;
use contrastive_playground::dataset::{ImageSet, Shapes, ShapesConfig};
use contrastive_playground::evaluate::{EvaluateConfig, Scores, evaluate};
use contrastive_playground::train::{Step, TrainConfig, Trainer};
use pollster::block_on;

/// A set, others of its kind, and a run of it.
pub struct Run {
    pub train: Shapes,
    pub held_out: Shapes,
    pub trainer: Trainer,
    pub curve: Curve,
}

/// Mean loss and top-1 accuracy of every fifty steps.
pub type Curve = Vec<[f32; 2]>;

/// Trains on Shapes with batches of 64, at τ = 0.1 where nothing else is said. Also gives the last step.
pub fn run(side: usize, steps: usize, config: TrainConfig) -> (Run, Step) {
    let shapes = ShapesConfig { side, ..Default::default() };
    let (train, held_out) = (shapes.draw().unwrap(), shapes.held_out().draw().unwrap());
    let config = TrainConfig { batch_size: 64, steps, ..config };
    let mut trainer = Trainer::new(config, side, &Device::flex()).unwrap();
    let (curve, last) = train_on(&mut trainer, &train.images);
    (Run { train, held_out, trainer, curve }, last)
}

/// Trains until the steps of the settings are done.
pub fn train_on(trainer: &mut Trainer, set: &ImageSet) -> (Curve, Step) {
    let mut numbers = Vec::new();
    let last = loop {
        let step = trainer.step(set).unwrap();
        let [loss, top1] = [step.output.loss.clone(), step.output.top1.clone()];
        numbers.push([loss.into_scalar::<f32>(), top1.into_scalar::<f32>()]);
        if trainer.is_finished() {
            break step;
        }
    };
    let mean = |part: &[[f32; 2]]| {
        [0, 1].map(|i| part.iter().map(|numbers| numbers[i]).sum::<f32>() / part.len() as f32)
    };
    (numbers.chunks(50).map(mean).collect(), last)
}

pub fn knn(trainer: &Trainer, train: &ImageSet, held_out: &ImageSet) -> Scores {
    let (model, untrained) = (trainer.model().encoder, trainer.untrained().unwrap().encoder);
    let config = EvaluateConfig::default();
    let device = Device::flex();
    block_on(evaluate(&model, &untrained, train, held_out, &config, &device)).unwrap().knn.accuracy
}

impl Run {
    /// For the shape.
    pub fn knn(&self) -> Scores {
        knn(&self.trainer, &self.train.images, &self.held_out.images)
    }
}
