//! Pictures: squares of RGB bytes, whatever they came from; and points, of a few numbers each.

mod cifar;
mod duplicates;
mod held_out;
mod image_set;
mod points;
mod resize;
mod shapes;

pub use cifar::{CIFAR10_CLASSES, read_cifar10};
pub use duplicates::duplicates;
pub use held_out::enough_judges;
pub use image_set::{ImageSet, SIDES};
pub use points::{Points, PointsConfig};
pub use resize::resize_square;
pub use shapes::{Factors, Rgb, ShapeKind, Shapes, ShapesConfig};
