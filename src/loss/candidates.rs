//! Whom a loss compares each anchor with, and what follows from that alone: what a guess gives, and what cannot
//! be passed.

use std::cell::RefCell;

use burn::tensor::{Device, Tensor, TensorData};

use crate::ops::{NEGATIVE, OUTSIDE, POSITIVE};

thread_local! {
    /// The table of roles that was used last, here and on its device.
    static LATEST: RefCell<Option<(TensorData, Tensor<2>)>> = const { RefCell::new(None) };
}

fn latest(roles: TensorData, device: &Device) -> Tensor<2> {
    LATEST.with_borrow_mut(|latest| {
        if let Some((known, table)) = latest
            && *known == roles
            && table.device() == *device
        {
            return table.clone();
        }
        let table = Tensor::from_data(roles.clone(), device);
        *latest = Some((roles, table.clone()));
        table
    })
}

/// Pairs of a row and a column, chosen on the CPU.
#[derive(Debug, Clone)]
pub(super) struct Mask {
    rows: usize,
    columns: usize,
    chosen: Vec<bool>,
}

impl Mask {
    pub fn new([rows, columns]: [usize; 2], chosen: impl Fn(usize, usize) -> bool) -> Self {
        let chosen = (0..rows * columns).map(|i| chosen(i / columns, i % columns)).collect();
        Self { rows, columns, chosen }
    }

    pub fn tensor(&self, device: &Device) -> Tensor<2> {
        let values: Vec<f32> = self.chosen.iter().map(|&c| f32::from(u8::from(c))).collect();
        Tensor::from_data(TensorData::new(values, [self.rows, self.columns]), device)
    }

    /// How many are chosen in each row.
    pub fn counts(&self) -> Vec<usize> {
        let count = |row: &[bool]| row.iter().filter(|&&chosen| chosen).count();
        self.chosen.chunks(self.columns.max(1)).map(count).collect()
    }
}

/// Who belongs to each anchor, and who does not. Rows are anchors, columns whom they are compared with.
#[derive(Debug, Clone)]
pub struct Candidates {
    pub(super) positives: Mask,
    pub(super) negatives: Mask,
    /// Columns at the front that are not of the set that all anchors share: of MoCo the anchor's own key.
    own: usize,
}

impl Candidates {
    /// The 2N views of N pictures, each with its other view as the positive and the views of all other pictures as
    /// negatives, but for those that are `together`.
    pub fn views(pictures: usize, together: impl Fn(usize, usize) -> bool) -> Self {
        let shape = [2 * pictures; 2];
        let picture = |view: usize| view % pictures.max(1);
        Self {
            positives: Mask::new(shape, |i, j| i != j && picture(i) == picture(j)),
            negatives: Mask::new(shape, |i, j| {
                let (i, j) = (picture(i), picture(j));
                i != j && !together(i, j)
            }),
            own: 0,
        }
    }

    /// First views against second views, each with its own as the positive, but for those that are `together`.
    pub fn second_views(pictures: usize, together: impl Fn(usize, usize) -> bool) -> Self {
        let shape = [pictures; 2];
        Self {
            positives: Mask::new(shape, |i, j| i == j),
            negatives: Mask::new(shape, |i, j| i != j && !together(i, j)),
            own: 0,
        }
    }

    /// Each anchor against its own key, which comes first, and others that all share, but for those that are
    /// `together`: an anchor's number and another's.
    pub fn keys(anchors: usize, others: usize, together: impl Fn(usize, usize) -> bool) -> Self {
        let shape = [anchors, 1 + others];
        Self {
            positives: Mask::new(shape, |_, j| j == 0),
            negatives: Mask::new(shape, |i, j| j > 0 && !together(i, j - 1)),
            own: 1,
        }
    }

    /// Rows of one class belong together, all others do not.
    pub fn classes(classes: &[usize]) -> Self {
        let shape = [classes.len(); 2];
        Self {
            positives: Mask::new(shape, |i, j| i != j && classes[i] == classes[j]),
            negatives: Mask::new(shape, |i, j| classes[i] != classes[j]),
            own: 0,
        }
    }

    /// The article's mistake: each row is its own positive.
    pub fn themselves(rows: usize) -> Self {
        let shape = [rows; 2];
        Self {
            positives: Mask::new(shape, |i, j| i == j),
            negatives: Mask::new(shape, |i, j| i != j),
            own: 0,
        }
    }

    /// As many positives first in each row, and all else negatives.
    pub(super) fn leading(rows: usize, positives: usize) -> Self {
        let shape = [rows; 2];
        Self {
            positives: Mask::new(shape, |_, j| j < positives),
            negatives: Mask::new(shape, |_, j| j >= positives),
            own: 0,
        }
    }

