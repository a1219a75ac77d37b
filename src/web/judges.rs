//! Who judges what was learned: pictures that the encoder was not trained on.

use tsify::{Ts, Tsify};
use wasm_bindgen::prelude::wasm_bindgen;

use super::messages::{Acquaintance, Judges};
use super::session::{Answer, Session};
use crate::dataset::{ImageSet, enough_judges};
use crate::train::Seen;
use crate::{Error, Result};

/// What an evaluation needs of the pictures.
pub(super) struct Sides {
    /// To guess from.
    pub train: ImageSet,
    /// To be guessed.
    pub held_out: ImageSet,
    pub judges: Judges,
}

#[wasm_bindgen]
impl Session {
    /// Numbers of the pictures that judge what was learned: those held out that the run has not seen. None of the built-in
    /// shapes, as others of their kind judge there.
    pub fn judging(&self) -> Vec<u32> {
        let unseen = if self.shapes.is_some() { Vec::new() } else { self.unseen() };
        unseen.into_iter().filter_map(|picture| picture.try_into().ok()).collect()
    }

    /// Was the run trained on the pictures in use?
    pub fn acquaintance(&self) -> Answer<Ts<Acquaintance>> {
        let seen = self.present()?.seen();
        Ok(Acquaintance { seen: seen.count(), here: seen.count_in(&self.images) }.into_ts()?)
    }
}

impl Session {
    /// Pictures held out that the run has not seen.
    fn unseen(&self) -> Vec<usize> {
        let asked = self.images.held_out();
        match &self.trainer {
            Some(run) => run.seen().unseen(&self.images, asked),
            None => asked.to_vec(),
        }
    }

    /// Pictures that are trained on, and pictures to judge by: of the built-in shapes others of their kind, drawn
    /// when they are asked for; of all others those that are held out. What the run has seen does not judge, unless
    /// all are asked for.
    ///
    /// # Errors
    /// [`Error::NoHeldOut`] and [`Error::TooFewUnseen`].
    pub(super) fn sides(&self, all: bool) -> Result<Sides> {
        let nothing = Seen::default();
        let seen = self.trainer.as_ref().map_or(&nothing, |run| run.seen());
        match self.shapes {
            Some(shapes) => self.drawn(shapes.held_out().draw()?.images, seen, all),
            None => self.held_out(seen, all),
        }
    }

    fn drawn(&self, others: ImageSet, seen: &Seen, all: bool) -> Result<Sides> {
        // Only the same bytes are the same drawing; what an old run has seen is not asked.
        let apart = |&number: &usize| !seen.met(others.contents()[number]);
        let unseen = (0..others.len()).filter(apart).collect();
        let judging = Judging { of: &others, asked: (0..others.len()).collect(), unseen, all };
        judging.sides(self.images.clone(), seen, Vec::new())
    }

    fn held_out(&self, seen: &Seen, all: bool) -> Result<Sides> {
        let images = &self.images;
        let asked = images.held_out().to_vec();
        if asked.is_empty() {
            return Err(Error::NoHeldOut);
        }
        let judging = Judging { of: images, unseen: self.unseen(), asked, all };
        let mut train = images.subset(images.training())?;
        let judged = |class: usize| {
            judging.chosen().iter().any(|&picture| images.labels()[picture] == Some(class))
        };
        // Nobody asks for them, and the smallest class decides how many neighbours vote.
        let unjudged: Vec<usize> =
            (0..images.classes().len()).filter(|&class| !judged(class)).collect();
        let without: Vec<usize> = (0..train.len())
            .filter(|&row| train.labels()[row].is_some_and(|class| unjudged.contains(&class)))
            .collect();
        let names = unjudged.iter().map(|&class| images.classes()[class].clone()).collect();
        train.label(&without, None)?;
        judging.sides(train, seen, names)
    }
}

/// Pictures of a set, by their numbers.
struct Judging<'a> {
    of: &'a ImageSet,
    asked: Vec<usize>,
    unseen: Vec<usize>,
    all: bool,
}

impl Judging<'_> {
    fn chosen(&self) -> &[usize] {
        if self.all { &self.asked } else { &self.unseen }
    }

    fn sides(&self, train: ImageSet, seen: &Seen, unjudged: Vec<String>) -> Result<Sides> {
        let unseen = self.unseen.len();
        let all_seen = self.asked.len() - unseen;
        let labels = self.chosen().iter().filter_map(|&picture| self.of.labels()[picture]);
        if all_seen > 0 && !enough_judges(labels) {
            return Err(Error::TooFewUnseen { seen: all_seen, unseen });
        }
        let judges = Judges {
            count: self.chosen().len(),
            seen: if self.all { all_seen } else { 0 },
            with_labels: seen.with_labels(),
            left_out: if self.all { 0 } else { all_seen },
            unjudged,
        };
        Ok(Sides { train, held_out: self.of.subset(self.chosen())?, judges })
    }
}
