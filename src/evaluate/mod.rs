//! What the encoder has learned, judged on pictures that it was not trained on.

mod classifier;
mod features;
mod knn;
mod labels;
mod probe;
mod retrieval;
mod split;

pub use features::Features;
pub use knn::{KnnConfig, KnnResult};
pub use labels::{Labelled, labels_as};
pub use probe::{ProbeConfig, ProbeResult};
pub use retrieval::{Neighbour, nearest};
pub use split::{Split, SplitConfig};
