#!/usr/bin/env bash
# Prints the rustup toolchain that can build for wasm32-unknown-unknown, and makes one where there is none.
. "$(dirname "$0")/common.sh"
TARGET=wasm32-unknown-unknown

# Is the target's standard library there, for this toolchain and its very compiler?
has_target() {
  local sysroot
  sysroot="$(rustc "+$1" --print sysroot 2>/dev/null)" || return 1
  ls "$sysroot/lib/rustlib/$TARGET/lib/"libstd-*.rlib >/dev/null 2>&1 || return 1
  [ "$1" != debian ] || [ "$(cat "$STAMP" 2>/dev/null)" = "$(/usr/bin/rustc --version)" ]
}

have rustup || fail "rustup is missing. Install it from https://rustup.rs, then run this again."
STAMP=/usr/lib/rustlib/$TARGET/built-by
ACTIVE="$(rustup show active-toolchain | cut -d' ' -f1)"

for toolchain in "$ACTIVE" debian; do
  if has_target "$toolchain"; then echo "$toolchain"; exit; fi
done

say "Adding the target $TARGET"
if rustup target add "$TARGET" >&2; then echo "$ACTIVE"; exit; fi

# Where rustup's host cannot be reached, Debian packages a newer compiler with the sources of its
# standard library, from which the target is built.
is_debian || fail "rustup could not add $TARGET. Install it by your system's means (for instance Homebrew's rustup, Fedora's rust-std-static-$TARGET), or connect to the internet, then run this again."
[ "$(uname -m)" = x86_64 ] || fail "rustup could not add $TARGET, and Debian's compiler is only known to do on x86_64."
apt_install rustc-web cargo-web rust-web-src

SUDO=""
[ "$(id -u)" = 0 ] || SUDO=sudo
say "Building the standard library for $TARGET (once; two minutes)"
BUILD="$(mktemp -d)"
trap 'rm -rf "$BUILD"' EXIT
mkdir "$BUILD/src"
printf '[package]\nname = "nothing"\nedition = "2021"\n' >"$BUILD/Cargo.toml"
: >"$BUILD/src/lib.rs"
(
  cd "$BUILD"
  env -u RUSTUP_TOOLCHAIN -u CARGO_TARGET_DIR -u RUSTFLAGS \
    PATH=/usr/bin:/bin RUSTC=/usr/bin/rustc RUSTC_BOOTSTRAP=1 \
    /usr/bin/cargo build --release --target "$TARGET" \
    -Zbuild-std=std,panic_abort,panic_unwind,proc_macro,test >&2
)
rm -f "$BUILD/target/$TARGET/release/deps/"libnothing*
$SUDO rm -rf "/usr/lib/rustlib/$TARGET/lib"
$SUDO mkdir -p "/usr/lib/rustlib/$TARGET/lib" /usr/lib/rustlib/x86_64-unknown-linux-gnu/bin
$SUDO cp "$BUILD/target/$TARGET/release/deps/"lib*.rlib "/usr/lib/rustlib/$TARGET/lib/"
$SUDO ln -sf "$(rustc "+$ACTIVE" --print sysroot)/lib/rustlib/x86_64-unknown-linux-gnu/bin/rust-lld" \
  /usr/lib/rustlib/x86_64-unknown-linux-gnu/bin/rust-lld
/usr/bin/rustc --version | $SUDO tee "$STAMP" >/dev/null
rustup toolchain link debian /usr
has_target debian || fail "the target $TARGET was built but cannot be found in /usr/lib/rustlib."
echo debian
