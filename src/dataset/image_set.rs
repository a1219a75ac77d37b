//! A set of pictures of one square side.

use burn::tensor::{Device, Tensor, TensorData};

use super::duplicates::look;
use super::held_out::{Known, content};
use crate::{Error, Result};

/// The sides a picture can be kept at. All are multiples of 4, as two rounds of pooling need.
pub const SIDES: [usize; 4] = [16, 32, 48, 64];

/// Named RGB pictures of one square side, one byte a channel; some may have a label.
///
/// Labels are for judging what was learned, and for the methods that say that they use them. Bytes are
/// row by row, red, green and blue of a pixel side by side, as a canvas has them less the alpha:
/// `[picture, row, column, channel]`.
#[derive(Debug, Clone, PartialEq)]
pub struct ImageSet {
    side: usize,
    pixels: Vec<u8>,
    names: Vec<String>,
    labels: Vec<Option<usize>>,
    classes: Vec<String>,
    /// Of each picture: a number of its bytes.
    pub(super) contents: Vec<u64>,
    /// Of each picture, where some are held out: its perceptual hash.
    pub(super) looks: Vec<u64>,
    /// Of each picture: the burst of a camera that it was taken in.
    pub(super) bursts: Vec<Option<u64>>,
    pub(super) holds_out: bool,
    pub(super) sides: Known,
}

impl ImageSet {
    /// A set without pictures.
    ///
    /// # Errors
    /// [`Error::SettingOutOfRange`] where `side` is not a multiple of 4 from 8 to 128.
    pub fn new(side: usize) -> Result<Self> {
        let multiple = if side.is_multiple_of(4) { side as f64 } else { f64::NAN };
        Error::check_range("side", multiple, 8.0..=128.0)?;
        let (pixels, names, labels, classes) = Default::default();
        let (contents, looks, bursts, holds_out, sides) = Default::default();
        Ok(Self { side, pixels, names, labels, classes, contents, looks, bursts, holds_out, sides })
    }

    /// A set without pictures whose classes are known beforehand: they have these numbers, whichever
    /// comes first and whether it comes at all.
    ///
    /// # Errors
    /// As [`ImageSet::new`].
    pub fn with_classes(side: usize, classes: &[&str]) -> Result<Self> {
        let classes = classes.iter().map(|&class| class.into()).collect();
        Ok(Self { classes, ..Self::new(side)? })
    }

    /// Adds one picture of `side · side · 3` bytes, without a label.
    ///
    /// # Errors
    /// [`Error::WrongPixelCount`] where the bytes are not that many; the set is as before.
    pub fn push(&mut self, name: impl Into<String>, rgb: &[u8]) -> Result<()> {
        let name = name.into();
        if rgb.len() != self.bytes_each() {
            return Err(Error::WrongPixelCount {
                name,
                bytes: rgb.len(),
                side: self.side,
                needed: self.bytes_each(),
            });
        }
        self.pixels.extend_from_slice(rgb);
        self.names.push(name);
        self.labels.push(None);
        self.contents.push(content(rgb));
        self.bursts.push(None);
        if self.holds_out {
            self.looks.push(look(self.side, rgb));
        }
        self.changed();
        Ok(())
    }

    /// Adds one picture with the label of a class, which is new if no picture has it yet.
    ///
    /// # Errors
    /// As [`ImageSet::push`].
    pub fn push_labelled(
        &mut self,
        name: impl Into<String>,
        class: &str,
        rgb: &[u8],
    ) -> Result<()> {
        self.push(name, rgb)?;
        let label = self.class_number(class);
        if let Some(last) = self.labels.last_mut() {
            *last = Some(label);
        }
        Ok(())
    }

    /// The picture that came last was taken in this burst of a camera, whose pictures stay on one side.
    pub fn taken_in(&mut self, burst: u64) {
        if let Some(last) = self.bursts.last_mut() {
            *last = Some(burst);
        }
        self.changed();
    }

    /// Gives pictures the label of a class, or takes theirs away. A class that no picture has any more
    /// is gone.
    ///
    /// # Errors
    /// [`Error::NoSuch`] for an index outside the set, which is then as before.
    pub fn label(&mut self, indices: &[usize], class: Option<&str>) -> Result<()> {
        self.check_indices(indices)?;
        let label = class.map(|class| self.class_number(class));
        for &index in indices {
            self.labels[index] = label;
        }
        self.drop_unused_classes();
        self.changed();
        Ok(())
    }

