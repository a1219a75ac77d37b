//! Weighted nearest neighbours: what the representation knows without any further training.

use burn::tensor::Tensor;
use serde::Serialize;

use super::features::{Features, read};
use super::labels::{Labelled, accuracy, counts, largest};
use crate::loss::normalize;
use crate::{Error, Result};

/// Similarities that are on the device and on the CPU at a time: 4 MB.
const AT_ONCE: usize = 1 << 20;

/// k nearest neighbours by cosine, each voting for its class with weight exp(similarity / τ) (Wu et
/// al. 2018, arXiv:1805.01978), with the k and the τ of MoCo's and lightly's CIFAR-10 recipes.
///
/// Those recipes are for 50,000 pictures. Of a small bank 200 may be most, and then who is common wins, whatever the
/// encoder says: [`KnnConfig::k_for`] takes fewer.
///
/// ```
/// use burn::tensor::{Device, Tensor};
/// use contrastive_playground::evaluate::{Features, KnnConfig, Labelled};
/// let labelled = |rows: [[f32; 2]; 2], labels: [usize; 2]| {
///     let features = Features { values: Tensor::from_floats(rows, &Device::flex()) };
///     Labelled::new(&features, &labels.map(Some)).unwrap()
/// };
/// let bank = labelled([[1.0, 0.0], [0.0, 1.0]], [0, 1]);
/// let queries = labelled([[5.0, 1.0], [1.0, 2.0]], [0, 0]);
/// let result = pollster::block_on(KnnConfig::default().classify(&bank, &queries)).unwrap();
/// assert_eq!(result.predictions, [Some(0), Some(1)]);
/// assert_eq!(result.accuracy, 0.5);
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct KnnConfig {
    /// Neighbours that vote at most.
    pub k: usize,
    /// τ of the votes, which need not be that of the loss.
    pub temperature: f32,
}

impl Default for KnnConfig {
    fn default() -> Self {
        Self { k: 200, temperature: 0.1 }
    }
}

/// What the neighbours said.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct KnnResult {
    /// Share of the queries whose predicted class is their own, 0..1.
    pub accuracy: f64,
    /// Queries that were judged.
    pub count: usize,
    /// Neighbours that voted.
    pub k: usize,
    /// Predicted class of every held-out picture; none where it has no label to judge by.
    pub predictions: Vec<Option<usize>>,
}

impl KnnConfig {
    /// How many neighbours vote: no more than the smallest class has, which could not win otherwise, and than three
    /// times the root of the size of the bank, beyond which they are no neighbours.
    pub fn k_for(&self, bank: &Labelled) -> usize {
        let labels = bank.labels();
        let smallest = counts(labels).into_iter().filter(|&count| count > 0).min().unwrap_or(1);
        let near = (3.0 * (labels.len() as f64).sqrt()) as usize;
        self.k.min(smallest).min(near).max(1)
    }

    /// Guesses the class of every query from the bank. The bank is labelled training pictures, the
    /// queries held-out ones; neither is augmented.
    ///
    /// # Errors
    /// [`Error::SettingOutOfRange`] for a k or a temperature that cannot be used,
    /// [`Error::Mismatch`] where bank and queries have different columns, and [`Error::Device`].
    pub async fn classify(&self, bank: &Labelled, queries: &Labelled) -> Result<KnnResult> {
        self.guess(bank, queries, false).await
    }

    /// Guesses the class of every row from all others: how well they know each other.
    ///
    /// # Errors
    /// As [`KnnConfig::classify`].
    pub async fn classify_each(&self, rows: &Labelled) -> Result<KnnResult> {
        self.guess(rows, rows, true).await
    }

    /// With `others`, queries are the bank, and nobody votes for itself.
    async fn guess(&self, bank: &Labelled, queries: &Labelled, others: bool) -> Result<KnnResult> {
        Error::check_range("k", self.k as f64, 1.0..=1e6)?;
        Error::check_range("temperature", self.temperature.into(), 0.001..=100.0)?;
        let size = bank.labels().len();
        let chunk = (AT_ONCE / size).max(1);
        let k = self.k_for(bank);
        let similarities = Similarities::new(bank.features(), queries.features())?;
        let mut guesses = Vec::with_capacity(queries.labels().len());
        for start in (0..queries.labels().len()).step_by(chunk) {
            let mut rows = similarities.read(start, chunk).await?;
            for (number, row) in (start..).zip(rows.chunks_exact_mut(size)) {
                if others {
                    row[number] = f32::MIN;
                }
                guesses.push(self.vote(row, bank, k));
            }
        }
        Ok(KnnResult {
            accuracy: accuracy(&guesses, queries.labels()),
            count: guesses.len(),
            k,
            predictions: queries.spread(&guesses),
        })
    }

