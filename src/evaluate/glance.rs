//! A run at a glance: where the pictures are now, and how many neighbours are of one kind.

use burn::tensor::Device;
use serde::Serialize;

use super::labels::counts;
use super::{Features, Labelled, Scores, aligned, labels_as, pca, precision_at};
use crate::Result;
use crate::dataset::ImageSet;
use crate::model::Encoder;

/// Pictures of the map, and pictures to judge by, at most and at least.
const SHOWN: [usize; 2] = [160, 80];
const JUDGES: [usize; 2] = [120, 40];
/// Multiply-adds that a look may take, where they are enough for the least: a tenth of a second in a browser.
const WORK: usize = 600_000_000;
/// Neighbours that are looked at, where the smallest class has so many.
const NEIGHBOURS: usize = 10;

/// What of a set is looked at again and again while an encoder learns: evenly chosen pictures, and what their
/// neighbours share with nothing learned.
#[derive(Debug, Clone)]
pub struct Glance {
    /// Numbers of the chosen pictures in the set.
    chosen: Vec<usize>,
    shown: ImageSet,
    judge: Option<Judge>,
    /// Where each was on the latest map.
    before: Vec<f32>,
}

/// Held-out pictures that ask for their neighbours.
#[derive(Debug, Clone)]
struct Judge {
    /// Labels of the pictures shown, those apart that are judges themselves.
    known: Vec<Option<usize>>,
    asking: ImageSet,
    /// Their labels, numbered as those of the pictures shown.
    asked: Vec<Option<usize>>,
    neighbours: usize,
    untrained: f64,
    pixels: f64,
    chance: f64,
}

/// What was seen.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Sight {
    /// Numbers of the pictures that are on the map.
    pub pictures: Vec<usize>,
    /// Where they are, `[pictures, 2]`: on the principal axes of their representations at length one, turned to
    /// lie as they did in the sight before.
    pub coordinates: Vec<f32>,
    /// Where some labelled pictures are held out.
    pub kinds: Option<Kinds>,
}

/// How well neighbours share their kind.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Kinds {
    /// Precision at k: the share of the k nearest neighbours of a held-out picture that have its label, 0..1.
    pub precision: Scores,
    /// The same of pictures drawn by lot.
    pub chance: f64,
    /// k.
    pub neighbours: usize,
    /// Held-out pictures that were judged.
    pub judged: usize,
}

impl Glance {
    /// Chooses what is looked at. `held_out` are pictures to judge by, which may be none: those that the encoder was
    /// not trained on. What the set holds out is never a neighbour. `untrained` is the network as it was before
    /// training, and `work` the multiply-adds that it takes for a picture: of a large one fewer pictures are chosen.
    ///
    /// ```
    /// use burn::tensor::Device;
    /// use contrastive_playground::dataset::ShapesConfig;
    /// use contrastive_playground::evaluate::Glance;
    /// use contrastive_playground::model::EncoderConfig;
    /// let device = Device::flex();
    /// let set = |count, seed| ShapesConfig { count, side: 8, seed }.draw().unwrap().images;
    /// let encoder = EncoderConfig::new(8).init(7, &device).unwrap();
    /// let (shapes, others) = (set(400, 1), set(150, 2));
    /// let glance = Glance::new(&shapes, &others, &encoder, 1, &device);
    /// let mut glance = pollster::block_on(glance).unwrap();
    /// let sight = pollster::block_on(glance.look(&encoder, &device)).unwrap();
    /// assert_eq!((sight.pictures.len(), sight.coordinates.len()), (160, 320));
    /// let kinds = sight.kinds.unwrap();
    /// assert_eq!((kinds.judged, kinds.precision.encoder), (120, kinds.precision.untrained));
    /// ```
    ///
    /// # Errors
    /// [`Error::TooFewPictures`](crate::Error::TooFewPictures) for a set without pictures, and
    /// [`Error::Device`](crate::Error::Device).
    pub async fn new(
        set: &ImageSet,
        held_out: &ImageSet,
        untrained: &Encoder,
        work: usize,
        device: &Device,
    ) -> Result<Self> {
        let share = WORK as f64 / (work.max(1) * (SHOWN[0] + JUDGES[0])) as f64;
        let chosen = evenly(set.len(), shared(SHOWN, share));
        let shown = set.subset(&chosen)?;
        let mut glance = Self { chosen, shown, judge: None, before: Vec::new() };
        let judges = shared(JUDGES, share);
        glance.judge = glance.judge(set, held_out, judges, untrained, device).await?;
        Ok(glance)
    }

