//! The weights file beside PyTorch: what the page's Python file makes of it is what the model gives.
//!
//! `PYTHON` names the interpreter; without PyTorch there, the test says so and is done.

use std::env;
use std::fs::{read, write};
use std::path::Path;
use std::process::Command;

use burn::tensor::{Device, Tensor, TensorData};
use contrastive_playground::checkpoint::weights;
use contrastive_playground::dataset::{ImageSet, SIDES, resize_square};
use contrastive_playground::model::{
    ContrastiveModel, Family, HeadKind, ModelConfig, Projected, Size, map_parameters,
};
use pollster::block_on;
use tempfile::tempdir;

/// At which the page keeps pictures.
const KEPT: usize = 64;
const PICTURES: usize = 3;

/// For every weights file of a folder: h and z of the pictures, and these at the model's side, as raw numbers.
const SCRIPT: &str = r#"
import pathlib, sys
import numpy as np, torch
sys.path.insert(0, "www/take-away")
from contrastive_playground import embed, load, resize
folder = pathlib.Path(sys.argv[1])
def pictures(side):
    return np.fromfile(folder / f"{side}.rgb", np.uint8).reshape(-1, side, side, 3)
for path in folder.glob("*.safetensors"):
    model = load(path)
    h = embed(model, pictures(model.side))
    h.tofile(path.with_suffix(".h"))
    model.head(torch.from_numpy(h)).detach().numpy().tofile(path.with_suffix(".z"))
    resized = (resize(pictures(64), model.side) * 255).permute(0, 2, 3, 1)
    resized.round().byte().numpy().tofile(folder / f"{model.side}.theirs")
"#;

fn python() -> Command {
    Command::new(env::var("PYTHON").unwrap_or_else(|_| "python3".into()))
}

fn has_pytorch() -> bool {
    let output = python().args(["-c", "import numpy, torch"]).output();
    output.is_ok_and(|output| output.status.success())
}

/// Every family at every size, and every head.
fn models() -> Vec<(ModelConfig, usize)> {
    let sizes = |family| Size::ALL.map(|size| ModelConfig { family, size, ..Default::default() });
    let heads = [HeadKind::None, HeadKind::Linear, HeadKind::Mlp3];
    let heads = heads.map(|head| ModelConfig { size: Size::Small, head, ..Default::default() });
    let all = Family::ALL.into_iter().flat_map(sizes).chain(heads).map(|config| (config, 32));
    // A transformer's patches are larger for large pictures.
    let large = ModelConfig { family: Family::Vit, size: Size::Small, ..Default::default() };
    let others = [(large, 64), (ModelConfig::default(), 16), (ModelConfig::default(), 48)];
    all.chain(others).collect()
}

/// As if it had learned: new norms are all alike, and one could be taken for the other.
fn changed(model: ContrastiveModel) -> ContrastiveModel {
    let mut count = 0;
    map_parameters(model, |_, values| {
        count += 1;
        let waves = (0..values.dims()[0]).map(|i| 0.1 * ((i * 7 + count * 13) as f32).sin());
        let waves = TensorData::new(waves.collect::<Vec<f32>>(), values.dims());
        values + Tensor::from_data(waves, &Device::flex())
    })
}

/// Waves, and noise upon them, row by row.
fn pictures() -> Vec<u8> {
    let byte = |i: usize| {
        let (wave, noise) = ((i as f32 / 91.0).sin(), (i as f32 * 7.3).sin());
        (128.0 + 90.0 * wave + 30.0 * noise) as u8
    };
    (0..PICTURES * KEPT * KEPT * 3).map(byte).collect()
}

fn at_side(pictures: &[u8], side: usize) -> Vec<u8> {
    let resized = |square: &[u8]| resize_square("", square, KEPT, side).unwrap();
    pictures.chunks(KEPT * KEPT * 3).flat_map(resized).collect()
}

fn batch(pictures: &[u8], side: usize) -> Tensor<4> {
    let mut set = ImageSet::new(side).unwrap();
    for square in pictures.chunks(side * side * 3) {
        set.push("", square).unwrap();
    }
    set.batch(&Vec::from_iter(0..set.len()), &Device::flex()).unwrap()
}

/// Writes all models into the folder, and gives each one's name and what it makes of the pictures.
fn export(folder: &Path, pictures: &[u8]) -> Vec<(String, Projected)> {
    let one = |(config, side): (ModelConfig, usize)| {
        let ModelConfig { family, size, head } = config;
        let name = format!("{family:?}-{size:?}-{head:?}-{side}");
        let model = changed(config.init(side, 9, &Device::flex()).unwrap());
        let saved = block_on(weights(&model, &config, side)).unwrap();
        write(folder.join(format!("{name}.safetensors")), saved).unwrap();
        (name, model.forward(batch(&at_side(pictures, side), side)))
    };
    models().into_iter().map(one).collect()
}

/// The largest difference; 0.01 at 100 counts as much as 0.0001 at 1.
fn difference(ours: Tensor<2>, file: &Path) -> f32 {
    let bytes = read(file).unwrap();
    let theirs = bytes.as_chunks::<4>().0.iter().map(|&four| f32::from_le_bytes(four));
    let ours: Vec<f32> = ours.into_data().iter().collect();
    assert_eq!(ours.len() * 4, bytes.len(), "{file:?}");
    let apart = ours.iter().zip(theirs).map(|(a, b)| (a - b).abs() / a.abs().max(1.0));
    // Not f32::max, which passes over what is no number.
    apart.fold(0.0, |most, apart| if apart <= most { most } else { apart })
}

#[test]
fn pytorch_gives_the_same_representations_and_projections() {
    if !has_pytorch() {
        eprintln!(
            "Skipped: there is no PyTorch. Install it, or name another interpreter in PYTHON."
        );
        return;
    }
    let folder = tempdir().unwrap();
    let file = |name: String| folder.path().join(name);
    let pictures = pictures();
    for side in SIDES {
        write(file(format!("{side}.rgb")), at_side(&pictures, side)).unwrap();
    }
    let expected = export(folder.path(), &pictures);
    let output = python().args(["-B", "-c", SCRIPT]).arg(folder.path()).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    for (name, Projected { h, z }) in expected {
        let h = difference(h, &file(format!("{name}.h")));
        let z = difference(z, &file(format!("{name}.z")));
        println!("{name}: h {h:.1e}, z {z:.1e}");
        assert!(h < 1e-4 && z < 1e-4, "{name}: h {h}, z {z}");
    }
    for side in SIDES {
        let theirs = read(file(format!("{side}.theirs"))).unwrap();
        let apart = |(a, b): (&u8, &u8)| a.abs_diff(*b);
        let apart: Vec<u8> = at_side(&pictures, side).iter().zip(&theirs).map(apart).collect();
        // Where a mean is just between two numbers, either may be taken.
        let other = apart.iter().filter(|&&apart| apart > 0).count();
        assert!(
            apart.iter().all(|&apart| apart <= 1) && other * 200 < apart.len(),
            "{side}: {other}"
        );
    }
}
