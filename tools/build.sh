#!/usr/bin/env bash
# Builds the page into dist/.
. "$(dirname "$0")/common.sh"
tools/setup.sh
say "Building the page (the first time: ten minutes or more)"
# Trunk looks for the folders before its hooks have made them.
mkdir -p target/app target/guide
RUSTUP_TOOLCHAIN="$(tools/wasm-target.sh)" CARGO_TARGET_DIR="$CACHE/target/wasm" trunk build --release --offline
