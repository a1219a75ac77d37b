//! Updates of weights, in one pass over all that they need.

/// Numbers of one update of Adam that are the same for all weights.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AdamStep {
    pub learning_rate: f32,
    pub beta: [f32; 2],
    pub epsilon: f32,
    /// Added to the gradient, times the weight: Adam's.
    pub decay: f32,
    /// Share of the weight that is taken off beside the gradient: AdamW's, learning rate included.
    pub shrink: f32,
    /// 1 − βᵗ of both moments.
    pub correction: [f32; 2],
}

/// Numbers of one update of gradient descent with momentum.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MomentumStep {
    pub learning_rate: f32,
    pub momentum: f32,
    pub decay: f32,
}

/// An update of weights, mean gradient and mean squared gradient (Kingma & Ba 2014, arXiv:1412.6980).
pub fn adam(
    weights: &mut [f32],
    gradient: &[f32],
    first: &mut [f32],
    second: &mut [f32],
    step: AdamStep,
) {
    let AdamStep { learning_rate, beta, epsilon, decay, shrink, correction } = step;
    let rest = beta.map(|beta| 1.0 - beta);
    // Both corrections at once, for what takes long is to divide.
    let root = correction[1].sqrt();
    let (rate, epsilon) = (learning_rate * root / correction[0], epsilon * root);
    let moments = first.iter_mut().zip(second);
    for ((weight, &slope), (first, second)) in weights.iter_mut().zip(gradient).zip(moments) {
        let slope = slope + decay * *weight;
        *first = beta[0] * *first + rest[0] * slope;
        *second = beta[1] * *second + rest[1] * slope * slope;
        *weight -= shrink * *weight + rate * *first / (second.sqrt() + epsilon);
    }
}

/// An update of weights and velocity, as PyTorch's.
pub fn momentum(weights: &mut [f32], gradient: &[f32], velocity: &mut [f32], step: MomentumStep) {
    for ((weight, slope), velocity) in weights.iter_mut().zip(gradient).zip(velocity) {
        *velocity = step.momentum * *velocity + slope + step.decay * *weight;
        *weight -= step.learning_rate * *velocity;
    }
}