    /// What `encoder` makes of it now.
    ///
    /// # Errors
    /// [`Error::Device`](crate::Error::Device).
    pub async fn look(&mut self, encoder: &Encoder, device: &Device) -> Result<Sight> {
        let shown = Features::encode(encoder, &self.shown, device)?;
        let kinds = match &self.judge {
            Some(judge) => {
                let asking = Features::encode(encoder, &judge.asking, device)?;
                Some(judge.kinds(judge.precision(&shown, &asking).await?))
            }
            None => None,
        };
        let map = pca(&shown.normalized(), 2).await?;
        self.before = aligned(&map.coordinates, &self.before);
        Ok(Sight { pictures: self.chosen.clone(), coordinates: self.before.clone(), kinds })
    }

    async fn judge(
        &self,
        set: &ImageSet,
        held_out: &ImageSet,
        judges: usize,
        untrained: &Encoder,
        device: &Device,
    ) -> Result<Option<Judge>> {
        let inside = set.held_out();
        let judged = labels_as(&self.shown, held_out);
        // Of a kind that nobody is held out of, nobody asks: as where nearest neighbours guess, it takes no part.
        let apart = |(label, picture): (&Option<usize>, &usize)| {
            label.filter(|_| inside.binary_search(picture).is_err() && judged.contains(label))
        };
        let known: Vec<_> = self.shown.labels().iter().zip(&self.chosen).map(apart).collect();
        if held_out.is_empty() {
            return Ok(None);
        }
        let asking = held_out.subset(&evenly(held_out.len(), judges))?;
        let asked = labels_as(&self.shown, &asking);
        let Some(smallest) = smallest_class(&known) else { return Ok(None) };
        if asked.iter().all(Option::is_none) {
            return Ok(None);
        }
        let neighbours = smallest.min(NEIGHBOURS);
        let chance = chance(&known, &asked);
        let mut judge =
            Judge { known, asking, asked, neighbours, untrained: 0.0, pixels: 0.0, chance };
        let of = |encoder, set| Features::encode(encoder, set, device);
        let fresh = (of(untrained, &self.shown)?, of(untrained, &judge.asking)?);
        judge.untrained = judge.precision(&fresh.0, &fresh.1).await?;
        let pixels =
            (Features::pixels(&self.shown, device)?, Features::pixels(&judge.asking, device)?);
        judge.pixels = judge.precision(&pixels.0, &pixels.1).await?;
        Ok(Some(judge))
    }
}

impl Judge {
    async fn precision(&self, shown: &Features, asking: &Features) -> Result<f64> {
        let bank = Labelled::new(shown, &self.known)?;
        precision_at(self.neighbours, &bank, &Labelled::new(asking, &self.asked)?).await
    }

    fn kinds(&self, encoder: f64) -> Kinds {
        let Self { untrained, pixels, chance, neighbours, .. } = *self;
        let judged = self.asked.iter().flatten().count();
        Kinds { precision: Scores { encoder, untrained, pixels }, chance, neighbours, judged }
    }
}

/// As many as there is time for.
fn shared([most, least]: [usize; 2], share: f64) -> usize {
    ((most as f64 * share) as usize).clamp(least, most)
}

/// Numbers below `count`, as many as are wanted, at even distances.
fn evenly(count: usize, wanted: usize) -> Vec<usize> {
    let wanted = wanted.min(count);
    (0..wanted).map(|i| i * count / wanted).collect()
}

fn smallest_class(labels: &[Option<usize>]) -> Option<usize> {
    counts(&flat(labels)).into_iter().filter(|&count| count > 0).min()
}

fn flat(labels: &[Option<usize>]) -> Vec<usize> {
    labels.iter().flatten().copied().collect()
}

