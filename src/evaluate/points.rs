//! Points as a linear encoder has them now, and whose neighbours have whose label.

use core::ops::Range;

use serde::Serialize;

use super::features::read;
use super::labels::chance;
use super::{Features, KnnConfig, Labelled, aligned, pca};
use crate::Result;
use crate::dataset::Points;
use crate::loss::normalize;
use crate::train::PointTrainer;

/// Points that are held out to judge by: a share of them is then known to 0.035.
const JUDGES: usize = 200;

/// Looks at a run on points again and again. Points that it trains on come first, then those that are held out.
pub struct PointGlance {
    points: Points,
    trained: usize,
    /// Of the inputs, `[points, 2]`.
    inputs: Vec<f32>,
    knn_of_inputs: f64,
    chance: f64,
    /// Where h and z lay on the latest map.
    before: [Vec<f32>; 2],
}

/// What was seen.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct PointSight {
    /// Numbers in a point, in h and in z.
    pub sizes: [usize; 3],
    /// 0 or 1, of the points that are trained on and then of those held out.
    pub labels: Vec<usize>,
    /// How many are trained on.
    pub trained: usize,
    /// The points in the plane, `[points, 2]`: as they are where they have two numbers, else on their principal axes.
    pub inputs: Vec<f32>,
    /// Their representations, on their principal axes, turned to lie as in the sight before, and at first as the inputs.
    pub h: Vec<f32>,
    /// Their projections at length one: on a circle where they have two numbers, else on their principal axes.
    pub z: Vec<f32>,
    /// Share of the points trained on whose label their nearest neighbours among each other name, by z, 0..1.
    pub own: f64,
    /// Share of the held-out points whose label their nearest neighbours among those trained on name, by z, 0..1.
    pub knn: f64,
    /// The same by the points as they are.
    pub knn_of_inputs: f64,
    /// What always naming the commoner label would give.
    pub chance: f64,
}

impl PointGlance {
    /// Draws who judges.
    ///
    /// ```
    /// use burn::tensor::Device;
    /// use contrastive_playground::evaluate::PointGlance;
    /// use contrastive_playground::train::{PointConfig, PointTrainer};
    /// let trainer = PointTrainer::new(PointConfig::default(), &Device::flex()).unwrap();
    /// let mut glance = pollster::block_on(PointGlance::new(&trainer)).unwrap();
    /// let sight = pollster::block_on(glance.look(&trainer)).unwrap();
    /// assert_eq!((sight.trained, sight.labels.len(), sight.z.len()), (100, 300, 600));
    /// ```
    ///
    /// # Errors
    /// [`Error::Device`](crate::Error::Device).
    pub async fn new(trainer: &PointTrainer) -> Result<Self> {
        let mut points = trainer.points().clone();
        let trained = points.values.len();
        let held_out = trainer.config().points.held_out(JUDGES)?;
        let chance = chance(&held_out.labels);
        points.values.extend(held_out.values);
        points.labels.extend(held_out.labels);
        let mut glance = Self {
            points,
            trained,
            inputs: Vec::new(),
            knn_of_inputs: 0.0,
            chance,
            before: Default::default(),
        };
        let inputs = Features { values: glance.points.tensor(&trainer.device()) };
        glance.knn_of_inputs = glance.knn(&inputs).await?;
        glance.inputs = in_the_plane(&inputs).await?;
        glance.before[0] = glance.inputs.clone();
        Ok(glance)
    }

