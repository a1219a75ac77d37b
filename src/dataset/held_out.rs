//! Pictures that are kept out of training, to judge by.

use core::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

use super::ImageSet;
use super::duplicates::alike;

/// One picture in so many of a class is held out; a class that has fewer cannot be judged.
const ONE_IN: usize = 5;
/// Judges, and classes of theirs, that there have to be: of fewer, none is spared.
const JUDGES: usize = 10;
const CLASSES: usize = 2;

/// Are pictures with these labels enough to judge by?
pub fn enough_judges(labels: impl Iterator<Item = usize>) -> bool {
    let labels: Vec<usize> = labels.collect();
    labels.len() >= JUDGES && labels.iter().collect::<BTreeSet<_>>().len() >= CLASSES
}

impl ImageSet {
    /// From now on a fifth of each class is held out, once that makes ten pictures to judge by, of two classes at
    /// least.
    ///
    /// Which these are, the bytes of the pictures decide: those of a class whose hashes come first. So it does not
    /// matter in which order pictures came, and one more or less moves hardly another. Pictures that look alike
    /// ([`duplicates`](super::duplicates)) and those of one burst of a camera are on one side, with or without labels:
    /// who has learned one of them knows the others. A class of fewer than five, or one that is a single burst,
    /// cannot be judged: [`ImageSet::unjudged`].
    ///
    /// ```
    /// use contrastive_playground::dataset::ShapesConfig;
    /// let set = ShapesConfig { count: 100, side: 16, seed: 1 }.draw().unwrap().images;
    /// assert_eq!(set.training().len(), 100);
    /// let set = set.hold_out();
    /// assert_eq!(set.training().len() + set.held_out().len(), 100);
    /// assert!((15..=20).contains(&set.held_out().len()));
    /// ```
    #[must_use]
    pub fn hold_out(mut self) -> Self {
        self.holds_out = true;
        self.looks = (0..self.len()).map(|picture| self.look(picture)).collect();
        self.changed();
        self
    }

    /// Numbers of the pictures that are trained on.
    pub fn training(&self) -> &[usize] {
        &self.sides().training
    }

    /// Numbers of the pictures that are held out to judge by; all have a label.
    pub fn held_out(&self) -> &[usize] {
        &self.sides().held_out
    }

    /// Numbers of the classes of which nobody is held out.
    pub fn unjudged(&self) -> &[usize] {
        &self.sides().unjudged
    }

    /// The pictures that go to one side together with this one, itself among them.
    pub fn kin(&self, picture: usize) -> &[usize] {
        let sides = self.sides();
        sides.unit_of.get(picture).map_or(&[], |&unit| &sides.units[unit])
    }

    fn sides(&self) -> &Sides {
        self.sides.0.get_or_init(|| Sides::of(self))
    }
}

/// On which side the pictures are.
#[derive(Debug, Clone, Default)]
pub(super) struct Sides {
    training: Vec<usize>,
    held_out: Vec<usize>,
    unjudged: Vec<usize>,
    /// Pictures that stay together.
    units: Vec<Vec<usize>>,
    unit_of: Vec<usize>,
}

/// What is worked out when it is first asked for, and is no part of what a set is.
#[derive(Debug, Clone, Default)]
pub(super) struct Known(OnceCell<Sides>);

