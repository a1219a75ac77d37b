//! Pictures that are the same, or nearly: as negatives of each other they would be false ones.

use image::RgbImage;
use image_hasher::{HashAlg, HasherConfig};

use super::ImageSet;

/// Two pictures are alike where the perceptual hashes differ in so many bits of 64 at most, and the pixels
/// by so much at most: the root of the mean square, of 255. The hash proposes and the pixels decide, since
/// plain pictures have like hashes whatever their colours, and unlike ones by the least noise: the second
/// pair is for these.
///
/// With these limits, 205 photos were all found again at half the size, as JPEG of quality 30 and 15 of 255
/// brighter, and of different photos only those passed for alike that show one thing a few seconds apart.
const LIMITS: [(u32, f64); 2] = [(12, 20.0), (20, 3.0)];

/// Groups of pictures that look alike, each in the order of the set, the groups in the order of their
/// first pictures. Alike are pictures of equal pixels, and near duplicates: the same picture saved
/// again, resized or slightly recoloured, whose perceptual hashes (gradients of the picture's discrete
/// cosine transform) and whose pixels hardly differ.
///
/// ```
/// use contrastive_playground::dataset::{ImageSet, duplicates};
/// let mut set = ImageSet::new(16).unwrap();
/// for shade in [10, 200, 10] {
///     set.push("plain.png", &[shade; 768]).unwrap();
/// }
/// assert_eq!(duplicates(&set), [[0, 2]]);
/// ```
pub fn duplicates(set: &ImageSet) -> Vec<Vec<usize>> {
    let known = set.looks.len() == set.len();
    let looks =
        if known { set.looks.clone() } else { (0..set.len()).map(|i| set.look(i)).collect() };
    alike(set, &looks)
}

/// The same of pictures whose perceptual hashes are known.
pub(super) fn alike(set: &ImageSet, looks: &[u64]) -> Vec<Vec<usize>> {
    let alike = |one: usize, other: usize| {
        let bits = (looks[one] ^ looks[other]).count_ones();
        let near =
            LIMITS.iter().filter(|(most, _)| bits <= *most).map(|(_, rms)| *rms).reduce(f64::max);
        near.is_some_and(|most| differ_by_at_most(most, set, one, other))
    };

    // Each picture joins the first that it is like: alike is not transitive, and a chain of small
    // changes should not make one group of a whole burst.
    let mut groups: Vec<Vec<usize>> = Vec::new();
    let mut firsts: Vec<usize> = Vec::new();
    for index in 0..looks.len() {
        match firsts.iter().position(|&first| alike(first, index)) {
            Some(group) => groups[group].push(index),
            None => {
                firsts.push(index);
                groups.push(vec![index]);
            }
        }
    }
    groups.retain(|group| group.len() > 1);
    groups
}

/// The perceptual hash of a square of RGB bytes: gradients of its discrete cosine transform, 64 bits.
pub(super) fn look(side: usize, rgb: &[u8]) -> u64 {
    let side = side as u32;
    let Some(square) = RgbImage::from_raw(side, side, rgb.to_vec()) else { return 0 };
    let hasher = HasherConfig::new().hash_alg(HashAlg::Gradient).preproc_dct().to_hasher();
    bits(hasher.hash_image(&square).as_bytes())
}

/// The hash's 64 bits as a number, in which differing bits are quick to count.
fn bits(hash: &[u8]) -> u64 {
    hash.iter().fold(0, |bits, &byte| bits << 8 | u64::from(byte))
}

/// Is the root of the mean square difference of two pictures' bytes within `most`? Pictures that differ
/// are told after a few bytes.
fn differ_by_at_most(most: f64, set: &ImageSet, one: usize, other: usize) -> bool {
    let (Some(one), Some(other)) = (set.rgb(one), set.rgb(other)) else { return false };
    let allowed = (most * most * one.len() as f64) as u64;
    let mut sum = 0u64;
    one.chunks(64).zip(other.chunks(64)).all(|(one, other)| {
        let square = |(a, b): (&u8, &u8)| u64::from(a.abs_diff(*b)).pow(2);
        sum += one.iter().zip(other).map(square).sum::<u64>();
        sum <= allowed
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dataset::ShapesConfig;

    #[test]
    fn a_picture_is_found_again_brighter_and_noisier_but_no_other_picture_is() {
        let shapes =
            ShapesConfig { count: 60, side: 32, ..Default::default() }.draw().unwrap().images;
        let mut set = shapes.clone();
        let brighter: Vec<u8> = set.rgb(7).unwrap().iter().map(|v| v.saturating_add(8)).collect();
        let noisier: Vec<u8> = set
            .rgb(20)
            .unwrap()
            .iter()
            .zip((0..5).cycle())
            .map(|(v, n)| v.saturating_add(n))
            .collect();
        let mirrored: Vec<u8> = (set.rgb(30).unwrap().chunks_exact(96))
            .flat_map(|row| row.chunks_exact(3).rev().flatten().copied().collect::<Vec<_>>())
            .collect();
        for copy in [brighter, noisier, mirrored] {
            set.push("copy", &copy).unwrap();
        }
        assert_eq!(duplicates(&set), [[7, 60], [20, 61]]);
        assert!(duplicates(&shapes).is_empty());
    }
}
