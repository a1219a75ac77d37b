//! Four numbers side by side, as every processor that the page meets has them.

use core::ops::{Add, Mul, Sub};

/// Numbers in [`Lanes`].
pub const LANES: usize = 4;

/// Four f32 that are computed with at once.
#[derive(Clone, Copy)]
pub struct Lanes(arch::Four);

impl Lanes {
    pub fn splat(x: f32) -> Self {
        Self(arch::splat(x))
    }

    pub fn zero() -> Self {
        Self::splat(0.)
    }

    /// # Safety
    /// Four numbers can be read from `from`, at any alignment of an f32.
    #[inline(always)]
    pub unsafe fn read(from: *const f32) -> Self {
        // SAFETY: as the caller promises.
        Self(unsafe { arch::read(from) })
    }

    /// # Safety
    /// Four numbers can be written to `to`, at any alignment of an f32.
    #[inline(always)]
    pub unsafe fn write(self, to: *mut f32) {
        // SAFETY: as the caller promises.
        unsafe { arch::write(self.0, to) }
    }

    /// The first four numbers of a slice that has as many.
    #[inline(always)]
    pub fn load(from: &[f32]) -> Self {
        let four: &[f32; LANES] = from[..LANES].try_into().expect("four are four");
        // SAFETY: the array has four.
        unsafe { Self::read(four.as_ptr()) }
    }

    /// Into the first four places of a slice that has as many.
    #[inline(always)]
    pub fn store(self, to: &mut [f32]) {
        let four: &mut [f32; LANES] = (&mut to[..LANES]).try_into().expect("four are four");
        // SAFETY: the array has four.
        unsafe { self.write(four.as_mut_ptr()) }
    }

    /// self + a·b, rounded once or twice as the target does it.
    #[inline(always)]
    pub fn plus_product(self, a: Self, b: Self) -> Self {
        Self(arch::plus_product(self.0, a.0, b.0))
    }

    /// Lane by lane `then` where `self > than`, `or` elsewhere; a NaN is greater than nothing.
    #[inline(always)]
    pub fn if_greater(self, than: Self, then: Self, or: Self) -> Self {
        Self(arch::if_greater(self.0, than.0, then.0, or.0))
    }

    /// Whole numbers from 0 to 127, as bytes.
    #[inline(always)]
    pub fn bytes(self) -> [u8; LANES] {
        arch::bytes(self.0)
    }

    /// Four rows become four columns.
    #[inline(always)]
    pub fn transpose(rows: [Self; LANES]) -> [Self; LANES] {
        arch::transpose(rows.map(|row| row.0)).map(Self)
    }
}

impl Add for Lanes {
    type Output = Self;

    #[inline(always)]
    fn add(self, other: Self) -> Self {
        Self(arch::add(self.0, other.0))
    }
}

impl Sub for Lanes {
    type Output = Self;

    #[inline(always)]
    fn sub(self, other: Self) -> Self {
        Self(arch::sub(self.0, other.0))
    }
}

impl Mul for Lanes {
    type Output = Self;

    #[inline(always)]
    fn mul(self, other: Self) -> Self {
        Self(arch::mul(self.0, other.0))
    }
}

#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
mod arch {
    use core::arch::wasm32::*;

    pub type Four = v128;

    pub use core::arch::wasm32::{
        f32x4_add as add, f32x4_mul as mul, f32x4_splat as splat, f32x4_sub as sub,
    };

    #[inline(always)]
    pub unsafe fn read(from: *const f32) -> Four {
        // SAFETY: the caller's promise; WebAssembly loads from any alignment.
        unsafe { v128_load(from.cast()) }
    }

    #[inline(always)]
    pub unsafe fn write(x: Four, to: *mut f32) {
        // SAFETY: the caller's promise; WebAssembly stores to any alignment.
        unsafe { v128_store(to.cast(), x) }
    }

    #[inline(always)]
    pub fn plus_product(sum: Four, a: Four, b: Four) -> Four {
        #[cfg(target_feature = "relaxed-simd")]
        return f32x4_relaxed_madd(a, b, sum);
        #[cfg(not(target_feature = "relaxed-simd"))]
        add(sum, mul(a, b))
    }

    #[inline(always)]
    pub fn if_greater(x: Four, than: Four, then: Four, or: Four) -> Four {
        v128_bitselect(then, or, f32x4_gt(x, than))
    }

    #[inline(always)]
    pub fn bytes(x: Four) -> [u8; 4] {
        let whole = i32x4_trunc_sat_f32x4(x);
        let halved = i16x8_narrow_i32x4(whole, whole);
        i32x4_extract_lane::<0>(i8x16_narrow_i16x8(halved, halved)).to_le_bytes()
    }

    #[inline(always)]
    pub fn transpose([a, b, c, d]: [Four; 4]) -> [Four; 4] {
        let (ac, ac_high) = (low(a, c), high(a, c));
        let (bd, bd_high) = (low(b, d), high(b, d));
        [low(ac, bd), high(ac, bd), low(ac_high, bd_high), high(ac_high, bd_high)]
    }

    #[inline(always)]
    fn low(a: Four, b: Four) -> Four {
        i32x4_shuffle::<0, 4, 1, 5>(a, b)
    }

    #[inline(always)]
    fn high(a: Four, b: Four) -> Four {
        i32x4_shuffle::<2, 6, 3, 7>(a, b)
    }
}

/// Elsewhere, compilers find the vectors themselves.
#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
mod arch {
    use core::array::from_fn;

    pub type Four = [f32; 4];

    #[inline(always)]
    pub fn splat(x: f32) -> Four {
        [x; 4]
    }

    #[inline(always)]
    pub unsafe fn read(from: *const f32) -> Four {
        // SAFETY: the caller's promise.
        unsafe { from.cast::<Four>().read_unaligned() }
    }

    #[inline(always)]
    pub unsafe fn write(x: Four, to: *mut f32) {
        // SAFETY: the caller's promise.
        unsafe { to.cast::<Four>().write_unaligned(x) }
    }

    #[inline(always)]
    pub fn add(a: Four, b: Four) -> Four {
        from_fn(|i| a[i] + b[i])
    }

    #[inline(always)]
    pub fn sub(a: Four, b: Four) -> Four {
        from_fn(|i| a[i] - b[i])
    }

    #[inline(always)]
    pub fn mul(a: Four, b: Four) -> Four {
        from_fn(|i| a[i] * b[i])
    }

    #[inline(always)]
    pub fn plus_product(sum: Four, a: Four, b: Four) -> Four {
        from_fn(|i| sum[i] + a[i] * b[i])
    }

    #[inline(always)]
    pub fn if_greater(x: Four, than: Four, then: Four, or: Four) -> Four {
        from_fn(|i| if x[i] > than[i] { then[i] } else { or[i] })
    }

    #[inline(always)]
    pub fn bytes(x: Four) -> [u8; 4] {
        x.map(|x| x as u8)
    }

    #[inline(always)]
    pub fn transpose(rows: [Four; 4]) -> [Four; 4] {
        from_fn(|column| from_fn(|row| rows[row][column]))
    }
}
