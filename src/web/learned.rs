//! What the session's run has learned.

use js_sys::Float32Array;
use tsify::{Ts, Tsify};
use wasm_bindgen::prelude::wasm_bindgen;

use super::judges::Sides;
use super::messages::{
    AllFactorClasses, FactorClasses, FactorTable, FewReport, JudgedReport, Neighbours,
};
use super::session::{Answer, Session};
use super::settings::TrainSettings;
use crate::dataset::{ImageSet, resize_square};
use crate::device::floats;
use crate::evaluate::{
    EvaluateConfig, Features, FineTuneConfig, Glance, KnnConfig, OcclusionConfig, OcclusionMap,
    Pca, ProbeConfig, Sight, evaluate, factor_classes, factor_scores, nearest, pca,
};
use crate::model::{ContrastiveModel, Encoder, ModelConfig};
use crate::train::Trainer;
use crate::{Error, Result};

#[wasm_bindgen]
impl Session {
    /// The encoder beside the untrained one and the raw pixels, on held-out pictures: nearest
    /// neighbours, and a linear probe of so many steps, 0 for none.
    ///
    /// Those judge that the encoder was not trained on; with `seen` all that are held out now.
    ///
    /// Throws `noRun` before the first settings, `noHeldOut` for pictures that have no others of
    /// their kind held out, and `tooFewUnseen` where those were trained on before they were.
    pub async fn evaluate(&self, probe_steps: usize, seen: bool) -> Answer<Ts<JudgedReport>> {
        let (model, untrained) = self.models()?;
        let probe = ProbeConfig { steps: probe_steps, ..ProbeConfig::default() };
        let probe = (probe_steps > 0).then_some(probe);
        let config = EvaluateConfig { probe, ..EvaluateConfig::default() };
        let Sides { train, held_out, judges } = self.sides(seen)?;
        let (encoder, untrained) = (&model.encoder, &untrained.encoder);
        let device = &self.opened.device;
        let report = evaluate(encoder, untrained, &train, &held_out, &config, device).await?;
        Ok(JudgedReport { report, judges }.into_ts()?)
    }

    /// Fine-tuning with a few labels a class, against the same network from new weights.
    ///
    /// Throws as [`Session::evaluate`].
    #[wasm_bindgen(js_name = fewLabels)]
    pub async fn few_labels(
        &self,
        per_class: usize,
        steps: usize,
        seen: bool,
    ) -> Answer<Ts<FewReport>> {
        let trainer = self.run()?;
        let encoder = trainer.model().encoder;
        let seed = trainer.config().seed;
        let config = FineTuneConfig { per_class, steps, seed, ..FineTuneConfig::default() };
        let shape = trainer.config().model.encoder(self.images.side());
        let Sides { train, held_out, judges } = self.sides(seen)?;
        let device = &self.opened.device;
        let result = config.compare(&encoder, &shape, &train, &held_out, device).await?;
        Ok(FewReport { result, judges }.into_ts()?)
    }

    /// What the encoder keeps of each factor of the drawn pictures.
    ///
    /// Throws as [`Session::evaluate`].
    pub async fn factors(&self) -> Answer<Ts<FactorTable>> {
        let (model, untrained) = self.models()?;
        let held_out = self.shapes.ok_or(Error::NoHeldOut)?.held_out().draw()?;
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

    /// The class of every picture by each factor of how it was drawn; none for pictures that were not.
    #[wasm_bindgen(js_name = factorClasses)]
    pub fn factor_classes(&self) -> Answer<Ts<AllFactorClasses>> {
        let all = if self.factors.is_empty() { vec![] } else { factor_classes(&self.factors) };
        let one = |(factor, classes)| FactorClasses { factor, classes };
        Ok(AllFactorClasses(all.into_iter().map(one).collect()).into_ts()?)
    }

    /// Representations of all pictures in use, `[pictures, representation]`.
    ///
    /// Throws `noRun`.
    pub async fn embeddings(&mut self) -> Answer<Float32Array> {
        let data = self.features()?.values.into_data_async().await.map_err(Error::device)?;
        Ok(Float32Array::from(floats(data)?.as_slice()))
    }

    /// The pictures in use that are most similar to one of them, itself first.
    ///
    /// Throws `noRun`, and `noSuch` for a picture that is not there.
    pub async fn nearest(&mut self, picture: usize, count: usize) -> Answer<Ts<Neighbours>> {
        let bank = self.features()?;
        self.images.picture(picture)?;
        let neighbours = nearest(&bank, &bank.subset(&[picture])?, count).await?;
        Ok(Neighbours { neighbours }.into_ts()?)
    }

    /// The pictures in use that are most similar to one that is not among them: a square of RGB bytes.
    ///
    /// Throws `noRun`, and `wrongPixelCount`.
    #[wasm_bindgen(js_name = nearestTo)]
    pub async fn nearest_to(
        &mut self,
        name: &str,
        side: usize,
        rgb: &[u8],
        count: usize,
    ) -> Answer<Ts<Neighbours>> {
        let bank = self.features()?;
        let mut query = ImageSet::new(self.images.side())?;
        query.push(name, &resize_square(name, rgb, side, self.images.side())?)?;
        let encoder = self.run()?.model().encoder;
        let query = Features::encode(&encoder, &query, &self.opened.device)?;
        Ok(Neighbours { neighbours: nearest(&bank, &query, count).await? }.into_ts()?)
    }

    /// All pictures in use on the 2 or 3 principal axes of their representations at length one, since it is by the
    /// cosine that they are compared.
    ///
    /// Throws `noRun`.
    pub async fn pca(&mut self, dimensions: usize) -> Answer<Ts<Pca>> {
        Ok(pca(&self.features()?.normalized(), dimensions).await?.into_ts()?)
    }

    /// The run at a glance: where an even sample of the pictures is now, and how well neighbours share their kind.
    /// Cheap enough to be asked for while the run goes on. `settings` are for a run that has not begun.
    pub async fn glance(&mut self, settings: Ts<TrainSettings>) -> Answer<Ts<Sight>> {
        self.opened.check()?;
        let config = settings.to_rust()?.config()?;
        let device = self.opened.device.clone();
        self.ready(config)?;
        let run = self.present()?;
        let (model, seed) = (run.config().model, run.config().seed);
        let encoder = run.model().encoder;
        let same = |of: &(ModelConfig, u64, Glance)| (of.0, of.1) == (model, seed);
        let mut glance = match self.glance.clone().filter(same) {
            Some((_, _, glance)) => glance,
            None => {
                let untrained = run.untrained()?.encoder;
                // Where too few may judge there is a map all the same.
                let none = || ImageSet::new(self.images.side());
                let others = self.sides(false).map(|sides| sides.held_out).or_else(|_| none())?;
                let work = model.encoder(self.images.side()).multiply_adds();
                Glance::new(&self.images, &others, &untrained, work, &device).await?
            }
        };
        let sight = glance.look(&encoder, &device).await?;
        self.glance = Some((model, seed, glance));
        Ok(sight.into_ts()?)
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

    /// Representations of all pictures, encoded once for as long as they stay what they are.
    fn features(&mut self) -> Result<Features> {
        if let Some(features) = &self.features {
            return Ok(features.clone());
        }
        let encoder = self.run()?.model().encoder;
        let features = Features::encode(&encoder, &self.images, &self.opened.device)?;
        self.features = Some(features.clone());
        Ok(features)
    }
}
