//! The update of the weights: Adam, AdamW, or SGD with momentum.

use std::collections::BTreeMap;

use burn::module::{Module, ModuleVisitor, Param};
use burn::optim::{
    AdamConfig, AdamState, AdamWConfig, AdamWState, AdaptiveMomentumState, GradientsParams,
    Optimizer as _, WeightDecayConfig,
};
use burn::tensor::Tensor;
use serde::{Deserialize, Serialize};

use crate::model::{Parameter, map_parameters};

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

/// The rule and what it remembers of earlier gradients.
#[derive(Debug, Clone)]
pub struct Optimizer {
    config: OptimizerConfig,
    memory: BTreeMap<String, Memory>,
}

/// What is remembered for one parameter, flat, on the device.
#[derive(Debug, Clone)]
struct Memory {
    steps: usize,
    /// Mean gradient, or SGD's velocity.
    first: Tensor<1>,
    /// Mean squared gradient; not for SGD.
    second: Option<Tensor<1>>,
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

    /// The module after one update. Parameters without a gradient stay.
    pub fn step<M: Module>(
        &mut self,
        learning_rate: f64,
        module: M,
        gradients: GradientsParams,
    ) -> M {
        let Self { config, memory } = self;
        let mut gradients = flat_gradients(&module, gradients);
        let clip = config.clip_factor(gradients.values());
        map_parameters(module, |name, id, weights| {
            let Some(mut gradient) = gradients.remove(&id) else { return weights };
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
    fn clip_factor<'a>(
        &self,
        gradients: impl Iterator<Item = &'a Tensor<1>>,
    ) -> Option<Tensor<1>> {
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
        match self.rule {
            Rule::Adam => {
                let decay = (self.weight_decay > 0.0)
                    .then(|| WeightDecayConfig::new(self.weight_decay as f32));
                let adam = AdamConfig::new().with_epsilon(EPSILON).with_weight_decay(decay).build();
                let state = memory.and_then(Memory::moments).map(AdamState::new);
                let (weights, state) = adam.step(learning_rate, weights, gradient, state);
                (weights, Memory::of(state.map(|s| s.momentum)))
            }
            Rule::AdamW => {
                let decay = self.weight_decay as f32;
                let adam =
                    AdamWConfig::new().with_epsilon(EPSILON).with_weight_decay(decay).build();
                let state = memory.and_then(Memory::moments).map(AdamWState::new);
                let (weights, state) = adam.step(learning_rate, weights, gradient, state);
                (weights, Memory::of(state.map(|s| s.momentum)))
            }
            Rule::Sgd => {
                let gradient = gradient + weights.clone() * self.weight_decay as f32;
                let (steps, velocity) = match memory {
                    Some(memory) => (memory.steps, memory.first * MOMENTUM + gradient),
                    None => (0, gradient),
                };
                let weights = weights - velocity.clone() * learning_rate as f32;
                (weights, Memory { steps: steps + 1, first: velocity, second: None })
            }
        }
    }
}
