//! The parameters of a module by name, whatever the module is.
//!
//! Burn's own records read from the device synchronously, which a browser's WebGPU cannot do. Here
//! parameters stay on the device, as flat tensors in a fixed order.

use std::collections::BTreeMap;

use burn::module::{Module, ModuleMapper, ModuleVisitor, Param};
use burn::optim::GradientsParams;
use burn::tensor::Tensor;

/// One parameter, on its device and outside autodiff.
#[derive(Debug, Clone)]
pub struct Parameter {
    /// Path of fields, such as `encoder.conv1.weight`.
    pub name: String,
    pub shape: Vec<usize>,
    /// All numbers, row by row, `[product of shape]`.
    pub values: Tensor<1>,
}

/// All parameters of a module, in the order in which it has them.
pub fn parameters<M: Module>(module: &M) -> Vec<Parameter> {
    let mut collect = Collect::default();
    module.visit(&mut collect);
    collect.parameters
}

/// Names of all parameters, and how many numbers each has. Those that are not drawn yet stay so.
pub(super) fn sizes<M: Module>(module: &M) -> Vec<(String, usize)> {
    let mut count = Count::default();
    module.visit(&mut count);
    count.sizes
}

/// The gradient of every parameter that has one, flat, by the parameter's name. The order of the names
/// is the same in every run; that of Burn's ids, which are drawn at random, is not.
pub fn gradients<M: Module>(module: &M, gradients: GradientsParams) -> BTreeMap<String, Tensor<1>> {
    let mut collect = Collect { gradients, ..Default::default() };
    module.visit(&mut collect);
    collect.found
}

/// Replaces the flat values of every parameter by what `change` makes of them and of the name.
pub fn map_parameters<M: Module>(module: M, change: impl FnMut(&str, Tensor<1>) -> Tensor<1>) -> M {
    module.map(&mut Change { path: Vec::new(), change })
}

#[derive(Default)]
struct Collect {
    path: Vec<String>,
    parameters: Vec<Parameter>,
    gradients: GradientsParams,
    found: BTreeMap<String, Tensor<1>>,
}

impl ModuleVisitor for Collect {
    fn enter_module(&mut self, name: &str, container: &str) {
        self.path.push(segment(name, container));
    }

    fn exit_module(&mut self, _name: &str, _container: &str) {
        self.path.pop();
    }

    fn visit_float<const D: usize>(&mut self, param: &Param<Tensor<D>>) {
        let name = join(&self.path);
        if let Some(gradient) = self.gradients.remove::<D>(param.id) {
            self.found.insert(name.clone(), flat(gradient));
        }
        let value = param.val().inner();
        let shape = value.dims().to_vec();
        self.parameters.push(Parameter { name, shape, values: flat(value) });
    }
}

#[derive(Default)]
struct Count {
    path: Vec<String>,
    sizes: Vec<(String, usize)>,
}

impl ModuleVisitor for Count {
    fn enter_module(&mut self, name: &str, container: &str) {
        self.path.push(segment(name, container));
    }

    fn exit_module(&mut self, _name: &str, _container: &str) {
        self.path.pop();
    }

    fn visit_float<const D: usize>(&mut self, param: &Param<Tensor<D>>) {
        self.sizes.push((join(&self.path), param.lazy_shape().num_elements()));
    }
}

struct Change<F> {
    path: Vec<String>,
    change: F,
}

impl<F: FnMut(&str, Tensor<1>) -> Tensor<1>> ModuleMapper for Change<F> {
    fn enter_module(&mut self, name: &str, container: &str) {
        self.path.push(segment(name, container));
    }

    fn exit_module(&mut self, _name: &str, _container: &str) {
        self.path.pop();
    }

    fn map_float<const D: usize>(&mut self, param: Param<Tensor<D>>) -> Param<Tensor<D>> {
        let (id, value, mapper) = param.consume();
        let (autodiff, learned, shape) =
            (value.is_autodiff(), value.is_require_grad(), value.dims());
        let changed = (self.change)(&join(&self.path), flat(value.inner())).reshape(shape);
        let changed = if autodiff { changed.autodiff() } else { changed };
        let changed = if learned { changed.require_grad() } else { changed };
        Param::from_mapped_value(id, changed, mapper)
    }
}

/// An enum names its variant, which a path can do without.
fn segment(name: &str, container: &str) -> String {
    if container.starts_with("Enum") { String::new() } else { name.into() }
}

fn join(path: &[String]) -> String {
    path.iter().filter(|s| !s.is_empty()).map(String::as_str).collect::<Vec<_>>().join(".")
}

fn flat<const D: usize>(tensor: Tensor<D>) -> Tensor<1> {
    let numbers = tensor.shape().num_elements();
    tensor.reshape([numbers])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::ModelConfig;
    use burn::tensor::Device;

    #[test]
    fn parameters_have_the_names_that_the_fields_have() {
        let model = ModelConfig::default().init(8, 0, &Device::flex()).unwrap();
        let found = parameters(&model);
        let names: Vec<&str> = found.iter().map(|p| p.name.as_str()).collect();
        assert_eq!(names[..2], ["encoder.conv1.weight", "encoder.conv1.bias"]);
        assert_eq!(names[9], "head.layers.1.bias");
        assert_eq!(found[0].shape, [64, 3, 3, 3]);
        let counted: Vec<(String, usize)> =
            found.iter().map(|p| (p.name.clone(), p.shape.iter().product())).collect();
        assert_eq!(sizes(&model), counted);
    }

    #[test]
    fn a_changed_parameter_still_learns() {
        let device = Device::flex();
        let model = ModelConfig::default().init(8, 0, &device.clone().autodiff()).unwrap();
        let model = map_parameters(model, |_, values| values * 0.0);
        assert!(
            parameters(&model)
                .iter()
                .all(|p| p.values.clone().abs().sum().into_scalar::<f32>() == 0.0)
        );
        let loss = model.forward(Tensor::ones([1, 3, 8, 8], &device).autodiff()).z.sum();
        let found = gradients(&model, GradientsParams::from_grads(loss.backward(), &model));
        assert_eq!(found.len(), 10);
        assert_eq!(found["encoder.conv1.bias"].dims(), [64]);
    }
}
