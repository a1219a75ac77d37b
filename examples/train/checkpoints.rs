//! Runs to files, and back.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use burn::tensor::Device;
use contrastive_playground::train::{TrainConfig, Trainer};
use pollster::block_on;

use crate::failure::{Failure, Result};
use crate::options::Options;

/// The run of a checkpoint, with its settings; of what was given, only the steps count.
///
/// # Errors
/// [`Failure::Input`] for a file that is no checkpoint, and for one with nothing left to do.
pub fn resume(path: &Path, options: &Options, device: &Device) -> Result<Trainer> {
    let bytes = fs::read(path).map_err(|error| Failure::of_file(path, "read", error))?;
    let mut trainer = Trainer::load(&bytes, device)
        .map_err(|error| Failure::Input(format!("{}: {error}", path.display())))?;
    let saved = *trainer.config();
    let steps = options.config(saved)?.steps;
    trainer.configure(TrainConfig { steps, ..saved });
    if trainer.is_finished() {
        let message = format!("holds {} steps of {steps}. Give more with --steps.", trainer.done());
        return Err(Failure::Input(format!("{} {message}", path.display())));
    }
    Ok(trainer)
}

/// Would a checkpoint find its place? Better known before the training than after it.
///
/// # Errors
/// [`Failure::Input`] where it would not.
pub fn check_target(path: &Path) -> Result<()> {
    let draft = draft(path);
    let written = if path.is_dir() {
        Err(std::io::ErrorKind::IsADirectory.into())
    } else {
        fs::write(&draft, []).and_then(|()| fs::remove_file(&draft))
    };
    written.map_err(|error| Failure::of_file(path, "written", error))
}

/// Writes the run. A file that is there is replaced only once the new one is whole.
///
/// # Errors
/// [`Failure::Run`] where the disk does not take it.
pub fn save(path: &Path, trainer: &Trainer) -> Result<()> {
    let bytes = block_on(trainer.save())?;
    let draft = draft(path);
    let written = fs::write(&draft, bytes).and_then(|()| fs::rename(&draft, path));
    written.map_err(|error| {
        let _ = fs::remove_file(&draft);
        Failure::Run(format!("The checkpoint {} cannot be written: {error}.", path.display()))
    })
}

/// Beside the file, so that it can be renamed.
fn draft(path: &Path) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(".part");
    name.into()
}
