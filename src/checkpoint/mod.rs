//! Tensors with names, and a text about them, as one safetensors file: in and out.
//!
//! The format is [safetensors](https://github.com/huggingface/safetensors), which PyTorch, JAX and
//! Python programs read; nothing in it can be run.

mod weights;

use std::collections::{BTreeMap, HashMap};

use burn::tensor::{Device, Tensor, TensorData, Transaction};
use safetensors::tensor::{Dtype, Metadata, SafeTensors, TensorView, serialize};

pub use weights::weights;

use crate::model::Parameter;
use crate::{Error, Result};

/// Key of the text in the file's own metadata.
const TEXT: &str = "contrastive-playground";

/// What a file holds.
#[derive(Debug, Clone, PartialEq)]
pub struct Contents {
    /// What was given to [`write`].
    pub text: String,
    tensors: BTreeMap<String, (Vec<usize>, Vec<f32>)>,
}

/// Reads the tensors from their device, all at once, and writes them.
///
/// # Errors
/// [`Error::Device`] where the device does not return them.
pub async fn write(text: String, tensors: Vec<Parameter>) -> Result<Vec<u8>> {
    let mut reads = Transaction::default();
    let mut infos = Vec::new();
    for Parameter { name, shape, values } in tensors {
        reads = reads.register(values);
        infos.push((name, shape));
    }
    let read = reads.execute_async().await.map_err(Error::device)?;
    let views = infos.iter().zip(&read).map(|((name, shape), data)| {
        let view = TensorView::new(Dtype::F32, shape.clone(), data.as_bytes());
        view.map(|view| (name, view)).map_err(Error::device)
    });
    let views = views.collect::<Result<Vec<_>>>()?;
    serialize(views, Some(HashMap::from([(TEXT.into(), text)]))).map_err(Error::device)
}

/// # Errors
/// [`Error::UnreadableCheckpoint`] for a file that is not one, is cut off, or holds other than f32.
pub fn read(bytes: &[u8]) -> Result<Contents> {
    let (_, metadata) = SafeTensors::read_metadata(bytes).map_err(unreadable)?;
    let text = text_of(&metadata).ok_or_else(|| unreadable("it is of another program"))?;
    let file = SafeTensors::deserialize(bytes).map_err(unreadable)?;
    let tensors = file.iter().map(|(name, view)| {
        if view.dtype() != Dtype::F32 {
            return Err(unreadable(format!("\"{name}\" does not hold 32-bit numbers")));
        }
        let numbers = view.data().as_chunks::<4>().0.iter().map(|&bytes| f32::from_le_bytes(bytes));
        Ok((name.to_string(), (view.shape().to_vec(), numbers.collect())))
    });
    Ok(Contents { text, tensors: tensors.collect::<Result<_>>()? })
}

fn text_of(metadata: &Metadata) -> Option<String> {
    metadata.metadata().as_ref()?.get(TEXT).cloned()
}

pub(crate) fn unreadable(reason: impl core::fmt::Display) -> Error {
    Error::UnreadableCheckpoint { reason: reason.to_string() }
}

impl Contents {
    /// Takes out a tensor, flat, onto a device.
    ///
    /// # Errors
    /// [`Error::UnreadableCheckpoint`] where there is none of that name and shape, or where it holds a
    /// number that is none.
    pub fn take(&mut self, name: &str, shape: &[usize], device: &Device) -> Result<Tensor<1>> {
        let (found, numbers) = self
            .tensors
            .remove(name)
            .ok_or_else(|| unreadable(format!("\"{name}\" is missing from it")))?;
        if found != shape {
            return Err(unreadable(format!("\"{name}\" is {found:?} where {shape:?} is needed")));
        }
        if !numbers.iter().all(|number| number.is_finite()) {
            return Err(unreadable(format!("\"{name}\" holds a number that is none")));
        }
        let count = numbers.len();
        Ok(Tensor::from_data(TensorData::new(numbers, [count]), device))
    }

    /// Is there a tensor of that name?
    pub fn has(&self, name: &str) -> bool {
        self.tensors.contains_key(name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use pollster::block_on;

    fn written() -> Vec<u8> {
        let values = Tensor::from_floats([1.0, -2.5, 3.0, 0.0, 5.0, 6.0], &Device::flex());
        let weight = Parameter { name: "weight".into(), shape: vec![2, 3], values };
        block_on(write("hello".into(), vec![weight])).unwrap()
    }

    #[test]
    fn what_was_written_is_read() {
        let mut contents = read(&written()).unwrap();
        assert_eq!(contents.text, "hello");
        let values = contents.take("weight", &[2, 3], &Device::flex()).unwrap();
        let numbers: Vec<f32> = values.into_data().iter().collect();
        assert_eq!(numbers, [1.0, -2.5, 3.0, 0.0, 5.0, 6.0]);
        assert!(!contents.has("weight"));
    }

    #[test]
    fn a_file_cut_anywhere_is_refused_and_said_why() {
        let whole = written();
        for end in 0..whole.len() {
            let error = read(&whole[..end]).unwrap_err();
            assert!(matches!(error, Error::UnreadableCheckpoint { .. }), "{end}: {error:?}");
        }
        assert!(read(b"certainly not a checkpoint").is_err());
    }

    #[test]
    fn a_tensor_of_another_shape_or_name_is_refused() {
        let take = |name, shape: &[usize]| {
            read(&written()).unwrap().take(name, shape, &Device::flex()).unwrap_err().to_string()
        };
        assert!(take("weight", &[3, 2]).contains("[2, 3]"));
        assert!(take("bias", &[2]).contains("missing"));
    }
}
