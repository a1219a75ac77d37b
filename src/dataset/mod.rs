//! Pictures: squares of RGB bytes, whatever they came from.

mod cifar;
mod duplicates;
mod held_out;
mod image_set;
mod resize;
mod shapes;
mod vectors;

pub use cifar::{CIFAR10_CLASSES, read_cifar10};
pub use duplicates::duplicates;
pub use held_out::enough_judges;
pub use image_set::{ImageSet, SIDES};
pub use resize::resize_square;
pub use shapes::{Factors, Rgb, ShapeKind, Shapes, ShapesConfig};
pub use vectors::{Vectors, VectorsConfig};
