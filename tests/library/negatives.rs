//! Choices of negatives and wrong losses, against formulas written out in double precision; and every
//! gradient against finite differences.

use burn::tensor::{Device, Tensor, TensorData};
use contrastive_playground::loss::{
    Choice, InfoNce, LossOutput, Negatives, NtXent, SupCon, mistakes,
};
use contrastive_playground::random::{Purpose, stream};
use rand::RngExt;

const ROWS: usize = 8;
const PAIRS: usize = ROWS / 2;
const WIDTH: usize = 5;
const TAU: f32 = 0.5;

fn projections(seed: u64) -> Vec<f32> {
    let mut rng = stream(seed, Purpose::Weights, 0);
    (0..ROWS * WIDTH).map(|_| rng.random_range(-1.0..1.0)).collect()
}

fn tensor(values: Vec<f32>, columns: usize) -> Tensor<2> {
    let rows = values.len() / columns;
    Tensor::from_data(TensorData::new(values, [rows, columns]), &Device::flex())
}

fn numbers<const D: usize>(tensor: Tensor<D>) -> Vec<f64> {
    tensor.into_data().iter::<f64>().collect()
}

fn close(found: &[f64], expected: &[f64]) {
    assert_eq!(found.len(), expected.len());
    for (f, e) in found.iter().zip(expected) {
        assert!(
            (f - e).abs() < 1e-4 * e.abs().max(1.0),
            "{found:?} where {expected:?} is expected"
        );
    }
}

fn cosine(z: &[f32], i: usize, j: usize) -> f64 {
    let row = |r: usize| z[r * WIDTH..][..WIDTH].iter().map(|&v| f64::from(v));
    let dot = |a: usize, b: usize| row(a).zip(row(b)).map(|(x, y)| x * y).sum::<f64>();
    dot(i, j) / (dot(i, i) * dot(j, j)).sqrt()
}

/// ℓ of every row, where `together` says what the exponentials of the negatives amount to, given the
/// positive's.
fn rows(
    z: &[f32],
    tau: f64,
    counts: impl Fn(usize, usize) -> bool,
    together: impl Fn(f64, &[f64]) -> f64,
) -> Vec<f64> {
    (0..ROWS)
        .map(|i| {
            let power = |j| (cosine(z, i, j) / tau).exp();
            let positive = power((i + PAIRS) % ROWS);
            let negatives: Vec<f64> =
                (0..ROWS).filter(|&j| j % PAIRS != i % PAIRS && counts(i, j)).map(power).collect();
            -(positive / (positive + together(positive, &negatives))).ln()
        })
        .collect()
}

fn nt_xent(negatives: Negatives, z: &[f32]) -> LossOutput {
    NtXent { temperature: TAU, negatives }.forward(tensor(z.to_vec(), WIDTH))
}

#[test]
fn the_hardest_are_the_most_similar() {
    let z = projections(1);
    for k in [1, 3, 6, 100] {
        let negatives = Negatives { choice: Choice::Hardest { k }, ..Default::default() };
        let found = numbers(nt_xent(negatives, &z).per_row);
        let expected = rows(
            &z,
            TAU.into(),
            |_, _| true,
            |_, powers| {
                let mut powers = powers.to_vec();
                powers.sort_by(|a, b| b.total_cmp(a));
                powers.iter().take(k).sum()
            },
        );
        close(&found, &expected);
    }
}

#[test]
fn hardness_weights_are_robinsons() {
    let z = projections(2);
    for beta in [0.0, 0.5, 2.0] {
        let choice = Choice::HardnessWeighted { beta };
        let found = numbers(nt_xent(Negatives { choice, ..Default::default() }, &z).per_row);
        let beta = f64::from(beta);
        let expected = rows(
            &z,
            TAU.into(),
            |_, _| true,
            |_, powers| {
                let importance: Vec<f64> = powers.iter().map(|p| (beta * p.ln()).exp()).collect();
                let mean = importance.iter().sum::<f64>() / importance.len() as f64;
                importance.iter().zip(powers).map(|(i, p)| i * p).sum::<f64>() / mean
            },
        );
        close(&found, &expected);
    }
}

