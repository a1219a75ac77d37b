//! What is said about a run: a line of JSON or a readable one on stdout, and a progress bar on stderr.

use std::io::{self, IsTerminal, Write};
use std::time::Instant;

use contrastive_playground::evaluate::{FineTuneResult, Scores};
use contrastive_playground::model::ModelCost;
use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;

use crate::failure::{Failure, Result};

/// One report. What was not measured is left out.
#[derive(Debug, Clone, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    /// Steps done.
    pub step: usize,
    /// Mean over the steps since the last report, in nats.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub loss: Option<f64>,
    /// Mean contrastive top-1 accuracy over the same steps.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub top1: Option<f64>,
    /// Of the last step, or of the first before it.
    pub learning_rate: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub knn: Option<Scores>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub probe: Option<Scores>,
    /// What the model costs; in the first report alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub model: Option<ModelCost>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub few_labels: Option<FineTuneResult>,
    /// Since the start of the run.
    pub seconds: f64,
}

/// Where the reports go.
pub struct Reporter {
    json: bool,
    bar: ProgressBar,
    start: Instant,
}

impl Reporter {
    /// `done` of `steps` are behind a resumed run.
    pub fn new(json: bool, done: usize, steps: usize) -> Self {
        let bar = match io::stderr().is_terminal() {
            true => ProgressBar::new(steps as u64).with_position(done as u64),
            false => ProgressBar::hidden(),
        };
        if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos}/{len} steps, {eta} left") {
            bar.set_style(style);
        }
        bar.reset_eta();
        Self { json, bar, start: Instant::now() }
    }

    pub fn advance(&self) {
        self.bar.inc(1);
    }

    /// Writes one line.
    ///
    /// # Errors
    /// [`Failure::Quiet`] where nobody reads it, [`Failure::Run`] where it cannot be written.
    pub fn write(&self, report: Report) -> Result<()> {
        let report = Report { seconds: self.start.elapsed().as_secs_f64(), ..report };
        let line = if self.json { json(&report)? } else { readable(&report) };
        let written = self.bar.suspend(|| {
            let mut out = io::stdout().lock();
            writeln!(out, "{line}").and_then(|()| out.flush())
        });
        Ok(written?)
    }
}

impl Drop for Reporter {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

fn json(report: &Report) -> Result<String> {
    serde_json::to_string(report).map_err(|error| Failure::Run(error.to_string()))
}

fn readable(report: &Report) -> String {
    let mut line = format!("step {:>5}", report.step);
    if let (Some(loss), Some(top1)) = (report.loss, report.top1) {
        line += &format!("  loss {loss:.4}  top-1 {top1:.3}");
    }
    line += &format!("  lr {:.2e}", report.learning_rate);
    for (name, scores) in [("kNN", report.knn), ("probe", report.probe)] {
        if let Some(Scores { encoder, untrained, pixels }) = scores {
            line +=
                &format!("  {name} {encoder:.3} (untrained {untrained:.3}, pixels {pixels:.3})");
        }
    }
    if let Some(FineTuneResult { pretrained, scratch, pixels, labels, .. }) = report.few_labels {
        line += &format!("  {labels} labels {pretrained:.3} ");
        line += &format!("(from scratch {scratch:.3}, pixels {pixels:.3})");
    }
    if let Some(cost) = &report.model {
        let parameters = cost.encoder_parameters + cost.head_parameters;
        let work = cost.multiply_adds as f64 / 1e6;
        line += &format!("  {parameters} parameters, {work:.1} M multiply-adds a picture");
    }
    line + &format!("  {:.1} s", report.seconds)
}
