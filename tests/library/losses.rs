//! Every loss against values and gradients computed elsewhere, in double precision.
//!
//! `REFERENCE_JSON=path cargo test --test losses` takes another file of the same form.

use burn::tensor::{Device, Tensor, TensorData};
use contrastive_playground::loss::{InfoNce, LossOutput, NtXent, SupCon, chance_level, floor};
use contrastive_playground::random::{Purpose, stream};
use rand::RngExt;
use serde_json::Value;

const TOLERANCE: f64 = 1e-4;

fn cases(kind: &str) -> Vec<Value> {
    let text = match std::env::var("REFERENCE_JSON") {
        Ok(path) => std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{path}: {e}")),
        Err(_) => include_str!("contrastive_losses.json").into(),
    };
    let file: Value = serde_json::from_str(&text).unwrap();
    let all = file["cases"].as_array().unwrap();
    let of_kind: Vec<_> = all.iter().filter(|case| case["kind"] == kind).cloned().collect();
    assert!(!of_kind.is_empty(), "no case of kind {kind}");
    of_kind
}

fn flat(value: &Value) -> Vec<f64> {
    match value.as_array() {
        Some(items) => items.iter().flat_map(flat).collect(),
        None => vec![value.as_f64().unwrap()],
    }
}

fn matrix(value: &Value) -> Tensor<2> {
    let rows = value.as_array().unwrap().len();
    let numbers: Vec<f32> = flat(value).iter().map(|&v| v as f32).collect();
    let columns = numbers.len() / rows;
    Tensor::from_data(TensorData::new(numbers, [rows, columns]), &Device::flex().autodiff())
}

fn numbers<const D: usize>(tensor: Tensor<D>) -> Vec<f64> {
    tensor.into_data().iter::<f64>().collect()
}

/// Relative to the largest of the numbers, since a gradient may well hold a zero.
fn assert_close(what: &str, found: &[f64], expected: &[f64]) {
    assert_eq!(found.len(), expected.len(), "{what}");
    let largest = expected.iter().fold(0.0f64, |a, v| a.max(v.abs()));
    for (f, e) in found.iter().zip(expected) {
        assert!((f - e).abs() <= TOLERANCE * largest, "{what}: {f} where {e} is expected");
    }
}

#[test]
fn loss_rows_and_gradient_are_the_references() {
    for case in cases("nt_xent") {
        let name = case["name"].as_str().unwrap();
        let z = matrix(&case["z"]).require_grad();
        let temperature = case["temperature"].as_f64().unwrap() as f32;
        let out = NtXent::new(temperature).forward(z.clone());
        let gradient = z.grad(&out.loss.backward()).unwrap();
        assert_close(name, &numbers(out.loss), &flat(&case["loss"]));
        assert_close(name, &numbers(out.per_row), &flat(&case["per_row_loss"]));
        assert_close(name, &numbers(gradient), &flat(&case["grad_z"]));
    }
}

/// The loss, and the gradient of each input, which stands in the file as `grad_` and its name.
fn assert_case<const I: usize>(
    case: &Value,
    inputs: [&str; I],
    loss: impl Fn(f32, [Tensor<2>; I]) -> LossOutput,
) {
    let name = case["name"].as_str().unwrap();
    let temperature = case["temperature"].as_f64().unwrap() as f32;
    let tensors = inputs.map(|input| matrix(&case[input]).require_grad());
    let out = loss(temperature, tensors.clone());
    assert_close(name, &numbers(out.loss.clone()), &flat(&case["loss"]));
    let gradients = out.loss.backward();
    for (input, tensor) in inputs.iter().zip(&tensors) {
        let gradient = numbers(tensor.grad(&gradients).unwrap());
        assert_close(&format!("{name}, {input}"), &gradient, &flat(&case[format!("grad_{input}")]));
    }
}

#[test]
fn info_nce_with_a_queue_is_the_references() {
    for case in cases("info_nce_queue") {
        assert_case(&case, ["query", "positive", "negatives"], |temperature, [q, p, n]| {
            InfoNce::new(temperature).forward(q, p, n)
        });
    }
}

#[test]
fn info_nce_in_the_batch_is_the_references() {
    for case in cases("info_nce_batch") {
        assert_case(&case, ["query", "positive"], |t, [q, p]| InfoNce::new(t).in_batch(q, p));
    }
}

#[test]
fn supervised_contrastive_loss_is_the_references() {
    for case in cases("sup_con") {
        let labels: Vec<usize> = flat(&case["labels"]).iter().map(|&l| l as usize).collect();
        assert_case(&case, ["z"], |t, [z]| SupCon::new(t).forward(z, &labels));
    }
}