    /// What each column is to its row, `[rows, columns]`. The table of the latest step is kept: mostly the next step's
    /// is the same, and an upload in the middle of a step divides it.
    pub(super) fn roles(&self, device: &Device) -> Tensor<2> {
        let of = |(&positive, &negative): (&bool, &bool)| match (positive, negative) {
            (true, _) => POSITIVE,
            (_, true) => NEGATIVE,
            _ => OUTSIDE,
        };
        let pairs = self.positives.chosen.iter().zip(&self.negatives.chosen);
        let shape = [self.positives.rows, self.positives.columns];
        let roles = TensorData::new(pairs.map(of).collect(), shape);
        let table = latest(roles, &device.clone().without_autodiff());
        if device.is_autodiff() { table.autodiff() } else { table }
    }

    pub fn counts(&self) -> Counts {
        let (positives, negatives) = (self.positives.counts(), self.negatives.counts());
        let columns = self.positives.columns - self.own;
        let same = negatives.iter().map(|count| columns - count).sum();
        Counts { positives, negatives, same }
    }
}

/// How many candidates each anchor has. What a guess gives and what the loss cannot fall below follow from these.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counts {
    pub positives: Vec<usize>,
    pub negatives: Vec<usize>,
    /// Pairs that are no negatives, over all anchors: an anchor and itself, its positives, who is left out.
    same: usize,
}

/// How a loss counts its candidates.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Counting {
    /// τ.
    pub temperature: f32,
    /// How often the positive stands below the fraction line.
    pub positive: usize,
    /// No more negatives than these.
    pub hardest: usize,
    /// Whether the negatives are taken for as far from the anchor as can be, whatever they are.
    pub opposite: bool,
}

impl Counting {
    /// Each candidate once.
    pub fn once(temperature: f32) -> Self {
        Self { temperature, positive: 1, hardest: usize::MAX, opposite: false }
    }
}

impl Counts {
    /// Of the anchors that have a positive, the mean of something.
    fn mean(&self, value: impl Fn(f64, usize) -> f64) -> f32 {
        let anchors = self.positives.iter().zip(&self.negatives).filter(|(p, _)| **p > 0);
        let values: Vec<f64> = anchors.map(|(&p, &n)| value(p as f64, n)).collect();
        (values.iter().sum::<f64>() / values.len().max(1) as f64) as f32
    }

    /// The loss where all similarities are the same, in nats: the mean logarithm of how many candidates count.
    pub fn chance(&self, counting: &Counting) -> f32 {
        let Counting { positive, hardest, .. } = *counting;
        self.mean(|p, n| (p * positive as f64 + n.min(hardest) as f64).ln())
    }

    /// How often a guess is a positive: the mean share of the positives among the candidates.
    pub fn top1(&self) -> f32 {
        self.mean(|p, n| p / (p + n as f64))
    }

    /// The share of the anchors that have nobody to be told from.
    pub fn alone(&self) -> f32 {
        self.mean(|_, n| f64::from(u8::from(n == 0)))
    }

    /// What the loss cannot fall below, in nats.
    ///
    /// Positives are then one point with their anchor, and the negatives as far from it as they can be: points on a
    /// sphere sum up to nothing at best, so that the cosines of the negatives make up for those of all that coincide.
    /// Where every anchor has as many negatives, all these cosines are one number, −1/(N − 1) for N pictures: the
    /// corners of a simplex.
    pub fn floor(&self, counting: &Counting) -> f32 {
        let tau = f64::from(counting.temperature);
        let cosines = if counting.opposite { Cosines::OPPOSITE } else { self.farthest(counting) };
        self.mean(|p, n| {
            let positive = p * counting.positive as f64;
            let cosine = cosines.of(positive, n);
            (positive + n.min(counting.hardest) as f64 * ((cosine - 1.0) / tau).exp()).ln()
        })
    }

    /// The cosines at which the mean of the losses is least, by the multiplier of Lagrange that their sum asks for.
    fn farthest(&self, counting: &Counting) -> Cosines {
        let tau = f64::from(counting.temperature);
        let anchors: Vec<(f64, usize)> = (self.positives.iter().zip(&self.negatives))
            .map(|(&p, &n)| (p as f64 * counting.positive as f64, n))
            .filter(|(p, n)| *p > 0.0 && *n > 0)
            .collect();
        let most = anchors.iter().map(|(_, n)| *n).max().unwrap_or(1) as f64;
        let sum = |cosines: &Cosines| -> f64 {
            anchors.iter().map(|&(p, n)| n as f64 * cosines.of(p, n)).sum()
        };
        let (mut low, mut high) = (-2.0 / tau - 20.0, -most.ln());
        for _ in 0..80 {
            let middle = f64::midpoint(low, high);
            let below = sum(&Cosines { tau, multiplier: middle.exp() }) < -(self.same as f64);
            *(if below { &mut low } else { &mut high }) = middle;
        }
        Cosines { tau, multiplier: low.exp() }
    }
}

/// The cosine of each anchor's negatives, by how many candidates it has.
struct Cosines {
    tau: f64,
    multiplier: f64,
}

