//! A softmax over the candidates of each row, and the positives' share of it.

/// Roles of a column in its row, in a table of floats.
pub const OUTSIDE: f32 = 0.0;
pub const NEGATIVE: f32 = 1.0;
pub const POSITIVE: f32 = 2.0;

/// Stands for "does not take part": far below any similarity over any temperature allowed, and still finite, so that it
/// leaves no NaN in a gradient.
pub const OUT: f32 = -1e9;

/// How a contrast is counted.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Counted {
    /// τ.
    pub temperature: f32,
    /// Rows that have a positive, at least 1.
    pub rows: usize,
    /// Whether candidates have weights; else each counts once.
    pub weighted: bool,
}

/// What is compared, row by row.
pub struct Contrast<'a> {
    pub similarities: &'a [f32],
    pub roles: &'a [f32],
    pub log_weights: Option<&'a [f32]>,
    pub columns: usize,
    pub counted: Counted,
}

/// One row of it.
struct Row<'a> {
    similarities: &'a [f32],
    roles: &'a [f32],
    log_weights: Option<&'a [f32]>,
    temperature: f32,
}

impl Contrast<'_> {
    /// Mean loss, loss of each row, contrastive top-1 accuracy.
    pub fn forward(&self) -> (f32, Vec<f32>, f32) {
        let per_row: Vec<f32> = self.rows().map(|row| row.loss()).collect();
        let counted = self.counted.rows as f32;
        let hits = self.rows().filter(Row::hits).count() as f32;
        (per_row.iter().sum::<f32>() / counted, per_row, hits / counted)
    }

    /// Of similarities and of the logarithms of the weights.
    pub fn back(&self, slope: f32) -> (Vec<f32>, Vec<f32>) {
        let mut of_weights = vec![0.0; self.similarities.len()];
        let mut of_similarities = vec![0.0; self.similarities.len()];
        let slope = slope / self.counted.rows as f32;
        let places = of_similarities.chunks_exact_mut(self.columns.max(1));
        let places = places.zip(of_weights.chunks_exact_mut(self.columns.max(1)));
        for (row, (of_similarities, of_weights)) in self.rows().zip(places) {
            let positives = row.positives();
            if positives == 0.0 {
                continue;
            }
            let normalizer = row.log_sum_exp();
            for (column, &role) in row.roles.iter().enumerate() {
                let share = (row.weighted(column) - normalizer).exp();
                let target = if role == POSITIVE { 1.0 / positives } else { 0.0 };
                of_weights[column] = slope * share;
                of_similarities[column] = slope * (share - target) / row.temperature;
            }
        }
        (of_similarities, of_weights)
    }

    fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        let columns = self.columns.max(1);
        (0..self.similarities.len() / columns).map(move |row| {
            let range = row * columns..(row + 1) * columns;
            Row {
                similarities: &self.similarities[range.clone()],
                roles: &self.roles[range.clone()],
                log_weights: self.log_weights.map(|weights| &weights[range]),
                temperature: self.counted.temperature,
            }
        })
    }
}

impl Row<'_> {
    fn positives(&self) -> f32 {
        self.roles.iter().filter(|&&role| role == POSITIVE).count() as f32
    }

    fn loss(&self) -> f32 {
        let positives = self.positives();
        if positives == 0.0 {
            return 0.0;
        }
        let pairs = self.similarities.iter().zip(self.roles);
        let positive = pairs.filter(|(_, role)| **role == POSITIVE);
        let positive: f32 = positive.map(|(similarity, _)| similarity / self.temperature).sum();
        self.log_sum_exp() - positive / positives
    }

    /// The logarithm of what a candidate has in the softmax.
    fn weighted(&self, column: usize) -> f32 {
        let weight = match self.log_weights {
            Some(weights) => weights[column],
            None if self.roles[column] == OUTSIDE => OUT,
            None => 0.0,
        };
        self.similarities[column] / self.temperature + weight
    }

    fn log_sum_exp(&self) -> f32 {
        let columns = 0..self.roles.len();
        let max = columns.clone().map(|c| self.weighted(c)).fold(f32::NEG_INFINITY, f32::max);
        columns.map(|c| (self.weighted(c) - max).exp()).sum::<f32>().ln() + max
    }

    /// Is a positive more similar than every other candidate? However much a candidate weighs in the loss, here it
    /// counts as similar as it is.
    fn hits(&self) -> bool {
        let most = |wanted: bool| {
            let columns = (0..self.roles.len()).filter(|&c| {
                let takes_part = self.weighted(c) >= 0.5 * OUT;
                takes_part && (self.roles[c] == POSITIVE) == wanted
            });
            columns.map(|c| self.similarities[c]).fold(f32::NEG_INFINITY, f32::max)
        };
        self.positives() > 0.0 && most(true) > most(false)
    }
}
