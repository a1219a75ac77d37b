//! Contrastive losses, one a file, named as in the literature; and the wrong ones, to learn from.
//!
//! Each gives a [`LossOutput`]: the mean, every row's term, the softmax and the top-1 accuracy.

mod candidates;
mod contrast;
mod info_nce;
pub mod mistakes;
mod negatives;
mod nt_xent;
mod sup_con;

pub use candidates::{Candidates, Counting, Counts};
pub use contrast::LossOutput;
pub(crate) use contrast::normalize;
pub use info_nce::InfoNce;
pub use negatives::{Choice, Negatives};
pub(crate) use nt_xent::same_label;
pub use nt_xent::{NtXent, chance_level, floor};
pub use sup_con::SupCon;
