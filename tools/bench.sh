#!/usr/bin/env bash
# Puts the bench's peers into the cache, and times them beside the page as built last. PACK=file only packs all that it needs.
. "$(dirname "$0")/common.sh"

wanted="$(printf '%s\n' $PEERS)"
if [ "$(cat "$CACHE/bench/peers" 2>/dev/null)" != "$wanted" ]; then
  say "Fetching the peers (once; minutes)"
  npm install --prefix "$CACHE/bench" --ignore-scripts --no-audit --no-fund $PEERS >&2
  echo "$wanted" > "$CACHE/bench/peers"
fi

. tools/dawn.sh
if [ -n "${PACK:-}" ]; then
  # As it all lies here, for paths to hold; the cache is looked for beside `tools`, and package.json says which kind modules are.
  tar -czf "$PACK" --exclude='*.map' --exclude='bench/work' --transform "s#^$(basename "$CACHE")#cache#" \
    package.json bench tools/cache.mjs tools/dawn.mjs dist/contrastive-playground.js dist/contrastive-playground_bg.wasm dist/app/relaxed.wasm \
    -C "$(dirname "$CACHE")" "$(basename "$CACHE")/bench" "$(basename "$CACHE")/dawn"
  say "Packed: $PACK. On the other machine: tar -xzf $(basename "$PACK") && node bench/bench.mjs"
else
  exec node bench/bench.mjs "$@"
fi
