//! A batch read back for looking at: what the loss compared, and what its softmax gives each.

use burn::tensor::Transaction;

use super::{Step, Trainer};
use crate::Result;
use crate::device::read_all;
use crate::loss::LossOutput;

/// What a loss compared, off the device: anchors are its rows.
///
/// What a column stands for depends on the method: one of the second views for InfoNCE in the batch; for
/// MoCo first the anchor's own key, and then the keys of the queue; for all others one of the views.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparisons {
    pub columns: usize,
    /// Cosines, or what the loss takes for them, `[anchors, columns]`.
    pub similarities: Vec<f32>,
    /// Of each anchor's softmax, 0..1; 0 for who is left out, `[anchors, columns]`.
    pub shares: Vec<f32>,
    /// 1 for a positive, `[anchors, columns]`.
    pub positives: Vec<f32>,
    /// The anchors' parts in the loss, in nats: −ln of the positive's share, for one positive.
    pub losses: Vec<f32>,
}

impl Comparisons {
    /// How many anchors there are; theirs are the first rows of the views.
    pub fn anchors(&self) -> usize {
        self.losses.len()
    }

    /// The same with at most the first `most` columns.
    #[must_use]
    pub fn cut(self, most: usize) -> Self {
        if self.columns <= most {
            return self;
        }
        let first = |table: &[f32]| -> Vec<f32> {
            table.chunks(self.columns).flat_map(|row| &row[..most]).copied().collect()
        };
        Self {
            columns: most,
            similarities: first(&self.similarities),
            shares: first(&self.shares),
            positives: first(&self.positives),
            losses: self.losses,
        }
    }
}

impl Step {
    /// Reads what was compared, and the views, `[views, 3, side, side]`, all at once.
    ///
    /// # Errors
    /// [`Error::Device`](crate::Error::Device) where the device does not return them.
    pub async fn read(&self) -> Result<(Comparisons, Vec<f32>)> {
        let reads = Transaction::default().register(self.views());
        let mut read = read_all(compared(&self.output, reads)).await?;
        let views = if read.is_empty() { Vec::new() } else { read.remove(0) };
        Ok((comparisons(&self.output, read), views))
    }
}

impl Trainer {
    /// Reads what the batch of a step compares with nothing learned: [`Trainer::at_start`].
    ///
    /// # Errors
    /// As [`Trainer::at_start`] and [`Step::read`].
    pub async fn read_at_start(&self, step: &Step) -> Result<Comparisons> {
        let output = self.at_start(step)?;
        let read = read_all(compared(&output, Transaction::default())).await?;
        Ok(comparisons(&output, read))
    }
}

fn compared(output: &LossOutput, reads: Transaction) -> Transaction {
    let tables = [output.similarities.clone(), output.softmax(), output.positives()];
    let reads = tables.into_iter().fold(reads, Transaction::register);
    reads.register(output.per_row.clone())
}

fn comparisons(output: &LossOutput, read: Vec<Vec<f32>>) -> Comparisons {
    let columns = output.similarities.dims()[1];
    let mut read = read.into_iter();
    let mut next = || read.next().unwrap_or_default();
    Comparisons { columns, similarities: next(), shares: next(), positives: next(), losses: next() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dataset::ShapesConfig;
    use crate::loss::InfoNce;
    use crate::train::{Method, TrainConfig};
    use burn::tensor::{Device, Tensor};
    use pollster::block_on;

    fn read(output: &LossOutput) -> Comparisons {
        let read = block_on(read_all(compared(output, Transaction::default()))).unwrap();
        comparisons(output, read)
    }

    #[test]
    fn the_articles_worked_example() {
        let similarities = Tensor::from_floats([[0.8, 0.1, 0.2]], &Device::flex());
        let found = read(&InfoNce::new(0.1).from_similarities(similarities));
        assert!((found.losses[0] - 0.003385).abs() < 1e-6);
        assert_eq!(found.positives, [1.0, 0.0, 0.0]);
        assert!((found.shares.iter().sum::<f32>() - 1.0).abs() < 1e-6);
        assert!((found.losses[0] + found.shares[0].ln()).abs() < 1e-6);
    }

    #[test]
    fn each_view_of_nt_xent_has_its_partner_and_no_share_for_itself() {
        let z = Tensor::from_floats([[1., 0.], [0., 1.], [1., 0.1], [0.1, 1.]], &Device::flex());
        let found = read(&crate::loss::NtXent::new(0.5).forward(z));
        assert_eq!((found.anchors(), found.columns), (4, 4));
        assert_eq!(found.positives[12..], [0.0, 1.0, 0.0, 0.0]);
        assert_eq!(found.shares[15], 0.0);
    }

    #[test]
    fn a_cut_keeps_the_first_columns_of_every_row() {
        let table = vec![0.0, 1.0, 2.0, 10.0, 11.0, 12.0];
        let whole = Comparisons {
            columns: 3,
            similarities: table.clone(),
            shares: table.clone(),
            positives: table,
            losses: vec![0.5, 0.6],
        };
        let cut = whole.clone().cut(2);
        assert_eq!((cut.columns, cut.anchors()), (2, 2));
        assert_eq!(cut.similarities, [0.0, 1.0, 10.0, 11.0]);
        assert_eq!(whole.clone().cut(3), whole);
    }

    #[test]
    fn a_rehearsal_shows_a_batch_and_leaves_the_run_as_it_was() {
        let set = ShapesConfig { count: 12, side: 8, seed: 1 }.draw().unwrap().images;
        let read_all = |step: &crate::train::Step| block_on(step.read()).unwrap();
        for method in [Method::SimClr, Method::InfoNce, Method::Moco, Method::ArticleLoss] {
            let config = TrainConfig { method, batch_size: 4, ..Default::default() };
            let start = || Trainer::new(config, 8, &Device::flex()).unwrap();
            let (mut rehearsed, mut other) = (start(), start());
            let first = rehearsed.rehearse(&set, 1).unwrap();
            assert_eq!((first.number, first.pictures.len()), (0, 4));
            assert_eq!(read_all(&first), read_all(&rehearsed.rehearse(&set, 1).unwrap()));
            assert_ne!(first.pictures, rehearsed.rehearse(&set, 2).unwrap().pictures);
            let steps = [&mut rehearsed, &mut other].map(|run| run.step(&set).unwrap());
            assert_eq!(read_all(&steps[0]), read_all(&steps[1]), "{method:?}");
        }
    }

    #[test]
    fn at_the_start_is_what_the_first_step_saw() {
        let set = ShapesConfig { count: 12, side: 8, seed: 1 }.draw().unwrap().images;
        for method in [Method::SimClr, Method::InfoNce, Method::Moco, Method::SupCon] {
            let config = TrainConfig { method, batch_size: 4, ..Default::default() };
            let mut trainer = Trainer::new(config, 8, &Device::flex()).unwrap();
            let first = trainer.step(&set).unwrap();
            let (seen, _) = block_on(first.read()).unwrap();
            let close = |a: &[f32], b: &[f32]| a.iter().zip(b).all(|(a, b)| (a - b).abs() < 1e-4);
            let start = block_on(trainer.read_at_start(&first)).unwrap();
            assert_eq!(start.columns, seen.columns);
            assert!(close(&start.similarities, &seen.similarities), "{method:?}");
            assert!(close(&start.losses, &seen.losses), "{method:?}");

            let second = trainer.step(&set).unwrap();
            let (seen, _) = block_on(second.read()).unwrap();
            let start = block_on(trainer.read_at_start(&second)).unwrap();
            assert!(!close(&start.similarities, &seen.similarities), "{method:?}");
        }
    }
}
