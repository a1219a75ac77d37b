//! A convolution's products, directly or by Winograd's way, panel by panel.

use super::aligned::Aligned;
use super::micro::PANEL;
use super::picture::{Picture, Shape, pixels};
use super::rows::RowLayout;
use super::weights::Weights;
use super::winograd::Winograd;

/// In which order the results of a picture come.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Order {
    /// Row by row, with a stride.
    Pixels { stride: usize },
    /// Window by window of 2×2, of whole windows.
    Windows,
}

/// What computes a picture's results, [`PANEL`] channels at a time.
pub struct Products {
    way: Way,
    panels: usize,
}

enum Way {
    Direct { layout: RowLayout, panels: Aligned, values: Aligned },
    Winograd(Winograd),
}

impl Products {
    /// Of pictures of `shape`, which has at least one window where these are asked for.
    pub fn new(picture: &Picture, shape: Shape, weights: Weights, order: Order) -> Self {
        let winograd = order != Order::Pixels { stride: 2 } && is_wide(weights);
        let way = if winograd {
            Way::Winograd(by_winograd(picture, shape, weights, order))
        } else {
            directly(picture, shape, weights, order)
        };
        Self { way, panels: weights.to.div_ceil(PANEL) }
    }

    /// Calls with each panel's number and `[results, PANEL]`; there may be a few more rows, of no meaning.
    pub fn each(&mut self, picture: &Picture, mut use_panel: impl FnMut(usize, &[f32])) {
        if let Way::Winograd(winograd) = &mut self.way {
            winograd.take(picture);
        }
        for panel in 0..self.panels {
            let values = match &mut self.way {
                Way::Winograd(winograd) => winograd.panel(panel),
                Way::Direct { layout, panels, values } => {
                    let start = panel * layout.depth() * PANEL;
                    layout.multiply(&picture.values, &panels[start..], values, PANEL, false);
                    values
                }
            };
            use_panel(panel, values);
        }
    }
}

/// Is there enough to multiply for what Winograd's way takes besides? It does not depend on the batch, so that a
/// picture's results do not either.
fn is_wide(weights: Weights) -> bool {
    let Weights { from, to, .. } = weights;
    from.min(to) >= PANEL && from.max(to) >= 2 * PANEL
}

fn directly(picture: &Picture, shape: Shape, weights: Weights, order: Order) -> Way {
    let around = |(y, x)| picture.around(y, x);
    let starts: Vec<usize> = match order {
        Order::Pixels { stride } => {
            let fewer = shape.strided(stride);
            pixels(fewer).map(|(y, x)| around((y * stride, x * stride))).collect()
        }
        Order::Windows => windows(shape).flatten().map(around).collect(),
    };
    let layout = RowLayout::new(starts.into_iter(), picture.kernel_rows(), 3 * picture.block);
    let values = Aligned::zeros(layout.rows() * PANEL);
    Way::Direct { layout, panels: weights.panels(picture), values }
}

fn by_winograd(picture: &Picture, shape: Shape, weights: Weights, order: Order) -> Winograd {
    if order == Order::Windows {
        let tiles = windows(shape).enumerate();
        let tiles = tiles.map(|(i, window)| (window[0], [0, 1, 2, 3].map(|k| 4 * i + k)));
        return Winograd::new(picture, weights, tiles, shape.halved().pixels() * 4);
    }
    let place = |(y, x)| {
        // What lies beyond an odd side goes where nobody looks.
        if y < shape.height && x < shape.width { y * shape.width + x } else { shape.pixels() }
    };
    let even = Shape { height: shape.height + 1, width: shape.width + 1, ..shape };
    let tiles = windows(even).map(|window| (window[0], window.map(place)));
    Winograd::new(picture, weights, tiles, shape.pixels() + 1)
}

/// Row and column of the four pixels of each window.
pub fn windows(shape: Shape) -> impl Iterator<Item = [(usize, usize); 4]> {
    pixels(shape.halved()).map(|(y, x)| {
        let (y, x) = (2 * y, 2 * x);
        [(y, x), (y, x + 1), (y + 1, x), (y + 1, x + 1)]
    })
}
