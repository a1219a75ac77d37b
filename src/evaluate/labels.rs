//! Labels beside features, and how often a guess is one of them.

use super::Features;
use crate::dataset::ImageSet;
use crate::{Error, Result};

/// Features of those pictures that have a label.
#[derive(Debug, Clone)]
pub struct Labelled {
    features: Features,
    labels: Vec<usize>,
    /// Which rows of the features that it was made from.
    rows: Vec<usize>,
    /// How many rows those features had.
    all: usize,
}

impl Labelled {
    /// Leaves out the rows without a label.
    ///
    /// # Errors
    /// [`Error::Mismatch`] where there is not one label a row, and [`Error::TooFewLabels`] where no
    /// row has one.
    pub fn new(features: &Features, labels: &[Option<usize>]) -> Result<Self> {
        let all = features.rows();
        Error::check_count("labels", labels.len(), all)?;
        let rows: Vec<usize> = (0..all).filter(|&row| labels[row].is_some()).collect();
        if rows.is_empty() {
            return Err(Error::TooFewLabels { count: 0, needed: 1 });
        }
        let features = if rows.len() == all { features.clone() } else { features.subset(&rows)? };
        Ok(Self { features, labels: labels.iter().flatten().copied().collect(), rows, all })
    }

    pub fn features(&self) -> &Features {
        &self.features
    }

    /// One a row of [`Labelled::features`].
    pub fn labels(&self) -> &[usize] {
        &self.labels
    }

    /// One more than the largest label.
    pub(super) fn classes(&self) -> usize {
        self.labels.iter().max().map_or(0, |label| label + 1)
    }

    /// One value a row before the rows without a label were left out.
    pub(super) fn spread<T: Clone>(&self, values: &[T]) -> Vec<Option<T>> {
        let mut spread = vec![None; self.all];
        for (&row, value) in self.rows.iter().zip(values) {
            spread[row] = Some(value.clone());
        }
        spread
    }
}

/// Labels of `set` as numbers into the classes of `reference`, by name: two sets number their
/// classes in the order in which each met them. A class that `reference` does not have is no label,
/// since nobody could have learned it there.
pub fn labels_as(reference: &ImageSet, set: &ImageSet) -> Vec<Option<usize>> {
    let number = |class: &String| reference.classes().iter().position(|known| known == class);
    let numbers: Vec<Option<usize>> = set.classes().iter().map(number).collect();
    set.labels().iter().map(|label| numbers.get((*label)?).copied().flatten()).collect()
}

/// How many have each label.
pub(super) fn counts(labels: &[usize]) -> Vec<usize> {
    let mut counts = vec![0; labels.iter().max().map_or(0, |label| label + 1)];
    labels.iter().for_each(|&label| counts[label] += 1);
    counts
}

/// Share of the commonest label: what always guessing it would give.
pub(super) fn chance(labels: &[usize]) -> f64 {
    share(counts(labels).into_iter().max().unwrap_or(0), labels.len())
}

/// Share of the guesses that are right.
pub(super) fn accuracy(guesses: &[usize], labels: &[usize]) -> f64 {
    let right = guesses.iter().zip(labels).filter(|(guess, label)| guess == label).count();
    share(right, labels.len())
}

/// Where the largest value is; the first of equals.
pub(super) fn largest<T: PartialOrd>(values: &[T]) -> usize {
    (1..values.len()).fold(0, |best, i| if values[i] > values[best] { i } else { best })
}

fn share(part: usize, whole: usize) -> f64 {
    part as f64 / whole.max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use burn::tensor::{Device, Tensor};

    #[test]
    fn rows_without_a_label_are_left_out() {
        let values = Tensor::from_floats([[0.0], [1.0], [2.0]], &Device::flex());
        let features = Features { values };
        let labelled = Labelled::new(&features, &[Some(4), None, Some(1)]).unwrap();
        assert_eq!(labelled.labels(), [4, 1]);
        assert_eq!(labelled.features().rows(), 2);
        assert_eq!(labelled.spread(&["a", "b"]), [Some("a"), None, Some("b")]);
        let none = Labelled::new(&features, &[None; 3]).unwrap_err();
        assert_eq!(none, Error::TooFewLabels { count: 0, needed: 1 });
        assert!(matches!(Labelled::new(&features, &[None]), Err(Error::Mismatch { .. })));
    }

    #[test]
    fn classes_are_the_same_where_their_names_are() {
        let set = |classes: &[&str]| {
            let mut set = ImageSet::new(8).unwrap();
            for class in classes {
                set.push_labelled("", class, &[0; 192]).unwrap();
            }
            set
        };
        let mut held_out = set(&["dog", "fox", "cat"]);
        held_out.push("", &[0; 192]).unwrap();
        let labels = labels_as(&set(&["cat", "dog"]), &held_out);
        assert_eq!(labels, [Some(1), None, Some(0), None]);
    }

    #[test]
    fn chance_is_the_share_of_the_commonest_label() {
        assert_eq!(chance(&[0, 3, 3, 1]), 0.5);
        assert_eq!(accuracy(&[0, 3, 1, 1], &[0, 3, 3, 1]), 0.75);
        assert_eq!(largest(&[1.0, 3.0, 3.0]), 1);
    }
}
