//! Training: the settings, the order of the pictures, one step, and a look into a step.

mod batches;
mod config;
mod inspect;
mod trainer;

pub use batches::Batches;
pub use config::TrainConfig;
pub use inspect::{AnchorView, Comparison};
pub use trainer::{Step, Trainer};
