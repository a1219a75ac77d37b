//! The update of the weights: Adam, AdamW, or SGD with momentum.

use std::collections::BTreeMap;

use burn::module::Module;
use burn::optim::GradientsParams;
use burn::tensor::Tensor;
use serde::{Deserialize, Serialize};

use crate::model::map_parameters;
use crate::ops::{self, AdamStep, MomentumStep};

/// Which rule turns a gradient into a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub enum Rule {
    /// Kingma & Ba 2015, arXiv:1412.6980; β 0.9 and 0.999, ε 1e-8. Weight decay is added to the gradient.
    #[default]
    Adam,
    /// Loshchilov & Hutter 2019, arXiv:1711.05101: the same, weights decaying by themselves.
    AdamW,
    /// Stochastic gradient descent with momentum 0.9, as PyTorch has it: v ← 0.9 v + g, w ← w − ηv.
    Sgd,
}

/// How weights are updated.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct OptimizerConfig {
    pub rule: Rule,
    /// λ; 0 for none.
    pub weight_decay: f64,
    /// Gradients are scaled down so that all of them together, as one vector, are no longer than this;
    /// 0 for no limit.
    pub clip_norm: f64,
}

/// Momentum of [`Rule::Sgd`].
const MOMENTUM: f32 = 0.9;

/// Adam's.
const BETA: [f64; 2] = [0.9, 0.999];

/// The papers' and PyTorch's.
const EPSILON: f32 = 1e-8;

/// The rule and what it remembers of earlier gradients.
#[derive(Debug, Clone)]
pub struct Optimizer {
    config: OptimizerConfig,
    memory: BTreeMap<String, Memory>,
}

/// What is remembered for one parameter, flat, on the device.
#[derive(Debug, Clone)]
pub(super) struct Memory {
    pub steps: usize,
    /// Mean gradient, or SGD's velocity.
    pub first: Tensor<1>,
    /// Mean squared gradient; not for SGD.
    pub second: Option<Tensor<1>>,
}

impl Optimizer {
    pub fn new(config: OptimizerConfig) -> Self {
        Self { config, memory: BTreeMap::new() }
    }

    /// Takes new settings. What one rule remembers is of no use to another, except between the two Adams.
    pub fn configure(&mut self, config: OptimizerConfig) {
        if (config.rule == Rule::Sgd) != (self.config.rule == Rule::Sgd) {
            self.memory.clear();
        }
        self.config = config;
    }

    /// What is remembered, by the names of the parameters.
    pub(super) fn memory(&self) -> &BTreeMap<String, Memory> {
        &self.memory
    }

    /// Takes up what was remembered of a parameter when the run was saved.
    pub(super) fn remember(&mut self, name: String, memory: Memory) {
        self.memory.insert(name, memory);
    }

    /// The module after one update. Parameters without a gradient stay.
    pub fn step<M: Module>(
        &mut self,
        learning_rate: f64,
        module: M,
        gradients: GradientsParams,
    ) -> M {
        let gradients = crate::model::gradients(&module, gradients);
        self.apply(learning_rate, module, gradients)
    }

    /// The same, of gradients by the names of their parameters, flat.
    pub fn apply<M: Module>(
        &mut self,
        learning_rate: f64,
        module: M,
        mut gradients: BTreeMap<String, Tensor<1>>,
    ) -> M {
        let Self { config, memory } = self;
        let clip = config.clip_factor(gradients.values());
        map_parameters(module, |name, weights| {
            let Some(mut gradient) = gradients.remove(name) else { return weights };
            if let Some(factor) = &clip {
                gradient = gradient * factor.clone();
            }
            let before = memory.remove(name);
            let (weights, after) = config.update(learning_rate, weights, gradient, before);
            memory.insert(name.into(), after);
            weights
        })
    }
}

