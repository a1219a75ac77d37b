//! Training: the settings, the order of the pictures, one step, and a look into a step.

mod batches;
mod config;
mod inspect;
mod method;
mod optimizer;
mod queue;
mod resume;
mod schedule;
mod trainer;
mod vectors;

pub use batches::Batches;
pub use config::TrainConfig;
pub use inspect::Comparisons;
pub use method::Method;
pub use optimizer::{Optimizer, OptimizerConfig, Rule};
pub use queue::{MocoConfig, Queue};
pub use schedule::{Decay, Schedule};
pub use trainer::{Step, Trainer};
pub use vectors::{VectorStep, VectorTrainer};
