//! Pictures to train on, and pictures to judge by.

use std::fs::{self, DirEntry};
use std::path::{Path, PathBuf};

use contrastive_playground::dataset::{ImageSet, ShapesConfig, read_cifar10};
use contrastive_playground::evaluate::{SplitConfig, labels_as};

use crate::decode::decode;
use crate::failure::{Failure, Result, say};
use crate::options::Options;

/// Side of CIFAR-10's pictures.
const CIFAR_SIDE: usize = 32;

pub struct Pictures {
    pub train: ImageSet,
    /// None where no label can be judged by.
    pub held_out: Option<ImageSet>,
}

impl Pictures {
    /// Loads what the options name.
    ///
    /// # Errors
    /// [`Failure::Input`] for a path that cannot be used.
    pub fn load(options: &Options, side: usize, seed: u64) -> Result<Self> {
        let test = options.test.as_deref().map(|path| load(path, side)).transpose()?;
        // As on the page: the run's seed is not the pictures'.
        let shapes = ShapesConfig { side, ..Default::default() };
        let drawn = options.data == Path::new("shapes");
        let data = if drawn { shapes.draw()?.images } else { load(&options.data, side)? };
        let (train, held_out) = match test {
            Some(test) => (data, test),
            None if drawn => (data, shapes.held_out().draw()?.images),
            None => split(data, seed)?,
        };
        let labelled = |labels: &[Option<usize>]| labels.iter().any(Option::is_some);
        let judged = labelled(train.labels()) && labelled(&labels_as(&train, &held_out));
        if !judged && (options.probe || options.few_labels.is_some()) {
            return Err(Failure::Input(NO_LABELS.into()));
        }
        Ok(Self { train, held_out: judged.then_some(held_out) })
    }
}

const NO_LABELS: &str = "--probe and --few-labels need labels, in the data and in what is held out. \
    Put pictures of a kind into a sub-folder of their own, and several in each.";

/// Holds a fifth back, unless there is no label to judge by.
fn split(all: ImageSet, seed: u64) -> Result<(ImageSet, ImageSet)> {
    if all.labels().iter().all(Option::is_none) {
        let none = all.subset(&[])?;
        return Ok((all, none));
    }
    let split = SplitConfig { seed, ..Default::default() }.split(all.labels())?;
    Ok((all.subset(&split.train)?, all.subset(&split.held_out)?))
}

fn load(path: &Path, side: usize) -> Result<ImageSet> {
    if path.is_dir() {
        return folder(path, side);
    }
    let bytes = fs::read(path).map_err(|error| Failure::of_file(path, "read", error))?;
    if path.extension().is_none_or(|extension| extension != "bin") {
        let message = "is neither a folder nor a .bin file in CIFAR-10's format.";
        return Err(Failure::Input(format!("{} {message}", path.display())));
    }
    if side != CIFAR_SIDE {
        let message =
            format!("has pictures of side {CIFAR_SIDE}, and those of this run have {side}.");
        return Err(Failure::Input(format!("{} {message}", path.display())));
    }
    read_cifar10(&bytes).map_err(|error| Failure::Input(format!("{}: {error}", path.display())))
}

/// The pictures of a folder, in the order of their names; a sub-folder's name is their label. What is
/// no picture is left out, with a warning.
fn folder(path: &Path, side: usize) -> Result<ImageSet> {
    let mut set = ImageSet::new(side)?;
    for entry in entries(path)? {
        if entry.is_dir() {
            let class = name(&entry);
            for file in entries(&entry)? {
                add(&mut set, &file, Some(&class))?;
            }
        } else {
            add(&mut set, &entry, None)?;
        }
    }
    if set.is_empty() {
        let message =
            "holds no picture. Put pictures into it, or into sub-folders named as their labels.";
        return Err(Failure::Input(format!("{} {message}", path.display())));
    }
    Ok(set)
}

/// What is in a folder, by name. What systems hide from their users is left out.
fn entries(path: &Path) -> Result<Vec<PathBuf>> {
    let unread = |error| Failure::of_file(path, "read", error);
    let all = fs::read_dir(path).map_err(unread)?.collect::<std::io::Result<Vec<DirEntry>>>();
    let mut all: Vec<PathBuf> = all.map_err(unread)?.iter().map(DirEntry::path).collect();
    all.retain(|path| !name(path).starts_with('.'));
    all.sort();
    Ok(all)
}

fn add(set: &mut ImageSet, path: &Path, class: Option<&str>) -> Result<()> {
    match decode(path, set.side()) {
        Ok(rgb) => match class {
            Some(class) => set.push_labelled(name(path), class, &rgb)?,
            None => set.push(name(path), &rgb)?,
        },
        Err(reason) => say("warning", &format!("{} is left out: {reason}.", path.display())),
    }
    Ok(())
}

fn name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}
