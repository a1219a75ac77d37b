#!/usr/bin/env bash
# Installs what a build needs. Every step is skipped when it is already done.
. "$(dirname "$0")/common.sh"

have cargo || fail "Rust is missing. Install it from https://rustup.rs, then run this again."
have node && have npm || fail "Node and npm are missing. Install Node 20 or newer, then run this again."
[ "$(node -p 'process.versions.node.split(".")[0]')" -ge 20 ] ||
  fail "Node $(node --version) is too old. Install Node 20 or newer, then run this again."
if ! have cc; then
  is_debian || fail "A C compiler is missing. Install one (macOS: xcode-select --install; Fedora: dnf install gcc)."
  apt_install gcc libc6-dev
fi

if ! cmp -s package-lock.json node_modules/.installed-from; then
  say "Installing the page's packages"
  npm ci --no-audit --no-fund
  cp package-lock.json node_modules/.installed-from
fi

# The environment is cleaned of what belongs to the page's own build.
cargo_install() {
  say "Installing $1 $2 (once; minutes)"
  env -u CARGO_TARGET_DIR -u RUSTFLAGS cargo install "$1" --version "$2" --root "$CACHE/tools" "${@:3}"
}
[ "$(trunk --version 2>/dev/null)" = "trunk $TRUNK" ] || cargo_install trunk "$TRUNK" --locked
[ "$(wasm-bindgen --version 2>/dev/null)" = "wasm-bindgen $WASM_BINDGEN" ] ||
  cargo_install wasm-bindgen-cli "$WASM_BINDGEN"

tools/wasm-target.sh >/dev/null

# Cargo judges these crates by their files' times, and builds Burn anew after them: so a fresh clone's are no newer than
# another's. Who changes one raises its version, by which Cargo knows it for another.
find tools/stand-ins -type f -exec touch -t 202611280000 {} +
