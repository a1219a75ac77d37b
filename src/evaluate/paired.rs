//! Two ways of guessing, judged on the same pictures.

use serde::Serialize;

/// Where two ways of guessing differ, which says more than their two accuracies: what both guess right or both wrong
/// is left out.
///
/// ```
/// use contrastive_playground::evaluate::Paired;
/// let found = Paired::of(&[1, 1, 1, 1, 1, 1], &[0, 0, 0, 0, 0, 1], &[1; 6]);
/// assert_eq!((found.wins, found.losses), (5, 0));
/// assert_eq!(found.p, 2.0 * 0.5f64.powi(5));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Paired {
    /// Pictures that the first guesses right, and the second wrong.
    pub wins: usize,
    /// The other way round.
    pub losses: usize,
    /// How likely a difference of this size or a larger one is where neither is better, both ways, 0..1: the exact
    /// test of McNemar (1947), which is the sign test of the pictures on which they differ.
    pub p: f64,
}

impl Paired {
    /// # Shapes
    /// Three of one length: what the first guesses, what the second guesses, and what is right.
    pub fn of<T: PartialEq>(first: &[T], second: &[T], right: &[T]) -> Self {
        let both = first.iter().zip(second).zip(right);
        let [mut wins, mut losses] = [0, 0];
        for ((first, second), right) in both {
            match (first == right, second == right) {
                (true, false) => wins += 1,
                (false, true) => losses += 1,
                _ => {}
            }
        }
        Self { wins, losses, p: sign_test(wins, losses) }
    }
}

/// Two sides of the binomial distribution of as many tosses of a fair coin.
fn sign_test(wins: usize, losses: usize) -> f64 {
    let tosses = wins + losses;
    // Logarithms, since there may be thousands of tosses.
    let mut log = -(tosses as f64) * core::f64::consts::LN_2;
    let mut tail = 0.0;
    for heads in 0..=wins.min(losses) {
        tail += log.exp();
        log += ((tosses - heads) as f64 / (heads + 1) as f64).ln();
    }
    (2.0 * tail).min(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn p_is_that_of_tables() {
        // R: binom.test(3, 12)$p.value, binom.test(10, 40), binom.test(4, 8), binom.test(0, 1).
        for (wins, losses, expected) in
            [(9, 3, 0.145_996_1), (30, 10, 0.002_221_7), (4, 4, 1.0), (0, 1, 1.0)]
        {
            assert!((sign_test(wins, losses) - expected).abs() < 1e-6, "{wins} {losses}");
            assert_eq!(sign_test(wins, losses), sign_test(losses, wins));
        }
        assert_eq!(sign_test(0, 0), 1.0);
        let many = sign_test(5100, 4900);
        assert!((0.04..0.05).contains(&many), "{many}");
    }

    #[test]
    fn who_has_no_guess_is_wrong() {
        let found = Paired::of(&[Some(1), None, Some(2)], &[None, None, Some(2)], &[Some(1); 3]);
        assert_eq!((found.wins, found.losses), (1, 0));
    }
}
