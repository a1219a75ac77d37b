//! A run as a checkpoint, and back: weights, what the optimiser remembers, MoCo's queue and momentum
//! encoder, settings and counters. Chance needs no state of its own, being keyed by the counters.

use std::collections::BTreeMap;

use burn::module::Module;
use burn::tensor::{Device, Tensor};
use serde::{Deserialize, Serialize};

use super::optimizer::Memory;
use super::queue::{Moco, Origin, Queue};
use super::{Batches, Seen, TrainConfig, Trainer};
use crate::checkpoint::{self, Contents, unreadable};
use crate::model::{ContrastiveModel, Parameter, map_parameters, parameters};
use crate::{Error, Result};

/// Of the form of the file; one that is newer is refused.
const VERSION: u32 = 1;

/// All that is not a tensor.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct State {
    version: u32,
    side: usize,
    config: TrainConfig,
    done: usize,
    batches: Batches,
    /// Steps that the optimiser has made with each parameter.
    updates: BTreeMap<String, usize>,
    /// [`Queue::next`], where there is a queue.
    next_key: Option<usize>,
    /// [`Queue::origins`].
    #[serde(default)]
    keys: Vec<Option<Origin>>,
    /// Runs that were saved before this was written down have none.
    seen: Option<Seen>,
}

impl Trainer {
    /// The run as a safetensors file. From it, [`Trainer::load`] goes on as if it had never stopped.
    ///
    /// ```
    /// use burn::tensor::Device;
    /// use contrastive_playground::train::{TrainConfig, Trainer};
    /// let trainer = Trainer::new(TrainConfig::default(), 16, &Device::flex()).unwrap();
    /// let file = pollster::block_on(trainer.save()).unwrap();
    /// assert_eq!(Trainer::load(&file, &Device::flex()).unwrap().done(), 0);
    /// ```
    ///
    /// # Errors
    /// [`Error::Device`] where the device does not return the weights.
    pub async fn save(&self) -> Result<Vec<u8>> {
        let memory = self.optimizer.memory();
        let state = State {
            version: VERSION,
            side: self.side,
            config: self.config,
            done: self.done,
            batches: self.batches.clone(),
            updates: memory.iter().map(|(name, memory)| (name.clone(), memory.steps)).collect(),
            next_key: self.queue().map(Queue::next),
            keys: self.queue().map(|queue| queue.origins().to_vec()).unwrap_or_default(),
            seen: Some(self.seen.clone()),
        };
        let mut tensors = named("model", parameters(&self.model.valid()));
        for (name, memory) in memory {
            tensors.push(flat(&format!("optimizer.first.{name}"), memory.first.clone()));
            if let Some(second) = &memory.second {
                tensors.push(flat(&format!("optimizer.second.{name}"), second.clone()));
            }
        }
        if let Some(moco) = &self.moco {
            tensors.extend(named("keys", parameters(&moco.keys)));
            let keys = moco.queue.keys();
            let shape = keys.dims().to_vec();
            let values = keys.flatten(0, 1);
            tensors.push(Parameter { name: "queue".into(), shape, values });
        }
        let text = serde_json::to_string(&state).map_err(Error::device)?;
        checkpoint::write(text, tensors).await
    }

    /// A run from what [`Trainer::save`] gave.
    ///
    /// # Errors
    /// [`Error::UnreadableCheckpoint`] where the file is none, is cut off, is of a newer version, or
    /// does not fit itself.
    pub fn load(bytes: &[u8], device: &Device) -> Result<Self> {
        let mut file = checkpoint::read(bytes)?;
        let state: State = serde_json::from_str(&file.text).map_err(unreadable)?;
        if state.version > VERSION {
            return Err(unreadable("it was written by a newer version of this program"));
        }
        let mut trainer = Self::new(state.config, state.side, device)?;
        let device = device.clone().without_autodiff();
        trainer.model = fill("model", trainer.model, &mut file, &device)?;
        trainer.batches = state.batches;
        trainer.done = state.done;
        let nothing = state.done == 0;
        let unsaid = || if nothing { Seen::default() } else { Seen::unknown() };
        trainer.seen = state.seen.unwrap_or_else(unsaid);
        for parameter in parameters(&trainer.model) {
            let Some(&steps) = state.updates.get(&parameter.name) else { continue };
            let memory = remembered(&parameter, steps, &mut file, &device)?;
            trainer.optimizer.remember(parameter.name, memory);
        }
        if let Some(next) = state.next_key {
            trainer.moco = Some(trainer.load_moco(next, state.keys, &mut file, &device)?);
        }
        Ok(trainer)
    }

    fn load_moco(
        &self,
        next: usize,
        origins: Vec<Option<Origin>>,
        file: &mut Contents,
        device: &Device,
    ) -> Result<Moco> {
        let model = self.model.valid();
        let size = self.config.moco.queue;
        let projection = self.config.model.projection(self.side);
        let keys = file.take("queue", &[size, projection], device)?;
        Ok(Moco {
            keys: fill("keys", model, file, device)?,
            queue: Queue::resume(keys.reshape([size, projection]), origins, next),
        })
    }
}

fn remembered(
    parameter: &Parameter,
    steps: usize,
    file: &mut Contents,
    device: &Device,
) -> Result<Memory> {
    let shape = parameter.values.dims();
    let second = format!("optimizer.second.{}", parameter.name);
    Ok(Memory {
        steps,
        first: file.take(&format!("optimizer.first.{}", parameter.name), &shape, device)?,
        second: file.has(&second).then(|| file.take(&second, &shape, device)).transpose()?,
    })
}

fn named(prefix: &str, parameters: Vec<Parameter>) -> Vec<Parameter> {
    let name = |p: Parameter| Parameter { name: format!("{prefix}.{}", p.name), ..p };
    parameters.into_iter().map(name).collect()
}

fn flat(name: &str, values: Tensor<1>) -> Parameter {
    Parameter { name: name.into(), shape: values.dims().to_vec(), values }
}

/// The model with all its parameters from the file.
fn fill(
    prefix: &str,
    model: ContrastiveModel,
    file: &mut Contents,
    device: &Device,
) -> Result<ContrastiveModel> {
    let mut found = BTreeMap::new();
    for Parameter { name, shape, .. } in parameters(&model) {
        let values = file.take(&format!("{prefix}.{name}"), &shape, device)?;
        found.insert(name, values);
    }
    Ok(map_parameters(model, |name, values| found.remove(name).unwrap_or(values)))
}
