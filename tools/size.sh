#!/usr/bin/env bash
# Prints the size of the wasm module in bytes, raw and brotli, as it ships and after wasm-opt.
. "$(dirname "$0")/common.sh"
[ -f dist/contrastive-playground_bg.wasm ] || tools/build.sh
OPTIMISED="$(mktemp)"
trap 'rm -f "$OPTIMISED"' EXIT
npx --yes -p "binaryen@$BINARYEN" wasm-opt -Os --all-features dist/contrastive-playground_bg.wasm -o "$OPTIMISED"
node -e '
  const { brotliCompressSync } = require("node:zlib");
  for (const file of process.argv.slice(1)) {
    const bytes = require("node:fs").readFileSync(file);
    console.log(`${file}: ${bytes.length} raw, ${brotliCompressSync(bytes).length} brotli`);
  }' dist/contrastive-playground_bg.wasm "$OPTIMISED"
