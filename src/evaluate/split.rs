//! Which pictures are kept back to judge by.

use rand::seq::SliceRandom;

use crate::random::{Purpose, stream};
use crate::{Error, Result};

/// How pictures are divided into those that are trained on and those that are held out.
///
/// ```
/// use contrastive_playground::evaluate::SplitConfig;
/// let labels = [Some(0), Some(1), Some(0), Some(1), Some(0), Some(1), None, None];
/// let split = SplitConfig { share: 0.25, seed: 7 }.split(&labels).unwrap();
/// assert_eq!((split.train.len(), split.held_out.len()), (6, 2));
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SplitConfig {
    /// Share of the pictures that are held out, 0..1.
    pub share: f64,
    pub seed: u64,
}

impl Default for SplitConfig {
    fn default() -> Self {
        Self { share: 0.2, seed: 0 }
    }
}

/// Pictures by their numbers, each in one of the two, in ascending order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Split {
    pub train: Vec<usize>,
    pub held_out: Vec<usize>,
}

impl SplitConfig {
    /// Divides as many pictures as there are labels. Each class, and the pictures without one, give
    /// their share as nearly as whole pictures allow. From two pictures on, neither part is empty.
    ///
    /// # Errors
    /// [`Error::SettingOutOfRange`] for a share that is not from 0 to 1.
    pub fn split(&self, labels: &[Option<usize>]) -> Result<Split> {
        Error::check_range("share", self.share, 0.0..=1.0)?;
        let count = labels.len();
        let held_out = (self.share * count as f64).round() as usize;
        let held_out = held_out.clamp(count.min(2) / 2, count.saturating_sub(1));
        let mut order = self.stratified(labels);
        let mut train = order.split_off(held_out);
        train.sort_unstable();
        order.sort_unstable();
        Ok(Split { train, held_out: order })
    }

    /// All pictures in an order of which every beginning has the classes in proportion: a picture
    /// comes where it stands, as a share, in the row of its own class.
    fn stratified(&self, labels: &[Option<usize>]) -> Vec<usize> {
        let mut order: Vec<usize> = (0..labels.len()).collect();
        order.shuffle(&mut stream(self.seed, Purpose::Split, 0));
        let group = |picture: usize| labels[picture].map_or(0, |label| label + 1);
        let groups = (0..labels.len()).map(group).max().map_or(0, |largest| largest + 1);
        let mut sizes = vec![0usize; groups];
        order.iter().for_each(|&picture| sizes[group(picture)] += 1);
        let mut seen = vec![0usize; groups];
        let mut places = vec![0.0; labels.len()];
        for &picture in &order {
            let group = group(picture);
            places[picture] = (seen[group] as f64 + 0.5) / sizes[group] as f64;
            seen[group] += 1;
        }
        order.sort_by(|&a, &b| f64::total_cmp(&places[a], &places[b]));
        order
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parts_are_disjoint_and_hold_every_picture() {
        for count in 0..30 {
            let labels: Vec<_> = (0..count).map(|i| (i % 4 != 0).then_some(i % 3)).collect();
            for share in [0.0, 0.2, 0.5, 1.0] {
                let Split { train, held_out } =
                    SplitConfig { share, seed: 5 }.split(&labels).unwrap();
                let mut all = [train.clone(), held_out.clone()].concat();
                all.sort_unstable();
                assert_eq!(all, (0..count).collect::<Vec<_>>());
                assert!(count < 2 || !train.is_empty() && !held_out.is_empty());
            }
        }
    }

    #[test]
    fn every_class_gives_its_share() {
        let labels: Vec<_> = (0..200).map(|i| (i >= 20).then_some(i % 9)).collect();
        let split = SplitConfig::default().split(&labels).unwrap();
        assert_eq!(split.held_out.len(), 40);
        for label in [None, Some(0), Some(8)] {
            let held_out = split.held_out.iter().filter(|&&i| labels[i] == label).count();
            assert_eq!(held_out, 4, "{label:?}");
        }
    }

    #[test]
    fn a_seed_gives_the_same_split_and_another_a_different_one() {
        let split = |seed| SplitConfig { seed, ..Default::default() }.split(&[None; 50]).unwrap();
        assert_eq!(split(1), split(1));
        assert_ne!(split(1), split(2));
        assert!(SplitConfig { share: f64::NAN, seed: 0 }.split(&[None; 5]).is_err());
    }
}
