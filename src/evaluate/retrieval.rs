//! Search by picture: who is most similar to whom.

use serde::Serialize;

use super::knn::{Similarities, most_similar};
use super::{Features, Labelled};
use crate::{Error, Result};

/// A picture beside the query.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Neighbour {
    /// Row of the features.
    pub index: usize,
    /// Cosine similarity with the query.
    pub similarity: f32,
}

/// The `k` rows that are most similar to the query by cosine, the nearest first; all of them where
/// there are fewer.
///
/// The query is one row of features: of a picture that is not among them, or one of their own rows
/// by [`Features::subset`], which is then its own first neighbour.
///
/// ```
/// use burn::tensor::{Device, Tensor};
/// use contrastive_playground::evaluate::{Features, nearest};
/// let values = Tensor::from_floats([[1.0, 0.0], [0.0, 1.0], [1.0, 1.0]], &Device::flex());
/// let features = Features { values };
/// let query = features.subset(&[0]).unwrap();
/// let found = pollster::block_on(nearest(&features, &query, 2)).unwrap();
/// assert_eq!([found[0].index, found[1].index], [0, 2]);
/// ```
///
/// # Errors
/// [`Error::Mismatch`] where the query is not one row with as many columns, and [`Error::Device`].
pub async fn nearest(features: &Features, query: &Features, k: usize) -> Result<Vec<Neighbour>> {
    Error::check_count("query pictures", query.rows(), 1)?;
    let similarities = Similarities::new(features, query)?.read(0, 1).await?;
    let mut found: Vec<Neighbour> = most_similar(&similarities, k)
        .into_iter()
        .map(|index| Neighbour { index, similarity: similarities[index] })
        .collect();
    found.sort_by(|a, b| b.similarity.total_cmp(&a.similarity).then(a.index.cmp(&b.index)));
    Ok(found)
}

/// Precision at k: the share of each query's `k` most similar rows of the bank that have its label, the mean over
/// all queries, 0..1. All rows where the bank has fewer.
///
/// ```
/// use burn::tensor::{Device, Tensor};
/// use contrastive_playground::evaluate::{Features, Labelled, precision_at};
/// let labelled = |rows: [[f32; 2]; 3], labels: [usize; 3]| {
///     let features = Features { values: Tensor::from_floats(rows, &Device::flex()) };
///     Labelled::new(&features, &labels.map(Some)).unwrap()
/// };
/// let bank = labelled([[1.0, 0.0], [0.9, 0.1], [0.0, 1.0]], [0, 1, 1]);
/// let queries = labelled([[1.0, 0.1], [1.0, 0.2], [0.1, 1.0]], [0, 1, 1]);
/// let found = pollster::block_on(precision_at(2, &bank, &queries)).unwrap();
/// assert!((found - (0.5 + 0.5 + 1.0) / 3.0).abs() < 1e-9);
/// ```
///
/// # Errors
/// [`Error::SettingOutOfRange`] for a k of 0, [`Error::Mismatch`] where bank and queries have different columns, and
/// [`Error::Device`].
pub async fn precision_at(k: usize, bank: &Labelled, queries: &Labelled) -> Result<f64> {
    Error::check_range("k", k as f64, 1.0..=1e6)?;
    let (size, count) = (bank.labels().len(), queries.labels().len());
    let similarities = Similarities::new(bank.features(), queries.features())?;
    let similarities = similarities.read(0, count).await?;
    let share = |(row, &label): (&[f32], &usize)| {
        let found = most_similar(row, k);
        let same = found.iter().filter(|&&i| bank.labels()[i] == label).count();
        same as f64 / found.len() as f64
    };
    let shares = similarities.chunks_exact(size).zip(queries.labels()).map(share);
    Ok(shares.sum::<f64>() / count as f64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dataset::ShapesConfig;
    use burn::tensor::{Device, Tensor};
    use pollster::block_on;

    #[test]
    fn a_picture_finds_itself_first_and_then_the_others_in_order() {
        let set = ShapesConfig { count: 12, side: 8, seed: 4 }.draw().unwrap().images;
        let features = Features::pixels(&set, &Device::flex()).unwrap();
        for row in 0..12 {
            let query = features.subset(&[row]).unwrap();
            let found = block_on(nearest(&features, &query, 5)).unwrap();
            assert_eq!(found.len(), 5);
            assert_eq!(found[0].index, row);
            assert!((found[0].similarity - 1.0).abs() < 1e-6);
            assert!(found.windows(2).all(|pair| pair[0].similarity >= pair[1].similarity));
        }
    }

    #[test]
    fn as_many_as_there_are_and_only_for_one_query() {
        let values = Tensor::from_floats([[1.0, 0.0], [0.0, 1.0]], &Device::flex());
        let features = Features { values };
        let one = features.subset(&[1]).unwrap();
        assert_eq!(block_on(nearest(&features, &one, 9)).unwrap().len(), 2);
        assert!(block_on(nearest(&features, &one, 0)).unwrap().is_empty());
        assert!(block_on(nearest(&features, &features, 1)).is_err());
    }
}
