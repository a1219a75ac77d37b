//! What crosses between JavaScript and Rust. The page's TypeScript types are generated from these.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use tsify::Tsify;

use crate::augment::ViewParameters;
use crate::evaluate::{Factor, FactorScore, FineTuneResult, Neighbour, Report};
use crate::model::{Family, Size};
use crate::train::{Levels, Method};

/// Which device the page asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Tsify)]
#[serde(rename_all = "lowercase")]
pub enum DeviceChoice {
    Auto,
    WebGpu,
    Cpu,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Tsify)]
#[serde(rename_all = "lowercase")]
pub enum DeviceKind {
    WebGpu,
    Cpu,
}

/// Why the CPU was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub enum CpuReason {
    Asked,
    NoWebGpu,
    NoAdapter,
    SoftwareAdapter,
    SelfTestFailed,
}

/// The device in use.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct DeviceReport {
    pub kind: DeviceKind,
    /// What the browser calls the graphics adapter; empty where it does not say.
    pub adapter: String,
    /// Absent on WebGPU.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<CpuReason>,
    /// The error behind the reason, in English.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cause: Option<String>,
}

/// The pictures in use.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct SetReport {
    pub count: usize,
    pub side: usize,
    /// How many have a label.
    pub labelled: usize,
    /// How many are kept out of training, to judge by.
    pub held_out: usize,
    /// The labels that there are.
    pub classes: Vec<String>,
    /// Those of which no picture is held out.
    pub unjudged: Vec<String>,
}

/// Pictures that look alike.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Duplicates {
    /// Numbers of pictures in the set, the earliest of each group first.
    pub groups: Vec<Vec<usize>>,
}

/// Names and labels of [`Squares`](super::Squares), in their order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct SquaresReport {
    pub side: usize,
    pub names: Vec<String>,
    pub labels: Vec<String>,
}

/// Where a run is.
#[derive(Debug, Clone, PartialEq, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Progress {
    /// Steps done, those included that are still queued on the device.
    pub done: usize,
    pub steps: usize,
    pub finished: bool,
    /// Steps whose loss has not been read yet.
    pub queued: usize,
}

/// How a step is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct PartsReport {
    /// Parts whose features have to be made, numbered from 0; none where the batch is one piece.
    pub parts: usize,
    /// How many of them, the first ones, are learned from; the others are of MoCo's keys.
    pub learned: usize,
    /// Strips of what comes between trunk and head, numbered from 0; none where there is nothing to be shared.
    pub strips: usize,
    /// What a [`Shard`](super::Shard) has to be made for.
    pub encoder: Family,
    pub size: Size,
    pub side: usize,
}

/// The losses of the latest steps, in order.
#[derive(Debug, Clone, PartialEq, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Losses {
    /// Number of the first of these steps.
    pub first: usize,
    pub losses: Vec<f32>,
    /// Contrastive top-1 accuracy of the same steps, 0..1.
    pub top1: Vec<f32>,
    /// How the projections of the same steps lie on the sphere (Wang & Isola 2020): mean squared distance of
    /// the positive pairs, 0 is perfect; NaN for a method that has no two views.
    pub alignment: Vec<f32>,
    /// Logarithm of the mean of exp(−2 distance²) over all pairs: lower is more even.
    pub uniformity: Vec<f32>,
    /// Mean squared distance of the same projections from their mean: 1 where they spread, 0 is collapse.
    pub spread: Vec<f32>,
    /// With the settings in use, on average.
    pub levels: Levels,
    /// MoCo: how many of its keys are still those that the queue began with, after these steps.
    pub random_keys: usize,
}

/// The batch of one step.
#[derive(Debug, Clone, PartialEq, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct BatchReport {
    pub step: usize,
    pub side: usize,
    /// Which N pictures of the set; views i and i + N, where there are so many, are of picture i.
    pub pictures: Vec<usize>,
    /// How many views there are, 2N or N.
    pub views: usize,
    /// How many of them, from the first on, are anchors.
    pub anchors: usize,
    pub method: Method,
    /// τ.
    pub temperature: f32,
    /// With whom the loss compares each anchor; a table may have fewer columns.
    pub candidates: usize,
    /// MoCo: where each of the keys comes from that are columns of the tables, after the anchor's own. Empty for
    /// others.
    pub keys: Vec<KeyReport>,
}

/// A key in MoCo's queue.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct KeyReport {
    /// The step that it was made at; absent for a random one, as the queue begins with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub step: Option<usize>,
    /// The picture that it is a view of; absent for a random one, and where the picture was removed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub picture: Option<usize>,
}

/// What was judged, and by whom.
#[derive(Debug, Clone, PartialEq, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct JudgedReport {
    pub report: Report,
    pub judges: Judges,
}

/// Who judges.
#[derive(Debug, Clone, PartialEq, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Judges {
    pub count: usize,
    /// How many of them the encoder was trained on: none, unless that was asked for.
    pub seen: usize,
    /// Did some steps go by their labels?
    pub with_labels: bool,
    /// Held-out pictures that were left out since the encoder was trained on them.
    pub left_out: usize,
    /// Labels that nobody is asked for, as too few pictures have them.
    pub unjudged: Vec<String>,
}

/// How many pictures a run has seen, and how many of those are in use. 0 of both where a run of before does not know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Tsify)]
pub struct Acquaintance {
    pub seen: usize,
    pub here: usize,
}

/// Fine-tuning, and by whom it was judged.
#[derive(Debug, Clone, PartialEq, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct FewReport {
    pub result: FineTuneResult,
    pub judges: Judges,
}

/// What nearest neighbours know of each factor of the drawn pictures, and what they know with nothing
/// learned.
#[derive(Debug, Clone, PartialEq, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct FactorTable {
    pub encoder: Vec<FactorScore>,
    pub untrained: Vec<FactorScore>,
    pub pixels: Vec<FactorScore>,
}

/// The class of every picture in use by one factor of how it was drawn.
#[derive(Debug, Clone, PartialEq, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct FactorClasses {
    pub factor: Factor,
    pub classes: Vec<Option<usize>>,
}

/// The same for all factors; none for pictures that were not drawn.
#[derive(Debug, Clone, PartialEq, Serialize, Tsify)]
#[serde(transparent)]
pub struct AllFactorClasses(pub Vec<FactorClasses>);

/// The pictures most similar to one.
#[derive(Debug, Clone, PartialEq, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Neighbours {
    /// The most similar first.
    pub neighbours: Vec<Neighbour>,
}

/// What was done to views, in their order.
#[derive(Debug, Clone, PartialEq, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct ViewsReport {
    pub parameters: Vec<ViewParameters>,
}

/// The numbers that a setting may be.
#[derive(Debug, Clone, PartialEq, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct SettingRange {
    pub min: f64,
    pub max: f64,
    pub whole: bool,
}

/// The ranges of all settings that are numbers, by their names.
#[derive(Debug, Clone, PartialEq, Serialize, Tsify)]
#[serde(transparent)]
#[tsify(hashmap_as_object)]
pub struct SettingRanges(pub BTreeMap<&'static str, SettingRange>);
