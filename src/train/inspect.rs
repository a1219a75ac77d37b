//! One anchor of a batch: its positive, its hardest negatives, and what the softmax gives each.

use serde::Serialize;

use crate::{Error, Result};

/// One view beside the anchor.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Comparison {
    /// Row of the view, 0 to 2N − 1.
    pub view: usize,
    /// Cosine similarity with the anchor.
    pub similarity: f32,
    /// Its share of the anchor's softmax, 0..1.
    pub share: f32,
}

/// A row of the batch as the loss sees it.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct AnchorView {
    /// Row of the anchor, 0 to 2N − 1.
    pub anchor: usize,
    pub positive: Comparison,
    /// The most similar negatives first.
    pub negatives: Vec<Comparison>,
    /// Share of the softmax that all negatives have together.
    pub negatives_share: f32,
    /// −ln of the positive's share: this row's part in the loss.
    pub loss: f32,
}

impl AnchorView {
    /// Reads one row of a `[2N, 2N]` matrix of cosine similarities.
    ///
    /// # Errors
    /// [`Error::NoSuch`] for an anchor that is not in the batch.
    pub fn new(
        similarities: &[f32],
        temperature: f32,
        anchor: usize,
        hardest: usize,
    ) -> Result<Self> {
        let views = similarities.len().isqrt();
        if anchor >= views {
            return Err(Error::NoSuch { what: "anchor".into(), index: anchor, count: views });
        }
        let row = &similarities[anchor * views..][..views];
        let partner = (anchor + views / 2) % views;
        let others = || (0..views).filter(|&view| view != anchor);

        let max = others().map(|v| row[v]).fold(f32::NEG_INFINITY, f32::max);
        let weight = |view: usize| ((row[view] - max) / temperature).exp();
        let total: f32 = others().map(weight).sum();
        let compare =
            |view: usize| Comparison { view, similarity: row[view], share: weight(view) / total };

        let mut negatives: Vec<Comparison> =
            others().filter(|&v| v != partner).map(compare).collect();
        negatives.sort_by(|a, b| b.similarity.total_cmp(&a.similarity));
        let negatives_share = negatives.iter().map(|n| n.share).sum();
        negatives.truncate(hardest);
        Ok(Self {
            anchor,
            positive: compare(partner),
            negatives,
            negatives_share,
            loss: total.ln() - (row[partner] - max) / temperature,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The article's example as a batch: positive 0.8, negatives 0.2 and 0.1, and one far away.
    const ROW: [f32; 16] = [
        1.0, 0.1, 0.8, 0.2, //
        0.1, 1.0, 0.0, 0.0, //
        0.8, 0.0, 1.0, 0.0, //
        0.2, 0.0, 0.0, 1.0,
    ];

    #[test]
    fn the_articles_worked_example() {
        let view = AnchorView::new(&ROW, 0.1, 0, 9).unwrap();
        assert!((view.loss - 0.003385).abs() < 1e-6, "{}", view.loss);
        assert_eq!(view.positive.view, 2);
        assert_eq!(view.negatives.iter().map(|n| n.view).collect::<Vec<_>>(), [3, 1]);
        let total = view.positive.share + view.negatives_share;
        assert!((total - 1.0).abs() < 1e-6);
        assert!((view.loss + view.positive.share.ln()).abs() < 1e-6);
    }

    #[test]
    fn as_many_of_the_hardest_as_asked_for() {
        assert_eq!(AnchorView::new(&ROW, 0.1, 0, 1).unwrap().negatives.len(), 1);
        assert!(AnchorView::new(&ROW, 0.1, 4, 1).is_err());
    }
}
