//! Training: the settings, the order of the pictures, one step, and a look into a step.

mod batches;
mod config;
mod inspect;
mod levels;
mod method;
mod optimizer;
mod pending;
mod points;
mod queue;
mod resume;
mod schedule;
mod seen;
mod shard;
mod strips;
#[cfg(test)]
mod tests;
mod trainer;

pub use batches::Batches;
pub use config::TrainConfig;
pub use inspect::Comparisons;
pub use levels::Levels;
pub use method::Method;
pub use optimizer::{Optimizer, OptimizerConfig, Rule};
pub use pending::Pending;
pub use points::{PointConfig, PointLoss, PointTrainer};
pub use queue::{MocoConfig, Origin, Queue};
pub use schedule::{Decay, Schedule};
pub use seen::Seen;
pub use shard::{Branch, PART, Shard};
pub use strips::{STRIP, Strips};
pub use trainer::{Step, Trainer};