    /// The class with most of the votes; the first of equals.
    fn vote(&self, similarities: &[f32], bank: &Labelled, k: usize) -> usize {
        let neighbours = most_similar(similarities, k);
        // Weights relative to the nearest neighbour's cannot overflow, and give the same class.
        let max = neighbours.iter().map(|&i| similarities[i]).fold(f32::MIN, f32::max);
        let mut votes = vec![0.0f64; bank.classes()];
        for i in neighbours {
            let weight = f64::from((similarities[i] - max) / self.temperature).exp();
            votes[bank.labels()[i]] += weight;
        }
        largest(&votes)
    }
}

/// Cosines of queries with a bank, read a few queries at a time.
pub(super) struct Similarities {
    bank: Tensor<2>,
    queries: Tensor<2>,
}

impl Similarities {
    /// # Errors
    /// [`Error::Mismatch`] where bank and queries have different columns.
    pub fn new(bank: &Features, queries: &Features) -> Result<Self> {
        Error::check_count("feature columns", queries.columns(), bank.columns())?;
        Ok(Self {
            bank: normalize(bank.values.clone()),
            queries: normalize(queries.values.clone()),
        })
    }

    /// Up to `count` queries from `start` on, `[queries, bank]`.
    pub async fn read(&self, start: usize, count: usize) -> Result<Vec<f32>> {
        let count = count.min(self.queries.dims()[0].saturating_sub(start));
        let queries = self.queries.clone().narrow(0, start, count);
        read(queries.matmul(self.bank.clone().transpose())).await
    }
}

