//! The options, and the settings that they stand for.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::Parser;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use contrastive_playground::augment::Preset;
use contrastive_playground::dataset::SIDES;
use contrastive_playground::loss::Choice;
use contrastive_playground::model::{Family, HeadKind, Size};
use contrastive_playground::train::{Decay, Method, Rule, TrainConfig};

use crate::failure::{Failure, Result};

/// Train an encoder without labels, on the CPU, and report what it has learned
#[derive(Parser, Debug)]
#[command(name = "train", max_term_width = 100, allow_negative_numbers = true)]
// So that a script can add to its own options.
#[command(args_override_self = true)]
#[command(after_help = "Settings that are not given are TrainConfig's defaults.")]
pub struct Options {
    /// The built-in shapes, a folder of pictures whose sub-folders are labels, or a file in CIFAR-10's
    /// binary format
    #[arg(long, value_name = "shapes|DIR|FILE.bin", default_value = "shapes")]
    pub data: PathBuf,
    /// Held-out pictures to judge by [default: a fifth of the labelled data; for shapes, others]
    #[arg(long, value_name = "DIR|FILE.bin")]
    pub test: Option<PathBuf>,
    /// Side of the pictures of a folder, and of shapes [default: 32]
    #[arg(long, value_parser = side)]
    pub side: Option<usize>,

    #[arg(long, value_parser = named(&METHODS), help_heading = "Training")]
    method: Option<Method>,
    /// Steps in all; for a resumed run, those done before are counted too
    #[arg(long, help_heading = "Training")]
    steps: Option<usize>,
    /// N, the pictures in a batch
    #[arg(long, value_name = "N", help_heading = "Training")]
    batch: Option<usize>,
    /// τ, the temperature of the loss
    #[arg(long, help_heading = "Training")]
    tau: Option<f64>,
    /// How the two views are made
    #[arg(long, value_name = "PRESET", value_parser = named(&PRESETS), help_heading = "Training")]
    augment: Option<Preset>,
    /// All chance comes from it
    #[arg(long, help_heading = "Training")]
    seed: Option<u64>,

    #[arg(long, value_parser = named(&FAMILIES), help_heading = "Model")]
    encoder: Option<Family>,
    #[arg(long, value_parser = named(&SIZES), help_heading = "Model")]
    size: Option<Size>,
    /// Projection head
    #[arg(long, value_parser = named(&HEADS), help_heading = "Model")]
    head: Option<HeadKind>,

    #[arg(long, value_parser = named(&RULES), help_heading = "Optimiser")]
    optimizer: Option<Rule>,
    /// Learning rate
    #[arg(long, help_heading = "Optimiser")]
    lr: Option<f64>,
    /// λ; 0 for none
    #[arg(long, help_heading = "Optimiser")]
    weight_decay: Option<f64>,
    /// Longest gradient; 0 for no limit
    #[arg(long, help_heading = "Optimiser")]
    clip_norm: Option<f64>,
    /// How the learning rate changes over the run
    #[arg(long, value_parser = named(&DECAYS), help_heading = "Optimiser")]
    schedule: Option<Decay>,
    /// Steps until the full learning rate
    #[arg(long, value_name = "STEPS", help_heading = "Optimiser")]
    warm_up: Option<usize>,

    #[arg(long, value_parser = named(&NEGATIVES), help_heading = "Negatives")]
    negatives: Option<Kind>,
    /// How many, for hardest [default: 10]
    #[arg(long, value_name = "K", help_heading = "Negatives")]
    hardest: Option<usize>,
    /// How much more the hard ones count, for hardness-weighted [default: 1]
    #[arg(long, help_heading = "Negatives")]
    beta: Option<f32>,
    /// τ⁺, the chance that a negative is a false one
    #[arg(long, help_heading = "Negatives")]
    class_prior: Option<f32>,
    /// Leave out negatives that have the anchor's label
    #[arg(long, help_heading = "Negatives")]
    without_same_label: bool,
    /// K, the keys that MoCo keeps
    #[arg(long, value_name = "K", help_heading = "Negatives")]
    queue: Option<usize>,
    /// m, how slowly MoCo's key encoder follows
    #[arg(long, value_name = "M", help_heading = "Negatives")]
    momentum: Option<f64>,

    /// Steps between two reports
    #[arg(long, value_name = "STEPS", default_value = "50", help_heading = "Reports")]
    pub every: NonZeroUsize,
    /// Steps between two looks at the nearest neighbours, besides those at the start and the end
    #[arg(long, value_name = "STEPS", help_heading = "Reports")]
    pub knn_every: Option<NonZeroUsize>,
    /// At the end, also a linear probe
    #[arg(long, help_heading = "Reports")]
    pub probe: bool,
    /// At the end, also fine-tuning with K labels a class
    #[arg(long, value_name = "K", help_heading = "Reports")]
    pub few_labels: Option<NonZeroUsize>,
    /// One line of JSON a report
    #[arg(long, help_heading = "Reports")]
    pub json: bool,

    /// Write a checkpoint with every report
    #[arg(long, value_name = "FILE", help_heading = "Checkpoints")]
    pub save: Option<PathBuf>,
    /// Go on from a checkpoint, with its settings; only --steps may change
    #[arg(long, value_name = "FILE", help_heading = "Checkpoints")]
    pub resume: Option<PathBuf>,
}

