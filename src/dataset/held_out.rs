//! Pictures that are kept out of training, to judge by.

use super::ImageSet;

/// Labelled pictures that there have to be: of fewer, none can be spared.
const ENOUGH: usize = 50;
/// One picture in so many is held out.
const ONE_IN: u64 = 5;

impl ImageSet {
    /// From now on about a fifth of the labelled pictures is held out, once there are 50 of them.
    ///
    /// Which these are, their own bytes decide: whatever is added, removed or labelled later, a picture
    /// stays on its side, and two copies of it are never on both.
    ///
    /// ```
    /// use contrastive_playground::dataset::ShapesConfig;
    /// let set = ShapesConfig { count: 100, side: 8, seed: 1 }.draw().unwrap().images;
    /// assert_eq!(set.training().len(), 100);
    /// let set = set.hold_out();
    /// assert_eq!(set.training().len() + set.held_out().len(), 100);
    /// assert!((10..30).contains(&set.held_out().len()));
    /// ```
    #[must_use]
    pub fn hold_out(mut self) -> Self {
        self.holds_out = true;
        self
    }

    /// Numbers of the pictures that are trained on.
    pub fn training(&self) -> Vec<usize> {
        let held_out = self.sides();
        (0..self.len()).filter(|&picture| !held_out(picture)).collect()
    }

    /// Numbers of the pictures that are held out; all have a label.
    pub fn held_out(&self) -> Vec<usize> {
        let held_out = self.sides();
        (0..self.len()).filter(|&picture| held_out(picture)).collect()
    }

    /// On which side a picture is.
    fn sides(&self) -> impl Fn(usize) -> bool {
        let labelled = self.labels().iter().flatten().count();
        let chosen = |picture: usize| self.labels()[picture].is_some() && self.spared[picture];
        let spared = (0..self.len()).filter(|&picture| chosen(picture)).count();
        // Fifty copies of one picture could be all on one side.
        let applies = self.holds_out && labelled >= ENOUGH && spared * 2 < labelled;
        move |picture| applies && chosen(picture)
    }
}

/// Would a picture of these bytes be held out?
pub(super) fn spared(rgb: &[u8]) -> bool {
    // FNV-1a, which is the same on every machine and in every version.
    let hash = rgb.iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, &byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    (hash >> 32).is_multiple_of(ONE_IN)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dataset::ShapesConfig;

    fn shapes(count: usize) -> ImageSet {
        ShapesConfig { count, side: 8, seed: 3 }.draw().unwrap().images
    }

    #[test]
    fn the_sides_are_disjoint_and_hold_every_picture() {
        let set = shapes(400).hold_out();
        let mut all = [set.training(), set.held_out()].concat();
        all.sort_unstable();
        assert_eq!(all, (0..400).collect::<Vec<_>>());
        assert!((60..100).contains(&set.held_out().len()), "{}", set.held_out().len());
    }

    #[test]
    fn a_picture_stays_on_its_side_whatever_becomes_of_others() {
        let mut set = shapes(200).hold_out();
        let names = |set: &ImageSet| -> Vec<String> {
            set.held_out()
                .iter()
                .map(|&i| set.rgb(i).unwrap())
                .map(|rgb| format!("{rgb:?}"))
                .collect()
        };
        let before = names(&set);
        let first = set.training()[0];
        set.remove(&[first]).unwrap();
        set.push("new", &[7; 192]).unwrap();
        assert_eq!(names(&set), before);
    }

    #[test]
    fn few_pictures_and_those_without_a_label_are_all_trained_on() {
        assert!(shapes(49).hold_out().held_out().is_empty());
        assert!(!shapes(50).hold_out().held_out().is_empty());
        let mut set = shapes(100).hold_out();
        let all: Vec<usize> = (0..100).collect();
        set.label(&all, None).unwrap();
        assert!(set.held_out().is_empty());
        let mut copies = ImageSet::new(8).unwrap().hold_out();
        let spared = (0..=255).find(|&byte| spared(&[byte; 192])).unwrap();
        for _ in 0..60 {
            copies.push_labelled("copy", "cat", &[spared; 192]).unwrap();
        }
        assert_eq!(copies.training().len(), 60);
    }
}