#[test]
fn debiasing_is_chuangs_and_has_a_floor() {
    let z = projections(3);
    // With the second prior the floor is what counts for some rows.
    for class_prior in [0.1, 0.6] {
        let found = numbers(nt_xent(Negatives { class_prior, ..Default::default() }, &z).per_row);
        let (prior, tau) = (f64::from(class_prior), f64::from(TAU));
        let expected = rows(
            &z,
            tau,
            |_, _| true,
            |positive, powers| {
                let n = powers.len() as f64;
                let rest = powers.iter().sum::<f64>() - prior * n * positive;
                (rest / (1.0 - prior)).max(n * (-1.0 / tau).exp())
            },
        );
        close(&found, &expected);
    }
}

#[test]
fn debiasing_stays_finite_at_the_smallest_temperature() {
    let negatives = Negatives { class_prior: 0.5, ..Default::default() };
    let z = tensor(projections(3), WIDTH);
    let loss = numbers(NtXent { temperature: 0.005, negatives }.forward(z).per_row);
    assert!(loss.iter().all(|l| l.is_finite()), "{loss:?}");
}

#[test]
fn negatives_of_the_anchors_label_are_left_out_where_it_is_known() {
    let z = projections(4);
    let labels = [Some(0), Some(1), Some(0), None];
    let negatives = Negatives { without_same_label: true, ..Default::default() };
    let loss = NtXent { temperature: TAU, negatives };
    let found = loss.forward_labelled(tensor(z.clone(), WIDTH), &labels).per_row;
    let differ =
        |i: usize, j: usize| labels[i % PAIRS].is_none() || labels[i % PAIRS] != labels[j % PAIRS];
    close(&numbers(found), &rows(&z, TAU.into(), differ, |_, powers| powers.iter().sum()));
}

#[test]
fn an_anchor_without_a_positive_is_left_out_of_the_supervised_loss() {
    let z = projections(5);
    let labels = [0, 0, 0, 0, 0, 1, 1, 2];
    let out = SupCon::new(TAU).forward(tensor(z.clone(), WIDTH), &labels);
    let per_row = numbers(out.per_row.clone());
    assert_eq!(per_row[7], 0.0);
    close(&numbers(out.loss), &[per_row[..7].iter().sum::<f64>() / 7.0]);

    let all_different: Vec<usize> = (0..ROWS).collect();
    let out = SupCon::new(TAU).forward(tensor(z, WIDTH), &all_different);
    assert_eq!(numbers(out.top1), [0.0]);
    assert_eq!(numbers(out.loss), [0.0]);
}

#[test]
fn the_articles_loss_falls_when_features_only_grow() {
    let z = tensor(projections(6), WIDTH);
    let loss = |scale: f32| numbers(mistakes::article_loss(z.clone() * scale, TAU).loss)[0];
    assert!(loss(10.0) < 0.05 && loss(1.0) > 0.3, "{} {}", loss(10.0), loss(1.0));
    let right = |scale: f32| numbers(NtXent::new(TAU).forward(z.clone() * scale).loss)[0];
    assert!((right(10.0) - right(1.0)).abs() < 1e-5, "a cosine does not see the length");
}

#[test]
fn without_normalisation_lengths_are_a_second_temperature() {
    let z = tensor(projections(7), WIDTH);
    let loss =
        |scale: f32, tau| numbers(mistakes::unnormalized_nt_xent(z.clone() * scale, tau).loss);
    close(&loss(2.0, TAU), &loss(1.0, TAU / 4.0));
}

