//! scratch experiment
use burn::tensor::Device;
use contrastive_playground::dataset::{Factors, ImageSet, ShapeKind};
use contrastive_playground::evaluate::{
    EvaluateConfig, Features, KnnConfig, ProbeConfig, evaluate, factor_scores,
};
use contrastive_playground::random::{Purpose, stream};
use contrastive_playground::train::{TrainConfig, Trainer};
use pollster::block_on;
use rand::RngExt;

fn var(name: &str, default: f32) -> f32 {
    std::env::var(name).map_or(default, |v| v.parse().unwrap())
}

fn draw(count: usize, side: usize, seed: u64) -> (ImageSet, Vec<Factors>) {
    let mut set = ImageSet::new(side).unwrap();
    let mut all = vec![];
    for i in 0..count {
        let mut rng = stream(seed, Purpose::Shapes, i as u64);
        let size = rng.random_range(var("SMIN", 0.18)..var("SMAX", 0.38));
        let spread = var("POS", 1.0);
        let free = (1.0 - 2.0 * size) * spread;
        let rot = var("ROT", 3.14159);
        let sat = var("BGSAT", 0.5);
        let grey: f32 = rng.random_range(var("BGMIN", 0.15)..var("BGMAX", 0.95));
        let f = Factors {
            shape: ShapeKind::ALL[rng.random_range(0..6)],
            color: rng.random_range(0..8),
            size,
            x: 0.5 + free * (rng.random::<f32>() - 0.5),
            y: 0.5 + free * (rng.random::<f32>() - 0.5),
            rotation: rot * (2.0 * rng.random::<f32>() - 1.0),
            background: [0, 1, 2].map(|_| grey * (1.0 - sat * rng.random::<f32>())),
        };
        let mut px = f.draw(side);
        let copies = var("COPIES", 1.0) as usize;
        if copies > 1 {
            // tile: draw the picture small several times
            let small = f.draw(side);
            for row in 0..side {
                for col in 0..side {
                    for c in 0..3 {
                        let (r, q) = ((row * copies) % side, (col * copies) % side);
                        let mut sum = 0u32;
                        for a in 0..copies {
                            for b in 0..copies {
                                sum += u32::from(
                                    small[((r + a).min(side - 1) * side + (q + b).min(side - 1))
                                        * 3
                                        + c],
                                );
                            }
                        }
                        px[(row * side + col) * 3 + c] = (sum / (copies * copies) as u32) as u8;
                    }
                }
            }
        }
        set.push_labelled("x", f.shape.name(), &px).unwrap();
        all.push(f);
    }
    (set, all)
}

#[test]
fn probe_learning() {
    let side = var("SIDE", 32.0) as usize;
    let (train, tf) = draw(1024, side, 0);
    let (held, hf) = draw(512, side, 1);
    let device = Device::flex();
    let steps = var("STEPS", 300.0) as usize;
    let temperature = f64::from(var("TAU", 0.5));
    let mut policy = contrastive_playground::augment::Policy::default();
    if let Some(c) = &mut policy.crop {
        c.area[0] = var("CROP", 0.08);
    }
    if let Some(j) = &mut policy.jitter {
        j.hue = var("HUE", 0.1);
    }
    if var("JITTER", 1.0) == 0.0 {
        policy.jitter = None;
        policy.grayscale_probability = 0.0;
    }
    let config =
        TrainConfig { batch_size: 64, steps, seed: 1, temperature, policy, ..Default::default() };
    let mut trainer = Trainer::new(config, side, &device).unwrap();
    let began = std::time::Instant::now();
    for step in 1..=steps {
        let out = trainer.step(&train).unwrap();
        if step % (steps / 2) == 0 {
            let (m, u) = (trainer.model(), trainer.untrained().unwrap());
            let config =
                EvaluateConfig { probe: Some(ProbeConfig::default()), ..Default::default() };
            let r = block_on(evaluate(&m.encoder, &u.encoder, &train, &held, &config, &device))
                .unwrap();
            println!(
                "{step} loss {:.3} top1 {:.2} knn {:.3} {:.3} {:.3} probe {:.3} {:.3} {:.3} {:.0?}",
                out.output.loss.clone().into_scalar::<f32>(),
                out.output.top1().into_scalar::<f32>(),
                r.knn.encoder,
                r.knn.untrained,
                r.knn.pixels,
                r.probe.unwrap().encoder,
                r.probe.unwrap().untrained,
                r.probe.unwrap().pixels,
                began.elapsed()
            );
            for (name, enc) in [("trained", &m.encoder), ("untrained", &u.encoder)] {
                let (a, b) = (
                    Features::encode(enc, &train, &device).unwrap(),
                    Features::encode(enc, &held, &device).unwrap(),
                );
                let s =
                    block_on(factor_scores((&a, &tf), (&b, &hf), &KnnConfig::default())).unwrap();
                println!(
                    "   {name} {}",
                    s.iter()
                        .map(|s| format!("{:?} {:.2}/{:.2}", s.factor, s.accuracy, s.chance))
                        .collect::<Vec<_>>()
                        .join("  ")
                );
            }
        }
    }
}