/// The mean share of those that have the label of who asks.
fn chance(known: &[Option<usize>], asked: &[Option<usize>]) -> f64 {
    let counts = counts(&flat(known));
    let all = counts.iter().sum::<usize>().max(1) as f64;
    let shares = asked.iter().flatten().map(|&label| *counts.get(label).unwrap_or(&0) as f64 / all);
    shares.sum::<f64>() / asked.iter().flatten().count().max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dataset::ShapesConfig;
    use crate::model::EncoderConfig;
    use pollster::block_on;

    fn shapes(count: usize, seed: u64) -> ImageSet {
        ShapesConfig { count, side: 8, seed }.draw().unwrap().images
    }

    fn encoder(seed: u64) -> Encoder {
        EncoderConfig::new(8).init(seed, &Device::flex()).unwrap()
    }

    /// What the set holds out.
    fn held_out(set: &ImageSet) -> ImageSet {
        set.subset(set.held_out()).unwrap()
    }

    fn sights(set: &ImageSet, others: &ImageSet, encoders: &[Encoder]) -> Vec<Sight> {
        let device = Device::flex();
        let mut glance = block_on(Glance::new(set, others, &encoder(1), 1, &device)).unwrap();
        let look = |encoder: &Encoder| block_on(glance.look(encoder, &device)).unwrap();
        encoders.iter().map(look).collect()
    }

    #[test]
    fn a_sample_is_spread_over_the_whole_set_and_a_small_set_is_seen_whole() {
        assert_eq!(evenly(10, 4), [0, 2, 5, 7]);
        assert_eq!(evenly(3, 9), [0, 1, 2]);
        assert!(evenly(0, 5).is_empty());
        assert_eq!([1e9, 0.5, 0.0].map(|share| shared(SHOWN, share)), [160, 80, 80]);
        let sight = &sights(&shapes(700, 3), &ImageSet::new(8).unwrap(), &[encoder(1)])[0];
        assert_eq!(sight.pictures.len(), SHOWN[0]);
        assert!(sight.pictures.windows(2).all(|pair| pair[1] - pair[0] >= 2));
        assert_eq!(sight.kinds, None, "nobody is held out");
    }

    #[test]
    fn the_map_stays_as_it_lay_while_the_encoder_changes() {
        let set = shapes(120, 3);
        let found = sights(&set, &held_out(&set), &[encoder(1), encoder(2)]);
        let agreement: f32 =
            found[0].coordinates.iter().zip(&found[1].coordinates).map(|(a, b)| a * b).sum();
        let turned: Vec<f32> = found[1].coordinates.iter().map(|value| -value).collect();
        let opposed: f32 = found[0].coordinates.iter().zip(&turned).map(|(a, b)| a * b).sum();
        assert!(agreement > opposed && agreement > 0.0);
    }

    #[test]
    fn nobody_who_judges_is_among_the_neighbours() {
        let set = shapes(200, 4).hold_out();
        let device = Device::flex();
        let glance = block_on(Glance::new(&set, &held_out(&set), &encoder(1), 1, &device)).unwrap();
        let judge = glance.judge.as_ref().unwrap();
        let inside = set.held_out();
        for (label, picture) in judge.known.iter().zip(&glance.chosen) {
            assert_eq!(label.is_none(), inside.contains(picture));
        }
        assert_eq!(judge.asking.len(), inside.len());
        let kinds = sights(&set, &held_out(&set), &[encoder(1)])[0].kinds.unwrap();
        assert_eq!(kinds.precision.encoder, kinds.precision.untrained);
        assert!((0.1..0.25).contains(&kinds.chance), "one in six: {}", kinds.chance);
    }

    #[test]
    fn without_labels_there_are_no_kinds_and_rare_classes_have_fewer_neighbours() {
        let mut set = shapes(90, 4);
        let all: Vec<usize> = (0..90).collect();
        set.label(&all, None).unwrap();
        assert_eq!(sights(&set, &held_out(&set), &[encoder(1)])[0].kinds, None);
        set.label(&all[..3], Some("rare")).unwrap();
        set.label(&all[3..], Some("common")).unwrap();
        let kinds = sights(&set, &set, &[encoder(1)])[0].kinds.unwrap();
        assert_eq!(kinds.neighbours, 3);
    }

    #[test]
    fn a_kind_that_nobody_is_held_out_of_changes_nothing() {
        let mut set = shapes(90, 4);
        let all: Vec<usize> = (0..90).collect();
        set.label(&all, Some("common")).unwrap();
        set.label(&all[..3], Some("rare")).unwrap();
        let judges = set.subset(&all[60..]).unwrap();
        let kinds = sights(&set, &judges, &[encoder(1)])[0].kinds.unwrap();
        assert_eq!((kinds.neighbours, kinds.chance), (NEIGHBOURS, 1.0));
    }

    #[test]
    fn one_picture_is_a_map_too() {
        let sight = &sights(&shapes(1, 1), &ImageSet::new(8).unwrap(), &[encoder(1)])[0];
        assert_eq!(sight.coordinates, [0.0, 0.0]);
    }
}
