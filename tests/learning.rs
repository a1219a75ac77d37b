//! That it learns, and that mistakes do not: nearest neighbours on held-out pictures, beside raw pixels
//! and the untrained encoder.
//!
//! What is tested every time uses pictures of 16×16; `make learn` runs the rest, on the page's 32×32 and
//! on CIFAR-10, where there is a PyTorch reference.

use std::path::Path;

use burn::tensor::Device;
use contrastive_playground::augment::{ColorJitter, Policy};
use contrastive_playground::dataset::{ImageSet, Shapes, ShapesConfig, read_cifar10};
use contrastive_playground::evaluate::{
    EvaluateConfig, Factor, Features, KnnConfig, Scores, evaluate, factor_scores,
};
use contrastive_playground::model::Encoder;
use contrastive_playground::train::{Method, Step, TrainConfig, Trainer};
use pollster::block_on;

const SEEDS: [u64; 3] = [1, 2, 3];

/// A set, others of its kind, and a run.
struct Run {
    train: Shapes,
    held_out: Shapes,
    trainer: Trainer,
    /// Mean loss and top-1 accuracy of every fifty steps.
    curve: Vec<[f32; 2]>,
    last: Step,
}

/// Trains on Shapes with batches of 64 at τ = 0.1, the article's.
fn run(side: usize, steps: usize, config: TrainConfig) -> Run {
    let shapes = ShapesConfig { side, ..Default::default() };
    let (train, held_out) = (shapes.draw().unwrap(), shapes.held_out().draw().unwrap());
    let config = TrainConfig { batch_size: 64, temperature: 0.1, steps, ..config };
    let mut trainer = Trainer::new(config, side, &Device::flex()).unwrap();
    let (curve, last) = train_on(&mut trainer, &train.images);
    Run { train, held_out, trainer, curve, last }
}

fn train_on(trainer: &mut Trainer, set: &ImageSet) -> (Vec<[f32; 2]>, Step) {
    let mut numbers = Vec::new();
    let last = loop {
        let step = trainer.step(set).unwrap();
        let [loss, top1] = [step.output.loss.clone(), step.output.top1()];
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

fn knn(trainer: &Trainer, train: &ImageSet, held_out: &ImageSet) -> Scores {
    let (model, untrained) = (trainer.model().encoder, trainer.untrained().unwrap().encoder);
    let config = EvaluateConfig::default();
    let device = Device::flex();
    block_on(evaluate(&model, &untrained, train, held_out, &config, &device)).unwrap().knn
}

impl Run {
    /// For the shape.
    fn knn(&self) -> Scores {
        let scores = knn(&self.trainer, &self.train.images, &self.held_out.images);
        println!("{:?}: {scores:?}, {:?}", self.trainer.config().method, self.curve);
        scores
    }

    fn color(&self) -> f64 {
        let encoder = self.trainer.model().encoder;
        let encode = |encoder: &Encoder, shapes: &Shapes| {
            Features::encode(encoder, &shapes.images, &Device::flex()).unwrap()
        };
        let (bank, asked) = (encode(&encoder, &self.train), encode(&encoder, &self.held_out));
        let bank = (&bank, self.train.factors.as_slice());
        let asked = (&asked, self.held_out.factors.as_slice());
        let scores = block_on(factor_scores(bank, asked, &KnnConfig::default())).unwrap();
        scores.iter().find(|score| score.factor == Factor::Color).unwrap().accuracy
    }
}

/// SimCLR's recipe without its colour jitter.
fn no_jitter() -> Policy {
    Policy { jitter: None, grayscale_probability: 0.0, ..Policy::default() }
}

fn assert_it_learns(side: usize) {
    for seed in SEEDS {
        let scores = run(side, 300, TrainConfig { seed, ..Default::default() }).knn();
        let [encoder, others] = [scores.encoder, scores.untrained.max(scores.pixels)];
        assert!(encoder >= others + 0.15, "seed {seed}: {scores:?}");
    }
}

#[test]
fn nearest_neighbours_know_the_shape_which_pixels_and_new_weights_do_not() {
    assert_it_learns(16);
}

#[test]
fn without_colour_jitter_colours_are_told_apart() {
    let color = |policy| run(16, 150, TrainConfig { policy, ..Default::default() }).color();
    let [with, without] = [color(Policy::default()), color(no_jitter())];
    println!("colour: {with} with jitter, {without} without");
    assert!(without > with + 0.15, "{without} without jitter, {with} with it");
    let _ = ColorJitter::default();
}

/// A mistake beside SimCLR, all else being equal.
fn beside_sim_clr(method: Method) -> [(Run, Scores); 2] {
    [Method::SimClr, method].map(|method| {
        let run = run(16, 200, TrainConfig { method, ..Default::default() });
        let scores = run.knn();
        (run, scores)
    })
}

fn mean_length(step: &Step) -> f32 {
    step.z.clone().powf_scalar(2.0).sum_dim(1).sqrt().mean().into_scalar()
}

/// Share of an anchor's negatives that the hardest one has, mean over the anchors of the last batch.
fn hardest_share(run: &Run) -> f32 {
    let (compared, _) = block_on(run.last.read()).unwrap();
    let share = |anchor| {
        let view = compared.anchor(anchor, 1).unwrap();
        view.negatives[0].share / view.negatives_share
    };
    (0..compared.anchors()).map(share).sum::<f32>() / compared.anchors() as f32
}

#[test]
fn mistakes_show() {
    for method in Method::ALL.into_iter().filter(|m| m.is_mistake()) {
        let [(right, right_knn), (wrong, wrong_knn)] = beside_sim_clr(method);
        println!(
            "{method:?} knn {:.3} {:.3} untrained {:.3} length {} {} hardest {} {}",
            right_knn.encoder,
            wrong_knn.encoder,
            wrong_knn.untrained,
            mean_length(&right.last),
            mean_length(&wrong.last),
            hardest_share(&right),
            hardest_share(&wrong)
        );
    }
}
