//! A linear layer, with ReLU or without, and its gradients.

use super::conv::Gradients;
use super::gemm::{Matrix, gemm};

/// Sizes of a linear layer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Linear {
    pub rows: usize,
    pub inputs: usize,
    pub outputs: usize,
    pub relu: bool,
}

impl Linear {
    fn check(&self, x: &[f32], w: &[f32]) {
        assert_eq!(x.len(), self.rows * self.inputs, "x");
        assert_eq!(w.len(), self.inputs * self.outputs, "w");
    }
}

/// y = xw + bias, and zero instead where that is less and the layer has a ReLU. Each row of it is the same, however
/// many there are.
///
/// # Shapes
/// - x: `[rows, inputs]`
/// - w: `[inputs, outputs]`
/// - bias: `[outputs]`
/// - result: `[rows, outputs]`
///
/// # Panics
/// Where a length is not what `linear` says.
pub fn forward(linear: &Linear, x: &[f32], w: &[f32], bias: Option<&[f32]>) -> Vec<f32> {
    linear.check(x, w);
    let Linear { rows, inputs, outputs, relu } = *linear;
    let mut y = vec![0.; rows * outputs];
    gemm(Matrix::new(x, rows, inputs), Matrix::new(w, inputs, outputs), &mut y);
    if let Some(bias) = bias {
        assert_eq!(bias.len(), outputs, "bias");
        for y in y.chunks_mut(outputs.max(1)) {
            y.iter_mut().zip(bias).for_each(|(y, bias)| *y += bias);
        }
    }
    if relu {
        // Not with `max`, which takes what is no number for zero.
        y.iter_mut().for_each(|y| *y = if *y < 0. { 0. } else { *y });
    }
    y
}

/// The gradients, of which dw is `[inputs, outputs]`, given the result `y` and its gradient `dy`, of its shape.
///
/// # Panics
/// Where a length is not what `linear` says.
pub fn backward(
    linear: &Linear,
    x: &[f32],
    w: &[f32],
    y: &[f32],
    dy: &[f32],
    wants_dx: bool,
) -> Gradients {
    linear.check(x, w);
    let Linear { rows, inputs, outputs, relu } = *linear;
    assert_eq!(dy.len(), rows * outputs, "dy");
    let masked: Option<Vec<f32>> = relu.then(|| {
        assert_eq!(y.len(), dy.len(), "y");
        y.iter().zip(dy).map(|(&y, &dy)| if y > 0. { dy } else { 0. }).collect()
    });
    let dy = Matrix::new(masked.as_deref().unwrap_or(dy), rows, outputs);
    let dx = wants_dx.then(|| {
        let mut dx = vec![0.; rows * inputs];
        gemm(dy, Matrix::new(w, inputs, outputs).transposed(), &mut dx);
        dx
    });
    let mut dw = vec![0.; inputs * outputs];
    weight_gradient(Matrix::new(x, rows, inputs), dy, &mut dw);
    let db = bias_gradient(dy);
    Gradients { dx, dw, db }
}

/// dw = xᵀ dy, `[inputs, outputs]`. Each row of it is the same, however many there are.
///
/// # Shapes
/// - x: `[rows, inputs]`
/// - dy: `[rows, outputs]`
///
/// # Panics
/// Where the shapes do not fit.
pub fn weight_gradient(x: Matrix, dy: Matrix, dw: &mut [f32]) {
    gemm(x.transposed(), dy, dw);
}

/// The sums of columns, `[outputs]`.
pub fn bias_gradient(dy: Matrix) -> Vec<f32> {
    let mut db = vec![0.; dy.columns()];
    gemm(Matrix::new(&vec![1.; dy.rows()], 1, dy.rows()), dy, &mut db);
    db
}

#[cfg(test)]
mod tests {
    use super::super::reference::{difference, numbers};
    use super::*;

    fn check(linear: Linear) {
        let Linear { rows, inputs, outputs, relu } = linear;
        let (x, w) = (numbers(rows * inputs, 1, false), numbers(inputs * outputs, 2, false));
        let (bias, dy) = (numbers(outputs, 3, false), numbers(rows * outputs, 4, false));
        let mut y: Vec<f64> = (0..rows * outputs).map(|i| bias[i % outputs].into()).collect();
        let (mut dx, mut dw) = (vec![0.; x.len()], vec![0.; w.len()]);
        let mut db = vec![0.; outputs];
        for (place, y) in y.iter_mut().enumerate() {
            let (row, output) = (place / outputs, place % outputs);
            let pairs = || (0..inputs).map(|i| (row * inputs + i, i * outputs + output));
            *y += pairs().map(|(i, j)| f64::from(x[i]) * f64::from(w[j])).sum::<f64>();
            let dy = if relu && *y <= 0. { 0. } else { f64::from(dy[place]) };
            *y = if relu { y.max(0.) } else { *y };
            db[output] += dy;
            for (i, j) in pairs() {
                dx[i] += dy * f64::from(w[j]);
                dw[j] += dy * f64::from(x[i]);
            }
        }
        let ours = forward(&linear, &x, &w, Some(&bias));
        assert!(difference(&ours, &y) < 1e-5, "{linear:?}");
        let gradients = backward(&linear, &x, &w, &ours, &dy, true);
        assert!(difference(&gradients.dx.unwrap(), &dx) < 1e-5, "{linear:?}");
        assert!(difference(&gradients.dw, &dw) < 1e-5, "{linear:?}");
        assert!(difference(&gradients.db, &db) < 1e-5, "{linear:?}");
    }

    #[test]
    fn layers_are_as_the_definition_says() {
        for (i, rows) in [1, 2, 7, 16, 33].into_iter().enumerate() {
            for (inputs, outputs) in [(1, 1), (5, 3), (70, 64), (300, 17)] {
                check(Linear { rows, inputs, outputs, relu: i % 2 == 0 });
            }
        }
    }

    #[test]
    fn what_is_no_number_is_seen() {
        let linear = Linear { rows: 1, inputs: 1, outputs: 1, relu: true };
        assert!(forward(&linear, &[f32::NAN], &[1.], None)[0].is_nan());
    }
}
