//! Turning a map so that it lies as the one before did.

use nalgebra::Matrix2;

/// Places in the plane, `[rows, 2]`, turned and mirrored, but not stretched, to lie as near as may be to where they
/// lay before: orthogonal Procrustes (Schönemann 1966, doi:10.1007/BF02289451). Both are taken to be centred.
///
/// ```
/// use contrastive_playground::evaluate::aligned;
/// let before = [1.0, 0.0, 0.0, 2.0, -1.0, -2.0];
/// // A quarter turn.
/// let found = aligned(&[0.0, 1.0, -2.0, 0.0, 2.0, -1.0], &before);
/// assert!(found.iter().zip(before).all(|(a, b)| (a - b).abs() < 1e-6));
/// ```
///
/// Where there is nothing to go by (another number of places, or all of them at one point), they stay as they are.
pub fn aligned(places: &[f32], before: &[f32]) -> Vec<f32> {
    if places.len() != before.len() {
        return places.to_vec();
    }
    let pairs = places.chunks_exact(2).zip(before.chunks_exact(2));
    let crossed = pairs.fold(Matrix2::<f64>::zeros(), |sum, (now, then)| {
        let [now, then] =
            [now, then].map(|p| nalgebra::Vector2::new(f64::from(p[0]), f64::from(p[1])));
        sum + now * then.transpose()
    });
    let svd = crossed.svd(true, true);
    let (Some(u), Some(v_t)) = (svd.u, svd.v_t) else { return places.to_vec() };
    let turn = u * v_t;
    if !turn.iter().all(|value| value.is_finite()) || svd.singular_values.max() == 0.0 {
        return places.to_vec();
    }
    let along = |place: &[f32], axis: usize| {
        (f64::from(place[0]) * turn[(0, axis)] + f64::from(place[1]) * turn[(1, axis)]) as f32
    };
    places.chunks_exact(2).flat_map(|place| [0, 1].map(|axis| along(place, axis))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Of no symmetry.
    const PLACES: [f32; 8] = [3.0, 1.0, -1.0, 0.5, 0.0, -2.0, -2.0, 0.5];

    fn turned(angle: f32, mirrored: bool) -> Vec<f32> {
        let (sin, cos) = angle.sin_cos();
        let flip = if mirrored { -1.0 } else { 1.0 };
        PLACES
            .chunks(2)
            .flat_map(|p| [p[0] * cos - p[1] * sin, flip * (p[0] * sin + p[1] * cos)])
            .collect()
    }

    #[test]
    fn any_turn_and_mirror_image_is_undone() {
        for mirrored in [false, true] {
            for angle in [0.0, 0.3, 1.6, 3.1, -2.0] {
                let found = aligned(&turned(angle, mirrored), &PLACES);
                let near = found.iter().zip(PLACES).all(|(a, b)| (a - b).abs() < 1e-5);
                assert!(near, "{angle} {mirrored}: {found:?}");
            }
        }
    }

    #[test]
    fn distances_stay_whatever_was_before() {
        let found = aligned(&PLACES, &[1.0, 0.0, 0.0, 5.0, -3.0, 2.0, 2.0, -7.0]);
        let length = |places: &[f32], i: usize| places[2 * i].hypot(places[2 * i + 1]);
        for i in 0..4 {
            assert!((length(&found, i) - length(&PLACES, i)).abs() < 1e-5);
        }
    }

    #[test]
    fn with_nothing_to_go_by_places_stay() {
        assert_eq!(aligned(&PLACES, &[]), PLACES);
        assert_eq!(aligned(&PLACES, &[0.0; 8]), PLACES);
    }
}
