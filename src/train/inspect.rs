//! A batch read back for looking at: for each anchor its positives, its negatives, and what the softmax
//! of the loss gives each.

use burn::tensor::Transaction;
use serde::Serialize;

use super::{Method, Step};
use crate::device::read_all;
use crate::{Error, Result};

/// Somebody beside the anchor.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Comparison {
    /// Row among the views of the batch; absent for a key of MoCo's queue.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub view: Option<usize>,
    /// Cosine similarity with the anchor, or what the loss takes for it.
    pub similarity: f32,
    /// Its share of the anchor's softmax, 0..1; 0 for who is left out.
    pub share: f32,
}

/// A row of the batch as the loss sees it.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct AnchorView {
    /// Row of the anchor among the views.
    pub anchor: usize,
    /// The most similar first; one, but for the supervised loss.
    pub positives: Vec<Comparison>,
    /// The most similar first.
    pub negatives: Vec<Comparison>,
    /// Of all negatives, those that are not listed included.
    pub negatives_count: usize,
    /// Share of the softmax that all negatives have together.
    pub negatives_share: f32,
    /// This row's part in the loss: −ln of the positive's share, for one positive.
    pub loss: f32,
}

/// What a loss compared, off the device: anchors are its rows.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparisons {
    method: Method,
    pictures: usize,
    columns: usize,
    similarities: Vec<f32>,
    shares: Vec<f32>,
    positives: Vec<f32>,
    losses: Vec<f32>,
}

impl Step {
    /// Reads what was compared, and the views, `[views, 3, side, side]`, all at once.
    ///
    /// # Errors
    /// [`Error::Device`] where the device does not return them.
    pub async fn read(&self) -> Result<(Comparisons, Vec<f32>)> {
        let output = &self.output;
        let compared = [output.similarities.clone(), output.softmax(), output.positives()];
        let read = compared.into_iter().fold(Transaction::default(), Transaction::register);
        let read = read.register(output.per_row.clone()).register(self.views.clone());
        let [similarities, shares, positives, losses, views] =
            read_all(read).await?.try_into().map_err(|_| Error::device("not all was read"))?;
        let comparisons = Comparisons {
            method: self.method,
            pictures: self.pictures.len(),
            columns: output.similarities.dims()[1],
            similarities,
            shares,
            positives,
            losses,
        };
        Ok((comparisons, views))
    }
}

impl Comparisons {
    /// How many anchors there are; theirs are the first rows of the views.
    pub fn anchors(&self) -> usize {
        self.losses.len()
    }

    /// One anchor, with at most `most` of its positives and of its negatives.
    ///
    /// # Errors
    /// [`Error::NoSuch`] for an anchor that is not in the batch.
    pub fn anchor(&self, anchor: usize, most: usize) -> Result<AnchorView> {
        let Some(&loss) = self.losses.get(anchor) else {
            let count = self.anchors();
            return Err(Error::NoSuch { what: "anchor".into(), index: anchor, count });
        };
        let row = anchor * self.columns;
        let is_positive = |&column: &usize| self.positives[row + column] > 0.0;
        let compare = |column: usize| Comparison {
            view: self.view(column, anchor),
            similarity: self.similarities[row + column],
            share: self.shares[row + column],
        };
        let (positives, negatives): (Vec<_>, Vec<_>) = (0..self.columns)
            .filter(|column| is_positive(column) || self.view(*column, anchor) != Some(anchor))
            .partition(is_positive);
        let [mut positives, mut negatives] = [positives, negatives].map(|columns| {
            let mut compared: Vec<Comparison> = columns.into_iter().map(compare).collect();
            compared.sort_by(|a, b| b.similarity.total_cmp(&a.similarity));
            compared
        });
        let negatives_count = negatives.len();
        let negatives_share = negatives.iter().map(|n| n.share).sum();
        positives.truncate(most);
        negatives.truncate(most);
        Ok(AnchorView { anchor, positives, negatives, negatives_count, negatives_share, loss })
    }

    /// Which view a column stands for.
    fn view(&self, column: usize, anchor: usize) -> Option<usize> {
        match self.method {
            Method::InfoNce => Some(self.pictures + column),
            // The anchor's own key, and then the queue.
            Method::Moco => (column == 0).then_some(self.pictures + anchor),
            _ => Some(column),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::loss::{InfoNce, LossOutput};
    use burn::tensor::{Device, Tensor};
    use pollster::block_on;

    fn read(method: Method, pictures: usize, output: LossOutput) -> Comparisons {
        let device = Device::flex();
        let step = Step {
            number: 1,
            method,
            output,
            z: Tensor::zeros([1, 1], &device),
            views: Tensor::zeros([1, 3, 1, 1], &device),
            pictures: (0..pictures).collect(),
            parameters: vec![],
        };
        block_on(step.read()).unwrap().0
    }

    #[test]
    fn the_articles_worked_example() {
        let similarities = Tensor::from_floats([[0.8, 0.1, 0.2]], &Device::flex());
        let output = InfoNce::new(0.1).from_similarities(similarities);
        let view = read(Method::Moco, 1, output).anchor(0, 9).unwrap();
        assert!((view.loss - 0.003385).abs() < 1e-6, "{}", view.loss);
        assert_eq!(view.positives[0].view, Some(1));
        assert_eq!(view.negatives.iter().map(|n| n.similarity).collect::<Vec<_>>(), [0.2, 0.1]);
        assert!(view.negatives.iter().all(|n| n.view.is_none()));
        let total = view.positives[0].share + view.negatives_share;
        assert!((total - 1.0).abs() < 1e-6);
        assert!((view.loss + view.positives[0].share.ln()).abs() < 1e-6);
    }

    #[test]
    fn each_view_of_nt_xent_has_its_partner_and_all_others_but_itself() {
        let z = Tensor::from_floats([[1., 0.], [0., 1.], [1., 0.1], [0.1, 1.]], &Device::flex());
        let output = crate::loss::NtXent::new(0.5).forward(z);
        let compared = read(Method::SimClr, 2, output);
        assert_eq!(compared.anchors(), 4);
        let view = compared.anchor(3, 1).unwrap();
        assert_eq!(view.positives.iter().map(|p| p.view).collect::<Vec<_>>(), [Some(1)]);
        assert_eq!(view.negatives.iter().map(|n| n.view).collect::<Vec<_>>(), [Some(2)]);
        assert_eq!(view.negatives_count, 2);
        assert!(compared.anchor(4, 1).is_err());
    }

    #[test]
    fn the_supervised_loss_has_several_positives() {
        let z = Tensor::from_floats([[1., 0.], [1., 0.2], [1., 0.1], [0., 1.]], &Device::flex());
        let output = crate::loss::SupCon::new(0.5).forward(z, &[0, 0, 0, 1]);
        let view = read(Method::SupCon, 2, output).anchor(0, 9).unwrap();
        assert_eq!(view.positives.iter().map(|p| p.view).collect::<Vec<_>>(), [Some(2), Some(1)]);
        assert_eq!(view.negatives_count, 1);
    }

    #[test]
    fn in_the_articles_loss_the_positive_is_the_anchor_itself() {
        let z = Tensor::from_floats([[1., 0.], [0., 1.]], &Device::flex());
        let output = crate::loss::mistakes::article_loss(z, 0.5);
        let view = read(Method::ArticleLoss, 2, output).anchor(1, 9).unwrap();
        assert_eq!(view.positives[0].view, Some(1));
        assert_eq!(view.negatives[0].view, Some(0));
    }
}