impl PartialEq for Known {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Sides {
    fn of(set: &ImageSet) -> Self {
        let units = units(set);
        let mut unit_of = vec![0; set.len()];
        for (number, unit) in units.iter().enumerate() {
            unit.iter().for_each(|&picture| unit_of[picture] = number);
        }
        let spared = if set.holds_out { spared(set, &units) } else { BTreeSet::new() };
        let out = |picture: &usize| spared.contains(&unit_of[*picture]);
        let training = (0..set.len()).filter(|picture| !out(picture)).collect();
        let label = |picture: &usize| set.labels()[*picture];
        let held_out: Vec<usize> =
            (0..set.len()).filter(|picture| label(picture).is_some() && out(picture)).collect();
        let judged: BTreeSet<usize> = held_out.iter().filter_map(label).collect();
        let unjudged = (0..set.classes().len()).filter(|class| !judged.contains(class)).collect();
        Self { training, held_out, unjudged, units, unit_of }
    }
}

/// The pictures in groups that stay together: those that look alike, and those of one burst. A group that shares a
/// picture with another is one with it.
fn units(set: &ImageSet) -> Vec<Vec<usize>> {
    let mut group_of: Vec<usize> = (0..set.len()).collect();
    if set.holds_out {
        let mut bursts: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
        for (picture, burst) in set.bursts.iter().enumerate() {
            if let Some(burst) = burst {
                bursts.entry(*burst).or_default().push(picture);
            }
        }
        for together in alike(set, &set.looks).into_iter().chain(bursts.into_values()) {
            together.iter().for_each(|&picture| join(&mut group_of, together[0], picture));
        }
    }
    let mut units: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for picture in 0..set.len() {
        units.entry(root(&group_of, picture)).or_default().push(picture);
    }
    units.into_values().collect()
}

/// The first picture of the group that this one is of.
fn root(group_of: &[usize], mut picture: usize) -> usize {
    while group_of[picture] != picture {
        picture = group_of[picture];
    }
    picture
}

fn join(group_of: &mut [usize], one: usize, other: usize) {
    let (one, other) = (root(group_of, one), root(group_of, other));
    group_of[one.max(other)] = one.min(other);
}

/// The units that are held out, if they make enough judges.
fn spared(set: &ImageSet, units: &[Vec<usize>]) -> BTreeSet<usize> {
    let mut classes: BTreeMap<usize, Vec<Unit>> = BTreeMap::new();
    for (number, pictures) in units.iter().enumerate() {
        let labelled = pictures.iter().filter_map(|&i| Some((set.contents[i], set.labels()[i]?)));
        // One that has several labels goes with the class of its first.
        let first = labelled.clone().min();
        let size = labelled.count();
        if let Some((place, class)) = first {
            classes.entry(class).or_default().push(Unit { place, number, size });
        }
    }
    let chosen: BTreeMap<usize, Vec<Unit>> =
        classes.into_iter().map(|(class, units)| (class, fifth(units))).collect();
    let labels = chosen.iter().flat_map(|(&class, units)| {
        units.iter().flat_map(move |unit| core::iter::repeat_n(class, unit.size))
    });
    if !enough_judges(labels) {
        return BTreeSet::new();
    }
    chosen.into_values().flatten().map(|unit| unit.number).collect()
}

/// Pictures of one class that stay together.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Unit {
    /// In the order in which units are taken.
    place: u64,
    number: usize,
    /// How many of it have a label.
    size: usize,
}

/// A fifth of the pictures of a class, as nearly as whole units allow without going above it; where all are larger,
/// the smallest, if that is no more than half.
fn fifth(mut units: Vec<Unit>) -> Vec<Unit> {
    units.sort_unstable();
    let all: usize = units.iter().map(|unit| unit.size).sum();
    let mut left = all / ONE_IN;
    if left == 0 {
        return Vec::new();
    }
    let mut chosen = Vec::new();
    for unit in &units {
        if unit.size <= left {
            left -= unit.size;
            chosen.push(unit.clone());
        }
    }
    if chosen.is_empty() {
        let smallest = units.into_iter().min_by_key(|unit| (unit.size, unit.place));
        chosen.extend(smallest.filter(|unit| unit.size * 2 <= all));
    }
    chosen
}

