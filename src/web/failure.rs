//! Errors on their way to JavaScript.

use js_sys::Reflect;
use wasm_bindgen::JsValue;

use crate::Error;

/// A JavaScript `Error` with the sentence as its message, and the fields `code` and `details` of
/// [`Error`]'s serialised form.
pub struct Failure(Error);

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self(error)
    }
}

/// The page and its worker are built together, so a message that cannot be read is not the visitor's
/// doing; it is said all the same.
impl From<tsify::Error> for Failure {
    fn from(error: tsify::Error) -> Self {
        Self(Error::UnreadableMessage { reason: error.to_string() })
    }
}

impl From<Failure> for JsValue {
    fn from(Failure(error): Failure) -> Self {
        let failure = js_sys::Error::new(&error.to_string());
        if let Ok(parts) = serde_wasm_bindgen::to_value(&error) {
            for field in ["code", "details"] {
                let value = Reflect::get(&parts, &field.into()).unwrap_or(JsValue::UNDEFINED);
                // Setting a field of a fresh object cannot fail; the message alone would still do.
                let _ = Reflect::set(&failure, &field.into(), &value);
            }
        }
        failure.into()
    }
}
