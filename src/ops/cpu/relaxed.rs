//! The loops of `micro` once more, as a module of their own that multiplies and adds in one instruction.
//!
//! Browsers that have no relaxed SIMD do not take a module with such an instruction in it, so it is in none but this. It has no
//! memory, stack or data of its own: it imports the memory of the module that calls it. Built by `tools/relaxed.sh`.

#![no_std]
#![allow(dead_code)]

#[path = "lanes.rs"]
mod lanes;
#[path = "micro.rs"]
mod micro;

/// # Safety
/// As of [`micro::rows`].
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rows(job: &micro::Rows) {
    // SAFETY: the caller's promise.
    unsafe { micro::rows(job) }
}

/// # Safety
/// As of [`micro::sums`].
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sums(job: &micro::Sums) {
    // SAFETY: the caller's promise.
    unsafe { micro::sums(job) }
}

/// Nothing here panics, but a library without `std` has to say what would happen.
#[panic_handler]
fn panic(_: &core::panic::PanicInfo) -> ! {
    core::arch::wasm32::unreachable()
}