/// Where the `k` largest similarities are, in no order; of equals the first.
pub(super) fn most_similar(similarities: &[f32], k: usize) -> Vec<usize> {
    let mut all: Vec<usize> = (0..similarities.len()).collect();
    if (1..all.len()).contains(&k) {
        all.select_nth_unstable_by(k - 1, |&a, &b| {
            similarities[b].total_cmp(&similarities[a]).then(a.cmp(&b))
        });
    }
    all.truncate(k);
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::{Purpose, stream};
    use burn::tensor::{Device, TensorData};
    use pollster::block_on;
    use rand::RngExt;

    const COLUMNS: usize = 7;

    fn random(rows: usize, seed: u64) -> Vec<f32> {
        let mut rng = stream(seed, Purpose::Shapes, 0);
        (0..rows * COLUMNS).map(|_| rng.random_range(-1.0..1.0)).collect()
    }

    fn labelled(values: &[f32], labels: &[Option<usize>]) -> Labelled {
        let data = TensorData::new(values.to_vec(), [labels.len(), COLUMNS]);
        let features = Features { values: Tensor::from_data(data, &Device::flex()) };
        Labelled::new(&features, labels).unwrap()
    }

    fn cosine(a: &[f32], b: &[f32]) -> f64 {
        let dot = |a: &[f32], b: &[f32]| -> f64 {
            a.iter().zip(b).map(|(x, y)| f64::from(*x) * f64::from(*y)).sum()
        };
        dot(a, b) / (dot(a, a) * dot(b, b)).sqrt()
    }

    /// Sorts everything, in double precision.
    fn brute_force(bank: &[f32], labels: &[Option<usize>], query: &[f32], k: usize) -> usize {
        let mut all: Vec<(f64, usize)> = bank
            .chunks(COLUMNS)
            .zip(labels)
            .filter_map(|(row, label)| Some((cosine(row, query), (*label)?)))
            .collect();
        all.sort_by(|a, b| b.0.total_cmp(&a.0));
        let votes = |class| {
            let of_class = all.iter().take(k).filter(|(_, label)| *label == class);
            of_class.map(|(similarity, _)| (similarity / 0.1).exp()).sum::<f64>()
        };
        (0..5).max_by(|&a, &b| votes(a).total_cmp(&votes(b))).unwrap()
    }

    #[test]
    fn the_guess_is_that_of_brute_force_in_double_precision() {
        let (bank, queries) = (random(90, 1), random(40, 2));
        let labels = |rows: usize| -> Vec<Option<usize>> {
            (0..rows).map(|i| (i % 8 != 3).then_some(i % 5)).collect()
        };
        let (bank_labels, query_labels) = (labels(90), labels(40));
        for k in [1, 9, 500] {
            let config = KnnConfig { k, ..Default::default() };
            let bank_rows = labelled(&bank, &bank_labels);
            let query_rows = labelled(&queries, &query_labels);
            let found = block_on(config.classify(&bank_rows, &query_rows)).unwrap();
            assert_eq!(found.k, k.min(15), "of 79 rows some class has 15");
            let expected: Vec<Option<usize>> = queries
                .chunks(COLUMNS)
                .zip(&query_labels)
                .map(|(query, label)| {
                    label.map(|_| brute_force(&bank, &bank_labels, query, found.k))
                })
                .collect();
            assert_eq!(found.predictions, expected, "k = {k}");
            let judged = expected.iter().zip(&query_labels).filter(|(e, _)| e.is_some());
            let right = judged.clone().filter(|(e, l)| e == l).count();
            assert_eq!(found.count, judged.count());
            assert_eq!(found.accuracy, right as f64 / found.count as f64);
        }
    }

    #[test]
    fn a_near_neighbour_outvotes_many_far_ones() {
        let mut bank = [[0.0; COLUMNS]; 8];
        bank[0][0] = 1.0;
        bank[1..4].iter_mut().for_each(|row| row[2] = 1.0);
        bank[4..].iter_mut().for_each(|row| row[1] = 1.0);
        let bank = labelled(bank.as_flattened(), &[0, 0, 0, 0, 1, 1, 1, 1].map(Some));
        let mut query = [0.0; COLUMNS];
        (query[0], query[1]) = (0.9, 0.4);
        let query = labelled(&query, &[Some(0)]);
        let guess = |temperature| {
            let config = KnnConfig { temperature, ..Default::default() };
            let found = block_on(config.classify(&bank, &query)).unwrap();
            assert_eq!(found.k, 4, "one is near and three are not");
            found.predictions[0]
        };
        assert_eq!(guess(0.1), Some(0));
        assert_eq!(guess(0.001), Some(0));
        // Where the temperature is high, the many win.
        assert_eq!(guess(10.0), Some(1));
    }

    /// Rows of two classes, as many as are said of each: cosines are .95 within a class and .85 across.
    fn two_classes(sizes: [usize; 2]) -> Labelled {
        let mut rows = Vec::new();
        let mut labels = Vec::new();
        let columns = 3 + sizes[0] + sizes[1];
        for (class, size) in sizes.into_iter().enumerate() {
            for _ in 0..size {
                let mut row = vec![0.0f32; columns];
                row[0] = 0.85f32.sqrt();
                row[1 + class] = 0.1f32.sqrt();
                row[3 + labels.len()] = 0.05f32.sqrt();
                rows.extend(row);
                labels.push(Some(class));
            }
        }
        let data = TensorData::new(rows, [labels.len(), columns]);
        let features = Features { values: Tensor::from_data(data, &Device::flex()) };
        Labelled::new(&features, &labels).unwrap()
    }

    #[test]
    fn a_class_that_is_rare_but_apart_is_found() {
        let rows = two_classes([48, 12]);
        let found = block_on(KnnConfig::default().classify(&rows, &rows)).unwrap();
        assert_eq!((found.accuracy, found.k), (1.0, 12));
        // By the votes of all the common class would win all.
        let votes = |k: usize| -> usize {
            let similarities = Similarities::new(rows.features(), rows.features()).unwrap();
            let all = block_on(similarities.read(0, 60)).unwrap();
            let guess = |row: &[f32]| KnnConfig::default().vote(row, &rows, k);
            let guesses: Vec<usize> = all.chunks_exact(60).map(guess).collect();
            guesses.iter().zip(rows.labels()).filter(|(guess, label)| guess == label).count()
        };
        assert_eq!((votes(60), votes(12)), (48, 60));
    }

    #[test]
    fn among_each_other_nobody_votes_for_itself() {
        // Each is nearest to itself, and then to the one of the other label.
        let rows = [1.0, 0.0, 0.9, 0.1, 0.0, 1.0, 0.1, 0.9];
        let rows: Vec<f32> =
            rows.chunks(2).flat_map(|row| [row[0], row[1], 0.0, 0.0, 0.0, 0.0, 0.0]).collect();
        let rows = labelled(&rows, &[0, 1, 0, 1].map(Some));
        let config = KnnConfig { k: 1, ..Default::default() };
        let [each, all] =
            [block_on(config.classify_each(&rows)), block_on(config.classify(&rows, &rows))];
        assert_eq!([each.unwrap().accuracy, all.unwrap().accuracy], [0.0, 1.0]);
    }

    #[test]
    fn no_more_neighbours_vote_than_are_near() {
        let k = |sizes, k| KnnConfig { k, ..Default::default() }.k_for(&two_classes(sizes));
        assert_eq!(k([48, 12], 200), 12);
        assert_eq!(k([200, 200], 200), 60);
        assert_eq!(k([200, 200], 5), 5);
        assert_eq!(k([3, 1], 200), 1);
    }

    #[test]
    fn settings_that_cannot_be_used_are_named() {
        let rows = labelled(&random(3, 1), &[Some(0); 3]);
        let bad = [
            KnnConfig { k: 0, ..Default::default() },
            KnnConfig { temperature: 0.0, ..Default::default() },
        ];
        assert!(bad.iter().all(|config| block_on(config.classify(&rows, &rows)).is_err()));
    }
}
