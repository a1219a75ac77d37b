//! What the encoder has learned, judged on pictures that it was not trained on.

mod classifier;
mod features;
mod geometry;
mod knn;
mod labels;
mod occlusion;
mod pca;
mod probe;
mod retrieval;
mod spectrum;
mod split;

pub use features::Features;
pub use geometry::{alignment, effective_rank, uniformity};
pub use knn::{KnnConfig, KnnResult};
pub use labels::{Labelled, labels_as};
pub use occlusion::{OcclusionConfig, OcclusionMap};
pub use pca::{Pca, pca};
pub use probe::{ProbeConfig, ProbeResult};
pub use retrieval::{Neighbour, nearest};
pub use split::{Split, SplitConfig};
