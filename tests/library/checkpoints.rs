//! Checkpoints of the first version that had any (24 November 2026): before our own kernels, and before a file said which
//! pictures its run had seen and where MoCo's keys came from.
//!
//! The headers in `checkpoints` are as that version wrote them, after two steps. The numbers that followed would be a
//! megabyte, so others take their place, from a formula; that version loaded the file, and went on with these losses.

use std::collections::BTreeMap;

use burn::tensor::Device;
use contrastive_playground::dataset::ImageSet;
use contrastive_playground::train::Trainer;
use pollster::block_on;
use serde_json::Value;

struct Old {
    header: &'static str,
    /// Of the other four steps of the epoch. Beyond it MoCo's would differ: a queue's keys of the query's own picture
    /// no longer count.
    losses: [f32; 4],
}

/// Of the smallest encoders, with Adam, SGD and AdamW.
const ARTICLE: Old = Old {
    header: include_str!("checkpoints/simclr.json"),
    losses: [1.8913741, 1.6517873, 1.8321648, 1.7499609],
};
const MOCO: Old = Old {
    header: include_str!("checkpoints/moco.json"),
    losses: [2.7787008, 2.0327148, 1.7667229, 1.7758569],
};
const RESNET: Old = Old {
    header: include_str!("checkpoints/resnet.json"),
    losses: [1.9427471, 1.937707, 1.9403315, 1.9326982],
};
const VIT: Old = Old {
    header: include_str!("checkpoints/vit.json"),
    losses: [1.9415464, 1.9278412, 1.9305258, 1.9301805],
};

/// Kernels of now round otherwise: by 1e-5, and 2e-4 in the residual network. Were nothing remembered by the optimiser,
/// some loss of each would be off by 4e-3 or more.
const TOLERANCE: f32 = 5e-4;

/// A number from −1 to 1 for every place, the same for all times.
fn uneven(place: usize) -> f32 {
    let mix = |bits: u32| (bits ^ (bits >> 16)).wrapping_mul(0x045d_9f3b);
    (mix(mix(place as u32 + 1)) >> 8) as f32 / (1 << 23) as f32 - 1.0
}

/// Each of a color of its own, with grain.
fn pictures() -> ImageSet {
    let mut set = ImageSet::new(8).unwrap();
    for picture in 0..24 {
        let byte = |place: usize| {
            let (color, grain) = (uneven(3 * picture + place % 3), uneven(192 * picture + place));
            (127.5 + 90.0 * color + 37.0 * grain) as u8
        };
        set.push("picture", &(0..192).map(byte).collect::<Vec<_>>()).unwrap();
    }
    set
}

/// A safetensors file: the header's length, the header, and its numbers. Mean squares are above zero.
fn file(header: &str) -> Vec<u8> {
    let parts: Value = serde_json::from_str(header).unwrap();
    let mut numbers = BTreeMap::new();
    for (name, tensor) in parts.as_object().unwrap() {
        let Some(offsets) = tensor["data_offsets"].as_array() else { continue };
        let [from, to] = [0, 1].map(|end| offsets[end].as_u64().unwrap() as usize / 4);
        let squares = name.starts_with("optimizer.second");
        for place in from..to {
            let value = 0.1 * uneven(place);
            numbers.insert(place, if squares { 0.01 + value * value } else { value });
        }
    }
    let mut file = (header.len() as u64).to_le_bytes().to_vec();
    file.extend(header.bytes());
    file.extend(numbers.into_values().flat_map(f32::to_le_bytes));
    file
}

fn load(old: &Old) -> Trainer {
    Trainer::load(&file(old.header), &Device::flex()).unwrap()
}

#[test]
fn old_checkpoints_go_on_with_the_losses_that_they_had() {
    let set = pictures();
    for old in [ARTICLE, MOCO, RESNET, VIT] {
        let mut trainer = load(&old);
        assert_eq!(trainer.done(), 2);
        for expected in old.losses {
            let found: f32 = trainer.step(&set).unwrap().output.loss.into_scalar();
            let model = trainer.config().model;
            assert!(
                (found - expected).abs() < TOLERANCE,
                "{model:?}: {found} where {expected} was"
            );
        }
    }
}

#[test]
fn by_a_run_whose_pictures_are_unknown_nobody_may_judge() {
    let set = pictures();
    let mut trainer = load(&ARTICLE);
    let all: Vec<usize> = (0..set.len()).collect();
    let nobody = |trainer: &Trainer| {
        let seen = trainer.seen();
        assert!(seen.unseen(&set, &all).is_empty() && seen.with_labels());
    };
    nobody(&trainer);
    assert_eq!(trainer.seen().count(), 0);
    // Also when it has gone on, and is saved in the form of now.
    trainer.step(&set).unwrap();
    let now = block_on(trainer.save()).unwrap();
    nobody(&Trainer::load(&now, &Device::flex()).unwrap());
}

#[test]
fn keys_of_an_old_queue_come_from_nowhere_until_others_take_their_places() {
    let mut trainer = load(&MOCO);
    let queue = trainer.queue().unwrap();
    assert_eq!((queue.len(), queue.next(), queue.random()), (10, 8, 10));
    trainer.step(&pictures()).unwrap();
    let queue = trainer.queue().unwrap();
    assert_eq!((queue.next(), queue.random()), (2, 6));
    let known = |row: usize| queue.origins()[row].is_some();
    assert!([8, 9, 0, 1].into_iter().all(known));
}
