//! What is trained: a way to make positives and negatives, and the loss over them.

use burn::tensor::Tensor;
use serde::{Deserialize, Serialize};

use super::TrainConfig;
use crate::augment::{Policy, Preset};
use crate::loss::{Candidates, LossOutput, NtXent, SupCon, mistakes, same_label};

/// A contrastive method by name, or a mistake to learn from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub enum Method {
    /// SimCLR (Chen et al. 2020, arXiv:2002.05709): NT-Xent over the 2N views.
    #[default]
    SimClr,
    /// InfoNCE (van den Oord et al. 2018, arXiv:1807.03748) in the batch: each first view against all
    /// second views.
    InfoNce,
    /// MoCo (He et al. 2020, arXiv:1911.05722): keys come from a momentum encoder, and the negatives
    /// from a queue of earlier keys.
    Moco,
    /// Supervised contrastive learning (Khosla et al. 2020, arXiv:2004.11362): pictures with the same
    /// label are positives. A picture without a label has its other view alone.
    SupCon,
    /// Mistake: [`mistakes::article_loss`], one view a picture. The loss is next to nothing after a few
    /// steps, and the encoder is hardly better than at the start.
    ArticleLoss,
    /// Mistake: [`mistakes::unnormalized_nt_xent`]. The length of projections takes the place of their
    /// direction, and of τ.
    NoNormalization,
    /// Mistake: both views are the picture itself. The positive is always found, nothing has to be
    /// ignored, and the encoder learns to tell pictures apart by whatever is easiest.
    NoAugmentation,
    /// Mistake: [`mistakes::positive_among_negatives`]. The loss cannot fall below ln 2.
    PositiveAmongNegatives,
    /// Mistake: τ is [`Method::TOO_SMALL`]. Differences of a hair's breadth are enough, so projections
    /// stay in a narrow cone in place of spreading over the sphere, and of hard negatives only the
    /// hardest is felt, which is the likeliest to be a false one.
    TemperatureTooSmall,
    /// Mistake: τ is [`Method::TOO_LARGE`]. All negatives count alike, near or far, and the loss hardly
    /// leaves chance.
    TemperatureTooLarge,
}

impl Method {
    pub const ALL: [Self; 10] = [
        Self::SimClr,
        Self::InfoNce,
        Self::Moco,
        Self::SupCon,
        Self::ArticleLoss,
        Self::NoNormalization,
        Self::NoAugmentation,
        Self::PositiveAmongNegatives,
        Self::TemperatureTooSmall,
        Self::TemperatureTooLarge,
    ];

    pub const TOO_SMALL: f32 = 0.005;
    pub const TOO_LARGE: f32 = 100.0;

    /// Is it there to be seen failing?
    pub fn is_mistake(self) -> bool {
        !matches!(self, Self::SimClr | Self::InfoNce | Self::Moco | Self::SupCon)
    }

    /// Views of each picture in a batch.
    pub fn views(self) -> usize {
        if self == Self::ArticleLoss { 1 } else { 2 }
    }

    /// Does it need pictures with labels?
    pub fn uses_labels(self) -> bool {
        self == Self::SupCon
    }

    /// Does [`TrainConfig::negatives`] have a say in it?
    pub fn chooses_negatives(self) -> bool {
        !self.is_mistake()
    }

    /// The recipe of the views.
    pub(super) fn policy(self, policy: &Policy) -> Policy {
        if self == Self::NoAugmentation { Preset::None.policy() } else { *policy }
    }

    /// τ.
    pub(super) fn temperature(self, chosen: f64) -> f32 {
        match self {
            Self::TemperatureTooSmall => Self::TOO_SMALL,
            Self::TemperatureTooLarge => Self::TOO_LARGE,
            _ => chosen as f32,
        }
    }

    /// The loss of a batch, for all methods but [`Method::Moco`], which needs its queue too.
    ///
    /// # Shapes
    /// - z: `[views · N, d]`, first all first views
    /// - labels: N
    pub(super) fn loss(
        self,
        config: &TrainConfig,
        z: Tensor<2>,
        labels: &[Option<usize>],
    ) -> LossOutput {
        let temperature = config.effective_temperature();
        let negatives = config.negatives;
        match self {
            Self::InfoNce | Self::Moco => {
                let pictures = labels.len();
                let [query, positive] =
                    [0, pictures].map(|from| z.clone().narrow(0, from, pictures));
                config.info_nce().in_batch_labelled(query, positive, labels)
            }
            Self::SupCon => SupCon { temperature, negatives }.forward(z, &classes_of_views(labels)),
            Self::ArticleLoss => mistakes::article_loss(z, temperature),
            Self::NoNormalization => mistakes::unnormalized_nt_xent(z, temperature),
            Self::PositiveAmongNegatives => mistakes::positive_among_negatives(z, temperature),
            Self::SimClr => NtXent { temperature, negatives }.forward_labelled(z, labels),
            Self::NoAugmentation | Self::TemperatureTooSmall | Self::TemperatureTooLarge => {
                NtXent::new(temperature).forward(z)
            }
        }
    }

    /// Whom the loss of a batch of pictures with these labels compares; of MoCo, whose queue it does not know, the
    /// batch alone.
    pub(super) fn candidates(self, config: &TrainConfig, labels: &[Option<usize>]) -> Candidates {
        let without_same = config.negatives.without_same_label && self.chooses_negatives();
        let together = |i, j| without_same && same_label(labels, i, j);
        match self {
            Self::InfoNce | Self::Moco => Candidates::second_views(labels.len(), together),
            Self::SupCon => Candidates::classes(&classes_of_views(labels)),
            Self::ArticleLoss => Candidates::themselves(labels.len()),
            _ => Candidates::views(labels.len(), together),
        }
    }

    /// Does its loss heed lengths, so that it can fall to nothing by these alone?
    pub(super) fn heeds_length(self) -> bool {
        matches!(self, Self::ArticleLoss | Self::NoNormalization)
    }
}

/// The class of each of two views a picture; a picture without a label is a class of its own.
fn classes_of_views(labels: &[Option<usize>]) -> Vec<usize> {
    let known = labels.iter().flatten().max().map_or(0, |&label| label + 1);
    let classes = labels.iter().enumerate().map(|(i, label)| label.unwrap_or(known + i));
    let classes: Vec<usize> = classes.collect();
    [classes.clone(), classes].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_without_a_label_is_only_like_its_other_view() {
        assert_eq!(classes_of_views(&[Some(1), None, Some(1), None]), [1, 3, 1, 5, 1, 3, 1, 5]);
    }

    #[test]
    fn a_method_is_known_by_its_name() {
        for method in Method::ALL {
            let name = serde_json::to_string(&method).unwrap();
            assert_eq!(serde_json::from_str::<Method>(&name).unwrap(), method);
        }
    }
}