    /// What the model makes of the points now.
    ///
    /// # Errors
    /// [`Error::Device`](crate::Error::Device).
    pub async fn look(&mut self, trainer: &PointTrainer) -> Result<PointSight> {
        let projected = trainer.project(&self.points);
        let (h, z) =
            (Features { values: projected.h }, Features { values: normalize(projected.z) });
        let own = KnnConfig::default().classify_each(&self.part(&z, 0..self.trained)?).await?;
        // Turned to lie as before, and at first as what it is made of.
        let [before_h, before_z] = &self.before;
        let seen_h = aligned(&pca(&h, 2).await?.coordinates, before_h);
        let places = in_the_plane(&z).await?;
        // What is seen as it is, is not turned.
        let seen_z = match (z.columns(), before_z.is_empty()) {
            (2, _) => places,
            (_, true) => aligned(&places, &seen_h),
            _ => aligned(&places, before_z),
        };
        self.before = [seen_h.clone(), seen_z.clone()];
        Ok(PointSight {
            sizes: [self.points.values[0].len(), h.columns(), z.columns()],
            labels: self.points.labels.clone(),
            trained: self.trained,
            inputs: self.inputs.clone(),
            h: seen_h,
            z: seen_z,
            own: own.accuracy,
            knn: self.knn(&z).await?,
            knn_of_inputs: self.knn_of_inputs,
            chance: self.chance,
        })
    }

    /// Accuracy of those held out, by those trained on.
    async fn knn(&self, features: &Features) -> Result<f64> {
        let bank = self.part(features, 0..self.trained)?;
        let judges = self.part(features, self.trained..features.rows())?;
        Ok(KnnConfig::default().classify(&bank, &judges).await?.accuracy)
    }

    fn part(&self, features: &Features, rows: Range<usize>) -> Result<Labelled> {
        let labels: Vec<_> = self.points.labels[rows.clone()].iter().copied().map(Some).collect();
        Labelled::new(&features.subset(&rows.collect::<Vec<_>>())?, &labels)
    }
}

/// Two numbers a row, `[rows, 2]`: those that there are, or those on the principal axes.
async fn in_the_plane(features: &Features) -> Result<Vec<f32>> {
    if features.columns() == 2 {
        read(features.values.clone()).await
    } else {
        Ok(pca(features, 2).await?.coordinates)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dataset::PointsConfig;
    use crate::train::{PointConfig, PointLoss};
    use burn::tensor::Device;
    use pollster::block_on;

    /// Before training and after.
    fn run(config: PointConfig, epochs: usize) -> [PointSight; 2] {
        let mut trainer = PointTrainer::new(config, &Device::flex()).unwrap();
        let mut glance = block_on(PointGlance::new(&trainer)).unwrap();
        let first = block_on(glance.look(&trainer)).unwrap();
        (0..epochs).for_each(|_| drop(trainer.step().unwrap()));
        let last = block_on(glance.look(&trainer)).unwrap();
        println!(
            "{config:?} {epochs}: own {} → {}, knn {} → {}, inputs {}",
            first.own, last.own, first.knn, last.knn, last.knn_of_inputs
        );
        [first, last]
    }

    fn config(samples: usize, separation: f64, loss: PointLoss) -> PointConfig {
        let points = PointsConfig { samples, separation, ..Default::default() };
        PointConfig { points, loss, ..Default::default() }
    }

    #[test]
    fn labels_by_lot_are_learned_by_heart_and_say_nothing_of_others() {
        let [_, last] = run(config(20, 0.0, PointLoss::SupCon), 300);
        assert!(last.own > 0.9, "{}", last.own);
        assert!((last.knn - 0.5).abs() < 0.12, "{}", last.knn);
    }

    #[test]
    fn clusters_hold_for_others_too() {
        for loss in [PointLoss::SupCon, PointLoss::NtXent] {
            let [_, last] = run(config(100, 4.0, loss), 100);
            assert!(last.own > 0.9 && last.knn > 0.9, "{loss:?} {} {}", last.own, last.knn);
        }
    }

    #[test]
    fn two_numbers_are_seen_as_they_are_and_projections_on_a_circle() {
        let points = PointsConfig { dimensions: 2, ..Default::default() };
        let config = PointConfig { points, projection: 2, ..Default::default() };
        let [first, last] = run(config, 20);
        assert_eq!(first.inputs[..2], points.draw().unwrap().values[0]);
        assert!(last.z.chunks(2).all(|z| (z[0].hypot(z[1]) - 1.0).abs() < 1e-5));
        assert_ne!(first.z, last.z);
        assert_eq!((last.sizes, last.labels.len(), last.h.len()), ([2, 20, 2], 300, 600));
    }
}
