//! Initial weights, drawn on the CPU, so that both devices start equal.
//!
//! The distribution is PyTorch's default for convolutions and linear layers: weights and biases uniform
//! between −1/√fan-in and 1/√fan-in. All other parameters start as constants and are left alone.

use burn::module::{Module, ModuleMapper, Param};
use burn::tensor::{Device, Tensor, TensorData};
use rand::RngExt;

use crate::random::{Purpose, stream};

/// Draws every weight and bias of a module from the seed; its parameters are numbered from `first`.
pub(super) fn seeded<M: Module>(module: M, seed: u64, first: u64, device: &Device) -> M {
    let device = device.clone();
    module.map(&mut Seeded { seed, device, path: Vec::new(), number: first, fan_in: 1 })
}

struct Seeded {
    seed: u64,
    device: Device,
    /// Names and containers from the outermost in.
    path: Vec<(String, String)>,
    /// Of the parameter to be drawn next; each has its own stream.
    number: u64,
    /// Of the layer that is being visited; a layer's weight comes before its bias.
    fan_in: usize,
}

impl Seeded {
    /// Whether this is a parameter that is drawn, and if it is a weight, how many inputs it has.
    fn fan_in(&mut self, shape: &[usize]) -> Option<usize> {
        let (name, layer) = self.path.last()?;
        match (layer.as_str(), name.as_str()) {
            // Burn keeps a linear weight as [from, to], PyTorch as its transpose.
            ("Struct:Linear", "weight") => self.fan_in = shape[0],
            ("Struct:Conv2d", "weight") => self.fan_in = shape[1..].iter().product(),
            ("Struct:Linear" | "Struct:Conv2d", "bias") => {}
            _ => return None,
        }
        Some(self.fan_in)
    }
}

impl ModuleMapper for Seeded {
    fn enter_module(&mut self, name: &str, container: &str) {
        self.path.push((name.into(), container.into()));
    }

    fn exit_module(&mut self, _name: &str, _container: &str) {
        self.path.pop();
    }

    fn map_float<const D: usize>(&mut self, param: Param<Tensor<D>>) -> Param<Tensor<D>> {
        // Asked for without drawing the weights that burn itself would.
        let shape = param.lazy_shape();
        let Some(fan_in) = self.fan_in(&shape) else { return param };
        let bound = 1.0 / (fan_in as f32).sqrt();
        let mut rng = stream(self.seed, Purpose::Weights, self.number);
        self.number += 1;
        let values: Vec<f32> =
            (0..shape.num_elements()).map(|_| rng.random_range(-bound..bound)).collect();
        Param::from_data(TensorData::new(values, shape), &self.device)
    }
}
