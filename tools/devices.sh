#!/usr/bin/env bash
# Runs the device tests, or those that are named, on the page as built last: under Node and Dawn on lavapipe where both
# can be had, and else in Chromium on SwiftShader. What they say has which of them it was, and why.
. "$(dirname "$0")/common.sh"

if [ "$(node -p 'require(process.argv[1]).version' "$CACHE/dawn/node_modules/webgpu/package.json" 2>/dev/null)" != "$DAWN" ]; then
  say "Fetching Dawn for Node (once; seconds)"
  npm install --prefix "$CACHE/dawn" --ignore-scripts --no-audit --no-fund "webgpu@$DAWN" >&2 || say "npm's webgpu cannot be had"
fi

said="$(mktemp)"
trap 'rm -f "$said"' EXIT
if lavapipe="$(tools/lavapipe.sh 2> >(tee "$said" >&2))"; then
  export VK_ICD_FILENAMES="$lavapipe/driver.json" LD_LIBRARY_PATH="$lavapipe${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"
else
  NO_LAVAPIPE="$(tail -n 1 "$said")"
  export NO_LAVAPIPE
fi
# Compiled shaders, kept from run to run.
export MESA_SHADER_CACHE_DIR="$CACHE/shaders"

[ $# -gt 0 ] || set -- tests/device/*.test.mjs
node --test --test-reporter=tap "$@"
