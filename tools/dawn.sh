# Sourced by those that need WebGPU in Node: Dawn in the cache, and lavapipe for it where there is no better driver.

if [ "$(node -p 'require(process.argv[1]).version' "$CACHE/dawn/node_modules/webgpu/package.json" 2>/dev/null)" != "$DAWN" ]; then
  say "Fetching Dawn for Node (once; seconds)"
  npm install --prefix "$CACHE/dawn" --ignore-scripts --no-audit --no-fund "webgpu@$DAWN" >&2 || say "npm's webgpu cannot be had"
fi

said="$(mktemp)"
if lavapipe="$(tools/lavapipe.sh 2> >(tee "$said" >&2))"; then
  export VK_ICD_FILENAMES="$lavapipe/driver.json" LD_LIBRARY_PATH="$lavapipe${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"
else
  NO_LAVAPIPE="$(tail -n 1 "$said")"
  export NO_LAVAPIPE="${NO_LAVAPIPE#error: }"
fi
rm -f "$said"
# Compiled shaders, kept from run to run.
export MESA_SHADER_CACHE_DIR="$CACHE/shaders"
