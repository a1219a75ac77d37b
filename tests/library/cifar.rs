//! CIFAR-10's training and test pictures, where `../shared/cifar10` has them.

use std::path::Path;

use contrastive_playground::dataset::{ImageSet, read_cifar10};

pub fn cifar() -> Option<[ImageSet; 2]> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/cifar10");
    let read = |file| std::fs::read(folder.join(file)).ok().map(|bytes| read_cifar10(&bytes));
    Some([read("train.bin")?.unwrap(), read("test.bin")?.unwrap()])
}
