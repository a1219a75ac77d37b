#!/usr/bin/env bash
# What Trunk does with the built page, one after the other.
. "$(dirname "$0")/common.sh"
node tools/prune.mjs "$TRUNK_STAGING_DIR/contrastive-playground_bg.wasm"
node tools/host.mjs "$TRUNK_STAGING_DIR"
node tools/single.mjs "$TRUNK_STAGING_DIR"