impl Cosines {
    /// All −1.
    const OPPOSITE: Self = Self { tau: 1.0, multiplier: 0.0 };

    fn of(&self, positive: f64, negatives: usize) -> f64 {
        let left = 1.0 - self.multiplier * negatives as f64;
        let share = self.multiplier * positive / left;
        (1.0 + self.tau * share.ln()).clamp(-1.0, 1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LABELS: [usize; 8] = [0, 0, 0, 1, 1, 2, 2, 2];

    fn near(found: f32, expected: f64) {
        assert!((f64::from(found) - expected).abs() < 1e-4, "{found} where {expected} is expected");
    }

    #[test]
    fn chance_is_what_equal_similarities_give() {
        let once = Counting::once(0.1);
        let views = Candidates::views(4, |_, _| false).counts();
        near(views.chance(&once), 7f64.ln());
        near(views.top1(), 1.0 / 7.0);
        near(Candidates::keys(2, 9, |_, key| key == 3).counts().top1(), 1.0 / 9.0);
        let classes = Candidates::classes(&LABELS).counts();
        // Three of one class have two positives among seven, two have one, three have two again.
        near(classes.top1(), (6.0 * 2.0 / 7.0 + 2.0 / 7.0) / 8.0);
        near(classes.chance(&once), 7f64.ln());
        let hardest = Counting { hardest: 3, ..once };
        near(views.chance(&hardest), 4f64.ln());
    }

    #[test]
    fn anchors_without_a_positive_do_not_count_and_those_without_negatives_are_told() {
        let single = Candidates::classes(&[0, 0, 1]).counts();
        near(single.top1(), 0.5);
        near(single.alone(), 0.0);
        near(Candidates::classes(&[3; 5]).counts().alone(), 1.0);
        near(Candidates::classes(&[3; 5]).counts().floor(&Counting::once(0.1)), 4f64.ln());
        let halves = Candidates::views(4, |i, j| i < 2 && j < 2 || i >= 2 && j >= 2).counts();
        near(halves.top1(), 1.0 / 5.0);
        near(Candidates::views(3, |_, _| true).counts().floor(&Counting::once(0.1)), 0.0);
    }

    #[test]
    fn the_floor_of_equal_anchors_is_that_of_a_simplex() {
        for tau in [0.005, 0.1, 1.0, 100.0] {
            let simplex = |positive: f64, negatives: f64, corners: f64| {
                let apart = -1.0 / (corners - 1.0) - 1.0;
                (positive + negatives * (apart / f64::from(tau)).exp()).ln()
            };
            let once = Counting::once(tau);
            near(Candidates::views(4, |_, _| false).counts().floor(&once), simplex(1.0, 6.0, 4.0));
            let second = Candidates::second_views(5, |_, _| false).counts();
            near(second.floor(&once), simplex(1.0, 4.0, 5.0));
            let classes = Candidates::classes(&[0, 0, 0, 1, 1, 1, 2, 2, 2]).counts();
            near(classes.floor(&once), simplex(2.0, 6.0, 3.0));
            let twice = Counting { positive: 2, ..once };
            near(Candidates::views(4, |_, _| false).counts().floor(&twice), simplex(2.0, 6.0, 4.0));
        }
    }

    #[test]
    fn no_points_found_by_descent_lie_below_the_floor() {
        let floor = Candidates::classes(&LABELS).counts().floor(&Counting::once(0.5));
        // The class of two may lie farther from the others than they from each other.
        let angles = |a: f64, b: f64| LABELS.map(|class| [0.0, a, b][class]);
        let loss = |angles: [f64; 8]| -> f64 {
            let row = |i: usize| {
                let power = |j: usize| (f64::cos(angles[i] - angles[j]) / 0.5).exp();
                let all: f64 = (0..8).filter(|&j| j != i).map(power).sum();
                all.ln() - 2.0
            };
            (0..8).map(row).sum::<f64>() / 8.0
        };
        let grid = (0..120).flat_map(|a| (0..120).map(move |b| (a, b)));
        let best = grid.map(|(a, b)| loss(angles(f64::from(a) / 19.0, f64::from(b) / 19.0)));
        let best = best.fold(f64::INFINITY, f64::min);
        assert!(f64::from(floor) <= best && best < f64::from(floor) + 0.02, "{floor} {best}");
    }

    #[test]
    fn the_floor_of_what_counts_as_opposite_is_below_that_of_a_simplex() {
        let views = Candidates::views(8, |_, _| false).counts();
        let once = Counting::once(1.0);
        let opposite = Counting { opposite: true, ..once };
        near(views.floor(&opposite), (14.0 * (-2f64).exp()).ln_1p());
        assert!(views.floor(&opposite) < views.floor(&once));
        let hardest = Counting { hardest: 2, ..once };
        near(views.floor(&hardest), (2.0 * (-8.0 / 7.0f64).exp()).ln_1p());
    }
}
