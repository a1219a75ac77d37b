//! Trains without a browser: `cargo run --release --example train -- --help`.
//!
//! Exit code 2 says that what was given cannot be used, and 1 that something failed on the way; either
//! with one line on stderr. stdout has the reports alone.

mod checkpoints;
mod decode;
mod failure;
mod options;
mod pictures;
mod report;

use std::num::NonZeroUsize;
use std::process::ExitCode;

use burn::tensor::{Device, Tensor};
use contrastive_playground::Error;
use contrastive_playground::evaluate::{EvaluateConfig, FineTuneConfig, ProbeConfig, evaluate};
use contrastive_playground::train::{TrainConfig, Trainer};
use pollster::block_on;

use checkpoints::{check_target, resume, save};
use failure::{Failure, Result, say};
use options::Options;
use pictures::Pictures;
use report::{Report, Reporter};

/// Side of the pictures where nothing else says it.
const SIDE: usize = 32;

fn main() -> ExitCode {
    match Options::read().and_then(|options| run(&options)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.end(),
    }
}

fn run(options: &Options) -> Result<()> {
    let device = Device::flex();
    let trainer = match &options.resume {
        Some(path) => resume(path, options, &device)?,
        None => {
            let config = options.config(TrainConfig::default())?;
            Trainer::new(config, options.side.unwrap_or(SIDE), &device)?
        }
    };
    if let Some(path) = &options.save {
        check_target(path)?;
    }
    let pictures = Pictures::load(options, trainer.side(), trainer.config().seed)?;
    let config = *trainer.config();
    config.check(&pictures.train)?;

    // Said last, so that a refusal is the only line.
    if options.config(config)? != config || options.side.is_some_and(|side| side != trainer.side())
    {
        say("note", "A resumed run keeps the settings of its checkpoint; others are ignored.");
    }
    if pictures.held_out.is_none() {
        say("note", "There are no labels to judge by, so the reports have no kNN.");
    }
    Run { options, pictures, trainer, device }.train()
}

/// All that a run needs.
struct Run<'a> {
    options: &'a Options,
    pictures: Pictures,
    trainer: Trainer,
    device: Device,
}

impl Run<'_> {
    fn train(mut self) -> Result<()> {
        let (options, config) = (self.options, *self.trainer.config());
        let reporter = Reporter::new(options.json, self.trainer.done(), config.steps);
        let model = config.model.cost(self.trainer.side())?;
        let first = Report { model: Some(model), ..Default::default() };
        reporter.write(self.judge(first, false)?)?;
        let mut means = Means::default();
        while !self.trainer.is_finished() {
            means.add(self.step()?);
            reporter.advance();
            let (done, last) = (self.trainer.done(), self.trainer.is_finished());
            let due = |every: NonZeroUsize| done.is_multiple_of(every.get());
            let knn = last || options.knn_every.is_some_and(due);
            if !knn && !due(options.every) {
                continue;
            }
            let mut report = means.take();
            if knn {
                report = self.judge(report, last)?;
            }
            if let Some(path) = &options.save {
                save(path, &self.trainer)?;
            }
            reporter.write(self.place(report))?;
        }
        Ok(())
    }

    /// One step's loss and top-1 accuracy.
    fn step(&mut self) -> Result<[f64; 2]> {
        let step = self.trainer.step(&self.pictures.train)?;
        let loss = number(step.output.loss.clone())?;
        Error::check_loss(step.number, loss)?;
        Ok([loss, number(step.output.top1)?].map(f64::from))
    }

    /// The report with where the run is.
    fn place(&self, report: Report) -> Report {
        let step = self.trainer.done();
        let learning_rate = self.trainer.config().learning_rate_after(step.saturating_sub(1));
        Report { step, learning_rate, ..report }
    }

    /// The report with what the nearest neighbours say, and at the end with all that was asked for.
    fn judge(&self, report: Report, last: bool) -> Result<Report> {
        let report = self.place(report);
        let Pictures { train, held_out: Some(held_out) } = &self.pictures else {
            return Ok(report);
        };
        let (model, untrained) = (self.trainer.model(), self.trainer.untrained()?);
        let probe = (last && self.options.probe).then(ProbeConfig::default);
        let config = EvaluateConfig { probe, ..Default::default() };
        let found =
            evaluate(&model.encoder, &untrained.encoder, train, held_out, &config, &self.device);
        let found = block_on(found)?;
        let few_labels = match self.options.few_labels {
            Some(per_class) if last => {
                let TrainConfig { model: architecture, seed, .. } = self.trainer.config();
                let tune = FineTuneConfig {
                    per_class: per_class.get(),
                    seed: *seed,
                    ..Default::default()
                };
                let architecture = architecture.encoder(self.trainer.side());
                let result =
                    tune.compare(&model.encoder, &architecture, train, held_out, &self.device);
                Some(block_on(result)?)
            }
            _ => None,
        };
        let probe = found.probe.map(|probe| probe.accuracy);
        Ok(Report { knn: Some(found.knn.accuracy), probe, few_labels, ..report })
    }
}

fn number(tensor: Tensor<1>) -> Result<f32> {
    block_on(tensor.into_scalar_async()).map_err(Failure::of_device)
}

/// Means of loss and top-1 accuracy since the last report.
#[derive(Default)]
struct Means {
    sums: [f64; 2],
    count: usize,
}

impl Means {
    fn add(&mut self, values: [f64; 2]) {
        self.sums.iter_mut().zip(values).for_each(|(sum, value)| *sum += value);
        self.count += 1;
    }

    fn take(&mut self) -> Report {
        let Self { sums, count } = std::mem::take(self);
        let [loss, top1] = sums.map(|sum| (count > 0).then(|| sum / count as f64));
        Report { loss, top1, ..Default::default() }
    }
}
