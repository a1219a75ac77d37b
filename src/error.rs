//! Everything that can go wrong, each with what happened and what to do about it.

use core::ops::RangeInclusive;

use serde::Serialize;

/// `Result` with this crate's [`Error`].
pub type Result<T, E = Error> = core::result::Result<T, E>;

/// One sentence for the person at the screen, and the values in it apart, so that a page can say
/// the same in its own language. Crosses to JavaScript as `{ code, details, message }`.
#[derive(Debug, Clone, PartialEq, thiserror::Error, Serialize)]
#[serde(tag = "code", content = "details", rename_all = "camelCase")]
pub enum Error {
    /// Contrastive learning needs something to tell apart.
    #[error(
        "There are {count} pictures, and training needs at least 2. Add pictures, or choose the built-in set."
    )]
    TooFewPictures { count: usize },

    /// Labels are asked for where no picture has one.
    #[error(
        "This way of training goes by labels, and no picture has one. Label some, or choose another method."
    )]
    LabelsNeeded,

    /// A setting that is not a number, or is outside its range.
    #[error("The setting \"{field}\" is {value}. It has to be a {} from {min} to {max}.", if *whole { "whole number" } else { "number" })]
    SettingOutOfRange { field: String, value: String, min: f64, max: f64, whole: bool },

    /// A message between page and worker that is not as defined.
    #[error("A message of the page could not be read: {reason}. Reload the page.")]
    UnreadableMessage { reason: String },

    /// A picture whose bytes do not fill its square.
    #[error(
        "The picture \"{name}\" has {bytes} bytes, but a square of {side} by {side} needs {needed}. Add it again."
    )]
    WrongPixelCount { name: String, bytes: usize, side: usize, needed: usize },

    /// A file that is not in CIFAR-10's binary format, or is damaged.
    #[error(
        "The CIFAR-10 file could not be read: {reason}. Download it again, and take the binary version."
    )]
    UnreadableCifar { reason: String },

    /// A picture, anchor or view that is not there.
    #[error("There is no {what} number {index}; there are {count}.")]
    NoSuch { what: String, index: usize, count: usize },

    /// Something that was learned is asked for before there is a run.
    #[error("Nothing has been trained yet. Press Play or Step first.")]
    NoRun,

    /// Accuracy is asked for of pictures without others of their kind to judge by.
    #[error(
        "No pictures are held out to judge by. A fifth of each label is, once that makes 10 pictures of 2 labels: about 50 with a label, not counting copies. Label more pictures, or choose the built-in set."
    )]
    NoHeldOut,

    /// Accuracy is asked for of an encoder that has been trained on those that would judge it.
    #[error(
        "Of {} held-out pictures the encoder has been trained on {seen}, as they had no label then or came later. Train anew, and they stay out.", seen + unseen
    )]
    TooFewUnseen { seen: usize, unseen: usize },

    /// A file that is not a checkpoint, or not one of this program.
    #[error("The checkpoint could not be read: {reason}. Choose another file, or train anew.")]
    UnreadableCheckpoint { reason: String },

    /// A model, perhaps of a checkpoint, for pictures of another side than those in use.
    #[error(
        "The model takes pictures of {model} by {model} pixels, and yours are {pictures} by {pictures}. Choose side {model}, or train anew."
    )]
    OtherSide { model: usize, pictures: usize },

    /// Accuracy needs labels, of pictures to learn from and of pictures to judge by.
    #[error(
        "{count} of these pictures have a label, and judging needs at least {needed}. Give more pictures a label, or choose the built-in set."
    )]
    TooFewLabels { count: usize, needed: usize },

    /// Things that belong together, such as pictures and their labels, but were made from different sets.
    #[error(
        "There are {count} {what} where {needed} belong. Reset, so that all are made from the same pictures."
    )]
    Mismatch { what: String, count: usize, needed: usize },

    /// The article's labelled loss, where its tables do not come out.
    #[error(
        "{pairs} pairs of samples share a label, and these cannot be cut into {rows} rows of one length, as the article's loss does. Take as many samples of each label, or the corrected loss."
    )]
    UnevenClasses { pairs: usize, rows: usize },

    /// The device went away: a driver reset, a sleeping laptop, a GPU taken by another program.
    #[error(
        "The graphics device was lost ({reason}). Your pictures are safe; reload to train again, or use the CPU."
    )]
    DeviceLost { reason: String },

    /// The device ran something but did not hand the result back.
    #[error(
        "The device did not return a result ({reason}). Reset and train again, or use the CPU."
    )]
    Device { reason: String },

    /// The loss is no longer a number.
    #[error(
        "The loss became {loss} at step {step}. Reset, and train with a smaller learning rate or a larger temperature."
    )]
    Diverged { step: usize, loss: String },
}

impl Error {
    pub(crate) fn device(error: impl core::fmt::Display) -> Self {
        Self::Device { reason: error.to_string() }
    }

    /// As many `what` as belong there.
    pub(crate) fn check_count(what: &str, count: usize, needed: usize) -> Result<()> {
        if count == needed {
            return Ok(());
        }
        Err(Self::Mismatch { what: what.into(), count, needed })
    }

    /// The loss of a step has to be a number.
    ///
    /// # Errors
    /// [`Error::Diverged`].
    pub fn check_loss(step: usize, loss: f32) -> Result<()> {
        if loss.is_finite() { Ok(()) } else { Err(Self::Diverged { step, loss: loss.to_string() }) }
    }

    /// The setting `field` has to lie in `range`; NaN and infinities do not.
    pub(crate) fn check_range(field: &str, value: f64, range: RangeInclusive<f64>) -> Result<()> {
        if range.contains(&value) {
            return Ok(());
        }
        Err(Self::out_of_range(field, value, range, false))
    }

    /// The setting `field` has to be a whole number in `range`. JavaScript has only one kind of number.
    #[cfg(any(target_arch = "wasm32", test))]
    pub(crate) fn whole(field: &str, value: f64, range: RangeInclusive<f64>) -> Result<u64> {
        if range.contains(&value) && value.fract() == 0.0 {
            return Ok(value as u64);
        }
        Err(Self::out_of_range(field, value, range, true))
    }

    fn out_of_range(field: &str, value: f64, range: RangeInclusive<f64>, whole: bool) -> Self {
        Self::SettingOutOfRange {
            field: field.into(),
            value: if value.is_nan() { "not a number".into() } else { value.to_string() },
            min: *range.start(),
            max: *range.end(),
            whole,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_whole_number_has_no_fraction_and_is_in_range() {
        assert_eq!(Error::whole("seed", 7.0, 0.0..=9.0), Ok(7));
        for value in [7.5, -1.0, 10.0, f64::NAN, f64::INFINITY] {
            let message = Error::whole("seed", value, 0.0..=9.0).unwrap_err().to_string();
            assert!(message.contains("\"seed\"") && message.contains("whole number from 0 to 9"));
        }
    }

    #[test]
    fn an_error_crosses_with_its_code_and_its_values_apart() {
        let error = serde_json::to_value(Error::OtherSide { model: 32, pictures: 64 }).unwrap();
        let expected =
            serde_json::json!({"code": "otherSide", "details": {"model": 32, "pictures": 64}});
        assert_eq!(error, expected);
    }
}
