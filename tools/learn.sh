#!/usr/bin/env bash
# Runs the learning tests that take long.
. "$(dirname "$0")/common.sh"
export CARGO_TARGET_DIR="$CACHE/target/native"
cargo test --locked --test library learning -- --ignored --nocapture --test-threads 1
exec node tools/learn-lessons.mjs