/// A number that pictures of equal bytes share, and no others. FNV-1a, which is the same on every machine and in
/// every version: checkpoints hold it.
pub(super) fn content(rgb: &[u8]) -> u64 {
    rgb.iter().fold(0xcbf2_9ce4_8422_2325, |hash, &byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::{Purpose, stream};
    use rand::RngExt;

    /// Noise, of which no two look alike.
    fn noise(number: u64) -> Vec<u8> {
        let mut rng = stream(number, Purpose::Shapes, 7);
        (0..192).map(|_| rng.random()).collect()
    }

    fn of_classes(sizes: &[usize]) -> ImageSet {
        let mut set = ImageSet::new(8).unwrap().hold_out();
        for (class, &size) in sizes.iter().enumerate() {
            for number in 0..size {
                let rgb = noise((class * 1000 + number) as u64);
                set.push_labelled("", &format!("class {class}"), &rgb).unwrap();
            }
        }
        set
    }

    fn held_out_of(set: &ImageSet, class: usize) -> usize {
        set.held_out().iter().filter(|&&picture| set.labels()[picture] == Some(class)).count()
    }

    /// The pictures that are held out, by what they show.
    fn contents(set: &ImageSet) -> BTreeSet<Vec<u8>> {
        set.held_out().iter().map(|&picture| set.rgb(picture).unwrap().to_vec()).collect()
    }

    #[test]
    fn each_class_gives_a_fifth_and_the_sides_hold_every_picture() {
        let sizes = [5, 9, 10, 48, 12];
        let set = of_classes(&sizes);
        let found: Vec<usize> = (0..5).map(|class| held_out_of(&set, class)).collect();
        assert_eq!(found, [1, 1, 2, 9, 2]);
        let mut all = [set.training(), set.held_out()].concat();
        all.sort_unstable();
        assert_eq!(all, (0..84).collect::<Vec<_>>());
        let tens = of_classes(&[5; 10]);
        assert!((0..10).all(|class| held_out_of(&tens, class) == 1));
    }

    #[test]
    fn a_class_of_few_is_not_judged_and_few_judges_are_none() {
        let set = of_classes(&[30, 30, 4]);
        assert_eq!((set.held_out().len(), set.unjudged()), (12, &[2][..]));
        for sizes in [&[1; 60][..], &[100], &[24, 25], &[49, 4]] {
            let set = of_classes(sizes);
            assert!(set.held_out().is_empty(), "{sizes:?}");
            assert_eq!(set.training().len(), set.len());
            assert_eq!(set.unjudged().len(), sizes.len());
        }
    }

    #[test]
    fn the_order_of_coming_does_not_matter() {
        let set = of_classes(&[20, 35]);
        let mut backwards = ImageSet::new(8).unwrap().hold_out();
        for picture in (0..set.len()).rev() {
            let class = &set.classes()[set.labels()[picture].unwrap()];
            backwards.push_labelled("", class, set.rgb(picture).unwrap()).unwrap();
        }
        assert_eq!(contents(&set), contents(&backwards));
    }

    #[test]
    fn one_picture_more_or_less_moves_at_most_one_other() {
        let mut set = of_classes(&[40, 40]);
        for number in 0..30 {
            let before = contents(&set);
            set.push_labelled("", "class 0", &noise(5000 + number)).unwrap();
            let after = contents(&set);
            assert!(before.difference(&after).count() <= 1);
            assert!(after.difference(&before).count() <= 1);
        }
        while set.len() > 60 {
            let before = contents(&set);
            set.remove(&[set.len() / 3]).unwrap();
            let after = contents(&set);
            assert!(before.symmetric_difference(&after).count() <= 2);
        }
        let of_other = |set: &ImageSet| held_out_of(set, 1);
        let before = of_other(&set);
        set.push_labelled("", "class 0", &noise(9000)).unwrap();
        assert_eq!(of_other(&set), before);
    }

    #[test]
    fn pictures_without_a_label_are_all_trained_on() {
        let mut set = of_classes(&[30, 30]);
        let all: Vec<usize> = (0..60).collect();
        assert_eq!(set.held_out().len(), 12);
        set.label(&all, None).unwrap();
        assert_eq!((set.held_out().len(), set.training().len()), (0, 60));
        set.label(&all[..30], Some("left")).unwrap();
        set.label(&all[30..], Some("right")).unwrap();
        assert_eq!(set.held_out().len(), 12);
    }

    #[test]
    fn look_alikes_are_on_one_side_whatever_their_labels() {
        let mut set = ImageSet::new(8).unwrap().hold_out();
        for number in 0..40 {
            let rgb = noise(number);
            let class = ["heads", "tails"][(number * 7 % 5 % 2) as usize];
            set.push_labelled("", class, &rgb).unwrap();
            let brighter: Vec<u8> = rgb.iter().map(|v| v.saturating_add(2)).collect();
            set.push_labelled("", ["heads", "tails"][(number % 2) as usize], &brighter).unwrap();
            set.push("", &rgb).unwrap();
        }
        assert!(!set.held_out().is_empty());
        let out: BTreeSet<usize> =
            (0..set.len()).filter(|i| set.training().binary_search(i).is_err()).collect();
        for triple in 0..40 {
            let sides = (0..3).filter(|i| out.contains(&(3 * triple + i))).count();
            assert!(sides == 0 || sides == 3, "{triple}");
            assert_eq!(set.kin(3 * triple).len(), 3);
        }
        // Who has no label does not judge.
        assert_eq!(set.held_out().len() * 3, out.len() * 2);
    }

    #[test]
    fn a_burst_is_on_one_side_and_a_class_that_is_one_cannot_be_judged() {
        let mut set = of_classes(&[60, 0]);
        for number in 0..40 {
            set.push_labelled("", "two bursts", &noise(7000 + number)).unwrap();
            set.taken_in(number / 20);
        }
        for number in 0..20 {
            set.push_labelled("", "one burst", &noise(8000 + number)).unwrap();
            set.taken_in(9);
        }
        assert_eq!([0, 1, 2].map(|class| held_out_of(&set, class)), [12, 20, 0]);
        assert_eq!(set.unjudged(), [2]);
        let sides: BTreeSet<bool> =
            (60..80).map(|picture| set.held_out().contains(&picture)).collect();
        assert_eq!(sides.len(), 1);
    }

    #[test]
    fn copies_of_one_picture_are_no_judges_of_each_other() {
        let mut copies = ImageSet::new(8).unwrap().hold_out();
        for number in 0..60 {
            copies.push_labelled("copy", ["cat", "dog"][number % 2], &noise(1)).unwrap();
        }
        assert_eq!(copies.training().len(), 60);
    }
}
