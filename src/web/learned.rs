//! What the session's run has learned.

use burn::tensor::Transaction;
use tsify::{Ts, Tsify};
use wasm_bindgen::prelude::wasm_bindgen;

use super::messages::{FactorTable, Geometry, Neighbours};
use super::session::{Answer, Session};
use crate::dataset::Shapes;
use crate::device::read_all;
use crate::evaluate::{
    EvaluateConfig, Features, FineTuneConfig, FineTuneResult, KnnConfig, OcclusionConfig,
    OcclusionMap, Pca, ProbeConfig, Report, alignment, evaluate, factor_scores, nearest, pca,
    uniformity,
};
use crate::model::{ContrastiveModel, Encoder};
use crate::train::Trainer;
use crate::{Error, Result};

#[wasm_bindgen]
impl Session {
    /// The encoder beside the untrained one and the raw pixels, on held-out pictures: nearest
    /// neighbours, and a linear probe of so many steps, 0 for none.
    ///
    /// Throws `noRun` before the first settings, and `noHeldOut` for pictures that have no others of
    /// their kind held out.
    pub async fn evaluate(&self, probe_steps: usize) -> Answer<Ts<Report>> {
        let (model, untrained) = self.models()?;
        let probe = ProbeConfig { steps: probe_steps, ..ProbeConfig::default() };
        let probe = (probe_steps > 0).then_some(probe);
        let config = EvaluateConfig { probe, ..EvaluateConfig::default() };
        let held_out = &self.held_out()?.images;
        let (encoder, untrained) = (&model.encoder, &untrained.encoder);
        let device = &self.opened.device;
        let report = evaluate(encoder, untrained, &self.images, held_out, &config, device).await?;
        Ok(report.into_ts()?)
    }

    /// Fine-tuning with a few labels a class, against the same network from new weights.
    ///
    /// Throws as [`Session::evaluate`].
    #[wasm_bindgen(js_name = fewLabels)]
    pub async fn few_labels(&self, per_class: usize, steps: usize) -> Answer<Ts<FineTuneResult>> {
        let trainer = self.run()?;
        let encoder = trainer.model().encoder;
        let seed = trainer.config().seed;
        let config = FineTuneConfig { per_class, steps, seed, ..FineTuneConfig::default() };
        let shape = trainer.config().model.encoder(self.images.side());
        let held_out = &self.held_out()?.images;
        let device = &self.opened.device;
        let result = config.compare(&encoder, &shape, &self.images, held_out, device).await?;
        Ok(result.into_ts()?)
    }

    /// What the encoder keeps of each factor of the drawn pictures.
    ///
    /// Throws as [`Session::evaluate`].
    pub async fn factors(&self) -> Answer<Ts<FactorTable>> {
        let (model, untrained) = self.models()?;
        let held_out = self.held_out()?;
        let device = &self.opened.device;
        let encode = |encoder: &Encoder, set| Features::encode(encoder, set, device);
        let scores = async |train: Features, asked: Features| {
            let bank = (&train, self.factors.as_slice());
            let asked = (&asked, held_out.factors.as_slice());
            factor_scores(bank, asked, &KnnConfig::default()).await
        };
        let (images, others) = (&self.images, &held_out.images);
        let trained = encode(&model.encoder, images)?;
        let fresh = encode(&untrained.encoder, images)?;
        let pixels = Features::pixels(images, device)?;
        let table = FactorTable {
            encoder: scores(trained, encode(&model.encoder, others)?).await?,
            untrained: scores(fresh, encode(&untrained.encoder, others)?).await?,
            pixels: scores(pixels, Features::pixels(others, device)?).await?,
        };
        Ok(table.into_ts()?)
    }

    /// The pictures in use that are most similar to one of them, itself first.
    ///
    /// Throws `noRun`, and `noSuch` for a picture that is not there.
    pub async fn nearest(&self, picture: usize, count: usize) -> Answer<Ts<Neighbours>> {
        let encoder = self.run()?.model().encoder;
        self.images.picture(picture)?;
        let bank = Features::encode(&encoder, &self.images, &self.opened.device)?;
        let neighbours = nearest(&bank, &bank.subset(&[picture])?, count).await?;
        Ok(Neighbours { neighbours }.into_ts()?)
    }

    /// All pictures in use on the 2 or 3 principal axes of their representations.
    ///
    /// Throws `noRun`.
    pub async fn pca(&self, dimensions: usize) -> Answer<Ts<Pca>> {
        let encoder = self.run()?.model().encoder;
        let features = Features::encode(&encoder, &self.images, &self.opened.device)?;
        Ok(pca(&features, dimensions).await?.into_ts()?)
    }

    /// Which parts of a picture make it similar to another.
    ///
    /// Throws `noRun`, and `noSuch` for a picture that is not there.
    pub async fn occlusion(&self, picture: usize, other: usize) -> Answer<Ts<OcclusionMap>> {
        let encoder = self.run()?.model().encoder;
        let pair = self.images.batch(&[picture, other], &self.opened.device)?;
        let side = self.images.side();
        let config = OcclusionConfig { patch: side / 4, stride: side / 8 };
        Ok(config.map(pair, |images| encoder.forward(images)).await?.into_ts()?)
    }

    /// Alignment and uniformity of the projections of the latest step. `undefined` before the first
    /// step, and for a method that has no two views.
    pub async fn geometry(&self) -> Answer<Option<Ts<Geometry>>> {
        let step = self.last.as_ref().filter(|step| step.method.views() == 2);
        let Some(step) = step else { return Ok(None) };
        let reads = Transaction::default()
            .register(alignment(step.z.clone()))
            .register(uniformity(step.z.clone()));
        let numbers = read_all(reads).await?.concat();
        let &[alignment, uniformity] = numbers.as_slice() else {
            return Err(Error::device("not all was read").into());
        };
        Ok(Some(Geometry { step: step.number, alignment, uniformity }.into_ts()?))
    }
}

impl Session {
    fn run(&self) -> Result<&Trainer> {
        self.opened.check()?;
        self.trainer.as_ref().ok_or(Error::NoRun)
    }

    /// As it is now, and as it was at first.
    fn models(&self) -> Result<(ContrastiveModel, ContrastiveModel)> {
        let run = self.run()?;
        Ok((run.model(), run.untrained()?))
    }

    /// Others of the built-in set's kind, drawn when they are asked for.
    fn held_out(&self) -> Result<Shapes> {
        self.shapes.ok_or(Error::NoHeldOut)?.held_out().draw()
    }
}
