//! Pictures: squares of RGB bytes, whatever they came from.

mod image_set;
mod shapes;
mod vectors;

pub use image_set::{ImageSet, SIDES};
pub use shapes::{Factors, Rgb, ShapeKind, Shapes, ShapesConfig};
pub use vectors::{Vectors, VectorsConfig};
