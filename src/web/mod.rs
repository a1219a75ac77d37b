//! The only module that knows JavaScript: it converts, and holds no logic of learning.

mod device;
mod failure;
mod learned;
mod messages;
mod pixels;
mod session;
mod settings;
mod squares;

pub use session::Session;
pub use squares::Squares;
