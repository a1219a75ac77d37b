//! Which pictures the weights have seen: those cannot judge what was learned.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::dataset::ImageSet;

/// The pictures that were in batches, known again by their bytes.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Seen {
    contents: BTreeSet<u64>,
    /// Were some steps made by labels?
    labels: bool,
    /// Steps were made of which nothing is known any more: any picture may have been in them.
    unknown: bool,
}

impl Seen {
    /// Of a run that was saved before this was written down.
    pub(super) fn unknown() -> Self {
        Self { unknown: true, ..Self::default() }
    }

    pub(super) fn note(&mut self, contents: impl Iterator<Item = u64>, by_labels: bool) {
        self.contents.extend(contents);
        self.labels |= by_labels;
    }

    /// Did some steps go by labels?
    pub fn with_labels(&self) -> bool {
        self.labels || self.unknown
    }

    /// Are these very bytes known to have been in a batch?
    pub fn met(&self, content: u64) -> bool {
        self.contents.contains(&content)
    }

    /// Has this picture of the set been in a batch, or one that stays on one side with it?
    pub fn has(&self, set: &ImageSet, picture: usize) -> bool {
        let known = |&other: &usize| self.met(set.contents()[other]);
        self.unknown || set.kin(picture).iter().any(known)
    }

    /// Those of some pictures of a set that may judge: none of their kin was in a batch.
    pub fn unseen(&self, set: &ImageSet, pictures: &[usize]) -> Vec<usize> {
        pictures.iter().copied().filter(|&picture| !self.has(set, picture)).collect()
    }
}