#[test]
fn a_positive_among_the_negatives_keeps_the_loss_above_ln_2() {
    // Every view is its partner, and at right angles to all others.
    let mut z = vec![0.0; ROWS * WIDTH];
    (0..ROWS).for_each(|row| z[row * WIDTH + row % PAIRS] = 1.0);
    let z = tensor(z, WIDTH);
    let wrong = numbers(mistakes::positive_among_negatives(z.clone(), 0.05).loss);
    close(&wrong, &[2f64.ln()]);
    assert!(numbers(NtXent::new(0.05).forward(z).loss)[0] < 1e-3);
}

#[test]
fn top_1_goes_by_similarity_whatever_a_candidate_weighs() {
    let z = projections(5);
    let partner_is_nearest = |i: usize| {
        let nearest = (0..ROWS).filter(|&j| j != i);
        let nearest = nearest.max_by(|&a, &b| cosine(&z, i, a).total_cmp(&cosine(&z, i, b)));
        nearest == Some((i + PAIRS) % ROWS)
    };
    let expected = (0..ROWS).filter(|&i| partner_is_nearest(i)).count() as f64 / ROWS as f64;
    let weighted = Choice::HardnessWeighted { beta: 2.0 };
    for negatives in [
        Negatives::default(),
        Negatives { choice: weighted, ..Default::default() },
        Negatives { class_prior: 0.3, ..Default::default() },
    ] {
        close(&numbers(nt_xent(negatives, &z).top1), &[expected]);
    }
    let twice = mistakes::positive_among_negatives(tensor(z.clone(), WIDTH), TAU);
    close(&numbers(twice.top1), &[expected]);
}

/// Central differences along a random direction, which a wrong gradient of any entry would miss.
fn assert_gradient(name: &str, loss: impl Fn(Tensor<2>) -> LossOutput) {
    let device = Device::flex().autodiff();
    for seed in 10..14 {
        let (z, direction) = (projections(seed), projections(seed + 100));
        let at = |step: f32| {
            let moved = z.iter().zip(&direction).map(|(v, d)| v + step * d).collect::<Vec<_>>();
            Tensor::<2>::from_data(TensorData::new(moved, [ROWS, WIDTH]), &device)
        };
        let here = at(0.0).require_grad();
        let gradient = numbers(here.grad(&loss(here.clone()).loss.backward()).unwrap());
        let along: f64 = gradient.iter().zip(&direction).map(|(g, &d)| g * f64::from(d)).sum();
        let value = |step: f32| numbers(loss(at(step)).loss)[0];
        let step = 2e-3;
        let difference = (value(step) - value(-step)) / (2.0 * f64::from(step));
        assert!(
            (along - difference).abs() < 1e-2 * along.abs().max(0.1),
            "{name}: {along} {difference}"
        );
    }
}

#[test]
fn gradients_are_those_of_finite_differences() {
    let half = |z: Tensor<2>, start| z.narrow(0, start, PAIRS);
    let choices = [
        ("all", Negatives::default()),
        ("hardest", Negatives { choice: Choice::Hardest { k: 2 }, ..Default::default() }),
        (
            "hard",
            Negatives { choice: Choice::HardnessWeighted { beta: 1.0 }, ..Default::default() },
        ),
        ("debiased", Negatives { class_prior: 0.05, ..Default::default() }),
    ];
    for (name, negatives) in choices {
        assert_gradient(name, |z| NtXent { temperature: TAU, negatives }.forward(z));
        let info_nce = InfoNce { temperature: TAU, negatives };
        assert_gradient(name, |z| info_nce.in_batch(half(z.clone(), 0), half(z, PAIRS)));
        let sup_con = SupCon { temperature: TAU, negatives };
        assert_gradient(name, |z| sup_con.forward(z, &[0, 0, 1, 1, 1, 2, 2, 3]));
    }
    assert_gradient("article", |z| mistakes::article_loss(z, TAU));
    assert_gradient("unnormalized", |z| mistakes::unnormalized_nt_xent(z, TAU));
    assert_gradient("positive among negatives", |z| mistakes::positive_among_negatives(z, TAU));
}
