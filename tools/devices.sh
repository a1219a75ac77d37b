#!/usr/bin/env bash
# Runs the device tests, or those files that are named, on the page as built last: under Node and Dawn on lavapipe where both
# can be had, and else in Chromium on SwiftShader. What they say has which of them it was, and why.
. "$(dirname "$0")/common.sh"
. tools/dawn.sh

[ $# -gt 0 ] || set -- tests/device/*.test.mjs
exec node --test --test-reporter=tap "$@"
