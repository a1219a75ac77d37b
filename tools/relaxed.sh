#!/usr/bin/env bash
# Builds the loops of the CPU kernels with relaxed SIMD: tools/relaxed.sh [FILE]
. "$(dirname "$0")/common.sh"
OUT="${1:-target/app/relaxed.wasm}"
mkdir -p "$(dirname "$OUT")"
RUSTUP_TOOLCHAIN="${RUSTUP_TOOLCHAIN:-"$(tools/wasm-target.sh)"}" rustc src/ops/cpu/relaxed.rs -o "$OUT" \
  --edition 2024 --crate-name relaxed --crate-type cdylib --target wasm32-unknown-unknown \
  -C opt-level=3 -C codegen-units=1 -C panic=abort -C strip=symbols -C target-feature=+simd128,+relaxed-simd \
  -C link-arg=--import-memory -C link-arg=--export=rows -C link-arg=--export=sums
