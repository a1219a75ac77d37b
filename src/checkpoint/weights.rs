//! A model's parameters as PyTorch has them: the names and layouts of its own modules.

use burn::tensor::Tensor;
use serde::Serialize;

use super::write;
use crate::model::{ContrastiveModel, Family, HeadKind, ModelConfig, Parameter, Size, parameters};
use crate::{Error, Result};

/// Parts of Burn's names, and what PyTorch says for them. In a transformer's layer Burn's second norm
/// stands before the attention, which is PyTorch's first.
const NAMES: [(&str, &str); 10] = [
    (".gamma", ".weight"),
    (".beta", ".bias"),
    ("mha.query.", "self_attn.in_proj_"),
    ("mha.key.", "self_attn.in_proj_"),
    ("mha.value.", "self_attn.in_proj_"),
    ("mha.output.", "self_attn.out_proj."),
    ("pwff.linear_inner.", "linear1."),
    ("pwff.linear_outer.", "linear2."),
    ("norm_2.", "norm1."),
    ("norm_1.", "norm2."),
];

/// What a reader needs to build the network, beside its weights.
#[derive(Serialize)]
struct About {
    family: Family,
    size: Size,
    head: HeadKind,
    side: usize,
    representation: usize,
    projection: usize,
}

/// Encoder and head as a safetensors file for PyTorch. The file's metadata says which network it is;
/// `contrastive_playground.py` builds it, and gives h and z.
///
/// `config` and `side` are those that the model was made from.
///
/// # Errors
/// [`Error::Device`] where the device does not return the weights.
pub async fn weights(
    model: &ContrastiveModel,
    config: &ModelConfig,
    side: usize,
) -> Result<Vec<u8>> {
    let ModelConfig { family, size, head } = *config;
    let representation = config.encoder(side).representation();
    let about =
        About { family, size, head, side, representation, projection: config.projection(side) };
    let text = serde_json::to_string(&about).map_err(Error::device)?;
    write(text, for_pytorch(parameters(model))).await
}

fn for_pytorch(parameters: Vec<Parameter>) -> Vec<Parameter> {
    let mut renamed: Vec<Parameter> = Vec::new();
    for parameter in parameters {
        let Parameter { name, shape, values } = transposed(parameter);
        let name = name_for_pytorch(&name);
        // Query, key and value, which come in this order, are one matrix there.
        match renamed.iter_mut().find(|other| other.name == name) {
            Some(other) => {
                other.shape[0] += shape[0];
                other.values = Tensor::cat(vec![other.values.clone(), values], 0);
            }
            None => renamed.push(Parameter { name, shape, values }),
        }
    }
    renamed
}

/// Linear weights, the only ones with two dimensions, are `[in, out]` here and `[out, in]` there.
fn transposed(parameter: Parameter) -> Parameter {
    let Parameter { name, shape, values } = parameter;
    let [inputs, outputs] = shape[..] else { return Parameter { name, shape, values } };
    let values = values.reshape([inputs, outputs]).transpose().flatten(0, 1);
    Parameter { name, shape: vec![outputs, inputs], values }
}

