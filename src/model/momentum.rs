//! A copy of a network that follows it slowly.

use std::collections::BTreeMap;

use burn::module::Module;

use super::{map_parameters, parameters};

/// Moves every parameter of `copy` towards that of `model`: w ← m·w + (1 − m)·w′, the momentum encoder
/// of MoCo (He et al. 2020, arXiv:1911.05722, eq. 2).
///
/// With m = 0 the copy is the model, with m = 1 it stays as it is. No gradient reaches either.
///
/// ```
/// use burn::tensor::Device;
/// use contrastive_playground::model::{ModelConfig, follow, parameters};
/// let model = |seed| ModelConfig::default().init(8, seed, &Device::flex()).unwrap();
/// let copy = follow(model(1), &model(2), 0.0);
/// let first = |model| parameters(model)[0].values.to_data();
/// assert_eq!(first(&copy), first(&model(2)));
/// ```
pub fn follow<M: Module>(copy: M, model: &impl Module, momentum: f64) -> M {
    let mut new: BTreeMap<_, _> =
        parameters(model).into_iter().map(|p| (p.name, p.values)).collect();
    map_parameters(copy, |name, old| match new.remove(name) {
        Some(new) => old * momentum + new * (1.0 - momentum),
        None => old,
    })
}