    /// Takes pictures out; those after them move up.
    ///
    /// # Errors
    /// [`Error::NoSuch`] for an index outside the set, which is then as before.
    pub fn remove(&mut self, indices: &[usize]) -> Result<()> {
        self.check_indices(indices)?;
        let mut stays = vec![true; self.len()];
        for &index in indices {
            stays[index] = false;
        }
        let bytes = self.bytes_each();
        retain(&mut self.names, &stays, 1);
        retain(&mut self.labels, &stays, 1);
        retain(&mut self.contents, &stays, 1);
        retain(&mut self.looks, &stays, 1);
        retain(&mut self.bursts, &stays, 1);
        retain(&mut self.pixels, &stays, bytes);
        self.drop_unused_classes();
        self.changed();
        Ok(())
    }

    /// The chosen pictures as a set of their own, with all the classes of this one.
    ///
    /// # Errors
    /// [`Error::NoSuch`] for an index outside the set.
    pub fn subset(&self, indices: &[usize]) -> Result<Self> {
        let mut chosen = Self { classes: self.classes.clone(), ..Self::new(self.side)? };
        for &index in indices {
            chosen
                .push(self.names.get(index).cloned().unwrap_or_default(), self.picture(index)?)?;
            if let Some(last) = chosen.labels.last_mut() {
                *last = self.labels[index];
            }
        }
        Ok(chosen)
    }

    pub fn side(&self) -> usize {
        self.side
    }

    pub fn len(&self) -> usize {
        self.names.len()
    }

    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The label of each picture, an index into [`ImageSet::classes`].
    pub fn labels(&self) -> &[Option<usize>] {
        &self.labels
    }

    /// Names of the classes: those given beforehand, then others in the order in which they first came.
    pub fn classes(&self) -> &[String] {
        &self.classes
    }

    /// A number of each picture, by which pictures of equal bytes are known again.
    pub fn contents(&self) -> &[u64] {
        &self.contents
    }

    /// The RGB bytes of one picture.
    pub fn rgb(&self, index: usize) -> Option<&[u8]> {
        let start = index.checked_mul(self.bytes_each())?;
        self.pixels.get(start..start + self.bytes_each())
    }

    /// The chosen pictures as `[picture, channel, row, column]` in 0..1.
    ///
    /// # Errors
    /// [`Error::NoSuch`] for an index outside the set.
    pub fn batch(&self, indices: &[usize], device: &Device) -> Result<Tensor<4>> {
        let plane = self.side * self.side;
        let mut values = vec![0.0f32; indices.len() * 3 * plane];
        for (&index, picture) in indices.iter().zip(values.chunks_exact_mut(3 * plane)) {
            let rgb = self.picture(index)?;
            for (pixel, color) in rgb.chunks_exact(3).enumerate() {
                for (channel, &byte) in color.iter().enumerate() {
                    picture[channel * plane + pixel] = f32::from(byte) / 255.0;
                }
            }
        }
        let shape = [indices.len(), 3, self.side, self.side];
        Ok(Tensor::from_data(TensorData::new(values, shape), device))
    }

    /// The RGB bytes of a picture that has to be there.
    pub(crate) fn picture(&self, index: usize) -> Result<&[u8]> {
        let missing = || Error::NoSuch { what: "picture".into(), index, count: self.len() };
        self.rgb(index).ok_or_else(missing)
    }

    fn check_indices(&self, indices: &[usize]) -> Result<()> {
        indices.iter().try_for_each(|&index| self.picture(index).map(drop))
    }

    pub(super) fn changed(&mut self) {
        self.sides = Known::default();
    }

    /// The perceptual hash of a picture.
    pub(super) fn look(&self, picture: usize) -> u64 {
        self.rgb(picture).map_or(0, |rgb| look(self.side, rgb))
    }

    /// The number of a class, which is new if it has none yet.
    fn class_number(&mut self, class: &str) -> usize {
        let known = self.classes.iter().position(|name| name == class);
        known.unwrap_or_else(|| {
            self.classes.push(class.into());
            self.classes.len() - 1
        })
    }

    fn drop_unused_classes(&mut self) {
        let classes = core::mem::take(&mut self.classes);
        let before = core::mem::take(&mut self.labels);
        let used = |number| before.contains(&Some(number));
        self.classes =
            (0..).zip(&classes).filter(|(i, _)| used(*i)).map(|(_, c)| c.clone()).collect();
        let now = |number: usize| self.classes.iter().position(|class| *class == classes[number]);
        self.labels = before.iter().map(|label| label.and_then(now)).collect();
    }

