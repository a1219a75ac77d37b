//! Between what a loss moves: what a guess gives, and what it cannot fall below.

use rand::seq::SliceRandom;
use serde::Serialize;

use super::batches::Batches;
use super::{Method, TrainConfig};
use crate::dataset::ImageSet;
use crate::loss::{Candidates, Choice, Counting, Counts, same_label};
use crate::random::{Purpose, stream};

/// Batches that are drawn to know what a run's batches are like; where nobody has a label all are alike.
const DRAWN: u64 = 20;
/// Batches of MoCo that are looked at, and anchors of each: few, as a queue may be long.
const MOMENTS: usize = 10;
const ANCHORS: usize = 10;

/// Of a batch, or on average of many.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Levels {
    /// The loss of a guess, in nats: the mean logarithm of how many candidates count.
    pub chance: f32,
    /// Contrastive top-1 accuracy of a guess, 0..1: the mean share of the positives among the candidates.
    pub top1: f32,
    /// What the loss cannot fall below, in nats.
    pub floor: f32,
    /// Share of the anchors without a negative, 0..1: they can only pull together.
    pub alone: f32,
}

impl Levels {
    /// The levels of anchors with so many candidates, where directions alone count.
    pub(super) fn of(counts: &Counts, counting: &Counting) -> Self {
        Self {
            chance: counts.chance(counting),
            top1: counts.top1(),
            floor: counts.floor(counting),
            alone: counts.alone(),
        }
    }
}

impl TrainConfig {
    /// The levels of a batch whose anchors have so many candidates.
    ///
    /// The floor is that of [`Counts::floor`]. Of the `k` hardest negatives it is what k of them give, since no k can
    /// be farther than the average; weights by hardness only raise it. Debiasing counts negatives as far as opposite.
    /// Where a loss heeds lengths there is none but zero: it falls as projections grow.
    pub fn levels_of(&self, counts: &Counts) -> Levels {
        let chooses = self.method.chooses_negatives();
        let hardest = match self.negatives.choice {
            Choice::Hardest { k } if chooses => k,
            _ => usize::MAX,
        };
        let counting = Counting {
            temperature: self.effective_temperature(),
            positive: if self.method == Method::PositiveAmongNegatives { 2 } else { 1 },
            hardest,
            opposite: chooses && self.negatives.class_prior > 0.0,
        };
        let levels = Levels::of(counts, &counting);
        if self.method.heeds_length() { Levels { floor: 0.0, ..levels } } else { levels }
    }

    /// The levels that a run on this set has on average. MoCo's queue is taken to be full of keys, as it is soon.
    pub fn levels(&self, set: &ImageSet) -> Levels {
        let batches = match self.method {
            Method::Moco => self.against_keys(set),
            _ => self.drawn(set),
        };
        let all: Vec<Levels> =
            batches.iter().map(|batch| self.levels_of(&batch.counts())).collect();
        let mean =
            |of: fn(&Levels) -> f32| all.iter().map(of).sum::<f32>() / all.len().max(1) as f32;
        Levels {
            chance: mean(|l| l.chance),
            top1: mean(|l| l.top1),
            floor: mean(|l| l.floor),
            alone: mean(|l| l.alone),
        }
    }

    /// Batches as they may be drawn.
    fn drawn(&self, set: &ImageSet) -> Vec<Candidates> {
        let mut pictures = set.training().to_vec();
        let size = self.batch_of(pictures.len());
        let drawn = if self.uses_labels() { DRAWN } else { 1 };
        let draw = |draw| {
            pictures.shuffle(&mut stream(self.seed, Purpose::Preview, draw));
            let labels: Vec<_> = pictures[..size].iter().map(|&i| set.labels()[i]).collect();
            self.method.candidates(self, &labels)
        };
        (0..drawn).map(draw).collect()
    }

