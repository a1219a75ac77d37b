//! CIFAR-10 (Krizhevsky 2009), as its authors' binary files have it.

use super::ImageSet;
use crate::{Error, Result};

/// Names of the classes; the number of a class is the label byte in the file.
pub const CIFAR10_CLASSES: [&str; 10] =
    ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"];

/// Side of a picture, in pixels.
const SIDE: usize = 32;

/// Bytes of one colour of a picture.
const PLANE: usize = SIDE * SIDE;

/// A label byte, then the red, the green and the blue plane, each row by row.
const RECORD: usize = 1 + 3 * PLANE;

/// Reads a file in [CIFAR-10's binary format](https://www.cs.toronto.edu/~kriz/cifar.html), such as
/// `data_batch_1.bin`. All ten classes are there, in the order of their labels, even those that no
/// picture of the file has.
///
/// ```
/// use contrastive_playground::dataset::read_cifar10;
/// let mut file = vec![6];
/// file.extend([200; 3 * 1024]);
/// let set = read_cifar10(&file).unwrap();
/// assert_eq!((set.len(), set.side()), (1, 32));
/// assert_eq!(set.classes()[set.labels()[0].unwrap()], "frog");
/// ```
///
/// # Errors
/// [`Error::UnreadableCifar`] for a file that is empty or cut off, or has a label above 9; it names the
/// record, counted from 1.
pub fn read_cifar10(bytes: &[u8]) -> Result<ImageSet> {
    if bytes.is_empty() {
        return Err(unreadable("it is empty".into()));
    }
    let (records, rest) = bytes.as_chunks::<RECORD>();
    let mut set = ImageSet::with_classes(SIDE, &CIFAR10_CLASSES)?;
    for (number, [label, planes @ ..]) in (1..).zip(records) {
        let Some(class) = CIFAR10_CLASSES.get(usize::from(*label)) else {
            return Err(unreadable(format!("record {number} has the label {label}, above 9")));
        };
        set.push_labelled(format!("{class} {number}"), class, &interleave(planes))?;
    }
    if rest.is_empty() {
        return Ok(set);
    }
    let (number, found) = (records.len() + 1, rest.len());
    Err(unreadable(format!("record {number} is cut off after {found} of {RECORD} bytes")))
}

/// From three planes to red, green and blue side by side.
fn interleave(planes: &[u8]) -> Vec<u8> {
    (0..PLANE).flat_map(|pixel| [0, 1, 2].map(|color| planes[color * PLANE + pixel])).collect()
}

fn unreadable(reason: String) -> Error {
    Error::UnreadableCifar { reason }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A picture whose bytes say where they are.
    fn record(label: u8) -> Vec<u8> {
        let plane = |color: usize| (0..PLANE).map(move |i| (i * 7 + color * 50 + i / SIDE) as u8);
        [vec![label], (0..3).flat_map(plane).collect()].concat()
    }

    fn reason(bytes: &[u8]) -> String {
        match read_cifar10(bytes).unwrap_err() {
            Error::UnreadableCifar { reason } => reason,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn planes_become_pixels_row_by_row() {
        let file = [record(3), record(9)].concat();
        let set = read_cifar10(&file).unwrap();
        assert_eq!((set.len(), set.side()), (2, 32));
        let rgb = set.rgb(1).unwrap();
        for (row, column) in [(0, 0), (0, 31), (1, 0), (17, 5), (31, 31)] {
            for color in 0..3 {
                let planar = file[RECORD + 1 + color * PLANE + row * SIDE + column];
                assert_eq!(rgb[(row * SIDE + column) * 3 + color], planar);
            }
        }
    }

    #[test]
    fn a_class_has_the_number_of_its_label_even_where_others_do_not_occur() {
        let set = read_cifar10(&[record(9), record(0), record(9)].concat()).unwrap();
        assert_eq!(set.labels(), [Some(9), Some(0), Some(9)]);
        assert_eq!(set.classes(), CIFAR10_CLASSES);
        assert_eq!(set.names(), ["truck 1", "airplane 2", "truck 3"]);
    }

    #[test]
    fn what_is_wrong_with_a_file_is_said_with_its_record() {
        assert!(reason(&[]).contains("empty"));
        assert!(reason(&[record(1), record(10)].concat()).contains("record 2 has the label 10"));
        let cut = [record(1), record(2)].concat();
        for (end, words) in
            [(1, "record 1 is cut off after 1 of"), (RECORD + 100, "record 2 is cut off after 100")]
        {
            assert!(reason(&cut[..end]).contains(words), "{}", reason(&cut[..end]));
        }
        let message = read_cifar10(&cut[..9]).unwrap_err().to_string();
        assert!(message.contains("Download it again"), "{message}");
    }

    #[test]
    fn the_real_pictures_have_equally_many_of_each_class() {
        for (name, each) in [("train.bin", 500), ("test.bin", 100)] {
            let path = format!("{}/../shared/cifar10/{name}", env!("CARGO_MANIFEST_DIR"));
            // The pictures may not be given away, so most checkouts do not have them.
            let Ok(bytes) = std::fs::read(path) else { continue };
            let set = read_cifar10(&bytes).unwrap();
            assert_eq!(set.len(), 10 * each);
            for (label, class) in CIFAR10_CLASSES.iter().enumerate() {
                let count = set.labels().iter().filter(|&&found| found == Some(label)).count();
                assert_eq!(count, each, "{class}");
            }
        }
    }
}