    fn bytes_each(&self) -> usize {
        self.side * self.side * 3
    }
}

/// Keeps the items, `each` a picture, of the pictures that stay.
fn retain<T>(items: &mut Vec<T>, stays: &[bool], each: usize) {
    let mut of_item = stays.iter().flat_map(|stays| core::iter::repeat_n(stays, each));
    items.retain(|_| *of_item.next().unwrap_or(&true));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_batch_is_planar_and_between_zero_and_one() {
        let mut set = ImageSet::new(8).unwrap();
        let rgb: Vec<u8> = (0..8 * 8 * 3).map(|i| i as u8).collect();
        set.push("ramp", &rgb).unwrap();
        let batch = set.batch(&[0, 0], &Device::flex()).unwrap();
        assert_eq!(batch.dims(), [2, 3, 8, 8]);
        let values: Vec<f32> = batch.into_data().try_to_vec().unwrap();
        assert_eq!(values[0], 0.0);
        assert_eq!(values[1], 3.0 / 255.0);
        assert_eq!(values[64], 1.0 / 255.0);
        assert_eq!(values[192], 0.0);
    }

    #[test]
    fn a_picture_of_the_wrong_size_changes_nothing() {
        let mut set = ImageSet::new(8).unwrap();
        let error = set.push("short.png", &[0; 5]).unwrap_err();
        assert!(error.to_string().contains("short.png"));
        assert!(set.is_empty());
        assert!(set.batch(&[0], &Device::flex()).is_err());
    }

    #[test]
    fn a_subset_keeps_names_labels_and_classes() {
        let mut set = ImageSet::new(8).unwrap();
        for (i, class) in ["cat", "dog", "cat"].into_iter().enumerate() {
            set.push_labelled(format!("{i}.png"), class, &[i as u8; 192]).unwrap();
        }
        set.push("plain.png", &[9; 192]).unwrap();
        assert_eq!(set.labels(), [Some(0), Some(1), Some(0), None]);
        let chosen = set.subset(&[3, 1]).unwrap();
        assert_eq!(chosen.labels(), [None, Some(1)]);
        assert_eq!(chosen.classes(), ["cat", "dog"]);
        assert_eq!(chosen.names()[1], "1.png");
        assert_eq!(chosen.rgb(1), set.rgb(1));
        assert!(set.subset(&[4]).is_err());
    }

    #[test]
    fn pictures_are_relabelled_and_removed_by_number() {
        let mut set = ImageSet::new(8).unwrap();
        for (i, class) in ["cat", "dog", "cat", "fox"].into_iter().enumerate() {
            set.push_labelled(format!("{i}.png"), class, &[i as u8; 192]).unwrap();
        }
        set.label(&[0, 2], Some("fox")).unwrap();
        assert_eq!(set.classes(), ["dog", "fox"]);
        assert_eq!(set.labels(), [Some(1), Some(0), Some(1), Some(1)]);
        set.label(&[3], None).unwrap();
        set.remove(&[1, 0, 1]).unwrap();
        assert_eq!(set.names(), ["2.png", "3.png"]);
        assert_eq!(set.labels(), [Some(0), None]);
        assert_eq!(set.classes(), ["fox"]);
        assert_eq!(set.rgb(1).unwrap(), [3; 192]);

        let before = set.clone();
        assert!(set.remove(&[0, 2]).is_err());
        assert!(set.label(&[2], None).is_err());
        assert_eq!(set, before);
    }

    #[test]
    fn classes_given_beforehand_keep_their_numbers_and_new_ones_come_after() {
        let mut set = ImageSet::with_classes(8, &["cat", "dog"]).unwrap();
        for class in ["fox", "dog"] {
            set.push_labelled("", class, &[0; 192]).unwrap();
        }
        assert_eq!(set.labels(), [Some(2), Some(1)]);
        assert_eq!(set.classes(), ["cat", "dog", "fox"]);
    }

    #[test]
    fn a_side_that_cannot_be_pooled_twice_is_refused() {
        assert!(ImageSet::new(30).is_err());
        assert!(ImageSet::new(0).is_err());
        assert!(ImageSet::new(32).is_ok());
    }
}
