//! Contrastive losses.

mod nt_xent;

pub use nt_xent::{NtXent, NtXentOutput, chance_level};
