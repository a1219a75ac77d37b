//! Which of the known factors of the drawn pictures the representation tells apart.

use core::f32::consts::TAU;

use serde::Serialize;

use super::labels::chance;
use super::{Features, KnnConfig, KnnResult, Labelled};
use crate::dataset::{Factors, ShapeKind};
use crate::{Error, Result};

/// Classes that a continuous factor is cut into.
const BINS: usize = 4;

/// Something that was chosen when a picture was drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub enum Factor {
    Shape,
    Color,
    Size,
    X,
    Y,
    /// Within the shape's symmetry; circles and rings have none and are left out.
    Rotation,
    /// Brightness of the background.
    Background,
}

/// How well one factor is guessed.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct FactorScore {
    pub factor: Factor,
    /// Share of the commonest class among the held-out pictures: what always guessing it would
    /// give.
    pub chance: f64,
    /// Share of the held-out pictures whose class the neighbours guess, 0..1.
    pub accuracy: f64,
    /// Held-out pictures that were judged.
    pub count: usize,
    /// Neighbours that voted.
    pub k: usize,
}

impl Factor {
    pub const ALL: [Self; 7] =
        [Self::Shape, Self::Color, Self::Size, Self::X, Self::Y, Self::Rotation, Self::Background];

    /// What is to be guessed. None where the factor means nothing for this picture.
    fn value(self, factors: &Factors) -> Option<Value> {
        Some(match self {
            Self::Shape => Value::Class(factors.shape as usize),
            Self::Color => Value::Class(factors.color),
            Self::Size => Value::Number(factors.size),
            Self::X => Value::Number(factors.x),
            Self::Y => Value::Number(factors.y),
            Self::Rotation => {
                // Turned by one sector, the shape is the same again: the smallest turn that does it.
                let sector = TAU / symmetry(factors.shape)? as f32;
                Value::Number((factors.rotation + sector / 2.0).rem_euclid(sector) - sector / 2.0)
            }
            Self::Background => {
                let [red, green, blue] = factors.background;
                Value::Number(0.299 * red + 0.587 * green + 0.114 * blue)
            }
        })
    }

    /// The class of every picture, where `edges` cut the continuous factors.
    fn labels(self, factors: &[Factors], edges: &[f32]) -> Vec<Option<usize>> {
        let class = |value| match value {
            Value::Class(class) => class,
            Value::Number(number) => edges.partition_point(|&edge| edge <= number),
        };
        factors.iter().map(|factors| self.value(factors).map(class)).collect()
    }

    /// Cuts the pictures into bins with equally many in each, so that chance is the same for all
    /// continuous factors.
    fn edges(self, factors: &[Factors]) -> Vec<f32> {
        let mut numbers: Vec<f32> = factors
            .iter()
            .filter_map(|factors| match self.value(factors)? {
                Value::Number(number) => Some(number),
                Value::Class(_) => None,
            })
            .collect();
        numbers.sort_by(f32::total_cmp);
        (1..BINS).filter_map(|bin| numbers.get(bin * numbers.len() / BINS).copied()).collect()
    }
}

enum Value {
    Class(usize),
    Number(f32),
}

/// How many turns within the circle give the same shape; none where every turn does.
fn symmetry(shape: ShapeKind) -> Option<usize> {
    match shape {
        ShapeKind::Circle | ShapeKind::Ring => None,
        ShapeKind::Triangle => Some(3),
        ShapeKind::Square | ShapeKind::Cross => Some(4),
        ShapeKind::Star => Some(5),
    }
}

/// The class of every picture by each factor, as [`factor_scores`] asks for it: continuous factors in four
/// bins that hold equally many pictures, the smallest values first. None where a factor means nothing for a
/// picture.
pub fn factor_classes(factors: &[Factors]) -> Vec<(Factor, Vec<Option<usize>>)> {
    let classes = |factor: Factor| (factor, factor.labels(factors, &factor.edges(factors)));
    Factor::ALL.map(classes).into()
}

