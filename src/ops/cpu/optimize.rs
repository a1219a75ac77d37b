//! Updates of weights, in one pass over all that they need.

use super::super::kernels::{AdamStep, MomentumStep};

pub fn adam(
    weights: &mut [f32],
    gradient: &[f32],
    first: &mut [f32],
    second: &mut [f32],
    step: AdamStep,
) {
    let AdamStep { learning_rate, beta, epsilon, decay, shrink, correction } = step;
    let rest = beta.map(|beta| 1.0 - beta);
    let moments = first.iter_mut().zip(second);
    for ((weight, &slope), (first, second)) in weights.iter_mut().zip(gradient).zip(moments) {
        let slope = slope + decay * *weight;
        *first = beta[0] * *first + rest[0] * slope;
        *second = beta[1] * *second + rest[1] * slope * slope;
        let direction = (*first / correction[0]) / ((*second / correction[1]).sqrt() + epsilon);
        *weight -= shrink * *weight + learning_rate * direction;
    }
}

pub fn momentum(weights: &mut [f32], gradient: &[f32], velocity: &mut [f32], step: MomentumStep) {
    for ((weight, slope), velocity) in weights.iter_mut().zip(gradient).zip(velocity) {
        *velocity = step.momentum * *velocity + slope + step.decay * *weight;
        *weight -= step.learning_rate * *velocity;
    }
}