#[test]
fn softmax_and_top_1_are_the_references() {
    for case in cases("nt_xent") {
        let name = case["name"].as_str().unwrap();
        let temperature = case["temperature"].as_f64().unwrap() as f32;
        let out = NtXent::new(temperature).forward(matrix(&case["z"]));
        assert_close(name, &numbers(out.top1.clone()), &flat(&case["top1"]));
        if case["softmax"].is_array() {
            assert_close(name, &numbers(out.softmax()), &flat(&case["softmax"]));
        }
    }
}

#[test]
fn the_articles_formula_gives_the_articles_number() {
    for case in cases("from_similarities") {
        assert_eq!(flat(&case["similarities"]), [0.8, 0.2, 0.1]);
        let row: Vec<f32> = flat(&case["similarities"]).iter().map(|&v| v as f32).collect();
        let temperature = case["temperature"].as_f64().unwrap() as f32;
        let row = Tensor::from_data(TensorData::new(row.clone(), [1, row.len()]), &Device::flex());
        let out = InfoNce::new(temperature).from_similarities(row);
        assert_close("softmax", &numbers(out.softmax()), &flat(&case["softmax"]));
        // The loss is small, the difference of large numbers: four digits are what f32 has.
        let loss = numbers(out.loss)[0];
        assert!((loss - case["loss"].as_f64().unwrap()).abs() < 1e-6);
        assert!((loss - 0.003385).abs() < 1e-6);
    }
}

#[test]
fn what_the_page_shows_of_a_row_is_the_references_softmax() {
    for case in cases("nt_xent") {
        let Some(rows) = case["softmax"].as_array() else { continue };
        let temperature = case["temperature"].as_f64().unwrap() as f32;
        let out = NtXent::new(temperature).forward(matrix(&case["z"]));
        let shares = numbers(out.softmax());
        for (anchor, row) in rows.iter().enumerate() {
            let found = &shares[anchor * rows.len()..][..rows.len()];
            assert_close(case["name"].as_str().unwrap(), found, &flat(row));
        }
    }
}

#[test]
fn projections_with_those_cosines_have_that_loss() {
    // Unit vectors whose first row has cosines 0.2, 0.8 and 0.1 with the others.
    let unit = |c: f32, axis: usize| {
        let mut row = [c, 0.0, 0.0, 0.0];
        row[axis] = (1.0 - c * c).sqrt();
        row
    };
    let rows = [[1.0, 0.0, 0.0, 0.0], unit(0.2, 1), unit(0.8, 2), unit(0.1, 3)];
    // Cosine similarity does not see a vector's length.
    let z: Vec<f32> =
        rows.iter().zip([1.0, 5.0, 0.3, 9.0]).flat_map(|(r, k)| r.map(|v| v * k)).collect();
    let z = Tensor::<2>::from_data(TensorData::new(z, [4, 4]), &Device::flex());
    let first = numbers(NtXent::new(0.1).forward(z).per_row)[0];
    assert!((first - 0.003385).abs() < 1e-5, "{first}");
}

#[test]
fn a_batch_at_the_corners_of_a_simplex_is_at_the_floor_and_no_other_is_below() {
    for (n, temperature, expected) in [(5, 0.5, Some(0.50482)), (3, 0.1, None), (16, 1.0, None)] {
        // Unit vectors less their mean: n points at cosines of −1/(n − 1).
        let corner =
            |i: usize| (0..n).map(move |j| if i == j { 1.0 } else { 0.0 } - 1.0 / n as f32);
        let z: Vec<f32> = (0..2 * n).flat_map(|row| corner(row % n)).collect();
        let loss = |z: Vec<f32>| {
            let z = Tensor::<2>::from_data(TensorData::new(z, [2 * n, n]), &Device::flex());
            numbers(NtXent::new(temperature).forward(z).loss)[0]
        };
        let least = floor(n, temperature);
        assert!((loss(z.clone()) - f64::from(least)).abs() < 1e-4, "{n} at {temperature}");
        if let Some(expected) = expected {
            assert!((f64::from(least) - expected).abs() < 1e-5);
        }
        let moved = z.iter().enumerate().map(|(at, v)| v + 0.1 * ((at * 7) % 5) as f32).collect();
        assert!(loss(moved) > f64::from(least));
    }
}

#[test]
fn a_random_batch_at_a_large_temperature_is_at_chance() {
    for n in [2, 8, 32] {
        let mut rng = stream(n as u64, Purpose::Weights, 0);
        let z: Vec<f32> = (0..2 * n * 16).map(|_| rng.random::<f32>() - 0.5).collect();
        let z = Tensor::<2>::from_data(TensorData::new(z, [2 * n, 16]), &Device::flex());
        let loss = numbers(NtXent::new(10.0).forward(z).loss)[0];
        let chance = ((2 * n - 1) as f64).ln();
        assert!((f64::from(chance_level(n)) - chance).abs() < 1e-6);
        assert!((loss / chance - 1.0).abs() < 0.05, "{loss} against {chance}");
    }
}
