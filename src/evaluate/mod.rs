//! What the encoder has learned, judged on pictures that it was not trained on.
//!
//! - [`SplitConfig`] holds pictures back, [`Features`] makes rows of numbers of them.
//! - [`KnnConfig`] guesses labels without any training, [`ProbeConfig`] with a linear layer trained,
//!   [`FineTuneConfig`] with the whole network. [`evaluate`] puts the encoder beside the raw pixels
//!   and an untrained encoder, [`factor_scores`] asks for each factor of the drawn pictures.
//! - [`alignment`], [`uniformity`], [`effective_rank`] and [`pca`] need no labels.
//! - [`Glance`] is cheap enough to be taken while a run goes on, and [`PointGlance`] the same of points.
//! - [`nearest`] and [`OcclusionConfig`] look at single pictures.

mod align;
mod classifier;
mod factors;
mod features;
mod fine_tune;
mod geometry;
mod glance;
mod knn;
mod labels;
mod occlusion;
mod paired;
mod pca;
mod points;
mod probe;
mod report;
mod retrieval;
mod spectrum;
mod split;

pub use align::aligned;
pub use factors::{Factor, FactorScore, factor_classes, factor_scores};
pub use features::Features;
pub use fine_tune::{FineTuneConfig, FineTuneResult};
pub use geometry::{alignment, effective_rank, geometry, spread, uniformity};
pub use glance::{Glance, Kinds, Sight};
pub use knn::{KnnConfig, KnnResult};
pub use labels::{Labelled, labels_as};
pub use occlusion::{OcclusionConfig, OcclusionMap};
pub use paired::Paired;
pub use pca::{Pca, pca};
pub use points::{PointGlance, PointSight};
pub use probe::{ProbeConfig, ProbeResult};
pub use report::{EvaluateConfig, Judged, Report, Scores, evaluate};
pub use retrieval::{Neighbour, nearest, precision_at};
pub use split::{Split, SplitConfig};
