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

    /// Of how many pictures it is known.
    pub fn count(&self) -> usize {
        self.contents.len()
    }

    /// How many of these pictures are in use now.
    pub fn count_in(&self, set: &ImageSet) -> usize {
        let here: BTreeSet<_> = set.contents().iter().copied().collect();
        here.intersection(&self.contents).count()
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dataset::ShapesConfig;

    #[test]
    fn counts_what_was_seen_and_is_here_once_each() {
        let mut set = ShapesConfig { count: 6, side: 8, seed: 3 }.draw().unwrap().images;
        let elsewhere = [7, 8];
        let mut seen = Seen::default();
        seen.note(set.contents()[..4].iter().copied().chain(elsewhere), false);
        assert_eq!((seen.count(), seen.count_in(&set)), (6, 4));
        let first = set.rgb(0).unwrap().to_vec();
        set.push("again", &first).unwrap();
        assert_eq!(seen.count_in(&set), 4);
        assert_eq!((Seen::unknown().count(), Seen::unknown().count_in(&set)), (0, 0));
    }
}
