#!/usr/bin/env bash
# Installs what is missing, then runs every test.
. "$(dirname "$0")/common.sh"
tools/setup.sh

for component in rustfmt clippy; do
  cargo "${component/rustfmt/fmt}" --version >/dev/null 2>&1 || rustup component add "$component" ||
    fail "$component is missing. Install it: rustup component add $component"
done

if [ -z "${CHROMIUM:-}" ]; then
  CHROMIUM="$(command -v chromium || command -v chromium-browser || command -v google-chrome || true)"
  if [ -z "$CHROMIUM" ]; then
    is_debian || fail "Chromium is missing. Install it, and say where it is: make test CHROMIUM=/path/to/chromium"
    # With a font for the Chinese screenshots.
    apt_install chromium fonts-noto-cjk
    CHROMIUM="$(command -v chromium)"
  fi
fi
export CHROMIUM
exec node tools/test.mjs