type Names<T, const N: usize> = [(&'static str, T); N];

const METHODS: Names<Method, 10> = [
    ("simclr", Method::SimClr),
    ("info-nce", Method::InfoNce),
    ("moco", Method::Moco),
    ("supcon", Method::SupCon),
    ("article-loss", Method::ArticleLoss),
    ("no-normalization", Method::NoNormalization),
    ("no-augmentation", Method::NoAugmentation),
    ("positive-among-negatives", Method::PositiveAmongNegatives),
    ("temperature-too-small", Method::TemperatureTooSmall),
    ("temperature-too-large", Method::TemperatureTooLarge),
];
const PRESETS: Names<Preset, 6> = [
    ("none", Preset::None),
    ("crop-only", Preset::CropOnly),
    ("color-only", Preset::ColorOnly),
    ("simclr", Preset::SimClr),
    ("moco-v2", Preset::MocoV2),
    ("strong", Preset::Strong),
];
const FAMILIES: Names<Family, 3> =
    [("article", Family::Article), ("resnet", Family::Resnet), ("vit", Family::Vit)];
const SIZES: Names<Size, 3> =
    [("small", Size::Small), ("medium", Size::Medium), ("large", Size::Large)];
const HEADS: Names<HeadKind, 4> = [
    ("none", HeadKind::None),
    ("linear", HeadKind::Linear),
    ("mlp2", HeadKind::Mlp2),
    ("mlp3", HeadKind::Mlp3),
];
const RULES: Names<Rule, 3> = [("adam", Rule::Adam), ("adamw", Rule::AdamW), ("sgd", Rule::Sgd)];
const DECAYS: Names<Decay, 2> = [("constant", Decay::Constant), ("cosine", Decay::Cosine)];
const NEGATIVES: Names<Kind, 3> =
    [("all", Kind::All), ("hardest", Kind::Hardest), ("hardness-weighted", Kind::HardnessWeighted)];

/// [`Choice`] less its numbers, which have options of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    All,
    Hardest,
    HardnessWeighted,
}

/// Takes one of these names for what it stands for.
fn named<T, const N: usize>(
    names: &'static Names<T, N>,
) -> impl TypedValueParser<Value = T> + use<T, N>
where
    T: Copy + Send + Sync + 'static,
{
    PossibleValuesParser::new(names.each_ref().map(|(name, _)| *name)).try_map(move |given| {
        let found = names.iter().find(|(name, _)| *name == given);
        found.map(|(_, value)| *value).ok_or("it has no meaning")
    })
}

fn side(text: &str) -> std::result::Result<usize, String> {
    let side = text.parse().ok().filter(|side| SIDES.contains(side));
    side.ok_or_else(|| format!("a side is one of {SIDES:?}"))
}

impl Options {
    /// What the program was started with.
    ///
    /// # Errors
    /// [`Failure::Input`] with the first line of what clap says, and [`Failure::Quiet`] after `--help`.
    pub fn read() -> Result<Self> {
        Self::try_parse().map_err(|error| {
            if !error.use_stderr() {
                // Where stdout is gone, nobody waits for the help.
                let _ = error.print();
                return Failure::Quiet;
            }
            let text = error.to_string();
            let line = text.lines().next().unwrap_or_default();
            let line = line.strip_prefix("error: ").unwrap_or(line);
            Failure::Input(format!("{line}; --help lists all options."))
        })
    }

    /// `base` with what was given in its place.
    ///
    /// # Errors
    /// [`Failure::Input`] for options that exclude each other. Ranges are for [`TrainConfig::check`].
    pub fn config(&self, base: TrainConfig) -> Result<TrainConfig> {
        let mut config = base;
        set(&mut config.method, self.method);
        set(&mut config.steps, self.steps);
        set(&mut config.batch_size, self.batch);
        set(&mut config.temperature, self.tau);
        set(&mut config.policy, self.augment.map(Preset::policy));
        set(&mut config.seed, self.seed);
        set(&mut config.model.family, self.encoder);
        set(&mut config.model.size, self.size);
        set(&mut config.model.head, self.head);
        set(&mut config.optimizer.rule, self.optimizer);
        set(&mut config.learning_rate, self.lr);
        set(&mut config.optimizer.weight_decay, self.weight_decay);
        set(&mut config.optimizer.clip_norm, self.clip_norm);
        set(&mut config.schedule.decay, self.schedule);
        set(&mut config.schedule.warm_up, self.warm_up);
        set(&mut config.negatives.choice, self.choice()?);
        set(&mut config.negatives.class_prior, self.class_prior);
        config.negatives.without_same_label |= self.without_same_label;
        set(&mut config.moco.queue, self.queue);
        set(&mut config.moco.momentum, self.momentum);
        Ok(config)
    }

    /// A number alone says which kind it is for.
    fn choice(&self) -> Result<Option<Choice>> {
        Ok(Some(match (self.negatives, self.hardest, self.beta) {
            (None, None, None) => return Ok(None),
            (Some(Kind::All), None, None) => Choice::All,
            (None | Some(Kind::Hardest), k, None) => Choice::Hardest { k: k.unwrap_or(10) },
            (None | Some(Kind::HardnessWeighted), None, beta) => {
                Choice::HardnessWeighted { beta: beta.unwrap_or(1.0) }
            }
            _ => {
                let message = "--hardest goes with --negatives hardest, and --beta with --negatives \
                               hardness-weighted. Leave one out.";
                return Err(Failure::Input(message.into()));
            }
        }))
    }
}

fn set<T>(setting: &mut T, given: Option<T>) {
    if let Some(given) = given {
        *setting = given;
    }
}
