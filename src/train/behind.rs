//! What comes behind the trunk, in a step whose parts may be made by others.
//!
//! The graph is cut at h too. Of the article's encoder a linear layer lies between the cuts, with most of the weights. No part
//! of its work has to wait for all of the batch but the last rows of h: forward, back to the features and back to the weights it
//! is three functions, for some rows as for all, called when there is time for it.

use burn::module::Module;
use burn::optim::GradientsParams;
use burn::tensor::Tensor;

use super::pending::{Batch, Compared, Pending};
use super::shard::{Branch, flat};
use super::{Method, Trainer};
use crate::dataset::ImageSet;
use crate::model::{ContrastiveModel, gradients};
use crate::{Error, Result};

impl Trainer {
    /// Makes h of some parts whose features are there. [`Trainer::meet`] makes what is missing: this is for who has time
    /// before.
    ///
    /// # Errors
    /// As [`Pending::branch`], and [`Error::Mismatch`] where features are missing.
    pub fn represent(&self, pending: &mut Pending, parts: &[usize]) -> Result<()> {
        for branch in [Branch::Learned, Branch::Keys] {
            let mut some = Vec::new();
            for &part in parts {
                let missing = pending.part(part)?.h.is_none();
                some.extend((missing && pending.branch(part)? == branch).then_some(part));
            }
            if some.is_empty() {
                continue;
            }
            let h = self.network(branch)?.represent(pending.features(&some)?);
            let mut from = 0;
            for part in some {
                let part = pending.part_mut(part)?;
                part.h = Some(h.clone().narrow(0, from, part.views.len()));
                from += part.views.len();
            }
        }
        Ok(())
    }

    /// The network that parts of a branch go through, without a graph.
    fn network(&self, branch: Branch) -> Result<ContrastiveModel> {
        match branch {
            Branch::Learned => Ok(self.model.valid()),
            Branch::Keys => Ok(self.moco.as_ref().ok_or(Error::NoRun)?.keys.clone()),
        }
    }

    /// h of all views of a branch. Only where the batch is one piece has it a graph behind it.
    fn h(&self, pending: &mut Pending, branch: Branch) -> Result<Tensor<2>> {
        if let Some(views) = pending.whole(branch) {
            let features = pending.shard.through(branch, views)?;
            return Ok(match branch {
                Branch::Learned => self.model.represent(features),
                Branch::Keys => self.network(branch)?.represent(features),
            });
        }
        let parts = pending.of(branch);
        self.represent(pending, &parts)?;
        let mut rows = Vec::new();
        for part in parts {
            rows.extend(pending.part(part)?.h.clone());
        }
        Ok(Tensor::cat(rows, 0))
    }

    /// The loss, once the features of all parts are there.
    ///
    /// # Errors
    /// [`Error::Mismatch`] where features are missing.
    pub fn meet(&mut self, pending: &mut Pending, set: &ImageSet) -> Result<()> {
        let in_parts = pending.parts() > 0;
        let h = self.h(pending, Branch::Learned)?;
        let h = if in_parts { h.autodiff().require_grad() } else { h };
        let z = self.model.head.forward(h.clone());
        let compared = match pending.config.method {
            Method::Moco => {
                let keys = self.h(pending, Branch::Keys)?;
                self.against_queue(z, keys, &pending.batch.contents, set)?
            }
            method => {
                let Batch { labels, .. } = &pending.batch;
                let output = method.loss(&pending.config, z.clone(), labels);
                Compared { output, z: z.inner(), keys: Vec::new() }
            }
        };
        let mut found = compared.output.loss.clone().backward();
        if in_parts {
            let slopes = h.grad_remove(&mut found).unwrap_or_else(|| h.inner().zeros_like());
            pending.slopes = Some(slopes);
        }
        pending.gradients = gradients(&self.model, GradientsParams::from_grads(found, &self.model));
        pending.compared = Some(compared);
        Ok(())
    }

    /// Gives some of the learned parts their [`Pending::slopes`], which of all at once is less work than of one by one.
    ///
    /// # Errors
    /// As [`Pending::branch`], and [`Error::NoRun`] before [`Trainer::meet`].
    pub fn share(&self, pending: &mut Pending, parts: &[usize]) -> Result<()> {
        if parts.is_empty() {
            return Ok(());
        }
        let slopes = pending.slopes.as_ref().ok_or(Error::NoRun)?;
        let mut rows = Vec::new();
        for &part in parts {
            let views = &pending.part(part)?.views;
            rows.push(slopes.clone().narrow(0, views.start, views.len()));
        }
        let slopes = flat([self.model.represent_back(Tensor::cat(rows, 0))])?;
        let mut left = &slopes[..];
        for &part in parts {
            let part = pending.part_mut(part)?;
            let (share, rest) = left.split_at(part.features.len());
            part.slopes = share.to_vec();
            left = rest;
        }
        Ok(())
    }

    /// The gradients of what comes between trunk and head, unless they are there. [`Trainer::finish`] would make them:
    /// this is for who has nothing else to do meanwhile.
    ///
    /// # Errors
    /// [`Error::Mismatch`] where features are missing.
    pub fn learn_rest(&self, pending: &mut Pending) -> Result<()> {
        let Some(slopes) = pending.slopes.clone().filter(|_| !pending.learned_rest) else {
            return Ok(());
        };
        let features = pending.features(&pending.of(Branch::Learned))?;
        pending.gradients.extend(self.model.represent_gradients(features, slopes));
        pending.learned_rest = true;
        Ok(())
    }
}