/// Guesses each factor of the drawn pictures from the nearest neighbours in turn.
///
/// What augmentation changes, a contrastive encoder learns to ignore, and what it leaves alone may
/// be told apart (Xiao et al. 2021, "What should not be contrastive in contrastive learning",
/// arXiv:2008.05659). Continuous factors are cut into four bins that hold equally many pictures of
/// the bank. A factor that means nothing for any picture is left out.
///
/// ```
/// use burn::tensor::Device;
/// use contrastive_playground::dataset::ShapesConfig;
/// use contrastive_playground::evaluate::{Features, KnnConfig, factor_scores};
/// let drawn = |seed| ShapesConfig { count: 40, side: 8, seed }.draw().unwrap();
/// let (bank, queries) = (drawn(1), drawn(2));
/// let pixels = |shapes: &_| Features::pixels(shapes, &Device::flex()).unwrap();
/// let (rows, others) = (pixels(&bank.images), pixels(&queries.images));
/// let knn = KnnConfig { k: 10, ..Default::default() };
/// let scores = factor_scores((&rows, &bank.factors), (&others, &queries.factors), &knn);
/// assert_eq!(pollster::block_on(scores).unwrap().len(), 7);
/// ```
///
/// # Errors
/// As [`KnnConfig::classify`], and [`Error::Mismatch`] where there are not as many factors as rows.
pub async fn factor_scores(
    bank: (&Features, &[Factors]),
    queries: (&Features, &[Factors]),
    knn: &KnnConfig,
) -> Result<Vec<FactorScore>> {
    for (features, factors) in [bank, queries] {
        Error::check_count("factors", factors.len(), features.rows())?;
    }
    let mut scores = Vec::new();
    for factor in Factor::ALL {
        let edges = factor.edges(bank.1);
        let [known, asked] = [bank, queries].map(|(features, factors)| {
            let labels = factor.labels(factors, &edges);
            labels.iter().any(Option::is_some).then(|| Labelled::new(features, &labels))
        });
        let (Some(known), Some(asked)) = (known, asked) else { continue };
        let asked = asked?;
        let found = knn.classify(&known?, &asked).await?;
        let KnnResult { accuracy, count, k, .. } = found;
        scores.push(FactorScore { factor, chance: chance(asked.labels()), accuracy, count, k });
    }
    Ok(scores)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dataset::{Shapes, ShapesConfig};
    use burn::tensor::{Device, Tensor, TensorData};
    use pollster::block_on;

    fn drawn(count: usize, seed: u64) -> Shapes {
        ShapesConfig { count, side: 8, seed }.draw().unwrap()
    }

    /// Features that are one factor, as a place on a half circle.
    fn only(value: impl Fn(&Factors) -> f32, shapes: &Shapes) -> Features {
        let angles = shapes.factors.iter().map(|factors| 3.0 * value(factors));
        let values: Vec<f32> = angles.flat_map(|angle| [angle.cos(), angle.sin()]).collect();
        let data = TensorData::new(values, [shapes.factors.len(), 2]);
        Features { values: Tensor::from_data(data, &Device::flex()) }
    }

    fn scores(value: impl Fn(&Factors) -> f32) -> Vec<FactorScore> {
        let (bank, queries) = (drawn(600, 1), drawn(200, 2));
        let (rows, others) = (only(&value, &bank), only(&value, &queries));
        let knn = KnnConfig { k: 10, ..Default::default() };
        let bank = (&rows, bank.factors.as_slice());
        block_on(factor_scores(bank, (&others, &queries.factors), &knn)).unwrap()
    }

    #[test]
    fn a_representation_of_one_factor_guesses_that_and_no_other() {
        let of = |kept: Factor, value: fn(&Factors) -> f32| {
            for score in scores(value) {
                if score.factor == kept {
                    assert!(score.accuracy > 0.9, "{score:?}");
                } else {
                    assert!(score.accuracy < score.chance + 0.12, "{score:?}");
                }
            }
        };
        of(Factor::Color, |factors| factors.color as f32 / 6.0);
        of(Factor::X, |factors| factors.x);
        of(Factor::Rotation, |factors| factors.rotation);
    }

    #[test]
    fn continuous_factors_are_cut_into_equal_parts() {
        let factors = drawn(800, 1).factors;
        for factor in [Factor::Size, Factor::X, Factor::Y, Factor::Background] {
            let labels = factor.labels(&factors, &factor.edges(&factors));
            for bin in 0..BINS {
                let count = labels.iter().filter(|&&label| label == Some(bin)).count();
                assert_eq!(count, 200, "{factor:?}");
            }
        }
    }

    #[test]
    fn every_picture_has_a_class_by_each_factor_that_it_has() {
        let factors = drawn(40, 1).factors;
        for (factor, classes) in factor_classes(&factors) {
            assert_eq!(classes.len(), 40);
            let round = |f: &Factors| symmetry(f.shape).is_none();
            for (class, factors) in classes.iter().zip(&factors) {
                assert_eq!(class.is_none(), factor == Factor::Rotation && round(factors));
            }
        }
    }

    #[test]
    fn a_square_turned_by_a_quarter_is_the_same_and_a_circle_has_no_rotation() {
        let turned = |shape, rotation| {
            let factors = Factors { shape, rotation, ..drawn(1, 1).factors[0] };
            Factor::Rotation.labels(&[factors], &[-0.2, 0.0, 0.2])[0]
        };
        assert_eq!(turned(ShapeKind::Circle, 1.0), None);
        assert_eq!(turned(ShapeKind::Ring, 1.0), None);
        for (shape, turns) in [(ShapeKind::Square, 4.0), (ShapeKind::Triangle, 3.0)] {
            assert_eq!(turned(shape, 0.1), Some(2));
            assert_eq!(turned(shape, 0.1 + TAU / turns), Some(2));
            assert_eq!(turned(shape, -0.1 - TAU / turns), Some(1));
        }
    }

    #[test]
    fn a_turn_by_the_symmetry_draws_the_same_picture() {
        for shape in ShapeKind::ALL {
            let Some(turns) = symmetry(shape) else { continue };
            let at = |rotation| {
                let middle = Factors {
                    shape,
                    rotation,
                    x: 0.5,
                    y: 0.5,
                    size: 0.4,
                    ..drawn(1, 1).factors[0]
                };
                middle.draw(32)
            };
            let same = |a: Vec<u8>, b: Vec<u8>| a.iter().zip(b).all(|(a, b)| a.abs_diff(b) <= 1);
            assert!(same(at(0.3), at(0.3 + TAU / turns as f32)), "{shape:?}");
            assert!(!same(at(0.3), at(0.3 + TAU / turns as f32 / 2.0)), "{shape:?}");
        }
    }
}
