//! What the library does as a whole. In one program, since each would have Burn's generics compiled anew.

mod augment;
mod checkpoints;
mod cifar;
mod evaluate;
mod learning;
mod losses;
mod methods;
mod mistakes;
mod negatives;
mod pytorch;
mod runs;
mod training;