    /// MoCo's anchors at some moments of an epoch, and the keys of the batches before, of which a short queue has none
    /// of the anchor's own.
    fn against_keys(&self, set: &ImageSet) -> Vec<Candidates> {
        let (pictures, queue) = (set.training(), self.moco.queue);
        let size = self.batch_of(pictures.len()).max(1);
        let (before, epoch) = (queue.div_ceil(size), pictures.len().div_ceil(size));
        let mut batches = Batches::new(self.seed);
        let all: Vec<usize> =
            (0..before + epoch).flat_map(|_| batches.next(pictures.len(), size)).collect();
        let same = self.negatives.without_same_label;
        let moments = epoch.min(MOMENTS);
        let at = |moment| {
            let at = (before + moment * epoch / moments) * size;
            let (keys, anchors) = (&all[at - queue..at], &all[at..at + size.min(ANCHORS)]);
            Candidates::keys(anchors.len(), queue, |anchor, key| {
                let (anchor, key) = (anchors[anchor], keys[key]);
                key == anchor || same && same_label(set.labels(), pictures[anchor], pictures[key])
            })
        };
        (0..moments).map(at).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::loss::Negatives;
    use crate::train::{MocoConfig, Trainer};
    use burn::tensor::Device;

    /// Pictures of as many classes, or of none.
    fn set(count: usize, classes: usize) -> ImageSet {
        let mut set = ImageSet::new(8).unwrap();
        for number in 0..count {
            match classes {
                0 => set.push("", &[0; 192]).unwrap(),
                _ => set.push_labelled("", &(number % classes).to_string(), &[0; 192]).unwrap(),
            }
        }
        set
    }

    fn levels(method: Method, negatives: Negatives, set: &ImageSet) -> Levels {
        TrainConfig { method, negatives, ..Default::default() }.levels(set)
    }

    #[test]
    fn chance_is_the_logarithm_of_the_candidates() {
        let candidates = |method, choice| {
            let negatives = Negatives { choice, ..Default::default() };
            levels(method, negatives, &set(100, 0)).chance.exp().round()
        };
        assert_eq!(candidates(Method::SimClr, Choice::All), 63.0);
        assert_eq!(candidates(Method::SimClr, Choice::Hardest { k: 5 }), 6.0);
        assert_eq!(candidates(Method::InfoNce, Choice::All), 32.0);
        // Of a hundred pictures each is five times among 512 keys, or four where it comes late in an epoch.
        assert_eq!(candidates(Method::Moco, Choice::All), 508.0);
        assert_eq!(candidates(Method::ArticleLoss, Choice::Hardest { k: 5 }), 32.0);
        assert_eq!(candidates(Method::PositiveAmongNegatives, Choice::All), 64.0);
        let two = levels(Method::SimClr, Negatives::default(), &set(2, 0));
        assert!((two.chance - 3.0f32.ln()).abs() < 1e-6);
    }

    #[test]
    fn a_queue_shorter_than_an_epoch_has_next_to_no_key_of_the_anchor_itself() {
        for (queue, own) in [(8, 0.0), (256, 256f32.powi(2) / 2e6)] {
            let moco = MocoConfig { queue, ..Default::default() };
            let config = TrainConfig { method: Method::Moco, moco, ..Default::default() };
            let found = config.levels(&set(1000, 0)).chance.exp();
            assert!((found - (1 + queue) as f32 + own).abs() < 0.2, "{queue}: {found}");
        }
        assert_eq!(levels(Method::Moco, Negatives::default(), &set(0, 0)), Levels::default());
    }

    #[test]
    fn the_candidates_are_those_that_the_loss_has() {
        let set = set(40, 3);
        for method in Method::ALL.into_iter().filter(|&method| method != Method::Moco) {
            for without_same_label in [false, true] {
                let negatives = Negatives { without_same_label, ..Default::default() };
                let config = TrainConfig { method, negatives, batch_size: 8, ..Default::default() };
                let mut trainer = Trainer::new(config, 8, &Device::flex()).unwrap();
                let step = trainer.step(&set).unwrap();
                let expected = method.candidates(&config, &step.labels).counts();
                assert_eq!(step.output.counts, expected, "{method:?} {without_same_label}");
            }
        }
    }

    #[test]
    fn a_guess_is_right_as_often_as_there_are_positives() {
        let top1 = |method, classes| levels(method, Negatives::default(), &set(600, classes)).top1;
        assert!((top1(Method::SimClr, 2) - 1.0 / 63.0).abs() < 1e-6);
        // Of c pictures of a class each view has 2c − 1 positives among 63, and E[c²] is above the square of E[c].
        for (classes, expected) in [(2, 0.506), (6, 0.179)] {
            assert!((top1(Method::SupCon, classes) - expected).abs() < 0.012, "{classes}");
        }
        let without = Negatives { without_same_label: true, ..Default::default() };
        for method in [Method::SimClr, Method::InfoNce] {
            let found = levels(method, without, &set(600, 2));
            let all = levels(method, Negatives::default(), &set(600, 2));
            assert!((found.top1 / all.top1 - 2.0).abs() < 0.1, "{method:?}");
        }
    }

    #[test]
    fn every_method_has_a_floor_below_chance() {
        let set = set(200, 4);
        for method in Method::ALL {
            let found = levels(method, Negatives::default(), &set);
            assert!(found.floor >= 0.0 && found.floor < found.chance, "{method:?} {found:?}");
        }
        let floor = |method| levels(method, Negatives::default(), &set).floor;
        assert!((floor(Method::PositiveAmongNegatives) - 2f32.ln()).abs() < 5e-3);
        // Some sixteen views of each of four classes.
        assert!((floor(Method::SupCon) - 15f32.ln()).abs() < 0.1);
        assert_eq!(floor(Method::ArticleLoss), 0.0);
        let debiased = Negatives { class_prior: 0.2, ..Default::default() };
        assert!(levels(Method::SimClr, debiased, &set).floor < floor(Method::SimClr));
    }

    #[test]
    fn who_has_nobody_to_be_told_from_is_counted() {
        let without = Negatives { without_same_label: true, ..Default::default() };
        assert_eq!(levels(Method::SupCon, Negatives::default(), &set(40, 1)).alone, 1.0);
        let one = levels(Method::SimClr, without, &set(40, 1));
        assert_eq!((one.alone, one.chance, one.floor), (1.0, 0.0, 0.0));
        assert_eq!(levels(Method::SimClr, Negatives::default(), &set(40, 1)).alone, 0.0);
        // Of a hundred, one is of another class: most batches hold one class alone.
        let mut rare = set(100, 1);
        rare.label(&[0], Some("rare")).unwrap();
        let alone = levels(Method::SupCon, Negatives::default(), &rare).alone;
        assert!((0.4..0.95).contains(&alone), "{alone}");
    }
}