impl OptimizerConfig {
    /// `clip_norm` over the length of all gradients together, at most 1, `[1]`. As PyTorch's
    /// `clip_grad_norm_`; Burn's own clips each parameter by itself.
    fn clip_factor<'a>(&self, gradients: impl Iterator<Item = &'a Tensor<1>>) -> Option<Tensor<1>> {
        if self.clip_norm <= 0.0 {
            return None;
        }
        let squared = gradients.map(|g| (g.clone() * g.clone()).sum()).reduce(|a, b| a + b)?;
        Some((squared.sqrt() + 1e-6).recip().mul_scalar(self.clip_norm).clamp_max(1.0))
    }

    fn update(
        &self,
        learning_rate: f64,
        weights: Tensor<1>,
        gradient: Tensor<1>,
        memory: Option<Memory>,
    ) -> (Tensor<1>, Memory) {
        let empty = || Tensor::zeros_like(&weights);
        let memory = memory.unwrap_or_else(|| Memory { steps: 0, first: empty(), second: None });
        let steps = memory.steps + 1;
        match self.rule {
            Rule::Adam | Rule::AdamW => {
                let moments = [memory.first, memory.second.unwrap_or_else(empty)];
                let step = self.adam(learning_rate, steps);
                let [weights, first, second] = ops::adam(weights, gradient, moments, step);
                (weights, Memory { steps, first, second: Some(second) })
            }
            Rule::Sgd => {
                let step = MomentumStep {
                    learning_rate: learning_rate as f32,
                    momentum: MOMENTUM,
                    decay: self.weight_decay as f32,
                };
                let [weights, first] = ops::momentum(weights, gradient, memory.first, step);
                (weights, Memory { steps, first, second: None })
            }
        }
    }

    /// The numbers of the update that is the `steps`-th.
    fn adam(&self, learning_rate: f64, steps: usize) -> AdamStep {
        let aside = self.rule == Rule::AdamW;
        AdamStep {
            learning_rate: learning_rate as f32,
            beta: BETA.map(|beta| beta as f32),
            epsilon: EPSILON,
            decay: if aside { 0.0 } else { self.weight_decay as f32 },
            shrink: if aside { (learning_rate * self.weight_decay) as f32 } else { 0.0 },
            correction: BETA.map(|beta| (1.0 - beta.powi(steps as i32)) as f32),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use burn::nn::{Linear, LinearConfig};
    use burn::optim::decay::WeightDecayConfig;
    use burn::optim::momentum::MomentumConfig;
    use burn::optim::{AdamConfig, AdamWConfig, SgdConfig};
    use burn::tensor::{Device, TensorData};
    use rand::RngExt;

    use crate::random::{Purpose, stream};

    /// One weight, 1 at the start, whose gradient is always `slope`.
    fn weights(config: OptimizerConfig, slope: f32, steps: usize) -> Vec<f32> {
        let device = Device::flex().autodiff();
        let module = LinearConfig::new(1, 1).with_bias(false).init(&device);
        let mut module: Linear = map_parameters(module, |_, w| w * 0.0 + 1.0);
        let mut optimizer = Optimizer::new(config);
        let mut found = Vec::new();
        for _ in 0..steps {
            let loss = (module.weight.val() * slope).sum();
            let gradients = GradientsParams::from_grads(loss.backward(), &module);
            module = optimizer.step(0.1, module, gradients);
            found.push(module.weight.val().into_scalar::<f32>());
        }
        found
    }

    /// As many weights as each seed draws, through steps whose gradients it draws too.
    fn is_burns(config: OptimizerConfig, burns: &impl burn::optim::Optimizer) {
        for seed in 0..20 {
            let mut rng = stream(seed, Purpose::SelfTest, 4);
            let count = rng.random_range(1..200);
            let mut draw = || {
                let values: Vec<f32> = (0..count).map(|_| rng.random_range(-1.0..1.0)).collect();
                Tensor::<1>::from_data(TensorData::new(values, [count]), &Device::flex())
            };
            let mut ours = draw();
            let (mut theirs, mut memory, mut state) = (ours.clone(), None, None);
            for _ in 0..8 {
                let gradient = draw();
                let (weights, after) = config.update(0.1, ours, gradient.clone(), memory);
                (ours, memory) = (weights, Some(after));
                (theirs, state) = burns.step(0.1, theirs, gradient, state);
                let [found, expected] = [&ours, &theirs]
                    .map(|weights| weights.to_data().iter::<f32>().collect::<Vec<_>>());
                close(&found, &expected);
            }
        }
    }

    #[test]
    fn every_rule_is_burns_over_many_steps() {
        for weight_decay in [0.0, 0.5] {
            let config = |rule| OptimizerConfig { rule, weight_decay, clip_norm: 0.0 };
            let decay = Some(WeightDecayConfig::new(weight_decay as f32));
            let adam = AdamConfig::new().with_epsilon(EPSILON).with_weight_decay(decay.clone());
            is_burns(config(Rule::Adam), &adam.build());
            let adam_w = AdamWConfig::new().with_epsilon(EPSILON);
            is_burns(config(Rule::AdamW), &adam_w.with_weight_decay(weight_decay as f32).build());
            // Burn's own default lets velocity take up less than the whole gradient.
            let momentum = MomentumConfig::new().with_dampening(0.0);
            let sgd = SgdConfig::new().with_momentum(Some(momentum)).with_weight_decay(decay);
            is_burns(config(Rule::Sgd), &sgd.build());
        }
    }

    fn close(found: &[f32], expected: &[f32]) {
        assert_eq!(found.len(), expected.len());
        let near = |(a, b): (&f32, &f32)| (a - b).abs() < 1e-5;
        assert!(found.iter().zip(expected).all(near), "{found:?} where {expected:?} is expected");
    }

    #[test]
    fn sgd_gathers_momentum_as_in_pytorch() {
        let sgd = OptimizerConfig { rule: Rule::Sgd, ..Default::default() };
        // v = 2, 3.8, 5.42; w falls by a tenth of each.
        close(&weights(sgd, 2.0, 3), &[0.8, 0.42, -0.122]);
        let decay = OptimizerConfig { weight_decay: 0.5, ..sgd };
        close(&weights(decay, 2.0, 1), &[0.75]);
    }

    #[test]
    fn adam_goes_a_learning_rate_a_step_whatever_the_slope() {
        for slope in [0.001, 5.0] {
            close(&weights(OptimizerConfig::default(), slope, 3), &[0.9, 0.8, 0.7]);
        }
    }

    #[test]
    fn adam_w_decays_beside_the_gradient_and_adam_within_it() {
        let adam_w = OptimizerConfig { rule: Rule::AdamW, weight_decay: 0.5, clip_norm: 0.0 };
        // 1 − 0.1 · 0.5 · 1 − 0.1
        close(&weights(adam_w, 3.0, 1), &[0.85]);
        close(&weights(OptimizerConfig { rule: Rule::Adam, ..adam_w }, 3.0, 1), &[0.9]);
    }

    #[test]
    fn a_long_gradient_is_clipped_and_a_short_one_is_not() {
        let clip = OptimizerConfig { rule: Rule::Sgd, clip_norm: 1.0, ..Default::default() };
        close(&weights(clip, 100.0, 1), &[0.9]);
        close(&weights(clip, 0.5, 1), &[0.95]);
    }
}