fn name_for_pytorch(name: &str) -> String {
    let name = NAMES.iter().fold(name.to_string(), |name, (from, to)| name.replace(from, to));
    // The head is a Sequential, with a ReLU between two layers.
    match name.strip_prefix("head.layers.").and_then(|rest| rest.split_once('.')) {
        Some((layer, rest)) => format!("head.{}.{rest}", 2 * layer.parse().unwrap_or(0)),
        None => name,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use burn::tensor::Device;
    use pollster::block_on;
    use safetensors::SafeTensors;

    /// Shapes and numbers by name.
    type Read = BTreeMap<String, (Vec<usize>, Vec<f32>)>;

    fn small(family: Family, head: HeadKind) -> (ContrastiveModel, ModelConfig) {
        let config = ModelConfig { family, size: Size::Small, head };
        (config.init(8, 5, &Device::flex()).unwrap(), config)
    }

    fn read(model: &ContrastiveModel, config: &ModelConfig) -> Read {
        let bytes = block_on(weights(model, config, 8)).unwrap();
        let file = SafeTensors::deserialize(&bytes).unwrap();
        let mut found = Read::new();
        for (name, view) in file.iter() {
            let numbers =
                view.data().as_chunks::<4>().0.iter().map(|&four| f32::from_le_bytes(four));
            found.insert(name.into(), (view.shape().to_vec(), numbers.collect()));
        }
        found
    }

    fn of_model(model: &ContrastiveModel, name: &str) -> Vec<f32> {
        let found = parameters(model).into_iter().find(|p| p.name == name).expect(name);
        found.values.into_data().iter().collect()
    }

    fn transpose(rows: usize, numbers: &[f32]) -> Vec<f32> {
        let columns = numbers.len() / rows;
        (0..numbers.len()).map(|i| numbers[i % rows * columns + i / rows]).collect()
    }

    #[test]
    fn convolutions_stay_and_linear_layers_are_transposed() {
        let (model, config) = small(Family::Article, HeadKind::Mlp3);
        let found = read(&model, &config);
        let names: Vec<&str> = found.keys().map(String::as_str).collect();
        let layers = ["encoder.conv1", "encoder.conv2", "encoder.linear", "head.0", "head.2"];
        let layers = layers.iter().chain(&["head.4"]);
        let expected: Vec<String> = layers
            .flat_map(|layer| ["bias", "weight"].map(|part| format!("{layer}.{part}")))
            .collect();
        assert_eq!(names, expected);
        let (shape, numbers) = &found["encoder.conv2.weight"];
        assert_eq!(shape, &[64, 32, 3, 3]);
        assert_eq!(numbers, &of_model(&model, "encoder.conv2.weight"));
        let (shape, numbers) = &found["head.2.weight"];
        assert_eq!(shape, &[128, 128]);
        assert_eq!(numbers, &transpose(128, &of_model(&model, "head.layers.1.weight")));
        let (shape, numbers) = &found["encoder.linear.weight"];
        assert_eq!(shape, &[128, 64 * 2 * 2]);
        assert_eq!(numbers, &transpose(256, &of_model(&model, "encoder.linear.weight")));
    }

    #[test]
    fn norms_have_weight_and_bias() {
        let (model, config) = small(Family::Resnet, HeadKind::None);
        let found = read(&model, &config);
        assert_eq!(found.len(), parameters(&model).len());
        assert!(found.keys().all(|name| name.ends_with(".weight") || name.ends_with(".bias")));
        assert_eq!(found["encoder.stem.norm.weight"].1, vec![1.0; 16]);
        assert_eq!(found["encoder.blocks.1.shortcut.norm.bias"].1, vec![0.0; 32]);
        let (shape, numbers) = &found["encoder.blocks.1.first.conv.weight"];
        assert_eq!(shape, &[32, 16, 3, 3]);
        assert_eq!(numbers, &of_model(&model, "encoder.blocks.1.first.conv.weight"));
    }

    #[test]
    fn query_key_and_value_are_one_matrix_in_this_order() {
        let (model, config) = small(Family::Vit, HeadKind::Linear);
        let found = read(&model, &config);
        let layer = "encoder.layers.layers.1";
        let parts = ["query", "key", "value"].map(|part| format!("{layer}.mha.{part}"));
        let of = |part: &String, of: &str| of_model(&model, &format!("{part}.{of}"));
        let (shape, numbers) = &found[&format!("{layer}.self_attn.in_proj_weight")];
        assert_eq!(shape, &[3 * 64, 64]);
        let expected: Vec<f32> =
            parts.iter().flat_map(|part| transpose(64, &of(part, "weight"))).collect();
        assert_eq!(numbers, &expected);
        let (shape, numbers) = &found[&format!("{layer}.self_attn.in_proj_bias")];
        assert_eq!(shape, &[3 * 64]);
        let expected: Vec<f32> = parts.iter().flat_map(|part| of(part, "bias")).collect();
        assert_eq!(numbers, &expected);
        let (shape, numbers) = &found[&format!("{layer}.linear1.weight")];
        assert_eq!(shape, &[128, 64]);
        let inner = of_model(&model, &format!("{layer}.pwff.linear_inner.weight"));
        assert_eq!(numbers, &transpose(64, &inner));
    }

    #[test]
    fn the_file_says_which_network_it_is() {
        let (model, config) = small(Family::Vit, HeadKind::None);
        let bytes = block_on(weights(&model, &config, 8)).unwrap();
        let text = crate::checkpoint::read(&bytes).unwrap().text;
        let about: serde_json::Value = serde_json::from_str(&text).unwrap();
        let expected = serde_json::json!({
            "family": "vit", "size": "small", "head": "none", "side": 8,
            "representation": 64, "projection": 64,
        });
        assert_eq!(about, expected);
    }

    /// A convolution of 3×3 that keeps the side, ReLU, and the largest of each 2×2.
    fn round(found: &Read, layer: &str, image: &[f32], side: usize) -> Vec<f32> {
        let (shape, kernel) = &found[&format!("{layer}.weight")];
        let bias = &found[&format!("{layer}.bias")].1;
        let at = |channel: usize, y: usize, x: usize| {
            let inside = (1..=side).contains(&y) && (1..=side).contains(&x);
            if inside { image[(channel * side + y - 1) * side + x - 1] } else { 0.0 }
        };
        let sum = |out: usize, y: usize, x: usize| {
            let one = |i: usize| {
                let (channel, row, column) = (i / 9, i % 9 / 3, i % 3);
                kernel[out * shape[1] * 9 + i] * at(channel, y + row, x + column)
            };
            (bias[out] + (0..shape[1] * 9).map(one).sum::<f32>()).max(0.0)
        };
        let half = side / 2;
        let pooled = |i: usize| {
            let (out, y, x) = (i / (half * half), i / half % half * 2, i % half * 2);
            let four = [(y, x), (y, x + 1), (y + 1, x), (y + 1, x + 1)];
            four.map(|(y, x)| sum(out, y, x)).into_iter().fold(0.0, f32::max)
        };
        (0..shape[0] * half * half).map(pooled).collect()
    }

    #[test]
    fn computed_by_hand_from_the_file_h_is_the_models() {
        let (model, config) = small(Family::Article, HeadKind::Linear);
        let found = read(&model, &config);
        let image: Vec<f32> = (0..3 * 8 * 8).map(|i| (i * 37 % 101) as f32 / 100.0).collect();
        let x = round(&found, "encoder.conv1", &image, 8);
        let x = round(&found, "encoder.conv2", &x, 4);
        let weight = &found["encoder.linear.weight"].1;
        let rows = weight.chunks(x.len()).zip(&found["encoder.linear.bias"].1);
        let by_hand =
            rows.map(|(row, bias)| bias + row.iter().zip(&x).map(|(w, x)| w * x).sum::<f32>());
        let images =
            Tensor::<1>::from_floats(image.as_slice(), &Device::flex()).reshape([1, 3, 8, 8]);
        let h: Vec<f32> = model.encoder.forward(images).into_data().iter().collect();
        let apart = by_hand.zip(&h).map(|(ours, its)| (ours - its).abs()).fold(0.0, f32::max);
        assert_eq!(h.len(), 128);
        assert!(apart < 1e-5, "{apart}");
    }
}
